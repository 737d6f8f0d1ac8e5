"""Saturation: which group brought which new codes, and whether they stopped coming. What is counted:
`analysis.saturation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cohesion_qda.analysis.columns import attribute_of
from cohesion_qda.analysis.grid import Grid, grid
from cohesion_qda.analysis.narrowed import narrowed
from cohesion_qda.analysis.saturation import Curve, Guest, Run, curve, guest, used
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.attribute import guess_type, sort_key
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.study import SourceFacts, StudyData
from cohesion_qda.report import words
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material

THINGS = ("groups", "sources")
MOST_REPEATS = 100_000


@dataclass(frozen=True, slots=True)
class _Thing:
    """A group or a source in the order of the curve; `key` is its id."""

    name: str
    key: int
    sources: tuple[int, ...]
    is_coded: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything both parts tell: `codes` are the rows that were looked for, `things` those that are coded, in order."""

    data: StudyData
    codes: Sequence[CodeId]
    things: Sequence[_Thing]
    uncoded: Sequence[_Thing]
    curve: Curve
    guest: Guest
    unknown: Sequence[_Thing] = field(default=())  # without a value of what the order is by

    @property
    def total(self) -> int:
        """How many codes there are in all of them."""
        return int((self.curve.first >= 0).sum())


def answer(material: Material, asked: Asked) -> Answer:
    """Parts `curve` (the new codes of each group or source) and `guest` (base, run and threshold). Raises NotFound for a
    code, an order or kind of thing that is not there, BadInput for numbers that are out of bounds and an order by
    what people have.
    """
    looked_at = narrowed(material.data, asked.where, asked.coders)
    found = _found(looked_at.data, asked)
    return Answer(
        asked, _("Saturation"), (_curve(found, asked), _guest(found, asked)), notes=tuple(_notes(found, asked)),
        made=said.made(material, asked, looked_at),
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The first passages of the codes that are new in a group or source (key its id), or in a run (first and last
    number): of each code all that it is coded with in the first source of the group that has any, by place.
    """
    data = narrowed(material.data, asked.where, asked.coders).data
    found = _found(data, asked)
    if part == "guest":
        places = [n for n in range(int(key[0]) - 1, int(key[1])) if 0 <= n < len(found.things)]
    else:
        places = [n for n, thing in enumerate(found.things) if thing.key == key[0]]
    return [coding for n in places for coding in _first_passages(data, asked, found, n)]


def _first_passages(data: StudyData, asked: Asked, found: _Found, place: int) -> list[CodingId]:
    g = grid(data)
    new = [code for code, first in zip(found.codes, found.curve.first.tolist(), strict=True) if first == place]
    number = {code: n for n, code in enumerate(g.code_ids)}
    passages: dict[CodingId, None] = {}
    for code in new:
        wanted = {number[one] for one in (data.codes.branch(code) if asked.branch else [code])}
        for source in found.things[place].sources:
            here = g.counted & (g.source_ids[g.source] == source)
            its = [n for n in here.nonzero()[0].tolist() if int(g.code[n]) in wanted]
            passages.update((CodingId(int(g.coding[n])), None) for n in sorted(its, key=lambda n: int(g.start[n])))
            if its:
                break
    return list(passages)


# -- what is found -----------------------------------------------------------------------------------------------------


def _found(data: StudyData, asked: Asked) -> _Found:
    kind, base, run, threshold, repeats = _options(asked)
    codes = said.codes_asked(data, asked)
    g = grid(data)
    number = {code: n for n, code in enumerate(g.code_ids)}
    members = [[number[one] for one in (data.codes.branch(code) if asked.branch else [code])] for code in codes]
    things = _groups(data, g) if kind == "groups" else _sources(data, g)
    ordered, unknown = _in_order(data, things, str(asked.option("order", "name")))
    coded = [thing for thing in ordered if thing.is_coded]
    table = used(g, members, [thing.sources for thing in coded])
    drawn = curve(table, repeats, int(asked.option("seed", 1)))
    measured = guest(drawn.new.tolist(), base, run, threshold)
    return _Found(
        data, codes, coded, [t for t in ordered if not t.is_coded], drawn, measured, [t for t in unknown if t.is_coded]
    )


def _options(asked: Asked) -> tuple[str, int, int, float, int]:
    kind = str(asked.option("things", "groups"))
    base, run = int(asked.option("base", 4)), int(asked.option("run", 2))
    threshold, repeats = float(asked.option("threshold", 0.05)), int(asked.option("repeats", 1000))
    if kind not in THINGS:
        raise NotFound(_("kind of thing"), kind, THINGS)
    if base < 1 or run < 1:
        raise BadInput(_("A base and a run have at least one member."), _("Give 1 or more; usual are 4 and 2."))
    if not 0 <= threshold <= 1:
        raise BadInput(_("A threshold is a share of the base."), _("Give 0 to 1; usual is 0.05."))
    if not 1 <= repeats <= MOST_REPEATS:
        raise BadInput(
            _("The curve cannot be drawn over {n} random orders.").format(n=repeats),
            _("Give 1 to 100000; usual is 1000."),
        )
    return kind, base, run, threshold, repeats


def _groups(data: StudyData, g: Grid) -> list[_Thing]:
    """The focus groups of the study, each with its sources in the order they were imported."""
    coded = set(g.source_ids[g.source].tolist())
    of: dict[int, list[int]] = {}
    for fact in data.sources:
        if fact.kind == "focus group" and fact.group is not None:
            of.setdefault(int(fact.group), []).append(int(fact.id))
    return [
        _Thing(said.case_names(data)[group], group, tuple(sorted(ids)), not coded.isdisjoint(ids))  # type: ignore[index]
        for group, ids in of.items()
    ]


def _sources(data: StudyData, g: Grid) -> list[_Thing]:
    coded = set(g.source_ids[g.source].tolist())
    return [_Thing(fact.name, int(fact.id), (int(fact.id),), int(fact.id) in coded) for fact in data.sources]


def _in_order(data: StudyData, things: Sequence[_Thing], order: str) -> tuple[list[_Thing], list[_Thing]]:
    """Things in order, and those of them without a value of the attribute it is by, which come last, as imported. Of a
    group the first of its sources counts.
    """
    if order == "name":
        return sorted(things, key=lambda thing: (sort_key("text", thing.name), thing.key)), []
    imported = sorted(things, key=lambda thing: min(thing.sources))
    if order == "imported":
        return imported, []
    name, about = attribute_of(data, order)
    if about != "source":
        raise BadInput(
            _("“{name}” is not known of sources.").format(name=name),
            _("Order by name, as they were imported, or by an attribute of sources, such as a date."),
        )
    facts: dict[int, SourceFacts] = {int(fact.id): fact for fact in data.sources}
    held = [value for fact in data.sources if (value := fact.attributes.get(name, ""))]
    kind = data.types.get((about, name), "") or guess_type(held)
    values = {
        thing.key: [v for source in thing.sources if (v := facts[source].attributes.get(name, ""))] for thing in things
    }
    first = {key: min(sort_key(kind, value) for value in own) for key, own in values.items() if own}
    known = sorted((thing for thing in imported if thing.key in first), key=lambda thing: first[thing.key])
    unknown = [thing for thing in imported if thing.key not in first]
    return [*known, *unknown], unknown


# -- in words ----------------------------------------------------------------------------------------------------------


def _curve(found: _Found, asked: Asked) -> Part:
    is_groups = asked.option("things", "groups") == "groups"
    total, drawn = found.total, found.curve
    lines, so_far = [], 0
    for n, thing in enumerate(found.things):
        new = int(drawn.new[n])
        so_far += new
        names = [
            found.data.codes[code].name
            for code, first in zip(found.codes, drawn.first.tolist(), strict=True) if first == n
        ]  # fmt: skip
        lines.append(
            Line(
                thing.name,
                (
                    Cell(new, total, (thing.key,) if new else ()),
                    Cell(so_far, total),
                    Cell(float(drawn.mean[n]), None, (), float(drawn.low[n]), float(drawn.high[n])),
                    Cell("; ".join(names)),
                ),
                key=(thing.key,),
            )
        )
    heads = (
        Head(_("New codes"), unit="codes"),
        Head(_("All codes so far"), unit="codes"),
        Head(_("Mean over random orders"), "number", note=_("with the 5th and the 95th percentile")),
        Head(_("Which codes are new"), "text"),
    )
    added = tuple(Sum(((n - 1, 1), (n, 0)), (n, 1)) for n in range(1, len(lines)))
    return Part(
        "curve", _("New codes of each group") if is_groups else _("New codes of each source"),
        _("Group") if is_groups else _("Source"), heads, tuple(lines), figures=("curve",) if lines else (),
        headline=_headline(found, asked), subtitle=said.subtitle(asked, _measure(asked), found.data), sums=added,
    )  # fmt: skip


def _guest(found: _Found, asked: Asked) -> Part:
    known = found.guest.known
    heads = (Head(_("New codes in the run"), unit="codes"), Head(_("Share of the base"), "share"))
    lines = tuple(
        Line(
            _run_words(found, run),
            (Cell(run.new, known, (run.first, run.last) if run.new else ()), Cell(run.share, known)),
            key=(run.first, run.last), note=_("Saturation") if run is found.guest.reached else "",
        )
        for run in found.guest.runs
    )  # fmt: skip
    return Part(
        "guest", _("Base, run and threshold"), _("Run"), heads, lines, headline=_headline(found, asked),
        subtitle=said.subtitle(asked, _measure(asked), found.data), notes=tuple(_guest_notes(found, asked)),
    )  # fmt: skip


def _measure(asked: Asked) -> str:
    """What base, run and threshold were."""
    return _("Base of {base}, runs of {run}, at most {share} new").format(
        base=int(asked.option("base", 4)), run=int(asked.option("run", 2)), share=_percent(asked)
    )


def _percent(asked: Asked) -> str:
    return _("{n}%").format(n=f"{100 * float(asked.option('threshold', 0.05)):g}")


def _run_words(found: _Found, run: Run) -> str:
    if run.first == run.last:
        return _("{n}: {name}").format(n=run.first, name=found.things[run.first - 1].name)
    return _("{first} to {last}: {begin} to {end}").format(
        first=run.first, last=run.last, begin=found.things[run.first - 1].name, end=found.things[run.last - 1].name
    )


def _headline(found: _Found, asked: Asked) -> str:
    """Whether saturation is reached, in Guest's notation."""
    if found.guest.reached is not None:
        return _("Saturation is reached at {notation} (at most {share} new)").format(
            notation=found.guest.notation, share=_percent(asked)
        )
    if not found.guest.known:
        return _("Whether saturation is reached cannot be told: the base has no codes")
    if not found.guest.runs:
        needed = int(asked.option("base", 4)) + int(asked.option("run", 2))
        told = (
            _("Whether saturation is reached cannot be told: {needed} coded groups are needed, there are {n}")
            if asked.option("things", "groups") == "groups"
            else _("Whether saturation is reached cannot be told: {needed} coded sources are needed, there are {n}")
        )
        return told.format(needed=needed, n=len(found.things))
    return _("Saturation is not reached (at most {share} new)").format(share=_percent(asked))


def _guest_notes(found: _Found, asked: Asked) -> Iterator[str]:
    yield _(
        "The measure is that of Guest, Namey and Chen (2020), PLOS ONE 15(5), e0232076: the codes of a run that were "
        "not there before it, as a share of the codes of the base. “6+2” means reached at the sixth, and confirmed by "
        "a run of two."
    )
    yield _("It tells when codes stop being new, not when their meaning is understood.")


def _notes(found: _Found, asked: Asked) -> Iterator[str]:
    is_groups = asked.option("things", "groups") == "groups"
    yield _("A code is new where a participant first speaks to it; a moderator’s words bring no code.")
    yield ngettext(
        "The mean and the percentiles are over {n} random order.",
        "The mean and the percentiles are over {n} random orders.",
        int(asked.option("repeats", 1000)),
    ).format(n=words.number(int(asked.option("repeats", 1000))))  # fmt: skip
    if found.uncoded:
        names = "; ".join(thing.name for thing in found.uncoded)
        yield _("Not coded yet, and left out: {names}.").format(names=names)
    if found.unknown:
        names = "; ".join(thing.name for thing in found.unknown)
        yield _("Without a value of what the order is by, and put last: {names}.").format(names=names)
    others = sum(1 for fact in found.data.sources if fact.kind != "focus group" or fact.group is None)
    if is_groups and others:
        yield ngettext(
            "{n} source that is no focus group is left out.",
            "{n} sources that are no focus groups are left out.", others,
        ).format(n=others)  # fmt: skip
