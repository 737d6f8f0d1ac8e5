"""Why a passage is proposed: the words that speak for it, and the coded passages that are most like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.proposal import Proposal, Why
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, RowList, Rows
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

NEAREST = 3  # coded passages that are shown
WORDS = 6  # words that are named


def marks(quote: str, why: Why) -> tuple[Span, ...]:
    """Where the words that speak for a passage stand in its quote, in order and without overlap."""
    words = sorted({word for word, weight in why.words if weight > 0}, key=len, reverse=True)
    if not words:
        return ()
    either = "|".join(re.escape(word).replace("'", "['’]") for word in words)
    return tuple(Span(*found.span()) for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", quote, re.IGNORECASE))


def in_words(proposal: Proposal) -> str:
    """What a proposal stands on, in one sentence or two."""
    why = proposal.why
    said = [word for word, weight in why.words if weight > 0][:WORDS]
    if why.by_definition:
        first = _("No passage is coded with it yet: this is like what the code says of itself.")
    elif said:
        first = _("What speaks for it: {words}.").format(words=", ".join(said))
    else:
        first = _("No single word speaks for it; it is like what is coded as a whole.")
    return first


@dataclass(frozen=True, slots=True)
class NearRow:
    """A coded passage that is like the one proposed."""

    card: Card

    @property
    def key(self) -> object:
        """What makes it the same row after reading again."""
        return self.card.key

    @property
    def about(self) -> str:
        """Who said it, and where."""
        if not self.card.speaker:
            return self.card.place
        return _("{who}, {place}").format(who=self.card.speaker, place=self.card.place)


class NearRows(Rows):
    """The nearest first."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.card.quote
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.card.told()
        return None


class NearPainter(QStyledItemDelegate):
    """One line: the words at the left, who and where at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(24, current_theme().px(26)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        with smoothly(painter):
            rect = QRectF(option.rect)
            if not option.widget.hasFocus():  # only then is one of them the one that Enter opens
                option.state &= ~QStyle.StateFlag.State_Selected
            paint_row(painter, rect, option, under="line")
            inside = rect.adjusted(12, 0, -8, 0)
            about = min(QFontMetricsF(theme.font("meta")).horizontalAdvance(row.about), inside.width() * 0.45)
            quote = " ".join(row.card.quote.split())
            place = QRectF(inside.x(), inside.y(), inside.width() - about - 16, inside.height())
            write_line(painter, place, f"“{quote}”", "interface", "link")
            place = QRectF(inside.right() - about - 1, inside.y(), about + 2, inside.height())
            write_line(painter, place, row.about, "meta", "text2", Qt.AlignmentFlag.AlignRight)


class NearList(RowList):
    """Enter or a click opens a passage in its place; Escape goes back."""

    opened = Signal(object)  # Card
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows_ = NearRows()
        super().__init__(self.rows_, parent)
        self.setAccessibleName(_("Coded passages most like it"))
        self.setItemDelegate(NearPainter(self))

    def _dress(self) -> None:
        super()._dress()
        self.setStyleSheet("NearList { background: transparent; border: none; }")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row.card)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.opened.emit(row.card)


class WhyPanel(QWidget):
    """What the current proposal stands on. Its height never changes, so what is over it stays where it is."""

    opened = Signal(object)  # Card
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setAccessibleName(_("Why this passage"))
        self._rows = NEAREST
        self.words = Label("", "interface")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.like = Label(_("Coded passages most like it"), "meta_strong", "text2")
        self.near = NearList()
        self.near.opened.connect(self.opened)
        self.near.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(2)
        column.addWidget(self.words, 1)
        column.addWidget(self.like)
        column.addWidget(self.near)
        current_theme().changed.connect(self._dress)
        self._dress()
        self.show_nothing()

    def _dress(self) -> None:
        self.set_rows(self._rows)

    def set_rows(self, rows: int) -> None:
        """How many of the coded passages can be seen without scrolling, 1 to 3: fewer where the window is low."""
        theme, self._rows = current_theme(), rows
        self.near.setFixedHeight(rows * max(24, theme.px(26)) + 2)
        lines = (2 if rows > 1 else 1) * theme.line_height("interface") + theme.line_height("meta_strong")
        self.setFixedHeight(lines + self.near.height() + 16 + 4)

    def show_nothing(self) -> None:
        """No passage is current."""
        self.words.setText("")
        self.show_near([])

    def show_proposal(self, proposal: Proposal) -> None:
        """Say why; the passages follow with `show_near`."""
        self.words.setText(in_words(proposal))
        self.show_near([])

    def show_near(self, cards: Sequence[Card]) -> None:
        """The coded passages that are nearest."""
        self.like.setVisible(bool(cards))
        self.near.setVisible(bool(cards))
        self.near.show_rows([NearRow(card) for card in cards])

    @staticmethod
    def evidence(proposal: Proposal) -> list[Evidence]:
        """The coded passages to be read from the project."""
        return [Evidence(near.source, near.span, near.cosine) for near in proposal.why.nearest[:NEAREST]]
