"""The tab Key terms: what is compared, what is found, what a person makes of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.suggest.page import SuggestPage
from cohesion_qda.ui.suggest.term_choice import TermsWish
from cohesion_qda.ui.suggest.terms import TermsTab
from tests.makers import draft

SAID = ("The buses are late.", "The park is lovely.", "The market closed.", "My neighbour helps.", "The rent went up.")
HULL, LEEDS = (ALL.with_values("source", "place", [place]) for place in ("Hull", "Leeds"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four groups in two places; in Hull all speak of the harbour, in Leeds of the tram, and everywhere of the library."""
    path = tmp_path_factory.mktemp("terms") / "study.cqda"
    with Project.create(path, "empty", coder="Asha") as project:
        for n, does in ((1, "was there"), (2, "is there")):
            for place, what in (("Hull", "harbour"), ("Leeds", "tram")):
                lines = [
                    (f"P{k}", f"{said} Everybody loves the library. The {what} {does}.") for k, said in enumerate(SAID)
                ]
                project.sources.add([draft(f"{place} {n}", [("Moderator", "Tell me."), *lines], place=place)])
        project.codebook.add("Getting about")
        project.suggestions.heard(vectors=False)
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "study.cqda"))


@pytest.fixture
def tab(open_page) -> TermsTab:
    page = open_page(SuggestPage)
    page.turn_to("terms")
    found = page.tab_named("terms")
    assert isinstance(found, TermsTab)
    return found


@pytest.fixture
def compared(tab: TermsTab) -> TermsTab:
    """Hull against the rest."""
    tab.bar.wanted.emit(TermsWish("apart", HULL))
    return tab


def titles(tab: TermsTab) -> list[str]:
    return [row.title for row in tab.list.terms.rows]


def code(tab: TermsTab) -> CodeId:
    return next(iter(tab.standing.offering.offer.tree)).id


def test_nothing_is_found_before_it_is_asked_for(tab: TermsTab) -> None:
    assert titles(tab) == [] and tab.empty.button.isVisible() and "Choose above" in tab.empty.sentence.text()
    tab.empty.button.click()
    assert titles(tab)[0] == "library"
    assert tab.list.terms.rows[0].heading == "What most people said"
    assert tab.list.terms.rows[0].bars[0].words == "20 of 20 people, 4 of 4 groups"


def test_both_ends_of_a_comparison_with_their_denominators(compared: TermsTab) -> None:
    assert titles(compared) == ["harbour", "tram"]
    harbour, tram = compared.list.terms.rows
    assert (harbour.heading, tram.heading) == ("Said more in: Place: Hull", "Said more in: the rest")
    assert [bar.words for bar in harbour.bars] == ["10 of 10 people, 2 of 2 groups", "0 of 10 people, 0 of 2 groups"]
    assert [(bar.share, bar.is_other) for bar in harbour.bars] == [(1.0, False), (0.0, True)]
    assert "on the other side 0 of 10 people" in harbour.told()
    assert "at most one term in five hundred" in compared.explained.text()


def test_a_term_opens_its_passages_with_the_word_brought_out(compared: TermsTab, open_page) -> None:
    cards = compared.detail.list.cards.cards()
    assert len(cards) == 10 and len({card.speaker for card in cards[:5]}) == 5
    assert all(mark.of(card.quote) == "harbour" for card in cards for mark in card.marks) and cards[0].marks
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_Return)
    assert compared.detail.list.hasFocus()


def test_ticked_passages_are_coded_and_undo_takes_it_back(compared: TermsTab, open_page) -> None:
    compared.detail.list.choose_first()
    QTest.keyClick(compared.detail.list, Qt.Key.Key_Space)
    compared.detail.add_to.emit(code(compared))
    assert open_page.said == [("Accepted 1 suggested passage as “Getting about”", True)]
    assert compared.list.terms.rows[0].became == "Coded as Getting about"
    open_page.runner.undo()
    assert compared.list.terms.rows[0].became == ""


def test_dismissed_terms_go_and_come_back_with_undo(compared: TermsTab, open_page) -> None:
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_R)
    assert titles(compared) == ["tram"]
    QTest.keyClick(compared.list, Qt.Key.Key_R)
    assert compared.sides.is_empty and "dismissed every term" in compared.empty.sentence.text()
    open_page.runner.undo()
    open_page.runner.undo()
    assert titles(compared) == ["harbour", "tram"]


def test_a_word_left_out_is_found_no_more(compared: TermsTab, open_page) -> None:
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_X)
    assert titles(compared) == ["tram"]
    open_page.runner.undo()
    assert compared.banner.isVisible()
    compared.start()
    assert titles(compared) == ["harbour", "tram"] and not compared.banner.isVisible()


def test_two_words_counted_as_one(compared: TermsTab, open_page) -> None:
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_M)
    assert compared.words.field.isVisible() and compared.words.field.hasFocus()
    QTest.keyClicks(compared.words.field, "tram")
    QTest.keyClick(compared.words.field, Qt.Key.Key_Return)
    assert (
        titles(compared) == [] and "No word or phrase was said by so many more people" in compared.empty.sentence.text()
    )


def test_later_stays_in_the_list_and_says_so(compared: TermsTab) -> None:
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_L)
    assert [row.became for row in compared.list.terms.rows] == ["For later", ""]


def test_every_line_with_a_term_and_back(compared: TermsTab) -> None:
    compared.list.setFocus()
    QTest.keyClick(compared.list, Qt.Key.Key_E)
    assert compared.lines.isVisible() and compared.lines.word == "harbour" and compared.lines.selection == HULL
    compared.lines.left.emit()
    assert not compared.lines.isVisible() and compared.list.hasFocus()
    compared.list.setCurrentIndex(compared.list.terms.index(1))
    compared.words.lines_link.click()
    assert (compared.lines.word, compared.lines.selection) == ("tram", ALL)


def test_what_unites_shows_every_part(tab: TermsTab) -> None:
    tab.bar.wanted.emit(TermsWish("unites", by="place"))
    row = tab.list.terms.rows[0]
    assert (row.title, row.parts, row.heading) == ("library", (1.0, 1.0), "What unites them")
    assert "Hull: 10 of 10; Leeds: 10 of 10" in tab.detail.counts.text()
    assert tab.bar.parts.isVisible() and not tab.bar.there.isVisible()


def test_the_same_talk_twice_and_talk_of_nobody_are_told_in_words(tab: TermsTab) -> None:
    tab.bar.wanted.emit(TermsWish("apart", HULL, HULL))
    assert tab.empty.sentence.text().startswith("The same talk was chosen twice.")
    tab.bar.wanted.emit(TermsWish("apart", Selection((code(tab),))))
    assert tab.empty.sentence.text() == "No participant says anything there."
    tab.bar.wanted.emit(TermsWish("apart"))
    assert "Choose above whose talk" in tab.empty.sentence.text() and not tab.empty.button.isVisible()


def test_chips_choose_what_is_compared(tab: TermsTab) -> None:
    menu = tab.bar.kind_menu()
    next(action for action in menu.actions() if action.text() == "What sets apart").trigger()
    assert tab.wish.kind == "apart" and tab.bar.there.isVisible()
    here = tab.bar.here
    entries = [action.text() for action in here.menu().actions()]
    assert entries[:2] == ["A code …", "Group"] and "Place" in entries and "Transcript" in entries
    here.open(("where", "source", "place"))
    here.ticks.taken.emit(["Hull"])
    assert tab.wish.selection == HULL and titles(tab) == ["harbour", "tram"]
    assert here.chips["where", "source", "place"].text() == "Place: Hull"
    here.open("groups")
    here.ticks.taken.emit([tab.standing.offering.groups[0][0]])
    assert tab.wish.selection.groups and "Hull 1" in here.chips["groups"].text()
    here.chips["groups"].cleared.emit()
    here.codes.chosen.emit(code(tab))
    assert tab.wish.selection == replace(HULL, codes=(code(tab),))
    here.chips["code"].cleared.emit()
    tab.bar.there.open(("where", "source", "place"))
    tab.bar.there.ticks.taken.emit(["Leeds"])
    assert tab.wish.against == LEEDS and tab.list.terms.rows[1].heading == "Said more in: Place: Leeds"
    tab.bar.there.chips["where", "source", "place"].cleared.emit()
    assert tab.wish.against is None


def test_both_tables_are_copied_with_their_denominators(compared: TermsTab, open_page) -> None:
    assert compared.copy_button.isVisible()
    compared.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert "harbour" in text and "tram" in text and "What sets the rest apart from Place: Hull" in text
    assert "10" in text and open_page.said[-1][0].startswith("Copied as a table")


def test_what_was_found_is_saved_as_a_table_and_the_trail_tells(
    compared: TermsTab, open_page, tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "terms.csv"
    monkeypatch.setattr(choose, "save_file", lambda *_args: path)
    compared.taking.menu().actions()[2].trigger()
    assert "harbour" in path.read_text(encoding="utf-8")
    assert open_page.said[-1][0] == "Wrote terms.csv"
    assert open_page.ask(lambda p: p.history.trail(1))[0].kind == "export-answer-hidden"
    compared.forget()
    assert not compared.taking.button.isEnabled()


def test_another_tab_can_turn_here_with_a_selection(tab: TermsTab) -> None:
    tab.take(HULL)
    assert tab.wish.selection == HULL and titles(tab)


def test_a_code_that_goes_is_no_longer_asked_for(tab: TermsTab, open_page) -> None:
    asked = Selection((code(tab),), where=HULL.where)
    tab.bar.wanted.emit(TermsWish("apart", asked))
    open_page.do(lambda p: p.codebook.delete(asked.codes[0]))
    assert tab.wish.selection == HULL and "code" not in tab.bar.here.chips


def test_another_place_of_a_transcript_is_told_where_places_are_compared(compared: TermsTab, open_page) -> None:
    assert not compared.banner.isVisible()
    open_page.do(lambda p: p.sources.set_attribute(p.sources.get("Leeds 2").id, "place", "Hull"))
    assert compared.banner.isVisible() and "sources or the people has changed" in compared.banner.message.text()
    compared.start()
    assert not compared.banner.isVisible()
    compared.bar.wanted.emit(TermsWish("most"))
    open_page.do(lambda p: p.sources.set_attribute(p.sources.get("Leeds 2").id, "place", "Leeds"))
    assert not compared.banner.isVisible(), "all talk is all talk"


def test_what_is_found_goes_with_the_project(compared: TermsTab, open_page) -> None:
    open_page.runner.close()
    assert titles(compared) == [] and compared.wish == TermsWish()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_numbers_are_told_whole_however_large_the_words(theme, scale):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QFontMetricsF

    from cohesion_qda.ui.suggest.term_rows import Bar, TermPainter

    theme.set_scale(scale)
    bar = Bar(0.5, "42 of 85 people, 11 of 12 groups")
    metrics = QFontMetricsF(theme.font("meta"))
    for width in (180.0, 260.0, 700.0):
        beside = metrics.horizontalAdvance(bar.words) + theme.px(36) <= width
        box = metrics.boundingRect(QRectF(0, 0, width, 9999), int(Qt.TextFlag.TextWordWrap), bar.words)
        assert TermPainter._has_room(bar, width) == beside
        assert TermPainter._high(bar, width) >= (
            theme.line_height("meta") if beside else box.height() + theme.px(12) - 1
        )


def test_what_can_be_done_is_as_large_as_all_else_after_a_change_elsewhere(open_page, looks) -> None:
    page = open_page(SuggestPage, 1018, 640)
    page.turn_to("terms")
    tab = page.tab_named("terms")
    tab.bar.wanted.emit(TermsWish("most"))
    page.turn_to("words")
    looks.set_scale(1.5)
    QTest.qWait(0)
    page.turn_to("terms")
    QTest.qWait(0)
    wanted = looks.font("interface_medium").pixelSize()
    foot = tab.detail.foot
    assert foot.isVisible() and {b.font().pixelSize() for b in foot.findChildren(QPushButton)} == {wanted}
