"""Verbs on sections: under which question of the guide something was said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import Section
from cohesion_qda.model.source import Reading, SourceDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project.asked import ToSeek, found_in_words, planned, to_seek
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

        What is there is kept (a heading of the text itself is taken by the question asked under it), and only questions that
        have no section in a source are sought there; `again` gives up the sections under questions, seeks all anew, and lets
        what was placed by hand give way where one is found. Raises BadInput without a guide.
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

    def in_words(self, wanted: Iterable[SourceId] | None = None) -> str:
        """How many of the guide's questions have a section, and in how many of the sources `wanted`, or of all; a sentence,
        empty where there is no guide or no source.
        """
        with self._s.reading():
            ids = [source.id for source in sources.all_(self._s.db)] if wanted is None else list(wanted)
            there = [{one.question for one in sections.of_source(self._s.db, source)} for source in ids]
            return found_in_words([question.id for question in sections.questions(self._s.db)], there)

    def to_seek(self, drafts: Iterable[SourceDraft], guide: Iterable[str] = ()) -> ToSeek:
        """What `sources.add` would seek in these drafts. `to_seek(…).seek(job)` touches no database, so that it can be done
        elsewhere and stopped; what it gives is handed to `add`. Raises BadInput for a question that is there twice.
        """
        with self._s.reading():
            return to_seek(self._s, drafts, guide)

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
        reading = self._s.read(source)
        turn, begin = _turn_at(reading, start)
        known = {q.id: q.text for q in sections.questions(self._s.db)}
        if question is not None and question not in known:
            raise NotFound(_("question"), str(question), list(known.values()))
        title = " ".join(title.split()) if question is None else ""
        own = [s for s in reading.sections if question is not None and s.question == question]
        with self._s.act(
            "place-section" if question is not None or title else "end-section", focus=(source, turn),
            title=known[question] if question is not None else title, source=reading.source.name,
            turn=_number(reading, turn),
        ) as action:  # fmt: skip
            if own and not is_asked_again:
                sections.move(self._s.db, own[0].id, begin)
            else:
                sections.begin(self._s.db, source, begin, question, title, is_placed=question is None)
        return action.change

    def move(self, section: SectionId, start: int) -> Change:
        """Let a section begin with the turn that holds the code point `start`, in place of the one that begins there."""
        found = self._get(section)
        reading = self._s.read(found.source)
        turn, begin = _turn_at(reading, start)
        with self._s.act(
            "place-section", focus=(found.source, turn), title=found.title or _("no question"),
            source=reading.source.name, turn=_number(reading, turn),
        ) as action:  # fmt: skip
            sections.move(self._s.db, section, begin)
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


def _turn_at(reading: Reading, start: int) -> tuple[Span, int]:
    """The turn, or line, that holds the code point `start` (between turns, the one before), and where a section begins
    that begins with it: with the one that does, heading and all, if there is one. Raises BadInput.
    """
    if not 0 <= start < max(1, len(reading.text)):
        raise BadInput(
            _("The text of “{source}” ends at {length}.").format(source=reading.source.name, length=len(reading.text)),
            _("Choose a place inside it."),
        )
    places = reading.places
    turn = places[max(0, bisect_right(places, start, key=lambda place: place.start) - 1)]
    there = reading.section_at(turn.start)
    return turn, turn.start if there is None else there.span.start


def _number(reading: Reading, place: Span) -> int:
    """The number of the turn, or line, counted from 1."""
    return reading.places.index(place) + 1
