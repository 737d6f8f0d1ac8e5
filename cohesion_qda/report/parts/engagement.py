"""Who took part."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _
from cohesion_qda.report import figures, words
from cohesion_qda.report.blocks import Block, Figures, Paragraph
from cohesion_qda.report.parts.sample import beside_the_area, figures_of_area
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import Engagement, ReportData


def engagement(pen: Pen) -> Iterator[Block]:
    """Sources, participants and groups, by each attribute of the sources."""
    data = pen.data
    yield pen.heading(1, _("Engagement and sample"), starts_page=data.has_codings)
    if not data.sources:
        yield Paragraph(_("No sources have been imported yet. Import transcripts, then write the report again."))
        return
    yield Paragraph(_("{sentence} Moderators and observers are not counted.").format(sentence=how_many_took_part(data)))
    rows = tuple((k.kind.capitalize(), words.number(k.sources), words.number(k.words)) for k in data.kinds)
    yield pen.grid(_("What was brought in"), (_("Kind of source"), _("Sources"), _("Words")), rows)
    if not data.engagement:
        yield Paragraph(
            _("No attributes are known of the sources or participants, so the sample cannot be broken down.")
        )
    for part in data.engagement:
        if part.about != "source":
            continue
        yield pen.heading(2, _("By {attribute}").format(attribute=part.attribute))
        lines = tuple(
            (c.label, words.number(c.sources), words.number(c.base.groups), words.number(c.base.participants))
            for c in part.columns
        )
        told = any(c.base.participants != words.GONE for c in part.columns)
        if len(part.columns) > 1 and data.base.participants and told:
            yield _engagement_bars(pen, part)
        yield pen.grid(
            _("Who took part, by {attribute}").format(attribute=part.attribute),
            (part.attribute.capitalize(), _("Sources"), _("Groups"), _("Participants")),
            lines,
        )
        yield from beside_the_area(pen, part)
    of_people = [part.attribute for part in data.engagement if part.about != "source"]
    if of_people:
        yield Paragraph(
            _("Who took part by {attributes} is in an appendix.").format(attributes=words.joined(of_people))
        )
    for part in data.engagement:
        if part.about != "source" and figures_of_area(data, part):
            yield pen.heading(2, _("By {attribute}").format(attribute=part.attribute))
            yield from beside_the_area(pen, part)


def people(pen: Pen) -> Iterator[Block]:
    """Who took part by what is known of the participants, all in one table."""
    rows: list[tuple[str, str]] = []
    indents: list[int] = []
    for part in pen.data.engagement:
        if part.about != "source":
            rows.append((part.attribute.capitalize(), ""))
            rows.extend((c.label, words.slashed("participants", c.base, pen.data.base)) for c in part.columns)
            indents.extend((0, *(1 for _column in part.columns)))
    if rows:
        yield pen.heading(1, _("Appendix: who took part"))
        caption = _("Who took part, by what is known of the participants")
        yield pen.grid(caption, (_("Attribute"), _("Participants")), rows, indents=tuple(indents))


def _engagement_bars(pen: Pen, part: Engagement) -> Figures:
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
            total=words.participants(pen.data.base.participants)
        ),
        is_ranking=False,
    )
    return Figures((pen.figure(f"engagement-{attribute}", picture, _("Participants by {attribute}").format(attribute=attribute)),))  # fmt: skip


def how_many_took_part(data: ReportData) -> str:
    """How many took part, in a sentence."""
    base = data.base
    if not data.sources:
        return _("No sources have been imported yet.")
    kinds = words.joined([words.kind_of_source(k.kind, k.sources) for k in data.kinds])
    return _("{participants} took part; the study has {kinds}.").format(
        participants=words.participants(base.participants), kinds=kinds
    )
