"""Cells out of delimited text (.csv), whatever sets them apart and however badly they are quoted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50_000
_SAMPLE_ROWS = 60
_SAID = re.compile(r'\A\s*"?sep=([^\w\s"]|\t)"?[ ,;|]*(?:\n|\Z)', re.IGNORECASE)


def rows(text: str) -> Iterator[list[str]]:
    """The rows of `text`. A first line `sep=;` says what sets cells apart; otherwise what makes the rows most alike.

    A quotation mark that is never closed, or not where it should be, is a character like any other.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = _SAID.match(text)
    if said:
        return _rows(text[said.end() :], said[1])
    return _rows(text, delimiter_of(text))


def delimiter_of(text: str) -> str:
    """The delimiter that gives the most rows of one width in the first rows of `text`; a comma where none does."""
    sample = text[:_SAMPLE]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample

    def alike(delimiter: str) -> tuple[int, int]:
        found = islice(_lenient(sample, delimiter), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in found if len(row) > 1 and any(row))
        return max(((n, width) for width, n in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=alike)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for _row in _strict(text, delimiter):
            pass
    except csv.Error:
        return _lenient(text, delimiter)
    return _strict(text, delimiter)


def _strict(text: str, delimiter: str) -> Iterator[list[str]]:
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _lenient(text: str, delimiter: str) -> Iterator[list[str]]:
    """As a person would read it: a cell in quotation marks ends where the mark stands before a delimiter or line end;
    with stray marks in it, it is one line long; and a mark that is never closed stays in the text.

    Takes time in proportion to the text: where a line has no closing mark left, it is not looked for again.
    """
    mark = re.escape(delimiter)
    end = rf'" *(?={mark}|\n|\Z)'
    whole = re.compile(rf'"((?:[^"]++|"")*+){end}')
    in_line = re.compile(rf'"([^\n]*?){end}')
    plain = re.compile(rf"[^{mark}\n]*+")
    at, unclosed, row = 0, -1, list[str]()
    while at < len(text):
        found = whole.match(text, at) if text[at] == '"' else None
        if found is None and text[at] == '"' and at > unclosed:
            found = in_line.match(text, at)
            unclosed = unclosed if found else _line_end(text, at)
        if found is not None:
            row.append(found[1].replace('""', '"'))
        else:
            found = plain.match(text, at)
            assert found is not None
            row.append(found[0])
        at = found.end()
        if text[at : at + 1] == delimiter:
            at += 1
            if at == len(text):
                row.append("")
            continue
        yield row
        at, row = at + 1, []
    if row:
        yield row


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
