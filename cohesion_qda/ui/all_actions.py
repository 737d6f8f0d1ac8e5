"""Every action and every key in one list that can be searched. Enter does what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.text import comparable
from cohesion_qda.ui import actions
from cohesion_qda.ui.guide import room_keys
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, SearchField

if TYPE_CHECKING:
    from cohesion_qda.ui.window import Window
    from cohesion_qda.ui.workspace import Workspace

AT = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line: what is done, its keys, and where it is found. `run` does it; None for keys that only work in their place."""

    name: str
    keys: str
    where: str
    run: Callable[[], None] | None = None
    is_possible: bool = True
    action: QAction | None = None

    def answers(self, words: list[str]) -> bool:
        """Whether all of `words` are in the line, in any place of it."""
        line = comparable(f"{self.name} {self.keys} {self.where}")
        return all(word in line for word in words)

    def rank(self, words: list[str]) -> int:
        """How near the line is to `words`: 0 its name begins with them, 1 a word of it does, 2 they are in it, 3 elsewhere."""
        name, typed = comparable(self.name), " ".join(words)
        if name.startswith(typed):
            return 0
        if any(part.startswith(typed) for part in name.split()):
            return 1
        return 2 if all(word in name for word in words) else 3


def plain(text: str) -> str:
    """The words of an action without its mnemonic, and without keys that are written after them."""
    return text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def of_menu(menu: QMenu, inside: str = "") -> Iterator[tuple[QAction, str]]:
    """Every action of a menu and of the menus in it, with its name: `The selected code › Split…` for one of a menu inside."""
    for action in menu.actions():
        yield from of_entry(action, inside)


def of_entry(action: QAction, inside: str = "") -> Iterator[tuple[QAction, str]]:
    """As `of_menu`, of one entry: an action, or a menu inside."""
    name, inner = plain(action.text()), action.menu()
    name = _("{menu} › {name}").format(menu=inside, name=name) if inside else name
    if isinstance(inner, QMenu):
        yield from of_menu(inner, name)
    elif not action.isSeparator() and action.text():
        yield action, name


def listed(window: Window) -> list[Listed]:
    """All there is: the menus, what each page adds to them, and the keys of the transcript and of lists."""
    found: list[Listed] = []
    seen: set[int] = set()

    def add(action: QAction, name: str, where: str, run: Callable[[], None]) -> None:
        if id(action) not in seen:
            seen.add(id(action))
            keys = actions.key_words(action) or action.text().partition("\t")[2]
            found.append(Listed(name, keys, where, run, action.isEnabled(), action))

    of_pages = {id(action) for _page, offered in _offers(window) for _menu, action, _name in offered}
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            for action, name in of_menu(menu):
                if id(action) not in of_pages:
                    add(action, name, plain(menu.title()), action.trigger)
    titles = {name: plain(words) for name, words in actions.menus()}
    for page, offered in _offers(window):
        for menu_name, action, name in offered:
            where = _("{menu}, on {page}").format(menu=titles[menu_name], page=_page_words(page))
            add(action, name, where, partial(_run_on_page, window, page, action))
    keys_only = [Listed(words, keys, _("In the transcript and in lists")) for keys, words in room_keys()]
    for page, pane in _pages(window):
        keys_only += [Listed(words, keys, _page_words(page)) for keys, words in pane.hints()]
    known = {(line.name, line.keys) for line in found}
    return [*found, *(line for line in keys_only if (line.name, line.keys) not in known)]


def _pages(window: Window) -> list[tuple[str, object]]:
    """Every page, made if need be; none without a project."""
    if not window.has_project:
        return []
    workspace: Workspace = window.workspace
    return [(name, workspace.page_named(name)) for name, _words, _icon in actions.pages()]


def _offers(window: Window) -> list[tuple[str, list[tuple[str, QAction, str]]]]:
    """What each page adds to the menus: (page, [(menu, action, its name)])."""
    offered = []
    for name, _pane in _pages(window):
        by_menu = window.workspace.offered_by(name)
        offered.append(
            (name, [(menu, *entry) for menu, made in by_menu.items() for action in made for entry in of_entry(action)])
        )
    return offered


def _page_words(page: str) -> str:
    return next(words for name, words, _icon in actions.pages() if name == page)


def _run_on_page(window: Window, page: str, action: QAction) -> None:
    if window.workspace.current != page:
        window.workspace.enter(page)
    action.trigger()


class AllActions(QDialog):
    """A field, the list, and a line that says how many there are."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setWindowTitle(_("All actions and keys"))
        self._all = listed(window)
        self._shown: list[Listed] = []
        self.field = SearchField(_("Search by name, key or place"))
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Actions and keys"))
        self.list.setHeaderLabels([_("What is done"), _("Keys"), _("Where")])
        self.list.setProperty("ring", True)
        self.list.setProperty("listing", True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(lambda _item: self.run())
        self.foot = Label("", "meta", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        for part in (self.field, self.list, self.foot):
            column.addWidget(part)
        theme = current_theme()
        self.resize(min(theme.px(900), window.width() - 48), min(theme.px(560), window.height() - 48))
        self.field.setFocus()
        self._typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, typed: str) -> None:
        words = comparable(typed).split()
        self._shown = sorted((line for line in self._all if line.answers(words)), key=lambda line: line.rank(words))
        self.list.clear()
        faint = current_theme().colour("text2")
        items = []
        for at, line in enumerate(self._shown):
            item = QTreeWidgetItem([line.name, line.keys, line.where])
            item.setData(0, AT, at)
            item.setSizeHint(0, QSize(0, current_theme().px(28)))
            if not line.is_possible:
                item.setToolTip(0, _("Not possible now"))
                item.setData(
                    0, Qt.ItemDataRole.AccessibleTextRole, _("{name}, not possible now").format(name=line.name)
                )
                for column in range(3):
                    item.setForeground(column, faint)
            items.append(item)
        self.list.addTopLevelItems(items)
        if items:
            self.list.setCurrentItem(items[0])
        n = len(items)
        self.foot.setText(
            ngettext("{n} action or key. Enter does it.", "{n} actions and keys. Enter does the chosen one.", n).format(
                n=n
            )
            if n
            else _("Nothing of that name")
        )

    def chosen(self) -> Listed | None:
        """The line in which the list stands."""
        item = self.list.currentItem()
        return self._shown[item.data(0, AT)] if item is not None else None

    def run(self) -> None:
        """Do what is chosen, once this list is gone; for keys that only work in their place say so."""
        line = self.chosen()
        if line is None:
            return
        if line.run is None:
            self.foot.setText(_("This key works in its place: {where}.").format(where=line.where))
        elif not line.is_possible:
            self.foot.setText(_("“{name}” is not possible now.").format(name=line.name))
        else:
            self.accept()
            QTimer.singleShot(0, self.parent(), line.run)
