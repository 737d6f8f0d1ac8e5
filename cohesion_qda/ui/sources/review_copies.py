"""What stands in two of the files of one import: the very same, or most of the same words in another format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cohesion_qda.ui.sources.review_item import Item

FEWEST = 5  # different turns that a conversation must have to be compared
MOST = 0.6  # of the turns of the shorter one that both must have


def find(items: Sequence[Item]) -> None:
    """Tell each file what of it stands in one before it. Those that are not ticked count for nothing."""
    _find_same(items)
    _find_like(items)


def _find_same(items: Sequence[Item]) -> None:
    """As the project does when they are added: the same file, or the same text and speakers."""
    files: dict[str, str] = {}
    texts: dict[str, list[tuple[frozenset[str], str, str]]] = {}
    for item in items:
        copies = []
        for draft in item.read.drafts if item.is_ticked else ():
            labels = frozenset(item.called(turn.label) for turn in draft.turns)
            found = "" if draft.shares_file or not draft.file_sha256 else files.get(draft.file_sha256, "")
            for others, name, sha256 in texts.get(draft.text, ()):
                is_sure = not draft.shares_file or len(labels) > 1 or sha256 == draft.file_sha256
                if not found and is_sure and others == labels:
                    found = name
            copies.append(found)
            if not found:
                files.setdefault(draft.file_sha256, item.file_name)
                texts.setdefault(draft.text, []).append((labels, item.file_name, draft.file_sha256))
        item.copies = tuple(copies)


def _find_like(items: Sequence[Item]) -> None:
    """Files in which most of the same is said: one conversation that was saved in two formats."""
    said_in: dict[int, list[Item]] = {}
    for item in items:
        item.much_as = ""
        prints = item.read.prints
        if not item.is_ticked or not item.new or len(prints) < FEWEST:
            continue
        shared = Counter(other for one in prints for other in said_in.get(one, ()))
        for other, n in shared.most_common(1):
            if n >= MOST * min(len(prints), len(other.read.prints)):
                item.much_as = other.file_name
        for one in prints:
            said_in.setdefault(one, []).append(item)
