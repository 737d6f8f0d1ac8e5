"""The window in another language: every word of the program comes from the catalogue, on every page and in every dialog."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from cohesion_qda.base import i18n
from cohesion_qda.ui.window import Window
from tests.ui.walk import DIALOGS, PAGES, dialog, go_to, opened

OPEN, CLOSE = "⟦", "⟧"


class Marked(gettext.NullTranslations):
    """A language in which every message stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def words_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """(where, what) for every text of the program that is seen in `root` or read out: not what people wrote."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisibleTo(root) and widget is not root:
            continue
        where = type(widget).__name__
        yield f"{where} name", widget.accessibleName()
        yield f"{where} tip", widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        if isinstance(widget, QGroupBox):
            yield where, widget.title()
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            yield f"{where} placeholder", widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from ((where, widget.itemText(at)) for at in range(widget.count()))
        if isinstance(widget, QTabBar):
            yield from ((where, widget.tabText(at)) for at in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((f"{where} heading", words) for words in headings(widget.model()))
    if root.isWindow():
        yield "title", root.windowTitle()


def headings(model: QAbstractItemModel) -> Iterator[str]:
    if isinstance(model, QAbstractListModel):
        return
    for column in range(model.columnCount(QModelIndex())):
        said = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(said, str):
            yield said


def words_of_menus(window: Window) -> Iterator[tuple[str, str]]:
    for action in window.findChildren(QAction):
        if action.text() and not isinstance(action.parent(), QLineEdit | QTextEdit):
            yield "action", action.text().partition("\t")[0]
    for menu in window.findChildren(QMenu):
        yield "menu", menu.title()


# names that people gave in the study, numbers and signs, keys, and the program's own name
THEIRS = (
    "Small study", "Women", "Young people", "Dewsbury", "Batley", "Public spaces", "Food", "Cuts", "Class", "What unites", "What divides",
    "Amina", "Carol", "Joan", "Dev", "Moderator", "Int", "Ben", "Asha", "place", "study", "What gets in the way?", "Practice",
    "Parks come up in both groups.", "English", "Cymraeg", "Inter", "Cohesion QDA",
)  # fmt: skip
KEYS = re.compile(r"\b(?:Ctrl|Shift|Alt|Esc|Tab|Enter|Home|End|Del|Space|PgUp|PgDown|F\d+)\b")


@functools.cache
def names() -> list[str]:
    """What is no word of the program, the longest first."""
    return sorted((*THEIRS, *QFontDatabase.families()), key=len, reverse=True)


def untold(said: str) -> str:
    """What is left of a text when what came from the catalogue and what people wrote is taken away."""
    depth, left = 0, []
    for letter in said:
        depth += (letter == OPEN) - (letter == CLOSE)
        if depth == 0 and letter not in (OPEN, CLOSE):
            left.append(letter)
    rest = KEYS.sub("", "".join(left))
    for name in names():
        rest = rest.replace(name, "")
    rest = re.sub(r"\S*/\S*", "", rest)  # where files lie
    return rest.strip() if re.search(r"[A-Za-z]{3}", rest) else ""


@pytest.fixture(scope="module")
def marked(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    i18n.use(Marked())
    try:
        with opened(tmp_path_factory.mktemp("marked")) as window:
            yield window
    finally:
        i18n.use(None)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_a_page_is_in_the_catalogue(marked: Window, page: str) -> None:
    go_to(marked, page)
    assert sorted({(where, untold(said)) for where, said in words_of(marked) if untold(said)}) == []
    assert sorted({(where, untold(said)) for where, said in words_of_menus(marked) if untold(said)}) == []
    assert marked.told == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_word_of_a_dialog_is_in_the_catalogue(marked: Window, name: str) -> None:
    with dialog(marked, name) as opened:
        assert sorted({(where, untold(said)) for where, said in words_of(opened) if untold(said)}) == []


def test_this_test_sees_what_is_not_translated() -> None:
    assert untold("⟦Coded ⟦3⟧ words⟧ of Women") == "of"[:0]
    assert untold("⟦Coded⟧ words") == "words"
    assert untold("Ctrl+K") == ""
