"""A query put together at the window, kept, found again after closing, and taken away as a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cohesion_qda.ui import choose
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

CARDS = ["the park. Everybody is in the park"]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "For me it is the park. Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "the park. Everybody is in the park", "Food")
        code(project, "Women", "We share food over the wall 😀 every Eid.", "Public spaces", "Food", "Class")
        code(project, "Young people", "And the park is locked at four.", "Public spaces", "Food")
        for case in project.cases.list("participant"):
            if case.role == "participant":
                gender = "man" if case.name == "Dev" else "woman"
                project.cases.set_attribute(case.id, "gender", gender)
        return project.path


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def take(words: str) -> None:
    """An entry of the open menu, by the keyboard."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.setActiveAction(next(a for a in menu.actions() if a.text().partition("\t")[0] == words))
    QTest.keyClick(menu, Qt.Key.Key_Return)


def adds(researcher: Researcher, page: Any, name: str) -> None:
    """One more code: Ctrl+Shift+A, the beginning of its name, Enter."""
    keys(researcher, page, "Ctrl+Shift+A")
    QTest.keyClicks(page.query_bar.popup.field, name)
    QTest.keyClick(page.query_bar.popup.field, Qt.Key.Key_Return)
    researcher.rests()


def keys(researcher: Researcher, page: Any, sequence: str) -> None:
    """Keys pressed in the list, in the window that is in front."""
    researcher.window.activateWindow()
    page.list.setFocus()
    researcher.rests(page.list.hasFocus)
    QTest.keySequence(page.list, sequence)


def shown(page: Any) -> list[str]:
    return [card.quote for card in page.list.cards.cards()]


def test_a_overlapping_b_not_c_women_only_is_saved_found_again_and_exported(
    researcher: Researcher, study: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    researcher.opens(study)
    page = researcher.goes_to("retrieve")
    assert len(shown(page)) == 7
    for name in ("public", "food", "class"):
        adds(researcher, page, name)
    QTest.keyClick(page.query_bar.joiners[1], Qt.Key.Key_Space)
    take("not")
    researcher.rests()
    assert len(shown(page)) == 2, "Carol's and Dev's"
    keys(researcher, page, "Ctrl+Shift+L")
    take("Gender")
    QTest.keyClicks(page.narrowing.popup.field, "woman")
    for _again in range(2):
        QTest.keyClick(page.narrowing.popup.field, Qt.Key.Key_Return)
    researcher.rests()
    assert shown(page) == CARDS
    assert page.header.meta.text() == "1 passage  ·  1 of 4 people  ·  1 of 2 groups"

    monkeypatch.setattr(choose, "line", lambda *_args: "Green places, women")
    keys(researcher, page, "Ctrl+Shift+K")
    researcher.rests()
    researcher.closes_the_project().opens(study)
    page = researcher.goes_to("retrieve")
    assert len(shown(page)) == 7
    keys(researcher, page, "Ctrl+Shift+O")
    take("Green places, women")
    researcher.rests()
    assert shown(page) == CARDS and page.saved.chip.text() == "Green places, women"

    target = tmp_path / "women.docx"
    monkeypatch.setattr(choose, "save_file", lambda *_args: target)
    keys(researcher, page, "Ctrl+Shift+X")
    researcher.rests(target.exists)
    import docx

    lines = [paragraph.text for paragraph in docx.Document(str(target)).paragraphs]
    assert lines[0] == "Green places, women"
    assert "“Public spaces”, overlapping “Food”, not “Class”" in lines
    assert "gender of people: woman" in lines
    assert CARDS[0] in lines and "— Carol, Women, turn 3" in lines

    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    researcher.rests()
    assert shown(page) == []
    researcher.undoes()
    assert shown(page) == CARDS, "one key brings it back"
