"""Agreement between coders: the coefficients of every code, and the places where the coders differ. What is measured:
`analysis.agreement`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cohesion_qda.analysis.agreement import Comparison, Difference, comparison
from cohesion_qda.analysis.agreement_measures import LEVEL, REPEATS, SEED, Estimate, Measured, Measures, measures
from cohesion_qda.analysis.coefficients import krippendorff, landis_koch
from cohesion_qda.analysis.narrowed import Narrowed, narrowed
from cohesion_qda.analysis.narrowed import coders_of as named
from cohesion_qda.analysis.once import once
from cohesion_qda.analysis.settled import without
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.case import Coder
from cohesion_qda.model.disagreement import Disagreement, Settlement, settled
from cohesion_qda.model.ids import CodeId, CodingId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.answers import agreement_words as words
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material

MOST_LISTED = 200  # disagreements in the table; the reader has all
MOST_REPEATS = 20_000
QUOTED = 160  # code points of a passage that the table shows
Left = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is compared: the study as it is looked at, the coders, their codings side by side, sources left out; what was
    settled, and how many codings that settled something were put aside.
    """

    data: StudyData
    coders: tuple[Coder, ...]
    found: Comparison
    over: str
    left_out: Left
    settled: Sequence[Settlement]
    aside: int

    @property
    def names(self) -> list[str]:
        return [coder.name for coder in self.coders]


def answer(material: Material, asked: Asked) -> Answer:
    """Parts `coefficients` (all codes together, their mean, then a line for each code) and `disagreements` (the first
    MOST_LISTED places). Raises BadInput for fewer than two coders, where they have no source in common, for a unit
    or number that cannot be, and while others' codings are hidden; NotFound for a coder, code or value that is not
    there.
    """
    compared = _compared(material, asked)
    options = _options(asked)
    measured = measures(compared.found, *options)
    parts = (_coefficients(compared, measured, options), _listed(material, compared))
    notes = (*words.settled_aside(compared.aside), *words.notes(compared.over, len(compared.coders), asked.branch))
    return Answer(
        asked, _("Agreement"), parts, notes=notes,
        made=said.made(
            material, asked, Narrowed(_of_compared(compared), compared.left_out),
            [_("How far {coders} agree, code by code.").format(coders=words.joined(compared.names))],
        ),
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings behind a number of the coefficients: `("both", code)` and `("one", code)`, code 0 for all; or
    behind a place: `("place", code, source, start, end)`.
    """
    compared = _compared(material, asked)
    found = compared.found
    if part == "disagreements":
        _place, code, source, start, end = (int(k) if n else k for n, k in enumerate(key))
        return _codings_at(found, CodeId(int(code)), SourceId(int(source)), int(start), int(end))
    which, code = key[0], int(key[1])
    if code and code not in found.codes:
        return []
    return found.behind(found.codes.index(CodeId(code)) if code else None, which == "both")


def disagreements(material: Material, asked: Asked, most: int | None = None) -> tuple[list[Disagreement], int]:
    """The places where the coders differ, the first `most` of them, with how each was settled; and how many there
    are. Raises as `answer`.
    """
    return _settled(_compared(material, asked), most)


def coders_of(material: Material, asked: Asked) -> tuple[Coder, ...]:
    """Who is compared. Raises as `answer`."""
    return _compared(material, asked).coders


# -- what is compared --------------------------------------------------------------------------------------------------


def _compared(material: Material, asked: Asked) -> _Compared:
    settled, made = material.read("settlements"), material.read("settled")
    looked_at = narrowed(without(material.data, made), asked.where, asked.coders)
    data = looked_at.data
    for code in asked.codes:
        if code not in data.codes:
            raise NotFound(_("code"), str(code), [data.codes.path(known.id) for known in data.codes])
    coders = _coders(data, asked)
    over = str(asked.option("over", "turns"))
    found = comparison(data, [coder.id for coder in coders], over, asked.codes, asked.branch, material.text)
    every = narrowed(material.data, asked.where, asked.coders).data.codings if made else ()
    aside = len(made.intersection(row[0] for row in every))
    if not found.sources:
        hint = _("Agreement is measured where all of them coded: choose others, or fewer filters.")
        raise BadInput(
            _("There is no transcript that {coders} have all coded.").format(
                coders=words.joined([c.name for c in coders])
            ),
            " ".join((hint, *words.settled_aside(aside))),
        )
    there = {fact.name for fact in data.sources}
    left = [(name, why) for name, why in looked_at.left_out if name not in there]
    return _Compared(data, coders, found, over, (*left, *_left_out(data, coders, found)), settled, aside)


def _coders(data: StudyData, asked: Asked) -> tuple[Coder, ...]:
    if asked.coders:
        found = named(data, asked.coders)
        if len(found) < 2:
            raise BadInput(
                _("Agreement is between two coders or more; only {coder} was chosen.").format(coder=found[0].name),
                _("Choose another coder as well."),
            )
        return found
    active = {row[5] for row in data.codings}
    found = tuple(coder for coder in data.coders if coder.id in active)
    if len(found) < 2:
        raise BadInput(
            _("Agreement needs two people who have coded; here there are fewer."),
            _("Let a second person code some of the same transcripts."),
        )
    return found


def _left_out(data: StudyData, coders: Sequence[Coder], found: Comparison) -> Iterator[tuple[str, str]]:
    for fact in data.sources:
        missing = [c.name for c, seen in zip(coders, found.of_coder, strict=True) if fact.id not in seen]
        if len(missing) == len(coders):
            yield fact.name, _("None of the coders compared has coded it.")
        elif missing:
            yield fact.name, _("Not coded by {coders}.").format(coders=words.joined(missing))


def _of_compared(compared: _Compared) -> StudyData:
    """The study with only the sources that are compared."""
    kept = set(compared.found.sources)
    if len(kept) == len(compared.data.sources):
        return compared.data

    def make() -> StudyData:
        return replace(
            compared.data, sources=tuple(fact for fact in compared.data.sources if fact.id in kept),
            turns=tuple(row for row in compared.data.turns if row[0] in kept),
            codings=tuple(row for row in compared.data.codings if row[1] in kept),
        )  # fmt: skip

    return once(compared.data, ("sources compared", frozenset(kept)), make)


def _options(asked: Asked) -> tuple[int, int, float]:
    """How often is drawn, the seed, and the level of the intervals. Raises BadInput."""
    repeats, seed, level = asked.option("repeats", REPEATS), asked.option("seed", SEED), asked.option("level", LEVEL)
    if not isinstance(repeats, int) or not 0 <= repeats <= MOST_REPEATS:
        raise BadInput(
            _("Intervals cannot be drawn {n} times.").format(n=repeats),
            _("Give a number from 0 (no intervals) to {most}.").format(most=MOST_REPEATS),
        )
    if not isinstance(seed, int) or seed < 0:
        raise BadInput(_("“{seed}” is no seed.").format(seed=seed), _("Give a whole number from 0 on."))
    if not isinstance(level, float) or not 0.5 <= level < 1:
        raise BadInput(_("“{level}” is no level of confidence.").format(level=level), _("Give a share such as 0.95."))
    return repeats, seed, level


# -- the coefficients --------------------------------------------------------------------------------------------------


def _coefficients(compared: _Compared, measured: Measures, options: tuple[int, int, float]) -> Part:
    data, over, many = compared.data, compared.over, len(compared.coders)
    heads = words.heads(over, many)
    lines = [
        Line(_("All codes together"), _cells(measured.overall, 0), note=words.of_decisions(over)),
        Line(_("Mean over the codes"), _cells(measured.mean, None), note=_("Every code weighs the same.")),
    ]
    lines += [
        Line(data.codes[code].name, _cells(row, code), path=data.codes.path(code), code=code)
        for code, row in zip(compared.found.codes, measured.rows, strict=True)
    ]
    drawn = words.resampled(over, compared.found.units.together, measured.drawn)
    return Part(
        "coefficients", _("Agreement on each code"), _("Code"), tuple(heads), tuple(lines), figures=("intervals",),
        headline=words.headline(compared.names, measured),
        notes=(words.intervals(drawn, options[2]),) if options[0] else (),
        subtitle=words.subtitle(compared.names, over, compared.found.units.length, len(compared.found.sources)),
    )  # fmt: skip


def _cells(row: Measured, code: int | None) -> tuple[Cell, ...]:
    """The cells of a line; of the means (`code` None) without counts."""
    of = row.of
    counts = (
        (Cell(), Cell(), Cell(), Cell())
        if code is None
        else (
            Cell(row.n), Cell(row.both, of=row.n, key=("both", code) if row.both else ()),
            Cell(row.one, of=row.n, key=("one", code) if row.one else ()), Cell(row.none, of=row.n),
        )
    )  # fmt: skip
    return (
        _cell(of["percent"]), _cell(of["cohen"]), _named(of["cohen"], landis_koch), _cell(of["fleiss"]),
        _cell(of["alpha"]), _named(of["alpha"], krippendorff), _cell(of["ac1"]), *counts,
    )  # fmt: skip


def _cell(estimate: Estimate) -> Cell:
    return Cell(estimate.value, low=estimate.low, high=estimate.high)


def _named(estimate: Estimate, name: words.Naming) -> Cell:
    return Cell("" if estimate.value is None else name(estimate.value))


# -- the disagreements -------------------------------------------------------------------------------------------------


def _settled(compared: _Compared, most: int | None) -> tuple[list[Disagreement], int]:
    found, n = compared.found.differences(most)
    starts = _turn_starts(compared.data)
    return settled([_disagreement(d, compared, starts) for d in found], compared.settled), n


def _disagreement(d: Difference, compared: _Compared, starts: dict[int, list[int]]) -> Disagreement:
    turn = max(1, bisect_right(starts[d.source], d.span.start)) if d.source in starts else 0
    extents = tuple(zip(compared.found.coders, d.extents, strict=True))
    return Disagreement(d.source, d.span, turn, d.code, extents, d.codings)


def _turn_starts(data: StudyData) -> dict[int, list[int]]:
    """Where each turn of a source starts, in order."""
    cuts = [0, *(n + 1 for n, (a, b) in enumerate(pairwise(data.turns)) if a[0] != b[0]), len(data.turns)]
    return {data.turns[a][0]: [row[1] for row in data.turns[a:b]] for a, b in pairwise(cuts) if b > a}


def _listed(material: Material, compared: _Compared) -> Part:
    data = compared.data
    found, n = _settled(compared, MOST_LISTED)
    names = {coder.id: coder.name for coder in data.coders}
    sources = {fact.id: fact.name for fact in data.sources}
    texts = {source: material.text(source) for source in {d.source for d in found}}
    lines = [
        Line(
            words.place(sources[d.source], d.turn),
            (
                Cell(data.codes[d.code].name), Cell(words.quoted(d.span.of(texts[d.source]), QUOTED), key=_key(d)),
                Cell(words.joined([names[coder] for coder in d.applied])),
                Cell(words.joined([names[c] for c in d.not_applied]) or _("nobody: they used it on other words")),
                Cell(words.settled(d.settled, names)),
            ),
            path=data.codes.path(d.code), code=d.code,
        )
        for d in found
    ]  # fmt: skip
    notes = [words.more(n, len(found))] if n > len(found) else []
    heads = [_("Code"), _("Words"), _("Used by"), _("Not used by"), _("Settled")]
    return Part(
        "disagreements", _("Where they differ"), _("Place"), tuple(Head(label, "text") for label in heads),
        tuple(lines), notes=tuple(notes), headline=words.differ(n),
    )  # fmt: skip


def _key(d: Disagreement) -> Key:
    return "place", d.code, d.source, d.span.start, d.span.end


def _codings_at(found: Comparison, code: CodeId, source: SourceId, start: int, end: int) -> list[CodingId]:
    if code not in found.codes:
        return []
    g, row = found.grid, found.codes.index(code)
    its = found.coding[found.row == row]
    at = int(g.source_ids.searchsorted(source))
    away = int(g.offset[at])
    kept = its[(g.source[its] == at) & (g.start[its] < end + away) & (g.end[its] > start + away)]
    return [CodingId(n) for n in dict.fromkeys(g.coding[kept].tolist())]
