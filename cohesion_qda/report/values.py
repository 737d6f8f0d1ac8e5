"""Everything a findings report says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from cohesion_qda.model.cloud import Cloud
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.table import Agreement, Column, Count, Table
from cohesion_qda.report.extras import Extras


@dataclass(frozen=True, slots=True)
class QuotePart:
    """What one person says in a quotation. `speaker` is empty where nobody speaks (a document)."""

    speaker: str
    words: str
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A coded passage as it is quoted: its exact words, turn by turn. `turn` is the first turn's number or 0."""

    coding: CodingId
    parts: tuple[QuotePart, ...]
    attribution: str
    turn: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely a theme was said among those with one value of an attribute."""

    attribute: str
    label: str
    said: Count
    base: Count


@dataclass(frozen=True, slots=True)
class Theme:
    """A code of a chapter, counted with everything under it. `depth` is 0 for those directly under the question.
    `spread` goes by the attributes of sources (place, thematic group) that are compared by. `own` is the number of
    codings with this very code, `suggested` how many of them were accepted from a suggestion of the program.
    """

    code: CodeId
    name: str
    path: str
    depth: int
    definition: str
    said: Count
    spread: tuple[Spread, ...]
    quotations: tuple[Quotation, ...]
    own: int = 0
    suggested: int = 0

    @property
    def is_proposed(self) -> bool:
        """Whether all or most of its codings were accepted from a suggestion."""
        return 2 * self.suggested > self.own


@dataclass(frozen=True, slots=True)
class Chapter:
    """One research question. `themes` are those that were used, most widely said first, each followed by those
    under it; `unused` the paths of the others. `direct` counts what is coded to the question itself.
    `words` are those of its word cloud. `code` is None for the chapter of codes without a question.
    """

    code: CodeId | None
    title: str
    definition: str
    said: Count
    direct: Count
    themes: tuple[Theme, ...]
    unused: tuple[str, ...]
    words: Cloud | None


@dataclass(frozen=True, slots=True)
class Engagement:
    """Who took part, by one attribute. `about` is source or participant."""

    attribute: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class SourceKind:
    """How many sources of a kind there are, and the words of speech in them."""

    kind: str
    sources: int
    words: int


@dataclass(frozen=True, slots=True)
class CoderPair:
    """How two coders agree; the overall row first. `sources` are the names of those that both coded, `turns` the turns of
    participants in them.
    """

    first: str
    second: str
    rows: tuple[Agreement, ...]
    sources: tuple[str, ...]
    turns: int

    @property
    def codes(self) -> int:
        """How many codes either used in these sources."""
        return len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as the codebook tells it, and how it was used together with everything under it."""

    code: CodeId
    name: str
    path: str
    depth: int
    is_question: bool
    definition: str
    use_when: str
    not_when: str
    example: str
    said: Count


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report. `date` is ISO 8601; `base` holds the denominators of the whole study. `overview` is the table of all
    codes for the whole study, `crosstabs` the same by each attribute that was chosen, both with branches counted.
    `coders` are those who coded, with the number of their codings; `uncoded` the names of sources without a coding.
    `ranked_by` is the unit that themes are ranked by; `is_tied` says that it is people because themes tied by groups.
    `of_sources` are the attributes of sources. `accepted` are, for each code some of whose codings were accepted from a
    suggestion of the program, its path, how many they are, and all its codings. `singled` warns who writes it of whom its
    quotations could single out (`report.singling`); it is not in the report. `settled` is how many codings were made by
    settling what others coded differently: they are counted, and are no part of `agreement`. Numbers of people from 1 to below
    `threshold` (0: none) are hidden: `words.GONE` stands for them. `extras` is what there is beside the counts.
    """

    title: str
    authors: str
    summary: str
    date: str
    program_version: str
    base: Count
    sources: int
    kinds: tuple[SourceKind, ...]
    engagement: tuple[Engagement, ...]
    coders: tuple[tuple[str, int], ...]
    chapters: tuple[Chapter, ...]
    overview: Table
    crosstabs: tuple[Table, ...]
    agreement: tuple[CoderPair, ...]
    codebook: tuple[CodeEntry, ...]
    unused: tuple[str, ...]
    uncoded: tuple[str, ...]
    notes: tuple[str, ...]
    ranked_by: str
    is_tied: bool
    of_sources: tuple[str, ...]
    accepted: tuple[tuple[str, int, int], ...]
    singled: tuple[str, ...] = ()
    settled: int = 0
    threshold: int = 0
    extras: Extras = field(default_factory=Extras)

    @property
    def has_codings(self) -> bool:
        return self.base.mentions != 0
