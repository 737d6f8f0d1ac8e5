"""The parts a report is written in, before it becomes Word or HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cohesion_qda.base.i18n import _, language
from cohesion_qda.report.picture import Picture
from cohesion_qda.report.values import Quotation

LANGUAGES = {"en": "en-GB", "cy": "cy"}
"""The language of a document for each that the program speaks, as BCP 47 names it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A place in the document that words can point to: its anchor and what it is called there ("Figure 3")."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a chapter. `anchor` is unique in the report. `starts_page`: on paper it begins a page. `lang` is the language of its
    words (BCP 47) where they are not in the document's.
    """

    level: int
    text: str
    anchor: str
    starts_page: bool = False
    lang: str = ""

    def ref(self) -> Ref:
        """What points here."""
        return Ref(self.anchor, self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind` is empty for running text, or: lead, note, definition. `sees` are the figures, tables and chapters it is about, named in
    brackets after it. `lang` as in Heading.
    """

    text: str
    kind: str = ""
    sees: tuple[Ref, ...] = ()
    lang: str = ""


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

    @property
    def anchor(self) -> str:
        return f"figure-{self.number}"

    def ref(self) -> Ref:
        """What points here."""
        return Ref(self.anchor, _("Figure {n}").format(n=self.number))


@dataclass(frozen=True, slots=True)
class Figures:
    """One figure, or two to stand side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first column names the rows, indented by `indents`; columns from `numbers` on are right-aligned.
    A line break in a cell starts a new line. `is_filed`: it is also written as a file of its own.
    """

    number: int
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: int = 1
    indents: tuple[int, ...] = ()
    is_wide: bool = False
    is_filed: bool = True

    @property
    def anchor(self) -> str:
        return f"table-{self.number}"

    def ref(self) -> Ref:
        """What points here."""
        return Ref(self.anchor, _("Table {n}").format(n=self.number))

    def indent(self, row: int) -> int:
        """How deep the name of a row stands."""
        return self.indents[row] if self.indents else 0


@dataclass(frozen=True, slots=True)
class ThemePart:
    """A theme: what it is, how widely it was said, who proposed it, where it was said more or less, in whose words.
    `origin` and `where` are empty where there is nothing to say. `words` are the author's own paragraphs on it.
    """

    heading: Heading
    said: str
    definition: str
    origin: str
    where: str
    quotations: tuple[Quotation, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that was found: its words and who said them where, and under it the `notes`. `number` is unique."""

    number: int
    quotation: Quotation
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contexts:
    """Where the turns around each quotation stand, under a heading of their own. Only the web page has it: there each quotation leads to its
    place in it, and back.
    """

    heading: Heading


Block = Heading | Paragraph | Bullets | Figures | Grid | ThemePart | Cited | Contexts


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `about` are the lines under the title. `language` is that of its words, as BCP 47 names it. `author` is who wrote it,
    or empty.
    """

    title: str
    date: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...] = field(default=())
    language: str = field(default_factory=lambda: LANGUAGES[language()])
    author: str = ""

    def headings(self) -> Iterator[Heading]:
        """Its headings, those of themes among them, in order."""
        for block in self.blocks:
            if isinstance(block, Heading):
                yield block
            elif isinstance(block, ThemePart):
                yield block.heading

    def grids(self) -> Iterator[Grid]:
        """Its tables, in order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def quotations(self) -> Iterator[Quotation]:
        """Its quotations, in order."""
        for block in self.blocks:
            if isinstance(block, ThemePart):
                yield from block.quotations
            elif isinstance(block, Cited):
                yield block.quotation


def anchors(shown: Iterable[Block]) -> Iterator[str]:
    """The places in these blocks that words can point to, in order: headings, figures and tables."""
    for block in shown:
        match block:
            case Heading() | Grid():
                yield block.anchor
            case ThemePart():
                yield block.heading.anchor
            case Figures():
                yield from (figure.anchor for figure in block.figures)


def pointed(shown: Sequence[Block]) -> Iterator[Block]:
    """The blocks, a lead that points to nothing pointing to the figures and tables that stand under it before the next heading."""
    for n, block in enumerate(shown):
        if isinstance(block, Paragraph) and block.kind == "lead" and not block.sees:
            yield replace(block, sees=tuple(_under(shown, n + 1)))
        else:
            yield block


def _under(shown: Sequence[Block], first: int) -> Iterator[Ref]:
    for block in shown[first:]:
        match block:
            case Figures():
                yield from (figure.ref() for figure in block.figures)
            case Grid():
                yield block.ref()
            case Heading() | ThemePart() | Contexts():
                return
