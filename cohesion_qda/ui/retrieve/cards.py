"""Passages as they are shown in lists, whatever they come from: codings, queries, suggestions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.query import FoundPassage
from cohesion_qda.model.quotation import quotation, who_speaks
from cohesion_qda.model.source import Reading
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.project import Project


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
    """A passage in a list. `is_chipped` says whether the code is named on the card, with those it is `also` coded with;
    `extra` is what else is known of it, such as its weight, and `became` what was made of it, which then stands in its
    place. `marks` are the parts of the quote that are brought out, in code points of the quote.
    """

    source: SourceId
    span: Span
    quote: str
    speakers: tuple[str, ...]
    source_name: str
    turn: int
    coder: str = ""
    coding: CodingId | None = None
    code: CodeLook | None = None
    is_chipped: bool = False
    also: tuple[CodeLook, ...] = ()
    extra: str = ""
    became: str = ""
    tone: str = "ok"  # of what was made of it
    marks: tuple[Span, ...] = ()

    @property
    def key(self) -> Hashable:
        """What makes it the same card after reading again."""
        return self.coding, self.source, self.span

    @property
    def speaker(self) -> str:
        """Who speaks, as it is shown: `Amina and Carol`, `Amina and 4 others`; empty where nobody does."""
        return _and(self.speakers)

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
            names = ", ".join(look.name for look in (self.code, *self.also))
            said = _("{said}, coded as {code}").format(said=said, code=names)
        if self.coder:
            said = _("{said}, coded by {coder}").format(said=said, coder=self.coder)
        extra = self.became or self.extra
        return _("{said}, {extra}").format(said=said, extra=extra) if extra else said

    def quotation(self) -> str:
        """The quote with its attribution, for pasting into a document."""
        return quotation(self.quote, self.source_name, self.speakers, self.turn)


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
                passage.speakers,
                passage.source_name,
                passage.turn,
                passage.coder_name if coders else "",
                coding.id,
                looks[coding.code],
                chips,
            )
        )
    return made


def cards_of_found(
    passages: Iterable[FoundPassage], tree: CodeTree, *, chips: bool = False, coders: bool = False
) -> list[Card]:
    """What a query found as cards; with `chips` each names its codes, with `coders` its coder."""
    looks: dict[CodeId, CodeLook] = {}
    made = []
    for passage in passages:
        for code in (passage.code, *passage.also):
            if code not in looks:
                looks[code] = code_look(tree, code)
        made.append(
            Card(
                passage.source,
                passage.span,
                passage.quote,
                passage.speakers,
                passage.source_name,
                passage.turn,
                passage.coder if coders else "",
                passage.coding,
                looks[passage.code],
                chips,
                also=tuple(looks[code] for code in passage.also),
                extra=_extra(passage),
            )
        )
    return made


def _extra(passage: FoundPassage) -> str:
    """The weight of a passage, and whether there is a memo on it."""
    n = len(passage.memos)
    memos = ngettext("{n} memo", "{n} memos", n).format(n=n) if n else ""
    if passage.weight is None:
        return memos
    weight = _("weight {n}").format(n=passage.weight)
    return _("{weight}, {memos}").format(weight=weight, memos=memos) if memos else weight


def cards_of_evidence(project: Project, evidence: Sequence[Evidence]) -> list[Card]:
    """Suggested passages as cards, in the order given. Runs on the project thread."""
    readings: dict[SourceId, Reading] = {}
    made = []
    for item in evidence:
        if item.source not in readings:
            readings[item.source] = project.sources.reading(item.source)
        reading = readings[item.source]
        speakers, turn = who_speaks(reading.turns, reading.speakers, item.span)
        made.append(Card(item.source, item.span, item.span.of(reading.text), speakers, reading.source.name, turn))
    return made


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    if len(names) > 3:
        return _("{first} and {n} others").format(first=names[0], n=len(names) - 1)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
