"""Tables in which one column says who speaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument, Row
from cohesion_qda.formats.talk.heads import Line
from cohesion_qda.formats.talk.labels import (
    INITIALS,
    NONE,
    SURE,
    WEAK,
    apart,
    key_of,
    only_stamp,
    shape_of,
    tidy,
    words,
)

_TITLES = words("""speaker speakers name who person participant text transcript speech content utterance comment comments notes
    time timestamp timecode start end line no nr # id turn said words""")


_BARS = re.compile(r"\s*\|[^|]+\|.*\|\s*\Z")
_DIVIDER = re.compile(r"[\s|:=-]+\Z")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a speaker table are, and the keys of the labels that stand in it."""

    speaker: int
    text: int
    time: int | None
    labels: frozenset[str]
    header: tuple[str, ...] = ()


def with_bars(document: RawDocument) -> RawDocument:
    """The document with its tables of lines such as `| Anna | Yes. |` as rows, where they say who speaks."""
    parts: list[Paragraph | Row | Cue] = []
    table = 1 + max((part.table for part in document.parts if isinstance(part, Row)), default=0)
    for part in document.parts:
        lines = part.text.split("\n") if isinstance(part, Paragraph) and part.text[:1] == "|" else []
        if lines and all(_BARS.match(line) for line in lines):
            rows = [line.strip().strip("|").split("|") for line in lines if not _DIVIDER.match(line)]
            parts += [Row(table, tuple((Paragraph(cell.strip()),) for cell in row)) for row in rows]
        else:
            parts.append(part)
    changed = replace(document, parts=tuple(parts))
    is_most = 2 * sum(isinstance(part, Row) and part.table == table for part in parts) > len(parts)
    return changed if is_most and table in columns_of(changed) else document


def of_row(row: Row, columns: Columns) -> list[Line]:
    """The lines of a row of a speaker table; the first has the label and the time, and that with the titles has none."""
    cells = [_flat(cell) for cell in row.cells]
    if len(cells) <= max(columns.speaker, columns.text):
        return [Line("\t".join(cell for cell in cells if cell))]
    if cells == list(columns.header) or (
        sum(1 for cell in cells if cell) > 1 and all(_title(c) in _TITLES for c in cells if c)
    ):
        return []
    label = tidy(cells[columns.speaker].rstrip(" :"))
    if label and key_of(apart(label)[0]) not in columns.labels:
        return [Line("\t".join(cell for cell in cells if cell), unsure=label)]
    time = cells[columns.time] if columns.time is not None and columns.time < len(cells) else ""
    texts = [line for paragraph in row.cells[columns.text] for line in paragraph.text.split("\n")]
    lines = [Line(text, opens=False) for text in texts]
    if lines:
        lines[0].opens, lines[0].label, lines[0].at = True, label, only_stamp(time) if time else None
    return lines


def _flat(cell: tuple[Paragraph, ...]) -> str:
    return " ".join(" ".join(paragraph.text.split("\n")) for paragraph in cell).strip()


def plain_row(row: Row) -> Line:
    """A row of any other table."""
    return Line("\t".join(_flat(cell) for cell in row.cells).strip())


def columns_of(document: RawDocument) -> dict[int, Columns]:
    """For each table with a speaker column, where it is. Tables of one width are looked at together, since
    programs cut a long table into several.
    """
    by_width: dict[int, list[Row]] = defaultdict(list)
    for part in document.parts:
        if isinstance(part, Row):
            by_width[len(part.cells)].append(part)
    found: dict[int, Columns] = {}
    for width, rows in by_width.items():
        columns = _find(width, rows) if width > 1 else None
        if columns:
            found.update({row.table: columns for row in rows})
    return found


def _find(width: int, rows: list[Row]) -> Columns | None:
    cells = [[_flat(cell) for cell in row.cells] for row in rows]
    lengths = [sum(len(row[i]) for row in cells) for i in range(width)]
    text = max(range(width), key=lambda i: lengths[i])
    times = [i for i in range(width) if i != text and 2 * sum(only_stamp(r[i]) is not None for r in cells) > len(cells)]
    best: tuple[int, int, frozenset[str]] | None = None
    for i in range(width):
        if i == text or i in times:
            continue
        labels, marks = _labels([row[i] for row in cells])
        if labels and (best is None or marks > best[0]):
            best = marks, i, labels
    if best is None or best[0] * 3 < sum(1 for row in cells if row[best[1]]):
        return None
    title = _title(cells[0][best[1]])
    is_header = title in _TITLES and all(row == cells[0] for row in cells if _title(row[best[1]]) == title)
    header = tuple(cells[0]) if is_header else ()
    return Columns(best[1], text, times[0] if times else None, best[2], header)


def _title(cell: str) -> str:
    return cell.casefold().strip(" :.")


def _labels(values: list[str]) -> tuple[frozenset[str], int]:
    """The speakers' keys among the values of a column, and how many rows they have."""
    counts: Counter[str] = Counter()
    shapes: dict[str, int] = {}
    for value in values:
        label = apart(tidy(value.rstrip(" :")))[0]
        shape = shape_of(label) if label and len(label) <= 50 else NONE
        if shape <= WEAK:
            counts[key_of(label)] += 1
            shapes[key_of(label)] = shape
    recurring = {key for key, n in counts.items() if n >= 2}
    sure = {key for key, shape in shapes.items() if shape in SURE}
    if not recurring or (len(recurring) < 2 and not recurring & sure):
        return frozenset(), 0
    kept = {key for key in counts if key in recurring or shapes[key] <= INITIALS}
    return frozenset(kept), sum(counts[key] for key in kept)
