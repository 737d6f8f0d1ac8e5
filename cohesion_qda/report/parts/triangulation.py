"""Other evidence: figures from elsewhere beside the themes they bear on, where the two agree and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.evidence import AGREES, DIFFERS, IN_PART, Indicator, readings
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Bullets, Grid, Paragraph
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.triangulation import Range, Set, Sided, apart, key, ranges, sided, unknown_places

_DIVIDED = "divided"


def triangulation(pen: Pen) -> Iterator[Block]:
    """The figures beside the themes; nothing where the study has none."""
    figures = pen.data.extras.indicators
    if not figures:
        return
    themes = sided(pen.data)
    yield pen.heading(1, _("Other evidence"), starts_page=True)
    yield Paragraph(
        _("Figures from elsewhere, set beside the themes that they bear on. A figure tells how common something is in an area, people’s words what it is "
          "like and how it comes about. Whether the two agree is the researcher’s judgement."),
        "lead",
    )  # fmt: skip
    if themes:
        yield _overview(pen, themes)
        yield from _by_reading(themes)
        for theme in themes:
            yield from _theme(pen, theme)
    else:
        yield Paragraph(_("No figure has been set beside a theme yet."))
    yield from _rest(pen, apart(pen.data))
    yield from _limits(pen, themes)


def _overview(pen: Pen, themes: Sequence[Sided]) -> Grid:
    base = pen.data.base
    units = [unit for unit in ("groups", "participants") if base.of(unit)] or ["mentions"]
    shown = [
        reading
        for reading in (AGREES, IN_PART, DIFFERS, "")
        if any(s.reading == reading for t in themes for s in t.sets)
    ]
    titles = {
        AGREES: _("Figures that agree"),
        IN_PART: _("Agree in part"),
        DIFFERS: _("Differ"),
        "": _("Not judged yet"),
    }
    rows = []
    for theme in themes:
        n = Counter(each.reading for each in theme.sets)
        said = (words.slashed(unit, theme.said, base) for unit in units)
        rows.append((theme.name, *said, *(str(n[reading]) if n[reading] else "–" for reading in shown)))
    head = (_("Theme"), *(words.unit_name(unit) for unit in units), *(titles[reading] for reading in shown))
    return pen.grid(_("Themes and the figures that bear on them"), head, rows)


def _by_reading(themes: Sequence[Sided]) -> Iterator[Block]:
    """Where words and figures agree and where they differ, a list for each."""
    found: dict[str, list[str]] = {AGREES: [], IN_PART: [], DIFFERS: [], _DIVIDED: [], "": []}
    for theme in themes:
        by = {
            reading: [each for each in theme.sets if each.reading == reading]
            for reading in (AGREES, IN_PART, DIFFERS, "")
        }
        for reading, sets in by.items():
            if sets:
                found[reading].append(_item(theme, sets))
        if by[AGREES] and by[DIFFERS]:
            found[_DIVIDED].append(_("“{code}”").format(code=theme.name))
    leads = {
        AGREES: _("People’s words and the figures agree on:"),
        IN_PART: _("They agree in part on:"),
        DIFFERS: _("They differ on:"),
        "": _("Not judged yet:"),
    }
    for reading, lead in leads.items():
        if found[reading]:
            yield Paragraph(lead)
            yield Bullets(tuple(found[reading]))
    if found[_DIVIDED]:
        yield Paragraph(
            _(
                "On {themes} some figures agree with what people say and others differ: the places, or the times, may not be the same."
            ).format(themes=words.joined(found[_DIVIDED]))
        )


def _item(theme: Sided, sets: Sequence[Set]) -> str:
    """A theme with its figures; those of one indicator together: `People get on (Dewsbury, 2019: 76%; Batley, 2019: 61%)`."""
    by_name: dict[str, list[Indicator]] = {}
    for each in sets:
        by_name.setdefault(each.indicator.name, []).append(each.indicator)
    told = [_named(of[0]) if len(of) == 1 else _together(name, of) for name, of in by_name.items()]
    return _("{theme}: {figures}").format(theme=theme.name, figures="; ".join(told))


def _together(name: str, of: Sequence[Indicator]) -> str:
    values = [
        _("{name}: {words}").format(name=each.where_and_when, words=each.said) if each.where_and_when else each.said
        for each in of
    ]
    return _("{text} ({where})").format(text=name, where="; ".join(values))


def _named(figure: Indicator) -> str:
    """`People get on well together, 76% (Dewsbury, 2019)`."""
    told = ", ".join(part for part in (figure.name, figure.said) if part)
    return _("{text} ({where})").format(text=told, where=figure.where_and_when) if figure.where_and_when else told


def _theme(pen: Pen, theme: Sided) -> Iterator[Block]:
    yield pen.heading(2, theme.name)
    if theme.statement:
        yield Paragraph(theme.statement, "definition")
    yield Paragraph(words.how_widely(theme.said, pen.data.base))
    yield from _beside(pen, theme)
    yield from (Paragraph(_range(pen, each)) for each in ranges(theme.sets))
    notes = [
        _("{figure}: {note}").format(figure=_named(each.indicator), note=note)
        for each in theme.sets
        for note in dict.fromkeys(
            filter(None, (each.note, pen.data.extras.triangulation.get(key(each.indicator.id), "")))
        )
    ]
    if notes:
        yield Bullets(tuple(notes))


def _beside(pen: Pen, theme: Sided) -> Iterator[Block]:
    """A row for each figure: what it says, what people say there, and how the two stand to each other."""
    names = readings()
    sources = list(dict.fromkeys(each.indicator.source for each in theme.sets))
    rows = [
        (
            each.indicator.name, each.indicator.place, words.day(each.indicator.period), each.indicator.said,
            _here(each), names[each.reading], each.indicator.source if len(sources) > 1 else "",
        )
        for each in theme.sets
    ]  # fmt: skip
    head = (
        _("Figure"), _("Place"), _("Period"), _("Value"), _("Said there by"), _("Beside people’s words"), _("Source"),
    )  # fmt: skip
    yield _table(pen, _("{theme}: figures, and what people say there").format(theme=theme.name), head, rows)
    if len(sources) == 1 and sources[0]:
        yield Paragraph(_("Source: {source}.").format(source=sources[0]), "note")


def _here(each: Set) -> str:
    """How many people of the place say it, or groups where nobody is counted."""
    if each.here is None:
        return ""
    unit = next((unit for unit in ("participants", "groups") if each.here.base.of(unit)), "mentions")
    return words.out_of(unit, each.here.said, each.here.base)


def _range(pen: Pen, found: Range) -> str:
    high, low = found.highest, found.lowest
    assert high.here is not None and low.here is not None
    when = _("{name}, {period}").format(name=found.name, period=words.day(found.period)) if found.period else found.name
    return _("“{figure}” is highest in {high} ({most}) and lowest in {low} ({least}). The theme was said by {many} in {high} and by {few} in {low}.").format(
        figure=when, high=high.here.label, most=high.indicator.said, low=low.here.label, least=low.indicator.said,
        many=words.out_of("participants", high.here.said, high.here.base), few=words.out_of("participants", low.here.said, low.here.base),
    )  # fmt: skip


def _rest(pen: Pen, figures: Sequence[Indicator]) -> Iterator[Block]:
    if not figures:
        return
    yield pen.heading(2, _("Figures that bear on no theme"))
    head = (_("Figure"), _("Place"), _("Period"), _("Value"), _("Source"))
    rows = [(each.name, each.place, words.day(each.period), each.said, each.source) for each in figures]
    yield _table(pen, _("Figures that bear on no theme"), head, rows)
    notes = [(each, pen.data.extras.triangulation.get(key(each.id), "")) for each in figures]
    if items := tuple(_("{figure}: {note}").format(figure=_named(each), note=note) for each, note in notes if note):
        yield Bullets(items)


def _limits(pen: Pen, themes: Sequence[Sided]) -> Iterator[Block]:
    """What is to be known before the two are compared."""
    places = unknown_places(themes)
    if places:
        told = _("No part of the study is of {places}: figures of there stand beside what is said in the whole study.")
        yield Paragraph(told.format(places=words.either(places)), "note")
    unsourced = sum(not each.source for each in pen.data.extras.indicators)
    if unsourced:
        yield Paragraph(
            ngettext(
                "Where {n} figure is from is not noted in the project.",
                "Where {n} figures are from is not noted in the project.",
                unsourced,
            ).format(n=words.number(unsourced)),
            "note",
        )


def _table(pen: Pen, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """A table without the columns in which nothing stands."""
    kept = [n for n in range(len(head)) if n == 0 or any(row[n] for row in rows)]
    told = tuple(tuple(row[n] or "–" for n in kept) for row in rows)
    return pen.grid(caption, tuple(head[n] for n in kept), told, numbers=len(kept), is_wide=len(kept) > 6)
