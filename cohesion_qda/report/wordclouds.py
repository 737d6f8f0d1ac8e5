"""Word clouds, and the ranked bars they stand for: each word as large as a number says, exactly.

The area of the letters is in proportion to the number: a word that four times as many people said is twice as tall. No word is made
smaller to fit; the whole cloud is, as long as its smallest word can be read, and the words that then find no place are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.cloud import Cloud, CloudWord
from cohesion_qda.model.shapes import CORNERS
from cohesion_qda.report import cloudwords, style
from cohesion_qda.report.drawing import INCH, Drawing
from cohesion_qda.report.drawn import bars as drawn_bars
from cohesion_qda.report.drawn.bars import Bar
from cohesion_qda.report.packing import Canvas, Place, Size
from cohesion_qda.report.sheet import MARGIN, SMALL, Sheet

WIDE = 6.5  # inches
SMALLEST = 8.0  # points: the least size of a letter on paper
WEIGHT = 600
FLAT = 0.56  # of the width, how high the cloud is
_TALLEST = 0.13  # of the width, the largest size of a letter
_GAP = 2.4  # points between words, at least
_SHAPE = 0.5  # of a letter's size, the width of the shape beside a word
_STEPS = 5  # of the search for the largest size at which all words fit
NARROWEST, WIDEST = 3.0, 40.0  # inches


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cloud that was drawn, and the words that are not in it: those that found no place, and those no font here can write; and,
    in a sentence, that words of few people were left out before, if any were.
    """

    drawing: Drawing
    left_out: tuple[str, ...] = ()
    unwritable: tuple[str, ...] = ()
    hidden: str = ""


class AllHidden(BadInput):
    """Every word was left out, because few people said each."""


def cloud(
    given: Cloud, width: float = WIDE, height: float = 0.0, smallest: float = SMALLEST, *, head: bool = True
) -> Drawn:
    """The cloud `width` inches wide, its words at most `height` inches high together (0: as suits the width). Without `head`, for
    where title, rule and study stand beside it. No letter is less than `smallest` points high. Raises BadInput where there is no word to draw.
    """
    words = [each for each in given.words if _can_write(each.word)]
    unwritable = tuple(each.word for each in given.words if not _can_write(each.word))
    if not words:
        raise nothing(given)
    sheet = Sheet(min(max(width, NARROWEST), WIDEST) * INCH, "cloud")
    y = sheet.head(cloudwords.headline(given), cloudwords.subtitle(given)) if head else MARGIN
    layout = _Layout(given, words, (sheet.inner, height * INCH or sheet.inner * FLAT), smallest)
    size, places = layout.fitted()
    shown, left_out = words[: len(places)], tuple(each.word for each in words[len(places) :])
    y = _words(sheet, y, layout, size, places)
    y = _legend(sheet, y + 6, given, shown)
    for sentence in cloudwords.notes(given, left_out, unwritable) if head else ():
        y = sheet.note(y, sentence)
    told = cloudwords.told(given, shown, left_out + unwritable)
    return Drawn(sheet.drawing(y + MARGIN, cloudwords.headline(given), told), left_out, unwritable)


def bars(given: Cloud, width: float = WIDE, *, head: bool = True) -> Drawing:
    """The same words as ranked bars, each with its number and what it is out of. Raises BadInput where there is no word."""
    if not given.words:
        raise nothing(given)
    sheet = Sheet(min(max(width, NARROWEST), WIDEST) * INCH, "cloud")
    y = sheet.head(cloudwords.headline(given), cloudwords.subtitle(given)) if head else MARGIN
    of = float(given.base.of(given.by)) if given.by in ("participants", "groups") else 0.0
    y = drawn_bars.lay(sheet, y, [_bar(given, each, of) for each in given.words], is_ranking=False)
    for sentence in cloudwords.notes(given, sizes=False):
        y = sheet.note(y, sentence)
    told = cloudwords.told_bars(given)
    return sheet.drawing(y + MARGIN, cloudwords.headline(given), told)


def save(given: Cloud, path: Path, is_bars: bool = False, width: float = WIDE) -> Drawn:
    """Write a cloud, or its bars, to an .svg, .png or .pdf file. Raises BadInput, CannotWrite."""
    from cohesion_qda.report import files

    files.check_picture(path)
    drawn = Drawn(bars(given, width)) if is_bars else cloud(given, width)
    files.write_drawing(drawn.drawing, path)
    return drawn


def _bar(given: Cloud, each: CloudWord, of: float) -> Bar:
    label = each.word
    if each.family >= 0:
        label = _("{word} ({code})").format(word=each.word, code=given.families[each.family].name)
    return Bar(label, each.weight, of, cloudwords.number(given, each), key=("word", each.word))


def nothing(given: Cloud) -> BadInput:
    """There is no word to draw, and why."""
    kind = AllHidden if given.why == "all hidden" else BadInput
    return kind(_("There are no words to draw."), cloudwords.why(given))


def _can_write(word: str) -> bool:
    word = style.clean(word)
    return bool(word) and any(style.can_write(word, font) for font in (style.font_file(WEIGHT), style.dejavu(WEIGHT)))


class _Layout:
    """Words to be packed in some room, at any size of the heaviest."""

    def __init__(self, given: Cloud, words: Sequence[CloudWord], room: Size, smallest: float) -> None:
        self.given, self.words, self._smallest = given, words, smallest
        width, height = room
        self._canvas = Canvas(width, height)
        self.shares = [(each.weight / words[0].weight) ** 0.5 for each in words]
        self.ink = [style.ink_box(each.word, WEIGHT) for each in words]
        widest = max(share * self.wide(n) for n, share in enumerate(self.shares))
        self._most = min(_TALLEST * width, (width - _GAP) / (widest + 0.12), 0.45 * height)

    def marker(self, n: int) -> float:
        """How much room the shape beside a word takes, at size 1."""
        return _SHAPE + 0.13 if self.words[n].family >= 0 else 0.0

    def wide(self, n: int) -> float:
        """How wide a word with its shape is, at size 1."""
        left, _top, right, _bottom = self.ink[n]
        return right - left + self.marker(n)

    def fitted(self) -> tuple[float, list[Place]]:
        """The size of the heaviest word, and where the words that fit stand: as many of the heaviest as can be read and find a
        place, as large as may be.
        """
        number, places, size = self._as_many()
        low, high = size, self._most
        for _step in range(_STEPS):
            middle = (low + high) / 2
            tried = self._packed(middle, number)
            if len(tried) == number:
                low, places = middle, tried
            else:
                high = middle
        return low, places

    def _as_many(self) -> tuple[int, list[Place], float]:
        """How many words find a place where the smallest of them is as small as may be; the places, and the size of the heaviest."""
        best: tuple[int, list[Place], float] = 0, [], self._most
        number = len(self.words)
        while number > best[0]:
            size = self._smallest / self.shares[number - 1]
            if size <= self._most or number == 1:
                size = min(size, self._most)
                placed = self._packed(size, number)
                if len(placed) > best[0]:
                    best = len(placed), placed, size
                if len(placed) == number:
                    break
            number = self._fewer(number)
        return best

    def _fewer(self, number: int) -> int:
        """The words without those that are as light as the last of them."""
        last = self.words[number - 1].weight
        while number and self.words[number - 1].weight == last:
            number -= 1
        return number

    def _packed(self, size: float, number: int) -> list[Place]:
        boxes = []
        for n in range(number):
            own = size * self.shares[n]
            _left, top, _right, bottom = self.ink[n]
            gap = self.gap(own)
            boxes.append((own * self.wide(n) + gap, own * (bottom - top) + gap))
        return self._canvas.packed(boxes)

    @staticmethod
    def gap(size: float) -> float:
        """Points between a word of that size and what is beside it."""
        return max(_GAP, 0.1 * size)


def _words(sheet: Sheet, y: float, layout: _Layout, size: float, places: Sequence[Place]) -> float:
    """The words where they stand, moved up to `y`. Gives the `y` under the lowest."""
    top = min(place[1] for place in places)
    bottom = y
    for n, (left, down) in enumerate(places):
        each, own = layout.words[n], size * layout.shares[n]
        ink_left, ink_top, ink_right, ink_bottom = (own * edge for edge in layout.ink[n])
        gap, beside = layout.gap(own), own * layout.marker(n)
        x, baseline = MARGIN + left + gap / 2 + beside - ink_left, y + down - top + gap / 2 - ink_top
        colour = _colour(layout.given, each)
        if beside:
            family = layout.given.families[each.family]
            _shape(sheet, x + ink_left - beside, baseline - 0.6 * own, _SHAPE * own, family.shape, colour)
        sheet.word(x, baseline, each.word, own, colour, WEIGHT)
        said = cloudwords.said(layout.given, each)
        wide, high = ink_right - ink_left + beside, ink_bottom - ink_top
        sheet.spot(x + ink_left - beside, baseline + ink_top, wide, high, ("word", each.word), said)
        bottom = max(bottom, baseline + ink_bottom)
    return bottom


def _colour(given: Cloud, each: CloudWord) -> str:
    if each.family >= 0:
        return style.CODE_INKS[given.families[each.family].colour]
    return style.TEXT2 if given.families else style.CODE_INKS["navy"]


def _shape(sheet: Sheet, x: float, y: float, side: float, shape: str, colour: str) -> None:
    if shape in CORNERS:
        sheet.area([(x + across * side, y + down * side) for across, down in CORNERS[shape]], colour)
    else:
        sheet.dot(x + side / 2, y + side / 2, side * 0.46, colour)


def _legend(sheet: Sheet, y: float, given: Cloud, shown: Sequence[CloudWord]) -> float:
    """What the colours and shapes stand for, one after the other. Gives the `y` under them."""
    used = sorted({each.family for each in shown})
    if not given.families or used == [-1]:
        return y
    entries: list[tuple[str, Any]] = [(given.families[n].name, given.families[n]) for n in used if n >= 0]
    entries += [(_("not said in any of their passages"), None)] if -1 in used else []
    side, line = 8.0, 13.0
    x, y = MARGIN, y + 4
    for name, family in entries:
        words = style.wrap(name, sheet.inner - side - 4, SMALL)
        wide = (side + 4 if family else 0) + max(style.text_width(word, SMALL) for word in words)
        if x > MARGIN and x + wide > MARGIN + sheet.inner:
            x, y = MARGIN, y + line
        if family:
            _shape(sheet, x, y + 1, side, family.shape, style.CODE_INKS[family.colour])
        colour = style.CODE_INKS[family.colour] if family else style.TEXT2
        under = sheet.text(x + (side + 4 if family else 0), y - 0.4, words, SMALL, colour)
        y = max(y, under - line)
        x += wide + 14
    return y + line + 2
