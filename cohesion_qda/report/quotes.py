"""Choosing the quotations of a report: exact words, different people and groups first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span, count_words
from cohesion_qda.report.values import Quotation, QuotePart

FEWEST, MOST = 2, 4
_CLOSING = " \t\n\"'’”»›)]"
_ENDS = tuple(".!?…。！？؟۔।—–-")  # a dash: the speaker broke off
_SHORT, _LONG = 12, 60  # words; a quotation between the two is preferred


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    parts: tuple[QuotePart, ...]
    people: tuple[CaseId, ...]
    place: int  # where its source stands in the study
    awkward: int  # 0 for a good length, more the further from it


class Chooser:
    """Chooses theme after theme, so that the same people and groups are not quoted over and over."""

    def __init__(self, data: StudyData) -> None:
        self._cases = data.cases
        self._place = {fact.id: n for n, fact in enumerate(data.sources)}
        self._turns: dict[int, list[tuple[int, int, int]]] = {}
        for source, start, end, case in data.turns:
            self._turns.setdefault(source, []).append((start, end, case))
        self._quoted: Counter[object] = Counter()

    def choose(self, passages: Iterable[Passage]) -> tuple[Quotation, ...]:
        """Two to four of `passages` (fewer where there are fewer): from different sources and people first, neither
        very short nor very long, not twice the same words. The same passages give the same choice.
        """
        left = [self._candidate(p) for p in passages]
        left = [c for c in left if any(not part.is_moderator for part in c.parts)]
        chosen: list[_Candidate] = []
        while left and len(chosen) < MOST:
            best = min(left, key=lambda c: self._cost(c, chosen))
            if len(chosen) >= FEWEST and not _is_new(best, chosen):
                break
            chosen.append(best)
            self._quoted.update([best.passage.coding.source, best.passage.coding.span, *best.people])
            left = [c for c in left if not _same_words(c, best)]
        return tuple(self._quotation(c) for c in chosen)

    def _cost(self, candidate: _Candidate, chosen: Sequence[_Candidate]) -> tuple[int, ...]:
        coding = candidate.passage.coding
        return (
            sum(c.passage.coding.source == coding.source for c in chosen),
            sum(bool(set(c.people) & set(candidate.people)) for c in chosen),
            self._quoted[coding.span] if self._quoted[coding.source] else 0,
            candidate.awkward,
            self._quoted[coding.source],
            sum(self._quoted[person] for person in candidate.people),
            candidate.place,
            coding.span.start,
            coding.span.end,
            coding.id,
        )

    def _candidate(self, passage: Passage) -> _Candidate:
        coding = passage.coding
        parts, people = [], []
        for start, end, case in self._turns_in(coding.source, coding.span):
            words = passage.quote[max(0, start - coding.span.start) : end - coding.span.start].strip()
            if not words:
                continue
            person = self._cases[CaseId(case)]
            parts.append(QuotePart(person.name, words, is_moderator=person.role != "participant"))
            if person.role == "participant" and person.id not in people:
                people.append(person.id)
        if not parts and coding.source not in self._turns:
            parts = [QuotePart("", passage.quote)]
        n = count_words(passage.quote)
        awkward = 2 * max(0, _SHORT - n) + max(0, n - _LONG) // 2
        return _Candidate(passage, tuple(parts), tuple(people), self._place.get(coding.source, 0), awkward)

    def _turns_in(self, source: int, span: Span) -> list[tuple[int, int, int]]:
        turns = self._turns.get(source, [])
        at = max(0, bisect_right(turns, (span.start, span.end, 0)) - 1)
        found = []
        for turn in turns[at:]:
            if turn[0] >= span.end:
                break
            if turn[1] > span.start:
                found.append(turn)
        return found

    def _quotation(self, candidate: _Candidate) -> Quotation:
        passage = candidate.passage
        names = [self._cases[person].name for person in candidate.people]
        return Quotation(
            passage.coding.id, marked(candidate.parts), attribution(names, passage.source_name), passage.turn
        )


def marked(parts: Sequence[QuotePart]) -> tuple[QuotePart, ...]:
    """The parts of a quotation, with “…” before what begins and after what ends in the middle of a sentence.

    Decided by the first letter (a small one is no beginning) and the last character.
    """
    found = list(parts)
    if found and _begins_within(found[0].words):
        found[0] = replace(found[0], words=f"…{found[0].words}")
    if found and _ends_within(found[-1].words):
        found[-1] = replace(found[-1], words=f"{found[-1].words}…")
    return tuple(found)


def _begins_within(words: str) -> bool:
    first = next((n for n, c in enumerate(words) if c.isalnum()), None)
    return first is not None and words[first].islower() and not words[:first].strip().endswith(("…", "..."))


def _ends_within(words: str) -> bool:
    bare = words.rstrip(_CLOSING)
    return bool(bare) and not bare.endswith(_ENDS)


def attribution(names: Sequence[str], source_name: str) -> str:
    """`Maureen and Denise, Huddersfield women`; the source alone where nobody speaks."""
    if not names:
        return source_name
    if len(names) == 1:
        return _("{person}, {group}").format(person=names[0], group=source_name)
    return _("{people} and {person}, {group}").format(people=", ".join(names[:-1]), person=names[-1], group=source_name)


def _is_new(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether neither its source nor any of its people is quoted yet."""
    return not any(
        c.passage.coding.source == candidate.passage.coding.source or set(c.people) & set(candidate.people)
        for c in chosen
    )


def _same_words(first: _Candidate, second: _Candidate) -> bool:
    a, b = first.passage.coding, second.passage.coding
    return a.source == b.source and a.span.overlaps(b.span)
