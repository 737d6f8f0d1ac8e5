"""Attribute sheets: what is known about sources and participants, from .csv, .xlsx or .ods."""

from __future__ import annotations

import re
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.columns import SOURCE
from cohesion_qda.formats.grid import Grid, read_grids
from cohesion_qda.model.attribute import as_type, guess_type
from cohesion_qda.model.source import AttributeSheet
from cohesion_qda.model.text import comparable

_PARTICIPANT = ("participant", "speaker", "label")
_PERSON = (*_PARTICIPANT, "participant id", "name", "person", "pseudonym", "respondent", "who")
_OF_THE_PROGRAM = ("kind", "role", "name")
_NOT_KNOWN = frozenset(
    {"unknown", "not known", "not stated", "n/a", "na", "-", "–", "?", "missing", "prefer not to say", "not given"}
)
_WHOLE_MINUTES = re.compile(r"(\d\d:\d\d):00\Z")

Values = dict[str, str]
OfPeople = dict[tuple[str, str], Values]


def read_sheet(path: Path) -> AttributeSheet:
    """The values of every worksheet that has a column called source, transcript, file or document; or, where none
    has, of those with a column called participant, speaker, label or name: people whatever their source.

    A row with a participant, speaker or label is about that participant of the source, and a blank source there
    means the one above; other rows are about the source. Blank cells are no values. Columns have the type that all
    their values have, `unknown` and the like apart; numbers are then kept plain and dates as ISO dates. Raises CannotReadSource.
    """
    path = Path(path)
    every = read_grids(path)
    grids = [grid for grid in every if grid.column(*SOURCE) is not None]
    sources: dict[str, Values] = {}
    participants: OfPeople = {}
    for grid in grids:
        _check_titles(path, grid)
        _read(path, grid, sources, participants)
    for grid in every:
        person = _person_column(grid, is_alone=not grids)
        if person is not None:
            _check_titles(path, grid)
            _read_people(path, grid, person, participants)
    if not sources and not participants:
        raise CannotReadSource(
            path,
            _("{name} has no column called source or participant.").format(name=path.name),
            _(
                "Give the column with the names of the transcripts the title “source”, or that with people the title “participant”."
            ),
        )
    return _typed(AttributeSheet(sources, participants))


def _person_column(grid: Grid, *, is_alone: bool) -> int | None:
    """The column with people of a worksheet without sources, when it says something about them. Beside worksheets
    with sources it must be called participant, speaker or label.
    """
    if grid.column(*SOURCE) is not None or sum(1 for title in grid.header if title) < 2:
        return None
    return grid.column(*(_PERSON if is_alone else _PARTICIPANT))


def _check_titles(path: Path, grid: Grid) -> None:
    titles = [comparable(title) for title in grid.header if title]
    twice = next((title for title in grid.header if title and titles.count(comparable(title)) > 1), "")
    if twice:
        raise CannotReadSource(
            path,
            _("{name} has two columns called “{title}”.").format(name=path.name, title=twice),
            _("Give each column its own title."),
        )


def _read(path: Path, grid: Grid, sources: dict[str, Values], participants: OfPeople) -> None:
    of_source = grid.column(*SOURCE)
    assert of_source is not None
    of_participant = _participant_column(grid, of_source)
    last = ""
    for number, row in grid.rows:
        label = row[of_participant] if of_participant is not None else ""
        source = row[of_source] or (last if label else "")
        last = source or last
        if not source:
            if sum(1 for cell in row if cell) > 1:
                raise CannotReadSource(
                    path,
                    _("Row {number} of {name} does not say which source it is about.").format(
                        number=number, name=path.name
                    ),
                    _("Fill in its cell in the column “{title}”.").format(title=grid.header[of_source]),
                )
            continue
        values = _values(grid, row, of_source, of_participant)
        known = participants.setdefault((source, label), {}) if label else sources.setdefault(source, {})
        _add(path, known, values, f"{source}, {label}" if label else source)


def _participant_column(grid: Grid, of_source: int) -> int | None:
    """The column with participants; one called name or person counts where sources have several rows."""
    named = [row[of_source] for _number, row in grid.rows]
    have_several = len({comparable(name) for name in named if name}) < len(named)
    return grid.column(*(_PERSON if have_several else _PARTICIPANT))


def _read_people(path: Path, grid: Grid, person: int, participants: OfPeople) -> None:
    for _number, row in grid.rows:
        if row[person]:
            _add(path, participants.setdefault(("", row[person]), {}), _values(grid, row, person), row[person])


def _values(grid: Grid, row: tuple[str, ...], *about: int | None) -> Values:
    return {
        title: _WHOLE_MINUTES.sub(r"\1", cell)
        for place, (title, cell) in enumerate(zip(grid.header, row, strict=True))
        if title and cell and place not in about
    }


def _add(path: Path, known: Values, values: Values, about: str) -> None:
    for title, value in values.items():
        if known.setdefault(title, value) != value:
            raise CannotReadSource(
                path,
                _("{name} gives “{about}” two values for {title}: “{first}” and “{second}”.").format(
                    name=path.name, about=about, title=title, first=known[title], second=value
                ),
                _("Keep one of the two rows."),
            )


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

    def kept(values: Values) -> Values:
        return {title: as_type(types.get(title, ""), value).value for title, value in values.items()}

    return AttributeSheet(
        {source: kept(dict(values)) for source, values in sheet.of_sources.items()},
        {person: kept(dict(values)) for person, values in sheet.of_participants.items()},
        types,
    )
