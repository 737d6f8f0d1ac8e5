"""A word cloud as plain values: what is asked for, and each word with what its size stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

BY = ("participants", "groups", "mentions", "keyness")
COLOURS = ("plain", "code", "question")
WORDS, MOST = 100, 200  # words in a cloud: unless another number is asked for, and at most


@dataclass(frozen=True, slots=True)
class CloudWish:
    """What a cloud is asked for: of what `selection`; each word as large as the number, `by` one of BY, stands for; its colour
    after the code or the research question in whose passages most people said it, or plain (one of COLOURS); with `phrases`, or single words
    alone; the `number` of words.
    """

    selection: Selection = ALL
    by: str = "participants"
    colours: str = "plain"
    phrases: bool = True
    number: int = WORDS


@dataclass(frozen=True, slots=True)
class Family:
    """A code (with those under it) that words are coloured by: its name, its shape and the name of its colour, and where it was used."""

    code: CodeId
    name: str
    shape: str
    colour: str
    places: tuple[tuple[SourceId, Span], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class CloudWord:
    """A word or phrase. Its size stands for `weight`: one of the numbers in `count`, or, by keyness, the z-score of its log-odds.
    `family` numbers the cloud's families, or is -1: nobody said it in any of their passages.
    """

    word: str
    count: Count
    weight: float
    family: int = -1


@dataclass(frozen=True, slots=True)
class Cloud:
    """The words, the heaviest first (ties in the alphabet). `by` is what was asked for, or mentions where nobody speaks. `base` are
    the denominators: turns, participants and groups in the selection. `more` is how many words were left out because no more were
    asked for. `why` says why there is none, one of REASONS. `about` is the selection in words, `title` what stands over the cloud (empty:
    what fits). Words said by fewer people than `threshold` (0: none) were left out, if any was `hidden`.
    """

    wish: CloudWish
    words: tuple[CloudWord, ...]
    by: str
    base: Count
    families: tuple[Family, ...] = ()
    more: int = 0
    why: str = ""
    about: str = ""
    title: str = ""
    study: str = ""
    threshold: int = 0
    hidden: bool = False


REASONS = ("", "nothing said", "nothing to compare", "nothing stands out", "all hidden")


def without_few(made: Cloud, threshold: int) -> Cloud:
    """The cloud without the words that fewer people said (where nobody speaks: that were said more seldom) than `threshold`; 0: with all."""
    if not threshold:
        return made
    kept = tuple(each for each in made.words if (each.count.participants or each.count.mentions) >= threshold)
    if len(kept) == len(made.words):
        return made
    return replace(made, words=kept, more=0, threshold=threshold, hidden=True, why=made.why if kept else "all hidden")
