"""Which words are forms of which."""

from __future__ import annotations

import pytest

from cohesion_qda.analysis.lemmas import first_letters, forms, lemmas
from cohesion_qda.model.text import folded

STUDY = (
    "a am an are be been best better bus buses cafe cafes child children communities community councils feel felt go goes "
    "going gone good leave leaving left me meet meeting meetings men met people person was went were woman women worse"
)  # fmt: skip


def in_the_study(letter: str) -> list[str]:
    return [word for word in STUDY.split() if word.startswith(letter)]


def plain(word: str) -> str:
    return folded(word)[0]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("community", {"communities"}), ("communities", {"community"}), ("Community", {"communities"}),
        ("go", {"goes", "going", "gone", "went"}), ("went", {"go", "goes", "going", "gone"}),
        ("be", {"am", "are", "been", "was", "were"}), ("good", {"best", "better"}), ("felt", {"feel"}),
        ("person", {"people"}), ("woman", {"women"}), ("child", {"children"}), ("meeting", {"meet", "meetings", "met"}),
        ("café", {"cafes"}), ("left", {"leave", "leaving"}), ("bus", {"buses"}), ("xylophone", set()),
    ],
)  # fmt: skip
def test_forms_are_found_among_the_words_of_the_study(word: str, found: set[str]) -> None:
    made = forms(word, in_the_study, plain)
    assert made[0] == word
    assert set(made[1:]) == found


def test_only_words_that_may_be_forms_are_looked_through() -> None:
    asked: list[str] = []
    forms("community", lambda letter: asked.append(letter) or [], plain)
    assert asked == ["c"]
    assert first_letters("go") == {"g", "w"}
    assert lemmas("Going") == {"going", "go"}
