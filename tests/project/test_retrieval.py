"""Queries through the Python API: found, paged, kept under a name, written to files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, CannotWrite, NotFound, ProjectReadOnly
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.query import Having, Query, Term
from cohesion_qda.model.table import Count
from cohesion_qda.project import Project
from tests.makers import code, draft, small_study


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "study.cqda") as made:
        code(made, "Women", "the park. Everybody is in the park", "Public spaces")
        code(made, "Women", "We share food over the wall 😀 every Eid.", "Food")
        code(made, "Young people", "the park is locked at four", "Public spaces", "Cuts")
        made.use_coder("Ben")
        code(made, "Young people", "The youth club closed", "Cuts")
        made.sources.add([draft("Notes", [], "field note")])
        yield made


def cid(project: Project, name: str) -> CodeId:
    return project.codebook.tree().get(name).id


def quotes(project: Project, query: Query, **how: object) -> list[str]:
    return [passage.quote for passage in project.retrieval.find(query, **how).passages]


def test_passages_come_with_words_speakers_turn_and_codes(project: Project) -> None:
    spaces, cuts = cid(project, "Public spaces"), cid(project, "Cuts")
    page = project.retrieval.find(Query((Term(spaces), Term(cuts, joiner="overlapping"))))
    (found,) = page.passages
    assert (found.quote, found.speakers, found.turn, found.source_name) == (
        "the park is locked at four", ("Dev",), 3, "Young people",
    )  # fmt: skip
    assert (found.code, found.also, found.coder, found.weight) == (spaces, (cuts,), "Asha", None)
    assert (page.total, page.count, page.base) == (1, Count(1, 1, 1), Count(5, 5, 2))


def test_a_quote_is_exact_after_an_emoji(project: Project) -> None:
    assert quotes(project, Query((Term(cid(project, "Food")),))) == ["We share food over the wall 😀 every Eid."]


def test_pages_follow_one_another(project: Project) -> None:
    whole = quotes(project, Query(), count=None)
    assert len(whole) == 5
    assert [q for first in (0, 2, 4) for q in quotes(project, Query(), first=first, count=2)] == whole
    assert quotes(project, Query(), first=9) == []


def test_what_was_read_is_read_again_when_anything_changed(project: Project, tmp_path: Path) -> None:
    spaces = cid(project, "Public spaces")
    assert len(quotes(project, Query((Term(spaces),)))) == 2
    code(project, "Women", "Nobody comes down after six", "Public spaces")
    assert len(quotes(project, Query((Term(spaces),)))) == 3
    project.history.undo()
    assert len(quotes(project, Query((Term(spaces),)))) == 2
    with Project.open(project.path, coder="Elsewhere") as other:
        code(other, "Women", "Nobody comes down after six", "Public spaces")
    assert len(quotes(project, Query((Term(spaces),)))) == 3


def test_weights_and_memos_come_along(project: Project) -> None:
    (coding,) = [passage.coding.id for passage in project.codings.retrieve(coder="Ben")]
    project.codings.set_weight([coding], 60)
    project.memos.add("coding", coding, "Strong words")
    (found,) = project.retrieval.find(Query(weight=50)).passages
    assert (found.coding, found.weight, found.memos) == (coding, 60, ("Strong words",))
    assert quotes(project, Query(weight=61)) == []
    project.look_as("Asha")
    blind = project.retrieval.find(Query(coders=("Ben",)))
    assert blind.total == 0, "Ben's codings are hidden from Asha whatever the query asks"
    assert project.retrieval.find(Query()).total == 4
    project.look_as("Somebody new")
    assert project.retrieval.find(Query()).total == 0


def test_paragraphs_of_a_document_stand_for_turns(project: Project) -> None:
    from cohesion_qda.model.source import SourceDraft
    from cohesion_qda.model.text import Span

    source = (
        project.sources.add([SourceDraft("Report", "document", "Fear here.\n\nHope there.\nAnd fear.")]).added[0].id
    )
    fear, hope = cid(project, "Class"), cid(project, "Food")
    project.codings.apply(source, Span(0, 4), [fear])
    project.codings.apply(source, Span(12, 16), [hope])
    project.codings.apply(source, Span(28, 32), [fear])
    near = Query((Term(fear), Term(hope, joiner="near", turns=1)))
    assert quotes(project, near) == ["Fear", "fear"]
    assert quotes(project, Query((Term(fear), Term(hope, joiner="and")))) == []


def test_an_order_or_attribute_that_is_not_there_is_said(project: Project) -> None:
    with pytest.raises(BadInput, match="order “luck”"):
        project.retrieval.find(Query(), order="luck")
    with pytest.raises(NotFound, match="no attribute “luck”"):
        project.retrieval.find(Query(), group="luck")
    assert project.retrieval.attribute("PLACE") == ("source", "place")


# -- kept under a name ---------------------------------------------------------------------------------------------------


def test_a_query_is_kept_changed_renamed_deleted_and_all_of_it_undone(project: Project) -> None:
    query = Query((Term(cid(project, "Food"), path="What unites/Food"),))
    assert project.retrieval.save("Eating  together", query).said == "Saved the query “Eating together”"
    assert project.retrieval.get("eating together").query == query
    wider = query.joined(Term(cid(project, "Cuts"), path="What divides/Cuts"))
    assert project.retrieval.save("EATING TOGETHER", wider).said == "Changed the saved query “Eating together”"
    assert project.retrieval.save("Eating together", wider).is_empty
    (saved,) = project.retrieval.saved()
    assert saved.query == wider
    assert project.retrieval.rename(saved.id, "Food").said == "Renamed the saved query “Eating together” to “Food”"
    assert project.retrieval.delete(saved.id).said == "Deleted the saved query “Food”"
    assert project.retrieval.saved() == []
    for _again in range(3):
        project.history.undo()
    assert [kept.query for kept in project.retrieval.saved()] == [query]
    assert project.check() == []


def test_names_of_saved_queries_that_cannot_be_used(project: Project) -> None:
    project.retrieval.save("One", Query())
    project.retrieval.save("Two", Query(weight=1))
    one = project.retrieval.get("One").id
    for name in ("", "  "):
        with pytest.raises(BadInput, match="needs a name"):
            project.retrieval.save(name, Query())
    with pytest.raises(BadInput, match="already"):
        project.retrieval.rename(one, "two")
    with pytest.raises(NotFound, match="Did you mean: One"):
        project.retrieval.get("Onne")
    project.retrieval.delete(one)
    with pytest.raises(NotFound, match="no saved query"):
        project.retrieval.rename(one, "Three")


def test_a_query_of_a_newer_program_is_left_out_of_the_list_and_kept(project: Project) -> None:
    project.retrieval.save("Mine", Query())
    db = project._session.db
    with project._session.act("save-query", name="Theirs"):
        db.execute("INSERT INTO saved_query (name, query) VALUES ('Theirs', '{\"version\": 7}')")
    assert [saved.name for saved in project.retrieval.saved()] == ["Mine"]
    with pytest.raises(BadInput, match="newer version"):
        project.retrieval.get("Theirs")


def test_what_is_no_longer_there_is_said_and_the_definition_stays(project: Project) -> None:
    food = cid(project, "Food")
    query = Query(
        (Term(cid(project, "Public spaces")), Term(food, joiner="not", path="What unites/Food")),
        coders=("Asha", "Zoe"), cases=((CaseId(99), "Old friend"),), having=(Having("source", "place", ("Batley", "Leeds")),),
        questions=("Why?",), kinds=("focus group", "diary"), sources=((SourceId(77), "Lost group"),),
    )  # fmt: skip
    project.retrieval.save("All of it", query)
    project.codebook.delete(food)
    page = project.retrieval.find(project.retrieval.get("All of it").query)
    assert page.query == query and page.total == 0
    assert page.missing == (
        "The code “What unites/Food” is no longer in the codebook: it finds nothing.",
        "There is no coder “Zoe”.",
        "“Old friend” is no longer among the people and groups.",
        "The source “Lost group” is no longer there.",
        "No source is of the kind “diary”.",
        "No section answers “Why?” any more.",
        "Nothing has the value “Leeds” of “place” any more.",
    )
    assert project.retrieval.missing(query) == list(page.missing)
    still = Query((query.terms[0], query.terms[1]), having=(Having("source", "place", ("Batley", "Leeds")),))
    assert quotes(project, still) == ["the park is locked at four"]


# -- in a file ----------------------------------------------------------------------------------------------------------------


def asked(project: Project) -> Query:
    return Query((Term(cid(project, "What unites")), Term(cid(project, "Cuts"), joiner="or")), having=(Having("source", "place", ("Batley",)),))  # fmt: skip


def test_a_word_document_is_read_again(project: Project, tmp_path: Path) -> None:
    import docx

    change = project.retrieval.write(asked(project), tmp_path / "out.docx", group="source", title="Parks & <cuts>")
    assert "out.docx" in change.said
    word = docx.Document(str(tmp_path / "out.docx"))
    lines = [(p.style.name, p.text) for p in word.paragraphs]
    assert ("Title", "Parks & <cuts>") in lines
    assert ("List Bullet", "“What unites” with the codes under it, or “Cuts”") in lines
    assert ("List Bullet", "place of sources: Batley") in lines
    assert [text for style, text in lines if style.startswith("Heading")] == [
        "What was looked for",
        "Young people (3 passages)",
    ]
    assert ("Quote", "The youth club closed") in lines
    assert ("Quote Source", "— Amina, Young people, turn 2") in lines
    assert ("Quote Source", "What divides/Cuts; coded by Ben") in lines
    assert any(text == "Said in 1 of 1 group, by 2 of 2 participants, 2 mentions." for _style, text in lines)


def test_a_sheet_is_read_again_and_runs_no_formula(project: Project, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    query = asked(project)
    project.codebook.rename(cid(project, "Cuts"), "=SUM(A1)")
    (coding,) = [passage.coding.id for passage in project.codings.retrieve(coder="Ben")]
    project.codings.set_weight([coding], 60)
    project.memos.add("coding", coding, "=HYPERLINK(1)")
    project.retrieval.write(query, tmp_path / "out.xlsx", order="speaker")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Cover", "Notes", "Passages"]
    rows = list(book["Passages"].iter_rows(values_only=True))
    head, first = rows[0], rows[1]
    row = dict(zip(head, first, strict=True))
    assert (row["Source"], row["Speaker"], row["Turn"], row["Passage"]) == (
        "Young people", "Amina", 2, "The youth club closed",
    )  # fmt: skip
    assert (row["Coder"], row["Weight"], row["Memo"]) == ("Ben", 60, "=HYPERLINK(1)")
    assert len(rows) == 4
    assert all(cell.data_type != "f" for line in book["Passages"].iter_rows() for cell in line)
    noted = [cell for line in book["Notes"].iter_rows(values_only=True) for cell in line]
    assert "place of sources: Batley" in noted and "3 passages fit." in noted


def test_a_web_page_is_whole_and_escapes_what_people_said(project: Project, tmp_path: Path) -> None:
    from lxml import html

    query = asked(project)
    project.codebook.rename(cid(project, "Cuts"), "<img src=x onerror=y>")
    project.retrieval.write(query, tmp_path / "out.html", group="code", title="Parks")
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<img" not in text and "&lt;img src=x" in text and "http" not in text.partition("</style>")[2]
    page = html.fromstring(text)
    assert page.get("lang") and page.findtext(".//title") == "Parks"
    assert [h.text for h in page.iter("h1")] == ["Parks"] and len(list(page.iter("h2"))) >= 3
    figures = page.findall(".//figure")
    assert len(figures) == 3 and len({f.get("id") for f in figures}) == 3
    assert "Dev, Young people, turn 3" in page.text_content()


def test_a_file_is_written_whole_or_not_at_all(project: Project, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"cannot be written as “\.pdf”"):
        project.retrieval.write(Query(), tmp_path / "out.pdf")
    with pytest.raises(CannotWrite, match="could not be written"):
        project.retrieval.write(Query(), tmp_path / "nowhere" / "out.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(CannotWrite):
        project.retrieval.write(Query(), tmp_path / "folder.html")
    assert not list(tmp_path.glob(".*writing*"))
    project.retrieval.write(Query(), tmp_path / "one.docx")
    project.retrieval.write(Query(), tmp_path / "two.docx")
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_a_project_that_may_only_be_read_is_retrieved_from_and_not_written_to(project: Project, tmp_path: Path) -> None:
    project.retrieval.save("Mine", Query())
    project.close()
    with Project.open(project.path, read_only=True) as reader:
        assert reader.retrieval.find(reader.retrieval.get("Mine").query).total == 5
        reader.retrieval.write(Query(), tmp_path / "out.html")
        with pytest.raises(ProjectReadOnly):
            reader.retrieval.save("Other", Query())
