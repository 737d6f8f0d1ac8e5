"""The left side of the window: the project's title, its pages, and its sources with how far each has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import SOURCE_KINDS
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.navigator_rows import NarrowView, Role, RowPainter
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, IconButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDTH, NARROW = 232, 56
PLACE = "place"


@dataclass(frozen=True, slots=True)
class NavSource:
    """A source as the navigator shows it. `progress` is 0 to 1."""

    id: SourceId
    name: str
    kind: str
    group: str
    progress: float
    is_done: bool


@dataclass(frozen=True, slots=True)
class NavState:
    """All that the navigator shows, read in one go."""

    title: str
    sources: tuple[NavSource, ...]


def read_state(project: Project) -> NavState:
    """What there is to show: sources by place (by kind where no source has a place), then by name."""
    listed = project.sources.list()
    attributes = project.attributes.values("source")
    places = {source.id: _place(attributes.get(source.id, {})) for source in listed}
    progress, states = project.sources.progress(), project.sources.states()
    by_place = any(places.values())
    shown = [
        NavSource(
            source.id,
            source.name,
            source.kind,
            places[source.id] if by_place else source.kind,
            progress.get(source.id, 0.0),
            states.get(source.id, "") == "done",
        )
        for source in listed
    ]
    if by_place:
        shown.sort(key=lambda s: (s.group == "", s.group.casefold()))
    else:
        shown.sort(key=lambda s: SOURCE_KINDS.index(s.kind) if s.kind in SOURCE_KINDS else len(SOURCE_KINDS))
    return NavState(project.title, tuple(shown))


def _place(values: Mapping[str, str]) -> str:
    return next((value for name, value in values.items() if name.casefold() == PLACE), "")


def state_words(source: NavSource) -> str:
    """How far a source has been read: New, 35%, Done."""
    if source.is_done:
        return _("Done")
    percent = round(source.progress * 100)
    return _("New") if source.progress <= 0 else _("{percent}%").format(percent=max(1, percent))


def short_name(source: NavSource) -> str:
    """The name without the place that stands above it: `Women` for `Women, Dewsbury`."""
    name, comma, place = source.name.rpartition(", ")
    return name if comma and _even(place) == _even(source.group) else source.name


def _even(words: str) -> str:
    return comparable(words.replace("&", "and"))


def kind_words(kind: str) -> str:
    """A kind of source, for a person, as a plural heading."""
    return {
        "focus group": _("Focus groups"),
        "interview": _("Interviews"),
        "document": _("Documents"),
        "survey answer": _("Survey answers"),
        "field note": _("Field notes"),
    }.get(kind, kind)


class _List(NarrowView):
    """A list whose rows are opened by a click or Enter."""

    opened = Signal(object)  # the key of a row

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.full_height = 0  # where it is given, the list is as high as that, or scrolls where there is no room
        self.least_rows = 3  # that it has room for even so
        self.setAccessibleName(name)
        self.setProperty("surface", "bg")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(QStandardItemModel(self))
        self.delegate = RowPainter(self)
        self.setItemDelegate(self.delegate)
        self.clicked.connect(self._open)

    def show_whole(self, height: int) -> None:
        """Be `height` pixels high, and less only where there is no room."""
        self.full_height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.full_height) if self.full_height else hint

    def minimumSizeHint(self) -> QSize:
        least = current_theme().px(32) * self.least_rows
        return QSize(NARROW - 16, min(self.full_height or least, least))

    def rows(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    def index_of(self, key: object) -> QModelIndex:
        """The row with that key, or an invalid index."""
        for row in range(self.rows().rowCount()):
            index = self.rows().index(row, 0)
            if index.data(Role.KEY) == key:
                return index
        return QModelIndex()

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if index.isValid() and not index.data(Role.HEADER):
            self.opened.emit(index.data(Role.KEY))


class Navigator(QFrame):
    """232 pixels wide, or 56 with icons alone."""

    page_wanted = Signal(object)  # the name of a page
    source_wanted = Signal(object)  # source id
    menu_wanted = Signal(object, object)  # source id, global position
    rename_wanted = Signal(object, str)  # source id, new name
    remove_wanted = Signal(object)  # source id

    def __init__(self, pages: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`pages` are (name, words, icon)."""
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "right")
        self._title = ElidedLabel("", "panel_title")
        self._about = ElidedLabel("", "meta", "text2")
        self.pages = _List(_("Pages"), self)
        self.sources = _List(_("Transcripts and other sources"), self)
        self.sources.least_rows = 4
        self._all = IconButton("document", _("Transcripts"), self._open_sources_menu)
        self._narrow = False
        self._state = NavState("", ())
        for name, words, icon in pages:
            item = QStandardItem(words)
            item.setData(name, Role.KEY)
            item.setData(icon, Role.ICON)
            item.setEditable(False)
            self.pages.rows().appendRow(item)
        self._build()
        self.pages.opened.connect(self.page_wanted)
        self.sources.opened.connect(self.source_wanted)
        self.sources.delegate.renamed.connect(self.rename_wanted)
        self.sources.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sources.customContextMenuRequested.connect(self._context_menu)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 8)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self._about)
        column.addLayout(head)
        column.addWidget(self.pages)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.sources, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        self._filler.hide()
        self._all.hide()

    @property
    def state(self) -> NavState:
        return self._state

    def show_state(self, state: NavState) -> None:
        """Show other sources, or the same ones in another state; the selected one stays selected."""
        self._state = state
        self._title.setText(state.title)
        n = len(state.sources)
        self._about.setText(ngettext("{n} source", "{n} sources", n).format(n=n) if n else _("No sources yet"))
        selected = self.selected_source()
        model, at = self.sources.rows(), self.sources.verticalScrollBar().value()
        model.clear()
        by_group: dict[str, list[NavSource]] = {}
        for source in state.sources:
            by_group.setdefault(source.group, []).append(source)
        for group, members in by_group.items():
            model.appendRow(_header(group, members))
            for source in members:
                model.appendRow(_row(source))
        self.select_source(selected)
        self.sources.verticalScrollBar().setValue(at)

    def show_progress(self, progress: Mapping[SourceId, float]) -> None:
        """Show how far some sources have been read; nothing else changes."""
        shown = {s.id: replace(s, progress=progress[s.id]) for s in self._state.sources if s.id in progress}
        self._state = replace(self._state, sources=tuple(shown.get(s.id, s) for s in self._state.sources))
        for source in shown.values():
            index = self.sources.index_of(source.id)
            if index.data(Role.META) != state_words(source):
                _say_state(self.sources.rows().itemFromIndex(index), source)

    def selected_source(self) -> SourceId | None:
        """The source whose row is selected."""
        chosen = self.sources.selectionModel().selectedIndexes()
        return chosen[0].data(Role.KEY) if chosen else None

    def select_source(self, source: SourceId | None) -> None:
        """Show which source is being read."""
        index = self.sources.index_of(source) if source is not None else QModelIndex()
        if index.isValid():
            self.sources.setCurrentIndex(index)
        else:
            self.sources.clearSelection()

    def select_page(self, name: str) -> None:
        """Show which page is in view."""
        self.pages.setCurrentIndex(self.pages.index_of(name))

    def set_page_count(self, name: str, count: int) -> None:
        """The number beside a page; 0 shows none."""
        self.pages.rows().setData(self.pages.index_of(name), str(count) if count else "", Role.META)

    def rename(self, source: SourceId) -> None:
        """Let the person type another name in the row."""
        index = self.sources.index_of(source)
        if index.isValid():
            self.sources.edit(index)

    def set_narrow(self, narrow: bool) -> None:
        """Icons alone, with tooltips; the sources are then in a menu."""
        self._narrow = narrow
        for part in (self._title, self._about, self.sources):
            part.setVisible(not narrow)
        self._all.setVisible(narrow)
        self._filler.setVisible(narrow)
        self.pages.is_narrow = narrow
        policy = Qt.ScrollBarPolicy
        self.pages.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if narrow else policy.ScrollBarAsNeeded)
        self._dress()

    def keyPressEvent(self, event) -> None:
        current = self.sources.currentIndex()
        if self.sources.hasFocus() and current.isValid() and not current.data(Role.HEADER):
            if event.key() == Qt.Key.Key_F2:
                self.sources.edit(current)
                return
            if event.key() == Qt.Key.Key_Delete:
                self.remove_wanted.emit(current.data(Role.KEY))
                return
        super().keyPressEvent(event)

    def _context_menu(self, place) -> None:
        index = self.sources.indexAt(place)
        if not index.isValid():
            index = self.sources.currentIndex()
        if index.isValid() and not index.data(Role.HEADER):
            self.menu_wanted.emit(index.data(Role.KEY), self.sources.viewport().mapToGlobal(place))

    def _open_sources_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for source in self._state.sources:
            action = menu.addAction(f"{source.name}    {state_words(source)}")
            action.triggered.connect(lambda _on=False, key=source.id: self.source_wanted.emit(key))
        menu.popup(self._all.mapToGlobal(self._all.rect().topRight()))

    def _dress(self) -> None:
        theme = current_theme()
        self.setFixedWidth(NARROW if self._narrow else theme.px(WIDTH) if theme.scale < 1.5 else round(WIDTH * 1.5))
        self.pages.show_whole(theme.px(32) * self.pages.rows().rowCount() + 2)
        for view in (self.pages, self.sources):
            view.setFont(theme.font("interface_medium"))
            view.scheduleDelayedItemsLayout()
            view.viewport().update()


def _header(group: str, members: list[NavSource]) -> QStandardItem:
    n = len(members)
    kinds = {source.kind for source in members}
    item = QStandardItem(kind_words(group) if group else _("No place given"))
    words = (
        ngettext("{n} group", "{n} groups", n) if kinds == {"focus group"} else ngettext("{n} source", "{n} sources", n)
    )
    item.setData(words.format(n=n), Role.META)
    item.setData(True, Role.HEADER)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


def _row(source: NavSource) -> QStandardItem:
    item = QStandardItem(source.name)
    item.setData(source.id, Role.KEY)
    item.setData(short_name(source), Role.SHORT)
    item.setData(source.is_done, Role.TICK)
    _say_state(item, source)
    return item


def _say_state(item: QStandardItem, source: NavSource) -> None:
    """How far it has been read, for the eye and for a screen reader."""
    item.setData(state_words(source), Role.META)
    words = _("{name}, {state}").format(name=source.name, state=state_words(source))
    item.setData(words, int(Qt.ItemDataRole.AccessibleTextRole))
