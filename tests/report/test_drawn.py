"""The figures of answers, compared by what they are made of: marks, words, places and their proportions; never by pixels."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.model.answer import FIGURES, Cell, Line, Part
from cohesion_qda.model.table import FEWEST
from cohesion_qda.report import style
from cohesion_qda.report.drawing import Circle, Drawing, Path
from cohesion_qda.report.drawn import reading
from cohesion_qda.report.figuring import NothingToDraw, figure
from tests.report import golden, parts
from tests.report.drawings import boxes, check, circles, texts, words

WIDTHS = (3.0, 4.6, 6.5, 10.0)


def symmetric(size: int, empty: float, seed: int = 1) -> list[list[int | None]]:
    dice = random.Random(seed)
    counts: list[list[int | None]] = [[0] * size for _ in range(size)]
    for a in range(size):
        counts[a][a] = dice.randint(5, 60)
        for b in range(a):
            counts[a][b] = counts[b][a] = 0 if dice.random() < empty else dice.randint(1, 20)
    return counts


PEOPLE = ["Amina", "Carol", "Joan", "Moderator", "Dev", "Gwenllian ap Rhys", "سلمى", "Pat"]
SPOKE = [[0 if a == b else (3 * a + 5 * b) % 11 for b in range(8)] for a in range(8)]
PASSAGES = [(n % 9, n / 60, n / 60 + 0.01 + 0.002 * (n % 7), PEOPLE[n % 3]) for n in range(55)]
DAYS = [("2025-01-12", (1, 6, 4000, 30, 4, 2)), ("2025-03-02", (3, 20, 15000, 150, 14, 6)), ("2025-03-09", (2, 11, 9000, 80, 8, 7)),
        ("2025-06-30", (2, 12, 8000, 90, 9, 0)), ("", (1, 7, 900, 9, 1, 1))]  # fmt: skip
ALPHA = [("All codes", [(0.91, 0.88, 0.94), (0.62, 0.5, 0.71), (0.61, 0.5, 0.7), (0.61, 0.49, 0.72), (0.88, 0.84, 0.9)]), *(
    (parts.name(n), [(0.9, 0.8, 0.95), None, None, None if n == 3 else (0.9 - 0.13 * n, 0.7 - 0.13 * n, min(1.0, 1.02 - 0.13 * n)), (0.9, 0.8, 1)])
    for n in range(8)
)]  # fmt: skip
ANSWERED = [("Amina", (2, 1, 0, 0), "A, SE"), ("Carol", (0, 0, 3, 1), "D, DE"), ("Joan", (0, 0, 0, 0), "spoke, none of these"), ("سلمى", (None,) * 4, "NR"), ("Pat", (0, 11, 0, 0), "SE")]  # fmt: skip
COUNTS = [[12, 3, 5], [5, 5, 0], [0, 9, 2], [7, 8, 9], [2, 1, 1], [12, 9, 10], [4, 4, 4], [1, 0, 0]]
PLACES, OF = ["Huddersfield and Colne Valley", "Batley", "Dewsbury & Mirfield 😀"], [12, 9, 10]

GOLDEN: dict[str, tuple[str, Part]] = {
    "bars": ("bars", parts.frequencies([24, 17, 12, 9, 7, 5, 4, 2, 1, 0])),
    "bars of a tree": ("bars", parts.frequencies([24, 17, 12, 9, 7, 5], depths=[0, 1, 1, 2, 0, 1])),
    "forty bars": ("bars", parts.frequencies(list(range(40, 0, -1)), of=40)),
    "one bar": ("bars", parts.frequencies([3])),
    "dumbbell": ("dumbbell", parts.crosstab([row[:2] for row in COUNTS], PLACES[:2], OF[:2])),
    "heat map": ("heat map", parts.crosstab(COUNTS, PLACES, OF)),
    "nested heat map": ("heat map", parts.crosstab([row * 2 for row in COUNTS], ["18 to 34", "35 to 64", "65 and over"] * 2, OF * 2, over=["Batley"] * 3 + ["Dewsbury and Mirfield"] * 3)),
    "network": ("network", parts.matrix(symmetric(14, 0.7))),
    "large network": ("network", parts.matrix(symmetric(38, 0.85))),
    "two codes": ("network", parts.matrix([[3, 2], [2, 9]])),
    "curve": ("curve", parts.curve([9, 6, 4, 3, 0, 2, 1, 1, 0, 1, 0, 0])),
    "curve of one": ("curve", parts.curve([9])),
    "curve of thirty": ("curve", parts.curve([5, 4, 3, 2, 1] + [0] * 25)),
    "talk": ("talk", parts.follows(SPOKE, PEOPLE, "Joan")),
    "talk of two": ("talk", parts.follows([[0, 4], [3, 0]], ["Amina", "Carol"])),
    "talk of many": ("talk", parts.follows([[(a * b) % 7 for b in range(30)] for a in range(30)], [f"{parts.name(n % 5)} {n}" for n in range(30)])),
    "portrait": ("portrait", parts.portrait(PASSAGES)),
    "portrait of a case": ("portrait", parts.portrait(PASSAGES, sources=True)),
    "timeline": ("timeline", parts.timeline(DAYS)),
    "one day": ("timeline", parts.timeline(DAYS[:1])),
    "intervals": ("intervals", parts.coefficients(ALPHA)),
    "one interval": ("intervals", parts.coefficients(ALPHA[:1])),
    "responses": ("stacked", parts.responses(ANSWERED)),
    "divided": ("stacked", parts.divided([("Women, Dewsbury", (40, 30, 28, 2)), ("Young people, Batley and Spen", (60, 12, 12, 0)), ("Teachers", (3, 20, 19, 1))])),
}  # fmt: skip


def drawn(part: Part, name: str, width: float = 6.5, threshold: int = 0) -> Drawing:
    return figure(part, name, parts.answered(part, threshold=threshold), width=width)


def test_every_figure_has_a_golden_one() -> None:
    assert {name for name, _part in GOLDEN.values()} == set(FIGURES)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", GOLDEN)
def test_nothing_is_cut_covered_or_hard_to_read(case: str, width: float) -> None:
    name, part = GOLDEN[case]
    drawing = drawn(part, name, width)
    check(drawing, part)
    assert drawing.width >= width * 72 - 0.01
    said = words(drawing)
    for sentence in (part.headline, part.subtitle, "Getting on in Kirklees, counted on 21 November 2026"):
        assert sentence.replace(" ", "") in said


@pytest.mark.parametrize("case", GOLDEN)
def test_the_same_answer_gives_the_same_drawing(case: str) -> None:
    name, part = GOLDEN[case]
    assert drawn(part, name) == drawn(part, name)


@pytest.mark.parametrize("case", ["bars", "bars of a tree", "forty bars", "dumbbell", "heat map", "nested heat map", "curve", "curve of thirty", "timeline", "intervals", "responses", "portrait"])  # fmt: skip
def test_names_are_wrapped_and_whole(case: str) -> None:
    name, part = GOLDEN[case]
    said = words(drawn(part, name, 3.0))
    lines = reading.used(part)[0].lines
    labels = {str(li.cells[0].value) for li in lines} if name == "portrait" else {li.label for li in lines}
    for label in labels if name != "timeline" else {part.lines[0].label}:
        assert label.replace(" ", "") in said


@pytest.mark.parametrize("case", ["bars", "dumbbell", "heat map", "nested heat map", "curve", "timeline", "responses", "divided", "talk of two"])  # fmt: skip
def test_every_number_can_be_opened(case: str) -> None:
    name, part = GOLDEN[case]
    column = {"bars": [0], "dumbbell": [0, 1], "curve": [0, 1]}.get(name)
    wanted = {
        cell.key
        for line in part.lines
        for n, cell in enumerate(line.cells)
        if cell.key and cell.value and (column is None or n in column) and not (name in ("stacked", "talk") and "all" in cell.key)
    }  # fmt: skip
    assert wanted and wanted <= {spot.key for spot in drawn(part, name).spots}


def hidden_of(part: Part, value: int | None) -> Part:
    """The part with every third of its numbers hidden; `value` is what a careless hand might leave in them."""

    def hide(line: int, n: int, cell: Cell) -> Cell:
        is_hidden = (2 * line + n) % 3 == 0 and part.heads[n].form != "text" and (cell.value is not None)
        return replace(cell, value=value, low=None, high=None, key=(), is_hidden=True) if is_hidden else cell

    lines = [
        replace(line, cells=tuple(hide(k, n, c) for n, c in enumerate(line.cells))) for k, line in enumerate(part.lines)
    ]
    return replace(part, lines=tuple(lines))


@pytest.mark.parametrize("case", [case for case in GOLDEN if GOLDEN[case][0] != "portrait" and case not in ("one day", "two codes", "talk of two", "one bar", "curve of one", "one interval")])  # fmt: skip
def test_what_is_hidden_has_no_length_no_shade_and_no_place(case: str) -> None:
    name, part = GOLDEN[case]
    empty = drawn(hidden_of(part, None), name, threshold=5)
    check(empty)
    assert empty == drawn(hidden_of(part, 3), name, threshold=5) == drawn(hidden_of(part, 4), name, threshold=5)
    assert "ahiddennumber" not in words(empty) and "[c]:hidden,becauseitisanumberunder5" in words(empty)


def test_bars_of_a_crosstab_are_those_of_its_total() -> None:
    part = parts.crosstab([[3, 1], [0, 2]], ["Batley", "Dewsbury"], [4, 5])
    assert {spot.key for spot in drawn(part, "bars").spots} == {(0, "total"), (1, "total")}
    without = parts.crosstab([[3, 1], [0, 2]], ["Batley", "Dewsbury"], [4, 5], total=False)
    assert {spot.key for spot in drawn(without, "bars").spots} == {(0, 0), (1, 0)}


def test_hidden_bars_are_printed_and_not_drawn() -> None:
    part = parts.frequencies([24, 17, 9, None], hidden=[3])
    drawing = drawn(part, "bars", threshold=5)
    assert len(boxes(drawing, style.STRONG, style.QUIET)) == 3 and len(boxes(drawing, style.HIDDEN)) == 1
    assert any(text.text.startswith("[c]") for text in texts(drawing)) and "[c] (hidden)" in drawing.alt


# --- proportions


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40).filter(any), st.sampled_from(WIDTHS))
@settings(max_examples=25, deadline=None)
def test_bars_are_in_proportion_from_one_baseline(values: list[int], width: float) -> None:
    part = parts.frequencies(sorted(values, reverse=True), of=60)
    drawing = drawn(part, "bars", width)
    assert ("nobodymention" in words(drawing)) == (0 in values), "what nobody said has no bar, and that is said"
    values = [value for value in values if value]
    bars = boxes(drawing, style.STRONG, style.QUIET)
    tracks = boxes(drawing, style.LINE)
    assert len(bars) == len(values) == len(tracks)
    assert len({round(box.x, 6) for box in [*bars, *tracks]}) == 1
    for bar, value in zip(bars, sorted(values, reverse=True), strict=True):
        assert bar.width == pytest.approx(tracks[0].width * value / 60)
    assert [b.y for b in bars] == sorted(b.y for b in bars)
    assert {b.fill for b, v in zip(bars, sorted(values, reverse=True), strict=True) if v == max(values)} == {
        style.STRONG
    }
    for value in values:
        assert f"{value} of 60 participants" in drawing.alt and f"{value}of60participants" in words(drawing)
    check(drawing, part)


names = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=90).filter(lambda s: style.clean(s))  # fmt: skip


@given(
    st.lists(names, min_size=1, max_size=8), st.sampled_from(WIDTHS), st.sampled_from(["bars", "heat map", "dumbbell"])
)
@settings(max_examples=25, deadline=None)
def test_any_name_fits(labels: list[str], width: float, name: str) -> None:
    part = parts.crosstab([[n + 1, 3] for n in range(len(labels))], ["Batley", labels[0][:40]], [12, 9])
    part = replace(
        part, lines=tuple(replace(line, label=label) for line, label in zip(part.lines, labels, strict=True))
    )
    drawing = drawn(part, name, width)
    check(drawing, part)
    for label in labels:
        assert style.clean(label).replace(" ", "") in words(drawing)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=1, max_size=12), st.sampled_from(WIDTHS))
@settings(max_examples=20, deadline=None)
def test_dots_stand_at_their_shares(rows: list[tuple[int, int]], width: float) -> None:
    part = parts.crosstab(rows, PLACES[:2], [12, 9], total=False)
    drawing = drawn(part, "dumbbell", width)
    check(drawing, part)
    first, second = circles(drawing, style.PALETTE[0]), circles(drawing, style.PALETTE[3])
    rows = [row for row in rows if any(row)] or rows
    zero = next(m for m in drawing.marks[::-1] if isinstance(m, Path) and m.stroke == style.QUIET)
    left = zero.points[0][0]
    reach = next(m.points[1][0] - left for m in drawing.marks if isinstance(m, Path) and m.stroke == style.LINE)
    for dots, of, k in ((first, 12, 0), (second, 9, 1)):
        assert [round((d.x - left) / reach, 6) for d in sorted(dots, key=lambda d: d.y)] == [
            round(row[k] / of, 6) for row in rows
        ]


def test_a_heat_map_is_darker_for_a_larger_share_and_prints_every_value() -> None:
    part = GOLDEN["heat map"][1]
    drawing = drawn(part, "heat map")
    cells = [
        (cell, part.heads[n]) for line in part.lines for n, cell in enumerate(line.cells[:3])
        if cell.value and (part.heads[n].of or 0) >= FEWEST
    ]  # fmt: skip
    assert "Wherefewerthan10peoplearecounted,cellsarenotshaded" in words(drawing) and "Thedarkeracell" in words(drawing)
    fills = [box.fill for box in boxes(drawing)]
    assert len(fills) == len(cells)
    for fill, (cell, head) in zip(fills, cells, strict=True):
        assert fill == style.shade((cell.value or 0) / (head.of or 1))  # type: ignore[operator]
    printed = [t.text for t in texts(drawing) if re.fullmatch(r"\d+", t.text)]
    assert sorted(printed) == sorted(str(cell.value) for line in part.lines for cell in line.cells)
    assert "of 12" in [t.text for t in texts(drawing)] and "Getting to know people: Huddersfield and Colne Valley 12 of 12 participants, Batley 3 of 9 participants" in drawing.alt  # fmt: skip


def test_a_share_and_its_count_are_one_tile() -> None:
    part = parts.crosstab([[6, 3]], PLACES[:2], OF[:2], total=False)
    heads, cells = [], []
    for head, cell in zip(part.heads, part.lines[0].cells, strict=True):
        heads += [head, replace(head, label=f"{head.label} (%)", form="share", of=None)]
        cells += [cell, Cell(int(cell.value or 0) / (cell.of or 1), cell.of, cell.key)]
    both = replace(part, heads=tuple(heads), lines=(replace(part.lines[0], cells=tuple(cells)),))
    drawing = drawn(both, "heat map")
    assert [t.text for t in texts(drawing) if "%" in t.text and "(" not in t.text] == ["50%", "33%"]
    assert "6 of 12" in [t.text for t in texts(drawing)] and len(drawing.spots) == 2


def test_heads_nested_two_deep_stand_over_their_columns() -> None:
    drawing = drawn(GOLDEN["nested heat map"][1], "heat map")
    over = {t.text: t for t in texts(drawing) if t.text in ("Batley", "Dewsbury and Mirfield")}
    young = [t for t in texts(drawing) if t.text == "18 to 34"]
    assert over["Batley"].x < over["Dewsbury and Mirfield"].x and over["Batley"].y < min(t.y for t in young)
    assert young[0].x < over["Batley"].x < young[1].x


def test_a_network_is_to_scale() -> None:
    counts = symmetric(14, 0.7)
    part = parts.matrix(counts)
    drawing = drawn(part, "network")
    lines = [m for m in drawing.marks if isinstance(m, Path) and m.stroke == style.TIE]
    ties = sorted(n for a, row in enumerate(counts) for n in row[a + 1 :] if n)
    assert sorted(round(line.thick / 6 * 20) for line in lines) == [max(n, round(0.5 / 6 * 20)) for n in ties]
    found = {spot.said.split(":")[0]: spot for spot in drawing.spots}
    most = max(counts[n][n] or 0 for n in range(14))
    for n in range(14):
        own = counts[n][n] or 0
        assert found[style.clean(parts.name(n))].width == pytest.approx(2 * max(3.0, 13 * (own / most) ** 0.5))
    assert "Buses after six and Getting to know people" in drawing.alt or "Getting to know people and" in drawing.alt


def test_the_rest_of_a_large_network_is_said() -> None:
    drawing = drawn(GOLDEN["large network"][1], "network")
    dots = circles(drawing)
    assert 18 <= len(dots) <= 30
    assert f"The{len(dots)}largestof38codesaredrawn" in words(drawing)


def test_circles_of_a_network_do_not_touch() -> None:
    for case in ("network", "large network"):
        for width in WIDTHS:
            dots = circles(drawn(GOLDEN[case][1], "network", width))
            for n, a in enumerate(dots):
                for b in dots[n + 1 :]:
                    assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > (a.radius + b.radius) ** 2


def test_a_curve_rises_to_scale_over_its_band() -> None:
    part = GOLDEN["curve"][1]
    drawing = drawn(part, "curve")
    dots = list(circles(drawing, style.STRONG))
    so_far = [int(line.cells[1].value or 0) for line in part.lines]
    zero = max(
        m.points[0][1] for m in drawing.marks if isinstance(m, Path) and m.stroke == style.QUIET and not m.dashes
    )
    for dot, value in zip(dots, so_far, strict=True):
        assert (zero - dot.y) / (zero - dots[-1].y) == pytest.approx(value / so_far[-1])
    (band,) = [m for m in drawing.marks if isinstance(m, Path) and m.is_closed]
    assert len(band.points) == 2 * len(so_far)
    assert "+9" in [t.text for t in texts(drawing)] and "All codes so far 9 of 27" in drawing.alt


def test_without_random_orders_there_is_no_band() -> None:
    drawing = drawn(parts.curve([4, 2], band=False), "curve")
    assert not [m for m in drawing.marks if isinstance(m, Path) and (m.is_closed or m.dashes)]


def test_the_moderator_is_marked_among_who_follows_whom() -> None:
    drawing = drawn(GOLDEN["talk"][1], "talk")
    hollow = circles(drawing, style.PAPER)
    assert len(hollow) == 1 and len(circles(drawing, style.STRONG)) == 7
    assert "Joan(moderator)" in words(drawing)
    shafts = [
        m for m in drawing.marks if isinstance(m, Path) and not m.is_closed and m.stroke in (style.STRONG, style.TIE)
    ]
    heads = [m for m in drawing.marks if isinstance(m, Path) and m.is_closed]
    arrows = sum(1 for row in SPOKE for n in row if n)
    assert arrows <= 60
    assert len(shafts) == len(heads) == arrows
    assert max(s.thick for s in shafts) == 3.0
    assert "Carol after Amina: 5" in drawing.alt


def test_a_portrait_puts_every_passage_in_its_place() -> None:
    part = GOLDEN["portrait"][1]
    drawing = drawn(part, "portrait")
    marks = boxes(drawing, style.STRONG)
    assert len(marks) == len(PASSAGES) == len(drawing.spots)
    by_y = sorted({m.y for m in marks})
    assert len(by_y) == 9
    first = [t.text for t in texts(drawing) if t.text in parts.NAMES]
    assert first[0] == parts.name(0), "lanes stand in the order in which their codes first come"
    lane = sorted((m for m in marks if m.y == by_y[0]), key=lambda m: m.x)
    spans = [(a, b) for code, a, b, _who in PASSAGES if code == 0]
    scale = (lane[-1].x - lane[0].x) / (spans[-1][0] - spans[0][0])
    for mark, (a, b) in zip(lane, spans, strict=True):
        assert mark.width == pytest.approx(max(1.5, scale * (b - a)), rel=0.01)


def test_a_timeline_puts_days_to_scale_and_areas_in_proportion() -> None:
    drawing = drawn(parts.timeline(DAYS[:4]), "timeline")
    lanes: dict[float, list[Circle]] = {}
    for dot in circles(drawing, style.STRONG):
        lanes.setdefault(dot.y, []).append(dot)
    sources = sorted(next(iter(lanes.values())), key=lambda d: d.x)
    days = (0, 49, 56, 169)
    for dot, day in zip(sources, days, strict=True):
        assert (dot.x - sources[0].x) / (sources[-1].x - sources[0].x) == pytest.approx(day / 169, abs=1e-6)
    assert (sources[1].radius / sources[0].radius) ** 2 == pytest.approx(3)


def test_intervals_name_the_cut_offs_and_what_is_not_calculable() -> None:
    drawing = drawn(GOLDEN["intervals"][1], "intervals")
    said = words(drawing)
    for name in (
        "slight",
        "fair",
        "moderate",
        "substantial",
        "almostperfect",
        "α.667:tentativeconclusions",
        "α.800:reliable",
        "Forκ,LandisandKoch(1977)say",
        "notcalculable",
        "0.61(0.49to0.72)",
    ):
        assert name in said
    assert len(circles(drawing, style.STRONG)) == 5 + 7
    assert f"{parts.name(3)}: Percent agreement 90% (80% to 95%), Cohen’s κ not calculable" in drawing.alt


def test_negative_coefficients_have_room() -> None:
    drawing = drawn(parts.coefficients([("All", [(0.5, 0.4, 0.6), (-0.3, -0.5, 0.1), None, None, None])]), "intervals")
    dots = sorted(circles(drawing, style.STRONG), key=lambda d: d.y)
    assert dots[1].x < dots[0].x
    check(drawing)


def test_responses_mark_who_answered_how_and_who_was_silent() -> None:
    drawing = drawn(GOLDEN["responses"][1], "stacked")
    assert len(boxes(drawing, *style.PALETTE)) == 5
    assert [t.text for t in texts(drawing) if t.text == "NR"] == ["NR"]
    assert "سلمى: In short NR" in drawing.alt and "Carol: Agrees 0 mentions" in drawing.alt


def test_divided_bars_are_as_long_as_their_numbers() -> None:
    drawing = drawn(GOLDEN["divided"][1], "stacked")
    pieces = [b for b in boxes(drawing, *style.PALETTE) if b.height == 12]
    assert [round(b.width / pieces[0].width * 40, 6) for b in pieces] == [40, 30, 28, 2, 60, 12, 12, 3, 20, 19, 1]


def test_people_of_several_groups_stand_under_their_group() -> None:
    part = parts.frequencies([9, 4, 7, 2])
    groups = ("Women", "Women", "Teachers", "Teachers")
    lines = [replace(li, cells=(Cell(group), *li.cells)) for li, group in zip(part.lines, groups, strict=True)]
    part = replace(part, heads=(parts.Head("Group", "text"), *part.heads), lines=tuple(lines))
    for width in WIDTHS:
        drawing = drawn(part, "bars", width)
        check(drawing, part)
        assert [t.text for t in texts(drawing) if t.text in groups] == ["Women", "Teachers"]
        assert [b.fill for b in boxes(drawing, style.STRONG, style.QUIET)] == [style.STRONG, style.QUIET] * 2
    assert f"Teachers, {parts.name(2)}: 7 of 24 participants" in drawing.alt
    answered = parts.responses(ANSWERED)
    groups = ("Women", "Women", "Teachers", "Teachers", "Teachers")
    lines = [replace(li, cells=(Cell(group), *li.cells)) for li, group in zip(answered.lines, groups, strict=True)]
    answered = replace(answered, heads=(parts.Head("Group", "text"), *answered.heads), lines=tuple(lines))
    drawing = drawn(answered, "stacked")
    check(drawing, answered)
    assert [t.text for t in texts(drawing) if t.text in groups] == ["Women", "Teachers"]


# --- words


def test_many_numbers_are_told_up_to_a_limit_and_the_rest_counted() -> None:
    drawing = drawn(parts.frequencies(list(range(120, 0, -1)), of=120), "bars")
    assert drawing.alt.count(" participants") == reading.MOST_SAID and "And 80 more." in drawing.alt
    assert "Thefirst100of120lines;thetablehasall." in words(drawing)


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_to_draw_is_said(name: str) -> None:
    empty = Part("codes", "Nothing", "Code", (), ())
    only_words = Part("codes", "Words", "Code", (parts.Head("Said", "text"),), (Line("a", (Cell("b"),)),))
    for part in (empty, only_words):
        with pytest.raises(NothingToDraw, match="nothing in this table that the figure could show"):
            drawn(part, name)


def test_another_figure_is_an_error() -> None:
    with pytest.raises(KeyError):
        drawn(GOLDEN["bars"][1], "pie")


@pytest.mark.parametrize(
    ("cell", "head", "said"),
    [
        (Cell(7, 12), parts.Head("a", unit="participants"), "7 of 12 participants"),
        (Cell(1, 1), parts.Head("a", unit="groups"), "1 of 1 group"),
        (Cell(1200), parts.Head("a", unit="mentions"), "1,200 mentions"),
        (Cell(0.25, 12), parts.Head("a", "share"), "25% of 12"),
        (Cell(0.43, None, (), 0.21, 0.6), parts.Head("a", "number"), "0.43 (0.21 to 0.60)"),
        (Cell(-0.023), parts.Head("a", "number"), "−0.02"),
        (Cell(None), parts.Head("a", "number"), "not calculable"),
        (Cell(3, 12, is_hidden=True), parts.Head("a", unit="participants"), "[c] (hidden)"),
        (Cell("A, SE"), parts.Head("a", "text"), "A, SE"),
    ],
)
def test_numbers_are_said_with_what_they_are_out_of(cell: Cell, head: parts.Head, said: str) -> None:
    assert reading.said(cell, head) == said


def test_the_golden_figures_are_as_they_were_written_down() -> None:
    """After a change that is meant: look at the figures, then `python -m tests.report.golden`."""
    kept = json.loads(golden.FILE.read_text(encoding="utf-8"))
    drawings = golden.drawings() | golden.of_words()
    assert set(kept) == set(drawings)
    for case, drawing in drawings.items():
        assert golden.structure(drawing) == kept[case], case


@pytest.mark.parametrize(
    ("label", "is_told"), [("王小明", True), ("سلمى", False), ("Gwenllian ŵ", False), ("Nguyễn", False), ("שרה", False)]
)
def test_letters_that_no_font_has_are_told_in_a_note(label: str, is_told: bool) -> None:
    name, part = GOLDEN["bars"]
    part = replace(part, lines=(replace(part.lines[0], label=label), *part.lines[1:]))
    said = words(figure(part, name, parts.answered(part)))
    assert ("Somelettershereareinnoneoftheprogram’sfonts" in said) == is_told
