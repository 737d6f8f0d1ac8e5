"""How often and how widely each code was used: codes by an attribute of sources or participants.

*Mention*: a coding in which a participant speaks (not a moderator or observer), or any coding in a source where nobody
speaks, such as a document. Codings in which only others speak are left out first; then overlapping codings of one code
by one coder in one source count once (touching is not overlapping). For a branch, the codes of the branch are taken as
one code.
*Turns*: distinct turns of participants that share a code point with the mention.
*Words*: the words that begin in what a participant says of a mention, each once for each code; stage notes are no
speech.
*Participants*: distinct cases with the role participant, a turn of whom shares a code point with the mention.
*Groups*: distinct group cases of the sources of kind "focus group"; interviews and documents are not groups.
*Denominators*: the participants who speak in the sources of a column, with their turns and words, the groups of those
sources, and all mentions of all codes there, each code for itself.

By an attribute of sources, a mention stands in the column of its source. By an attribute of participants, it stands in
the column of each participant who speaks in it, once in each and once in the total; participants, groups and
denominators follow: the groups of a column are those in which such a participant said it (or, as a denominator,
speaks). Documents then stand where there is no value.

By the question that was asked, speech is cut where a section begins. A mention stands under each question in whose
section a participant speaks in it (where nobody speaks, in whose section it lies), once under each and once in the
total. The denominators are the participants who speak in the sections of a question, and their groups: who was silent
there is not among them: `silence` counts them.

Two attributes are nested: a column is a pair of values, and holds what stands in both of their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.columns import Columns, columns_of
from cohesion_qda.analysis.grid import Grid, distinct, grid
from cohesion_qda.analysis.tally import Bases, Tally, bases, different, tally
from cohesion_qda.analysis.words import on_line
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CodeId, CoderId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import MORGAN, NO_VALUE, CodeCount, Column, Count, Row, Table

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints
    from cohesion_qda.analysis.words import Words


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, on arrays: rows by columns. `shown` are the columns in which there is something; `foot` is all
    the codes of the rows together (row 0), taken as one code but for mentions, which are of each code for itself.
    `notes` say what was left out and why. `words` are where words begin on the grid's line, where they were asked for.
    """

    grid: Grid
    columns: Columns
    shown: tuple[int, ...]
    rows: Tally
    foot: Tally
    bases: Bases
    notes: tuple[str, ...]
    words: Ints | None

    def different(self, unit: str, columns: Sequence[int]) -> int:
        """How many turns, words, participants or groups there are in some columns together, each once."""
        return different(self.grid, self.columns, unit, columns, self.words)


def count(
    data: StudyData,
    members: Sequence[Sequence[CodeId]],
    by: str | Sequence[str] = "",
    units: Sequence[str] = MORGAN,
    words: Words | None = None,
    coder: CoderId | None = None,
) -> Counted:
    """Rows that each stand for some codes, taken as one, by the values of up to two attributes. `words` are needed for
    the unit of words. Raises NotFound, with the nearest names, for an attribute that is not there, and BadInput for
    what cannot be nested.
    """
    g = grid(data, coder)
    columns = columns_of(data, g, by)
    numbers = _numbered(g, members)
    together = sorted({n for row in numbers for n in row})
    line = on_line(g, words) if words is not None else None
    found = bases(g, columns, units, line)
    rows, foot = tally(g, numbers, columns, units, line), tally(g, [together], columns, units, line)
    single = found.mentions
    foot = Tally(
        {**foot.cells, "mentions": single.cells["mentions"][together].sum(axis=0, keepdims=True)},
        {**foot.totals, "mentions": single.totals["mentions"][together].sum(keepdims=True)},
        single.shared,
    )
    empty = {c for c in range(len(columns)) if not found.sources[c] and not found.columns[c].mentions}
    hideable = range(len(columns)) if len(columns.by) == 2 else [columns.nowhere] if columns.by else []
    shown = tuple(c for c in range(len(columns)) if c not in empty.intersection(hideable))
    notes = tuple(_notes(data, g, set(together), rows.shared, columns))
    return Counted(g, columns, shown, rows, foot, found, notes, line)


def crosstab(
    data: StudyData,
    by: str = "",
    codes: Sequence[CodeId] | None = None,
    branch: bool = False,
    coder: CoderId | None = None,
) -> Table:
    """Codes by the values of `by`, or in a single column for the whole study; the definitions are this module's.

    `codes` are the rows, in their order (None: the whole codebook, in its order). Values are in natural order, what has
    none last and only if something lies there. Raises NotFound, with the nearest names, for an attribute or code that
    is not there.
    """
    shown = [code.id for code in data.codes] if codes is None else [_known(data, code) for code in codes]
    members = [data.codes.branch(code) if branch else [code] for code in shown]
    found = count(data, members, by, coder=coder)
    columns, kept = found.columns, found.shown
    return Table(
        by=columns.by[0] if columns.by else "",
        columns=tuple(
            Column(columns.keys[c][0] if columns.by else NO_VALUE, columns.label(c), found.bases.columns[c], found.bases.sources[c])
            for c in kept
        ),
        rows=tuple(
            Row(code, data.codes[code].name, data.codes.path(code), data.codes.depth(code),
                tuple(found.rows.cell(n, c) for c in kept), found.rows.total(n))
            for n, code in enumerate(shown)
        ),
        base=found.bases.whole,
        sources=len(data.sources),
        branch=branch,
        notes=found.notes,
    )  # fmt: skip


def counts_and_base(data: StudyData, coder: CoderId | None = None) -> tuple[dict[CodeId, CodeCount], Count]:
    """For every code, how often and how widely it was used, alone and with its branch, by one coder or all together;
    and the denominators of the whole study: all mentions of all codes (by that coder, or all), the participants who
    speak, the groups.
    """
    g = grid(data, coder)
    columns = columns_of(data, g, "")
    every = [code.id for code in data.codes]
    own = tally(g, [[n] for n in range(len(every))], columns)
    whole = tally(g, _numbered(g, [data.codes.branch(code) for code in every]), columns)
    found = {code: CodeCount(own.total(n), whole.total(n)) for n, code in enumerate(every)}
    return found, bases(g, columns).whole


def counts(data: StudyData, coder: CoderId | None = None) -> dict[CodeId, CodeCount]:
    """As `counts_and_base`, the codes alone."""
    return counts_and_base(data, coder)[0]


def together(
    data: StudyData, several: Sequence[Sequence[CodeId]], coder: CoderId | None = None
) -> tuple[list[Count], Count]:
    """How often and how widely each of `several` sets of codes was used, a set taken as one code, by one coder or all
    together; and the denominators.
    """
    g = grid(data, coder)
    columns = columns_of(data, g, "")
    found = tally(g, _numbered(g, several), columns)
    return [found.total(n) for n in range(len(several))], bases(g, columns).whole


def base(data: StudyData, coder: CoderId | None = None) -> Count:
    """As `counts_and_base`, the denominators alone."""
    g = grid(data, coder)
    return bases(g, columns_of(data, g, "")).whole


def behind(
    data: StudyData,
    codes: Sequence[CodeId],
    by: str | Sequence[str] = "",
    values: Sequence[str] = (),
    coder: CoderId | None = None,
) -> list[CodingId]:
    """The codings of some codes that were counted, in the column with these values (none: in all), in the order of the
    study's sources and of position, each once. Raises NotFound for an attribute or a value that is not there.
    """
    import numpy as np

    g = grid(data, coder)
    wanted = np.array(_numbered(g, [codes])[0], dtype=np.int64)
    chosen = np.flatnonzero(g.counted & np.isin(g.code, wanted))
    if values:
        columns = columns_of(data, g, by)
        column = _column(columns, tuple(values))
        start, end = g.start[chosen], g.end[chosen]
        owner, where = columns.placed(g, start, end, g.source[chosen], *columns.talk.overlaps(start, end))
        chosen = chosen[distinct(owner[where == column])]
    place: dict[int, int] = {fact.id: n for n, fact in enumerate(data.sources)}
    rank = np.array([place[source] for source in g.source_ids.tolist()], dtype=np.int64)
    order = np.lexsort((g.end[chosen], g.start[chosen], rank[g.source[chosen]]))
    return [CodingId(coding) for coding in dict.fromkeys(g.coding[chosen[order]].tolist())]


def _column(columns: Columns, values: tuple[str, ...]) -> int:
    """The column of some values; -1 where nothing lies without a value."""
    if values in columns.keys:
        return columns.keys.index(values)
    for place, value in enumerate(values):
        known = list(dict.fromkeys(key[place] for key in columns.keys if key[place] != NO_VALUE))
        if value != NO_VALUE and value not in known:
            raise NotFound(_("value"), value, known)
    return -1


def _known(data: StudyData, code: CodeId) -> CodeId:
    if code not in data.codes:
        raise NotFound(_("code"), str(code), [data.codes.path(c.id) for c in data.codes])
    return code


def _numbered(g: Grid, members: Sequence[Sequence[CodeId]]) -> list[list[int]]:
    number = {code: n for n, code in enumerate(g.code_ids)}
    return [[number[code] for code in row] for row in members]


def _notes(data: StudyData, g: Grid, codes: set[int], shared: int, columns: Columns) -> Iterable[str]:
    """What was left out of the count and why, a sentence each."""
    import numpy as np

    yield from columns.notes
    left: Bools = ~g.counted & np.isin(g.code, np.array(sorted(codes), dtype=np.int64))
    n = int(left.sum()) if g.under is None else len(np.setdiff1d(g.coding[left], g.coding[g.counted]))
    if n:
        yield ngettext(
            "{n} coding in which no participant speaks is not counted.",
            "{n} codings in which no participant speaks are not counted.", n,
        ).format(n=n)  # fmt: skip
    talked = {int(g.source_ids[s]) for s in distinct(g.talk.source)}
    spoken = {int(g.source_ids[s]) for s in np.flatnonzero(g.spoken)}
    n = sum(1 for fact in data.sources if fact.kind == "interview" and fact.id in talked)
    if n:
        yield ngettext(
            "{n} interview is counted among participants, not among groups.",
            "{n} interviews are counted among participants, not among groups.", n,
        ).format(n=n)  # fmt: skip
    n = sum(1 for f in data.sources if f.kind not in ("focus group", "interview") and f.id in talked)
    if n:
        yield ngettext(
            "{n} source that is neither a focus group nor an interview is counted among participants, not among groups.",
            "{n} sources that are neither focus groups nor interviews are counted among participants, not among groups.", n,
        ).format(n=n)  # fmt: skip
    n = sum(1 for fact in data.sources if fact.id not in spoken and fact.kind != "focus group")
    if n:
        yield ngettext(
            "In {n} source nobody speaks: its codings are mentions, of no participant and no group.",
            "In {n} sources nobody speaks: their codings are mentions, of no participant and no group.", n,
        ).format(n=n)  # fmt: skip
    if columns.parts is not None:
        yield from _section_notes(data, shared)
    elif shared:
        yield _(
            "A mention in which people of different values speak stands in each of their columns, and once in the total."
        )


def _section_notes(data: StudyData, shared: int) -> Iterable[str]:
    divided = {section[0] for section in data.sections}
    n = sum(1 for fact in data.sources if fact.id not in divided)
    if n:
        yield ngettext(
            "In {n} source no question has been found yet: what is said there stands under no question.",
            "In {n} sources no question has been found yet: what is said there stands under no question.", n,
        ).format(n=n)  # fmt: skip
    if shared:
        yield _("A mention that reaches over several questions stands under each of them, and once in the total.")
