"""Making the chapters of a findings report: one for each question, by the researcher's themes where there are some, by codes elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _
from cohesion_qda.model import theme as built
from cohesion_qda.model.cloud import Cloud, CloudWish, without_few
from cohesion_qda.model.codebook import Code
from cohesion_qda.model.coding import Passage
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.reporting import Quote
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, Count, Row, Table
from cohesion_qda.model.text import Span
from cohesion_qda.report.counting import with_branches
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.quotes import Chooser
from cohesion_qda.report.small import Numbers
from cohesion_qda.report.typical import Typical
from cohesion_qda.report.values import Chapter, Line, Spread, Theme, theme_row

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words

Passages = Callable[[Sequence[CodingId]], Iterable[Passage]]
"""Gives the passages of codings."""

_MOST_WORDS = 120


class Chapters:
    """Makes the chapters one after the other, so that quotations spread over the whole report. `told` are the numbers as they may be told;
    `accepted` is what `ReportData.accepted` is, once the chapters are made.
    """

    def __init__(
        self,
        study: StudyData,
        terms: Callable[[], Words],
        passages: Passages,
        told: Numbers,
        *,
        themes: Sequence[built.Theme] = (),
        extras: Extras,
        text: Callable[[SourceId], str] | None,
        ranked_by: str,
        of_sources: Iterable[str],
        suppress: int,
    ) -> None:
        self._study, self._told, self._extras = study, told, extras
        self._ranked_by, self._suppress = ranked_by, suppress
        self._terms = cache(terms)
        self._passages = passages
        self._built = [theme for theme in themes if theme.codes or theme.passages]
        self._rows = {row.code: row for row in (*told.overview.rows, *(r for t in told.themes[:1] for r in t.rows))}
        self._spread_by = _spread_by(told, set(of_sources))
        self._codings: dict[int, list[tuple[int, int, int, int]]] = {}
        for coding, source, start, end, code, _coder in study.codings:
            self._codings.setdefault(code, []).append((coding, source, start, end))
        self._read: dict[CodeId, list[Passage]] = {}
        self._chooser = Chooser(study, extras.attribution, text, Typical(self._terms))

    def chapters(self) -> Iterable[Chapter]:
        """One for each question, and one for the codes and themes that belong to none."""
        roots = self._study.codes.children()
        for question in (code for code in roots if code.is_question):
            yield self._chapter(question, question.name, self._study.codes.children(question.id))
        others = [code for code in roots if not code.is_question]
        is_all = len(others) == len(roots)
        if others:
            yield self._chapter(None, _("What was said") if is_all else _("Other codes"), others)
        elif any(theme.question is None for theme in self._built):
            yield self._chapter(None, _("Themes across the questions"), [])

    @property
    def accepted(self) -> tuple[tuple[str, int, int], ...]:
        """Of each code some of whose codings came from suggestions: its path, how many they are, and all its codings."""
        found = ((code.id, self._passages_of(code.id)) for code in self._study.codes)
        return tuple((self._rows[code].path, n, len(own)) for code, own in found if (n := _suggested(own)))

    def _chapter(self, question: Code | None, title: str, top: list[Code]) -> Chapter:
        under = [code for root in top for code in self._study.codes.branch(root.id)]
        mine = [theme for theme in self._built if theme.question == (question.id if question else None)]
        if mine:
            themes, lines = self._of_researcher(mine)
            counted = {code for theme in themes for code in theme.codes}
            words = dict.fromkeys([*under, *(code for theme in themes for code in theme.codes)])
        else:
            themes, words, counted = tuple(self._of_codes(top, 0)), dict.fromkeys(under), set(under)
            lines = tuple(Line(theme.code, theme.name, theme.depth, theme.said) for theme in themes)
        return Chapter(
            code=question.id if question else None,
            title=title,
            definition=question.definition if question else "",
            said=self._rows[question.id].total if question else self._told.others,
            direct=self._told.direct[question.id] if question else Count(),
            themes=themes,
            unused=tuple(self._rows[code].path for code in under if not self._rows[code].total.mentions),
            words=self._cloud([*([question.id] if question else []), *words]),
            lines=lines,
            apart=self._lines(self._topmost(code for code in under if code not in counted), 0) if mine else (),
            is_themed=bool(mine),
        )

    # -- by codes --------------------------------------------------------------------------------------------------------

    def _of_codes(self, siblings: Iterable[Code], depth: int) -> Iterable[Theme]:
        used = [(code, self._rows[code.id]) for code in siblings if self._rows[code.id].total.mentions]
        for code, row in sorted(used, key=lambda pair: widely(pair[1].total, self._ranked_by)):
            own = self._passages_of(code.id)
            quotes = self._extras.quotes.get(code.id, ())
            yield Theme(
                code=code.id,
                name=code.name,
                path=row.path,
                depth=depth,
                definition=code.definition,
                said=row.total,
                spread=tuple(self._spread(row)),
                quotations=self._chooser.choose(own, quotes),
                own=len(own),
                suggested=_suggested(own),
                codes=tuple(self._study.codes.branch(code.id)),
                dissent=self._chooser.dissenting(quotes),
            )
            yield from self._of_codes(self._study.codes.children(code.id), depth + 1)

    # -- by the researcher's themes --------------------------------------------------------------------------------------

    def _of_researcher(self, mine: Sequence[built.Theme]) -> tuple[tuple[Theme, ...], tuple[Line, ...]]:
        """The themes, most widely said first, and those with the codes that support them."""
        themes, lines = [], list[Line]()
        for theme in sorted(mine, key=lambda theme: (*widely(self._said(theme), self._ranked_by), theme.position)):
            told = self._theme(theme)
            themes.append(told)
            lines.append(Line(told.code, told.name, 0, told.said))
            lines += self._lines(self._topmost(theme.codes), 1)
        return tuple(themes), tuple(lines)

    def _said(self, theme: built.Theme) -> Count:
        row = self._rows.get(theme_row(theme.id))
        return row.total if row else Count()

    def _theme(self, theme: built.Theme) -> Theme:
        codes = with_branches(self._study.codes, theme.codes)
        own = list({p.coding.segment: p for code in codes for p in self._passages_of(code)}.values())
        quotes: Sequence[Quote] = self._extras.key_passages.get(theme.id, ())
        row = self._rows.get(theme_row(theme.id))
        return Theme(
            code=theme_row(theme.id),
            name=theme.name,
            path=theme.name,
            depth=0,
            definition=theme.statement,
            said=self._said(theme),
            spread=tuple(self._spread(row)) if row else (),
            quotations=self._chooser.choose(own, quotes),
            own=len(own),
            suggested=_suggested(own),
            codes=codes,
            dissent=self._chooser.dissenting(quotes),
            theme=theme.id,
            is_candidate=theme.status == built.STATUSES[0],
        )

    def _topmost(self, codes: Iterable[CodeId]) -> list[CodeId]:
        """Of some codes those that stand under no other of them."""
        chosen = set(codes)
        under = {below for code in chosen for below in self._study.codes.branch(code) if below != code}
        return [code.id for code in self._study.codes if code.id in chosen - under]

    def _lines(self, codes: Iterable[CodeId], depth: int) -> tuple[Line, ...]:
        """Those codes that were used, most widely said first."""
        rows = [row for code in codes if (row := self._rows[code]).total.mentions]
        rows.sort(key=lambda row: widely(row.total, self._ranked_by))
        return tuple(Line(row.code, row.name, depth, row.total) for row in rows)

    # -- what stands under them ------------------------------------------------------------------------------------------

    def _spread(self, row: Row) -> Iterable[Spread]:
        for table, rows in self._spread_by:
            if row.code in rows:
                for column, cell in zip(table.columns, rows[row.code].cells, strict=True):
                    if column.value != NO_VALUE:
                        yield Spread(table.by, column.label, cell, column.base)

    def _passages_of(self, code: CodeId) -> list[Passage]:
        """The passages of this very code."""
        if code not in self._read:
            own = [CodingId(c[0]) for c in self._codings.get(code, [])]
            self._read[code] = list(self._passages(own)) if own else []
        return self._read[code]

    def _cloud(self, codes: Iterable[CodeId]) -> Cloud | None:
        """What is said in the passages of some codes, without the words of few people."""
        chosen = sorted({c[1:] for code in codes for c in self._codings.get(code, [])})
        if not chosen:
            return None
        from cohesion_qda.analysis.clouds import cloud

        spans = [(SourceId(source), Span(start, end)) for source, start, end in chosen]
        made = without_few(cloud(self._terms(), CloudWish(number=_MOST_WORDS), spans), self._suppress)
        return replace(made, base=Count(), more=0) if made.words else None


def _spread_by(told: Numbers, of_sources: set[str]) -> list[tuple[Table, dict[CodeId, Row]]]:
    """The tables that say how a theme is spread, with the rows of codes and of the researcher's themes."""
    beside = {table.by: table.rows for table in told.themes[1:]}
    chosen = [table for table in told.crosstabs if table.by in of_sources]
    return [(table, {row.code: row for row in (*table.rows, *beside.get(table.by, ()))}) for table in chosen]


def _suggested(passages: Iterable[Passage]) -> int:
    return sum(bool(passage.coding.suggestion) for passage in passages)


def widely(count: Count, unit: str = "groups") -> tuple[int, int, int, int]:
    """A sorting key: most of `unit` first, then most groups, participants, mentions."""
    return (-count.of(unit), -count.groups, -count.participants, -count.mentions)
