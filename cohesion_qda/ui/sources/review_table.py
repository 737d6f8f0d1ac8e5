"""The files of an import, one row each: a tick, what it was recognised as, how much it holds, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import NOWHERE, Index
from cohesion_qda.ui.sources.review_item import Item
from cohesion_qda.ui.sources.words import form_name, kind_name, speakers_words
from cohesion_qda.ui.theme import current_theme

FILE, WORDS, TURNS, LOOK = range(4)
COLUMNS = 4
ROW = 68  # pixels at normal text size
BOX = 16
SIDE = 12


class FilesModel(QAbstractTableModel):
    """Items as rows. Ticking one emits `ticked`."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Item] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Show these files."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def refresh(self) -> None:
        """What is known about the files has changed."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, LOOK))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("File"), _("Words"), _("Turns"), _("Look"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if section in (WORDS, TURNS) else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item, column = self.items[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return told(item) if column in (FILE, LOOK) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(item) if column == FILE else self._words(item, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == FILE and item.error is None:
            return Qt.CheckState.Checked if item.is_ticked else Qt.CheckState.Unchecked
        return None

    def _words(self, item: Item, column: int) -> str:
        if column == FILE:
            return item.file_name
        if item.error is not None:
            return ""
        if column == LOOK:
            return str(item.reasons) if item.needs_a_look else ""
        return {
            WORDS: f"{item.read.said.words:,}",
            TURNS: f"{item.turns:,}" if item.turns else "–",
        }[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == FILE and self.items[index.row()].error is None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def toggle(self, row: int) -> None:
        """Tick a file, or take its tick away."""
        item = self.items[row]
        if item.error is None:
            item.is_ticked = not item.is_ticked
            self.dataChanged.emit(self.index(row, 0), self.index(row, LOOK))
            self.ticked.emit()


def who_speaks(item: Item) -> str:
    """`1 moderator, 6 participants`; for a survey, how many sources the file holds."""
    n = len(item.read.drafts)
    if n > 1:
        return ngettext("{n} source", "{n} sources", n).format(n=n)
    return speakers_words(speaker.role for speaker in item.speakers()) or _("Nobody speaks")


def about(item: Item) -> tuple[str, str]:
    """`Focus group · Name in bold`, and who speaks."""
    parts = (kind_name(item.kind), form_name(item.draft.form) if item.draft.form else "")
    return " · ".join(part for part in parts if part), here_words(item) or who_speaks(item)


def here_words(item: Item) -> str:
    """What of a file will be left out: the project has it already, or it stands in a file before it; empty for none."""
    n = len(item.read.drafts)
    left = n - item.new if item.is_ticked else len(item.here_already)
    if not left:
        return ""
    if n > 1:
        return ngettext(
            "Left out: {n} of {all} sources, here already", "Left out: {n} of {all} sources, here already", left
        ).format(n=left, all=n)  # fmt: skip
    if item.here_already:
        return _("Left out: here already, as {name}").format(name=item.here_already[0])
    return _("Left out: the same as {file}").format(file=item.known_as(0))


def size_words(item: Item) -> str:
    """`7,308 words, 116 turns`."""
    n, turns = item.read.said.words, item.turns
    words = ngettext("{n} word", "{n} words", n).format(n=f"{n:,}")
    said = ngettext("{n} turn", "{n} turns", turns).format(n=f"{turns:,}")
    return f"{words}, {said}" if turns else words


def told(item: Item) -> str:
    """All of a row in words."""
    if item.error is not None:
        return f"{item.file_name}\n{item.error}"
    kind, people = about(item)
    parts = [item.file_name, item.draft.format, kind, people, size_words(item)]
    n = item.reasons
    if item.needs_a_look:
        parts.append(ngettext("{n} thing to look at", "{n} things to look at", n).format(n=n))
    return "\n".join(part for part in parts if part)


class FilesView(QTableView):
    """Arrows move, Space ticks, Enter goes on to the details of the file."""

    entered_file = Signal()
    chosen = Signal(object)  # Item, or None

    def __init__(self, model: FilesModel) -> None:
        super().__init__()
        self._files = model
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("Files"))
        self.setShowGrid(False)
        self.setProperty("listing", True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(FILE, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen.emit(self._item(now)))
        model.modelReset.connect(self._span)
        self._dress()
        current_theme().changed.connect(self._dress)

    @property
    def current(self) -> Item | None:
        """The file whose details are shown."""
        return self._item(self.currentIndex())

    def go_to(self, item: Item | None) -> None:
        """Make a file that is listed the current one."""
        if item is not None and item in self._files.items:
            self.setCurrentIndex(self._files.index(list(self._files.items).index(item), FILE))

    def _item(self, index: QModelIndex) -> Item | None:
        return self._files.items[index.row()] if index.isValid() and index.row() < len(self._files.items) else None

    def _span(self) -> None:
        """A file that could not be read has room for its sentence."""
        self.clearSpans()
        for row, item in enumerate(self._files.items):
            if item.error is not None:
                self.setSpan(row, FILE, 1, COLUMNS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if key == Qt.Key.Key_Space and index.isValid():
            self._files.toggle(index.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_file.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_box = event.position().x() < current_theme().px(SIDE * 2 + BOX)
        if index.isValid() and index.column() == FILE and on_box and event.button() == Qt.MouseButton.LeftButton:
            self._files.toggle(index.row())
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where names would have none, numbers go first: they are in the tooltip too."""
        width, px = self.viewport().width(), current_theme().px
        self.setColumnHidden(WORDS, width < px(360))
        self.setColumnHidden(TURNS, width < px(290))

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(32))
        for column, width in ((WORDS, 60), (TURNS, 52), (LOOK, 60)):
            self.setColumnWidth(column, max(theme.px(width), self.horizontalHeader().sectionSizeHint(column)))
        self._make_room()


class _Painter(QStyledItemDelegate):
    """Paints a cell; the file's own has three lines."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(40, current_theme().px(ROW))

    def editorEvent(self, _event: QEvent, _model: object, _option: QStyleOptionViewItem, _index: Index) -> bool:
        return False  # the view ticks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, view = current_theme(), self.parent()
        item = index.model().items[index.row()]
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = view.indexAt(view.viewport().mapFromGlobal(view.cursor().pos())).row() == index.row()
        with smoothly(painter):
            painter.fillRect(option.rect, theme.colour("soft" if is_chosen else "bg" if is_under else "paper"))
            painter.setPen(theme.colour("line"))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if index.column() == FILE:
                self._paint_file(painter, option.rect, item, is_chosen)
                if is_chosen:
                    bar = QRect(option.rect.left(), option.rect.top() + 6, 3, option.rect.height() - 12)
                    painter.fillRect(bar, theme.colour("accent"))
            elif index.column() == LOOK:
                self._paint_look(painter, option.rect, item)
            else:
                painter.setFont(theme.font("interface"))
                painter.setPen(theme.colour("text" if item.is_ticked else "text2"))
                box = option.rect.adjusted(0, 0, -8, 0)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data())
            if is_chosen and view.hasFocus():
                painter.setPen(QPen(theme.colour("focus"), 2))
                rect = QRect(1, option.rect.top() + 1, view.viewport().width() - 2, option.rect.height() - 2)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setClipRect(option.rect)
                painter.drawRect(rect)

    def _paint_file(self, painter: QPainter, rect: QRect, item: Item, is_chosen: bool) -> None:
        theme = current_theme()
        px = theme.px
        left = rect.left() + px(SIDE)
        if item.error is None:
            self._paint_tick(painter, QRectF(left, rect.center().y() - px(BOX) / 2 + 1, px(BOX), px(BOX)), item)
        else:
            at = QRect(left, rect.center().y() - px(BOX) // 2 + 1, px(BOX), px(BOX))
            theme.icon("error", "err", BOX).paint(painter, at)
        left += px(BOX) + px(SIDE)
        width = rect.right() - left - 8
        tone = "accenttext" if is_chosen else "text" if item.is_ticked or item.error is not None else "text2"
        self._line(painter, QRect(left, rect.top() + px(5), width, px(20)), "interface_strong", tone, item.file_name)
        under = QRect(left, rect.top() + px(26), width, px(18))
        if item.error is not None:
            self._sentence(painter, under.adjusted(0, 0, 0, px(18)), str(item.error))
        else:
            for n, words in enumerate(about(item)):
                self._line(painter, under.translated(0, n * px(18)), "meta", "text2", words)

    def _line(self, painter: QPainter, box: QRect, role: str, colour: str, words: str) -> None:
        theme = current_theme()
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(colour))
        cut = Qt.TextElideMode.ElideMiddle if role == "interface_strong" else Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(words, cut, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _sentence(self, painter: QPainter, box: QRect, words: str) -> None:
        """Up to two lines; the whole is in the tooltip, and beside the list when the file is chosen."""
        theme = current_theme()
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.colour("err"))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(box.width() * 1.85))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, shown)

    def _paint_tick(self, painter: QPainter, box: QRectF, item: Item) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.colour("accent" if item.is_ticked else "ctl"), 1.5))
        painter.setBrush(theme.colour("accent" if item.is_ticked else "paper"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if item.is_ticked:
            theme.icon("check", "onaccent", 12).paint(painter, box.adjusted(2, 2, -2, -2).toRect())

    def _paint_look(self, painter: QPainter, rect: QRect, item: Item) -> None:
        theme = current_theme()
        px = theme.px
        at = QRect(rect.left() + 12, rect.center().y() - px(8) + 1, px(16), px(16))
        if item.needs_a_look:
            theme.icon("warning", "warn", 16).paint(painter, at)
            painter.setFont(theme.font("interface_medium"))
            painter.setPen(theme.colour("warn"))
            box = rect.adjusted(12 + px(22), 0, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(item.reasons))
        elif item.error is None and item.choices.is_right:
            theme.icon("check", "ok", 16).paint(painter, at)
