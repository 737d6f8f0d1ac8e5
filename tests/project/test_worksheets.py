"""Worksheets: started, answered, linked, printed; what becomes of them when the study changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput, CannotWrite, NotFound, UserError
from cohesion_qda.model.ids import SourceId, WorksheetId
from cohesion_qda.model.text import Span
from cohesion_qda.model.textmap import Edit
from cohesion_qda.project import Project
from tests.makers import small_study

FIRST = "What could your service do to individuals, families, neighbourhoods and communities in the area?"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "study.cqda") as made:
        yield made


def started(project: Project, key: str = "east_midlands/inclusion", source: str = "") -> WorksheetId:
    frame, _slash, sheet = key.partition("/")
    verbs = project.worksheets
    return verbs.started(verbs.start(frame, sheet, project.sources.get(source).id if source else None))


def place(project: Project, words: str, source: str = "Women") -> tuple[SourceId, Span]:
    id_ = project.sources.get(source).id
    return id_, project.codings.find_quote(id_, words)


def refused(call) -> str:
    with pytest.raises(UserError) as error:
        call()
    return f"{error.value.message} {error.value.hint}"


def test_a_checklist_is_answered_counted_and_undone(project: Project) -> None:
    verbs = project.worksheets
    change = verbs.start("east_midlands", "inclusion", project.sources.get("Women").id)
    assert change.said == "Started the worksheet “Inclusion checklist: Women”"
    id_ = verbs.started(change)
    assert verbs.answer(id_, "1.i", "found", "Partly").said == (
        f"Answered “{FIRST}” of “Inclusion checklist: Women”: Partly"
    )
    assert (
        verbs.answer(id_, "1.i", "Nodyn", "In one line.").said == f"Wrote on “{FIRST}” of “Inclusion checklist: Women”"
    )
    for item in ("1.ii", "2.i"):
        verbs.answer(id_, item, "found", "found")
    verbs.answer(id_, "2.ii", "found", "not applicable")
    found = verbs.read(id_)
    assert found.progress() == (4, 27) and found.worksheet.source_name == "Women"
    tally = found.tally()
    assert tally is not None and tally.total == (2, 1, 0, 1) and (tally.answered, tally.asked) == (4, 27)
    assert (tally.rows[0].counts, tally.rows[0].is_open) == ((1, 1, 0, 0), 3)
    assert (
        verbs.answer(id_, "1.i", "found", "").said
        == f"Took an answer to “{FIRST}” of “Inclusion checklist: Women” back"
    )
    assert verbs.read(id_).progress() == (3, 27)
    project.history.undo()
    assert verbs.read(id_).worksheet.values["1.i", "found"] == "partly"
    assert verbs.answer(id_, "1.i", "found", "partly").is_empty


def test_words_typed_within_a_minute_are_one_act(project: Project) -> None:
    id_, acts = started(project, "delivery/mapping"), len(project.history.trail())
    for words in ("Three", "Three wards", "Three wards of ten."):
        project.worksheets.answer(id_, "c.1", "what", words)
    assert len(project.history.trail()) == acts + 1
    project.history.undo()
    assert not project.worksheets.read(id_).worksheet.values


def test_passages_are_linked_once_follow_corrections_and_are_let_go(project: Project) -> None:
    verbs, id_ = project.worksheets, started(project)
    at = place(project, "Everybody is in the park")
    assert verbs.link(id_, "1.i", [at, at]).said == f"Linked 1 passage to “{FIRST}” of “Inclusion checklist”"
    assert verbs.link(id_, "1.i", [at]).is_empty
    verbs.link(id_, "1.i", [place(project, "The buses.")])
    item = verbs.read(id_).form.item("1.i")
    assert [place.quote for place in verbs.read(id_).standing(item)] == ["Everybody is in the park", "The buses."]
    span = place(project, "The buses. ")[1]
    project.corrections.correct(at[0], [Edit(span.start, span.end)])
    found = verbs.read(id_)
    assert [place.quote for place in found.standing(item)] == ["Everybody is in the park"]
    assert len(found.places) == 2, "one that lost its text is kept"
    (first, *_rest) = found.worksheet.linked(item)
    assert verbs.unlink(id_, "1.i", [first]).said == f"Took 1 passage from “{FIRST}” of “Inclusion checklist”"
    assert project.check() == []


def test_a_source_takes_its_worksheet_along_and_says_so(project: Project) -> None:
    started(project, source="Young people")
    id_ = started(project)
    project.worksheets.link(id_, "1.i", [place(project, "The youth club closed", "Young people")])
    said = project.sources.remove(project.sources.get("Young people").id).said
    assert said.endswith("(also gone: 1 worksheet, 1 passage linked to a worksheet)")
    assert [sheet.name for sheet in project.worksheets.list()] == ["Inclusion checklist"]
    project.history.undo()
    assert len(project.worksheets.list()) == 2 and project.worksheets.read(id_).worksheet.passages
    assert project.check() == []


def test_names_of_their_own_and_taking_one_away(project: Project) -> None:
    verbs = project.worksheets
    first, second = started(project), started(project)
    assert [sheet.name for sheet in verbs.list()] == ["Inclusion checklist", "Inclusion checklist (2)"]
    assert (
        verbs.rename(second, "Our service").said == "Renamed the worksheet “Inclusion checklist (2)” to “Our service”"
    )
    assert verbs.get("our service").id == second
    assert refused(lambda: verbs.rename(second, "inclusion checklist")) == (
        "There is already a worksheet “Inclusion checklist”. Choose another name."
    )
    assert refused(lambda: verbs.rename(second, " ")) == "A worksheet needs a name. Type a few words."
    verbs.answer(first, "1.i", "found", "found")
    assert verbs.remove(first).said == "Removed the worksheet “Inclusion checklist” with 1 answer"
    project.history.undo()
    assert verbs.read(first).worksheet.values == {("1.i", "found"): "found"}


def test_what_is_not_there_or_does_not_fit_is_refused(project: Project) -> None:
    verbs, id_ = project.worksheets, started(project, "delivery/mapping")
    women = project.sources.get("Women").id
    assert refused(lambda: verbs.start("delivery", "mapping", women)) == (
        "“Map of the local area” is filled in for the whole study, not for one source. Leave the source away."
    )
    assert refused(lambda: verbs.start("delivery", "map")).startswith("There is no worksheet “map”.")
    assert refused(lambda: verbs.answer(id_, "c.99", "known", "known")).startswith("There is no question “c.99”.")
    assert refused(lambda: verbs.answer(id_, "c.1", "colour", "red")).startswith(
        "There is no field of this question “colour”."
    )
    assert refused(lambda: verbs.answer(id_, "c.1", "known", "maybe")).startswith("There is no choice “maybe”.")
    for day in ("soon", "2020-02-31", "20"):
        assert refused(lambda day=day: verbs.answer(id_, "c.1", "fresh", day)) == (
            f"“{day}” is not a date. Write it as 2020-01-30, or only the month (2020-01) or the year (2020)."
        )
    for day in ("2011", "2011-03", "2011-03-27"):
        verbs.answer(id_, "c.1", "fresh", day)
    review = started(project, "wales/review")
    assert refused(lambda: verbs.link(review, "0.1", [(women, Span(0, 4))])) == (
        "No passages are linked to “Which policy or practice is reviewed?”. Answer it in words."
    )
    with pytest.raises(NotFound):
        verbs.read(WorksheetId(99))


def test_printing_says_what_it_cannot_and_leaves_no_file(project: Project, tmp_path: Path) -> None:
    id_ = started(project, "wales/review")
    with pytest.raises(BadInput, match=r"cannot be printed as “\.odt”"):
        project.worksheets.write(id_, tmp_path / "review.odt")
    with pytest.raises(BadInput, match="no headings in “fr”"):
        project.worksheets.write(id_, tmp_path / "review.html", "fr")
    with pytest.raises(CannotWrite):
        project.worksheets.write(id_, tmp_path / "not there" / "review.html")
    assert not list(tmp_path.glob("review*"))
    assert project.worksheets.write(id_, tmp_path / "review.html").exists()
    assert project.history.trail()[0].said.startswith("Printed the worksheet “Mainstreaming review” to ")


def test_a_frame_of_a_newer_program_is_listed_and_left_alone(project: Project) -> None:
    id_ = started(project)
    with project._session.act("start-worksheet", worksheet="Later") as _action:
        project._session.db.execute("INSERT INTO worksheet (frame, sheet, name) VALUES ('later', 'x', 'Later')")
    assert [sheet.name for sheet in project.worksheets.list()] == ["Inclusion checklist", "Later"]
    assert [found.worksheet.id for found in project.worksheets.filled()] == [id_]
    assert refused(lambda: project.worksheets.read(project.worksheets.get("Later").id)).startswith(
        "There is no study frame “later”."
    )
