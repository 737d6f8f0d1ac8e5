"""Opening .docx, .odt, .xlsx and .ods files, which are zip archives, without trusting them.

Nothing is extracted to disk.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.parsers import expat

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import MEGABYTE

TOTAL_LIMIT = 400 * MEGABYTE
PART_LIMIT = 100 * MEGABYTE
ENTRY_LIMIT = 5_000
RATIO_LIMIT = 150
RATIO_FROM = 5 * MEGABYTE
DEPTH_LIMIT = 200
ELEMENT_LIMIT = 2_000_000
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_UP = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)")
_CHUNK = 1 << 16


class Archive:
    """A zip archive that passed the limits; `part` streams one entry of it. Use it in a `with` block."""

    def __init__(self, path: Path, data: bytes, total_limit: int = TOTAL_LIMIT) -> None:
        self._path = path
        self._total_limit = total_limit
        if data.startswith(_OLE2):
            raise encrypted(path) if _ENCRYPTED in data else old_office(path)
        if not data.startswith(b"PK"):
            raise not_office(path)
        if data.count(_DIRECTORY_ENTRY) > 2 * ENTRY_LIMIT:
            raise self._swollen()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise damaged(path) from error
        try:
            self._check()
        except CannotReadSource:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_details: object) -> None:
        self._zip.close()

    @property
    def names(self) -> set[str]:
        return set(self._zip.namelist())

    def _check(self) -> None:
        entries = self._zip.infolist()
        swollen = any(e.file_size > RATIO_FROM and e.file_size > RATIO_LIMIT * e.compress_size for e in entries)
        if swollen or len(entries) > ENTRY_LIMIT or sum(e.file_size for e in entries) > self._total_limit:
            raise self._swollen()
        if any(_UP.search(e.filename) for e in entries) or _overlap(entries):
            raise suspicious(self._path)
        if _MANIFEST in self.names:
            self._refuse_password()

    def _refuse_password(self) -> None:
        """OpenDocument files say in their manifest which of their parts are encrypted."""

        def start(tag: str, _attributes: dict[str, str]) -> None:
            if tag.endswith(" encryption-data"):
                raise encrypted(self._path)

        self.parse(_MANIFEST, start, lambda _tag: None)

    def _swollen(self) -> CannotReadSource:
        return CannotReadSource(
            self._path,
            _("{name} unpacks to far more than a document holds, and was not opened.").format(name=self._path.name),
            _("Open it in the program it was made with, copy the text into a new document and save that."),
        )

    def part(self, name: str) -> Iterator[bytes]:
        """The bytes of one entry, a piece at a time. Raises CannotReadSource when damaged, locked or too long."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise encrypted(self._path)
            total = 0
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    total += len(piece)
                    if total > PART_LIMIT:
                        raise too_long(self._path)
                    yield piece
        except CannotReadSource:
            raise
        except Exception as error:  # zipfile lets zlib, lzma, struct and its own errors through for damaged entries
            raise damaged(self._path) from error

    def parse(
        self, name: str, start: Callable[[str, dict[str, str]], Any], end: Callable[[str], Any],
        text: Callable[[str], Any] | None = None,
    ) -> None:  # fmt: skip
        """Run expat over one entry; names come as `namespace local`. Declarations of types and entities, and
        nesting deeper than `DEPTH_LIMIT`, are refused, and more than `ELEMENT_LIMIT` elements. Raises CannotReadSource.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = count = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth, count
            depth += 1
            count += 1
            if depth > DEPTH_LIMIT:
                raise suspicious(self._path)
            if count > ELEMENT_LIMIT:
                raise too_long(self._path)
            start(tag, attributes)

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag)

        def refused(*_details: object) -> None:
            raise suspicious(self._path)

        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
        try:
            for piece in self.part(name):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise damaged(self._path) from error

    def refuse_declarations(self) -> None:
        """Raise CannotReadSource when an XML entry declares types or entities, which it can only do before its first
        element, or has no element.
        """
        for name in self._zip.namelist():
            if name.endswith((".xml", ".rels")):
                with contextlib.suppress(_FirstElement):
                    self.parse(name, _stop, _stop)


class _FirstElement(Exception):
    """Parsing has reached the first element."""


def _stop(*_details: object) -> None:
    raise _FirstElement


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share bytes of the archive, as those of a zip bomb do."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    return any(a.header_offset + _LOCAL_HEADER + a.compress_size > b.header_offset for a, b in pairwise(ordered))


def damaged(path: Path) -> CannotReadSource:
    """The error for an archive that ends too early or does not hold what it says."""
    return CannotReadSource(
        path,
        _("{name} is damaged or incomplete.").format(name=path.name),
        _("Get a fresh copy of the file, or open it in the program it was made with and save it again."),
    )


def not_office(path: Path) -> CannotReadSource:
    """The error for a file that is not what its ending says."""
    return CannotReadSource(
        path,
        _("{name} ends in {suffix}, but is not such a file.").format(name=path.name, suffix=path.suffix),
        _("Open it in the program it was made with and save it as {suffix}.").format(suffix=path.suffix),
    )


def old_office(path: Path) -> CannotReadSource:
    """The error for a Word 97 or Excel 97 file under a new ending."""
    return CannotReadSource(
        path,
        _("{name} is in an old Microsoft Office format.").format(name=path.name),
        _("Open it in Word, Excel or LibreOffice and save it as {suffix}.").format(suffix=path.suffix),
    )


def encrypted(path: Path) -> CannotReadSource:
    """The error for a file that wants a password."""
    return CannotReadSource(
        path,
        _("{name} is protected with a password.").format(name=path.name),
        _("Open it in the program it was made with, take the password away and save it."),
    )


def too_long(path: Path) -> CannotReadSource:
    """The error for a document whose text goes beyond all measure."""
    return CannotReadSource(
        path,
        _("The text of {name} is far longer than a transcript.").format(name=path.name),
        _("Split it into smaller files."),
    )


def suspicious(path: Path) -> CannotReadSource:
    """The error for a document that was made to do harm."""
    return CannotReadSource(
        path,
        _("{name} is built in a way that no Office program writes, and was not opened.").format(name=path.name),
        _("Open it in the program it was made with, copy the text into a new document and save that."),
    )
