"""What the tab Contents shows: the parts of the report with their numbers, the author's words, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import reporting
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId, ThemeId
from cohesion_qda.model.reporting import Stray
from cohesion_qda.model.source import Source
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.model.theme import Theme
from cohesion_qda.ui.report.head import can_tell

if TYPE_CHECKING:
    from cohesion_qda.project import Project

NAMED = 4  # things that are named before the rest is only counted
OTHERS, COREQ = "chapters", "coreq"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place inside a part that the author can write about: a theme, a code, an item of a checklist. `key` is that of its words."""

    key: str
    name: str
    depth: int = 0
    code: CodeId | None = None
    theme: ThemeId | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the report, the numbers it will show, and the places inside it."""

    key: str
    name: str
    is_shown: bool
    numbers: str = ""
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. `page` is where it can be put right: a page of the window, or a field of the title page."""

    said: str
    page: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the tab shows. `settings` are as `project.reports.settings` has them; `words` the author's own by the key of their place;
    `default_title` is used where there is none. `templates` are (key, name, what it is for).
    """

    settings: dict[str, str]
    default_title: str
    parts: tuple[PartLine, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    templates: tuple[tuple[str, str, str], ...] = ()
    gaps: tuple[Gap, ...] = ()
    strays: tuple[Stray, ...] = ()
    can_tell: bool = False
    is_read_only: bool = False

    def part(self, key: str) -> PartLine | None:
        """The part with that key."""
        return next((part for part in self.parts if part.key == key), None)

    def count_words(self, part: PartLine) -> int:
        """In how many places of a part the author has written."""
        return sum(bool(self.words.get(key, "").strip()) for key in (part.key, *(spot.key for spot in part.spots)))


def look(project: Project) -> Contents:
    """Read it. Runs on the project thread."""
    tree, counts, base = project.codebook.tree(), project.codebook.counts(), project.codebook.base()
    sources, themes = project.sources.list(), project.themes.list()
    outline, names, settings = project.reports.outline(), project.reports.names(), project.reports.settings()
    numbers = _numbers(project, tree, counts, base, sources)
    parts = tuple(
        PartLine(
            part.key, names[part.key], part.is_shown, numbers.get(part.key, ""), _spots(part.key, tree, counts, themes)
        )
        for part in outline
    )
    return Contents(
        settings=settings,
        default_title=project.title,
        parts=parts,
        words={**project.reports.words(), "summary": settings["summary"]},
        templates=tuple((each.key, each.name, each.about) for each in project.reports.templates()),
        gaps=tuple(_gaps(project, tree, counts, sources)),
        strays=project.reports.strays(),
        can_tell=can_tell(project),
        is_read_only=project.is_read_only,
    )


# -- the places inside a part ------------------------------------------------------------------------------------------


def _spots(
    key: str, tree: CodeTree, counts: Mapping[CodeId, CodeCount], themes: Iterable[Theme]
) -> tuple[Spot, ...]:  # fmt: skip
    """Of a chapter its themes, where the researcher built some, else its codes that were used; of the checklist its items."""
    if key == COREQ:
        from cohesion_qda.report import coreq

        return tuple(Spot(f"{COREQ} {item.number}", f"{item.number}. {item.asks}") for item in coreq.items())
    what, number = reporting.place_of(key)
    if key != OTHERS and what != reporting.QUESTION:
        return ()
    question = CodeId(number) if what == reporting.QUESTION else None
    mine = [theme for theme in themes if theme.question == question and (theme.codes or theme.passages)]
    if mine:
        return tuple(Spot(reporting.place_key(reporting.THEME, t.id), t.name, theme=t.id) for t in mine)
    top = (
        tree.children(question) if question is not None else [code for code in tree.children() if not code.is_question]
    )
    used = [code for code in _all_under(tree, top) if counts[code.id].branch.mentions]
    away = tree.depth(top[0].id) if top else 0
    return tuple(
        Spot(reporting.place_key(reporting.CODE, code.id), code.name, tree.depth(code.id) - away, code=code.id)
        for code in used
    )


def _all_under(tree: CodeTree, top: Iterable[Code]) -> list[Code]:
    return [tree[code] for root in top for code in tree.branch(root.id)]


# -- the numbers of each part ------------------------------------------------------------------------------------------


def _numbers(
    project: Project, tree: CodeTree, counts: dict[CodeId, CodeCount], base: Count, sources: list[Source]
) -> dict[str, str]:
    """What each part will tell of, by its key; parts of which nothing is said beforehand are left out."""
    from cohesion_qda.report.data import attributes_to_compare

    people = ngettext("{n} person", "{n} people", base.participants).format(n=base.participants)
    groups = ngettext("{n} focus group", "{n} focus groups", base.groups).format(n=base.groups)
    brought = ngettext("{n} source", "{n} sources", len(sources)).format(n=len(sources))
    codes = sum(1 for code in tree if not (code.is_question and tree.children(code.id)))
    names, plan = attributes_to_compare(project.tables.study()), project.plan.list()
    found = {
        "engagement": _("{people}, {groups}, {sources}").format(people=people, groups=groups, sources=brought),
        "method": _method(base, len(project.seen_coders())),
        "comparison": _("by {attributes}").format(attributes=listed(names)) if names else "",
        "codebook": ngettext("{n} code", "{n} codes", codes).format(n=codes),
        "plan": ngettext("{n} date or step", "{n} dates and steps", len(plan)).format(n=len(plan)) if plan else "",
    }
    for root in (code for code in tree.children() if code.is_question):
        key = reporting.place_key(reporting.QUESTION, root.id)
        found[key] = _chapter(counts, base, tree.branch(root.id)[1:], counts[root.id].branch)
    for key in _silent(project, tree):
        found[key] = _("nothing to tell yet")
    others = [code.id for code in _all_under(tree, (code for code in tree.children() if not code.is_question))]
    if others:
        found[OTHERS] = _chapter(counts, base, others, None)
    return found


def _silent(project: Project, tree: CodeTree) -> list[str]:
    """The parts that will be left out of the report because nothing was put down for them."""
    is_there = {
        "plan": bool(project.plan.list()),
        "worksheets": bool(project.worksheets.list()),
        "issues": any(frame.issues for frame in project.frames.taken()),
        "directions": any(code.direction for code in tree),
        "triangulation": bool(project.evidence.indicators()),
    }
    return [key for key, told in is_there.items() if not told]


def _method(base: Count, coders: int) -> str:
    mentions = ngettext("{n} mention", "{n} mentions", base.mentions).format(n=base.mentions)
    return ngettext("{mentions}, by {n} coder", "{mentions}, by {n} coders", coders).format(mentions=mentions, n=coders)


def _chapter(counts: dict[CodeId, CodeCount], base: Count, codes: list[CodeId], whole: Count | None) -> str:
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


# -- what is missing ---------------------------------------------------------------------------------------------------


def _gaps(project: Project, tree: CodeTree, counts: dict[CodeId, CodeCount], sources: list[Source]) -> list[Gap]:
    gaps = _untold(project)
    coded = {coding[1] for coding in project.tables.study().codings}
    uncoded = [source.name for source in sources if source.id not in coded]
    if uncoded:
        places = ngettext("{n} of {all} source", "{n} of {all} sources", len(sources))
        said = ngettext("{places} has no codes yet: {names}.", "{places} have no codes yet: {names}.", len(uncoded))
        places = places.format(n=len(uncoded), all=len(sources))
        gaps.append(Gap(said.format(places=places, names=listed(uncoded)), "read"))
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
        gaps.append(Gap(said.format(n=len(undefined), names=listed(undefined)), "read"))
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


def listed(names: list[str]) -> str:
    """Names in a row; the rest of many is counted."""
    if len(names) <= NAMED:
        return ", ".join(names)
    return _("{names} and {n} more").format(names=", ".join(names[: NAMED - 1]), n=len(names) - NAMED + 1)
