"""What the page Report shows over its tabs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cohesion_qda.project import Project


class Head(NamedTuple):
    """`title` is that of the report, or of the project where it has none of its own."""

    title: str
    path: Path
    can_tell: bool
    is_read_only: bool


def can_tell(project: Project) -> bool:
    """Whether a report has something to tell: passages are coded, or a worksheet was started."""
    return project.codebook.base().mentions > 0 or bool(project.worksheets.list())


def head(project: Project) -> Head:
    """Read it. Runs on the project thread."""
    title = project.reports.settings()["title"] or project.title
    return Head(title, project.path, can_tell(project), project.is_read_only)
