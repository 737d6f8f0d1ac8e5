"""Counting and comparing in a shell: what is asked, how it is printed, filtered, kept and written, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.jobs import Job
from cohesion_qda.cli import answering, counting
from cohesion_qda.cli.answer_text import cell_words, print_answer
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.asked import KINDS, Asked
from cohesion_qda.project import Project
from cohesion_qda.project.answers import Answers
from tests.cli.test_commands import Shell, shell  # noqa: F401
from tests.makers import code, small_study

EVERY = {  # a way of asking for each kind
    "frequencies": ("table",), "crosstab": ("table", "--by", "place"), "cooccurrence": ("cooccurrence",),
    "dynamics": ("dynamics", "--source", "women", "--agrees", "Food", "--dissents", "What divides/"),
    "portrait": ("portrait", "--source", "women"), "timeline": ("timeline",), "saturation": ("saturation",),
    "agreement": ("agreement", "--coders", "Asha", "Ben", "--unit", "sources", "--codes", "Cuts", "--repeats", "50"),
    "framework": ("framework", "--cases", "groups"),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two groups in two places: food and the park in one, the buses in both."""
    path = tmp_path_factory.mktemp("coded") / "study.cqda"
    with small_study(path) as project:
        code(project, "Women", "We share food over the wall 😀 every Eid.", "Food", "Public spaces")
        code(project, "Women", "Everybody is in the park on a Saturday.", "Public spaces")
        code(project, "Women", "The buses.", "Cuts")
        code(project, "Young people", "The youth club closed", "Cuts")
    return path


@pytest.fixture
def coded(shell: Shell, built: Path) -> Shell:  # noqa: F811
    shutil.copy(built, shell.study)
    return shell


def rows(found: Any) -> dict[str, Any]:
    return {row["code"]: row for row in found["rows"]}


# -- table -------------------------------------------------------------------------------------------------------------------


def test_a_table_for_scripts_is_as_it_was_and_more(coded: Shell) -> None:
    found = coded.json("table", coded.study, "--by", "place", "--unit", "participants")
    cuts = rows(found)["What divides/Cuts"]
    assert [(column["label"], column["of"]) for column in found["columns"]] == [("Batley", 2), ("Dewsbury", 3)]
    assert [column["value"] for column in found["columns"]] == ["Batley", "Dewsbury"]
    assert cuts["cells"] == [{"count": 1, "of": 2}, {"count": 1, "of": 3}]
    assert cuts["total"] == {"count": 2, "of": 5}
    assert (found["by"], found["unit"], found["branch"], found["kind"]) == ("place", "participants", False, "crosstab")
    part = found["parts"][0]
    line = next(one for one in part["lines"] if one["label"] == "Cuts")
    assert line["cells"][0] | {"key": []} == {
        "value": 1,
        "of": 2,
        "low": None,
        "high": None,
        "hidden": False,
        "key": [],
    }
    assert found["made"]["study"] == "Small study"
    assert found["asked"]["by"] == ["place"]


def test_a_table_of_the_whole_study_has_every_unit(coded: Shell) -> None:
    found = coded.json("table", coded.study, "--unit", "mentions")
    assert rows(found)["What unites/Public spaces"]["total"]["count"] == 2
    units = {head["unit"] for head in found["parts"][0]["heads"]}
    assert units == {"mentions", "participants", "groups"}  # Morgan's three, always
    for unit in ("turns", "words"):
        found = coded.json("table", coded.study, "--unit", unit)
        assert found["parts"][0]["heads"][0]["unit"] == unit
        assert rows(found)["What divides/Cuts"]["total"]["count"] == {"turns": 2, "words": 6}[unit]
    out = coded.run("table", coded.study, "--unit", "groups")[0]
    assert "Public spaces" in out
    assert "1/2" in out


def test_rows_are_codes_or_those_under_one(coded: Shell) -> None:
    def named(*paths: str) -> list[str]:
        words = [word for path in paths for word in ("--rows", path)]
        return list(rows(coded.json("table", coded.study, "--by", "place", *words)))

    assert named("Cuts", "food") == ["What divides/Cuts", "What unites/Food"]
    assert named("What unites/") == ["What unites/Public spaces", "What unites/Food"]
    assert named("What unites", "What unites/", "Food") == [
        "What unites",
        "What unites/Public spaces",
        "What unites/Food",
    ]
    assert len(named("codes")) == len(named()) == 4
    assert "There are no codes under “Cuts”. Leave the last / out." in coded.refused(
        "table", coded.study, "--rows", "Cuts/"
    )


def test_a_second_attribute_is_nested_in_the_first(coded: Shell) -> None:
    with Project.open(Path(coded.study)) as project:
        amina = next(case for case in project.cases.list("participant") if case.name.startswith("Amina"))
        project.attributes.set_many("participant", [(amina.id, "age", "18–24")])
    for words in (("--by", "place", "--by", "age"), ("--by", "place, age")):
        found = coded.json("table", coded.study, *words)
        assert found["asked"]["by"] == ["place", "age"]
        assert {column["over"] for column in found["columns"]} == {"Batley", "Dewsbury"}
    out = coded.run("table", coded.study, "--by", "place,age")[0]
    assert "Batley" in out
    assert "18–24" in out
    assert "two attributes at most" in coded.refused("table", coded.study, "--by", "place,age,place")


def test_shares_branches_and_coders(coded: Shell) -> None:
    found = coded.json("table", coded.study, "--by", "place", "--share", "column", "--branch", "--rows", "What unites")
    assert any(head["form"] == "share" for head in found["parts"][0]["heads"])
    assert rows(found)["What unites"]["total"]["count"] == 2
    with Project.open(Path(coded.study), coder="Ben") as project:
        code(project, "Young people", "the park is locked", "Food")
    assert rows(coded.json("table", coded.study, "--coder", "ben"))["What unites/Food"]["total"]["count"] == 1
    both = coded.json("table", coded.study, "--coder", "Ben", "--coder", "Asha")
    assert rows(both)["What unites/Food"]["total"]["count"] == 2
    assert "%" in coded.run("table", coded.study, "--by", "place", "--share", "row")[0]


def test_what_was_settled_is_counted_alone(coded: Shell) -> None:
    with Project.open(Path(coded.study), coder="Ben") as project:
        code(project, "Women", "The buses.", "Cuts")
        code(project, "Women", "Everybody is in the park on a Saturday.", "Food")
        place = project.codings.of_source(project.sources.get("Women").id, "Ben")[0]
        project.use_coder("Agreed")
        project.agreement.settle((place.source, place.span), place.code, False)
    asked = ("table", coded.study, "--unit", "mentions")
    counts = {path: row["total"]["count"] for path, row in rows(coded.json(*asked)).items()}
    settled = {path: row["total"]["count"] for path, row in rows(coded.json(*asked, "--settled")).items()}
    assert (counts["What divides/Cuts"], counts["What unites/Food"]) == (3, 2)
    assert (settled["What divides/Cuts"], settled["What unites/Food"]) == (2, 1)
    said = coded.refused("table", coded.study, "--settled", "--coder", "Ben")
    assert "What was settled is not of one coder." in said


def test_differences_are_tested_only_where_they_are_asked_for(coded: Shell) -> None:
    assert len(coded.json("table", coded.study, "--by", "place")["parts"]) == 1
    tested = coded.json("table", coded.study, "--by", "place", "--test", "fisher", "--correction", "benjamini-hochberg")
    assert [part["key"] for part in tested["parts"]] == ["counts", "tests"]
    assert tested["asked"]["options"] == {"test": "fisher", "correction": "benjamini-hochberg"}
    assert "Name one with --by." in coded.refused("table", coded.study, "--test", "fisher")


# -- filters -----------------------------------------------------------------------------------------------------------------


def test_filters_narrow_every_kind(coded: Shell) -> None:
    found = coded.json("table", coded.study, "--where", "place=Dewsbury")
    assert rows(found)["What divides/Cuts"]["total"] == {"count": 1, "of": 3}
    assert any("Dewsbury" in text for text in found["made"]["filters"])
    assert [name for name, _why in found["made"]["left_out"]] == ["Young people"]
    several = coded.json("table", coded.study, "--where", "PLACE = dewsbury, Batley")
    assert rows(several)["What divides/Cuts"]["total"] == {"count": 2, "of": 5}
    again = coded.json("table", coded.study, "--where", "place=dewsbury", "--where", "place=Batley")
    assert again["parts"] == several["parts"]
    one = coded.json("cooccurrence", coded.study, "--where", "source=Young people")
    assert [line["label"] for line in one["parts"][0]["lines"]] == ["Cuts"]
    err = coded.run("table", coded.study, "--where", "place=Dewsbury")[1]
    assert "Young people: " in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("table", "--rows", "Publc spaces"), "There is no code “Publc spaces”. Did you mean: What unites/Public spaces?"),
        (("table", "--by", "plaec"), "There is no attribute “plaec”. Did you mean: place?"),
        (("table", "--where", "plaec=Dewsbury"), "There is no attribute “plaec”. Did you mean: place?"),
        (("table", "--where", "place=Dewsbry"), "There is no value “Dewsbry”. Did you mean: Dewsbury?"),
        (("table", "--where", "place=Dewsbury,Battley"), "There is no value “Battley”. Did you mean: Batley?"),
        (("table", "--where", "place"), "“place” is not NAME=VALUE. Write it as place=Leeds."),
        (("table", "--coder", "Ashaa"), "There is no coder “Ashaa”. Did you mean: Asha?"),
        (("cooccurrence", "--coder", "Ashaa"), "There is no coder “Ashaa”. Did you mean: Asha?"),
        (("cooccurrence", "--rows", "Fod"), "There is no code “Fod”. Did you mean: What unites/Food?"),
        (("cooccurrence", "--how", "near", "--turns", "2000"), "“near” cannot reach 2000 turns."),
        (("saturation", "--order", "plaec"), "There is no attribute “plaec”. Did you mean: place?"),
        (("saturation", "--threshold", "5"), "A threshold is a share of the base."),
        (("dynamics", "--source", "Womn"), "There is no source “Womn”. Did you mean: Women?"),
        (("dynamics", "--agrees", "Fod"), "There is no code “Fod”. Did you mean: What unites/Food?"),
        (("portrait", "--source", "Womn"), "There is no source “Womn”. Did you mean: Women?"),
        (("portrait", "--case", "Jaon"), "There is no person or group “Jaon”. Did you mean: Joan"),
        (("timeline", "--date", "plaec"), "There is no attribute “plaec”. Did you mean: place?"),
        (("agreement", "--coders", "Asha"), "Agreement is between two coders or more."),
        (("agreement", "--coders", "Asha", "Bne"), "There is no coder “Bne”."),
        (("answers", "--saved", "Buses"), "There is no saved answer “Buses”."),
        (("answers", "-o", "x.csv"), "A list of answers is not written to a file."),
        (("table", "--part", "pairs"), "There is no table “pairs”."),
        (("table", "--tidy"), "The long form is written to a file."),
        (("table", "--quotes"), "Quotations stand in the long form alone."),
    ],
)  # fmt: skip
def test_what_is_not_there_answers_with_the_nearest(coded: Shell, words: tuple[str, ...], said: str) -> None:
    assert said in coded.refused(words[0], coded.study, *words[1:])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("table", "--unit", "people"), "There is no unit “people”. There are: mentions; turns; words; participants; groups."),
        (("table", "--suppress", "7"), "Small numbers cannot be hidden below 7. Say 5 or 10, or off to hide none."),
        (("table", "--width", "0"), "--width"), (("table", "--dpi", "0"), "--dpi"),
        (("cooccurrence", "--how", "sideways"), "--how"),
        (("table", "--figure", "pie"), "There is no figure “pie”. There are: bars; heat map; dumbbell."),
        (("agreement", "--unit", "word"), "There is no unit “word”. There are: characters; turns; sentences; sources."),
    ],
)  # fmt: skip
def test_values_that_are_no_choice_are_told_in_a_sentence(coded: Shell, words: tuple[str, ...], said: str) -> None:
    _out, err = coded.run(words[0], coded.study, *words[1:], status=2)
    assert said in err
    assert len(err.splitlines()) == 1 and err.startswith("--")


def test_words_that_are_missing_are_usage(coded: Shell) -> None:
    assert "usage: " in coded.run("portrait", coded.study, status=2)[1]


def test_help_says_which_tables_and_figures_there_are(coded: Shell) -> None:
    with Project.open(Path(coded.study), coder="Ben") as project:
        code(project, "Women", "The buses.", "Cuts")
    for kind, words in EVERY.items():
        command = words[0]
        parts, figures = counting.GIVEN[command]
        found = coded.json(command, coded.study, *words[1:])
        assert {part["key"] for part in found["parts"]} <= set(parts), kind
        if command != "framework":
            assert {figure for part in found["parts"] for figure in part["figures"]} <= set(figures), kind
        told = " ".join(coded.run(command, "--help")[0].split())
        assert f"which of its tables is given: {', '.join(parts)}" in told
        assert not figures or f"which picture is written: {', '.join(figures)}" in told


def test_one_coder_is_told_who_else_there_is(coded: Shell) -> None:
    assert "There are: " in coded.refused("agreement", coded.study, "--coders", "Asha")


def test_a_figure_from_which_all_is_hidden_says_how_to_show_it(coded: Shell, tmp_path: Path) -> None:
    words = ("cooccurrence", coded.study, "--figure", "network", "-o", tmp_path / "net.svg")
    err = coded.refused(*words)  # type: ignore[arg-type]
    assert "There is no number to draw in this figure." in err and "--suppress off" in err
    coded.run(*words, "--suppress", "off")  # type: ignore[arg-type]
    assert (tmp_path / "net.svg").exists()


def test_people_of_one_name_are_asked_for_by_the_one_that_they_alone_have(coded: Shell) -> None:
    with Project.open(coded.study, "Asha") as project:
        other = next(c for c in project.cases.list("participant") if c.role == "participant" and c.name != "Joan")
        project.cases.rename(other.id, "Joan")
    for words in (("portrait", coded.study), ("retrieve", coded.study, "--code", "Food")):
        err = coded.refused(*words, "--case", "joan")  # type: ignore[arg-type]
        assert "“Joan” is the name of several. Say which: Joan (" in err
    choice = err.split("Say which: ")[1].split(";")[0].strip().rstrip(".")
    assert coded.json("portrait", coded.study, "--case", choice)["title"] == f"Portrait: {choice}"


def test_a_width_and_dots_that_cannot_be_are_told(coded: Shell) -> None:
    for text in ("0", "-3", "101", "wide"):
        assert "more than 0 and at most 100" in coded.run("table", coded.study, f"--width={text}", status=2)[1]
    for text in ("0", "2401", "1.5", "many"):
        assert "1 to 2400" in coded.run("table", coded.study, f"--dpi={text}", status=2)[1]


# -- the other kinds ---------------------------------------------------------------------------------------------------------


def test_which_codes_come_together(coded: Shell) -> None:
    found = coded.json("cooccurrence", coded.study)
    pairs = next(part for part in found["parts"] if part["key"] == "pairs")
    assert [line["label"] for line in pairs["lines"]] == ["Public spaces + Food"]
    near = coded.json("cooccurrence", coded.study, "--how", "near", "--turns", "3", "--least", "2", "--branch")
    assert near["asked"]["options"] == {"how": "near", "turns": 3, "least": 2}
    assert near["asked"]["branch"]
    out, err = coded.run("cooccurrence", coded.study, "--part", "pairs")
    assert "Public spaces + Food" in out
    assert "Codes by codes" not in out
    assert "Jaccard" in err


def test_whether_codes_stop_being_new(coded: Shell) -> None:
    found = coded.json(
        "saturation", coded.study, "--base", "1", "--run", "1", "--order", "imported", "--threshold", "0"
    )
    assert found["parts"][1]["headline"] == "Saturation is reached at 1+1 (at most 0% new)"
    options = found["asked"]["options"]
    assert (options["base"], options["run"], options["order"], options["seed"]) == (1, 1, "imported", 1)
    assert "Women" in coded.run("saturation", coded.study)[0]
    again = coded.json("saturation", coded.study, "--things", "sources", "--repeats", "20", "--seed", "7")
    assert (
        again["parts"]
        == coded.json("saturation", coded.study, "--things", "sources", "--repeats", "20", "--seed", "7")["parts"]
    )


def test_every_kind_answers(coded: Shell) -> None:
    with Project.open(Path(coded.study), coder="Ben") as project:
        code(project, "Women", "The buses.", "Cuts")
    assert set(EVERY) == set(KINDS)
    for kind, (command, *words) in EVERY.items():
        found = coded.json(command, coded.study, *words)
        assert found["kind"] == found["asked"]["kind"] == kind
        assert found["parts"]
        assert coded.run(command, coded.study, *words)[0]
    assert coded.json("portrait", coded.study, "--case", "Joan")["asked"]["options"]["case"]
    agreed = coded.json("agreement", coded.study, "--coders", "Asha", "Ben", "--repeats", "50")["asked"]
    assert (agreed["coders"], agreed["options"]["over"]) == (["Asha", "Ben"], "turns")


# -- kept, hidden, written ---------------------------------------------------------------------------------------------------


def test_tables_and_pictures_in_files(coded: Shell, tmp_path: Path) -> None:
    for name, words in (
        ("t.csv", ("table", "--by", "place")), ("t.md", ("cooccurrence", "--part", "pairs")), ("t.xlsx", ("saturation",)),
        ("t.svg", ("cooccurrence", "--figure", "heat map", "--suppress", "off", "--width", "6")), ("t.tex", ("timeline",)),
    ):  # fmt: skip
        out, err = coded.run(words[0], coded.study, *words[1:], "-o", tmp_path / name)  # type: ignore[arg-type]
        assert out == ""
        assert f"Wrote {tmp_path / name}." in err
        assert (tmp_path / name).stat().st_size > 100
    assert "Cuts" in (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert "<svg" in (tmp_path / "t.svg").read_text(encoding="utf-8")
    assert "Give a name that ends in .csv" in coded.refused("table", coded.study, "-o", str(tmp_path / "t.gif"))
    assert "It has: matrix, pairs." in coded.refused(
        "cooccurrence", coded.study, "-o", str(tmp_path / "t.csv"), "--part", "x"
    )


def test_a_file_says_truly_whether_numbers_are_hidden_and_people_named(
    coded: Shell, tmp_path: Path, written: list[tuple[Asked, Path, dict[str, Any]]]
) -> None:
    with Project.open(Path(coded.study), coder="Ben") as project:
        code(project, "Women", "The buses.", "Cuts")
    for command, *words in EVERY.values():
        err = coded.run(command, coded.study, *words, "-o", tmp_path / "x.csv")[1]  # type: ignore[arg-type]
        asked = written[-1][0]
        with Project.open(Path(coded.study)) as project:
            answer = project.answers.ask(asked)
            published = project.answers.hidden(asked, 5, answer)
        assert ("are hidden in it" in err) == (published.made.threshold == 5), command
        warns = set(published.notes) - set(answer.notes)
        assert ("do not publish it" in err) == any("Do not publish it" in note for note in warns), command


def test_what_is_asked_is_kept_and_answered_anew(coded: Shell) -> None:
    assert "No answers are kept yet." in coded.run("answers", coded.study)[0]
    err = coded.run("table", coded.study, "--by", "place", "--unit", "groups", "--save", "Buses by place")[1]
    assert "Buses by place" in err
    assert coded.run("answers", coded.study)[0] == "Buses by place (crosstab)\n"
    assert coded.json("answers", coded.study)["answers"][0]["asked"]["unit"] == "groups"
    kept = coded.json("answers", coded.study, "--saved", "buses by place")
    assert kept["parts"] == coded.json("table", coded.study, "--by", "place", "--unit", "groups")["parts"]
    coded.refused("table", coded.study, "--by", "plaec", "--save", "Wrong")
    assert len(coded.json("answers", coded.study)["answers"]) == 1


def test_what_is_kept_says_what_of_it_is_gone(coded: Shell) -> None:
    coded.run("table", coded.study, "--rows", "Food", "--rows", "Cuts", "--save", "Both")
    coded.run("table", coded.study, "--rows", "Cuts", "--save", "Cuts alone")
    with Project.open(Path(coded.study)) as project:
        project.codebook.delete(project.codebook.tree().get("Cuts").id)
    kept = coded.json("answers", coded.study, "--saved", "Both")
    assert [line["label"] for line in kept["parts"][0]["lines"]] == ["Food"]
    told = coded.run("answers", coded.study, "--saved", "Both")[1]
    assert "“What divides/Cuts” is no longer there, and was left out." in told
    refused = coded.refused("answers", coded.study, "--saved", "Cuts alone")
    assert "“What divides/Cuts”, which this answer was about, is no longer there." in refused


def test_on_the_screen_nothing_is_hidden_unless_it_is_asked_for(coded: Shell) -> None:
    def hidden(*words: str) -> int:
        found = coded.json("table", coded.study, "--by", "place", *words)
        return sum(cell["hidden"] for part in found["parts"] for line in part["lines"] for cell in line["cells"])

    assert hidden() == hidden("--suppress", "off") == 0
    assert hidden("--suppress", "5") > 0
    assert "[c]" in coded.run("table", coded.study, "--by", "place", "--suppress", "10")[0]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Path, dict[str, Any]]]:
    calls: list[tuple[Asked, Path, dict[str, Any]]] = []

    def write(_self: Answers, asked: Asked, path: Path, *, job: Job, **more: Any) -> None:
        calls.append((asked, Path(path), more))

    monkeypatch.setattr(Answers, "write", write)
    return calls


def test_files_hide_small_numbers_unless_they_are_wanted(
    coded: Shell, tmp_path: Path, written: list[tuple[Asked, Path, dict[str, Any]]]
) -> None:
    out, err = coded.run("table", coded.study, "--by", "place", "-o", tmp_path / "t.ods")  # type: ignore[arg-type]
    assert out == ""
    assert "Wrote" in err
    assert "Numbers from 1 to 4 are hidden in it, and what would give them away; --suppress off shows them." in err
    assert written[-1][1:] == (
        tmp_path / "t.ods",
        {"suppress": 5, "part": "", "figure": "", "width": None, "dpi": None, "tidy": False, "quotes": False},
    )
    err = coded.run("table", coded.study, "-o", tmp_path / "t.csv", "--suppress", "off")[1]  # type: ignore[arg-type]
    assert "hidden" not in err
    assert written[-1][2]["suppress"] == 0
    coded.run(
        "cooccurrence", coded.study, "-o", tmp_path / "n.png", "--figure", "network", "--part", "matrix",  # type: ignore[arg-type]
        "--width", "7.5", "--dpi", "300", "--suppress", "10",
    )  # fmt: skip
    more = written[-1][2]
    assert (more["figure"], more["part"], more["width"], more["dpi"], more["suppress"]) == (
        "network",
        "matrix",
        7.5,
        300,
        10,
    )
    err = coded.run("table", coded.study, "-o", tmp_path / "long.csv", "--tidy", "--quotes")[1]  # type: ignore[arg-type]
    assert written[-1][2]["tidy"] and written[-1][2]["quotes"] and written[-1][2]["suppress"] == 0
    assert "do not publish it as it is" in err
    assert coded.json("table", coded.study, "-o", str(tmp_path / "both.csv"))["kind"] == "frequencies"


def test_long_heads_go_over_several_lines(capsys: pytest.CaptureFixture[str]) -> None:
    heads = (Head("What keeps people apart round here?", over="Asked"), Head("Words", "text", over="Asked"))
    lines = (Line("Cuts", (Cell(3, 12), Cell("a few"))), Line("Class", (Cell(0, 12), Cell("")), depth=1))
    parts = (
        Part("one", "Title", "Code", heads, lines, Line("All", (Cell(3, 12), Cell("")))),
        Part("two", "Empty", "Code", (), ()),
    )
    print_answer(
        Answer(Asked(), "", parts, ("Read me.",), Made("", "", "", left_out=(("Men", "Nothing is coded there."),)))
    )
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "Title",
        "         Asked",
        "         What keeps people",
        "Code     apart round here?  Words",
        "Cuts                  3/12  a few",
        "  Class               0/12",
        "All                   3/12",
        "",
        "Empty",
        "Nothing to count.",
    ]
    assert err.splitlines() == ["Read me.", "Men: Nothing is coded there."]


def test_sources_left_out_for_one_reason_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    left = tuple((f"0{n}", "Its “place” is Dewsbury.") for n in range(8))
    print_answer(Answer(Asked(), "", (), (), Made("", "", "", left_out=(*left, ("Men", "Nothing is coded there.")))))
    assert capsys.readouterr().err.splitlines() == [
        "00; 01; 02; 03; 04 and 3 more: Its “place” is Dewsbury.", "Men: Nothing is coded there.",
    ]  # fmt: skip


def test_cells_as_they_are_read() -> None:
    count, share, number, text = (Head("x", form) for form in ("count", "share", "number", "text"))
    assert cell_words(Cell(3, 12), count) == "3/12"
    assert cell_words(Cell(0), count) == "0"
    assert cell_words(Cell(0.25), share) == "25%"
    assert cell_words(Cell(0.4312, low=0.31, high=0.555), number) == "0.43 (0.31 to 0.56)"
    assert cell_words(Cell(0.85, low=0.8, high=0.9), share) == "85% (80% to 90%)"
    assert cell_words(Cell(-0.0001), number) == "0.00"
    assert cell_words(Cell(-0.25), number) == "−0.25"
    assert cell_words(Cell(4), number) == "4"
    assert cell_words(Cell(None), number) == "–"
    assert cell_words(Cell(None, is_hidden=True), count) == "[c]"
    assert cell_words(Cell("two\nlines"), text) == "two lines"
    assert cell_words(Cell(""), text) == ""


def test_whom_quotations_single_out_is_said_and_where_writing_is(
    coded: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, str]] = []
    monkeypatch.setattr(answering, "reporting_job", lambda: Job(lambda *step: told.append(step)))
    words = ("table", coded.study, "--tidy", "--quotes", "-o", tmp_path / "long.xlsx")
    err = coded.run(*words)[1]  # type: ignore[arg-type]
    assert "Only 2 participants of the study" in err or "Only 1 participant of the study" in err
    assert "could be recognised" in err
    assert told[-1] == (1, 1, "long.xlsx")
    assert "could be recognised" not in coded.run(*words[:3], *words[4:])[1], "without the words nobody is quoted"


def test_a_file_that_holds_one_table_names_the_others(coded: Shell, tmp_path: Path) -> None:
    err = coded.run("cooccurrence", coded.study, "-o", tmp_path / "c.csv")[1]  # type: ignore[arg-type]
    assert "It holds the table “matrix” alone; --part gives another: pairs." in err
    assert "alone" not in coded.run("cooccurrence", coded.study, "-o", tmp_path / "c.csv", "--part", "pairs")[1]  # type: ignore[arg-type]
    assert "alone" not in coded.run("cooccurrence", coded.study, "-o", tmp_path / "c.xlsx")[1]  # type: ignore[arg-type]
