"""What happens next: key dates and next steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model.plan import DATE, STEP, PlanEntry, in_time
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Grid
from cohesion_qda.report.pen import Pen


def plan(pen: Pen) -> Iterator[Block]:
    """The key dates by their day, and the next steps in their order; nothing where the study has no plan."""
    entries = pen.data.extras.plan
    dates = in_time(tuple(entry for entry in entries if entry.kind == DATE))
    steps = tuple(entry for entry in entries if entry.kind == STEP)
    if not entries:
        return
    yield pen.heading(1, _("Plan: what happens next"))
    if dates:
        yield _dates(pen, dates)
    if steps:
        yield _steps(pen, steps)


def _dates(pen: Pen, dates: Sequence[PlanEntry]) -> Grid:
    rows = [(e.name, words.day(e.at), words.day(e.due), e.who, e.note) for e in dates]
    head = (_("What"), _("When"), _("Papers due"), _("Who"), _("Note"))
    return _table(pen, _("Key dates"), head, rows)


def _steps(pen: Pen, steps: Sequence[PlanEntry]) -> Grid:
    rows = [(e.name, words.day(e.due), e.who, words.day(e.at), e.note) for e in steps]
    head = (_("What is to be done"), _("By when"), _("Who"), _("Done"), _("Note"))
    return _table(pen, _("Next steps"), head, rows)


def _table(pen: Pen, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """A table without the columns in which nothing stands."""
    kept = [n for n in range(len(head)) if n == 0 or any(row[n] for row in rows)]
    told = tuple(tuple(row[n] or "–" for n in kept) for row in rows)
    return pen.grid(caption, tuple(head[n] for n in kept), told, numbers=len(kept))
