"""A researcher with a spreadsheet of who took part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cohesion_qda.analysis import frequency
from cohesion_qda.ui.attributes.new_attribute import NewAttribute
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

COPIED = (
    "Name\tGroup\tAge band\tYears here\r\n"
    "Amina\tWomen\tunder 60\t12\r\nCarol\tWomen\tover 60\t41\r\nJoan\tWomen\tover 60\t8\r\n"
    "Amina\tYoung people\tunder 60\t15\r\nDev\tYoung people\tunder 60\t\r\n"
)


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    yield made
    made.leaves()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Young people", "the park is locked at four", "Public spaces")
    return tmp_path / "study.cqda"


def test_a_block_from_a_spreadsheet_becomes_something_to_compare_by(researcher: Researcher, study: Path) -> None:
    """Ctrl+7, paste onto the names, look it over, set; compare by age band; one undo takes all of it back."""
    researcher.opens(study)
    researcher.window.commands.actions["page_attributes"].trigger()
    page = researcher.rests().window.workspace.page
    researcher.rests(lambda: page.model.rowCount() > 0)
    assert page.header.title.text() == "People and attributes"
    QGuiApplication.clipboard().setText(COPIED)
    page.grid.go_to(0, 0)
    QTest.keyClick(page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    researcher.rests(lambda: page.flow.dialog is not None)
    assert page.flow.dialog.names_title.text() == "Every name was found."
    page.flow.dialog.take.click()
    researcher.rests(lambda: page.model.column_of("Age band") is not None)
    assert [field.type for field in page.model.fields[-2:]] == ["category", "number"]

    compare = researcher.goes_to("compare")
    compare.choose("by", "Age band")
    researcher.rests(lambda: compare.asked.by == ("Age band",))
    table = researcher.ask(lambda p: frequency.crosstab(p.tables.study(), "Age band"))
    assert [column.value for column in table.columns][:2] == ["over 60", "under 60"]
    line = compare.table.answer.lines[0]
    shown = {
        head.label: (cell.value, cell.of) for head, cell in zip(compare.result.part.heads, line.cells, strict=True)
    }
    assert (shown["over 60"], shown["under 60"]) == ((1, 2), (1, 3))

    researcher.undoes()
    assert researcher.ask(lambda p: p.attributes.table("participant").columns) == ()
    assert researcher.ask(lambda p: p.check()) == []


def test_somebody_who_came_twice_is_one_person_and_typing_goes_into_the_project(
    researcher: Researcher, study: Path
) -> None:
    researcher.opens(study)
    page = researcher.goes_to("attributes")
    researcher.rests(lambda: page.model.rowCount() == 7)
    page.grid.go_to(1, 0)
    twice = [row for row, person in enumerate(page.model.rows) if person.name == "Amina"]
    chosen = page.grid.selectionModel()
    for row in twice:
        chosen.select(page.model.index(row, 0), chosen.SelectionFlag.Select)
    page.join_button.click()
    researcher.rests(lambda: page.model.rowCount() == 6)
    page.add_button.click()
    dialog = page.findChild(NewAttribute)
    QTest.keyClicks(dialog.field, "Came by")
    dialog.add.click()
    researcher.rests(lambda: page.model.column_of("Came by") is not None)
    for letter in "bus":
        QTest.keyClicks(page.grid.viewport().focusWidget() or page.grid, letter)
    QTest.keyClick(page.grid.viewport().focusWidget(), Qt.Key.Key_Return)
    researcher.rests()
    people = researcher.ask(lambda p: p.attributes.table("participant").rows)
    assert [(p.name, p.where, dict(p.values)) for p in people if p.values] == [
        ("Amina", "Women, Young people", {"Came by": "bus"})
    ]
    researcher.undoes().undoes().undoes()
    assert len(researcher.ask(lambda p: p.attributes.table("participant").rows)) == 7
