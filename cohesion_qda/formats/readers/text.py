"""Plain text and Markdown: finding the encoding, then the paragraphs. Captions that were saved as text are read as such."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from cohesion_qda.formats.decoding import decode
from cohesion_qda.formats.files import LINE_LIMIT, MEGABYTE, no_text, too_long_a_line, too_many_lines
from cohesion_qda.formats.raw import Paragraph, RawDocument
from cohesion_qda.formats.readers import captions
from cohesion_qda.formats.wrapped import rejoined
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

LIMIT = 50 * MEGABYTE
_LINE_LENGTH = 1_000_000
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|])")


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The paragraphs of a .txt or .md file whose bytes are `data`. Raises CannotReadSource."""
    if len(data) > _LINE_LENGTH and _longest(data) > _LINE_LENGTH:
        raise too_long_a_line(path, _LINE_LENGTH)
    decoded = decode(path, data, how.encoding)
    if captions.looks_like_captions(decoded.text):
        return captions.from_decoded(path, decoded)
    text = canonical(decoded.text)
    if path.suffix.lower() == ".md":
        text = _ESCAPED.sub(r"\1", text)
    if not text.strip():
        raise no_text(path)
    if text.count("\n") > LINE_LIMIT:
        raise too_many_lines(path)
    return RawDocument(tuple(_paragraphs(text)), decoded.encoding, decoded.warnings, decoded.is_sure, decoded.choices)


def _longest(data: bytes) -> int:
    """The length of the longest line of `data`, in bytes."""
    return max(map(len, data.replace(b"\r", b"\n").split(b"\n")))


def _paragraphs(text: str) -> list[Paragraph]:
    """Every line is a paragraph, unless empty lines set the paragraphs apart; then line ends are soft breaks."""
    lines = rejoined(text.strip("\n").split("\n"))
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
