"""The review page over a project, with files read in this process, which takes no time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from shiboken6 import isValid

from cohesion_qda.base.errors import CannotReadSource, UserError
from cohesion_qda.model.source import AS_FOUND

TALK = """Moderator: What brings people together round here?
Amina: The park, honestly. Everybody is in the park on a Saturday.
Carol: I would say the school gate. You stand there ten minutes and you talk.
Moderator: And what gets in the way?
Amina: The buses (sighs). Nobody comes down after six.
Carrol: It is the buses, yes.
Carol: They judge you by your shoes.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "talks"
    made.mkdir()
    (made / "Women.txt").write_text(TALK, encoding="utf-8")
    (made / "Men.txt").write_text(TALK.replace("Carrol", "Carol").replace("Amina", "Dev"), encoding="utf-8")
    return made


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read at once, in this process."""
    from cohesion_qda.formats.folders import expanded
    from cohesion_qda.formats.sources import read_here
    from cohesion_qda.project.sources import Sources

    def read(paths: Any, job: Any = None, how: Any = None, readers: Any = None) -> list[Any]:
        found: list[Any] = []
        for path in expanded(Path(path) for path in paths):
            if isinstance(path, CannotReadSource):
                found.append(path)
                continue
            try:
                found.extend(read_here(path, (how or {}).get(path, AS_FOUND)))
            except CannotReadSource as error:
                found.append(error)
            except UserError as error:
                found.append(CannotReadSource(path, error.message, error.hint))
        return found

    monkeypatch.setattr(Sources, "read_files", staticmethod(read))


@pytest.fixture(scope="session")
def made_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project, made once; copy it, do not write to it."""
    from cohesion_qda.project import Project

    path = tmp_path_factory.mktemp("made") / "empty.cqda"
    Project.create(path).close()
    return path


@pytest.fixture
def study(runner: Any, made_study: Path, tmp_path: Path) -> Any:
    """An empty project, open in the runner."""
    runner.open(Path(shutil.copy(made_study, tmp_path / "study.cqda")))
    return runner


@pytest.fixture
def looks_over(qtbot: Any, theme: Any, runner: Any, in_process: None) -> Iterator[Callable[..., Any]]:
    """Gives the review page for files or folders. `study` opens a project to import into."""
    from PySide6.QtWidgets import QWidget

    from cohesion_qda.ui.sources.flow import ImportFlow

    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    flow = ImportFlow(runner, window)
    told: list[tuple[str, Any]] = []
    flow.said.connect(lambda *words: told.append(words))
    flow.noticed.connect(lambda *words: told.append(words))

    def start(*paths: Path) -> Any:
        if flow.dialog is not None and isValid(flow.dialog):
            flow.dialog.leave()
            flow.dialog = None
        flow.start(paths)
        page = flow.dialog
        if page is not None:
            page.flow = flow
            page.told = told
            page.activateWindow()
            qtbot.waitUntil(page.isActiveWindow)
        return page

    start.flow = flow  # type: ignore[attr-defined]
    start.told = told  # type: ignore[attr-defined]
    yield start
    window.close()
