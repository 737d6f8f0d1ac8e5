"""Worksheets as they are read: with the sheets they follow, their passages, and what is printed of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.frame import Frame
from cohesion_qda.model.reporting import Quote
from cohesion_qda.model.worksheet import Filled, Worksheet
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, details, places, reports, sources, worksheets

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.model.study import StudyData
    from cohesion_qda.report.worksheets import Printed, SheetResult

_TEXTS = 16  # that are kept while quotations are made


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
    return tuple(_result(session, study, attribution, one) for one in all_(session))


def printed(
    session: Session, study: StudyData, heard: Callable[[], Heard], worksheet: Worksheet, settings: Mapping[str, str]
) -> Printed:
    """A worksheet as a document of its own, its passages quoted, attributed as in the report that has these settings. What may tell who
    somebody is, and nobody has settled, is masked. `heard` gives the parse of what was said. Raises NotFound.
    """
    from cohesion_qda.project.checking import check
    from cohesion_qda.report.printing import alone
    from cohesion_qda.report.worksheets import Printed

    rule = settings["attribution"]
    result = _result(session, study, rule, read(session, worksheet))
    title = settings["title"] or cases.setting(session.db, "title") or session.path.stem
    date = settings["date"] or reports.changed(session.db)[1][:10]
    data = alone(result, title, settings["authors"], date, rule)
    checked = check(data, study, heard, details.all_(session.db), {})
    return Printed(checked.data.extras.worksheets[0], title, settings["authors"], date)


def _result(session: Session, study: StudyData, attribution: str, found: Filled) -> SheetResult:
    from cohesion_qda.report.quotes import Chooser
    from cohesion_qda.report.worksheets import laid

    chooser = Chooser(study, attribution, lru_cache(_TEXTS)(partial(sources.text, session.db)))
    told = _named(found, study, attribution)
    return laid(told, _frame(told.worksheet), lambda at: chooser.choose((), [Quote(place) for place in at]))


def _named(found: Filled, study: StudyData, attribution: str) -> Filled:
    """A worksheet that names its source as that stands under quotations, also in its own name."""
    from cohesion_qda.report.attributions import Attributions

    sheet = found.worksheet
    if sheet.source is None or not sheet.source_name:
        return found
    by = Attributions(study, attribution)
    if by.tells_source(sheet.source):
        return found
    told = by.under((), sheet.source, sheet.source_name)
    name = sheet.name.replace(sheet.source_name, told or found.form.name.said)
    return replace(found, worksheet=replace(sheet, name=name, source_name=told))


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
