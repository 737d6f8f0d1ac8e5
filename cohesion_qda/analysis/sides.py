"""Some of the talk: what lies in some places, how widely each term was said there, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import count_distinct, merge
from cohesion_qda.analysis.language import Words
from cohesion_qda.analysis.placed import placed
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.selecting import Places

Chosen = Collection[tuple[SourceId, Span]]


@dataclass(frozen=True)
class Side:
    """Some of the talk: which of the words' occurrences and which utterances lie in it."""

    words: Words
    here: Bools
    turns: Bools

    @cached_property
    def counts(self) -> tuple[Ints, Ints, Ints, Ints]:
        """For each term, how many mentions, participants, groups and voices."""
        return self.words.counts(self.here)

    @property
    def mentions(self) -> Ints:
        return self.counts[0]

    @property
    def participants(self) -> Ints:
        return self.counts[1]

    @property
    def voices(self) -> Ints:
        return self.counts[3]

    @cached_property
    def held(self) -> Ints:
        """For each term, in how many turns."""
        words = self.words
        return count_distinct(
            len(words.terms), max(1, len(words.utterances)), words.term[self.here], words.utterance[self.here]
        )

    @cached_property
    def occasions(self) -> Ints:
        """For each term, in how many groups; an interview or a document is one."""
        occasion = occasions(self.words)
        utterance, term = self.words.utterance[self.here], self.words.term[self.here]
        return count_distinct(len(self.words.terms), int(occasion.max(initial=0)) + 1, term, occasion[utterance])

    @cached_property
    def exposure(self) -> Ints:
        """How many words each voice said here, of those of whom anything is counted here."""
        import numpy as np

        words, n = self.words, max(1, self.words.voices)
        voice = words.voice[words.utterance]
        said = np.bincount(voice[self.here & single(words)[words.term]], minlength=n)
        speaks = np.bincount(voice[self.here], minlength=n) > 0
        return np.maximum(said, 1)[speaks]  # a phrase may be all that is counted of somebody

    @cached_property
    def base(self) -> Count:
        """Turns here, participants who spoke here, groups here."""
        import numpy as np

        return self.words.count(np.flatnonzero(self.turns))

    def count(self, term: int) -> Count:
        """The counts of one term; with how many turns it stands in where no participant speaks."""
        mentions, participants, groups, _voices = self.counts
        turns = 0 if self.base.participants else int(self.held[term])
        return Count(int(mentions[term]), int(participants[term]), int(groups[term]), turns)

    def without(self, other: Side) -> Side:
        """What of it is not in the other."""
        return Side(self.words, self.here & ~other.here, self.turns & ~_wholly(other))


def side(words: Words, chosen: Places | Chosen | None) -> Side:
    """The talk in some places; all of it when `chosen` is None."""
    import numpy as np

    if chosen is None:
        return Side(words, np.ones(len(words.term), dtype=bool), np.ones(len(words.utterances), dtype=bool))
    at = Held(chosen)
    source, start, end = places_of(words)
    return Side(words, inside(words, chosen), at.touches(source, start, end))


class Held:
    """Places, to be asked what lies in them."""

    def __init__(self, chosen: Places | Chosen) -> None:
        import numpy as np

        if isinstance(chosen, tuple) and len(chosen) == 3 and all(isinstance(each, np.ndarray) for each in chosen):
            source, start, end = chosen
        else:
            rows = [(s, span.start, span.end) for s, span in chosen]  # type: ignore[misc,union-attr]
            source, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        self.length = int(max(end.max(initial=0), 1))
        key, start, end = merge(source, start, end, self.length)
        self._sources, self._start, self._end = key, start, end

    def _keys(self, source: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Everything on one line on which sources do not touch; what reaches beyond all places is cut there."""
        import numpy as np

        step = self.length + 2
        own = self._sources * step
        return (
            own + self._start, own + self._end,
            source * step + np.minimum(start, self.length + 1), source * step + np.minimum(end, self.length + 1),
        )  # fmt: skip

    def holds(self, source: Ints, start: Ints, end: Ints) -> Bools:
        """Of each stretch, whether it lies wholly in one place."""
        import numpy as np

        if not len(self._start):
            return np.zeros(len(start), dtype=bool)
        first, last, a, b = self._keys(source, start, end)
        at = np.searchsorted(first, a, side="right") - 1
        result: Bools = (at >= 0) & (b <= last[at])
        return result

    def touches(self, source: Ints, start: Ints, end: Ints) -> Bools:
        """Of each stretch, whether some of it lies in a place."""
        import numpy as np

        first, last, a, b = self._keys(source, start, end)
        result: Bools = np.searchsorted(last, a, side="right") < np.searchsorted(first, b, side="left")
        return result


def inside(words: Words, chosen: Places | Chosen | None) -> Bools:
    """Which occurrences lie within the places chosen; all of them when `chosen` is None."""
    import numpy as np

    if chosen is None:
        return np.ones(len(words.term), dtype=bool)
    source, _start, _end = places_of(words)
    return Held(chosen).holds(source[words.utterance], words.start, words.end)


def places_of(words: Words) -> tuple[Ints, Ints, Ints]:
    """Source, start and end of every utterance."""
    return placed(words.utterances)[:3]


def occasions(words: Words) -> Ints:
    """The number of each utterance's group, or of its source where that is no group's."""
    import numpy as np

    source = places_of(words)[0]
    return np.where(words.group >= 0, words.group, int(words.group.max(initial=-1)) + 1 + source)


def single(words: Words) -> Bools:
    """Which terms are words."""
    import numpy as np

    return np.array([len(parts) == 1 for parts in words.parts], dtype=bool)


def apart(one: Side, other: Side) -> tuple[Side, Side, str]:
    """Both sides without what is in the other as well, unless nothing would be left of it; and why that cannot be."""
    if not one.here.any():
        return one, other, "nobody"
    if not other.here.any():
        return one, other, "nobody else"
    a, b = one.without(other), other.without(one)
    if not a.here.any() and not b.here.any():
        return one, other, "the same"
    return (a if a.here.any() else one), (b if b.here.any() else other), ""


def _wholly(one: Side) -> Bools:
    """The utterances all of whose words lie in a side, and that lie in it."""
    import numpy as np

    words = one.words
    outside = np.bincount(words.utterance[~one.here], minlength=len(words.utterances)) > 0
    result: Bools = one.turns & ~outside
    return result


def together(sides: Sequence[Side], words: Words) -> tuple[Bools, Bools]:
    """What lies in any of some sides."""
    import numpy as np

    here, turns = np.zeros(len(words.term), dtype=bool), np.zeros(len(words.utterances), dtype=bool)
    for each in sides:
        here |= each.here
        turns |= each.turns
    return here, turns
