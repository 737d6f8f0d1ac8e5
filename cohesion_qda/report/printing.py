"""A worksheet as a document of its own: every question with its answers and the passages they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _, language
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.frame import CHOICE, DATE, TEXT, Words
from cohesion_qda.model.table import Count, Table
from cohesion_qda.report import words
from cohesion_qda.report.blocks import LANGUAGES, Block, Document, Figure, Figures, Grid, Heading, Paragraph, ThemePart
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.names import Names
from cohesion_qda.report.parts.worksheets import said
from cohesion_qda.report.rendering import ENDINGS, rendered
from cohesion_qda.report.values import ReportData
from cohesion_qda.report.worksheets import Answered, ItemResult, Printed, SheetResult, picture, table

BOTH = "both"
HEADINGS = ("en", "cy", BOTH)


def write_worksheet(printed: Printed, path: Path, headings: str = "", job: Job | None = None) -> None:
    """Write a worksheet to `path`, by its ending one of ENDINGS, its questions in the languages that `headings`, one of HEADINGS, says
    (empty: that of the program). Raises BadInput, CannotWrite and Cancelled; then no file is left.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise BadInput(
            _("A worksheet cannot be printed as “{ending}”.").format(ending=path.suffix or path.name),
            _("Give a name that ends in .docx, .html or .pdf."),
        )
    if headings and headings not in HEADINGS:
        raise BadInput(
            _("There are no headings in “{language}”.").format(language=headings),
            _("It is one of: {languages}.").format(languages=", ".join(HEADINGS)),
        )
    found = rendered(document(printed, headings), ending, job)
    half = path.with_name(path.name + ".part")
    try:
        half.write_bytes(found)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise CannotWrite(
            _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
            _("Choose another folder."),
        ) from error


def alone(result: SheetResult, title: str, authors: str, date: str, attribution: str) -> ReportData:
    """A worksheet as if it were a report that says nothing else: what may tell who somebody is can be looked for in it."""
    nobody = Count()
    return ReportData(
        title=title, authors=authors, summary="", date=date, program_version=VERSION, base=nobody, sources=0, kinds=(), engagement=(),
        coders=(), chapters=(), overview=Table("", (), (), nobody, 0, True),
        crosstabs=(), agreement=(), codebook=(), unused=(), uncoded=(), notes=(), ranked_by="mentions", of_sources=(), accepted=(),
        extras=Extras(attribution=attribution, worksheets=(result,)),
    )  # fmt: skip


def document(printed: Printed, headings: str = "") -> Document:
    """A worksheet as a document. With "both", each heading and question stands in the language of the program and, under it, in the other."""
    tongue = headings if headings in LANGUAGES else language()
    page = _Page(printed, tongue, (next(each for each in LANGUAGES if each != tongue) if headings == BOTH else ""))
    blocks = tuple(page.blocks())
    about = (
        printed.study if printed.study != printed.sheet.name else "",
        page.title() if page.title() != printed.sheet.name else "",
        printed.authors,
        words.day(printed.date),
    )
    return Document(
        printed.sheet.name, printed.date, tuple(line for line in about if line), blocks, tuple(page.figures),
        language=LANGUAGES[tongue], author=printed.authors,
    )  # fmt: skip


@dataclass
class _Page:
    """The document in `tongue`, with headings in `other` as well, where that is not empty."""

    printed: Printed
    tongue: str
    other: str

    def __post_init__(self) -> None:
        self.figures: list[Figure] = []
        self._names = Names()

        self._own = "" if language() == self.tongue else LANGUAGES[language()]  # of the program's own words

    def words(self, told: Words) -> str:
        return told.of(self.tongue)

    def title(self) -> str:
        """What the sheet is called, in both languages where both are printed."""
        title, also = self.printed.sheet.title, self.printed.sheet.title.of(self.other) if self.other else ""
        return self._beside(self.words(title), title) if also else self.words(title)

    def blocks(self) -> Iterator[Block]:
        sheet = self.printed.sheet
        yield Paragraph(self.words(sheet.about), "lead", lang=self._lang(sheet.about))
        yield from self._also(sheet.about)
        yield Paragraph(said(sheet), lang=self._own)
        if sheet.tally is not None and sheet.tally.answered:
            yield from self._result()
        for section in sheet.sections:
            yield Heading(1, self.words(section.name), self._anchor(section.name), lang=self._lang(section.name))
            yield from self._also(section.name)
            if self.words(section.help):
                yield Paragraph(self.words(section.help), "note", lang=self._lang(section.help))
            for item in section.items:
                yield from self._item(item)

    def _result(self) -> Iterator[Block]:
        tally = self.printed.sheet.tally
        assert tally is not None
        name = self.printed.sheet.name
        figure = Figure(1, self._names.file(name), picture(tally, name, self.tongue), _("Answers by section"))
        self.figures.append(figure)
        yield Figures((figure,))
        head, rows = table(tally, self.tongue)
        yield Grid(1, _("How many questions were answered how"), head, tuple(rows))

    def _item(self, item: ItemResult) -> Iterator[Block]:
        heading = Heading(2, self.words(item.question), self._anchor(item.question), lang=self._lang(item.question))
        also = item.question.of(self.other) if self.other else ""
        chosen = [self._told(answer) for answer in item.answers if answer.kind in (CHOICE, DATE)]
        yield heading
        if also and also != heading.text:
            yield Paragraph(also, "definition", lang=LANGUAGES[self.other])
        told = " ".join(part for part in (self.words(item.help), f"({item.where.en})" if item.where.en else "") if part)
        if told:
            yield Paragraph(told, "note", lang=self._lang(item.help) if self.words(item.help) else "")
        yield from map(Paragraph, chosen)
        if not item.answers:
            yield Paragraph(_("Not answered yet."), lang=self._own)
        for answer in item.answers:
            if answer.kind == TEXT:
                yield from (Paragraph(line) for line in self._told(answer).split("\n") if line.strip())
        if item.quotations:
            under = self._names.anchor(_("Passages"))
            yield ThemePart(Heading(3, _("Passages"), f"sec-{under}"), "", "", "", "", item.quotations)

    def _told(self, answer: Answered) -> str:
        """`Answer: Partly`; in both languages, `Answer / Ateb: In part / Yn rhannol`."""
        name, value = self.words(answer.name), answer.said(self.tongue)
        if self.other:
            name = self._beside(name, answer.name)
            value = self._beside(value, answer.choice) if answer.choice.en else value
        return _("{label}: {said}").format(label=name, said=value)

    def _beside(self, text: str, told: Words) -> str:
        also = told.of(self.other)
        return text if also == text else f"{text} / {also}"

    def _also(self, told: Words) -> Iterator[Paragraph]:
        """The same in the other language, where there is one and it has words of its own."""
        also = told.of(self.other) if self.other else ""
        if also and also != self.words(told):
            yield Paragraph(also, "definition", lang=LANGUAGES[self.other])

    def _lang(self, told: Words) -> str:
        """English words in a Welsh document say that they are."""
        return LANGUAGES["en"] if self.tongue == "cy" and not told.cy else ""

    def _anchor(self, told: Words) -> str:
        return f"sec-{self._names.anchor(self.words(told))}"
