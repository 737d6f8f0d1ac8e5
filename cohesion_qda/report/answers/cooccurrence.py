"""Co-occurrence: which codes come together, as a matrix, a network and a list: `analysis.cooccurrence` in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cohesion_qda.analysis.cooccurrence import HOWS, PAIRED, Together, together
from cohesion_qda.analysis.cooccurrence import behind as codings_behind
from cohesion_qda.analysis.grid import Grid, grid
from cohesion_qda.analysis.narrowed import narrowed
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Answer, Behind, Cell, Head, Key, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId, CodingId
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.answers import rows as tables
from cohesion_qda.report.answers import said
from cohesion_qda.report.answers.material import Material

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Bools

FARTHEST = 1000  # turns that "near" may reach
UNITS = {"overlap": "mentions", "near": "mentions", "turn": "turns", "participant": "participants", "group": "groups"}


def answer(material: Material, asked: Asked) -> Answer:
    """Parts `matrix` (codes by codes) and `pairs` (those that come together, the most first). Raises NotFound for a code
    or a way of coming together that is not there, BadInput for a reach that is out of bounds.
    """
    how, turns = _how(asked)
    looked_at = narrowed(material.data, asked.where, asked.coders)
    data = looked_at.data
    g = grid(data)
    every = tables.codes_of(data, asked)
    over = frozenset() if asked.branch else tables.headings(material.data, every)
    every = [code for code in every if code not in over]
    number = {code: n for n, code in enumerate(g.code_ids)}
    members = [[number[code] for code in data.codes.branch(row)] if asked.branch else [number[row]] for row in every]
    found = together(data, g, members, how, turns, _paragraphs(material, data, g, how))
    shown = [n for n in range(len(every)) if asked.codes or found.counts[n, n]]
    told = _Told(data, asked, how, [every[n] for n in shown], found, shown)
    unused = len(every) - len(shown)
    return Answer(
        asked, _("Which codes come together"), (told.matrix(), told.pairs()),
        notes=(*_notes(data, asked, g, how, unused), *said.idle(looked_at)), made=said.made(material, asked, looked_at),
    )  # fmt: skip


def behind(material: Material, asked: Asked, part: str, key: Key) -> Behind:
    """The codings of both codes that meet; of a code and itself, all of its codings. By source and place."""
    how, turns = _how(asked)
    data = narrowed(material.data, asked.where, asked.coders).data
    g = grid(data)
    number = {code: n for n, code in enumerate(g.code_ids)}
    rows = []
    for code in key[:2]:
        if code not in data.codes:
            raise NotFound(_("code"), str(code), [data.codes.path(known.id) for known in data.codes])
        row = data.codes.branch(CodeId(int(code))) if asked.branch else [CodeId(int(code))]
        rows.append([number[one] for one in row])
    chosen = codings_behind(data, g, rows[0], rows[1], how, turns, _paragraphs(material, data, g, how))
    place = {int(fact.id): n for n, fact in enumerate(data.sources)}
    ranked = sorted(
        chosen.tolist(), key=lambda n: (place[int(g.source_ids[g.source[n]])], int(g.start[n]), int(g.end[n]))
    )
    return list(dict.fromkeys(CodingId(int(g.coding[n])) for n in ranked))


def _how(asked: Asked) -> tuple[str, int]:
    how, turns = asked.option("how", "overlap"), int(asked.option("turns", 1))
    if how not in HOWS:
        raise NotFound(_("way of coming together"), str(how), HOWS)
    if not 0 <= turns <= FARTHEST:
        raise BadInput(_("“near” cannot reach {n} turns.").format(n=turns), _("Give 0 to 1000."))
    return how, turns


def _paragraphs(material: Material, data: StudyData, g: Grid, how: str) -> list[tuple[int, int]]:
    """(source, start) of every paragraph of the sources in which nobody speaks and something is coded."""
    if how != "near":
        return []
    coded = {int(g.source_ids[n]) for n in set(g.source.tolist())}
    found = []
    for fact in data.sources:
        if fact.id in coded and not g.spoken[g.source_ids.searchsorted(fact.id)]:
            at = 0
            for line in material.text(fact.id).split("\n"):
                found.append((int(fact.id), at))
                at += len(line) + 1
    return found


class _Told:
    """What was found, in words: `codes` are the rows that are shown, `at` their places in what was found."""

    def __init__(
        self, data: StudyData, asked: Asked, how: str, codes: Sequence[CodeId], found: Together, at: Sequence[int]
    ) -> None:
        self.data, self.asked, self.how, self.codes, self.unit = data, asked, how, codes, UNITS[how]
        self.counts = found.counts[at][:, at]
        self.meets = found.meets[at][:, at]
        self.likeness = found.coefficients()[at][:, at]
        self.out_of = found.out_of
        self.people = None if found.people is None else found.people[at][:, at]
        self.apart = _lineages(data, codes) if asked.branch else None
        self.subtitle = said.subtitle(asked, _unit_words(asked, how), data)

    def _depth(self, code: CodeId) -> int:
        """How many of the codes over it have a line of their own: under one that has none, it would seem to be another's."""
        return sum(1 for over in self.data.codes.lineage(code) if over != code and over in self.codes)

    def matrix(self) -> Part:
        """Codes by codes; on the diagonal what each has of its own."""
        heads = tuple(Head(self._name(code), unit=self.unit) for code in self.codes)
        lines = tuple(
            Line(
                self._name(code), tuple(self._cell(n, m) for m in range(len(self.codes))),
                depth=self._depth(code), path=self._path(code), code=code,
            )
            for n, code in enumerate(self.codes)
        )  # fmt: skip
        return Part(
            "matrix", _("Codes by codes"), _("Code"), heads, lines, figures=("heat map", "network"),
            headline=self._headline(), subtitle=self.subtitle, sums=tuple(self._sums()),
        )  # fmt: skip

    def _sums(self) -> Iterator[Sum]:
        """The table is the same above and below its diagonal; nothing shared is more than what one has of its own."""
        size = range(len(self.codes))
        for n in size:
            others = [m for m in size if m != n and not self._is_apart(n, m)]
            yield from (Sum(((m, n),), (n, m)) for m in others if m > n)
            if self.how not in PAIRED:
                yield Sum(tuple((n, m) for m in others), (n, n), "each")

    def pairs(self) -> Part:
        """The pairs that come together, the most first."""
        least = max(1, int(self.asked.option("least", 1)))
        size = range(len(self.codes))
        found = [
            (n, m) for n in size for m in size if m > n and not self._is_apart(n, m) and self.counts[n, m] >= least
        ]  # fmt: skip
        found.sort(key=lambda pair: (-self.counts[pair], -self.likeness[pair], pair))
        return Part(
            "pairs", _("Pairs of codes"), _("Codes"), tuple(self._pair_heads()),
            tuple(self._pair(n, m) for n, m in found), subtitle=self.subtitle, is_chosen=True,
            notes=(_("The coefficient is Jaccard’s (1912): 0 where two codes never meet, 1 where they always do."),),
        )  # fmt: skip

    def _name(self, code: CodeId) -> str:
        return said.code_name(self.data.codes, code, self.asked.branch, self.data.codes[code].name)

    def _path(self, code: CodeId) -> str:
        return said.code_name(self.data.codes, code, self.asked.branch, self.data.codes.path(code))

    def _is_apart(self, n: int, m: int) -> bool:
        return self.apart is not None and bool(self.apart[n, m])

    def _cell(self, n: int, m: int) -> Cell:
        if self._is_apart(n, m):
            return Cell()
        people = None if self.people is None else int(min(self.people[n, m], self.people[m, n]))
        return Cell(int(self.counts[n, m]), self.out_of, self._key(n, m), people=people, base=("all",))

    def _key(self, n: int, m: int) -> Key:
        return (int(self.codes[n]), int(self.codes[m]))

    def _meeting(self, n: int, m: int) -> Cell:
        """How many mentions of the one meet one of the other."""
        assert self.people is not None
        people, every = int(self.people[n, m]), int(self.people[n, n])
        of = int(self.counts[n, n])
        return Cell(int(self.meets[n, m]), of, people=people, base=self._key(n, n), base_people=every)

    def _pair_heads(self) -> Iterator[Head]:
        yield Head(_unit_words(self.asked, self.how), unit=self.unit)
        if self.how in PAIRED:
            yield Head(_("Mentions of the first that meet"), unit="mentions")
            yield Head(_("Mentions of the second that meet"), unit="mentions")
        yield Head(_("Coefficient"), "number", places=3)

    def _pair(self, n: int, m: int) -> Line:
        first, second = self.codes[n], self.codes[m]
        cells = [self._cell(n, m)]
        if self.how in PAIRED:
            cells += [self._meeting(n, m), self._meeting(m, n)]
        cells.append(Cell(float(self.likeness[n, m]), made_of=(self._key(n, n), self._key(m, m))))
        join = _("{first} + {second}")
        return Line(
            join.format(first=self._name(first), second=self._name(second)), tuple(cells),
            path=join.format(first=self._path(first), second=self._path(second)), key=(int(first), int(second)),
        )  # fmt: skip

    def _headline(self) -> str:
        size = range(len(self.codes))
        likely = [(n, m) for n in size for m in size if m > n and self.counts[n, m] and not self._is_apart(n, m)]
        if not likely:
            return _("No two codes come together.")
        n, m = max(likely, key=lambda pair: (self.counts[pair], self.likeness[pair]))
        names = self._name(self.codes[n]), self._name(self.codes[m])
        return _("“{first}” and “{second}” come together most.").format(first=names[0], second=names[1])


def _lineages(data: StudyData, codes: Sequence[CodeId]) -> Bools:
    """Which of two codes stands under the other."""
    import numpy as np

    above = [set(data.codes.lineage(code)) - {code} for code in codes]
    found: Bools = np.array([[b in above[n] for b in codes] for n in range(len(codes))], dtype=bool).reshape(
        len(codes), -1
    )
    either: Bools = found | found.T
    return either


def _unit_words(asked: Asked, how: str) -> str:
    turns = int(asked.option("turns", 1))
    if how == "near":
        return ngettext(
            "Pairs of mentions within {n} turn", "Pairs of mentions within {n} turns", turns
        ).format(n=turns)  # fmt: skip
    return {
        "overlap": _("Pairs of mentions that share text"),
        "turn": _("Turns in which both are mentioned"),
        "participant": _("Participants who mention both"),
        "group": _("Groups in which both are mentioned"),
    }[how]


def _notes(data: StudyData, asked: Asked, g: Grid, how: str, unused: int) -> Iterator[str]:
    yield {
        "mentions": _("On the diagonal stand the mentions of each code."),
        "turns": _("On the diagonal stand the turns in which each code is mentioned."),
        "participants": _("On the diagonal stand the participants who mention each code."),
        "groups": _("On the diagonal stand the groups in which each code is mentioned."),
    }[UNITS[how]]
    if asked.branch:
        yield _("Each code is counted with the codes under it, and cannot come together with these: the cell is empty.")
    if how in PAIRED and len(set(g.coder.tolist())) > 1:
        yield _("Mentions of different coders meet too. Choose one coder to see theirs alone.")
    silent = sum(1 for n in set(g.source.tolist()) if not g.spoken[n])
    if how in ("turn", "participant") and silent:
        yield ngettext(
            "In {n} source nobody speaks: its mentions are of no participant and in no turn.",
            "In {n} sources nobody speaks: their mentions are of no participant and in no turn.", silent,
        ).format(n=silent)  # fmt: skip
    if unused:
        yield ngettext(
            "{n} code that nobody mentions is left out.", "{n} codes that nobody mentions are left out.", unused
        ).format(n=unused)  # fmt: skip
