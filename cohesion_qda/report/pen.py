"""What every part of the report is written with: running numbers of figures and tables."""

from __future__ import annotations

from collections.abc import Iterable

from cohesion_qda.base.jobs import Job
from cohesion_qda.report.blocks import (
    Figure,
    Grid,
    Heading,
)  # fmt: skip
from cohesion_qda.report.names import Names
from cohesion_qda.report.picture import Picture
from cohesion_qda.report.values import ReportData

UNITS_WIDEST_FIRST = ("groups", "participants", "mentions")


class Pen:
    """Keeps the running numbers of figures and tables, and how far the writing is."""

    def __init__(self, data: ReportData, job: Job) -> None:
        self.data = data
        self._job = job
        self._names = Names()
        self.figures: list[Figure] = []
        self._tables = 0
        self._done = 0

    def heading(self, level: int, text: str, starts_page: bool = False) -> Heading:
        return Heading(level, text, f"sec-{self._names.anchor(text)}", starts_page)

    def figure(self, name: str, picture: Picture, caption: str) -> Figure:
        figure = Figure(len(self.figures) + 1, self._names.file(name), picture, caption)
        self.figures.append(figure)
        return figure

    def grid(
        self,
        caption: str,
        head: tuple[str, ...],
        rows: Iterable[tuple[str, ...]],
        numbers: int = 1,
        indents: tuple[int, ...] = (),
        is_wide: bool = False,
        is_filed: bool = True,
    ) -> Grid:
        self._tables += 1
        return Grid(self._tables, caption, head, tuple(rows), numbers, indents, is_wide, is_filed)

    def step(self, what: str) -> None:
        total = 2 * len(self.data.chapters) + len(self.data.crosstabs) + 4
        self._job.step(self._done, total, what)
        self._done += 1

    def ranking_first(self) -> tuple[str, ...]:
        """The units, the one that themes are ranked by first."""
        first = self.data.ranked_by if self.data.base.participants else "groups"
        return (first, *(unit for unit in UNITS_WIDEST_FIRST if unit != first))
