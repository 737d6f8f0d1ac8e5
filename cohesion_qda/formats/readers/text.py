"""Plain text and Markdown: finding the encoding, then the paragraphs."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.files import LINE_LIMIT, MEGABYTE, no_text, too_many_lines
from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

LIMIT = 50 * MEGABYTE
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs of a .txt or .md file whose bytes are `data`. Raises CannotReadSource."""
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise _other_kind(path, kind)
    decoded, encoding, warnings = decode(path, data)
    text = canonical(decoded)
    if path.suffix.lower() == ".md":
        text = _ESCAPED.sub(r"\1", text)
    if not text.strip():
        raise no_text(path)
    if text.count("\n") > LINE_LIMIT:
        raise too_many_lines(path)
    return RawDocument(tuple(_paragraphs(text)), encoding, warnings)


def decode(path: Path, data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text of `data`, the encoding's name, and what the person should check.

    A byte-order mark decides; then strict UTF-8; then zero bytes at every other place (UTF-16); else
    cp1252, with a warning. Raises CannotReadSource when this is no text at all.
    """
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _marked(path, data[len(mark) :], codec, name)
    codec = _utf16(data) if b"\0" in data else ""
    warnings: tuple[str, ...] = ()
    try:
        text, encoding = data.decode(codec or "utf-8"), "UTF-16" if codec else "UTF-8"
    except UnicodeDecodeError:
        text, encoding, warnings = _western(data)
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) > len(sample) / 20:
        raise CannotReadSource(
            path,
            _("{name} is not a text file.").format(name=path.name),
            _("Open it in the program it was made with and save it as .docx or .txt."),
        )
    return text, encoding, warnings


def _marked(path: Path, data: bytes, codec: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode(codec), name, ()
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise CannotReadSource(
            path,
            _("{name} says that it is {encoding}, but most of it is damaged.").format(name=path.name, encoding=name),
            _("Save it again from the program it was made with."),
        )
    warning = ngettext(
        "One place could not be read and is shown as “\ufffd”.",
        "{n} places could not be read and are shown as “\ufffd”.",
        damaged,
    ).format(n=damaged)
    return text, name, (warning,)


def _utf16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` when the zero bytes of `data` stand as they would in it, else empty."""
    sample = data[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if len(data) % 2 or max(even, odd) < half / 50 or min(even, odd) > half / 200:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _western(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """`data`, which is not UTF-8: as cp1252, or as UTF-8 with a few bytes of cp1252 in it."""
    stray: list[int] = []

    def as_western(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        stray.append(error.start)
        return data[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("cohesion_qda.western", as_western)
    mixed = data.decode("utf-8", "cohesion_qda.western")
    joined = len(data) - len(mixed)  # bytes that were read together with another, as UTF-8 has them
    if joined > len(stray):
        return mixed, "UTF-8", (_stray(data, stray),)
    text = data.decode("cp1252", "replace")
    if len(stray) <= 5:
        return text, "cp1252", (_stray(data, stray),)
    warning = _("The file is of an older kind of text, and was read as Western European. Check letters with accents.")
    return text, "cp1252", (warning,)


def _stray(data: bytes, stray: list[int]) -> str:
    first = data[stray[0] : stray[0] + 1].decode("cp1252", "replace")
    return ngettext(
        "One character could not be read as usual; it was taken for “{first}”, in line {line}. Check it.",
        "{n} characters could not be read as usual; the first was taken for “{first}”, in line {line}. Check them.",
        len(stray),
    ).format(n=len(stray), first=first, line=data.count(b"\n", 0, stray[0]) + 1)


def _paragraphs(text: str) -> list[Paragraph]:
    """Every line is a paragraph, unless empty lines set the paragraphs apart; then line ends are soft breaks."""
    lines = [line.strip() for line in text.strip().split("\n")]
    filled = sum(1 for line in lines if line)
    gaps = sum(1 for a, b in pairwise(lines) if a and not b)
    if gaps * 4 < filled:
        return [Paragraph(line) for line in lines if line]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [Paragraph("\n".join(block)) for block in blocks if block]


def _other_kind(path: Path, kind: str) -> CannotReadSource:
    if kind == "zip":
        hint = _("If it is a Word document, give its name the ending .docx.")
    else:
        hint = _("Open it in the program it was made with and save it as .docx or .txt.")
    return CannotReadSource(
        path,
        _("{name} is named as text, but is a {kind} file.").format(name=path.name, kind=kind),
        hint,
    )
