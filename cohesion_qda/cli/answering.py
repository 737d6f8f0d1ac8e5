"""What all commands that count share: filters, small numbers, files, and how an answer is given."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput, CannotWrite, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.answer_text import document, print_answer
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import emit, note, reporting_job
from cohesion_qda.model import called
from cohesion_qda.model.answer import FIGURES, Answer
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.case import Case
from cohesion_qda.model.codebook import SEPARATOR, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project
from cohesion_qda.project.answers import no_threshold
from cohesion_qda.report.files import participants_beside
from cohesion_qda.report.hiding import names_people

SUPPRESS = "off|5|10"
PUBLISHED = 5  # below this, numbers are hidden in a file unless somebody says otherwise
COUNTING_PEOPLE = ("frequencies", "crosstab", "cooccurrence", "timeline", "dynamics")
ONE_TABLE = (".csv", ".sav", ".dta")  # files that hold one table
WHOLE = "codes"  # as rows: the whole codebook


def add_where(parser: argparse.ArgumentParser, *, coders: bool = True) -> None:
    """What narrows an answer."""
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "--where", metavar="NAME=VALUE[,VALUE]", **several,
        help=_("only with one of these values of an attribute, or of: question, source; may be given again"),
    )  # fmt: skip
    if coders:
        parser.add_argument(
            "--coder", metavar="NAME", help=_("only this coder's codings; may be given again"), **several
        )
        parser.add_argument(
            "--settled", action="store_true",
            help=_("where coders differed, only what was settled; what they coded alike once"),
        )  # fmt: skip


def add_rows(parser: argparse.ArgumentParser) -> None:
    """Which codes."""
    parser.add_argument(
        "--rows", action="append", default=[], metavar="PATH",
        help=_("a code, or “PATH/” for the codes under it; may be given again (the whole codebook)"),
    )  # fmt: skip


def add_giving(
    parser: argparse.ArgumentParser, files: str, parts: Sequence[str] = (), figures: Sequence[str] = FIGURES
) -> None:
    """How an answer is given: `files` are the endings it may be written with, `parts` and `figures` those of its kind."""
    parser.add_argument(
        "--suppress", type=suppressed, metavar=SUPPRESS,
        help=_("hide numbers from 1 to below this (on the screen: off; in files: 5)"),
    )  # fmt: skip
    which = _("which of its tables is given: {names}").format(names=", ".join(parts))
    parser.add_argument("--part", default="", metavar="KEY", help=which if parts else _("which of its tables is given"))
    if figures:
        parser.add_argument(
            "--figure", type=one_of(_("figure"), figures), metavar="NAME",
            help=_("which picture is written: {names}").format(names=", ".join(figures)),
        )  # fmt: skip
    parser.add_argument("--width", type=inches, metavar="INCHES", help=_("how wide the picture is"))
    parser.add_argument("--dpi", type=dots, metavar="N", help=_("how many dots a .png has to the inch"))
    parser.add_argument("-o", dest="output", type=Path, metavar="FILE", help=_("write {files}").format(files=files))


def add_save(parser: argparse.ArgumentParser) -> None:
    """Keeping what was asked."""
    parser.add_argument("--save", metavar="NAME", help=_("keep what is asked under this name"))


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """Takes one of the words that are `known` for an option; another is told with the nearest of them."""

    def taken(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(str(NotFound(what, text, known)))
        return text

    return taken


def suppressed(text: str) -> str:
    """Takes a number below which numbers are hidden, or off."""
    if text not in SUPPRESS.split("|"):
        raise argparse.ArgumentTypeError(str(no_threshold(text)))
    return text


def inches(text: str) -> float:
    """Takes a width in inches for an option."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 100:
        raise argparse.ArgumentTypeError(_("give a width in inches, more than 0 and at most 100"))
    return number


def dots(text: str) -> int:
    """Takes a number of dots to the inch for an option."""
    if not (text.isdecimal() and 1 <= int(text) <= 2400):
        raise argparse.ArgumentTypeError(_("give a whole number of dots, 1 to 2400"))
    return int(text)


# -- what is asked -----------------------------------------------------------------------------------------------------


def codes_named(tree: CodeTree, paths: Sequence[str]) -> tuple[CodeId, ...]:
    """The codes that are named, each once; none, or WHOLE: none, that is all. Raises NotFound with the nearest paths,
    BadInput for a code with nothing under it where the codes under it were meant.
    """
    found: dict[CodeId, None] = {}
    for path in paths:
        if path == WHOLE and tree.find(path) is None:
            return ()
        if not path.endswith(SEPARATOR):
            found[tree.get(path).id] = None
            continue
        code = tree.get(path.rstrip(SEPARATOR))
        under = tree.branch(code.id)[1:]
        if not under:
            raise BadInput(_("There are no codes under “{code}”.").format(code=code.name), _("Leave the last / out."))
        found.update(dict.fromkeys(under))
    return tuple(found)


def case_named(project: Project, name: str) -> Case:
    """The person or group of that name, or of the one that it alone has (`Zoë (03 New communities)`). Raises NotFound with
    the nearest names, BadInput with the choices where several are called so.
    """
    known = [*project.cases.list("participant"), *project.cases.list("group")]
    names = called.cases(known)
    own = [case for case in known if comparable(names[case.id]) == comparable(name)]
    found = own or [case for case in known if comparable(case.name) == comparable(name)]
    if not found:
        raise NotFound(_("person or group"), name, [names[case.id] for case in known])
    if len(found) > 1:
        choices = "; ".join(names[case.id] for case in found)
        raise BadInput(
            _("“{name}” is the name of several.").format(name=found[0].name),
            _("Say which: {names}.").format(names=choices),
        )
    return found[0]


def filters(project: Project, texts: Sequence[str]) -> tuple[Having, ...]:
    """The filters that are written NAME=VALUE[,VALUE]; those of one name are one, any value of which may hold. Raises
    BadInput for anything else, NotFound with the nearest names.
    """
    data = project.tables.study()
    found: dict[tuple[str, str], Having] = {}
    for one in (_filter(data, text) for text in texts):
        there = found.get((one.about, one.name))
        found[one.about, one.name] = one if there is None else replace(one, values=(*there.values, *one.values))
    return tuple(found.values())


def _filter(data: StudyData, text: str) -> Having:
    from cohesion_qda.analysis.narrowed import having

    name, sign, value = (part.strip() for part in text.partition("="))
    if not sign or not name:
        raise BadInput(_("“{text}” is not NAME=VALUE.").format(text=text), _("Write it as place=Leeds."))
    try:
        return having(data, name, [value])
    except NotFound:  # the comma may stand between values, or in the middle of one
        several = [part.strip() for part in value.split(",")]
        if len(several) < 2:
            raise
        return having(data, name, several)


def split(texts: Sequence[str]) -> tuple[str, ...]:
    """What was given again and again, or between commas, or both."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def asked_of(project: Project, options: Namespace, kind: str, **more: Any) -> Asked:
    """What the options that all commands share ask for."""
    asked = Asked(
        kind=kind,
        codes=codes_named(project.codebook.tree(), getattr(options, "rows", ())),
        branch=getattr(options, "branch", False),
        coders=tuple(getattr(options, "coder", ())),
        where=filters(project, options.where),
    )
    asked = replace(asked, **more)
    return asked.with_option(settled=True) if getattr(options, "settled", False) else asked


# -- how it is given ---------------------------------------------------------------------------------------------------

Extra = Callable[[Answer], dict[str, Any]]


def run(options: Namespace, ask: Callable[[Project], Asked], extra: Extra | None = None) -> int:
    """Ask, keep, write and print as the options say; `extra` goes first into the JSON document."""
    with reading(options.project) as project:
        asked = ask(project)
        if getattr(options, "save", None):
            project.answers.ask(asked)  # what cannot be answered is not kept
            note(project.answers.save(options.save, asked).said + ".")
        if options.output:
            _write(project, asked, options)
        if options.json or not options.output:
            _show(project, asked, options, extra)
    return 0


def _show(project: Project, asked: Asked, options: Namespace, extra: Extra | None) -> None:
    threshold = threshold_of(options, 0)
    answer = project.answers.hidden(asked, threshold) if threshold else project.answers.ask(asked)
    if options.part:
        chosen = tuple(part for part in answer.parts if part.key == options.part)
        if not chosen:
            raise NotFound(_("table"), options.part, [part.key for part in answer.parts])
        answer = replace(answer, parts=chosen)
    if options.json:
        emit((extra(answer) if extra else {}) | document(answer))
    else:
        print_answer(answer)


def _write(project: Project, asked: Asked, options: Namespace) -> None:
    threshold = threshold_of(options, PUBLISHED)
    tidy, quotes = getattr(options, "tidy", False), getattr(options, "quotes", False)
    if tidy and options.suppress is None:
        threshold = 0
    small = _("Numbers from 1 to {most} are hidden in it, and what would give them away; --suppress off shows them.")
    small = small.format(most=threshold - 1) if threshold else ""
    try:
        project.answers.write(
            asked, options.output, suppress=threshold, part=options.part, figure=getattr(options, "figure", None) or "",
            width=options.width, dpi=options.dpi, tidy=tidy, quotes=quotes, job=reporting_job(),
        )  # fmt: skip
    except CannotWrite as error:
        if small and isinstance(error.__cause__, BadInput):  # there is nothing left to draw
            raise CannotWrite(error.message, small) from error
        raise
    note(_("Wrote {path}.").format(path=options.output))
    if tidy and options.output.suffix.casefold() in ONE_TABLE:
        note(_("Wrote {path}.").format(path=participants_beside(options.output)))
    _name_the_others(project, asked, options, tidy)
    if threshold and asked.kind in COUNTING_PEOPLE:
        note(small)
    if asked.kind == "dynamics" and threshold:
        note(_("Tables that name people are left out of it; --suppress off writes them."))
    if tidy or names_people(asked.kind, threshold):
        note(_("It tells what single people said: do not publish it as it is."))
    for sentence in project.answers.singled(asked, tidy) if quotes or not tidy else ():
        note(sentence)


def _name_the_others(project: Project, asked: Asked, options: Namespace, tidy: bool) -> None:
    """Say which tables a file that holds one has left out."""
    if tidy or options.part or options.output.suffix.casefold() not in ONE_TABLE:
        return
    first, *others = (part.key for part in project.answers.ask(asked).parts)
    if others:
        note(
            _("It holds the table “{part}” alone; --part gives another: {others}.").format(
                part=first, others=", ".join(others)
            )
        )


def threshold_of(options: Namespace, otherwise: int) -> int:
    """Below what numbers are hidden, as --suppress says."""
    if options.suppress is None:
        return otherwise
    return 0 if options.suppress == "off" else int(options.suppress)
