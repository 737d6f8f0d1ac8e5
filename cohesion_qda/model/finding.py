"""What a search looks in, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.text import Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look; what is left empty does not narrow. All that is given must hold.

    `cases` are who speaks, `only_participants` leaves out what moderators and observers say. `attribute` is (source or
    participant, name, value). A hit counts for `code` where a coding with it (with `branch`, or with a code under it; of
    `coder` alone, where one is named) overlaps it, and for `question` where it begins in a section with that title.
    """

    sources: frozenset[SourceId] = frozenset()
    cases: frozenset[CaseId] = frozenset()
    only_participants: bool = False
    attribute: tuple[str, str, str] | None = None
    code: CodeId | None = None
    branch: bool = True
    coder: str | None = None
    question: str = ""

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing narrows it; a coder alone does not."""
        return not (
            self.sources or self.cases or self.only_participants or self.attribute or self.code or self.question
        )


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where it was said: what stands before and after it in its line, who says it and in which turn (0: nobody)."""

    source: SourceId
    source_name: str
    span: Span
    before: str
    hit: str
    after: str
    speaker: str
    turn: int
    case: CaseId | None
    role: str


@dataclass(frozen=True, slots=True, order=True)
class Rest:
    """From where to go on: after `line` in the `source`th of the sources that are looked through."""

    source: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class HitPage:
    """Some hits, by the names of the sources and by position; `rest` is from where the others follow, None after the last.

    `lines` is in how many lines there are any, where that can be said at once (a count of everything is `Tally`). `forms`
    are (word, its forms that are in the texts) of each word that was looked for in all its forms.
    """

    hits: tuple[Hit, ...] = ()
    rest: Rest | None = None
    lines: int | None = None
    forms: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How often and how widely it was said, as far as was counted: whole when `rest` is None. `lines` are the turns (or
    their paragraphs) that hold a hit; participants and groups are counted once each, moderators and observers not among
    them, beside how many there are in the scope.
    """

    hits: int = 0
    lines: int = 0
    people: frozenset[int] = frozenset()
    grouped: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    all_people: int = 0
    all_groups: int = 0
    all_sources: int = 0
    rest: Rest | None = Rest()

    @property
    def is_whole(self) -> bool:
        return self.rest is None

    def plus(self, other: Tally) -> Tally:
        """Together with what was counted in other lines of the same scope."""
        return replace(
            self,
            hits=self.hits + other.hits,
            lines=self.lines + other.lines,
            people=self.people | other.people,
            grouped=self.grouped | other.grouped,
            sources=self.sources | other.sources,
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """A passage that could be coded: `span`, which `words` are in it, and the first of the `hits` it was found by.
    It is `already` coded so where the coder has used the code on it, or on more; `by_others` where no participant says it
    (but a moderator, an observer or nobody) in a source that has speakers.
    """

    hit: Hit
    span: Span
    words: str
    hits: int = 1
    already: bool = False
    by_others: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an auto-coding would code, as far as was looked: whole when `rest` is None. It is `cut` where there are more than
    are shown; `all_people` is how many participants speak in the scope.
    """

    proposed: tuple[Proposed, ...] = ()
    all_people: int = 0
    cut: bool = False
    rest: Rest | None = None

    @property
    def hits(self) -> int:
        """By how many hits they were found."""
        return sum(one.hits for one in self.proposed)
