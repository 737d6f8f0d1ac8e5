"""Who talks in a group: how much each says, who follows whom, and who takes which side.

*Turn*: what one person says until somebody else speaks, as the transcript has it; where only some questions are
looked at, the stretch of it that is said under them. A turn without a code point is none.
*Share of talk*: a participant's words out of all words of the participants who are counted, in one source. Moderators
and observers have no share, and nobody who does not fit the filters.
*Follows*: a turn and the next of the same source, by two different people, both of which are looked at (no turn lies
between them). Two turns of one person in a row are no change of speaker.
*Responses*: the micro-interlocutor analysis of Onwuegbuzie, Dickinson, Leech and Zoran (2009), “A qualitative
framework for collecting and analyzing data in focus group research”, International Journal of Qualitative Methods
8(3), 1–21: for a question, who agrees, gives an example, dissents, gives a dissenting example, and who does not
respond, by the codes that the researcher chose for these. A person responds so who speaks in a mention (as in
`analysis.frequency`) of such a code; several may hold. Who speaks without any has *none* of them; who was there (as
`analysis.silence` has it) and says nothing is *silent*, which is not to disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, grid
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.tally import mentions_of
from cohesion_qda.model.case import Case
from cohesion_qda.model.ids import CaseId, CodeId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints

RESPONSES = ("agrees", "example", "dissents", "dissenting")
NONE, SILENT = "none", "silent"  # spoke without any of them; said nothing
OTHERS = ("moderator", "observer")  # who speaks and is not counted
CountWords = Callable[[SourceId, Sequence[Span]], list[int]]  # how many words begin in each of some stretches
Turn = tuple[CaseId, Span]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a person says in a source, turn by turn, with the words of each turn; nothing for who is silent."""

    case: CaseId
    turns: tuple[Span, ...] = ()
    words_of: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        """All their words."""
        return sum(self.words_of)

    @property
    def longest(self) -> int | None:
        """Which of the turns has most words, the first of several."""
        return max(range(len(self.turns)), key=lambda n: (self.words_of[n], -n), default=None)


@dataclass(frozen=True, slots=True)
class GroupTalk:
    """The talk of a source: the `people` who are counted, who says most first, and the `others`, who moderate or
    observe.
    """

    source: SourceId
    people: tuple[Spoken, ...]
    others: tuple[Spoken, ...]
    turns: int  # of those who are counted
    words: int

    def share(self, person: Spoken) -> float | None:
        """The share of the words, 0 to 1; None where nobody says anything."""
        return person.words / self.words if self.words else None


@dataclass(frozen=True, slots=True)
class Follows:
    """Who follows whom in a source: for (who spoke, who speaks next) where the next turns stand. `order` is everybody
    who speaks or could: those who are counted, then who moderates or observes, then others.
    """

    source: SourceId
    order: tuple[CaseId, ...]
    places: Mapping[tuple[CaseId, CaseId], tuple[Span, ...]]

    def count(self, first: CaseId, then: CaseId) -> int:
        """How often the one speaks right after the other."""
        return len(self.places.get((first, then), ()))


@dataclass(frozen=True, slots=True)
class Response:
    """How a person responds in a source: by each of RESPONSES how many mentions, and the codings behind them; `turns`
    are those under the question. `holds` are those of RESPONSES that hold; where none does, NONE or SILENT alone.
    """

    source: SourceId
    case: CaseId
    mentions: Mapping[str, int]
    codings: Mapping[str, tuple[CodingId, ...]]
    turns: tuple[Span, ...]
    holds: tuple[str, ...]


def is_counted(case: Case) -> bool:
    """Whether what a person says is counted."""
    return case.role == "participant"


def turns_of(data: StudyData) -> Mapping[SourceId, Sequence[Turn]]:
    """The turns of every source in which somebody speaks, in order."""

    def make() -> dict[SourceId, list[Turn]]:
        found: dict[SourceId, list[Turn]] = {}
        for source, start, end, case in data.turns:
            if start < end:
                found.setdefault(SourceId(source), []).append((CaseId(case), Span(start, end)))
        return found

    return once(data, "turns by source", make)


def talk_of(
    data: StudyData, source: SourceId, turns: Sequence[Turn], people: Sequence[CaseId], words: CountWords
) -> GroupTalk:
    """How much each of `people` says in the `turns` of a source, and each of those who moderate or observe."""
    said: dict[CaseId, list[Span]] = {case: [] for case in people}
    for case, span in turns:
        said.setdefault(case, []).append(span)
    spoken = [Spoken(case, tuple(own), tuple(words(source, own))) for case, own in said.items()]
    there = set(people)
    ranked = sorted((p for p in spoken if p.case in there), key=lambda p: (-p.words, -len(p.turns), p.case))
    others = (p for p in spoken if p.case not in there and data.cases[p.case].role in OTHERS)
    n_turns, n_words = sum(len(p.turns) for p in ranked), sum(p.words for p in ranked)
    return GroupTalk(source, tuple(ranked), tuple(others), n_turns, n_words)


def follows(
    data: StudyData, source: SourceId, every: Sequence[Turn], turns: Sequence[Turn], people: Sequence[CaseId]
) -> Follows:
    """Who follows whom. `every` turn of the source says what comes next, `turns` are those that are looked at."""
    pieces = _pieces(every, turns)
    places: dict[tuple[CaseId, CaseId], list[Span]] = {}
    for n, m in pairwise(sorted(pieces)):
        first, then = every[n][0], every[m][0]
        if m == n + 1 and first != then:
            places.setdefault((first, then), []).append(pieces[m])
    there = dict.fromkeys(every[n][0] for n in sorted(pieces))
    rank = {role: n for n, role in enumerate(OTHERS)}
    others = sorted((c for c in there if c not in people), key=lambda c: rank.get(data.cases[c].role, len(OTHERS)))
    return Follows(source, (*people, *others), {pair: tuple(spans) for pair, spans in places.items()})


def _pieces(every: Sequence[Turn], turns: Sequence[Turn]) -> dict[int, Span]:
    """By the number of the turn among `every`, (the first piece of) what of it is among `turns`."""
    starts, whole = [span.start for _case, span in every], dict[Turn, list[int]]()
    for number in range(len(every) - 1, -1, -1):
        whole.setdefault(every[number], []).append(number)
    found: dict[int, Span] = {}
    for case, piece in turns:
        if same := whole.get((case, piece)):  # it is not cut
            found.setdefault(same.pop(), piece)
            continue
        n = bisect_right(starts, piece.start) - 1
        while n >= 0 and (every[n][0] != case or not every[n][1].holds(piece)):
            n -= 1
        if n >= 0:
            found.setdefault(n, piece)
    return found


def responses(
    data: StudyData, people: Iterable[tuple[SourceId, CaseId]], codes: Mapping[str, Sequence[CodeId]]
) -> list[Response]:
    """How each of some people in their sources responds, by the codes chosen for each of RESPONSES."""
    turns: dict[tuple[int, int], list[Span]] = {}
    for at, every in turns_of(data).items():
        for who, span in every:
            turns.setdefault((at, who), []).append(span)
    said = {name: _said(data, codes.get(name, ())) for name in RESPONSES}
    found = []
    for source, case in people:
        own = {name: said[name].get((source, case), (0, ())) for name in RESPONSES}
        there = tuple(turns.get((source, case), ()))
        holds = tuple(name for name in RESPONSES if own[name][0]) or ((NONE,) if there else (SILENT,))
        mentions, codings = ({name: own[name][n] for name in RESPONSES} for n in (0, 1))
        found.append(Response(source, case, mentions, codings, there, holds))  # type: ignore[arg-type]
    return found


def _said(data: StudyData, codes: Sequence[CodeId]) -> dict[tuple[int, int], tuple[int, tuple[CodingId, ...]]]:
    """By source and person, in how many mentions of `codes`, taken as one, the person speaks, and the codings behind
    them.
    """
    import numpy as np

    g = grid(data)
    wanted = [n for n, code in enumerate(g.code_ids) if code in set(codes)]
    chosen = np.flatnonzero(g.counted & np.isin(g.code, np.array(wanted, dtype=np.int64)))
    _row, start, end, _source = mentions_of(g, [wanted])
    mentions, codings = _by_person(g, start, end), _by_person(g, g.start[chosen], g.end[chosen])
    return {
        who: (len(numbers), tuple(dict.fromkeys(CodingId(int(g.coding[chosen[n]])) for n in codings[who])))
        for who, numbers in mentions.items()
    }


def _by_person(g: Grid, start: Ints, end: Ints) -> dict[tuple[int, int], list[int]]:
    """By source and person, the numbers of the stretches in which the person speaks."""
    owner, line = g.talk.overlaps(start, end)
    sources, cases = g.source_ids[g.talk.source[line]], g.case_ids[g.talk.case[line]]
    found: dict[tuple[int, int], dict[int, None]] = {}
    for number, source, case in zip(owner.tolist(), sources.tolist(), cases.tolist(), strict=True):
        found.setdefault((source, case), {})[number] = None
    return {who: list(numbers) for who, numbers in found.items()}
