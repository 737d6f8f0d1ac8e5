"""Where the questions of a moderator's guide are asked, and so which stretch of a transcript answers which.

A question and what a moderator says are compared by their words and pairs of words, rare ones counting most: what share of
the question is said, and what share of what is said is the question; each in pieces of a few sentences, so that a
question in a long turn is found. What a moderator calls “the second thing” or “the last one” counts besides. Then the
best way through the transcript is chosen in which questions follow each other as in the guide; questions out of that
order are taken where they are plain. Last, what is found must have company: a common word in a long turn, or a bare “the
second question”, counts only where enough of the guide is asked in plain words.
Rules and counting, nothing learned: the same words give the same sections.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cohesion_qda.model.text import Span, comparable, without_stage_notes, word_pattern

HEADING = "heading"  # the role of what stands over a stretch and is said by nobody
ENOUGH = 0.28  # the least score with which a question counts as asked
CLEAR = 0.35  # the least with which its words alone are full evidence
OUT_OF_ORDER = 0.12  # what it must score besides to be taken out of the guide's order
CUE = 0.32  # what naming a question by its number adds, as a share of what is missing to 1
SENTENCES = 2  # of a turn or a question that are compared together
ASKED = 0.85  # how much the share of the question that is said matters; the rest: what share of what is said is the question
PAIR = 0.5  # what a pair of words counts beside a word as rare
LIGHT = 0.6  # what a word of all talk counts beside another as rare
ALONE = 0.7  # the score with which a question needs no company
COMPANY = 4  # of as many questions one must be asked in plain words, for the others to count
HALF, FULL = 1, 2  # how much evidence there is in the words
SHORT = 6  # words that tell something in a turn so short that one shared word is plain

_SENTENCE = re.compile(r"[^.?!…\n]+[.?!…]*")
_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NOUN = r"(?:question|thing|one|part|area|bit|topic|theme|section|point)\b"
_NTH = re.compile(rf"\b({'|'.join(_NUMBERS)})\s+(?:\w+\s+)?{_NOUN}")
_NUMBERED = re.compile(r"\bquestion\s+(?:number\s+)?(\d{1,2})\b")
_FIRST = re.compile(r"\b(?:to begin with|to start with|start quite wide|the first is)\b")
_LAST = re.compile(rf"\b(?:(?:last|final)\s+(?:\w+\s+)?{_NOUN}|finally|lastly|to finish)\b")
_SMALL_WORDS = """
a an the this that these those i me my we us our you your he him his she her it its they them their and or but nor so if as at
by for from in into of on onto to up with about is are was were be been being am do does did done has have had will would can
could shall should may might must not no yes what which who whom whose when where why how there here then than too very just
also any some all each other one ok okay right well um uh erm er yeah let's
"""  # every question is made of them
_GRAMMAR = frozenset(_SMALL_WORDS.split())
_WORDS_OF_ALL_TALK = """
get go make take thing way people person think know say tell talk like want see look come give put ask use need feel mean start
time day year now new good well lot bit big part question anything something anyone someone everything everyone really
actually still ever again back first second third last two many much more most other around round after before everyday
wouldn't you'd you've you're it's that's i'd i'm i've what's there's here's don't
"""
_IRREGULAR = {
    "brought": "bring", "kept": "keep", "got": "get", "felt": "feel", "thought": "think", "meant": "mean", "made": "make",
    "went": "go", "gone": "go", "saw": "see", "seen": "see", "said": "say", "told": "tell", "found": "find", "left": "leave",
    "wore": "wear", "worn": "wear", "knew": "know", "known": "know", "came": "come", "gave": "give", "given": "give",
    "took": "take", "taken": "take", "met": "meet", "lost": "lose", "children": "child", "women": "woman",
    "men": "man", "better": "good", "best": "good", "worse": "bad", "worst": "bad",
}  # fmt: skip


class Match(NamedTuple):
    """How well a text asks a question: the score, how much the words alone show it (0: chance, HALF: something, FULL),
    whether it shares any word with the question, and whether it calls it by its number.
    """

    score: float
    evidence: int = 0
    has_words: bool = False
    is_called: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn, or a heading (HEADING): where it stands, the role of who speaks (empty: nobody knows), and the words."""

    span: Span
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was found: its number in the guide, the code point at which its section begins, and how plain the
    evidence is, from 0 to 1.
    """

    question: int
    start: int
    score: float


def find(questions: Sequence[str], heard: Sequence[Heard]) -> list[Asked]:
    """Where each of `questions` is asked, by place; those that seem not to be asked are left out.

    `heard` is one source in order. Those who ask are its moderators and headings; where it has no moderator, all turns
    with a question mark. A section begins with the heading or the moderator's turn that leads up to its question.
    """
    places = _places(heard)
    scores = _scores(questions, [heard[place].text for place in places])
    chosen = _in_company(_aligned(scores), scores, len(questions))
    found: dict[int, Asked] = {}
    for question, n in chosen.items():
        start = _beginning(heard, places, n)
        asked = Asked(question, start, round(scores[n][question].score, 4))
        if start not in found or found[start].score < asked.score:
            found[start] = asked
    return sorted(found.values(), key=lambda asked: asked.start)


def _places(heard: Sequence[Heard]) -> list[int]:
    """The numbers of what may ask a question."""
    is_led = any(turn.role == "moderator" for turn in heard)
    return [
        n for n, turn in enumerate(heard)
        if turn.role == HEADING or (turn.role == "moderator" if is_led else "?" in turn.text)
    ]  # fmt: skip


def _beginning(heard: Sequence[Heard], places: Sequence[int], n: int) -> int:
    """Where the section of the question at `places[n]` begins: with the heading right before it, if there is one."""
    at = places[n]
    while at > 0 and heard[at - 1].role == HEADING and heard[at].role != HEADING:
        at -= 1
    return heard[at].span.start


# ---- how alike a question and a turn are


def _scores(questions: Sequence[str], texts: Sequence[str]) -> list[dict[int, Match]]:
    """For each text, the match of every question that has something in common with it."""
    asked = [[_features(piece) for piece in _pieces(question)] for question in questions]
    said = [[_features(piece) for piece in _pieces(text)] for text in texts]
    weight = _weights([*asked, *said])
    holders: dict[str, list[tuple[int, int]]] = {}
    for question, pieces in enumerate(asked):
        for piece, features in enumerate(pieces):
            for feature in features:
                holders.setdefault(feature, []).append((question, piece))
    whole = [[_sum(features, weight) for features in pieces] for pieces in asked]
    wordings = [[_spoken(piece) for piece in _pieces(question)] for question in questions]
    found = []
    for text, pieces in zip(texts, said, strict=True):
        best: dict[int, Match] = {}
        is_short = len(_telling(set().union(*pieces))) <= SHORT
        spoken = _spoken(text)
        for features in pieces:
            shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
            for feature in features:
                for holder in holders.get(feature, ()):
                    shared[holder].append(feature)
            own = _sum(features, weight)
            for (question, piece), both in shared.items():
                common = _sum(both, weight)
                score = (common / whole[question][piece]) ** ASKED * (common / own) ** (1 - ASKED)
                evidence = _evidence(both, is_short, score)
                if evidence and wordings[question][piece] in spoken:
                    evidence = FULL
                match = Match(score, evidence, has_words=True)
                best[question] = max(best.get(question, match), match)
        found.append(_with_cues(best, text, len(questions)))
    return found


def _evidence(shared: Sequence[str], is_short: bool, score: float) -> int:
    """FULL where a question clearly shares two telling words with what is said, or one that stands together with another;
    HALF where it shares two words of any kind, or one word in a short turn.
    """
    if score < ENOUGH:
        return 0
    telling, has_pair = len(_telling(shared)), any(" " in feature for feature in shared)
    if score >= CLEAR and (telling >= 2 or (telling and has_pair)):
        return FULL
    return HALF if len(shared) >= 2 or is_short else 0


def _spoken(text: str) -> str:
    """The bare words of a text, so that one can be looked for in another."""
    return f" {' '.join(word_pattern().findall(comparable(text)))} "


def _telling(features: Iterable[str]) -> list[str]:
    return [feature for feature in features if " " not in feature and feature not in _LIGHT]


def _pieces(text: str) -> list[str]:
    """The stretches of a few sentences that are compared."""
    sentences = [match.group() for match in _SENTENCE.finditer(without_stage_notes(text)) if match.group().strip()]
    return [
        " ".join(sentences[first : first + n])
        for n in range(1, SENTENCES + 1) for first in range(max(1, len(sentences) - n + 1))
    ]  # fmt: skip


def _features(text: str) -> tuple[str, ...]:
    """The different words of `text` in their plain forms, and the pairs that stand together once the small words are
    left out; in order, so that sums of them are always the same.
    """
    words = [word for word in word_pattern().findall(comparable(text)) if word not in _GRAMMAR]
    kept = [word for word in map(_plain, words) if word not in _GRAMMAR]
    return tuple(sorted({*kept, *(f"{a} {b}" for a, b in pairwise(kept))}))


def _plain(word: str) -> str:
    """A word without its ending, so that `brings`, `bringing` and `brought` are one."""
    word = word.removesuffix("'s")
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and not stem.endswith("s"):
            word = stem[:-1] if ending in ("ing", "ed") and stem[-1] == stem[-2] else stem
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


_LIGHT = frozenset(map(_plain, _WORDS_OF_ALL_TALK.split()))


def _weights(documents: Sequence[Sequence[tuple[str, ...]]]) -> dict[str, float]:
    """How telling each word and pair is: the fewer questions and turns hold it, the more; a pair half as much."""
    holding = Counter(feature for pieces in documents for feature in set().union(*pieces))
    return {
        feature: math.log(1 + len(documents) / n) * (PAIR if " " in feature else LIGHT if feature in _LIGHT else 1)
        for feature, n in holding.items()
    }


def _sum(features: Iterable[str], weight: dict[str, float]) -> float:
    return math.fsum(weight[feature] for feature in features)


def _with_cues(matches: dict[int, Match], text: str, n: int) -> dict[int, Match]:
    """The matches of one text, raised for the question that it calls by its number."""
    said = comparable(text)
    named = {_NUMBERS.index(match[1]) for match in _NTH.finditer(said)}
    named |= {int(match[1]) - 1 for match in _NUMBERED.finditer(said)}
    if _FIRST.search(said):
        named.add(0)
    if _LAST.search(said):
        named.add(n - 1)
    called = {question: matches.get(question, Match(0.0)) for question in named if question < n}
    return matches | {
        q: match._replace(score=match.score + CUE * (1 - match.score), is_called=True) for q, match in called.items()
    }


# ---- the way through the transcript


def _aligned(scores: Sequence[dict[int, Match]]) -> dict[int, int]:
    """For each question that was asked, the number of the text that asks it.

    First the way through the texts, in the guide's order, on which the scores above ENOUGH add up to most; then the
    questions that are left, the plainest first, where they are plain enough to stand out of order.
    """
    chosen = _in_order(scores)
    taken = set(chosen.values())
    left = sorted(
        ((match.score, question, n) for n, found in enumerate(scores) for question, match in found.items()),
        key=lambda one: (-one[0], one[2]),
    )
    for score, question, n in left:
        if score >= ENOUGH + OUT_OF_ORDER and question not in chosen and n not in taken:
            chosen[question] = n
            taken.add(n)
    return chosen


def _in_order(scores: Sequence[dict[int, Match]]) -> dict[int, int]:
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {-1: (0.0, ())}  # by the last question asked
    for n, found in enumerate(scores):
        after = dict(best)
        for question, (score, *_plain_or_not) in found.items():
            if score < ENOUGH:
                continue
            gain, way = max((best[last] for last in best if last < question), key=lambda one: one[0])
            gain += score - ENOUGH + 1e-6
            if question not in after or gain > after[question][0]:
                after[question] = (gain, (*way, (question, n)))
        best = after
    return dict(max(best.values(), key=lambda one: one[0])[1])


def _in_company(chosen: dict[int, int], scores: Sequence[dict[int, Match]], n: int) -> dict[int, int]:
    """What is left of `chosen`, of a guide of `n` questions: what is plain enough to stand alone; where enough of the guide
    is asked in plain words, all that is plain, and what is called by its number and shares a word; where a third of
    it is, also what is only called by its number.
    """
    matches = {question: scores[place][question] for question, place in chosen.items()}
    evidence = sum(match.evidence or (HALF if match.is_called and match.has_words else 0) for match in matches.values())
    is_asked, is_followed = evidence >= max(FULL, n * FULL / COMPANY), evidence >= max(FULL + HALF, n * FULL / 3)

    def stays(match: Match) -> bool:
        is_alone = match.evidence == FULL and match.score >= ALONE
        is_shown = match.evidence > 0 or (match.is_called and match.has_words)
        return is_alone or (is_asked and is_shown) or (is_followed and match.is_called)

    return {question: place for question, place in chosen.items() if stays(matches[question])}
