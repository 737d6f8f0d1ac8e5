"""Building a report's values: engagement, chapters, tables, quotations, method."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.cloud import Cloud, CloudWish, without_few
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, Count, Row, Table
from cohesion_qda.model.text import Span
from cohesion_qda.report import small, words
from cohesion_qda.report.quotes import Chooser
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.values import (
    Chapter,
    CodeEntry,
    CoderPair,
    Engagement,
    ReportData,
    SourceKind,
    Spread,
    Theme,
)  # fmt: skip

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words

__all__ = ["Passages", "ReportData", "attributes_to_compare", "build"]

Passages = Callable[[Sequence[CodingId]], Iterable[Passage]]
"""Gives the passages of codings."""

_MOST_VALUES = 10
_MOST_WORDS = 120
_MOST_CODERS = 4
_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s+\w+\s+\d{4}")


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
) -> ReportData:
    """The values of a findings report, from one reading of the study. `terms` gives what was said as terms; it is asked once, where there is
    something to draw a word cloud of.

    `by` are the attributes to compare by; None chooses those with two to ten values that are not dates. `date` is
    ISO 8601 (empty: today). `settled` are codings by which others' were settled: of who agrees with whom they say nothing.
    Numbers of people from 1 to below `suppress` are GONE (`report.small`; 0: none). Raises NotFound for an attribute that is not there.
    """
    from cohesion_qda.analysis.settled import without

    there = settled.intersection(CodingId(row[0]) for row in study.codings) if settled else settled
    chosen = attributes_to_compare(study) if by is None else list(by)
    parts = _engagement(study)
    counted = _numbers(study, chosen, [table for _part, table in parts], _agreement(without(study, there)))
    told = small.without_small(counted, study.codes, suppress)
    overview, crosstabs = told.overview, told.crosstabs
    ranked_by, is_tied = _ranking(study, overview)
    maker = _Chapters(study, terms, passages, told, ranked_by, suppress)
    chapters = tuple(maker.chapters())
    return ReportData(
        title=title,
        authors=authors,
        summary=summary,
        date=date or datetime.date.today().isoformat(),
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
        uncoded=_uncoded(study),
        notes=(*_notes(study, overview, crosstabs, len(there)), *small.notes(suppress)),
        ranked_by=ranked_by,
        is_tied=is_tied,
        of_sources=tuple(name for name, about, _values in _attributes(study) if about == "source"),
        accepted=tuple(maker.accepted),
        threshold=suppress,
    )


def attributes_to_compare(study: StudyData) -> list[str]:
    """The attributes a report compares by when nobody has chosen: two to ten values, none of them dates; those of
    sources first.
    """
    return [name for name, _about, values in _attributes(study) if 2 <= len(values) <= _MOST_VALUES]


def _attributes(study: StudyData) -> list[tuple[str, str, set[str]]]:
    """Every attribute that is not a date: name, what it is about, its values among sources or participants."""
    values: dict[tuple[str, str], set[str]] = {}
    for fact in study.sources:
        for name, value in fact.attributes.items():
            values.setdefault((name, "source"), set()).add(value)
    for case in study.cases.values():
        if case.kind == "participant" and case.role == "participant":
            for name, value in case.attributes.items():
                if (name, "source") not in values:
                    values.setdefault((name, "participant"), set()).add(value)
    found = [(name, about, known - {""}) for (name, about), known in values.items()]
    return [f for f in found if f[2] and not all(_DATE.fullmatch(value.strip()) for value in f[2])]


def _kinds(study: StudyData) -> tuple[SourceKind, ...]:
    n, spoken = Counter[str](), Counter[str]()
    for fact in study.sources:
        n[fact.kind] += 1
        spoken[fact.kind] += fact.words
    return tuple(SourceKind(kind, n[kind], spoken[kind]) for kind in sorted(n, key=lambda k: (-n[k], k)))


def _numbers(
    study: StudyData, by: Sequence[str], engagement: Sequence[Table], agreement: tuple[CoderPair, ...]
) -> Numbers:
    """All that is counted, before small numbers are hidden."""
    from cohesion_qda.analysis import frequency

    roots = study.codes.children()
    questions, tops = [c for c in roots if c.is_question], [c for c in roots if not c.is_question]
    direct = frequency.crosstab(study, codes=[question.id for question in questions])
    return Numbers(
        overview=frequency.crosstab(study, branch=True),
        crosstabs=tuple(frequency.crosstab(study, attribute, branch=True) for attribute in by),
        engagement=tuple(engagement),
        others=_said_in_all(study, tops) if tops else Count(),
        tops=tuple(code.id for code in tops),
        direct={row.code: row.total for row in direct.rows},
        agreement=agreement,
    )


def _said_in_all(study: StudyData, top: Sequence[Code]) -> Count:
    """How widely anything under `top` was said, where no code stands over them."""
    from cohesion_qda.analysis import frequency

    roof = Code(CodeId(-1), None, "", "")
    roots = {code.id for code in top}
    codes = [replace(code, parent=roof.id) if code.id in roots else code for code in study.codes]
    roofed = replace(study, codes=CodeTree([roof, *codes]))
    return frequency.crosstab(roofed, codes=[roof.id], branch=True).rows[0].total


def _engagement(study: StudyData) -> list[tuple[Engagement, Table]]:
    """Who took part by each attribute, and the table that it is from."""
    from cohesion_qda.analysis import frequency

    names = [(name, about) for name, about, values in _attributes(study) if len(values) <= 2 * _MOST_VALUES]
    return [(Engagement(name, about, ()), frequency.crosstab(study, name, codes=[])) for name, about in names]


def _coders(study: StudyData) -> tuple[tuple[str, int], ...]:
    n = Counter(coding[5] for coding in study.codings)
    return tuple((coder.name, n[coder.id]) for coder in study.coders if n[coder.id])


def _agreement(study: StudyData) -> tuple[CoderPair, ...]:
    from cohesion_qda.analysis.agreement import agreement

    active = {coding[5] for coding in study.codings}
    coders = [coder for coder in study.coders if coder.id in active][:_MOST_CODERS]
    coded = {coder.id: {coding[1] for coding in study.codings if coding[5] == coder.id} for coder in coders}
    pairs = []
    for a, b in combinations(coders, 2):
        rows = tuple(agreement(study, a.id, b.id))
        if any((row.both, row.only_a, row.only_b) != (0, 0, 0) for row in rows):
            names = tuple(fact.name for fact in study.sources if fact.id in coded[a.id] & coded[b.id])
            turns = rows[1].both + rows[1].only_a + rows[1].only_b + rows[1].neither
            pairs.append(CoderPair(a.name, b.name, rows, names, turns))
    return tuple(pairs)


def _ranking(study: StudyData, overview: Table) -> tuple[str, bool]:
    """The unit that themes are ranked by all through the report, and whether groups would not tell the first of them
    apart: then it is people.
    """
    unit = words.unit_for_bars(overview.base)
    if unit != "groups" or not overview.base.participants:
        return unit, False
    said = {row.code: row.total for row in overview.rows}
    roots = study.codes.children()
    questions = [study.codes.children(code.id) for code in roots if code.is_question]
    for top in [*questions, [code for code in roots if not code.is_question]]:
        groups = sorted((said[code.id].groups for code in top), reverse=True)
        if len(groups) > 1 and groups[0] and groups[0] == groups[1]:
            return "participants", True
    return unit, False


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


class _Chapters:
    """Makes the chapters one after the other, so that quotations spread over the whole report."""

    def __init__(
        self,
        study: StudyData,
        terms: Callable[[], Words],
        passages: Passages,
        told: Numbers,
        ranked_by: str,
        suppress: int,
    ) -> None:
        self._ranked_by, self._suppress = ranked_by, suppress
        self._told = told
        self.accepted: list[tuple[str, int, int]] = []
        self._study = study
        self._terms = cache(terms)
        self._passages = passages
        self._rows = {row.code: row for row in told.overview.rows}
        self._crosstabs = told.crosstabs
        self._by_code = [{row.code: row for row in table.rows} for table in told.crosstabs]
        self._of_sources = {name for name, about, _values in _attributes(study) if about == "source"}
        self._codings: dict[int, list[tuple[int, int, int, int]]] = {}
        for coding, source, start, end, code, _coder in study.codings:
            self._codings.setdefault(code, []).append((coding, source, start, end))
        self._chooser = Chooser(study)

    def chapters(self) -> Iterable[Chapter]:
        """One for each question, and one for the codes that stand under none."""
        roots = self._study.codes.children()
        for question in (code for code in roots if code.is_question):
            yield self._chapter(question, question.name, self._study.codes.children(question.id))
        others = [code for code in roots if not code.is_question]
        if others:
            title = _("Other codes") if len(others) < len(roots) else _("What was said")
            yield self._chapter(None, title, others)

    def _chapter(self, question: Code | None, title: str, top: list[Code]) -> Chapter:
        tree = self._study.codes
        under = [code for root in top for code in tree.branch(root.id)]
        branch = ([question.id] if question else []) + under
        if question:
            self._passages_of(question.id)
        return Chapter(
            code=question.id if question else None,
            title=title,
            definition=question.definition if question else "",
            said=self._rows[question.id].total if question else self._told.others,
            direct=self._told.direct[question.id] if question else Count(),
            themes=tuple(self._themes(top, 0)),
            unused=tuple(self._rows[code].path for code in under if not self._rows[code].total.mentions),
            words=self._cloud(branch),
        )

    def _themes(self, siblings: Iterable[Code], depth: int) -> Iterable[Theme]:
        used = [(code, self._rows[code.id]) for code in siblings if self._rows[code.id].total.mentions]
        for code, row in sorted(used, key=lambda pair: widely(pair[1].total, self._ranked_by)):
            under = self._study.codes.children(code.id)
            own = self._passages_of(code.id)
            yield Theme(
                code=code.id,
                name=code.name,
                path=row.path,
                depth=depth,
                definition=code.definition,
                said=row.total,
                spread=tuple(self._spread(row)),
                quotations=self._chooser.choose(own),
                own=len(own),
                suggested=_suggested(own),
            )
            yield from self._themes(under, depth + 1)

    def _spread(self, row: Row) -> Iterable[Spread]:
        for table, rows in zip(self._crosstabs, self._by_code, strict=True):
            if table.by not in self._of_sources:
                continue
            for column, cell in zip(table.columns, rows[row.code].cells, strict=True):
                if column.value != NO_VALUE:
                    yield Spread(table.by, column.label, cell, column.base)

    def _passages_of(self, code: CodeId) -> list[Passage]:
        """The passages of this very code; those that came from suggestions are noted."""
        own = [CodingId(c[0]) for c in self._codings.get(code, [])]
        found = list(self._passages(own)) if own else []
        if suggested := _suggested(found):
            self.accepted.append((self._rows[code].path, suggested, len(found)))
        return found

    def _cloud(self, codes: Iterable[CodeId]) -> Cloud | None:
        """What is said in the passages of some codes, without the words of few people."""
        chosen = sorted({c[1:] for code in codes for c in self._codings.get(code, [])})
        if not chosen:
            return None
        from cohesion_qda.analysis.clouds import cloud

        spans = [(SourceId(source), Span(start, end)) for source, start, end in chosen]
        made = without_few(cloud(self._terms(), CloudWish(number=_MOST_WORDS), spans), self._suppress)
        return replace(made, base=Count(), more=0) if made.words else None


def _suggested(passages: Iterable[Passage]) -> int:
    return sum(bool(passage.coding.suggestion) for passage in passages)


def widely(count: Count, unit: str = "groups") -> tuple[int, int, int, int]:
    """A sorting key: most of `unit` first, then most groups, participants, mentions."""
    return (-count.of(unit), -count.groups, -count.participants, -count.mentions)
