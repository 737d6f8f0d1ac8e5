"""A framework matrix as a Word document: landscape tables of summaries, and an appendix of the passages they rest on."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Line, Part
from cohesion_qda.model.ids import CodingId
from cohesion_qda.report import blocks, docx, words
from cohesion_qda.report.values import Quotation, QuotePart

COLUMNS = 5  # codes side by side on a landscape page; more go on in a further table


def render(answer: Answer) -> bytes:
    """The .docx file of an answer of the kind `framework`. The same answer gives the same bytes."""
    return docx.render(document(answer))


def document(answer: Answer) -> blocks.Document:
    """What it says: the summaries, codes in tables of COLUMNS, then the passages by their number. A cell that has coded passages and
    no summary says so.
    """
    matrix = answer.part("matrix")
    parts: list[blocks.Block] = [blocks.Paragraph(note) for note in answer.notes]
    parts += [blocks.Paragraph(note) for note in matrix.notes]
    parts += [blocks.Paragraph(_("There is nothing to lay out yet."))] if not matrix.lines else _tables(answer, matrix)
    quoted = next((part for part in answer.parts if part.key == "passages"), None)
    if quoted is not None:
        parts.append(blocks.Heading(1, quoted.title, "passages", starts_page=False))
        parts += [_cited(n, line) for n, line in enumerate(quoted.lines, 1)]
    return blocks.Document(answer.title, answer.made.at[:10], _about(answer), tuple(parts))


def _tables(answer: Answer, matrix: Part) -> list[blocks.Block]:
    """The summaries, some codes after the others; what is known of a case stands under its name in each table."""
    codes = range(1, len(matrix.heads))
    counted = answer.part("coded")
    made: list[blocks.Block] = []
    for number, first in enumerate(codes[::COLUMNS], 1):
        shown = codes[first - 1 : first - 1 + COLUMNS]
        rows = tuple(
            (_case(line), *(_summary(line, counted.lines[n], m) for m in shown)) for n, line in enumerate(matrix.lines)
        )
        head = (matrix.corner, *(matrix.heads[m].label for m in shown))
        caption = _("{title}: {first} to {last}").format(title=matrix.title, first=head[1], last=head[-1])
        made.append(
            blocks.Grid(number, caption if len(shown) > 1 else matrix.title, head, rows, len(head), is_wide=True)
        )
    return made


def _case(line: Line) -> str:
    about = line.cells[0].value
    return f"{line.label}\n{about}" if about else line.label


def _summary(line: Line, counts: Line, column: int) -> str:
    text, coded = str(line.cells[column].value or ""), counts.cells[column - 1].value
    if text or not isinstance(coded, int) or not coded:
        return text
    return ngettext(
        "({n} coded passage, no summary yet)", "({n} coded passages, no summary yet)", coded
    ).format(n=words.number(coded))  # fmt: skip


def _cited(number: int, line: Line) -> blocks.Cited:
    case, code, quote, who, source, turn = (str(cell.value or "") for cell in line.cells)
    by = ", ".join(filter(None, (who, source)))
    quotation = Quotation(CodingId(0), (QuotePart("", f"[{line.label}] {quote}"),), by, int(turn or 0))
    return blocks.Cited(number, quotation, (_("Summary: {case}, {code}").format(case=case, code=code),))


def _about(answer: Answer) -> tuple[str, ...]:
    made = answer.made
    lines = [made.study, *made.counted, *made.filters]
    lines.append(_("Made on {day} with Cohesion QDA {version}").format(day=words.day(made.at), version=made.version))
    return tuple(filter(None, lines))
