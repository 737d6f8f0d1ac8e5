"""The room as a researcher uses it: select, press, see; undo; and what is shown is what the project says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest

from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.lanes import FOLDED
from cohesion_qda.ui.textpane.paint import over, stretch
from cohesion_qda.ui.textpane.room import ReadPage
from cohesion_qda.ui.textpane.view import CODE_MIME
from cohesion_qda.ui.theme import current_theme
from tests.makers import draft

LONG = "It goes on and on about the buses and the park and who sits where on a Saturday. " * 40
TALK = [
    ("Moderator", "What does getting on well together mean to you?"),
    ("Amina", "Knowing your neighbours 😀, I think. We share food 👨‍👩‍👧 over the wall every Eid."),
    ("Carol", "السلام عليكم. For me it is the park. Everybody is in the park (laughs)."),
    ("Moderator", "And what gets in the way?"),
    ("Amina", "यहाँ कोई बस नहीं आती। Nobody comes down after six. e\u0301te\u0301."),
    ("Joan", LONG),
    ("Yusuf", "لا أحد يأتي بعد السادسة مساء والحافلة لا تقف هنا منذ عام."),
    ("Joan", "That is exactly it."),
]


class Researcher:
    """Drives the page as a person does."""

    def __init__(self, page: ReadPage, runner: Runner) -> None:
        self.page, self.runner, self.view = page, runner, page.view
        self.said: list[tuple[str, bool]] = []
        page.say.connect(lambda words, undo: self.said.append((words, undo)))

    def selects(self, words: str) -> Researcher:
        text = self.view.reading.text
        start = text.index(words)
        self.view.select(Span(start, start + len(words)))
        return self

    def puts_the_caret_in(self, words: str) -> Researcher:
        self.view.put_caret(self.view.reading.text.index(words))
        return self

    def presses(self, *keys: Qt.Key | str) -> Researcher:
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(self.view, key)
            else:
                QTest.keyClick(self.view, key)
        return self

    def types_in_the_picker(self, words: str, *, enters: int = 1) -> Researcher:
        QTest.keyClicks(self.page.picker.field, words)
        for _enter in range(enters):
            QTest.keyClick(self.page.picker.field, Qt.Key.Key_Return)
        return self

    def codings(self) -> list[tuple[str, str]]:
        tree, text = self.ask(lambda p: p.codebook.tree()), self.view.reading.text
        found = self.ask(lambda p: p.codings.of_source(self.page.source))
        return [(tree[c.code].name, c.span.of(text)) for c in found]

    def ask(self, question):
        answers: list = []
        self.runner.ask(question, answers.append)
        return answers[0]


def prepare(project: Project) -> None:
    for question, names in (("What unites", ["Public spaces", "Food"]), ("What divides", ["Cuts", "Class"])):
        parent = project.codebook.added(project.codebook.add(question, is_question=True))
        for name in names:
            project.codebook.add(name, parent)
    project.codebook.set_key(project.codebook.tree().get("Food").id, "2")
    project.sources.add([draft("Women", TALK, date="2026-03-14"), draft("Other", [("Dev", "Something else.")])])


@pytest.fixture
def researcher(qtbot, theme, runner: Runner, tmp_path: Path) -> Iterator[Researcher]:
    yield enter(qtbot, runner, tmp_path / "study.cqda")


def enter(qtbot, runner: Runner, path: Path) -> Researcher:
    runner.coder = "Asha"
    runner.create(path, codebook="empty")
    runner.ask(prepare, lambda _nothing: None)
    page = ReadPage(runner)
    qtbot.addWidget(page)
    runner.changed.connect(page.on_change)
    page.resize(1208, 872)
    page.show()
    page.entered()
    made = Researcher(page, runner)
    page.show_source(made.ask(lambda p: p.sources.get("Women").id))
    assert runner.problems == []
    return made


def test_a_selection_is_coded_through_the_picker(researcher: Researcher) -> None:
    researcher.selects("We share food").presses("c").types_in_the_picker("foo")
    assert researcher.codings() == [("Food", "We share food")]
    assert researcher.said == [("Coded as Food", True)]
    assert [m.span.of(researcher.view.reading.text) for m in researcher.view.marks()] == ["We share food"]
    assert researcher.view.selected().of(researcher.view.reading.text) == "We share food"


def test_a_new_code_is_made_from_what_was_typed(researcher: Researcher) -> None:
    researcher.selects("over the wall").presses(Qt.Key.Key_Return).types_in_the_picker("Walls", enters=2)
    assert researcher.codings() == [("Walls", "over the wall")]
    tree = researcher.ask(lambda p: p.codebook.tree())
    assert tree.path(tree.get("Walls").id) == "What unites/Walls"
    researcher.runner.undo()
    assert researcher.codings() == []
    assert researcher.ask(lambda p: p.codebook.tree()).find("Walls") is None


def test_escape_leaves_the_picker_and_nothing_is_coded(researcher: Researcher) -> None:
    researcher.selects("We share food").presses("c")
    assert researcher.page.picker.isVisible()
    QTest.keyClick(researcher.page.picker.field, Qt.Key.Key_Escape)
    assert not researcher.page.picker.isVisible()
    assert researcher.codings() == []


def test_digits_code_the_whole_turn_without_a_selection(researcher: Researcher) -> None:
    researcher.puts_the_caret_in("exactly").presses("2")
    assert researcher.codings() == [("Food", "That is exactly it.")]
    researcher.presses("9")
    assert not researcher.said[-1][1]


def test_the_last_code_is_used_again(researcher: Researcher) -> None:
    researcher.selects("We share food").presses("2").selects("the park.").presses("l")
    assert researcher.codings() == [("Food", "We share food"), ("Food", "the park.")]
    researcher.presses("l")
    assert researcher.said[-1] == ("Already coded as Food", False)


def test_undo_takes_it_off_the_page_and_keeps_place_and_selection(researcher: Researcher) -> None:
    view = researcher.view
    researcher.selects("That is exactly it.").presses("2")
    top, selected = view.verticalScrollBar().value(), view.selected()
    researcher.runner.undo()
    assert view.marks() == []
    assert (view.verticalScrollBar().value(), view.selected()) == (top, selected)
    researcher.runner.redo()
    assert len(view.marks()) == 1


def test_sentences_and_turns_are_selected_by_key(researcher: Researcher) -> None:
    text = researcher.view.reading.text
    researcher.puts_the_caret_in("share").presses("s")
    assert researcher.view.selected().of(text) == "We share food 👨‍👩‍👧 over the wall every Eid."
    researcher.presses("t")
    assert researcher.view.selected().of(text) == TALK[1][1]
    researcher.presses("t")
    assert researcher.view.selected().of(text) == f"{TALK[1][1]}\n{TALK[2][1]}"


def test_j_and_k_go_from_passage_to_passage_and_delete_removes(researcher: Researcher) -> None:
    view, text = researcher.view, researcher.view.reading.text
    for words in ("We share food", "the park.", "exactly"):
        researcher.selects(words).presses("2")
    view.put_caret(0)
    view.clear()
    walked = []
    for key in ("j", "j", "j", "k"):
        researcher.presses(key)
        walked.append(next(view.coding(c).span.of(text) for c in view.active))
    assert walked == ["We share food", "the park.", "exactly", "the park."]
    researcher.presses(Qt.Key.Key_Delete)
    assert [words for _code, words in researcher.codings()] == ["We share food", "exactly"]
    assert researcher.said[-1] == ("Removed Food from “the park.”", True)
    assert view.active == frozenset()


def test_u_goes_to_the_next_turn_of_a_participant_without_a_code(researcher: Researcher) -> None:
    researcher.puts_the_caret_in("Knowing").presses("2").presses("u")
    assert researcher.view.caret() == researcher.view.reading.text.index("السلام")


def test_letters_do_nothing_when_switched_off(researcher: Researcher) -> None:
    researcher.view.letters = False
    researcher.selects("We share food").presses("2", "c")
    assert researcher.codings() == []
    assert not researcher.page.picker.isVisible()


def test_a_double_click_in_the_codebook_codes_the_selection(researcher: Researcher) -> None:
    code = researcher.ask(lambda p: p.codebook.tree().get("Cuts").id)
    researcher.selects("Nobody comes down")
    researcher.page.panel.select(code)
    researcher.page.panel.view.used.emit()
    assert researcher.codings() == [("Cuts", "Nobody comes down")]
    assert researcher.page.panel.model.count(code).mentions == 1


def test_words_dropped_on_a_code_and_a_code_dropped_on_words(researcher: Researcher) -> None:
    panel, view = researcher.page.panel, researcher.view
    cuts, food = (researcher.ask(lambda p, n=n: p.codebook.tree().get(n).id) for n in ("Cuts", "Food"))
    researcher.selects("the wall")
    index = panel.model.index_of(cuts)
    panel.model.dropMimeData(view.createMimeDataFromSelection(), Qt.DropAction.CopyAction, -1, -1, index)
    data = QMimeData()
    data.setData(CODE_MIME, str(food).encode())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, buttons, keys))
    assert sorted(researcher.codings()) == [("Cuts", "the wall"), ("Food", "the wall")]


def test_what_is_copied_is_the_source_text(researcher: Researcher) -> None:
    researcher.selects("neighbours 😀, I")
    assert researcher.view.createMimeDataFromSelection().text() == "neighbours 😀, I"


def test_one_speaker_alone_and_no_coding_across_what_is_hidden(researcher: Researcher) -> None:
    view = researcher.view
    amina = next(s for s in view.reading.speakers.values() if s.label == "Amina")
    researcher.page.filters.set(speaker=amina.id)
    assert {view.blocks.speaker(b.info.turn).label for b in view.screen()} == {"Amina"}
    text = view.reading.text
    view.select(Span(text.index("Knowing"), text.index("Nobody") + 6))
    researcher.presses("2")
    assert researcher.codings() == []
    assert "not shown" in researcher.said[-1][0]
    researcher.page.filters.set(speaker=None)
    assert len({b.info.turn for b in view.screen()}) > 4


def test_filters_for_codes_and_coders(researcher: Researcher) -> None:
    researcher.selects("We share food").presses("2").selects("the park.").presses("2")
    tree = researcher.ask(lambda p: p.codebook.tree())
    researcher.page.filters.set(code=tree.get("What divides").id)
    assert researcher.view.marks() == []
    researcher.page.filters.set(code=tree.get("What unites").id)
    assert len(researcher.view.marks()) == 2


def test_a_narrow_header_keeps_its_title_and_one_chip_opens_the_filters(researcher: Researcher) -> None:
    page, filters = researcher.page, researcher.page.filters
    labels, seen = (page.header.title, page.header.meta), []
    for width in range(1500, 650, -50):
        page.resize(width, 800)
        page.layout().activate()
        page.header.layout().activate()
        assert all(label.width() >= label.fontMetrics().horizontalAdvance(label.text()) for label in labels), width
        seen.append([chip.isVisible() for chip in filters.chips()])
    assert seen[0] == [True, True, False, True, False] and seen[-1] == [False, False, False, False, True]
    assert [True, False, False, False, True] in seen, "one goes after the other"
    filters.set(code=researcher.ask(lambda p: p.codebook.tree().get("Food").id))
    assert filters.code.isVisible(), "what is on is always seen"
    filters.set(code=None)
    assert [action.text() for action in filters.all._menu.actions() if action.isVisible()] == [
        "Who speaks", "Code", "Turns",
    ]  # fmt: skip


def test_finding_words(researcher: Researcher) -> None:
    researcher.page.open_find()
    researcher.page.find.field.setText("THE  park")
    text = researcher.view.reading.text
    assert len(researcher.view.hits) == 42
    assert researcher.view.selected().of(text) == "the park"
    researcher.page._find_next(1)
    assert researcher.view.selected() == researcher.view.hits[1]


def test_a_passage_is_shown_in_its_place(researcher: Researcher) -> None:
    text = researcher.view.reading.text
    start = text.index("exactly")
    researcher.page.show_source(researcher.page.source, Span(start, start + 7))
    assert researcher.view.rect_of(Span(start, start + 7)) is not None
    assert researcher.view.caret() == start


def test_the_place_is_remembered_for_each_source(researcher: Researcher) -> None:
    view, page = researcher.view, researcher.page
    women, other = page.source, researcher.ask(lambda p: p.sources.get("Other").id)
    view.resize(view.width(), 200)
    view.verticalScrollBar().setValue(9)
    top = view.top_point()
    assert top > 0
    page.show_source(other)
    page.show_source(women)
    assert view.top_point() == top


def test_a_click_between_two_lines_lands_in_the_line_and_activates_the_passage(researcher: Researcher) -> None:
    view = researcher.view
    researcher.selects("We share food").presses("2")
    view.clear()
    rect = view.rect_of(Span(*(2 * [view.reading.text.index("share")])))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.center().x(), rect.bottom() + 3))
    assert len(view.active) == 1


def test_the_margin_names_what_is_coded_and_a_click_selects_it(researcher: Researcher) -> None:
    view = researcher.view
    researcher.selects("We share food").presses("2")
    view.clear()
    view.margin.grab()
    name = view.margin.shown[-1]
    assert name.words == "Food"
    QTest.mouseMove(view.margin, name.rect.center().toPoint())
    QTest.mouseClick(view.margin, Qt.MouseButton.LeftButton, pos=name.rect.center().toPoint())
    assert view.active == frozenset(name.codings)
    assert view.caret() == view.reading.text.index("We share")
    assert "What unites › Food (coded by Asha)" in view.looks.tip(view.coding(c) for c in name.codings)
    assert researcher.page.panel.current() == researcher.ask(lambda p: p.codebook.tree().get("Food").id)


def test_what_finds_no_lane_is_counted_in_the_margin(researcher: Researcher) -> None:
    view = researcher.view
    for name in ("Public spaces", "Food", "Cuts", "Class"):
        code = researcher.ask(lambda p, n=name: p.codebook.tree().get(n).id)
        researcher.selects("We share food").page.gestures.apply(code)
    view.margin.grab()
    folded = [shown for shown in view.margin.shown if shown.words == "Class"]
    assert [len(shown.codings) for shown in folded] == [1]
    assert {shown.words for shown in view.margin.shown} == {"Public spaces", "Food", "Cuts", "Class"}


def test_a_click_on_a_name_reads_one_speaker_only(researcher: Researcher) -> None:
    view = researcher.view
    block = view.screen()[1]
    y = int(block.top + block.layout.lineAt(0).y() + 6)
    QTest.mouseClick(view.gutter, Qt.MouseButton.LeftButton, pos=QPoint(40, y))
    assert view.reading.speakers[view.speaker].label == "Amina"
    assert view.numbers[view.speaker] == "P1"


def test_changing_looks_and_size_keeps_the_place(researcher: Researcher, theme) -> None:
    view = researcher.view
    view.verticalScrollBar().setValue(4)
    top = view.top_point()
    theme.set_mode("dark")
    theme.set_scale(1.5)
    assert view.top_point() == top
    long = next(block for block in view.screen() if len(block.info.span) > 1000)
    assert long.layout.lineAt(1).y() - long.layout.lineAt(0).y() == 42
    researcher.page.grab()


def test_arabic_stands_at_the_right_and_a_greeting_does_not_turn_a_turn_around(researcher: Researcher) -> None:
    view = researcher.view
    view.scroll_to(view.reading.text.index("لا أحد"))
    arabic = next(b for b in view.screen() if b.info.from_right)
    line = arabic.layout.lineAt(0)
    assert line.x() + line.naturalTextWidth() == pytest.approx(line.x() + line.width() - (line.x() - 6), abs=1)
    view.verticalScrollBar().setValue(0)
    greeting = view.screen()[2]
    assert greeting.info.mixed and not greeting.info.from_right
    assert greeting.layout.lineAt(0).x() == 6


def test_the_header_counts(researcher: Researcher) -> None:
    meta = researcher.page.header.meta.text()
    assert "4 people" in meta and "14 March 2026" in meta and "of 8" in meta
    researcher.puts_the_caret_in("exactly").presses("2")
    researcher.page.about.tell()
    assert "16% of turns coded" in researcher.page.header.meta.text()


def test_a_source_that_is_removed_is_no_longer_shown(researcher: Researcher) -> None:
    source = researcher.page.source
    researcher.runner.do(lambda p: p.sources.remove(source))
    assert researcher.page.source is None
    researcher.runner.undo()


def shown_points(researcher: Researcher) -> dict[int, set[int]]:
    """For each coding the code points that are painted as coded, mapped back from the blocks of the page."""
    view, positions = researcher.view, researcher.view.positions
    found: dict[int, set[int]] = {}
    for coding, _role in view.on_screen():
        for block in view.screen():
            part = stretch(block, coding.span, positions)
            if part is not None:
                first, last = (positions.from_qt(block.position + at) for at in part)
                found.setdefault(coding.id, set()).update(range(first, last))
                cursor = QTextCursor(view.document())
                cursor.setPosition(block.position + part[0])
                cursor.setPosition(block.position + part[1], QTextCursor.MoveMode.KeepAnchor)
                assert positions.span(cursor).of(view.reading.text).replace("\n", "\u2029") == cursor.selectedText()
                assert over(block, coding.span, positions) or not coding.span.of(view.reading.text).strip()
    return found


acts = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.integers(0, 4000), st.integers(1, 300), st.integers(0, 3)),
        st.tuples(st.just("undo")), st.tuples(st.just("redo")), st.tuples(st.just("remove"), st.integers(0, 50)),
        st.tuples(st.just("scroll"), st.integers(0, 80)), st.tuples(st.just("filter"), st.integers(0, 3)),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_what_is_highlighted_is_what_the_project_says(researcher: Researcher, drawn: list[tuple]) -> None:
    page, view, text = researcher.page, researcher.view, researcher.view.reading.text
    leaves = [c for c in researcher.ask(lambda p: p.codebook.tree()) if c.parent is not None]
    for name, *values in drawn:
        if name == "code":
            start = values[0] % (len(text) - 1)
            span = Span(start, min(len(text), start + values[1]))
            if span.of(text).strip():
                page.gestures.apply_in(page.source, span, leaves[values[2]].id)
        elif name in ("undo", "redo"):
            able = researcher.ask(lambda p, n=name: p.history.can_undo() if n == "undo" else p.history.can_redo())
            if able and "oded" in able:
                (researcher.runner.undo if name == "undo" else researcher.runner.redo)()
        elif name == "remove" and len(view.layers):
            page.gestures.passages.remove([list(view.layers)[values[0] % len(view.layers)].id])
        elif name == "scroll":
            view.verticalScrollBar().setValue(values[0])
        elif name == "filter":
            page.filters.set(code=[None, *(leaf.id for leaf in leaves)][values[0]])
        check(researcher)


def check(researcher: Researcher) -> None:
    page, view = researcher.page, researcher.view
    stored = researcher.ask(lambda p: p.codings.of_source(page.source))
    assert list(view.layers) == stored
    screen = view.screen()
    visible = {point for b in screen for point in range(b.info.span.start, b.info.span.end)}
    wanted = {c.id: set(range(c.span.start, c.span.end)) & visible for c in stored if page.filters.lets_through(c)}
    assert shown_points(researcher) == {c: points for c, points in wanted.items() if points}
    for role in range(FOLDED):
        spans = [c.span for c, r in view.on_screen() if r == role]
        assert not any(a.overlaps(b) for i, a in enumerate(spans) for b in spans[i + 1 :])
    assert researcher.runner.problems == []


def test_with_real_threads_the_passage_shows_up_and_goes_again(qtbot, theme, threaded_runner, tmp_path: Path) -> None:
    runner = threaded_runner
    problems: list[BaseException] = []
    runner.failed.connect(problems.append)
    with Project.create(tmp_path / "study.cqda", coder="Asha") as project:
        prepare(project)
    page = ReadPage(runner)
    qtbot.addWidget(page)
    runner.changed.connect(page.on_change)
    page.resize(1208, 872)
    page.show()
    with qtbot.waitSignal(runner.opened):
        runner.open(tmp_path / "study.cqda")
    page.entered()
    page.show_source(1)
    qtbot.waitUntil(lambda: page.view.reading is not None and not runner.is_busy)
    text = page.view.reading.text
    page.view.select(Span(text.index("We share"), text.index("We share") + 8))
    QTest.keyClicks(page.view, "2")
    qtbot.waitUntil(lambda: len(page.view.marks()) == 1 and not runner.is_busy)
    qtbot.waitUntil(lambda: page.panel.model.count(page.panel.model.tree.get("Food").id).mentions == 1)
    assert len(page.view.active) == 1
    runner.undo()
    qtbot.waitUntil(lambda: page.view.marks() == [] and not runner.is_busy)
    assert problems == []


def test_another_project_begins_afresh(researcher: Researcher, tmp_path: Path) -> None:
    researcher.selects("We share food").presses("2")
    researcher.runner.create(tmp_path / "other.cqda", codebook="empty")
    assert researcher.page.source is None
    assert researcher.page.gestures.recent == []
    assert researcher.view.reading is None
    researcher.page.gestures.apply(1)
    assert researcher.said[-1] == ("Open a transcript first.", False)
    researcher.page.entered()
    assert len(researcher.page.panel.model.tree) == 0
    assert researcher.runner.problems == []


def test_at_twice_the_text_size_the_codebook_keeps_room_for_codes(researcher: Researcher) -> None:
    theme, page, panel = current_theme(), researcher.page, researcher.page.panel
    panel.select(researcher.ask(lambda p: p.codebook.tree().get("Food").id))
    theme.set_scale(2.0)
    try:
        page.resize(1000, 620)
        page.side.toggle()
        assert panel.isVisible() and panel.parent() is page and page._row.indexOf(panel) < 0
        panel.layout().activate()
        assert panel.view.height() >= 3 * theme.px(28)
        assert 60 < panel.foot.height() <= panel.height() / 2
        assert panel.field.glass.width() == 32, "icons grow with the letters"
        panel.view.setFocus()
        QTest.keyClick(panel.view, Qt.Key.Key_Escape)
        assert not panel.isVisible() and researcher.view.hasFocus()
    finally:
        theme.set_scale(1.0)


def test_the_picker_never_hangs_over_the_edge(researcher: Researcher) -> None:
    theme, page = current_theme(), researcher.page
    theme.set_scale(2.0)
    try:
        page.resize(1000, 620)
        researcher.view.setFocus()
        page.gestures.command("pick")
        assert page.picker.isVisible() and page.picker.list.height() >= 2 * theme.px(40)
        assert page.picker.geometry().adjusted(12, 12, -12, -12).bottom() <= page.rect().bottom()
        assert page.picker.geometry().top() >= -12
    finally:
        page.picker._close()
        theme.set_scale(1.0)
