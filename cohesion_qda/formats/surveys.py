"""Answers to open questions as sources: one for each respondent, or one for each question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.columns import Survey, is_answer, titles
from cohesion_qda.formats.grid import Grid
from cohesion_qda.model.source import SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span

RESPONDENTS, QUESTIONS = "respondents", "questions"
_LONGEST_NAME = 80
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class _Answers:
    """The text of a source while it grows: questions as headings outside the turns, an answer a turn."""

    lines: list[str] = field(default_factory=list)
    turns: list[TurnDraft] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)
    at: int = 0

    def ask(self, question: str) -> None:
        self.sections.append(SectionDraft(self.at, question))
        self._add(question)

    def answer(self, label: str, text: str) -> None:
        text = _BLANK_LINES.sub("\n", text)
        self.turns.append(TurnDraft(Span(self.at, self.at + len(text)), label))
        self._add(text)

    def _add(self, text: str) -> None:
        self.lines.append(text)
        self.at += len(text) + 1

    def draft(self, name: str, attributes: dict[str, str] | None = None) -> SourceDraft:
        roles = {turn.label: "participant" for turn in self.turns}
        return SourceDraft(
            name, "survey answer", "\n".join(self.lines), tuple(self.turns), roles, attributes or {},
            sections=tuple(self.sections), shares_file=True,
        )  # fmt: skip


def by_respondent(grid: Grid, survey: Survey, name: str) -> tuple[SourceDraft, ...]:
    """A draft for each respondent who answered: each answer a turn of theirs, under its question as a heading and
    section. What is known of them is attributes of the source. `name` is the survey's.
    """
    asked = titles(grid)
    before = f"{name}, " if _is_numbered(grid, survey) else ""
    drafts: list[SourceDraft] = []
    for label, row in _respondents(grid, survey):
        answers = _Answers()
        for place in survey.questions:
            if is_answer(row[place]):
                answers.ask(asked[place])
                answers.answer(label, row[place])
        if answers.turns:
            known = {asked[place]: " ".join(row[place].split()) for place in survey.attributes if row[place]}
            drafts.append(answers.draft(before + label, known))
    return tuple(drafts)


def by_question(grid: Grid, survey: Survey) -> tuple[SourceDraft, ...]:
    """A draft for each question that was answered: its answers, each a turn of the respondent's."""
    asked = titles(grid)
    drafts: list[SourceDraft] = []
    for place in survey.questions:
        answers = _Answers()
        answers.ask(asked[place])
        for label, row in _respondents(grid, survey):
            if is_answer(row[place]):
                answers.answer(label, row[place])
        if answers.turns:
            drafts.append(answers.draft(_shortened(asked[place])))
    return tuple(drafts)


def remarks(grid: Grid, survey: Survey, form: str) -> list[str]:
    """Sentences about what became of the columns and of rows without an answer."""
    asked = titles(grid)
    names = ", ".join(f"“{_shortened(asked[place])}”" for place in survey.attributes)
    found = []
    if names and form == RESPONDENTS:
        found.append(_("Columns with short values became attributes of the sources: {names}.").format(names=names))
    elif names:
        found.append(
            _("Columns with short values are not used where there is one source for each question: {names}.").format(
                names=names
            )
        )
    silent = sum(1 for _n, row in grid.rows if not any(is_answer(row[place]) for place in survey.questions))
    if silent:
        found.append(
            ngettext(
                "{n} row without an answer was left out.", "{n} rows without an answer were left out.", silent
            ).format(n=silent)
        )
    return found


def _respondents(grid: Grid, survey: Survey) -> Iterable[tuple[str, tuple[str, ...]]]:
    for count, (_number, row) in enumerate(grid.rows, start=1):
        named = "" if survey.respondent is None else " ".join(row[survey.respondent].split())
        if named and not named.isdecimal():
            yield named, row
        else:
            yield _("Respondent {n}").format(n=named or count), row


def _is_numbered(grid: Grid, survey: Survey) -> bool:
    """Whether respondents have a number at most, and no name that could tell a source from those of another survey."""
    return survey.respondent is None or all(row[survey.respondent].isdecimal() for _n, row in grid.rows)


def _shortened(question: str) -> str:
    if len(question) <= _LONGEST_NAME:
        return question
    return question[: _LONGEST_NAME - 1].rsplit(None, 1)[0] + "…"
