"""The overview: its arithmetic, that a change leaves it as if it were made anew, and that a click goes there."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.overview import ACROSS, CELLS, cell_at, cell_count, cell_span, cells_over, columns_of
from cohesion_qda.ui.textpane.view import TranscriptView
from tests.ui.textpane.rooms import coding, long_talk, reading, show

lengths = st.integers(0, 500_000)


@pytest.fixture
def view(qtbot, theme) -> Iterator[TranscriptView]:
    made = TranscriptView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made


@given(lengths)
def test_the_cells_are_the_text_without_gap_or_overlap(length: int) -> None:
    cells = cell_count(length)
    assert 1 <= cells <= CELLS
    edges = [cell_span(cell, cells, length) for cell in range(cells)]
    assert edges[0].start == 0 and edges[-1].end == length
    assert all(a.end == b.start for a, b in itertools.pairwise(edges))
    assert max(len(s) for s in edges) - min(len(s) for s in edges) <= 1


@given(st.integers(1, 500_000), st.data())
def test_every_point_lies_in_its_cell_and_a_span_over_the_cells_it_touches(length: int, data: st.DataObject) -> None:
    cells = cell_count(length)
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start + 1, length))
    at = cell_span(cell_at(start, cells, length), cells, length)
    assert at.start <= start < at.end
    touched = cells_over(Span(start, end), cells, length)
    around = range(max(0, touched.start - 1), min(cells, touched.stop + 1)) if len(touched) else range(cells)[:3]
    for cell in around:
        assert (cell in touched) == cell_span(cell, cells, length).overlaps(Span(start, end))


@given(st.dictionaries(st.integers(1, 40), st.integers(1, 9), max_size=9))
def test_a_cell_shows_its_three_most_frequent_codes_in_equal_parts(found: dict[int, int]) -> None:
    columns = columns_of(Counter(found))  # type: ignore[arg-type]
    if not found:
        assert columns == []
        return
    shown = Counter(columns)
    assert len(columns) == ACROSS and len(shown) == min(3, len(found)) and len(set(shown.values())) == 1
    least = min(found[code] for code in shown)
    assert all(n <= least for code, n in found.items() if code not in shown)


changes = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(1, 400), st.integers(2, 9), st.booleans()), min_size=1, max_size=8
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, st.sampled_from([frozenset(), frozenset({3}), frozenset({2, 4})]))
def test_after_any_change_it_is_as_if_made_anew(view: TranscriptView, drawn: list, brought_out: frozenset) -> None:
    what = reading(long_talk(40))
    show(view, what, [coding(i, Span(i * 90, i * 90 + 70), 2 + i % 7) for i in range(1, 40)])
    view.emphasise(brought_out)
    view.overview.colours()
    for number, (start, length, code, taken) in enumerate(drawn):
        span = Span(min(start, len(what.text) - 1), min(start + length, len(what.text)))
        gone = [1 + (start + number) % 39] if taken else []
        view.replace_codings(gone, [coding(1000 + number, span, code)] if len(span) else [])
        kept = view.overview.colours()
        view.overview.forget()
        assert kept == view.overview.colours()


def test_one_coding_costs_the_cells_it_touches(view: TranscriptView) -> None:
    what = reading(long_talk(300))
    show(view, what, [coding(i, Span(i * 20, i * 20 + 60), 2 + i % 7) for i in range(1, 1500)])
    view.overview.colours()
    before = view.overview.drawn
    view.replace_codings([], [coding(9999, Span(700, 760))])
    assert view.overview.drawn - before <= 2
    view.grab()
    assert view.overview.drawn - before <= 2, "painting works nothing out"


def test_each_code_has_its_colour_and_the_chosen_one_is_brought_out(view: TranscriptView, theme) -> None:
    what = reading(long_talk(40))
    show(view, what, [coding(1, Span(0, 60), 3), coding(2, Span(20, 50), 4), coding(3, Span(2000, 2100), 4)])
    length, cells = len(what.text), cell_count(len(what.text))
    colours = view.overview.colours()
    first, third = (theme.code_colour(view.tree[code].colour).bracket.name() for code in (3, 4))
    assert set(colours[cell_at(30, cells, length)]) == {first, third}
    assert set(colours[cell_at(2050, cells, length)]) == {third}
    assert set(colours[cell_at(3000, cells, length)]) == {""}
    view.emphasise({3})
    assert set(view.overview.colours()[cell_at(30, cells, length)]) == {first}
    view.set_filter(lambda c: c.code == 3)
    assert set(view.overview.colours()[cell_at(2050, cells, length)]) == {""}, "what the filters hide is not there"


def test_a_click_and_a_drag_go_there_and_a_tooltip_says_what_lies_there(view: TranscriptView) -> None:
    what = reading(long_talk(120), [(0, "One"), (60, "Two")])
    turn = what.turns[60].span
    show(view, what, [coding(1, turn, 5)])
    overview = view.overview
    y = round(overview._y((turn.start + turn.end) // 2))
    QTest.mouseClick(overview, Qt.MouseButton.LeftButton, pos=QPoint(9, y))
    page = view.on_page()
    assert page is not None and page.overlaps(turn)
    assert overview.words_at(y) == "Turn 61\nCode 5"
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPoint(9, 5))
    QTest.mouseRelease(overview, Qt.MouseButton.LeftButton, pos=QPoint(9, 5))
    assert view.top_point() == 0
    assert view.grab() and overview.accessibleName()


def test_nothing_open_shows_nothing(view: TranscriptView) -> None:
    view.show_nothing()
    QTest.mouseClick(view.overview, Qt.MouseButton.LeftButton, pos=QPoint(9, 50))
    assert view.overview.words_at(50) == ""
    view.grab()
