"""Answers as Markdown and LaTeX, and a table as what is copied: text between tabs, and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.report import grids, words
from cohesion_qda.report.tabled import Column, Notes, columns, provenance

_TEX = {
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
    "^": r"\^{}", "\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}", "\n": " ",
    "[": "{[}", "]": "{]}",  # at the beginning of a line it would be read as a length
}  # fmt: skip


def markdown(answer: Answer) -> str:
    """Every part as a table, its notes under it, then where it comes from."""
    blocks = [f"# {_md(answer.title)}"]
    for part in answer.parts:
        notes = Notes()
        table = _table(columns(part, notes), "pipe", _md)
        told = [f"[{n}] {_md(text)}" for n, text in enumerate(notes.texts, 1)] + [_md(note) for note in part.notes]
        blocks += [f"## {_md(part.title)}", *(_md(t) for t in (part.headline, part.subtitle) if t), table]
        blocks += ["\n".join(f"- {note}" for note in told)] if told else []
    told = [
        *(_md(note) for note in answer.notes),
        *(f"**{_md(what)}:** {_md(t)}" for what, t in provenance(answer.made)),
    ]
    blocks += [f"## {_('About these numbers')}", "\n".join(f"- {line}" for line in told)]
    return "\n\n".join(blocks) + "\n"


def latex(answer: Answer) -> str:
    """Every part as a table with rules of the package booktabs, its notes under it; where it comes from as comments and under the last."""
    blocks = ["\n".join(f"% {what}: {' '.join(told.split())}" for what, told in provenance(answer.made))]
    blocks.append(r"% \usepackage{booktabs} \usepackage{graphicx}")
    for part in answer.parts:
        notes = Notes()
        table = _table(columns(part, notes), "latex_raw", _tex)
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


def clipboard(part: Part) -> tuple[str, str]:
    """A part as text between tabs, and as an HTML table with its caption, its heads and the denominators, for pasting."""
    notes = Notes()
    made = columns(part, notes)
    rows = list(zip(*(column.cells for column in made), strict=True))
    lines = [[column.label for column in made], *rows]
    text = "\n".join("\t".join(_between_tabs(cell) for cell in line) for line in lines)
    return text + "\n", _html(part, made, rows, notes.texts)


def _html(part: Part, made: Sequence[Column], rows: Sequence[Sequence[grids.Cell]], notes: Sequence[str]) -> str:
    caption = " – ".join(escape(text) for text in (part.title, part.headline, part.subtitle) if text)
    heads = "".join(f'<th scope="col">{escape(column.label)}</th>' for column in made)
    body = ""
    for row in rows:
        cells = "".join(
            f"<td{_side(c, cell)}>{escape(_shown(cell, made[c].form))}</td>" for c, cell in enumerate(row) if c
        )
        body += f'<tr><th scope="row">{escape(str(row[0]))}</th>{cells}</tr>'
    told = [*(_("[note {n}]").format(n=n) + " " + text for n, text in enumerate(notes, 1)), *part.notes]
    under = "".join(f"<p>{escape(text)}</p>" for text in told)
    return (
        f'<html><head><meta charset="utf-8"></head><body><table lang="{grids.LANGUAGE}" border="1"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{under}</body></html>"
    )


def _side(_column: int, cell: grids.Cell) -> str:
    return "" if isinstance(cell, str) and not cell.startswith("[") else ' align="right"'


def _between_tabs(cell: grids.Cell) -> str:
    return grids.defused(re.sub(r"[\t\r\n]+", " ", cell)) if isinstance(cell, str) else str(cell)


def _shown(cell: grids.Cell, form: str) -> str:
    """A cell in words: shares in per cent with one decimal, numbers with at most three."""
    if isinstance(cell, str):
        return cell
    if form == "share":
        return _("{n} %").format(n=f"{100 * cell:.1f}")
    return f"{cell:.3f}" if isinstance(cell, float) else words.number(cell)


def _table(made: Sequence[Column], form: str, escaped: Callable[[str], str]) -> str:
    from tabulate import tabulate

    rows = [
        [escaped(_shown(cell, column.form)) for cell, column in zip(row, made, strict=True)]
        for row in zip(*(column.cells for column in made), strict=True)
    ]
    sides = ["left" if column.form == "text" else "right" for column in made]
    heads = [escaped(column.label) for column in made]
    table = str(tabulate(rows, heads, tablefmt=form, disable_numparse=True, colalign=sides if rows else None))
    if form != "latex_raw":
        return table
    first, *between, last = re.split(r"^\\hline\n?", table, flags=re.MULTILINE)
    return first + "\\toprule\n" + "\\midrule\n".join(between) + "\\bottomrule\n" + last


def _md(text: str) -> str:
    return re.sub(r"([\\`*_|<>#]|\](?=[(:\[]))", r"\\\1", text).replace("\n", "<br>")


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _label(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-") or "table"
