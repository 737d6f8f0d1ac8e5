"""The grid of what is known about sources and participants: one paste is one act, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput, NotFound, ProjectReadOnly
from cohesion_qda.model.attribute import AttributeTable, as_type, guess_type, sort_key
from cohesion_qda.project import Project
from cohesion_qda.project.attributes import KIND, NAME, ROLE
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


@pytest.mark.parametrize("name", ["", "  ", "place", "PLACE", "kind"])
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
