"""Verbs on reports: what goes into one, writing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import hidden_note
from cohesion_qda.store import cases, settlements

if TYPE_CHECKING:
    from cohesion_qda.project.suggestions import Suggestions
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.report.data import ReportData

SETTINGS = ("title", "authors", "summary", "small numbers")
SMALL = ("5", "10", "off")
"""What the report does with small numbers of people: hide those below, or none. The first is what it does unless it is told."""


class Reports:
    """`project.reports`."""

    def __init__(self, session: Session, tables: Tables, suggestions: Suggestions) -> None:
        self._s = session
        self._tables = tables
        self._suggestions = suggestions

    def settings(self) -> dict[str, str]:
        """The author's own words for the report: title, authors, summary (empty where nothing was written); and which "small numbers" it
        hides, one of SMALL.
        """
        found = {name: cases.setting(self._s.db, f"report {name}") for name in SETTINGS}
        return {**found, "small numbers": found["small numbers"] if found["small numbers"] in SMALL else SMALL[0]}

    def set(self, name: str, value: str) -> Change:
        """Keep one of `settings`. Raises BadInput for another name, and for "small numbers" that are none of SMALL."""
        if name not in SETTINGS:
            raise BadInput(_("The report has no {name}.").format(name=name), ", ".join(SETTINGS))
        if name == "small numbers" and value not in SMALL:
            raise BadInput(_("Small numbers cannot be hidden below “{value}”.").format(value=value), ", ".join(SMALL))
        with self._s.act("set-report", merge_key=f"report:{name}", name=name) as action:
            cases.set_setting(self._s.db, f"report {name}", value.strip())
        return action.change

    def snapshot(self, suppress: int | None = None) -> ReportData:
        """Everything the report says, as plain values, read in one go: without numbers of people from 1 to below `suppress` (0: with
        all; None: as it was set).
        """
        from cohesion_qda.report.data import build

        settings = self.settings()
        if suppress is None:
            suppress = 0 if settings["small numbers"] == "off" else int(settings["small numbers"])
        data = build(
            self._tables.study(),
            lambda: self._suggestions.heard(vectors=False).words,
            Codings(self._s).passages,
            title=settings["title"] or cases.setting(self._s.db, "title") or self._s.path.stem,
            authors=settings["authors"],
            summary=settings["summary"],
            settled=settlements.codings(self._s.db),
            suppress=suppress,
        )
        return replace(data, notes=(*hidden_note(self._s), *data.notes), singled=self._singled(data))

    def _singled(self, data: ReportData) -> tuple[str, ...]:
        from cohesion_qda.report import singling

        study = self._tables.study()
        quoted = [
            quotation.coding for chapter in data.chapters for theme in chapter.themes for quotation in theme.quotations
        ]
        return singling.warnings(singling.singled(study, singling.speakers(study, quoted)))

    def write(
        self,
        folder: Path | str,
        job: Job | None = None,
        warn: Callable[[str], object] | None = None,
        suppress: int | None = None,
    ) -> Path:
        """Write the findings report into `folder` and note it in the trail. Gives the path of report.html. `warn` is called with a
        sentence for each source that a quotation could single somebody out by. `suppress` as in `snapshot`.

        Raises CannotWrite and Cancelled; then nothing half-written is left.
        """
        from cohesion_qda.report.document import write_report

        data = self.snapshot(suppress)
        written = write_report(data, Path(folder), job or Job())
        self.note(folder)
        if warn is not None:
            for sentence in data.singled:
                warn(sentence)
        return written

    def note(self, folder: Path | str) -> Change:
        """Note in the trail that the report was written to `folder`."""
        return self._s.note("export-report", folder)
