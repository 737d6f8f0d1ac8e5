"""A small paper that lies over the transcript: its edge, its shadow, and where it stands."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from cohesion_qda.ui.theme import current_theme

SHADOW = 12  # pixels around the paper


class Popup(QFrame):
    """Its contents leave SHADOW pixels free on every side."""

    def stand_by(self, words: QRect) -> None:
        """Stand under `words` (in the parent's coordinates), or above them where there is more room."""
        parent = self.parentWidget()
        below, above = parent.height() - words.bottom(), words.top()
        fits = self.height() - SHADOW <= below or below >= above
        y = words.bottom() + 6 - SHADOW if fits else words.top() - 6 - self.height() + SHADOW
        x = min(max(-SHADOW, words.left() - SHADOW), max(0, parent.width() - self.width()))
        self.move(x, min(max(-SHADOW, y), max(-SHADOW, parent.height() - self.height() + SHADOW)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            for step in range(SHADOW, 0, -1):
                painter.setBrush(QColor(0, 0, 0, 5 if theme.is_dark else 3))
                painter.drawRoundedRect(card.adjusted(-step, -step + 3, step, step), 10 + step, 10 + step)
            painter.setPen(QPen(theme.colour("ctl"), 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        finally:
            painter.end()
