"""How well a pipeline reads talk: measured from raw text against texts that people annotated."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cohesion_qda.analysis import names
from cohesion_qda.analysis.pipelines import PipelineInfo, load

SPOKEN, WEB = "gum_test_spoken", "ewt_test"
# what must be reached, on gum_test_spoken; the last three are at least, and at most
BARS = {
    "part_of_speech": 0.96, "lemma": 0.98, "attachment": 0.81, "noun_phrases": 0.93,
    "names_recall": 0.89, "names_recall_review": 0.97, "names_recall_small_letters": 0.70,
    "words_per_second": 20_000, "megabytes": 30,
}  # fmt: skip
_NOUNS, _IN_PHRASE = frozenset({"NOUN", "PROPN"}), frozenset({"NOUN", "PROPN", "ADJ"})
_WANTED = {"PERSON": "person", "PLACE": "place"}


def read(folder: Path, name: str) -> list[Any]:
    """The annotated documents of a file of the shared data."""
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_disk(folder / f"{name}.spacy").get_docs(spacy.blank("en").vocab))


def syntax_scores(nlp: Any, docs: Sequence[Any]) -> dict[str, float]:
    """From raw text: parts of speech, lemmas and labelled attachment as spaCy's scorer counts them (words cut otherwise than
    in the annotated text count as wrong, attachment without punctuation), and the F score of phrases of several words.
    """
    from spacy.scorer import Scorer
    from spacy.training import Example

    found = list(nlp.pipe([doc.text for doc in docs]))
    examples = [Example(one, doc) for one, doc in zip(found, docs, strict=True)]
    attribute = Scorer.score_token_attr
    parse = Scorer.score_deps(examples, "dep", ignore_labels=("p", "punct"))
    return {
        "part_of_speech": attribute(examples, "pos")["pos_acc"],
        "lemma": attribute(examples, "lemma")["lemma_acc"],
        "attachment": parse["dep_las"],
        "noun_phrases": _f_score([phrases(doc) for doc in found], [phrases(doc) for doc in docs]),
    }


def phrases(doc: Any) -> set[tuple[int, int]]:
    """Runs of two or more adjectives and nouns that end with a noun, in code points."""
    found, run = set(), []
    for token in (*doc, None):
        if token is not None and token.pos_ in _IN_PHRASE:
            run.append(token)
            continue
        while run and run[-1].pos_ not in _NOUNS:
            run.pop()
        if len(run) > 1:
            found.add((run[0].idx, run[-1].idx + len(run[-1])))
        run = []
    return found


def _f_score(found: Iterable[set[Any]], wanted: Iterable[set[Any]]) -> float:
    pairs = list(zip(found, wanted, strict=True))
    both = sum(len(a & b) for a, b in pairs)
    return 2 * both / max(1, sum(len(a) + len(b) for a, b in pairs))


def names_scores(
    info: PipelineInfo, docs: Sequence[Any], *, review: bool = False, small: bool = False
) -> dict[str, float]:
    """Of the names of people and places, how many were wholly covered by what was found, whatever kind it was taken for
    (`recall`) and how many were touched (`touched`); of what was found as person or place, how much touches a name.
    `small`: the texts are given in small letters.
    """
    texts = [_lowered(doc.text) if small else doc.text for doc in docs]
    every = names.find(texts, info, review=review)
    counts = {"PERSON": [0, 0], "PLACE": [0, 0]}
    touched = right = 0
    for doc, found in zip(docs, every, strict=True):
        covered = {n for name in found for n in range(name.span.start, name.span.end)}
        for entity in doc.ents:
            if entity.label_ in _WANTED:
                letters = {t.idx + n for t in entity if not t.is_punct for n in range(len(t)) if t.text != "'s"}
                counts[entity.label_][0] += letters <= covered
                counts[entity.label_][1] += 1
                touched += not letters.isdisjoint(covered)
        wanted = {n for e in doc.ents for n in range(e.start_char, e.end_char)}
        right += sum(not wanted.isdisjoint(range(n.span.start, n.span.end)) for n in found)
    whole = sum(c[1] for c in counts.values())
    return {
        "recall": sum(c[0] for c in counts.values()) / whole,
        "person": counts["PERSON"][0] / counts["PERSON"][1],
        "place": counts["PLACE"][0] / counts["PLACE"][1],
        "touched": touched / whole,
        "precision": right / max(1, sum(map(len, every))),
    }


def _lowered(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def words_per_second(nlp: Any, docs: Sequence[Any], rounds: int = 3) -> float:
    """Words (tokens that are not punctuation) per CPU second of one thread, the best of some rounds."""
    texts = [sentence.text for doc in docs for sentence in doc.sents]
    turns = [" ".join(texts[n : n + 4]) for n in range(0, len(texts), 4)]
    words = sum(not t.is_punct for doc in docs for t in doc)
    best = 0.0
    for _ in range(rounds):
        started = time.process_time()
        for _doc in nlp.pipe(turns):
            pass
        best = max(best, words / (time.process_time() - started))
    return best


def megabytes(folder: Path) -> float:
    """The size of a folder, in millions of bytes."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def measured(info: PipelineInfo, folder: Path) -> dict[str, Any]:
    """Every measure of a pipeline: `spoken` (what the bars are for), `web`, and `names` in each mode."""
    spoken, web = read(folder, SPOKEN), read(folder, WEB)
    nlp = load(info)
    result: dict[str, Any] = {"spoken": syntax_scores(nlp, spoken), "web": syntax_scores(nlp, web)}
    result["names"] = {
        "default": names_scores(info, spoken),
        "review": names_scores(info, spoken, review=True),
        "small_letters": names_scores(info, spoken, small=True),
        "small_letters_review": names_scores(info, spoken, small=True, review=True),
    }
    result["spoken"] |= {
        "names_recall": result["names"]["default"]["recall"],
        "names_recall_review": result["names"]["review"]["recall"],
        "names_recall_small_letters": result["names"]["small_letters"]["recall"],
    }
    return {part: _rounded(scores) for part, scores in result.items()}


def _rounded(scores: Any) -> Any:
    return {k: _rounded(v) for k, v in scores.items()} if isinstance(scores, dict) else round(scores, 4)
