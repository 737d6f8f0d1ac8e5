"""Codes, and the tree they form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import comparable

COLOURS = ("navy", "teal", "plum", "orange", "charcoal", "lilac",
           "sky", "leaf", "ochre", "rose", "brick", "indigo")  # fmt: skip
SHAPES = ("circle", "diamond", "triangle", "square", "star", "pentagon")
KEYS = (*"1234567890", *(f"Shift+{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
SEPARATOR = "/"
FOR, AGAINST = "for", "against"
DIRECTIONS = ("", FOR, AGAINST)
"""Which way what is said with a code points: neither, to cohesion, away from it. A code without one has that of the code above it."""


@dataclass(frozen=True, slots=True)
class Code:
    """An idea that passages are coded with. `key` is one of KEYS, which applies it, or empty. A code that `is_aside` keeps its
    passages and is counted, but not offered for coding. `direction` is its own, one of DIRECTIONS.
    """

    id: CodeId
    parent: CodeId | None
    name: str
    colour: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    is_question: bool = False
    position: int = 0
    key: str = ""
    is_aside: bool = False
    direction: str = ""


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code of a codebook file, with those under it."""

    name: str
    colour: str = ""
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    is_question: bool = False
    key: str = ""
    children: tuple[CodeDraft, ...] = ()
    is_aside: bool = False
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a code and those under it hold, and what would go with them: how many codes stand under it, codings by
    everybody, memos (about the codes and about their codings), themes that are built on them, summaries of cases on them,
    disagreements about them that were settled, and passages that were chosen for the report to quote.
    """

    under: int = 0
    codings: int = 0
    memos: int = 0
    themes: int = 0
    summaries: int = 0
    settlements: int = 0
    quotes: int = 0


class CodeTree:
    """The codebook: codes in the order they are shown, roots first, each before those under it."""

    def __init__(self, codes: Iterable[Code] = ()) -> None:
        self._by_id = {code.id: code for code in codes}
        self._children: dict[CodeId | None, list[CodeId]] = {}
        for code in sorted(self._by_id.values(), key=lambda c: (c.position, c.id)):
            parent = code.parent if code.parent in self._by_id else None
            self._children.setdefault(parent, []).append(code.id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Code]:
        """Every code, depth first."""
        stack = list(reversed(self._children.get(None, [])))
        while stack:
            code_id = stack.pop()
            yield self._by_id[code_id]
            stack.extend(reversed(self._children.get(code_id, [])))

    def __contains__(self, code: object) -> bool:
        return code in self._by_id

    def __getitem__(self, code: CodeId) -> Code:
        return self._by_id[code]

    def children(self, code: CodeId | None = None) -> list[Code]:
        """The codes directly under `code`, or the roots."""
        return [self._by_id[child] for child in self._children.get(code, [])]

    def branch(self, code: CodeId) -> list[CodeId]:
        """`code` and every code under it."""
        found, stack = [], [code]
        while stack:
            found.append(stack.pop())
            stack.extend(reversed(self._children.get(found[-1], [])))
        return found

    def lineage(self, code: CodeId) -> list[CodeId]:
        """The codes from the root down to `code`, itself included."""
        up: list[CodeId] = []
        at: CodeId | None = code
        while at is not None and at in self._by_id and at not in up:
            up.append(at)
            at = self._by_id[at].parent
        return up[::-1]

    def depth(self, code: CodeId) -> int:
        """0 for a root."""
        return len(self.lineage(code)) - 1

    def path(self, code: CodeId) -> str:
        """`What divides/Politics/Austerity and cuts`."""
        return SEPARATOR.join(self._by_id[c].name for c in self.lineage(code))

    def root(self, code: CodeId) -> Code:
        """The top-level code that `code` stands under (a question, where there are questions)."""
        return self._by_id[self.lineage(code)[0]]

    def shape(self, code: CodeId) -> str:
        """The shape that tells the question; a project without questions uses the circle alone."""
        questions = [c.id for c in self.children() if c.is_question]
        root = self.root(code).id
        return SHAPES[questions.index(root) % len(SHAPES)] if root in questions else SHAPES[0]

    def is_aside(self, code: CodeId) -> bool:
        """Whether a code, or one that it stands under, is set aside."""
        return any(self._by_id[step].is_aside for step in self.lineage(code))

    def direction(self, code: CodeId) -> str:
        """Which way a code points: its own direction, or that of the nearest code above it that has one."""
        return next((own for step in reversed(self.lineage(code)) if (own := self._by_id[step].direction)), "")

    def offered(self) -> list[Code]:
        """The codes that are offered for coding: those that are not aside, nor under one that is."""
        found: list[Code] = []
        aside: set[CodeId | None] = set()
        for code in self:
            if code.is_aside or code.parent in aside:
                aside.add(code.id)
            else:
                found.append(code)
        return found

    def find(self, path: str) -> Code | None:
        """The code at `path`, or the only code with that name; case and spacing do not matter."""
        wanted = comparable(path)
        exact = [c for c in self if comparable(self.path(c.id)) == wanted]
        named = exact or [c for c in self if comparable(c.name) == wanted]
        return named[0] if len(named) == 1 else None

    def get(self, path: str) -> Code:
        """As `find`; raises NotFound with the nearest paths."""
        code = self.find(path)
        if code is None:
            raise NotFound(_("code"), path, [self.path(c.id) for c in self])
        return code
