"""The mode in which a transcript is corrected: one act when it is left, however much was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.editing_draft import clear, put_back, put_down
from cohesion_qda.ui.textpane.editing_turns import Speaking
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton, restyle

if TYPE_CHECKING:
    from pathlib import Path

    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import SourceId
    from cohesion_qda.model.source import Reading
    from cohesion_qda.project import Project
    from cohesion_qda.ui.textpane.editing_surface import EditSurface
    from cohesion_qda.ui.textpane.view import TranscriptView

PAUSE = 1500  # milliseconds without a key after which what was typed is put down


class EditingStrip(QFrame):
    """Over the text while it is corrected: what happens to the codings, Done and Cancel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.setProperty("edge", "bottom")
        self.words = Label("", "interface")
        self.words.setWordWrap(True)
        self.copy = QuietButton(_("Copy the text"))
        self.cancel = QuietButton(_("Cancel"))
        self.done = PrimaryButton(_("Done"))
        self.done.setToolTip(_("Keep the corrections (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.copy, self.cancel, self.done):
            row.addWidget(button)
        self.calm()
        self.hide()

    def calm(self) -> None:
        """Say how it works."""
        self._say(_("Correcting: codings, memos and turns move with their words. Esc keeps what you typed."), "")
        self.copy.hide()
        self.done.disable("")

    def tell(self, words: str) -> None:
        """Say something else that is worth knowing."""
        self._say(words, "accent")

    def warn(self, words: str) -> None:
        """Say why it cannot be kept, and offer to copy it."""
        self._say(words, "warn")
        self.copy.show()
        self.done.disable(words)

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        self.words.set_tone(tone)
        self.setAccessibleName(words)
        restyle(self)


class Correcting(QObject):
    """Takes the place of the transcript in the room's stack while it is corrected."""

    said = Signal(str, bool)  # toast, whether it can be undone
    switched = Signal(bool)  # whether the text is being corrected

    def __init__(self, runner: Runner, page: QWidget, view: TranscriptView, stack: QStackedWidget) -> None:
        super().__init__(page)
        self._runner, self._page, self._view, self._stack = runner, page, view, stack
        self.surface: EditSurface | None = None
        self.strip = EditingStrip(page)
        self.speaking = Speaking(runner, page)
        self.speaking.said.connect(self.said)
        self._is_on = False
        self._project: Path | None = None  # whose text is being corrected
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._put_down)
        self._is_waiting = False  # for what was typed to be kept
        self.strip.done.clicked.connect(lambda: self.done())
        self.strip.cancel.clicked.connect(lambda: self.cancel())
        self.strip.copy.clicked.connect(self._copy)
        runner.failed.connect(self._failed)
        runner.closed.connect(self._forget)
        runner.opened.connect(self._forget)
        runner.leaving.connect(self.leave)

    @property
    def is_on(self) -> bool:
        """Whether a text is being corrected."""
        return self._is_on

    @property
    def area(self) -> QWidget:
        """Where the words are: the transcript, or the text that is being corrected."""
        return self.surface if self._is_on and self.surface is not None else self._view

    def toggle(self) -> None:
        """Begin to correct the transcript that is shown, or finish."""
        if self._is_on:
            self.done()
        else:
            self.begin()

    def begin(self, point: int | None = None) -> None:
        """Correct the transcript that is shown, from the caret on or from the code point `point`."""
        reading = self._view.reading
        if reading is None:
            self.said.emit(_("Open a transcript first."), False)
            return
        if self._runner.info is not None and self._runner.info.is_read_only:
            self.said.emit(_("This project was opened for reading only."), False)
            return
        surface = self._made()
        surface.show_reading(reading, [coding.span for coding in self._view.layers], self._view.look)
        self._is_on, self._is_waiting = True, False
        surface.setReadOnly(False)
        self.strip.calm()
        self.strip.show()
        self._stack.setCurrentWidget(surface)
        surface.go_to(self._view.caret() if point is None else point)
        surface.setFocus()
        self._put_back(reading)
        self.switched.emit(True)

    def _put_back(self, reading: Reading) -> None:
        """Bring back what was typed when the program, or the power, went away."""
        self._project = self._runner.info.path if self._runner.info is not None else None
        if self._project is None or self.surface is None:
            return
        edits = put_back(self._project, reading.source.content, len(reading.text))
        if edits:
            self.surface.apply(edits)
            self.strip.tell(_("What you typed last time is here again. Done keeps it, Cancel discards it."))

    def _put_down(self) -> None:
        if self._is_on and self._project is not None and self.surface is not None and self.surface.typed is not None:
            put_down(self._project, self.surface.typed.reading.source.content, self.surface.typed.edits())

    def done(self, then: Callable[[int], None] | None = None) -> None:
        """Keep what was typed, in one act, and go back to reading; `then` is told where the caret was, in the text as it is
        by then. Where it cannot be kept the person stays, with all that was typed.
        """
        surface = self.surface
        if not self._is_on or self._is_waiting or surface is None or surface.typed is None:
            return
        point, typed = surface.caret(), surface.typed
        edits, source = typed.edits(), typed.reading.source
        self._pause.stop()
        if not edits:
            self._put_down()  # nothing, in place of what may have been there
            self._leave(point, then)
            return
        self._is_waiting = True
        surface.setReadOnly(True)

        def kept(change: Change) -> None:
            self._leave(point, then)
            if change.said:
                self.said.emit(change.said, True)

        def keep(project: Project) -> Change:
            change = project.corrections.correct(source.id, edits, of=source.content)
            clear(project.path, source.content)  # here, because the answer may find the project closed
            return change

        self._runner.do(keep, kept)

    def leave(self) -> None:
        """Another source is shown, or the project is let go: what was typed is kept."""
        self.done()

    def cancel(self) -> None:
        """Go back to reading with the text as it was. What was typed can still be brought back, with Redo."""
        surface = self.surface
        if not self._is_on or self._is_waiting or surface is None or surface.typed is None:
            return
        edits, source = surface.typed.edits(), surface.typed.reading.source
        point = self._view.caret()
        self._pause.stop()
        if not edits:
            self._put_down()
            self._leave(point, None)
            return
        self._is_waiting = True
        surface.setReadOnly(True)

        def discarded(change: Change) -> None:
            self._leave(point, None)
            if not change.is_empty:
                self.said.emit(_("The text is as it was. Redo (Ctrl+Shift+Z) brings back what you typed."), False)

        def discard(project: Project) -> Change:
            clear(project.path, source.content)
            try:
                project.corrections.correct(source.id, edits, of=source.content)
            except BadInput:
                from cohesion_qda.model.change import Change

                return Change.nothing("correct-text")  # it could not have been kept either
            return project.history.undo()

        self._runner.do(discard, discarded)

    def show(self, span: Span) -> None:
        """Select a place of the text as it was before anything was typed, such as found words, while it is corrected."""
        if self._is_on and self.surface is not None and self.surface.typed is not None:
            moved = self.surface.typed.map().moved(span)
            if moved is not None:
                self.surface.select(moved)

    def on_change(self, change: Change) -> None:
        """The project changed: see whether the text that is being corrected is still the one that it was."""
        if not self._is_on or self._is_waiting or self.surface is None or self.surface.typed is None:
            return
        reading = self.surface.typed.reading
        if change.sources and reading.source.id not in change.sources:
            return
        if change.touches("source"):
            self._runner.ask(lambda p: _content_of(p, reading.source.id), self._compare, key=(self, "content"))
        if change.touches("coding", "segment"):
            only = self._runner.only_coder
            self._runner.ask(
                lambda p: [coding.span for coding in p.codings.of_source(reading.source.id, only)],
                self._mark,
                key=(self, "coded"),
            )

    def menu(self, where: QPoint) -> None:
        """The menu of the words under the caret while they are corrected."""
        surface = self.surface
        if surface is None or surface.typed is None:
            return
        menu = surface.createStandardContextMenu()
        menu.setParent(self._page, menu.windowFlags())
        menu.addSeparator()
        reading = surface.typed.reading
        if surface.typed.edits():  # turns can be told apart again when what was typed is kept
            menu.addAction(
                _("Keep what was typed, and say who said it …"),
                lambda: self.done(lambda point: self._say_who(point, where)),
            )
        else:
            chosen = surface.selection()
            self.speaking.add_to(menu, reading, chosen.start, chosen if len(chosen) else None)
        menu.popup(where)

    def _say_who(self, point: int, where: QPoint) -> None:
        reading = self._view.reading
        if reading is not None:
            self.speaking.open(reading, point, None, where)

    def resume(self, point: int) -> None:
        """Go on correcting from a place, when what was asked before is done and read."""
        self._runner.ask(lambda _p: point, lambda at: self._runner.ask(lambda _p: at, self.begin), key=(self, "resume"))

    def _made(self) -> EditSurface:
        if self.surface is None:
            from cohesion_qda.ui.textpane.editing_surface import EditSurface

            self.surface = EditSurface(self._page)
            self._stack.addWidget(self.surface)
            self.surface.textChanged.connect(self._pause.start)
            self.surface.done.connect(lambda: self.done())
            self.surface.said.connect(lambda words: self.said.emit(words, False))
            self.surface.menu_wanted.connect(self.menu)
        return self.surface

    def _leave(self, point: int, then: Callable[[int], None] | None) -> None:
        was_shown = self._stack.currentWidget() is self.surface
        self._forget()
        if was_shown:
            self._stack.setCurrentWidget(self._view)
            self._view.setFocus()
            self._runner.ask(lambda _p: point, lambda at: self._back_at(at, then), key=(self, "back"))

    def _back_at(self, point: int, then: Callable[[int], None] | None) -> None:
        """After the room has read the text again."""
        reading = self._view.reading
        if reading is None:
            return
        at = min(point, len(reading.text))
        self._view.put_caret(at)
        self._view.bring(Span(at, at))
        if then is not None:
            then(at)

    def _forget(self, _info: object = None) -> None:
        self._pause.stop()
        was_on, self._is_on, self._is_waiting = self._is_on, False, False
        self.strip.hide()
        if self.surface is not None:
            self.surface.forget()
        if was_on:
            self.switched.emit(False)

    def _failed(self, _problem: object) -> None:
        """What was typed could not be kept: it is still here."""
        if self._is_waiting and self.surface is not None:
            self._is_waiting = False
            self._pause.start()
            self.surface.setReadOnly(False)
            self.strip.show()
            self._stack.setCurrentWidget(self.surface)

    def _compare(self, content: str) -> None:
        if self._is_on and self.surface is not None and self.surface.typed is not None:
            if not content:
                self.strip.warn(_("This transcript was removed meanwhile. Undo that, or copy what you typed."))
                self._stack.setCurrentWidget(self.surface)
            elif content != self.surface.typed.reading.source.content:
                self.strip.warn(
                    _("This transcript was corrected elsewhere meanwhile. Copy what you typed, then choose Cancel.")
                )
            else:
                self.strip.calm()

    def _mark(self, spans: list[Span]) -> None:
        if self._is_on and self.surface is not None:
            self.surface.set_coded(spans)

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        if self.surface is not None and self.surface.typed is not None:
            QGuiApplication.clipboard().setText(self.surface.typed.text)
            self.said.emit(_("Copied the whole text as it stands here."), False)


def _content_of(project: Project, source: SourceId) -> str:
    """The name of a source's text; empty when the source is gone."""
    return next((one.content for one in project.sources.list() if one.id == source), "")
