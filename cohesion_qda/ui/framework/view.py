"""The framework matrix in the window: the grid at the left, the current cell at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.framework import CellPassages, Matrix, Spot, Summaries
from cohesion_qda.ui.framework.cell import CellPanel
from cohesion_qda.ui.framework.grid import MatrixGrid
from cohesion_qda.ui.framework.model import CODES
from cohesion_qda.ui.memos.editor import WIDE
from cohesion_qda.ui.page import COUNTED, own_action
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import EmptyState, Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WRITTEN = ("summary", "summary_passage")
NOTHING = Matrix((), (), Summaries(), {})


@dataclass(frozen=True, slots=True)
class Found:
    """The matrix that is shown, the codebook that names its codes, and what was left out of what is asked; or why there is none."""

    matrix: Matrix = NOTHING
    tree: CodeTree = CodeTree()  # noqa: RUF009 (never changed)
    left_out: tuple[str, ...] = ()
    trouble: str = ""


def look(project: Project, asked: Asked) -> Found:
    """Read the matrix. Runs on the project thread."""
    from cohesion_qda.report.answers.framework import matrix

    try:
        asked, left_out = project.answers.still(asked)
    except BadInput as trouble:
        return Found(trouble=str(trouble))
    return Found(matrix(project.answers.material(asked), asked), project.codebook.tree(), left_out)


class FrameworkView(QWidget):
    """Shows what is asked as a framework matrix that can be written in."""

    open_passage = Signal(int, object)  # source id, Span
    say = Signal(str, bool)
    show_code = Signal(int)
    closed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._asked = Asked("framework")
        self._wanted: Spot | None = None  # the cell to come back to
        self._found = Found()
        self.meta = Label("", "meta", "text2")
        self.how = Label(
            _("In each cell write in a few words what that case says on that code, and link the passages it rests on. Then read along a line to know a case, and down a column to compare them all on a code."),
            "interface", "text2",
        )  # fmt: skip
        self.how.setWordWrap(True)
        self.how.setMaximumWidth(current_theme().px(WIDE))
        self.grid = MatrixGrid()
        self.grid.moved.connect(self._moved)
        self.grid.writing.connect(self.write)
        self.grid.reading.connect(self.read_passages)
        self.grid.left.connect(self.closed)
        self.cell = CellPanel(runner)
        self.cell.say.connect(self.say)
        self.cell.show_code.connect(self.show_code)
        self.cell.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        self.cell.left.connect(self.grid.setFocus)
        self.cell.done.connect(self._next_below)
        self._actions = [
            own_action(self, _("Write the summary"), "", self.write),
            own_action(self, _("Link the passage to the summary, or take the link away"), "Ctrl+M", self.cell.link),
            own_action(
                self,
                _("Insert the passage into the summary as a quotation"),
                "Ctrl+Shift+V",
                self.cell.insert_quotation,
            ),
            own_action(self, _("Next cell without a summary"), "Ctrl+J", self.next_open),
        ]
        self._lay_out()
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.grid)
        split.addWidget(self.cell)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 2)
        self.cell.setMinimumWidth(316)
        split.setSizes([900, 380])
        whole = QWidget()
        upper = QVBoxLayout()
        upper.setContentsMargins(24, 8, 24, 8)
        upper.setSpacing(2)
        how = QHBoxLayout()
        how.addWidget(self.how, 1)
        how.addStretch(0)
        upper.addLayout(how)
        upper.addWidget(self.meta)
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(upper)
        inside.addWidget(split, 1)
        self.empty = EmptyState("")
        self._pile = QStackedWidget()
        self._pile.addWidget(whole)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pile)
        self.setFocusProxy(self.grid)

    # -- what the page calls -----------------------------------------------------------------------------------------------

    def show_asked(self, asked: Asked) -> None:
        """Show the matrix that is asked for; what was being typed is kept first."""
        self.cell.saving.flush()
        self._asked = asked
        self._reload()

    def on_change(self, change: Change) -> None:
        """Read again what a change touched; what is not in view is read when it comes into view."""
        if self.isVisible() and change.touches(*WRITTEN, *COUNTED):
            self._reload()
            self._ask_passages()

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between."""
        return [self.grid, self.cell.body, self.cell.passages]

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing here."""
        return [
            (_("Enter"), _("write")), (_("P"), _("passages")), (_("U"), _("next without a summary")), (_("L"), _("link")),
        ]  # fmt: skip

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        """What can be done here, for the window's menus."""
        return {"code": self._actions}

    def forget_codings(self) -> None:
        """Show nothing that rests on codings, until it is read again with other eyes."""
        self.cell.saving.flush()
        self._forget()

    def _forget(self, _info: object = None) -> None:
        self._found, self._wanted = Found(), None
        self.grid.table.show(NOTHING, CodeTree())
        self.cell.forget()

    # -- asking and showing ------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        asked = self._asked
        self.runner.ask(lambda project: look(project, asked), self._arrived, key=(self, "matrix"))

    def _arrived(self, found: Found) -> None:
        self._found = found
        matrix = found.matrix
        had_focus = self.grid.hasFocus()
        self.grid.table.show(matrix, found.tree)
        is_there = bool(matrix.cases and matrix.codes)
        self._pile.setCurrentIndex(0 if is_there else 1)
        if not is_there:
            self.empty.set_sentence(found.trouble or _nothing(matrix, bool(self._asked.where)))
            self.cell.forget()
            return
        at = self.grid.table.place_of(*self._wanted) if self._wanted is not None else QModelIndex()
        if not at.isValid():
            at = self.grid.table.next_open(QModelIndex())
            at = at if at.isValid() else self.grid.table.index(0, CODES)
        if self.grid.currentIndex() != at:
            self.grid.choose(at)
        else:
            self._moved(at)
        written = _written(matrix)
        self.how.setVisible(not written)
        self.meta.setText("  ·  ".join([_counted(matrix, written), *found.left_out]))
        if had_focus or not QApplication.focusWidget():
            self.grid.setFocus()

    def _moved(self, index: QModelIndex) -> None:
        """Another cell is the current one, or the same one was read again."""
        if not index.isValid() or index.column() < CODES:
            return
        table, matrix = self.grid.table, self._found.matrix
        case, code = table.case(index.row()), matrix.codes[index.column() - CODES]
        is_new = self.cell.spot != (case.id, code)
        self._wanted = (case.id, code)
        info = self.runner.info
        self.cell.show_cell(
            case, matrix.about.get(case.id, ""), code, self._found.tree, table.summary(index), table.coded(index),
            is_read_only=info is not None and info.is_read_only,
        )  # fmt: skip
        if is_new:
            self._ask_passages()

    def _ask_passages(self) -> None:
        spot, asked = self.cell.spot, self._asked
        if spot is None:
            return

        def arrived(found: CellPassages) -> None:
            if self.cell.spot == spot:
                self.cell.show_passages(found, self._found.tree)

        self.runner.ask(lambda project: project.framework.passages(*spot, asked), arrived, key=(self, "passages"))

    # -- what the person does ----------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Go into the summary of the current cell."""
        if self.cell.spot is not None:
            self.cell.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_passages(self) -> None:
        """Go to the passages of the current cell."""
        if self.cell.passages.isVisible():
            self.cell.passages.setFocus(Qt.FocusReason.OtherFocusReason)

    def next_open(self) -> None:
        """Go to the next cell that has coded passages and no summary."""
        if not self.grid.go_on():
            self.say.emit(_("Every cell with coded passages has a summary."), False)

    def _next_below(self) -> None:
        at = self.grid.currentIndex()
        if at.row() + 1 < self.grid.table.rowCount():
            self.grid.choose(self.grid.table.index(at.row() + 1, at.column()))
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _nothing(matrix: Matrix, is_narrowed: bool) -> str:
    """Why there is no matrix, after what one is."""
    what = _("A framework matrix has a line for each participant or group and a column for each code, and in every cell your own summary of what that one said on it. It is read along a line to know a case, and down a column to compare them.")  # fmt: skip
    if is_narrowed:
        why = _("Nobody fits the filters: take one away.")
    elif not matrix.cases:
        why = _("Import transcripts first.")
    else:
        why = _("Add codes to the codebook first.")
    return _("{what} {why}").format(what=what, why=why)


def _written(matrix: Matrix) -> int:
    """How many summaries stand in what is shown."""
    cases, codes = {case.id for case in matrix.cases}, set(matrix.codes)
    return sum(
        1 for (case, code), one in matrix.summaries.of.items() if one.body.strip() and case in cases and code in codes
    )


def _counted(matrix: Matrix, written: int) -> str:
    """How many summaries there are, and how many cells wait for one."""
    shown = {case.id for case in matrix.cases}
    waiting = sum(1 for spot in matrix.coded if spot[0] in shown and not matrix.summary(*spot).body.strip())
    n = ngettext("{n} summary written", "{n} summaries written", written).format(n=written)
    if not waiting:
        return n
    more = ngettext("{n} cell with coded passages has none yet", "{n} cells with coded passages have none yet", waiting)
    return _("{written}  ·  {waiting}").format(written=n, waiting=more.format(n=waiting))
