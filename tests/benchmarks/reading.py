"""How fast the reading room is, beside a bare QPlainTextEdit with the same text.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/reading.py [WORDS CODINGS]

Prints milliseconds: open until painted, one coding added and painted (without the disk), one page scrolled
(95th percentile), a jump to the end.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from cohesion_qda.model.codebook import COLOURS, Code, CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Reading, Source, Speaker, Turn
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.theme import current_theme

WORDS = [
    "the",
    "park",
    "and",
    "a",
    "bus",
    "that",
    "nobody",
    "takes",
    "after",
    "six",
    "because",
    "people",
    "say",
    "they",
    "keep",
    "to",
    "themselves",
    "here",
]


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


def timed(act: Callable[[], object]) -> float:
    """Milliseconds until all that `act` asked for is painted."""
    begun = time.perf_counter()
    act()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def pages(edit: QPlainTextEdit, number: int = 40) -> Iterator[float]:
    """The time of each of so many pages down."""
    bar = edit.verticalScrollBar()
    bar.setValue(0)
    QApplication.processEvents()
    for _page in range(number):
        yield timed(lambda: bar.setValue(bar.value() + bar.pageStep()))


def shown(widget: QWidget) -> None:
    widget.resize(920, 836)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
    widget.show()
    QApplication.processEvents()


def measure(reading: Reading, tree: CodeTree, codings: list[Coding]) -> dict[str, float]:
    """The figures of the transcript view."""
    view = TranscriptView()
    shown(view)

    def open_() -> None:
        view.show_reading(reading)
        view.set_codes(tree, {CoderId(1): "Me"})
        view.set_codings(Layers(codings))

    found = {"open": timed(open_)}
    added = []
    for i in range(30):
        start = view.screen()[-1].info.span.start + i
        coding = Coding(
            CodingId(10**6 + i), SegmentId(1), SourceId(1), Span(start, start + 60), CodeId(2 + i), CoderId(1), ""
        )

        def add(coding: Coding = coding) -> None:
            view.codings_changed(view.layers.replace([], [coding]))

        added.append(timed(add))
    found["add"] = statistics.median(added)
    found["page p95"] = statistics.quantiles(pages(view), n=20)[-1]
    bar = view.verticalScrollBar()
    timed(lambda: bar.setValue(0))
    found["end"] = timed(lambda: bar.setValue(bar.maximum()))
    view.close()
    return found


def bare(reading: Reading) -> dict[str, float]:
    """The figures of a QPlainTextEdit with the same text and nothing else."""
    edit = QPlainTextEdit()
    edit.setReadOnly(True)
    edit.setFont(current_theme().font("transcript"))
    shown(edit)
    found = {"open": timed(lambda: edit.setPlainText(reading.text)), "add": float("nan")}
    found["page p95"] = statistics.quantiles(pages(edit), n=20)[-1]
    timed(lambda: edit.verticalScrollBar().setValue(0))
    found["end"] = timed(lambda: edit.verticalScrollBar().setValue(edit.verticalScrollBar().maximum()))
    edit.close()
    return found


def main(arguments: list[str]) -> None:
    app = QApplication.instance() or QApplication([])
    current_theme().load_fonts()
    current_theme().start("light")
    assert app is not None
    sizes = [(int(arguments[0]), int(arguments[1]), False)] if len(arguments) > 1 else [
        (10_000, 2_000, False), (200_000, 20_000, False), (50_000, 2_000, True),
    ]  # fmt: skip
    measure(*_study(500, 20, one=False))  # warm
    print(f"{'words':>8} {'codings':>8}  {'':16}{'open':>9}{'add 1':>9}{'page p95':>9}{'end':>9}")
    for words, codings, one in sizes:
        reading, tree, made = _study(words, codings, one=one)
        for name, found in (("room", measure(reading, tree, made)), ("bare", bare(reading))):
            figures = "".join(f"{found[key]:9.1f}" for key in ("open", "add", "page p95", "end"))
            print(f"{words:8} {codings:8}  {name + (', one paragraph' if one else ''):16}{figures}")


def _study(words: int, codings: int, *, one: bool) -> tuple[Reading, CodeTree, list[Coding]]:
    reading = made_reading(words, one_paragraph=one)
    return reading, *made_codings(reading, codings)


if __name__ == "__main__":
    main(sys.argv[1:])
