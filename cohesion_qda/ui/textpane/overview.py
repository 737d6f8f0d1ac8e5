"""The overview beside the scroll bar: where in the transcript which codes lie, where sections begin, and what is on the
page.

The transcript is cut into cells of equal length. What is seen of one is worked out from the codings over it alone, and
kept in a small picture: painting costs the strip, and one coding more costs the cells it touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.surface import Surface

CELLS = 320  # of a long transcript; of a short one, one for so many code points:
SHORTEST = 24
WIDTH, TICK, LEFT, RIGHT = 18, 4, 1, 2  # pixels
ACROSS = 6  # a cell shows one code, two or three beside each other
FAINT = 0.4  # how much is left of the other codes when one is brought out
MOST_TOLD = 4  # codes that a tooltip names


def cell_count(length: int) -> int:
    """How many cells a text of `length` code points is cut into."""
    return min(CELLS, max(1, length // SHORTEST))


def cell_span(cell: int, cells: int, length: int) -> Span:
    """The code points of one cell; all cells together are the text, without gap or overlap."""
    return Span(cell * length // cells, (cell + 1) * length // cells)


def cell_at(point: int, cells: int, length: int) -> int:
    """The cell that holds a code point."""
    at = min(cells - 1, point * cells // max(1, length))
    while at + 1 < cells and cell_span(at, cells, length).end <= point:
        at += 1
    return at


def cells_over(span: Span, cells: int, length: int) -> range:
    """The cells that `span` touches."""
    if not length or span.start >= length or not len(span):
        return range(0)
    return range(cell_at(span.start, cells, length), cell_at(min(span.end, length) - 1, cells, length) + 1)


def columns_of(found: Counter[CodeId]) -> list[CodeId]:
    """The codes of a cell across the strip: the most frequent three, ACROSS of them in all, none for an empty cell."""
    most = [code for code, _n in sorted(found.items(), key=lambda one: (-one[1], one[0]))][:3]
    return [code for code in sorted(most) for _column in range(ACROSS // len(most))] if most else []


class Overview(QWidget):
    """Painted from what the view holds; a click or a drag goes there, the wheel scrolls the text."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._picture: QImage | None = None
        self._drawn: QPixmap | None = None
        self._emphasised: frozenset[CodeId] = frozenset()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._make)
        self.drawn = 0  # cells worked out so far
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Overview of the codes in the transcript"))
        self.setAccessibleDescription(_("In the transcript, J and K go from passage to passage."))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def forget(self) -> None:
        """Other codings, another text or other colours."""
        self._picture = self._drawn = None
        self.update()

    def emphasise(self, codes: frozenset[CodeId]) -> None:
        """Bring out these codes; none: all alike."""
        if codes != self._emphasised:
            self._emphasised = codes
            self.forget()

    def look_again(self, spans: Iterable[Span]) -> None:
        """Codings over these spans have come or gone."""
        if self._picture is None:
            return
        length, cells = self._length(), self._picture.height()
        for cell in {cell for span in spans for cell in cells_over(span, cells, length)}:
            self._draw(self._picture, cell, length)
        self._drawn = None
        self.update()

    def codes_in(self, cell: int, cells: int) -> Counter[CodeId]:
        """How many shown codings of each code lie over a cell."""
        view = self._view
        over = view.layers.over(cell_span(cell, cells, self._length()))
        return Counter(coding.code for coding in over if view.is_shown(coding))

    def colours(self) -> list[list[str]]:
        """The picture, cell by cell, as the names of its colours: what is seen, for those who test it."""
        picture = self._made()
        return [
            [picture.pixelColor(x, y).name() if picture.pixelColor(x, y).alpha() else "" for x in range(ACROSS)]
            for y in range(picture.height())
        ]

    def _length(self) -> int:
        return len(self._view.positions.text)

    def _made(self) -> QImage:
        if self._picture is None:
            length = self._length()
            picture = QImage(ACROSS, cell_count(length), QImage.Format.Format_ARGB32_Premultiplied)
            picture.fill(Qt.GlobalColor.transparent)
            if len(self._view.layers):
                for cell in range(picture.height()):
                    self._draw(picture, cell, length)
            self._picture = picture
        return self._picture

    def _make(self) -> None:
        self._made()
        self.update()

    def _draw(self, picture: QImage, cell: int, length: int) -> None:
        self.drawn += 1
        found = self.codes_in(cell, picture.height())
        brought_out = Counter({code: n for code, n in found.items() if code in self._emphasised})
        columns = columns_of(brought_out or found)
        faint = bool(self._emphasised) and not brought_out
        for x in range(ACROSS):
            picture.setPixelColor(x, cell, self._colour(columns[x], faint) if columns else QColor(0, 0, 0, 0))

    def _colour(self, code: CodeId, faint: bool) -> QColor:
        colour = QColor(self._view.looks.of_code(code).bracket)
        colour.setAlphaF(FAINT if faint else 1.0)
        return colour

    # ---- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._view.theme.colour("paper"))
            if self._length():
                self._paint(painter)
        finally:
            painter.end()

    def _strip(self) -> QRectF:
        return QRectF(LEFT + TICK, 4, self.width() - LEFT - TICK - RIGHT, max(1, self.height() - 8))

    def _y(self, point: int) -> float:
        strip = self._strip()
        return strip.top() + strip.height() * point / max(1, self._length())

    def _paint(self, painter: QPainter) -> None:
        theme, strip = self._view.theme, self._strip()
        painter.fillRect(strip, theme.colour("bg"))
        if self._picture is not None:
            painter.drawPixmap(strip.topLeft(), self._drawn_to(self._picture, strip.size().toSize()))
        else:
            self._later.start()  # the words are painted first
        reading = self._view.reading
        painter.setPen(QPen(theme.colour("ctl"), 1))
        for section in reading.sections if reading is not None else ():
            y = int(self._y(section.span.start)) + 0.5
            painter.drawLine(int(LEFT - 1), y, int(LEFT + TICK), y)
        page = self._view.on_page()
        if page is not None:
            top, bottom = self._y(page.start), self._y(page.end)
            box = QRectF(strip.left() - 1.5, top, strip.width() + 3, max(8.0, bottom - top))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("paper"), 4))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QPen(theme.colour("text2"), 2))
            painter.drawRoundedRect(box, 3, 3)

    def _drawn_to(self, picture: QImage, size: QSize) -> QPixmap:
        """The picture at the size of the strip, kept until either changes."""
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            try:
                painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
            finally:
                painter.end()
        return self._drawn

    # ---- the mouse
    def point_at(self, y: float) -> int:
        """The code point that lies at a height of the strip."""
        strip, length = self._strip(), self._length()
        return min(length, max(0, round((y - strip.top()) / strip.height() * length)))

    def words_at(self, y: float) -> str:
        """What lies at a height: the turn, and the codes most used there."""
        view, length = self._view, self._length()
        if view.reading is None or not length:
            return ""
        point, cells = min(self.point_at(y), length - 1), cell_count(length)
        turn = view.blocks.turn_at(point)
        found = [code for code, _n in self.codes_in(cell_at(point, cells, length), cells).most_common(MOST_TOLD)]
        lines = [_("Turn {number}").format(number=view.blocks.turn(turn).number)] if turn is not None else []
        return "\n".join([*lines, *(view.tree[code].name for code in found)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go(self, y: float) -> None:
        if self._length():
            self._view.scroll_to(self.point_at(y), self._view.viewport().height() // 3)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._view.verticalScrollBar(), event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(event.pos().y())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
