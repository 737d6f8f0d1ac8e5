"""Verbs on the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import COLOURS, KEYS, SEPARATOR, Code, CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.model.text import comparable
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import codes, codings

FIELDS = {"name", "colour", "definition", "use_when", "not_when", "example", "key", "is_question"}


class Codebook:
    """`project.codebook`."""

    def __init__(self, session: Session) -> None:
        self._s = session

    @staticmethod
    def read(codebook: str | Path) -> list[CodeDraft]:
        """The built-in codebook `cohesion`, an `empty` one, or that of a file (.json, .csv, .xlsx)."""
        if codebook == "empty":
            return []
        from cohesion_qda.formats.codebook import read_builtin, read_codebook

        return read_builtin("cohesion") if codebook == "cohesion" else read_codebook(Path(codebook))

    @staticmethod
    def write_drafts(session: Session, drafts: Sequence[CodeDraft]) -> int:
        """Add a codebook that was read, inside an action under way; codes that are there stay as they are.
        Gives how many are new.
        """
        return _write(session, drafts, None, codes.tree(session.db))

    def add_codebook(self, codebook: str | Path) -> Change:
        """Add the codes of a built-in codebook or a file to those that are there."""
        drafts = self.read(codebook)
        with self._s.act("import-codebook") as action:
            action.details["n"] = self.write_drafts(self._s, drafts)
        return action.change

    def tree(self) -> CodeTree:
        """The whole codebook."""
        with self._s.reading():
            return codes.tree(self._s.db)

    def counts(self) -> dict[CodeId, CodeCount]:
        """How often and how widely each code was used, alone and with its branch."""
        from cohesion_qda.analysis import frequency

        return frequency.counts(study_data(self._s))

    def tally(self) -> tuple[dict[CodeId, CodeCount], Count]:
        """`counts` and `base` from one reading of the study."""
        from cohesion_qda.analysis import frequency

        data = study_data(self._s)
        return frequency.counts(data), frequency.base(data)

    def base(self) -> Count:
        """The denominators: all mentions, the participants who speak, the groups."""
        from cohesion_qda.analysis import frequency

        return frequency.base(study_data(self._s))

    def passages_in(self, code: CodeId) -> int:
        """Codings of the code and everything under it."""
        return codings.count(self._s.db, self.tree().branch(code))

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
        """Change what is known of a code, in one act: name, colour, definition, use_when, not_when, example, key, is_question.

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

    def recolour(self, code: CodeId, colour: str) -> Change:
        """Give a code one of COLOURS."""
        return self.edit(code, colour=colour)

    def describe(self, code: CodeId, **texts: str) -> Change:
        """Write what a code means: definition, use_when, not_when, example; what is not given stays."""
        return self.edit(code, **texts)

    def set_key(self, code: CodeId, key: str) -> Change:
        """Let a digit from 1 to 9 apply the code (taking it from any other), or none."""
        return self.edit(code, key=key)

    def set_question(self, code: CodeId, is_question: bool) -> Change:
        """Mark a top-level code as a research question, or not."""
        return self.edit(code, is_question=is_question)

    def move(self, code: CodeId, *, parent: CodeId | None, position: int | None = None) -> Change:
        """Put a code under `parent` (or at the top), before its `position`-th child (or last)."""
        tree = self.tree()
        moved = self._get(tree, code)
        if parent is not None and parent in tree.branch(code):
            raise BadInput(_("A code cannot stand under itself."), _("Choose another place for it."))
        if parent != moved.parent:
            self._checked(tree, moved.name, parent, but=code)
        siblings = [c.id for c in tree.children(parent) if c.id != code]
        siblings.insert(len(siblings) if position is None else position, code)
        with self._s.act("move-code", code=moved.name) as action:
            if parent != moved.parent:
                codes.update(self._s.db, code, parent_id=parent)
            if parent is not None and moved.is_question:
                codes.update(self._s.db, code, is_question=0)
            codes.reorder(self._s.db, siblings)
        return action.change

    def merge(self, code: CodeId, *, into: CodeId) -> Change:
        """Move all codings of `code` to `into`, and the codes under it too, and take `code` away."""
        tree = self.tree()
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
            codings.recode(self._s.db, code, into)
            for child in tree.children(code):
                codes.update(self._s.db, child.id, parent_id=into)
            codes.delete(self._s.db, code)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def delete(self, code: CodeId) -> Change:
        """Take a code away with the codes under it and their codings. Undoable."""
        gone = self._get(self.tree(), code)
        with self._s.act("delete-code", code=gone.name, n=self.passages_in(code)) as action:
            codes.delete(self._s.db, code)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def export(self, path: Path | str) -> Change:
        """Write the codebook to a .json, .csv or .xlsx file."""
        from cohesion_qda.formats.codebook import write_codebook

        write_codebook(Path(path), self.tree())
        return self._s.note("export-codebook", path)

    def _get(self, tree: CodeTree, code: CodeId) -> Code:
        self._s.code_name(code)
        return tree[code]

    def _add(self, name: str, parent: CodeId | None, colour: str, **values: Any) -> CodeId:
        tree = self.tree()
        new = Code(CodeId(0), parent, "", "")
        given = {"name": name, "colour": colour or _least_used([c.colour for c in tree.children(parent)]), **values}
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
        if checked.get("colour", COLOURS[0]) not in COLOURS:
            raise BadInput(
                _("There is no colour “{colour}”.").format(colour=checked["colour"]),
                _("Use one of: {colours}.").format(colours=", ".join(COLOURS)),
            )
        key = checked.get("key", "")
        if key and key not in KEYS:
            raise BadInput(_("The key of a code is a digit from 1 to 9."), _("Choose another key."))
        if key and key != was.key:
            codes.clear_key(self._s.db, key)
        if checked.get("is_question") and was.parent is not None:
            raise BadInput(
                _("Only a code at the top level can be a research question."), _("Move it to the top first.")
            )
        if "is_question" in checked:
            checked["is_question"] = int(bool(checked["is_question"]))
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


def _write(
    session: Session, drafts: Sequence[CodeDraft], parent: CodeId | None, tree: CodeTree, keys: set[str] | None = None
) -> int:
    taken = {c.key for c in tree if c.key} if keys is None else keys
    siblings = tree.children(parent) if parent is None or parent in tree else []
    known = {comparable(c.name): c.id for c in siblings}
    colours, written = [c.colour for c in siblings], 0
    for draft in drafts:
        code = known.get(comparable(draft.name))
        if code is None:
            colours.append(draft.colour or _least_used(colours))
            code = codes.add(
                session.db, draft.name, parent=parent, colour=colours[-1], definition=draft.definition,
                use_when=draft.use_when, not_when=draft.not_when, example=draft.example,
                is_question=draft.is_question and parent is None, key="" if draft.key in taken else draft.key,
            )  # fmt: skip
            taken.add(draft.key)
            written += 1
        written += _write(session, draft.children, code, tree, taken)
    return written


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
    if changed == {"is_question"}:
        return ("set-question" if values["is_question"] else "clear-question"), {"code": name}
    if changed <= {"definition", "use_when", "not_when", "example"}:
        return "describe-code", {"code": name}
    return "edit-code", {"code": name}


def _least_used(colours: Sequence[str]) -> str:
    """The colour that the codes beside it use least."""
    return min(COLOURS, key=lambda colour: (colours.count(colour), COLOURS.index(colour)))
