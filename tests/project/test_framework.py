"""The framework matrix: a summary of each case on each code, with the passages it rests on; each verb one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound, UserError
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests.makers import code, draft, small_study
from tests.project.test_verbs import cid, rows

PEOPLE = Asked("framework", branch=True)
GROUPS = PEOPLE.with_option(cases="groups")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses. Nobody comes down", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Young people", "The youth club closed", "Cuts")
        yield made
        assert made.check() == []


def case(project: Project, name: str, group: str = "Women") -> Any:
    groups = {one.id: one.name for one in project.cases.list("group")}
    return next(
        c.id for c in project.cases.list() if c.name == name and (c.kind == "group" or groups[c.group] == group)
    )


def at(project: Project, source: str, quote: str) -> tuple[Any, Span]:
    found = project.sources.get(source).id
    return found, project.codings.find_quote(found, quote)


def cells(project: Project, asked: Asked, part: str) -> dict[tuple[str, str], Any]:
    """What stands in a part of the matrix, by case and code; empty cells left out."""
    found = project.answers.ask(asked).part(part)
    return {
        (line.label, head.label): cell.value
        for line in found.lines
        for head, cell in zip(found.heads, line.cells, strict=True)
        if cell.value
    }


def test_a_summary_is_written_and_rests_on_passages(project: Project) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    assert project.framework.get(amina, cuts).is_empty
    project.framework.write(amina, cuts, "Buses have gone; nobody comes after six.")
    project.framework.link(
        amina, cuts, [at(project, "Women", "The buses. Nobody comes down"), at(project, "Women", "after six")]
    )
    found = project.framework.get(amina, cuts)
    assert (found.body, len(found.passages)) == ("Buses have gone; nobody comes after six.", 2)
    behind = project.framework.passages(amina, cuts)
    assert [place.quote for place in behind.linked] == ["The buses. Nobody comes down", "after six"]
    assert behind.coded == (), "what is linked is not offered again"


def test_the_passages_of_a_cell_are_those_of_the_case_with_the_code_and_those_under_it(project: Project) -> None:
    amina, divides = case(project, "Amina"), cid(project, "What divides")
    assert [p.quote for p in project.framework.passages(amina, divides).coded] == ["The buses. Nobody comes down"]
    assert project.framework.passages(amina, divides, Asked("framework")).coded == ()
    women = case(project, "Women")
    assert [p.quote for p in project.framework.passages(women, divides, GROUPS).coded] == [
        "The buses. Nobody comes down"
    ]
    away = Asked("framework", branch=True, where=(Having("source", "place", ("Batley",)),))
    assert project.framework.passages(amina, divides, away).coded == ()


def test_the_matrix_has_a_line_for_each_participant_and_says_what_waits_for_a_summary(project: Project) -> None:
    project.cases.set_attribute(case(project, "Amina"), "age", "34")
    project.framework.write(case(project, "Amina"), cid(project, "Cuts"), "Buses have gone.")
    project.framework.link(case(project, "Amina"), cid(project, "Cuts"), [at(project, "Women", "The buses.")])
    answer = project.answers.ask(PEOPLE)
    matrix, coded = answer.part("matrix"), answer.part("coded")
    assert [line.label for line in matrix.lines] == [
        "Amina (Women)", "Carol", "Joan", "Amina (Young people)", "Dev",
    ]  # fmt: skip
    assert matrix.lines[0].cells[0].value == "Women; age: 34"
    assert [head.label for head in matrix.heads] == [
"About", "What unites", "Public spaces", "Food", "What divides", "Cuts", "Class",
    ]  # fmt: skip
    assert cells(project, PEOPLE, "matrix")["Amina (Women)", "Cuts"] == "Buses have gone. [1]"
    assert [cell.value for cell in coded.lines[1].cells] == [1, 1, 0, 0, 0, 0]
    assert coded.headline == "5 cells have coded passages and no summary yet"
    (line,) = answer.part("passages").lines
    assert [cell.value for cell in line.cells] == ["Amina (Women)", "Cuts", "The buses.", "Amina", "Women", "5"]
    assert answer.made.counted[-1] == "5 participants by 6 codes, 1 summary written."
    assert answer.title == "Framework matrix of participants"


def test_codes_that_only_group_others_have_no_column_and_what_waits_is_told_in_files(project: Project) -> None:
    plain = Asked("framework")
    heads = [head.label for head in project.answers.ask(plain).part("matrix").heads]
    assert heads == ["About", "Public spaces", "Food", "Cuts", "Class"]
    assert cells(project, plain, "matrix")["Carol", "Public spaces"] == "(1 coded passage, no summary yet)"
    project.framework.write(case(project, "Amina"), cid(project, "What divides"), "A line of its own.")
    assert "What divides" in [head.label for head in project.answers.ask(plain).part("matrix").heads]
    asked = Asked("framework", (cid(project, "What unites"),))
    assert [head.label for head in project.answers.ask(asked).part("matrix").heads] == ["About", "What unites"]


def test_every_number_opens_as_many_passages_and_a_summary_those_it_rests_on(project: Project) -> None:
    project.use_coder("Ben")
    code(project, "Women", "The buses. Nobody comes down", "Cuts")
    project.framework.link(
        case(project, "Amina"), cid(project, "Cuts"), [at(project, "Women", "Knowing your neighbours")]
    )
    for asked in (PEOPLE, GROUPS):
        answer = project.answers.ask(asked)
        for line in answer.part("coded").lines:
            for cell in line.cells:
                assert len(project.answers.behind(asked, "coded", cell.key) if cell.key else []) == cell.value
    found = project.answers.behind(PEOPLE, "matrix", ("cell", case(project, "Amina"), cid(project, "Cuts")))
    assert [one.quote for one in found] == ["Knowing your neighbours", "The buses. Nobody comes down"]
    (line,) = project.answers.ask(PEOPLE).part("passages").lines
    assert [one.quote for one in project.answers.behind(PEOPLE, "passages", line.key)] == ["Knowing your neighbours"]
    assert project.answers.behind(PEOPLE, "passages", ("passage", 999)) == []


def test_lines_may_be_groups_and_may_be_narrowed(project: Project) -> None:
    matrix = project.answers.ask(GROUPS).part("matrix")
    assert [(line.label, line.cells[0].value) for line in matrix.lines] == [
        ("Women", "place: Dewsbury"), ("Young people", "place: Batley"),
    ]  # fmt: skip
    narrow = Asked("framework", (cid(project, "Cuts"),), where=(Having("source", "place", ("Batley",)),))
    narrowed = project.answers.ask(narrow)
    assert [line.label for line in narrowed.part("matrix").lines] == ["Amina (Young people)", "Dev"]
    assert [head.label for head in narrowed.part("coded").heads] == ["Cuts"]
    assert [name for name, _why in narrowed.made.left_out] == ["Women"]


def test_codes_of_one_name_are_told_apart(project: Project) -> None:
    project.codebook.add("Food", cid(project, "What divides"))
    heads = [head.label for head in project.answers.ask(PEOPLE).part("matrix").heads]
    assert [head for head in heads if "Food" in head] == ["What unites/Food", "What divides/Food"]


def test_somebody_of_whom_is_written_stays_in_the_matrix_though_nothing_they_said_is_there(project: Project) -> None:
    dev = case(project, "Dev", "Young people")
    project.framework.write(dev, cid(project, "Class"), "Judged by his trainers.")
    young = project.sources.get("Young people").id
    reading = project.sources.reading(young)
    project.corrections.set_speaker(
        young, [t.id for t in reading.turns if reading.speakers[t.speaker].case == dev], "Amina"
    )
    assert project.cases.get(dev).name == "Dev", "he is not dropped with what is written of him"
    assert cells(project, PEOPLE, "matrix")["Dev", "Class"] == "Judged by his trainers."
    assert ("Dev", "Class") not in cells(project, GROUPS, "matrix")


def test_typing_is_one_act_and_a_summary_without_words_and_passages_is_gone(project: Project) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    before = rows(project)
    for body in ("B", "Bu", "Buses."):
        project.framework.write(amina, cuts, body)
    assert project.history.trail()[0].told == "Asha wrote the summary of “Amina” on “Cuts”"
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    project.framework.write(amina, cuts, " ")
    assert project.framework.all().of == {}
    project.framework.link(amina, cuts, [at(project, "Women", "I think")])
    project.framework.write(amina, cuts, "Thinks.")
    project.framework.write(amina, cuts, "")
    assert len(project.framework.get(amina, cuts).passages) == 1, "its passages stay"
    project.framework.unlink(amina, cuts, project.framework.get(amina, cuts).passages)
    assert project.framework.all().of == {}
    assert project.framework.unlink(amina, cuts, []).is_empty
    assert project.framework.link(amina, cuts, []).is_empty


VERBS: dict[str, tuple[Callable[[Project, Any, Any], Change], str, str]] = {
    "write": (
        lambda p, a, c: p.framework.write(a, c, "Says more."),
        "Wrote the summary of “Amina” on “Cuts”", "Asha wrote the summary of “Amina” on “Cuts”",
    ),
    "empty": (
        lambda p, a, c: p.framework.write(a, c, ""),
        "Emptied the summary of “Amina” on “Cuts”", "Asha emptied the summary of “Amina” on “Cuts”",
    ),
    "link": (
        lambda p, a, c: p.framework.link(a, c, [at(p, "Women", "after six"), at(p, "Young people", "the park is locked")]),
        "Linked the summary of “Amina” on “Cuts” to 2 passages",
        "Asha linked the summary of “Amina” on “Cuts” to 2 passages",
    ),
    "unlink": (
        lambda p, a, c: p.framework.unlink(a, c, p.framework.get(a, c).passages),
        "Took the link to 1 passage from the summary of “Amina” on “Cuts”",
        "Asha took the link to 1 passage from the summary of “Amina” on “Cuts”",
    ),
    "quote": (
        lambda p, a, c: p.framework.quote(a, c, "Says “after six”.", *at(p, "Women", "after six")),
        "Quoted a passage of “Women” in the summary of “Amina” on “Cuts”",
        "Asha quoted a passage of “Women” in the summary of “Amina” on “Cuts”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_one_act_with_a_sentence_that_can_be_taken_back(project: Project, verb: str) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    project.framework.write(amina, cuts, "Says something.")
    project.framework.link(amina, cuts, [at(project, "Women", "I think")])
    before, acts = rows(project), len(project.history.trail())
    act, said, told = VERBS[verb]
    assert act(project, amina, cuts).said == said
    assert project.history.trail()[0].told == told
    after = rows(project)
    assert after != before
    assert len(project.history.trail()) == acts + 1
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert rows(project) == after


def test_the_trail_is_filtered_by_the_code_and_the_source_of_a_summary(project: Project) -> None:
    from cohesion_qda.model.trail import Wanted

    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    project.framework.link(amina, cuts, [at(project, "Women", "I think")])
    women, young = (project.sources.get(name).id for name in ("Women", "Young people"))
    for wanted, is_there in ((Wanted(source=women), True), (Wanted(source=young), False), (Wanted(code=cuts), True)):
        assert ("link-summary" in [entry.kind for entry in project.history.trail(wanted=wanted)]) is is_there


@pytest.mark.parametrize(
    ("act", "kind", "words"),
    [
        (lambda p: p.framework.write(999, 1, "x"), NotFound, "no participant “999”"),
        (lambda p: p.framework.get(case(p, "Amina"), 999), NotFound, "no code “999”"),
        (lambda p: p.framework.write(case(p, "Moderator"), 1, "x"), BadInput, "“Moderator” is not a participant"),
        (lambda p: p.framework.link(case(p, "Amina"), 1, [(1, Span(2, 2))]), BadInput, "no words in that place"),
        (lambda p: p.framework.link(case(p, "Amina"), 1, [(9, Span(2, 3))]), NotFound, "no source “9”"),
        (
            lambda p: p.framework.quote(case(p, "Amina"), 1, "x", 1, Span(0, 99999)),
            BadInput,
            "The text of “Women” ends",
        ),
        (lambda p: p.answers.ask(PEOPLE.with_option(cases="towns")), BadInput, "no lines of “towns”"),
        (lambda p: p.answers.ask(Asked("framework", (CodeId(99),))), NotFound, "no code “99”"),
    ],
)
def test_what_cannot_be_is_told(
    project: Project, act: Callable[[Project], Any], kind: type[UserError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        act(project)


def test_while_others_are_hidden_nothing_of_the_matrix_is_read_or_written(project: Project) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    project.framework.write(amina, cuts, "Buses have gone.")
    project.framework.link(
        amina, cuts, [at(project, "Women", "The buses. Nobody comes down"), at(project, "Women", "after six")]
    )
    project.use_coder("Ben")
    project.look_as("Ben")
    women, span = at(project, "Women", "after six")
    refused: list[Callable[[], object]] = [
        lambda: project.answers.ask(PEOPLE),
        lambda: project.answers.behind(PEOPLE, "matrix", ("cell", amina, cuts)),
        lambda: project.framework.get(amina, cuts),
        lambda: project.framework.all(),
        lambda: project.framework.passages(amina, cuts),
        lambda: project.framework.write(amina, cuts, "Over what cannot be seen."),
        lambda: project.framework.link(amina, cuts, [(women, span)]),
        lambda: project.framework.quote(amina, cuts, "“after six”", women, span),
        lambda: project.framework.unlink(amina, cuts, []),
    ]
    for act in refused:
        with pytest.raises(BadInput, match="say what others coded") as told:
            act()
        assert told.value.hint == "Show others’ codings first."
    project.look_as(None)
    assert project.framework.get(amina, cuts).body == "Buses have gone."


def test_a_passage_that_lost_its_text_keeps_its_words(project: Project) -> None:
    amina, cuts = case(project, "Amina"), cid(project, "Cuts")
    women, span = at(project, "Women", "after six")
    project.framework.link(amina, cuts, [(women, span)])
    project.corrections.correct(women, [Edit(span.start, span.end, "–")])
    assert [(place.quote, place.is_lost) for place in project.framework.passages(amina, cuts).linked] == [
        ("after six", True)
    ]
    (line,) = project.answers.ask(PEOPLE).part("passages").lines
    assert line.cells[2].value == "after six (corrected away since)"
    assert project.answers.behind(PEOPLE, "matrix", ("cell", amina, cuts)) != []
    assert project.answers.behind(PEOPLE, "passages", line.key) == []


PLACES = st.lists(
    st.tuples(st.sampled_from(["Women", "Young people"]), st.integers(0, 110), st.integers(1, 60), st.sampled_from(["Cuts", "Class", "What divides"])),
    max_size=8,
)  # fmt: skip


@given(PLACES, st.booleans())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_coded_passages_of_every_cell_are_those_a_plain_count_finds(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[str, int, int, str]], branch: bool
) -> None:
    with small_study(tmp_path_factory.mktemp("c") / "p.cqda") as project:
        for n, (source, start, long, name) in enumerate(places):
            project.use_coder("Asha" if n % 2 else "Ben")
            with suppress(BadInput):  # no words there, or the text ends before
                project.codings.apply(project.sources.get(source).id, Span(start, start + long), [cid(project, name)])
        tree = project.codebook.tree()
        held: dict[tuple[Any, Any], set[Any]] = {}
        for source in project.sources.list():
            reading = project.sources.reading(source.id)
            for coding in project.codings.of_source(source.id):
                speak = {
                    reading.speakers[turn.speaker].case for turn in reading.turns
                    if turn.span.overlaps(coding.span) and reading.speakers[turn.speaker].role == "participant"
                }  # fmt: skip
                for on in tree.lineage(coding.code) if branch else [coding.code]:
                    for of in speak | ({source.group} if speak else set()):
                        held.setdefault((of, on), set()).add((source.id, coding.span))
        for kind in ("participants", "groups"):
            part = project.answers.ask(Asked("framework", branch=branch).with_option(cases=kind)).part("coded")
            for line in part.lines:
                found = {head.label: cell.value for head, cell in zip(part.heads, line.cells, strict=True)}
                for code_ in tree:
                    assert found.get(code_.name, 0) == len(held.get((line.key[1], code_.id), set()))


def test_a_study_without_anybody_has_no_lines(tmp_path: Path) -> None:
    with Project.create(tmp_path / "e.cqda") as project:
        answer = project.answers.ask(PEOPLE)
        assert [(part.key, part.lines) for part in answer.parts] == [("matrix", ()), ("coded", ())]
        project.sources.add([draft("Alone", [("Int", "Nobody answers this.")])])
        assert project.answers.ask(PEOPLE).part("matrix").lines == ()
