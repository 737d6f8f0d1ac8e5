"""The commands that count and compare: each turns its options into what is asked, and gives the answer."""

from __future__ import annotations

import argparse
import json
from argparse import Namespace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli import answering
from cohesion_qda.cli.answering import add_giving, add_rows, add_save, add_where, asked_of, codes_named, one_of
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, line
from cohesion_qda.model.answer import Answer, Part
from cohesion_qda.model.asked import SHARES, Asked, as_json
from cohesion_qda.model.table import UNITS
from cohesion_qda.project import Project

TABLES = ".csv .xlsx .ods .sav .dta .md .tex"
PICTURES = f"{TABLES} .svg .png .pdf"
GIVEN = {  # the tables and figures of each command's answers
    "table": (("codes", "counts", "silence", "tests"), ("bars", "heat map", "dumbbell")),
    "cooccurrence": (("matrix", "pairs"), ("heat map", "network", "bars")),
    "saturation": (("curve", "guest"), ("curve",)),
    "dynamics": (("shares", "follows", "responses", "totals"), ("bars", "talk", "heat map", "stacked")),
    "portrait": (("order",), ("portrait",)),
    "timeline": (("events", "coded"), ("timeline",)),
    "agreement": (("coefficients", "disagreements"), ("intervals",)),
    "framework": (("matrix", "coded", "passages"), ()),
}
OVER = ("characters", "turns", "sentences", "sources")
RESPONSES = ("agrees", "example", "dissents", "dissenting")


def _options(parser: argparse.ArgumentParser, command: str, files: str = PICTURES, *, coders: bool = True) -> None:
    add_where(parser, coders=coders)
    add_giving(parser, files, *GIVEN[command])
    add_save(parser)


def _branch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--branch", action="store_true", help=_("count each code with the codes under it"))


# -- table -------------------------------------------------------------------------------------------------------------


def add_table(parser: argparse.ArgumentParser) -> None:
    """What `table` takes."""
    add_rows(parser)
    parser.add_argument(
        "--by", action="append", default=[], metavar="ATTRIBUTE",
        help=_(
            "an attribute of sources or participants (of both: “NAME of people”), or: question; "
            "a second one is nested in it"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--unit", type=one_of(_("unit"), UNITS), default="participants", metavar="UNIT", help=_("what is counted: {names}").format(names=", ".join(UNITS)),
    )  # fmt: skip
    parser.add_argument(
        "--share", choices=[share for share in SHARES if share], default="", help=_("percentages of what")
    )
    _branch(parser)
    parser.add_argument("--test", choices=["fisher", "chi-squared"], default="", help=_("test the differences"))
    parser.add_argument(
        "--correction", choices=["holm", "benjamini-hochberg"], default="holm", help=_("for many tests at once (holm)")
    )
    parser.add_argument(
        "--tidy", action="store_true", help=_("write the long form: a line for every coding and speaker")
    )
    parser.add_argument("--quotes", action="store_true", help=_("with --tidy: with the words themselves"))
    _options(parser, "table")


def table(options: Namespace) -> int:
    """Codes, or codes by one or two attributes."""
    by = answering.split(options.by)
    if len(by) > 2:
        raise BadInput(_("A table is by two attributes at most."), _("Leave some of --by out."))
    if options.test and not by:
        raise BadInput(_("A test compares the values of an attribute."), _("Name one with --by."))
    if options.quotes and not options.tidy:
        raise BadInput(_("Quotations stand in the long form alone."), _("Add --tidy, or use the command retrieve."))
    if options.tidy and not options.output:
        raise BadInput(_("The long form is written to a file."), _("Name one with -o."))

    def ask(project: Project) -> Asked:
        asked = asked_of(
            project, options, "crosstab" if by else "frequencies", by=by, unit=options.unit, share=options.share
        )
        return asked.with_option(test=options.test, correction=options.correction) if options.test else asked

    return answering.run(options, ask, _as_before)


def _as_before(answer: Answer) -> dict[str, Any]:
    """The columns and rows by themselves, as scripts that read `table --json` know them."""
    asked, part = answer.asked, answer.parts[0]
    at = _places(part, asked)
    total = [n for n in at if part.heads[n].note == "total" or not asked.by]
    columns = [n for n in at if n not in total]
    return {
        "by": ", ".join(asked.by), "unit": asked.unit, "branch": asked.branch,
        "columns": [
            {"value": _value(part, n), "label": part.heads[n].label, "over": part.heads[n].over, "of": part.heads[n].of}
            for n in columns
        ],
        "rows": [
            {
                "code": one.path or one.label, "name": one.label, "depth": one.depth,
                "total": {"count": one.cells[total[0]].value, "of": one.cells[total[0]].of} if total else None,
                "cells": [{"count": one.cells[n].value, "of": one.cells[n].of} for n in columns],
            }
            for one in part.lines
        ],
    }  # fmt: skip


def _value(part: Part, column: int) -> str | int:
    """The value that a column stands for, empty for what has none: the last of what its cells are asked by."""
    keys = [one.cells[column].key for one in part.lines if len(one.cells[column].key) > 1]
    return keys[0][-1] if keys else part.heads[column].label


def _places(part: Part, asked: Asked) -> list[int]:
    """The columns in which counts in the unit asked for stand."""
    return [n for n, head in enumerate(part.heads) if head.form == "count" and head.unit in (asked.unit, "")]


# -- the other kinds ---------------------------------------------------------------------------------------------------


def add_cooccurrence(parser: argparse.ArgumentParser) -> None:
    """What `cooccurrence` takes."""
    add_rows(parser)
    _branch(parser)
    parser.add_argument(
        "--how", choices=["overlap", "turn", "participant", "group", "near"], default="overlap",
        help=_("what they have to share (overlap)"),
    )  # fmt: skip
    parser.add_argument("--turns", type=int, default=1, metavar="N", help=_("how far “near” reaches (1)"))
    parser.add_argument(
        "--least", type=int, default=1, metavar="N", help=_("list pairs that come together so often (1)")
    )
    _options(parser, "cooccurrence")


def cooccurrence(options: Namespace) -> int:
    """Which codes come together."""
    return answering.run(
        options,
        lambda project: asked_of(project, options, "cooccurrence").with_option(
            how=options.how, turns=options.turns, least=options.least
        ),
    )


def add_saturation(parser: argparse.ArgumentParser) -> None:
    """What `saturation` takes."""
    add_rows(parser)
    _branch(parser)
    parser.add_argument(
        "--things", choices=["groups", "sources"], default="groups", help=_("whose new codes are counted (groups)")
    )
    parser.add_argument(
        "--order", default="name", metavar="name|imported|ATTRIBUTE", help=_("in which order, such as a date (name)")
    )
    parser.add_argument("--base", type=int, default=4, metavar="N", help=_("how many make the base (4)"))
    parser.add_argument("--run", dest="run_length", type=int, default=2, metavar="N", help=_("how many make a run (2)"))
    parser.add_argument(
        "--threshold", type=float, default=0.05, metavar="SHARE", help=_("how much may be new, as a share (0.05)")
    )
    parser.add_argument("--repeats", type=int, default=1000, metavar="N", help=_("how many random orders (1000)"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("which random orders (1)"))
    _options(parser, "saturation")


def saturation(options: Namespace) -> int:
    """When codes stop being new."""
    return answering.run(
        options,
        lambda project: asked_of(project, options, "saturation").with_option(
            things=options.things, order=options.order, base=options.base, run=options.run_length,
            threshold=options.threshold, repeats=options.repeats, seed=options.seed,
        ),
    )  # fmt: skip


def add_dynamics(parser: argparse.ArgumentParser) -> None:
    """What `dynamics` takes."""
    parser.add_argument("--source", metavar="NAME", help=_("of this transcript alone"))
    parser.add_argument("--question", default="", metavar="TEXT", help=_("who responded to this question, and how"))
    helps = {
        "agrees": _("a code for agreement; may be given again"),
        "example": _("a code for giving an example"),
        "dissents": _("a code for dissent"),
        "dissenting": _("a code for giving a dissenting example"),
    }
    for name in RESPONSES:
        parser.add_argument(f"--{name}", action="append", default=[], metavar="PATH", help=helps[name])
    _options(parser, "dynamics")


def dynamics(options: Namespace) -> int:
    """Who spoke how much, who follows whom, and how each responded."""

    def ask(project: Project) -> Asked:
        tree = project.codebook.tree()
        chosen = {name: codes_named(tree, getattr(options, name)) for name in RESPONSES}
        return asked_of(project, options, "dynamics").with_option(
            source=project.sources.get(options.source).id if options.source else None,
            question=options.question or None, **{name: codes or None for name, codes in chosen.items()},
        )  # fmt: skip

    return answering.run(options, ask)


def add_portrait(parser: argparse.ArgumentParser) -> None:
    """What `portrait` takes."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--source", metavar="NAME", help=_("of this transcript"))
    whose.add_argument("--case", metavar="NAME", help=_("of this person, or this group"))
    add_rows(parser)
    _branch(parser)
    _options(parser, "portrait")


def portrait(options: Namespace) -> int:
    """The codes of a transcript or a case in their order."""

    def ask(project: Project) -> Asked:
        asked = asked_of(project, options, "portrait")
        if options.source:
            return asked.with_option(source=project.sources.get(options.source).id)
        return asked.with_option(case=answering.case_named(project, options.case).id)

    return answering.run(options, ask)


def add_timeline(parser: argparse.ArgumentParser) -> None:
    """What `timeline` takes."""
    add_rows(parser)
    parser.add_argument(
        "--date", default="", metavar="ATTRIBUTE", help=_("a date of the sources (when they were imported)")
    )
    _branch(parser)
    _options(parser, "timeline")


def timeline(options: Namespace) -> int:
    """A study in time."""
    return answering.run(
        options, lambda project: asked_of(project, options, "timeline").with_option(date=options.date or None)
    )


def add_agreement(parser: argparse.ArgumentParser) -> None:
    """What `agreement` takes."""
    parser.add_argument("--coders", nargs="+", default=[], metavar="NAME", help=_("two or more (everybody who coded)"))
    parser.add_argument(
        "--unit",
        type=one_of(_("unit"), OVER),
        default="turns",
        metavar="UNIT",
        help=_("over what (turns)"),
    )
    parser.add_argument(
        "--codes", dest="rows", nargs="+", default=[], metavar="PATH",
        help=_("a code, or “PATH/” for the codes under it (the whole codebook)"),
    )  # fmt: skip
    _branch(parser)
    parser.add_argument("--repeats", type=int, default=2000, metavar="N", help=_("for the confidence intervals (2000)"))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=_("which random samples (1)"))
    parser.add_argument("--level", type=float, default=0.95, metavar="SHARE", help=_("of the intervals (0.95)"))
    _options(parser, "agreement", coders=False)


def agreement(options: Namespace) -> int:
    """How far coders agree."""

    def ask(project: Project) -> Asked:
        if len(options.coders) == 1:
            names = "; ".join(coder.name for coder in project.coders())
            raise BadInput(_("Agreement is between two coders or more."), _("There are: {names}.").format(names=names))
        return asked_of(project, options, "agreement", coders=tuple(options.coders)).with_option(
            over=options.unit, repeats=options.repeats, seed=options.seed, level=options.level
        )

    return answering.run(options, ask)


def add_framework(parser: argparse.ArgumentParser) -> None:
    """What `framework` takes."""
    parser.add_argument(
        "--cases",
        choices=["participants", "groups"],
        default="participants",
        help=_("what its rows are (participants)"),
    )
    add_rows(parser)
    _branch(parser)
    _options(parser, "framework", f"{TABLES} .docx")


def framework(options: Namespace) -> int:
    """Cases by codes with the researcher's summaries."""
    return answering.run(
        options, lambda project: asked_of(project, options, "framework").with_option(cases=options.cases)
    )


# -- kept ones ---------------------------------------------------------------------------------------------------------


def add_answers(parser: argparse.ArgumentParser) -> None:
    """What `answers` takes."""
    parser.add_argument("--saved", metavar="NAME", help=_("answer what is kept under this name, counted anew"))
    add_giving(parser, f"{PICTURES} .docx")


def answers(options: Namespace) -> int:
    """What is kept, or the answer to one of them."""
    if options.saved:
        return answering.run(options, lambda project: project.answers.get(options.saved).asked)
    if options.output:
        raise BadInput(_("A list of answers is not written to a file."), _("Name one of them with --saved."))
    with reading(options.project) as project:
        kept = project.answers.list()
        title = project.title
    if options.json:
        rows = [{"name": one.name, "kind": one.asked.kind, "asked": json.loads(as_json(one.asked))} for one in kept]
        emit({"project": title, "answers": rows})
        return 0
    for one in kept:
        line(_("{name} ({kind})").format(name=one.name, kind=one.asked.kind))
    if not kept:
        line(_("No answers are kept yet. Keep one: cohesion-qda table PROJECT --save NAME"))
    return 0
