"""The window in Welsh: no English sentence of the catalogue is seen, and Qt's own words, dates and numbers are Welsh too."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from cohesion_qda.base import i18n
from cohesion_qda.model.query import Query, filters_in_words
from cohesion_qda.ui.history.words import plain_day
from cohesion_qda.ui.qt_words import speak_for_qt
from cohesion_qda.ui.window import Window
from tests.tools import catalogue
from tests.ui.test_languages import words_of, words_of_menus
from tests.ui.walk import DIALOGS, PAGES, dialog, go_to, opened

pytestmark = pytest.mark.skipif(not catalogue.po("cy").exists(), reason="there is no Welsh catalogue yet")


@pytest.fixture(scope="module")
def welsh(qapp, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    english, patch = QLocale(), pytest.MonkeyPatch()
    patch.delenv("LANGUAGE", raising=False)
    assert i18n.speak("cy") == "cy"
    translator = speak_for_qt(QApplication.instance())
    try:
        with opened(tmp_path_factory.mktemp("welsh")) as window:
            yield window
    finally:
        QCoreApplication.removeTranslator(translator)
        QLocale.setDefault(english)
        i18n.speak("en")
        patch.undo()


@pytest.fixture(scope="module")
def english_sentences() -> set[str]:
    """The messages without holes that are said otherwise in Welsh, of more than one word; but not what codes are called."""
    found = catalogue.read(catalogue.po("cy"))
    codes = {"Defining cohesion", "What unites", "What divides"}
    return {
        str(m.id) for m in found
        if isinstance(m.id, str) and m.id and m.string != m.id and "{" not in m.id and len(m.id.split()) > 1
        and m.id not in codes
    }  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_no_english_on_a_page(welsh: Window, page: str, english_sentences: set[str]) -> None:
    go_to(welsh, page)
    seen = {said for _where, said in [*words_of(welsh), *words_of_menus(welsh)]}
    assert len(seen) > 20
    assert seen & english_sentences == set()


@pytest.mark.parametrize("name", DIALOGS)
def test_no_english_in_a_dialog(welsh: Window, name: str, english_sentences: set[str]) -> None:
    with dialog(welsh, name) as shown:
        assert {said for _where, said in words_of(shown)} & english_sentences == set()


def test_qts_own_words_and_dates_are_welsh(welsh: Window) -> None:
    field = QLineEdit("words")
    menu = field.createStandardContextMenu()
    said = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert said and "&Undo" not in said and "Select All" not in said
    menu.deleteLater()
    field.deleteLater()
    assert plain_day(datetime.date(2026, 11, 21)) == "Dydd Sadwrn 21 Tachwedd 2026"


def test_no_two_entries_of_a_menu_have_one_letter(welsh: Window) -> None:
    seen = 0
    for menu in [welsh.menuBar(), *welsh.menuBar().findChildren(QMenu)]:
        letters = re.findall(r"&(\w)", " ".join(action.text().replace("&&", "") for action in menu.actions()).lower())
        assert len(letters) == len(set(letters)), [action.text() for action in menu.actions()]
        seen += len(letters)
    assert seen >= 5


def test_the_long_words_of_the_start_page_have_room(welsh: Window) -> None:
    page = welsh.start
    page.resize(1280, 776)
    for button in page.buttons():
        assert button.width() >= button.sizeHint().width(), button.text()


def test_kinds_roles_and_types_are_shown_in_welsh(welsh: Window, english_sentences: set[str]) -> None:
    room = welsh.workspace.page_named("read")
    reading = room.view.reading
    room.about.show_reading(replace(reading, speakers={}, attributes={"date": "2025-10-02"}))
    assert "2 Hydref 2025" in room.header.meta.text()
    room.about.show_reading(replace(reading, speakers={}, attributes={}))
    assert "Grŵp ffocws" in room.header.meta.text()
    room.about.show_reading(reading)
    (line,) = filters_in_words(Query(kinds=("interview", "focus group")))
    assert line.endswith("cyfweliad neu grŵp ffocws")
