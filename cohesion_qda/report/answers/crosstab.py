"""Crosstabs: codes by the values of one attribute or of two, the second within the first, in any unit, with what
everything is out of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.analysis.silence import Silence, silence
from cohesion_qda.analysis.tally import Tally
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.table import FEWEST, NO_VALUE, QUESTION
from cohesion_qda.report.answers import rows as tables
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.differences import TESTABLE, Row, tests_part
from cohesion_qda.report.answers.material import Material
from cohesion_qda.report.answers.rows import ALL, Rows
from cohesion_qda.report.drawn import reading

SMALL = 20  # people or groups in a column, below which a difference is said to be of few


def answer(material: Material, asked: Asked) -> Answer:
    """Part `counts`: codes by columns, and all columns together last. By the question that was asked, a part `silence`;
    with the option `test`, a part `tests`. Raises NotFound for what is not there, BadInput for what cannot be nested or
    tested.
    """
    said.at_most(asked, 2)
    rows = tables.counted(material, asked, asked.by, tuple(dict.fromkeys((asked.unit, "participants"))))
    table = _Counts(rows)
    parts = [table.part()]
    found = silence(rows.data, material.data, rows.counted)
    if found:
        parts.append(_silence(rows, found))
    if asked.option("test"):
        parts.append(_tests(table))
    return Answer(
        replace(asked, by=rows.counted.columns.by), table.title, tuple(parts), (*tables.notes(rows), *_cautions(rows)),
        said.made(material, asked, rows.looked_at, tuple(tables.told(asked, (asked.unit,)))),
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings of a cell: (code, value, …), without values the total, and ALL for the foot."""
    if part != "counts" or not key:
        return []
    return tables.codings_behind(material, asked, int(key[0]), asked.by, [str(value) for value in key[1:]])


@dataclass(frozen=True, slots=True)
class _Counts:
    """The table of counts. Where there are shares, each stands beside its count."""

    rows: Rows

    @property
    def title(self) -> str:
        """What the table is."""
        by = self.rows.counted.columns.by
        if not by:
            return _("Codes in the whole study")
        if len(by) == 1:
            return _("Codes by {attribute}").format(attribute=by[0])
        return _("Codes by {attribute}, and within it by {second}").format(attribute=by[0], second=by[1])

    @property
    def width(self) -> int:
        """Columns of a value: its counts, and beside them shares."""
        return 2 if self.rows.asked.share else 1

    @property
    def shown(self) -> tuple[int, ...]:
        """The columns, and -1 for all of them together, where there is more than one thing to put together."""
        return (*self.rows.counted.shown, -1) if self.rows.counted.columns.by else self.rows.counted.shown

    def base(self, column: int) -> int:
        """What the counts of a column are out of."""
        bases = self.rows.counted.bases
        return (bases.whole if column == -1 else bases.columns[column]).of(self.rows.asked.unit)

    def values(self, column: int) -> tuple[str, ...]:
        """What a column stands for; nothing for all of them together."""
        columns = self.rows.counted.columns
        return columns.keys[column] if column != -1 and columns.by else ()

    def key(self, code: int, column: int) -> Key:
        """The key of a count."""
        return (code, *self.values(column))

    def base_key(self, column: int) -> Key:
        """The key of what the counts of a column are out of: by the question that was asked, those who spoke to it."""
        counted, unit, values = self.rows.counted, self.rows.asked.unit, self.values(column)
        foot = counted.foot.totals[unit][0] if not values else counted.foot.cells[unit][0, column]
        is_spoken = unit == "participants" and counted.columns.parts is not None and values
        own = ("spoke", *values) if is_spoken else said.base_key(unit, values)
        return tables.base_key(unit, int(foot), self.base(column), (ALL, *values), own)

    def part(self) -> Part:
        """The table."""
        rows, unit, whole = self.rows, self.rows.asked.unit, self.rows.counted.bases.whole
        lines = tuple(rows.line(n, tuple(cells)) for n, cells in enumerate(self._rows(rows.counted.rows, rows.codes)))
        foot = next(self._rows(rows.counted.foot, [ALL]))
        return Part(
            "counts", self.title, _("Code"), tuple(self._heads()), lines,
            Line(_("Any of these codes"), tuple(foot), key=(ALL,)), figures=self._figures(), headline=_headline(rows),
            subtitle=said.subtitle(rows.asked, said.measure(unit), rows.data, whole), sums=tuple(self._sums()),
            plain=said.subtitle(rows.asked, said.measure(unit), rows.data), numbers=said.numbers(whole),
        )  # fmt: skip

    def _heads(self) -> Iterator[Head]:
        unit, columns = self.rows.asked.unit, self.rows.counted.columns
        for c in self.shown:
            is_total = c == -1
            labels = () if is_total else columns.labels(c)
            label = _("All") if is_total else labels[-1] if labels else columns.label(c)
            over = labels[0] if len(labels) == 2 else ""
            note = "total" if is_total else ""
            yield Head(label, "count", over, self.base(c), unit, note)
            if self.rows.asked.share:
                yield Head(_("{column} (%)").format(column=label), "share", over, None, unit, note)

    def _rows(self, found: Tally, codes: Sequence[int]) -> Iterator[Iterator[Cell]]:
        """The cells of each row."""
        unit = self.rows.asked.unit
        counts, people = (found.cells[u].tolist() for u in (unit, "participants"))
        totals, persons = (found.totals[u].tolist() for u in (unit, "participants"))
        bases = {c: (self.base(c), self.base_key(c), self._people(c)) for c in (*self.shown, -1)}
        for n, code in enumerate(codes):
            yield self._cells(code, [*counts[n], totals[n]], [*people[n], persons[n]], bases)

    def _people(self, column: int) -> int:
        bases = self.rows.counted.bases
        return (bases.whole if column == -1 else bases.columns[column]).participants

    def _cells(
        self, code: int, counts: Sequence[int], people: Sequence[int], bases: Mapping[int, tuple[int, Key, int]]
    ) -> Iterator[Cell]:
        """A row: its counts, and the people behind them, by column and at last of all; `bases` are what columns are out of."""
        share = self.rows.asked.share
        row = counts[-1], (code,), people[-1]
        for c in self.shown:
            at = c if self.values(c) else -1
            of, base, base_people = bases[c]
            cell = Cell(counts[at], of, self.key(code, c), people=people[at], base=base, base_people=base_people)
            yield cell
            if share:
                yield tables.share(cell, *{"row": row, "column": bases[c], "total": bases[-1]}[share])

    def _sums(self) -> Iterator[Sum]:
        """Lines over their columns, nested columns over theirs, and columns over their lines."""
        unit, counted = self.rows.asked.unit, self.rows.counted
        at = {c: n * self.width for n, c in enumerate(self.shown)}
        parts = [at[c] for c in counted.shown]
        if -1 in at and parts:
            holds = "exactly" if self._is_parted(unit) else "together"
            for n in [*self.rows.numbered, -1]:
                yield Sum(tuple((n, c) for c in parts), (n, at[-1]), holds)
            holds = "exactly" if sum(self.base(c) for c in counted.shown) == self.base(-1) else "together"
            yield Sum(tuple((-1, c) for c in parts), (-1, at[-1]), holds, is_of=True)
        for column in at.values():
            yield from tables.down(self.rows, column, unit)

    def _is_parted(self, unit: str) -> bool:
        """Whether nothing stands in two columns, so that every line adds up to its total."""
        counted = self.rows.counted
        if unit == "mentions":
            return not counted.rows.shared and not counted.foot.shared
        return sum(self.base(c) for c in counted.shown) == counted.different(unit, counted.shown)

    def _figures(self) -> tuple[str, ...]:
        n = len(self.rows.counted.shown)
        if n == 1:
            return ("bars",)
        return ("dumbbell", "heat map", "bars") if n == 2 else ("heat map", "bars")


def _headline(rows: Rows) -> str:
    """Which code differs most between two columns that each have people enough to say so, and by what numbers."""
    unit, counted = rows.asked.unit, rows.counted
    of = {c: base.of(unit) for c in counted.shown if (base := counted.bases.columns[c]).of(unit)}
    columns = [
        c for c in of
        if counted.bases.columns[c].participants >= FEWEST and NO_VALUE not in counted.columns.keys[c]
    ]  # fmt: skip
    if len(columns) < 2 or not rows.numbered or QUESTION in counted.columns.by:  # to a question belongs what answers it
        return ""
    cells = counted.rows.cells[unit].tolist()

    def ends(n: int) -> tuple[float, int, int]:
        ranked = sorted(columns, key=lambda c: cells[n][c] / of[c])
        low, high = ranked[0], ranked[-1]
        return round(cells[n][high] / of[high] - cells[n][low] / of[low], 9), high, low

    found = {n: ends(n) for n in rows.numbered}
    most = max(apart for apart, _high, _low in found.values())
    if not most:
        return _("No code differs between the columns.")
    tied = [(n, high, low) for n, (apart, high, low) in found.items() if apart == most]

    def said(n: int, c: int) -> str:
        return reading.counted_of(unit, cells[n][c], of[c])

    told = [
        _("“{code}” ({more} in {high}, {fewer} in {low})").format(
            code=rows.line(n, ()).label, high=", ".join(counted.columns.labels(high)), more=said(n, high),
            low=", ".join(counted.columns.labels(low)), fewer=said(n, low),
        )
        for n, high, low in tied[: tables.NAMED]
    ]  # fmt: skip
    return _("Differs most: {differences}.").format(differences="; ".join(told))


def _cautions(rows: Rows) -> Iterator[str]:
    """The caution that differences between columns need."""
    unit = rows.asked.unit
    columns = [rows.counted.bases.columns[c].of(unit) for c in rows.counted.shown]
    if len(columns) < 2:
        return
    yield _(
        "The people who came were invited, not drawn by lot: a difference between columns describes them, and nobody else."
    )
    if unit in ("participants", "groups") and any(0 < n < SMALL for n in columns):
        yield _("Some columns are of few: one person or one group more would change their share by much.")


# -- silence and tests ---------------------------------------------------------------------------------------------------


def _silence(rows: Rows, found: Sequence[Silence]) -> Part:
    """For each question those who were there, those who spoke to it, and those who were silent."""
    columns = rows.counted.columns
    labels = {columns.keys[c]: ", ".join(columns.labels(c)) for c in rows.counted.shown}
    heads = (
        Head(_("There when it was asked"), unit="participants"),
        Head(_("Spoke to it"), unit="participants"),
        Head(_("Silent"), unit="participants", note=_("Never spoke to this question: that is not disagreeing.")),
    )
    lines = tuple(
        Line(labels[one.values], (
            Cell(one.asked, None, ("asked", *one.values)),
            Cell(one.asked - one.silent, one.asked, ("spoke", *one.values), base=("asked", *one.values)),
            Cell(one.silent, one.asked, ("silent", *one.values), base=("asked", *one.values)),
        ), key=one.values)
        for one in found
    )  # fmt: skip
    return Part(
        "silence", _("Who was silent"), _("Question"), heads, lines,
        subtitle=said.subtitle(rows.asked, _("Participants who were there, and never spoke to a question"), rows.data),
        notes=(_("Who never spoke to a question neither agreed nor disagreed: they are in no count of that column, nor in what it is out of."), said.who_was_there()),
        sums=tuple(_silent_sums(found)),
    )  # fmt: skip


def _silent_sums(found: Sequence[Silence]) -> Iterator[Sum]:
    """Who spoke and who was silent are those who were there: the same people, where as many were there at another question."""
    first: dict[int, int] = {}
    for n, one in enumerate(found):
        yield Sum(((n, 1), (n, 2)), (n, 0))
        if first.setdefault(one.asked, n) != n:
            yield Sum(((n, 0),), (first[one.asked], 0))


def _tests(table: _Counts) -> Part:
    rows, counted, unit = table.rows, table.rows.counted, table.rows.asked.unit
    columns = [c for c in counted.shown if NO_VALUE not in counted.columns.keys[c]]
    cells = counted.rows.cells[unit].tolist()
    lines = {n: rows.line(n, ()) for n in rows.numbered}
    bases = [table.base_key(c) for c in columns]
    return tests_part(
        rows.asked,
        [(", ".join(counted.columns.labels(c)) or counted.columns.label(c), counted.bases.columns[c].of(unit)) for c in columns],
        [
            Row(
                code, lines[n].label, lines[n].path, lines[n].depth, [cells[n][c] for c in columns],
                (*bases, *(table.key(code, c) for c in columns)),
            )
            for n, code in ((n, rows.codes[n]) for n in rows.numbered)
        ],
        counted.different(unit, columns) if unit in TESTABLE else 0,
    )  # fmt: skip
