"""How the talk of a study was collected, as far as its project knows, and whether codes stopped being new."""

from __future__ import annotations

from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.attribute import as_type, guess_type
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.values import Conduct

_REPEATS = 500  # random orders that the mean of the curve is over


def conduct(study: StudyData) -> Conduct:
    """What the project knows of how its talk was collected."""
    speaking = {(source, study.cases[CaseId(case)].role) for source, start, end, case in study.turns if start < end}
    held = _held(study)
    days = sorted(
        typed.value
        for fact in study.sources
        if held and (value := fact.attributes.get(held, "")) and not (typed := as_type("date", value)).is_doubtful
    )
    return Conduct(
        first=days[0] if days else "",
        last=days[-1] if days else "",
        guide=len(study.questions),
        spoken=len({source for source, _role in speaking}),
        moderated=sum(role == "moderator" for _source, role in speaking),
        observed=len({source for source, role in speaking if role not in ("participant", "moderator")}),
    )


def saturation(study: StudyData, title: str, at: str) -> Answer | None:
    """Whether codes stopped being new: by groups in the order they were held, or, where there are none, by sources. None where fewer than two
    are coded.
    """
    from cohesion_qda.report.answers import saturation as counted
    from cohesion_qda.report.answers.material import Material

    coded = {row[1] for row in study.codings}
    groups = {fact.group for fact in study.sources if fact.kind == "focus group" and fact.group and fact.id in coded}
    if len(coded) < 2 or len(groups) == 1:
        return None
    options = {"things": "groups" if groups else "sources", "order": _held(study) or "name", "repeats": _REPEATS}
    material = Material(study, title, at, lambda _source: "", {})
    return counted.answer(material, Asked("saturation", options=options))


def dates(study: StudyData) -> tuple[str, ...]:
    """The attributes of sources whose values are all days."""
    names = dict.fromkeys(name for fact in study.sources for name in fact.attributes)
    return tuple(name for name in names if _type(study, name) == "date")


def _type(study: StudyData, name: str) -> str:
    held = [value for fact in study.sources if (value := fact.attributes.get(name, ""))]
    return study.types.get(("source", name), "") or guess_type(held)


def _held(study: StudyData) -> str:
    """The attribute of sources that says when they were held; empty where none does."""
    return next(iter(dates(study)), "")
