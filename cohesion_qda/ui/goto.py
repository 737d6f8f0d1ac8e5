"""Ctrl+K: go to a source, a code, a page or an action by typing some of its letters; or search what was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.choosing import ListKeys
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.fuzzy import fit
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, SearchField, elided

if TYPE_CHECKING:
    from cohesion_qda.model.finding import HitPage

MOST = 60
WHAT = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Target:
    """Something to go to: its name, what it is, an icon, and what going there does."""

    name: str
    what: str
    icon: QIcon
    go: Callable[[], None]


class _Line(QStyledItemDelegate):
    """An icon, the name, and what it is at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, current_theme().px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        theme, box = current_theme(), option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        with smoothly(painter):
            if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("soft" if is_chosen else "line"))
                painter.drawRoundedRect(box, 6, 6)
            size = theme.px(16)
            index.data(Qt.ItemDataRole.DecorationRole).paint(
                painter, QRect(box.left() + 8, box.center().y() - size // 2, size, size)
            )
            words = box.adjusted(size + 20, 0, -8, 0)
            painter.setFont(theme.font("meta"))
            painter.setPen(theme.colour("text2"))
            what = elided(index.data(WHAT), painter.fontMetrics(), words.width() * 2 // 5)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, what)
            room = words.width() - painter.fontMetrics().horizontalAdvance(what) - 16
            painter.setFont(theme.font("interface_medium"))
            painter.setPen(theme.colour("accenttext" if is_chosen else "text"))
            name = elided(index.data(Qt.ItemDataRole.DisplayRole), painter.fontMetrics(), room)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


class GoTo(QDialog):
    """A field and a list under it. Enter goes to the chosen line, Escape closes."""

    def __init__(
        self,
        targets: Sequence[Target],
        runner: Runner,
        open_passage: Callable[[int, object], None],
        parent: QWidget | None = None,
        search_for: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "raised")
        self._targets = tuple(targets)
        self._runner, self._open_passage, self._search_for = runner, open_passage, search_for
        self._goes: list[Callable[[], None]] = []
        prompt = _("Go to a source, a code, a page, or words that were said")
        self.setAccessibleName(prompt)
        self.field = SearchField(prompt)
        self.list = QListWidget()
        self.list.setProperty("surface", "raised")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Line(self.list))
        self.foot = Label("", "meta", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for part in (self.field, self.list, self.foot):
            column.addWidget(part)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        ListKeys(self.field, self.list, self._go)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._go())
        self.resize(current_theme().px(600), current_theme().px(420))
        self._typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().eventFilter(watched, event)

    def _typed(self, typed: str) -> None:
        self.list.clear()
        self._goes = []
        fitting = [(score, target) for target in self._targets if (score := fit(target.name, typed)) is not None]
        for _score, target in sorted(fitting, key=lambda pair: -pair[0])[:MOST]:
            self._add(target.name, target.what, target.icon, target.go)
        self.list.setCurrentRow(0)
        n = self.list.count()
        self.foot.setText(_("Enter goes there · Esc closes") if n else _("Nothing of that name"))
        if len(typed.strip()) >= 3:
            self._wait.start()

    def _search(self) -> None:
        from cohesion_qda.base.errors import BadInput
        from cohesion_qda.model.search import beginning

        words = self.field.text()
        try:
            query = beginning(words)
        except BadInput:  # signs alone: nothing to look for yet
            return
        self._runner.ask(
            lambda project: project.search.find(query, count=MOST * 2), partial(self._found, words), key=(self, "said")
        )

    def _found(self, words: str, page: HitPage) -> None:
        if words != self.field.text():
            return
        icon = current_theme().icon("search", "text2", 16)
        for hit in page.hits:
            line = f"… {hit.before[-24:]}{hit.hit}{hit.after[:40]} …".replace("\n", " ")
            who = ", ".join(filter(None, (hit.speaker, hit.source_name)))
            self._add(line, who, icon, partial(self._open_passage, hit.source, hit.span))
        if page.hits and self._search_for is not None:
            self._add(
                _("Search for “{words}”").format(words=words), _("Search"), icon, partial(self._search_for, words)
            )
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        n = len(page.hits)
        said = ngettext("Said {n} time in the transcripts", "Said {n} times in the transcripts", n).format(n=n)
        if page.rest is not None:
            said = _("Said more than {n} times; Search shows every place").format(n=n)
        self.foot.setText(said if n else _("Not said in any transcript"))

    def _add(self, name: str, what: str, icon: QIcon, go: Callable[[], None]) -> None:
        item = QListWidgetItem(icon, name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {what}")
        item.setData(WHAT, what)
        item.setToolTip(f"{name}\n{what}")
        self.list.addItem(item)
        self._goes.append(go)

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._goes):
            go = self._goes[row]
            self.close()
            go()
