"""An answer as it is printed: aligned columns for people, one document for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from textwrap import shorten, wrap
from typing import Any

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.output import line, note
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part
from cohesion_qda.model.asked import as_json
from cohesion_qda.report.numbers import decimal, percent

WIDEST = 20  # characters of a line of a head
FEW = 5  # sources that are named of those that are left out for one reason
HIDDEN, NOTHING = "[c]", "–"


def document(answer: Answer) -> dict[str, Any]:
    """As one JSON document: what was asked, every part with its cells, what to know of them, where it comes from."""
    return {
        "kind": answer.asked.kind,
        "asked": json.loads(as_json(answer.asked)),
        "title": answer.title,
        "parts": [_part(part) for part in answer.parts],
        "notes": list(answer.notes),
        "made": asdict(answer.made),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "key": part.key, "title": part.title, "headline": part.headline, "subtitle": part.subtitle,
        "corner": part.corner, "figures": list(part.figures), "heads": [asdict(head) for head in part.heads],
        "lines": [_line(one) for one in part.lines], "foot": None if part.foot is None else _line(part.foot),
        "notes": list(part.notes),
    }  # fmt: skip


def _line(one: Line) -> dict[str, Any]:
    return {
        "label": one.label, "path": one.path, "depth": one.depth, "key": list(one.key), "note": one.note,
        "heading": one.is_heading,
        "cells": [
            {"value": c.value, "of": c.of, "low": c.low, "high": c.high, "hidden": c.is_hidden, "key": list(c.key)}
            for c in one.cells
        ],
    }  # fmt: skip


def print_answer(answer: Answer) -> None:
    """Every part as a table on standard output; what to know of it on standard error."""
    for n, part in enumerate(answer.parts):
        if n:
            line()
        for text in (part.title, part.headline, part.subtitle):
            if text:
                line(text)
        for text in _table(part):
            line(text)
        for text in part.notes:
            note(text)
    for text in answer.notes:
        note(text)
    why_not: dict[str, list[str]] = {}
    for name, why in answer.made.left_out:
        why_not.setdefault(why, []).append(name)
    for why, names in why_not.items():
        note(_("{name}: {why}").format(name=_first(names), why=why))


def _first(names: Sequence[str]) -> str:
    """Names, of many the first and how many more."""
    more = len(names) - FEW
    if more <= 0:
        return "; ".join(names)
    shown = "; ".join(names[:FEW])
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)


def _table(part: Part) -> Iterator[str]:
    """Columns under their heads, which go over several lines where they are long; numbers to the right, words to the left."""
    lines = [*part.lines, *([part.foot] if part.foot is not None else [])]
    if not lines:
        yield _("Nothing to count.")
        return
    heads = [wrap(head.label, WIDEST) for head in part.heads]
    height = max((len(head) for head in heads), default=1)
    labels = [*[""] * (height - 1), part.corner, *("  " * one.depth + one.label for one in lines)]
    columns = [
        [
            *[""] * (height - len(said)),
            *said,
            *("" if one.is_heading else cell_words(one.cells[n], head) for one in lines),
        ]
        for n, (head, said) in enumerate(zip(part.heads, heads, strict=True))
    ]
    widths = [max(len(text) for text in column) for column in columns]
    first = max(len(text) for text in labels)
    if any(head.over for head in part.heads):
        yield (" " * first + "  " + "  ".join(_spanning(part.heads, widths))).rstrip()
    for n, label in enumerate(labels):
        cells = (
            column[n].ljust(width) if head.form == "text" else column[n].rjust(width)
            for column, width, head in zip(columns, widths, part.heads, strict=True)
        )
        yield f"{label:<{first}}  {'  '.join(cells)}".rstrip()


def _spanning(heads: Sequence[Head], widths: Sequence[int]) -> Iterator[str]:
    """What stands over several columns, over the first of them."""
    for over, group in groupby(zip(heads, widths, strict=True), key=lambda pair: pair[0].over):
        room = sum(width + 2 for _head, width in group) - 2
        yield shorten(over, room, placeholder="…").ljust(room) if over else " " * room


def cell_words(cell: Cell, head: Head) -> str:
    """A cell as it is read: `3/12`, `25%`, `0.43 (0.31 to 0.55)`, words; [c] where it is hidden, – where it says
    nothing.
    """
    value = cell.value
    if cell.is_hidden:
        return HIDDEN
    if value is None or value == "":
        return NOTHING if head.form != "text" else ""
    if isinstance(value, str):
        return " ".join(value.split())
    said = _number(value, head)
    if head.form == "count" and cell.of is not None:
        said = f"{value}/{cell.of}"
    if cell.low is None or cell.high is None:
        return said
    return _("{value} ({low} to {high})").format(
        value=said, low=_number(float(cell.low), head), high=_number(float(cell.high), head)
    )


def _number(value: float, head: Head) -> str:
    if head.form == "share":
        return percent(value)
    return str(value) if isinstance(value, int) else decimal(value, head.places)
