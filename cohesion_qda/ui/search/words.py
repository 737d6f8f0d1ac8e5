"""What the page says about what it found."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.finding import Scope, Tally

MODES = ("exact", "forms", "regex")


def mode_words(mode: str) -> str:
    """How words are looked for, as the chip says it."""
    return {"exact": _("Exact words"), "forms": _("All forms"), "regex": _("Regular expression")}[mode]


def extent_words(extent: str) -> str:
    """How much is coded."""
    return {"hit": _("The words alone"), "sentence": _("The sentence"), "turn": _("The whole turn")}[extent]


def counted(tally: Tally, scope: Scope, *, is_stopped: bool = False) -> str:
    """`12 places in 10 turns  ·  7 of 85 people  ·  4 of 12 groups  ·  moderators included`."""
    if not tally.is_whole and not tally.hits:
        return _("Counting …")
    places = ngettext("{n} place", "{n} places", tally.hits).format(n=f"{tally.hits:,}")
    said = ngettext("{places} in {n} line", "{places} in {n} lines", tally.lines).format(
        places=places, n=f"{tally.lines:,}"
    )
    people = ngettext("{some} of {all} person", "{some} of {all} people", tally.all_people).format(
        some=len(tally.people), all=tally.all_people
    )
    groups = ngettext("{some} of {all} group", "{some} of {all} groups", tally.all_groups).format(
        some=len(tally.grouped), all=tally.all_groups
    )
    whole = _("{places}  ·  {people}  ·  {groups}") if tally.all_groups else _("{places}  ·  {people}")
    told = whole.format(places=said, people=people, groups=groups)
    if not scope.only_participants:
        told = _("{counted}  ·  moderators’ words included").format(counted=told)
    if is_stopped:
        return _("More than {counted}").format(counted=told)
    return told if tally.is_whole else _("Counting … {counted} so far").format(counted=told)


def forms_words(forms: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Which forms were looked for."""
    told = [", ".join(found) for _word, found in forms if len(found) > 1]
    return _("Looked for: {forms}").format(forms="; ".join(told)) if told else ""


def ticked_words(ticked: int, there: int, *, has_more: bool) -> str:
    """`3 of 200 ticked`."""
    if has_more:
        return _("{n} ticked of the {all} fetched so far").format(n=ticked, all=there)
    return _("{n} of {all} ticked").format(n=ticked, all=there)
