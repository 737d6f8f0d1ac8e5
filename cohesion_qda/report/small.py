"""Hiding small numbers of people in a findings report, in all its tables at once.

Small are numbers of participants from 1 to below the threshold, and numbers of mentions that are as small or that so few
participants stand behind; denominators as well. Which further numbers go, so that nobody can work those out, is decided by
`analysis.suppression` over everything that the report's tables tell together: a code is one number wherever it stands, values of an attribute
add up, a code is at least each code under it. 0 is told.

In how many groups of the whole study something was said is told: a group is an occasion and no person, and “in 3 of 12 groups” picks nobody
out. In the columns of an attribute a number of groups goes with the people beside it, who are at least as many; and where each person spoke in another
group, so that the groups would tell the people, the people of the whole study are hidden as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cohesion_qda.analysis.suppression import Rule, hidden
from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Agreement, Column, Count, Row, Table
from cohesion_qda.report.hiding import said
from cohesion_qda.report.values import CoderPair
from cohesion_qda.report.words import GONE

UNITS = ("participants", "mentions")
_BASE = "base"
Node = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number of people that a report is made from. `overview` and `crosstabs` count branches; `engagement` are tables without
    rows. `others` is anything under `tops`, the codes without a question; `direct` what is coded to each question itself. `themes` are tables as
    overview and crosstabs, of sets of codes taken as one: `members` gives the codes of each of their rows, which count with those under them.
    `sets` are further rows of that kind, of the whole study alone. `at_most` says what else tells how many people there can be: no more than so many of a row, by an attribute, with a value of it.
    """

    overview: Table
    crosstabs: tuple[Table, ...]
    engagement: tuple[Table, ...]
    others: Count
    tops: tuple[CodeId, ...]
    direct: Mapping[CodeId, Count]
    agreement: tuple[CoderPair, ...]
    themes: tuple[Table, ...] = ()
    members: Mapping[CodeId, Sequence[CodeId]] = field(default_factory=dict)
    at_most: tuple[tuple[CodeId, str, str, int], ...] = ()
    sets: Table | None = None


def notes(threshold: int) -> tuple[str, ...]:
    """What is said of hidden numbers wherever the report says how it was counted."""
    if not threshold:
        return ()
    return (
        said(threshold),
        _("In how many groups of the whole study something was said is not hidden: a group is no person."),
    )


def without_small(numbers: Numbers, codes: CodeTree, threshold: int) -> Numbers:
    """`numbers` with GONE for those of 1 to below `threshold` (0: as they are), and for those that give them away."""
    if not threshold:
        return numbers
    found = _Told(numbers, codes, threshold)
    return found.without(hidden(found.values, found.small, found.holding(), threshold, found.dear, is_thorough=True))


@dataclass(slots=True)
class _Told:
    """Each number once, which of them are small, and what a reader knows of them together."""

    numbers: Numbers
    codes: CodeTree
    threshold: int
    values: dict[Node, int] = field(default_factory=dict)
    small: set[Node] = field(default_factory=set)
    dear: set[Node] = field(default_factory=set)
    rules: dict[Rule[Node], None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = self.numbers
        self._count((_BASE,), told.overview.base, is_dear=True)
        of_sets = [table for table in (*told.themes[:1], told.sets) if table is not None]
        for row in (*told.overview.rows, *(row for table in of_sets for row in table.rows)):
            self._count((row.code,), row.total, (_BASE,), is_dear=True)
            if 0 < row.total.participants == row.total.groups:
                self.small.add(("participants", row.code))
        for question, count in told.direct.items():
            self._count(("direct", question), count, (_BASE,))
        if told.tops:
            self._count(("others",), told.others, (_BASE,))
        self._under(())
        self._members(())
        for table in (*told.crosstabs, *told.engagement, *told.themes[1:]):
            self._table(table)
        for code, by, value, most in told.at_most:
            node = ("participants", "by", by, value, code)
            if node in self.values:
                self.rules[Rule((node,), (), None, most)] = None
        for n, pair in enumerate(told.agreement):
            self._pair(n, pair)

    def holding(self) -> list[Rule[Node]]:
        """The rules that are true of the numbers."""
        return [rule for rule in self.rules if self._holds(rule)]

    # -- taking in ---------------------------------------------------------------------------------------------------

    def _count(self, place: Node, count: Count, base: Node | None = None, is_dear: bool = False) -> None:
        """A count of people and mentions; `base` is what it is out of."""
        for unit in UNITS:
            self._value(
                (unit, *place), count.of(unit), self._is_small(count.of(unit)) or self._is_small(count.participants)
            )
            if is_dear:
                self.dear.add((unit, *place))
            if base is not None:
                self._at_most((unit, *place), (unit, *base))

    def _value(self, node: Node, value: int, is_small: bool) -> None:
        self.values[node] = value
        if is_small and value:
            self.small.add(node)

    def _is_small(self, n: int) -> bool:
        return 0 < n < self.threshold

    def _table(self, table: Table) -> None:
        places = [("by", table.by, column.value) for column in table.columns]
        for place, column in zip(places, table.columns, strict=True):
            self._count((*place, _BASE), column.base, (_BASE,), is_dear=True)
            few = self._is_small(column.base.participants) and column.sources > column.base.groups
            self._value(("sources", *place), column.sources, few)
        self.rules[Rule(tuple(("sources", *place) for place in places), (), table.sources, table.sources)] = None
        self._across(places, _BASE)
        for row in table.rows:
            for place, cell in zip(places, row.cells, strict=True):
                self._count((*place, row.code), cell, (*place, _BASE))
            self._across(places, row.code)
        if table.rows:
            for place in places:
                if table.rows[0].code in self.numbers.members:
                    self._members(place)
                else:
                    self._under(place)

    def _across(self, places: Sequence[Node], what: Hashable) -> None:
        """The values of an attribute and the whole study."""
        for unit in UNITS:
            self._add_up([(unit, *place, what) for place in places], (unit, what))

    def _under(self, place: Node) -> None:
        """Codes and what they stand under, in one column (empty: the whole study); what is coded to a question itself stands beside its themes."""
        tree = self.codes
        over = {code.id: [child.id for child in tree.children(code.id)] for code in tree}
        for unit in UNITS:
            for code, children in over.items():
                parts: list[Node] = [(unit, *place, child) for child in children]
                if not place and code in self.numbers.direct:
                    parts.append((unit, "direct", code))
                self._add_up(parts, (unit, *place, code), is_apart=unit == "mentions")
            if not place and self.numbers.tops:
                self._add_up([(unit, code) for code in self.numbers.tops], (unit, "others"))
        tops: list[Node] = [("mentions", *place, code.id) for code in tree.children()]
        self._add_up(tops, ("mentions", *place, _BASE), is_apart=True)

    def _members(self, place: Node) -> None:
        """Themes and the codes that each is made of, in one column; a theme whose codes are all in another is a part of that as well."""
        sets = {theme: set(codes) for theme, codes in self.numbers.members.items()}
        for unit in UNITS:
            for theme, codes in self.numbers.members.items():
                whole: Node = (unit, *place, theme)
                self._add_up([(unit, *place, code) for code in codes], whole, is_apart=unit == "mentions")
                for other, fewer in sets.items():
                    if other != theme and fewer < sets[theme]:
                        rest: list[Node] = [(unit, *place, code) for code in codes if code not in fewer]
                        self._add_up([(unit, *place, other), *rest], whole)

    def _pair(self, n: int, pair: CoderPair) -> None:
        """Two coders: the decisions of all codes together are those of each."""
        of_code = {row.code: row.total.participants for row in self.numbers.overview.rows}
        for name in ("both", "only_a", "only_b"):
            for row in pair.rows:
                few = row.code is not None and self._is_small(of_code.get(row.code, 0))
                value = getattr(row, name)
                self._value(("pair", n, name, row.code), value, few or self._is_small(value))
            self._add_up([("pair", n, name, row.code) for row in pair.rows[1:]], ("pair", n, name, None), is_apart=True)

    def _add_up(self, parts: Sequence[Node], whole: Node, is_apart: bool = False) -> None:
        """What may be known of parts and a whole: each is at most it, and together they are it where they add up, or at
        least it; `is_apart` parts are at most it.
        """
        known = [part for part in parts if part in self.values]
        if not known or whole not in self.values:
            return
        for part in known:
            self._at_most(part, whole)
        together = sum(self.values[part] for part in known) - self.values[whole]
        if together >= 0:
            self.rules[Rule(tuple(known), (whole,), 0, None if together else 0)] = None
        elif is_apart:
            self.rules[Rule(tuple(known), (whole,), None, 0)] = None

    def _at_most(self, part: Node, whole: Node) -> None:
        self.rules[Rule((part,), (whole,), None, 0)] = None

    def _holds(self, rule: Rule[Node]) -> bool:
        together = sum(self.values[n] for n in rule.plus) - sum(self.values[n] for n in rule.minus)
        return (rule.low is None or together >= rule.low) and (rule.high is None or together <= rule.high)

    # -- giving back -------------------------------------------------------------------------------------------------

    def without(self, gone: set[Node]) -> Numbers:
        """The numbers with GONE for those that are hidden."""
        told = self.numbers
        return Numbers(
            self._table_without(told.overview, gone),
            tuple(self._table_without(table, gone) for table in told.crosstabs),
            tuple(self._table_without(table, gone) for table in told.engagement),
            _without(told.others, ("others",), gone),
            told.tops,
            {question: _without(count, ("direct", question), gone) for question, count in told.direct.items()},
            tuple(_pair_without(pair, n, gone) for n, pair in enumerate(told.agreement)),
            tuple(self._table_without(table, gone) for table in told.themes),
            told.members,
            told.at_most,
            None if told.sets is None else self._table_without(told.sets, gone),
        )

    def _table_without(self, table: Table, gone: set[Node]) -> Table:
        places: list[Node] = [("by", table.by, column.value) for column in table.columns] if table.by else [()]

        def column_of(column: Column, place: Node) -> Column:
            sources = GONE if ("sources", *place) in gone else column.sources
            return replace(column, base=_without(column.base, (*place, _BASE), gone), sources=sources)

        def row_of(row: Row) -> Row:
            cells = (_without(c, (*p, row.code), gone) for c, p in zip(row.cells, places, strict=True))
            return replace(row, cells=tuple(cells), total=_without(row.total, (row.code,), gone))

        return replace(
            table,
            columns=tuple(column_of(c, p) for c, p in zip(table.columns, places, strict=True)),
            rows=tuple(row_of(row) for row in table.rows),
            base=_without(table.base, (_BASE,), gone),
        )


def _without(count: Count, place: Node, gone: set[Node]) -> Count:
    hides = {unit: GONE for unit in UNITS if (unit, *place) in gone}
    if "participants" in hides and place[0] == "by":
        hides["groups"] = GONE
    return replace(count, **hides)


def _pair_without(pair: CoderPair, n: int, gone: set[Node]) -> CoderPair:
    """What is worked out from a hidden number goes with it."""

    def row_of(row: Agreement) -> Agreement:
        both, only_a, only_b = (
            GONE if ("pair", n, name, row.code) in gone else getattr(row, name) for name in ("both", "only_a", "only_b")
        )
        if GONE not in (both, only_a, only_b):
            return row
        return replace(row, both=both, only_a=only_a, only_b=only_b, neither=GONE, kappa=None)

    return replace(pair, rows=tuple(row_of(row) for row in pair.rows))
