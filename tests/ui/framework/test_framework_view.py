"""The framework matrix: a grid of summaries, the current cell beside it, everything by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem

from cohesion_qda.model.asked import Asked
from cohesion_qda.model.codebook import Held
from cohesion_qda.model.query import Having
from cohesion_qda.ui.codebook.acts import deleted, merged
from cohesion_qda.ui.framework.grid import CellPainter
from cohesion_qda.ui.framework.view import FrameworkView
from cohesion_qda.ui.retrieve.cards import Heading
from cohesion_qda.ui.retrieve.paint import CARD_ROLE

PEOPLE = Asked("framework", branch=True)


class Opened:
    """A view on the study, and what it said."""

    def __init__(self, runner: Any) -> None:
        self.runner = runner
        self.view = FrameworkView(runner)
        self.said: list[tuple[str, bool]] = []
        self.read: list[tuple[int, object]] = []
        self.codes: list[int] = []
        self.closed: list[bool] = []
        self.view.say.connect(lambda words, undo: self.said.append((words, undo)))
        self.view.open_passage.connect(lambda source, span: self.read.append((source, span)))
        self.view.show_code.connect(self.codes.append)
        self.view.closed.connect(lambda: self.closed.append(True))
        runner.changed.connect(self.view.on_change)
        self.view.resize(1200, 700)
        self.view.show()
        self.view.activateWindow()
        QTest.qWait(0)

    def ask(self, question: Callable[[Any], Any]) -> Any:
        answers: list[Any] = []
        self.runner.ask(question, answers.append)
        return answers[0]

    def goes_to(self, case: str, code: str) -> None:
        """Choose a cell by the names of its line and column."""
        table = self.view.grid.table
        row = next(n for n, one in enumerate(table.matrix.cases) if one.name == case)
        column = next(n for n in range(table.columnCount()) if table.name(n) == code)
        self.view.grid.choose(table.index(row, column))

    def summary(self, case: str, code: str) -> Any:
        """What the project holds."""
        return self.ask(
            lambda p: p.framework.get(
                next(c.id for c in p.cases.list() if c.name == case and c.kind == "participant"),
                p.codebook.tree().get(code).id,
            )
        )

    def rows(self) -> list[str]:
        """The headings and quotes of the cell."""
        cards = self.view.cell.passages.cards
        found = [cards.index(n).data(CARD_ROLE) for n in range(cards.rowCount())]
        return [f"{one.title} ({one.cards})" if isinstance(one, Heading) else one.quote for one in found]


@pytest.fixture
def opened(looks: Any, runner: Any, study: Any) -> Iterator[Opened]:
    runner.open(study)
    made = Opened(runner)
    made.view.show_asked(PEOPLE)
    made.view.grid.setFocus()
    yield made
    made.view.close()
    made.view.deleteLater()
    QApplication.sendPostedEvents()
    assert runner.problems == []


def key(widget: Any, code: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, code, modifier)


def test_it_says_how_and_what_waits(opened):
    view = opened.view
    assert view.how.isVisible()
    assert "read along a line" in view.how.text()
    assert view.meta.text() == "0 summaries written  ·  10 cells with coded passages have none yet"
    assert [view.grid.table.case(n).name for n in range(view.grid.table.rowCount())] == [
        "Amina (Women)",
        "Carol",
        "Joan",
        "Amina (Young people)",
        "Dev",
    ]
    opened.goes_to("Carol", "Public spaces")
    assert view.cell.name.text() == "Carol"
    assert view.cell.about.text() == "Women; age: over 60"
    assert opened.rows() == ["Coded, not linked (1)", "the park. Everybody is in the park"]
    assert view.cell.meta.text() == "1 coded"


def test_words_are_kept_on_leaving_the_field_and_one_undo_takes_them_back(opened):
    opened.goes_to("Carol", "Public spaces")
    key(opened.view.grid, Qt.Key.Key_Return)
    body = opened.view.cell.body
    assert body.hasFocus()
    QTest.keyClicks(body, "The park is where all meet.")
    assert opened.summary("Carol", "Public spaces").is_empty, "not while keys follow one another"
    key(body, Qt.Key.Key_Escape)
    assert opened.view.grid.hasFocus()
    assert opened.summary("Carol", "Public spaces").body == "The park is where all meet."
    assert not opened.view.how.isVisible(), "who has begun knows how"
    assert opened.view.meta.text() == "1 summary written  ·  9 cells with coded passages have none yet"
    opened.runner.undo()
    assert body.toPlainText() == ""
    assert opened.summary("Carol", "Public spaces").is_empty


@pytest.mark.parametrize("leave", ["another cell", "another question", "the project", "rest"])
def test_words_are_kept_whichever_way_the_cell_is_left(opened, leave, study):
    opened.goes_to("Carol", "Public spaces")
    opened.view.cell.body.setPlainText("All meet there.")
    if leave == "another cell":
        opened.goes_to("Dev", "Cuts")
        assert opened.view.cell.body.toPlainText() == ""
    elif leave == "another question":
        opened.view.show_asked(PEOPLE.with_option(cases="groups"))
    elif leave == "the project":
        opened.runner.close()
        opened.runner.open(study)
    else:
        opened.view.cell.saving._timer.timeout.emit()
    assert opened.summary("Carol", "Public spaces").body == "All meet there."


def test_a_passage_is_linked_and_let_go_by_l(opened):
    opened.goes_to("Carol", "Public spaces")
    key(opened.view.grid, Qt.Key.Key_P)
    assert opened.view.cell.passages.hasFocus()
    assert opened.view.cell.link_button.text() == "Link"
    QTest.keyClicks(opened.view.cell.passages, "l")
    assert opened.rows() == ["The summary rests on (1)", "the park. Everybody is in the park"]
    assert opened.view.cell.link_button.text() == "Take the link away"
    assert opened.said[-1] == ("Linked the summary of “Carol” on “Public spaces” to 1 passage", True)
    opened.view.cell.passages.choose_first()
    opened.view.cell.link_button.click()
    assert opened.rows() == ["Coded, not linked (1)", "the park. Everybody is in the park"]
    key(opened.view.cell.passages, Qt.Key.Key_Return)
    assert len(opened.read) == 1
    key(opened.view.cell.passages, Qt.Key.Key_Escape)
    assert opened.view.grid.hasFocus()


def test_a_quotation_is_inserted_where_the_caret_is_and_linked_in_one_act(opened):
    opened.goes_to("Carol", "Public spaces")
    body = opened.view.cell.body
    body.setPlainText("As she says:")
    cursor = body.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    body.setTextCursor(cursor)
    QTest.keyClicks(opened.view.cell.passages, "q")
    wanted = "As she says: “the park. Everybody is in the park” (Carol, Women, turn 3)"
    assert body.toPlainText() == wanted
    found = opened.summary("Carol", "Public spaces")
    assert (found.body, len(found.passages)) == (wanted, 1)
    opened.runner.undo()
    assert opened.summary("Carol", "Public spaces").is_empty
    assert body.toPlainText() == ""


def test_ctrl_enter_goes_on_to_the_cell_below_and_u_to_the_next_that_waits(opened):
    view = opened.view
    opened.goes_to("Carol", "Public spaces")
    view.write()
    QTest.keyClicks(view.cell.body, "Parks.")
    key(view.cell.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.summary("Carol", "Public spaces").body == "Parks."
    assert view.cell.name.text() == "Joan"
    view.grid.setFocus()
    key(view.grid, Qt.Key.Key_U)
    at = view.grid.currentIndex()
    assert view.grid.table.is_open(at)
    assert (view.cell.name.text(), view.grid.table.name(at.column())) == ("Amina (Young people)", "What divides")
    view.grid.choose(view.grid.table.index(view.grid.table.rowCount() - 1, 1))
    view._next_below()
    assert view.cell.name.text() == "Dev", "there is none below the last"


def test_when_every_cell_has_a_summary_it_says_so(opened):
    view = opened.view
    while (found := view.grid.table.next_open(view.grid.currentIndex())).isValid():
        view.grid.choose(found)
        view.cell.body.setPlainText("Said.")
        view.cell.saving.flush()
    view.next_open()
    assert opened.said[-1] == ("Every cell with coded passages has a summary.", False)
    assert view.meta.text() == "10 summaries written"


def test_home_and_end_and_the_first_column(opened):
    grid = opened.view.grid
    key(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (4, 6)
    key(grid, Qt.Key.Key_Home)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (4, 1)
    key(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().column() == 1, "the names hold nothing to write"
    QTest.mouseClick(grid._frozen.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 1), "a name stands for its first cell"
    key(grid, Qt.Key.Key_Escape)
    assert opened.closed == [True]


def test_the_current_cell_comes_out_from_under_the_names(opened):
    view = opened.view
    view.resize(760, 500)
    opened.goes_to("Amina (Young people)", "Class")
    opened.goes_to("Amina (Young people)", "What unites")
    assert view.grid.visualRect(view.grid.currentIndex()).left() >= view.grid.columnWidth(0)
    opened.goes_to("Amina (Young people)", "Class")
    names = view.grid._frozen
    assert (names.horizontalHeader().offset(), names.columnViewportPosition(0)) == (0, 0), "the names never move aside"
    assert view.grid.horizontalScrollBar().value() > 0
    assert view.grid.childAt(20, 20) is names.horizontalHeader().viewport(), "nor what stands over them"


def test_what_others_write_is_shown_and_what_is_being_typed_is_left_alone(opened):
    opened.goes_to("Carol", "Public spaces")
    carol = opened.view.cell.spot
    opened.view.cell.body.setPlainText("Mine")
    opened.runner.do(lambda p: p.framework.write(*carol, "Theirs"))
    assert opened.view.cell.body.toPlainText() == "Mine"
    opened.view.cell.saving.flush()
    assert opened.summary("Carol", "Public spaces").body == "Mine"
    opened.runner.do(lambda p: p.framework.write(*carol, "Theirs at last"))
    assert opened.view.cell.body.toPlainText() == "Theirs at last"


def test_a_code_that_is_deleted_leaves_the_matrix_and_the_chip_leads_to_its_passages(opened):
    opened.goes_to("Carol", "Public spaces")
    opened.view.cell._chip.clicked.emit()
    assert opened.codes == [opened.view.cell.spot[1]]
    opened.runner.do(lambda p: p.codebook.delete(p.codebook.tree().get("Public spaces").id))
    assert opened.view.grid.table.columnCount() == 6
    assert opened.view.cell.spot == opened.view._wanted


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked("framework", where=(Having("source", "place", ("Nowhere",)),)), None),
        (Asked("framework", where=(Having("participant", "age", ("",)),)), "Nobody fits the filters"),
    ],
)
def test_nothing_to_show_is_explained(opened, asked, why):
    opened.view.show_asked(asked)
    if why is None:  # a value that nothing has is told as a mistake, and the matrix stays
        assert "Nowhere" in str(opened.runner.problems.pop())
        assert opened.view._pile.currentIndex() == 0
        return
    assert opened.view.empty.isVisible()
    assert why in opened.view.empty.sentence.text()
    assert "has a line for each participant or group" in opened.view.empty.sentence.text()
    assert opened.view.cell.spot is None


def test_a_study_without_transcripts_or_codes_says_what_to_do_first(opened, tmp_path):
    opened.runner.create(tmp_path / "new.cqda", codebook="empty")
    opened.view.show_asked(PEOPLE)
    assert "Import transcripts first." in opened.view.empty.sentence.text()


def test_a_study_that_is_only_read_can_be_read(looks, runner, study):
    runner.open(study)
    runner.info = runner.info._replace(is_read_only=True)
    made = Opened(runner)
    made.view.show_asked(PEOPLE)
    made.goes_to("Carol", "Public spaces")
    cell = made.view.cell
    assert cell.body.isReadOnly()
    assert cell.link_button.toolTip() == "The project was opened for reading only."
    cell.link()
    cell.insert_quotation()
    assert made.summary("Carol", "Public spaces").is_empty
    made.view.close()


def test_a_menu_and_actions_do_what_the_keys_do(opened, monkeypatch):
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: menus.append(menu))
    opened.goes_to("Carol", "Public spaces")
    menu = QMenu()
    opened.view.cell.passages.offered.emit(menu)
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Link to the summary",
        "Insert quotation into the summary",
    ]
    actions = opened.view.actions_for_menu()["code"]
    assert [a.shortcut().toString() for a in actions] == ["", "Ctrl+M", "Ctrl+Shift+V", "Ctrl+J"]
    actions[1].trigger()
    assert len(opened.summary("Carol", "Public spaces").passages) == 1
    opened.view.cell.passages.copy()
    assert opened.said[-1] == ("Copied 1 quotation", False)
    assert [area.accessibleName() for area in opened.view.areas()] == [
        "Framework matrix: cases by codes", "Summary", "Passages of this cell",
    ]  # fmt: skip
    assert len(opened.view.hints()) == 4


def test_cells_are_told_to_screen_readers(opened):
    table = opened.view.grid.table
    opened.goes_to("Carol", "Public spaces")
    index = opened.view.grid.currentIndex()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.data(index, role) == "Carol, Public spaces: no summary yet. 1 coded"
    assert table.data(table.index(1, 0), role) == "Carol, Women; age: over 60"
    assert table.data(table.index(1, 6), role) == "Carol, Class: no summary yet. No passages."
    assert table.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "What unites › Public spaces"
    assert QAccessible.queryAccessibleInterface(opened.view.grid).role() == QAccessible.Role.Table


def test_a_long_summary_ends_with_an_ellipsis_and_a_short_one_is_whole(opened):
    opened.goes_to("Carol", "Public spaces")
    opened.view.cell.body.setPlainText("The park is where all meet, whatever they think of one another. " * 12)
    opened.view.cell.saving.flush()
    view, index = opened.view.grid, opened.view.grid.currentIndex()
    for dark in (False, True):
        picture = QImage(QSize(230, 120), QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        option = QStyleOptionViewItem()
        option.rect = picture.rect()
        CellPainter(view).paint(painter, option, index if not dark else view.table.index(1, 0))
        painter.end()
        tones = {picture.pixel(x, y) for x in range(0, 230, 3) for y in range(0, 120, 3)}
        assert len(tones) > 5, "words are drawn"
    assert opened.view.grab().size() == opened.view.size()


def test_merging_and_deleting_a_code_says_what_becomes_of_its_summaries():
    assert merged("Food", "Cuts", Held(summaries=2)).endswith("· 2 summaries came along")
    assert deleted(["Food"], Held(summaries=1)).endswith("· 1 summary went too")
    assert deleted(["Food"], Held(settlements=2)).endswith("· 2 settled disagreements went too")
    assert deleted(["Food"], Held(quotes=1)).endswith("· 1 quotation chosen for the report went too")
