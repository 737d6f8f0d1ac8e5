"""The trail in words, of what is done to worksheets: bare sentences, and those with the person who did it."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext


def sentences(n: int) -> dict[str, str]:
    """As `project.sentences` has them, for acts that count `n`."""
    return {
        "start-worksheet": _("Started the worksheet “{worksheet}”"),
        "rename-worksheet": _("Renamed the worksheet “{old}” to “{worksheet}”"),
        "remove-worksheet": ngettext(
            "Removed the worksheet “{worksheet}” with {n} answer", "Removed the worksheet “{worksheet}” with {n} answers", n
        ),
        "choose-worksheet": _("Answered “{item}” of “{worksheet}”: {choice}"),
        "answer-worksheet": _("Wrote on “{item}” of “{worksheet}”"),
        "empty-worksheet": _("Took an answer to “{item}” of “{worksheet}” back"),
        "link-worksheet": ngettext(
            "Linked {n} passage to “{item}” of “{worksheet}”", "Linked {n} passages to “{item}” of “{worksheet}”", n
        ),
        "unlink-worksheet": ngettext(
            "Took {n} passage from “{item}” of “{worksheet}”", "Took {n} passages from “{item}” of “{worksheet}”", n
        ),
        "export-worksheet": _("Printed the worksheet “{worksheet}” to {path}"),
    }  # fmt: skip


def told(n: int) -> dict[str, str]:
    """As `project.told` has them."""
    return {
        "start-worksheet": _("{person} started the worksheet “{worksheet}”"),
        "rename-worksheet": _("{person} renamed the worksheet “{old}” to “{worksheet}”"),
        "remove-worksheet": ngettext(
            "{person} removed the worksheet “{worksheet}” with {n} answer",
            "{person} removed the worksheet “{worksheet}” with {n} answers", n,
        ),
        "choose-worksheet": _("{person} answered “{item}” of “{worksheet}”: {choice}"),
        "answer-worksheet": _("{person} wrote on “{item}” of “{worksheet}”"),
        "empty-worksheet": _("{person} took an answer to “{item}” of “{worksheet}” back"),
        "link-worksheet": ngettext(
            "{person} linked {n} passage to “{item}” of “{worksheet}”",
            "{person} linked {n} passages to “{item}” of “{worksheet}”", n,
        ),
        "unlink-worksheet": ngettext(
            "{person} took {n} passage from “{item}” of “{worksheet}”",
            "{person} took {n} passages from “{item}” of “{worksheet}”", n,
        ),
        "export-worksheet": _("{person} printed the worksheet “{worksheet}” to {path}"),
    }  # fmt: skip


def gone(tables: dict[str, int]) -> list[str]:
    """What went along with something else, in words; `tables` are how many rows of each."""
    found = []
    if n := tables.get("worksheet"):
        found.append(ngettext("{n} worksheet", "{n} worksheets", n).format(n=n))
    if n := tables.get("worksheet_passage"):
        found.append(ngettext("{n} passage linked to a worksheet", "{n} passages linked to worksheets", n).format(n=n))
    return found
