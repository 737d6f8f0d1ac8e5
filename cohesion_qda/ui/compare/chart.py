"""The chart beside the table: a sentence, bars labelled directly, and what they do not show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cohesion_qda.base.errors import CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.compare import chart_access
from cohesion_qda.ui.theme import current_theme

BARS = 8
PAD = 16
WIDE = 304


@dataclass(frozen=True, slots=True)
class Bar:
    """A code and how often it came up."""

    code: CodeId
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the chart shows. `most` is where a bar would reach its full length."""

    headline: str = ""
    bars: tuple[Bar, ...] = ()
    most: int = 0
    caveat: str = ""
    out_of: int = 0

    def told(self) -> str:
        """The chart in words, from its numbers."""
        bars = "; ".join(
            _("{name} {value} of {all}").format(name=b.name, value=b.value, all=self.out_of) for b in self.bars
        )
        return _("{headline}. {bars}. {caveat}").format(headline=self.headline, bars=bars, caveat=self.caveat)


class ChartView(QWidget):
    """Draws the chart as a card. A click on a bar, or Up, Down and Enter, opens its passages."""

    chosen = Signal(int)  # code id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        chart_access.listen()
        self._chart = Chart()
        self._current = -1
        self._room = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self._fit)
        self._fit()

    @property
    def chart(self) -> Chart:
        """What is shown."""
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._current = min(self._current, len(chart.bars) - 1)
        self.setAccessibleName(chart.told() if chart.bars else chart.headline)
        self._fit()

    def fit_into(self, height: int) -> None:
        """Leave out the last bars where there is no room for them; three are always shown."""
        if height != self._room:
            self._room = height
            self._fit()

    def _shown(self) -> tuple[Bar, ...]:
        """The bars there is room for."""
        bars = self._chart.bars
        whole = self._height(len(bars))
        over = max(0, round(whole) - self._room) if self._room else 0
        return bars[: max(min(3, len(bars)), len(bars) - -(-over // self._bar_height()))]

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(WIDE), round(self._height(len(self._shown()))))

    def _height(self, bars: int) -> float:
        """How high the card is with so many bars."""
        wide = current_theme().px(WIDE) - 2 * PAD
        caveat = 8 + self._paragraph(None, 0, wide, self._chart.caveat, "meta", "text2") if bars else 0
        return self._bars_top() + bars * self._bar_height() + caveat + PAD

    def _fit(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("paper"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            self._draw(painter, self._shown())
        finally:
            painter.end()

    def _draw(self, painter: QPainter, bars: tuple[Bar, ...]) -> None:
        chart, wide = self._chart, current_theme().px(WIDE) - 2 * PAD
        self._paragraph(painter, PAD, wide, chart.headline, "panel_title", "text")
        y = self._bars_top()
        for n, bar in enumerate(bars):
            self._draw_bar(painter, n, bar, y, wide)
            y += self._bar_height()
        if bars:
            self._paragraph(painter, y + 8, wide, chart.caveat, "meta", "text2")

    def _draw_bar(self, painter: QPainter, n: int, bar: Bar, y: float, wide: float) -> None:
        theme, chart = current_theme(), self._chart
        metrics = QFontMetricsF(theme.font("meta"))
        value_room = theme.px(32)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.colour("text"))
        name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(
            QRectF(PAD, y, wide, theme.px(18)), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name
        )
        length = (wide - value_room) * (bar.value / chart.most if chart.most else 0)
        place = QRectF(PAD, y + theme.px(18), max(length, 1.0), theme.px(12))
        painter.fillRect(place, theme.colour("accent" if bar.value == chart.bars[0].value else "bar"))
        painter.setFont(theme.font("interface_strong"))
        label = QRectF(place.right() + 8, place.y() - 4, value_room, place.height() + 8)
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(bar.value))
        if n == self._current and self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(PAD - 6, y - 1, wide + 12, self._bar_height() - 2), 6, 6)

    @staticmethod
    def _bar_height() -> int:
        return current_theme().px(36)

    @staticmethod
    def _paragraph(painter: QPainter | None, y: float, wide: float, words: str, role: str, tone: str) -> float:
        theme = current_theme()
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        box = QFontMetricsF(theme.font(role)).boundingRect(QRectF(0, 0, wide, 10_000), flags, words)
        if painter is not None:
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            painter.drawText(QRectF(PAD, y, wide, box.height() + 2), flags, words)
        return box.height()

    def _bars_top(self) -> float:
        headline = self._paragraph(
            None, 0, current_theme().px(WIDE) - 2 * PAD, self._chart.headline, "panel_title", "text"
        )
        return PAD + headline + 12

    def bar_at(self, y: float) -> int:
        """The number of the bar at a height in the widget, or -1."""
        n = int((y - self._bars_top()) // self._bar_height())
        return n if 0 <= n < len(self._shown()) and y >= self._bars_top() else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.bar_at(event.position().y()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        n = self.bar_at(event.position().y())
        if n >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = n
            self.chosen.emit(self._chart.bars[n].code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if Qt.Key(event.key()) in steps and self._chart.bars:
            self._current = min(max(0, self._current + steps[Qt.Key(event.key())]), len(self._shown()) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.chosen.emit(self._chart.bars[self._current].code)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self._current = max(0, self._current)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def save(self, path: Path) -> None:
        """Write the chart as .svg or .png (at twice the size of the screen). Raises CannotWrite."""
        theme = current_theme()
        size = QSize(theme.px(WIDE), round(self._height(len(self._chart.bars))))
        if path.suffix.lower() == ".svg":
            done = self._save_svg(path, size)
        else:
            image = QImage(size * 2, QImage.Format.Format_ARGB32)
            image.setDevicePixelRatio(2.0)
            image.fill(theme.colour("paper"))
            self._paint_on(image)
            done = image.save(str(path))
        if not done:
            raise CannotWrite(
                _("The chart could not be written to {name}.").format(name=path.name),
                _("Choose another folder, or close the file if it is open."),
            )

    def _save_svg(self, path: Path, size: QSize) -> bool:
        from PySide6.QtSvg import QSvgGenerator

        made = QSvgGenerator()
        made.setFileName(str(path))
        made.setSize(size)
        made.setViewBox(QRectF(0, 0, size.width(), size.height()))
        made.setTitle(self._chart.headline)
        made.setDescription(self._chart.told())
        self._paint_on(made)
        return path.exists() and path.stat().st_size > 0

    def _paint_on(self, device: QImage | object) -> None:
        painter = QPainter(device)  # type: ignore[arg-type]
        if not painter.isActive():
            return
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, self._chart.bars)
        finally:
            painter.end()
