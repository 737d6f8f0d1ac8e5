"""A study restricted to what is asked about, so that whatever counts it counts only that: every filter works
everywhere.

*Sources* that do not fit are not there. Of *people* who do not fit the role is ASIDE: they speak, and are not counted;
a source in which nobody who fits speaks is not there, nor one in which nobody speaks, but where people without a value
are asked for and something is coded there. Under *questions*, turns and codings are cut to what lies under one of them; a
source in which no participant speaks there is not there, nor one in which nobody speaks and nothing is coded there. Of
*coders* only the codings of those named are there. Of several values any may hold, of several filters all must.

What is counted so is what a crosstab by the attribute, or by QUESTION, has in the column of that value: turns and
mentions are those of the study before people and questions were asked for (its `whole`), as far as they reach into
what is looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TypeVar, cast

from cohesion_qda.analysis.columns import ABOUT_SECTIONS, attribute_of, titles_of
from cohesion_qda.analysis.grid import grid, stretches
from cohesion_qda.analysis.once import once
from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Case, Coder, coder_named
from cohesion_qda.model.query import Having
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION, SOURCE
from cohesion_qda.model.text import comparable

ASIDE = "left out"  # the role of people who do not fit
LeftOut = tuple[tuple[str, str], ...]
R = TypeVar("R", bound=tuple[int, ...])


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A study as it is looked at. `left_out` are (name of a source, why) of those that are not in it. Of those that are,
    `unheard` are the names in which people speak and no participant, and `uncoded` other ones, of which nothing is coded
    that is looked at.
    """

    data: StudyData
    left_out: LeftOut = ()
    uncoded: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()


def narrowed(data: StudyData, where: Sequence[Having], coders: Sequence[str] = ()) -> Narrowed:
    """`data` with only what fits all of `where`, and only the codings of `coders` (names; none: of everybody). Asked
    again of the same study it is the same object. Raises NotFound, with the nearest names, for an attribute, value,
    question, source or coder that is not there.
    """
    where, coders = tuple(where), tuple(coders)
    if not where and not coders:
        return Narrowed(data, (), *once(data, "idle", lambda: _idle(data)))
    return once(data, ("narrowed", where, coders), lambda: _narrowed(data, where, coders))


def having(data: StudyData, name: str, values: Sequence[str]) -> Having:
    """The filter that somebody means who writes the name of an attribute, of the question asked, or of SOURCE, and
    values. Raises NotFound for what is not there, BadInput for an attribute of which no value is known.
    """
    names = {comparable(own) for fact in data.sources for own in fact.attributes}
    if comparable(name) == SOURCE and SOURCE not in names:
        return checked(data, Having("source", SOURCE, tuple(values)))
    known, about = attribute_of(data, name)
    return checked(data, Having(about, known, tuple(values)))


def coders_of(data: StudyData, names: Sequence[str]) -> tuple[Coder, ...]:
    """The coders of these names, each once. Raises NotFound, with the nearest names."""
    found = dict.fromkeys(coder_named(data.coders, name) or name for name in names)
    for one in found:
        if isinstance(one, str):
            raise NotFound(_("coder"), one, [coder.name for coder in data.coders])
    return tuple(one for one in found if isinstance(one, Coder))


def _narrowed(data: StudyData, where: Sequence[Having], coders: Sequence[str]) -> Narrowed:
    asked = [checked(data, one) for one in where]
    known, study = {coder.id for coder in coders_of(data, coders)}, data
    if known:
        data = replace(data, codings=tuple(row for row in data.codings if row[5] in known))
    left: list[tuple[str, str]] = []
    for one in (one for one in asked if one.about == "source"):
        data = _of_sources(data, left, {fact.id: _unlike(fact, one) for fact in data.sources})
    data = _own(data, study)
    if any(one.about != "source" for one in asked):
        data = replace(data, whole=data)
    if people := [one for one in asked if one.about == "participant"]:
        data = _of_people(data, left, people)
    for one in (one for one in asked if one.about == ABOUT_SECTIONS):
        data = _under(data, left, one.values)
    return Narrowed(data, tuple(left), *_idle(data))


def _own(data: StudyData, study: StudyData) -> StudyData:
    """A copy, where nothing was narrowed: what is kept of a study must not hold it. They share their grid."""
    if data is not study:
        return data
    data = replace(study)
    once(data, ("grid", None), lambda: grid(study))
    return data


# -- what is asked, as it is written in the study ------------------------------------------------------------------------


def checked(data: StudyData, asked: Having) -> Having:
    """A filter as it is written in the study. Raises NotFound, with the nearest names, for what is not there."""
    if asked.about == ABOUT_SECTIONS:
        titles = titles_of(data.sections, data.questions)
        return replace(asked, name=QUESTION, values=_known(_("question"), asked.values, titles))
    if asked.about == "source" and asked.name == SOURCE and not any(SOURCE in f.attributes for f in data.sources):
        return replace(asked, values=_known(_("source"), asked.values, [fact.name for fact in data.sources]))
    about_sources = asked.about == "source"
    held = [fact.attributes for fact in data.sources] if about_sources else [case.attributes for case in _people(data)]
    names = {name for values in held for name in values} | {name for about, name in data.types if about == asked.about}
    (name,) = _known(_("attribute"), (asked.name,), sorted(names))
    values = sorted({_value(own, name) for own in held} - {NO_VALUE})
    return replace(asked, name=name, values=_known(_("value"), asked.values, values))


def _known(what: str, asked: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    """`asked` as they are written among the `known`; no value is always one of them."""
    written = {NO_VALUE: NO_VALUE, **{comparable(name): name for name in reversed(known)}, **{k: k for k in known}}
    found = []
    for name in asked:
        if name not in written and comparable(name) not in written:
            raise NotFound(what, name, known)
        found.append(written.get(name, written.get(comparable(name), name)))
    return tuple(found)


def _people(data: StudyData) -> list[Case]:
    return [case for case in data.cases.values() if case.kind == "participant"]


def _value(held: Mapping[str, str], name: str) -> str:
    if name in held:
        return held[name]
    return next((value for own, value in held.items() if comparable(own) == comparable(name)), NO_VALUE)


def _has(held: Mapping[str, str], asked: Having) -> bool:
    return comparable(_value(held, asked.name)) in {comparable(value) for value in asked.values}


# -- each kind of filter -------------------------------------------------------------------------------------------------


def _unlike(fact: SourceFacts, asked: Having) -> str:
    """Why a source does not fit; empty where it does."""
    if asked.name == SOURCE and SOURCE not in fact.attributes:
        return "" if fact.name in asked.values else _("It is not among the transcripts asked for.")
    if _has(fact.attributes, asked):
        return ""
    value = _value(fact.attributes, asked.name)
    if value == NO_VALUE:
        return _("Its “{name}” is not known.").format(name=asked.name)
    return _("Its “{name}” is {value}.").format(name=asked.name, value=value)


def _of_sources(data: StudyData, left: list[tuple[str, str]], reasons: Mapping[int, str]) -> StudyData:
    """The study without the sources that there is a reason against; each is noted in `left`."""
    if not any(reasons.values()):
        return data
    left += [(fact.name, reasons[fact.id]) for fact in data.sources if reasons[fact.id]]
    kept = tuple(fact for fact in data.sources if not reasons[fact.id])
    ids = sorted(fact.id for fact in kept)
    return replace(
        data, sources=kept, turns=_rows_of(data.turns, ids, 0), codings=_rows_of(data.codings, ids, 1),
        sections=tuple(row for row in data.sections if not reasons[row[0]]),
    )  # fmt: skip


def _rows_of(rows: tuple[R, ...], sources: Sequence[int], at: int) -> tuple[R, ...]:
    """The rows of some sources, of rows that are sorted by source, which stands `at` that place."""
    found: list[R] = []
    for source in sources:
        found += rows[_first(rows, source, at) : bisect_right(rows, source, key=itemgetter(at))]
    return tuple(found)


def _first(rows: Sequence[tuple[int, ...]], source: int, at: int) -> int:
    return bisect_left(rows, source, key=itemgetter(at))


def _of_people(data: StudyData, left: list[tuple[str, str]], asked: Sequence[Having]) -> StudyData:
    def aside(case: Case) -> bool:
        return case.role == "participant" and not all(_has(case.attributes, one) for one in asked)

    cases = {number: replace(case, role=ASIDE) if aside(case) else case for number, case in data.cases.items()}
    data = replace(data, cases=cases)
    kept = _where_participants_speak(data)
    if all(NO_VALUE in one.values for one in asked):  # what nobody says stands where there is no value
        kept |= {fact.id for fact in _quiet(data) if _is_coded(data, fact)}
    why = _("Nobody who speaks there is among those asked for.")
    return _of_sources(data, left, {fact.id: "" if fact.id in kept else why for fact in data.sources})


def _under(data: StudyData, left: list[tuple[str, str]], titles: Sequence[str]) -> StudyData:
    wanted = {comparable(title) for title in titles}
    divided = {row[0] for row in data.sections}
    sections = tuple(row for row in data.sections if comparable(row[3]) in wanted)
    under = stretches(sections)
    quiet = {fact.id for fact in _quiet(data)}
    turns, codings = _cut(data.turns, 0, under), _cut(data.codings, 1, under)
    cut = replace(data, turns=turns, codings=codings, sections=sections, is_cut=True)
    speak = _where_participants_speak(cut)

    def why(fact: SourceFacts) -> str:
        if fact.id not in divided:
            return _("No question has been found there yet.")
        if fact.id not in under:
            return _("It was not asked there.")
        if fact.id in quiet:
            return "" if _is_coded(cut, fact) else _("Nobody speaks there, and nothing is coded under it.")
        return "" if fact.id in speak else _("No participant speaks to it there.")

    return _of_sources(cut, left, {fact.id: why(fact) for fact in data.sources})


def _cut(rows: tuple[R, ...], at: int, under: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[R, ...]:
    """What of some rows lies under something of its source, which stands `at` that place, its start and end after it."""
    found: list[tuple[int, ...]] = []
    for source in sorted(under):
        own = rows[_first(rows, source, at) : bisect_right(rows, source, key=itemgetter(at))]
        pieces = [
            (*row[: at + 1], max(start, row[at + 1]), min(end, row[at + 2]), *row[at + 3 :])
            for row in own for start, end in under[source]
            if row[at + 1] < end and start < row[at + 2]
        ]  # fmt: skip
        found += sorted(pieces, key=itemgetter(at + 1, at + 2))
    return cast(tuple[R, ...], tuple(found))


def _where_participants_speak(data: StudyData) -> set[int]:
    counted = {case.id for case in data.cases.values() if case.role == "participant"}
    return {row[0] for row in data.turns if row[3] in counted and row[1] < row[2]}


def _quiet(data: StudyData) -> list[SourceFacts]:
    """The sources in which nobody speaks."""
    spoken = {row[0] for row in data.turns if row[1] < row[2]}
    return [fact for fact in data.sources if fact.id not in spoken]


def _is_coded(data: StudyData, fact: SourceFacts) -> bool:
    at = _first(data.codings, fact.id, 1)
    return at < len(data.codings) and data.codings[at][1] == fact.id


def _idle(data: StudyData) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sources in which people speak, and no participant; before them, those others that are not coded."""
    heard = _where_participants_speak(data) | {fact.id for fact in _quiet(data)}
    return (
        tuple(fact.name for fact in data.sources if fact.id in heard and not _is_coded(data, fact)),
        tuple(fact.name for fact in data.sources if fact.id not in heard),
    )
