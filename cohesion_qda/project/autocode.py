"""Verbs on auto-coding: what a search would code, and coding what of it a person has ticked, in one act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from cohesion_qda.analysis import patterns
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model import search as language
from cohesion_qda.model.change import Change
from cohesion_qda.model.extent import EXTENTS, extended
from cohesion_qda.model.finding import EVERYWHERE, Hit, Preview, Proposed, Scope
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.search import Query
from cohesion_qda.model.source import Turn
from cohesion_qda.model.text import Span
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.search import Search
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, sources

KINDS = ("word", "phrase", "lemma", "regex")
MOST = patterns.MOST  # passages in one preview

Place = tuple[SourceId, Span]


class Autocode:
    """`project.autocode`."""

    def __init__(self, session: Session, search: Search) -> None:
        self._s = session
        self._search = search

    def preview(
        self,
        what: str,
        kind: str = "word",
        extent: str = "hit",
        scope: Scope = EVERYWHERE,
        code: CodeId | None = None,
        job: Job | None = None,
    ) -> Preview:
        """What would be coded with `code`: each passage once, by the names of the sources and by position, at most MOST.

        `what` is a search as `project.search` takes it (`word`; `lemma` lets every word stand for all its forms), a `phrase`
        to be found as it stands, or a regular expression (`regex`), which is stopped when it takes longer than ten seconds.
        `extent` is the hit, its sentence or its turn. Raises BadInput for what cannot be understood, and Cancelled.
        """
        if kind == "regex":
            return self.preview_at(patterns.find(what, self.texts(scope), job), extent, scope, code)
        self._check(kind, extent)
        hits: list[Hit] = []
        for hit in self._search.places(self._query(what, kind), scope):
            hits.append(hit)
            if len(hits) > MOST:
                break
        return self._preview(hits, extent, scope, code)

    def texts(self, scope: Scope = EVERYWHERE) -> dict[int, str]:
        """The texts in which a regular expression is to be sought, for `analysis.patterns.find`."""
        with self._s.reading():
            return dict(self._search.texts(scope))

    def preview_at(
        self, found: patterns.Found, extent: str = "hit", scope: Scope = EVERYWHERE, code: CodeId | None = None
    ) -> Preview:
        """As `preview`, for the places that a regular expression was found at."""
        self._check("regex", extent)
        hits, _tally = self._search.at({SourceId(n): patterns.spans(found, n) for n in found}, scope)
        return self._preview(hits, extent, scope, code)

    def apply(
        self,
        places: Sequence[Place],
        code: CodeId | None = None,
        *,
        extent: str = "hit",
        query: str = "",
        name: str = "",
        parent: CodeId | None = None,
    ) -> Change:
        """Code each place, or its sentence or turn, in one act: with `code`, or with a new one called `name` under `parent`.

        What is coded so already is left as it is. Raises BadInput without a place, and as `codings.apply`.
        """
        self._check("word", extent)
        if not places:
            raise BadInput(_("No passage is ticked."), _("Tick those that are to be coded."))
        if code is None and not name.strip():
            raise BadInput(_("No code was chosen."), _("Choose the code to apply."))
        shown = " ".join(name.split()) if code is None else self._s.code_name(code)
        chosen = list(dict.fromkeys(self._extended(places, extent)))
        names = {source: self._s.source(source).name for source, _span in chosen}
        told = list(names.values())
        with self._s.act(
            "auto-code", focus=chosen[0], query=query, code=shown, source=told[0] if len(told) == 1 else told
        ) as action:
            wanted = Codebook(self._s).add_inside(name, parent) if code is None else code
            coded = Codings(self._s)
            action.details["n"] = sum(bool(coded.apply_inside(source, span, [wanted])) for source, span in chosen)
        return action.change

    # -- inside ------------------------------------------------------------------------------------------------------

    @staticmethod
    def _check(kind: str, extent: str) -> None:
        if kind not in KINDS:
            raise BadInput(
                _("There is no kind of search “{kind}”.").format(kind=kind),
                _("Use one of: {kinds}.").format(kinds=", ".join(KINDS)),
            )
        if extent not in EXTENTS:
            raise BadInput(
                _("“{extent}” is no extent.").format(extent=extent),
                _("Use one of: {extents}.").format(extents=", ".join(EXTENTS)),
            )

    @staticmethod
    def _query(what: str, kind: str) -> Query:
        if kind == "phrase":
            return language.phrase(what)
        return language.parse(what, all_forms=kind == "lemma")

    def _preview(self, hits: Sequence[Hit], extent: str, scope: Scope, code: CodeId | None) -> Preview:
        passages: dict[Place, Proposed] = {}
        texts = {source: sources.text(self._s.db, source) for source in dict.fromkeys(hit.source for hit in hits)}
        own = {source: _Coded(self._own(source, code)) for source in texts}
        places = self._extended([(hit.source, hit.span) for hit in hits[:MOST]], extent, texts)
        for hit, (source, span) in zip(hits, places, strict=False):
            known = passages.get((source, span))
            if known is not None:
                passages[source, span] = replace(known, hits=known.hits + 1)
                continue
            passages[source, span] = Proposed(hit, span, span.of(texts[source]), 1, own[source].holds(span))
        return Preview(tuple(passages.values()), self._search.people(scope), len(hits) > MOST)

    def _own(self, source: SourceId, code: CodeId | None) -> list[Span]:
        """What the current coder has coded so."""
        mine = self._s.coder.id
        if code is None:
            return []
        return [c.span for c in codings.of_source(self._s.db, source) if c.code == code and c.coder == mine]

    def _extended(self, places: Sequence[Place], extent: str, texts: dict[SourceId, str] | None = None) -> list[Place]:
        known = dict(texts or {})
        turns: dict[SourceId, list[Turn]] = {}
        made: list[Place] = []
        for source, span in places:
            if source not in turns:
                turns[source] = sources.turns(self._s.db, source)
                known.setdefault(source, sources.text(self._s.db, source))
            at = bisect_right(turns[source], span.start, key=lambda turn: turn.span.start) - 1
            turn = turns[source][at].span if at >= 0 and span.start < turns[source][at].span.end else None
            made.append((source, extended(known[source], span, extent, turn)))
        return made


class _Coded:
    """Spans of one source, for asking whether one of them holds another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def holds(self, span: Span) -> bool:
        """Whether one of them begins no later and ends no earlier."""
        at = bisect_right(self._starts, span.start) - 1
        return at >= 0 and self._reach[at] >= span.end
