"""Figures: read back as XML; the words in them are text, and nothing is cut."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from cohesion_qda.analysis import frequency
from cohesion_qda.report import figures, style
from cohesion_qda.report.drawing import Box
from cohesion_qda.report.picture import Picture
from tests.report.study import Made

SVG = "{http://www.w3.org/2000/svg}"
BARS = [
    figures.Bar("Getting to know people", 12, 12, "12 of 12 groups"),
    figures.Bar("Costs $5 and $x^2$ <b> & “so on”", 7, 12, "7 of 12 groups"),
    figures.Bar("مرحبا بكم 😀", 0, 12, "0 of 12 groups"),
    figures.Bar("A very long name of a code that goes on and on " * 3 + "Donaudampfschiffahrtsgesellschaft" * 3, 1, 12, "1 of 12 groups"),
]  # fmt: skip


def words_in(picture: Picture) -> str:
    root = ElementTree.fromstring(picture.svg)
    return " ".join(" ".join(e.itertext()) for e in root.iter(f"{SVG}text"))


def check(picture: Picture) -> None:
    root = ElementTree.fromstring(picture.svg)
    assert root.get("role") == "img"
    children = {child.tag: child for child in root}
    assert children[f"{SVG}title"].text == picture.title and children[f"{SVG}desc"].text == picture.alt
    assert picture.alt and len(picture.alt) > len(picture.title)
    image = Image.open(io.BytesIO(picture.png))
    assert image.width / image.height == pytest.approx(picture.width / picture.height, rel=0.02)


@pytest.mark.parametrize("width", [figures.NARROW, figures.WIDE])
@pytest.mark.parametrize("n", [1, 4])
def test_bars_say_every_label_and_count(width: float, n: int) -> None:
    picture = figures.ranked_bars(BARS[:n], headline="A headline", subtitle="Groups", width=width)
    check(picture)
    said = words_in(picture).replace(" ", "")
    for bar in BARS[:n]:
        assert bar.label.replace(" ", "") in said and bar.said.replace(" ", "") in said
        assert " ".join(bar.label.split()) in picture.alt and bar.said in picture.alt


def test_no_text_leaves_the_picture() -> None:
    for width in (figures.NARROW, figures.WIDE):
        for line in style.wrap(BARS[3].label, width * 72 - 12, 9):
            assert style.text_width(line, 9) <= width * 72 - 12


def test_every_text_has_its_width_so_that_another_font_stays_within_the_picture() -> None:
    for width in (figures.NARROW, figures.WIDE):
        picture = figures.ranked_bars(BARS, headline="A headline " * 12, subtitle="Groups", width=width)
        for e in ElementTree.fromstring(picture.svg).iter(f"{SVG}text"):
            assert 0 < float(e.get("textLength") or 0) <= width * 72
            assert float(e.get("x") or 0) + float(e.get("textLength") or 0) <= width * 72 + 0.5


def test_bars_begin_at_zero_and_are_to_scale() -> None:
    picture = figures.ranked_bars(BARS[:2], headline="h", subtitle="s")
    lengths = [
        (box.x, box.width)
        for box in picture.drawing.marks
        if isinstance(box, Box) and box.fill in (style.STRONG, style.QUIET)
    ]
    assert len(lengths) == 2
    assert lengths[0][0] == pytest.approx(lengths[1][0])
    assert lengths[1][1] / lengths[0][1] == pytest.approx(7 / 12, rel=1e-3)


def test_heat_map_prints_every_value_with_denominators_in_the_heads(made: Made) -> None:
    table = frequency.crosstab(made.study, "thematic group", branch=True)
    picture = figures.heat_map(table, "participants", headline="h", subtitle="s")
    check(picture)
    said = words_in(picture).split()
    assert sum(word.isdigit() for word in said) >= len(table.rows) * len(table.columns) + len(table.columns)
    for column in table.columns:
        assert f"{column.label} " in picture.alt
    row = table.rows[1]
    assert (
        f"{row.name}: {table.columns[0].label} {row.cells[0].participants} of {table.columns[0].base.participants}"
        in picture.alt
    )


@pytest.mark.parametrize("unit", ["mentions", "participants", "groups"])
def test_heat_map_with_many_odd_columns(making: Callable[..., Made], unit: str) -> None:
    odd = making(
        places=[
            "=1+1",
            "<script>alert(1)</script>",
            "😀",
            "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
            "$x$",
        ]
    )
    table = frequency.crosstab(odd.study, "place")
    check(figures.heat_map(table, unit, headline="h", subtitle="s", rows=table.rows[:5]))


def test_nothing_to_draw_is_an_error(made: Made) -> None:
    table = frequency.crosstab(made.study)
    with pytest.raises(ValueError, match="no bars"):
        figures.ranked_bars([], headline="h", subtitle="s")
    with pytest.raises(ValueError, match="nothing to draw"):
        figures.heat_map(replace(table, rows=()), "groups", headline="h", subtitle="s")


def test_headline_names_ties() -> None:
    tied = [figures.Bar(name, 3, 4, "3 of 4 groups") for name in "abcd"]
    assert figures.themes_headline(BARS[:2]) == "Most widely said: Getting to know people, 12 of 12 groups"
    assert figures.themes_headline(tied[:2]) == "Most widely said: a and b, 3 of 4 groups"
    assert figures.themes_headline(tied) == "Most widely said: a and 3 others, 3 of 4 groups"


def test_inline_svg_has_ids_of_its_own_and_leaves_words_alone() -> None:
    bars = [figures.Bar('id="x" #1c2128 href="#y"', 1, 2, "1 of 2 groups")]
    picture = figures.ranked_bars(bars, headline="h", subtitle="s")
    root = ElementTree.fromstring(picture.inline("fig9"))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids)) and all(i and i.startswith("fig9-") for i in ids)
    assert root.get("aria-labelledby") == "fig9-title fig9-desc"
    assert 'id="x" #1c2128 href="#y"' in " ".join(" ".join(e.itertext()) for e in root.iter(f"{SVG}text"))
    assert "var(--text)" in picture.inline("fig9") and "<style" not in picture.inline("fig9")


def test_text_colours_reach_four_and_a_half_to_one() -> None:
    assert style.PALETTE == ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
    for colour in (style.TEXT, style.TEXT2):
        assert style.contrast(colour, style.PAPER) >= 4.5
    for share in range(101):
        assert style.contrast(style.DARK_ON_TINT, style.shade(share / 100)) >= 4.5


def test_drawing_warns_of_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures.ranked_bars(BARS, headline="😀", subtitle="مرحبا")
    assert not caplog.records
