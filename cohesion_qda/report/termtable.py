"""Key terms as an answer: tables whose counts know what they are out of, for files and for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model import termwords
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.suggestion import FoundTerms, TermSuggestion
from cohesion_qda.model.table import Count

UNITS = ("participants", "groups", "mentions")


def answer(found: FoundTerms, here: str, there: str, made: Made) -> Answer:
    """What was found, as tables: what sets `here` apart from `there` (both in words; `there` empty: the rest), and that from it;
    or what unites; or what was said most.
    """
    there = there or _("the rest")
    if found.parts:
        parts = [_of_parts("unites", _("What unites {talk}").format(talk=here), found)]
    elif not found.rest_base.mentions:
        parts = [_compared("most", _("What was said most widely in {talk}").format(talk=here), found.terms, (here,))]
    else:
        parts = [
            _compared(key, _("What sets {this} apart from {that}").format(this=names[0], that=names[1]), terms, names)
            for key, terms, names in (("here", found.terms, (here, there)), ("there", found.against, (there, here)))
            if terms
        ]
    notes = (*termwords.notes(found), *((termwords.nothing(found),) if found.why else (termwords.how_found(found),)))
    title = parts[0].title if parts else _("Key terms")
    return Answer(Asked("key terms"), title, tuple(parts), notes, made)


def _compared(key: str, title: str, terms: Sequence[TermSuggestion], names: tuple[str, ...]) -> Part:
    """A line for each term, and columns for each side."""
    heads: list[Head] = []
    for nth, name in enumerate(names):
        base = Count() if not terms else terms[0].rest_base if nth else terms[0].base
        of = {"participants": base.participants, "groups": base.groups, "turns": base.mentions}
        heads += [Head(_unit(unit), over=name, of=of.get(unit), unit=unit) for unit in _units(base)]
    lines = []
    for term in terms:
        sides = ((term.count, term.base), (term.rest, term.rest_base))[: len(names)]
        cells = [cell for name, side in zip(names, sides, strict=True) for cell in _cells(term.key, name, *side)]
        score = (Cell(round(term.score, 2), made_of=tuple(c.key for c in cells if c.key)),) if term.direction else ()
        lines.append(Line(term.term, (*cells, *score), path=term.term))
    if any(term.direction for term in terms):
        heads.append(Head(_("Log-odds (z)"), form="number"))
    return Part(key, title, _("Term"), tuple(heads), tuple(lines), is_chosen=True)


def _of_parts(key: str, title: str, found: FoundTerms) -> Part:
    """A line for each term, and a column for each part of the talk."""
    heads = tuple(Head(part.name, of=part.speakers, unit="participants") for part in found.parts)
    lines = tuple(
        Line(
            term.term,
            tuple(
                Cell(
                    part.said, part.speakers, (term.key, part.name), people=part.said, base=("speakers", part.name),
                    base_people=part.speakers,
                )
                for part in term.parts
            ), path=term.term,
        )
        for term in found.terms
    )  # fmt: skip
    return Part(key, title, _("Term"), heads, lines)


def _units(base: Count) -> tuple[str, ...]:
    """What is counted: where nobody speaks, paragraphs in the place of people."""
    return UNITS if base.participants or not base.mentions else ("turns", "mentions")


def _cells(key: str, name: str, count: Count, base: Count) -> list[Cell]:
    people = count.participants
    if len(_units(base)) < len(UNITS):
        return [
            Cell(count.turns, base.mentions, (key, name, "turns"), people=0, base=("turns", name), base_people=0),
            Cell(count.mentions, None, (key, name, "mentions"), people=0),
        ]
    return [
        Cell(people, base.participants, (key, name, "participants"), people=people, base=("speakers", name), base_people=base.participants),
        Cell(count.groups, base.groups, (key, name, "groups"), people=people, base=("groups", name), base_people=base.participants),
        Cell(count.mentions, None, (key, name, "mentions"), people=people),
    ]  # fmt: skip


def _unit(unit: str) -> str:
    return {
        "participants": _("Participants"),
        "groups": _("Groups"),
        "mentions": _("Mentions"),
        "turns": _("Paragraphs or turns"),
    }[unit]
