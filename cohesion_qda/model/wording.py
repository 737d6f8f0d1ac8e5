"""The researcher's own say about words: which count for nothing, and which are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merge:
    """Words and phrases that are counted as one, shown as `shown` (community = communities, our community)."""

    shown: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Part of the project, and applied wherever words are counted: the language of the talk (two letters), words and phrases
    left out, and merges. Compared without case and with straight apostrophes.
    """

    language: str = "en"
    left_out: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
