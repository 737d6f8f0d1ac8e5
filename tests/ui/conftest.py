"""What every test of the window shares: no display, settings of its own, and the theme in its first state."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's config folder, empty, for this test alone."""
    folder = tmp_path / "config"
    monkeypatch.setenv("COHESION_QDA_CONFIG", str(folder))
    return folder


@pytest.fixture
def theme(qapp) -> Iterator:
    """The theme, dressed light at normal size, with our fonts; put back afterwards."""
    from cohesion_qda.ui.theme import current_theme

    looks = current_theme()
    qapp.setStyle("Fusion")
    looks.load_fonts()
    looks.set_mode("light")
    looks.set_scale(1.0)
    looks.dress()
    yield looks
    looks.set_mode("light")
    looks.set_scale(1.0)


@pytest.fixture
def runner(qapp) -> Iterator:
    """A runner that does everything at once, in the order asked."""
    from cohesion_qda.ui.runner import Runner

    made = Runner(executor="now")
    problems: list[BaseException] = []
    made.failed.connect(problems.append)
    made.problems = problems
    yield made
    made.shutdown()


@pytest.fixture
def threaded_runner(qapp) -> Iterator:
    """A runner with its real threads."""
    from cohesion_qda.ui.runner import Runner

    made = Runner()
    yield made
    made.shutdown()
