"""The parts a report is written in, before it becomes Word or HTML."""

from __future__ import annotations

from dataclasses import dataclass, field

from cohesion_qda.report.picture import Picture
from cohesion_qda.report.values import Quotation


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a chapter. `anchor` is unique in the report. `starts_page`: on paper it begins a page."""

    level: int
    text: str
    anchor: str
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind` is empty for running text, or: lead, note, definition."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` is the file's, without ending."""

    number: int
    name: str
    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One figure, or two to stand side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first column names the rows, indented by `indents`; columns from `numbers` on are right-aligned.
    A line break in a cell starts a new line.
    """

    number: int
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 1
    indents: tuple[int, ...] = ()
    is_wide: bool = False

    def indent(self, row: int) -> int:
        """How deep the name of a row stands."""
        return self.indents[row] if self.indents else 0


@dataclass(frozen=True, slots=True)
class ThemePart:
    """A theme: what it is, how widely it was said, who proposed it, where it was said more or less, in whose words.
    `origin` and `where` are empty where there is nothing to say.
    """

    heading: Heading
    said: str
    definition: str
    origin: str
    where: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that was found: its words and who said them where, and under it the `notes`. `number` is unique."""

    number: int
    quotation: Quotation
    notes: tuple[str, ...]


Block = Heading | Paragraph | Bullets | Figures | Grid | ThemePart | Cited


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `about` are the lines under the title."""

    title: str
    date: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...] = field(default=())
