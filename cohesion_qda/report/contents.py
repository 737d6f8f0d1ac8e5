"""What the report says, part by part, in words, figures and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.table import Agreement, Count, Row, Table
from cohesion_qda.report import figures, words
from cohesion_qda.report.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Figures,
    Grid,
    Heading,
    Paragraph,
    ThemePart,
)  # fmt: skip
from cohesion_qda.report.names import Names
from cohesion_qda.report.picture import Picture
from cohesion_qda.report.tables import reading
from cohesion_qda.report.values import Chapter, Engagement, ReportData, Theme

UNITS_WIDEST_FIRST = ("groups", "participants", "mentions")
_WIDE_COLUMNS = 5
_FEW_BARS = 12  # that still stand beside a word cloud


def compose(data: ReportData, job: Job | None = None) -> Document:
    """The report in order, its figures drawn. The same data gives the same report."""
    return _Composer(data, job or Job()).document()


class _Composer:
    """Keeps the running numbers of figures and tables."""

    def __init__(self, data: ReportData, job: Job) -> None:
        self._data = data
        self._job = job
        self._names = Names()
        self._figures: list[Figure] = []
        self._tables = 0
        self._done = 0

    def document(self) -> Document:
        blocks: list[Block] = []
        for part in (
            self._summary, self._engagement, self._method, self._chapters, self._comparison, self._gaps,
            self._codebook, self._agreement_by_code, self._reading,
        ):  # fmt: skip
            blocks.extend(part())
        about = [self._data.authors, words.day(self._data.date)]
        about.append(_("Made with Cohesion QDA {version}").format(version=self._data.program_version))
        return Document(
            self._data.title, self._data.date, tuple(a for a in about if a), tuple(blocks), tuple(self._figures)
        )

    # --- the parts

    def _summary(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Summary"))
        for paragraph in data.summary.split("\n"):
            if paragraph.strip():
                yield Paragraph(paragraph.strip())
        yield Paragraph(self._who_took_part(), "" if data.summary.strip() else "lead")
        if not data.has_codings:
            yield Paragraph(_("Nothing has been coded yet, so there are no findings to report."))
            return
        yield Paragraph(_("What was said most widely under each question:"))
        items = []
        for chapter in data.chapters:
            tops = [theme for theme in chapter.themes if not theme.depth][:3]
            if tops:
                said = "; ".join(self._named_share(theme) for theme in tops)
                items.append(_("{question}: {themes}.").format(question=chapter.title, themes=said))
        yield Bullets(tuple(items))

    def _who_took_part(self) -> str:
        base = self._data.base
        if not self._data.sources:
            return _("No sources have been imported yet.")
        kinds = words.joined([words.kind_of_source(k.kind, k.sources) for k in self._data.kinds])
        return _("{participants} took part; the study has {kinds}.").format(
            participants=words.participants(base.participants), kinds=kinds
        )

    def _named_share(self, theme: Theme) -> str:
        base = self._data.base
        parts = [words.out_of(unit, theme.said, base) for unit in ("groups", "participants") if base.of(unit)]
        return _("{theme} ({said})").format(
            theme=theme.name, said=", ".join(parts or [words.mentions(theme.said.mentions)])
        )

    def _engagement(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Engagement and sample"))
        if not data.sources:
            yield Paragraph(_("No sources have been imported yet. Import transcripts, then write the report again."))
            return
        yield Paragraph(self._who_took_part() + " " + _("Moderators and observers are not counted."))
        rows = tuple((k.kind.capitalize(), words.number(k.sources), words.number(k.words)) for k in data.kinds)
        yield self._grid(_("What was brought in"), (_("Kind of source"), _("Sources"), _("Words")), rows)
        if not data.engagement:
            yield Paragraph(
                _("No attributes are known of the sources or participants, so the sample cannot be broken down.")
            )
        for part in data.engagement:
            yield self._heading(2, _("By {attribute}").format(attribute=part.attribute))
            lines = tuple(
                (c.label, words.number(c.sources), words.number(c.base.groups), words.number(c.base.participants))
                for c in part.columns
            )
            if len(part.columns) > 1 and part.about == "source" and data.base.participants:
                yield self._engagement_bars(part)
            yield self._grid(
                _("Who took part, by {attribute}").format(attribute=part.attribute),
                (part.attribute.capitalize(), _("Sources"), _("Groups"), _("Participants")),
                lines,
            )

    def _engagement_bars(self, part: Engagement) -> Figures:
        attribute = part.attribute
        bars = [
            figures.Bar(
                c.label, c.base.participants, 0,
                _("{participants}, {groups}").format(
                    participants=words.participants(c.base.participants), groups=words.groups(c.base.groups)
                ),
            )
            for c in sorted(part.columns, key=lambda c: (-c.base.participants, -c.base.groups))
        ]  # fmt: skip
        picture = figures.ranked_bars(
            bars,
            headline=_("Who took part, by {attribute}").format(attribute=attribute),
            subtitle=_("Participants and groups; {total} in all").format(
                total=words.participants(self._data.base.participants)
            ),
            is_ranking=False,
        )
        return Figures((self._figure(f"engagement-{attribute}", picture, _("Participants by {attribute}").format(attribute=attribute)),))  # fmt: skip

    def _method(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Method"))
        if not data.has_codings:
            yield Paragraph(_("Nothing has been coded yet."))
        else:
            coders = [
                ngettext("{name} ({n} coding)", "{name} ({n} codings)", n).format(name=name, n=words.number(n))
                for name, n in data.coders
            ]
            yield Paragraph(
                _("The transcripts were read and coded by people: {coders}. A code was applied to the words of a passage; "
                  "the codebook is in the appendix. Suggestions of the program count only where a person accepted them.")
                .format(coders=words.joined(coders))
            )  # fmt: skip
        yield Paragraph(_("How it was counted:"))
        yield Bullets(
            (
                *reading()[:3],
                _("A theme is counted together with the codes under it; nothing is counted twice."),
                *data.notes,
            )
        )
        yield from self._agreement()

    def _agreement(self) -> Iterator[Block]:
        data = self._data
        if not data.has_codings:
            return
        yield self._heading(2, _("Agreement between coders"))
        if len(data.coders) < 2:
            yield Paragraph(_("One person coded, so agreement between coders could not be measured."))
            return
        if not data.agreement:
            yield Paragraph(_("No source was coded by two people, so agreement between coders could not be measured."))
            return
        yield Paragraph(
            _("Over participants' turns in the sources that both coded: a turn agrees on a code when both coders used the "
              "code in it, or neither did. Cohen's kappa takes off the agreement expected by chance.")
        )  # fmt: skip
        rows = tuple(
            (
                _("{first} and {second}").format(first=pair.first, second=pair.second),
                *_agreement_cells(pair.rows[0])[1:],
            )
            for pair in data.agreement
        )
        yield self._grid(_("Agreement on all codes together, in turns"), (_("Coders"), *_agreement_head()[1:]), rows)
        yield Paragraph(_("The agreement on each code is in the appendix."))

    def _agreement_by_code(self) -> Iterator[Block]:
        if not self._data.agreement:
            return
        yield self._heading(1, _("Appendix: agreement on each code"))
        for pair in self._data.agreement:
            rows = tuple(_agreement_cells(row) for row in pair.rows)
            caption = _("Agreement of {first} and {second}, in turns").format(first=pair.first, second=pair.second)
            yield self._grid(caption, _agreement_head(), rows)

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
                _("{question}: themes in order of how widely they were said").format(question=chapter.title),
                (_("Theme"), _("Groups"), _("Participants"), _("Mentions")),
                tuple((t.name, *(words.slashed(unit, t.said, base) for unit in UNITS_WIDEST_FIRST)) for t in chapter.themes),
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
        unit = words.unit_for_bars(base)
        shown = chapter.themes[: figures.MOST_BARS]
        bars = figures.bars_of([(t.name, t.depth, t.said) for t in shown], unit, base)
        subtitle = {
            "groups": _("Groups in which each theme was said"),
            "participants": _("Participants who said each theme"),
            "mentions": _("Mentions of each theme"),
        }[unit]
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
        if not chapter.words:
            return None
        from cohesion_qda.report.wordclouds import cloud

        self._step(_("Word cloud: {title}").format(title=chapter.title))
        size = (480, int(150 * min(max(height, 2.4), 4.2))) if height else (975, 480)
        title = _("{question}: the words most people used").format(question=chapter.title)
        by = "participants" if any(count.participants for _t, count in chapter.words) else "mentions"
        picture, left_out = cloud(chapter.words, by=by, width=size[0], height=size[1], smallest=14, title=title)
        caption = _("Words in the passages of “{question}”: the larger, the more people said them. Colour and place mean nothing.").format(question=chapter.title)  # fmt: skip
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
            _where(theme),
            theme.quotations,
            tuple(self._spread(theme)),
        )

    def _spread(self, theme: Theme) -> Iterator[Grid]:
        for attribute in dict.fromkeys(s.attribute for s in theme.spread):
            rows = tuple(
                (s.label, *(words.slashed(unit, s.said, s.base) for unit in UNITS_WIDEST_FIRST))
                for s in theme.spread
                if s.attribute == attribute
            )
            yield self._grid(
                _("“{theme}” by {attribute}").format(theme=theme.name, attribute=attribute),
                (attribute.capitalize(), _("Groups"), _("Participants"), _("Mentions")),
                rows,
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
        for table in data.crosstabs:
            self._step(_("Comparison by {attribute}").format(attribute=table.by))
            yield self._heading(2, _("By {attribute}").format(attribute=table.by))
            rows = _ordered(data, table)
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

    def _gaps(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Gaps"))
        if not data.unused and not data.uncoded:
            yield Paragraph(_("Every code was used, and every source has codings."))
        if data.uncoded:
            yield Paragraph(
                ngettext(
                    "{n} of {total} source has no coding; what was said there is in none of the counts:",
                    "{n} of {total} sources have no coding; what was said there is in none of the counts:",
                    len(data.uncoded),
                ).format(n=len(data.uncoded), total=data.sources)
            )
            yield Bullets(data.uncoded)
        if data.unused:
            yield Paragraph(
                ngettext(
                    "{n} of {total} code was not used:", "{n} of {total} codes were not used:", len(data.unused)
                ).format(n=len(data.unused), total=len(data.codebook))
            )
            yield Bullets(data.unused)

    def _codebook(self) -> Iterator[Block]:
        yield self._heading(1, _("Appendix: codebook"), starts_page=bool(self._data.codebook))
        if not self._data.codebook:
            yield Paragraph(_("The codebook is empty."))
            return
        rows = tuple(
            (
                _("{code} (question)").format(code=entry.name) if entry.is_question else entry.name,
                entry.definition or "–",
                entry.use_when or "–",
                entry.not_when or "–",
                words.number(entry.said.mentions),
            )
            for entry in self._data.codebook
        )
        head = (_("Code"), _("Definition"), _("Use when"), _("Not when"), _("Mentions"))
        yield self._grid(_("The codebook"), head, rows, numbers=4, indents=tuple(e.depth for e in self._data.codebook))

    def _reading(self) -> Iterator[Block]:
        yield self._heading(1, _("Appendix: how to read the numbers"))
        yield Bullets(tuple(reading()))
        yield Paragraph(
            _("The same numbers are in the folder “tables”, as .xlsx and .csv; the figures are in “figures”.")
        )

    # --- numbering

    def _heading(self, level: int, text: str, starts_page: bool = False) -> Heading:
        return Heading(level, text, f"sec-{self._names.anchor(text)}", starts_page)

    def _figure(self, name: str, picture: Picture, caption: str) -> Figure:
        figure = Figure(len(self._figures) + 1, self._names.file(name), picture, caption)
        self._figures.append(figure)
        return figure

    def _grid(
        self,
        caption: str,
        head: tuple[str, ...],
        rows: Iterable[tuple[str, ...]],
        numbers: int = 1,
        indents: tuple[int, ...] = (),
        is_wide: bool = False,
    ) -> Grid:
        self._tables += 1
        return Grid(self._tables, caption, head, tuple(rows), numbers, indents, is_wide)

    def _step(self, what: str) -> None:
        total = 2 * len(self._data.chapters) + len(self._data.crosstabs) + 4
        self._job.step(self._done, total, what)
        self._done += 1


def _agreement_head() -> tuple[str, ...]:
    return (_("Code"), _("Both"), _("Only the first"), _("Only the second"), _("Neither"), _("Agree"), _("Kappa"))


def _agreement_cells(row: Agreement) -> tuple[str, ...]:
    turns = row.both + row.only_a + row.only_b + row.neither
    return (
        row.path,
        *(words.number(n) for n in (row.both, row.only_a, row.only_b, row.neither)),
        _("{n} of {total}").format(n=words.number(row.both + row.neither), total=words.number(turns)),
        _("not calculable") if row.kappa is None else f"{row.kappa:.2f}",
    )


def _where(theme: Theme) -> str:
    """`By place: said in 3 of 4, not in Rural.`: one sentence for each attribute."""
    sentences = []
    for attribute in dict.fromkeys(s.attribute for s in theme.spread):
        asked = [s for s in theme.spread if s.attribute == attribute and (s.base.participants or s.base.groups)]
        silent = [s.label for s in asked if not s.said.mentions]
        if not asked:
            continue
        holes = {"attribute": attribute, "n": len(asked) - len(silent), "total": len(asked)}
        if not silent:
            sentences.append(_("By {attribute}: said in all {total}.").format(**holes))
        else:
            sentences.append(
                _("By {attribute}: said in {n} of {total}, not in {names}.").format(**holes, names=words.joined(silent))
            )
    return " ".join(sentences)


def _ordered(data: ReportData, table: Table) -> list[Row]:
    """The rows that were used, in the order of the chapters."""
    by_code = {row.code: row for row in table.rows}
    found: list[Row] = []
    for chapter in data.chapters:
        if chapter.code is not None and by_code[chapter.code].total != Count():
            found.append(by_code[chapter.code])
        found.extend(by_code[theme.code] for theme in chapter.themes)
    return found
