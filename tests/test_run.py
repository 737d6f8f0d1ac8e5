"""run.py sets up a fresh machine, or says in one sentence what to do."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module, its environment in an empty folder, and no display."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "has_display", lambda: False)
    monkeypatch.setattr(sys, "platform", "linux")
    return module


@pytest.fixture
def ran(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were run; all succeed unless a word in `run.failing` is among theirs."""
    commands: list[list[str]] = []
    run.failing = set()

    def fake(command: list[str], **_options: Any) -> subprocess.CompletedProcess[str]:
        commands.append([str(word) for word in command])
        failed = any(word in run.failing for word in commands[-1])
        if "venv" in command and not failed:
            run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            run.PYTHON.touch()
        return subprocess.CompletedProcess(command, int(failed))

    monkeypatch.setattr(run.subprocess, "run", fake)
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_o: commands.append([str(w) for w in command]) or 0)
    return commands


def test_it_uses_the_standard_library_alone() -> None:
    listed = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import runpy; runpy.run_path({str(ROOT / 'run.py')!r}, run_name='x')"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.returncode == 0, listed.stderr


def test_missing_system_libraries_are_installed_by_root(
    run: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0)
    run.system_libraries()
    assert ran[-1] == ["apt-get", "install", "-y", "--no-install-recommends", "libegl1"]


def test_others_are_told_the_exact_command(
    run: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "loads", lambda library: library not in ("libEGL.so.1", "libGL.so.1"))
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stop:
        run.system_libraries()
    assert "sudo apt-get install -y --no-install-recommends libgl1 libegl1" in str(stop.value)
    assert ran == []
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"libGL\.so\.1 libEGL\.so\.1"):
        run.system_libraries()


def test_nothing_is_done_where_nothing_is_missing(
    run: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "loads", lambda library: True)
    run.system_libraries()
    assert ran == []


def test_an_old_python_is_refused_in_a_sentence(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        run.environment(ROOT / "requirements.lock")


def test_the_environment_is_made_once_from_hashes(run: ModuleType, ran: list[list[str]]) -> None:
    run.environment(ROOT / "requirements.lock")
    install = next(command for command in ran if "install" in command)
    assert "--require-hashes" in install
    assert str(ROOT / "requirements.lock") in install
    ran.clear()
    run.environment(ROOT / "requirements.lock")
    assert ran == [], "the second time nothing is done"
    run.environment(ROOT / "requirements-dev.lock")
    assert not any("venv" in command for command in ran), "the tests' packages go into the same environment"
    assert any(str(ROOT / "requirements-dev.lock") in command for command in ran)


def test_without_python3_venv_pip_is_lent(
    run: ModuleType, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run.subprocess.run

    def fake(command: list[str], **options: Any) -> Any:
        done = real(command, **options)
        if ("venv" in command and "--without-pip" not in command) or command[1:] == ["-m", "pip", "--version"]:
            return subprocess.CompletedProcess(command, 1)
        return done

    monkeypatch.setattr(run.subprocess, "run", fake)
    run.environment(ROOT / "requirements.lock")
    assert any("--without-pip" in command for command in ran)
    assert next(command for command in ran if "install" in command)[1:5] == ["-m", "pip", "--python", str(run.PYTHON)]


def test_packages_that_cannot_be_installed_are_told_and_tried_again(run: ModuleType, ran: list[list[str]]) -> None:
    run.failing.add("install")
    with pytest.raises(SystemExit, match="could not be installed"):
        run.environment(ROOT / "requirements.lock")
    run.failing.clear()
    run.environment(ROOT / "requirements.lock")


@pytest.mark.parametrize(
    ("given", "display", "words"),
    [
        ([], False, ["-m", "cohesion_qda", "demo", str(ROOT / "demo")]),
        ([], True, ["-m", "cohesion_qda", "--first-time"]),
        (["sources", "a.cqda"], False, ["-m", "cohesion_qda", "sources", "a.cqda"]),
        (["test", "-k", "x"], False, ["-m", "pytest", "-k", "x"]),
        (["bench"], False, ["-m", "tests.benchmarks"]),
    ],
)
def test_what_is_handed_over(
    run: ModuleType,
    ran: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    given: list[str],
    display: bool,
    words: list[str],
) -> None:
    monkeypatch.setattr(run, "system_libraries", lambda: None)
    monkeypatch.setattr(run, "environment", lambda lock: None)
    monkeypatch.setattr(run, "has_display", lambda: display)
    monkeypatch.setattr(run.sys, "argv", ["run.py", *given])
    with pytest.raises(SystemExit) as stop:
        run.main()
    assert stop.value.code == 0
    assert ran[-1][1:] == words


def test_every_line_of_the_locks_has_a_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = [b for b in text.replace("\\\n", " ").splitlines() if b and not b.lstrip().startswith("#")]
        assert len(blocks) > 40
        assert all("--hash=sha256:" in block for block in blocks)
