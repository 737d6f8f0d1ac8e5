"""How the person reads here: how the transcript is set, where each source was left, and the notes beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.lastread import LastRead
from cohesion_qda.model.ids import MemoId, SourceId
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.coded import touched
from cohesion_qda.ui.textpane.filters import Filters
from cohesion_qda.ui.textpane.reading import ReadingLook
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.widgets import IconButton

if TYPE_CHECKING:
    from cohesion_qda.base.settings import Settings
    from cohesion_qda.model.memo import Memo, MemoPlace
    from cohesion_qda.ui.textpane.reading_panel import ReadingPanel

_WRITTEN_AFTER = 2000  # milliseconds without scrolling
MakeAction = Callable[[str, QKeySequence | None, Callable[[], object]], QAction]


class ReadingDesk(QObject):
    """`button` opens the panel of looks; `memo_places` are the memos about places of the source that is read."""

    def __init__(self, runner: Runner, view: TranscriptView, filters: Filters, page: QWidget) -> None:
        super().__init__(page)
        self._runner, self._view, self._filters, self._page = runner, view, filters, page
        self._settings: Settings | None = None
        self._panel: ReadingPanel | None = None
        self._project = ""  # which project the places belong to (see `Project.made`)
        self._last = LastRead()
        self._memo_source: SourceId | None = None
        self.memo_places: Sequence[MemoPlace] = ()
        self.button = IconButton("letters", _("How the transcript looks (F7)"), self.open_panel)
        self._later = QTimer(self, singleShot=True, interval=_WRITTEN_AFTER)
        self._later.timeout.connect(self.write)
        view.scrolled.connect(self._later.start)
        view.margin.note_chosen.connect(self._open_note)
        QApplication.instance().aboutToQuit.connect(self.write)

    # ---- looks
    def use_settings(self, settings: Settings) -> None:
        """The person's settings, now and whenever they were changed."""
        self._settings = settings
        self._show(ReadingLook.kept(settings))

    def set_look(self, look: ReadingLook) -> None:
        """Set the transcript so, and remember it."""
        self._show(look)
        if self._settings is not None:
            self._settings.update(look.settings())

    def _show(self, look: ReadingLook) -> None:
        self._view.set_look(look)
        if hasattr(self, "underlines"):
            self.underlines.setChecked(look.underlines_only)
            self.numbers.setChecked(look.numbers == "turns")

    def open_panel(self) -> None:
        """Open the panel under the button."""
        if self._panel is None:
            from cohesion_qda.ui.textpane.reading_panel import ReadingPanel

            self._panel = ReadingPanel(self._page)
            self._panel.changed.connect(self.set_look)
        at = self.button.mapToGlobal(self.button.rect().bottomRight())
        self._panel.open_at(at, self._view.look)

    @property
    def panel(self) -> ReadingPanel | None:
        """The panel, once it was opened."""
        return self._panel

    def make_actions(self, make: MakeAction) -> list[QAction]:
        """What the View menu offers."""
        self.underlines = make(_("Underlines only, no tints"), QKeySequence("F9"), self._toggle_underlines)
        self.numbers = make(_("Turn numbers beside the transcript"), QKeySequence("Shift+F9"), self._toggle_numbers)
        self.uncoded = make(_("Bring out what is uncoded"), QKeySequence("F8"), self._toggle_uncoded)
        self.memos = make(_("Only turns with memos"), QKeySequence("Shift+F8"), self._toggle_memos)
        for action in (self.underlines, self.numbers, self.uncoded, self.memos):
            action.setCheckable(True)
        self._filters.changed.connect(self._tell_filters)
        self._show(self._view.look)
        return [
            make(_("How the transcript looks …"), QKeySequence("F7"), self.open_panel),
            self.underlines, self.numbers, self.uncoded, self.memos,
        ]  # fmt: skip

    def _toggle_underlines(self) -> None:
        self.set_look(replace(self._view.look, underlines_only=not self._view.look.underlines_only))

    def _toggle_numbers(self) -> None:
        self.set_look(replace(self._view.look, numbers="none" if self._view.look.numbers == "turns" else "turns"))

    def _toggle_uncoded(self) -> None:
        self._filters.set(only="" if self._filters.shown.only == "uncoded" else "uncoded")

    def _toggle_memos(self) -> None:
        self._filters.set(only="" if self._filters.shown.only == "memos" else "memos")

    def _tell_filters(self) -> None:
        self.uncoded.setChecked(self._filters.shown.only == "uncoded")
        self.memos.setChecked(self._filters.shown.only == "memos")

    # ---- memos and the place of a source
    def read(self, source: SourceId) -> None:
        """Read what is needed before `source` is shown; when the memos are known, its notes are shown too."""

        def then(answer: tuple[str, SourceId, Sequence[MemoPlace]]) -> None:
            self._project, self._memo_source, self.memo_places = answer
            self.show_notes()

        self._runner.ask(lambda p: (p.made, source, p.memos.in_source(source)), then, key=(self, "memos"))
        self._later.start()

    def forget_notes(self) -> None:
        """Show no notes until they are read again."""
        self.memo_places = []
        self.show_notes()

    def show_notes(self) -> None:
        """Put the notes beside the transcript, when they are of the one that is shown."""
        reading = self._view.reading
        if reading is not None and reading.source.id == self._memo_source:
            self._view.set_notes([(place.memo, place.span) for place in self.memo_places])
            if self._filters.shown.only == "memos":
                self._filters.changed.emit()

    def turns_with_memos(self) -> frozenset[int]:
        """The places in the reading of the turns that somebody wrote a memo about."""
        reading = self._view.reading
        turns = [turn.span for turn in reading.turns] if reading is not None else []
        spans = sorted((place.span for place in self.memo_places), key=lambda span: span.start)
        return frozenset(touched(turns, spans))

    def _open_note(self, memo: MemoId, _where: QPoint) -> None:
        from cohesion_qda.ui.memos.dialog import write_memo

        def then(found: Memo) -> None:
            reading = self._view.reading
            name = reading.source.name if reading is not None else ""
            what = _("a passage of “{name}”").format(name=name)
            write_memo(self._runner, found.about, found.subject, what, self._page)

        self._runner.ask(lambda p: p.memos.get(memo), then)

    def place(self, source: SourceId) -> int | None:
        """Where `source` was left."""
        return self._last.place(self._project, source) if self._project else None

    def keep_place(self) -> None:
        """Remember where the source that is shown is being read."""
        if self._view.reading is not None and self._project:
            self._last.keep(self._project, self._view.reading.source.id, self._view.top_point())

    def write(self) -> None:
        """Remember it beyond this sitting."""
        self.keep_place()
        self._last.write()

    def leave(self) -> None:
        """The project is left."""
        self.write()
        self._project, self.memo_places = "", ()
