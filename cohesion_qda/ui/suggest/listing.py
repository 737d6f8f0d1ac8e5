"""The list of what is proposed, whatever it is: a title, how widely it was said, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.theme import current_theme

NOWHERE = QModelIndex()
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
KEYS = "arl"


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


def how_widely(count: Count, base: Count) -> str:
    """`Said in 9 of 12 groups, by 33 of 80 people`."""
    people = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=count.participants, all=base.participants
    )
    if not base.groups:
        return _("Said by {people}").format(people=people)
    return ngettext(
        "Said in {n} of {all} group, by {people}", "Said in {n} of {all} groups, by {people}", base.groups
    ).format(n=count.groups, all=base.groups, people=people)


class Proposals(QAbstractListModel):
    """The proposals in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Proposal] = ()

    def show(self, rows: Sequence[Proposal]) -> None:
        """Show other proposals."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.told()
        return None


class ProposalPainter(QStyledItemDelegate):
    """Draws a proposal: title, what it is about, how widely it was said; a bar where proposals are ranked."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = current_theme(), index.data(ROW_ROLE)
        lines = theme.line_height("panel_title") + theme.line_height("meta") * (bool(row.about) + 1)
        return QSize(200, lines + (theme.px(12) if row.share is not None else 0) + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
        painter.setPen(QPen(theme.colour("focus"), 2) if has_focus else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.colour("soft" if is_on else "line") if is_on or is_under else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 8, 3, rect.height() - 16), 1.5, 1.5)
        self._paint_words(painter, rect.adjusted(16, 9, -12, -8), row, is_on)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, row: Proposal, is_on: bool) -> None:
        theme = current_theme()
        y = rect.y()
        lines = [(row.title, "panel_title", "text"), (row.about, "meta", "text2"), (row.counts, "meta", "text2")]
        if row.became:
            lines[2] = (row.became, "meta_strong", "ok")
        if is_on:
            lines[0] = (row.title, "panel_title", "accenttext")
        for words, role, tone in lines:
            if not words:
                continue
            high = theme.line_height(role)
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(tone))
            shown = QFontMetricsF(theme.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(QRectF(rect.x(), y, rect.width() + 2, high), Qt.AlignmentFlag.AlignVCenter, shown)
            y += high
        if row.share is not None:
            bar = QRectF(rect.x(), y + theme.px(5), rect.width(), theme.px(6))
            painter.fillRect(bar, theme.colour("line"))
            bar.setWidth(bar.width() * row.share)
            painter.fillRect(bar, theme.colour("accent"))


class ProposalList(QListView):
    """The list. A, R and L accept, reject and leave the current one for later; Enter goes to its passages."""

    chosen = Signal(object)  # Proposal or None
    lettered = Signal(str)
    entered_passages = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.proposals = Proposals(self)
        self.setModel(self.proposals)
        self.setItemDelegate(ProposalPainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentChanged.connect(lambda _on, _off: self.chosen.emit(self.current()))
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[Proposal]) -> None:
        """Show other proposals; the current one stays current, or the one that comes after it."""
        current, at = self.current(), self.currentIndex().row()
        scroll = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.proposals.show(rows)
        self.selectionModel().blockSignals(False)
        keys = [row.key for row in rows]
        if current is not None and current.key in keys:
            at = keys.index(current.key)
        if rows:
            self.setCurrentIndex(self.proposals.index(min(max(0, at), len(rows) - 1)))
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(scroll)
        else:
            self.chosen.emit(None)

    def current(self) -> Proposal | None:
        """The proposal that the keys work on."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Proposal) else None

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

    def _dress(self) -> None:
        self.setStyleSheet(f"ProposalList {{ background: {current_theme().hex('bg')}; }}")
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
