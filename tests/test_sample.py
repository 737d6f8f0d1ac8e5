"""The sample study is what it says it is, and everything in the program has something to show on it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from cohesion_qda.analysis.agreement import agreement
from cohesion_qda.base.errors import LeftOut
from cohesion_qda.base.resources import sample_folder
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from cohesion_qda.project.sources import Sources

PLACES = {"Huddersfield", "Dewsbury", "Batley & Spen", "Rural"}
KINDS_OF_GROUP = {
    "Women", "Young people", "Faith communities", "Teachers", "New and emerging communities", "Supporting refugees",
}  # fmt: skip


def test_twelve_groups_and_three_interviews_of_believable_length_in_many_conventions() -> None:
    drafts = Sources.read_files([sample_folder()])
    assert all(isinstance(draft, SourceDraft | LeftOut) for draft in drafts)
    good = [draft for draft in drafts if isinstance(draft, SourceDraft)]
    assert not [warning for draft in good for warning in draft.warnings]
    assert Counter(draft.kind for draft in good) == {"focus group": 12, "interview": 3}
    assert len({draft.convention for draft in good}) >= 6
    assert {Path(draft.file_name).suffix for draft in good} == {".txt", ".md", ".docx"}


def test_who_where_and_how_much(sample_study: Path) -> None:
    with Project.open(sample_study) as project:
        for source in project.sources.list():
            assert 1200 <= source.words <= 2500, source.name
            roles = Counter(s.role for s in project.sources.reading(source.id).speakers.values())
            assert roles["moderator"] == 1
            assert roles["participant"] >= (5 if source.kind == "focus group" else 1), source.name
        values = project.attributes.values("source").values()
        assert {v["place"] for v in values} == PLACES
        assert {v["thematic group"] for v in values} == KINDS_OF_GROUP
        people = [c for c in project.cases.list("participant") if c.role == "participant"]
        assert all({"age band", "gender"} <= set(c.attributes) for c in people)
        assert project.check() == []


def test_two_coders_agree_in_part_and_every_code_was_used(sample_study: Path) -> None:
    with (sample_folder() / "codings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 400
    with Project.open(sample_study) as project:
        assert len(project.codings.retrieve()) == len(rows)
        assert {c.name for c in project.coders()} == {"Asha Verity", "Ben Oldroyd"}
        asha, ben = (project.tables.coder(name).id for name in ("Asha Verity", "Ben Oldroyd"))
        overall = agreement(project.tables.study(), asha, ben)[0]
        assert overall.both > 50
        assert overall.only_a > 20
        assert overall.only_b > 20
        tree, counts = project.codebook.tree(), project.codebook.counts()
        leaves = [code for code in tree if not tree.children(code.id)]
        assert len(leaves) == 30
        assert all(counts[code.id].own.participants >= 2 for code in leaves)
        moderators = {c.name for c in project.cases.list("participant") if c.role == "moderator"}
        assert not [p for p in project.codings.retrieve() if set(p.speakers) <= moderators]


def test_it_is_labelled_as_fiction() -> None:
    assert "fictional" in (sample_folder() / "ABOUT.rst").read_text(encoding="utf-8")
    from cohesion_qda.project import sample

    assert "fictional" in sample.title()
