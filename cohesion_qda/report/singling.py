"""Whether what stands under a quotation singles a person out: how few people of the study share it.

Names are taken to be the pseudonyms they should be. What can be recognised is the rest: the transcript (so the group, place and day) and, where they
are given, what is known of the person. The warnings are for who writes, and never stand in what is published.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CaseId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import Span
from cohesion_qda.report import words

FEWEST, SHOWN = 5, 6


@dataclass(frozen=True, slots=True)
class Singled:
    """What stands under a quotation (the transcript and values), and how many participants of the study share it."""

    source: str
    values: tuple[str, ...]
    people: int


def singled(
    data: StudyData, quoted: Iterable[tuple[SourceId, CaseId]], attributes: Sequence[str] = (), threshold: int = FEWEST
) -> list[Singled]:
    """What fewer participants than `threshold` share of those that are `quoted`, the fewest first. `attributes` of people are given
    with the transcript; with none only the transcript is.
    """
    names = {fact.id: fact.name for fact in data.sources}
    speaking = dict.fromkeys((SourceId(s), CaseId(c)) for s, start, end, c in data.turns if start < end)
    people: dict[tuple[str, tuple[str, ...]], set[CaseId]] = {}
    for source, case in speaking:
        if data.cases[case].role == "participant":
            people.setdefault((names[source], _values(data, case, attributes)), set()).add(case)
    wanted = {(names[s], _values(data, c, attributes)) for s, c in quoted if data.cases[c].role == "participant"}
    few = [Singled(*who, len(people[who])) for who in wanted if who in people and len(people[who]) < threshold]
    return sorted(few, key=lambda each: (each.people, each.source, each.values))


def speakers(data: StudyData, codings: Iterable[CodingId]) -> list[tuple[SourceId, CaseId]]:
    """Who speaks in passages, and where."""
    wanted = set(codings)
    return speaking(
        data, ((SourceId(row[1]), Span(row[2], row[3])) for row in data.codings if row[0] in wanted)
    )  # fmt: skip


def speaking(data: StudyData, places: Iterable[tuple[SourceId, Span]]) -> list[tuple[SourceId, CaseId]]:
    """Who speaks in places, and in which source."""
    quoted: dict[int, list[tuple[int, int]]] = {}
    for source, span in places:
        quoted.setdefault(source, []).append((span.start, span.end))
    joined = {source: _joined(spans) for source, spans in quoted.items()}
    found = dict[tuple[SourceId, CaseId], None]()
    for at, start, end, case in data.turns:
        starts, ends = joined.get(at, ((), ()))
        n = bisect_right(ends, start)  # the first stretch that ends after the turn begins
        if n < len(starts) and starts[n] < end:
            found[SourceId(at), CaseId(case)] = None
    return list(found)


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The stretches that spans cover: where they start, and where they end."""
    starts, ends = list[int](), list[int]()
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        elif start < end:
            starts.append(start)
            ends.append(end)
    return starts, ends


def warnings(found: Sequence[Singled]) -> tuple[str, ...]:
    """A sentence for each, the first few; the last says how many more there are."""
    said = [_sentence(each) for each in found[:SHOWN]]
    more = len(found) - len(said)
    if more:
        said.append(
            ngettext(
                "{n} further combination is shared by as few.", "{n} further combinations are shared by as few.", more
            ).format(n=words.number(more))
        )
    return tuple(said)


def _sentence(each: Singled) -> str:
    if not each.values:
        return ngettext(
            "Only {n} participant of the study speaks in “{source}”: quoted with that name, they could be recognised.",
            "Only {n} participants of the study speak in “{source}”: quoted with that name, they could be recognised.",
            each.people,
        ).format(n=each.people, source=each.source)
    return ngettext(
        "Only {n} participant of the study is in “{source}” with {values}: quoted with that, they could be recognised.",
        "Only {n} participants of the study are in “{source}” with {values}: quoted with that, they could be recognised.",
        each.people,
    ).format(n=each.people, source=each.source, values=", ".join(each.values))


def _values(data: StudyData, case: CaseId, attributes: Sequence[str]) -> tuple[str, ...]:
    known = data.cases[case].attributes
    return tuple(
        _("{name}: {value}").format(name=name, value=known[name]) for name in attributes if known.get(name, "").strip()
    )
