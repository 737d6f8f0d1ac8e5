"""The checklist of COREQ: every item is answered, or listed as one that only the researchers can answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cohesion_qda.model.ids import QuestionId
from cohesion_qda.model.reporting import ATTRIBUTIONS
from cohesion_qda.model.section import GuideQuestion
from cohesion_qda.report import coreq
from cohesion_qda.report.blocks import Block, Bullets, Grid
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.values import SourceKind
from tests.report.pieces import part
from tests.report.study import Made


def numbers(block: Block) -> list[int]:
    items = [row[0] for row in block.rows] if isinstance(block, Grid) else block.items  # type: ignore[union-attr]
    return [int(re.match(r"\d+", item).group()) for item in items]  # type: ignore[union-attr]


def test_every_item_is_answered_or_left_to_the_researchers(data: ReportData) -> None:
    (told,) = [b for b in part(data, "coreq") if isinstance(b, Grid)]
    (left,) = [b for b in part(data, "coreq") if isinstance(b, Bullets)]
    assert sorted(numbers(told) + numbers(left)) == list(range(1, 33))
    assert {1, 12, 16, 22, 24, 25, 27, 29, 31} <= set(numbers(told))
    assert {2, 3, 4, 8, 13, 23, 28} <= set(numbers(left)), "no project knows these"
    said = {row[0]: row[2] for row in told.rows}
    assert said["12. How many took part"] == "82 participants, in 14 sources; see “Engagement and sample”."
    assert [item.domain for item in coreq.items()].count("Research team") == 8


def test_what_the_author_writes_answers_an_item(data: ReportData) -> None:
    words = {"coreq 8": "Both of us live in the borough.", "coreq 12": "All of them adults.", "coreq 99": "Nothing."}
    told = part(replace(data, extras=Extras(words=words)), "coreq")
    (grid,) = [b for b in told if isinstance(b, Grid)]
    said = {row[0].split(".")[0]: row[2] for row in grid.rows}
    assert said["8"] == "Both of us live in the borough."
    assert said["12"].split("\n") == [
        "82 participants, in 14 sources; see “Engagement and sample”.",
        "All of them adults.",
    ]
    assert 8 not in [item.number for item in coreq.open_items(replace(data, extras=Extras(words=words)))]
    every = Extras(words={f"coreq {n}": "Told elsewhere." for n in range(1, 33)})
    assert not [b for b in part(replace(data, extras=every), "coreq") if isinstance(b, Bullets)]


@pytest.mark.parametrize("rule", ATTRIBUTIONS)
def test_it_says_how_quotations_are_attributed(data: ReportData, rule: str) -> None:
    said = coreq.answers(replace(data, extras=Extras(attribution=rule)))[29]
    named = {
        "named": "as the study names people",
        "pseudonym": "a pseudonym",
        "group": "no person",
        "none": "nobody is named",
    }
    assert named[rule] in said


def test_what_the_project_holds_more_of_it_tells(made: Made, data: ReportData) -> None:
    guide = tuple(GuideQuestion(QuestionId(n), n, f"Question {n}?") for n in range(3))
    told = coreq.answers(Made(replace(made.study, questions=guide), made.talk, made.texts, made.turns).report())
    assert told[17].startswith("The moderator’s guide has 3 questions")
    notes = (*data.kinds, SourceKind("field note", 2, 900))
    observed = replace(data, kinds=notes, conduct=replace(data.conduct, observed=1))
    told = coreq.answers(observed)
    assert told[20] == "2 field notes are among the sources."
    assert told[15] == "Somebody who is neither moderator nor participant speaks in 1 of 14 transcripts."
    assert told[1] == "A moderator speaks in 14 of 14 transcripts; who they are, the project does not say."


def test_nothing_is_claimed_of_a_study_without_codings(made: Made) -> None:
    empty = Made(replace(made.study, codings=()), made.talk, made.texts, made.turns).report()
    assert part(empty, "coreq") == []
    assert not {22, 24, 26, 29, 30, 31, 32} & coreq.answers(empty).keys()
