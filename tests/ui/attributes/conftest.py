"""The page's fixtures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from cohesion_qda.ui.attributes.page import AttributesPage
from tests.makers import small_study
from tests.ui.retrieve.driver import looks, open_page  # noqa: F401

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Sheet:
    """Somebody at the grid, with a keyboard and a clipboard."""

    def __init__(self, page: AttributesPage, ask: Callable) -> None:
        self.page, self.grid, self.model, self.ask = page, page.grid, page.model, ask
        self.grid.setFocus()

    def at(self, name: str, column: str, to_name: str = "", to_column: str = "") -> Sheet:
        """Go to a cell, or select from there to another."""
        first, last = self.place(name, column), self.place(to_name or name, to_column or column)
        self.grid.go_to(*first)
        if first != last:
            index = self.model.index
            chosen = self.grid.selectionModel()
            for row in range(first[0], last[0] + 1):
                for col in range(first[1], last[1] + 1):
                    chosen.select(index(row, col), chosen.SelectionFlag.Select)
        return self

    def place(self, name: str, column: str) -> tuple[int, int]:
        row = next(at for at, row in enumerate(self.model.rows) if f"{row.name}, {row.where}".startswith(name))
        return row, next(at for at, field in enumerate(self.model.fields) if field.title == column)

    def here(self) -> tuple[str, str]:
        index = self.grid.currentIndex()
        return self.model.rows[index.row()].name, self.model.field(index.column()).title

    def press(self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Sheet:
        QTest.keyClick(self.field() or self.grid, key, held)
        return self

    def type(self, text: str) -> Sheet:
        for char in text:
            QTest.keyClicks(self.field() or self.grid, char)
        return self

    def field(self) -> QWidget | None:
        """What is being typed in, if anything."""
        found = [w for w in self.grid.viewport().children() if isinstance(w, QWidget) and not w.isHidden()]
        return found[0] if found else None

    def shows(self, name: str, column: str) -> str:
        return self.model.index(*self.place(name, column)).data()

    def clipboard(self, text: str | None = None) -> str:
        if text is not None:
            QGuiApplication.clipboard().setText(text)
        return QGuiApplication.clipboard().text()

    def paste(self, text: str) -> Sheet:
        self.clipboard(text)
        return self.press(Key.Key_V, CONTROL)

    def known(self, about: str = "participant") -> dict[str, dict[str, str]]:
        rows = self.ask(lambda p: p.attributes.table(about)).rows
        return {f"{row.name}, {row.where}".removesuffix(", "): dict(row.values) for row in rows if row.values}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two groups and five people whose age is known, built once."""
    path = tmp_path_factory.mktemp("made") / "study.cqda"
    with small_study(path) as project:
        people = [row for row in project.attributes.table("participant").rows if row.role == "participant"]
        ages = [(row.id, "age", "over 60" if row.name in ("Carol", "Joan") else "under 60") for row in people]
        project.attributes.set_many("participant", ages)
    return path


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copy(made, tmp_path / "study.cqda"))


@pytest.fixture
def sheet(open_page) -> Sheet:  # noqa: F811
    page = open_page(AttributesPage)
    return Sheet(page, open_page.ask)
