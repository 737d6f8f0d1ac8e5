"""The honesty of a code counted again in the plainest way: source by source its codings are taken away, everything is ranked by what is
left, and what comes up is looked at one by one.
"""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from test_proposals import BUSES, FAITH, FOOD, RANKER, TURNS, coded, of_subject, turn_of

from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Coded


def noisy(seed: int) -> Coded:
    """All turns are coded, a third of them with a code that they do not speak of."""
    rng = random.Random(seed)
    codes = (BUSES, FOOD, FAITH)
    right = {n: code for code in codes for n in of_subject(code)}
    return coded({(n, rng.choice(codes) if rng.random() < 1 / 3 else code) for n, code in sorted(right.items())})


def recounted(told: Coded, code: CodeId) -> dict[str, float]:
    """What `Honesty` says, by ranking alone."""
    truth = {(row[1], row[2]) for row in told.codings if row[4] == code}
    looked_at = {(int(u.source), u.span.start) for u in TURNS}
    tried: list[tuple[float, bool]] = []
    precisions = []
    for source in sorted({row[1] for row in told.codings}):
        left = replace(told, codings=tuple(row for row in told.codings if row[1] != source))
        came = [p for p in RANKER.ranked(left, code, 10_000).proposals if p.source == source]
        assert len({turn_of(p) for p in came}) == len([place for place in looked_at if place[0] == source])
        hits = [(int(p.source), p.span.start) in truth for p in came]
        tried += [(p.score, hit) for p, hit in zip(came, hits, strict=True)]
        found, shares = 0, []
        for place, hit in enumerate(hits, 1):
            found += hit
            if hit:
                shares.append(found / place)
        precisions.append(sum(shares) / len(shares))
    tried.sort(key=lambda one: -one[0])
    assert all(one - other > 1e-5 for (one, hit), (other, miss) in pairwise(tried) if hit != miss), "none is both"
    right = [hit for _score, hit in tried]
    return {
        "tested": sum(right),
        "precision": sum(right[:10]) / 10,
        "recall": sum(right[: len(truth)]) / len(truth),
        "average_precision": sum(precisions) / len(precisions),
        "floor": sum(right) / len(right),
    }


@pytest.mark.parametrize("seed", [0, 3, 6])
@pytest.mark.parametrize("code", [BUSES, FOOD])
def test_precision_and_recall_are_what_a_plain_count_says(code: CodeId, seed: int) -> None:
    told = noisy(seed)
    (found,) = RANKER.honesty(told, [code])
    assert found.split == "source" and found.parts == 3
    plain = recounted(told, code)
    assert {name: getattr(found, name) for name in plain} == pytest.approx(plain)
    assert 0.2 < plain["recall"] < 1, "a study of which not all can be found"
