"""Errors a person is told about: what happened, and what to do next.

A `UserError` is shown calmly, without a traceback. `Cancelled` (in `jobs`) is not shown at all.
Anything else is a fault of the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cohesion_qda.base.i18n import _

MOST = 5  # names that are told where none is near


class UserError(Exception):
    """Something a person can put right. `message` says what happened, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        """So that it comes through from another process whole, whatever its constructor takes."""
        return _remade, (type(self), self.args, dict(self.__dict__))


def _remade(kind: type[UserError], args: tuple[Any, ...], values: dict[str, Any]) -> UserError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(values)
    return error


class BadInput(UserError):
    """A value that was given cannot be used."""


class NotFound(UserError):
    """A name that was given is not in the project; the nearest names are offered."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        names = list(known)
        near = nearest(name, names)
        if near:
            hint = _("Did you mean: {names}?").format(names="; ".join(near))
        elif names:
            shown = "; ".join(names[:MOST])
            hint = (
                _("There are: {names}.").format(names=shown)
                if len(names) <= MOST
                else _("There are: {names}; and {n} more.").format(names=shown, n=len(names) - MOST)
            )
        else:
            hint = _("The project has none yet.")
        super().__init__(_("There is no {what} “{name}”.").format(what=what, name=name), hint)


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Up to four of `names` that somebody who typed `name` may have meant; of paths, the last part counts too."""
    import difflib  # at start-up nobody needs it

    def likeness(known: str) -> float:
        wanted, whole = name.casefold(), known.casefold()
        last = whole.rpartition("/")[2]
        close = max(difflib.SequenceMatcher(None, wanted, text).ratio() for text in (whole, last))
        return max(close, 0.8 if wanted and wanted in whole else 0.0)

    ranked = sorted(((likeness(known), known) for known in names), key=lambda pair: -pair[0])
    return [known for score, known in ranked if score >= 0.5][:4]


class ProjectError(UserError):
    """A project file could not be opened or written. Nothing in it was changed."""

    def __init__(self, path: Path, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.path = path


class ProjectMissing(ProjectError):
    """There is no file at the path."""


class NotAProject(ProjectError):
    """The file is something else."""


class ProjectDamaged(ProjectError):
    """The file is a project, but parts of it cannot be read."""


class ProjectLocked(ProjectError):
    """Another running program holds the file."""


class ProjectReadOnly(ProjectError):
    """The file, or the folder it lies in, may not be written to."""


class ProjectNewer(ProjectError):
    """The file was written by a newer version of the program."""


class CannotReadSource(UserError):
    """A file that was to be imported could not be read; the other files are not affected."""

    def __init__(self, path: Path, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.path = path


class LeftOut(CannotReadSource):
    """Files of a folder that are no transcripts, and were passed over: a notice. `path` is the file, or the folder."""


class CannotWrite(UserError):
    """A file or folder could not be written."""
