from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sheets import delimited, ods, sheet, workbook

from cohesion_qda.base.errors import CannotReadSource, LeftOut
from cohesion_qda.formats.columns import Survey, seconds_in
from cohesion_qda.formats.grid import Grid
from cohesion_qda.formats.readers import table
from cohesion_qda.formats.surveys import by_question, by_respondent
from cohesion_qda.model.source import HowToRead, SourceDraft
from tests.conftest import shared_data

ENDINGS = pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
LONG = "I would like more places where people of all ages can meet and talk"
TALK = [
    ["Moderator", "Welcome. What brings people together here?"],
    ["Anna", "The market does, every Saturday morning."],
    ["Bilal", "And the mosque kitchen, when it is open."],
    ["Moderator", "What gets in the way?"],
    ["Anna", "Buses, there are hardly any after six."],
]


def drafts(path: Path, convention: str = "", **how: str) -> tuple[SourceDraft, ...]:
    return table.from_bytes(path, path.read_bytes(), HowToRead(convention=convention, **how))


def said(draft: SourceDraft) -> list[tuple[str, str]]:
    return [(turn.label, turn.span.of(draft.text)) for turn in draft.turns]


def refused(path: Path, convention: str = "") -> CannotReadSource:
    with pytest.raises(CannotReadSource) as raised:
        drafts(path, convention)
    assert raised.value.hint
    return raised.value


@ENDINGS
@pytest.mark.parametrize(
    "titles",
    [("Speaker", "Text"), ("Name", "Comments"), ("who", "utterance"), ("Participant ID", "Response"), ("Sprecher", "Text"), ("", "Text")],
)  # fmt: skip
def test_a_transcript_in_a_sheet(tmp_path, ending, titles):
    (draft,) = drafts(sheet(tmp_path / f"Batley  group{ending}", [titles, *TALK]))
    assert said(draft) == [tuple(cells) for cells in TALK]
    assert draft.roles == {"Moderator": "moderator", "Anna": "participant", "Bilal": "participant"}
    assert (draft.name, draft.form, draft.forms) == (
        "Batley group",
        "transcript",
        ("transcript", "respondents", "questions"),
    )
    assert draft.encoding == ("UTF-8" if ending == ".csv" else "")
    assert draft.warnings == ()


def test_a_sheet_without_titles(tmp_path):
    talk = [[f"P{1 + n % 2}", f"I said so, {n} times or more."] for n in range(8)]
    (draft,) = drafts(delimited(tmp_path / "a.csv", talk))
    assert said(draft) == [tuple(cells) for cells in talk]


def test_the_same_text_as_the_other_containers():
    folder = shared_data() / "transcripts" / "containers"
    truth = json.loads((folder / "TRUTH.json").read_text())
    (draft,) = drafts(folder / "semicolon_excel.csv")
    assert len(draft.turns) == truth["turns"]
    assert sorted(draft.roles) == truth["speakers"]
    assert len(draft.text.split()) == truth["words"]


def test_whoever_is_not_named_is_the_one_above(tmp_path):
    told = [["Speaker", "Text"], ["GA:", "First,"], ["", "then more."], ["TN1", ""], ["", "Mine."], ["GA", "Back."]]
    (draft,) = drafts(workbook(tmp_path / "a.xlsx", A=told))
    assert {label for label, _words in said(draft)} == {"GA", "TN1"}
    assert " ".join(words for _label, words in said(draft)).split() == ["First,", "then", "more.", "Mine.", "Back."]
    assert [words for label, words in said(draft) if label == "TN1"] == ["Mine."]


def test_times_are_kept_and_other_columns_named(tmp_path):
    told = [
        ["No", "Time", "Speaker", "Text", "Analyst's note"],
        [1, datetime.time(0, 0, 5), "GA", "What do you make of it?", "opens"],
        [2, datetime.time(0, 1, 2), "TN1", "Not a lot, to be honest.", None],
        [3, None, "GA", "And why is that?", None],
        [4, datetime.time(1, 0, 2), "TN1", "Because nobody asked me before.", None],
    ]
    for path in (workbook(tmp_path / "a.xlsx", A=told), ods(tmp_path / "a.ods", A=told)):
        (draft,) = drafts(path)
        assert [turn.at for turn in draft.turns] == [5, 62, None, 3602]
        assert draft.warnings == ("Columns that are no part of the talk were left out: “No”, “Analyst's note”.",)


@pytest.mark.parametrize(
    ("cells", "title", "wanted"),
    [
        (["00:01:02", "1:02:03", "02:03.5", "[00:00:04]"], "time", [62, 3723, 123.5, 4]),
        (["5", "62.5", "70,5", "80 s", ""], "start", [5, 62.5, 70.5, 80, None]),
        (["5000", "62500"], "start (ms)", [5, 62.5]),
        (["0", "0.5", "0.000717593"], "time", [0, 43_200, pytest.approx(62, abs=0.1)]),
        (["00:01:00", "00:03:00", "01:02:00", "59:30:00"], "time", [1, 3, 62, 3570]),
        (["later", "2023-05-01 10:00"], "time", [None, None]),
    ],
)
def test_times_in_every_writing(cells, title, wanted):
    assert seconds_in(cells, title) == wanted


def test_a_column_of_times_without_a_title_is_found(tmp_path):
    told = [["", "Speaker", "Text"], *([f"00:0{n}:07", *cells] for n, cells in enumerate(TALK))]
    (draft,) = drafts(delimited(tmp_path / "a.csv", told))
    assert [turn.at for turn in draft.turns] == [7, 67, 127, 187, 247]


def test_several_groups_in_one_sheet_are_several_sources(tmp_path):
    told = [
        ["File", "Speaker", "Text"],
        ["Women", "David", "One."], ["", "Anna", "Two."], ["", "", "Three."],
        ["Men", "David", "Four."], ["Men", "Bilal", "Five."], ["Men", "David", "Six."],
    ]  # fmt: skip
    women, men = drafts(delimited(tmp_path / "all.csv", told))
    assert (women.name, men.name) == ("Women", "Men")
    assert [label for label, _words in said(men)] == ["David", "Bilal", "David"]
    assert women.text.split() == ["One.", "Two.", "Three."]


def test_the_first_worksheet_that_fits_is_read(tmp_path):
    sheets = {
        "About": [["made by", "Nadia"]],
        "Talk": [["Speaker", "Text"], *TALK],
        "More": [["Speaker", "Text"], *TALK],
    }
    (draft,) = drafts(workbook(tmp_path / "a.xlsx", **sheets))
    assert len(draft.turns) == 5
    assert draft.warnings == ("Other worksheets were not read: “About”, “More”.",)


def test_the_encoding_can_be_chosen(tmp_path):
    path = delimited(
        tmp_path / "a.csv",
        [["Speaker", "Text"], ["Анна", "Да, конечно."], ["Иван", "Нет."], ["Анна", "Да."]],
        encoding="cp1251",
    )
    (doubtful,) = drafts(path)
    assert not doubtful.encoding_is_sure
    assert doubtful.encodings[0][0] == "cp1252"
    (draft,) = drafts(path, encoding="cp1251")
    assert (set(draft.roles), draft.encoding) == ({"Анна", "Иван"}, "cp1251")


SURVEY = [
    ["Respondent ID", "Age", "Place", "What would bring people together?", "What gets in the way?"],
    ["R01", "34", "Batley", LONG, "Buses, mostly,\n\nand money."],
    ["R02", "51", "Dewsbury", "n/a", "Nothing that I could think of at the moment, really"],
    ["R03", "", "Batley", "-", " "],
    ["R04", "28", "Batley", "A shared kitchen with a garden for everybody in the street", ""],
]


@ENDINGS
def test_answers_of_a_survey_by_respondent(tmp_path, ending):
    first, second, last = drafts(sheet(tmp_path / f"Survey{ending}", SURVEY))
    assert (first.name, second.name, last.name) == ("R01", "R02", "R04")
    assert (first.kind, first.form, first.roles) == ("survey answer", "respondents", {"R01": "participant"})
    assert first.text == f"What would bring people together?\n{LONG}\nWhat gets in the way?\nBuses, mostly,\nand money."
    assert said(first) == [("R01", LONG), ("R01", "Buses, mostly,\nand money.")]
    assert [(s.title, first.text[s.start :].split("\n")[0]) for s in first.sections] == [
        ("What would bring people together?",) * 2, ("What gets in the way?",) * 2
    ]  # fmt: skip
    assert first.attributes == {"Age": "34", "Place": "Batley"}
    assert [s.title for s in second.sections] == ["What gets in the way?"]
    assert first.warnings == (
        "Columns with short values became attributes of the sources: “Age”, “Place”.",
        "1 row without an answer was left out.",
    )
    assert second.warnings == ()


def test_answers_of_a_survey_by_question(tmp_path):
    together, in_the_way = drafts(workbook(tmp_path / "Survey.xlsx", A=SURVEY), "questions")
    assert together.name == "What would bring people together?"
    assert (together.form, together.attributes) == ("questions", {})
    assert [label for label, _words in said(together)] == ["R01", "R04"]
    assert together.text.split("\n")[0] == together.sections[0].title == "What would bring people together?"
    assert [s.start for s in together.sections] == [0]
    assert said(in_the_way)[0] == ("R01", "Buses, mostly,\nand money.")
    assert "are not used where there is one source for each question: “Age”, “Place”" in together.warnings[0]


def test_respondents_without_a_name_are_numbered(tmp_path):
    told = [["Timestamp", "Ideas?"], ["1/5/2023", LONG], ["1/5/2023", ""], ["2/5/2023", LONG + " too"]]
    first, last = drafts(delimited(tmp_path / "Survey 2023.csv", told))
    assert [first.name, last.name] == ["Survey 2023, Respondent 1", "Survey 2023, Respondent 3"]
    assert set(last.roles) == {"Respondent 3"}
    told = [["No", "Ideas?"], ["17", LONG], ["18", LONG + " too"]]
    assert [d.name for d in drafts(delimited(tmp_path / "S.csv", told))] == ["S, Respondent 17", "S, Respondent 18"]


def test_names_that_come_twice_are_no_names(tmp_path):
    told = [
        ["Name", "Ideas?"],
        ["Ann", LONG],
        ["Ann", LONG + " too"],
        ["Bo", LONG + " and more"],
        ["Cy", LONG + " or less"],
    ]
    assert [d.name for d in drafts(delimited(tmp_path / "S.csv", told))][:2] == ["S, Respondent 1", "S, Respondent 2"]
    assert drafts(delimited(tmp_path / "S.csv", told))[0].attributes == {"Name": "Ann"}


def test_columns_without_a_title_or_with_the_same_one_stay_apart(tmp_path):
    told = [["id", "Other", "Other", ""], ["a", "x", "y", LONG], ["b", "x", "z", LONG + " too"]]
    first, _second = drafts(delimited(tmp_path / "S.csv", told))
    assert first.attributes == {"Other": "x", "Other (2)": "y"}
    assert first.sections[0].title == "Column D"


def test_a_very_long_question_is_a_short_name(tmp_path):
    told = [["id", f"{LONG}, {LONG}, {LONG}?"], ["a", LONG], ["b", LONG + " too"]]
    (draft,) = drafts(delimited(tmp_path / "S.csv", told), "questions")
    assert len(draft.name) <= 80
    assert draft.name.endswith("…")
    assert len(draft.sections[0].title) > 200


def test_second_header_rows_of_survey_programs(tmp_path):
    monkey = [["Respondent ID", "Ideas?", ""], ["", "Open-Ended Response", "Other (please specify)"],
              ["1", LONG, "x"], ["2", LONG + " too", "y"]]  # fmt: skip
    first, _second = drafts(delimited(tmp_path / "M.csv", monkey))
    assert (first.sections[0].title, first.attributes) == ("Ideas?", {"Other (please specify)": "x"})
    qualtrics = [["ResponseId", "Q1"], ["Response ID", "What would\nhelp?"], ['{"ImportId":"_r"}', '{"ImportId":"QID1"}'],
                 ["R_1", LONG], ["R_2", LONG + " too"]]  # fmt: skip
    first, _second = drafts(delimited(tmp_path / "Q.csv", qualtrics))
    assert (first.name, first.sections[0].title) == ("R_1", "What would help?")


def test_a_comment_beside_a_gender_is_a_survey_and_not_talk(tmp_path):
    told = [["Gender", "Comment"], *([("Male", "Female")[n % 2], f"{LONG} {n}"] for n in range(9))]
    found = drafts(delimited(tmp_path / "S.csv", told))
    assert (len(found), found[0].form, found[0].attributes) == (9, "respondents", {"Gender": "Male"})


def test_a_person_may_say_what_a_sheet_is(tmp_path):
    talk = delimited(tmp_path / "talk.csv", [["Speaker", "Text"], *TALK])
    assert len(drafts(talk, "respondents")) == 5
    assert len(drafts(talk, "questions")) == 1
    votes = delimited(tmp_path / "votes.csv", [["Voter", "Remark"], ["Ann", "Good idea."], ["Bo", "Not so good."]])
    assert [d.form for d in drafts(votes, "questions")] == ["questions"]
    remarks = delimited(tmp_path / "remarks.csv", [["name", "comment"], ["Ann", LONG], ["Bo", LONG + " too"]])
    assert len(drafts(remarks)) == 2
    assert [label for label, _words in said(drafts(remarks, "transcript")[0])] == ["Ann", "Bo"]


class CountingRows(tuple):
    """Rows that count how often somebody goes through them."""

    walks = 0

    def __iter__(self):
        CountingRows.walks += 1
        return super().__iter__()


@pytest.mark.parametrize("form", ["respondents", "questions"])
def test_a_survey_of_any_size_is_gone_through_a_few_times(form):
    """However many respondents have a number, not each of them looks at all the others."""
    rows = CountingRows((n + 2, (str(n), f"I would say it is the bus, number {n}.")) for n in range(500))
    grid = Grid("answers", ("ID", "What gets in the way?"), rows)
    survey = Survey(questions=(1,), attributes=(), respondent=0)
    CountingRows.walks = 0
    made = by_respondent(grid, survey, "Wave 1") if form == "respondents" else by_question(grid, survey)
    assert len(made) == (500 if form == "respondents" else 1)
    assert made[0].name == ("Wave 1, Respondent 0" if form == "respondents" else "What gets in the way?")
    assert CountingRows.walks < 10


def test_two_thousand_respondents(tmp_path):
    told = [["id", "age", "Ideas?"], *([f"R{n}", str(n % 70), f"{LONG} {n}"] for n in range(2000))]
    found = drafts(delimited(tmp_path / "S.csv", told))
    assert len(found) == 2000
    assert len(drafts(delimited(tmp_path / "S.csv", told), "questions")[0].turns) == 2000


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            [["source", "place"], ["g1", "Batley"]],
            "is a sheet of attributes, not a transcript. Give it as the sheet of",
        ),
        ([["source", "participant", "notes"], ["g1", "P1", LONG], ["g1", "P2", "x"]], "is a sheet of attributes"),
        ([["source", "notes"], ["g1", LONG], ["g2", LONG + " too"]], "is a sheet of attributes"),
        ([["Name", "Age"], ["Anna", "34"], ["Bilal", "41"]], "is a sheet of attributes"),
        ([["source", "coder", "code", "quote"], ["g1", "N", "Food", LONG]], "is a table of codes or codings"),
        ([["code", "definition"], ["Food", LONG], ["Buses", LONG + " too"]], "is a table of codes or codings"),
    ],
)
def test_sheets_of_another_use_are_left_out(tmp_path, told, sentence):
    error = refused(delimited(tmp_path / "a.csv", told))
    assert isinstance(error, LeftOut)
    assert f"a.csv {sentence}" in str(error)


@pytest.mark.parametrize(
    ("told", "convention", "sentence"),
    [
        (
            [["a", "b"], ["1", "2"]],
            "",
            "a.csv is neither a transcript nor answers to a survey. A transcript needs a column",
        ),
        ([["arg", "key", "label"], *([f"arg_{n // 3}", f"kp_{n}", "0"] for n in range(9))], "", "a.csv is neither"),
        (
            [["text"], [LONG]],
            "transcript",
            "a.csv has no column that says who speaks. Give the column with the speakers",
        ),
        ([["only titles", "here"]], "", "a.csv is neither a transcript nor answers to a survey."),
        ([["only titles", "here"]], "questions", "a.csv is neither a transcript nor answers to a survey."),
        ([["id", "Ideas?"], ["a", "-"], ["b", "."]], "respondents", "a.csv is neither a transcript nor answers"),
    ],
)
def test_sheets_that_fit_nothing(tmp_path, told, convention, sentence):
    error = refused(delimited(tmp_path / "a.csv", told), convention)
    assert not isinstance(error, LeftOut)
    assert sentence in str(error)


CELLS = st.sampled_from(
    ["", "Speaker", "Text", "GA", "TN1:", "source", "x", "00:01:02", "5", LONG, f"{LONG}?", "\n", "é"]
)


@given(
    st.lists(st.lists(CELLS, max_size=4), max_size=8),
    st.sampled_from(["", "transcript", "respondents", "questions", "colon"]),
)
def test_any_sheet_gives_drafts_whose_turns_are_in_order_or_a_sentence(tmp_path_factory, told, convention):
    path = delimited(tmp_path_factory.mktemp("any") / "a.csv", told or [["x"]])
    try:
        found = drafts(path, convention)
    except CannotReadSource as error:
        assert error.hint
        return
    for draft in found:
        ends = [0, *(edge for turn in draft.turns for edge in (turn.span.start, turn.span.end)), len(draft.text)]
        assert ends == sorted(ends)
        assert all(draft.text[s.start :].startswith(s.title) for s in draft.sections)
        assert set(draft.roles) == {turn.label for turn in draft.turns}
        assert draft.forms == table.FORMS


@ENDINGS
@pytest.mark.parametrize("title", [[], [["Transcript"]]])
@pytest.mark.parametrize("convention", ["", "transcript", "colon"])
def test_one_column_of_names_and_talk_is_a_transcript(
    tmp_path: Path, ending: str, title: list[list[str]], convention: str
) -> None:
    rows = [*title, *([f"{label}: {speech}"] for label, speech in TALK)]
    (draft,) = drafts(sheet(tmp_path / f"a{ending}", rows), convention)
    assert [list(pair) for pair in said(draft)] == TALK
    assert (draft.form, draft.forms, draft.how.convention) == ("transcript", table.FORMS, convention)


def test_a_row_of_one_column_without_a_name_goes_on_with_the_turn_before(tmp_path: Path) -> None:
    rows = [[f"{label}: {speech}"] for label, speech in TALK]
    (draft,) = drafts(sheet(tmp_path / "a.xlsx", [*rows, ["And the last one is at six."]]))
    assert said(draft)[-1] == ("Anna", f"{TALK[-1][1]}\nAnd the last one is at six.")


def test_one_column_of_answers_stays_a_survey(tmp_path: Path) -> None:
    rows = [["What would help?"], *([f"{LONG}, and number {n}"] for n in range(8)), ["Note: " + LONG], ["Yes: " + LONG]]
    path = sheet(tmp_path / "a.xlsx", rows)
    assert [draft.form for draft in drafts(path)] == ["respondents"] * 10
    assert str(refused(path, "transcript")).startswith("a.xlsx has no column that says who speaks.")
    talk = sheet(tmp_path / "b.xlsx", [[f"{label}: {speech}, {LONG}"] for label, speech in TALK])
    assert {draft.form for draft in drafts(talk, "respondents")} == {"respondents"}
