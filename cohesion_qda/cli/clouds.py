"""Word clouds in files, and words in their lines."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.answering import (
    PUBLISHED,
    SUPPRESS,
    add_where,
    codes_named,
    dots,
    filters,
    inches,
    one_of,
    suppressed,
)
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import counted, emit, line, note, reporting_job
from cohesion_qda.model.cloud import BY, COLOURS, MOST, WORDS, CloudWish
from cohesion_qda.model.finding import Hit
from cohesion_qda.model.selection import Selection
from cohesion_qda.model.speaking import how_often
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import comparable
from cohesion_qda.project import Project
from cohesion_qda.report.words import how_widely

if TYPE_CHECKING:
    from cohesion_qda.analysis.collocations import Concordance
    from cohesion_qda.analysis.lines import Node

SHOWN = 40  # characters before and after a word in its lines
_ANOTHER_NAME = {"valence": "question"}


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--for", "--code", dest="wanted", action="append", default=[], metavar="PATH",
        help=_("only the passages of this code and those under it; may be given again"),
    )  # fmt: skip
    add_where(parser, coders=False)


def _selection(project: Project, options: Namespace) -> Selection:
    codes = codes_named(project.codebook.tree(), options.wanted)
    return Selection(codes=codes, where=filters(project, options.where))


# -- word clouds -------------------------------------------------------------------------------------------------------


def add_wordcloud(parser: argparse.ArgumentParser) -> None:
    """What `wordcloud` takes."""
    _add_selection(parser)
    parser.add_argument(
        "--by", type=one_of(_("number"), BY), default="participants", metavar="NUMBER",
        help=_("the number a word's size stands for: {names}").format(names=", ".join(BY)),
    )  # fmt: skip
    parser.add_argument(
        "--colours", type=one_of(_("colouring"), (*COLOURS, *_ANOTHER_NAME)), default="plain", metavar="NAME",
        help=_("plain, or after the code or the question (what unites, what divides) in whose passages most people said it: {names}").format(names=", ".join(COLOURS)),
    )  # fmt: skip
    parser.add_argument(
        "--words", type=_words, default=WORDS, metavar="N", help=_("how many words: {n}").format(n=WORDS)
    )
    parser.add_argument("--single", action="store_true", help=_("single words alone, no phrases"))
    parser.add_argument("--bars", action="store_true", help=_("draw the ranked bars that the cloud stands for"))
    parser.add_argument(
        "--suppress", type=suppressed, metavar=SUPPRESS, help=_("leave out words that fewer people than this said (5)")
    )
    parser.add_argument("--width", type=inches, default=0.0, metavar="INCHES", help=_("how wide the picture is"))
    parser.add_argument("--dpi", type=dots, default=0, metavar="N", help=_("how many dots a .png has to the inch"))
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE", help=_(".svg, .png or .pdf"))


def _words(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MOST):
        raise argparse.ArgumentTypeError(_("give a whole number of words, 1 to {most}").format(most=MOST))
    return int(text)


def wordcloud(options: Namespace) -> int:
    """A word cloud, or its bars, in a file."""
    threshold = PUBLISHED if options.suppress is None else 0 if options.suppress == "off" else int(options.suppress)
    from cohesion_qda.report.wordclouds import AllHidden

    with reading(options.project) as project:
        wish = CloudWish(
            _selection(project, options), options.by, _ANOTHER_NAME.get(options.colours, options.colours),
            not options.single, options.words,
        )  # fmt: skip
        try:
            drawn = project.clouds.write(
                wish, options.output, bars=options.bars, suppress=threshold, width=options.width, dpi=options.dpi,
                job=reporting_job(),
            )  # fmt: skip
        except AllHidden as error:
            hint = _("{why} --suppress off draws them all.")
            raise BadInput(error.message, hint.format(why=error.hint)) from error
    line(_("Wrote {path}.").format(path=options.output))
    if drawn.left_out:
        missing = ngettext(
            "There was no room for {n} word: {words}.", "There was no room for {n} words: {words}.", len(drawn.left_out)
        )
        note(missing.format(n=len(drawn.left_out), words=", ".join(drawn.left_out)))
    if drawn.unwritable:
        note(_("None of the program’s fonts can write: {words}.").format(words=", ".join(drawn.unwritable)))
    if drawn.hidden:
        note(_("{said} --suppress off shows them.").format(said=drawn.hidden))
    return 0


# -- words in their lines ----------------------------------------------------------------------------------------------


def add_lines(parser: argparse.ArgumentParser) -> None:
    """What `lines` takes."""
    parser.add_argument(
        "word",
        nargs="?",
        metavar="WORD",
        help=_("a word or phrase in all its forms as they are counted, or the beginning of words*"),
    )
    _add_selection(parser)
    parser.add_argument(
        "--tree", action="store_true", help=_("what follows the word and what goes before it, as trees")
    )
    parser.add_argument(
        "--near",
        action="store_true",
        help=_("what is said near the word; without a word, what goes together in all talk"),
    )


def lines(options: Namespace) -> int:
    """The lines of a word; or its trees, or what is said near it; without a word, what goes together in all talk."""
    if options.word is None:
        return _pairs(options)
    with reading(options.project) as project:
        found = project.clouds.concordance(options.word, _selection(project, options), reporting_job())
        hits = project.clouds.hits(found)
    if options.json:
        emit(_document(found, hits))
        return 0
    base = found.lines.base
    line(_("“{word}”. {said}").format(word=found.lines.word, said=how_widely(found.lines.count, base)))
    if comparable(found.lines.word) != comparable(options.word):
        note(
            _("“{typed}” is counted as “{word}”: all its forms are listed. “{typed}*” lists this form alone, and longer ones.")
            .format(typed=options.word.strip(), word=found.lines.word)
        )  # fmt: skip
    if options.tree:
        line()
        line(_("What follows:"))
        _print_tree(found.after, 1, base)
        line(_("What goes before:"))
        _print_tree(found.before, 1, base)
    if options.near:
        line()
        line(_("Said near it (within five words; logDice over turns):"))
        for one in found.near:
            line(f"  {one.score:5.1f}  {one.term} ({how_often(one.count, base)})")
        if not found.near:
            line("  " + _("Nothing that two people said near it."))
    if not (options.tree or options.near):
        _print_lines(hits.values())
    return 0


def _pairs(options: Namespace) -> int:
    if not options.near:
        raise BadInput(
            _("No word was given."), _("Name one; or ask with --near what is said near each other in all talk.")
        )
    with reading(options.project) as project:
        selection, job = _selection(project, options), reporting_job()
        found, base = project.clouds.pairs(selection, job), project.clouds.base(selection, job)
    if options.json:
        emit({"of": counted(base), "pairs": [
            {"words": [one.first, one.second], "score": round(one.score, 4), **counted(one.count)} for one in found
        ]})  # fmt: skip
        return 0
    for one in found:
        line(f"  {one.score:5.1f}  {one.first} + {one.second} ({how_often(one.count, base)})")
    if not found:
        line(_("Too few people said the same words near each other."))
    return 0


def _print_lines(hits: Iterable[Hit]) -> None:
    source = ""
    for hit in hits:
        if hit.source_name != source:
            source = hit.source_name
            line(source)
        before = " ".join(hit.before.split())[-SHOWN:].rjust(SHOWN)
        after = " ".join(hit.after.split())[:SHOWN]
        who = f"{hit.speaker}, {hit.turn}" if hit.speaker else ""
        line(f"  {before} {hit.hit} {after.ljust(SHOWN)}  {who}".rstrip())


def _print_tree(node: Node, depth: int, base: Count, most: int = 12) -> None:
    shown = [child for child in node.children if child.count.participants > 1 or depth > 1][:most]
    for child in shown:
        line("  " * depth + f"{child.said} ({how_often(child.count, base)})")
        if child.count.participants > 1:
            _print_tree(child, depth + 1, base, 6)
    rest = len(node.children) - len(shown)
    if rest and depth == 1:
        more = ngettext("and {n} other way", "and {n} other ways", rest)
        line("  " * depth + more.format(n=rest))


def _document(found: Concordance, hits: dict[int, Hit]) -> dict[str, Any]:
    def node(one: Node) -> dict[str, Any]:
        return {
            "said": one.said, **counted(one.count), "lines": list(one.places), "children": [node(c) for c in one.children],
        }  # fmt: skip

    return {
        "word": found.lines.word, "is_term": found.lines.is_term, **counted(found.lines.count),
        "of": counted(found.lines.base),
        "lines": [
            {"source": hit.source_name, "start": hit.span.start, "end": hit.span.end, "speaker": hit.speaker,
             "turn": hit.turn, "before": hit.before, "hit": hit.hit, "after": hit.after} for hit in hits.values()
        ],
        "after": node(found.after), "before": node(found.before),
        "near": [
            {"term": one.term, "score": round(one.score, 4), **counted(one.count), "lines": list(one.places)}
            for one in found.near
        ],
    }  # fmt: skip
