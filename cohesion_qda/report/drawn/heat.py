"""Heat maps: every value printed in its cell, darker for a larger share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Head, Key, Line, Part, Place
from cohesion_qda.model.table import FEWEST
from cohesion_qda.report import style, words
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import BODY, MARGIN, NOTE, SMALL, Sheet, block_height, line_height

_TOTAL_GAP = 6.0
_WIDEST_LABEL = 180.0
_WIDEST_SHEET = 720.0  # points: where names of columns would need more, they are numbers, and told under the map
_MOST_SAID, _LARGEST_SAID = 10, 3  # numbers of a line in the alternative text


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, what stands under it (its denominator) and over it (nested two deep); a total stands apart."""

    label: str
    under: str = ""
    over: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell: its number as printed and, for its shade, as a share (0 to 1; None: no shade). `under` stands small under it."""

    text: str
    share: float | None
    key: Key = ()
    said: str = ""
    is_hidden: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of tiles, one for each column."""

    label: str
    tiles: tuple[Tile, ...]
    depth: int = 0
    is_heading: bool = False  # it has no tiles, and stands over those under it


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """A heat map of all columns of numbers. A count with its share beside it is one tile with both."""
    plain = reading.columns(part)
    apart = sorted(n for n in reading.totals(part) if part.heads[n].form != "text")
    if not plain or not part.lines:
        raise reading.nothing()
    shown = [n for n in (*plain, *apart) if not _has_share(part, n)]
    plain = [n for n in plain if n in shown]
    own = _own(part, plain)
    values = [reading.value(li.cells[n]) or 0.0 for k, li in enumerate(part.lines) for n in plain if (k, n) not in own]
    heads = [_column(part.heads[n], n in apart) for n in shown]
    rows = [
        Row(line.label, (), line.depth, True) if line.is_heading else
        Row(line.label, tuple(_tile(line, part, n, n in apart or (k, n) in own, max(values, default=0.0)) for n in shown), line.depth)
        for k, line in enumerate(part.lines)
    ]  # fmt: skip
    corner = part.corner if own and any(head.over for head in part.heads) else ""
    bottom = sheet.note(lay(sheet, y, heads, rows, corner), " ".join(_meaning(part, plain)))
    return Told(_("Heat map"), tuple(_told(line, part, shown) for line in part.lines if not line.is_heading), bottom)


def _meaning(part: Part, plain: Sequence[int]) -> Iterator[str]:
    """What the shade stands for."""
    cells = [(line.cells[n], part.heads[n]) for line in part.lines for n in plain if not line.is_heading]
    known = [(cell, head) for cell, head in cells if reading.value(cell) is not None]
    if any(head.form == "share" for _cell, head in known):
        yield _("The darker a cell, the larger the share in it.")
    elif any(_share(cell, head) is not None for cell, head in known):
        yield _("The darker a cell, the larger the number in it as a share of what it is out of.")
    else:
        yield _("The darker a cell, the larger the number in it.")
    if any(_is_few(cell, head) for cell, head in known):
        yield _(
            "Where fewer than {n} people are counted, cells are not shaded: one person more would change their share by much."
        ).format(n=FEWEST)


def _is_few(cell: Cell, head: Head) -> bool:
    of = cell.of if cell.of is not None else head.of
    return head.unit == "participants" and of is not None and of < FEWEST


def _share(cell: Cell, head: Head) -> float | None:
    """The share that shades a cell; mentions are out of all mentions, which says little."""
    return reading.share(cell, head) if head.unit != "mentions" or head.form == "share" else None


def _own(part: Part, plain: Sequence[int]) -> set[Place]:
    """Of a matrix of the same things both ways: its diagonal, which tells of one thing alone and is not shaded."""
    is_square = [line.label for line in part.lines] == [part.heads[n].label for n in plain]
    return set(enumerate(plain)) if is_square else set()


def _told(line: Line, part: Part, shown: Sequence[int]) -> str:
    """A line in words: all its numbers, or the largest of very many."""
    told = list(shown)
    if len(shown) > _MOST_SAID:
        told = sorted(sorted(shown, key=lambda n: -(reading.value(line.cells[n]) or 0.0))[:_LARGEST_SAID])
    more = len(shown) - len(told)
    whole = reading.in_words(part, line, told)
    return _("{said}, and {n} more, none larger").format(said=whole, n=more) if more else whole


def _has_share(part: Part, n: int) -> bool:
    """Whether the next column is the share of this one."""
    if n + 1 >= len(part.heads):
        return False
    count, share = part.heads[n], part.heads[n + 1]
    return (count.form, share.form) == ("count", "share") and (count.unit, count.over) == (share.unit, share.over)


def _column(head: Head, is_total: bool) -> Column:
    under = _("of {n}").format(n=words.number(head.of)) if head.of and head.form == "count" else ""
    return Column(head.label.removesuffix("(%)").strip() or head.label, under, head.over, is_total)


def _tile(line: Line, part: Part, n: int, is_apart: bool, most: float) -> Tile:
    cell, head = line.cells[n], part.heads[n]
    number = reading.value(cell)
    share = _share(cell, head)
    is_apart = is_apart or _is_few(cell, head)
    if share is None and number is not None:
        share = number / most if most > 0 else 0.0
    said, under = reading.spoken(part, line, n), ""
    if n and _has_share(part, n - 1) and number is not None:
        of = cell.of or head.of or 0
        under = reading.counted_of("", round(number * of), of)
        said = _("{said} ({count})").format(said=said, count=under)
    return Tile(reading.short(cell, head), None if is_apart else share, cell.key, said, cell.is_hidden, under)


def lay(sheet: Sheet, y: float, columns: Sequence[Column], rows: Sequence[Row], corner: str = "") -> float:
    """Rows of tiles under the heads of their columns, `corner` over their labels; the sheet grows where they need more room,
    and columns whose names would need very much (and more than their numbers do) are numbered. Gives the `y` under the last.
    """
    left = MARGIN + _label_width(sheet, rows) + 8
    wide = _tile_width(sheet, columns, rows, left)
    numbered = [c if c.is_total else replace(c, label=str(n)) for n, c in enumerate(columns, 1)]
    is_narrower = _tile_width(sheet, numbered, rows, left) < 0.9 * wide
    if left + len(columns) * wide <= max(_WIDEST_SHEET, sheet.width) or not is_narrower:
        return _lay(sheet, y, columns, rows, corner)
    if [row.label for row in rows] == [c.label for c in columns[: len(rows)]]:
        told = [c.label for c in columns[len(rows) :] if not c.is_total]
        rows = [replace(row, label=_("{n}. {name}").format(n=n, name=row.label)) for n, row in enumerate(rows, 1)]
    else:
        told = [c.label for c in columns if not c.is_total]
    y = _lay(sheet, y, numbered, rows, corner)
    first = sum(not c.is_total for c in columns) - len(told) + 1
    return sheet.note(y, "; ".join(_("{n}. {name}").format(n=n, name=name) for n, name in enumerate(told, first)))


def _label_width(sheet: Sheet, rows: Sequence[Row]) -> float:
    least = min(row.depth for row in rows)
    needed = max(style.text_width(row.label, BODY, 600) + 9.0 * (row.depth - least) for row in rows)
    return min(needed, _WIDEST_LABEL, 0.42 * sheet.inner)


def _lay(sheet: Sheet, y: float, columns: Sequence[Column], rows: Sequence[Row], corner: str) -> float:
    least = min(row.depth for row in rows)
    column = _label_width(sheet, rows)
    left = MARGIN + column + 8
    wide = _tile_width(sheet, columns, rows, left)
    places = [left + n * wide + (_TOTAL_GAP if c.is_total else 0) for n, c in enumerate(columns)]
    sheet.widen(places[-1] + wide + MARGIN)
    y = _heads(sheet, y, columns, places, wide)
    if corner:
        lines = style.wrap(corner, column, SMALL, 600)
        sheet.text(MARGIN, y - 5 - block_height(lines, SMALL), lines, SMALL, weight=600)
    for n, row in enumerate(rows):
        is_over = row.depth == least and n + 1 < len(rows) and rows[n + 1].depth > least
        indent, weight = 9.0 * (row.depth - least), 600 if is_over or row.is_heading else 400
        lines = style.wrap(row.label, max(40.0, column - indent), BODY, weight)
        height = max(29.0 if any(t.under for t in row.tiles) else 18.0, block_height(lines, BODY) + 5)
        sheet.text(MARGIN + indent, y + (height - block_height(lines, BODY)) / 2, lines, BODY, weight=weight)
        for tile, x in zip(row.tiles, places, strict=not row.is_heading):
            _draw_tile(sheet, tile, x, y, wide, height)
        y += height
    return y + MARGIN


def wanted_width(columns: Sequence[Column], rows: Sequence[Row]) -> float:
    """The width in points at which the columns have all the room they use."""
    label = min(max(style.text_width(row.label, BODY, 600) + 9.0 * row.depth for row in rows), _WIDEST_LABEL)
    return 2 * MARGIN + label + 8 + len(columns) * 96.0


def _tile_width(sheet: Sheet, columns: Sequence[Column], rows: Sequence[Row], left: float) -> float:
    """As wide as the longest word of a head or number needs, and as the sheet has room for, up to 96 points."""
    longest = max(style.text_width(word, SMALL, 600) for c in columns for word in c.label.split() or [""])
    tiles = [tile for row in rows for tile in row.tiles]
    numbers = max(max(style.text_width(t.text, BODY), style.text_width(t.under, NOTE)) for t in tiles)
    unders = max(style.text_width(c.under, NOTE) for c in columns)
    room = (sheet.width - MARGIN - left - _TOTAL_GAP) / len(columns)
    return max(numbers + 8, min(unders, 60.0) + 6, min(longest + 8, 96.0), min(96.0, room), 20.0)


def _heads(sheet: Sheet, y: float, columns: Sequence[Column], places: Sequence[float], wide: float) -> float:
    """The columns' names, their denominators under them, and over them what spans several."""
    y = _spans(sheet, y, columns, places, wide)
    heads = [(style.wrap(c.label, wide - 4, SMALL, 600), style.wrap(c.under, wide - 4, NOTE)) for c in columns]
    height = max(block_height(name, SMALL) + _under(under) for name, under in heads)
    for (name, under), x in zip(heads, places, strict=True):
        top = y + height - block_height(name, SMALL) - _under(under)
        top = sheet.text(x + wide / 2, top, name, SMALL, weight=600, align="center")
        sheet.text(x + wide / 2, top, under, NOTE, style.TEXT2, align="center")
    return y + height + 5


def _under(lines: Sequence[str]) -> float:
    return block_height(lines, NOTE) if any(lines) else 0.0


def _spans(sheet: Sheet, y: float, columns: Sequence[Column], places: Sequence[float], wide: float) -> float:
    spans: list[tuple[str, int, int]] = []
    for n, column in enumerate(columns):
        if spans and spans[-1][0] == column.over and not column.is_total:
            spans[-1] = (column.over, spans[-1][1], n)
        else:
            spans.append((column.over, n, n))
    named = [(style.wrap(over, places[b] + wide - places[a] - 6, SMALL, 600), a, b) for over, a, b in spans if over]
    if not named:
        return y
    height = max(block_height(lines, SMALL) for lines, _a, _b in named)
    for lines, a, b in named:
        start, end = places[a] + 2, places[b] + wide - 2
        sheet.text((start + end) / 2, y + height - block_height(lines, SMALL), lines, SMALL, weight=600, align="center")
        sheet.line(((start, y + height + 1.5), (end, y + height + 1.5)), style.QUIET, 0.75)
    return y + height + 5


def _draw_tile(sheet: Sheet, tile: Tile, x: float, y: float, width: float, height: float) -> None:
    inside = (x + 0.75, y + 0.75, width - 1.5, height - 1.5)
    colour = style.TEXT2
    if tile.is_hidden:
        sheet.hidden(*inside)
        colour = style.TEXT
    elif tile.share is not None and tile.share > 0:
        sheet.box(*inside, style.shade(tile.share))
        colour = style.DARK_ON_TINT
    elif tile.share is None:
        colour = style.TEXT
    under = [tile.under] if tile.under else []
    top = y + (height - line_height(BODY) - block_height(under, NOTE)) / 2
    top = sheet.text(x + width / 2, top, [tile.text], BODY, colour, 400, "center")
    sheet.text(x + width / 2, top - 1, under, NOTE, colour, 400, "center")
    sheet.spot(x, y, width, height, tile.key, tile.said)
