"""Text and positions. A position is a number of code points in a source's canonical text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\v\f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"(\d+)")
_TYPED = str.maketrans("’‘“”–—", "''\"\"--")
_STAGE_NOTE = re.compile(r"\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]|\{[^{}\n]{1,200}\}")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


def canonical(text: str) -> str:
    """The text as it is kept: every line end is `\\n`; NUL, other control characters, byte-order marks
    and lone surrogates are gone; tabs and everything else stay. Idempotent.
    """
    return _SURROGATES.sub("", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its two ends; empty at its start when it holds nothing else."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def lines(text: str) -> list[Span]:
    """Every line, empty ones too, without its end."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def without_stage_notes(text: str) -> str:
    """`text` with what stands in brackets, such as `(laughter)`, `[pause]` or `{cough}`, blanked; the same length."""
    return _STAGE_NOTE.sub(lambda m: " " * len(m.group()), text)


def stage_notes(text: str) -> list[Span]:
    """Where the bracketed stage notes of `text` stand."""
    return [Span(*m.span()) for m in _STAGE_NOTE.finditer(text)]


@cache
def word_pattern() -> re.Pattern[str]:
    """A word: letters and digits with the marks that combine with them, inner apostrophes and hyphens included.

    Python's `\\w` leaves combining marks out, which would cut Hindi, Punjabi or pointed Arabic into pieces.
    """
    marks = "".join(chr(c) for c in range(0x300, 0x1E94B) if unicodedata.category(chr(c))[0] == "M")
    part = rf"[\w{marks}\u200c\u200d]"
    return re.compile(rf"\w{part}*(?:[’'\-]\w{part}*)*")


def count_words(text: str) -> int:
    """Words of speech in `text`, stage notes left out."""
    return sum(1 for _m in word_pattern().finditer(without_stage_notes(text)))


def folded(text: str) -> tuple[str, list[int]]:
    """`text` without case and marks, for searching, and for each of its characters the code point it came from
    (with the length of `text` at the end).
    """
    out: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        for piece in unicodedata.normalize("NFKD", char).casefold():
            if unicodedata.category(piece)[0] != "M":
                out.append(piece)
                origin.append(at)
    return "".join(out), [*origin, len(text)]


def natural(text: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """What texts are sorted by as people do: `group 2` before `Group 10`, and one order for all."""
    pieces = ((p.lstrip("0"), p) for p in _NUMBER.split(text.casefold()) if p)
    return tuple((0, len(plain), plain) if p.isdecimal() else (1, 0, p) for plain, p in pieces), text


def comparable(text: str) -> str:
    """`text` folded for looking things up: case, accents' form, quotation marks and spaces evened out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.translate(_TYPED).split())
