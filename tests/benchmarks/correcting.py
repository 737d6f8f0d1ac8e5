"""Correcting a transcript of 200,000 words with 20,000 codings near its beginning: the act, its undo, and a key typed."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project

TURNS, WORDS, CODINGS = 4_000, 50, 20_000
BAR = 2.0  # seconds for the act
SPEECH = "well I think people round here 😀 look out for each other when the buses stop at six"


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        project = Project.create(Path(folder) / "study.cqda", "cohesion", coder="Asha")
        source = _filled(project)
        took = _time(lambda: project.corrections.correct(source, [Edit(10, 12, "xyz")]))
        print(
            f"correcting: one word near the beginning of {TURNS * WORDS:,} words, {CODINGS:,} codings: {took:.2f} s (under {BAR:.0f})"
        )
        print(f"correcting: its undo: {_time(project.history.undo):.2f} s")
        many = [Edit(at * 1000, at * 1000 + 3) for at in range(1, 900)]
        print(
            f"correcting: {len(many)} places in one act: {_time(lambda: project.corrections.correct(source, many)):.2f} s"
        )
        _typed(project, source)
        project.close()


def _filled(project: Project) -> SourceId:
    chance = random.Random(7)
    said = [" ".join(chance.choices(SPEECH.split(), k=WORDS)) for _turn in range(TURNS)]
    turns, at = [], 0
    for number, words in enumerate(said):
        turns.append(TurnDraft(Span(at, at + len(words)), f"P{number % 8}"))
        at += len(words) + 1
    text = "\n".join(said)
    project.sources.add([SourceDraft("Long", "focus group", text, tuple(turns))])
    source = project.sources.get("Long").id
    codes = [code.id for code in project.codebook.tree()]
    starts = [chance.randrange(len(text) - 200) for _coding in range(CODINGS)]
    for code in codes:
        share = starts[codes.index(code) :: len(codes)]
        project.codings.apply_many([(source, Span(a, a + chance.randrange(20, 150))) for a in share], [code])
    return source


def _typed(project: Project, source: SourceId) -> None:
    """The editor: open until painted, and a key until painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from cohesion_qda.ui.textpane.editing_surface import EditSurface
    from cohesion_qda.ui.theme import current_theme

    app = QApplication.instance() or QApplication([])
    current_theme().load_fonts()
    reading, spans = project.sources.reading(source), [coding.span for coding in project.codings.of_source(source)]
    surface = EditSurface()
    surface.resize(1200, 800)
    surface.show()
    app.processEvents()
    opened = _time(lambda: (surface.show_reading(reading, spans), surface.grab()))
    surface.go_to(len(reading.text) // 2)
    keys = sorted(_time(lambda: (QTest.keyClicks(surface, "x"), surface.grab())) for _key in range(40))
    print(f"correcting: the editor, open until painted {opened:.2f} s, a key until painted {1000 * keys[20]:.1f} ms")


def _time(does: Callable[[], object]) -> float:
    start = time.perf_counter()
    does()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
