"""Attribute sheets: what is known about sources and participants, from .csv, .xlsx or .ods, or a table that was copied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.columns import PARTICIPANT, PERSON, SOURCE
from cohesion_qda.formats.grid import Grid, read_grids
from cohesion_qda.model.attribute import AttributeSheet, guess_type
from cohesion_qda.model.text import canonical, comparable

_OF_THE_PROGRAM = ("kind", "role", "name")
_NOT_KNOWN = frozenset(
    {"unknown", "not known", "not stated", "n/a", "na", "-", "–", "?", "missing", "prefer not to say", "not given"}
)
_WHOLE_MINUTES = re.compile(r"(\d\d:\d\d):00\Z")

Values = dict[str, str]


def read_sheet(path: Path) -> AttributeSheet:
    """The values of every worksheet that has a column called source, transcript, file or document; or, where none
    has, of those with a column called participant, speaker, label or name: people whatever their source.

    A row with a participant, speaker or label is about that participant of the source, and a blank source there
    means the one above; other rows are about the source. Blank cells are no values. Columns have the type that all
    their values have, `unknown` and the like apart; numbers are then kept plain and dates as ISO dates. Raises CannotReadSource.
    """
    path = Path(path)
    every = read_grids(path)
    has_sources = any(grid.column(*SOURCE) is not None for grid in every)
    reading = _Reading(path.name)
    try:
        for grid in every:
            of_source = grid.column(*SOURCE)
            if of_source is not None:
                reading.take(grid, of_source, _participant_column(grid, of_source), goes_on=True)
        for grid in every:
            person = _person_column(grid, is_alone=not has_sources)
            if person is not None:
                reading.take(grid, None, person)
    except BadInput as error:
        raise CannotReadSource(path, error.message, error.hint) from error
    if not reading.sources and not reading.people:
        raise CannotReadSource(
            path,
            _("{name} has no column called source or participant.").format(name=path.name),
            _(
                "Give the column with the names of the transcripts the title “source”, or that with people the title “participant”."
            ),
        )
    return reading.sheet()


def sheet_of(rows: Sequence[Sequence[str]], about: str, name: str) -> AttributeSheet:
    """The values in a table that was copied, by the names in it; its titles are in the first row. `about` is source or
    participant; `name` is what the table is called in messages.

    Names are in the column called so, else in the first; people may have a column with their source or group, which
    may be blank. Raises BadInput where a title is there twice, or two rows disagree.
    """
    grid = _grid(rows)
    of_source, of_person = grid.column(*SOURCE, "group"), grid.column(*PERSON)
    if about == "source" and of_person is None:
        of_source = 0 if of_source is None else of_source
    elif of_person is None and of_source != 0:
        of_person = 0
    reading = _Reading(name)
    reading.take(grid, of_source, of_person)
    return reading.sheet()


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    wide = max(map(len, rows))
    cells = [tuple(canonical(cell).strip() for cell in (*row, *[""] * (wide - len(row)))) for row in rows]
    header = tuple(" ".join(title.split()) for title in cells[0])
    return Grid("", header, tuple((number, row) for number, row in enumerate(cells[1:], start=2)))


def _person_column(grid: Grid, *, is_alone: bool) -> int | None:
    """The column with people of a worksheet without sources, when it says something about them. Beside worksheets
    with sources it must be called participant, speaker or label.
    """
    if grid.column(*SOURCE) is not None or sum(1 for title in grid.header if title) < 2:
        return None
    return grid.column(*(PERSON if is_alone else PARTICIPANT))


def _participant_column(grid: Grid, of_source: int) -> int | None:
    """The column with participants; one called name or person counts where sources have several rows."""
    named = [row[of_source] for _number, row in grid.rows]
    have_several = len({comparable(name) for name in named if name}) < len(named)
    return grid.column(*(PERSON if have_several else PARTICIPANT))


class _Reading:
    """What one table after the other says. `name` is what they are called together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.sources: dict[str, Values] = {}
        self.people: dict[tuple[str, str], Values] = {}

    def take(self, grid: Grid, of_source: int | None, of_person: int | None, *, goes_on: bool = False) -> None:
        """Take what the rows say about sources or people, whose names are in those columns. When it `goes_on`, a blank
        source means the one above.
        """
        self._check_titles(grid)
        last = ""
        for number, row in grid.rows:
            label = row[of_person] if of_person is not None else ""
            source = row[of_source] if of_source is not None else ""
            if goes_on:
                source = source or (last if label else "")
                last = source or last
                if not source and sum(1 for cell in row if cell) > 1:
                    raise self._without_source(number, grid.header[of_source or 0])
            if source or label:
                known = self.people.setdefault((source, label), {}) if label else self.sources.setdefault(source, {})
                about = ", ".join(piece for piece in (source, label) if piece)
                self._add(known, _values(grid, row, of_source, of_person), about)

    def sheet(self) -> AttributeSheet:
        """All that was taken, with the types of its columns."""
        return _typed(AttributeSheet(self.sources, self.people))

    def _check_titles(self, grid: Grid) -> None:
        seen: set[str] = set()
        for title in map(comparable, grid.header):
            if title and title in seen:
                twice = next(written for written in grid.header if comparable(written) == title)
                raise BadInput(
                    _("{name} has two columns called “{title}”.").format(name=self._name, title=twice),
                    _("Give each column its own title."),
                )
            seen.add(title)

    def _without_source(self, number: int, title: str) -> BadInput:
        return BadInput(
            _("Row {number} of {name} does not say which source it is about.").format(number=number, name=self._name),
            _("Fill in its cell in the column “{title}”.").format(title=title),
        )

    def _add(self, known: Values, values: Values, about: str) -> None:
        for title, value in values.items():
            if known.setdefault(title, value) != value:
                raise BadInput(
                    _("{name} gives “{about}” two values for {title}: “{first}” and “{second}”.").format(
                        name=self._name, about=about, title=title, first=known[title], second=value
                    ),
                    _("Keep one of the two rows."),
                )


def _values(grid: Grid, row: tuple[str, ...], *about: int | None) -> Values:
    return {
        title: _WHOLE_MINUTES.sub(r"\1", cell)
        for place, (title, cell) in enumerate(zip(grid.header, row, strict=True))
        if title and cell and place not in about
    }


def _typed(sheet: AttributeSheet) -> AttributeSheet:
    """The sheet with the types of its columns, and values as those are kept."""
    columns: dict[str, list[str]] = {}
    for values in (*sheet.of_sources.values(), *sheet.of_participants.values()):
        for title, value in values.items():
            columns.setdefault(title, []).append(value)
    types = {
        title: guess_type(value for value in values if comparable(value) not in _NOT_KNOWN)
        for title, values in columns.items()
        if title.casefold() not in _OF_THE_PROGRAM
    }
    return replace(sheet, types=types).as_typed()
