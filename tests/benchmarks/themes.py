"""Themes measured on labelled text, beside scikit-learn's NMF and LDA in the same run: `python3 run.py bench themes`.

At the human number of labels: normalised and adjusted mutual information with them, stability (the adjusted Rand index between what
is found in all texts and in draws of them), coherence (NPMI of the eight words that set each group apart, texts as documents),
and CPU seconds, which for our own recipe begin at the cached sentence vectors. `--python PATH` (or COHESION_BENCH_PYTHON) names
the interpreter of an environment with bertopic or gensim, which are then measured too; `--time N` times a study of N made
turns instead. `--json` prints one document.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from cohesion_qda.analysis import grouping
from cohesion_qda.analysis.heard import Heard, hear
from cohesion_qda.analysis.laying import lay_out
from cohesion_qda.analysis.sentences import Pieces
from cohesion_qda.analysis.spaces import make_space
from cohesion_qda.analysis.theme_words import shared_terms
from cohesion_qda.analysis.themes import themes
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import SourceFacts, Talk, Utterance
from cohesion_qda.model.text import Span
from cohesion_qda.model.theming import Recipe
from tests.conftest import ROOT

LABELLED = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data" / "labelled"
DRAWS, TOP = 3, 8
SYLLABLES = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
Labels = list[Any]


def arguments(labels: str) -> tuple[list[str], Labels]:
    """The arguments of argkp with their topics, or (those that match one key point) with their key points."""
    rows: list[dict[str, str]] = []
    points: dict[str, list[str]] = {}
    for part in ("train", "dev", "test"):
        with (LABELLED / "argkp" / f"arguments_{part}.csv").open(encoding="utf-8") as file:
            rows.extend(csv.DictReader(file))
        with (LABELLED / "argkp" / f"labels_{part}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["label"] == "1":
                    points.setdefault(row["arg_id"], []).append(row["key_point_id"])
    if labels == "topic":
        return [row["argument"] for row in rows], [row["topic"] for row in rows]
    some = [row for row in rows if len(points.get(row["arg_id"], ())) == 1]
    return [row["argument"] for row in some], [points[row["arg_id"]][0] for row in some]


def games() -> tuple[list[str], Labels]:
    """The coded spans of llmcode's games as art, each with its first code."""
    found: list[tuple[str, str]] = []
    with (LABELLED / "llmcode_games_as_art" / "bopp_test_coded_texts.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found += re.findall(r"\*\*(.+?)\*\*<sup>(.+?)</sup>", row["coded_text"], re.DOTALL)
    return [text for text, _codes in found], [codes.split(";")[0].strip() for _text, codes in found]


SETS: dict[str, Callable[[], tuple[list[str], Labels]]] = {
    "argkp topics": lambda: arguments("topic"),
    "argkp key points": lambda: arguments("key point"),
    "games as art": games,
}


def heard_of(texts: Sequence[str]) -> Heard:
    """A study in which every text is an answer of its own."""
    talk = Talk(
        tuple(Utterance(SourceId(n), Span(0, len(t)), None, "", t) for n, t in enumerate(texts, 1)),
        tuple(SourceFacts(SourceId(n), str(n), "survey answer", None, len(t), 0, {}) for n, t in enumerate(texts, 1)),
        {},
    )
    return hear(talk)[0]


class Ours:
    """The program's own recipe, on units laid out once."""

    def __init__(self, heard: Heard, number: int) -> None:
        self.heard, self.number = heard, number
        self.laid = lay_out(heard)
        self.shared = shared_terms(heard.words)
        unit = np.zeros(len(heard.words.utterances), dtype=np.int64)
        unit[self.laid.units.utterance] = self.laid.units.unit  # the last piece of a text stands for it
        self.unit_of = unit

    def fit(self, rows: Any) -> Any:
        """The groups of the texts numbered, found in them alone."""
        units = np.unique(self.unit_of[rows])
        vectors = None if self.laid.vectors is None else self.laid.vectors[units]
        space = make_space(self.laid.counts[units], self.shared, vectors, Recipe().seed)
        assert space is not None
        sample = np.sort(np.random.default_rng(Recipe().seed).choice(len(units), min(len(units), 3000), replace=False))
        tree = grouping.ward(space.units[sample])
        found = grouping.k_means(space.units, tree.middles(self.number))[0]
        return found[np.searchsorted(units, self.unit_of[rows])]


def topic_model(texts: Sequence[str], number: int, method: str) -> Callable[[Any], Any]:
    """How scikit-learn's NMF or LDA groups the texts numbered."""
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    counts = CountVectorizer(stop_words="english", min_df=2, max_df=0.5).fit_transform(texts)

    def fit(rows: Any) -> Any:
        some = counts[rows]
        if method == "NMF":
            some = TfidfTransformer(sublinear_tf=True).fit_transform(some)
            return NMF(number, init="nndsvd", random_state=0, max_iter=400).fit_transform(some).argmax(1)
        return LatentDirichletAllocation(number, random_state=0).fit_transform(some).argmax(1)

    return fit


def measured(name: str, fit: Callable[[Any], Any], texts: Sequence[str], labels: Labels) -> dict[str, Any]:
    """One line of figures."""
    from sklearn.metrics import adjusted_rand_score

    begin = time.process_time()
    found = fit(np.arange(len(texts)))
    spent = time.process_time() - begin
    rng, again = np.random.default_rng(0), []
    for _n in range(DRAWS):
        drawn = np.unique(rng.choice(len(texts), len(texts)))
        again.append(adjusted_rand_score(found[drawn], fit(drawn)))
    return {**scored(name, found, texts, labels), "stability": float(np.mean(again)), "seconds": spent}


def scored(name: str, found: Any, texts: Sequence[str], labels: Labels) -> dict[str, Any]:
    """Agreement with the human labels, and coherence."""
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

    return {
        "method": name,
        "nmi": float(normalized_mutual_info_score(labels, found)),
        "ami": float(adjusted_mutual_info_score(labels, found)),
        "coherence": coherence(texts, found),
    }


def coherence(texts: Sequence[str], found: Any) -> float:
    """The mean NPMI of the words that set each group apart (class-based TF-IDF), the same way for every method."""
    from sklearn.feature_extraction.text import CountVectorizer

    counts = (
        (CountVectorizer(stop_words="english", min_df=2, max_df=0.5).fit_transform(texts) > 0).astype(float).tocsc()
    )
    n, values = counts.shape[0], []
    spread = np.asarray(counts.sum(0)).ravel()
    for group in np.unique(found):
        inside = np.asarray(counts[np.flatnonzero(found == group)].sum(0)).ravel()
        best = np.argsort(-inside / max(1, inside.sum()) * np.log(1 + n / spread), kind="stable")[:TOP]
        for a, b in combinations(best[inside[best] > 0].tolist(), 2):
            both = float(counts[:, [a]].multiply(counts[:, [b]]).sum())
            values.append(-1.0 if not both else np.log(both * n / (spread[a] * spread[b])) / -np.log(both / n))
    return float(np.mean(values)) if values else 0.0


OUTSIDE = """
import json, sys, time
given = json.load(sys.stdin); texts, number = given["texts"], given["number"]
out = {}
try:
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer
    vectors = SentenceTransformer("all-MiniLM-L6-v2").encode(texts)
    start = time.process_time(); model = BERTopic(nr_topics=number)
    found = model.fit_transform(texts, vectors)[0]
    out["BERTopic"] = [list(map(int, found)), time.process_time() - start]
except ImportError: pass
try:
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel
    from gensim.utils import simple_preprocess
    start = time.process_time(); said = [simple_preprocess(t) for t in texts]
    words = Dictionary(said); words.filter_extremes(2, .5); bags = [words.doc2bow(s) for s in said]
    model = LdaModel(bags, number, words, random_state=0, passes=10)
    found = [max(model.get_document_topics(b, 0), key=lambda p: p[1])[0] for b in bags]
    out["gensim LDA"] = [found, time.process_time() - start]
except ImportError: pass
json.dump(out, sys.stdout)
"""


def outside(python: str, texts: Sequence[str], labels: Labels, number: int) -> list[dict[str, Any]]:
    """BERTopic and gensim, where another interpreter has them."""
    given = json.dumps({"texts": list(texts), "number": number})
    done = subprocess.run([python, "-c", OUTSIDE], input=given, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout[done.stdout.index("{") :])
    return [
        {**scored(name, np.array(groups), texts, labels), "seconds": spent} for name, (groups, spent) in found.items()
    ]


def measure(name: str, python: str) -> dict[str, Any]:
    """All methods on one set."""
    texts, labels = SETS[name]()
    number = len(set(labels))
    heard = heard_of(texts)
    rows = []
    if heard.pieces is not None:
        rows.append(measured("ours", Ours(heard, number).fit, texts, labels))
    words = replace(heard, pieces=None)
    rows.append(measured("ours without vectors", Ours(words, number).fit, texts, labels))
    for method in ("NMF", "LDA"):
        rows.append(measured(method, topic_model(texts, number, method), texts, labels))
    if python:
        rows += outside(python, texts, labels, number)
    return {"set": name, "texts": len(texts), "labels": number, "rows": rows, "chosen": chosen(heard, labels)}


def chosen(heard: Heard, labels: Labels) -> dict[str, Any]:
    """What the whole recipe gives with the number it chooses itself."""
    from sklearn.metrics import adjusted_mutual_info_score

    begin = time.process_time()
    model = themes(heard, Recipe(), (), Job())
    spent = time.process_time() - begin
    theme = {(u.source): key for u, key in zip(model.units, model.theme_of, strict=True)}
    pairs = [(label, theme[SourceId(n)]) for n, label in enumerate(labels, 1) if SourceId(n) in theme]
    return {
        "number": model.number, "seconds": spent, "stability": model.stability, "coherence": model.coherence,
        "ami": float(adjusted_mutual_info_score([a for a, _b in pairs], [b for _a, b in pairs])),
        "labels": [theme.label for theme in model.themes],
    }  # fmt: skip


def timed(turns: int) -> dict[str, Any]:
    """How long themes of so many made turns take from cached vectors, the search for the number included."""
    rng = random.Random(0)
    stock = ["".join(rng.choice(SYLLABLES) for _s in range(3)) for _w in range(2000)]
    subjects = [rng.sample(stock, 60) for _n in range(14)]
    said = []
    for n in range(turns):
        subject = subjects[(n // 20) % len(subjects)]
        said.append(" ".join(rng.choice(subject if rng.random() < 0.4 else stock) for _w in range(25)) + ".")
    talk = made_talk(said)
    heard = hear(talk, vectors=False)[0]
    units = lay_out(heard)
    rows = np.random.default_rng(0).normal(size=(len(said), 384)).astype(np.float32)
    centre = np.random.default_rng(1).normal(size=(len(subjects), 384)).astype(np.float32)
    rows += centre[(np.arange(len(said)) // 20) % len(subjects)]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    source = np.array([u.source for u in talk.utterances], dtype=np.int64)
    start = np.array([u.span.start for u in talk.utterances], dtype=np.int64)
    end = np.array([u.span.end for u in talk.utterances], dtype=np.int64)
    scale = np.abs(rows).max(axis=1) / 127
    heard = replace(heard, pieces=Pieces(source, start, end, np.rint(rows / scale[:, None]).astype(np.int8), scale))
    begin = time.process_time()
    model = themes(heard, Recipe(), (), Job())
    return {"turns": turns, "units": len(units.units), "themes": model.number, "seconds": time.process_time() - begin}


def made_talk(said: Sequence[str]) -> Talk:
    """Focus groups of 200 turns by eight people each."""
    from cohesion_qda.model.case import Case
    from cohesion_qda.model.ids import CaseId

    utterances, facts, cases = [], [], {}
    for n, words in enumerate(said):
        source, at = n // 200 + 1, n % 200
        start = 0 if not at else utterances[-1].span.end + 1
        case = CaseId(source * 10 + n % 8)
        cases[case] = Case(case, f"Person {case}", "participant", "participant", CaseId(10**6 + source), {})
        utterances.append(Utterance(SourceId(source), Span(start, start + len(words)), case, "participant", words))
        if not at:
            cases[CaseId(10**6 + source)] = Case(CaseId(10**6 + source), f"Group {source}", "group", "", None)
            facts.append(
                SourceFacts(SourceId(source), f"Group {source}", "focus group", CaseId(10**6 + source), 0, 0, {})
            )
    return Talk(tuple(utterances), tuple(facts), cases)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(SETS), action="append")
    parser.add_argument("--python", default=os.environ.get("COHESION_BENCH_PYTHON", ""))
    parser.add_argument("--time", type=int, metavar="N")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if options.time:
        print(json.dumps(timed(options.time)))
        return
    if not LABELLED.exists():
        print(f"themes: skipped, there is no {LABELLED}")
        return
    found = [measure(name, options.python) for name in options.set or SETS]
    if options.json:
        print(json.dumps(found, indent=1))
        return
    if not options.python:
        print("BERTopic and gensim: skipped; name an interpreter that has them with --python or COHESION_BENCH_PYTHON.")
    for one in found:
        tell(one)


def tell(one: dict[str, Any]) -> None:
    """One set as a table."""
    print(f"{one['set']}: {one['texts']} texts, {one['labels']} labels")
    for row in one["rows"]:
        figures = "  ".join(
            f"{name} {row[name]:6.3f}" for name in ("nmi", "ami", "stability", "coherence") if name in row
        )
        print(f"  {row['method']:22} {figures}  {row['seconds']:6.1f} CPU s")
    own = one["chosen"]
    print(
        f"  of itself: {own['number']} themes, AMI {own['ami']:.3f}, {own['seconds']:.1f} CPU s: {'; '.join(own['labels'])}"
    )


if __name__ == "__main__":
    sys.exit(main())
