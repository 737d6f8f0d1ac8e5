"""What fits a query, counted a second time by a plain implementation that compares everything with everything."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study, touches

from cohesion_qda.analysis import frequency, joining, retrieval
from cohesion_qda.analysis.arrangement import arranged
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.query import JOINERS, ORDERS, Having, Query, Term
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import QUESTION, Count

Piece = tuple[int, int, int, int]  # coding, source, start, end


@dataclass
class Plainly:
    """The definitions of `model.query` and `analysis.retrieval` once more, slowly."""

    data: StudyData
    query: Query
    weights: dict[int, int]

    def __post_init__(self) -> None:
        self.facts = {f.id: f for f in self.data.sources}
        named = {c.id for c in self.data.coders if c.name in self.query.coders}
        self.usable = [
            c for c in self.data.codings
            if (not self.query.coders or c[5] in named)
            and (self.query.weight is None or self.weights.get(c[0], -1) >= self.query.weight)
        ]  # fmt: skip
        self.coder = {c[0]: c[5] for c in self.data.codings}

    # -- joining

    def of(self, term: Term) -> list[Piece]:
        codes = self.data.codes
        wanted = [] if term.code not in codes else codes.branch(term.code) if term.branch else [term.code]
        return [(c[0], c[1], c[2], c[3]) for c in self.usable if c[4] in wanted]

    def pieces(self) -> set[Piece]:
        if not self.query.terms:
            return {(c[0], c[1], c[2], c[3]) for c in self.usable}
        found = set(self.of(self.query.terms[0]))
        for term in self.query.terms[1:]:
            other = self.of(term)
            if term.joiner == "or":
                found |= set(other)
            elif term.joiner == "not":
                found = {p for p in found if not any(self.overlap(p, q) for q in other)}
            elif term.joiner == "overlapping":
                cover = merged([q[1:] for q in other])
                found = {
                    (p[0], p[1], max(p[2], start), min(p[3], end))
                    for p in found for source, start, end in cover
                    if source == p[1] and touches(p[2], p[3], start, end)
                }  # fmt: skip
            else:
                far = 0 if term.joiner == "and" else term.turns
                found = {p for p in found if any(q[1] == p[1] and self.distance(p, q) <= far for q in other)}
        return found

    @staticmethod
    def overlap(p: Piece, q: Piece) -> bool:
        return p[1] == q[1] and touches(p[2], p[3], q[2], q[3])

    def distance(self, p: Piece, q: Piece) -> int:
        return min(abs(a - b) for a in self.turns_of(p) for b in self.turns_of(q))

    def turns_of(self, p: Piece) -> set[int]:
        starts = sorted(t[1] for t in self.data.turns if t[0] == p[1] and t[1] < t[2]) or [0]
        return {max(0, sum(start <= at for start in starts) - 1) for at in range(p[2], p[3])}

    # -- where

    def speakers(self, source: int, start: int, end: int) -> set[int]:
        return {
            t[3] for t in self.data.turns
            if t[0] == source and touches(t[1], t[2], start, end) and self.data.cases[t[3]].role == "participant"
        }  # fmt: skip

    def silent(self, source: int) -> bool:
        return not any(t[0] == source for t in self.data.turns)

    def asked_at(self, source: int, at: int) -> bool:
        wanted = {question.casefold() for question in self.query.questions}
        here = [s[3].casefold() for s in self.data.sections if s[0] == source and s[1] <= at < s[2]]
        return not wanted or bool(wanted & set(here))

    def source_fits(self, source: int) -> bool:
        fact, query = self.facts[source], self.query
        return (
            (not query.kinds or fact.kind in query.kinds)
            and (not query.sources or source in {s for s, _name in query.sources})
            and all(
                fact.attributes.get(h.name, "") in h.values for h in query.having if h.about == "source"
            )
        )  # fmt: skip

    def person_fits(self, source: int, case: int) -> bool:
        wanted = {c for c, _name in self.query.cases}
        held = self.data.cases[CaseId(case)].attributes
        return (
            not wanted or case in wanted or self.facts[SourceId(source)].group in wanted
        ) and all(held.get(h.name, "") in h.values for h in self.query.having if h.about == "participant")  # fmt: skip

    @property
    def asks_people(self) -> bool:
        return bool(self.query.cases) or any(h.about == "participant" for h in self.query.having)

    def who(self, source: int, start: int, end: int) -> set[int]:
        """Those asked for who say something of a stretch, under a question asked for."""
        if not self.source_fits(source):
            return set()
        return {
            case for at in range(start, end) if self.asked_at(source, at)
            for case in self.speakers(source, at, at + 1) if self.person_fits(source, case)
        }  # fmt: skip

    def fits(self, source: int, start: int, end: int) -> bool:
        if not self.source_fits(source):
            return False
        if not self.asks_people and not self.query.questions:
            return True
        if self.silent(source):
            return not self.asks_people and any(self.asked_at(source, at) for at in range(start, end))
        return bool(self.who(source, start, end))

    # -- counting

    def shown(self) -> set[Piece]:
        return {p for p in self.pieces() if self.fits(*p[1:])}

    def count(self, pieces: set[Piece]) -> list[tuple[int, int, int]]:
        """The mentions of some pieces."""
        counted = [p for p in pieces if self.silent(p[1]) or self.speakers(*p[1:])]
        found = []
        for coder in {self.coder[p[0]] for p in counted}:
            found += merged([p[1:] for p in counted if self.coder[p[0]] == coder])
        return [m for m in found if self.fits(*m)]

    def counts(self) -> Count:
        mentions = self.count(self.pieces())
        people = {case for m in mentions for case in self.who(*m)}
        return Count(len(mentions), len(people), len({self.group(m[0]) for m in mentions} - {None}))

    def group(self, source: int) -> int | None:
        fact = self.facts[SourceId(source)]
        return fact.group if fact.kind == "focus group" else None

    def base(self) -> Count:
        mentions = [
            m for c in self.data.codes
            for m in self.count({(x[0], x[1], x[2], x[3]) for x in self.usable if x[4] == c.id})
        ]  # fmt: skip
        speak = {(s, case) for s, fact in self.facts.items() for case in self.who(s, 0, max(fact.length, 100))}
        if self.asks_people or self.query.questions:
            there = {s for s, _case in speak} | {m[0] for m in mentions if self.silent(m[0])}
        else:
            there = {s for s in self.facts if self.source_fits(s)}
        return Count(len(mentions), len({case for _s, case in speak}), len({self.group(s) for s in there} - {None}))


def merged(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for source, start, end in sorted(spans):
        if found and found[-1][0] == source and start < found[-1][2]:
            found[-1] = (source, found[-1][1], max(found[-1][2], end))
        else:
            found.append((source, start, end))
    return found


def pieces_of(s: joining.Study, pieces: joining.Pieces) -> list[Piece]:
    g = s.grid
    return [
        (
            int(g.coding[c]),
            int(g.source_ids[g.source[c]]),
            int(a - g.offset[g.source[c]]),
            int(b - g.offset[g.source[c]]),
        )
        for c, a, b in zip(pieces.coding, pieces.start, pieces.end, strict=True)
    ]


def ready(data: StudyData, weights: dict[int, int]) -> joining.Study:
    return joining.study(data, weights)


@st.composite
def asked(draw: st.DrawFn, *, filtered: bool = True) -> tuple[StudyData, Query, dict[int, int]]:
    """A random study, a random query of it and random weights."""
    data = draw(studies())
    codes = [c.id for c in data.codes] + [CodeId(999)]
    terms = draw(
        st.lists(
            st.builds(
                Term, st.sampled_from(codes), st.booleans(), st.sampled_from(JOINERS), st.integers(0, 3)
            ), max_size=4,
        )
    )  # fmt: skip
    weights = {c[0]: draw(st.integers(0, 100)) for c in data.codings if draw(st.booleans())}
    query = Query(tuple(terms))
    if not filtered:
        return data, query, weights
    few = {"max_size": 2, "unique": True}
    cases = [(c.id, c.name) for c in data.cases.values()]
    titles = sorted({s[3] for s in data.sections}) or ["Why?"]
    values = [("source", "place", v) for v in ("", *sorted({f.attributes.get("place", "x") for f in data.sources}))]
    values += [("participant", "age", v) for v in sorted({c.attributes.get("age", "") for c in data.cases.values()})]
    having = draw(st.lists(st.sampled_from(values), **few))
    query = replace(
        query,
        coders=tuple(draw(st.lists(st.sampled_from([*(c.name for c in data.coders), "Nobody"]), **few))),
        cases=tuple(draw(st.lists(st.sampled_from(cases), **few))) if cases and draw(st.booleans()) else (),
        having=tuple(Having(about, name, (value,)) for about, name, value in having),
        questions=tuple(draw(st.lists(st.sampled_from(titles), **few))) if draw(st.booleans()) else (),
        kinds=tuple(draw(st.lists(st.sampled_from(["focus group", "interview", "document"]), **few))),
        sources=tuple((f.id, f.name) for f in data.sources if draw(st.booleans())) if draw(st.booleans()) else (),
        weight=draw(st.sampled_from([None, None, 0, 50])),
    )
    return data, query, weights


@given(asked())
def test_what_fits_and_its_counts_are_as_the_plain_definitions_say(
    made: tuple[StudyData, Query, dict[int, int]],
) -> None:
    data, query, weights = made
    s = ready(data, weights)
    found, plain = retrieval.find(s, query), Plainly(data, query, weights)
    assert sorted(pieces_of(s, found.pieces)) == sorted(plain.shown())
    assert found.count == plain.counts()
    assert found.base == plain.base()
    assert found.count.participants <= found.base.participants and found.count.groups <= found.base.groups


@given(studies(), st.booleans(), st.sampled_from(["", "place", "age", QUESTION]))
def test_one_code_is_counted_as_in_a_table(data: StudyData, branch: bool, by: str) -> None:
    try:
        table = frequency.crosstab(data, by, branch=branch)
    except NotFound:
        return
    s = ready(data, {})
    about = "source" if by == "place" else "participant"
    for row in table.rows:
        term = Term(row.code, branch)
        for column, cell in [*zip(table.columns, row.cells, strict=True), (None, row.total)]:
            query = Query((term,))
            if column is not None and by == QUESTION:
                if not column.value:
                    continue
                query = replace(query, questions=(column.value,))
            elif column is not None and by:
                if not column.value and about == "participant":
                    continue  # what nobody says stands there too
                query = replace(query, having=(Having(about, by, (column.value,)),))
            found = retrieval.find(s, query)
            assert found.count == cell
            assert found.base == (table.base if column is None else column.base)


@given(asked(), st.sampled_from(ORDERS), st.sampled_from(["", "source", "speaker", "code", "place", "age", QUESTION]))
def test_arranging_loses_nothing_and_headings_tile_the_list(
    made: tuple[StudyData, Query, dict[int, int]], order: str, by: str
) -> None:
    data, query, weights = made
    s = ready(data, weights)
    found = retrieval.find(s, query)
    try:
        put = arranged(s, found.pieces, order, by)
    except NotFound:
        return
    assert sorted(pieces_of(s, put.pieces)) == sorted(pieces_of(s, found.pieces))
    assert len({part.title for part in put.parts}) == len(put.parts) or by in ("speaker", "source")
    if by:
        assert [part.first for part in put.parts] == [sum(p.n for p in put.parts[:k]) for k in range(len(put.parts))]
        assert sum(part.n for part in put.parts) == len(put.pieces)
    else:
        assert put.parts == ()
        shown = pieces_of(s, put.pieces)
        keys = {
            "length": [p[2] - p[3] for p in shown],
            "weight": [-weights.get(p[0], -1) for p in shown],
            "date": [-p[0] for p in shown],
            "source": [([f.id for f in data.sources].index(p[1]), p[2]) for p in shown],
        }.get(order, [])
        assert keys == sorted(keys)


# -- by hand -----------------------------------------------------------------------------------------------------------


def a_talk() -> StudyData:
    """Ann and Bob talk, Mo asks; turns of ten characters. 1 Fear, 2 Young people with 3 Gangs under it, 4 Hope."""
    return study(
        [facts(1, group=11), facts(2, "document")],
        [person(1), person(2), person(3, "moderator"), group(11)],
        [code(1, name="Fear"), code(2, name="Young people"), code(3, 2, "Gangs"), code(4, name="Hope")],
        [(1, 0, 10, 3), (1, 10, 20, 1), (1, 20, 30, 2), (1, 30, 40, 3), (1, 40, 50, 1), (1, 50, 60, 2)],
        [
            (1, 1, 12, 18, 1, 1), (2, 1, 15, 28, 3, 2), (3, 1, 41, 45, 1, 1), (4, 1, 52, 58, 4, 1),
            (5, 1, 47, 49, 2, 1), (6, 2, 0, 6, 1, 1), (7, 2, 8, 9, 3, 1), (8, 1, 1, 9, 1, 1),
        ],
    )  # fmt: skip


def codings(*terms: Term, far: int = 1) -> list[tuple[int, int, int]]:
    s = ready(a_talk(), {})
    found = retrieval.find(s, Query(terms), paragraphs=[(2, 0), (2, 7), (2, 20)])
    return [(p[0], p[2], p[3]) for p in sorted(pieces_of(s, found.pieces))]


FEAR, YOUNG, HOPE = CodeId(1), CodeId(2), CodeId(4)


def test_each_joiner_by_hand() -> None:
    fear = Term(FEAR)
    assert codings(fear) == [(1, 12, 18), (3, 41, 45), (6, 0, 6), (8, 1, 9)]
    assert [c[0] for c in codings(fear, Term(YOUNG, joiner="or"))] == [1, 2, 3, 5, 6, 7, 8]
    assert codings(fear, Term(YOUNG, joiner="overlapping")) == [(1, 15, 18)], "cut to what both share"
    assert codings(fear, Term(YOUNG, False, "overlapping")) == [], "without the codes under it"
    assert codings(fear, Term(YOUNG, joiner="and")) == [(1, 12, 18), (3, 41, 45)], "in one turn, without touching"
    assert codings(fear, Term(HOPE, joiner="and")) == []
    assert codings(fear, Term(HOPE, joiner="near", turns=1)) == [(3, 41, 45)]
    assert codings(fear, Term(HOPE, joiner="near", turns=4)) == [(1, 12, 18), (3, 41, 45)]
    assert codings(fear, Term(YOUNG, joiner="not")) == [(3, 41, 45), (6, 0, 6), (8, 1, 9)]


def test_where_nobody_speaks_paragraphs_stand_for_turns() -> None:
    assert 6 not in [c[0] for c in codings(Term(FEAR), Term(YOUNG, joiner="and"))]
    assert 6 in [c[0] for c in codings(Term(FEAR), Term(YOUNG, joiner="near", turns=1))]


def test_terms_are_joined_from_left_to_right() -> None:
    either = codings(Term(FEAR), Term(YOUNG, joiner="or"), Term(HOPE, joiner="near", turns=1))
    assert [c[0] for c in either] == [3, 5]
    assert [c[0] for c in codings(Term(FEAR), Term(HOPE, joiner="near", turns=1), Term(YOUNG, joiner="or"))] == [
        2, 3, 5, 7,
    ]  # fmt: skip


def test_a_code_that_is_gone_has_no_passages() -> None:
    gone = Term(CodeId(99))
    assert codings(gone) == []
    assert codings(Term(FEAR), replace(gone, joiner="not")) == codings(Term(FEAR))
    assert codings(Term(FEAR), replace(gone, joiner="overlapping")) == []


def test_moderators_are_shown_and_never_counted() -> None:
    found = retrieval.find(ready(a_talk(), {}), Query((Term(FEAR),)))
    assert (len(found.pieces), found.count, found.base) == (4, Count(3, 1, 1), Count(7, 2, 1))


def test_an_order_or_group_that_is_not_there_is_said() -> None:
    s = ready(a_talk(), {})
    pieces = retrieval.find(s, Query()).pieces
    with pytest.raises(BadInput, match="order “luck”"):
        arranged(s, pieces, "luck")
    with pytest.raises(NotFound, match="no attribute “luck”"):
        arranged(s, pieces, group="luck")


def test_a_passage_stands_under_the_participant_who_speaks_first() -> None:
    s = ready(a_talk(), {})
    put = arranged(s, retrieval.find(s, Query()).pieces, group="speaker")
    assert [(part.title, part.n) for part in put.parts] == [
        ("person 1", 4), ("person 2", 1), ("person 3", 1), ("Nobody speaks", 2),
    ]  # fmt: skip


def test_the_time_of_a_query_grows_with_the_codings_and_not_with_their_pairs() -> None:
    """All pairs would be 10^10 here."""
    n = 100_000
    many = [(k, 1, k, k + 500, 1 + k % 2, 1) for k in range(n)]
    data = study([replace(facts(1), length=n + 500)], [person(1)], [code(1), code(2)], [(1, 0, n + 500, 1)], many)
    found = retrieval.find(ready(data, {}), Query((Term(CodeId(1)), Term(CodeId(2), joiner="and"))))
    assert len(found.pieces) == n // 2
