"""Verbs on auto-coding: what a search would code, and coding what of it a person has ticked, in one act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType

from cohesion_qda.analysis import patterns
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model import search as language
from cohesion_qda.model.change import Change
from cohesion_qda.model.extent import EXTENTS, extended
from cohesion_qda.model.finding import EVERYWHERE, Hit, Preview, Proposed, Rest, Scope
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.search import Query
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.text import Span
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.places import Placing
from cohesion_qda.project.search import Search
from cohesion_qda.project.session import Session
from cohesion_qda.store import codings, sources

KINDS = ("word", "phrase", "lemma", "regex")
MOST = patterns.MOST  # hits in one preview
NOWHERE: Mapping[SourceId, str] = MappingProxyType({})
A_PAGE = 100  # hits that are looked at in one go

Place = tuple[SourceId, Span]


class Autocode:
    """`project.autocode`."""

    def __init__(self, session: Session, search: Search) -> None:
        self._s = session
        self._search = search
        self._codings = Codings(session)

    def preview(
        self,
        what: str,
        kind: str = "word",
        extent: str = "hit",
        scope: Scope = EVERYWHERE,
        code: CodeId | None = None,
        *,
        so_far: Preview | None = None,
        seconds: float | None = None,
    ) -> Preview:
        """What would be coded with `code`: each passage once, by the names of the sources and by position, at most MOST.

        `what` is a search as `project.search` takes it (`word`; `lemma` lets every word stand for all its forms), a `phrase`
        to be found as it stands, or a regular expression (`regex`), which is stopped when it takes longer than ten seconds.
        `extent` is the hit, its sentence or its turn. With `seconds` it looks for so long only: ask again with what it gave
        as `so_far` until its `rest` is None (a regular expression is looked for at once). Raises BadInput for what cannot
        be understood.
        """
        if kind == "regex":
            return self.preview_at(patterns.find(what, self.texts(scope)), extent, scope, code)
        self._check(kind, extent)
        query = self._query(what, kind)
        with self._s.reading():
            found = so_far or Preview(all_people=self._search.people(scope), rest=Rest())
            while found.rest is not None:
                page = self._search.find(query, scope, after=found.rest, count=A_PAGE, seconds=seconds)
                found = self._with(replace(found, rest=page.rest), page.hits, extent, code)
                if seconds is not None:
                    break
        return found

    def texts(self, scope: Scope = EVERYWHERE) -> dict[int, str]:
        """The texts in which a regular expression is to be sought, for `analysis.patterns.find`."""
        with self._s.reading():
            return dict(self._search.texts(scope))

    def preview_at(
        self,
        found: patterns.Found,
        extent: str = "hit",
        scope: Scope = EVERYWHERE,
        code: CodeId | None = None,
        so_far: Preview | None = None,
    ) -> Preview:
        """As `preview`, for the places that a regular expression was found at, after those of the sources `so_far`."""
        self._check("regex", extent)
        hits, tally = self._search.at({SourceId(n): patterns.spans(found, n) for n in found}, scope)
        with self._s.reading():
            return self._with(so_far or Preview(all_people=tally.all_people), hits, extent, code)

    def apply(
        self,
        places: Sequence[Place],
        code: CodeId | None = None,
        *,
        extent: str = "hit",
        query: str = "",
        name: str = "",
        parent: CodeId | None = None,
        of: Mapping[SourceId, str] = NOWHERE,
    ) -> Change:
        """Code each place, or its sentence or turn, in one act: with `code`, or with a new one called `name` under `parent`.

        What is coded so already is left as it is. `of` gives of sources the hash of the text that the places were found in: they
        are then where their words stand now. Raises BadInput without a place, where those words were corrected, and as `codings.apply`.
        """
        self._check("word", extent)
        if not places:
            raise BadInput(_("No passage is ticked."), _("Tick those that are to be coded."))
        if code is None and not name.strip():
            raise BadInput(_("No code was chosen."), _("Choose the code to apply."))
        shown = " ".join(name.split()) if code is None else self._s.code_name(code)
        found = [Evidence(source, span, 0.0, of=of.get(source, "")) for source, span in places]
        places = [(one.source, one.span) for one in Placing(self._s).each(found)]
        return self._codings.apply_many(
            self._extended(places, extent),
            [] if code is None else [code],
            "auto-code",
            new=(name, parent) if code is None else None,
            query=query,
            code=shown,
        )

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

    def _with(self, found: Preview, hits: Sequence[Hit], extent: str, code: CodeId | None) -> Preview:
        """`found` and the passages around further hits, which come after its own. Those of one passage follow each other."""
        room = MOST - found.hits
        places = self._extended([(hit.source, hit.span) for hit in hits[:room]], extent)
        held = dict.fromkeys(source for source, _span in places)
        texts, own = sources.texts(self._s.db, held), self._own(held, code)
        by_nobody = {hit.source for hit in hits if not hit.role}
        spoken = {source for source in by_nobody if sources.speakers(self._s.db, source)}
        made = list(found.proposed)
        for hit, (source, span) in zip(hits, places, strict=False):
            if made and (made[-1].hit.source, made[-1].span) == (source, span):
                made[-1] = replace(made[-1], hits=made[-1].hits + 1)
            elif len(span):
                by_others = hit.role != "participant" if hit.role else source in spoken
                made.append(Proposed(hit, span, span.of(texts[source]), 1, own[source].holds(span), by_others))
        is_cut = len(hits) > room
        return replace(found, proposed=tuple(made), cut=is_cut, rest=None if is_cut else found.rest)

    def _own(self, held: Iterable[SourceId], code: CodeId | None) -> dict[SourceId, _Coded]:
        """What the current coder has coded so in each of the sources."""
        spans: dict[SourceId, list[Span]] = {source: [] for source in held}
        if code is not None:
            for coding in codings.of_codes(self._s.db, [code], self._s.coder.id, spans):
                spans[coding.source].append(coding.span)
        return {source: _Coded(found) for source, found in spans.items()}

    def _extended(self, places: Sequence[Place], extent: str) -> list[Place]:
        texts = sources.texts(self._s.db, {source for source, _span in places})
        return [
            (source, extended(texts[source], span, extent, sources.turn_at(self._s.db, source, span.start)))
            for source, span in places
        ]


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
