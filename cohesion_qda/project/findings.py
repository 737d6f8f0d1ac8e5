"""What was found in files that are not added yet, in numbers: the one count of who says how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cohesion_qda.model.source import SourceDraft


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """A label, its proposed role, how many turns and words it has, and its share (0 to 1) of all that is said."""

    label: str
    role: str
    turns: int
    words: int
    share: float


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in some drafts: (turns, words) and the role by label, in the order in which they begin. `words` are
    all that are counted: those of turns, or of the whole text where nobody speaks.
    """

    by: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    words: int = 0

    def speakers(self, called: Mapping[str, str] | None = None) -> list[SpeakerFound]:
        """Everybody who speaks. Labels that are `called` the same are one, with the role of the one that is called so
        already, or else of the first.
        """
        called = called or {}
        sums: dict[str, tuple[int, int]] = {}
        roles: dict[str, str] = {}
        for label, (turns, words) in self.by.items():
            name = called.get(label, label)
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + turns, before[1] + words)
            if name == label or name not in roles:
                roles[name] = self.roles.get(label, "participant")
        spoken = max(1, sum(words for _turns, words in sums.values()))
        return [SpeakerFound(name, roles[name], n, words, words / spoken) for name, (n, words) in sums.items()]


def said_in(drafts: Iterable[SourceDraft]) -> Said:
    """Count what is said in drafts. Takes a moment for many long transcripts."""
    by: dict[str, tuple[int, int]] = {}
    roles: dict[str, str] = {}
    whole = 0
    for draft in drafts:
        counts = draft.words_of_turns()
        whole += sum(counts)
        roles.update(draft.roles)
        for turn, n in zip(draft.turns, counts[: len(draft.turns)], strict=True):
            turns, words = by.get(turn.label, (0, 0))
            by[turn.label] = (turns + 1, words + n)
    return Said(by, roles, whole)


def same_before(drafts: Sequence[SourceDraft], twins: Sequence[str] = ()) -> list[SourceDraft | None]:
    """For each draft the one before it that is the same, so that only that one is added, as `store.sources.twin` will
    judge it then; None for one that is new, or that has a twin in the project, as `twins` may say of each.
    """
    of_file: dict[str, SourceDraft] = {}
    of_text: dict[str, list[SourceDraft]] = {}
    found: list[SourceDraft | None] = []
    for place, draft in enumerate(drafts):
        if twins and twins[place]:
            found.append(None)
            continue
        same = None if draft.shares_file or not draft.file_sha256 else of_file.get(draft.file_sha256)
        labels = {turn.label for turn in draft.turns}
        for other in of_text.get(draft.text, ()) if same is None else ():
            is_sure = not draft.shares_file or len(labels) > 1 or other.file_sha256 == draft.file_sha256
            if is_sure and labels == {turn.label for turn in other.turns}:
                same = other
                break
        found.append(same)
        if same is None:
            of_file.setdefault(draft.file_sha256, draft)
            of_text.setdefault(draft.text, []).append(draft)
    return found


def speakers_found(draft: SourceDraft) -> list[SpeakerFound]:
    """Who speaks in a draft, in the order in which they begin."""
    return said_in([draft]).speakers()


def words_found(draft: SourceDraft) -> int:
    """The words that are counted: those of turns, or of the whole text where nobody speaks."""
    return said_in([draft]).words
