"""Who speaks in a file: names that can be typed over, roles, and how much each says."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.source import ROLES
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.rows import NOWHERE, Index
from cohesion_qda.ui.sources import preview_text
from cohesion_qda.ui.sources.how_pane import make_room
from cohesion_qda.ui.sources.review_item import SPEECH, Item, Speaker
from cohesion_qda.ui.sources.words import role_name
from cohesion_qda.ui.theme import current_theme

NAME, ROLE, TURNS, WORDS, SHARE = range(5)
ROW = 32
MOST_ROWS = 12  # that are shown without scrolling
EDITABLE = (NAME, ROLE)


def role_words(role: str) -> str:
    """A role, or that it is none."""
    return _("Not a speaker: this is speech") if role == SPEECH else role_name(role)


class SpeakersModel(QAbstractTableModel):
    """The speakers of one file. What is typed or chosen becomes a signal."""

    renamed = Signal(str, str)  # what somebody is called, what they are to be called
    role_chosen = Signal(object, str)  # Speaker, a role or SPEECH

    def __init__(self) -> None:
        super().__init__()
        self.speakers: list[Speaker] = []
        self.colours: dict[str, str] = {}

    def show(self, item: Item | None) -> None:
        """Show the speakers of a file."""
        self.beginResetModel()
        self.speakers = item.speakers() if item is not None and len(item.read.drafts) == 1 else []
        self.colours = preview_text.colours(self.speakers)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.speakers)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Speaker"), _("Role"), _("Turns"), _("Words"), _("Share"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = Qt.AlignmentFlag.AlignRight if section in (TURNS, WORDS) else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        speaker, column = self.speakers[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == ROLE:
                return role_words(speaker.role) if role == Qt.ItemDataRole.DisplayRole else speaker.role
            return {
                NAME: speaker.name, TURNS: f"{speaker.turns:,}", WORDS: f"{speaker.words:,}",
                SHARE: percent(speaker.share),
            }[column]  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            others = [label for label in speaker.writings if label != speaker.name]
            name = speaker.name
            if others:
                name = _("{name}, in the file also: {labels}").format(name=speaker.name, labels=", ".join(others))
            return f"{name}\n{size_words(speaker)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (TURNS, WORDS):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() in EDITABLE else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        speaker = self.speakers[index.row()]
        if index.column() == NAME and str(value).strip() and str(value) != speaker.name:
            self.renamed.emit(speaker.name, str(value))
        elif index.column() == ROLE and value != speaker.role:
            self.role_chosen.emit(speaker, str(value))
        return True


def size_words(speaker: Speaker) -> str:
    """`12 turns, 340 words, 8%`."""
    turns = ngettext("{n} turn", "{n} turns", speaker.turns).format(n=f"{speaker.turns:,}")
    words = ngettext("{n} word", "{n} words", speaker.words).format(n=f"{speaker.words:,}")
    return ", ".join((turns, words, percent(speaker.share)))


def percent(share: float) -> str:
    """`12%`; `<1%` for a little."""
    n = round(share * 100)
    return _("<1%") if n == 0 and share > 0 else f"{n}%"


class SpeakersView(QTableView):
    """Arrows move; F2, Enter or typing changes a name or a role."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speakers = SpeakersModel()
        self.setModel(self.speakers)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_("Speakers of the file"))
        self.setShowGrid(False)
        self.setProperty("listing", True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(self._clicked)
        self.speakers.modelReset.connect(self.updateGeometry)
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_item(self, item: Item | None) -> None:
        """Show the speakers of a file, and stay where one was."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.speakers.show(item)
        if row >= 0 and self.speakers.rowCount():
            self.setCurrentIndex(self.speakers.index(min(row, self.speakers.rowCount() - 1), column))
        self.setFixedHeight(self.sizeHint().height())
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Names come first: where they would be cut, the bars go, and then the numbers (they are in the tooltip too)."""
        theme = current_theme()
        px, metrics = theme.px, QFontMetrics(theme.font("interface_strong"))
        names = [self.speakers.headerData(NAME, Qt.Orientation.Horizontal), *(s.name for s in self.speakers.speakers)]
        wanted = max(metrics.horizontalAdvance(str(name)) for name in names) + 20
        least_of = self.horizontalHeader().sectionSizeHint
        widths = {ROLE: self._role_width(), SHARE: px(96)}
        widths |= {column: max(px(width), least_of(column)) for column, width in ((TURNS, 50), (WORDS, 58))}
        hidden: set[int] = set()
        for column, least in ((SHARE, max(px(52), least_of(SHARE))), (TURNS, 0), (WORDS, 0), (SHARE, 0)):
            if self.viewport().width() - sum(widths.values()) >= wanted:
                break
            widths[column] = least
            hidden |= set() if least else {column}
        for column, width in widths.items():
            self.setColumnHidden(column, column in hidden)
            if column not in hidden:
                self.setColumnWidth(column, width)

    def _role_width(self) -> int:
        """As wide as the longest role."""
        metrics = QFontMetrics(current_theme().font("interface"))
        return max(metrics.horizontalAdvance(role_words(role)) for role in ROLES) + current_theme().px(12) + 24

    def sizeHint(self) -> QSize:
        rows = min(max(1, self.speakers.rowCount()), MOST_ROWS)
        height = current_theme().px(ROW)
        return QSize(360, height * rows + self.horizontalHeader().height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # Enter ended the typing
        index = self.currentIndex()
        opens = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in opens and index.isValid() and index.column() in EDITABLE:
            self.edit(index)
        elif event.key() not in opens:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == ROLE:
            self.edit(index)

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(28))
        self._make_room()
        self.setFixedHeight(self.sizeHint().height())


class _RoleBox(QComboBox):
    def showPopup(self) -> None:
        make_room(self)
        super().showPopup()


class _Delegate(QStyledItemDelegate):
    """A line to type a name in, a box to choose a role from, and a bar for the share of the words."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == NAME:
            line = QLineEdit(parent)
            line.setProperty("cell", True)
            line.setAccessibleName(_("What {name} is to be called").format(name=index.data()))
            return line
        box = _RoleBox(parent)
        box.setProperty("cell", True)
        box.setAccessibleName(_("Role of {name}").format(name=index.siblingAtColumn(NAME).data()))
        for role in (*ROLES, SPEECH):
            box.addItem(role_words(role), role)
        box.view().setMinimumWidth(current_theme().px(230))
        box.activated.connect(lambda _at: (self.commitData.emit(box), self.closeEditor.emit(box)))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractTableModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, view = current_theme(), self.parent()
        model = index.model()
        speaker: Speaker = model.speakers[index.row()]
        here = view.currentIndex()
        is_here = view.hasFocus() and index == here
        with smoothly(painter):
            on = bool(option.state & QStyle.StateFlag.State_MouseOver)
            painter.fillRect(option.rect, theme.colour("bg" if on or index.row() == here.row() else "paper"))
            painter.setPen(theme.colour("line"))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
            if index.column() == SHARE:
                self._paint_share(painter, QRectF(option.rect), speaker)
            else:
                self._paint_words(painter, option, index, speaker)
            if is_here:
                painter.setPen(theme.colour("focus"))
                pen = painter.pen()
                pen.setWidth(2)
                painter.setPen(pen)
                painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, speaker: Speaker) -> None:
        theme = current_theme()
        colour = index.model().colours.get(speaker.name)
        box = option.rect.adjusted(8, 0, -8, 0)
        is_name = index.column() == NAME
        painter.setFont(theme.font("interface_strong" if is_name and colour else "interface"))
        painter.setPen(theme.colour("text2"))
        if is_name:
            painter.setPen(theme.code_colour(colour).ink if colour else theme.colour("text2"))
        elif index.column() == ROLE:
            painter.setPen(theme.colour("text"))
            size = theme.px(12)
            theme.icon("chevron", "text2", 12).paint(
                painter, box.right() - size, box.center().y() - size // 2 + 1, size, size
            )
            box.adjust(0, 0, -size - 4, 0)
        is_number = index.column() in (TURNS, WORDS)
        across = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, across | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_share(self, painter: QPainter, box: QRectF, speaker: Speaker) -> None:
        theme = current_theme()
        words = theme.px(32)
        track = QRectF(box.left() + 12, box.center().y() - 3, max(8.0, box.width() - 12 - words - 4), 6)
        if box.width() >= theme.px(64):
            painter.fillRect(track, theme.colour("line"))
            done = QRectF(track.left(), track.top(), track.width() * speaker.share, 6)
            painter.fillRect(done, theme.colour("accent"))
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.colour("text2"))
        place = QRectF(box.right() - words, box.top(), words, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent(speaker.share))
