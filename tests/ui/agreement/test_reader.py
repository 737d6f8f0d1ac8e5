"""The reader of disagreements: what it shows, its keys, who may settle, and what is said where there is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from cohesion_qda.base.settings import Settings
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.agreement.model import codes_of


def rows(reader: Any) -> list[tuple[str, str]]:
    return [(row.code.name, row.settled) for row in reader.list.found.rows]


def ask(reader: Any, question: Any) -> Any:
    answers: list[Any] = []
    reader.runner.ask(question, answers.append)
    return answers[0]


def marked(text: Any) -> list[str]:
    """The words that are marked, stretch by stretch."""
    found, block = [], text.document().begin()
    while block.isValid():
        it = block.begin()
        while not it.atEnd():
            if it.fragment().charFormat().fontUnderline():
                found.append(it.fragment().text())
            it += 1
        block = block.next()
    return found


def press(reader: Any, keys: str) -> None:
    QTest.keyClicks(reader.list, keys)


def as_third(reader: Any) -> Any:
    reader.runner.use_coder("Cem")
    return reader


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_both_are_read_side_by_side(reader: Any) -> None:
    assert [name for name, _settled in rows(reader)] == ["Public spaces", "Public spaces", "Cuts", "Class"]
    assert reader.meta.text() == "4 of 4 places left to settle"
    press(reader, "jj")
    bench = reader.bench
    assert bench.title.text() == "Cuts" and bench.place.text() == "Women, turn 5"
    asha, ben = bench.columns
    assert (asha.name.text(), asha.did.text()) == ("Asha", "used it on 2 words")
    assert (ben.name.text(), ben.did.text()) == ("Ben", "used it on 7 words")
    assert marked(asha.text) == ["The buses."]
    assert marked(ben.text) == ["The buses. Nobody comes down after six."]
    shown = asha.text.toPlainText()
    assert shown.split("\n") == [
        "Moderator", "And what gets in the way?", "Amina", "The buses. Nobody comes down after six.",
        "Joan", "(laughs) That is exactly it.",
    ]  # fmt: skip
    assert asha.text.accessibleName() == "The passage as Asha coded it"


def test_who_did_not_use_the_code_is_told(reader: Any) -> None:
    assert reader.bench.columns[0].did.text() == "did not use the code here"
    assert marked(reader.bench.columns[0].text) == []
    assert marked(reader.bench.columns[1].text) == ["every Eid."]  # after an emoji


def test_the_codes_definition_is_there(reader: Any) -> None:
    code = reader.list.current().found.code
    assert not reader.bench.definition.isVisible() and not reader.bench.brief.isVisible()
    reader.runner.do(lambda p: p.codebook.describe(code, definition="Where people meet", not_when="At home"))
    reader.list.step(1)
    reader.list.step(-1)
    assert reader.bench.definition.text() == "Where people meet\nNot when: At home"
    assert reader.bench.definition.isVisible() and not reader.bench.brief.isVisible()
    reader.resize(1000, 500)
    assert reader.bench.brief.isVisible() and not reader.bench.definition.isVisible()
    assert reader.bench.brief.text() == "Where people meet Not when: At home"


def test_rows_are_told_to_screen_readers(reader: Any) -> None:
    index = reader.list.found.index(2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "What divides/Cuts. Women, turn 5. Not settled"
    assert index.data(Qt.ItemDataRole.DisplayRole) == "Cuts"


def test_the_columns_scroll_together(reader: Any, qtbot: Any) -> None:
    reader.resize(700, 420)
    first, second = (column.text.verticalScrollBar() for column in reader.bench.columns)
    qtbot.waitUntil(lambda: first.maximum() > 0 and first.maximum() == second.maximum())
    first.setValue(first.maximum())
    assert second.value() == second.maximum()


# -- settling ----------------------------------------------------------------------------------------------------------


def test_three_are_settled_and_one_undone(reader: Any) -> None:
    as_third(reader)
    press(reader, "2")  # as Ben
    assert reader.said[-1] == ("Settled that “Public spaces” applies to 2 words of “Women”", True)
    assert [name for name, _s in rows(reader)] == ["Public spaces", "Cuts", "Class"]  # only what is left is shown
    press(reader, "n")
    assert reader.said[-1][0].startswith("Settled that “Public spaces” does not apply")
    press(reader, "b")
    assert reader.meta.text() == "1 of 4 places left to settle"
    reader.runner.undo()
    assert reader.meta.text() == "2 of 4 places left to settle"
    assert [name for name, _s in rows(reader)] == ["Cuts", "Class"]
    found = ask(reader, lambda p: [(x.quote, x.code_path) for x in p.codings.retrieve(coder="Cem")])
    assert found == [("every Eid.", "What unites/Public spaces")]


def test_why_goes_with_it(reader: Any) -> None:
    as_third(reader)
    press(reader, "w")
    assert reader.bench.why.hasFocus()
    QTest.keyClicks(reader.bench.why, "n is a letter here")
    QTest.keyClick(reader.bench.why, Qt.Key.Key_Return)
    assert reader.list.hasFocus()
    press(reader, "n")
    assert reader.bench.why.text() == ""
    reader._filter(open_only=False)
    assert rows(reader)[0] == ("Public spaces", "Settled: it does not apply (Cem)")
    reader.list.setCurrentIndex(reader.list.found.index(0))
    assert reader.bench.became.text() == "Settled: it does not apply (Cem): n is a letter here"


def test_settling_reads_only_what_is_settled_again(reader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compared is as it was, and there may be thousands of it; undoing, or other codings, read it all anew."""
    from cohesion_qda.project.agreement import Agreement

    as_third(reader)
    reader._filter(open_only=False)
    read: list[Asked] = []
    whole = Agreement.disagreements
    monkeypatch.setattr(Agreement, "disagreements", lambda self, asked: read.append(asked) or whole(self, asked))
    press(reader, "n")
    assert rows(reader)[0] == ("Public spaces", "Settled: it does not apply (Cem)") and not read
    press(reader, "k1")
    assert rows(reader)[0][1] != rows(reader)[1][1] and not read
    once = rows(reader)
    reader._reload()
    assert rows(reader) == once
    reader.runner.undo()
    assert len(read) == 2


def test_selected_words_are_settled(reader: Any) -> None:
    as_third(reader)
    text = reader.bench.columns[0].text
    assert not reader.bench.chosen.isEnabled()
    assert reader.bench.chosen.toolTip() == "Select some words in one of the columns first."
    start = text.toPlainText().index("every Eid")  # Python counts the emoji once, Qt twice
    cursor = QTextCursor(text.document())
    cursor.setPosition(start + 1)
    cursor.setPosition(start + 1 + len("every"), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert reader.bench.chosen.isEnabled()
    QTest.keyClicks(text, "s")
    assert ask(reader, lambda p: [x.quote for x in p.codings.retrieve(coder="Cem")]) == ["every"]


def test_what_one_did_not_use_cannot_be_applied_as_theirs(reader: Any) -> None:
    as_third(reader)
    first, second = reader.bench.as_coder
    assert not first.isEnabled() and first.toolTip() == "This coder did not use the code here."
    assert second.isEnabled() and second.text() == "As Ben coded it"
    assert reader.bench.both.toolTip() == "Only one of them used the code here."
    press(reader, "1b")
    assert reader.said == []


def test_all_settled_is_said(reader: Any) -> None:
    as_third(reader)
    press(reader, "nnnn")
    assert reader.pile.currentIndex() == 1
    assert reader.empty.sentence.text() == "All of these are settled."
    reader.empty.button.click()
    assert len(rows(reader)) == 4 and all(settled for _name, settled in rows(reader))
    reader.list.setCurrentIndex(reader.list.found.index(0))
    press(reader, "2")  # settled anew
    assert rows(reader)[0][1] == "Settled: it applies (Cem)"


# -- who settles -------------------------------------------------------------------------------------------------------


def test_who_is_compared_is_offered_another_name(reader: Any) -> None:
    assert reader.banner.isVisible()
    assert reader.banner.message.text() == "You are coding as Asha, who is one of those compared."
    assert not reader.bench.not_here.isEnabled()
    assert reader.bench.not_here.toolTip() == "Who is one of those compared cannot settle this."
    press(reader, "n")
    assert reader.said == []
    assert reader.together.text() == "Settle as “Agreed”"
    reader.together.click()
    assert reader.runner.info.coder == "Agreed" and not reader.banner.isVisible()
    press(reader, "n")
    reader._filter(open_only=False)
    assert rows(reader)[0][1] == "Settled: it does not apply (Agreed)"


def test_whoever_coded_before_codes_again_when_the_reader_is_left(reader: Any) -> None:
    reader.settle_together()
    reader.hide()  # another page
    assert reader.runner.info.coder == "Asha"
    assert reader.said[-1] == ("Asha is coding again", False)
    reader.show()
    assert reader.runner.info.coder == "Agreed"
    heard: list[bool] = []
    reader.closed.connect(lambda: heard.append(True))
    reader.back.click()
    assert heard and reader.runner.info.coder == "Asha"
    reader.hide()
    reader.show()
    assert reader.runner.info.coder == "Asha"


def test_the_name_that_settled_before_is_offered(reader: Any) -> None:
    reader.runner.use_coder("Board of three")
    press(reader, "n")
    reader.runner.use_coder("Ben")
    assert reader.together.text() == "Settle as “Board of three”"


def test_a_project_for_reading_only(reader: Any) -> None:
    reader.runner.info = reader.runner.info._replace(is_read_only=True)
    as_third(reader)
    reader._show()
    assert not reader.banner.isVisible()
    assert reader.bench.not_here.toolTip() == "The project was opened for reading only."


# -- filters, keys, ways out -------------------------------------------------------------------------------------------


def test_one_code_can_be_shown(reader: Any) -> None:
    paths = codes_of(reader._found.rows)
    assert list(paths.values()) == ["What divides/Class", "What divides/Cuts", "What unites/Public spaces"]
    cuts = next(code for code, path in paths.items() if path.endswith("Cuts"))
    reader._filter(code=cuts)
    assert [name for name, _s in rows(reader)] == ["Cuts"]
    assert reader.code_chip.is_on and reader.code_chip.text() == "Cuts"
    QTest.keyClick(reader.code_chip, Qt.Key.Key_Delete)
    assert len(rows(reader)) == 4 and not reader.code_chip.is_on


def test_letters_can_be_switched_off(reader: Any) -> None:
    as_third(reader)
    settings = Settings()
    settings["code_keys"] = False
    reader.use_settings(settings)
    press(reader, "n")
    assert reader.said == [] and reader.hints() == []
    QTest.mouseClick(reader.bench.not_here, Qt.MouseButton.LeftButton)
    assert len(reader.said) == 1


def test_enter_reads_in_context(reader: Any) -> None:
    heard: list[tuple[int, Any]] = []
    reader.open_passage.connect(lambda source, span: heard.append((source, span)))
    QTest.keyClick(reader.list, Qt.Key.Key_Return)
    reader.bench.read_link.click()
    row = reader.list.current()
    assert heard == [(row.found.source, row.found.span)] * 2


def test_keys_and_buttons_go_on(reader: Any) -> None:
    press(reader, "jj")
    assert reader.list.currentIndex().row() == 2
    press(reader, "k")
    reader.bench.previous.click()
    assert reader.list.currentIndex().row() == 0
    reader.bench.next.click()
    assert reader.bench.title.text() == "Public spaces"
    assert reader.areas()[:3] == [reader.list, *(c.text for c in reader.bench.columns)]
    assert [key for key, _what in reader.hints()] == ["J K", "1 2", "B", "S", "N", "W"]


def test_escape_leads_back(reader: Any) -> None:
    heard: list[bool] = []
    reader.closed.connect(lambda: heard.append(True))
    text = reader.bench.columns[0].text
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert reader.list.hasFocus() and not heard
    QTest.keyClick(reader.list, Qt.Key.Key_Escape)
    assert heard == [True]


def test_what_was_written_is_kept_where_settling_fails(reader: Any) -> None:
    """Another program took the codings away meanwhile."""
    as_third(reader)
    reader.runner.changed.disconnect(reader.on_change)
    codings = reader.list.current().found.codings
    reader.runner.use_coder("Ben")
    reader.runner.do(lambda p: p.codings.remove(codings))
    reader.runner.use_coder("Cem")
    reader.bench.why.setText("Both meant it")
    press(reader, "n")
    assert reader.bench.why.text() == "Both meant it" and reader.said == []
    (problem,) = reader.runner.problems
    assert problem.message == "Nobody used “Public spaces” there any more; there is nothing to settle."
    reader.runner.problems.clear()
    assert [name for name, _s in rows(reader)] == ["Public spaces", "Cuts", "Class"]  # read again


# -- where there is nothing --------------------------------------------------------------------------------------------


def test_no_difference_is_said(reader: Any) -> None:
    food = ask(reader, lambda p: p.codebook.tree().get("Food").id)
    reader.show_asked(Asked("agreement", codes=(CodeId(food),)))
    assert reader.empty.sentence.text() == "The coders do not differ anywhere here."
    assert not reader.empty.button.isVisible()


def test_what_cannot_be_told_is_said_in_place(reader: Any) -> None:
    reader.show_asked(Asked("agreement", coders=("Asha",)))
    assert reader.empty.sentence.text() == (
        "Agreement is between two coders or more; only Asha was chosen. Choose another coder as well."
    )


def test_hidden_codings_are_not_shown(reader: Any) -> None:
    reader.runner.is_blind = True
    reader.forget_codings()
    assert rows(reader) == [] and reader.bench.title.text() == ""
    reader.show_asked(Asked("agreement"))
    assert "cannot be told while others’ codings are hidden" in reader.empty.sentence.text()


def test_three_coders_have_three_columns(reader: Any) -> None:
    from tests.makers import code

    reader.runner.use_coder("Dee")
    reader.runner.do(lambda p: code(p, "Women", "Nobody comes down", "Cuts") or p.set_title("Three"))
    reader.show_asked(Asked("agreement", options={"over": "characters"}))
    press(reader, "jj")
    assert [column.name.text() for column in reader.bench.columns] == ["Asha", "Ben", "Dee"]
    assert [button.text() for button in reader.bench.as_coder] == [
        "As Asha coded it",
        "As Ben coded it",
        "As Dee coded it",
    ]
    reader.show_asked(Asked("agreement", coders=("Asha", "Ben"), options={"over": "characters"}))
    assert len(reader.bench.columns) == 2 and not reader.banner.isVisible()
    press(reader, "2")
    assert reader.said[-1][0].startswith("Settled that “")


@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_looks_follow_the_theme(reader: Any, theme: Any, scale: float) -> None:
    theme.set_scale(scale)
    theme.set_mode("dark")
    theme.dress()
    assert marked(reader.bench.columns[1].text) == ["every Eid."]
    assert not reader.grab().isNull()


def test_everything_has_a_name_a_role_and_a_focus_that_is_seen(reader: Any) -> None:
    from tests.ui.test_accessible_pages import nameless, unseen

    as_third(reader)
    assert nameless(reader) == []
    reader.activateWindow()
    assert unseen(reader) == []
