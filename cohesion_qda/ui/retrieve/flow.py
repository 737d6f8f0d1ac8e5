"""The bar of filters under a page's header: chips that wrap onto a second line where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

GAP = 8


class FlowLayout(QLayout):
    """Widgets side by side, as wide as they want to be, in as many lines as needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        edges = self.contentsMargins()
        inner = QRect(0, 0, width - edges.left() - edges.right(), 0)
        return self._arrange(inner, move=False) + edges.top() + edges.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + GAP * max(0, len(shown) - 1)
        return self._with_edges(QSize(width, max((size.height() for size in shown), default=0)))

    def minimumSize(self) -> QSize:
        shown = [item.minimumSize() for item in self._items if not item.isEmpty()]
        least = QSize(max((s.width() for s in shown), default=0), max((s.height() for s in shown), default=0))
        return self._with_edges(least)

    def _with_edges(self, size: QSize) -> QSize:
        edges = self.contentsMargins()
        return size + QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the widgets in `rect`; gives the height that takes."""
        x, y, high = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                _centre(line if move else [], y, high)
                x, y, high, line = rect.x(), y + high + GAP, 0, []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + GAP
            high = max(high, size.height())
        _centre(line if move else [], y, high)
        return y + high - rect.y()


def _centre(line: list[tuple[QLayoutItem, QRect]], y: int, high: int) -> None:
    """Place the widgets of a line, each in the middle of its height."""
    for item, place in line:
        item.setGeometry(place.translated(0, (high - place.height()) // 2))


class FilterBar(QFrame):
    """Chips at the left, and at the right one widget that takes the rest (a search field, a line of totals)."""

    def __init__(self, chips: Sequence[QWidget], right: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        left = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        flow = FlowLayout(left)
        for chip in chips:
            flow.addWidget(chip)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(16)
        row.addWidget(left, 1)
        if right is not None:
            row.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
