"""Codebooks of the exchange standard: what is written is valid and comes back; what is hostile is refused."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohesion_qda.base.errors import CannotReadSource, CannotWrite
from cohesion_qda.formats.codebook import open_codebook, read_codebook, write_codebook
from cohesion_qda.formats.refi import codebook as refi
from cohesion_qda.model.codebook import COLOURS, DIRECTIONS, Code, CodeDraft, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import canonical, comparable
from tests.conftest import ROOT
from tests.formats.test_codebook_files import tree_of


def refi_folder() -> Path:
    folder = Path(os.environ.get("COHESION_SHARED", ROOT.parent / "shared")) / "refi"
    if not folder.is_dir():
        pytest.skip("the schemas of the standard (../shared/refi) are not on this machine")
    return folder


def invalid(data: bytes) -> list[str]:
    """What the standard's schema says against a file."""
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(refi_folder() / "Codebook-mrt2019.xsd")))
    schema.validate(etree.fromstring(data))
    return [str(error) for error in schema.error_log]


def book(words: str, origin: str = "Other") -> bytes:
    return f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="{origin}"><Codes>{words}</Codes></CodeBook>'.encode()


def code(name: str, inside: str = "", **more: str) -> str:
    extra = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<Code guid="{uuid.uuid4()}" name="{name}" isCodable="true"{extra}>{inside}</Code>'


LETTERS = st.sampled_from("abé/\\<&\"'>: 😀👩🏽‍🌾ہम\u0301\u200f\u202e\x00\x07\x1b\ufffe\ud800")
WORDS = st.one_of(
    st.text(LETTERS, max_size=10),
    st.lists(
        st.sampled_from(["Use when: x", " Not when:", "  example: y", "Set aside: yes", "Direction: for", "definition:", "plain", "\n", "\r\n\n", "]]>"]),
        max_size=5,
    ).map("\n".join),
)  # fmt: skip
NAMES = st.text(LETTERS, max_size=8).map(lambda s: "n" + " ".join(canonical(s).replace("\ufffe", "").split()))


@st.composite
def drafts(draw: st.DrawFn, depth: int = 0) -> list[CodeDraft]:
    names = draw(st.lists(NAMES, max_size=3, unique_by=comparable, min_size=0 if depth else 1))
    return [
        CodeDraft(
            name, draw(st.sampled_from(COLOURS)), *(draw(WORDS) for _text in range(4)),
            is_question=draw(st.booleans()) and not depth,
            children=tuple(draw(drafts(depth + 1))) if depth < 3 else (), is_aside=draw(st.booleans()),
            direction=draw(st.sampled_from(DIRECTIONS)),
        )
        for name in names
    ]  # fmt: skip


def kept(draft: CodeDraft) -> CodeDraft:
    """A code as a file can hold it: without the characters that XML has no form for."""
    texts = (
        canonical(t).replace("\ufffe", "").strip()
        for t in (draft.definition, draft.use_when, draft.not_when, draft.example)
    )
    return CodeDraft(
        draft.name, draft.colour, *texts, is_question=draft.is_question, children=tuple(map(kept, draft.children)),
        is_aside=draft.is_aside, direction=draft.direction,
    )  # fmt: skip


@given(drafts())
def test_any_codebook_is_valid_and_comes_back(tmp_path_factory, wanted) -> None:
    path = tmp_path_factory.mktemp("refi") / "book.qdc"
    write_codebook(path, _tree(wanted))
    assert invalid(path.read_bytes()) == []
    found = open_codebook(path)
    assert list(found.codes) == [kept(draft) for draft in wanted]
    assert found.notes == ()


def _tree(wanted: list[CodeDraft]) -> CodeTree:
    codes: list[Code] = []

    def add(draft: CodeDraft, parent: CodeId | None) -> None:
        texts = (canonical(t) for t in (draft.definition, draft.use_when, draft.not_when, draft.example))
        codes.append(
            Code(
                CodeId(len(codes) + 1), parent, draft.name, draft.colour, *texts, draft.is_question, len(codes),
                is_aside=draft.is_aside, direction=draft.direction,
            )
        )  # fmt: skip
        mine = codes[-1].id
        for child in draft.children:
            add(child, mine)

    for draft in wanted:
        add(draft, None)
    return CodeTree(codes)


def test_a_description_reads_well_elsewhere(tmp_path) -> None:
    from lxml import etree

    drafts = [
        CodeDraft("Cuts", "navy", "What was taken away.", "Libraries, buses.", "The weather.", "“It’s gone.” (Amina)")
    ]
    write_codebook(tmp_path / "b.qdc", tree_of(drafts))
    found = etree.parse(str(tmp_path / "b.qdc")).getroot()
    assert found.xpath("string(//*[local-name()='Description'])") == (
        "What was taken away.\n\nUse when: Libraries, buses.\n\nNot when: The weather.\n\nExample: “It’s gone.” (Amina)"
    )
    assert found.xpath("//*[local-name()='Code']")[0].get("color") == "#12436D"


def test_a_code_is_known_by_the_same_guid_for_ever(tmp_path) -> None:
    from tests.makers import small_study

    def guids() -> list[str]:
        from lxml import etree

        project.codebook.export(tmp_path / "b.qdc")
        return [c.get("guid") for c in etree.parse(str(tmp_path / "b.qdc")).iter("{*}Code")]

    with small_study(tmp_path / "s.cqda") as project:
        before = guids()
        food = project.codebook.tree().get("Food")
        project.codebook.rename(food.id, "Meals")
        project.set_title("Another title")
        assert guids() == before
        assert len(set(before)) == 6
        project.save_copy(tmp_path / "copy.cqda")
    with small_study(tmp_path / "other.cqda") as project:
        assert set(guids()).isdisjoint(before)
    from cohesion_qda.project import Project

    with Project.open(tmp_path / "copy.cqda") as project:
        assert guids() == before


def test_the_palette_of_the_files_is_that_of_the_window() -> None:
    from cohesion_qda.ui.palette import CODES

    assert {name: light.bracket for name, (light, _dark) in CODES.items()} == refi._RGB
    assert refi.nearest_colour("#0000FF") == "indigo"
    assert refi.nearest_colour("#ff8800") == "orange"


def test_what_other_programs_write_is_read() -> None:
    folder = refi_folder() / "samples"
    for path in sorted(folder.glob("qualcoder*.qdc")):
        found = open_codebook(path)
        family, feelings = found.codes
        assert (family.name, family.definition, family.is_question) == ("Family", "a\nb", False)
        assert [c.name for c in feelings.children] == ["Joy 🎉", "Negative"]
        assert feelings.children[1].children[0].name == "Tough & <hard>"
        assert found.notes == ("3 codes get the nearest of the colours that can be told apart here.",)
    empty = open_codebook(folder / "taguette-1.5.2-empty.qdc")
    assert empty.codes == ()
    assert empty.notes == ("There is no code in taguette-1.5.2-empty.qdc.",)


def test_older_drafts_of_the_standard_and_files_without_a_namespace(tmp_path) -> None:
    for number, start in enumerate(
        ('<CodeBook xmlns="urn:QDA-XML:codebook:0:4">', "<CodeBook>", "<q:CodeBook xmlns:q='x'>")
    ):
        prefix = "q:" if "q:" in start else ""
        inside = (
            f'<{prefix}Codes><{prefix}Code guid="1" name=" A  b " color="#abc"/></{prefix}Codes></{prefix}CodeBook>'
        )
        (tmp_path / f"{number}.qdc").write_bytes((start + inside).encode("utf-16"))
        assert [c.name for c in read_codebook(tmp_path / f"{number}.qdc")] == ["A b"]


def test_what_is_left_out_or_changed_is_said(tmp_path) -> None:
    sets = '<Sets><Set guid="x" name="s"><Description>not a code’s</Description><MemberCode guid="y"/></Set></Sets>'
    codes = code("A", color="#00ff01") + code("a") + code("A (2)") + code("", "<Description>d</Description>")
    (tmp_path / "b.qdc").write_bytes(book(codes).replace(b"</Codes>", b"</Codes>" + sets.encode()))
    found = open_codebook(tmp_path / "b.qdc")
    assert [(c.name, c.definition) for c in found.codes] == [
        ("A", ""),
        ("a (3)", ""),
        ("A (2)", ""),
        ("Unnamed code", "d"),
    ]
    assert found.notes == (
        "It groups codes in 1 set, which is left out: here, codes are grouped by where they stand.",
        "1 code gets the nearest of the colours that can be told apart here.",
        "1 code has the name of another beside it, and gets a number.",
        "1 code has no name.",
    )


ENTITY = b'<?xml version="1.0"?><!DOCTYPE CodeBook [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + book(code("&e;"))
BILLION = b'<!DOCTYPE CodeBook [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + book(code("&b;"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ENTITY, "b.qdc declares types or entities of its own, which a codebook never needs."),
        (BILLION, "b.qdc declares types or entities of its own"),
        (b'<!DOCTYPE CodeBook SYSTEM "http://example.org/x.dtd">' + book(""), "declares types or entities of its own"),
        (book(code("A"))[:-20], "b.qdc is not well-formed XML (line 1)."),
        (b"\x00\xff\xfe nonsense", "b.qdc is not well-formed XML (line 1)."),
        (b'<?xml version="1.0" encoding="x-none"?>' + book(""), "b.qdc is not well-formed XML"),
        (b"", "b.qdc is empty: it has 0 bytes."),
        (b"<html/>", "b.qdc does not hold a REFI-QDA codebook."),
        (b"<Project/>", "b.qdc is a whole project, not a codebook."),
        (book("".join("<Code name='x'>" for _n in range(31)) + "</Code>" * 31), "nested deeper than 30"),
        (b"<CodeBook>" + b"<x>" * 2000 + b"</x>" * 2000 + b"</CodeBook>", "nested deeper than 30"),
        (book("<Code name='x'/>" * 20_001), "b.qdc holds more than 20000 codes"),
    ],
)  # fmt: skip
def test_hostile_and_broken_files_get_a_sentence(tmp_path, data: bytes, sentence: str) -> None:
    (tmp_path / "b.qdc").write_bytes(data)
    with pytest.raises(CannotReadSource) as raised:
        read_codebook(tmp_path / "b.qdc")
    assert sentence in str(raised.value)
    assert raised.value.hint


def test_a_file_of_more_than_20_megabytes_is_not_read(tmp_path) -> None:
    with (tmp_path / "b.qdc").open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(CannotReadSource, match=r"b.qdc is larger than 20 MB"):
        read_codebook(tmp_path / "b.qdc")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_codebook_or_a_sentence(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "b.qdc"
    path.write_bytes(b"<CodeBook><Codes><Code name='" + data)
    try:
        read_codebook(path)
    except CannotReadSource as error:
        assert error.message


def test_an_empty_codebook_has_no_form_in_the_standard(tmp_path) -> None:
    with pytest.raises(CannotWrite, match=r"A codebook without codes cannot be written as .qdc"):
        write_codebook(tmp_path / "b.qdc", CodeTree())
    assert list(tmp_path.iterdir()) == []
