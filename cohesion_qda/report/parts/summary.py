"""The summary: the author's words, and the numbers a reader in a hurry needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cohesion_qda.base.i18n import _
from cohesion_qda.report import differences, words
from cohesion_qda.report.blocks import Block, Bullets, Paragraph
from cohesion_qda.report.parts import sample
from cohesion_qda.report.parts.engagement import how_many_took_part
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import ReportData, Theme

_TOP_THEMES = 3  # of a question in the summary
_DISSENT = re.compile(r"dissent|disagree|counter|contrary|negative case|deviant|against the rest", re.IGNORECASE)


def summary(pen: Pen) -> Iterator[Block]:
    """What a reader in a hurry needs, on a page or two."""
    data = pen.data
    yield pen.heading(1, _("Summary"))
    for paragraph in data.summary.split("\n"):
        if paragraph.strip():
            yield Paragraph(paragraph.strip())
    yield Paragraph(how_many_took_part(data), "" if data.summary.strip() else "lead")
    if not data.has_codings:
        yield Paragraph(_("Nothing has been coded yet, so there are no findings to report."))
        return
    yield from _most_widely_said(pen)
    yield from _widest_differences(pen)
    yield from _dissent(pen)


def offered(data: ReportData) -> tuple[str, ...]:
    """Sentences with the numbers of the report, which its author can take into the summary: who took part and how that compares with the area,
    what was said most widely under each question, where it differs most, what speaks against it, whether codes stopped being new.
    """
    said = [how_many_took_part(data)]
    for part in data.engagement:
        said += sample.told(part, sample.compared(data, part)) if sample.figures_of_area(data, part) else []
    if not data.has_codings:
        return tuple(said)
    for chapter in data.chapters:
        for theme in [theme for theme in chapter.themes if not theme.depth][:_TOP_THEMES]:
            told = words.how_widely(theme.said, data.base)
            said.append(
                _("On “{question}”, “{theme}”: {said}").format(question=chapter.title, theme=theme.name, said=told)
            )
    for d in differences.widest(data):
        said.append(_("“{theme}” differs by {attribute}: {counts}.").format(theme=d.theme.name, attribute=d.attribute, counts=d.counts()))  # fmt: skip
    against = [theme.name for chapter in data.chapters for theme in chapter.themes if theme.dissent]
    if against:
        said.append(_("Some speak against: {themes}.").format(themes=words.joined([f"“{name}”" for name in against])))
    if data.saturation is not None:
        said.append(_("{headline}.").format(headline=data.saturation.parts[0].headline))
    return tuple(said)


def _most_widely_said(pen: Pen) -> Iterator[Block]:
    data = pen.data
    rows: list[tuple[str, ...]] = []
    indents: list[int] = []
    units = [unit for unit in pen.ranking_first() if unit == "mentions" or data.base.of(unit)]
    for chapter in data.chapters:
        tops = [theme for theme in chapter.themes if not theme.depth][:_TOP_THEMES]
        for name, said, indent in [(chapter.title, chapter.said, 0), *((t.name, t.said, 1) for t in tops)]:
            if said.mentions:
                rows.append((name, *(words.slashed(unit, said, data.base) for unit in units)))
                indents.append(indent)
    yield pen.heading(2, _("What was said most widely"))
    yield pen.grid(
        _("The themes said most widely under each question"),
        (_("Question and theme"), *(words.unit_name(unit) for unit in units)),
        rows,
        indents=tuple(indents),
    )


def _widest_differences(pen: Pen) -> Iterator[Block]:
    data = pen.data
    compared = [table.by for table in data.crosstabs if table.by in data.of_sources]
    if not compared or not data.base.participants:
        return
    yield pen.heading(2, _("Where it differs most by {attributes}").format(attributes=words.joined(compared)))
    found = differences.widest(data)
    if not found:
        if _some_hidden(data, compared):
            none = _("Where so few people stand behind a number that it is hidden, a difference cannot be told. In the "
                     "numbers told by {attributes}, no theme was said by {n} people more, or fewer, than if it were "
                     "spread evenly.")  # fmt: skip
        else:
            none = _("By {attributes}, no theme was said by {n} people more, or fewer, than if it were spread evenly.")
        yield Paragraph(none.format(attributes=words.joined(compared), n=differences.LEAST))
        return
    yield Bullets(
        tuple(
            _("{theme}, by {attribute}: {counts}.").format(theme=d.theme.name, attribute=d.attribute, counts=d.counts())
            for d in found
        )
    )
    yield Paragraph(
        _("These count the people who took part. They are no percentages of a population: in small groups a person or "
          "two make the difference, and among so many themes some differ by chance. Read the passages first.")
    )  # fmt: skip
    if _some_hidden(data, compared):
        yield Paragraph(_("Numbers of few people are hidden, so not every comparison can be followed."))


def _some_hidden(data: ReportData, compared: list[str]) -> bool:
    """Whether a difference by one of these may stand behind a number that is not told."""
    spread = (s for chapter in data.chapters for theme in chapter.themes for s in theme.spread)
    return any(words.GONE in (s.said.participants, s.base.participants) for s in spread if s.attribute in compared)


def _dissent(pen: Pen) -> Iterator[Block]:
    """Themes that somebody speaks against, or that by their name hold what goes against the rest."""
    found = [t for c in pen.data.chapters for t in c.themes if t.dissent or _DISSENT.search(t.name)]
    if found:
        yield pen.heading(2, _("Dissent"))
        yield Bullets(tuple(_named_share(pen, theme) for theme in found))


def _named_share(pen: Pen, theme: Theme) -> str:
    base = pen.data.base
    units = [unit for unit in pen.ranking_first()[:2] if base.of(unit)] or ["mentions"]
    parts = [
        words.out_of(unit, theme.said, base) for unit in units if words.GONE not in (theme.said.of(unit), base.of(unit))
    ]
    return _("{theme} ({said})").format(theme=theme.name, said=", ".join(parts)) if parts else theme.name
