"""The real transcripts that lie beside a developer's checkout; skipped, saying so, where they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cohesion_qda.formats.sources import read_here


@pytest.mark.parametrize(("number", "turns", "speakers"), [(1, 116, 6), (2, 182, 6), (3, 198, 7)])
def test_focus_groups(focus_groups: Path, number: int, turns: int, speakers: int) -> None:
    (draft,) = read_here(focus_groups / f"focus_group_{number}.txt")
    assert (len(draft.turns), len(draft.roles), draft.kind) == (turns, speakers, "focus group")
    assert {label for label, role in draft.roles.items() if role == "moderator"} == {"GA", "CA"}
    assert draft.text.startswith(f"Focus Group {number}\nInformation about the appointment\nDate: ")
    assert (draft.encoding, len(draft.warnings)) == (("cp1252", 1) if number == 2 else ("UTF-8", 0))


def test_the_last_turn_and_the_nodding(focus_groups: Path) -> None:
    (draft,) = read_here(focus_groups / "focus_group_1.txt")
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
    drafts = [read_here(path)[0] for path in sorted(folder.iterdir()) if path.suffix != ".json"]
    assert len(drafts) == 13
    for draft in drafts:
        assert len(draft.turns) == truth["turns"], draft.file_name
        assert sorted(draft.roles) == truth["speakers"], draft.file_name
        assert {label for label, role in draft.roles.items() if role == "moderator"} == {"GA", "CA"}
        assert (draft.doubtful, draft.alike) == ((), ()), draft.file_name
    in_words = {tuple(as_typed(draft.text[draft.turns[0].span.start :]).split()) for draft in drafts}
    assert len(in_words) == 1
    assert len(in_words.pop()) == truth["words"]
    assert len({tuple(as_typed(turn.span.of(d.text)).split()[0] for turn in d.turns) for d in drafts}) == 1
    assert {draft.convention for draft in drafts} == {
        "each turn begins with the name and a colon",
        "each turn begins with the name in bold",
        "each turn begins with the name in square brackets and the time",
        "the file says who speaks",
        "the file says when and who speaks",
        "a table says who speaks, row by row",
        "a table says when and who speaks, row by row",
        "the name and the time stand on their own line above each turn",
    }


def as_typed(text: str) -> str:
    """The text without what pandoc made of its quotation marks and dots."""
    return text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."}))


@pytest.mark.parametrize(
    ("name", "turns", "speakers", "moderators"),
    [
        ("other/practical-ai-144.md", 117, 4, {"Daniel Whitenack"}),
        ("other/js-party-94.md", 172, 5, {"Jerod Santo"}),
        ("meetings/education_13.json", 133, 7, {"Lynne Neagle AM"}),
        ("meetings/ES2004a.json", 320, 4, {"Project Manager"}),
        ("other/example.srt", 10, 3, {"Travis"}),
        ("other/example.html", 10, 3, {"Travis"}),
        ("other/example.vtt", 2, 2, {"Sarah"}),
        ("other/example.json", 2, 2, set()),
        ("other/fishbowl_transcript.vtt", 1, 1, set()),
        ("other/teams_transcript.vtt", 10, 2, {"Interviewer, First"}),
        ("other/zoom_transcript.vtt", 30, 5, set()),
    ],
)
def test_podcasts_meetings_and_captions(
    focus_groups: Path, name: str, turns: int, speakers: int, moderators: set[str]
) -> None:
    (draft,) = read_here(focus_groups.parent / name)
    assert (len(draft.turns), len(draft.roles)) == (turns, speakers)
    assert {label for label, role in draft.roles.items() if role == "moderator"} == moderators
    assert draft.doubtful == ()


def test_srt_and_html_of_one_podcast_say_the_same(focus_groups: Path) -> None:
    srt, html = (read_here(focus_groups.parent / "other" / f"example.{end}")[0] for end in ("srt", "html"))
    assert [(t.label, t.span.of(srt.text).split()) for t in srt.turns] == [
        (t.label, t.span.of(html.text).split()) for t in html.turns
    ]


def test_reports_have_no_speakers(focus_groups: Path) -> None:
    reports = focus_groups.parents[2] / "seeds"
    if not reports.is_dir():
        pytest.skip("the reports (../shared/seeds) are not on this machine")
    drafts = [read_here(path)[0] for path in sorted(reports.glob("*.txt"))]
    assert {(draft.kind, draft.turns) for draft in drafts} == {("document", ())}
