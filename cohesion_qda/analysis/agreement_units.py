"""What agreement is measured over: participants' speech cut into units, all on one line of units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.extent import all_sentences
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span, lines

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints

UNITS = ("characters", "turns", "sentences", "sources")
MOST = 400  # stretches that are resampled; neighbouring turns go together where there are more
Text = Callable[[SourceId], str]


@dataclass(frozen=True, slots=True)
class Units:
    """The line of units 0, 1, 2 … `length`. `start` and `end` are stretches of text on the line of the `Grid`, in
    order, none empty and none overlapping; each begins at the unit `at`, and is one unit, or with `is_measured` as
    many as it has code points.

    `turn_start` and `turn_end` are the turns (in a source in which nobody speaks: the lines) that the stretches lie
    in, `turn_from` and `turn_to` the units of each (of sources: the source). `edges` cut the line into what is
    resampled: `together` turns, or sources.
    """

    length: int
    start: Ints
    end: Ints
    at: Ints
    is_measured: bool
    turn_start: Ints
    turn_end: Ints
    turn_from: Ints
    turn_to: Ints
    edges: Ints
    together: int

    def covered(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """The units that each stretch of text shares a code point with, as a range; empty where there are none."""
        import numpy as np

        if not len(self.start):
            return np.zeros_like(start), np.zeros_like(start)
        first = np.searchsorted(self.end, start, side="right")
        last = np.searchsorted(self.start, end, side="left") - 1
        real = first <= last
        first, last = np.minimum(first, len(self.start) - 1), np.maximum(last, 0)
        if self.is_measured:
            begin = self.at[first] + np.maximum(0, start - self.start[first])
            finish = self.at[last] + np.minimum(end, self.end[last]) - self.start[last]
        else:
            begin, finish = self.at[first], self.at[last] + 1
        return np.where(real, begin, 0), np.where(real, finish, 0)

    def turns(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """The turns that each stretch of text shares a code point with, as a range of their numbers."""
        import numpy as np

        first = np.searchsorted(self.turn_end, start, side="right")
        return first, np.maximum(first, np.searchsorted(self.turn_start, end, side="left"))


def units(g: Grid, over: str, shared: Bools, text: Text | None = None) -> Units:
    """The units of the sources that are `shared`. `text` is called where sentences or lines are wanted; without it,
    sources in which nobody speaks have no units. Raises BadInput for what is none of UNITS.
    """
    import numpy as np

    if over not in UNITS:
        raise BadInput(_("Agreement cannot be measured over {unit}.").format(unit=over), ", ".join(UNITS))
    start, end, source = _turns(g, shared, text)
    many = np.arange(len(start), dtype=np.int64)
    if over == "sentences" and text is not None:
        cut_start, cut_end, turn = _sentences(g, start, end, source, text)
    else:
        cut_start, cut_end, turn = start, end, many
    of_turn = np.bincount(turn, minlength=len(start)) if over == "sentences" else np.ones(len(start), dtype=np.int64)
    if over == "characters":
        of_turn = end - start
    to = np.cumsum(of_turn)
    if over == "sources":
        known, at = np.unique(source, return_inverse=True)
        edges = np.arange(len(known) + 1, dtype=np.int64)
        return Units(len(known), start, end, at, False, start, end, at, at + 1, edges, 1)
    together = max(1, -(-len(start) // MOST))
    edges = np.append((to - of_turn)[_firsts(source, together)], to[-1:])
    at = to - of_turn if over != "sentences" else np.arange(len(cut_start), dtype=np.int64)
    return Units(
        int(to[-1]) if len(to) else 0, cut_start, cut_end, at, over == "characters", start, end,
        to - of_turn, to, edges, together,
    )  # fmt: skip


def _turns(g: Grid, shared: Bools, text: Text | None) -> tuple[Ints, Ints, Ints]:
    """Start, end and source of participants' turns, and of the lines of sources in which nobody speaks, in order."""
    import numpy as np

    kept = shared[g.talk.source]
    before = np.concatenate([np.zeros(1, dtype=np.int64), g.talk.reach[:-1]])[: len(g.talk.start)]
    start, end, source = np.maximum(g.talk.start, before)[kept], g.talk.end[kept], g.talk.source[kept]
    silent = np.flatnonzero(shared & ~g.spoken)
    if text is not None and len(silent):
        found = [(n, line) for n in silent.tolist() for line in _lines(text(SourceId(int(g.source_ids[n]))))]
        its = np.array([n for n, _line in found], dtype=np.int64)
        start = np.append(start, g.offset[its] + np.array([line.start for _n, line in found], dtype=np.int64))
        end = np.append(end, g.offset[its] + np.array([line.end for _n, line in found], dtype=np.int64))
        source = np.append(source, its)
    real = np.flatnonzero(end > start)
    order = real[np.argsort(start[real], kind="stable")]
    return start[order], end[order], source[order]


def _lines(text: str) -> list[Span]:
    return [line for line in lines(text) if line.of(text).strip()]


def _sentences(g: Grid, start: Ints, end: Ints, source: Ints, text: Text) -> tuple[Ints, Ints, Ints]:
    """Start and end of every sentence, and the number of its turn."""
    import numpy as np

    found: list[tuple[int, int, int]] = []
    now, words = -1, ""
    for n, (a, b, its) in enumerate(zip(start.tolist(), end.tolist(), source.tolist(), strict=True)):
        if its != now:
            now, words = its, text(SourceId(int(g.source_ids[its])))
        away = int(g.offset[its])
        found += [(s.start + away, s.end + away, n) for s in all_sentences(words, Span(a - away, b - away))]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _firsts(source: Ints, together: int) -> Ints:
    """The first turn of every stretch of `together` turns of a source."""
    import numpy as np

    new = np.append(np.ones(1, dtype=bool), source[1:] != source[:-1])[: len(source)]
    place = np.arange(len(source)) - np.maximum.accumulate(np.where(new, np.arange(len(source)), 0))
    return np.flatnonzero(place % together == 0)
