"""Answers as Markdown and LaTeX, and a table as what is copied: text between tabs, and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape

from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.report import grids
from cohesion_qda.report.numbers import decimal
from cohesion_qda.report.tabled import Column, Notes, columns, provenance

_WIDEST = 60  # characters that a column is filled up to
_TEX = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\^{}", "\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}", "\n": " ",
    "[": "{[}", "]": "{]}",  # at the beginning of a line it would be read as a length
}  # fmt: skip


def markdown(answer: Answer, job: Job | None = None) -> str:
    """Every part as a table, its notes under it, then where it comes from. Raises Cancelled."""
    blocks = [f"# {_md(answer.title)}"]
    for part in answer.parts:
        notes = Notes()
        table = _pipes(columns(part, notes), job or Job(), part.title)
        told = [f"[{n}] {_md(text)}" for n, text in enumerate(notes.texts, 1)] + [_md(note) for note in part.notes]
        blocks += [f"## {_md(part.title)}", *(_md(t) for t in (part.headline, part.subtitle) if t), table]
        blocks += ["\n".join(f"- {note}" for note in told)] if told else []
    told = [
        *(_md(note) for note in answer.notes),
        *(f"**{_md(what)}:** {_md(t)}" for what, t in provenance(answer.made)),
    ]
    blocks += [f"## {_('About these numbers')}", "\n".join(f"- {line}" for line in told)]
    return "\n\n".join(blocks) + "\n"


def latex(answer: Answer, job: Job | None = None) -> str:
    """Every part as a table with rules of the package booktabs, its notes under it; where it comes from as comments and under the
    last. Raises Cancelled.
    """
    blocks = ["\n".join(f"% {what}: {' '.join(told.split())}" for what, told in provenance(answer.made))]
    blocks.append(r"% \usepackage{booktabs} \usepackage{graphicx}")
    for part in answer.parts:
        notes = Notes()
        table = _tabular(columns(part, notes), job or Job(), part.title)
        told = [f"[note {n}] {_tex(text)}" for n, text in enumerate(notes.texts, 1)]
        told += [_tex(text) for text in (part.subtitle, *part.notes, *answer.notes) if text]
        below = [rf"\par\footnotesize {text}" for text in told]
        caption = _tex(part.headline or part.title)
        begun = [r"\begin{table}[htbp]", r"\centering", rf"\caption{{{caption}}}", rf"\label{{tab:{_label(part.key)}}}"]
        blocks.append(
            "\n".join([*begun, r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%", table + "}"])
        )
        blocks[-1] += "\n" + "\n".join([*below, r"\end{table}"])
    blocks.append(
        rf"\par\footnotesize {' '.join(_tex(f'{what}: {told}.'.replace('..', '.')) for what, told in provenance(answer.made))}"
    )
    return "\n\n".join(blocks) + "\n"


def clipboard(part: Part, story: Sequence[tuple[str, str]] = ()) -> tuple[str, str]:
    """A part as text between tabs, and as an HTML table with its caption, its heads and the denominators, for pasting; under it, where it
    comes from.
    """
    notes = Notes()
    made = columns(part, notes)
    rows = list(zip(*(column.cells for column in made), strict=True))
    lines = [[column.label for column in made], *rows]
    text = "\n".join("\t".join(_between_tabs(cell) for cell in line) for line in lines)
    told = [_("{what}: {told}").format(what=what, told=told) for what, told in story]
    under = "".join(f"\n{_between_tabs(line)}" for line in ("", *told)) if told else ""
    return f"{text}{under}\n", _html(part, made, rows, notes.texts, told)


def _html(
    part: Part, made: Sequence[Column], rows: Sequence[Sequence[grids.Cell]], notes: Sequence[str], story: Sequence[str]
) -> str:  # fmt: skip
    caption = " – ".join(escape(text) for text in (part.title, part.headline, part.subtitle) if text)
    heads = "".join(f'<th scope="col">{escape(column.label)}</th>' for column in made)
    body = ""
    for row in rows:
        cells = "".join(f"<td{_side(c, cell)}>{escape(_shown(cell, made[c]))}</td>" for c, cell in enumerate(row) if c)
        body += f'<tr><th scope="row">{escape(str(row[0]))}</th>{cells}</tr>'
    told = [*(_("[note {n}]").format(n=n) + " " + text for n, text in enumerate(notes, 1)), *part.notes, *story]
    under = "".join(f"<p>{escape(text)}</p>" for text in told)
    return (
        f'<html><head><meta charset="utf-8"></head><body><table lang="{grids.LANGUAGE}" border="1"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{under}</body></html>"
    )


def _side(_column: int, cell: grids.Cell) -> str:
    return "" if isinstance(cell, str) and not cell.startswith("[") else ' align="right"'


def _between_tabs(cell: grids.Cell) -> str:
    return grids.defused(re.sub(r"[\t\r\n]+", " ", cell)) if isinstance(cell, str) else str(cell)


def _shown(cell: grids.Cell, column: Column) -> str:
    """A cell in words: shares in per cent with one decimal, numbers with those of their column."""
    if isinstance(cell, str):
        return cell
    if column.form == "share":
        return _("{n} %").format(n=decimal(100.0 * cell, 1))
    return decimal(cell, column.places)


def _pipes(made: Sequence[Column], job: Job, what: str) -> str:
    """A Markdown table, its columns in line but for long texts."""
    lines = [[_md(column.label) for column in made], *_rows(made, _md, job, what)]
    wide = [min(max(3, *map(len, cells)), _WIDEST) for cells in zip(*lines, strict=True)]
    is_text = [column.form == "text" for column in made]
    rule = [":" + "-" * (n - 1) if text else "-" * (n - 1) + ":" for n, text in zip(wide, is_text, strict=True)]
    told = [
        [c.ljust(n) if text else c.rjust(n) for c, n, text in zip(line, wide, is_text, strict=True)] for line in lines
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (told[0], rule, *told[1:]))


def _tabular(made: Sequence[Column], job: Job, what: str) -> str:
    sides = "".join("l" if column.form == "text" else "r" for column in made)
    head = " & ".join(_tex(column.label) for column in made)
    rows = [" & ".join(row) + r" \\" for row in _rows(made, _tex, job, what)]
    return "\n".join(
        [rf"\begin{{tabular}}{{{sides}}}", r"\toprule", head + r" \\", r"\midrule", *rows, r"\bottomrule", r"\end{tabular}"]
    )  # fmt: skip


def _rows(made: Sequence[Column], escaped: Callable[[str], str], job: Job, what: str) -> list[list[str]]:
    known = cache(escaped)
    cells = list(zip(*(column.cells for column in made), strict=True))
    return [
        [known(_shown(c, column)) for c, column in zip(row, made, strict=True)] for row in grids.told(cells, job, what)
    ]


def _md(text: str) -> str:
    return re.sub(r"([\\`*_|<>#]|\](?=[(:\[]))", r"\\\1", text).replace("\n", "<br>")


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _label(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-") or "table"
