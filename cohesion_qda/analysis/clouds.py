"""The words of a cloud: what was said in some places, each with the number that its size is to stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.sides import Chosen, Side, side
from cohesion_qda.analysis.terms import set_apart, without_echoes
from cohesion_qda.model.cloud import Cloud, CloudWish, CloudWord, Family

if TYPE_CHECKING:
    from cohesion_qda.analysis.selecting import Places


def cloud(
    words: Words, wish: CloudWish, chosen: Places | Chosen | None = None, families: Sequence[Family] = ()
) -> Cloud:
    """The `wish.number` heaviest words said in the places `chosen` (None: in all talk).

    By participants one voice has one vote; by keyness only words are there that set these places apart from the rest, as
    `terms.set_apart` finds them. Where nobody speaks, by mentions. Words that are mostly said inside a longer phrase that is there are
    left out. Same input, same output.
    """
    here = side(words, chosen)
    found, more, by, why = _by_keyness(here, wish, chosen) if wish.by == "keyness" else _by_count(here, wish)
    heaviest: dict[str, CloudWord] = {}
    for each in sorted(found, key=lambda each: (-each.weight, each.word)):
        heaviest.setdefault(each.word, each)  # two terms may be shown alike, a noun and a verb
    found = list(heaviest.values())
    coloured, used = _coloured(words, found, families)
    return Cloud(wish, tuple(coloured), by, here.base, used, more, why)


def _by_count(here: Side, wish: CloudWish) -> tuple[list[CloudWord], int, str, str]:
    words = here.words
    counts = {t: here.count(t) for t in range(len(words.terms)) if here.mentions[t] and _wanted(words, t, wish)}
    by = wish.by if any(count.of(wish.by) for count in counts.values()) else "mentions"
    ranked = sorted(
        (t for t, count in counts.items() if count.of(by)),
        key=lambda t: (-counts[t].of(by), -counts[t].mentions, words.terms[t]),
    )
    kept = without_echoes(here, ranked, wish.number)
    found = [CloudWord(words.terms[t], counts[t], float(counts[t].of(by))) for t in kept]
    more = len(ranked) - len(kept) if len(kept) == wish.number else 0
    return found, more, by, "" if found else "nothing said"


def _by_keyness(here: Side, wish: CloudWish, chosen: Places | Chosen | None) -> tuple[list[CloudWord], int, str, str]:
    if chosen is None:
        return [], 0, "keyness", "nothing to compare"
    passed = set_apart(here.words, chosen, number=10 * wish.number).terms
    number = {term: t for t, term in enumerate(here.words.terms)}
    passed = tuple(term for term in passed if _wanted(here.words, number[term.term], wish))
    found = [CloudWord(term.term, term.count, term.score) for term in passed[: wish.number]]
    why = "" if found else "nothing stands out" if here.mentions.any() else "nothing said"
    return found, len(passed) - len(found), "keyness", why


def _wanted(words: Words, term: int, wish: CloudWish) -> bool:
    """Whether it may be in the cloud: what the researcher made one is no phrase, however many words it is shown with."""
    return wish.phrases or len(words.parts[term]) == 1


def _coloured(
    words: Words, found: Sequence[CloudWord], families: Sequence[Family]
) -> tuple[list[CloudWord], tuple[Family, ...]]:
    """The words with their families, and the families that any of them belongs to (without their places)."""
    number = {term: t for t, term in enumerate(words.terms)}
    sides = [side(words, family.places) for family in families]
    own = [_family(sides, number[each.word]) for each in found]
    used = sorted(set(own) - {-1})
    at = {family: n for n, family in enumerate(used)} | {-1: -1}
    coloured = [replace(each, family=at[family]) for each, family in zip(found, own, strict=True)]
    return coloured, tuple(replace(families[n], places=()) for n in used)


def _family(sides: Sequence[Side], term: int) -> int:
    """In which of the families most people said it, then most often; the first of equals."""
    most = max(
        ((int(one.voices[term]), int(one.mentions[term]), -n) for n, one in enumerate(sides) if one.mentions[term]),
        default=(0, 0, 1),
    )
    return -most[2]
