"""Random corrections of random studies: the project stays whole, words that were not touched are still coded, and undo and
redo bring back exactly what was.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.model.textmap import Edit, TextMap, refined, turns_moved
from cohesion_qda.project import Project
from cohesion_qda.store import schema

words = st.sampled_from(["calm", "😀", "سلامٌ", "क्षि", "e\u0301t", "the", "wall", "👩🏽‍🌾"])
saying = st.lists(words, min_size=1, max_size=5).map(" ".join)
typed = st.lists(st.sampled_from(["x", " ", "\n", "😀", "ع", "क", ""]), max_size=3).map("".join)


@st.composite
def drafts(draw: st.DrawFn) -> SourceDraft:
    text, turns = "", []
    for _turn in range(draw(st.integers(0, 5))):
        if draw(st.integers(0, 3)) == 0:
            text += "A heading\n"
        said = draw(saying)
        turns.append(TurnDraft(Span(len(text), len(text) + len(said)), draw(st.sampled_from(["Amina", "Dev", "Int"]))))
        text += said + "\n"
    text = (text or draw(saying)).rstrip("\n")
    return SourceDraft("Talk", "focus group", text, tuple(turns), {"Int": "moderator"})


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    points = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(points[::2], points[1::2], strict=False))
    return [
        Edit(a, b, draw(typed)) for i, (a, b) in enumerate(pairs) if i == 0 or a > pairs[i - 1][1]
    ]  # fmt: skip


def image(project: Project) -> dict[str, Any]:
    """Every row that a person made."""
    db = project._session.db
    return {table: db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in schema.JOURNALLED}


def furnish(project: Project, source: SourceId, text: str, data: st.DataObject) -> None:
    """Codings of two coders, memos, sections, links and themes at random places."""
    codes = [code.id for code in project.codebook.tree()]
    places = [
        Span(*sorted(pair)) for pair in data.draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2), max_size=8))
    ]
    for number, span in enumerate(place for place in places if len(trimmed(text, place))):
        project.use_coder(("Asha", "Ben")[number % 2])
        if number % 4 == 3:
            project.memos.add_at(source, span, f"memo {number}")
        else:
            change = project.codings.apply(source, span, codes[: 1 + number % 3])
            if change.touches("coding"):
                project.memos.add("coding", min(change.rows["coding"]), f"of a coding {number}")
    for span in places[:3]:
        if span.start < len(text):
            project.sections.place(source, span.start, title=f"At {span.start}")


def codings(project: Project, source: SourceId) -> Counter[tuple[int, int, str]]:
    text = project.sources.text(source)
    return Counter((c.code, c.coder, c.span.of(text)) for c in project.codings.of_source(source))


def spoken(project: Project, source: SourceId) -> Counter[tuple[int, int, str]]:
    """As `codings`, whatever the white space, which is all that cutting a turn changes."""
    return Counter((code, coder, "".join(quote.split())) for code, coder, quote in codings(project, source).elements())


def correct_and_compare(project: Project, source: SourceId, data: st.DataObject) -> None:
    text = project.sources.text(source)
    edits = data.draw(edits_of(text))
    spans = [turn.span for turn in project.sources.reading(source).turns]
    done, _turns = turns_moved(text, spans, refined(text, edits))
    touched = TextMap(done)
    safe = Counter(
        (c.code, c.coder, c.span.of(text)) for c in project.codings.of_source(source) if not touched.touches(c.span)
    )
    memos = Counter(memo.body for memo in project.memos.list())
    all_codings = sum(codings(project, source).values()) + sum(lost.codings for lost in project.corrections.lost())
    before = image(project)
    try:
        change = project.corrections.correct(source, edits)
    except BadInput:
        assert image(project) == before
        return
    assert not safe - codings(project, source)
    assert Counter(memo.body for memo in project.memos.list()) == memos
    held = sum(codings(project, source).values()) + sum(lost.codings for lost in project.corrections.lost())
    assert held == all_codings or "coding" in change.rows  # merged, and said so by a row that went
    assert list(project.check()) == []
    after = image(project)
    if change.is_empty:
        return
    project.history.undo()
    assert image(project) == before
    assert list(project.check()) == []
    project.history.redo()
    assert image(project) == after
    assert list(project.check()) == []


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with codes and nothing else."""
    path = tmp_path_factory.mktemp("empty") / "study.cqda"
    Project.create(path, "cohesion", coder="Asha").close()
    return path


@settings(max_examples=max(15, settings.default.max_examples // 3))
@given(drafts(), st.data())
def test_nothing_is_lost_by_correcting(empty: Path, draft: SourceDraft, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.open(Path(shutil.copy(empty, folder)), coder="Asha")
        try:
            project._session.db.execute("PRAGMA synchronous = OFF")  # power cuts are not what is tested here
            project.sources.add([draft])
            source = project.sources.get("Talk").id
            furnish(project, source, project.sources.text(source), data)
            for _time in range(2):
                correct_and_compare(project, source, data)
            split_and_compare(project, source, data)
        finally:
            project.close()


def split_and_compare(project: Project, source: SourceId, data: st.DataObject) -> None:
    """Some words were said by somebody else."""
    text = project.sources.text(source)
    span = Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
    before, said = image(project), spoken(project, source)
    try:
        change = project.corrections.said_by(source, span, data.draw(st.sampled_from(["Dev", "Nasreen"])))
    except BadInput:
        return
    assert list(project.check()) == []
    assert spoken(project, source) == said
    if not change.is_empty:
        project.history.undo()
        assert image(project) == before
