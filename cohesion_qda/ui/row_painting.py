"""What the rows of lists are painted with, on whatever page they stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from cohesion_qda.ui.theme import current_theme


def write_line(
    painter: QPainter,
    rect: QRectF,
    words: str,
    role: str,
    tone: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line of words, shortened to fit; gives the width it took."""
    theme = current_theme()
    font = theme.font(role)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def paint_row(painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, under: str = "bg") -> bool:
    """The ground of a row: its fill when it is chosen or under the pointer (`under`: the colour then), the bar, the focus.
    Gives whether it is chosen.
    """
    theme = current_theme()
    is_on = bool(option.state & QStyle.StateFlag.State_Selected)
    has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
    is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
    painter.setPen(QPen(theme.colour("focus"), 2) if has_focus else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(theme.colour("soft" if is_on else under) if is_on or is_under else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
    if is_on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(rect.left() + 1, rect.top() + 10, 3, rect.height() - 20), 1.5, 1.5)
    return is_on
