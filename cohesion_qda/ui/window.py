"""The main window: what its actions do, and what it tells."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.ui.problems import Problems
from cohesion_qda.ui.runner import ProjectInfo, Runner
from cohesion_qda.ui.start.page import StartPage
from cohesion_qda.ui.start.recent import glance

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from cohesion_qda.model.change import Change
    from cohesion_qda.ui.widgets import Banner, Toast

LOOK_EVERY = 4000  # milliseconds between looks at the file for changes of other programs
SMALLEST = (900, 600)
BESIDE = 32  # pixels that a second window lies right of and below the first


class Window(QMainWindow):
    """Shows the start page, or a workspace while a project is open.

    Several windows may show one project: they share the runner, and so the connection and what is told of every change.
    `family` are those of one runner that are open, the one used last at the end; what concerns the person rather than the project (a
    problem, say) is told there alone.
    """

    painted = Signal()  # once, after the first time

    def __init__(self, settings: Settings, runner: Runner | None = None, family: list[Window] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self._is_another = family is not None
        self.family = [] if family is None else family
        self.family.append(self)
        self.runner = runner or Runner(self)
        self.runner.coder = settings["coder"]
        self.problems = Problems(self)
        self.problems.banner = self._banner
        self._painted = False
        self._workspace = None
        self._commands = None
        self.start = StartPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._toast: Toast | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY)
        self._look.timeout.connect(self.runner.look_again)
        self._connect()
        self._show_title()
        self._restore_geometry()
        self.show_recent()

    # -- parts made when they are first needed -----------------------------------------------------------------

    @property
    def workspace(self):
        """The inside for an open project."""
        if self._workspace is None:
            from cohesion_qda.ui.workspace import Workspace

            self._workspace = Workspace(self.runner, self.settings)
            self.stack.addWidget(self._workspace)
            self.commands.join(self._workspace)
        return self._workspace

    @property
    def commands(self):
        """What the actions do."""
        if self._commands is None:
            from cohesion_qda.ui.commands import Commands

            self._commands = Commands(self)
        return self._commands

    @property
    def toast(self) -> Toast:
        if self._toast is None:
            from cohesion_qda.ui.widgets import Toast

            self._toast = Toast(self)
            self._toast.undo.connect(self.runner.undo)
        return self._toast

    def make_menus(self) -> None:
        """The menu bar and every action with its keys; done after the window was painted first."""
        if self.menuBar().actions():
            return
        from PySide6.QtWidgets import QMenu

        from cohesion_qda.ui import actions

        made = self.commands.make_actions()
        for name, words in actions.menus():
            menu = QMenu(words, self)
            actions.fill(menu, name, made, {"recent": self.commands.files.recent_menu})
            self.menuBar().addMenu(menu)
            self.commands.add_menu(name, menu)
        self.commands.refresh()
        QGuiApplication.instance().focusWindowChanged.connect(self._come_back)

    def _come_back(self, focused: object) -> None:
        if focused is not None:
            self.runner.look_again()

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def has_project(self) -> bool:
        return self.runner.info is not None

    def say(self, text: str, can_undo: bool = False) -> None:
        """A toast."""
        self.toast.say(text, can_undo)

    def say_change(self, change: Change) -> None:
        """A toast with what a change did, and Undo."""
        if change.said and not change.is_empty:
            self.say(change.said, True)

    def notice(self, text: str, hint: str = "", kind: str = "caution") -> None:
        """A banner that stays until it is closed."""
        banner = self._banner()
        banner.show_message(kind, text, hint)
        banner.show()

    def show_recent(self) -> None:
        """List the recent projects as far as can be said without opening them."""
        self.start.show_recent(glance(Path(place)) for place in self.settings["recent"])

    def look_at_recent(self) -> None:
        """Read the counts of the recent projects, off the window's thread."""
        from cohesion_qda.ui.start.recent import look

        paths = [row.recent.path for row in self.start.rows()]
        if paths and not self.has_project:
            self.runner.work(
                _("Looking at recent projects"), lambda job: look(paths, job), self._recent_read, for_any_project=True
            )

    def _recent_read(self, recents) -> None:
        if [recent.path for recent in recents] == [row.recent.path for row in self.start.rows()]:
            self.start.show_recent(recents)

    def _banner(self) -> Banner:
        return self.workspace.banner if self.stack.currentWidget() is self._workspace else self.start.banner

    def _show_title(self) -> None:
        info = self.runner.info
        name = _("Cohesion QDA")
        self.setWindowTitle(f"{info.title} – {name}" if info else name)

    # -- what happens ----------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        start = self.start
        start.new_wanted.connect(lambda: self.commands.files.new_project())
        start.open_wanted.connect(lambda: self.commands.files.open_project())
        start.practice_wanted.connect(lambda: self.commands.files.practice_here())
        start.guide_wanted.connect(lambda: self.commands.guide())
        start.path_wanted.connect(self.open_path)
        start.forget_wanted.connect(self._forget)
        for signal, slot in self._heard():
            signal.connect(slot)

    def _heard(self) -> tuple:
        runner = self.runner
        return (
            (runner.opened, self._opened), (runner.closed, self._closed), (runner.changed, self._changed),
            (runner.failed, self._failed), (runner.working, self._working),
        )  # fmt: skip

    @property
    def is_front(self) -> bool:
        """Whether this is the window of its family that was used last."""
        return self.family[-1:] == [self]

    def open_another(self) -> Window:
        """A second window on the same project, at the same place."""
        other = Window(self.settings, self.runner, self.family)
        other.resize(self.size())
        other.move(self.pos() + QPoint(BESIDE, BESIDE))
        other.show()
        other.make_menus()
        if self.runner.info is not None:
            page, source = self.workspace.current, self.workspace.navigator.selected_source()
            other._show_project(self.runner.info, lambda: other.commands.go_where(page, source))
        return other

    def _failed(self, error: BaseException) -> None:
        if self.is_front:
            self.problems.tell(error)

    def open_path(self, path: Path) -> None:
        """Open a project file; what is wrong with it is told where the person is."""
        if not self.start.isVisible() or self.start.has_banner:
            self._banner().hide()
        self.runner.open(Path(path))

    def _forget(self, path: Path) -> None:
        self.settings.remove_recent(path)
        self.show_recent()

    def _opened(self, info: ProjectInfo) -> None:
        if self.is_front:
            self.settings.add_recent(info.path)
        self._show_project(info, self.commands.first_source)

    def _show_project(self, info: ProjectInfo, then: Callable[[], None]) -> None:
        """Go from the start page, or another project, to this one; `then` is called when its sources are listed."""
        self.make_menus()
        workspace = self.workspace
        workspace.forget_pages()
        workspace.banner.hide()
        if self.start.has_banner:
            self.start.banner.hide()
        if self._toast is not None:
            self._toast.hide()  # its Undo was for what was done in the last project
        self.stack.setCurrentWidget(workspace)
        workspace.status.show_saved(None, info.is_read_only)
        self._show_title()
        self.commands.read_state(then)
        self.commands.refresh()
        self._look.start()

    def _closed(self) -> None:
        self._look.stop()
        if not self.is_front:
            self.close()  # one start page is enough
            return
        if self._workspace is not None:
            self._workspace.forget_pages()
        self.stack.setCurrentWidget(self.start)
        self._show_title()
        self.show_recent()
        self.look_at_recent()
        self.commands.refresh()

    def _changed(self, change: Change) -> None:
        if not self.has_project:
            return
        if change.kind == "elsewhere":
            self.say(_("Another program changed this project. You see its newest state."))
        elif change.action:
            self.workspace.status.show_saved(time.strftime("%H:%M"), self.runner.info.is_read_only)
        if change.kind in ("undo", "redo"):
            self._say_undone(change.said)
        self.workspace.on_change(change)
        self.commands.after_change(change)

    def _say_undone(self, words: str) -> None:
        """In place of what offered to undo it, and for half as long: there is nothing to do about it."""
        from cohesion_qda.ui.messages import BRIEFLY

        if words:
            self.toast.say(words, seconds=BRIEFLY)
        else:
            self.toast.hide()

    def _working(self, progress) -> None:
        if self.stack.currentWidget() is self._workspace:
            self.workspace.progress.show_progress(progress)
        else:
            self.start.progress.show_progress(progress)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self._toast is not None:
            self._toast.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.dropped(paths)

    def dropped(self, paths: list[Path]) -> None:
        """A project file is opened, anything else is imported: into the open project, or into a new one."""
        projects = [path for path in paths if path.suffix.casefold() == ".cqda"]
        if projects:
            self.open_path(projects[0])
        elif self.has_project:
            self.commands.files.import_paths(paths)
        elif paths:
            self.commands.files.new_project(paths)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self in self.family:
            self.family.remove(self)
            self.family.append(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The last window of its family ends the work; any other only leaves."""
        event.accept()
        if self not in self.family:
            return
        self._keep_geometry()
        self.family.remove(self)
        if not self.family:
            self.runner.shutdown()
            return
        self._look.stop()
        for signal, slot in self._heard():
            signal.disconnect(slot)
        if self._workspace is not None:
            self._workspace.forget_pages()
        if self._is_another:  # the first one keeps the runner
            self.deleteLater()

    def _restore_geometry(self) -> None:
        left, top, width, height = self.settings["window"]
        wanted = QRect(left, top, max(width, SMALLEST[0]), max(height, SMALLEST[1]))
        screen = QGuiApplication.primaryScreen()
        free = screen.availableGeometry() if screen is not None else wanted
        on_screen = any(s.availableGeometry().intersects(wanted) for s in QGuiApplication.screens())
        if not on_screen or (left, top) == (0, 0):
            wanted.moveCenter(free.center())
        self.resize(wanted.size().boundedTo(free.size()).expandedTo(self.minimumSize()))
        self.move(max(free.left(), wanted.left()), max(free.top(), wanted.top()))

    def _keep_geometry(self) -> None:
        box = self.normalGeometry()
        values = {"window": [box.x(), box.y(), box.width(), box.height()], "maximised": self.isMaximized()}
        if box.width() > 0 and box.height() > 0:
            self.settings.update(values)
