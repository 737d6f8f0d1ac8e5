"""What a report sets beside what people say: figures from elsewhere, the researcher's notes on them, reference figures of the area."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.model.evidence import Indicator, ReferenceFigure, number_in
from cohesion_qda.project.session import Session
from cohesion_qda.store import evidence

if TYPE_CHECKING:
    from cohesion_qda.report.extras import Reference


def indicators(session: Session) -> tuple[Indicator, ...]:
    """Every figure from elsewhere, without what the researcher noted: that may name somebody, and is looked at apart."""
    return tuple(
        replace(each, note="", bears=tuple(replace(bearing, note="") for bearing in each.bears))
        for each in evidence.all_(session.db)
    )


def notes(session: Session) -> dict[str, str]:
    """What the researcher noted on figures, and on how they stand to codes, by `report.triangulation.key`."""
    from cohesion_qda.report.triangulation import key

    every = evidence.all_(session.db)
    of_figures = {key(each.id): each.note for each in every}
    of_bearings = {key(each.id, bearing.code): bearing.note for each in every for bearing in each.bears}
    return {where: note for where, note in (of_figures | of_bearings).items() if note}


def references(session: Session) -> tuple[Reference, ...]:
    """How many people of the area have each value of attributes."""
    return tuple(map(_reference, evidence.references(session.db)))


def _reference(figure: ReferenceFigure) -> Reference:
    from cohesion_qda.report.extras import Reference

    share = number_in(figure.number[:-1]) if figure.number.endswith("%") else None
    number = 0 if share is not None else int(figure.number)
    return Reference(figure.name, figure.value, number, figure.period, figure.source, figure.about, share)
