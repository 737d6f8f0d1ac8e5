"""The command about other evidence: figures from elsewhere, what they bear on, and reference figures of the area."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line, note
from cohesion_qda.model import called
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.evidence import READINGS, Indicator, ReferenceFigure, readings
from cohesion_qda.project import Project
from cohesion_qda.project.evidence import Imported

FIELDS = ("place", "period", "unit", "source", "note")


def add_evidence(parser: argparse.ArgumentParser) -> None:
    """The options of `evidence`."""
    parser.add_argument("--import", dest="add", type=Path, metavar="SHEET", help=_("take figures from a .csv, .xlsx or .ods with the columns indicator, place, period, value, source"))  # fmt: skip
    parser.add_argument("--references", type=Path, metavar="SHEET", help=_("take from a sheet how many people of the area have each value of an attribute"))  # fmt: skip
    parser.add_argument("--attribute", default="", metavar="NAME", help=_("with --references: of which attribute"))
    parser.add_argument("--add", dest="figure", nargs=2, metavar=("NAME", "VALUE"), help=_("add one figure"))
    for name, words in (
        ("place", _("with --add: of where it is")),
        ("period", _("with --add: of when it is")),
        ("unit", _("with --add: what it is counted in")),
        ("source", _("with --add: who says so")),
        ("note", _("with --add or --bears: what is to be known of it")),
    ):
        parser.add_argument(f"--{name}", default="", metavar="WORDS", help=words)
    parser.add_argument(
        "--bears", nargs=2, metavar=("N", "CODE"), help=_("let the figure N of the list bear on a code")
    )
    parser.add_argument("--reading", metavar="WORDS", help=_("with --bears: how it stands to what people say: {kinds}").format(kinds=called.to_write(READINGS[1:], readings())))  # fmt: skip
    parser.add_argument("--let-go", nargs=2, metavar=("N", "CODE"), help=_("let the figure N bear on a code no longer"))
    parser.add_argument("--remove", type=int, metavar="N", help=_("take the figure N of the list out"))
    parser.add_argument("--coder", metavar="NAME", help=_("who does so"))


def evidence(options: Namespace) -> int:
    """Figures and reference figures are listed; with an option they are changed."""
    if (
        options.add
        or options.references
        or options.figure
        or options.bears
        or options.let_go
        or options.remove is not None
    ):
        with Project.open(options.project, options.coder) as project:
            _change(project, options)
        return 0
    with reading(options.project) as project:
        figures, references = project.evidence.indicators(), project.evidence.references()
        title, tree = project.title, project.codebook.tree()
    if options.json:
        emit({
            "project": title,
            "indicators": [_document(n, each, tree) for n, each in enumerate(figures, 1)],
            "references": [_of_area(each) for each in references],
        })  # fmt: skip
        return 0
    for n, each in enumerate(figures, 1):
        line(f"{n}. {_told(each)}")
        for bearing in each.bears:
            line(
                "    "
                + _("{code}: {reading}").format(code=tree.path(bearing.code), reading=readings()[bearing.reading])
            )
    for area in references:
        line(_("{attribute}: {value}, {number} in the area").format(attribute=area.name, value=area.value, number=_grouped(area.number)))  # fmt: skip
    if not figures and not references:
        line(_("No other evidence yet. Take some from a sheet: cohesion-qda evidence PROJECT --import SHEET"))
    return 0


def _change(project: Project, options: Namespace) -> None:
    if options.add:
        _imported(project.evidence.import_sheet(options.add))
    if options.references:
        _say(project.evidence.import_references(options.references, options.attribute))
    if options.figure:
        given = {name: getattr(options, name) for name in FIELDS}
        _say(project.evidence.add(options.figure[0], value=options.figure[1], **given))
    if options.bears:
        figure, code = _numbered(project, options.bears[0]), project.codebook.tree().get(options.bears[1])
        _say(project.evidence.bear(figure.id, code.id, options.reading, options.note or None))
    if options.let_go:
        figure, code = _numbered(project, options.let_go[0]), project.codebook.tree().get(options.let_go[1])
        _say(project.evidence.let_go(figure.id, code.id))
    if options.remove is not None:
        _say(project.evidence.remove([_numbered(project, options.remove).id]))


def _imported(found: Imported) -> None:
    _say(found.change)
    if found.change.is_empty:
        line(_("Every figure of the sheet is in the project already."))
    for sentence in found.warnings:
        note(sentence)


def _numbered(project: Project, number: int | str) -> Indicator:
    figures = project.evidence.indicators()
    n = int(number) if str(number).isdecimal() else 0
    if not 1 <= n <= len(figures):
        raise BadInput(
            _("There is no figure {n}.").format(n=number), _("List them without options to see the numbers.")
        )
    return figures[n - 1]


def _say(change: Change) -> None:
    if not change.is_empty:
        line(change.said + ".")


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdecimal() else number


def _told(each: Indicator) -> str:
    told = ", ".join(words for words in (each.said, each.place, each.period, each.source, each.note) if words)
    return _("{name}: {words}").format(name=each.name, words=told) if told else each.name


def _document(n: int, each: Indicator, tree: CodeTree) -> dict[str, Any]:
    fields = ("name", "place", "period", "value", "unit", "source", "note")
    bears = [{"code": tree.path(b.code), "reading": b.reading, "note": b.note} for b in each.bears]
    return {"number": n, **{name: getattr(each, name) for name in fields}, "bears_on": bears}


def _of_area(each: ReferenceFigure) -> dict[str, Any]:
    names = {"attribute": each.name, "about": each.about}
    return names | {name: getattr(each, name) for name in ("value", "number", "period", "source")}
