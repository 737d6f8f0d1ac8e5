from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study, touches

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.ids import CodeId, CoderId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION, Count


class Plainly:
    """The definitions of `frequency` a second time, slowly: one loop for one sentence."""

    def __init__(self, data: StudyData, by: str, coder: int | None) -> None:
        self.data, self.by = data, by
        self.facts = {f.id: f for f in data.sources}
        self.codings = [c for c in data.codings if coder in (None, c[5]) and self.counted(c[1], c[2], c[3])]
        self.about_sources = any(by in f.attributes for f in data.sources)

    def speakers(self, source: int, start: int, end: int) -> set[int]:
        return {
            t[3] for t in self.data.turns
            if t[0] == source and touches(t[1], t[2], start, end) and self.data.cases[t[3]].role == "participant"
        }  # fmt: skip

    def silent(self, source: int) -> bool:
        return not any(t[0] == source for t in self.data.turns)

    def counted(self, source: int, start: int, end: int) -> bool:
        return self.silent(source) or bool(self.speakers(source, start, end))

    def question(self, source: int, at: int) -> str:
        """What is asked where the code point `at` stands."""
        guide = {q.text.casefold(): q.text for q in self.data.questions}
        titles = [s[3] for s in self.data.sections if s[0] == source and s[1] <= at < s[2]]
        return guide.get(titles[0].casefold(), titles[0]) if titles else NO_VALUE

    def answers(self, source: int, start: int, end: int) -> set[tuple[str, int | None]]:
        """(question, who speaks) of every code point of a stretch that counts."""
        if self.silent(source):
            return {(self.question(source, at), None) for at in range(start, end)}
        return {
            (self.question(source, at), t[3]) for t in self.data.turns
            if t[0] == source and self.data.cases[t[3]].role == "participant"
            for at in range(max(start, t[1]), min(end, t[2]))
        }  # fmt: skip

    def value(self, source: int, case: int | None) -> str:
        if not self.by:
            return NO_VALUE
        if self.about_sources:
            return self.facts[source].attributes.get(self.by, NO_VALUE)
        return NO_VALUE if case is None else self.data.cases[case].attributes.get(self.by, NO_VALUE)

    def values(self, source: int, start: int, end: int) -> set[str]:
        if self.by == QUESTION:
            return {question for question, _case in self.answers(source, start, end)}
        if self.about_sources or not self.by or self.silent(source):
            return {self.value(source, None)}
        return {self.value(source, case) for case in self.speakers(source, start, end)}

    def mentions(self, codes: set[int]) -> list[tuple[int, int, int]]:
        found = []
        for coder in (1, 2):
            for source in self.facts:
                spans = sorted((c[2], c[3]) for c in self.codings if (c[1], c[5]) == (source, coder) and c[4] in codes)
                merged: list[list[int]] = []
                for start, end in spans:
                    if merged and start < merged[-1][1]:
                        merged[-1][1] = max(merged[-1][1], end)
                    else:
                        merged.append([start, end])
                found += [(source, start, end) for start, end in merged]
        return found

    def count(self, codes: set[int], value: str | None) -> Count:
        """Of one column, or of all when `value` is None."""
        mentions = [m for m in self.mentions(codes) if value is None or value in self.values(*m)]
        people = {case for m in self.mentions(codes) for case in self.people(m, value)}
        groups = {self.facts[m[0]].group for m in mentions} - {None}
        return Count(len(mentions), len(people), len(groups))

    def people(self, mention: tuple[int, int, int], value: str | None) -> set[int | None]:
        if value is not None and self.by == QUESTION:
            return {case for question, case in self.answers(*mention) if question == value} - {None}
        return {case for case in self.speakers(*mention) if value is None or self.value(mention[0], case) == value}

    def base(self, value: str | None) -> Count:
        mentions = sum(self.count({c.id}, value).mentions for c in self.data.codes)
        if value is not None and self.by == QUESTION:
            spoke = {(f.id, case) for f in self.data.sources for case in self.people((f.id, 0, 60), value)}
            there = {source for source, _case in spoke}
            there |= {c[1] for c in self.codings if self.silent(c[1]) and value in self.values(*c[1:4])}
            groups = {self.facts[source].group for source in there} - {None}
            return Count(mentions, len({case for _source, case in spoke}), len(groups))
        spoke = {
            (t[0], t[3]) for t in self.data.turns
            if self.data.cases[t[3]].role == "participant" and (value is None or self.value(t[0], t[3]) == value)
        }  # fmt: skip
        if value is None or not self.by or self.about_sources:
            groups = {f.group for f in self.data.sources if value is None or self.value(f.id, None) == value} - {None}
        else:
            groups = {self.facts[source].group for source, _case in spoke} - {None}
            if value == NO_VALUE:
                groups |= {
                    f.group for f in self.data.sources if self.silent(f.id) and any(c[1] == f.id for c in self.codings)
                } - {None}
        return Count(mentions, len({case for _source, case in spoke}), len(groups))


def known(data: StudyData, by: str) -> bool:
    people = (c for c in data.cases.values() if c.kind == "participant")
    if by == QUESTION:
        return bool(data.sections)
    return not by or any(by in f.attributes for f in data.sources) or any(by in c.attributes for c in people)


@given(studies(), st.sampled_from(["", "place", "age", QUESTION]), st.booleans(), st.sampled_from([None, 1, 2]))
def test_the_table_is_as_the_plain_definitions_say(data: StudyData, by: str, branch: bool, coder: int | None) -> None:
    if not known(data, by):
        with pytest.raises(NotFound):
            frequency.crosstab(data, by)
        return
    table = frequency.crosstab(data, by, branch=branch, coder=None if coder is None else CoderId(coder))
    plain = Plainly(data, by, coder)
    assert [row.code for row in table.rows] == [c.id for c in data.codes]
    for row in table.rows:
        codes = set(data.codes.branch(row.code)) if branch else {row.code}
        assert row.total == plain.count(codes, None)
        assert row.cells == tuple(plain.count(codes, column.value) for column in table.columns)
        assert sum(cell.mentions for cell in row.cells) >= row.total.mentions
    assert table.base == plain.base(None)
    assert [column.base for column in table.columns] == [plain.base(column.value) for column in table.columns]
    for row in table.rows:
        for cell, column in zip((*row.cells, row.total), (*(c.base for c in table.columns), table.base), strict=True):
            assert cell.mentions <= column.mentions
            assert cell.participants <= column.participants
            assert cell.groups <= column.groups


@given(studies(), st.sampled_from(["", "place", "age", QUESTION]), st.booleans(), st.sampled_from([None, 1, 2]))
def test_evidence_is_every_coding_behind_a_cell(data: StudyData, by: str, branch: bool, coder: int | None) -> None:
    if not known(data, by):
        return
    plain = Plainly(data, by, coder)
    table = frequency.crosstab(data, by, branch=branch)
    names = [f.id for f in data.sources]
    for row in table.rows:
        codes = data.codes.branch(row.code) if branch else [row.code]
        for column in table.columns:
            who = None if coder is None else CoderId(coder)
            found = frequency.behind(data, codes, by, (column.value,) if by else (), who)
            wanted = [c for c in plain.codings if c[4] in codes and column.value in plain.values(c[1], c[2], c[3])]
            assert sorted(found) == sorted(c[0] for c in wanted)
            places = {c[0]: (names.index(c[1]), c[2], c[3]) for c in data.codings}
            assert [places[c] for c in found] == sorted(places[c] for c in found)


@given(studies())
def test_counts_are_the_totals_alone_and_with_the_branch(data: StudyData) -> None:
    counts = frequency.counts(data)
    for branch in (False, True):
        for row in frequency.crosstab(data, branch=branch).rows:
            assert (counts[row.code].branch if branch else counts[row.code].own) == row.total
    assert frequency.base(data) == frequency.crosstab(data).base


def two_groups() -> StudyData:
    """Two focus groups and an interview; Ann is in both groups; Mo moderates."""
    ann, bob, cat, mo = (
        person(n, role) for n, role in ((1, "participant"), (2, "participant"), (3, "participant"), (4, "moderator"))
    )
    return study(
        [facts(1, group=11, place="10"), facts(2, group=12, place="9"), facts(3, "interview")],
        [ann, bob, cat, mo, group(11), group(12)],
        [code(1, name="Unites"), code(2, 1, "Food")],
        [(1, 0, 20, 1), (1, 20, 40, 4), (1, 40, 60, 2), (2, 0, 50, 1), (3, 0, 50, 3)],
        [(1, 1, 0, 10, 2, 1), (2, 1, 5, 15, 2, 1), (3, 1, 15, 18, 2, 1), (4, 1, 22, 30, 2, 1), (5, 2, 0, 9, 2, 2),
         (6, 3, 0, 9, 1, 1)],
    )  # fmt: skip


def test_one_table_by_hand() -> None:
    table = frequency.crosstab(two_groups(), "Place ", branch=True)
    assert [(c.value, c.label, c.sources) for c in table.columns] == [
        ("9", "9", 1),
        ("10", "10", 1),
        ("", "(no value)", 1),
    ]
    assert [c.base for c in table.columns] == [Count(1, 1, 1), Count(2, 2, 1), Count(1, 1, 0)]
    unites, food = table.rows
    assert unites.cells == (Count(1, 1, 1), Count(2, 1, 1), Count(1, 1, 0))
    assert unites.total == Count(4, 2, 2)
    assert (food.path, food.depth, food.total) == ("Unites/Food", 1, Count(3, 1, 2))
    assert table.base == Count(4, 3, 2)
    assert table.notes == (
        "1 coding in which no participant speaks is not counted.",
        "1 interview is counted among participants, not among groups.",
    )


def test_the_whole_study_is_one_column() -> None:
    table = frequency.crosstab(two_groups(), codes=[CodeId(2)])
    assert [(c.label, c.base) for c in table.columns] == [("Whole study", Count(4, 3, 2))]
    assert [row.cells for row in table.rows] == [(Count(3, 1, 2),)]


def asked_twice() -> StudyData:
    """Two groups under two questions, and a report with a heading. Ann answers the first and Bob the second; Cat, who sits
    in the second group, answers neither; one passage reaches over both questions.
    """
    who = [person(1), person(2), person(3), person(4, "moderator"), group(11), group(12)]
    return study(
        [facts(1, group=11), facts(2, group=12), facts(3, "document")], who, [code(1, name="Food")],
        [(1, 0, 10, 4), (1, 10, 40, 1), (1, 40, 50, 4), (1, 50, 90, 2), (2, 0, 20, 3)],
        [(1, 1, 12, 20, 1, 1), (2, 1, 30, 60, 1, 2), (3, 2, 2, 5, 1, 1), (4, 3, 60, 70, 1, 1)],
        [(1, 0, 40, "What brings people together?"), (1, 40, 100, "And what gets in the way?"), (3, 50, 100, "Buses")],
        ["And what gets in the way?", "What brings people together?", "What would you change?"],
    )  # fmt: skip


def test_under_which_question_it_was_said() -> None:
    table = frequency.crosstab(asked_twice(), QUESTION)
    assert [(c.label, c.base, c.sources) for c in table.columns] == [
        ("And what gets in the way?", Count(1, 1, 1), 1),
        ("What brings people together?", Count(2, 1, 1), 1),
        ("Buses", Count(1, 0, 0), 1),
        ("(no question)", Count(1, 1, 1), 1),
    ]
    (food,) = table.rows
    assert food.cells == (Count(1, 1, 1), Count(2, 1, 1), Count(1, 0, 0), Count(1, 1, 1))
    assert food.total == Count(4, 3, 2)
    assert (
        "A mention that reaches over several questions stands under each of them, and once in the total." in table.notes
    )
    assert any(note.startswith("In 1 source no question has been found yet") for note in table.notes)
    assert frequency.behind(asked_twice(), [CodeId(1)], "question", ("What brings people together?",)) == [1, 2]
    assert frequency.crosstab(asked_twice(), "Question").by == QUESTION


def test_an_attribute_of_that_name_comes_first_and_without_sections_there_is_none() -> None:
    own = study([facts(1, question="Q1")], sections=[(1, 0, 9, "Why?")])
    assert [c.value for c in frequency.crosstab(own, "question").columns] == ["Q1"]
    with pytest.raises(NotFound):
        frequency.crosstab(study([facts(1)]), QUESTION)
    with pytest.raises(NotFound, match="Did you mean: question asked"):
        frequency.crosstab(asked_twice(), "question askd")


def test_an_attribute_of_sources_and_of_people_is_told_apart() -> None:
    talk = [(1, 0, 9, 1), (2, 0, 9, 2)]
    data = study(
        [facts(1, group=9, Age="young"), facts(2, group=9, Age="old")], [group(9), person(1, age="25"), person(2, age="65")],
        turns=talk,
    )  # fmt: skip
    for asked, called, values in (
        ("Age of sources", "Age of sources", ["old", "young"]),
        ("age of people", "age of people", ["25", "65"]),
        ("Age", "Age", ["old", "young"]),
    ):
        table = frequency.crosstab(data, asked)
        assert (table.by, [c.value for c in table.columns]) == (called, values)
        told = "“Age” is known of sources and of people: this is by that of sources. The other is “Age of people”."
        assert (told in table.notes) == (asked == "Age")
    one = study([facts(1)], [person(1, age="25")], turns=talk[:1])
    assert frequency.crosstab(one, "age of people").by == "age" and frequency.crosstab(one, "age").notes == ()
    own = study([facts(1, **{"age of people": "Q"})], [person(1, age="25")], turns=talk[:1])
    assert [c.value for c in frequency.crosstab(own, "age of people").columns] == ["Q"]


def test_names_that_are_not_there() -> None:
    data = two_groups()
    with pytest.raises(NotFound, match="Did you mean: place"):
        frequency.crosstab(data, "plaec")
    with pytest.raises(NotFound, match="code"):
        frequency.crosstab(data, codes=[CodeId(99)])
    with pytest.raises(NotFound, match="Did you mean: 10"):
        frequency.behind(data, [CodeId(2)], "place", ("100",))


def test_nothing_at_all() -> None:
    table = frequency.crosstab(study())
    assert (table.rows, table.base, table.sources) == ((), Count(), 0)
    assert frequency.counts(study()) == {}


def by_age(*values: str, kind: str = "") -> list[str]:
    people = [person(n, age=value) for n, value in enumerate(values, 1)]
    made = study([facts(1)], people, [code(1)], [(1, 10 * n, 10 * n + 9, n) for n in range(1, len(values) + 1)])
    types = {("participant", "age"): kind}
    return [column.label for column in frequency.crosstab(replace(made, types=types), "age").columns]


def test_the_columns_are_in_the_order_of_their_type() -> None:
    assert by_age("65+", "14–17", "9", "10", "over 10", "Under 2") == ["9", "10", "14–17", "65+", "over 10", "Under 2"]
    numbers = ["-5", "1.25", "1.5", "2", "10"]
    assert by_age("10", "1.5", "-5", "2", "1.25") == numbers, "a type that nobody has said is guessed"
    assert by_age("10", "1.5", "-5", "unknown", "2", "1.25", kind="number") == [*numbers, "unknown"]


def test_an_attribute_without_values_is_no_unknown_one() -> None:
    made = replace(study([facts(1, place="Leeds")]), types={("source", "place"): "", ("source", "Held"): "date"})
    with pytest.raises(BadInput, match="No value of the attribute “Held” is known yet"):
        frequency.crosstab(made, "held")
    with pytest.raises(NotFound, match="Did you mean: place"):
        frequency.crosstab(made, "plaec")
