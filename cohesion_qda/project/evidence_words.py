"""The trail in words, of what is done to other evidence: bare sentences, and those with the person who did it."""

from __future__ import annotations

from collections.abc import Mapping

from cohesion_qda.base.i18n import _, ngettext


def sentences(n: int, *, has_changed: bool = False) -> dict[str, str]:
    """As `project.sentences` has them, for acts that count `n`; `has_changed`: some of what was imported was there and is another now."""
    taken = ngettext("Took {n} figure from a sheet", "Took {n} figures from a sheet", n)
    if has_changed:
        taken = ngettext(
            "Took {n} figure from a sheet (changed, of those that were there: {changed})",
            "Took {n} figures from a sheet (changed, of those that were there: {changed})", n,
        )  # fmt: skip
    return {
        "add-indicator": _("Added the figure “{name}”"),
        "change-indicator": _("Changed the figure “{name}”"),
        "move-indicator": _("Moved the figure “{name}”"),
        "remove-indicator": _("Removed the figure “{name}”"),
        "remove-indicators": ngettext("Removed {n} figure", "Removed {n} figures", n),
        "import-indicators": taken,
        "bear-indicator": _("The figure “{name}” bears on “{code}”"),
        "bear-indicator-on": ngettext(
            "The figure “{name}” now bears on {n} code", "The figure “{name}” now bears on {n} codes", n
        ),
        "read-indicator": _("Set the figure “{name}” beside “{code}”: {reading}"),
        "note-indicator": _("Noted how the figure “{name}” stands to “{code}”"),
        "unbear-indicator": _("The figure “{name}” no longer bears on “{code}”"),
        "set-reference": _("Set how many people of the area have “{value}” for {name}"),
        "import-references": ngettext(
            "Set how many people of the area have {n} value of {name}", "Set how many people of the area have {n} values of {name}", n
        ),
        "remove-references": ngettext(
            "Took {n} reference figure for {name} away", "Took {n} reference figures for {name} away", n
        ),
    }  # fmt: skip


def told(n: int, *, has_changed: bool = False) -> dict[str, str]:
    """As `project.told` has them."""
    taken = ngettext("{person} took {n} figure from a sheet", "{person} took {n} figures from a sheet", n)
    if has_changed:
        taken = ngettext(
            "{person} took {n} figure from a sheet (changed, of those that were there: {changed})",
            "{person} took {n} figures from a sheet (changed, of those that were there: {changed})", n,
        )  # fmt: skip
    return {
        "add-indicator": _("{person} added the figure “{name}”"),
        "change-indicator": _("{person} changed the figure “{name}”"),
        "move-indicator": _("{person} moved the figure “{name}”"),
        "remove-indicator": _("{person} removed the figure “{name}”"),
        "remove-indicators": ngettext("{person} removed {n} figure", "{person} removed {n} figures", n),
        "import-indicators": taken,
        "bear-indicator": _("{person} let the figure “{name}” bear on “{code}”"),
        "bear-indicator-on": ngettext(
            "{person} let the figure “{name}” bear on {n} code", "{person} let the figure “{name}” bear on {n} codes", n
        ),
        "read-indicator": _("{person} set the figure “{name}” beside “{code}”: {reading}"),
        "note-indicator": _("{person} noted how the figure “{name}” stands to “{code}”"),
        "unbear-indicator": _("{person} let the figure “{name}” no longer bear on “{code}”"),
        "set-reference": _("{person} set how many people of the area have “{value}” for {name}"),
        "import-references": ngettext(
            "{person} set how many people of the area have {n} value of {name}",
            "{person} set how many people of the area have {n} values of {name}", n,
        ),
        "remove-references": ngettext(
            "{person} took {n} reference figure for {name} away", "{person} took {n} reference figures for {name} away", n
        ),
    }  # fmt: skip


def gone(tables: Mapping[str, int]) -> list[str]:
    """What went along with something else, in words; `tables` are how many rows of each."""
    found = []
    if n := tables.get("indicator_code"):
        found.append(ngettext("{n} figure set beside it", "{n} figures set beside it", n).format(n=n))
    if n := tables.get("reference_figure"):
        found.append(ngettext("{n} reference figure", "{n} reference figures", n).format(n=n))
    return found
