"""Question sections in the reading room: quiet headings, and a menu to begin, move and end them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from cohesion_qda.model.source import SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.guide_dialog import GuideDialog
from cohesion_qda.ui.textpane.room import ReadPage
from tests.makers import draft

MEAN = "What does getting on well together mean to you?"
WAY = "And what gets in the way, what keeps people apart from each other, and since when has it been so in this town of ours?"
TALK = [
    ("Moderator", MEAN),
    ("Amina", "Knowing your neighbours 😀."),
    ("Moderator", "And what gets in the way?"),
    ("Carol", "The buses."),
    ("Amina", "Money."),
]


class Reader:
    """Reads and looks at the menu of a turn."""

    def __init__(self, page: ReadPage, runner: Runner) -> None:
        self.page, self.view, self.runner = page, page.view, runner
        self.said: list[str] = []
        page.say.connect(lambda words, _undo: self.said.append(words))

    def menu_of(self, words: str) -> QMenu:
        """The submenu of questions of the turn that holds `words`."""
        self.view.put_caret(self.view.reading.text.index(words))
        self.menu = self.page.gestures.menu(self.page)
        return self.menu.actions()[-1].menu()

    def chooses(self, words: str, *path: str) -> None:
        menu = self.menu_of(words)
        for step in path[:-1]:
            menu = entry(menu, step).menu()
        entry(menu, path[-1]).trigger()

    def headings(self) -> list[tuple[str, str]]:
        """(heading, the beginning of the turn under it), as they stand on the page."""
        found = []
        for block in self.view.screen():
            section = self.view.headings.at(block.number)
            if section is not None:
                found.append((section.title, block.info.span.of(self.view.reading.text)[:9]))
        return found


def entry(menu: QMenu, beginning: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(beginning))


@pytest.fixture
def reader(qtbot, theme, runner: Runner, tmp_path: Path) -> Iterator[Reader]:
    with Project.create(tmp_path / "p.cqda", "empty", coder="Asha") as project:
        project.sources.add([draft("Women", TALK)])
        source = project.sources.get("Women").id
        project.guide.set([MEAN, WAY], find=True)
        start = project.sources.text(source).index("And what gets")
        project.sections.place(source, start, question=project.guide.questions()[1].id)
    page = ReadPage(runner)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    runner.changed.connect(page.on_change)
    runner.open(tmp_path / "p.cqda")
    page.entered()
    page.show_source(source)
    yield Reader(page, runner)
    assert runner.problems == []


def test_a_heading_stands_over_the_turn_that_asks(reader: Reader) -> None:
    assert reader.headings() == [(MEAN, TALK[0][1][:9]), (WAY, TALK[2][1][:9])]
    assert reader.view.toPlainText() == "\n".join(words for _who, words in TALK), "the text itself holds no heading"
    first, plain, second = (reader.view.screen()[n] for n in (0, 1, 2))
    assert second.height > first.height > plain.height + 20, "there is room for it, and for a long one more"


def test_a_heading_is_painted_above_the_words(reader: Reader) -> None:
    page = reader.view.grab().toImage()
    block = reader.view.screen()[2]
    top, line = int(block.top), block.layout.lineAt(0)
    left = reader.view.viewport().x()
    dark = [
        y for y in range(top, int(block.top + line.y()))
        if any(page.pixelColor(left + x, y).lightness() < 140 for x in range(8, 300))
    ]  # fmt: skip
    assert dark, "something is written in the room above the turn"
    assert max(dark) < block.top + line.y()


def test_a_section_is_moved_begun_ended_and_taken_away(reader: Reader) -> None:
    reader.chooses("The buses.", f"Move here: {WAY[:20]}")
    assert reader.headings() == [(MEAN, TALK[0][1][:9]), (WAY, "The buses")]
    assert reader.said == [f"Let “{WAY}” begin at turn 4 of “Women”"]
    reader.chooses("Money.", "Asked once more here", MEAN)
    assert reader.headings()[-1] == (MEAN, "Money.")
    reader.chooses("Knowing", "No question from here on")
    assert reader.headings()[1] == ("", "Knowing y")
    menu = reader.menu_of("The buses.")
    assert entry(menu, WAY[:20]).isChecked(), "the menu says what begins here"
    reader.chooses("The buses.", "Take this beginning away")
    assert [title for title, _words in reader.headings()] == [MEAN, "", MEAN]
    for _act in range(4):
        reader.runner.undo()
    assert reader.headings() == [(MEAN, TALK[0][1][:9]), (WAY, TALK[2][1][:9])]


def test_a_heading_of_one_s_own(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "line", lambda *_words: "Warming up")
    reader.chooses("Knowing", "A heading of my own")
    assert reader.headings()[1] == ("Warming up", "Knowing y")
    monkeypatch.setattr(choose, "line", lambda *_words: None)
    acts = len(reader.said)
    reader.chooses("Money.", "A heading of my own")
    assert len(reader.said) == acts


def test_reading_one_speaker_keeps_the_headings(reader: Reader) -> None:
    amina = next(s.id for s in reader.view.reading.speakers.values() if s.label == "Amina")
    reader.page.filters.set(speaker=amina)
    assert reader.headings() == [(MEAN, "Knowing y"), (WAY, "Money.")]
    carol = next(s.id for s in reader.view.reading.speakers.values() if s.label == "Carol")
    reader.page.filters.set(speaker=carol)
    assert reader.headings() == [(WAY, "The buses")]
    reader.page.filters.set(speaker=None)
    assert reader.headings() == [(MEAN, TALK[0][1][:9]), (WAY, TALK[2][1][:9])]


def test_the_turn_under_a_heading_is_where_its_section_begins(reader: Reader) -> None:
    """In a Word file or a survey the heading stands on a line of its own, over the turn."""
    text = "Belonging\nIt is home.\nBarriers\nThe buses."
    turns = tuple(TurnDraft(Span(text.index(w), text.index(w) + len(w)), "Ann") for w in ("It is home.", "The buses."))
    titles = tuple(SectionDraft(text.index(title), title) for title in ("Belonging", "Barriers"))
    made = SourceDraft("Ann", "interview", text, turns, {"Ann": "participant"}, sections=titles)
    added: list[int] = []
    reader.runner.do(lambda p: p.sources.add([made]), lambda result: added.append(result.added[0].id))
    reader.page.show_source(added[0])
    reader.chooses("The buses.", "Take this beginning away")
    assert [title for title, _words in reader.headings()] == ["Belonging"]
    reader.runner.undo()
    reader.chooses("The buses.", MEAN)
    assert [title for title, _words in reader.headings()] == ["Belonging", MEAN], "one section, not two"
    assert entry(reader.menu_of("The buses."), MEAN).isChecked()


def test_another_wording_of_the_guide_is_shown_at_once(reader: Reader) -> None:
    reader.runner.do(lambda p: p.guide.set([MEAN, "What gets in the way?"]))
    assert entry(reader.menu_of("Money."), "Move here: What does")
    reader.runner.do(lambda p: p.guide.set([MEAN + " Really?"]))
    assert reader.headings() == [(MEAN + " Really?", TALK[0][1][:9]), ("", TALK[2][1][:9])]


def test_without_a_guide_the_menu_leads_to_it(reader: Reader, qtbot) -> None:
    reader.runner.do(lambda p: p.guide.set([]))
    entry(reader.menu_of("Money."), "Type the moderator’s questions").trigger()
    dialog = reader.page.findChild(GuideDialog)
    assert dialog is not None
    dialog.text.setPlainText(f"1. {MEAN}\n\n2. What gets in the way?")
    dialog.accept()
    assert reader.said[-1] == "Set a guide of 2 questions (sections found: 2)"
    assert [title for title, _words in reader.headings()] == [MEAN, "What gets in the way?"]
