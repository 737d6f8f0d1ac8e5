"""The codebook as a tree."""

from __future__ import annotations

import pytest

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.jobs import Cancelled, Job
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.ids import CodeId


def tree() -> CodeTree:
    rows = [(1, None, "Defining", 0), (2, None, "Unites", 1), (3, 2, "Events", 1), (4, 2, "Parks", 0), (5, 4, "Benches", 0),
            (6, 1, "Events", 0)]  # fmt: skip
    return CodeTree(
        Code(CodeId(i), None if p is None else CodeId(p), n, "navy", is_question=p is None, position=o)
        for i, p, n, o in rows
    )


def test_order_paths_and_branches() -> None:
    codes = tree()
    assert [c.name for c in codes] == ["Defining", "Events", "Unites", "Parks", "Benches", "Events"]
    assert codes.path(CodeId(5)) == "Unites/Parks/Benches"
    assert codes.branch(CodeId(2)) == [2, 4, 5, 3]
    assert codes.depth(CodeId(5)) == 2
    assert codes.root(CodeId(5)).name == "Unites"
    assert [codes.shape(CodeId(n)) for n in (6, 5)] == ["circle", "diamond"]
    assert len(codes) == 6
    assert CodeId(9) not in codes


def test_shapes_repeat_and_projects_without_questions_use_the_circle() -> None:
    many = CodeTree(Code(CodeId(n), None, str(n), "navy", is_question=True, position=n) for n in range(7))
    assert [many.shape(CodeId(n)) for n in (0, 2, 5, 6)] == ["circle", "triangle", "pentagon", "circle"]
    plain = CodeTree([Code(CodeId(1), None, "a", "navy"), Code(CodeId(2), None, "b", "navy")])
    assert plain.shape(CodeId(2)) == "circle"


def test_finding_by_path_or_by_a_name_of_its_own() -> None:
    codes = tree()
    assert codes.get("unites/ parks".replace("/ ", "/")).id == 4
    assert codes.get("BENCHES").id == 5
    assert codes.find("Events") is None, "two codes have that name"
    with pytest.raises(NotFound, match=r"There is no code “Bench”\. Did you mean: Unites/Parks/Benches"):
        codes.get("Bench")


def test_what_stands_under_a_code_set_aside_is_not_offered() -> None:
    rows = [(1, None, False), (2, 1, True), (3, 2, False), (4, 1, False), (5, None, True)]
    codes = CodeTree(
        Code(CodeId(i), None if p is None else CodeId(p), str(i), "navy", position=i, is_aside=a) for i, p, a in rows
    )
    assert [c.id for c in codes.offered()] == [1, 4]
    assert [codes.is_aside(CodeId(n)) for n in (1, 2, 3, 4, 5)] == [False, True, True, False, True]


def test_a_code_points_where_the_nearest_code_above_it_points() -> None:
    rows = [(1, None, "for"), (2, 1, ""), (3, 2, "against"), (4, 3, ""), (5, None, "")]
    codes = CodeTree(
        Code(CodeId(i), None if p is None else CodeId(p), str(i), "navy", position=i, direction=d) for i, p, d in rows
    )
    assert [codes.direction(CodeId(n)) for n in (1, 2, 3, 4, 5)] == ["for", "for", "against", "against", ""]


def test_not_found_always_helps() -> None:
    assert "has none yet" in str(NotFound("code", "x", []))
    assert "There are: Alpha; Beta" in str(NotFound("code", "zzz", ["Alpha", "Beta"]))


def test_a_job_stops_where_it_is_safe() -> None:
    seen: list[tuple[int, int, str]] = []
    job = Job(lambda done, total, what: seen.append((done, total, what)))
    for n in range(1001):
        job.step(n, 1000, "reading")
    assert seen[-1] == (1000, 1000, "reading")
    assert len(seen) < 50, "at most ten a second"
    job.cancel()
    assert job.is_cancelled
    with pytest.raises(Cancelled):
        job.step(0, 1)
