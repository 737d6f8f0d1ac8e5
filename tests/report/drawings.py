"""What must hold of every drawing, whatever it shows."""

from __future__ import annotations

from itertools import combinations

from cohesion_qda.model.answer import Part
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Box, Circle, Drawing, Path, Text


def texts(drawing: Drawing) -> list[Text]:
    return [mark for mark in drawing.marks if isinstance(mark, Text)]


def words(drawing: Drawing) -> str:
    """All words of a drawing, without spaces: names are wrapped, and long ones broken."""
    return "".join(text.text for text in texts(drawing)).replace(" ", "")


def boxes(drawing: Drawing, *fills: str) -> list[Box]:
    return [mark for mark in drawing.marks if isinstance(mark, Box) and (not fills or mark.fill in fills)]


def circles(drawing: Drawing, *fills: str) -> list[Circle]:
    return [mark for mark in drawing.marks if isinstance(mark, Circle) and (not fills or mark.fill in fills)]


def under(drawing: Drawing, n: int) -> str:
    """The colour that lies under the middle of the n-th mark, a text."""
    text = drawing.marks[n]
    assert isinstance(text, Text)
    x, y = text.left + text.length / 2, text.y - text.size * 0.36
    colour = style.PAPER
    for mark in drawing.marks[:n]:
        if (
            (
                isinstance(mark, Box)
                and mark.fill
                and mark.x <= x <= mark.x + mark.width
                and mark.y <= y <= mark.y + mark.height
            )
            or (isinstance(mark, Circle) and mark.fill and (mark.x - x) ** 2 + (mark.y - y) ** 2 <= mark.radius**2)
            or (isinstance(mark, Path) and mark.fill and _inside(mark, x, y))
        ):
            colour = mark.fill
    return colour


def _inside(area: Path, x: float, y: float) -> bool:
    is_in = False
    for (x1, y1), (x2, y2) in zip(area.points, (*area.points[1:], area.points[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_in = not is_in
    return is_in


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Texts that stand in each other's way: by the height of their letters."""
    found = []
    for a, b in combinations(texts(drawing), 2):
        apart = a.left + a.length <= b.left + 0.5 or b.left + b.length <= a.left + 0.5
        if not apart and a.y - 0.7 * a.size < b.y - 0.1 and b.y - 0.7 * b.size < a.y - 0.1:
            found.append((a.text, b.text))
    return found


def check(drawing: Drawing, part: Part | None = None) -> None:
    """Everything is on the sheet, can be read and told, and opens what it stands for."""
    for n, text in enumerate(drawing.marks):
        if isinstance(text, Text):
            assert text.left >= -0.5 and text.left + text.length <= drawing.width + 0.5, text
            assert text.y - text.size >= -0.5 and text.y <= drawing.height, text
            assert style.contrast(text.colour, under(drawing, n)) >= 4.5, (text, under(drawing, n))
            assert text.size >= 7.5 and text.length > 0
    assert not overlapping(drawing)
    for box in boxes(drawing):
        assert box.width >= 0 and box.x >= -0.5 and box.x + box.width <= drawing.width + 0.5, box
    for spot in drawing.spots:
        assert spot.said and spot.width > 0 and spot.height > 0
        assert spot.x >= -2.5 and spot.x + spot.width <= drawing.width + 2.5, spot
    assert drawing.title and len(drawing.alt) > len(drawing.title)
    if part is not None:
        known = {part.cell(place).key for place in part.places()} | {line.key for line in part.lines}
        assert {spot.key for spot in drawing.spots} <= known | {()}
        assert {spot.part for spot in drawing.spots} == {part.key}
