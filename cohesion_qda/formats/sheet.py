"""Attribute sheets: what is known about sources and participants, from .csv or .xlsx."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.grid import Grid, read_grids
from cohesion_qda.formats.kinds import READABLE
from cohesion_qda.formats.sources import SHEETS
from cohesion_qda.model.source import AttributeSheet
from cohesion_qda.model.text import comparable

_SOURCE = ("source", "transcript", "file", "document", "source name", "file name", "filename")
_PARTICIPANT = ("participant", "speaker", "label")
_ENDINGS = (*READABLE, *SHEETS, ".odt", ".rtf", ".doc", ".pdf", ".html", ".vtt", ".srt", ".json")

T = TypeVar("T")
Values = dict[str, str]


def read_sheet(path: Path) -> AttributeSheet:
    """The values of every worksheet that has a column called source, transcript, file or document.

    A row with a participant, speaker or label is about that participant of the source, and a blank source there
    means the one above; other rows are about the source. Blank cells are no values. Raises CannotReadSource.
    """
    path = Path(path)
    grids = [grid for grid in read_grids(path) if grid.column(*_SOURCE) is not None]
    if not grids:
        raise CannotReadSource(
            path,
            _("{name} has no column called source.").format(name=path.name),
            _("Give the column with the names of the transcripts the title “source”."),
        )
    sources: dict[str, Values] = {}
    participants: dict[tuple[str, str], Values] = {}
    for grid in grids:
        _check_titles(path, grid)
        _read(path, grid, sources, participants)
    return AttributeSheet(sources, participants)


def _check_titles(path: Path, grid: Grid) -> None:
    titles = [comparable(title) for title in grid.header if title]
    twice = next((title for title in grid.header if title and titles.count(comparable(title)) > 1), "")
    if twice:
        raise CannotReadSource(
            path,
            _("{name} has two columns called “{title}”.").format(name=path.name, title=twice),
            _("Give each column its own title."),
        )


def _read(path: Path, grid: Grid, sources: dict[str, Values], participants: dict[tuple[str, str], Values]) -> None:
    of_source, of_participant = grid.column(*_SOURCE), grid.column(*_PARTICIPANT)
    assert of_source is not None
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
        values = {
            title: cell
            for place, (title, cell) in enumerate(zip(grid.header, row, strict=True))
            if title and cell and place not in (of_source, of_participant)
        }
        known = participants.setdefault((source, label), {}) if label else sources.setdefault(source, {})
        _add(path, known, values, f"{source}, {label}" if label else source)


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


def match_source(name: str, known: Mapping[str, T]) -> T | None:
    """What `name`, as written in a sheet, stands for among `known` (names and file names, each with its source).

    Tried in turn: the very name; without a file's ending; with case, spacing and underscores folded. None when
    nothing fits, or when what fits stands for different sources.
    """
    if name in known:
        return known[name]
    for fold in (_without_ending, _folded):
        fitting = [value for other, value in known.items() if fold(other) == fold(name)]
        if fitting:
            return fitting[0] if all(value == fitting[0] for value in fitting) else None
    return None


def _without_ending(name: str) -> str:
    stripped = name.strip()
    lowered = stripped.lower()
    return next((stripped[: -len(end)] for end in _ENDINGS if lowered.endswith(end)), stripped)


def _folded(name: str) -> str:
    return comparable(_without_ending(name).replace("_", " "))
