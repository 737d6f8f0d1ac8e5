"""The Search page: what is typed, what is found, ticking and coding it, with mouse and with keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.finding import EVERYWHERE, Scope
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.search import seeker as seeking
from cohesion_qda.ui.search.help import SearchHelp, examples
from cohesion_qda.ui.search.kwic import columns
from cohesion_qda.ui.search.page import SearchPage
from cohesion_qda.ui.search.rows import ROW, Entry, Title
from tests.makers import draft
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def page(open_page: Opened) -> SearchPage:
    return open_page(SearchPage)


def look(page: SearchPage, typed: str) -> list[str]:
    """Type, and press Enter."""
    page.field.setText(typed)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    return found(page)


def found(page: SearchPage) -> list[str]:
    return [entry.hit.hit for entry in page.list.rows.entries()]


def rows(page: SearchPage) -> list[str]:
    return [page.list.rows.index(n).data() for n in range(page.list.rows.rowCount())]


def open_menu() -> QMenu:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())


def choose(*path: str) -> None:
    """Choose from the menu that is open."""
    menu = open_menu()
    for words in path[:-1]:
        menu = next(a for a in menu.actions() if a.text() == words).menu()
    next(a for a in menu.actions() if a.text() == path[-1]).trigger()
    open_menu().close()


def test_places_stand_in_their_lines_under_the_names_of_their_sources(page: SearchPage) -> None:
    assert look(page, "park") == ["park", "park", "park"]
    assert rows(page) == [
        "Women",
        "“For me it is the park. Everybody is in the park on a Saturday.”, Carol, Women, turn 3",
        "“For me it is the park. Everybody is in the park on a Saturday.”, Carol, Women, turn 3",
        "Young people",
        "“People judge you by your trainers. And the park is locked at four.”, Dev, Young people, turn 3",
    ]
    assert page.header.meta.text() == (
        "3 places in 2 lines  ·  2 of 5 people  ·  2 of 2 groups  ·  moderators’ words included"
    )
    assert page.list.hasFocus()
    assert isinstance(page.list.rows.index(0).data(ROW), Title)
    assert not page.list.rows.flags(page.list.rows.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_what_cannot_be_understood_is_said_beside_the_field(page: SearchPage) -> None:
    look(page, "park")
    assert look(page, "(park AND") == []
    assert page.note.text().startswith("AND at character 7 has nothing to join.")
    assert page.note.property("tone") == "warn"
    assert not page._foot.isVisible()
    look(page, "park")
    assert not page.note.text().strip()
    look(page, "")
    assert page.empty.sentence.text().startswith("Type a word")


def test_nothing_found_says_so_and_offers_the_forms(page: SearchPage) -> None:
    assert look(page, "bus") == []
    assert page.empty.sentence.text().startswith("Nobody says “bus” in these transcripts.")
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert found(page) == ["buses"]
    assert page.note.text() == "Looked for: bus, buses"
    assert page.mode_chip.text() == "All forms"
    page.scope.set(only_participants=True)
    look(page, "gets")
    assert page.empty.sentence.text().startswith("Nobody says “gets” where these filters look.")
    assert not page.empty.button.isVisible()
    QTest.keyClick(page.mode_chip, Qt.Key.Key_Delete)
    assert page.mode == "exact"


def test_a_regular_expression_is_looked_for_and_its_faults_are_said(page: SearchPage) -> None:
    QTest.mouseClick(page.mode_chip, Qt.MouseButton.LeftButton)
    choose("Regular expression")
    assert look(page, r"\bpark\b|bus(es)?") == ["park", "park", "buses", "park"]
    assert page.header.meta.text().startswith("4 places in 3 lines  ·  3 of 5 people")
    look(page, "(park")
    assert page.note.text().startswith("The regular expression is not right at character 1: missing )")


def test_the_chips_narrow_where_is_looked(page: SearchPage) -> None:
    look(page, "the OR gets")
    everything = len(found(page))
    QTest.mouseClick(page.scope.who, Qt.MouseButton.LeftButton)
    choose("Young people", "Dev")
    assert found(page) == ["the"]
    assert page.scope.who.text() == "Dev"
    QTest.keyClick(page.scope.who, Qt.Key.Key_Delete)
    QTest.mouseClick(page.scope.attribute, Qt.MouseButton.LeftButton)
    choose("place of sources", "Batley")
    assert {e.hit.source_name for e in page.list.rows.entries()} == {"Young people"}
    page.scope.attribute.cleared.emit()
    QTest.mouseClick(page.scope.roles, Qt.MouseButton.LeftButton)
    assert {e.hit.role for e in page.list.rows.entries()} == {"participant"}
    assert not page.header.meta.text().endswith("moderators’ words included")
    QTest.mouseClick(page.scope.roles, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.scope.code, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.picker.field, "public")
    QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
    assert page.scope.code.text() == "Coded Public spaces"
    assert len(found(page)) == 3
    page.scope.code.cleared.emit()
    assert len(found(page)) == everything
    assert page.scope.scope == EVERYWHERE


def test_a_question_can_be_chosen_once_there_are_sections(page: SearchPage, open_page: Opened) -> None:
    assert not page.scope.question.isVisible()

    def ask(project):
        project.guide.set(["What gets in the way?"])
        return project.sections.find([project.sources.get("Young people").id])

    open_page.do(ask)
    assert page.scope.question.isVisible()
    look(page, "park OR closed")
    QTest.mouseClick(page.scope.question, Qt.MouseButton.LeftButton)
    choose("What gets in the way?")
    assert found(page) == ["closed", "park"]
    open_page.do(lambda project: project.guide.set([]))
    assert page.scope.scope.question == "", "what is gone is let go of"
    assert len(found(page)) == 4


def test_keys_move_tick_copy_and_read(page: SearchPage, open_page: Opened) -> None:
    look(page, "park")
    assert page.list.currentIndex().row() == 1
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    QTest.keyClick(page.list, Qt.Key.Key_J)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == 4, "the name of the source is passed over"
    assert page.who.text() == "Dev  ·  Young people, turn 3"
    assert "<b>park</b>" in page.words.text()
    assert page.ticked.text() == "1 of 3 ticked"
    QTest.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().endswith("(Carol, Women, turn 3)")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    (read,) = open_page.read
    assert read[1].of(open_page.ask(lambda p: p.sources.text(read[0]))) == "park"
    QTest.keyClick(page.list, Qt.Key.Key_K)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.currentIndex().row() == 1
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.field.hasFocus()
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    assert page.list.hasFocus()


def test_the_mouse_ticks_in_the_box_and_reads_with_a_double_click(page: SearchPage, open_page: Opened) -> None:
    look(page, "park")
    index = page.list.rows.index(2)
    rect = page.list.visualRect(index)
    box = columns(rect.width(), rect.height()).box.center().toPoint() + rect.topLeft()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert [e.hit.span.start for e in page.list.rows.ticked_entries()] == [index.data(ROW).hit.span.start]
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert not page.list.rows.number_ticked
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert len(open_page.read) == 1
    QTest.mouseDClick(
        page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(page.list.rows.index(0)).center()
    )
    assert len(open_page.read) == 1, "the name of a source leads nowhere"


def test_the_ticked_are_coded_as_sentences_in_one_act(page: SearchPage, open_page: Opened) -> None:
    look(page, "park")
    assert not page.code_button.isEnabled()
    page.code_ticked()
    assert open_page.said[-1] == ("Tick the places to be coded first: Space, or Ctrl+A", False)
    QTest.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.ticked.text() == "3 of 3 ticked"
    QTest.keyClick(page.list, Qt.Key.Key_C)
    QTest.keyClicks(page.picker.field, "class")
    QTest.keyClick(page.picker.field, Qt.Key.Key_Return)
    assert open_page.said[-1] == ("Coded 3 passages that hold “park” as “Class”", True)
    assert open_page.ask(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get("Class").id)]) == [
        "For me it is the park.", "Everybody is in the park on a Saturday.", "And the park is locked at four.",
    ]  # fmt: skip
    assert not page.list.rows.number_ticked
    QTest.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page._apply(open_page.ask(lambda p: p.codebook.tree().get("Class").id))
    assert open_page.said[-1] == ("All of that was coded so already", False)
    QTest.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.list, Qt.Key.Key_C)
    assert page.picker.rows.rows[0].words == "Class", "what one uses most is offered first"


def test_a_new_code_and_another_extent(page: SearchPage, open_page: Opened) -> None:
    look(page, "trainers")
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    QTest.mouseClick(page.extent_chip, Qt.MouseButton.LeftButton)
    choose("The words alone")
    page._apply(None, "Shoes", None)
    assert open_page.ask(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get("Shoes").id)]) == [
        "trainers"
    ]


def test_many_places_come_page_by_page_and_can_all_be_ticked(
    page: SearchPage, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "PAGE", 20)
    open_page.do(
        lambda p: p.sources.add([draft(f"More {n:02}", [("A", f"tram tram {n}")] * 10) for n in range(10)]).change
    )
    assert len(look(page, "tram")) == 20
    assert page.ticked.text() == "0 ticked of the 20 fetched so far"
    assert page.header.meta.text().startswith("200 places in 100 lines")
    page.list.scrollToBottom()
    assert 20 < page.list.rows.number < 200
    QTest.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.ticked.text() == "200 of 200 ticked"
    assert len(set(rows(page))) == 10 + 10 * 10, "no source stands twice, no place is missed"
    monkeypatch.setattr(seeking, "MOST", 40)
    monkeypatch.setattr("cohesion_qda.ui.search.page.MOST", 40)
    look(page, "tram")
    page.tick_all()
    assert page.list.rows.number_ticked == 40
    assert open_page.said[-1][0].startswith("The first 40 are ticked; narrow the search")


def test_counting_goes_on_in_slices_and_stops_at_the_end_of_patience(
    page: SearchPage, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    page.seeker.counted.connect(lambda tally, stopped: told.append(page.header.meta.text()))
    monkeypatch.setattr(seeking, "SLICE", 0)
    look(page, "park")
    assert told[0].startswith("Counting … 2 places in 1 line") or told[0] == "Counting …"
    assert told[-1].startswith("3 places in 2 lines")
    monkeypatch.setattr(seeking, "ENOUGH", 1)
    look(page, "park")
    assert told[-1].startswith("More than 2 places in 1 line")


def test_only_the_last_regular_expression_is_looked_for(
    page: SearchPage, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[Job] = []

    def work(_title: str, _task: object, _then: object) -> Job:
        jobs.append(Job())
        return jobs[-1]

    page.set_mode("regex")
    monkeypatch.setattr(open_page.runner, "work", work)
    look(page, "(a+)+")
    look(page, "(a+)+b")
    assert [job.is_cancelled for job in jobs] == [True, False]
    page.field.clear()
    page.search()
    assert [job.is_cancelled for job in jobs] == [True, True]


def test_what_a_regular_expression_finds_in_many_sources_is_one_list(
    page: SearchPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.set_mode("regex")
    expected = look(page, "park|buses"), page.header.meta.text()
    monkeypatch.setattr("cohesion_qda.analysis.patterns.in_parts", lambda found: [{n: found[n]} for n in found])
    assert (look(page, "park|buses"), page.header.meta.text()) == expected
    assert len(expected[0]) == 4


def test_what_is_ticked_stays_through_a_change_elsewhere(page: SearchPage, open_page: Opened) -> None:
    look(page, "park")
    page.list.go_to_row(4)
    page.list.toggle()
    open_page.do(lambda p: p.sources.add([draft("Zoo", [("A", "a park")])]).change)
    assert len(found(page)) == 4
    assert page.ticked.text() == "1 of 4 ticked"
    assert page.list.current_entry().hit.source_name == "Young people"
    page.entered()
    assert page.field.hasFocus()
    assert page.list.rows.number_ticked == 1


def test_while_blind_only_ones_own_codings_narrow(page: SearchPage, open_page: Opened) -> None:
    cuts = open_page.ask(lambda p: p.codebook.tree().get("Cuts").id)
    page.scope.use(Scope(code=cuts))
    assert look(page, "closed OR park") == ["closed", "park"]
    open_page.runner.is_blind = True
    page.entered()
    look(page, "closed OR park")
    coder = open_page.runner.info.coder
    mine = open_page.ask(lambda p: [c.quote for c in p.codings.retrieve(cuts, coder=coder)])
    assert found(page) == [word for word in ("closed", "park") if any(word in quote for quote in mine)]
    assert len(found(page)) == 1


def test_the_help_shows_what_can_be_typed_and_every_example_is_understood(page: SearchPage) -> None:
    QTest.mouseClick(page.help_button, Qt.MouseButton.LeftButton)
    card = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SearchHelp) and w.isVisible())
    assert len(card.links) == len(examples())
    for typed, _meaning in examples():
        look(page, typed)
        assert page.note.property("tone") != "warn", typed
    card.links[0].click()
    assert page.field.text() == "park buses"
    assert not card.isVisible()


def test_another_project_starts_afresh(page: SearchPage, open_page: Opened) -> None:
    page.scope.set(only_participants=True)
    look(page, "park")
    open_page.runner.close()
    assert found(page) == []
    assert page.field.text() == ""
    assert page.scope.scope == EVERYWHERE


def test_right_to_left_words_and_every_state_can_be_painted(page: SearchPage, open_page: Opened) -> None:
    open_page.do(lambda p: p.sources.add([draft("عربي", [("ليلى", "نحن نذهب إلى الحديقة كل يوم سبت")])]).change)
    look(page, "الحديقة OR park")
    assert page.list.rows.number == 4
    page.list.rows.tick_all(True)
    for width in (400, 900, 1800):
        page.resize(width, 600)
        assert not page.grab().isNull()
    entry = next(e for e in page.list.rows.entries() if e.hit.hit == "الحديقة")
    assert isinstance(entry, Entry)
    assert entry.quotation().endswith("(ليلى, عربي, turn 1)")
    QTest.mouseMove(page.list.viewport(), QPoint(200, 60))


def test_the_menu_s_actions_are_there_with_their_keys(page: SearchPage) -> None:
    offered = page.actions_for_menu()
    assert [a.shortcut().toString() for a in offered["code"]] == ["Ctrl+Return"]
    assert [a.shortcut().toString() for a in offered["edit"]] == ["Ctrl+F"]
    look(page, "park")
    offered["edit"][0].trigger()
    assert page.field.hasFocus()
    assert len(page.areas()) == 4
    assert ("C", "code the ticked") in page.hints()


def test_the_context_menu_and_the_tooltip_know_the_place(page: SearchPage, open_page: Opened) -> None:
    look(page, "park")
    place = page.list.visualRect(page.list.currentIndex()).center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        QApplication.sendEvent(page.list.viewport(), QContextMenuEvent(reason, place, page.list.mapToGlobal(place)))
        choose("Tick, or take the tick away")
    assert page.list.rows.number_ticked == 0
    QApplication.sendEvent(page.list.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    choose("Read in context")
    assert len(open_page.read) == 1
    tip = QHelpEvent(QEvent.Type.ToolTip, place, page.list.viewport().mapToGlobal(place))
    assert QApplication.sendEvent(page.list.viewport(), tip)
    page.list.selectAll()
    assert page.list.rows.number_ticked == 3


def test_after_a_failure_no_places_stand_under_another_filter(page: SearchPage, open_page: Opened) -> None:
    assert len(look(page, "park")) == 3
    page.scope.set(code=CodeId(9999))
    assert [type(problem) for problem in open_page.runner.problems] == [NotFound]
    open_page.runner.problems.clear()
    assert found(page) == []
    assert page.empty.isVisibleTo(page) and not page._foot.isVisibleTo(page)
    page.entered()
    assert len(found(page)) == 3, "the code that is not there was let go of, and the words are looked for again"
