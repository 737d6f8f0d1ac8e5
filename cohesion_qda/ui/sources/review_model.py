"""What was read for one import, and what a person says about it, before anything is written. No window, no project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.i18n import _
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft
from cohesion_qda.ui.sources import review_copies, review_like
from cohesion_qda.ui.sources.review_item import PATTERN, Choices, FileRead, Item
from cohesion_qda.ui.sources.review_like import Given, Offer

if TYPE_CHECKING:
    from cohesion_qda.project.matching import Known, Matched, Unmatched


class Review:
    """Everything that was read for one import. Items are in the order of reading, those that could not be read last."""

    def __init__(self, found: Iterable[FileRead | LeftOut]) -> None:
        listed = list(found)
        items = [Item(one) for one in listed if isinstance(one, FileRead)]
        self.items = [item for item in items if item.error is None] + [item for item in items if item.error is not None]
        self.left_out = [one for one in listed if isinstance(one, LeftOut)]
        self.sheet: AttributeSheet | None = None
        self.sheet_path: Path | None = None
        self.in_project: Known | None = None  # the names that are there already
        self._matched: tuple[AttributeSheet, Known, Matched] | None = None  # and what it was found with
        self.guide: list[str] = []
        self.same: set[str] = set()  # labels that are one person wherever they stand
        self.given: Given | None = None  # what some files took over from another last

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
        """How many sources will be added: those of the files that are ticked, but what is here already."""
        return sum(item.new for item in self.items if item.is_ticked)

    @property
    def in_files(self) -> int:
        """How many sources there are in the files that could be read."""
        return sum(len(item.read.drafts) for item in self.items)

    def find_copies(self) -> None:
        """Find what stands in two of the files that are to be imported: the first of them is added."""
        review_copies.find(self.items)

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
        item.trouble = read.error or _missed(item.how, read)
        if item.trouble is None and read.drafts:
            item.read = read
        elif self.given is not None and item in self.given.items:
            self._give_up_on(item, self.given)
        return True

    def _give_up_on(self, item: Item, given: Given) -> None:
        """A file that took over what does not fit it is as it was."""
        if not item.is_settled:
            review_like.take_back(given, item)
            item.how, item.trouble = given.before[item][1], None
            given.misfits.append(item)

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

    def may_take(self, item: Item) -> list[Item]:
        """The files like `item` about which nobody has said anything, and that would change with what was said of it."""
        found = review_like.offers(item) if item.draft is not None else []
        return [
            other for other in (self.like(item) if found else ())
            if not other.is_settled and any(review_like.fits(offer, other, item.how) for offer in found)
        ]  # fmt: skip

    def give(self, item: Item, chosen: Sequence[Offer], others: Collection[Item]) -> dict[Item, HowToRead]:
        """Have `others` take over what was `chosen` of what was said about `item`; gives how some are to be read anew."""
        self.given, anew = review_like.give(chosen, item.how, others)
        return anew

    def take_back(self) -> dict[Item, HowToRead]:
        """Have the files that took something over last as they were; gives how some are to be read anew."""
        given, self.given = self.given, None
        wanted = {item: review_like.take_back(given, item) for item in given.items} if given is not None else {}
        return {item: how for item, how in wanted.items() if how is not None}

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
        return self._together(self.drafts()) if self.same else []

    def _together(self, drafts: Iterable[SourceDraft]) -> list[list[tuple[int, str]]]:
        found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for place, draft in enumerate(drafts):
            for label, role in draft.roles.items():
                if label in self.same:
                    found.setdefault((label, role), []).append((place, label))
        return [places for places in found.values() if len(places) > 1]

    def use_sheet(self, path: Path, sheet: AttributeSheet) -> None:
        """Take attribute values from a sheet."""
        self.sheet, self.sheet_path = sheet, path
        self.left_out = [notice for notice in self.left_out if notice.path != path]

    def know(self, known: Known) -> None:
        """Hear by which names a sheet may speak of what the project has already."""
        self.in_project = known

    def known(self) -> Known:
        """By what names a sheet may speak of what is to be added, and of what the project has already."""
        from cohesion_qda.project.matching import NOTHING, with_drafts

        drafts, twins = [], []
        for item in self.items:
            if item.is_ticked:
                roles = {speaker.name: speaker.role for speaker in item.speakers()}
                for place, draft in enumerate(item.read.drafts):
                    called = dict.fromkeys(map(item.called, draft.roles))
                    drafts.append(replace(draft, roles={name: roles[name] for name in called}))
                    twins.append(item.known_as(place))
        return with_drafts(self.in_project or NOTHING, drafts, twins, self._together(drafts))

    def matched(self) -> Matched | None:
        """What the sheet says of whom. It is matched again when it or the names have changed."""
        from cohesion_qda.project.matching import match

        if self.sheet is None:
            return None
        known = self.known()
        if self._matched is None or self._matched[:2] != (self.sheet, known):
            self._matched = self.sheet, known, match(self.sheet, known)
        return self._matched[2]

    def unmatched(self) -> tuple[Unmatched, ...]:
        """The names in the sheet that stand for nothing here."""
        found = self.matched()
        return found.unmatched if found is not None else ()

    def would_set(self) -> tuple[int, int]:
        """How many sources and people have values in the sheet that will be set: where nobody has looked at the sheet,
        only those that are new.
        """
        found = self.matched()
        if found is None or self.sheet is None:
            return 0, 0
        every = self.sheet.is_reviewed
        sources = found.sources.keys() | found.kinds.keys()
        people = found.people.keys() | found.roles.keys()
        return sum(1 for one in sources if every or one < 0), sum(1 for one in people if every or one < 0)

    @property
    def keeps_known(self) -> bool:
        """Whether the sheet has values for what the project has already, and nobody has looked at it: they are not set."""
        found = self.matched()
        if found is None or self.sheet is None or self.sheet.is_reviewed:
            return False
        return any(one > 0 for each in (found.sources, found.kinds, found.people, found.roles) for one in each)


def _missed(how: HowToRead, read: FileRead) -> CannotReadSource | None:
    """What is wrong with a pattern that no turn begins like."""
    if how.convention != PATTERN or any(draft.turns for draft in read.drafts):
        return None
    return CannotReadSource(
        read.path, _("Nothing in the file begins like “{pattern}”.").format(pattern=how.pattern),
        _("Look in the preview how a turn begins, and write that with NAME in place of who speaks."),
    )  # fmt: skip
