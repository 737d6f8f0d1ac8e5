"""How fast the reading room is, beside a bare QPlainTextEdit with the same text.

    python -m tests.benchmarks.reading [ROW …]
    python -m tests.benchmarks.reading --profile page|coding    where the time of a gesture goes, in the long transcript

For each row of the table, in processes of their own: milliseconds until a transcript is opened and painted (and painted
at its end), until one coding more is painted (without the disk), until the next page is painted (95th percentile), until
the jump to the end is painted; and megabytes above an empty window. The view is the room's, with gutter, margin and
overview. Times are wall clock, with the processor's own in brackets: where they differ, something else was running.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from cohesion_qda.model.codebook import COLOURS, Code, CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Reading, Source, Speaker, Turn
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.theme import current_theme
from tests.benchmarks.speech import WORDS

# row: words, codings, whether it is one paragraph, and what it may cost: milliseconds and megabytes
ROWS: Mapping[str, tuple[int, int, bool, Mapping[str, float]]] = {
    "usual": (10_000, 2_000, False, {"open": 60, "add": 10, "page": 16, "memory": 30}),
    "long": (200_000, 20_000, False, {"open": 120, "to its end": 250, "add": 12, "page": 16, "memory": 100}),
    "one paragraph": (50_000, 2_000, True, {"open": 250, "add": 16, "page": 33, "memory": 100}),
}
FIGURES = {"open": "open", "to its end": "open, to its end", "add": "one coding more", "page": "page, 95th percentile",
           "end": "jump to the end", "memory": "MB above an empty window"}  # fmt: skip
Timing = tuple[float, float]  # milliseconds: wall clock, processor


def made_reading(words: int, *, one_paragraph: bool = False) -> Reading:
    """A transcript of so many words, in turns of 5 to 120 words by seven people."""
    rng = random.Random(1)
    turns: list[Turn] = []
    lines: list[str] = []
    left, at = words, 0
    while left > 0:
        n = left if one_paragraph else min(left, rng.randint(5, 120))
        line = " ".join(rng.choice(WORDS) for _word in range(n)).capitalize() + "."
        turns.append(
            Turn(TurnId(len(turns)), len(turns) + 1, Span(at, at + len(line)), SpeakerId(rng.randint(1, 7)), None)
        )
        lines.append(line)
        at += len(line) + 1
        left -= n
    speakers = {
        SpeakerId(i): Speaker(
            SpeakerId(i),
            SourceId(1),
            f"Name {i}",
            CaseId(i),
            f"Name {i}",
            "moderator" if i == 1 else "participant",
            1,
            1,
        )
        for i in range(1, 8)
    }
    source = Source(SourceId(1), "Made", "focus group", "", "", "", "", "", words, len(turns), None)
    return Reading(source, "\n".join(lines), tuple(turns), speakers, {})


def made_codings(reading: Reading, number: int) -> tuple[CodeTree, list[Coding]]:
    """So many codings of 3 to 60 words with 40 codes, overlapping freely."""
    rng = random.Random(2)
    codes = [Code(CodeId(1), None, "A question", "navy", is_question=True)]
    codes += [Code(CodeId(i), CodeId(1), f"A code called {i}", COLOURS[i % 12], position=i) for i in range(2, 42)]
    made = []
    for i in range(number):
        start = rng.randrange(max(1, len(reading.text) - 400))
        span = Span(start, min(len(reading.text), start + rng.randint(15, 300)))
        made.append(
            Coding(CodingId(i + 1), SegmentId(i + 1), SourceId(1), span, CodeId(rng.randint(2, 41)), CoderId(1), "")
        )
    return CodeTree(codes), sorted(made, key=lambda c: (c.span.start, -c.span.end, c.id))


def timed(act: Callable[[], object]) -> Timing:
    """How long until all that `act` asked for is painted."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    QApplication.processEvents()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def middle(timings: list[Timing]) -> Timing:
    return statistics.median(t[0] for t in timings), statistics.median(t[1] for t in timings)


def nearly_worst(timings: list[Timing]) -> Timing:
    """The 95th percentile."""
    return tuple(statistics.quantiles([t[i] for t in timings], n=20)[-1] for i in (0, 1))  # type: ignore[return-value]


def pages(edit: QPlainTextEdit, number: int = 60) -> Iterator[Timing]:
    """The time of each of so many pages down."""
    bar = edit.verticalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    for _page in range(number):
        if bar.value() == bar.maximum():
            bar.setValue(0)
            QApplication.processEvents()
        yield timed(lambda: bar.setValue(bar.value() + bar.pageStep()))


def shown(widget: QWidget) -> None:
    widget.resize(920, 836)
    widget.show()
    QApplication.processEvents()


def gone(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def to_end(edit: QPlainTextEdit) -> None:
    edit.verticalScrollBar().setValue(edit.verticalScrollBar().maximum())


def megabytes() -> float:
    return psutil.Process().memory_info().rss / 1e6


def measure_room(study: Path) -> dict[str, Timing]:
    """The figures of the room's view."""
    first = TranscriptView()
    shown(first)
    empty = megabytes()
    reading, tree, codings = _read(study)

    def open_in(view: TranscriptView) -> None:
        view.show_reading(reading)
        view.set_codes(tree, {CoderId(1): "Me"})
        view.set_codings(Layers(codings))

    found = {"open": timed(lambda: open_in(first))}
    more = [_coding(first, i) for i in range(40)]
    found["add"] = middle([timed(lambda one=one: first.replace_codings([], [one])) for one in more])
    found["page"] = nearly_worst(list(pages(first)))
    timed(lambda: first.verticalScrollBar().setValue(0))
    found["end"] = timed(lambda: to_end(first))
    found["memory"] = (megabytes() - empty, 0.0)
    again = []
    for _time in range(3):
        view = TranscriptView()
        shown(view)
        opened = timed(lambda view=view: open_in(view))
        ended = timed(lambda view=view: to_end(view))
        again.append((opened, (opened[0] + ended[0], opened[1] + ended[1])))
        gone(view)
    gone(first)
    found["open"] = middle([found["open"], *(opened for opened, _whole in again)])
    found["to its end"] = middle([whole for _opened, whole in again])
    return found


def _coding(view: TranscriptView, i: int) -> Coding:
    start = view.screen()[-1].info.span.start + i
    span = Span(start, start + 60)
    return Coding(CodingId(10**6 + i), SegmentId(1), SourceId(1), span, CodeId(2 + i % 40), CoderId(1), "")


def measure_bare(study: Path) -> dict[str, Timing]:
    """The figures of a QPlainTextEdit with the same text and nothing else."""
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setFont(current_theme().font("transcript"))
    shown(edit)
    empty = megabytes()
    reading = _read(study)[0]
    found = {"open": timed(lambda: edit.setPlainText(reading.text))}
    ended = timed(lambda: to_end(edit))
    found["to its end"] = (found["open"][0] + ended[0], found["open"][1] + ended[1])
    found["page"] = nearly_worst(list(pages(edit)))
    timed(lambda: edit.verticalScrollBar().setValue(0))
    found["end"] = timed(lambda: to_end(edit))
    found["memory"] = (megabytes() - empty, 0.0)
    return found


def _read(study: Path) -> tuple[Reading, CodeTree, list[Coding]]:
    with study.open("rb") as file:
        return pickle.load(file)


def one_row(what: str, study: str) -> None:
    """What a process of its own does: measure, and print the figures."""
    app = QApplication.instance() or QApplication([])
    app.setStyle("Fusion")
    current_theme().load_fonts()
    current_theme().start("light")
    current_theme().dress()
    print(json.dumps((measure_room if what == "room" else measure_bare)(Path(study))))


def main(rows: list[str]) -> None:
    """Print the table."""
    print(f"{'':42}{'the room':>20}{'bar':>8}          {'bare QPlainTextEdit':>22}")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows or ROWS:
            words, codings, one, bars = ROWS[row]
            study = Path(folder) / "study.pickle"
            reading = made_reading(words, one_paragraph=one)
            study.write_bytes(pickle.dumps((reading, *made_codings(reading, codings))))
            room, bare = (_ask(what, study) for what in ("room", "bare"))
            paragraph = ", one paragraph" if one else ""
            print(f"{words:,} words, {codings:,} codings{paragraph}")
            for key, title in FIGURES.items():
                _say(title, room[key], bars.get(key), bare.get(key))
    print("* by the processor's time: something else was running")


def profiled(gesture: str) -> None:
    """Print where the time of sixty pages down, or of forty codings, goes."""
    import cProfile
    import pstats

    app = QApplication.instance() or QApplication([])
    app.setStyle("Fusion")
    current_theme().load_fonts()
    current_theme().start("light")
    current_theme().dress()
    words, codings, one, _bars = ROWS["long"]
    reading = made_reading(words, one_paragraph=one)
    tree, made = made_codings(reading, codings)
    view = TranscriptView()
    shown(view)
    view.show_reading(reading)
    view.set_codes(tree, {CoderId(1): "Me"})
    view.set_codings(Layers(made))
    list(pages(view))
    more = [_coding(view, i) for i in range(40)]
    profile = cProfile.Profile()
    profile.enable()
    if gesture == "page":
        list(pages(view))
    else:
        for coding in more:
            timed(lambda one=coding: view.replace_codings([], [one]))
    profile.disable()
    gone(view)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(28)


def _ask(what: str, study: Path) -> dict[str, Timing]:
    command = [sys.executable, "-m", "tests.benchmarks.reading", "--one", what, str(study)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _say(title: str, figure: Timing, bar: float | None, bare: Timing | None) -> None:
    def written(timing: Timing | None) -> str:
        if timing is None:
            return "–"
        return f"{timing[0]:.1f} ({timing[1]:.1f})" if timing[1] else f"{timing[0]:.1f}"

    verdict = "" if bar is None else "within" if figure[0] <= bar else "within*" if 0 < figure[1] <= bar else "OVER"
    print(f"    {title:38}{written(figure):>20}{'' if bar is None else f'{bar:g}':>8}  {verdict:8}{written(bare):>22}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one_row(*sys.argv[2:4])
    elif sys.argv[1:2] == ["--profile"]:
        profiled(*sys.argv[2:3])
    else:
        main(sys.argv[1:])
