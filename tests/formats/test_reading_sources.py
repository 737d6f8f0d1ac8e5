from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import paragraph, run, write_docx

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.formats.folders import expanded
from cohesion_qda.formats.kinds import READABLE
from cohesion_qda.formats.sources import read_here
from cohesion_qda.formats.watch import read_all
from cohesion_qda.model.source import HowToRead, SourceDraft
from cohesion_qda.model.text import natural

TALK = "Moderator: Why?\nP1: So.\nModerator: And?\nP2: Yes.\n"


def test_a_draft_says_where_it_came_from(tmp_path):
    path = tmp_path / "Batley  group 2.TXT"
    path.write_text(TALK, encoding="utf-8-sig")
    (draft,) = read_here(path)
    assert (draft.name, draft.file_name, draft.encoding) == ("Batley group 2", "Batley  group 2.TXT", "UTF-8")
    assert draft.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (draft.kind, len(draft.turns)) == ("focus group", 4)


def test_a_folder_is_read_in_natural_order_and_what_is_left_out_is_named(tmp_path):
    for name in ("g10.txt", "g2.txt", ".hidden.txt", "attributes.csv", "photo.jpg", "talk.mp3", "README.md", "g3.md"):
        (tmp_path / name).write_text(TALK, encoding="utf-8")
    write_docx(tmp_path / "g1.docx", paragraph(run("Just a note.")))
    (tmp_path / "~$g1.docx").write_bytes(b"lock")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "deep.txt").write_text(TALK, encoding="utf-8")
    found = read_all([tmp_path])
    assert [r.name for r in found if isinstance(r, SourceDraft)] == ["g1", "g2", "g3", "g10"]
    left_out = [r for r in found if not isinstance(r, SourceDraft)]
    assert all(isinstance(told, LeftOut) for told in left_out)
    assert [str(told) for told in left_out] == [
        "attributes.csv was not read as a transcript, because it is a sheet of attributes. "
        "Give it as the sheet of attributes that goes with the transcripts.",
        f"3 files in {tmp_path.name} were left out, because they are no transcripts: photo.jpg, README.md, talk.mp3. "
        "Recordings and pictures of pages must first be turned into text.",
        f"The folder inside {tmp_path.name} was left out: inner. Choose them too if transcripts are in them.",
    ]
    assert [told.path for told in left_out] == [tmp_path / "attributes.csv", tmp_path, tmp_path]


def test_a_file_or_folder_given_twice_is_read_once(tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.png"):
        (folder / name).write_text(TALK, encoding="utf-8")
    twice = [
        folder,
        folder / "a.txt",
        str(folder / "a.txt"),
        folder / ".." / "talks",
        folder / ".." / "talks" / "b.txt",
    ]
    assert [r.name if isinstance(r, SourceDraft) else "left out" for r in read_all(twice)] == ["a", "b", "left out"]


def test_many_files_that_are_no_transcripts_are_named_in_part(tmp_path):
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    for n in range(20):
        (tmp_path / f"picture {n}.png").write_bytes(b"x")
    told = read_all([tmp_path])[1]
    assert str(told).startswith(f"20 files in {tmp_path.name} were left out")
    assert "picture 7.png …. Recordings" in str(told)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made here")
@pytest.mark.parametrize(
    ("name", "shown", "draft_name"),
    [
        ("line\nend.txt", "line end.txt", "line end"),
        ("to\u202ecod.txt", "tocod.txt", "tocod"),
        ("bell\x07.txt", "bell .txt", "bell"),
        ("x" * 246 + ".txt", "x" * 49 + "…" + "x" * 26 + ".txt", "x" * 246),
        (b"caf\xe9.txt", "caf\ufffd.txt", "caf\ufffd"),
    ],
)
def test_strange_names_work_and_are_shown_on_one_line(tmp_path, name, shown, draft_name):
    path = tmp_path / os.fsdecode(name)
    path.write_text(TALK, encoding="utf-8")
    (draft,) = read_all([path])
    assert (draft.name, draft.path) == (draft_name, path)
    draft.file_name.encode()
    assert draft.file_name.isprintable()
    path.write_bytes(b"")
    (error,) = read_all([path])
    assert error.message == f"{shown} is empty: it has 0 bytes."
    path.write_bytes(b"%PDF-1.7")
    (error,) = read_all([path])
    assert error.message == f"{shown} ends in .txt, but it is a PDF document."
    assert error.path == path


@pytest.mark.skipif(os.name == "nt", reason="links cannot be made by everyone here")
def test_links_that_go_round_or_nowhere_harm_nothing(tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "again").symlink_to(folder)
    (folder / "b.txt").symlink_to(folder / "b.txt")
    (folder / "c.txt").symlink_to(folder / "gone.txt")
    (folder / "d").symlink_to(folder / "d")
    found = read_all([folder, folder / "d"])
    assert isinstance(found[0], SourceDraft)
    assert [str(told).partition(". ")[0] for told in found[1:]] == [
        "b.txt could not be read: Too many levels of symbolic links",
        f"There is no such file: {folder / 'c.txt'}",
        "1 file in talks was left out, because it is no transcript: d",
        "The folder inside talks was left out: again",
        f"There is no such file or folder: {folder / 'd'}",
    ]


def test_a_file_that_vanishes_while_the_folder_is_read(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TALK, encoding="utf-8")
    items = expanded([tmp_path])
    (tmp_path / "b.txt").unlink()
    first, lost, last = read_all(items)
    assert (first.name, last.name) == ("a", "c")
    assert "There is no such file: " in str(lost)


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
        ("photo.jpg", b"..", "photo.jpg is of a kind that cannot be read. Save it as one of .txt, .md, .docx, .odt,"),
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
        f"There is no transcript in the folder pictures. Choose a folder with files that end in {', '.join(READABLE)}."
    )
    (folder / "inner").mkdir()
    assert str(read_all([folder])[0]) == (
        "There is no transcript in the folder pictures. Choose the folder inside it that holds the transcripts: inner."
    )


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TALK, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CannotReadSource, match=r"a.txt may not be read\. Close it in other programs, or ask"):
        read_here(path)


def test_a_folder_that_may_not_be_opened(tmp_path, monkeypatch):
    def refuse(path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (result,) = expanded([tmp_path])
    assert "could not be opened: Permission denied. Ask for the right to read it" in str(result)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(CannotReadSource, match=r"a.txt is not a file\. Choose the file itself\."):
        read_here(tmp_path / "a.txt")


def test_a_folder_named_like_a_file_and_a_link_that_goes_round(tmp_path):
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    with pytest.raises(CannotReadSource, match=r"b.txt could not be read"):
        read_here(tmp_path / "b.txt")
    (tmp_path / "c.txt").mkdir()
    with pytest.raises(CannotReadSource, match=r"c.txt is not a file"):
        read_here(tmp_path / "c.txt")


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


def test_a_person_says_how_all_or_one_are_to_be_read(tmp_path):
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path in paths:
        path.write_bytes("Mod: schön?\nP1: Ja.\nMod: Und?\nP2: Nein.\n".encode("cp1252"))
    first, second = read_all(paths, how={paths[1]: HowToRead(encoding="cp1251")})
    assert ("schön" in first.text, "schцn" in second.text) == (True, True)
    assert second.how == HowToRead(encoding="cp1251")
    assert [d.encoding for d in read_all([tmp_path], how=HowToRead(encoding="mac-roman"))] == ["mac-roman"] * 2


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
