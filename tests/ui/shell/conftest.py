from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.settings import Settings
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.window import Window

WOMEN = """Moderator: What does cohesion mean to you?
Nasreen: The park, first of all. Nobody asks where you come from.
Carol: I learned my neighbour's name at the school gate.
Moderator: And what gets in the way?
Nasreen: The buses divide us. Nobody comes down after six.
Carol: That is it exactly.
Moderator: Who could change that?
Nasreen: We could, with some help.
Carol: And the council.
"""
YOUNG = """Moderator: And for you, what does it mean?
Dev: If it is dry we are in the park.
Maureen: When the gates shut early we lose trade.
Moderator: What else?
Dev: The youth club, before it closed.
Maureen: People do not know each other any more.
Moderator: Thank you.
Dev: Thanks.
Maureen: Goodbye.
"""
SHEET = "source,place,date\nwomen,Dewsbury,2026-03-14\nyoung people,Batley,2026-03-15\n"


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """A folder with two transcripts and an attributes sheet."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    (folder / "women.txt").write_text(WOMEN, "utf-8")
    (folder / "young people.txt").write_text(YOUNG, "utf-8")
    (folder / "attributes.csv").write_text(SHEET, "utf-8")
    return folder


@pytest.fixture
def window(qtbot, theme) -> Iterator[Window]:
    """The main window with a runner that does everything at once; problems are gathered in `window.told`."""
    made = Window(Settings(), Runner(executor="now"))
    made.told = []
    made.problems.recorder = made.told.append
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.make_menus()
    yield made
    made.close()


@pytest.fixture
def study(window: Window, transcripts: Path, tmp_path: Path) -> Window:
    """The window with a project open that holds the two transcripts."""
    window.runner.create(tmp_path / "study.cqda", codebook="cohesion", title="Kirklees Together")
    window.dropped([transcripts])
    window.commands.files.flow.dialog.accept()
    assert window.told == []
    return window
