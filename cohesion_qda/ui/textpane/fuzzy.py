"""Finding something from a few letters of its name; a code from a word of its definition too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId

_START, _NEXT, _PLAIN = 12, 8, 1
_IN_NAME, _IN_DEFINITION = 1000, 0


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed. `letters` are the places in its name that matched (none: its definition did)."""

    code: Code
    score: int
    letters: tuple[int, ...] = ()


def matches(
    tree: CodeTree,
    typed: str,
    recent: Sequence[CodeId] = (),
    uses: Mapping[CodeId, int] | None = None,
    among: Iterable[Code] | None = None,
) -> list[Match]:
    """The codes that fit, best first; of those that fit alike, and with nothing typed, the most used first (`uses`), then
    those used lately, then the others in their order. They are looked for `among` some, or all `for_coding`.
    """
    candidates = for_coding(tree) if among is None else list(among)
    often = uses or {}
    rank = {code: i for i, code in enumerate(recent)}

    def order(match: Match) -> tuple[int, int, int, int]:
        code = match.code
        return (
            -match.score,
            -often.get(code.id, 0),
            rank.get(code.id, len(rank)),
            len(code.name) if typed.strip() else 0,
        )

    if not typed.strip():
        return sorted((Match(code, 0) for code in candidates), key=order)
    found = [match for code in candidates if (match := _match(code, typed)) is not None]
    return sorted(found, key=order)


def for_coding(tree: CodeTree) -> list[Code]:
    """The codes that passages are coded with: not those set aside, nor questions that have codes under them."""
    return [code for code in tree.offered() if not (code.is_question and tree.children(code.id))]


def fit(name: str, typed: str) -> int | None:
    """How well a name answers to what was typed, more being better; None where it does not have its letters in order."""
    letters = best_letters(name, _letters(typed))
    return None if letters is None else _score(name, letters)


def same_name(tree: CodeTree, typed: str) -> Code | None:
    """The code that is called exactly what was typed, if there is one."""
    wanted = "".join(_folded(" ".join(typed.split())))
    return next((code for code in tree if "".join(_folded(code.name)) == wanted), None)


def _match(code: Code, typed: str) -> Match | None:
    letters = best_letters(code.name, _letters(typed))
    if letters is not None:
        return Match(code, _IN_NAME + _score(code.name, letters), letters)
    words = "".join(_folded(f"{code.definition} {code.use_when}"))
    phrase = " ".join("".join(_folded(typed)).split())
    if len(phrase) > 2 and f" {phrase}" in f" {words}":
        return Match(code, _IN_DEFINITION)
    return None


def best_letters(name: str, wanted: Sequence[str]) -> tuple[int, ...] | None:
    """The places of `wanted` letters in `name`, in order, chosen so that they stand together or begin words."""
    folded = _folded(name)
    there = iter(folded)
    if not all(any(here.startswith(letter) for here in there) for letter in wanted):
        return None
    best: dict[int, tuple[int, tuple[int, ...]]] = {-1: (0, ())}
    for letter in wanted:
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for at, here in enumerate(folded):
            if not here.startswith(letter):
                continue
            reached = [
                (score + _worth(name, at, last), (*path, at)) for last, (score, path) in best.items() if last < at
            ]
            if reached:
                following[at] = max(reached, key=lambda r: (r[0], [-place for place in r[1]]))
        best = following
    return max(best.values(), key=lambda r: (r[0], [-p for p in r[1]]))[1] if best else None


def _worth(name: str, at: int, last: int) -> int:
    begins = at == 0 or not name[at - 1].isalnum()
    return _PLAIN + _START * begins + _NEXT * (at == last + 1 and at > 0) - (1 if at > last + 1 else 0)


def _score(name: str, letters: Iterable[int]) -> int:
    total, last = 0, -1
    for at in letters:
        total += _worth(name, at, last)
        last = at
    return total


def _letters(typed: str) -> list[str]:
    return [letter for letter in "".join(_folded(typed)) if not letter.isspace()]


def _folded(text: str) -> list[str]:
    """Each character of `text` without case and accents."""
    return [(unicodedata.normalize("NFD", character)[:1] or character).casefold() for character in text]
