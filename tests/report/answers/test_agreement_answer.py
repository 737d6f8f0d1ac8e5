"""The answer about agreement: its parts, and the sample study's numbers by a second computation from what each coder coded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.answer import FORMS, Answer, Cell, Line
from cohesion_qda.model.asked import Asked, as_json, from_json
from cohesion_qda.model.extent import sentence_at
from cohesion_qda.model.query import Having
from cohesion_qda.model.table import SOURCE
from cohesion_qda.model.text import Span
from cohesion_qda.project import Project
from tests.makers import code, small_study

ASHA, BEN = "Asha Verity", "Ben Oldroyd"
PERCENT, KAPPA, NAMED, FLEISS, ALPHA, CUT, AC1, N, BOTH, ONE, NONE = range(11)


@pytest.fixture
def sample(sample_study: Path) -> Iterator[Project]:
    with Project.open(sample_study, "Reader") as project:
        yield project


def asked(over: str = "turns", **more: Any) -> Asked:
    return Asked("agreement", options={"over": over, "repeats": 200, **more})


def units(project: Project, over: str) -> list[tuple[int, list[Span]]]:
    """Every unit of the sources that both coded: the source, and its stretches."""
    coded = {c.name: {p.coding.source for p in project.codings.retrieve(coder=c.name)} for c in project.coders()}
    found: list[tuple[int, list[Span]]] = []
    for source in sorted(coded[ASHA] & coded[BEN]):
        reading = project.sources.reading(source)
        turns = [t.span for t in reading.turns if reading.speakers[t.speaker].role == "participant"]
        if over == "sources":
            found.append((source, turns))
        elif over == "turns":
            found += [(source, [turn]) for turn in turns]
        elif over == "characters":
            found += [(source, [Span(at, at + 1)]) for turn in turns for at in range(turn.start, turn.end)]
        else:
            for turn in turns:
                spans = {sentence_at(reading.text, at, turn) for at in range(turn.start, turn.end)}
                found += [(source, [span]) for span in sorted(spans) if len(span)]
    return found


@pytest.mark.parametrize("over", ["turns", "sentences", "sources"])
def test_the_samples_numbers_by_other_libraries_from_the_passages(sample: Project, over: str) -> None:
    library, sklearn = pytest.importorskip("krippendorff"), pytest.importorskip("sklearn.metrics")
    part = sample.answers.ask(asked(over)).part("coefficients")
    its = units(sample, over)
    passages = [(p.coder_name, p.coding) for p in sample.codings.retrieve()]
    marks = []
    for line in part.lines[2:]:
        spans = [
            {s for name, c in passages if name == coder and c.code == line.code for s in [(c.source, c.span)]}
            for coder in (ASHA, BEN)
        ]
        rows = [
            [
                int(any(s == source and span.overlaps(part_) for s, span in mine for part_ in parts))
                for source, parts in its
            ]
            for mine in spans
        ]
        marks.append(rows)
        check(line, rows, library, sklearn)
    both = [list(chain.from_iterable(rows[n] for rows in marks)) for n in (0, 1)]
    check(part.lines[0], both, library, sklearn)
    for column in (KAPPA, ALPHA):
        known = [line.cells[column].value for line in part.lines[2:] if line.cells[column].value is not None]
        assert part.lines[1].cells[column].value == pytest.approx(sum(known) / len(known))


def check(line: Line, rows: list[list[int]], library: Any, sklearn: Any) -> None:
    a, b = rows
    values = [cell.value for cell in line.cells]
    both, one = sum(x and y for x, y in zip(a, b, strict=True)), sum(x != y for x, y in zip(a, b, strict=True))
    assert values[N:] == [len(a), both, one, len(a) - both - one]
    assert values[PERCENT] == pytest.approx(1 - one / len(a))
    if len({*a, *b}) == 1:
        assert values[KAPPA] is values[ALPHA] is values[AC1] is values[FLEISS] is None
        return
    assert values[KAPPA] == pytest.approx(sklearn.cohen_kappa_score(a, b))
    assert values[ALPHA] == pytest.approx(library.alpha(reliability_data=rows, level_of_measurement="nominal"))
    share = (sum(a) + sum(b)) / (2 * len(a))
    chance = 2 * share * (1 - share)
    assert values[AC1] == pytest.approx((1 - one / len(a) - chance) / (1 - chance))
    assert values[FLEISS] == pytest.approx((chance - one / len(a)) / chance)


def test_characters_are_the_code_points_of_participants(sample: Project) -> None:
    line = sample.answers.ask(asked("characters")).part("coefficients").lines[2]
    its = units(sample, "characters")
    marks = []
    for coder in (ASHA, BEN):
        points: set[tuple[int, int]] = set()
        for p in sample.codings.retrieve(line.code, branch=False, coder=coder):
            points |= {(p.coding.source, at) for at in range(p.coding.span.start, p.coding.span.end)}
        marks.append([(source, parts[0].start) in points for source, parts in its])
    both = sum(a and b for a, b in zip(*marks, strict=True))
    some = sum(a or b for a, b in zip(*marks, strict=True))
    assert [cell.value for cell in line.cells[N:]] == [len(its), both, some - both, len(its) - some]


def test_a_line_says_what_it_stands_on(sample: Project) -> None:
    answer = sample.answers.ask(asked())
    part = answer.part("coefficients")
    assert part.figures == ("intervals",)
    assert [line.label for line in part.lines[:2]] == ["All codes together", "Mean over the codes"]
    assert part.headline.startswith(
        "Asha Verity and Ben Oldroyd: Krippendorff’s α over all codes together is 0.633 (0."
    )
    assert (
        part.subtitle == "Coded by Asha Verity and Ben Oldroyd, over 438 turns in 7 transcripts that all of them coded"
    )
    assert "here 220 blocks of 2 neighbouring turns" in part.notes[0]
    forms = ["share", "number", "text", "number", "number", "text", "number", *["count"] * 4]
    assert [h.form for h in part.heads] == forms
    assert {h.form for p in answer.parts for h in p.heads} <= set(FORMS)
    assert part.lines[0].cells[NAMED].value == "substantial" and part.lines[0].cells[CUT].value == "below .667"
    assert ("02 Young people, Huddersfield", "Not coded by Ben Oldroyd.") in answer.made.left_out
    assert len(answer.made.left_out) == 8
    assert any("no number to report alone" in note for note in answer.notes)
    for p in answer.parts:
        keys = [cell.key for line in p.lines for cell in line.cells if cell.key]
        assert len(keys) == len(set(keys))
        assert all(len(line.cells) == len(p.heads) for line in p.lines)


def test_every_number_opens_to_its_passages(sample: Project) -> None:
    answer = sample.answers.ask(asked())
    part = answer.part("coefficients")
    for line in part.lines[:6]:
        for cell in line.cells[BOTH : ONE + 1]:
            if cell.key:
                behind = sample.answers.behind(answer.asked, "coefficients", cell.key)
                assert behind and all(e.passage is not None for e in behind)
                assert line.code is None or {e.passage.coding.code for e in behind} == {line.code}
    listed = answer.part("disagreements")
    assert listed.headline == f"The coders differ in {len(listed.lines)} places."
    line = listed.lines[0]
    assert line.label == "01 Women, Huddersfield, turn 2"
    assert [c.value for c in line.cells[2:]] == [ASHA, BEN, ""]
    behind = sample.answers.behind(answer.asked, "disagreements", line.cells[1].key)
    assert [(e.passage.coder_name, e.passage.code_path.endswith(str(line.cells[0].value))) for e in behind] == [
        (ASHA, True)
    ]
    assert sample.answers.behind(answer.asked, "coefficients", ("one", 99_999)) == []


def test_what_was_settled_is_said_in_the_list(sample: Project) -> None:
    first, second = sample.agreement.disagreements(asked())[:2]
    sample.agreement.settle((first.source, first.span), first.code, True, "Both say so")
    sample.agreement.settle((second.source, second.span), second.code, False)
    lines = sample.answers.ask(asked()).part("disagreements").lines
    assert [line.cells[-1].value for line in lines[:3]] == [
        "Reader: it applies (Both say so)", "Reader: it does not apply", "",
    ]  # fmt: skip


def test_filters_and_codes_narrow_it(sample: Project) -> None:
    whole = sample.answers.ask(asked())
    chosen = whole.part("coefficients").lines[3].code
    name = "01 Women, Huddersfield"
    narrow = Asked("agreement", codes=(chosen,), where=(Having("source", SOURCE, (name,)),), options={"over": "turns"})
    part = sample.answers.ask(narrow).part("coefficients")
    assert [line.code for line in part.lines] == [None, None, chosen]
    assert part.lines[2].cells[N].value < whole.part("coefficients").lines[3].cells[N].value
    assert from_json(as_json(narrow)) == narrow


def test_a_branch_counts_with_its_codes(sample: Project) -> None:
    tree = sample.codebook.tree()
    root = next(code for code in tree if tree.children(code.id)).id
    part = sample.answers.ask(Asked("agreement", codes=(root,), branch=True, options={"over": "turns"})).part(
        "coefficients"
    )
    plain = sample.answers.ask(Asked("agreement", codes=(root,), options={"over": "turns"})).part("coefficients")
    assert part.lines[2].cells[BOTH].value > (plain.lines[2].cells[BOTH].value or 0)
    assert plain.lines[2].cells[KAPPA].value is None and plain.lines[2].cells[PERCENT].value == 1.0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Project]:
    with small_study(tmp_path / "p.cqda") as made:
        for coder in ("Asha", "Ben", "Cem"):
            made.use_coder(coder)
            code(made, "Women", "The buses.", "Cuts")
        code(made, "Women", "That is exactly it.", "Class")
        yield made


def test_three_coders_have_the_mean_of_their_pairs(small: Project) -> None:
    answer = small.answers.ask(Asked("agreement", options={"over": "turns"}))
    part = answer.part("coefficients")
    assert [h.label for h in part.heads[N:]] == ["Turns", "All", "Some, not all", "None"]
    assert cells(answer, 2)[N:] == [4, 1, 0, 3]
    assert cells(answer, 3)[N:] == [4, 0, 1, 3]
    assert cells(answer, 3)[PERCENT] == pytest.approx((1 + 0.75 + 0.75) / 3)
    assert cells(answer, 3)[KAPPA] == pytest.approx(0.0)
    assert any("Light 1971" in note for note in answer.notes)
    assert part.subtitle.startswith("Coded by Asha, Ben and Cem, over 4 turns in 1 transcript")
    listed = answer.part("disagreements")
    assert [c.value for c in listed.lines[0].cells[2:4]] == ["Cem", "Asha and Ben"]


def test_full_agreement_on_one_category_is_not_calculable(small: Project) -> None:
    chosen = small.codebook.tree().get("Food").id
    answer = small.answers.ask(Asked("agreement", codes=(chosen,), options={"over": "turns"}))
    assert answer.part("coefficients").headline == (
        "For Asha, Ben and Cem, agreement on all codes together is not calculable."
    )
    assert cells(answer, 2) == [1.0, None, "", None, None, "", None, 4, 0, 0, 4]
    assert all(
        c.value is None for n, c in enumerate(answer.part("coefficients").lines[0].cells) if n in (KAPPA, ALPHA, AC1)
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"over": "lines"}, "Agreement cannot be measured over lines"),
        ({"repeats": -1}, "Intervals cannot be drawn -1 times"),
        ({"repeats": 50_000}, "from 0 \\(no intervals\\) to 20000"),
        ({"seed": -3}, "“-3” is no seed"),
        ({"level": 1.0}, "“1.0” is no level of confidence"),
    ],
)
def test_what_cannot_be_asked(small: Project, options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        small.answers.ask(Asked("agreement", options=options))


def test_without_repeats_there_are_no_intervals(small: Project) -> None:
    answer = small.answers.ask(Asked("agreement", coders=("Asha", "Cem"), options={"repeats": 0}))
    assert all(c.low is None for line in answer.part("coefficients").lines for c in line.cells)
    assert answer.part("coefficients").headline.endswith("over all codes together is 0.615.")


def test_long_lists_are_cut_and_say_so(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from cohesion_qda.report.answers import agreement

    monkeypatch.setattr(agreement, "MOST_LISTED", 0)
    part = small.answers.ask(Asked("agreement")).part("disagreements")
    assert part.lines == ()
    assert part.notes == ("Listed are the first 0 of 1 place; the reader of disagreements has all of them.",)


def cells(answer: Answer, line: int) -> list[Any]:
    found: tuple[Cell, ...] = answer.part("coefficients").lines[line].cells
    return [cell.value for cell in found]
