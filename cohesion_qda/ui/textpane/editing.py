"""The mode in which a transcript is corrected: one act when it is left, however much was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.editing_draft import Draft, clear, put_back, put_down
from cohesion_qda.ui.textpane.editing_strip import EditingStrip
from cohesion_qda.ui.textpane.editing_turns import Speaking

if TYPE_CHECKING:
    from pathlib import Path

    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import SourceId
    from cohesion_qda.model.source import Reading
    from cohesion_qda.project import Project
    from cohesion_qda.ui.textpane.editing_surface import EditSurface
    from cohesion_qda.ui.textpane.editing_text import TypedText
    from cohesion_qda.ui.textpane.view import TranscriptView

PAUSE = 1500  # milliseconds without a key after which what was typed is put down


class Correcting(QObject):
    """Takes the place of the transcript in the room's stack while it is corrected. A text is corrected in one window at a
    time: `runner.in_hand` says by whom, so what is put down has one writer.
    """

    said = Signal(str, bool)  # toast, whether it can be undone
    switched = Signal(bool)  # whether the text is being corrected
    stayed = Signal(int)  # source id: something else was to be shown, but what was typed in this one cannot be kept

    def __init__(self, runner: Runner, page: QWidget, view: TranscriptView, stack: QStackedWidget) -> None:
        super().__init__(page)
        self._runner, self._page, self._view, self._stack = runner, page, view, stack
        self.surface: EditSurface | None = None
        self.strip = EditingStrip(page)
        self.speaking = Speaking(runner, page)
        self.speaking.said.connect(self.said)
        self._is_on = False
        self._project: Path | None = None  # whose text is being corrected
        self._window: QWidget | None = None  # in which
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.put_down)
        self._is_waiting = False  # for what was typed to be kept
        self._then: Callable[[int], None] | None = None  # what is to be done once it is kept
        self._to: Callable[[], None] | None = None  # where to go then, in place of back to reading
        self._discarded: dict[SourceId, Draft] = {}  # what Cancel took away
        self.strip.done.clicked.connect(lambda: self.done())
        self.strip.cancel.clicked.connect(lambda: self.cancel())
        self.strip.copy.clicked.connect(lambda: self._typed is not None and self.copy(self._typed.text))
        self.strip.again.clicked.connect(self._bring_back)
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

    @property
    def _typed(self) -> TypedText | None:
        """What is being corrected."""
        return self.surface.typed if self._is_on and self.surface is not None else None

    def shows(self, source: SourceId) -> bool:
        """Whether `source` is what is read in the room."""
        return self._view.reading is not None and self._view.reading.source.id == source

    def is_free(self, source: SourceId) -> bool:
        """Whether nobody corrects `source`, here or in another window."""
        holder = self._runner.in_hand.get(_hold(source))
        return holder is None or not isValid(holder)

    def toggle(self) -> None:
        """Begin to correct the transcript that is shown, or finish."""
        if self._is_on:
            self.done()
        else:
            self.begin()

    def begin(self, point: int | None = None) -> None:
        """Correct the transcript that is shown, from the caret on or from the code point `point`."""
        reading = self._view.reading
        if reading is None or (why := self._why_not(reading)):
            self.said.emit(_("Open a transcript first.") if reading is None else why, False)
            return
        self._runner.in_hand[_hold(reading.source.id)] = self
        surface = self._made()
        surface.show_reading(reading, [coding.span for coding in self._view.layers], self._view.look)
        self._is_on, self._is_waiting, self._then, self._to = True, False, None, None
        surface.setReadOnly(False)
        self.strip.calm()
        self.strip.show()
        self._stack.setCurrentWidget(surface)
        surface.go_to(self._view.caret() if point is None else point)
        surface.setFocus()
        self._put_back(reading)
        self._window = self._page.window()
        self._window.installEventFilter(self)
        self.switched.emit(True)

    def _why_not(self, reading: Reading) -> str:
        """Why a text cannot be corrected here now; empty where it can."""
        if self._runner.info is not None and self._runner.info.is_read_only:
            return _("This project was opened for reading only.")
        if self._runner.in_hand.get(_hold(reading.source.id)) is not self and not self.is_free(reading.source.id):
            return _("This transcript is being corrected in another window.")
        return ""

    def _put_back(self, reading: Reading) -> None:
        """Bring back what was typed when the program, or the power, went away; offer what was discarded."""
        self._project = self._runner.info.path if self._runner.info is not None else None
        if self._project is None or self.surface is None:
            return
        draft = put_back(self._project, reading.source.content, len(reading.text))
        if draft is not None:
            self.surface.apply(draft.edits)
            self.surface.go_to(draft.caret)
            self.strip.tell(_("What you typed last time is here again. Done keeps it, Cancel discards it."))
        elif (aside := self._discarded.get(reading.source.id)) is not None:
            self.strip.offer(is_same=aside.content == reading.source.content)

    def set_aside(self, draft: Draft) -> None:
        """Offer what was typed when its source is corrected again, until the window is closed."""
        self._discarded[draft.source] = draft
        reading = self._view.reading
        if reading is not None and reading.source.content == draft.content:
            self.said.emit(_("The text is as it was. Correcting it again offers what you typed."), False)

    def _bring_back(self) -> None:
        """Type again what was discarded, into the text as it was; where that is another by now, copy it. The offer goes with the
        first key.
        """
        typed = self._typed
        draft = self._discarded.pop(typed.reading.source.id, None) if typed is not None else None
        if typed is None or draft is None or self.surface is None:
            return
        if draft.content == typed.reading.source.content:
            self.surface.apply(draft.edits)
        else:
            self.copy(draft.text)
            self._discarded[draft.source] = draft
        self.surface.setFocus()

    def put_down(self) -> None:
        """See to it that what was typed so far would outlast the end of the program."""
        draft = self._draft()
        if draft is not None and self._project is not None and not self._is_waiting:
            put_down(self._project, draft)

    def _draft(self) -> Draft | None:
        typed = self._typed
        if typed is None or self.surface is None:
            return None
        source = typed.reading.source
        return Draft(source.id, source.name, source.content, tuple(typed.edits()), typed.text, self.surface.caret())

    def done(self, then: Callable[[int], None] | None = None, *, to: Callable[[], None] | None = None) -> None:
        """Keep what was typed, in one act. Afterwards go back to reading, where `then` is told where the caret was, in the text
        as it is by then; or go somewhere else, where `to` leads. Where it cannot be kept the person stays, with all that was
        typed.
        """
        surface = self.surface
        if not self._is_on or surface is None or surface.typed is None:
            return
        if then is not None or to is not None:
            self._then, self._to = then, to
        if self._is_waiting:
            return
        typed, edits, source = surface.typed, surface.typed.edits(), surface.typed.reading.source
        self._pause.stop()
        self.put_down()  # until the project has it; where nothing was typed, in place of what may have been there
        if not edits:
            self._leave(surface.caret())
            return
        self._is_waiting = True
        surface.setReadOnly(True)

        def keep(project: Project) -> Change:
            change = project.corrections.correct(source.id, edits, of=source.content)
            clear(project.path, source.content)  # here, because the answer may find the project closed
            return change

        self._runner.do(keep, partial(self._kept, typed), failed=partial(self._not_kept, typed))

    def _kept(self, typed: TypedText, change: Change) -> None:
        if self.surface is not None and self.surface.typed is typed:
            self._leave(self.surface.caret())
        if change.said:
            self.said.emit(change.said, True)

    def _not_kept(self, typed: TypedText) -> None:
        """What was typed is still here."""
        if self.surface is None or self.surface.typed is not typed:
            return
        was_to, self._is_waiting, self._then, self._to = self._to, False, None, None
        self._pause.start()
        self.surface.setReadOnly(False)
        self.strip.show()
        self._stack.setCurrentWidget(self.surface)
        self._look_at(typed.reading.source.id)
        if was_to is not None:
            self.stayed.emit(typed.reading.source.id)

    def leave(self) -> None:
        """The project is let go, or the window closed: what was typed is kept."""
        self.done()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self._window:
            self.leave()
        return super().eventFilter(watched, event)

    def cancel(self) -> None:
        """Go back to reading with the text as it was. Nothing was done, so there is no act; what was typed is offered when the
        text is corrected again, until the window is closed.
        """
        draft = self._draft()
        if draft is None or self._is_waiting or self._project is None:
            return
        self._pause.stop()
        clear(self._project, draft.content)
        if draft.edits:
            self.set_aside(draft)
        self._leave(self._view.caret())

    def show(self, span: Span) -> None:
        """Select a place of the text as it was before anything was typed, such as found words, while it is corrected."""
        if self._is_on and self.surface is not None and self.surface.typed is not None:
            moved = self.surface.typed.map().moved(span)
            if moved is not None:
                self.surface.select(moved)

    def on_change(self, change: Change) -> None:
        """The project changed: see whether the text that is being corrected is still the one that it was."""
        typed = self._typed
        if typed is None or self._is_waiting:
            return
        source = typed.reading.source.id
        if change.sources and source not in change.sources:
            return
        if change.touches("source"):
            self._look_at(source)
        if change.touches("coding", "segment"):
            self._read_codings(source)

    def entered(self) -> None:
        """The room is in view again: what happened to the text meanwhile is seen now."""
        typed = self._typed
        if typed is not None:
            self._look_at(typed.reading.source.id)
            self._read_codings(typed.reading.source.id)

    def _look_at(self, source: SourceId) -> None:
        self._runner.ask(lambda p: _content_of(p, source), self._compare, key=(self, "content"))

    def _read_codings(self, source: SourceId) -> None:
        def spans(project: Project) -> list[Span]:
            gone = not _content_of(project, source)
            return [] if gone else [coding.span for coding in project.codings.of_source(source)]

        self._runner.ask(spans, self._mark, key=(self, "coded"))

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
            self.surface.textChanged.connect(self.strip.again.hide)
            self.surface.done.connect(lambda: self.done())
            self.surface.said.connect(lambda words: self.said.emit(words, False))
            self.surface.menu_wanted.connect(self.menu)
        return self.surface

    def _leave(self, point: int) -> None:
        """Stop correcting; `point` is where the caret was, in the text as it will be read."""
        assert self.surface is not None and self.surface.typed is not None
        source, then, to = self.surface.typed.reading.source.id, self._then, self._to
        was_shown = self._stack.currentWidget() is self.surface
        self._forget()
        if was_shown:
            self._stack.setCurrentWidget(self._view)
        if to is not None:
            to()
        elif was_shown:
            self._view.setFocus()
            self._runner.ask(lambda _p: None, partial(self._back_at, source, point, then), key=(self, "back"))

    def _back_at(self, source: SourceId, point: int, then: Callable[[int], None] | None, _none: None) -> None:
        """After the room has read the text again, unless it shows another one by now."""
        reading = self._view.reading
        if reading is None or reading.source.id != source:
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
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = None
        for what in [what for what, holder in self._runner.in_hand.items() if holder is self]:
            del self._runner.in_hand[what]
        if self.surface is not None:
            self.surface.forget()
        if was_on:
            self.switched.emit(False)

    def _compare(self, content: str) -> None:
        typed = self._typed
        if typed is None or self.surface is None or self._is_waiting:
            return
        if not content:
            self.strip.warn(_("This transcript was removed meanwhile. Undo that, or copy what you typed."))
            self._stack.setCurrentWidget(self.surface)
        elif content != typed.reading.source.content:
            self.strip.warn(
                _("This transcript was changed meanwhile, perhaps by an undo. Copy what you typed, then choose Cancel.")
            )
        elif self.strip.is_warning:
            self.strip.calm()

    def _mark(self, spans: list[Span]) -> None:
        if self._is_on and self.surface is not None:
            self.surface.set_coded(spans)

    def copy(self, text: str) -> None:
        """Put a text that cannot be kept where it can be pasted from."""
        from PySide6.QtGui import QGuiApplication

        QGuiApplication.clipboard().setText(text)
        self.said.emit(_("Copied the whole text, with what you typed."), False)


def _hold(source: SourceId) -> tuple[str, int]:
    """The name under which a source's text is in hand."""
    return "text", int(source)


def _content_of(project: Project, source: SourceId) -> str:
    """The name of a source's text; empty when the source is gone."""
    return next((one.content for one in project.sources.list() if one.id == source), "")
