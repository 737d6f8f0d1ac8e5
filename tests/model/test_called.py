"""What things are called: no two people or groups of a study alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.model import called
from cohesion_qda.model.case import Case
from cohesion_qda.model.ids import CaseId
from cohesion_qda.model.text import comparable


def person(n: int, name: str, group: int | None = None) -> Case:
    return Case(CaseId(n), name, "participant", "participant", None if group is None else CaseId(group))


def test_people_of_one_name_are_told_apart_by_their_group_and_else_by_a_number() -> None:
    groups = [
        Case(CaseId(n), name, "group", "", None) for n, name in ((91, "03 New communities"), (92, "05 Older men"))
    ]
    known = [
        person(1, "Zoë", 91), person(2, "zoë", 92), person(3, "Bev"), person(4, "Tom"), person(5, "Tom"),
        person(6, "P1", 91), person(7, "P1", 91),
    ]  # fmt: skip
    assert called.cases([*known, *groups]) == {
        1: "Zoë (03 New communities)", 2: "zoë (05 Older men)", 3: "Bev", 4: "Tom (1)", 5: "Tom (2)",
        6: "P1 (03 New communities) (1)", 7: "P1 (03 New communities) (2)",
        91: "03 New communities", 92: "05 Older men",
    }  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["A", "a", "A (1)", "A (A)", "B", ""]), st.none() | st.integers(0, 9))))
def test_no_two_are_called_alike(made: list[tuple[str, int | None]]) -> None:
    known = [person(n, name, group) for n, (name, group) in enumerate(made)]
    names = called.cases(known)
    assert len({comparable(name) for name in names.values()}) == len(known)
    assert all(names[case.id].startswith(case.name) for case in known)
