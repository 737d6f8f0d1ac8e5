"""Opening a file that a person chose: every way it can fail is one `CannotReadSource`."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import unicodedata
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.base.i18n import _

MEGABYTE = 1_000_000
LINE_LIMIT = 200_000
_TURNS_THE_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNREADABLE = re.compile("[\ud800-\udfff]")


def read_bytes(path: Path, limit: int) -> bytes:
    """The whole file. Raises CannotReadSource when it is missing, empty, not a file, or over `limit` bytes."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise CannotReadSource(
                path, _("{name} is not a file.").format(name=shown(path.name)), _("Choose the file itself.")
            )
        if about.st_size > limit:
            raise too_large(path, limit)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise CannotReadSource(
            path,
            _("There is no such file: {name}.").format(name=shown(str(path), 200)),
            _("Check the name, and whether the file was moved."),
        ) from error
    except PermissionError as error:
        raise CannotReadSource(
            path,
            _("{name} may not be read.").format(name=shown(path.name)),
            _("Close it in other programs, or ask for the right to read it."),
        ) from error
    except OSError as error:
        raise CannotReadSource(
            path,
            _("{name} could not be read: {reason}.").format(name=shown(path.name), reason=error.strerror or str(error)),
            _("Copy the file to this computer and try again."),
        ) from error
    if not data:
        raise CannotReadSource(
            path,
            _("{name} is empty: it has 0 bytes.").format(name=shown(path.name)),
            _("Save it again from the program it was made with."),
        )
    return data


def too_large(path: Path, limit: int) -> CannotReadSource:
    """The error for a file that holds more than `limit` bytes."""
    return CannotReadSource(
        path,
        _("{name} is larger than {size} MB.").format(name=shown(path.name), size=limit // MEGABYTE),
        _("Split it into smaller files."),
    )


def too_many_lines(path: Path) -> CannotReadSource:
    """The error for a file with more than `LINE_LIMIT` lines."""
    return CannotReadSource(
        path,
        _("{name} has more than {n} lines.").format(name=shown(path.name), n=LINE_LIMIT),
        _("Split it into smaller files."),
    )


def too_long_a_line(path: Path, limit: int) -> CannotReadSource:
    """The error for a text with a line of more than `limit` bytes."""
    return CannotReadSource(
        path,
        _("{name} has a line of more than {n} characters.").format(name=shown(path.name), n=limit),
        _("Begin a new line wherever another person speaks, and save it again."),
    )


def no_text(path: Path) -> CannotReadSource:
    """The error for a file without a single visible character."""
    return CannotReadSource(
        path,
        _("There is no text in {name}.").format(name=shown(path.name)),
        _("If it holds pictures of pages, it must first be turned into text."),
    )


def one_line(name: str) -> str:
    """A file's name fit to be kept and shown: on one line, without control characters or marks that turn the text
    round; what is no character is shown as such.
    """
    without = _TURNS_THE_TEXT.sub("", _UNREADABLE.sub("\ufffd", name))
    return "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in without)


def shown(name: str, most: int = 80) -> str:
    """`name` as it stands in a sentence: as `one_line`, and shortened in the middle to `most` characters."""
    line = one_line(name)
    return line if len(line) <= most else f"{line[: most - 31]}…{line[-30:]}"


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` so that `path` is either the old file or the whole new one. Raises CannotWrite."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink()
            raise
    except OSError as error:
        raise CannotWrite(
            _("{name} could not be written: {reason}.").format(
                name=shown(path.name), reason=error.strerror or str(error)
            ),
            _("Choose another folder."),
        ) from error
