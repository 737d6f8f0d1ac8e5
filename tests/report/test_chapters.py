"""Chapters by the themes that a researcher built: their numbers, order, words and quotations, and who speaks against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from cohesion_qda.analysis import frequency
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, SegmentId, SourceId, ThemeId
from cohesion_qda.model.place import Place
from cohesion_qda.model.reporting import DISSENT, Quote
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.model.theme import Theme as Built
from cohesion_qda.report.blocks import Bullets, Grid, Heading, ThemePart
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.extras import Extras
from cohesion_qda.report.parts.method import limits
from cohesion_qda.report.parts.summary import offered
from cohesion_qda.report.values import theme_row
from cohesion_qda.report.words import GONE
from tests.report.pieces import of_chapter, part, under
from tests.report.study import Made, codebook, make

CODES = {code.name: code.id for code in codebook()}


def built(
    n: int, name: str, codes: Sequence[str], question: str = "Defining cohesion", status: str = "defined"
) -> Built:
    at = CODES[question] if question else None
    return Built(ThemeId(n), name, f"{name}, in short.", at, status, n, tuple(CODES[code] for code in codes))


THEMES = [
    built(1, "Being noticed", ["Respect", "Non-judgemental"]),
    built(2, "Knowing each other", ["Getting to know people", "Friendship", "Respect"], status="candidate"),
    built(3, "Room to meet", ["Public spaces"], question=""),
]


def quote(made: Made, source: int, turn: int, role: str = "") -> Quote:
    start, end, case = made.turns[source][turn]
    speaker = made.study.cases[case].name  # type: ignore[index]
    place = Place(
        SegmentId(1000 + turn), SourceId(source), Span(start, end), made.texts[source][start:end],
        made.study.sources[source - 1].name, (speaker,), turn + 1,
    )  # fmt: skip
    return Quote(place, role)


@pytest.fixture(scope="module")
def data(made: Made) -> ReportData:
    extras = Extras(
        key_passages={ThemeId(2): (quote(made, 1, 1), quote(made, 2, 3), quote(made, 3, 4, DISSENT))},
        words={"theme 2": "What we make of it.\n\nAnd more.", "code 3": "Of a code that stands in no chapter."},
    )
    return made.report(themes=THEMES, extras=extras)


def test_a_question_with_themes_is_told_by_them_and_every_other_by_its_codes(data: ReportData) -> None:
    first, second, _third, last = data.chapters
    assert first.is_themed and {theme.name for theme in first.themes} == {"Being noticed", "Knowing each other"}
    assert [theme.key for theme in first.themes if theme.name == "Being noticed"] == ["theme 1"]
    assert not second.is_themed and {theme.key for theme in second.themes} >= {f"code {CODES['Public spaces']}"}
    assert last.title == "Themes across the questions" and [theme.name for theme in last.themes] == ["Room to meet"]


def test_a_theme_counts_its_codes_as_one(made: Made, data: ReportData) -> None:
    for theme in data.chapters[0].themes:
        codes = THEMES[0 if theme.name == "Being noticed" else 1].codes
        (said,), _base = frequency.together(made.study, [codes])
        assert theme.said == said and theme.codes == codes
        by_place = [s for s in theme.spread if s.attribute == "place"]
        assert len(by_place) == 4 and sum(s.said.groups for s in by_place) == said.groups
    said = [(t.said.groups, t.said.participants, t.said.mentions) for t in data.chapters[0].themes]
    assert said == sorted(said, reverse=True)


def test_the_chapter_s_table_has_the_codes_of_each_theme_and_what_is_in_none(data: ReportData) -> None:
    chapter = data.chapters[0]
    lines = [(line.name, line.depth) for line in chapter.lines]
    at = lines.index(("Knowing each other", 0))
    assert {name for name, depth in lines[at + 1 : at + 4]} == {"Getting to know people", "Friendship", "Respect"}
    assert {line.name for line in chapter.apart} == {
        "Unity and togetherness", "Creating a bond", "Being connected", "Learning", "Helping",
    }  # fmt: skip
    blocks = of_chapter(data)
    (grid,) = [block for block in blocks if isinstance(block, Grid)]
    assert [row[0] for row in grid.rows] == [name for name, _depth in lines]
    (apart,) = [block for block in under(blocks, "In no theme") if isinstance(block, Bullets)]
    assert len(apart.items) == 5 and all("Said in" in item for item in apart.items)


def test_a_theme_stands_with_its_statement_the_author_s_words_and_the_key_passages(
    made: Made, data: ReportData
) -> None:
    (theme,) = [t for t in data.chapters[0].themes if t.name == "Knowing each other"]
    assert [(q.source, q.is_chosen) for q in theme.quotations] == [(1, True), (2, True)]
    (other,) = [t for t in data.chapters[0].themes if t.name == "Being noticed"]
    assert 2 <= len(other.quotations) <= 4 and not any(q.is_chosen for q in other.quotations)
    parts = {b.heading.text: b for b in of_chapter(data) if isinstance(b, ThemePart)}
    told = parts["Knowing each other"]
    assert told.definition == "Knowing each other, in short." and told.words == ("What we make of it.", "And more.")
    assert told.origin == "A candidate: the researcher has not reviewed this theme yet."
    assert parts["Being noticed"].origin == "" and parts["Being noticed"].words == ()


def test_who_sees_it_otherwise_stands_at_the_end_of_the_chapter(made: Made, data: ReportData) -> None:
    (told,) = [b for b in under(of_chapter(data), "Dissenting views") if isinstance(b, ThemePart)]
    assert told.heading.text == "Against “Knowing each other”" and [q.source for q in told.quotations] == [3]
    dissent = under(part(data, "summary"), "Dissent")
    assert isinstance(dissent[0], Bullets) and dissent[0].items[0].startswith("Knowing each other (")
    assert "Some speak against: “Knowing each other”." in offered(data)
    without = replace(
        data, chapters=tuple(replace(c, themes=tuple(replace(t, dissent=()) for t in c.themes)) for c in data.chapters)
    )
    assert not any(isinstance(b, Heading) and b.text == "Dissenting views" for b in of_chapter(without))
    assert not any("No passage has been marked" in limit for limit in limits(data))
    assert any("No passage has been marked as speaking against a theme" in limit for limit in limits(without))


def test_the_comparison_has_the_themes_in_place_of_the_codes(data: ReportData) -> None:
    grids = [b for b in part(data, "comparison") if isinstance(b, Grid) and b.caption.startswith("Themes by place")]
    names = [row[0] for row in grids[0].rows]
    assert names[:1] == ["Defining cohesion"] and "Being noticed" in names and "Unity and togetherness" not in names
    row = {row.code: row for row in data.themes[1].rows}[theme_row(ThemeId(1))]
    (line,) = [row for row in grids[0].rows if row[0] == "Being noticed"]
    assert line[-1].startswith(f"{row.total.groups} of {data.base.groups}")


def test_a_theme_without_codes_says_so_and_is_quoted_all_the_same(made: Made) -> None:
    bare = Built(ThemeId(7), "Silence", "What nobody says.", CODES["What unites"], "reviewed", 0, (), 1)
    extras = Extras(key_passages={ThemeId(7): (quote(made, 1, 1),)})
    data = made.report(themes=[bare], extras=extras)
    (theme,) = data.chapters[1].themes
    assert theme.said == Count() and [q.source for q in theme.quotations] == [1]
    parts = [b for b in of_chapter(data, 1) if isinstance(b, ThemePart) and b.heading.text == "Silence"]
    assert [part.said for part in parts] == ["No codes support it, so nothing is counted."]


def test_without_questions_the_themes_tell_what_was_said(made: Made) -> None:
    plain = CodeTree([replace(code, is_question=False) for code in codebook()])
    study = Made(replace(made.study, codes=plain), made.talk, made.texts, made.turns)
    data = study.report(themes=[built(1, "Being noticed", ["Respect", "What unites"], question="")])
    (chapter,) = data.chapters
    assert chapter.title == "What was said" and [theme.name for theme in chapter.themes] == ["Being noticed"]
    assert {line.name for line in chapter.apart} >= {"Defining cohesion", "What divides"} - {"What unites"}


def most(told: ReportData, themes: Sequence[Built]) -> dict[tuple[int, int], float]:
    """The most people that each hidden cell by place of themes and their codes can stand for, for who adds up and compares."""
    table, beside = told.crosstabs[0], told.themes[1]
    rows = {row.code: row for row in (*table.rows, *beside.rows)}
    wanted = [*dict.fromkeys(code for theme in themes for code in theme.codes), *(theme_row(t.id) for t in themes)]
    last = len(table.columns)
    at = {name: n for n, name in enumerate((code, k) for code in wanted for k in range(last + 1))}
    low, high, known = np.ones(len(at)), np.full(len(at), 10_000.0), []
    for (code, k), n in at.items():
        said = (*rows[code].cells, rows[code].total)[k].participants
        base = (*(c.base for c in table.columns), table.base)[k].participants
        low[n], high[n] = (1, base if base != GONE else 10_000) if said == GONE else (said, said)
    for theme in themes:
        for k in range(last + 1):
            codes = [at[code, k] for code in theme.codes]
            known.append(({at[theme_row(theme.id), k]: -1, **dict.fromkeys(codes, 1)}, 0, np.inf))
            known += [({at[theme_row(theme.id), k]: 1, code: -1}, 0, np.inf) for code in codes]
    known += [({at[code, last]: -1, **{at[code, k]: 1 for k in range(last)}}, 0, 0) for code in wanted]
    matrix = np.zeros((len(known), len(at)))
    for r, (signs, _low, _high) in enumerate(known):
        matrix[r, list(signs)] = list(signs.values())
    rules = LinearConstraint(matrix, [rule[1] for rule in known], [rule[2] for rule in known])
    found = {}
    for name, n in at.items():
        if low[n] != high[n]:
            wish = -np.eye(len(at))[n]
            found[name] = -milp(wish, integrality=np.ones(len(at)), bounds=(low, high), constraints=rules).fun
    return found


@pytest.mark.parametrize("seed", [10, 15, 19, 28, 39])  # told, were the themes left out of what is known
def test_a_theme_tells_nobody_what_its_codes_hide(seed: int) -> None:
    """A theme of one code is that code; one of two is at most both."""
    small = make(groups=6, people=40, codings=120, seed=seed, interviews=0)
    themes = [
        built(1, "A", ["Friendship"]),
        built(2, "B", ["Respect", "Learning"]),
        built(3, "C", ["Helping", "Respect"]),
    ]
    told, true = (small.report(by=["place"], themes=themes, suppress=threshold) for threshold in (5, 0))
    rows = {row.code: row for table in (true.crosstabs[0], true.themes[1]) for row in table.rows}
    found = most(told, themes)
    assert found
    for (code, k), at_most in found.items():
        base = (*(c.base for c in true.crosstabs[0].columns), true.base)[k].participants
        n = (*rows[CodeId(code)].cells, rows[CodeId(code)].total)[k].participants
        assert at_most >= min(5, base) and n > 0, (code, k, n)


def test_ready_sentences_for_the_summary_tell_the_numbers(data: ReportData) -> None:
    said = offered(data)
    assert said[0] == "82 participants took part; the study has 12 focus groups and 2 interviews."
    top = data.chapters[1].themes[0]
    assert f"On “What unites”, “{top.name}”: Said in {top.said.groups} of {data.base.groups} groups, by " in "\n".join(
        said
    )
    assert any(each.startswith("Saturation is") for each in said)


def test_codes_of_no_question_that_nobody_used_make_no_chapter(made: Made) -> None:
    spare = replace(codebook()[0], id=CodeId(900), name="Spare", is_question=False)
    study = Made(replace(made.study, codes=CodeTree([*codebook(), spare])), made.talk, made.texts, made.turns)
    data = study.report()
    assert data.chapters[-1].title == "Other codes" and of_chapter(data, 3) == []
    assert "Spare" in data.unused


def test_the_codebook_has_no_column_that_says_nothing(data: ReportData) -> None:
    bare = tuple(replace(e, use_when="", not_when="", definition="Said.") for e in data.codebook)
    (grid,) = [block for block in part(replace(data, codebook=bare), "codebook") if isinstance(block, Grid)]
    assert grid.head == ("Code", "Definition", "Mentions") and grid.numbers == 2
    assert {len(row) for row in grid.rows} == {3}
