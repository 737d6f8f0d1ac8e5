"""A researcher holds a strategy document against a checklist: words linked from the text, answered, printed, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.choosing import Choosing
from tests.journeys.researcher import Researcher

STRATEGY = """Our strategy for a fair place

We talk with groups of residents before we decide.

Every service reports each year on who it reaches.
"""


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def picks(researcher: Researcher, typed: str) -> None:
    """From the list that opened, by typing part of the words."""
    found: list[Choosing] = []

    def is_there() -> bool:
        found[:] = [dialog for dialog in researcher.window.findChildren(Choosing) if dialog.isVisible()]
        return bool(found)

    researcher.rests(is_there)
    QTest.keyClicks(found[0].field, typed)
    QTest.keyClick(found[0].field, Qt.Key.Key_Return)
    researcher.rests()


def test_words_of_a_strategy_are_linked_from_the_text_and_the_checklist_is_printed(
    researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Strategy.txt").write_text(STRATEGY, encoding="utf-8")
    researcher.starts_a_study(tmp_path / "Toolkit.cqda", "east_midlands").imports(tmp_path / "Strategy.txt")
    page = researcher.goes_to("report")
    page.turn_to("worksheets")
    tab = page.tab
    researcher.rests(lambda: bool(tab.standing.offers))
    wanted = "Inclusion checklist, for one source…"
    next(action for action in tab.start_menu().actions() if action.text() == wanted).trigger()
    picks(researcher, "strategy")
    researcher.rests(lambda: tab.which.currentText() == "Inclusion checklist: Strategy")

    researcher.goes_to("read")
    researcher.reads("Strategy").selects("Every service reports each year on who it reaches.").presses("z")
    picks(researcher, "system that shows who your users are")

    researcher.goes_to("report")
    researcher.rests(lambda: any(row.more.endswith("1 passage") for row in tab.list.questions.rows))
    row = next(row for row in tab.list.questions.rows if row.more == "1 passage")
    tab.list.choose(row.key)
    QTest.keyClicks(tab.list, "1")
    researcher.rests(lambda: tab.progress.text() == "1 of 27 answered")
    target = tmp_path / "checklist.docx"
    monkeypatch.setattr(choose, "save_file", lambda *_asked: target)
    tab.print_button.click()
    researcher.rests(target.exists)
    assert researcher.ask(lambda p: p.history.trail()[0].said).startswith("Printed the worksheet")

    researcher.undoes()
    researcher.rests(lambda: tab.progress.text() == "0 of 27 answered")
    assert researcher.ask(lambda p: p.check()) == []
