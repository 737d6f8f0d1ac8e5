"""What the start page says about projects that were opened lately."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.project import Project


class Recent(NamedTuple):
    """One recent project. `share` is how much of it the last coder has read, 0 to 1; None when it is not known.
    `trouble` says why it cannot be opened, or is empty.
    """

    path: Path
    title: str
    about: str = ""
    when: str = ""
    share: float | None = None
    trouble: str = ""


def glance(path: Path) -> Recent:
    """What can be said without opening the project."""
    try:
        changed = path.stat().st_mtime
    except OSError:
        return Recent(path, path.stem, trouble=_("Not there any more: moved, renamed or on another disk"))
    return Recent(path, path.stem, str(path.parent), when_words(changed, time.time()))


def look(paths: list[Path], job: Job) -> list[Recent]:
    """Read the counts of each project, without changing it. One that cannot be read says why."""
    found = []
    for number, path in enumerate(paths):
        job.step(number, len(paths), path.name)
        found.append(_look(glance(path)))
    return found


def _look(known: Recent) -> Recent:
    from cohesion_qda.project import Project

    if known.trouble:
        return known
    try:
        with Project.open(known.path, read_only=True) as project:
            progress = project.sources.progress()
            share = sum(progress.values()) / len(progress) if progress else 0.0
            return Recent(known.path, project.title, _counts(project), known.when, share)
    except UserError as error:
        return Recent(known.path, known.title, when=known.when, trouble=error.message)


def _counts(project: Project) -> str:
    """`12 groups, 80 people, 171 coded passages`."""
    groups = len(project.cases.list("group"))
    people = sum(1 for case in project.cases.list("participant") if case.role == "participant")
    listed = project.sources.list()
    coded = sum(len(project.codings.of_source(source.id)) for source in listed)
    words = [
        ngettext("{n} group", "{n} groups", groups).format(n=groups)
        if groups
        else ngettext("{n} source", "{n} sources", len(listed)).format(n=len(listed)),
        ngettext("{n} person", "{n} people", people).format(n=people),
        ngettext("{n} coded passage", "{n} coded passages", coded).format(n=coded) if coded else _("not coded yet"),
    ]
    return ", ".join(words)


def when_words(moment: float, now: float) -> str:
    """`Today, 10:42`, `2 March` or `2 March 2024`; both in seconds since 1970."""
    then, today, yesterday = time.localtime(moment), time.localtime(now), time.localtime(now - 86_400)
    if then[:3] == today[:3]:
        return _("Today, {time}").format(time=time.strftime("%H:%M", then))
    if then[:3] == yesterday[:3]:
        return _("Yesterday, {time}").format(time=time.strftime("%H:%M", then))
    words = f"{then.tm_mday} {_months()[then.tm_mon - 1]}"
    return words if then.tm_year == today.tm_year else f"{words} {then.tm_year}"


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
