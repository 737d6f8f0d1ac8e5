"""How often and how widely each code was used: codes by an attribute of sources or participants.

*Mention*: a coding in which a participant speaks (not a moderator or observer), or any coding in a source where nobody
speaks, such as a document. Codings in which only others speak are left out first; then overlapping codings of one
code by one coder in one source count once (touching is not overlapping). For a branch, the codes of the branch are
taken as one code.
*Participants*: distinct cases with the role participant, a turn of whom shares a code point with the mention.
*Groups*: distinct group cases of the sources of kind "focus group"; interviews and documents are not groups.
*Denominators*: the participants who speak in the sources of a column, the groups of those sources, and all mentions of
all codes there, each code for itself.

By an attribute of sources, a mention stands in the column of its source. By an attribute of participants, it stands in
the column of each participant who speaks in it, once in each and once in the total; participants, groups and
denominators follow: the groups of a column are those in which such a participant said it (or, as a denominator, speaks).
Documents then stand where there is no value.

By the question that was asked, speech is cut where a section begins. A mention stands under each question in whose
section a participant speaks in it (where nobody speaks, in whose section it lies), once under each and once in the total.
The denominators are the participants who speak in the sections of a question, and their groups: who was silent there
is not among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.analysis.columns import Columns, columns_of
from cohesion_qda.analysis.grid import Grid, count_distinct, distinct, grid, merge, ranges
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CodeId, CoderId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, CodeCount, Column, Count, Row, Table

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools, Ints


@dataclass(frozen=True, slots=True)
class _Tally:
    """Counts in three arrays (mentions, participants, groups): by row and column, and by row."""

    cells: tuple[Ints, Ints, Ints]
    totals: tuple[Ints, Ints, Ints]
    shared: int  # mentions that stand in more than one column


def crosstab(
    data: StudyData,
    by: str = "",
    codes: Sequence[CodeId] | None = None,
    branch: bool = False,
    coder: CoderId | None = None,
) -> Table:
    """Codes by the values of `by`, or in a single column for the whole study; the definitions are this module's.

    `codes` are the rows, in their order (None: the whole codebook, in its order). Values are in natural order, what has
    none last and only if something lies there. Raises NotFound, with the nearest names, for an attribute or code that is
    not there.
    """
    shown = [code.id for code in data.codes] if codes is None else [_known(data, code) for code in codes]
    g = grid(data, coder)
    columns = columns_of(data, g, by)
    members = [data.codes.branch(code) if branch else [code] for code in shown]
    tally = _tally(g, _numbered(g, members), columns)
    whole = _tally(g, [[n] for n in range(len(g.code_ids))], columns)
    bases, base = _bases(g, columns, whole)
    n_sources = _source_counts(g, columns)
    kept = [
        c for c, value in enumerate(columns.values)
        if c != columns.nowhere or n_sources[c] or bases[c].mentions or columns.by == ""
    ]  # fmt: skip
    return Table(
        by=columns.by,
        columns=tuple(
            Column(columns.values[c], columns.label(c), bases[c], n_sources[c]) for c in kept
        ),
        rows=tuple(_row(data, tally, n, code, kept) for n, code in enumerate(shown)),
        base=base,
        sources=len(data.sources),
        branch=branch,
        notes=tuple(_notes(data, g, {n for row in _numbered(g, members) for n in row}, tally.shared, columns)),
    )  # fmt: skip


def tally(data: StudyData, coder: CoderId | None = None) -> tuple[dict[CodeId, CodeCount], Count]:
    """For every code, how often and how widely it was used, alone and with its branch, by one coder or all together; and the
    denominators of the whole study: all mentions of all codes (by that coder, or all), the participants who speak, the groups.
    """
    g = grid(data, coder)
    columns = columns_of(data, g, "")
    every = [code.id for code in data.codes]
    own = _tally(g, [[n] for n in range(len(every))], columns)
    whole = _tally(g, _numbered(g, [data.codes.branch(code) for code in every]), columns)
    found = {code: CodeCount(_count(own.totals, n), _count(whole.totals, n)) for n, code in enumerate(every)}
    return found, _bases(g, columns, own)[1]


def counts(data: StudyData, coder: CoderId | None = None) -> dict[CodeId, CodeCount]:
    """As `tally`, the codes alone."""
    return tally(data, coder)[0]


def together(
    data: StudyData, several: Sequence[Sequence[CodeId]], coder: CoderId | None = None
) -> tuple[list[Count], Count]:
    """How often and how widely each of `several` sets of codes was used, a set taken as one code, by one coder or all
    together; and the denominators.
    """
    g = grid(data, coder)
    columns = columns_of(data, g, "")
    found = _tally(g, _numbered(g, several), columns)
    whole = _tally(g, [[n] for n in range(len(g.code_ids))], columns)
    return [_count(found.totals, n) for n in range(len(several))], _bases(g, columns, whole)[1]


def base(data: StudyData, coder: CoderId | None = None) -> Count:
    """As `tally`, the denominators alone."""
    return tally(data, coder)[1]


def evidence(
    data: StudyData,
    code: CodeId,
    by: str = "",
    value: str = NO_VALUE,
    branch: bool = False,
    coder: CoderId | None = None,
) -> list[CodingId]:
    """The codings behind a cell of `crosstab` (`by` empty: behind the row's total), each one that was counted, in the order
    of the study's sources and of position. Raises NotFound for an attribute, a value or a code that is not there.
    """
    import numpy as np

    g = grid(data, coder)
    columns = columns_of(data, g, by)
    if value not in columns.values and value != NO_VALUE:
        raise NotFound(_("value"), value, [v for v in columns.values if v])
    wanted = np.array(_numbered(g, [data.codes.branch(_known(data, code)) if branch else [_known(data, code)]])[0])
    chosen = np.flatnonzero(g.counted & np.isin(g.code, wanted))
    if columns.by:
        column = columns.values.index(value)
        start, end = g.start[chosen], g.end[chosen]
        owner, where = columns.placed(g, start, end, g.source[chosen], *columns.talk.overlaps(start, end))
        chosen = chosen[distinct(owner[where == column])]
    place: dict[int, int] = {fact.id: n for n, fact in enumerate(data.sources)}
    rank = np.array([place[source] for source in g.source_ids.tolist()], dtype=np.int64)
    order = np.lexsort((g.end[chosen], g.start[chosen], rank[g.source[chosen]]))
    return [CodingId(int(coding)) for coding in g.coding[chosen[order]]]


def _known(data: StudyData, code: CodeId) -> CodeId:
    if code not in data.codes:
        raise NotFound(_("code"), str(code), [data.codes.path(c.id) for c in data.codes])
    return code


def _numbered(g: Grid, members: Sequence[Sequence[CodeId]]) -> list[list[int]]:
    number = {code: n for n, code in enumerate(g.code_ids)}
    return [[number[code] for code in row] for row in members]


def _tally(g: Grid, members: Sequence[Sequence[int]], columns: Columns) -> _Tally:
    """The counts of rows that each stand for some codes."""
    import numpy as np

    n_rows, n_columns = len(members), len(columns.values)
    row, start, end, source = _mentions(g, members)
    owner, line = columns.talk.overlaps(start, end)
    case = columns.talk.case[line]
    mention, where = columns.placed(g, start, end, source, owner, line)
    place = row[mention] * n_columns + where
    said_at = row[owner] * n_columns + columns.of_line[line]
    height = max(1, len(g.case_ids))
    group = g.group[source]
    grouped = group >= 0
    in_group = grouped[mention]
    return _Tally(
        (
            np.bincount(place, minlength=n_rows * n_columns).reshape(n_rows, n_columns),
            count_distinct(n_rows * n_columns, height, said_at, case).reshape(n_rows, n_columns),
            count_distinct(n_rows * n_columns, height, place[in_group], group[mention][in_group]).reshape(
                n_rows, n_columns
            ),
        ),
        (
            np.bincount(row, minlength=n_rows),
            count_distinct(n_rows, height, row[owner], case),
            count_distinct(n_rows, height, row[grouped], group[grouped]),
        ),
        int(len(mention) - len(source)),
    )


def _mentions(g: Grid, members: Sequence[Sequence[int]]) -> tuple[Ints, Ints, Ints, Ints]:
    """Row, start, end and source of every mention of rows that each stand for some codes."""
    import numpy as np

    row_of = np.array([n for n, row in enumerate(members) for _code in row], dtype=np.int64)
    code_of = np.array([code for row in members for code in row], dtype=np.int64)
    order = np.argsort(code_of, kind="stable")
    row_of, code_of = row_of[order], code_of[order]
    used = np.flatnonzero(g.counted)
    bounds = np.searchsorted(code_of, np.arange(len(g.code_ids) + 1))
    owner, pair = ranges(bounds[g.code[used]], bounds[g.code[used] + 1])
    coding, row = used[owner], row_of[pair]
    coders = int(g.coder.max(initial=0)) + 1
    length = int(g.end.max(initial=0))
    key, start, end = merge(row * coders + g.coder[coding], g.start[coding], g.end[coding], length)
    return key // coders, start, end, np.searchsorted(g.offset, start, side="right") - 1


def _bases(g: Grid, columns: Columns, whole: _Tally) -> tuple[list[Count], Count]:
    """The denominators of every column, and of the whole; `whole` is the tally of all codes, each for itself."""
    import numpy as np

    n_columns = len(columns.values)
    mentions = whole.cells[0].sum(axis=0)
    source, case = columns.talk.source, columns.talk.case
    people = count_distinct(n_columns, max(1, len(g.case_ids)), columns.of_line, case)
    has_group = np.flatnonzero(g.group >= 0)
    if columns.of_source is not None:
        place, group = columns.of_source[has_group], g.group[has_group]
    else:
        silent, where = _silent(g, columns)
        place, group = np.append(columns.of_line, where), np.append(g.group[source], g.group[silent])
        place, group = place[group >= 0], group[group >= 0]
    groups = count_distinct(n_columns, max(1, len(g.case_ids)), place, group)
    parts = [Count(int(mentions[c]), int(people[c]), int(groups[c])) for c in range(n_columns)]
    total = Count(int(whole.totals[0].sum()), len(distinct(case)), len(distinct(g.group[has_group])))
    return parts, total


def _source_counts(g: Grid, columns: Columns) -> list[int]:
    """In how many sources something of each column lies."""
    import numpy as np

    n = len(columns.values)
    if columns.of_source is not None:
        return [int(k) for k in np.bincount(columns.of_source, minlength=n)]
    silent, where = _silent(g, columns)
    place, source = np.append(columns.of_line, where), np.append(columns.talk.source, silent)
    return [int(k) for k in count_distinct(n, max(1, len(g.source_ids)), place, source)]


def _silent(g: Grid, columns: Columns) -> tuple[Ints, Ints]:
    """The sources with codings in which nobody speaks, and the columns of these codings, as distinct pairs."""
    import numpy as np

    owner, where = columns.unsaid(g, g.start, g.end, g.source)
    return np.divmod(distinct(g.source[owner] * len(columns.values) + where), len(columns.values))


def _count(parts: tuple[Ints, Ints, Ints], at: int | tuple[int, int]) -> Count:
    return Count(int(parts[0][at]), int(parts[1][at]), int(parts[2][at]))


def _row(data: StudyData, tally: _Tally, n: int, code: CodeId, kept: Sequence[int]) -> Row:
    return Row(
        code,
        data.codes[code].name,
        data.codes.path(code),
        data.codes.depth(code),
        tuple(_count(tally.cells, (n, c)) for c in kept),
        _count(tally.totals, n),
    )


def _notes(data: StudyData, g: Grid, codes: set[int], shared: int, columns: Columns) -> Iterable[str]:
    """What was left out of the count and why, a sentence each."""
    import numpy as np

    if columns.note:
        yield columns.note
    left: Bools = ~g.counted & np.isin(g.code, np.array(sorted(codes), dtype=np.int64))
    n = int(left.sum())
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
