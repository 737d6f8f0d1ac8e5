"""A researcher charts a study in a framework matrix, quotes somebody in it, takes it back, and takes it away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study


class Charter(Researcher):
    """A researcher who charts."""

    @property
    def view(self) -> Any:
        return self.window.workspace.page_named("compare")._views["framework"]

    def opens_the_matrix(self) -> Charter:
        page = self.goes_to("compare")
        page.ask_kind("framework")
        self.rests(lambda: "framework" in page._views and self.view.grid.table.rowCount() > 0)
        self.view.grid.setFocus()
        return self

    def goes_on_to(self, case: str, name: str) -> Charter:
        """By the arrow keys."""
        grid = self.view.grid
        row = next(n for n, one in enumerate(grid.table.matrix.cases) if one.name == case)
        column = next(n for n in range(grid.table.columnCount()) if grid.table.name(n) == name)
        while grid.currentIndex().row() != row:
            QTest.keyClick(grid, Qt.Key.Key_Down if grid.currentIndex().row() < row else Qt.Key.Key_Up)
        while grid.currentIndex().column() != column:
            QTest.keyClick(grid, Qt.Key.Key_Right if grid.currentIndex().column() < column else Qt.Key.Key_Left)
        self.rests()
        return self

    def sums_up(self, words: str) -> Charter:
        """Enter, the words, Escape."""
        QTest.keyClick(self.view.grid, Qt.Key.Key_Return)
        QTest.keyClicks(self.view.cell.body, words)
        QTest.keyClick(self.view.cell.body, Qt.Key.Key_Escape)
        self.rests()
        return self

    def says(self, case: str, name: str) -> str:
        """What the project holds in a cell."""
        return self.ask(
            lambda p: (
                p.framework.get(
                    next(c.id for c in p.cases.list("participant") if c.name == case), p.codebook.tree().get(name).id
                ).body
            )
        )


@pytest.fixture
def study(tmp_path: Path) -> Path:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses. Nobody comes down", "Cuts")
        code(project, "Women", "the park. Everybody is in the park", "Public spaces")
        code(project, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        return project.path


@pytest.fixture
def charter(qtbot: Any) -> Iterator[Charter]:
    made = Charter(qtbot)
    yield made
    made.leaves()


def test_three_summaries_a_quotation_an_undo_and_the_matrix_taken_away(
    charter: Charter, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    charter.opens(study)
    charter.opens_the_matrix()
    charter.goes_on_to("Amina (Women)", "Cuts").sums_up("Nobody comes after six.")
    charter.goes_on_to("Carol", "Public spaces").sums_up("The park is everybody's.")
    charter.goes_on_to("Dev", "Public spaces").sums_up("Locked out.")
    assert charter.view.meta.text().startswith("3 summaries written")

    # a quotation goes in by the keys, is linked, and is taken back by one undo
    QTest.keyClick(charter.view.grid, Qt.Key.Key_P)
    QTest.keyClicks(charter.view.cell.passages, "q")
    charter.rests(
        lambda: "“the park is locked at four” (Dev, Young people, turn 3)" in charter.view.cell.body.toPlainText()
    )
    assert charter.says("Dev", "Public spaces").endswith("“the park is locked at four” (Dev, Young people, turn 3)")
    charter.undoes()
    assert charter.says("Dev", "Public spaces") == charter.view.cell.body.toPlainText() == "Locked out."
    charter.redoes()

    # taken away as a workbook and as a document
    page = charter.window.workspace.page_named("compare")
    for ending in (".xlsx", ".docx"):
        monkeypatch.setattr(choose, "save_file", lambda *_asked, ending=ending: tmp_path / f"matrix{ending}")
        charter.exports_the_answer().rests((tmp_path / f"matrix{ending}").exists)
    book = load_workbook(tmp_path / "matrix.xlsx")
    cells = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert "The park is everybody's." in cells
    document = Document(str(tmp_path / "matrix.docx"))
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("Locked out. “the park is locked at four”") and text.endswith("[1]") for text in said)
    assert "[1] the park is locked at four" in [paragraph.text for paragraph in document.paragraphs]
    assert page.asked.kind == "framework"


def test_what_is_being_typed_when_the_program_is_left_is_there_tomorrow(charter: Charter, study: Path) -> None:
    charter.opens(study)
    charter.opens_the_matrix()
    charter.goes_on_to("Carol", "Public spaces")
    QTest.keyClick(charter.view.grid, Qt.Key.Key_Return)
    QTest.keyClicks(charter.view.cell.body, "Where all meet.")
    charter.closes_the_project()
    with Project.open(study, read_only=True) as project:
        (summary,) = project.framework.all().of.values()
        assert summary.body == "Where all meet."
        assert project.history.trail()[0].told == "Asha wrote the summary of “Carol” on “Public spaces”"
