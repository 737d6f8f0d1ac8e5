"""Files that are plainly of another kind than their ending says."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.kinds import kind_of

_HEAD = 4_096
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP = {  # what stands in the bytes of such an archive
    ".odt": b"mimetypeapplication/vnd.oasis.opendocument.text",
    ".ods": b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
    ".docx": b"word/document.xml",
    ".xlsx": b"xl/workbook.xml",
}
_IN_OLE2 = {".doc": "WordDocument", ".xls": "Workbook", ".ppt": "PowerPoint Document"}
_HEADS = {
    ".pdf": re.compile(rb"%PDF-"),
    ".rtf": re.compile(rb"\{\\rtf"),
    ".vtt": re.compile(rb"WEBVTT\b"),
    ".srt": re.compile(rb"\d{1,6}\s*\n\d{1,3}:\d\d:\d\d[,.]\d{3} --> "),
    ".html": re.compile(rb"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL),
}
_READ_THERE = {  # what the readers of other endings take as it is
    ".vtt": (".srt", ".txt", ".md"),
    ".srt": (".vtt", ".txt", ".md"),
    ".html": (".htm",),
}


def refuse_disguised(path: Path, data: bytes) -> None:
    """Raise CannotReadSource when `data` is plainly another kind of file than the ending of `path` says.

    A .doc may hold anything: many programs have written web pages and rich text under that ending.
    """
    suffix = path.suffix.lower()
    found = "" if suffix == ".doc" else _ending(data, suffix)
    if not found or found == suffix or suffix in _READ_THERE.get(found, ()):
        return
    said = _("{name} ends in {suffix}, but it is {kind}.").format(name=path.name, suffix=suffix, kind=_in_words(found))
    if kind_of(Path(f"a{found}")) is not None:
        hint = _("Give its name the ending {ending}.").format(ending=found)
    elif found == ".zip":
        hint = _("Unpack it, and choose the files that are in it.")
    else:
        hint = _("Open it in the program it was made with and save it as .docx, .xlsx or .txt.")
    raise CannotReadSource(path, said, hint)


def _ending(data: bytes, suffix: str) -> str:
    """The ending that fits `data`; empty when that is not plain, or when the reader of `suffix` can say more."""
    if data.startswith(b"PK\x03\x04"):
        own = _IN_ZIP.get(suffix)
        fitting = suffix if own is not None and own in data else None
        return fitting or next((ending for ending, mark in _IN_ZIP.items() if mark in data), "" if own else ".zip")
    if data.startswith(_OLE2):
        inside = (ending for ending, mark in _IN_OLE2.items() if mark.encode("utf-16-le") in data)
        return "" if suffix in _IN_ZIP else next(inside, ".ole")
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    return next((ending for ending, mark in _HEADS.items() if mark.match(head)), "")


def _in_words(ending: str) -> str:
    return {
        ".pdf": _("a PDF document"),
        ".rtf": _("a rich text document"),
        ".vtt": _("a file of captions"),
        ".srt": _("a file of captions"),
        ".html": _("a web page"),
        ".docx": _("a Word document"),
        ".odt": _("an OpenDocument text"),
        ".xlsx": _("an Excel workbook"),
        ".ods": _("an OpenDocument sheet"),
        ".doc": _("a Word 97 document"),
        ".xls": _("an Excel 97 workbook"),
        ".ppt": _("a PowerPoint 97 presentation"),
        ".zip": _("a zip archive"),
        ".ole": _("a file of an old Microsoft Office program"),
    }[ending]
