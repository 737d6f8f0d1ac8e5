"""A quotation with its source: the same words wherever it is taken from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cohesion_qda.cli.writing import _at
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.quotation import quotation, quotation_of
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from cohesion_qda.ui.memos.quotes import quotes_of
from cohesion_qda.ui.retrieve.cards import cards_of_passages
from tests.makers import draft, small_study

EVERYBODY = "We share food over the wall 😀 every Eid.\nFor me it is the park."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A study in which Amina of the women is to be called Participant 4."""
    made = small_study(tmp_path / "study.cohesion")
    reading = made.sources.reading(made.sources.get("Women").id)
    amina = next(speaker.case for speaker in reading.speakers.values() if speaker.label == "Amina")
    made.cases.rename(amina, "Participant 4")
    return made


def quoted(project: Project, source: str, words: str) -> str:
    """The words as a quotation, as all who make one make it."""
    reading = project.sources.reading(project.sources.get(source).id)
    span = project.codings.find_quote(reading.source.id, words)
    said = quotation_of(reading, span)
    tree = project.codebook.tree()
    food = tree.get("What unites/Food").id
    project.codings.apply(reading.source.id, span, [food])
    coding = next(c for c in project.codings.of_source(reading.source.id) if c.span == span)
    (card,) = cards_of_passages(project.codings.passages([coding.id]), tree)
    assert card.quotation() == said
    project.codebook.set_example(food, coding.id)
    assert project.codebook.tree()[food].example == said
    memo = project.memos.added(project.memos.add("project", 0, "See"))
    project.memos.link(memo, [(reading.source.id, span)])
    (place,) = project.memos.links(memo)
    assert (_at(place), quotes_of([place])[0].quotation()) == (said, said)
    return said


def test_a_person_goes_by_the_name_in_the_study(project: Project) -> None:
    assert quoted(project, "Women", "The buses.") == "“The buses.” (Participant 4, Women, turn 5)"


def test_everybody_who_speaks_is_named_once(project: Project) -> None:
    assert quoted(project, "Women", EVERYBODY) == f"“{EVERYBODY}” (Participant 4, Carol, Women, turn 2)"
    reading = project.sources.reading(project.sources.get("Women").id)
    whole = quotation_of(reading, Span(0, len(reading.text)))
    assert whole.endswith("” (Moderator, Participant 4, Carol, Joan, Women, turn 1)")


def test_a_passage_ends_where_its_words_end(project: Project) -> None:
    reading = project.sources.reading(project.sources.get("Women").id)
    second = reading.turns[1].span
    assert quotation_of(reading, Span(second.start, second.end + 1)).endswith("(Participant 4, Women, turn 2)")


def test_where_nobody_speaks_the_source_is_named(project: Project) -> None:
    project.sources.add([SourceDraft("Notes", "field note", "A cold hall. Tea at four.")])
    assert quoted(project, "Notes", "Tea at four.") == "“Tea at four.” (Notes)"


def test_words_of_any_script_are_kept_as_they_are(project: Project) -> None:
    project.sources.add([draft("عربي", [("ليلى", "لا أحد يأتي 👨‍👩‍👧 بعد السادسة.")])])
    assert quoted(project, "عربي", "أحد يأتي 👨‍👩‍👧 بعد") == "“أحد يأتي 👨‍👩‍👧 بعد” (ليلى, عربي, turn 1)"


def test_of_words_that_are_no_more_is_said_so(project: Project) -> None:
    source = SourceId(project.sources.get("Women").id)
    memo = project.memos.added(project.memos.add("project", 0, "See"))
    project.memos.link(memo, [(source, project.codings.find_quote(source, "The buses."))])
    from cohesion_qda.model.textmap import Edit

    span = project.codings.find_quote(source, "The buses.")
    project.corrections.correct(source, [Edit(span.start, span.end, "")])
    (lost,) = quotes_of(project.memos.links(memo))
    assert lost.quotation() == "“The buses.” (Participant 4, Women, turn 5), corrected away since"


def test_no_names_no_turn() -> None:
    assert quotation("Bus", "Women") == "“Bus” (Women)"
