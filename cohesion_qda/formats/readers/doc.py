"""Files that end in .doc: a Word document of the years before 2007, or one of the other things that such files are."""

from __future__ import annotations

import re
import struct
from itertools import chain
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats import office
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.readers import docx, html, rtf, text
from cohesion_qda.formats.zipguard import damaged, encrypted, not_office, suspicious
from cohesion_qda.model.source import AS_FOUND, HowToRead

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_SECTOR, _SMALL_SECTOR = 512, 64  # a document of a few lines, as LibreOffice writes it, lies in small ones
_WORD_STREAMS = (b"\xec\xa5", b"\xdc\xa5")
_ENCRYPTED = 0x0100
_IN_USE_TO, _IN_HEADER = 0xFFFFFFFB, 109
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\\rtf")
_MIME = re.compile(rb"(?:[\w-]{1,40}:[^\n]{0,300}\n(?:[ \t][^\n]{0,300}\n){0,9}){0,20}MIME-Version:", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table)\b", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml")


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """What a .doc file holds, by what its bytes are: Word, rich text, a web page, an archive of one, a Word document of
    today, or plain text. Raises CannotReadSource.
    """
    head = data[:4_000].replace(b"\0", b"")
    if data.startswith(_OLE2):
        return docx.from_bytes(path, office.as_docx(path, _checked(path, data)), how)
    if data.startswith(b"PK"):
        return docx.from_bytes(path, data, how)
    if _RTF.match(data):
        return rtf.from_bytes(path, data, how)
    if _MIME.match(data):
        return _web_archive(path, data, how)
    if _HTML.search(head):
        return html.from_bytes(path, data, how)
    if _XML.match(data):
        raise CannotReadSource(
            path,
            _("{name} is a Word document written as XML, which cannot be read.").format(name=path.name),
            _("Open it in Word or LibreOffice and save it as .docx."),
        )
    return text.from_bytes(path, data, how)


def _checked(path: Path, data: bytes) -> bytes:
    """`data`, which is a compound file, if it is a whole Word document without a password. Raises CannotReadSource."""
    if _ENCRYPTED_PACKAGE in data:
        raise encrypted(path)
    if len(data) < _end(path, data):
        raise damaged(path)
    sectors = chain(range(_SECTOR, len(data), _SECTOR), range(_SECTOR, len(data), _SMALL_SECTOR))
    first = next((at for at in sectors if data[at : at + 2] in _WORD_STREAMS), None)
    if first is None:
        raise not_office(path)
    flags = int.from_bytes(data[first + 10 : first + 12], "little")
    if flags & _ENCRYPTED:
        raise encrypted(path)
    return data


def _end(path: Path, data: bytes) -> int:
    """How long the file must be at least for the sectors that its table of sectors says are in use."""
    try:
        (shift,), (tables,) = struct.unpack_from("<H", data, 30), struct.unpack_from("<I", data, 44)
        if shift not in (9, 12):
            raise damaged(path)
        size: int = 1 << shift
        last = 0
        for number, sector in enumerate(struct.unpack_from(f"<{min(tables, _IN_HEADER)}I", data, 76)):
            entries = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
            used = [place for place, entry in enumerate(entries) if entry < _IN_USE_TO or entry == 0xFFFFFFFE]
            last = max(last, number * (size // 4) + used[-1]) if used else last
    except (struct.error, OverflowError) as error:
        raise damaged(path) from error
    return (last + 1) * size


def _web_archive(path: Path, data: bytes, how: HowToRead) -> RawDocument:
    """The page of a web archive (.mht), which Word writes under the name .doc, too."""
    import email

    try:
        for part in email.message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                return html.from_bytes(
                    path, page if isinstance(page, bytes) else b"", how, part.get_content_charset("") or ""
                )
    except RecursionError as error:
        raise suspicious(path) from error
    raise damaged(path)
