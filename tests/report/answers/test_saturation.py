"""Saturation as a researcher reads it: which group brought what, Guest's notation, and the first passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import Asked, Option
from cohesion_qda.model.query import Having
from cohesion_qda.project import Project
from tests.makers import code, draft

GROUPS = {  # what is coded in each group, in the order they were imported; held on days that give another order
    "Bakers": ("2025-03-04", ["one", "two", "three"]),
    "Anglers": ("2025-01-09", ["one", "four"]),
    "Drivers": ("2025-02-11", ["two"]),
    "Carers": ("", ["five"]),
    "Elders": ("2025-04-01", []),
}
WORDS = {name: f"We said {name} here." for name in ("one", "two", "three", "four", "five")}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Five groups and an interview, six codes; the moderator's words are coded with the sixth, and Elders not at all."""
    with Project.create(tmp_path / "study.cqda", "empty", coder="Asha", title="Sayings") as project:
        question = project.codebook.added(project.codebook.add("All", is_question=True))
        for name in (*WORDS, "six"):
            project.codebook.add(name, question)
        for name, (day, _codes) in GROUPS.items():
            held = {"held": day} if day else {}
            talk = [("Moderator", "Shall we begin?"), (f"{name} one", " ".join(WORDS.values()))]
            project.sources.add([draft(name, talk, **held)])
        project.sources.add([draft("Talk with Zoë", [("Zoë", WORDS["one"])], "interview")])
        code(project, "Talk with Zoë", WORDS["one"], "one")
        for name, (_day, codes) in GROUPS.items():
            for one in codes:
                code(project, name, WORDS[one], one)
        code(project, "Bakers", "Shall we begin?", "six")
        code(project, "Anglers", "said four", "four")
        yield project


def asked(
    project: Project, *paths: str, branch: bool = False, where: tuple[Having, ...] = (), **options: Option
) -> Asked:
    tree = project.codebook.tree()
    codes = tuple(tree.get(path).id for path in paths)
    return Asked("saturation", codes, branch=branch, where=where, options={"base": 2, "run": 1, **options})


def ask(project: Project, *paths: str, **more: Option) -> Answer:
    return project.answers.ask(asked(project, *paths, **more))  # type: ignore[arg-type]


def curve(made: Answer) -> list[tuple[str, object, object, object]]:
    return [
        (line.label, line.cells[0].value, line.cells[1].value, line.cells[3].value) for line in made.part("curve").lines
    ]  # fmt: skip


def test_by_name_each_group_brings_its_codes(study: Project) -> None:
    made = ask(study)
    assert curve(made) == [
        ("Anglers", 2, 2, "one; four"), ("Bakers", 2, 4, "two; three"), ("Carers", 1, 5, "five"), ("Drivers", 0, 5, ""),
    ]  # fmt: skip
    part = made.part("curve")
    assert {line.cells[0].of for line in part.lines} == {5}
    means = [line.cells[2].value for line in part.lines]
    assert means[-1] == 5
    assert means == sorted(means)  # type: ignore[type-var]
    assert all(line.cells[2].low <= line.cells[2].value <= line.cells[2].high for line in part.lines[::3])  # type: ignore[operator]
    assert part.figures == ("curve",)
    notes = " ".join(made.notes)
    assert "Not coded yet, and left out: Elders." in notes
    assert "a moderator’s words bring no code" in notes
    assert "over 1,000 random orders" in notes
    assert "1 source that is no focus group is left out." in notes


def test_guest_s_notation(study: Project) -> None:
    made = ask(study)
    guest = made.part("guest")
    assert [(line.label, line.cells[0].value, line.cells[0].of, line.cells[1].value) for line in guest.lines] == [
        ("3: Carers", 1, 4, 0.25), ("4: Drivers", 0, 4, 0.0),
    ]  # fmt: skip
    assert guest.headline == made.part("curve").headline == "Saturation is reached at 3+1 (at most 5% new)"
    assert [line.note for line in guest.lines] == ["", "Saturation"]
    assert "Base of 2, runs of 1, at most 5% new" in guest.subtitle
    assert any("Guest, Namey and Chen (2020)" in note for note in guest.notes)
    assert ask(study, threshold=0.3).part("guest").headline == "Saturation is reached at 2+1 (at most 30% new)"
    run = ask(study, run=2).part("guest")
    assert [line.label for line in run.lines] == ["3 to 4: Carers to Drivers"]
    assert run.headline == "Saturation is not reached (at most 5% new)"


def test_where_it_cannot_be_told_that_is_said(study: Project) -> None:
    assert ask(study, base=4).part("guest").headline == (
        "Whether saturation is reached cannot be told: 5 coded groups are needed, there are 4"
    )
    assert ask(study, base=4).part("guest").lines == ()
    nothing = ask(study, "six")
    assert nothing.part("guest").headline == "Whether saturation is reached cannot be told: the base has no codes"
    assert [line.cells[1].value for line in nothing.part("guest").lines] == [None, None]


def test_the_order_is_as_imported_or_by_a_date(study: Project) -> None:
    assert [row[0] for row in curve(ask(study, order="imported"))] == ["Bakers", "Anglers", "Drivers", "Carers"]
    made = ask(study, order="HELD")
    assert [row[0] for row in curve(made)] == ["Anglers", "Drivers", "Bakers", "Carers"]
    assert any("put last: Carers." in note for note in made.notes)


def test_sources_by_themselves(study: Project) -> None:
    made = ask(study, things="sources", order="imported")
    assert [row[0] for row in curve(made)] == ["Bakers", "Anglers", "Drivers", "Carers", "Talk with Zoë"]
    assert made.part("curve").corner == "Source"
    assert not any("focus group" in note for note in made.notes)


def test_a_group_that_met_twice_is_one(study: Project) -> None:
    group = study.cases.list("group")[0]
    made = ask(study, branch=True, where=(Having("source", "held", ("2025-03-04", "2025-01-09")),))  # type: ignore[arg-type]
    assert [row[0] for row in curve(made)] == ["Anglers", "Bakers"]
    assert group.name in {"Bakers", "Anglers"}


def test_a_branch_is_new_once(study: Project) -> None:
    assert [row[1] for row in curve(ask(study, "All", branch=True))] == [1, 0, 0, 0]  # type: ignore[arg-type]
    assert [row[1] for row in curve(ask(study, "All"))] == [0, 0, 0, 0]


def test_new_codes_open_their_first_passages(study: Project) -> None:
    question = asked(study)
    made = study.answers.ask(question)
    cells = {line.label: line.cells[0] for line in made.part("curve").lines}
    found = study.answers.behind(question, "curve", cells["Anglers"].key)
    assert [(one.source_name, one.quote) for one in found] == [
        ("Anglers", WORDS["one"]), ("Anglers", WORDS["four"]), ("Anglers", "said four"),
    ]  # fmt: skip
    assert [one.quote for one in study.answers.behind(question, "curve", cells["Bakers"].key)] == [
        WORDS["two"],
        WORDS["three"],
    ]
    assert cells["Drivers"].key == ()
    run = made.part("guest").lines[0].cells[0].key
    assert [one.quote for one in study.answers.behind(question, "guest", run)] == [WORDS["five"]]
    whole = asked(study, "All", branch=True)
    made = study.answers.ask(whole)
    assert len(study.answers.behind(whole, "curve", made.part("curve").lines[0].cells[0].key)) == 3


def test_sums_are_true(study: Project) -> None:
    part = ask(study).part("curve")
    assert part.sums
    for known in part.sums:
        assert known.whole is not None
        assert sum(part.cell(place).value for place in known.parts) == part.cell(known.whole).value  # type: ignore[misc]


def test_a_study_without_codings(tmp_path: Path) -> None:
    with Project.create(tmp_path / "bare.cqda", "empty", coder="Asha") as project:
        project.sources.add([draft("Bakers", [("Ann", "We bake.")])])
        made = project.answers.ask(Asked("saturation"))
        assert made.part("curve").lines == ()
        assert made.part("curve").figures == ()
        assert any("left out: Bakers." in note for note in made.notes)


def test_what_cannot_be_asked_is_said(study: Project) -> None:
    with pytest.raises(NotFound, match="no kind of thing “group”"):
        ask(study, things="group")
    with pytest.raises(BadInput, match="at least one member"):
        ask(study, base=0)
    with pytest.raises(BadInput, match="at least one member"):
        ask(study, run=0)
    with pytest.raises(BadInput, match="share of the base"):
        ask(study, threshold=5.0)
    with pytest.raises(BadInput, match="over 0 random orders"):
        ask(study, repeats=0)
    with pytest.raises(NotFound, match="no attribute “hled”"):
        ask(study, order="hled")
    bakers = next(case for case in study.cases.list("participant") if case.name.startswith("Bakers"))
    study.attributes.set_many("participant", [(bakers.id, "age", "65+")])
    with pytest.raises(BadInput, match="“age” is not known of sources"):
        ask(study, order="age")
    with pytest.raises(NotFound, match="There is no code “999”"):
        study.answers.ask(Asked("saturation", (999,)))  # type: ignore[arg-type]
