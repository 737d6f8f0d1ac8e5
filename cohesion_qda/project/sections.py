"""Verbs on sections: under which question of the guide something was said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import Section
from cohesion_qda.model.source import Reading, SourceDraft
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.project import guide
from cohesion_qda.project.session import Session
from cohesion_qda.store import sections, sources


@dataclass(frozen=True, slots=True)
class FoundSections:
    """What came of seeking questions: how many sections were `found`, in how many `sources`; `n_sources` were searched."""

    change: Change
    found: int
    sources: int
    n_sources: int


class Sections:
    """`project.sections`. A section begins where a question is asked, and ends where the next begins or with the text."""

    def __init__(self, session: Session) -> None:
        self._s = session

    def of(self, source: SourceId) -> list[Section]:
        """The sections of a source, in order."""
        with self._s.reading():
            return sections.of_source(self._s.db, source)

    def find(self, wanted: Iterable[SourceId] | None = None, *, again: bool = False) -> FoundSections:
        """Find where the guide's questions are asked, in all sources or in those `wanted`, in one undoable act.

        What is there is kept, and only questions that have no section in a source are sought there; `again` gives up the
        sections under questions (also those that were placed by hand) and seeks all anew. Raises BadInput without a guide.
        """
        questions = sections.questions(self._s.db)
        if not questions:
            raise BadInput(
                _("The project has no moderator's guide."), _("Give its questions first; then they can be found.")
            )
        sought = planned(self._s, [(q.id, q.text) for q in questions], wanted, again=again)
        with self._s.act("find-sections", n=sought.n) as action:
            sought.write([q.id for q in questions])
        return FoundSections(action.change, sought.n, sum(map(bool, sought.found.values())), len(sought.found))

    def titles(self) -> list[str]:
        """The questions and headings by which can be counted: those that have a section, the guide's in its order first."""
        from cohesion_qda.analysis.columns import titles_of

        with self._s.reading():
            return titles_of(sections.rows(self._s.db), sections.questions(self._s.db))

    def place(
        self,
        source: SourceId,
        start: int,
        *,
        question: QuestionId | None = None,
        title: str = "",
        is_asked_again: bool = False,
    ) -> Change:
        """Let a section begin with the turn (where nobody speaks, the line) that holds the code point `start`: under a
        question of the guide, under a heading of its own, or, with neither, under no question.

        A question that has a section in this source is moved there, unless it `is_asked_again`. Raises NotFound for a
        question that is not in the guide, and BadInput for a place outside the text.
        """
        reading = _reading(self._s, source)
        turn = _turn_at(reading, start)
        known = {q.id: q.text for q in sections.questions(self._s.db)}
        if question is not None and question not in known:
            raise NotFound(_("question"), str(question), list(known.values()))
        title = " ".join(title.split())
        own = [s for s in reading.sections if question is not None and s.question == question]
        with self._s.act(
            "place-section" if question is not None or title else "end-section", focus=(source, turn),
            title=known[question] if question is not None else title, source=reading.source.name,
            turn=_number(reading, turn),
        ) as action:  # fmt: skip
            if own and not is_asked_again:
                sections.move(self._s.db, own[0].id, turn.start)
            else:
                sections.begin(self._s.db, source, turn.start, question, "" if question is not None else title)
        return action.change

    def move(self, section: SectionId, start: int) -> Change:
        """Let a section begin with the turn that holds the code point `start`, in place of the one that begins there."""
        found = self._get(section)
        reading = _reading(self._s, found.source)
        turn = _turn_at(reading, start)
        with self._s.act(
            "place-section", focus=(found.source, turn), title=found.title or _("no question"),
            source=reading.source.name, turn=_number(reading, turn),
        ) as action:  # fmt: skip
            sections.move(self._s.db, section, turn.start)
        return action.change

    def remove(self, section: SectionId) -> Change:
        """Take a section away: what was said in it goes on with the one before."""
        found = self._get(section)
        name = self._s.source(found.source).name
        with self._s.act("remove-section", title=found.title or _("no question"), source=name) as action:
            sections.delete(self._s.db, section)
        return action.change

    def _get(self, section: SectionId) -> Section:
        found = sections.by_id(self._s.db, section)
        if found is None:
            raise NotFound(_("section"), str(section), [])
        return found


@dataclass(frozen=True, slots=True)
class Planned:
    """Where questions are to begin, found before anything is written: for each source (number of the question, code point).
    `given_up` are sections that go first.
    """

    session: Session
    found: Mapping[SourceId, Sequence[tuple[int, int]]]
    given_up: Sequence[SectionId]

    @property
    def n(self) -> int:
        """How many sections there are to be."""
        return sum(map(len, self.found.values()))

    def write(self, ids: Sequence[QuestionId]) -> None:
        """Add the sections, as part of an action under way; `ids` are those of the questions, in their order."""
        for section in self.given_up:
            sections.delete(self.session.db, section)
        for source, begins in self.found.items():
            for number, start in begins:
                sections.begin(self.session.db, source, start, ids[number], "")


def planned(
    session: Session,
    questions: Sequence[tuple[QuestionId | None, str]],
    wanted: Iterable[SourceId] | None = None,
    *,
    again: bool = False,
) -> Planned:
    """Where `questions` (None: one that is new) are asked in the sources `wanted`, or in all; those that have a section in a
    source are not sought there, unless `again`.
    """
    found: dict[SourceId, list[tuple[int, int]]] = {}
    given_up: list[SectionId] = []
    for source in sorted({s.id for s in sources.all_(session.db)} if wanted is None else set(wanted)):
        reading = _reading(session, source)
        kept = [] if again else [s for s in reading.sections if s.question is not None]
        there, starts = {s.question for s in kept}, {s.span.start for s in kept}
        turns = [(turn.span, reading.speakers[turn.speaker].role) for turn in reading.turns]
        headings = [(s.span.start, s.title) for s in reading.sections if s.question is None and s.title]
        found[source] = [
            (number, start) for number, start in sought([text for _id, text in questions], reading.text, turns, headings)
            if start not in starts and (questions[number][0] is None or questions[number][0] not in there)
        ]  # fmt: skip
        given_up += [s.id for s in reading.sections if again and s.question is not None]
    return Planned(session, found, given_up)


def sought(
    questions: Sequence[str], text: str, turns: Sequence[tuple[Span, str]], headings: Sequence[tuple[int, str]]
) -> list[tuple[int, int]]:
    """Where questions are asked in a text: (number of the question, code point). `turns` are spans and roles (empty: the
    lines are looked at), `headings` what stands over a place.
    """
    from cohesion_qda.analysis.sections import HEADING, Heard, find

    if not questions:
        return []
    heard = [Heard(Span(start, start), HEADING, title) for start, title in headings]
    heard += [Heard(span, role, span.of(text)) for span, role in turns or [(line, "") for line in _lines(text)]]
    heard.sort(key=lambda one: (one.span.start, one.role != HEADING))
    return [(asked.question, asked.start) for asked in find(questions, heard)]


class SectionsOfDrafts:
    """The sections that drafts are to have: where the guide's questions are asked, and their own headings elsewhere."""

    def __init__(self, session: Session, drafts: Iterable[SourceDraft], questions: Sequence[str]) -> None:
        self._s = session
        self._questions = questions
        self._found = {id(draft): begins(draft, questions) for draft in drafts}
        self._ids: dict[str, QuestionId] = {}
        self.kept = 0

    def keep(self, source: SourceId, draft: SourceDraft) -> None:
        """Add the sections of `draft`, which became `source`, as part of an action under way."""
        if self._questions and not self._ids:
            self._ids = {comparable(q.text): q.id for q in guide.added(self._s, self._questions)}
        for start, number, title in self._found[id(draft)]:
            question = None if number is None else self._ids[comparable(self._questions[number])]
            sections.begin(self._s.db, source, start, question, title)
            self.kept += 1


def sections_of(session: Session, drafts: Iterable[SourceDraft], asked: Iterable[str] = ()) -> SectionsOfDrafts:
    """The sections of drafts, found before anything is written; `asked` are the questions, or else the project's guide.

    Raises BadInput for a question that is there twice.
    """
    questions = guide.checked(asked) or [question.text for question in sections.questions(session.db)]
    return SectionsOfDrafts(session, drafts, questions)


def begins(draft: SourceDraft, questions: Sequence[str]) -> list[tuple[int, int | None, str]]:
    """(code point, number of the question, heading of its own) of every section of what was read, in order."""
    turns = [(turn.span, draft.roles.get(turn.label, "participant")) for turn in draft.turns]
    headings = [(s.start, s.title.strip()) for s in draft.sections if s.title.strip() and s.start < len(draft.text)]
    own: dict[int, tuple[int, int | None, str]] = {start: (start, None, title) for start, title in headings}
    asked = {start: (start, number, "") for number, start in sought(questions, draft.text, turns, headings)}
    return sorted((own | asked).values(), key=lambda one: one[0])


def _reading(session: Session, source: SourceId) -> Reading:
    from cohesion_qda.project.sources import Sources

    return Sources(session).reading(source)


def _lines(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def _turn_at(reading: Reading, start: int) -> Span:
    """The turn, or line, that holds the code point `start`; between turns, the one before. Raises BadInput."""
    if not 0 <= start < max(1, len(reading.text)):
        raise BadInput(
            _("The text of “{source}” ends at {length}.").format(source=reading.source.name, length=len(reading.text)),
            _("Choose a place inside it."),
        )
    spans = [turn.span for turn in reading.turns] or _lines(reading.text)
    return spans[max(0, bisect_right([span.start for span in spans], start) - 1)]


def _number(reading: Reading, place: Span) -> int:
    """The number of the turn, or line, counted from 1."""
    spans = [turn.span for turn in reading.turns] or _lines(reading.text)
    return spans.index(place) + 1
