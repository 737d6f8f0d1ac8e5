"""What the window's actions do. Each public method without arguments, here or in `files`, is an action of the table in `actions`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu

from cohesion_qda.base import i18n
from cohesion_qda.base.i18n import _
from cohesion_qda.base.lastread import LastRead
from cohesion_qda.model.change import Change
from cohesion_qda.ui import actions, choose
from cohesion_qda.ui.areas import call_on_focus, move_area
from cohesion_qda.ui.blind import blind
from cohesion_qda.ui.counting import counting
from cohesion_qda.ui.files import FileCommands
from cohesion_qda.ui.sources.commands import SourceCommands
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.ui.window import Window
    from cohesion_qda.ui.workspace import Workspace


class Commands(QObject):
    """The verbs of the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._runner = window.runner
        self._settings = window.settings
        self.sources = SourceCommands(window)
        self.files = FileCommands(window)
        self._blind = blind(window.runner, window.settings)
        self._blind.changed.connect(self._show_blind)
        self._guide = None
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, tuple[QMenu, list[QAction]]] = {}

    # -- actions ---------------------------------------------------------------------------------------------------

    def make_actions(self) -> dict[str, QAction]:
        """The table's actions, on the window."""
        self._actions = actions.build(self._window, self._slot, {"recent"})
        self._actions["code_keys"].setChecked(self._settings["code_keys"])
        self._actions["weights"].setChecked(self._settings["weights"])
        current_theme().changed.connect(self._theme_changed)
        return self._actions

    @property
    def actions(self) -> dict[str, QAction]:
        return self._actions

    def add_menu(self, name: str, menu: QMenu) -> None:
        """A menu that pages may add their own actions to."""
        self._menus[name] = (menu, [])

    def refresh(self) -> None:
        """Which actions can be used now, and what undo and redo would do."""
        info = self._runner.info
        for entry in actions.entries():
            action = self._actions.get(entry.name)
            if action is not None and entry.needs:
                action.setEnabled(info is not None and (entry.needs != "writable" or not info.is_read_only))
        if not self._actions:
            return
        self._actions[f"theme_{current_theme().mode}"].setChecked(True)
        if info is None:
            self._actions["undo"].setText(_("Undo"))
            self._actions["redo"].setText(_("Redo"))
        else:
            self._runner.ask(
                lambda p: (p.history.can_undo(), p.history.can_redo()), self._show_undo, key=(self, "undo")
            )

    def _slot(self, name: str) -> Callable[..., None]:
        if name.startswith("page_"):
            return lambda _on=False: self._window.workspace.enter(name.removeprefix("page_"))
        if name.startswith("theme_"):
            return lambda _on=False: current_theme().set_mode(name.removeprefix("theme_"))
        method = self.verb(name)
        return lambda _on=False: method()

    def verb(self, name: str) -> Callable[[], object]:
        """What the action of that name does."""
        found: Callable[[], object] = getattr(self if hasattr(self, name) else self.files, name)
        return found

    def _show_undo(self, words: tuple[str | None, str | None]) -> None:
        for name, plain, told, said in (
            ("undo", _("Undo"), _("Undo: {what}"), words[0]),
            ("redo", _("Redo"), _("Redo: {what}"), words[1]),
        ):
            short = said if said is None or len(said) < 60 else f"{said[:57]}…"
            action = self._actions[name]
            action.setText(told.format(what=short).replace("&", "&&") if short else plain)
            action.setEnabled(bool(said) and self._runner.info is not None and not self._runner.info.is_read_only)

    def _theme_changed(self) -> None:
        theme = current_theme()
        self._actions[f"theme_{theme.mode}"].setChecked(True)
        self._settings.update({"theme": theme.mode, "text_size": float(theme.scale)})

    # -- the workspace ------------------------------------------------------------------------------------------------

    def join(self, workspace: Workspace) -> None:
        """Listen to the workspace."""
        navigator = workspace.navigator
        navigator.source_wanted.connect(workspace.show_source)
        navigator.menu_wanted.connect(self.sources.open_menu)
        navigator.rename_wanted.connect(self.sources.rename)
        navigator.remove_wanted.connect(self.sources.remove)
        counting(self._runner).progressed.connect(navigator.show_progress)
        workspace.said.connect(self._window.say)
        workspace.import_wanted.connect(self.files.import_files)
        workspace.page_entered.connect(self._page_entered)
        workspace.status.coder_wanted.connect(self.use_coder)
        workspace.status.blind_wanted.connect(self._blind.set)

    def read_state(self, then: Callable[[], None] | None = None) -> None:
        """Read the sources, their state, and who codes."""
        from cohesion_qda.ui.navigator import read_state

        def arrived(answer) -> None:
            state, coder, known = answer
            self._window.workspace.show_state(state)
            self._window.workspace.status.show_coder(coder, known)
            self._show_blind()
            if then is not None:
                then()

        self._runner.ask(
            lambda p: (read_state(p), p.coder.name, [coder.name for coder in p.coders()]),
            arrived,
            key=(self, "navigator"),
        )

    def first_source(self) -> None:
        """What is seen first after a project was opened: the source read last, or else the first that is not done."""
        workspace = self._window.workspace
        listed = workspace.navigator.state.sources
        workspace.enter("read")
        waiting = [s for s in listed if not s.is_done] or list(listed)

        def show(made: str) -> None:
            last = LastRead().latest(made)
            if workspace.current == "read" and workspace.navigator.selected_source() is None:
                workspace.show_source(last if last in {s.id for s in listed} else waiting[0].id)

        if waiting:
            self._runner.ask(lambda p: p.made, show, key=(self, "last read"))

    def go_where(self, page: str, source: int | None) -> None:
        """Show a page, and on the reading page a source."""
        self._window.workspace.enter(page or "read")
        if source is not None:
            self._window.workspace.show_source(source)

    def after_change(self, change: Change) -> None:
        """Bring the navigator and the actions up to date."""
        if change.touches("source", "turn", "attribute_value", "study_case", "coder", "project_setting"):
            self.read_state()  # what was only coded comes from `counting`
        self.refresh()

    def _page_entered(self, name: str) -> None:
        if not self._actions:
            return
        if name:
            self._actions[f"page_{name}"].setChecked(True)
        offered = self._window.workspace.page_actions()
        for menu_name, (menu, added) in self._menus.items():
            for action in added:
                menu.removeAction(action)
            added.clear()
            wanted = offered.get(menu_name, [])
            if wanted:
                added.append(menu.addSeparator())
                menu.addActions(wanted)
                added.extend(wanted)

    # -- file ----------------------------------------------------------------------------------------------------------

    def questions(self) -> None:
        self.sources.guide()

    def close_project(self) -> None:
        self._runner.close()

    def new_window(self) -> None:
        self._window.open_another()

    def quit(self) -> None:
        for window in list(self._window.family):
            window.close()

    # -- edit ------------------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._runner.undo()

    def redo(self) -> None:
        self._runner.redo()

    def copy(self) -> None:
        call_on_focus("copy", QKeySequence.StandardKey.Copy)

    def select_all(self) -> None:
        call_on_focus("selectAll", QKeySequence.StandardKey.SelectAll)

    def go_to(self) -> None:
        self._runner.ask(lambda p: p.codebook.tree(), self._open_go_to)

    def settings(self) -> None:
        from cohesion_qda.ui.preferences import Preferences

        dialog = Preferences(self._settings, self._window, self._runner)
        dialog.finished.connect(self._settings_changed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _settings_changed(self) -> None:
        self._apply_to_pages()
        if i18n.chosen(self._settings["language"]) != i18n.language():
            self._window.say(_("The other language holds when the program is started anew."))
        name = self._settings["coder"]
        self._runner.coder = name
        if (
            name
            and self._runner.info is not None
            and not self._runner.info.is_read_only
            and name != self._runner.info.coder
        ):
            self._runner.use_coder(name)

    def _open_go_to(self, tree) -> None:
        from cohesion_qda.ui.goto import GoTo, Target

        workspace, theme = self._window.workspace, current_theme()
        targets = [
            Target(
                s.name,
                s.group or _("Source"),
                theme.icon("document", "text2", 16),
                partial(workspace.show_source, s.id),
            )
            for s in workspace.navigator.state.sources
        ]
        for code in tree:
            icon = theme.shape_icon(tree.shape(code.id), code.colour, 12)
            what = tree.root(code.id).name if code.parent is not None else _("Code")
            targets.append(Target(code.name, what, icon, partial(workspace.show_code, code.id)))
        for name, words, icon_name in actions.pages():
            targets.append(Target(words, _("Page"), theme.icon(icon_name, "text2", 16), partial(workspace.enter, name)))
        targets += [
            Target(action.text().replace("&&", "&"), actions.key_words(action) or _("Action"), QIcon(), action.trigger)
            for name, action in self._actions.items()
            if action.isEnabled() and not name.startswith("page_") and name not in ("go_to", "copy", "select_all")
        ]
        dialog = GoTo(
            targets, self._runner, workspace.open_passage, parent=self._window, search_for=workspace.search_for
        )  # fmt: skip
        middle = self._window.geometry().center().x() - dialog.width() // 2
        dialog.move(middle, self._window.geometry().top() + 96)
        dialog.show()
        dialog.field.setFocus()

    # -- view ------------------------------------------------------------------------------------------------------------

    def larger(self) -> None:
        current_theme().step_scale(1)

    def smaller(self) -> None:
        current_theme().step_scale(-1)

    def normal(self) -> None:
        current_theme().step_scale(0)

    def next_area(self) -> None:
        move_area(self._window, 1)

    def previous_area(self) -> None:
        move_area(self._window, -1)

    def full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- code ------------------------------------------------------------------------------------------------------------

    def autocode(self) -> None:
        """Code all that holds some words, beginning with what is searched for on the Search page."""
        self._window.workspace.page_named("search").open_autocode()

    def coder(self) -> None:
        status = self._window.workspace.status
        status.coder.setFocus()
        status.coder.click()

    def use_coder(self, name: str) -> None:
        """Code as `name`; without a name, ask."""
        who = name or choose.line(self._window, _("Who is coding"), _("Name"))
        if who:
            self._settings["coder"] = who
            self._runner.use_coder(who)

    def hide_others(self) -> None:
        """Show only what the one who codes has coded, or everybody's."""
        self._show_undo((None, None))
        self._blind.set(self._actions["hide_others"].isChecked())

    def _show_blind(self) -> None:
        if self._actions:
            self._actions["hide_others"].setChecked(self._runner.is_blind)
        if self._window.has_project:
            self._window.workspace.status.show_blind(self._runner.is_blind)

    def weights(self) -> None:
        self._settings["weights"] = self._actions["weights"].isChecked()
        self._apply_to_pages()

    def code_keys(self) -> None:
        self._settings["code_keys"] = self._actions["code_keys"].isChecked()
        self._apply_to_pages()

    def _apply_to_pages(self) -> None:
        """Have every window go by the settings as they are now."""
        for window in self._window.family:
            window.commands.actions["code_keys"].setChecked(self._settings["code_keys"])
            window.commands.actions["weights"].setChecked(self._settings["weights"])
            if window.has_project:
                window.workspace.use_settings()

    # -- help ------------------------------------------------------------------------------------------------------------

    def guide(self) -> None:
        from cohesion_qda.ui.guide import Guide

        self._window.make_menus()
        if self._guide is None:
            self._guide = Guide(self._actions, self._window)
        self._guide.show()
        self._guide.raise_()
        self._guide.activateWindow()

    def all_actions(self) -> None:
        from cohesion_qda.ui.all_actions import AllActions

        dialog = AllActions(self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def about(self) -> None:
        from cohesion_qda.ui.guide import show_about

        show_about(self._window)
