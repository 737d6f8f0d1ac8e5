"""What an answer is made of: the study as it may be seen, and what is read only where it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import StudyData


@dataclass(frozen=True, slots=True)
class Material:
    """`data` is without the codings that may not be seen. `title` is the study's, `at` (ISO 8601) when it is counted. `text` gives
    the text of a source. `reads` are what some kinds need beside: each is called where it is wanted, and only there.
    """

    data: StudyData
    title: str
    at: str
    text: Callable[[SourceId], str]
    reads: Mapping[str, Callable[[], Any]]

    def read(self, name: str) -> Any:
        """What only some kinds need: `words`, `coded_at`, `summaries`, `settlements`, `settled` (codings) …"""
        return self.reads[name]()
