"""PDF files with a text layer, read with PDFium. Scripts, forms, links and enclosed files are never touched."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.files import no_text
from cohesion_qda.formats.pages.furniture import without_furniture
from cohesion_qda.formats.pages.glyphs import Glyphs
from cohesion_qda.formats.pages.lines import Line, in_lines
from cohesion_qda.formats.pages.paragraphs import in_paragraphs
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.model.source import AS_FOUND, HowToRead

PAGES, CHARACTERS = 2_000, 2_000_000
_LOCKED = 4  # FPDF_ERR_PASSWORD
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_OBJECTS = 200
_MANY_UNREADABLE, _MOST_UNREADABLE = 0.02, 0.3
_END = b"%%EOF"


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs of a PDF whose bytes are `data`, without page numbers, running heads and feet and numbers in the
    margin. Raises CannotReadSource when it is no PDF, damaged, locked, too long or without text.
    """
    reading = _Reading(path)
    with closing(_opened(path, data)) as document:
        count = len(document)
        if count > PAGES:
            raise _too_long(path, _("{name} has more than {n} pages.").format(name=path.name, n=PAGES))
        for number in range(count):
            reading.add_page(document, number)
    reading.check()
    pages, left_out = without_furniture(reading.pages)
    parts = tuple(in_paragraphs(pages))
    if not parts:
        raise no_text(path)
    return RawDocument(parts, warnings=(*reading.warnings(is_whole=_END in data[-2_000:]), *left_out))


def _opened(path: Path, data: bytes) -> Any:
    import pypdfium2

    if b"%PDF-" not in data[:1_100]:
        raise CannotReadSource(
            path,
            _("{name} is not a PDF.").format(name=path.name),
            _("Open it in the program it was made with and save it as PDF, .docx or .txt."),
        )
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _LOCKED:
            raise CannotReadSource(
                path,
                _("{name} is protected with a password.").format(name=path.name),
                _("Open it with the password and save a copy without one."),
            ) from error
        raise _damaged(path) from error


class _Reading:
    """The lines of the pages that have been read so far, and what was found wrong with them."""

    def __init__(self, path: Path) -> None:
        self.pages: list[list[Line]] = []
        self._path = path
        self._characters = 0
        self._words = 0
        self._unreadable = 0
        self._aslant: list[str] = []
        self._pictures = 0
        self._lost = 0

    def add_page(self, document: Any, number: int) -> None:
        """Read the lines of page `number`; one that cannot be read is counted."""
        import pypdfium2

        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text_page:
                self._add(page, text_page)
        except pypdfium2.PdfiumError:
            self._lost += 1
            self.pages.append([])

    def check(self) -> None:
        """Raises CannotReadSource when there is no text in what was read."""
        if any(self.pages):
            if self._unreadable > _MOST_UNREADABLE * self._words:
                raise CannotReadSource(
                    self._path,
                    _("The text of {name} cannot be got: the file does not say which letters its signs are.").format(
                        name=self._path.name
                    ),
                    _("Use the document it was made from, or have its pages turned into text (text recognition)."),
                )
        elif self._pictures:
            raise CannotReadSource(
                self._path,
                _("{name} holds pictures of pages and no text.").format(name=self._path.name),
                _("Have them turned into text first (text recognition, OCR), then import the result."),
            )
        elif self._lost:
            raise _damaged(self._path)
        else:
            raise CannotReadSource(
                self._path,
                _("There is no text in {name}.").format(name=self._path.name),
                _("Look at it in a PDF viewer; save it again from the program it was made with."),
            )

    def warnings(self, *, is_whole: bool) -> list[str]:
        """What a person should check."""
        found = []
        if self._lost or not is_whole:
            found.append(_("The file is damaged or breaks off: compare its last pages with the original."))
        if self._unreadable > _MANY_UNREADABLE * self._words:
            found.append(_("Some letters could not be got from the file: look for words that make no sense."))
        if self._pictures:
            found.append(
                ngettext(
                    "{n} page is a picture without text and was left out.",
                    "{n} pages are pictures without text and were left out.",
                    self._pictures,
                ).format(n=self._pictures)
            )
        if self._aslant:
            found.append(
                _("Words that stand aslant or sideways were left out, such as “{words}”.").format(
                    words=" ".join(self._aslant[:5])
                )
            )
        return found

    def _add(self, page: Any, text_page: Any) -> None:
        glyphs = Glyphs(page, text_page)
        self._characters += glyphs.count
        if self._characters > CHARACTERS:
            raise _too_long(
                self._path,
                _("{name} holds more than {n} million characters.").format(name=self._path.name, n=CHARACTERS // 10**6),
            )
        words = glyphs.words()
        self._words += len(words)
        self._unreadable += glyphs.unreadable
        self._aslant += glyphs.aslant
        if not words:
            self._pictures += _has_picture(page)
        self.pages.append(in_lines(words, len(self.pages)))


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = min(_OBJECTS, pdfium.FPDFPage_CountObjects(page))
    return any(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) == _IMAGE for at in range(count))


def _too_long(path: Path, message: str) -> CannotReadSource:
    return CannotReadSource(path, message, _("Split it into smaller files."))


def _damaged(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("{name} is damaged and cannot be opened.").format(name=path.name),
        _("Open it in a PDF viewer and save it again, or use the document it was made from."),
    )
