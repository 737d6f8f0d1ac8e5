"""What can be typed into a search, and the sentences for what cannot be understood."""

from __future__ import annotations

import pytest

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.extent import extended
from cohesion_qda.model.search import (
    MOST_WORDS,
    as_match,
    beginning,
    parse,
    phrase,
    shortest_prefix,
    words_with_forms,
)
from cohesion_qda.model.text import Span


def alone(word: str) -> list[str]:
    return [word]


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("park", '"park"'),
        ("park buses", '("park" AND "buses")'),
        ("park AND buses", '("park" AND "buses")'),
        ("park OR buses AND late", '("park" OR ("buses" AND "late"))'),
        ("park and or not near", '("park" AND "and" AND "or" AND "not" AND "near")'),
        ("NEAR park", '("NEAR" AND "park")'),
        ('"the youth club"', '"the youth club"'),
        ("“the youth club”", '"the youth club"'),
        ("comm*", '"comm"*'),
        ("park NOT car", '(("park") NOT "car")'),
        ("park AND NOT (car van)", '(("park") NOT ("car" AND "van"))'),
        ("a NOT b NOT c", '(("a") NOT ("b" OR "c"))'),
        ("(bus OR train) late", '(("bus" OR "train") AND "late")'),
        ('NEAR(park "youth club" child*, 5)', 'NEAR("park" "youth club" "child"*, 5)'),
        ("NEAR(park, children)", 'NEAR("park," "children", 10)'),
        ("don't, col:umn ^x {y} -z", '("don\'t," AND "col:umn" AND "^x" AND "{y}" AND "-z")'),
        ('the youth" club "', '("the" AND "youth" AND "club")'),
    ],
)
def test_what_is_typed_becomes_an_expression(typed: str, match: str) -> None:
    assert as_match(parse(typed), alone) == match


def test_forms_stand_for_each_other_in_words_phrases_and_near() -> None:
    def forms(word: str) -> list[str]:
        return [word, word + "s"]

    assert as_match(parse("~bus"), forms) == '("bus" OR "buss")'
    assert as_match(parse("bus comm* \"the bus\"", all_forms=True), forms) == '(("bus" OR "buss") AND "comm"* AND "the bus")'  # fmt: skip
    assert as_match(parse('~"the bus"'), forms) == '("the bus" OR "the buss" OR "thes bus" OR "thes buss")'
    assert as_match(parse("NEAR(~a b, 2)"), forms) == '(NEAR("a" "b", 2) OR NEAR("as" "b", 2))'
    assert words_with_forms(parse("~a b NOT (~c OR NEAR(~d e))")) == ["a", "c", "d"]
    with pytest.raises(BadInput, match="combined in 1024 ways"):
        as_match(parse('~"a b c d e f g h i j"'), forms)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Nothing is searched for yet"),
        ("  \n", "Nothing is searched for yet"),
        ("park AND", "AND at character 6 has nothing to join"),
        ("OR park", "OR at character 1 has nothing to join"),
        ("park OR", "OR at character 6"),
        ("park NOT", "NOT at character 6"),
        ("a AND AND b", "AND at character 7"),
        ("NOT car", "NOT at character 1 says only what is not to be found"),
        ("(park", "bracket at character 1 is not closed"),
        ("park (", "bracket at character 6 is not closed"),
        ("park)", "bracket at character 5 closes nothing"),
        ("()", "nothing to find before character 2"),
        ('"park', "quotation mark at character 1 is not closed"),
        ("pa*rk", r"In “pa\*rk” at character 1 the \* stands inside"),
        ("p*", "begins too many words"),
        ("park 😀", "“😀” at character 6 has no letter or digit"),
        ('""', "has no letter or digit"),
        ("NEAR(park)", r"NEAR\( at character 1 needs two words"),
        ("NEAR(a b, 5000)", "a number up to 1000"),
        ("NEAR(a OR b)", "only words and phrases can stand"),
        ("NEAR(a b", "bracket at character 1 is not closed"),
        ("(a, 5)", "there is no NEAR before it"),
        ("(" * 30 + "a" + ")" * 30, "stand too deep in others"),
        ("a " * (MOST_WORDS + 1), "more than 100 words"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(typed: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as raised:
        parse(typed)
    assert raised.value.hint


def test_the_shortest_beginning_is_known_and_a_phrase_is_taken_as_it_stands() -> None:
    assert shortest_prefix(parse("park")) is None
    assert shortest_prefix(parse("park OR (comm* NOT NEAR(chi* x))")) == 3
    assert phrase("the AND park!").words == ("the", "AND", "park!")
    assert beginning("the par") == beginning("the  par ")
    assert as_match(beginning("the par"), alone) == '"the par"*'
    assert as_match(beginning("a"), alone) == '"a"'


def test_an_extent_stays_in_its_turn() -> None:
    text = "One. Two park here. Three.\nNext park turn."
    hit = Span(text.index("park"), text.index("park") + 4)
    turn = Span(0, text.index("\n"))
    assert extended(text, hit, "hit", turn) == hit
    assert extended(text, hit, "sentence", turn).of(text) == "Two park here."
    assert extended(text, hit, "turn", turn).of(text) == "One. Two park here. Three."
    assert extended(text, hit, "turn", None).of(text) == "One. Two park here. Three."
    both = Span(hit.start, text.index("Next") + 4)
    assert extended(text, both, "sentence", turn).of(text) == "Two park here. Three."
    assert extended(text, both, "hit", turn).of(text) == "park here. Three."
