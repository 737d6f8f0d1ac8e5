"""Frequencies: how often and how widely each code was said. Morgan's three counts - all mentions of a code, each
individual who mentions it, each group in which it is - stand beside the unit that is asked for (David L. Morgan, "Focus
Groups as Qualitative Research", 2nd edition, Sage 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import MORGAN, Count
from cohesion_qda.report.answers import rows as tables
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material
from cohesion_qda.report.answers.rows import ALL, Rows
from cohesion_qda.report.drawn import reading

ORDERS = ("count", "codebook")


def answer(material: Material, asked: Asked) -> Answer:
    """Part `codes`: codes by units, the asked one first; the most said first, or (option `order`) as in the codebook.
    The option `question` is the code of a research question: only what is under it. Raises NotFound for what is not
    there, BadInput for attributes (a crosstab has them) and for a share of the row, which would be everything.
    """
    _check(asked)
    units = (asked.unit, *(unit for unit in MORGAN if unit != asked.unit))
    rows = tables.counted(material, asked, (), units)
    return Answer(
        asked, _title(rows), (_codes(rows, units),), tuple(tables.notes(rows)),
        said.made(material, asked, rows.looked_at, tuple(tables.told(asked, units))),
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings of a line, or of all lines."""
    return tables.codings_behind(material, asked, int(key[0]), (), ()) if key else []


def _check(asked: Asked) -> None:
    if asked.by:
        raise BadInput(_("Frequencies are of the whole study."), _("Ask for a crosstab to compare by an attribute."))
    if asked.share == "row":
        raise BadInput(
            _("A list of frequencies has one column of counts: its share of the row would always be everything."),
            _("Ask for the share of the column: of all who speak."),
        )
    if asked.option("order", "count") not in ORDERS:
        raise BadInput(_("There is no such order: {name}.").format(name=asked.option("order")), ", ".join(ORDERS))


def _title(rows: Rows) -> str:
    question = rows.asked.option("question")
    if question is None:
        return _("How often and how widely")
    return _("Themes of “{question}”").format(question=rows.data.codes[CodeId(question)].name)


def _codes(rows: Rows, units: Sequence[str]) -> Part:
    base, asked = rows.counted.bases.whole, rows.asked
    heads = tuple(_heads(base, units, bool(asked.share)))
    totals = [rows.counted.rows.total(n) for n in range(len(rows.codes))]
    foot = rows.counted.foot.total(0)
    of = {u: tables.base_key(u, foot.of(u), base.of(u), (ALL, u), said.base_key(u)) for u in units}
    lines = [rows.line(n, tuple(_cells(count, base, of, asked, rows.codes[n]))) for n, count in enumerate(totals)]
    kept = _ordered(rows, units, totals)
    columns = [(c, head.unit) for c, head in enumerate(heads) if head.form == "count"]
    return Part(
        "codes", _title(rows), _("Code"), heads, tuple(_flat(lines[n], asked) for n in kept),
        Line(_("Any of these codes"), tuple(_cells(foot, base, of, asked, ALL)), key=(ALL,)),
        figures=("bars",), headline=_headline(rows, totals, base, kept),
        subtitle=said.subtitle(asked, said.measure(asked.unit), rows.data, base),
        plain=said.subtitle(asked, said.measure(asked.unit), rows.data), numbers=said.numbers(base),
        sums=tuple(_moved(one, kept) for column, unit in columns for one in tables.down(rows, column, unit)),
    )  # fmt: skip


def _heads(base: Count, units: Sequence[str], with_share: bool) -> Iterator[Head]:
    for n, unit in enumerate(units):
        yield Head(said.unit_name(unit), "count", of=base.of(unit), unit=unit)
        if with_share and n == 0:
            yield Head(_("Share (%)"), "share", of=base.of(unit), unit=unit)


def _cells(count: Count, base: Count, of: Mapping[str, Key], asked: Asked, code: int) -> Iterator[Cell]:
    """The counts of a line; `of` are the units, with the keys of what they are out of."""
    for unit, key in of.items():
        cell = Cell(
            count.of(unit),
            base.of(unit),
            (code, unit),
            people=count.participants,
            base=key,
            base_people=base.participants,
        )
        yield cell
        if asked.share and unit == asked.unit:
            yield tables.share(cell, base.of(unit), key, base.participants)


def _ordered(rows: Rows, units: Sequence[str], totals: Sequence[Count]) -> list[int]:
    """The rows in the order of the lines."""
    if rows.asked.option("order", "count") == "codebook":
        return list(range(len(rows.codes)))
    return sorted(rows.numbered, key=lambda n: [-totals[n].of(unit) for unit in units])


def _flat(line: Line, asked: Asked) -> Line:
    """A line among those of other branches: nothing to be indented under."""
    if asked.option("order", "count") == "codebook":
        return line
    return replace(line, depth=0)


def _moved(one: Sum, kept: Sequence[int]) -> Sum:
    """A sum over rows as one over lines."""
    at = {-1: -1, **{row: n for n, row in enumerate(kept)}}  # headings have no sums
    whole = None if one.whole is None else (at[one.whole[0]], one.whole[1])
    return replace(one, parts=tuple((at[n], c) for n, c in one.parts), whole=whole)


def _headline(rows: Rows, totals: Sequence[Count], base: Count, kept: Sequence[int]) -> str:
    """Which code is said most, and how often; codes that are said as often are named with it."""
    unit, numbered = rows.asked.unit, [n for n in kept if rows.codes[n] not in rows.headings]
    most = max((totals[n].of(unit) for n in numbered), default=0)
    if not most:
        return _("Nothing has been said of these codes yet.")
    said = reading.counted(unit, most) if unit == "mentions" else reading.counted_of(unit, most, base.of(unit))
    codes = tables.quoted([rows.line(n, ()).label for n in numbered if totals[n].of(unit) == most])
    return {
        "mentions": _("Mentioned most ({said}): {codes}."), "turns": _("In the most turns ({said}): {codes}."),
        "words": _("With the most words ({said}): {codes}."), "participants": _("Said by the most people ({said}): {codes}."),
        "groups": _("Said in the most groups ({said}): {codes}."),
    }[unit].format(said=said, codes=codes)  # fmt: skip
