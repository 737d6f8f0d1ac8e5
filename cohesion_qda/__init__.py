"""Cohesion QDA: coding what residents said, and turning it into findings that can be defended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cohesion_qda.base.version import VERSION

__version__ = VERSION
__all__ = ["Project", "__version__"]

if TYPE_CHECKING:
    from cohesion_qda.project import Project


def __getattr__(name: str) -> Any:
    """`Project` is imported only when it is asked for, so that the window can be shown first."""
    if name == "Project":
        from cohesion_qda.project import Project

        return Project
    raise AttributeError(name)
