"""The findings report from the command line: writing it, and listing what it is made of."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli import settling
from cohesion_qda.cli.answering import SUPPRESS, suppressed
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note, reporting_job
from cohesion_qda.model.change import Change
from cohesion_qda.model.reporting import ATTRIBUTIONS, CODE, place_key
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project
from cohesion_qda.project.reports import SETTINGS


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
    made.add_argument(
        "--check", action="store_true", help=_("list what in it may tell who somebody is, and write nothing")
    )
    several: dict[str, Any] = {"action": "append", "default": []}
    made.add_argument(
        "--set", metavar="NAME=VALUE", help=_("keep a setting: {names}").format(names=", ".join(SETTINGS[:-1])), **several
    )  # fmt: skip
    made.add_argument(
        "--words", metavar="PART=TEXT", help=_("keep your own words for a part, or for a code by its path"), **several
    )
    made.add_argument("--lay-out", metavar="NAME", help=_("lay it out as this template from now on"))
    made.add_argument("--order", metavar="PART,PART", help=_("put these parts first, in this order"))
    made.add_argument("--show", metavar="PART", help=_("put a part in"), **several)
    made.add_argument("--leave-out", metavar="PART", help=_("leave a part out"), **several)
    made.add_argument("--coder", metavar="NAME", help=_("who decides"))


def report(options: Namespace) -> int:
    """What its author decides is kept; then the findings report in a folder, or what it is made of."""
    is_decided = _decide(options)
    if is_decided and options.output is None and not options.parts and not options.check:
        return 0
    with reading(options.project) as project:
        if options.parts:
            _list_parts(project, options)
            return 0
        if options.check:
            return settling.list_details(project, options)
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


def _decide(options: Namespace) -> bool:
    """Keep what the author decides, each as an act of its own. Whether anything was asked for."""
    acts: list[Callable[[Project], Change]] = []
    if options.lay_out:
        acts.append(lambda project: project.reports.use_template(options.lay_out))
    if options.order:
        names = options.order.split(",")
        acts.append(lambda project: project.reports.arrange([_part(project, name) for name in names]))
    for is_shown, parts in ((True, options.show), (False, options.leave_out)):
        acts += [partial(_show, name, is_shown) for name in parts]
    acts += [partial(_set, *_pair(text)) for text in options.set]
    acts += [partial(_write, *_pair(text)) for text in options.words]
    tell = note if options.output is not None or options.parts else line
    if acts:
        with Project.open(options.project, options.coder) as project:
            for act in acts:
                change = act(project)
                tell(_("That is so already.") if change.is_empty else change.said + ".")
    return bool(acts)


def _show(name: str, is_shown: bool, project: Project) -> Change:
    return project.reports.show(_part(project, name), is_shown)


def _set(name: str, value: str, project: Project) -> Change:
    return project.reports.set(name, value)


def _write(name: str, words: str, project: Project) -> Change:
    return project.reports.write_words(_part(project, name), words)


def _part(project: Project, name: str) -> str:
    """The key of the part that is called so, or of the words about a code with that path; a key is itself."""
    parts = project.reports.names()
    called = {comparable(shown): key for key, shown in parts.items()}
    tree = project.codebook.tree()
    paths = {comparable(tree.path(code.id)): place_key(CODE, code.id) for code in tree}
    name = name.strip()
    return name if name in parts else {**paths, **called}.get(comparable(name), name)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(_("“{text}” is not NAME=VALUE.").format(text=text), _("Write it as version=Draft 2."))
    return name.strip(), value


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
