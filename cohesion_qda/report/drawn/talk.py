"""Who follows whom: the people of a group on a circle, arrows as wide as the number of times one spoke after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Part
from cohesion_qda.report import style, words
from cohesion_qda.report.drawing import Align, Point
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.drawn.placing import Rect, Taken, around
from cohesion_qda.report.drawn.reading import Told
from cohesion_qda.report.sheet import MARGIN, NOTE, SMALL, Sheet, block_height, line_height

MOST_PEOPLE = 24
_EVEN_ANGLES = 8
_NODE = 6.0
MOST_ARROWS, _FEW_ARROWS = 60, 30
_WIDEST, _WIDE = 5.0, 3.0  # points: the widest arrow among few, and among many
_MOST_NUMBERS = 16
_PIECES = 24  # of a curve


@dataclass(frozen=True, slots=True)
class Arrow:
    """`first` spoke and `second` came next, `count` times."""

    first: int
    second: int
    cell: Cell
    count: float


def draw(sheet: Sheet, y: float, part: Part, answer: Answer) -> Told:
    """The lines are who spoke, the columns, in the same order, who came next."""
    people = _people(part)
    arrows = sorted(
        (
            Arrow(a, b, part.lines[a].cells[b], count)
            for a in people
            for b in people
            if a != b and (count := reading.value(part.lines[a].cells[b]))
        ),
        key=lambda arrow: (-arrow.count, arrow.first, arrow.second),
    )
    if not arrows:
        raise reading.nothing()
    sheet.widen(min(420.0, 220.0 + 14.0 * len(people)))
    shown = arrows[:MOST_ARROWS]
    ring = _Ring(sheet, y, part, people)
    for arrow in reversed(shown):
        ring.arrow(arrow, shown[0].count, _WIDEST if len(shown) <= _FEW_ARROWS else _WIDE)
    ring.numbers(shown)
    for place, n in enumerate(people):
        ring.person(place, n)
    bottom = sheet.note(ring.bottom, _how(part, people, len(shown), len(arrows)))
    numbers = [
        _("{second} after {first}: {n}").format(first=part.lines[a.first].label, second=part.lines[a.second].label, n=words.number(int(a.count)))
        for a in arrows
    ]  # fmt: skip
    return Told(_("Who follows whom"), tuple(numbers), bottom)


def _people(part: Part) -> list[int]:
    """The people to draw, in their order: all, or those in the most changes of speaker."""
    n = min(len(part.lines), len(reading.columns(part, "count")))
    if n < 2 or [part.heads[k].label for k in range(n)] != [line.label for line in part.lines[:n]]:
        raise reading.nothing()

    def changes(k: int) -> float:
        return sum(
            (reading.value(part.lines[k].cells[j]) or 0) + (reading.value(part.lines[j].cells[k]) or 0)
            for j in range(n)
        )

    return sorted(sorted(range(n), key=lambda k: (-changes(k), k))[:MOST_PEOPLE])


def _how(part: Part, people: Sequence[int], shown: int, arrows: int) -> str:
    said = [_("An arrow goes from who spoke to who came next; the wider, the more often.")]
    if any(part.lines[n].note for n in people):
        said.append(_("Dark arrows are between participants, pale ones to and from who leads the talk."))
    if len(people) < len(part.lines):
        said.append(_("The {n} who speak in turn most of {total} are drawn; the table has all.").format(n=len(people), total=len(part.lines)))  # fmt: skip
    if shown < arrows:
        said.append(_("The {n} most frequent of {total} arrows are drawn; the table has all.").format(n=shown, total=words.number(arrows)))  # fmt: skip
    return " ".join(said)


class _Ring:
    """People on a circle, clockwise from the top, their names outside."""

    def __init__(self, sheet: Sheet, y: float, part: Part, people: Sequence[int]) -> None:
        self.sheet, self.part, self.people = sheet, part, list(people)
        self.label_width = min(104.0, 0.24 * sheet.width)
        names = [self._name(n) for n in people]
        tall = max(block_height(lines, SMALL) for lines in names)
        room = sheet.inner / 2 - self.label_width - _NODE - 6
        self.radius = max(min(room, 70 + 7.0 * len(self.people)), 46.0, (len(self.people) + 1) / 4 * (tall + 3))
        self.middle = (sheet.width / 2, y + tall + _NODE + 6 + self.radius)
        self.bottom = self.middle[1] + self.radius + tall + _NODE + 6
        self.taken = Taken(Rect(MARGIN, y, sheet.inner, self.bottom - y))
        for place in range(len(self.people)):
            self.taken.take(around(*self._at(place), 2 * _NODE + 4, 2 * _NODE + 4))

    def _name(self, n: int) -> list[str]:
        line = self.part.lines[n]
        says_so = line.note.casefold() in line.label.casefold()
        said = line.label if says_so else _("{name} ({role})").format(name=line.label, role=line.note)
        return style.wrap(said, self.label_width, SMALL, 600)

    def _unit(self, place: int) -> Point:
        """A place on a ring of radius 1. Few people stand at even angles; more stand at even heights, so that names have room."""
        n = len(self.people)
        if n <= _EVEN_ANGLES:
            angle = 2 * pi * place / n - pi / 2
            return cos(angle), sin(angle)
        right = (n + 1) // 2
        step, side = (place, right) if place < right else (n - 1 - place, n - right)
        y = (2 * step + 1) / side - 1
        x = max(0.3, sqrt(1 - y * y))
        return (x if place < right else -x), y

    def _at(self, place: int) -> Point:
        """Flattened or raised to the sheet: across as wide as the names leave room."""
        across = max(30.0, min(self.sheet.inner / 2 - self.label_width - _NODE - 6, self.radius * 1.35))
        x, y = self._unit(place)
        return self.middle[0] + across * x, self.middle[1] + self.radius * y

    def _curve(self, arrow: Arrow) -> list[Point]:
        """A bow to the right of the way it goes, so that both ways can be told apart; it ends where the circles begin."""
        (x1, y1), (x2, y2) = (self._at(self.people.index(n)) for n in (arrow.first, arrow.second))
        away = hypot(x2 - x1, y2 - y1) or 1.0
        bow = 0.12 * away
        cx = (x1 + x2) / 2 - (y2 - y1) / away * bow + (self.middle[0] - (x1 + x2) / 2) * 0.15
        cy = (y1 + y2) / 2 + (x2 - x1) / away * bow + (self.middle[1] - (y1 + y2) / 2) * 0.15
        points = []
        for k in range(_PIECES + 1):
            t = k / _PIECES
            x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * cx + t * t * x2
            y = (1 - t) ** 2 * y1 + 2 * t * (1 - t) * cy + t * t * y2
            if hypot(x - x1, y - y1) > _NODE + 1 and hypot(x - x2, y - y2) > _NODE + 1.5:
                points.append((x, y))
        return points

    def _leads(self, arrow: Arrow) -> bool:
        return bool(self.part.lines[arrow.first].note or self.part.lines[arrow.second].note)

    def arrow(self, arrow: Arrow, most: float, widest: float) -> None:
        """One arrow, its head at who came next."""
        points = self._curve(arrow)
        if len(points) < 3:
            return
        thick = max(0.5, widest * arrow.count / most)
        colour = style.TIE if self._leads(arrow) else style.STRONG
        (ax, ay), (bx, by) = points[-3], points[-1]
        length = hypot(bx - ax, by - ay) or 1.0
        ux, uy = (bx - ax) / length, (by - ay) / length
        wide = 1.6 + 0.75 * thick
        long = 2 * wide
        shaft = [p for p in points if hypot(p[0] - bx, p[1] - by) > long * 0.8] or points[:1]
        base = (bx - ux * long, by - uy * long)
        self.sheet.line([*shaft, base], colour, thick)
        self.sheet.area(
            [(bx, by), (base[0] - uy * wide, base[1] + ux * wide), (base[0] + uy * wide, base[1] - ux * wide)], colour
        )

    def numbers(self, arrows: Sequence[Arrow]) -> None:
        """The numbers of the widest arrows on them, where they stand clear; a spot for every arrow."""
        for rank, arrow in enumerate(arrows):
            points = self._curve(arrow)
            text = words.number(int(arrow.count))
            wide = style.text_width(text, NOTE) + 4
            tried = [
                around(*points[int(len(points) * t)], wide, line_height(NOTE)) for t in (0.45, 0.35, 0.58, 0.25, 0.7)
            ]
            free = next((rect for rect in tried if self.taken.is_free(rect)), None)
            at = free or tried[0]
            if free and rank < _MOST_NUMBERS:
                self.taken.take(at)
                self.sheet.box(at.x, at.y, at.width, at.height, style.PAPER)
                self.sheet.text(at.x + at.width / 2, at.y, [text], NOTE, style.TEXT, align="center")
            said = _("{second} after {first}: {n}").format(
                first=self.part.lines[arrow.first].label, second=self.part.lines[arrow.second].label, n=text
            )
            self.sheet.spot(at.x - 1, at.y - 1, at.width + 2, at.height + 2, arrow.cell.key, said)

    def person(self, place: int, n: int) -> None:
        """A person: a circle, hollow for who leads the talk, and the name outside."""
        x, y = self._at(place)
        is_leading = bool(self.part.lines[n].note)
        self.sheet.dot(x, y, _NODE, style.PAPER if is_leading else style.STRONG, style.STRONG, 1.5)
        lines = self._name(n)
        height = block_height(lines, SMALL)
        sideways = self._unit(place)[0]
        if abs(sideways) < 0.2:
            align: Align = "center"
            top = y - _NODE - 3 - height if y < self.middle[1] else y + _NODE + 1
        else:
            align = "left" if sideways > 0 else "right"
            top = y - height / 2
        out = 0.0 if align == "center" else (_NODE + 4) * (1 if sideways > 0 else -1)
        self.sheet.text(x + out, top, lines, SMALL, style.TEXT2 if is_leading else style.TEXT, 600, align)
        key = reading.key_of(self.part.lines[n]) if self.part.lines[n].key else ()
        self.sheet.spot(x - _NODE, y - _NODE, 2 * _NODE, 2 * _NODE, key, " ".join(lines))
