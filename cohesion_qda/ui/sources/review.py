"""The review page: after reading and before anything is written, what every file was taken for, and what to change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import AttributeSheet, HowToRead, SourceDraft
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.preview import Preview
from cohesion_qda.ui.sources.rereading import Rereading
from cohesion_qda.ui.sources.review_foot import ReviewFoot
from cohesion_qda.ui.sources.review_head import FileHead
from cohesion_qda.ui.sources.review_item import FileRead, Item
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.sources.review_panel import Panel
from cohesion_qda.ui.sources.review_table import FilesModel, FilesView
from cohesion_qda.ui.sources.words import summary
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
    from cohesion_qda.formats.matching import Known

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
        self.left_out = Label("", "meta", "text2")
        self.foot = ReviewFoot(runner, review, self)
        self.add = self.foot.add
        self._is_importing = False
        self._is_narrow: bool | None = None
        self._build()
        self._connect()
        self._show_files()
        first = [item.draft for item in review.items if item.draft is not None]
        runner.ask(
            lambda project: (project.sources.known(), [project.sources.twin(draft) for draft in first]),
            self._know, key=(self, "known"),
        )  # fmt: skip

    def _build(self) -> None:
        self.setMinimumSize(860, 520)
        if self.parentWidget() is not None:
            room = self.parentWidget().window().size()
            self.resize(max(860, room.width() - 2 * AROUND), max(520, room.height() - 3 * AROUND))
        else:
            self.resize(1280, 720)
        self.header.add_action(self.only_looks)
        left = QWidget()
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setProperty("surface", "paper")
        under = QVBoxLayout(left)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self.table, 1)
        self.left_out.setWordWrap(True)
        self.left_out.setContentsMargins(16, 8, 16, 8)
        self.left_out.setProperty("edge", "top")
        under.addWidget(self.left_out)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.preview)
        self._split.addWidget(self.panel)
        self._split.setChildrenCollapsible(False)
        self.unread = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.unread)
        right = QWidget()
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right.setProperty("surface", "paper")
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.head)
        beside.addWidget(self._stack, 1)
        self._whole = QSplitter(Qt.Orientation.Horizontal)
        self._whole.addWidget(left)
        self._whole.addWidget(right)
        self._whole.setChildrenCollapsible(False)
        self._whole.setStretchFactor(1, 1)
        for splitter in (self._split, self._whole):
            splitter.setHandleWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self.banner, self.progress):
            column.addWidget(widget)
        column.addWidget(self._whole, 1)
        column.addWidget(self.foot)
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
        self.head.right_wanted.connect(self._set_right)
        self.head.like_wanted.connect(self._apply_to_like)
        self.only_looks.cleared.connect(lambda: self.show_only_looks(False))
        self._again.arrived.connect(self._arrived)
        self._runner.working.connect(self.progress.show_progress)
        self._runner.idle.connect(self._settle)
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
        self.head.show_item(item, len(self.review.like(item)) if item is not None else 0)
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
            self.head.show_item(item, len(self.review.like(item)) if item is not None else 0)
            self.preview.refresh()
            self.panel.show_item(item)

    def _recount(self) -> None:
        review = self.review
        self.header.set_meta(summary(len(review.items), len(review.looks), len(review.errors)))
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
        self._refresh(self.table.current)

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

    def _apply_to_like(self) -> None:
        item = self.table.current
        if item is None:
            return
        wanted = {self.review.items[place]: how for place, how in self.review.apply_to_like(item).items()}
        numbers = {other.path: self.review.ask(other, how) for other, how in wanted.items()}
        self._again.read({other.path: how for other, how in wanted.items()}, numbers)
        self._refresh(item)

    def _arrived(self, read: FileRead, number: int) -> None:
        item = next((item for item in self.review.items if item.path == read.path), None)
        if item is not None and self.review.answer(item, number, read):
            self._refresh(item)
            if self._is_importing and not self.review.is_waiting:
                self.accept()

    def _know(self, answer: tuple[Known, list[str]]) -> None:
        """Hear what the project has already: a sheet may be about that too, and files may be here."""
        self.review.know(*answer)
        self.files.refresh()
        self._recount()

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
        if not self.review.is_touched:
            self.leave()
            return
        box = QMessageBox(QMessageBox.Icon.NoIcon, _("Import"), _("Leave without importing?"), parent=self)
        box.setInformativeText(_("Nothing was written. What you said here about the files will be forgotten."))
        box.addButton(_("Leave"), QMessageBox.ButtonRole.AcceptRole).clicked.connect(self.leave)
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
