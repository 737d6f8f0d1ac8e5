"""The Themes tab: nothing is coded until a person says so, what is merged and split is kept, everything can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.analysis import worker
from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.change import Change
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import Overlap, Recipe, Spread, ThemeModel, ThemeSuggestion, Tried, Unit, recipe_from
from cohesion_qda.project.proposed_themes import ProposedThemes
from cohesion_qda.ui import choose
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.suggest.detail import LOW
from cohesion_qda.ui.suggest.page import SuggestPage
from cohesion_qda.ui.suggest.themes import ThemesTab

Key = Qt.Key
NAMES = ("park", "buses", "food")


class Machine:
    """Finds themes of words at once: merged where the recipe says so, and as many as it says."""

    def __init__(self, talk, coded: int) -> None:
        self.talk, self.code, self.recipes = talk, coded, []
        self.units = tuple(Unit(u.source, u.span) for u in talk.utterances if u.role == "participant")

    def find(self, _stamp, recipe: Recipe, coded=(), about=None, job=None) -> ThemeModel:
        self.recipes.append(recipe)
        number = recipe.number or 3
        themes = {f"theme-{word}": (word,) for word in NAMES[:number]}
        for edit in recipe.edits:
            words = tuple(word for key in edit.themes for word in themes.pop(key))
            parts = (words,) if edit.kind == "merge" else tuple((words[0] + end,) for end in (" one", " two"))
            themes |= {f"theme-{'+'.join(part)}": part for part in parts}
        made = tuple(self._theme(key, words) for key, words in themes.items())
        held = {n: theme.key for theme in made for n in theme.units}
        return ThemeModel(
            made, replace(recipe, talk=self.talk.stamp), number, "The talk was cut into units.", self.units,
            tuple(held.get(n, "") for n in range(len(self.units))),
            tuple(Tried(n, n / 10, 0.5) for n in (2, 3, 4)), Count(9, 5, 2), about.stamp, 0.5, 0.1,
        )  # fmt: skip

    def _theme(self, key: str, words: tuple[str, ...]) -> ThemeSuggestion:
        said = {u.span: u.text for u in self.talk.utterances}
        stems = [word.split()[0] for word in words]
        found = [n for n, unit in enumerate(self.units) if any(stem in said[unit.span] for stem in stems)]
        passages = tuple(Evidence(self.units[n].source, self.units[n].span, 1.0 - n / 10) for n in found)
        spread = Spread("participant", "age", (("over 60", Count(2, 1, 1), Count(4, 2, 2)),))
        return ThemeSuggestion(
            key, words[0].capitalize(), (words[0], "a place"), (words[0], "place"), Count(len(found), 2, 2), passages[:2],
            tuple(found), 0.8, 0.2, passages[2:], (spread,), (Overlap(self.code, 2, 3),),
        )  # fmt: skip


@pytest.fixture
def machine(open_page, runner, study, monkeypatch) -> Machine:
    runner.open(study)
    talk = open_page.ask(lambda p: p.tables.talk())
    made = Machine(talk, open_page.ask(lambda p: p.codebook.tree().get("Public spaces").id))
    monkeypatch.setattr(worker, "suggested_themes", made.find)
    return made


@pytest.fixture
def empty_tab(open_page, machine) -> ThemesTab:
    page = open_page(SuggestPage)
    page.turn_to("themes")
    return page.tab_named("themes")


@pytest.fixture
def tab(empty_tab) -> ThemesTab:
    empty_tab.empty.button.click()
    return empty_tab


def titles(tab: ThemesTab) -> list[str]:
    return [row.title for row in tab.list.proposals.rows]


def types(tab: ThemesTab, key: Qt.Key) -> None:
    tab.list.setFocus()
    QTest.keyClick(tab.list, key)


def tick_first(tab: ThemesTab) -> None:
    tab.detail.list.choose_first()
    QTest.keyClick(tab.detail.list, Key.Key_Space)


def test_nothing_is_computed_before_it_is_asked_for(empty_tab, machine):
    assert machine.recipes == []
    assert empty_tab.empty.button.isVisible()
    assert empty_tab.empty.button.text() == "Suggest themes"


def test_themes_are_listed_with_how_widely_they_were_said(tab):
    assert titles(tab) == ["Park", "Buses", "Food"]
    first = tab.list.proposals.rows[0]
    assert first.counts == "Talk like this in 2 of 2 groups, among 2 of 5 people"
    assert "said" not in first.told().casefold()
    assert tab.detail.unchecked.text() == "Suggested, not yet checked by a person"
    assert [card.speaker for card in tab.detail.list.cards.cards()][:2] == ["Carol", "Dev"]
    assert tab.detail.counts.text().endswith("in 2 of 9 turns")
    assert tab.waiting() == 3


def test_the_facts_of_a_theme_stand_in_plain_words(tab):
    facts = tab.detail.facts
    assert tab.detail.about.text() == "Also called here: “a place”"
    assert facts.terms.text() == "Terms: park, place"
    assert facts.overlaps.text() == "Mostly what you coded as Public spaces (2 of 2 turns)."
    assert "Steady" in facts.stability.text() and "0.80" in facts.stability.text()
    assert "+0.20" in facts.coherence.text()
    assert not facts.is_open
    facts.open.click()
    assert facts.is_open and facts.chip.text() == "People by age"
    assert facts.bars.spots[0].said == "over 60: 1 of 2 people"


def test_accepting_codes_the_ticked_passages_and_undo_takes_it_back(tab, open_page):
    tick_first(tab)
    tab.detail.name.setText("The park")
    tab.detail.set_parent_code(tab.standing.tree.get("What unites").id)
    types(tab, Key.Key_A)
    assert open_page.said == [("Accepted 1 suggested passage as “The park”", True)]
    tree = open_page.ask(lambda p: p.codebook.tree())
    assert tree.path(tree.find("The park").id) == "What unites/The park"
    assert tab.list.proposals.rows[0].became == "Coded as The park"
    assert tab.list.current().title == "Buses"
    assert tab.waiting() == 2
    open_page.runner.undo()
    assert tab.list.proposals.rows[0].became == ""
    assert open_page.ask(lambda p: p.codebook.tree()).find("The park") is None


def test_nothing_is_ticked_until_a_person_ticks_it(tab, open_page):
    """A code of passages that nobody looked at would be the machine's."""
    before, detail = open_page.ask(lambda p: len(p.codings.retrieve())), tab.detail
    assert detail.chosen_evidence() == []
    assert not detail.primary.isEnabled() and "Space ticks" in detail.primary.toolTip()
    types(tab, Key.Key_A)
    assert open_page.said == [(detail.primary.toolTip(), False)]
    tick_first(tab)
    assert detail.primary.isEnabled() and len(detail.chosen_evidence()) == 1
    detail.tick_all.click()
    assert len(detail.chosen_evidence()) == 2
    tab.list.setCurrentIndex(tab.list.proposals.index(1))
    assert detail.chosen_evidence() == [] and not detail.primary.isEnabled()
    assert open_page.ask(lambda p: len(p.codings.retrieve())) == before


def test_the_question_is_asked_for_and_never_guessed(tab, open_page):
    detail = tab.detail
    assert detail.under.text() == "Choose a question…"
    tick_first(tab)
    types(tab, Key.Key_A)
    assert open_page.said == []
    (menu,) = detail.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Under What unites", "Under What divides", "On its own"]
    menu.actions()[1].trigger()
    menu.close()
    tree = open_page.ask(lambda p: p.codebook.tree())
    assert tree.path(tree.find("Park").id) == "What divides/Park"


def test_a_project_without_questions_is_not_asked_for_one(tab, open_page):
    for root in open_page.ask(lambda p: p.codebook.tree().children()):
        open_page.do(lambda p, root=root: p.codebook.delete(root.id))
    assert tab.detail.under.text() == "On its own"
    assert tab.detail.facts.overlaps.text() == "Hardly any of it is coded yet."
    tick_first(tab)
    tab.detail.accept()
    assert open_page.ask(lambda p: p.codebook.tree()).find("Park") is not None


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_in_large_text(open_page, machine, looks, scale):
    looks.set_scale(scale)
    page = open_page(SuggestPage, 1240, 740)
    page.turn_to("themes")
    tab = page.tab_named("themes")
    tab.empty.button.click()
    tab.detail.name.setText("English class")
    QTest.qWait(0)
    detail, facts = tab.detail, tab.detail.facts
    parts = [detail.title, detail.about, detail.counts, facts.terms, facts.overlaps, facts.stability, facts.coherence, detail.ticked]  # fmt: skip
    for label in parts:
        need = label.heightForWidth(label.width()) if label.hasHeightForWidth() else label.minimumSizeHint().height()
        assert label.isVisible() and label.height() >= min(need, label.sizeHint().height()), label.text()
    boxes = [QRect(part.mapTo(detail, QPoint(0, 0)), part.size()) for part in parts]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert detail.name.width() > detail.name.fontMetrics().horizontalAdvance("English class") + 18
    assert detail.list.height() >= looks.px(100)
    assert tab.how.width() >= tab.how.sizeHint().width()
    is_low = detail.height() < looks.px(LOW)
    assert is_low == (scale == 2.0)  # then what can be done scrolls along, or it would be all that is seen
    assert (detail.foot.parentWidget() is detail) != is_low and detail.foot.isVisible()


def test_passages_can_be_added_to_a_code_that_is_there(tab, open_page):
    tab.detail.tick_all.click()
    food = tab.standing.tree.get("Food").id
    tab.detail.add_to.emit(food)
    passages = open_page.ask(lambda p: p.codings.retrieve(food))
    assert [passage.coding.suggestion for passage in passages] == ["", "theme-park", "theme-park"]


def test_a_dismissed_theme_stays_away_until_that_is_undone(tab, open_page):
    types(tab, Key.Key_R)
    assert titles(tab) == ["Buses", "Food"]
    assert tab.number.text() == "3 themes, 1 dismissed"
    assert open_page.said == [("Dismissed the suggestion “Park”", True)]
    tab.start()
    assert titles(tab) == ["Buses", "Food"]
    open_page.runner.undo()
    assert titles(tab) == ["Park", "Buses", "Food"]


def test_later_goes_on_to_the_next(tab):
    types(tab, Key.Key_L)
    assert tab.list.current().title == "Buses"
    assert tab.list.proposals.rows[0].became == "For later"
    assert tab.waiting() == 2


def test_letters_typed_into_the_name_are_letters(tab, open_page):
    tab.detail.name.clear()
    tab.detail.name.setFocus()
    QTest.keyClicks(tab.detail.name, "small remarks + more")
    assert tab.detail.name.text() == "small remarks + more"
    assert open_page.said == []


def test_fewer_and_more_themes(tab, machine):
    tab.fewer.click()
    assert machine.recipes[-1].number == 2
    assert titles(tab) == ["Park", "Buses"]
    assert not tab.fewer.isEnabled()
    types(tab, Key.Key_Plus)
    assert machine.recipes[-1].number == 3


def test_two_themes_become_one_and_undo_parts_them(tab, open_page, machine):
    tab.list.setCurrentIndex(tab.list.proposals.index(1))
    types(tab, Key.Key_M)
    (menu,) = [menu for menu in tab.findChildren(QMenu) if menu.actions()]
    assert [action.text() for action in menu.actions()] == ["Park", "Food"]
    menu.actions()[1].trigger()
    menu.close()
    assert open_page.said == [("Merged the proposed themes “Buses” and “Food”", True)]
    assert titles(tab) == ["Park", "Buses"]
    assert tab.list.current().key == "theme-buses+food", "what holds the theme that was shown is shown"
    open_page.runner.undo()
    assert titles(tab) == ["Park", "Buses", "Food"]


def test_a_merge_taken_back_while_themes_are_looked_for_stays_taken_back(tab, open_page, machine, monkeypatch):
    assistant, waiting = assistant_of(tab.runner), []

    def ask(*given, **more):
        waiting.append(given[3])
        return Asked()

    with monkeypatch.context() as slowly:
        slowly.setattr(assistant, "ask", ask)
        tab.merge_with("theme-buses")
        assert tab.is_working and len(waiting) == 1
        open_page.runner.undo()
    assert not tab.is_working and titles(tab) == ["Park", "Buses", "Food"]
    assert open_page.ask(lambda p: p.proposed_themes.recipe()).edits == ()


def test_a_theme_is_split_and_the_recipe_remembers(tab, open_page, machine):
    types(tab, Key.Key_S)
    assert titles(tab) == ["Buses", "Food", "Park one", "Park two"]
    kept = open_page.ask(lambda p: p.proposed_themes.recipe())
    assert [edit.kind for edit in kept.edits] == ["split"]
    tab.more.click()
    assert machine.recipes[-1].edits == (), "it was split among another number of themes"


def test_what_was_found_is_there_again_when_the_project_is_opened(tab, open_page, machine, study):
    tab.fewer.click()
    open_page.runner.close()
    assert titles(tab) == []
    open_page.runner.open(study)
    tab.refresh()
    assert titles(tab) == ["Park", "Buses"]
    trail = open_page.ask(lambda p: [entry.said for entry in p.history.trail()])
    assert trail[0] == "Looked for themes: 2 are proposed"
    assert sum("Looked for themes" in said for said in trail) == 1, "steps in one go are one act, opening is none"


def test_where_nothing_can_be_kept_the_number_changes_all_the_same(tab, monkeypatch):
    monkeypatch.setattr(ProposedThemes, "keep", lambda _self, _model: Change.nothing("look-for-themes"))
    tab.fewer.click()
    tab.refresh()
    assert titles(tab) == ["Park", "Buses"]


def test_undoing_another_number_looks_for_the_one_before(tab, open_page, machine):
    types(tab, Key.Key_S)
    tab.fewer.click()
    assert titles(tab) == ["Park", "Buses"]
    open_page.runner.undo()
    assert len(titles(tab)) == 4, "what was split before is split again"


def test_the_number_is_a_curve_and_the_method_can_be_cited(tab, open_page, machine):
    tab.how.click()
    board = tab.board
    assert board.isVisible() and board.method.text() == "The talk was cut into units."
    assert [spot.key for spot in board.curve.spots] == [(2,), (3,), (4,)]
    assert board.curve.spots[1].said == "3 themes: silhouette 0.30, stability 0.50"
    QTest.keyClick(board.curve, Key.Key_Left)
    QTest.keyClick(board.curve, Key.Key_Return)
    assert machine.recipes[-1].number == 2
    board.copy_table.click()
    table = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert table[0][:3] == ["Theme", "Terms", "People"] and len({len(row) for row in table}) == 1
    assert table[1] == ["Park", "park, place", "2", "2", "2", "0.80", "0.20"]
    assert table[-1][0] == "All talk" and table[-1][2:5] == ["5", "2", "9"]
    board.copy_recipe.click()
    assert recipe_from(QGuiApplication.clipboard().text()).number == 2
    board.copy_text.click()
    assert QGuiApplication.clipboard().text() == "The talk was cut into units."
    board.method_wanted.emit("nmf")
    assert machine.recipes[-1].method == "nmf" and board.method_chip.text() == "NMF (by words alone)"


def test_a_passage_is_read_in_context(tab, open_page):
    card = tab.detail.list.cards.cards()[0]
    tab.detail.list.read.emit(card)
    assert open_page.read == [(card.source, card.span)]


def test_changed_transcripts_are_told(tab, open_page):
    assert not tab.banner.isVisible()
    open_page.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert tab.banner.isVisible()
    assert [card.speaker for card in tab.detail.list.cards.cards()] != []


def test_too_little_talk_leaves_the_page_ready(empty_tab, open_page, monkeypatch):
    def themes(*_given, **_more):
        raise BadInput("There is too little talk.", "Import more.")

    monkeypatch.setattr(worker, "suggested_themes", themes)
    empty_tab.empty.button.click()
    assert not empty_tab.is_working
    assert "too little talk" in empty_tab.empty.sentence.text() and "Import more." in empty_tab.empty.sentence.text()
    assert not empty_tab.empty.button.isVisible(), "it would only say so again"
    open_page.do(lambda p: p.sources.remove(p.sources.get("Women").id))
    assert empty_tab.empty.button.isVisible()


def test_too_little_talk_for_so_many_is_said_beside_what_was_found(tab, open_page, monkeypatch):
    def themes(*_given, **_more):
        raise BadInput("This study has too little talk for 4 themes.", "Choose between 2 and 3.")

    monkeypatch.setattr(worker, "suggested_themes", themes)
    tab.more.click()
    assert titles(tab) == ["Park", "Buses", "Food"]
    assert "too little talk for 4 themes" in open_page.said[-1][0]
    assert tab.more.isEnabled()


def test_nothing_is_done_to_passages_that_are_not_in_sight(tab, open_page):
    before = open_page.ask(lambda p: len(p.codings.retrieve()))
    tab.detail.tick_all.click()
    for key in (Key.Key_A, Key.Key_R, Key.Key_L, Key.Key_S, Key.Key_M):
        tab.how.click()
        assert tab.board.isVisible() and not tab.is_reading
        types(tab, key)
        assert tab.is_reading, "the first press shows what the second would be done to"
    assert titles(tab) == ["Park", "Buses", "Food"]
    assert [row.became for row in tab.list.proposals.rows] == ["", "", ""]
    assert open_page.said == [] and open_page.ask(lambda p: len(p.codings.retrieve())) == before


def test_choosing_a_theme_a_click_or_escape_leaves_how_they_were_found(tab):
    tab.how.click()
    types(tab, Key.Key_Down)
    assert tab.is_reading and tab.detail.title.text() == "Buses"
    tab.how.click()
    QTest.keyClick(tab.board.curve, Key.Key_Escape)
    assert tab.is_reading and tab.list.hasFocus()
    tab.how.click()
    place = tab.list.visualRect(tab.list.currentIndex()).center()
    QTest.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tab.is_reading
    tab.how.click()
    types(tab, Key.Key_Return)
    assert tab.is_reading and tab.detail.list.hasFocus()
    tab.how.click()
    tab.more.click()
    assert not tab.is_reading, "another number is looked for with the curve in sight"


def test_what_was_dismissed_can_be_looked_at_and_brought_back(tab, open_page):
    assert not tab.gone.isVisible()
    types(tab, Key.Key_R)
    assert tab.gone.isVisible() and tab.gone.text() == "Show the dismissed one"
    tab.gone.click()
    assert titles(tab) == ["Buses", "Food", "Park"]
    assert tab.list.proposals.rows[2].became == "Dismissed" and tab.gone.text() == "Hide the dismissed"
    assert tab.waiting() == 2
    tab.list.setCurrentIndex(tab.list.proposals.index(2))
    assert tab.detail.dismiss_button.text() == "Bring back"
    types(tab, Key.Key_R)
    assert open_page.said[-1] == ("Brought back the suggestion “Park”", True)
    assert titles(tab) == ["Park", "Buses", "Food"] and not tab.gone.isVisible()
    assert tab.detail.dismiss_button.text() == "Dismiss"
    open_page.runner.undo()
    assert titles(tab) == ["Buses", "Food"]


def test_when_all_are_dismissed_they_are_shown_as_such(tab):
    for _theme in range(3):
        types(tab, Key.Key_R)
    assert titles(tab) == ["Park", "Buses", "Food"]
    assert {row.became for row in tab.list.proposals.rows} == {"Dismissed"} and tab.waiting() == 0


def test_the_bar_is_the_share_of_the_people_beside_it(tab):
    assert [row.share for row in tab.list.proposals.rows] == [2 / 5, 2 / 5, 2 / 5]


def test_themes_are_saved_as_a_table_without_those_that_were_dismissed(tab, open_page, tmp_path, monkeypatch):
    path = tmp_path / "themes.csv"
    monkeypatch.setattr(choose, "save_file", lambda *_args: path)
    labels = [theme.label for theme in tab.suggestions]
    QTest.keyClick(tab.list, Qt.Key.Key_R)
    menu = tab.taking.menu()
    menu.actions()[-1].setChecked(False)
    menu.actions()[2].trigger()
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == len(labels) and not any(labels[0] in row for row in rows)
    assert "Participants (out of" in rows[0]
    assert open_page.ask(lambda p: p.history.trail(1))[0].kind == "export-answer"


def test_how_far_all_of_it_can_be_trusted_stands_over_the_list(tab):
    assert (
        tab.trust.text() == "Fairly steady: other looks at the talk find partly the same themes (stability 0.50 of 1)."
    )
    tab.how.click()
    assert "still rises at 4" in tab.board.explained.text()


def test_a_theme_of_one_transcript_says_so(tab):
    shown = {}
    for row in range(3):
        tab.list.setCurrentIndex(tab.list.proposals.index(row))
        theme = tab.current()
        sources = {tab.found.units[n].source for n in theme.units}
        shown[theme.label] = len(sources) == 1
        assert (tab.detail.facts.place.text() == "All of it was said in one transcript.") == (len(sources) == 1)
    assert set(shown.values()) <= {True, False}


def test_the_passage_that_one_is_at_is_taken_where_none_is_ticked(tab, open_page):
    tab.detail.set_parent_code(tab.standing.tree.get("What unites").id)
    tab.detail.list.setFocus()
    tab.detail.list.choose_first()
    QTest.keyClick(tab.detail.list, Key.Key_A)
    assert open_page.said == [("Accepted 1 suggested passage as “Park”", True)]


def test_another_value_of_an_attribute_is_told_and_taken_in(tab, open_page):
    assert not tab.banner.isVisible()
    open_page.do(lambda p: p.sources.set_attribute(p.sources.get("Women").id, "place", "Somewhere else"))
    assert tab.banner.isVisible() and "sources or the people has changed" in tab.banner.message.text()
    tab.start()
    assert not tab.banner.isVisible()


def test_another_project_forgets_the_suggestions(tab, open_page):
    open_page.runner.close()
    assert titles(tab) == []
