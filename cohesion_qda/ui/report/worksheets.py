"""Worksheets: checklists, guided reviews and mapping exercises, filled in question by question."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import SourceId, WorksheetId
from cohesion_qda.model.worksheet import ONE_SOURCE, WHOLE_STUDY, Filled
from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.choosing import Choice, Choosing
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.report.answering import AnswerPane
from cohesion_qda.ui.report.printing import Printer
from cohesion_qda.ui.report.question_list import QuestionList
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import EmptyState, Label, PlainButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDE, LEAST = 400, 260  # pixels of the list
TABLES = ("worksheet", "worksheet_answer", "worksheet_passage", "segment", "source", "content", "frame")


class Offer(NamedTuple):
    """A sheet that a worksheet can be started from, by the keys of its frame and its own."""

    frame: str
    sheet: str
    name: str
    of: str
    about_what: str


class Standing(NamedTuple):
    """What the tab shows."""

    found: tuple[Filled, ...] = ()
    offers: tuple[Offer, ...] = ()
    sources: tuple[tuple[SourceId, str], ...] = ()
    is_read_only: bool = True


def look(project: Project) -> Standing:
    """Read it. Runs on the project thread."""
    offers = [Offer(f.key, s.key, s.name.said, f.name.said, s.about_what) for f, s in project.worksheets.offered()]
    sources = tuple((source.id, source.name) for source in project.sources.list())
    return Standing(tuple(project.worksheets.filled()), tuple(offers), sources, project.is_read_only)


class WorksheetsTab(ReportTab):
    """Which worksheet, its questions at the left, at the right the answer to the current one."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.standing = Standing()
        self._wanted: WorksheetId | None = None
        self.printer = Printer(runner, self)
        self.which = QComboBox()
        self.which.setAccessibleName(_("Worksheet"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(36)
        self.which.activated.connect(lambda _at: self._show_sheet())
        self.progress = Label("", "meta", "text2")
        self.start_button = QuietButton(_("Start a worksheet"), "plus", self.start)
        self.print_button = QuietButton(_("Print…"), "report", self.print_it)
        self.rename_button = PlainButton(_("Rename…"), on_click=self.rename)
        self.remove_button = PlainButton(_("Remove"), on_click=self.remove)
        self.list = QuestionList()
        self.answer = AnswerPane(runner)
        self.empty = EmptyState(
            _("No worksheet yet. A worksheet holds the study, or one source, against the questions of a study frame."),
            _("Start a worksheet"),
            self.start,
        )
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(self.list)
        self._right = Scrolled(self.answer)
        self._sides.addWidget(self._right)
        self._sides.setStretchFactor(0, 1)
        self._sides.setStretchFactor(1, 2)
        self._pile = QStackedWidget()
        self._pile.addWidget(self._make_sheet())
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pile)
        self._follow()
        self._dress()
        current_theme().changed.connect(self._dress)

    def _make_sheet(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 24, 12)
        row.setSpacing(12)
        row.addWidget(self.which, 1)
        row.addWidget(self.progress)
        row.addStretch(1)
        for button in (self.rename_button, self.remove_button, self.print_button, self.start_button):
            row.addWidget(button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._sides, 1)
        return inside

    def _follow(self) -> None:
        self.list.chosen.connect(lambda _key: self._show_item())
        self.list.chosen.connect(lambda _key: self._right.verticalScrollBar().setValue(0))
        self.list.entered_on.connect(lambda: self.answer.first().setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.digit.connect(self.answer.choose)
        self.answer.left.connect(self.list.setFocus)
        self.answer.say.connect(self.say)
        self.answer.read.connect(self.read)
        self.printer.say.connect(self.say)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        if change.touches(*TABLES):
            self._reload()

    def take(self, what: object) -> None:
        if isinstance(what, int):
            self._wanted = WorksheetId(what)
            self._reload()

    def leave(self) -> None:
        self.answer.keep_words()

    def forget(self, _info: object = None) -> None:
        self.answer.forget()
        self._show(Standing())

    def areas(self) -> list[QWidget]:
        if self.page_is_empty():
            return [self.empty.button]
        return [self.list, self.answer.first(), self.which]

    def hints(self) -> list[tuple[str, str]]:
        return [
            ("1–9", _("choose")),
            ("0", _("take back")),
            (_("Enter"), _("into the answer")),
            (_("Esc"), _("back to the questions")),
        ]

    # -- showing -------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "worksheets"))

    def _show(self, standing: Standing) -> None:
        was = self._wanted if self._wanted is not None else self.which.currentData()
        self.standing, self._wanted = standing, None
        self.which.clear()
        for one in standing.found:
            self.which.addItem(one.worksheet.name, one.worksheet.id)
        self.which.setCurrentIndex(max(0, self.which.findData(was)) if standing.found else -1)
        self._pile.setCurrentIndex(0 if standing.found else 1)
        reason = _("The project was opened for reading only.") if standing.is_read_only else ""
        for button in (self.start_button, self.empty.button, self.rename_button, self.remove_button):
            button.disable(reason)
        self._show_sheet()

    def page_is_empty(self) -> bool:
        """Whether there is no worksheet yet."""
        return self._pile.currentIndex() == 1

    def current(self) -> Filled | None:
        """The worksheet in view."""
        id_ = self.which.currentData()
        return next((one for one in self.standing.found if one.worksheet.id == id_), None)

    def _show_sheet(self) -> None:
        found = self.current()
        if found is not None:
            n, total = found.progress()
            self.progress.setText(_("{n} of {total} answered").format(n=n, total=total))
        self.list.show_sheet(found)
        self._show_item()

    def _show_item(self) -> None:
        found, key = self.current(), self.list.current()
        if found is None or not key:
            self.answer.forget()
        else:
            self.answer.show_item(found, key, is_read_only=self.standing.is_read_only)

    # -- the worksheet itself ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Offer the sheets that there are."""
        button = self.empty.button if self.page_is_empty() else self.start_button
        menu = self.start_menu()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def start_menu(self) -> QMenu:
        """A line for each sheet, and for what it is filled in."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for offer in self.standing.offers:
            menu.addSection(offer.of.replace("&", "&&"))
            if offer.about_what != ONE_SOURCE:
                words = _("{sheet}, for the whole study").format(sheet=offer.name)
                self._add(menu, words).triggered.connect(partial(self._start, offer, None))
            if offer.about_what != WHOLE_STUDY and self.standing.sources:
                words = _("{sheet}, for one source…").format(sheet=offer.name)
                self._add(menu, words).triggered.connect(partial(self._ask_source, offer))
        return menu

    @staticmethod
    def _add(menu: QMenu, words: str) -> QAction:
        return menu.addAction(words.replace("&", "&&"))

    def _ask_source(self, offer: Offer, _checked: bool = False) -> None:
        choices = [Choice(source, name) for source, name in self.standing.sources]
        dialog = Choosing(offer.name, _("Find a source"), choices, self, nothing=_("No source like that."))
        dialog.chosen.connect(lambda source: self._start(offer, SourceId(source)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _start(self, offer: Offer, source: SourceId | None, _checked: bool = False) -> None:
        def then(change: Change) -> None:
            self.take(max(change.rows["worksheet"]))
            self._told(change)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self.runner.do(lambda project: project.worksheets.start(offer.frame, offer.sheet, source), then)

    def rename(self) -> None:
        """Ask for another name."""
        found = self.current()
        if found is not None:
            id_ = found.worksheet.id
            name = choose.line(self, _("Rename the worksheet"), _("Name"), found.worksheet.name)
            if name is not None:
                self.runner.do(lambda project: project.worksheets.rename(id_, name), self._told)

    def remove(self) -> None:
        """Take the worksheet away; it can be undone."""
        found = self.current()
        if found is not None:
            id_ = found.worksheet.id
            self.answer.forget()
            self.runner.do(lambda project: project.worksheets.remove(id_), self._told)

    def print_it(self) -> None:
        """Ask how and where to, and print it."""
        found = self.current()
        if found is not None:
            self.answer.keep_words()
            info = self.runner.info
            self.printer.ask(found, info.path.parent if info is not None else Path.home(), self)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))

    def _dress(self) -> None:
        theme = current_theme()
        self.list.setMinimumWidth(theme.px(LEAST))
        if not self._sides.sizes()[0]:
            self._sides.setSizes([theme.px(WIDE), theme.px(2 * WIDE)])
