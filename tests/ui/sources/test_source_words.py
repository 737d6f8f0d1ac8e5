"""What the pages about sources say."""

from __future__ import annotations

import pytest

from cohesion_qda.model.source import Alike
from cohesion_qda.ui.sources import words


@pytest.mark.parametrize(
    ("files", "looks", "errors", "said"),
    [
        (12, 2, 1, "12 files; 2 need a look; 1 could not be read"),
        (1, 1, 0, "1 file; 1 needs a look"),
        (3, 0, 0, "3 files; none needs a look"),
        (2, 0, 2, "2 files; 2 could not be read"),
    ],
)
def test_the_summary(files: int, looks: int, errors: int, said: str) -> None:
    assert words.summary(files, looks, errors) == said


def test_who_speaks() -> None:
    assert words.speakers_words(["moderator", "participant", "participant"]) == "1 moderator, 2 participants"
    assert words.speakers_words(["observer"]) == "1 observer, 0 participants"
    assert words.speakers_words([]) == ""


def test_why_labels_look_alike() -> None:
    slip = Alike("Particpant", "Participant", "one letter differs")
    assert words.why_alike(slip) == "“Particpant” may be “Participant”. One letter differs."
    note = Alike("TN6 (nods)", "TN6", "It is a stage note.", is_joined=True)
    assert words.why_alike(note) == "“TN6 (nods)” was read as “TN6”. It is a stage note."
    assert words.why_alike(Alike("A", "a", "")) == "“A” may be “a”."


def test_the_same_name_in_several_files() -> None:
    assert words.shared_words({}) == ""
    assert words.shared_words({"David": 3}) == "David speaks in 3 files: kept as 3 people."
    several = {"David": 3, "Ann": 2, "Bob": 2, "Cy": 2}
    assert words.shared_words(several).startswith("David, Ann, Bob and 1 more speak in other files too")


def test_a_convention_that_nobody_knows_is_named_as_it_is() -> None:
    assert words.form_words("new") == "New"
    assert words.form_name("colon") == "Name and colon"
    assert words.kind_name("focus group") == "Focus group"
    assert words.kind_name("new") == "new"


def test_sentences_end() -> None:
    assert words.sentence(" two letters are odd") == "Two letters are odd."
    assert words.sentence("Is it?") == "Is it?"
    assert words.sentence("") == ""
