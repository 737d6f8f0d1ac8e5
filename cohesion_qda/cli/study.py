"""The commands about how the study was made: the moderator's guide, what answers its questions, who is one person."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import Any

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note
from cohesion_qda.model.section import Section, place_of
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project


def guide(options: Namespace) -> int:
    """The moderator's guide is shown, or set from a file."""
    if options.file:
        with Project.open(options.project, options.coder) as project:
            change = project.guide.set(project.guide.read(options.file))
            line(_("The guide is as it was.") if change.is_empty else change.said + ".")
            return 0
    with reading(options.project) as project:
        known = project.guide.questions()
        if options.json:
            emit({"project": project.title, "guide": [question.text for question in known]})
            return 0
    for question in known:
        line(f"{question.position + 1}. {question.text}")
    if not known:
        line(_("No guide yet. Give one: cohesion-qda guide PROJECT FILE"))
    return 0


def sections(options: Namespace) -> int:
    """Which stretch of each source answers which question; with --find they are looked for first."""
    if options.find or options.again:
        with Project.open(options.project, options.coder) as project:
            found = project.sections.find(again=options.again)
            note(_found(found.found))
            note(project.sections.in_words())
    with reading(options.project) as project:
        readings = [project.sources.reading(source.id) for source in project.sources.list()]
        if options.json:
            emit({"project": project.title, "sources": [_document(one) for one in readings]})
            return 0
    for one in readings:
        line(f"{one.source.name}:")
        for section in one.sections:
            line(f"    {_place(one, section)}: {section.title or _('(no question)')}")
        if not one.sections:
            line("    " + _("no question found"))
    return 0


def _found(n: int) -> str:
    if not n:
        return _("Nothing was found that was not there already.")
    return ngettext(
        "Found {n} place where a question is asked.", "Found {n} places where a question is asked.", n
    ).format(n=n)


def _place(one: Reading, section: Section) -> str:
    """With which turn, or line where nobody speaks, a section begins."""
    place = place_of(one.places, section.span.start)
    if place is None:
        return _("at the end")
    return (_("turn {n}") if one.turns else _("line {n}")).format(n=one.turns[place].number if one.turns else place + 1)


def _document(one: Reading) -> dict[str, Any]:
    spans = [turn.span for turn in one.turns]
    return {
        "name": one.source.name,
        "sections": [
            {
                "title": s.title, "is_of_guide": s.question is not None, "start": s.span.start, "end": s.span.end,
                "turn": 0 if (place := place_of(spans, s.span.start)) is None else one.turns[place].number,
            }
            for s in one.sections
        ],
    }  # fmt: skip


def join(options: Namespace) -> int:
    """Labels of several sources are said to be one person."""
    with Project.open(options.project, options.coder) as project:
        names = {source.id: source.name for source in project.sources.list()}
        files = Counter(source.file_name for source in project.sources.list())
        of_file = {s.id: s.file_name for s in project.sources.list() if s.file_name and files[s.file_name] == 1}
        speakers = [one for some in project.sources.speakers().values() for one in some]
        people = {f"{names[speaker.source]}: {speaker.label}": speaker.case for speaker in speakers}
        by_file = {f"{of_file[s.source]}: {s.label}": s.case for s in speakers if s.source in of_file}
        folded = {comparable(name): case for name, case in (by_file | people).items()}
        for wanted in options.people:
            if comparable(wanted) not in folded:
                raise NotFound(_("speaker"), wanted, people)
        keep, *others = [folded[comparable(wanted)] for wanted in options.people]
        line(project.cases.join(keep, others, prefer_kept=options.prefer_first).said + ".")
    return 0
