"""Key terms: what sets some talk apart from other talk, what unites all of it, and what was said most widely.

*Apart.* Terms are ranked by the z-scores of their log-odds, the whole talk being the prior (`weighing`). A term passes only if on
its own side at least two participants said it, in at least two groups where there are several (an interview or a document
counts as a group here), and many more of them than chance would have it, by numbers of participants, never of words, because one person's pet phrase
is no finding: by G² and, for small numbers, exactly. Both allow for how much each participant said on either side. With
speakers shuffled at random at most one term in five hundred passes.

*Unites.* A term unites the parts of the talk (groups, places, whatever is asked) if a fifth of all participants said it, in
every part at least one in ten did, and those who did lie over the parts much as all participants do: an evenness of at
least three quarters, which is one less Gries' deviation of proportions. It is ranked by its smallest share, then by its evenness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import distinct, speakers_first
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.sides import Chosen, Side, apart, inside, occasions, side, single, together
from cohesion_qda.analysis.weighing import evenness, log_odds, surprise, tail
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.suggestion import NONE, Evidence, FoundTerms, Share, TermSuggestion
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.selecting import Places
    from cohesion_qda.analysis.weighing import Floats

__all__ = ["inside", "set_apart", "side", "united", "widest", "without_echoes"]

CHANCE = 0.005  # where numbers are small, in each direction
GATE = 10.83  # of G²: chi-squared with one degree of freedom, one in a thousand
LEAST = 2  # participants, and groups
MANY = 1 / 5  # of all participants
SOME = 1 / 10  # of the participants in every part
EVEN = 3 / 4
PASSAGES = 20
NUMBER = 60
ECHO = 0.7  # of the times a term was said inside a longer one


def set_apart(
    words: Words,
    chosen: Places | Chosen | None,
    against: Places | Chosen | None = None,
    *,
    number: int = NUMBER,
    job: Job | None = None,
) -> FoundTerms:
    """What sets the talk in some places apart from other talk (None: the rest), and the other way round, at most `number` each.

    What lies in both counts for neither; where one lies wholly in the other, that is compared with the rest of it. With
    nothing chosen and nothing to compare with: the terms said most widely, in `terms`. Same input, same output.
    """
    import numpy as np

    job = job or Job()
    if chosen is None and against is None:
        return widest(words, None, number=number)
    job.step(0, 2)
    one, other = side(words, chosen), side(words, against)
    both = one.here & other.here if against is not None else np.zeros(len(words.term), dtype=bool)
    shared = len(distinct(words.utterance[both]))
    is_nested = shared > 0 and int(both.sum()) in (int(one.here.sum()), int(other.here.sum()))
    one, other, why = apart(one, other)
    if why == "the same" and against is None:
        why = "nobody else"
    found = FoundTerms(base=one.base, rest_base=other.base, shared=shared, is_nested=is_nested and not why, why=why)
    if why:
        return found
    scores = scored(one, other)
    job.step(1, 2)
    terms = _told(one, other, passing(one, other, *scores), scores[0], number + 1, 1)
    opposite = _told(other, one, passing(other, one, *(-score for score in scores)), -scores[0], number + 1, -1)
    job.step(2, 2)
    why = "" if terms or opposite else _why_none(one, other)
    return _cut(replace(found, terms=terms, against=opposite, why=why), number)


def widest(words: Words, chosen: Places | Chosen | None, *, number: int = NUMBER) -> FoundTerms:
    """The terms that most people said in some places (None: in all talk): by participants, then by mentions; those of two
    voices on, where there are two. A term's `score` is its participants.
    """
    whole = side(words, chosen)
    score, least = whole.participants.astype(float), min(LEAST, len(whole.exposure))
    ranked = [t for t in _by_breadth(words, whole) if whole.voices[t] >= least]
    terms = tuple(_suggestions(whole, None, without_echoes(whole, ranked, number + 1), score, 0))
    why = "" if terms else "nothing stands out" if whole.base.mentions else "nobody"
    return _cut(FoundTerms(terms, base=whole.base, why=why), number)


def united(
    words: Words, parts: Sequence[tuple[str, Places]], *, number: int = NUMBER, job: Job | None = None
) -> FoundTerms:
    """What unites the parts of the talk: each a name and where it lies. Parts with fewer than two participants are left out.
    A term's `score` is its smallest share, its `parts` are all its shares.
    """
    import numpy as np

    job = job or Job()
    sides = []
    for n, (name, places) in enumerate(parts):
        job.step(n, len(parts))
        sides.append((name, side(words, places)))
    shares = [Share(name, 0, each.base.participants) for name, each in sides]
    left = tuple(share for share in shares if share.speakers < LEAST)
    kept = [n for n, share in enumerate(shares) if share.speakers >= LEAST]
    asked = tuple(shares[n] for n in kept)
    whole = Side(words, *together([each for _name, each in sides], words))
    found = FoundTerms(base=whole.base, parts=asked, left_out=left)
    if len(kept) < 2:
        return replace(found, why="one part" if whole.base.participants else "nobody")
    said = np.array([sides[n][1].participants for n in kept], dtype=np.int64).T
    speakers = np.array([share.speakers for share in asked], dtype=np.int64)
    smallest, even = (said / speakers).min(axis=1), evenness(said, speakers)
    many = (said.sum(axis=1) >= max(LEAST, MANY * speakers.sum())) & (smallest >= SOME)
    passed = many & (even >= EVEN)
    order = sorted(_numbers(passed), key=lambda t: (-smallest[t], -even[t], -said[t].sum(), words.terms[t]))
    ranked = without_echoes(whole, order, number + 1)
    told = zip(ranked, _suggestions(whole, None, ranked, smallest, 0), strict=True)
    terms = tuple(replace(term, parts=_shares(asked, said[t].tolist())) for t, term in told)
    return _cut(replace(found, terms=terms, why="" if terms else "nothing stands out"), number)


def _cut(found: FoundTerms, number: int) -> FoundTerms:
    """At most so many terms on each side, and whether there were more."""
    has_more = max(len(found.terms), len(found.against)) > number
    return replace(
        found, terms=found.terms[:number], against=found.against[:number], most=number if has_more else 0
    )  # fmt: skip


# -- which terms pass ----------------------------------------------------------------------------------------------------


def scored(one: Side, other: Side) -> tuple[Floats, Floats]:
    """Of each term, the z-score of its log-odds with all talk as the prior, and its G² over voices: both positive where it
    sets one side apart, negative where the other.
    """
    words = one.words
    return (
        log_odds(one.mentions, other.mentions, single(words), side(words, None).mentions),
        surprise(one.voices, other.voices, one.exposure, other.exposure),
    )


def passing(own: Side, other: Side, score: Floats, gate: Floats) -> list[int]:
    """The terms that set a side apart from the other by both scores, said widely enough, the foremost first."""
    import numpy as np

    words = own.words
    groups = min(LEAST, len(distinct(occasions(words)[own.turns])))
    passed = np.flatnonzero((score > 0) & (gate >= GATE) & (own.voices >= LEAST) & (own.occasions >= groups))
    chance = tail(own.voices[passed], other.voices[passed], own.exposure, other.exposure)
    return sorted(passed[chance <= CHANCE].tolist(), key=lambda t: (-score[t], words.terms[t]))


def _shares(parts: Sequence[Share], said: Sequence[int]) -> tuple[Share, ...]:
    return tuple(replace(part, said=n) for part, n in zip(parts, said, strict=True))


def _why_none(one: Side, other: Side) -> str:
    return "too few" if _is_hopeless(len(one.exposure), len(other.exposure)) else "nothing stands out"


def _is_hopeless(here: int, there: int) -> bool:
    """Whether no term could pass: not even one that everybody said here and nobody there, as if all said equally much."""
    import numpy as np

    ends = (np.full(here, 100), np.full(there, 100)), (np.full(there, 100), np.full(here, 100))
    return all(tail(np.array([len(own)]), np.array([0]), own, other)[0] > CHANCE for own, other in ends)


def _told(
    own: Side, rest: Side, ranked: list[int], score: Floats, number: int, direction: int
) -> tuple[TermSuggestion, ...]:
    return tuple(_suggestions(own, rest, without_echoes(own, ranked, number), score, direction))


def _suggestions(
    own: Side, rest: Side | None, terms: Sequence[int], score: Floats, direction: int
) -> Iterator[TermSuggestion]:
    words, (order, begins) = own.words, _by_term(own.words, own.here)
    for t in terms:
        yield TermSuggestion(
            key="term " + " ".join(words.parts[t]), term=words.terms[t], score=float(score[t]), count=own.count(t),
            rest=NONE if rest is None else rest.count(t), passages=_passages(words, order[begins[t] : begins[t + 1]]), base=own.base,
            rest_base=NONE if rest is None else rest.base, direction=direction,
        )  # fmt: skip


def without_echoes(here: Side, ranked: Sequence[int], number: int) -> list[int]:
    """The first `number` terms of `ranked`, without those that are mostly said inside longer ones of them: "sugar" beside
    "blood sugar". Each time a term was said counts once, in however many longer ones that is.
    """
    import numpy as np

    words, ahead = here.words, np.array(list(ranked)[: 4 * number], dtype=np.int64)
    is_there = np.zeros(len(words.terms), dtype=bool)
    is_there[ahead] = True
    at = np.flatnonzero(here.here & is_there[words.term])
    within = np.bincount(words.term[at][_is_within(words, at, ~single(words)[words.term[at]])], minlength=len(is_there))
    kept = ahead[(within[ahead] < ECHO * here.mentions[ahead]) | (within[ahead] == 0)]
    return [int(t) for t in kept[:number]]


def _is_within(words: Words, at: Ints, longer: Bools) -> Bools:
    """Which of some occurrences lie inside another of them that is `longer`, and reaches beyond them."""
    import numpy as np

    utterance, start, end = words.utterance[at], words.start[at], words.end[at]
    order = np.lexsort((-end, start, utterance))
    utterance, start, end = utterance[order], start[order], end[order]
    step = int(end.max(initial=0)) + 1
    reach = np.maximum.accumulate(np.where(longer[order], utterance * step + end, -1))
    before = np.concatenate((reach[:1] * 0 - 1, reach[:-1]))
    opens = np.ones(len(at), dtype=bool)
    opens[1:] = (np.diff(utterance) != 0) | (np.diff(start) != 0) | (np.diff(end) != 0)
    before = before[np.maximum.accumulate(np.where(opens, np.arange(len(at)), 0))]  # nothing lies inside its like
    found = np.zeros(len(at), dtype=bool)
    found[order] = before >= utterance * step + end
    return found


def _numbers(passed: Bools) -> list[int]:
    import numpy as np

    return [int(t) for t in np.flatnonzero(passed)]


def _by_breadth(words: Words, whole: Side) -> list[int]:
    """All terms that occur, the most widely said first."""
    return sorted(
        _numbers(whole.mentions > 0),
        key=lambda t: (-whole.participants[t], -whole.voices[t], -whole.mentions[t], words.terms[t]),
    )


def _by_term(words: Words, here: Bools) -> tuple[Ints, Ints]:
    """The occurrences, in order of their terms; and where each term begins among them."""
    import numpy as np

    kept = np.flatnonzero(here)
    order = kept[np.argsort(words.term[kept], kind="stable")]
    return order, np.searchsorted(words.term[order], np.arange(len(words.terms) + 1))


def _passages(words: Words, occurrences: Ints) -> tuple[Evidence, ...]:
    """The turns in which a term occurs, different speakers first, with where it stands in each."""
    import numpy as np

    said, first, times = np.unique(words.utterance[occurrences], return_index=True, return_counts=True)
    best = sorted(zip(said.tolist(), first.tolist(), times.tolist(), strict=True), key=lambda turn: (-turn[2], turn[0]))
    at = {turn: occurrences[begin : begin + n] for turn, begin, n in best}
    turns = [turn for turn, _first, _times in best]
    ordered = [turns[n] for n in speakers_first(words.voice[turns].tolist())[:PASSAGES]]
    return tuple(
        Evidence(
            words.utterances[u].source, words.utterances[u].span, 1 / (1 + n),
            tuple(Span(a, b) for a, b in zip(words.start[at[u]].tolist(), words.end[at[u]].tolist(), strict=True)),
            words.contents.get(words.utterances[u].source, ""),
        )
        for n, u in enumerate(ordered)
    )  # fmt: skip
