"""Study frames: what a study can be started from. Codes, ready retrievals, dates and steps, worksheets, and what can be done about an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, language
from cohesion_qda.model.codebook import CodeDraft
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Count

CHOICE, TEXT, DATE, PASSAGES = "choice", "text", "date", "passages"
FIELD_KINDS = (CHOICE, TEXT, DATE, PASSAGES)
"""How a field of a worksheet is filled in: with one of its choices, words, a day (ISO 8601), passages of sources."""
SHEET_KINDS = ("checklist", "review", "mapping")
ITEM_KINDS = ("question", "action")
ABOUT_WHAT = ("study", "source", "either")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in English, and in Welsh where there is one."""

    en: str = ""
    cy: str = ""

    def of(self, tongue: str) -> str:
        """In that language; in English where there is no other."""
        return (self.cy if tongue == "cy" else "") or self.en

    @property
    def said(self) -> str:
        """In the language of the program."""
        return self.of(language())


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a field, the best first. One that `is_apart` (“not applicable”) is in no share."""

    key: str
    name: Words
    help: Words = Words()
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """What is filled in for an item: `kind` is one of FIELD_KINDS."""

    key: str
    name: Words
    kind: str = TEXT
    choices: tuple[Choice, ...] = ()

    def choice(self, key: str) -> Choice | None:
        """The choice of that key."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True, slots=True)
class Item:
    """A question to answer, or an action to check. `key` is unique in the sheet; `fields` are keys, empty: those of its section."""

    key: str
    question: Words
    help: Words = Words()
    where: str = ""
    kind: str = "question"
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet. `fields` are keys, empty: all of the sheet."""

    key: str
    name: Words
    help: Words = Words()
    where: str = ""
    fields: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checklist, a guided review or a mapping exercise to be filled in. `about_what` is what it can be held against, one of ABOUT_WHAT;
    `tally` the key of the choice that its result counts; `where` its page or section in the frame's document.
    """

    key: str
    name: Words
    about: Words
    where: str
    kind: str
    about_what: str
    tally: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]

    def items(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in order."""
        return ((section, item) for section in self.sections for item in section.items)

    def item(self, key: str) -> Item:
        """The item of that key. Raises NotFound."""
        return _keyed((item for _section, item in self.items()), key, _("question"))

    def fields_of(self, item: Item) -> tuple[Field, ...]:
        """What is filled in for an item, in the sheet's order."""
        section = next(section for section in self.sections if item in section.items)
        keys = item.fields or section.fields
        return tuple(field for field in self.fields if not keys or field.key in keys)


@dataclass(frozen=True, slots=True)
class Point:
    """Words of a frame's document, told anew, with the page or section that they come from."""

    text: Words
    where: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done. `guidance` names what to read about it."""

    key: str
    name: Words
    where: str = ""
    guidance: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A thing that may stand in the way. `codes` are the paths of codes of the frame that bear it out when they are used; `actions` what can be done,
    in the document's order; `evidence` what is known about it; `pitfalls` what to beware of.
    """

    key: str
    name: Words
    where: str
    codes: tuple[str, ...]
    actions: tuple[Action, ...]
    evidence: tuple[Point, ...] = ()
    pitfalls: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Borne:
    """An issue of the frame with that key, with the codes of the study that bear it out, and how widely what they stand for was `said`, of `base`."""

    frame: str
    issue: Issue
    codes: tuple[CodeId, ...]
    said: Count = field(default_factory=Count)
    base: Count = field(default_factory=Count)


@dataclass(frozen=True, slots=True)
class AreaType:
    """A kind of area: `average` is the share in percent, averaged over its `areas`, of those who think that people from different backgrounds get on
    well there.
    """

    key: str
    name: Words
    average: str
    areas: int
    is_lower: bool
    where: str


@dataclass(frozen=True, slots=True)
class ReadyTerm:
    """A code of a ready retrieval, by its path, and how it is joined to what stands before it (see `model.query`)."""

    code: str
    joiner: str = "or"
    turns: int = 1


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """A retrieval that a frame brings, and what it is for."""

    name: Words
    about: Words
    terms: tuple[ReadyTerm, ...]
    where: str = ""


@dataclass(frozen=True, slots=True)
class ReadyEntry:
    """A key date or next step that a frame brings; the fields of `model.plan.PlanEntry`."""

    kind: str
    name: str
    at: str = ""
    due: str = ""
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadyAttribute:
    """An attribute of `about` (source or participant) that a frame asks for; `values` are those that its document knows."""

    about: str
    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a study can be started from. `document` is the title of the paper it follows, `by` whose, `year` its year. The definition of each code
    ends with the page or section it comes from. `for_all` are actions that fit most issues; `all_areas` is the average over all
    `area_types`. `template` is the key of a kind of report.
    """

    key: str
    name: Words
    about: Words
    document: str
    by: str
    year: str
    codes: tuple[CodeDraft, ...] = ()
    queries: tuple[ReadyQuery, ...] = ()
    plan: tuple[ReadyEntry, ...] = ()
    attributes: tuple[ReadyAttribute, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    issues: tuple[Issue, ...] = ()
    for_all: tuple[Action, ...] = ()
    pitfalls: tuple[Point, ...] = ()
    area_types: tuple[AreaType, ...] = ()
    all_areas: AreaType | None = None
    template: str = ""

    def sheet(self, key: str) -> Sheet:
        """The sheet of that key. Raises NotFound."""
        return _keyed(self.sheets, key, _("worksheet"))

    def issue(self, key: str) -> Issue:
        """The issue of that key. Raises NotFound."""
        return _keyed(self.issues, key, _("issue"))

    def area_type(self, key: str) -> AreaType:
        """The kind of area of that key. Raises NotFound."""
        return _keyed(self.area_types, key, _("area type"))


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Known = TypeVar("Known", bound=_Keyed)


def _keyed(known: Iterable[Known], key: str, what: str) -> Known:
    by_key = {each.key: each for each in known}
    if key not in by_key:
        raise NotFound(what, key, list(by_key))
    return by_key[key]
