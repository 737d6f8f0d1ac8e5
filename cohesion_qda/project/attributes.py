"""Verbs on attributes: the grid of what is known about sources and participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeTable
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import AttributeId
from cohesion_qda.model.text import comparable
from cohesion_qda.project.session import Session
from cohesion_qda.project.values import Cell, Values, check_type, new_name, table
from cohesion_qda.store import attributes


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
            return table(self._s, about)

    def names(self, about: str) -> list[str]:
        """The attributes of sources or participants, with or without values, in the order they came."""
        with self._s.reading():
            return [name for _id, name, _kind in attributes.columns(self._s.db, about)]

    def values(self, about: str) -> dict[int, dict[str, str]]:
        """The values by attribute of every source or participant that has any, by its id."""
        with self._s.reading():
            return attributes.values(self._s.db, about)

    def set_many(self, about: str, cells: Iterable[Cell], types: Mapping[str, str] | None = None) -> SetResult:
        """Set many values in one undoable act, as `Values` has it: an empty value takes one away, of two for one place the
        last holds, and attributes that are not there yet are made; `types` says what the values of some are.

        The names and roles of participants and the names and kinds of sources can be set too (KEPT); roles and kinds that
        are none of ours, and names that are empty or (of sources) taken, are refused. Raises NotFound for a source or
        participant that is not there, BadInput for a new attribute whose name is not free, and for no type.
        """
        with self._s.reading():
            values = Values(self._s, about, cells, types)
        kind, details = values.told()
        with self._s.act(kind, n=values.n, **details) as action:
            values.write()
        return SetResult(action.change, values.n, tuple((row.name, name, value) for row, name, value in values.refused))

    def add_column(self, about: str, name: str, kind: str = "category") -> Change:
        """A new attribute, without values yet. Raises BadInput when its name is empty or taken, or for no type."""
        name = self._free_name(about, name)
        check_type(kind)
        with self._s.act("add-attribute", name=name) as action:
            attributes.add(self._s.db, about, name, kind)
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
        check_type(kind)
        with self._s.act("set-attribute-type", name=found, type=kind) as action:
            attributes.set_type(self._s.db, column, kind)
            there = attributes.values(self._s.db, about).items()
            Values(self._s, about, [(row, found, held[found]) for row, held in there if found in held]).write()
        return action.change

    def remove_column(self, about: str, name: str) -> Change:
        """Take an attribute away with all its values; the change says how many. Raises NotFound."""
        column, found, _kind = self._find(about, name)
        n = sum(1 for held in attributes.values(self._s.db, about).values() if found in held)
        with self._s.act("remove-attribute", name=found, n=n) as action:
            attributes.delete(self._s.db, column)
        return action.change

    # -- inside --------------------------------------------------------------------------------------------------------

    def _find(self, about: str, name: str) -> tuple[AttributeId, str, str]:
        column = table(self._s, about).column(name)
        known = {found[1]: found for found in attributes.columns(self._s.db, about)}
        if column is None:
            raise NotFound(_("attribute"), name, list(known))
        return known[column.name]

    def _free_name(self, about: str, name: str, own: AttributeId | None = None) -> str:
        name = new_name(about, name)
        for known, taken, _kind in attributes.columns(self._s.db, about):
            if comparable(taken) == comparable(name) and known != own:
                raise BadInput(
                    _("There is an attribute “{name}” already.").format(name=taken), _("Choose another name.")
                )
        return name
