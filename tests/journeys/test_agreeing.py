"""Two have coded; a third reads what they coded differently and settles it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.model.asked import Asked
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

ASKED = Asked("agreement", coders=("Asha", "Ben"), options={"over": "turns", "repeats": 200})


@pytest.fixture
def coded_by_two(tmp_path: Path) -> Path:
    path = tmp_path / "study.cqda"
    with small_study(path) as made:
        code(made, "Women", "The buses.", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Women", "We share food over the wall", "Food")
        made.use_coder("Ben")
        code(made, "Women", "Nobody comes down after six.", "Cuts")
        code(made, "Women", "That is exactly it.", "Class")
        code(made, "Women", "every Eid.", "Public spaces")
    return path


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def coefficients(researcher: Researcher) -> list[tuple[str, Any]]:
    part = researcher.ask(lambda p: p.answers.ask(ASKED)).part("coefficients")
    return [(line.label, line.cells[9].value) for line in part.lines[2:]]


def test_disagreements_are_read_and_settled_in_the_window(researcher: Researcher, coded_by_two: Path) -> None:
    researcher.window.runner.use_coder("Asha")
    researcher.opens(coded_by_two)
    compare = researcher.goes_to("compare")
    compare.ask_for(ASKED)
    researcher.rests(lambda: compare.found is not None and compare.found.answer is not None)
    compare.open_reader()
    reader = compare._pile.currentWidget()
    researcher.rests(lambda: reader.list.current() is not None)
    assert reader.meta.text() == "4 of 4 places left to settle"
    assert coefficients(researcher) == [("Public spaces", 2), ("Food", 1), ("Cuts", 0), ("Class", 1)]

    # Asha is one of the two: she and Ben settle it together, under another name
    QTest.mouseClick(reader.together, Qt.MouseButton.LeftButton)
    researcher.rests(lambda: researcher.window.runner.info.coder == "Agreed" and not reader.banner.isVisible())
    for key, left in (("w", 4), ("n", 3), ("1", 2), ("n", 1)):
        if key == "w":
            QTest.keyClicks(reader.list, key)
            QTest.keyClicks(reader.bench.why, "Only a place, not a practice")
            QTest.keyClick(reader.bench.why, Qt.Key.Key_Return)
        else:
            enabled = {"1": reader.bench.as_coder[0], "n": reader.bench.not_here}[key]
            key = key if enabled.isEnabled() else "2"
            QTest.keyClicks(reader.list, key)
        researcher.rests(lambda left=left: reader.meta.text() == f"{left} of 4 places left to settle")
    settled = researcher.ask(lambda p: [(s.is_applied, s.why) for s in p.agreement.settlements()])
    assert len(settled) == 3 and settled[-1] == (False, "Only a place, not a practice")
    assert researcher.ask(lambda p: p.history.trail()[0].told).startswith("Agreed settled that “")

    researcher.undoes()
    researcher.rests(lambda: reader.meta.text() == "2 of 4 places left to settle")
    assert len(researcher.ask(lambda p: p.agreement.settlements())) == 2
    researcher.redoes()
    researcher.rests(lambda: reader.meta.text() == "1 of 4 places left to settle")

    # what the two did stays as it was, and so does how far they agree
    assert coefficients(researcher) == [("Public spaces", 2), ("Food", 1), ("Cuts", 0), ("Class", 1)]
    researcher.goes_to("history")
    researcher.rests(lambda: researcher.window.runner.info.coder == "Asha")
    assert researcher.ask(lambda p: p.check()) == []
