"""What Retrieve reads from the project, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import PassagePage, Query, SavedQuery, in_words
from cohesion_qda.model.table import Count
from cohesion_qda.ui.retrieve.cards import Card, Heading, cards_of_found
from cohesion_qda.ui.retrieve.narrowing import Offer, offer_of

if TYPE_CHECKING:
    from cohesion_qda.project import Project

PAGE = 60  # passages read at once


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown. `only` is the coder whose codings alone may be seen, while others' are hidden."""

    query: Query = field(default_factory=Query)
    order: str = "source"
    group: str = "source"
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what fits, as rows for the list."""

    wish: Wish
    tree: CodeTree
    page: PassagePage
    rows: tuple[Card | Heading, ...]

    @property
    def is_more(self) -> bool:
        """Whether passages follow that were not read yet."""
        return self.page.first + len(self.page.passages) < self.page.total


@dataclass(frozen=True, slots=True)
class Beside:
    """What the menus offer: ways to narrow, the passages of every code with those under it, saved queries."""

    offer: Offer
    counts: dict[CodeId, int]
    saved: tuple[SavedQuery, ...]


def look(project: Project, wish: Wish, first: int = 0, count: int = PAGE) -> Found:
    """The passages from `first` on; by source, where what they are grouped by is gone. Runs on the project thread."""
    how = {"order": wish.order, "first": first, "count": count}
    try:
        page = project.retrieval.find(wish.query, group=wish.group, **how)
    except (NotFound, BadInput):
        wish = replace(wish, group="source")
        page = project.retrieval.find(wish.query, group=wish.group, **how)
    tree = project.codebook.tree()
    wish = replace(wish, query=wish.query.named(tree))
    terms = wish.query.terms
    is_one_code = len(terms) == 1 and not (terms[0].branch and tree.children(terms[0].code))
    several = len(project.seen_coders()) > 1
    cards = cards_of_found(page.passages, tree, chips=not is_one_code and wish.group != "code", coders=several)
    parts = {part.first: part for part in page.parts}
    rows: list[Card | Heading] = []
    for n, card in enumerate(cards, first):
        if n in parts:
            rows.append(Heading(parts[n].title, parts[n].n))
        rows.append(card)
    return Found(wish, tree, page, tuple(rows))


def beside(project: Project) -> Beside:
    """What the menus offer. Runs on the project thread."""
    counts, _base = project.codebook.tally()
    return Beside(
        offer_of(project),
        {code: found.branch.mentions for code, found in counts.items()},
        tuple(project.retrieval.saved()),
    )


def title_of(query: Query, tree: CodeTree) -> str:
    """What stands over the page: the name of the only code, or the query in words."""
    if len(query.terms) == 1 and query.terms[0].code in tree:
        return tree[query.terms[0].code].name
    return next(in_words(query, tree))


def counted(passages: int, count: Count, base: Count) -> str:
    """`19 passages  ·  12 of 80 people  ·  7 of 12 groups`; groups are left out where there are none.

    Where overlapping passages are counted once, or the moderator's not at all, the mentions are said too.
    """
    said = ngettext("{n} passage", "{n} passages", passages).format(n=passages)
    if count.mentions != passages:
        mentions = ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions)
        said = _("{mentions} in {passages}").format(mentions=mentions, passages=said)
    people = ngettext("{some} of {all} person", "{some} of {all} people", base.participants).format(
        some=count.participants, all=base.participants
    )
    if not base.groups:
        return _("{passages}  ·  {people}").format(passages=said, people=people)
    groups = ngettext("{some} of {all} group", "{some} of {all} groups", base.groups).format(
        some=count.groups, all=base.groups
    )
    return _("{passages}  ·  {people}  ·  {groups}").format(passages=said, people=people, groups=groups)
