"""What can be done to codes, asked of the project; each says what it did, with an undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.ui.codebook.dialog import CodeDialog, CodeValues
from cohesion_qda.ui.codebook.model import CodebookModel
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from cohesion_qda.model.codebook import Held
    from cohesion_qda.project import Project


class CodeActs(QObject):
    """The verbs of the codebook panel. `model` is what is shown, `owner` what dialogs stand over."""

    say = Signal(str, bool)
    added = Signal(object)  # CodeId of a new code, once it is shown
    pick_wanted = Signal(
        object, object, str, object
    )  # what to do with the code picked, where (QRect, global), title, CodeTree

    def __init__(
        self, runner: Runner, model: CodebookModel, owner: QWidget, place_of: Callable[[CodeId], QRect]
    ) -> None:
        super().__init__(owner)
        self._runner, self._model, self._owner, self._place_of = runner, model, owner, place_of
        self.dialog: QDialog | None = None

    @property
    def _tree(self) -> CodeTree:
        return self._model.tree

    def _name(self, code: CodeId) -> str:
        return self._tree[code].name

    def _do(self, verb: Callable[[Project], Change], words: str = "") -> None:
        self._runner.do(verb, lambda change: self.say.emit(words or change.said, not change.is_empty))

    def _open(self, dialog: QDialog, accepted: Callable[[], object]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- making and describing
    def add_under(self, parent: CodeId | None) -> None:
        """A new code under `parent`, asked for in a dialog."""
        under = self._name(parent) if parent is not None else ""
        dialog = CodeDialog(self._tree, None, self._owner, under=under)
        self._open(dialog, lambda: self.keep_new(parent, dialog.values()))

    def keep_new(self, parent: CodeId | None, values: CodeValues) -> None:
        """Add a code that was written down."""

        def verb(project: Project) -> Change:
            given = asdict(values)
            return project.codebook.add(given.pop("name"), parent, given.pop("colour"), **given)

        def then(change: Change) -> None:
            self.say.emit(_("Added {name}").format(name=values.name), True)
            self._runner.ask(lambda project: project.codebook.added(change), self.added.emit)

        self._runner.do(verb, then)

    def edit(self, code: CodeId) -> None:
        """Everything about a code, in a dialog."""
        dialog = CodeDialog(self._tree, self._tree[code], self._owner)
        self._open(dialog, lambda: self.keep(code, dialog.values()))

    def keep(self, code: CodeId, values: CodeValues) -> None:
        """Write down what changed about a code."""
        was = self._tree[code]
        changed = {field: new for field, new in asdict(values).items() if new != getattr(was, field)}
        if not values.colour:
            changed.pop("colour", None)
        if changed:
            self._do(lambda p: p.codebook.edit(code, **changed), _("Kept {name}").format(name=values.name))

    def rename(self, code: int, name: str) -> None:
        """Call a code something else."""
        self._do(lambda p: p.codebook.rename(CodeId(code), name), _("Renamed to {name}").format(name=name))

    def recolour(self, code: CodeId, colour: str, *, branch: bool = False) -> None:
        """Give a code a colour; with `branch`, those under it too."""
        words = _("{name} and the codes under it are now {colour}") if branch else _("{name} is now {colour}")
        words = words.format(name=self._name(code), colour=called.in_sentence(colour, called.colours()))
        self._do(lambda p: p.codebook.recolour(code, colour, branch=branch), words)

    def set_key(self, code: CodeId, key: str) -> None:
        """Give a code a key, or none; say who had it."""
        had = next((c.name for c in self._tree if key and c.key == key and c.id != code), "")
        if not key:
            words = _("{name} has no key now")
        elif had:
            words = _("{key} now codes with {name}; {other} has no key now")
        else:
            words = _("{key} now codes with {name}")
        self._do(lambda p: p.codebook.set_key(code, key), words.format(key=key, name=self._name(code), other=had))

    def ask_key(self, code: CodeId) -> None:
        """The key of a code, asked for by its press."""
        from cohesion_qda.ui.codebook.keyfield import KeyDialog

        dialog = KeyDialog(self._tree, code, self._owner)
        self._open(dialog, lambda: self.set_key(code, dialog.choice.key))

    def set_example(self, code: CodeId, coding: CodingId) -> None:
        """Make a quotation the example of a code."""
        words = _("The quotation is now the example of {name}").format(name=self._name(code))
        self._do(lambda p: p.codebook.set_example(code, coding), words)

    def set_aside(self, codes: Sequence[CodeId], is_aside: bool) -> None:
        """Set codes aside, or bring them back."""
        wanted, names = list(codes), ", ".join(self._name(code) for code in codes)
        n = sum(self._model.passages.get(code, 0) for code in self._model.uppermost(codes))
        if not is_aside:
            words = _("Brought {name} back").format(name=names)
        elif n:
            words = ngettext(
                "Set {name} aside; {n} passage stays coded", "Set {name} aside; {n} passages stay coded", n
            ).format(name=names, n=n)
        else:
            words = _("Set {name} aside").format(name=names)
        self._do(lambda p: p.codebook.set_aside(wanted, is_aside), words)

    # ---- moving
    def move(self, codes: Sequence[CodeId], parent: CodeId | None, position: int | None = None) -> None:
        """Put codes under another, or at the top. Those that were set aside are brought back with it."""
        back = not (parent is not None and self._tree.is_aside(parent))
        if len(codes) == 1:
            words = _("Moved {name}").format(name=self._name(codes[0]))
        else:
            words = ngettext("Moved {n} code", "Moved {n} codes", len(codes)).format(n=len(codes))
        moved = list(codes)
        self._do(lambda p: p.codebook.move(moved, parent=parent, position=position, bring_back=back), words)

    def step(self, code: CodeId, where: str) -> None:
        """Move a code by the keyboard: `up` or `down` among its siblings, `in` under the one above it, `out` of the one it
        stands under.
        """
        parent = self._tree[code].parent
        siblings = [c.id for c in self._tree.children(parent)]
        at = siblings.index(code)
        if where in ("up", "down"):
            to = at + (1 if where == "down" else -1)
            if 0 <= to < len(siblings):
                self.move([code], parent, to)
        elif where == "in" and at > 0:
            self.move([code], siblings[at - 1])
        elif where == "out" and parent is not None:
            around = [c.id for c in self._tree.children(self._tree[parent].parent)]
            self.move([code], self._tree[parent].parent, around.index(parent) + 1)

    def ask_move(self, codes: Sequence[CodeId]) -> None:
        """Where codes are to stand, asked for by typing."""
        title = _("Move {name} under…").format(name=self._name(codes[0]))
        offered = Places(self._tree, {each for code in codes for each in self._tree.branch(code)})
        self.pick_wanted.emit(lambda parent: self.move(codes, CodeId(parent)), self._place_of(codes[0]), title, offered)

    # ---- merging, splitting, deleting
    def merge(self, code: CodeId, into: CodeId) -> None:
        """Let everything that one code holds be held by another, and say what that was."""
        name, other = self._name(code), self._name(into)
        held: list[Held] = []

        def verb(project: Project) -> Change:
            held.append(project.codebook.would_merge(code))
            return project.codebook.merge(code, into=into)

        self._runner.do(verb, lambda _change: self.say.emit(merged(name, other, held[0]), True))

    def ask_merge(self, code: CodeId) -> None:
        """Which code to merge into, asked for by typing."""
        title = _("Merge {name} into…").format(name=self._name(code))
        offered = Places(self._tree, set(self._tree.branch(code)))
        self.pick_wanted.emit(lambda into: self.merge(code, CodeId(into)), self._place_of(code), title, offered)

    def ask_split(self, code: CodeId) -> None:
        """Walk through the passages of a code, and send each one way."""

        def then(walk: list[CodingId]) -> None:
            if not walk:
                self.say.emit(_("{name} has no passages to split.").format(name=self._name(code)), False)
                return
            from cohesion_qda.ui.codebook.split import SplitDialog

            dialog = SplitDialog(self._runner, self._tree, code, walk, self._owner)
            self._open(dialog, lambda: self.split(code, dialog.parts(), dialog.sent()))

        self._runner.ask(lambda p: p.codebook.walk(code), then, key=(self, "walk"))

    def split(self, code: CodeId, into: Sequence[CodeId | str], sent: dict[CodingId, int]) -> None:
        """Send passages of a code to others, in one act."""
        parts = list(into)
        self._do(lambda p: p.codebook.split(code, parts, sent))

    def delete(self, codes: Sequence[CodeId]) -> None:
        """Take codes away with those under them, and say what went with them."""
        names, wanted = [self._name(code) for code in self._model.uppermost(codes)], list(codes)
        held: list[Held] = []

        def verb(project: Project) -> Change:
            held.append(project.codebook.would_delete(wanted))
            return project.codebook.delete(wanted)

        self._runner.do(verb, lambda _change: self.say.emit(deleted(names, held[0]), True))

    # ---- other rooms
    def write_memo(self, code: CodeId) -> None:
        """The memo about a code."""
        from cohesion_qda.ui.memos.dialog import write_memo

        write_memo(self._runner, "code", code, self._name(code), self._owner)

    def make_theme(self, code: CodeId) -> None:
        """A theme that is built on a code, under its name."""
        from cohesion_qda.ui.themes.picker import theme_from_code

        theme_from_code(self._runner, code, self._owner)


class Places(CodeTree):
    """The codes of a tree to pick one from, all but some. Questions can be picked too, and each keeps its shape."""

    def __init__(self, tree: CodeTree, but: set[CodeId]) -> None:
        super().__init__(replace(code, is_question=False) for code in tree if code.id not in but)
        self._whole = tree

    def shape(self, code: CodeId) -> str:
        return self._whole.shape(code)


def merged(name: str, other: str, held: Held) -> str:
    """What one code took in from another, in whole sentences."""
    n = held.codings
    words = ngettext("Merged {name} into {other} with {n} passage", "Merged {name} into {other} with {n} passages", n)
    said = [words.format(name=name, other=other, n=n)]
    if held.under:
        said.append(ngettext("{n} code came along", "{n} codes came along", held.under).format(n=held.under))
    if held.memos:
        said.append(ngettext("{n} memo came along", "{n} memos came along", held.memos).format(n=held.memos))
    if held.summaries:
        said.append(
            ngettext("{n} summary came along", "{n} summaries came along", held.summaries).format(n=held.summaries)
        )
    if held.themes:
        words = ngettext("{n} theme has {other} now", "{n} themes have {other} now", held.themes)
        said.append(words.format(n=held.themes, other=other))
    return " · ".join(said)


def deleted(names: Sequence[str], held: Held) -> str:
    """What went with codes that were deleted, in whole sentences."""
    name = ", ".join(names)
    said = [
        ngettext("Deleted {name} with {n} passage", "Deleted {name} with {n} passages", held.codings).format(
            name=name, n=held.codings
        )
        if held.codings
        else _("Deleted {name}, which held no passages").format(name=name)
    ]
    if held.under:
        said.append(
            ngettext("{n} code under it went too", "{n} codes under it went too", held.under).format(n=held.under)
        )
    if held.memos:
        said.append(ngettext("{n} memo went too", "{n} memos went too", held.memos).format(n=held.memos))
    if held.summaries:
        said.append(ngettext("{n} summary went too", "{n} summaries went too", held.summaries).format(n=held.summaries))
    if n := held.settlements:
        said.append(ngettext("{n} settled disagreement went too", "{n} settled disagreements went too", n).format(n=n))
    if n := held.quotes:
        said.append(
            ngettext("{n} quotation chosen for the report went too", "{n} quotations chosen for the report went too", n).format(n=n)
        )  # fmt: skip
    if held.themes:
        said.append(
            ngettext("{n} theme was built on it", "{n} themes were built on it", held.themes).format(n=held.themes)
        )
    return " · ".join(said)
