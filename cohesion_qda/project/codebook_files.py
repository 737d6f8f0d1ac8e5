"""The codebook and files: reading one, adding it, and writing it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import COLOURS, CodeDraft
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.incoming import Incoming, incoming
from cohesion_qda.model.incoming import Path as CodePath
from cohesion_qda.project.session import Session
from cohesion_qda.store import codes

if TYPE_CHECKING:
    from cohesion_qda.formats.codebook import CodebookFile


def read(codebook: str | Path) -> CodebookFile:
    """The built-in codebook `cohesion`, an `empty` one, or that of a file (.json, .csv, .xlsx, .qdc), with what was left out
    of it. Raises CannotReadSource or NotFound.
    """
    from cohesion_qda.formats.codebook import CodebookFile, open_codebook, read_builtin

    if codebook in ("empty", "cohesion"):
        return CodebookFile(tuple(read_builtin(str(codebook))))
    return open_codebook(Path(codebook))


def write(session: Session, path: Path) -> None:
    """Write the codebook as .json, .csv, .xlsx or .qdc, by the ending. Raises CannotWrite."""
    from cohesion_qda.formats.codebook import write_codebook

    tree = codes.tree(session.db)
    made = uuid.uuid5(uuid.NAMESPACE_OID, f"cohesion-qda|{codes.project_made(session.db)}")
    write_codebook(path, tree, guid=lambda code: str(uuid.uuid5(made, f"code {code}")))


def add(session: Session, drafts: Sequence[CodeDraft], chosen: Collection[CodePath] | None = None) -> tuple[int, int]:
    """Add codes that were read, inside an action under way. Gives how many are new, and how many were changed.

    `chosen` are the paths of what to take: new codes (each with all above it), and codes that are there and take over what
    the file says of them. When it is None, all that is new is taken and what is there stays.
    """
    found = incoming(codes.tree(session.db), drafts)
    taken = {each.path for each in found if each.is_new} if chosen is None else set(chosen)
    return _Adding(session, taken).go(found)


class _Adding:
    """Codes on their way into the codebook."""

    def __init__(self, session: Session, chosen: set[CodePath]) -> None:
        self._s, self._chosen = session, chosen
        tree = codes.tree(session.db)
        self._taken = {code.key for code in tree if code.key}
        self._beside: dict[CodeId | None, list[str]] = {}
        for code in tree:
            self._beside.setdefault(code.parent, []).append(code.colour)
        self._places: dict[CodePath, CodeId | None] = {(): None}

    def go(self, found: Sequence[Incoming]) -> tuple[int, int]:
        new = changed = 0
        for each in found:
            if each.code is not None:
                self._places[each.path] = each.code
                changed += each.path in self._chosen and self._change(each.code, each)
            elif each.path in self._chosen:
                if each.path[:-1] not in self._places:
                    raise BadInput(
                        _("“{name}” stands under a code that is not taken.").format(name=each.path[-1]),
                        _("Take the one above it too, or leave both."),
                    )
                self._places[each.path] = self._add(each)
                new += 1
        return new, changed

    def _change(self, code: CodeId, each: Incoming) -> bool:
        codes.update(self._s.db, code, **{name: getattr(each.draft, name) for name in each.differs})
        return bool(each.differs)

    def _add(self, each: Incoming) -> CodeId:
        draft, parent = each.draft, self._places[each.path[:-1]]
        colours = self._beside.setdefault(parent, [])
        colours.append(draft.colour or least_used(colours))
        values: dict[str, Any] = {
            name: getattr(draft, name) for name in ("definition", "use_when", "not_when", "example")
        }
        key = "" if draft.key in self._taken else draft.key
        self._taken.add(key)
        return codes.add(
            self._s.db, draft.name, parent=parent, colour=colours[-1], key=key, is_aside=int(draft.is_aside),
            direction=draft.direction,
            is_question=draft.is_question and parent is None, **values,
        )  # fmt: skip


def least_used(colours: Sequence[str]) -> str:
    """The colour that the codes beside it use least."""
    return min(COLOURS, key=lambda colour: (colours.count(colour), COLOURS.index(colour)))
