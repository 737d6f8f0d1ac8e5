"""Other evidence: figures from elsewhere, what they bear on, and how many people of an area there are of each kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import AttributeId, CodeId, IndicatorId, ReferenceId
from cohesion_qda.model.text import comparable

AGREES, IN_PART, DIFFERS = "agrees", "in part", "differs"
READINGS = ("", AGREES, IN_PART, DIFFERS)
"""How a figure stands to what people say; empty until the researcher has said it."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """That a figure bears on what is said with a code: how it stands to that (one of READINGS), and what the researcher notes of it."""

    code: CodeId
    reading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure from elsewhere: `value` is a number in plain form (`76.4`) where it is one, else words, and `unit` what it is counted in (`%`).
    `place` and `period` say of where and when it is, `source` who says so. `position` is its place among all.
    """

    id: IndicatorId
    name: str
    place: str = ""
    period: str = ""
    value: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    position: int = 0
    bears: tuple[Bearing, ...] = ()

    @property
    def said(self) -> str:
        """The value with its unit: `76%`, `12 per 1,000`."""
        return with_unit(self.value, self.unit)

    @property
    def where_and_when(self) -> str:
        """`Dewsbury, 2019`; either may be missing."""
        return ", ".join(words for words in (self.place, self.period) if words)


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """A figure as a sheet gives it. `codes` are the names or paths of codes that it bears on there, `reading` how it stands to them."""

    name: str
    place: str = ""
    period: str = ""
    value: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    codes: tuple[str, ...] = ()
    reading: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorSheet:
    """The figures of a sheet; `passed_over` are the numbers of its rows that name something and give no figure for it."""

    drafts: tuple[IndicatorDraft, ...]
    passed_over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """How many people of the area have a value of an attribute (of participants or of sources, as `about` says). `number` is a whole number, or a
    share of all people with a percent sign (`23.4%`).
    """

    id: ReferenceId
    attribute: AttributeId
    about: str
    name: str
    value: str
    number: str
    period: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceDraft:
    """A reference figure as a sheet gives it; `attribute` is empty where the sheet does not say of which."""

    attribute: str
    value: str
    number: str
    period: str = ""
    source: str = ""


def readings() -> dict[str, str]:
    """The readings in words."""
    return {"": _("not judged yet"), AGREES: _("agrees"), IN_PART: _("agrees in part"), DIFFERS: _("differs")}


def reading_of(words: str) -> str | None:
    """The reading that is meant, in the words of the program or however it is likely to be put; None where that cannot be told."""
    written = comparable(words)
    others = {"": "", "?": "", "-": "", "agree": AGREES, "agrees": AGREES, "yes": AGREES, "in part": IN_PART, "partly": IN_PART, "agrees in part": IN_PART,
              "differ": DIFFERS, "differs": DIFFERS, "no": DIFFERS, "disagrees": DIFFERS}  # fmt: skip
    return (others | {comparable(said): key for key, said in readings().items()}).get(written)


def with_unit(value: str, unit: str) -> str:
    """A value with its unit as it is written."""
    if not value or not unit:
        return value
    return f"{value}{unit}" if unit == "%" else _("{n} {unit}").format(n=value, unit=unit)


_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")


def number_in(value: str) -> float | None:
    """The number that a value is, where it is one as it is kept."""
    return float(value) if _PLAIN.match(value) else None
