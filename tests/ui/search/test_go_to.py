"""Ctrl+K looks for what was said, too, and leads to the Search page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cohesion_qda.ui import goto
from cohesion_qda.ui.goto import GoTo
from cohesion_qda.ui.search.page import SearchPage
from tests.ui.retrieve.driver import Opened


@pytest.fixture
def went() -> list[object]:
    return []


@pytest.fixture
def dialog(open_page: Opened, went: list[object]) -> Iterator[GoTo]:
    page = open_page(SearchPage)
    made = GoTo([], open_page.runner, lambda source, span: went.append((source, span)), page, search_for=went.append)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    yield made
    made.close()


def types(dialog: GoTo, words: str) -> list[str]:
    """Type, and rest a while."""
    dialog.field.setText(words)
    dialog._wait.stop()
    dialog._search()
    return [dialog.list.item(n).text() for n in range(dialog.list.count())]


def test_what_was_said_is_one_key_away(dialog: GoTo, went: list[object], open_page: Opened) -> None:
    lines = types(dialog, "judge you by your train")
    assert lines == [
        "… People judge you by your trainers. And the park is locked at four. …",
        "Search for “judge you by your train”",
    ]
    assert dialog.foot.text() == "Said 1 time in the transcripts"
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    ((source, span),) = went
    assert span.of(open_page.ask(lambda p: p.sources.text(source))) == "judge you by your trainers"


def test_the_last_line_leads_to_the_search_page(dialog: GoTo, went: list[object]) -> None:
    assert types(dialog, "the park")[-1] == "Search for “the park”"
    QTest.keyClick(dialog.field, Qt.Key.Key_Up)
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert went == ["the park"]


def test_nothing_said_signs_alone_and_more_than_are_shown(dialog: GoTo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert types(dialog, "xylophone") == []
    assert dialog.foot.text() == "Not said in any transcript"
    assert types(dialog, "!?!") == []
    monkeypatch.setattr(goto, "MOST", 1)
    types(dialog, "the")
    assert dialog.foot.text() == "Said more than 3 times; Search shows every place"
