"""`suggest PROJECT terms`: what sets some talk apart from other talk, what unites all of it, what was said most widely."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cohesion_qda.analysis import pipelines
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.cli.answering import PUBLISHED, SUPPRESS, case_named, codes_named, filters, suppressed, threshold_of
from cohesion_qda.cli.output import counted, emit, line, note, reporting_job
from cohesion_qda.cli.quoting import Quoted
from cohesion_qda.model import termwords
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.selection import Selection
from cohesion_qda.model.suggestion import FoundTerms, TermSuggestion
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project

GROUP = "group"
FEW_PARTS = 4


def add_terms(parser: argparse.ArgumentParser) -> None:
    """What is compared with what. `--for` and `--number` are added by whoever has them for other suggestions too."""
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "--against", metavar="PATH", help=_("terms: what it is compared with, a code (the rest of the talk)")
    )
    parser.add_argument(
        "--where", metavar="NAME=VALUE[,VALUE]", **several,
        help=_("terms: only talk with one of these values of an attribute, or of: question, source, group; may be given again"),
    )  # fmt: skip
    parser.add_argument(
        "--against-where", metavar="NAME=VALUE[,VALUE]", **several,
        help=_("terms: what it is compared with, likewise; may be given again"),
    )  # fmt: skip
    parser.add_argument(
        "--united", metavar="NAME", nargs="?", const="",
        help=_("terms: what unites all groups instead, or everything that this attribute, or question or source, tells apart"),
    )  # fmt: skip
    parser.add_argument(
        "-o", dest="output", type=Path, metavar="FILE",
        help=_("themes, terms: write them as a table (.csv, .xlsx, .ods …), numbers of people from 1 to below 5 hidden"),
    )  # fmt: skip
    parser.add_argument(
        "--suppress",
        type=suppressed,
        metavar=SUPPRESS,
        help=_("themes, terms: hide numbers of people from 1 to below this (5)"),
    )


def show_terms(project: Project, options: Namespace) -> int:
    """Print what the options ask for."""
    here, there = _asked(project, options.code, options.where), None
    if options.against or options.against_where:
        there = _asked(project, options.against, options.against_where)
    verbs, more, job = project.key_terms, {"number": options.number} if options.number else {}, reporting_job()
    if options.united is not None:
        if there is not None:
            raise BadInput(
                _("What unites is not compared with anything."), _("Leave --against and --against-where out.")
            )
        found = verbs.united(options.united or None, here, job=job, **more)
    else:
        found = verbs.terms(here, there, job=job, **more)
    for lacking in pipelines.missing(project.suggestions.heard(job, vectors=False).info):
        note(lacking)
    if options.output:
        write(project, verbs.answer(found, here, there), options)
        return 0
    heading = verbs.named(here), "" if there is None else verbs.named(there)
    if options.json:
        emit(_document(project, found, *heading, options.united))
    else:
        _print(project, found, *heading, is_united=options.united is not None)
    return 0


def write(project: Project, answer: Answer, options: Namespace) -> None:
    """Write what was suggested to a file by its ending, small numbers hidden, and note it in the trail."""
    from cohesion_qda.report import files

    if not answer.parts or not any(part.lines for part in answer.parts):
        raise BadInput(_("Nothing was found that could be written."), _("Choose other talk."))
    threshold = threshold_of(options, PUBLISHED)
    written = files.write(files.Export(answer, options.output, threshold), reporting_job())
    project.answers.note(options.output, written)
    note(_("Wrote {path}.").format(path=options.output))


def _asked(project: Project, code: str | None, where: Sequence[str]) -> Selection:
    """The selection that the options mean. Raises NotFound with the nearest names, and BadInput."""
    codes = codes_named(project.codebook.tree(), [code] if code else [])
    data = project.tables.study()
    held = [fact.attributes for fact in data.sources] + [case.attributes for case in data.cases.values()]
    has_group = any(comparable(name) == GROUP for own in held for name in own)
    groups: list[CaseId] = []
    others = []
    for text in where:
        name, _sign, value = text.partition("=")
        if comparable(name) == GROUP and not has_group and value.strip():
            groups.append(case_named(project, value.strip()).id)
        else:
            others.append(text)
    return replace(Selection(codes), where=filters(project, others), groups=tuple(groups))


# -- how it is given -----------------------------------------------------------------------------------------------------


def _document(project: Project, found: FoundTerms, here: str, there: str, united: str | None) -> dict[str, Any]:
    quoted = Quoted(project)

    def told(term: TermSuggestion) -> dict[str, Any]:
        return {
            "key": term.key, "term": term.term, "score": round(term.score, 4), **counted(term.count),
            "of": counted(term.base), "share": round(term.share, 4),
            **({"parts": [{"name": p.name, "participants": p.said, "of": p.speakers} for p in term.parts]} if term.parts else
               {"rest": counted(term.rest), "rest_of": counted(term.rest_base), "rest_share": round(term.rest_share, 4)}),
            "passages": quoted.all(term.passages),
        }  # fmt: skip

    return {
        "for": here, "against": there, **({} if united is None else {"united": united}),
        "terms": [told(term) for term in found.terms], "opposite": [told(term) for term in found.against],
        "shared_turns": found.shared, "nothing": termwords.nothing(found), "notes": termwords.notes(found),
        "method": termwords.how_found(found),
    }  # fmt: skip


def _print(project: Project, found: FoundTerms, here: str, there: str, *, is_united: bool) -> None:
    quoted = Quoted(project)
    if found.why:
        line(termwords.nothing(found))
    if found.terms:
        line(_heading(found, here, there, is_united=is_united))
        _list(found.terms, quoted)
    if found.against:
        if found.terms:
            line()
        line(_("What sets {this} apart from {that}").format(this=there or _("the rest"), that=here))
        _list(found.against, quoted)
    for said in (*termwords.notes(found), *(() if found.why else (termwords.how_found(found),))):
        note(said)


def _heading(found: FoundTerms, here: str, there: str, *, is_united: bool) -> str:
    if is_united:
        return _("What unites {this}").format(this="; ".join(part.name for part in found.parts))
    if not found.rest_base.mentions:
        return _("What was said most widely")
    return _("What sets {this} apart from {that}").format(this=here, that=there or _("the rest"))


def _list(terms: Sequence[TermSuggestion], quoted: Quoted) -> None:
    for term in terms:
        line(_told(term))
        quoted.lines(term.passages)


def _told(term: TermSuggestion) -> str:
    widely = termwords.widely(term.count, term.base)
    if term.parts:
        return _("{term}: {widely} ({parts})").format(term=term.term, widely=widely, parts=_parts(term))
    if not term.rest_base.mentions:
        return _("{term}: {widely}").format(term=term.term, widely=widely)
    return _("{term}: {widely}; on the other side {rest}").format(
        term=term.term, widely=widely, rest=termwords.widely(term.rest, term.rest_base)
    )


def _parts(term: TermSuggestion) -> str:
    """The share of each part; of many the smallest and the largest alone."""
    return "; ".join(termwords.shares(term)) if len(term.parts) <= FEW_PARTS else termwords.extremes(term)
