"""A query as a value: in words, as text, and changed piece by piece."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CaseId, CodeId, SourceId
from cohesion_qda.model.query import JOINERS, Having, Query, Term, as_json, filters_in_words, from_json, in_words

TREE = CodeTree([Code(CodeId(1), None, "Fear", "navy"), Code(CodeId(2), CodeId(1), "Gangs", "teal"), Code(CodeId(3), None, "Hope", "sky")])  # fmt: skip
NAMES = st.lists(st.text(max_size=8), max_size=3).map(tuple)
TERMS = st.builds(
    Term,
    st.integers(1, 9).map(CodeId),
    st.booleans(),
    st.sampled_from(JOINERS),
    st.integers(0, 1000),
    st.text(max_size=9),
)
QUERIES = st.builds(
    Query,
    st.lists(TERMS, max_size=4).map(tuple),
    NAMES,
    st.lists(st.tuples(st.integers(1, 9).map(CaseId), st.text(max_size=5)), max_size=2).map(tuple),
    st.lists(st.builds(Having, st.sampled_from(["source", "participant"]), st.text(max_size=5), NAMES), max_size=2).map(
        tuple
    ),
    NAMES,
    NAMES,
    st.lists(st.tuples(st.integers(1, 9).map(SourceId), st.text(max_size=5)), max_size=2).map(tuple),
    st.none() | st.integers(0, 100),
)


@given(QUERIES)
def test_a_query_comes_back_from_its_text(query: Query) -> None:
    again = from_json(as_json(query))
    assert again == query and as_json(again) == as_json(query)


@given(QUERIES)
def test_every_query_can_be_said(query: Query) -> None:
    lines = list(in_words(query, TREE))
    assert len(lines) == 1 + len(list(filters_in_words(query)))


@pytest.mark.parametrize(
    "spoilt",
    [
        "", "[]", "{}", "null", '"x"', as_json(Query()).replace('"version": 1', '"version": "x"'),
        as_json(Query(weight=5)).replace("5", "500"),
        as_json(Query((Term(CodeId(1)),))).replace('"or"', '"xor"'),
        as_json(Query((Term(CodeId(1)),))).replace('"code": 1', '"code": "one"'),
        as_json(Query(having=(Having("source", "place", ("x",)),))).replace('"source"', '"weather"'),
        as_json(Query(kinds=("interview",))).replace('["interview"]', '"interview"'),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused_with_a_sentence(spoilt: str) -> None:
    with pytest.raises(BadInput, match="This is not a query"):
        from_json(spoilt)


def test_a_query_of_a_newer_version_is_refused_with_a_sentence() -> None:
    newer = json.dumps({"version": 2, "trees": []})
    with pytest.raises(BadInput, match="newer version of the program"):
        from_json(newer)


def test_a_query_in_words() -> None:
    query = Query(
        (
            Term(CodeId(1)),
            Term(CodeId(3), joiner="overlapping"),
            Term(CodeId(2), joiner="not"),
            Term(CodeId(3), joiner="near", turns=2),
            Term(CodeId(9), joiner="and", path="Old/Gone"),
            Term(CodeId(3), joiner="or"),
        ),
        coders=("Asha",),
        cases=((CaseId(4), "Amina"), (CaseId(5), "Carol")),
        having=(Having("participant", "age_band", ("18–24", "25–34", "65+")), Having("source", "place", ("Batley",))),
        questions=("What divides?",),
        kinds=("focus group",),
        sources=((SourceId(2), "Women"),),
        weight=50,
    )
    assert list(in_words(query, TREE)) == [
        "“Fear” with the codes under it, overlapping “Hope”, not “Gangs”, near “Hope” (within 2 turns), "
        "and in the same turn “Gone”, or “Hope”",
        "People and groups: Amina or Carol",
        "age band of people: 18–24, 25–34 or 65+",
        "place of sources: Batley",
        "Question asked: What divides?",
        "Kind of source: focus group",
        "Source: Women",
        "Coder: Asha",
        "Weight: at least 50",
    ]
    assert list(in_words(Query(), TREE)) == ["Whatever is coded"]


def test_changing_a_query_leaves_the_rest_as_it_is() -> None:
    query = Query((Term(CodeId(1)),), weight=5)
    both = query.joined(Term(CodeId(3), joiner="not"))
    assert [term.code for term in both.terms] == [1, 3] and both.weight == 5
    assert both.without_term(0).terms == (Term(CodeId(3), joiner="not"),)
    assert both.with_term(1, Term(CodeId(2))).terms[1].code == 2
    assert both.without_filters() == Query(both.terms) and both.is_filtered and not both.without_filters().is_filtered
    asked = query.with_values("source", "place", ("A", "B"))
    assert asked.values_of("source", "place") == ("A", "B") and asked.values_of("participant", "place") == ()
    assert asked.with_values("source", "place", ()) == query
