"""Starting a project from a study frame, and taking one up later."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.ui.start.frames import FramesDialog
from cohesion_qda.ui.start.new_project import NewProjectDialog
from cohesion_qda.ui.window import Window


def test_a_new_project_starts_from_a_frame(theme, qtbot, tmp_path: Path) -> None:
    dialog = NewProjectDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.frame == "" and not dialog.frames.isVisible() and dialog.codebook == "cohesion"
    dialog.framed.click()
    assert dialog.frames.isVisible() and dialog.codebook == "empty" and dialog.frame == "kirklees"
    dialog.frames.choose("delivery")
    assert (
        dialog.frame == "delivery"
        and "23 issues with actions; figures for 9 kinds of area" in dialog.frames.brings.text()
    )
    assert dialog.frames.follows.text().startswith("It follows: Cohesion Delivery Framework: Overview (Department")
    dialog.empty.click()
    assert dialog.frame == "" and not dialog.frames.isVisible()


def test_a_frame_is_taken_up_later_in_one_act(window: Window, tmp_path: Path) -> None:
    window.runner.create(tmp_path / "study.cqda", codebook="cohesion")
    said: list[str] = []
    for wanted in ("kirklees", "kirklees"):
        window.commands.actions["take_frame"].trigger()
        dialog = window.findChildren(FramesDialog)[-1]
        said.append(dialog.frames.box.itemText(0))
        dialog.frames.choose(wanted)
        dialog.take.click()
    taken: list[str] = []
    window.runner.ask(lambda p: [frame.key for frame in p.frames.taken()], taken.extend)
    assert taken == ["kirklees"]
    assert said == ["Kirklees cohesion review", "Kirklees cohesion review (taken up)"]
    window.commands.actions["undo"].trigger()
    taken.clear()
    window.runner.ask(lambda p: [frame.key for frame in p.frames.taken()], taken.extend)
    assert taken == []
