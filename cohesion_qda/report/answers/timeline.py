"""The timeline of a study: sources, talk and codes by date, and when it was coded (see `analysis.timeline`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.analysis import frequency
from cohesion_qda.analysis.narrowed import Narrowed, narrowed
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.timeline import DAY, Coded, coded, date_attributes, dated, day_of, local_day
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import UNITS, Count
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.report import words
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material

EVERY = "*"  # in a key: all days together
FIRST = 5  # codes shown where none is chosen, those said most


@dataclass(frozen=True, slots=True)
class _Time:
    """The study with its days as an attribute. `name` is the date attribute, empty for when sources were imported;
    `is_chosen` says that somebody chose it; `unread` are the sources whose date cannot be read.
    """

    looked_at: Narrowed
    data: StudyData
    name: str
    is_chosen: bool
    days: Mapping[SourceId, str]
    unread: tuple[str, ...]


def answer(material: Material, asked: Asked) -> Answer:
    """What there is of each day, the chosen codes (else those said most) in the unit asked for; and, where codings are dated, when they were
    made. Option `date`: a date attribute of sources, "" for when they were imported; none: the first there is. Raises
    NotFound for an attribute or a code that is not there, BadInput for an attribute that holds no dates.
    """
    time = _time(material, asked)
    said.check(asked)
    codes = said.codes_asked(material.data, asked) if asked.codes else _said_most(material, asked, time.data)
    parts = (_events(material, asked, time, codes), *_coded(material, asked, time.data))
    counted = (
        _("Mentions are those of all codes; participants are those who speak, moderators are not counted."),
        _("Dates are those of the attribute “{name}”.").format(name=time.name)
        if time.name
        else _("Dates are those on which the sources were imported."),
    )
    return Answer(asked, _("Timeline"), parts, made=said.made(material, asked, time.looked_at, counted))


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings, or the participants' turns, behind a cell."""
    time = _time(material, asked)
    what, day = str(key[0]), str(key[-1])
    if part == "coded":
        return _codings(material, asked, time.data)[1].get((day, int(key[1])), [])
    if what in ("participants", "words"):
        return _talk(time, day)
    codes = (
        [code.id for code in time.data.codes] if what == "mentions" else _branch(time.data, asked, CodeId(int(key[1])))
    )
    return frequency.behind(time.data, codes, DAY, () if day == EVERY or not any(time.days.values()) else (day,))


# -- what the days are -------------------------------------------------------------------------------------------------


def _time(material: Material, asked: Asked) -> _Time:
    looked_at = narrowed(material.data, asked.where, asked.coders)
    wanted = asked.option("date")
    name = _attribute(material.data, None if wanted is None else str(wanted))
    unread = []
    if name:
        known = {fact.id: fact.attributes.get(name, "") for fact in looked_at.data.sources}
        days = {source: day_of(value) for source, value in known.items()}
        unread = [fact.name for fact in looked_at.data.sources if known[fact.id] and not days[fact.id]]
    else:
        times = material.read("imported")
        days = {fact.id: local_day(times[fact.id]) for fact in looked_at.data.sources if fact.id in times}
    data = dated(looked_at.data, days)
    return _Time(looked_at, data, name, wanted is not None, days, tuple(unread))


def _attribute(data: StudyData, wanted: str | None) -> str:
    """The date attribute that is meant; empty for when sources were imported."""
    dates = date_attributes(data)
    if wanted is None:
        return dates[0] if dates else ""
    names = sorted(
        {name for fact in data.sources for name in fact.attributes} | {n for a, n in data.types if a == "source"}
    )
    found = next((name for name in names if comparable(name) == comparable(wanted)), "")
    if wanted and not found:
        raise NotFound(_("attribute"), wanted, dates or names)
    if found and found not in dates:
        hint = _("Dates are: {names}.").format(names="; ".join(dates)) if dates else _how_to_date()
        raise BadInput(_("The attribute “{name}” holds no dates.").format(name=found), hint)
    return found


def _how_to_date() -> str:
    return _("Give the sources an attribute of the type date on the page Attributes.")


def _branch(data: StudyData, asked: Asked, code: CodeId) -> list[CodeId]:
    return data.codes.branch(code) if asked.branch else [code]


# -- what there is of each day -----------------------------------------------------------------------------------------


def _events(material: Material, asked: Asked, time: _Time, codes: Sequence[CodeId]) -> Part:
    data, unit = time.data, asked.unit
    by = DAY if any(time.days.values()) else ""
    members = [_branch(data, asked, code) for code in codes]
    found = frequency.count(data, members, by, UNITS, material.read("words"))
    whole, sources = found.bases.whole, len(data.sources)
    names = [said.code_name(data.codes, code, asked.branch, data.codes[code].name) for code in codes]
    heads = (
        Head(_("Sources")), Head(_("Participants"), of=whole.participants, unit="participants"),
        Head(_("Words"), unit="words"), Head(_("Mentions"), unit="mentions"),
        *(Head(name, over=words_of(unit), unit=unit) for name in names),
    )  # fmt: skip
    lines = []
    for column in found.shown:
        day = found.columns.keys[column][0] if by else ""
        counts = [found.rows.cell(n, column) for n in range(len(codes))]
        base, n_sources = found.bases.columns[column], found.bases.sources[column]
        lines.append(_line(day, n_sources, sources, base, whole, codes, counts, unit))
    totals = [found.rows.total(n) for n in range(len(codes))]
    foot = _line(EVERY, sources, sources, whole, whole, codes, totals, unit)
    part = Part(
        "events", _("What there is of each day"), _("Date"), heads, tuple(lines), foot, figures=("timeline",),
        headline=_headline(time, sources), subtitle=said.subtitle(asked, _subtitle(time), time.looked_at.data),
        notes=(*_notes(time), *([_("No code was chosen: the codes shown are those said most.")] if codes and not asked.codes else []), *found.notes),
    )  # fmt: skip
    over = {o for code in codes for o in data.codes.lineage(code) if o != code} if asked.branch else set()
    leaves = [n for n, code in enumerate(codes, 4) if code not in over] if unit == "mentions" else []
    among = (Sum(tuple((n, m) for m in leaves), (n, 3), "apart") for n in (*range(len(lines)), -1))
    return replace(part, sums=(*_sums(part), *(among if leaves else ())))


def _said_most(material: Material, asked: Asked, data: StudyData) -> list[CodeId]:
    """The FIRST codes by the unit asked for, in that order; none that was not said."""
    codes = [code.id for code in data.codes]
    found = frequency.count(data, [_branch(data, asked, c) for c in codes], "", (asked.unit,), material.read("words"))
    n = dict(zip(codes, found.rows.totals[asked.unit].tolist(), strict=True))
    return sorted((code for code in codes if n[code]), key=lambda code: -n[code])[:FIRST]


def words_of(unit: str) -> str:
    """A unit as what stands over the columns of codes."""
    return {
        "mentions": _("Mentions of"), "turns": _("Turns that speak of"), "words": _("Words about"),
        "participants": _("Participants who speak of"), "groups": _("Groups that speak of"),
    }[unit]  # fmt: skip


def _line(
    day: str,
    sources: int,
    of: int,
    base: Count,
    whole: Count,
    codes: Sequence[CodeId],
    counts: Sequence[Count],
    unit: str,
) -> Line:
    def cell(count: Count, of: Count, what: str, key: Key, base_key: Key) -> Cell:
        people = count.participants, of.participants
        return Cell(count.of(what), of.of(what), key, people=people[0], base=base_key, base_people=people[1])

    cells = (
        Cell(sources, of), *(cell(base, whole, what, (what, day), (what, EVERY)) for what in ("participants", "words", "mentions")),
        *(cell(n, base, unit, ("code", code, day), (unit, day)) for code, n in zip(codes, counts, strict=True)),
    )  # fmt: skip
    if day == EVERY:
        return Line(_("All dates"), cells)
    return Line(_day(day), cells, path=day, key=("day", day))


def _day(day: str) -> str:
    """`12 September 2025`; a year, or a year and a month, as they stand."""
    if not day:
        return _("(no date)")
    return words.day(day) if len(day) == len("2025-09-12") else day


def _headline(time: _Time, sources: int) -> str:
    days = sorted(day for day in time.days.values() if day)
    if not days:
        return _("No source has a date.")
    if days[0] == days[-1]:
        return _("{sources}, all of {day}").format(sources=words.sources(sources), day=_day(days[0]))
    return _("{sources} from {first} to {last}").format(
        sources=words.sources(sources), first=_day(days[0]), last=_day(days[-1])
    )


def _subtitle(time: _Time) -> str:
    return _("By “{name}” of sources").format(name=time.name) if time.name else _("By the day they were imported")


def _notes(time: _Time) -> Iterator[str]:
    if not time.name and not time.is_chosen:
        yield _("No attribute of the sources is a date: this is by the day they were imported. {hint}").format(
            hint=_how_to_date()
        )
    if time.unread:
        yield _("What is given as the date of {sources} cannot be read: they stand under no date.").format(
            sources=words.joined(list(time.unread))
        )


def _sums(part: Part) -> Iterator[Sum]:
    """The days of a column are its foot, or, where somebody speaks on several days, at least that. Mentions of codes that are not
    under one another are among those of all codes.
    """
    assert part.foot is not None
    for m, cell in enumerate(part.foot.cells):
        values = [line.cells[m].value for line in part.lines]
        is_exact = sum(value for value in values if isinstance(value, int)) == cell.value
        yield Sum(tuple((n, m) for n in range(len(part.lines))), (-1, m), "exactly" if is_exact else "together")


def _talk(time: _Time, day: str) -> list[tuple[SourceId, Span]]:
    of = {fact.id for fact in time.data.sources if day in (EVERY, time.days.get(fact.id, ""))}
    return [
        (SourceId(source), Span(start, end)) for source, start, end, case in time.data.turns
        if source in of and start < end and time.data.cases[case].role == "participant"  # type: ignore[index]
    ]  # fmt: skip


# -- when it was coded -------------------------------------------------------------------------------------------------


def _codings(material: Material, asked: Asked, data: StudyData) -> Coded:
    codes = tuple(said.codes_asked(material.data, asked))
    return once(data, ("coded", codes), lambda: coded(data, material.read("coded_at"), codes))


def _coded(material: Material, asked: Asked, data: StudyData) -> list[Part]:
    counts, _places = _codings(material, asked, data)
    if not counts:
        return []
    there = set[int]().union(*counts.values())
    coders = [coder for coder in data.coders if coder.id in there]
    lines = []
    for day, by_coder in counts.items():
        cells = [Cell(by_coder[c.id], None, ("coded", c.id, day) if by_coder[c.id] else ()) for c in coders]
        lines.append(Line(_day(day), (*cells, Cell(by_coder.total())), path=day))
    totals = sum(counts.values(), Counter[int]())
    last = len(coders)
    sums = [Sum(tuple((n, m) for m in range(last)), (n, last)) for n in (*range(len(lines)), -1)]
    sums += [Sum(tuple((n, m) for n in range(len(lines))), (-1, m)) for m in range(last + 1)]
    return [
        Part(
            "coded", _("When it was coded"), _("Date"),
            (*(Head(coder.name) for coder in coders), Head(_("All coders"), note="total")), tuple(lines),
            Line(_("All dates"), (*(Cell(totals[c.id]) for c in coders), Cell(totals.total()))),
            subtitle=_("Codings by the day they were made"), sums=tuple(sums),
        )
    ]  # fmt: skip
