"""Under which question something was said: the guide, the sections that are found, and those that are moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.analysis import frequency, sections
from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.ids import QuestionId, SectionId, SourceId
from cohesion_qda.model.section import place_of
from cohesion_qda.model.source import SectionDraft, SourceDraft, TurnDraft
from cohesion_qda.model.table import QUESTION, Count
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import WOMEN, YOUNG, code, draft, small_study

MEAN = "What does a community that gets on well together mean to you?"
WAY = "What gets in the way?"
CHANGE = "If you could change one thing, what would it be?"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        yield made
        assert made.check() == []


def women(project: Project) -> SourceId:
    return project.sources.get("Women").id


def told(project: Project, source: str = "Women") -> list[tuple[int, str]]:
    """(number of the turn it begins with, title) of each section."""
    reading = project.sources.reading(project.sources.get(source).id)
    return [(place_of(reading.places, s.span.start) + 1, s.title) for s in reading.sections]


def headed(name: str = "Women", talk: list[tuple[str, str]] = WOMEN) -> SourceDraft:
    """A transcript that has headings on lines of their own, over its first and its fourth turn."""
    lines: list[str] = []
    turns: list[TurnDraft] = []
    found: list[SectionDraft] = []
    for n, (label, words) in enumerate(talk):
        if title := {0: "Getting on", 3: "Barriers"}.get(n):
            found.append(SectionDraft(sum(len(line) + 1 for line in lines), f"{title} "))
            lines.append(title)
        start = sum(len(line) + 1 for line in lines)
        turns.append(TurnDraft(Span(start, start + len(words)), label))
        lines.append(words)
    roles = {label: "moderator" if label == "Moderator" else "participant" for label, _words in talk}
    return SourceDraft(name, "focus group", "\n".join(lines), tuple(turns), roles, file_name=f"{name}.txt", sections=(*found, SectionDraft(9999, "x")))  # fmt: skip


def asked(project: Project, text: str) -> QuestionId:
    return next(q.id for q in project.guide.questions() if q.text == text)


def test_the_guide_s_questions_are_found_in_all_sources(project: Project) -> None:
    assert project.guide.set([MEAN, WAY, CHANGE]).said == "Set a guide of 3 questions"
    found = project.sections.find()
    assert (found.found, found.sources, found.n_sources) == (3, 2, 2)
    assert found.change.said == "Found where 3 questions are asked"
    assert told(project) == [(1, MEAN), (4, WAY)]
    assert told(project, "Young people") == [(1, WAY)]
    first, second = project.sections.of(women(project))
    assert first.span.end == second.span.start
    assert second.span.end == len(project.sources.text(women(project)))
    project.history.undo()
    assert told(project) == []


def test_it_is_said_how_many_questions_were_found_in_how_many_sources(project: Project) -> None:
    assert project.sections.in_words() == "", "there is no guide"
    project.guide.set([MEAN, WAY, "Who feeds the hens?"], find=True)
    assert project.sections.in_words() == "2 of 3 questions of the guide were found, in 2 of 2 sources."
    assert project.sections.in_words([project.sources.get("Young people").id]) == (
        "1 of 3 questions of the guide was found, in 1 of 1 sources."
    )
    assert project.sections.in_words([]) == ""
    project.guide.set(["Who feeds the hens?"])
    assert project.sections.in_words() == "None of the guide’s questions was found."


def test_codes_are_counted_by_the_question_that_was_asked(project: Project) -> None:
    code(project, "Women", "We share food", "Food")
    code(project, "Women", "The buses.", "Cuts")
    code(project, "Young people", "The youth club closed", "Cuts")
    project.guide.set([MEAN, WAY, CHANGE])
    project.sections.find()
    table = frequency.crosstab(project.tables.study(), QUESTION)
    assert [(c.label, c.base) for c in table.columns] == [(MEAN, Count(1, 2, 1)), (WAY, Count(2, 4, 2))]
    cells = {row.name: row.cells for row in table.rows}
    assert cells["Cuts"] == (Count(), Count(2, 2, 2))
    assert cells["Food"] == (Count(1, 1, 1), Count())
    cuts = project.codebook.tree().get("Cuts").id
    assert len(frequency.behind(project.tables.study(), [cuts], QUESTION, (WAY,))) == 2


def test_an_import_finds_the_questions_in_the_same_act(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.cqda", coder="Asha") as project:
        result = project.sources.add([draft("Women", WOMEN), draft("Young", YOUNG)], guide=[MEAN, WAY])
        assert result.sections == 3
        assert [q.text for q in project.guide.questions()] == [MEAN, WAY]
        project.history.undo()
        assert project.guide.questions() == []
        assert project.sources.list() == []
        project.history.redo()
        assert told(project) == [(1, MEAN), (4, WAY)]
        more = project.sources.add([draft("Women 2", [("Moderator", "Now, if you could change a thing?"), *WOMEN[1:]])], guide=[CHANGE])  # fmt: skip
        assert told(project, "Women 2") == [(1, CHANGE)]
        assert more.sections == 1
        assert [q.text for q in project.guide.questions()] == [MEAN, WAY, CHANGE], "a second guide joins the first"
        project.sources.add([draft("Young 2", YOUNG[:2])])
        assert told(project, "Young 2") == [(1, WAY)], "the project's own guide is sought where none is given"


def test_the_transcript_s_own_headings_are_kept(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.cqda", coder="Asha") as project:
        assert project.sources.add([headed()]).sections == 2
        assert told(project) == [(1, "Getting on"), (4, "Barriers")]
        project.codebook.add("Cuts")
        code(project, "Women", "The buses.", "Cuts")
        assert [c.label for c in frequency.crosstab(project.tables.study(), "question").columns] == [
            "Getting on",
            "Barriers",
        ]
        project.guide.set([WAY])
        project.sections.find()
        assert told(project) == [(1, "Getting on"), (4, WAY)], "the heading over a question becomes the question's"
        project.sections.find(again=True)
        assert told(project) == [(1, "Getting on"), (4, WAY)]
        project.guide.set([])
        assert told(project) == [(1, "Getting on"), (4, "Barriers")], "and is there again without it"
        project.sources.add([headed("Second", [*WOMEN[:5], ("Joan", "Yes.")])], guide=[WAY])
        assert told(project, "Second") == [(1, "Getting on"), (4, WAY)]
        project.guide.set([])
        assert told(project, "Second") == [(1, "Getting on"), (4, "Barriers")]
        assert project.check() == []


def test_finding_anew_gives_a_heading_back_that_no_question_needs(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.cqda", coder="Asha") as project:
        project.sources.add([headed()])
        project.guide.set([CHANGE])
        project.sections.place(women(project), project.sources.text(women(project)).index("And what"), question=asked(project, CHANGE))  # fmt: skip
        assert told(project) == [(1, "Getting on"), (4, CHANGE)], "it is placed where its heading stands"
        assert project.sections.find(again=True).found == 0
        assert told(project) == [(1, "Getting on"), (4, "Barriers")]


def test_a_section_begins_with_the_heading_over_its_turn(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.cqda", coder="Asha") as project:
        project.sources.add([headed()], guide=[MEAN])
        source, text = women(project), project.sources.text(women(project))
        assert told(project) == [(1, MEAN), (4, "Barriers")]
        mean = project.sections.of(source)[0].id
        assert project.sections.move(mean, text.index("What does getting")).is_empty, "it begins there"
        assert project.sections.place(source, 0, question=asked(project, MEAN)).is_empty
        project.sections.move(mean, text.index("And what gets"))
        assert told(project) == [(4, MEAN)], "one section for one turn"
        assert project.sections.of(source)[0].span.start == text.index("Barriers")


@pytest.mark.parametrize("title", ["Warming up", ""])
def test_finding_keeps_what_a_person_placed(project: Project, title: str) -> None:
    start = project.sources.text(women(project)).index("And what gets in the way")
    project.sections.place(women(project), start, title=title)
    project.guide.set([MEAN, WAY])
    assert project.sections.find().found == 2
    assert told(project) == [(1, MEAN), (4, title)]
    assert told(project, "Young people") == [(1, WAY)]
    assert project.check() == []
    project.sections.find(again=True)
    assert told(project) == [(1, MEAN), (4, WAY)], "what is found anew may take its place"
    project.guide.set([MEAN])
    assert told(project) == [(1, MEAN), (4, title)], "and it is there again"


def test_a_question_takes_the_place_of_one_that_goes(project: Project) -> None:
    project.guide.set([MEAN, "Is there anything in the way, or anybody?"])
    text = project.sources.text(women(project))
    project.sections.place(women(project), text.index("And what"), question=project.guide.questions()[1].id)
    project.guide.set([MEAN, WAY], find=True)
    assert told(project) == [(1, MEAN), (4, WAY)]
    project.guide.set([MEAN])
    project.guide.set([MEAN, WAY])
    project.sections.find()
    assert told(project) == [(1, MEAN), (4, WAY)], "nobody said that there is no question"


def test_questions_lose_their_numbers_wherever_they_come_from(project: Project) -> None:
    project.guide.set([f"1. {MEAN}", f"Q2: {WAY}", "3."])
    assert [q.text for q in project.guide.questions()] == [MEAN, WAY]
    assert project.guide.set([MEAN, f"(b) {WAY}"]).is_empty
    project.sources.add([draft("More", YOUNG[:2])], guide=[f"7) {WAY}"])
    assert [q.text for q in project.guide.questions()] == [MEAN, WAY]
    assert project.guide.checked(["2) Why?"]) == ["Why?"]
    with pytest.raises(BadInput, match="twice"):
        project.guide.set([f"1. {WAY}", f"2. {WAY}"])


# ---- seeking before anything is written


def test_a_guide_joins_also_where_every_file_is_there_already(project: Project) -> None:
    again = [draft("Women", WOMEN), draft("Young people", YOUNG)]
    result = project.sources.add(again, guide=[WAY])
    assert len(result.already) == 2
    assert [q.text for q in project.guide.questions()] == [WAY]
    assert result.change.said == "Set a guide of 1 question"
    assert told(project) == []
    assert project.sources.add(again, guide=[WAY]).change.is_empty
    project.history.undo()
    assert project.guide.questions() == []


def test_what_was_sought_before_is_not_sought_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    twin, new = draft("Women", WOMEN), draft("Third", YOUNG[:2])
    drafts = [twin, new, new]
    wanted = project.sections.to_seek(drafts, [f"1. {MEAN}", WAY])
    assert wanted.questions == (MEAN, WAY)
    assert list(wanted.drafts) == [1, 2], "what the project has is not searched"
    steps: list[tuple[int, int, str]] = []
    found = wanted.seek(Job(lambda *step: steps.append(step)))
    assert steps[-1][:2] == (2, 2)

    def find(*_arguments: Any) -> Any:
        raise AssertionError("sought once more")

    with monkeypatch.context() as patched:
        patched.setattr(sections, "find", find)
        result = project.sources.add(drafts, guide=[MEAN, WAY], sought=found)
    assert result.sections == 1
    assert [source.name for source in result.added] == ["Third"]
    assert told(project, "Third") == [(1, WAY)]
    project.history.undo()
    assert project.sources.add(drafts, guide=[CHANGE], sought=found).sections == 0, "that was about other questions"


def test_seeking_can_be_stopped(project: Project) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        project.sections.to_seek([draft("Third", YOUNG[:2])], [WAY]).seek(job)


def test_a_document_s_lines_are_looked_at_where_nobody_speaks(tmp_path: Path) -> None:
    text = "Our strategy.\nWhat gets in the way?\nBuses, mostly.\nWe shall act."
    with Project.create(tmp_path / "p.cqda", coder="Asha") as project:
        project.sources.add([SourceDraft("Strategy", "document", text, file_name="s.txt")], guide=[WAY])
        (section,) = project.sections.of(project.sources.get("Strategy").id)
        assert section.span.of(text).startswith("What gets in the way?\nBuses")
        project.sections.place(project.sources.get("Strategy").id, text.index("We shall") + 3)
        assert [s.span.of(text) for s in project.sections.of(section.source)][1] == "We shall act."


def test_finding_again_keeps_what_is_there_unless_it_is_given_up(project: Project) -> None:
    project.guide.set([MEAN, WAY])
    project.sections.find()
    text = project.sources.text(women(project))
    project.sections.place(women(project), text.index("For me it is the park"), question=asked(project, WAY))
    assert told(project) == [(1, MEAN), (3, WAY)], "a question is moved, not asked twice"
    assert project.sections.find().change.is_empty
    project.sections.remove(project.sections.of(women(project))[0].id)
    assert project.sections.find().found == 1
    assert told(project) == [(1, MEAN), (3, WAY)]
    again = project.sections.find([women(project)], again=True)
    assert (again.found, again.n_sources) == (2, 1)
    assert told(project) == [(1, MEAN), (4, WAY)]


def test_wrong_ones_are_moved_by_hand_and_taken_back(project: Project) -> None:
    source, text = women(project), project.sources.text(women(project))
    project.guide.set([MEAN, WAY])
    change = project.sections.place(source, 3, question=asked(project, MEAN))
    assert change.said == f"Let “{MEAN}” begin at turn 1 of “Women”"
    assert source in change.sources
    project.sections.place(source, text.index("park"), title=" Meeting  places ")
    project.sections.place(source, text.index("The buses"), question=asked(project, MEAN), is_asked_again=True)
    assert (
        project.sections.place(source, text.index("(laughs)")).said
        == "Let no question be asked from turn 6 of “Women” on"
    )
    assert told(project) == [(1, MEAN), (3, "Meeting places"), (5, MEAN), (6, "")]
    moved = project.sections.of(source)[1].id
    assert "turn 5" in project.sections.move(moved, text.index("The buses")).said
    assert told(project) == [(1, MEAN), (5, "Meeting places"), (6, "")], "it takes the place of what began there"
    assert project.sections.move(moved, text.index("The buses")).is_empty
    assert project.sections.remove(moved).said == "Took away where “Meeting places” begins in “Women”"
    for _act in range(3):
        project.history.undo()
    assert told(project) == [(1, MEAN), (3, "Meeting places"), (5, MEAN)]


def test_a_question_worded_anew_keeps_its_sections_and_one_that_goes_leaves_none(project: Project) -> None:
    project.guide.set([MEAN, WAY])
    project.sections.find()
    ids = {q.text: q.id for q in project.guide.questions()}
    better = "What gets in your way?"
    project.guide.set([CHANGE, better, f" {MEAN.upper()}\n"])
    assert [(q.position, q.text) for q in project.guide.questions()] == [(0, CHANGE), (1, better), (2, MEAN.upper())]
    assert asked(project, better) == ids[WAY]
    assert told(project) == [(1, MEAN.upper()), (4, better)]
    project.guide.set([better])
    assert told(project) == [(1, ""), (4, better)]
    assert frequency.crosstab(project.tables.study(), QUESTION).columns[-1].label == "(no question)"
    project.history.undo()
    assert told(project) == [(1, MEAN.upper()), (4, better)]
    assert project.guide.set([]).said == "Took the moderator’s guide away"


def test_another_question_in_its_place_is_another_question(project: Project) -> None:
    project.guide.set(["What brings people together?"])
    before = project.guide.questions()[0].id
    project.guide.set(["What keeps people apart?"])
    assert project.guide.questions()[0].id != before


def test_a_guide_is_read_from_a_file(project: Project, tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(f"Topic guide\n1. {MEAN}\n2. {WAY}\n", encoding="utf-8")
    assert project.guide.read(tmp_path / "guide.txt") == [MEAN, WAY]


def test_a_source_that_goes_takes_its_sections_along(project: Project) -> None:
    project.guide.set([WAY])
    project.sections.find()
    project.sources.remove(women(project))
    assert project.check() == []
    project.history.undo()
    assert told(project) == [(4, WAY)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda p: p.sections.find(), "no moderator's guide"),
        (lambda p: p.guide.set([WAY, "what  gets in the WAY?"]), "twice"),
        (lambda p: p.sources.add([], guide=[WAY, WAY]), "twice"),
        (lambda p: p.sections.place(women(p), 0, question=QuestionId(9)), "no question “9”"),
        (lambda p: p.sections.place(women(p), 99999, title="x"), "ends at"),
        (lambda p: p.sections.move(SectionId(9), 0), "no section “9”"),
        (lambda p: p.sections.remove(SectionId(9)), "no section “9”"),
    ],
)
def test_what_cannot_be_done_says_why(project: Project, wrong: Any, words: str) -> None:
    acts = len(project.history.trail())
    with pytest.raises((BadInput, NotFound), match=words):
        wrong(project)
    assert len(project.history.trail()) == acts
