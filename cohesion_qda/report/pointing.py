"""Sets of codes that a report counts as one: what speaks for and against cohesion in each influence, and what bears out each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.model.codebook import AGAINST, FOR, CodeTree
from cohesion_qda.model.frame import Borne
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, Column, Count, Row, Table
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.values import Pointing
from cohesion_qda.report.words import GONE

_FIRST = 1 << 40  # no code, and no theme, has so high a number
WHOLE = ""
"""The name of the influence that stands for all of them together."""


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes counted as one. `row` is its row in the tables, that no code has; `tops` are codes that count with those under them, `codes` all of
    them.
    """

    row: CodeId
    tops: tuple[CodeId, ...]
    codes: tuple[CodeId, ...]


@dataclass(frozen=True, slots=True)
class _Influence:
    name: str
    speaks_for: CodeSet | None
    against: CodeSet | None


class Pointings:
    """The sets of one study: those of its codes that point somewhere, and those of its issues."""

    def __init__(self, codes: CodeTree, borne: Iterable[Borne]) -> None:
        self._numbers = iter(range(_FIRST, 2 * _FIRST))
        self._codes = codes
        self._influences = tuple(self._by_influence())
        self._issues = [(each, made) for each in borne if (made := self._set(each.codes)) is not None]

    @property
    def sets(self) -> tuple[CodeSet, ...]:
        """Every set, each with a row of its own."""
        of_influences = (made for i in self._influences for made in (i.speaks_for, i.against) if made is not None)
        return (*of_influences, *(made for _issue, made in self._issues))

    def counted(self, study: StudyData, numbers: Numbers) -> Numbers:
        """`numbers` with those of the sets."""
        sets = self.sets
        if not sets:
            return numbers
        members = {**numbers.members, **{made.row: made.tops for made in sets}}
        return replace(numbers, sets=_table(study, sets), members=members)

    def directions(self, counted: Table | None) -> tuple[Pointing, ...]:
        """Each influence in the order of the codebook that was spoken of, after everything together; empty where no code points anywhere. `counted` has
        the rows of `sets`.
        """
        said = _counts(counted)

        def of(made: CodeSet | None) -> Count | None:
            return None if made is None else said[made.row]

        found = (Pointing(each.name, of(each.speaks_for), of(each.against)) for each in self._influences)
        return tuple(
            each for each in found if each.name == WHOLE or _is_said(each.speaks_for) or _is_said(each.against)
        )

    def issues(self, counted: Table | None) -> tuple[Borne, ...]:
        """The issues with a mention, the most widely said first: in groups, then by participants, then mentions."""
        said = _counts(counted)
        base = counted.base if counted is not None else Count()
        found = [
            replace(each, said=said[made.row], base=base) for each, made in self._issues if _is_said(said[made.row])
        ]
        return tuple(sorted(found, key=lambda b: (-b.said.groups, -b.said.participants, -b.said.mentions)))

    def _by_influence(self) -> Iterator[_Influence]:
        tree = self._codes
        tops = [code for code in tree if code.direction and code.direction != self._above(code.parent)]
        if not tops:
            return
        yield self._influence(WHOLE, [code.id for code in tops])
        by_parent: dict[CodeId, list[CodeId]] = {}
        for code in tops:
            by_parent.setdefault(code.id if code.parent is None else code.parent, []).append(code.id)
        order = {code.id: n for n, code in enumerate(tree)}
        for above in sorted(by_parent, key=order.__getitem__):
            yield self._influence(tree[above].name, by_parent[above])

    def _influence(self, name: str, codes: Sequence[CodeId]) -> _Influence:
        def pointing(way: str) -> CodeSet | None:
            return self._set([code for code in codes if self._codes[code].direction == way], way)

        return _Influence(name, pointing(FOR), pointing(AGAINST))

    def _set(self, codes: Iterable[CodeId], way: str = "") -> CodeSet | None:
        """The codes with those under them; of a `way`, without those that point elsewhere."""
        tops = tuple(code for code in codes if code in self._codes)
        branches = dict.fromkeys(under for code in tops for under in self._codes.branch(code))
        kept = tuple(code for code in branches if not way or self._codes.direction(code) == way)
        return CodeSet(CodeId(-next(self._numbers)), tops, kept) if kept else None

    def _above(self, parent: CodeId | None) -> str:
        return "" if parent is None else self._codes.direction(parent)


def _table(study: StudyData, sets: Sequence[CodeSet]) -> Table:
    from cohesion_qda.analysis import frequency

    counts, base = frequency.together(study, [made.codes for made in sets])
    rows = (Row(made.row, "", "", 0, (said,), said) for made, said in zip(sets, counts, strict=True))
    n = len(study.sources)
    return Table("", (Column(NO_VALUE, "", base, n),), tuple(rows), base, n, branch=True)


def _counts(counted: Table | None) -> dict[CodeId, Count]:
    return {row.code: row.total for row in counted.rows} if counted is not None else {}


def _is_said(count: Count | None) -> bool:
    """Whether there is a mention, told or hidden."""
    return count is not None and (count.mentions == GONE or count.mentions > 0)
