"""What is said of proposed themes, in sentences: the same in the window and on the command line."""

from __future__ import annotations

from collections import Counter

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import ThemeModel, ThemeSuggestion

STEADY, SHAKY = 0.7, 0.4  # of the adjusted Rand index
IN_ONE = 0.9


def how_widely(count: Count, base: Count) -> str:
    """`Talk like this in 9 of 12 groups, among 33 of 80 people`: what is counted is talk that a machine put together, so
    it is not said that so many people said it. `count.mentions` are turns. Where no participant speaks: in how many of all turns and paragraphs.
    """
    if not base.participants:
        said = ngettext("Talk like this in {n} of {all} paragraph", "Talk like this in {n} of {all} paragraphs", base.mentions)
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


def no_talk() -> str:
    """That there is nothing to propose anything from."""
    return _("No participant says anything in this study. Import transcripts, or check who is a moderator.")


def nobody_speaks(base: Count) -> str:
    """That no participant is named as speaking in all that was looked at; empty where one is."""
    if base.participants or not base.mentions:
        return ""
    return _("No participant is named as speaking here, so paragraphs are counted, not people.")


def trust(value: float | None) -> str:
    """How far all themes together come back when the talk is drawn again."""
    if value is None:
        return ""
    shown = f"{value:.2f}"
    if value >= STEADY:
        return _("Steady: other looks at the talk find nearly the same themes (stability {value} of 1).").format(value=shown)
    if value >= SHAKY:
        return _("Fairly steady: other looks at the talk find partly the same themes (stability {value} of 1).").format(
            value=shown
        )
    return _(
        "Not steady: other looks at the talk find other themes (stability {value} of 1). Take them as a way to read, not as a finding."
    ).format(value=shown)


def place(model: ThemeModel, theme: ThemeSuggestion) -> str:
    """That a theme is (nearly) all of one source, where there are several: it may tell of the transcript more than of the study."""
    said = Counter(model.units[n].source for n in theme.units)
    if not said or len({unit.source for unit in model.units}) < 2:
        return ""
    most = said.most_common(1)[0][1]
    if most == len(theme.units):
        return _("All of it was said in one transcript.")
    return _("Nearly all of it was said in one transcript.") if most >= IN_ONE * len(theme.units) else ""
