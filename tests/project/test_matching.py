from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import nearest
from cohesion_qda.project.matching import Known, Names, Unmatched, match, with_drafts
from cohesion_qda.project.nearest import Nearest

ANNA, P1, OTHER_ANNA, TN17 = 11, 12, 13, 14
KNOWN = Known(
    {"Group 1": 1, "Group 2": 2, "Group 3": 3},
    {(1, "Anna"): ANNA, (1, "P1"): P1, (2, "Anna"): OTHER_ANNA, (2, "TN17"): TN17, (2, "Joan Hill"): TN17},
    {"group 1.docx": [1]},
)


def proposed(sheet: AttributeSheet, known: Known = KNOWN) -> tuple[Unmatched, ...]:
    names = Names(known)
    return names.proposed(names.match(sheet).unmatched)


def near_to(name: str, names: list[str]) -> tuple[str, ...]:
    """What is proposed for a source of that name."""
    (miss,) = Names(Known({name: n for n, name in enumerate(names)})).proposed([Unmatched(name)])
    return miss.near


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
    assert Names(Known({**known, "v1.2": 6, "Notes.csv": 7})).source(name) == found


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
    assert near_to(name, ["Group 2", "Group 3", "Group two", "Dewsbury women, May", "Group 2"]) == near


def test_short_labels_have_near_misses_too():
    labels = ["Anna", "Bilal", "P1", "P10", "Moderator"]
    assert near_to("Ana", labels) == ("Anna",)
    assert near_to("Anan", labels) == ("Anna",)
    assert near_to("Billal", labels) == ("Bilal",)
    assert near_to("P 1", labels) == ("P1",)
    assert near_to("Modreator", labels) == ("Moderator",)
    assert near_to("P2", labels) == ()


def test_never_more_than_four_are_proposed():
    assert len(near_to("Group", [f"Group {letter}" for letter in "abcdefgh"])) == 4


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
    assert found.people == {TN17: {"age": "3", "sex": "f"}, P1: {"age": "4"}}
    assert found.roles == {TN17: "moderator"}
    assert found.unmatched == ()


def test_what_stands_for_nothing_is_listed_with_proposals_that_can_be_accepted():
    sheet = AttributeSheet(
        {"Grup 2": {"place": "Batley"}, "Group 3": {"kind": "intervew"}, "Zed": {}},
        {
            ("Grup 2", "Ana"): {"age": "1"}, ("Group 1", "Ana"): {"age": "2"}, ("", "P 1"): {"age": "3"},
            ("", "Anna"): {"age": "4"}, ("Group 1", "P1"): {"role": "Boss"},
        },
    )  # fmt: skip
    found = proposed(sheet)
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
    assert better.people[P1] == {"age": "3"}
    assert better.people[ANNA] == {"age": "2"}
    assert better.sources[2] == {"place": "Batley"}


def test_a_source_that_is_not_there_is_listed_once_for_all_its_people():
    sheet = AttributeSheet({}, {("Elsewhere", f"P{n}"): {"age": "3"} for n in range(9)})
    assert match(sheet, KNOWN).unmatched == (Unmatched("Elsewhere"),)


def test_of_thousands_of_names_only_those_that_share_letters_are_compared(monkeypatch):
    compared = []
    likeness = nearest.likeness
    monkeypatch.setattr(nearest, "likeness", lambda one, other: compared.append(1) or likeness(one, other))
    syllables = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"]
    names = [f"Resident {a}{b}{c}n" for a in syllables for b in syllables for c in syllables]
    index = Nearest(names)
    for name in names:
        assert name in index.to(name.replace("Resident", "Rsident"))
    assert len(compared) <= nearest.LOOKED_AT * len(names)
    index.to("Rsident badekin")
    assert len(compared) <= nearest.LOOKED_AT * len(names)  # it is remembered


def test_matching_compares_no_names(monkeypatch):
    monkeypatch.setattr(nearest, "likeness", None)
    known = Known({f"Respondent {n}": n for n in range(2000)})
    sheet = AttributeSheet({f"Respondant {n}": {} for n in range(3000, 5000)}, {})
    assert len(match(sheet, known).unmatched) == 2000


# -- one person with several labels, and rows that disagree ------------------------------------------------------------

SAM, OTHER_SAM = 21, 22
JOINED = Known({"G1": 1, "G2": 2, "G3": 3}, {(1, "Sam"): SAM, (2, "Sam"): SAM})


def test_labels_that_are_one_person_are_found_by_name_alone():
    assert match(AttributeSheet({}, {("", "sam"): {"age": "30"}}), JOINED).people == {SAM: {"age": "30"}}
    several = Known(JOINED.names, {**JOINED.people, (3, "Sam"): OTHER_SAM})
    (sam,) = proposed(AttributeSheet({}, {("", "sam"): {"age": "30"}}), several)
    assert (sam.near, sam.is_of_several) == (("G1", "G3"), True)
    assert sam.said == "The sheet names “sam”, and there is one in each of these: G1, G3. Say which in the sheet."


def test_of_rows_that_disagree_the_first_is_taken_and_the_other_told():
    sheet = AttributeSheet(
        {"G1": {"place": "Batley", "kind": "interview"}, "g1.docx": {"Place": "Leeds", "kind": "Focus group"}},
        {("G1", "Sam"): {"age": "30", "role": "observer"}, ("G2", "Sam"): {"age": "40", "sex": "f", "role": "mod"}},
    )
    found = match(sheet, JOINED)
    assert (found.sources, found.kinds) == ({1: {"place": "Batley"}}, {1: "interview"})
    assert (found.people, found.roles) == ({SAM: {"age": "30", "sex": "f"}}, {SAM: "observer"})
    assert [(str(miss), miss.instead) for miss in found.unmatched] == [
        ("g1.docx: Place Leeds", "Batley"), ("g1.docx: kind Focus group", "interview"),
        ("G2: Sam: age 40", "30"), ("G2: Sam: role mod", "observer"),
    ]  # fmt: skip
    assert found.unmatched[2].said == (
        "The sheet gives “G2: Sam” two values for age: “30” and “40”. The first is taken."
    )
    assert [miss.near for miss in proposed(sheet, JOINED)] == [()] * 4


def test_values_that_are_nothing_of_ours_are_told():
    (miss,) = match(AttributeSheet({"G1": {"Kind": "chat"}}, {}), JOINED).unmatched
    assert miss.said == "The sheet says of “G1”: Kind “chat”. There is no such Kind, so it was not taken."


# -- what is about to be added -----------------------------------------------------------------------------------------


def draft(name, *labels, file=""):
    return SourceDraft(name, "focus group", "", roles=dict.fromkeys(labels, "participant"), file_name=file)


def test_drafts_are_known_by_the_names_they_will_have():
    drafts = [
        draft("g1", "Sam", file="a.txt"),
        draft("G1", file="a.txt"),
        draft("New", "Sam", file="other.txt"),
        draft("G3"),
    ]
    known = Known({"G1": 1}, {(1, "Sam"): SAM}, {"other.txt": [1]})
    found = Names(with_drafts(known, drafts, ["", "", "", "Third"]))
    assert [found.source(name) for name in ("G1", "g1 (2)", "G1 (3)", "New", "G3")] == [1, -1, -2, -3, None]
    assert [found.source(file) for file in ("a.txt", "other.txt")] == [None, None]
    assert len(found.people("", "Sam")) == 3


def test_drafts_whose_people_are_joined_are_known_so():
    drafts = [draft("A", "Sam", "Ann"), draft("B", "Sam", "Ann")]
    found = Names(with_drafts(Known({}), drafts, together=[[(0, "Sam"), (1, "Sam")]]))
    assert [len(found.people("", name)) for name in ("Sam", "Ann")] == [1, 2]


def test_the_answers_of_a_survey_are_chosen_from_after_all_other_sources():
    drafts = [draft(f"R{n}", file="survey.csv") for n in range(3)] + [draft("Batley", file="Batley.txt")]
    names = Names(with_drafts(Known({"Mirfield": 1}), drafts))
    assert list(names.others(Unmatched("Heck"))) == ["Mirfield", "Batley", "R0", "R1", "R2"]


def test_what_may_be_chosen_is_each_source_or_person_once():
    names = Names(KNOWN)
    assert list(names.others(Unmatched("Grup"))) == ["Group 1", "Group 2", "Group 3"]
    assert list(names.others(Unmatched("group 2", "Zed"))) == ["Anna", "TN17"]
    assert list(names.others(Unmatched("", "Zed"))) == ["Anna", "P1", "TN17"]
    assert names.proposed([Unmatched("Group 2", "Joan Hil")])[0].near == ("Joan Hill",)


NAMES = st.text("Gg rou12_-é.", max_size=8)


@given(st.lists(NAMES), NAMES)
def test_whatever_is_proposed_is_known_and_has_no_other_number(names, name):
    for other in near_to(name, names):
        assert other in names
        digits = ["".join(c for c in text if c.isdigit()).lstrip("0") for text in (name, other)]
        assert digits[0] == digits[1] or "" in digits


@given(st.dictionaries(NAMES.filter(bool), st.integers(0, 3), max_size=6))
def test_every_name_that_is_known_is_found(known):
    for name, value in known.items():
        assert Names(Known(known)).source(name) == value
