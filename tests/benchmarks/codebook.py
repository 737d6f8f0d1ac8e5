"""Merging two codes of 10,000 codings each, with and without the disk, beside the same rows changed by a plain UPDATE.

Without the disk means the processor's time, with nothing waited for; with it, the time on the wall.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project

Clock = Callable[[], float]
CODINGS, TWINS, TIMES, BAR = 10_000, 200, 5, 150


def main() -> None:
    """Print the figures: medians, in milliseconds."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        path = Path(folder) / "merge.cqda"
        with made(path) as project:
            one, other = (code.id for code in project.codebook.tree())
            with_disk, undoing, floor = _measured(project, one, other), _undone(project), _floor(project, one, other)
            project._session.db.execute("PRAGMA synchronous = OFF")
            project._session.db.execute("PRAGMA journal_mode = MEMORY")
            without = _measured(project, one, other, time.process_time)
            bare = _floor(project, one, other, time.process_time)
    print(
        f"merging a code of {CODINGS:,} codings into another of as many: {without:.0f} ms without the disk (bar {BAR}), "
        f"{with_disk:.0f} ms with it; a plain UPDATE of the rows: {bare:.0f} and {floor:.0f} ms; undone in {undoing:.0f} ms"
    )


@contextmanager
def made(path: Path) -> Iterator[Project]:
    """A project of two codes with 10,000 codings each; on 200 passages the same coder used both."""
    from cohesion_qda.project.session import now
    from cohesion_qda.store import codings

    with Project.create(path, coder="B") as project:
        text = "word " * (CODINGS * 4)
        source = project.sources.add([SourceDraft("talk", "document", text)]).added[0].id
        codes = [project.codebook.added(project.codebook.add(name)) for name in ("One", "Other")]
        db = project._session.db
        with project._session.act("import-codings", n=2 * CODINGS):
            coder = project._session.coder_inside()
            for n in range(CODINGS):
                for which, code in enumerate(codes):
                    start = 10 * n + (0 if n < TWINS else 5 * which)
                    segment = codings.find_or_add_segment(db, source, Span(start, start + 4))
                    codings.add(db, segment, code, coder, now())
        yield project


def _measured(project: Project, one: CodeId, other: CodeId, clock: Clock = time.perf_counter) -> float:
    def again() -> float:
        start = clock()
        project.codebook.merge(one, into=other)
        spent = clock() - start
        project.history.undo()
        return spent

    return _median(again)


def _undone(project: Project) -> float:
    one, other = (code.id for code in project.codebook.tree())

    def again() -> float:
        project.codebook.merge(one, into=other)
        start = time.perf_counter()
        project.history.undo()
        return time.perf_counter() - start

    return _median(again)


def _floor(project: Project, one: CodeId, other: CodeId, clock: Clock = time.perf_counter) -> float:
    """The same rows given the other code, in one transaction, without a journal."""
    from cohesion_qda.store import schema

    db = project._session.db

    def again() -> float:
        start = clock()
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "UPDATE coding SET code_id = ? WHERE code_id = ? AND segment_id NOT IN "
            "(SELECT segment_id FROM coding WHERE code_id = ?)",
            [other, one, other],
        )
        db.execute("COMMIT")
        spent = clock() - start
        db.execute("UPDATE coding SET code_id = ? WHERE id % 2 = 1 AND code_id = ?", [one, other])
        return spent

    schema.drop_triggers(db)
    try:
        return _median(again)
    finally:
        schema.install_triggers(db)


def _median(again: Callable[[], float]) -> float:
    return statistics.median(again() for _n in range(TIMES)) * 1000


if __name__ == "__main__":
    main()
