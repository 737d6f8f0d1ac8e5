"""Bytes as text: what can be known of the encoding is found out, what cannot is a question with its possible answers."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotReadSource
from cohesion_qda.base.i18n import _, ngettext

OFFERED = (
    "cp1252", "mac-roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "ISO-8859-15", "Shift-JIS", "GB18030",
)  # fmt: skip
_OF_MANY_BYTES = ("Shift-JIS", "GB18030")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_NO_ENCODINGS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_C1 = "".join(map(chr, range(0x80, 0xA0)))
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LINE_END = re.compile(rb"\r\n?|\n")
_HIGH_LINE = re.compile(rb"[^\r\n\x80-\xff]*[\x80-\xff][^\r\n]*")
_SAMPLE = 100_000
_LOOKED_AT = 2_000
_SHOWN_LINES = 3
_SHOWN_BEFORE, _SHOWN_AFTER = 30, 50


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text, the encoding's name, and what the person should check. When not `is_sure`, one of `choices`
    (name, how the doubtful lines read in it; the first is likeliest) may be right instead.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    is_sure: bool = True
    choices: tuple[tuple[str, str], ...] = ()


def decode(path: Path, data: bytes, encoding: str = "") -> Decoded:
    """The text of `data`, in `encoding` where a person has named one.

    Otherwise a byte-order mark decides; then zero bytes at every other place (UTF-16); then strict UTF-8; else it
    is a question, and meanwhile cp1252, or UTF-8 with a few bytes of cp1252 in it. Raises CannotReadSource when
    this is no text at all, and BadInput for an encoding that nobody knows.
    """
    found = _as_told(path, data, encoding) if encoding else _found_out(path, data)
    nothing = found.text.count("\0")
    if nothing:
        said = ngettext(
            "{n} NUL character, which no text holds, was left out.",
            "{n} NUL characters, which no text holds, were left out.",
            nothing,
        ).format(n=nothing)
        return replace(found, warnings=(*found.warnings, said))
    return found


def _found_out(path: Path, data: bytes) -> Decoded:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _damaged_or_not(path, data[len(mark) :], codec, name)
    codec = _utf16(data) if b"\0" in data else ""
    _refuse_controls(path, data[:_SAMPLE].decode(codec or "latin-1", "replace"))
    if codec:
        return _damaged_or_not(path, data, codec, "UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _with_surrogates(path, data) or _asked(data)


def _refuse_controls(path: Path, sample: str) -> None:
    """Raise CannotReadSource when too much of `sample` is no text."""
    if len(_CONTROL.findall(sample)) > len(sample) / 20:
        raise CannotReadSource(
            path,
            _("{name} is not a text file.").format(name=path.name),
            _("Open it in the program it was made with and save it as .docx or .txt."),
        )


def _damaged_or_not(path: Path, data: bytes, codec: str, name: str) -> Decoded:
    """`data` as the file itself says, with a warning where some places are damaged. Raises when most are."""
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise CannotReadSource(
            path,
            _("{name} looks like {encoding}, but most of it is damaged.").format(name=path.name, encoding=name),
            _("Save it again from the program it was made with."),
        )
    return Decoded(text, name, (_places(damaged),))


def _places(damaged: int) -> str:
    return ngettext(
        "One place could not be read and is shown as “\ufffd”.",
        "{n} places could not be read and are shown as “\ufffd”.",
        damaged,
    ).format(n=damaged)


def _utf16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` when the zero bytes of `data` stand as they would in it, else empty."""
    sample = data[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if len(data) % 2 or max(even, odd) < half / 50 or min(even, odd) > half / 200:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _with_surrogates(path: Path, data: bytes) -> Decoded | None:
    """`data` as UTF-8 in which halves of UTF-16 pairs stand: pairs are put together, lone halves shown as damaged."""
    try:
        halves = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return _damaged_or_not(path, halves.encode("utf-16-le", "surrogatepass"), "utf-16-le", "UTF-8")


def _asked(data: bytes) -> Decoded:
    """`data`, which is not UTF-8: a question, and meanwhile the likeliest answer."""
    if _is_mixed(data):
        text, stray = _mixed(data)
        return Decoded(text, "UTF-8", (_stray(data, stray),), is_sure=False, choices=_choices(data))
    stray = [match.start() for match in islice(_HIGH.finditer(data), 6)]
    warnings = (_stray(data, stray),) if len(stray) <= 5 else ()  # many are a question of the encoding alone
    return Decoded(data.decode("cp1252", "replace"), "cp1252", warnings, is_sure=False, choices=_choices(data))


def _is_mixed(data: bytes) -> bool:
    """Whether most of what is not ASCII is well-formed UTF-8."""
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    letters = _UTF8_LETTER.findall(data)
    whole = sum(map(len, letters))
    return whole - len(letters) > high - whole


def _mixed(data: bytes) -> tuple[str, list[int]]:
    """`data` as UTF-8, each byte that is no part of it as cp1252, and where those bytes stand."""
    stray: list[int] = []

    def as_western(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        stray.append(error.start)
        return data[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("cohesion_qda.western", as_western)
    return data.decode("utf-8", "cohesion_qda.western"), stray


def _stray(data: bytes, stray: list[int]) -> str:
    first = data[stray[0] : stray[0] + 1].decode("cp1252", "replace")
    return ngettext(
        "One character could not be read as usual; it was taken for “{first}”, in line {line}. Check it.",
        "{n} characters could not be read as usual; the first was taken for “{first}”, in line {line}. Check them.",
        len(stray),
    ).format(n=len(stray), first=first, line=len(_LINE_END.findall(data, 0, stray[0])) + 1)


def codec_of(encoding: str) -> str:
    """Python's name for `encoding`. Raises BadInput for one that nobody knows."""
    try:
        codec = codecs.lookup(encoding).name
        b"abcd".decode(codec, "replace")
    except (LookupError, ValueError):
        codec = ""
    if not codec or codec.replace("-", "_") in _NO_ENCODINGS:
        raise BadInput(
            _("There is no encoding called “{encoding}”.").format(encoding=encoding),
            _("Use UTF-8, UTF-16 or one of {names}.").format(names=", ".join(OFFERED)),
        )
    return codec


def _as_told(path: Path, data: bytes, encoding: str) -> Decoded:
    """`data` in the encoding that a person has named; they can still choose another."""
    codec = codec_of(encoding)
    choices = _choices(data)
    if codec == "utf-8":
        plain = data.removeprefix(codecs.BOM_UTF8)
        try:
            return Decoded(plain.decode(codec), encoding, choices=choices)
        except UnicodeDecodeError:
            text, stray = _mixed(plain)
            return Decoded(text, encoding, (_stray(plain, stray),), choices=choices)
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = _utf16(data) or "utf-16-le"
    text = data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise CannotReadSource(
            path,
            _("{name} is not written in {encoding}.").format(name=path.name, encoding=encoding),
            _("Choose another encoding."),
        )
    return Decoded(text, encoding, (_places(damaged),) if damaged else (), choices=choices)


def _choices(data: bytes) -> tuple[tuple[str, str], ...]:
    """The encodings that `data` may be in, each with how its doubtful lines read then; those that read alike once."""
    if data.isascii():
        return ()
    used = bytes(sorted(set(data) - set(_ASCII)))
    lines = _doubtful_lines(data)
    readings: dict[str, str] = {}
    if _is_mixed(data):
        readings["UTF-8"] = "\n".join(_clipped(_mixed(line)[0]) for line in lines)
    seen: set[str] = set()
    for name in OFFERED:
        alike = _reads(data, used, name)
        if alike and alike not in seen:
            seen.add(alike)
            readings[name] = "\n".join(_clipped(line.decode(name, "replace")) for line in lines)
    return tuple(readings.items())


def _reads(data: bytes, used: bytes, name: str) -> str:
    """Something that is the same for encodings that read `data` alike; empty for one that it cannot be in.

    `used` are the bytes of `data` above ASCII, each once.
    """
    if name in _OF_MANY_BYTES:
        try:
            data.decode(name)
        except UnicodeDecodeError:
            return ""
        return name
    text = used.decode(name, "replace")
    unknown = bytes(byte for byte, char in zip(used, text, strict=True) if char == "\ufffd" or char in _C1)
    rare = sum(map(data.count, (bytes([byte]) for byte in unknown))) * 50 <= len(data) - len(data.translate(None, used))
    return text if rare or name == "cp1252" else ""


def _doubtful_lines(data: bytes) -> list[bytes]:
    """Up to three lines that between them show many of the bytes that are not ASCII; those that are not UTF-8 first."""
    found: list[bytes] = []
    seen = set(_ASCII)
    lines = [match.group() for match in islice(_HIGH_LINE.finditer(data), _LOOKED_AT)]
    for line in sorted(lines, key=_is_utf8):
        if not seen.issuperset(line):
            seen.update(line)
            found.append(line)
    return found[:_SHOWN_LINES]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _clipped(line: str) -> str:
    """The part of `line` around its first character that is not ASCII."""
    at = next((place for place, char in enumerate(line) if not char.isascii()), 0)
    start, end = max(0, at - _SHOWN_BEFORE), at + _SHOWN_AFTER
    return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")
