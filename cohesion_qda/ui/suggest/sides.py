"""The frame that most tabs of the page share: a list at the left, what is chosen at the right, one sentence where neither is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, EmptyState, LinkButton


class Sides(QWidget):
    """`side_column` takes what stands at the left, `right` (a pile) what is chosen; `banner` stands over both and is hidden
    at first. `show_empty` shows the sentence and the button of `empty` in the place of all of it.
    """

    def __init__(self, pressed: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner = Banner("caution", "", "")
        self.banner.hide()
        self.empty = EmptyState("", "", pressed)
        self.side = QWidget()
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side.setProperty("surface", "bg")
        self.side_column = QVBoxLayout(self.side)
        self.side_column.setContentsMargins(8, 12, 0, 12)
        self.side_column.setSpacing(8)
        self.right = QStackedWidget()
        self._pile = QStackedWidget()
        self._pile.addWidget(self._make_full())
        self._pile.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pile)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _make_full(self) -> QWidget:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.side)
        split.addWidget(self.right)
        split.setStretchFactor(0, 1)  # a fifth of the room that a wide screen gives more
        split.setStretchFactor(1, 4)
        split.setSizes([376, 832])
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(split, 1)
        return full

    def _dress(self) -> None:
        self.side.setMinimumWidth(max(260, current_theme().px(178)))

    def show_empty(self, is_empty: bool) -> None:
        """Show the one sentence, or the two sides."""
        self._pile.setCurrentIndex(1 if is_empty else 0)

    @property
    def is_empty(self) -> bool:
        """Whether the one sentence is shown."""
        return self._pile.currentIndex() == 1

    def add_board(self, widgets: Sequence[QWidget], back: str, to: QWidget) -> QWidget:
        """Something else to show at the right, with a link `back` `to` what was there."""
        board = QWidget()
        board.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        board.setProperty("surface", "bg")
        column = QVBoxLayout(board)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(8)
        link = QHBoxLayout()
        link.addSpacing(-6)
        link.addWidget(LinkButton(back, on_click=lambda: self.right.setCurrentWidget(to)))
        link.addStretch(1)
        column.addLayout(link)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(board)
        self.right.addWidget(area)
        return area
