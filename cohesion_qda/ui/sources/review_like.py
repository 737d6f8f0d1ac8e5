"""What was said about one file, used for others that were recognised like it. No window, no project."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import HowToRead
from cohesion_qda.ui.sources.review_item import Choices, Item
from cohesion_qda.ui.sources.words import form_name, kind_name, role_name

KIND, FORM, ENCODING = "kind", "form", "encoding"


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that was said about a file: KIND, FORM, ENCODING, or the role of `name`."""

    about: str
    words: str
    name: str = ""
    value: str = ""


class Given:
    """What was given to some files, and how they were before. `misfits` are those that could not be read so."""

    def __init__(self, offers: Sequence[Offer], items: Iterable[Item]) -> None:
        self.offers = offers
        self.before: dict[Item, tuple[Choices, HowToRead]] = {item: (item.choices, item.how) for item in items}
        self.misfits: list[Item] = []

    @property
    def items(self) -> list[Item]:
        """The files that have it."""
        return [item for item in self.before if item not in self.misfits]


def offers(item: Item) -> list[Offer]:
    """What a person has said about a file that may hold for others too."""
    found, how = [], item.how
    if item.choices.kind:
        words = _("Kind of source: {kind}").format(kind=kind_name(item.choices.kind))
        found.append(Offer(KIND, words, value=item.choices.kind))
    if how.convention or how.pattern:
        named = _("a turn begins with “{pattern}”").format(pattern=how.pattern)
        words = named if how.pattern else form_name(how.convention)
        found.append(Offer(FORM, _("Speakers: {way}").format(way=words)))
    if how.encoding:
        found.append(Offer(ENCODING, _("Encoding: {name}").format(name=how.encoding), value=how.encoding))
    read = {one.label: one.role for one in item.read.said.speakers(item.choices.called)}
    for speaker in item.speakers():
        if speaker.name in item.choices.roles and speaker.role != read.get(speaker.name):
            words = _("Role of {name}: {role}").format(name=speaker.name, role=role_name(speaker.role))
            found.append(Offer("role", words, speaker.name, speaker.role))
    return found


def fits(offer: Offer, item: Item, wanted: HowToRead) -> bool:
    """Whether it would change anything about a file. `wanted` is how the file that it comes from is read."""
    if offer.about == KIND:
        return item.kind != offer.value
    if offer.about == FORM:
        return (item.how.convention, item.how.pattern) != (wanted.convention, wanted.pattern)
    if offer.about == ENCODING:
        return item.draft is not None and not item.draft.encoding_is_sure and item.how.encoding != offer.value
    return any(one.name == offer.name and one.role != offer.value for one in item.speakers())


def give(chosen: Sequence[Offer], wanted: HowToRead, items: Collection[Item]) -> tuple[Given, dict[Item, HowToRead]]:
    """Give what fits to files; and how those are to be read that are read in another way now."""
    given, anew = Given(chosen, items), {}
    for item in items:
        how = item.how
        for offer in chosen:
            if not fits(offer, item, wanted):
                continue
            if offer.about == KIND:
                item.set_kind(offer.value)
            elif offer.about == FORM:
                how = replace(how, convention=wanted.convention, pattern=wanted.pattern)
            elif offer.about == ENCODING:
                how = replace(how, encoding=offer.value)
            else:
                item.set_role(offer.name, offer.value)
        if how != item.how:
            anew[item] = how
        item.taken_over = item.choices, how
    return given, anew


def take_back(given: Given, item: Item) -> HowToRead | None:
    """Have a file as it was before it was given something; gives how it is to be read again, if it is.

    What a person has said about it since stays.
    """
    choices, how = given.before[item]
    if item.is_settled:
        return None
    item.choices = choices
    item.taken_over = choices, how
    return how if how != item.how else None
