"""The framework matrix as a Word document: landscape tables with a repeated head, and the passages it rests on after them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.asked import Asked
from cohesion_qda.project import Project
from cohesion_qda.report import framework_docx
from tests.makers import code, small_study
from tests.project.test_framework import GROUPS, PEOPLE, at, case
from tests.project.test_verbs import cid


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        code(made, "Women", "The buses. Nobody comes down", "Cuts")
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        amina, cuts = case(made, "Amina"), cid(made, "Cuts")
        made.framework.write(amina, cuts, "Buses have gone; nobody comes after six.")
        made.framework.link(
            amina, cuts, [at(made, "Women", "The buses. Nobody comes down"), at(made, "Women", "after six")]
        )
        yield made


def read(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_summaries_stand_in_landscape_tables_with_a_repeated_head_and_their_passages_after_them(
    project: Project,
) -> None:
    made = read(framework_docx.render(project.answers.ask(PEOPLE)))
    first, second = made.tables
    assert [cell.text for cell in first.rows[0].cells] == [
        "Participant", "What unites", "Public spaces", "Food", "What divides", "Cuts",
    ]  # fmt: skip
    assert [cell.text for cell in second.rows[0].cells] == ["Participant", "Class"]
    assert first.rows[1].cells[0].text == "Amina (Women)\nWomen"
    assert first.rows[1].cells[5].text == "Buses have gone; nobody comes after six. [1, 2]"
    assert first.rows[2].cells[1].text == "(1 coded passage, no summary yet)"
    assert [table._tbl.tr_lst[0].trPr.xpath("w:tblHeader") != [] for table in made.tables] == [True, True]
    captions = ["".join(t.text for t in p._p.xpath(".//w:t")) for p in made.paragraphs if p.style.name == "Caption"]
    assert [caption.split(".")[0] for caption in captions] == ["Table 1", "Table 2"]
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ], "tables that follow one another share their pages"  # fmt: skip
    quotes = [p.text for p in made.paragraphs if p.style.name.startswith("Quote")]
    assert quotes == [
        "[1] The buses. Nobody comes down", "— Amina, Women, turn 5", "Summary: Amina (Women), Cuts",
        "[2] after six", "— Amina, Women, turn 5", "Summary: Amina (Women), Cuts",
    ]  # fmt: skip
    assert "5 participants by 6 codes, 1 summary written." in [p.text for p in made.paragraphs]


def test_the_same_answer_gives_the_same_bytes(project: Project) -> None:
    answer = project.answers.ask(GROUPS)
    assert framework_docx.render(answer) == framework_docx.render(answer)


def test_it_is_written_by_its_ending_and_noted(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "Matrix.docx"
    project.answers.write(PEOPLE, path)
    assert len(read(path.read_bytes()).tables) == 2
    assert project.history.trail()[0].kind.startswith("export-")
    project.answers.write(PEOPLE, tmp_path / "Coded.docx", part="coded")
    assert read((tmp_path / "Coded.docx").read_bytes()).tables[0].rows[1].cells[4].text == "1"
    with pytest.raises(BadInput, match="cannot be written as"):
        project.answers.write(Asked(), tmp_path / "Frequencies.docx")


def test_a_workbook_holds_the_summaries_and_the_passages_they_point_to(project: Project, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "Matrix.xlsx"
    project.answers.write(PEOPLE, path)
    book = load_workbook(path, read_only=True)
    words = {
        str(value) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for value in row if value
    }
    book.close()
    assert {"Buses have gone; nobody comes after six. [1, 2]", "The buses. Nobody comes down", "after six"} <= words


def test_a_study_without_anybody_says_so(tmp_path: Path) -> None:
    with Project.create(tmp_path / "e.cqda") as project:
        made = read(framework_docx.render(project.answers.ask(PEOPLE)))
    assert "There is nothing to lay out yet." in [p.text for p in made.paragraphs]
    assert made.tables == []
