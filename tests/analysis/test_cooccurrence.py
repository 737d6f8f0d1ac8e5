"""Which codes come together: worked by hand, and against a second, plain implementation that looks at every pair."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study, touches

from cohesion_qda.analysis import cooccurrence, frequency
from cohesion_qda.analysis.cooccurrence import HOWS, PAIRED
from cohesion_qda.analysis.grid import grid
from cohesion_qda.analysis.narrowed import narrowed
from cohesion_qda.analysis.tally import mentions_of
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import QUESTION

PARAGRAPHS = (0, 20, 40)  # where paragraphs begin in every made source in which nobody speaks


def quiet(data: StudyData) -> list[tuple[int, int]]:
    silent = [f.id for f in data.sources if not any(t[0] == f.id and t[1] < t[2] for t in data.turns)]
    return [(source, at) for source in silent for at in PARAGRAPHS]


class Plainly:
    """The definitions of `cooccurrence` a second time, slowly: one loop for one sentence."""

    def __init__(self, data: StudyData, rows: list[set[int]], how: str, turns: int) -> None:
        self.data, self.rows, self.how, self.turns = data, rows, how, turns
        self.talk = [t for t in data.turns if data.cases[t[3]].role == "participant" and t[1] < t[2]]
        self.silent = {f.id for f in data.sources} - {t[0] for t in data.turns if t[1] < t[2]}
        self.group = {f.id: f.group for f in data.sources if f.kind == "focus group"}
        self.codings = [
            c for c in data.codings if c[1] in self.silent or any(t[0] == c[1] and touches(*t[1:3], *c[2:4]) for t in self.talk)
        ]  # fmt: skip

    def mentions(self, row: set[int]) -> list[tuple[int, int, int]]:
        """(source, start, end): codings of the row by one coder, drawn into one as long as two of them share text."""
        found = []
        for coder in (1, 2):
            left = [(c[1], c[2], c[3]) for c in self.codings if c[4] in row and c[5] == coder]
            while left:
                one = left.pop()
                while alike := [o for o in left if o[0] == one[0] and touches(*o[1:], *one[1:])]:
                    left = [o for o in left if o not in alike]
                    one = (one[0], min(one[1], *(o[1] for o in alike)), max(one[2], *(o[2] for o in alike)))
                found.append(one)
        return found

    def units(self, source: int, start: int, end: int) -> set[int]:
        """The numbers of the turns, or paragraphs, that a stretch lies in."""
        if source in self.silent:
            begins = list(PARAGRAPHS)
        else:
            begins = sorted(t[1] for t in self.data.turns if t[0] == source and t[1] < t[2])

        def at(place: int) -> int:
            return max(0, sum(1 for b in begins if b <= place) - 1)

        return set(range(at(start), at(end - 1) + 1))

    def meet(self, a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
        if a[0] != b[0]:
            return False
        if self.how == "overlap":
            return touches(*a[1:], *b[1:])
        return any(abs(x - y) <= self.turns for x, y in product(self.units(*a), self.units(*b)))

    def things(self, row: set[int]) -> set[object]:
        found: set[object] = set()
        for source, start, end in self.mentions(row):
            said = [t for t in self.talk if t[0] == source and touches(t[1], t[2], start, end)]
            if self.how == "group":
                found |= {self.group[source]} if source in self.group else set()
            else:
                found |= {t[3] if self.how == "participant" else self.talk.index(t) for t in said}
        return found

    def table(self) -> list[list[tuple[int, int]]]:
        """(count, of the row's things those that meet one of the column's)."""
        return [[self.cell(n, m) for m in range(len(self.rows))] for n in range(len(self.rows))]

    def cell(self, n: int, m: int) -> tuple[int, int]:
        if self.how not in PAIRED:
            both = len(self.things(self.rows[n]) & self.things(self.rows[m]))
            return both, both
        ours, theirs = self.mentions(self.rows[n]), self.mentions(self.rows[m])
        if n == m:
            return len(ours), len(ours)
        return (
            sum(self.meet(a, b) for a in ours for b in theirs),
            sum(any(self.meet(a, b) for b in theirs) for a in ours),
        )

    def behind(self, n: int, m: int) -> set[int]:
        """The codings of both rows that meet one of the other."""

        def met(one: int, other: int) -> set[int]:
            ours = [c for c in self.codings if c[4] in self.rows[one]]
            theirs = [c for c in self.codings if c[4] in self.rows[other]]
            if self.how in PAIRED:
                return {c[0] for c in ours if any(self.meet(c[1:4], o[1:4]) for o in theirs)}
            shared = self.things(self.rows[one]) & self.things(self.rows[other])
            return {c[0] for c in ours if shared & self.lies_in(c)}

        return met(n, m) | met(m, n)

    def lies_in(self, coding: tuple[int, int, int, int, int, int]) -> set[object]:
        alone = Plainly(self.data, [], self.how, self.turns)
        alone.talk, alone.codings = self.talk, [coding]
        return alone.things({coding[4]})


def distinct_turns(data: StudyData) -> StudyData:
    """Without turns that are there twice: the plain implementation tells turns apart by what they are."""
    return study(
        data.sources, data.cases.values(), list(data.codes), dict.fromkeys(data.turns), data.codings, data.sections,
        [q.text for q in data.questions],
    )  # fmt: skip


@given(studies(), st.sampled_from(HOWS), st.integers(0, 2), st.booleans())
def test_every_number_is_that_of_the_plain_implementation(data: StudyData, how: str, turns: int, branch: bool) -> None:
    data = distinct_turns(data)
    every = [c.id for c in data.codes]
    rows = [set(data.codes.branch(c)) if branch else {c} for c in every]
    g = grid(data)
    number = {c: n for n, c in enumerate(g.code_ids)}
    members = [[number[c] for c in row] for row in rows]
    found = cooccurrence.together(data, g, members, how, turns, quiet(data))
    plain = Plainly(data, rows, how, turns)
    expected = plain.table()
    assert found.counts.tolist() == [[cell[0] for cell in line] for line in expected]
    assert found.meets.tolist() == [[cell[1] for cell in line] for line in expected]
    assert (found.counts == found.counts.T).all()
    own = found.own()
    for n, m in product(range(len(every)), repeat=2):
        likeness = found.coefficients()[n, m]
        if own[n] + own[m] == 0:
            assert likeness != likeness
        else:
            assert 0 <= likeness <= 1
            assert (likeness > 0) == (found.counts[n, m] > 0)
        chosen = cooccurrence.behind(data, g, members[n], members[m], how, turns, quiet(data))
        assert {int(g.coding[place]) for place in chosen} == plain.behind(n, m)
        assert (len(chosen) > 0) == (found.counts[n, m] > 0)


def small() -> StudyData:
    """One group of two who speak in turn, moderated, and another of one."""
    return study(
        [facts(1, group=11), facts(2, group=12)],
        [person(1), person(2), person(3, "moderator"), person(4), group(11), group(12)],
        [code(1, name="Buses"), code(2, name="Parks"), code(3, name="Fear")],
        [(1, 0, 10, 3), (1, 10, 30, 1), (1, 30, 50, 2), (1, 50, 60, 1), (2, 0, 40, 4)],
        [
            (1, 1, 10, 28, 1, 1),  # buses, through most of the first answer
            (2, 1, 12, 15, 2, 1), (3, 1, 20, 24, 2, 1),  # two mentions of parks inside it
            (4, 1, 35, 40, 3, 1),  # fear, by the second
            (5, 1, 52, 58, 2, 1),  # parks again, by the first
            (6, 1, 0, 9, 3, 1),  # fear in the moderator's words: nobody's
            (7, 2, 0, 10, 1, 1), (8, 2, 20, 30, 3, 1),  # buses and fear, by the one of the other group
        ],
    )  # fmt: skip


def counts(how: str, turns: int = 1) -> list[list[int]]:
    data = small()
    found = cooccurrence.together(data, grid(data), [[0], [1], [2]], how, turns)
    result: list[list[int]] = found.counts.tolist()
    return result


def test_one_long_mention_meets_two_short_ones() -> None:
    assert counts("overlap") == [[2, 2, 0], [2, 3, 0], [0, 0, 2]]
    data = small()
    found = cooccurrence.together(data, grid(data), [[0], [1], [2]], "overlap")
    assert found.meets.tolist() == [[2, 1, 0], [2, 3, 0], [0, 0, 2]]
    # one of two mentions of buses meets parks, two of three of parks meet buses: x = 1.5, 1.5 / (2 + 3 - 1.5)
    assert found.coefficients()[0, 1] == pytest.approx(1.5 / 3.5)
    assert found.out_of is None


def test_turns_participants_and_groups_are_counted_once() -> None:
    assert counts("turn") == [[2, 1, 1], [1, 2, 0], [1, 0, 2]]
    assert counts("participant") == [[2, 1, 1], [1, 1, 0], [1, 0, 2]]
    assert counts("group") == [[2, 1, 2], [1, 1, 1], [2, 1, 2]]
    data = small()
    outs = [
        cooccurrence.together(data, grid(data), [[0], [1], [2]], how).out_of for how in ("turn", "participant", "group")
    ]
    assert outs == [4, 3, 2]


def test_nearness_counts_every_turn_and_stays_in_its_source() -> None:
    assert counts("near", 0) == [[2, 2, 1], [2, 3, 0], [1, 0, 2]]
    assert counts("near", 1) == [[2, 2, 2], [2, 3, 3], [2, 3, 2]]
    assert counts("near", 1000) == [[2, 3, 2], [3, 3, 3], [2, 3, 2]]


def test_a_study_without_codings_has_an_empty_table() -> None:
    bare = study([facts(1)], [person(1)], [code(1), code(2)], [(1, 0, 10, 1)], [])
    for how in HOWS:
        found = cooccurrence.together(bare, grid(bare), [[0], [1]], how)
        assert found.counts.tolist() == [[0, 0], [0, 0]]
        assert not len(cooccurrence.behind(bare, grid(bare), [0], [1], how))
    nothing = cooccurrence.together(bare, grid(bare), [], "overlap")
    assert nothing.counts.shape == (0, 0)


def test_many_turns_are_looked_at_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = counts("turn")
    monkeypatch.setattr(cooccurrence, "_BLOCK", 1)
    assert counts("turn") == whole


@given(studies(), st.sampled_from(["Why here?", "What else?"]))
def test_under_a_question_only_what_meets_there_comes_together(data: StudyData, title: str) -> None:
    assume(title.casefold() in {row[3].casefold() for row in data.sections})
    looked_at = narrowed(data, (Having("section", QUESTION, (title,)),)).data
    g = grid(looked_at)
    members = [[n] for n in range(len(g.code_ids))]
    counted = frequency.count(
        looked_at, [[code.id] for code in data.codes], "", ("mentions", "turns", "participants", "groups")
    )
    for how, unit in (
        ("overlap", "mentions"),
        ("near", "mentions"),
        ("turn", "turns"),
        ("participant", "participants"),
        ("group", "groups"),
    ):
        found = cooccurrence.together(looked_at, g, members, how)
        assert found.own().tolist() == counted.rows.totals[unit].tolist()
        assert found.out_of is None or found.out_of == counted.bases.whole.of(unit)
    row, start, end, source = (column.tolist() for column in mentions_of(g, members))
    asked = {
        (n, int(g.offset[n]) + at) for n, s in enumerate(g.source_ids.tolist())
        for _s, first, last, name in data.sections if _s == s and name.casefold() == title.casefold() for at in range(first, last)
    }  # fmt: skip
    held = [{at for at in range(a, b) if (n, at) in asked} for a, b, n in zip(start, end, source, strict=True)]
    assert all(held), "each reaches into the question"
    counts = cooccurrence.together(looked_at, g, members, "overlap").counts
    for one in range(len(members)):
        for other in range(one):
            pairs = [(a, b) for a in range(len(row)) for b in range(len(row)) if (row[a], row[b]) == (one, other)]
            assert counts[one, other] == sum(1 for a, b in pairs if held[a] & held[b])


def test_what_meets_outside_the_question_does_not_come_together_under_it() -> None:
    sections = [(1, 0, 30, "Q1"), (1, 30, 60, "Q2"), (1, 60, 100, "Q1")]
    people = [group(101), person(1), person(2)]
    turns = [(1, 0, 30, 1), (1, 30, 60, 2), (1, 60, 80, 1), (1, 80, 100, 2)]
    codings = [(1, 1, 20, 50, 1, 1), (2, 1, 40, 70, 2, 1), (3, 1, 25, 95, 3, 1)]
    data = study(
        [facts(1, group=101)], people, [code(1), code(2), code(3)], turns, codings, sections, ["Q1", "Q2"]
    )  # fmt: skip
    looked_at = narrowed(data, (Having("section", QUESTION, ("Q1",)),)).data
    g = grid(looked_at)

    def found(how: str, turns: int = 1) -> list[list[int]]:
        return cooccurrence.together(looked_at, g, [[0], [1], [2]], how, turns).counts.tolist()

    assert found("overlap") == [[1, 0, 1], [0, 1, 1], [1, 1, 1]], (
        "1 and 2 share words under Q2 alone; 3 is once with each"
    )
    assert found("near", 0) == found("overlap") and found("near")[0][1] == 1, "what is cut out takes no room"
    assert found("turn") == [[1, 0, 1], [0, 1, 1], [1, 1, 3]]
    both = narrowed(data, (Having("section", QUESTION, ("Q1", "Q2")),)).data
    assert cooccurrence.together(both, grid(both), [[0], [1], [2]], "overlap").counts[0, 1] == 1
    twice = study(
        [facts(1, group=101)],
        people,
        [code(1), code(2)],
        [(1, 0, 100, 1)],
        [(1, 1, 0, 10, 1, 1), (2, 1, 70, 80, 2, 1)],
        sections,
        ["Q1", "Q2"],
    )
    cut = narrowed(twice, (Having("section", QUESTION, ("Q1",)),)).data
    said = cooccurrence.together(cut, grid(cut), [[0], [1]], "turn")
    assert (said.counts.tolist(), said.out_of) == ([[1, 1], [1, 1]], 1), "two pieces of one turn"
