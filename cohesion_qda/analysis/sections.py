"""Where the questions of a moderator's guide are asked, and so which stretch of a transcript answers which.

A question and what a moderator says are compared by their words and pairs of words, rare ones counting most: what share of
the question is said, and what share of what is said is the question; each in pieces of a few sentences, so that a
question in a long turn is found. What a moderator calls “the second thing” or “the last one” counts besides. Then the best way through the transcript is chosen
in which questions follow each other as in the guide; questions out of that order are taken where they are plain.
Rules and counting, nothing learned: the same words give the same sections.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.model.text import Span, comparable, without_stage_notes, word_pattern

HEADING = "heading"  # the role of what stands over a stretch and is said by nobody
ENOUGH = 0.3  # the least score with which a question counts as asked
OUT_OF_ORDER = 0.12  # what it must score besides to be taken out of the guide's order
CUE = 0.32  # what naming a question by its number adds, as a share of what is missing to 1
SENTENCES = 2  # of a turn or a question that are compared together
ASKED = (
    0.85  # how much more it matters what share of the question is said than what share of what is said is the question
)
PAIR = 0.5  # what a pair of words counts beside a word as rare

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
_IRREGULAR = {
    "brought": "bring", "kept": "keep", "got": "get", "felt": "feel", "thought": "think", "meant": "mean", "made": "make",
    "went": "go", "gone": "go", "saw": "see", "seen": "see", "said": "say", "told": "tell", "found": "find", "left": "leave",
    "wore": "wear", "worn": "wear", "knew": "know", "known": "know", "came": "come", "gave": "give", "given": "give",
    "took": "take", "taken": "take", "met": "meet", "lost": "lose", "children": "child", "women": "woman",
    "men": "man", "better": "good", "best": "good", "worse": "bad", "worst": "bad",
}  # fmt: skip


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
    chosen = _aligned(scores)
    found: dict[int, Asked] = {}
    for question, n in chosen.items():
        start = _beginning(heard, places, n)
        asked = Asked(question, start, round(scores[n].get(question, 0.0), 4))
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


def _scores(questions: Sequence[str], texts: Sequence[str]) -> list[dict[int, float]]:
    """For each text, the score of every question that has something in common with it."""
    asked = [[_features(piece) for piece in _pieces(question)] for question in questions]
    said = [[_features(piece) for piece in _pieces(text)] for text in texts]
    weight = _weights([*asked, *said])
    holders: dict[str, list[tuple[int, int]]] = {}
    for question, pieces in enumerate(asked):
        for piece, features in enumerate(pieces):
            for feature in features:
                holders.setdefault(feature, []).append((question, piece))
    whole = [[_sum(features, weight) for features in pieces] for pieces in asked]
    found = []
    for text, pieces in zip(texts, said, strict=True):
        best: dict[int, float] = {}
        for features in pieces:
            shared: defaultdict[tuple[int, int], float] = defaultdict(float)
            for feature in features:
                for holder in holders.get(feature, ()):
                    shared[holder] += weight[feature]
            own = _sum(features, weight)
            for (question, piece), common in shared.items():
                score = (common / whole[question][piece]) ** ASKED * (common / own) ** (1 - ASKED)
                best[question] = max(best.get(question, 0.0), score)
        found.append(_with_cues(best, text, len(questions)))
    return found


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
    words = [_plain(word) for word in word_pattern().findall(comparable(text))]
    kept = [word for word in words if word not in _GRAMMAR]
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


def _weights(documents: Sequence[Sequence[tuple[str, ...]]]) -> dict[str, float]:
    """How telling each word and pair is: the fewer questions and turns hold it, the more; a pair half as much."""
    holding = Counter(feature for pieces in documents for feature in set().union(*pieces))
    return {
        feature: math.log(1 + len(documents) / n) * (PAIR if " " in feature else 1) for feature, n in holding.items()
    }


def _sum(features: Iterable[str], weight: dict[str, float]) -> float:
    return math.fsum(weight[feature] for feature in features)


def _with_cues(scores: dict[int, float], text: str, n: int) -> dict[int, float]:
    """The scores of one text, raised for the question that it calls by its number."""
    said = comparable(text)
    named = {_NUMBERS.index(match[1]) for match in _NTH.finditer(said)}
    named |= {int(match[1]) - 1 for match in _NUMBERED.finditer(said)}
    if _FIRST.search(said):
        named.add(0)
    if _LAST.search(said):
        named.add(n - 1)
    return scores | {
        question: scores.get(question, 0.0) + CUE * (1 - scores.get(question, 0.0))
        for question in named
        if question < n
    }


# ---- the way through the transcript


def _aligned(scores: Sequence[dict[int, float]]) -> dict[int, int]:
    """For each question that was asked, the number of the text that asks it.

    First the way through the texts, in the guide's order, on which the scores above ENOUGH add up to most; then the
    questions that are left, the plainest first, where they are plain enough to stand out of order.
    """
    chosen = _in_order(scores)
    taken = set(chosen.values())
    left = sorted(
        ((score, question, n) for n, found in enumerate(scores) for question, score in found.items()),
        key=lambda one: (-one[0], one[2]),
    )
    for score, question, n in left:
        if score >= ENOUGH + OUT_OF_ORDER and question not in chosen and n not in taken:
            chosen[question] = n
            taken.add(n)
    return chosen


def _in_order(scores: Sequence[dict[int, float]]) -> dict[int, int]:
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {-1: (0.0, ())}  # by the last question asked
    for n, found in enumerate(scores):
        after = dict(best)
        for question, score in found.items():
            if score < ENOUGH:
                continue
            gain, way = max((best[last] for last in best if last < question), key=lambda one: one[0])
            gain += score - ENOUGH + 1e-6
            if question not in after or gain > after[question][0]:
                after[question] = (gain, (*way, (question, n)))
        best = after
    return dict(max(best.values(), key=lambda one: one[0])[1])
