"""Retrieve: the passages that fit a query, counted, one step from their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Query, Term
from cohesion_qda.ui import choose
from cohesion_qda.ui.page import COUNTED, Page, own_action
from cohesion_qda.ui.retrieve.acts import PassageActs, copied
from cohesion_qda.ui.retrieve.arranging import groups, menu_under, orders
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.look import PAGE, Beside, Found, Wish, beside, counted, look, title_of
from cohesion_qda.ui.retrieve.narrowing import Narrowing, Offer
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.retrieve.querybar import QueryBar
from cohesion_qda.ui.retrieve.saved import Saved
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, EmptyState, Label, PageHeader, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.report.passages import PassageReport

SHOWN = (*COUNTED, "memo", "memo_link")
MOST_KEPT = 2000  # passages read again when something changed while so many were shown


class RetrievePage(Page):
    """The page. `choose_code` shows the passages of a code, `ask_for` those of any query."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.wish = Wish()
        self.found: Found | None = None
        self._beside, self._is_stale = Beside(Offer(), {}, ()), True
        self._keep = False
        self._later = QTimer(self)  # what the menus offer is read when the passages are painted
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._read_beside)
        self._make_header()
        self._make_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._make_bar())
        column.addWidget(self.missing)
        column.addWidget(self._pile, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self._moved()

    def _make_header(self) -> None:
        self.header = PageHeader(_("Retrieve"), "")
        self.export_button = QuietButton(_("Export …"), "export", self.export)
        self.copy_button = QuietButton(_("Copy quotation"), "copy", lambda: self.list.copy())
        self.read_button = PrimaryButton(_("Read in context"), "read", self._read_current)
        for button in (self.export_button, self.copy_button, self.read_button):
            self.header.add_action(button)

    def _make_list(self) -> None:
        self.list = PassageList(_("Passages"), removable=True)
        self.list.read.connect(self._read)
        self.list.copied.connect(lambda n: self.say.emit(copied(n), False))
        self.list.moved.connect(self._moved)
        self.list.cards.wanted.connect(self._read_more)
        self.acts = PassageActs(self.runner, self.list, self._told)
        self.empty = EmptyState("", _("Go to Read & code"), lambda: self.go_to.emit("read"))
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        self.missing = Label("", "interface", "warn")
        self.missing.setWordWrap(True)
        self.missing.setContentsMargins(24, 0, 24, 12)
        self.missing.hide()

    def _make_bar(self) -> QFrame:
        self.query_bar = QueryBar()
        self.query_bar.edited.connect(self.ask_for)
        self.narrowing = Narrowing()
        self.narrowing.edited.connect(self.ask_for)
        self.saved = Saved(self.runner, self._told, self)
        self.saved.opened.connect(self._open_saved)
        self.order_chip = Chip("", on_click=self._open_orders)
        self.group_chip = Chip("", on_click=self._open_groups)
        self._bar = QFrame()
        self._bar.setProperty("surface", "paper")
        column = QVBoxLayout(self._bar)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        for left, right in ((self.query_bar, (self.saved.chip,)), (self.narrowing, (self.group_chip, self.order_chip))):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(left, 1)
            for chip in right:
                row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)
        self._say_arrangement()
        return self._bar

    # -- what the window calls ---------------------------------------------------------------------------------------

    def choose_code(self, code: int) -> None:
        """Show all passages of a code and those under it."""
        self.ask_for(Query((Term(CodeId(code)),)))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for(self, query: Query) -> None:
        """Show what fits a query."""
        self._keep = False
        self._ask(replace(self.wish, query=query))

    def entered(self) -> None:
        self._keep = self.found is not None
        self._is_stale = True
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def areas(self) -> list[QWidget]:
        return [self.query_bar, self.narrowing, self.list]

    def on_change(self, change: Change) -> None:
        if change.touches(*SHOWN):
            self._keep = self._is_stale = True
            self._reload()
        elif change.touches("saved_query"):
            self._read_beside()

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Enter"), _("read in context")),
            (_("Ctrl+C"), _("copy quotation")),
            (_("R"), _("recode")),
            (_("M"), _("memo")),
            (_("Delete"), _("remove the code")),
        ]

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return {
            "edit": [
                own_action(self, _("Add a code to the query …"), "Ctrl+Shift+A", self.query_bar.add_term),
                own_action(self, _("Narrow the query …"), "Ctrl+Shift+L", self.narrowing.open_menu),
                own_action(self, _("Saved queries …"), "Ctrl+Shift+O", self.saved.open_menu),
                own_action(self, _("Save the query as …"), "Ctrl+Shift+K", self.saved.save_as),
                own_action(self, _("Start a new query"), "Ctrl+Shift+D", lambda: self.ask_for(Query())),
            ],
            "file": [own_action(self, _("Export the passages …"), "Ctrl+Shift+X", self.export)],
        }

    # -- asking ------------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self.found, self._keep, self._is_stale = None, False, True
        self._beside = Beside(Offer(), {}, ())
        self.list.show_rows([])
        self.header.set_meta("")

    def _forget(self, _info: object = None) -> None:
        self.wish, self.found, self._keep, self._is_stale = Wish(), None, False, True
        self.saved.current = None
        self.list.show_rows([])

    def _ask(self, wish: Wish) -> None:
        self.wish = wish
        self._reload()

    def _reload(self) -> None:
        wish = replace(self.wish, only=self.runner.only_coder)
        count = PAGE
        if self._keep and self.found is not None:
            count = min(MOST_KEPT, max(PAGE, len(self.list.cards.cards())))
        self.runner.ask(lambda project: look(project, wish, 0, count), self._arrived, key=(self, "passages"))

    def _read_beside(self) -> None:
        self.runner.ask(beside, self._beside_arrived, key=(self, "beside"))

    def _read_more(self) -> None:
        found = self.found
        if found is not None:
            wish, first = found.wish, found.page.first + len(found.page.passages)
            self.runner.ask(lambda project: look(project, wish, first), self._more_arrived, key=(self, "more"))

    def _arrived(self, found: Found) -> None:
        self.found = found
        self.wish = replace(self.wish, query=found.wish.query, group=found.wish.group)
        page, tree = found.page, found.tree
        self.query_bar.show_query(page.query, tree)
        self.narrowing.show_query(page.query, with_coders=found.wish.only is None)
        self.saved.show_query(page.query)
        self.acts.show_codes(tree, self._beside.counts)
        self.header.set_title(title_of(page.query, tree))
        self.header.set_meta(counted(page.total, page.count, page.base))
        self.missing.setText("\n".join(page.missing))
        self.missing.setVisible(bool(page.missing))
        self._say_arrangement()
        self._pile.setCurrentWidget(self.list if page.total else self.empty)
        self.empty.set_sentence(_nothing(found))
        is_to_code = len(page.query.terms) < 2 and not page.query.is_filtered and not _asks_for_deleted(found)
        self.empty.button.setVisible(is_to_code)
        self.export_button.disable("" if page.total else _("No passage fits"))
        self.list.show_rows(found.rows, keep=self._keep, is_more=found.is_more)
        if not self._keep:
            self.list.choose_first()
        self._keep = False
        if self._is_stale:
            self._is_stale = False
            self._later.start()

    def _more_arrived(self, found: Found) -> None:
        if self.found is not None and found.wish == self.found.wish:
            self.found = found
            self.list.cards.append(found.rows, is_more=found.is_more)

    def _beside_arrived(self, answer: Beside) -> None:
        self._beside = answer
        self.query_bar.show_counts(answer.counts)
        self.narrowing.show_offer(answer.offer)
        self.saved.show_saved(answer.saved)
        self.saved.show_query(self.wish.query)
        if self.found is not None:
            self.acts.show_codes(self.found.tree, answer.counts)
        self._say_arrangement()

    # -- what the person does ----------------------------------------------------------------------------------------

    def _open_saved(self, query: Query) -> None:
        self.ask_for(query)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_orders(self) -> None:
        menu_under(self.order_chip, orders(), self.wish.order, self.set_order)

    def _open_groups(self) -> None:
        menu_under(self.group_chip, groups(self._beside.offer.choices), self.wish.group, self.set_group)

    def set_order(self, order: str) -> None:
        """One of `model.query.ORDERS`."""
        self._ask(replace(self.wish, order=order))

    def set_group(self, group: str) -> None:
        """One of `model.query.GROUPS`, or the name of an attribute or of the question asked."""
        self._ask(replace(self.wish, group=group))

    def export(self) -> None:
        """Write everything that fits to a file that the person names."""
        found = self.found
        if found is None or not found.page.total or self.runner.info is None:
            return
        saved = self.saved.current
        title = saved.name if saved is not None and saved.query == found.page.query else _("Passages")
        kinds = _("Word document (*.docx);;Spreadsheet (*.xlsx);;Web page (*.html)")
        suggestion = self.runner.info.path.parent / f"{title}.docx"
        path = choose.save_file(self, _("Export the passages"), kinds, suggestion)
        if path is not None:
            self._export_to(path if path.suffix else path.with_suffix(".docx"), found.wish, title)

    def _export_to(self, path: Path, wish: Wish, title: str) -> None:
        from cohesion_qda.report import passages

        def task(report: PassageReport, job: Job) -> Path:
            passages.write(report, path, job)
            return path

        def write_it(report: PassageReport) -> None:
            self.runner.work(
                _("Writing the passages"),
                lambda job: task(report, job),
                lambda path: self._exported(path, report.singled),
            )

        self.runner.ask(
            lambda project: project.retrieval.snapshot(wish.query, order=wish.order, group=wish.group, title=title),
            write_it,
            title=_("Reading the passages"),
        )

    def _exported(self, path: Path, singled: Sequence[str] = ()) -> None:
        self.runner.do(lambda project: project.retrieval.note(path))
        said = _("Wrote {name}. {warning}") if singled else _("Wrote {name}")
        self.say.emit(said.format(name=path.name, warning="".join(singled[:1])), False)

    def _read_current(self) -> None:
        card = self.list.current_card()
        if card is not None:
            self._read(card)

    def _read(self, card: Card) -> None:
        self.open_passage.emit(card.source, card.span)

    def _told(self, change: Change) -> None:
        if not change.is_empty:
            self.say.emit(change.said, True)

    def _moved(self) -> None:
        reason = "" if self.list.current_card() is not None else _("Choose a passage first")
        self.read_button.disable(reason)
        self.copy_button.disable(reason)

    def _say_arrangement(self) -> None:
        self.order_chip.setText(orders()[self.wish.order])
        named = groups(self._beside.offer.choices)
        self.group_chip.setText(named.get(self.wish.group, self.wish.group).replace("&", "&&"))


def _asks_for_deleted(found: Found) -> bool:
    return any(term.code not in found.tree for term in found.page.query.terms)


def _nothing(found: Found) -> str:
    """Why nothing is shown."""
    query = found.page.query
    if _asks_for_deleted(found):
        return _("A code that was deleted finds nothing. Take it out of the query, or undo to bring it back.")
    if found.wish.only is not None:
        return _("Nothing that you coded fits; others’ codings are hidden.")
    if query.is_filtered:
        return _("No passage fits these filters. Take one away to see more.")
    if len(query.terms) > 1:
        return _("No passage fits this query. Take a code out, or join it otherwise, to see more.")
    if query.terms:
        return _("Nothing is coded with this code yet. Select some words and press C.")
    return _("No passages coded yet. Select some words and press C.")
