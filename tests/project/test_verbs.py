"""What a researcher can do to a project from Python, and that each of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.change import Change
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.theming import ThemeSuggestion
from cohesion_qda.project import Project
from cohesion_qda.store import schema
from tests.makers import WOMEN, code, draft, small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        yield made
        assert made.check() == []


def rows(project: Project) -> dict[str, list[Any]]:
    db = project._session.db
    return {t: db.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in schema.JOURNALLED}


def quotes(project: Project, path: str) -> list[str]:
    return [p.quote for p in project.codings.retrieve(project.codebook.tree().get(path).id)]


def cid(project: Project, path: str) -> Any:
    return project.codebook.tree().get(path).id


def first_case(project: Project, name: str) -> Any:
    return next(c for c in project.cases.list("participant") if c.name == name)


VERBS: dict[str, Callable[[Project], Change]] = {
    "set title": lambda p: p.set_title("Another"),
    "import": lambda p: p.sources.add([draft("More", WOMEN[1:3])]).change,
    "sheet": lambda p: p.sources.add_sheet(AttributeSheet({"Women": {"place": "Rural"}}, {})).change,
    "rename source": lambda p: p.sources.rename(p.sources.get("Women").id, "Women 2"),
    "set kind": lambda p: p.sources.set_kind(p.sources.get("Women").id, "interview"),
    "source value": lambda p: p.sources.set_attribute(p.sources.get("Women").id, "place", "Rural"),
    "no value": lambda p: p.sources.set_attribute(p.sources.get("Women").id, "place", ""),
    "done": lambda p: p.sources.set_state(p.sources.get("Women").id, "done"),
    "remove source": lambda p: p.sources.remove(p.sources.get("Women").id),
    "rename case": lambda p: p.cases.rename(first_case(p, "Carol").id, "P2"),
    "role": lambda p: p.cases.set_role(first_case(p, "Carol").id, "observer"),
    "case value": lambda p: p.cases.set_attribute(first_case(p, "Carol").id, "age band", "65+"),
    "join": lambda p: p.cases.join(first_case(p, "Carol").id, [first_case(p, "Dev").id], prefer_kept=True),
    "guide": lambda p: p.guide.set(["What gets in the way?"]),
    "section": lambda p: p.sections.place(p.sources.get("Women").id, 0, title="Warming up"),
    "add code": lambda p: p.codebook.add("Trust", definition="d", key="5"),
    "codebook": lambda p: p.codebook.add_codebook("cohesion"),
    "rename code": lambda p: p.codebook.rename(cid(p, "Cuts"), "Buses"),
    "recolour": lambda p: p.codebook.recolour(cid(p, "Cuts"), "rose"),
    "describe": lambda p: p.codebook.describe(cid(p, "Cuts"), definition="Less of it", example="“The buses”"),
    "key": lambda p: p.codebook.set_key(cid(p, "Cuts"), "4"),
    "edit": lambda p: p.codebook.edit(cid(p, "Cuts"), name="Buses", colour="rose", key="2", definition="Less of it"),
    "question": lambda p: p.codebook.set_question(cid(p, "What unites"), False),
    "move": lambda p: p.codebook.move(cid(p, "Cuts"), parent=cid(p, "What unites"), position=0),
    "merge": lambda p: p.codebook.merge(cid(p, "Cuts"), into=cid(p, "Class")),
    "delete": lambda p: p.codebook.delete(cid(p, "What divides")),
    "apply": lambda p: p.codings.apply(p.sources.get("Women").id, Span(0, 20), [cid(p, "Class"), cid(p, "Food")]),
    "apply new": lambda p: p.codings.apply_new(p.sources.get("Women").id, Span(0, 20), "In their words"),
    "remove coding": lambda p: p.codings.remove([p.codings.retrieve()[0].coding.id]),
    "memo": lambda p: p.memos.add("code", cid(p, "Cuts"), "Think again"),
    "edit memo": lambda p: p.memos.edit(p.memos.list()[0].id, "Other words"),
    "delete memo": lambda p: p.memos.delete(p.memos.list()[0].id),
    "accept theme": lambda p: p.proposed_themes.make_code(
        ThemeSuggestion(
            "t1", "Parks", ("parks",), ("park",), Count(), (Evidence(p.sources.get("Women").id, Span(0, 9), 1.0),), ()
        ),
        "Parks",
    ),
    "accept passages": lambda p: p.suggestions.accept_passages(
        "t1", cid(p, "Cuts"), [Evidence(p.sources.get("Women").id, Span(0, 9), 1.0)]
    ),
    "dismiss": lambda p: p.suggestions.dismiss("t1", "Parks"),
    "report words": lambda p: p.reports.set("authors", "A. Verity"),
    "report parts": lambda p: p.reports.arrange(["reading"]),
    "report without": lambda p: p.reports.show("gaps", False),
    "report template": lambda p: p.reports.use_template("short"),
    "words for a code": lambda p: p.reports.write_words(f"code {cid(p, 'Cuts')}", "Said early"),
    "choose quote": lambda p: p.reports.choose(cid(p, "Cuts"), [(p.sources.get("Women").id, Span(0, 20))], "dissent"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_one_act_that_can_be_taken_back_and_done_again(project: Project, verb: str) -> None:
    code(project, "Women", "The buses.", "Cuts", "Class")
    code(project, "Young people", "judge you by your trainers", "Class")
    project.memos.add("source", project.sources.get("Women").id, "First thoughts")
    before, acts = rows(project), len(project.history.trail())
    change = VERBS[verb](project)
    after = rows(project)
    assert after != before
    assert not change.is_empty
    assert len(project.history.trail()) == acts + 1
    assert change.said
    assert "–" not in change.said, "every hole of its sentence is filled"
    assert change.said != change.kind
    assert {t for t in before if before[t] != after[t]} == set(change.rows)
    assert project.check() == []
    project.history.undo()
    assert rows(project) == before
    project.history.redo()
    assert rows(project) == after


def test_the_same_label_in_two_groups_is_two_people(project: Project) -> None:
    aminas = [c for c in project.cases.list("participant") if c.name == "Amina"]
    assert len(aminas) == 2
    assert aminas[0].group != aminas[1].group
    project.cases.join(aminas[0].id, [aminas[1].id])
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Young people", "The youth club closed", "Cuts")
    count = project.codebook.counts()[cid(project, "Cuts")].own
    assert count == Count(mentions=2, participants=1, groups=2)


def test_who_codes_joins_with_their_first_act_and_leaves_with_its_undo(project: Project) -> None:
    acts = len(project.history.trail())
    assert project.use_coder("Bea").is_empty
    assert project.coder.name == "Bea"
    assert len(project.history.trail()) == acts
    code(project, "Women", "The buses.", "Cuts")
    assert [c.name for c in project.coders()] == ["Asha", "Bea"]
    project.history.undo()
    assert [c.name for c in project.coders()] == ["Asha"]
    with Project.open(project.path, coder="Carl") as other:
        code(other, "Women", "The buses.", "Class")
    code(project, "Women", "The buses.", "Cuts")
    said = {(p.code_path, p.coder_name) for p in project.codings.retrieve()}
    assert said == {("What divides/Class", "Carl"), ("What divides/Cuts", "Bea")}


def test_opening_under_another_name_keeps_redo(project: Project) -> None:
    project.history.undo()
    with Project.open(project.path, coder="Somebody else") as other:
        assert other.history.can_redo()


def test_an_id_that_somebody_still_holds_never_means_another_thing(project: Project) -> None:
    fear = project.codebook.added(project.codebook.add("Fear"))
    with Project.open(project.path) as other:
        other.history.undo()
        pride = other.codebook.added(other.codebook.add("Pride"))
    assert pride != fear
    with pytest.raises(NotFound, match="no code"):
        project.codings.apply(project.sources.get("Women").id, Span(0, 9), [fear])


def test_what_was_removed_meanwhile_is_told(project: Project) -> None:
    for wrong in (
        lambda: project.memos.add("code", 999, "x"),
        lambda: project.suggestions.accept_passages("k", cid(project, "Cuts"), [Evidence(999, Span(0, 9), 1.0)]),  # type: ignore[arg-type]
    ):
        with pytest.raises(BadInput, match="no longer in the project"):
            wrong()


def test_undo_takes_back_what_another_program_did_last(project: Project) -> None:
    with Project.open(project.path, coder="Asha") as other:
        code(other, "Women", "The buses.", "Cuts")
    assert "Coded 2 words" in project.history.undo().said


def test_words_are_found_whatever_their_marks(project: Project) -> None:
    text = "We met at the Café on Saturday.\nI was nai\u0308ve.\nਪੰਜਾਬੀ ਭਾਸ਼ਾ is my language."
    project.sources.add([SourceDraft("Note", "document", text, file_name="n.txt")])
    assert [h.hit for h in project.search.places('"cafe on"')] == ["Café on"]
    assert [h.hit for h in project.search.places("NAÏVE")] == ["nai\u0308ve"]
    assert [h.hit for h in project.search.places('"ਪੰਜਾਬੀ ਭਾਸ਼ਾ"')] == ["ਪੰਜਾਬੀ ਭਾਸ਼ਾ"]
    assert project.sources.get("Note").words == 15


def test_a_sheet_s_facilitator_is_a_moderator_and_an_unknown_role_is_named(project: Project) -> None:
    sheet = AttributeSheet(
        {"Women": {"kind": "chat"}},
        {("Women", "Carol"): {"role": "Facilitator"}, ("Women", "Joan"): {"role": "Boss"}},
    )
    result = project.sources.add_sheet(sheet)
    assert first_case(project, "Carol").role == "moderator"
    assert result.unmatched == ("Women: kind chat", "Women: Joan: role Boss")


def test_a_sheet_given_with_files_that_are_there_is_taken(project: Project) -> None:
    result = project.sources.add([draft("Women", WOMEN)], sheet=AttributeSheet({"Women": {"place": "Rural"}}, {}))
    assert result.already
    assert project.sources.reading(project.sources.get("Women").id).attributes["place"] == "Rural"


def test_the_same_words_by_other_people_are_another_conversation(project: Project) -> None:
    renamed = [(label.replace("Amina", "Nadia"), words) for label, words in WOMEN]
    again = draft("Women corrected", renamed)
    assert [s.name for s in project.sources.add([again]).added] == ["Women corrected"]


def test_the_trail_counts_what_changed(project: Project) -> None:
    sheet = AttributeSheet({"Women": {"place": "Dewsbury", "month": "May"}}, {})
    assert project.sources.add_sheet(sheet).change.said == "Set 1 attribute value"  # the place was known
    assert project.sources.add_sheet(sheet).change.said == ""
    assert project.sources.set_attribute(project.sources.get("Women").id, "never set", "").is_empty
    assert project.codings.remove([999]).said == ""  # type: ignore[list-item]


def test_a_person_of_two_groups_keeps_the_other(project: Project) -> None:
    women, young = project.sources.get("Women"), project.sources.get("Young people")
    aminas = [c for c in project.cases.list("participant") if c.name == "Amina"]
    project.cases.join(aminas[0].id, [aminas[1].id])
    project.sources.set_kind(young.id, "interview")
    assert project.cases.get(aminas[0].id).group == women.group
    project.sources.rename(women.id, "Ladies")
    assert [c.name for c in project.cases.list("group")] == ["Ladies"]


def test_joining_unites_what_is_known_and_written_about_two_people(project: Project) -> None:
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    for case, name, value in ((one, "age band", "25-44"), (two, "Age band", "25–44"), (two, "faith", "Muslim")):
        project.cases.set_attribute(case, name, value)
    project.memos.add("study_case", two, "Met her twice")
    change = project.cases.join(one, [two])
    assert change.said == "Joined “Amina (Young people)” with “Amina (Women)”: one person"
    assert project.cases.get(one).attributes == {"age band": "25-44", "faith": "Muslim"}
    assert [m.body for m in project.memos.list()] == ["Met her twice"]
    project.history.undo()
    assert project.cases.get(two).attributes == {"age band": "25–44", "faith": "Muslim"}


def test_two_values_stop_a_joining_unless_one_is_preferred(project: Project) -> None:
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    dev = first_case(project, "Dev").id
    project.cases.set_attribute(one, "age band", "25–44")
    project.cases.set_attribute(dev, "age band", "65+")
    with pytest.raises(BadInput, match="age band: “Amina \\(Women\\)” has “25–44” and “Dev” has “65\\+”"):
        project.cases.join(one, [two, dev])
    assert len(project.cases.list("participant")) == 7, "all or nothing"
    project.cases.join(one, [two, dev, dev], prefer_kept=True)
    assert project.cases.get(one).attributes == {"age band": "25–44"}
    assert len(project.cases.list("participant")) == 5


def test_a_label_is_taken_out_of_a_person_again(project: Project) -> None:
    women, young = project.sources.get("Women"), project.sources.get("Young people")
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    project.cases.join(one, [two])
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Young people", "The youth club closed", "Cuts")
    here = next(s for s in project.sources.reading(young.id).speakers.values() if s.label == "Amina")
    assert here.case == one
    change = project.cases.part(here.id)
    assert change.said == "Took “Amina” of “Young people” out of “Amina”: two people"
    assert project.codebook.counts()[cid(project, "Cuts")].own == Count(mentions=2, participants=2, groups=2)
    new = next(s for s in project.sources.reading(young.id).speakers.values() if s.label == "Amina").case
    assert (project.cases.get(new).group, project.cases.get(one).group) == (young.group, women.group)
    with pytest.raises(BadInput, match="under one label only"):
        project.cases.part(here.id)
    with pytest.raises(NotFound, match="no speaker “999”"):
        project.cases.part(999)  # type: ignore[arg-type]


def test_a_person_of_two_groups_sits_in_one_that_is_there(project: Project) -> None:
    young = project.sources.get("Young people")
    one, two = [c.id for c in project.cases.list("participant") if c.name == "Amina"]
    project.cases.join(one, [two])
    project.sources.remove(project.sources.get("Women").id)
    assert project.cases.get(one).group == young.group
    project.history.undo()
    first = next(s for s in project.sources.reading(project.sources.get("Women").id).speakers.values() if s.case == one)
    project.cases.part(first.id)
    assert project.cases.get(one).group == young.group


def test_codes_of_a_file_get_colours_and_keys_of_their_own(project: Project, tmp_path: Path) -> None:
    book = tmp_path / "b.json"
    book.write_text(
        '{"codes": [{"name": "a", "key": "1"}, {"name": "b", "key": "1"}, {"name": "c"}]}', encoding="utf-8"
    )
    project.codebook.add_codebook(book)
    found = [project.codebook.tree().get(name) for name in "abc"]
    assert len({c.colour for c in found}) == 3
    assert [c.key for c in found] == ["1", "", ""]


def test_the_moderator_is_never_counted(project: Project) -> None:
    code(project, "Women", "And what gets in the way?", "Cuts")
    assert project.codebook.counts()[cid(project, "Cuts")].own == Count()
    table = frequency.crosstab(project.tables.study(), "place")
    assert any("coding" in note for note in table.notes), table.notes
    assert project.codebook.base() == Count(mentions=0, participants=5, groups=2)


def test_importing_the_same_content_twice_says_so(project: Project) -> None:
    again = draft("Other name", WOMEN)
    result = project.sources.add([again, draft("Women", WOMEN[:3])])
    assert result.already == (("Other name.txt", "Women"), ("Women.txt", "Women"))
    assert result.added == ()
    assert result.change.is_empty


def test_a_taken_name_gets_a_number(project: Project) -> None:
    result = project.sources.add([_other("Women")])
    assert result.added[0].name == "Women (2)"


def _other(name: str) -> SourceDraft:
    return SourceDraft(name, "document", "Something else entirely.", file_name="new.txt", file_sha256="new")


def test_an_attributes_sheet_fits_by_name_or_file_and_says_what_fits_nothing(project: Project) -> None:
    sheet = AttributeSheet(
        {"women.txt": {"place": "Rural", "kind": "interview"}, "Nobody": {"place": "X"}},
        {("Women", "amina"): {"age band": "25–44", "name": "P1"}, ("Women", "Zed"): {"age band": "x"},
         ("Women", "Joan"): {"role": "observer"}},
    )  # fmt: skip
    result = project.sources.add_sheet(sheet)
    assert result.unmatched == ("Nobody", "Women: Zed")
    assert project.sources.get("Women").kind == "interview"
    assert project.sources.get("Women").group is None
    case = first_case(project, "P1")
    assert case.attributes == {"age band": "25–44"}
    assert first_case(project, "Joan").role == "observer"
    assert project.attributes.names("source") == ["place"]
    assert project.attributes.names("participant") == ["age band"]


def test_spans_lose_white_space_and_empty_ones_are_refused(project: Project) -> None:
    source = project.sources.get("Women").id
    text = project.sources.text(source)
    at = text.index("\n")
    change = project.codings.apply(source, Span(at - 9, at + 1), [cid(project, "Food")])
    assert change.focus == (source, Span(at - 9, at))
    for span in (Span(at, at + 1), Span(5, 5)):
        with pytest.raises(BadInput, match="no words in that place"):
            project.codings.apply(source, span, [cid(project, "Food")])
    with pytest.raises(BadInput, match="ends at"):
        project.codings.apply(source, Span(0, len(text) + 1), [cid(project, "Food")])


def test_a_quote_is_found_exactly_once_or_refused(project: Project) -> None:
    source = project.sources.get("Women").id
    emoji = project.codings.find_quote(source, "😀 every Eid")
    assert emoji.of(project.sources.text(source)) == "😀 every Eid"
    with pytest.raises(BadInput, match="does not stand in"):
        project.codings.find_quote(source, "never said")
    with pytest.raises(BadInput, match="more than once"):
        project.codings.find_quote(source, "the park")
    with pytest.raises(BadInput, match="does not stand in"):
        project.codings.find_quote(source, "  ")


def test_retrieval_tells_who_said_it_and_where(project: Project) -> None:
    code(project, "Women", "every Eid.\nFor me it is the park", "Public spaces")
    passage = project.codings.retrieve(cid(project, "What unites"))[0]
    assert passage.speakers == ("Amina", "Carol")
    assert passage.turn == 2
    assert passage.quote == "every Eid.\nFor me it is the park"
    assert passage.code_path == "What unites/Public spaces"
    assert project.codings.retrieve(cid(project, "What unites"), branch=False) == []
    assert project.codings.retrieve(coder="Asha")
    with pytest.raises(NotFound, match="no coder “Bob”"):
        project.codings.retrieve(coder="Bob")


def test_merging_keeps_one_coding_where_both_codes_were_used(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts", "Class")
    code(project, "Young people", "The youth club closed", "Cuts")
    memo_on = next(p.coding.id for p in project.codings.retrieve(cid(project, "Cuts")) if p.quote == "The buses.")
    project.memos.add("coding", memo_on, "keep me")
    project.codebook.merge(cid(project, "Cuts"), into=cid(project, "Class"))
    assert sorted(quotes(project, "Class")) == ["The buses.", "The youth club closed"]
    assert [m.body for m in project.memos.list()] == ["keep me"]
    project.history.undo()
    assert len(quotes(project, "Cuts")) == 2
    assert project.memos.list()[0].subject == memo_on


def test_codes_under_a_merged_code_move_along(project: Project) -> None:
    project.codebook.add("Buses", cid(project, "Cuts"))
    project.codebook.merge(cid(project, "Cuts"), into=cid(project, "What unites"))
    assert project.codebook.tree().path(cid(project, "Buses")) == "What unites/Buses"
    project.codebook.add("Buses", cid(project, "Class"))
    with pytest.raises(BadInput, match="Both codes have a code “Buses”"):
        project.codebook.merge(cid(project, "Class"), into=cid(project, "What unites"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda p: p.codebook.add(" "), "needs a name"),
        (lambda p: p.codebook.add("a/b"), "cannot hold a slash"),
        (lambda p: p.codebook.add("what UNITES"), "already a code"),
        (lambda p: p.codebook.add("x", colour="puce"), "no colour"),
        (lambda p: p.codebook.add("x", 999), "no code “999”"),
        (lambda p: p.codebook.recolour(1, "puce"), "no colour"),
        (lambda p: p.codebook.rename(999, "x"), "no code “999”"),
        (lambda p: p.codebook.set_key(1, "x"), "a digit, or Shift with"),
        (lambda p: p.codebook.set_question(cid(p, "Cuts"), True), "Only a code at the top"),
        (lambda p: p.codebook.move(cid(p, "What divides"), parent=cid(p, "Cuts")), "cannot stand under itself"),
        (lambda p: p.codebook.merge(cid(p, "Cuts"), into=cid(p, "Cuts")), "cannot be merged into itself"),
        (lambda p: p.sources.rename(1, " "), "needs a name of its own"),
        (lambda p: p.sources.rename(p.sources.get("Women").id, "young PEOPLE"), "needs a name of its own"),
        (lambda p: p.sources.get("Wommen"), "Did you mean: Women"),
        (lambda p: p.sources.set_kind(1, "chat"), "no kind of source"),
        (lambda p: p.sources.add([], kind="chat"), "no kind of source"),
        (lambda p: p.sources.set_state(1, "half"), "done, or not"),
        (lambda p: p.cases.rename(first_case(p, "Carol").id, " "), "needs a name"),
        (lambda p: p.cases.set_role(first_case(p, "Carol").id, "chair"), "no role “chair”"),
        (lambda p: p.cases.get(999), "no participant “999”"),
        (lambda p: p.cases.join(first_case(p, "Carol").id, [first_case(p, "Carol").id]), "two different"),
        (lambda p: p.memos.add("weather", 0, "x"), "needs some words"),
        (lambda p: p.memos.add("project", 0, " "), "needs some words"),
        (lambda p: p.memos.edit(999, "x"), "no memo “999”"),
        (lambda p: p.codings.apply(p.sources.get("Women").id, Span(0, 9), []), "No code was chosen"),
        (lambda p: p.codebook.add("x", bogus="1"), "has no bogus"),
        (lambda p: p.sources.set_attribute(p.sources.get("Women").id, " ", "v"), "needs a name"),
        (
            lambda p: p.cases.join(first_case(p, "Carol").id, [first_case(p, "Moderator").id]),
            "the role of moderator, and",
        ),
        (lambda p: p.suggestions.accept_passages("k", cid(p, "Cuts"), []), "No passage was chosen"),
        (lambda p: p.answers.ask(Asked("crosstab", by=("plaice",))), "Did you mean: place"),
        (lambda p: p.agreement.compared(Asked("agreement", coders=("Asha", "Bob"))), "no coder “Bob”"),
        (lambda p: p.reports.set("price", "1"), "has no price"),
        (lambda p: p.reports.set("small numbers", "3"), "cannot be hidden below “3”"),
        (lambda p: p.set_title(" "), "needs a title"),
        (lambda p: p.use_coder(" "), "needs a name"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(project: Project, wrong: Any, words: str) -> None:
    before, acts = rows(project), len(project.history.trail())
    with pytest.raises((BadInput, NotFound), match=words):
        wrong(project)
    assert rows(project) == before
    assert len(project.history.trail()) == acts


def test_removing_a_source_takes_its_people_and_group_along(project: Project) -> None:
    people = len(project.cases.list())
    project.sources.remove(project.sources.get("Young people").id)
    assert len(project.cases.list()) == people - 4
    project.history.undo()
    assert len(project.cases.list()) == people


def test_progress_is_the_share_of_participants_turns_that_were_coded(project: Project) -> None:
    source = project.sources.get("Women").id
    assert project.sources.progress()[source] == 0
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Women", "What does getting on", "Cuts")
    assert project.sources.progress()[source] == 0.25
    project.use_coder("Ben")
    assert project.sources.progress()[source] == 0


def test_a_reopened_project_goes_on_as_the_same_coder(project: Project, tmp_path: Path) -> None:
    project.use_coder("Ben")
    code(project, "Women", "The buses.", "Cuts")
    with Project.open(project.path, coder="ben") as again:
        assert again.coder.name == "Ben"
        assert again.title == "Small study"
        again.history.undo()
        assert again.codings.retrieve() == []
    assert project.codings.retrieve() == []


def test_another_program_s_writing_is_noticed(project: Project) -> None:
    before = project.version()
    with Project.open(project.path, coder="Asha") as other:
        other.codebook.add("Elsewhere")
    assert project.version() != before
    assert project.codebook.tree().find("Elsewhere")


def test_the_trail_tells_it_in_sentences(project: Project) -> None:
    code(project, "Women", "The buses.", "Cuts")
    project.codings.remove([project.codings.retrieve()[0].coding.id])
    project.history.undo()
    said = [(e.coder, e.said, e.state) for e in project.history.trail(3)]
    assert said == [
        ("Asha", "Undid: Removed “Cuts” from a passage of “Women”", "note"),
        ("Asha", "Removed “Cuts” from a passage of “Women”", "undone"),
        ("Asha", "Coded 2 words of “Women” as “Cuts”", "live"),
    ]
    assert project.history.can_redo() == "Removed “Cuts” from a passage of “Women”"


def test_documents_have_paragraphs_and_no_speakers(project: Project) -> None:
    project.sources.add([SourceDraft("Strategy", "document", "Aim one.\n\nAim two is longer.", file_name="s.txt")])
    talk = project.tables.talk()
    found = [u for u in talk.utterances if u.case is None]
    assert [u.text for u in found] == ["Aim one.", "Aim two is longer."]
    assert all(u.span.of("Aim one.\n\nAim two is longer.") == u.text for u in found)
    assert len(talk.utterances) == len(WOMEN) + 3 + 2
    code(project, "Strategy", "Aim two", "Food")
    assert project.codebook.counts()[cid(project, "Food")].own == Count(mentions=1)
    assert project.codings.retrieve(cid(project, "Food"))[0].turn == 0
    strategy = project.sources.get("Strategy")
    assert project.sources.progress()[strategy.id] == len("Aim two") / len("Aim one.\n\nAim two is longer."), (
        "not finished by one coding"
    )
