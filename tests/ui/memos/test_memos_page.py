"""The memo page: the list, writing that is kept by itself, filters, links, and undo."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos import words
from cohesion_qda.ui.memos.days import DaysDialog
from cohesion_qda.ui.memos.page import MemosPage


def at(project: Any, source: str, quote: str) -> Any:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def fill(project: Any) -> None:
    """Asha's memos on the project and a source, Ben's on a code and on a passage."""
    project.use_coder("Asha")
    project.memos.add("project", 0, "Ask about winter.", "Second round")
    project.memos.add("source", project.sources.get("Women").id, "Noisy room")
    project.use_coder("Ben")
    project.memos.add("code", project.codebook.tree().get("Cuts").id, "Too wide?")
    project.memos.add_at(*at(project, "Women", "The buses."), "A sigh")
    project.memos.link(project.memos.list("project")[0].id, [at(project, "Women", "after six")])


@pytest.fixture
def page(open_page) -> MemosPage:
    made = open_page(MemosPage)
    open_page.do(lambda p: fill(p) or p.use_coder("Asha"))
    made.show_all()
    return made


def titles(page: MemosPage) -> list[str]:
    return [entry.memo.headline for entry in page.list.memos.rows]


def choose(page: MemosPage, title: str) -> None:
    page.list.choose(titles(page).index(title))


def bodies(open_page) -> list[str]:
    return open_page.ask(lambda p: [m.body for m in p.memos.list()])


def shown_menu() -> QMenu:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())


def test_without_memos_one_sentence_and_one_button(open_page):
    page = open_page(MemosPage)
    assert page.empty.isVisible()
    assert not page.new_button.isVisible()
    page.empty.button.click()
    assert page.detail.editor.title.hasFocus()
    assert page.detail.about.text() == "New memo on the project"


def test_memos_are_listed_last_written_first_and_one_is_always_chosen(page):
    assert set(titles(page)) == {"Second round", "Noisy room", "Too wide?", "A sigh"}
    assert page.header.meta.text() == "4 memos  ·  2 people"
    assert page.list.current() is not None
    assert page.detail.editor.body.toPlainText() == page.list.current().memo.body


def test_a_memo_is_told_to_a_screen_reader(page):
    choose(page, "A sigh")
    said = page.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("A sigh, about: passage of “Women”: “The buses.”, Ben, ")


def test_what_is_typed_is_kept_after_a_rest_as_one_act(page, open_page, qtbot):
    choose(page, "Too wide?")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.editor.body.hasFocus()
    page.detail.editor.body.moveCursor(page.detail.editor.body.textCursor().MoveOperation.End)
    QTest.keyClicks(page.detail.editor.body, " Split")
    assert "Too wide? Split" not in bodies(open_page)
    page.detail.editor.saving.flush()
    QTest.keyClicks(page.detail.editor.body, " it.")
    qtbot.waitUntil(lambda: "Too wide? Split it." in bodies(open_page))
    open_page.runner.undo()
    assert "Too wide?" in bodies(open_page)
    assert page.detail.editor.body.toPlainText() == "Too wide?"


@pytest.mark.parametrize("leaving", ["another memo", "the field", "the page", "the project"])
def test_what_is_typed_is_never_lost(page, open_page, runner, leaving):
    choose(page, "Noisy room")
    page.detail.editor.body.setFocus()
    QTest.keyClicks(page.detail.editor.body, "Very. ")
    if leaving == "another memo":
        choose(page, "A sigh")
    elif leaving == "the field":
        page.field.setFocus()
    elif leaving == "the page":
        page.hide()
    else:
        path = runner.info.path
        runner.close()
        runner.open(path)
    assert "Very. Noisy room" in bodies(open_page)
    if leaving == "another memo":
        assert page.detail.editor.body.toPlainText() == "A sigh"


def test_undo_in_the_field_is_the_field_s_own(page, open_page):
    choose(page, "Noisy room")
    body = page.detail.editor.body
    body.setFocus()
    QTest.keyClicks(body, "x")
    QTest.keyClick(body, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert body.toPlainText() == "Noisy room"
    assert len(bodies(open_page)) == 4


def test_a_change_from_elsewhere_is_shown_but_not_over_what_is_being_typed(page, open_page):
    choose(page, "Noisy room")
    memo = page.detail.editor.memo
    open_page.do(lambda p: p.memos.edit(memo, "Quiet room"))
    assert page.detail.editor.body.toPlainText() == "Quiet room"
    QTest.keyClicks(page.detail.editor.body, "My ")
    open_page.do(lambda p: p.memos.edit(memo, title="Room"))
    assert page.detail.editor.body.toPlainText() == "My Quiet room"


def test_words_typed_into_a_memo_that_was_taken_away_become_a_new_one(page, open_page):
    choose(page, "Noisy room")
    memo = page.detail.editor.memo
    QTest.keyClicks(page.detail.editor.body, "And cold. ")
    open_page.do(lambda p: p.memos.delete(memo))
    page.detail.editor.saving.flush()
    assert "And cold. Noisy room" in bodies(open_page)
    assert open_page.ask(lambda p: p.memos.list("source"))[0].id != memo


def test_a_memo_left_without_words_keeps_those_it_had(page, open_page):
    choose(page, "Noisy room")
    page.detail.editor.body.selectAll()
    QTest.keyClick(page.detail.editor.body, Qt.Key.Key_Delete)
    page.detail.editor.saving.flush()
    assert page.detail.editor.hint.isVisible()
    assert "Noisy room" in bodies(open_page)


def test_a_new_memo_is_there_with_its_first_words(page, open_page):
    page.new_button.click()
    assert len(bodies(open_page)) == 4
    QTest.keyClicks(page.detail.editor.title, "Doubts")
    QTest.keyClick(page.detail.editor.title, Qt.Key.Key_Return)
    QTest.keyClicks(page.detail.editor.body, "Who is missing?")
    page.detail.editor.saving.flush()
    assert titles(page)[0] == "Doubts"
    assert page.list.current().memo.body == "Who is missing?"
    QTest.keyClicks(page.detail.editor.body, " Men.")
    page.detail.editor.saving.flush()
    assert open_page.ask(lambda p: [m.body for m in p.memos.list("project")]) == [
        "Ask about winter.",
        "Who is missing? Men.",
    ]
    assert page.detail.editor.body.toPlainText() == "Who is missing? Men."


def test_a_new_memo_that_is_given_up_leaves_nothing(page, open_page):
    page.new_button.click()
    page.detail.delete_button.click()
    assert len(bodies(open_page)) == 4
    assert page.list.current() is not None


def test_deleting_says_so_and_the_next_one_is_chosen(page, open_page):
    choose(page, titles(page)[1])
    after = titles(page)[2]
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert open_page.said[-1][0].startswith("Deleted the memo about")
    assert open_page.said[-1][1]
    assert page.list.current().memo.headline == after
    open_page.runner.undo()
    assert len(titles(page)) == 4


def test_found_by_words_person_kind_and_time(page):
    QTest.keyClicks(page.field, "WINTER")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert titles(page) == ["Second round"]
    assert page.list.hasFocus()
    assert page.header.meta.text() == "1 of 4 memos  ·  2 people"
    page.show_all()
    page.ask(coder="Ben")
    assert set(titles(page)) == {"Too wide?", "A sigh"}
    assert page.list.current().memo.coder == "Ben"
    page.ask(about="segment")
    assert titles(page) == ["A sigh"]
    page.coder_chip.cleared.emit()
    page.about_chip.cleared.emit()
    page.narrow_to("today")
    assert len(titles(page)) == 4
    long_ago = datetime.date(2020, 1, 1)
    page.ask(when="between", days=words.Between(long_ago, long_ago))
    assert page.nothing.isVisible()
    assert page.when_chip.text() == "01.01.2020"
    page.nothing.button.click()
    assert len(titles(page)) == 4


def test_chips_open_menus_of_what_there_is(page):
    page.coder_chip.click()
    assert [a.text() for a in shown_menu().actions()] == ["By anyone", "Asha", "Ben"]
    shown_menu().actions()[2].trigger()
    assert page.wish.coder == "Ben"
    shown_menu().close()
    page.about_chip.click()
    assert [a.text() for a in shown_menu().actions()][:3] == ["About anything", "The project", "Sources"]
    shown_menu().close()
    page.when_chip.click()
    shown_menu().actions()[4].trigger()
    dialog = page.findChild(DaysDialog)
    assert dialog is not None
    dialog.accept()
    assert page.wish.when == "between"
    assert len(titles(page)) == 2  # those of Ben


def test_a_memo_being_written_does_not_jump_away_when_it_no_longer_fits(page):
    page.field.setText("sigh")
    page.ask(typed="sigh")
    page.detail.editor.body.setFocus()
    page.detail.editor.body.selectAll()
    QTest.keyClicks(page.detail.editor.body, "A laugh")
    page.detail.editor.saving.flush()
    assert page.detail.editor.body.toPlainText() == "A laugh"
    assert page.detail.editor.memo is not None


def test_linked_passages_are_quotes_that_can_be_read_and_taken_away(page, open_page):
    choose(page, "Second round")
    links = page.detail.links
    assert [card.quote for card in links.cards.cards()] == ["after six"]
    links.choose_first()
    QTest.keyClick(links, Qt.Key.Key_Return)
    source, span = open_page.read[-1]
    assert open_page.ask(lambda p: span.of(p.sources.text(source))) == "after six"
    QTest.keyClick(links, Qt.Key.Key_Delete)
    assert open_page.said[-1] == ("Took the link to 1 passage from the memo “Second round”", True)
    assert page.detail.no_links.isVisible()
    open_page.runner.undo()
    assert [card.quote for card in links.cards.cards()] == ["after six"]


def test_what_a_memo_is_about_opens_in_its_place(page, open_page):
    shown: list[int] = []
    page.show_code.connect(shown.append)
    choose(page, "A sigh")
    page.detail.open_button.click()
    source, span = open_page.read[-1]
    assert open_page.ask(lambda p: span.of(p.sources.text(source))) == "The buses."
    choose(page, "Noisy room")
    page.detail.open_button.click()
    assert open_page.read[-1] == (source, Span(0, 0))
    choose(page, "Too wide?")
    page.detail.open_button.click()
    assert shown == [open_page.ask(lambda p: p.codebook.tree().get("Cuts").id)]
    choose(page, "Second round")
    assert not page.detail.open_button.isVisible()


def test_a_memo_on_a_person_leads_to_the_people(page, open_page):
    open_page.do(lambda p: p.memos.add("study_case", p.cases.list("participant")[0].id, "Met twice"))
    choose(page, "Met twice")
    page.detail.open_button.click()
    assert open_page.went == ["attributes"]


def test_a_memo_is_copied_as_text(page, open_page):
    choose(page, "Second round")
    page.detail.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Second round\nAbout: the project\nAsha, ")
    assert copied.endswith("Ask about winter.\n\n“after six” (Amina, Women, turn 5)\n")


def test_while_others_coding_is_hidden_their_memos_on_passages_are_too(page, open_page):
    open_page.runner.use_coder("Asha")
    open_page.runner.is_blind = True
    page.show_all()
    assert set(titles(page)) == {"Second round", "Noisy room", "Too wide?"}
    assert page.header.meta.text() == "3 memos  ·  2 people"
    for entry in open_page.ask(lambda p: p.memos.list()):
        open_page.do(lambda p, memo=entry.id: p.memos.delete(memo))
    assert page.empty.sentence.text() == "No memo that you may see yet; what others wrote on their codings is hidden."
    open_page.runner.is_blind = False
    page.show_all()
    assert titles(page), "there was one"


def test_a_project_for_reading_only_cannot_be_written_in(page, open_page):
    open_page.runner.info = open_page.runner.info._replace(is_read_only=True)
    page.show_all()
    assert page.detail.editor.body.isReadOnly()
    assert page.new_button.toolTip() == "The project was opened for reading only."
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    page.new_memo()
    assert len(bodies(open_page)) == 4


def test_the_menu_of_a_memo(page, open_page):
    choose(page, "A sigh")
    page.list.customContextMenuRequested.emit(page.list.visualRect(page.list.currentIndex()).center())
    entries = {action.text(): action for action in shown_menu().actions()}
    assert set(entries) == {"Write in it", "Read in context", "Copy as text", "", "Delete (Undo brings it back)"}
    entries["Read in context"].trigger()
    assert len(open_page.read) == 1
    entries["Delete (Undo brings it back)"].trigger()
    assert "A sigh" not in titles(page)
    shown_menu().close()
