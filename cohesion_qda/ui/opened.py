"""What the runner does to open a project, on the project thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _

if TYPE_CHECKING:
    from cohesion_qda.project import Project


class ProjectInfo(NamedTuple):
    """The project that is open."""

    path: Path
    title: str
    coder: str
    is_read_only: bool = False


def is_same_file(one: Path, other: Path) -> bool:
    """Whether both lead to one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def info_of(project: Project) -> ProjectInfo:
    """What the window shows of an open project."""
    return ProjectInfo(project.path, project.title, project.coder.name, project.is_read_only)


def not_open_now(title: str) -> UserError:
    """Tells that an act came too late for the project of that title."""
    return UserError(
        _("Your last step was not done, because another project is open now. Nothing was changed."),
        _("Open “{title}” again and repeat it there.").format(title=title),
    )


def open_(path: Path, coder: str | None) -> Project:
    """The project at `path`. Raises UserError."""
    from cohesion_qda.project import Project

    return Project.open(path, coder=coder)


def create(path: Path, codebook: str | Path, title: str, coder: str | None, frame: str = "") -> Project:
    """A new project at `path`. Raises UserError."""
    from cohesion_qda.project import Project

    return Project.create(path, codebook=codebook, coder=coder, title=title, frame=frame)
