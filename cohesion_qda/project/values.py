"""Writing what is known about sources and participants: the one way in which values are set, whoever gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.attribute import ABOUT, ATTRIBUTE_TYPES, AttributeTable, Column, Subject, as_type, guess_type
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.source import Source
from cohesion_qda.model.text import canonical, comparable
from cohesion_qda.project.session import Session
from cohesion_qda.store import attributes, cases, sources

NAME, ROLE, KIND = ":name", ":role", ":kind"  # what the program itself keeps, in place of an attribute's name
KEPT = {"participant": (NAME, ROLE), "source": (NAME, KIND)}

_NOT_FREE = {"participant": ("name", "role"), "source": ("name", "kind")}  # in a file, these columns are the program's

Cell = tuple[int, str, str]  # the id of a source or participant, an attribute's name or one of KEPT, a value


def table(session: Session, about: str) -> AttributeTable:
    """Every source or participant with all that is known about them."""
    if about not in ABOUT:
        raise ValueError(about)
    rows = _sources(session) if about == "source" else attributes.people(session.db)
    columns = []
    for _id, name, kind in attributes.columns(session.db, about):
        guessed = kind or guess_type(row.values.get(name, "") for row in rows)
        columns.append(Column(name, guessed, is_guessed=not kind))
    return AttributeTable(about, tuple(columns), tuple(rows))


def attribute_name(name: str) -> str:
    """The name as it is kept. Raises BadInput when there is none."""
    kept = " ".join(canonical(name).split())
    if not kept:
        raise BadInput(_("An attribute needs a name."), _("Type a word, such as place or age band."))
    return kept


def new_name(about: str, name: str) -> str:
    """The name of a new attribute as it is kept. Raises BadInput when there is none, or the program keeps what is called so."""
    name = attribute_name(name)
    if _is_kept(about, name):
        raise BadInput(
            _("“{name}” is something the program keeps by itself.").format(name=name), _("Choose another name.")
        )
    return name


def name_in_file(about: str, title: str) -> str:
    """What a column of a file stands for: the name of a participant, or the attribute called `title`; with a number behind
    it where the program keeps what is called so.
    """
    title = attribute_name(title)
    if about == "participant" and comparable(title) == "name":
        return NAME
    return f"{title} (2)" if _is_kept(about, title) else title


def change_kind(session: Session, source: Source, kind: str) -> None:
    """Say what a source is: a focus group becomes a group that is counted. Part of an action under way."""
    if kind == source.kind:
        return
    group = None
    if kind == "focus group":
        group = source.group or cases.add(session.db, source.name, kind="group")
    sources.update(session.db, source.id, kind=kind, group_id=group)
    cases.seat(session.db)
    if group is None and source.group is not None:
        cases.delete(session.db, source.group)


class Values:
    """What setting `cells` comes to; `write` does it. Of two cells for one place the last holds.

    Values are kept as canonical text, and as their attribute's type has them; an empty one is taken away. Names are
    those of attributes that are there, however written (`comparable`); the others are made. `types` says what the values
    of some attributes are, and those that are there are read anew; when they `are_guessed`, only where nobody has said
    it and nothing there is against it. `kept` are (row, one of KEPT, value) that change, `values` the values that change
    by attribute, `refused` (row, one of KEPT, value) that cannot be taken.

    Raises NotFound for a source or participant that is not there, BadInput for a new attribute whose name is not free.
    """

    def __init__(
        self,
        session: Session,
        about: str,
        cells: Iterable[Cell],
        types: Mapping[str, str] | None = None,
        *,
        are_guessed: bool = False,
    ) -> None:
        self._s = session
        self._table = table(session, about)
        self._rows = {row.id: row for row in self._table.rows}
        self._said = {comparable(name): check_type(kind) for name, kind in (types or {}).items()}
        self._are_guessed = are_guessed
        self.kept: list[tuple[Subject, str, str]] = []
        self.refused: list[tuple[Subject, str, str]] = []
        self.values: dict[str, list[tuple[Subject, str]]] = {}
        self._types: dict[str, str] = {}  # to be set
        for name, given in self._sorted(cells).items():
            self._read(name, given)

    @property
    def n(self) -> int:
        """How many values change."""
        return len(self.kept) + sum(map(len, self.values.values()))

    def told(self) -> tuple[str, dict[str, Any]]:
        """The kind of act that this is, and what its sentence is made of."""
        if not self.n and len(self._types) == 1:
            [(name, kind)] = self._types.items()
            return "set-attribute-type", {"name": name, "type": kind}
        if self.n != 1:
            is_one = len(self.values) == 1 and not self.kept
            return "set-attributes", {"name": next(iter(self.values))} if is_one else {}
        for row, name, value in self.kept:
            if name == NAME and self._table.about == "source":
                return "rename-source", {"old": row.name, "source": value}
            if name == NAME:
                return "rename-case", {"old": row.name, "case": value}
            if name == KIND:
                return "set-source-kind", {"source": row.name, "what": value}
            return "set-role", {"case": row.name, "role": value}
        name, row, value = next((name, *cell) for name, some in self.values.items() for cell in some)
        return ("set-attribute" if value else "clear-attribute"), {"name": name, "subject": row.name, "value": value}

    def write(self) -> int:
        """Set them, inside an action under way. Gives how many values change."""
        db, about = self._s.db, self._table.about
        for row, name, value in self.kept:
            self._write_kept(row, name, value)
        ids = {name: column for column, name, _kind in attributes.columns(db, about)}
        for name in self.values:
            if name not in ids:
                ids[name] = attributes.add(db, about, name)
            if name in self._types:
                attributes.set_type(db, ids[name], self._types[name])
        attributes.set_values(
            db, about, [(ids[name], row.id, value) for name, some in self.values.items() for row, value in some]
        )
        return self.n

    def _write_kept(self, row: Subject, name: str, value: str) -> None:
        db = self._s.db
        if self._table.about == "participant":
            cases.update(db, CaseId(row.id), **{name[1:]: value})
            return
        source = self._s.source(SourceId(row.id))
        if name == KIND:
            change_kind(self._s, source, value)
        else:
            sources.update(db, source.id, name=value)
            cases.rename_group(db, source.group, source.name, value)

    def _sorted(self, cells: Iterable[Cell]) -> dict[str, dict[int, str]]:
        """The values by attribute and row; what the program keeps is seen to."""
        called: dict[str, str] = {}
        last: dict[tuple[int, str], str] = {}
        for subject, written, value in cells:
            if subject not in self._rows:
                what = _("source") if self._table.about == "source" else _("participant")
                raise NotFound(what, str(subject), [row.name for row in self._table.rows])
            if written not in called:
                called[written] = self._called(written, called.values())
            last[subject, called[written]] = canonical(value).strip()
        found: dict[str, dict[int, str]] = {}
        for (subject, name), value in last.items():
            if name in KEPT[self._table.about]:
                self._keep(self._rows[subject], name, value)
            else:
                found.setdefault(name, {})[subject] = value
        return found

    def _called(self, written: str, new: Iterable[str]) -> str:
        """The attribute that is there, or one of the `new` ones, or else the name of another."""
        if written in KEPT[self._table.about]:
            return written
        name = attribute_name(written)
        column = self._table.column(name)
        return column.name if column else next((n for n in new if comparable(n) == comparable(name)), name)

    def _keep(self, row: Subject, key: str, value: str) -> None:
        from cohesion_qda.project.matching import as_kind, as_role

        if key == NAME:
            meant, was = " ".join(value.split()), row.name
            if self._table.about == "source" and meant.casefold() != was.casefold():
                others = {other.name.casefold() for other in self._table.rows}
                others.update(name.casefold() for _row, kept, name in self.kept if kept == NAME)
                meant = "" if meant.casefold() in others else meant
        else:
            meant, was = (as_role(value), row.role) if key == ROLE else (as_kind(value), row.kind)
        if not meant:
            self.refused.append((row, key, value))
        elif meant != was:
            self.kept.append((row, key, meant))

    def _read(self, name: str, given: dict[int, str]) -> None:
        """Read the values of one attribute as its type, and keep those that differ from what is there."""
        column = self._table.column(name)
        there = {row.id: row.values[name] for row in self._table.rows if name in row.values}
        known = "" if column is None or column.is_guessed else column.type
        said = self._said.get(comparable(name), "")
        if self._are_guessed and (known or _is_against(said, (there[row] for row in there.keys() - given.keys()))):
            said = ""
        is_new_type = bool(said) and said != known
        after = {**there, **given}
        kind = said or known or guess_type(after.values())
        read = {row: as_type(kind, value).value for row, value in (after if is_new_type else given).items()}
        changed = [(self._rows[row], value) for row, value in read.items() if value != there.get(row, "")]
        if column is None and changed:
            new_name(self._table.about, name)
        if changed or (column is not None and is_new_type):
            self.values[name] = changed
            self._types.update({name: said} if is_new_type else {})


def check_type(kind: str) -> str:
    """Gives `kind` back. Raises BadInput when it is none of ATTRIBUTE_TYPES."""
    if kind not in ATTRIBUTE_TYPES:
        raise BadInput(
            _("There is no type “{type}”.").format(type=kind),
            _("Use one of: {types}.").format(types=called.to_write(ATTRIBUTE_TYPES, called.types())),
        )
    return kind


def _is_against(kind: str, values: Iterable[str]) -> bool:
    """Whether some value cannot be read as `kind`."""
    return any(as_type(kind, value).is_doubtful for value in values)


def _is_kept(about: str, name: str) -> bool:
    return comparable(name) in (*_NOT_FREE[about], NAME, ROLE, KIND)


def _sources(session: Session) -> list[Subject]:
    values = attributes.values(session.db, "source")
    return [
        Subject(s.id, s.name, kind=s.kind, turns=s.turns, words=s.words, values=values.get(s.id, {}))
        for s in sources.all_(session.db)
    ]
