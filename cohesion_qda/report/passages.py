"""The passages that a query found, as a Word document, a spreadsheet or a web page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.answer import Made
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import FoundPassage, PassagePage
from cohesion_qda.report import blocks, grids, tables, words
from cohesion_qda.report.values import Quotation, QuotePart

ENDINGS = (".docx", ".xlsx", ".html")


@dataclass(frozen=True, slots=True)
class PassageReport:
    """What is written: a title, the study's, the day (ISO 8601), the query in words, a line each, all that it found, and the
    path of every code. `singled` warns who writes it of whom it could single out (`report.singling`); it is not written.
    """

    title: str
    study: str
    date: str
    asked: tuple[str, ...]
    page: PassagePage
    paths: Mapping[CodeId, str]
    singled: tuple[str, ...] = ()

    def headings(self) -> Iterator[tuple[str, tuple[FoundPassage, ...]]]:
        """The passages under each heading; all under one where they are not grouped."""
        page = self.page
        if not page.parts:
            yield _("Passages"), page.passages
        for part in page.parts:
            yield part.title, page.passages[part.first : part.first + part.n]


def check_ending(path: Path) -> None:
    """Raise BadInput unless passages can be written to a file with that ending."""
    if path.suffix.casefold() not in ENDINGS:
        raise BadInput(
            _("Passages cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
            _("Give a name that ends in .docx, .xlsx or .html."),
        )


def write(report: PassageReport, path: Path, job: Job | None = None) -> None:
    """Write to a .docx, .xlsx or .html file, whole or not at all: the same report gives the same bytes.

    Raises BadInput for another ending, CannotWrite, and Cancelled.
    """
    check_ending(path)
    data = rendered(report, path.suffix.casefold(), job or Job())
    try:
        if path.is_dir():
            raise IsADirectoryError
        unfinished = path.with_name(f".{path.name}.writing-{os.getpid()}")
        try:
            unfinished.write_bytes(data)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(
            _("The passages could not be written to “{path}”.").format(path=path),
            _("Close the file where it is open, or choose a folder you may write to."),
        ) from error


def rendered(report: PassageReport, ending: str, job: Job) -> bytes:
    """The file with that ending, one of ENDINGS. Raises Cancelled."""
    from cohesion_qda.report import docx, html

    if ending == ".xlsx":
        noted = [*report.asked, *report.page.missing, *counted(report), *tables.reading()]
        made = Made(report.study, report.date, VERSION, filters=report.asked)
        return tables.workbook(f"{report.title} – {report.study}", [sheet(report)], noted, made)
    document = compose(report)
    if ending == ".html":
        return html.render(document, job)
    return docx.render(document, job)


def counted(report: PassageReport) -> list[str]:
    """How many passages, and how widely they were said, each beside its denominator."""
    page = report.page
    said = ngettext("{n} passage fits.", "{n} passages fit.", page.total).format(n=words.number(page.total))
    return [said, words.how_widely(page.count, page.base)]


def compose(report: PassageReport) -> blocks.Document:
    """The document: what was asked for, what the counts are, then every passage under its heading."""
    about = (
        report.study,
        words.day(report.date),
        _("Made with Cohesion QDA {version}").format(version=VERSION),
    )
    made: list[blocks.Block] = [
        blocks.Heading(1, _("What was looked for"), "asked"),
        blocks.Bullets(tuple(report.asked)),
        *(blocks.Paragraph(text, "note") for text in report.page.missing),
        *(blocks.Paragraph(text, "lead") for text in counted(report)),
        *(blocks.Paragraph(text, "definition") for text in tables.reading()[:3]),
    ]
    number = 0
    for n, (title, passages) in enumerate(report.headings(), 1):
        size = ngettext("{title} ({n} passage)", "{title} ({n} passages)", len(passages))
        made.append(blocks.Heading(1, size.format(title=title, n=words.number(len(passages))), f"part-{n}"))
        for passage in passages:
            number += 1
            made.append(_cited(report, passage, number))
    return blocks.Document(report.title, report.date, about, tuple(made))


def _cited(report: PassageReport, passage: FoundPassage, number: int) -> blocks.Cited:
    speakers = words.joined(list(passage.speakers))
    who = _("{speakers}, {source}").format(speakers=speakers, source=passage.source_name) if speakers else ""
    quotation = Quotation(passage.coding, (QuotePart("", passage.quote),), who or passage.source_name, passage.turn)
    return blocks.Cited(number, quotation, tuple(_notes(report, passage)))


def _notes(report: PassageReport, passage: FoundPassage) -> Iterator[str]:
    """Under a passage: its codes, who coded it, its weight, what was written about it."""
    codes = ", ".join(report.paths[code] for code in (passage.code, *passage.also))
    if passage.weight is None:
        yield _("{codes}; coded by {coder}").format(codes=codes, coder=passage.coder)
    else:
        said = _("{codes}; coded by {coder}; weight {weight} of 100")
        yield said.format(codes=codes, coder=passage.coder, weight=passage.weight)
    for memo in passage.memos:
        yield _("Memo: {words}").format(words=memo)


def sheet(report: PassageReport) -> grids.Sheet:
    """A row a passage."""
    head = (
        _("Number"), _("Heading"), _("Source"), _("Speaker"), _("Turn"), _("Passage"), _("Code"), _("Also coded"),
        _("Coder"), _("Coded at"), _("Weight"), _("Memo"), _("From character"), _("To character"),
    )  # fmt: skip
    rows: list[tuple[grids.Cell, ...]] = []
    for title, passages in report.headings():
        for p in passages:
            rows.append(
                (
                    len(rows) + 1, title if report.page.parts else "", p.source_name, words.joined(list(p.speakers)),
                    p.turn or "", p.quote, report.paths[p.code], ", ".join(report.paths[code] for code in p.also),
                    p.coder, p.coded_at, "" if p.weight is None else p.weight, "\n".join(p.memos), p.span.start, p.span.end,
                )
            )  # fmt: skip
    return grids.Sheet(_("Passages"), report.title, head, tuple(rows))
