"""A researcher has a word left out, counts two as one, corrects a transcript and takes it all back; every list follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.model.wording import Wording
from tests.journeys.researcher import Researcher
from tests.makers import small_study


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def test_words_left_out_and_counted_as_one_follow_the_transcripts(researcher: Researcher, tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        path = project.path
    page = researcher.opens(path).goes_to("suggest")
    page.turn_to("words")
    tab = page.tab
    researcher.rests()
    if tab.found is None:
        tab.empty.button.click()
    researcher.rests(lambda: tab.found is not None)

    def terms() -> dict[str, str]:
        return {row.word: row.counts for row in tab.terms.words.rows}

    assert terms()["park"] == "2 of 5 people, 3 times"
    rows = [row.word for row in tab.terms.words.rows]
    tab.terms.setCurrentIndex(tab.terms.words.index(rows.index("park")))
    tab.terms.setFocus()
    QTest.keyClick(tab.terms, Qt.Key.Key_L)
    researcher.rests(lambda: "park" not in terms())
    researcher.window.runner.do(lambda p: p.wording.merge("getting about", ["buses", "trams"]))
    researcher.rests(lambda: terms().get("getting about") == "1 of 5 people, 1 time")

    researcher.goes_to("read")
    researcher.reads("Women").corrects("The buses.", "The buses and the trams.").finishes()
    researcher.goes_to("suggest")
    researcher.rests(lambda: "getting about" in terms())
    assert terms()["getting about"] == "1 of 5 people, 2 times"

    researcher.undoes().undoes().undoes()
    researcher.rests(lambda: terms().get("park") == "2 of 5 people, 3 times" and "getting about" not in terms())
    assert researcher.ask(lambda p: p.wording.get()) == Wording()
    assert researcher.ask(lambda p: p.check()) == []
