"""What is told of each theme that was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grouping import keys_of, middles_of
from cohesion_qda.analysis.spaces import Space
from cohesion_qda.analysis.theme_facts import Coding, Spreading, total, typical
from cohesion_qda.analysis.theme_words import coherences, names, scores, terms
from cohesion_qda.model.theming import Recipe, ThemeModel, ThemeSuggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.laying import Laid
    from cohesion_qda.analysis.spaces import Floats
    from cohesion_qda.analysis.theme_facts import Coded
    from cohesion_qda.model.study import About


def described(
    words: Words, laid: Laid, space: Space, group: Ints, stability: Sequence[float], coded: Coded, about: About
) -> ThemeModel:
    """The themes that groups of units (0 and up without gaps, -1 for none) are, the most widely spoken first. `stability` is of each
    group, -1 where there is nothing to say.
    """
    import numpy as np

    units = laid.units
    near = _Near(laid, space, group)
    keys = keys_of(group, units.digest)
    turns = [np.unique(units.utterance[near.of_part == t]) for t in range(len(keys))]
    counts = [words.count(said) for said in turns]
    order = sorted(range(len(keys)), key=lambda t: (-counts[t].participants, -counts[t].mentions, keys[t]))
    scored = scores(words, near.of_part, laid.part, laid.counts, near.plain, near.middles)
    named = names(words, scored, order)
    order = [t for t in order if t in named]
    listed = [terms(words, scored, t, named[t].label) for t in order]
    coherence = coherences([terms(words, scored, t, ()) for t in order], laid.counts)  # whatever it is called
    spreading, coding = Spreading(words, about), Coding(words, coded)
    made = []
    for t, some, together in zip(order, listed, coherence, strict=True):
        first, last = typical(words, units, *near.parts(t))
        label = ", ".join(words.terms[k] for k in named[t].label)
        made.append(
            ThemeSuggestion(
                keys[t], label[:1].upper() + label[1:], tuple(words.terms[k] for k in named[t].phrases),
                tuple(words.terms[k] for k in some), counts[t], first, near.units(t),
                None if stability[t] < 0 else round(stability[t], 4), round(together, 4), last,
                spreading.of(turns[t]), coding.of(turns[t]), named[t].named,
            )
        )  # fmt: skip
    return ThemeModel(
        tuple(made), Recipe(), units=units.stretches(), theme_of=tuple(keys[g] if g in named else "" for g in group.tolist()),
        base=total(words), about=about.stamp, coherence=round(float(np.mean(coherence)), 4) if coherence else 0.0,
    )  # fmt: skip


class _Near:
    """How near units and their parts are to the middle of their group."""

    def __init__(self, laid: Laid, space: Space, group: Ints) -> None:
        self._group = group
        self._positions = laid.positions(space)
        self.middles = middles_of(self._positions[group >= 0], group[group >= 0])
        self.of_part = group[laid.units.unit]
        is_all = len(laid.units) == len(space.plain)
        self.plain = space if is_all else replace(space, plain=self._positions)
        self._nearness = laid.nearness(space, self.middles, self.of_part)

    def parts(self, group: int) -> tuple[Ints, Floats]:
        """The parts of a group, with the cosine of each to its middle."""
        import numpy as np

        parts = np.flatnonzero(self.of_part == group)
        return parts, self._nearness[parts]

    def units(self, group: int) -> tuple[int, ...]:
        """The units of a group, the nearest to its middle first."""
        import numpy as np

        members = np.flatnonzero(self._group == group)
        near = self._positions[members] @ self.middles[group]
        return tuple(members[np.argsort(-near, kind="stable")].tolist())
