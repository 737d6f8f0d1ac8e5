"""Found words in their lines, one under the other: before, the words, after."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.search.rows import ROW, Entry, Row, Rows, Title
from cohesion_qda.ui.theme import current_theme

SIDE, GAP, HIGH, TITLE_HIGH = 24, 8, 28, 40
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a row lie, in pixels: the box, who speaks, the turn, what stands before, the words and after."""

    box: QRectF
    speaker: QRectF
    turn: QRectF
    before: QRectF
    after: QRectF


def columns(width: int, height: int) -> Columns:
    """For a row of that size. The words begin in one column for all rows, a little before the middle of the text."""
    theme = current_theme()
    side = theme.px(16)
    box = QRectF(SIDE, (height - side) / 2, side, side)
    who = min(theme.px(150), max(theme.px(72), (width - 2 * SIDE) * 0.16))
    speaker = QRectF(box.right() + GAP, 0, who, height)
    turn = QRectF(speaker.right() + GAP, 0, theme.px(32), height)
    text = QRectF(turn.right() + 2 * GAP, 0, width - turn.right() - 2 * GAP - SIDE, height)
    middle = text.left() + text.width() * 0.44
    return Columns(
        box, speaker, turn, QRectF(text.left(), 0, middle - text.left(), height),
        QRectF(middle, 0, text.right() - middle, height),
    )  # fmt: skip


class KwicPainter(QStyledItemDelegate):
    """Draws the names of sources and the rows under them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shows_extent = False  # what would be coded is set apart from what stands around it

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, current_theme().px(TITLE_HIGH if isinstance(index.data(ROW), Title) else HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        with smoothly(painter):
            if isinstance(row, Title):
                self._title(painter, QRectF(option.rect), row)
                return
            self._ground(painter, QRectF(option.rect), option)
            parts = columns(option.rect.width(), option.rect.height())
            painter.translate(QPointF(option.rect.topLeft()))
            is_ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            _box(painter, parts.box, is_ticked)
            self._who(painter, parts, row)
            if row.already:
                parts = self._mark(painter, parts)
            self._words(painter, parts, row)

    def _title(self, painter: QPainter, rect: QRectF, row: Title) -> None:
        theme = current_theme()
        font = theme.font("panel_title")
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        place = rect.adjusted(SIDE, 10, -SIDE, 0)
        name = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, LEFT, name)

    def _ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        frame = rect.adjusted(8, 0, -8, 0)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("soft" if is_chosen else "bg"))
            painter.drawRoundedRect(frame, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 6, 6)

    @staticmethod
    def _mark(painter: QPainter, parts: Columns) -> Columns:
        """At the right, that it is coded so already; gives the room that is left."""
        words = _("coded already")
        width = QFontMetricsF(current_theme().font("meta_strong")).horizontalAdvance(words) + 2
        place = QRectF(parts.after.right() - width, 0, width, parts.after.height())
        _draw(painter, place, words, "meta_strong", "text2", RIGHT)
        return replace(parts, after=parts.after.adjusted(0, 0, -width - 2 * GAP, 0))

    def _who(self, painter: QPainter, parts: Columns, row: Entry) -> None:
        _draw(painter, parts.speaker, row.hit.speaker or "–", "interface_medium", "text")
        turn = str(row.hit.turn) if row.hit.turn else ""
        _draw(painter, parts.turn, turn, "meta", "text2", RIGHT)

    def _words(self, painter: QPainter, parts: Columns, row: Entry) -> None:
        """Before and after on either side of the words; the other way round where the words run from right to left."""
        theme = current_theme()
        before, hit, after = (text.replace("\n", " ") for text in (row.hit.before, row.hit.hit, row.hit.after))
        strong = QFontMetricsF(theme.font("interface_strong"))
        hit = strong.elidedText(hit, Qt.TextElideMode.ElideRight, parts.after.width() * 0.9)
        width = strong.horizontalAdvance(hit)
        ground = QRectF(parts.after.left(), 0, width + 6, parts.after.height()).adjusted(0, 4, 0, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sel"))
        painter.drawRoundedRect(ground, 3, 3)
        _draw(painter, ground.adjusted(3, -4, 3, 4), hit, "interface_strong", "text")
        left = parts.before.adjusted(0, 0, -4, 0)
        right = QRectF(ground.right() + 1, 0, parts.after.right() - ground.right() - 1, parts.after.height())
        inside_before = row.hit.span.start - row.span.start if self.shows_extent else len(before)
        inside_after = row.span.end - row.hit.span.end if self.shows_extent else len(after)
        if hit[:1] and _runs_left(hit):
            _draw(painter, left, after, "interface", "text", RIGHT)
            _draw(painter, right, before, "interface", "text", LEFT, Qt.TextElideMode.ElideLeft)
            return
        cut = max(0, len(before) - inside_before)
        self._part(painter, left, (before[cut:], before[:cut]), RIGHT, Qt.TextElideMode.ElideLeft)
        self._part(painter, right, (after[:inside_after], after[inside_after:]), LEFT, Qt.TextElideMode.ElideRight)

    @staticmethod
    def _part(
        painter: QPainter, place: QRectF, words: tuple[str, str], align: Qt.AlignmentFlag, elide: Qt.TextElideMode
    ) -> None:
        """The nearer words (inside what is coded) beside the hit, the farther ones paler beyond them."""
        near, far = words
        used = _draw(painter, place, near, "interface", "text", align, elide)
        room = place.width() - used
        if far and room > current_theme().px(24):
            beyond = QRectF(place.left() + (0 if align == RIGHT else used), place.top(), room, place.height())
            _draw(painter, beyond, far, "interface", "text2", align, elide)


class KwicList(QListView):
    """The list. Enter and a double click read a place in context, Space ticks it, Ctrl+C copies it as a quotation."""

    read = Signal(object)  # Entry
    moved = Signal()
    all_wanted = Signal()  # Ctrl+A: tick everything
    left = Signal()  # Escape
    lettered = Signal(str)  # a single letter other than J and K

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = Rows(self)
        self.painter = KwicPainter(self)
        self.setModel(self.rows)
        self.setItemDelegate(self.painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setProperty("surface", "paper")
        self.selectionModel().currentChanged.connect(lambda _now, _was: self.moved.emit())
        current_theme().changed.connect(self.scheduleDelayedItemsLayout)

    def current_entry(self) -> Entry | None:
        """The place that the keys work on."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row if isinstance(row, Entry) else None

    def go_to_row(self, row: int, step: int = 1) -> None:
        """Make the nearest place from `row` on the current one."""
        row = self.rows.entry_near(row, step)
        if row >= 0:
            self.selectionModel().setCurrentIndex(
                self.rows.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(self.rows.index(max(0, row - 1)) if row == 1 else self.rows.index(row))

    def step(self, by: int) -> None:
        """The next place (1) or the one before (-1)."""
        at = self.currentIndex().row() if self.currentIndex().isValid() else -1
        if by > 0 and at + 1 >= self.rows.rowCount() and self.rows.canFetchMore():
            self.rows.fetchMore()
        self.go_to_row(at + by, by)

    def toggle(self) -> None:
        """Tick the current place, or take its tick away."""
        if self.current_entry() is not None:
            is_on = self.currentIndex().data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            value = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
            self.rows.setData(self.currentIndex(), value, Qt.ItemDataRole.CheckStateRole)

    def copy(self) -> None:
        """Put the ticked places, or the current one, on the clipboard as quotations."""
        current = self.current_entry()
        chosen = self.rows.ticked_entries() or ([current] if current is not None else [])
        if chosen:
            QGuiApplication.clipboard().setText("\n".join(entry.quotation() for entry in chosen))

    def selectAll(self) -> None:
        self.all_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, entry = event.key(), self.current_entry()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif plain and key in steps:
            self.step(steps[Qt.Key(key)])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if entry is not None:
                self.read.emit(entry)
        elif plain and key == Qt.Key.Key_Space:
            self.toggle()
        elif plain and key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and len(event.text()) == 1 and event.text().isalpha():
            self.lettered.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._on_box(index, event.position()):
            self.toggle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, Entry) and not self._on_box(index, event.position()):
            self.read.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        entry = self.current_entry()
        if entry is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Read in context"), lambda: self.read.emit(entry))
        menu.addAction(_("Tick, or take the tick away"), self.toggle)
        menu.addAction(_("Copy as quotation"), self.copy)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft() + QPoint(SIDE, 0))
        menu.popup(at)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.indexAt(event.pos()).data(ROW)
            if isinstance(row, Entry):
                QToolTip.showText(event.globalPos(), "\n".join(filter(None, (row.hit.speaker, row.place))), self)
                return True
        return super().viewportEvent(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        if self.current_entry() is None:
            self.go_to_row(0)

    def _on_box(self, index: QModelIndex, at: QPointF) -> bool:
        if not index.isValid() or not isinstance(index.data(ROW), Entry):
            return False
        rect = self.visualRect(index)
        return columns(rect.width(), rect.height()).box.translated(QPointF(rect.topLeft())).adjusted(-8, -6, 8, 6).contains(at)  # fmt: skip


def _draw(
    painter: QPainter, place: QRectF, words: str, role: str, tone: str,
    align: Qt.AlignmentFlag = LEFT, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:  # fmt: skip
    """One line of words, shortened to fit; gives the width it took."""
    theme = current_theme()
    font = theme.font(role)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, elide, place.width())
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(place, int(align) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def _runs_left(words: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    from unicodedata import bidirectional

    return next((d in ("R", "AL") for c in words if (d := bidirectional(c)) in ("L", "R", "AL")), False)


def _box(painter: QPainter, box: QRectF, is_ticked: bool) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.colour("accent" if is_ticked else "ctl"), 1))
    painter.setBrush(theme.colour("accent" if is_ticked else "paper"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if is_ticked:
        tick = QPainterPath(QPointF(box.x() + box.width() * 0.24, box.y() + box.height() * 0.52))
        tick.lineTo(box.x() + box.width() * 0.43, box.y() + box.height() * 0.71)
        tick.lineTo(box.x() + box.width() * 0.77, box.y() + box.height() * 0.31)
        painter.setPen(QPen(theme.colour("onaccent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)
