"""Tables of codes by attribute: every count stands beside its denominator."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import CodeId

UNITS = ("mentions", "turns", "words", "participants", "groups")
MORGAN = (
    "mentions",
    "participants",
    "groups",
)  # all mentions, each individual's, each group's (Morgan 1997): always counted
FEWEST = 10  # participants in a column, below which its shares are neither compared in words nor shaded
NO_VALUE = ""  # the column of what has no value for the attribute
QUESTION = "question asked"  # the name under which codes are counted by the question that was asked
SOURCE = "source"  # the name under which transcripts are chosen by their names
OF = {"source": "{name} of sources", "participant": "{name} of people"}  # an attribute of both, told apart


@dataclass(frozen=True, slots=True)
class Count:
    """How often and how widely. `mentions` are codings (overlapping ones of one code by one coder counted once);
    `participants` and `groups` are distinct ones; the moderator is never among them. `turns` are participants' turns that
    a mention touches and `words` what participants say inside mentions, each once: both only where they were asked for.
    """

    mentions: int = 0
    participants: int = 0
    groups: int = 0
    turns: int = 0
    words: int = 0

    def of(self, unit: str) -> int:
        """The count in one of UNITS."""
        return int(getattr(self, unit))


@dataclass(frozen=True, slots=True)
class Column:
    """One value of the attribute. `base` holds the denominators: `participants` who spoke there, `groups` there, and, as `mentions`, all mentions
    there. `value` is NO_VALUE for what has none, and `label` is what to show.
    """

    value: str
    label: str
    base: Count
    sources: int


@dataclass(frozen=True, slots=True)
class Row:
    """One code. `cells` are in the order of the table's columns; `total` is over all of them, nothing counted twice.
    `branch` rows count the code and everything under it.
    """

    code: CodeId
    name: str
    path: str
    depth: int
    cells: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class Table:
    """Codes by the values of `by` (empty: a single column for the whole study). `notes` say what was left out and why."""

    by: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: Count
    sources: int
    branch: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How a code was used: alone, and together with everything under it."""

    own: Count
    branch: Count


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two coders agree on one code (None: on all together) over participants' turns: turns that both coded, only one did,
    neither did. `percent` is 0 to 100; `kappa` is Cohen's, None where only one category occurs.
    """

    code: CodeId | None
    path: str
    both: int
    only_a: int
    only_b: int
    neither: int
    percent: float
    kappa: float | None
