"""What the report says, part by part, in words, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.table import Agreement, Count, Row, Table
from cohesion_qda.report import differences, figures, words
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
from cohesion_qda.report.values import Chapter, CoderPair, Engagement, ReportData, Theme

UNITS_WIDEST_FIRST = ("groups", "participants", "mentions")
_TOP_THEMES = 3  # of a question in the summary
_DISSENT = re.compile(r"dissent|disagree|counter|contrary|negative case|deviant|against the rest", re.IGNORECASE)
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
            self._codebook, self._people, self._comparison_of_people, self._agreement_by_code, self._reading,
        ):  # fmt: skip
            blocks.extend(part())
        about = [self._data.authors, words.day(self._data.date)]
        about.append(_("Made with Cohesion QDA {version}").format(version=self._data.program_version))
        return Document(
            self._data.title, self._data.date, tuple(a for a in about if a), tuple(blocks), tuple(self._figures)
        )

    # --- the parts

    def _summary(self) -> Iterator[Block]:
        """What a reader in a hurry needs, on a page or two."""
        data = self._data
        yield self._heading(1, _("Summary"))
        for paragraph in data.summary.split("\n"):
            if paragraph.strip():
                yield Paragraph(paragraph.strip())
        yield Paragraph(self._who_took_part(), "" if data.summary.strip() else "lead")
        if not data.has_codings:
            yield Paragraph(_("Nothing has been coded yet, so there are no findings to report."))
            return
        yield from self._most_widely_said()
        yield from self._widest_differences()
        yield from self._dissent()

    def _most_widely_said(self) -> Iterator[Block]:
        data = self._data
        rows: list[tuple[str, ...]] = []
        indents: list[int] = []
        units = [unit for unit in self._ranking_first() if unit == "mentions" or data.base.of(unit)]
        for chapter in data.chapters:
            tops = [theme for theme in chapter.themes if not theme.depth][:_TOP_THEMES]
            for name, said, indent in [(chapter.title, chapter.said, 0), *((t.name, t.said, 1) for t in tops)]:
                if said.mentions:
                    rows.append((name, *(words.slashed(unit, said, data.base) for unit in units)))
                    indents.append(indent)
        yield self._heading(2, _("What was said most widely"))
        if data.is_tied:
            yield Paragraph(_("Ranked by people: several themes were said in equally many groups."))
        yield self._grid(
            _("The themes said most widely under each question"),
            (_("Question and theme"), *(words.unit_name(unit) for unit in units)),
            rows,
            indents=tuple(indents),
        )

    def _widest_differences(self) -> Iterator[Block]:
        data = self._data
        compared = [table.by for table in data.crosstabs if table.by in data.of_sources]
        if not compared or not data.base.participants:
            return
        yield self._heading(2, _("Where it differs most by {attributes}").format(attributes=words.joined(compared)))
        found = differences.widest(data)
        if not found:
            yield Paragraph(
                _(
                    "By {attributes}, no theme was said by {n} people more, or fewer, than if it were spread evenly."
                ).format(attributes=words.joined(compared), n=differences.LEAST)
            )
            return
        yield Bullets(
            tuple(
                _("{theme}, by {attribute}: {counts}.").format(
                    theme=d.theme.name, attribute=d.attribute, counts=d.counts()
                )
                for d in found
            )
        )
        yield Paragraph(
            _("These count the people who took part. They are no percentages of a population: in small groups a person or "
              "two make the difference, and among so many themes some differ by chance. Read the passages first.")
        )  # fmt: skip

    def _dissent(self) -> Iterator[Block]:
        """Themes that by their name hold what goes against the rest."""
        found = [t for c in self._data.chapters for t in c.themes if _DISSENT.search(t.name)]
        if found:
            yield self._heading(2, _("Dissent"))
            yield Bullets(tuple(self._named_share(theme) for theme in found))

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
        parts = [words.out_of(unit, theme.said, base) for unit in self._ranking_first()[:2] if base.of(unit)]
        return _("{theme} ({said})").format(
            theme=theme.name, said=", ".join(parts or [words.mentions(theme.said.mentions)])
        )

    def _ranking_first(self) -> tuple[str, ...]:
        """The units, the one that themes are ranked by first."""
        first = self._data.ranked_by if self._data.base.participants else "groups"
        return (first, *(unit for unit in UNITS_WIDEST_FIRST if unit != first))

    def _engagement(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Engagement and sample"), starts_page=data.has_codings)
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
            if part.about != "source":
                continue
            yield self._heading(2, _("By {attribute}").format(attribute=part.attribute))
            lines = tuple(
                (c.label, words.number(c.sources), words.number(c.base.groups), words.number(c.base.participants))
                for c in part.columns
            )
            if len(part.columns) > 1 and data.base.participants:
                yield self._engagement_bars(part)
            yield self._grid(
                _("Who took part, by {attribute}").format(attribute=part.attribute),
                (part.attribute.capitalize(), _("Sources"), _("Groups"), _("Participants")),
                lines,
            )
        of_people = [part.attribute for part in data.engagement if part.about != "source"]
        if of_people:
            yield Paragraph(
                _("Who took part by {attributes} is in an appendix.").format(attributes=words.joined(of_people))
            )

    def _people(self) -> Iterator[Block]:
        """Who took part by what is known of the participants, all in one table."""
        rows: list[tuple[str, str]] = []
        indents: list[int] = []
        for part in self._data.engagement:
            if part.about != "source":
                rows.append((part.attribute.capitalize(), ""))
                rows.extend((c.label, words.slashed("participants", c.base, self._data.base)) for c in part.columns)
                indents.extend((0, *(1 for _column in part.columns)))
        if rows:
            yield self._heading(1, _("Appendix: who took part"))
            caption = _("Who took part, by what is known of the participants")
            yield self._grid(caption, (_("Attribute"), _("Participants")), rows, indents=tuple(indents))

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
                  "the codebook is in the appendix.").format(coders=words.joined(coders))
            )  # fmt: skip
            yield Paragraph(self._suggestions())
        yield Paragraph(_("How it was counted:"))
        yield Bullets(
            (
                *reading()[:3],
                _("A theme is counted together with the codes under it; nothing is counted twice."),
                *self._how_ranked(),
                *data.notes,
            )
        )
        yield from self._agreement()

    def _suggestions(self) -> str:
        """How many of the codings began as a suggestion of the program."""
        data = self._data
        if not data.accepted:
            return _("The program can suggest passages for a code; no coding came from a suggestion.")
        total, n = sum(n for _name, n in data.coders), sum(n for _path, n, _all in data.accepted)
        codes = ngettext("{n} code", "{n} codes", len(data.accepted)).format(n=words.number(len(data.accepted)))
        return ngettext(
            "The program proposed passages from the talk, and a person accepted or dismissed them: of {total} coding, {n} "
            "came from an accepted suggestion, with {codes}. A theme most of whose passages came so says it.",
            "The program proposed passages from the talk, and a person accepted or dismissed them: of {total} codings, {n} "
            "came from accepted suggestions, with {codes}. A theme most of whose passages came so says it.",
            total,
        ).format(n=words.number(n), total=words.number(total), codes=codes)

    def _how_ranked(self) -> Iterator[str]:
        data = self._data
        if data.is_tied:
            yield _("Themes are ranked by the people who said them, since by groups the first of them tie.")
        if data.base.participants and any(table.by in data.of_sources for table in data.crosstabs):
            yield _(
                "A theme says where it was said unevenly: where at least {n} people more, or fewer, said it than if the same "
                "share of people had said it everywhere. It points to passages to read and is no test of significance."
            ).format(n=differences.LEAST)

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
        for pair in data.agreement:
            both = _("{first} and {second}").format(first=pair.first, second=pair.second)
            yield Paragraph(
                ngettext(
                    "{coders} both coded {n} source: {names}.", "{coders} both coded {n} sources: {names}.", len(pair.sources)
                ).format(coders=both, n=words.number(len(pair.sources)), names="; ".join(pair.sources))
            )  # fmt: skip
        yield Paragraph(
            _("The unit is a decision: one participant's turn with one code that either coder used. How often neither used "
              "the code is left out: most codes fit few turns, so it would make any two coders look alike. The agreement "
              "on each code is in an appendix.")
        )  # fmt: skip
        yield Paragraph(
            _("Cohen's kappa says how far two coders agree beyond chance: 0 is no more than chance, 1 is always (J. Cohen, "
              "Educational and Psychological Measurement 20, 1960); the word beside it is that of Landis and Koch "
              "(Biometrics 33, 1977), whose limits are a convention.")
        )  # fmt: skip
        rows = tuple(
            (
                _("{first} and {second}").format(first=pair.first, second=pair.second),
                _decisions(pair),
                *_agreement_cells(pair.rows[0])[1:],
            )
            for pair in data.agreement
        )
        head = (_("Coders"), _("Decisions"), _("Both"), _("Only the first"), _("Only the second"), _("Kappa"))
        yield self._grid(_("Agreement on all codes together: decisions to use a code"), head, rows)

    def _agreement_by_code(self) -> Iterator[Block]:
        if not self._data.agreement:
            return
        yield self._heading(1, _("Appendix: agreement on each code"))
        for pair in self._data.agreement:
            rows = tuple(_agreement_cells(row) for row in pair.rows[1:])
            caption = ngettext(
                "Agreement of {first} and {second} on each code: of {n} turn, those to which both or one gave it",
                "Agreement of {first} and {second} on each code: of {n} turns, those to which both or one gave it",
                pair.turns,
            ).format(first=pair.first, second=pair.second, n=words.number(pair.turns))
            head = (
                _("Code"), _("Both"), _("Only {name}").format(name=pair.first), _("Only {name}").format(name=pair.second),
                _("Kappa"),
            )  # fmt: skip
            yield self._grid(caption, head, rows)

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
            _origin(theme),
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

    def _gaps(self) -> Iterator[Block]:
        data = self._data
        yield self._heading(1, _("Gaps"))
        if not data.unused and not data.uncoded:
            yield Paragraph(_("Every code was used, and every source has codings."))
        if data.uncoded:
            yield Paragraph(
                ngettext(
                    "No coding yet in {n} of {total} source; what was said there is in none of the counts:",
                    "No coding yet in {n} of {total} sources; what was said there is in none of the counts:",
                    data.sources,
                ).format(n=words.number(len(data.uncoded)), total=words.number(data.sources))
            )
            yield Bullets(data.uncoded)
        if data.unused:
            yield Paragraph(
                ngettext(
                    "Never used: {n} of {total} code.", "Never used: {n} of {total} codes.", len(data.codebook)
                ).format(n=words.number(len(data.unused)), total=words.number(len(data.codebook)))
            )
            yield Bullets(data.unused)

    def _codebook(self) -> Iterator[Block]:
        yield self._heading(1, _("Appendix: codebook"))
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


def _decisions(pair: CoderPair) -> str:
    """`438 turns × 30 codes`."""
    turns = ngettext("{n} turn", "{n} turns", pair.turns).format(n=words.number(pair.turns))
    codes = ngettext("{n} code", "{n} codes", pair.codes).format(n=words.number(pair.codes))
    return _("{turns} × {codes}").format(turns=turns, codes=codes)


def _agreement_cells(row: Agreement) -> tuple[str, ...]:
    from cohesion_qda.analysis.agreement import strength

    kappa = _("not calculable")
    if row.kappa is not None:
        kappa = _("{kappa} ({word})").format(kappa=f"{row.kappa:.2f}", word=strength(row.kappa))
    return (row.path, *(words.number(n) for n in (row.both, row.only_a, row.only_b)), kappa)


def _origin(theme: Theme) -> str:
    """That the program proposed it, where all or most of its passages came from suggestions."""
    if not theme.is_proposed:
        return ""
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
