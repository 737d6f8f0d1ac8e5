"""Suggest: nothing is coded until a person says so, and everything can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.analysis import worker
from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.suggestion import Evidence, TermSuggestion, ThemeModel, ThemeSuggestion
from cohesion_qda.model.table import Count
from cohesion_qda.ui.suggest.page import SuggestPage


def _evidence(talk, *words: str) -> tuple[Evidence, ...]:
    found = [u for u in talk.utterances if any(word in u.text for word in words) and u.role == "participant"]
    return tuple(Evidence(u.source, u.span, 1.0 - n / 10) for n, u in enumerate(found))


@pytest.fixture
def asked(monkeypatch) -> list[tuple]:
    """What the analysis was asked; it answers at once."""
    calls: list[tuple] = []

    def themes(talk, number=None, dismissed=(), job=None):
        calls.append(("themes", number))
        named = [("park", "park"), ("buses", "buses"), ("food", "food")]
        made = tuple(
            ThemeSuggestion(f"theme:{word}", label, (word, "place"), Count(3, 2, 2), _evidence(talk, word))
            for label, word in named[: number or 3]
        )
        return ThemeModel(made, "The talk was cut into windows.", 9)

    def terms(talk, chosen=None, dismissed=(), job=None):
        calls.append(("terms", chosen))
        return [TermSuggestion("term:park", "park", 3.0, Count(3, 2, 2), Count(1, 1, 1), _evidence(talk, "park"))]

    monkeypatch.setattr(worker, "suggest_themes", themes)
    monkeypatch.setattr(worker, "suggest_terms", terms)
    return calls


@pytest.fixture
def page(open_page, asked) -> SuggestPage:
    return open_page(SuggestPage)


@pytest.fixture
def with_themes(page) -> SuggestPage:
    page.themes.empty.button.click()
    return page


def tick_first(tab) -> None:
    tab.detail.list.choose_first()
    QTest.keyClick(tab.detail.list, Qt.Key.Key_Space)


def titles(tab) -> list[str]:
    return [row.title for row in tab.list.proposals.rows]


def test_nothing_is_computed_before_it_is_asked_for(page, asked):
    assert asked == []
    assert page.themes.empty.button.isVisible()
    assert page.themes.empty.button.text() == "Suggest themes"


def test_themes_are_listed_with_how_widely_they_were_said(with_themes):
    tab = with_themes.themes
    assert titles(tab) == ["park", "buses", "food"]
    assert tab.list.proposals.rows[0].counts == "Talk like this in 2 of 2 groups, among 2 of 5 people"
    assert "said" not in tab.list.proposals.rows[0].told().casefold()
    assert tab.detail.unchecked.text() == "Suggested, not yet checked by a person"
    assert [card.speaker for card in tab.detail.list.cards.cards()] == ["Carol", "Dev"]
    assert tab.method.text() == "The talk was cut into windows."


def test_accepting_codes_the_ticked_passages_and_undo_takes_it_back(with_themes, open_page):
    tab = with_themes.themes
    counts: list[int] = []
    with_themes.count_changed.connect(counts.append)
    tick_first(tab)
    tab.detail.name.setText("The park")
    tab.detail.set_parent_code(tab.standing.tree.get("What unites").id)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_A)
    assert open_page.said == [("Accepted 1 suggested passage as “The park”", True)]
    tree = open_page.ask(lambda p: p.codebook.tree())
    assert tree.path(tree.find("The park").id) == "What unites/The park"
    assert tab.list.proposals.rows[0].became == "Coded as The park"
    assert tab.list.current().title == "buses"
    assert counts[-1] == 2
    open_page.runner.undo()
    assert tab.list.proposals.rows[0].became == ""
    assert open_page.ask(lambda p: p.codebook.tree()).find("The park") is None


def test_nothing_is_ticked_until_a_person_ticks_it(with_themes, open_page):
    """A code of passages that nobody looked at would be the machine's."""
    tab, before = with_themes.themes, open_page.ask(lambda p: len(p.codings.retrieve()))
    detail = tab.detail
    assert detail.chosen_evidence() == []
    assert not detail.primary.isEnabled() and "Space ticks" in detail.primary.toolTip()
    assert detail.ticked.text() == "0 of 2 passages ticked" and detail.tick_hint.isVisible()
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_A)
    assert open_page.said == [(detail.primary.toolTip(), False)]
    tick_first(tab)
    assert detail.primary.isEnabled() and len(detail.chosen_evidence()) == 1
    detail.tick_all.click()
    assert len(detail.chosen_evidence()) == 2
    tab.list.setCurrentIndex(tab.list.proposals.index(1))
    assert detail.chosen_evidence() == [] and not detail.primary.isEnabled()
    assert open_page.ask(lambda p: len(p.codings.retrieve())) == before


def test_the_question_is_asked_for_and_never_guessed(with_themes, open_page):
    tab, detail = with_themes.themes, with_themes.themes.detail
    assert detail.under.text() == "Choose a question…"
    tick_first(tab)
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_A)
    assert open_page.said == []
    (menu,) = detail.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Under What unites", "Under What divides", "On its own"]
    assert not any(action.isChecked() for action in menu.actions())
    menu.actions()[1].trigger()
    menu.close()
    tree = open_page.ask(lambda p: p.codebook.tree())
    assert tree.path(tree.find("Park").id) == "What divides/Park"
    assert tab.list.current().title == "buses" and detail.under.text() == "Choose a question…"


def test_a_project_without_questions_is_not_asked_for_one(with_themes, open_page):
    tab = with_themes.themes
    for root in open_page.ask(lambda p: p.codebook.tree().children()):
        open_page.do(lambda p, root=root: p.codebook.delete(root.id))
    assert tab.detail.under.text() == "On its own"
    tick_first(tab)
    tab.detail.accept()
    assert open_page.ask(lambda p: p.codebook.tree()).find("Park") is not None


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_in_large_text(open_page, asked, looks, scale):
    looks.set_scale(scale)
    page = open_page(SuggestPage, 1240, 740)
    page.themes.empty.button.click()
    page.themes.detail.name.setText("English class")
    QTest.qWait(0)
    detail = page.themes.detail
    for label in (detail.title, detail.unchecked, detail.counts, detail.about, detail.ticked, detail.tick_all):
        assert label.isVisible() and not label.visibleRegion().isEmpty(), label.text()
        need = label.heightForWidth(label.width()) if label.hasHeightForWidth() else label.minimumSizeHint().height()
        assert label.height() >= min(need, label.sizeHint().height()), label.text()
    parts = [detail.title, detail.about, detail.counts, detail.ticked]
    boxes = [QRect(part.mapTo(detail, QPoint(0, 0)), part.size()) for part in parts]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert detail.ticked.width() >= detail.ticked.fontMetrics().horizontalAdvance("0 of 2 passages ticked")
    assert detail.name.width() > detail.name.fontMetrics().horizontalAdvance("English class") + 18
    assert detail.list.height() >= looks.px(100)


def test_passages_can_be_added_to_a_code_that_is_there(with_themes, open_page):
    tab = with_themes.themes
    tab.detail.tick_all.click()
    food = tab.standing.tree.get("Food").id
    tab.detail.add_to.emit(food)
    passages = open_page.ask(lambda p: p.codings.retrieve(food))
    assert [passage.coding.suggestion for passage in passages] == ["", "theme:park", "theme:park"]


def test_a_dismissed_theme_stays_away_until_that_is_undone(with_themes, open_page):
    tab = with_themes.themes
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_R)
    assert titles(tab) == ["buses", "food"]
    assert open_page.said == [("Dismissed the suggestion “park”", True)]
    tab.start()
    assert titles(tab) == ["buses", "food"]
    open_page.runner.undo()
    assert titles(tab) == ["park", "buses", "food"]


def test_later_goes_on_to_the_next(with_themes):
    tab = with_themes.themes
    tab.list.setFocus()
    QTest.keyClick(tab.list, Qt.Key.Key_L)
    assert tab.list.current().title == "buses"
    assert tab.list.proposals.rows[0].became == "For later"
    assert tab.waiting() == 2


def test_letters_typed_into_the_name_are_letters(with_themes, open_page):
    tab = with_themes.themes
    tab.detail.name.clear()
    QTest.keyClicks(tab.detail.name, "larder")
    assert tab.detail.name.text() == "larder"
    assert open_page.said == []


def test_fewer_and_more_themes(with_themes, asked):
    tab = with_themes.themes
    tab.fewer.click()
    assert asked[-1] == ("themes", 2)
    assert titles(tab) == ["park", "buses"]
    assert not tab.fewer.isEnabled()
    tab.more.click()
    assert asked[-1] == ("themes", 3)


def test_a_passage_is_read_in_context(with_themes, open_page):
    tab = with_themes.themes
    card = tab.detail.list.cards.cards()[0]
    tab.detail.list.read.emit(card)
    assert open_page.read == [(card.source, card.span)]


def test_changed_transcripts_are_told(with_themes, open_page):
    tab = with_themes.themes
    open_page.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert tab.banner.isVisible()
    assert [card.speaker for card in tab.detail.list.cards.cards()] != []


def test_too_little_talk_leaves_the_page_ready(page, open_page, monkeypatch):
    def themes(talk, number=None, dismissed=(), job=None):
        raise BadInput("There is too little talk.", "Import more.")

    monkeypatch.setattr(worker, "suggest_themes", themes)
    page.themes.empty.button.click()
    assert "too little talk" in str(open_page.runner.problems.pop())
    assert not page.themes.is_working
    assert page.themes.empty.button.isVisible()


def test_key_terms_of_a_code_against_the_rest(page, open_page, asked):
    page.tabs.setCurrentIndex(1)
    page.terms.empty.button.click()
    assert asked[-1] == ("terms", None)
    assert page.terms.list.proposals.rows[0].counts == "Talk like this in 2 of 2 groups, among 2 of 5 people, 3 times"
    code = page.terms.standing.tree.get("Public spaces").id
    page.terms.choose_scope(code)
    assert len(asked[-1][1]) == 2
    assert page.terms.list.proposals.rows[0].about == "Elsewhere: talk like this in 1 of 2 groups, among 1 of 5 people"
    page.terms.scope.cleared.emit()
    assert asked[-1] == ("terms", None)


def test_only_ticked_passages_of_a_term_are_coded(page, open_page, asked):
    page.tabs.setCurrentIndex(1)
    page.terms.empty.button.click()
    detail = page.terms.detail
    assert not detail.primary.isEnabled()
    detail.list.choose_first()
    QTest.keyClick(detail.list, Qt.Key.Key_Space)
    assert detail.primary.isEnabled()
    detail.add_to.emit(page.terms.standing.tree.get("Class").id)
    assert open_page.said == [("Accepted 1 suggested passage as “Class”", True)]
    assert page.terms.list.proposals.rows[0].became == "Coded as Class"


def test_another_project_forgets_the_suggestions(with_themes, open_page):
    open_page.runner.close()
    assert titles(with_themes.themes) == []


def test_the_word_cloud_stands_beside_its_bars(page, monkeypatch):
    monkeypatch.setattr(
        worker, "cloud_weights", lambda talk, chosen, by="": [("park", Count(3, 2, 2)), ("bus", Count(1, 1, 1))]
    )
    page.tabs.setCurrentIndex(1)
    page.terms.empty.button.click()
    page.terms.cloud_link.click()
    assert page.terms.cloud.isVisible()
    assert "park" in page.terms.cloud.accessibleName()
    page.terms.list.chosen.emit(page.terms.list.current())
    assert page.terms.detail.isVisible()
