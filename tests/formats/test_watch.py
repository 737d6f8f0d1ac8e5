"""No file can do harm: the processes that read are watched, and the watch is watched here."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hostile_readers
import openpyxl
import psutil
import pytest

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.formats import watch
from cohesion_qda.formats.watch import Limits, Readers
from cohesion_qda.model.source import HowToRead, SourceDraft

SMALL = Limits(bytes=200_000_000, seconds=1.0)
ANEW = "Open it in the program it was made with, copy the text into a new document and save that."


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(hostile_readers.obeying, SMALL, most=2) as readers:
        yield readers


def orders(folder: Path, *words: str) -> list[Path]:
    paths = [folder / f"{n} {word}.txt" for n, word in enumerate(words)]
    for path in paths:
        path.write_text(path.stem.split()[1], encoding="utf-8")
    (folder / "secret").write_text("secret")
    return paths


def refused(readers: Readers, folder: Path, word: str) -> CannotReadSource:
    """What is said of a file that orders `word`; the files before and after it are read, and nothing else is there."""
    paths = orders(folder, "before", word, "after")
    before, error, after = readers.read(paths)
    assert isinstance(before, SourceDraft)
    assert isinstance(after, SourceDraft)
    assert (before.text, after.text) == ("before", "after")
    assert isinstance(error, CannotReadSource)
    assert error.path == paths[1]
    assert sorted(path.name for path in folder.iterdir()) == [*(path.name for path in paths), "secret"]
    assert paths[1].read_text(encoding="utf-8") == word
    return error


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("eat", "Reading 1 eat.txt was stopped, because it takes far more memory than a transcript does."),
        ("hang", "Reading 1 hang.txt was stopped, because it was not done after 1 seconds."),
        ("hold", "Reading 1 hold.txt was stopped, because it was not done after 1 seconds."),
        ("crash", "1 crash.txt made the part of the program that reads files crash."),
        ("leave", "1 leave.txt made the part of the program that reads files crash."),
        ("trick", "1 trick.txt made the part of the program that reads files crash."),
        ("memory", "Reading 1 memory.txt was stopped, because it takes far more memory than a transcript does."),
        *[
            (word, f"1 {word}.txt leads to something outside itself, and was not opened.")
            for word in (
                "connect", "resolve", "peek", "list", "write", "overwrite", "remove", "rename", "temporary", "start",
                "shell",
            )
        ],
    ],
)  # fmt: skip
def test_a_hostile_file_gives_one_sentence_and_stops_nothing(readers, tmp_path, word, sentence):
    assert str(refused(readers, tmp_path, word)) == f"{sentence} {ANEW}"


@pytest.mark.parametrize("word", ["error", "deep"])
def test_a_mistake_in_a_reader_is_told_and_kept_for_a_programmer(readers, tmp_path, word):
    error = refused(readers, tmp_path, word)
    assert str(error) == (
        f"1 {word}.txt could not be read, because of a fault in this program. "
        "Save it in another format, such as .txt, and tell the makers of the program."
    )
    assert "hostile_readers.py" in error.__notes__[0]


@pytest.mark.parametrize(
    ("word", "sentence"), [("input", "This is not right. Do it otherwise."), ("cannot", "It cannot be. Leave it.")]
)
def test_what_a_reader_says_itself_comes_through(readers, tmp_path, word, sentence):
    assert str(refused(readers, tmp_path, word)) == sentence


def test_what_a_library_prints_or_asks_for_does_not_disturb(readers, tmp_path):
    printed, asked = readers.read(orders(tmp_path, "print", "ask"))
    assert (printed.text, asked.text) == ("print", "heard b''")


def test_a_library_that_nobody_has_imported_yet_can_be_used(readers, tmp_path):
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "cell"
    book.save(kept)
    (path,) = orders(tmp_path, "lazy")
    path.write_text(f"lazy {base64.b64encode(kept.getvalue()).decode()}")
    (found,) = readers.read([path])
    assert isinstance(found, SourceDraft), found.__notes__
    assert found.text == "cell 1"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Path:
    """A program with the name of LibreOffice."""
    if os.name == "nt":
        pytest.skip("a link to the interpreter does not start here")
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    office.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    office.chmod(0o700)
    monkeypatch.setenv("SOFFICE", str(office))
    return office


def test_libreoffice_may_convert_a_doc_and_nothing_else(office, tmp_path):
    paths = [tmp_path / name for name in ("talk.doc", "talk.txt")]
    for path in paths:
        path.write_text("convert")
    with Readers(hostile_readers.obeying, most=1) as readers:
        converted, refused = readers.read(paths)
        (room,) = (child._room.name for child in readers._children)
        assert list(Path(room).iterdir()) == []
    assert converted.text == "SPOKEN"
    assert "leads to something outside itself" in str(refused)
    assert not Path(room).exists()


def test_a_program_that_converts_is_watched_and_ended_too(office, tmp_path):
    path = tmp_path / "talk.doc"
    path.write_text("linger")
    with Readers(hostile_readers.obeying, Limits(250_000_000, 20.0), most=1) as readers:
        (error,) = readers.read([path])
    assert "takes far more memory" in str(error)
    assert not [p for p in psutil.process_iter(["cmdline"]) if "300_000_000" in " ".join(p.info["cmdline"] or ())]


def test_time_still_guards_where_memory_cannot_be_read(tmp_path, monkeypatch):
    def denied(*_details: object) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "memory_info", denied)
    with Readers(hostile_readers.obeying, Limits(1, 0.5), most=1) as readers:
        hung, read = readers.read(orders(tmp_path, "hang", "after"))
    assert "was not done after" in str(hung)
    assert read.text == "after"


def test_the_order_is_that_of_the_paths(readers, tmp_path):
    names = [str(n) for n in range(30)]
    assert [draft.name for draft in readers.read(orders(tmp_path, *names))] == [f"{n} {n}" for n in names]


def test_children_are_kept_warm_and_gone_after(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("Asha: The park is lovely.\nMod: Why?\nAsha: It is ours.\nMod: And yours?\nAsha: Yes.\n")
    threads = set(threading.enumerate())
    with Readers(most=1) as readers:
        (draft,) = readers.read([path])
        (first,) = (child.pid for child in readers._children)
        (plain,) = readers.read([path], how={path: HowToRead(convention="none")})
        (second,) = (child.pid for child in readers._children)
    assert len(draft.turns) == 5
    assert plain.how.convention == "none"
    assert first == second
    assert not psutil.pid_exists(first)
    assert set(threading.enumerate()) == threads


def test_stopping_is_prompt_and_ends_what_was_being_read(tmp_path):
    seen: list[tuple[int, int, str]] = []
    job = Job(lambda *step: seen.append(step))
    with Readers(hostile_readers.obeying, most=2) as readers:
        readers.read(orders(tmp_path, "one", "two"))
        pids = {child.pid for child in readers._children}
        threading.Timer(0.3, job.cancel).start()
        start = time.monotonic()
        with pytest.raises(Cancelled):
            readers.read(orders(tmp_path, "hang", "hold", "three"), job)
        assert time.monotonic() - start < 10
        assert not any(map(psutil.pid_exists, pids))
        assert [draft.text for draft in readers.read(orders(tmp_path, "four"))] == ["four"]
    assert seen[0] == (0, 3, "0 hang.txt")


def test_a_child_that_ends_while_it_waits_is_replaced(tmp_path):
    with Readers(most=1) as readers:
        readers.read(orders(tmp_path, "one"))
        psutil.Process(readers._children[0].pid).kill()
        readers._children[0]._listener.join()
        assert [draft.text for draft in readers.read(orders(tmp_path, "two", "three"))] == ["two", "three"]


@pytest.mark.parametrize("command", [["no such program"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_a_system_that_lets_no_process_be_started(tmp_path, monkeypatch, command):
    monkeypatch.setattr(watch, "command", lambda room: command)
    with Readers(most=2) as readers:
        errors = readers.read(orders(tmp_path, *"abcde"))
    assert len(errors) == 5
    assert str(errors[0]) == (
        "0 a.txt could not be read, because the system did not let the program start the part that reads files. "
        "Restart the computer and try again."
    )


def test_a_child_does_not_outlive_its_parent(tmp_path):
    """Not even when it is in the middle of a file, in native code."""
    (path,) = orders(tmp_path, "hold")
    script = (
        f"import sys; sys.path[:0] = {[str(Path(__file__).parent)]!r}\n"
        "import os, threading, time, hostile_readers\n"
        "from cohesion_qda.formats.watch import Limits, Readers\n"
        "readers = Readers(hostile_readers.obeying, Limits(seconds=0.5), most=1)\n"
        f"threading.Thread(target=readers.read, args=([{str(path)!r}],), daemon=True).start()\n"
        "while not (readers._children and readers._children[0].pid): time.sleep(0.01)\n"
        "print(readers._children[0].pid, flush=True)\n"
        "os._exit(0)\n"
    )
    (tmp_path / "script.py").write_text(script)
    command = [sys.executable, str(tmp_path / "script.py")]
    child = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for _again in range(200):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


def test_a_script_without_a_main_guard_can_read(tmp_path):
    (tmp_path / "talk.txt").write_text("Asha: The park.\nMod: Why?\nAsha: So.\nMod: And?\nAsha: Yes.\n")
    script = tmp_path / "script.py"
    script.write_text(
        "from cohesion_qda.project.sources import Sources\n"
        "print([draft.name for draft in Sources.read_files(['talk.txt'])])\n"
    )
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("['talk']\n", "")
