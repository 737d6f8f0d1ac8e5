"""A researcher at the real window: real threads, real process, real files; only the dialogs of the system are answered for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.text import Span
from cohesion_qda.ui.counting import counting
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.window import Window

SECONDS = 60


class Researcher:
    """Each method is something a person does; each returns the researcher when the window has come to rest."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        current_theme().set_scale(1.0)  # whatever another test of this process left
        self.window = Window(Settings())
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.make_menus()
        self.rests()

    # -- waiting -----------------------------------------------------------------------------------------------------

    def rests(self, until: Callable[[], bool] = lambda: True) -> Researcher:
        """Until nothing that was asked is under way and `until` holds, some looks in a row."""
        calm = 0

        def still() -> bool:
            nonlocal calm
            runner = self.window.runner
            calm = calm + 1 if not (runner.is_busy or counting(runner).is_waiting) and until() else 0
            return calm >= 5

        self.qtbot.waitUntil(still, timeout=SECONDS * 1000)
        return self

    def ask(self, question: Callable[[Any], Any]) -> Any:
        """What the project says."""
        answers: list[Any] = []
        self.window.runner.ask(question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=SECONDS * 1000)
        return answers[0]

    # -- the shell ------------------------------------------------------------------------------------------------

    def makes_a_project(self, path: Path, codebook: str = "cohesion") -> Researcher:
        self.window.runner.create(path, codebook=codebook)
        return self.rests(lambda: self.window.has_project)

    def starts_a_study(self, path: Path, frame: str) -> Researcher:
        """A new project from one of the study frames."""
        self.window.runner.create(path, codebook="empty", frame=frame)
        return self.rests(lambda: self.window.has_project)

    def does(self, verb: Callable[[Any], Any]) -> Researcher:
        """An act that is not what the story is about."""
        self.window.runner.do(verb)
        return self.rests()

    def opens(self, path: Path) -> Researcher:
        self.window.open_path(path)
        return self.rests(lambda: self.window.has_project)

    def closes_the_project(self) -> Researcher:
        self.window.commands.actions["close_project"].trigger()
        return self.rests(lambda: not self.window.has_project)

    def leaves(self) -> None:
        self.window.close()
        self.window.runner.shutdown()

    def goes_to(self, page: str) -> Any:
        """A page of the window, by its shortcut's action."""
        self.window.workspace.enter(page)
        self.rests()
        return self.window.workspace.page_named(page)

    def undoes(self) -> Researcher:
        self.window.commands.actions["undo"].trigger()
        return self.rests()

    def redoes(self) -> Researcher:
        self.window.commands.actions["redo"].trigger()
        return self.rests()

    # -- importing ------------------------------------------------------------------------------------------------

    def drops(self, *paths: Path) -> Any:
        """Files or a folder dropped onto the window; gives the review page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(600, 400), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.window.dropEvent(event)
        flow = self.window.commands.files.importing()
        self.rests(lambda: flow.dialog is not None)
        return flow.dialog

    def imports(self, *paths: Path) -> Researcher:
        dialog = self.drops(*paths)
        QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
        return self.rests()

    # -- reading and coding -----------------------------------------------------------------------------------------

    @property
    def room(self) -> Any:
        return self.window.workspace.page_named("read")

    def reads(self, name: str) -> Researcher:
        source = self.ask(lambda p: p.sources.get(name).id)
        self.window.workspace.show_source(source)
        self.rests(lambda: self.room.source == source and self.room.view.reading is not None)
        self.room.view.setFocus()
        return self

    def selects(self, words: str) -> Researcher:
        text = self.room.view.reading.text
        start = text.index(words)
        self.room.view.select(Span(start, start + len(words)))
        return self

    def presses(self, key: str) -> Researcher:
        QTest.keyClicks(self.room.view, key)
        return self.rests()

    def applies(self, name: str) -> Researcher:
        """C, the beginning of the code's name, Enter."""
        QTest.keyClicks(self.room.view, "c")
        QTest.keyClicks(self.room.picker.field, name)
        QTest.keyClick(self.room.picker.field, Qt.Key.Key_Return)
        return self.rests()

    def chooses(self, menu: str, keys: str) -> Researcher:
        """What the room has in a menu under these keys."""
        next(a for a in self.room.actions_for_menu()[menu] if a.shortcut().toString() == keys).trigger()
        return self

    def corrects(self, words: str, typed: str) -> Researcher:
        """F4 where need be, the words selected, others typed in their place; `finishes` keeps them."""
        if not self.room.mending.correcting.is_on:
            self.chooses("edit", "F4")
            self.rests(lambda: self.room.mending.correcting.is_on)
        surface = self.room.mending.correcting.surface
        start = surface.typed.text.index(words)
        cursor = surface.textCursor()
        cursor.setPosition(surface.typed.position(start))
        cursor.setPosition(surface.typed.position(start + len(words)), cursor.MoveMode.KeepAnchor)
        surface.setTextCursor(cursor)
        if typed:
            surface.insertPlainText(typed)
        else:
            QTest.keyClick(surface, Qt.Key.Key_Delete)
        return self

    def finishes(self) -> Researcher:
        """Escape: what was typed is kept."""
        QTest.keyClick(self.room.mending.correcting.surface, Qt.Key.Key_Escape)
        return self.rests(lambda: not self.room.mending.correcting.is_on)

    def exports_the_answer(self, **chosen: str | int) -> Researcher:
        """On the page Compare: Export …, what is `chosen` in the dialog (what, ending, hides), and Enter. Where to is asked by the
        system, and answered elsewhere.
        """
        page = self.window.workspace.page_named("compare")
        page.export()
        self.rests(lambda: page.taking.dialog is not None)
        dialog = page.taking.dialog
        for name, value in chosen.items():
            if name == "ending":
                dialog.format.setCurrentIndex(dialog.format.findData(value))
                dialog.format.activated.emit(dialog.format.currentIndex())
            else:
                {"what": dialog.whats, "hides": dialog.hides}[name][value].click()
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        return self.rests()

    def writes_about(self, part: str, words: str) -> Researcher:
        """On the page Report, the tab Contents: a part is chosen in the list, and words are typed into its field."""
        contents = self.goes_to("report").tab_named("contents")
        contents.list.choose(part)
        QTest.keyClick(contents.list, Qt.Key.Key_Return)
        QTest.keyClicks(contents.part.words, words)
        contents.leave()
        return self.rests()

    def writes_the_report(self, folder: Path) -> str:
        """Report, the button; gives the words of report.html."""
        page = self.goes_to("report")
        page.write_to(folder)
        QTest.mouseClick(page.write_button, Qt.MouseButton.LeftButton)
        self.rests(page.done.isVisible)
        return (folder / "report.html").read_text(encoding="utf-8")

    def quotes_for(self, path: str) -> list[str]:
        return self.ask(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get(path).id)])

    def shown(self) -> set[tuple[str, str]]:
        """(code, words) of every coding that the transcript shows."""
        view = self.room.view
        return {(view.tree[coding.code].name, coding.span.of(view.reading.text)) for coding in view.layers}
