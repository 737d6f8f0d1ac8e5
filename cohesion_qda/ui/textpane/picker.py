"""Choosing a code by typing a few letters, under the selected words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.rows import Index as Index
from cohesion_qda.ui.textpane.fuzzy import Match, matches, same_name
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import SearchField

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters that join up are not set apart
WIDTH, ROW, ROWS, SHADOW = 344, 40, 8, 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: a code, a place for a new code (`parent`), or the offer to make one (`code` None)."""

    words: str
    letters: tuple[int, ...] = ()
    beside: str = ""
    code: CodeId | None = None
    shape: str = ""
    colour: str = ""
    makes: bool = False


class Rows(QAbstractListModel):
    """The lines of the picker."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.words}, {row.beside}" if row.beside else row.words
        return None


class RowPainter(QStyledItemDelegate):
    """A line: shape, name with the matched letters bold and underlined, question at the right."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, current_theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._rows.rows[index.row()]
        painter.save()
        try:
            self._paint(
                painter, QRectF(option.rect), row, index.row(), bool(option.state & QStyle.StateFlag.State_Selected)
            )
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, rect: QRectF, row: Row, number: int, is_on: bool) -> None:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.makes and number > 0:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(rect.topLeft() + QPoint(-8, 0), rect.topRight() + QPoint(8, 0))
            rect.adjust(0, 3, 0, 0)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("soft"))
            painter.drawRoundedRect(rect, 6, 6)
        left = rect.left() + theme.px(12)
        size = theme.px(12)
        mark = QRectF(left, rect.center().y() - size / 2, size, size)
        if row.shape:
            theme.paint_shape(painter, row.shape, mark, row.colour)
        elif row.makes:
            side = theme.px(16)
            painter.drawPixmap(int(left - 2), int(rect.center().y() - side / 2), theme.pixmap("plus", "text", 16))
        beside = self._beside(painter, rect, row, is_on)
        words = QRectF(left + theme.px(22), rect.top(), beside - left - theme.px(22) - 8, rect.height())
        self._words(painter, words, row)

    def _beside(self, painter: QPainter, rect: QRectF, row: Row, is_on: bool) -> float:
        """The question at the right; gives where it begins."""
        theme = current_theme()
        font = theme.font("meta")
        shown = QFontMetricsF(font).elidedText(row.beside, Qt.TextElideMode.ElideRight, rect.width() * 0.42)
        width = QFontMetricsF(font).horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(theme.colour("accenttext" if is_on else "text2"))
        place = QRectF(rect.right() - width - theme.px(12), rect.top(), width + 2, rect.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return place.left()

    def _words(self, painter: QPainter, place: QRectF, row: Row) -> None:
        theme = current_theme()
        plain, bold = theme.font("interface"), theme.font("interface")
        bold.setWeight(QFont.Weight.Bold)
        metrics, strong = QFontMetricsF(plain), QFontMetricsF(bold)
        base = place.center().y() + (metrics.ascent() - metrics.descent()) / 2
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, place.width() - len(row.letters))
        x = place.left()
        marked = set() if _RTL.search(words) else set(row.letters)
        for hit, run in groupby(enumerate(words), lambda pair: pair[0] in marked and pair[1] == row.words[pair[0]]):
            letters = "".join(letter for _at, letter in run)
            width = (strong if hit else metrics).horizontalAdvance(letters)
            painter.setFont(bold if hit else plain)
            painter.setPen(theme.colour("accenttext" if hit else "text"))
            painter.drawText(QRectF(x, base - metrics.ascent(), width + 2, metrics.height()), 0, letters)
            if hit:
                painter.fillRect(QRectF(x, base + 3, width, 1.5), theme.colour("accenttext"))
            x += width


class Picker(QFrame):
    """Opens under some words, and says which code was chosen, or what a new one is to be called and stand under."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self._tree = CodeTree()
        self._recent: Sequence[CodeId] = ()
        self._new_name = ""
        self._words_rect = QRect()
        self._chosen: Callable[[CodeId], object] = lambda _code: None
        self._made: Callable[[str, CodeId | None], object] | None = None
        self._closed: Callable[[], object] = lambda: None
        self.field = SearchField(_("Find a code, or name a new one"), self)
        self.field.setClearButtonEnabled(False)
        self._count = QLabel(self.field)
        self.rows = Rows(self)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.rows))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Codes that fit"))
        self._hint = QLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 6)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 2)
        foot.addWidget(self._hint)
        column.addLayout(foot)
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._take(self.rows.rows[index.row()]))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.setFocusProxy(self.field)
        self.hide()

    def open_at(
        self,
        words: QRect,
        tree: CodeTree,
        recent: Sequence[CodeId],
        title: str,
        *,
        chosen: Callable[[CodeId], object],
        made: Callable[[str, CodeId | None], object] | None = None,
        closed: Callable[[], object] = lambda: None,
    ) -> None:
        """Open under `words` (in the parent's coordinates), or above them where there is more room.

        One of `chosen` and `made` (a name, and the code it is to stand under) is called after `closed`, or neither.
        Without `made`, no new code is offered.
        """
        self._chosen, self._made, self._closed = chosen, made, closed
        self._tree, self._recent, self._new_name, self._words_rect = tree, recent, "", words
        self.setAccessibleName(title)
        self._dress()
        self.field.setPlaceholderText(_("Find a code, or name a new one"))
        self.field.clear()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self) -> None:
        if self._new_name:
            return
        typed = " ".join(self.field.text().split())
        found = matches(self._tree, typed, self._recent)
        several = len(self._tree.children()) > 1
        rows = [
            Row(
                m.code.name, m.letters, self._beside_of(m, several=several, typed=typed), m.code.id,
                self._tree.shape(m.code.id), m.code.colour,
            )
            for m in found
        ]  # fmt: skip
        if typed:
            self._count.setText(ngettext("{n} match", "{n} matches", len(found)).format(n=len(found)))
            if self._made is not None and same_name(self._tree, typed) is None:
                rows.append(Row(_("New code “{name}” …").format(name=typed), makes=True))
        else:
            self._count.setText("")
        hint = _("↑↓ choose    Enter apply    Esc close")
        if typed and not found and self._made is None:
            hint = _("No code like “{name}”.").format(name=typed)
        elif typed and not found:
            hint = _("No code like “{name}”. Enter makes one.").format(name=typed)
        elif not rows:
            hint = _("No codes yet. Type a name; Enter makes the first.")
        self._show(rows, hint)

    def _beside_of(self, match: Match, *, several: bool, typed: str) -> str:
        if typed and not match.letters:
            return _("in its definition")
        return self._tree.root(match.code.id).name if several and match.code.parent is not None else ""

    def _show(self, rows: list[Row], hint: str) -> None:
        theme = current_theme()
        self.rows.show(rows)
        self._hint.setText(theme_elided(hint, theme.px(WIDTH - 44)))
        self._hint.setToolTip(hint)
        shown = min(ROWS + 1, len(rows))
        self.list.setFixedHeight(shown * theme.px(ROW))
        self.list.setVisible(bool(rows))
        if rows:
            self.list.setCurrentIndex(self.rows.index(0))
        self._count.adjustSize()
        self._place()

    def _place(self) -> None:
        theme, parent = current_theme(), self.parentWidget()
        width = theme.px(WIDTH) + 2 * SHADOW
        self.layout().activate()
        self.resize(width, self.layout().sizeHint().height())
        words = self._words_rect
        below, above = parent.height() - words.bottom(), words.top()
        fits = self.height() - SHADOW <= below or below >= above
        y = words.bottom() + 6 - SHADOW if fits else words.top() - 6 - self.height() + SHADOW
        x = min(max(0, words.left() - SHADOW), max(0, parent.width() - width))
        self.move(x, min(max(-SHADOW, y), max(-SHADOW, parent.height() - self.height() + SHADOW)))
        height = self.field.sizeHint().height()
        self._count.move(self.field.width() - self._count.width() - 12, (height - self._count.height()) // 2)
        self.field.setTextMargins(0, 0, self._count.width() + 8, 0)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._count.move(
            self.field.width() - self._count.width() - 12, (self.field.height() - self._count.height()) // 2
        )

    def _take(self, row: Row) -> None:
        if self._new_name:
            name = self._new_name
            self._close()
            self._make(name, row.code)
        elif row.makes:
            self._ask_where(" ".join(self.field.text().split()))
        elif row.code is not None:
            code = row.code
            self._close()
            self._chosen(code)

    def _make(self, name: str, parent: CodeId | None) -> None:
        if self._made is not None:
            self._made(name, parent)

    def _ask_where(self, name: str) -> None:
        """Where a new code is to stand: under a top-level code, or on its own."""
        roots = [root for root in self._tree.children() if root.is_question or self._tree.children(root.id)]
        if not roots:
            self._close()
            self._make(name, None)
            return
        last = next((self._tree.root(c).id for c in self._recent if c in self._tree), None)
        roots.sort(key=lambda root: root.id != last)
        self.field.clear()
        self.field.setPlaceholderText(_("Where does “{name}” belong?").format(name=name))
        self._new_name = name
        rows = [
            Row(
                _("Under {question}").format(question=root.name),
                code=root.id,
                shape=self._tree.shape(root.id),
                colour=root.colour,
            )
            for root in roots
        ]
        self._count.setText("")
        self._show([*rows, Row(_("On its own"))], _("↑↓ choose    Enter make    Esc back"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._close()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), len(self.rows.rows)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        if Qt.Key(key) in steps and count:
            step = steps[Qt.Key(key)]
            row = self.list.currentIndex().row() + step
            row = row % count if abs(step) == 1 else min(max(0, row), count - 1)
            self.list.setCurrentIndex(self.rows.index(row))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if count:
                self._take(self.rows.rows[self.list.currentIndex().row()])
            return True
        if key == Qt.Key.Key_Escape:
            if self._new_name:
                name, self._new_name = self._new_name, ""
                self.field.setPlaceholderText(_("Find a code, or name a new one"))
                self.field.setText(name)
            else:
                self._close()
            return True
        return bool(self._new_name) and bool(event.text())

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self._closed()

    def _dress(self) -> None:
        theme = current_theme()
        self.list.setStyleSheet("background: transparent;")
        self._hint.setFont(theme.font("meta"))
        self._count.setFont(theme.font("meta"))
        for label in (self._hint, self._count):
            label.setStyleSheet(f"color: {theme.hex('text2')}; background: transparent;")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
            for step in range(SHADOW, 0, -1):
                painter.setBrush(QColor(0, 0, 0, 5 if theme.is_dark else 3))
                painter.drawRoundedRect(card.adjusted(-step, -step + 3, step, step), 10 + step, 10 + step)
            painter.setPen(QPen(theme.colour("ctl"), 1))
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        finally:
            painter.end()


def theme_elided(words: str, width: int) -> str:
    """`words`, cut to `width` in the font of hints."""
    return QFontMetricsF(current_theme().font("meta")).elidedText(words, Qt.TextElideMode.ElideRight, width)
