"""Counting once more, in plain Python: from the lines of the long form, and for what they are out of from a plain list of turns.

Nothing here imports anything of the program. A definition is written here as the guide has it, not as the program does it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

UNITS = ("mentions", "turns", "words", "participants", "groups")


@dataclass(frozen=True)
class Turn:
    """`words` are where the words of the turn begin."""

    source: str
    start: int
    end: int
    person: int
    is_participant: bool
    words: tuple[int, ...]


@dataclass(frozen=True)
class Mention:
    source: str
    start: int
    end: int
    lines: tuple[int, ...]  # numbers of lines of the long form


class PlainStudy:
    """`lines` are the long form's, by the names of its columns. `sources` gives the attributes and the group ("": none) of every
    source, `people` the attributes of every participant by number, `sections` (start, end, title) by source.
    """

    def __init__(self, lines, turns, sources, people, sections) -> None:
        self.lines = [line for line in lines if line["Counted"]]
        self.turns = [turn for turn in turns if turn.is_participant and turn.start < turn.end]
        self.turns_of = defaultdict(list)
        for turn in self.turns:
            self.turns_of[turn.source].append(turn)
        self.sources, self.people, self.sections = sources, people, sections
        self._mentions_of: dict[str, list[Mention]] = {}
        self.codes = list(dict.fromkeys(line["Code"] for line in lines))

    # -- what is counted -----------------------------------------------------------------------------------------------

    def mentions(self, codes) -> list[Mention]:
        """Codings of these codes, taken as one; those of one coder that share text are one."""
        stretches = defaultdict(list)
        for n, line in enumerate(self.lines):
            if line["Code"] in codes:
                stretches[line["Coder"], line["Source"]].append((line["Start"], line["End"], n))
        found = []
        for (_coder, source), own in stretches.items():
            start, end, numbers = None, -1, []
            for a, b, n in sorted(own):
                if start is not None and a < end:
                    end = max(end, b)
                    numbers.append(n)
                    continue
                if start is not None:
                    found.append(Mention(source, start, end, tuple(numbers)))
                start, end, numbers = a, b, [n]
            found.append(Mention(source, start, end, tuple(numbers)))
        return found

    def columns_of_line(self, line, by) -> set[str]:
        """In which columns what this participant says of this coding lies."""
        if not by:
            return {""}
        if by == "question asked":
            return {title.replace("(no question)", "") for title in line["Question asked"].split(" | ")}
        return {line[by]}

    def columns_of_turn(self, turn, by) -> dict[str, list[tuple[int, int]]]:
        """What of a turn lies in which column."""
        if not by:
            return {"": [(turn.start, turn.end)]}
        if by != "question asked":
            known = self.sources[turn.source][0] if self.is_of_sources(by) else self.people[turn.person]
            return {known.get(by, ""): [(turn.start, turn.end)]}
        found, at = defaultdict(list), turn.start
        for start, end, title in sorted(self.sections.get(turn.source, ())):
            if start < turn.end and turn.start < end:
                if at < start:
                    found[""].append((at, start))
                found[title].append((max(start, turn.start), min(end, turn.end)))
                at = min(end, turn.end)
        if at < turn.end:
            found[""].append((at, turn.end))
        return found

    def is_of_sources(self, by) -> bool:
        return any(by in attributes for attributes, _group in self.sources.values())

    def count(self, codes, by="") -> dict[str, dict[str, int]]:
        """By unit and column; the column None is everything, nothing counted twice."""
        found = {unit: defaultdict(set) for unit in UNITS}
        for number, mention in enumerate(self.mentions(codes)):
            for n in mention.lines:
                line = self.lines[n]
                for column in (*self.columns_of_line(line, by), None):
                    found["mentions"][column].add(number)
                    if line["Participant ID"] is not None:
                        found["participants"][column].add(line["Participant ID"])
                    if line["Group"]:
                        found["groups"][column].add(line["Group"])
            for turn in self.turns_of[mention.source]:
                if turn.start < mention.end and mention.start < turn.end:
                    self._said(found, turn, mention, by)
        return {unit: {column: len(things) for column, things in of.items()} for unit, of in found.items()}

    def _said(self, found, turn, mention, by) -> None:
        for column, pieces in self.columns_of_turn(turn, by).items():
            shared = [(max(a, mention.start), min(b, mention.end)) for a, b in pieces]
            shared = [(a, b) for a, b in shared if a < b]
            words = {(turn.source, w) for w in turn.words if any(a <= w < b for a, b in shared)}
            for place in (column, None):
                if shared:
                    found["turns"][place].add(turn)
                found["words"][place] |= words

    # -- what it is out of ---------------------------------------------------------------------------------------------

    def out_of(self, by="") -> dict[str, dict[str, int]]:
        found = {unit: defaultdict(set) for unit in UNITS}
        for turn in self.turns:
            for column, pieces in self.columns_of_turn(turn, by).items():
                for place in (column, None):
                    found["turns"][place].add(turn)
                    found["participants"][place].add(turn.person)
                    found["words"][place] |= {
                        (turn.source, w) for w in turn.words if any(a <= w < b for a, b in pieces)
                    }
                    if self.sources[turn.source][1]:
                        found["groups"][place].add(self.sources[turn.source][1])
        counts = {unit: {column: len(things) for column, things in of.items()} for unit, of in found.items()}
        counts["mentions"] = defaultdict(int)
        for code in self.codes:
            for column, n in self.count({code}, by)["mentions"].items():
                counts["mentions"][column] += n
        return counts

    def _kept(self, code) -> list[Mention]:
        self._mentions_of[code] = self.mentions({code})
        return self._mentions_of[code]

    # -- other tables --------------------------------------------------------------------------------------------------

    def together(self, one, other) -> int:
        """Pairs of mentions that share text; of a code and itself, its mentions."""
        first, second = (self._mentions_of.get(code) or self._kept(code) for code in (one, other))
        if one == other:
            return len(first)
        return sum(
            1 for a in first for b in second
            if a.source == b.source and a.start < b.end and b.start < a.end
        )  # fmt: skip

    def talk(self, source) -> dict[int, tuple[int, int, float]]:
        """Turns, words and share of the words of everybody in a source."""
        turns, words = defaultdict(int), defaultdict(int)
        for turn in self.turns:
            if turn.source == source:
                turns[turn.person] += 1
                words[turn.person] += len(turn.words)
        return {person: (turns[person], words[person], words[person] / sum(words.values())) for person in turns}
