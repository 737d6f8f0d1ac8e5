"""A study as its disagreements were settled: against the places in which the coders differ."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from cohesion_qda.analysis.agreement import comparison
from cohesion_qda.analysis.settled import as_settled, without
from cohesion_qda.model.disagreement import Settlement
from cohesion_qda.model.ids import CoderId, CodingId, SegmentId, SettlementId
from cohesion_qda.model.study import StudyData
from tests.analysis.test_agreement import A, B, made, text

THIRD = CoderId(4)


@given(made, st.lists(st.booleans(), min_size=40, max_size=40), st.booleans())
def test_in_settled_places_what_was_settled_elsewhere_what_was_coded(
    data: StudyData, choices: list[bool], every: bool
) -> None:
    two = tuple(row for row in data.codings if row[5] in (A, B))
    data = replace(data, codings=two)
    found, _n = comparison(data, (A, B), "characters", text=text).differences()
    chosen = found if every else found[::2]
    assume(chosen)
    settlements = [
        Settlement(SettlementId(n), SegmentId(n), d.source, d.span, d.code, THIRD, applies)
        for n, (d, applies) in enumerate(zip(chosen, choices, strict=False))
    ]
    new = [
        (10_000 + n, one.source, one.span.start, one.span.end, one.code, THIRD)
        for n, one in enumerate(settlements)
        if one.is_applied
    ]
    ids = frozenset(CodingId(row[0]) for row in new)
    settled = replace(data, codings=tuple(sorted((*two, *new), key=lambda row: row[1:4])))
    looked_at = as_settled(settled, settlements[::-1], ids, text)
    gone = {coding for d, _one in zip(chosen, settlements, strict=False) for coding in d.codings}
    kept = {row[1:5] for row in (*two, *new) if row[0] not in gone}
    assert {row[1:5] for row in looked_at.codings} == kept
    assert len(looked_at.codings) == len(kept)
    assert len({row[5] for row in looked_at.codings}) <= 1
    assert [row[1:4] for row in looked_at.codings] == sorted(row[1:4] for row in looked_at.codings)
    assert without(settled, ids).codings == tuple(sorted(two, key=lambda row: row[1:4]))


@given(made)
def test_where_nothing_was_settled_everybody_counts_once(data: StudyData) -> None:
    looked_at = as_settled(data, (), frozenset(), text)
    assert {row[1:5] for row in looked_at.codings} == {row[1:5] for row in data.codings}
    assert without(data, frozenset()) is data
