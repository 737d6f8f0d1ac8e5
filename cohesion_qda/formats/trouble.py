"""Sentences for files that a reader could not come to an end with."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import shown
from cohesion_qda.formats.kinds import kind_of


def too_much_memory(path: Path) -> CannotReadSource:
    """The file fills the memory."""
    said = _("Reading {name} was stopped, because it takes far more memory than a transcript does.")
    return CannotReadSource(path, said.format(name=shown(path.name)), _make_smaller(path))


def too_long(path: Path, seconds: float) -> CannotReadSource:
    """The file is not read after `seconds`."""
    said = _("Reading {name} was stopped, because it was not done after {n} seconds.")
    return CannotReadSource(path, said.format(name=shown(path.name), n=round(seconds)), _make_smaller(path))


def died(path: Path) -> CannotReadSource:
    """The process that read the file ended by itself."""
    said = _("{name} made the part of the program that reads files crash.")
    return CannotReadSource(path, said.format(name=shown(path.name)), _make_anew())


def reached_out(path: Path) -> CannotReadSource:
    """The file had a library reach for something else."""
    said = _("{name} leads to something outside itself, and was not opened.")
    return CannotReadSource(path, said.format(name=shown(path.name)), _make_anew())


def fault(path: Path) -> CannotReadSource:
    """The reader has a mistake."""
    said = _("{name} could not be read, because of a fault in this program.")
    hint = _("Save it in another format, such as .txt, and tell the makers of the program.")
    return CannotReadSource(path, said.format(name=shown(path.name)), hint)


def not_started(path: Path) -> CannotReadSource:
    """No process could be started to read the file."""
    said = _("{name} could not be read, because the system did not let the program start the part that reads files.")
    return CannotReadSource(path, said.format(name=shown(path.name)), _("Restart the computer and try again."))


def _make_smaller(path: Path) -> str:
    kind = kind_of(path)
    if kind is not None and kind.module == "table":
        return _("Split it into several smaller sheets, each with the same first row.")
    if kind is not None and kind.module in ("captions", "spoken_json"):
        return _("Split it into several smaller files.")
    return _make_anew()


def _make_anew() -> str:
    return _("Open it in the program it was made with, copy the text into a new document and save that.")
