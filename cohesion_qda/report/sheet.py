"""A sheet to lay a drawing out on: words are measured, wrapped and never cut, and where a cell of an answer stands is noted."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.model.answer import Key
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Align, Box, Circle, Drawing, Mark, Path, Point, Spot, Text

MARGIN = 2.0
HEAD, BODY, SMALL, NOTE = 11.0, 9.0, 8.0, 7.5
_LEADING = 1.34
_HATCH = 4.0  # points between the lines that mark a hidden cell


class Sheet:
    """One drawing being laid out, in points from the top left; `part` is the key of the part whose cells it shows."""

    def __init__(self, width: float, part: str = "") -> None:
        self.width, self.part = width, part
        self._marks: list[Mark] = []
        self._spots: list[Spot] = []

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN

    def head(self, headline: str, subtitle: str) -> float:
        """Headline and subtitle at the top. Gives the `y` to go on at."""
        y = self.text(MARGIN, MARGIN, style.wrap(headline, self.inner, HEAD, 600), HEAD, weight=600)
        return self.text(MARGIN, y + 2, style.wrap(subtitle, self.inner, SMALL), SMALL, style.TEXT2) + 10

    def widen(self, width: float) -> None:
        """Make the sheet at least so wide: for what cannot be drawn in less."""
        self.width = max(self.width, width)

    def note(self, y: float, sentence: str) -> float:
        """A small sentence under what was drawn; none for an empty one. Gives the `y` under it."""
        if not sentence:
            return y
        return self.text(MARGIN, y + 4, style.wrap(sentence, self.inner, NOTE), NOTE, style.TEXT2) + 2

    def text(
        self, x: float, y: float, lines: Sequence[str], size: float = BODY, colour: str = style.TEXT, weight: int = 400,
        align: Align = "left",
    ) -> float:  # fmt: skip
        """Lines of text, the first with its top at `y`. Gives the `y` under the last."""
        for line in map(style.clean, lines):
            if line:
                length = style.text_length(line, size, weight)
                self._marks.append(Text(x, y + size, line, size, colour, weight, align, length))
            y += line_height(size)
        return y

    def word(self, x: float, baseline: float, words: str, size: float, colour: str, weight: int) -> None:
        """One line of text whose baseline is given, and nothing about it."""
        words = style.clean(words)
        self._marks.append(
            Text(x, baseline, words, size, colour, weight, length=style.text_length(words, size, weight))
        )

    def said(self, x: float, middle: float, words: str, size: float = SMALL, colour: str = style.TEXT, weight: int = 400,
             align: Align = "left") -> None:  # fmt: skip
        """One line of text whose letters stand in the middle of `middle`."""
        self.text(x, middle - 0.64 * size, [words], size, colour, weight, align)

    def box(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        """A filled rectangle."""
        self._marks.append(Box(x, y, width, height, fill, stroke))

    def hidden(self, x: float, y: float, width: float, height: float) -> None:
        """A grey, hatched rectangle that says nothing of what it hides."""
        self.box(x, y, width, height, style.HIDDEN)
        for n in range(1, int((width + height) / _HATCH) + 1):
            along = n * _HATCH
            start = (x + min(along, width), y + max(0.0, along - width))
            end = (x + max(0.0, along - height), y + min(along, height))
            self.line((start, end), style.LINE, 0.75)

    def line(self, points: Sequence[Point], colour: str, thick: float = 1.0, dashes: tuple[float, ...] = ()) -> None:
        """A line through points."""
        self._marks.append(Path(tuple(points), colour, thick, dashes=dashes))

    def written(self) -> str:
        """All the words that are on the sheet so far."""
        return " ".join(mark.text for mark in self._marks if isinstance(mark, Text))

    @property
    def painted(self) -> int:
        """How many marks there are so far: what comes later can be put under those that follow."""
        return len(self._marks)

    def rule(self, points: Sequence[Point], colour: str, thick: float, under: int) -> None:
        """A line of the scale, beneath all marks but the first `under`."""
        self._marks.insert(under, Path(tuple(points), colour, thick))

    def area(self, points: Sequence[Point], fill: str, stroke: str = "") -> None:
        """A filled area with these corners."""
        self._marks.append(Path(tuple(points), stroke, fill=fill, is_closed=True))

    def dot(self, x: float, y: float, radius: float, fill: str, stroke: str = "", thick: float = 1.0) -> None:
        """A filled circle."""
        self._marks.append(Circle(x, y, radius, fill, stroke, thick))

    def spot(self, x: float, y: float, width: float, height: float, key: Key, said: str) -> None:
        """Where a cell stands."""
        self._spots.append(Spot(x, y, width, height, key, self.part, style.clean(said)))

    def drawing(self, height: float, title: str, alt: str) -> Drawing:
        """What was laid out."""
        return Drawing(
            self.width, height, style.clean(title), style.clean(alt), tuple(self._marks), tuple(self._spots)
        )  # fmt: skip


def line_height(size: float) -> float:
    """The height of a line of text, in points."""
    return size * _LEADING


def block_height(lines: Sequence[str], size: float) -> float:
    """The height of wrapped lines, in points."""
    return len(lines) * line_height(size)
