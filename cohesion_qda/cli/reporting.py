"""The findings report from the command line: writing it, and listing what it is made of."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.answering import SUPPRESS, suppressed
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note, reporting_job
from cohesion_qda.model.reporting import ATTRIBUTIONS
from cohesion_qda.project import Project


def add_report(made: ArgumentParser) -> None:
    """The options of `report`."""
    made.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=_("the folder to write it to"))
    made.add_argument("--template", metavar="NAME", help=_("lay it out as this template, this time"))
    made.add_argument(
        "--suppress",
        type=suppressed,
        metavar=SUPPRESS,
        help=_("hide numbers of people from 1 to below this (as the report was set: 5)"),
    )
    made.add_argument(
        "--attribution", choices=ATTRIBUTIONS, metavar="|".join(ATTRIBUTIONS), help=_("who quotations are said to be by, this time")
    )  # fmt: skip
    made.add_argument("--parts", action="store_true", help=_("list its parts and the templates, and write nothing"))


def report(options: Namespace) -> int:
    """The findings report in a folder, or what it is made of."""
    with reading(options.project) as project:
        if options.parts:
            _list_parts(project, options)
            return 0
        if options.output is None:
            raise BadInput(
                _("Where is the report to be written?"), _("Give a folder with -o; --parts lists what is in it.")
            )
        wish = options.suppress or project.reports.settings()["small numbers"]
        threshold = 0 if wish == "off" else int(wish)
        written = project.reports.write(
            options.output, reporting_job(), warn=note, suppress=threshold,
            template=options.template, attribution=options.attribution,
        )  # fmt: skip
    if options.json:
        emit({"report": str(written.resolve()), "small_numbers_hidden_below": threshold})
    else:
        line(_("Report: {path}").format(path=written.resolve()))
    if threshold:
        note(
            _("Numbers from 1 to {most} are hidden in it, and what would give them away; --suppress off shows them.").format(
                most=threshold - 1
            )
        )  # fmt: skip
    return 0


def _list_parts(project: Project, options: Namespace) -> None:
    """The parts in order, and the templates there are; as JSON with the author's words."""
    outline, names = project.reports.outline(options.template), project.reports.names()
    templates, strays = project.reports.templates(), project.reports.strays()
    if options.json:
        emit({
            "parts": [{"key": p.key, "name": names[p.key], "is_shown": p.is_shown, "words": p.words} for p in outline],
            "templates": [{"key": t.key, "name": t.name, "about": t.about, "parts": list(t.parts)} for t in templates],
            "words_without_place": [{"key": s.key, "name": s.name, "words": s.words} for s in strays],
        })  # fmt: skip
        return
    width = max(len(part.key) for part in outline)
    for part in outline:
        line(f"{'+' if part.is_shown else '-'} {part.key:<{width}}  {names[part.key]}")
    line()
    for template in templates:
        line(_("--template {key}: {name}. {about}").format(key=template.key, name=template.name, about=template.about))
    note(_("+ is written, - is left out."))
    for stray in strays:
        note(stray.said)
