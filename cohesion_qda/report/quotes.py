"""The quotations of a report: those that the author chose, or proposed ones, with different people and groups first. Always the exact words."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CaseId, CodingId, SourceId
from cohesion_qda.model.reporting import DISSENT, NAMED, NOBODY, Quote
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span, count_words
from cohesion_qda.report.attributions import Attributions, attribution
from cohesion_qda.report.typical import Typical
from cohesion_qda.report.values import Quotation, QuotePart, ReportData
from cohesion_qda.report.words import number

__all__ = ["Chooser", "attribution", "marked", "quoted", "who_chose"]

FEWEST, MOST = 2, 4
AROUND = 2  # turns before and after a passage that are shown as its context
_CLOSING = " \t\n\"'’”»›)]"
_ENDS = tuple(".!?…。！？؟۔।—–-")  # a dash: the speaker broke off
_SHORT, _LONG = 12, 60  # words; a quotation between the two is preferred


@dataclass(frozen=True, slots=True)
class _Said:
    """A passage that may be quoted."""

    source: SourceId
    span: Span
    words: str
    source_name: str
    turn: int
    coding: CodingId
    role: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    said: _Said
    parts: tuple[QuotePart, ...]
    people: tuple[CaseId, ...]
    place: int  # where its source stands in the study
    awkward: int  # 0 for a good length, more the further from it
    level: int = 0  # 0 where it is most like the other passages


class Chooser:
    """Chooses theme after theme, so that the same people and groups are not quoted over and over. `text` gives the text of a source, for
    the turns around a passage; without it there are none. `typical` tells which passages are most like the others; without it all are.
    """

    def __init__(
        self,
        data: StudyData,
        rule: str = NAMED,
        text: Callable[[SourceId], str] | None = None,
        typical: Typical | None = None,
    ) -> None:
        self._cases = data.cases
        self._place = {fact.id: n for n, fact in enumerate(data.sources)}
        self._turns: dict[int, list[tuple[int, int, int]]] = {}
        for source, start, end, case in data.turns:
            self._turns.setdefault(source, []).append((start, end, case))
        self._quoted: Counter[object] = Counter()
        self._by = Attributions(data, rule)
        self._text = text
        self._typical = typical

    def choose(self, passages: Iterable[Passage], quotes: Sequence[Quote] = ()) -> tuple[Quotation, ...]:
        """Those of `quotes` that stand for the theme, in their order. Where there are none, two to four of `passages` (fewer where there are
        fewer): from different sources and people first, neither very short nor very long, the most typical first, not twice the same words.
        The same passages give the same choice.
        """
        chosen = [quote for quote in quotes if not quote.role]
        if chosen:
            return self._taken(chosen)
        left = self._with_levels([self._candidate(_of_coding(passage)) for passage in passages])
        found: list[_Candidate] = []
        while left and len(found) < MOST:
            best = min(left, key=lambda c: self._cost(c, found))
            if len(found) >= FEWEST and not _is_new(best, found):
                break
            found.append(best)
            self._note(best)
            left = [c for c in left if not _same_words(c, best)]
        return tuple(self._quotation(c) for c in found)

    def _with_levels(self, found: Iterable[_Candidate]) -> list[_Candidate]:
        """Those in which not only a moderator speaks, each with how typical it is of them all."""
        left = [c for c in found if any(not part.is_moderator for part in c.parts)]
        if self._typical is None:
            return left
        levels = self._typical.levels([(c.said.source, c.said.span) for c in left])
        return [replace(c, level=level) for c, level in zip(left, levels, strict=True)]

    def dissenting(self, quotes: Sequence[Quote]) -> tuple[Quotation, ...]:
        """Those of `quotes` that stand for a view against the theme, in their order."""
        return self._taken([quote for quote in quotes if quote.role == DISSENT])

    def _taken(self, quotes: Iterable[Quote]) -> tuple[Quotation, ...]:
        found = [self._candidate(_of_quote(quote)) for quote in quotes if not quote.place.is_lost]
        for each in found:
            self._note(each)
        return tuple(self._quotation(each) for each in found)

    def _note(self, taken: _Candidate) -> None:
        self._quoted.update([taken.said.source, taken.said.span, *taken.people])

    def _cost(self, candidate: _Candidate, chosen: Sequence[_Candidate]) -> tuple[int, ...]:
        said = candidate.said
        return (
            sum(c.said.source == said.source for c in chosen),
            sum(bool(set(c.people) & set(candidate.people)) for c in chosen),
            self._quoted[said.span] if self._quoted[said.source] else 0,
            candidate.awkward,
            candidate.level,
            self._quoted[said.source],
            sum(self._quoted[person] for person in candidate.people),
            candidate.place,
            said.span.start,
            said.span.end,
            said.coding,
        )

    def _candidate(self, said: _Said) -> _Candidate:
        parts, people = [], []
        for start, end, case in self._turns_in(said.source, said.span):
            words = said.words[max(0, start - said.span.start) : end - said.span.start].strip()
            if not words:
                continue
            person = self._cases[CaseId(case)]
            parts.append(self._part(person.id, words))
            if person.role == "participant" and person.id not in people:
                people.append(person.id)
        if not parts and said.source not in self._turns:
            parts = [QuotePart("", said.words)]
        n = count_words(said.words)
        awkward = 2 * max(0, _SHORT - n) + max(0, n - _LONG) // 2
        return _Candidate(said, tuple(parts), tuple(people), self._place.get(said.source, 0), awkward)

    def _part(self, case: CaseId, words: str) -> QuotePart:
        return QuotePart(self._by.person(case), words, is_moderator=self._cases[case].role != "participant")

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
        said = candidate.said
        before, after = self._around(said)
        return Quotation(
            said.coding,
            marked(candidate.parts),
            self._by.under(candidate.people, said.source, said.source_name),
            0 if self._by.rule == NOBODY else said.turn,
            before=before,
            after=after,
            source=said.source,
            span=said.span,
            people=candidate.people,
            is_chosen=said.is_chosen,
            role=said.role,
        )

    def _around(self, said: _Said) -> tuple[tuple[QuotePart, ...], tuple[QuotePart, ...]]:
        """The turns before and after a passage, the rest of those it begins and ends in among them; of a text in which nobody speaks, its
        paragraphs.
        """
        if self._text is None:
            return (), ()
        text, span = self._text(said.source), said.span
        turns = self._turns.get(said.source)
        if turns is None:
            before = [line for line in text[: span.start].split("\n") if line.strip()][-AROUND:]
            after = [line for line in text[span.end :].split("\n") if line.strip()][:AROUND]
            return tuple(QuotePart("", line.strip()) for line in before), tuple(
                QuotePart("", line.strip()) for line in after
            )
        first = bisect_right(turns, (span.start, len(text), 0)) - 1
        inside = self._turns_in(said.source, span)
        last = bisect_right(turns, inside[-1]) if inside else first + 1
        heard = [(start, min(end, span.start), case) for start, end, case in turns[max(0, first - AROUND) : first + 1]]
        still = [(max(start, span.end), end, case) for start, end, case in turns[max(0, last - 1) : last + AROUND]]
        return self._spoken(text, heard), self._spoken(text, still)

    def _spoken(self, text: str, turns: Iterable[tuple[int, int, int]]) -> tuple[QuotePart, ...]:
        found = ((CaseId(case), text[start:end].strip()) for start, end, case in turns if start < end)
        return tuple(self._part(case, words) for case, words in found if words)


def _of_coding(passage: Passage) -> _Said:
    coding = passage.coding
    return _Said(coding.source, coding.span, passage.quote, passage.source_name, passage.turn, coding.id)


def _of_quote(quote: Quote) -> _Said:
    at = quote.place
    return _Said(at.source, at.span, at.quote, at.source_name, at.turn, CodingId(0), role=quote.role, is_chosen=True)


def quoted(data: ReportData) -> list[Quotation]:
    """Every quotation of a report, those against a theme after those for it."""
    themes = (theme for chapter in data.chapters for theme in chapter.themes)
    return [quotation for theme in themes for quotation in (*theme.quotations, *theme.dissent)]


def who_chose(quotations: Sequence[Quotation]) -> tuple[str, ...]:
    """Sentences that say how many quotations the author chose, and how the others were proposed; none where there are no quotations."""
    chosen, n = sum(quotation.is_chosen for quotation in quotations), len(quotations)
    if not n:
        return ()
    if chosen == n:
        return (_("All quotations were chosen by the author."),)
    rule = _(
        "Those that the author did not choose were proposed by the program: for each theme two to four passages, "
        "from different groups and people first, neither very short nor very long, and those first that say most of what the others say."
    )
    told = _("Quotations chosen by the author: {n} of {total}.").format(n=number(chosen), total=number(n))
    return told, rule


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


def _is_new(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    """Whether neither its source nor any of its people is quoted yet."""
    return not any(c.said.source == candidate.said.source or set(c.people) & set(candidate.people) for c in chosen)


def _same_words(first: _Candidate, second: _Candidate) -> bool:
    a, b = first.said, second.said
    return a.source == b.source and a.span.overlaps(b.span)
