"""The long form, for SPSS, R and whoever counts alone: a line for every coding and every participant who speaks in
it.

A coding in which several participants speak has as many lines. One in a source where nobody speaks has one line
without a participant, and so has one in which no participant speaks: that one is not counted in any table (`Counted`
0, and why). Under a question that was filtered by, codings are cut to what lies under it, and may have several
stretches. Words and turns are that participant's within the coding; start and end are the coding's, in code points.

What the counts are out of is not in it, for who says nothing that is coded has no line: that is the second table,
`participants`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cohesion_qda.analysis.columns import titles_of
from cohesion_qda.analysis.dynamics import is_counted, turns_of
from cohesion_qda.analysis.grid import grid
from cohesion_qda.analysis.narrowed import ASIDE, narrowed
from cohesion_qda.analysis.portrait import Places
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Cell, Head, Line, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.attribute import as_type, guess_type, sort_key
from cohesion_qda.model.case import Case
from cohesion_qda.model.ids import CaseId, CodeId, CodingId, SourceId
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.model.table import OF
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material
from cohesion_qda.report.answers.scene import word_counter

Value = int | float | str | None
BETWEEN = " | "  # several questions in one cell


@dataclass(frozen=True, slots=True)
class Row:
    """A coding and who speaks in it (None: nobody who is counted). `pieces` are what they say of it."""

    coding: CodingId
    fact: SourceFacts
    span: Span
    code: CodeId
    coder: int
    person: Case | None
    pieces: tuple[Span, ...]
    why: str = ""  # it is not counted


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant, and what they say in a source (None: they sat in their group, and speak nowhere in the study)."""

    fact: SourceFacts | None
    person: Case
    pieces: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    head: Head
    value: Callable[[Any], Value] = field(repr=False)


def tidy(material: Material, asked: Asked, quotes: bool = False) -> Part:
    """The codings that are counted in what was asked, and those that are left out with why, in the order of the
    sources and of the text; with their words if `quotes`. Raises NotFound for a code, attribute, value or coder that
    is not there.
    """
    data = narrowed(material.data, asked.where, asked.coders).data
    wanted = _wanted(material.data, asked)
    columns = _columns(material, data, quotes)
    lines = tuple(
        Line(str(n), tuple(Cell(column.value(row)) for column in columns))
        for n, row in enumerate(rows(data, wanted), 1)
    )
    return Part(
        "tidy", _("Long form"), _("Line"), tuple(column.head for column in columns), lines,
        subtitle=_("A line for every coding and every participant who speaks in it"), notes=tuple(_notes()),
    )  # fmt: skip


def participants(material: Material, asked: Asked) -> Part:
    """Everybody who is counted in what was asked, a line for each source they speak in, and who sat in a group and speaks
    nowhere: what the counts are out of can be counted in it. Raises what `tidy` does.
    """
    data = narrowed(material.data, asked.where, asked.coders).data
    words, names, counted = word_counter(material), said.case_names(data), Counter[tuple[int, int]]()
    for row in rows(data, _wanted(material.data, asked)):
        if row.person is not None and not row.why:
            counted[row.fact.id, row.person.id] += 1
    first = [
        *_who(names), _Column(Head(_("Source"), "text"), lambda seat: seat.fact.name if seat.fact else ""),
        _Column(Head(_("Kind of source"), "text"), lambda seat: seat.fact.kind if seat.fact else ""),
        _Column(Head(_("Group"), "text"), lambda seat: _group_of(data, seat)),
    ]  # fmt: skip
    last = [
        _Column(Head(_("Words"), "number"), lambda seat: sum(words(seat.fact.id, seat.pieces)) if seat.fact else 0),
        _Column(Head(_("Turns"), "number"), lambda seat: len(seat.pieces)),
        _Column(Head(_("Lines in the long form"), "number"), lambda seat: counted[seat.fact.id, seat.person.id] if seat.fact else 0),
    ]  # fmt: skip
    columns = [*first, *_attributes(data, {comparable(column.head.label) for column in (*first, *last)}), *last]
    lines = tuple(
        Line(str(n), tuple(Cell(column.value(seat)) for column in columns))
        for n, seat in enumerate(_seats(data, material.data), 1)
    )
    notes = (
        _("What counts are out of is counted here: participants and groups with a turn, each once; words and turns are added up."),
        _("Who has no line in the long form says nothing that is coded. Who has no turn sat in the group and speaks nowhere."),
    )  # fmt: skip
    return Part(
        "participants", _("Participants"), _("Line"), tuple(column.head for column in columns), lines,
        subtitle=_("A line for every participant and every source they speak in"), notes=notes, names_people=True,
    )  # fmt: skip


def _seats(data: StudyData, study: StudyData) -> Iterator[Seat]:
    turns = turns_of(data)
    for fact in data.sources:
        said_by: dict[CaseId, list[Span]] = {}
        for case, span in turns.get(fact.id, ()):
            said_by.setdefault(case, []).append(span)
        for case, spans in said_by.items():
            if is_counted(data.cases[case]):
                yield Seat(fact, data.cases[case], tuple(spans))
    groups, speak = {fact.group for fact in data.sources}, {row[3] for row in study.turns}
    for person in data.cases.values():
        if is_counted(person) and person.id not in speak and person.group is not None and person.group in groups:
            yield Seat(None, person)


def _group_of(data: StudyData, seat: Seat) -> str:
    if seat.fact is not None:
        return _group(data, seat.fact)
    return said.case_names(data)[seat.person.group] if seat.person.group is not None else ""


def _who(names: Mapping[CaseId, str]) -> list[_Column]:
    """Who it is: the same in both tables, and no two alike."""
    return [
        _Column(
            Head(_("Participant ID"), "number", scale="nominal"), lambda row: row.person.id if row.person else None
        ),
        _Column(Head(_("Participant"), "text"), lambda row: names[row.person.id] if row.person else ""),
    ]


def rows(data: StudyData, wanted: set[CodeId]) -> Iterator[Row]:
    """The lines of the long form."""
    g = grid(data)
    speakers, why = _speakers(data), _why(data)
    facts = {fact.id: fact for fact in data.sources}
    place = {fact.id: n for n, fact in enumerate(data.sources)}
    spoken = {source for source, is_spoken in zip(g.source_ids.tolist(), g.spoken.tolist(), strict=True) if is_spoken}
    for number in sorted(
        range(len(data.codings)), key=lambda n: (place[SourceId(data.codings[n][1])], data.codings[n][2:4])
    ):
        coding, source, start, end, code, coder = data.codings[number]
        if code not in wanted:
            continue
        fact, span, found = facts[SourceId(source)], Span(start, end), speakers.get(number, {})
        row = CodingId(coding), fact, span, CodeId(code), coder
        if found:
            for case, pieces in found.items():
                yield Row(*row, data.cases[case], tuple(pieces))
        else:
            yield Row(*row, None, (span,), "" if source not in spoken else why)


def _speakers(data: StudyData) -> dict[int, dict[CaseId, list[Span]]]:
    """For each coding by its number in the study, what every participant who speaks in it says of it."""
    import numpy as np

    g = grid(data)
    at = np.array([row[1] for row in data.codings], dtype=np.int64)
    offset = g.offset[np.searchsorted(g.source_ids, at)] if len(at) else at
    start = np.array([row[2] for row in data.codings], dtype=np.int64) + offset
    end = np.array([row[3] for row in data.codings], dtype=np.int64) + offset
    owner, line = g.talk.overlaps(start, end)
    first = np.maximum(start[owner], g.talk.start[line]) - offset[owner]
    last = np.minimum(end[owner], g.talk.end[line]) - offset[owner]
    cases = g.case_ids[g.talk.case[line]]
    found: dict[int, dict[CaseId, list[Span]]] = {}
    for number, case, a, b in zip(*(c.tolist() for c in (owner, cases, first, last)), strict=True):
        found.setdefault(number, {}).setdefault(CaseId(case), []).append(Span(a, b))
    return found


def _wanted(data: StudyData, asked: Asked) -> set[CodeId]:
    codes = said.codes_asked(data, asked)
    return {other for code in codes for other in (data.codes.branch(code) if asked.branch else [code])}


def _why(data: StudyData) -> str:
    if any(case.role == ASIDE for case in data.cases.values()):
        return _("Nobody who is asked for speaks in it.")
    return _("No participant speaks in it.")


def _notes() -> Iterator[str]:
    yield _("A coding in which several participants speak has a line for each of them.")
    yield _(
        "Who says nothing that is coded has no line here, and one in the table of participants; it has the same IDs."
    )
    yield _("Counted is 0 where no participant speaks although somebody does: such codings are in no table.")
    yield _(
        "Start and end are counted in code points from the beginning of the text; words and turns are the participant’s."
    )


# -- the columns -------------------------------------------------------------------------------------------------------


def _columns(material: Material, data: StudyData, quotes: bool) -> list[_Column]:
    words, weights = word_counter(material), material.read("weights")
    places = Places(material.data, [fact.id for fact in data.sources])
    coders: dict[int, str] = {coder.id: coder.name for coder in data.coders}
    before = [
        _Column(Head(_("Coding"), "number", scale="nominal"), lambda row: row.coding),
        _Column(Head(_("Source"), "text"), lambda row: row.fact.name),
        _Column(Head(_("Kind of source"), "text"), lambda row: row.fact.kind),
        _Column(Head(_("Group"), "text"), lambda row: _group(data, row.fact)),
        *_who(said.case_names(data)),
    ]
    after = [
        _Column(Head(_("Code"), "text", order=tuple(data.codes.path(code.id) for code in data.codes)), lambda row: data.codes.path(row.code)),
        _Column(Head(_("Name of code"), "text"), lambda row: data.codes[row.code].name),
        _Column(Head(_("Coder"), "text"), lambda row: coders.get(row.coder, "")),
        _Column(Head(_("Start"), "number"), lambda row: row.span.start),
        _Column(Head(_("End"), "number"), lambda row: row.span.end),
        _Column(Head(_("Words"), "number"), lambda row: sum(words(row.fact.id, row.pieces)) if row.person else None),
        _Column(Head(_("Turns"), "number"), lambda row: len(row.pieces) if row.person else None),
        _Column(Head(_("First turn"), "number"), lambda row: places.turn(row.fact.id, row.pieces[0]) or None),
        _Column(Head(_("Weight"), "number"), lambda row: weights.get(row.coding)),
        _Column(Head(_("Question asked"), "text"), _questions(data)),
        _Column(Head(_("Counted"), "number", scale="nominal"), lambda row: 0 if row.why else 1),
        _Column(Head(_("Why not counted"), "text"), lambda row: row.why),
    ]  # fmt: skip
    if quotes:
        after.append(_Column(Head(_("Quotation"), "text"), _quotations(material)))
    taken = {comparable(column.head.label) for column in (*before, *after)}
    return [*before, *_attributes(data, taken), *after]


def _group(data: StudyData, fact: SourceFacts) -> str:
    return said.case_names(data)[fact.group] if fact.kind == "focus group" and fact.group is not None else ""


def _questions(data: StudyData) -> Callable[[Row], str]:
    """The questions under which the participant says it (or under which it lies, where nobody speaks)."""
    written = {comparable(title): title for title in titles_of(data.sections, data.questions)}
    sections: dict[int, list[tuple[Span, str]]] = {}
    for source, start, end, title in data.sections:
        sections.setdefault(source, []).append((Span(start, end), written[comparable(title)]))

    def asked(row: Row) -> str:
        own, titles = sections.get(row.fact.id, ()), dict[str, None]()
        for piece in row.pieces:
            under = [(span, title) for span, title in own if span.overlaps(piece)]
            covered = sum(min(span.end, piece.end) - max(span.start, piece.start) for span, _title in under)
            titles.update(dict.fromkeys([_("(no question)")] if covered < len(piece) else []))
            titles.update(dict.fromkeys(title for _span, title in under))
        return "" if list(titles) == [_("(no question)")] else BETWEEN.join(titles)

    return asked


def _quotations(material: Material) -> Callable[[Row], str]:
    texts: dict[SourceId, str] = {}

    def quote(row: Row) -> str:
        source = row.fact.id
        if source not in texts:
            texts.clear()  # lines come source by source
            texts[source] = material.text(source)
        return row.span.of(texts[source])

    return quote


def _attributes(data: StudyData, taken: set[str]) -> Iterator[_Column]:
    """A column for every attribute of sources and every one of people; one whose name is taken says of whom it is."""
    of: dict[str, list[Mapping[str, str]]] = {
        "source": [fact.attributes for fact in data.sources],
        "participant": [case.attributes for case in data.cases.values() if case.kind == "participant"],
    }
    names = {about: sorted({name for own in held for name in own}) for about, held in of.items()}
    written = [comparable(name) for known in names.values() for name in known]
    for about, held in of.items():
        for name in names[about]:
            is_clear = comparable(name) not in taken and written.count(comparable(name)) == 1
            label = name if is_clear else OF[about].format(name=name)
            yield _attribute(data, about, name, label, [own.get(name, "") for own in held])


def _attribute(data: StudyData, about: str, name: str, label: str, values: Sequence[str]) -> _Column:
    """An attribute's column: of numbers or days where its type says so and all of its values are; words in their order."""
    kind, known = data.types.get((about, name), ""), {value for value in values if value}
    is_number = kind == "number" and not any(as_type("number", value).is_doubtful for value in known)
    is_date = (kind or guess_type(values)) == "date" and all(map(_is_day, known))

    def value(row: Row | Seat) -> Value:
        one = row.fact if about == "source" else row.person
        held = one.attributes if one is not None else {}
        value = held.get(name, "")
        if is_number:
            return float(as_type("number", value).value) if value else None
        return as_type("date", value).value if is_date else value

    if is_number:
        return _Column(Head(label, "number"), value)
    steps = bool(known) and not is_date and all(text[0].isdigit() for text in known)
    order = tuple(sorted(known, key=lambda text: (sort_key(kind, text), text)))
    return _Column(
        Head(label, "text", scale="date" if is_date else "ordinal" if steps else "nominal", order=order), value
    )


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", as_type("date", text).value) is not None
