"""A findings report with small numbers hidden: nothing of it tells one, and none can be worked out."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pytest
from scipy.optimize import LinearConstraint, milp

from cohesion_qda.model.table import Agreement, Count, Table
from cohesion_qda.project import Project
from cohesion_qda.report import differences, figures, painted, tables, words
from cohesion_qda.report.blocks import Figures, Paragraph
from cohesion_qda.report.contents import compose
from cohesion_qda.report.data import ReportData
from cohesion_qda.report.document import write_report
from cohesion_qda.report.values import CoderPair, Spread
from cohesion_qda.report.words import GONE
from tests.conftest import plain_png
from tests.report.study import Made, make, suggested

FEW = r"(?<![\d,.\-–/])[1-4]"
PEOPLE = "(?:participants?|people|person|persons|mentions?)"
SAID = re.compile(rf"{FEW} (?:of [\d,]+ )?{PEOPLE}\b")
RULES = re.compile(  # from how many on a difference is told; and who made the study are no participants
    rf"(?:said by|at least) {differences.LEAST} people more|made by \d people"
)
MAPPED = re.compile(rf"{FEW} of \d+")


@pytest.fixture(scope="module")
def hidden(made: Made) -> ReportData:
    return made.report(suppress=5)


@pytest.fixture(scope="module")
def folder(parsed_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the sample study as it is written unless somebody asks for more."""
    path = tmp_path_factory.mktemp("small") / "report"
    with Project.open(parsed_sample, read_only=True) as project:
        data = project.reports.snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painted, "png", plain_png)  # what stands in figures is read in their SVG
        write_report(data, path)
    return path


def flat(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def grids(page: str) -> Iterator[tuple[str, list[list[str]]]]:
    for table in re.findall(r"<table.*?</table>", page, re.S):
        caption = flat("".join(re.findall(r"<caption.*?</caption>", table, re.S)))
        lines = re.findall(r"<tr.*?</tr>", table, re.S)
        yield caption, [[flat(c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.S)] for line in lines]


def check_grid(caption: str, rows: list[list[str]]) -> int:
    """That no number of people or mentions in a table is small; how many are hidden."""
    head, *lines = rows
    is_crossed = "and under them participants" in caption
    found = 0
    for n, name in enumerate(head):
        if name in ("Participants", "Mentions", "Both", "Only the first", "Only the second") or name.startswith(
            "Only "
        ):
            told = [line[n] for line in lines if line[n]]
        elif is_crossed and n:
            told = [re.sub(r"^\S+ of \S+ ", "", line[n]) for line in lines]
        else:
            continue
        assert not [each for each in told if re.match(rf"{FEW}( of|$)", each)], (caption, name)
        found += sum(each.startswith("[c]") for each in told)
    return found


def test_nowhere_in_the_pages_is_a_number_of_people_from_1_to_4(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert not SAID.findall(RULES.sub("", flat(re.sub(r"<blockquote.*?</blockquote>", "", page, flags=re.S))))
    assert sum(check_grid(caption, rows) for caption, rows in grids(page)) > 100
    word = docx.Document(str(folder / "report.docx"))
    assert not [p.text for p in word.paragraphs if p.style.name != "Quote" and SAID.search(RULES.sub("", p.text))]
    checked = list(grids(page))
    assert len(word.tables) == len(checked)
    for table, (caption, _rows) in zip(word.tables, checked, strict=True):
        check_grid(caption, [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows])


def test_nor_in_a_figure_or_what_is_said_of_it(folder: Path) -> None:
    drawn = sorted((folder / "figures").glob("*.svg"))
    assert len(drawn) > 8
    for path in drawn:
        svg = path.read_text(encoding="utf-8")
        assert not SAID.search(flat(svg)), path.name
        if path.name.startswith("by-"):
            assert not MAPPED.search(flat(svg)), path.name
            assert not re.findall(r"<text[^>]*>[1-4]</text>", svg), path.name
            assert "[c]" in svg
        if path.name.startswith("words-"):
            assert not re.search(r"\([1-4]\)", svg), path.name
        assert "from 1 to 4 are hidden" in path.with_suffix(".about.txt").read_text(encoding="utf-8")


def test_nor_in_a_table_beside_it(folder: Path) -> None:
    for path in (folder / "tables").glob("codes*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        head = rows[0]
        for row in rows[1:]:
            told = dict(zip(head, row, strict=True))
            counted = told.get("Unit", "")
            names = ["Count", "Out of"] if counted in ("participants", "mentions") else [
                n for n in ("Participants", "Mentions") if n in told]  # fmt: skip
            assert not [n for n in names if told[n] in ("1", "2", "3", "4")], (path.name, row)
        about = path.with_suffix(".about.txt").read_text(encoding="utf-8")
        assert "Participants are different people" in about and "from 1 to 4 are hidden" in about
    book = openpyxl.load_workbook(folder / "tables" / "all-tables.xlsx")
    sheets = [s for s in book.worksheets if s.title.casefold().endswith(("participants", "mentions"))]
    assert len(sheets) >= 6
    for sheet in sheets:
        numbers = [cell.value for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
        assert not {1, 2, 3, 4} & set(numbers), sheet.title
    assert json.loads((folder / "method.json").read_text(encoding="utf-8"))["small_numbers_hidden_below"] == 5


def test_the_whole_study_is_told_where_it_can_be(folder: Path) -> None:
    """What a manager reads first stays: how widely each theme was said in all."""
    page = flat((folder / "report.html").read_text(encoding="utf-8"))
    assert page.count("how many people said it is hidden") < 5
    assert len(re.findall(r"Said in \d+ of 12 groups, by \d+ of 85 participants", page)) > 20
    assert "Numbers from 1 to 4 are hidden and marked [c]" in page


def test_off_shows_everything_as_it_was_counted(made: Made, data: ReportData) -> None:
    plain = made.report(authors="A. Researcher", summary="People want to meet.\n\nThey say so plainly.", suppress=0)
    assert plain == data and plain.threshold == 0
    every = [c for t in plain.crosstabs for row in t.rows for c in row.cells]
    assert any(0 < c.participants < 5 for c in every) and all(GONE not in (c.participants, c.mentions) for c in every)


# -- nobody can work them out ---------------------------------------------------------------------------------------------


def bounds(told: ReportData, unit: str, codes: list[int], table: int) -> dict[tuple[int, int], float]:
    """The most that each hidden cell of some rows of a table by place can be, for who adds up and compares: by integer
    programming over that table alone.
    """
    shown = told.crosstabs[table]
    rows = {row.code: row for row in shown.rows}
    names = [(code, k) for code in codes for k in range(len(shown.columns) + 1)]
    at = {name: n for n, name in enumerate(names)}
    last = len(shown.columns)
    low, high = np.zeros(len(names)), np.full(len(names), 10_000.0)
    for code, k in names:
        n = (rows[code].total if k == last else rows[code].cells[k]).of(unit)
        low[at[code, k]], high[at[code, k]] = (1, 10_000) if n == GONE else (n, n)
        base = shown.base if k == last else shown.columns[k].base
        if n == GONE and base.of(unit) != GONE:
            high[at[code, k]] = base.of(unit)
    sums = np.zeros((len(codes), len(names)))
    for r, code in enumerate(codes):
        sums[r, [at[code, k] for k in range(last)]] = 1
        sums[r, at[code, last]] = -1
    found = {}
    for (code, k), n in at.items():
        if low[n] != high[n]:
            wish = np.zeros(len(names))
            wish[n] = -1
            solved = milp(
                wish, integrality=np.ones(len(names)), bounds=(low, high), constraints=LinearConstraint(sums, 0, 0)
            )
            found[code, k] = -solved.fun
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("threshold", [5, 10])
def test_what_is_hidden_cannot_be_worked_out_by_place(seed: int, threshold: int) -> None:
    small = make(groups=6, people=40, codings=120, seed=seed, interviews=0)
    true, told = small.report(by=["place"]), small.report(by=["place"], suppress=threshold)
    leaves = [row.code for row in true.overview.rows if not small.study.codes.children(row.code)][:12]
    at_most = bounds(told, "participants", leaves, 0)
    assert at_most
    rows = {row.code: row for row in true.crosstabs[0].rows}
    for (code, k), most in at_most.items():
        cells = [*rows[code].cells, rows[code].total]
        base = [*(c.base for c in true.crosstabs[0].columns), true.base][k].participants
        assert most >= min(threshold, base) > 0, (code, k, cells[k].participants)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_small_number_is_hidden_and_0_never(seed: int) -> None:
    small = make(groups=5, people=20, codings=80, seed=seed)
    true, told = small.report(), small.report(suppress=5)

    def counts(data: ReportData) -> Iterator[Count]:
        yield data.base
        yield from (c.said for c in data.chapters)
        for table in (data.overview, *data.crosstabs):
            yield from (column.base for column in table.columns)
            for row in table.rows:
                yield from (row.total, *row.cells)
        for part in data.engagement:
            yield from (column.base for column in part.columns)
        yield from (entry.said for entry in data.codebook)

    def same(table: Table) -> Table:
        return replace(table, rows=tuple(sorted(table.rows, key=lambda row: row.path)))

    for before, after in zip(counts(replace(true, overview=same(true.overview))), counts(replace(told, overview=same(told.overview))), strict=True):  # fmt: skip
        for unit in ("participants", "mentions"):
            n, shown = before.of(unit), after.of(unit)
            assert shown in (n, GONE)
            if n == 0:
                assert shown == 0
            elif n < 5 or 0 < before.participants < 5:
                assert shown == GONE


# -- words and order ------------------------------------------------------------------------------------------------------


def test_sentences_leave_hidden_numbers_out() -> None:
    base, groups = Count(90, 40, 6), Count(GONE, GONE, 3)
    assert words.how_widely(groups, base) == "Said in 3 of 6 groups; how many people said it is hidden."
    assert words.how_widely(groups, Count(90, 40, 0)) == "How many people said it is hidden."
    assert words.out_of("participants", groups, base) == "[c] of 40 participants"
    bars = figures.bars_of([("Cuts", 0, groups), ("Parks", 0, Count(9, 8, 3))], "participants", base)
    assert bars[0].value is None and bars[0].is_hidden and bars[0].said == "[c] of 40 participants"
    assert figures.themes_headline(bars) == "What was said"


def test_themes_whose_number_is_hidden_stand_last_in_the_order_of_the_codebook() -> None:
    told = make(groups=2, people=24, codings=70, seed=5).report(suppress=10)
    hidden = 0
    for chapter in told.chapters:
        tops = [theme for theme in chapter.themes if not theme.depth]
        ranked = [theme.said.of(told.ranked_by) for theme in tops]
        shown = [n for n in ranked if n != GONE]
        assert ranked[: len(shown)] == sorted(shown, reverse=True)
        codes = [theme.code for theme in tops if theme.said.participants == GONE]
        hidden += len(codes)
    assert hidden


def test_differences_are_told_of_what_is_shown(hidden: ReportData) -> None:
    for chapter in hidden.chapters:
        for theme in chapter.themes:
            for d in differences.of_theme(theme):
                assert GONE not in (d.high.said.participants, d.low.said.participants) and "[c]" not in d.sentence()
    (theme, *_rest) = hidden.chapters[0].themes
    uneven = [
        Spread("place", label, Count(20, n, 1), Count(50, 20, 2)) for label, n in (("A", 15), ("B", 5), ("C", GONE))
    ]
    (found,) = differences.of_theme(replace(theme, spread=tuple(uneven)))
    assert found.counts() == "A 15 of 20 people, B 5 of 20" and found.in_all
    assert differences.of_theme(replace(theme, spread=tuple(uneven[1:]))) == []


def test_a_summary_does_not_deny_differences_behind_hidden_numbers(hidden: ReportData) -> None:
    def alike(data: ReportData, last: int) -> ReportData:
        spread = tuple(
            Spread("place", place, Count(8, n, 1), Count(20, 20, 2)) for place, n in (("A", 5), ("B", 5), ("C", last))
        )
        chapters = tuple(replace(c, themes=tuple(replace(t, spread=spread) for t in c.themes)) for c in data.chapters)
        return replace(data, chapters=chapters)

    def told(data: ReportData) -> str:
        return " ".join(block.text for block in compose(data).blocks if isinstance(block, Paragraph))

    denied = f"By place, no theme was said by {differences.LEAST} people more"
    assert "place" in {table.by for table in hidden.crosstabs} and "place" in hidden.of_sources
    assert denied in told(alike(hidden, 5)).replace("By place and thematic group", "By place")
    assert denied not in told(alike(hidden, GONE)).replace("By place and thematic group", "By place")
    assert "a difference cannot be told" in told(alike(hidden, GONE))


def test_what_only_few_in_interviews_said_is_not_called_said_in_no_group() -> None:
    assert words.how_widely(Count(GONE, GONE, 0), Count(100, 40, 3)) == "How many people said it is hidden."
    assert words.how_widely(Count(GONE, GONE, 1), Count(100, 40, 3)).startswith("Said in 1 of 3 groups;")


def test_there_is_no_figure_of_nothing_but_hidden_numbers(hidden: ReportData) -> None:
    (part, *_rest) = [each for each in hidden.engagement if each.about == "source" and len(each.columns) > 1]
    gone = tuple(replace(c, base=Count(GONE, GONE, GONE)) for c in part.columns)
    for columns, there in ((part.columns, True), (gone, False)):
        blocks = compose(replace(hidden, engagement=(replace(part, columns=columns),))).blocks
        drawn = [figure.caption for block in blocks if isinstance(block, Figures) for figure in block.figures]
        assert any(caption.startswith("Participants by") for caption in drawn) is there


def test_how_many_passages_were_proposed_is_not_told_beside_hidden_counts(made: Made) -> None:
    plain = suggested(made, lambda _coding: True)
    told = compose(replace(plain, threshold=5))
    said = [block.origin for block in told.blocks if hasattr(block, "origin")]
    assert set(said) == {"Proposed by the program from the talk and accepted by a person."}


def test_agreement_on_a_code_few_people_spoke_of_is_hidden_with_what_is_worked_out_from_it() -> None:
    row = Agreement(None, "Cuts", GONE, 9, 8, GONE, 80.0, None)
    (line,) = tables.agreement_sheet([CoderPair("Asha", "Ben", (row,), ("Women",), 60)]).rows
    assert line[3:7] == ("[c]", 9, 8, "[c]") and line[-1] == "[c]"
