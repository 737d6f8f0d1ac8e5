"""Labels that look like one person's: those that were read as one, and those that are proposed for joining."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.heads import Head
from cohesion_qda.formats.talk.labels import COLLECTIVE_WORDS, SPEAKER_WORDS, is_title, key_of
from cohesion_qda.formats.talk.spelling import slips, within
from cohesion_qda.model.source import Alike

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_LOOKS = str.maketrans("oil", "011")
_TOGETHER = re.compile(r"[&+/]|\band\b")
_SHORT_FOR = {
    "mod": "moderator", "m": "moderator", "fac": "facilitator", "f": "facilitator", "int": "interviewer",
    "intv": "interviewer", "i": "interviewer", "iv": "interviewer", "res": "researcher", "obs": "observer",
    "part": "participant", "p": "participant", "pt": "participant", "resp": "respondent", "r": "respondent",
    "s": "speaker", "spk": "speaker", "sp": "speaker",
}  # fmt: skip
_MOST_LABELS = 120
_RARE, _RARELY = 2, 5  # turns; how many times fewer


def read_as_one(heads: Mapping[int, Head], shown: Mapping[str, str]) -> list[Alike]:
    """For each writing that was read as another label, which and why. `shown` has the label of each key."""
    found: dict[str, Alike] = {}
    for _number, head in sorted(heads.items()):
        writing, into = head.writing(), shown[head.key]
        if writing != into and writing not in found:
            found[writing] = Alike(writing, into, _why_one(head, into), is_joined=True)
    return list(found.values())


def _why_one(head: Head, into: str) -> str:
    if head.note:
        return _("What stands in brackets was taken for a stage note.")
    if head.written:
        return _("It is written with a full stop in place of the colon.")
    if head.label.casefold() == into.casefold():
        return _("Only capital and small letters differ.")
    if head.described:
        return _("Only what stands in brackets differs.")
    return _("Only spaces and stops differ.")


@dataclass(frozen=True, slots=True)
class _Label:
    label: str
    words: tuple[str, ...]
    turns: int
    place: int

    def numbers(self) -> tuple[int, ...]:
        return tuple(int(word) for word in self.words if word.isdecimal())

    def letters(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if not word.isdecimal())


def proposals(spoken: Sequence[str], apart: Container[str] = ()) -> list[Alike]:
    """For each label at most one other that it may be another writing of, the rarer into the more frequent.

    `spoken` is the label of each turn; those in `apart` are not proposed. Two people who talk with each other are never proposed.
    """
    counts = Counter(spoken)
    order = {label: place for place, label in enumerate(dict.fromkeys(spoken))}
    ranked = [
        _Label(label, tuple(_WORDS.findall(key_of(label))), turns, order[label])
        for label, turns in sorted(counts.items(), key=lambda pair: (-pair[1], order[pair[0]]))
    ]
    beside = Counter(frozenset(pair) for pair in pairwise(spoken))
    found = []
    ranked = [label for label in ranked[:_MOST_LABELS] if label.label not in apart]
    for place, rare in enumerate(ranked):
        for why, other in _likenesses(rare, ranked[:place], ranked):
            if not _converse(rare, other, beside):
                found.append(Alike(rare.label, other.label, why))
                break
    return found


def _converse(rare: _Label, other: _Label, beside: Counter[frozenset[str]]) -> bool:
    """Whether the two follow each other as those do who talk with each other."""
    times = beside[frozenset((rare.label, other.label))]
    return times >= 3 and times * 3 >= rare.turns


def _likenesses(rare: _Label, others: Sequence[_Label], everyone: Sequence[_Label]) -> Iterator[tuple[str, _Label]]:
    """The reasons for which `rare` may be one of the more frequent `others`, the strongest first."""
    reasons = (
        (_is_spaced_otherwise, _("Only spaces, stops or zeros differ.")),
        (_is_turned, _("The same words stand in another order.")),
        (_is_untitled, _("Only the title differs.")),
        (_is_short_role, _("One may be short for the other.")),
        (_is_misspelt, _("They are spelt almost alike.")),
        (_looks_alike, _("They differ in signs that look alike, such as O and 0.")),
        (_is_short_name, _("One may be a shorter form of the other.")),
    )
    for is_alike, why in reasons:
        fitting = [other for other in others if is_alike(rare, other) and not _together(rare, other)]
        if is_alike is _is_short_name and len([label for label in everyone if _is_short_name(rare, label)]) > 1:
            continue
        if fitting:
            yield why, fitting[0]


def _together(one: _Label, other: _Label) -> bool:
    """Whether one of the two stands for several people."""
    return any(_TOGETHER.search(label.label) for label in (one, other))


def _is_rare(rare: _Label, other: _Label) -> bool:
    return rare.turns <= _RARE or rare.turns * _RARELY <= other.turns


def _is_spaced_otherwise(one: _Label, other: _Label) -> bool:
    return one.numbers() == other.numbers() and "".join(one.letters()) == "".join(other.letters())


def _is_turned(one: _Label, other: _Label) -> bool:
    return len(one.words) > 1 and one.words != other.words and sorted(one.words) == sorted(other.words)


def _is_untitled(one: _Label, other: _Label) -> bool:
    bare = [label.words[1:] if label.words and is_title(label.words[0]) else label.words for label in (one, other)]
    return bare[0] == bare[1] != () and len(one.words) != len(other.words)


def _is_short_role(one: _Label, other: _Label) -> bool:
    """`Mod` and `Moderator`, `P1` and `Participant 1`; a single letter only with a number, or for who asks."""
    if one.numbers() != other.numbers() or len(one.letters()) != 1 or len(other.letters()) != 1:
        return False
    short, full = sorted((one.letters()[0], other.letters()[0]), key=len)
    if _SHORT_FOR.get(short) != full:
        return False
    return len(short) > 1 or len(one.numbers()) == 1 or short in "mi"


def _is_misspelt(rare: _Label, other: _Label) -> bool:
    """One word differs by a slip or two; words of a letter or two and numbers must be the same, and so must words
    that are both roles, such as interviewer and interviewee.
    """
    if len(rare.words) != len(other.words):
        return False
    differing = [(a, b) for a, b in zip(rare.words, other.words, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    if {a, b} <= SPEAKER_WORDS or {a, b} & COLLECTIVE_WORDS or a in (f"{b}s", f"{b}e") or b in (f"{a}s", f"{a}e"):
        return False
    if not _is_rare(rare, other) and not {a, b} & SPEAKER_WORDS:
        return False
    return not a.isdecimal() and not b.isdecimal() and within(a, b, slips(a, b))


def _looks_alike(rare: _Label, other: _Label) -> bool:
    """`TN1` and `TNl`, `P1O` and `P10`."""
    one, two = ("".join(label.label.casefold().split()).translate(_LOOKS) for label in (rare, other))
    return one == two and _is_rare(rare, other)


def _is_short_name(one: _Label, other: _Label) -> bool:
    """`David` and `David S`, `D Smith` and `David Smith`, `AB` and `Anna Brown`."""
    if one.numbers() or other.numbers() or one.label == other.label:
        return False
    short, full = sorted((one.words, other.words), key=lambda words: (len(words), sum(map(len, words))))
    if not short or {*short, *full} & SPEAKER_WORDS:
        return False
    if len(short) == len(full):
        return (
            len(short) > 1
            and any(a == b for a, b in zip(short, full, strict=True) if len(a) > 1)
            and all(a == b or (len(a) == 1 and b.startswith(a)) for a, b in zip(short, full, strict=True))
        )
    if len(short) == 1 and len(short[0]) == len(full):
        return short[0] == "".join(word[0] for word in full)
    return len(short[0]) > 2 and (full[: len(short)] == short or full[-len(short) :] == short)
