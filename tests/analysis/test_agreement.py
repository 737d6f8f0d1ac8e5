"""Agreement over units, against a second, plain implementation that looks at every unit; where coders differ;
intervals.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study, touches

from cohesion_qda.analysis.agreement import agreement, comparison, kappa
from cohesion_qda.analysis.agreement_measures import measures
from cohesion_qda.analysis.agreement_units import MOST, UNITS
from cohesion_qda.analysis.coefficients import MEASURES, binary, cohen
from cohesion_qda.analysis.stretches import Stretches
from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.extent import all_sentences, sentence_at
from cohesion_qda.model.ids import CoderId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span

A, B, C = CoderId(1), CoderId(2), CoderId(3)
WORDS = "Yes. I do think so! Do you?  No…\nWell, we 😀 did\n\nthen. Ah. End"  # 61 code points


def text(_source: int) -> str:
    return WORDS[:60]


def apart(data: StudyData) -> StudyData:
    """The study with turns that do not overlap, as every project has them, and a third coder."""
    turns, reach = [], dict[int, int]()
    for source, start, end, case in data.turns:
        start = max(start, reach.get(source, 0))
        reach[source] = max(end, reach.get(source, 0))
        if start < end:
            turns.append((source, start, end, case))
    codings = tuple((*row[:5], 3 if row[0] % 3 == 0 else row[5]) for row in data.codings)
    return replace(data, turns=tuple(turns), codings=codings)


made = studies().map(apart)


def plain_units(data: StudyData, over: str, coders: list[int]) -> list[tuple[int, list[tuple[int, int]]]]:
    """Every unit: its source, and the stretches of text of which it is made."""
    shared = set.intersection(*({c[1] for c in data.codings if c[5] == coder} for coder in coders))
    spoken = {t[0] for t in data.turns}
    turns = [(t[0], t[1], t[2]) for t in data.turns if t[0] in shared and data.cases[t[3]].role == "participant"]
    for source in sorted(shared - spoken):
        at = 0
        for line in text(source).split("\n"):
            turns += [(source, at, at + len(line))] if line.strip() else []
            at += len(line) + 1
    if over == "characters":
        return [(s, [(n, n + 1)]) for s, start, end in turns for n in range(start, end)]
    if over == "turns":
        return [(s, [(start, end)]) for s, start, end in turns]
    if over == "sources":
        return [(s, [(a, b) for t, a, b in turns if t == s]) for s in sorted({t[0] for t in turns})]
    found = []
    for s, start, end in turns:
        spans = {sentence_at(text(s), at, Span(start, end)) for at in range(start, end)}
        found += [(s, [(span.start, span.end)]) for span in sorted(spans) if len(span)]
    return found


def used(data: StudyData, unit: tuple[int, list[tuple[int, int]]], codes: set[int], coder: int) -> bool:
    return any(
        c[1] == unit[0] and c[4] in codes and c[5] == coder and any(touches(c[2], c[3], *part) for part in unit[1])
        for c in data.codings
    )


def branch_of(data: StudyData, code_: int) -> set[int]:
    found = {code_}
    while more := {c.id for c in data.codes if c.parent in found} - found:
        found |= more
    return found


@given(made, st.sampled_from(UNITS), st.sampled_from([[A, B], [B, A], [A, B, C]]), st.booleans())
def test_every_unit_is_counted_as_the_plain_definition_says(
    data: StudyData, over: str, coders: list[CoderId], branch: bool
) -> None:
    units = plain_units(data, over, list(coders))
    found = comparison(data, coders, over, branch=branch, text=text)
    assert found.units.length == len(units)
    table, wanted = {}, []
    for one in data.codes:
        codes = branch_of(data, one.id) if branch else {one.id}
        table[one.id] = [[used(data, unit, codes, coder) for coder in coders] for unit in units]
        if any(map(any, table[one.id])):
            wanted.append(one.id)
    assert list(found.codes) == wanted
    pairs, tallies = found.pairs(), found.tallies()
    both, some = found.counts(found.everybody()), found.counts(found.anybody())
    for n, one in enumerate(wanted):
        rows = table[one]
        assert both[n] == sum(map(all, rows)) and some[n] == sum(map(any, rows))
        assert tallies[n].tolist() == [[sum(row) for row in rows].count(k) for k in range(len(coders) + 1)]
        assert [found.counts(u)[n] for u in found.used] == [sum(row[k] for row in rows) for k in range(len(coders))]
        assert [found.counts(p)[n] for p in pairs] == [
            sum(row[i] and row[j] for row in rows) for i, j in combinations(range(len(coders)), 2)
        ]
    for stretches in (*found.used, *pairs):
        assert found.pieces(stretches).sum(axis=1).tolist() == found.counts(stretches).tolist()


@given(made)
def test_the_findings_report_has_the_same_over_turns(data: StudyData) -> None:
    found = comparison(data, (A, B), "turns")
    rows = agreement(data, A, B)
    assert [row.code for row in rows] == [None, *found.codes]
    whole = rows[0]
    assert [whole.both, whole.only_a, whole.only_b, whole.neither] == [
        sum(getattr(row, name) for row in rows[1:]) for name in ("both", "only_a", "only_b", "neither")
    ]
    for row in rows:
        value = cohen([[row.both, row.only_a], [row.only_b, row.neither]])
        assert row.kappa == (None if value is None else pytest.approx(value, abs=1e-12))
    for row in agreement(data, B, A):
        mirrored = next(r for r in rows if r.code == row.code)
        assert (row.only_a, row.only_b, row.kappa) == (mirrored.only_b, mirrored.only_a, mirrored.kappa)


@given(made, st.sampled_from(UNITS))
def test_where_they_differ_is_where_units_differ(data: StudyData, over: str) -> None:
    found = comparison(data, (A, B), over, text=text)
    listed, n = found.differences()
    assert len(listed) == n
    assert found.differences(1)[0] == listed[:1]
    order = [fact.id for fact in data.sources]
    assert [(order.index(d.source), d.span.start) for d in listed] == sorted(
        (order.index(d.source), d.span.start) for d in listed
    )
    units = plain_units(data, over, [A, B])
    rows = {row[0]: row for row in data.codings}
    for one in found.codes:
        differing = [u for u in units if used(data, u, {one}, A) != used(data, u, {one}, B)]
        places = [d for d in listed if d.code == one]
        for source, parts in differing:  # each is told at some place of its source, and (but over sources) at its own
            near = [d for d in places if d.source == source]
            assert near
            assert over == "sources" or any(touches(d.span.start, d.span.end, *part) for d in near for part in parts)
        for d in places:
            assert any(source == d.source for source, _parts in differing)
            spans = [Span(*rows[c][2:4]) for c in d.codings]
            assert d.span == Span(min(s.start for s in spans), max(s.end for s in spans))
            for coder, extents in zip((A, B), d.extents, strict=True):
                assert set(extents) == {Span(*rows[c][2:4]) for c in d.codings if rows[c][5] == coder}
    assert len({c for d in listed for c in d.codings}) == sum(len(d.codings) for d in listed)


def test_what_hangs_together_is_one_place() -> None:
    """One coder coded three turns in one piece, the other the middle one: one thing to settle, not three."""
    data = two_coders([(1, 1, 0, 30, 1, A), (2, 1, 12, 15, 1, B), (3, 1, 42, 45, 1, B)])
    listed, n = comparison(data, (A, B), "turns").differences()
    assert n == 2
    assert [(d.span, d.extents, d.codings) for d in listed] == [
        (Span(0, 30), ((Span(0, 30),), (Span(12, 15),)), (1, 2)),
        (Span(42, 45), ((), (Span(42, 45),)), (3,)),
    ]


def test_the_same_turn_on_other_words_differs_over_characters_only() -> None:
    data = two_coders([(1, 1, 0, 4, 1, A), (2, 1, 5, 9, 1, B)])
    assert comparison(data, (A, B), "turns").differences()[1] == 0
    assert comparison(data, (A, B), "characters").differences()[1] == 1


def test_the_passages_behind_both_and_one() -> None:
    data = two_coders(
        [(1, 1, 0, 4, 1, A), (2, 1, 5, 9, 1, B), (3, 1, 11, 25, 1, A), (4, 1, 22, 28, 1, B), (5, 1, 12, 14, 2, B)]
    )
    found = comparison(data, (A, B), "turns")
    assert found.behind(0, True) == [1, 2, 3, 4]
    assert found.behind(0, False) == [3]
    assert found.behind(1, True) == []
    assert found.behind(None, False) == [3, 5]


def test_only_what_both_coded_is_compared() -> None:
    data = study(
        [facts(1, group=11), facts(2, group=12)],
        [person(1), person(2, "moderator"), group(11), group(12)],
        [code(1), code(2)],
        [(1, 0, 10, 1), (1, 10, 20, 2), (1, 20, 30, 1), (2, 0, 10, 1)],
        [(1, 1, 0, 12, 1, A), (2, 1, 5, 6, 1, B), (3, 1, 25, 26, 2, B), (4, 2, 0, 5, 1, A)],
    )
    whole, first, second = agreement(data, A, B)
    assert (first.both, first.only_a, first.only_b, first.neither, first.percent, first.kappa) == (1, 0, 0, 1, 100.0, 1.0)  # fmt: skip
    assert (second.both, second.only_a, second.only_b, second.neither, second.kappa) == (0, 0, 1, 1, 0.0)
    assert (whole.both, whole.only_b, whole.neither, whole.percent, whole.kappa) == (1, 1, 2, 75.0, pytest.approx(0.5))
    found = comparison(data, (A, B))
    assert found.sources == (1,)
    assert found.of_coder == ({1, 2}, {1})


def test_nothing_coded_by_both() -> None:
    (whole,) = agreement(study(), A, B)
    assert (whole.both, whole.neither, whole.percent, whole.kappa) == (0, 0, 0.0, None)
    nothing = measures(comparison(study(), (A, B), "characters"))
    assert all(estimate.value is None for estimate in nothing.overall.of.values())
    assert nothing.rows == () and nothing.drawn == 0


def test_a_unit_that_is_none() -> None:
    with pytest.raises(BadInput, match="Agreement cannot be measured over lines"):
        agreement(study(), A, B, "lines")


@pytest.mark.parametrize("cells", [(20, 5, 10, 15), (3, 0, 0, 5), (0, 7, 0, 13)])
def test_kappa_from_whole_numbers_is_the_librarys(cells: tuple[int, int, int, int]) -> None:
    assert kappa(*cells) == pytest.approx(cohen([list(cells[:2]), list(cells[2:])]))


# -- intervals ---------------------------------------------------------------------------------------------------------


def test_intervals_are_those_of_a_plain_bootstrap() -> None:
    """Turns of different lengths drawn again one by one, over characters: the same percentiles, but for chance."""
    rng = np.random.default_rng(5)
    turns, at = [], 0
    for _n in range(60):
        length = int(rng.integers(5, 60))
        turns.append((1, at, at + length, 1))
        at += length + 1
    codings = []
    for n, (_source, start, end, _who) in enumerate(turns):
        if n % 3 == 0:
            codings += [(2 * n, 1, start, (start + end) // 2, 1, A), (2 * n + 1, 1, start, end, 1, B)]
        elif n % 7 == 0:
            codings.append((2 * n, 1, start, end, 1, A))
    data = study([facts(1, group=9, length=at)], [person(1), group(9)], [code(1)], turns, codings)
    row = measures(comparison(data, (A, B), "characters"), repeats=4000).rows[0]
    plain = []
    cells = []
    for _s, start, end, _w in turns:
        a, b = (
            {p for c in codings if c[5] == coder for p in range(max(c[2], start), min(c[3], end))} for coder in (A, B)
        )
        cells.append((len(a & b), len(a - b), len(b - a), end - start - len(a | b)))
    for _n in range(4000):
        drawn = [cells[k] for k in rng.integers(0, len(cells), len(cells))]
        plain.append(kappa(*(sum(cell[k] for cell in drawn) for k in range(4))))
    low, high = np.quantile([value for value in plain if value is not None], [0.025, 0.975])
    assert row.of["cohen"].low == pytest.approx(low, abs=0.02)
    assert row.of["cohen"].high == pytest.approx(high, abs=0.02)


@given(made, st.sampled_from(UNITS), st.sampled_from([(A, B), (A, B, C)]))
def test_intervals_hold_together(data: StudyData, over: str, coders: tuple[CoderId, ...]) -> None:
    found = comparison(data, coders, over, text=text)
    once, again = measures(found, 60, seed=3), measures(found, 60, seed=3)
    assert once == again
    for row in (once.overall, *once.rows):
        assert row.n == row.both + row.one + row.none
        for name, estimate in row.of.items():
            assert (estimate.low is None) == (estimate.high is None)
            assert estimate.low is None or estimate.low <= estimate.high
            if name != "percent" and row.n in (row.both, row.none):
                assert estimate.value is None
    for row in measures(found, 0).rows:
        assert all(estimate.low is None for estimate in row.of.values())


def test_the_overall_row_is_over_decisions_and_the_mean_over_codes() -> None:
    data = two_coders([(1, 1, 0, 4, 1, A), (2, 1, 0, 4, 1, B), (3, 1, 11, 14, 2, A), (4, 1, 21, 24, 2, B)])
    found = measures(comparison(data, (A, B), "turns"))
    assert (found.overall.n, found.overall.both, found.overall.one, found.overall.none) == (10, 1, 2, 7)
    assert found.overall.of["cohen"].value == pytest.approx(kappa(1, 1, 1, 7))
    assert found.mean.of["cohen"].value == pytest.approx((1.0 + (kappa(0, 1, 1, 3) or 0)) / 2)
    assert found.mean.of["percent"].value == pytest.approx((1.0 + 0.6) / 2)


def test_a_code_that_nobody_used_is_shown_and_not_in_the_overall_row() -> None:
    data = two_coders([(1, 1, 0, 4, 1, A), (2, 1, 0, 4, 1, B)])
    found = measures(comparison(data, (A, B), "turns", [code(1).id, code(2).id]))
    assert found.overall.n == 5
    assert [row.of["alpha"].value for row in found.rows] == [pytest.approx(1.0), None]
    assert found.rows[1].of["percent"].value == 1.0


@given(made, st.sampled_from([(A, B), (A, B, C)]))
def test_what_the_libraries_say_is_what_the_intervals_are_of(data: StudyData, coders: tuple[CoderId, ...]) -> None:
    """The values come from statsmodels, the intervals from our own formulas of the same: both agree."""
    found = comparison(data, coders, "turns")
    singles = np.stack([found.counts(used) for used in found.used], axis=-1)
    pairs = np.stack([found.counts(pair) for pair in found.pairs()], axis=-1)
    own = binary(np.full(len(found.codes), found.units.length), singles, pairs)
    for n, row in enumerate(measures(found, 0).rows):
        for name in MEASURES:
            value = row.of[name].value
            assert np.isnan(own[name][n]) if value is None else value == pytest.approx(own[name][n], abs=1e-12)


def test_one_thing_to_draw_from_gives_no_interval() -> None:
    data = two_coders([(1, 1, 0, 4, 1, A), (2, 1, 11, 14, 1, B)])
    row = measures(comparison(data, (A, B), "sources")).overall
    assert all(estimate.low is None for estimate in row.of.values())


def test_of_many_turns_neighbours_are_drawn_together() -> None:
    turns = [(1, 10 * n, 10 * n + 9, 1) for n in range(2 * MOST + 1)]
    codings = [(n, 1, 10 * n, 10 * n + 5, 1, A if n % 2 else B) for n in range(0, 2 * MOST, 3)]
    data = study([facts(1, group=9, length=20 * MOST + 10)], [person(1), group(9)], [code(1)], turns, codings)
    found = comparison(data, (A, B), "turns")
    assert found.units.together == 3
    assert np.diff(found.units.edges).tolist() == [3] * (len(turns) // 3) + [len(turns) % 3] * bool(len(turns) % 3)


def test_every_measure_is_there() -> None:
    data = two_coders([(1, 1, 0, 4, 1, A), (2, 1, 0, 4, 1, B)])
    assert tuple(measures(comparison(data, (A, B), "turns")).overall.of) == MEASURES


# -- the parts ---------------------------------------------------------------------------------------------------------

sets = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=8).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


@given(sets, sets)
def test_stretches_are_sets_of_points(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    def points(pairs: list[tuple[int, int]]) -> set[int]:
        return {p for start, end in pairs for p in range(start, end)}

    def back(found: Stretches) -> set[int]:
        return points(list(zip(found.start.tolist(), found.end.tolist(), strict=True)))

    a, b = (Stretches.of(*np.array(pairs, dtype=np.int64).reshape(-1, 2).T) for pairs in (one, other))
    assert back(a) == points(one)
    assert back(a.shared_with(b)) == points(one) & points(other)
    assert back(a.joined_with(b)) == points(one) | points(other)
    edges = np.arange(50)
    assert a.before(edges).tolist() == [len([p for p in points(one) if p < edge]) for edge in edges]


@given(st.text("ab .!?…\n", max_size=40))
def test_all_sentences_are_those_at_their_points(words: str) -> None:
    whole = Span(0, len(words))
    found = list(all_sentences(words, whole))
    for sentence in found:
        assert all(sentence_at(words, at, whole) == sentence for at in range(sentence.start, sentence.end))
    covered = {at for s in found for at in range(s.start, s.end)}
    assert {at for at, letter in enumerate(words) if not letter.isspace()} <= covered


def two_coders(codings: list[tuple[int, int, int, int, int, int]]) -> StudyData:
    """Five turns of ten code points."""
    return study(
        [facts(1, group=9, length=60)], [person(1), group(9)], [code(1), code(2)],
        [(1, 10 * n, 10 * n + 10, 1) for n in range(5)], codings,
    )  # fmt: skip
