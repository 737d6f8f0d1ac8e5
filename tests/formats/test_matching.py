from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.formats.matching import Known, Unmatched, match, match_source, nearest_names
from cohesion_qda.model.source import AttributeSheet

KNOWN = Known(
    {"Group 1": 1, "group 1.docx": 1, "Group 2": 2, "Group 3": 3},
    {(1, "Anna"): "Anna", (1, "P1"): "P1", (2, "Anna"): "Anna", (2, "TN17"): "TN17", (2, "Joan Hill"): "TN17"},
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Group 1", 1),
        ("group_1.DOCX", 1),
        ("GROUP  1", 1),
        ("Group 10.txt", 10),
        ("café group", 3),
        ("Group", None),
        ("TWICE", None),
        ("Twice.txt", 4),
        ("v1.2", 6),
        ("notes.ods", 7),
    ],
)
def test_matching_sources(name, found):
    known = {"Group 1": 1, "group 1.docx": 1, "Group 10": 10, "Café Group.txt": 3, "Twice.txt": 4, "twice.docx": 5}
    assert match_source(name, {**known, "v1.2": 6, "Notes.csv": 7}) == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Grup 2", ("Group 2",)),
        ("Group 02.docx", ("Group 2", "Group two")),
        ("Group 4", ("Group two",)),
        ("2 group", ("Group 2", "Group two")),
        ("Group", ("Group two", "Group 2", "Group 3")),
        ("Dewsbury", ("Dewsbury women, May",)),
        ("Xylophone", ()),
        ("", ()),
    ],
)
def test_near_misses(name, near):
    assert nearest_names(name, ["Group 2", "Group 3", "Group two", "Dewsbury women, May", "Group 2"]) == near


def test_short_labels_have_near_misses_too():
    labels = ["Anna", "Bilal", "P1", "P10", "Moderator"]
    assert nearest_names("Ana", labels) == ("Anna",)
    assert nearest_names("Anan", labels) == ("Anna",)
    assert nearest_names("Billal", labels) == ("Bilal",)
    assert nearest_names("P 1", labels) == ("P1",)
    assert nearest_names("Modreator", labels) == ("Moderator",)
    assert nearest_names("P2", labels) == ()


def test_never_more_than_four_are_proposed():
    assert len(nearest_names("Group", [f"Group {letter}" for letter in "abcdefgh"])) == 4


def test_what_a_sheet_says_goes_to_what_it_means():
    sheet = AttributeSheet(
        {"group 1.docx": {"place": "Batley", "Kind": "Focus  group"}, "GROUP_1": {"size": "6"}},
        {
            ("Group 2", "tn17"): {"age": "3", "role": "Facilitator"},
            ("Group 2", "joan hill"): {"sex": "f"},
            ("", "p1"): {"age": "4"},
        },
    )
    found = match(sheet, KNOWN)
    assert found.sources == {1: {"place": "Batley", "size": "6"}}
    assert found.kinds == {1: "focus group"}
    assert found.people == {(2, "TN17"): {"age": "3", "sex": "f"}, (1, "P1"): {"age": "4"}}
    assert found.roles == {(2, "TN17"): "moderator"}
    assert found.unmatched == ()


def test_what_stands_for_nothing_is_listed_with_proposals_that_can_be_accepted():
    sheet = AttributeSheet(
        {"Grup 2": {"place": "Batley"}, "Group 3": {"kind": "intervew"}, "Zed": {}},
        {
            ("Grup 2", "Ana"): {"age": "1"}, ("Group 1", "Ana"): {"age": "2"}, ("", "P 1"): {"age": "3"},
            ("", "Anna"): {"age": "4"}, ("Group 1", "P1"): {"role": "Boss"},
        },
    )  # fmt: skip
    found = match(sheet, KNOWN).unmatched
    assert [str(item) for item in found] == [
        "Grup 2", "Group 3: kind intervew", "Zed", "Group 1: Ana", "P 1", "Anna", "Group 1: P1: role Boss",
    ]  # fmt: skip
    assert [item.near for item in found] == [
        ("Group 2",), ("interview",), (), ("Anna",), ("P1",), ("Group 1", "Group 2"), (),
    ]  # fmt: skip
    names = {}
    for item in found:
        if item.near:
            names |= item.taken_for(item.near[0])
    better = match(sheet.renamed(names), KNOWN)
    assert [str(item) for item in better.unmatched] == [
        "Group 3: kind intervew", "Zed", "Group 2: Ana", "Group 1: P1: role Boss"
    ]  # fmt: skip
    assert better.people[1, "P1"] == {"age": "3"}
    assert better.people[1, "Anna"] == {"age": "2"}
    assert better.sources[2] == {"place": "Batley"}


def test_a_source_that_is_not_there_is_listed_once_for_all_its_people():
    sheet = AttributeSheet({}, {("Elsewhere", f"P{n}"): {"age": "3"} for n in range(9)})
    assert match(sheet, KNOWN).unmatched == (Unmatched("Elsewhere"),)


def test_two_thousand_names_that_stand_for_nothing_are_listed():
    known = Known({f"Respondent {n}": n for n in range(2000)})
    sheet = AttributeSheet({f"Respondant {n}": {} for n in range(3000, 5000)}, {})
    assert len(match(sheet, known).unmatched) == 2000


NAMES = st.text("Gg rou12_-é.", max_size=8)


@given(st.lists(NAMES), NAMES)
def test_whatever_is_proposed_is_known_and_has_no_other_number(names, name):
    for other in nearest_names(name, names):
        assert other in names
        digits = ["".join(c for c in text if c.isdigit()).lstrip("0") for text in (name, other)]
        assert digits[0] == digits[1] or "" in digits


@given(st.dictionaries(NAMES.filter(bool), st.integers(0, 3), max_size=6))
def test_every_name_that_is_known_is_found(known):
    for name, value in known.items():
        assert match_source(name, known) == value
