"""The study frames that ship: what they hold is whole, and their figures are those of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from cohesion_qda.base.errors import NotFound
from cohesion_qda.formats.codebook import read_builtin
from cohesion_qda.formats.frames import KEYS, frames, read_frame
from cohesion_qda.model.codebook import DIRECTIONS, SEPARATOR, CodeDraft
from cohesion_qda.model.frame import ABOUT_WHAT, CHOICE, FIELD_KINDS, ITEM_KINDS, SHEET_KINDS, Frame, Sheet, Words
from cohesion_qda.model.plan import KINDS, day
from cohesion_qda.model.query import JOINERS
from cohesion_qda.report.templates import templates

SHEETS = [(frame.key, sheet.key) for frame in frames() for sheet in frame.sheets]


def paths(codes: Iterable[CodeDraft], above: str = "") -> Iterator[tuple[str, CodeDraft]]:
    for code in codes:
        yield above + code.name, code
        yield from paths(code.children, above + code.name + SEPARATOR)


@pytest.mark.parametrize("key", KEYS)
def test_a_frame_is_whole(key: str) -> None:
    frame = read_frame(key)
    known = dict(paths(frame.codes))
    assert frame.key == key and frame.document and frame.by and frame.year.isdecimal()
    for words in (frame.name, frame.about, *(q.name for q in frame.queries), *(q.about for q in frame.queries)):
        assert words.en and words.cy
    assert frame.template in {template.key for template in templates()}
    assert all(
        SEPARATOR not in path.rpartition(SEPARATOR)[2] and code.direction in DIRECTIONS for path, code in known.items()
    )
    assert all(f"({_short(frame)}, " in code.definition for code in known.values()), "each says where it comes from"
    for query in frame.queries:
        assert query.where and query.terms
        assert all(term.code in known and term.joiner in JOINERS for term in query.terms)
    for entry in frame.plan:
        assert entry.kind in KINDS and entry.note
        assert entry.kind == "step" or (day(entry.at) and (not entry.due or day(entry.due)))


def _short(frame: Frame) -> str:
    """How its codes cite its document."""
    return frame.codes[-1].definition.rpartition("(")[2].partition(",")[0]


@pytest.mark.parametrize(("frame", "key"), SHEETS)
def test_a_worksheet_is_whole(frame: str, key: str) -> None:
    sheet = read_frame(frame).sheet(key)
    assert sheet.kind in SHEET_KINDS and sheet.about_what in ABOUT_WHAT and sheet.where
    assert {field.kind for field in sheet.fields} <= set(FIELD_KINDS)
    tally = next(field for field in sheet.fields if field.key == sheet.tally)
    assert tally.kind == CHOICE and any(choice.is_apart for choice in tally.choices)
    assert all(bool(field.choices) == (field.kind == CHOICE) for field in sheet.fields)
    items = [item for _section, item in sheet.items()]
    assert len({item.key for item in items}) == len(items)
    for item in items:
        assert item.kind in ITEM_KINDS and item.question.en and item.where
        assert sheet.fields_of(item) and sheet.item(item.key) is item
    with pytest.raises(NotFound):
        sheet.item("no such question")


def test_the_review_of_wales_is_in_both_languages() -> None:
    sheet = read_frame("wales").sheet("review")
    assert [section.key for section in sheet.sections] == [
        "policy",
        "screening",
        "information",
        "judgement",
        "action",
        "review",
    ]
    assert all(words.en and words.cy and words.en != words.cy for words in _words(sheet))
    course = next(field for field in sheet.fields if field.key == "course")
    assert [choice.key for choice in course.choices] == ["continue", "justify", "change", "stop"]
    assert [field.key for field in sheet.fields_of(sheet.item("5.1"))] == ["date"]


def _words(sheet: Sheet) -> Iterator[Words]:
    yield from (sheet.name, sheet.about, *(field.name for field in sheet.fields))
    yield from (choice.name for field in sheet.fields for choice in field.choices)
    for section in sheet.sections:
        yield section.name
        yield from (item.question for item in section.items)


def test_words_fall_back_on_english() -> None:
    assert Words("Fear", "Ofn").of("cy") == "Ofn"
    assert Words("Fear").of("cy") == Words("Fear", "Ofn").of("en") == "Fear"


def test_kirklees_has_the_three_questions_six_analyses_and_its_dates() -> None:
    frame = read_frame("kirklees")
    assert [code.name for code in frame.codes if code.is_question] == [
        "Defining cohesion",
        "What unites",
        "What divides",
    ]
    assert {path for path, _c in paths(read_builtin("cohesion"))} < {path for path, _c in paths(frame.codes)}
    assert len([q for q in frame.queries if q.where == "Further analysis"]) == 6
    dates = {entry.name: (entry.at, entry.due) for entry in frame.plan if entry.kind == "date"}
    assert len(dates) == 7
    assert dates["Cabinet"] == ("2020-05-19", "2020-05-07") and dates["Executive Team"] == ("2020-03-17", "2020-03-11")
    assert dates["Scrutiny"] == ("2020-01-13", "")


def test_the_pilot_has_its_six_themes() -> None:
    names = [code.name for code in read_frame("riep").codes]
    assert names == [
        "Definition", "Targeting", "Co-ordination and resourcing", "Engagement and communication", "Measurement", "Implementation",
    ]  # fmt: skip


def test_the_toolkit_has_five_principles_with_questions_and_actions() -> None:
    sheet = read_frame("east_midlands").sheet("inclusion")
    assert [section.name.en[:2] for section in sheet.sections] == ["1.", "2.", "3.", "4.", "5."]
    kinds = [Counter(item.kind for item in section.items) for section in sheet.sections]
    assert [kind["question"] for kind in kinds] == [2, 2, 3, 2, 3]
    assert all(kind["action"] >= 2 for kind in kinds)


def test_the_delivery_framework_has_the_figures_of_its_tables() -> None:
    frame = read_frame("delivery")
    found = [(area.average, area.areas, area.is_lower) for area in frame.area_types]
    assert found == [
        ("72.2", 27, True), ("73.3", 20, True), ("74.1", 29, True), ("76.3", 32, True), ("79.9", 49, False),
        ("80.5", 35, False), ("80.6", 47, False), ("82.9", 65, False), ("83.0", 36, False),
    ]  # fmt: skip
    assert frame.all_areas is not None and (frame.all_areas.average, frame.all_areas.areas) == ("78.9", 353)
    assert frame.area_type("4").name.en == "Changing less affluent urban areas"
    influences = [code for group in frame.codes[:4] for code in group.children]
    assert [len(group.children) for group in frame.codes[:4]] == [9, 7, 6, 4]
    assert all([child.direction for child in code.children][:2] == ["for", "against"] for code in influences)
    with pytest.raises(NotFound, match="area type"):
        frame.area_type("10")


def test_each_issue_has_actions_evidence_and_pitfalls() -> None:
    frame = read_frame("delivery")
    known = {path for path, _code in (*paths(frame.codes), *paths(read_builtin("cohesion")))}
    assert len(frame.issues) == 23 and len({issue.key for issue in frame.issues}) == 23
    for issue in frame.issues:
        assert issue.actions and issue.evidence and issue.pitfalls and issue.codes
        assert set(issue.codes) <= known
        assert all(point.text.en and point.where for point in (*issue.evidence, *issue.pitfalls))
    assert len(frame.for_all) == 5 and len(frame.pitfalls) == 11
    assert len({action.key for issue in frame.issues for action in issue.actions}) == 21
    crime = frame.issue("crime")
    assert [action.key for action in crime.actions] == ["policing"]
    with pytest.raises(NotFound, match="issue"):
        frame.issue("weather")
