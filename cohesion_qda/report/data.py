"""Building a report's values: engagement, chapters, tables, quotations, method."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import ngettext
from cohesion_qda.base.version import VERSION
from cohesion_qda.model import called
from cohesion_qda.model.ids import CodingId, SourceId
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import Table
from cohesion_qda.model.theme import Theme
from cohesion_qda.report import areas, counting, pointing, small, words
from cohesion_qda.report.attributions import Attributions
from cohesion_qda.report.chaptering import Chapters, Passages
from cohesion_qda.report.conduct import conduct, saturation
from cohesion_qda.report.counting import attributes_to_compare
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.values import CodeEntry, ReportData, SourceKind

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words

__all__ = ["Passages", "ReportData", "attributes_to_compare", "build"]


def build(
    study: StudyData,
    terms: Callable[[], Words],
    passages: Passages,
    *,
    title: str,
    authors: str = "",
    summary: str = "",
    date: str = "",
    by: Sequence[str] | None = None,
    settled: frozenset[CodingId] = frozenset(),
    suppress: int = 0,
    themes: Sequence[Theme] = (),
    extras: Extras | None = None,
    text: Callable[[SourceId], str] | None = None,
) -> ReportData:
    """The values of a findings report, from one reading of the study. `terms` gives what was said as terms; it is asked once, where there is
    something to draw a word cloud of. `themes` are those that the researcher built: a question that has some is told by them, every other by
    its codes. `extras` is what there is beside the counts. `text` gives the text of a source, for the turns around quotations.

    `by` are the attributes to compare by; None chooses those with two to ten values that are not dates. `date` is
    ISO 8601 (empty: today). `settled` are codings by which others' were settled: of who agrees with whom they say nothing.
    Numbers of people from 1 to below `suppress` are GONE (`report.small`; 0: none). Raises NotFound for an attribute that is not there.
    """
    from cohesion_qda.analysis.settled import without

    extras, day = extras or Extras(), date or datetime.date.today().isoformat()
    there = settled.intersection(CodingId(row[0]) for row in study.codings) if settled else settled
    chosen = attributes_to_compare(study) if by is None else list(by)
    parts = counting.engagement(study)
    named = _named(study, extras.attribution)
    agreement = counting.agreement(without(named, there))
    counted = counting.numbers(study, chosen, [table for _part, table in parts], agreement, themes)
    seen = areas.seen(study, chosen, counting.rows(study, themes), extras.areas_by, suppress)
    if seen is not None:
        counted = replace(counted, at_most=tuple((row, seen.attribute, area, n) for row, area, n in seen.at_most()))
    pointed = pointing.Pointings(study.codes, extras.issues)
    told = small.without_small(pointed.counted(study, counted), study.codes, suppress)
    overview, crosstabs = told.overview, told.crosstabs
    of_sources = tuple(name for name, about, _values in counting.attributes(study) if about == "source")
    maker = Chapters(
        study, terms, passages, told, themes=themes, extras=extras, text=text, ranked_by=words.unit_for_bars(overview.base),
        of_sources=of_sources, suppress=suppress,
    )  # fmt: skip
    chapters = tuple(maker.chapters())
    return ReportData(
        title=title,
        authors=authors,
        summary=summary,
        date=day,
        program_version=VERSION,
        base=overview.base,
        sources=len(study.sources),
        kinds=_kinds(study),
        engagement=tuple(
            replace(part, columns=table.columns) for (part, _table), table in zip(parts, told.engagement, strict=True)
        ),
        coders=_coders(study),
        chapters=chapters,
        overview=overview,
        crosstabs=crosstabs,
        agreement=told.agreement,
        settled=len(there),
        codebook=_codebook(study, overview),
        unused=tuple(row.path for row in overview.rows if not row.total.mentions),
        uncoded=_uncoded(named),
        notes=(*_notes(study, overview, crosstabs, len(there)), *small.notes(suppress)),
        ranked_by=words.unit_for_bars(overview.base),
        of_sources=of_sources,
        accepted=maker.accepted,
        threshold=suppress,
        themes=told.themes,
        saturation=saturation(named, title, day),
        areas=areas.areas(seen, chapters, told),
        conduct=conduct(study),
        directions=pointed.directions(told.sets),
        issues=pointed.issues(told.sets),
        extras=extras,
    )


def _named(study: StudyData, rule: str) -> StudyData:
    """The study with its sources called as they are under quotations: the name of an interview is often the person's."""
    by, kinds = Attributions(study, rule), called.kinds()

    def name(fact: SourceFacts) -> str:
        return fact.name if fact.group or by.tells_source(fact.id) else kinds.get(fact.kind, fact.name)

    return replace(study, sources=tuple(replace(fact, name=name(fact)) for fact in study.sources))


def _kinds(study: StudyData) -> tuple[SourceKind, ...]:
    n, spoken = Counter[str](), Counter[str]()
    for fact in study.sources:
        n[fact.kind] += 1
        spoken[fact.kind] += fact.words
    return tuple(SourceKind(kind, n[kind], spoken[kind]) for kind in sorted(n, key=lambda k: (-n[k], k)))


def _coders(study: StudyData) -> tuple[tuple[str, int], ...]:
    n = Counter(coding[5] for coding in study.codings)
    return tuple((coder.name, n[coder.id]) for coder in study.coders if n[coder.id])


def _codebook(study: StudyData, overview: Table) -> tuple[CodeEntry, ...]:
    said = {row.code: row.total for row in overview.rows}
    tree = study.codes
    return tuple(
        CodeEntry(
            c.id, c.name, tree.path(c.id), tree.depth(c.id), c.is_question,
            c.definition, c.use_when, c.not_when, c.example, said[c.id],
        )
        for c in tree
    )  # fmt: skip


def _uncoded(study: StudyData) -> tuple[str, ...]:
    coded = {coding[1] for coding in study.codings}
    return tuple(fact.name for fact in study.sources if fact.id not in coded)


def _notes(study: StudyData, overview: Table, crosstabs: Sequence[Table], settled: int) -> tuple[str, ...]:
    notes = list(overview.notes)
    n = len({coding[5] for coding in study.codings})
    if n > 1:
        notes.append(
            ngettext(
                "The codings of {n} coder are counted.",
                "The codings of {n} coders are counted together: where two coded the same words with the same code, "
                "that is two mentions, and one participant and one group.",
                n,
            ).format(n=n)
        )
    notes += words.settled(settled)
    for table in crosstabs:
        for note in table.notes:
            if note not in notes:
                notes.append(note)
    return tuple(notes)
