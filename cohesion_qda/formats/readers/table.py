"""Sheets (.csv, .xlsx, .ods): transcripts with a column for the speaker and one for the talk, and answers to surveys."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.columns import (
    PERSON,
    SOURCE,
    Speech,
    Survey,
    seconds_in,
    speech_columns,
    spoken_rows,
    survey_columns,
)
from cohesion_qda.formats.decoding import Decoded
from cohesion_qda.formats.grid import Grid, grids_from
from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument
from cohesion_qda.formats.surveys import QUESTIONS, RESPONDENTS, by_question, by_respondent, remarks
from cohesion_qda.formats.talk.asked import ASKED
from cohesion_qda.formats.talk.heads import ALONE
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft
from cohesion_qda.model.text import canonical, comparable

TRANSCRIPT = "transcript"
FORMS = (TRANSCRIPT, RESPONDENTS, QUESTIONS)
_LABELLED = 0.3  # of the rows of a sheet with one column
_LINE_ENDS = re.compile(r"\s*\n\s*")
_CODINGS = ("source", "code", "quote")


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> tuple[SourceDraft, ...]:
    """The transcript in the sheet (several, where a column says which source a row is of), or the answers of a survey:
    a draft for each respondent or question. `how.convention` chooses one of `FORMS`.

    Of several worksheets the first that fits is read. Warnings about the file are on the first draft. Raises
    CannotReadSource; LeftOut for a sheet of attributes, codings or codes.
    """
    grids, decoded = grids_from(path, data, how.encoding)
    grids = [_below_second_header(grid) for grid in grids]
    name = " ".join(canonical(path.stem).split()) or _("Untitled")
    form = how.convention if how.convention in FORMS else ""
    drafts: tuple[SourceDraft, ...] = ()
    for grid in grids:
        drafts = _read(grid, name, how, form)
        if drafts:
            break
    if not drafts:
        raise _fits_nothing(path, grids, form)
    others = ", ".join(f"“{other.name}”" for other in grids if other is not grid)
    warnings = [_("Other worksheets were not read: {names}.").format(names=others)] if others else []
    return _finished(drafts, decoded, warnings, how)


def _read(grid: Grid, name: str, how: HowToRead, form: str) -> tuple[SourceDraft, ...]:
    """The drafts of a worksheet; none when it is neither a transcript nor a survey, or not what `form` says."""
    if not grid.rows or (not form and _is_codings_or_codebook(grid)):
        return ()
    if form in ("", TRANSCRIPT) and (talk := _in_one_column(grid, name, how)):
        return talk
    speech = speech_columns(grid, is_asked=form == TRANSCRIPT) if form in ("", TRANSCRIPT) else None
    if speech is not None:
        return _transcripts(grid, speech, name, how)
    survey = survey_columns(grid, is_asked=bool(form)) if form != TRANSCRIPT else None
    if survey is None or (not form and _is_of_attributes(grid, survey)):
        return ()
    return _survey(grid, survey, name, form or RESPONDENTS)


def _transcripts(grid: Grid, columns: Speech, name: str, how: HowToRead) -> tuple[SourceDraft, ...]:
    rows = spoken_rows(grid, columns)
    stamps: list[float | None] = [None] * len(rows)
    if columns.time is not None:
        stamps = seconds_in([row[columns.time] for row in rows], grid.header[columns.time])
    cues: dict[str, list[Cue]] = {}
    source = label = ""
    for row, at in zip(rows, stamps, strict=True):
        named = row[columns.source] if columns.source is not None else ""
        if named and named != source:
            source, label = named, ""
        label = row[columns.speaker].rstrip(" :") or label
        if row[columns.text]:
            cues.setdefault(source, []).append(Cue(_LINE_ENDS.sub(" ", row[columns.text]), label, at))
    left_out = ", ".join(f"“{title}”" for title in columns.others(grid))
    warnings = (
        (_("Columns that are no part of the talk were left out: {names}.").format(names=left_out),) if left_out else ()
    )
    as_given = replace(how, convention="", pattern="")
    read = (segment(RawDocument(tuple(talk)), " ".join(of.split()) or name, as_given) for of, talk in cues.items())
    drafts = tuple(replace(draft, form=TRANSCRIPT, shares_file=columns.source is not None) for draft in read)
    return _with_warnings(drafts, warnings)


def _in_one_column(grid: Grid, name: str, how: HowToRead) -> tuple[SourceDraft, ...]:
    """The transcript in a sheet with nothing but one column, of `Name: text`; its first row is no header. Unless a
    person says that it is one, a fair part of the rows must begin a turn.
    """
    rows = [row for _number, row in (*grid.above, *grid.rows)]
    rows.insert(len(grid.above), grid.header)
    places = {place for row in rows for place, cell in enumerate(row) if cell}
    if len(places) != 1:
        return ()
    (place,) = places
    said = "" if how.convention in FORMS else how.convention
    parts = tuple(Paragraph(line) for row in rows for line in row[place].split("\n") if line.strip())
    draft = segment(RawDocument(parts), name, replace(how, convention=said))
    fewest = 1 if how.convention else _LABELLED * len(parts)
    if len(draft.turns) < max(1, fewest) or (not how.convention and draft.form in (ALONE, ASKED)):
        return ()
    return (replace(draft, form=TRANSCRIPT),)


def _survey(grid: Grid, survey: Survey, name: str, form: str) -> tuple[SourceDraft, ...]:
    if form == RESPONDENTS:
        drafts, words = by_respondent(grid, survey, name), _("answers to a survey, a source for each respondent")
    else:
        drafts, words = by_question(grid, survey), _("answers to a survey, a source for each question")
    drafts = tuple(replace(draft, form=form, convention=words) for draft in drafts)
    return _with_warnings(drafts, tuple(remarks(grid, survey, form)))


def _with_warnings(drafts: tuple[SourceDraft, ...], warnings: tuple[str, ...]) -> tuple[SourceDraft, ...]:
    if not drafts or not warnings:
        return drafts
    return (replace(drafts[0], warnings=(*warnings, *drafts[0].warnings)), *drafts[1:])


def _finished(
    drafts: tuple[SourceDraft, ...], decoded: Decoded, warnings: list[str], how: HowToRead
) -> tuple[SourceDraft, ...]:
    read = tuple(
        replace(
            draft,
            forms=FORMS,
            how=how,
            encoding=decoded.encoding,
            encoding_is_sure=decoded.is_sure,
            encodings=decoded.choices,
        )
        for draft in drafts
    )
    return _with_warnings(read, (*decoded.warnings, *warnings))


def _below_second_header(grid: Grid) -> Grid:
    """Without the second and third header row that Qualtrics and SurveyMonkey write; the questions become the titles."""
    tops = [row for _number, row in grid.rows[:2]]
    if len(tops) == 2 and any(cell.startswith('{"ImportId"') for cell in tops[1]):
        return replace(grid, header=tuple(" ".join(title.split()) for title in tops[0]), rows=grid.rows[2:])
    if tops and any(cell.casefold() == "open-ended response" for cell in tops[0]):
        header = tuple(title or " ".join(below.split()) for title, below in zip(grid.header, tops[0], strict=True))
        return replace(grid, header=header, rows=grid.rows[1:])
    return grid


def _is_codings_or_codebook(grid: Grid) -> bool:
    is_codings = all(grid.column(title) is not None for title in _CODINGS)
    return is_codings or (grid.column("definition") is not None and grid.column("code", "name", "path") is not None)


def _is_of_attributes(grid: Grid, survey: Survey | None) -> bool:
    """Whether a sheet says what is known about sources, each in a row of its own, or people in rows beside them; or
    about people alone, each in a row.
    """
    source, person = grid.column(*SOURCE), grid.column(*PERSON)
    about = person if source is None else source
    if about is None or (source is None and survey is not None):
        return False
    names = [comparable(row[about]) for _number, row in grid.rows if row[about]]
    is_key = len(set(names)) == len(names)
    if source is None:
        return is_key and len([title for title in grid.header if title]) > 1
    return survey is None or (source not in survey.questions and (person is not None or is_key))


def _fits_nothing(path: Path, grids: list[Grid], form: str) -> CannotReadSource:
    if form == TRANSCRIPT:
        return CannotReadSource(
            path,
            _("{name} has no column that says who speaks.").format(name=path.name),
            _("Give the column with the speakers the title “speaker”, and the one with the talk the title “text”."),
        )
    if any(map(_is_codings_or_codebook, grids)):
        return LeftOut(
            path,
            _("{name} is a table of codes or codings, not a transcript.").format(name=path.name),
            _("Give it as a codebook, or as codings."),
        )
    if not form and any(_is_of_attributes(grid, survey_columns(grid)) for grid in grids):
        return LeftOut(
            path,
            _("{name} is a sheet of attributes, not a transcript.").format(name=path.name),
            _("Give it as the sheet of attributes that goes with the transcripts."),
        )
    return CannotReadSource(
        path,
        _("{name} is neither a transcript nor answers to a survey.").format(name=path.name),
        _("A transcript needs a column “speaker” and a column “text”; a survey needs a column for each question."),
    )
