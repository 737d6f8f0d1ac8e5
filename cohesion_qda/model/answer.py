"""Answers: tables whose every number knows its denominator and what lies behind it, whatever was asked.

One shape for all, so that the page, the figures, the files and the hiding of small numbers are made once. A number that is
hidden is gone from the answer itself (`Cell.is_hidden`, `value` None): nothing made from it can give it away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cohesion_qda.model.asked import Asked
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.text import Span

Key = tuple[str | int, ...]
"""What a cell stands for, in the words of the kind that made it: what its passages are asked by. Plain, so it can be kept."""
Place = tuple[int, int]
"""(number of the line, number of the column) in a part; -1 as the column is the line's total, -1 as the line the part's foot."""
FORMS = ("count", "share", "number", "text")
SCALES = ("nominal", "ordinal", "date")
HOLDS = ("exactly", "together", "each", "apart")
FIGURES = (
    "bars", "dumbbell", "heat map", "network", "curve", "talk", "portrait", "timeline", "intervals", "stacked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is a count, a share (0 to 1), a number, words, or None: not calculable, or hidden. `of` is what a count or share is out of.
    `low` and `high` are its confidence interval, where it has one. `key` is empty where there is nothing to open.

    The rest is for hiding small numbers, and never shown. Two numbers of an answer with one key are the same number. `base` is the key of
    `of`; `made_of` are the keys of what else the value is worked out from. `people` are the participants behind what is
    counted, `base_people` those behind `of` (None: not known; 0: nobody, as in a document).
    """

    value: int | float | str | None = None
    of: int | None = None
    key: Key = ()
    low: float | None = None
    high: float | None = None
    is_hidden: bool = False
    people: int | None = None
    base: Key = ()
    base_people: int | None = None
    made_of: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column. `form` is one of FORMS; `over` what stands over several columns (nested two deep); `of` the denominator of the whole
    column, where it has one, and `unit` what is counted in it (participants, turns …), or empty. A "number" that is no whole
    one is shown with so many decimals (`places`). Of words, `scale` is one of SCALES or unknown, `order` their values in theirs.
    """

    label: str
    form: str = "count"
    over: str = ""
    of: int | None = None
    unit: str = ""
    note: str = ""
    places: int = 2
    scale: str = ""
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A row. `path` is the label in full (a code with those over it); `depth` how far it is indented. `code` where it is a code's.
    One that `is_heading` only stands over those under it: its cells are empty, and it has no key.
    """

    label: str
    cells: tuple[Cell, ...]
    depth: int = 0
    path: str = ""
    code: CodeId | None = None
    key: Key = ()
    note: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """What a reader can work out of the cells at `parts` and the one at `whole` (None: what the first of `parts` is out of). `holds` is one of HOLDS:
    the parts are *exactly* the whole; *together* at least it and each at most it; *each* at most it, and no more is known (a branch and the codes under it);
    or *apart*: all of them at most it. With `is_of` it is so of what the cells are out of.
    """

    parts: tuple[Place, ...]
    whole: Place | None = None
    holds: str = "exactly"
    is_of: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One table of an answer, from its left upper corner, and the figures (of FIGURES) that show it, the best first. Small numbers are
    hidden in the columns of form "count" whose `unit` is counted in people or groups, and in shares of those. `sums` are all relations between counts.
    `headline` says in a sentence what the figure shows; `subtitle` is measure, group, place and period. `key` names the part for code and files.

    Where one of `numbers`, which `subtitle` tells, is hidden, `plain` stands instead of it; and where anything is, those of `notes` go that are
    `telling`: other notes tell nothing of what is counted in the part. A part that `names_people` is not for publication. One that `is_chosen`
    lists lines by the first number in them: those whose number is hidden are not listed.
    """

    key: str
    title: str
    corner: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    foot: Line | None = None
    figures: tuple[str, ...] = ()
    headline: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    plain: str = ""
    numbers: tuple[Cell, ...] = ()
    telling: tuple[str, ...] = ()
    names_people: bool = False
    is_chosen: bool = False

    def cell(self, place: Place) -> Cell:
        """The cell at a place."""
        line = self.foot if place[0] == -1 else self.lines[place[0]]
        assert line is not None
        return line.cells[place[1]]

    def places(self) -> Iterator[Place]:
        """Where there are cells, line by line, the foot last."""
        for n, line in enumerate(self.lines):
            yield from ((n, m) for m in range(len(line.cells)))
        if self.foot is not None:
            yield from ((-1, m) for m in range(len(self.foot.cells)))


@dataclass(frozen=True, slots=True)
class Made:
    """Where an answer comes from: the study's title, when (ISO 8601) and by which version it was counted, what was counted
    and with which filters, a sentence each; `left_out` are sources that were not counted, each with why.
    """

    study: str
    at: str
    version: str
    counted: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    threshold: int = 0  # numbers from 1 to below it were hidden; 0: none


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to what was asked: one table or several (`parts`), what to know of all of them (`notes`), where it comes from."""

    asked: Asked
    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    made: Made = Made("", "", "")

    def part(self, key: str) -> Part:
        """The part with that key. Raises KeyError where there is none."""
        return {part.key: part for part in self.parts}[key]


Behind = list[CodingId] | list[tuple[SourceId, Span]]
"""What a kind gives as lying behind a number: codings, or places in sources (turns, say)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage behind a number, as it is listed: a coding, or a place that is not coded (`coding` and `coder` empty)."""

    source: SourceId
    span: Span
    source_name: str
    quote: str
    speakers: tuple[str, ...]
    turn: int
    passage: Passage | None = None
