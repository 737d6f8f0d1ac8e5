"""Memos: what was written about anything, to search, read and go on writing."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import MemoId
from cohesion_qda.model.memo import MemoEntry
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span
from cohesion_qda.ui.memos import words
from cohesion_qda.ui.memos.detail import MemoDetail
from cohesion_qda.ui.memos.editor import NewMemo
from cohesion_qda.ui.memos.listing import MemoList
from cohesion_qda.ui.memos.quotes import Quote
from cohesion_qda.ui.page import Page, own_action
from cohesion_qda.ui.retrieve.flow import FilterBar
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, EmptyState, PageHeader, PrimaryButton, SearchField

if TYPE_CHECKING:
    from cohesion_qda.project import Project

TYPING = 200  # milliseconds of rest before what was typed is looked for
SHOWN = ("memo", "memo_link", "source", "study_case", "code", "coding", "segment", "turn", "speaker", "coder")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which memos are to be shown, and which one is chosen."""

    coder: str = ""
    about: str = ""
    when: str = ""
    days: words.Between | None = None
    typed: str = ""
    memo: MemoId | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The memos that fit, how many there are in all and who wrote them; the chosen one with the passages it points to."""

    entries: tuple[MemoEntry, ...] = ()
    everything: int = 0
    coders: tuple[str, ...] = ()
    chosen: MemoEntry | None = None
    links: tuple[Place, ...] = ()


def look(project: Project, wish: Wish) -> Found:
    """Read the memos that fit `wish`, and the chosen one whether it fits or not. Runs on the project thread."""
    memos = project.memos
    everything = memos.list()
    since, until = wish.days.in_utc() if wish.days is not None else ("", "")
    entries = memos.entries(wish.about, coder=wish.coder, words=wish.typed, since=since, until=until)
    chosen = next((entry for entry in entries if entry.memo.id == wish.memo), None)
    if chosen is None and wish.memo in {memo.id for memo in everything}:
        chosen = next(entry for entry in memos.entries() if entry.memo.id == wish.memo)
    return Found(
        tuple(entries),
        len(everything),
        tuple(sorted({memo.coder for memo in everything}, key=str.casefold)),
        chosen,
        tuple(memos.links(chosen.memo.id)) if chosen is not None else (),
    )


class MemosPage(Page):
    """The page: filters, the list at the left, the chosen memo at the right."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.wish = Wish()
        self._found = Found()
        self._is_narrowing = False  # what was chosen need not stay, because other memos are asked for
        self.header = PageHeader(_("Memos"), "")
        self.new_button = PrimaryButton(_("New memo"), "plus", self.new_memo)
        self.header.add_action(self.new_button)
        self._make_filters()
        self.list = MemoList()
        self.list.chosen.connect(self._chosen)
        self.list.entered_on.connect(self.write)
        self.list.removal.connect(self.remove)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.detail = MemoDetail(runner)
        self.detail.editor.left.connect(self.list.setFocus)
        self.detail.editor.made.connect(self._made)
        self.detail.open_subject.connect(self.open_subject)
        self.detail.removal.connect(self.remove)
        self.detail.copy_wanted.connect(self.copy_as_text)
        self.detail.links.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        self.detail.links.removal.connect(self._unlink)
        self.detail.links.copied.connect(self._copied)
        self.detail.links.left.connect(self.list.setFocus)
        self._lay_out()
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    def _make_filters(self) -> None:
        self.coder_chip = Chip("", on_click=self._open_coders)
        self.coder_chip.cleared.connect(lambda: self.ask(coder=""))
        self.about_chip = Chip("", on_click=self._open_abouts)
        self.about_chip.cleared.connect(lambda: self.ask(about=""))
        self.when_chip = Chip("", on_click=self._open_whens)
        self.when_chip.cleared.connect(lambda: self.narrow_to(""))
        self.field = SearchField(_("Find words in memos"))
        self.field.setMinimumWidth(240)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(lambda: self.ask(typed=self.field.text()))
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._find_now)

    def _lay_out(self) -> None:
        self._bar = FilterBar([self.coder_chip, self.about_chip, self.when_chip], self.field)
        self.nothing = EmptyState("", _("Show every memo"), self.show_all)
        left = QStackedWidget()
        left.addWidget(self.list)
        left.addWidget(self.nothing)
        left.setMinimumWidth(240)
        self._left = left
        self._right = QStackedWidget()
        self.unchosen = EmptyState(_("Choose a memo to read it and go on writing."))
        self._right.addWidget(self.detail)
        self._right.addWidget(self.unchosen)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([440, 760])
        self.empty = EmptyState(_no_memos(), _("Write the first memo"), self.new_memo)
        self._pile = QStackedWidget()
        self._pile.addWidget(split)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._bar)
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
        return [self._bar, self.list, self.detail.editor.title, self.detail.links, self.new_button]

    def hints(self) -> list[tuple[str, str]]:
        return [(_("↑↓"), _("choose")), (_("Enter"), _("write")), (_("Delete"), _("delete")), (_("Esc"), _("back"))]

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        find = own_action(
            self, _("Find words in memos"), QKeySequence(QKeySequence.StandardKey.Find), self._go_to_field
        )
        copy = own_action(self, _("Copy the memo as text"), QKeySequence("Ctrl+Shift+C"), self.copy_as_text)
        new = own_action(self, _("New memo on the project"), QKeySequence("Ctrl+M"), self.new_memo)
        return {"edit": [find, copy], "code": [new]}

    # -- asking and showing ------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self._found = Found()
        self.list.show_entries((), None)
        self.detail.forget()

    def _forget(self, _info: object = None) -> None:
        self.wish, self._found = Wish(), Found()
        self.field.clear()
        self._typing.stop()
        self.detail.editor.forget()
        self.list.show_entries((), None)

    def ask(self, **changes: object) -> None:
        """Show other memos: `coder`, `about`, `when` with `days`, `typed`, or another one chosen: `memo`."""
        self._is_narrowing = "memo" not in changes
        self.wish = replace(self.wish, **changes)
        self._reload()

    def _reload(self) -> None:
        wish = self.wish
        self.runner.ask(lambda project: look(project, wish), self._arrived, key=(self, "memos"))

    def _arrived(self, found: Found) -> None:
        was, self._found = self._found, found
        editor = self.detail.editor
        fits = any(entry.memo.id == self.wish.memo for entry in found.entries)
        is_free = found.chosen is None or (self._is_narrowing and not fits)
        self._is_narrowing = False
        if is_free and not editor.is_busy and not editor.is_new:
            if found.entries:  # never nothing chosen while there is something to read
                self.ask(memo=self._beside(was, found) or found.entries[0].memo.id)
                return
            self.wish = replace(self.wish, memo=None)
            self._found = found = replace(found, chosen=None, links=())
        self.list.show_entries(found.entries, self.wish.memo)
        if found.chosen is not None and found.chosen.memo.id == self.wish.memo:
            is_same = editor.memo == found.chosen.memo.id
            self.detail.show_entry(found.chosen, found.links, keep=is_same)
        self._show_around()

    def _beside(self, was: Found, found: Found) -> MemoId | None:
        """The memo that stood after the chosen one, which is gone, or before it."""
        ids = [entry.memo.id for entry in was.entries]
        if self.wish.memo not in ids:
            return None
        at, there = ids.index(self.wish.memo), {entry.memo.id for entry in found.entries}
        return next((memo for memo in [*ids[at + 1 :], *reversed(ids[:at])] if memo in there), None)

    def _show_around(self) -> None:
        """Header, chips, and which of the empty states is in view."""
        found, wish, editor = self._found, self.wish, self.detail.editor
        info = self.runner.info
        locked = _("The project was opened for reading only.") if info is not None and info.is_read_only else ""
        self.new_button.disable(locked)
        self.empty.button.disable(locked)
        self.detail.set_read_only(bool(locked))
        said = words.counted(len(found.entries), found.everything)
        people = len(found.coders)
        self.header.set_meta(
            ngettext("{memos}  ·  {n} person", "{memos}  ·  {n} people", people).format(memos=said, n=people)
            if people
            else ""
        )
        self.coder_chip.set_on(bool(wish.coder), wish.coder or _("By anyone"))
        self.coder_chip.setVisible(people > 1 or bool(wish.coder))
        self.about_chip.set_on(bool(wish.about), words.about_words()[wish.about])
        when = wish.days.words if wish.when == "between" and wish.days is not None else words.when_words()[wish.when]
        self.when_chip.set_on(bool(wish.when), when)
        is_empty = not found.everything and not editor.is_new and editor.memo is None
        self._bar.setVisible(not is_empty)
        self.new_button.setVisible(not is_empty)
        self._pile.setCurrentIndex(1 if is_empty else 0)
        self.empty.set_sentence(_no_memos(is_blind=self.runner.is_blind))
        if is_empty and self.isVisible() and not self.isAncestorOf(QApplication.focusWidget()):
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.nothing.set_sentence(_("No memo fits. Take a filter away to see more."))
        is_unfit = not found.entries and bool(found.everything)
        self._left.setCurrentIndex(1 if is_unfit else 0)
        has_memo = found.chosen is not None or editor.is_new or editor.is_busy
        self._right.setCurrentIndex(0 if has_memo else 1)

    # -- what the person does ----------------------------------------------------------------------------------------------

    def new_memo(self) -> None:
        """Begin a memo on the project; it is there with its first words."""
        if self.runner.info is None or self.runner.info.is_read_only:
            return
        self.wish = replace(self.wish, memo=None)
        self.detail.start(NewMemo("project"))
        self.list.show_entries(self._found.entries, None)
        self.list.selectionModel().clear()
        self._show_around()
        self.detail.editor.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_memo(self, memo: MemoId) -> None:
        """Show one memo, whatever the filters are."""
        self.field.clear()
        self._typing.stop()
        self.ask(memo=memo, coder="", about="", when="", days=None, typed="")

    def show_all(self) -> None:
        """Take every filter away."""
        self.field.clear()
        self._typing.stop()
        self.ask(coder="", about="", when="", days=None, typed="")

    def write(self) -> None:
        """Go into the words of the chosen memo."""
        if self.list.current() is not None:
            self.detail.editor.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take the chosen memo away; Undo brings it back."""
        editor = self.detail.editor
        if self.runner.info is None or self.runner.info.is_read_only:
            return
        if editor.is_new:
            editor.forget()
            self._reload()
            return
        memo = editor.memo
        if memo is not None:
            editor.saving.flush()
            self.runner.do(lambda project: project.memos.delete(memo), self._removed)

    def _removed(self, change: Change) -> None:
        self.say.emit(change.said, True)
        if not self.detail.isAncestorOf(QApplication.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_subject(self) -> None:
        """Open what the chosen memo is about in its place."""
        chosen = self._found.chosen
        if chosen is None:
            return
        subject = chosen.subject
        if subject.place is not None:
            self.open_passage.emit(subject.place.source, subject.place.span)
        elif chosen.memo.about == "source":
            self.open_passage.emit(chosen.memo.subject, Span(0, 0))
        elif chosen.memo.about == "code":
            self.show_code.emit(chosen.memo.subject)
        elif chosen.memo.about == "study_case":
            self.go_to.emit("attributes")

    def copy_as_text(self) -> None:
        """Put the chosen memo on the clipboard, with what it is about and its passages."""
        chosen = self._found.chosen
        if chosen is not None:
            text = words.as_text(chosen, self._found.links, datetime.date.today())
            QGuiApplication.clipboard().setText(text)
            self.say.emit(_("Copied the memo"), False)

    def narrow_to(self, when: str) -> None:
        """Only memos written or changed at one of `words.WHEN`; for `between` the days are asked for."""
        if when != "between":
            self.ask(when=when, days=words.days_of(when, datetime.date.today()))
            return
        from cohesion_qda.ui.memos.days import DaysDialog

        today = datetime.date.today()
        dialog = DaysDialog(self.wish.days or words.Between(today - datetime.timedelta(days=7), today), self)
        dialog.accepted.connect(lambda: self.ask(when="between", days=dialog.days()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_menu(self, place: QPoint) -> None:
        """What can be done with the chosen memo."""
        if self.list.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Write in it"), self.write)
        if self.detail.open_button.text():
            menu.addAction(self.detail.open_button.text(), self.open_subject)
        menu.addAction(_("Copy as text"), self.copy_as_text)
        menu.addSeparator()
        menu.addAction(_("Delete (Undo brings it back)"), self.remove).setEnabled(self.detail.delete_button.isEnabled())
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _chosen(self) -> None:
        entry = self.list.current()
        if entry is not None and entry.memo.id != self.wish.memo:
            self.detail.editor.saving.flush()
            self.ask(memo=entry.memo.id)

    def _made(self) -> None:
        self.ask(memo=self.detail.editor.memo)

    def _unlink(self, cards: list[Quote]) -> None:
        memo, segments = self.wish.memo, [card.segment for card in cards]
        if memo is not None and segments and not self.detail.links.is_read_only:
            self.runner.do(
                lambda project: project.memos.unlink(memo, segments), lambda change: self.say.emit(change.said, True)
            )

    def _copied(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)

    def _go_to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _find_now(self) -> None:
        self._typing.stop()
        self.ask(typed=self.field.text())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_coders(self) -> None:
        entries = [("", _("By anyone")), *((name, name) for name in self._found.coders)]
        self._menu(self.coder_chip, entries, self.wish.coder, lambda value: self.ask(coder=value))

    def _open_abouts(self) -> None:
        self._menu(
            self.about_chip, [*words.about_words().items()], self.wish.about, lambda value: self.ask(about=value)
        )

    def _open_whens(self) -> None:
        self._menu(self.when_chip, [*words.when_words().items()], self.wish.when, self.narrow_to)

    def _menu(self, chip: Chip, entries: list[tuple[str, str]], current: str, then: Callable[[str], None]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, said in entries:
            action = menu.addAction(said, lambda value=value: then(value))
            action.setCheckable(True)
            action.setChecked(value == current)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))


def _no_memos(*, is_blind: bool = False) -> str:
    if is_blind:
        return _("No memo that you may see yet; what others wrote on their codings is hidden.")
    return _("No memos yet. A memo holds what you notice, wonder or decide: about the project, or about a source, person, code or passage.")  # fmt: skip
