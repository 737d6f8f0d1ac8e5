"""A folder of transcripts with every bad and hostile file among them, read under the limits that hold for everybody."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import made_files
import made_papers
import made_pdf
import made_sheets
import psutil
import pytest

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.watch import LIMITS, Readers
from cohesion_qda.model.source import SourceDraft

MOST = 800_000_000  # bytes that reading one file may take
TALK = "Moderator: What is it like?\nAmina: It is the buses.\nModerator: And then?\nCarol: The park.\nAmina: Yes.\n"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
EXPANDING = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LOCKED = made_papers.OLE2 + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
READ, ANY = "read", "any"  # instead of what is said: a file that can be read; one that can, or gives any sentence


def docx(text: str, head: str = "", **others: str) -> bytes:
    paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return made_files.archive({"word/document.xml": made_files.document(paragraph, head=head), **others})


def odt(text: str, head: str = "") -> bytes:
    return made_papers.odt_archive(made_papers.odt_content(f"<text:p>{text}</text:p>", head=head))


def xlsx(rows: str, head: str = "") -> bytes:
    """A workbook whose sheet has these rows."""
    kept, buffer = io.BytesIO(), io.BytesIO()
    from openpyxl import Workbook

    Workbook().save(kept)
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = f'<?xml version="1.0"?>{head}<worksheet xmlns="{CELLS}"><sheetData>{rows}</sheetData></worksheet>'.encode()
            new.writestr(name, data)
    return buffer.getvalue()


def cell(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


def lying() -> bytes:
    """A document that unpacks to more than its directory says."""
    data = bytearray(docx("a" * 3_000_000))
    at = data.rindex(b"word/document.xml") - 46
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def dense(template: str, n: int, width: int) -> str:
    """So much text that it shrinks to a thirtieth: not so far that it looks like a bomb."""
    dice = random.Random(7)
    said = ("it is the buses " * (width // 16 + 1))[:width]
    return "".join(template.format(f"{dice.getrandbits(48):x} {said}") for _n in range(n))


def speech(lines: int, width: int) -> bytes:
    """A transcript of so many turns, each of about so many characters."""
    said = ("it is the buses " * (width // 16 + 1))[:width]
    return "".join(f"{'AminaCarolModer'[n % 3 * 5 :][:5]}: {said}\n" for n in range(lines)).encode()


def numbered_survey(n: int) -> bytes:
    rows = (f"{at},I would say that the bus is what gets in the way of number {at}" for at in range(n))
    return "\n".join(["ID,What gets in the way of people here?", *rows]).encode()


EMPTY = "is empty: it has 0 bytes."
ANOTHER = "but is not such a file."
SWOLLEN = "unpacks to far more than a document holds, and was not opened."
SUSPICIOUS = "is built in a way that no Office program writes, and was not opened."
DAMAGED = "is damaged"
LOCKED_WORDS = "is protected with a password."
BINARY = "is not a text file."
LONG_LINE = "has a line of more than 1000000 characters."
NOTHING = "There is nothing in"
ROWS = "".join(f'<row r="{n}"/>' for n in range(1, 1_000_001))

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.txt": (lambda: b"", EMPTY),
    "empty.docx": (lambda: b"", EMPTY),
    "other ending.docx": (lambda: TALK.encode(), ANOTHER),
    "other ending.txt": (lambda: docx("Hello"), "ends in .txt, but it is a Word document."),
    "truncated.docx": (lambda: docx("Hello " * 500)[:-300], DAMAGED),
    "truncated.odt": (lambda: odt("Hello " * 500)[:-300], DAMAGED),
    "truncated.xlsx": (lambda: xlsx(cell("x"))[:-300], DAMAGED),
    "truncated.pdf": (lambda: made_pdf.pdf(b"BT ET")[:200], DAMAGED),
    "truncated.json": (lambda: b'[{"speaker": "A", "content": "It', "is not whole JSON: it breaks off or is damaged"),
    "locked.docx": (lambda: LOCKED, LOCKED_WORDS),
    "locked.xlsx": (lambda: LOCKED, LOCKED_WORDS),
    "locked.doc": (lambda: made_papers.word97(encrypted=True), LOCKED_WORDS),
    "a nul.txt": (lambda: TALK.encode() + b"Amina: s\0o\n", READ),
    "nul.txt": (lambda: bytes(100_000), BINARY),
    "surrogates.txt": (lambda: TALK.encode() + b"Amina: \xed\xa0\x80 so\n", READ),
    "surrogates.json": (lambda: rb'[{"speaker": "A", "content": "It \ud800 is"}, {"speaker": "B", "content": "No"}]', READ),
    "bomb.docx": (lambda: docx(" " * 30_000_000), SWOLLEN),
    "bomb.odt": (lambda: odt(" " * 30_000_000), SWOLLEN),
    "bomb.xlsx": (lambda: xlsx(cell(" " * 30_000_000)), SWOLLEN),
    "lying.docx": (lying, DAMAGED),
    "laughs.docx": (lambda: docx("&a9;", EXPANDING), SUSPICIOUS),
    "laughs.odt": (lambda: odt("&a9;", EXPANDING), SUSPICIOUS),
    "laughs.xlsx": (lambda: xlsx(cell("&a9;"), EXPANDING), SUSPICIOUS),
    "laughs.html": (lambda: f"{EXPANDING}<html><body><p>Hello &a9;</p></body></html>".encode(), READ),
    "outside.docx": (lambda: docx("&a9;", OUTSIDE), SUSPICIOUS),
    "outside.odt": (lambda: odt("&a9;", OUTSIDE), SUSPICIOUS),
    "outside.xlsx": (lambda: xlsx(cell("&a9;"), OUTSIDE), SUSPICIOUS),
    "climbing.docx": (lambda: docx("Hello", **{"../../climbed.xml": "<x/>"}), SUSPICIOUS),
    "pictures.pdf": (lambda: made_pdf.pdf(b"q 500 0 0 700 0 0 cm /I Do Q"), "holds pictures of pages and no text."),
    "deep.rtf": (lambda: b"{\\rtf1 " + b"{" * 1_000_000, SUSPICIOUS),
    "deep and closed.rtf": (lambda: b"{\\rtf1 " + b"{\\b " * 1_000_000 + b"x" + b"}" * 1_000_001, SUSPICIOUS),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * 1_000_000 + b"x", SUSPICIOUS),
    "deep.json": (lambda: b"[" * 1_000_000, "is nested too deep to be a list of who says what."),
    "deep.docx": (lambda: made_files.archive({"word/document.xml": "<a>" * 1_000_000}), SUSPICIOUS),
    "deep.odt": (lambda: made_papers.odt_archive("<a>" * 1_000_000), SUSPICIOUS),
    "empty rows.csv": (lambda: b"speaker,text\nA,Hello there\n" + b",\n" * 1_000_000, READ),
    "empty rows.xlsx": (lambda: xlsx(ROWS), NOTHING),
    "empty rows.ods": (
        lambda: made_sheets.package(made_sheets.content(made_sheets.row(made_sheets.cell(""), times=1_048_576))), NOTHING,
    ),
    "a line near the limit.txt": (lambda: TALK.encode() + b"Amina: " + b"a" * 999_000 + b"\n" + TALK.encode(), READ),
    "long line.txt": (lambda: b"Amina: " + b"a" * 9_000_000, LONG_LINE),
    "long line.rtf": (lambda: b"{\\rtf1 Amina: " + b"a" * 9_000_000 + b"}", LONG_LINE),
    "name\nwith a line end.txt": (lambda: TALK.encode(), READ),
    "\u202etxt.exe\u202c.txt": (lambda: TALK.encode(), READ),
    "n" * 246 + ".txt": (lambda: TALK.encode(), READ),
}  # fmt: skip

HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "a line of 200 MB.txt": (lambda: b"Amina: " + b"word " * 40_000_000, "is larger than 50 MB."),
    "a line of 49 MB.txt": (lambda: b"Amina: " + b"word " * 9_800_000, LONG_LINE),
    "a line of 49 MB.html": (lambda: b"<p>Amina: " + b"word " * 9_800_000, ANY),
    "lines.txt": (lambda: speech(200_000, 230), ANY),
    "too many lines.txt": (lambda: b"Amina: it\n" * 2_000_000, ANY),
    "deep.rtf": (lambda: b"{\\rtf1 " + b"{" * 49_000_000, SUSPICIOUS),
    "deep and closed.rtf": (lambda: b"{\\rtf1 " + b"{" * 24_000_000 + b"}" * 24_000_000, SUSPICIOUS),
    "deep.html": (lambda: b"<div>" * 9_900_000 + b"x", SUSPICIOUS),
    "wide.html": (lambda: b"<p>a" * 12_000_000, ANY),
    "deep.json": (lambda: b"[" * 49_000_000, "holds more than 2000000 values."),
    "wide.json": (lambda: b"[" + b'{"a":1},' * 6_000_000 + b"1]", ANY),
    "dense.docx": (
        lambda: made_files.archive(
            {"word/document.xml": made_files.document(dense("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", 150_000, 500))}
        ),
        ANY,
    ),
    "dense.odt": (
        lambda: made_papers.odt_archive(made_papers.odt_content(dense("<text:p>{}</text:p>", 150_000, 500))),
        ANY,
    ),
    "dense.xlsx": (
        lambda: xlsx(dense('<row><c t="inlineStr"><is><t>{}</t></is></c></row>', 90_000, 900)),
        ANY,
    ),
    "bomb of 300 MB.docx": (lambda: docx(" " * 300_000_000), SWOLLEN),
    "cells.csv": (lambda: b"a," * 9_000_000, ANY),
    "survey.csv": (lambda: numbered_survey(20_000), READ),
}


@contextlib.contextmanager
def watched(readers: Readers) -> Iterator[dict[int, int]]:
    """The most memory that each child has had, by its number, sampled while the block runs."""
    most: dict[int, int] = {}
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(0.005):
            for child in list(readers._children):
                with contextlib.suppress(psutil.Error, OSError):
                    most[child.pid] = max(most.get(child.pid, 0), peak(child.pid))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield most
    finally:
        is_over.set()
        thread.join()


def peak(pid: int) -> int:
    """The most memory a process ever had, where the system keeps that; else what it has now."""
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
        if found:
            return int(found[1]) * 1024
    return int(psutil.Process(pid).memory_info().rss) if pid else 0


def read_among_good_ones(folder: Path, files: dict[str, tuple[Callable[[], bytes], str]], most: int) -> None:
    """Each gives one sentence, or is read; what stands between is read; and no process ever has too much memory."""
    paths = []
    for number, (name, (made, _said)) in enumerate(files.items()):
        good = folder / f"good {number}.txt"
        good.write_text(TALK, encoding="utf-8")
        (folder / name).write_bytes(made())
        paths += [good, folder / name]
    before = sorted(path.name for path in folder.iterdir())
    with Readers(most=most) as readers, watched(readers) as peaks:
        found: dict[Path, list[SourceDraft | CannotReadSource]] = {}
        for one in readers.read(paths):
            found.setdefault(one.path or Path(), []).append(one)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert peaks
    assert max(peaks.values()) < MOST
    assert list(found) == paths
    for path, (first, *rest) in found.items():
        said = files[path.name][1] if path.name in files else READ
        if isinstance(first, CannotReadSource):
            assert rest == []
            assert said != READ, f"{path.name}: {first}"
            assert said == ANY or said in first.message, f"{path.name}: {first}"
            assert re.fullmatch(r"[^\n]+[.]", first.message)
            assert re.fullmatch(r"[^\n]+[.]", first.hint)
        else:
            assert said in (READ, ANY), f"{path.name} was read"
        if path.name not in files:
            assert (len(first.turns), first.text.count("\n")) == (5, 4)


def test_hostile_files_stop_nothing_and_take_little(tmp_path: Path) -> None:
    assert LIMITS.bytes < MOST
    assert LIMITS.seconds < 20
    files = {name: made for name, made in FILES.items() if os.name != "nt" or "\n" not in name}
    read_among_good_ones(tmp_path, files, most=2)


@pytest.mark.campaign
@pytest.mark.parametrize("name", HEAVY)
def test_very_large_hostile_files_stop_nothing_and_take_little(tmp_path: Path, name: str) -> None:
    read_among_good_ones(tmp_path, {name: HEAVY[name]}, most=1)


def test_what_is_not_there_or_leads_nowhere_stops_nothing(tmp_path: Path) -> None:
    good, gone, loop, last = (tmp_path / f"{name}.txt" for name in ("good", "gone", "loop", "last"))
    for path in (good, last):
        path.write_text(TALK, encoding="utf-8")
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("this system makes no links")
    with Readers(most=1) as readers:
        first, missing, looped, final = readers.read([good, gone, loop, last])
    assert isinstance(first, SourceDraft)
    assert isinstance(final, SourceDraft)
    for error, path in ((missing, gone), (looped, loop)):
        assert isinstance(error, CannotReadSource)
        assert error.path == path
        assert path.name in error.message
