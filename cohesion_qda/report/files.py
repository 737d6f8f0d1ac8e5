"""Answers as files, by the ending of the name: tables for people, for spreadsheets and for statistics programs, and pictures.

Where a file has no room for where its numbers come from (.csv, .dta, pictures), that lies beside it as `NAME.about.txt`: a plain text that
everybody can open and that is not taken for data.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput, CannotWrite
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.answer import Answer, Made, Part
from cohesion_qda.report import grids, labelled, markup, ods, tabled, xlsx
from cohesion_qda.report.hiding import hide

if TYPE_CHECKING:
    from cohesion_qda.report.drawing import Drawing

TABLES = (".csv", ".xlsx", ".ods", ".sav", ".dta", ".md", ".tex")
PICTURES = (".svg", ".png", ".pdf")
DOCUMENTS = (".docx",)  # of a framework matrix
_ONE_TABLE = (".csv", ".sav", ".dta")
_WITHOUT_ROOM = (".csv", ".dta", *PICTURES)


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that is needed to write an answer, read from the project in one go: `answer` with all its numbers, to be written to
    `path` without those from 1 to below `suppress`. The rest as `write_answer` takes it.
    """

    answer: Answer
    path: Path
    suppress: int = 0
    tidy: Part | None = None
    part: str = ""
    figure: str = ""
    width: float | None = None
    dpi: int | None = None
    people: Part | None = None


def write(export: Export, job: Job | None = None) -> Answer:
    """Hide what is to be hidden, and write. Needs no project. Gives the answer as it was written. Raises what `write_answer` does."""
    job = job or Job()
    job.step(0, 1, export.path.name)
    written = hide(export.answer, export.suppress)
    write_answer(
        written, export.path, tidy=export.tidy, part=export.part, figure=export.figure, width=export.width, dpi=export.dpi,
        people=export.people, job=job,
    )  # fmt: skip
    return written


def write_answer(
    answer: Answer, path: Path, *, tidy: Part | None = None, part: str = "", figure: str = "", width: float | None = None,
    dpi: int | None = None, people: Part | None = None, job: Job | None = None,
) -> None:  # fmt: skip
    """Write `answer` by the ending of `path`, whole or not at all.

    Workbooks (.xlsx, .ods), .md and .tex hold every part, or only the one called `part`; .csv, .sav and .dta one table: that part, or the first.
    `tidy` is the long form: a further sheet, or instead of the table; `people` are those it is out of: a further sheet again, or a file
    beside it, `NAME.participants.csv`. A picture shows `figure` of the part, by default its first;
    `width` is in inches, `dpi` a .png's. Raises BadInput for an ending, part or figure that there is not, CannotWrite, and Cancelled: then
    nothing was written.
    """
    path, job = Path(path), job or Job()
    check(answer, path, part)
    shown, ending = _only(answer, part), path.suffix.casefold()
    data = (
        _picture(shown, ending, figure, width, dpi) if ending in PICTURES else _table(shown, ending, tidy, people, job)
    )
    beside = path.with_name(f"{path.stem}.about.txt")
    more = _one(shown, ending, people) if people is not None and ending in _ONE_TABLE else None
    first = (tidy or shown.parts[0]) if ending in (*_ONE_TABLE, *PICTURES) else None
    job.step(1, 1, path.name)  # the last moment to stop
    _put(path, data)
    if more is not None:
        _put(participants_beside(path), more)
    if ending in _WITHOUT_ROOM:
        _put(beside, tabled.about(shown, first).encode("utf-8", "replace"))


def participants_beside(path: Path) -> Path:
    """The file of the participants that lies beside the long form in a file that holds one table."""
    return path.with_name(f"{path.stem}.participants{path.suffix}")


def clipboard(part: Part, made: Made | None = None) -> tuple[str, str]:
    """`part` as text between tabs, and as an HTML table with caption, heads and denominators: what "Copy as table" puts there. Both say
    under the table where it comes from, with `made`.
    """
    return markup.clipboard(part, tabled.provenance(made) if made is not None else ())


def endings(answer: Answer) -> tuple[str, ...]:
    """The endings that an answer can be written with."""
    pictures = PICTURES if any(part.figures for part in answer.parts) else ()
    return (*TABLES, *pictures, *(DOCUMENTS if answer.asked.kind == "framework" else ()))


def check(answer: Answer, path: Path, part: str = "") -> None:
    """Raise BadInput unless the answer has that part and can be written with that ending, CannotWrite without a folder to put it in."""
    if part and part not in [each.key for each in answer.parts]:
        raise BadInput(
            _("This answer has no part “{part}”.").format(part=part),
            _("It has: {parts}.").format(parts=", ".join(each.key for each in answer.parts)),
        )
    known = endings(answer)
    if path.suffix.casefold() not in known:
        raise BadInput(
            _("This answer cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
            _("Give a name that ends in {endings}.").format(endings=", ".join(known)),
        )
    if not path.parent.is_dir():
        raise CannotWrite(
            _("There is no folder “{folder}”.").format(folder=path.parent), _("Make it first, or choose another.")
        )


def _only(answer: Answer, part: str) -> Answer:
    return replace(answer, parts=(answer.part(part),)) if part else answer


def _table(answer: Answer, ending: str, tidy: Part | None, people: Part | None, job: Job) -> bytes:
    long = tuple(part for part in (tidy, people) if part is not None)
    if ending in DOCUMENTS:
        from cohesion_qda.report import framework_docx

        return framework_docx.render(answer)
    if ending in (".xlsx", ".ods"):
        book = tabled.book(answer, *long)
        return xlsx.written(book, job) if ending == ".xlsx" else ods.written(book, job)
    if ending in (".md", ".tex"):
        shown = replace(answer, parts=(*answer.parts, *long))
        told = markup.markdown(shown, job) if ending == ".md" else markup.latex(shown, job)
        return told.encode("utf-8", "replace")
    return _one(answer, ending, tidy)


def _one(answer: Answer, ending: str, long: Part | None) -> bytes:
    """A file that holds one table: of the long form, or the answer's first."""
    part = long or answer.parts[0]
    if ending == ".csv":
        sheet = tabled.sheet(part, tabled.Notes())
        return grids.csv_bytes(_with_blanks(sheet) if long is not None else sheet)
    notes = [f"{what}: {told}" for what, told in tabled.provenance(answer.made)]
    return labelled.written(tabled.variables(part), ending, f"{answer.made.study}: {part.title}", [*notes, *part.notes])


def _with_blanks(sheet: grids.Sheet) -> grids.Sheet:
    """The long form as statistics programs take it: what is not known is an empty cell."""
    blank = (tabled.NOT_APPLICABLE, tabled.NOT_AVAILABLE)
    rows = tuple(tuple("" if cell in blank else cell for cell in row) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _picture(answer: Answer, ending: str, figure: str, width: float | None, dpi: int | None) -> bytes:
    from cohesion_qda.report.drawing import DPI
    from cohesion_qda.report.figuring import WIDE, NothingToDraw
    from cohesion_qda.report.figuring import figure as drawn

    part = next((p for p in answer.parts if (figure in p.figures if figure else p.figures)), None)
    if part is None:
        known = dict.fromkeys(name for each in answer.parts for name in each.figures)
        raise BadInput(
            _("This answer has no figure “{figure}”.").format(figure=figure),
            _("It has: {names}.").format(names=", ".join(known)),
        )
    try:
        drawing = drawn(part, figure or part.figures[0], answer, width=width or WIDE)
    except NothingToDraw as error:
        raise CannotWrite(
            _("There is no number to draw in this figure."),
            _("Ask for something that was coded, or hide fewer numbers."),
        ) from error
    if ending == ".svg":
        return drawing.svg().encode("utf-8")
    return drawing.png(dpi=dpi or DPI) if ending == ".png" else drawing.pdf()


def check_picture(path: Path) -> None:
    """Raises BadInput where a picture cannot be written to a file of that name."""
    if path.suffix.casefold() not in PICTURES:
        raise BadInput(
            _("A picture cannot be written as “{ending}”.").format(ending=path.suffix or path.name),
            _("Give a name that ends in .svg, .png or .pdf."),
        )


def write_drawing(drawing: Drawing, path: Path, dpi: int = 0) -> None:
    """Write a drawing by the name's ending, whole or not at all; `dpi` are a PNG's dots to the inch. Raises BadInput, CannotWrite."""
    from cohesion_qda.report.drawing import DPI

    check_picture(path)
    ending = path.suffix.casefold()
    if ending == ".svg":
        _put(path, drawing.svg().encode("utf-8"))
    else:
        _put(path, drawing.png(dpi=dpi or DPI) if ending == ".png" else drawing.pdf())


def _put(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.writing-{os.getpid()}")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            unfinished.write_bytes(data)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise CannotWrite(
            _("The file “{path}” could not be written.").format(path=path),
            _("The disk is full. Make room, or choose a folder on another disk.") if is_full
            else _("Close it where it is open, or choose a folder you may write to."),
        ) from error  # fmt: skip
