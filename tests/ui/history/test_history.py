"""History: the trail in sentences, and undoing back to a place in it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.model.change import TrailEntry
from cohesion_qda.ui.history import words
from cohesion_qda.ui.history.filters import Period
from cohesion_qda.ui.history.listing import ROW_ROLE
from cohesion_qda.ui.history.page import HistoryPage
from cohesion_qda.ui.history.words import Day, Line


def entry(
    n: int, kind: str = "add-code", at: str = "2026-11-21T10:00:00+00:00", coder: str = "Asha", state: str = "live"
):
    return TrailEntry(n, kind, f"Act {n}", coder, at, 1, state, None, None, state == "live", f"{coder} did act {n}")


@pytest.fixture
def page(open_page) -> HistoryPage:
    return open_page(HistoryPage)


def lines(page: HistoryPage) -> list[Line]:
    return [row for row in page.list.trail.rows if isinstance(row, Line)]


def test_days_are_grouped_newest_first():
    rows = words.laid_out([entry(3), entry(2), entry(1, at="2026-11-19T10:00:00+00:00")], datetime.date(2026, 11, 21))
    assert [row.title if isinstance(row, Day) else row.told() for row in rows] == [
        "Today",
        "10:00, Asha did act 3",
        "10:00, Asha did act 2",
        "Thursday 19 November 2026",
        "10:00, Asha did act 1",
    ]


def test_yesterday():
    assert words.day_words(datetime.date(2026, 11, 20), datetime.date(2026, 11, 21)) == "Yesterday"


def test_every_kind_of_act_has_a_group():
    assert {words.group_of(k) for kinds in words.GROUPS.values() for k in kinds} == set(words.GROUPS)
    assert words.group_of("export-report") == "other"
    assert set(words.group_names()) == {*words.GROUPS, "other"}


def test_the_warning_counts_only_what_still_stands():
    assert words.warning(2, entry(1)).startswith("Undo to here takes back 2 acts")
    assert words.warning(2, entry(1)).endswith("One redo brings all of them back.")
    assert words.warning(1, entry(4)) == "Undo to here takes back this one act. Redo brings it back."
    assert words.warning(0, entry(3, state="undone")) == "This has been undone already."


def test_what_was_done_is_told_with_who_and_when(page):
    first = lines(page)[-1].entry
    assert first.told == "Asha made the project “Small study”"
    assert "Ben coded 4 words of “Young people” as “Cuts”" in [line.entry.told for line in lines(page)]
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
    assert page.list.current().said == "Added the code “Snow”"
    assert not page.here_button.isEnabled()
    assert lines(page)[0].entry.told == "Asha undid: 2 acts, from “Added the code “Snow”” on"
    page.redo_button.click()
    assert open_page.ask(lambda p: p.codebook.tree()).find("Hail") is not None, "one redo brings all of it back"
    assert not page.redo_button.isEnabled()


def test_filters_by_person_and_kind(page, open_page):
    all_ = len(lines(page))
    chosen(page.filters.person, "Ben")
    assert {line.entry.coder for line in lines(page)} == {"Ben"}
    assert page.header.meta.text().startswith(f"{len(lines(page))} of {all_} acts")
    page.filters.person.cleared.emit()
    chosen(page.filters.kind, "Coding")
    assert {words.group_of(line.entry.kind) for line in lines(page)} == {"coding"}
    page.filters.by_group("other")
    assert {words.group_of(line.entry.kind) for line in lines(page)} == {"other"}
    page.filters.by_group("memos")
    assert page.empty.isVisible()
    page.empty.button.click()
    assert len(lines(page)) == all_


def chosen(chip, begins: str) -> str:
    """Open a chip's menu with the keyboard and choose the entry that begins so; gives its words."""
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    menu = chip.window().findChildren(QMenu)[-1]
    action = next(action for action in menu.actions() if action.text().startswith(begins))
    said = action.text()
    action.trigger()
    menu.close()
    QTest.qWait(0)
    return said


def test_filters_by_source_and_code_under_any_name(page, open_page):
    cuts = open_page.ask(lambda p: p.codebook.tree().get("Cuts").id)
    open_page.do(lambda p: p.codebook.rename(cuts, "Losses & gains"))
    said = chosen(page.filters.code, "Losses")
    assert said == f"Losses && gains   {len(lines(page))}"
    told = [line.entry.told for line in lines(page)]
    assert "Ben coded 4 words of “Young people” as “Cuts”" in told
    assert not any("Food" in sentence for sentence in told)
    assert page.filters.code.accessibleName() == "Code: Losses & gains"
    chosen(page.filters.source, "Young")
    assert [line.entry.told for line in lines(page)] == [sentence for sentence in told if "Young" in sentence]
    QTest.keyClick(page.filters.code, Qt.Key.Key_Delete)
    assert page.filters.wanted.code is None and page.filters.wanted.source is not None
    open_page.do(lambda p: p.codebook.delete(cuts))
    page.filters.clear()
    chosen(page.filters.code, "Losses")
    assert lines(page)[0].entry.said.startswith("Deleted the code")


def test_filters_by_day(page):
    all_ = len(lines(page))
    assert chosen(page.filters.day, "Today") == f"Today   {all_}"
    assert len(lines(page)) == all_
    page.filters.by_days(datetime.date(2020, 1, 1), datetime.date(2020, 1, 31))
    assert page.filters.day.text() == "1 Jan 2020 to 31 Jan 2020"
    assert page.empty.isVisible()
    chosen(page.filters.day, "From one day")
    dialog = page.findChild(Period)
    dialog.last.setDate(QDate(2019, 12, 31))
    dialog.accept()
    assert page.filters.day.text() == "31 Dec 2019 to 1 Jan 2020", "the earlier day comes first"
    chosen(page.filters.day, "The last 7 days")
    assert len(lines(page)) == all_


def test_a_long_trail_is_read_in_pages(page, open_page, monkeypatch):
    monkeypatch.setattr("cohesion_qda.ui.history.page.AT_ONCE", 8)
    page._forget()
    page.entered()
    all_ = open_page.ask(lambda p: p.history.count())
    assert len(lines(page)) == 8 < all_
    page.resize(1208, 320)
    QTest.qWait(0)
    for _more in range(all_):
        QTest.keyClick(page.list, Qt.Key.Key_End)
    assert len(lines(page)) == all_
    assert [line.entry for line in lines(page)] == open_page.ask(lambda p: p.history.trail())
    open_page.do(lambda p: p.codebook.add("Rain"))
    assert len(lines(page)) == all_, "what was in view stays in view"
    assert lines(page)[0].entry.said == "Added the code “Rain”"


def test_headings_cannot_be_chosen(page):
    assert isinstance(page.list.trail.index(0).data(ROW_ROLE), Day)
    assert not page.list.trail.flags(page.list.trail.index(0)) & Qt.ItemFlag.ItemIsSelectable
    page.list.selectionModel().clearCurrentIndex()
    assert page.warning.text().startswith("Choose an act")
    assert not page.here_button.isEnabled()
