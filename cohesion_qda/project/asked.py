"""Seeking questions: where they are asked, found before anything is written, in sources and in drafts.

Knows nothing of verbs: those on the guide, on sections and on sources all use it.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import Section, place_of
from cohesion_qda.model.source import Reading, SourceDraft
from cohesion_qda.model.text import Span, canonical, comparable, lines
from cohesion_qda.project.session import Session
from cohesion_qda.store import sections, sources


class Begin(NamedTuple):
    """Where a section is to begin (a code point): the number of its question, if it has one, and its own heading."""

    start: int
    question: int | None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of seeking `questions`: the sections of each draft, by its place among the drafts."""

    questions: tuple[str, ...]
    begins: Mapping[int, Sequence[Begin]]


@dataclass(frozen=True, slots=True)
class ToSeek:
    """Questions, and by their places the drafts in which they are to be sought. Touches no database: can be done anywhere."""

    questions: tuple[str, ...]
    drafts: Mapping[int, SourceDraft]

    def seek(self, job: Job | None = None, known: Sought | None = None) -> Sought:
        """Find them; what is `known` of the same questions is not sought again. Raises Cancelled."""
        job = job or Job()
        there = known.begins if known is not None and known.questions == self.questions else {}
        found: dict[int, Sequence[Begin]] = {}
        for n, (place, draft) in enumerate(self.drafts.items()):
            job.step(n, len(self.drafts), draft.name)
            found[place] = there[place] if place in there else begins(draft, self.questions)
        job.step(len(self.drafts), len(self.drafts))
        return Sought(self.questions, found)


def to_seek(session: Session, drafts: Iterable[SourceDraft], asked: Iterable[str] = ()) -> ToSeek:
    """What is to be sought before drafts are added: the questions `asked`, or else the project's guide, in those that the
    project does not have already. Raises BadInput for a question that is there twice.
    """
    questions = checked(asked) or [question.text for question in sections.questions(session.db)]
    new = {n: draft for n, draft in enumerate(drafts) if sources.twin(session.db, draft) is None}
    return ToSeek(tuple(questions), new)


def begin(session: Session, source: SourceId, found: Iterable[Begin], ids: Sequence[QuestionId]) -> None:
    """Add sections, as part of an action under way; `ids` are those of the questions, in their order."""
    for one in found:
        question = None if one.question is None else ids[one.question]
        sections.begin(session.db, source, one.start, question, one.heading)


@dataclass(frozen=True, slots=True)
class Planned:
    """Where questions are to begin in sources that are there. `given_up` are sections that first lose their question."""

    session: Session
    found: Mapping[SourceId, Sequence[Begin]]
    given_up: Sequence[SectionId]

    @property
    def n(self) -> int:
        """How many sections there are to be."""
        return sum(map(len, self.found.values()))

    def write(self, ids: Sequence[QuestionId]) -> None:
        """Add the sections, as part of an action under way; `ids` are those of the questions, in their order."""
        for section in self.given_up:
            sections.give_up(self.session.db, section)
        for source, found in self.found.items():
            begin(self.session, source, found, ids)


def planned(
    session: Session,
    questions: Sequence[tuple[QuestionId | None, str]],
    wanted: Iterable[SourceId] | None = None,
    *,
    again: bool = False,
) -> Planned:
    """Where `questions` (None: one that is new) are asked in the sources `wanted`, or in all.

    What a person placed stays, and so does every section under one of the questions, which is not sought there; a heading
    of the text is taken by the question that is asked under it. With `again` all that gives way.
    """
    texts, ids = [text for _id, text in questions], {question for question, _text in questions}
    found: dict[SourceId, list[Begin]] = {}
    given_up: list[SectionId] = []
    for source in sorted({s.id for s in sources.all_(session.db)} if wanted is None else set(wanted)):
        reading = session.read(source)
        places = reading.places
        kept = [] if again else [one for one in reading.sections if _stays(one, ids)]
        there, taken = {one.question for one in kept}, {place_of(places, one.span.start) for one in kept}
        found[source] = [
            Begin(start, number) for number, start in _asked_in(texts, reading)
            if place_of(places, start) not in taken and (questions[number][0] is None or questions[number][0] not in there)
        ]  # fmt: skip
        given_up += [one.id for one in reading.sections if again and one.question is not None]
    return Planned(session, found, given_up)


def _stays(section: Section, questions: Container[QuestionId | None]) -> bool:
    """Whether finding leaves a section alone: it is under one of the questions, or a person put it there."""
    return section.is_placed if section.question is None else section.question in questions


def _asked_in(questions: Sequence[str], reading: Reading) -> list[tuple[int, int]]:
    turns = [(turn.span, reading.speakers[turn.speaker].role) for turn in reading.turns]
    headings = [(one.span.start, one.heading) for one in reading.sections if one.heading and not one.is_placed]
    return sought(questions, reading.text, turns, headings)


def begins(draft: SourceDraft, questions: Sequence[str]) -> list[Begin]:
    """Every section of what was read, in order: where the questions are asked, and its own headings elsewhere."""
    turns = [(turn.span, draft.roles.get(turn.label, "participant")) for turn in draft.turns]
    headings = {s.start: s.title.strip() for s in draft.sections if s.title.strip() and s.start < len(draft.text)}
    asked = {start: number for number, start in sought(questions, draft.text, turns, headings.items())}
    return [Begin(start, asked.get(start), headings.get(start, "")) for start in sorted(headings.keys() | asked.keys())]


def sought(
    questions: Sequence[str], text: str, turns: Sequence[tuple[Span, str]], headings: Iterable[tuple[int, str]]
) -> list[tuple[int, int]]:
    """Where questions are asked in a text: (number of the question, code point). `turns` are spans and roles (empty: the
    lines are looked at), `headings` what stands over a place.
    """
    from cohesion_qda.analysis.sections import HEADING, Heard, find

    if not questions:
        return []
    heard = [Heard(Span(start, start), HEADING, title) for start, title in headings]
    heard += [Heard(span, role, span.of(text)) for span, role in turns or [(line, "") for line in lines(text)]]
    heard.sort(key=lambda one: (one.span.start, one.role != HEADING))
    return [(asked.question, asked.start) for asked in find(questions, heard)]


def found_in_words(questions: Sequence[object], sources: Collection[Collection[object]]) -> str:
    """How many of the questions were found, and in how many sources, given those that were found in each source; empty
    where there is nothing to find.
    """
    found = sum(any(question in asked for asked in sources) for question in questions)
    some = sum(any(question in asked for question in questions) for asked in sources)
    if not questions or not sources:
        return ""
    if not found:
        return _("None of the guide’s questions was found.")
    return ngettext(
        "{n} of {all} questions of the guide was found, in {some} of {sources} sources.",
        "{n} of {all} questions of the guide were found, in {some} of {sources} sources.",
        found,
    ).format(n=found, all=len(questions), some=some, sources=len(sources))


def checked(texts: Iterable[str]) -> list[str]:
    """The questions as they are kept: without their numbers, empty ones gone, each on one line. Raises BadInput for one
    that is there twice.
    """
    from cohesion_qda.formats.guide import plain

    found: dict[str, str] = {}
    for text in texts:
        kept = plain(" ".join(canonical(text).split()))
        if kept and comparable(kept) in found:
            raise BadInput(
                _("The guide asks “{question}” twice.").format(question=kept),
                _("Word one of them differently, or leave one out."),
            )
        if kept:
            found[comparable(kept)] = kept
    return list(found.values())


def questions_added(session: Session, texts: Sequence[str]) -> list[QuestionId]:
    """The questions `texts` of the guide; those it lacks are put at its end. Part of an action under way."""
    known = sections.questions(session.db)
    there = {comparable(question.text) for question in known}
    new = [text for text in texts if comparable(text) not in there]
    if new:
        kept: list[tuple[QuestionId | None, str]] = [(question.id, question.text) for question in known]
        sections.set_questions(session.db, [*kept, *((None, text) for text in new)])
    ids = {comparable(question.text): question.id for question in sections.questions(session.db)}
    return [ids[comparable(text)] for text in texts]
