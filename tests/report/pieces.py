"""Parts of a report, written one at a time: what they say, without drawing the rest."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.jobs import Job
from cohesion_qda.report.blocks import Block, Heading
from cohesion_qda.report.contents import PARTS
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.parts.chapters import chapter
from cohesion_qda.report.pen import Pen


def part(data: ReportData, key: str) -> list[Block]:
    """One of `contents.PARTS`."""
    return list(PARTS[key](Pen(data, Job())))


def of_chapter(data: ReportData, n: int = 0) -> list[Block]:
    """The `n`th chapter, without its figures."""
    return list(chapter(Pen(data, Job()), n + 1, data.chapters[n]))


def under(blocks: Sequence[Block], heading: str) -> list[Block]:
    """What stands under a heading, up to the next of its level."""
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    level = blocks[at].level  # type: ignore[union-attr]
    rest = blocks[at + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return list(rest[:end])
