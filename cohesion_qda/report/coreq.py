"""What a report of interviews and focus groups should tell: the 32 items of COREQ, named in our own words, and what of them a project knows.

Allison Tong, Peter Sainsbury and Jonathan Craig, "Consolidated criteria for reporting qualitative research (COREQ): a 32-item checklist for
interviews and focus groups", International Journal for Quality in Health Care 19 (6), 2007, 349-357.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.reporting import GROUP, NAMED, NOBODY, PSEUDONYM
from cohesion_qda.report import words
from cohesion_qda.report.values import ReportData

KEY = "coreq"
"""With a number after it the key of the author's words on an item: `coreq 8`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One of the 32: its number, the domain it is in, what is to be told."""

    number: int
    domain: str
    asks: str


def items() -> tuple[Item, ...]:
    """All 32, in order."""
    domains = ((_("Research team"), _team()), (_("Study design"), _design()), (_("Analysis and findings"), _analysis()))
    every = [(domain, asks) for domain, several in domains for asks in several]
    return tuple(Item(n, domain, asks) for n, (domain, asks) in enumerate(every, 1))


def _team() -> tuple[str, ...]:
    return (
        _("Who led the interviews and focus groups"),
        _("The qualifications of the researchers"),
        _("What they worked as at the time"),
        _("Their gender"),
        _("Their experience and training"),
        _("Whether they knew the participants before"),
        _("What participants knew of them and of their reasons"),
        _("Their interests and assumptions that bear on the study"),
    )


def _design() -> tuple[str, ...]:
    return (
        _("The methodology that the study rests on"),
        _("How participants were selected"),
        _("How they were approached"),
        _("How many took part"),
        _("How many declined or left, and why"),
        _("Where the talk was held"),
        _("Who was present beside participants and researchers"),
        _("Who the participants are"),
        _("Which questions were asked, and whether they were tried out"),
        _("Whether anybody was interviewed again"),
        _("How it was recorded"),
        _("Whether field notes were made"),
        _("How long the talk lasted"),
        _("Whether codes stopped being new"),
        _("Whether participants saw their transcripts"),
    )


def _analysis() -> tuple[str, ...]:
    return (
        _("How many people coded"),
        _("What the codes are"),
        _("Where the themes come from"),
        _("Which software was used"),
        _("Whether participants gave their view of the findings"),
        _("Whether quotations show the themes, and whose they are"),
        _("Whether the findings follow from the data"),
        _("Whether the main themes are clear"),
        _("Whether smaller themes and other views are told"),
    )


def answers(data: ReportData) -> dict[int, str]:
    """What the report itself tells of each item that its project knows enough of; of the others nothing."""
    known: dict[int, Callable[[ReportData], str]] = {
        1: _moderators, 12: _sample_size, 15: _others_present, 16: _who_they_are, 17: _guide, 20: _field_notes, 22: _saturation,
        24: _coders, 25: _codes, 26: _themes, 27: _software, 29: _quotations, 30: _consistent, 31: _main, 32: _smaller,
    }  # fmt: skip
    return {number: said for number, tell in known.items() if (said := tell(data))}


def in_the_author_s_words(data: ReportData) -> dict[int, str]:
    """What the author wrote on items, by number."""
    found = {}
    for key, said in data.extras.words.items():
        name, _space, number = key.partition(" ")
        if name == KEY and number.isdecimal() and said.strip():
            found[int(number)] = said.strip()
    return found


def open_items(data: ReportData) -> Iterator[Item]:
    """Those that neither the project nor the author has answered."""
    told = answers(data).keys() | in_the_author_s_words(data).keys()
    return (item for item in items() if item.number not in told)


def _moderators(data: ReportData) -> str:
    n, total = data.conduct.moderated, data.conduct.spoken
    said = ngettext(
        "A moderator speaks in {n} of {total} transcript; who they are, the project does not say.",
        "A moderator speaks in {n} of {total} transcripts; who they are, the project does not say.", total,
    )  # fmt: skip
    return said.format(n=words.number(n), total=words.number(total)) if n else ""


def _sample_size(data: ReportData) -> str:
    if not data.base.participants:
        return ""
    return _("{participants}, in {sources}; see “Engagement and sample”.").format(
        participants=words.participants(data.base.participants), sources=words.sources(data.sources)
    )


def _others_present(data: ReportData) -> str:
    n, total = data.conduct.observed, data.conduct.spoken
    said = ngettext(
        "Somebody who is neither moderator nor participant speaks in {n} of {total} transcript.",
        "Somebody who is neither moderator nor participant speaks in {n} of {total} transcripts.", total,
    )  # fmt: skip
    return said.format(n=words.number(n), total=words.number(total)) if n else ""


def _who_they_are(data: ReportData) -> str:
    names = [part.attribute for part in data.engagement]
    return (
        _("Told by {attributes}; see “Engagement and sample”.").format(attributes=words.joined(names)) if names else ""
    )


def _guide(data: ReportData) -> str:
    n = data.conduct.guide
    said = ngettext(
        "The moderator’s guide has {n} question; whether it was tried out, the project does not know.",
        "The moderator’s guide has {n} questions; whether they were tried out, the project does not know.", n,
    )  # fmt: skip
    return said.format(n=words.number(n)) if n else ""


def _field_notes(data: ReportData) -> str:
    n = sum(kind.sources for kind in data.kinds if kind.kind == "field note")
    said = ngettext("{n} field note is among the sources.", "{n} field notes are among the sources.", n)
    return said.format(n=words.number(n)) if n else ""


def _saturation(data: ReportData) -> str:
    return _("Worked out in “Method”.") if data.saturation is not None else ""


def _coders(data: ReportData) -> str:
    n = len(data.coders)
    if not n:
        return ""
    said = ngettext("{n} coder.", "{n} coders.", n).format(n=words.number(n))
    return _("{coded} How far they agree is in “Method”.").format(coded=said) if data.agreement else said


def _codes(data: ReportData) -> str:
    return _("The codebook is in an appendix.") if data.codebook else ""


def _themes(data: ReportData) -> str:
    if not data.has_codings:
        return ""
    if any(chapter.is_themed for chapter in data.chapters):
        return _("The researcher built them from codes and key passages; the codes of each stand under it.")
    return _(
        "They are the codes of the codebook. How many codings began as a suggestion of the program is in “Method”."
    )


def _software(data: ReportData) -> str:
    return _("Cohesion QDA {version}.").format(version=data.program_version)


def _quotations(data: ReportData) -> str:
    if not any(theme.quotations for chapter in data.chapters for theme in chapter.themes):
        return ""
    return {
        NAMED: _("Each theme has its own; under each stand the speaker, as the study names people, and the source."),
        PSEUDONYM: _("Each theme has its own; under each stand a pseudonym and the source."),
        GROUP: _("Each theme has its own; under each stands the source, and no person."),
        NOBODY: _("Each theme has its own; nobody is named under them."),
    }[data.extras.attribution]


def _consistent(data: ReportData) -> str:
    if not data.has_codings:
        return ""
    return _(
        "Each theme stands with the groups, participants and mentions that were counted; the tables hold the same numbers."
    )


def _main(data: ReportData) -> str:
    return _("They stand first in each chapter, in the order of how widely they were said.") if data.has_codings else ""


def _smaller(data: ReportData) -> str:
    if any(theme.dissent for chapter in data.chapters for theme in chapter.themes):
        return _(
            "All that were used are told, the least widely said last; views against a theme stand at the end of its chapter."
        )
    return _("All that were used are told, the least widely said last.") if data.has_codings else ""
