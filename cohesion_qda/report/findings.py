"""The findings: a chapter for each question, and the comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count, Row, Table
from cohesion_qda.report import differences, figures, words
from cohesion_qda.report.blocks import (
    Block,
    Figure,
    Figures,
    Grid,
    Paragraph,
    ThemePart,
)  # fmt: skip
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.values import Chapter, ReportData, Theme

_WIDE_COLUMNS = 5
_FEW_BARS = 12  # that still stand beside a word cloud
_SMALLEST = 7.5  # points of a word in a cloud


class Findings(Pen):
    """What people said, question by question, and where it differs."""

    def _chapters(self) -> Iterator[Block]:
        if not self._data.chapters:
            yield self._heading(1, _("What was said"))
            yield Paragraph(_("The codebook is empty. Add codes, code the transcripts, then write the report again."))
        for n, chapter in enumerate(self._data.chapters, 1):
            self._step(_("Chapter: {title}").format(title=chapter.title))
            yield from self._chapter(n, chapter)

    def _chapter(self, n: int, chapter: Chapter) -> Iterator[Block]:
        yield self._heading(1, chapter.title, starts_page=bool(chapter.themes))
        if chapter.definition:
            yield Paragraph(chapter.definition, "definition")
        if not chapter.said.mentions:
            yield Paragraph(_("Nothing has been coded to this question yet."))
            return
        yield Paragraph(
            words.how_widely(chapter.said, self._data.base) + " " + _("That is anything coded under this question, all themes together."),
            "lead",
        )  # fmt: skip
        if chapter.direct.mentions:
            yield Paragraph(
                ngettext(
                    "{n} mention is coded to the question itself, not to one of its themes.",
                    "{n} mentions are coded to the question itself, not to one of its themes.",
                    chapter.direct.mentions,
                ).format(n=words.number(chapter.direct.mentions))
            )
        yield from self._chapter_figures(n, chapter)
        if chapter.themes:
            base = self._data.base
            yield self._grid(
                {
                    "groups": _("{question}: themes in order of the groups in which they were said"),
                    "participants": _("{question}: themes in order of how many people said them"),
                    "mentions": _("{question}: themes in order of their mentions"),
                }[self._data.ranked_by].format(question=chapter.title),
                (_("Theme"), *(words.unit_name(unit) for unit in self._ranking_first())),
                tuple((t.name, *(words.slashed(unit, t.said, base) for unit in self._ranking_first())) for t in chapter.themes),
                indents=tuple(t.depth for t in chapter.themes),
            )  # fmt: skip
        for theme in chapter.themes:
            yield self._theme(theme)

    def _chapter_figures(self, n: int, chapter: Chapter) -> Iterator[Block]:
        beside = len(chapter.themes) <= _FEW_BARS
        bars = self._bars(n, chapter, beside) if chapter.themes else None
        cloud = self._cloud(n, chapter, bars.picture.height if bars and beside else 0.0)
        both = [figure for figure in (bars, cloud) if figure]
        if beside and both:
            yield Figures(tuple(both))
        else:
            yield from (Figures((figure,)) for figure in both)

    def _bars(self, n: int, chapter: Chapter, narrow: bool) -> Figure:
        base = self._data.base
        unit = self._data.ranked_by
        shown = chapter.themes[: figures.MOST_BARS]
        bars = figures.bars_of([(t.name, t.depth, t.said) for t in shown], unit, base)
        subtitle = {
            "groups": _("Groups in which each theme was said"),
            "participants": _("Participants who said each theme"),
            "mentions": _("Mentions of each theme"),
        }[unit]
        if self._data.is_tied:
            subtitle += ". " + _("By people, since themes tie by groups")
        if len(shown) < len(chapter.themes):
            subtitle += " " + _("(the first {n} of {total}; the table has all)").format(
                n=len(shown), total=len(chapter.themes)
            )
        picture = figures.ranked_bars(
            bars,
            headline=figures.themes_headline(bars),
            subtitle=subtitle,
            width=figures.NARROW if narrow else figures.WIDE,
        )
        return self._figure(f"themes-{n}-{chapter.title}", picture, _("Themes of “{question}”, most widely said first").format(question=chapter.title))  # fmt: skip

    def _cloud(self, n: int, chapter: Chapter, height: float) -> Figure | None:
        if chapter.words is None:
            return None
        from cohesion_qda.report import wordclouds

        self._step(_("Word cloud: {title}").format(title=chapter.title))
        n_words = len(chapter.words.words)
        tall = min(max(height, 2.4), 4.2, 1.4 + 0.1 * n_words)  # few words in much room look lost
        width, high = (figures.NARROW, tall) if height else (figures.WIDE, 3.2)
        title = _("{question}: the words most people used").format(question=chapter.title)
        drawn = wordclouds.cloud(replace(chapter.words, title=title), width, high, _SMALLEST, head=False)
        picture, left_out = pictured(drawn.drawing), drawn.left_out + drawn.unwritable
        caption = _("Words in the passages of “{question}”. The area of the letters is in proportion to the number of people who said the word: four times as many, twice as tall. Place means nothing.").format(question=chapter.title)  # fmt: skip
        if left_out:
            caption += " " + ngettext("{n} word did not fit.", "{n} words did not fit.", len(left_out)).format(
                n=len(left_out)
            )
        return self._figure(f"words-{n}-{chapter.title}", picture, caption)

    def _theme(self, theme: Theme) -> ThemePart:
        return ThemePart(
            self._heading(2 + theme.depth, theme.name),
            words.how_widely(theme.said, self._data.base),
            theme.definition,
            _origin(theme, is_told=not self._data.threshold),
            " ".join(d.sentence() for d in differences.of_theme(theme)),
            theme.quotations,
        )

    def _comparison(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Comparison"), starts_page=bool(data.crosstabs) and data.has_codings)
        if not data.crosstabs or not data.has_codings:
            yield Paragraph(
                _("There is nothing to compare by yet: no attribute of sources or participants has two to ten values.")
                if data.has_codings
                else _("Nothing has been coded yet, so there is nothing to compare.")
            )
            return
        yield Paragraph(
            _("The groups and people who took part are not a sample of the area. A difference between columns is a reason "
              "to read the passages behind it, not a measurement.")
        )  # fmt: skip
        of_people = [table.by for table in data.crosstabs if table.by not in data.of_sources]
        if of_people:
            yield Paragraph(
                _("The comparison by {attributes} of the participants is in an appendix.").format(
                    attributes=words.joined(of_people)
                )
            )
        for table in data.crosstabs:
            if table.by in data.of_sources:
                yield from self._compared(table)

    def _comparison_of_people(self) -> Iterator[Block]:
        tables = [table for table in self._data.crosstabs if table.by not in self._data.of_sources]
        if tables and self._data.has_codings:
            yield self._heading(1, _("Appendix: comparison by attributes of participants"), starts_page=True)
            for table in tables:
                yield from self._compared(table)

    def _compared(self, table: Table) -> Iterator[Block]:
        self._step(_("Comparison by {attribute}").format(attribute=table.by))
        yield self._heading(2, _("By {attribute}").format(attribute=table.by))
        rows = _ordered(self._data, table)
        yield self._heat_map(table, rows)
        yield self._crosstab(table, rows)

    def _heat_map(self, table: Table, rows: Sequence[Row]) -> Figures:
        unit = words.unit_for_map(table.base)
        picture = figures.heat_map(
            table,
            unit,
            headline=_("What was said, by {attribute}").format(attribute=table.by),
            subtitle={
                "participants": _(
                    "Participants who said it, of those who took part; the darker, the larger their share"
                ),
                "groups": _("Groups in which it was said, of those held there; the darker, the larger their share"),
                "mentions": _("Mentions; the darker, the more"),
            }[unit],
            rows=rows,
        )
        caption = _("Themes by {attribute}").format(attribute=table.by)
        return Figures((self._figure(f"by-{table.by}", picture, caption),))

    def _crosstab(self, table: Table, rows: Sequence[Row]) -> Grid:
        units = [unit for unit in ("groups", "participants") if table.base.of(unit)] or ["mentions"]
        head = [_("Theme")]
        for column in table.columns:
            head.append("\n".join([column.label, *(words.counted(u, column.base.of(u)) for u in units)]))
        head.append("\n".join([_("Whole study"), *(words.counted(u, table.base.of(u)) for u in units)]))
        bases = [*(c.base for c in table.columns), table.base]
        cells = tuple(
            (row.name, *("\n".join(words.slashed(u, count, base) for u in units) for count, base in zip((*row.cells, row.total), bases, strict=True)))
            for row in rows
        )  # fmt: skip
        caption = _("Themes by {attribute}: groups, and under them participants").format(attribute=table.by)
        if units == ["participants"]:
            caption = _("Themes by {attribute}: participants").format(attribute=table.by)
        if units == ["mentions"]:
            caption = _("Themes by {attribute}: mentions").format(attribute=table.by)
        least = min((row.depth for row in rows), default=0)
        indents = tuple(row.depth - least for row in rows)
        return self._grid(caption, tuple(head), cells, indents=indents, is_wide=len(table.columns) > _WIDE_COLUMNS)


def _origin(theme: Theme, is_told: bool) -> str:
    """That the program proposed it, where all or most of its passages came from suggestions; `is_told`: how many."""
    if not theme.is_proposed:
        return ""
    if not is_told:
        return _("Proposed by the program from the talk and accepted by a person.")
    return ngettext(
        "Proposed by the program from the talk and accepted by a person ({n} of {total} passage).",
        "Proposed by the program from the talk and accepted by a person ({n} of {total} passages).",
        theme.own,
    ).format(n=words.number(theme.suggested), total=words.number(theme.own))


def _ordered(data: ReportData, table: Table) -> list[Row]:
    """The rows that were used, in the order of the chapters."""
    by_code = {row.code: row for row in table.rows}
    found: list[Row] = []
    for chapter in data.chapters:
        if chapter.code is not None and by_code[chapter.code].total != Count():
            found.append(by_code[chapter.code])
        found.extend(by_code[theme.code] for theme in chapter.themes)
    return found
