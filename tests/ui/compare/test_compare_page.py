"""Compare: everything is asked and read on one page, and every number opens its passages, by mouse and by key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.asked import KINDS, Asked
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import ActionId
from cohesion_qda.model.query import Having
from cohesion_qda.project import Project
from cohesion_qda.ui import choose
from cohesion_qda.ui.blind import blind
from cohesion_qda.ui.compare.choices import CHIPS
from cohesion_qda.ui.compare.kinds import kinds
from cohesion_qda.ui.compare.model import LABEL
from cohesion_qda.ui.compare.page import ComparePage


@pytest.fixture
def page(open_page) -> ComparePage:
    return open_page(ComparePage)


def cells(page: ComparePage) -> dict[str, list[str]]:
    """The rows of codes, without the foot."""
    model = page.table.answer
    return {
        line.label: [model.index(row, column).data() for column in range(1, model.columnCount())]
        for row, line in enumerate(model.lines)
    }


def heads(page: ComparePage) -> list[str]:
    model = page.table.answer
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(1, model.columnCount())]


def go(page: ComparePage, row: int, column: int) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.answer.index(row, column))


def chips(page: ComparePage) -> dict[str, str]:
    return {key: chip.text() for key, chip in page.bar.chips.items() if isinstance(key, str)}


# -- asking ---------------------------------------------------------------------------------------------------------------


def test_a_study_is_asked_first_which_codes_came_up_where(page: ComparePage) -> None:
    assert page.asked == Asked("crosstab", by=("place",))
    assert page.header.title.text() == "Codes by place"
    assert page.header.meta.text() == "2 groups  ·  5 people  ·  3 of 4 codes used"
    assert heads(page) == ["Batley, 2 participants", "Dewsbury, 3 participants", "All, 5 participants"]
    assert cells(page) == {
        "Public spaces": ["1 of 2", "1 of 3", "2 of 5"],
        "Food": ["0 of 2", "1 of 3", "1 of 5"],
        "Cuts": ["2 of 2", "0 of 3", "2 of 5"],
    }


def test_a_group_nobody_has_read_yet_is_named_in_the_totals(page, open_page) -> None:
    open_page.do(lambda p: p.codings.remove([c.id for c in p.codings.of_source(p.sources.get("Women").id)]))
    assert page.header.meta.text().startswith("2 groups (1 not read yet)")


def test_the_rail_offers_every_kind_in_plain_words(page: ComparePage) -> None:
    rail = page.rail.kinds.lines
    assert {row.kind for row in rail.rows} == set(KINDS) == {row.kind for row in kinds()}
    assert all(len(row.line.split()) >= 4 for row in kinds())
    assert (
        rail.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Crosstab. Which codes came up where, and with whom"
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "framework"])
def test_every_kind_answers_on_the_page(page: ComparePage, kind: str) -> None:
    """By the arrow keys on the rail, as a person goes through them."""
    page.rail.kinds.setFocus()
    row = next(n for n, words in enumerate(kinds()) if words.kind == kind)
    page.rail.kinds.setCurrentIndex(page.rail.kinds.lines.index(row))
    assert page.asked.kind == kind
    assert page.found.trouble is None
    assert page.result.isVisible(), page.empty.sentence.text()
    for n, part in enumerate(page.found.answer.parts):
        page.result.tabs.tabs.setCurrentIndex(n)
        assert page.result.part == part
        for name in part.figures:
            page.result.choose_figure(name)
            assert page.result.picture.figure.drawing is not None or page.result.picture.nothing.text()


def test_another_kind_keeps_what_is_narrowed(page: ComparePage) -> None:
    page.ask_for(Asked("crosstab", by=("place",), branch=True, where=(Having("source", "place", ("Batley",)),)))
    page.ask_kind("frequencies")
    assert (page.asked.branch, page.asked.where) == (True, (Having("source", "place", ("Batley",)),))
    page.ask_kind("agreement")
    assert page.asked.coders == ("Asha", "Ben")
    page.ask_kind("crosstab")
    assert page.asked.coders == ()


def test_other_units_attributes_coders_and_questions(page: ComparePage) -> None:
    page.choose("unit", "mentions")
    assert cells(page)["Public spaces"] == ["1 of 3", "1 of 2", "2 of 5"]
    page.choose("unit", "groups")
    page.choose("by", "age")
    assert heads(page)[0].startswith("over 60")
    page.choose("by", "place")
    page.choose("coders", "Ben")
    assert list(cells(page)) == ["Cuts"]
    assert page.bar.chips["coders"].is_on
    page.bar.chips["coders"].cleared.emit()
    page.bar.choose("codes", page.found.offer.tree.get("What unites").id)
    assert list(cells(page)) == ["Public spaces", "Food"]
    assert chips(page)["codes"] == "What unites"
    page.bar.choose("codes", "all")
    assert len(cells(page)) == 3


def test_nested_two_deep_and_shares(page: ComparePage) -> None:
    page.choose("then", "age")
    assert page.header.title.text() == "Codes by place, and within it by age"
    assert any(head.startswith("Batley, ") for head in heads(page))
    page.choose("then", "")
    page.choose("share", "column")
    assert "50% of 2" in cells(page)["Public spaces"]


def test_a_filter_takes_several_values_in_natural_order(page, open_page) -> None:
    def rounds(project: Project) -> Change:
        for n, source in enumerate(project.sources.list()):
            change = project.sources.set_attribute(source.id, "round", ("10", "9")[n])
        return change

    open_page.do(rounds)
    page.bar.open_filters()
    menu = page.bar.findChildren(QMenu)[-1]
    assert {"Place", "Age", "Round"} <= {action.text() for action in menu.actions()}
    next(action for action in menu.actions() if action.text() == "Round").trigger()
    menu.close()
    rows = page.bar.popup.rows
    assert [rows.index(n).data() for n in range(rows.rowCount())] == ["9", "10"]
    rows.toggle(0)
    rows.toggle(1)
    page.bar.popup.hide()
    assert page.asked.where == (Having("source", "round", ("9", "10")),)
    chip = page.bar.chips["where", "source", "round"]
    assert chip.text() == "Round: 9 or 10"
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert page.asked.where == ()


def test_a_filter_narrows_every_number_and_is_seen(page: ComparePage) -> None:
    page.ask_for(Asked("frequencies", where=(Having("source", "place", ("Batley",)),)))
    assert cells(page)["Cuts"][0] == "2 of 2"
    assert page.bar.chips["where", "source", "place"].text() == "Place: Batley"


def test_an_attribute_of_sources_and_of_people_is_told_apart_everywhere(page, open_page) -> None:
    def know(project: Project) -> Change:
        for n, source in enumerate(project.sources.list()):
            change = project.sources.set_attribute(source.id, "age", ("mixed", "young")[n])
        return change

    open_page.do(know)
    QTest.mouseClick(page.bar.chips["by"], Qt.MouseButton.LeftButton)
    menu = page.bar.findChildren(QMenu)[-1]
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == [
        "Whole study", "Of sources", "Place", "Age of sources", "Of people", "Age of people",
    ]  # fmt: skip
    titles = [a for a in menu.actions() if a.text().startswith("Of ")]
    assert not any(title.isEnabled() or title.isSeparator() for title in titles), "words that are seen, not an entry"
    menu.actions()[-1].trigger()
    menu.close()
    assert page.asked.by == ("age of people",)
    assert chips(page)["by"].strip() == "By age of people"
    assert heads(page)[0].startswith("over 60")
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.result.drawer.isVisible()
    page.choose("by", "age of sources")
    assert heads(page)[0].startswith("mixed")
    assert not page.result.drawer.isVisible(), "the value whose passages were open has no column now"


def test_what_is_asked_for_and_no_longer_there_is_said_and_comes_back_with_an_undo(page, open_page) -> None:
    tree = page.found.offer.tree
    food, cuts = tree.get("Food").id, tree.get("Cuts").id
    page.ask_for(Asked("crosstab", codes=(food, cuts), by=("place", "age")))
    open_page.do(lambda p: p.codebook.delete(food))
    assert [line.label for line in page.result.answer.parts[0].lines] == ["Cuts"]
    assert "Food” is no longer there, and was left out." in page.result.notes.label.text()
    assert page.bar.chips["codes"].text() == "1 code"
    open_page.do(lambda p: p.codebook.delete(cuts))
    assert page.result.answer is None
    assert "Food”, which this answer was about, is no longer there." in page.empty.sentence.text()
    for _act in range(2):
        open_page.do(lambda p: p.history.undo())
    assert [line.label for line in page.result.answer.parts[0].lines] == ["Food", "Cuts"]
    open_page.do(lambda p: p.attributes.remove_column("source", "place"))
    assert "“place” is no longer there, and was left out." in page.result.notes.label.text()
    open_page.do(lambda p: p.attributes.remove_column("participant", "age"))
    assert "nothing to compare by" in page.empty.sentence.text()


def test_a_code_that_is_gone_is_told_in_the_framework_matrix_too(page, open_page) -> None:
    tree = page.found.offer.tree
    food, cuts = tree.get("Food").id, tree.get("Cuts").id
    page.ask_for(Asked("framework", codes=(food, cuts)))
    open_page.do(lambda p: p.codebook.delete(food))
    view = page._views["framework"]
    assert view.isVisible() and view.grid.table.name(view.grid.table.columnCount() - 1) == "Cuts"
    assert view.meta.text().endswith("Food” is no longer there, and was left out.")
    open_page.do(lambda p: p.codebook.delete(cuts))
    assert not view.isVisible() and "is no longer there." in page.empty.sentence.text()


def test_the_framework_matrix_is_not_shown_while_others_codings_are_hidden(page, open_page) -> None:
    open_page.runner.changed.disconnect(page.on_change)
    open_page.runner.changed.connect(lambda change: (page.look_again(), page.on_change(change)))  # as the window does
    page.ask_kind("framework")
    view = page._views["framework"]
    view.cell.body.setPlainText("Half a sentence")
    blind(open_page.runner, Settings()).set(True)
    assert not view.isVisible() and view.cell.body.toPlainText() == ""
    assert "say what others coded" in page.empty.sentence.text()
    blind(open_page.runner, Settings()).set(False)
    assert view.isVisible()
    assert [one.body for one in view.grid.table.matrix.summaries.of.values()] == ["Half a sentence"]


# -- evidence -------------------------------------------------------------------------------------------------------------


def test_enter_opens_the_evidence_and_escape_goes_back_to_the_number(page, open_page) -> None:
    drawer = page.result.drawer
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert drawer.isVisible()
    assert drawer.title.text() == "Public spaces, Batley"
    assert drawer.meta.text() == "1 of 2 participants  ·  1 passage"
    drawer.list.setFocus()
    drawer.list.choose_first()
    QTest.keyClick(drawer.list, Qt.Key.Key_Return)
    assert len(open_page.read) == 1
    QTest.keyClick(drawer.list, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert page.table.hasFocus()
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (0, 1)


def test_arrows_move_and_an_open_drawer_follows(page: ComparePage) -> None:
    drawer = page.result.drawer
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert drawer.title.text() == "Food, Batley"
    assert drawer.nothing.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert drawer.title.text() == "Food, Dewsbury"
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().column() == LABEL


def test_a_click_opens_a_cell_and_a_mark_of_the_figure_the_same_cell(page: ComparePage) -> None:
    spot = page.table.visualRect(page.table.answer.index(2, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.result.drawer.title.text() == "Cuts, Batley"
    page.result.close_drawer()
    page.result.choose_look("figure")
    figure = page.result.picture.figure
    wanted = next(one for one in figure.spots if one.said.startswith("Cuts, Batley"))
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=figure.place_of(wanted).center().toPoint())
    assert page.result.drawer.title.text() == "Cuts, Batley"
    QTest.keyClick(figure, Qt.Key.Key_Escape)
    assert not page.result.drawer.isVisible()


def test_counts_follow_what_is_coded_and_the_cell_stays(page, open_page) -> None:
    go(page, 0, 2)
    page.result.open_key(page.table.current_key(), "counts")
    card = page.result.drawer.list.cards.cards()[0]
    open_page.do(lambda p: p.codings.apply(card.source, card.span, [p.codebook.tree().get("Class").id]))
    assert cells(page)["Class"] == ["0 of 2", "1 of 3", "1 of 5"]
    assert page.table.answer.line(page.table.currentIndex().row()).label == "Public spaces"
    assert page.result.drawer.title.text() == "Public spaces, Dewsbury"


def test_the_code_of_a_number_is_shown_in_retrieve(page: ComparePage, qtbot) -> None:
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.show_code, timeout=500) as shown:
        page.result.drawer.all_button.click()
    assert shown.args == [page.found.offer.tree.get("Public spaces").id]


# -- looks ----------------------------------------------------------------------------------------------------------------


def test_codes_not_used_yet_can_be_shown(page: ComparePage) -> None:
    assert page.result.more.text() == "Show 1 code not used yet"
    page.result.more.click()
    assert cells(page)["Class"] == ["0 of 2", "0 of 3", "0 of 5"]
    assert page.result.more.text() == "Hide 1 code not used yet"


def test_s_sorts_by_the_column_then_the_other_way_then_as_in_the_codebook(page: ComparePage) -> None:
    go(page, 0, 1)
    given = list(cells(page))
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert next(iter(cells(page))) == "Cuts"
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert list(cells(page))[-1] == "Cuts"
    QTest.keyClick(page.table, Qt.Key.Key_S)
    assert list(cells(page)) == given


def test_what_is_sorted_by_a_column_that_goes_is_as_the_answer_has_it(page: ComparePage) -> None:
    go(page, 0, 2)
    QTest.keyClick(page.table, Qt.Key.Key_S)
    page.choose("unit", "groups")
    assert page.table.answer.order == (1, True), "another number of the same place"
    page.choose("then", "age")
    assert page.table.answer.order is None, "no column is called so now"
    page.choose("then")
    assert page.table.answer.order == (1, True)


def test_the_tab_key_goes_through_the_chips_as_they_are_read(page: ComparePage) -> None:
    page.ask_kind("saturation")
    page.ask_kind("cooccurrence")
    found, chip = [], page.bar.chips["how"]
    while chip is not page.bar.filter_chip:
        found.append(chip)
        chip = chip.nextInFocusChain()
    read = [page.bar.chips[key] for key in CHIPS["cooccurrence"] if key in page.bar.chips]
    assert [one for one in found if one in read] == read


def test_who_coded_is_told_where_several_did(page: ComparePage) -> None:
    page.ask_kind("frequencies")
    model = page.table.answer
    rows = {line.label: row for row, line in enumerate(model.lines)}
    page.table.opened.emit(model.index(rows["Cuts"], 1))
    assert sorted(card.coder for card in page.result.drawer.list.cards.cards()) == ["Asha", "Ben"]
    page.table.opened.emit(model.index(rows["Food"], 1))
    assert {card.coder for card in page.result.drawer.list.cards.cards()} == {""}


def test_a_figure_gets_the_width_it_takes_or_the_table_stands_alone(page: ComparePage, monkeypatch) -> None:
    from cohesion_qda.report import figuring

    figure, wide = figuring.figure, 330.0
    monkeypatch.setattr(
        figuring, "figure", lambda *a, width: replace(figure(*a, width=width), width=max(wide, width * 72))
    )
    page.resize(1300, 836)
    page.ask_kind("frequencies")
    result = page.result
    assert result.shown_look() == "both" and result.picture.need == 0
    assert result.picture.figure.width() <= result.picture.viewport().width() + 1, "nothing of it is cut"
    wide = 800.0
    page.choose("unit", "mentions")
    assert result.shown_look() != "both"


def test_the_figure_says_what_the_numbers_say(page: ComparePage) -> None:
    page.ask_kind("frequencies")
    drawing = page.result.picture.figure.drawing
    assert drawing.title == page.result.part.headline
    assert page.result.picture.figure.accessibleName() == drawing.title
    assert "2 of 5" in page.result.picture.figure.accessibleDescription()


def test_where_there_is_no_room_the_figure_gives_way_and_can_be_chosen(open_page) -> None:
    page = open_page(ComparePage, 700, 500)
    page.ask_kind("frequencies")
    assert not page.rail.isVisible() and page.bar.kind_chip.isVisible()
    assert page.bar.kind_chip.text() == "Frequencies"
    assert page.result.shown_look() == "table" and page.result.headline.isVisible()
    page.result.choose_look("figure")
    assert page.result.picture.isVisible() and not page.table.isVisible()
    page.open_kinds()
    menu = page.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == "Co-occurrence").trigger()
    menu.close()
    assert page.asked.kind == "cooccurrence"


def test_while_passages_are_open_the_figure_makes_room_for_columns_that_are_cut(page: ComparePage) -> None:
    page.ask_kind("frequencies")
    page.resize(1100, 700)
    page.layout().activate()
    page.result.choose_look("both")
    assert page.result.picture.isVisible()
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    room = page.result.width() - 36 - 28 - 368
    assert page.result.picture.isVisible() is (room >= page.table.whole_width())
    page.result.close_drawer()
    assert page.result.picture.isVisible()


def test_f6_goes_through_rail_chips_table_and_figure(page: ComparePage) -> None:
    areas = page.areas()
    assert areas[:3] == [page.rail.kinds, page.rail.saved, page.bar]
    assert page.table in areas and page.result.picture.figure in areas and page.result.drawer.list in areas


# -- states ---------------------------------------------------------------------------------------------------------------


def test_nothing_coded_yet(page, open_page) -> None:
    open_page.uncode()
    assert page.empty.isVisible()
    page.empty.button.click()
    assert open_page.went == ["read"]
    assert not page.export_button.isVisible()


def test_nothing_to_compare_by_yet(page, open_page) -> None:
    open_page.do(lambda p: p.attributes.remove_column("source", "place"))
    open_page.do(lambda p: p.attributes.remove_column("participant", "age"))
    assert page.empty.sentence.text().startswith("There is nothing to compare by yet.")
    page.empty.button.click()
    assert open_page.went == ["attributes"]
    page.ask_kind("frequencies")
    assert page.result.isVisible()


def test_coders_who_coded_nothing_in_common_are_told_so(page, open_page) -> None:
    open_page.do(lambda p: p.use_coder("Ben"))
    open_page.do(lambda p: p.codings.remove([c.coding.id for c in p.codings.retrieve(coder="Ben")]))
    page.ask_kind("agreement")
    assert "Asha and Ben have all coded" in page.empty.sentence.text()
    assert page.bar.chips["who"].isVisible()


def test_while_others_codings_are_hidden_they_are_in_no_number(page, open_page) -> None:
    page.ask_kind("agreement")
    open_page.runner.is_blind = True
    page.look_again()
    assert page.found is None and page.result.answer is None and page.header.meta.text() == ""
    page.entered()
    assert "cannot be told while others’ codings are hidden" in page.empty.sentence.text()
    page.ask_kind("crosstab")
    assert page.result.isVisible()
    assert "others’ codings are hidden" in page.result.notes.label.text()
    assert "coders" not in page.bar.chips
    open_page.runner.is_blind = False


def test_what_cannot_be_asked_is_told_in_place(page: ComparePage) -> None:
    page.ask_for(Asked("crosstab", by=("place",), where=(Having("source", "place", ("Nowhere",)),)))
    assert page.empty.isVisible() or page.result.isVisible()
    page.ask_for(Asked("crosstab", by=("place",), where=(Having("source", "plaice", ("Batley",)),)))
    assert "plaice" in page.empty.sentence.text()
    assert page.bar.chips["where", "source", "plaice"].isVisible(), "its chip takes it away"


def test_a_slow_answer_says_what_is_going_on(page: ComparePage, monkeypatch) -> None:
    titles = []
    monkeypatch.setattr(page.runner, "ask", lambda _question, _then, *, key, title="": titles.append((key, title)))
    page.ask_kind("saturation")
    assert titles == [((page, "answer"), "Counting")]


def test_what_is_not_said_by_a_count_stands_under_it(page: ComparePage) -> None:
    assert "does not show how strongly they felt" in page.result.notes.label.text()
    page.choose("unit", "mentions")
    assert "One person who talks a lot" in page.result.notes.label.text()


# -- views of their own ---------------------------------------------------------------------------------------------------


def test_the_framework_matrix_has_the_page_to_itself_and_its_keys_in_the_menus(page: ComparePage) -> None:
    actions = [a for entries in page.actions_for_menu().values() for a in entries]
    own = [action for action in actions if action.parent() is not page]
    assert own and not any(action.isEnabled() for action in own)
    page.ask_kind("framework")
    view = page._views["framework"]
    assert view.isVisible() and page.export_button.isVisible() and not page.look_chip.isVisible()
    assert all(action.isEnabled() for action in own)
    assert page.areas()[3:] == view.areas() and page.hints() == view.hints()
    page.copy_table()
    assert QGuiApplication.clipboard().mimeData().hasHtml()
    page.ask_kind("crosstab")
    assert not view.isVisible() and not any(action.isEnabled() for action in own)


def test_the_disagreements_are_read_and_left_again(page: ComparePage, qtbot) -> None:
    assert not page.reader_button.isVisible()
    page.ask_for(Asked("agreement", coders=("Asha", "Ben"), options={"over": "sources"}))
    page.reader_button.click()
    reader = page._views["disagreements"]
    assert reader.isVisible() and not page.result.isVisible()
    page.choose("over", "turns")
    assert reader.isVisible(), "with another choice one goes on reading"
    answered = page.found
    page.on_change(Change(ActionId(1), "settle-not", {"settlement": frozenset({1})}))
    assert page.found is answered, "the table behind is read anew only when it is seen again"
    with qtbot.waitSignal(reader.closed, timeout=500):
        reader.back.click()
    assert page.result.isVisible() and page.table.hasFocus() and page.found is not answered


# -- keeping --------------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_opened_renamed_and_deleted(page, open_page, monkeypatch) -> None:
    names = iter(["By age and place", "Places and ages"])
    monkeypatch.setattr(choose, "line", lambda *_asked: next(names))
    page.choose("then", "age")
    kept = page.asked
    page.save_button.click()
    assert open_page.said[-1][1], "it can be undone"
    assert [saved.name for saved in page.rail.saved.lines.rows] == ["By age and place"]
    page.ask_kind("saturation")
    page.rail.saved.setFocus()
    assert page.asked.kind == "saturation", "the focus alone opens nothing"
    QTest.keyClick(page.rail.saved, Qt.Key.Key_Return)
    assert page.asked == kept
    QTest.keyClick(page.rail.saved, Qt.Key.Key_F2)
    assert [saved.name for saved in page.rail.saved.lines.rows] == ["Places and ages"]
    QTest.keyClick(page.rail.saved, Qt.Key.Key_Delete)
    assert page.rail.none.isVisible()
    open_page.runner.undo()
    assert [saved.name for saved in page.rail.saved.lines.rows] == ["Places and ages"]


def test_many_kept_answers_are_scrolled_to_by_the_keys(page, open_page) -> None:
    page.resize(1100, 500)
    for n in range(12):
        open_page.do(lambda p, n=n: p.answers.save(f"For meeting {n}", Asked("frequencies", branch=bool(n % 2))))
    rail = page.rail
    QTest.qWait(0)  # laid out anew
    assert rail.saved.height() >= rail.saved.high() - 4, "its rows are not scrolled on their own"
    rail.saved.setFocus()
    QTest.keyClick(rail.saved, Qt.Key.Key_End)
    last = rail.saved.visualRect(rail.saved.currentIndex())
    area = rail._area.viewport()
    assert area.rect().contains(rail.saved.viewport().mapTo(area, last.center()))
    assert page.asked.branch


# -- taking it away -------------------------------------------------------------------------------------------------------


def test_the_table_is_copied_as_it_is_seen(page, open_page) -> None:
    go(page, 0, 1)
    QTest.keyClick(page.table, Qt.Key.Key_S)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    rows = [line.split("\t") for line in data.text().splitlines()]
    names = [row[0].rpartition("/")[2] for row in rows]
    assert names.index("Cuts") < names.index("Public spaces")
    assert not any("Class" in name for name in names), "what is folded away is not copied"
    assert "<table" in data.html() and "Public spaces" in data.html()
    assert open_page.said[-1][0] == "Copied a table of 3 rows. It shows numbers under 5: do not publish it as it is."
    for told in ("Study: ", "When: ", "Made with: Cohesion QDA", "Small numbers: No number is hidden."):
        assert told in data.text() and told in data.html()


def test_the_figure_is_copied_as_a_picture_and_as_a_drawing(page, open_page) -> None:
    page.ask_kind("frequencies")
    page.copy_picture()
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("image/svg+xml")).startswith(b"<?xml") or b"<svg" in bytes(data.data("image/svg+xml"))
    assert QImage.fromData(data.data("image/png")).width() > 400
    assert data.hasImage()
    assert open_page.said[-1][0] == "Copied the figure. It shows numbers under 5: do not publish it as it is."
