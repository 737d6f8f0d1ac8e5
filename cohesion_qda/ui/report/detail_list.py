"""What in the report may tell who somebody is, as a list: by kind, each with what becomes of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.detail import KEEP, LEAVE_OUT, WORDS, Detail, kind_names, verdict_names
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, Index, Rows, one_at_a_time
from cohesion_qda.ui.theme import current_theme

HIGH, HEAD, LEFT = 48, 44, 12  # pixels of a row and of a heading, and beside them
KEYS = {Qt.Key.Key_K: KEEP, Qt.Key.Key_L: LEAVE_OUT, Qt.Key.Key_Delete: LEAVE_OUT, Qt.Key.Key_U: ""}
"""The verdict that a key gives; R goes to the field for other words."""


@dataclass(frozen=True, slots=True)
class Head:
    """A kind, how many details there are of it and how many nobody has settled."""

    kind: str
    n: int
    unsettled: int

    @property
    def title(self) -> str:
        return kind_names()[self.kind]

    def told(self) -> str:
        """The heading in words."""
        return _("{kind}: {standing}").format(kind=self.title, standing=self.standing)

    @property
    def standing(self) -> str:
        """How many are settled."""
        if not self.unsettled:
            return _("all settled")
        return ngettext("{n} of {total} not settled", "{n} of {total} not settled", self.unsettled).format(
            n=self.unsettled, total=self.n
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A detail."""

    detail: Detail

    @property
    def key(self) -> Hashable:
        return self.detail.kind, self.detail.words

    @property
    def title(self) -> str:
        return self.detail.words

    @property
    def becomes(self) -> str:
        """What stands in the report."""
        each = self.detail
        if each.kind in WORDS and each.verdict != KEEP:
            return _("→ {words}").format(words=each.written)
        return verdict_names()[each.verdict]

    @property
    def more(self) -> str:
        """Where it stands first, and in how many places."""
        each = self.detail
        if each.few:
            return ngettext("{n} number of few people", "{n} numbers of few people", each.few).format(n=each.few)
        n = len(each.spots)
        places = ngettext("{n} place", "{n} places", n).format(n=n)
        return _("{where}, {places}").format(where=each.spots[0].where, places=places) if n > 1 else each.spots[0].where

    def told(self) -> str:
        """The row in words, for screen readers."""
        parts = (self.title, verdict_names()[self.detail.verdict], self.becomes, self.more)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def rows_of(found: Sequence[Detail]) -> list[Head | Row]:
    """The details under the headings of their kinds."""
    rows: list[Head | Row] = []
    for kind, group in groupby(found, key=lambda each: each.kind):
        some = list(group)
        rows.append(Head(kind, len(some), sum(not each.is_settled for each in some)))
        rows += map(Row, some)
    return rows


class DetailRows(Rows):
    """Headings, which cannot be chosen, and details."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.rows[index.row()], Head):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class DetailPainter(QStyledItemDelegate):
    """The words and what becomes of them; under them where they stand."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, current_theme().px(HEAD if isinstance(index.data(ROW_ROLE), Head) else HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(LEFT, 1, -8, -1)
        inner = box.adjusted(theme.px(12), theme.px(5), -theme.px(12), -theme.px(5))
        with smoothly(painter):
            if isinstance(row, Head):
                _in_two(
                    painter,
                    inner.adjusted(0, theme.px(12), 0, 0),
                    (row.title, "panel_title", "text"),
                    (row.standing, "meta", "text2"),
                )
                return
            paint_row(painter, box, option)
            upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
            tone = "text2" if row.detail.is_settled else "warn"
            _in_two(painter, upper, (row.title, "interface_medium", "text"), (row.becomes, "meta_strong", tone))
            write_line(painter, upper.translated(0, inner.height() / 2), row.more, "meta", "text2")


def _in_two(painter: QPainter, rect: QRectF, left: tuple[str, str, str], right: tuple[str, str, str]) -> None:
    """Words at the left, and at the right what is said of them, which takes no more than half."""
    wide = min(rect.width() / 2, QFontMetricsF(current_theme().font(right[1])).horizontalAdvance(right[0]) + 4)
    write_line(painter, rect.adjusted(0, 0, -wide - 8, 0), *left)
    write_line(
        painter, QRectF(rect.right() - wide, rect.top(), wide, rect.height()), *right, Qt.AlignmentFlag.AlignRight
    )


class DetailList(QListView):
    """The list. Several can be chosen at once; K keeps them, R goes on to other words, L or Delete leaves them out, U unsettles them, Enter
    reads the first place.
    """

    chosen = Signal()
    judged = Signal(str)  # verdict
    replacing = Signal()
    entered_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What may tell who somebody is"))
        self.details = DetailRows(self)
        self.setModel(self.details)
        self.setItemDelegate(DetailPainter(self))
        one_at_a_time(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setViewportMargins(0, 8, 0, 8)
        self._is_showing = False
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self._is_showing or self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.entered_on.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def show_details(self, found: Sequence[Detail]) -> None:
        """Show these; the chosen ones stay chosen, the list where it is scrolled to."""
        keys, current, scroll = {row.key for row in self._rows()}, self.current(), self.verticalScrollBar().value()
        at = self.currentIndex().row()
        self._is_showing = True
        self.details.show(rows_of(found))
        places = [n for n, row in enumerate(self.details.rows) if isinstance(row, Row)]
        if places:
            key = current.key if current is not None else None
            there = [n for n in places if self.details.rows[n].key == key]
            self.setCurrentIndex(self.details.index((there or [n for n in places if n >= at] or places)[0]))
            for n in places:
                if self.details.rows[n].key in keys:
                    self.selectionModel().select(self.details.index(n), QItemSelectionModel.SelectionFlag.Select)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self._is_showing = False
        self.chosen.emit()

    def chosen_details(self) -> list[Detail]:
        """Those that are chosen, in order."""
        return [row.detail for row in self._rows()]

    def _rows(self) -> list[Row]:
        found = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [index.data(ROW_ROLE) for index in found]

    def current(self) -> Row | None:
        """The row that the keys work on."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Row) else None

    def to_next(self) -> None:
        """On to the next one that nobody has settled, if there is one."""
        rows, at = self.details.rows, self.currentIndex().row()
        for n in (*range(at + 1, len(rows)), *range(at)):
            if isinstance(rows[n], Row) and not rows[n].detail.is_settled:
                self.setCurrentIndex(self.details.index(n))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, is_plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_on.emit()
        elif is_plain and key == Qt.Key.Key_R:
            self.replacing.emit()
        elif is_plain and key in KEYS:
            self.judged.emit(KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)
