"""Merging, splitting, setting aside, examples, and files: what a researcher does with codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeDraft, Held
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, draft, small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "s.cqda") as made:
        yield made


def cid(project: Project, path: str) -> CodeId:
    return project.codebook.tree().get(path).id


def quotes(project: Project, path: str) -> list[str]:
    return [passage.quote for passage in project.codings.retrieve(cid(project, path), branch=False)]


def codings_of(project: Project, path: str) -> list[CodingId]:
    return [passage.coding.id for passage in project.codings.retrieve(cid(project, path), branch=False)]


# ---- merging
def test_merging_loses_nothing_that_was_written(project: Project) -> None:
    code(project, "Women", "We share food", "Food")
    code(project, "Women", "Everybody is in the park on a Saturday.", "Food", "Public spaces")
    food, spaces = cid(project, "Food"), cid(project, "Public spaces")
    project.codebook.edit(food, definition="Eating together.", use_when="Meals.", key="Shift+F")
    project.codebook.describe(spaces, definition="Parks and squares.")
    project.codings.set_weight([codings_of(project, "Food")[1]], 70)
    project.memos.add("code", food, "About food")
    for coding in codings_of(project, "Food"):
        project.memos.add("coding", coding, f"On {coding}")
    change = project.codebook.merge(food, into=spaces)
    assert change.said == "Merged “Food” with its 2 codings into “Public spaces”"
    kept = project.codebook.tree()[spaces]
    assert kept.definition == "Parks and squares.\n\nFrom “Food”: Eating together."
    assert (kept.use_when, kept.key) == ("Meals.", "Shift+F")
    assert quotes(project, "Public spaces") == ["We share food", "Everybody is in the park on a Saturday."]
    assert [c.weight for c in project.codings.get(codings_of(project, "Public spaces"))] == [None, 70]
    assert len(project.memos.list()) == 3
    assert project.check() == []


def test_merging_gives_themes_the_code_that_is_kept(project: Project) -> None:
    food, spaces, unites = cid(project, "Food"), cid(project, "Public spaces"), cid(project, "What unites")
    db = project._session.db
    with project._session.act("add-theme", name="Tables"):
        for name in ("One", "Two"):
            db.execute("INSERT INTO theme (name, question_id) VALUES (?, ?)", [name, unites])
        db.execute("INSERT INTO theme_code (theme_id, code_id) VALUES (1, ?), (2, ?), (2, ?)", [food, food, spaces])
    assert project.codebook.would_delete(unites) == Held(under=2, themes=2)
    project.codebook.merge(food, into=spaces)
    found = db.execute("SELECT theme_id, code_id FROM theme_code ORDER BY 1").fetchall()
    assert found == [(1, spaces), (2, spaces)]
    cuts = cid(project, "Cuts")
    project.codebook.merge(unites, into=cuts)
    assert {row[0] for row in db.execute("SELECT question_id FROM theme")} == {None}, "a code that is no question"
    project.history.undo()
    divides = cid(project, "What divides")
    project.codebook.merge(unites, into=divides)
    assert {row[0] for row in db.execute("SELECT question_id FROM theme")} == {divides}
    project.history.undo()
    project.history.undo()
    assert db.execute("SELECT count(*) FROM theme_code WHERE code_id = ?", [food]).fetchone()[0] == 2


def test_what_cannot_be_merged_says_why(project: Project) -> None:
    unites, spaces = cid(project, "What unites"), cid(project, "Public spaces")
    with pytest.raises(BadInput, match="cannot be merged into itself or a code under it"):
        project.codebook.merge(unites, into=spaces)
    project.codebook.add("Class", unites)
    with pytest.raises(BadInput, match="Both codes have a code “Class” under them"):
        project.codebook.merge(unites, into=cid(project, "What divides"))


# ---- splitting
def test_splitting_sends_each_passage_one_way_in_one_act(project: Project) -> None:
    for quote in ("We share food", "Everybody is in the park on a Saturday.", "The buses."):
        code(project, "Women", quote, "Public spaces")
    code(project, "Women", "We share food", "Food")
    spaces, food = cid(project, "Public spaces"), cid(project, "Food")
    share, park, _buses = codings_of(project, "Public spaces")
    change = project.codebook.split(spaces, ["Parks", food, "Never used"], {share: 1, park: 0})
    assert change.said == "Split “Public spaces”: 2 passages went to “Parks”, “Food”"
    assert quotes(project, "Public spaces") == ["The buses."]
    assert quotes(project, "Parks") == ["Everybody is in the park on a Saturday."]
    assert quotes(project, "Food") == ["We share food"]
    assert "Never used" not in [c.name for c in project.codebook.tree()]
    assert project.codebook.tree().path(cid(project, "Parks")) == "What unites/Parks"
    project.history.undo()
    assert codings_of(project, "Public spaces") == [share, park, _buses]
    assert project.codebook.tree().find("Parks") is None


def test_a_split_that_cannot_be_changes_nothing(project: Project) -> None:
    code(project, "Women", "We share food", "Food")
    food, (coding,) = cid(project, "Food"), codings_of(project, "Food")
    for into, sent, words in (
        (["Parks"], {coding: 1}, "no part 2 to send"),
        ([food], {coding: 0}, "cannot be split into itself"),
        (["Public spaces"], {coding: 0}, "already a code “Public spaces”"),
        ([" "], {coding: 0}, "needs a name"),
    ):
        with pytest.raises(BadInput, match=words):
            project.codebook.split(food, into, sent)
    with pytest.raises(NotFound):
        project.codebook.split(food, [CodeId(99)], {coding: 0})
    assert project.codebook.split(food, ["Parks"], {}).is_empty
    assert quotes(project, "Food") == ["We share food"]
    assert len(project.codebook.tree()) == 6


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("code"), st.integers(0, 3), st.integers(0, 12), st.sampled_from(["Asha", "Ben"])),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("split"), st.integers(0, 3), st.lists(st.integers(-1, 3), max_size=8)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=14,
)


def passages(project: Project) -> set[tuple[int, int, int]]:
    """(start, end, coder) of everything that is coded."""
    return {(row[2], row[3], row[5]) for row in project._session.db.execute(
        'SELECT c.id, 0, s."start", s."end", c.code_id, c.coder_id FROM coding c JOIN segment s ON s.id = c.segment_id')}  # fmt: skip


@given(STEPS)
def test_merging_splitting_and_undo_keep_every_passage(tmp_path_factory, steps) -> None:
    text = "one two three four five six seven eight"
    with Project.create(tmp_path_factory.mktemp("p") / "s.cqda", coder="Asha") as project:
        project.sources.add([draft("Talk", [("A", text)])])
        source = project.sources.list()[0].id
        for name in "ABCD":
            project.codebook.add(name)
        for kind, *rest in steps:
            before, whole = passages(project), everything(project)
            if kind in ("undo", "redo"):
                with suppress(BadInput):  # where there is nothing to take back
                    getattr(project.history, kind)()
                continue
            change = _done(project, source, kind, rest)
            assert kind == "code" or passages(project) == before, "the same passages are coded, by the same people"
            assert project.check() == []
            if not change.is_empty:
                after = everything(project)
                project.history.undo()
                assert everything(project) == whole
                project.history.redo()
                assert everything(project) == after


def everything(project: Project) -> tuple[object, object]:
    return project._session.db.execute("SELECT * FROM coding ORDER BY id").fetchall(), list(project.codebook.tree())


def _done(project: Project, source: SourceId, kind: str, rest: list[Any]) -> Change:
    """Do one step; where a split sends n passages, all others of the code stay."""
    codes = [code.id for code in project.codebook.tree()]
    one = codes[rest[0] % len(codes)]
    if kind == "code":
        project.use_coder(rest[2])
        return project.codings.apply(source, Span(rest[1], rest[1] + 6), [one])
    if kind == "merge":
        other = codes[rest[1] % len(codes)]
        return Change.nothing("merge") if one == other else project.codebook.merge(one, into=other)
    mine = [row[0] for row in project._session.db.execute("SELECT id FROM coding WHERE code_id = ?", [one])]
    into = [*(c for c in codes if c != one), f"New {len(codes)} {one}"]
    sent = {CodingId(coding): n for coding, n in zip(mine, rest[1], strict=False) if 0 <= n < len(into)}
    change = project.codebook.split(one, into, sent)
    left = project._session.db.execute("SELECT count(*) FROM coding WHERE code_id = ?", [one]).fetchone()
    assert left[0] == len(mine) - len(sent)
    return change


# ---- setting aside, keys, colours, examples
def test_a_code_set_aside_keeps_what_it_has_and_is_not_offered(project: Project) -> None:
    code(project, "Women", "We share food", "Food")
    unites = cid(project, "What unites")
    assert project.codebook.set_aside(unites, True).said == "Set the code “What unites” aside"
    tree = project.codebook.tree()
    assert [c.name for c in tree.offered()] == ["What divides", "Cuts", "Class"]
    assert tree.is_aside(cid(project, "Food"))
    assert not tree.is_aside(cid(project, "Cuts"))
    assert project.codebook.counts()[unites].branch.mentions == 1
    change = project.codebook.set_aside(cid(project, "Food"), False)
    assert change.said == "Brought the code “Food” back"
    assert len(project.codebook.tree().offered()) == 6
    project.history.undo()
    assert len(project.codebook.tree().offered()) == 3
    assert project.codebook.set_aside(unites, True).is_empty


def test_any_code_can_have_a_key(project: Project) -> None:
    food, cuts = cid(project, "Food"), cid(project, "Cuts")
    project.codebook.set_key(food, "Shift+Q")
    project.codebook.set_key(cuts, "Shift+Q")
    assert [project.codebook.tree()[c].key for c in (food, cuts)] == ["", "Shift+Q"]
    project.codebook.set_key(food, "0")
    with pytest.raises(BadInput, match="a digit, or Shift with a letter"):
        project.codebook.set_key(food, "Ctrl+A")


def test_a_whole_branch_takes_a_colour(project: Project) -> None:
    unites = cid(project, "What unites")
    change = project.codebook.recolour(unites, "plum", branch=True)
    assert change.said == "Gave “What unites” and the 2 codes under it the colour plum"
    assert {c.colour for c in project.codebook.tree() if project.codebook.tree().root(c.id).id == unites} == {"plum"}
    with pytest.raises(BadInput, match="no colour “pink”"):
        project.codebook.recolour(unites, "pink", branch=True)


def test_a_quotation_becomes_the_example_with_who_said_it(project: Project) -> None:
    code(project, "Women", "We share food over the wall 😀 every Eid.", "Food")
    food, (coding,) = cid(project, "Food"), codings_of(project, "Food")
    assert project.codebook.set_example(food, coding).said == "Made a quotation the example of “Food”"
    assert project.codebook.tree()[food].example == "“We share food over the wall 😀 every Eid.” (Amina, Women, turn 2)"
    project.codings.remove([coding])
    with pytest.raises(BadInput, match="no longer there"):
        project.codebook.set_example(food, coding)


def test_an_example_from_a_source_in_which_nobody_speaks(project: Project) -> None:
    from cohesion_qda.model.source import SourceDraft

    project.sources.add([SourceDraft("Plan", "document", "The park will close.")])
    code(project, "Plan", "The park will close.", "Cuts")
    project.codebook.set_example(cid(project, "Cuts"), codings_of(project, "Cuts")[0])
    assert project.codebook.tree()[cid(project, "Cuts")].example == "“The park will close.” (Plan)"


# ---- counting what would go
def test_what_would_go_with_a_code_is_told_before_and_after(project: Project) -> None:
    for words in ("We share food", "The buses."):
        code(project, "Women", words, "Food")
    project.memos.add("code", cid(project, "Food"), "x")
    project.memos.add("coding", codings_of(project, "Food")[0], "y")
    unites = cid(project, "What unites")
    assert project.codebook.would_delete(unites) == Held(under=2, codings=2, memos=2, themes=0)
    assert project.codebook.coded() == {c.id: 2 * (c.name in ("What unites", "Food")) for c in project.codebook.tree()}
    change = project.codebook.delete(unites)
    assert change.said == "Deleted the code “What unites” and those under it (2) with 2 codings"
    assert project.memos.list() == []
    project.history.undo()
    assert len(project.memos.list()) == 2


def test_one_coder_s_counts_are_theirs_alone(project: Project) -> None:
    code(project, "Women", "We share food", "Food")
    project.use_coder("Ben")
    counts, base = project.codebook.tally("Ben")
    assert (counts[cid(project, "Food")].own.mentions, base.mentions, base.participants) == (0, 0, 5)
    code(project, "Women", "The buses.", "Food", "Cuts")
    counts, base = project.codebook.tally("Ben")
    assert (counts[cid(project, "Food")].own.mentions, base.mentions) == (1, 2)
    assert project.codebook.tally()[1].mentions == 3


# ---- files
def test_a_codebook_goes_out_and_comes_in_the_same(project: Project, tmp_path: Path) -> None:
    project.codebook.edit(cid(project, "Food"), definition="Eating.", not_when="Shops.", example="“x”", colour="plum")
    project.codebook.set_aside(cid(project, "Class"), True)
    for ending in ("xlsx", "csv", "json", "qdc"):
        project.codebook.export(tmp_path / f"book.{ending}")
        with Project.create(tmp_path / f"{ending}.cqda", codebook=tmp_path / f"book.{ending}") as other:
            wanted, found = project.codebook.tree(), other.codebook.tree()
            assert [found.path(c.id) for c in found] == [wanted.path(c.id) for c in wanted]
            for a, b in zip(wanted, found, strict=True):
                assert [getattr(a, f) for f in SAME] == [getattr(b, f) for f in SAME]


SAME = ("name", "colour", "definition", "use_when", "not_when", "example", "is_question", "is_aside")


def test_what_is_there_stays_unless_theirs_is_chosen(project: Project) -> None:
    project.codebook.describe(cid(project, "Food"), definition="Mine.")
    drafts = [
        CodeDraft("what  UNITES", children=(
            CodeDraft("Food", "rose", definition="Theirs.", children=(CodeDraft("Cakes"),)), CodeDraft("Cricket", "sky"),
        )),
        CodeDraft("Other", key="1"),
    ]  # fmt: skip
    found = project.codebook.incoming(drafts)
    assert [(each.path[-1], each.is_new, each.differs) for each in found] == [
        ("what  UNITES", False, ()), ("Food", False, ("colour", "definition")), ("Cakes", True, ()),
        ("Cricket", True, ()), ("Other", True, ()),
    ]  # fmt: skip
    assert project.codebook.add_codebook(drafts).said == "Added a codebook of 3 codes"
    assert project.codebook.tree()[cid(project, "Food")].definition == "Mine."
    project.history.undo()
    change = project.codebook.add_codebook(drafts, [found[1].path, found[4].path])
    assert change.said == "Added a codebook of 1 code (changed, of those that were there: 1)"
    food = project.codebook.tree()[cid(project, "Food")]
    assert (food.definition, food.colour, project.codebook.tree()[cid(project, "Other")].key) == (
        "Theirs.",
        "rose",
        "1",
    )
    assert project.codebook.tree().find("Cricket") is None
    with pytest.raises(BadInput, match="“B” stands under a code that is not taken"):
        project.codebook.add_codebook([CodeDraft("A", children=(CodeDraft("B"),))], [("A", "B")])
