"""What a report, or a document of its own, tells of a worksheet: its result, its answers, the passages they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Cell, Head, Line, Part
from cohesion_qda.model.frame import CHOICE, DATE, PASSAGES, Field, Frame, Item, Words
from cohesion_qda.model.place import Place
from cohesion_qda.model.worksheet import Filled, Tally
from cohesion_qda.report import words
from cohesion_qda.report.drawing import INCH
from cohesion_qda.report.drawn import stacked
from cohesion_qda.report.drawn.reading import alt
from cohesion_qda.report.figures import WIDE
from cohesion_qda.report.picture import Picture, pictured
from cohesion_qda.report.sheet import Sheet
from cohesion_qda.report.values import Quotation


@dataclass(frozen=True, slots=True)
class Answered:
    """What stands in a field: the words of a `choice`, or what the author wrote, or a day; `kind` is the field's."""

    name: Words
    kind: str
    choice: Words = field(default_factory=Words)
    written: str = ""

    def said(self, tongue: str) -> str:
        """The answer; what the author wrote is the same in every language."""
        return self.choice.of(tongue) or self.written


@dataclass(frozen=True, slots=True)
class ItemResult:
    """A question with its answers, and the passages that are linked to it. `where` is its page or section in the frame's document."""

    question: Words
    help: Words
    where: Words
    answers: tuple[Answered, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section of a worksheet."""

    name: Words
    help: Words
    items: tuple[ItemResult, ...]


@dataclass(frozen=True, slots=True)
class SheetResult:
    """A worksheet as it is told: `source` is what it is held against, as that is named in the report (empty: the whole study); `document`
    the paper that its questions follow.
    """

    name: str
    title: Words
    about: Words
    document: Words
    is_of_source: bool
    source: str
    sections: tuple[SectionResult, ...]
    tally: Tally | None
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A worksheet to be printed, with the study, authors and day that stand under its title."""

    sheet: SheetResult
    study: str
    authors: str
    date: str


Quoting = Callable[[Sequence[Place]], tuple[Quotation, ...]]


def laid(found: Filled, frame: Frame, quote: Quoting) -> SheetResult:
    """A worksheet as it is told; `quote` makes quotations of passages."""
    sections = tuple(
        SectionResult(section.name, section.help, tuple(_item(found, item, quote) for item in section.items))
        for section in found.form.sections
    )
    sheet, (answered, asked) = found.worksheet, found.progress()
    document = _("{title} ({by}, {year})").format(title=frame.document, by=frame.by, year=frame.year)
    return SheetResult(
        sheet.name, found.form.name, found.form.about, Words(document), sheet.source is not None,
        sheet.source_name, sections, found.tally(), answered, asked,
    )  # fmt: skip


def _item(found: Filled, item: Item, quote: Quoting) -> ItemResult:
    fields = [field for field in found.form.fields_of(item) if field.kind != PASSAGES]
    answers = [_answered(field, value) for field in fields if (value := found.worksheet.value(item, field))]
    return ItemResult(item.question, item.help, Words(item.where), tuple(answers), quote(found.standing(item)))


def _answered(field: Field, value: str) -> Answered:
    if field.kind == CHOICE and (choice := field.choice(value)) is not None:
        return Answered(field.name, CHOICE, choice=choice.name)
    return Answered(field.name, field.kind, written=words.day(value) if field.kind == DATE else value)


def progress(answered: int, asked: int) -> str:
    """`5 of 27 questions answered`."""
    return ngettext("{n} of {total} question answered", "{n} of {total} questions answered", asked).format(
        n=words.number(answered), total=words.number(asked)
    )


# -- the result ----------------------------------------------------------------------------------------------------------


def table(tally: Tally, tongue: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The head and the rows of the result: sections by choices, what is open, how many questions there are."""
    choices = [choice.name.of(tongue) for choice in tally.field.choices]
    head = (_("Section"), *choices, _("Not answered"), _("Questions"))
    rows = [
        (row.section.name.of(tongue), *map(words.number, (*row.counts, row.is_open, row.asked))) for row in tally.rows
    ]
    if len(rows) > 1:
        whole = (*tally.total, tally.asked - tally.answered, tally.asked)
        rows.append((_("All sections"), *map(words.number, whole)))
    return head, rows


def picture(tally: Tally, title: str, tongue: str) -> Picture:
    """The result as divided bars, a section each."""
    choices = [choice.name.of(tongue) for choice in tally.field.choices]
    part = Part(
        "worksheet",
        title,
        _("Section"),
        tuple(Head(name) for name in (*choices, _("Not answered"))),
        tuple(
            Line(row.section.name.of(tongue), tuple(Cell(n, row.asked) for n in (*row.counts, row.is_open)))
            for row in tally.rows
        ),
    )
    headline = _("{title}: what was answered").format(title=title)
    subtitle = _("Questions by section and answer; {progress}").format(progress=progress(tally.answered, tally.asked))
    sheet = Sheet(WIDE * INCH, "worksheet")
    told = stacked.divided(sheet, sheet.head(headline, subtitle), part, is_rest_last=True)
    return pictured(sheet.drawing(told.bottom + 2, headline, alt(told, headline, subtitle)))


def lines(result: SheetResult, tongue: str) -> Iterator[tuple[SectionResult, tuple[str, ...], list[tuple[str, ...]]]]:
    """For each section, the head and the rows of a table of its questions: the fields that something stands in, and how many passages."""
    for section in result.sections:
        names: dict[str, None] = {}
        for item in section.items:
            names |= dict.fromkeys(answer.name.of(tongue) for answer in item.answers)
        has_passages = any(item.quotations for item in section.items)
        head = (_("Question"), *(names or [_("Answer")]), *([_("Passages")] if has_passages else []))
        rows = []
        for item in section.items:
            said = {answer.name.of(tongue): answer.said(tongue) for answer in item.answers}
            cells = [said.get(name, "–") for name in names or [""]]
            passages = [words.number(len(item.quotations))] if has_passages else []
            rows.append((item.question.of(tongue), *cells, *passages))
        yield section, head, rows
