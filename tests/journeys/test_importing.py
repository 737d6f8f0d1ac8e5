"""Bringing files in, as a researcher does it: drop them, look once, mend what is wrong, import, change one's mind."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from cohesion_qda.ui.sources.speakers_pane import ROLE
from tests.journeys.researcher import Researcher

TURNS = (
    ("Jo", "What brings people together round here?"),
    ("Amina", "The park, honestly. Everybody is there on a Saturday."),
    ("Carol", "I would say the school gate."),
    ("Jo", "And what gets in the way?"),
    ("Amina", "The buses. Nobody comes down after six."),
    ("Carol", "It is the buses, yes, for all of us up there."),
    ("Jo", "What would help?"),
    ("Amina", "A bus that comes."),
)
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Interviewer>How long have you lived here?</v>

00:00:05.000 --> 00:00:09.000
<v Dev>All my life, near the mill.</v>

00:00:10.000 --> 00:00:12.000
<v Interviewer>And what has changed?</v>

00:00:13.000 --> 00:00:16.000
<v Dev>The mill has shut.</v>
"""


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    """What six community researchers have sent: each has their own habits."""
    folder = tmp_path / "mailbox"
    folder.mkdir()

    def typed(place: str, how: str) -> str:
        said = ((who, words.replace("round here", f"in {place}")) for who, words in TURNS)
        return "".join(how.format(who=who, words=words) for who, words in said)

    (folder / "Dewsbury.txt").write_text(typed("Dewsbury", "{who}: {words}\n"), encoding="utf-8")
    slip = typed("Batley", "{who}: {words}\r\n").replace("Carol: It", "Caroll: It")
    (folder / "Batley.txt").write_bytes(slip.encode("utf-16"))
    (folder / "Mirfield.md").write_text(typed("Mirfield", "**{who}:** {words}\n\n"), encoding="utf-8")
    (folder / "Interview with Dev.vtt").write_text(CAPTIONS, encoding="utf-8")
    (folder / "Holmfirth.txt").write_text(typed("Holmfirth", "{who} >> {words}\n"), encoding="utf-8")
    (folder / "attributes.csv").write_text("source,place\nDewsbury,Dewsbury\nBatley,Batley\n", encoding="utf-8")
    return folder


def speakers(researcher: Researcher, name: str) -> dict[str, tuple[str, int]]:
    reading = researcher.ask(lambda p: p.sources.reading(p.sources.get(name).id))
    return {speaker.label: (speaker.role, speaker.turns) for speaker in reading.speakers.values()}


def test_a_mailbox_of_transcripts_comes_in_with_its_speakers_right(
    researcher: Researcher, mailbox: Path, tmp_path: Path
) -> None:
    """Five habits in one folder: a label is joined, a role mended, a way of writing said; then all of it in one act."""
    researcher.makes_a_project(tmp_path / "study.cqda")
    review = researcher.drops(mailbox)
    assert [item.file_name for item in review.review.items] == [
        "Batley.txt", "Dewsbury.txt", "Holmfirth.txt", "Interview with Dev.vtt", "Mirfield.md",
    ]  # fmt: skip
    assert review.sheet is not None
    batley, dewsbury, holmfirth, interview, _mirfield = review.review.items
    assert batley.needs_a_look
    assert interview.kind == "interview"

    review.table.go_to(batley)
    review.panel.asks.press("Join", "Caroll")

    review.table.go_to(dewsbury)
    people = review.panel.people.speakers
    row = [speaker.name for speaker in people.speakers].index("Carol")
    people.setData(people.index(row, ROLE), "observer")
    researcher.rests()

    review.table.go_to(holmfirth)
    review.panel.how.form.choose("pattern")
    QTest.keyClicks(review.panel.how.pattern, "NAME >>")
    researcher.rests(lambda: holmfirth.turns == 8)
    assert "Amina" in review.preview.words()

    QTest.mouseClick(review.add, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert researcher.ask(lambda p: [(s.name, s.kind, s.turns) for s in p.sources.list()]) == [
        ("Batley", "focus group", 8), ("Dewsbury", "focus group", 8), ("Holmfirth", "focus group", 8),
        ("Interview with Dev", "interview", 4), ("Mirfield", "focus group", 8),
    ]  # fmt: skip
    left = [child for child in psutil.Process().children() if "formats.child" in " ".join(child.cmdline())]
    assert left == [], "no reader is left"
    assert speakers(researcher, "Batley") == {
        "Jo": ("moderator", 3), "Amina": ("participant", 3), "Carol": ("participant", 2),
    }  # fmt: skip
    assert speakers(researcher, "Dewsbury")["Carol"] == ("observer", 2)
    assert speakers(researcher, "Holmfirth") == speakers(researcher, "Mirfield")
    assert speakers(researcher, "Interview with Dev")["Dev"] == ("participant", 2)
    places = researcher.ask(lambda p: [values for values in p.attributes.values("source").values() if values])
    assert sorted(values["place"] for values in places) == ["Batley", "Dewsbury"]

    researcher.undoes()
    assert researcher.ask(lambda p: p.sources.list()) == []
    assert researcher.ask(lambda p: (p.cases.list(), p.attributes.names("source"))) == ([], [])
    researcher.redoes()
    assert len(researcher.ask(lambda p: p.sources.list())) == 5


def test_one_bad_file_does_not_sink_the_folder(researcher: Researcher, mailbox: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(mailbox / "Torn.docx", "w") as torn:
        torn.writestr("word/document.xml", "<w:document")
    (mailbox / "Empty.txt").write_bytes(b"")
    researcher.makes_a_project(tmp_path / "study.cqda")
    review = researcher.drops(mailbox)
    assert [item.file_name for item in review.review.errors] == ["Empty.txt", "Torn.docx"]
    assert review.header.meta.text().endswith("2 could not be read")
    for item in review.review.errors:
        review.table.go_to(item)
        assert item.file_name in review.unread.sentence.text()
        assert review.unread.sentence.text().endswith("The other files are not affected.")
    assert review.add.text() == "Import 5 sources"
    QTest.mouseClick(review.add, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert len(researcher.ask(lambda p: p.sources.list())) == 5


def test_two_drops_in_a_row_are_two_imports_one_after_the_other(
    researcher: Researcher, mailbox: Path, tmp_path: Path
) -> None:
    """The second is dropped while the first is read: what is imported on a page is what the page shows."""
    researcher.makes_a_project(tmp_path / "study.cqda")
    flow = researcher.window.commands.files.importing()
    researcher.window.dropped([mailbox / "Dewsbury.txt"])
    researcher.window.dropped([mailbox / "Batley.txt"])
    researcher.rests(lambda: flow.dialog is not None)
    first = flow.dialog
    assert [item.file_name for item in first.review.items] == ["Dewsbury.txt"]
    QTest.mouseClick(first.add, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: flow.dialog is not first)
    assert [item.file_name for item in flow.dialog.review.items] == ["Batley.txt"]
    QTest.keyClick(flow.dialog, Qt.Key.Key_Escape)
    researcher.rests()
    assert researcher.ask(lambda p: [source.name for source in p.sources.list()]) == ["Dewsbury"]


def test_changing_ones_mind_leaves_nothing(researcher: Researcher, mailbox: Path, tmp_path: Path) -> None:
    researcher.makes_a_project(tmp_path / "study.cqda")
    before = researcher.ask(lambda p: len(p.history.trail()))
    review = researcher.drops(mailbox)
    QTest.keyClick(review, Qt.Key.Key_Escape)
    researcher.rests()
    assert researcher.ask(lambda p: p.sources.list()) == []
    assert researcher.ask(lambda p: len(p.history.trail())) == before


def test_reading_can_be_stopped(researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of many files says where it is, and Cancel leaves nothing."""
    monkeypatch.setattr("cohesion_qda.ui.runner.SHOWN_AFTER", 0)
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(300):
        (folder / f"Group {n}.txt").write_text(
            "".join(f"{who}: {said} {n}\n" for who, said in TURNS * 20), encoding="utf-8"
        )
    (folder / "us.jpg").write_bytes(b"\xff\xd8\xff")
    researcher.makes_a_project(tmp_path / "study.cqda")
    strip = researcher.window.workspace.progress
    said: list[str] = []
    told: list[str] = []
    researcher.window.commands.files.importing().said.connect(lambda words, _undo: told.append(words))
    researcher.window.activateWindow()
    focus = next(button for button in researcher.window.findChildren(QPushButton) if button.isVisible())
    focus.setFocus()
    researcher.window.runner.working.connect(lambda progress: said.append(strip.words.text()) if progress else None)
    researcher.window.dropped([folder])
    researcher.qtbot.waitUntil(lambda: any("of 300" in words and "Group" in words for words in said), timeout=30_000)
    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    researcher.rests()
    assert told == ["Reading was stopped; nothing was imported"]
    assert researcher.window.focusWidget() is focus
    assert not any("301" in words for words in said), "a picture is no file that is read"
    assert researcher.window.commands.files.importing().dialog is None
    assert researcher.ask(lambda p: p.sources.list()) == []
