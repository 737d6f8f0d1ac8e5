"""Sentences with answers that can be pressed: what a person is asked, or may take back, about a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton

MOST = 30  # sentences that are shown
SAMPLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """A sentence, and what can be answered: words with what they do. `sample` is text from the file it is about."""

    words: str
    answers: tuple[tuple[str, Callable[[], object]], ...] = ()
    sample: str = ""
    icon: str = ""
    tone: str = ""


class AskList(QWidget):
    """Sentences one under the other; hidden while there are none."""

    answered = Signal()  # the last that could be pressed was, with the focus in it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.asks: Sequence[Ask] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_asks(self, asks: Sequence[Ask]) -> None:
        """Show these; the focus stays at the same place where an answer was pressed."""
        at = next((n for n, button in enumerate(self.buttons()) if button.hasFocus()), -1)
        while self._column.count():
            widget = self._column.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.asks = asks
        for ask in asks[:MOST]:
            self._column.addWidget(_Sentence(ask, self))
        if len(asks) > MOST:
            n = len(asks) - MOST
            self._column.addWidget(Label(ngettext("And {n} more", "And {n} more", n).format(n=n), "meta", "text2"))
        self.setVisible(bool(asks))
        buttons = self.buttons()
        if at >= 0 and buttons:
            buttons[min(at, len(buttons) - 1)].setFocus()
        elif at >= 0:
            self.answered.emit()

    def buttons(self) -> list[LinkButton]:
        """What can be pressed, in order."""
        sentences = (self._column.itemAt(n).widget() for n in range(self._column.count()))
        return [button for one in sentences if isinstance(one, _Sentence) for button in one.buttons]

    def press(self, words: str, about: str = "") -> None:
        """Press the first answer with these words, in a sentence that names `about`. Raises LookupError for none."""
        for ask in self.asks:
            for answer, act in ask.answers:
                if answer == words and about in ask.words:
                    act()
                    return
        raise LookupError(words)


class _Sentence(QWidget):
    def __init__(self, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[LinkButton] = []
        self._icon = ask
        self._picture = QLabel()
        words = Label(ask.words, "interface", "" if ask.icon else "text2")
        words.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if ask.sample:
            column.addWidget(_sample(ask.sample))
        if ask.answers:
            row = QHBoxLayout()
            row.setSpacing(12)
            for answer, act in ask.answers:
                button = LinkButton(answer, on_click=act)
                button.setProperty("flush", True)
                button.setAccessibleDescription(ask.words)
                self.buttons.append(button)
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        if ask.icon:
            line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _dress(self) -> None:
        if self._icon.icon:
            self._picture.setPixmap(current_theme().pixmap(self._icon.icon, self._icon.tone, 16))
            self._picture.setContentsMargins(0, current_theme().px(2), 0, 0)


def _sample(text: str) -> Label:
    lines = [line.strip()[:200] for line in text.split("\n") if line.strip()]
    shown = "\n".join(_("“{words}”").format(words=line) for line in lines[:SAMPLE_LINES])
    label = Label(shown, "quote")
    label.setWordWrap(True)
    label.setContentsMargins(0, 4, 0, 4)
    return label
