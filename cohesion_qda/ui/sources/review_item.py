"""One file that was read, and what a person says about it. Plain values: no window, no project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import AS_FOUND, Alike, HowToRead, SourceDraft
from cohesion_qda.model.text import comparable
from cohesion_qda.project.findings import Said, said_in

Read = SourceDraft | CannotReadSource
SPEECH = "speech"  # said of a label instead of a role: it is none
PATTERN = "pattern"
LONG = 20  # letters of a turn that tell one conversation from another


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has said about one file beside how it is to be read. It outlives every reading of the file.

    `called` gives for a label as it was read what it is to be called; labels that are called the same are one person.
    `roles` are by what people are called; `different` are pairs of labels that are two people, `agreed` pairs that the
    reader was right to join; `attributes` are values instead of those in the file, empty for one that is not wanted;
    `of_one` are values of one of several sources in the file, by its name.
    """

    kind: str = ""
    called: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    different: frozenset[tuple[str, str]] = frozenset()
    agreed: frozenset[tuple[str, str]] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    of_one: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks in a file. `share` is theirs of all words spoken in it, `writings` the labels they have."""

    name: str
    role: str
    turns: int
    words: int
    share: float
    writings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of reading one file: drafts and what is said in them, or the reason. `prints` are what its turns are
    compared by.
    """

    path: Path
    drafts: tuple[SourceDraft, ...] = ()
    said: Said = field(default_factory=Said)
    prints: frozenset[int] = frozenset()
    error: CannotReadSource | None = None


def files_of(found: Iterable[Read]) -> list[FileRead | LeftOut]:
    """What readers found, file by file, counted; notices of what was left out stay what they are.

    Takes a moment for many long transcripts: not for the window's thread.
    """
    made: list[FileRead | LeftOut] = []
    drafts: dict[Path, list[SourceDraft]] = {}
    for item in found:
        if isinstance(item, LeftOut):
            made.append(item)
        elif isinstance(item, CannotReadSource):
            made.append(FileRead(item.path, error=item))
        else:
            path = item.path or Path(item.file_name or item.name)
            if path not in drafts:
                made.append(FileRead(path))
            drafts.setdefault(path, []).append(item)
    return [
        FileRead(one.path, tuple(drafts[one.path]), said_in(drafts[one.path]), _prints(drafts[one.path]))
        if isinstance(one, FileRead) and one.error is None else one
        for one in made
    ]  # fmt: skip


def _prints(drafts: Sequence[SourceDraft]) -> frozenset[int]:
    """What participants say in a file with one source, whatever marks stand in it; a moderator asks the same of many."""
    if len(drafts) != 1:
        return frozenset()
    (draft,) = drafts
    answers = (turn for turn in draft.turns if draft.roles.get(turn.label) != "moderator")
    said = (turn.span.of(draft.text).casefold() for turn in answers)
    return frozenset(hash(bare) for bare in (re.sub(r"\W+", "", words) for words in said) if len(bare) >= LONG)


class Item:
    """One file under review: what was read of it last, and what a person says about it."""

    def __init__(self, read: FileRead) -> None:
        self.path = read.path
        self.read = read
        self.first_form = read.drafts[0].form if read.drafts else ""
        self.choices = Choices()
        self.how: HowToRead = read.drafts[0].how if read.drafts else AS_FOUND  # as it is wanted
        self.trouble: CannotReadSource | None = None  # why it could not be read in the wanted way
        self.number = 0  # of the last reading that was asked for
        self.is_waiting = False
        self.twins: tuple[str, ...] = ()  # for each of `drafts` the source that the project has for it, or nothing
        self.copies: tuple[str, ...] = ()  # for each of `drafts` the file before it in which the same is, or nothing
        self.much_as = ""  # the file before it in which most of the same is said
        self.taken_over = self.choices, self.how  # what was not said about this very file
        self._ticked = read.error is None

    @property
    def error(self) -> CannotReadSource | None:
        """Why it could not be read at all."""
        return self.read.error

    @property
    def draft(self) -> SourceDraft | None:
        """The first of what was read; None for a file that could not be read."""
        return self.read.drafts[0] if self.read.drafts else None

    @property
    def file_name(self) -> str:
        """Its name, fit for one line."""
        return (self.draft.file_name or self.draft.name) if self.draft is not None else one_line(self.path.name)

    @property
    def is_ticked(self) -> bool:
        """Whether it is to be imported."""
        return self._ticked and self.error is None

    @is_ticked.setter
    def is_ticked(self, on: bool) -> None:
        self._ticked = on

    @property
    def kind(self) -> str:
        """The kind of source it is taken for."""
        return self.choices.kind or (self.draft.kind if self.draft is not None else "")

    @property
    def turns(self) -> int:
        return sum(len(draft.turns) for draft in self.read.drafts)

    @property
    def here_already(self) -> list[str]:
        """The sources of the project that are what was read of it; they are not added again."""
        return [twin for twin in self.twins if twin]

    @property
    def new(self) -> int:
        """How many of its sources are neither in the project already nor in a file before it."""
        n = len(self.read.drafts)
        return sum(1 for place in range(n) if not self.known_as(place))

    def known_as(self, place: int) -> str:
        """What one of its sources is in the project already, or else the file before it in which the same is."""
        return next((names[place] for names in (self.twins, self.copies) if place < len(names) and names[place]), "")

    @property
    def is_settled(self) -> bool:
        """Whether a person has said something about this very file."""
        return (self.choices, self.how) != self.taken_over

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader noticed, each once."""
        return tuple(dict.fromkeys(warning for draft in self.read.drafts for warning in draft.warnings))

    @property
    def attributes(self) -> dict[str, str]:
        """The values of the first source in the file, as the person wants them."""
        return self.values_of(0) if self.read.drafts else {}

    def values_of(self, place: int) -> dict[str, str]:
        """The values of one of the sources in the file, as the person wants them."""
        draft = self.read.drafts[place]
        found = {**draft.attributes, **self.choices.attributes, **self.choices.of_one.get(draft.name, {})}
        return {name: value for name, value in found.items() if value}

    # -- who speaks ----------------------------------------------------------------------------------------------------

    def called(self, label: str) -> str:
        """What a label is to be called."""
        return self.choices.called.get(label, label)

    def speakers(self) -> list[Speaker]:
        """Everybody who speaks, in the order in which they first do."""
        writings: dict[str, list[str]] = {}
        for label in self.read.said.by:
            writings.setdefault(self.called(label), []).append(label)
        return [
            Speaker(
                found.label, self.choices.roles.get(found.label, found.role), found.turns, found.words, found.share,
                tuple(writings[found.label]),
            )
            for found in self.read.said.speakers(self.choices.called)
        ]  # fmt: skip

    # -- what is to be decided -----------------------------------------------------------------------------------------

    @property
    def proposals(self) -> list[Alike]:
        """Labels that may be one person's, or were read as one person's, and nobody has said whether they are."""
        return [
            pair for pair in self._pairs()
            if _pair(pair) not in self.choices.different | self.choices.agreed
            and (pair.is_joined or self.called(pair.label) != self.called(pair.into))
        ]  # fmt: skip

    @property
    def joined(self) -> list[Alike]:
        """Labels that are read as another because the person agreed, or said so."""
        found = [pair for pair in self._pairs() if pair.is_joined and _pair(pair) in self.choices.agreed]
        writings = {pair.label for pair in found}
        for speaker in self.speakers():
            found.extend(
                Alike(label, speaker.name, "")
                for label in speaker.writings
                if len(speaker.writings) > 1 and label != speaker.name and label not in writings
            )
        return found

    @property
    def doubtful(self) -> list[str]:
        """Labels that were left in the speech, and nobody has said whether they are speakers."""
        found = dict.fromkeys(label for draft in self.read.drafts for label in draft.doubtful)
        return [label for label in found if label not in self.how.speech | self.how.speakers]

    def _pairs(self) -> list[Alike]:
        return list(dict.fromkeys(pair for draft in self.read.drafts for pair in draft.alike)) + self._typed_alike()

    def _typed_alike(self) -> list[Alike]:
        """Names that were typed, and differ from another's only in case or spaces."""
        typed = set(self.choices.called.values())
        names = dict.fromkeys(map(self.called, self.read.said.by)) if typed else {}
        found: list[Alike] = []
        first: dict[str, str] = {}
        for name in sorted(names, key=lambda name: name in typed):
            other = first.setdefault(comparable(name), name)
            if other != name:
                found.append(Alike(name, other, _("Only capitals or spaces differ")))
        return found

    @property
    def is_encoding_doubtful(self) -> bool:
        """Whether somebody should say which encoding the file has."""
        return self.draft is not None and not self.draft.encoding_is_sure and not self.how.encoding

    @property
    def reasons(self) -> int:
        """How many things there are to look at."""
        if self.error is not None:
            return 0
        n = len(self.proposals) + len(self.doubtful) + len(self.warnings)
        return n + self.is_encoding_doubtful + (self.trouble is not None) + bool(self.much_as)

    @property
    def needs_a_look(self) -> bool:
        """Whether there is something to look at, and nobody has said that it is right."""
        return self.reasons > 0 and not self.choices.is_right

    # -- what a person says --------------------------------------------------------------------------------------------

    def set_kind(self, kind: str) -> None:
        """Take it as another kind of source."""
        self.choices = replace(self.choices, kind=kind)

    def set_role(self, name: str, role: str) -> None:
        """Say what somebody is."""
        self.choices = replace(self.choices, roles={**self.choices.roles, name: role})

    def rename(self, name: str, new: str) -> None:
        """Call somebody something else: a name that another has joins the two. An empty one changes nothing."""
        new = " ".join(new.split())
        speaker = next((speaker for speaker in self.speakers() if speaker.name == name), None)
        if not new or new == name or speaker is None:
            return
        taken = any(other.name == new for other in self.speakers())
        called = {**self.choices.called, **dict.fromkeys(speaker.writings, new)}
        roles = dict(self.choices.roles)
        if not taken:
            roles[new] = speaker.role
        called = {label: to for label, to in called.items() if label != to}
        self.choices = replace(self.choices, called=called, roles=roles)

    def join(self, pair: Alike) -> None:
        """Say that two labels are one person's."""
        if pair.is_joined:
            self.choices = replace(self.choices, agreed=self.choices.agreed | {_pair(pair)})
        else:
            self.rename(self.called(pair.label), self.called(pair.into))

    def tell_apart(self, pair: Alike) -> None:
        """Say that two labels are two people. Those that the reader has joined must also be read anew (`how_apart`), and
        keep the role that they had as one.
        """
        if pair.is_joined:
            role = next((one.role for one in self.speakers() if one.name == self.called(pair.into)), "")
            if role and pair.label not in self.choices.roles:
                self.set_role(pair.label, role)
        self.choices = replace(
            self.choices, different=self.choices.different | {_pair(pair)}, agreed=self.choices.agreed - {_pair(pair)}
        )

    def ask_again(self, label: str) -> None:
        """Take back that a label is somebody else's than those it looks like."""
        different = frozenset(pair for pair in self.choices.different if label not in pair)
        self.choices = replace(self.choices, different=different)

    def take_out(self, label: str) -> None:
        """Take a label that was joined by the person out again."""
        self.choices = replace(
            self.choices, called={old: new for old, new in self.choices.called.items() if old != label}
        )

    def set_attribute(self, name: str, value: str) -> None:
        """Give it a value, where it holds several sources each of them; an empty one takes it away."""
        name, value = " ".join(name.split()), value.strip()
        if not name or (len(self.read.drafts) == 1 and value == self.attributes.get(name, "")):
            return
        of_one = {source: _without(values, name) for source, values in self.choices.of_one.items()}
        self.choices = replace(
            self.choices, attributes={**self.choices.attributes, name: value},
            of_one={source: values for source, values in of_one.items() if values},
        )  # fmt: skip

    def set_attribute_of(self, place: int, name: str, value: str) -> None:
        """Give one of the sources in it a value; an empty one takes it away."""
        if len(self.read.drafts) == 1:
            self.set_attribute(name, value)
            return
        name, value, source = " ".join(name.split()), value.strip(), self.read.drafts[place].name
        if name and value != self.values_of(place).get(name, ""):
            values = {**self.choices.of_one.get(source, {}), name: value}
            self.choices = replace(self.choices, of_one={**self.choices.of_one, source: values})

    def forget_attribute(self, name: str, source: str = "") -> None:
        """Take back what was said of a value of all its sources, or of the one called `source`."""
        if not source:
            self.choices = replace(self.choices, attributes=_without(self.choices.attributes, name))
            return
        values = _without(self.choices.of_one.get(source, {}), name)
        rest = {other: known for other, known in self.choices.of_one.items() if other != source}
        self.choices = replace(self.choices, of_one={**rest, source: values} if values else rest)

    def set_right(self, on: bool = True) -> None:
        """Say that it was looked at, and is right."""
        self.choices = replace(self.choices, is_right=on)

    def how_with(self, label: str, role: str) -> HowToRead:
        """How it is to be read so that `label` is SPEECH, or somebody who speaks."""
        if role == SPEECH:
            return self.how_without((label,))
        how = self.how
        speakers = how.speakers if label in how.speech else how.speakers | {label}
        return replace(how, speakers=speakers, speech=how.speech - {label})

    def how_without(self, labels: Iterable[str]) -> HowToRead:
        """How it is to be read so that none of `labels` is a speaker. One that a person had named is found out again."""
        some = frozenset(labels)
        how = self.how
        return replace(how, speech=how.speech | (some - how.speakers), speakers=how.speakers - some)

    def how_apart(self, label: str, *, on: bool = True) -> HowToRead:
        """How it is to be read so that `label` is not taken for another; or, not `on`, as the reader finds."""
        apart = self.how.apart | {label} if on else self.how.apart - {label}
        return replace(self.how, apart=apart)

    # -- what is to be added -------------------------------------------------------------------------------------------

    def drafts(self) -> list[SourceDraft]:
        """The sources in the file as the person wants them."""
        roles = {speaker.name: speaker.role for speaker in self.speakers()}
        return [self._as_wanted(place, roles) for place in range(len(self.read.drafts))]

    def _as_wanted(self, place: int, roles: Mapping[str, str]) -> SourceDraft:
        draft = self.read.drafts[place]
        turns = tuple(replace(turn, label=self.called(turn.label)) for turn in draft.turns)
        return replace(
            draft, turns=turns, kind=self.choices.kind or draft.kind, attributes=self.values_of(place),
            roles={label: roles[label] for label in dict.fromkeys(turn.label for turn in turns)},
        )  # fmt: skip


def one_line(name: str) -> str:
    """A file's name without what would break or turn the line it is shown on."""
    from cohesion_qda.formats.files import one_line as shown

    return shown(name)


def _without(values: Mapping[str, str], name: str) -> dict[str, str]:
    return {known: value for known, value in values.items() if known != name}


def _pair(pair: Alike) -> tuple[str, str]:
    one, other = sorted((pair.label, pair.into))
    return one, other
