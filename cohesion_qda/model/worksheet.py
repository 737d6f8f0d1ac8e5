"""Worksheets: a checklist, guided review or mapping exercise of a study frame, as far as it is filled in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.frame import CHOICE, PASSAGES, Field, Item, Section, Sheet
from cohesion_qda.model.ids import SegmentId, SourceId, WorksheetId
from cohesion_qda.model.place import Place

WHOLE_STUDY, ONE_SOURCE = "study", "source"
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """`frame` and `sheet` are keys. It is filled in for one `source`, or, where that is None, for the whole study. `values` are what was answered
    by (key of the item, key of the field): the key of a choice, words, or a day; `passages` what is linked to each item, in the order it was.
    """

    id: WorksheetId
    frame: str
    sheet: str
    name: str
    source: SourceId | None = None
    source_name: str = ""
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passages: Mapping[str, tuple[SegmentId, ...]] = field(default_factory=dict)

    def value(self, item: Item, of: Field) -> str:
        """What was answered, or empty."""
        return self.values.get((item.key, of.key), "")

    def linked(self, item: Item) -> tuple[SegmentId, ...]:
        """The passages that an item is answered from."""
        return self.passages.get(item.key, ())


@dataclass(frozen=True, slots=True)
class Filled:
    """A worksheet with the sheet it follows, and where the passages stand that are linked to it, in the order of the sources and the text."""

    worksheet: Worksheet
    form: Sheet
    places: Mapping[SegmentId, Place] = field(default_factory=dict)

    def is_answered(self, item: Item) -> bool:
        """Whether one of its choices is made; of an item without choices, whether anything stands there."""
        fields = self.form.fields_of(item)
        asked = [each for each in fields if each.kind == CHOICE] or [each for each in fields if each.kind != PASSAGES]
        if not asked:
            return bool(self.worksheet.linked(item))
        return any(self.worksheet.value(item, each) for each in asked)

    def progress(self) -> tuple[int, int]:
        """How many items are answered, of how many."""
        items = [item for _section, item in self.form.items()]
        return sum(map(self.is_answered, items)), len(items)

    def standing(self, item: Item) -> tuple[Place, ...]:
        """The passages of an item that still have their text, in the order of the sources and the text."""
        wanted = set(self.worksheet.linked(item))
        return tuple(place for id_, place in self.places.items() if id_ in wanted and not place.is_lost)

    def tally(self) -> Tally | None:
        """What was answered, counted; None where no item has the choice that the sheet counts."""
        counted = next((each for each in self.form.fields if each.key == self.form.tally), None)
        if counted is None:
            return None
        rows = []
        for section in self.form.sections:
            items = [item for item in section.items if counted in self.form.fields_of(item)]
            if items:
                said = [self.worksheet.value(item, counted) for item in items]
                rows.append(TallyRow(section, tuple(said.count(choice.key) for choice in counted.choices), len(items)))
        return Tally(counted, tuple(rows)) if rows else None


@dataclass(frozen=True, slots=True)
class TallyRow:
    """How many questions of a section were answered with each choice, in their order, of how many (`asked`)."""

    section: Section
    counts: tuple[int, ...]
    asked: int

    @property
    def is_open(self) -> int:
        """How many are not answered yet."""
        return self.asked - sum(self.counts)


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a worksheet: the answers to `field`, section by section."""

    field: Field
    rows: tuple[TallyRow, ...]

    @property
    def total(self) -> tuple[int, ...]:
        """The counts of all sections."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True)))

    @property
    def asked(self) -> int:
        return sum(row.asked for row in self.rows)

    @property
    def answered(self) -> int:
        return sum(self.total)


def is_day(words: str) -> bool:
    """Whether it is a day, a month or a year as ISO 8601: 2020-01-30, 2020-01, 2020."""
    if not _DAY.fullmatch(words):
        return False
    try:
        return bool(datetime.date.fromisoformat(words + "0000-01-01"[len(words) :]))
    except ValueError:
        return False
