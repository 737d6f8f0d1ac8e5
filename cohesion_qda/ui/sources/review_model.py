"""What was read for one import, and what a person says about it, before anything is written. No window, no project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import LeftOut
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import AS_FOUND, AttributeSheet, HowToRead, SourceDraft
from cohesion_qda.ui.sources.review_item import Choices, FileRead, Item

if TYPE_CHECKING:
    from cohesion_qda.formats.matching import Known, Unmatched


class Review:
    """Everything that was read for one import. Items are in the order of reading, those that could not be read last."""

    def __init__(self, found: Iterable[FileRead | LeftOut]) -> None:
        listed = list(found)
        items = [Item(one) for one in listed if isinstance(one, FileRead)]
        self.items = [item for item in items if item.error is None] + [item for item in items if item.error is not None]
        self.left_out = [one for one in listed if isinstance(one, LeftOut)]
        self.sheet: AttributeSheet | None = None
        self.sheet_path: Path | None = None
        self.in_project: Known[SourceId] | None = None  # the names that are there already
        self.guide: list[str] = []
        self.same: set[str] = set()  # labels that are one person wherever they stand

    @property
    def looks(self) -> list[Item]:
        """The files that need a look."""
        return [item for item in self.items if item.needs_a_look]

    @property
    def errors(self) -> list[Item]:
        """The files that could not be read."""
        return [item for item in self.items if item.error is not None]

    @property
    def sources(self) -> int:
        """How many sources are to be imported."""
        return sum(len(item.read.drafts) for item in self.items if item.is_ticked)

    @property
    def is_touched(self) -> bool:
        """Whether a person has said anything that would be lost."""
        said = any(item.choices != Choices() or item.how != AS_FOUND for item in self.items)
        return said or bool(self.guide) or bool(self.same)

    def next_look(self, after: Item) -> Item | None:
        """The next file that needs a look, after one, from the beginning again at the end."""
        at = self.items.index(after) + 1
        return next((item for item in (*self.items[at:], *self.items[:at]) if item.needs_a_look), None)

    def drafts(self) -> list[SourceDraft]:
        """What is to be added."""
        return [draft for item in self.items if item.is_ticked for draft in item.drafts()]

    @property
    def is_waiting(self) -> bool:
        """Whether a file is being read again."""
        return any(item.is_waiting for item in self.items)

    # -- reading again -------------------------------------------------------------------------------------------------

    def ask(self, item: Item, how: HowToRead) -> int:
        """Want a file read in another way. Gives the number that the answer must come with."""
        item.how, item.number, item.is_waiting = how, item.number + 1, True
        return item.number

    def answer(self, item: Item, number: int, read: FileRead) -> bool:
        """Take what came of reading a file again, unless it was asked for anew since. What could not be read leaves
        the file as it was, with the trouble.
        """
        if number != item.number:
            return False
        item.is_waiting = False
        item.trouble = read.error
        if read.error is None and read.drafts:
            item.read = read
        return True

    def give_up(self) -> list[Item]:
        """Wait for no answer any more; gives the files that were waited for."""
        waiting = [item for item in self.items if item.is_waiting]
        for item in waiting:
            item.is_waiting, item.number = False, item.number + 1
            item.how = item.read.drafts[0].how
        return waiting

    def like(self, item: Item) -> list[Item]:
        """The other files that were recognised in the same way."""
        if item.draft is None:
            return []
        return [
            other for other in self.items
            if other is not item and other.draft is not None and other.first_form == item.first_form
            and other.draft.format == item.draft.format
        ]  # fmt: skip

    def apply_to_like(self, item: Item) -> dict[int, HowToRead]:
        """Have the files like `item` be of its kind, with its roles for the same names; gives by their place in
        `items` how those are to be read that were read in another way.
        """
        wanted: dict[int, HowToRead] = {}
        roles = {speaker.name: speaker.role for speaker in item.speakers()}
        for other in self.like(item):
            if item.choices.kind:
                other.set_kind(item.choices.kind)
            for speaker in other.speakers():
                if speaker.name in item.choices.roles and speaker.role != roles.get(speaker.name, speaker.role):
                    other.set_role(speaker.name, roles[speaker.name])
            how = replace(other.how, convention=item.how.convention, pattern=item.how.pattern)
            if item.how.encoding and not other.draft.encoding_is_sure:
                how = replace(how, encoding=item.how.encoding)
            if how != other.how:
                wanted[self.items.index(other)] = how
        return wanted

    # -- the same people, the sheet ------------------------------------------------------------------------------------

    def shared(self) -> dict[str, list[Item]]:
        """Names of participants that speak in several of the files that are to be imported."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            if item.is_ticked:
                for speaker in item.speakers():
                    if speaker.role != "observer":
                        found.setdefault(speaker.name, []).append(item)
        return {name: items for name, items in found.items() if len(items) > 1}

    def together(self) -> list[list[tuple[int, str]]]:
        """(place in `drafts()`, label) of the labels that are one person, with one role, in several sources."""
        found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for place, draft in enumerate(self.drafts() if self.same else ()):
            for label, role in draft.roles.items():
                if label in self.same:
                    found.setdefault((label, role), []).append((place, label))
        return [places for places in found.values() if len(places) > 1]

    def use_sheet(self, path: Path, sheet: AttributeSheet) -> None:
        """Take attribute values from a sheet."""
        self.sheet, self.sheet_path = sheet, path
        self.left_out = [notice for notice in self.left_out if notice.path != path]

    def know(self, known: Known[SourceId], twins: Iterable[str]) -> None:
        """Hear what the project has already: its names, and for each file that was read the source with its words."""
        self.in_project = known
        for item, twin in zip((item for item in self.items if item.draft is not None), twins, strict=True):
            item.twin = twin

    def known(self) -> Known[int]:
        """The names that a sheet is matched against: a source is its place in `drafts()`, or, where the project has it
        already, its id below 0.
        """
        from cohesion_qda.formats.matching import Known

        drafts = [(item, draft) for item in self.items if item.is_ticked for draft in item.read.drafts]
        files = Counter(draft.file_name for _item, draft in drafts)
        names = {draft.file_name: n for n, (_item, draft) in enumerate(drafts) if files[draft.file_name] == 1}
        names |= {draft.name: n for n, (_item, draft) in enumerate(drafts)}
        labels = ((n, item.called(label)) for n, (item, draft) in enumerate(drafts) for label in draft.roles)
        people = {(n, label): label for n, label in labels}
        if self.in_project is not None:
            names = {name: -source for name, source in self.in_project.names.items()} | names
            people |= {(-source, written): label for (source, written), label in self.in_project.people.items()}
        return Known(names, people)

    def unmatched(self) -> tuple[Unmatched, ...]:
        """The names in the sheet that stand for nothing here."""
        from cohesion_qda.formats.matching import match

        return match(self.sheet, self.known()).unmatched if self.sheet is not None else ()
