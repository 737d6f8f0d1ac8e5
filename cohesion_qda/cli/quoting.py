"""Passages with their words, as the commands that suggest give them."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from cohesion_qda.cli.output import line
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.project import Project

QUOTED = 2  # passages in print; all of them in JSON
WIDEST = 160


class Quoted:
    """Names and quotations of sources; the text of each is read once, and only when it is wanted."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names = {source.id: source.name for source in project.sources.list()}
        self._texts: dict[SourceId, str] = {}

    def all(self, passages: Iterable[Evidence]) -> list[dict[str, Any]]:
        """Passages as a document says them: where they are, in code points, and their words."""
        return [
            {"source": self._names[p.source], "start": p.span.start, "end": p.span.end, "score": round(p.score, 4),
             "quote": self.quote(p)} for p in passages
        ]  # fmt: skip

    def quote(self, passage: Evidence) -> str:
        """The words of a passage."""
        if passage.source not in self._texts:
            self._texts[passage.source] = self._project.sources.text(passage.source)
        return passage.span.of(self._texts[passage.source])

    def lines(self, passages: Iterable[Evidence]) -> None:
        """Print the first of some passages, one to a line."""
        for _n, passage in zip(range(QUOTED), passages, strict=False):
            words = shorten(self.quote(passage), WIDEST, placeholder=" …")
            line(f"    “{words}” – {self._names[passage.source]}")
