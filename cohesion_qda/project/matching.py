"""What the names in a sheet of attributes stand for; and, for those that stand for nothing, what may be meant."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import ROLES, SOURCE_KINDS, SourceDraft
from cohesion_qda.model.text import comparable
from cohesion_qda.project.nearest import MOST, Nearest

T = TypeVar("T")
Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """By what names a sheet may speak of sources and people. These are their ids; what is only about to be added has
    numbers below nought.

    `names` gives for a name which source it is, `people` for a source and a label (or name) of a speaker which person,
    `files` for a file's name all sources that it holds.
    """

    names: Mapping[str, int]
    people: Mapping[tuple[int, str], int] = field(default_factory=dict)
    files: Mapping[str, Sequence[int]] = field(default_factory=dict)


NOTHING = Known({})


def with_drafts(
    known: Known,
    drafts: Iterable[SourceDraft],
    twins: Sequence[str] = (),
    together: Iterable[Sequence[tuple[int, str]]] = (),
) -> Known:
    """What will be known once `drafts` are added. Those with a twin are not: `twins` gives for each the name of the source
    that the project has for it. `together` are labels that are one person, as (place in `drafts`, label).
    """
    from cohesion_qda.store.sources import unused_name

    names, people = dict(known.names), dict(known.people)
    files = {file: list(held) for file, held in known.files.items()}
    taken = {name.casefold() for name in names}
    joined = {pair: same[0] for same in together for pair in same}
    numbers: dict[tuple[int, str], int] = {}
    for place, draft in enumerate(drafts):
        if twins and twins[place]:
            continue
        source, name = -1 - place, unused_name(taken, draft.name)
        names[name] = source
        taken.add(name.casefold())
        if draft.file_name:
            files.setdefault(draft.file_name, []).append(source)
        for label in draft.roles:
            person = joined.get((place, label), (place, label))
            people[source, label] = numbers.setdefault(person, -1 - len(numbers))
    return Known(names, people, files)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Something in a sheet that is not taken: a name that stands for nothing, a source's (`label` is empty) or a
    person's; or, of a name that is known, the `value` of the column `title`, because there is no such kind or role, or
    because another row about the same says `instead`.

    `near` are up to four names that may be meant, likeliest first; when `is_of_several`, the sources that have such a person.
    """

    written: str
    label: str = ""
    title: str = ""
    value: str = ""
    instead: str = ""
    near: tuple[str, ...] = ()
    is_of_several: bool = False

    def __str__(self) -> str:
        return ": ".join(piece for piece in (self.about, f"{self.title} {self.value}".strip()) if piece)

    @property
    def about(self) -> str:
        """The name, as it is written in the sheet."""
        return ": ".join(piece for piece in (self.written, self.label) if piece)

    @property
    def said(self) -> str:
        """The same as a sentence."""
        if self.instead:
            said = _("The sheet gives “{name}” two values for {title}: “{first}” and “{second}”. The first is taken.")
            return said.format(name=self.about, title=self.title, first=self.instead, second=self.value)
        if self.value:
            said = _("The sheet says of “{name}”: {title} “{value}”. There is no such {title}, so it was not taken.")
            return said.format(name=self.about, title=self.title, value=self.value)
        if self.is_of_several:
            said = _("The sheet names “{name}”, and there is one in each of these: {sources}. Say which in the sheet.")
            return said.format(name=self.about, sources=", ".join(self.near))
        return _("The sheet names “{name}”, which no source or speaker answers to.").format(name=self.about)

    def taken_for(self, proposal: str) -> dict[tuple[str, str], tuple[str, str]]:
        """What `AttributeSheet.renamed` needs to accept one of `near`; nothing for a value."""
        if self.value:
            return {}
        if self.is_of_several:
            return {(self.written, self.label): (proposal, self.label)}
        key = (self.written, self.label)
        return {key: (self.written, proposal) if self.label else (proposal, "")}


@dataclass(frozen=True, slots=True)
class Matched:
    """The values of a sheet by the number of the source or person. `kind` and `role` are words of SOURCE_KINDS and
    ROLES, apart. The `unmatched` have no proposals yet (see `Names.proposed`).
    """

    sources: Mapping[int, Values]
    people: Mapping[int, Values]
    kinds: Mapping[int, str]
    roles: Mapping[int, str]
    unmatched: tuple[Unmatched, ...]

    def of(self, sources: Container[int], people: Container[int]) -> Matched:
        """What of it is about these."""
        return Matched(
            _those(self.sources, sources), _those(self.people, people), _those(self.kinds, sources),
            _those(self.roles, people), self.unmatched,
        )  # fmt: skip


class Names:
    """`known` by every way in which a name may be written: the very name; without a file's ending; with case, spacing
    and underscores folded. Making one takes a moment for thousands of names; what is asked of it then does not.
    """

    def __init__(self, known: Known) -> None:
        self._exact = {file: held[0] for file, held in known.files.items() if len(held) == 1} | dict(known.names)
        self._by_fold: list[tuple[Callable[[str], str], dict[str, set[int]]]] = []
        for fold in (_without_ending, _folded):
            fitting: dict[str, set[int]] = {}
            for name, source in self._exact.items():
                fitting.setdefault(fold(name), set()).add(source)
            self._by_fold.append((fold, fitting))
        self._called: dict[int, str] = {}
        of_several = {source for held in known.files.values() if len(held) > 1 for source in held}
        survey_last = sorted(known.names.items(), key=lambda pair: pair[1] in of_several)
        for name, source in survey_last:
            self._called.setdefault(source, name)
        self._labels: dict[tuple[int, str], int] = {}
        self._of: dict[int | None, dict[str, int]] = {None: {}}  # whose each writing is, in a source and in all
        self._first: dict[int | None, dict[int, str]] = {None: {}}  # how each person is written there first
        self._everywhere: dict[str, dict[int, int]] = {}  # by name, a source for every person who has it
        for (source, written), person in known.people.items():
            self._labels.setdefault((source, comparable(written)), person)
            self._of.setdefault(source, {})[written] = self._of[None][written] = person
            for where in (source, None):
                self._first.setdefault(where, {}).setdefault(person, written)
            self._everywhere.setdefault(comparable(written), {}).setdefault(person, source)
        self._nearest: dict[object, Nearest] = {}

    def source(self, written: str) -> int | None:
        """The source that is meant; None when nothing fits, or when what fits stands for several."""
        if written in self._exact:
            return self._exact[written]
        for fold, fitting in self._by_fold:
            found = fitting.get(fold(written))
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def people(self, written: str, label: str) -> list[int]:
        """The persons who may be meant: those of that name in the source, or in all when none is `written`."""
        if not written:
            return list(self._everywhere.get(comparable(label), ()))
        source = self.source(written)
        found = None if source is None else self._labels.get((source, comparable(label)))
        return [] if found is None else [found]

    def match(self, sheet: AttributeSheet) -> Matched:
        """Find what every name in the sheet stands for. A person without a source must have a name that only one has.
        Of two values for one thing the first is taken.
        """
        return _Matching(self, sheet).matched

    def proposed(self, unmatched: Iterable[Unmatched]) -> tuple[Unmatched, ...]:
        """The same with what may be meant."""
        return tuple(replace(miss, near=self._near(miss)) for miss in unmatched)

    def others(self, miss: Unmatched) -> Iterable[str]:
        """All names that may be chosen for one that stands for nothing, each source or person once."""
        if miss.is_of_several or miss.value:
            return ()
        found = self._first.get(self._where(miss), {}) if miss.label else self._called
        return dict.fromkeys(found.values())

    def sources_of(self, label: str) -> tuple[str, ...]:
        """The names of sources, one for each person of that name."""
        found = self._everywhere.get(comparable(label), {}).values()
        return tuple(self._called[source] for source in found if source in self._called)

    def _near(self, miss: Unmatched) -> tuple[str, ...]:
        if miss.is_of_several:
            return miss.near
        if miss.value:
            choices = {"kind": SOURCE_KINDS, "role": ROLES}.get(comparable(miss.title), ())
            return () if miss.instead else Nearest(choices).to(miss.value)
        if not miss.label:
            near = self._index("", self._exact).to(miss.written, 2 * MOST)
            return tuple(self._called[source] for source in _one_each(near, self._exact))[:MOST]
        where = self._where(miss)
        within = self._of.get(where, {})
        near = self._index(where, within).to(miss.label, 2 * MOST)
        return tuple(_one_each(near, within).values())[:MOST]

    def _where(self, miss: Unmatched) -> int | None:
        """The source that a person is looked for in; None for all."""
        return self.source(miss.written) if miss.written else None

    def _index(self, key: object, names: Iterable[str]) -> Nearest:
        if key not in self._nearest:
            self._nearest[key] = Nearest(names, _folded)
        return self._nearest[key]


def match(sheet: AttributeSheet, known: Known) -> Matched:
    """As `Names.match`, for once."""
    return Names(known).match(sheet)


class _Matching:
    def __init__(self, names: Names, sheet: AttributeSheet) -> None:
        self._names = names
        self._unmatched: dict[tuple[str, str, str, str], Unmatched] = {}
        sources: dict[int, Values] = {}
        people: dict[int, Values] = {}
        for written, values in sheet.of_sources.items():
            source = self._source(written)
            if source is not None:
                self._take(sources.setdefault(source, {}), values, "kind", as_kind, written)
        for (written, label), values in sheet.of_participants.items():
            person = self._person(written, label)
            if person is not None:
                self._take(people.setdefault(person, {}), values, "role", as_role, written, label)
        kinds, roles = _taken_out(sources, "kind"), _taken_out(people, "role")
        self.matched = Matched(sources, people, kinds, roles, tuple(self._unmatched.values()))

    def _source(self, written: str) -> int | None:
        found = self._names.source(written)
        if found is None:
            self._miss(Unmatched(written))
        return found

    def _person(self, written: str, label: str) -> int | None:
        if written and self._source(written) is None:
            return None
        found = self._names.people(written, label)
        if len(found) == 1:
            return found[0]
        near = self._names.sources_of(label)[:MOST] if found else ()
        self._miss(Unmatched(written, label, near=near, is_of_several=bool(found)))
        return None

    def _take(
        self,
        known: Values,
        given: Mapping[str, str],
        own: str,
        read: Callable[[str], str],
        written: str,
        label: str = "",
    ) -> None:
        """Take values for what was found, that of the column `own` in the program's words."""
        titles = {comparable(title): title for title in known}
        for title, value in given.items():
            is_own = comparable(title) == own
            meant = read(value) if is_own else value
            if value and not meant:
                self._miss(Unmatched(written, label, title, value))
            elif meant:
                there = titles.setdefault(comparable(title), own if is_own else title)
                if comparable(known.setdefault(there, meant)) != comparable(meant):
                    self._miss(Unmatched(written, label, title, value, instead=known[there]))

    def _miss(self, miss: Unmatched) -> None:
        self._unmatched.setdefault((miss.written, miss.label, miss.title, miss.value), miss)


def _one_each(names: Iterable[str], of: Mapping[str, int]) -> dict[int, str]:
    """The first of `names` for each source or person."""
    found: dict[int, str] = {}
    for name in names:
        found.setdefault(of[name], name)
    return found


def _those(found: Mapping[int, T], wanted: Container[int]) -> dict[int, T]:
    return {number: value for number, value in found.items() if number in wanted}


def _taken_out(found: Mapping[int, Values], title: str) -> dict[int, str]:
    return {number: values.pop(title) for number, values in found.items() if title in values}


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
    from cohesion_qda.formats.kinds import READABLE

    stem, dot, ending = name.rpartition(".")
    return stem if stem and dot and f".{ending.lower()}" in READABLE else name


def _folded(name: str) -> str:
    return comparable(_without_ending(name).replace("_", " "))
