"""In the real window: a name leaves in the report only when its author says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.report import painted
from tests.conftest import plain_png
from tests.journeys.researcher import Researcher
from tests.makers import draft, small_study

TALK = [
    ("Moderator", "What brings people together?"),
    ("Amina", "It is Mr Akhtar who brings the food. You ring him on 07700 900123."),
    ("Carol", "He knows everybody on Skelbrook Lane."),
]


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def test_a_name_is_masked_until_its_author_settles_it(
    researcher: Researcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painted, "png", plain_png)
    with small_study(tmp_path / "Getting on.cqda") as project:
        project.sources.add([draft("The hall", TALK, place="Batley")])
    researcher.opens(project.path).reads("The hall").selects("It is Mr Akhtar who brings the food.").applies("Food")

    first = researcher.writes_the_report(tmp_path / "findings")
    assert "It is [name] who brings the food." in first and "You ring him on [telephone number]." in first
    assert "Akhtar" not in first and "07700" not in first and "Skelbrook" not in first
    page = researcher.goes_to("report")
    assert "names and numbers that may tell who somebody is have not been settled" in page.done.message.accessibleName()

    page.turn_to("check")
    tab = page.tab
    researcher.rests(lambda: bool(tab.found))
    assert {"Mr Akhtar", "07700 900123"} <= {each.words for each in tab.found}
    tab.list.setFocus()
    assert [each.words for each in tab.list.chosen_details()] == ["Mr Akhtar"]
    QTest.keyClick(tab.list, Qt.Key.Key_K)
    researcher.rests(lambda: any(each.verdict == "keep" for each in tab.found))
    QTest.keyClick(tab.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(tab.list.chosen_details()) == len(tab.found)

    second = researcher.writes_the_report(tmp_path / "findings")
    assert "It is Mr Akhtar who brings the food." in second and "You ring him on [telephone number]." in second
    researcher.undoes()
    researcher.rests(lambda: not any(each.verdict for each in tab.found))
