from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import paragraph, run, write_docx

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.formats.files import natural
from cohesion_qda.formats.sources import read_all, read_source
from cohesion_qda.model.source import SourceDraft

TALK = "Moderator: Why?\nP1: So.\nModerator: And?\nP2: Yes.\n"


def test_a_draft_says_where_it_came_from(tmp_path):
    path = tmp_path / "Batley  group 2.TXT"
    path.write_text(TALK, encoding="utf-8-sig")
    draft = read_source(path)
    assert (draft.name, draft.file_name, draft.encoding) == ("Batley group 2", "Batley  group 2.TXT", "UTF-8")
    assert draft.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (draft.kind, len(draft.turns)) == ("focus group", 4)


def test_a_folder_is_read_in_natural_order_without_what_is_not_a_transcript(tmp_path):
    for name in ("g10.txt", "g2.txt", ".hidden.txt", "sheet.csv", "sheet.xlsx", "photo.jpg", "README.md", "g3.md"):
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    write_docx(tmp_path / "g1.docx", paragraph(run("Just a note.")))
    (tmp_path / "~$g1.docx").write_bytes(b"lock")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "deep.txt").write_text(TALK, encoding="utf-8")
    assert [r.name for r in read_all([tmp_path]) if isinstance(r, SourceDraft)] == ["g1", "g2", "g3", "g10"]
    assert len(read_all([tmp_path, tmp_path / "g2.txt", str(tmp_path / "g2.txt")])) == 4


def test_a_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"nothing")
    (tmp_path / "c.txt").write_text(TALK, encoding="utf-8")
    results = read_all([tmp_path])
    assert [type(result) for result in results] == [SourceDraft, CannotReadSource, SourceDraft]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.txt", None, "missing.txt. Check the name, and whether the file was moved."),
        ("missing.jpg", None, "There is no such file or folder: "),
        ("missing", None, "missing. Check the name, and whether it was moved."),
        ("sheet.csv", b"a,b", "sheet.csv is a sheet, not a transcript. Give it as the sheet of attributes"),
        ("photo.jpg", b"..", "photo.jpg is of a kind that cannot be read. Save it as one of .txt, .md, .docx."),
        ("noending", b"..", "noending is of a kind that cannot be read."),
        ("empty.txt", b"", "empty.txt is empty: it has 0 bytes. Save it again from the program it was made with."),
        ("empty.docx", b"", "empty.docx is empty: it has 0 bytes."),
        ("zero\0.txt", None, "There is no such file: "),
        ("x" * 300 + ".txt", None, "could not be read: File name too long. Copy the file to this computer"),
    ],
)
def test_files_given_by_name_that_cannot_be_read(tmp_path, name, content, sentence):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    (result,) = read_all([path])
    assert isinstance(result, CannotReadSource)
    assert sentence in str(result)
    assert result.path == path


def test_a_missing_file_or_folder_is_named_as_it_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [str(result) for result in read_all([Path("nofile.txt"), Path("in") / "a.md", Path("nofolder")])] == [
        "There is no such file: nofile.txt. Check the name, and whether the file was moved.",
        f"There is no such file: {Path('in') / 'a.md'}. Check the name, and whether the file was moved.",
        "There is no such file or folder: nofolder. Check the name, and whether it was moved.",
    ]


def test_a_folder_with_nothing_to_read(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    (result,) = read_all([folder])
    assert str(result) == (
        "There is no transcript in the folder pictures. Choose a folder with files that end in .txt, .md, .docx."
    )


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TALK, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert str(read_all([path])[0]) == (
        "a.txt may not be read. Close it in other programs, or ask for the right to read it."
    )


def test_a_folder_that_may_not_be_opened(tmp_path, monkeypatch):
    def refuse(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (result,) = read_all([tmp_path])
    assert "could not be opened: Permission denied. Ask for the right to read it" in str(result)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(CannotReadSource, match=r"a.txt is not a file\. Choose the file itself\."):
        read_source(tmp_path / "a.txt")


def test_a_folder_named_like_a_file_and_a_link_that_goes_round(tmp_path):
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    with pytest.raises(CannotReadSource, match=r"b.txt could not be read"):
        read_source(tmp_path / "b.txt")
    (tmp_path / "c.txt").mkdir()
    with pytest.raises(CannotReadSource, match=r"c.txt is not a file"):
        read_source(tmp_path / "c.txt")


def test_reading_reports_and_stops(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(TALK, encoding="utf-8")
    seen: list[tuple[int, int, str]] = []
    read_all([tmp_path], Job(lambda done, total, what: seen.append((done, total, what))))
    assert seen[0] == (0, 3, "0.txt")
    assert seen[-1] == (3, 3, "")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        read_all([tmp_path], job)


@given(st.lists(st.tuples(st.sampled_from(["group ", "Group ", "a"]), st.integers(0, 200))))
def test_natural_order_counts(parts):
    names = sorted((f"{word}{number}.txt" for word, number in parts), key=natural)
    keys = [(name.rstrip("0123456789.tx").casefold(), int("".join(c for c in name if c.isdigit()))) for name in names]
    assert keys == sorted(keys)


def test_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    assert str(read_all([path])[0]) == "a.txt is larger than 50 MB. Split it into smaller files."
