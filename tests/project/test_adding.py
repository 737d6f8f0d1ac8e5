"""What is added once, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cohesion_qda.formats.sources import read_here
from cohesion_qda.model import source as source_module
from cohesion_qda.model.source import HowToRead, SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.project.findings import said_in, speakers_found, words_found
from cohesion_qda.store import cases, sources

ASKED = "What brings people together round here?"
FIRST = ("The park.", "The school gate.", "The mosque, mostly.", "No idea.", "Football on a Sunday.")
SECOND = ("The market.", "Not much.", "Bingo, would you believe.", "No idea.")
TALK = (
    ("Mod", "What is it like?"),
    ("Amina", "It is the buses (sighs)."),
    ("Carol", "Yes."),
    ("Amina", "And the park."),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.cqda") as made:
        yield made
        assert made.check() == []


def survey(path: Path, *answers: str) -> Path:
    """A survey without names."""
    return _written(path, [f'"{ASKED}"', *(f'"{answer}"' for answer in answers)])


def _written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def respondents(path: Path) -> tuple[SourceDraft, ...]:
    return read_here(path, HowToRead(convention="respondents"))


def talk(name: str) -> SourceDraft:
    text = "\n".join(words for _label, words in TALK)
    turns, at = [], 0
    for label, words in TALK:
        turns.append(TurnDraft(Span(at, at + len(words)), label))
        at += len(words) + 1
    return SourceDraft(name, "focus group", text, tuple(turns), {"Mod": "moderator"})


# -- what is there already ---------------------------------------------------------------------------------------------


def test_two_people_of_two_surveys_may_give_the_same_short_answer(project: Project, tmp_path: Path) -> None:
    """Respondent 4 of both waves had no idea: nine people answered."""
    first, second = (survey(tmp_path / f"wave {n}.csv", *said) for n, said in enumerate((FIRST, SECOND), 1))
    found = [*respondents(first), *respondents(second)]
    assert found[3].text == found[8].text
    result = project.sources.add(found)
    assert (len(result.added), result.already) == (9, ())
    assert [project.sources.twin(draft) for draft in found] == [source.name for source in result.added]


def test_a_survey_that_is_there_is_left_out_whole(project: Project, tmp_path: Path) -> None:
    path = survey(tmp_path / "wave 1.csv", *FIRST)
    project.sources.add(respondents(path))
    again = project.sources.add(respondents(path))
    assert (len(again.added), len(again.already)) == (0, 5)


def test_talk_in_a_sheet_that_was_saved_again_with_more_is_known(project: Project, tmp_path: Path) -> None:
    rows = [f'{place},{who},"{words}"' for place in ("Batley", "Dewsbury") for who, words in TALK]
    first = _written(tmp_path / "talks.csv", ["Source,Speaker,Text", *rows])
    more = _written(tmp_path / "talks 2.csv", ["Source,Speaker,Text", *rows, 'Heckmondwike,Mod,"And here?"',
                                               'Heckmondwike,Dev,"The same."'])  # fmt: skip
    project.sources.add(read_here(first)[:1])
    result = project.sources.add(read_here(more))
    assert [source.name for source in result.added] == ["Heckmondwike"]


def test_a_sheet_of_one_conversation_is_known_by_its_file(project: Project, tmp_path: Path) -> None:
    path = _written(tmp_path / "talk.csv", ["Speaker,Text", *(f'{who},"{words}"' for who, words in TALK)])
    (draft,) = read_here(path)
    project.sources.add([draft])
    assert project.sources.twin(draft.joined({"Carol": "Amina"})) == "talk"


# -- one count ---------------------------------------------------------------------------------------------------------


def test_what_was_found_is_what_is_added(project: Project) -> None:
    draft = talk("Women")
    (added,) = project.sources.add([draft]).added
    speakers = project.sources.speakers()[added.id]
    assert [(s.label, s.turns, s.words) for s in speakers] == [
        (s.label, s.turns, s.words) for s in speakers_found(draft)
    ]
    assert added.words == words_found(draft) == 12
    document = SourceDraft("Notes", "document", "Nobody speaks (yet) here.")
    assert project.sources.add([document]).added[0].words == words_found(document) == 3


def test_people_who_are_called_the_same_are_one_in_the_count() -> None:
    said = said_in([talk("Women"), talk("Men")])
    found = said.speakers({"Carol": "Amina", "Mod": "Sam"})
    assert [(s.label, s.role, s.turns) for s in found] == [("Sam", "moderator", 2), ("Amina", "participant", 6)]
    assert sum(s.words for s in found) == said.words == 24
    assert sum(s.share for s in found) == pytest.approx(1)
    renamed = said.speakers({"Amina": "Mod"})
    assert [(s.label, s.role) for s in renamed] == [("Mod", "moderator"), ("Carol", "participant")]


def test_words_are_counted_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    count = source_module.count_words
    monkeypatch.setattr(source_module, "count_words", lambda text: counted.append(text) or count(text))
    project.sources.add([talk("Women")])
    assert counted == [words for _label, words in TALK]


# -- many --------------------------------------------------------------------------------------------------------------


def test_the_names_that_are_taken_are_read_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    names = sources.names
    monkeypatch.setattr(sources, "names", lambda db: asked.append(names(db)) or asked[-1])
    drafts = [
        SourceDraft(name, "document", f"{n}") for n, name in enumerate(["Straße", "STRASSE", "Straße", "Strasse (3)"])
    ]
    assert [s.name for s in project.sources.add(drafts).added] == [
        "Straße",
        "STRASSE (2)",
        "Straße (3)",
        "Strasse (3) (2)",
    ]
    assert len(asked) == 1


def test_people_are_joined_after_one_look_at_all(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = [SourceDraft(f"{n}", "interview", f"{n}", (TurnDraft(Span(0, len(f"{n}")), "Sam"),)) for n in range(20)]
    project.sources.add(drafts)
    first, *others = [case.id for case in project.cases.list("participant")]
    looks: list[str] = []
    every = cases.all_
    monkeypatch.setattr(cases, "all_", lambda db, kind="": looks.append(kind) or every(db, kind))
    project.cases.join(first, others)
    assert len(looks) == 1
    assert [case.id for case in project.cases.list("participant")] == [first]
