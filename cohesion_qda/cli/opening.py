"""Opening a project for a command."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.base.errors import ProjectReadOnly
from cohesion_qda.cli.output import note
from cohesion_qda.project import Project


def reading(path: Path) -> Project:
    """The project for a command that reads. Where it may be written, an export is noted in its trail."""
    try:
        return Project.open(path)
    except ProjectReadOnly as error:
        project = Project.open(path, read_only=True)
        note(error.message)
        return project
