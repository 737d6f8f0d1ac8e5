"""Passages as they are shown in lists, whatever they come from: codings, found words, suggestions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.project.sources import SearchHit

AROUND = 60  # characters around a found word, when there are so many
ORDERS = ("source", "speaker", "plain")


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a code is shown: its name, the shape of its question, its colour and its whole path."""

    id: CodeId
    name: str
    shape: str
    colour: str
    path: str


@dataclass(frozen=True, slots=True)
class Card:
    """A passage in a list. `bold` is the part of `quote` that was looked for, in code points of the quote;
    `is_chipped` says whether the code is named on the card.
    """

    source: SourceId
    span: Span
    quote: str
    speaker: str
    source_name: str
    turn: int
    coder: str = ""
    coding: CodingId | None = None
    code: CodeLook | None = None
    is_chipped: bool = False
    bold: Span | None = None

    @property
    def key(self) -> Hashable:
        """What makes it the same card after reading again."""
        return self.coding if self.coding is not None else (self.source, self.span)

    @property
    def place(self) -> str:
        """`Dewsbury women, turn 13`."""
        if not self.turn:
            return self.source_name
        return _("{source}, turn {turn}").format(source=self.source_name, turn=self.turn)

    def told(self) -> str:
        """The card in one sentence, for screen readers."""
        said = _("“{quote}”, {speaker}, {place}").format(
            quote=self.quote, speaker=self.speaker or _("no speaker"), place=self.place
        )
        if self.code is not None and self.is_chipped:
            return _("{said}, coded as {code}").format(said=said, code=self.code.name)
        return said

    def quotation(self) -> str:
        """The quote with its attribution, for pasting into a document."""
        if self.speaker:
            return _("“{quote}” ({speaker}, {place})").format(quote=self.quote, speaker=self.speaker, place=self.place)
        return _("“{quote}” ({place})").format(quote=self.quote, place=self.place)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between cards: what those under it have in common, and how many they are."""

    title: str
    cards: int

    @property
    def count(self) -> str:
        return ngettext("{n} passage", "{n} passages", self.cards).format(n=self.cards)


def code_look(tree: CodeTree, code: CodeId) -> CodeLook:
    """How `code` is shown."""
    found = tree[code]
    return CodeLook(code, found.name, tree.shape(code), found.colour, tree.path(code))


def cards_of_passages(
    passages: Iterable[Passage], tree: CodeTree, *, chips: bool = False, coders: bool = False
) -> list[Card]:
    """Codings as cards; with `chips` each names its code, with `coders` its coder."""
    looks: dict[CodeId, CodeLook] = {}
    made = []
    for passage in passages:
        coding = passage.coding
        if coding.code not in looks:
            looks[coding.code] = code_look(tree, coding.code)
        made.append(
            Card(
                coding.source,
                coding.span,
                passage.quote,
                _and(passage.speakers),
                passage.source_name,
                passage.turn,
                passage.coder_name if coders else "",
                coding.id,
                looks[coding.code],
                chips,
            )
        )
    return made


def cards_of_hits(hits: Iterable[SearchHit]) -> list[Card]:
    """Found words as cards: the words in bold between those around them."""
    made = []
    for hit in hits:
        before, after = hit.before.lstrip(), hit.after.rstrip()
        lead = tail = ""
        if hit.span.start > len(hit.before):
            lead, before = "… ", before.partition(" ")[2]
        if len(hit.after) >= AROUND:
            tail, after = " …", after.rpartition(" ")[0]
        start = len(lead) + len(before)
        quote = f"{lead}{before}{hit.hit}{after}{tail}"
        bold = Span(start, start + len(hit.hit))
        made.append(Card(hit.source, hit.span, quote, hit.speaker, hit.source_name, hit.turn, bold=bold))
    return made


def cards_of_evidence(project: Project, evidence: Sequence[Evidence]) -> list[Card]:
    """Suggested passages as cards, in the order given. Runs on the project thread."""
    readings: dict[SourceId, Reading] = {}
    made = []
    for item in evidence:
        if item.source not in readings:
            readings[item.source] = project.sources.reading(item.source)
        reading = readings[item.source]
        speakers, turn = who_speaks(reading, item.span)
        made.append(Card(item.source, item.span, item.span.of(reading.text), _and(speakers), reading.source.name, turn))
    return made


def who_speaks(reading: Reading, span: Span) -> tuple[list[str], int]:
    """The names of those who speak in `span`, in order, and the number of the first turn it touches (0: nobody)."""
    starts = [turn.span.start for turn in reading.turns]
    touched = []
    for turn in reading.turns[max(0, bisect_right(starts, span.start) - 1) :]:
        if turn.span.start >= span.end:
            break
        if turn.span.overlaps(span):
            touched.append(turn)
    names = dict.fromkeys(reading.speakers[turn.speaker].case_name for turn in touched)
    return list(names), touched[0].number if touched else 0


def arranged(cards: Sequence[Card], order: str, *, headings: bool = True) -> list[Card | Heading]:
    """The cards in one of ORDERS, with a heading over each source or speaker; `plain` leaves them as they are."""
    if order == "plain":
        return list(cards)
    title: Callable[[Card], str]
    if order == "speaker":
        title = _speaker_title
        cards = sorted(cards, key=lambda c: (not c.speaker, c.speaker.casefold(), c.source_name, c.span))
    else:
        title = _source_title
        cards = sorted(cards, key=lambda c: (c.source_name.casefold(), c.source, c.span))
    if not headings:
        return list(cards)
    sizes = Counter(map(title, cards))
    rows: list[Card | Heading] = []
    last = None
    for card in cards:
        if title(card) != last:
            last = title(card)
            rows.append(Heading(last, sizes[last]))
        rows.append(card)
    return rows


def _source_title(card: Card) -> str:
    return card.source_name


def _speaker_title(card: Card) -> str:
    if not card.speaker:
        return _("Nobody speaks")
    return _("{speaker}, {source}").format(speaker=card.speaker, source=card.source_name)


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    if len(names) > 3:
        return _("{first} and {n} others").format(first=names[0], n=len(names) - 1)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
