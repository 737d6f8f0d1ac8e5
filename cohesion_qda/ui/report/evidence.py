"""Other evidence: figures from elsewhere, the codes they bear on, and how many people of the area there are of each kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.evidence import Indicator, ReferenceFigure
from cohesion_qda.model.ids import IndicatorId
from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.report.bearings import BearingsPane
from cohesion_qda.ui.report.references import Attribute, ReferencesPane
from cohesion_qda.ui.report.sheet import ADDING, Field, Line, SheetView
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Button, Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.project.evidence import Imported

TABLES = ("indicator", "indicator_code", "reference_figure", "code", "attribute", "attribute_value")


class Standing(NamedTuple):
    """What the tab shows."""

    figures: tuple[Indicator, ...] = ()
    references: tuple[ReferenceFigure, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    tree: CodeTree = CodeTree()
    folder: Path = Path()
    is_read_only: bool = True


def look(project: Project) -> Standing:
    """Read it. Runs on the project thread."""
    attributes = []
    for about in reversed(ABOUT):
        table = project.attributes.table(about)
        for column in table.columns:
            values = dict.fromkeys(row.values[column.name] for row in table.rows if column.name in row.values)
            attributes.append(Attribute(about, column.name, tuple(sorted(values, key=str.casefold))))
    return Standing(
        project.evidence.indicators(), project.evidence.references(), tuple(attributes), project.codebook.tree(),
        project.path.parent, project.is_read_only,
    )  # fmt: skip


class EvidenceTab(ReportTab):
    """A table of the figures, under it what the current one bears on, and then the figures of the area."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._standing = Standing()
        self._is_first = True  # nothing of this project has been shown yet
        self.figures = SheetView(_("Figures from elsewhere"), _fields(), _("Add a figure"))
        self.import_button = Button(_("Import a sheet…"), on_click=self.choose_sheet)
        self.import_button.setAccessibleName(_("Import figures"))
        self.warning = Label("", "interface", "warn")
        self.bearings = BearingsPane(runner)
        self.references = ReferencesPane(runner)
        for pane in (self.bearings, self.references):
            pane.say.connect(self.say)
            pane.failed.connect(self._reload)
        column = QVBoxLayout(inside := QWidget())
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        about = Label(
            _("Figures from elsewhere stand in the report beside the themes they bear on: shares from a survey, figures of a census, what an earlier report found."),
            "interface", "text2",
        )  # fmt: skip
        for label in (about, self.warning):
            label.setWordWrap(True)
        column.addWidget(about)
        column.addSpacing(16)
        column.addLayout(headed(_("Figures from elsewhere"), self.import_button))
        for part in (self.figures, self.warning, self.bearings):
            column.addWidget(part)
        column.addSpacing(24)
        column.addWidget(self.references)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inside))
        self.warning.hide()
        self._follow()

    def _follow(self) -> None:
        self.figures.chosen.connect(lambda _figure: self._tell())
        self.figures.typed.connect(self._write)
        self.figures.removal.connect(self._remove)
        self.figures.moving.connect(self._move)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        if change.touches(*TABLES):
            self._reload()

    def forget(self, _info: object = None) -> None:
        self._warn(())
        self._show(Standing())
        self._is_first = True

    def areas(self) -> list[QWidget]:
        return [self.figures, *self.bearings.areas(), *self.references.areas()]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Enter"), _("write")), (_("Space"), _("agrees, in part, differs")), ("Ctrl+↑ ↓", _("move")), (_("Delete"), _("take out")),
        ]  # fmt: skip

    def choose_sheet(self) -> None:
        """Ask for a sheet, and take its figures."""
        path = choose.open_file(self, _("Import figures"), sheets(), self._standing.folder)
        if path is not None:
            self.runner.do(
                lambda project: project.evidence.import_sheet(path), self._imported, title=_("Reading the sheet")
            )

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "evidence"))

    def _show(self, found: Standing) -> None:
        self._standing = found
        self.figures.show_lines(
            [Line(e.id, _cells(e, found.tree)) for e in found.figures], is_read_only=found.is_read_only
        )
        if self._is_first and found.figures:
            self.figures.choose(found.figures[0].id)
        self._is_first = False
        self.import_button.setEnabled(not found.is_read_only)
        self._tell()
        self.references.show_figures(found.attributes, found.references, found.folder, is_read_only=found.is_read_only)

    def current(self) -> Indicator | None:
        """The figure that is chosen."""
        chosen = self.figures.current()
        return next((each for each in self._standing.figures if each.id == chosen), None)

    def _tell(self) -> None:
        self.bearings.show_figure(self.current(), self._standing.tree, is_read_only=self._standing.is_read_only)

    def _write(self, figure: IndicatorId | None, key: str, words: str) -> None:
        if figure is not ADDING:
            self.runner.do(lambda project: project.evidence.change(figure, **{key: words}), failed=self._reload)
            return

        def added(change: Change) -> None:
            if ids := change.rows.get("indicator"):
                self.figures.choose(max(ids), self.figures.rows.fields[1].key)

        self.runner.do(lambda project: project.evidence.add(words), added, failed=self._reload)

    def _remove(self, figure: IndicatorId) -> None:
        self.runner.do(lambda project: project.evidence.remove([figure]), self._told)

    def _move(self, figure: IndicatorId, by: int) -> None:
        order = [each.id for each in self._standing.figures]
        place = order.index(figure) + by
        if 0 <= place < len(order):
            self.runner.do(lambda project: project.evidence.move(figure, place))

    def _imported(self, found: Imported) -> None:
        self._warn(found.warnings)
        self.say.emit(
            found.change.said or _("Every figure of the sheet is in the project already."), bool(found.change.said)
        )

    def _warn(self, sentences: tuple[str, ...]) -> None:
        self.warning.setText("\n".join(sentences))
        self.warning.setVisible(bool(sentences))

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def headed(title: str, *buttons: QWidget) -> QHBoxLayout:
    """A title with what can be done at its right."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Label(title, "panel_title"))
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def sheets() -> str:
    """The kinds of file to choose from."""
    return _("Sheets (*.csv *.xlsx *.ods);;All files (*)")


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", _("What it measures"), 3), Field("place", _("Place")), Field("period", _("Period")),
        Field("value", _("Value"), is_number=True), Field("unit", _("Unit"), about=_("What the value is counted in, such as %")),
        Field("codes", _("Codes"), is_number=True, about=_("How many codes it is set beside")), Field("source", _("Source"), 2),
        Field("note", _("Note"), 1),
    )  # fmt: skip


def _cells(each: Indicator, tree: CodeTree) -> dict[str, str]:
    cells = {key: getattr(each, key) for key in ("name", "place", "period", "value", "unit", "source", "note")}
    return cells | {"codes": f"{len(each.bears):,}" if each.bears else "–"}
