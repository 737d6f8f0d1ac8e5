"""What was found of key terms, in sentences: the same in the window, on the command line and in files."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.suggestion import FoundTerms, TermSuggestion
from cohesion_qda.model.table import Count

FEW = 5  # participants, below which it is said that little can be told


def nothing(found: FoundTerms) -> str:
    """Why nothing was found; empty where something was."""
    return {
        "": "",
        "nobody": _("No participant says anything there."),
        "nobody else": _("Nothing is left to compare it with: it is all the talk there is."),
        "the same": _("The same talk was chosen twice. Choose something else to compare it with."),
        "too few": _(
            "Too few people speak on one side or the other: even a word that all of them said and nobody else could be chance."
        ),
        "one part": _("There is only one part with two participants or more, so there is nothing to unite."),
        "nothing stands out": _nothing_stands_out(found),
    }[found.why]


def _nothing_stands_out(found: FoundTerms) -> str:
    if found.parts:
        return _(
            "No word or phrase was said by at least one in ten participants in every part, and by one in five of all."
        )
    if found.rest_base.mentions:
        return _(
            "No word or phrase was said by so many more people on one side than on the other that it is more than chance."
        )
    if found.base.mentions and not found.base.participants:
        return _("No word or phrase is said in more than one transcript or document.")
    return _("No word or phrase was said by more than one person.")


def notes(found: FoundTerms) -> list[str]:
    """What to know of it: what lies in both, what was left out, how few people it stands on."""
    said = []
    if found.is_nested:
        said.append(_("One lies wholly in the other, which is counted without it."))
    elif found.shared:
        said.append(
            ngettext(
                "{n} turn lies in both. What is said there counts for neither.",
                "{n} turns lie in both. What is said there counts for neither.",
                found.shared,
            ).format(n=found.shared)
        )
    if found.left_out:
        names = "; ".join(part.name for part in found.left_out)
        said.append(_("Left out, because fewer than two participants speak there: {names}.").format(names=names))
    if found.outside:
        said.append(
            ngettext(
                "{n} participant speaks in none of these and is not counted here.",
                "{n} participants speak in none of these and are not counted here.",
                found.outside,
            ).format(n=found.outside)
        )
    if found.why in ("", "nothing stands out"):
        said += _few(found)
    if found.most:
        said.append(
            ngettext("There are more: only the first is listed.", "There are more: only the first {n} are listed.", found.most)
            .format(n=found.most)
        )  # fmt: skip
    return said


def _few(found: FoundTerms) -> list[str]:
    if found.parts:
        small = [part for part in found.parts if part.speakers < FEW]
        if not small:
            return []
        names = "; ".join(part.name for part in small)
        return [_("Fewer than five participants speak in: {names}. Their shares say little.").format(names=names)]
    sides = [found.base, *([found.rest_base] if found.rest_base.mentions else [])]
    silent = sum(1 for side in sides if side.mentions and not side.participants)
    if silent == len(sides):
        return [_("No participant is named as speaking here, so paragraphs are counted, not people.")]
    if silent:
        return [_("On one side no participant is named as speaking, so paragraphs are counted there, not people.")]
    fewest = min(side.participants for side in sides)
    if fewest >= FEW:
        return []
    if len(sides) == 1:
        return [
            ngettext(
                "Only {n} participant speaks here. Take what is found for a hint.",
                "Only {n} participants speak here. Take what is found for a hint.",
                fewest,
            ).format(n=fewest)
        ]
    return [
        ngettext(
            "Only {n} participant speaks on one side. Take what is found there for a hint.",
            "Only {n} participants speak on one side. Take what is found there for a hint.",
            fewest,
        ).format(n=fewest)
    ]


def widely(count: Count, base: Count) -> str:
    """`7 of 12 people, 3 of 4 groups`; without groups where there are none, `in 20 of 60 paragraphs` where nobody speaks."""
    if not base.participants:
        return paragraphs(count, base)
    people = ngettext("{n} of {all} person", "{n} of {all} people", base.participants).format(
        n=count.participants, all=base.participants
    )
    if not base.groups:
        return people
    groups = ngettext("{n} of {all} group", "{n} of {all} groups", base.groups).format(n=count.groups, all=base.groups)
    return _("{people}, {groups}").format(people=people, groups=groups)


def paragraphs(count: Count, base: Count) -> str:
    """`in 20 of 60 paragraphs`, where no participant is named as speaking."""
    said = ngettext("in {n} of {all} paragraph", "in {n} of {all} paragraphs", base.mentions)
    return said.format(n=count.turns, all=base.mentions)


def extremes(term: TermSuggestion) -> str:
    """Of what unites, the part with the smallest share and that with the largest, with their numbers."""
    ordered = shares(term)
    return _("least in {least}; most in {most}").format(least=ordered[0], most=ordered[-1])


def shares(term: TermSuggestion) -> Sequence[str]:
    """Of what unites, `Luton: 7 of 12` for each part, the smallest share first."""
    ordered = sorted(term.parts, key=lambda part: (part.value, part.name))
    return [_("{name}: {n} of {all}").format(name=part.name, n=part.said, all=part.speakers) for part in ordered]


def how_found(found: FoundTerms) -> str:
    """How these terms were found, for somebody who reads or cites them."""
    if found.parts:
        return _(
            "Listed: terms said by at least one in five participants, in every part by at least one in ten, and spread over the parts "
            "much as all participants are (one less Gries’ deviation of proportions is at least 0.75); by the smallest share."
        )
    if not found.rest_base.mentions:
        return _how_widest(found)
    return _(
        "Listed only if many more participants said it than chance would have it, given how much each said, and if it was said in more "
        "than one group where there are several; with speakers shuffled, at most one term in five hundred is listed. Ranked by "
        "log-odds (Monroe, Colaresi and Quinn 2008)."
    )


def _how_widest(found: FoundTerms) -> str:
    if not found.base.participants:
        return _("Listed: terms by how many transcripts and documents they stand in, then by how often.")
    if found.base.participants == 1:
        return _("Listed: terms by how often they were said. One participant speaks here. The moderator is left out.")
    return _("Listed: terms said by at least two participants, by how many said them. The moderator is left out.")
