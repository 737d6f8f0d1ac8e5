from __future__ import annotations

import pytest
from hypothesis import given
from made_studies import code, facts, group, person, studies, study, touches

from cohesion_qda.analysis.agreement import agreement, kappa, strength
from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.ids import CoderId
from cohesion_qda.model.study import StudyData

A, B = CoderId(1), CoderId(2)


@pytest.mark.parametrize(
    ("both", "only_a", "only_b", "neither", "value"),
    [
        (20, 5, 10, 15, 0.40),  # the worked example by which Cohen's kappa is usually taught
        (45, 15, 25, 15, 0.1304),  # the same agreement of 60 %, with like totals
        (25, 35, 5, 35, 0.2593),  # and with unlike ones
        (50, 100, 50, 800, 0.3182),  # NVivo's help: 1,000 characters, 50 coded by both, 150 by one
        (118, 5, 2, 0, -0.0234),  # Gwet: high agreement, and kappa below nothing
        (0, 7, 0, 13, 0.0),
        (3, 0, 0, 5, 1.0),
    ],
)
def test_kappa_against_the_literature(both: int, only_a: int, only_b: int, neither: int, value: float) -> None:
    assert kappa(both, only_a, only_b, neither) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("cells", [(0, 0, 0, 0), (9, 0, 0, 0), (0, 0, 0, 9)])
def test_kappa_cannot_be_calculated_with_one_category(cells: tuple[int, int, int, int]) -> None:
    assert kappa(*cells) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [(-0.1, "poor"), (0.0, "slight"), (0.21, "fair"), (0.6, "moderate"), (0.61, "substantial"), (0.81, "almost perfect"), (1.0, "almost perfect")],
)  # fmt: skip
def test_strength_is_what_landis_and_koch_call_it(value: float, word: str) -> None:
    assert strength(value) == word


@given(studies())
def test_agreement_is_as_the_plain_definition_says(data: StudyData) -> None:
    coded = [{c[1] for c in data.codings if c[5] == coder} for coder in (A, B)]
    turns = [t for t in data.turns if t[0] in coded[0] & coded[1] and data.cases[t[3]].role == "participant"]
    rows = agreement(data, A, B)
    wanted = []
    for one in data.codes:
        cells = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
        for turn in turns:
            marks = [
                any(c[1] == turn[0] and c[4] == one.id and c[5] == coder and touches(c[2], c[3], turn[1], turn[2]) for c in data.codings)
                for coder in (A, B)
            ]  # fmt: skip
            cells[marks[0], marks[1]] += 1
        if cells[False, False] < len(turns):
            wanted.append((one.id, *cells.values()))
    assert [(r.code, r.both, r.only_a, r.only_b, r.neither) for r in rows[1:]] == wanted
    whole = rows[0]
    assert whole.code is None
    assert (whole.both, whole.only_a, whole.only_b, whole.neither) == tuple(
        sum(w[n] for w in wanted) for n in (1, 2, 3, 4)
    )
    for row in agreement(data, B, A):
        mirrored = next(r for r in rows if r.code == row.code)
        assert (row.only_a, row.only_b, row.kappa) == (mirrored.only_b, mirrored.only_a, mirrored.kappa)


def test_only_what_both_coded_is_compared() -> None:
    data = study(
        [facts(1, group=11), facts(2, group=12)],
        [person(1), person(2, "moderator"), group(11), group(12)],
        [code(1), code(2)],
        [(1, 0, 10, 1), (1, 10, 20, 2), (1, 20, 30, 1), (2, 0, 10, 1)],
        [(1, 1, 0, 12, 1, A), (2, 1, 5, 6, 1, B), (3, 1, 25, 26, 2, B), (4, 2, 0, 5, 1, A)],
    )
    whole, first, second = agreement(data, A, B)
    assert (first.both, first.only_a, first.only_b, first.neither, first.percent, first.kappa) == (
        1,
        0,
        0,
        1,
        100.0,
        1.0,
    )
    assert (second.both, second.only_a, second.only_b, second.neither, second.percent, second.kappa) == (
        0,
        0,
        1,
        1,
        50.0,
        0.0,
    )
    assert (whole.both, whole.only_b, whole.neither, whole.percent, whole.kappa) == (1, 1, 2, 75.0, pytest.approx(0.5))


def test_nothing_coded_by_both() -> None:
    (whole,) = agreement(study(), A, B)
    assert (whole.both, whole.neither, whole.percent, whole.kappa) == (0, 0, 0.0, None)
    with pytest.raises(BadInput):
        agreement(study(), A, B, "lines")
