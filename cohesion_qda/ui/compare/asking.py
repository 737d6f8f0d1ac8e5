"""What the page asks the project, and what it answers: the answer, and what can be chosen beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import UserError
from cohesion_qda.model import called
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import Asked, SavedAnswer
from cohesion_qda.model.attribute import guess_type, sort_key
from cohesion_qda.model.case import Case
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.source import Source
from cohesion_qda.model.table import Count
from cohesion_qda.ui.compare.views import VIEWS
from cohesion_qda.ui.retrieve.filters import Choices, choices_of

if TYPE_CHECKING:
    from cohesion_qda.model.study import StudyData
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen. `dates` are attributes of sources that hold dates; `only` is who alone is seen, while others' codings are
    hidden.
    """

    tree: CodeTree = field(default_factory=CodeTree)
    choices: Choices = field(default_factory=Choices)
    sources: tuple[Source, ...] = ()
    people: tuple[Case, ...] = ()
    dates: tuple[str, ...] = ()
    saved: tuple[SavedAnswer, ...] = ()
    only: str | None = None
    has_settled: bool = False  # whether disagreements were settled


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole study, as it may be seen. `unread` groups have no coding yet; `used` of the `codes` were applied."""

    base: Count = field(default_factory=Count)
    unread: int = 0
    used: int = 0
    codes: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the project answered: `answer`, or why there is none (`trouble`); both are None for a kind with a view of its own.
    `left` is what was left of `asked` where some of it is gone; it is asked whole again when that comes back.
    """

    asked: Asked
    offer: Offer
    totals: Totals
    answer: Answer | None = None
    trouble: UserError | None = None
    left: Asked | None = None


def look(project: Project, asked: Asked | None, only: str | None) -> Found:
    """Read the answer to what is asked; None: what a study is asked first. Runs on the project thread."""
    offer = offer_of(project, only)
    asked = project.answers.named(asked or first(offer))
    found = Found(asked, offer, totals_of(project.tables.study(), project.codebook.base()))
    try:
        found = replace(found, left=project.answers.still(asked)[0])
        return found if asked.kind in VIEWS else replace(found, answer=project.answers.ask(asked))
    except UserError as trouble:
        return replace(found, trouble=trouble)


def offer_of(project: Project, only: str | None) -> Offer:
    """Read what can be chosen. Runs on the project thread."""
    choices = _in_order(choices_of(project))
    known = project.cases.list("participant")
    names = called.cases((*known, *project.cases.list("group")))
    people = tuple(replace(case, name=names[case.id]) for case in known if case.role == "participant")
    columns = project.attributes.table("source").columns
    return Offer(
        project.codebook.tree(),
        choices,
        tuple(project.sources.list()),
        people,
        tuple(column.name for column in columns if column.type == "date"),
        tuple(project.answers.list()),
        only,
        only is None and bool(project.agreement.settlements()),
    )


def _in_order(choices: Choices) -> Choices:
    """With values as people sort them: 9 before 10, dates by day; questions stay in the order of the guide."""

    def ordered(about: str, values: tuple[str, ...]) -> tuple[str, ...]:
        if about == "section":
            return values
        kind = guess_type(values)
        return tuple(sorted(values, key=lambda value: sort_key(kind, value)))

    return replace(
        choices, attributes=tuple((name, about, ordered(about, values)) for name, about, values in choices.attributes)
    )


def first(offer: Offer) -> Asked:
    """What a study is asked first: codes by the first attribute of sources that tells them apart, else how often codes came up."""
    by = next(
        (name for name, about, values in offer.choices.attributes if about == "source" and 2 <= len(values) <= 8), ""
    )
    return Asked("crosstab", by=(by,)) if by else Asked("frequencies")


def of_kind(kind: str, offer: Offer, before: Asked) -> Asked:
    """Another kind is asked: filters, codes and coders stay, the rest is what this kind is asked first."""
    asked = Asked(kind, codes=before.codes, branch=before.branch, coders=before.coders, where=before.where)
    if kind == "crosstab":
        asked = replace(asked, by=before.by or first(offer).by, unit=before.unit)
    if kind == "timeline" and offer.dates:
        asked = asked.with_option(date=offer.dates[0])
    if kind == "portrait" and offer.sources:
        asked = asked.with_option(source=offer.sources[0].id)
    if kind == "agreement" and len(asked.coders) < 2:
        asked = replace(asked, coders=offer.choices.coders[:2])
    if kind != "agreement" and before.kind == "agreement":
        asked = replace(asked, coders=())
    if before.option("settled") and kind not in ("agreement", "framework"):
        asked = asked.with_option(settled=True)
    return asked


def totals_of(study: StudyData, base: Count) -> Totals:
    """How large the study is, and how much of it was coded."""
    coded, used = {coding[1] for coding in study.codings}, {coding[4] for coding in study.codings}
    unread = sum(1 for source in study.sources if source.group is not None and source.id not in coded)
    tree = study.codes
    counted = [code.id for code in tree if not tree.children(code.id) or code.id in used]  # others are headings
    return Totals(base, unread, len(used), len(counted))
