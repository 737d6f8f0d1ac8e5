"""The worksheets of a study: what was answered, section by section and question by question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cohesion_qda.base.i18n import _, language, ngettext
from cohesion_qda.model.frame import CHOICE
from cohesion_qda.model.worksheet import Tally
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Figures, Paragraph, ThemePart
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.worksheets import ItemResult, SheetResult, lines, picture, table

_WIDE = 3  # columns of answers beside the questions that fit on an upright page


def worksheets(pen: Pen) -> Iterator[Block]:
    """Every worksheet in which something was answered; nothing where there is none."""
    found = [sheet for sheet in pen.data.extras.worksheets if sheet.answered]
    if not found:
        return
    yield pen.heading(1, _("Worksheets"), starts_page=True)
    for sheet in found:
        yield pen.heading(2, sheet.name)
        yield from _result(pen, sheet)
        yield from _answers(pen, sheet)
    for title in dict.fromkeys(sheet.title for sheet in found):
        yield from _beside(pen, [sheet for sheet in found if sheet.title == title])


def _beside(pen: Pen, sheets: Sequence[SheetResult]) -> Iterator[Block]:
    """The answers of several worksheets on one sheet, a column each; nothing where there is one."""
    tallies = [sheet.tally for sheet in sheets if sheet.tally is not None]
    if len(sheets) < 2 or len(tallies) < len(sheets):
        return
    tongue, title = language(), sheets[0].title.of(language())
    yield pen.heading(2, _("{sheet}: the worksheets beside each other").format(sheet=title))
    rows = []
    for column in zip(*(_items(sheet) for sheet in sheets), strict=True):
        said = [_counted(item, tally, tongue) for item, tally in zip(column, tallies, strict=True)]
        if any(said):
            rows.append((column[0].question.of(tongue), *(each or "–" for each in said)))
    head = (_("Question"), *(sheet.name for sheet in sheets))
    caption = _("{sheet}: how each worksheet answers each question").format(sheet=title)
    yield pen.grid(caption, head, rows, numbers=len(head), is_wide=len(sheets) > _WIDE)


def _items(sheet: SheetResult) -> list[ItemResult]:
    return [item for section in sheet.sections for item in section.items]


def _counted(item: ItemResult, tally: Tally, tongue: str) -> str:
    """What was chosen of what the sheet counts; empty for nothing."""
    return next((each.said(tongue) for each in item.answers if each.name == tally.field.name), "")


def _result(pen: Pen, sheet: SheetResult) -> Iterator[Block]:
    tongue = language()
    yield Paragraph(sheet.about.of(tongue))
    yield Paragraph(said(sheet), "lead")
    if sheet.tally is not None and sheet.tally.answered:
        head, rows = table(sheet.tally, tongue)
        shown = picture(sheet.tally, sheet.name, tongue)
        yield Figures(
            (pen.figure(f"worksheet-{sheet.name}", shown, _("{name}: answers by section").format(name=sheet.name)),)
        )
        yield pen.grid(_("{name}: how many questions were answered how").format(name=sheet.name), head, rows)


def _answers(pen: Pen, sheet: SheetResult) -> Iterator[Block]:
    """A table for each section in which something is answered, then the passages that the answers rest on."""
    tongue = language()
    for section, head, rows in lines(sheet, tongue):
        if any(item.answers or item.quotations for item in section.items):
            caption = _("{name}: {section}").format(name=sheet.name, section=section.name.of(tongue))
            yield pen.grid(caption, head, rows, numbers=len(head))
    for section in sheet.sections:
        for item in section.items:
            if item.quotations:
                answers = [answer.said(tongue) for answer in item.answers if answer.kind == CHOICE]
                heading = pen.heading(3, item.question.of(tongue))
                yield ThemePart(heading, ", ".join(answers), "", "", "", item.quotations)


def said(sheet: SheetResult) -> str:
    """What the worksheet was held against, and how far it is filled in."""
    n, total = words.number(sheet.answered), words.number(sheet.asked)
    if sheet.is_of_source and sheet.source:
        return ngettext(
            "Filled in for {source}: {n} of {total} question is answered. The questions follow {document}.",
            "Filled in for {source}: {n} of {total} questions are answered. The questions follow {document}.",
            sheet.asked,
        ).format(source=sheet.source, n=n, total=total, document=sheet.document.of(language()))
    if sheet.is_of_source:
        return ngettext(
            "Filled in for one source: {n} of {total} question is answered. The questions follow {document}.",
            "Filled in for one source: {n} of {total} questions are answered. The questions follow {document}.",
            sheet.asked,
        ).format(n=n, total=total, document=sheet.document.of(language()))
    return ngettext(
        "Filled in for the whole study: {n} of {total} question is answered. The questions follow {document}.",
        "Filled in for the whole study: {n} of {total} questions are answered. The questions follow {document}.",
        sheet.asked,
    ).format(n=n, total=total, document=sheet.document.of(language()))
