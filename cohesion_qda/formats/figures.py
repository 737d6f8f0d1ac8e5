"""Figures as sheets write them: percent signs, decimal commas, marks for what is not told, years; and titles of columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from cohesion_qda.formats.grid import Grid
from cohesion_qda.model.attribute import as_type
from cohesion_qda.model.text import comparable

PLACE = (
    "place", "area", "area name", "place name", "location", "district", "ward", "ward name", "local authority",
    "local authority name", "local authority district", "authority", "council", "borough", "town", "city", "village", "neighbourhood",
    "geography", "geography name", "region", "county", "country", "lle", "ardal", "awdurdod lleol", "tref", "sir",
)  # fmt: skip
PERIOD = (
    "period",
    "year",
    "date",
    "wave",
    "time",
    "time period",
    "when",
    "quarter",
    "month",
    "years",
    "cyfnod",
    "blwyddyn",
    "dyddiad",
)
SOURCE = (
    "source", "sources", "data source", "source of data", "dataset", "data set", "survey", "publication", "published by", "publisher",
    "origin", "reference", "url", "link", "ffynhonnell",
)  # fmt: skip
PERCENT = (
    "percent",
    "per cent",
    "percentage",
    "%",
    "pct",
    "share",
    "proportion",
    "canran",
    "percent of people",
    "% of people",
)
_NOT_TOLD = frozenset({"", "-", "–", "—", "..", "...", "…", ":", "*", ".", "x", "n/a", "na", "nil", "c", "[c]", "[x]", "[z]", "[w]", "[low]",
                       "not available", "suppressed", "missing"})  # fmt: skip
_PERCENT_SIGN = re.compile(r"\s*(?:%|per ?cent\b|pct\b)\.?\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+,\d{1,2}|0,\d+|\d{4,},\d+|\d{1,3}(?:\.\d{3})+,\d+)\Z")
_DECIMAL_POINT = re.compile(r"[+-]?(?:\d+\.\d{1,2}|0\.\d+|\d{4,}\.\d+|\d{1,3}(?:,\d{3})+\.\d+)\Z")
_LESS_THAN_ONE = re.compile(r"[+-]?0,\d+\Z")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d+)?\Z")
_COMMA = re.compile(r"([+-]?\d+),(\d+)\Z")


def folded(title: str) -> str:
    """A title as it is looked up: without case, underscores, or what stands in brackets at its end."""
    return _IN_BRACKETS.sub("", comparable(title).replace("_", " ")).strip(" :.")


def column(grid: Grid, names: Sequence[str], but: Collection[int | None] = ()) -> int | None:
    """The place of the column that is called by the first of `names` that is there."""
    titles = [folded(title) for title in grid.header]
    return next((at for name in names for at, title in enumerate(titles) if title == name and at not in but), None)


def unit_in(title: str) -> str:
    """The unit that a title tells: `%` of `Value (%)` or `Percent`, `per 1,000` of `Rate (per 1,000)`."""
    if folded(title) in PERCENT or "%" in title:
        return "%"
    found = _IN_BRACKETS.search(title)
    inner = "" if found is None else found[1].strip()
    return unit(inner) if inner and not _YEAR.search(inner) else ""


def unit(written: str) -> str:
    """A unit as it is kept: percent however it is written is `%`."""
    return "%" if comparable(written) in (*PERCENT, "percentages", "% of respondents", "% of adults") else written


def has_decimal_comma(values: Iterable[str]) -> bool:
    """Whether a comma parts the whole from the decimals in a column: some value can be read in no other way, and none has a decimal point."""
    plain = [_PERCENT_SIGN.sub("", value.strip()) for value in values]
    return any(map(_DECIMAL_COMMA.match, plain)) and not any(map(_DECIMAL_POINT.match, plain))


def figure(written: str, *, decimal_comma: bool = False) -> tuple[str, str]:
    """A value as it is kept, and the unit that is written with it: `("76.4", "%")` of `76,4 %`. Words stay words; empty for a mark that says
    that it is not told.
    """
    text = written.strip()
    if comparable(text) in _NOT_TOLD:
        return "", ""
    bare = _PERCENT_SIGN.sub("", text)
    if decimal_comma or _LESS_THAN_ONE.match(bare):
        bare = _with_point(bare)
    read = as_type("number", bare)
    if read.is_doubtful:
        return text, ""
    return _short(read.value), "%" if bare != text and _PERCENT_SIGN.search(text) else ""


def hundredfold(value: str) -> str:
    """A share of one as a percentage: `76.4` of `0.764`."""
    return _short(format(float(value) * 100, ".12g"))


def are_shares_of_one(values: Iterable[str]) -> bool:
    """Whether percentages were kept as shares of one, as spreadsheets do with cells shown as percentages."""
    numbers = [float(value) for value in values if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", value)]
    return any(0 < n < 1 for n in numbers) and all(0 <= n <= 1 for n in numbers)


def is_number(written: str) -> bool:
    """Whether something is a figure rather than words."""
    value, _unit = figure(written)
    return bool(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", value))


def is_period(title: str) -> bool:
    """Whether a title is a year, or names one."""
    return _YEAR.search(title) is not None


def _with_point(number: str) -> str:
    """A number with a decimal comma as one with a decimal point, and without marks between thousands."""
    bare = re.sub(r"[. \u00a0\u202f]", "", number) if _THOUSANDS.match(number) else number
    return _COMMA.sub(r"\1.\2", bare)


def _short(number: str) -> str:
    """A number without a plus sign and without noughts at its end that a spreadsheet's reckoning left: `76.4` of `76.4000000001`."""
    value = number.lstrip("+")
    if "." not in value:
        return value
    whole, _point, decimals = value.partition(".")
    if len(decimals) > 6:
        return format(round(float(value), 4), "f").rstrip("0").rstrip(".")
    return f"{whole}.{decimals}"
