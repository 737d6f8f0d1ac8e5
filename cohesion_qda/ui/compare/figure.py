"""A figure on the screen: the display list of `report.drawing`, painted in the theme's inks, whose marks open their passages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cohesion_qda.model.answer import Key
from cohesion_qda.ui import palette
from cohesion_qda.ui.compare import chart_access
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from cohesion_qda.report.drawing import Drawing, Mark, Spot, Text

POINT = 96 / 72  # pixels of a point at normal text size
INCH = 96  # pixels of an inch at normal text size
LEAST_TARGET = 12  # pixels that a mark takes at least, to be hit


@lru_cache(maxsize=2)
def inks() -> dict[str, str]:
    """What the colours of a figure on paper are in the dark; in the light they are what they are."""
    dark = {
        light.upper(): dark for trio in palette.CODES.values() for light, dark in zip(trio[0], trio[1], strict=True)
    }
    # a cell of a heat map keeps its light ground and the dark letters on it (report.style.DARK_ON_TINT)
    tokens = ("text", "text2", "line", "paper", "bg", "ctl", "accent", "bar")
    dark |= dict(palette.FIGURES.values())
    return dark | {palette.TOKENS[token][0].upper(): palette.TOKENS[token][1] for token in tokens}


def ink(colour: str) -> QColor:
    """A figure's colour in the theme of the moment."""
    return QColor(inks().get(colour.upper(), colour) if current_theme().is_dark else colour)


def pixels_of_a_point() -> float:
    """How large a point is on the screen, at the text size of the moment."""
    return POINT * current_theme().scale


def inches_for(pixels: int) -> float:
    """How wide a figure is to be laid out, to fill so many pixels."""
    return pixels / (INCH * current_theme().scale)


class FigureView(QWidget):
    """Draws a drawing. A click on a mark, or the arrows and Enter, open its passages."""

    opened = Signal(object, str, str)  # Key, key of the part, the cell in words
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        chart_access.listen()
        self.drawing: Drawing | None = None
        self.zoom = 1.0  # how much larger than on paper
        self.current = -1
        self._under = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self._fit)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The marks that are told, in reading order."""
        return self.drawing.spots if self.drawing is not None else ()

    def show_drawing(self, drawing: Drawing | None) -> None:
        """Show another drawing, or none; the mark that the keys are on stays where it is still there."""
        key = self.spots[self.current].key if 0 <= self.current < len(self.spots) else ()
        self.drawing = drawing
        self.current = next((n for n, spot in enumerate(self.spots) if spot.key == key), -1) if key else -1
        self._under = -1
        self.setAccessibleName(drawing.title if drawing is not None else "")
        self.setAccessibleDescription(drawing.alt if drawing is not None else "")
        self._fit()

    def go_to(self, key: Key) -> None:
        """Put the keys on the mark of a cell, where it has one."""
        self.current = next((n for n, spot in enumerate(self.spots) if spot.key == key), self.current)
        self.update()

    def place_of(self, spot: Spot) -> QRectF:
        """Where a mark is, in the widget's pixels."""
        scale = self._scale()
        rect = QRectF(spot.x * scale, spot.y * scale, spot.width * scale, spot.height * scale)
        short_x, short_y = max(0.0, LEAST_TARGET - rect.width()), max(0.0, LEAST_TARGET - rect.height())
        return rect.adjusted(-short_x / 2, -short_y / 2, short_x / 2, short_y / 2)

    def spot_at(self, at: QPointF) -> int:
        """The mark under a point, the smallest first; or -1."""
        found = [(rect.width() * rect.height(), n) for n, spot in enumerate(self.spots) if (rect := self.place_of(spot)).contains(at)]  # fmt: skip
        return min(found)[1] if found else -1

    def sizeHint(self) -> QSize:
        if self.drawing is None:
            return QSize(0, 0)
        scale = self._scale()
        return QSize(round(self.drawing.width * scale), round(self.drawing.height * scale))

    def _scale(self) -> float:
        return self.zoom * pixels_of_a_point()

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.drawing is None:
            return
        painter = QPainter(self)
        try:
            with smoothly(painter):
                scale = self._scale()
                painter.scale(scale, scale)
                for mark in self.drawing.marks:
                    paint_mark(painter, mark, scale)
            self._paint_ring(painter)
        finally:
            painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if 0 <= self._under < len(self.spots) and self._under != self.current:
            painter.setPen(QPen(theme.colour("ctl"), 1.5))
            painter.drawRoundedRect(self.place_of(self.spots[self._under]).adjusted(-2, -2, 2, 2), 4, 4)
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if 0 <= self.current < len(self.spots):
                ring = self.place_of(self.spots[self.current]).adjusted(-3, -3, 3, 3)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(ring, 5, 5)

    # -- keys and mouse ------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.spot_at(event.position())
        if under != self._under:
            self._under = under
            opens = under >= 0 and bool(self.spots[under].key)
            self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        n = self.spot_at(event.position())
        if n >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.current = n
            self.update()
            self._open()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            n = self.spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.spots[n].said if n >= 0 else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.spots) - 1}
        key = Qt.Key(event.key())
        if key in steps and self.spots:
            self._go(min(max(0, self.current + steps[key]), len(self.spots) - 1))
        elif key in ends and self.spots:
            self._go(ends[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        if self.current < 0 and self.spots:
            self.current = 0
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go(self, n: int) -> None:
        self.current = n
        chart_access.tell_focus(self)
        self.update()
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        from PySide6.QtWidgets import QScrollArea

        area = self.parentWidget().parentWidget() if self.parentWidget() is not None else None
        if isinstance(area, QScrollArea):
            centre = self.place_of(self.spots[self.current]).center()
            area.ensureVisible(round(centre.x()), round(centre.y()), 80, 40)

    def _open(self) -> None:
        if 0 <= self.current < len(self.spots) and self.spots[self.current].key:
            spot = self.spots[self.current]
            self.opened.emit(spot.key, spot.part, spot.said)


def paint_mark(painter: QPainter, mark: Mark, scale: float) -> None:
    """Paint one mark, in points; `scale` is what the painter makes pixels of them by."""
    from cohesion_qda.report.drawing import Box, Circle, Text

    if isinstance(mark, Text):
        _paint_text(painter, mark, scale)
        return
    painter.setPen(QPen(ink(mark.stroke), mark.thick) if mark.stroke else Qt.PenStyle.NoPen)
    painter.setBrush(ink(mark.fill) if mark.fill else Qt.BrushStyle.NoBrush)
    if isinstance(mark, Box):
        painter.drawRect(QRectF(mark.x, mark.y, mark.width, mark.height))
    elif isinstance(mark, Circle):
        painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
    else:
        if mark.dashes and mark.stroke:
            pen = painter.pen()
            pen.setDashPattern([length / mark.thick for length in mark.dashes])
            painter.setPen(pen)
        points = QPolygonF([QPointF(x, y) for x, y in mark.points])
        (painter.drawPolygon if mark.is_closed else painter.drawPolyline)(points)


@lru_cache(maxsize=64)
def _font(pixels: float, weight: int, dots: int) -> QFont:
    font = QFont()
    font.setFamilies(["Inter", "Noto Sans"])
    font.setPointSizeF(pixels * 72 / dots)  # points, since pixels come whole
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint_text(painter: QPainter, mark: Text, scale: float) -> None:
    """Letters are set at their size on the screen: made larger or smaller from another, they would be too thin or too heavy."""
    font = _font(round(mark.size * scale, 2), mark.weight, painter.device().logicalDpiY())
    wide = QFontMetricsF(font).horizontalAdvance(mark.text)
    squeezed = min(1.0, mark.length * scale / wide) if mark.length and wide else 1.0
    left = mark.x * scale - {"left": 0.0, "center": wide * squeezed / 2, "right": wide * squeezed}[mark.align]
    with smoothly(painter):
        painter.scale(1 / scale, 1 / scale)
        painter.translate(left, mark.y * scale)
        painter.scale(squeezed, 1.0)
        painter.setFont(font)
        painter.setPen(ink(mark.colour))
        painter.drawText(QPointF(0, 0), mark.text)
