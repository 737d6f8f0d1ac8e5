"""Networks: codes that occur together; a circle's area is how often a code occurs, a line's width how often two do together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Cell, Part
from cohesion_qda.report import style, words
from cohesion_qda.report.drawing import Align
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.placing import Rect, Taken, around
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import MARGIN, NOTE, SMALL, Sheet, block_height, line_height

MOST_NODES, MOST_TIES = 30, 60
_SEED = 1
_LARGEST, _SMALLEST = 13.0, 3.0  # radii in points
_WIDEST = 6.0  # a line's width
_MOST_NUMBERS = 40
_ALONG = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)  # where on a line its number may stand
_ENOUGH = 5  # boards without a clash, of which the one with the fewest labels on lines is taken
_LABELS = (96.0, 150.0, 70.0)  # points a label is wrapped to, the first if it can be
_TRIES, _ORDERS = 6, 4  # heights tried, and orders of putting down the labels on each
_FEWER = (MOST_NODES, 24, 21, 18, 12, 6)  # codes drawn, until their labels stand clear of each other
_ABOVE = 30.0  # room over and under the outermost circles, for a label
_FLAT = 1.7  # how much further apart things stand sideways


@dataclass(frozen=True, slots=True)
class Tie:
    """Two codes (by their lines) and the cell that counts them together."""

    first: int
    second: int
    cell: Cell
    count: float


@dataclass(slots=True)
class _Board:
    """One try at laying out: where the nodes and their labels stand, and which labels are in the way of something."""

    height: float
    places: dict[int, tuple[float, float]]
    labels: dict[int, tuple[Rect, Align, list[str]]]
    taken: Taken
    clashed: list[int]
    crossed: int = 0  # times that a line goes through a label


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """The codes that occur together, laid out so that those that do so often stand near each other."""
    ties = sorted(
        _ties(part, float(answer.asked.option("least", 1))), key=lambda tie: (-tie.count, tie.first, tie.second)
    )
    tied = {n for tie in ties for n in (tie.first, tie.second)}
    if not ties:
        raise reading.nothing()
    sheet.widen(min(460.0, 200.0 + 14.0 * min(len(tied), MOST_NODES)))
    for most in _FEWER:
        chosen, shown = _largest(part, ties, most)
        board = _best(sheet, y, part, chosen, shown)
        if not board.clashed:
            break
    _draw_ties(sheet, part, board, shown)
    for n in chosen:
        _draw_node(sheet, part, board, n)
    bottom = sheet.note(y + board.height, _rest(part, chosen, ties, shown))
    numbers = [_("{first} and {second}: {n}").format(first=part.lines[t.first].label, second=part.lines[t.second].label, n=_said(part, t)) for t in shown]  # fmt: skip
    return Told(_("Network"), tuple(numbers), bottom)


def _largest(part: Part, ties: Sequence[Tie], most: int) -> tuple[list[int], list[Tie]]:
    """The codes with the largest numbers of their own, and the ties between them; none without a tie."""
    tied = {n for tie in ties for n in (tie.first, tie.second)}
    kept = set(sorted(tied, key=lambda n: (-(_own(part, n) or 0.0), n))[:most])
    shown = [tie for tie in ties if tie.first in kept and tie.second in kept] or list(ties[:1])
    shown = shown[:MOST_TIES]
    return sorted({n for tie in shown for n in (tie.first, tie.second)}), shown


def _said(part: Part, tie: Tie) -> str:
    return reading.said(tie.cell, part.heads[tie.second])


def _ties(part: Part, least: float) -> Iterator[Tie]:
    for a, line in enumerate(part.lines):
        for b in range(a + 1, min(len(part.lines), len(line.cells))):
            count = reading.value(line.cells[b])
            if count and count >= least:
                yield Tie(a, b, line.cells[b], count)


def _own(part: Part, n: int) -> float | None:
    return reading.value(part.lines[n].cells[n]) if n < len(part.lines[n].cells) else None


def _radius(part: Part, n: int) -> float:
    """The radius by which areas are in the proportion of the codes' own counts; the smallest where there is none to show."""
    most = max((_own(part, k) or 0.0 for k in range(len(part.lines))), default=0.0)
    own = _own(part, n)
    return max(_SMALLEST, _LARGEST * sqrt(own / most)) if own and most else _SMALLEST


def _rest(part: Part, chosen: Sequence[int], ties: Sequence[Tie], shown: Sequence[Tie]) -> str:
    """What the figure leaves to the table."""
    drawn, tied = len(chosen), len({n for tie in ties for n in (tie.first, tie.second)})
    alone = len(part.lines) - tied
    said = [_("A circle is as large as its code's own number, a line as wide as the number it carries.")]
    if tied > drawn:
        said.append(_("The {n} largest of {total} codes are drawn; the table has all.").format(n=drawn, total=words.number(tied)))  # fmt: skip
    lines = sum(tie.first in chosen and tie.second in chosen for tie in ties)
    if len(shown) < lines:
        said.append(_("The {n} strongest of {total} lines between them are drawn.").format(n=len(shown), total=words.number(lines)))  # fmt: skip
    if alone > 0:
        said.append(ngettext("{n} code that meets no other is left out.", "{n} codes that meet no other are left out.", alone).format(n=words.number(alone)))  # fmt: skip
    hidden = sum(
        part.lines[a].cells[b].is_hidden for a in range(len(part.lines)) for b in range(a + 1, len(part.lines))
    )
    if hidden:
        said.append(ngettext("{n} pair whose number is hidden has no line.", "{n} pairs whose numbers are hidden have no line.", hidden).format(n=words.number(hidden)))  # fmt: skip
    return " ".join(said)


# --- where things stand


def _best(sheet: Sheet, y: float, part: Part, chosen: Sequence[int], ties: Sequence[Tie]) -> _Board:
    """The first, flattest board on which every label stands clear; else the one with the fewest in the way."""
    around_zero = _positions(chosen, ties)
    best: _Board | None = None
    clear = 0
    for n in range(_TRIES):
        height = max(150.0, min(0.62 * sheet.width, 120.0 + 18.0 * len(chosen))) * 1.12**n + _ABOVE
        order = sorted(chosen, key=lambda n: (-len(part.lines[n].label), n))
        for _again in range(_ORDERS):
            board = _laid(sheet, y, part, order, ties, around_zero, height)
            if best is None or (len(board.clashed), board.crossed) < (len(best.clashed), best.crossed):
                best = board
            clear += not board.clashed
            if not board.clashed and (not board.crossed or clear == _ENOUGH):
                return best
            if not board.clashed:
                break  # a higher board may have fewer labels on lines
            order = [*board.clashed, *(n for n in order if n not in board.clashed)]
    assert best is not None
    return best


def _positions(chosen: Sequence[int], ties: Sequence[Tie]) -> dict[int, tuple[float, float]]:
    """Places from 0 to 1: what is tied strongly is near; the same ties give the same places."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(chosen)
    most = max(tie.count for tie in ties)
    graph.add_weighted_edges_from((tie.first, tie.second, 0.2 + tie.count / most) for tie in ties)
    found = networkx.spring_layout(graph, seed=_SEED, iterations=200, k=2.2 / sqrt(len(chosen)))
    ranks = {}
    for axis in (0, 1):
        ordered = sorted(chosen, key=lambda n: (float(found[n][axis]), n))
        for rank, n in enumerate(ordered):
            ranks[n, axis] = rank / max(1, len(chosen) - 1)
    return {n: (round(ranks[n, 0], 3), round(ranks[n, 1], 3)) for n in chosen}


def _laid(
    sheet: Sheet, y: float, part: Part, order: Sequence[int], ties: Sequence[Tie],
    places: dict[int, tuple[float, float]], height: float,
) -> _Board:  # fmt: skip
    side = min(52.0, sheet.width / 6)
    at = {
        n: (side + px * (sheet.width - 2 * side), y + _ABOVE + py * (height - 2 * _ABOVE)) for n, (px, py) in places.items()
    }  # fmt: skip
    _spread(at, Rect(side / 2, y + _ABOVE, sheet.width - side, height - 2 * _ABOVE))
    taken = Taken(Rect(MARGIN, y, sheet.inner, height))
    for n in places:
        taken.take(around(*at[n], *(2 * _radius(part, n) + 2,) * 2))
    board = _Board(height, at, {}, taken, [])
    for n in order:
        if _label(board, part, n, ties):
            board.clashed.append(n)
    return board


def _spread(at: dict[int, tuple[float, float]], board: Rect) -> None:
    """Push apart what stands too near, a little at a time: sideways further than up and down, since words are wide."""
    wanted = max(2 * _LARGEST, 0.8 * sqrt(board.width * board.height / len(at) / _FLAT))
    for _round in range(80):
        moved = False
        for a in at:
            for b in at:
                dx, dy = (at[b][0] - at[a][0]) / _FLAT, at[b][1] - at[a][1]
                apart = hypot(dx, dy)
                if a < b and apart < wanted:
                    push = (wanted - apart) / 4 + 0.1
                    ux, uy = (dx / apart, dy / apart) if apart > 0.01 else (1.0, 0.0)
                    at[a] = _kept(board, at[a][0] - ux * push * _FLAT, at[a][1] - uy * push)
                    at[b] = _kept(board, at[b][0] + ux * push * _FLAT, at[b][1] + uy * push)
                    moved = True
        if not moved:
            return


def _kept(board: Rect, x: float, y: float) -> tuple[float, float]:
    return min(max(x, board.x), board.x + board.width), min(max(y, board.y), board.y + board.height)


def _label(board: _Board, part: Part, n: int, ties: Sequence[Tie]) -> int:
    """Put a label beside, under or over its circle, where it meets nothing and the fewest lines. Gives how many things it meets."""
    own = part.lines[n].cells[n]
    name = _("{label}, {said}").format(label=part.lines[n].label, said=reading.short(own, part.heads[n]))
    said = name if reading.value(own) is not None or own.is_hidden else part.lines[n].label
    longest = max((style.text_width(word, SMALL) for word in said.split()), default=0.0)
    tried = [
        side
        for width in dict.fromkeys(max(width, longest) for width in _LABELS)
        for side in _sides(board.places[n], _radius(part, n) + 3, style.wrap(said, width, SMALL), board.taken.board)
    ]
    lines = [(board.places[tie.first], board.places[tie.second]) for tie in ties]
    rect, clashes = board.taken.best((rect for rect, _align, _text in tried), lines)
    board.labels[n] = next(side for side in tried if side[0] is rect)
    board.crossed += sum(rect.crossed(line) for line in lines)
    return clashes


def _sides(middle: tuple[float, float], r: float, text: list[str], board: Rect) -> list[tuple[Rect, Align, list[str]]]:
    """The places about a circle for a label of these lines, the best first; over and under it, moved onto the board."""
    x, y = middle
    width, height = max(style.text_width(line, SMALL) for line in text), block_height(text, SMALL)
    across = min(max(x - width / 2, board.x), board.x + board.width - width)
    places: list[tuple[float, float, Align]] = [
        (x + r, y - height / 2, "left"),
        (x - r - width, y - height / 2, "right"),
        (across, y + r - 1, "center"),
        (across, y - r - height + 1, "center"),
        (x + r - 3, y + r - 4, "left"),
        (x + r - 3, y - r - height + 4, "left"),
        (x - r - width + 3, y + r - 4, "right"),
        (x - r - width + 3, y - r - height + 4, "right"),
    ]
    return [(Rect(left, top, width, height), align, text) for left, top, align in places]


# --- drawing


def _draw_ties(sheet: Sheet, part: Part, board: _Board, ties: Sequence[Tie]) -> None:
    most = ties[0].count
    for tie in reversed(ties):
        ends = (board.places[tie.first], board.places[tie.second])
        sheet.line(ends, style.TIE, max(0.5, _WIDEST * tie.count / most))
    for rank, tie in enumerate(ties):
        (x1, y1), (x2, y2) = board.places[tie.first], board.places[tie.second]
        text = reading.short(tie.cell, part.heads[tie.second])
        width = style.text_width(text, NOTE) + 4
        middles = [around(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t, width, line_height(NOTE)) for t in _ALONG]
        free = next((rect for rect in middles if board.taken.is_free(rect)), None)
        at = free or middles[0]
        if free is not None and rank < _MOST_NUMBERS:
            board.taken.take(at)
            sheet.box(at.x, at.y, at.width, at.height, style.PAPER)
            sheet.text(at.x + at.width / 2, at.y, [text], NOTE, style.TEXT2, align="center")
        said = _("{first} and {second}: {n}").format(
            first=part.lines[tie.first].label, second=part.lines[tie.second].label, n=_said(part, tie)
        )
        sheet.spot(at.x - 2, at.y - 2, at.width + 4, at.height + 4, tie.cell.key, said)


def _draw_node(sheet: Sheet, part: Part, board: _Board, n: int) -> None:
    x, y = board.places[n]
    radius = _radius(part, n)
    own = part.lines[n].cells[n]
    is_known = reading.value(own) is not None
    sheet.dot(x, y, radius, style.STRONG if is_known else style.PAPER, style.PAPER if is_known else style.STRONG)
    rect, align, text = board.labels[n]
    at = {"left": rect.x, "center": rect.x + rect.width / 2, "right": rect.x + rect.width}[align]
    for k, line in enumerate(text):
        width = style.text_width(line, SMALL)
        left = {"left": rect.x, "center": at - width / 2, "right": at - width}[align]
        sheet.box(left, rect.y + k * line_height(SMALL) + 1, width, line_height(SMALL) - 1, style.PAPER)
    sheet.text(at, rect.y, text, SMALL, align=align)
    said = reading.line_of(part.lines[n].label, [reading.said(own, part.heads[n])])
    sheet.spot(x - radius, y - radius, 2 * radius, 2 * radius, own.key, said)
