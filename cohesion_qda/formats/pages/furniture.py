"""What stands on a page beside the text: running heads and feet, page numbers, and numbers in the margin."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mode

from cohesion_qda.base.i18n import ngettext
from cohesion_qda.formats.pages.lines import Line, Word

_DEPTH = 4  # rows from the top or bottom of a page that may be running heads or feet
_NEAR = 4.0  # points
_APART, _BEYOND = 1.5, 1.1  # times the distance of most lines, and of paragraphs
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}\Z")
_PAGE_NUMBER = re.compile(r"\W{0,9}(?:page|pg|p|seite|tudalen)?\W{0,9}#(?:\W{0,9}(?:of|von|o)?\W{0,9}#)?\W{0,9}\Z")
_LONE_NUMBERS = re.compile(r"(?:\A\W*(?:page\s+)?|[\s|–-]|page\s)(\d{1,5})(?=\W*\Z|\s|\s*(?:of|/))", re.IGNORECASE)
_MARGIN_NUMBER = re.compile(r"(\d{1,5})([.)]?)\Z")
_FEWEST, _FEWEST_MARKED = 5, 8


@dataclass(slots=True)
class _Row:
    """The lines of a page that stand at one height, from left to right."""

    lines: list[Line]

    @property
    def y(self) -> float:
        return self.lines[0].y

    def text(self) -> str:
        return " ".join(line.text() for line in self.lines)

    def numbers(self) -> list[int]:
        """The numbers that stand alone in the text."""
        return [int(number) for number in _LONE_NUMBERS.findall(self.text())]

    def key(self) -> str:
        """The text without what differs from page to page: digits are `#`."""
        text = _DIGITS.sub("#", " ".join(self.text().split()).casefold())
        return "#" if _ROMAN.match(text) else text


def without_furniture(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The lines of text of each page, and sentences that say what was left out and how often."""
    pages, numbers = _without_margin_numbers(pages)
    pages, running, page_numbers = _without_running(pages)
    warnings = []
    if page_numbers:
        warnings.append(
            ngettext("{n} page number was left out.", "{n} page numbers were left out.", page_numbers).format(
                n=page_numbers
            )
        )
    if running:
        warnings.append(
            ngettext(
                "A line at the top or bottom of a page was left out: “{first}”.",
                "{n} lines that recur at the top or bottom of the pages were left out; the first is “{first}”.",
                len(running),
            ).format(n=len(running), first=running[0][:80])
        )
    if numbers:
        warnings.append(
            ngettext(
                "{n} number in the margin was left out.", "{n} numbers in the margin were left out.", numbers
            ).format(n=numbers)
        )
    return pages, tuple(warnings)


def _without_running(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str], int]:
    """The pages without running heads and feet; the texts of those, and how many were only a page's number."""
    rows = [_rows(page) for page in pages]
    apart = _apart(rows)
    dropped: set[int] = set()
    running: list[str] = []
    page_numbers = 0
    for edges in ([page[:_DEPTH] for page in rows], [page[: -_DEPTH - 1 : -1] for page in rows]):
        known = _recurring(edges, apart) | _numbered(edges)
        for row in (row for edge in edges for row in _first_of(edge, known)):
            if id(row) not in dropped:
                dropped.add(id(row))
                is_number = _PAGE_NUMBER.match(row.key()) is not None
                page_numbers += is_number
                running += [] if is_number else [" ".join(row.text().split())]
    lines = {id(line) for page in rows for row in page if id(row) in dropped for line in row.lines}
    return [[line for line in page if id(line) not in lines] for page in pages], running, page_numbers


def _first_of(edge: list[_Row], known: set[int]) -> list[_Row]:
    """The rows from the edge on, up to one that is not `known`."""
    return edge[: next((depth for depth, row in enumerate(edge) if id(row) not in known), len(edge))]


def _rows(page: list[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(page, key=lambda line: (line.y, line.left)):
        if rows and abs(line.y - rows[-1].y) < 0.4 * line.size:
            rows[-1].lines.append(line)
        else:
            rows.append(_Row([line]))
    for row in rows:
        row.lines.sort(key=lambda line: line.left)
    return rows


def _apart(rows: Sequence[list[_Row]]) -> tuple[float, float]:
    """How far, in points, what is no part of the text stands from it: further than its lines and paragraphs do, and
    at least further than paragraphs.
    """
    inner = [b.y - a.y for page in rows for a, b in pairwise(page[1:-1])]
    distances = sorted(inner if len(inner) >= len(rows) else (b.y - a.y for page in rows for a, b in pairwise(page)))
    if not distances:
        return math.inf, math.inf
    beyond = _BEYOND * distances[len(distances) * 9 // 10]
    return max(_APART * distances[len(distances) // 2], beyond), beyond


def _recurring(edges: Sequence[list[_Row]], apart: tuple[float, float]) -> set[int]:
    """The rows near an edge (by `id`) whose text recurs there at one height, but for digits. Where it does so only on
    some pages, a row must also stand apart from the text; less far where it is the outermost of every page.
    """
    outermost = {(edge[0].key(), _height(edge[0])) if edge else ("", 0) for edge in edges}
    at: dict[tuple[str, int], list[tuple[_Row, bool]]] = defaultdict(list)
    for edge in edges:
        for depth, row in enumerate(edge):
            far = apart[1] if depth == 0 and len(outermost) == 1 else apart[0]
            is_apart = any(abs(b.y - a.y) > far for a, b in pairwise(edge[depth : depth + 3]))
            at[row.key(), _height(row)].append((row, is_apart))
    most = max(2, round(0.4 * len(edges)))
    known: set[int] = set()
    for key, height in list(at):
        near = [found for step in (-1, 0, 1) for found in at.get((key, height + step), ())]
        surely = len(edges) >= 5 and len(near) >= 0.6 * len(edges)
        if len(near) >= most and (surely or 2 * sum(is_apart for _row, is_apart in near) > len(near)):
            known.update(id(row) for row, _apart in at[key, height])
    return known


def _numbered(edges: Sequence[list[_Row]]) -> set[int]:
    """The outermost rows (by `id`) that begin or end with the number of their page, counted from wherever it may be."""
    by_start: dict[int, list[_Row]] = defaultdict(list)
    for number, edge in enumerate(edges):
        for row in edge[:1]:
            for start in {value - number for value in row.numbers()}:
                by_start[start].append(row)
    start, rows = max(by_start.items(), key=lambda item: len(item[1]), default=(0, []))
    is_own = start == 1 and all(_PAGE_NUMBER.match(row.key()) for row in rows)
    return {id(row) for row in rows} if is_own or len(rows) >= max(3, 0.4 * len(edges)) else set()


def _height(row: _Row) -> int:
    return round(row.y / _NEAR)


@dataclass(slots=True)
class _Beside:
    """A number at one end of a line, and the line; `inner` is where the number ends towards the text."""

    line: Line
    word: Word
    value: int
    mark: str
    inner: float


def _without_margin_numbers(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without the numbers of lines or paragraphs in the left or right margin, and how many those were."""
    left_out = 0
    for end in (0, -1):
        beside = _beside(pages, end)
        if _is_series(beside, sum(map(len, pages))):
            left_out += len(beside)
            for found in beside:
                found.line.words.remove(found.word)
            pages = [[line for line in page if line.words] for page in pages]
    return list(pages), left_out


def _beside(pages: Sequence[list[Line]], end: int) -> list[_Beside]:
    """The numbers that stand outside the text, on the left (`end` 0) or right (`end` -1), page by page from the top.

    The text begins where nearly all lines do, of odd and even pages for themselves.
    """
    sign = 1 if end == 0 else -1
    found = [[beside for line in page if (beside := _number_at(line, end))] for page in pages]
    outside: list[_Beside] = []
    for parity in (0, 1):
        numbers = {id(beside.word) for page in found[parity::2] for beside in page}
        lines = ([w for w in line.words if id(w) not in numbers] for page in pages[parity::2] for line in page)
        edges = sorted(sign * _edge(words, end) for words in lines if words)
        if edges:
            text = edges[len(edges) // 20]
            outside += (b for page in found[parity::2] for b in page if sign * b.inner <= text + 0.1 * b.word.size)
    return sorted(outside, key=lambda beside: (beside.line.page, beside.line.y))


def _number_at(line: Line, end: int) -> _Beside | None:
    word = line.words[end]
    number = _MARGIN_NUMBER.match(word.text)
    if not number:
        return None
    if len(line.words) > 1:
        other = line.words[1 if end == 0 else -2]
        gap = other.left - word.right if end == 0 else word.left - other.right
        if gap < 0.4 * word.size:
            return None
    return _Beside(line, word, int(number[1]), number[2], word.right if end == 0 else word.left)


def _edge(words: Sequence[Word], end: int) -> float:
    return min(word.left for word in words) if end == 0 else max(word.right for word in words)


def _is_series(beside: Sequence[_Beside], lines: int) -> bool:
    """Whether the numbers go up by one step, as those of lines or paragraphs do, perhaps anew on each page."""
    is_marked = any(found.mark for found in beside)
    if len(beside) < (_FEWEST_MARKED if is_marked else min(_FEWEST, max(3, lines // 2))):
        return False
    steps = [
        b.value - a.value for a, b in pairwise(beside) if is_marked or a.line.page == b.line.page or b.value > a.value
    ]
    usual = mode(steps) if steps else 0
    return usual in (1, 2, 5, 10) and sum(1 for step in steps if step == usual) >= 0.8 * len(steps)
