"""What holds for Word documents, OpenDocument texts, rich text and web pages alike."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import made_papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_papers import WRITERS, Grid, Said, expected

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.formats import paper
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.formats.sources import read_here
from cohesion_qda.formats.talk.speakers import segment
from cohesion_qda.model.source import AS_FOUND, SourceDraft, TurnDraft
from cohesion_qda.model.text import comparable, without_stage_notes
from tests.conftest import shared_data

KINDS = sorted(WRITERS)
WORDS = st.lists(st.text("abz:;019(){}\\<&>\"'é’—…яЖ中אمा́😀", min_size=1, max_size=6), min_size=1, max_size=4).map(
    " ".join
)
STRETCHES = st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=3).map(tuple)
LINES = st.lists(STRETCHES, min_size=1, max_size=3).map(tuple)
PARAGRAPHS = LINES.map(Said)
CELLS = st.lists(PARAGRAPHS, max_size=2).map(tuple)


def grids(width: int) -> st.SearchStrategy[Grid]:
    rows = st.lists(st.lists(CELLS, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3)
    return rows.map(lambda found: Grid(tuple(found)))


BLOCKS = st.one_of(
    PARAGRAPHS.map(lambda said: (said,)),
    st.builds(Said, LINES, st.integers(1, 3)).map(lambda said: (said,)),
    st.tuples(st.integers(2, 3).flatmap(grids), PARAGRAPHS),
)
PAPERS = st.lists(BLOCKS, min_size=1, max_size=5).map(lambda blocks: tuple(part for block in blocks for part in block))


def read(kind: str, data: bytes) -> RawDocument:
    found: RawDocument = import_module(f"cohesion_qda.formats.readers.{kind}").from_bytes(Path(f"a.{kind}"), data)
    return found


@pytest.mark.parametrize("kind", KINDS)
@given(parts=PAPERS)
def test_what_is_written_is_read(kind, parts):
    document = read(kind, WRITERS[kind](parts))
    assert document.parts == expected(parts)
    assert document.warnings == ()


SAMPLE = (
    Said((((("A heading"), False),),), 1),
    Said(((("GA:", True), (" What unites people hereé—😀?", False)), (("second line", False),))),
    Grid((((Said(((("TN1", True),),)),), (Said(((("The park.", False),),)), Said(((("And you?", False),),)))),) * 2),
    Said(((("TN6 (nods):", True), (" Yes.", False)),)),
)


def test_real_documents_of_one_focus_group_hold_the_same():
    folder = shared_data() / "transcripts" / "containers"
    truth = json.loads((folder / "TRUTH.json").read_text(encoding="utf-8"))
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".docx", ".odt", ".rtf"))
    drafts = {path.name: read_here(path, AS_FOUND)[0] for path in paths}
    assert len(drafts) == 7
    for draft in drafts.values():
        assert len(draft.turns) == truth["turns"]
        assert sorted(draft.roles) == truth["speakers"]
        assert draft.warnings == ()
    assert drafts["pandoc.rtf"].text == drafts["pandoc.odt"].text
    spoken = {name: [turn_text(draft, turn) for turn in draft.turns] for name, draft in drafts.items()}
    assert all(turns == spoken["pandoc.odt"] for turns in spoken.values())


def turn_text(draft: SourceDraft, turn: TurnDraft) -> tuple[str, str]:
    """The label and the words, whatever quotation marks a program has made of those that were typed."""
    said = without_stage_notes(turn.span.of(draft.text)).replace("…", "...").replace("\u00a0", " ")
    return turn.label, comparable(said)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_damaged_file_gives_a_draft_or_a_sentence(kind, data):
    good = WRITERS[kind](SAMPLE)
    if kind in ("docx", "odt") and data.draw(st.booleans()):
        wrong = rezipped(kind, lambda content: damage(data, content))
    else:
        wrong = damage(data, good)
    try:
        segment(read(kind, wrong), "a")
    except CannotReadSource as error:
        assert error.message and error.hint


def damage(data: st.DataObject, good: bytes) -> bytes:
    at = data.draw(st.integers(0, len(good) - 1))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.one_of(st.binary(max_size=8), st.just(good[at : at + 60])))
    return good[:at] + put + good[at + cut :]


def rezipped(kind, change) -> bytes:
    import io
    import zipfile

    main = "word/document.xml" if kind == "docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(WRITERS[kind](SAMPLE))) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    if kind == "docx":
        return made_papers.made_files.archive(
            {"word/styles.xml": entries["word/styles.xml"], main: change(entries[main])}
        )
    return made_papers.odt_archive(change(entries[main]))


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_goes_beyond_all_measure(kind, monkeypatch):
    many = tuple(Said(((("word " * 9 + "word", False),),)) for _n in range(30))
    monkeypatch.setattr(paper, "TEXT_LIMIT", 1000)
    with pytest.raises(CannotReadSource, match=rf"^The text of a.{kind} is far longer than a transcript\. Split it"):
        read(kind, WRITERS[kind](many))
    monkeypatch.setattr(paper, "TEXT_LIMIT", 100_000)
    monkeypatch.setattr(paper, "LINE_LIMIT", 20)
    with pytest.raises(CannotReadSource, match=rf"^a.{kind} has more than \d+ lines\. Split it into smaller files"):
        read(kind, WRITERS[kind](many))
    monkeypatch.setattr(paper, "LINE_LENGTH", 30)
    with pytest.raises(CannotReadSource, match=rf"^a.{kind} has a line of more than 30 characters\. Begin a new line"):
        read(kind, WRITERS[kind](many))


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_text(kind):
    with pytest.raises(CannotReadSource, match=rf"^There is no text in a.{kind}\. If it holds pictures of pages"):
        read(kind, WRITERS[kind](()))
