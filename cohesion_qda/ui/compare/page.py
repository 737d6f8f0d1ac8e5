"""Compare: which codes came up where, and how widely."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import QUESTION, Row
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare import words
from cohesion_qda.ui.compare.chart import BARS, Bar, Chart, ChartView
from cohesion_qda.ui.compare.drawer import HIGH, Drawer
from cohesion_qda.ui.compare.grid import CompareTable
from cohesion_qda.ui.compare.model import CODE
from cohesion_qda.ui.compare.question import Found, look
from cohesion_qda.ui.compare.words import Choice
from cohesion_qda.ui.page import COUNTED, Page
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.retrieve.cards import Card, cards_of_passages
from cohesion_qda.ui.retrieve.filters import name_in_words
from cohesion_qda.ui.retrieve.flow import FilterBar
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, EmptyState, Label, LinkButton, PageHeader, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

BESIDE = 72  # pixels left and right of the table and the chart
NARROW = 920  # below this width, in pixels at normal text size, the chart gives way to the table


class ComparePage(Page):
    """The page: filters, the table with its chart, and the drawer of passages."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.choice = Choice()
        self._found: Found | None = None
        self._rows: list[Row] = []
        self._open: tuple[CodeId, str | None] | None = None
        self._make_header()
        self._make_filters()
        self._make_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._pile, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        current_theme().changed.connect(self._fit_chart)

    def _make_header(self) -> None:
        self.header = PageHeader(_("Compare"), "")
        self.chart_button = QuietButton(_("Save chart"), "chart", self.save_chart)
        self.copy_button = QuietButton(_("Copy table"), "copy", self.copy_table)
        self.export_button = PrimaryButton(_("Export…"), "export", self.export_table)
        for button in (self.chart_button, self.copy_button, self.export_button):
            self.header.add_action(button)

    def _make_filters(self) -> None:
        self.question_chip = Chip("", on_click=lambda: self._menu(self.question_chip, self._questions()))
        self.question_chip.cleared.connect(lambda: self.set_choice(question=None))
        self.by_chip = Chip("", on_click=lambda: self._menu(self.by_chip, self._attributes()))
        self.unit_chip = Chip("", on_click=lambda: self._menu(self.unit_chip, _units()))
        self.branch_chip = Chip("", on_click=lambda: self._menu(self.branch_chip, _branches()))
        self.order_chip = Chip("", on_click=lambda: self._menu(self.order_chip, _orders()))
        self.coder_chip = Chip("", on_click=lambda: self._menu(self.coder_chip, self._coders()))
        self.coder_chip.cleared.connect(lambda: self.set_choice(coder=""))
        self._bar = FilterBar(
            [self.question_chip, self.by_chip, self.unit_chip, self.branch_chip, self.order_chip, self.coder_chip]
        )

    def _make_upper(self) -> QWidget:
        self.table = CompareTable()
        self.table.opened.connect(self._open_cell)
        self.table.moved.connect(self._moved)
        self.table.left.connect(self.close_drawer)
        self.chart = ChartView()
        self.chart.chosen.connect(lambda code: self.open_evidence(CodeId(code), None))
        self.more = LinkButton("", on_click=lambda: self.set_choice(unused=not self.choice.unused))
        self.notes = Label("", "meta", "text2")
        self.notes.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.table, 1)
        link = QHBoxLayout()
        link.addSpacing(-6)
        link.addWidget(self.more)
        link.addStretch(1)
        left.addLayout(link)
        left.addWidget(self.notes)
        left.addStretch(0)
        upper = QWidget()
        upper.setProperty("surface", "paper")
        row = QHBoxLayout(upper)
        row.setContentsMargins(24, 4, 12, 12)
        row.setSpacing(28)
        row.addLayout(left, 1)
        self._chart_area = QScrollArea()
        self._chart_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._chart_area.setWidget(self.chart)
        self._chart_area.installEventFilter(self)
        self._chart_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._chart_area)
        return upper

    def _make_drawer(self) -> None:
        self.drawer = Drawer()
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.show_all.connect(self._show_all)
        self.drawer.list.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        self.drawer.list.copied.connect(self._copied_quotes)
        self.drawer.hide()

    def _make_body(self) -> None:
        self._make_drawer()
        upper = self._make_upper()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(4)
        self._split.addWidget(upper)
        self._split.addWidget(self.drawer)
        self.drawer.installEventFilter(self)  # while passages are open, the chart makes room for columns that are cut
        self._split.setStretchFactor(0, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._split, 1)
        self.empty = EmptyState(
            _("No passages coded yet. Select some words and press C; the counts will appear here."),
            _("Go to Read & code"),
            lambda: self.go_to.emit("read"),
        )
        self._pile = QStackedWidget()
        self._pile.addWidget(full)
        self._pile.addWidget(self.empty)

    # -- what the window calls ---------------------------------------------------------------------------------------

    def entered(self) -> None:
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        if change.touches(*COUNTED):
            self._reload()

    def areas(self) -> list[QWidget]:
        return [self._bar, self.table, self.chart, self.drawer.list]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Arrow keys"), _("move between cells")),
            (_("Enter"), _("show evidence")),
            (_("Esc"), _("close")),
        ]

    # -- asking ------------------------------------------------------------------------------------------------------

    def set_choice(self, **changes: object) -> None:
        """Show something else: by, question, branch, coder, unit, order or unused."""
        self.choice = replace(self.choice, **changes)
        if self._found is not None and set(changes) <= {"question", "unit", "order", "unused"}:
            self._found = replace(self._found, choice=self.choice)
            self._show(self._found)
        else:
            self._reload()

    def forget_codings(self) -> None:
        self.header.set_meta("")
        self.drawer.hide()
        self.notes.hide()
        self._pile.setCurrentIndex(1)

    def _forget(self, _info: object = None) -> None:
        self.choice, self._found, self._open = Choice(), None, None
        self.drawer.hide()

    def _reload(self) -> None:
        choice, is_first = self.choice, self._found is None
        self.runner.ask(lambda project: look(project, choice, is_first=is_first), self._show, key=(self, "table"))

    def _show(self, found: Found) -> None:
        self._found, self.choice = found, found.choice
        is_used = bool(found.table.base.mentions)
        self._pile.setCurrentIndex(0 if is_used else 1)
        for button in (self.chart_button, self.copy_button, self.export_button):
            button.setVisible(is_used)
        rows = words.rows_of(found.table, found.tree, self.choice)
        used = [row for row in rows if row.total.mentions]
        self._rows = rows if self.choice.unused else used
        self._say(found, rows, len(rows) - len(used))
        place = self.table.current_place()
        self.table.table.show(found.table, self._rows, found.tree, self.choice)
        if place is not None:
            self._go_to(*place)
        self._show_chart(found, used)
        if self._open is not None and self.table.table.place_of(*self._open)[0] < 0:
            self.close_drawer()
        self._ask_evidence(keep=True)

    def _say(self, found: Found, rows: list[Row], unused: int) -> None:
        choice, tree = self.choice, found.tree
        by = (
            _("Codes by {attribute}").format(attribute=name_in_words(choice.by))
            if choice.by
            else _("Codes in the whole study")
        )
        self.header.set_title(by)
        self.header.set_meta(words.totals(found.table, rows, found.unread) if found.table.base.mentions else "")
        question = tree[choice.question].name if choice.question is not None else ""
        self.question_chip.set_on(bool(question), question or self._all_questions())
        self.question_chip.setVisible(len(self._questions()) > 1)
        self.by_chip.set_on(
            False, _("By {attribute}").format(attribute=name_in_words(choice.by)) if choice.by else _("Whole study")
        )
        self.unit_chip.set_on(False, _words_for(_units(), choice.unit))
        self.branch_chip.set_on(False, _words_for(_branches(), choice.branch))
        self.order_chip.set_on(False, _words_for(_orders(), choice.order))
        self.coder_chip.set_on(bool(choice.coder), choice.coder or _("All coders"))
        self.coder_chip.setVisible(len(found.choices.coders) > 1)
        shown = choice.unused
        show = ngettext("Show {n} code not used yet", "Show {n} codes not used yet", unused).format(n=unused)
        hide = ngettext("Hide {n} code not used yet", "Hide {n} codes not used yet", unused).format(n=unused)
        self.more.setText(hide if shown else show)
        self.more.setVisible(bool(unused))
        notes = words.notes(found.table, choice.unit, found.coders)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def _show_chart(self, found: Found, used: list[Row]) -> None:
        base = found.table.base
        shown = words.shown_unit(found.table, self.choice.unit)
        unit = words.chart_unit(used, shown, base, self.choice.order)
        is_level = unit == "participants" and words.is_level(used, shown, self.choice.order)
        rows = used[:BARS] if is_level else sorted(used, key=lambda row: -row.total.of(unit))[:BARS]
        most = base.groups if unit == "groups" else max((row.total.of(unit) for row in rows), default=0)
        question = found.tree[self.choice.question].name if self.choice.question is not None else ""
        bars = tuple(Bar(row.code, row.name, row.total.of(unit)) for row in rows if row.total.of(unit))
        self.chart.show_chart(
            Chart(
                words.level_headline(used, base, question) if is_level else words.headline(used, base, unit, question),
                bars,
                most,
                words.caveat(base, unit, is_level=is_level),
                base.of(unit),
            )
        )
        self._fit_chart()

    # -- evidence ----------------------------------------------------------------------------------------------------

    def _open_cell(self, index: QModelIndex) -> None:
        column = self.table.table.column_at(index.column())
        self.open_evidence(self.table.table.rows[index.row()].code, column.value if column is not None else None)

    def open_evidence(self, code: CodeId, value: str | None) -> None:
        """Open the passages behind a cell; `value` None is the total."""
        if not self.drawer.isVisible():
            self.drawer.show()
            high = min(current_theme().px(HIGH), self._split.height() // 2)
            self._split.setSizes([max(120, self._split.height() - high), high])
        self._open = (code, value)
        self.table.is_open = True
        self._go_to(code, value)
        self._ask_evidence(keep=False)

    def close_drawer(self) -> None:
        """Close the passages; the keys work on the table's cell again."""
        self._open = None
        self.table.is_open = False
        self.drawer.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, index: QModelIndex) -> None:
        if self._open is not None and index.isValid() and self.drawer.isVisible():
            place = self.table.current_place()
            if place is not None and place != self._open:
                self._open = place
                self._ask_evidence(keep=False)

    def _ask_evidence(self, *, keep: bool) -> None:
        if self._open is None:
            return
        (code, value), choice = self._open, self.choice

        def question(project: Project) -> list[Card]:
            tree = project.codebook.tree()
            if code not in tree:
                return []
            passages = project.tables.evidence(
                code, by=choice.by, value=value, branch=choice.branch, coder=choice.coder or None
            )
            chips = choice.branch and bool(tree.children(code))
            return cards_of_passages(passages, tree, chips=chips)

        self.runner.ask(question, lambda cards: self._evidence_arrived(cards, keep), key=(self, "evidence"))

    def _evidence_arrived(self, cards: list[Card], keep: bool) -> None:
        if self._open is None or self._found is None:
            return
        code, value = self._open
        model = self.table.table
        row, column = model.place_of(code, value)
        if row < 0:
            self.close_drawer()
            return
        index = model.index(row, column)
        name = model.rows[row].name
        where = model.column_at(column)
        title = _("{code} in {value}").format(code=name, value=where.label) if where is not None else name
        self.drawer.show_passages(
            title, words.counts_told(model.count_at(index), model.base_at(column)), cards, keep=keep
        )
        self.table.scrollTo(index)

    def _go_to(self, code: CodeId, value: str | None) -> None:
        row, column = self.table.table.place_of(code, value)
        current = self.table.currentIndex()
        if row >= 0 and not (value is None and current.row() == row and current.column() == CODE):
            self.table.setCurrentIndex(self.table.table.index(row, column))

    def _show_all(self) -> None:
        if self._open is not None:
            self.show_code.emit(self._open[0])

    # -- taking it away ----------------------------------------------------------------------------------------------

    def copy_table(self) -> None:
        """Put the table on the clipboard, for spreadsheets and for documents."""
        if self._found is None:
            return
        unit = words.shown_unit(self._found.table, self.choice.unit)
        grid = words.as_grid(self._found.table, self._rows, unit)
        data = QMimeData()
        data.setText(words.as_tsv(grid))
        data.setHtml(words.as_html(grid))
        QGuiApplication.clipboard().setMimeData(data)
        said = ngettext("Copied a table of {n} code", "Copied a table of {n} codes", len(self._rows))
        self.say.emit(said.format(n=len(self._rows)), False)

    def export_table(self) -> None:
        """Write what is seen to a .csv or .xlsx file."""
        if self._found is None:
            return
        name = f"{self.header.title.text()}.xlsx"
        kinds = _("Excel workbook (*.xlsx);;Comma-separated values (*.csv)")
        path = choose.save_file(self, _("Export the table"), kinds, Path.home() / name)
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(".xlsx")
        table = words.with_rows(self._found.table, self._rows)
        table = replace(table, notes=words.notes(table, self.choice.unit, self._found.coders))
        unit = words.shown_unit(self._found.table, self.choice.unit)
        self.runner.do(
            lambda project: project.tables.write(table, unit, path),
            lambda _change: self.say.emit(_("Exported to {path}").format(path=path.name), False),
            title=_("Exporting the table"),
        )

    def save_chart(self) -> None:
        """Write the chart to an .svg or .png file."""
        kinds = _("Scalable picture (*.svg);;Picture (*.png)")
        path = choose.save_file(self, _("Save the chart"), kinds, Path.home() / f"{self.header.title.text()}.svg")
        if path is None:
            return
        path = path if path.suffix.lower() in (".svg", ".png") else path.with_name(path.name + ".svg")
        try:
            self.chart.save(path)
        except UserError as error:
            self.runner.failed.emit(error)
        else:
            self.say.emit(_("Saved the chart as {path}").format(path=path.name), False)

    def _copied_quotes(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)

    # -- menus -------------------------------------------------------------------------------------------------------

    def _menu(self, chip: Chip, entries: list[tuple[str, str, object]]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for said, name, value in entries:
            if not name:
                add_title(menu, said)
                continue
            action = menu.addAction(
                said.replace("&", "&&"), lambda name=name, value=value: self.set_choice(**{name: value})
            )
            action.setCheckable(True)
            action.setChecked(getattr(self.choice, name) == value)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def _questions(self) -> list[tuple[str, str, object]]:
        if self._found is None:
            return []
        roots = [code for code in self._found.tree.children() if self._found.tree.children(code.id)]
        return [(self._all_questions(), "question", None), *((code.name, "question", code.id) for code in roots)]

    def _all_questions(self) -> str:
        roots = [code for code in self._found.tree.children() if code.is_question] if self._found is not None else []
        return _("All {n} questions").format(n=len(roots)) if len(roots) > 1 else _("All codes")

    def _attributes(self) -> list[tuple[str, str, object]]:
        if self._found is None:
            return []
        choices = self._found.choices
        entries: list[tuple[str, str, object]] = [(_("Whole study"), "by", "")]
        for title, about in ((_("Of sources"), "source"), (_("Of people"), "participant")):
            names = choices.names(about)
            if names:
                entries.append((title, "", None))
                entries.extend((_with_capital(name_in_words(name)), "by", name) for name in names)
        if choices.names("section"):
            entries.append((_("Of the talk"), "", None))
            entries.append((_with_capital(name_in_words(QUESTION)), "by", QUESTION))
        return entries

    def _coders(self) -> list[tuple[str, str, object]]:
        names = self._found.choices.coders if self._found is not None else ()
        return [(_("All coders"), "coder", ""), *((name, "coder", name) for name in names)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_chart()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._chart_area and event.type() == QEvent.Type.Resize:
            self.chart.fit_into(self._chart_area.height())
        elif watched is self.drawer and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit_chart()
        return super().eventFilter(watched, event)

    def _fit_chart(self) -> None:
        self._chart_area.setFixedWidth(self.chart.sizeHint().width() + 12)
        room = self.width() - self._chart_area.width() - BESIDE
        is_crowded = room < self.table.whole_width() and not self.drawer.isHidden() and not self.chart.hasFocus()
        self._chart_area.setVisible(self.width() >= current_theme().px(NARROW) and not is_crowded)


def _with_capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _units() -> list[tuple[str, str, object]]:
    return [(_("Groups and people"), "unit", "groups"), (_("Mentions"), "unit", "mentions")]


def _branches() -> list[tuple[str, str, object]]:
    return [(_("Without the codes under it"), "branch", False), (_("With the codes under it"), "branch", True)]


def _orders() -> list[tuple[str, str, object]]:
    return [(words.order_words(order).capitalize(), "order", order) for order in words.ORDERS]


def _words_for(entries: list[tuple[str, str, object]], value: object) -> str:
    return next((said for said, _name, known in entries if known == value), "")
