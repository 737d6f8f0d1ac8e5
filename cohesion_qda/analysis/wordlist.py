"""What is done with words in a study, to be seen in one place: what is left out, what counts as one, how often each is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.grid import count_distinct, distinct
from cohesion_qda.analysis.heard import Heard
from cohesion_qda.analysis.language import spoken
from cohesion_qda.analysis.noise import WORD
from cohesion_qda.analysis.theme_facts import total
from cohesion_qda.analysis.tokens import Tokens, tokens
from cohesion_qda.analysis.worded import Finder
from cohesion_qda.model.table import Count
from cohesion_qda.model.wording import Merge, written

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints

BY_ITSELF = 200
COUNTED = 5000  # terms; what is said more seldom can still be typed


@dataclass(frozen=True, slots=True)
class Said:
    """A word or phrase, and how often participants said it, by how many, in how many groups."""

    text: str
    count: Count


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: all of it, and each of its forms."""

    merge: Merge
    count: Count
    forms: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """What stands on the tab of words. `by_itself` are the words that the program leaves out most often, `terms` what is counted,
    the most widely said first; `base` how many turns there are, how many participants speak, in how many groups.
    """

    language: str
    left_out: tuple[Said, ...]
    merges: tuple[Merged, ...]
    counted: tuple[Said, ...]
    by_itself: tuple[Said, ...]
    terms: tuple[Said, ...]
    base: Count


def word_list(heard: Heard) -> WordList:
    """What is done with the words of a study. Same input, same output."""
    wording, words = heard.talk.wording, heard.words
    said = tokens(spoken(heard.talk), heard.talk, heard.parsed, heard.info.language)
    look = _Look(said, words.voice, words.person, words.group)
    own = {written(text) for text in (*wording.counted, *wording.left_out)}
    count_of = {term: n for n, term in reversed(list(enumerate(words.terms)))}
    mentions, people, groups, _voices = words.counts()
    order = sorted(range(len(words.terms)), key=lambda t: (-people[t], -mentions[t], words.terms[t]))

    def count(term: int) -> Count:
        return Count(int(mentions[term]), int(people[term]), int(groups[term]))

    return WordList(
        wording.language,
        tuple(look.said(text) for text in wording.left_out),
        tuple(
            Merged(
                merge, count(count_of[merge.shown]) if merge.shown in count_of else Count(),
                tuple(look.said(form, exactly=True) for form in dict.fromkeys((merge.shown, *merge.forms))),
            )
            for merge in wording.merges
        ),
        tuple(look.said(text) for text in wording.counted),
        tuple(one for one in look.left_out_by_itself() if written(one.text) not in own),
        tuple(Said(words.terms[t], count(t)) for t in order[:COUNTED]), total(words),
    )  # fmt: skip


@dataclass(frozen=True)
class _Look:
    """Counts what was said before anything is left out or brought together by the researcher."""

    tokens: Tokens
    voice: Ints
    person: Bools
    group: Ints

    def said(self, text: str, *, exactly: bool = False) -> Said:
        """How often a word (in all its forms, or in this one `exactly`) or phrase was said."""
        import numpy as np

        finder = Finder(self.tokens)
        found = [np.zeros(0, dtype=np.int64)]
        for sequence in finder.every_sequence((text,)):
            if len(sequence) == 1 and exactly:
                found.append(np.flatnonzero(self.tokens.word == sequence[0]))
            elif len(sequence) == 1:
                found.append(np.flatnonzero(finder.alike(sequence[0])))
            else:
                found.append(np.array([first for first, _last in finder.stretches(sequence)], dtype=np.int64))
        return Said(text, self._count(distinct(np.concatenate(found))))

    def left_out_by_itself(self) -> tuple[Said, ...]:
        """The words that count for nothing, the most widely said first."""
        import numpy as np

        said = self.tokens
        silent = (said.may == 0) & np.array(
            [bool(WORD.fullmatch(word)) and word != "n't" for word in said.words], dtype=bool
        )[said.word]
        word, utterance = said.word[silent], said.utterance[silent]
        n, person, group = len(said.words), self.person[utterance], self.group[utterance]
        voices, grouped = self.voice[utterance], group >= 0
        people = count_distinct(n, int(self.voice.max(initial=0)) + 1, word[person], voices[person])
        groups = count_distinct(n, int(self.group.max(initial=0)) + 1, word[grouped], group[grouped])
        times = np.bincount(word, minlength=n)
        order = np.lexsort((np.arange(n), -times, -people))[:BY_ITSELF]
        return tuple(
            Said(said.shown[w], Count(int(times[w]), int(people[w]), int(groups[w])))
            for w in order.tolist()
            if times[w]
        )

    def _count(self, places: Ints) -> Count:
        utterance = self.tokens.utterance[places]
        person = self.person[utterance]
        group = self.group[utterance]
        return Count(len(places), len(distinct(self.voice[utterance[person]])), len(distinct(group[group >= 0])))


def among(words: Iterable[Said], typed: str) -> Sequence[Said]:
    """Those that hold what was typed, in their order; all of them where nothing was."""
    wanted = typed.strip().casefold()
    return [one for one in words if wanted in one.text.casefold()]
