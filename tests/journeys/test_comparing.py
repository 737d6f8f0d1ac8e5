"""Two researchers at the page Compare: one takes a table away for publication, the other reads what comes up together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.choices import choices
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Two groups in two places; five people of two ages; two codes meet twice."""
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "the park. Everybody is in the park", "Public spaces", "Food")
        code(project, "Women", "We share food over the wall 😀 every Eid.", "Food")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Food")
        code(project, "Young people", "The youth club closed", "Cuts")
        for case in project.cases.list("participant"):
            if case.role == "participant":
                project.cases.set_attribute(case.id, "age", "over 60" if case.name in ("Carol", "Joan") else "under 60")
        return project.path


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


def chooses(researcher: Researcher, page: Any, chip: str, words: str) -> None:
    """An entry of a chip's menu."""
    menu = page.bar.menu(next(choice for choice in choices(page.asked, page.found.offer) if choice.key == chip))
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.deleteLater()
    researcher.rests()


def test_by_place_and_age_opened_kept_and_exported_for_publication(
    researcher: Researcher, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    researcher.opens(study)
    page = researcher.goes_to("compare")
    assert page.header.title.text() == "Codes by place"
    chooses(researcher, page, "then", "Age")
    assert page.header.title.text() == "Codes by place, and within it by age"

    # a cell is opened by the keys, and what is behind it is what was said
    page.table.setFocus()
    row = next(n for n, line in enumerate(page.table.answer.lines) if line.label == "Public spaces")
    column = next(
        n + 1 for n, head in enumerate(page.result.part.heads) if (head.over, head.label) == ("Dewsbury", "over 60")
    )
    page.table.setCurrentIndex(page.table.answer.index(row, column))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    researcher.rests(lambda: page.result.drawer.title.text() != "")
    assert page.result.drawer.title.text() == "Public spaces, Dewsbury, over 60"
    assert [card.quote for card in page.result.drawer.list.cards.cards()] == ["the park. Everybody is in the park"]
    QTest.keyClick(page.table, Qt.Key.Key_Escape)

    # kept under a name, and there tomorrow
    monkeypatch.setattr(choose, "line", lambda *_asked: "For the council")
    page.save()
    researcher.rests(lambda: bool(page.rail.saved.lines.rows))
    researcher.closes_the_project().opens(study)
    page = researcher.goes_to("compare")
    assert page.header.title.text() == "Codes by place"
    page.rail.saved.setFocus()
    QTest.keyClick(page.rail.saved, Qt.Key.Key_Return)
    researcher.rests(lambda: page.asked.by == ("place", "age"))

    # for publication small numbers are hidden unless somebody decides otherwise
    monkeypatch.setattr(choose, "save_file", lambda *_asked: tmp_path / "council.xlsx")
    researcher.exports_the_answer().rests((tmp_path / "council.xlsx").exists)
    sheets = load_workbook(tmp_path / "council.xlsx")
    words = [str(cell) for sheet in sheets for line in sheet.iter_rows(values_only=True) for cell in line]
    assert "[c]" in words
    with Project.open(study, read_only=True) as project:
        assert any("council.xlsx" in entry.said for entry in project.history.trail())

    researcher.undoes()
    assert not page.rail.saved.lines.rows, "the export is passed over; what was kept is taken back"


def test_what_comes_up_together_is_read_from_a_line_of_the_network(researcher: Researcher, study: Path) -> None:
    researcher.opens(study)
    page = researcher.goes_to("compare")
    page.rail.kinds.setFocus()
    for _step in range(2):
        QTest.keyClick(page.rail.kinds, Qt.Key.Key_Down)
        researcher.rests()
    assert page.asked.kind == "cooccurrence"
    page.result.choose_figure("network")
    page.result.choose_look("figure")
    figure = page.result.picture.figure
    researcher.rests(lambda: figure.drawing is not None and len(figure.spots) > 1)
    line = next(spot for spot in figure.spots if len(spot.key) > 1 and len(set(spot.key)) > 1)
    assert "Public spaces" in line.said and "Food" in line.said
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=figure.place_of(line).center().toPoint())
    researcher.rests(lambda: page.result.drawer.isVisible())
    quotes = {card.quote for card in page.result.drawer.list.cards.cards()}
    assert quotes == {"the park. Everybody is in the park", "the park is locked at four"}
    read: list[tuple[int, object]] = []
    page.open_passage.connect(lambda source, span: read.append((source, span)))
    page.result.drawer.list.setFocus()
    page.result.drawer.list.choose_first()
    QTest.keyClick(page.result.drawer.list, Qt.Key.Key_Return)
    researcher.rests(lambda: bool(read))
    assert researcher.window.workspace.current == "read"
