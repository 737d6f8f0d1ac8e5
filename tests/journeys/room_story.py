"""What the journeys of the room share: a study of three small groups, and hands that hold a button while they move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.journeys.researcher import Researcher
from tests.makers import draft

TALK = [
    ("Moderator", "What brings people together round here?"),
    ("Amina", "The park 😀, honestly. Everybody is in the park on a Saturday."),
    ("Yusuf", "لا أحد يأتي بعد السادسة مساء."),
    ("Carol", "I would say the school gate. You stand there ten minutes and you talk."),
    ("Amina", "The buses. Nobody comes down after six."),
    ("Carol", "It is the buses, yes."),
]
NO = Qt.KeyboardModifier.NoModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def study(path: Path) -> Path:
    """One group, four codes with keys; Bea has coded one passage. The file's path."""
    with Project.create(path, "empty", coder="Bea") as project:
        for question, names in (("What unites", ["Public spaces", "Food"]), ("What divides", ["Buses", "Class"])):
            parent = project.codebook.added(project.codebook.add(question, is_question=True))
            for name in names:
                project.codebook.add(name, parent, definition="How people get about" if name == "Buses" else "")
        tree = project.codebook.tree()
        project.codebook.set_key(tree.get("Buses").id, "7")
        project.codebook.set_key(tree.get("Food").id, "Shift+F")
        project.sources.add([draft("Women", TALK)])
        women = project.sources.get("Women").id
        project.codings.apply(women, project.codings.find_quote(women, "ten minutes"), [tree.get("Class").id])
    return path


def begin(researcher: Researcher, path: Path, coder: str = "Asha") -> Researcher:
    """Open the study as somebody, and read the group."""
    researcher.window.runner.coder = coder
    researcher.window.settings["coder"] = coder
    researcher.opens(study(path))
    return researcher.reads("Women")


def coded(researcher: Researcher) -> list[tuple[str, str, str]]:
    """(who, code, words) of all that the project holds, in order."""
    return researcher.ask(
        lambda p: [(x.coder_name, x.code_path.rpartition("/")[2], x.quote) for x in p.codings.retrieve()]
    )


def mine(researcher: Researcher, who: str = "Asha") -> list[tuple[str, str]]:
    """(code, words) of one coder."""
    return [(code, words) for coder, code, words in coded(researcher) if coder == who]


def place_of(researcher: Researcher, point: int) -> QPoint:
    """Where a code point stands in the viewport: the middle of its line."""
    view = researcher.room.view
    rect = view.rect_of(Span(point, point))
    assert rect is not None
    return QPoint(rect.left() + 1, rect.center().y())


def span_of(researcher: Researcher, words: str) -> Span:
    text = researcher.room.view.reading.text
    return Span(text.index(words), text.index(words) + len(words))


def moves(widget: Any, place: QPoint) -> None:
    """The pointer with the left button held; QTest.mouseMove tells of no button."""
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), QPointF(widget.mapToGlobal(place)), Qt.MouseButton.NoButton, LEFT, NO
    )
    QApplication.sendEvent(widget, event)


def drags_over(researcher: Researcher, words: str) -> None:
    """Select words with the mouse."""
    span, port = span_of(researcher, words), researcher.room.view.viewport()
    QTest.mousePress(port, LEFT, NO, place_of(researcher, span.start))
    moves(port, place_of(researcher, span.end))
    QTest.mouseRelease(port, LEFT, NO, place_of(researcher, span.end))


def clicks_at(researcher: Researcher, words: str) -> None:
    """Put the caret before words."""
    QTest.mouseClick(researcher.room.view.viewport(), LEFT, NO, place_of(researcher, span_of(researcher, words).start))


def name_in_margin(researcher: Researcher, words: str) -> QPoint:
    """Where a code's name stands in the margin."""
    QApplication.processEvents()
    margin = researcher.room.view.margin
    found = [s for s in margin.shown if len(s.codings) == 1 and s.words.startswith(words)]
    return found[-1].rect.toRect().center()


def chooses(menu: Any, words: str) -> None:
    """An entry of a menu, by its words."""
    found = [action for action in menu.actions() if action.text().split("\t")[0] == words]
    assert found, [action.text() for action in menu.actions()]
    found[0].trigger()
