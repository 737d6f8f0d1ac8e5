"""The command that retrieves passages: a query from its options, or a saved one."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.answering import case_named
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import counted, emit, line, mentions, note
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.query import JOINERS, ORDERS, FoundPassage, PassagePage, Query, Term, in_words
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project


class _Joined(argparse.Action):
    """Codes in the order they are given, each with how it is joined to those before it."""

    def __call__(self, parser: Any, options: Namespace, values: Any, option: str | None = None) -> None:
        joiner = (option or "").lstrip("-")
        terms = [*(getattr(options, self.dest) or ()), ("or" if joiner == "code" else joiner, values)]
        setattr(options, self.dest, terms)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `retrieve` takes."""
    parser.add_argument("--code", dest="terms", action=_Joined, metavar="PATH", help=_("the code to begin with"))
    helps = {
        "and": _("only what shares a turn with a passage of that code"),
        "or": _("the passages of that code as well"),
        "not": _("only what shares no text with a passage of that code"),
        "overlapping": _("only the text that a passage of that code shares"),
        "near": _("only what has a passage of that code within --near-turns"),
    }
    for joiner in JOINERS:
        parser.add_argument(f"--{joiner}", dest="terms", action=_Joined, metavar="PATH", help=helps[joiner])
    parser.add_argument("--near-turns", type=int, default=1, metavar="N", help=_("how far “near” reaches (1)"))
    parser.add_argument("--own", action="store_true", help=_("without the codes under them"))
    several: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("--coder", metavar="NAME", help=_("only this coder's"), **several)
    parser.add_argument("--case", metavar="NAME", help=_("only what this person, or this group, says"), **several)
    parser.add_argument(
        "--where", metavar="NAME=VALUE", help=_("only with this value of an attribute; may be given again"), **several
    )
    parser.add_argument("--kind", metavar="KIND", help=_("only in sources of this kind"), **several)
    parser.add_argument("--source", metavar="NAME", help=_("only in this source"), **several)
    parser.add_argument("--question", metavar="TEXT", help=_("only where this question is asked"), **several)
    parser.add_argument("--weight", type=int, metavar="N", help=_("only what weighs at least so much, 0 to 100"))
    parser.add_argument("--order", choices=ORDERS, default="source")
    parser.add_argument(
        "--group", default="", metavar="WHAT", help=_("together by: source, speaker, code, question, or an attribute")
    )
    parser.add_argument("--saved", metavar="NAME", help=_("the query that is saved under this name"))
    parser.add_argument("--save", metavar="NAME", help=_("keep the query under this name"))
    parser.add_argument("-o", "--output", metavar="FILE", help=_("write a .docx, .xlsx or .html file"))


def retrieve(options: Namespace) -> int:
    """The passages that fit a query."""
    with reading(options.project) as project:
        tree = project.codebook.tree()
        query = _query(project, tree, options)
        page = project.retrieval.find(query, order=options.order, group=options.group, count=None)
        if options.save:
            note(project.retrieval.save(options.save, query).said + ".")
        if options.output:
            project.retrieval.write(query, options.output, order=options.order, group=options.group)
            note(_("Wrote {path}.").format(path=options.output))
            for sentence in project.retrieval.singled(page):
                note(sentence)
    for sentence in page.missing:
        note(sentence)
    if options.json:
        emit(_document(page, tree))
    elif not options.output:
        _print(page, tree)
    return 0


def _query(project: Project, tree: CodeTree, options: Namespace) -> Query:
    """The query that the options ask for. Raises NotFound and BadInput for names that are not there."""
    if options.saved:
        if options.terms:
            raise BadInput(_("A saved query has its codes."), _("Leave --code and the others out, or --saved."))
        query = project.retrieval.get(options.saved).query
    else:
        if not options.terms:
            raise BadInput(_("No code was named."), _("Name one with --code PATH, or a query with --saved NAME."))
        query = Query(tuple(_terms(tree, options)))
    return _filtered(project, query, options)


def _terms(tree: CodeTree, options: Namespace) -> Iterator[Term]:
    if not 0 <= options.near_turns <= 1000:
        raise BadInput(_("“near” cannot reach {n} turns.").format(n=options.near_turns), _("Give 0 to 1000."))
    for joiner, path in options.terms:
        code = tree.get(path)
        yield Term(code.id, not options.own, joiner, options.near_turns, tree.path(code.id))


def _filtered(project: Project, query: Query, options: Namespace) -> Query:
    """`query` with the filters of the options, beside those it has."""
    if options.weight is not None and not 0 <= options.weight <= 100:
        raise BadInput(_("A weight is 0 to 100."), _("Give such a number with --weight."))
    for text in options.where:
        name, sign, value = text.partition("=")
        if not sign:
            raise BadInput(_("“{text}” is not NAME=VALUE.").format(text=text), _("Write it as place=Leeds."))
        about, name = project.retrieval.attribute(name.strip())
        query = query.with_values(about, name, (*query.values_of(about, name), value.strip()))
    sources = [project.sources.get(name) for name in options.source]
    cases = [case_named(project, name) for name in options.case]
    coders = [_named(_("coder"), name, project.coders()) for name in options.coder]
    return replace(
        query,
        coders=(*query.coders, *(coder.name for coder in coders)),
        cases=(*query.cases, *((case.id, case.name) for case in cases)),
        sources=(*query.sources, *((source.id, source.name) for source in sources)),
        kinds=(*query.kinds, *options.kind),
        questions=(*query.questions, *options.question),
        weight=query.weight if options.weight is None else options.weight,
    )


def _named(what: str, name: str, known: Sequence[Any]) -> Any:
    found = [one for one in known if comparable(one.name) == comparable(name)]
    if not found:
        raise NotFound(what, name, [one.name for one in known])
    return found[0]


def _document(page: PassagePage, tree: CodeTree) -> dict[str, Any]:
    terms = page.query.terms
    return {
        "code": tree.path(terms[0].code) if terms and terms[0].code in tree else "",
        "query": list(in_words(page.query, tree)),
        "count": counted(page.count),
        "of": counted(page.base),
        "missing": list(page.missing),
        "groups": [{"title": part.title, "first": part.first, "n": part.n} for part in page.parts],
        "segments": [_segment(passage, tree) for passage in page.passages],
    }


def _segment(passage: FoundPassage, tree: CodeTree) -> dict[str, Any]:
    return {
        "source": passage.source_name, "start": passage.span.start, "end": passage.span.end,
        "span": [passage.span.start, passage.span.end], "quote": passage.quote,
        "speaker": ", ".join(passage.speakers), "speakers": list(passage.speakers), "turn": passage.turn,
        "coder": passage.coder, "code": tree.path(passage.code), "also": [tree.path(code) for code in passage.also],
        "weight": passage.weight, "memos": list(passage.memos), "coded_at": passage.coded_at,
    }  # fmt: skip


def _print(page: PassagePage, tree: CodeTree) -> None:
    titles = {part.first: part.title for part in page.parts}
    for n, passage in enumerate(page.passages):
        if n in titles:
            line(titles[n])
        line(f"“{passage.quote}”")
        line(
            _("    {speakers}, {source}, turn {turn} [{start}:{end}] {code}, coded by {coder}").format(
                speakers=", ".join(passage.speakers) or "–", source=passage.source_name, turn=passage.turn or "–",
                start=passage.span.start, end=passage.span.end, code=tree.path(passage.code), coder=passage.coder,
            )
        )  # fmt: skip
    said = ngettext("{n} passage", "{n} passages", page.total).format(n=page.total)
    if page.count.mentions != page.total:
        said = _("{passages}; {mentions}, overlapping ones of one coder counted once, the moderator's not").format(
            passages=said, mentions=mentions(page.count.mentions)
        )
    line(said)
    line(
        _("said by {p} of {all_p} people, in {g} of {all_g} groups").format(
            p=page.count.participants, all_p=page.base.participants, g=page.count.groups, all_g=page.base.groups
        )
    )
