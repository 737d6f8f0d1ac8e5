"""Hypothesis as a restless researcher: whatever is done in the room with keys and mouse, in whatever order, what is
highlighted is what the project says, what is selected is what stands there, and the project file is sound. All three
are looked at after every step, and `check` as well.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.model.textmap import Edit, applied
from cohesion_qda.project import Project
from cohesion_qda.store.schema import set_undo_floor
from cohesion_qda.ui.codebook.model import CODE_MIME
from cohesion_qda.ui.runner import Runner, everything
from cohesion_qda.ui.textpane.paint import over, stretch
from cohesion_qda.ui.textpane.room import ReadPage
from tests.makers import draft

LONG = "It goes on and on 😀 about the buses and the park 👨‍👩‍👧 and who sits where on a Saturday. " * 30
TALKS = {
    "Emoji": [
        ("Moderator", "What does getting on well together mean to you? 🙂"),
        ("Amina", "Knowing your neighbours 😀, I think. We share food 👨‍👩‍👧 over the wall every Eid. 🇬🇧🇵🇰 Both."),
        ("Carol", "For me it is the park (laughs) 👍🏽. Everybody is in the park."),
        ("Joan", LONG),
        ("Joan", "That is exactly it."),
        ("Amina", "😀"),
    ],
    "Arabic": [
        ("Moderator", "ماذا يعني لكم العيش معا؟"),
        ("Yusuf", "لا أحد يأتي بعد السادسة مساء والحافلة لا تقف هنا منذ عام. السَّلَامُ عَلَيْكُمْ."),
        ("Dev", "The bus, الحافلة, stops at 6. Then nothing 🚌."),
        ("Yusuf", "هذا كل شيء."),
    ],
    "Hindi": [
        ("Moderator", "यहाँ रहना कैसा है?"),
        ("Meera", "यहाँ कोई बस नहीं आती। e\u0301te\u0301 में भी नहीं। Nobody comes down after six."),
        ("Dev", "ਪੰਜਾਬੀ and हिन्दी together, क्षत्रिय 😀 mixed."),
    ],
}  # fmt: skip
CODES = (("What unites", ("Public spaces", "Food")), ("What divides", ("Cuts", "Class", "الحافلة")))
KEYS = {"Food": "1", "Cuts": "2", "Class": "Shift+F"}
NO = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOVES = [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
         Qt.Key.Key_PageDown, Qt.Key.Key_PageUp]  # fmt: skip
HELD = [NO, SHIFT, CTRL, SHIFT | CTRL]
share = st.floats(0, 1, allow_nan=False)
steps_done = itertools.count(1)
done = 0


def prepare(project: Project) -> None:
    """Three transcripts, two questions with codes, keys; none of it can be undone."""
    for question, names in CODES:
        parent = project.codebook.added(project.codebook.add(question, is_question=True))
        for name in names:
            project.codebook.add(name, parent)
    for name, key in KEYS.items():
        project.codebook.set_key(project.codebook.tree().get(name).id, key)
    project.sources.add([draft(name, talk) for name, talk in TALKS.items()])
    women = project.sources.get("Emoji").id
    project.use_coder("Bea")
    project.codings.apply(women, Span(60, 90), [project.codebook.tree().get("Cuts").id])
    project.use_coder("Asha")
    set_undo_floor(project._session.db)


class Room(RuleBasedStateMachine):
    """The room, and the hands of somebody who never rests."""

    folder: Path
    qtbot: Any
    numbers = itertools.count()

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[Any] = []
        self.capture = self.qtbot.capture_exceptions()
        self.raised = self.capture.__enter__()
        self.runner = Runner(executor="now")
        self.runner.failed.connect(self.problems.append)
        self.runner.coder = "Asha"
        self.runner.create(self.folder / f"{next(self.numbers)}.cqda", codebook="empty")
        self.ask(prepare)
        self.page = ReadPage(self.runner)
        self.view = self.page.view
        self.runner.changed.connect(self.page.on_change)
        self.page.resize(1208, 620)
        self.page.gestures.passages.use_weights(True)
        # QDrag.exec would wait for a drop that no hand makes here; what it carries is dropped where a hand would
        self.view._drag = lambda: None
        self.page.show()
        self.page.entered()
        self.to_source("Emoji")

    def teardown(self) -> None:
        self.page.close()
        self.page.deleteLater()
        self.runner.shutdown()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.capture.__exit__(None, None, None)
        assert self.raised == []

    # ---- asking, and finding places
    def ask(self, question: Any) -> Any:
        answers: list[Any] = []
        self.runner.ask(question, answers.append)
        return answers[0]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        QTest.keyClick(self.view, key, held)

    def to_source(self, name: str) -> None:
        self.page.show_source(self.ask(lambda p: p.sources.get(name).id))

    def place(self, across: float, down: float) -> QPoint:
        port = self.view.viewport()
        return QPoint(int(across * (port.width() - 1)), int(down * (port.height() - 1)))

    @property
    def picker(self) -> Any:
        return self.page.picker

    def type_and_enter(self, typed: str, ticks: int) -> None:
        if not self.picker.isVisible():
            return
        if typed.isascii():
            QTest.keyClicks(self.picker.field, typed)
        else:
            self.picker.field.insert(typed)  # QTest knows ASCII keys only
        for _tick in range(ticks):
            QTest.keyClick(self.picker.field, Qt.Key.Key_Tab)
        for _enter in range(3):
            if self.picker.isVisible():
                QTest.keyClick(self.picker.field, Qt.Key.Key_Return)
        if self.picker.isVisible():
            QTest.keyClick(self.picker.field, Qt.Key.Key_Escape)

    # ---- moving, selecting
    @rule(key=st.sampled_from(MOVES), held=st.sampled_from(HELD), times=st.integers(1, 12))
    def moves(self, key: Qt.Key, held: Qt.KeyboardModifier, times: int) -> None:
        for _time in range(times):
            self.key(key, held)

    @rule(across=share, down=share, twice=st.booleans())
    def clicks(self, across: float, down: float, twice: bool) -> None:
        click = QTest.mouseDClick if twice else QTest.mouseClick
        click(self.view.viewport(), Qt.MouseButton.LeftButton, NO, self.place(across, down))

    @rule(across=share, down=share, to_across=share, to_down=share)
    def drags_over_words(self, across: float, down: float, to_across: float, to_down: float) -> None:
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, NO, self.place(across, down))
        self.move_to(port, self.place(to_across, to_down))
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, NO, self.place(to_across, to_down))

    @staticmethod
    def move_to(widget: Any, place: QPoint) -> None:
        """QTest.mouseMove tells of no button that is held; a hand that drags holds one."""
        from PySide6.QtGui import QMouseEvent

        where = QPointF(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(place)), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, NO,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    @rule(keys=st.text("wwsstb", min_size=1, max_size=6))
    def selects_more_and_less(self, keys: str) -> None:
        QTest.keyClicks(self.view, keys)

    @rule(keys=st.text("jkunp", min_size=1, max_size=4))
    def goes(self, keys: str) -> None:
        QTest.keyClicks(self.view, keys)

    @rule(value=share)
    def scrolls(self, value: float) -> None:
        bar = self.view.verticalScrollBar()
        bar.setValue(int(value * bar.maximum()))

    # ---- coding
    @rule(key=st.sampled_from(["1", "2", "3", "F", "l"]))
    def codes_by_key(self, key: str) -> None:
        if key == "F":
            self.key(Qt.Key.Key_F, SHIFT)
        else:
            QTest.keyClicks(self.view, key)

    @rule(typed=st.sampled_from(["", "foo", "pub", "cl", "ال", "c"]), ticks=st.integers(0, 2), enter=st.booleans())
    def picks(self, typed: str, ticks: int, enter: bool) -> None:
        self.key(Qt.Key.Key_Return if enter else Qt.Key.Key_C)
        self.type_and_enter(typed, ticks)

    @rule()
    def codes_in_their_words(self) -> None:
        if len(self.view.tree) < 14:
            QTest.keyClicks(self.view, "v")
            self.type_and_enter("", 0)

    @rule(which=st.integers(0, 20), across=share, down=share)
    def drops_a_code(self, which: int, across: float, down: float) -> None:
        codes = [code.id for code in self.view.tree]
        data = QMimeData()
        data.setData(CODE_MIME, str(codes[which % len(codes)]).encode())
        where = QPointF(self.place(across, down))
        self.view.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO))

    @rule(which=st.integers(0, 20))
    def drops_words_on_a_code(self, which: int) -> None:
        if self.view.selected() is None or self.view.is_hidden(self.view.selected()):
            return
        codes = [code.id for code in self.view.tree]
        index = self.page.panel.model.index_of(codes[which % len(codes)])
        data = self.view.createMimeDataFromSelection()
        self.page.panel.model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)

    @rule(which=st.integers(0, 20))
    def double_clicks_a_code(self, which: int) -> None:
        codes, tree = [code.id for code in self.view.tree], self.page.panel.view
        rect = tree.visualRect(self.page.panel.model.index_of(codes[which % len(codes)]))
        if tree.viewport().rect().contains(rect.center()):
            QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, NO, rect.center())
            QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, NO, rect.center())

    # ---- the passage
    @rule(keys=st.sampled_from(["+", "-", "++", "q", "x"]))
    def weighs_and_so_on(self, keys: str) -> None:
        QTest.keyClicks(self.view, keys)

    @rule(key=st.sampled_from([Qt.Key.Key_Delete, Qt.Key.Key_Backspace]))
    def removes(self, key: Qt.Key) -> None:
        self.key(key)

    @rule(typed=st.sampled_from(["foo", "pub", "cl"]))
    def recodes(self, typed: str) -> None:
        QTest.keyClicks(self.view, "r")
        self.type_and_enter(typed, 0)

    @rule(
        steps=st.lists(
            st.tuples(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right]), st.sampled_from(HELD)), max_size=8
        ),
        last=st.sampled_from([Qt.Key.Key_Return, Qt.Key.Key_Escape]),
    )
    def moves_ends_with_keys(self, steps: list[Any], last: Qt.Key) -> None:
        QTest.keyClicks(self.view, "e")
        if self.page.gestures.passages.ends.is_on:
            for key, held in steps:
                self.key(key, held)
            self.key(last)

    @rule(which=st.integers(0, 1), across=share, down=share, lets_go=st.booleans())
    def drags_an_end(self, which: int, across: float, down: float, lets_go: bool) -> None:
        handle = self.page.gestures.passages.ends.handles[which]
        if not handle.isVisible():
            return
        grip = handle.grip()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, NO, grip)
        self.move_to(handle, handle.mapFrom(self.view.viewport(), self.place(across, down)))
        if not lets_go:
            self.key(Qt.Key.Key_Escape)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NO, handle.grip())

    @rule(which=st.integers(0, 30), command=st.sampled_from(["e", "q", "x", "escape", "delete", "enter"]))
    def clicks_a_name(self, which: int, command: str) -> None:
        QApplication.processEvents()
        shown = [s for s in self.view.margin.shown if len(s.codings) == 1]
        if not shown:
            return
        rect = shown[which % len(shown)].rect.toRect()
        if not self.view.margin.rect().contains(rect.center()):
            return
        QTest.mouseClick(self.view.margin, Qt.MouseButton.LeftButton, NO, rect.center())
        card = self.page.gestures.passages.card
        if card.isVisible():
            card.take_focus()
            keys = {"escape": Qt.Key.Key_Escape, "delete": Qt.Key.Key_Delete, "enter": Qt.Key.Key_Down}
            QTest.keyClick(card.rows[0], keys.get(command) or getattr(Qt.Key, f"Key_{command.upper()}"))
            card.close_it()
        if self.page.gestures.passages.ends.is_on:
            self.key(Qt.Key.Key_Escape)

    # ---- what goes on around it
    def may_be_refused(self, act: Callable[[], None], words: str) -> None:
        """While others' codings are hidden, what they did stands, and the person is told so in these words."""
        before = len(self.problems)
        act()
        if self.runner.is_blind:
            assert all(words in str(problem) for problem in self.problems[before:])
            del self.problems[before:]

    @rule(back=st.booleans(), times=st.integers(1, 4))
    def undoes(self, back: bool, times: int) -> None:
        for _time in range(times):
            able = self.ask(lambda p: p.history.can_undo() if back else p.history.can_redo())
            if able:
                self.may_be_refused(self.runner.undo if back else self.runner.redo, "what another person did")

    @rule(which=st.sampled_from(["code", "coder", "speaker"]), at=st.integers(0, 6))
    def filters(self, which: str, at: int) -> None:
        values = {
            "code": [None, *(code.id for code in self.view.tree)],
            "coder": [None, *(coder.id for coder in self.ask(lambda p: p.coders()))],
            "speaker": [None, None, *self.view.reading.speakers],
        }[which]
        self.page.filters.set(**{which: values[at % len(values)]})

    @rule()
    def shows_everything(self) -> None:
        self.page.filters.set(code=None, coder=None, speaker=None)

    @rule(on=st.booleans())
    def hides_others(self, on: bool) -> None:
        self.runner.is_blind = on
        self.runner.changed.emit(everything("hide-others"))

    @rule(name=st.sampled_from(["Asha", "Bea", "Rosa"]))
    def another_codes(self, name: str) -> None:
        self.runner.use_coder(name)

    @rule(name=st.sampled_from(list(TALKS)))
    def reads_another(self, name: str) -> None:
        self.to_source(name)

    @precondition(lambda self: len(self.view.tree) > 5)
    @rule(which=st.integers(0, 20), into=st.integers(0, 20))
    def merges_codes(self, which: int, into: int) -> None:
        leaves = [code.id for code in self.view.tree if not self.view.tree.children(code.id) and not code.is_question]
        if len(leaves) > 3 and leaves[which % len(leaves)] != leaves[into % len(leaves)]:
            one, other = leaves[which % len(leaves)], leaves[into % len(leaves)]
            self.may_be_refused(
                lambda: self.runner.do(lambda p: p.codebook.merge(one, into=other)), "Others have used this code"
            )

    @rule(which=st.integers(0, 20), aside=st.booleans())
    def sets_a_code_aside(self, which: int, aside: bool) -> None:
        codes = [code.id for code in self.view.tree]
        code = codes[which % len(codes)]
        self.runner.do(lambda p: p.codebook.set_aside(code, aside))

    @rule(at=share, length=st.integers(0, 6), new=st.sampled_from(["", "x", "😀", "بس", "कि", " and so on "]))
    def corrects(self, at: float, length: int, new: str) -> None:
        text, source = self.view.reading.text, self.page.source
        start = int(at * len(text))
        end = min(len(text), start + length)
        if "\n" not in text[start:end] and (new or end > start):
            self.runner.do(lambda p: p.corrections.correct(source, [Edit(start, end, new)]))

    @rule(
        at=share, length=st.integers(0, 40), keeps=st.booleans(),
        typed=st.sampled_from(["", "x", "and so on ", "😀", "بس", "कि", "one\ntwo"]),
        keys=st.lists(st.sampled_from([Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return]), max_size=3),
    )  # fmt: skip
    def corrects_by_hand(self, at: float, length: int, keeps: bool, typed: str, keys: list[Qt.Key]) -> None:
        self.key(Qt.Key.Key_F4)
        correcting, before = self.page.mending.correcting, self.view.reading.text
        assert correcting.is_on
        surface = correcting.surface
        start = int(at * len(surface.typed.text))
        surface.select(Span(start, min(start + length, len(before))))
        if typed.isascii() and "\n" not in typed:
            QTest.keyClicks(surface, typed)
        else:
            data = QMimeData()
            data.setText(typed)
            surface.insertFromMimeData(data)  # pasted: QTest knows ASCII keys only
        for key in keys:
            QTest.keyClick(surface, key)
        assert surface.typed.text == surface.toPlainText() == applied(before, surface.typed.edits())
        if keeps:
            QTest.keyClick(surface, Qt.Key.Key_Escape)
        else:
            correcting.cancel()
            assert self.view.reading.text == before
        assert not correcting.is_on

    # ---- what must hold
    @invariant()
    def what_is_highlighted_is_what_the_project_says(self) -> None:
        global done
        done = next(steps_done)
        QApplication.processEvents()  # so that it is painted
        source = self.page.source
        assert source is not None and self.view.reading is not None
        text = self.ask(lambda p: p.sources.reading(source).text)
        stored = self.ask(lambda p: p.codings.of_source(source, self.runner.only_coder))
        assert self.view.reading.text == text
        assert list(self.view.layers) == stored
        self.on_the_page(text, [c for c in stored if self.page.filters.lets_through(c)])
        self.what_is_selected(text)
        assert self.view.active <= {coding.id for coding in stored if self.view.is_shown(coding)}
        assert not self.page.gestures.passages.ends.is_on

    def on_the_page(self, text: str, wanted: list[Any]) -> None:
        screen, positions = self.view.screen(), self.view.positions
        painted: dict[int, str] = {}
        for coding, _role in self.view.on_screen():
            for block in screen:
                part = stretch(block, coding.span, positions)
                if part is not None:
                    words = self.words(block.position + part[0], block.position + part[1])
                    painted[coding.id] = painted.get(coding.id, "") + words
                    assert over(block, coding.span, positions) or not words.strip() or not words.isprintable()
        expected = {}
        for coding in wanted:
            inside = [b.info.span for b in screen if b.info.span.start < coding.span.end > coding.span.start]
            words = "".join(
                Span(max(s.start, coding.span.start), min(s.end, coding.span.end)).of(text)
                for s in inside
                if s.end > coding.span.start
            )
            if words:
                expected[coding.id] = words
        assert painted == expected

    def words(self, start: int, end: int) -> str:
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def what_is_selected(self, text: str) -> None:
        cursor, selected = self.view.textCursor(), self.view.selected()
        if selected is None:
            assert not cursor.selectedText().strip()
        else:
            shown = "".join(cursor.selectedText().replace("\u2029", " ").split())
            assert shown == "".join(selected.of(text).split())
            assert trimmed(text, selected) == selected

    @invariant()
    def the_project_file_is_sound(self) -> None:
        assert self.ask(lambda p: p.check()) == []
        assert self.problems == []
        assert self.raised == []


def drive(qtbot: Any, folder: Path, *, runs: int, steps: int, derandomize: bool) -> int:
    """How many steps were made. What the quick run finds is not made smaller: that may take minutes, and the same steps
    come again.
    """
    phases = [Phase.generate] if derandomize else [Phase.generate, Phase.shrink]
    Room.folder, Room.qtbot = folder, qtbot
    before = done
    with qtbot.capture_exceptions():
        run_state_machine_as_test(
            Room,
            settings=settings(
                max_examples=runs, stateful_step_count=steps, deadline=None, derandomize=derandomize,
                suppress_health_check=list(HealthCheck), print_blob=True, database=None,
                phases=phases,
            ),
        )  # fmt: skip
    return done - before


def test_whatever_is_done_what_is_highlighted_is_what_the_project_says(qtbot, theme, tmp_path: Path) -> None:
    assert drive(qtbot, tmp_path, runs=6, steps=50, derandomize=True) >= 150


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_ten_thousand_steps(qtbot, theme, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began, made = time.monotonic(), 0
    while made < 10_000:
        made += drive(qtbot, tmp_path, runs=20, steps=100, derandomize=False)
    with capsys.disabled():
        print(f"\n{made} steps in {time.monotonic() - began:.0f} s, nothing amiss")
