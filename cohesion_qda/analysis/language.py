"""The words and phrases of the participants: talk-noise out, the forms of one word together, the researcher's say applied.

What moderators and observers say is left out, and so are stage notes in brackets, talk-noise (`talknoise`), the speakers'
own names and what the researcher left out. Phrases are runs of describing words and nouns that end in a noun, or two nouns
joined by "of" or "'s". Each term is shown as it was said most often, or as the researcher who merged it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import count_distinct, distinct
from cohesion_qda.analysis.noise import ALONE, BEGINS, ENDS, MIDDLE, OF, OWNS, WORD
from cohesion_qda.analysis.placed import placed
from cohesion_qda.analysis.tokens import Tokens, tokens
from cohesion_qda.analysis.worded import Finder, Worded, left_out_texts, worded
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import Talk, Utterance
from cohesion_qda.model.table import Count
from cohesion_qda.model.turns import Turns
from cohesion_qda.model.wording import Wording, written

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.parsing import Parsed
    from cohesion_qda.analysis.pipelines import PipelineInfo


_JOINTS = ("", "of", "'s")


@dataclass(frozen=True, slots=True)
class Words:
    """What was said, as terms. `utterances` are the participants' turns, and the paragraphs of sources where nobody speaks.

    Of each utterance: `voice` numbers who said it (a participant; a document is one voice of its own), `person` says whether
    that is a participant, `group` numbers its focus group or is -1, `length` counts its words and `sentences` its sentences.
    Of each term: as it is shown, its words in the form they were brought together under with what joins them ("quality", "of",
    "life"; what the researcher made one is one), and whether it is a noun or ends in one (`nominal`; all are where the pipeline
    has no parts of speech). Then four that are parallel, one for each time a term occurs, in order: which utterance, which
    term, and where in the source (code points). Words inside a phrase occur too. `contents` gives of each source the hash of
    the text that was heard. `left_out` gives, for each form of what the researcher left out, where that was said in all its
    forms: which utterance, and where in the source. It counts for nothing, but can be looked up. `said_as` gives for
    written words (in small letters) what the researcher wants them counted as, nothing for those left out.
    """

    utterances: Sequence[Utterance]
    voice: Ints
    person: Bools
    group: Ints
    length: Ints
    sentences: Ints
    terms: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    nominal: Bools
    utterance: Ints
    term: Ints
    start: Ints
    end: Ints
    contents: Mapping[SourceId, str] = field(default_factory=dict)
    left_out: Mapping[str, tuple[Ints, Ints, Ints]] = field(default_factory=dict)
    said_as: Mapping[str, str] = field(default_factory=dict)

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


def listen(talk: Talk, job: Job | None = None, wish: str = "") -> Words:
    """The words and phrases of a study, which is parsed for it. Where a parse may be kept, use `heard.hear`."""
    from cohesion_qda.analysis.heard import hear

    return hear(talk, None, wish, job, vectors=False)[0].words


def listened(talk: Talk, parsed: Mapping[str, Parsed], info: PipelineInfo, job: Job | None = None) -> Words:
    """The words and phrases of a study whose texts were parsed with the pipeline `info`. A phrase was said by at least two
    voices (or twice, where there is only one voice), unless the researcher made it one by a merge.
    """
    job = job or Job()
    kept = spoken(talk)
    voices = _voices(kept, talk)
    job.step(0, 3)
    said = tokens(kept, talk, parsed, info.language)
    job.step(1, 3)
    left_out = _left_out(said, talk.wording)
    own = worded(said, talk.wording)
    said = own.tokens
    found = _joined(_occurrences(said, voices[0], own), own)
    job.step(2, 3)
    return replace(
        _words(kept, said, found, own, voices), contents=talk.contents, left_out=left_out, said_as=own.said_as
    )


def _left_out(said: Tokens, wording: Wording) -> dict[str, tuple[Ints, Ints, Ints]]:
    finder = Finder(said)
    found: dict[str, tuple[Ints, Ints, Ints]] = {}
    for text in left_out_texts(wording):
        first, last = finder.places(text)
        place = said.utterance[first], said.start[first], said.end[last]
        single = first == last
        forms = {said.words[n] for n in distinct(said.word[first[single]]).tolist()}
        for form in (written(text), *sorted(forms)):
            found.setdefault(form, place)
    return found


def spoken(talk: Talk) -> Sequence[Utterance]:
    """What participants said, and the paragraphs of sources in which nobody speaks."""
    if isinstance(talk.utterances, Turns):
        return talk.utterances.spoken()
    return tuple(u for u in talk.utterances if u.role == "participant" or u.case is None)


def _voices(kept: Sequence[Utterance], talk: Talk) -> tuple[Ints, Bools, Ints]:
    import numpy as np

    groups = {fact.id: fact.group for fact in talk.sources if fact.kind == "focus group" and fact.group is not None}
    number_of_group = {group: n for n, group in enumerate(sorted(set(groups.values())))}
    source, _start, _end, case = placed(kept)
    people, documents = np.unique(case[case > 0]), np.unique(source[case == 0])
    voice = np.where(case > 0, np.searchsorted(people, case), len(people) + np.searchsorted(documents, source))
    known, place = np.unique(source, return_inverse=True)
    group = [number_of_group[groups[s]] if s in groups else -1 for s in known.tolist()]
    return voice, case > 0, np.array(group, dtype=np.int64)[place]


@dataclass(frozen=True, slots=True)
class _Found:
    """Occurrences of words and phrases: the first and last token of each, its key (a row of numbers of keys, -1 where there are
    fewer than three), and how its words are joined: 0 side by side, 1 by "of", 2 by "'s".
    """

    first: Ints
    last: Ints
    key: Ints
    joined: Ints

    def of(self, chosen: Bools | Ints) -> _Found:
        """Some of them."""
        return _Found(self.first[chosen], self.last[chosen], self.key[chosen], self.joined[chosen])


def _occurrences(said: Tokens, voice: Ints, own: Worded) -> _Found:
    import numpy as np

    key, may = said.key, said.may
    none = np.full(len(key), -1)
    singles = np.flatnonzero(may & ALONE)
    pairs, triples = _runs(said, 2, MIDDLE), _runs(said, 3, MIDDLE)
    parts = [
        (singles, singles, (key[singles], none[singles], none[singles]), 0),
        (pairs, pairs + 1, (key[pairs], key[pairs + 1], none[pairs]), 0),
        (triples, triples + 2, (key[triples], key[triples + 1], key[triples + 2]), 0),
    ]
    for how, joint in enumerate((OF, OWNS), 1):
        at = _runs(said, 3, joint)
        parts.append((at, at + 2, (key[at], key[at + 2], none[at]), how))
    found = _Found(
        np.concatenate([p[0] for p in parts]),
        np.concatenate([p[1] for p in parts]),
        np.concatenate([np.stack(p[2], axis=1) for p in parts]),
        np.concatenate([np.full(len(p[0]), p[3]) for p in parts]),
    )
    return _spread(found.of(own.is_kept(found.first, found.last)), said, voice)


def _runs(said: Tokens, size: int, middle: int) -> Ints:
    """Where runs of `size` tokens begin that are in one sentence, begin and end with words that may, and have between them only
    tokens that may be `middle`. A joint joins nouns.
    """
    import numpy as np

    may = said.may
    n = len(may) - size + 1
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    good = (may[:n] & (BEGINS if middle == MIDDLE else ENDS) > 0) & (may[size - 1 :] & ENDS > 0)
    good &= (said.sentence[:n] == said.sentence[size - 1 :]) & (said.utterance[:n] == said.utterance[size - 1 :])
    for step in range(1, size - 1):
        good &= may[step : n + step] & middle > 0
    return np.flatnonzero(good)


def _spread(found: _Found, said: Tokens, voice: Ints) -> _Found:
    """Without the phrases that too few voices said, and without fragments of longer ones."""
    import numpy as np

    keys, term = np.unique(_packed(found, len(said.keys)), return_inverse=True)
    said_by = voice[said.utterance[found.first]]
    n_voices = int(voice.max(initial=0)) + 1
    voices = count_distinct(len(keys), n_voices, term, said_by)
    enough = (voices if n_voices > 1 else np.bincount(term, minlength=len(keys))) >= 2
    kept = enough[term] | (found.key[:, 1] < 0)
    return found.of(kept & ~_is_fragment(found, term, kept)[term])


def _is_fragment(found: _Found, term: Ints, kept: Bools) -> Bools:
    """Of each term: whether it is a phrase of two words that is nearly always part of a longer one ("Kong people")."""
    import numpy as np

    longer = found.first[kept & (found.key[:, 2] >= 0)]
    pair = (found.key[:, 1] >= 0) & (found.key[:, 2] < 0)
    inside = pair & (np.isin(found.first, longer) | np.isin(found.first, longer + 1))
    n = int(term.max(initial=-1)) + 1
    fragment: Bools = np.bincount(term[inside], minlength=n) > 0.7 * np.maximum(1, np.bincount(term, minlength=n))
    return fragment


def _joined(found: _Found, own: Worded) -> _Found:
    """With what the researcher made one: a phrase of a merge counts once, as the merge, and no part of it as that again."""
    import numpy as np

    claims = own.merged
    if not len(claims.first):
        return found
    found = found.of(~claims.hold_again(found.first, found.last, found.key))
    none = np.full(len(claims.first), -1)
    return _Found(
        np.concatenate((found.first, claims.first)),
        np.concatenate((found.last, claims.last)),
        np.concatenate((found.key, np.stack((claims.key, none, none), axis=1))),
        np.concatenate((found.joined, np.zeros(len(none), dtype=np.int64))),
    )


def _packed(found: _Found, n_keys: int) -> Ints:
    """The key of each occurrence as one number, in the order of the keys."""
    width = n_keys + 1
    return ((found.key[:, 0] * width + found.key[:, 1] + 1) * width + found.key[:, 2] + 1) * 3 + found.joined


def _words(
    kept: Sequence[Utterance], said: Tokens, found: _Found, own: Worded, voices: tuple[Ints, Bools, Ints]
) -> Words:
    import numpy as np

    found = found.of(np.lexsort((-found.last, found.first)))
    keys, example, term = np.unique(_packed(found, len(said.keys)), return_index=True, return_inverse=True)
    n = len(kept)
    is_word = np.array([bool(WORD.fullmatch(word)) for word in said.words], dtype=bool)[said.word]
    rows, joint = found.key[example].tolist(), found.joined[example].tolist()
    merges = {n: own.shown[row[0]] for n, row in enumerate(rows) if row[1] < 0 and row[0] in own.shown}
    shown = [merges.get(n, one) for n, one in enumerate(_shown(said, found, term, len(keys)))]
    terms, heaviest, term = _alike(shown, term)
    return Words(
        kept, *voices,
        length=np.bincount(said.utterance[is_word], minlength=n),
        sentences=np.bincount(distinct(said.sentence * max(1, n) + said.utterance) % max(1, n), minlength=n),
        terms=terms,
        parts=tuple(
            (merges[t].lower(),) if t in merges else _parts([said.keys[p] for p in rows[t] if p >= 0], joint[t])
            for t in heaviest
        ),
        nominal=_nominal(said, found, term, len(terms)),
        utterance=said.utterance[found.first].astype(np.int64),
        term=term,
        start=said.start[found.first].astype(np.int64),
        end=said.end[found.last].astype(np.int64),
    )  # fmt: skip


def _parts(keys: list[str], joined: int) -> tuple[str, ...]:
    return (keys[0], _JOINTS[joined], *keys[1:]) if joined else tuple(keys)


def _alike(shown: list[str], term: Ints) -> tuple[tuple[str, ...], list[int], Ints]:
    """Terms that are shown alike (a noun and a verb in one form) are one: what each is shown as, the heaviest of those it was,
    and the numbers of all occurrences anew.
    """
    import numpy as np

    times = np.bincount(term, minlength=len(shown)).tolist()
    heaviest: dict[str, int] = {}
    for n, one in enumerate(shown):
        if one not in heaviest or times[n] > times[heaviest[one]]:
            heaviest[one] = n
    number = {one: n for n, one in enumerate(heaviest)}
    anew = np.array([number[one] for one in shown], dtype=np.int64)
    return tuple(heaviest), list(heaviest.values()), anew[term] if len(term) else term


def _nominal(said: Tokens, found: _Found, term: Ints, n_terms: int) -> Bools:
    """Of each term: whether it mostly ends in what may end a phrase."""
    import numpy as np

    ends = np.bincount(term[said.may[found.last] & ENDS > 0], minlength=n_terms)
    nominal: Bools = 2 * ends >= np.bincount(term, minlength=n_terms)
    return nominal


def _shown(said: Tokens, found: _Found, term: Ints, n_terms: int) -> list[str]:
    """Each term as it was said most often; among equals the shortest, then the first in the alphabet."""
    import numpy as np

    if not len(term):
        return []
    width = len(said.words)
    middle = np.minimum(found.first + 1, found.last)
    surface = (said.word[found.first] * width + said.word[middle]) * width + said.word[found.last]
    surfaces, way = np.unique(surface, return_inverse=True)
    ways, example, times = np.unique(term * len(surfaces) + way, return_index=True, return_counts=True)
    its_term = ways // len(surfaces)
    most = np.zeros(n_terms, dtype=np.int64)
    np.maximum.at(most, its_term, times)
    best: list[tuple[int, str] | None] = [None] * n_terms
    for at in np.flatnonzero(times == most[its_term]).tolist():
        n, first, last = int(its_term[at]), int(found.first[example[at]]), int(found.last[example[at]])
        written = " ".join(said.shown[w] for w in said.word[first : last + 1].tolist()).replace(" 's", "'s")
        held = best[n]
        best[n] = (len(written), written) if held is None else min(held, (len(written), written))
    return ["" if one is None else one[1] for one in best]
