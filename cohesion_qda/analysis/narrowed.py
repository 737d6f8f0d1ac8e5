"""A study restricted to what is asked about, so that whatever counts it counts only that: every filter works
everywhere.

*Sources* that do not fit are not there. Of *people* who do not fit the role is ASIDE: they speak, and are not counted;
a source in which nobody who fits speaks is not there. Under *questions*, turns and codings are cut to what lies under
one of them; a source in which no participant speaks there is not there. Of *coders* only the codings of those named are
there. Of several values any may hold, of several filters all must.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TypeVar, cast

from cohesion_qda.analysis.columns import ABOUT_SECTIONS, attribute_of, titles_of
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
    """A study as it is looked at. `left_out` are (name of a source, why) of those that give nothing to what is counted."""

    data: StudyData
    left_out: LeftOut = ()


def narrowed(data: StudyData, where: Sequence[Having], coders: Sequence[str] = ()) -> Narrowed:
    """`data` with only what fits all of `where`, and only the codings of `coders` (names; none: of everybody). Asked
    again of the same study it is the same object. Raises NotFound, with the nearest names, for an attribute, value,
    question, source or coder that is not there.
    """
    where, coders = tuple(where), tuple(coders)
    if not where and not coders:
        return Narrowed(data, once(data, "left out", lambda: tuple(_idle(data))))
    return once(data, ("narrowed", where, coders), lambda: _narrowed(data, where, coders))


def having(data: StudyData, name: str, values: Sequence[str]) -> Having:
    """The filter that somebody means who writes the name of an attribute, of the question asked, or of SOURCE, and
    values. Raises NotFound for what is not there, BadInput for an attribute of which no value is known.
    """
    names = {comparable(own) for fact in data.sources for own in fact.attributes}
    if comparable(name) == SOURCE and SOURCE not in names:
        return _checked(data, Having("source", SOURCE, tuple(values)))
    known, about = attribute_of(data, name)
    return _checked(data, Having(about, known, tuple(values)))


def coders_of(data: StudyData, names: Sequence[str]) -> tuple[Coder, ...]:
    """The coders of these names, each once. Raises NotFound, with the nearest names."""
    found = dict.fromkeys(coder_named(data.coders, name) or name for name in names)
    for one in found:
        if isinstance(one, str):
            raise NotFound(_("coder"), one, [coder.name for coder in data.coders])
    return tuple(one for one in found if isinstance(one, Coder))


def _narrowed(data: StudyData, where: Sequence[Having], coders: Sequence[str]) -> Narrowed:
    asked = [_checked(data, one) for one in where]
    known = {coder.id for coder in coders_of(data, coders)}
    left: list[tuple[str, str]] = []
    for one in (one for one in asked if one.about == "source"):
        data = _of_sources(data, left, {fact.id: _unlike(fact, one) for fact in data.sources})
    if people := [one for one in asked if one.about == "participant"]:
        data = _of_people(data, left, people)
    for one in (one for one in asked if one.about == ABOUT_SECTIONS):
        data = _under(data, left, one.values)
    if known:
        data = replace(data, codings=tuple(row for row in data.codings if row[5] in known))
    # a copy where nothing was narrowed: what is kept of a study must not hold it
    return Narrowed(replace(data), (*left, *_idle(data)))


# -- what is asked, as it is written in the study ------------------------------------------------------------------------


def _checked(data: StudyData, asked: Having) -> Having:
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
    speak = _where_participants_speak(data)
    why = _("Nobody who speaks there is among those asked for.")
    return _of_sources(data, left, {fact.id: "" if fact.id in speak else why for fact in data.sources})


def _under(data: StudyData, left: list[tuple[str, str]], titles: Sequence[str]) -> StudyData:
    wanted = {comparable(title) for title in titles}
    stretches: dict[int, list[tuple[int, int]]] = {}
    divided = {row[0] for row in data.sections}
    for source, start, end, title in data.sections:
        if comparable(title) in wanted:
            its = stretches.setdefault(source, [])
            if its and its[-1][1] == start:  # what follows on is one, so that what reaches over both is not cut
                its[-1] = (its[-1][0], end)
            else:
                its.append((start, end))
    quiet = {fact.id for fact in data.sources} - {row[0] for row in data.turns if row[1] < row[2]}
    cut = replace(
        data, turns=_cut(data.turns, 0, stretches), codings=_cut(data.codings, 1, stretches),
        sections=tuple(row for row in data.sections if comparable(row[3]) in wanted),
    )  # fmt: skip
    speak = _where_participants_speak(cut)

    def why(fact: SourceFacts) -> str:
        if fact.id not in divided:
            return _("No question has been found there yet.")
        if fact.id not in stretches:
            return _("It was not asked there.")
        return "" if fact.id in quiet or fact.id in speak else _("No participant speaks to it there.")

    return _of_sources(cut, left, {fact.id: why(fact) for fact in data.sources})


def _cut(rows: tuple[R, ...], at: int, stretches: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[R, ...]:
    """What of some rows lies in the stretches of its source, which stands `at` that place, its start and end after it."""
    found: list[tuple[int, ...]] = []
    for source in sorted(stretches):
        own = rows[_first(rows, source, at) : bisect_right(rows, source, key=itemgetter(at))]
        pieces = [
            (*row[: at + 1], max(start, row[at + 1]), min(end, row[at + 2]), *row[at + 3 :])
            for row in own for start, end in stretches[source]
            if row[at + 1] < end and start < row[at + 2]
        ]  # fmt: skip
        found += sorted(pieces, key=itemgetter(at + 1, at + 2))
    return cast(tuple[R, ...], tuple(found))


def _where_participants_speak(data: StudyData) -> set[int]:
    counted = {case.id for case in data.cases.values() if case.role == "participant"}
    return {row[0] for row in data.turns if row[3] in counted and row[1] < row[2]}


def _idle(data: StudyData) -> Iterable[tuple[str, str]]:
    """The sources that are there and give nothing to a count."""
    speak, spoken = _where_participants_speak(data), {row[0] for row in data.turns if row[1] < row[2]}
    for fact in data.sources:
        at = _first(data.codings, fact.id, 1)
        if at == len(data.codings) or data.codings[at][1] != fact.id:
            yield fact.name, _("Nothing is coded there yet; who speaks there is in the denominators all the same.")
        elif fact.id in spoken and fact.id not in speak:
            yield fact.name, _("No participant speaks there.")
