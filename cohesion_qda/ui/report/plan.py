"""Plan: the key dates and next steps of a study, typed in place."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import PlanId
from cohesion_qda.model.plan import DATE, STEP, PlanEntry
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.report.sheet import ADDING, Field, Line, SheetView
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project


class PlanTab(ReportTab):
    """Two tables: key dates, next steps. A row is added by typing in the last one."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._entries: dict[PlanId, PlanEntry] = {}
        self.sheets = {DATE: self._dates(), STEP: self._steps()}
        column = QVBoxLayout(inside := QWidget())
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        about = Label(_("What is put down here becomes a page of the report. A day is best written as 2020-01-30."), "interface", "text2")  # fmt: skip
        about.setWordWrap(True)
        column.addWidget(about)
        for kind, title in ((DATE, _("Key dates")), (STEP, _("Next steps"))):
            column.addSpacing(16)
            column.addWidget(Label(title, "panel_title"))
            column.addWidget(self.sheets[kind])
            self._follow(kind)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inside))

    @staticmethod
    def _dates() -> SheetView:
        fields = (
            Field("name", _("What"), 3), Field("at", _("When")),
            Field("due", _("Papers due"), about=_("By when what is to be read there must be in")), Field("who", _("Who"), 1),
            Field("note", _("Note"), 2),
        )  # fmt: skip
        return SheetView(_("Key dates"), fields, _("Add a key date"))

    @staticmethod
    def _steps() -> SheetView:
        done = _("The day on which it was done; Space puts today in, or takes it out")
        fields = (
            Field("name", _("What is to be done"), 3), Field("due", _("By when")), Field("who", _("Who"), 1),
            Field("at", _("Done"), about=done), Field("note", _("Note"), 2),
        )  # fmt: skip
        return SheetView(_("Next steps"), fields, _("Add a next step"))

    def _follow(self, kind: str) -> None:
        sheet = self.sheets[kind]
        sheet.typed.connect(lambda entry, key, words: self._write(kind, entry, key, words))
        sheet.removal.connect(self._remove)
        sheet.moving.connect(self._move)
        sheet.ticked.connect(self._tick)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        if change.touches("plan_entry"):
            self._reload()

    def forget(self, _info: object = None) -> None:
        self._show(([], True))

    def areas(self) -> list[QWidget]:
        return [*self.sheets.values()]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("Enter"), _("write")), (_("Space"), _("done today")), ("Ctrl+↑ ↓", _("move")), (_("Delete"), _("take out")),
        ]  # fmt: skip

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        def read(project: Project) -> tuple[list[PlanEntry], bool]:
            return project.plan.list(), project.is_read_only

        self.runner.ask(read, self._show, key=(self, "plan"))

    def _show(self, found: tuple[Sequence[PlanEntry], bool]) -> None:
        entries, is_read_only = found
        self._entries = {entry.id: entry for entry in entries}
        for kind, sheet in self.sheets.items():
            lines = [Line(e.id, _cells(e), e.is_done) for e in entries if e.kind == kind]
            sheet.show_lines(lines, is_read_only=is_read_only)

    def _write(self, kind: str, entry: PlanId | None, key: str, words: str) -> None:
        if entry is not ADDING:
            self.runner.do(lambda project: project.plan.change(entry, **{key: words}), failed=self._reload)
            return

        def added(change: Change) -> None:
            if ids := change.rows.get("plan_entry"):
                self.sheets[kind].choose(max(ids), self.sheets[kind].rows.fields[1].key)

        self.runner.do(lambda project: project.plan.add(kind, words), added, failed=self._reload)

    def _remove(self, entry: PlanId) -> None:
        self.runner.do(lambda project: project.plan.remove(entry), self._told)

    def _move(self, entry: PlanId, by: int) -> None:
        same = [e.id for e in self._entries.values() if e.kind == self._entries[entry].kind]
        place = same.index(entry) + by
        if 0 <= place < len(same):
            self.runner.do(lambda project: project.plan.move(entry, place))

    def _tick(self, entry: PlanId) -> None:
        """Done today, or not done."""
        found = self._entries[entry]
        if found.kind == STEP:
            day = "" if found.at else datetime.date.today().isoformat()
            self.runner.do(lambda project: project.plan.done(entry, day), self._told)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def _cells(entry: PlanEntry) -> dict[str, str]:
    return {key: getattr(entry, key) for key in ("name", "at", "due", "who", "note")}
