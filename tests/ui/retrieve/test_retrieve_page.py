"""Retrieve: from a query to its passages, from a passage to its place, and back by undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from cohesion_qda.base.errors import BadInput
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.query import Having, Query, Term
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.ui import choose
from cohesion_qda.ui.retrieve.cards import Heading
from cohesion_qda.ui.retrieve.look import PAGE, counted
from cohesion_qda.ui.retrieve.page import RetrievePage
from cohesion_qda.ui.retrieve.paint import CARD_ROLE, SIDE
from cohesion_qda.ui.retrieve.picker import CODE_ROLE


@pytest.fixture
def page(open_page) -> RetrievePage:
    return open_page(RetrievePage)


@pytest.fixture
def spaces(page) -> RetrievePage:
    page.choose_code(code_id(page, "Public spaces"))
    return page


def code_id(page: RetrievePage, name: str) -> CodeId:
    return next(code.id for code in page.found.tree if code.name == name)


def quotes(page: RetrievePage) -> list[str]:
    return [card.quote for card in page.list.cards.cards()]


def headings(page: RetrievePage) -> list[str]:
    rows = [page.list.cards.index(n).data(CARD_ROLE) for n in range(page.list.cards.rowCount())]
    return [row.title for row in rows if isinstance(row, Heading)]


def chips(page: RetrievePage) -> list[str]:
    return [chip.text() for chip in page.query_bar.chips()]


def menu() -> QMenu:
    """The menu that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def take(words: str) -> None:
    """Choose an entry of the open menu with the keyboard."""
    opened = menu()
    action = next(action for action in opened.actions() if action.text().partition("\t")[0] == words)
    opened.setActiveAction(action)
    QTest.keyClick(opened, Qt.Key.Key_Return)


def chooses(page: RetrievePage, typed: str) -> None:
    """Type the beginning of a code in the list that is open, Enter."""
    QTest.keyClicks(page.query_bar.popup.field, typed)
    QTest.keyClick(page.query_bar.popup.field, Qt.Key.Key_Return)


# -- showing -----------------------------------------------------------------------------------------------------------


def test_at_first_everything_that_is_coded_is_shown_with_its_denominators(page):
    assert page.header.title.text() == "Whatever is coded"
    assert page.header.meta.text() == "4 mentions in 5 passages  ·  4 of 5 people  ·  2 of 2 groups"
    assert headings(page) == ["Women", "Young people"]
    assert chips(page) == [] and page.query_bar.add_chip.text() == "Choose a code"


def test_a_code_shows_its_passages(spaces):
    assert spaces.header.title.text() == "Public spaces"
    assert spaces.header.meta.text() == "2 passages  ·  2 of 5 people  ·  2 of 2 groups"
    assert quotes(spaces) == ["the park. Everybody is in the park", "the park is locked at four"]
    assert chips(spaces) == ["“Public spaces”"]


def test_a_question_shows_its_branch_with_a_chip_on_each_passage(page):
    page.choose_code(code_id(page, "What divides"))
    cards = page.list.cards.cards()
    assert [card.code.name for card in cards] == ["Cuts", "Cuts"]
    assert all(card.is_chipped for card in cards)
    assert chips(page) == ["“What divides” with the codes under it"]
    QTest.keyClick(page.query_bar.terms[0], Qt.Key.Key_Space)
    take("With the codes under it")
    assert quotes(page) == []
    assert page.empty.isVisibleTo(page)


def test_nothing_coded_yet_says_what_to_do(page, open_page):
    open_page.uncode()
    assert page.empty.sentence.text() == "No passages coded yet. Select some words and press C."
    page.empty.button.click()
    assert open_page.went == ["read"]


# -- the query, with keys ------------------------------------------------------------------------------------------------


def test_a_query_is_put_together_from_the_keyboard(page):
    QTest.keyClick(page.query_bar.add_chip, Qt.Key.Key_Space)
    chooses(page, "public")
    QTest.keyClick(page.query_bar.add_chip, Qt.Key.Key_Space)
    chooses(page, "cut")
    assert chips(page) == ["“Public spaces”", "overlapping", "“Cuts”"]
    assert page.header.title.text() == "“Public spaces”, overlapping “Cuts”"
    assert quotes(page) == ["the park is locked at four"]
    (card,) = page.list.cards.cards()
    assert [look.name for look in (card.code, *card.also)] == ["Public spaces", "Cuts"]
    assert "coded as Public spaces, Cuts" in card.told()
    QTest.keyClick(page.query_bar.joiners[0], Qt.Key.Key_Space)
    take("not")
    assert quotes(page) == ["the park. Everybody is in the park"]
    QTest.keyClick(page.query_bar.joiners[0], Qt.Key.Key_Space)
    take("near, within 2 turns")
    assert quotes(page) == ["the park is locked at four"]
    assert page.wish.query.terms[1].turns == 2
    QTest.keyClick(page.query_bar.terms[1], Qt.Key.Key_Delete)
    assert chips(page) == ["“Public spaces”"]


def test_the_focus_stays_in_the_bar_while_the_query_changes(page):
    page.choose_code(code_id(page, "Public spaces"))
    page.query_bar.terms[0].setFocus()
    QTest.keyClick(page.query_bar.terms[0], Qt.Key.Key_Delete)
    assert page.query_bar.add_chip.hasFocus()


def test_another_code_takes_the_place_of_one(spaces):
    QTest.keyClick(spaces.query_bar.terms[0], Qt.Key.Key_Space)
    take("Another code …")
    chooses(spaces, "food")
    assert chips(spaces) == ["“Food”"]
    QTest.keyClick(spaces.query_bar.terms[0], Qt.Key.Key_Space)
    take("Take it out")
    assert chips(spaces) == []


def test_a_code_that_was_deleted_is_said_and_undo_brings_it_back(spaces, open_page):
    code = code_id(spaces, "Public spaces")
    open_page.do(lambda p: p.codebook.delete(code))
    assert quotes(spaces) == []
    assert spaces.missing.isVisibleTo(spaces)
    assert (
        spaces.missing.text() == "The code “What unites/Public spaces” is no longer in the codebook: it finds nothing."
    )
    assert spaces.wish.query.terms[0].code == code, "the query is as it was"
    assert spaces.empty.sentence.text() == (
        "A code that was deleted finds nothing. Take it out of the query, or undo to bring it back."
    )
    assert not spaces.empty.button.isVisibleTo(spaces)
    open_page.runner.undo()
    assert len(quotes(spaces)) == 2 and not spaces.missing.isVisibleTo(spaces)


# -- filters -------------------------------------------------------------------------------------------------------------


def test_filters_narrow_the_passages_and_their_denominators(spaces):
    query = spaces.wish.query
    spaces.ask_for(query.with_values("source", "place", ("Batley",)))
    assert quotes(spaces) == ["the park is locked at four"]
    assert spaces.header.meta.text() == "1 passage  ·  1 of 2 people  ·  1 of 1 group"
    spaces.ask_for(query.with_values("participant", "age", ("over 60",)))
    assert quotes(spaces) == ["the park. Everybody is in the park"]
    (chip,) = spaces.narrowing.chips.values()
    assert chip.text() == "age of people: over 60" and chip.is_on
    chip.cleared.emit()
    assert len(quotes(spaces)) == 2


def test_a_filter_is_ticked_with_keys(page):
    page.narrowing.open_menu()
    entries = [action.text() for action in menu().actions()]
    assert entries == ["People and groups", "Place", "Age", "Source", "Coder", "Weight"]
    take("Age")
    popup = page.narrowing.popup
    QTest.keyClicks(popup.field, "over")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert page.wish.query.having == (Having("participant", "age", ("over 60",)),)
    page.narrowing.open_ticks(("cases",))
    QTest.keyClicks(popup.field, "Carol")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert page.wish.query.cases[0][1] == "Carol"
    assert page.narrowing.clear_chip.isVisibleTo(page)
    page.narrowing.clear_chip.click()
    assert page.wish.query == Query()


def test_escape_gives_up_what_was_ticked(page):
    page.narrowing.open_ticks(("coders",))
    QTest.keyClick(page.narrowing.popup.field, Qt.Key.Key_Space)
    QTest.keyClick(page.narrowing.popup.field, Qt.Key.Key_Escape)
    assert page.wish.query == Query()


def test_filtering_by_an_attribute_of_sources_and_of_people_says_whose(page, open_page):
    open_page.do(lambda p: p.sources.set_attribute(p.sources.get("Women").id, "age", "mixed"))
    QTest.qWait(0)
    page.narrowing.open_menu()
    assert [a.text() for a in menu().actions()][1:4] == ["Place", "Age of sources", "Age of people"]
    menu().close()
    page.narrowing.open_ticks(("having", "participant", "age"))
    assert [item.words for item in page.narrowing.popup.rows._rows] == ["over 60", "under 60"]


def test_while_others_are_hidden_only_ones_own_codings_are_found(page, open_page):
    open_page.runner.is_blind = True
    page.entered()
    assert len(quotes(page)) == 4 and "The youth club closed" not in quotes(page), "Asha is coding"
    page.narrowing.open_menu()
    assert "Coder" not in [action.text() for action in menu().actions()]
    menu().close()
    open_page.uncode("Women", "Young people")
    open_page.do(lambda p: p.use_coder("Asha"))
    page.entered()
    assert page.empty.sentence.text() == "Nothing that you coded fits; others’ codings are hidden."
    assert page.empty.button.isVisibleTo(page)


# -- order and groups ------------------------------------------------------------------------------------------------------


def test_passages_are_grouped_and_sorted(spaces):
    assert headings(spaces) == ["Women", "Young people"]
    spaces.set_group("speaker")
    assert headings(spaces) == ["Carol", "Dev"]
    spaces.group_chip.click()
    assert [a.text() for a in menu().actions()][:6] == [
        "By source", "By speaker", "By code", "In one list", "By place", "By age",
    ]  # fmt: skip
    take("By age")
    assert headings(spaces) == ["over 60", "under 60"]
    spaces.set_group("")
    assert headings(spaces) == []
    spaces.order_chip.click()
    take("Newest first")
    assert quotes(spaces) == ["the park is locked at four", "the park. Everybody is in the park"]


def test_more_passages_are_read_when_the_list_asks(page, open_page):
    def code_much(project):
        source = project.sources.get("Women").id
        text = project.sources.reading(source).text
        code = project.codebook.tree().get("Food").id
        with project._session.act("import-codings", n=PAGE) as action:
            for start in range(PAGE + 5):
                project.codings.apply_inside(source, Span(start, len(text) - 5), [code])
        return action.change

    open_page.do(code_much)
    page.choose_code(code_id(page, "Food"))
    assert len(page.list.cards.cards()) == PAGE
    assert page.header.meta.text().startswith("1 mention in 66 passages")
    page.list.cards.fetchMore()
    assert len(page.list.cards.cards()) == PAGE + 6 and not page.list.cards.canFetchMore()


def test_the_place_in_the_list_is_kept_when_others_code(spaces, open_page):
    second = spaces.list.cards.cards()[1]
    spaces.list.setCurrentIndex(spaces.list.cards.index(spaces.list.cards.row_of(second.key)))
    open_page.do(lambda p: p.codings.apply(second.source, second.span, [code_id(spaces, "Food")]))
    assert spaces.list.current_card().key == second.key


# -- what can be done with a passage -----------------------------------------------------------------------------------------


def test_enter_the_link_and_a_double_click_read_in_context(spaces, open_page):
    spaces.list.setFocus()
    card = spaces.list.current_card()
    QTest.keyClick(spaces.list, Qt.Key.Key_Return)
    index = spaces.list.currentIndex()
    parts = spaces.list.itemDelegate().geometry(card, spaces.list.width() - 2 * SIDE)
    corner = spaces.list.visualRect(index).topLeft() + QPoint(SIDE, 0)
    QTest.mouseClick(spaces.list.viewport(), Qt.MouseButton.LeftButton, pos=corner + parts.link.center().toPoint())
    QTest.mouseDClick(spaces.list.viewport(), Qt.MouseButton.LeftButton, pos=corner + parts.quote.center().toPoint())
    assert open_page.read == [(card.source, card.span)] * 3


def test_delete_takes_the_code_off_and_undo_brings_it_back(spaces, open_page):
    QTest.keyClick(spaces.list, Qt.Key.Key_Delete)
    assert quotes(spaces) == ["the park is locked at four"]
    assert open_page.said == [("Removed “Public spaces” from a passage of “Women”", True)]
    assert spaces.list.current_card().quote == "the park is locked at four"
    open_page.runner.undo()
    assert quotes(spaces) == ["the park. Everybody is in the park", "the park is locked at four"]


def test_others_codings_are_not_taken_away(page, open_page):
    page.ask_for(Query(coders=("Ben",)))
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    (problem,) = open_page.runner.problems
    assert isinstance(problem, BadInput)
    open_page.runner.problems.clear()
    assert quotes(page) == ["The youth club closed"]


def test_recoding_memo_and_example_by_letters(page, open_page):
    open_page.do(lambda p: p.use_coder("Ben"))
    page.ask_for(Query((Term(code_id(page, "Cuts")),), coders=("Ben",)))
    QTest.keyClick(page.list, Qt.Key.Key_E)
    cuts = code_id(page, "Cuts")
    assert "The youth club closed" in open_page.ask(lambda p: p.codebook.tree()[cuts].example)
    QTest.keyClick(page.list, Qt.Key.Key_R)
    QTest.keyClicks(page.acts.popup.field, "class")
    QTest.keyClick(page.acts.popup.field, Qt.Key.Key_Return)
    assert quotes(page) == []
    assert open_page.ask(lambda p: [q.quote for q in p.codings.retrieve(p.codebook.tree().get("Class").id)]) == [
        "The youth club closed"
    ]


def test_recoding_offers_what_one_codes_with_found_as_in_the_room(page, open_page):
    open_page.do(lambda p: p.codebook.set_aside([p.codebook.tree().get("Food").id], True))
    page.ask_for(Query((Term(code_id(page, "Public spaces")),)))
    QTest.keyClick(page.list, Qt.Key.Key_R)
    popup = page.acts.popup
    assert offered(popup.rows) == {
        "What unites": False, "Public spaces": True, "What divides": False, "Cuts": True, "Class": True,
    }  # fmt: skip
    popup._take(popup.rows.index(0))
    assert popup.isVisible(), "a heading cannot be chosen"
    QTest.keyClick(popup.field, Qt.Key.Key_Home)
    for key, name in ((Qt.Key.Key_Down, "Cuts"), (Qt.Key.Key_PageDown, "Class"), (Qt.Key.Key_PageUp, "Public spaces")):
        QTest.keyClick(popup.field, key)
        assert popup.list.currentIndex().data() == name
    QTest.keyClicks(popup.field, "psp")
    assert offered(popup.rows) == {"Public spaces": True}
    assert popup.rows.above(popup.list.currentIndex().data(CODE_ROLE)) == "What unites"
    popup.field.setText("c")
    assert list(offered(popup.rows))[:2] == ["Cuts", "Class"], "what is used more comes first"
    assert not popup.grab().isNull()
    popup.hide()
    page.query_bar.add_term()
    assert "Food" in offered(page.query_bar.popup.rows), "what is set aside can be asked for"


def offered(rows) -> dict[str, bool]:
    """The codes in a list, and whether they can be chosen."""
    return {
        rows.index(n).data(): bool(rows.index(n).flags() & Qt.ItemFlag.ItemIsEnabled) for n in range(rows.rowCount())
    }


def test_the_weight_and_the_memos_of_a_passage_are_told(page, open_page):
    def weigh(project):
        (coding,) = [c.coding.id for c in project.codings.retrieve(coder="Ben")]
        project.memos.add("coding", coding, "Strong words")
        return project.codings.set_weight([coding], 80)

    open_page.do(lambda p: p.use_coder("Ben"))
    open_page.do(weigh)
    page.ask_for(Query(weight=75))
    assert [card.extra for card in page.list.cards.cards()] == ["weight 80, 1 memo"]
    assert next(iter(page.narrowing.chips.values())).text() == "Weight: at least 75"


def test_copying_gives_a_quotation_with_speaker_and_source(spaces, open_page):
    spaces.list.setFocus()
    spaces.list.selectAll()
    QTest.keySequence(spaces.list, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == (
        "“the park. Everybody is in the park” (Carol, Women, turn 3)\n"
        "“the park is locked at four” (Dev, Young people, turn 3)"
    )
    assert open_page.said == [("Copied 2 quotations", False)]


# -- saving and exporting ------------------------------------------------------------------------------------------------------


def test_a_query_is_saved_changed_renamed_and_deleted(spaces, open_page, monkeypatch):
    names = iter(["Parks", "Green places"])
    monkeypatch.setattr(choose, "line", lambda *_args: next(names))
    spaces.saved.save_as()
    assert open_page.said.pop() == ("Saved the query “Parks”", True)
    assert spaces.saved.chip.text() == "Parks"
    spaces.ask_for(
        spaces.wish.query.joined(Term(code_id(spaces, "Cuts"), joiner="overlapping", path="What divides/Cuts"))
    )
    assert spaces.saved.chip.text() == "Parks, changed"
    spaces.saved.open_menu()
    take("Save the changes to “Parks”")
    assert open_page.said.pop() == ("Changed the saved query “Parks”", True)
    spaces.saved.open_menu()
    take("Rename “Parks” …")
    assert spaces.saved.chip.text() == "Green places"
    spaces.ask_for(Query())
    spaces.saved.open_menu()
    take("Green places")
    assert quotes(spaces) == ["the park is locked at four"]
    spaces.saved.open_menu()
    take("Delete “Green places”")
    assert spaces.saved.chip.text() == "Saved queries"
    open_page.runner.undo()
    assert spaces.saved.chip.text() == "Green places", "what was deleted comes back"


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".html"])
def test_what_fits_is_exported_to_a_file(spaces, open_page, monkeypatch, tmp_path: Path, ending: str):
    target = tmp_path / f"parks{ending}"
    monkeypatch.setattr(choose, "save_file", lambda *_args: target)
    spaces.export()
    assert target.stat().st_size > 500
    ((said, is_trouble),) = open_page.said
    assert said.startswith(f"Wrote parks{ending}. Only 2 participants of the study speak in “") and not is_trouble
    assert open_page.ask(lambda p: p.history.trail(1)[0].kind) == "export-passages"


def test_with_nothing_found_there_is_nothing_to_export(page, open_page):
    page.choose_code(code_id(page, "Class"))
    assert not page.export_button.isEnabled()
    page.export()
    assert open_page.said == []


def test_the_counts_in_words():
    assert counted(3, Count(2, 1, 0), Count(9, 4, 0)) == "2 mentions in 3 passages  ·  1 of 4 people"
