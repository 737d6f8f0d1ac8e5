"""What speaks for and against cohesion, and the issues that codes bear out, as the report tells them."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from cohesion_qda.base.jobs import Job
from cohesion_qda.formats.frames import read_frame
from cohesion_qda.model.codebook import Code
from cohesion_qda.model.frame import Borne
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import StudyData
from cohesion_qda.report.blocks import Block, Bullets, Figures, Grid, Heading, Paragraph
from cohesion_qda.report.data import ReportData, build
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.parts.directions import directions
from cohesion_qda.report.parts.issues import issues
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.words import GONE
from tests.analysis.made_studies import code, facts, group, person, study
from tests.report.study import make

INFLUENCE, YES, NO, BUT, PLAIN, ROOT = range(1, 7)
CODES: list[Code] = [
    code(INFLUENCE, name="Trust of others"),
    replace(code(YES, INFLUENCE, "Others are trusted"), direction="for"),
    replace(code(NO, INFLUENCE, "Others are not trusted"), direction="against"),
    replace(code(BUT, NO, "But on the bus they are"), direction="for"),
    code(PLAIN, name="Buses"),
    replace(code(ROOT, name="What divides"), direction="against"),
]
DELIVERY = read_frame("delivery")


def talk(attribute: str = "") -> StudyData:
    """Two groups of six: in the first everybody trusts and two do not, one of them but on the bus; in the second three speak of what divides."""
    more = {"area type": attribute} if attribute else {}
    sources = [facts(n, group=100 + n, length=100, **more) for n in (1, 2)]
    people = [person(n, group=101) for n in range(1, 7)] + [person(n, group=102) for n in range(7, 13)]
    turns = [(s, 10 * n, 10 * n + 9, 6 * (s - 1) + n + 1) for s in (1, 2) for n in range(6)]
    said = [(1, n, YES) for n in range(6)] + [(1, 0, NO), (1, 1, BUT), (2, 0, PLAIN)] + [(2, n, ROOT) for n in range(3)]
    numbers = count(1)
    codings = [(next(numbers), s, 10 * t, 10 * t + 5, c, 1) for s, t, c in said]
    return study(sources, [group(101), group(102), *people], CODES, turns, codings)


def report(data: StudyData, suppress: int = 0, **extras: object) -> ReportData:
    terms = make(groups=1, people=1, codings=0, interviews=0).words
    return build(
        data, terms, lambda _codings: [], title="Trust", date="2026-01-01", suppress=suppress, extras=Extras(**extras)
    )  # type: ignore[arg-type]


def borne(key: str, *codes: int) -> Borne:
    return Borne("delivery", DELIVERY.issue(key), tuple(map(CodeId, codes)))


def of(data: ReportData, part) -> list[Block]:
    return list(part(Pen(data, Job())))


def grids(blocks: list[Block]) -> list[Grid]:
    return [block for block in blocks if isinstance(block, Grid)]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return report(talk())


def test_each_influence_is_counted_for_and_against(data: ReportData) -> None:
    found = {
        each.name: [
            None if said is None else (said.groups, said.participants, said.mentions)
            for said in (each.speaks_for, each.against)
        ]
        for each in data.directions
    }
    assert found == {
        "": [(1, 6, 6), (2, 4, 4)],  # one passage with two codes that point the same way is one mention
        "Trust of others": [(1, 6, 6), (1, 1, 1)],
        "Others are not trusted": [
            (1, 1, 1),
            None,
        ],  # a code under it points the other way, and is an influence of its own
        "What divides": [None, (1, 3, 3)],
    }


def test_the_part_tells_them_in_a_figure_and_a_table(data: ReportData) -> None:
    blocks = of(data, directions)
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["For and against cohesion"]
    lead = next(block.text for block in blocks if isinstance(block, Paragraph))
    assert (
        lead
        == "Something that speaks for cohesion was said by 6 of 12 participants; something that speaks against it, by 4 of 12 participants."
    )
    (grid,) = grids(blocks)
    assert grid.head == (
        "Influence",
        "For: groups",
        "For: participants",
        "For: mentions",
        "Against: groups",
        "Against: participants",
        "Against: mentions",
    )
    assert grid.rows[0] == ("Trust of others", "1 of 2", "6 of 12", "6", "1 of 2", "1 of 12", "1")
    assert grid.rows[-1] == ("All together", "1 of 2", "6 of 12", "6", "2 of 2", "4 of 12", "4")
    (figures,) = (block for block in blocks if isinstance(block, Figures))
    assert "Trust of others: for 6, against 1" in figures.figures[0].picture.alt
    assert "What divides: for –, against 3" in figures.figures[0].picture.alt


def test_small_numbers_are_hidden_there_too() -> None:
    hidden = report(talk(), suppress=5, issues=(borne("trust", NO),))
    trust = next(each for each in hidden.directions if each.name == "Trust of others")
    assert trust.against is not None and trust.against.participants == trust.against.mentions == GONE
    assert hidden.issues[0].said.participants == GONE and hidden.issues[0].said.groups == 1
    assert "[c]" in grids(of(hidden, directions))[0].rows[0][5]


def test_without_directions_there_is_no_such_part() -> None:
    plain = [replace(each, direction="") for each in CODES]
    bare = replace(talk(), codes=type(talk().codes)(plain))
    assert of(report(bare), directions) == [] and of(report(bare), issues) == []


def test_areas_of_the_same_kind_stand_with_their_average() -> None:
    blocks = of(report(talk("changing less affluent urban areas"), frames=(DELIVERY,)), directions)
    assert "What people think in areas like these" in [block.text for block in blocks if isinstance(block, Heading)]
    assert grids(blocks)[-1].rows == (
        ("Changing less affluent urban areas", "76.3", "32"),
        ("All areas", "78.9", "353"),
    )
    assert isinstance(blocks[-1], Paragraph) and blocks[-1].text.endswith("§2.1, Table 1.")


def test_issues_stand_with_what_can_be_done_what_is_known_and_what_to_beware_of() -> None:
    data = report(
        talk(),
        frames=(DELIVERY,),
        issues=(borne("trust", NO), borne("isolation", ROOT), borne("fear", 99), borne("english", PLAIN)),
    )
    assert [(each.issue.key, each.said.participants) for each in data.issues] == [
        ("isolation", 3),
        ("trust", 2),
        ("english", 1),
    ]
    blocks = of(data, issues)
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level < 3]
    assert headings == [
        "Issues and actions", "Isolation in the country, or by barriers such as large roads",
        "Little trust between people, or towards or from some groups", "Not speaking English", "Actions that fit most issues",
    ]  # fmt: skip
    assert grids(blocks)[0].rows[1] == (
        "Little trust between people, or towards or from some groups",
        "1 of 2",
        "2 of 12",
        "2",
    )
    bullets = [block.items for block in blocks if isinstance(block, Bullets)]
    assert "Encourage volunteering" in bullets[0] and len(bullets[0]) == 5
    assert any(item.endswith("(Annex A, Table A3)") for item in bullets[4])
    text = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert "Borne out by the code “Others are not trusted”." in text
    assert text[-1].startswith("No code that is used bears out: Lack of respect for ethnic difference; ")


def test_a_frame_whose_issues_no_code_bears_out_says_so() -> None:
    blocks = of(report(talk(), frames=(DELIVERY,)), issues)
    assert [type(block) for block in blocks] == [Heading, Paragraph, Paragraph]
    assert blocks[-1] == Paragraph("No code that is used bears out an issue yet.")
