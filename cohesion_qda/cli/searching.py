"""The commands about words that were said: search, and code what was found."""

from __future__ import annotations

from argparse import Namespace
from itertools import islice
from typing import Any

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.finding import Hit, Preview, Scope, Tally
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project


def search(options: Namespace) -> int:
    """What was said is listed in its line, and counted."""
    with reading(options.project) as project:
        scope = _scope(project, options)
        hits = list(islice(project.search.places(options.query, scope, all_forms=options.forms), options.limit))
        tally = project.search.tally(options.query, scope, all_forms=options.forms)
    if options.json:
        emit({"query": options.query, "count": _counts(tally), "hits": [_document(hit) for hit in hits]})
        return 0
    for hit in hits:
        line(f"{_tail(hit.before)}[{hit.hit}]{hit.after[:60]}".replace("\n", " "))
        line(_who(hit))
    line(_said(tally))
    if tally.hits > len(hits):
        note(_("The first {n} are listed; --limit lists more.").format(n=len(hits)))
    return 0


def autocode(options: Namespace) -> int:
    """What holds the words is coded, in one act; with --dry-run it is only listed."""
    with Project.open(options.project, options.coder) as project:
        code = project.codebook.tree().get(options.code)
        scope = _scope(project, options)
        found = project.autocode.preview(options.query, options.kind, options.extent, scope, code.id)
        new = [one for one in found.proposed if not one.already]
        if options.dry_run:
            for one in new:
                line(f"“{one.words}”")
                line(_who(one.hit))
            line(_would(found, len(new)))
        elif new:
            places = [(one.hit.source, one.span) for one in new]
            line(project.autocode.apply(places, code.id, query=options.query).said + ".")
        else:
            line(_("Everything that holds it is coded so already.") if found.proposed else _("It was not said."))
        if found.cut:
            note(_("There is more than could be taken at once. Run the command again."))
    return 0


def _scope(project: Project, options: Namespace) -> Scope:
    """Where to look. Raises NotFound for a speaker, attribute, value or code that is not there."""
    cases = frozenset[Any]()
    if options.speaker:
        people = project.cases.list("participant")
        cases = frozenset(p.id for p in people if comparable(p.name) == comparable(options.speaker))
        if not cases:
            raise NotFound(_("speaker"), options.speaker, sorted({p.name for p in people}))
    code = project.codebook.tree().get(options.within).id if options.within else None
    attribute = _attribute(project, options.attribute) if options.attribute else None
    return Scope(cases=cases, only_participants=options.participants, attribute=attribute, code=code)


def _attribute(project: Project, wanted: str) -> tuple[str, str, str]:
    name, _equals, value = wanted.partition("=")
    known = project.search.choices().attributes
    for about, other, values in known:
        for held in values:
            if comparable(other) == comparable(name) and comparable(held) == comparable(value):
                return about, other, held
    shown = [f"{other}={held}" for about in ABOUT for kind, other, values in known if kind == about for held in values]
    raise NotFound(_("attribute with that value"), wanted, shown)


def _tail(before: str) -> str:
    return before[-60:]


def _who(hit: Hit) -> str:
    return _("    {speaker}, {source}, turn {turn} [{start}:{end}]").format(
        speaker=hit.speaker or "–", source=hit.source_name, turn=hit.turn or "–", start=hit.span.start, end=hit.span.end
    )


def _said(tally: Tally) -> str:
    return _("{hits}; {people} of {all_people} people, {groups} of {all_groups} groups").format(
        hits=ngettext("{n} place", "{n} places", tally.hits).format(n=tally.hits), people=len(tally.people),
        all_people=tally.all_people, groups=len(tally.grouped), all_groups=tally.all_groups,
    )  # fmt: skip


def _would(found: Preview, new: int) -> str:
    n = len(found.proposed) - new
    would = ngettext("Would code {n} passage", "Would code {n} passages", new).format(n=new)
    return ngettext("{would}; {n} is coded so already.", "{would}; {n} are coded so already.", n).format(
        would=would, n=n
    )


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "hits": tally.hits, "lines": tally.lines, "participants": len(tally.people), "groups": len(tally.grouped),
        "sources": len(tally.sources),
        "of": {"participants": tally.all_people, "groups": tally.all_groups, "sources": tally.all_sources},
    }  # fmt: skip


def _document(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.source_name, "start": hit.span.start, "end": hit.span.end, "before": hit.before, "hit": hit.hit,
        "after": hit.after, "speaker": hit.speaker, "role": hit.role, "turn": hit.turn,
    }  # fmt: skip
