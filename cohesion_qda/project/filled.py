"""Worksheets as they are read: with the sheets they follow, their passages, and what is printed of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.frame import Frame
from cohesion_qda.model.reporting import Quote
from cohesion_qda.model.worksheet import Filled, Worksheet
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, places, reports, sources, worksheets

if TYPE_CHECKING:
    from cohesion_qda.model.study import StudyData
    from cohesion_qda.project.reports import Reports
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.report.worksheets import Printed, SheetResult


def read(session: Session, worksheet: Worksheet) -> Filled:
    """A worksheet with its sheet. Raises NotFound where this program does not know that."""
    form = _frame(worksheet).sheet(worksheet.sheet)
    wanted = (segment for of in worksheet.passages.values() for segment in of)
    return Filled(worksheet, form, places.of_segments(session.db, wanted))


def all_(session: Session) -> list[Filled]:
    """Every worksheet whose sheet this program knows."""
    return [read(session, worksheet) for worksheet in worksheets.all_(session.db) if _is_known(worksheet)]


def results(session: Session, study: StudyData, attribution: str) -> tuple[SheetResult, ...]:
    """What a report tells of every worksheet, its passages quoted and attributed by that rule."""
    found = all_(session)
    return tuple(_result(session, study, attribution, one) for one in found)


def printed(session: Session, tables: Tables, reports_: Reports, worksheet: Worksheet) -> Printed:
    """A worksheet as a document of its own, attributed and dated as the report is. Raises NotFound."""
    from cohesion_qda.report.worksheets import Printed

    settings = reports_.settings()
    result = _result(session, tables.study(), settings["attribution"], read(session, worksheet))
    title = settings["title"] or cases.setting(session.db, "title") or session.path.stem
    date = settings["date"] or reports.changed(session.db)[1][:10]
    return Printed(result, title, settings["authors"], date)


def _result(session: Session, study: StudyData, attribution: str, found: Filled) -> SheetResult:
    from cohesion_qda.report.attributions import Attributions
    from cohesion_qda.report.quotes import Chooser
    from cohesion_qda.report.worksheets import laid

    chooser = Chooser(study, attribution, partial(sources.text, session.db))
    source = found.worksheet.source
    held = Attributions(study, attribution).under((), source, found.worksheet.source_name) if source is not None else ""
    found = replace(found, worksheet=replace(found.worksheet, source_name=held))
    return laid(found, _frame(found.worksheet), lambda at: chooser.choose((), [Quote(place) for place in at]))


def _frame(worksheet: Worksheet) -> Frame:
    from cohesion_qda.formats.frames import KEYS, read_frame

    if worksheet.frame not in KEYS:
        raise NotFound(_("study frame"), worksheet.frame, KEYS)
    return read_frame(worksheet.frame)


def _is_known(worksheet: Worksheet) -> bool:
    try:
        return bool(_frame(worksheet).sheet(worksheet.sheet))
    except NotFound:
        return False
