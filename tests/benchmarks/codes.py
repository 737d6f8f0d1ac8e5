"""Codes proposed for what is not coded yet, measured on labelled text: `python3 run.py bench codes`.

Passages in random order are coded as people did until a code has 5, 10 or 20 examples; the rest is ranked. Whole texts go to one side
or the other, and the arguments of each topic are a study of their own. Beside our own way, with sentence vectors and without: the
logistic regressions that our way took the place of, and two floors in the same run, the most frequent codes and the nearest
coded passage. Then how far the expectation ("of the ten it would suggest next …") is from what came, and what learning anew costs in
studies of 10,000 and 60,000 made turns, in CPU milliseconds beside one product of the vectors with a vector. `--json` prints
one document, `--quick` takes every fourth topic.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cohesion_qda.analysis.heard import Heard, hear
from cohesion_qda.analysis.learnt import examples_of, lesson_of
from cohesion_qda.analysis.proposals import Ranker
from cohesion_qda.analysis.sentences import encode
from cohesion_qda.model.extent import all_sentences
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import TEN, Coded, Described
from cohesion_qda.model.study import SourceFacts, Talk, Utterance
from cohesion_qda.model.text import Span, without_stage_notes
from tests.conftest import ROOT

LABELLED = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data" / "labelled"
EXAMPLES, DRAWS, LEAST = (5, 10, 20), 3, 5
MARKED = re.compile(r"\*\*(.+?)\*\*<sup>(.+?)</sup>", re.DOTALL)


@dataclass
class Study:
    """Passages with the text they stand in, and which of them people gave which code; `codes` are names with definitions."""

    texts: list[str]
    group: Any
    codes: list[str]
    belongs: Any  # (codes, passages), whether
    ranker: Ranker
    plain: Ranker  # without sentence vectors
    letters: Any = None


def arguments(every: int) -> Iterator[tuple[list[str], list[int], list[str], list[set[int]]]]:
    """The arguments of each topic with their key points."""
    for part in ("train", "dev", "test"):
        rows = {
            kind: list(csv.DictReader((LABELLED / "argkp" / f"{kind}_{part}.csv").open(encoding="utf-8")))
            for kind in ("arguments", "key_points", "labels")
        }
        looked_at = {row["arg_id"] for row in rows["labels"]}
        for topic in sorted({row["topic"] for row in rows["arguments"]})[::every]:
            said = [r for r in rows["arguments"] if r["topic"] == topic and r["arg_id"] in looked_at]
            number = {row["arg_id"]: n for n, row in enumerate(said)}
            points = [row for row in rows["key_points"] if row["topic"] == topic]
            those = [
                {number[r["arg_id"]] for r in rows["labels"] if r["key_point_id"] == p["key_point_id"] and r["label"] == "1"}
                for p in points
            ]  # fmt: skip
            yield [row["argument"] for row in said], list(range(len(said))), [p["key_point"] for p in points], those


def games() -> tuple[list[str], list[int], list[str], list[set[int]]]:
    """The sentences of games as art with the codes of the spans that they share words with."""
    folder = LABELLED / "llmcode_games_as_art"
    with (folder / "bopp_test_code_descriptions.csv").open(encoding="utf-8") as file:
        told = {row["code"]: row["description"] for row in csv.DictReader(file)}
    texts: list[str] = []
    group: list[int] = []
    those: dict[str, set[int]] = {}
    with (folder / "bopp_test_coded_texts.csv").open(encoding="utf-8") as file:
        for n, row in enumerate(csv.DictReader(file)):
            plain, spans = unmarked(row["coded_text"])
            for sentence in all_sentences(plain, Span(0, len(plain))):
                if not re.search(r"[^\W_]", without_stage_notes(sentence.of(plain))):
                    continue
                for span, codes in spans:
                    if span.overlaps(sentence):
                        for code in codes:
                            those.setdefault(code, set()).add(len(texts))
                texts.append(sentence.of(plain))
                group.append(n)
    return texts, group, [f"{code}. {told.get(code, '')}" for code in those], list(those.values())


def unmarked(marked: str) -> tuple[str, list[tuple[Span, list[str]]]]:
    """A text without its marks, and what they said."""
    plain, at, spans = "", 0, []
    for found in MARKED.finditer(marked):
        plain += marked[at : found.start()]
        spans.append((Span(len(plain), len(plain) + len(found[1])), [code.strip() for code in found[2].split(";")]))
        plain, at = plain + found[1], found.end()
    return plain + marked[at:], spans


def study(texts: list[str], group: list[int], codes: list[str], those: list[set[int]]) -> Study:
    """A study of one transcript a text, in which every passage is somebody's turn."""
    heard = heard_of(texts)
    belongs = np.zeros((len(codes), len(texts)), dtype=bool)
    for n, some in enumerate(those):
        belongs[n, sorted(some)] = True
    found = Study(texts, np.array(group), codes, belongs, Ranker(heard), Ranker(replace(heard, pieces=None)))
    assert len(found.ranker.passages) == len(texts), "every text must be one passage"
    return found


def heard_of(texts: list[str]) -> Heard:
    """Each text as a paragraph of a source of its own, which numbers it."""
    whole = [" ".join(" ".join(text.split()).split()[:80]) for text in texts]
    talk = Talk(
        tuple(Utterance(SourceId(n), Span(0, len(t)), None, "", t) for n, t in enumerate(whole, 1)),
        tuple(SourceFacts(SourceId(n), str(n), "survey answer", None, len(t), 0, {}) for n, t in enumerate(whole, 1)),
        {},
    )
    return hear(talk, vectors=True)[0]


def coded(some: Study, seen: Any) -> Coded:
    """The study as far as people had coded it."""
    codes = tuple(Described(CodeId(n), name, name, frozenset({CodeId(n)})) for n, name in enumerate(some.codes))
    pairs = sorted((int(p), int(c)) for c, p in zip(*np.nonzero(some.belongs & seen), strict=True))
    ends = some.ranker.passages.end
    return Coded(codes, tuple((n, p + 1, 0, int(ends[p]), c, 1) for n, (p, c) in enumerate(pairs, 1)))


def revealed(some: Study, code: int, n: int, draw: int) -> Any:
    """Texts in random order until a code has `n` examples; None where too few would be left to find."""
    rng = np.random.default_rng(draw * 1000 + n)
    groups = rng.permutation(np.unique(some.group))
    place = np.empty(groups.max() + 1, dtype=int)
    place[groups] = np.arange(len(groups))
    turn = place[some.group]
    its = np.sort(turn[some.belongs[code]])
    if len(its) < n + LEAST:
        return None
    seen = turn <= its[n - 1]
    return seen if (some.belongs[code] & ~seen).sum() >= LEAST else None


# -- ways to rank the passages of a code: scores of all passages -----------------------------------------------------------


def ours(some: Study, told: Coded, code: int, plain: bool = False) -> Any:
    """As the program does."""
    ranker = some.plain if plain else some.ranker
    examples = examples_of(ranker.passages, told)
    weights = ranker.teacher.weights([lesson_of(examples, told.codes[code])])
    return weights.scores(0, ranker.passages.vectors, ranker.passages.words)


def itself(some: Study, told: Coded, code: int) -> Any:
    """By what the code says of itself alone."""
    return ours(some, replace(told, codings=tuple(row for row in told.codings if row[4] != code)), code)


def regressions(some: Study, told: Coded, code: int) -> Any:
    """Logistic regressions over vectors and TF-IDF, with the definition."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    if some.letters is None:
        made = TfidfVectorizer(sublinear_tf=True)
        rows = made.fit_transform(some.texts)
        some.letters = rows, made.transform(some.codes), encode(some.codes)
    rows, defined, meant = some.letters
    vectors = some.ranker.passages.vectors
    own = {row[1] - 1 for row in told.codings if row[4] == code}
    others = {row[1] - 1 for row in told.codings} - own
    left = [n for n in range(len(some.texts)) if n not in own | others]
    away = [*sorted(others), *np.random.default_rng(0).permutation(left)[:300].tolist()]
    chosen, label = [*sorted(own), *away], [1] * len(own) + [0] * len(away)

    def score(matrix: Any) -> Any:
        fitted = LogisticRegression(class_weight="balanced", max_iter=300).fit(matrix[chosen], label)
        return even(fitted.decision_function(matrix))

    lead = 5 / len(own)
    return (
        score(vectors) + 0.5 * score(rows) + lead * 0.5 * even(vectors @ meant[code])
        + lead * 0.25 * even((rows @ defined[code].T).toarray()[:, 0])
    )  # fmt: skip


def even(scores: Any) -> Any:
    """With the mean 0 and the variance 1."""
    return (scores - scores.mean()) / max(float(scores.std()), 1e-9)


def neighbour(some: Study, told: Coded, code: int) -> Any:
    """By the nearest passage coded so."""
    vectors = some.ranker.passages.vectors
    own = sorted({row[1] - 1 for row in told.codings if row[4] == code})
    return (vectors @ vectors[own].T).max(axis=1)


def frequent(some: Study, told: Coded, code: int) -> Any:
    """By how often the code was used: the same for every passage, which are then in random order."""
    del told, code
    return np.random.default_rng(0).random(len(some.texts))


WAYS: dict[str, Callable[[Study, Coded, int], Any]] = {
    "ours": ours,
    "ours, without sentence vectors": partial(ours, plain=True),
    "logistic regressions": regressions,
    "by the definition alone": itself,
    "nearest neighbour": neighbour,
    "most frequent codes": frequent,
}


def average_precision(scores: Any, right: Any) -> float:
    """The mean, over all that is right, of the share right down to it."""
    places = np.flatnonzero(right[np.argsort(-scores, kind="stable")])
    return float(((np.arange(len(places)) + 1) / (places + 1)).mean())


def passages_for_codes(studies: list[Study]) -> list[dict[str, Any]]:
    """Mean average precision and precision at 10 of each way, by the number of examples."""
    lines = []
    for n in EXAMPLES:
        cases = [
            (some, code, seen, coded(some, seen))
            for some in studies
            for code in range(len(some.codes))
            for draw in range(DRAWS)
            if (seen := revealed(some, code, n, draw)) is not None
        ]
        for way, scored in WAYS.items():
            figures: dict[tuple[int, int], list[tuple[float, float]]] = {}
            for some, code, seen, told in cases:
                scores, right = scored(some, told, code)[~seen], some.belongs[code][~seen]
                ahead = right[np.argsort(-scores, kind="stable")[:TEN]].mean()
                figures.setdefault((id(some), code), []).append((average_precision(scores, right), float(ahead)))
            means = np.mean([np.mean(some, axis=0) for some in figures.values()], axis=0)
            lines.append(
                {"examples": n, "way": way, "map": means[0], "precision_at_10": means[1], "codes": len(figures)}
            )
    return lines


def codes_for_passages(studies: list[Study]) -> list[dict[str, Any]]:
    """Of the codes of a passage, with three tenths of the texts coded: how often the first is right, one of three, and MAP."""
    figures: dict[str, list[tuple[float, float, float]]] = {}
    for some in studies:
        for draw in range(DRAWS):
            groups = np.random.default_rng(draw).permutation(np.unique(some.group))
            seen = np.isin(some.group, groups[: int(0.3 * len(groups))])
            told = coded(some, seen)
            used = (some.belongs & seen).sum(axis=1)
            tested = np.flatnonzero(~seen & some.belongs.any(axis=0))
            near = np.stack([neighbour(some, told, c) if used[c] else np.full(len(seen), -1) for c in range(len(used))])
            for passage in tested.tolist():
                right = some.belongs[:, passage]
                found = {p.code: p.score for p in _codes(some, told, passage)}
                ways = {
                    "ours": np.array([found.get(CodeId(c), -1e9 + used[c]) for c in range(len(used))]),
                    "nearest neighbour": near[:, passage],
                    "most frequent codes": used.astype(float),
                }
                for way, scores in ways.items():
                    order = right[np.argsort(-scores, kind="stable")]
                    figures.setdefault(way, []).append(
                        (float(order[0]), float(order[:3].any()), average_precision(scores, right))
                    )
    return [
        dict(zip(("way", "first", "of_three", "map"), (way, *np.mean(some, axis=0).tolist()), strict=True))
        for way, some in figures.items()
    ]


def _codes(some: Study, told: Coded, passage: int) -> Any:
    span = Span(0, int(some.ranker.passages.end[passage]))
    return some.ranker.codes_for(told, SourceId(passage + 1), span, len(some.codes))


def expectations(studies: list[Study]) -> list[dict[str, Any]]:
    """How far the number expected of the next ten is from what came."""
    lines = []
    for n in (5, 8, 10, 20):
        apart = []
        for some in studies:
            for code in range(len(some.codes)):
                seen = revealed(some, code, n, 0)
                if seen is None:
                    continue
                told = coded(some, seen)
                (trust,) = some.ranker.honesty(told, [CodeId(code)])
                if trust.expected is None or trust.low is None or trust.high is None:
                    continue
                scores = np.where(seen, -1e9, ours(some, told, code))
                came = int(some.belongs[code][np.argsort(-scores, kind="stable")[:TEN]].sum())
                apart.append((trust.expected - came, abs(trust.expected - came), trust.low <= came <= trust.high, came))
        if apart:
            told_too_much, away, inside, came_mean = np.mean(apart, axis=0)
            lines.append(
                {"examples": n, "codes": len(apart), "came": came_mean, "bias": told_too_much, "apart": away, "inside": inside}
            )  # fmt: skip
    return lines


def costs(turns: int) -> dict[str, Any]:
    """CPU milliseconds of learning anew and ranking after a coding, beside one product of vectors with a vector."""
    heard = made(turns)
    begin = time.process_time()
    ranker = Ranker(heard)
    ready = time.process_time() - begin
    p = ranker.passages
    rng = np.random.default_rng(1)
    codes = tuple(Described(CodeId(n), f"code {n}", f"code {n}", frozenset({CodeId(n)})) for n in range(40))
    chosen = rng.choice(len(p), min(len(p), 2000), replace=False)
    rows = sorted((int(p.source[k]), int(p.start[k]), int(p.end[k]), int(rng.integers(40))) for k in chosen.tolist())
    told = Coded(codes, tuple((n, s, a, b, c, 1) for n, (s, a, b, c) in enumerate(rows)))
    ranker.codes_for(told, SourceId(1), Span(0, 100))
    vectors, one = p.vectors, rng.standard_normal(384).astype(np.float32)
    assert vectors is not None
    refits = []
    for n in range(7):
        begin = time.process_time()
        ranker.ranked(replace(told, codings=told.codings[: len(told.codings) - n]), CodeId(n))
        refits.append(time.process_time() - begin)
    return {
        "turns": turns, "passages": len(p), "ready_seconds": ready, "refit_ms": 1000 * float(np.median(refits)),
        "product_ms": 1000 * _least(lambda: vectors @ one),
        "codes_for_ms": 1000 * _least(lambda: ranker.codes_for(told, SourceId(1), Span(0, 100))),
        "codes_for_after_coding_ms": 1000 * _least(
            lambda: ranker.codes_for(replace(told, codings=told.codings[: -int(rng.integers(1, 900))]), SourceId(1), Span(0, 100))
        ),
        "honesty_of_a_code_ms": 1000 * _least(lambda: ranker.honesty(told, [CodeId(0)])),
    }  # fmt: skip


def _least(what: Callable[[], Any]) -> float:
    found = []
    for _n in range(7):
        begin = time.process_time()
        what()
        found.append(time.process_time() - begin)
    return float(np.median(found))


def made(turns: int) -> Heard:
    """A study of made turns with made vectors, in transcripts of a thousand."""
    from types import SimpleNamespace

    rng = np.random.default_rng(0)
    letters = "bdfgklmnprst", "aeiou"
    syllables = [a + b for a in letters[0] for b in letters[1]]
    words = ["".join(rng.choice(syllables, int(rng.integers(1, 4)))) for _n in range(15000)]
    often = np.minimum(rng.zipf(1.3, size=turns * 18), 15000) - 1
    utterances, at = [], 0
    for n in range(turns):
        text = " ".join(words[k] for k in often[n * 18 : (n + 1) * 18])
        at = 0 if n % 1000 == 0 else at + 1
        utterances.append(Utterance(SourceId(1 + n // 1000), Span(at, at + len(text)), None, "", text))
        at += len(text)
    rows = rng.standard_normal((turns, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    sizes = np.array([len(word) for word in words])[often]
    inside = np.cumsum(sizes.reshape(turns, 18) + 1, axis=1).ravel() - sizes - 1
    starts = inside + np.repeat([u.span.start for u in utterances], 18)
    said: Any = SimpleNamespace(
        utterances=tuple(utterances), voice=np.arange(turns) % 8 + 8 * (np.arange(turns) // 1000),
        person=np.ones(turns, dtype=bool), contents={}, said_as={}, terms=tuple(words), term=often,
        utterance=np.repeat(np.arange(turns), 18), start=starts, end=starts + sizes,
    )  # fmt: skip
    found: Any = SimpleNamespace(
        talk=Talk(tuple(utterances), (), {}), words=said,
        pieces=SimpleNamespace(of_stretches=lambda source, start, end: rows[: len(source)]),
    )  # fmt: skip
    return found  # type: ignore[no-any-return]


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    document: dict[str, Any] = {}
    if not LABELLED.is_dir():
        print("No labelled text is there: only the costs are measured.", file=sys.stderr)
    else:
        sets = {
            "argkp key points": [study(*one) for one in arguments(4 if options.quick else 1)],
            "games as art": [study(*games())],
        }
        for name, studies in sets.items():
            document[name] = {
                "passages for a code": passages_for_codes(studies),
                "codes for a passage": codes_for_passages(studies),
                "expected of the next ten": expectations(studies),
            }
    document["costs"] = [costs(turns) for turns in (10_000, 60_000)]
    if options.json:
        print(json.dumps(document, indent=2, default=float))
        return 0
    for name, part in document.items():
        print(f"\n== {name}")
        for title, lines in part.items() if isinstance(part, dict) else [("", part)]:
            print(f"-- {title}" if title else "")
            for one in lines:
                print("   ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{value}" if isinstance(value, str) else f"{key} {value}" for key, value in one.items()))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
