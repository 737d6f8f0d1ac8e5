"""Blind double-coding in the window: while others' codings are hidden, everything that is seen is what would be seen if the
others had coded nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from cohesion_qda.base.errors import UserError
from cohesion_qda.model.asked import KINDS, Asked
from cohesion_qda.model.query import Query
from cohesion_qda.ui import choose
from tests.journeys.researcher import Researcher
from tests.makers import code, small_study

FOOD, PARK, CUTS, CLASS = "What unites/Food", "What unites/Public spaces", "What divides/Cuts", "What divides/Class"
SHARED = "We share food over the wall 😀"
BEAS = ("Nobody comes down after six.", "(laughs) That is exactly it.", "And the park is locked at four.")
PAGES = ("read", "search", "retrieve", "memos", "themes", "compare", "suggest", "report", "history", "attributes")
TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def make(folder: Path, *, by_two: bool) -> Path:
    """A study that Asha coded, and Bea too or not; Bea's acts lie between Asha's."""
    folder.mkdir()
    project = small_study(folder / "study.cqda")
    code(project, "Women", SHARED, FOOD)
    project.themes.add("Eating together", codes_=[project.codebook.tree().get(FOOD).id])
    if by_two:
        project.use_coder("Bea")
        code(project, "Women", SHARED, FOOD)
        for quote, source in zip(BEAS, ("Women", "Women", "Young people"), strict=True):
            code(project, source, quote, CLASS, CUTS)
        coding = project.codings.of_source(project.sources.get("Young people").id)[0]
        project.memos.add("coding", coding.id, "A thought of Bea’s", "Locked out")
        dev = next(case for case in project.cases.list() if case.name == "Dev")
        cuts = project.codebook.tree().get(CUTS).id
        project.framework.quote(dev.id, cuts, "Locked out, in Bea’s words", coding.source, coding.span)
        project.use_coder("Asha")
    code(project, "Women", "The buses.", PARK)
    project.close()
    return project.path


@pytest.fixture
def researcher(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    made.window.commands.use_coder("Asha")
    yield made
    made.leaves()


def rows(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(told) for role in TEXTS if (told := index.data(role)))
        yield from rows(model, model.index(row, 0, parent))


def menu_texts(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text()
        if action.menu() is not None:
            yield from menu_texts(action.menu())


def seen(widget: QWidget) -> list[str]:
    """All words on a widget and the visible ones in it, with what is told of them by tooltips and to screen readers."""
    found: list[str] = []
    for part in (widget, *widget.findChildren(QWidget)):
        if part is not widget and not part.isVisibleTo(widget):
            continue
        found += [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            found.append(part.text())
        elif isinstance(part, QPlainTextEdit | QTextBrowser):
            found.append(part.toPlainText())
        elif isinstance(part, QAbstractItemView) and part.model() is not None:
            found += rows(part.model(), QModelIndex())
    return sorted(re.sub(r"\d\d:\d\d", "12:00", words) for words in set(found) if words)


def walk(researcher: Researcher, folder: Path) -> dict[str, list[str]]:
    """Everything that can be seen and written while others' codings are hidden."""
    told: dict[str, list[str]] = {}
    window = researcher.window
    for name in PAGES:
        page = researcher.goes_to(name)
        if name == "read":
            researcher.reads("Women")
            told["room: codes"] = sorted(f"{one} {words}" for one, words in researcher.shown())
            panel = page.panel
            for each in panel.model.tree:
                told[f"codebook: {each.name}"] = [
                    panel.model.counted(each.id), *menu_texts(panel.menus.for_codes([each.id], window)),
                ]  # fmt: skip
        told[name] = seen(page)
        told[f"menus on {name}"] = [w for menu in window.menuBar().findChildren(QMenu) for w in menu_texts(menu)]
    told["around"] = [*seen(window.workspace.navigator), *seen(window.workspace.status)]
    told["undo"] = [str(researcher.ask(lambda p: (p.history.can_undo(), p.history.can_redo())))]
    told["trail"] = researcher.ask(
        lambda p: (
            [str([(n, k) for _i, n, k, _g in p.history.touched(about)]) for about in ("code", "source")]
            + [str(p.history.coders()), str(sorted(p.history.kinds().items())), str(len(p.history.times()))]
        )
    )
    told |= answered(researcher)
    told |= written(researcher, folder)
    return told


def answered(researcher: Researcher) -> dict[str, list[str]]:
    """Every kind of answer, or why there is none."""

    def ask(project: Any, kind: str) -> list[str]:
        women = project.sources.get("Women").id
        asked = Asked(kind, by=("place",) if kind == "crosstab" else (), unit="mentions")
        asked = asked.with_option(source=women) if kind == "portrait" else asked
        try:
            found = project.answers.ask(asked)
        except UserError as trouble:
            return [str(trouble)]
        return [*map(str, found.parts), *found.notes, *found.made.counted, *map(str, found.made.left_out)]

    told = {f"answer: {kind}": researcher.ask(lambda p, kind=kind: ask(p, kind)) for kind in KINDS}
    page = researcher.goes_to("compare")
    page.ask_kind("framework")
    researcher.rests()
    told["framework"] = seen(page)
    page.ask_kind("crosstab")
    researcher.rests()
    return told


def written(researcher: Researcher, folder: Path) -> dict[str, list[str]]:
    """What a person writes to files from the pages."""
    with pytest.MonkeyPatch.context() as answers:
        answers.setattr(choose, "save_file", lambda *_asked: folder / "table.md")
        researcher.goes_to("compare")
        researcher.exports_the_answer(ending=".md", hides=0).rests((folder / "table.md").exists)
        answers.setattr(choose, "save_file", lambda *_asked: folder / "passages.html")
        researcher.goes_to("retrieve").export()
        researcher.rests((folder / "passages.html").exists)
    assert researcher.ask(lambda p: p.retrieval.find(Query()).total) == 2
    report = researcher.ask(lambda p: p.reports.write(folder / "report"))
    return {
        "table": re.sub(r"\d\d:\d\d", "12:00", (folder / "table.md").read_text("utf-8")).splitlines(),
        "passages": (folder / "passages.html").read_text("utf-8").splitlines(),
        "report": re.sub(r"(passage|context)-\d+", r"\1", report.read_text("utf-8")).splitlines(),
    }


def test_what_is_seen_is_what_would_be_seen_if_the_others_had_coded_nothing(
    researcher: Researcher, tmp_path: Path
) -> None:
    told = []
    for by_two in (False, True):
        folder = tmp_path / f"by {1 + by_two}"
        researcher.opens(make(folder, by_two=by_two))
        researcher.window.commands.actions["hide_others"].trigger()
        researcher.rests()
        told.append(walk(researcher, folder))
        researcher.window.commands.actions["hide_others"].trigger()
        researcher.closes_the_project()
    alone, by_two_ = told
    assert alone.keys() == by_two_.keys()
    for place, words in alone.items():
        assert [w.replace("by 2", "by 1") for w in by_two_[place]] == words, place


def test_nothing_that_was_shown_stays_when_others_are_hidden_on_another_page(
    researcher: Researcher, tmp_path: Path
) -> None:
    """Each page as it is in the moment it comes into view, before anything is read again."""
    researcher.opens(make(tmp_path / "by 2", by_two=True)).reads("Young people")
    known = {name: seen(researcher.goes_to(name)) for name in PAGES}
    hers = ("Bea", "A thought of", "6 passages", "7 passages", "8 mentions", "3 mentions", "of 4 codes", "by 2 coders")
    assert sum(any(one in words for one in hers) for shown in known.values() for words in shown) > 6
    researcher.goes_to("attributes")
    researcher.window.commands.actions["hide_others"].trigger()
    workspace = researcher.window.workspace
    for name in PAGES:
        workspace.enter(name)
        page = workspace.page_named(name)
        words = seen(page)
        assert not [w for w in words if any(one in w for one in hers)], name
        if name == "read":
            assert not list(page.view.layers) and not page.view.on_screen()
        elif name != "search":
            assert not [w for w in words if any(quote in w for quote in BEAS)], name
    researcher.rests()


def test_an_undo_does_not_take_back_what_is_hidden(researcher: Researcher, tmp_path: Path) -> None:
    researcher.opens(make(tmp_path / "by 2", by_two=True)).reads("Women")
    researcher.window.commands.actions["hide_others"].trigger()
    researcher.rests()
    researcher.undoes()
    undo = researcher.window.commands.actions["undo"]
    assert (undo.text(), undo.isEnabled()) == ("Undo: another person’s act", True)
    told: list[str] = []
    researcher.window.problems.recorder = lambda error, *_more: told.append(str(error))
    saved = researcher.window.workspace.status.saved.text()
    researcher.undoes()
    assert researcher.ask(lambda p: [c.name for c in p.coders()]) == ["Asha", "Bea"]
    researcher.window.commands.actions["hide_others"].trigger()
    researcher.rests()
    assert researcher.ask(lambda p: len(p.codings.retrieve())) == 8
    assert saved.startswith("Saved ")


def test_an_answer_that_was_under_way_is_read_with_the_new_eyes(researcher: Researcher, tmp_path: Path) -> None:
    researcher.opens(make(tmp_path / "by 2", by_two=True))
    answers: list[int] = []
    researcher.window.runner.ask(lambda p: len(p.codings.retrieve()), answers.append)
    researcher.window.commands.actions["hide_others"].trigger()
    researcher.rests(lambda: bool(answers))
    assert answers == [2]


def test_hiding_others_is_no_change_that_was_saved(researcher: Researcher, tmp_path: Path) -> None:
    researcher.opens(make(tmp_path / "by 2", by_two=True))
    researcher.window.commands.actions["hide_others"].trigger()
    researcher.rests()
    assert researcher.window.workspace.status.saved.text() == "Everything is saved · Kept on this computer only"
