"""A codebook that is about to be added, held against the one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cohesion_qda.model.codebook import CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import comparable

Path = tuple[str, ...]
TEXTS = ("definition", "use_when", "not_when", "example")
COMPARED = ("colour", *TEXTS, "direction")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A code of a file, and what it meets. `path` are the names from the root down to it; `code` is the one that stands in
    that place already, or None; `differs` names what the file says of it in other words. What a file does not say is no
    difference.
    """

    path: Path
    draft: CodeDraft
    code: CodeId | None = None
    differs: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.code is None


def incoming(tree: CodeTree, drafts: Iterable[CodeDraft]) -> list[Incoming]:
    """Every code of `drafts`, depth first, each before those under it; names meet whatever their case and spacing."""
    return list(_meet(tree, drafts, None, (), at_root=True))


def _meet(
    tree: CodeTree, drafts: Iterable[CodeDraft], parent: CodeId | None, above: Path, *, at_root: bool = False
) -> Iterator[Incoming]:
    there = {comparable(c.name): c for c in tree.children(parent)} if at_root or parent is not None else {}
    for draft in drafts:
        path, code = (*above, draft.name), there.get(comparable(draft.name))
        if code is None:
            yield Incoming(path, draft)
        else:
            differs = (field for field in COMPARED if getattr(draft, field) not in ("", getattr(code, field)))
            yield Incoming(path, draft, code.id, tuple(differs))
        yield from _meet(tree, draft.children, code.id if code else None, path)
