"""How it was done: coding, counting, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Cell
from cohesion_qda.model.table import Agreement
from cohesion_qda.report import differences, words
from cohesion_qda.report.blocks import Block, Bullets, Figures, Paragraph
from cohesion_qda.report.figuring import figure
from cohesion_qda.report.parts.engagement import how_many_took_part
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.picture import pictured
from cohesion_qda.report.quotes import who_chose
from cohesion_qda.report.tables import reading
from cohesion_qda.report.values import CoderPair, ReportData

_FEWEST_FOR_A_CURVE = 3  # groups or sources after which a curve is drawn


def method(pen: Pen) -> Iterator[Block]:
    """How it was coded and counted."""
    data = pen.data
    yield pen.heading(1, _("Method"))
    yield from _collected(pen)
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
        yield Paragraph(_suggestions(pen))
        chosen = who_chose([q for chapter in data.chapters for theme in chapter.themes for q in theme.quotations])
        yield from map(Paragraph, chosen)
    yield Paragraph(_("How it was counted:"))
    yield Bullets(
        (
            *reading()[:3],
            _("A theme is counted together with the codes under it; nothing is counted twice."),
            *_how_ranked(pen),
            *data.notes,
        )
    )
    yield from _agreement(pen)
    yield from _saturation(pen)
    yield from _limits(pen)


def _collected(pen: Pen) -> Iterator[Block]:
    """What was collected when, and what was asked."""
    data, found = pen.data, pen.data.conduct
    if not data.sources:
        return
    said = [how_many_took_part(data)]
    if found.first and found.first != found.last:
        said.append(
            _("It was collected from {first} to {last}.").format(
                first=words.day(found.first), last=words.day(found.last)
            )
        )
    elif found.first:
        said.append(_("It was collected on {day}.").format(day=words.day(found.first)))
    if found.guide:
        asked = ngettext("The guide had {n} question.", "The guide had {n} questions.", found.guide)
        said.append(asked.format(n=words.number(found.guide)))
    yield Paragraph(" ".join(said))


def _saturation(pen: Pen) -> Iterator[Block]:
    """Whether codes stopped being new."""
    found = pen.data.saturation
    if found is None:
        return
    part = found.parts[0]
    yield pen.heading(2, _("Saturation"))
    yield Paragraph(_("{headline}.").format(headline=part.headline))
    yield from map(Paragraph, found.parts[1].notes)
    caption = _("New codes and all codes so far, in the order of the talk")
    counts = [tuple(_whole(cell) for cell in line.cells[:2]) for line in part.lines]
    if len(part.lines) > _FEWEST_FOR_A_CURVE and 3 * counts[0][0] < 2 * counts[-1][1]:
        pen.step(_("Saturation"))
        yield Figures((pen.figure("saturation", pictured(figure(part, part.figures[0], found)), caption),))
    else:  # a curve that begins at the top is mostly blank paper
        rows = [(line.label, *map(words.number, row)) for line, row in zip(part.lines, counts, strict=True)]
        yield pen.grid(caption, (part.corner, part.heads[0].label, part.heads[1].label), rows)


def _whole(cell: Cell) -> int:
    return int(cell.value) if isinstance(cell.value, int | float) else 0


def _is_saturated(found: Answer) -> bool:
    return any(line.note for line in found.parts[1].lines)


def _limits(pen: Pen) -> Iterator[Block]:
    """What a reader should keep in mind."""
    if pen.data.has_codings:
        yield pen.heading(2, _("Limits"))
        yield Bullets(tuple(limits(pen.data)))


def limits(data: ReportData) -> Iterator[str]:
    """What the project itself shows of where its findings end, a sentence each."""
    yield _("Those who took part were not drawn at random. The counts say how widely something was said among them; they are no shares of a population.")  # fmt: skip
    if data.base.groups:
        yield _(
            "People in a group hear each other: what one says, others take up or leave. Who was silent may agree or not."
        )
    if data.uncoded:
        yield ngettext(
            "{n} of {total} source is not coded yet.", "{n} of {total} sources are not coded yet.", data.sources
        ).format(n=words.number(len(data.uncoded)), total=words.number(data.sources))  # fmt: skip
    if len(data.coders) == 1:
        yield _("One person coded. Another might have coded otherwise.")
    elif not data.agreement:
        yield _("No source was coded by two people for themselves, so how far they agree is not known.")
    if data.saturation is not None and not _is_saturated(data.saturation):
        yield _("New codes still came up towards the end, so more talk may bring more.")
    if not any(theme.dissent for chapter in data.chapters for theme in chapter.themes):
        yield _("No passage has been marked as speaking against a theme. That does not mean that nobody disagreed.")
    if candidates := [theme.name for chapter in data.chapters for theme in chapter.themes if theme.is_candidate]:
        yield _("These themes have not been reviewed yet: {themes}.").format(themes=words.joined(candidates))
    if data.threshold:
        yield _("Numbers of few people are hidden, so not every comparison can be followed.")


def _suggestions(pen: Pen) -> str:
    """How many of the codings began as a suggestion of the program."""
    data = pen.data
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


def _how_ranked(pen: Pen) -> Iterator[str]:
    data = pen.data
    yield {
        "groups": _(
            "Themes stand in the order of the groups in which they were said, then of the people who said them, then of their mentions."
        ),
        "participants": _("Themes stand in the order of the people who said them, since there are few groups."),
        "mentions": _("Themes stand in the order of their mentions, since nobody is known to speak."),
    }[data.ranked_by]
    if data.base.participants and any(table.by in data.of_sources for table in data.crosstabs):
        yield _(
            "A theme says where it was said unevenly: where at least {n} people more, or fewer, said it than if the same "
            "share of people had said it everywhere. It points to passages to read and is no test of significance."
        ).format(n=differences.LEAST)


def _agreement(pen: Pen) -> Iterator[Block]:
    data = pen.data
    if not data.has_codings:
        return
    yield pen.heading(2, _("Agreement between coders"))
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
            ).format(coders=both, n=words.number(len(pair.sources)), names="; ".join(words.each_once(pair.sources)))
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
    yield pen.grid(_("Agreement on all codes together: decisions to use a code"), head, rows, is_filed=False)


def agreement_by_code(pen: Pen) -> Iterator[Block]:
    """How far coders agree on each code."""
    if not pen.data.agreement:
        return
    yield pen.heading(1, _("Appendix: agreement on each code"))
    for pair in pen.data.agreement:
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
        yield pen.grid(caption, head, rows, is_filed=False)


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
