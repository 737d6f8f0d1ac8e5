"""A framework matrix as a Word document: landscape tables of summaries, and an appendix of the passages they rest on."""

from __future__ import annotations

from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Cell, Line, Part
from cohesion_qda.model.ids import CodingId
from cohesion_qda.report import blocks, docx, words
from cohesion_qda.report.values import Quotation, QuotePart

COLUMNS = 5  # codes side by side on a landscape page; more go on in a further table


def render(answer: Answer) -> bytes:
    """The .docx file of an answer of the kind `framework`. The same answer gives the same bytes."""
    return docx.render(document(answer))


def document(answer: Answer) -> blocks.Document:
    """What it says: the summaries, codes in tables of COLUMNS, then the passages by their number. A cell that has coded passages and
    no summary says so. Of an answer with some of its parts only, these.
    """
    parts = {part.key: part for part in answer.parts}
    made: list[blocks.Block] = [blocks.Paragraph(note) for note in answer.notes]
    shown = parts.get("matrix") or parts.get("coded")
    if shown is not None:
        made += [blocks.Paragraph(note) for note in shown.notes]
        made += _tables(shown) if shown.lines else [blocks.Paragraph(_("There is nothing to lay out yet."))]
    quoted = parts.get("passages")
    if quoted is not None:
        made.append(blocks.Heading(1, quoted.title, "passages"))
        made += [_cited(n, line) for n, line in enumerate(quoted.lines, 1)]
    return blocks.Document(answer.title, answer.made.at[:10], _about(answer), tuple(made))


def _tables(shown: Part) -> list[blocks.Block]:
    """A table of cases by codes, some codes after the others; what is known of a case stands under its name in each."""
    first_code = 1 if shown.key == "matrix" else 0
    made: list[blocks.Block] = []
    for number, first in enumerate(range(first_code, len(shown.heads), COLUMNS), 1):
        codes = range(first, min(first + COLUMNS, len(shown.heads)))
        head = (shown.corner, *(shown.heads[m].label for m in codes))
        rows = tuple((_case(line, shown), *(_text(line.cells[m]) for m in codes)) for line in shown.lines)
        caption = _("{title}: {first} to {last}").format(title=shown.title, first=head[1], last=head[-1])
        made.append(
            blocks.Grid(number, caption if len(codes) > 1 else shown.title, head, rows, len(head), is_wide=True)
        )
    return made


def _case(line: Line, shown: Part) -> str:
    about = line.cells[0].value if shown.key == "matrix" else ""
    return f"{line.label}\n{about}" if about else line.label


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


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
