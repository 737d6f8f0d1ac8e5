"""Small numbers: hidden with all that would give them away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.model.answer import Answer, Cell, Head, Line, Part, Sum
from cohesion_qda.model.asked import Asked
from cohesion_qda.project import Project
from cohesion_qda.report.hiding import hide
from tests.report.attack import found_out
from tests.report.made_up import crosstab, plain


def values(part: Part) -> list[list[object]]:
    """By the names of the lines."""
    lines = sorted(part.lines, key=lambda line: line.label)
    return [["[c]" if cell.is_hidden else cell.value for cell in line.cells] for line in lines]


def hidden_cells(answer: Answer) -> Iterator[Cell]:
    for part in answer.parts:
        yield from (part.cell(place) for place in part.places() if part.cell(place).is_hidden)


def counts(most: int = 25) -> st.SearchStrategy[tuple[list[list[int]], list[int]]]:
    def with_bases(cells: list[list[int]]) -> st.SearchStrategy[tuple[list[list[int]], list[int]]]:
        least = [max(1, *column) for column in zip(*cells, strict=True)]
        bases = st.tuples(*(st.integers(n, n + 30) for n in least)).map(list)
        return st.tuples(st.just(cells), bases)

    line = st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, most), min_size=n, max_size=n), min_size=1, max_size=4)
    )
    return line.flatmap(with_bases)


@settings(max_examples=60, deadline=None)
@given(study=counts(), threshold=st.sampled_from([5, 10]), is_shared=st.booleans())
def test_subtraction_does_not_undo_it(
    study: tuple[list[list[int]], list[int]], threshold: int, is_shared: bool
) -> None:
    answer = crosstab(*study, is_shared=is_shared)
    after = hide(answer, threshold)
    answer = _sorted(answer, after)
    for place in answer.parts[0].places():
        was, now = answer.parts[0].cell(place), after.parts[0].cell(place)
        if answer.parts[0].heads[place[1]].form == "count":
            assert now.is_hidden or not 0 < was.value < threshold  # type: ignore[operator]
            assert was.value != 0 or now.value == 0, "nothing at all may be shown"
        assert now.of is None or now.of >= threshold
    bases = [head.of for head in after.parts[0].heads if head.form == "count"]
    assert bases.count(None) != 1 or len(bases) == 1, "one denominator alone could be worked out"
    if sum(study[1]) >= threshold:
        assert found_out(answer, after, threshold) == []


@settings(max_examples=30, deadline=None)
@given(study=counts(), threshold=st.sampled_from([5, 10]))
def test_hiding_twice_is_hiding_once_and_off_changes_nothing(
    study: tuple[list[list[int]], list[int]], threshold: int
) -> None:
    answer = crosstab(*study)
    once = hide(answer, threshold)
    assert hide(once, threshold) == once
    assert hide(answer, 0) is answer
    assert once.made.threshold == threshold


def test_a_share_goes_with_its_count_and_a_headline_that_names_the_line() -> None:
    answer = crosstab([[3, 20, 9], [12, 20, 9]], [30, 40, 50])
    after = hide(answer, 5)
    part = after.parts[0]
    assert values(part)[0] == ["[c]", "[c]", 20, 0.5, "[c]", "[c]", 32, 32 / 120]
    assert values(part)[1] == [12, 0.4, 20, 0.5, 9, 0.18, 41, 41 / 120]
    assert part.headline == "", "a headline about a line with hidden numbers goes"
    assert part.subtitle == "Participants, Kirklees, 2026"
    assert part.notes == ("Nobody was asked twice.",)
    dated = replace(
        answer.parts[0], subtitle="Place A to C, 3 to 9 May 2025", notes=("3 of 30 said Code 0.", "3 interviews."),
        telling=("3 of 30 said Code 0.",),
    )  # fmt: skip
    part = hide(replace(answer, parts=(dated,)), 5).parts[0]
    assert (part.subtitle, part.notes) == (dated.subtitle, ("3 interviews.",)), (
        "what only looks like a hidden number stays"
    )
    assert any("[c]" in note and "1 to 4" in note for note in after.notes)
    assert part.sums == ()


def test_shares_of_a_line_do_not_tell_its_hidden_total() -> None:
    answer = crosstab([[4, 1, 0], [20, 30, 10]], [40, 40, 40])
    part = answer.parts[0]

    def of_line(line: Line) -> Line:
        total = line.cells[-2].value
        cells = [
            replace(c, value=line.cells[m - 1].value / total, of=total, base=line.cells[-2].key) if m % 2 else c
            for m, c in enumerate(line.cells)
        ]  # type: ignore[operator]
        return replace(line, cells=tuple(cells))

    heads = tuple(replace(head, of=None) if head.form == "share" else head for head in part.heads)
    by_line = replace(answer, parts=(replace(part, heads=heads, lines=tuple(of_line(line) for line in part.lines)),))
    line = hide(by_line, 5).parts[0].lines[0]
    assert line.cells[6].is_hidden, "5 in all, and neither is 0: neither could be 5"
    assert [cell.of for cell in line.cells[1::2]] == [None] * 4
    assert line.cells[4].value == 0 and line.cells[5].is_hidden


def test_a_small_denominator_goes_with_all_that_is_out_of_it() -> None:
    after = hide(crosstab([[2, 20], [0, 30]], [3, 40]), 5)
    part = after.parts[0]
    assert part.heads[0].of is None and "[c]" in part.heads[0].note
    assert [head.of for head in part.heads[2:4]] != [40, 40] or part.heads[4].of is None, "43 - 40 would tell it"
    assert values(part)[1][:2] == [0, "[c]"], "0 is shown, the share of 3 people is not"


def test_mentions_go_where_few_people_said_them() -> None:
    heads = (Head("Mentions", unit="mentions"), Head("Words", unit="words"))
    rows = [[name, *(Cell(n, people=people) for n in counts)] for name, people, counts in (
        ("A document", 0, (12, 90)), ("Many", 20, (50, 800)), ("One voice", 1, (40, 900)),
    )]  # fmt: skip
    assert values(hide(plain(heads, rows), 5).parts[0]) == [[12, 90], [50, 800], ["[c]", "[c]"]]
    counted = [[40, 50, 60], [30, 30, 40]]
    mentions = crosstab(counted, [100, 100, 100], unit="mentions", people=[[2, 20, 30], [20, 20, 20]])
    after = values(hide(mentions, 5).parts[0])
    assert after[0][0] == "[c]" and after[0].count("[c]") == 4, "and another, so that the total does not tell it"
    assert "[c]" not in after[1]


def test_the_same_number_elsewhere_and_what_is_worked_out_from_it_go_too() -> None:
    answer = crosstab([[3, 20, 9], [12, 20, 9]], [30, 40, 50])
    again = Part(
        "tests", "Tests", "Code", (Head("p", "number"), Head("How", "text"), Head("There", unit="participants")),
        tuple(
            Line(f"Code {n}", (Cell(p, made_of=((n, 0),)), Cell(how, made_of=((n, 0),)), Cell(there, key=(n, 0))), note=how)
            for n, (p, how, there) in enumerate([(0.03, "expected 2.5", 3), (0.2, "expected 9.5", 12)])
        ),
        notes=("2 codes were tested.", "After Holm (1979)."), telling=("2 codes were tested.",),
    )  # fmt: skip
    after = hide(replace(answer, parts=(*answer.parts, again)), 5).parts[1]
    assert values(after) == [["[c]", "[c]", "[c]"], [0.2, "expected 9.5", 12]]
    assert (after.notes, [line.note for line in after.lines]) == (("After Holm (1979).",), ["", "expected 9.5"])
    assert all(
        (cell.value, cell.low, cell.high, cell.key) == (None, None, None, ()) for cell in hidden_cells(hide(answer, 5))
    )


def test_the_order_of_lines_tells_nothing() -> None:
    heads = (Head("Participants", of=30, unit="participants"),)
    rows = [["D", Cell(20, 30)], ["C", Cell(4, 30)], ["B", Cell(3, 30)], ["A", Cell(1, 30)]]
    after = hide(plain(heads, rows), 5).parts[0]
    assert [line.label for line in after.lines] == ["D", "A", "B", "C"]


def test_a_total_over_lines_is_watched_as_well() -> None:
    heads = (Head("Participants", unit="participants"),)
    sums = (Sum(((0, 0), (1, 0), (2, 0)), (-1, 0)),)
    answer = plain(heads, [["A", 4], ["B", 20], ["C", 9]], sums=sums, foot=Line("All", (Cell(33),)))
    after = hide(answer, 5)
    assert values(after.parts[0]) == [["[c]"], [20], ["[c]"]]
    assert found_out(answer, after, 5) == []


def test_tables_that_name_people_are_not_hidden_but_warned_of() -> None:
    answer = plain((Head("Turns", unit="turns"),), [["Amina", 3]], kind="framework", names_people=True)
    after = hide(answer, 5)
    assert values(after.parts[0]) == [[3]] and after.made.threshold == 0
    assert "People are named here" in after.notes[0]
    assert hide(after, 5) == after
    decisions = plain((Head("Both", unit="turns"),), [["Food", 3]], kind="agreement")
    assert hide(decisions, 5) is decisions, "decisions of coders are about nobody"


def _questions(project: Project) -> Iterator[Asked]:
    for unit in ("participants", "groups", "mentions", "turns"):
        yield Asked("frequencies", unit=unit, branch=True)
        for by in (("place",), ("age band",), ("question asked",), ("place", "gender")):
            yield Asked("crosstab", by=by, unit=unit, branch=True, share="column")
    for share in ("row", "total"):
        yield Asked("crosstab", by=("place",), share=share)
    for how in ("overlap", "participant", "group"):
        yield Asked("cooccurrence", options={"how": how})
    yield Asked("timeline")


@pytest.mark.parametrize("threshold", [5, 10])
def test_no_table_of_the_sample_study_can_be_undone(built_sample: Path, threshold: int) -> None:
    with Project.open(built_sample, read_only=True) as project:
        seen = 0
        for asked in _questions(project):
            answer = project.answers.ask(asked)
            after = project.answers.hidden(asked, threshold, answer)
            seen += sum(1 for _cell in hidden_cells(after))
            assert found_out(_sorted(answer, after), after, threshold, every=41) == [], asked
        assert seen > 500


def _sorted(answer: Answer, after: Answer) -> Answer:
    """The answer with its lines as they stand after hiding."""
    parts = []
    for part, left in zip(answer.parts, after.parts, strict=True):
        place = {(line.label, line.code, line.key): n for n, line in enumerate(part.lines)}
        order = [place[line.label, line.code, line.key] for line in left.lines]
        now = {old: new for new, old in enumerate(order)} | {-1: -1}
        sums = tuple(
            replace(
                s,
                parts=tuple((now[n], m) for n, m in s.parts),
                whole=None if s.whole is None else (now[s.whole[0]], s.whole[1]),
            )
            for s in part.sums
        )
        parts.append(replace(part, lines=tuple(part.lines[n] for n in order), sums=sums))
    return replace(answer, parts=tuple(parts))
