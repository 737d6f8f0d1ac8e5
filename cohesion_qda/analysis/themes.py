"""Themes the talk suggests: windows of talk that are about the same, named by what people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.language import Words, listen
from cohesion_qda.analysis.talknoise import THIN
from cohesion_qda.analysis.terms import speakers_first
from cohesion_qda.analysis.vectors import SEED, Grouping, Space, counts_matrix, group, space
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk
from cohesion_qda.model.suggestion import Evidence, ThemeModel, ThemeSuggestion

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cohesion_qda.analysis.grid import Bools, Ints

    Floats = npt.NDArray[np.float64]

TURNS, WORDS = 6, 150  # a window ends after so many turns or words, whichever comes first
PARAGRAPH_WORDS = 60  # where nobody speaks, short paragraphs are joined up to so many words
FEWEST_WINDOWS = 6
QUESTION_WORDS = 12  # a moderator's turn of so many words begins a new subject
TERMS, PASSAGES = 8, 12
PASSAGE_WORDS, PASSAGE_SENTENCES = 8, 2
MULTI_WORD = 2.0  # how far a phrase is preferred to a word as a label


def themes(talk: Talk, number: int | None = None, job: Job | None = None) -> ThemeModel:
    """Themes of the participants' talk, the most widely spoken first; `number` of them, or as many as fit best.

    Every theme has a label that people said (no two the same), up to eight terms, a count, and up to twelve of its most
    typical turns, different speakers first. Its count is of all turns in its windows, typical or not, and of those who spoke
    them: talk that was put together by a machine, not people who said the same. Same input, same output. Raises BadInput when
    there is too little talk, or fewer windows of talk than themes asked for.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    job = job or Job()
    with threadpool_limits(1):  # the order of sums, and so the last digit, must not hang on how threads are scheduled
        words = listen(talk, job)
        job.step(1, 6)
        window = windows(words, talk)
        n_windows = int(window.max(initial=-1)) + 1
        unit_counts = counts_matrix(window[words.utterance], words.term, n_windows, len(words.terms))
        where = space(unit_counts, _shared(words)) if n_windows >= FEWEST_WINDOWS else None
        if where is None:
            raise BadInput(*_too_little(words))
        if number is not None and not 2 <= number <= n_windows // 2:
            raise BadInput(
                _("This study has too little talk for {n} themes.").format(n=number),
                _("Choose between 2 and {most}.").format(most=n_windows // 2),
            )
        job.step(2, 6)
        grouping = group(where.units, number, job)
        found = _described(words, window, unit_counts, where, grouping)
        job.step(6, 6)
    return ThemeModel(tuple(found), _method(n_windows, where, grouping, number), n_windows, grouping.silhouettes)


def windows(words: Words, talk: Talk) -> Ints:
    """The window of each utterance: about six turns of one source; a longer turn of a moderator begins a new one."""
    import numpy as np

    kept = {(u.source, u.span.start) for u in words.utterances}
    fresh: set[tuple[int, int]] = set()
    asked = False
    for u in talk.utterances:
        if (u.source, u.span.start) in kept:
            if asked:
                fresh.add((u.source, u.span.start))
            asked = False
        elif len(u.text.split()) >= QUESTION_WORDS:
            asked = True
    window = np.zeros(len(words.utterances), dtype=np.int64)
    at, turns, said = -1, 0, 0
    for n, u in enumerate(words.utterances):
        full = said >= PARAGRAPH_WORDS if u.case is None else turns >= TURNS or said >= WORDS
        other = n == 0 or words.utterances[n - 1].source != u.source
        if other or full or ((u.source, u.span.start) in fresh and said >= PARAGRAPH_WORDS):
            at, turns, said = at + 1, 0, 0
        window[n] = at
        turns, said = turns + 1, said + int(words.length[n])
    return window


def _shared(words: Words) -> Bools:
    """Which terms enough people share to carry a theme: two voices, three where there are twenty or more; and two sources where
    there are five or more.
    """
    import numpy as np

    from cohesion_qda.analysis.grid import count_distinct

    source = np.array([u.source for u in words.utterances], dtype=np.int64)[words.utterance]
    sources = count_distinct(len(words.terms), int(source.max(initial=0)) + 1, words.term, source)
    n_sources = len({u.source for u in words.utterances})
    voices = words.counts()[3]
    enough = 1 if words.voices < 2 else 2 if words.voices < 20 else 3
    phrase = np.array([len(parts) > 1 for parts in words.parts], dtype=bool)
    thin = np.array([len(parts) == 1 and parts[0] in THIN for parts in words.parts], dtype=bool)
    result: Bools = (
        ~thin & (voices >= np.where(phrase, min(enough, 2), enough)) & (sources >= (2 if n_sources >= 5 else 1))
    )
    return result


def _too_little(words: Words) -> tuple[str, str]:
    n = len(words.utterances)
    if not n:
        return _("There is no talk to find themes in."), _("Import transcripts first, and check who is a moderator.")
    turns = sum(1 for u in words.utterances if u.case is not None)
    parts = []
    if turns:
        parts.append(ngettext("{n} turn by participants", "{n} turns by participants", turns).format(n=turns))
    if n > turns:
        said = ngettext("{n} paragraph where nobody speaks", "{n} paragraphs where nobody speaks", n - turns)
        parts.append(said.format(n=n - turns))
    counted = parts[0] if len(parts) == 1 else _("{turns} and {paragraphs}").format(turns=parts[0], paragraphs=parts[1])
    return (
        _("There is too little talk to find themes in: {counted}.").format(counted=counted),
        _("Import more transcripts, or read this one and code it by hand."),
    )


@dataclass(frozen=True, slots=True)
class _Scores:
    """How well each term stands for each theme (rows are themes), and how many voices said it there."""

    score: Floats
    voices: Ints


def _described(words: Words, window: Ints, unit_counts: Any, where: Space, grouping: Grouping) -> list[ThemeSuggestion]:
    import numpy as np

    theme_of = grouping.group[window]
    n = len(grouping.centres)
    scores = _scores(words, theme_of, unit_counts, where, grouping)
    counts = [words.count(np.flatnonzero(theme_of == t)) for t in range(n)]
    order = sorted(
        (t for t in range(n) if counts[t].mentions), key=lambda t: (-counts[t].participants, -counts[t].mentions, t)
    )
    labels = _labels(words, scores, order)
    typical = _typicality(words, where, theme_of, grouping)
    return [
        ThemeSuggestion(
            key="theme " + words.terms[labels[t]].casefold(),
            label=_capital(words.terms[labels[t]]),
            terms=tuple(words.terms[k] for k in _terms(words, scores, t, labels[t])),
            count=counts[t],
            passages=_passages(words, theme_of, typical, t),
        )
        for t in order if t in labels
    ]  # fmt: skip


def _scores(words: Words, theme_of: Ints, unit_counts: Any, where: Space, grouping: Grouping) -> _Scores:
    """Class-based TF-IDF of each term in each theme, in voices (one voice, one vote), times the cosine of the term to the theme's middle."""
    import numpy as np
    from scipy.sparse import identity

    from cohesion_qda.analysis.grid import count_distinct

    n, n_terms = len(grouping.centres), len(words.terms)
    place = theme_of[words.utterance] * n_terms + words.term
    voices = count_distinct(n * n_terms, max(1, words.voices), place, words.voice[words.utterance]).reshape(n, n_terms)
    size = np.maximum(1, voices.sum(axis=1, keepdims=True))
    rarity = np.log(1 + size.mean() / np.maximum(1, voices.sum(axis=0)))
    cosine = np.maximum(0, grouping.centres @ where.place(identity(n_terms, format="csr")).T)
    return _Scores(voices / size * rarity * cosine * where.known, voices)


def _labels(words: Words, scores: _Scores, order: Sequence[int]) -> dict[int, int]:
    """A term for each theme, no two alike and none inside another. Phrases are preferred to words, and the number of voices
    counts by its root: what everybody says is seldom what a theme is about.
    """
    import numpy as np

    longer = np.array([MULTI_WORD if len(parts) > 1 else 1.0 for parts in words.parts])
    labels: dict[int, int] = {}
    used: list[set[str]] = []
    for theme in order:
        best = np.argsort(-scores.score[theme] / np.sqrt(np.maximum(1, scores.voices[theme])) * longer, kind="stable")
        able = [int(t) for t in best[:200] if scores.score[theme, t] > 0]
        shared = [t for t in able if scores.voices[theme, t] >= 2] or able
        for t in [*shared, *able]:
            parts = set(words.parts[t])
            if not any(parts <= other or other <= parts for other in used):
                labels[theme] = t
                used.append(parts)
                break
    return labels


def _terms(words: Words, scores: _Scores, theme: int, label: int) -> list[int]:
    """Up to eight terms that stand for a theme, none inside another; the label is the first."""
    import numpy as np

    kept = [label]
    for t in np.argsort(-scores.score[theme], kind="stable")[:100].tolist():
        parts = set(words.parts[t])
        if scores.score[theme, t] <= 0 or len(kept) == TERMS:
            break
        if scores.voices[theme, t] < min(2, words.voices) and len(kept) >= 5:
            continue
        if not any(parts <= set(words.parts[k]) or set(words.parts[k]) <= parts for k in kept):
            kept.append(t)
    return kept


def _typicality(words: Words, where: Space, theme_of: Ints, grouping: Grouping) -> Floats:
    """The cosine of each utterance to the middle of its theme."""
    import numpy as np

    turns = counts_matrix(words.utterance, words.term, len(words.utterances), len(words.terms))
    result: Floats = np.einsum("ij,ij->i", where.place(turns), grouping.centres[theme_of])
    return result


def _passages(words: Words, theme_of: Ints, typical: Floats, theme: int) -> tuple[Evidence, ...]:
    import numpy as np

    substantial = (words.sentences >= PASSAGE_SENTENCES) | (words.length >= PASSAGE_WORDS)
    among = np.flatnonzero((theme_of == theme) & substantial & (typical > 0))
    best = among[np.argsort(-typical[among], kind="stable")]
    chosen = list(speakers_first(words, best.tolist()))[:PASSAGES]
    return tuple(Evidence(words.utterances[u].source, words.utterances[u].span, float(typical[u])) for u in chosen)


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _method(n_windows: int, where: Space, grouping: Grouping, number: int | None) -> str:
    """How the themes were found, as one paragraph that can be cited."""
    from importlib.metadata import version

    from cohesion_qda.base.version import VERSION

    if number is None:
        how = _("the number with the highest cosine silhouette among {first} to {last}").format(
            first=grouping.silhouettes[0][0], last=grouping.silhouettes[-1][0]
        )
    else:
        how = _("the number that was asked for")
    return _(
        "The participants' talk (moderators, observers and stage notes left out) was cut into {windows} windows of up to "
        "{turns} consecutive turns or about {words} words of one source; where nobody speaks, into paragraphs. Fillers and "
        "words without a subject of their own were left out, and plurals and forms in -ing and -ed were brought together with "
        "their words. Words and phrases of two or three words that stand in at least two windows and at most half of them were "
        "weighted by TF-IDF, reduced by latent semantic analysis to {dimensions} dimensions, and each window was averaged "
        "half and half with its nearest neighbours ({neighbours}). Ward's method gave the first middles of {themes} groups, {how}, "
        "and one run of K-means (seed {seed}) the groups. Labels and terms are those that people said with the highest product "
        "of class-based TF-IDF and cosine to the middle. Computed with Cohesion QDA {version}, scikit-learn {sklearn} and spaCy {spacy}."
    ).format(
        windows=n_windows, turns=TURNS, words=WORDS, dimensions=where.dimensions, neighbours=where.neighbours,
        themes=len(grouping.centres), how=how, seed=SEED, version=VERSION, sklearn=version("scikit-learn"), spacy=version("spacy"),
    )  # fmt: skip
