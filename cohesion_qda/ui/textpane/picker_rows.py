"""The lines of the picker: what they say, and how they are painted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters that join up are not set apart
ROW = 40  # pixels


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a code, a place for a new code (`parent`), or the offer to make one (`code` None)."""

    words: str
    letters: tuple[int, ...] = ()
    beside: str = ""
    code: CodeId | None = None
    shape: str = ""
    colour: str = ""
    makes: bool = False
    ticked: bool = False


class Rows(QAbstractListModel):
    """The lines of the picker."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{row.words}, {row.beside}" if row.beside else row.words
            return _("{name}, ticked").format(name=words) if row.ticked else words
        return None


class RowPainter(QStyledItemDelegate):
    """A line: shape, name with the matched letters bold and underlined, question at the right."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._rows.rows[index.row()]
        painter.save()
        try:
            self._paint(
                painter, QRectF(option.rect), row, index.row(), bool(option.state & QStyle.StateFlag.State_Selected)
            )
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, rect: QRectF, row: Row, number: int, is_on: bool) -> None:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.makes and number > 0:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(rect.topLeft() + QPoint(-8, 0), rect.topRight() + QPoint(8, 0))
            rect.adjust(0, 3, 0, 0)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("soft"))
            painter.drawRoundedRect(rect, 6, 6)
        left = rect.left() + theme.px(12)
        size = theme.px(12)
        mark = QRectF(left, rect.center().y() - size / 2, size, size)
        if row.shape:
            theme.paint_shape(painter, row.shape, mark, row.colour)
        elif row.makes:
            side = theme.px(16)
            painter.drawPixmap(int(left - 2), int(rect.center().y() - side / 2), theme.pixmap("plus", "text", 16))
        beside = self._beside(painter, rect, row, is_on)
        if row.ticked:
            beside -= theme.px(22)
            at = QPoint(int(beside + theme.px(4)), int(rect.center().y() - theme.px(8)))
            painter.drawPixmap(at, theme.pixmap("check", "accenttext", 16))
        words = QRectF(left + theme.px(22), rect.top(), beside - left - theme.px(22) - 8, rect.height())
        self._words(painter, words, row)

    def _beside(self, painter: QPainter, rect: QRectF, row: Row, is_on: bool) -> float:
        """The question at the right; gives where it begins."""
        theme = current_theme()
        font = theme.font("meta")
        shown = QFontMetricsF(font).elidedText(row.beside, Qt.TextElideMode.ElideRight, rect.width() * 0.42)
        width = QFontMetricsF(font).horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(theme.colour("accenttext" if is_on else "text2"))
        place = QRectF(rect.right() - width - theme.px(12), rect.top(), width + 2, rect.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return place.left()

    def _words(self, painter: QPainter, place: QRectF, row: Row) -> None:
        theme = current_theme()
        plain, bold = theme.font("interface"), theme.font("interface")
        bold.setWeight(QFont.Weight.Bold)
        metrics, strong = QFontMetricsF(plain), QFontMetricsF(bold)
        base = place.center().y() + (metrics.ascent() - metrics.descent()) / 2
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, place.width() - len(row.letters))
        x = place.left()
        marked = set() if _RTL.search(words) else set(row.letters)
        for hit, run in groupby(enumerate(words), lambda pair: pair[0] in marked and pair[1] == row.words[pair[0]]):
            letters = "".join(letter for _at, letter in run)
            width = (strong if hit else metrics).horizontalAdvance(letters)
            painter.setFont(bold if hit else plain)
            painter.setPen(theme.colour("accenttext" if hit else "text"))
            painter.drawText(QRectF(x, base - metrics.ascent(), width + 2, metrics.height()), 0, letters)
            if hit:
                painter.fillRect(QRectF(x, base + 3, width, 1.5), theme.colour("accenttext"))
            x += width


class RowList(QListView):
    """Remembers which keys were held at the last press: Ctrl ticks."""

    is_ticking = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.is_ticking = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)
