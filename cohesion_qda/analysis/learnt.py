"""What is learnt of codes from the passages coded with them: weights for what passages mean and for how they are worded.

A code's weights point from what is usual (the middle of all passages and of those coded otherwise) to the middle of its own, with
the directions in which all passages vary turned down a little: a linear discriminant with a strongly shrunken covariance. It has a
closed form, so learning anew after each coding costs next to nothing, and it measured better than logistic regressions on few
examples (bench `codes`). What the code says of itself counts as one example more, and by itself the more the fewer there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import distinct
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Coded, Described

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.passages import Floats, Passages

    Both = tuple[Floats, Floats]  # of what passages mean, and of their words

SHRINK = 10  # how much of the mean variance is added to every direction
WORDING = 0.5  # the weight of how a passage is worded, where it is known what it means
DEFINITION, WORDED = 3.5, 0.35  # divided by the number of examples; and the part of that for the definition's wording
USUAL = 10  # what all passages count beside those coded otherwise
PASSED, SLOW = 0.8, 10  # the most that those passed over count, and how many bring it to half
SHARE = 0.3  # a coding teaches of a passage when it covers so much of it, or lies in it with so much of itself
SAMPLE = 4000  # passages by which scores are made comparable


@dataclass(frozen=True, eq=False)
class Examples:
    """Which passages are coded: of each pair its code, coding and passage, and where the coding starts and ends; `teaches` where
    enough of the passage is coded. `passed_code` and `passed` are the code and the passage of everything passed over.
    """

    code: Ints
    coding: Ints
    start: Ints
    end: Ints
    passage: Ints
    teaches: Bools
    passed_code: Ints
    passed: Ints

    @cached_property
    def coded(self) -> Ints:
        """All passages coded with anything."""
        return distinct(self.passage[self.teaches])

    def of(self, codes: Sequence[int]) -> Ints:
        """The passages from which these codes are learnt."""
        import numpy as np

        return distinct(self.passage[self.teaches & np.isin(self.code, list(codes))])

    def held(self, codes: Sequence[int]) -> Ints:
        """The passages that have any of these codes on some of their words."""
        import numpy as np

        return distinct(self.passage[np.isin(self.code, list(codes))])

    def turned_down(self, codes: Sequence[int]) -> Ints:
        """The passages passed over for any of these codes."""
        import numpy as np

        return distinct(self.passed[np.isin(self.passed_code, list(codes))])


def examples_of(passages: Passages, coded: Coded) -> Examples:
    """Lay codings and what was passed over on the passages."""
    import numpy as np

    rows = np.array(coded.codings, dtype=np.int64).reshape(-1, 6)
    owner, passage, shared = passages.under(rows[:, 1], rows[:, 2], rows[:, 3])
    length = np.minimum(rows[:, 3] - rows[:, 2], 1 << 40)[owner]
    covered = shared >= SHARE * np.minimum(length, passages.end[passage] - passages.start[passage])
    gone = np.array(coded.passed_over, dtype=np.int64).reshape(-1, 4)
    turned, where, _shared = passages.under(gone[:, 0], gone[:, 1], gone[:, 2])
    its = rows[owner]
    return Examples(its[:, 4], its[:, 0], its[:, 2], its[:, 3], passage, covered, gone[turned, 3], where)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What one set of weights is learnt from: passages that belong to a code, all that were coded with something (these among them),
    and those that were passed over for it.
    """

    said_of_itself: str
    own: Ints
    coded: Ints
    passed: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A row for each lesson: what passages mean (None in the second tier), their words, and what is taken away in the end, so
    that scores have the mean 0 and the variance 1 over the study.
    """

    meaning: Floats | None
    words: Floats
    less: Floats

    def scores(self, row: int, vectors: Floats | None, words: Any) -> Floats:
        """The scores of passages by one lesson."""
        found = words @ self.words[row] - self.less[row]
        if self.meaning is not None and vectors is not None:
            found += vectors @ self.meaning[row]
        return found  # type: ignore[no-any-return]


class Teacher:
    """What of a study does not change with the codings, worked out once."""

    def __init__(self, passages: Passages) -> None:
        import numpy as np

        self.passages = passages
        n, lexicon = len(passages), passages.lexicon
        self._letters = lexicon.letters
        self._letters_back = lexicon.letters.T.tocsr()
        usual_words = np.asarray(passages.words.sum(axis=0), dtype=np.float32)[0] / max(1, n)
        chosen = np.unique(np.linspace(0, max(0, n - 1), min(n, SAMPLE)).astype(np.int64))
        self._sample_words = passages.words[chosen]
        usual = np.zeros(1, dtype=np.float32)
        if passages.vectors is not None:
            usual = passages.vectors.sum(axis=0) / max(1, n)
            self._sample = np.ascontiguousarray(passages.vectors[chosen])
            self._turned = _shrunken(passages.vectors, usual)
        self._usual = usual, usual_words
        self._described = lru_cache(maxsize=512)(self._describe)

    def weights(self, lessons: Sequence[Lesson]) -> Weights:
        """What is learnt from each lesson."""
        import numpy as np

        described = [self._described(lesson.said_of_itself) for lesson in lessons]
        size = np.array([[len(lesson.own)] for lesson in lessons], dtype=np.float32)
        own, away = self._middles(lessons, size)
        has = self.passages.vectors is not None
        itself = self._spelt(np.stack([spelt for _vector, spelt in described]))
        words = self._worded(np.where(size > 0, own[1] - away[1], 0))
        if not has:  # the definition as one example more
            words = (size * words + itself) / (size + 1)
        lead = DEFINITION / np.maximum(size, 1)
        total, less = _summed(
            [(WORDING if has else 1.0, words), (lead * (WORDED / 2 if has else WORDED), itself)], self._sample_words
        )
        if not has:
            return _evened(None, total, less, None, self._sample_words)
        vector = np.stack([vector for vector, _spelt in described])
        known = np.linalg.norm(vector, axis=1, keepdims=True) > 0
        middle = (own[0] * size + vector) / np.maximum(size + known, 1)
        turned = np.where(size > 0, (middle - away[0]) @ self._turned, 0)
        meaning, less_too = _summed([(1.0, turned), (lead / 2, vector)], self._sample)
        return _evened(meaning, total, less + less_too, self._sample, self._sample_words)

    def nearest(self, passages: Ints, others: Ints) -> Floats:
        """The cosine between passages and others, by what they mean, or by their wording in the second tier."""
        all_ = self.passages
        if all_.vectors is not None:
            return all_.vectors[passages] @ all_.vectors[others].T  # type: ignore[no-any-return]
        spelt = [(all_.words[rows] @ self._letters) for rows in (passages, others)]
        return (spelt[0] @ spelt[1].T).toarray()  # type: ignore[no-any-return]

    def _middles(self, lessons: Sequence[Lesson], size: Floats) -> tuple[Both, Both]:
        """The middle of each code's own passages, and of what it is told from: what is usual, what was coded otherwise, and what
        was passed over.
        """
        import numpy as np

        own = self._sums([lesson.own for lesson in lessons])
        passed = [np.setdiff1d(lesson.passed, lesson.own) for lesson in lessons]
        number = np.array([[len(some)] for some in passed], dtype=np.float32)
        turned_down = self._sums(passed)
        kinds = {id(lesson.coded): lesson.coded for lesson in lessons}
        place = [list(kinds).index(id(lesson.coded)) for lesson in lessons]
        coded = self._sums(list(kinds.values()))
        otherwise = np.array([[len(lesson.coded)] for lesson in lessons], dtype=np.float32) - size
        share = PASSED * number / (number + SLOW)
        away = [
            (1 - share) * (USUAL * usual + all_[place] - its) / (USUAL + otherwise)
            + share * gone / np.maximum(number, 1)
            for usual, all_, its, gone in zip(self._usual, coded, own, turned_down, strict=True)
        ]
        least: Any = np.maximum(size, 1)
        return (own[0] / least, own[1] / least), (away[0], away[1])

    def _sums(self, rows: Sequence[Ints]) -> Both:
        """The sum of some passages, of each of `rows`: of their meaning (nothing in the second tier), and of their words."""
        import numpy as np
        from scipy.sparse import csr_matrix

        ends = np.cumsum([0, *(len(some) for some in rows)])
        ones = np.ones(int(ends[-1]), dtype=np.float32)
        chosen = csr_matrix((ones, np.concatenate([*rows, []]).astype(np.int64), ends), (len(rows), len(self.passages)))
        vectors = self.passages.vectors
        none = np.zeros((len(rows), 1), dtype=np.float32)
        return (none if vectors is None else chosen @ vectors), (chosen @ self.passages.words).toarray()

    def _worded(self, words: Floats) -> Floats:
        """Weights of words, by the runs of letters that they share with the words given."""
        import numpy as np

        return np.ascontiguousarray((self._letters @ (self._letters_back @ words.T)).T)

    def _spelt(self, runs: Floats) -> Floats:
        import numpy as np

        return np.ascontiguousarray((self._letters @ runs.T).T)

    def _describe(self, text: str) -> tuple[Floats, Floats]:
        """What a code says of itself: its meaning (zero where that is not known) and its runs of letters."""
        import numpy as np

        from cohesion_qda.analysis.sentences import encode

        spelt = self.passages.lexicon.spelt(text)
        vectors = self.passages.vectors
        if vectors is None:
            return np.zeros(1, dtype=np.float32), spelt
        try:
            return encode([text])[0], spelt
        except RuntimeError:  # the network cannot be run here; what was worked out elsewhere still counts
            return np.zeros(vectors.shape[1], dtype=np.float32), spelt


def codes_of(described: Described, branch: bool) -> list[CodeId]:
    """A code alone, or with `branch` those under it too."""
    return sorted(described.branch) if branch else [described.code]


def lesson_of(examples: Examples, described: Described, branch: bool = False) -> Lesson:
    """What a code, or with `branch` it and those under it, is learnt from."""
    codes = codes_of(described, branch)
    itself = ". ".join(words for words in (described.words, described.example) if words)
    return Lesson(itself, examples.of(codes), examples.coded, examples.turned_down(codes))


def _shrunken(vectors: Floats, usual: Floats) -> Floats:
    """What turns a direction so that those in which all passages vary count a little less."""
    import numpy as np

    size = vectors.shape[1]
    spread = (vectors.T @ vectors) / max(1, len(vectors)) - np.outer(usual, usual)
    mean = max(float(np.trace(spread)) / size, 1e-9)
    found: Floats = np.linalg.inv(spread.astype(np.float64) / mean + SHRINK * np.eye(size)).astype(np.float32)
    return found


def _summed(parts: Sequence[tuple[Any, Floats]], sample: Any) -> tuple[Floats, Floats]:
    """The sum of weights, each so that its scores have the mean 0 and the variance 1 before it is weighed; and what is taken away."""
    import numpy as np

    total, less = np.zeros_like(parts[0][1]), np.zeros(len(parts[0][1]), dtype=np.float32)
    for weight, weights in parts:
        mean, spread = _spread(np.asarray(sample @ weights.T))
        factor = (np.where(spread > 1e-7, 1 / np.maximum(spread, 1e-7), 0) * np.reshape(weight, -1)).astype(np.float32)
        total += factor[:, None] * weights
        less += factor * mean
    return total, less


def _spread(scores: Floats) -> tuple[Floats, Floats]:
    """The mean and the deviation of each column; of none 0 and 0."""
    import numpy as np

    if not len(scores):
        return np.zeros(scores.shape[1], np.float32), np.zeros(scores.shape[1], np.float32)
    return scores.mean(axis=0), scores.std(axis=0)


def _evened(meaning: Floats | None, words: Floats, less: Floats, sample: Any, sample_words: Any) -> Weights:
    """Weights whose scores have the variance 1."""
    import numpy as np

    scores = np.asarray(sample_words @ words.T) - less
    if meaning is not None:
        scores += sample @ meaning.T
    spread = _spread(scores)[1]
    factor = (1 / np.where(spread > 1e-7, spread, 1)).astype(np.float32)[:, None]
    return Weights(None if meaning is None else meaning * factor, words * factor, less * factor[:, 0])
