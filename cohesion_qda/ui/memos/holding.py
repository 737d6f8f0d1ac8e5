"""Holding the right side of a page together where there is little room: large text, small screens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cohesion_qda.ui.theme import current_theme


class Roomy(QWidget):
    """Gives a field at least `least` pixels of height at normal text size; not more either where it `is_fixed`."""

    def __init__(self, field: QWidget, least: int, *, is_fixed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._is_fixed = least, is_fixed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        self.setFocusProxy(field)
        self._dress()
        current_theme().changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """No higher than it must be: what is over is shared out by the layout."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _dress(self) -> None:
        high = current_theme().px(self._least)
        self.setMinimumHeight(high)
        if self._is_fixed:
            self.setMaximumHeight(high)


class Scrolled(QScrollArea):
    """Shows `inside` as high as there is room, and lets it be scrolled where that is too little."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("surface", "paper")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside needs; it is scrolled only up and down."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.widget().minimumSizeHint().width() + bar, current_theme().px(160))
