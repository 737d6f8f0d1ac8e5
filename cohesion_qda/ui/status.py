"""The foot of the window: what is saved and where, who is coding, and the keys worth knowing on this page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.runner import Progress
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, PlainButton, QuietButton


class Hints(QWidget):
    """Keys with what they do, as many as have room: the last, then the others from the first on."""

    GAP = 12

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._pairs: list[tuple[Label, Label]] = []
        current_theme().changed.connect(self._fit)

    def show_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show these instead."""
        for label in (label for pair in self._pairs for label in pair):
            self._row.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._pairs = [(Label(keys, "meta_strong"), Label(words, "meta", "text2")) for keys, words in pairs]
        for keys, words in self._pairs:
            keys.setContentsMargins(self.GAP, 0, 0, 0)
            self._row.addWidget(keys)
            self._row.addWidget(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A key is shown with all of its words or not at all."""
        room = self.width()
        for pair in [*self._pairs[-1:], *self._pairs[:-1]]:
            room -= sum(label.sizeHint().width() + self._row.spacing() for label in pair)
            for label in pair:
                label.setVisible(room >= 0)


class StatusBar(QFrame):
    """28 pixels high."""

    coder_wanted = Signal(str)  # a coder's name; empty: ask for a new one
    blind_wanted = Signal(bool)  # whether others' codings are to be hidden

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self._lock = QLabel()
        self.saved = Label("", "meta", "text2")
        self.coder = PlainButton("", "person", self._open_menu)
        self.coder.setProperty("small", True)
        self.hints = Hints()
        self._coders: tuple[str, ...] = ()
        self._name, self._is_blind = "", False
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(self._lock)
        row.addWidget(self.saved)
        row.addWidget(self.coder, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.hints, 1)
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_saved(self, at: str | None, is_read_only: bool = False) -> None:
        """When the last change was saved, such as 10:42; None before the first."""
        if is_read_only:
            words = _("Opened for reading only")
        elif at is None:
            words = _("Everything is saved · Kept on this computer only")
        else:
            words = _("Saved {time} · Kept on this computer only").format(time=at)
        self.saved.setText(words)

    def show_coder(self, name: str, known: Iterable[str]) -> None:
        """Who is coding, and who else has coded here."""
        self._coders = tuple(dict.fromkeys((*known, name)))  # somebody new joins with their first act
        self._name = name
        self._tell_coder()

    def show_blind(self, is_blind: bool) -> None:
        """Whether others' codings are hidden."""
        self._is_blind = is_blind
        self._tell_coder()

    def _tell_coder(self) -> None:
        words = _("Coding as {name}").format(name=self._name)
        if self._is_blind:
            words = _("Coding as {name} · others hidden").format(name=self._name)
        self.coder.setText(words)
        self.coder.setAccessibleName(words)
        self.coder.setToolTip(_("Who is coding, and whether others’ codings are seen. Press to change."))

    def show_hints(self, hints: Iterable[tuple[str, str]]) -> None:
        """Keys with what they do; the last is kept longest where there is little room."""
        self.hints.show_pairs(hints)

    def coder_menu(self) -> QMenu:
        """Everyone who has coded here, and a way to add somebody."""
        menu = QMenu(self)
        for name in self._coders:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self._name)
            action.triggered.connect(lambda _on=False, who=name: self.coder_wanted.emit(who))
        menu.addSeparator()
        hide = menu.addAction(_("Hide others’ codings"))
        hide.setCheckable(True)
        hide.setChecked(self._is_blind)
        hide.triggered.connect(self.blind_wanted)
        menu.addSeparator()
        menu.addAction(_("Somebody else …")).triggered.connect(lambda: self.coder_wanted.emit(""))
        return menu

    def _open_menu(self) -> None:
        menu = self.coder_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.coder.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _dress(self) -> None:
        theme = current_theme()
        self.setFixedHeight(theme.px(28))
        self._lock.setPixmap(theme.pixmap("lock", "text2", 14))
        self.coder.setFont(theme.font("meta"))
        self.coder.setFixedHeight(theme.px(22))


class ProgressStrip(QFrame):
    """Long work under way: what, how far, and Cancel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "bottom")
        self.words = ElidedLabel("", "interface_medium")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(240)
        self.cancel = QuietButton(_("Cancel"), on_click=self._cancel)
        self._progress: Progress | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(16)
        row.addWidget(self.words, 1)
        row.addWidget(self._bar)
        row.addWidget(self.cancel)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """Show where the work is, or nothing when it is finished."""
        self._progress = progress
        self.setVisible(progress is not None)
        if progress is None:
            return
        words = progress.title or _("Working …")
        if progress.total > 1:
            words = _("{title}: {done} of {total}").format(title=words, done=progress.done, total=progress.total)
        if progress.what:
            words = f"{words} · {progress.what}"
        self.words.setText(words)
        self._bar.setRange(0, progress.total if progress.total > 1 else 0)
        self._bar.setValue(progress.done)
        self.cancel.setVisible(progress.job is not None)
        self.cancel.setEnabled(progress.job is not None and not progress.job.is_cancelled)

    def _cancel(self) -> None:
        if self._progress is not None and self._progress.job is not None:
            self._progress.job.cancel()
            self.cancel.setEnabled(False)
            self.words.setText(_("Stopping …"))
