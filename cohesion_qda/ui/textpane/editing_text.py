"""The text as it is being corrected: its lines, whose they are, and exactly what was typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PySide6.QtGui import QTextCursor, QTextDocument

from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit, Pieces, TextMap, normalised
from cohesion_qda.ui.textpane.positions import clings

# code points: a longer paragraph is shown in parts of so many, or each key would lay out all of it
LONG, PART = 20_000, 8_000
_ENDS = (". ", "? ", "! ", "۔ ", "। ", " ")  # after which a part may end, the best first


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one person says in one turn, or lines that nobody says. `span` is where it lay before anything was typed. What
    `goes_on` is a further part of a long paragraph: a space of the text stands before it, shown as a line end.
    """

    span: Span
    speaker: SpeakerId | None
    goes_on: bool = False


def stretches(reading: Reading) -> list[Stretch]:
    """The text cut where turns begin and end, in order, line ends left out, and within very long paragraphs."""
    return [part for one in _said(reading) for part in _parts(reading.text, one)]


def _parts(text: str, one: Stretch) -> Iterator[Stretch]:
    start, line = one.span.start, one.span.start
    goes_on = False
    while len(one.span) > LONG and line < one.span.end:
        end = text.find("\n", line, one.span.end)
        end = one.span.end if end < 0 else end
        while end - line > LONG and (space := _space(text, line + PART // 2, line + PART)) > 0:
            yield Stretch(Span(start, space), one.speaker, goes_on)
            start, line, goes_on = space + 1, space + 1, True
        line = end + 1
    yield Stretch(Span(start, one.span.end), one.speaker, goes_on)


def _space(text: str, start: int, end: int) -> int:
    """The last space in a stretch, at the end of a sentence if there is one; -1 where there is none."""
    found = (text.rfind(mark, start, end) + len(mark) - 1 for mark in _ENDS if text.rfind(mark, start, end) >= 0)
    return next((at for at in found if not clings(text, at + 1)), -1)


def _said(reading: Reading) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    for turn in reading.turns:
        between = _between(reading.text, at, turn.span.start)
        found += [Stretch(between, None)] if len(between) else []
        found.append(Stretch(turn.span, turn.speaker))
        at = turn.span.end
    rest = _between(reading.text, at, len(reading.text))
    return found + ([Stretch(rest, None)] if len(rest) or not found else [])


def _between(text: str, start: int, end: int) -> Span:
    """What stands there, without the line ends around it."""
    while start < end and text[start] == "\n":
        start += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    return Span(start, end)


class TypedText:
    """Follows a document that holds `shown`, in code points. `lines` are its lines, `owners` which stretch each
    belongs to; a new line belongs where it was typed.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.stretches = stretches(reading)
        self.has_parts = any(one.goes_on for one in self.stretches)
        shown = reading.text
        for one in self.stretches:
            if one.goes_on:
                shown = shown[: one.span.start - 1] + "\n" + shown[one.span.start :]
        self.lines = shown.split("\n")
        self._pieces = Pieces()
        self._starts: list[int] | None = None
        self.is_run_together = False  # whether the last change took out the line end between two stretches
        begins = [one.span.start for one in self.stretches]
        self.owners = [max(0, bisect_right(begins, at) - 1) for at in self.starts]

    def follow(self, document: QTextDocument) -> None:
        """Hear of every change of a document that holds `shown`."""
        self._document = document
        document.contentsChange.connect(self._record)

    def put_apart(self) -> None:
        """The change by which two stretches had run together was undone."""
        (self.lines, self.owners, self._pieces), self._starts = self._apart, None
        self.is_run_together = False

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._joined(self.lines, 0)

    @property
    def shown(self) -> str:
        """The text as the document holds it, in which every `\\n` ends a block."""
        return "\n".join(self.lines)

    def goes_on(self, line: int) -> bool:
        """Whether a line is a further part of the paragraph before it."""
        return self.is_edge(line) and self.stretches[self.owners[line]].goes_on

    def _joined(self, lines: Sequence[str], first: int) -> str:
        """`lines`, the first of which is number `first` of the document, as they stand in the text."""
        if not self.has_parts:
            return "\n".join(lines)
        pieces = [mark for n in range(len(lines)) for mark in (" " if self.goes_on(first + n) else "\n", lines[n])]
        return "".join(pieces[1:])

    @property
    def starts(self) -> list[int]:
        """The code point at which each line begins."""
        if self._starts is None:
            self._starts = list(accumulate((len(line) + 1 for line in self.lines[:-1]), initial=0))
        return self._starts

    def edits(self) -> list[Edit]:
        """What was done to the text of the reading; nothing where all of it was taken back."""
        return normalised(self.reading.text, self._pieces.edits())

    def map(self) -> TextMap:
        """Where places of the reading lie now."""
        return TextMap(self.edits())

    def is_edge(self, line: int) -> bool:
        """Whether another stretch ends right before this line."""
        return 0 < line < len(self.lines) and self.owners[line] != self.owners[line - 1]

    def point(self, position: int) -> int:
        """The code point at a position of the document."""
        block = self._document.findBlock(position)
        line = block.blockNumber()
        return self.starts[line] + _points(self.lines[line], position - block.position())

    def position(self, point: int) -> int:
        """The position of the document at a code point."""
        line = max(0, bisect_right(self.starts, point) - 1)
        into = self.lines[line][: point - self.starts[line]]
        return self._document.findBlockByNumber(line).position() + _units(into)

    def apart(self, cursor: QTextCursor) -> list[tuple[int, int]]:
        """The positions of what is selected, without the line ends between stretches; one piece where there are none."""
        first = self._document.findBlock(cursor.selectionStart())
        last = self._document.findBlock(cursor.selectionEnd()).blockNumber()
        edges = [n for n in range(first.blockNumber() + 1, last + 1) if self.is_edge(n)]
        places = [self._document.findBlockByNumber(n).position() for n in edges]
        bounds = [cursor.selectionStart(), *(p for place in places for p in (place - 1, place)), cursor.selectionEnd()]
        return list(zip(bounds[::2], bounds[1::2], strict=True))

    def _record(self, position: int, removed: int, added: int) -> None:
        """The document changed: what stood at `position` has given way to what stands there now."""
        first = self._document.findBlock(position)
        line = first.blockNumber()
        start = _points(self.lines[line], position - first.position())
        last, end = self._old_end(line, position - first.position() + removed)
        stop = min(position + added, self._document.characterCount() - 1)
        block = self._document.findBlock(stop)
        number, typed_end = block.blockNumber(), stop - block.position()
        new = [self._document.findBlockByNumber(n).text() for n in range(line, number + 1)]
        last_point = len("\n".join(new[:-1])) + (number > line) + _points(new[-1], typed_end)
        typed = "\n".join(new)[start:last_point]
        at, stop = self.starts[line] + start, self.starts[last] + end
        if "\n".join(self.lines[line : last + 1])[start : stop - self.starts[line]] == typed:
            return  # only its looks changed
        were = self.owners[line : last + 1]
        self.is_run_together = len(set(were)) > len(new)
        if self.is_run_together:
            self._apart = list(self.lines), list(self.owners), self._pieces.copy()
        self._pieces.replace(at, stop, typed)
        self.lines[line : last + 1] = new
        self._starts = None
        self.owners[line : last + 1] = self._owners(list(dict.fromkeys(were)), line, len(new))
        if len(new) > 1 and (said := self._joined(new, line)[start:last_point]) != typed:
            self._pieces.replace(at, at + len(typed), said)  # with the spaces that are shown as line ends

    def _owners(self, were: list[int], line: int, count: int) -> list[int]:
        """To which stretches `count` lines from `line` on belong, in place of lines that belonged to `were`."""
        if len(were) == 1:
            return were * count
        if len(were) == count:
            return were
        places = self.map()  # several stretches were put back at once
        begins = [places.stretched(self.stretches[one].span).start for one in were]
        return [were[max(0, bisect_right(begins, at) - 1)] for at in self.starts[line : line + count]]

    def _old_end(self, line: int, units: int) -> tuple[int, int]:
        """The line, and the code points in it, that lay `units` behind the beginning of `line` before the change."""
        while units > _units(self.lines[line]) and line + 1 < len(self.lines):
            units -= _units(self.lines[line]) + 1
            line += 1
        return line, _points(self.lines[line], units)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _points(text: str, units: int) -> int:
    """How many characters of `text` its first `units` UTF-16 units are; half a pair counts as none."""
    if text.isascii():
        return min(units, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def coded(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """Where anything of `spans` is, as stretches that neither touch nor overlap, in order."""
    found: list[list[int]] = []
    for span in sorted(spans):
        if found and span.start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], span.end)
        else:
            found.append([span.start, min(span.end, len(reading.text))])
    assert all(a[1] < b[0] for a, b in pairwise(found))
    return [Span(start, end) for start, end in found]
