"""Suggesting, told through the real window with its real processes: propose, read why, accept, take back, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cohesion_qda.model.proposal import likely
from cohesion_qda.project import Project
from tests.journeys.researcher import Researcher
from tests.makers import code, draft

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PARKS = (
    "We meet in the park by the swings every Saturday.", "The park benches are where the old men sit and talk.",
    "Children play football in the park until it gets dark.", "I walk the dog round the park and say hello to everybody.",
    "They mended the swings in the park and the families came back.", "The bandstand in the park has music in the summer.",
    "There is a picnic in the park at the end of term.", "The playground in the park is full after school.",
    "I sit on the benches in the park with my neighbour.",
)  # fmt: skip
BUSES = (
    "The last bus goes at six and then nobody can come.", "The bus fare has gone up again this year.",
    "You wait an hour for the bus in the rain.", "They cut the bus to the hospital last winter.",
    "Without the bus my mother stays at home.", "The bus driver knows all of us by name.",
)  # fmt: skip
FOOD = (
    "We share food over the wall every Eid.", "The women cook together at the church hall.",
    "My neighbour brings samosas at Christmas.", "There is a big meal for everybody at harvest.",
    "The café gives soup to whoever comes in.", "We swap recipes at the school gate.",
)  # fmt: skip
REST = [
    f"{who} {what} {when}."
    for what, when in (
        ("lost the job at the mill", "before Christmas"), ("had to see the doctor", "about a bad knee"),
        ("moved house", "because the rent went up"), ("learnt English at college", "on Tuesday nights"),
        ("votes for nobody", "since the council stopped listening"), ("went to court", "over a broken fence"),
    )
    for who in ("My uncle", "My sister", "A man I know", "Our teacher", "The lad next door", "My cousin")
]  # fmt: skip
PUBLIC, FARES = "What unites/Public spaces", "What divides/Buses"


def make(path: Path) -> Path:
    """Three groups of three who speak of parks, buses and food in turn, and of much else; five passages on parks are coded,
    one of them by another coder.
    """
    project = Project.create(path, "empty", coder="Asha", title="Three groups")
    people = (("Amina", "Carol", "Joan"), ("Dev", "Zed", "Kit"), ("Olive", "Pat", "Rui"))
    talk = [words for three in zip(PARKS, (*BUSES, *BUSES[:3]), (*FOOD, *FOOD[:3]), strict=True) for words in three]
    drafts = []
    for number, speakers in enumerate(people):
        words_said = [*talk[number * 9 : number * 9 + 9], *REST[number * 12 : number * 12 + 12]]
        said = [(speakers[n % 3], words) for n, words in enumerate(words_said)]
        drafts.append(draft(f"Group {number + 1}", [("Moderator", "What is it like round here?"), *said]))
    project.sources.add(drafts)
    for path_ in (PUBLIC, FARES):
        question, name = path_.split("/")
        parent = project.codebook.added(project.codebook.add(question, is_question=True))
        project.codebook.add(name, parent)
    for source, quote in (("Group 1", PARKS[0]), ("Group 1", PARKS[1]), ("Group 2", PARKS[3]), ("Group 3", PARKS[6])):
        code(project, source, quote, PUBLIC)
    project.use_coder("Bea")
    code(project, "Group 2", PARKS[4], PUBLIC)
    code(project, "Group 2", BUSES[4], FARES)
    project.use_coder("Asha")
    project.close()
    return project.path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("made") / "three.cqda")


@pytest.fixture
def study(built: Path, tmp_path: Path) -> Path:
    path = tmp_path / "three.cqda"
    path.write_bytes(built.read_bytes())
    return path


@pytest.fixture
def asha(qtbot: Any) -> Iterator[Researcher]:
    made = Researcher(qtbot)
    made.window.commands.use_coder("Asha")
    yield made
    made.leaves()


def press(asha: Researcher, *keys: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Keys on whatever has the focus, each answered before the next."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or asha.window, key, modifiers)
        asha.rests()


def everything(asha: Researcher) -> dict[str, list[Any]]:
    """All rows of all that a researcher makes; what is in the trail is not among them."""
    from cohesion_qda.store.schema import JOURNALLED

    return asha.ask(
        lambda p: {name: list(p._session.db.execute(f"SELECT * FROM {name} ORDER BY id")) for name in JOURNALLED}
    )


def codes_tab(asha: Researcher) -> Any:
    tab = asha.window.workspace.page_named("suggest").tab_named("codes")
    tab.passages.moment = 0  # whatever the pointer of this computer did
    return tab


def waits_for_order(asha: Researcher, tab: Any) -> None:
    asha.rests(lambda: bool(len(tab.passages.cards)) and not tab.asking.is_working and not tab.asking.is_measuring)


def test_propose_read_why_accept_three_and_undo_one_by_keyboard_alone(asha: Researcher, study: Path) -> None:
    """From the transcript to Suggest and back without a mouse; the list and the sentence follow every act, and the way back."""
    asha.opens(study)
    before = everything(asha)
    press(asha, Key.Key_4, modifiers=CTRL)
    page = asha.window.workspace.page_named("suggest")
    page.tabs.setFocus()
    press(asha, Key.Key_Right)
    tab = codes_tab(asha)
    press(asha, Key.Key_F6)
    while not tab.sides.empty.button.hasFocus():
        press(asha, Key.Key_F6)
    press(asha, Key.Key_Space)
    waits_for_order(asha, tab)
    assert page.facts.in_short.startswith("By meaning and words")
    assert tab.list.current().name == "Public spaces"
    assert tab.detail.honesty.text().startswith(("Of the ten", "Not enough examples"))
    _is_measured_anew(asha, tab)
    tab.list.setFocus()
    press(asha, Key.Key_Return)
    top = [card.quote for card in tab.passages.cards.cards()[:4]]
    assert sum("park" in quote for quote in top) >= 3, f"it has learnt from the parks: {top}"
    assert not any("round here" in card.quote for card in tab.passages.cards.cards()), "the moderator is left out"
    assert tab.detail.why.words.text().startswith("What speaks for it") and tab.detail.why.near.rows_.rows
    taken: list[str] = []
    for n in range(3):
        taken.append(tab.passages.current_card().quote)
        press(asha, Key.Key_A)
        waits_for_order(asha, tab)
        assert [card.became for card in tab.passages.cards.cards()[: n + 1]] == ["Coded as Public spaces"] * (n + 1)
        assert tab.list.current().learnt == f"{6 + n} passages coded"
    assert set(taken) <= set(asha.quotes_for(PUBLIC))
    assert all(key.startswith("proposed-code") for key in _suggestions(asha)[-3:])
    _is_measured_anew(asha, tab)
    asha.undoes()
    waits_for_order(asha, tab)
    assert taken[2] not in asha.quotes_for(PUBLIC) and taken[1] in asha.quotes_for(PUBLIC)
    assert [card.became for card in tab.passages.cards.cards()[:3]] == ["Coded as Public spaces"] * 2 + [""]
    assert tab.list.current().learnt == "7 passages coded"
    _is_measured_anew(asha, tab)
    asha.undoes()
    asha.undoes()
    waits_for_order(asha, tab)
    assert everything(asha) == before, "no trace but the trail"
    told = asha.ask(lambda p: [(entry.kind, entry.state) for entry in p.history.trail(6)])
    assert [entry for entry in told if entry[0] != "undo"] == [("accept-suggestion", "undone")] * 3
    _a_theme_leaves_no_trace(asha, before)
    _codes_fit_in_the_transcript(asha)


def _is_measured_anew(asha: Researcher, tab: Any) -> None:
    """The sentence, and between what it lies, are those of the codings as they are now."""
    now = asha.ask(lambda p: p.proposed_codes.honesty([p.codebook.tree().get(PUBLIC).id])[0])
    assert (tab.detail.honesty.text(), tab.detail.measured.text()) == (now.sentence, likely(now))


def _suggestions(asha: Researcher) -> list[str]:
    return asha.ask(lambda p: [found.coding.suggestion for found in p.codings.retrieve() if found.coding.suggestion])


def _a_theme_leaves_no_trace(asha: Researcher, before: dict[str, list[Any]]) -> None:
    """A theme is proposed, read, made a code of the passages ticked, and taken back: but for the trail, all is as it was."""
    page = asha.goes_to("suggest")
    page.turn_to("themes")
    themes = page.tab
    QTest.mouseClick(themes.empty.button, Qt.MouseButton.LeftButton)
    asha.rests(lambda: bool(themes.suggestions))
    found = everything(asha)  # with the recipe by which they were found
    assert {**found, "project_setting": before["project_setting"]} == before, "nothing is coded until a person says so"
    asha.rests(lambda: bool(themes.detail.list.cards.cards()))
    assert not themes.detail.primary.isEnabled(), "nothing is ticked before it was read"
    QTest.mouseClick(themes.detail.tick_all, Qt.MouseButton.LeftButton)
    themes.detail.name.setText("From a theme")
    themes.detail.set_parent_code(asha.ask(lambda p: p.codebook.tree().get("What unites").id))
    ticked = len(themes.detail.chosen_evidence())
    QTest.mouseClick(themes.detail.primary, Qt.MouseButton.LeftButton)
    asha.rests()
    assert len(asha.quotes_for("What unites/From a theme")) == ticked >= 1
    assert asha.ask(lambda p: [(e.kind, e.state) for e in p.history.trail(1)]) == [("accept-suggestion", "live")]
    asha.undoes()
    assert everything(asha) == found
    assert asha.ask(lambda p: p.history.trail(2)[-1].state) == "undone"


def _codes_fit_in_the_transcript(asha: Researcher) -> None:
    """The study is heard: the transcript offers codes by itself once the hands rest, and finds passages like one."""
    asha.reads("Group 1")
    room = asha.room
    room.view.select(room.gestures.selecting.turn_span(_text(asha, "Group 1").index("football")))
    asha.rests(lambda: bool(room.fit_strip.fits))
    assert room.fit_strip.fits[0].look.name == "Public spaces"
    asha.presses("d")
    assert PARKS[2] in asha.quotes_for(PUBLIC)
    asha.presses("o")
    drawer = room.fitting.alike
    asha.rests(lambda: bool(drawer.list.cards.cards()))
    quotes = [card.quote for card in drawer.list.cards.cards()]
    assert "park" in quotes[0] and PARKS[2] not in quotes


def _text(asha: Researcher, name: str) -> str:
    return asha.ask(lambda p: p.sources.reading(p.sources.get(name).id).text)


def test_without_sentence_vectors_it_says_so_and_works_and_what_was_dismissed_stays_so(
    asha: Researcher, study: Path
) -> None:
    """Sentence vectors know English only: a study in another language stands on words alone."""
    with Project.open(study, coder="Asha") as project:
        project.wording.set_language("cy")
    asha.opens(study)
    page = asha.goes_to("suggest")
    page.turn_to("codes")
    tab = codes_tab(asha)
    tab.sides.empty.button.click()
    waits_for_order(asha, tab)
    assert page.facts_link.text().startswith("By words alone")
    assert "ranked by words alone" in tab.detail.stood.text()
    top = [card.quote for card in tab.passages.cards.cards()[:4]]
    assert sum("park" in quote for quote in top) >= 3, f"it has learnt from the parks: {top}"
    tab.passages.setFocus()
    gone = tab.passages.current_card().quote
    press(asha, Key.Key_R)
    asha.closes_the_project()
    asha.opens(study)
    page = asha.goes_to("suggest")
    page.turn_to("codes")
    tab = codes_tab(asha)
    tab.sides.empty.button.click()
    waits_for_order(asha, tab)
    assert gone not in [card.quote for card in tab.passages.cards.cards()]
    asha.undoes()
    waits_for_order(asha, tab)
    assert gone in [card.quote for card in tab.passages.cards.cards()], "undo remembers over closing"


def test_another_project_is_opened_while_the_study_is_read(asha: Researcher, study: Path, tmp_path: Path) -> None:
    """Nothing of the first arrives in the second, and nothing is asked of the second."""
    other = tmp_path / "other.cqda"
    Project.create(other, "empty", coder="Asha").close()
    asha.opens(study)
    page = asha.goes_to("suggest")
    page.turn_to("codes")
    page.tab.sides.empty.button.click()
    asha.window.open_path(other)
    asha.rests(lambda: asha.window.runner.info is not None and asha.window.runner.info.path == other)
    tab = asha.goes_to("suggest").tab_named("codes")
    assert tab.sides.is_empty and not len(tab.passages.cards) and not tab.list.rows_.rows
    tables = asha.ask(lambda p: list(p._session.db.execute("SELECT kind FROM derived")))
    assert tables == [], "nothing of the first study is kept in the second"
