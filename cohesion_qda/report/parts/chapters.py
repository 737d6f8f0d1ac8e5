"""A chapter for each question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.report import differences, figures, words
from cohesion_qda.report.blocks import Block, Bullets, Figure, Figures, Paragraph, ThemePart
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.values import Chapter, Line, Theme

_FEW_BARS = 12  # that still stand beside a word cloud
_SMALLEST = 7.5  # points of a word in a cloud


def chapters(pen: Pen) -> Iterator[Block]:
    """The chapters of the questions that have no part of their own, and what to do where there is no question."""
    apart = {part.key for part in pen.data.extras.outline}
    if not pen.data.chapters:
        yield pen.heading(1, _("What was said"))
        yield Paragraph(_("The codebook is empty. Add codes, code the transcripts, then write the report again."))
    for n, found in enumerate(pen.data.chapters, 1):
        if found.code is None or f"question {found.code}" not in apart:
            pen.step(_("Chapter: {title}").format(title=found.title))
            yield from chapter(pen, n, found)


def of_question(pen: Pen, code: int) -> Iterator[Block]:
    """The chapter of one question; nothing where there is no such question any more."""
    for n, found in enumerate(pen.data.chapters, 1):
        if found.code == code:
            pen.step(_("Chapter: {title}").format(title=found.title))
            yield from chapter(pen, n, found)


def chapter(pen: Pen, n: int, chapter: Chapter) -> Iterator[Block]:
    """The chapter of one question, the `n`th of the report; nothing where it is that of codes without a question and none is used."""
    if chapter.code is None and not chapter.said.mentions and not chapter.themes:
        return
    yield pen.heading(1, chapter.title, starts_page=bool(chapter.themes))
    if chapter.definition:
        yield Paragraph(chapter.definition, "definition")
    if not chapter.said.mentions and not chapter.themes:
        yield Paragraph(_("Nothing has been coded to this question yet."))
        return
    if chapter.said.mentions:
        yield Paragraph(_in_all(pen, chapter), "lead")
    if chapter.direct.mentions:
        yield Paragraph(
            ngettext(
                "{n} mention is coded to the question itself, not to one of its themes.",
                "{n} mentions are coded to the question itself, not to one of its themes.",
                chapter.direct.mentions,
            ).format(n=words.number(chapter.direct.mentions))
        )
    yield from _chapter_figures(pen, n, chapter)
    if chapter.lines:
        base = pen.data.base
        yield pen.grid(
            {
                "groups": _("{question}: themes in order of the groups in which they were said"),
                "participants": _("{question}: themes in order of how many people said them"),
                "mentions": _("{question}: themes in order of their mentions"),
            }[pen.data.ranked_by].format(question=chapter.title),
            (_("Theme"), *(words.unit_name(unit) for unit in pen.ranking_first())),
            tuple((t.name, *(words.slashed(unit, t.said, base) for unit in pen.ranking_first())) for t in chapter.lines),
            indents=tuple(line.depth for line in chapter.lines),
        )  # fmt: skip
    for theme in chapter.themes:
        yield _theme(pen, theme)
    yield from _apart(pen, chapter)
    yield from _dissent(pen, chapter)


def _in_all(pen: Pen, chapter: Chapter) -> str:
    said = words.how_widely(chapter.said, pen.data.base)
    if chapter.is_themed and chapter.code is None:
        return _("{said} That is anything coded under no question.").format(said=said)
    if chapter.is_themed:
        return _("{said} That is anything coded under this question.").format(said=said)
    return _("{said} That is anything coded under this question, all themes together.").format(said=said)


def _chapter_figures(pen: Pen, n: int, chapter: Chapter) -> Iterator[Block]:
    beside = len(chapter.themes) <= _FEW_BARS
    bars = _bars(pen, n, chapter, beside) if chapter.themes else None
    cloud = _cloud(pen, n, chapter, bars.picture.height if bars and beside else 0.0)
    both = [figure for figure in (bars, cloud) if figure]
    if beside and both:
        yield Figures(tuple(both))
    else:
        yield from (Figures((figure,)) for figure in both)


def _bars(pen: Pen, n: int, chapter: Chapter, narrow: bool) -> Figure:
    base = pen.data.base
    unit = pen.data.ranked_by
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
    return pen.figure(f"themes-{n}-{chapter.title}", picture, _("Themes of “{question}”, most widely said first").format(question=chapter.title))  # fmt: skip


def _cloud(pen: Pen, n: int, chapter: Chapter, height: float) -> Figure | None:
    if chapter.words is None:
        return None
    from cohesion_qda.report import wordclouds

    pen.step(_("Word cloud: {title}").format(title=chapter.title))
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
    return pen.figure(f"words-{n}-{chapter.title}", picture, caption)


def _theme(pen: Pen, theme: Theme) -> ThemePart:
    return ThemePart(
        pen.heading(2 + theme.depth, theme.name),
        words.how_widely(theme.said, pen.data.base)
        if theme.codes
        else _("No codes support it, so nothing is counted."),
        theme.definition,
        _origin(theme, is_told=not pen.data.threshold),
        " ".join(d.sentence() for d in differences.of_theme(theme)),
        theme.quotations,
        tuple(line.strip() for line in pen.data.extras.words.get(theme.key, "").split("\n") if line.strip()),
    )


def _apart(pen: Pen, chapter: Chapter) -> Iterator[Block]:
    """What is coded to the question and supports none of its themes."""
    if chapter.apart:
        yield pen.heading(2, _("In no theme"))
        yield Paragraph(_("Coded under this question, and part of none of its themes:"))
        yield Bullets(tuple(_counted(pen, line) for line in chapter.apart))


def _counted(pen: Pen, line: Line) -> str:
    return _("{theme}. {said}").format(theme=line.name, said=words.how_widely(line.said, pen.data.base))


def _dissent(pen: Pen, chapter: Chapter) -> Iterator[Block]:
    """Who sees it otherwise, theme by theme, in their words."""
    against = [theme for theme in chapter.themes if theme.dissent]
    if against:
        yield pen.heading(2, _("Dissenting views"))
        yield Paragraph(
            _("Some see it otherwise. Each of these was chosen because it speaks against the theme it stands under.")
        )
    for theme in against:
        yield ThemePart(pen.heading(3, _("Against “{theme}”").format(theme=theme.name)), "", "", "", "", theme.dissent)


def _origin(theme: Theme, is_told: bool) -> str:
    """That nobody has reviewed it yet, or that the program proposed it, where all or most of its passages came from suggestions; `is_told`:
    how many.
    """
    if theme.is_candidate:
        return _("A candidate: the researcher has not reviewed this theme yet.")
    if not theme.is_proposed:
        return ""
    if not is_told:
        return _("Proposed by the program from the talk and accepted by a person.")
    return ngettext(
        "Proposed by the program from the talk and accepted by a person ({n} of {total} passage).",
        "Proposed by the program from the talk and accepted by a person ({n} of {total} passages).",
        theme.own,
    ).format(n=words.number(theme.suggested), total=words.number(theme.own))
