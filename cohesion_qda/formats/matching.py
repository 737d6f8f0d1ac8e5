"""What the names in a sheet of attributes stand for; and, for those that stand for nothing, what may be meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from cohesion_qda.formats.kinds import READABLE
from cohesion_qda.model.source import ROLES, SOURCE_KINDS, AttributeSheet
from cohesion_qda.model.text import comparable

_MOST_PROPOSALS = 4
_MOST_LOOKED_UP = 500
_LIKE_ENOUGH = 0.5  # of the pairs of letters
_WORTH_A_LOOK = 0.25
_SAME_LETTERS = 0.75  # in the same order
_NUMBERS = re.compile(r"\d+")

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Known(Generic[K]):
    """`names` gives for every name and file name of a source which source it is; `people` for every source and label
    (or name) of a speaker whose label that is.
    """

    names: Mapping[str, K]
    people: Mapping[tuple[K, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name in a sheet that stands for nothing: a source's (`label` is empty), a person's, or, with `value`, a kind
    or role that there is not. `near` are up to four that may be meant, likeliest first; when `is_of_several`, they are
    the sources that have such a person.
    """

    written: str
    label: str = ""
    value: str = ""
    near: tuple[str, ...] = ()
    is_of_several: bool = False

    def __str__(self) -> str:
        return ": ".join(piece for piece in (self.written, self.label, self.value) if piece)

    def taken_for(self, proposal: str) -> dict[tuple[str, str], tuple[str, str]]:
        """What `AttributeSheet.renamed` needs to accept one of `near`; nothing for a value."""
        if self.value:
            return {}
        if self.is_of_several:
            return {(self.written, self.label): (proposal, self.label)}
        key = (self.written, self.label)
        return {key: (self.written, proposal) if self.label else (proposal, "")}


@dataclass(frozen=True, slots=True)
class Matched(Generic[K]):
    """The values of a sheet by what they are about. `kind` and `role` are words of SOURCE_KINDS and ROLES, apart."""

    sources: Mapping[K, Values]
    people: Mapping[tuple[K, str], Values]
    kinds: Mapping[K, str]
    roles: Mapping[tuple[K, str], str]
    unmatched: tuple[Unmatched, ...]


def match(sheet: AttributeSheet, known: Known[K]) -> Matched[K]:
    """Find what every name in the sheet stands for. A person without a source must have a label that only one has."""
    return _Matching(known).run(sheet)


def match_source(name: str, known: Mapping[str, T]) -> T | None:
    """What `name`, as written in a sheet, stands for among `known` (names and file names of sources).

    Tried in turn: the very name; without a file's ending; with case, spacing and underscores folded. None when
    nothing fits, or when what fits stands for different sources.
    """
    return _Names(known).find(name)


def nearest_names(name: str, names: Iterable[str], most: int = _MOST_PROPOSALS) -> tuple[str, ...]:
    """Up to `most` of `names` that somebody who wrote `name` may have meant, likeliest first.

    Numbers are no slips: `Grup 2` may be `Group 2`, and `Group 3` is not.
    """
    wanted, wanted_numbers = _pairs(name), _numbers(name)
    ranked: list[tuple[float, str]] = []
    for other in dict.fromkeys(names):
        pairs, numbers = _pairs(other), _numbers(other)
        if wanted_numbers != numbers and wanted_numbers and numbers:
            continue
        shared = sum((wanted & pairs).values())
        likeness = 2 * shared / max(1, wanted.total() + pairs.total())
        if _WORTH_A_LOOK <= likeness < _LIKE_ENOUGH:
            letters = SequenceMatcher(None, _folded(name), _folded(other)).ratio()
            likeness = _LIKE_ENOUGH if letters >= _SAME_LETTERS else likeness
        if _is_part(name, other):
            likeness = max(likeness, 0.6)
        if likeness >= _LIKE_ENOUGH:
            ranked.append((likeness - (wanted_numbers != numbers), other))
    return tuple(other for _likeness, other in sorted(ranked, key=lambda pair: -pair[0])[:most])


class _Names(Generic[T]):
    """Names by every way in which they may be written."""

    def __init__(self, known: Mapping[str, T]) -> None:
        self._exact = known
        self._by_fold: list[tuple[Callable[[str], str], dict[str, list[T]]]] = []
        for fold in (_without_ending, _folded):
            fitting: dict[str, list[T]] = {}
            for name, value in known.items():
                fitting.setdefault(fold(name), []).append(value)
            self._by_fold.append((fold, fitting))

    def find(self, name: str) -> T | None:
        if name in self._exact:
            return self._exact[name]
        for fold, fitting in self._by_fold:
            found = fitting.get(fold(name), [])
            if found:
                return found[0] if all(value == found[0] for value in found) else None
        return None


class _Matching(Generic[K]):
    def __init__(self, known: Known[K]) -> None:
        self._known = known
        self._names = _Names(known.names)
        self._called: dict[K, str] = {}
        for name, key in known.names.items():
            self._called.setdefault(key, name)
        self._found: dict[str, K | None] = {}
        self._labels: dict[tuple[K, str], str] = {}
        self._of: dict[K, list[str]] = {}
        self._everywhere: dict[str, list[tuple[K, str]]] = {}
        for (source, written), label in known.people.items():
            self._labels.setdefault((source, comparable(written)), label)
            if label not in self._of.setdefault(source, []):
                self._of[source].append(label)
            whose = self._everywhere.setdefault(comparable(written), [])
            if (source, label) not in whose:
                whose.append((source, label))
        self._unmatched: dict[tuple[str, str, str], Unmatched] = {}

    def run(self, sheet: AttributeSheet) -> Matched[K]:
        sources: dict[K, Values] = {}
        kinds: dict[K, str] = {}
        for written, values in sheet.of_sources.items():
            source = self._source(written)
            if source is not None:
                rest, kind = self._apart(values, "kind", as_kind, SOURCE_KINDS, written)
                sources.setdefault(source, {}).update(rest)
                kinds.update({source: kind} if kind else {})
        people: dict[tuple[K, str], Values] = {}
        roles: dict[tuple[K, str], str] = {}
        for (written, label), values in sheet.of_participants.items():
            person = self._person(written, label)
            if person is not None:
                rest, role = self._apart(values, "role", as_role, ROLES, written, label)
                people.setdefault(person, {}).update(rest)
                roles.update({person: role} if role else {})
        return Matched(sources, people, kinds, roles, tuple(self._unmatched.values()))

    def _source(self, written: str) -> K | None:
        if written not in self._found:
            found = self._found[written] = self._names.find(written)
            if found is None:
                near = nearest_names(written, self._known.names, 2 * _MOST_PROPOSALS) if self._may_look_up() else ()
                called = dict.fromkeys(self._called[self._known.names[name]] for name in near)
                self._unmatched[written, "", ""] = Unmatched(written, near=tuple(called)[:_MOST_PROPOSALS])
        return self._found[written]

    def _person(self, written: str, label: str) -> tuple[K, str] | None:
        if not written:
            return self._person_anywhere(label)
        source = self._source(written)
        if source is None:
            return None
        found = self._labels.get((source, comparable(label)))
        if found is None:
            self._miss(written, label, near=self._of.get(source, ()))
            return None
        return source, found

    def _person_anywhere(self, label: str) -> tuple[K, str] | None:
        found = self._everywhere.get(comparable(label), [])
        if len(found) == 1:
            return found[0]
        if found:
            near = tuple(self._called[source] for source, _label in found if source in self._called)
            self._unmatched["", label, ""] = Unmatched("", label, near=near[:_MOST_PROPOSALS], is_of_several=True)
        else:
            self._miss("", label, near=[name for names in self._of.values() for name in names])
        return None

    def _apart(
        self, values: Mapping[str, str], title: str, read: Callable[[str], str], known: Collection[str], *about: str
    ) -> tuple[Values, str]:
        """The values without the one called `title`, and what that says in the program's own words."""
        rest = {name: value for name, value in values.items() if name.casefold() != title}
        written = next((value for name, value in values.items() if name.casefold() == title), "")
        said = read(written)
        if written and not said:
            self._miss(about[0], about[1] if len(about) > 1 else "", f"{title} {written}", known, written)
        return rest, said

    def _miss(self, written: str, label: str = "", value: str = "", near: Iterable[str] = (), of: str = "") -> None:
        wanted = of or label or written
        proposals = nearest_names(wanted, near) if self._may_look_up() else ()
        self._unmatched.setdefault((written, label, value), Unmatched(written, label, value, proposals))

    def _may_look_up(self) -> bool:
        return len(self._unmatched) < _MOST_LOOKED_UP


def as_kind(written: str) -> str:
    """The kind of source that is meant; empty when it is none of SOURCE_KINDS."""
    kind = comparable(written)
    return kind if kind in SOURCE_KINDS else ""


def as_role(written: str) -> str:
    """The role that is meant, a word for a moderator among them; empty when it is none of ROLES."""
    from cohesion_qda.formats.talk.labels import MODERATOR_WORDS

    role = comparable(written)
    return "moderator" if role in MODERATOR_WORDS else role if role in ROLES else ""


def _without_ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return stem if stem and dot and f".{ending.lower()}" in READABLE else name


def _folded(name: str) -> str:
    return comparable(_without_ending(name).replace("_", " "))


@lru_cache(maxsize=20_000)
def _pairs(name: str) -> Counter[str]:
    """How often each pair of neighbouring characters stands in a name, its beginnings and ends included."""
    words = re.sub(r"[\W_]+", " ", _folded(name)).split()
    return Counter(pair for word in words for pair in map("".join, zip(f" {word}", f"{word} ", strict=True)))


@lru_cache(maxsize=20_000)
def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _NUMBERS.findall(_folded(name)) if len(number) < 20)


def _is_part(name: str, other: str) -> bool:
    """Whether all the words of one name are words of the other."""
    some, others = (set(re.sub(r"[\W_]+", " ", _folded(text)).split()) for text in (name, other))
    return bool(some and others) and (some <= others or others <= some)
