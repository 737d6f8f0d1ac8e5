"""What the report will hold, from the numbers of the moment: its chapters, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.source import Source
from cohesion_qda.model.table import CodeCount, Count

if TYPE_CHECKING:
    from cohesion_qda.project import Project

NAMED = 4  # things that are named before the rest is only counted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report, and the numbers it will show."""

    title: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. `page` is where it can be put right: a page of the window, or a field of this one."""

    said: str
    page: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the Report page shows. `settings` are the author's own words; `default_title` is used where there is none."""

    settings: dict[str, str]
    default_title: str
    parts: tuple[Part, ...]
    gaps: tuple[Gap, ...]
    has_codings: bool
    is_read_only: bool


def look(project: Project) -> Contents:
    """Read it. Runs on the project thread."""
    from cohesion_qda.report.data import attributes_to_compare

    tree, counts, base = project.codebook.tree(), project.codebook.counts(), project.codebook.base()
    sources = project.sources.list()
    coded = {coding.source for source in sources for coding in project.codings.of_source(source.id)[:1]}
    coders = project.seen_coders()
    names = attributes_to_compare(project.tables.study())
    return Contents(
        project.reports.settings(),
        project.title,
        tuple(_parts(tree, counts, base, sources, names, len(coders))),
        tuple(_gaps(tree, counts, sources, coded, project)),
        base.mentions > 0,
        project.is_read_only,
    )


def _parts(
    tree: CodeTree, counts: dict[CodeId, CodeCount], base: Count, sources: list[Source], names: list[str], coders: int
) -> list[Part]:
    people = ngettext("{n} person", "{n} people", base.participants).format(n=base.participants)
    groups = ngettext("{n} focus group", "{n} focus groups", base.groups).format(n=base.groups)
    brought = ngettext("{n} source", "{n} sources", len(sources)).format(n=len(sources))
    parts = [
        Part(
            _("Who took part"), _("{people}, {groups}, {sources}").format(people=people, groups=groups, sources=brought)
        ),
        Part(_("How it was done"), _method(base, coders)),
    ]
    for root in (code for code in tree.children() if code.is_question):
        parts.append(Part(root.name, _chapter(tree, counts, base, tree.branch(root.id)[1:], counts[root.id].branch)))
    others = [code for root in tree.children() if not root.is_question for code in tree.branch(root.id)]
    if others:
        parts.append(Part(_("Other codes"), _chapter(tree, counts, base, others, None)))
    if names:
        parts.append(Part(_("Comparing"), _("by {attributes}").format(attributes=_listed(names))))
    number = sum(1 for code in tree if not (code.is_question and tree.children(code.id)))
    codes = ngettext("{n} code", "{n} codes", number).format(n=number)
    parts.append(Part(_("Codebook, tables, how to read the numbers"), codes))
    return parts


def _method(base: Count, coders: int) -> str:
    mentions = ngettext("{n} mention", "{n} mentions", base.mentions).format(n=base.mentions)
    return ngettext("{mentions}, by {n} coder", "{mentions}, by {n} coders", coders).format(mentions=mentions, n=coders)


def _chapter(
    tree: CodeTree, counts: dict[CodeId, CodeCount], base: Count, codes: list[CodeId], whole: Count | None
) -> str:
    used = [code for code in codes if counts[code].own.mentions]
    said = ngettext("{some} of {all} code used", "{some} of {all} codes used", len(codes)).format(
        some=len(used), all=len(codes)
    )
    if whole is None or not whole.mentions:
        return said
    people = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=whole.participants, all=base.participants
    )
    if not base.groups:
        return _("{codes}, raised by {people}").format(codes=said, people=people)
    groups = ngettext("{n} of {all} group", "{n} of {all} groups", base.groups).format(n=whole.groups, all=base.groups)
    return _("{codes}, raised by {people} in {groups}").format(codes=said, people=people, groups=groups)


def _gaps(
    tree: CodeTree, counts: dict[CodeId, CodeCount], sources: list[Source], coded: set[int], project: Project
) -> list[Gap]:
    gaps = _untold(project)
    uncoded = [source.name for source in sources if source.id not in coded]
    if uncoded:
        places = ngettext("{n} of {all} source", "{n} of {all} sources", len(sources))
        said = ngettext("{places} has no codes yet: {names}.", "{places} have no codes yet: {names}.", len(uncoded))
        places = places.format(n=len(uncoded), all=len(sources))
        gaps.append(Gap(said.format(places=places, names=_listed(uncoded)), "read"))
    for root in (code for code in tree.children() if code.is_question):
        if not counts[root.id].branch.mentions:
            gaps.append(Gap(_("Nothing is coded under “{question}” yet.").format(question=root.name), "read"))
    settled = [code for code in tree if not tree.children(code.id) and counts[code.id].own.mentions]
    undefined = [code.name for code in settled if not code.definition.strip()]
    if undefined:
        said = ngettext(
            "{n} code in use has no definition: {names}.",
            "{n} codes in use have no definition: {names}.",
            len(undefined),
        )
        gaps.append(Gap(said.format(n=len(undefined), names=_listed(undefined)), "read"))
    if sources and not any(project.attributes.values(about) for about in ABOUT):
        gaps.append(Gap(_("No place or other attribute is known, so nothing can be compared."), "read"))
    return gaps


def _untold(project: Project) -> list[Gap]:
    """What the report's first page lacks. A title of one word that is the file's name was made from it, not written."""
    gaps = []
    words = project.reports.settings()
    if not words["title"].strip() and project.title == project.path.stem and " " not in project.title:
        said = _("The title, “{title}”, is only the file’s name.")
        gaps.append(Gap(said.format(title=project.title), "title"))
    if not words["authors"].strip():
        gaps.append(Gap(_("No authors are named."), "authors"))
    return gaps


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return _("{names} and {n} more").format(names=", ".join(names[: NAMED - 1]), n=len(names) - NAMED + 1)
