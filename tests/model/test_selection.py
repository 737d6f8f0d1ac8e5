from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CaseId, CodeId
from cohesion_qda.model.query import Having
from cohesion_qda.model.selection import ALL, Selection, as_json, from_json
from cohesion_qda.model.table import QUESTION, SOURCE

words = st.text(max_size=8)
havings = st.builds(
    Having, st.sampled_from(["source", "participant", "section"]), words, st.lists(words, max_size=3).map(tuple)
)
selections = st.builds(
    Selection,
    st.lists(st.integers(1, 9).map(CodeId), max_size=3).map(tuple), st.booleans(),
    st.lists(havings, max_size=3).map(tuple), st.lists(st.integers(1, 9).map(CaseId), max_size=2).map(tuple),
    st.lists(words, max_size=2).map(tuple),
)  # fmt: skip


@given(selections)
def test_what_is_kept_comes_back(selection: Selection) -> None:
    assert from_json(as_json(selection)) == selection


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "codes": 3}', '{"version": 1, "codes": [], "branch": true, '
                                  '"where": [], "groups": [], "coders": "Asha"}'])  # fmt: skip
def test_what_is_no_selection_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="not a selection"):
        from_json(text)


def test_one_of_a_newer_program_is_refused() -> None:
    newer = json.loads(as_json(ALL)) | {"version": 99}
    with pytest.raises(BadInput, match="newer version"):
        from_json(json.dumps(newer))


def test_values_are_asked_for_and_taken_back() -> None:
    asked = ALL.with_values("source", "place", ["Luton"]).with_values("participant", "age", ["65+"])
    assert not asked.is_everything and ALL.is_everything
    assert asked.values_of("source", "place") == ("Luton",) and asked.values_of("source", "date") == ()
    again = asked.with_values("source", "place", ["Leeds", "York"])
    assert again.values_of("source", "place") == ("Leeds", "York") and len(again.where) == 2
    assert again.with_values("source", "place", []).with_values("participant", "age", ()) == ALL


def test_in_words() -> None:
    tree = CodeTree([Code(CodeId(1), None, "Buses", "navy"), Code(CodeId(2), CodeId(1), "Fares", "navy")])
    names = {CaseId(7): "Dewsbury women"}
    assert ALL.in_words(tree, names) == "All talk"
    assert Selection((CodeId(2), CodeId(1))).in_words(tree, names) == "“Fares” or “Buses” with the codes under it"
    assert Selection((CodeId(1),), branch=False).in_words(tree, names) == "“Buses”"
    asked = Selection(
        (CodeId(2),), True,
        (Having("source", "place_name", ("Luton", "")), Having("section", QUESTION, ("Why?",)), Having("source", SOURCE, ("G1",))),
        (CaseId(7),), ("Asha",),
    )  # fmt: skip
    assert asked.in_words(tree, names) == (
        "“Fares”; Dewsbury women; Place name: Luton or not known; Question asked: Why?; G1; coded by Asha"
    )
