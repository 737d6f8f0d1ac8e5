"""Worksheets in the report, and printed as documents of their own."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import html5lib
import pytest

from cohesion_qda.model.ids import WorksheetId
from cohesion_qda.project import Project
from cohesion_qda.report.blocks import Figures, Grid, Heading, Paragraph, ThemePart
from cohesion_qda.report.contents import part_of
from cohesion_qda.report.printing import document
from tests.makers import small_study


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = small_study(tmp_path_factory.mktemp("worksheets") / "study.cqda")
    verbs, women = made.worksheets, made.sources.get("Women").id
    id_ = verbs.started(verbs.start("east_midlands", "inclusion", women))
    for item, value in (("1.i", "partly"), ("1.ii", "found"), ("2.i", "not found"), ("2.ii", "not applicable")):
        verbs.answer(id_, item, "found", value)
    verbs.answer(id_, "1.i", "note", "Write to ethel.b@example.org first.")
    quote = "Knowing your neighbours, I think."
    verbs.link(id_, "1.i", [(women, made.codings.find_quote(women, quote))])
    review = verbs.started(verbs.start("wales", "review"))
    verbs.answer(review, "1.1", "answer", "yes")
    verbs.answer(review, "1.1", "reasons", "It reaches <everybody> & more.")
    started_only = verbs.start("delivery", "mapping")
    assert not started_only.is_empty
    return made


def sheet(project: Project, name: str) -> WorksheetId:
    return project.worksheets.get(name).id


def test_the_part_tells_the_result_as_a_table_and_a_figure_with_the_same_numbers(project: Project) -> None:
    blocks = part_of(project.reports.snapshot(), "worksheets")
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level < 3]
    assert headings == ["Worksheets", "Inclusion checklist: Women", "Mainstreaming review"], "an empty one is left out"
    result = next(block for block in blocks if isinstance(block, Grid))
    assert result.head == ("Section", "Found", "Partly", "Not found", "Not applicable", "Not answered", "Questions")
    assert result.rows[-1] == ("All sections", "1", "1", "1", "1", "23", "27")
    assert [sum(int(row[n]) for row in result.rows[:-1]) for n in range(1, 7)] == [int(n) for n in result.rows[-1][1:]]
    alt = next(block.figures[0].picture.alt for block in blocks if isinstance(block, Figures))
    for row in result.rows[:2]:
        told = re.escape(row[0]) + r": .*" + r".*".join(n for n in row[1:6] if n != "0")
        assert re.search(told, alt), f"{row} is not in {alt}"
    first = next(block for block in blocks if isinstance(block, Grid) and "Question" in block.head)
    assert first.head == ("Question", "Evidence", "Note", "Passages") and first.rows[0][1] == "Partly"
    assert first.rows[0][3] == "1" and first.rows[2][1] == "–"
    passage = next(block for block in blocks if isinstance(block, ThemePart))
    assert passage.said == "Partly" and "Knowing your neighbours" in passage.quotations[0].parts[0].words
    lead = next(block.text for block in blocks if isinstance(block, Paragraph) and block.kind == "lead")
    assert lead.startswith(
        "Filled in for Women: 4 of 27 questions are answered. The questions follow Community & social"
    )


def test_what_may_identify_somebody_is_masked_in_the_part_and_in_print_until_it_is_kept(project: Project) -> None:
    note = "\n".join(cell for block in part_of(project.reports.snapshot(), "worksheets")
                     if isinstance(block, Grid) for row in block.rows for cell in row)  # fmt: skip
    assert "ethel.b@example.org" not in note and "Write to" in note
    id_ = sheet(project, "Inclusion checklist: Women")
    text = printed(project, id_)
    assert "ethel.b@example.org" not in text and "Write to" in text
    names = [detail for detail in project.details.found() if "ethel.b@example.org" in detail.words]
    assert names and not any("Equality" in detail.words for detail in project.details.found()), (
        "what a frame asks is none"
    )
    project.details.settle(names, "keep")
    assert "ethel.b@example.org" in printed(project, id_)
    project.history.undo()


def printed(project: Project, id_: WorksheetId, headings: str = "") -> str:
    found = document(project.worksheets.printed(id_), headings)
    said = []
    for block in found.blocks:
        if isinstance(block, Heading | Paragraph):
            said.append(f"{block.lang}|{block.text}")
        elif isinstance(block, ThemePart):
            said.extend(part.words for quotation in block.quotations for part in quotation.parts)
    return "\n".join(said)


def test_the_review_has_its_headings_in_english_in_welsh_or_in_both(project: Project) -> None:
    id_ = sheet(project, "Mainstreaming review")
    english, welsh, both = (printed(project, id_, headings) for headings in ("en", "cy", "both"))
    assert "|a) Screening" in english and "Sgrinio" not in english and "|Answer: Yes" in english
    assert "|a) Sgrinio" in welsh and "Screening" not in welsh and "|Ateb: Ydy" in welsh
    assert "|a) Screening\ncy|a) Sgrinio" in both and "|Answer / Ateb: Yes / Ydy" in both
    assert document(project.worksheets.printed(id_), "cy").language == "cy"
    assert "en-GB|Not answered yet." in welsh, "the program's own words say their language"


def test_what_only_one_language_has_says_so(project: Project) -> None:
    assert "en-GB|Have all who have a stake" in printed(project, sheet(project, "Inclusion checklist: Women"), "cy")


def test_every_kind_of_file_is_written_and_twice_the_same(project: Project, tmp_path: Path) -> None:
    id_ = sheet(project, "Mainstreaming review")
    for ending in ("docx", "html", "pdf"):
        first = project.worksheets.write(id_, tmp_path / f"one.{ending}", "both").read_bytes()
        again = project.worksheets.write(id_, tmp_path / f"two.{ending}", "both").read_bytes()
        assert first == again
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert "It reaches &lt;everybody&gt; &amp; more." in page and 'lang="cy"' in page and "<svg" in page


def test_a_source_that_is_not_to_be_named_is_not_in_the_name_of_its_worksheet(tmp_path: Path) -> None:
    with small_study(tmp_path / "study.cqda") as project:
        women = project.sources.get("Women").id
        project.sources.set_kind(women, "interview")
        id_ = project.worksheets.started(project.worksheets.start("east_midlands", "inclusion", women))
        project.worksheets.answer(id_, "1.i", "found", "found")
        project.reports.set("attribution", "group")
        found = project.worksheets.printed(id_)
        assert found.sheet.name == "Inclusion checklist: Interview" and found.sheet.source == "Interview"


def test_a_printed_checklist_read_back_has_its_headings_table_alternative_text_and_no_broken_link(
    project: Project, tmp_path: Path
) -> None:
    id_ = sheet(project, "Inclusion checklist: Women")
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    page = parser.parse(project.worksheets.write(id_, tmp_path / "list.html").read_text(encoding="utf-8"))
    assert [error for _place, error, _about in parser.errors] == []
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    links = [element.get("href", "")[1:] for element in page.iter("a") if element.get("href", "").startswith("#")]
    assert len(ids) == len(set(ids)) and set(links) <= set(ids) and links
    word = docx.Document(str(project.worksheets.write(id_, tmp_path / "list.docx")))
    styles = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert sum(name == "Heading 1" for name, _text in styles) == 5, "a principle each"
    assert sum(name == "Heading 2" for name, _text in styles) == 27, "a question each"
    (table,) = word.tables
    assert [cell.text for cell in table.rows[-1].cells] == ["All sections", "1", "1", "1", "1", "23", "27"]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    shapes = word.element.body.xpath(".//wp:docPr")
    assert shapes and all("27 questions answered" in shape.get("descr") for shape in shapes)


def test_two_sources_held_against_one_checklist_stand_beside_each_other(project: Project) -> None:
    def beside() -> list[Grid]:
        blocks = part_of(project.reports.snapshot(), "worksheets")
        return [block for block in blocks if isinstance(block, Grid) and "how each worksheet answers" in block.caption]

    assert beside() == []
    verbs = project.worksheets
    id_ = verbs.started(verbs.start("east_midlands", "inclusion", project.sources.get("Young people").id))
    verbs.answer(id_, "1.ii", "found", "not found")
    verbs.answer(id_, "3.i", "found", "found")
    (table,) = beside()
    assert table.head == ("Question", "Inclusion checklist: Women", "Inclusion checklist: Young people")
    assert [row[1:] for row in table.rows] == [
        ("Partly", "–"), ("Found", "Not found"), ("Not found", "–"), ("Not applicable", "–"), ("–", "Found"),
    ]  # fmt: skip
    for _act in range(3):
        project.history.undo()
