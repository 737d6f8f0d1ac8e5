"""Counts and dates in words: every count beside its denominator, no percentages."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.table import Count
from cohesion_qda.report.hiding import HIDDEN

GONE = -1
"""Stands for a number that is not told."""


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
        _("October"), _("November"), _("December"),
    )  # fmt: skip


def number(n: int) -> str:
    """`1,234`; `[c]` for GONE."""
    return HIDDEN if n == GONE else f"{n:,}"


def groups(n: int) -> str:
    """`3 groups`."""
    return ngettext("{n} group", "{n} groups", n).format(n=number(n))


def participants(n: int) -> str:
    """`12 participants`."""
    return ngettext("{n} participant", "{n} participants", n).format(n=number(n))


def mentions(n: int) -> str:
    """`20 mentions`."""
    return ngettext("{n} mention", "{n} mentions", n).format(n=number(n))


def sources(n: int) -> str:
    """`14 sources`."""
    return ngettext("{n} source", "{n} sources", n).format(n=number(n))


def kind_of_source(kind: str, n: int) -> str:
    """`12 focus groups`, `1 interview`; a kind of one's own is counted in sources."""
    known = {
        "focus group": ngettext("{n} focus group", "{n} focus groups", n),
        "interview": ngettext("{n} interview", "{n} interviews", n),
        "document": ngettext("{n} document", "{n} documents", n),
        "survey answer": ngettext("{n} survey answer", "{n} survey answers", n),
        "field note": ngettext("{n} field note", "{n} field notes", n),
    }
    other = ngettext("{n} source of the kind “{kind}”", "{n} sources of the kind “{kind}”", n)
    return known.get(kind, other).format(n=number(n), kind=kind)


def kinds_of_source(kind: str) -> str:
    """`focus groups`: sources of a kind; a kind of one's own is named as it is."""
    known = {
        "focus group": _("focus groups"), "interview": _("interviews"), "document": _("documents"),
        "survey answer": _("survey answers"), "field note": _("field notes"),
    }  # fmt: skip
    return known.get(kind, kind)


def counted(unit: str, n: int) -> str:
    """`3 groups`, `12 participants` or `20 mentions`."""
    return {"groups": groups, "participants": participants, "mentions": mentions}[unit](n)


def unit_name(unit: str) -> str:
    """The unit as a heading: `Groups`, `Participants`, `Mentions`."""
    return {"groups": _("Groups"), "participants": _("Participants"), "mentions": _("Mentions")}[unit]


def out_of(unit: str, said: Count, base: Count) -> str:
    """`10 of 12 groups`, `37 of 80 participants`; mentions, which are not a share of people, stand alone."""
    n, total = number(said.of(unit)), number(base.of(unit))
    if unit == "groups":
        return ngettext("{n} of {total} group", "{n} of {total} groups", base.groups).format(n=n, total=total)
    if unit == "participants":
        return ngettext("{n} of {total} participant", "{n} of {total} participants", base.participants).format(
            n=n, total=total
        )
    return mentions(said.mentions)


def people(said: Count, base: Count) -> str:
    """`9 of 28 people`."""
    n, total = number(said.participants), number(base.participants)
    return ngettext("{n} of {total} person", "{n} of {total} people", base.participants).format(n=n, total=total)


def slashed(unit: str, said: Count, base: Count) -> str:
    """`10 of 12` for a table cell whose column names the unit."""
    if unit == "mentions":
        return number(said.mentions)
    return _("{n} of {total}").format(n=number(said.of(unit)), total=number(base.of(unit)))


def how_widely(said: Count, base: Count) -> str:
    """`Said in 10 of 12 groups, by 37 of 80 participants, 64 mentions.` What the study has none of is left out, and so are people and
    mentions where either is not told.
    """
    if GONE in (said.participants, said.mentions, base.participants):
        if base.groups and said.groups:  # in interviews only: “in 0 of 1 group” would read as not said
            return _("Said in {groups}; how many people said it is hidden.").format(groups=out_of("groups", said, base))
        return _("How many people said it is hidden.")
    holes = {
        "groups": out_of("groups", said, base),
        "participants": out_of("participants", said, base),
        "mentions": mentions(said.mentions),
    }
    if base.groups and base.participants:
        return _("Said in {groups}, by {participants}, {mentions}.").format(**holes)
    if base.participants:
        return _("Said by {participants}, {mentions}.").format(**holes)
    return _("{mentions}.").format(**holes)


def unit_for_bars(base: Count) -> str:
    """The unit that figures of a study of this size rank by."""
    if base.groups >= 3:
        return "groups"
    return "participants" if base.participants else "mentions"


def unit_for_map(base: Count) -> str:
    """The unit of heat maps: people, where there are any, since few groups share one value."""
    return "participants" if base.participants else "mentions"


def day(iso: str) -> str:
    """`21 November 2025`; what is no ISO date comes back as it is."""
    try:
        date = datetime.date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return _("{day} {month} {year}").format(day=date.day, month=_months()[date.month - 1], year=date.year)


def settled(n: int) -> tuple[str, ...]:
    """What settling has to do with what is counted; nothing where nothing was settled."""
    if not n:
        return ()
    said = ngettext(
        "{n} coding that is counted was made by settling a disagreement, beside the coders’ own.",
        "{n} codings that are counted were made by settling disagreements, beside the coders’ own.", n,
    )  # fmt: skip
    return (said.format(n=number(n)),)


def settled_aside(n: int) -> tuple[str, ...]:
    """That codings by which somebody settled what others coded differently are no part of an agreement."""
    if not n:
        return ()
    said = ngettext(
        "{n} coding that settled a disagreement is left out: compared is what coders coded for themselves.",
        "{n} codings that settled disagreements are left out: compared is what coders coded for themselves.", n,
    )  # fmt: skip
    return (said.format(n=number(n)),)


def joined(names: Sequence[str]) -> str:
    """`one`, `one and two`, `one, two and three`."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def either(names: Sequence[str]) -> str:
    """`one`, `one or two`, `one, two or three`."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} or {last}").format(first=", ".join(names[:-1]), last=names[-1])


def each_once(names: Sequence[str]) -> tuple[str, ...]:
    """Names in their order; those that several have, once: `Interview (3 of them)`."""
    found = Counter(names)
    return tuple(
        name if n == 1 else _("{name} ({n} of them)").format(name=name, n=number(n)) for name, n in found.items()
    )


def turn(n: int) -> str:
    """`turn 12`; nothing where there are no turns."""
    return _("turn {n}").format(n=number(n)) if n else ""
