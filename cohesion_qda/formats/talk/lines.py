"""From the parts of a document to its lines, with what each says about itself: headings, bold, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument
from cohesion_qda.formats.talk.heads import Line
from cohesion_qda.formats.talk.labels import only_stamp, seconds_of, tidy
from cohesion_qda.formats.talk.speakertables import columns_of, of_row, plain_row, with_bars
from cohesion_qda.model.text import canonical

_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_HASHES_AFTER = re.compile(r"[ \t]+#{1,6}\Z")
_ALL_BOLD = re.compile(r"(\*\*|__)(?P<inner>[^*_\s](?:[^*\n]*[^*_\s])?)\1\Z")
_HASH_STAMP = re.compile(r"\s{0,9}#(\d{1,2}:\d{2}:\d{2}(?:[-.,]\d{1,3})?)#\s{0,9}")
_NUMBER = re.compile(r"[(\[]?(?P<q>[Qq][ .]?)?(?P<number>\d{1,4})[.)\]]?[ \t\u00a0]{1,9}(?=[^\W\d_]|[*\[(])")
_LONGEST_HEADING = 250


def lines_of(document: RawDocument, *, tables: bool = True, stamps: bool = True) -> list[Line]:
    """The document's lines in order. Rows of a speaker table carry their label and time, unless `tables` is False;
    time stamps between number signs are taken out of the text, unless `stamps` is.
    """
    document = with_bars(document) if tables else document
    columns = columns_of(document) if tables else {}
    lines: list[Line] = []
    for part in document.parts:
        if isinstance(part, Paragraph):
            lines.extend(_of_paragraph(part))
        elif isinstance(part, Cue):
            lines.append(_of_cue(part))
        elif part.table in columns:
            lines.extend(of_row(part, columns[part.table]))
        elif sum(1 for cell in part.cells if cell) == 1:
            lines.extend(line for cell in part.cells for paragraph in cell for line in _of_paragraph(paragraph))
        else:
            lines.append(plain_row(part))
    lines = [line for line in lines if line.text]
    return _with_hash_stamps(lines) if stamps else lines


def without_numbers(lines: list[Line]) -> list[Line]:
    """The lines without the numbers that most of them begin with, one after the other, or that some questions do, as
    in `Q12 Chair: …`. The same list where there are none.
    """
    numbered = [(line, found) for line in lines if line.opens and (found := _NUMBER.match(line.text))]
    asked = [(line, found) for line, found in numbered if found["q"]]
    opening = sum(1 for line in lines if line.opens)
    if not _in_turn(numbered) or 2 * len(numbered) < opening:
        numbered = asked if _in_turn(asked) else []
    if not numbered:
        return lines
    cut = {id(line): found.end() for line, found in numbered}
    return [
        replace(line, text=line.text[cut[id(line)] :], bold=max(0, line.bold - cut[id(line)]))
        if id(line) in cut
        else line
        for line in lines
    ]


def _in_turn(numbered: list[tuple[Line, re.Match[str]]]) -> bool:
    numbers = [int(found["number"]) for _line, found in numbered]
    steps = sum(1 for before, after in pairwise(numbers) if after == before + 1)
    return len(numbers) >= 4 and steps >= 0.9 * (len(numbers) - 1)


def _of_paragraph(paragraph: Paragraph) -> Iterator[Line]:
    texts = canonical(paragraph.text).split("\n")
    bold = paragraph.bold or (0,) * len(texts)
    for i, (text, length) in enumerate(zip(texts, bold, strict=False)):
        text = text.strip()
        heading = paragraph.heading if len(text) <= _LONGEST_HEADING else 0
        marks = _HASHES.match(text) if text[:1] == "#" else None
        if marks and len(text) <= _LONGEST_HEADING:
            text, heading = _HASHES_AFTER.sub("", text[marks.end() :]), len(marks[1])
        whole = _ALL_BOLD.match(text) if text[:2] in ("**", "__") else None
        if whole:
            text, length = whole["inner"], len(whole["inner"])
        yield Line(text, opens=i == 0 or heading > 0, bold=length, heading=heading)


def _of_cue(cue: Cue) -> Line:
    text = " ".join(canonical(cue.text).split("\n")).strip()
    return Line(text, opens=False, label=tidy(cue.label), at=cue.at, is_cue=True)


def _with_hash_stamps(lines: list[Line]) -> list[Line]:
    """The lines without time stamps such as `#00:01:02-5#`. At the end of a line such a stamp says when it ended, and
    so when the next began.
    """
    for number, line in enumerate(lines):
        if "#" not in line.text or only_stamp(line.text) is not None:
            continue
        found = [m for m in _HASH_STAMP.finditer(line.text) if seconds_of(m[1]) is not None]
        if not found:
            continue
        if found[0].start() == 0:
            line.at = seconds_of(found[0][1]) if line.at is None else line.at
        after = lines[number + 1] if number + 1 < len(lines) else None
        if found[-1].end() == len(line.text) and after is not None and after.at is None:
            after.at = seconds_of(found[-1][1])
        line.text = _HASH_STAMP.sub(" ", line.text).strip()
    return lines
