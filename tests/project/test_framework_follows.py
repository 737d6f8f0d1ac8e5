"""What is written in the framework matrix follows the codes and people it is about, and the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import UserError
from cohesion_qda.model.codebook import Held
from cohesion_qda.model.ids import CoderId, SegmentId
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from cohesion_qda.store import settlements
from tests.makers import code, small_study
from tests.project.test_framework import at, case
from tests.project.test_verbs import cid, rows


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses. Nobody comes down", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Young people", "The youth club closed", "Cuts")
        yield made
        assert made.check() == []


def test_when_codes_become_one_their_summaries_do_with_the_passages_of_both(project: Project) -> None:
    amina, carol = case(project, "Amina"), case(project, "Carol")
    cuts, class_ = cid(project, "Cuts"), cid(project, "Class")
    for of, on, body in ((amina, cuts, "Buses."), (amina, class_, "Money."), (carol, cuts, "Only hers.")):
        project.framework.write(of, on, body)
    for on, quote in ((cuts, "The buses."), (cuts, "I think"), (class_, "I think")):
        project.framework.link(amina, on, [at(project, "Women", quote)])
    before = rows(project)
    assert project.codebook.would_merge(cuts) == Held(codings=2, summaries=2)
    project.codebook.merge(cuts, into=class_)
    found = project.framework.get(amina, class_)
    assert found.body == "Money.\n\nBuses."
    assert sorted(p.quote for p in project.framework.passages(amina, class_).linked) == ["I think", "The buses."]
    assert project.framework.get(carol, class_).body == "Only hers."
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before


@pytest.mark.parametrize(
    ("gone", "kept", "both"),
    [
        ("Buses.", "Money.\n\nBuses.", "Money.\n\nBuses."),
        ("Buses. ", "Buses.", "Buses."),
        ("Bus", "Buses.", "Buses.\n\nBus"),
        ("", "Money.", "Money."),
        ("Buses.", "", "Buses."),
    ],
)
def test_no_words_are_lost_and_none_said_twice_when_codes_become_one(
    project: Project, gone: str, kept: str, both: str
) -> None:
    amina = case(project, "Amina")
    for name, body in (("Cuts", gone), ("Class", kept)):
        project.framework.write(amina, cid(project, name), body)
        project.framework.link(amina, cid(project, name), [at(project, "Women", "share food")])
    project.codebook.merge(cid(project, "Cuts"), into=cid(project, "Class"))
    found = project.framework.get(amina, cid(project, "Class"))
    assert (found.body, len(found.passages)) == (both, 1)


def test_when_people_are_joined_what_was_written_of_both_is_written_of_the_one(project: Project) -> None:
    one, other, cuts = case(project, "Amina"), case(project, "Amina", "Young people"), cid(project, "Cuts")
    project.framework.write(one, cuts, "Buses.")
    project.framework.write(other, cuts, "Youth club.")
    project.framework.write(other, cid(project, "Food"), "Eid.")
    before = rows(project)
    project.cases.join(one, [other])
    assert project.framework.get(one, cuts).body == "Buses.\n\nYouth club."
    assert project.framework.get(one, cid(project, "Food")).body == "Eid."
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before


def test_a_deleted_code_says_how_many_summaries_go_and_brings_them_back(project: Project) -> None:
    project.framework.write(case(project, "Amina"), cid(project, "Cuts"), "Buses.")
    project.framework.link(case(project, "Amina"), cid(project, "Cuts"), [at(project, "Women", "I think")])
    before = rows(project)
    assert project.codebook.would_delete(cid(project, "What divides")) == Held(under=2, codings=2, summaries=1)
    project.codebook.delete(cid(project, "What divides"))
    assert project.framework.all().of == {}
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before


def test_what_was_written_of_somebody_goes_with_the_only_source_they_speak_in_and_comes_back(project: Project) -> None:
    dev = case(project, "Dev", "Young people")
    project.framework.write(dev, cid(project, "Class"), "Judged.")
    project.framework.link(dev, cid(project, "Class"), [at(project, "Women", "I think")])  # a passage of another source
    before = rows(project)
    project.sources.remove(project.sources.get("Young people").id)
    assert project.framework.all().of == {}
    assert project.check() == [], "no passage is left that nothing holds"
    project.history.undo()
    assert rows(project) == before


def test_what_goes_with_a_source_a_code_or_a_group_is_told_at_once_and_in_the_trail(project: Project) -> None:
    db, cuts, class_ = project._session.db, cid(project, "Cuts"), cid(project, "Class")
    young, dev = project.sources.get("Young people"), case(project, "Dev", "Young people")
    for on in (cuts, class_):
        project.framework.write(dev, on, "Judged.")
    project.framework.write(young.group, cuts, "All of them.")
    with project._session.act("settle"):
        settlements.add(db, SegmentId(3), cuts, CoderId(1), True, "")
        settlements.add(db, SegmentId(1), cuts, CoderId(1), True, "")
    assert project.codebook.would_delete(cuts).settlements == 2
    acts = [
        (lambda: project.sources.remove(young.id), "Removed the source “Young people” (also gone: 3 summaries, 1 settled disagreement)"),
        (lambda: project.sources.set_kind(young.id, "interview"), "Marked “Young people” as: interview (also gone: 1 summary)"),
        (lambda: project.codebook.delete(cuts), "Deleted the code “Cuts” with 2 codings (also gone: 2 summaries, 2 settled disagreements)"),
        (lambda: project.codebook.merge(cuts, into=class_), "Merged “Cuts” with its 2 codings into “Class”"),
        (lambda: project.framework.write(dev, class_, ""), "Emptied the summary of “Dev” on “Class”"),
    ]  # fmt: skip
    before = rows(project)
    for act, said in acts:
        assert act().said == said
        (newest, *_older) = project.history.trail()
        assert newest.told == f"Asha {said[0].lower()}{said[1:]}"
        assert project.history.undo().said == f"Undid: {said}"
        assert rows(project) == before


def test_what_one_settled_of_a_passage_follows_a_merged_code_once(project: Project) -> None:
    db, cuts, class_ = project._session.db, cid(project, "Cuts"), cid(project, "Class")
    with project._session.act("settle"):
        for on, is_applied, why in ((cuts, True, "Both read it so."), (class_, False, "Not money.")):
            settlements.add(db, SegmentId(1), on, CoderId(1), is_applied, why)
        settlements.add(db, SegmentId(2), cuts, CoderId(1), False, "")
    before = rows(project)
    project.codebook.merge(cuts, into=class_)
    found = db.execute("SELECT segment_id, code_id, is_applied FROM settlement ORDER BY segment_id").fetchall()
    assert found == [(1, class_, 1), (2, class_, 0)]
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before


NAMES = st.sampled_from(["Cuts", "Class", "Food", "Public spaces"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 4), NAMES, st.sampled_from(["", "Buses.", "Money.", "Both."])),
        st.tuples(st.just("link"), st.integers(0, 4), NAMES, st.integers(0, 40)),
        st.tuples(st.just("unlink"), st.integers(0, 4), NAMES, st.just(0)),
        st.tuples(st.just("merge"), NAMES, NAMES, st.just(0)),
        st.tuples(st.just("join"), st.integers(0, 4), st.integers(0, 4), st.just(0)),
        st.tuples(st.just("delete"), NAMES, st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0)),
    ),
    max_size=14,
)


def act(project: Project, what: str, a: Any, b: Any, c: Any) -> None:
    if what == "undo":
        project.history.undo()
        return
    people = [one.id for one in project.cases.list("participant") if one.role == "participant"]
    tree = project.codebook.tree()
    if what == "write":
        project.framework.write(people[a % len(people)], tree.get(b).id, c)
    elif what == "link":
        project.framework.link(
            people[a % len(people)], tree.get(b).id, [(project.sources.get("Women").id, Span(c, c + 9))]
        )
    elif what == "unlink":
        found = project.framework.get(people[a % len(people)], tree.get(b).id)
        project.framework.unlink(people[a % len(people)], tree.get(b).id, found.passages[:1])
    elif what == "merge":
        project.codebook.merge(tree.get(a).id, into=tree.get(b).id)
    elif what == "join":
        project.cases.join(people[a % len(people)], [people[b % len(people)]])
    else:
        project.codebook.delete(tree.get(a).id)


@given(ACTS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_merged_joined_deleted_and_undone_nothing_is_amiss(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, Any, Any, Any]]
) -> None:
    with small_study(tmp_path_factory.mktemp("f") / "p.cqda") as project:
        project._session.db.execute("PRAGMA synchronous = OFF")
        floor = len(project.history.trail())
        first = rows(project)
        for one in acts:
            if one[0] != "undo" or len([e for e in project.history.trail() if e.state == "done"]) > floor:
                try:
                    act(project, *one)
                except UserError:
                    continue
        assert project.check() == []
        assert not any(one.is_empty for one in project.framework.all().of.values()), (
            "none without words and passages is kept"
        )
        while project.history.can_undo() and rows(project) != first:
            project.history.undo()
        assert rows(project) == first


def test_what_was_settled_of_a_passage_that_lost_its_words_goes_where_it_is_placed_anew(project: Project) -> None:
    """What two hold of a lost passage: what one settled goes with what they coded; of what they settled there already, that stays."""
    db, cuts, class_ = project._session.db, cid(project, "Cuts"), cid(project, "Class")
    women, span = at(project, "Women", "The buses. Nobody comes down")
    other = at(project, "Women", "after six")[1]
    segment = project.codings.of_source(women)[-1].segment
    project.use_coder("Ben")
    project.codings.apply(women, other, [class_])
    project.codings.apply(women, span, [class_])
    there = next(c.segment for c in project.codings.of_source(women) if c.span == other)
    ben = next(coder.id for coder in project.coders() if coder.name == "Ben")
    with project._session.act("settle"):
        settlements.add(db, segment, cuts, ben, True, "Yes.")
        settlements.add(db, segment, class_, ben, False, "No.")
        settlements.add(db, there, class_, ben, True, "It stays.")
    project.corrections.correct(women, [Edit(span.start, span.end, "–")])
    (lost,) = project.corrections.lost()
    now = project.codings.find_quote(women, "after six")
    project.corrections.place(lost.place.segment, now)
    found = db.execute("SELECT segment_id, code_id, why FROM settlement ORDER BY code_id").fetchall()
    assert found == [(there, cuts, "Yes."), (there, class_, "It stays.")]
    assert project.check() == []


def test_a_lost_passage_that_another_has_settled_stays_when_one_lets_go_of_it(project: Project) -> None:
    db, cuts = project._session.db, cid(project, "Cuts")
    women, span = at(project, "Women", "The buses. Nobody comes down")
    segment = project.codings.of_source(women)[-1].segment
    project.use_coder("Ben")
    project.codings.apply(women, Span(0, 4), [cuts])
    ben = next(coder.id for coder in project.coders() if coder.name == "Ben")
    with project._session.act("settle"):
        settlements.add(db, segment, cuts, ben, True, "Yes.")
    project.corrections.correct(women, [Edit(span.start, span.end, "–")])
    project.use_coder("Asha")
    project.corrections.let_go([segment])
    assert len(project.corrections.lost()) == 1
    project.use_coder("Ben")
    project.corrections.let_go([segment])
    assert project.corrections.lost() == []
    assert db.execute("SELECT count(*) FROM settlement").fetchone() == (0,)


def test_a_linked_passage_follows_a_correction_and_two_that_become_one_are_linked_once(project: Project) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    women = project.sources.get("Women").id
    long, short = at(project, "Women", "The buses. Nobody")[1], at(project, "Women", "The buses.")[1]
    project.framework.link(amina, cuts, [(women, long), (women, short)])
    project.corrections.correct(women, [Edit(0, 0, "So. "), Edit(short.end, long.end, "")])
    assert [place.quote for place in project.framework.passages(amina, cuts).linked] == ["The buses."]
