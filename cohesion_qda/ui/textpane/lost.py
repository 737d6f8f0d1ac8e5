"""The passages that lost their text to a correction: shown until each is placed anew or let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import IconButton, Label, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project.corrections import LostPassage
    from cohesion_qda.ui.textpane.view import TranscriptView

ROWS = 3  # entries that the list has room for
QUOTED, NEAR = 70, 34  # code points of a passage, and of the words on each side of where it was


class LostReview(QObject):
    """The line over the text that says how many there are (`strip`), and the list under it (`panel`)."""

    said = Signal(str, bool)  # toast, whether it can be undone
    wanted = Signal(int, object)  # source id, Span: show where a passage was

    def __init__(self, runner: Runner, page: QWidget, view: TranscriptView) -> None:
        super().__init__(page)
        self._runner, self._view = runner, view
        self.found: Sequence[LostPassage] = ()
        self.strip = _Strip(page, self.open)
        self.panel = LostPanel(page)
        self.panel.closed.connect(self.close)
        self.panel.show_place.connect(self._show_place)
        self.panel.place.connect(self._place)
        self.panel.let_go.connect(self._let_go)
        runner.opened.connect(self.read)
        runner.closed.connect(self._keep)

    def read(self, _info: object = None) -> None:
        """Read which passages there are."""
        self._runner.ask(lambda p: p.corrections.lost(), self._keep, key=(self, "lost"))

    def forget(self) -> None:
        """Show none until they are read again."""
        self._keep()

    def on_change(self, change: Change) -> None:
        """The project changed."""
        if self.found or change.touches("segment"):
            self.read()

    def open(self) -> None:
        """Show the list, with the focus in it."""
        if not self.found:
            self.said.emit(_("No passage has lost its text."), False)
            return
        self.strip.hide()
        self.panel.show()
        self.panel.list.setFocus()

    def close(self) -> None:
        """Hide the list; the line stays while there are any."""
        self.panel.hide()
        self.strip.setVisible(bool(self.found))
        self._view.setFocus()

    def _keep(self, found: Sequence[LostPassage] = ()) -> None:
        self.found = found
        self.panel.fill(found)
        self.strip.tell(len(found))
        if not found:
            if self.panel.isVisible():
                self._view.setFocus()
            self.panel.hide()
        self.strip.setVisible(bool(found) and self.panel.isHidden())

    def _show_place(self, passage: LostPassage) -> None:
        self.wanted.emit(passage.place.source, passage.place.span)

    def _place(self, passage: LostPassage) -> None:
        reading, chosen = self._view.reading, self._view.selected()
        if reading is None or reading.source.id != passage.place.source:
            self.said.emit(
                _("This passage was in “{source}”. It is open now; select the words there, then place it.").format(
                    source=passage.place.source_name
                ),
                False,
            )
            self._show_place(passage)
            return
        if chosen is None:
            self.said.emit(_("Select the words in the transcript first, then place the passage on them."), False)
            return
        segment = passage.place.segment
        self._runner.do(lambda p: p.corrections.place(segment, chosen), self._tell)

    def _let_go(self, passage: LostPassage) -> None:
        segment = passage.place.segment
        self._runner.do(lambda p: p.corrections.let_go([segment]), self._tell)

    def _tell(self, change: Change) -> None:
        if change.said:
            self.said.emit(change.said, True)


class _Strip(QFrame):
    def __init__(self, parent: QWidget, opens: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.setProperty("edge", "bottom")
        self._picture = QLabel()
        self.words = Label("", "interface")
        self.button = LinkButton(_("Review them"), on_click=opens)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 24, 4)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self.words)
        row.addWidget(self.button)
        row.addStretch(1)
        current_theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def tell(self, n: int) -> None:
        """Say how many there are."""
        words = ngettext(
            "{n} passage lost its text to a correction.", "{n} passages lost their text to a correction.", n
        ).format(n=n)
        self.words.setText(words)
        self.setAccessibleName(words)

    def _dress(self) -> None:
        self._picture.setPixmap(current_theme().pixmap("warning", "warn", 16))


class LostPanel(QFrame):
    """The list. Up and Down choose; Enter shows where a passage was; the buttons settle it."""

    closed = Signal()
    show_place = Signal(object)  # LostPassage
    place = Signal(object)
    let_go = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setProperty("foot", True)  # messages keep clear of it
        self.title = Label("", "interface_strong")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(IconButton("close", _("Close (Esc)"), self.closed.emit))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Passages that lost their text"))
        self.list.setWordWrap(True)
        self.list.setProperty("card", "true")
        self.list.setProperty("ring", True)
        self.list.setProperty("spaced", "two lines")
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.list.itemActivated.connect(lambda _item: self._emit(self.show_place))
        self.show_button = QuietButton(_("Show where it was"), on_click=partial(self._emit, self.show_place))
        self.place_button = QuietButton(_("Place it on the selection"), on_click=partial(self._emit, self.place))
        self.let_go_button = QuietButton("", on_click=partial(self._emit, self.let_go))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.show_button, self.place_button, self.let_go_button):
            foot.addWidget(button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.list)
        column.addLayout(foot)
        self._found: Sequence[LostPassage] = ()
        current_theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def fill(self, found: Sequence[LostPassage]) -> None:
        """Show these passages; the one that was chosen, or the one in its place, stays chosen."""
        row = max(0, self.list.currentRow())
        self._found = found
        self.title.setText(_("Passages that lost their text ({n})").format(n=len(found)))
        self.list.clear()
        for passage in found:
            item = QListWidgetItem(_entry(passage))
            item.setToolTip(passage.place.quote)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(min(row, len(found) - 1))
        self._offer()

    def chosen(self) -> LostPassage | None:
        """The passage that is chosen."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _emit(self, signal: SignalInstance) -> None:
        passage = self.chosen()
        if passage is not None:
            signal.emit(passage)

    def _offer(self) -> None:
        passage = self.chosen()
        n = passage.codings if passage is not None else 0
        self.let_go_button.setText(
            ngettext("Let it go, with {n} coding", "Let it go, with {n} codings", n).format(n=n)
            if n
            else _("Let it go")
        )

    def _dress(self) -> None:
        theme = current_theme()
        self.list.setFont(theme.font("interface"))
        self.list.setFixedHeight(theme.px(22 * 2 * ROWS + 8))


def _entry(passage: LostPassage) -> str:
    """A passage in two lines: its words and codes; where it was."""
    place = passage.place
    memos = ngettext("{n} memo", "{n} memos", len(passage.memos)).format(n=len(passage.memos)) if passage.memos else ""
    held = " · ".join(part for part in (", ".join(passage.codes), ", ".join(passage.coders), memos) if part)
    near = {"before": _last_words(passage.before), "after": _first_words(passage.after)}
    if place.turn:
        where = _("{source}, turn {turn}: … {before} | {after} …").format(
            source=place.source_name, turn=place.turn, **near
        )
    else:
        where = _("{source}: … {before} | {after} …").format(source=place.source_name, **near)
    quote = _first_words(place.quote, QUOTED, "…")
    return f"“{quote}”   {held}\n{where}"


def _first_words(text: str, most: int = NEAR, rest: str = "") -> str:
    """The beginning of `text`, whole words, with `rest` for what was left out."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + rest


def _last_words(text: str, most: int = NEAR) -> str:
    """The end of `text`, whole words."""
    return text if len(text) <= most else text[-most:].partition(" ")[2]
