"""The list of what is proposed, whatever it is: a title, how widely there is talk like it, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.row_painting import paint_row
from cohesion_qda.ui.rows import ROW_ROLE, RowList, Rows
from cohesion_qda.ui.theme import current_theme

KEYS = "arl"
EDGES = 44  # left and right of the words of a row


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the list. `became` says what was made of it (empty: nothing yet); `share` is the length of a bar
    (0 to 1), None for no bar.
    """

    key: str
    title: str
    about: str
    counts: str
    became: str = ""
    share: float | None = None

    def told(self) -> str:
        """The line in words, for screen readers."""
        return ". ".join(part for part in (self.title, self.about, self.counts, self.became) if part)


class Proposals(Rows):
    """The proposals in their order."""


def _lines(row: Proposal, width: float, *, is_on: bool) -> list[tuple[str, str, str, int]]:
    """The words of a row with their role, their colour and their height: title and counts take the lines they need, what
    it is about takes one.
    """
    theme, lines = current_theme(), []
    last = (row.became, "meta_strong", "ok") if row.became else (row.counts, "meta", "text2")
    title = (row.title, "panel_title", "accenttext" if is_on else "text")
    for words, role, tone in (title, (row.about, "meta", "text2"), last):
        if not words:
            continue
        high = theme.line_height(role)
        if words is not row.about:
            box = QFontMetricsF(theme.font(role)).boundingRect(
                QRectF(0, 0, max(1.0, width), 10_000), int(Qt.TextFlag.TextWordWrap), words
            )
            spacing = QFontMetricsF(theme.font(role)).lineSpacing()
            high = max(high, round(box.height() / spacing) * round(max(high, spacing)))
        lines.append((words, role, tone, high))
    return lines


class ProposalPainter(QStyledItemDelegate):
    """Draws a proposal: title, what it is about, how widely it was said; a bar where proposals are ranked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = current_theme(), index.data(ROW_ROLE)
        view = option.widget
        wide = (view.viewport().width() if isinstance(view, QListView) else option.rect.width()) - EDGES
        high = sum(high for _words, _role, _tone, high in _lines(row, wide, is_on=False))
        return QSize(200, high + (theme.px(12) if row.share is not None else 0) + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        with smoothly(painter):
            rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
            is_on = paint_row(painter, rect, option, under="line")
            self._paint_words(painter, rect.adjusted(16, 9, -12, -8), row, is_on)

    def _paint_words(self, painter: QPainter, rect: QRectF, row: Proposal, is_on: bool) -> None:
        theme = current_theme()
        y = rect.y()
        for words, role, tone, high in _lines(row, rect.width(), is_on=is_on):
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            place = QRectF(rect.x(), y, rect.width() + 2, high)
            if high > theme.line_height(role):
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), words)
            else:
                shown = QFontMetricsF(theme.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            y += high
        if row.share is not None:
            bar = QRectF(rect.x(), y + theme.px(5), rect.width(), theme.px(6))
            painter.fillRect(bar, theme.colour("line"))
            bar.setWidth(bar.width() * row.share)
            painter.fillRect(bar, theme.colour("accent"))


class ProposalList(RowList):
    """The list. A, R and L accept, reject and leave the current one for later; Enter goes to its passages."""

    lettered = Signal(str)
    entered_passages = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.proposals = Proposals()
        super().__init__(self.proposals, parent)
        self.setAccessibleName(name)
        self.setItemDelegate(ProposalPainter(self))

    def go_on(self) -> None:
        """To the next proposal that nothing was made of yet."""
        rows, at = self.proposals.rows, self.currentIndex().row()
        order = [*range(at + 1, len(rows)), *range(0, at)]
        following = next((n for n in order if not rows[n].became), None)
        if following is not None:
            self.setCurrentIndex(self.proposals.index(following))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_passages.emit()
        elif plain and event.text() and event.text().lower() in KEYS:
            self.lettered.emit(event.text().lower())
        else:
            super().keyPressEvent(event)
