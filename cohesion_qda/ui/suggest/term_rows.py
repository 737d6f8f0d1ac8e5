"""The list of key terms: each with a bar for how widely it was said on either side, or in each part of the talk."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row
from cohesion_qda.ui.rows import ROW_ROLE, Index, RowList, Rows
from cohesion_qda.ui.theme import current_theme

KEYS = "arlexm"
EDGES = 44  # left and right of what stands in a row


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` (0 to 1) of the whole width, and the words at its right; `is_other` draws it as what something is compared with."""

    share: float
    words: str
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term. `heading` stands over it, where it is the first of its kind; `parts` are its shares in the parts of the talk
    that it unites. `became` says what was made of it.
    """

    key: str
    title: str
    bars: tuple[Bar, ...]
    heading: str = ""
    parts: tuple[float, ...] = ()
    became: str = ""
    about: str = ""

    def told(self) -> str:
        """The row in words, for screen readers."""
        return ". ".join(part for part in (self.heading, self.title, self.about, self.became) if part)


class TermRows(Rows):
    """The terms in their order."""


class TermPainter(QStyledItemDelegate):
    """Draws a term: its heading, itself, its bars."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = current_theme(), index.data(ROW_ROLE)
        view = option.widget
        wide = (view.viewport().width() if isinstance(view, QListView) else option.rect.width()) - EDGES
        high = theme.line_height("panel_title") + round(sum(self._high(bar, wide) for bar in row.bars)) + 18
        high += theme.px(30) if row.parts else 0
        high += theme.line_height("meta_strong") if row.became else 0
        return QSize(200, high + self._over(row))

    @staticmethod
    def _over(row: TermRow) -> int:
        """The height of what stands over the row itself."""
        return current_theme().line_height("meta_strong") + 20 if row.heading else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme = index.data(ROW_ROLE), current_theme()
        with smoothly(painter):
            rect = QRectF(option.rect)
            if row.heading:
                over = QRectF(rect.x() + 24, rect.y(), rect.width() - 36, self._over(row))
                self._words(painter, over.adjusted(0, 10, 0, -2), row.heading, "meta_strong", "text2")
            rect = rect.adjusted(8, 1 + self._over(row), -8, -1)
            is_on = paint_row(painter, rect, option, under="line")
            inside = rect.adjusted(16, 8, -12, -8)
            y = inside.y()
            line = QRectF(inside.x(), y, inside.width(), theme.line_height("panel_title"))
            self._words(painter, line, row.title, "panel_title", "accenttext" if is_on else "text")
            y = line.bottom()
            for bar in row.bars:
                y = self._bar(painter, QRectF(inside.x(), y, inside.width(), self._high(bar, inside.width())), bar)
            if row.parts:
                y = self._parts(painter, QRectF(inside.x(), y + theme.px(4), inside.width(), theme.px(22)), row.parts)
            if row.became:
                last = QRectF(inside.x(), y, inside.width(), theme.line_height("meta_strong"))
                self._words(painter, last, row.became, "meta_strong", "ok")

    @staticmethod
    def _words(painter: QPainter, rect: QRectF, words: str, role: str, tone: str) -> None:
        theme = current_theme()
        font = theme.font(role)
        painter.setFont(font)
        painter.setPen(theme.colour(tone))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _has_room(bar: Bar, width: float) -> bool:
        """Whether the whole words stand beside the bar; else they stand under it, in as many lines as they need."""
        theme = current_theme()
        return QFontMetricsF(theme.font("meta")).horizontalAdvance(bar.words) + theme.px(12) + theme.px(24) <= width

    @classmethod
    def _high(cls, bar: Bar, width: float) -> float:
        """The height of a bar with its words, where they have so much room."""
        theme = current_theme()
        if cls._has_room(bar, width):
            return theme.line_height("meta")
        box = QFontMetricsF(theme.font("meta")).boundingRect(
            QRectF(0, 0, max(1.0, width), 10_000), int(Qt.TextFlag.TextWordWrap), bar.words
        )
        return theme.px(12) + max(box.height(), float(theme.line_height("meta")))

    def _bar(self, painter: QPainter, rect: QRectF, bar: Bar) -> float:
        """A bar with its words at the right, or under it; gives where it ends below."""
        theme = current_theme()
        if not self._has_room(bar, rect.width()):
            place = QRectF(rect.x(), rect.y() + theme.px(3), rect.width(), theme.px(6))
            self._fill(painter, place, bar)
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.colour("text2"))
            under = rect.adjusted(0, theme.px(12), 2, 2)
            painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), bar.words)
            return rect.bottom()
        room = rect.width() - QFontMetricsF(theme.font("meta")).horizontalAdvance(bar.words) - theme.px(12)
        wide = max(min(rect.width() * 0.36, theme.px(120), room), theme.px(24))
        place = QRectF(rect.x(), rect.center().y() - theme.px(3), wide, theme.px(6))
        self._fill(painter, place, bar)
        self._words(painter, rect.adjusted(wide + theme.px(10), 0, 0, 0), bar.words, "meta", "text2")
        return rect.bottom()

    @staticmethod
    def _fill(painter: QPainter, place: QRectF, bar: Bar) -> None:
        theme = current_theme()
        painter.fillRect(place, theme.colour("line"))
        wide = max(1.0, place.width() * bar.share) if bar.share else 0.0
        painter.fillRect(
            QRectF(place.x(), place.y(), wide, place.height()), theme.colour("ctl" if bar.is_other else "accent")
        )

    @staticmethod
    def _parts(painter: QPainter, rect: QRectF, parts: tuple[float, ...]) -> float:
        """A column for each part of the talk, as high as the share of those who said it there."""
        theme = current_theme()
        wide = min(theme.px(14), (rect.width() - 2 * len(parts)) / len(parts))
        for n, share in enumerate(parts):
            column = QRectF(rect.x() + n * (wide + 2), rect.y(), wide, rect.height())
            painter.fillRect(column, theme.colour("line"))
            column.setTop(column.bottom() - column.height() * share)
            painter.fillRect(column, theme.colour("accent"))
        return rect.bottom() + theme.px(4)


class TermList(RowList):
    """The list. A codes, R dismisses, L leaves for later, E shows every line, X leaves the word out, M counts it as one with another; Enter goes
    to the passages.
    """

    lettered = Signal(str)
    entered_passages = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.terms = TermRows()
        super().__init__(self.terms, parent)
        self.setAccessibleName(_("Key terms"))
        self.setItemDelegate(TermPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_passages.emit()
        elif plain and event.text() and event.text().lower() in KEYS:
            self.lettered.emit(event.text().lower())
        else:
            super().keyPressEvent(event)
