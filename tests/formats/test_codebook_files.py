from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource, CannotWrite, NotFound
from cohesion_qda.formats.codebook import read_builtin, read_codebook, write_codebook
from cohesion_qda.model.codebook import COLOURS, Code, CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import comparable

DRAFTS = [
    CodeDraft(
        "What divides",
        "navy",
        definition="“Us” and them;\nsecond line",
        is_question=True,
        children=(
            CodeDraft("Politics/media", "teal", example="=1+1", children=(CodeDraft("Back\\slash"),)),
            CodeDraft("Cuts", key="3", use_when="- when cut", not_when="'=quoted", example="@home", direction="for"),
        ),
        direction="against",
    ),
    CodeDraft("Other"),
]


def tree_of(drafts: Iterable[CodeDraft]) -> CodeTree:
    codes: list[Code] = []

    def add(draft: CodeDraft, parent: CodeId | None) -> None:
        code_id = CodeId(len(codes) + 1)
        codes.append(
            Code(
                code_id, parent, draft.name, draft.colour, draft.definition, draft.use_when, draft.not_when,
                draft.example, draft.is_question, len(codes), draft.key, direction=draft.direction,
            )
        )  # fmt: skip
        for child in draft.children:
            add(child, code_id)

    for draft in drafts:
        add(draft, None)
    return CodeTree(codes)


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_what_is_written_is_read(tmp_path, ending):
    path = tmp_path / f"book.{ending}"
    write_codebook(path, tree_of(DRAFTS), name="Book", about="About it")
    assert read_codebook(path) == DRAFTS
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_json_holds_what_the_built_in_one_holds(tmp_path):
    write_codebook(tmp_path / "b.json", tree_of(DRAFTS), name="Book", about="About it")
    book = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert (book["name"], book["about"], list(book)) == ("Book", "About it", ["name", "about", "codes"])
    assert set(book["codes"][1]) == {
        "name", "colour", "definition", "use_when", "not_when", "example", "is_question", "key", "children",
    }  # fmt: skip
    assert set(book["codes"][0]) - set(book["codes"][1]) == {"direction"}


def test_no_cell_is_a_formula(tmp_path):
    from openpyxl import load_workbook

    write_codebook(tmp_path / "b.xlsx", tree_of(DRAFTS))
    cells = [cell for row in load_workbook(tmp_path / "b.xlsx").active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    write_codebook(tmp_path / "b.csv", tree_of(DRAFTS))
    assert "'=1+1" in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")


NAMES = st.text(st.sampled_from("abcÄé/\\=-'+ 😀"), min_size=1, max_size=8).map(lambda s: " ".join(s.split()))
TEXTS = st.text(st.sampled_from("ab,;\n\"'=@-+\té"), max_size=12).map(str.strip)


@st.composite
def codes(draw: st.DrawFn, depth: int = 0) -> list[CodeDraft]:
    names = draw(st.lists(NAMES.filter(bool), max_size=3, unique_by=comparable, min_size=0 if depth else 1))
    return [
        CodeDraft(
            name, draw(st.sampled_from(["", *COLOURS])), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS),
            draw(st.booleans()), draw(st.sampled_from(["", "1", "9"])),
            tuple(draw(codes(depth + 1))) if depth < 2 else (),
        )
        for name in names
    ]  # fmt: skip


@given(codes(), st.sampled_from(["json", "csv", "xlsx"]))
def test_any_codebook_comes_back(tmp_path_factory, drafts, ending):
    path = tmp_path_factory.mktemp("book") / f"b.{ending}"
    write_codebook(path, tree_of(drafts))
    assert read_codebook(path) == drafts


def test_paths_may_leave_out_the_rows_of_parents(tmp_path):
    (tmp_path / "b.csv").write_text("Path;Definition;Colour\nA/B/C;deep;pink\nA;top;teal\n", encoding="utf-8")
    c = CodeDraft("C", definition="deep")
    expected = [CodeDraft("A", "teal", "top", children=(CodeDraft("B", children=(c,)),))]
    assert read_codebook(tmp_path / "b.csv") == expected


def test_columns_of_parents_or_levels(tmp_path):
    expected = [CodeDraft("A", children=(CodeDraft("B", children=(CodeDraft("C"),)),)), CodeDraft("D")]
    (tmp_path / "a.csv").write_text("name,parent\nA,\nB,A\nC,B\nD,\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Level 1,Level 2,Level 3\nA,,\nA,B,\nA,B,C\nD,,\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("code,parent\nA,\nB,A\nC,A/B\nD,\n", encoding="utf-8")
    assert [read_codebook(tmp_path / f"{n}.csv") for n in "abc"] == [expected] * 3


def test_built_in_codebooks():
    roots = read_builtin("cohesion")
    assert [root.name for root in roots] == ["Defining cohesion", "What unites", "What divides"]
    assert all(root.is_question and root.children for root in roots)
    assert read_builtin("empty") == []
    with pytest.raises(NotFound, match=r"There is no codebook “cohesoin”\. Did you mean: cohesion"):
        read_builtin("cohesoin")


NESTED = '{"codes":' + '[{"name":"x","children":' * 40 + "[]" + "}]" * 40 + "}"


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("b.json", '{"codes": [', "b.json is not well-formed JSON (line 1). Export the codebook again"),
        ("b.json", "[" * 100_000, "b.json is not well-formed JSON"),
        ("b.json", '{"name": "x"}', "b.json does not hold a codebook. It needs a list “codes”, each with a “name”"),
        ("b.json", '{"codes": [{"colour": "navy"}]}', "b.json does not hold a codebook."),
        ("b.json", '{"codes": [{"name": "x", "children": 3}]}', "b.json does not hold a codebook."),
        ("b.json", '{"codes": [3]}', "b.json does not hold a codebook."),
        ("b.json", NESTED, "b.json does not hold a codebook."),
        ("b.json", '{"codes": [{"name": "x"}, {"name": "X"}]}', "b.json has the code “X” twice. Give the two"),
        ("b.csv", "path\nA/B\nA/b\n", "b.csv has the code “A/b” twice."),
        ("b.csv", "path\n" + "a/" * 40, "b.csv does not hold a codebook."),
        ("b.csv", "title\nA\n", "b.csv has no column called path or name with codes in it. Give each code a row"),
        ("b.csv", "", "b.csv is empty: it has 0 bytes."),
        ("b.txt", "A", "b.txt is not a codebook that can be read. A codebook is a file that ends in .json, .csv"),
    ],
)
def test_codebooks_that_cannot_be_read(tmp_path, name, written, sentence):
    (tmp_path / name).write_text(written, encoding="utf-8")
    with pytest.raises(CannotReadSource) as raised:
        read_codebook(tmp_path / name)
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_codebooks_that_cannot_be_written(tmp_path):
    tree = tree_of(DRAFTS)
    with pytest.raises(CannotWrite, match=r"A codebook cannot be written as b.pdf\. Choose a name that ends in .json"):
        write_codebook(tmp_path / "b.pdf", tree)
    with pytest.raises(CannotWrite, match=r"b.json could not be written: .*Choose another folder\."):
        write_codebook(tmp_path / "missing" / "b.json", tree)
    long = tree_of([CodeDraft("A", definition="x" * 40_000)])
    with pytest.raises(CannotWrite, match=r"holds at most 32767 characters.*Save it as .json or .csv\."):
        write_codebook(tmp_path / "b.xlsx", long)
    (tmp_path / "b.json").mkdir()
    with pytest.raises(CannotWrite, match=r"b.json could not be written"):
        write_codebook(tmp_path / "b.json", tree)
    assert [p.name for p in tmp_path.iterdir()] == ["b.json"]


@given(st.binary(max_size=200), st.sampled_from([".json", ".csv"]))
def test_any_bytes_give_a_codebook_or_a_sentence(tmp_path_factory, data, suffix):
    path: Path = tmp_path_factory.mktemp("any") / f"b{suffix}"
    path.write_bytes((b"path\n" if suffix == ".csv" else b"") + data)
    try:
        read_codebook(path)
    except CannotReadSource as error:
        assert error.message
