"""How far two coders agree, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import Grid, distinct, grid
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, CoderId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import Agreement

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints

UNITS = ("turns",)


def kappa(both: int, only_a: int, only_b: int, neither: int) -> float | None:
    """Cohen's kappa, `(p_o - p_e) / (1 - p_e)`, of a two-by-two table (Jacob Cohen, "A coefficient of agreement for nominal
    scales", Educational and Psychological Measurement 20, 1960, 37-46).

    `p_o` is the share of units on which the two agree, `p_e` the share on which they would by chance, from each one's own
    totals. None where it cannot be calculated: there is no unit, or only one category occurs.
    """
    n = both + only_a + only_b + neither
    if n == 0 or both == n or neither == n:
        return None
    a, b = both + only_a, both + only_b
    by_chance = a * b + (n - a) * (n - b)
    return (n * (both + neither) - by_chance) / (n * n - by_chance)


def strength(kappa: float) -> str:
    """What a kappa is called by J. Richard Landis and Gary G. Koch, "The measurement of observer agreement for categorical
    data", Biometrics 33, 1977, 159-174: limits that are, as they say, arbitrary.
    """
    names = (_("slight"), _("fair"), _("moderate"), _("substantial"), _("almost perfect"))
    if kappa < 0:
        return _("poor")
    return names[next((n for n, most in enumerate((0.2, 0.4, 0.6, 0.8)) if round(kappa, 2) <= most), 4)]


def agreement(data: StudyData, a: CoderId, b: CoderId, unit: str = "turns") -> list[Agreement]:
    """The overall row, then a row for each code that either coder used, in the order of the codebook.

    Over the turns of participants in the sources that both have coded: a turn counts for a coder when a coding of that
    code shares a code point with it. In a code's row the unit is a turn. The overall row adds up the four counts of all
    rows: there the unit is a decision, a turn with a code that either used (turns × codes), not a turn. Since most codes
    fit few turns, `neither` is most of it and `percent` high for any two coders: not a number to report. Nothing but an empty overall row when no source is coded by both. Raises BadInput for another unit.
    """
    if unit not in UNITS:
        raise BadInput(_("Agreement cannot be measured over {unit}.").format(unit=unit), ", ".join(UNITS))
    g = grid(data)
    mine, theirs = (_marked(g, coder) for coder in (a, b))
    shared = _coded_by(g, a) & _coded_by(g, b)
    in_shared = shared[g.talk.source]
    n = int(in_shared.sum())
    rows = []
    for number, code in enumerate(data.codes):
        x, y = (_turns(marks.get(number), in_shared) for marks in (mine, theirs))
        if x or y:
            both, either = len(x & y), len(x | y)
            rows.append(_row(code.id, data.codes.path(code.id), both, len(x) - both, len(y) - both, n - either))
    sums = [sum(getattr(row, name) for row in rows) for name in ("both", "only_a", "only_b", "neither")]
    return [_row(None, _("All codes"), *sums), *rows]


def _turns(marked: Ints | None, kept: Bools) -> set[int]:
    return set() if marked is None else set(marked[kept[marked]].tolist())


def _coded_by(g: Grid, coder: CoderId) -> Bools:
    """In which sources a coder has coded anything."""
    import numpy as np

    coded = np.zeros(len(g.source_ids), dtype=bool)
    coded[g.source[g.coder == coder]] = True
    return coded


def _marked(g: Grid, coder: CoderId) -> dict[int, Ints]:
    """For each code a coder used, the numbers of the participants' turns that a coding of it touches."""
    import numpy as np

    used = np.flatnonzero(g.coder == coder)
    owner, turn = g.talk.overlaps(g.start[used], g.end[used])
    n = max(1, len(g.talk.start))
    pairs = distinct(g.code[used][owner] * n + turn)
    code, turn = np.divmod(pairs, n)
    codes, first = np.unique(code, return_index=True)
    last = np.searchsorted(code, codes, side="right")
    return {int(c): turn[f:e] for c, f, e in zip(codes, first, last, strict=True)}


def _row(code: CodeId | None, path: str, both: int, only_a: int, only_b: int, neither: int) -> Agreement:
    n = both + only_a + only_b + neither
    percent = 100 * (both + neither) / n if n else 0.0
    return Agreement(code, path, both, only_a, only_b, neither, percent, kappa(both, only_a, only_b, neither))
