"""A list of passages that stays quick however long it is: rows are fetched as they are scrolled to."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QToolTip, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.retrieve.cards import Card, Heading
from cohesion_qda.ui.retrieve.paint import CARD_ROLE, SIDE, Index, PassageDelegate, read_in_context
from cohesion_qda.ui.theme import current_theme

PAGE = 200
NOWHERE = QModelIndex()


class PassageModel(QAbstractListModel):
    """Cards and headings, of which only the first pages are shown until more are asked for. Where not all rows were given
    yet (`is_more`), `wanted` asks for those that follow; `append` takes them.
    """

    ticked = Signal()
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Card | Heading] = []
        self._loaded = 0
        self._checked: set[Hashable] = set()
        self._is_more = False
        self.is_checkable = False

    def show_rows(
        self,
        rows: Sequence[Card | Heading],
        at_least: int = PAGE,
        ticked: Container[Hashable] = (),
        *,
        is_more: bool = False,
    ) -> None:
        """Show these from the beginning, the first `at_least` at once, with the boxes of the cards `ticked` ticked."""
        self.beginResetModel()
        self._is_more = is_more
        self._rows = list(rows)
        self._loaded = min(len(self._rows), max(PAGE, at_least))
        self._checked = {row.key for row in self._rows if isinstance(row, Card) and row.key in ticked}
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._loaded

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        return not parent.isValid() and (self._loaded < len(self._rows) or self._is_more)

    def fetchMore(self, parent: Index = NOWHERE) -> None:
        if self._loaded < len(self._rows):
            self.load(self._loaded + PAGE)
        elif self._is_more:
            self._is_more = False  # once, until the answer is there
            self.wanted.emit()

    def append(self, rows: Sequence[Card | Heading], *, is_more: bool = False) -> None:
        """Show these after those that are there."""
        self._rows += rows
        self._is_more = is_more
        self.load(len(self._rows))

    def replace_from(self, at: int, rows: Sequence[Card | Heading], *, is_more: bool = False) -> None:
        """Show these in the place of the rows from `at` on; the rows before it are not touched."""
        if at < self._loaded:
            self.beginRemoveRows(QModelIndex(), at, self._loaded - 1)
            self._loaded = at
            del self._rows[at:]
            self.endRemoveRows()
        else:
            del self._rows[at:]
        self._rows += rows
        self._checked &= {row.key for row in self._rows if isinstance(row, Card)}
        self._is_more = is_more
        self.load(max(PAGE, at + 1))

    def put(self, at: int, card: Card) -> None:
        """Show another card in the place of the one in row `at`."""
        self._rows[at] = card
        if card.became:
            self._checked.discard(card.key)
        if at < self._loaded:
            self.dataChanged.emit(self.index(at), self.index(at))

    def insert(self, at: int, card: Card) -> None:
        """Show a card before row `at`, which is shown already or comes next."""
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, card)
        self._loaded += 1
        self.endInsertRows()

    def load(self, rows: int) -> None:
        """Have at least `rows` rows, where there are so many."""
        more = min(len(self._rows), rows)
        if more > self._loaded:
            self.beginInsertRows(QModelIndex(), self._loaded, more - 1)
            self._loaded = more
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == CARD_ROLE:
            return row
        if isinstance(row, Heading):
            return f"{row.title}, {row.count}" if role in _SPOKEN else None
        if role in _SPOKEN:
            return row.told()
        if role == Qt.ItemDataRole.CheckStateRole and self.is_checkable:
            return Qt.CheckState.Checked if row.key in self._checked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or not self.is_checkable or isinstance(row, Heading) or row.became:
            return False
        is_on = Qt.CheckState(value) == Qt.CheckState.Checked
        (self._checked.add if is_on else self._checked.discard)(row.key)
        self.dataChanged.emit(index, index, [role])
        self.ticked.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.is_checkable else flags

    def tick_all(self, on: bool) -> None:
        """Tick every box, or none."""
        self._checked = {card.key for card in self.cards() if not card.became} if on else set()
        self.dataChanged.emit(self.index(0), self.index(max(0, self._loaded - 1)), [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    def cards(self) -> list[Card]:
        """All cards, shown yet or not."""
        return [row for row in self._rows if isinstance(row, Card)]

    def is_checked(self, card: Card) -> bool:
        """Whether the box of a card is ticked."""
        return card.key in self._checked

    def checked_cards(self) -> list[Card]:
        """The cards whose boxes are ticked."""
        return [card for card in self.cards() if card.key in self._checked]

    def row_of(self, key: Hashable) -> int:
        """Where the card with that key is, or -1."""
        return next((i for i, row in enumerate(self._rows) if isinstance(row, Card) and row.key == key), -1)

    def __len__(self) -> int:
        return len(self._rows)


_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class PassageList(QListView):
    """The list. Enter, double click and the link read a card in context; Delete and Ctrl+C are told to the page."""

    read = Signal(object)  # Card
    removal = Signal(object)  # list of Cards
    copied = Signal(int)  # how many quotations are on the clipboard
    moved = Signal()  # another card is current, or other cards are selected
    lettered = Signal(str)  # a single letter was typed
    offered = Signal(object)  # QMenu: what can be done with the current card is about to be shown
    left = Signal()  # Escape

    def __init__(
        self, name: str, parent: QWidget | None = None, *, checkable: bool = False, removable: bool = False
    ) -> None:
        super().__init__(parent)
        self.wanted_height = 300  # pixels
        self.setAccessibleName(name)
        self._removable = removable
        self.cards = PassageModel(self)
        self._painter = PassageDelegate(self)
        self.cards.is_checkable = self._painter.is_checkable = checkable
        self.setModel(self.cards)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setProperty("surface", "bg")
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self.moved.emit())
        current_theme().changed.connect(self._dress)
        self._dress()

    def show_rows(
        self,
        rows: Sequence[Card | Heading],
        *,
        keep: bool = False,
        ticked: Container[Hashable] = (),
        is_more: bool = False,
    ) -> None:
        """Show other rows; with `keep` the place in the list and the current card stay where they can."""
        current, at = self.current_card(), self.currentIndex().row()
        scroll, loaded = self.verticalScrollBar().value(), self.cards.rowCount()
        self._painter.forget()
        self.cards.show_rows(rows, loaded if keep else 0, ticked, is_more=is_more)
        if not keep:
            self.scrollToTop()
            self.moved.emit()
            return
        self.executeDelayedItemsLayout()
        row = self.cards.row_of(current.key) if current is not None else -1
        if row < 0 and at >= 0:
            row = self._card_near(at)
        if row >= 0:
            self.cards.load(row + 1)
            self.selectionModel().setCurrentIndex(
                self.cards.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scroll)
        self.moved.emit()

    def current_card(self) -> Card | None:
        """The card that the keys work on."""
        row = self.currentIndex().data(CARD_ROLE) if self.currentIndex().isValid() else None
        return row if isinstance(row, Card) else None

    def chosen_cards(self) -> list[Card]:
        """The selected cards, in their order, or the current one."""
        rows = [index.data(CARD_ROLE) for index in sorted(self.selectedIndexes(), key=lambda i: i.row())]
        chosen = [row for row in rows if isinstance(row, Card)]
        current = self.current_card()
        return chosen or ([current] if current is not None else [])

    def choose_first(self) -> None:
        """Make the first card the current one."""
        row = self._card_near(0)
        if row >= 0:
            self.setCurrentIndex(self.cards.index(row))

    def copy(self) -> None:
        """Put the selected passages on the clipboard as quotations with their source and speaker."""
        chosen = self.chosen_cards()
        if chosen:
            QGuiApplication.clipboard().setText("\n".join(card.quotation() for card in chosen))
            self.copied.emit(len(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, card = event.key(), self.current_card()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if card is not None:
                self.read.emit(card)
        elif key == Qt.Key.Key_Delete and self._removable:
            self._remove()
        elif key == Qt.Key.Key_Space and self.cards.is_checkable and card is not None:
            self._toggle(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif plain and len(event.text()) == 1 and event.text().isalpha():
            self.lettered.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            part = self._part_at(index, event.position())
            if part == "box":
                self.setCurrentIndex(index)
                self._toggle(index)
                return
            if part == "link":
                self.setCurrentIndex(index)
                self.read.emit(index.data(CARD_ROLE))
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._part_at(index, event.position()) == "card":
            self.read.emit(index.data(CARD_ROLE))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(self.indexAt(event.position().toPoint()), event.position())
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if part in ("link", "box") else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.current_card()
        if card is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(read_in_context(), lambda: self.read.emit(card))
        menu.addAction(_("Copy as quotation"), self.copy)
        if self._removable:
            menu.addSeparator()
            menu.addAction(_("Remove this code from the passage"), self._remove)
        self.offered.emit(menu)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).topLeft() + QPoint(SIDE, SIDE))
        menu.popup(at)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.indexAt(event.pos()).data(CARD_ROLE)
            if isinstance(row, Card):
                codes = [look.path for look in (row.code, *row.also) if look is not None]
                lines = [row.speaker, row.place, *codes, row.coder, row.extra]
                QToolTip.showText(event.globalPos(), "\n".join(line for line in lines if line), self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def sizeHint(self) -> QSize:
        return QSize(600, self.wanted_height)

    def _remove(self) -> None:
        if self.chosen_cards():
            self.removal.emit(self.chosen_cards())

    def _toggle(self, index: QModelIndex) -> None:
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        value = Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked
        self.cards.setData(index, value, Qt.ItemDataRole.CheckStateRole)

    def _part_at(self, index: QModelIndex, at: QPointF) -> str:
        row = index.data(CARD_ROLE) if index.isValid() else None
        if not isinstance(row, Card):
            return ""
        rect = self.visualRect(index)
        parts = self._painter.geometry(row, self.width() - 2 * SIDE)
        inside = at - QPointF(rect.topLeft()) - QPointF(SIDE, 0)
        if parts.link.adjusted(-8, -4, 8, 4).contains(inside):
            return "link"
        if self.cards.is_checkable and parts.box.adjusted(-8, -8, 8, 8).contains(inside):
            return "box"
        return "card"

    def _card_near(self, row: int) -> int:
        rows = range(len(self.cards))
        after = [i for i in rows[max(0, row) : row + 3] if self._is_card(i)]
        if after:
            return after[0]
        return next((i for i in reversed(rows[: max(0, row)]) if self._is_card(i)), -1)

    def _is_card(self, row: int) -> bool:
        self.cards.load(row + 1)
        return isinstance(self.cards.index(row).data(CARD_ROLE), Card)

    def _dress(self) -> None:
        colour = current_theme().hex("bg")
        self._painter.forget()
        self.setStyleSheet(f"PassageList {{ background: {colour}; }}")
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
