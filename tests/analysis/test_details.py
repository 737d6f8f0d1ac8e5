"""Words that may tell who somebody is: figures and addresses by their form, names by lists; and finding them again wherever they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis.details import (
    Matcher,
    as_words,
    in_figures,
    in_writing,
    is_ordinary,
    key_of,
    known_in,
    parts_of_name,
)
from cohesion_qda.model.detail import ADDRESS, NAME, PLACE, POSTCODE, TELEPHONE


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.span.of(text)) for one in in_figures(text)]


@pytest.mark.parametrize(
    "number",
    ["07700 900123", "+44 7700 900123", "+44 (0)161 496 0000", "(01484) 221000", "01484-221000", "0800 1111", "020 7946 0018",
     "+48 22 123 45 67", "00353 1 234 5678", "07700900123", "202-555-0147 5",
     "oh seven seven double four nine oh oh one", "Zero one four eight four, two two one thousand".partition(" thousand")[0]],
)  # fmt: skip
def test_a_telephone_number_is_found_however_it_is_written_or_said(number: str) -> None:
    assert found(f"Ring me on {number}, any day.") == [(TELEPHONE, number)]
    assert found(f"Carol ({number}) knows.") == [(TELEPHONE, number)]


@pytest.mark.parametrize(
    "text",
    ["It was 2019-2020 and 2026-11-22.", "On 01-02-2020 and 3.4.2021 10", "1,000,000 people, £20 000 000, 12 of 400.", "1 2 3 4 5 6 7 8 9 10 11",
     "Turn 12, 13 and 14; one two three four.", "M62, A642 and KS2, CO2", "the year 1066 AD", "a 50/50 split, e.g. this", "me @ home"],
)  # fmt: skip
def test_dates_amounts_and_counts_are_no_details(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [("HD1 2TA", POSTCODE), ("hd12ta", POSTCODE), ("SW1A 1AA", POSTCODE), ("K1A 0B1", POSTCODE), ("D02 X285", POSTCODE), ("1234 AB", POSTCODE),
     ("12345-6789", POSTCODE), ("jane.doe@kirklees.gov.uk", ADDRESS), ("jane at gmail dot com", ADDRESS), ("www.example.org/jane", ADDRESS),
     ("https://example.org/?u=jane", ADDRESS), ("@jane_doe", ADDRESS)],
)  # fmt: skip
def test_post_codes_and_addresses(words: str, kind: str) -> None:
    assert found(f"Write to {words} then.") == [(kind, words)]


def test_names_in_what_an_author_writes_are_those_of_the_lists() -> None:
    text = "We met Amina Begum’s friend in Huddersfield, with Mr Akhtar and Grace. The English class in April was on a Friday."
    assert [(one.kind, one.span.of(text)) for one in in_writing(text)] == [
        (NAME, "Amina Begum"), (PLACE, "Huddersfield"), (NAME, "Mr Akhtar"), (NAME, "Grace"),
    ]  # fmt: skip
    names = (
        "Mrs Ethel Braithwaite", "Ethel Braithwaite-Jones", "Cllr Oldroyd", "Ethel", "Ethel M. Braithwaite", "Ethel J.R. Braithwaite",
        "Dr Ethel van der Dyke", "Dr. E. Thistlethwaite", "ETHEL BRAITHWAITE", "Ethel BRAITHWAITE", "Sarah bin Smithers",
    )  # fmt: skip
    for name in names:
        written = f"Write to {name}’s friend, and Urdu speakers."
        assert [one.span.of(written) for one in in_writing(written)] == [name]


def test_what_tells_nobody_apart_is_ordinary_and_a_name_has_parts() -> None:
    assert is_ordinary("Urdu") and is_ordinary("Mum") and is_ordinary("Mrs") and not is_ordinary("Mrs Anwar")
    assert parts_of_name("Mr Akhtar") == ["Akhtar"] and parts_of_name("Amina Begum") == ["Amina", "Begum"]
    assert parts_of_name("Akhtar") == []


def test_what_is_published_is_known_in_any_run_of_its_words() -> None:
    known = known_in(["03 New communities, Huddersfield town", "Mr Asha Verity"])
    assert {("huddersfield",), ("new", "communities"), ("huddersfield", "town"), ("asha", "verity")} <= known
    assert ("new", "huddersfield") not in known
    assert tuple(as_words("Mrs Verity")) in known


def test_names_are_found_whole_the_longest_first_and_in_small_letters_only_where_given_so() -> None:
    names = Matcher(["Top Road", "Top Road School", "Rose", "bev"])
    text = "TOP ROAD’s end; Top Road School; a rose, Rose. Primrose, Bev and bev-like. top road"
    assert [(span.of(text), key) for span, key in names.find(text)] == [
        ("TOP ROAD", "top road"), ("Top Road School", "top road school"), ("Rose", "rose"), ("Bev", "bev"), ("bev", "bev"),
    ]  # fmt: skip
    assert [key for _span, key in names.find("rose", in_any_case=True)] == ["rose"]
    assert list(Matcher([]).find("Anything")) == []


words = st.text("abcÀß’ -é", min_size=1, max_size=6).filter(
    lambda text: re.fullmatch(r"[^\W_].*[^\W_]|[^\W_]", text) is not None
)


@given(words, st.text("abc ,.ß’", max_size=8), st.text("abc ,.ß’", max_size=8))
def test_a_name_between_any_words_is_found_where_it_stands(name: str, before: str, after: str) -> None:
    text = f"{before} {name} {after}"
    hits = list(Matcher([name]).find(text))
    assert any(span.start <= len(before) + 1 and span.end >= len(before) + 1 + len(name) for span, _key in hits)
    assert all(key == key_of(name) and key_of(span.of(text)) == key for span, key in hits)
