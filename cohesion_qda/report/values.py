"""Everything a findings report says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from cohesion_qda.model.answer import Answer
from cohesion_qda.model.cloud import Cloud
from cohesion_qda.model.frame import Borne
from cohesion_qda.model.ids import CaseId, CodeId, CodingId, SourceId, ThemeId
from cohesion_qda.model.reporting import CODE, THEME, place_key
from cohesion_qda.model.table import Agreement, Column, Count, Row, Table
from cohesion_qda.model.text import Span
from cohesion_qda.report.extras import Extras


@dataclass(frozen=True, slots=True)
class QuotePart:
    """What one person says in a quotation. `speaker` is empty where nobody speaks (a document)."""

    speaker: str
    words: str
    is_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage as it is quoted: its exact words, turn by turn. `turn` is the first turn's number or 0. `coding` is 0 for a passage that the
    author chose and nobody coded. `source`, `span` and `people` say where it stands and which participants speak in it; none of them is printed.
    `is_chosen` by the author, or proposed; `role` is one of `model.reporting.ROLES`. `attribution` is empty where nobody is to be named.
    `before` and `after` are the turns around it, in order, their speakers named by the same rule.
    """

    coding: CodingId
    parts: tuple[QuotePart, ...]
    attribution: str
    turn: int
    source: SourceId = SourceId(0)  # noqa: RUF009 - an id is a number
    span: Span = Span(0, 0)  # noqa: RUF009 - it is frozen
    people: tuple[CaseId, ...] = ()
    is_chosen: bool = False
    role: str = ""
    before: tuple[QuotePart, ...] = ()
    after: tuple[QuotePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely a theme was said among those with one value of an attribute."""

    attribute: str
    label: str
    said: Count
    base: Count


@dataclass(frozen=True, slots=True)
class Theme:
    """What a chapter says at length: a code, or a theme that the researcher built (`theme`; `code` is then its row in the tables, see
    `theme_row`, and `definition` its statement), counted with everything under it. `codes` are all the codes that are counted. `depth` is 0 for
    those directly under the question. `spread` goes by the attributes of sources (place, thematic group) that are compared by. `dissent` are
    quotations that go against it. `own` is the number of codings that its quotations are proposed from, `suggested` how many of them were
    accepted from a suggestion of the program. `is_candidate`: its researcher has not reviewed it yet.
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
    codes: tuple[CodeId, ...] = ()
    dissent: tuple[Quotation, ...] = ()
    theme: ThemeId | None = None
    is_candidate: bool = False

    @property
    def key(self) -> str:
        """Its place for the author's words: `theme 3` or `code 12`."""
        return place_key(CODE, self.code) if self.theme is None else place_key(THEME, self.theme)

    @property
    def is_proposed(self) -> bool:
        """Whether all or most of its codings were accepted from a suggestion."""
        return 2 * self.suggested > self.own


def theme_row(theme: ThemeId) -> CodeId:
    """The row of a researcher's theme in tables whose rows are codes: no code has it."""
    return CodeId(-theme)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chapter's table: a theme, or a code that stands under it. `code` is its row in the tables."""

    code: CodeId
    name: str
    depth: int
    said: Count


@dataclass(frozen=True, slots=True)
class Chapter:
    """One research question. `themes` are those that were used, most widely said first, each followed by those
    under it; `unused` the paths of the others. `direct` counts what is coded to the question itself.
    `words` are those of its word cloud. `code` is None for the chapter of codes without a question.

    Where the researcher `is_themed` the question, `themes` are theirs; `lines` are those with the codes that support them, and `apart` the
    codes of the question that support none.
    """

    code: CodeId | None
    title: str
    definition: str
    said: Count
    direct: Count
    themes: tuple[Theme, ...]
    unused: tuple[str, ...]
    words: Cloud | None
    lines: tuple[Line, ...] = ()
    apart: tuple[Line, ...] = ()
    is_themed: bool = False


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
class InAreas:
    """In which kinds of evidence of each area a theme is found: for each area the names of the kinds, none where it is not said there."""

    line: Line
    kinds: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """What the areas of a study say, beside each other. `attribute` is what they are values of, `table` counts by them, with a column
    for each of `columns`. `held` are the kinds of evidence that there are in each, `kinds` all of them, in order; `evidence` is the attribute
    that tells them, empty where they are the kinds of the sources. `is_joined`: some kinds were taken together, since few people stand behind them.
    """

    attribute: str
    evidence: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    held: tuple[tuple[str, ...], ...]
    rows: tuple[InAreas, ...]
    table: Table
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Conduct:
    """How the talk was collected, as far as the project knows: `first` and `last` day (ISO 8601, empty where no date is known), the questions of
    the guide, in how many sources somebody speaks, a moderator speaks, somebody else who is no participant. A moderator is not counted as a
    person: one who led every group is a case of each.
    """

    first: str = ""
    last: str = ""
    guide: int = 0
    spoken: int = 0
    moderated: int = 0
    observed: int = 0


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
class Pointing:
    """An influence on cohesion, and how widely what speaks for it and against it was said; None where no code points that way. `name` is empty
    for everything together.
    """

    name: str
    speaks_for: Count | None
    against: Count | None


@dataclass(frozen=True, slots=True)
class ReportData:
    """A report. `date` is ISO 8601; `base` holds the denominators of the whole study. `overview` is the table of all
    codes for the whole study, `crosstabs` the same by each attribute that was chosen, both with branches counted.
    `coders` are those who coded, with the number of their codings; `uncoded` the names of sources without a coding.
    `ranked_by` is the unit that themes are ranked by first. `themes` are the tables of the researcher's themes: for the whole study, then by each
    attribute as `crosstabs`; empty where there are none. `saturation` says whether codes stopped being new, `areas` what the areas say beside each
    other; None where there is too little for it.
    `of_sources` are the attributes of sources. `accepted` are, for each code some of whose codings were accepted from a
    suggestion of the program, its path, how many they are, and all its codings. `singled` warns who writes it of whom its
    quotations could single out (`report.singling`); it is not in the report. `settled` is how many codings were made by
    settling what others coded differently: they are counted, and are no part of `agreement`. Numbers of people from 1 to below
    `threshold` (0: none) are hidden: `words.GONE` stands for them. `directions` are what speaks for and against cohesion,
    everything together first, `issues` those that codes bear out. `extras` is what there is beside the counts.
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
    of_sources: tuple[str, ...]
    accepted: tuple[tuple[str, int, int], ...]
    themes: tuple[Table, ...] = ()
    saturation: Answer | None = None
    areas: Areas | None = None
    conduct: Conduct = field(default_factory=Conduct)
    singled: tuple[str, ...] = ()
    settled: int = 0
    threshold: int = 0
    directions: tuple[Pointing, ...] = ()
    issues: tuple[Borne, ...] = ()
    extras: Extras = field(default_factory=Extras)

    @property
    def has_codings(self) -> bool:
        return self.base.mentions != 0

    def rows(self, table: Table) -> dict[CodeId, Row]:
        """The rows of one of the tables by code, and those of the researcher's themes by the same attribute."""
        beside = next((other for other in self.themes if other.by == table.by), None)
        return {row.code: row for row in (*table.rows, *(beside.rows if beside else ()))}
