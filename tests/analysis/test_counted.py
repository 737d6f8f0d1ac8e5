"""Turns and words, nesting, filters and silence against a second, plain implementation."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_studies import code, facts, group, person, studies, study
from plainly import Narrow, Plainly, of, words_of

from cohesion_qda.analysis import frequency, once
from cohesion_qda.analysis.grid import grid
from cohesion_qda.analysis.narrowed import ASIDE, having, narrowed
from cohesion_qda.analysis.silence import Silence, present, silence
from cohesion_qda.analysis.words import word_starts
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION, SOURCE, UNITS
from cohesion_qda.model.text import count_words

STARTS = st.lists(st.integers(0, 59), max_size=20)
BY = st.lists(st.sampled_from(["place", "age", QUESTION]), max_size=2, unique=True)
ABOUT = {"place": "source", "age": "participant", QUESTION: "section"}
WHERE = st.lists(
    st.sampled_from([
        Having("source", "place", ("9", "10")), Having("source", "place", (NO_VALUE,)), Having("source", "place", ("Dewsbury",)),
        Having("participant", "age", ("65+",)), Having("participant", "age", ("18–24", "65+")),
        Having("section", QUESTION, ("What else?",)), Having("section", QUESTION, ("Why here?", "What else?")),
    ]), max_size=2, unique=True,
)  # fmt: skip


def known(data: StudyData, name: str) -> bool:
    people = (c for c in data.cases.values() if c.kind == "participant")
    if name == QUESTION:
        return bool(data.sections)
    return any(name in f.attributes for f in data.sources) or any(name in c.attributes for c in people)


def holds(data: StudyData, asked: Having) -> bool:
    """Whether every value that is asked for is one of the study's."""
    if asked.about == "section":
        return {v.casefold() for v in asked.values} <= {s[3].casefold() for s in data.sections}
    cases = [c for c in data.cases.values() if c.kind == "participant"]
    held = [f.attributes for f in data.sources] if asked.about == "source" else [c.attributes for c in cases]
    values = {own[asked.name] for own in held if asked.name in own}
    return bool(values) and set(asked.values) <= values | {NO_VALUE}


@given(studies(), BY, st.booleans(), STARTS)
def test_every_unit_in_every_column_is_as_the_plain_definitions_say(
    data: StudyData, by: list[str], branch: bool, starts: list[int]
) -> None:
    assume(all(known(data, name) for name in by))
    words = words_of(starts, data)
    members = [data.codes.branch(c.id) if branch else [c.id] for c in data.codes]
    found = frequency.count(data, members, by, UNITS, {s: np.array(w, dtype=np.int64) for s, w in words.items()})
    plain = Plainly(data, by, words)
    shown = [found.columns.keys[c] for c in found.shown]
    assert len(set(shown)) == len(shown) and plain.keys() <= set(shown)
    every = {c.id for c in data.codes}
    for c, key in zip(found.shown, shown, strict=True):
        assert of(found.bases.columns[c]) == plain.base(key)
        for n, codes in enumerate(members):
            assert of(found.rows.cell(n, c)) == plain.count(set(codes), key)
            assert all(found.rows.cell(n, c).of(unit) <= found.bases.columns[c].of(unit) for unit in UNITS)
        foot = plain.count(every, key)
        assert of(found.foot.cell(0, c)) == {**foot, "mentions": plain.base(key)["mentions"]}
    for n, codes in enumerate(members):
        assert of(found.rows.total(n)) == plain.count(set(codes), None)
    assert of(found.bases.whole) == plain.base(None)


@given(studies(), BY)
def test_evidence_is_every_coding_behind_a_nested_cell(data: StudyData, by: list[str]) -> None:
    assume(by and all(known(data, name) for name in by))
    plain = Plainly(data, by, words_of([], data))
    found = frequency.count(data, [], by)
    for one in data.codes:
        for c in found.shown:
            key = found.columns.keys[c]
            wanted = [k[0] for k in plain.codings if k[4] == one.id and key in map(plain.key, plain.atoms(*k[1:4]))]
            assert sorted(frequency.behind(data, [one.id], by, key)) == sorted(wanted)


@given(studies(), WHERE, st.sampled_from([(), ("A",), ("B",), ("A", "B")]))
def test_a_study_is_narrowed_as_point_by_point(data: StudyData, where: list[Having], coders: tuple[str, ...]) -> None:
    for one in where:
        if not holds(data, one):
            with pytest.raises(NotFound):
                narrowed(data, where, coders)
            return
    found, plain = narrowed(data, where, coders), Narrow(data, where, coders)
    assert [fact.id for fact in found.data.sources] == plain.sources
    assert sorted(found.data.turns) == plain.turns
    assert sorted(found.data.codings) == plain.codings
    assert {case.id for case in found.data.cases.values() if case.role == ASIDE} == plain.aside
    assert list(found.data.turns) == sorted(found.data.turns, key=lambda t: t[:2]), "as counting needs them"
    assert list(found.data.codings) == sorted(found.data.codings, key=lambda c: c[1:4])
    gone = {fact.name for fact in data.sources} - {fact.name for fact in found.data.sources}
    assert gone == {name for name, _why in found.left_out}, "each is named, with why, and what is counted is not"
    assert narrowed(data, where, coders).data is narrowed(data, where, coders).data


@given(
    studies(),
    st.sampled_from(["place", "age", QUESTION]),
    st.sampled_from(["", "place", "age", QUESTION]),
    st.booleans(),
    STARTS,
)
def test_filtered_by_a_value_is_the_column_of_that_value(
    data: StudyData, by: str, within: str, branch: bool, starts: list[int]
) -> None:
    names = [by, within] if within else [by]
    assume(by != within and all(known(data, name) for name in names))
    words = {s: np.array(w, dtype=np.int64) for s, w in words_of(starts, data).items()}
    members = [data.codes.branch(c.id) if branch else [c.id] for c in data.codes]
    whole = frequency.count(data, members, names, UNITS, words)
    for value in {whole.columns.keys[c][0] for c in whole.shown} - ({NO_VALUE} if by == QUESTION else set()):
        looked_at = narrowed(data, [Having(ABOUT[by], by, (value,))]).data
        if within and not known(looked_at, within):
            continue
        found = frequency.count(looked_at, members, [within] if within else [], UNITS, words)
        columns = {whole.columns.keys[c][1:]: c for c in whole.shown if whole.columns.keys[c][0] == value}
        for c in found.shown:
            key = found.columns.keys[c]
            if key not in columns and not (found.bases.columns[c].mentions or found.bases.sources[c]):
                continue  # nothing lies there
            ours = columns.pop(key)
            assert found.bases.columns[c] == whole.bases.columns[ours]
            assert found.bases.sources[c] == whole.bases.sources[ours]
            for n in range(len(members)):
                assert found.rows.cell(n, c) == whole.rows.cell(n, ours)
        assert not columns, "no column is missed"
        for unit in ("turns", "words", "participants"):
            assert found.different(unit, found.shown) == found.bases.whole.of(unit)


@given(studies(), st.sampled_from([[QUESTION], [QUESTION, "place"], ["age", QUESTION]]), st.booleans())
def test_who_was_there_and_never_spoke_is_silent(data: StudyData, by: list[str], cut: bool) -> None:
    assume(all(known(data, name) for name in by))
    where = [Having("section", QUESTION, ("What else?",))] if cut else []
    assume(all(holds(data, one) for one in where))
    looked_at = narrowed(data, where).data
    assume(all(known(looked_at, name) for name in by))
    plain, at = Plainly(looked_at, by, words_of([], looked_at)), by.index(QUESTION)
    everywhere = Plainly(data, by, words_of([], data))
    found = silence(looked_at, data, frequency.count(looked_at, [], by))
    for one in found:
        spoke = {a.case for a in plain.speech if plain.key(a) == one.values}
        there = set(spoke)
        for source, _start, _end, title in looked_at.sections:
            if title.casefold() == one.values[at].casefold():
                for atom in (a for a in everywhere.speech if a.source == source):
                    key = plain.key(
                        replace(atom, at=next(s[1] for s in looked_at.sections if s[0] == source and s[3] == title))
                    )
                    if key[1 - at :][:1] == one.values[1 - at :][:1] or len(by) == 1:
                        there.add(atom.case)
        assert (one.asked, one.silent) == (len(there), len(there - spoke))
        assert 0 <= one.silent <= one.asked


# -- by hand -------------------------------------------------------------------------------------------------------------


def told() -> StudyData:
    """Two groups under two questions; Bob answers the first only, Cat, who sat in the first group, says nothing at all."""
    return study(
        [facts(1, group=11, place="Batley"), facts(2, group=12, place="Dewsbury")],
        [person(1, group=11, age="9"), person(2, group=11, age="10"), person(3, group=11, age="10"), person(4, "moderator"), person(5, group=12, age="9"), group(11), group(12)],
        [code(1, name="Unites"), code(2, 1, "Food")],
        [(1, 0, 10, 4), (1, 10, 30, 1), (1, 30, 45, 2), (1, 50, 60, 4), (1, 60, 90, 1), (2, 0, 40, 5)],
        [(1, 1, 12, 40, 2, 1), (2, 1, 12, 40, 2, 2), (3, 1, 52, 58, 2, 1), (4, 1, 55, 70, 1, 1), (5, 2, 0, 9, 2, 1)],
        [(1, 0, 50, "What unites?"), (1, 50, 100, "What divides?"), (2, 0, 100, "What unites?")],
        ["What unites?", "What divides?"],
    )  # fmt: skip


def test_turns_and_words_by_hand() -> None:
    data = told()
    words = {1: np.arange(0, 100, 5), 2: np.arange(0, 100, 5)}
    found = frequency.count(data, [[2], [1, 2]], "", UNITS, words)
    food, unites = found.rows.total(0), found.rows.total(1)
    assert of(food) == {"mentions": 3, "turns": 3, "words": 7, "participants": 3, "groups": 2}, (
        "two coders, one passage"
    )
    assert of(unites) == {"mentions": 4, "turns": 4, "words": 9, "participants": 3, "groups": 2}
    assert of(found.bases.whole) == {"mentions": 4, "turns": 4, "words": 21, "participants": 3, "groups": 2}


def test_values_nested_two_deep_are_in_their_natural_order() -> None:
    found = frequency.count(told(), [[2]], ["place", "age"])
    assert [found.columns.labels(c) for c in found.shown] == [("Batley", "9"), ("Batley", "10"), ("Dewsbury", "9")]
    assert found.rows.cells["participants"][0][list(found.shown)].tolist() == [1, 1, 1]
    other = frequency.count(told(), [[2]], ["age", QUESTION])
    assert [other.columns.labels(c) for c in other.shown] == [
        ("9", "What unites?"), ("9", "What divides?"), ("10", "What unites?"),
    ]  # fmt: skip


def test_silence_by_hand() -> None:
    found = silence(told(), told(), frequency.count(told(), [], QUESTION))
    assert found == [Silence(("What unites?",), 4, 1), Silence(("What divides?",), 3, 2)], "Cat sat there"
    looked_at = narrowed(told(), [Having("section", QUESTION, ("What divides?",))]).data
    assert silence(looked_at, told(), frequency.count(looked_at, [], QUESTION)) == [Silence(("What divides?",), 3, 2)]
    assert silence(told(), told(), frequency.count(told(), [], "place")) == []


def test_who_only_speaks_in_another_session_is_not_held_to_have_been_silent() -> None:
    data = study(
        [facts(1, group=101), facts(2, group=101)], [group(101), *(person(n, group=101) for n in (1, 2, 3, 4))], [code(1)],
        [(1, 0, 10, 1), (1, 10, 20, 2), (1, 20, 30, 3), (2, 0, 10, 1), (2, 60, 70, 2)], [], [(2, 0, 50, "Q1")], ["Q1"],
    )  # fmt: skip
    assert present(data, data) == {1: [1, 2, 3, 4], 2: [1, 2, 4]}, "4 speaks nowhere, and sat there"
    assert silence(data, data, frequency.count(data, [], QUESTION)) == [Silence(("Q1",), 3, 2)]
    second = narrowed(data, [Having("source", SOURCE, ("source 2",))]).data
    assert present(second, data) == {2: [1, 2, 4]}, "3 speaks in what is left out"


def test_a_mention_is_one_though_what_is_looked_at_is_in_pieces() -> None:
    data = study(
        [facts(1, group=11)], [group(11), person(1), person(2)], [code(1)], [(1, 0, 90, 1), (1, 91, 100, 2)],
        [(100, 1, 5, 40, 1, 1), (101, 1, 35, 85, 1, 1)], [(1, 0, 30, "Q1"), (1, 30, 60, "Q2"), (1, 60, 100, "Q1")], ["Q1", "Q2"],
    )  # fmt: skip
    looked_at = narrowed(data, [Having("section", QUESTION, ("Q1",))]).data
    found = frequency.count(looked_at, [[1]], "", ("mentions", "turns"))
    assert (found.rows.total(0).mentions, found.rows.total(0).turns, found.bases.whole.turns) == (1, 1, 2)
    assert frequency.behind(looked_at, [1]) == [100, 101] and found.different("turns", found.shown) == 2
    moderated = replace(
        data, turns=((1, 0, 30, 1), (1, 60, 100, 2)), cases={**data.cases, 2: person(2, "moderator")},
        codings=((100, 1, 5, 85, 1, 1), (101, 1, 70, 85, 1, 1)),
    )  # fmt: skip
    looked_at = narrowed(moderated, [Having("section", QUESTION, ("Q1",))]).data
    assert frequency.count(looked_at, [[1]]).notes == ("1 coding in which no participant speaks is not counted.",), (
        "the other is, by its first piece"
    )


def test_what_reaches_over_two_questions_that_are_both_asked_for_is_not_cut() -> None:
    data = replace(told(), turns=((1, 0, 90, 1),), codings=((1, 1, 12, 80, 2, 1),))
    looked_at = narrowed(data, [Having("section", QUESTION, ("What unites?", "What divides?"))]).data
    assert (looked_at.turns, looked_at.codings) == (data.turns, data.codings)


def test_what_is_left_out_and_why() -> None:
    data = told()
    assert narrowed(data, [Having("source", "Place", ("batley",))]).left_out == (
        ("source 2", "Its “place” is Dewsbury."),
    )
    assert narrowed(data, [Having("source", SOURCE, ("source 2",))]).left_out[0] == (
        "source 1", "It is not among the transcripts asked for.",
    )  # fmt: skip
    assert ("source 2", "Nobody who speaks there is among those asked for.") in narrowed(
        data, [Having("participant", "age", ("10",))]
    ).left_out
    assert narrowed(data, [Having("section", QUESTION, ("What divides?",))]).left_out == (
        ("source 2", "It was not asked there."),
    )
    third = replace(data, sources=(*data.sources, facts(3, group=12)), turns=(*data.turns, (3, 0, 9, 4)))
    assert narrowed(third, [Having("section", QUESTION, ("What unites?",))]).left_out == (
        ("source 3", "No question has been found there yet."),
    )
    found = narrowed(third, [])
    assert (found.left_out, found.uncoded, found.unheard) == ((), (), ("source 3",)), "it is there"
    found = narrowed(data, [], ["B"])
    assert (found.left_out, found.uncoded, found.unheard) == ((), ("source 2",), ()), "though A has coded it"
    coded = replace(third, codings=(*third.codings, (9, 3, 0, 5, 1, 1)))
    quiet = replace(
        data, sources=(*data.sources, facts(5, group=12)), sections=(*data.sections, (5, 0, 9, "What unites?"))
    )
    assert narrowed(quiet, [Having("section", QUESTION, ("What unites?",))]).left_out == (
        ("source 5", "Nobody speaks there, and nothing is coded under it."),
    )
    assert ("source 5", "Nobody who speaks there is among those asked for.") in narrowed(
        quiet, [Having("participant", "age", (NO_VALUE,))]
    ).left_out
    asked = replace(coded, sections=(*coded.sections, (3, 0, 50, "What unites?")))
    assert ("source 3", "No participant speaks to it there.") in narrowed(
        asked, [Having("section", QUESTION, ("What unites?",))]
    ).left_out
    assert ("source 3", "Its “place” is not known.") in narrowed(
        third, [Having("source", "place", ("Batley",))]
    ).left_out


def test_names_that_are_not_there_answer_with_the_nearest() -> None:
    data = told()
    for where, coders, near in (
        ([Having("source", "plaec", ("Batley",))], (), "Did you mean: place"),
        ([Having("source", "place", ("Batly",))], (), "There is no value “Batly”. Did you mean: Batley"),
        ([Having("source", SOURCE, ("source 3",))], (), "There is no source “source 3”. Did you mean: source 1"),
        ([Having("participant", "ages", ("9",))], (), "Did you mean: age"),
        ([Having("section", QUESTION, ("What unite?",))], (), "Did you mean: What unites"),
        ([], ("AA",), "There is no coder “AA”."),
    ):
        with pytest.raises(NotFound, match=near.replace("?", r"\?")):
            narrowed(data, where, coders)
    with pytest.raises(NotFound, match="Did you mean: place"):
        having(data, "plaec", ["Batley"])


def test_a_filter_by_its_name() -> None:
    data = told()
    assert having(data, "PLACE", ["batley"]) == Having("source", "place", ("Batley",))
    assert having(data, "age", ["10"]) == Having("participant", "age", ("10",))
    assert having(data, "Source", ["source 1"]) == Having("source", SOURCE, ("source 1",))
    assert having(data, "question", ["what unites?"]) == Having("section", QUESTION, ("What unites?",))


def test_what_cannot_be_nested() -> None:
    with pytest.raises(BadInput, match="The table is by “place” already"):
        frequency.count(told(), [], ["place", "Place"])
    with pytest.raises(BadInput, match="at most two attributes"):
        frequency.count(told(), [], ["place", "age", QUESTION])
    with pytest.raises(NotFound, match="Did you mean: 10"):
        frequency.behind(told(), [2], ["place", "age"], ("Batley", "100"))


def test_what_is_kept_of_a_study_goes_with_it() -> None:
    data = told()
    kept = grid(data)
    narrowed(data, [Having("source", "place", ("Batley",))])
    narrowed(data, (), ("A",))
    assert grid(data) is kept and grid(told()) is not kept
    narrowed(data, [Having("participant", "age", ("9",)), Having("section", QUESTION, ("What unites?",))])
    number = id(data)
    assert number in once._STUDIES and number in {place[0] for place in once._KEPT}
    del data, kept
    assert number not in once._STUDIES, "nothing that is kept holds the study"
    assert number not in {place[0] for place in once._KEPT}


def test_what_was_asked_for_longest_ago_goes_where_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    data, other = told(), told()
    monkeypatch.setattr(once, "_KEPT", {})  # without what other tests still hold
    monkeypatch.setattr(once, "MOST_BYTES", once.held() + 2_500)
    for n in range(4):
        once.once(other if n % 2 else data, ("much", n), lambda: np.zeros(125))
    kept = [key[1] for _study, key in once._KEPT if key[0] == "much"]
    assert kept == [2, 3] and once.held() <= once.MOST_BYTES, "of whichever study"
    shared = np.zeros(1)
    before = once.held()
    for n in range(2):
        once.once(data, ("much", n), lambda: (shared, shared))
    assert once.held() - before < 8 + 3 * 2 * 8, "what is kept twice takes room once"


def test_at_exit_nothing_is_said() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests/analysis'); from test_counted import told; "
        "from cohesion_qda.analysis.narrowed import narrowed; data = told(); narrowed(data, ()); sys.kept = data"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stderr == ""


@given(st.text())
def test_words_begin_where_words_are_counted(text: str) -> None:
    starts = word_starts(text)
    assert len(starts) == count_words(text)
    assert list(starts) == sorted(starts)
    assert all(text[at].isalnum() or text[at] == "_" for at in starts)


def with_a_report() -> StudyData:
    """As `told`, with a document under both questions, and one of another place that answers the second only."""
    data = told()
    return replace(
        data, sources=(*data.sources, facts(3, "document", place="Dewsbury"), facts(4, "document", place="Batley")),
        codings=(*data.codings, (6, 3, 10, 60, 2, 1), (7, 4, 0, 5, 2, 1)),
        sections=(*data.sections, (3, 0, 50, "What unites?"), (3, 50, 100, "What divides?"), (4, 0, 50, "What divides?")),
    )  # fmt: skip


@pytest.mark.parametrize("by", [[QUESTION, "place"], ["place", QUESTION]])
def test_where_nobody_speaks_a_mention_stands_under_its_question_and_its_place(by: list[str]) -> None:
    found = frequency.count(with_a_report(), [[2]], by)
    mentions = {
        found.columns.keys[c][:: 1 if by[0] == QUESTION else -1]: found.rows.cell(0, c).mentions for c in found.shown
    }
    assert mentions == {
        ("What unites?", "Batley"): 2, ("What unites?", "Dewsbury"): 2, ("What divides?", "Batley"): 1,
        ("What divides?", "Dewsbury"): 1,
    }  # fmt: skip
    assert int(found.rows.totals["mentions"][0]) == 5


def test_under_a_question_documents_stay_that_have_it() -> None:
    found = narrowed(with_a_report(), [Having("section", QUESTION, ("What unites?",))])
    assert [fact.id for fact in found.data.sources] == [1, 2, 3]
    assert [row for row in found.data.codings if row[1] == 3] == [(6, 3, 10, 50, 2, 1)], "cut where the question ends"
    assert found.left_out == (("source 4", "It was not asked there."),)


def test_of_one_study_the_latest_things_are_kept() -> None:
    data, made = told(), list[int]()
    for n in [*range(once.MOST), 0, once.MOST, 0, 1]:
        assert once.once(data, n, lambda n=n: made.append(n) or n) == n
    assert made == [*range(once.MOST), once.MOST, 1], "0 was asked for again, so 1 went first"
