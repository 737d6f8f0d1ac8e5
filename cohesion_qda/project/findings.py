"""What was found in a file that is not added yet, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import count_words


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """A label, its proposed role, how many turns and words it has, and its share (0 to 1) of all that is said."""

    label: str
    role: str
    turns: int
    words: int
    share: float


def speakers_found(draft: SourceDraft) -> list[SpeakerFound]:
    """Who speaks in a draft, in the order in which they begin."""
    turns, words = Counter[str](), Counter[str]()
    for turn in draft.turns:
        turns[turn.label] += 1
        words[turn.label] += count_words(turn.span.of(draft.text))
    spoken = max(1, words.total())
    return [
        SpeakerFound(label, draft.roles.get(label, "participant"), n, words[label], words[label] / spoken)
        for label, n in turns.items()
    ]


def words_found(draft: SourceDraft) -> int:
    """The words that are counted: those of turns, or of the whole text where nobody speaks."""
    if not draft.turns:
        return count_words(draft.text)
    return sum(speaker.words for speaker in speakers_found(draft))
