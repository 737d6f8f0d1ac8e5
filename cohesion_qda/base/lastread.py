"""Where the person was reading: one place for each source, beside the settings, never in the project."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from cohesion_qda.base.settings import config_folder

FILE = "places.json"
Places = dict[str, dict[str, int]]  # project, source: code point
PROJECTS, SOURCES = 40, 400  # remembered; those not read for the longest time are forgotten


class LastRead:
    """The places of one person. A project is known by what was so when it was made, so it may be moved or renamed.

    The file is read when a place is first asked for, and written by `write` alone; one that is missing or cannot be
    understood holds no places.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or config_folder()) / FILE
        self._projects: Places | None = None
        self._kept: dict[tuple[str, str], int] = {}  # since the last writing

    def place(self, project: str, source: int) -> int | None:
        """The code point at the top of the page when `source` was last read; None when it was not."""
        return self._known().get(_key(project), {}).get(str(source))

    def latest(self, project: str) -> int | None:
        """The source that was read last; None when none was."""
        return next(
            (int(source) for source in reversed(self._known().get(_key(project), {})) if source.isdecimal()), None
        )

    def keep(self, project: str, source: int, point: int) -> None:
        """Remember a place, and that `source` was read last."""
        if self.place(project, source) != point or self.latest(project) != source:
            self._kept.pop((_key(project), str(source)), None)
            self._projects = _with(self._known(), _key(project), str(source), point)
            self._kept[_key(project), str(source)] = point

    def write(self) -> None:
        """Write what was kept since the last time, beside what other windows wrote meanwhile. Where the folder cannot be
        written to, it holds until the end.
        """
        if not self._kept:
            return
        projects = _read(self._path)
        for (project, source), point in self._kept.items():
            projects = _with(projects, project, source, point)
        self._projects, self._kept = projects, {}
        temporary = self._path.with_name(f"{FILE}.{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(projects), encoding="utf-8")
            temporary.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def _known(self) -> Places:
        if self._projects is None:
            self._projects = _read(self._path)
        return self._projects


def _with(projects: Places, project: str, source: str, point: int) -> Places:
    """One place more, as the latest; what is too much is left out."""
    places = {**{s: at for s, at in projects.get(project, {}).items() if s != source}, source: point}
    kept = {**{key: them for key, them in projects.items() if key != project}, project: places}
    kept[project] = dict(list(places.items())[-SOURCES:])
    return dict(list(kept.items())[-PROJECTS:])


def _key(project: str) -> str:
    return hashlib.sha256(project.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _read(path: Path) -> Places:
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        project: {
            source: point
            for source, point in places.items()
            if isinstance(point, int) and not isinstance(point, bool) and point >= 0
        }
        for project, places in found.items()
        if isinstance(places, dict)
    }
