"""Reading transcripts, one or a folder of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.formats.files import natural, read_bytes
from cohesion_qda.formats.kinds import READABLE, kind_of
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.talk.labels import words
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import AS_FOUND, HowToRead, SourceDraft
from cohesion_qda.model.text import canonical

SHEETS = (".csv", ".xlsx")
_ABOUT_THE_FOLDER = words("readme license licence changelog contributing")


def read_source(path: Path, how: HowToRead = AS_FOUND) -> SourceDraft:
    """Read one transcript, in this process: its text, turns, speakers and roles. Raises CannotReadSource."""
    drafts = read_here(Path(path), how)
    return drafts[0]


def read_here(path: Path, how: HowToRead) -> tuple[SourceDraft, ...]:
    """What one file holds: one draft, or one for each respondent or question of a survey. Raises CannotReadSource."""
    kind = kind_of(path)
    if kind is None:
        raise _unknown(path)
    data = read_bytes(path, kind.limit)
    found = kind.reader()(path, data, how)
    drafts = (segment(found, _name(path), how),) if isinstance(found, RawDocument) else found
    sha256 = hashlib.sha256(data).hexdigest()
    return tuple(
        replace(draft, path=path, file_name=path.name, file_sha256=sha256, format=kind.words, how=how)
        for draft in drafts
    )


def read_all(paths: Iterable[Path | str], job: Job | None = None) -> list[SourceDraft | CannotReadSource]:
    """Read every file, and the files of every folder (not of folders inside it), each as a draft or the reason.

    In a folder, hidden files, lock files, sheets and files of other kinds are passed over. Raises Cancelled.
    """
    job = job or Job()
    found = list(_expand([Path(path) for path in paths]))
    results: list[SourceDraft | CannotReadSource] = []
    for done, item in enumerate(found):
        if isinstance(item, CannotReadSource):
            results.append(item)
            continue
        job.step(done, len(found), item.name)
        try:
            results.append(read_source(item))
        except CannotReadSource as error:
            results.append(error)
    job.step(len(found), len(found))
    return results


def _expand(paths: Sequence[Path]) -> Iterable[Path | CannotReadSource]:
    seen: set[Path] = set()
    for path in paths:
        inside = _in_folder(path) if _is_folder(path) else [path]
        for item in inside:
            key = (item.path if isinstance(item, CannotReadSource) else item).absolute()
            if key not in seen:
                seen.add(key)
                yield item


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _in_folder(folder: Path) -> list[Path | CannotReadSource]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_file()]
    except OSError as error:
        return [
            CannotReadSource(
                folder,
                _("The folder {name} could not be opened: {reason}.").format(
                    name=folder.name, reason=error.strerror or str(error)
                ),
                _("Ask for the right to read it, or copy its files elsewhere."),
            )
        ]
    kept: list[Path | CannotReadSource] = [folder / name for name in sorted(names, key=natural) if _is_wanted(name)]
    if kept:
        return kept
    return [
        CannotReadSource(
            folder,
            _("There is no transcript in the folder {name}.").format(name=folder.name or str(folder)),
            _("Choose a folder with files that end in {endings}.").format(endings=", ".join(READABLE)),
        )
    ]


def _is_wanted(name: str) -> bool:
    path = Path(name)
    if name.startswith((".", "~")) or path.suffix.lower() not in READABLE:
        return False
    return path.stem.lower() not in _ABOUT_THE_FOLDER


def _name(path: Path) -> str:
    """The file's name without its ending, made fit to be shown on one line."""
    return " ".join(canonical(path.stem).split()) or _("Untitled")


def _unknown(path: Path) -> CannotReadSource:
    suffix = path.suffix.lower()
    if suffix in SHEETS:
        return CannotReadSource(
            path,
            _("{name} is a sheet, not a transcript.").format(name=path.name),
            _("Give it as the sheet of attributes that goes with the transcripts."),
        )
    if _exists(path):
        return CannotReadSource(
            path,
            _("{name} is of a kind that cannot be read.").format(name=path.name),
            _("Save it as one of {endings}.").format(endings=", ".join(READABLE)),
        )
    return CannotReadSource(
        path,
        _("There is no such file or folder: {name}.").format(name=path),
        _("Check the name, and whether it was moved."),
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
