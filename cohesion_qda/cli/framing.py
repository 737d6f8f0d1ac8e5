"""The command about study frames: which there are, taking one up, and the issues that codes bear out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.frame import Action, Borne, Frame, Point
from cohesion_qda.model.ids import CodeId
from cohesion_qda.project import Project
from cohesion_qda.report import words

AREA_FRAME = "delivery"  # whose kinds of area --area-type counts


def add_frames(made: ArgumentParser) -> None:
    """The options of `frames`."""
    made.add_argument(
        "--take",
        metavar="KEY",
        help=_("take a frame up: its codes, retrievals, dates and steps, issues, and kind of report"),
    )
    made.add_argument(
        "--issues", action="store_true", help=_("list the issues that codes bear out, with what can be done about each")
    )
    made.add_argument(
        "--bear-out", action="append", default=[], metavar="ISSUE=CODE", help=_("say that a code bears out an issue")
    )
    made.add_argument(
        "--let-go", action="append", default=[], metavar="ISSUE=CODE", help=_("say that it no longer does")
    )
    made.add_argument(
        "--area-type",
        metavar="N",
        help=_("say of which kind the area is: 1 to 9 as the Cohesion Delivery Framework counts them, “” for none"),
    )
    made.add_argument(
        "--place", default="", metavar="VALUE", help=_("with --area-type: only sources with that value of an attribute")
    )
    made.add_argument("--coder", metavar="NAME", help=_("who does so"))


def frames(options: Namespace) -> int:
    """Take up a frame, say what bears out which issue, and list frames or issues."""
    if options.take or options.bear_out or options.let_go or options.area_type is not None:
        with Project.open(options.project, options.coder) as project:
            _change(project, options)
    with reading(options.project) as project:
        taken = {frame.key for frame in project.frames.taken()}
        tree, known = project.codebook.tree(), project.frames.available()
        kinds = project.frames.area_types()
        borne = project.frames.issues() if options.issues or options.json else ()
        if options.json:
            rows = [_frame(frame, is_taken=frame.key in taken) for frame in known]
            emit({"project": project.title, "frames": rows, "issues": [_issue(each, tree) for each in borne]})
            return 0
    if options.issues:
        _list_issues(borne, tree)
    elif options.area_type is not None:
        for name, kind in sorted(kinds.items()):
            line(_("{source}: {kind}").format(source=name, kind=kind))
    elif not options.take:
        for frame in known:
            line(
                (_("{key}: {name} (taken up)") if frame.key in taken else _("{key}: {name}")).format(
                    key=frame.key, name=frame.name.said
                )
            )
            line("    " + frame.about.said)
            line("    " + _("{document} ({by}, {year})").format(document=frame.document, by=frame.by, year=frame.year))
    return 0


def _change(project: Project, options: Namespace) -> None:
    if options.take:
        change = project.frames.take(options.take)
        line(change.said or _("All that the frame brings is there already."))
    if options.area_type is not None:
        change = project.frames.set_area_type(AREA_FRAME, options.area_type, options.place)
        if change.said:
            line(change.said)
    for given, verb in [
        *((g, project.frames.bear_out) for g in options.bear_out),
        *((g, project.frames.let_go) for g in options.let_go),
    ]:
        issue, equals, path = given.partition("=")
        if not equals:
            raise BadInput(_("“{words}” names no issue and code.").format(words=given), _("Write it as ISSUE=CODE."))
        change = verb(_frame_of(project, issue.strip()), issue.strip(), project.codebook.tree().get(path.strip()).id)
        if change.said:
            line(change.said)


def _frame_of(project: Project, issue: str) -> str:
    """The key of the frame that has an issue. Raises NotFound."""
    known = {each.key: frame.key for frame in project.frames.available() for each in frame.issues}
    if issue not in known:
        raise NotFound(_("issue"), issue, list(known))
    return known[issue]


def _list_issues(borne: tuple[Borne, ...], tree: CodeTree) -> None:
    if not borne:
        line(_("No code that is used bears out an issue yet."))
    for each in borne:
        line(_("{issue} [{key}]").format(issue=each.issue.name.said, key=each.issue.key))
        line("    " + words.how_widely(each.said, each.base))
        line("    " + _("codes: {codes}").format(codes=", ".join(_paths(each.codes, tree))))
        for action in each.issue.actions:
            line("    → " + action.name.said)
        for point in each.issue.evidence:
            line("    " + _("known: {text} ({where})").format(text=point.text.said, where=point.where))
        for point in each.issue.pitfalls:
            line("    " + _("beware: {text} ({where})").format(text=point.text.said, where=point.where))


def _paths(codes: tuple[CodeId, ...], tree: CodeTree) -> list[str]:
    return [tree.path(code) for code in codes if code in tree]


def _frame(frame: Frame, *, is_taken: bool) -> dict[str, Any]:
    return {
        "key": frame.key, "name": frame.name.said, "about": frame.about.said, "document": frame.document, "by": frame.by, "year": frame.year,
        "is_taken": is_taken, "template": frame.template, "worksheets": [sheet.key for sheet in frame.sheets],
        "area_types": [{"name": a.name.said, "average": a.average, "areas": a.areas, "where": a.where} for a in frame.area_types],
    }  # fmt: skip


def _issue(each: Borne, tree: CodeTree) -> dict[str, Any]:
    issue, said = each.issue, each.said
    return {
        "frame": each.frame, "key": issue.key, "name": issue.name.said, "where": issue.where, "codes": _paths(each.codes, tree),
        "groups": said.groups, "participants": said.participants, "mentions": said.mentions,
        "actions": [_action(action) for action in issue.actions], "evidence": [_point(p) for p in issue.evidence],
        "pitfalls": [_point(p) for p in issue.pitfalls],
    }  # fmt: skip


def _action(action: Action) -> dict[str, Any]:
    return {
        "key": action.key,
        "name": action.name.said,
        "where": action.where,
        "guidance": [g.said for g in action.guidance],
    }


def _point(point: Point) -> dict[str, str]:
    return {"text": point.text.said, "where": point.where}
