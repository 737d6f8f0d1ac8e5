"""The words of made talk without any language tools: every word is a term of its own, but for a few small ones."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import numpy as np

from cohesion_qda.analysis.language import Words
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import Talk, Utterance
from cohesion_qda.model.text import Span

SMALL = frozenset({"the", "and", "our", "a", "of", "near", "beside", "again", "says", "brings"})


def words_of(talk: Talk) -> Words:
    """The words of made talk, as `made_studies.talk` makes it."""
    kept = tuple(u for u in talk.utterances if u.role == "participant" or u.case is None)
    who = [("case", u.case) if u.case is not None else ("source", u.source) for u in kept]
    voices = {one: n for n, one in enumerate(dict.fromkeys(who))}
    groups = {fact.id: n for n, fact in enumerate(f for f in talk.sources if f.group is not None)}
    rows = [
        (n, word[0].lower(), u.span.start + word.start(), u.span.start + word.end())
        for n, u in enumerate(kept)
        for word in re.finditer(r"\w+", u.text)
        if word[0].lower() not in SMALL
    ]
    terms = tuple(sorted({word for _n, word, _start, _end in rows}))
    return made(
        utterances=kept, voice=[voices[one] for one in who], person=[u.case is not None for u in kept],
        group=[groups.get(u.source, -1) for u in kept], terms=terms, utterance=[row[0] for row in rows],
        term=[terms.index(row[1]) for row in rows], start=[row[2] for row in rows], end=[row[3] for row in rows],
    )  # fmt: skip


def spoken_by(people: int, rng: np.random.Generator, groups: int = 6, stock: int = 400) -> Words:
    """Words of people who each have a way of speaking: common words and rare ones, some talkers and some quiet ones, each
    with pet words that they repeat.
    """
    common = 1 / np.arange(1, stock + 1)
    lengths = rng.integers(15, 200, people)
    said = [rng.choice(stock, size, p=rng.dirichlet(0.4 * stock * common / common.sum() + 0.01)) for size in lengths]
    at = np.concatenate([np.arange(len(one)) * 5 for one in said])
    owner = np.repeat(np.arange(people), lengths)
    utterances = tuple(
        Utterance(SourceId(1 + v % groups), Span(v * 2000, v * 2000 + 5 * len(one)), CaseId(v + 1), "participant", "")
        for v, one in enumerate(said)
    )
    return made(
        utterances=utterances, voice=np.arange(people), person=np.ones(people), group=np.arange(people) % groups,
        terms=tuple(f"w{t}" for t in range(stock)), utterance=owner, term=np.concatenate(said),
        start=at + owner * 2000, end=at + owner * 2000 + 4,
    )  # fmt: skip


def made(**given: Any) -> Words:
    """Words of these fields; those that are not given say nothing."""
    n, terms = len(given["utterances"]), given["terms"]
    filled: dict[str, Any] = {
        "length": np.ones(n), "sentences": np.ones(n), "parts": tuple((term,) for term in terms),
        "nominal": np.ones(len(terms)), **given,
    }  # fmt: skip
    bools = {"person", "nominal"}
    known = {field.name for field in fields(Words)}
    return Words(
        **{
            name: value if isinstance(value, tuple) else np.array(value, dtype=bool if name in bools else np.int64)
            for name, value in filled.items()
            if name in known
        }
    )
