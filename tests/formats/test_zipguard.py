"""Archives that were made to do harm, under each ending that is one."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import made_files
import made_papers
import pytest
from made_papers import ODT_KIND

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import zipguard
from cohesion_qda.formats.readers import docx, odt

WORD = made_files.document(made_files.paragraph(made_files.run("Hello")))
OPEN = made_papers.odt_content("<text:p>Hello</text:p>")
KINDS = (("a.docx", docx.from_bytes, "word/document.xml", WORD), ("a.odt", odt.from_bytes, "content.xml", OPEN))
SWOLLEN = "unpacks to far more than a document holds, and was not opened. Open it in the program it was made with, copy"
SUSPICIOUS = "is built in a way that no Office program writes, and was not opened. Open it in the program it was made"
DAMAGED = "is damaged or incomplete. Get a fresh copy of the file, or open it in the program it was made with"
LOCKED = "is protected with a password. Open it in the program it was made with, take the password away and save it."
ANOTHER = "but is not such a file. Open it in the program it was made with and save it as"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>'


def archive(name: str, main: str, content: str | bytes, **more: str | bytes) -> bytes:
    if name == "a.docx":
        return made_files.archive({main: content, **more})
    return made_papers.odt_archive(content, dict(more))


def entries(data: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.infolist()


def overlapping(data: bytes, main: str) -> bytes:
    """The archive with its last entry's bytes told of twice: one more entry in the directory, for the same bytes."""
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    count, size = struct.unpack_from("<H", data, end + 10)[0], struct.unpack_from("<I", data, end + 12)[0]
    twice = bytearray(data[:end] + data[at:end] + data[end:])
    tail = end + end - at
    struct.pack_into("<HHI", twice, tail + 8, count + 1, count + 1, size + end - at)
    return bytes(twice)


def lying(data: bytes, main: str) -> bytes:
    """The archive with a directory that says that the main part is one byte long."""
    at = data.index(b"PK\x01\x02", 0)
    while data[at + 46 : at + 46 + len(main)] != main.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    changed = bytearray(data)
    struct.pack_into("<I", changed, at + 24, 1)
    return bytes(changed)


def cases(name: str, main: str, content: str) -> dict[str, tuple[bytes, str]]:
    def head(said: str) -> str:
        return content.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{said}')

    good = archive(name, main, content)
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry '
        'm:full-path="content.xml">'
        '<m:encryption-data m:checksum="x"/></m:file-entry></m:manifest>'
    )
    compound = made_papers.OLE2 + bytes(600)
    return {
        "no archive": (b"Anna: Hello", ANOTHER),
        "cut off": (good[: len(good) * 2 // 3], DAMAGED),
        "zeros in it": (good[:40] + bytes(20) + good[60:], DAMAGED),
        "bomb": (archive(name, main, b" " * 30_000_000), SWOLLEN),
        "bomb beside the text": (archive(name, main, content, **{"x.xml": b" " * 30_000_000}), SWOLLEN),
        "many entries": (archive(name, main, content, **{f"{n}.xml": "" for n in range(5100)}), SWOLLEN),
        "very many entries": (b"PK\x03\x04" + b"PK\x01\x02" * 10_001, SWOLLEN),
        "one entry told of twice": (overlapping(good, main), SUSPICIOUS),
        "a length that lies": (lying(good, main), DAMAGED),
        "climbing": (archive(name, main, content, **{"../../climbed.txt": "out"}), SUSPICIOUS),
        "climbing on Windows": (archive(name, main, content, **{"a\\..\\..\\climbed.txt": "out"}), SUSPICIOUS),
        "entities": (archive(name, main, head(LAUGHS)), SUSPICIOUS),
        "external entities": (archive(name, main, head(OUTSIDE)), SUSPICIOUS),
        "parameter entities": (archive(name, main, head(PARAMETER)), SUSPICIOUS),
        "nested": (archive(name, main, "<a>" * 300 + "</a>" * 300), SUSPICIOUS),
        "encrypted in the manifest": (archive(name, main, content, **{"META-INF/manifest.xml": manifest}), LOCKED),
        "encrypted by Office": (compound + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        "old Office": (compound, "is in an old Microsoft Office format. Open it in Word, Excel or LibreOffice"),
    }


ALL = [
    pytest.param(name, read, data, sentence, id=f"{name}: {case}")
    for name, read, main, content in KINDS
    for case, (data, sentence) in cases(name, main, content).items()
]


@pytest.mark.parametrize(("name", "read", "data", "sentence"), ALL)
def test_each_gives_its_sentence(name, read, data, sentence):
    with pytest.raises(CannotReadSource) as raised:
        read(Path(name), data)
    assert sentence in str(raised.value)
    assert str(raised.value).startswith(f"{name} ")


def test_files_within_the_limits_are_read():
    for name, read, main, content in KINDS:
        assert [part.text for part in read(Path(name), archive(name, main, content)).parts] == ["Hello"]


def test_an_archive_whose_parts_together_are_too_much(monkeypatch):
    monkeypatch.setattr(zipguard, "ENTRY_LIMIT", 2)
    with pytest.raises(CannotReadSource, match="unpacks to far more"):
        docx.from_bytes(Path("a.docx"), archive("a.docx", "word/document.xml", WORD))


def test_two_entries_of_one_name_are_no_overlap():
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(buffer, "w") as file:
            for text in ("First", "Second"):
                file.writestr("content.xml", made_papers.odt_content(f"<text:p>{text}</text:p>"))
            file.writestr("mimetype", ODT_KIND)
    assert [part.text for part in odt.from_bytes(Path("a.odt"), buffer.getvalue()).parts] == ["Second"]
