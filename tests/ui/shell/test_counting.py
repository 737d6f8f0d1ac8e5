"""What is counted after coding: once for all windows, when the hands rest, and of the sources touched only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.text import Span
from cohesion_qda.project import sources
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.ui.counting import counting
from cohesion_qda.ui.navigator import NavSource, state_words
from cohesion_qda.ui.navigator_rows import Role
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.window import Window
from tests.makers import small_study


@pytest.fixture
def pair(qtbot: Any, theme: object, tmp_path: Path) -> Iterator[tuple[Window, Window]]:
    """Two windows on the small study, with real threads, both reading what the women said."""
    small_study(tmp_path / "study.cqda").close()
    one = Window(Settings(), Runner())
    qtbot.addWidget(one)
    one.show()
    one.open_path(tmp_path / "study.cqda")
    qtbot.waitUntil(lambda: one.has_project and not one.runner.is_busy)
    other = one.open_another()
    qtbot.waitUntil(lambda: bool(one.workspace.navigator.state.sources and other.workspace.navigator.state.sources))
    for window in (one, other):
        window.workspace.show_source(source(window, "Women").id)
    qtbot.waitUntil(lambda: not one.runner.is_busy and not counting(one.runner).is_waiting)
    yield one, other
    other.close()
    one.close()


def source(window: Window, name: str) -> NavSource:
    return next(s for s in window.workspace.navigator.state.sources if s.name == name)


def row(window: Window, name: str) -> str:
    """What a person sees beside a source."""
    listed = window.workspace.navigator.sources
    return listed.index_of(source(window, name).id).data(Role.META)


def mentions(window: Window, path: str) -> int:
    model = window.workspace.page_named("read").panel.model
    return model.count(model.tree.get(path).id).mentions


def heard(calls: list[Any], real: Callable[..., Any]) -> Callable[..., Any]:
    def asked(self: Any, *values: Any) -> Any:
        calls.append(values)
        return real(self, *values)

    return asked


def test_many_codings_are_counted_once_and_only_where_they_are(
    pair: tuple[Window, Window], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = pair
    tallies: list[Any] = []
    progress: list[Any] = []
    monkeypatch.setattr(Codebook, "tally", heard(tallies, Codebook.tally))
    monkeypatch.setattr(sources.Sources, "progress", heard(progress, sources.Sources.progress))
    one.runner.do(lambda p: p.codebook.add("Who is here"))  # the coder joins before anything is counted
    qtbot.waitUntil(lambda: not one.runner.is_busy and not counting(one.runner).is_waiting)
    food = one.workspace.page_named("read").panel.model.tree.get("Food").id
    women = source(one, "Women").id
    tallies.clear()
    progress.clear()
    for start in (50, 60, 70):
        one.runner.do(lambda p, at=start: p.codings.apply(women, Span(at, at + 5), [food]))
    qtbot.waitUntil(lambda: not one.runner.is_busy)
    assert tallies == progress == [], "the hands have not rested yet"
    assert mentions(one, "Food") == 0
    qtbot.waitUntil(lambda: not counting(one.runner).is_waiting and not one.runner.is_busy)
    assert len(tallies) == 1
    assert progress == [({women},)]
    assert mentions(one, "Food") == mentions(other, "Food") == 3
    assert row(one, "Women") == row(other, "Women") == "25%"
    assert row(one, "Young people") == "New"


def test_what_was_waiting_is_not_counted_in_another_project(
    pair: tuple[Window, Window], qtbot: Any, tmp_path: Path
) -> None:
    one, _other = pair
    food, women = one.workspace.page_named("read").panel.model.tree.get("Food").id, source(one, "Women").id
    one.runner.do(lambda p: p.codings.apply(women, Span(50, 55), [food]))
    qtbot.waitUntil(lambda: counting(one.runner).is_waiting)
    one.runner.create(tmp_path / "next.cqda", codebook="empty")
    qtbot.waitUntil(lambda: not one.runner.is_busy)
    assert not counting(one.runner).is_waiting


def test_the_navigator_changes_only_the_rows_it_is_told_of(pair: tuple[Window, Window]) -> None:
    one, _other = pair
    navigator = one.workspace.navigator
    women, young = source(one, "Women"), source(one, "Young people")
    navigator.show_progress({women.id: 0.4, 999: 0.9})
    assert row(one, "Women") == "40%" and source(one, "Women").progress == 0.4
    assert source(one, "Young people") == young
    accessible = navigator.sources.index_of(women.id).data(11)  # Qt.ItemDataRole.AccessibleTextRole
    assert accessible == f"Women, {state_words(source(one, 'Women'))}"
    assert navigator.selected_source() == women.id
