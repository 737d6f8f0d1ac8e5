"""A program that is killed while it codes loses nothing that it said was kept."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project

WORKER = Path(__file__).with_name("crash_worker.py")
ROOT = Path(__file__).resolve().parents[2]
TIMES = 50
LONGEST = 0.06  # seconds: time for some thirty acts


def test_killed_fifty_times_and_nothing_acknowledged_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "study.cqda"
    text = " ".join(f"word{n}" for n in range(4000))
    with Project.create(path, "empty", coder="Asha") as project:
        project.sources.add([SourceDraft("talk", "document", text)])
        project.codebook.add("Busy")
    chance, acknowledged, number = random.Random(20261121), 0, 0
    for _time in range(TIMES):
        worker = subprocess.Popen(
            [sys.executable, str(WORKER), str(path), str(number)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )  # fmt: skip
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        before = [worker.stdout.readline() for _act in range(chance.randrange(8))]  # however slow this machine is
        timer = threading.Timer(chance.uniform(0.0, LONGEST), worker.kill)
        timer.start()
        lines = "".join(before) + worker.stdout.read()
        said = [line.split() for line in lines.splitlines() if line.count(" ") == 1]
        worker.wait()
        timer.join()
        worker.stdout.close()
        kept = [(int(n), int(action)) for n, action in said if int(action)]
        with Project.open(path) as project:
            assert project.check() == []
            trail = project.history.trail()
            live = {entry.id for entry in trail if entry.kind == "apply-code" and entry.state == "live"}
            undone = {entry.id for entry in trail if entry.state == "undone"}
            missing = [action for _n, action in kept if action not in live]
            # killed between an undo and its redo, the last act stands as undone and can be done again
            assert set(missing) <= undone, f"acknowledged and gone: {missing}"
            assert len(missing) <= 1
            while project.history.can_redo():
                project.history.redo()
            number += len(said) + 1
        acknowledged += len(kept)
    assert acknowledged > TIMES, "the worker must have coded between the kills"
