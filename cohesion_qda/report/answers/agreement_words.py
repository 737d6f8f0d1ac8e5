"""What is said of agreement between coders, in whole sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cohesion_qda.analysis.agreement_measures import LEAST, Estimate, Measures
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Head
from cohesion_qda.model.disagreement import Settlement
from cohesion_qda.model.ids import CoderId
from cohesion_qda.report.numbers import decimal
from cohesion_qda.report.words import joined as joined
from cohesion_qda.report.words import number as number
from cohesion_qda.report.words import settled_aside as settled_aside

PLACES = 3  # of coefficients: Krippendorff's cut-offs have as many
Naming = Callable[[float], str]


def unit_names() -> dict[str, str]:
    """The units as the head of their column."""
    return {
        "characters": _("Characters"), "turns": _("Turns"), "sentences": _("Sentences"), "sources": _("Transcripts"),
    }  # fmt: skip


def heads(over: str, coders: int) -> list[Head]:
    """The columns of the coefficients."""
    two = coders == 2
    return [
        Head(_("Percent agreement"), "share"),
        Head(_("Cohen’s κ"), "number", places=PLACES),
        Head(
            _("κ by Landis and Koch"), "text",
            note=_("The names of Landis and Koch (1977) are a convention, no verdict."),
        ),
        Head(_("Fleiss’ κ"), "number", places=PLACES),
        Head(_("Krippendorff’s α"), "number", places=PLACES),
        Head(
            _("α by Krippendorff’s cut-offs"), "text",
            note=_("Krippendorff relies on α from .800 on, and draws tentative conclusions only from .667 on."),
        ),
        Head(_("Gwet’s AC1"), "number", places=PLACES),
        Head(unit_names()[over], unit=over),
        Head(_("Both") if two else _("All"), unit=over),
        Head(_("One") if two else _("Some, not all"), unit=over),
        Head(_("Neither") if two else _("None"), unit=over),
    ]  # fmt: skip


def of_decisions(over: str) -> str:
    """What the line of all codes together counts."""
    return {
        "characters": _("Its unit is a decision: a character and a code that any of them used."),
        "turns": _("Its unit is a decision: a turn and a code that any of them used."),
        "sentences": _("Its unit is a decision: a sentence and a code that any of them used."),
        "sources": _("Its unit is a decision: a transcript and a code that any of them used."),
    }[over]


def resampled(over: str, together: int, drawn: int) -> str:
    """What the bootstrap drew from."""
    if over == "sources":
        return ngettext("{n} transcript", "{n} transcripts", drawn).format(n=number(drawn))
    if together == 1:
        return ngettext("{n} turn", "{n} turns", drawn).format(n=number(drawn))
    return ngettext(
        "{n} block of {turns} neighbouring turns", "{n} blocks of {turns} neighbouring turns", drawn
    ).format(n=number(drawn), turns=together)  # fmt: skip


def intervals(drawn: str, level: float) -> str:
    """How the intervals were made."""
    return _(
        "Intervals are the middle {percent} % of bootstrap samples, in which whole stretches of talk are drawn "
        "again with all that is coded in them, because what stands together was not coded independently: here "
        "{drawn}. There is none where fewer than {least} % of the samples allow the coefficient."
    ).format(percent=f"{100 * level:g}", drawn=drawn, least=f"{100 * LEAST:g}")


def notes(over: str, coders: int, branch: bool) -> Iterator[str]:
    """What to know of all numbers."""
    yield {
        "characters": _("Every character of what participants say is a unit: coded with the code, or not."),
        "turns": _("Every turn of a participant is a unit: it counts where a coding of the code touches it."),
        "sentences": _(
            "Every sentence that a participant says is a unit: it counts where a coding of the code touches it."
        ),
        "sources": _("Every transcript is a unit: it counts where participants’ words in it are coded with the code."),
    }[over]
    yield _("Compared are only the transcripts in which every one of these coders has coded something.")
    yield _("In a transcript in which nobody is marked as speaking, its lines are taken as turns.")
    yield _(
        "All codes together are decisions, each unit with each code that any of them used. Most codes fit few "
        "units, so that percent agreement on decisions is high for any coders and no number to report alone; the "
        "mean over the codes stands beside it."
    )
    yield _(
        "A coefficient is not calculable where only one category occurs: where nobody used the code, or everybody "
        "used it everywhere."
    )
    if coders > 2:
        yield _(
            "For more than two coders, percent agreement is the mean over every two of them, and Cohen’s κ the mean"
            " of the κ of every two (Light 1971)."
        )
    if branch:
        yield _("A code counts with the codes under it.")


def headline(names: Sequence[str], measured: Measures) -> str:
    """What the figure shows."""
    overall = measured.overall.of["alpha"]
    if overall.value is None:
        return _("For {coders}, agreement on all codes together is not calculable.").format(coders=joined(names))
    if overall.low is None:
        return _("{coders}: Krippendorff’s α over all codes together is {alpha}.").format(
            coders=joined(names), alpha=plain(overall.value)
        )
    return _("{coders}: Krippendorff’s α over all codes together is {alpha} ({low} to {high}).").format(
        coders=joined(names), alpha=plain(overall.value), low=_end(overall, "low"), high=_end(overall, "high")
    )


def _end(estimate: Estimate, name: str) -> str:
    return plain(getattr(estimate, name) or 0.0)


def plain(value: float) -> str:
    """A coefficient to three places."""
    return decimal(value, PLACES)


def subtitle(names: Sequence[str], over: str, units: int, sources: int) -> str:
    """Measure, who, and over how much."""
    there = ngettext("{n} transcript that all of them coded", "{n} transcripts that all of them coded", sources)
    there = there.format(n=number(sources))
    if over == "sources":
        return _("Coded by {coders}, over {sources}").format(coders=joined(names), sources=there)
    many = {
        "characters": ngettext("{n} character", "{n} characters", units),
        "turns": ngettext("{n} turn", "{n} turns", units),
        "sentences": ngettext("{n} sentence", "{n} sentences", units),
    }[over].format(n=number(units))
    return _("Coded by {coders}, over {units} in {sources}").format(coders=joined(names), units=many, sources=there)


def differ(n: int) -> str:
    """In how many places the coders differ."""
    return ngettext("The coders differ in {n} place.", "The coders differ in {n} places.", n).format(n=number(n))


def place(source: str, turn: int) -> str:
    """Where a disagreement is."""
    return _("{source}, turn {turn}").format(source=source, turn=turn) if turn else source


def quoted(text: str, most: int) -> str:
    """The words of a passage, on one line, cut where they are many."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def settled(one: Settlement | None, names: Mapping[CoderId, str]) -> str:
    """How a disagreement was settled; empty where it is not."""
    if one is None:
        return ""
    coder = names.get(one.coder, "")
    said = _("{coder}: it applies") if one.is_applied else _("{coder}: it does not apply")
    if one.why:
        said = _("{coder}: it applies ({why})") if one.is_applied else _("{coder}: it does not apply ({why})")
    return said.format(coder=coder, why=one.why)


def more(n: int, listed: int) -> str:
    """That the list is not whole."""
    return ngettext(
        "Listed are the first {listed} of {n} place; the reader of disagreements has all of them.",
        "Listed are the first {listed} of {n} places; the reader of disagreements has all of them.", n,
    ).format(listed=number(listed), n=number(n))  # fmt: skip
