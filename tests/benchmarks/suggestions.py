"""Themes measured on labelled text (argkp: arguments and their topics), beside scikit-learn's NMF and LDA in the same run."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import SourceFacts, Talk, Utterance
from cohesion_qda.model.text import Span
from tests.conftest import ROOT

ARGUMENTS = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data" / "labelled" / "argkp"


def main() -> None:
    """Print normalised and adjusted mutual information with the human labels, at their number of topics."""
    if not ARGUMENTS.exists():
        print(f"themes: skipped, there is no {ARGUMENTS}")
        return
    from sklearn.decomposition import NMF, LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    rows: list[dict[str, str]] = []
    for part in ("train", "dev", "test"):
        with (ARGUMENTS / f"arguments_{part}.csv").open(encoding="utf-8") as file:
            rows.extend(csv.DictReader(file))
    texts, labels = [row["argument"] for row in rows], [row["topic"] for row in rows]
    topics = len(set(labels))
    counts = CountVectorizer(stop_words="english", min_df=2, max_df=0.5).fit_transform(texts)
    print(f"argkp: {len(texts)} arguments, {topics} topics")
    tell("ours", labels, lambda: ours(texts, topics))
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    nmf = NMF(topics, init="nndsvd", random_state=0, max_iter=400)
    tell("NMF", labels, lambda: nmf.fit_transform(weighted).argmax(1))
    lda = LatentDirichletAllocation(topics, random_state=0, max_iter=20)
    tell("LDA", labels, lambda: lda.fit_transform(counts).argmax(1))


def ours(texts: list[str], topics: int) -> Any:
    """The group of each text by the program's own recipe, each text a source without speakers."""
    from cohesion_qda.analysis import language, themes, vectors

    talk = Talk(
        tuple(Utterance(SourceId(n), Span(0, len(t)), None, "", t) for n, t in enumerate(texts, 1)),
        tuple(SourceFacts(SourceId(n), str(n), "survey answer", None, len(t), 0, {}) for n, t in enumerate(texts, 1)),
        {},
    )
    words = language.listen(talk)
    windows = themes.windows(words, talk)
    counts = vectors.counts_matrix(windows[words.utterance], words.term, len(texts), len(words.terms))
    space = vectors.space(counts, themes._shared(words))
    return vectors.group(space.units, topics, Job()).group


def tell(name: str, labels: list[str], group: Callable[[], Any]) -> None:
    """Print the figures of one method."""
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

    start = time.process_time()
    found = group()
    spent = time.process_time() - start
    print(
        f"  {name:5} NMI {normalized_mutual_info_score(labels, found):.3f}  "
        f"AMI {adjusted_mutual_info_score(labels, found):.3f}  {spent:.1f} CPU s"
    )


if __name__ == "__main__":
    main()
