"""How widely there is talk like that of a theme, and what is said where nobody speaks: the same in the window and on the command line."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count


def how_widely(count: Count, base: Count) -> str:
    """`Talk like this in 9 of 12 groups, among 33 of 80 people`: what is counted is talk that a machine put together, so
    it is not said that so many people said it. `mentions` are turns; where no participant speaks they are told.
    """
    if not base.participants:
        said = ngettext(
            "Talk like this in {n} of {all} paragraph", "Talk like this in {n} of {all} paragraphs", base.mentions
        )
        return said.format(n=count.mentions, all=base.mentions)
    if not count.participants:
        said = ngettext(
            "Talk like this in {n} of {all} turn or paragraph, where no participant speaks",
            "Talk like this in {n} of {all} turns and paragraphs, where no participant speaks",
            base.mentions,
        )
        return said.format(n=count.mentions, all=base.mentions)
    people = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=count.participants, all=base.participants
    )
    if not base.groups:
        return _("Talk like this among {people}").format(people=people)
    return ngettext(
        "Talk like this in {n} of {all} group, among {people}",
        "Talk like this in {n} of {all} groups, among {people}",
        base.groups,
    ).format(n=count.groups, all=base.groups, people=people)


def how_often(count: Count, base: Count) -> str:
    """`24 of 85 people, 42 times`; `42 times` alone where no participant speaks."""
    times = ngettext("{n} time", "{n} times", count.mentions).format(n=f"{count.mentions:,}")
    if not base.participants:
        return times
    people = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=f"{count.participants:,}", all=f"{base.participants:,}"
    )
    return _("{people}, {times}").format(people=people, times=times)


def no_talk() -> str:
    """That there is nothing to propose anything from."""
    return _("No participant says anything in this study. Import transcripts, or check who is a moderator.")


def nobody_speaks(base: Count) -> str:
    """That no participant is named as speaking in all that was looked at; empty where one is."""
    if base.participants or not base.mentions:
        return ""
    return _("No participant is named as speaking here, so paragraphs are counted, not people.")
