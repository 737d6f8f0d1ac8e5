"""What coders coded differently, and settling it: by a third, as one act, and kept right by what happens later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.disagreement import Disagreement
from cohesion_qda.model.query import Having
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests.makers import code, small_study
from tests.project.test_verbs import cid, quotes, rows

ASKED = Asked("agreement", options={"over": "characters"})
BUSES, AFTER = "The buses.", "Nobody comes down after six."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Asha and Ben coded the women, Asha alone the young people; Cem codes now."""
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", BUSES, "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Women", "We share food over the wall", "Food")
        code(made, "Young people", "The youth club closed", "Cuts")
        made.use_coder("Ben")
        code(made, "Women", f"{BUSES} {AFTER}", "Cuts")
        code(made, "Women", "That is exactly it.", "Class")
        code(made, "Women", "We share food over the wall", "Food")
        made.use_coder("Cem")
        yield made
        assert made.check() == []


def found(project: Project, asked: Asked = ASKED) -> dict[str, Disagreement]:
    """The disagreements by the name of their code; there is one of each."""
    listed = project.agreement.disagreements(asked)
    tree = project.codebook.tree()
    by_name = {tree[d.code].name: d for d in listed}
    assert len(by_name) == len(listed)
    return by_name


def settle(project: Project, one: Disagreement, is_applied: bool = True, **more: Any) -> Any:
    return project.agreement.settle((one.source, one.span), one.code, is_applied, **more)


def words(project: Project, one: Disagreement, span: Span) -> str:
    return span.of(project.sources.text(one.source))


# -- where they differ -------------------------------------------------------------------------------------------------


def test_disagreements_say_who_used_the_code_where(project: Project) -> None:
    asha, ben = (next(c.id for c in project.coders() if c.name == name) for name in ("Asha", "Ben"))
    listed = found(project)
    assert list(listed) == ["Public spaces", "Cuts", "Class"]  # by place; they agree on Food
    cuts = listed["Cuts"]
    assert [(c, [words(project, cuts, s) for s in spans]) for c, spans in cuts.extents] == [
        (asha, [BUSES]), (ben, [f"{BUSES} {AFTER}"]),
    ]  # fmt: skip
    assert not cuts.not_applied and cuts.turn == 5 and cuts.settled is None
    assert (listed["Class"].applied, listed["Class"].not_applied) == ((ben,), (asha,))
    assert {p.coder_name for p in project.codings.passages(cuts.codings)} == {"Asha", "Ben"}
    assert list(found(project, Asked("agreement"))) == ["Public spaces", "Class"]  # turns: both coded turn 5 as Cuts


def test_codes_and_sources_can_be_chosen(project: Project) -> None:
    assert list(found(project, Asked("agreement", codes=(cid(project, "Class"),)))) == ["Class"]
    batley = Asked("agreement", where=(Having("source", "place", ("Batley",)),))
    with pytest.raises(BadInput, match="Agreement needs two people who have coded; here there are fewer"):
        found(project, batley)
    with pytest.raises(BadInput, match="There is no transcript that Asha and Ben have all coded"):
        found(project, Asked("agreement", coders=("Asha", "Ben"), where=batley.where))
    with pytest.raises(NotFound, match="no code “999”"):
        found(project, Asked("agreement", codes=(999,)))  # type: ignore[arg-type]


def test_who_is_compared(project: Project) -> None:
    assert [c.name for c in project.agreement.compared(Asked("agreement"))] == ["Asha", "Ben"]
    assert [c.name for c in project.agreement.compared(Asked("agreement", coders=("ben", "Asha")))] == ["Ben", "Asha"]
    with pytest.raises(BadInput, match="Agreement is between two coders or more; only Ben was chosen"):
        project.agreement.compared(Asked("agreement", coders=("Ben", "ben")))
    with pytest.raises(NotFound, match=r"no coder “Bem”.*Did you mean: .*Ben"):
        project.agreement.compared(Asked("agreement", coders=("Asha", "Bem")))
    settle(project, found(project)["Class"])
    assert [c.name for c in project.agreement.compared(Asked("agreement"))] == ["Asha", "Ben"]  # not who settled


def test_a_coder_is_found_whatever_the_case_and_the_spaces(project: Project) -> None:
    """In agreement, filters, memos, and who codes, or is alone seen: always in one way."""
    project.use_coder("Zoë O’Neill")
    code(project, "Women", BUSES, "Cuts")
    written = " ZOË  o'neill "
    assert [c.name for c in project.agreement.compared(Asked("agreement", coders=(written, "ASHA ")))] == [
        "Zoë O’Neill", "Asha",
    ]  # fmt: skip
    assert project.answers.ask(Asked("frequencies", coders=(written,))).parts[0].foot.cells[0].value == 1  # type: ignore[union-attr]
    assert [p.quote for p in project.codings.retrieve(coder=written)] == [BUSES]
    project.use_coder(written)
    assert project.coder.name == "Zoë O’Neill"
    project.look_as(written)
    assert len(project.codings.retrieve()) == 1
    project.look_as(None)
    with Project.open(project.path, written, read_only=True) as again:
        assert again.coder.name == "Zoë O’Neill"


# -- what settling does to what is measured and counted ---------------------------------------------------------------


def test_who_settles_one_place_stays_among_those_compared(project: Project) -> None:
    """What they coded for themselves is compared; the coding by which they settled is not."""
    code(project, "Women", "For me it is the park", "Food")
    everybody = Asked("agreement")
    before = project.answers.ask(everybody)
    assert [c.name for c in project.agreement.compared(everybody)] == ["Asha", "Ben", "Cem"]
    two = Asked("agreement", coders=("Asha", "Ben"))
    settle(project, found(project, two)["Class"], between=["Asha", "Ben"])
    after = project.answers.ask(everybody)
    assert [c.name for c in project.agreement.compared(everybody)] == ["Asha", "Ben", "Cem"]
    assert after.parts[0] == before.parts[0]
    assert after.notes[0] == (
        "1 coding that settled a disagreement is left out: compared is what coders coded for themselves."
    )
    assert after.notes[1:] == before.notes
    (pair, *_others) = project.reports.snapshot().agreement
    assert (pair.first, pair.second) == ("Asha", "Ben")
    assert project.reports.snapshot().settled == 1


def test_who_only_settled_has_nothing_of_their_own_to_compare(project: Project) -> None:
    settle(project, found(project)["Class"])
    with pytest.raises(BadInput, match="There is no transcript that Asha and Cem have all coded") as caught:
        found(project, Asked("agreement", coders=("Asha", "Cem")))
    assert "1 coding that settled a disagreement is left out" in caught.value.hint
    assert [pair.second for pair in project.reports.snapshot().agreement] == ["Ben"]


CHOOSE = "Choose “As settled” to count, where coders differed, only what was settled, and once what they coded alike."
AS_SETTLED = Asked("frequencies", unit="mentions").with_option(settled=True)


def mentions(project: Project, asked: Asked) -> dict[str, int]:
    lines = project.answers.ask(asked).parts[0].lines
    return {line.label: int(line.cells[0].value or 0) for line in lines}


def test_counts_say_what_settling_did_to_them(project: Project) -> None:
    said = "1 coding that is counted was made by settling a disagreement, beside the coders’ own."
    assert CHOOSE not in project.answers.ask(Asked("frequencies")).notes
    settle(project, found(project)["Cuts"], False)
    for asked in (Asked("frequencies"), Asked("crosstab", by=("place",))):
        assert said not in project.answers.ask(asked).notes and CHOOSE in project.answers.ask(asked).notes
    settle(project, found(project)["Class"])
    for asked in (Asked("frequencies"), Asked("crosstab", by=("place",)), Asked("cooccurrence")):
        assert {said, CHOOSE} <= set(project.answers.ask(asked).notes)
    assert not {said, CHOOSE} & set(project.answers.ask(Asked("frequencies", coders=("Asha", "Ben"))).notes)
    assert not {said, CHOOSE} & set(project.answers.ask(Asked("agreement", coders=("Asha", "Ben"))).notes)
    assert said in project.reports.snapshot().notes


def test_counted_as_settled_is_what_was_agreed_and_once(project: Project) -> None:
    assert mentions(project, Asked("frequencies", unit="mentions")) == {
        "Cuts": 3, "Food": 2, "Class": 1, "Public spaces": 1,
    }  # fmt: skip
    once = {"Cuts": 2, "Food": 1, "Class": 1, "Public spaces": 1}
    assert mentions(project, AS_SETTLED) == once  # what two coded alike, or on overlapping words, is one
    one = found(project)["Cuts"]
    settle(project, one, span=one.extents[0][1], why="The rest is about safety")
    settle(project, found(project)["Class"], False)
    assert mentions(project, AS_SETTLED) == {**once, "Class": 0}
    behind = project.answers.behind(AS_SETTLED, "codes", (one.code, "mentions"))
    assert [(e.quote, e.passage.coder_name) for e in behind if e.passage] == [
        (BUSES, "Cem"), ("The youth club closed", "Asha"),
    ]  # fmt: skip
    answer = project.answers.ask(AS_SETTLED)
    assert "as settled" in answer.made.filters and answer.notes[0].startswith("Where coders differed and it was")
    project.history.undo()
    assert mentions(project, AS_SETTLED) == once


def test_every_kind_but_agreement_can_be_asked_as_settled(project: Project) -> None:
    settle(project, found(project)["Class"], False)
    source = project.sources.get("Women").id
    for kind in ("crosstab", "cooccurrence", "dynamics", "portrait", "timeline", "saturation"):
        asked = Asked(kind, by=("place",) if kind == "crosstab" else ()).with_option(
            settled=True, source=source if kind == "portrait" else None
        )
        assert "as settled" in project.answers.ask(asked).made.filters
    rows_of = project.answers.tidy(AS_SETTLED).lines
    assert len(rows_of) < len(project.answers.tidy(Asked("frequencies")).lines)
    agree = Asked("agreement", coders=("Asha", "Ben"))
    assert project.answers.ask(agree.with_option(settled=True)).parts == project.answers.ask(agree).parts


def test_as_settled_is_of_no_single_coder_and_seen_by_who_may_see_all(project: Project) -> None:
    with pytest.raises(BadInput, match="What was settled is not of one coder"):
        project.answers.ask(Asked("frequencies", coders=("Asha",)).with_option(settled=True))
    project.look_as("Asha")
    with pytest.raises(BadInput, match="What was settled cannot be counted while others’ codings are hidden"):
        project.answers.ask(AS_SETTLED)


# -- settling ----------------------------------------------------------------------------------------------------------


def test_settling_is_one_act_that_can_be_undone(project: Project) -> None:
    before, one = rows(project), found(project)["Cuts"]
    extent = one.extents[0][1]
    change = settle(project, one, span=extent, why="  The second sentence is\nabout safety. ")
    assert change.said == "Settled that “Cuts” applies to 2 words of “Women”"
    assert set(change.rows) == {"coder", "settlement", "coding"}
    assert change.focus == (one.source, extent[0])
    settled = found(project)["Cuts"].settled
    assert settled is not None
    assert (settled.is_applied, settled.why, settled.span) == (True, "The second sentence is about safety.", extent[0])
    assert [(p.coder_name, p.quote) for p in project.codings.retrieve(cid(project, "Cuts"), coder="Cem")] == [
        ("Cem", BUSES)
    ]
    assert list(found(project)) == ["Public spaces", "Cuts", "Class"]  # what the two did stays to be read
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert found(project)["Cuts"].settled is not None


def test_it_does_not_apply(project: Project) -> None:
    one = found(project)["Class"]
    change = settle(project, one, False, why="A joke")
    assert change.said == "Settled that “Class” does not apply to 4 words of “Women”"
    settled = found(project)["Class"].settled
    assert settled is not None and not settled.is_applied and settled.span == one.span
    assert project.codings.retrieve(coder="Cem") == []
    entry = project.history.trail()[0]
    assert entry.told == "Cem settled that “Class” does not apply to 4 words of “Women”"


def test_without_a_span_all_of_the_place_is_coded(project: Project) -> None:
    settle(project, found(project)["Cuts"])
    assert [p.quote for p in project.codings.retrieve(coder="Cem")] == [f"{BUSES} {AFTER}"]


def test_several_places_of_one_coder_are_taken_over_as_they_are(project: Project) -> None:
    one = found(project)["Cuts"]
    spans = [Span(one.span.start, one.span.start + 10), Span(one.span.end - 10, one.span.end)]
    change = settle(project, one, span=spans)
    assert "applies to 4 words" in change.said
    assert [p.coding.span for p in project.codings.retrieve(coder="Cem")] == spans
    assert found(project)["Cuts"].settled is not None


def test_settling_anew_gives_way(project: Project) -> None:
    one = found(project)["Cuts"]
    settle(project, one, span=one.extents[0][1])
    settle(project, one, span=one.extents[1][1])
    assert [p.quote for p in project.codings.retrieve(coder="Cem")] == [f"{BUSES} {AFTER}"]
    assert len(project.agreement.settlements()) == 1
    settle(project, one, False)
    assert project.codings.retrieve(coder="Cem") == []
    settled = project.agreement.settlements()
    assert [s.is_applied for s in settled] == [False]
    project.history.undo()
    assert [p.quote for p in project.codings.retrieve(coder="Cem")] == [f"{BUSES} {AFTER}"]


def test_what_one_coded_oneself_elsewhere_stays(project: Project) -> None:
    code(project, "Women", "For me it is the park", "Food")
    settle(project, found(project, Asked("agreement", coders=("Asha", "Ben")))["Class"], False)
    assert quotes(project, "What unites/Food").count("For me it is the park") == 1


def test_what_a_third_coded_there_themselves_gives_way(project: Project) -> None:
    code(project, "Women", "Nobody comes down", "Cuts")
    one = found(project, Asked("agreement", coders=("Asha", "Ben"), options={"over": "characters"}))["Cuts"]
    with pytest.raises(BadInput, match="Cem is one of those compared"):
        settle(project, one)
    change = settle(project, one, False, between=["Asha", "Ben"])
    assert project.codings.retrieve(coder="Cem") == []
    assert change.said.startswith("Settled that “Cuts” does not apply")
    project.history.undo()
    assert [p.quote for p in project.codings.retrieve(coder="Cem")] == ["Nobody comes down"]


@pytest.mark.parametrize("name", ["Asha", "ben"])
def test_who_is_compared_does_not_settle(project: Project, name: str) -> None:
    one = found(project)["Cuts"]
    project.use_coder(name)
    with pytest.raises(BadInput, match=f"{name.title()} is one of those compared; a third person settles") as caught:
        settle(project, one)
    assert "under another name, such as “Agreed”" in caught.value.hint


def test_nor_does_who_is_named_as_compared_and_left_the_place_out(project: Project) -> None:
    one = found(project)["Class"]
    project.use_coder("Asha")
    with pytest.raises(BadInput, match="Asha is one of those compared"):
        settle(project, one, between=["Asha", "Ben"])


def test_nothing_is_settled_where_nobody_used_the_code_any_more(project: Project) -> None:
    one = found(project)["Class"]
    project.use_coder("Ben")
    project.codings.remove(one.codings)
    project.use_coder("Cem")
    with pytest.raises(BadInput, match="Nobody used “Class” there any more; there is nothing to settle"):
        settle(project, one)


def test_what_is_settled_lies_where_the_code_was_used(project: Project) -> None:
    one = found(project)["Class"]
    with pytest.raises(BadInput, match="must lie where the code was used"):
        settle(project, one, span=Span(0, 10))
    with pytest.raises(BadInput, match="must lie where the code was used"):
        settle(project, one, span=[])
    with pytest.raises(BadInput, match="no words in that place"):
        settle(project, one, span=Span(one.span.start - 1, one.span.start))
    with pytest.raises(NotFound, match="no code “999”"):
        project.agreement.settle((one.source, one.span), 999, True)  # type: ignore[arg-type]
    assert project.agreement.settlements() == []


def test_nothing_is_told_while_others_codings_are_hidden(project: Project) -> None:
    one = found(project)["Class"]
    project.look_as("Cem")
    for act in (
        lambda: project.agreement.disagreements(ASKED),
        lambda: project.agreement.compared(ASKED),
        project.agreement.settlements,
        lambda: settle(project, one),
        lambda: project.answers.ask(ASKED),
        lambda: project.answers.behind(ASKED, "coefficients", ("one", 0)),
    ):
        with pytest.raises(BadInput, match="cannot be told while others’ codings are hidden") as caught:
            act()
        assert caught.value.hint == "Show others’ codings first."


# -- what happens later ------------------------------------------------------------------------------------------------


def test_a_correction_takes_what_was_settled_with_it(project: Project) -> None:
    one = found(project)["Class"]
    settle(project, one, False)
    project.corrections.correct(one.source, [Edit(0, 0, "Well now. ")])
    moved = found(project)["Class"]
    assert moved.span == Span(one.span.start + 10, one.span.end + 10)
    assert moved.settled is not None and moved.settled.span == moved.span
    project.history.undo()
    assert found(project)["Class"].settled is not None


def test_what_was_settled_about_words_that_are_gone_is_not_read(project: Project) -> None:
    one = found(project)["Class"]
    settle(project, one, False)
    project.corrections.correct(one.source, [Edit(one.span.start, one.span.end, "")])
    assert project.agreement.settlements() == []
    project.history.undo()
    assert len(project.agreement.settlements()) == 1


def test_merging_codes_takes_what_was_settled_with_it(project: Project) -> None:
    before = found(project)
    settle(project, before["Class"], False, why="A joke")
    settle(project, before["Cuts"])
    project.codebook.merge(cid(project, "Class"), into=cid(project, "Cuts"))
    settled = project.agreement.settlements()
    assert {s.code for s in settled} == {cid(project, "Cuts")}
    assert sorted((s.is_applied, s.why) for s in settled) == [(False, "A joke"), (True, "")]
    project.history.undo()
    assert len({s.code for s in project.agreement.settlements()}) == 2


def test_merging_two_that_were_settled_on_the_same_words_keeps_that_one_applies(project: Project) -> None:
    project.use_coder("Ben")
    code(project, "Women", "That is exactly it.", "Cuts")
    project.use_coder("Cem")
    listed = project.agreement.disagreements(ASKED)
    here = [d for d in listed if words(project, d, d.span) == "That is exactly it."]
    for one in here:
        settle(project, one, one.code == cid(project, "Class"), why=str(one.code))
    project.codebook.merge(cid(project, "Class"), into=cid(project, "Cuts"))
    (settled,) = project.agreement.settlements()
    assert settled.is_applied and len(settled.why.split("\n")) == 2


def test_what_was_settled_goes_with_its_code_and_with_its_source(project: Project) -> None:
    settle(project, found(project)["Class"])
    project.codebook.delete(cid(project, "Class"))
    assert project.agreement.settlements() == []
    project.history.undo()
    assert len(project.agreement.settlements()) == 1
    project.sources.remove(project.sources.get("Women").id)
    assert project.agreement.settlements() == []
    project.history.undo()
    assert len(project.agreement.settlements()) == 1


def test_a_settled_place_keeps_its_segment_when_the_codings_go(project: Project) -> None:
    """The place stays as what was settled, until it is settled or coded no more."""
    one = found(project)["Class"]
    settle(project, one, False)
    project.use_coder("Ben")
    project.codings.remove(one.codings)
    assert len(project.agreement.settlements()) == 1
