"""Reading one transcript, in this process."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import one_line, read_bytes, shown
from cohesion_qda.formats.folders import unreadable
from cohesion_qda.formats.kinds import kind_of
from cohesion_qda.formats.magic import refuse_disguised
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft
from cohesion_qda.model.text import canonical


def read_here(path: Path, how: HowToRead = AS_FOUND) -> tuple[SourceDraft, ...]:
    """What one file holds: one draft, or one for each respondent or question of a survey. Raises CannotReadSource.

    The reader is given the bytes, and of the path only a name that can be shown.
    """
    kind = kind_of(path)
    if kind is None:
        raise unreadable(path)
    data = read_bytes(path, kind.limit)
    name = Path(shown(path.name))
    try:
        refuse_disguised(name, data)
        found = kind.reader()(name, data, how)
    except CannotReadSource as error:
        error.path = path
        raise
    drafts = (segment(found, _name(path), how),) if isinstance(found, RawDocument) else found
    file_name, sha256 = one_line(path.name), hashlib.sha256(data).hexdigest()
    return tuple(
        replace(draft, path=path, file_name=file_name, file_sha256=sha256, format=kind.words, how=how)
        for draft in drafts
    )


def _name(path: Path) -> str:
    """The file's name without its ending, made fit to be shown on one line."""
    return " ".join(canonical(one_line(path.stem)).split()) or _("Untitled")
