"""A retrieval: which codes, how they are joined, and whose words, where, are looked at.

The passages of the first code are taken, and each further code changes what is there, from left to right:

- *or*: the passages of that code as well;
- *and*: only what shares a turn with a passage of that code (in a source in which nobody speaks: a paragraph);
- *near*: only what has a passage of that code in the same turn or at most so many turns before or after, in one source;
- *overlapping*: only the text that both share; a passage is cut to it, and stands once for each stretch of it;
- *not*: only what shares no text with a passage of that code.

It does not matter who coded what, so long as their codings are looked at (`coders`, `weight`). A code that is no longer
there is one without passages. Of several values of a filter any may hold; of several filters all must.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, CodeId, CodingId, QueryId, SourceId
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

VERSION = 1
JOINERS = ("or", "and", "overlapping", "near", "not")
ORDERS = ("source", "speaker", "code", "length", "weight", "date")
GROUPS = ("", "source", "speaker", "code")  # or the name of an attribute, or of the question asked
FARTHEST = 1000  # turns


@dataclass(frozen=True, slots=True)
class Term:
    """A code, with those under it if it has its `branch`, and how it is joined to what stands before it (the first one's
    `joiner` says nothing). `turns` is how far *near* reaches. `path` is what the code was called, in case it goes.
    """

    code: CodeId
    branch: bool = True
    joiner: str = "or"
    turns: int = 1
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Having:
    """Sources or participants (`about`, one of ABOUT) that have one of some values of an attribute."""

    about: str
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """`terms` empty: whatever is coded. `cases` are (case, what it was called), participants or groups, `sources` likewise;
    `coders`, `questions` and `kinds` are names. `weight` leaves codings out that weigh less, or have no weight.
    """

    terms: tuple[Term, ...] = ()
    coders: tuple[str, ...] = ()
    cases: tuple[tuple[CaseId, str], ...] = ()
    having: tuple[Having, ...] = ()
    questions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[tuple[SourceId, str], ...] = ()
    weight: int | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the codes narrows it."""
        return self != Query(self.terms)

    def without_filters(self) -> Query:
        """The codes alone."""
        return Query(self.terms)

    def named(self, codes: CodeTree) -> Query:
        """With what its codes are called now."""
        return replace(
            self,
            terms=tuple(replace(t, path=codes.path(t.code)) if t.code in codes else t for t in self.terms),
        )

    def joined(self, term: Term) -> Query:
        """With one more code."""
        return replace(self, terms=(*self.terms, term))

    def with_term(self, place: int, term: Term) -> Query:
        """With another term in that place."""
        return replace(self, terms=(*self.terms[:place], term, *self.terms[place + 1 :]))

    def without_term(self, place: int) -> Query:
        """With one term fewer."""
        return replace(self, terms=(*self.terms[:place], *self.terms[place + 1 :]))

    def with_values(self, about: str, name: str, values: tuple[str, ...]) -> Query:
        """With these values asked for of an attribute; none: it is not asked for."""
        others = tuple(having for having in self.having if (having.about, having.name) != (about, name))
        return replace(self, having=(*others, Having(about, name, values)) if values else others)

    def values_of(self, about: str, name: str) -> tuple[str, ...]:
        """The values asked for of an attribute."""
        return next((h.values for h in self.having if (h.about, h.name) == (about, name)), ())


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query under a name."""

    id: QueryId
    name: str
    query: Query


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that fits: `span` is the coding's, or what *overlapping* left of it, and `quote` its words. `turn` is the
    number of the first turn it touches, 0 where nobody speaks; `code` the coding's, `also` the other codes of the query on it.
    `speakers` are in order of speaking, moderators included.
    """

    coding: CodingId
    source: SourceId
    source_name: str
    span: Span
    quote: str
    speakers: tuple[str, ...]
    turn: int
    code: CodeId
    also: tuple[CodeId, ...]
    coder: str
    coded_at: str
    weight: int | None = None
    memos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of a grouped result: `n` passages from `first` on. `code` where it is a code's."""

    title: str
    first: int
    n: int
    code: CodeId | None = None


@dataclass(frozen=True, slots=True)
class PassagePage:
    """The passages from `first` on, of `total`; `count` is how often and how widely all of them were said, out of `base`.
    `parts` are the headings of the whole result; `missing` are sentences about what of the query is no longer there.
    """

    query: Query
    passages: tuple[FoundPassage, ...]
    first: int
    total: int
    count: Count
    base: Count
    parts: tuple[Part, ...]
    missing: tuple[str, ...]


def as_json(query: Query) -> str:
    """The query as text that `from_json` reads."""
    return json.dumps(
        {
            "version": VERSION,
            "terms": [
                {"code": t.code, "path": t.path, "branch": t.branch, "join": t.joiner, "turns": t.turns}
                for t in query.terms
            ],
            "coders": query.coders,
            "cases": query.cases,
            "having": [{"about": h.about, "name": h.name, "values": h.values} for h in query.having],
            "questions": query.questions,
            "kinds": query.kinds,
            "sources": query.sources,
            "weight": query.weight,
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> Query:
    """The query that `as_json` wrote. Raises BadInput for anything else, and for what a newer version wrote."""
    try:
        made = json.loads(text)
        version = int(made["version"])
        query = _read(made) if version <= VERSION else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(_("This is not a query."), _("Put it together anew on the page Retrieve.")) from error
    if query is None:
        raise BadInput(
            _("This query was saved by a newer version of the program."), _("Open the project with that version.")
        )
    return query


def _read(made: Mapping[str, Any]) -> Query:
    terms = tuple(
        Term(CodeId(int(t["code"])), bool(t["branch"]), str(t["join"]), int(t["turns"]), str(t["path"]))
        for t in made["terms"]
    )
    having = tuple(Having(str(h["about"]), str(h["name"]), _names(h["values"])) for h in made["having"])
    weight = None if made["weight"] is None else int(made["weight"])
    is_sound = (
        all(term.joiner in JOINERS and 0 <= term.turns <= FARTHEST for term in terms)
        and all(one.about in ABOUT for one in having)
        and (weight is None or 0 <= weight <= 100)
    )
    if not is_sound:
        raise ValueError(made)
    return Query(
        terms,
        _names(made["coders"]),
        tuple((CaseId(int(case)), str(name)) for case, name in made["cases"]),
        having,
        _names(made["questions"]),
        _names(made["kinds"]),
        tuple((SourceId(int(source)), str(name)) for source, name in made["sources"]),
        weight,
    )


def _names(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(str(value) for value in values)


def in_words(query: Query, codes: CodeTree) -> Iterator[str]:
    """The query in words, a line for the codes and one for each filter."""
    yield _codes_in_words(query, codes)
    yield from filters_in_words(query)


def _codes_in_words(query: Query, codes: CodeTree) -> str:
    if not query.terms:
        return _("Whatever is coded")
    said = term_in_words(query.terms[0], codes)
    for term in query.terms[1:]:
        said = _after(term).format(before=said, code=term_in_words(term, codes))
    return said


def _after(term: Term) -> str:
    """How a term is said after what stands before it."""
    if term.joiner == "near":
        return ngettext(
            "{before}, near {code} (within {n} turn)", "{before}, near {code} (within {n} turns)", term.turns
        ).replace("{n}", str(term.turns))
    return {
        "or": _("{before}, or {code}"),
        "and": _("{before}, and in the same turn {code}"),
        "overlapping": _("{before}, overlapping {code}"),
        "not": _("{before}, not {code}"),
    }[term.joiner]


def term_in_words(term: Term, codes: CodeTree) -> str:
    """`“Fear” with the codes under it`."""
    name = codes[term.code].name if term.code in codes else term.path.rpartition("/")[2]
    if term.branch and codes.children(term.code):
        return _("“{code}” with the codes under it").format(code=name)
    return _("“{code}”").format(code=name)


def filters_in_words(query: Query) -> Iterator[str]:
    """Each filter as a line: `Kind of source: interview or focus group`."""
    if query.cases:
        yield _("People and groups: {names}").format(names=either([name for _case, name in query.cases]))
    for having in query.having:
        said = (
            _("{attribute} of sources: {values}") if having.about == "source" else _("{attribute} of people: {values}")
        )
        yield said.format(attribute=having.name.replace("_", " "), values=either(having.values))
    if query.questions:
        yield _("Question asked: {names}").format(names=either(query.questions))
    if query.kinds:
        yield _("Kind of source: {names}").format(names=either([called.kind(kind) for kind in query.kinds]))
    if query.sources:
        yield _("Source: {names}").format(names=either([name for _source, name in query.sources]))
    if query.coders:
        yield _("Coder: {names}").format(names=either(query.coders))
    if query.weight is not None:
        yield _("Weight: at least {n}").format(n=query.weight)


def either(names: tuple[str, ...] | list[str]) -> str:
    """`one`, `one or two`, `one, two or three`."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} or {last}").format(names=", ".join(names[:-1]), last=names[-1])
