"""From the parts of a file to a source: the speech as canonical text, and who says which part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.talk import alike, inline
from cohesion_qda.formats.talk.asked import ASKED
from cohesion_qda.formats.talk.assembly import Assembled, assemble
from cohesion_qda.formats.talk.conventions import PATTERN, TABLE, Convention, labels_of, recognise
from cohesion_qda.formats.talk.cues import paragraphs
from cohesion_qda.formats.talk.doubts import left_in_speech, unrecognised
from cohesion_qda.formats.talk.heads import BRACKET, COLON, Line
from cohesion_qda.formats.talk.lines import lines_of, without_numbers
from cohesion_qda.formats.talk.roles import Talk, doubts, kind_of, propose
from cohesion_qda.formats.talk.sections import headings
from cohesion_qda.formats.talk.unlabelled import with_answers, with_questions
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft

_FEW_ROWS = 3  # where other lines with labels are so many times more, a table is beside the talk


def segment(document: RawDocument, name: str, how: HowToRead = AS_FOUND) -> SourceDraft:
    """The source draft of a document, read as `how` says: labels and time stamps are taken out of the text and kept on
    the turns; headings give sections.

    Raises BadInput when `how` names a convention that is none, or has a pattern without NAME.
    """
    lines, convention = _recognised(document, how)
    if not convention.heads:
        lines = paragraphs(lines)
    titles = headings(lines, convention)
    convention, of_questions = with_questions(lines, convention, titles, how.speech)
    if not of_questions:
        convention, of_questions = with_answers(lines, convention, titles, how.speech)
    done = assemble(lines, convention, titles)
    text = "\n".join(done.lines)
    read = SourceDraft(
        name, "document", text, encoding=document.encoding, convention=convention.in_words(), form=convention.form,
        forms=convention.forms, encoding_is_sure=document.encoding_is_sure, encodings=document.encodings,
        sections=tuple(done.sections), how=how, warnings=document.warnings,
    )  # fmt: skip
    if not convention.heads:
        doubtful, warnings = unrecognised(lines) if not how.convention else ((), ())
        return replace(read, warnings=(*document.warnings, *warnings), doubtful=doubtful)
    shown = labels_of(convention.heads.values())
    talk = [Talk(turn.label, "?" in said, len(said.split())) for turn in done.turns for said in (turn.span.of(text),)]
    roles = propose(talk, [line.text for line in lines[: min(convention.heads)]])
    warnings = (*document.warnings, *_of_turns(done), *of_questions, *_of_names(convention), *doubts(roles, talk))
    pairs = (
        *alike.read_as_one(convention.heads, shown),
        *alike.proposals([turn.label for turn in done.turns], how.apart),
    )
    return replace(
        read, kind=kind_of(roles), turns=tuple(done.turns), roles=roles, warnings=warnings, alike=pairs,
        doubtful=left_in_speech(lines, convention, titles, how.speech),
    )  # fmt: skip


def _recognised(document: RawDocument, how: HowToRead) -> tuple[list[Line], Convention]:
    """The lines of a document, cut where labels stand inside them, and its convention."""
    by_pattern = how.convention == PATTERN and "TIME" in how.pattern
    lines = lines_of(document, tables=how.convention in ("", TABLE), stamps=not by_pattern)
    convention = recognise(lines, how)
    rows = sum(1 for line in lines if line.label) if convention.is_by_row and not how.convention else 0
    if rows and len(lines) > (_FEW_ROWS + 1) * rows:
        plain = lines_of(document, tables=False)
        without = recognise(plain, how)
        if len(without.heads) >= _FEW_ROWS * rows:
            lines, convention = plain, without
    bare = without_numbers(lines) if not how.convention else lines
    if bare is not lines:
        without = recognise(bare, how)
        if len(without.heads) > len(convention.heads):
            lines, convention = bare, without
    if how.convention not in ("", COLON, BRACKET):
        return lines, convention
    cut = inline.split(lines, convention, how.speech)
    if cut is lines:
        return lines, convention
    again = recognise(cut, how)
    if any(cut[number].is_piece for number in again.heads):
        return inline.glued(cut, again)
    return lines, convention


def _of_names(convention: Convention) -> Iterable[str]:
    if convention.form == ASKED:
        yield _("Nobody has a name in it: the questions were given to “{asking}”, the rest to “{answering}”.").format(
            asking=_("Moderator"), answering=_("Participant")
        )


def _of_turns(done: Assembled) -> Iterable[str]:
    if done.wordless:
        yield ngettext(
            "{n} label has no words after it and was left out.",
            "{n} labels have no words after them and were left out.",
            done.wordless,
        ).format(n=done.wordless)
    if done.nobodys:
        yield ngettext(
            "{n} paragraph after a heading has no speaker's name and counts as nobody's speech.",
            "{n} paragraphs after headings have no speaker's name and count as nobody's speech.",
            done.nobodys,
        ).format(n=done.nobodys)
