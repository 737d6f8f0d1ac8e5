"""The full-text index: which lines hold what is searched for, where in them, who says it, within a scope.

The lines of one text have ids that follow each other, in the order of the text, so a source is a range of lines, and sources
whose ranges follow each other are read in one go.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from cohesion_qda.model.finding import Rest, Scope
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.store import sections

_ON, _OFF = "\x01", "\x02"  # canonical text has no such characters
_AT_A_TIME = 400  # lines that are looked at before they are read


@dataclass(frozen=True, slots=True)
class Shelf:
    """A source, and the lines of its text in the index: `first` to `last`, none where `first` is 0."""

    source: SourceId
    name: str
    group: CaseId | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks in a turn: its number, and its `start` and `end` in the source."""

    number: int
    case: CaseId
    name: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds hits: the `place` of its source among those looked through, its id, its span in the source, and of
    each hit the span and who says it (None where nobody does).
    """

    place: int
    id: int
    span: Span
    text: str
    hits: tuple[tuple[Span, Said | None], ...]


class Stretches:
    """Spans of one source, for asking quickly whether something lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether `start` to `end` shares a code point with one of them."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start


@dataclass(slots=True)
class _Inside:
    """The stretches of a source that a hit has to lie in; None where that does not matter."""

    coded: Stretches | None = None
    asked: Stretches | None = None


class Finder:
    """Looks for expressions within one scope. `codes` are those the scope's code stands for."""

    def __init__(
        self, db: Database, scope: Scope, codes: Collection[CodeId] = (), coder: CoderId | None = None
    ) -> None:
        self._db = db
        self._scope = scope
        self._codes = json.dumps(list(codes))
        self._coder = coder
        self._cases = _cases(db, scope)
        self._people = json.dumps(sorted(self._cases or ()))
        self.shelves = self._shelves()
        self._known: dict[int, _Inside] = {}

    # -- the scope ---------------------------------------------------------------------------------------------------

    @property
    def is_narrow(self) -> bool:
        """Whether only some places of a source count."""
        return self._cases is not None or self._scope.code is not None or bool(self._scope.question)

    def bases(self) -> tuple[int, int, int]:
        """How many participants speak in the sources and among the people of the scope, how many groups, how many sources."""
        where, values = self._where_sources()
        people = "" if self._cases is None else "AND p.case_id IN (SELECT value FROM json_each(:people))"
        row = self._db.execute(
            "SELECT count(DISTINCT p.case_id) FROM speaker p JOIN study_case k ON k.id = p.case_id "
            f"JOIN source s ON s.id = p.source_id WHERE k.role = 'participant' {people} AND {where} "
            "AND EXISTS (SELECT 1 FROM turn t WHERE t.speaker_id = p.id)",
            values,
        ).fetchone()
        groups, sources = self._db.execute(
            f"SELECT count(DISTINCT s.group_id), count(*) FROM source s WHERE {where}", values
        ).fetchone()
        return int(row[0]), int(groups), int(sources)

    def _where_sources(self) -> tuple[str, dict[str, object]]:
        """The sources of the scope, whatever is coded or asked in them."""
        scope, where = self._scope, ["1"]
        values: dict[str, object] = {"people": self._people, "codes": self._codes, "coder": self._coder}
        if scope.sources:
            where.append("s.id IN (SELECT value FROM json_each(:sources))")
            values["sources"] = json.dumps(sorted(scope.sources))
        if scope.attribute and scope.attribute[0] == "source":
            where.append(
                "s.id IN (SELECT v.source_id FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
                "WHERE a.about = 'source' AND a.name = :name AND v.value = :value)"
            )
            values |= {"name": scope.attribute[1], "value": scope.attribute[2]}
        if self._cases is not None:
            where.append(
                "s.id IN (SELECT p.source_id FROM speaker p WHERE p.case_id IN (SELECT value FROM json_each(:people)))"
            )
        return " AND ".join(where), values

    def _shelves(self) -> list[Shelf]:
        where, values = self._where_sources()
        if self._scope.code is not None:
            where += (
                " AND s.id IN (SELECT g.source_id FROM coding c JOIN segment g ON g.id = c.segment_id "
                "WHERE c.code_id IN (SELECT value FROM json_each(:codes)))"
            )
        if self._scope.question:
            where += " AND s.id IN (SELECT source_id FROM section)"
        end = 'SELECT id FROM line WHERE content_id = s.content_id ORDER BY "start"'
        found = self._db.execute(
            f"SELECT s.id, s.name, s.group_id, ifnull(({end} LIMIT 1), 0), ifnull(({end} DESC LIMIT 1), -1) "
            f"FROM source s WHERE {where} ORDER BY s.name, s.id",
            values,
        ).fetchall()
        return [Shelf(SourceId(r[0]), r[1], None if r[2] is None else CaseId(r[2]), r[3], r[4]) for r in found]

    def _stretches(self, source: SourceId) -> _Inside:
        """What of `source` is coded or asked so."""
        if source not in self._known:
            self._known[source] = inside = _Inside()
            if self._scope.code is not None:
                inside.coded = Stretches(self._coded(source))
            if self._scope.question:
                asked = [s.span for s in sections.of_source(self._db, source) if s.title == self._scope.question]
                inside.asked = Stretches((s.start, s.end) for s in asked)
        return self._known[source]

    def _coded(self, source: SourceId) -> list[tuple[int, int]]:
        return self._db.execute(
            'SELECT g."start", g."end" FROM segment g JOIN coding c ON c.segment_id = g.id WHERE g.source_id = ? '
            'AND g."start" < g."end" AND c.code_id IN (SELECT value FROM json_each(?)) AND (? IS NULL OR c.coder_id = ?)',
            [source, self._codes, self._coder, self._coder],
        ).fetchall()

    # -- looking -----------------------------------------------------------------------------------------------------

    def count(self, match: str) -> int:
        """In how many lines there is something, all lines of the sources of the scope taken."""
        return sum(
            int(
                self._db.execute(
                    "SELECT count(*) FROM line_search WHERE line_search MATCH ? AND rowid BETWEEN ? AND ?",
                    [match, self.shelves[run[0]].first, self.shelves[run[-1]].last],
                ).fetchone()[0]
            )
            for run in self._runs(0)
        )

    def lines(self, match: str, after: Rest = Rest()) -> Iterator[Line | Rest]:  # noqa: B008 (frozen)
        """The lines with hits from `after` on, in the order of the sources' names and of the text; between them how far it
        has looked, so that a caller can stop there and go on from it: each is further than the one before.
        """
        for run in self._runs(after.source):
            first = self.shelves[run[0]].first
            if run[0] == after.source:
                first = max(first, after.line + 1)
            yield from self._run(match, run, first)
            yield Rest(run[-1] + 1)

    def _said(self, source: SourceId, span: Span) -> list[Said]:
        """The turns that `span` touches, in order."""
        return [
            Said(r[0], CaseId(r[1]), r[2], r[3], r[4], r[5])
            for r in self._db.execute(
                'SELECT t.number, p.case_id, k.name, k.role, t."start", t."end" FROM turn t '
                "JOIN speaker p ON p.id = t.speaker_id JOIN study_case k ON k.id = p.case_id "
                'WHERE t.source_id = :source AND t."start" < :end AND t."start" >= ifnull('
                '(SELECT max("start") FROM turn WHERE source_id = :source AND "start" <= :start), 0) ORDER BY t."start"',
                {"source": source, "start": span.start, "end": span.end},
            ).fetchall()
            if r[5] > span.start
        ]

    def _runs(self, since: int) -> list[list[int]]:
        """The places of sources from `since` on, those together whose lines follow each other."""
        runs: list[list[int]] = []
        for place in range(since, len(self.shelves)):
            shelf = self.shelves[place]
            if not shelf.first:
                continue
            if runs and self.shelves[runs[-1][-1]].last + 1 == shelf.first:
                runs[-1].append(place)
            else:
                runs.append([place])
        return runs

    def _run(self, match: str, run: list[int], first: int) -> Iterator[Line | Rest]:
        last = self.shelves[run[-1]].last
        starts = [self.shelves[place].first for place in run]
        if not self.is_narrow:
            yield from self._marked(match, run, starts, first, last, None)
            return
        rows = self._db.execute(
            'SELECT f.rowid, l."start", l."end" FROM line_search f CROSS JOIN line l ON l.id = f.rowid '
            "WHERE line_search MATCH ? AND f.rowid BETWEEN ? AND ?",
            [match, first, last],
        )
        try:
            while some := rows.fetchmany(_AT_A_TIME):
                places = {line: run[bisect_right(starts, line) - 1] for line, _start, _end in some}
                only = [line for line, start, end in some if self._may_count(places[line], start, end)]
                if only:
                    yield from self._marked(match, run, starts, only[0], only[-1], only)
                last_seen = some[-1][0]
                yield Rest(places[last_seen], last_seen)
        finally:
            rows.close()

    def _marked(
        self, match: str, run: list[int], starts: list[int], first: int, last: int, only: list[int] | None
    ) -> Iterator[Line]:
        rows = self._db.execute(
            f"SELECT f.rowid, l.\"start\", highlight(line_search, 0, '{_ON}', '{_OFF}') FROM line_search f "
            "CROSS JOIN line l ON l.id = f.rowid WHERE line_search MATCH ? AND f.rowid BETWEEN ? AND ? "
            + ("" if only is None else "AND +f.rowid IN (SELECT value FROM json_each(?))"),
            [match, first, last] + ([] if only is None else [json.dumps(only)]),
        )
        try:
            for line, start, marked in rows:
                place = run[bisect_right(starts, line) - 1]
                text, hits = _unmarked(marked, start)
                span = Span(start, start + len(text))
                counting = self.among(place, hits, span)
                if counting:
                    yield Line(place, line, span, text, counting)
        finally:
            rows.close()  # a statement left open would hold up a commit

    def _may_count(self, place: int, start: int, end: int) -> bool:
        """Whether a hit in that line of a source may lie in the scope."""
        source = self.shelves[place].source
        inside = self._stretches(source)
        return (
            (inside.coded is None or inside.coded.touch(start, end))
            and (inside.asked is None or inside.asked.touch(start, end))
            and (self._cases is None or any(s.case in self._cases for s in self._said(source, Span(start, end))))
        )

    def among(
        self, place: int, spans: Iterable[Span], line: Span | None = None
    ) -> tuple[tuple[Span, Said | None], ...]:
        """Those of some spans of a source that lie in the scope, with who says them; all of them are in `line`, if it is given."""
        source = self.shelves[place].source
        inside = self._stretches(source)
        turns = self._said(source, line) if line is not None else []
        found = []
        for span in spans:
            here = turns if line is not None else self._said(source, span)
            said = next((s for s in here if s.start <= span.start < s.end), None)
            if (
                (self._cases is None or (said is not None and said.case in self._cases))
                and (inside.coded is None or inside.coded.touch(span.start, span.end))
                and (inside.asked is None or inside.asked.touch(span.start, span.start + 1))
            ):
                found.append((span, said))
        return tuple(found)


def vocabulary(db: Database, letter: str) -> list[str]:
    """The words of all texts that begin with `letter`, as the index has them: without case and accents."""
    return [
        row[0]
        for row in db.execute(
            "SELECT term FROM line_word WHERE term >= ? AND term < ?", [letter, letter + "\U0010ffff"]
        ).fetchall()
    ]


def version(db: Database) -> int:
    """A number that changes when texts come in; what is once in the index stays."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM content").fetchone()[0])


def _cases(db: Database, scope: Scope) -> set[int] | None:
    """The people of the scope; None where it does not say who speaks."""
    of_people = scope.attribute if scope.attribute and scope.attribute[0] == "participant" else None
    if not (scope.cases or scope.only_participants or of_people):
        return None
    where: list[str] = ["kind = 'participant'"]
    values: dict[str, object] = {}
    if scope.cases:
        where.append("id IN (SELECT value FROM json_each(:cases))")
        values["cases"] = json.dumps(sorted(scope.cases))
    if scope.only_participants:
        where.append("role = 'participant'")
    if of_people:
        where.append(
            "id IN (SELECT v.case_id FROM attribute_value v JOIN attribute a ON a.id = v.attribute_id "
            "WHERE a.about = 'participant' AND a.name = :name AND v.value = :value)"
        )
        values |= {"name": of_people[1], "value": of_people[2]}
    return {row[0] for row in db.execute(f"SELECT id FROM study_case WHERE {' AND '.join(where)}", values).fetchall()}


def _unmarked(marked: str, start: int) -> tuple[str, tuple[Span, ...]]:
    """The text without the marks, and where in the source the marked places are."""
    parts = marked.replace(_OFF, _ON).split(_ON)
    hits: list[Span] = []
    at = start
    for n, part in enumerate(parts):
        if n % 2 and part:
            hits.append(Span(at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(hits)
