"""History: the trail in sentences, and undoing back to a place in it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.model.change import TrailEntry
from cohesion_qda.ui.history import words
from cohesion_qda.ui.history.listing import ROW_ROLE
from cohesion_qda.ui.history.page import HistoryPage
from cohesion_qda.ui.history.words import Day, Line


def entry(
    n: int, kind: str = "add-code", at: str = "2026-11-21T10:00:00+00:00", coder: str = "Asha", state: str = "live"
):
    return TrailEntry(n, kind, f"Act {n}", coder, at, 1, state, None, None, state == "live")


@pytest.fixture
def page(open_page) -> HistoryPage:
    return open_page(HistoryPage)


def lines(page: HistoryPage) -> list[Line]:
    return [row for row in page.list.trail.rows if isinstance(row, Line)]


def test_days_are_grouped_newest_first():
    rows = words.laid_out([entry(3), entry(2), entry(1, at="2026-11-19T10:00:00+00:00")], datetime.date(2026, 11, 21))
    assert [(row.title, row.entries) for row in rows if isinstance(row, Day)] == [
        ("Today", 2),
        ("Thursday 19 November 2026", 1),
    ]


def test_yesterday():
    assert words.day_words(datetime.date(2026, 11, 20), datetime.date(2026, 11, 21)) == "Yesterday"


def test_every_kind_of_act_has_a_group():
    assert {words.group_of(k) for kinds in words.GROUPS.values() for k in kinds} == set(words.GROUPS)
    assert words.group_of("export-report") == "other"
    assert set(words.group_names()) == {*words.GROUPS, "other"}


def test_the_warning_counts_only_what_still_stands():
    entries = [entry(4), entry(3, state="undone"), entry(2, kind="undo", state="note"), entry(1)]
    assert words.taken_back(entries, 1) == 2
    assert words.warning(entries, entries[3]).startswith("Undo to here takes back 2 acts")
    assert words.warning(entries, entries[0]) == "Undo to here takes back this one act. Redo brings it back."
    assert words.warning(entries, entries[1]) == "This has been undone already."


def test_what_was_done_is_told_with_who_and_when(page):
    first = lines(page)[-1].entry
    assert first.said == "Made the project “Small study”"
    assert first.coder == "Asha"
    assert page.header.meta.text() == f"{len(lines(page))} acts  ·  2 people"


def test_undone_acts_are_struck_and_named(page, open_page):
    open_page.do(lambda p: p.codebook.add("Rain"))
    open_page.runner.undo()
    assert lines(page)[0].entry.said == "Undid: Added the code “Rain”"
    assert lines(page)[1].is_struck
    assert lines(page)[1].standing == "undone"
    assert page.redo_button.toolTip() == "Redo: Added the code “Rain”"
    page.redo_button.click()
    assert not next(line for line in lines(page) if line.entry.said == "Added the code “Rain”").is_struck


def test_undo_to_here_takes_back_everything_since(page, open_page):
    for name in ("Rain", "Snow", "Hail"):
        open_page.do(lambda p, name=name: p.codebook.add(name))
    page.list.setCurrentIndex(page.list.trail.index(2))
    assert page.list.current().said == "Added the code “Snow”"
    assert page.warning.text().startswith("Undo to here takes back 2 acts")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    tree = open_page.ask(lambda p: p.codebook.tree())
    assert tree.find("Rain") is not None
    assert tree.find("Snow") is None and tree.find("Hail") is None
    assert open_page.said == [("Took back 2 acts", False)]
    assert page.list.current().said == "Added the code “Snow”"
    assert not page.here_button.isEnabled()


def test_filters_by_person_and_kind(page, open_page):
    page.filter_by(person="Ben")
    assert {line.entry.coder for line in lines(page)} == {"Ben"}
    page.filter_by(person="", group="coding")
    assert {words.group_of(line.entry.kind) for line in lines(page)} == {"coding"}
    page.filter_by(group="memos")
    assert page.empty.isVisible()
    page.empty.button.click()
    assert len(lines(page)) == len(page._found.entries)


def test_headings_cannot_be_chosen(page):
    assert isinstance(page.list.trail.index(0).data(ROW_ROLE), Day)
    assert not page.list.trail.flags(page.list.trail.index(0)) & Qt.ItemFlag.ItemIsSelectable
    page.list.selectionModel().clearCurrentIndex()
    assert page.warning.text().startswith("Choose an act")
    assert not page.here_button.isEnabled()
