"""What counting and suggesting need, read from the store in one go."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from cohesion_qda.model.case import Case, Coder
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.model.text import Span
from cohesion_qda.model.wording import PLAIN, Wording


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """A source without its text. `length` is in code points; `words` counts speech."""

    id: SourceId
    name: str
    kind: str
    group: CaseId | None
    length: int
    words: int
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class StudyData:
    """`turns` are (source, start, end, case) sorted by source and start; `codings` are
    (coding, source, start, end, code, coder) sorted by source, start and end; `sections` are (source, start, end, title)
    of every stretch that answers something, sorted by source and start, and `questions` the guide. Positions are code points.
    `types` gives for every (about, attribute), with values or not, the type that somebody has said, or nothing.

    Of a study that was narrowed to some people or questions `whole` is what it was before; where `is_cut`, turns and
    codings are pieces of those there, as far as they lie in the sections.
    """

    sources: tuple[SourceFacts, ...]
    cases: Mapping[CaseId, Case]
    codes: CodeTree
    coders: tuple[Coder, ...]
    turns: tuple[tuple[int, int, int, int], ...]
    codings: tuple[tuple[int, int, int, int, int, int], ...]
    sections: tuple[tuple[int, int, int, str], ...] = ()
    questions: tuple[GuideQuestion, ...] = ()
    types: Mapping[tuple[str, str], str] = field(default_factory=dict)
    whole: StudyData | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """The words of one turn (or, where nobody speaks, one paragraph), for the language tools."""

    source: SourceId
    span: Span
    case: CaseId | None
    role: str
    text: str


@dataclass(frozen=True)
class About:
    """What the sources and the participants of a study are: what talk can be grouped by."""

    sources: tuple[SourceFacts, ...]
    cases: Mapping[CaseId, Case]

    @cached_property
    def stamp(self) -> str:
        """Another one as soon as a value, a name or a group of any of them is another."""
        from hashlib import sha256

        made = sha256()
        for fact in self.sources:
            made.update(f"{fact.id} {fact.kind} {fact.group} {sorted(fact.attributes.items())}\n".encode())
        for case in self.cases.values():
            made.update(f"{case.id} {case.kind} {case.name} {sorted(case.attributes.items())}\n".encode())
        return made.hexdigest()


@dataclass(frozen=True)
class Talk:
    """All the speech of the study in order, with the sources and cases it belongs to, and the researcher's say about words.

    `contents` gives of each source the hash of its text and `texts` the whole text of each hash; both may be empty, where the
    talk was made of words alone.
    """

    utterances: Sequence[Utterance]
    sources: tuple[SourceFacts, ...]
    cases: Mapping[CaseId, Case]
    contents: Mapping[SourceId, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    wording: Wording = PLAIN

    @cached_property
    def about(self) -> About:
        """What its sources and participants are. Their attributes are not in `stamp`: who asks by them says how they are now."""
        return About(self.sources, self.cases)

    @cached_property
    def stamp(self) -> str:
        """Another one as soon as anything of the talk is another: texts, turns, who speaks, names, roles, groups, wording."""
        from hashlib import sha256

        made = sha256()
        for u in self.utterances:
            place = f"{u.source} {u.span.start} {u.span.end} {u.case} {u.role}\n"
            made.update(place.encode() if u.source in self.contents else f"{place}{u.text}\n".encode())
        for fact in self.sources:
            made.update(f"{fact.id} {fact.kind} {fact.group} {self.contents.get(fact.id)}\n".encode())
        for case in self.cases.values():
            made.update(f"{case.id} {case.kind} {case.role} {case.name}\n".encode())
        made.update(repr(self.wording).encode())
        return made.hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        """How a talk travels to another process: its turns as one row of numbers, and no words twice. Of 10,000 turns that takes a
        fifth of the time, which is the window's.
        """
        if any(self.contents.get(u.source) not in self.texts for u in self.utterances):
            return Talk, tuple(getattr(self, field.name) for field in fields(self))
        roles = sorted({u.role for u in self.utterances})
        number = {role: n for n, role in enumerate(roles)}
        turns = array("q")
        for u in self.utterances:
            turns.extend((u.source, u.span.start, u.span.end, 0 if u.case is None else u.case, number[u.role]))
        return _unpacked, (turns.tobytes(), roles, self.sources, self.cases, self.contents, self.texts, self.wording)


def _unpacked(
    turns: bytes, roles: list[str], sources: tuple[SourceFacts, ...], cases: Mapping[CaseId, Case],
    contents: Mapping[SourceId, str], texts: Mapping[str, str], wording: Wording,
) -> Talk:  # fmt: skip
    rows = iter(array("q", turns))
    utterances = []
    for source, start, end, case, role in zip(rows, rows, rows, rows, rows, strict=True):
        span, id_ = Span(start, end), SourceId(source)
        utterances.append(
            Utterance(id_, span, CaseId(case) if case else None, roles[role], span.of(texts[contents[id_]]))
        )
    return Talk(tuple(utterances), sources, cases, contents, texts, wording)
