"""Whom an attribution would single out."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.model.query import Query, Term
from cohesion_qda.project import Project
from cohesion_qda.report import document, singling
from tests.makers import code, draft, small_study


def study(path: Path) -> Project:
    """Six women, two of whom are known to be over 65, and an interview with one man."""
    project = small_study(path)
    names = ["Ann", "Bea", "Cath", "Dot", "Edie", "Fran"]
    talk = [("Moderator", "Well?"), *((name, f"I am {name} and I use the park.") for name in names)]
    project.sources.add([draft("Older women", talk, place="Dewsbury")])
    project.sources.add([draft("Imam", [("Int", "Well?"), ("Yusuf", "We open the hall to all.")], kind="interview")])
    for case in project.cases.list("participant"):
        if case.name in names:
            project.cases.set_attribute(case.id, "age band", "65+" if case.name in ("Ann", "Bea") else "45–64")
    code(project, "Older women", "I am Ann and I use the park.", "What unites/Public spaces")
    code(project, "Older women", "I am Dot and I use the park.", "What unites/Public spaces")
    code(project, "Imam", "We open the hall to all.", "What unites/Public spaces")
    return project


def test_few_who_share_a_transcript_or_its_values_are_named_with_their_number(tmp_path: Path) -> None:
    with study(tmp_path / "p.cqda") as project:
        data = project.tables.study()
        quoted = singling.speakers(data, [row[0] for row in data.codings])
        (imam,) = singling.singled(data, quoted)
        assert (imam.source, imam.values, imam.people) == ("Imam", (), 1), "six women speak together"
        assert singling.warnings([imam]) == (
            "Only 1 participant of the study speaks in “Imam”: quoted with that name, they could be recognised.",
        )
        found = singling.singled(data, quoted, ["age band"])
        assert [(each.source, each.people) for each in found] == [("Imam", 1), ("Older women", 2), ("Older women", 4)]
        assert singling.warnings(found)[1] == (
            "Only 2 participants of the study are in “Older women” with age band: 65+: quoted with that, they could be recognised."
        )
        assert [each.people for each in singling.singled(data, quoted, ["age band"], threshold=3)] == [1, 2]
        assert len(singling.singled(data, quoted, threshold=10)) == 2


def test_of_many_the_first_are_said_and_the_rest_counted() -> None:
    found = [singling.Singled(f"Group {n}", (), 2) for n in range(9)]
    said = singling.warnings(found)
    assert len(said) == singling.SHOWN + 1 and said[-1] == "3 further combinations are shared by as few."
    assert singling.warnings([]) == ()


def test_moderators_are_nobody_s_secret(tmp_path: Path) -> None:
    with study(tmp_path / "p.cqda") as project:
        data = project.tables.study()
        moderators = [(s, c) for s, _start, _end, c in data.turns if data.cases[c].role == "moderator"]
        assert singling.singled(data, moderators) == []  # type: ignore[arg-type]


def test_passages_and_the_report_say_it_to_who_writes_them_and_not_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with study(tmp_path / "p.cqda") as project:
        query = Query((Term(project.codebook.tree().get("What unites/Public spaces").id),))
        snapshot = project.retrieval.snapshot(query)
        assert len(snapshot.singled) == 1 and "“Imam”" in snapshot.singled[0]
        project.retrieval.write(query, tmp_path / "p.html")
        assert "could be recognised" not in (tmp_path / "p.html").read_text(encoding="utf-8")
        said: list[str] = []
        monkeypatch.setattr(document, "write_report", lambda data, folder, _job: folder / data.title)
        project.reports.write(tmp_path / "report", warn=said.append)
        assert snapshot.singled == project.reports.unmasked().singled
        assert said == list(project.reports.snapshot().singled)
        assert said[-1].startswith("1 source in which few people speak is not named")
