"""The grid of what is known about sources and participants: one paste is one act, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.analysis import frequency
from cohesion_qda.base.errors import BadInput, NotFound, ProjectReadOnly
from cohesion_qda.model.attribute import AttributeSheet, AttributeTable, as_type, guess_type, sort_key
from cohesion_qda.model.source import SourceDraft
from cohesion_qda.project import Project
from cohesion_qda.project.values import KIND, NAME, ROLE
from tests.makers import small_study


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "study.cqda"
    small_study(path).close()
    return path


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(made, tmp_path / "study.cqda"), "Asha") as opened:
        yield opened


@pytest.fixture(scope="module")
def one_for_all(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project for many examples, each of which leaves it as it was."""
    with Project.open(shutil.copy(made, tmp_path_factory.mktemp("all") / "study.cqda"), "Asha") as opened:
        ids = [row.id for row in opened.attributes.table("participant").rows]
        opened.attributes.set_many("participant", [(ids[2], "Size", "9"), (ids[3], "place", "x")])
        yield opened
        assert opened.check() == []


def person(project: Project, name: str, where: str = "") -> int:
    rows = project.attributes.table("participant").rows
    return next(row.id for row in rows if row.name == name and where in row.where)


def source(project: Project, name: str) -> int:
    return project.sources.get(name).id


def shown(table: AttributeTable) -> dict[str, dict[str, str]]:
    return {f"{row.name}, {row.where}": dict(row.values) for row in table.rows if row.values}


# -- what the grid shows -----------------------------------------------------------------------------------------------


def test_sources_and_people_are_listed_with_what_is_known(project: Project) -> None:
    sources = project.attributes.table("source")
    assert [(row.name, row.kind, row.values) for row in sources.rows] == [
        ("Women", "focus group", {"place": "Dewsbury"}), ("Young people", "focus group", {"place": "Batley"}),
    ]  # fmt: skip
    people = project.attributes.table("participant")
    assert [(row.name, row.where, row.role, row.turns) for row in people.rows] == [
        ("Moderator", "Women", "moderator", 2), ("Amina", "Women", "participant", 2), ("Carol", "Women", "participant", 1),
        ("Joan", "Women", "participant", 1), ("Int", "Young people", "moderator", 1),
        ("Amina", "Young people", "participant", 1), ("Dev", "Young people", "participant", 1),
    ]  # fmt: skip
    assert people.columns == ()
    assert [row.words for row in people.rows][:2] == [15, 20]


def test_somebody_in_no_group_is_shown_with_the_sources_they_speak_in(project: Project) -> None:
    project.sources.set_kind(source(project, "Women"), "interview")  # type: ignore[arg-type]
    rows = project.attributes.table("participant").rows
    assert [row.where for row in rows if row.name == "Carol"] == ["Women"]
    assert next(row for row in rows if row.name == "Carol").sources == ("Women",)


# -- setting many ------------------------------------------------------------------------------------------------------


def test_a_paste_is_one_act_that_history_tells_and_undo_takes_back(project: Project) -> None:
    carol, joan = person(project, "Carol"), person(project, "Joan")
    before = project.attributes.table("participant")
    result = project.attributes.set_many(
        "participant",
        [
            (carol, "Age band", "over 60"),
            (joan, "Age band", "over 60"),
            (carol, "Born", "12/3/1960"),
            (joan, "Born", ""),
        ],
    )
    assert (result.n, result.refused) == (3, ())
    assert result.change.said == "Set 3 attribute values"
    table = project.attributes.table("participant")
    assert [(c.name, c.type) for c in table.columns] == [("Age band", "category"), ("Born", "date")]
    assert shown(table) == {
        "Carol, Women": {"Age band": "over 60", "Born": "1960-03-12"}, "Joan, Women": {"Age band": "over 60"},
    }  # fmt: skip
    assert project.history.undo().said == "Undid: Set 3 attribute values"
    assert project.attributes.table("participant") == before
    project.history.redo()
    assert project.attributes.table("participant") == table


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("place", "Leeds")], "Set place of “Women” to “Leeds”"),
        ([("place", "")], "Took place of “Women” away"),
        ([("place", "Leeds"), ("Size", "9")], "Set 2 attribute values"),
        ([(NAME, "Mothers")], "Renamed the source “Women” to “Mothers”"),
        ([(KIND, "Interview")], "Marked “Women” as: interview"),
    ],
)
def test_history_says_what_was_set(project: Project, cells: list[tuple[str, str]], said: str) -> None:
    women = source(project, "Women")
    change = project.attributes.set_many("source", [(women, name, value) for name, value in cells]).change
    assert change.said == said
    assert project.check() == []


def test_one_column_of_many_is_named(project: Project) -> None:
    cells = [(row.id, "PLACE", "Kirklees") for row in project.attributes.table("source").rows]
    assert project.attributes.set_many("source", cells).change.said == "Set 2 values of place"
    assert [c.name for c in project.attributes.table("source").columns] == ["place"]


def test_the_same_values_again_change_nothing(project: Project) -> None:
    women = source(project, "Women")
    result = project.attributes.set_many("source", [(women, "place", " Dewsbury ")])
    assert result.change.is_empty
    assert result.n == 0


def test_names_and_roles_are_set_and_what_cannot_be_is_refused(project: Project) -> None:
    amina, moderator = person(project, "Amina", "Women"), person(project, "Moderator")
    result = project.attributes.set_many(
        "participant",
        [(amina, NAME, "A 1"), (amina, ROLE, "Interviewer"), (moderator, ROLE, "chief"), (moderator, NAME, "  ")],
    )
    assert result.n == 2
    assert result.refused == (("Moderator", ROLE, "chief"), ("Moderator", NAME, ""))
    assert [(row.name, row.role) for row in project.attributes.table("participant").rows][:2] == [
        ("Moderator", "moderator"), ("A 1", "moderator"),
    ]  # fmt: skip


def test_two_sources_do_not_come_to_have_one_name(project: Project) -> None:
    women, young = source(project, "Women"), source(project, "Young people")
    result = project.attributes.set_many(
        "source", [(women, NAME, "Everybody"), (young, NAME, "everybody"), (young, KIND, "chat")]
    )
    assert result.refused == (("Young people", NAME, "everybody"), ("Young people", KIND, "chat"))
    assert [row.name for row in project.attributes.table("source").rows] == ["Everybody", "Young people"]
    assert {row.where for row in project.attributes.table("participant").rows} == {"Everybody", "Young people"}
    assert project.attributes.set_many("source", [(women, NAME, "EVERYBODY")]).n == 1


def test_a_kind_makes_and_unmakes_a_group(project: Project) -> None:
    rows = project.attributes.table("source").rows
    project.attributes.set_many("source", [(row.id, KIND, "interview") for row in rows])
    assert project.cases.list("group") == []
    assert project.check() == []
    project.history.undo()
    assert [case.name for case in project.cases.list("group")] == ["Women", "Young people"]


def test_a_row_that_is_not_there_stops_all_of_it(project: Project) -> None:
    with pytest.raises(NotFound):
        project.attributes.set_many("source", [(source(project, "Women"), "place", "Leeds"), (999, "place", "Leeds")])
    assert shown(project.attributes.table("source"))["Women, "] == {"place": "Dewsbury"}


def test_of_two_values_for_one_place_the_last_holds(project: Project) -> None:
    women = source(project, "Women")
    project.attributes.set_many("source", [(women, "Size", "8"), (women, " size ", "9")])
    assert project.attributes.table("source").rows[0].values["Size"] == "9"


# -- whoever gives them ------------------------------------------------------------------------------------------------


def letter(attributes: dict[str, str]) -> SourceDraft:
    return SourceDraft("Letter", "document", f"We need a bus. {attributes}", attributes=attributes)


def known(project: Project, about: str) -> dict[str, str]:
    """What is known of anybody, where one value of each attribute is."""
    return {name: value for values in project.attributes.values(about).values() for name, value in values.items()}


Way = Callable[[Project, str, str], object]
WAYS: dict[str, Way] = {
    "the grid": lambda p, name, value: p.attributes.set_many("source", [(source(p, "Women"), name, value)]),
    "its details": lambda p, name, value: p.sources.set_attribute(p.sources.get("Women").id, name, value),
    "a sheet": lambda p, name, value: p.sources.add_sheet(AttributeSheet({"Women": {name: value}}, {})),
    "a sheet that takes it for text": lambda p, name, value: p.sources.add_sheet(
        AttributeSheet({"Women": {name: value}}, {}, {name: "text"})
    ),
    "a file": lambda p, name, value: p.sources.add([letter({name: value})]),
    "an import": lambda p, name, value: p.sources.add([letter({"no": name})], attributes={name: value}),
}
OF_PEOPLE: dict[str, Way] = {
    "the grid": lambda p, name, value: p.attributes.set_many("participant", [(person(p, "Carol"), name, value)]),
    "a case": lambda p, name, value: p.cases.set_attribute(person(p, "Carol"), name, value),  # type: ignore[arg-type]
    "a sheet": lambda p, name, value: p.sources.add_sheet(AttributeSheet({}, {("Women", "Carol"): {name: value}})),
}
EVERY = [*(("source", way) for way in WAYS.values()), *(("participant", way) for way in OF_PEOPLE.values())]
every_way = pytest.mark.parametrize(("about", "way"), EVERY, ids=[*WAYS, *(f"{way} of people" for way in OF_PEOPLE)])


@every_way
def test_a_value_is_kept_as_its_attribute_has_it_whoever_gives_it(project: Project, about: str, way: Way) -> None:
    project.attributes.add_column(about, "Held", "date")
    project.attributes.add_column(about, "Ännchens Wort", "text")
    way(project, "held", "3/4/2025")
    way(project, "ÄNNCHENS\u2003wort", " one\0\u2028two ")
    assert set(project.attributes.names(about)) - {"place", "no"} == {"Held", "Ännchens Wort"}
    assert {"Held": "2025-04-03", "Ännchens Wort": "one\ntwo"}.items() <= known(project, about).items()
    assert project.check() == []


@every_way
def test_a_new_attribute_has_a_clean_name_whoever_makes_it(project: Project, about: str, way: Way) -> None:
    way(project, " Size\0  of\u2028it ", "1,200")
    column = project.attributes.table(about).column("size of it")
    assert column is not None
    assert column.name == "Size of it"
    assert known(project, about)["Size of it"] in ("1200", "1,200"), "as the sheet says, or else as is guessed"


@pytest.mark.parametrize("way", [*list(WAYS.values())[:2], WAYS["an import"]])
@pytest.mark.parametrize("name", ["Name", "kind"])
def test_what_the_program_keeps_of_a_source_is_no_attribute(project: Project, way: Way, name: str) -> None:
    with pytest.raises(BadInput, match="is something the program keeps by itself"):
        way(project, name, "interview")
    assert project.attributes.names("source") == ["place"]
    assert len(project.sources.list()) == 2


@pytest.mark.parametrize("name", ["name", "ROLE"])
def test_nor_is_it_of_a_person(project: Project, name: str) -> None:
    for way in list(OF_PEOPLE.values())[:2]:
        with pytest.raises(BadInput, match="is something the program keeps by itself"):
            way(project, name, "observer")
    assert project.attributes.names("participant") == []


def test_columns_of_a_file_that_are_called_so_are_numbered_and_not_lost(project: Project) -> None:
    sheet = AttributeSheet({"Women": {"name": "Mothers", ":kind": "x"}}, {("Women", "Carol"): {"Name": "Caroline"}})
    assert project.sources.add_sheet(sheet).change.said == "Set 3 attribute values"
    assert shown(project.attributes.table("source"))["Women, "] == {
        "place": "Dewsbury", "name (2)": "Mothers", ":kind (2)": "x",
    }  # fmt: skip
    assert person(project, "Caroline")
    again = AttributeSheet({"Women": {"name": "Mothers"}}, {("Women", "Carol"): {"Name": "Caroline"}})
    assert project.sources.add_sheet(again).change.is_empty
    project.sources.add([letter({"Kind": "open", "Name": "x"})])
    assert project.attributes.values("source")[source(project, "Letter")] == {"name (2)": "x", "Kind (2)": "open"}


@pytest.mark.parametrize(
    ("value", "said"), [("Leeds", "Set place of “Women” to “Leeds”"), (" ", "Took place of “Women” away")]
)
def test_one_value_is_told_in_one_way(project: Project, value: str, said: str) -> None:
    for way in (WAYS["the grid"], WAYS["its details"]):
        way(project, "PLACE", value)
        assert project.history.trail()[0].said == said
        project.history.undo()


def test_a_title_in_another_case_is_no_new_value(project: Project) -> None:
    sheet = AttributeSheet({"Women": {"PLACE": "Dewsbury"}, "Young people": {"Place": "Leeds"}}, {})
    assert project.sources.add_sheet(sheet).change.said == "Set 1 attribute value"
    assert project.sources.add_sheet(sheet).change.is_empty
    assert project.attributes.names("source") == ["place"]


def test_a_guess_of_a_sheet_does_not_put_what_is_there_in_doubt(project: Project) -> None:
    sheet = AttributeSheet({"Women": {"place": "5"}}, {}, {"place": "number"})
    project.sources.add_sheet(sheet)
    (column,) = project.attributes.table("source").columns
    assert (column.type, column.is_guessed) == ("category", True)


def test_types_that_a_person_has_seen_hold_for_what_is_there_and_are_told(project: Project) -> None:
    women = source(project, "Women")
    project.attributes.set_many(
        "source", [(women, "Held", "3/4/24"), (women, "Seats", "1,000")], {"Held": "text", "Seats": "text"}
    )
    given = {"Women": {"Held": "2024-04-03", "Seats": "1000"}}
    project.sources.add_sheet(
        AttributeSheet({"Young people": {"Held": "4/4/24"}}, {}, {"Held": "date"}, is_reviewed=True)
    )
    assert project.attributes.values("source")[women]["Held"] == "2024-04-03"
    project.attributes.set_many("source", [(women, "Held", "2024-04-03")], {"Held": "text"})
    project.attributes.set_type("source", "Seats", "number")
    project.attributes.set_type("source", "Seats", "text")
    both = AttributeSheet(given, {}, {"Held": "date", "Seats": "number"}, is_reviewed=True)
    assert project.sources.add_sheet(both).change.said == "Said what the values of attributes are"
    said = project.attributes.set_many("source", [(women, "Seats", "1000")], {"Seats": "category"}).change.said
    assert said == "Marked the attribute “Seats” as: category"
    with pytest.raises(BadInput, match="no type “colour”"):
        project.attributes.set_many("source", [(women, "Seats", "1")], {"Seats": "colour"})


def test_a_group_has_no_values(project: Project) -> None:
    (women, _young) = project.cases.list("group")
    with pytest.raises(NotFound, match="no participant"):
        project.cases.set_attribute(women.id, "place", "Leeds")


# -- comparing ---------------------------------------------------------------------------------------------------------


def test_compare_orders_values_as_their_type_wants(project: Project) -> None:
    rows = project.attributes.table("participant").rows
    people = [row.id for row in rows if row.role == "participant"]
    values = ["10", "-5", "1.5", "1.25", "many"]
    project.attributes.set_many("participant", [(row, "Score", v) for row, v in zip(people, values, strict=False)])
    project.attributes.set_type("participant", "Score", "number")
    assert [column.label for column in frequency.crosstab(project.tables.study(), "score").columns] == [
        "-5",
        "1.25",
        "1.5",
        "10",
        "many",
    ]


def test_an_attribute_without_values_says_so_where_it_is_compared_by(project: Project) -> None:
    project.attributes.add_column("participant", "Age band")
    assert project.attributes.names("participant") == ["Age band"]
    with pytest.raises(BadInput, match="No value of the attribute “Age band” is known yet") as caught:
        frequency.crosstab(project.tables.study(), "age band")
    assert caught.value.hint == "Fill some in, or choose another attribute."


# -- columns -----------------------------------------------------------------------------------------------------------


def test_a_column_is_added_renamed_typed_and_removed(project: Project) -> None:
    attributes = project.attributes
    assert attributes.add_column("participant", "Age", "number").said == "Added the attribute “Age”"
    carol, joan = person(project, "Carol"), person(project, "Joan")
    attributes.set_many("participant", [(carol, "age", "1,066"), (joan, "age", "about 70")])
    table = attributes.table("participant")
    assert shown(table) == {"Carol, Women": {"Age": "1066"}, "Joan, Women": {"Age": "about 70"}}
    assert as_type("number", "about 70").is_doubtful
    assert attributes.rename_column("participant", "age", "Years").said == "Renamed the attribute “Age” to “Years”"
    assert attributes.set_type("participant", "Years", "text").said == "Marked the attribute “Years” as: text"
    assert [(c.name, c.type, c.is_guessed) for c in attributes.table("participant").columns] == [
        ("Years", "text", False)
    ]
    gone = attributes.remove_column("participant", "years")
    assert gone.said == "Removed the attribute “Years” with its 2 values"
    assert attributes.table("participant").columns == ()
    project.history.undo()
    assert shown(attributes.table("participant")) == {
        "Carol, Women": {"Years": "1066"},
        "Joan, Women": {"Years": "about 70"},
    }
    assert project.check() == []


def test_a_new_type_reads_what_is_there_and_undo_gives_it_back_as_it_was_written(project: Project) -> None:
    women, young = source(project, "Women"), source(project, "Young people")
    project.attributes.set_many("source", [(women, "Held", "3/4/24"), (young, "Held", "in spring")], {"Held": "text"})
    project.attributes.set_type("source", "Held", "date")
    assert shown(project.attributes.table("source"))["Women, "]["Held"] == "2024-04-03"
    assert shown(project.attributes.table("source"))["Young people, "]["Held"] == "in spring"
    project.history.undo()
    assert shown(project.attributes.table("source"))["Women, "]["Held"] == "3/4/24"


def test_types_given_with_values_hold_for_the_values_that_are_there(project: Project) -> None:
    women, young = source(project, "Women"), source(project, "Young people")
    project.attributes.set_many("source", [(women, "Held", "3/4/24")], {"Held": "text"})
    project.attributes.set_many("source", [(young, "held", "5/4/24")], {"HELD": "date"})
    table = project.attributes.table("source")
    assert [row.values["Held"] for row in table.rows] == ["2024-04-03", "2024-04-05"]
    assert table.column("held") == table.columns[1]
    assert table.columns[1].type == "date"


def test_an_attribute_of_an_older_project_has_the_type_its_values_have(project: Project) -> None:
    women, young = source(project, "Women"), source(project, "Young people")
    project.sources.set_attribute(women, "visitors", "12")  # type: ignore[arg-type]
    project.sources.set_attribute(young, "visitors", "9")  # type: ignore[arg-type]
    column = project.attributes.table("source").column("visitors")
    assert column is not None
    assert (column.type, column.is_guessed) == ("number", True)
    project.attributes.set_many("source", [(young, "visitors", "1,200")])
    assert shown(project.attributes.table("source"))["Young people, "]["visitors"] == "1200"
    project.attributes.set_many("source", [(young, "visitors", "many")])
    assert project.attributes.table("source").column("visitors").type == "category"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["", "  ", "\0", "place", "PLACE", "Ｐlace", "kind", "Name", ":name", ":role"])
def test_a_column_needs_a_name_of_its_own(project: Project, name: str) -> None:
    with pytest.raises(BadInput):
        project.attributes.add_column("source", name)
    project.attributes.add_column("source", "Size")
    with pytest.raises(BadInput):
        project.attributes.rename_column("source", "Size", name)


def test_the_same_name_may_be_about_people_and_about_sources(project: Project) -> None:
    project.attributes.add_column("participant", "place")
    assert [c.name for c in project.attributes.table("participant").columns] == ["place"]


def test_what_is_not_there_or_is_no_type_is_told(project: Project) -> None:
    with pytest.raises(NotFound, match=r"There is no attribute “Palce”\. Did you mean: place"):
        project.attributes.remove_column("source", "Palce")
    with pytest.raises(BadInput, match=r"There is no type “colour”\. Use one of: category, number"):
        project.attributes.set_type("source", "place", "colour")
    with pytest.raises(ValueError, match="group"):
        project.attributes.table("group")


def test_a_project_that_is_only_read_is_shown_and_not_changed(project: Project, tmp_path: Path) -> None:
    women = source(project, "Women")
    project.close()
    with Project.open(tmp_path / "study.cqda", read_only=True) as read:
        assert len(read.attributes.table("participant").rows) == 7
        with pytest.raises(ProjectReadOnly):
            read.attributes.set_many("source", [(women, "place", "Leeds")])


# -- properties --------------------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.sampled_from(["", "Dewsbury", "over 60", "12/3/2024", "2024-02-30", "1,234", "3,5", "007", "yes\nno", "=1+1"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)
CELLS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["place", "Place ", "Size", "A  b", "Größe"]), VALUES), max_size=25
)


@given(CELLS, st.dictionaries(st.sampled_from(["Size", "place"]), st.sampled_from(["number", "date", "text"])))
def test_what_is_set_is_what_the_grid_gives_back_and_undo_restores(
    one_for_all: Project, cells: list[tuple[int, str, str]], types: dict[str, str]
) -> None:
    project = one_for_all
    before = project.attributes.table("participant")
    ids = [row.id for row in before.rows]
    result = project.attributes.set_many("participant", [(ids[at], name, value) for at, name, value in cells], types)
    after = project.attributes.table("participant")
    wanted = {(ids[at], " ".join(name.split()).casefold()): value for at, name, value in cells}
    for (subject, name), value in wanted.items():
        column = after.column(name)
        kept = next(row for row in after.rows if row.id == subject).values.get(column.name if column else "", "")
        assert kept in {as_type(kind, value).value for kind in ("text", "number", "date")}
        if column is not None and not column.is_guessed:
            assert kept == as_type(column.type, value).value
    for row in after.rows:
        for name, value in next(r for r in before.rows if r.id == row.id).values.items():
            if (row.id, name.casefold()) not in wanted:
                assert row.values[name] in (value, as_type(types.get(name, ""), value).value)
    if not result.change.is_empty:
        project.history.undo()
    assert project.attributes.table("participant") == before


@given(VALUES, st.sampled_from(["number", "date", "category", "text"]))
def test_reading_a_value_twice_reads_it_once(value: str, kind: str) -> None:
    once = as_type(kind, value)
    assert as_type(kind, once.value) == once


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("number", "1,234.50", "1234.50"), ("number", "1 234", "1234"), ("number", "1\u202f234", "1234"), ("number", "3,5", "3.5"),
        ("number", "1.234,5", "1234.5"), ("number", "−4", "-4"), ("number", " 12 ", "12"), ("number", "007", "007"),
        ("date", "2024-3-9", "2024-03-09"), ("date", "9/3/2024", "2024-03-09"), ("date", "09.03.24", "2024-03-09"),
        ("date", "9 March 2024", "2024-03-09"), ("date", "1st Sept 1999", "1999-09-01"), ("date", "9-3-70", "1970-03-09"),
        ("date", "2024-03", "2024-03"), ("date", "2024", "2024"), ("date", "2024-03-09 14:30", "2024-03-09 14:30"),
        ("category", " 9/3/2024", "9/3/2024"), ("text", "a\nb ", "a\nb"),
    ],
)  # fmt: skip
def test_numbers_and_dates_are_kept_plain(kind: str, written: str, kept: str) -> None:
    assert as_type(kind, written).value == kept
    assert not as_type(kind, written).is_doubtful


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("number", "four"), ("number", "25–44"), ("number", "65+"), ("number", "£5"), ("number", "1,23,4"), ("number", "٣"),
        ("date", "31/2/2024"), ("date", "09/16/2025"), ("date", "spring"), ("date", "2024-13"), ("date", "1/2-2024"), ("date", "3 Smarch 2024"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_and_doubtful(kind: str, written: str) -> None:
    assert as_type(kind, written).value == written
    assert as_type(kind, written).is_doubtful


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["", " "], "category"), (["12", "1,200", ""], "number"), (["2024", "2025"], "number"), (["0113 496", "0114 496"], "category"),
        (["01", "02"], "category"), (["12/3/2024", "2024-03"], "date"), (["12/3/2024", "soon"], "category"),
        (["Dewsbury", "Batley"], "category"), (["x" * 80, "y" * 70], "text"), (["a\nb", "c"], "text"),
        ([f"remark {n}" for n in range(40)], "text"), ([f"{n % 30}" + "+" for n in range(90)], "category"),
    ],
)  # fmt: skip
def test_the_type_of_a_column_is_guessed_from_its_values(values: list[str], kind: str) -> None:
    assert guess_type(values) == kind


def test_values_are_sorted_as_their_type_wants(project: Project) -> None:
    numbers = ["10", "9", "", "ten", "-1"]
    assert sorted(numbers, key=lambda v: sort_key("number", v)) == ["-1", "9", "10", "ten", ""]
    names = ["Group 10", "group 9", "", "Group 2"]
    assert sorted(names, key=lambda v: sort_key("category", v)) == ["Group 2", "group 9", "Group 10", ""]
    dates = ["2024-03-01", "1999", "spring", "2024-02"]
    assert sorted(dates, key=lambda v: sort_key("date", v)) == ["1999", "2024-02", "2024-03-01", "spring"]
