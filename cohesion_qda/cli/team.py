"""The commands about who makes the study, and what happens next: the team, the plan."""

from __future__ import annotations

import argparse
import datetime
from argparse import Namespace
from dataclasses import asdict
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, sources
from cohesion_qda.model.change import Change
from cohesion_qda.model.plan import DATE, STEP, PlanEntry
from cohesion_qda.model.team import Member, Team
from cohesion_qda.project import Project


def add_plan(parser: argparse.ArgumentParser) -> None:
    """The options of `plan`."""
    parser.add_argument("--date", nargs=2, metavar=("NAME", "WHEN"), help=_("add a key date: what it is, and the day (2020-01-30) or words for it"))  # fmt: skip
    parser.add_argument("--step", metavar="NAME", help=_("add a next step"))
    parser.add_argument("--by", default="", metavar="WHEN", help=_("with --date or --step: when its papers are due, or by when it is to be done"))  # fmt: skip
    parser.add_argument("--who", default="", metavar="NAME", help=_("with --date or --step: who does it"))
    parser.add_argument(
        "--note", default="", metavar="WORDS", help=_("with --date or --step: what is to be known of it")
    )
    parser.add_argument("--done", type=int, metavar="N", help=_("mark the entry N of the list as done today, or with --on on another day"))  # fmt: skip
    parser.add_argument("--on", default="", metavar="WHEN", help=_("with --done: when it was done"))
    parser.add_argument("--remove", type=int, metavar="N", help=_("take the entry N of the list out"))
    parser.add_argument("--coder", metavar="NAME", help=_("who does so"))


def plan(options: Namespace) -> int:
    """The plan is listed; with an option it is changed."""
    if options.date or options.step or options.done is not None or options.remove is not None:
        with Project.open(options.project, options.coder) as project:
            for change in _changed(project, options):
                line(change.said + ".")
        return 0
    with reading(options.project) as project:
        entries, title = project.plan.list(), project.title
    if options.json:
        emit({"project": title, "plan": [{"number": n, **_document(e)} for n, e in enumerate(entries, 1)]})
        return 0
    for n, entry in enumerate(entries, 1):
        line(f"{n}. {_entry(entry)}")
    if not entries:
        line(_("No plan yet. Begin one: cohesion-qda plan PROJECT --date NAME WHEN, or --step NAME"))
    return 0


def _changed(project: Project, options: Namespace) -> list[Change]:
    more = {"due": options.by, "who": options.who, "note": options.note}
    found = []
    if options.date:
        found.append(project.plan.add(DATE, options.date[0], at=options.date[1], **more))
    if options.step:
        found.append(project.plan.add(STEP, options.step, **more))
    if options.done is not None:
        day = options.on or datetime.date.today().isoformat()
        found.append(project.plan.done(_numbered(project, options.done).id, day))
    if options.remove is not None:
        found.append(project.plan.remove(_numbered(project, options.remove).id))
    return [change for change in found if not change.is_empty]


def _numbered(project: Project, n: int) -> PlanEntry:
    entries = project.plan.list()
    if not 1 <= n <= len(entries):
        raise BadInput(_("The plan has no entry {n}.").format(n=n), _("List it without --done and --remove to see the numbers."))  # fmt: skip
    return entries[n - 1]


def _document(entry: PlanEntry) -> dict[str, Any]:
    names = ("kind", "name", "at", "due", "who", "note")
    return {name: getattr(entry, name) for name in names}


def _entry(entry: PlanEntry) -> str:
    if entry.kind == DATE:
        told = [entry.at, _("papers due {day}").format(day=entry.due) if entry.due else ""]
    else:
        by = _("by {day}").format(day=entry.due) if entry.due else ""
        told = [_("done {day}").format(day=entry.at) if entry.at else by]
    more = ", ".join(words for words in (*told, entry.who, entry.note) if words)
    return _("{name}: {words}").format(name=entry.name, words=more) if more else entry.name


def add_team(parser: argparse.ArgumentParser) -> None:
    """The options of `team`."""
    parser.add_argument(
        "--trainer", metavar="NAME", help=_("name the coder with whom the others are compared; “” for nobody")
    )
    parser.add_argument("--training", action="append", metavar="SOURCE", help=_("a source that everybody codes to be trained; may be given again; “” for none"))  # fmt: skip
    parser.add_argument("--collected", action="append", nargs=2, default=[], metavar=("SOURCE", "NAME"), help=_("say who collected a source; may be given again"))  # fmt: skip
    parser.add_argument("--coder", metavar="NAME", help=_("who does so"))


def team(options: Namespace) -> int:
    """The team is listed; with an option it is changed first."""
    if options.trainer is not None or options.training or options.collected:
        with Project.open(options.project, options.coder) as project:
            for source, name in options.collected:
                _say(project.team.set_collected(source, name))
            if options.trainer is not None:
                _say(project.team.set_trainer(options.trainer))
            if options.training:
                chosen = [project.sources.get(name).id for name in options.training if name]
                _say(project.team.set_training(chosen))
        return 0
    with reading(options.project) as project:
        found, title = project.team.get(), project.title
    if options.json:
        emit({"project": title, **_team_document(found)})
        return 0
    for member in found.members:
        for n, words in enumerate(_member(found, member)):
            line(words if n == 0 else f"    {words}")
    if not found.members:
        line(_("Nobody has collected or coded anything yet."))
    elif not (found.trainer and found.training):
        line(_("No training set yet: name the trainer with --trainer, and its sources with --training."))
    return 0


def _say(change: Change) -> None:
    if not change.is_empty:
        line(change.said + ".")


def _member(found: Team, member: Member) -> list[str]:
    name = _("{name} (trainer)").format(name=member.name) if member.is_trainer else member.name
    codings = ngettext("{n} coding", "{n} codings", member.codings).format(n=member.codings)
    told = [
        name,
        _("collected {sources}").format(sources=sources(len(member.collected))),
        _("coded {sources}: {codings}").format(sources=sources(len(member.coded)), codings=codings),
    ]
    if found.training:
        told.append(
            _("training set: coded {n} of {total}").format(n=len(member.training), total=len(found.training))
        )  # fmt: skip
    if member.trained is not None:
        kappa = "–" if member.trained.kappa is None else f"{member.trained.kappa:.2f}"
        told.append(
            _("agreement with {trainer}: in {both} of {either}, kappa {kappa}").format(
                trainer=found.trainer, both=member.trained.both, either=member.trained.either, kappa=kappa
            )
        )
    return told


def _team_document(found: Team) -> dict[str, Any]:
    return {
        "trainer": found.trainer, "training": list(found.called(found.training)), "collected_by": found.by,
        "members": [
            {
                "name": member.name, "is_trainer": member.is_trainer, "collected": list(found.called(member.collected)),
                "coded": list(found.called(member.coded)), "codings": member.codings, "codes": member.codes,
                "training": list(found.called(member.training)),
                "agreement": None if member.trained is None else {
                    **asdict(member.trained), "sources": list(found.called(member.trained.sources)),
                },
            }
            for member in found.members
        ],
    }  # fmt: skip
