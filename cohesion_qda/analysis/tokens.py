"""Every word that participants said, numbered: what it was brought together under, and what it may be part of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis.grid import distinct, ranges
from cohesion_qda.analysis.lemmas import lemmas
from cohesion_qda.analysis.noise import OF, THING, WORD, noise_of
from cohesion_qda.analysis.parsing import UPOS, Parsed
from cohesion_qda.analysis.placed import placed
from cohesion_qda.analysis.talknoise import KEEP_ING
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk, Utterance

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.noise import Noise


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every token of the kept utterances, in order. `word` numbers `words`, the different tokens in small letters with straight
    apostrophes; `key` numbers `keys`, what the forms of one word are brought together under. `may` says what it can be part
    of. `sentence` numbers the sentences of the whole talk; `start` and `end` are code points in the source.
    """

    words: tuple[str, ...]
    shown: tuple[str, ...]
    keys: tuple[str, ...]
    word: Ints
    key: Ints
    may: Ints
    utterance: Ints
    sentence: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class _Columns:
    """The tokens of the kept utterances as they were parsed, with strings numbered for the whole study."""

    forms: Sequence[str]
    lemmas: Sequence[str]
    utterance: Ints
    start: Ints
    end: Ints
    opens: Bools
    filler: Bools
    pos: Ints
    form: Ints
    lemma: Ints


def tokens(kept: Sequence[Utterance], talk: Talk, parsed: Mapping[str, Parsed], language: str) -> Tokens:
    """The tokens of the utterances that are kept, out of what was parsed of their texts."""
    import numpy as np

    columns = _gathered(kept, talk, parsed)
    words, word_of_form = _lowered(columns.forms)
    word = word_of_form[columns.form]
    opens = columns.opens.copy()
    opens[:1] = True
    opens[1:] |= columns.utterance[1:] != columns.utterance[:-1]
    names = _names(talk)
    called = np.array([form in names for form in columns.forms], dtype=bool)[columns.form]
    of_names = np.zeros(len(words), dtype=bool)
    of_names[distinct(word[called])] = True
    of_names[distinct(word[~called])] = False
    key, keys, may = _brought_together(columns, word, words, of_names, language)
    may[columns.filler] = 0
    return Tokens(
        tuple(words), _cases(words, columns, word, opens), tuple(keys), word, key, may,
        columns.utterance, np.cumsum(opens), columns.start, columns.end,
    )  # fmt: skip


def _gathered(kept: Sequence[Utterance], talk: Talk, parsed: Mapping[str, Parsed]) -> _Columns:
    """The tokens that lie in the utterances, source by source."""
    import numpy as np

    place = placed(kept)
    of_source = _members(place[0])
    forms, lemmas = _Numbers(), _Numbers()
    parts: list[tuple[Any, ...]] = [(np.zeros(0, dtype=np.int32),) * 8]  # half the room: there may be many
    for source, members in of_source:
        one = parsed[talk.contents[SourceId(source)]]
        first = np.searchsorted(one.start, place[1][members])
        owner, at = ranges(first, np.maximum(first, np.searchsorted(one.end, place[2][members], side="right")))
        form, lemma = forms.of(one.forms), lemmas.of(one.lemmas)
        parts.append(tuple(column.astype(np.int32) for column in (
            members[owner], one.start[at], one.end[at], one.opens[at].astype(np.int64),
            one.filler[at].astype(np.int64), one.pos[at], form[one.form[at]], lemma[one.lemma[at]],
        )))  # fmt: skip
    utterance, start, end, opens, filler, pos, form, lemma = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    if (np.diff(utterance) < 0).any():
        order = np.argsort(utterance, kind="stable")
        utterance, start, end, opens, filler, pos, form, lemma = (
            column[order] for column in (utterance, start, end, opens, filler, pos, form, lemma)
        )
    return _Columns(forms.all, lemmas.all, utterance, start, end, opens > 0, filler > 0, pos, form, lemma)


def _members(source: Ints) -> list[tuple[int, Ints]]:
    """The sources as they come first, each with the numbers of its utterances."""
    import numpy as np

    order = np.argsort(source, kind="stable")
    different, first = np.unique(source[order], return_index=True)
    members = np.split(order, first[1:]) if len(order) else []
    found = zip(different.tolist(), members, strict=True)
    return sorted(found, key=lambda one: int(one[1][0]))


class _Numbers:
    """Numbers for the strings of a whole study."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._number: dict[str, int] = {}

    def of(self, strings: Iterable[str]) -> Ints:
        """The number of each."""
        import numpy as np

        known = self._number
        found = []
        for string in strings:
            n = known.get(string)
            if n is None:
                n = known[string] = len(self.all)
                self.all.append(string)
            found.append(n)
        return np.array(found, dtype=np.int64)


def _lowered(forms: Sequence[str]) -> tuple[list[str], Ints]:
    """The different words in small letters, in order, and which of them each form is."""
    import numpy as np

    words = sorted({form.lower() for form in forms})
    number = {word: n for n, word in enumerate(words)}
    return words, np.array([number[form.lower()] for form in forms], dtype=np.int64)


def _names(talk: Talk) -> frozenset[str]:
    """The words of the speakers' names, as written."""
    people = (case.name for case in talk.cases.values() if case.kind == "participant")
    return frozenset(part for name in people for part in WORD.findall(name) if len(part) > 1 and part[0].isupper())


def _cases(words: Sequence[str], columns: _Columns, word: Ints, opens: Bools) -> tuple[str, ...]:
    """How each word is written most often inside a sentence; in small letters when it only opens sentences."""
    import numpy as np

    times = np.bincount(columns.form[~opens], minlength=len(columns.forms))
    best: dict[str, tuple[int, str]] = {}
    for n in np.flatnonzero(times).tolist():
        written = columns.forms[n]
        candidate = (int(times[n]), written.swapcase())
        best[written.lower()] = max(best.get(written.lower(), candidate), candidate)
    return tuple(best[w][1].swapcase() if w in best else w for w in words)


def _brought_together(
    columns: _Columns, word: Ints, words: Sequence[str], of_names: Bools, language: str
) -> tuple[Ints, list[str], Ints]:
    """Of each token its key, the keys, and what it may be. A form with one part of speech has one key throughout: the lemma
    it was given most often.
    """
    import numpy as np

    if not len(word):
        return word, [], word.copy()
    n_lemmas, n_pos = max(1, len(columns.lemmas)), len(UPOS)
    triple = (word * n_pos + columns.pos) * n_lemmas + columns.lemma
    different, times = np.unique(triple, return_counts=True)
    pair = different // n_lemmas
    order = np.lexsort((different, -times, pair))
    first = order[np.unique(pair[order], return_index=True)[1]]
    pairs, lemma = pair[first], different[first] % n_lemmas
    pairs_times = np.bincount(np.searchsorted(pairs, pair), weights=times).astype(np.int64)
    judged = _Judged(noise_of(language), words, of_names)
    forms = [(words[at // n_pos], UPOS[at % n_pos]) for at in pairs.tolist()]
    keys = [judged.key(*form, columns.lemmas[one]) for form, one in zip(forms, lemma.tolist(), strict=True)]
    may = np.array([judged.may(*form, key) for form, key in zip(forms, keys, strict=True)], dtype=np.int64)
    numbers = _Numbers()
    key = numbers.of(keys)
    _as_common_nouns(pairs // n_pos, pairs % n_pos, pairs_times, key, may)
    where = np.searchsorted(pairs, word * n_pos + columns.pos)
    key, may = key[where], may[where]
    if language == "en":
        _after_of(word, words, key, may, numbers)
    return key, numbers.all, may


@dataclass(frozen=True)
class _Judged:
    """What each form of the study is, in the light of the other words of the study."""

    noise: Noise
    words: Sequence[str]
    of_names: Bools

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each word."""
        return {word: n for n, word in enumerate(self.words)}

    def key(self, form: str, pos: str, lemma: str) -> str:
        """What a form is brought together under. Where nobody says the lemma that was worked out, a lemma that is said and that
        a dictionary gives is the better one; so it is with names that are no names ("Communities" at the start of a sentence).
        """
        key = self.noise.key(form, pos, lemma)
        if self.noise.language == "en" and pos and (key not in self.number or (pos == "PROPN" and key == form)):
            known = sorted(lemmas(form) - {form, key})
            return next((one for one in known if one in self.number), key)
        return key

    def may(self, form: str, pos: str, key: str) -> int:
        """What it may be."""
        return 0 if self.of_names[self.number[form]] else self.noise.may(form, pos, key)


def _as_common_nouns(word: Ints, pos: Ints, times: Ints, key: Ints, may: Ints) -> None:
    """A word that is taken for a name here and for a common word elsewhere, at least as often, is that word in both places."""
    import numpy as np

    names = np.flatnonzero(pos == UPOS.index("PROPN"))
    common = np.isin(pos, [UPOS.index(name) for name in ("NOUN", "ADJ", "VERB")])
    for n in names.tolist():
        first, last = np.searchsorted(word, word[n]), np.searchsorted(word, word[n], side="right")
        others = first + np.flatnonzero(common[first:last])
        if len(others) and times[others].sum() >= times[n]:
            best = others[np.argmax(times[others])]
            key[n], may[n] = key[best], may[best]


def _after_of(word: Ints, words: Sequence[str], key: Ints, may: Ints, numbers: _Numbers) -> None:
    """With "of" before it "living" is a thing, whatever the pipeline takes it for."""
    import numpy as np

    things = np.array([form in KEEP_ING for form in words], dtype=bool)
    follows = np.flatnonzero((may[:-1] & OF > 0) & things[word[1:]]) + 1
    may[follows] = THING
    key[follows] = numbers.of(words[n] for n in word[follows].tolist())
