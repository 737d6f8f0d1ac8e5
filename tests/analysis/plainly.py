"""What is counted, a second time and point by point: one plain loop for each sentence of the definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.model.query import Having
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.table import NO_VALUE, QUESTION, UNITS

LENGTH = 60  # of every source that `made_studies.studies` makes
Key = tuple[str, ...]


@dataclass(frozen=True)
class Atom:
    """A code point in somebody's turn, or one where nobody speaks."""

    source: int
    at: int
    turn: int | None
    case: int | None


class Narrow:
    """A study narrowed by looking at every code point."""

    def __init__(self, data: StudyData, where: Sequence[Having], coders: Sequence[str]) -> None:
        self.data, self.where = data, where
        self.ids = {coder.id for coder in data.coders if not coders or coder.name in coders}
        self.aside = {
            case.id for case in data.cases.values()
            if case.role == "participant" and not all(self._has(case.attributes, h) for h in self._of("participant"))
        }  # fmt: skip
        self.sources = [fact.id for fact in data.sources if self._stays(fact.id)]
        self.turns = sorted(p for row in data.turns if row[0] in self.sources for p in self._cut(row, 0))
        self.codings = sorted(
            p for row in data.codings if row[1] in self.sources and row[5] in self.ids for p in self._cut(row, 1)
        )

    def _of(self, about: str) -> list[Having]:
        return [having for having in self.where if having.about == about]

    def _has(self, held: Mapping[str, str], having: Having) -> bool:
        return held.get(having.name, NO_VALUE) in having.values

    def wanted(self, source: int, at: int) -> bool:
        """Whether a code point lies under every question asked for."""
        there = {s[3].casefold() for s in self.data.sections if s[0] == source and s[1] <= at < s[2]}
        return all(there & {v.casefold() for v in h.values} for h in self._of("section"))

    def _cut(self, row: tuple[int, ...], at: int) -> list[tuple[int, ...]]:
        runs: list[list[int]] = []
        for point in range(row[at + 1], row[at + 2]):
            if self.wanted(row[at], point):
                if runs and runs[-1][1] == point:
                    runs[-1][1] = point + 1
                else:
                    runs.append([point, point + 1])
        return [(*row[: at + 1], start, end, *row[at + 3 :]) for start, end in runs]

    def _stays(self, source: int) -> bool:
        (fact,) = (f for f in self.data.sources if f.id == source)
        if not all(self._has(fact.attributes, having) for having in self._of("source")):
            return False
        turns = [t for t in self.data.turns if t[0] == source]
        there = [at for at in range(LENGTH) if self.wanted(source, at)]
        if self._of("section") and not there:
            return False
        if not turns:
            coded = any(
                c[1] == source and c[5] in self.ids and set(there) & set(range(*c[2:4])) for c in self.data.codings
            )
            asked = self._of("participant")
            return (coded or not (asked or self._of("section"))) and all(NO_VALUE in having.values for having in asked)
        counted = {c.id for c in self.data.cases.values() if c.role == "participant"} - self.aside
        speaks = any(t[3] in counted and any(t[1] <= at < t[2] for at in there) for t in turns)
        return speaks or not (self._of("section") or self._of("participant"))


class Plainly:
    """The counts of a study."""

    def __init__(self, data: StudyData, by: Sequence[str], words: Mapping[int, Sequence[int]]) -> None:
        self.data, self.by, self.words = data, by, words
        self.facts = {fact.id: fact for fact in data.sources}
        self.spoken = {turn[0] for turn in data.turns}
        self.speech = [
            Atom(t[0], at, n, t[3]) for n, t in enumerate(data.turns)
            if data.cases[t[3]].role == "participant" for at in range(t[1], t[2])
        ]  # fmt: skip
        self.codings = [c for c in data.codings if self.atoms(*c[1:4])]

    def atoms(self, source: int, start: int, end: int) -> list[Atom]:
        """What counts of a stretch."""
        if source not in self.spoken:
            return [Atom(source, at, None, None) for at in range(start, end)]
        return [a for a in self.speech if a.source == source and start <= a.at < end]

    def key(self, atom: Atom) -> Key:
        """The column in which an atom lies."""
        return tuple(self._value(name, atom) for name in self.by)

    def _value(self, name: str, atom: Atom) -> str:
        if name == QUESTION:
            guide = {q.text.casefold(): q.text for q in self.data.questions}
            titles = [s[3] for s in self.data.sections if s[0] == atom.source and s[1] <= atom.at < s[2]]
            first = {s[3].casefold(): s[3] for s in reversed(self.data.sections)}
            return guide.get(titles[0].casefold(), first[titles[0].casefold()]) if titles else NO_VALUE
        if self.about_sources(name):
            return self.facts[atom.source].attributes.get(name, NO_VALUE)
        return NO_VALUE if atom.case is None else self.data.cases[atom.case].attributes.get(name, NO_VALUE)

    def about_sources(self, name: str) -> bool:
        """Whether an attribute is one of sources."""
        return any(name in fact.attributes for fact in self.data.sources)

    def mentions(self, codes: set[int]) -> list[list[Atom]]:
        """The mentions of some codes taken as one, each as its atoms."""
        found = []
        for coder in (1, 2):
            for source in self.facts:
                merged: list[list[int]] = []
                for _id, _source, start, end, _code, _coder in sorted(
                    (c for c in self.codings if c[1] == source and c[5] == coder and c[4] in codes),
                    key=lambda c: c[2:4],
                ):
                    if merged and start < merged[-1][1]:
                        merged[-1][1] = max(merged[-1][1], end)
                    else:
                        merged.append([start, end])
                found += [self.atoms(source, start, end) for start, end in merged]
        return found

    def count(self, codes: set[int], key: Key | None) -> dict[str, int]:
        """In one column, or in all."""
        mentions = [[a for a in m if key is None or self.key(a) == key] for m in self.mentions(codes)]
        mentions = [m for m in mentions if m]
        groups = {self.facts[m[0].source].group for m in mentions} - {None}
        return {"mentions": len(mentions), "groups": len(groups), **self.said([a for m in mentions for a in m])}

    def said(self, atoms: Sequence[Atom]) -> dict[str, int]:
        """Turns, words and participants among atoms."""
        return {
            "turns": len({a.turn for a in atoms} - {None}),
            "words": len({(a.source, a.at) for a in atoms if a.turn is not None and a.at in self.words[a.source]}),
            "participants": len({a.case for a in atoms} - {None}),
        }

    def base(self, key: Key | None) -> dict[str, int]:
        """The denominators of a column, or of the whole."""
        mentions = sum(self.count({c.id}, key)["mentions"] for c in self.data.codes)
        speech = [a for a in self.speech if key is None or self.key(a) == key]
        if all(name != QUESTION and self.about_sources(name) for name in self.by) or key is None:
            there = {f.id for f in self.data.sources if key is None or self.key(Atom(f.id, 0, None, None)) == key}
        else:
            there = {a.source for a in speech}
            there |= {
                c[1] for c in self.codings
                if c[1] not in self.spoken and any(self.key(a) == key for a in self.atoms(*c[1:4]))
            }  # fmt: skip
        groups = {self.facts[source].group for source in there} - {None}
        return {"mentions": mentions, "groups": len(groups), **self.said(speech)}

    def keys(self) -> set[Key]:
        """The columns in which something is said or coded."""
        return {self.key(a) for a in self.speech} | {self.key(a) for c in self.codings for a in self.atoms(*c[1:4])}


def words_of(starts: Sequence[int], data: StudyData) -> dict[int, list[int]]:
    """The same words in every source."""
    return {fact.id: sorted(set(starts)) for fact in data.sources}


def of(count: object) -> dict[str, int]:
    """A Count by unit."""
    return {unit: getattr(count, unit) for unit in UNITS}
