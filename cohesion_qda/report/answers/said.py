"""What every answer says of itself, whatever its kind: what was counted and with which filters, its subtitle, its
units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cohesion_qda.analysis.narrowed import Narrowed
from cohesion_qda.analysis.once import once
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.version import VERSION
from cohesion_qda.model import called
from cohesion_qda.model.answer import Cell, Key, Made
from cohesion_qda.model.asked import SHARES, Asked
from cohesion_qda.model.attribute import as_type, guess_type
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.query import Query, filters_in_words
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import SOURCE, UNITS, Count
from cohesion_qda.model.text import comparable
from cohesion_qda.report import words
from cohesion_qda.report.answers.material import Material

FEW = 4  # places or sources that are named in a sentence


def made(material: Material, asked: Asked, looked_at: Narrowed, counted: Sequence[str] = ()) -> Made:
    """Where an answer comes from; `counted` are sentences, after those about what was looked at."""
    own = (*_looked_at(looked_at.data), *counted)
    return Made(material.title, material.at, VERSION, own, tuple(filters(asked)), looked_at.left_out)


def _looked_at(data: StudyData) -> Iterator[str]:
    n = len(data.sources)
    yield ngettext("{n} transcript or other source was looked at.", "{n} transcripts and other sources were looked at.", n).format(n=words.number(n))  # fmt: skip
    counted = {case.id for case in data.cases.values() if case.role == "participant"}
    n = len({row[3] for row in data.turns if row[3] in counted and row[1] < row[2]})
    yield ngettext("{n} participant speaks there; moderators are not counted.", "{n} participants speak there; moderators are not counted.", n).format(n=words.number(n))  # fmt: skip
    n = len({row[0] for row in data.codings}) if data.is_cut else len(data.codings)
    yield ngettext("{n} coding lies there.", "{n} codings lie there.", n).format(n=words.number(n))


def who_was_there() -> str:
    """The rule by which people who say nothing are known to have been there, as `analysis.silence` has it."""
    return _(
        "There were those who speak in the same transcript, and those who are said to have sat in its group and speak in no transcript."
    )


def idle(looked_at: Narrowed) -> Iterator[str]:
    """What is in the denominators, and gives nothing to any count, a sentence each."""
    n = len(looked_at.uncoded)
    if n:
        yield ngettext(
            "Nothing that is looked at is coded in {n} source ({names}): who speaks there is in the denominators all the same.",
            "Nothing that is looked at is coded in {n} sources ({names}): who speaks there is in the denominators all the same.", n,
        ).format(n=words.number(n), names=_first(looked_at.uncoded))  # fmt: skip
    n = len(looked_at.unheard)
    if n:
        yield ngettext(
            "No participant speaks in {n} source ({names}).", "No participant speaks in {n} sources ({names}).", n
        ).format(n=words.number(n), names=_first(looked_at.unheard))


def _first(names: Sequence[str]) -> str:
    return ", ".join([*names[:FEW], *(["…"] if len(names) > FEW else [])])


def filters(asked: Asked) -> Iterator[str]:
    """What narrows an answer, a line each: `place of sources: Dewsbury or Batley`."""
    named, plain = [], []
    for one in asked.where:
        shown = tuple(value or _("(no value)") for value in one.values)
        if one.about == "source" and one.name == SOURCE:
            named += [(SourceId(0), value) for value in shown]
        elif one.about != "section":
            plain.append(type(one)(one.about, one.name, shown))
    questions = tuple(value for one in asked.where if one.about == "section" for value in one.values)
    yield from filters_in_words(
        Query(coders=asked.coders, having=tuple(plain), questions=questions, sources=tuple(named))
    )
    if asked.option("settled") and asked.kind != "agreement":
        yield _("as settled")


def case_names(data: StudyData) -> Mapping[CaseId, str]:
    """What every person and group is called, no two of them alike, whatever the study is narrowed to."""
    return once(data, "case names", lambda: called.cases(data.cases.values()))


def codes_asked(data: StudyData, asked: Asked) -> list[CodeId]:
    """The codes that are the rows, in their order; with none asked for the whole codebook in its own. Raises NotFound,
    with what there is, for one that is gone.
    """
    for code in asked.codes:
        if code not in data.codes:
            raise NotFound(_("code"), str(code), [data.codes.path(known.id) for known in data.codes])
    return list(asked.codes) if asked.codes else [code.id for code in data.codes]


def code_name(tree: CodeTree, code: CodeId, branch: bool, name: str) -> str:
    """A code's name or path, which says so where the code is counted alone although there are others under it."""
    return name if branch or not tree.children(code) else _("{name} (the code itself)").format(name=name)


def settled(asked: Asked, codings: int) -> tuple[str, ...]:
    """What settling disagreements did to what is counted, where there are some; `codings` were made by it."""
    if asked.kind == "agreement":
        return ()
    if asked.option("settled"):
        return (
            _(
                "Where coders differed and it was settled, only what was settled counts; what they coded alike counts once."
            ),
        )
    if asked.coders:
        return ()
    how = _(
        "Choose “As settled” to count, where coders differed, only what was settled, and once what they coded alike."
    )
    return (*words.settled(codings), how)


def check(asked: Asked) -> None:
    """Raises NotFound for a unit or a share that is none."""
    if asked.unit not in UNITS:
        raise NotFound(_("unit"), asked.unit, UNITS)
    if asked.share not in SHARES:
        raise NotFound(_("share"), asked.share, [share for share in SHARES if share])


def at_most(asked: Asked, n: int) -> None:
    """Raises BadInput where more than `n` attributes are asked for."""
    if len(asked.by) > n:
        raise BadInput(
            ngettext(
                "This goes by at most {n} attribute.", "This goes by at most {n} attributes, one within the other.", n
            ).format(n=n),
            _("Leave some out."),
        )


# -- the subtitle --------------------------------------------------------------------------------------------------------


def subtitle(asked: Asked, measure: str, data: StudyData | None = None, base: Count | None = None) -> str:
    """Measure, who it is out of, place and period, as far as they are known, and what narrows it: `Participants who
    said it · 80 participants in 12 groups · Dewsbury and Batley · 4 March 2024 to 9 May 2025`.
    """
    told = [measure]
    if base is not None and base.participants:
        people = words.participants(base.participants)
        told.append(
            _("{people} in {groups}").format(people=people, groups=words.groups(base.groups)) if base.groups else people
        )
    asked_for = [comparable(one.name) for one in asked.where]
    if data is not None and not _called_place().intersection(asked_for):
        told += [place] if (place := places(data)) else []
    told += [when] if data is not None and (when := period(data)) else []
    return " · ".join([*told, *filters(asked)])


def base_key(unit: str, values: Sequence[str] = ()) -> Key:
    """The key of how many of a unit there are at all, or under some values."""
    return ("base", unit, *values)


def numbers(base: Count) -> tuple[Cell, ...]:
    """The numbers that a subtitle with `base` tells."""
    told = (("participants", base.participants), ("groups", base.groups))
    return tuple(Cell(n, key=base_key(unit)) for unit, n in told)


def _called_place() -> set[str]:
    return {comparable(name) for name in (_("place"), "place", "location", "area", "town", "district", "ward")}


def places(data: StudyData) -> str:
    """Where the sources come from, if an attribute is called so and every one of them is a few names or can be counted."""
    called = _called_place()
    held = {v for fact in data.sources for name, v in fact.attributes.items() if v and comparable(name) in called}
    if not held:
        return ""
    if len(held) > FEW:
        return ngettext("{n} place", "{n} places", len(held)).format(n=len(held))
    return words.joined(sorted(held))


def period(data: StudyData) -> str:
    """From the first to the last day, by the first attribute of sources that is a date; empty without one."""
    for name in sorted({name for fact in data.sources for name in fact.attributes}):
        values = [value for fact in data.sources if (value := fact.attributes.get(name, ""))]
        if (data.types.get(("source", name), "") or guess_type(values)) != "date":
            continue
        days = sorted(typed.value for value in values if not (typed := as_type("date", value)).is_doubtful)
        if days:
            first, last = words.day(days[0]), words.day(days[-1])
            return first if first == last else _("{first} to {last}").format(first=first, last=last)
    return ""


def caveat(asked: Asked) -> tuple[str, ...]:
    """What counts of codes do not show."""
    if asked.kind not in ("frequencies", "crosstab", "timeline"):
        return ()
    if asked.unit in ("participants", "groups"):
        return (_("How many raised something does not show how strongly they felt."),)
    return (_("One person who talks a lot can make a code look frequent."),)


# -- units ---------------------------------------------------------------------------------------------------------------


def unit_name(unit: str) -> str:
    """The unit as a heading: `Participants`."""
    return {
        "mentions": _("Mentions"), "turns": _("Turns"), "words": _("Words"), "participants": _("Participants"),
        "groups": _("Groups"),
    }[unit]  # fmt: skip


def measure(unit: str) -> str:
    """What a table counts: `Participants who said it`."""
    return {
        "mentions": _("How often it was said: mentions"), "turns": _("Participants’ turns in which it was said"),
        "words": _("Words that participants said about it"), "participants": _("Participants who said it"),
        "groups": _("Groups in which it was said"),
    }[unit]  # fmt: skip


def unit_told(unit: str) -> str:
    """What is counted, in a sentence that can be printed beside the numbers."""
    return {
        "mentions": _("Mentions are codings in which a participant speaks; overlapping ones of the same code by the same coder are counted once. They are out of all mentions of all codes."),
        "turns": _("Turns are those of participants in which something was given the code; each is counted once."),
        "words": _("Words are what participants say in the passages of a code; each word is counted once, and stage notes are not."),
        "participants": _("Participants are different people who said it, out of all who speak there; the moderator is never counted."),
        "groups": _("Groups are focus groups in which it was said, out of all that are there."),
    }[unit]  # fmt: skip
