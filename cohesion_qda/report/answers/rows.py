"""The rows of tables of codes, alike in frequencies and crosstabs: which codes, their counts and shares, what adds up
to what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohesion_qda.analysis import frequency
from cohesion_qda.analysis.frequency import Counted
from cohesion_qda.analysis.grid import distinct, grid
from cohesion_qda.analysis.narrowed import Narrowed, narrowed
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Cell, Key, Line, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.report import words
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material

NAMED = 4  # codes in a headline
ALL = 0  # stands for all codes of a table together, where a key has the code


@dataclass(frozen=True, slots=True)
class Rows:
    """What was counted for a table of codes: `codes` are its rows, `members` what each is counted with. Counted alone, a code
    over other rows that nobody coded with is of the `headings`: a line without numbers.
    """

    asked: Asked
    looked_at: Narrowed
    codes: Sequence[CodeId]
    members: Sequence[Sequence[CodeId]]
    counted: Counted
    shown: frozenset[CodeId]
    headings: frozenset[CodeId] = frozenset()

    @property
    def data(self) -> StudyData:
        """The study as it was looked at."""
        return self.looked_at.data

    def line(self, n: int, cells: Sequence[Cell]) -> Line:
        """The line of row `n`."""
        code, tree = self.codes[n], self.data.codes
        depth = sum(1 for over in tree.lineage(code) if over != code and over in self.shown)
        if code in self.headings:
            return Line(tree[code].name, (Cell(),) * len(cells), depth, tree.path(code), code, is_heading=True)
        label, path = (
            said.code_name(tree, code, self.asked.branch, name) for name in (tree[code].name, tree.path(code))
        )
        return Line(label, tuple(cells), depth, path, code, (code,))

    @property
    def numbered(self) -> list[int]:
        """The rows that have numbers."""
        return [n for n, code in enumerate(self.codes) if code not in self.headings]


def counted(material: Material, asked: Asked, by: Sequence[str], units: Sequence[str]) -> Rows:
    """Counts the codes that are asked for. Raises NotFound for a code, attribute, value, coder, unit or share that is
    not there.
    """
    said.check(asked)
    looked_at = narrowed(material.data, asked.where, asked.coders)
    codes = codes_of(looked_at.data, asked)
    members = members_of(looked_at.data, codes, asked)
    places = material.read("words") if "words" in units else None
    found = frequency.count(looked_at.data, members, by, units, places)
    over = frozenset() if asked.branch else headings(material.data, codes)
    return Rows(asked, looked_at, codes, members, found, frozenset(codes), over)


def headings(data: StudyData, codes: Sequence[CodeId]) -> frozenset[CodeId]:
    """The codes over others of these that nobody in the whole study coded with."""
    g = grid(data)
    coded = {g.code_ids[n] for n in distinct(g.code).tolist()}
    over = {one for code in codes for one in data.codes.lineage(code) if one != code}
    return frozenset(code for code in codes if code in over and code not in coded)


def codes_of(data: StudyData, asked: Asked) -> list[CodeId]:
    """The rows: the codes asked for; or those under the research question asked for, or the whole codebook, without the
    headings, which are questions with codes under them that nobody used as a code (with branches: all of them).
    """
    question = asked.option("question")
    if question is not None and question not in data.codes:
        raise NotFound(_("code"), str(question), [data.codes.path(code.id) for code in data.codes])
    if asked.codes:
        return said.codes_asked(data, asked)
    every = said.codes_asked(data, asked) if question is None else data.codes.branch(CodeId(question))
    g = grid(data)
    used = {g.code_ids[n] for n in distinct(g.code[g.counted]).tolist()}

    def is_heading(code: CodeId) -> bool:
        is_over = bool(data.codes.children(code))
        return data.codes[code].is_question and is_over and (asked.branch or code not in used)

    return [code for code in every if code != question and not is_heading(code)]


def members_of(data: StudyData, codes: Sequence[CodeId], asked: Asked) -> list[list[CodeId]]:
    """What each row is counted with: the code, or its branch."""
    return [data.codes.branch(code) if asked.branch else [code] for code in codes]


def share(count: Cell, of: int, base: Key, base_people: int) -> Cell:
    """The share that a count is of something; None of nothing."""
    assert isinstance(count.value, int)
    value = count.value / of if of else None
    return Cell(value, of, count.key, people=count.people, base=base, base_people=base_people)


def codings_behind(
    material: Material, asked: Asked, code: int, by: Sequence[str], values: Sequence[str]
) -> list[CodingId]:
    """The codings behind a cell: of one row, or of ALL, in the column with these values."""
    data = narrowed(material.data, asked.where, asked.coders).data
    rows = codes_of(data, asked) if code == ALL else [CodeId(code)]
    for row in rows:
        if row not in data.codes:
            raise NotFound(_("code"), str(row), [data.codes.path(known.id) for known in data.codes])
    codes = list(dict.fromkeys(member for row in members_of(data, rows, asked) for member in row))
    return frequency.behind(data, codes, by, values)


def quoted(names: Sequence[str]) -> str:
    """`“Buses”, “Trust” and “Crime”`; of very many the first, and how many more."""
    told = [_("“{code}”").format(code=name) for name in names[:NAMED]]
    more = len(names) - len(told)
    if not more:
        return words.joined(told)
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=", ".join(told), n=more)


# -- what a reader can work out ------------------------------------------------------------------------------------------


def base_key(unit: str, foot: int, base: int, foot_key: Key, own: Key) -> Key:
    """The key of what counts are out of: of mentions, where all codes are rows, it is the foot."""
    return foot_key if unit == "mentions" and foot == base else own


def down(rows: Rows, column: int, unit: str) -> Iterator[Sum]:
    """What holds between the lines of a column and its foot: each is at most the foot, and all together at least it;
    mentions of codes that are not under one another add up to it, or, of branches, to at most it. And a branch is at
    least each code under it that is a line.
    """
    lines = tuple((n, column) for n in rows.numbered)
    place = {rows.codes[n]: n for n in rows.numbered}
    if not lines or (unit == "mentions" and len(place) < len(lines)):
        return
    if unit != "mentions":
        yield Sum(lines, (-1, column), "together")
    elif not rows.asked.branch:
        yield Sum(lines, (-1, column))
    if rows.asked.branch:
        over = {code: _over(rows, code) for code in place}
        if unit == "mentions":
            for kept in (set(place) - set(over.values()), {code for code, one in over.items() if one is None}):
                yield Sum(tuple((place[code], column) for code in rows.codes if code in kept), (-1, column), "apart")
        for code, one in over.items():
            if one is not None:
                yield Sum(((place[code], column),), (place[one], column), "each")


def _over(rows: Rows, code: CodeId) -> CodeId | None:
    """The nearest code over a row that is a row too."""
    return next((o for o in reversed(rows.data.codes.lineage(code)) if o != code and o in rows.shown), None)


# -- what is said beside it ----------------------------------------------------------------------------------------------


def told(asked: Asked, units: Sequence[str]) -> Iterator[str]:
    """What was counted, a sentence each."""
    yield from (said.unit_told(unit) for unit in units)
    if asked.branch:
        yield _("Each code is counted with the codes under it.")
    else:
        yield _("Each code is counted alone, without the codes under it.")


def notes(rows: Rows) -> Iterator[str]:
    """What to know of a table: what was left out of it, and why."""
    if rows.headings:
        yield _(
            "A line without numbers is a heading: nothing is coded with it, only with the codes under it. Each code is counted alone."
        )
    yield from rows.counted.notes
    yield from said.idle(rows.looked_at)
    n = len({coder for coder in rows.data.coders if coder.name in rows.asked.coders}) or _coders(rows.data)
    if n > 1:
        yield ngettext(
            "The codings of {n} coder are counted.",
            "The codings of {n} coders are counted together: where two coded the same words with the same code, that is two mentions.", n,
        ).format(n=words.number(n))  # fmt: skip
    if not rows.counted.bases.whole.participants:
        yield _("No participant speaks in what is looked at: only mentions can be counted.")


def _coders(data: StudyData) -> int:
    return len(distinct(grid(data).coder))
