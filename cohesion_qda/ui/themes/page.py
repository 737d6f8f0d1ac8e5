"""Themes: what the researcher builds from codes and passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import ThemeId
from cohesion_qda.model.place import Place
from cohesion_qda.ui import choose
from cohesion_qda.ui.page import COUNTED, Page, own_action
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.themes import words
from cohesion_qda.ui.themes.detail import ThemeDetail, status_icon
from cohesion_qda.ui.themes.listing import ThemeList
from cohesion_qda.ui.themes.passages import Offered, PassagesDialog, offered
from cohesion_qda.ui.widgets import EmptyState, PageHeader, PrimaryButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

SHOWN = ("theme", "theme_code", "theme_passage", *COUNTED)


@dataclass(frozen=True, slots=True)
class Found:
    """The themes under their questions, the chosen one among them, and its key passages."""

    rows: tuple[words.Question | words.Line, ...] = ()
    tree: CodeTree = CodeTree()  # noqa: RUF009 (never changed)
    chosen: words.Line | None = None
    places: tuple[Place, ...] = ()

    @property
    def lines(self) -> list[words.Line]:
        """The themes, in the order they are shown."""
        return [row for row in self.rows if isinstance(row, words.Line)]


def look(project: Project, wanted: ThemeId | None, near: int) -> Found:
    """Read the themes with their counts; of `wanted`, or else of the one that stands `near`-th, the passages. Runs on the
    project thread.
    """
    tree = project.codebook.tree()
    listed = project.themes.list()
    if not listed:
        return Found(tree=tree)
    found = Found(tuple(words.laid_out(listed, project.themes.counts(), tree)), tree)
    lines = found.lines
    chosen = next((line for line in lines if line.theme.id == wanted), lines[min(near, len(lines) - 1)])
    return Found(found.rows, tree, chosen, tuple(project.themes.passages(chosen.theme.id)))


class ThemesPage(Page):
    """The page: the themes at the left, the chosen one at the right."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._theme: ThemeId | None = None
        self._found = Found()
        self.header = PageHeader(_("Themes"), "")
        self.new_button = PrimaryButton(_("New theme"), "plus", self.new_theme)
        self.header.add_action(self.new_button)
        self.list = ThemeList()
        self.list.chosen.connect(self._chosen)
        self.list.entered_on.connect(self.write)
        self.list.renaming.connect(self.rename)
        self.list.removal.connect(self.remove)
        self.list.moving.connect(self.move_theme)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.detail = ThemeDetail(runner)
        self.detail.say.connect(self.say)
        self.detail.removal.connect(self.remove)
        self.detail.left.connect(self.list.setFocus)
        self.detail.passages_wanted.connect(self.choose_passages)
        self.detail.codes.shown.connect(self.show_code)
        self.detail.passages.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        self.detail.passages.copied.connect(self._copied)
        self.detail.passages.left.connect(self.list.setFocus)
        self._lay_out()
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(240)
        split.addWidget(self.list)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([440, 760])
        self.empty = EmptyState(
            _("No themes yet. A theme is a pattern you build from codes: a name, a statement, and the passages that show it."),
            _("Make the first theme"), self.new_theme,
        )  # fmt: skip
        self._pile = QStackedWidget()
        self._pile.addWidget(split)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pile, 1)

    # -- what the window calls -------------------------------------------------------------------------------------------

    def entered(self) -> None:
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        if change.touches(*SHOWN):
            self._reload()

    def areas(self) -> list[QWidget]:
        return [self.list, self.detail.name, self.detail.codes, self.detail.passages, self.new_button]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("Enter"), _("write the statement")), (_("F2"), _("rename")), (_("Ctrl+↑↓"), _("move")), (_("Delete"), _("delete"))]  # fmt: skip

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return {
            "code": [
                own_action(self, _("New theme …"), "Ctrl+M", self.new_theme),
                own_action(self, _("Add a code to the theme …"), "Ctrl+Shift+A", self.detail.codes.choose),
                own_action(self, _("Choose key passages …"), "Ctrl+Shift+K", self.choose_passages),
                own_action(self, _("Move the theme up"), "", lambda: self.move_theme(-1)),
                own_action(self, _("Move the theme down"), "", lambda: self.move_theme(1)),
            ]
        }

    # -- asking and showing ------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self._found = Found()
        self.list.show_lines((), None)
        self.detail.counts.setText("")

    def _forget(self, _info: object = None) -> None:
        self._theme, self._found = None, Found()
        self.detail.forget()
        self.list.show_lines((), None)

    def show_theme(self, theme: ThemeId) -> None:
        """Choose a theme."""
        self._theme = theme
        self._reload()

    def _reload(self) -> None:
        theme, near = self._theme, max(0, self._place())
        self.runner.ask(lambda project: look(project, theme, near), self._arrived, key=(self, "themes"))

    def _place(self) -> int:
        """Where the chosen theme stands among the themes, or -1."""
        return next((n for n, line in enumerate(self._found.lines) if line.theme.id == self._theme), -1)

    def _arrived(self, found: Found) -> None:
        self._found = found
        self._theme = found.chosen.theme.id if found.chosen is not None else None
        self.list.show_lines(found.rows, self._theme)
        locked = self._locked()
        if found.chosen is not None:
            self.detail.show_theme(found.chosen, found.places, found.tree, is_read_only=bool(locked))
        else:
            self.detail.forget()
        self._pile.setCurrentIndex(0 if found.rows else 1)
        if not found.rows and self.isVisible() and not self.isAncestorOf(QApplication.focusWidget()):
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.new_button.setVisible(bool(found.rows))
        self.new_button.disable(locked)
        self.empty.button.disable(locked)
        self.header.set_meta(self._meta())

    def _meta(self) -> str:
        lines = self._found.lines
        if not lines:
            return ""
        themes = ngettext("{n} theme", "{n} themes", len(lines)).format(n=len(lines))
        defined = sum(1 for line in lines if line.theme.status == "defined")
        return _("{themes}  ·  {n} defined").format(themes=themes, n=defined)

    def _locked(self) -> str:
        info = self.runner.info
        return _("The project was opened for reading only.") if info is not None and info.is_read_only else ""

    # -- what the person does ----------------------------------------------------------------------------------------------

    def new_theme(self) -> None:
        """Ask for a name and make a theme."""
        if self.runner.info is None or self._locked():
            return
        name = choose.line(self, _("New theme"), _("What is the pattern called?"))
        if name is not None:
            self.runner.do(lambda project: project.themes.add(name), self._added)

    def _added(self, change: Change) -> None:
        self.say.emit(change.said, True)
        self.show_theme(ThemeId(max(change.rows["theme"])))
        self.detail.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def write(self) -> None:
        """Go into the statement of the chosen theme."""
        if self._theme is not None:
            self.detail.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def rename(self) -> None:
        """Go into the name of the chosen theme."""
        if self._theme is not None:
            self.detail.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.detail.name.selectAll()

    def remove(self) -> None:
        """Take the chosen theme away; its codes and passages stay, and Undo brings it back."""
        theme = self._theme
        if theme is not None and not self._locked():
            self.detail.saving.flush()
            self.runner.do(lambda project: project.themes.delete(theme), self._told)

    def move_theme(self, by: int) -> None:
        """Put the chosen theme one place up (-1) or down (1) among those of its question."""
        lines, at = self._found.lines, self._place()
        if at < 0 or self._locked() or not 0 <= at + by < len(lines):
            return
        theme, other = lines[at].theme, lines[at + by].theme
        if theme.question != other.question:
            return
        order = sorted((line.theme for line in lines if line.theme.id != theme.id), key=lambda t: (t.position, t.id))
        place = [t.id for t in order].index(other.id) + (1 if by > 0 else 0)
        self.runner.do(lambda project: project.themes.move(theme.id, place))

    def _open_menu(self, place: QPoint) -> None:
        """What can be done with the chosen theme."""
        line = self.list.current()
        if line is None:
            return
        menu, may = QMenu(self), not self._locked()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Write its statement"), self.write)
        menu.addAction(_("Rename"), self.rename).setEnabled(may)
        marks = menu.addMenu(_("Status"))
        for status, said in words.status_words().items():
            mark = marks.addAction(status_icon(status), said, partial(self.detail.set_status, status))
            mark.setCheckable(True)
            mark.setChecked(status == line.theme.status)
        marks.setEnabled(may)
        menu.addAction(_("Passages of its codes …"), self.choose_passages)
        menu.addSeparator()
        menu.addAction(_("Delete (Undo brings it back)"), self.remove).setEnabled(may)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def choose_passages(self) -> None:
        """Show the passages of the theme's codes, to tick the key ones."""
        theme = self._theme
        if theme is not None:
            self.runner.ask(
                lambda project: offered(project, theme),
                lambda found: self._open_passages(theme, found),
                key=(self, "passages"),
            )

    def _open_passages(self, theme: ThemeId, found: Offered) -> None:
        dialog = PassagesDialog(found, self, is_read_only=bool(self._locked()))
        dialog.kept.connect(
            lambda add, gone: self.runner.do(
                lambda project: project.themes.choose_passages(theme, add, gone), self._told
            )
        )
        dialog.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _told(self, change: Change) -> None:
        if change.said:
            self.say.emit(change.said, True)

    def _copied(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)

    def _chosen(self) -> None:
        line = self.list.current()
        if line is not None and line.theme.id != self._theme:
            self.detail.saving.flush()
            self.show_theme(line.theme.id)
