"""No file can do harm: the processes that read are watched, and the watch is watched here."""

from __future__ import annotations

import base64
import contextlib
import io
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PosixPath

import hostile_readers
import openpyxl
import psutil
import pytest

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.formats import watch
from cohesion_qda.formats.watch import Limits, Readers
from cohesion_qda.model.source import Alike, HowToRead, SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span

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


def test_what_is_too_much_together_is_read_one_after_the_other(tmp_path):
    held: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.01):
            held.append(sum(child.memory() for child in list(readers._children)))

    looking = threading.Thread(target=look)
    with Readers(hostile_readers.obeying, Limits(260_000_000, 20.0), most=3) as readers:
        looking.start()
        found = readers.read(orders(tmp_path, "large", "large", "large", "eat", "after"))
        done.set()
        looking.join()
    assert [type(one) for one in found] == [SourceDraft, SourceDraft, SourceDraft, CannotReadSource, SourceDraft]
    assert "takes far more memory" in str(found[3])
    assert 110_000_000 < max(held) < 450_000_000


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


@pytest.mark.parametrize(("word", "seconds"), [("hang", 20.0), ("hold", 0.5)])
def test_a_child_does_not_outlive_its_parent(tmp_path, word, seconds):
    """Not even when it is in the middle of a file; where that is native code, after twice the time that it may take."""
    (path,) = orders(tmp_path, word)
    script = (
        f"import sys; sys.path[:0] = {[str(Path(__file__).parent)]!r}\n"
        "import os, threading, time, hostile_readers\n"
        "from cohesion_qda.formats.watch import Limits, Readers\n"
        f"readers = Readers(hostile_readers.obeying, Limits(seconds={seconds}), most=1)\n"
        f"threading.Thread(target=readers.read, args=([{str(path)!r}],), daemon=True).start()\n"
        "while not (readers._children and readers._children[0].pid): time.sleep(0.01)\n"
        "time.sleep(0.3)\n"
        "print(readers._children[0].pid, readers._children[0]._room.name, flush=True)\n"
        "os._exit(0)\n"
    )
    (tmp_path / "script.py").write_text(script)
    command = [sys.executable, str(tmp_path / "script.py")]
    child, room = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().split(" ", 1)
    for _again in range(200):
        if is_gone(int(child)):
            break
        time.sleep(0.05)
    else:
        psutil.Process(int(child)).kill()
        pytest.fail("the child is still there")
    if word == "hold":  # nothing could tidy up
        Path(room).rmdir()
    assert not Path(room).exists()


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_the_thread_that_ends_a_child_may_tidy_up_while_its_reader_may_not(tmp_path):
    """What the guard refuses the thread that reads, it does not refuse the one that listens."""
    script = (
        "import sys, threading, shutil\n"
        "from pathlib import Path\n"
        "from cohesion_qda.formats.guard import Guard, Refused\n"
        "guard = Guard(Path(sys.argv[1]))\n"
        "guard.install()\n"
        "def tidy(name, *, trust):\n"
        "    if trust: guard.trust_this_thread()\n"
        "    try: shutil.rmtree(name)\n"
        "    except Refused: print('refused', Path(name).name)\n"
        "with guard.closed(Path(sys.argv[1]) / 'file', may_convert=False):\n"
        "    for name, trust in ((sys.argv[1], True), (sys.argv[2], False)):\n"
        "        one = threading.Thread(target=tidy, args=(name,), kwargs={'trust': trust})\n"
        "        one.start()\n"
        "        one.join()\n"
        "        tidy(sys.argv[2], trust=False)\n"
    )
    rooms = [tmp_path / "mine", tmp_path / "other"]
    for room in rooms:
        room.mkdir()
    done = subprocess.run([sys.executable, "-c", script, *map(str, rooms)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["refused other"] * 3 + [""]
    assert [room.exists() for room in rooms] == [False, True]


@pytest.mark.parametrize(
    "said",
    [
        b"cpathlib\nPosixPath\n",
        b"ccohesion_qda.model.source\nMapping\n",
        b"ccohesion_qda.model.source\nreplace\n",
        b"cbuiltins\neval\n",
    ],
)
def test_an_answer_does_nothing_to_what_is_no_draft(said):
    """A pickle that gives an attribute to what it names: only the plain values that a draft is made of can be named."""
    answer = b"\x80\x02" + said + b"N}X\x05\x00\x00\x00spoilX\x01\x00\x00\x00xs\x86b."
    with contextlib.suppress(pickle.UnpicklingError):
        watch._Plain(io.BytesIO(answer)).load()
    assert not hasattr(PosixPath, "spoil")
    assert not hasattr(Mapping, "spoil")


def test_every_value_of_a_draft_comes_through(tmp_path):
    how = HowToRead("cp1252", "colon", "", frozenset({"A"}), frozenset({"B"}), frozenset({"C"}))
    draft = SourceDraft(
        "Women", "focus group", "It is.", (TurnDraft(Span(0, 6), "A", 1.5),), {"A": "moderator"}, {"place": "x"},
        path=tmp_path / "Women.txt", encodings=(("cp1252", "é"),), alike=(Alike("a", "A", "case", is_joined=True),),
        sections=(SectionDraft(0, "Belonging"),), how=how, shares_file=True,
    )  # fmt: skip
    for said in ((draft,), CannotReadSource(tmp_path, "It cannot be.", "Leave it."), LeftOut(tmp_path, "No.", "Why?")):
        heard = watch._Plain(io.BytesIO(pickle.dumps(said, protocol=5))).load()
        assert (type(heard), str(heard)) == (type(said), str(said))
    assert watch._Plain(io.BytesIO(pickle.dumps((draft,), protocol=5))).load() == (draft,)


def test_a_reader_knows_nothing_of_the_watch():
    """What runs in a child does not lead back to what starts children."""
    script = "import sys, cohesion_qda.formats.child, cohesion_qda.formats.sources; print('cohesion_qda.formats.watch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_script_without_a_main_guard_can_read(tmp_path):
    (tmp_path / "talk.txt").write_text("Asha: The park.\nMod: Why?\nAsha: So.\nMod: And?\nAsha: Yes.\n")
    script = tmp_path / "script.py"
    script.write_text(
        "from cohesion_qda.project.sources import Sources\n"
        "print([draft.name for draft in Sources.read_files(['talk.txt'])])\n"
    )
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("['talk']\n", "")
