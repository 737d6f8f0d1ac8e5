"""Which chips each kind has, and what choosing does to what is asked: plain values."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.asked import KINDS, Asked, as_json, from_json
from cohesion_qda.model.case import Case
from cohesion_qda.model.query import Having
from cohesion_qda.model.source import Source
from cohesion_qda.model.table import QUESTION, UNITS, Count
from cohesion_qda.ui.compare import choices as of
from cohesion_qda.ui.compare.asking import Found, Offer, Totals, of_kind, offer_of
from cohesion_qda.ui.compare.choices import CHIPS, Choice
from cohesion_qda.ui.compare.states import nothing
from cohesion_qda.ui.retrieve.filters import Choices
from tests.makers import small_study
from tests.ui.compare.made import TREE


def source(number: int, name: str) -> Source:
    given = {"id": number, "name": name, "kind": "focus group"}
    return Source(**{field.name: given.get(field.name) for field in fields(Source)})


def person(number: int, name: str) -> Case:
    given = {"id": number, "name": name, "kind": "participant", "role": "participant", "attributes": {}}
    return Case(**{field.name: given.get(field.name) for field in fields(Case)})


OFFER = Offer(
    TREE,
    Choices(
        ("Asha", "Ben", "Cat"),
        (("place", "source", ("Batley", "Luton")), ("round", "source", ("1", "2")), ("age", "participant", ("9", "10")),
         (QUESTION, "section", ("What unites?", "What divides?"))),
    ),
    (source(1, "Women"), source(2, "Young people")), (person(7, "Amina"), person(8, "Dev")), ("round",),
    has_settled=True,
)  # fmt: skip


def chips(asked: Asked, offer: Offer = OFFER) -> dict[str, Choice]:
    return {choice.key: choice for choice in of.choices(asked, offer)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_can_be_made_kept_and_taken_back(kind: str) -> None:
    """Whatever a chip offers makes a question that can be kept under a name, and that the chips then show."""
    asked = of_kind(kind, OFFER, Asked("crosstab", by=("place",)))
    assert set(chips(asked)) <= set(CHIPS[kind])
    for choice in of.choices(asked, OFFER):
        for pick in choice.picks:
            if pick.value is None or pick.value in (of.ALL, of.CHOOSE):
                continue
            values = of.branch_of(OFFER, pick.value) if choice.key == "codes" else (pick.value,)
            other = of.chosen(asked, choice.key, values)
            assert from_json(as_json(other)) == other
            shown = chips(other).get(choice.key)
            assert shown is None or shown.words
            assert shown is None or pick.value in shown.chosen
        cleared = of.chosen(of.chosen(asked, choice.key, (choice.picks[-1].value,)), choice.key, ())
        assert from_json(as_json(cleared)) == cleared


def test_all_units_and_all_shares_are_offered() -> None:
    asked = Asked("crosstab", by=("place",))
    assert {pick.value for pick in chips(asked)["unit"].picks} == set(UNITS)
    assert {pick.value for pick in chips(asked)["share"].picks} == {"", "row", "column", "total"}


def test_nested_two_deep_and_never_twice_the_same() -> None:
    asked = of.chosen(Asked("crosstab", by=("place",)), "then", ("age",))
    assert asked.by == ("place", "age")
    assert "place" not in {pick.value for pick in chips(asked)["then"].picks}
    assert of.chosen(asked, "by", ("age",)).by == ("age",)
    assert of.chosen(asked, "by", ("round",)).by == ("round", "age")
    assert of.chosen(asked, "by", ("",)).by == ()
    assert "then" not in chips(Asked("crosstab"))


def test_a_correction_is_offered_only_beside_a_test_and_goes_with_it() -> None:
    asked = Asked("crosstab", by=("place",))
    assert chips(asked)["test"].chosen == ("",) and "correction" not in chips(asked), "no test unless asked for"
    tested = of.chosen(of.chosen(asked, "test", ("fisher",)), "correction", ("benjamini-hochberg",))
    assert chips(tested)["correction"].words == "Corrected by Benjamini–Hochberg"
    assert of.chosen(tested, "test", ("",)) == asked


def test_reach_is_asked_only_where_nearness_is() -> None:
    assert "turns" not in chips(Asked("cooccurrence"))
    near = of.chosen(Asked("cooccurrence"), "how", ("near",))
    assert chips(near)["turns"].words == "within 1 turn"


def test_the_four_responses_take_several_codes_each() -> None:
    asked = of.chosen(Asked("dynamics"), "agrees", (2, 3))
    asked = of.chosen(asked, "dissenting", (5,))
    assert asked.options == {"agrees": (2, 3), "dissenting": (5,)}
    assert chips(asked)["agrees"].words == "Agrees: Trust or Food"
    assert of.chosen(asked, "agrees", ()).options == {"dissenting": (5,)}


def test_a_portrait_is_of_a_transcript_or_of_a_person() -> None:
    asked = of_kind("portrait", OFFER, Asked())
    assert chips(asked)["whose"].words == "Women"
    other = of.chosen(asked, "whose", (("case", 8),))
    assert other.options == {"case": 8} and chips(other)["whose"].words == "Dev"


def test_codes_of_a_question_are_called_by_it() -> None:
    asked = of.chosen(Asked("crosstab", by=("place",)), "codes", of.branch_of(OFFER, 1))
    assert asked.codes == (2, 3) and chips(asked)["codes"].words == "What unites"
    assert chips(of.chosen(asked, "codes", (2, 6)))["codes"].words == "2 codes"


def test_where_there_is_nothing_to_choose_there_is_no_chip() -> None:
    bare = Offer(TREE, Choices(("Asha",)))
    assert "coders" not in chips(Asked("crosstab"), bare)
    assert "coders" not in chips(Asked("crosstab"), Offer(TREE, OFFER.choices, only="Asha"))
    assert "date" not in chips(Asked("timeline"), bare)
    assert "asked" not in chips(Asked("dynamics"), bare)


def test_filters_by_sources_people_questions_and_transcripts() -> None:
    assert [(facet.about, facet.words) for facet in of.facets(OFFER)] == [
        ("source", "Place"), ("source", "Round"), ("participant", "Age"), ("section", "Question asked"), ("source", "Transcript"),
    ]  # fmt: skip
    asked = of.narrowed(Asked(), "participant", "age", ("9", "10"))
    asked = of.narrowed(asked, "section", QUESTION, ("What unites?",))
    assert [of.having_words(having, OFFER) for having in asked.where] == [
        "Age: 9 or 10",
        "Question asked: What unites?",
    ]
    assert of.narrowed(asked, "participant", "age", ()).where == (Having("section", QUESTION, ("What unites?",)),)
    assert of.having_words(Having("source", "gone", ("x",)), OFFER) == "Gone: x"


def test_what_is_no_longer_there_can_be_seen_and_taken_away() -> None:
    blind = Offer(TREE, OFFER.choices, only="Asha")
    assert chips(Asked("frequencies", coders=("Ben",)), blind)["coders"].words == "Ben", "hidden, which the page says"
    gone = Asked("dynamics", options={"source": 99, "agrees": (2, 99)}, called={"source 99": "Elders"})
    assert chips(gone)["group"].words == "Elders"
    assert chips(gone)["agrees"].chosen == (2,)
    assert chips(Asked("timeline", options={"date": "held on"}), Offer())["date"].words == "held on"


def test_a_timeline_goes_by_the_first_date_that_is_known_until_somebody_chooses_the_import() -> None:
    asked = of_kind("timeline", OFFER, Asked())
    assert (asked.options, chips(asked)["date"].words) == ({"date": "round"}, "By round")
    imported = of.chosen(asked, "date", ("",))
    assert (imported.options, chips(imported)["date"].words) == ({"date": ""}, "By the day of the import")


# -- where there is no answer ---------------------------------------------------------------------------------------------

USED = Totals(Count(9, 5, 2), 0, 3, 4)


@pytest.mark.parametrize(
    ("found", "sentence", "to"),
    [
        (Found(Asked(), OFFER, Totals()), "No passages coded yet.", "read"),
        (Found(Asked(), Offer(TREE, only="Asha"), Totals()), "You have not coded anything yet, and others’", "read"),
        (Found(Asked("crosstab"), Offer(TREE), USED), "There is nothing to compare by yet.", "attributes"),
        (Found(Asked("agreement"), Offer(TREE, Choices(("Asha",))), USED), "Agreement needs two coders,", "read"),
        (Found(Asked("agreement", coders=("Ben",)), OFFER, USED), "Agreement is between two coders or more.", ""),
        (
            Found(Asked("agreement"), Offer(TREE, OFFER.choices, only="Asha"), USED),
            "How far coders agree cannot be told",
            "",
        ),
        (
            Found(Asked("portrait"), OFFER, USED, None, BadInput("Nobody.", "Choose somebody.")),
            "Nobody. Choose somebody.",
            "",
        ),
    ],
)
def test_an_empty_page_says_the_next_step(found: Found, sentence: str, to: str) -> None:
    none = nothing(found)
    assert none is not None and none.sentence.startswith(sentence)
    assert (none.to, bool(none.button)) == (to, bool(to))


def test_an_answer_is_not_nothing() -> None:
    for kind in ("dynamics", "timeline"):
        assert nothing(Found(Asked(kind), OFFER, Totals())) is None, "who talks and what came when need no codes"
    assert nothing(Found(Asked("crosstab"), OFFER, USED)) is None


def test_what_was_settled_is_asked_for_instead_of_coders() -> None:
    asked = Asked("frequencies", coders=("Asha",))
    settled = of.chosen(asked, "settled", (True,))
    assert settled == Asked("frequencies").with_option(settled=True)
    assert chips(settled)["settled"].words == "As settled" and chips(settled)["settled"].is_on
    assert of.chosen(settled, "coders", ("Asha",)) == asked
    assert of.chosen(settled, "settled", ()) == Asked("frequencies")
    assert of_kind("saturation", OFFER, settled).option("settled")
    assert of_kind("agreement", OFFER, settled).option("settled") is None
    assert "settled" not in chips(Asked("frequencies"), replace(OFFER, has_settled=False))


def test_people_of_one_name_are_told_apart_where_one_is_chosen(tmp_path: Path) -> None:
    with small_study(tmp_path / "p.cqda") as project:
        offer = offer_of(project, None)
    (whose,) = [choice for choice in of.choices(Asked("portrait"), offer) if choice.key == "whose"]
    names = [pick.words for pick in whose.picks]
    assert {"Amina (Women)", "Amina (Young people)", "Joan"} <= set(names)
    assert len(set(names)) == len(names)
