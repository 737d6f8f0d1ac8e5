"""The dialogs of the moderator's guide and of the sections of one source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.model.query import Query
from cohesion_qda.model.source import SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.table import QUESTION
from cohesion_qda.model.text import Span
from cohesion_qda.ui.compare.choices import choices
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.guide_dialog import GuideDialog, open_guide
from cohesion_qda.ui.sources.heading_dialog import HeadingDialog
from cohesion_qda.ui.sources.sections_dialog import SectionsDialog, places_of
from cohesion_qda.ui.window import Window
from tests.makers import code, small_study

MEAN, WAY, CHANGE = "What does getting on together mean to you?", "What gets in the way?", "What would you change?"


@pytest.fixture
def study(runner: Runner, tmp_path: Path) -> Iterator[Runner]:
    with small_study(tmp_path / "p.cqda") as project:
        project.guide.set([MEAN, WAY, CHANGE], find=True)
    runner.open(tmp_path / "p.cqda")
    yield runner
    assert runner.problems == []


def ask(runner: Runner, question):
    answers: list = []
    runner.ask(question, answers.append)
    return answers[0]


@pytest.fixture
def dialog(qtbot, theme, study: Runner) -> SectionsDialog:
    reading, questions = ask(study, lambda p: (p.sources.reading(p.sources.get("Women").id), p.guide.questions()))
    made = SectionsDialog(study, reading, questions)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog: SectionsDialog) -> list[tuple[str, str]]:
    """(question or heading, the place that is chosen) of every row."""
    table = dialog.table
    return [(table.item(row, 0).text(), box(dialog, row).currentText()) for row in range(table.rowCount())]


def box(dialog: SectionsDialog, row: int) -> QComboBox:
    found = dialog.table.cellWidget(row, 1)
    assert isinstance(found, QComboBox)
    return found


def choose_turn(dialog: SectionsDialog, row: int, turn: int) -> None:
    """As a person does: the list is opened, a line of it chosen. Turn 0: not asked here."""
    box(dialog, row).setCurrentIndex(turn)
    box(dialog, row).activated.emit(turn)


def test_every_question_is_shown_with_its_turn_and_can_be_moved(dialog: SectionsDialog, study: Runner) -> None:
    assert shown(dialog) == [
        (MEAN, "1   Moderator: What does getting on well together mean to you?"),
        (WAY, "4   Moderator: And what gets in the way?"),
        (CHANGE, "not asked here"),
    ]
    assert dialog.told.text() == "2 of 3 questions are asked here, in 2 places."
    choose_turn(dialog, 1, 5)
    assert shown(dialog)[1] == (WAY, "5   Amina: The buses. Nobody comes down after six.")
    choose_turn(dialog, 2, 6)
    assert [row.place for row in dialog.rows] == [0, 4, 5]
    choose_turn(dialog, 0, 0)
    assert [row.title for row in dialog.rows] == [WAY, CHANGE, MEAN]
    assert dialog.told.text().startswith("2 of 3")
    study.undo()
    assert [row.place for row in dialog.rows] == [0, 4, 5]


def test_choosing_what_is_chosen_does_nothing(dialog: SectionsDialog, study: Runner) -> None:
    acts = ask(study, lambda p: len(p.history.trail()))
    choose_turn(dialog, 0, 1)
    assert ask(study, lambda p: len(p.history.trail())) == acts


def add_heading(dialog: SectionsDialog, title: str, entry: int) -> HeadingDialog:
    dialog.add.click()
    asked = dialog.findChildren(HeadingDialog)[-1]
    asked.words.setText(title)
    asked.place.setCurrentIndex(entry)
    asked.accept()
    return asked


def test_a_heading_is_added_where_a_person_says_and_nowhere_else(dialog: SectionsDialog, study: Runner) -> None:
    acts = ask(study, lambda p: len(p.history.trail()))
    asked = add_heading(dialog, "Warming up", -1)
    assert asked.isVisible(), "it does not choose a turn of its own"
    assert not asked.keep.isEnabled()
    asked.words.clear()
    asked.place.setCurrentIndex(2)
    asked.accept()
    assert asked.isVisible(), "a heading has words"
    asked.reject()
    assert ask(study, lambda p: len(p.history.trail())) == acts
    asked = add_heading(dialog, "Buses", 2)
    assert asked.place.itemText(2).startswith("5   Amina: The buses."), "turns that begin a section are not offered"
    assert ("Buses", "5   Amina: The buses. Nobody comes down after six.") in shown(dialog)


def test_without_a_guide_and_headings_it_says_what_to_do(qtbot, theme, study: Runner) -> None:
    study.do(lambda p: p.guide.set([]))
    text = "Our plan.\nMore buses."
    study.do(lambda p: p.sources.add([SourceDraft("Plan", "document", text, file_name="plan.txt")]))
    dialog = SectionsDialog(study, ask(study, lambda p: p.sources.reading(p.sources.get("Plan").id)), [])
    qtbot.addWidget(dialog)
    dialog.show()
    assert "File ▸ Moderator’s guide" in dialog.told.text()
    assert not dialog.table.isVisible(), "there is nothing to show in it"
    add_heading(dialog, "Buses", 1)
    assert dialog.table.isVisible()
    assert shown(dialog) == [("Buses", "2   More buses.")]


def test_they_are_found_again_and_headings_added(dialog: SectionsDialog, study: Runner) -> None:
    choose_turn(dialog, 1, 5)
    dialog.find.click()
    assert [row.place for row in dialog.rows] == [0, 3, None]
    add_heading(dialog, "Warming up", 0)
    assert [(row.title, row.place) for row in dialog.rows][:2] == [(MEAN, 0), ("Warming up", 1)]
    study.do(lambda p: p.sections.place(p.sources.get("Women").id, p.sources.text(1).index("(laughs)")))
    assert shown(dialog)[3] == ("No question from here on", "6   Joan: (laughs) That is exactly it.")


def test_without_a_guide_there_is_nothing_to_find(dialog: SectionsDialog, study: Runner) -> None:
    study.do(lambda p: p.guide.set([]))
    assert not dialog.find.isEnabled()
    assert [row.title for row in dialog.rows] == ["", ""]


def test_it_closes_with_its_source(dialog: SectionsDialog, study: Runner) -> None:
    study.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert not dialog.isVisible()


def test_the_places_of_a_document_are_its_lines(study: Runner) -> None:
    text = "Our plan.\n\n" + "We shall run more buses and " * 5
    study.do(lambda p: p.sources.add([SourceDraft("Plan", "document", text, file_name="plan.txt")]))
    places, words = places_of(ask(study, lambda p: p.sources.reading(p.sources.get("Plan").id)))
    assert [place.start for place in places] == [0, 11]
    assert words == ["1   Our plan.", "3   We shall run more buses and We shall run more buses and We …"]


def answers() -> SourceDraft:
    """As a survey gives it, and a Word file with headings: each question stands over its turn, outside of it."""
    text = f"{MEAN}\nThe park.\n{WAY}\nThe buses.\nWhat else?\nNothing."
    spans = [
        Span(text.index(words), text.index(words) + len(words)) for words in ("The park.", "The buses.", "Nothing.")
    ]
    titles = tuple(SectionDraft(text.index(title), title) for title in (MEAN, WAY, "What else?"))
    return SourceDraft("Ann", "survey answer", text, tuple(TurnDraft(span, "Ann") for span in spans),
                       {"Ann": "participant"}, file_name="survey.csv", sections=titles)  # fmt: skip


def test_a_heading_begins_with_the_turn_under_it(qtbot, theme, study: Runner) -> None:
    study.do(lambda p: p.sources.add([answers()]))
    source = ask(study, lambda p: p.sources.get("Ann").id)
    reading, questions = ask(study, lambda p: (p.sources.reading(source), p.guide.questions()))
    dialog = SectionsDialog(study, reading, questions)
    qtbot.addWidget(dialog)
    assert shown(dialog) == [
        (MEAN, "1   Ann: The park."), (WAY, "2   Ann: The buses."), ("What else?", "3   Ann: Nothing."),
        (CHANGE, "not asked here"),
    ]  # fmt: skip
    assert dialog.told.text() == "2 of 3 questions are asked here, in 2 places."
    choose_turn(dialog, 0, 0)
    add_heading(dialog, "Warming up", 0)
    assert shown(dialog)[:2] == [("Warming up", "1   Ann: The park."), (WAY, "2   Ann: The buses.")]
    choose_turn(dialog, 1, 3)
    assert shown(dialog)[1] == (WAY, "3   Ann: Nothing."), "it takes the heading's place, not one beside it"
    assert len(dialog.rows) == 4


# ---- the guide


def guide(qtbot, runner: Runner, said: list[Change], window: QWidget | None = None) -> GuideDialog:
    parent = window or QWidget()
    qtbot.addWidget(parent)
    open_guide(runner, parent, said.append)
    found = parent.findChild(GuideDialog)
    assert found is not None
    found.window_of_the_test = parent  # type: ignore[attr-defined]
    return found


def test_the_guide_is_changed_in_one_act(qtbot, theme, study: Runner) -> None:
    said: list[Change] = []
    dialog = guide(qtbot, study, said)
    assert dialog.questions == [MEAN, WAY, CHANGE]
    assert dialog.count.text() == "3 questions"
    dialog.text.setPlainText(f"{WAY}\n\n 2) {MEAN} \n")
    dialog.find.setChecked(False)
    dialog.accept()
    assert [q.text for q in ask(study, lambda p: p.guide.questions())] == [WAY, MEAN]
    assert [change.said for change in said] == ["Set a guide of 2 questions"]
    study.undo()
    assert [q.text for q in ask(study, lambda p: p.guide.questions())] == [MEAN, WAY, CHANGE]


def test_a_guide_that_is_as_it_was_may_still_be_looked_for(qtbot, theme, study: Runner) -> None:
    women = ask(study, lambda p: p.sources.get("Women").id)
    study.do(lambda p: p.sections.remove(p.sections.of(women)[0].id))
    said: list[Change] = []
    guide(qtbot, study, said).accept()
    assert [change.said for change in said] == ["Found where 1 question is asked"]


def test_a_guide_is_read_from_a_file_and_what_is_wrong_is_told(qtbot, theme, study: Runner, tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text("Topic guide\n1. Why here?\n2. Why now?\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Bring biscuits.\n", encoding="utf-8")
    dialog = guide(qtbot, study, [])
    dialog.use_file(tmp_path / "guide.txt")
    assert dialog.questions == ["Why here?", "Why now?"]
    dialog.use_file(tmp_path / "notes.txt")
    assert dialog.questions == ["Why here?", "Why now?"]
    assert not dialog.banner.isHidden(), "it is told in the dialog, not behind it"
    assert "No question was found in notes.txt" in dialog.banner.message.text()
    dialog.text.appendPlainText("3. why  NOW?")
    assert dialog.banner.isHidden()
    dialog.accept()
    assert dialog.isVisible()
    assert "The guide asks “why NOW?” twice." in dialog.banner.message.text()
    dialog.reject()
    assert [q.text for q in ask(study, lambda p: p.guide.questions())] == [MEAN, WAY, CHANGE]


def test_an_empty_guide_cannot_be_kept_where_there_was_none(qtbot, theme, study: Runner) -> None:
    dialog = guide(qtbot, study, [])
    dialog.text.clear()
    assert dialog.keep.isEnabled(), "it may be taken away"
    dialog.accept()
    dialog = guide(qtbot, study, [])
    assert not dialog.keep.isEnabled()
    dialog.text.setPlainText("Why?")
    assert dialog.keep.isEnabled()


def test_a_dialog_is_no_larger_than_its_window(qtbot, theme, study: Runner) -> None:
    theme.set_scale(2.0)
    window = QWidget()
    window.resize(900, 600)
    dialog = guide(qtbot, study, [], window)
    assert dialog.width() <= 900 - 48
    assert dialog.height() <= 600 - 48


# ---- in the window


@pytest.fixture
def window(qtbot, theme, tmp_path: Path) -> Iterator[Window]:
    with small_study(tmp_path / "w.cqda") as project:
        code(project, "Women", "The buses.", "Cuts")
        project.guide.set([MEAN, WAY, CHANGE], find=True)
    made = Window(Settings(), Runner(executor="now"))
    made.told = []
    made.problems.recorder = made.told.append
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.make_menus()
    made.open_path(tmp_path / "w.cqda")
    yield made
    assert made.told == []
    made.close()


def test_the_file_menu_leads_to_the_guide_and_the_source_s_menu_to_its_sections(window: Window) -> None:
    window.commands.actions["questions"].trigger()
    found = window.findChild(GuideDialog)
    assert found is not None
    assert found.questions == [MEAN, WAY, CHANGE]
    found.reject()
    source = next(s.id for s in window.workspace.navigator.state.sources if s.name == "Women")
    menu = window.commands.sources.menu(source)
    next(action for action in menu.actions() if action.text() == "Questions answered …").trigger()
    sections = window.findChild(SectionsDialog)
    assert sections is not None
    assert [row.place for row in sections.rows] == [0, 3, None]


def test_compare_and_retrieve_offer_the_question_asked(window: Window) -> None:
    window.workspace.enter("compare")
    page = window.workspace.page_named("compare")
    by = next(choice for choice in choices(page.asked, page.found.offer) if choice.key == "by")
    assert ("Question asked", QUESTION) in [(pick.words, pick.value) for pick in by.picks]
    page.choose("by", QUESTION)
    assert page.header.title.text() == "Codes by question asked"
    assert [head.label for head in page.result.part.heads][:2] == [MEAN, WAY]
    assert (QUESTION, "section", (MEAN, WAY)) in page.found.offer.choices.attributes
    window.runner.do(lambda p: p.guide.set([]))
    assert page.found.trouble is not None, "there is nothing to compare by any more"
    window.workspace.enter("retrieve")
    retrieve = window.workspace.page_named("retrieve")
    window.runner.undo()
    retrieve.ask_for(Query(questions=(WAY,)))
    assert [passage.quote for passage in retrieve.found.page.passages] == ["The buses."]
    retrieve.set_group(QUESTION)
    assert [part.title for part in retrieve.found.page.parts] == [WAY]
    retrieve.ask_for(Query(questions=(MEAN,)))
    assert retrieve.found.page.passages == ()
    window.runner.redo()
    assert retrieve.wish.group == "source", "there is nothing to group by any more"
    assert retrieve.found.page.missing == (f"No section answers “{MEAN}” any more.",)
