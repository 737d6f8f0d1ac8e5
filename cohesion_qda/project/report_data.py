"""Reading a findings report: everything it says, as plain values, in one go."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

from cohesion_qda.model.ids import CodeId, SegmentId, ThemeId
from cohesion_qda.model.place import Place
from cohesion_qda.model.reporting import NAMED, Part, Quote
from cohesion_qda.project import beside, filled, reported, taken, team
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import hidden_note
from cohesion_qda.store import cases, codes, places, plan, reports, schema, settlements, sources, study, themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cohesion_qda.analysis.language import Words
    from cohesion_qda.project.suggestions import Suggestions
    from cohesion_qda.project.tables import Tables
    from cohesion_qda.report.data import ReportData
    from cohesion_qda.report.extras import Extras
    from cohesion_qda.report.values import CodeEntry

Key = TypeVar("Key", CodeId, ThemeId)
_TEXTS = 64  # that are kept while quotations are made
_WRITERS = ("matplotlib", "odfdo", "openpyxl", "python-docx", "typst", "wordcloud")


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is to be written: `settings` as `project.reports.settings` gives them, its parts in order, below which number of people
    numbers are hidden (0: none).
    """

    settings: Mapping[str, str]
    outline: tuple[Part, ...]
    suppress: int


def read(session: Session, tables: Tables, suggestions: Suggestions, wish: Wish) -> ReportData:
    """What the report says, with every detail in it that may identify somebody (`project.details` masks them)."""
    from cohesion_qda.report.data import build

    read_with: dict[str, object] = {}

    def terms() -> Words:
        heard = suggestions.heard(vectors=False)
        read_with["talk_read_with"] = heard.info.key
        return heard.words

    data = build(
        tables.study(),
        terms,
        Codings(session).passages,
        title=wish.settings["title"] or cases.setting(session.db, "title") or session.path.stem,
        authors=wish.settings["authors"],
        summary=wish.settings["summary"],
        date=wish.settings["date"] or reports.changed(session.db)[1][:10],
        settled=settlements.codings(session.db),
        suppress=wish.suppress,
        themes=themes.all_(session.db),
        extras=extras(session, wish),
        text=lru_cache(_TEXTS)(partial(sources.text, session.db)),
    )
    return replace(
        data,
        notes=(*hidden_note(session), *data.notes),
        singled=_singled(tables, data),
        codebook=_codebook(data),
        extras=replace(
            data.extras,
            method={**data.extras.method, **read_with},
            worksheets=filled.results(session, tables.study(), wish.settings["attribution"]),
        ),
    )


def _codebook(data: ReportData) -> tuple[CodeEntry, ...]:
    """The codebook, its examples by the rule of attribution."""
    from cohesion_qda.report.attributions import unnamed

    if data.extras.attribution == NAMED:
        return data.codebook
    return tuple(replace(entry, example=unnamed(entry.example)) for entry in data.codebook)


def extras(session: Session, wish: Wish) -> Extras:
    """What the report holds beside the counts. Each owner of a part adds a line here that reads their fields."""
    from cohesion_qda.report.extras import Extras

    # the summary's words are `ReportData.summary`, which its part writes itself
    outline = tuple(replace(part, words="") if part.key == "summary" else part for part in wish.outline)
    return Extras(
        outline=outline,
        words=reports.words(session.db),
        further=reported.further(session),
        areas_by=wish.settings["areas"],
        attribution=wish.settings["attribution"],
        version=wish.settings["version"],
        quotes=_standing(quotes(session)),
        key_passages=_standing(key_passages(session)),
        method=method(session, wish),
        plan=tuple(plan.all_(session.db)),
        team=team.read(session),
        references=beside.references(session),
        indicators=beside.indicators(session),
        triangulation=beside.notes(session),
        frames=taken.taken(session),
        issues=taken.borne(session),
    )


def method(session: Session, wish: Wish) -> dict[str, object]:
    """What a report is written from and how, so that two reports can be told to be of the same project: without names of sources, and without
    anything of the computer or the day.
    """
    tree, (first, last) = codes.tree(session.db), reports.changed(session.db)
    told = [
        [tree.path(c.id), c.definition, c.use_when, c.not_when, c.example, c.is_question, c.is_aside, c.direction]
        for c in tree
    ]
    return {
        "schema": schema.VERSION,
        "report": {name: wish.settings[name] for name in ("version", "template", "attribution")},
        "parts": [part.key for part in wish.outline if part.is_shown],
        "project": {"began": first[:10], "last_changed": last},
        "codebook": {"codes": len(told), "sha256": _hash(json.dumps(told, ensure_ascii=False))},
        "coded": {
            name: {"codings": n, "first": since[:10], "last": until[:10]}
            for name, (n, since, until) in reports.coded(session.db, session.whose()).items()
        },
        "texts_sha256": sorted(study.contents(session.db).values()),
        "made_with": _made_with(),
    }


def _made_with() -> dict[str, str]:
    """The versions of what draws and writes; of what a packed program does not tell, none."""
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in _WRITERS:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def quotes(session: Session) -> dict[CodeId, tuple[Quote, ...]]:
    """The passages that the author chose to quote, by code, in order; also those that lost their text."""
    chosen = reports.quotes(session.db)
    where = places.of_segments(session.db, (segment for of in chosen.values() for segment in of))
    return {code: tuple(_quoted(of, where)) for code, of in chosen.items()}


def key_passages(session: Session) -> dict[ThemeId, tuple[Quote, ...]]:
    """The key passages of themes, in the order of the sources and of the text; also those that lost their text."""
    chosen = reports.theme_roles(session.db)
    where = places.of_segments(session.db, (segment for of in chosen.values() for segment in of))
    order = {segment: place for place, segment in enumerate(where)}
    return {
        theme: tuple(_quoted({s: of[s] for s in sorted(of, key=order.__getitem__)}, where))
        for theme, of in chosen.items()
    }


def _quoted(segments: Mapping[SegmentId, str], where: Mapping[SegmentId, Place]) -> Iterable[Quote]:
    return (Quote(where[segment], role) for segment, role in segments.items())


def _standing(found: dict[Key, tuple[Quote, ...]]) -> dict[Key, tuple[Quote, ...]]:
    return {key: tuple(quote for quote in of if not quote.place.is_lost) for key, of in found.items()}


def _singled(tables: Tables, data: ReportData) -> tuple[str, ...]:
    """Warnings of sources that few speak in and that are named under a quotation."""
    from cohesion_qda.report import singling
    from cohesion_qda.report.attributions import Attributions
    from cohesion_qda.report.quotes import quoted

    known = tables.study()
    by = Attributions(known, data.extras.attribution)
    places = ((each.source, each.span) for each in quoted(data) if by.tells_source(each.source))
    return singling.warnings(singling.singled(known, singling.speaking(known, places)))
