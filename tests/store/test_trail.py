"""The trail by person, day, kind, source and code, found by what the rows of an act were about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.model.trail import Wanted
from cohesion_qda.project import Project
from tests.makers import code, small_study


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = small_study(tmp_path / "p.cqda")
    yield made
    made.close()


def said(project: Project, wanted: Wanted) -> list[str]:
    return [entry.said for entry in project.history.trail(wanted=wanted)]


def test_an_act_is_of_a_code_under_whatever_name_it_had(project: Project) -> None:
    cuts = project.codebook.tree().get("Cuts").id
    food = project.codebook.tree().get("Food").id
    code(project, "Women", "The buses", "Cuts")
    project.codebook.rename(cuts, "Services that went")
    code(project, "Women", "We share food", "Food")
    found = said(project, Wanted(code=cuts))
    assert found[:2] == ["Renamed the code “Cuts” to “Services that went”", "Coded 2 words of “Women” as “Cuts”"]
    assert "Coded 3 words of “Women” as “Food”" not in found
    project.codebook.merge(cuts, into=food)
    assert said(project, Wanted(code=cuts))[0].startswith("Merged")
    assert said(project, Wanted(code=food))[0].startswith("Merged")
    project.history.undo()
    assert said(project, Wanted(code=cuts))[0].startswith("Undid: Merged")


def test_an_act_is_of_a_source_by_its_codings_turns_and_values(project: Project) -> None:
    women, young = (project.sources.get(name).id for name in ("Women", "Young people"))
    code(project, "Women", "The buses", "Cuts")
    coding = project.codings.retrieve()[0].coding
    project.sources.rename(women, "Mothers")
    project.sources.set_attribute(young, "place", "Leeds")
    project.codings.remove([coding.id])
    found = said(project, Wanted(source=women))
    assert [words.split()[0] for words in found[:3]] == ["Removed", "Renamed", "Coded"]
    assert not any("place" in words for words in found[:3])
    assert said(project, Wanted(source=young))[0] == "Set place of “Young people” to “Leeds”"


def test_what_is_offered_has_the_name_of_now_or_the_last(project: Project) -> None:
    cuts = project.codebook.tree().get("Cuts").id
    code(project, "Women", "The buses", "Cuts")
    project.codebook.rename(cuts, "Losses")
    before = {id_: (name, n) for id_, name, n, gone in project.history.touched("code") if not gone}
    assert before[cuts][0] == "Losses"
    assert before[cuts][1] == len(project.history.trail(wanted=Wanted(code=cuts)))
    project.codebook.delete(cuts)
    assert (cuts, "Losses", before[cuts][1] + 1, True) in project.history.touched("code")


def test_person_time_and_kind(project: Project) -> None:
    acts = len(project.history.trail())
    project.use_coder("Ben")
    code(project, "Women", "The buses", "Cuts")
    project.codebook.add("Later")
    assert said(project, Wanted(coder="Ben")) == [
        "Added the code “Later”", "Coded 2 words of “Women” as “Cuts”",
    ]  # fmt: skip
    assert said(project, Wanted(coder="Ben", kinds=frozenset({"add-code"}))) == ["Added the code “Later”"]
    assert project.history.count(Wanted(not_kinds=frozenset({"add-code", "apply-code"}), coder="Ben")) == 0
    newest = project.history.trail(1)[0].at
    assert project.history.count(Wanted(until=newest)) + project.history.count(Wanted(since=newest)) == acts + 2
    assert project.history.coders()["Ben"] == 2 and project.history.kinds()["apply-code"] == 1
    assert len(project.history.times()) == acts + 2


@given(page=st.integers(1, 7), coder=st.sampled_from(["", "Ben"]), of_code=st.booleans())
@settings(max_examples=8)
def test_pages_together_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, page: int, coder: str, of_code: bool
) -> None:
    path = tmp_path_factory.mktemp("trail") / "p.cqda"
    with small_study(path) as project:
        code(project, "Women", "The buses", "Cuts")
        project.use_coder("Ben")
        project.codebook.rename(project.codebook.tree().get("Cuts").id, "Losses")
        project.history.undo()
        wanted = Wanted(coder=coder, code=project.codebook.tree().get("Cuts").id if of_code else None)
        whole = project.history.trail(wanted=wanted)
        seen: list[object] = []
        while True:
            more = project.history.trail(page, wanted=wanted, before=seen[-1].id if seen else None)
            assert len(more) <= page
            if not more:
                break
            seen += more
        assert seen == whole and len(whole) == project.history.count(wanted)


def test_a_long_trail_asks_the_file_as_often_as_a_short_one(project: Project) -> None:
    """No question for each line: reading 3 acts and reading 300 takes the same number of statements."""
    statements: list[str] = []

    def asked(limit: int) -> int:
        statements.clear()
        assert len(project.history.trail(limit)) == limit
        return len(statements)

    for n in range(150):
        project.codebook.add(f"c{n}")
        project.history.undo()
    db = project._session.db
    db.conn.set_trace_callback(statements.append)
    try:
        assert asked(3) == asked(300)
    finally:
        db.conn.set_trace_callback(None)
