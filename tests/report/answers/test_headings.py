"""Codes over others, counted alone: one that nobody coded with is a heading without numbers, one that was says that it is the code itself."""

from __future__ import annotations

from pathlib import Path

import pyreadstat
import pytest

from cohesion_qda.cli.answer_text import document, print_answer
from cohesion_qda.model.answer import Answer, Cell
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.codebook import Code
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report.answers import crosstab, frequencies
from cohesion_qda.report.figuring import figure
from cohesion_qda.report.files import write_answer
from cohesion_qda.report.hiding import hide
from tests.analysis.made_studies import code, facts, group, person, study
from tests.report.answers.made_material import material
from tests.report.drawings import words

PEOPLE = 12  # in each place


def asked(kind: str = "crosstab", **given: object) -> Answer:
    """Politics, with nothing of its own, over Cuts and Votes; Places, with something of its own, over Parks. `cuts` say Cuts in Batley, one in Dewsbury."""
    names = {1: ("Politics", None), 2: ("Cuts", 1), 3: ("Votes", 1), 4: ("Places", None), 5: ("Parks", 4)}
    codes: list[Code] = [code(n, parent, name) for n, (name, parent) in names.items()]
    sources = [facts(1, group=101, length=1000, place="Batley"), facts(2, group=102, length=1000, place="Dewsbury")]
    turns = [(s, 10 * n, 10 * n + 9, 20 * s + n) for s in (1, 2) for n in range(PEOPLE)]
    said = [*((1, n, 2) for n in range(6)), (2, 0, 2), (2, 1, 4), (1, 2, 4), (1, 7, 5), *((2, n, 3) for n in range(4))]
    codings = [(k, s, 10 * n, 10 * n + 9, c, 1) for k, (s, n, c) in enumerate(said, 1)]
    cases = [group(101), group(102), *(person(20 * s + n) for s in (1, 2) for n in range(PEOPLE))]
    data = study(sources, cases, codes, turns, codings)
    made = {"crosstab": crosstab, "frequencies": frequencies}[kind]
    return made.answer(material(data), Asked(kind, by=("place",) if kind == "crosstab" else (), **given))


def labels(answer: Answer) -> list[str]:
    return [line.label for line in answer.parts[0].lines]


def test_a_code_that_only_stands_over_others_is_a_heading() -> None:
    answer = asked()
    heading = answer.part("counts").lines[0]
    assert (heading.label, heading.is_heading, heading.key) == ("Politics", True, ())
    assert set(heading.cells) == {Cell()} and len(heading.cells) == 3
    assert labels(answer) == ["Politics", "Cuts", "Votes", "Places (the code itself)", "Parks"]
    assert answer.part("counts").lines[3].path == "Places (the code itself)"
    assert any(note.startswith("A line without numbers is a heading") for note in answer.notes)
    assert "Each code is counted alone, without the codes under it." in answer.made.counted


def test_with_the_codes_under_it_it_is_a_number_and_keeps_its_name() -> None:
    answer = asked(branch=True)
    assert labels(answer) == ["Politics", "Cuts", "Votes", "Places", "Parks"]
    assert [cell.value for cell in answer.part("counts").lines[0].cells] == [6, 4, 10]
    assert not any(line.is_heading for line in answer.part("counts").lines)


def test_a_ranking_has_no_headings_and_the_codebook_s_order_has() -> None:
    assert "Politics" not in labels(asked("frequencies"))
    in_order = asked("frequencies", options={"order": "codebook"})
    assert labels(in_order)[0] == "Politics" and in_order.part("codes").lines[0].is_heading


def test_asked_for_alone_it_says_that_it_is_the_code_itself() -> None:
    (line,) = asked(codes=(CodeId(1),)).part("counts").lines
    assert line.label == "Politics (the code itself)" and [cell.value for cell in line.cells] == [0, 0, 0]


def test_figures_write_it_as_a_heading() -> None:
    for answer, names in (
        (asked(), ("dumbbell", "heat map")),
        (asked("frequencies", options={"order": "codebook"}), ("bars",)),
    ):
        for name in names:
            drawing = figure(answer.parts[0], name, answer)
            assert "Politics" in words(drawing) and "Politics" not in drawing.alt
            assert not any("Politics" in spot.said for spot in drawing.spots)
            assert {mark.weight for mark in drawing.marks if getattr(mark, "text", "") == "Politics"} == {600}


@pytest.mark.parametrize("ending", [".sav", ".dta"])
def test_statistics_programs_get_no_heading(ending: str, tmp_path: Path) -> None:
    write_answer(asked(), tmp_path / f"a{ending}")
    frame, meta = (pyreadstat.read_sav if ending == ".sav" else pyreadstat.read_dta)(tmp_path / f"a{ending}")
    names = [
        "code",
        "batley_participants",
        "batley_of",
        "dewsbury_participants",
        "dewsbury_of",
        "all_participants",
        "all_of",
    ]
    assert meta.column_names == names and "Politics" not in meta.variable_value_labels["code"].values()
    assert set(frame["batley_of"]) == {12} and meta.column_labels[1] == "Batley: participants (out of 12)"


def test_other_files_and_the_command_line_say_that_there_is_nothing_to_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_answer(asked(), tmp_path / "a.csv")
    assert "Politics,[z],[z],[z]" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    print_answer(asked())
    assert "Politics\n" in capsys.readouterr().out
    assert [line["heading"] for line in document(asked())["parts"][0]["lines"]] == [True, False, False, False, False]


def test_the_headline_tells_its_numbers_and_goes_where_one_is_hidden() -> None:
    part = asked().part("counts")
    assert part.headline == "Differs most: “Cuts” (6 of 12 participants in Batley, 1 of 12 participants in Dewsbury)."
    assert hide(asked(), 5).part("counts").headline == ""
    said = asked("frequencies", unit="participants").part("codes").headline
    assert said == "Said by the most people (7 of 24 participants): “Cuts”."
    tied = asked("frequencies", codes=(CodeId(5), CodeId(3), CodeId(1)), unit="groups").part("codes").headline
    assert tied == "Said in the most groups (1 of 2 groups): “Votes” and “Parks”."
