"""What the report says, part by part, in words, figures and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.table import Agreement
from cohesion_qda.report import differences, figures, words
from cohesion_qda.report.blocks import (
    Block,
    Bullets,
    Document,
    Figures,
    Paragraph,
)  # fmt: skip
from cohesion_qda.report.findings import Findings
from cohesion_qda.report.tables import reading
from cohesion_qda.report.values import CoderPair, Engagement, ReportData, Theme

_TOP_THEMES = 3  # of a question in the summary
_DISSENT = re.compile(r"dissent|disagree|counter|contrary|negative case|deviant|against the rest", re.IGNORECASE)


def compose(data: ReportData, job: Job | None = None) -> Document:
    """The report in order, its figures drawn. The same data gives the same report."""
    return _Composer(data, job or Job()).document()


class _Composer(Findings):
    """The parts of the report, in order."""

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
        units = [unit for unit in self._ranking_first()[:2] if base.of(unit)] or ["mentions"]
        parts = [
            words.out_of(unit, theme.said, base)
            for unit in units
            if words.GONE not in (theme.said.of(unit), base.of(unit))
        ]
        return _("{theme} ({said})").format(theme=theme.name, said=", ".join(parts)) if parts else theme.name

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
            figures.bar(
                c.label, c.base.participants,
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
        yield from map(Paragraph, words.settled_aside(data.settled))
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


def _decisions(pair: CoderPair) -> str:
    """`438 turns × 30 codes`."""
    turns = ngettext("{n} turn", "{n} turns", pair.turns).format(n=words.number(pair.turns))
    codes = ngettext("{n} code", "{n} codes", pair.codes).format(n=words.number(pair.codes))
    return _("{turns} × {codes}").format(turns=turns, codes=codes)


def _agreement_cells(row: Agreement) -> tuple[str, ...]:
    from cohesion_qda.analysis.coefficients import landis_koch

    kappa = words.number(words.GONE) if row.neither == words.GONE else _("not calculable")
    if row.kappa is not None:
        kappa = _("{kappa} ({word})").format(kappa=f"{row.kappa:.2f}", word=landis_koch(row.kappa))
    return (row.path, *(words.number(n) for n in (row.both, row.only_a, row.only_b)), kappa)
