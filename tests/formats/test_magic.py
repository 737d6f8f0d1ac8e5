"""A file under a wrong ending gets one sentence: what it is, and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_files import archive, document, paragraph, run

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats.magic import refuse_disguised
from cohesion_qda.formats.sources import read_here

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
DOCX = archive({"word/document.xml": document(paragraph(run("The park.")))})


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


ODT = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")
ODS = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"%PDF-1.7 ...", "a.txt ends in .txt, but it is a PDF document. Give its name the ending .pdf."),
        ("a.docx", b"%PDF-1.7", "a.docx ends in .docx, but it is a PDF document. Give its name the ending .pdf."),
        ("a.md", b"{\\rtf1 x}", "it is a rich text document. Give its name the ending .rtf."),
        ("a.txt", DOCX, "it is a Word document. Give its name the ending .docx."),
        ("a.odt", DOCX, "it is a Word document. Give its name the ending .docx."),
        ("a.docx", ODT, "it is an OpenDocument text. Give its name the ending .odt."),
        ("a.csv", XLSX, "it is an Excel workbook. Give its name the ending .xlsx."),
        ("a.xlsx", ODS, "it is an OpenDocument sheet. Give its name the ending .ods."),
        ("a.txt", zipped("talk.txt"), "it is a zip archive. Unpack it, and choose the files that are in it."),
        (
            "a.rtf",
            OLE2 + "WordDocument".encode("utf-16-le"),
            "it is a Word 97 document. Give its name the ending .doc.",
        ),
        ("a.csv", OLE2 + "Workbook".encode("utf-16-le"), "it is an Excel 97 workbook. Open it in the program it was"),
        ("a.txt", OLE2, "it is a file of an old Microsoft Office program. Open it in the program it was made with"),
        ("a.json", b"WEBVTT\n\n", "it is a file of captions. Give its name the ending .vtt."),
        ("a.csv", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n", "captions. Give its name the ending .srt."),
        ("a.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "it is a web page. Give its name the ending .html."),
        ("a.pdf", b"<!-- saved --><HTML><p>", "it is a web page. Give its name the ending .html."),
        ("a.PDF", b"{\\rtf1 x}", "a.PDF ends in .pdf, but it is a rich text document."),
    ],
)
def test_another_kind_under_a_wrong_ending(tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CannotReadSource) as raised:
        read_here(path)
    assert sentence in str(raised.value)
    assert raised.value.path == path


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", b"{\\rtf1 x}"), ("a.doc", b"<html>"), ("a.doc", DOCX), ("a.doc", OLE2), ("a.pdf", b"%PDF-1.7"),
        ("a.rtf", b"{\\rtf1"), ("a.docx", DOCX), ("a.docx", DOCX + b"xl/workbook.xml"), ("a.docx", OLE2), ("a.xlsx", OLE2),
        ("a.docx", zipped("other.xml")), ("a.odt", ODT), ("a.ods", ODS), ("a.xlsx", XLSX), ("a.htm", b"<html>"),
        ("a.vtt", b"WEBVTT\n"), ("a.srt", b"WEBVTT\n"), ("a.txt", b"WEBVTT\n"), ("a.txt", b"WEBVTTs are fun"),
        ("a.txt", b"P1: <html> is a word"), ("a.txt", b"PK said"), ("a.txt", b""),
    ],
)  # fmt: skip
def test_what_is_at_home_or_not_plain_goes_to_the_reader(name, data):
    refuse_disguised(Path(name), data)
