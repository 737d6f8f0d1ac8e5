"""The real transcripts that lie beside a developer's checkout; skipped, saying so, where they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.formats.sources import read_source

IN_SCOPE = (".txt", ".docx", ".md")


@pytest.mark.parametrize(("number", "turns", "speakers"), [(1, 116, 6), (2, 182, 6), (3, 198, 7)])
def test_focus_groups(focus_groups: Path, number: int, turns: int, speakers: int) -> None:
    draft = read_source(focus_groups / f"focus_group_{number}.txt")
    assert (len(draft.turns), len(draft.roles), draft.kind) == (turns, speakers, "focus group")
    assert {label for label, role in draft.roles.items() if role == "moderator"} == {"GA", "CA"}
    assert draft.text.startswith(f"Focus Group {number}\nInformation about the appointment\nDate: ")
    assert (draft.encoding, len(draft.warnings)) == (("cp1252", 1) if number == 2 else ("UTF-8", 0))


def test_the_last_turn_and_the_nodding(focus_groups: Path) -> None:
    draft = read_source(focus_groups / "focus_group_1.txt")
    last = draft.turns[-1]
    assert (last.label, last.span.of(draft.text)) == (
        "GA",
        "Then I would say thank you very much. Now we would turn it off.",
    )
    nodding = [turn.label for turn in draft.turns if turn.span.of(draft.text).startswith("(nods) Well, my interest")]
    assert nodding == ["TN6"]


def test_containers(focus_groups: Path) -> None:
    folder = focus_groups.parent / "containers"
    truth = json.loads((folder / "TRUTH.json").read_text())
    drafts = [read_source(path) for path in sorted(folder.iterdir()) if path.suffix in IN_SCOPE]
    assert len(drafts) == 8
    for draft in drafts:
        assert len(draft.turns) == truth["turns"], draft.file_name
        assert sorted(draft.roles) == truth["speakers"], draft.file_name
        assert {label for label, role in draft.roles.items() if role == "moderator"} == {"GA", "CA"}
    in_words = {tuple(draft.text[draft.turns[0].span.start :].split()) for draft in drafts}
    assert len(in_words) == 1
    assert len(in_words.pop()) == truth["words"]
    assert {draft.convention for draft in drafts} == {
        "each turn begins with the name and a colon",
        "each turn begins with the name in bold",
        "a table says who speaks, row by row",
        "a table says when and who speaks, row by row",
        "the name and the time stand on their own line above each turn",
    }


@pytest.mark.parametrize(("name", "turns", "speakers"), [("practical-ai-144", 117, 4), ("js-party-94", 172, 5)])
def test_podcasts(focus_groups: Path, name: str, turns: int, speakers: int) -> None:
    draft = read_source(focus_groups.parent / "other" / f"{name}.md")
    assert (len(draft.turns), len(draft.roles)) == (turns, speakers)


def test_reports_have_no_speakers(focus_groups: Path) -> None:
    reports = focus_groups.parents[2] / "seeds"
    if not reports.is_dir():
        pytest.skip("the reports (../shared/seeds) are not on this machine")
    drafts = [read_source(path) for path in sorted(reports.glob("*.txt"))]
    assert {(draft.kind, draft.turns) for draft in drafts} == {("document", ())}
