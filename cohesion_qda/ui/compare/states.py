"""What the page says where there is no answer to show: one sentence, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.compare.asking import Found

WITHOUT_CODINGS = ("dynamics", "timeline")  # kinds that have something to say of a study in which nothing is coded


@dataclass(frozen=True, slots=True)
class Nothing:
    """`button` leads to the page `to` (a name of the window's pages); both are empty where there is nothing to press."""

    sentence: str
    button: str = ""
    to: str = ""


def nothing(found: Found) -> Nothing | None:
    """Why there is no answer; None where there is one."""
    kind, offer = found.asked.kind, found.offer
    if not found.totals.base.mentions and kind not in WITHOUT_CODINGS:
        if offer.only is not None:
            return Nothing(
                _("You have not coded anything yet, and others’ codings are hidden. Select some words and press C."),
                _("Go to Read & code"), "read",
            )  # fmt: skip
        return Nothing(
            _("No passages coded yet. Select some words and press C; the counts will appear here."),
            _("Go to Read & code"), "read",
        )  # fmt: skip
    if kind == "crosstab" and not offer.choices.attributes:
        return Nothing(
            _("There is nothing to compare by yet. Say something about your transcripts or the people in them, such as a place or an age band."),
            _("Go to People and attributes"), "attributes",
        )  # fmt: skip
    if kind == "agreement" and (few := _too_few(found)) is not None:
        return few
    if found.trouble is not None:
        return Nothing(str(found.trouble))
    return None


def _too_few(found: Found) -> Nothing | None:
    if found.offer.only is not None:
        return Nothing(
            _(
                "How far coders agree cannot be told while others’ codings are hidden. Show them again under “Coding as …” at the foot of the window."
            )
        )
    if len(found.offer.choices.coders) < 2:
        return Nothing(
            _("Agreement needs two coders, and only one has coded here. Let a colleague code the same transcripts under their own name."),
            _("Go to Read & code"), "read",
        )  # fmt: skip
    if len(found.asked.coders) == 1:
        return Nothing(_("Agreement is between two coders or more. Choose another one above."))
    return None
