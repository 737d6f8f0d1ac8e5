"""A researcher writes memos where they read, finds them again, and builds a theme from codes and passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui import choose
from cohesion_qda.ui.memos.choosing import Choosing
from cohesion_qda.ui.memos.dialog import MemoDialog
from cohesion_qda.ui.memos.picker import link_to_memo
from cohesion_qda.ui.themes.passages import PassagesDialog
from cohesion_qda.ui.themes.picker import add_to_theme
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study


class Writer(Researcher):
    """A researcher who writes."""

    def writes(self, words: str) -> Writer:
        """Into the memo window that opened beside the text; Escape closes it."""
        dialog = self.opened(MemoDialog)
        QTest.keyClicks(dialog.editor.body, words)
        QTest.keyClick(dialog.editor.body, Qt.Key.Key_Escape)
        self.rests()
        return self

    def opened(self, kind: Any) -> Any:
        found: list[Any] = []

        def is_there() -> bool:
            found[:] = [w for w in self.window.findChildren(kind) if w.isVisible()]
            return bool(found)

        self.rests(is_there)
        return found[0]

    def picks(self, name: str) -> Writer:
        """From the list that opened, by typing part of the name."""
        dialog = self.opened(Choosing)
        QTest.keyClicks(dialog.field, name)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        self.rests()
        return self

    def selected(self) -> tuple[Any, Any]:
        return self.room.source, self.room.view.selected()

    def memos(self) -> list[str]:
        return [entry.memo.headline for entry in self.window.workspace.page_named("memos").list.memos.rows]


@pytest.fixture
def writer(qtbot: Any, tmp_path: Path) -> Iterator[Writer]:
    with small_study(tmp_path / "study.cqda") as project:
        code(project, "Women", "The buses. Nobody comes down", "Cuts")
        code(project, "Women", "The buses.", "Class")
        code(project, "Young people", "The youth club closed", "Cuts")
    made = Writer(qtbot)
    made.opens(tmp_path / "study.cqda")
    yield made
    made.leaves()


def test_memos_from_the_text_to_the_page_and_back(writer: Writer, tmp_path: Path) -> None:
    """On a passage and on a code; found by words and by person; two passages linked; one read; undone after re-opening."""
    writer.reads("Women").selects("(laughs) That is exactly it.").presses("m")
    writer.writes("Why does she laugh?")
    writer.window.commands.use_coder("Ben")
    writer.rests()
    cuts = writer.ask(lambda p: p.codebook.tree().get("Cuts").id)
    writer.room.panel.acts.write_memo(cuts)
    writer.writes("Too wide?")
    for words in ("The buses.", "after six"):
        writer.reads("Women").selects(words)
        link_to_memo(writer.window.runner, *writer.selected(), writer.room)
        writer.picks("too wide")

    page = writer.goes_to("memos")
    assert writer.window.focusWidget() is page.list
    assert set(writer.memos()) == {"Why does she laugh?", "Too wide?"}
    QTest.keyClicks(page.field, "laugh")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    writer.rests()
    assert writer.memos() == ["Why does she laugh?"]
    page.show_all()
    page.ask(coder="Ben")
    writer.rests()
    assert writer.memos() == ["Too wide?"]
    assert [card.quote for card in page.detail.links.cards.cards()] == ["The buses.", "after six"]
    page.detail.links.choose_first()
    QTest.keyClick(page.detail.links, Qt.Key.Key_Return)
    writer.rests(lambda: writer.window.workspace.current == "read")
    assert writer.room.source == writer.ask(lambda p: p.sources.get("Women").id)

    writer.goes_to("memos")
    page.detail.editor.body.setFocus()
    acts = len(writer.ask(lambda p: p.history.trail()))
    QTest.keyClicks(page.detail.editor.body, "x")
    QTest.keyClick(page.detail.editor.body, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.detail.editor.body.toPlainText() == "Too wide?"
    assert len(writer.ask(lambda p: p.history.trail())) == acts, "undo in the field is the field's own"
    QTest.keyClicks(page.detail.editor.body, "Split? ")
    writer.closes_the_project()  # before the pause that keeps it: nothing is lost
    writer.opens(tmp_path / "study.cqda")
    assert writer.ask(lambda p: p.memos.list("code")[0].body) == "Split? Too wide?"
    writer.undoes()
    assert writer.ask(lambda p: p.memos.list("code")[0].body) == "Too wide?"
    writer.undoes().undoes().undoes()
    assert [m.body for m in writer.ask(lambda p: p.memos.list())] == ["Why does she laugh?"]
    for _n in range(4):
        writer.redoes()
    assert writer.ask(lambda p: p.memos.list("code")[0].body) == "Split? Too wide?"
    assert writer.ask(lambda p: p.check()) == []


def test_a_memo_is_kept_when_the_window_is_closed_while_it_is_typed(qtbot: Any, writer: Writer, tmp_path: Path) -> None:
    page = writer.goes_to("memos")
    page.empty.button.click()
    QTest.keyClicks(page.detail.editor.title, "Last")
    writer.leaves()
    again = Writer(qtbot)
    again.opens(tmp_path / "study.cqda")
    assert [m.title for m in again.ask(lambda p: p.memos.list())] == ["Last"]
    again.leaves()


def test_a_theme_from_codes_to_its_definition(writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made, stated, given codes and key passages, defined; its counts are a plain count's; two of its codes are merged."""
    page = writer.goes_to("themes")
    monkeypatch.setattr(choose, "line", lambda *_words: "Left behind")
    page.empty.button.click()
    writer.rests(lambda: page.detail.theme_id is not None)
    QTest.keyClicks(page.detail.statement, "Things close, and nobody says why.")
    for name in ("cuts", "class"):
        page.detail.codes.choose()
        QTest.keyClicks(page.detail.codes.popup.field, name)
        QTest.keyClick(page.detail.codes.popup.field, Qt.Key.Key_Return)
        writer.rests()
    page.detail.question.activated.emit(page.detail.question.findText("What divides"))
    writer.rests()
    assert page.detail.counts.text() == "2 mentions from 2 of 5 people, 2 of 2 groups"

    page.detail.choose_button.click()
    dialog = writer.opened(PassagesDialog)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.keep_button.click()
    writer.rests()
    writer.reads("Women").selects("after six")
    add_to_theme(writer.window.runner, *writer.selected(), writer.room)
    writer.picks("left")
    writer.goes_to("themes")
    quotes = [card.quote for card in page.detail.passages.cards.cards()]
    assert quotes == ["The buses. Nobody comes down", "after six"]
    page.detail.status.activated.emit(2)
    writer.rests()
    assert page.header.meta.text() == "1 theme  ·  1 defined"

    tree = writer.ask(lambda p: p.codebook.tree())
    writer.window.runner.do(lambda p: p.codebook.merge(tree.get("Cuts").id, into=tree.get("Class").id))
    writer.rests()
    assert [chip.accessibleName() for chip in page.detail.codes.chips] == ["Class"]
    assert page.detail.counts.text() == "2 mentions from 2 of 5 people, 2 of 2 groups"

    writer.closes_the_project()
    writer.opens(tmp_path / "study.cqda")
    theme = writer.ask(lambda p: p.themes.get("Left behind"))
    assert (theme.statement, theme.status, theme.passages) == ("Things close, and nobody says why.", "defined", 2)
    writer.undoes()
    assert len(writer.ask(lambda p: p.themes.get("Left behind").codes)) == 2
    assert writer.ask(lambda p: p.check()) == []
