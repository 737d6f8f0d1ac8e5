"""Finding words in the transcript that is open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.text import Span
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import IconButton, Label, SearchField

_EVEN = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]', "-": "[-–—]"}


def find_words(text: str, typed: str) -> list[Span]:
    """Where `typed` stands in `text`, whatever the case, the spacing and the kind of quotation marks."""
    words = typed.split()
    if not words:
        return []
    pattern = r"\s+".join("".join(_EVEN.get(c, re.escape(c)) for c in word) for word in words)
    return [Span(*m.span()) for m in re.finditer(pattern, text, re.IGNORECASE)]


def touching(hits: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of the hits, which follow each other, that share a code point with `start` to `end`."""
    first = bisect_right(hits, start, key=lambda hit: hit.end)
    return hits[first : bisect_left(hits, end, lo=first, key=lambda hit: hit.start)]


class FindBar(QFrame):
    """A line above the transcript: what to find, how often it is there, next and previous."""

    searched = Signal(str)
    moved = Signal(int)  # 1 next, -1 previous
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.field = SearchField(_("Find in this transcript"))
        self.field.setFixedWidth(current_theme().px(280))
        self._count = Label("", "meta", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(IconButton("chevron-up", _("Previous (Ctrl+Shift+G)"), lambda: self.moved.emit(-1)))
        row.addWidget(IconButton("chevron", _("Next (Ctrl+G)"), lambda: self.moved.emit(1)))
        row.addWidget(IconButton("close", _("Close (Esc)"), self.closed.emit))
        self.field.textChanged.connect(self.searched)
        self.field.installEventFilter(self)
        self.hide()

    def tell(self, hits: Sequence[Span], at: int) -> None:
        """Say which of the hits is shown."""
        if not self.field.text().strip():
            self._count.setText("")
        elif not hits:
            self._count.setText(_("Not in this transcript"))
        else:
            words = ngettext("{at} of {n} place", "{at} of {n} places", len(hits))
            self._count.setText(words.format(at=at + 1, n=len(hits)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One Escape closes the line, whatever is typed in it."""
        is_key = watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.moved.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)
