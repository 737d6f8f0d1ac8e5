"""Verbs on the codebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import COLOURS, DIRECTIONS, FOR, KEYS, SEPARATOR, Code, CodeDraft, CodeTree, Held
from cohesion_qda.model.coding import InContext
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.incoming import TEXTS, Incoming, incoming
from cohesion_qda.model.incoming import Path as CodePath
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.model.text import comparable
from cohesion_qda.project import codebook_files, splitting
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import codes, codings

if TYPE_CHECKING:
    from cohesion_qda.formats.codebook import CodebookFile

FIELDS = {
    "name", "colour", "definition", "use_when", "not_when", "example", "key", "is_question", "is_aside", "direction",
}  # fmt: skip


class Codebook:
    """`project.codebook`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    @staticmethod
    def read(codebook: str | Path) -> CodebookFile:
        """The built-in codebook `cohesion`, an `empty` one, or that of a file (.json, .csv, .xlsx, .qdc), with what was left
        out of it. Raises CannotReadSource or NotFound.
        """
        return codebook_files.read(codebook)

    @staticmethod
    def write_drafts(session: Session, drafts: Sequence[CodeDraft]) -> int:
        """Add a codebook that was read, inside an action under way; codes that are there stay as they are.
        Gives how many are new.
        """
        return codebook_files.add(session, drafts)[0]

    def incoming(self, drafts: Sequence[CodeDraft]) -> list[Incoming]:
        """What codes that were read meet here: which are new, which are there and differ."""
        return incoming(self.tree(), drafts)

    def add_codebook(
        self, codebook: str | Path | Sequence[CodeDraft], chosen: Collection[CodePath] | None = None
    ) -> Change:
        """Add the codes of a built-in codebook, a file, or one that was read. `chosen` are the paths to take: of new codes, and
        of codes that take over what the file says of them; without it, all that is new is taken and what is there stays.
        """
        drafts = self.read(codebook).codes if isinstance(codebook, str | Path) else codebook
        with self._s.act("import-codebook") as action:
            action.details["n"], action.details["changed"] = codebook_files.add(self._s, drafts, chosen)
        return action.change

    def tree(self) -> CodeTree:
        """The whole codebook."""
        with self._s.reading():
            return codes.tree(self._s.db)

    def counts(self) -> dict[CodeId, CodeCount]:
        """How often and how widely each code was used, alone and with its branch."""
        from cohesion_qda.analysis import frequency

        return frequency.counts(study_data(self._s))

    def tally(self, coder: str | None = None) -> tuple[dict[CodeId, CodeCount], Count]:
        """`counts` and `base` from one reading of the study, of everybody's codings or of one coder's alone. Somebody who
        has not coded yet has none.
        """
        from cohesion_qda.analysis import frequency

        return frequency.counts_and_base(study_data(self._s), self._s.whose(coder))

    def base(self) -> Count:
        """The denominators: all mentions, the participants who speak, the groups."""
        from cohesion_qda.analysis import frequency

        return frequency.base(study_data(self._s))

    def coded(self) -> dict[CodeId, int]:
        """How many codings that may be seen each code and those under it hold together."""
        tree, own = self.tree(), codes.coded(self._s.db, self._s.whose())
        whole = dict.fromkeys((code.id for code in tree), 0)
        for code, n in own.items():
            for step in tree.lineage(code):
                whole[step] += n
        return whole

    def would_delete(self, code: CodeId | Sequence[CodeId]) -> Held:
        """What would go with codes: codes under them, codings by everybody, memos, summaries, settlements, and themes built on them. Raises
        BadInput where that are codings of others that may not be seen.
        """
        gone, branch = self._branches(code)
        self._check_seen(branch)
        return replace(codes.held(self._s.db, branch), under=len(branch) - len(gone))

    def would_merge(self, code: CodeId) -> Held:
        """What another code takes in when `code` is merged into it: codes under it, its codings, memos, summaries and themes. Raises
        as `would_delete`.
        """
        self._s.code_name(code)
        self._check_seen([code])
        return replace(codes.held(self._s.db, [code]), under=len(self.tree().children(code)))

    def add(self, name: str, parent: CodeId | None = None, colour: str = "", **values: Any) -> Change:
        """A new code, last among its siblings. Raises BadInput when the name is empty, taken there, or holds a slash.

        `values` may give definition, use_when, not_when, example, key and is_question.
        """
        with self._s.act("add-code", code=" ".join(name.split())) as action:
            self._add(name, parent, colour, **values)
        return action.change

    def add_inside(self, name: str, parent: CodeId | None) -> CodeId:
        """A new code, as part of an action under way."""
        return self._add(name, parent, "")

    def added(self, change: Change) -> CodeId:
        """The code that an `add` made."""
        return CodeId(max(change.rows["code"]))

    def edit(self, code: CodeId, **values: Any) -> Change:
        """Change what is known of a code, in one act: name, colour, definition, use_when, not_when, example, key, is_question,
        is_aside, direction.

        A key is taken from the code that had it. Raises BadInput for a value that cannot be.
        """
        was = self._get(self.tree(), code)
        kind, details = _edit_sentence(was, values)
        with self._s.act(kind, **details) as action:
            codes.update(self._s.db, code, **self._checked_values(was, values))
        return action.change

    def rename(self, code: CodeId, name: str) -> Change:
        """Call a code `name`."""
        return self.edit(code, name=name)

    def recolour(self, code: CodeId, colour: str, *, branch: bool = False) -> Change:
        """Give a code one of COLOURS; with `branch`, those under it too."""
        if not branch:
            return self.edit(code, colour=colour)
        tree = self.tree()
        name = self._get(tree, code).name
        _check_colour(colour)
        with self._s.act("recolour-branch", code=name, colour=colour, n=len(tree.branch(code)) - 1) as action:
            for each in tree.branch(code):
                codes.update(self._s.db, each, colour=colour)
        return action.change

    def describe(self, code: CodeId, **texts: str) -> Change:
        """Write what a code means: definition, use_when, not_when, example; what is not given stays."""
        return self.edit(code, **texts)

    def set_key(self, code: CodeId, key: str) -> Change:
        """Let one of KEYS apply the code (taking it from any other), or none."""
        return self.edit(code, key=key)

    def set_aside(self, code: CodeId | Sequence[CodeId], is_aside: bool) -> Change:
        """Set codes aside: they and those under them keep their passages and are counted, but are not offered for coding. Or
        bring them back, with whichever code above them was set aside.
        """
        tree = self.tree()
        wanted = self._several(tree, code)
        kind = "set-code-aside" if is_aside else "bring-code-back"
        with self._s.act(kind, code=[each.name for each in wanted]) as action:
            for each in wanted:
                for step in [each.id] if is_aside else tree.lineage(each.id):
                    codes.update(self._s.db, step, is_aside=int(is_aside))
        return action.change

    def set_example(self, code: CodeId, coding: CodingId) -> Change:
        """Make a quotation the example of a code, in its words, with who says it and where. It takes the place of the one that
        was there. Raises BadInput when the coding is gone or has lost its text.
        """
        name = self._get(self.tree(), code).name
        example = splitting.as_example(self._s, coding)
        with self._s.act("set-example", code=name) as action:
            codes.update(self._s.db, code, example=example)
        return action.change

    def set_question(self, code: CodeId, is_question: bool) -> Change:
        """Mark a top-level code as a research question, or not."""
        return self.edit(code, is_question=is_question)

    def move(
        self,
        code: CodeId | Sequence[CodeId],
        *,
        parent: CodeId | None,
        position: int | None = None,
        bring_back: bool = False,
    ) -> Change:
        """Put a code, or several in this order, under `parent` (or at the top), before its `position`-th child that stays (or
        last). With `bring_back`, what was set aside is not any more. Raises BadInput where they cannot stand.
        """
        tree = self.tree()
        moved = self._several(tree, code)
        ids = [each.id for each in moved]
        for each in moved:
            if parent is not None and parent in tree.branch(each.id):
                raise BadInput(_("A code cannot stand under itself."), _("Choose another place for it."))
        siblings = [c.id for c in tree.children(parent) if c.id not in ids]
        at = len(siblings) if position is None else position
        with self._s.act("move-code", code=[each.name for each in moved]) as action:
            for each in moved:
                if parent != each.parent:
                    self._checked(self.tree(), each.name, parent, but=each.id)
                    codes.update(self._s.db, each.id, parent_id=parent)
                if parent is not None and each.is_question:
                    codes.update(self._s.db, each.id, is_question=0)
                if bring_back:
                    codes.update(self._s.db, each.id, is_aside=0)
            codes.reorder(self._s.db, [*siblings[:at], *ids, *siblings[at:]])
        return action.change

    def merge(self, code: CodeId, *, into: CodeId) -> Change:
        """Let everything that holds `code` hold `into`, and take `code` away: its codings by everybody, memos, themes, summaries, and the
        codes under it. Where one coder used both on one passage, one coding remains, with the memos of both. What was written
        about `code` is added to what stands at `into`, which takes its key, if it has none. Raises as `would_delete`.
        """
        tree = self.tree()
        self._check_seen([code])
        gone, kept = self._get(tree, code), self._get(tree, into)
        if into in tree.branch(code):
            raise BadInput(_("A code cannot be merged into itself or a code under it."), _("Choose another code."))
        taken = {comparable(c.name) for c in tree.children(into)}
        clash = [c.name for c in tree.children(code) if comparable(c.name) in taken]
        if clash:
            raise BadInput(
                _("Both codes have a code “{name}” under them.").format(name=clash[0]),
                _("Merge or rename those first."),
            )
        with self._s.act("merge-codes", code=gone.name, into=kept.name, n=codings.count(self._s.db, [code])) as action:
            codes.merge(self._s.db, code, into)
            codes.update(self._s.db, into, **_joined(gone, kept))
        return action.change

    def split(self, code: CodeId, into: Sequence[CodeId | str], sent: Mapping[CodingId, int]) -> Change:
        """Send codings of `code` to others in one act; what is not sent stays.

        `into` are codes that are there, by id, or new ones beside `code`, by name; `sent` gives for a coding its place in `into`.
        A new code to which nothing is sent is not made. Where the same coder has used the other code on the passage already,
        that coding remains. Raises BadInput for a name that cannot be, or a place that is not in `into`.
        """
        tree = self.tree()
        was = self._get(tree, code)
        with self._s.act("split-code", code=was.name) as action:
            targets = splitting.targets(
                was, into, sorted(set(sent.values())), self._get_in(tree), self._make_beside(was)
            )
            action.details["n"] = splitting.send(self._s, code, targets, sent)
            action.details["into"] = [self.tree()[target].name for target in targets.values()]
        return action.change

    def delete(self, code: CodeId | Sequence[CodeId]) -> Change:
        """Take codes away with the codes under them, their codings, and the memos and summaries on them. Undoable. Raises as
        `would_delete`.
        """
        held = self.would_delete(code)
        gone, _branch = self._branches(code)
        with self._s.act(
            "delete-code",
            code=[each.name for each in gone], n=held.codings, under=held.under, memos=held.memos, themes=held.themes,
        ) as action:  # fmt: skip
            for each in gone:
                codes.delete(self._s.db, each.id)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def walk(self, code: CodeId, coder: str | None = None) -> list[CodingId]:
        """The codings of a code itself, by everybody or one coder, by source and in the order of the text."""
        self._s.code_name(code)
        return [coding.id for coding in codings.of_codes(self._s.db, [code], self._s.whose(coder))]

    def in_context(self, coding: CodingId) -> InContext | None:
        """A coding with the words around it; None when it is gone."""
        return splitting.in_context(self._s, coding)

    def export(self, path: Path | str) -> Change:
        """Write the codebook to a .json, .csv, .xlsx or .qdc (REFI-QDA) file."""
        codebook_files.write(self._s, Path(path))
        return self._s.note("export-codebook", path)

    def _check_seen(self, branch: Sequence[CodeId]) -> None:
        """Raises BadInput when others, whose codings may not be seen, have used one of these codes."""
        who = self._s.whose()
        if who is not None and codings.count(self._s.db, branch, but=who):
            raise BadInput(
                _("Others have used this code, and their codings are hidden."),
                _("Show others’ codings first, to see what would go or change with it."),
            )

    def _get_in(self, tree: CodeTree) -> Callable[[CodeId], CodeId]:
        return lambda code: self._get(tree, code).id

    def _make_beside(self, was: Code) -> Callable[[str], CodeId]:
        return lambda name: self._add(name, was.parent, "")

    def _several(self, tree: CodeTree, code: CodeId | Sequence[CodeId]) -> list[Code]:
        return [self._get(tree, each) for each in ([code] if isinstance(code, int) else code)]

    def _branches(self, code: CodeId | Sequence[CodeId]) -> tuple[list[Code], list[CodeId]]:
        """Codes without those that stand under others of them, and all of their branches."""
        tree = self.tree()
        wanted = {each.id for each in self._several(tree, code)}
        tops = [c for c in tree if c.id in wanted and not wanted & set(tree.lineage(c.id)[:-1])]
        return tops, [each for top in tops for each in tree.branch(top.id)]

    def _get(self, tree: CodeTree, code: CodeId) -> Code:
        self._s.code_name(code)
        return tree[code]

    def _add(self, name: str, parent: CodeId | None, colour: str, **values: Any) -> CodeId:
        tree = self.tree()
        new = Code(CodeId(0), parent, "", "")
        given = {
            "name": name,
            "colour": colour or codebook_files.least_used([c.colour for c in tree.children(parent)]),
            **values,
        }
        return codes.add(self._s.db, parent=parent, **self._checked_values(new, given))

    def _checked_values(self, was: Code, values: dict[str, Any]) -> dict[str, Any]:
        """`values` as they are kept, inside an action under way."""
        unknown = sorted(set(values) - FIELDS)
        if unknown:
            raise BadInput(
                _("A code has no {field}.").format(field=unknown[0]),
                _("It has: {fields}.").format(fields=", ".join(sorted(FIELDS))),
            )
        checked = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
        if "name" in checked:
            checked["name"] = self._checked(self.tree(), checked["name"], was.parent, but=was.id)
        _check_colour(checked.get("colour", COLOURS[0]))
        if checked.get("direction", "") not in DIRECTIONS:
            raise BadInput(
                _("A code cannot point to “{direction}”.").format(direction=checked["direction"]),
                _("Write “for”, “against”, or nothing."),
            )
        key = checked.get("key", "")
        if key and key not in KEYS:
            raise BadInput(
                _("The key of a code is a digit, or Shift with a letter from A to Z."), _("Choose another key.")
            )
        if key and key != was.key:
            codes.clear_key(self._s.db, key)
        if checked.get("is_question") and was.parent is not None:
            raise BadInput(
                _("Only a code at the top level can be a research question."), _("Move it to the top first.")
            )
        for name in ("is_question", "is_aside"):
            if name in checked:
                checked[name] = int(bool(checked[name]))
        return checked

    def _checked(self, tree: CodeTree, name: str, parent: CodeId | None, but: CodeId | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise BadInput(_("A code needs a name."), _("Type a word or two."))
        if SEPARATOR in name:
            raise BadInput(
                _("The name of a code cannot hold a slash: {name}.").format(name=name),
                _("Use a dash or “and” instead."),
            )
        if parent is not None and parent not in tree:
            self._s.code_name(parent)
        for sibling in tree.children(parent):
            if sibling.id != but and comparable(sibling.name) == comparable(name):
                raise BadInput(
                    _("There is already a code “{name}” in that place.").format(name=sibling.name),
                    _("Use it, or choose another name."),
                )
        return name


def _check_colour(colour: str) -> None:
    if colour not in COLOURS:
        raise BadInput(
            _("There is no colour “{colour}”.").format(colour=colour),
            _("Use one of: {colours}.").format(colours=called.to_write(COLOURS, called.colours())),
        )


def _joined(gone: Code, kept: Code) -> dict[str, str]:
    """What is written about the code that is kept, with what was written about the one that goes."""
    texts = {}
    for name in TEXTS:
        old, new = getattr(kept, name), getattr(gone, name)
        if new and old and new not in old:
            new = f"{old}\n\n" + _("From “{name}”: {text}").format(name=gone.name, text=new)
        texts[name] = new if new and new not in old else old
    return texts | {"key": kept.key or gone.key}


def _edit_sentence(was: Code, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The kind of an edit and the values of its sentence: told by the one thing that changes, or as an edit."""
    name = str(values.get("name", was.name)).strip()
    changed = {field for field, value in values.items() if getattr(was, field) != value}
    if changed == {"name"}:
        return "rename-code", {"old": was.name, "code": name}
    if changed == {"colour"}:
        return "recolour-code", {"code": name, "colour": values["colour"]}
    if changed == {"key"}:
        return ("set-code-key" if values["key"] else "clear-code-key"), {"code": name, "key": values["key"]}
    if changed == {"direction"}:
        way = values["direction"]
        return ("point-code-for" if way == FOR else "point-code-against" if way else "clear-direction"), {"code": name}
    if changed == {"is_aside"}:
        return ("set-code-aside" if values["is_aside"] else "bring-code-back"), {"code": name}
    if changed == {"is_question"}:
        return ("set-question" if values["is_question"] else "clear-question"), {"code": name}
    if changed <= set(TEXTS):
        return "describe-code", {"code": name}
    return "edit-code", {"code": name}
