"""Verbs on searching: find what was said, and count how widely."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cohesion_qda.analysis import lemmas
from cohesion_qda.model import search as language
from cohesion_qda.model.attribute import ABOUT
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.extent import line_around
from cohesion_qda.model.finding import EVERYWHERE, Hit, HitPage, Rest, Scope, Tally
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.search import Query
from cohesion_qda.model.text import Span, folded
from cohesion_qda.project.session import Session
from cohesion_qda.store import attributes, cases, codes, codings, sections, sources
from cohesion_qda.store import search as index

AROUND = 160  # code points kept before and after a hit
FEW_LETTERS = 3  # a beginning of so many letters or fewer makes counting slow
PAGE = 100


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """What a search can be narrowed to: (id, name, where they sat) of who speaks, (source or participant, name, values),
    the codes, the titles of sections, and (id, name) of sources; and how often the current coder has used each code.
    """

    people: tuple[tuple[CaseId, str, str], ...] = ()
    attributes: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    tree: CodeTree = CodeTree()  # noqa: RUF009 (empty, and never changed)
    questions: tuple[str, ...] = ()
    sources: tuple[tuple[SourceId, str], ...] = ()
    uses: Mapping[CodeId, int] = field(default_factory=dict)


class Search:
    """`project.search`. What can be typed is told in `model.search`."""

    def __init__(self, session: Session) -> None:
        self._s = session
        self._words: dict[str, list[str]] = {}
        self._version = -1

    def find(
        self,
        typed: str | Query,
        scope: Scope = EVERYWHERE,
        *,
        after: Rest = Rest(),  # noqa: B008 (frozen)
        count: int = PAGE,
        all_forms: bool = False,
        seconds: float | None = None,
    ) -> HitPage:
        """The first `count` hits (a few more, so that a line is not cut) from `after` on, by the names of the sources and by
        position. With `seconds` it gives what it has when they are over; `rest` says where to go on.

        Raises BadInput for what cannot be understood, and NotFound for a code or coder that is not there.
        """
        query = self._parsed(typed, all_forms)
        with self._s.reading():
            finder = self._finder(scope)
            match = language.as_match(query, self.forms)
            hits, rest = self._hits(finder, match, after, count, seconds)
            lines = self._lines_at_once(finder, query, match) if after == Rest() else None
            spelled = tuple((word, self.forms(word)) for word in dict.fromkeys(language.words_with_forms(query)))
        return HitPage(tuple(hits), rest, lines, spelled)

    def places(self, typed: str | Query, scope: Scope = EVERYWHERE, *, all_forms: bool = False) -> Iterator[Hit]:
        """Every hit, one after the other. Raises as `find`."""
        after: Rest | None = Rest()
        query = self._parsed(typed, all_forms)
        while after is not None:
            page = self.find(query, scope, after=after, count=10 * PAGE)
            yield from page.hits
            after = page.rest

    def tally(
        self,
        typed: str | Query,
        scope: Scope = EVERYWHERE,
        *,
        all_forms: bool = False,
        so_far: Tally | None = None,
        seconds: float | None = None,
    ) -> Tally:
        """How often and how widely it was said. With `seconds` it counts for so long only: ask again with what it gave as
        `so_far` until it is whole. Raises as `find`.
        """
        query = self._parsed(typed, all_forms)
        with self._s.reading():
            finder = self._finder(scope)
            match = language.as_match(query, self.forms)
            if so_far is None:
                people, groups, number = finder.bases()
                so_far = Tally(all_people=people, all_groups=groups, all_sources=number)
            return _counted(finder, match, so_far, seconds)

    def people(self, scope: Scope = EVERYWHERE) -> int:
        """How many participants speak in the scope, whatever is coded or asked there."""
        with self._s.reading():
            return self._finder(scope).bases()[0]

    def texts(self, scope: Scope = EVERYWHERE) -> Iterator[tuple[SourceId, str]]:
        """The sources in which something may lie in the scope, with their texts."""
        for shelf in self._finder(scope).shelves:
            yield shelf.source, sources.text(self._s.db, shelf.source)

    def at(self, places: Mapping[SourceId, Sequence[Span]], scope: Scope = EVERYWHERE) -> tuple[list[Hit], Tally]:
        """The places that lie in the scope, as hits, by the names of the sources and by position, and their count. Each of
        them is inside one line.
        """
        with self._s.reading():
            finder = self._finder(scope)
            people, groups, number = finder.bases()
            hits: list[Hit] = []
            seen: set[tuple[SourceId, Span]] = set()
            grouped: set[int] = set()
            for place, shelf in enumerate(finder.shelves):
                text = sources.text(self._s.db, shelf.source) if places.get(shelf.source) else ""
                for span, said in finder.among(place, places.get(shelf.source, ())):
                    line = line_around(text, span)
                    seen.add((shelf.source, line))
                    hits.append(_hit(shelf, index.Line(place, 0, line, line.of(text), ()), span, said))
                    if shelf.group is not None and said is not None and said.role == "participant":
                        grouped.add(shelf.group)
        voices = frozenset(hit.case for hit in hits if hit.case is not None and hit.role == "participant")
        found = frozenset(hit.source for hit in hits)
        return hits, Tally(len(hits), len(seen), voices, frozenset(grouped), found, people, groups, number, None)

    def forms(self, word: str) -> tuple[str, ...]:
        """The forms of a word that are in the texts, the word itself first."""
        version = index.version(self._s.db)
        if version != self._version:
            self._words, self._version = {}, version
        return lemmas.forms(word, self._beginning_with, lambda w: folded(w)[0])

    def choices(self) -> ScopeChoices:
        """What a search can be narrowed to."""
        db = self._s.db
        with self._s.reading():
            values: dict[tuple[str, str], set[str]] = {}
            for about in ABOUT:
                for held in attributes.values(db, about).values():
                    for name, value in held.items():
                        values.setdefault((about, name), set()).add(value)
            groups = {case.id: case.name for case in cases.all_(db, "group")}
            people = [
                (case.id, case.name, groups.get(case.group, "") if case.group is not None else "")
                for case in cases.all_(db, "participant")
            ]
            asked = dict.fromkeys(question.text for question in sections.questions(db))
            asked |= dict.fromkeys(title for _source, _start, _end, title in sections.rows(db))
            return ScopeChoices(
                tuple(people),
                tuple((about, name, tuple(sorted(filter(None, held), key=str.casefold))) for (about, name), held in values.items()),
                codes.tree(db),
                tuple(asked),
                tuple((source.id, source.name) for source in sources.all_(db)),
                codings.uses(db, self._s.coder.id),
            )  # fmt: skip

    def _beginning_with(self, letter: str) -> list[str]:
        if letter not in self._words:
            self._words[letter] = index.vocabulary(self._s.db, letter)
        return self._words[letter]

    @staticmethod
    def _parsed(typed: str | Query, all_forms: bool) -> Query:
        return language.parse(typed, all_forms=all_forms) if isinstance(typed, str) else typed

    def _finder(self, scope: Scope) -> index.Finder:
        wanted, coder = [], None
        if scope.code is not None:
            self._s.code_name(scope.code)
            wanted = codes.tree(self._s.db).branch(scope.code) if scope.branch else [scope.code]
            coder = self._s.whose(scope.coder)
        return index.Finder(self._s.db, scope, wanted, coder)

    def _hits(
        self, finder: index.Finder, match: str, after: Rest, count: int, seconds: float | None
    ) -> tuple[list[Hit], Rest | None]:
        hits: list[Hit] = []
        is_over = _Clock(seconds)
        for line in finder.lines(match, after):
            if isinstance(line, Rest):
                after = line
            else:
                hits.extend(_hit(finder.shelves[line.place], line, span, said) for span, said in line.hits)
                after = Rest(line.place, line.id)
                if len(hits) >= count:
                    return hits, after
            if is_over():
                return hits, after
        return hits, None

    @staticmethod
    def _lines_at_once(finder: index.Finder, query: Query, match: str) -> int | None:
        """In how many lines there are hits, where that costs next to nothing."""
        shortest = language.shortest_prefix(query)
        if finder.is_narrow or (shortest is not None and shortest <= FEW_LETTERS):
            return None
        return finder.count(match)


def _hit(shelf: index.Shelf, line: index.Line, span: Span, said: index.Said | None) -> Hit:
    start, end = span.start - line.span.start, span.end - line.span.start
    return Hit(
        shelf.source, shelf.name, span,
        line.text[max(0, start - AROUND) : start], line.text[start:end], line.text[end : end + AROUND],
        said.name if said else "", said.number if said else 0, said.case if said else None, said.role if said else "",
    )  # fmt: skip


def _counted(finder: index.Finder, match: str, tally: Tally, seconds: float | None) -> Tally:
    """`tally` with what is counted in `seconds`."""
    if tally.rest is None:
        return tally
    hits, lines, at = tally.hits, tally.lines, tally.rest
    people, grouped, places = set(tally.people), set(tally.grouped), set(tally.sources)
    is_over = _Clock(seconds)
    is_whole = True
    for line in finder.lines(match, at):
        if isinstance(line, Rest):
            at = line
        else:
            shelf = finder.shelves[line.place]
            hits, lines, at = hits + len(line.hits), lines + 1, Rest(line.place, line.id)
            places.add(shelf.source)
            voices = {said.case for _span, said in line.hits if said is not None and said.role == "participant"}
            people |= voices
            if voices and shelf.group is not None:
                grouped.add(shelf.group)
        if is_over():
            is_whole = False
            break
    found = replace(tally, hits=hits, lines=lines, rest=None if is_whole else at)
    return replace(found, people=frozenset(people), grouped=frozenset(grouped), sources=frozenset(places))


class _Clock:
    """Whether so many seconds are over since it was first asked, so that each slice of work gets somewhere."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def __call__(self) -> bool:
        if self._seconds is None:
            return False
        if self._until is None:
            self._until = time.monotonic() + self._seconds
        return time.monotonic() > self._until
