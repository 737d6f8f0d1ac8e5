"""Parts of answers made by hand, and drawings: what the window shows does not depend on what was counted."""

from __future__ import annotations

from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.report.drawing import Box, Circle, Drawing, Path, Spot, Text

TREE = CodeTree(
    [
        Code(1, None, "What unites", "navy", is_question=True),
        Code(2, 1, "Trust", "leaf"),
        Code(3, 1, "Food", "ochre", position=1),
        Code(4, None, "What divides", "plum", is_question=True, position=1),
        Code(5, 4, "Buses", "orange"),
        Code(6, 4, "Class", "rose", position=1),
    ]
)


def count(value: int | None, of: int | None, *key: int | str, hidden: bool = False) -> Cell:
    """A count with its denominator."""
    return Cell(value, of, key, is_hidden=hidden)


def places(over: str = "") -> Part:
    """Codes by place: two places and the total; one code that nobody used, one number that is hidden."""
    heads = (
        Head("Luton", of=12, unit="participants", over=over), Head("Dewsbury", of=7, unit="participants", over=over),
        Head("All", of=19, unit="participants", note="total"),
    )  # fmt: skip

    def line(code: int, *values: int | None, hidden: int = -1) -> Line:
        cells = tuple(
            count(None if at == hidden else value, head.of, code, head.label, hidden=at == hidden)
            for at, (value, head) in enumerate(zip(values, heads, strict=True))
        )
        return Line(TREE[code].name, cells, 1, TREE.path(code), code, (code,))

    lines = (line(2, 7, 3, 10), line(3, 2, 5, 7, hidden=0), line(5, 9, 1, 10), line(6, 0, 0, 0))
    foot = Line("Any code", (count(10, 12, "any"), count(6, 7, "any2"), count(16, 19, "any3")))
    return Part("counts", "Codes by place", "Code", heads, lines, foot, ("heat map",), "Trust came up most", "People")


def answer(*parts: Part, kind: str = "crosstab", notes: tuple[str, ...] = ()) -> Answer:
    """An answer of these parts."""
    made = Made("A study", "2026-11-21T20:00:00+00:00", "0.1", left_out=(("Notes of Joan", "Nobody speaks in it."),))
    return Answer(Asked(kind, by=("place",)), "Codes by place", parts, notes, made)


def drawing() -> Drawing:
    """Two bars with their labels; the first can be opened, the second only told."""
    marks = (
        Box(0, 0, 200, 100, fill="#FFFFFF"), Text(10, 14, "Trust", 9, "#1C2128", 600, length=24),
        Box(10, 20, 100, 12, fill="#12436D"), Text(10, 54, "Food", 9, "#4F5863", length=22),
        Box(10, 60, 50, 12, fill="#6F8BA6", stroke="#DFE3E8"), Circle(150, 50, 10, fill="#801650"),
        Path(((0, 90), (200, 90)), stroke="#DFE3E8", dashes=(2, 2)),
    )  # fmt: skip
    spots = (
        Spot(10, 20, 100, 12, (2, "Luton"), "counts", "Trust, Luton: 7 of 12 participants"),
        Spot(10, 60, 50, 12, (), "counts", "Food, Luton: hidden"),
    )
    return Drawing(200, 100, "Trust came up most", "Trust 7 of 12; Food hidden.", marks, spots)
