"""The review page: after reading and before anything is written, what every file was taken for, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import HowToRead, SourceDraft
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.asking import Ask, AskList
from cohesion_qda.ui.sources.preview import Preview
from cohesion_qda.ui.sources.rereading import Rereading
from cohesion_qda.ui.sources.review_foot import ReviewFoot
from cohesion_qda.ui.sources.review_head import FileHead
from cohesion_qda.ui.sources.review_item import FileRead, Item
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.sources.review_panel import Panel
from cohesion_qda.ui.sources.review_table import FilesModel, FilesView
from cohesion_qda.ui.sources.words import given_words, summary
from cohesion_qda.ui.status import ProgressStrip
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import (
    Banner,
    Chip,
    EmptyState,
    Label,
    PageHeader,
)

if TYPE_CHECKING:
    from cohesion_qda.project.matching import Known

AROUND = 24  # pixels of the window that stay seen around the page
NARROW = 1120  # pixels at normal text size below which the details stand under the preview


class ReviewPage(QDialog):
    """Stands over the window. `review` holds what is to be added after it was accepted."""

    def __init__(self, runner: Runner, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import"))
        self._runner = runner
        self.review = review
        self._again = Rereading(runner, self)
        self.files = FilesModel()
        self.table = FilesView(self.files)
        self.preview = Preview()
        self.panel = Panel(review)
        self.head = FileHead()
        self.header = PageHeader(_("Is this what you mean to bring in?"))
        self.only_looks = Chip(_("Only those that need a look"), on_click=self._toggle_looks)
        self.banner = Banner("caution")
        self.banner.hide()
        self.progress = ProgressStrip()
        self.given = AskList(_("What was used for other files"))
        self.left_out = Label("", "meta", "text2")
        self.foot = ReviewFoot(runner, review, self)
        self.add = self.foot.add
        self._is_importing = False
        self._is_narrow: bool | None = None
        self._build()
        self._connect()
        self._show_files()
        runner.ask(lambda project: project.sources.known(), self._know, key=(self, "known"))
        self._called: dict[Path, Mapping[str, str]] = {}  # what people were called when the project was asked last
        self._ask_twins(review.items)

    def _build(self) -> None:
        self.setMinimumSize(860, 520)
        if self.parentWidget() is not None:
            room = self.parentWidget().window().size()
            self.resize(max(860, room.width() - 2 * AROUND), max(520, room.height() - 3 * AROUND))
        else:
            self.resize(1280, 720)
        self.header.add_action(self.only_looks)
        self.left_out.setWordWrap(True)
        self.left_out.setContentsMargins(16, 8, 16, 8)
        self.left_out.setProperty("edge", "top")
        self.given.setContentsMargins(16, 8, 16, 8)
        self.given.hide()
        self.unread = EmptyState("")
        self._split = _split(self.preview, self.panel)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.unread)
        self._whole = _split(_sheet(self.table, self.left_out), _sheet(self.head, self._stack))
        self._whole.setStretchFactor(1, 1)
        _stacked(self, self.header, self.banner, self.given, self.progress, self._whole, self.foot)
        self._lay_out()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_item)
        self.table.entered_file.connect(self._enter_file)
        self.files.ticked.connect(self._recount)
        self.foot.import_wanted.connect(self.accept)
        self.foot.cancel_wanted.connect(self.reject)
        self.foot.changed.connect(self._recount)
        self.foot.troubled.connect(self._tell)
        self.panel.said.connect(self._said)
        self.panel.how_wanted.connect(self._read_again)
        self.panel.same_wanted.connect(self._ask_same)
        self.panel.answered.connect(self._go_on)
        self.given.answered.connect(self._go_on)
        self.preview.stepped.connect(self.panel.show_source)
        self.head.right_wanted.connect(self._set_right)
        self.head.like_wanted.connect(self._ask_like)
        self.only_looks.cleared.connect(lambda: self.show_only_looks(False))
        self._again.arrived.connect(self._arrived)
        self._runner.working.connect(self.progress.show_progress)
        self._runner.idle.connect(self._settle)
        current_theme().changed.connect(self._dress)
        for keys, act in (("Ctrl+Return", self.add.click), ("Ctrl+Enter", self.add.click),
                          ("Ctrl+D", self.head.right.click), ("F6", partial(self._next_area, 1)),
                          ("Shift+F6", partial(self._next_area, -1))):  # fmt: skip
            QShortcut(QKeySequence(keys), self, activated=act)

    # -- what is to be added -------------------------------------------------------------------------------------------

    @property
    def drafts(self) -> list[SourceDraft]:
        """The sources that are ticked, as the person wants them."""
        return self.review.drafts()

    @property
    def sheet(self) -> AttributeSheet | None:
        """The attributes that are to be set with them."""
        return self.review.sheet

    # -- files ---------------------------------------------------------------------------------------------------------

    def _toggle_looks(self) -> None:
        self.show_only_looks(not self.only_looks.is_on)

    def show_only_looks(self, on: bool) -> None:
        """List only the files that need a look, or all."""
        self.only_looks.set_on(on)
        self._show_files()

    def _show_files(self) -> None:
        """List the files, all or those that need a look, and stay at the same one where it is listed."""
        current = self.table.current
        listed = self.review.looks if self.only_looks.is_on else self.review.items
        self.files.show(listed)
        self.table.go_to(current if current in listed else next(iter(listed), None))
        if not listed:
            self._show_item(None)
        self._recount()

    def _show_item(self, item: Item | None) -> None:
        self.head.show_item(item, len(self.review.may_take(item)) if item is not None else 0)
        is_read = item is not None and item.error is None
        self._stack.setCurrentWidget(self._split if is_read else self.unread)
        if item is None:
            self.unread.set_sentence(_("Nothing needs a look any more."))
        elif item.error is not None:
            others = _("The other files are not affected.") if len(self.review.items) > 1 else ""
            self.unread.set_sentence(f"{item.error} {others}".strip())
        self.preview.show_item(item if is_read else None)
        self.panel.show_item(item)

    def _refresh(self, item: Item | None) -> None:
        """Something about one file is different now."""
        self.files.refresh()
        self._recount()
        if item is self.table.current:
            self.head.show_item(item, len(self.review.may_take(item)) if item is not None else 0)
            self.preview.refresh()
            self.panel.show_item(item)

    def _recount(self) -> None:
        review = self.review
        review.find_copies()
        self.header.set_meta(summary(len(review.items), len(review.looks), len(review.errors), review.in_files))
        self.only_looks.setVisible(bool(review.looks) or self.only_looks.is_on)
        self.left_out.setText("\n".join(notice.message for notice in review.left_out))
        self.left_out.setToolTip("\n".join(str(notice) for notice in review.left_out))
        self.left_out.setVisible(bool(review.left_out))
        self.foot.refresh()

    def _tell(self, error: UserError) -> None:
        self.banner.show_message("caution", error.message, error.hint)
        self.banner.show()

    def _enter_file(self) -> None:
        """Go on to what there is to say about the file."""
        buttons = self.panel.asks.buttons()
        if self._stack.currentWidget() is self._split:
            (buttons[0] if buttons else self.panel.how.kind).setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self) -> None:
        """What had the focus is answered: back to the files."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and nothing else."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), QPushButton):
            button.click()

    def _next_area(self, by: int) -> None:
        areas = [self.table, self.preview.text, self.panel, self.add]
        here = self.focusWidget()
        at = next((n for n, area in enumerate(areas) if area is here or area.isAncestorOf(here)), 0) if here else 0
        area = areas[(at + by) % len(areas)]
        if area is self.panel:
            self._enter_file()
        else:
            area.setFocus(Qt.FocusReason.TabFocusReason)

    # -- what a person says --------------------------------------------------------------------------------------------

    def _said(self) -> None:
        item = self.table.current
        self._refresh(item)
        if item is not None and item.choices.called != self._called.get(item.path):
            self._ask_twins([item])

    def _set_right(self, on: bool) -> None:
        """Mark the file as looked at, and go to the next that needs a look."""
        item = self.table.current
        if item is None or item.error is not None:
            return
        item.set_right(on)
        following = self.review.next_look(item) if on else None
        if self.only_looks.is_on:
            self._show_files()
        self._refresh(item)
        self.table.go_to(following)

    def _read_again(self, how: HowToRead) -> None:
        item = self.table.current
        if item is None or how == item.how:
            return
        number = self.review.ask(item, how)
        self._refresh(item)
        self._again.read({item.path: how}, {item.path: number})

    def _ask_like(self) -> None:
        """Ask what of that which was said about the file holds for which others."""
        from cohesion_qda.ui.sources.like_dialog import LikeDialog

        item = self.table.current
        if item is None:
            return
        dialog = LikeDialog(item, self.review.may_take(item), self)

        def take() -> None:
            self._read_all_again(self.review.give(item, dialog.chosen, dialog.items))

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_back(self) -> None:
        self._read_all_again(self.review.take_back())

    def _read_all_again(self, wanted: Mapping[Item, HowToRead]) -> None:
        numbers = {item.path: self.review.ask(item, how) for item, how in wanted.items()}
        self._again.read({item.path: how for item, how in wanted.items()}, numbers)
        self._say_given()
        self._refresh(self.table.current)

    def _say_given(self) -> None:
        """Say what files took over last, until it is taken back or others do."""
        given = self.review.given
        if given is None:
            self.given.show_asks(())
            return
        what = "; ".join(offer.words for offer in given.offers)
        words = given_words(what, [item.file_name for item in given.items], [item.file_name for item in given.misfits])
        answers = ((_("Take this back"), self._take_back),) if given.items else ()
        self.given.show_asks((Ask(words, answers),))

    def _arrived(self, read: FileRead, number: int) -> None:
        item = next((item for item in self.review.items if item.path == read.path), None)
        if item is not None and self.review.answer(item, number, read):
            self._say_given()
            self._refresh(item)
            self._ask_twins([item])
            if self._is_importing and not self.review.is_waiting:
                self.accept()

    def _know(self, known: Known) -> None:
        """Hear what the project has already, for a sheet may be about that too."""
        self.review.know(known)
        self._recount()

    def _ask_twins(self, items: Iterable[Item]) -> None:
        """Ask which sources, as they are wanted now, the project has already."""
        asked = [(item, item.drafts()) for item in items if item.draft is not None]
        self._called.update((item.path, item.choices.called) for item, _drafts in asked)

        def know(twins: list[tuple[str, ...]]) -> None:
            for (item, _drafts), found in zip(asked, twins, strict=True):
                item.twins = found
            self._recount()
            self.files.refresh()
            self.foot.refresh()  # a sheet is matched with what is to be added

        self._runner.ask(lambda project: [tuple(map(project.sources.twin, drafts)) for _item, drafts in asked], know)

    def _settle(self) -> None:
        """What was given up is no longer waited for: those files are wanted as they were read last."""
        for item in self.review.give_up():
            self._refresh(item)

    def _ask_same(self) -> None:
        from cohesion_qda.ui.sources.same_people import SamePeopleDialog

        dialog = SamePeopleDialog(self.review, self)

        def take() -> None:
            self.review.same = dialog.names
            self._said()

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- leaving, looks ------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Import; what was asked to be read in another way is read so first."""
        self.panel.how.flush()
        self._is_importing = self.review.is_waiting
        if self._is_importing:
            return
        troubled = next((item for item in self.review.items if item.is_ticked and item.trouble is not None), None)
        if troubled is None:
            super().accept()
        else:
            self.table.go_to(troubled)
            self._tell(troubled.trouble)

    def reject(self) -> None:
        """Leave; asked for first where something would be lost that cannot be brought back."""
        self.ask_to_leave()

    def ask_to_leave(self, then: Callable[[], object] | None = None) -> None:
        """Leave as `reject` does, and then do something more."""

        def leave() -> None:
            self.leave()
            if then is not None:
                then()

        if not self.review.is_touched:
            leave()
            return
        box = QMessageBox(QMessageBox.Icon.NoIcon, _("Import"), _("Leave without importing?"), parent=self)
        box.setInformativeText(_("Nothing was written. What you said here about the files will be forgotten."))
        box.addButton(_("Leave"), QMessageBox.ButtonRole.AcceptRole).clicked.connect(leave)
        box.setDefaultButton(box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def leave(self) -> None:
        """Leave without asking."""
        super().reject()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.panel.how.stop()
            self._again.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _dress(self) -> None:
        """Text of another size needs other room."""
        self._is_narrow = None
        self._lay_out()
        self._refresh(self.table.current)

    def _lay_out(self) -> None:
        """Preview and details beside each other where there is room, else under each other."""
        px, width = current_theme().px, self.width()
        is_narrow = width < px(NARROW)
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        left = min(px(452), round(width * (0.38 if is_narrow else 0.33)))
        self._whole.setSizes([left, width - left])
        self._split.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)
        rest = self.height() if is_narrow else width - left
        self._split.setSizes([round(rest * 0.5), round(rest * 0.5)])


def _stacked(holder: QWidget, *widgets: QWidget) -> None:
    """Put widgets under each other, without room between; lists, splitters and stacks grow."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, int(isinstance(widget, FilesView | QSplitter | QStackedWidget)))


def _sheet(*widgets: QWidget) -> QWidget:
    """Widgets under each other on paper."""
    sheet = QWidget()
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sheet.setProperty("surface", "paper")
    _stacked(sheet, *widgets)
    return sheet


def _split(one: QWidget, other: QWidget) -> QSplitter:
    """Two that share the room; neither can be pushed away."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.addWidget(one)
    split.addWidget(other)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(1)
    return split
