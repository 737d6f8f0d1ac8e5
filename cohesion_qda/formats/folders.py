"""From what a person chose or dropped to the files that are to be read, with a sentence for what is left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.files import shown
from cohesion_qda.formats.kinds import READABLE
from cohesion_qda.model.text import natural

SHEETS = (".csv", ".xlsx", ".ods")
_NAMED = 8  # files that a sentence names
_ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog", "contributing", "about")


def expanded(paths: Iterable[Path]) -> list[Path | CannotReadSource]:
    """The files that `paths` mean, each once: themselves, and for a folder the files in it (not in folders inside).

    Of a folder, hidden and lock files are passed over; what else is not to be read stands there as `LeftOut`.
    """
    found: dict[str, Path | CannotReadSource] = {}
    for path in paths:
        for item in _in_folder(path) if _is_folder(path) else [path]:
            at = item.path if isinstance(item, CannotReadSource) else item
            key = os.path.normcase(os.path.abspath(at)) if "\0" not in str(at) else str(at)  # noqa: PTH100
            found.setdefault(f"{key}\n{item}" if isinstance(item, CannotReadSource) else key, item)
    return list(found.values())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _in_folder(folder: Path) -> list[Path | CannotReadSource]:
    try:
        with os.scandir(folder) as entries:
            inside = [(entry.name, _is_folder(Path(entry.path))) for entry in entries]
    except OSError as error:
        return [_not_opened(folder, error)]
    names = sorted((name for name, is_folder in inside if not is_folder and _is_visible(name)), key=natural)
    folders = sorted((name for name, is_folder in inside if is_folder and _is_visible(name)), key=natural)
    kept: list[Path | CannotReadSource] = [folder / name for name in names if _is_wanted(name)]
    if not kept:
        return [_nothing_in(folder, folders)]
    return [*kept, *_left_out(folder, [name for name in names if not _is_wanted(name)], folders)]


def _is_visible(name: str) -> bool:
    return not name.startswith((".", "~"))


def _is_wanted(name: str) -> bool:
    path = Path(name)
    stem, suffix = path.stem.lower(), path.suffix.lower()
    return suffix in READABLE and stem not in _ABOUT_THE_FOLDER and not (stem == "attributes" and suffix in SHEETS)


def _left_out(folder: Path, names: Sequence[str], folders: Sequence[str]) -> Iterator[LeftOut]:
    sheets = [name for name in names if Path(name).suffix.lower() in SHEETS]
    for name in sheets:
        yield sheet_left_out(folder / name)
    others = [name for name in names if name not in sheets]
    if others:
        yield LeftOut(
            folder,
            ngettext(
                "{n} file in {folder} was left out, because it is no transcript: {names}.",
                "{n} files in {folder} were left out, because they are no transcripts: {names}.",
                len(others),
            ).format(n=len(others), folder=_shown(folder), names=_named(others)),
            _("Recordings and pictures of pages must first be turned into text."),
        )
    if folders:
        yield LeftOut(
            folder,
            ngettext(
                "The folder inside {folder} was left out: {names}.",
                "The {n} folders inside {folder} were left out: {names}.",
                len(folders),
            ).format(n=len(folders), folder=_shown(folder), names=_named(folders)),
            _("Choose them too if transcripts are in them."),
        )


def sheet_left_out(path: Path) -> LeftOut:
    """The notice for a sheet of attributes among transcripts."""
    return LeftOut(
        path,
        _("{name} was not read as a transcript, because it is a sheet of attributes.").format(name=shown(path.name)),
        _("Give it as the sheet of attributes that goes with the transcripts."),
    )


def _named(names: Sequence[str]) -> str:
    named = ", ".join(shown(name, 60) for name in names[:_NAMED])
    return f"{named} …" if len(names) > _NAMED else named


def _shown(folder: Path) -> str:
    return shown(folder.name or str(folder))


def _not_opened(folder: Path, error: OSError) -> CannotReadSource:
    return CannotReadSource(
        folder,
        _("The folder {name} could not be opened: {reason}.").format(
            name=_shown(folder), reason=error.strerror or str(error)
        ),
        _("Ask for the right to read it, or copy its files elsewhere."),
    )


def _nothing_in(folder: Path, folders: Sequence[str]) -> CannotReadSource:
    if folders:
        hint = _("Choose the folder inside it that holds the transcripts: {names}.").format(names=_named(folders))
    else:
        hint = _("Choose a folder with files that end in {endings}.").format(endings=", ".join(READABLE))
    return CannotReadSource(folder, _("There is no transcript in the folder {name}.").format(name=_shown(folder)), hint)


def unreadable(path: Path) -> CannotReadSource:
    """The error for a path that was chosen itself and is of no kind that can be read, or not there."""
    if not _exists(path):
        said = _("There is no such file or folder: {name}.").format(name=shown(str(path), 200))
        return CannotReadSource(path, said, _("Check the name, and whether it was moved."))
    return CannotReadSource(
        path,
        _("{name} is of a kind that cannot be read.").format(name=shown(path.name)),
        _("Save it as one of {endings}.").format(endings=", ".join(READABLE)),
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
