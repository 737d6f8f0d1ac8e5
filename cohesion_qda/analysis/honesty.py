"""How far the proposals of a code can be trusted here: part of the codings is held back, and looked for from the rest.

What is held back are whole sources, so that nothing is found because the same people talk on; of a study with one source the
participants, and of a document its passages, or where codings run over several people's turns. No coding is cut: what it covers
is held back together. The example that a code gives of itself is held back too, being mostly words that were coded. A source
that has hardly been coded yet is left out, for what is not coded in it is no sign of anything. The parts are the same every time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import distinct
from cohesion_qda.analysis.learnt import Examples, Lesson, Teacher, codes_of, lesson_of
from cohesion_qda.model.proposal import TEN, Described, Honesty

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.passages import Passages

    Doubles = npt.NDArray[np.float64]

LEAST = 5  # examples; with three the expectation was one of ten too low, and two of ten from what came
PARTS = 5
BEGUN = 0.25  # a source counts as coded when at least this part of what is usual of it is coded
TRUST = 0.75  # of an example held back, when it is said how sure the expectation is
STEPS = 12  # of the curve from scores to chances


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """What was looked for, all parts together: the score of each passage, whether it belongs, and the part it was held back in."""

    score: Doubles
    belongs: Bools
    part: Ints


def measured(teacher: Teacher, examples: Examples, described: Described, branch: bool, free: Ints) -> Honesty:
    """How the proposals of one code fare; `free` are the passages of which the next ones would be."""
    import numpy as np

    passages = teacher.passages
    lesson = lesson_of(examples, described, branch)
    own = lesson.own
    people = len(distinct(passages.voice[own]))
    lacking = max(0, LEAST - len(own))
    pairs = examples.teaches & np.isin(examples.code, codes_of(described, branch))
    split, group = _groups(passages, own, examples.passage[pairs], examples.coding[pairs])
    bare = replace(lesson, said_of_itself=described.words)
    tried = None if lacking or not split else _tried(teacher, bare, group, _looked_at(passages, examples))
    if tried is None:
        return Honesty(described.code, len(own), people, lacking=lacking)
    return _told(teacher, lesson, described, people, split, tried, free)


def _groups(passages: Passages, own: Ints, passage: Ints, coding: Ints) -> tuple[str, Ints]:
    """By what codings can be held back so that some are left, and the group of each passage; nothing where they cannot. `passage`
    and `coding` pair what is learnt from.
    """
    kinds = (("source", passages.source), ("participant", passages.voice), ("passage", passages.utterance))
    people = distinct(passages.voice[own][passages.person[own]])
    for split, alone in kinds:
        if split == "passage" and len(people) == 1:
            break
        group = _joined(alone, passage, coding)
        if len(distinct(group[own])) > 1:
            return split, group
    return "", passages.source


def _joined(group: Ints, passage: Ints, coding: Ints) -> Ints:
    """The groups of all passages, those that share a coding made one."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    named, number = np.unique(group, return_inverse=True)
    coding = np.unique(coding, return_inverse=True)[1] + len(named)
    size = int(coding.max(initial=len(named) - 1)) + 1
    ones = np.ones(len(coding), dtype=np.int8)
    links = csr_matrix((ones, (number[passage], coding)), shape=(size, size))
    one: Ints = connected_components(links, directed=False)[1][number].astype(np.int64)
    return one


def _looked_at(passages: Passages, examples: Examples) -> Bools:
    """Of each passage whether it can be taken that somebody has looked whether to code it: coded with anything, or not far
    beyond in a source that is coded about as densely as others.
    """
    import numpy as np

    coded = np.zeros(len(passages), dtype=bool)
    coded[examples.coded] = True
    number = np.unique(passages.source, return_inverse=True)[1]
    sizes, marked = np.bincount(number), np.bincount(number, coded)
    begun = marked > 0
    usual = marked[begun].sum() / max(1, sizes[begun].sum())
    dense = begun & (marked >= BEGUN * usual * sizes)
    found: Bools = coded | dense[number]
    return found


def _parts(group: Ints, own: Ints, looked_at: Bools) -> Ints:
    """The part each passage is held back in, or -1: groups with examples spread evenly, then the others in turn."""
    import numpy as np

    named, number = np.unique(group, return_inverse=True)
    size = np.bincount(number[own], minlength=len(named))
    holders = [g for g in np.argsort(-size, kind="stable").tolist() if size[g]]
    parts = min(PARTS, len(holders))
    load, of = [0] * parts, np.full(len(named), -1, dtype=np.int64)
    for g in holders:
        of[g] = load.index(min(load))
        load[of[g]] += int(size[g])
    rest = np.flatnonzero((of < 0) & (np.bincount(number, looked_at, minlength=len(named)) > 0))
    of[rest] = np.arange(len(rest)) % parts
    found: Ints = np.where(looked_at, of[number], -1)
    return found


def _tried(teacher: Teacher, lesson: Lesson, group: Ints, looked_at: Bools) -> _Tried | None:
    """Each part scored by what is learnt from the others; None where that cannot be."""
    import numpy as np

    passages = teacher.passages
    part = _parts(group, lesson.own, looked_at)
    kept = [k for k in range(int(part.max(initial=-1)) + 1) if 0 < (part[lesson.own] == k).sum() < len(lesson.own)]
    if len(kept) < 2:
        return None

    def without(rows: Ints, k: int) -> Ints:
        left: Ints = rows[part[rows] != k]
        return left

    lessons = [
        Lesson(lesson.said_of_itself, without(lesson.own, k), without(lesson.coded, k), without(lesson.passed, k))
        for k in kept
    ]
    weights = teacher.weights(lessons)
    rows = [np.flatnonzero(part == k) for k in kept]
    vectors = passages.vectors
    scores = [
        weights.scores(n, None if vectors is None else vectors[some], passages.words[some])
        for n, some in enumerate(rows)
    ]
    tested = np.concatenate(rows)
    belongs = np.isin(tested, lesson.own)
    if belongs.all():
        return None
    return _Tried(np.concatenate(scores).astype(np.float64), belongs, part[tested])


def _told(
    teacher: Teacher, lesson: Lesson, described: Described, people: int, split: str, tried: _Tried, free: Ints
) -> Honesty:
    import numpy as np

    from cohesion_qda.analysis.proposals import first

    intercept, slope = sigmoid(tried.score, tried.belongs)
    scores = teacher.weights([lesson]).scores(0, teacher.passages.vectors, teacher.passages.words)
    ahead = scores[first(scores, free, TEN)]
    expected = float((1 / (1 + np.exp(-(intercept + slope * ahead)))).sum())
    low, high = interval(expected, len(ahead), TRUST * len(lesson.own))
    tested = int(tried.belongs.sum())
    hits = tried.belongs[np.argsort(-tried.score, kind="stable")]
    parts = [tried.part == k for k in distinct(tried.part).tolist()]
    ranks = [_average_precision(tried.belongs[its][np.argsort(-tried.score[its], kind="stable")]) for its in parts]
    grid = np.linspace(tried.score.min(), tried.score.max(), STEPS)
    curve = tuple((float(s), float(1 / (1 + np.exp(-(intercept + slope * s))))) for s in grid)
    return Honesty(
        described.code, len(lesson.own), people, tested, split, len(parts),
        float(hits[: min(TEN, tested)].mean()), float(hits[:tested].mean()), float(np.mean(ranks)),
        float(tried.belongs.mean()), expected, low, high, len(ahead), 0, curve,
    )  # fmt: skip


def _average_precision(hits: Bools) -> float:
    """The mean, over all that belong, of the share that is right down to each of them."""
    import numpy as np

    places = np.flatnonzero(hits)
    return float(((np.arange(len(places)) + 1) / (places + 1)).mean()) if len(places) else 0.0


def sigmoid(score: Doubles, belongs: Bools) -> tuple[float, float]:
    """The intercept and the slope of the logistic curve from scores to the share that belongs; the slope is held back a little
    and never falls.
    """
    import numpy as np

    x = np.stack((np.ones(len(score)), score), axis=1)
    held = np.diag([1e-6, 1.0])
    b = np.array([np.log((belongs.sum() + 0.5) / ((~belongs).sum() + 0.5)), 0.0])
    for _n in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + held, x.T @ (belongs - p) - held @ b)
        step *= min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        b = b + step
        if np.abs(step).max() < 1e-8:
            break
    if b[1] < 0:
        return float(np.log((belongs.sum() + 0.5) / ((~belongs).sum() + 0.5))), 0.0
    return float(b[0]), float(b[1])


def interval(expected: float, of: int, known: float) -> tuple[float, float]:
    """Between which numbers out of `of` the number right lies four times in five, where the share expected is as sure as
    `known` trials make it (beta-binomial).
    """
    from math import exp, lgamma

    if not of:
        return 0.0, 0.0
    share = min(0.98, max(0.02, expected / of))
    a, b = share * max(2.0, known), (1 - share) * max(2.0, known)
    below, low, high = 0.0, 0, of
    for n in range(of + 1):
        chance = exp(
            lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1) + lgamma(n + a) + lgamma(of - n + b) - lgamma(of + a + b)
            + lgamma(a + b) - lgamma(a) - lgamma(b)
        )  # fmt: skip
        if below < 0.1 <= below + chance:
            low = n
        if below < 0.9 <= below + chance:
            high = n
        below += chance
    return float(low), float(high)
