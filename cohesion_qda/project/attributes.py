"""Verbs on attributes: the grid of what is known about sources and participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import ABOUT, AttributeTable, Column, Subject, as_type, guess_type
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import AttributeId, CaseId, SourceId
from cohesion_qda.model.source import ATTRIBUTE_TYPES
from cohesion_qda.model.text import canonical
from cohesion_qda.project.session import Session
from cohesion_qda.project.sources import Sources, attribute_name
from cohesion_qda.store import attributes, cases, sources

NAME, ROLE, KIND = ":name", ":role", ":kind"  # what the program itself keeps, in place of an attribute's name
KEPT = {"participant": (NAME, ROLE), "source": (NAME, KIND)}
NOT_FREE = {"participant": ("name", "role"), "source": ("kind",)}  # in a sheet, these columns are the program's

Cell = tuple[int, str, str]  # the id of a source or participant, an attribute's name or one of KEPT, a value


@dataclass(frozen=True, slots=True)
class SetResult:
    """What came of setting many values. `refused` are (subject, column, value) that could not be taken."""

    change: Change
    n: int
    refused: tuple[tuple[str, str, str], ...] = ()


class Attributes:
    """`project.attributes`. `about` is `source` or `participant` everywhere."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def table(self, about: str) -> AttributeTable:
        """Every source or participant with all that is known about them. Sources are by name, participants in the
        order in which they first speak, source by source.
        """
        with self._s.reading():
            rows = self._sources() if _checked(about) == "source" else attributes.people(self._s.db)
            return AttributeTable(about, tuple(self._columns(about, rows)), tuple(rows))

    def set_many(self, about: str, cells: Iterable[Cell], types: Mapping[str, str] | None = None) -> SetResult:
        """Set many values in one undoable act; an empty value takes one away, and of two for one place the last holds.

        Attributes that are not there yet are made, with their type from `types` or guessed. A value is kept as its
        attribute's type has it (`as_type`). The names and roles of participants and the names and kinds of sources can
        be set too (KEPT); roles and kinds that are none of ours, and names that are empty or (of sources) taken, are
        refused. Raises NotFound for a source or participant that is not there.
        """
        plan = _Plan(self.table(about), cells, types or {})
        kind, details = plan.told()
        with self._s.act(kind, n=plan.n, **details) as action:
            for row, name, value in plan.kept:
                self._set_kept(about, row, name, value)
            ids = {name: sources.attribute(self._s.db, name, about) for name in plan.values}
            for name, said in plan.types.items():
                attributes.set_type(self._s.db, ids[name], said)
            attributes.set_values(
                self._s.db,
                about,
                [(ids[name], row.id, value) for name, some in plan.values.items() for row, value in some],
            )
        return SetResult(action.change, plan.n, tuple((row.name, name, value) for row, name, value in plan.refused))

    def add_column(self, about: str, name: str, kind: str = "category") -> Change:
        """A new attribute, without values yet. Raises BadInput when its name is empty or taken, or for no type."""
        name = self._free_name(about, name)
        _check_type(kind)
        with self._s.act("add-attribute", name=name) as action:
            attributes.set_type(self._s.db, sources.attribute(self._s.db, name, about), kind)
        return action.change

    def rename_column(self, about: str, name: str, new: str) -> Change:
        """Call an attribute something else. Raises NotFound, and BadInput when the new name is empty or taken."""
        column, old, _kind = self._find(about, name)
        new = self._free_name(about, new, column)
        with self._s.act("rename-attribute", old=old, name=new) as action:
            if new != old:
                attributes.rename(self._s.db, column, new)
        return action.change

    def set_type(self, about: str, name: str, kind: str) -> Change:
        """Say what an attribute's values are. Those that can be read so are kept in their plain form; the others stay
        as they are written and are doubtful. Raises NotFound, and BadInput when `kind` is no type.
        """
        column, found, _old = self._find(about, name)
        _check_type(kind)
        values = {subject: held.get(found, "") for subject, held in sources.values(self._s.db, about).items()}
        read = {subject: as_type(kind, value).value for subject, value in values.items()}
        with self._s.act("set-attribute-type", name=found, type=kind) as action:
            attributes.set_type(self._s.db, column, kind)
            changed = [(column, subject, value) for subject, value in read.items() if value != values[subject]]
            attributes.set_values(self._s.db, about, changed)
        return action.change

    def remove_column(self, about: str, name: str) -> Change:
        """Take an attribute away with all its values; the change says how many. Raises NotFound."""
        column, found, _kind = self._find(about, name)
        n = sum(1 for held in sources.values(self._s.db, about).values() if found in held)
        with self._s.act("remove-attribute", name=found, n=n) as action:
            attributes.delete(self._s.db, column)
        return action.change

    # -- inside --------------------------------------------------------------------------------------------------------

    def _sources(self) -> list[Subject]:
        values = sources.values(self._s.db, "source")
        return [
            Subject(s.id, s.name, kind=s.kind, turns=s.turns, words=s.words, values=values.get(s.id, {}))
            for s in sources.all_(self._s.db)
        ]

    def _columns(self, about: str, rows: Iterable[Subject]) -> Iterable[Column]:
        rows = list(rows)
        for _id, name, kind in attributes.columns(self._s.db, about):
            guessed = kind or guess_type(row.values.get(name, "") for row in rows)
            yield Column(name, guessed, is_guessed=not kind)

    def _set_kept(self, about: str, row: Subject, name: str, value: str) -> None:
        if about == "participant":
            cases.update(self._s.db, CaseId(row.id), **{name[1:]: value})
            return
        source = self._s.source(SourceId(row.id))
        if name == KIND:
            Sources(self._s).change_kind(source, value)
        else:
            sources.update(self._s.db, source.id, name=value)
            cases.rename_group(self._s.db, source.group, source.name, value)

    def _find(self, about: str, name: str) -> tuple[AttributeId, str, str]:
        known = attributes.columns(self._s.db, _checked(about))
        for found in known:
            if found[1].casefold() == " ".join(name.split()).casefold():
                return found
        raise NotFound(_("attribute"), name, [known_name for _id, known_name, _kind in known])

    def _free_name(self, about: str, name: str, own: AttributeId | None = None) -> str:
        name = attribute_name(name)
        if name.casefold() in NOT_FREE[_checked(about)]:
            raise BadInput(
                _("“{name}” is something the program keeps by itself.").format(name=name), _("Choose another name.")
            )
        for known, taken, _kind in attributes.columns(self._s.db, about):
            if taken.casefold() == name.casefold() and known != own:
                raise BadInput(
                    _("There is an attribute “{name}” already.").format(name=taken), _("Choose another name.")
                )
        return name


class _Plan:
    """What setting `cells` comes to: what changes, and what cannot be taken."""

    def __init__(self, table: AttributeTable, cells: Iterable[Cell], types: Mapping[str, str]) -> None:
        self._table = table
        self._said = {attribute_name(name).casefold(): kind for name, kind in types.items()}
        self.kept: list[tuple[Subject, str, str]] = []  # names and roles that change
        self.refused: list[tuple[Subject, str, str]] = []
        self.values: dict[str, list[tuple[Subject, str]]] = {}  # by attribute
        self.types: dict[str, str] = {}  # to be set
        self._sort(cells)
        for name, some in list(self.values.items()):
            self._read(name, some)

    @property
    def n(self) -> int:
        """How many values change."""
        return len(self.kept) + sum(map(len, self.values.values()))

    def told(self) -> tuple[str, dict[str, Any]]:
        """The kind of act that this is, and what its sentence is made of."""
        if self.n != 1:
            return "set-attributes", {"name": next(iter(self.values))} if len(
                self.values
            ) == 1 and not self.kept else {}
        for row, name, value in self.kept:
            if name == NAME and self._table.about == "source":
                return "rename-source", {"old": row.name, "source": value}
            if name == NAME:
                return "rename-case", {"old": row.name, "case": value}
            if name == KIND:
                return "set-source-kind", {"source": row.name, "what": value}
            return "set-role", {"case": row.name, "role": value}
        name, [(row, value)] = next(iter(self.values.items()))
        return ("set-attribute" if value else "clear-attribute"), {"name": name, "subject": row.name, "value": value}

    def _sort(self, cells: Iterable[Cell]) -> None:
        about, rows = self._table.about, {row.id: row for row in self._table.rows}
        names: dict[str, str] = {}
        last: dict[tuple[int, str], str] = {}
        for subject, written, value in cells:
            if subject not in rows:
                raise NotFound(_("row"), str(subject), [row.name for row in rows.values()])
            column = self._table.column(attribute_name(written))
            key = attribute_name(written).casefold()
            names.setdefault(key, column.name if column else attribute_name(written))
            last[subject, key] = canonical(value).strip()
        for (subject, key), value in last.items():
            if key in KEPT[about]:
                self._keep(rows[subject], key, value)
            else:
                self.values.setdefault(names[key], []).append((rows[subject], value))

    def _keep(self, row: Subject, key: str, value: str) -> None:
        from cohesion_qda.formats.matching import as_kind, as_role

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

    def _read(self, name: str, some: list[tuple[Subject, str]]) -> None:
        """Read the values of one attribute as its type, and keep those that differ from what is there."""
        column, said = self._table.column(name), self._said.get(name.casefold(), "")
        known = "" if column is None or column.is_guessed else column.type
        kind = said or known
        if not kind:
            there = [row.values.get(name, "") for row in self._table.rows]
            kind = guess_type([*there, *(value for _row, value in some)])
        if column is None or (said and said != known):
            self.types[name] = kind
            given = {row.id for row, _value in some}
            some = [
                *some,
                *((row, row.values[name]) for row in self._table.rows if name in row.values and row.id not in given),
            ]
        read = ((row, as_type(kind, value).value) for row, value in some)
        self.values[name] = [(row, value) for row, value in read if value != row.values.get(name, "")]
        if not self.values[name] and (column is None or name not in self.types):
            del self.values[name]
            self.types.pop(name, None)


def _checked(about: str) -> str:
    if about not in ABOUT:
        raise ValueError(about)
    return about


def _check_type(kind: str) -> None:
    if kind not in ATTRIBUTE_TYPES:
        raise BadInput(
            _("There is no type “{type}”.").format(type=kind),
            _("Use one of: {types}.").format(types=", ".join(ATTRIBUTE_TYPES)),
        )
