"""What the page says of what it shows."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.compare.asking import Totals


def looks() -> dict[str, str]:
    """What can be shown of a part."""
    return {"both": _("Table and figure"), "table": _("Table"), "figure": _("Figure")}


def figure_words(name: str) -> str:
    """What a figure is called."""
    return {
        "bars": _("Bars"), "dumbbell": _("Dumbbell"), "heat map": _("Heat map"), "network": _("Network"), "curve": _("Curve"),
        "talk": _("Talk matrix"), "portrait": _("Portrait"), "timeline": _("Timeline"), "intervals": _("Intervals"),
        "stacked": _("Responses"),
    }.get(name, name)  # fmt: skip


def look_words(look_: str, figure: str) -> str:
    """What the chip says is shown."""
    if look_ == "figure":
        return figure_words(figure)
    return looks()[look_]


def totals_words(totals: Totals) -> str:
    """The line of totals: `12 groups (1 not read yet), 80 people, 8 of 12 codes used`."""
    parts, base = [], totals.base
    if base.groups:
        groups = ngettext("{n} group", "{n} groups", base.groups).format(n=base.groups)
        if totals.unread:
            groups = _("{groups} ({n} not read yet)").format(groups=groups, n=totals.unread)
        parts.append(groups)
    parts.append(ngettext("{n} person", "{n} people", base.participants).format(n=base.participants))
    used = ngettext("{n} of {all} code used", "{n} of {all} codes used", totals.codes)
    parts.append(used.format(n=totals.used, all=totals.codes))
    return "  ·  ".join(parts)
