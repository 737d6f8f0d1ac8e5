"""The themes page: themes under their questions, what they say, their codes, key passages and counts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.table import Count
from cohesion_qda.model.theme import STATUSES
from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.choosing import Choosing
from cohesion_qda.ui.themes import words
from cohesion_qda.ui.themes.listing import ROW_ROLE, paint_status
from cohesion_qda.ui.themes.page import ThemesPage
from cohesion_qda.ui.themes.passages import PassagesDialog
from cohesion_qda.ui.themes.picker import add_to_theme, theme_from_code


def at(project: Any, source: str, quote: str) -> Any:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def fill(project: Any) -> None:
    """Two themes that divide, one that unites, one without a question."""
    tree = project.codebook.tree()
    divides, unites = tree.get("What divides").id, tree.get("What unites").id
    closed = project.themes.added(project.themes.add("It all closes", divides, [tree.get("Cuts").id]))
    project.themes.add("Judged", divides)
    project.themes.add("The park is ours", unites, [unites])
    project.themes.add("Age")
    project.themes.state(closed, "Things close.")
    project.themes.set_status(closed, "reviewed")
    project.themes.add_passages(closed, [at(project, "Women", "The buses.")])


@pytest.fixture
def page(open_page) -> ThemesPage:
    made = open_page(ThemesPage)
    open_page.do(lambda p: fill(p) or p.themes.set_status(2, "candidate"))
    made.show_theme(1)
    return made


def laid(page: ThemesPage) -> list[str]:
    return [row.title if isinstance(row, words.Question) else row.theme.name for row in page.list.themes.rows]


def theme(open_page, name: str) -> Any:
    return open_page.ask(lambda p: p.themes.get(name))


def test_without_themes_one_sentence_says_what_a_theme_is(open_page, monkeypatch):
    page = open_page(ThemesPage)
    assert page.empty.isVisible()
    assert "a pattern you build from codes" in page.empty.sentence.text()
    monkeypatch.setattr(choose, "line", lambda *_words: "Left behind")
    page.empty.button.click()
    assert theme(open_page, "Left behind").status == "candidate"
    assert page.detail.statement.hasFocus()
    assert open_page.said == [("Added the theme “Left behind”", True)]


def test_a_new_theme_without_a_name_is_none(page, open_page, monkeypatch):
    monkeypatch.setattr(choose, "line", lambda *_words: None)
    page.new_button.click()
    assert len(open_page.ask(lambda p: p.themes.list())) == 4


def test_themes_stand_under_the_questions_they_answer(page):
    assert laid(page) == [
        "What unites", "The park is ours", "What divides", "It all closes", "Judged", "No question", "Age",
    ]  # fmt: skip
    assert page.header.meta.text() == "4 themes  ·  0 defined"
    heads = [row for row in page.list.themes.rows if isinstance(row, words.Question)]
    assert [head.shape for head in heads] == ["circle", "diamond", ""]


def test_counts_stand_with_their_denominators(page):
    line = next(row for row in page.list.themes.rows if isinstance(row, words.Line) and row.theme.id == 1)
    assert words.spread(line.count, line.base) == "2 of 5 people, 1 of 2 groups"
    assert page.detail.counts.text() == "2 mentions from 2 of 5 people, 1 of 2 groups"
    assert words.told(line) == (
        "It all closes, Reviewed, 2 mentions from 2 of 5 people, 1 of 2 groups, 1 code, 1 key passage"
    )
    heading = page.list.themes.index(0)
    assert not page.list.themes.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    assert heading.data(Qt.ItemDataRole.AccessibleTextRole) == "What unites"


def test_only_my_codings_count_while_others_are_hidden(page, open_page):
    open_page.runner.use_coder("Ben")
    open_page.runner.is_blind = True
    page.show_theme(1)
    assert page.detail.counts.text() == "1 mention from 1 of 5 people, 1 of 2 groups"


def test_the_statement_is_kept_as_it_is_typed(page, open_page):
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.statement.hasFocus()
    page.detail.statement.moveCursor(page.detail.statement.textCursor().MoveOperation.End)
    QTest.keyClicks(page.detail.statement, " Nobody asks.")
    page.list.setFocus()
    assert theme(open_page, "It all closes").statement == "Things close. Nobody asks."
    open_page.runner.undo()
    assert page.detail.statement.toPlainText() == "Things close."


@pytest.mark.parametrize("leaving", ["another theme", "the project"])
def test_the_statement_is_never_lost(page, open_page, runner, leaving):
    page.detail.statement.setFocus()
    QTest.keyClicks(page.detail.statement, "Yes. ")
    if leaving == "another theme":
        page.list.choose(2)
        assert page.detail.statement.toPlainText() == ""
    else:
        path = runner.info.path
        runner.close()
        runner.open(path)
    assert theme(open_page, "It all closes").statement == "Yes. Things close."


def test_a_theme_is_renamed_and_a_taken_name_is_told(page, open_page, runner):
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    assert page.detail.name.hasFocus()
    QTest.keyClicks(page.detail.name, "Closing")
    QTest.keyClick(page.detail.name, Qt.Key.Key_Return)
    assert theme(open_page, "Closing").id == 1
    page.detail.name.setText("Judged")
    QTest.keyClick(page.detail.name, Qt.Key.Key_Return)
    assert "already a theme “Judged”" in str(runner.problems.pop())
    assert page.detail.name.text() == "Closing"
    page.detail.name.setText("  ")
    QTest.keyClick(page.detail.name, Qt.Key.Key_Return)
    assert page.detail.name.text() == "Closing"


def test_status_and_question_are_chosen(page, open_page):
    page.detail.status.setCurrentIndex(2)
    page.detail.status.activated.emit(2)
    assert theme(open_page, "It all closes").status == "defined"
    assert open_page.said[-1] == ("Marked the theme “It all closes” as defined", True)
    at = page.detail.question.findText("What unites")
    page.detail.question.activated.emit(at)
    assert laid(page)[:3] == ["What unites", "It all closes", "The park is ours"]
    page.detail.question.activated.emit(0)
    assert theme(open_page, "It all closes").question is None
    assert page.detail.question.currentText() == "None"
    assert page.header.meta.text() == "4 themes  ·  1 defined"


def test_the_status_is_said_by_words_and_by_a_shape(page, looks):
    pictures = set()
    for status in STATUSES:
        image = QImage(24, 24, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        paint_status(painter, QRectF(0, 0, 24, 24), status, looks.colour("text"))
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(STATUSES)
    assert set(words.status_words()) == set(words.status_help()) == set(STATUSES)


def test_codes_are_added_shown_and_taken_away(page, open_page):
    shown: list[int] = []
    page.show_code.connect(shown.append)
    tree = open_page.ask(lambda p: p.codebook.tree())
    page.detail.codes.button.click()
    popup = page.detail.codes.popup
    QTest.keyClicks(popup.field, "class")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert theme(open_page, "It all closes").codes == (tree.get("Cuts").id, tree.get("Class").id)
    chips = page.detail.codes.chips
    assert [chip.accessibleName() for chip in chips] == ["Cuts", "Class"]
    chips[0].clicked.emit()
    assert shown == [tree.get("Cuts").id]
    chips[0].setFocus()
    QTest.keyClick(chips[0], Qt.Key.Key_Delete)
    assert [chip.accessibleName() for chip in page.detail.codes.chips] == ["Class"]
    page.list.choose(3)
    assert [chip.accessibleName() for chip in page.detail.codes.chips] == ["What unites + 2 under it"]


def test_key_passages_are_read_and_taken_away(page, open_page):
    quotes = page.detail.passages
    assert [(q.quote, q.speaker, q.place) for q in quotes.cards.cards()] == [("The buses.", "Amina", "Women, turn 5")]
    quotes.choose_first()
    QTest.keyClick(quotes, Qt.Key.Key_Return)
    assert len(open_page.read) == 1
    QTest.keyClick(quotes, Qt.Key.Key_Delete)
    assert open_page.said[-1] == ("Took 1 key passage from the theme “It all closes”", True)
    assert page.detail.none_yet.isVisible()


def test_key_passages_are_ticked_among_those_of_its_codes(page, open_page):
    page.detail.counts.click()
    dialog = page.findChild(PassagesDialog)
    assert dialog.meta.text() == page.detail.counts.text()
    quotes = dialog.list.cards.cards()
    assert [q.quote for q in quotes] == ["The youth club closed", "the park is locked at four"]
    assert dialog.keep_button.toolTip() == "Tick or untick a passage first."
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen.text() == "1 passage ticked"
    dialog.keep_button.click()
    assert open_page.said[-1] == ("Chose the key passages of the theme “It all closes”: 2 now", True)
    found = open_page.ask(lambda p: [place.quote for place in p.themes.passages(1)])
    assert found == ["The buses.", "The youth club closed"], "one that is no coding of its codes stays"
    page.choose_passages()
    dialog = next(d for d in page.findChildren(PassagesDialog) if d.isVisible())
    assert [q.quote for q in dialog.list.cards.checked_cards()] == ["The youth club closed"]
    dialog.list.cards.tick_all(False)
    dialog.keep_button.click()
    assert open_page.ask(lambda p: [place.quote for place in p.themes.passages(1)]) == ["The buses."]


def test_a_theme_without_passages_says_so(page):
    page.list.choose(4)
    page.detail.choose_button.click()
    dialog = page.findChild(PassagesDialog)
    assert dialog.nothing.isVisible()
    dialog.reject()


def test_a_passage_is_read_in_its_place_from_the_choice(page, open_page):
    page.choose_passages()
    dialog = page.findChild(PassagesDialog)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert len(open_page.read) == 1
    assert not dialog.isVisible()


def test_themes_are_moved_among_those_of_their_question(page, open_page):
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert laid(page)[2:5] == ["What divides", "Judged", "It all closes"]
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert laid(page)[2:5] == ["What divides", "Judged", "It all closes"], "no further than its question"
    QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert laid(page)[2:5] == ["What divides", "It all closes", "Judged"]


def test_deleting_says_what_it_held_and_chooses_the_next(page, open_page):
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert open_page.said[-1] == (
        "Deleted the theme “It all closes” (codes it held: 1, key passages: 1)", True,
    )  # fmt: skip
    assert page.list.current().theme.name == "Judged"
    open_page.runner.undo()
    assert "It all closes" in laid(page)


def test_a_project_for_reading_only_cannot_be_changed(page, open_page):
    open_page.runner.info = open_page.runner.info._replace(is_read_only=True)
    page.show_theme(1)
    assert page.detail.statement.isReadOnly()
    assert not page.detail.status.isEnabled()
    assert not page.detail.codes.button.isEnabled()
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    page.new_theme()
    page.move_theme(1)
    assert len(open_page.ask(lambda p: p.themes.list())) == 4


def test_without_questions_there_are_no_headings():
    rows = words.laid_out([], words.ThemeCounts({}, Count()), CodeTree())
    assert rows == []


class Parent(QWidget):
    """Stands for the window: it says what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def say_change(self, change: Any) -> None:
        self.said.append(change.said)


def test_selected_words_are_added_to_a_theme_or_a_new_one(page, open_page, runner):
    parent = Parent()
    parent.show()
    source, span = open_page.ask(lambda p: at(p, "Women", "after six"))
    for typed, said in (
        ("judged", "Gave the theme “Judged” 1 key passage"), ("After dark", "Added the theme “After dark”"),
    ):  # fmt: skip
        add_to_theme(runner, source, span, parent)
        dialog = next(w for w in parent.findChildren(Choosing) if w.isVisible())
        QTest.keyClicks(dialog.field, typed)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert parent.said[-1] == said
    assert open_page.ask(lambda p: [x.quote for x in p.themes.passages(p.themes.get("After dark").id)]) == ["after six"]
    theme_from_code(runner, open_page.ask(lambda p: p.codebook.tree().get("Class").id), parent)
    assert parent.said[-1] == "Added the theme “Class”"
    parent.close()
    parent.deleteLater()
    QApplication.sendPostedEvents()


def test_a_line_is_told_in_the_list(page):
    assert page.list.currentIndex().data(ROW_ROLE).theme.name == "It all closes"
    assert page.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == "Things close."


def test_the_menu_of_a_theme(page, open_page):
    page.list.customContextMenuRequested.emit(page.list.visualRect(page.list.currentIndex()).center())
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    entries = {action.text(): action for action in menu.actions()}
    status = {action.text(): action for action in entries["Status"].menu().actions()}
    assert [text for text, action in status.items() if action.isChecked()] == ["Reviewed"]
    status["Defined"].trigger()
    assert theme(open_page, "It all closes").status == "defined"
    entries["Rename"].trigger()
    assert page.detail.name.selectedText() == "It all closes"
    entries["Delete (Undo brings it back)"].trigger()
    assert "It all closes" not in laid(page)
    menu.close()
