"""Attributes: what is known about sources and participants, and how a value is read as a number or a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cohesion_qda.model.text import comparable, natural

ABOUT = ("source", "participant")
ATTRIBUTE_TYPES = ("category", "number", "date", "text")
LONG = 60  # code points; a value that is longer is text rather than a category
MANY = 30  # different values beyond which a column in which they hardly repeat is text
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_CONTINENTAL = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})([T ]\d{1,2}:\d{2}(?::\d{2})?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december")  # fmt: skip
_CENTURY = 69  # two digits from here on are of the last century


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as it is kept. `is_doubtful`: it cannot be read as its type, and was kept as it was written."""

    value: str
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute: its name and one of ATTRIBUTE_TYPES; `is_guessed` until somebody has said the type."""

    name: str
    type: str
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of the grid: a source (`id` is a SourceId) or a participant (a CaseId) with its values by attribute.

    `where` is the group a participant sat in, or the sources they speak in where these are several or there is no
    group; of a source, empty. `sources` are the names of the sources a participant speaks in, under so many `labels`.
    `role` is empty for sources, `kind` for participants.
    """

    id: int
    name: str
    where: str = ""
    sources: tuple[str, ...] = ()
    kind: str = ""
    role: str = ""
    labels: int = 0
    turns: int = 0
    words: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """Everything known about the sources or the participants of a study, whichever `about` says."""

    about: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Subject, ...] = ()

    def column(self, name: str) -> Column | None:
        """The attribute of that very name, or else of one that is written like it (`comparable`)."""
        alike = [column for column in self.columns if comparable(column.name) == comparable(name)]
        return next((column for column in alike if column.name == name), alike[0] if alike else None)


@dataclass(frozen=True, slots=True)
class AttributeSheet:
    """Values read from a sheet. Keys are names as written there: a source's, or a source's and a participant's; where
    the sheet gives people without a source, that is empty. `types` gives one of ATTRIBUTE_TYPES for each column, guessed
    unless it `is_reviewed`: a person has seen it.
    """

    of_sources: Mapping[str, Mapping[str, str]]
    of_participants: Mapping[tuple[str, str], Mapping[str, str]]
    types: Mapping[str, str] = field(default_factory=dict)
    is_reviewed: bool = False

    def renamed(self, names: Mapping[tuple[str, str], tuple[str, str]]) -> AttributeSheet:
        """The sheet with other names: (source, "") for a source, with all that is said of its people, and
        (source, label) for one person. Where two names become one, the values already there stay.
        """
        of_sources: dict[str, dict[str, str]] = {}
        for source, values in self.of_sources.items():
            known = of_sources.setdefault(names.get((source, ""), (source, ""))[0], {})
            known.update({name: value for name, value in values.items() if name not in known})
        of_participants: dict[tuple[str, str], dict[str, str]] = {}
        for (source, label), values in self.of_participants.items():
            moved = names.get((source, ""), (source, ""))[0]
            known = of_participants.setdefault(names.get((source, label), (moved, label)), {})
            known.update({name: value for name, value in values.items() if name not in known})
        return replace(self, of_sources=of_sources, of_participants=of_participants)

    def as_typed(self) -> AttributeSheet:
        """The sheet with every value as its column's type has it."""

        def kept(values: Mapping[str, str]) -> dict[str, str]:
            return {title: as_type(self.types.get(title, ""), value).value for title, value in values.items()}

        return replace(
            self,
            of_sources={source: kept(values) for source, values in self.of_sources.items()},
            of_participants={person: kept(values) for person, values in self.of_participants.items()},
        )


def as_type(kind: str, text: str) -> Typed:
    """`text` as a value of one of ATTRIBUTE_TYPES: numbers without thousands' marks and with a point, dates as ISO
    dates (day first where they are written with strokes); what cannot be read is kept and doubtful. Idempotent.
    """
    text = text.strip()
    if not text or kind not in ("number", "date"):
        return Typed(text)
    read = _number(text) if kind == "number" else _date(text)
    return Typed(text, is_doubtful=True) if read is None else Typed(read)


def guess_type(values: Iterable[str]) -> str:
    """The type that all of `values` have: number, date, text when they are long or all different, else category.

    Numbers that begin with a nought (telephones, references) are categories. Blank values say nothing.
    """
    known = [value.strip() for value in values if value.strip()]
    if not known:
        return "category"
    if all(_number(value) is not None and not re.match(r"[+-]?0\d", value) for value in known):
        return "number"
    if all(_date(value) is not None and not _PLAIN.fullmatch(value) for value in known):
        return "date"
    different = len(set(known))
    is_long = sum(map(len, known)) > LONG * len(known) or any("\n" in value for value in known)
    return "text" if is_long or (different > MANY and different > 0.8 * len(known)) else "category"


def sort_key(kind: str, value: str) -> tuple[int, float, tuple[object, ...]]:
    """What values of a type are sorted by: numbers by size, what is doubtful after them, blanks last."""
    if not value:
        return 3, 0.0, ()
    typed = as_type(kind, value)
    if kind == "number" and not typed.is_doubtful:
        return 0, float(typed.value), ()
    return (2 if typed.is_doubtful else 1), 0.0, natural(typed.value)


def _number(text: str) -> str | None:
    plain = text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
    if not plain.isascii():
        return None
    if _PLAIN.fullmatch(plain):
        return plain
    if _THOUSANDS.fullmatch(plain):
        return plain.replace(",", "").replace(" ", "")
    if _CONTINENTAL.fullmatch(plain):
        return plain.replace(".", "").replace(",", ".")
    return None


def _date(text: str) -> str | None:
    if not text.isascii():
        return None
    if re.fullmatch(r"[12]\d{3}", text):
        return text
    if found := _ISO.fullmatch(text):
        year, month, day, time = found.groups()
        whole = _day(year, month, day or "1")
        return None if whole is None else whole[:7] if day is None else whole + (time or "")
    if found := _DAY_FIRST.fullmatch(text):
        day, _mark, month, year = found.groups()
        century = "" if len(year) == 4 else "19" if int(year) >= _CENTURY else "20"
        return _day(century + year, month, day)
    if found := _WRITTEN.fullmatch(" ".join(text.lower().split())):
        day, month, year = found.groups()
        if month in (*_MONTHS, *_FULL, "sept"):
            return _day(year, str(_MONTHS.index(month[:3]) + 1), day)
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
