"""An answer on the page: its parts as tabs, the table with its figure, what to know of it, and the passages behind any cell."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Cell, Head, Key, Line, Part
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.ui.compare import cells
from cohesion_qda.ui.compare.drawer import HIGH, Drawer, cards_of
from cohesion_qda.ui.compare.grid import AnswerTable
from cohesion_qda.ui.compare.notes import Notes
from cohesion_qda.ui.compare.picture import LEAST, MOST, Picture
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.ui.retrieve.cards import Card

NETWORK = 620  # pixels that a network takes beside a table
GAP = 28  # pixels between the table and the figure
FIRST = ("portrait", "timeline")  # figures that say more than their table: shown where there is no room for both
TABLE_LEAST, TABLE_WANTS = (
    400,
    560,
)  # pixels that a table needs beside a figure, and is content with, at normal text size


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of an answer wherever it stands; `head` and `cell` are None for a whole line."""

    line: Line
    head: Head | None
    cell: Cell | None


def find(part: Part, key: Key) -> Place | None:
    """The cell (or line) with that key."""
    for line in (*part.lines, *([part.foot] if part.foot else [])):
        for head, cell in zip(part.heads, line.cells, strict=False):
            if cell.key == key:
                return Place(line, head, cell)
        if line.key == key:
            return Place(line, None, None)
    return None


class Result(QWidget):
    """Shows an answer, one part at a time."""

    read = Signal(object)  # Card: read it in context
    show_code = Signal(int)
    copied_quotes = Signal(int)
    looked = Signal()  # another part, figure or look is shown
    copy_table = Signal()  # asked for by the keys

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.answer: Answer | None = None
        self.part: Part | None = None
        self.tree = CodeTree()
        self.look = ""  # both, table or figure; empty: both, unless one would only repeat the other
        self.is_unused_shown = False
        self._orders: dict[tuple[str, str], tuple[Hashable, bool]] = {}  # by what stands over the column
        self._needs: dict[tuple[str, str, str], int] = {}  # pixels that a figure was found to take
        self._names: dict[tuple[str, str], str] = {}
        self._open: tuple[str, Key, str] | None = None  # part, key, and what to call it where its cell is not shown
        self._make()
        current_theme().changed.connect(self._dressed)

    # -- making --------------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.tabs = TabStrip(_("Parts of the answer"), ())
        self.tabs.tabs.currentChanged.connect(self._tab)
        self.tabs.hide()
        self.drawer = Drawer()
        self.drawer.closed.connect(self.close_drawer)
        self.drawer.show_all.connect(self._show_all)
        self.drawer.list.read.connect(self.read)
        self.drawer.list.copied.connect(self.copied_quotes)
        self.drawer.hide()
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(4)
        self._split.addWidget(self._make_upper())
        self._split.addWidget(self.drawer)
        self._split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._split, 1)

    def _make_upper(self) -> QWidget:
        self.table = AnswerTable()
        self.table.opened.connect(self._open_cell)
        self.table.moved.connect(self._moved)
        self.table.left.connect(self.close_drawer)
        self.table.sorting.connect(self.sort_by)
        self.table.copying.connect(self.copy_table)
        self.picture = Picture(self._runner)
        self.picture.drawn.connect(self._drawn)
        self.picture.figure.opened.connect(self.open_key)
        self.picture.figure.left.connect(self.close_drawer)
        self.headline = Label("", "panel_title")
        self.subtitle = Label("", "meta", "text2")
        for label in (self.headline, self.subtitle):
            label.setWordWrap(True)
        self.more = LinkButton("", on_click=self.toggle_unused)
        self.more.setProperty("flush", True)
        self.notes = Notes()
        inside = QWidget()
        inside.setProperty("surface", "paper")
        left = QVBoxLayout(inside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(4)
        for widget, stretch in ((self.headline, 0), (self.subtitle, 0), (self.table, 1)):
            left.addWidget(widget, stretch)
        left.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.notes)
        left.addStretch(0)
        self._left = (
            QScrollArea()
        )  # where there is little height, the table keeps some rows, and the rest is scrolled to
        self._left.setWidget(inside)
        self._left.setWidgetResizable(True)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        upper = QWidget()
        upper.setProperty("surface", "paper")
        row = QHBoxLayout(upper)
        row.setContentsMargins(24, 8, 12, 12)
        row.setSpacing(GAP)
        row.addWidget(self._left, 1)
        row.addWidget(self.picture)
        return upper

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_answer(self, answer: Answer, tree: CodeTree) -> None:
        """Show an answer: the same part of it as before, where it has that."""
        before = self.part.key if self.part is not None and self._kind() == answer.asked.kind else ""
        self.answer, self.tree = answer, tree
        self._fill_tabs(before)
        keys = [part.key for part in answer.parts]
        self._show_part(before if before in keys else (keys[0] if keys else ""))
        if self._open is not None and self._find(*self._open[:2]) is None:
            self.close_drawer()
        self._ask_evidence(keep=True)

    def forget(self) -> None:
        """Show nothing that was counted."""
        self.answer = self.part = self._open = None
        self.drawer.list.show_rows([])
        self.drawer.hide()
        self.table.is_open = False
        self.table.show_part(Part("", "", "", (), ()), CodeTree(), None, with_unused=False)
        self.picture.clear()
        for label in (self.headline, self.subtitle):
            label.setText("")
        self.notes.show_notes((), ())

    def _kind(self) -> str:
        return self.answer.asked.kind if self.answer is not None else ""

    def _fill_tabs(self, before: str) -> None:
        assert self.answer is not None
        bar, parts = self.tabs.tabs, self.answer.parts
        bar.blockSignals(True)
        while bar.count():
            bar.removeTab(0)
        for at, part in enumerate(parts):
            bar.addTab(part.title.replace("&", "&&"))
            bar.setTabData(at, part.key)
            if part.key == before:
                bar.setCurrentIndex(at)
        bar.blockSignals(False)
        self.tabs.setVisible(len(parts) > 1)

    def _tab(self, at: int) -> None:
        if at >= 0 and self.answer is not None:
            self.close_drawer(take_focus=False)
            self._show_part(self.tabs.tabs.tabData(at))

    def _show_part(self, key: str) -> None:
        assert self.answer is not None
        self.part = self.answer.part(key) if key else None
        if self.part is None:
            return
        self._fill_table()
        self._say()
        self.fit()
        self.looked.emit()

    def _fill_table(self) -> None:
        assert self.part is not None
        over, falling = self._orders.get((self._kind(), self.part.key), (None, False))
        columns = [n for n in range(-1, len(self.part.heads)) if over is not None and self._over(n) == over]
        order = (columns[0], falling) if columns else None
        self.table.show_part(self.part, self.tree, order, with_unused=self.is_unused_shown)
        unused = self.table.answer.unused
        show = ngettext("Show {n} code not used yet", "Show {n} codes not used yet", unused).format(n=unused)
        hide = ngettext("Hide {n} code not used yet", "Hide {n} codes not used yet", unused).format(n=unused)
        self.more.setText(hide if self.is_unused_shown else show)
        self.more.setVisible(bool(unused))

    def _say(self) -> None:
        assert self.answer is not None and self.part is not None
        self.subtitle.setText(self.part.subtitle)
        self.headline.setText(self.part.headline)
        left_out = self.answer.made.left_out
        self.notes.show_notes((*self.part.notes, *self.answer.notes), left_out)

    def _dressed(self) -> None:
        self._needs.clear()
        self.fit()

    def fit(self) -> None:
        """Table and figure side by side where there is room for both; else the one that is wanted. While passages are open, the
        figure makes room for columns that are cut.
        """
        if self.part is None or self.answer is None:
            return
        look = self.shown_look()
        theme, room = current_theme(), self.width() - 36
        self.notes.setVisible(self.drawer.isHidden() and not self.notes.is_empty)
        had_focus = self._left.isAncestorOf(QApplication.focusWidget()), self.picture.figure.hasFocus()
        self._left.setVisible(look != "figure")
        self.picture.setVisible(look != "table")
        if any(had_focus) and (self.picture if had_focus[1] else self._left).isHidden():  # else Qt gives it to a chip
            (self.table if had_focus[1] else self.picture.figure).setFocus(Qt.FocusReason.OtherFocusReason)
        wide = room
        if look == "both":
            wide = max(self._least(), min(room - GAP - self.table.whole_width(), theme.px(MOST), round(room * 0.55)))
            self.picture.setFixedWidth(round(wide))
        else:
            self.picture.setMinimumWidth(0)
            self.picture.setMaximumWidth(16_777_215)
        self.headline.setVisible(look == "table" and bool(self.part.headline))
        self.subtitle.setVisible(look == "table" and bool(self.part.subtitle))
        if look != "table":
            self.picture.show_figure(self.answer, self.part, self.figure_name(), round(wide))

    def shown_look(self) -> str:
        """`both`, `table` or `figure`: what is wanted, as far as there is room and a figure."""
        if self.part is None or not self.part.figures:
            return "table"
        if not self.part.heads:
            return "figure"
        if self.look in ("table", "figure"):
            return self.look
        theme, wide = current_theme(), self.table.whole_width()
        room = self.width() - 36 - GAP - self._least()  # for the table, beside the figure
        is_open = not self.drawer.isHidden() and not self.picture.figure.hasFocus()
        is_same_twice = not self.look and self.part.figures == (
            "heat map",
        )  # the table is shaded as the figure would be
        if is_open or is_same_twice:
            return "both" if room >= wide else "table"
        wants = TABLE_LEAST if self.look == "both" else TABLE_WANTS
        if room >= max(theme.px(TABLE_LEAST), min(wide, theme.px(wants))):
            return "both"
        return "figure" if not self.look and self.part.figures[0] in FIRST else "table"

    def _least(self) -> int:
        """How many pixels a figure takes beside the table."""
        figures = self.part.figures if self.part is not None else ()
        is_network = "network" in (figures[1:2] if figures[:1] == ("heat map",) else figures[:1])
        need = self._needs.get((self._kind(), self.part.key if self.part is not None else "", self.picture.name), 0)
        return max(current_theme().px(NETWORK if is_network else LEAST), need)

    def _drawn(self) -> None:
        """Where a figure takes more than the room it has beside the table, it gets it, or stands alone."""
        need = self.picture.need
        if need and self.part is not None and self.shown_look() == "both":
            self._needs[self._kind(), self.part.key, self.picture.name] = need
            self.fit()
            self.looked.emit()

    def figure_name(self) -> str:
        """Which of the part's figures is shown."""
        if self.part is None or not self.part.figures:
            return ""
        name, figures = self._names.get((self._kind(), self.part.key), ""), self.part.figures
        if name in figures:
            return name
        is_beside = figures[0] == "heat map" and len(figures) > 1 and self.shown_look() == "both"
        return figures[1] if is_beside else figures[0]  # the table beside it is shaded as the heat map would be

    def choose_figure(self, name: str) -> None:
        """Show another figure of the part."""
        if self.part is not None:
            self._names[self._kind(), self.part.key] = name
            if self.shown_look() == "table":
                self.look = "figure"
            self.fit()
            self.looked.emit()

    def choose_look(self, look: str) -> None:
        """Show the table, the figure, or both; where there is no room for both, the other one than now."""
        self.look = look
        self.fit()
        self.looked.emit()

    def sort_by(self, column: int) -> None:
        """Sort by a column of the part: the most first, then the least, then as the answer has it. -1: by the labels."""
        if self.part is None:
            return
        at = (self._kind(), self.part.key)
        now, over = self._orders.get(at), self._over(column)
        first = column >= 0 and self.part.heads[column].form != "text"
        if now is None or now[0] != over:
            self._orders[at] = (over, first)
        elif now[1] == first:
            self._orders[at] = (over, not first)
        else:
            del self._orders[at]
        self._fill_table()

    def _over(self, column: int) -> Hashable:
        """What a column is known by when other columns come: what stands over it."""
        head = self.part.heads[column] if self.part is not None and column >= 0 else None
        return "" if head is None else (head.over, head.label, head.form)

    def toggle_unused(self) -> None:
        """Show or hide the codes that were not used yet."""
        self.is_unused_shown = not self.is_unused_shown
        self._fill_table()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = not self.picture.isHidden()
        self.fit()
        if before == self.picture.isHidden():
            self.looked.emit()

    # -- evidence ------------------------------------------------------------------------------------------------------

    def _open_cell(self, index: QModelIndex) -> None:
        key = self.table.answer.key(index)
        if key and self.part is not None:
            self.open_key(key, self.part.key)

    def open_key(self, key: Key, part: str, said: str = "") -> None:
        """Open the passages behind a cell, wherever it was clicked."""
        if not self.drawer.isVisible():
            self.drawer.show()
            high = min(current_theme().px(HIGH), self._split.height() // 2)
            self._split.setSizes([max(120, self._split.height() - high), high])
            self.fit()
            self.looked.emit()
        self._open = (part, key, said)
        self.table.is_open = True
        if self.part is not None and part == self.part.key and self.table.current_key() != key:
            self.table.go_to(key)
        self._ask_evidence(keep=False)

    def close_drawer(self, *, take_focus: bool = True) -> None:
        """Close the passages; the keys work on the table's cell, or the figure's mark, again."""
        was_open, self._open = self._open is not None, None
        self.table.is_open = False
        self.drawer.hide()
        self.fit()
        self.looked.emit()
        if take_focus and was_open:
            back = self.picture.figure if self.shown_look() == "figure" else self.table
            if not self.picture.figure.hasFocus():
                back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self, index: QModelIndex) -> None:
        if self._open is None or not index.isValid() or not self.drawer.isVisible() or self.part is None:
            return
        key = self.table.answer.key(index)
        if key and key != self._open[1]:
            self._open = (self.part.key, key, "")
            self._ask_evidence(keep=False)

    def _ask_evidence(self, *, keep: bool) -> None:
        if self._open is None or self.answer is None:
            return
        (part, key, _said), asked = self._open, self.answer.asked

        def question(project: Project) -> list[Card]:
            return cards_of(project.answers.behind(asked, part, key), project.codebook.tree())

        self._runner.ask(question, lambda cards: self._evidence_arrived(cards, keep), key=(self, "evidence"))

    def _evidence_arrived(self, cards: list[Card], keep: bool) -> None:
        if self._open is None or self.answer is None:
            return
        part, key, said = self._open
        found = self._find(part, key)
        title, counts = said, ""
        if found is not None:
            title = found.line.label
            if found.head is not None and found.cell is not None:
                title = _("{line}, {column}").format(line=found.line.label, column=cells.head_label(found.head))
                counts = cells.count_told(found.cell, found.head)
        has_code = found is not None and found.line.code is not None
        self.drawer.show_passages(title, counts, cards, keep=keep, has_code=has_code)
        if self.table.currentIndex().isValid():
            self.table.scrollTo(self.table.currentIndex())

    def _find(self, part: str, key: Key) -> Place | None:
        parts = self.answer.parts if self.answer is not None else ()
        return next((find(one, key) for one in parts if one.key == part), None)

    def _show_all(self) -> None:
        if self._open is None:
            return
        found = self._find(*self._open[:2])
        if found is not None and found.line.code is not None:
            self.show_code.emit(found.line.code)

    def areas(self) -> list[QWidget]:
        """What F6 moves between."""
        return [self.tabs.tabs, self.table, self.picture.figure, self.notes, self.drawer.list]
