"""Changing what is coded: many places at once, weights, ends, other codes; and only one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "study.cqda") as made:
        yield made


def cid(project: Project, name: str) -> CodeId:
    return project.codebook.tree().get(name).id


def here(project: Project, name: str = "Women") -> list[Coding]:
    return project.codings.of_source(project.sources.get(name).id)


def words(project: Project, name: str = "Women") -> list[tuple[str, str, str]]:
    tree, text = project.codebook.tree(), project.sources.reading(project.sources.get(name).id).text
    who = {coder.id: coder.name for coder in project.coders()}
    return [(who[c.coder], tree[c.code].name, c.span.of(text)) for c in here(project, name)]


def place(project: Project, quote: str) -> Span:
    return project.codings.find_quote(project.sources.get("Women").id, quote)


def taken_back(project: Project) -> None:
    assert project.check() == []
    project.history.undo()
    assert project.check() == []


def test_many_places_are_coded_in_one_act(project: Project) -> None:
    women, young = (project.sources.get(name).id for name in ("Women", "Young people"))
    code(project, "Women", "The buses.", "Cuts")
    at = place(project, "The buses.")
    change = project.codings.apply_many(
        [(women, Span(at.start, at.end + 1)), (women, Span(0, 9)), (women, Span(0, 9)), (young, Span(0, 4))],
        [cid(project, "Cuts")],
    )
    assert change.said == "Coded 2 passages as “Cuts”"
    assert [w for _who, _code, w in words(project)] == ["What does", "The buses."]
    assert change.sources == {women, young}
    taken_back(project)
    assert len(here(project)) == 1


def test_places_that_are_coded_already_are_no_act(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    women = project.sources.get("Women").id
    assert project.codings.apply_many([(women, place(project, "The buses."))], [cid(project, "Cuts")]).is_empty


def test_a_weight_is_given_changed_and_taken_away(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    coding = here(project)[0].id
    acts = len(project.history.trail())
    for weight in (10, 20, 30):
        change = project.codings.set_weight([coding], weight)
    assert here(project)[0].weight == 30
    assert change.said == "Gave “Cuts” the weight 30 in a passage of “Women”"
    assert len(project.history.trail()) == acts + 1, "weights given one after another are one act"
    assert project.codings.set_weight([coding], None).said == "Took the weight of “Cuts” away in a passage of “Women”"
    taken_back(project)
    assert here(project)[0].weight == 30
    taken_back(project)
    assert here(project)[0].weight is None


def test_ends_are_moved_and_what_others_hold_stays(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    mine = here(project)[0]
    project.memos.add("coding", mine.id, "goes along")
    project.memos.add("segment", mine.segment, "stays here")
    project.use_coder("Bea")
    code(project, "Women", "The buses.", "Cuts")
    project.use_coder("Asha")
    change = project.codings.move_ends([mine.id], place(project, "buses. Nobody comes "))
    assert words(project) == [("Bea", "Cuts", "The buses."), ("Asha", "Cuts", "buses. Nobody comes")]
    assert change.said == "Changed the ends of a passage of “Women” coded as “Cuts”: 3 words now"
    assert {(m.about, m.subject) for m in project.memos.list()} == {("coding", mine.id), ("segment", mine.segment)}
    taken_back(project)
    assert {w for _who, _code, w in words(project)} == {"The buses."}


def test_a_passage_that_nothing_holds_any_more_goes(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    project.codings.move_ends([here(project)[0].id], place(project, "The buses. Nobody"))
    assert project.check() == []
    project.memos.add("segment", here(project)[0].segment, "held")
    project.codings.remove([here(project)[0].id])
    assert project.check() == [], "a memo holds it"
    project.memos.delete(project.memos.list()[0].id)
    taken_back(project)
    taken_back(project)
    assert len(here(project)) == 1


def test_where_the_code_is_already_one_coding_remains_with_memos_and_weight(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Women", "Nobody comes down", "Cuts")
    first, second = here(project)
    project.codings.set_weight([first.id], 70)
    project.memos.add("coding", first.id, "kept")
    project.codings.move_ends([first.id], second.span)
    assert [(c.id, c.weight) for c in here(project)] == [(second.id, 70)]
    assert project.memos.list()[0].subject == second.id
    taken_back(project)
    assert [(c.id, c.weight) for c in here(project)] == [(first.id, 70), (second.id, None)]
    assert project.memos.list()[0].subject == first.id


def test_passages_are_recoded(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts", "Class")
    code(project, "Women", "Nobody comes down", "Cuts")
    cuts, into = cid(project, "Cuts"), cid(project, "Class")
    change = project.codings.recode([c.id for c in here(project) if c.code == cuts], into)
    assert change.said == "Recoded 2 passages as “Class”"
    assert [(c, w) for _who, c, w in words(project)] == [("Class", "The buses."), ("Class", "Nobody comes down")]
    taken_back(project)
    assert sorted(c for _who, c, _w in words(project)) == ["Class", "Cuts", "Cuts"]
    one = next(c for c in here(project) if c.span == place(project, "Nobody comes down"))
    assert project.codings.recode([one.id], into).said == "Recoded a passage of “Women” from “Cuts” to “Class”"
    assert project.codings.recode([one.id], into).is_empty


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda p, c: p.codings.apply_many([], [cid(p, "Cuts")]), "No passage was chosen"),
        (lambda p, c: p.codings.apply_many([(1, Span(0, 3))], []), "No code was chosen"),
        (lambda p, c: p.codings.apply_many([(1, Span(0, 10**6))], [cid(p, "Cuts")]), "ends at"),
        (lambda p, c: p.codings.set_weight([c], 101), "101 is no weight. Give a number from 0 to 100"),
        (lambda p, c: p.codings.set_weight([c], -1), "-1 is no weight"),
        (lambda p, c: p.codings.set_weight([], 5), "no such coding any more"),
        (lambda p, c: p.codings.move_ends([CodingId(999)], Span(0, 4)), "no such coding any more"),
        (lambda p, c: p.codings.move_ends([c], Span(0, 10**6)), "ends at"),
        (lambda p, c: p.codings.move_ends([c], Span(4, 5)), "no words in that place"),
        (lambda p, c: p.codings.recode([], cid(p, "Class")), "no such coding any more"),
    ],
)
def test_what_cannot_be_is_said(project: Project, wrong: Callable[..., object], said: str) -> None:
    code(project, "Women", "The buses.", "Cuts")
    before = here(project)
    with pytest.raises(BadInput) as caught:
        wrong(project, before[0].id)
    assert said in str(caught.value)
    assert here(project) == before


def test_a_passage_ends_in_one_source_and_codes_must_be_there(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Young people", "The youth club closed", "Cuts")
    both = [here(project)[0].id, here(project, "Young people")[0].id]
    with pytest.raises(BadInput, match="several sources"):
        project.codings.move_ends(both, Span(0, 4))
    with pytest.raises(NotFound, match="no code “999”"):
        project.codings.recode(both, CodeId(999))
    with pytest.raises(NotFound, match="no code “999”"):
        project.codings.apply_many([(here(project)[0].source, Span(0, 4))], [CodeId(999)])


@pytest.mark.parametrize(
    "act",
    [
        lambda p, c: p.codings.set_weight([c], 5),
        lambda p, c: p.codings.move_ends([c], Span(0, 4)),
        lambda p, c: p.codings.recode([c], cid(p, "Class")),
        lambda p, c: p.codings.remove([c]),
    ],
)
def test_what_others_coded_stays_as_it_is(project: Project, act: Callable[..., object]) -> None:
    project.use_coder("Bea")
    code(project, "Women", "The buses.", "Cuts")
    project.use_coder("Asha")
    before = here(project)
    with pytest.raises(BadInput, match="Bea coded this passage; only they can change that"):
        act(project, before[0].id)
    assert here(project) == before


def test_one_act_looks_only_at_the_passages_it_touched(project: Project) -> None:
    """What one removal asks of the database does not grow with the study."""
    women = project.sources.get("Women").id

    def steps() -> int:
        """SQLite's own count of the work of one removal, in hundreds of steps of its virtual machine."""
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        code(project, "Women", "Nobody comes down", "Cuts")
        coding = next(c.id for c in here(project) if c.span == place(project, "Nobody comes down"))
        connection = project._session.db.conn
        connection.set_progress_handler(count, 100)
        try:
            project.codings.remove([coding])
        finally:
            connection.set_progress_handler(None, 100)
        return counted

    few = steps()
    text = project.sources.reading(women).text
    spans = [Span(a, b) for a in range(0, len(text) - 31, 3) for b in range(a + 9, a + 30, 2)]
    project.codings.apply_many([(women, span) for span in spans], [cid(project, "Food")])
    assert len(here(project)) > 500
    assert steps() <= few * 2
