"""What all tests share: a quiet headless Qt, files in memory, a Hypothesis profile, and the shared data where it is there."""

from __future__ import annotations

import functools
import io
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

os.environ["LANGUAGE"] = "en"  # what is tested are the English words, whatever this computer speaks

import psutil
import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard


def _offline(event: str, arguments: tuple[object, ...]) -> None:
    """The program makes no network connection, ever: a test that does fails."""
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
        raise AssertionError(f"a network connection was tried: {event} {arguments[1:]}")


sys.addaudithook(_offline)
ROOT = Path(__file__).resolve().parent.parent
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30
if (
    os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > ROOM
):  # tmp_path lies in memory where there is plenty: a third of the time would be waiting for the disk
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("campaign", max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("COHESION_QDA_HYPOTHESIS", "quick"))


def shared_data() -> Path:
    """The folder of real transcripts that lies beside a developer's checkout, or a skip that says so."""
    folder = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the shared test data (../shared/data) is not on this machine")
    return folder


@pytest.fixture(autouse=True)
def widgets_go_with_their_test() -> Iterator[None]:
    """What a test asked to be deleted is deleted before the next: no event loop runs in between that would do it, and
    dressing some thousand widgets of tests long past takes seconds.
    """
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def no_power_cuts() -> Iterator[None]:
    """In this process SQLite does not wait for the disk; what the program itself asks of it is `_connect.__wrapped__`."""
    from cohesion_qda.store import connection

    @functools.wraps(connection._connect)
    def connect(*given: Any) -> Any:
        db = connect.__wrapped__(*given)
        db.execute("PRAGMA synchronous = OFF")
        return db

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_connect", connect)
        yield


def plain_png(_drawing: object, _width: int | None, _dpi: int) -> bytes:
    """A picture of one dot, for tests that write reports and look at no picture of them: painting is most of their time."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def focus_groups() -> Path:
    return shared_data() / "transcripts" / "focus_groups"


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, built once; copy it, do not write to it."""
    from cohesion_qda.project import sample

    path = tmp_path_factory.mktemp("sample") / "study.cqda"
    sample.build(path).close()
    return path


@pytest.fixture
def sample_study(built_sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample study of one's own."""
    return Path(shutil.copy(built_sample, tmp_path / "sample.cqda"))


@pytest.fixture(scope="session")
def parsed_sample(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study with what was parsed of its texts kept in it, worked out once; copy it, do not write to it."""
    from cohesion_qda.project import Project

    path = Path(shutil.copy(built_sample, tmp_path_factory.mktemp("parsed") / "study.cqda"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COHESION_QDA_CONFIG", str(tmp_path_factory.mktemp("config")))
        with Project.open(path) as project:
            project.suggestions.heard(vectors=False)
    return path


@pytest.fixture(scope="session")
def heard_sample(parsed_sample: Path) -> Heard:
    """The sample study, heard without vectors; nobody may change it."""
    from cohesion_qda.analysis.heard import hear
    from cohesion_qda.project import Project

    with Project.open(parsed_sample, read_only=True) as project:
        hearing = project.suggestions.hearing
        return hear(project.tables.talk(), hearing.kept(vectors=False), vectors=False)[0]


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of the person who runs it."""
    monkeypatch.setenv("COHESION_QDA_CONFIG", str(tmp_path_factory.mktemp("config")))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Campaigns run only when they are asked for with -m."""
    if config.option.markexpr:
        return
    skip = pytest.mark.skip(reason="a campaign: run it with -m campaign")
    for item in items:
        if "campaign" in item.keywords:
            item.add_marker(skip)
