"""The words and phrases of the participants: tokens and sentences, talk-noise out, forms of one word together.

spaCy's blank English pipeline gives tokens and sentences, so nothing is downloaded. What moderators and observers say
is left out, and so are stage notes in brackets, talk-noise (`talknoise`), and the speakers' own names. A plural goes with
its singular, and a form in -ing or -ed with its verb, only where both occur in the study; each term is shown
as it was said most often.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import count_distinct, distinct
from cohesion_qda.analysis.talknoise import FILLERS, IRREGULAR, KEEP_ED, KEEP_ING, LY, SHORT, STOP, WEAK
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk, Utterance
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import without_stage_notes

if TYPE_CHECKING:
    from spacy.language import Language

    from cohesion_qda.analysis.grid import Bools, Ints

_EVEN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})
_WORD = re.compile(r"[^\W\d_]+(?:['\-&.][^\W_]+)*'?")
_DOUBLES = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # a verb that doubles its last letter: "scarred", never "scared"
_BATCH = 500

_BREAK, _WEAK, _CONTENT, _OF = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every token of the kept utterances, in order. `word` numbers `words`, the different tokens in lower case with straight
    apostrophes; `sentence` numbers the sentences of the whole talk; `start` and `end` are code points in the source.
    """

    words: tuple[str, ...]
    shown: tuple[str, ...]
    names: frozenset[int]
    word: Ints
    utterance: Ints
    sentence: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Words:
    """What was said, as terms. `utterances` are the participants' turns, and the paragraphs of sources where nobody speaks.

    Of each utterance: `voice` numbers who said it (a participant; a document is one voice of its own), `person` says whether
    that is a participant, `group` numbers its focus group or is -1, `length` counts its words and `sentences` its sentences.
    Of each term: as it is shown, and its words in the form they were brought together under. The last four are parallel, one for each time a term
    occurs, in order: which utterance, which term, and where in the source (code points). Words inside a phrase occur too.
    """

    utterances: tuple[Utterance, ...]
    voice: Ints
    person: Bools
    group: Ints
    length: Ints
    sentences: Ints
    terms: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    utterance: Ints
    term: Ints
    start: Ints
    end: Ints

    @property
    def voices(self) -> int:
        """How many different voices there are."""
        return int(self.voice.max(initial=-1)) + 1

    def counts(self, chosen: Bools | None = None) -> tuple[Ints, Ints, Ints, Ints]:
        """For each term, how many mentions, participants, groups and voices; `chosen` picks among the occurrences."""
        import numpy as np

        utterance, term = (self.utterance, self.term) if chosen is None else (self.utterance[chosen], self.term[chosen])
        n = len(self.terms)
        person, group, voice = self.person[utterance], self.group[utterance], self.voice[utterance]
        people = count_distinct(n, max(1, self.voices), term[person], voice[person])
        grouped = group >= 0
        groups = count_distinct(n, int(self.group.max(initial=0)) + 1, term[grouped], group[grouped])
        return np.bincount(term, minlength=n), people, groups, count_distinct(n, max(1, self.voices), term, voice)

    def count(self, utterances: Ints) -> Count:
        """How many of the utterances given (each once), by how many participants, in how many groups."""
        chosen = distinct(utterances)
        group = self.group[chosen]
        return Count(
            len(chosen), len(distinct(self.voice[chosen][self.person[chosen]])), len(distinct(group[group >= 0]))
        )


def listen(talk: Talk, job: Job | None = None) -> Words:
    """The words and phrases of a study. Phrases are runs of two or three words with a subject, or two joined by "of", said by
    at least two voices (or twice, where there is only one voice).
    """
    kept = tuple(u for u in talk.utterances if u.role == "participant" or u.case is None)
    tokens = _tokens(kept, talk, job or Job())
    voice, person, group = _voices(kept, talk)
    kinds = _kinds(tokens)
    merged = _merged(tokens, kinds)
    found = _occurrences(tokens, kinds, merged, voice)
    return _words(kept, tokens, found, (voice, person, group))


def pipeline() -> Language:
    """The blank English pipeline with sentences; hyphened words stay whole."""
    import spacy
    from spacy.util import compile_infix_regex

    nlp = spacy.blank("en")
    rules = [str(rule).replace("(?:-|", "(?:") for rule in nlp.Defaults.infixes or ()]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(rules).finditer
    nlp.add_pipe("sentencizer")
    return nlp


def cleaned(text: str) -> str:
    """`text` with stage notes and fillers of several words blanked and apostrophes straight; the same length."""
    even = without_stage_notes(text).translate(_EVEN)
    return FILLERS.sub(lambda m: " " * len(m.group()), even)


def _tokens(kept: tuple[Utterance, ...], talk: Talk, job: Job) -> Tokens:
    import numpy as np

    nlp = pipeline()
    orth, lengths, columns = [], [], []
    for n, doc in enumerate(nlp.pipe((cleaned(u.text) for u in kept), batch_size=_BATCH)):
        if n % _BATCH == 0:
            job.step(0, 1)
        columns.append(doc.to_array(["IDX", "LENGTH", "SENT_START"]).astype(np.int64))
        orth.append(doc.to_array("ORTH"))
        lengths.append(len(doc))
    if not kept:
        columns, orth = [np.zeros((0, 3), dtype=np.int64)], [np.zeros(0, dtype=np.uint64)]
    at, size, opens = np.concatenate(columns).T
    owner = np.repeat(np.arange(len(kept)), lengths)
    start = at + np.array([u.span.start for u in kept], dtype=np.int64)[owner]
    hashes, form = np.unique(np.concatenate(orth), return_inverse=True)
    forms = [nlp.vocab.strings[int(h)] for h in hashes]
    words = sorted({f.lower() for f in forms})
    number = {word: n for n, word in enumerate(words)}
    word = np.array([number[f.lower()] for f in forms], dtype=np.int64)[form]
    names = _names(talk)
    called = np.array([f in names for f in forms], dtype=bool)[form]
    word_of_name = frozenset(distinct(word[called]).tolist()) - frozenset(distinct(word[~called]).tolist())
    return Tokens(
        tuple(words), _cases(words, forms, word, form, opens == 1), word_of_name,
        word, owner, np.cumsum(opens == 1), start, start + size,
    )  # fmt: skip


def _names(talk: Talk) -> frozenset[str]:
    """The words of the speakers' names, as written."""
    people = (case.name for case in talk.cases.values() if case.kind == "participant")
    return frozenset(part for name in people for part in _WORD.findall(name) if len(part) > 1 and part[0].isupper())


def _cases(words: list[str], forms: list[str], word: Ints, form: Ints, opens: Bools) -> tuple[str, ...]:
    """How each word is written most often inside a sentence; in lower case when it only opens sentences."""
    import numpy as np

    best: dict[str, tuple[int, str]] = {}
    for n, times in zip(*np.unique(form[~opens], return_counts=True), strict=True):
        written = forms[int(n)]
        candidate = (int(times), written.swapcase())
        best[written.lower()] = max(best.get(written.lower(), candidate), candidate)
    return tuple(best[w][1].swapcase() if w in best else w for w in words)


def _voices(kept: tuple[Utterance, ...], talk: Talk) -> tuple[Ints, Bools, Ints]:
    import numpy as np

    groups = {fact.id: fact.group for fact in talk.sources if fact.kind == "focus group" and fact.group is not None}
    number_of_group = {group: n for n, group in enumerate(sorted(set(groups.values())))}
    who = [(0, int(u.case)) if u.case is not None else (1, int(u.source)) for u in kept]
    number = {one: n for n, one in enumerate(sorted(set(who)))}
    return (
        np.array([number[one] for one in who], dtype=np.int64),
        np.array([one[0] == 0 for one in who], dtype=bool),
        np.array([number_of_group[groups[u.source]] if u.source in groups else -1 for u in kept], dtype=np.int64),
    )  # fmt: skip


def _kinds(tokens: Tokens) -> Ints:
    """Of each different word: whether it breaks phrases, is weak, has a subject, or is "of"."""
    import numpy as np

    def kind(n: int, word: str) -> int:
        if word == "of":
            return _OF
        if word in WEAK and n not in tokens.names:
            return _WEAK
        return _BREAK if n in tokens.names or _is_noise(word) else _CONTENT

    return np.array([kind(n, word) for n, word in enumerate(tokens.words)], dtype=np.int64)


def _is_noise(word: str) -> bool:
    if word in STOP or word in _shipped_stop_words() or not _WORD.fullmatch(word):
        return True
    if len(word) < 3:
        return word not in SHORT
    return word.endswith("ly") and len(word) > 6 and word not in LY


@cache
def _shipped_stop_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


def _merged(tokens: Tokens, kinds: Ints) -> Ints:
    """For each different word, the word whose form it is (itself, when it stands alone)."""
    import numpy as np

    number = {word: n for n, word in enumerate(tokens.words) if kinds[n] in (_WEAK, _CONTENT)}
    to = np.arange(len(tokens.words))
    for word, n in number.items():
        base = next((number[b] for b in _bases(word) if b in number and kinds[number[b]] == kinds[n]), n)
        to[n] = base
    return to[to]


def _bases(word: str) -> Iterable[str]:
    """Words of which `word` may be a form, the likeliest first."""
    if word in IRREGULAR:
        yield IRREGULAR[word]
    if word.endswith("'"):
        yield word[:-1]
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")) and len(word) > 4:
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")) and len(word) > 3:
        yield word[:-1]
    if word.endswith("ses") and len(word) > 4:
        yield word[:-2]
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if (
            word.endswith(ending)
            and len(stem) > 2
            and word not in KEEP_ING
            and word not in KEEP_ED
            and not word.endswith("eed")
        ):
            yield stem + "e"
            if stem[-1] == stem[-2] and stem[-1] not in "ls":
                yield stem[:-1]
            if not _DOUBLES.fullmatch(stem):
                yield stem
    if word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"


@dataclass(frozen=True, slots=True)
class _Found:
    """Occurrences of words and phrases: the first and last token of each, and its key (a row of merged words, -1 where
    there are fewer than three); "of" is left out of keys, and `joined` says where it stood.
    """

    first: Ints
    last: Ints
    key: Ints
    joined: Bools


def _occurrences(tokens: Tokens, kinds: Ints, merged: Ints, voice: Ints) -> _Found:
    import numpy as np

    kind, base = kinds[tokens.word], merged[tokens.word]
    none = np.full(len(base), -1)
    singles = np.flatnonzero(kind == _CONTENT)
    pairs = _runs(tokens, kind, 2, (_CONTENT,))
    triples = _runs(tokens, kind, 3, (_CONTENT,))
    ofs = _runs(tokens, kind, 3, (_OF,))
    parts = [
        (singles, singles, (base[singles], none[singles], none[singles]), False),
        (pairs, pairs + 1, (base[pairs], base[pairs + 1], none[pairs]), False),
        (triples, triples + 2, (base[triples], base[triples + 1], base[triples + 2]), False),
        (ofs, ofs + 2, (base[ofs], base[ofs + 2], none[ofs]), True),
    ]
    found = _Found(
        np.concatenate([p[0] for p in parts]),
        np.concatenate([p[1] for p in parts]),
        np.concatenate([np.stack(p[2], axis=1) for p in parts]),
        np.concatenate([np.full(len(p[0]), p[3]) for p in parts]),
    )
    return _spread(found, tokens, voice)


def _runs(tokens: Tokens, kind: Ints, size: int, middle: tuple[int, ...]) -> Ints:
    """Where runs of `size` tokens begin that are in one sentence, begin with a word (perhaps a weak one), end with one that has
    a subject, and have between them only tokens of the kinds `middle`.
    """
    import numpy as np

    n = len(kind) - size + 1
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    good = ((kind[:n] == _WEAK) | (kind[:n] == _CONTENT)) & (kind[size - 1 :] == _CONTENT)
    good &= (tokens.sentence[:n] == tokens.sentence[size - 1 :]) & (
        tokens.utterance[:n] == tokens.utterance[size - 1 :]
    )
    for step in range(1, size - 1):
        good &= np.isin(kind[step : n + step], middle)
    return np.flatnonzero(good)


def _spread(found: _Found, tokens: Tokens, voice: Ints) -> _Found:
    """Without the phrases that too few voices said, and without fragments of longer ones."""
    import numpy as np

    key = _packed(found, len(tokens.words))
    keys, term = np.unique(key, return_inverse=True)
    said_by = voice[tokens.utterance[found.first]]
    n_voices = int(voice.max(initial=0)) + 1
    voices = count_distinct(len(keys), n_voices, term, said_by)
    enough = (voices if n_voices > 1 else np.bincount(term, minlength=len(keys))) >= 2
    kept = enough[term] | (found.key[:, 1] < 0)
    kept &= ~_is_fragment(found, term, kept)[term]
    return _Found(found.first[kept], found.last[kept], found.key[kept], found.joined[kept])


def _is_fragment(found: _Found, term: Ints, kept: Bools) -> Bools:
    """Of each term: whether it is a phrase of two words that is nearly always part of a longer one ("Kong people")."""
    import numpy as np

    longer = found.first[kept & (found.key[:, 2] >= 0)]
    pair = (found.key[:, 1] >= 0) & (found.key[:, 2] < 0)
    inside = pair & (np.isin(found.first, longer) | np.isin(found.first, longer + 1))
    n = int(term.max(initial=-1)) + 1
    return np.bincount(term[inside], minlength=n) > 0.7 * np.maximum(1, np.bincount(term, minlength=n))


def _packed(found: _Found, n_words: int) -> Ints:
    """The key of each occurrence as one number, in the order of the keys."""
    width = n_words + 1
    return ((found.key[:, 0] * width + found.key[:, 1] + 1) * width + found.key[:, 2] + 1) * 2 + found.joined


def _words(kept: tuple[Utterance, ...], tokens: Tokens, found: _Found, voices: tuple[Ints, Bools, Ints]) -> Words:
    import numpy as np

    order = np.lexsort((-found.last, found.first))
    found = _Found(found.first[order], found.last[order], found.key[order], found.joined[order])
    keys, example, term = np.unique(_packed(found, len(tokens.words)), return_index=True, return_inverse=True)
    n = len(kept)
    is_word = np.array([bool(_WORD.fullmatch(word)) for word in tokens.words], dtype=bool)[tokens.word]
    return Words(
        kept, *voices,
        length=np.bincount(tokens.utterance[is_word], minlength=n),
        sentences=np.bincount(distinct(tokens.sentence * max(1, n) + tokens.utterance) % max(1, n), minlength=n),
        terms=_shown(tokens, found, term, len(keys)),
        parts=tuple(tuple(tokens.words[p] for p in key if p >= 0) for key in found.key[example]),
        utterance=tokens.utterance[found.first],
        term=term,
        start=tokens.start[found.first],
        end=tokens.end[found.last],
    )  # fmt: skip


def _shown(tokens: Tokens, found: _Found, term: Ints, n_terms: int) -> tuple[str, ...]:
    """Each term as it was said most often; among equals the shortest, then the first in the alphabet."""
    import numpy as np

    second = np.minimum(found.first + 1, found.last)
    said = np.stack((term, tokens.word[found.first], tokens.word[second], tokens.word[found.last]), axis=1)
    ways, times = np.unique(said, axis=0, return_counts=True) if len(said) else (said, term)
    sizes = np.ones(n_terms, dtype=np.int64)
    sizes[term] = found.last - found.first + 1
    best: list[tuple[Any, ...] | None] = [None] * n_terms
    for (t, *words), count in zip(ways.tolist(), times.tolist(), strict=True):
        size = sizes[t]
        shown = " ".join(tokens.shown[w] for w in (words if size == 3 else [words[0], words[2]][:size]))
        candidate = (-count, len(shown), shown)
        held = best[t]
        best[t] = candidate if held is None or candidate < held else held
    return tuple("" if one is None else one[2] for one in best)
