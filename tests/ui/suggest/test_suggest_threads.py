"""Suggesting in another process, as the window does it: it can be stopped, and late answers are dropped."""

from __future__ import annotations

from cohesion_qda.ui.suggest.page import SuggestPage


def test_cancelling_leaves_the_page_as_it_was(qtbot, theme, threaded_runner, study):
    page = SuggestPage(threaded_runner)
    qtbot.addWidget(page)
    with qtbot.waitSignal(threaded_runner.opened):
        threaded_runner.open(study)
    page.entered()
    tab = page.tab_named("themes")
    tab.start()
    assert tab.is_working
    qtbot.waitUntil(lambda: tab._asked is not None, timeout=5_000)
    with qtbot.waitSignal(threaded_runner.idle, timeout=30_000):
        tab.empty.button.click()
    assert not tab.is_working
    assert tab.suggestions == ()
    assert tab.empty.button.text() == "Suggest themes"
