"""The groups whose talk is looked at: who is there, who says what, in which words people and places are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.analysis.columns import ABOUT_SECTIONS
from cohesion_qda.analysis.dynamics import CountWords, Turn, is_counted, turns_of
from cohesion_qda.analysis.narrowed import Narrowed, narrowed
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.silence import present
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.query import Having, either
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import QUESTION
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material


@dataclass(frozen=True, slots=True)
class Scene:
    """`data` is what is looked at, `every` turn by source what it is part of. `people` are those who are counted, in
    each of the `sources`, also who says nothing under the `question` (empty: the whole talk) or at all. `is_one`
    where one was asked for.
    """

    data: StudyData
    sources: tuple[SourceFacts, ...]
    names: Mapping[SourceId, str]
    people: Mapping[SourceId, Sequence[CaseId]]
    turns: Mapping[SourceId, Sequence[Turn]]
    every: Mapping[SourceId, Sequence[Turn]]
    words: CountWords
    question: str
    is_one: bool
    looked_at: Narrowed

    @property
    def seats(self) -> list[tuple[SourceId, CaseId]]:
        """Everybody who is counted, by source."""
        return [(fact.id, case) for fact in self.sources for case in self.people[fact.id]]

    def name(self, case: CaseId) -> str:
        """What a person is called, as nobody else in the study."""
        return said.case_names(self.data)[case]

    def name_in(self, source: SourceId, case: CaseId) -> str:
        """What a person is called where the group is named beside: in short, unless two there are called alike."""
        own, cases = self.data.cases[case].name, self.data.cases
        same = [one for one in self.people[source] if comparable(cases[one].name) == comparable(own)]
        return own if len(same) < 2 else self.name(case)

    def role(self, case: CaseId) -> str:
        """What a person who is not counted does there; empty for who is."""
        person = self.data.cases[case]
        if is_counted(person):
            return ""
        return called.in_sentence(person.role, {**called.roles(), "left out": _("Left out by the filters")})

    def group(self, source: SourceId) -> str:
        """What a source is called."""
        return self.names[source]

    def where(self) -> str:
        """Which group, and which question: for a subtitle."""
        group = self.sources[0].name if self.is_one else _("every focus group")
        if not self.question:
            return _("{group}, the whole talk").format(group=group)
        return _("{group}, under “{question}”").format(group=group, question=self.question)


def scene(material: Material, asked: Asked) -> Scene:
    """What is looked at. Raises NotFound for a source or question that is not there, BadInput where nobody speaks."""
    wide = _without_questions(material, asked)
    question, source = str(asked.option("question", "") or ""), asked.option("source")
    chosen = _groups(wide.data) if source is None else [_source(material.data, wide, SourceId(int(source)))]
    left_out = _left_out(material.data, wide) if source is None else []
    data = narrowed(material.data, asked.where, asked.coders).data
    for one in (one for one in asked.where if one.about == ABOUT_SECTIONS):
        chosen = _asked_there(material.data, chosen, one.values, left_out)
    if question:
        chosen, question = _with_question(material.data, chosen, question, left_out)
        under = Having(ABOUT_SECTIONS, QUESTION, (question,))
        data = narrowed(material.data, (*asked.where, under), asked.coders).data
    data = of_sources(data, {fact.id for fact in chosen})
    everybody = present(wide.data, material.data)
    return Scene(
        data, tuple(chosen), {fact.id: fact.name for fact in chosen},
        {fact.id: everybody[fact.id] for fact in chosen}, turns_of(data), turns_of(material.data),
        word_counter(material), question, source is not None, Narrowed(data, tuple(left_out)),
    )  # fmt: skip


def of_sources(data: StudyData, wanted: Collection[int]) -> StudyData:
    """The study with some of its sources alone: asked again, the same object."""
    wanted = frozenset(wanted)
    if all(fact.id in wanted for fact in data.sources):
        return data

    def make() -> StudyData:
        return replace(
            data, sources=tuple(fact for fact in data.sources if fact.id in wanted),
            turns=tuple(row for row in data.turns if row[0] in wanted),
            codings=tuple(row for row in data.codings if row[1] in wanted),
            sections=tuple(row for row in data.sections if row[0] in wanted),
        )  # fmt: skip

    return once(data, ("sources alone", wanted), make)


def word_counter(material: Material) -> CountWords:
    """How many words begin in each of some stretches of a source."""
    places = material.read("words")

    def count(source: SourceId, spans: Sequence[Span]) -> list[int]:
        starts = places[source]
        first, last = starts.searchsorted([s.start for s in spans]), starts.searchsorted([s.end for s in spans])
        return (last - first).tolist()  # type: ignore[no-any-return]

    return count


def _without_questions(material: Material, asked: Asked) -> Narrowed:
    """As narrowed by everything but the question: who is there, whether they answer it or not."""
    where = tuple(one for one in asked.where if one.about != ABOUT_SECTIONS)
    return narrowed(material.data, where, asked.coders)


def _say_who() -> str:
    return _("Choose a transcript, or say on the page Sources who speaks.")


def _groups(data: StudyData) -> list[SourceFacts]:
    speaking = turns_of(data)
    found = [fact for fact in data.sources if fact.kind == "focus group" and fact.id in speaking]
    if not found:
        raise BadInput(_("There is no focus group in which somebody speaks."), _say_who())
    return found


def _left_out(study: StudyData, wide: Narrowed) -> list[tuple[str, str]]:
    """The sources that are no focus groups in which somebody speaks, or do not fit, each with why."""
    why, there, speaking = dict(wide.left_out), {fact.id for fact in wide.data.sources}, turns_of(wide.data)
    found = []
    for fact in study.sources:
        if fact.id not in there:
            found.append((fact.name, why.get(fact.name, "")))
        elif fact.id not in speaking:
            found.append((fact.name, _("Nobody speaks there.")))
        elif fact.kind != "focus group":
            found.append((fact.name, _("It is not a focus group.")))
    return found


def _source(study: StudyData, wide: Narrowed, source: SourceId) -> SourceFacts:
    found = next((fact for fact in study.sources if fact.id == source), None)
    if found is None:
        raise NotFound(_("source"), str(source), [fact.name for fact in study.sources])
    if all(fact.id != source for fact in wide.data.sources):
        why = dict(wide.left_out).get(found.name, "")
        raise BadInput(_("“{source}” is left out by the filters.").format(source=found.name), why)
    if source not in turns_of(wide.data):
        raise BadInput(_("Nobody speaks in “{source}”.").format(source=found.name), _say_who())
    return found


def _with_question(
    study: StudyData, sources: Sequence[SourceFacts], question: str, left_out: list[tuple[str, str]]
) -> tuple[list[SourceFacts], str]:
    """Those of the sources in which a question was asked, and how it is written; the others are added to `left_out`."""
    ids = {fact.id for fact in sources}
    titles = [title for source, _start, _end, title in study.sections if source in ids]
    written = next((title for title in titles if comparable(title) == comparable(question)), None)
    if written is None:
        raise NotFound(_("question"), question, list(dict.fromkeys(titles)))
    return _asked_there(study, sources, (question,), left_out), written


def _asked_there(
    study: StudyData, sources: Sequence[SourceFacts], questions: Sequence[str], left_out: list[tuple[str, str]]
) -> list[SourceFacts]:
    """Those of the sources in which one of the questions was asked; the others are added to `left_out`."""
    wanted = {comparable(question) for question in questions}
    asked_in = {row[0] for row in study.sections if comparable(row[3]) in wanted}
    left_out += [(fact.name, _("It was not asked there.")) for fact in sources if fact.id not in asked_in]
    there = [fact for fact in sources if fact.id in asked_in]
    if not there:
        raise BadInput(
            _("“{question}” was not asked in what is looked at.").format(question=either(tuple(questions))),
            _("Take the filter away, or choose another group."),
        )
    return there
