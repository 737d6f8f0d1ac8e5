"""Which of the possible labels are speakers: decided over the whole file, and what a person has said about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.acceptance import accepted, plausible
from cohesion_qda.formats.talk.asked import ASKED, Asked, asked
from cohesion_qda.formats.talk.heads import (
    ALONE,
    BOLD,
    BRACKET,
    COLON,
    DASH,
    PAREN,
    PLAIN,
    STAMPED,
    STOP,
    TAB,
    WAYS,
    Head,
    Line,
    heads,
    with_brackets_settled,
)
from cohesion_qda.formats.talk.known import add_known, add_other_forms, leave_out_preamble
from cohesion_qda.formats.talk.labels import INITIALS, SURE, apart, is_description, key_of, shape_of
from cohesion_qda.formats.talk.patterns import named, of_pattern
from cohesion_qda.model.source import AS_FOUND, HowToRead

TABLE, NOBODY, PATTERN = "table", "none", "pattern"


@dataclass(frozen=True, slots=True)
class Convention:
    """What was recognised: the speakers' heads by line number, the way of writing most of them, every line that was
    looked at and left alone on purpose, and the conventions that may be chosen instead.
    """

    heads: dict[int, Head]
    form: str = NOBODY
    passed: frozenset[int] = frozenset()
    forms: tuple[str, ...] = (NOBODY, PATTERN)
    is_by_row: bool = False

    def in_words(self) -> str:
        """The convention in a few words, for a person."""
        timed = sum(1 for head in self.heads.values() if head.at is not None) * 2 > len(self.heads)
        return _found_in_words(self.form, timed=timed, by_row=self.is_by_row)


def in_words(form: str) -> str:
    """The name of a convention for a menu; those of sheets too. Raises BadInput for a name that is none."""
    words = {
        COLON: _("Name and colon (Anna: …)"),
        BOLD: _("Name in bold"),
        BRACKET: _("Name in square brackets ([Anna] …)"),
        STAMPED: _("Name and time on a line of their own"),
        ALONE: _("Name on a line of its own"),
        TAB: _("Name and tab"),
        DASH: _("Name and dash, arrow or bar (Anna – …, Anna >> …)"),
        PAREN: _("Name in other brackets ((Anna) …, <Anna> …)"),
        STOP: _("Initials and full stop (Q. …, A. …)"),
        PLAIN: _("Name in capitals or number, and nothing else (ANNA …, F1 …)"),
        ASKED: _("Questions in bold, or ending with “?”, without names"),
        TABLE: _("As the file says who speaks"),
        NOBODY: _("No speakers (a document)"),
        PATTERN: _("A pattern that you write"),
        "transcript": _("Transcript, one row for each turn"),
        "respondents": _("Survey, one source for each respondent"),
        "questions": _("Survey, one source for each question"),
    }
    if form not in words:
        raise BadInput(
            _("There is no convention “{name}”.").format(name=form),
            _("There are: {names}.").format(names=", ".join(words)),
        )
    return words[form]


def _found_in_words(form: str, *, timed: bool, by_row: bool) -> str:
    if form == NOBODY:
        return _("no speakers")
    if form == TABLE and not by_row:
        return _("the file says when and who speaks") if timed else _("the file says who speaks")
    plain, with_times = _in_words_by_form()[form]
    return with_times if timed else plain


def _in_words_by_form() -> dict[str, tuple[str, str]]:
    """For each form the words without and with times."""
    return {
        COLON: (
            _("each turn begins with the name and a colon"),
            _("each turn begins with the name, a colon and the time"),
        ),
        BRACKET: (
            _("each turn begins with the name in square brackets"),
            _("each turn begins with the name in square brackets and the time"),
        ),
        BOLD: (
            _("each turn begins with the name in bold"),
            _("each turn begins with the name in bold and the time"),
        ),
        STAMPED: (
            _("the name stands on its own line above each turn"),
            _("the name and the time stand on their own line above each turn"),
        ),
        ALONE: (
            _("the name stands on its own line above each turn"),
            _("the name stands on its own line above each turn, with times"),
        ),
        TAB: (
            _("each turn begins with the name and a tab"),
            _("each turn begins with the name, a tab and the time"),
        ),
        DASH: (
            _("each turn begins with the name and a dash"),
            _("each turn begins with the name, a dash and the time"),
        ),
        PAREN: (
            _("each turn begins with the name in round, pointed or curly brackets"),
            _("each turn begins with the name in round, pointed or curly brackets, with times"),
        ),
        STOP: (
            _("each turn begins with initials and a full stop"),
            _("each turn begins with initials and a full stop, with times"),
        ),
        PLAIN: (
            _("each turn begins with the name and nothing else"),
            _("each turn begins with the name and nothing else, with times"),
        ),
        ASKED: (
            _("questions and answers without names"),
            _("questions and answers without names, with times"),
        ),
        TABLE: (
            _("a table says who speaks, row by row"),
            _("a table says when and who speaks, row by row"),
        ),
        PATTERN: (
            _("each turn begins as the pattern says"),
            _("each turn begins as the pattern says, with the time"),
        ),
    }


def recognise(lines: list[Line], how: HowToRead = AS_FOUND) -> Convention:
    """The speakers of a document. Where the file itself says who speaks, that counts as it is.

    Raises BadInput for a convention that is none, and for a pattern without NAME.
    """
    if how.convention:
        in_words(how.convention)
    speech = {key_of(label) for label in how.speech}
    given = [head for head in _given(lines) if not _is_one(head, speech)]
    if how.convention == NOBODY:
        return Convention({}, forms=(TABLE, NOBODY) if given else _forms(heads(lines)))
    if given:
        return _as_given(given, lines, how, speech)
    found = heads(lines)
    forms = _forms(found)
    if how.convention == ASKED:
        return _of_asked(asked(lines), forms)
    if how.convention == PATTERN:
        found[PATTERN] = with_brackets_settled(of_pattern(how.pattern, lines))
    found = {form: [head for head in some if not _is_one(head, speech)] for form, some in found.items()}
    form, chosen, second = _chosen(found, lines, how.convention)
    add_other_forms(chosen, form, found, second)
    dropped = leave_out_preamble(chosen, lines)
    chosen.update({head.line: head for head in named(lines, how.speakers)})
    if not chosen:
        return _of_nobody(lines, forms, how, speech)
    add_known(chosen, lines, dropped)
    form = form or Counter(head.form for head in chosen.values()).most_common(1)[0][0]
    return Convention(_kept_apart(chosen, how), form, frozenset(dropped), forms)


def _of_nobody(lines: list[Line], forms: tuple[str, ...], how: HowToRead, speech: set[str]) -> Convention:
    """Where nobody has a name: those who ask and answer where that is sure, or a person says so."""
    found = asked(lines)
    if not found.heads or any(_is_one(head, speech) for head in found.heads):
        return Convention({}, forms=forms)
    forms = (*forms[:-2], ASKED, *forms[-2:]) if found.is_sure or found.by_bold else forms
    is_taken = found.is_sure and found.by_bold and not how.convention
    return _of_asked(found, forms) if is_taken else Convention({}, forms=forms)


def _of_asked(found: Asked, forms: tuple[str, ...]) -> Convention:
    forms = forms if ASKED in forms else (*forms[:-2], ASKED, *forms[-2:])
    return Convention({head.line: head for head in found.heads}, ASKED if found.heads else NOBODY, forms=forms)


def _given(lines: list[Line]) -> list[Head]:
    """The heads of captions and rows with a label of their own."""
    return with_brackets_settled([_of_label(number, line) for number, line in enumerate(lines) if line.label])


def _of_label(number: int, line: Line) -> Head:
    label, note = apart(line.label)
    return Head(
        number, TABLE, label, key_of(label), shape_of(label), line.text, line.at, note, described=is_description(note)
    )


def _as_given(given: list[Head], lines: list[Line], how: HowToRead, speech: set[str]) -> Convention:
    """The given heads, and those written at the start of lines that have none: known labels, and any in captions."""
    chosen = {head.line: head for head in given}
    known = {head.key for head in given}
    others = heads(lines)
    some = [head for form in (COLON, BRACKET) for head in others[form] if not _is_one(head, speech)]
    counts = Counter(head.key for head in some)
    for head in some:
        is_like = head.shape in SURE or (head.shape <= INITIALS and counts[head.key] > 1)
        if head.key in known or (is_like and lines[head.line].is_cue):
            chosen[head.line] = head
    chosen.update({head.line: head for head in named(lines, how.speakers)})
    by_row = any(not lines[head.line].is_cue for head in given)
    return Convention(_kept_apart(chosen, how), TABLE, forms=(TABLE, NOBODY), is_by_row=by_row)


def _forms(found: dict[str, list[Head]]) -> tuple[str, ...]:
    return (*(way for way in WAYS if len(plausible(way, found[way])) > 1), NOBODY, PATTERN)


def _chosen(
    found: dict[str, list[Head]], lines: list[Line], said: str
) -> tuple[str, dict[int, Head], dict[str, list[Head]]]:
    """The form that is this file's (empty when none is), or that a person has `said`; its heads by line; the accepted
    heads of every form.
    """
    by_form = {way: accepted(way, found[way], lines) for way in WAYS}
    form = max(WAYS, key=lambda way: (len(by_form[way]), -WAYS.index(way)))
    if said in found and (said != form or not by_form[form]):
        some = by_form.get(said) or plausible(said, found[said])
        return said, {head.line: head for head in some}, {}
    if not by_form[form]:
        return "", {}, {}
    return form, {head.line: head for head in by_form[form]}, by_form


def _is_one(head: Head, keys: set[str]) -> bool:
    return bool(keys) and not keys.isdisjoint((head.key, key_of(head.label), key_of(head.writing())))


def _kept_apart(chosen: dict[int, Head], how: HowToRead) -> dict[int, Head]:
    """The heads, with those whose writing a person wants kept apart as labels of their own."""
    if not how.apart:
        return chosen
    return {
        number: replace(head, label=head.writing(), key=head.writing(), note="", written="")
        if head.writing() in how.apart
        else head
        for number, head in chosen.items()
    }


def labels_of(some: Iterable[Head]) -> dict[str, str]:
    """For each key the writing that is used most, the earliest of equals."""
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    for head in some:
        writings[head.key][head.label] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in writings.items()}
