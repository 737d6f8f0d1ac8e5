"""Pictures of the running program on the sample study: `python -m tests.tools.screenshots FOLDER [1280x800]`.

Those that the README shows, one for each page; with --all, those of dialogs and other states too; with --dark, all of them
dark. LANGUAGE=cy takes them in Welsh. Offscreen where there is no display. Waits for the program's own signals, never for a
time.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project

if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


PAGES = ("read", "search", "retrieve", "memos", "themes", "compare", "suggest", "report", "history", "attributes")


def main(folder: Path, width: int = 1440, height: int = 900, dark: bool = False, every: bool = False) -> None:
    """Write one picture a page into `folder`, and where `every` state is wanted, one of each."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["COHESION_QDA_CONFIG"] = home
        from cohesion_qda.base import i18n
        from cohesion_qda.project import Project, sample

        i18n.speak()
        study = Path(home) / "Getting on together.cqda"
        sample.build(study).close()
        folder.mkdir(parents=True, exist_ok=True)
        empty = Path(home) / "A new study.cqda"
        Project.create(empty, codebook="cohesion").close()
        Photographer(folder, width, height, dark, every).go(study, empty)


class Photographer:
    """Drives one window through its pages."""

    def __init__(self, folder: Path, width: int, height: int, dark: bool, every: bool) -> None:
        from PySide6.QtWidgets import QApplication

        from cohesion_qda.ui.app import dress
        from cohesion_qda.ui.theme import current_theme
        from cohesion_qda.ui.window import Window

        self.folder, self.ending, self.every = folder, "-dark" if dark else "", every
        QApplication.setStyle("Fusion")
        self.app = QApplication.instance() or QApplication(["cohesion-qda"])
        settings = dress(self.app)
        current_theme().load_fonts()
        current_theme().set_mode("dark" if dark else "light")
        self.window = Window(settings)
        current_theme().dress()
        self.window.resize(width, height)
        self.window.show()
        self.window.make_menus()

    def wait(self, done: Callable[[], bool], seconds: float = 60) -> None:
        """Let the program run until `done`."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, late = QEventLoop(), QTimer(singleShot=True, interval=int(seconds * 1000))
        look = QTimer(interval=20)
        look.timeout.connect(lambda: loop.quit() if done() else None)
        late.timeout.connect(loop.quit)
        look.start()
        late.start()
        loop.exec()
        if not done():
            raise TimeoutError("the window did not come to rest")

    def idle(self) -> None:
        """Until nothing that was asked is under way, three looks in a row."""
        from cohesion_qda.ui.counting import counting

        calm = [0]

        def at_rest() -> bool:
            is_busy = self.window.runner.is_busy or counting(self.window.runner).is_waiting
            calm[0] = 0 if is_busy else calm[0] + 1
            return calm[0] >= 4

        self.wait(at_rest)

    def shoot(self, name: str) -> None:
        """A picture of the window at rest; what it said of the act before is not part of it."""
        self.idle()
        self.window.toast.hide()
        self.window.grab().save(str(self.folder / f"{name}{self.ending}.png"))

    def go(self, study: Path, empty: Path) -> None:
        """The start page, an import into `empty`, then every page of `study`."""
        self.window.look_at_recent()
        self.shoot("start")
        self.shoot_import(empty)
        self.window.open_path(study)
        self.wait(lambda: self.window.has_project)
        self.idle()
        space = self.window.workspace
        for page in PAGES:
            space.enter(page)
            self.idle()
            getattr(self, f"prepare_{page}", lambda: None)()
            self.shoot(page)
            getattr(self, f"after_{page}", lambda: None)()
        if self.every:
            self.window.commands.actions["close_project"].trigger()
            self.wait(lambda: not self.window.has_project)
            self.window.look_at_recent()
            self.shoot("start-recent")
        self.window.runner.close()
        self.idle()
        self.window.close()
        self.window.runner.shutdown()

    def shoot_codebook(self) -> None:
        """Splitting a code, its dialog, and a codebook that is looked over before it is added."""
        from cohesion_qda.model.codebook import CodeDraft
        from cohesion_qda.model.incoming import incoming
        from cohesion_qda.ui.codebook.import_dialog import ImportDialog

        panel = self.window.workspace.page_named("read").panel
        tree = panel.model.tree
        code = next(c.id for c in tree if not tree.children(c.id) and panel.model.passages.get(c.id, 0) > 5)
        panel.acts.edit(code)
        self._shoot_dialog("code", panel.acts.dialog)
        panel.acts.ask_split(code)
        self.idle()
        split = panel.acts.dialog
        for name in ("Parks and squares", "Shops and markets"):
            split.field.setText(name)
            split._add_part()
        split.send(0)
        self._shoot_dialog("split", split)
        root = tree.children()[0]
        known = tree.children(root.id)[0].name
        drafts = [
            CodeDraft(root.name, children=(CodeDraft(known, definition="In other words."), CodeDraft("Cricket", "sky")))
        ]
        book = ImportDialog("Codebook.qdc", (), incoming(tree, drafts), tree, self.window)
        book.show()
        self._shoot_dialog("codebook-import", book)

    def shoot_correcting(self) -> None:
        """The words under correction; then all is as it was."""
        room = self.window.workspace.page_named("read")
        correcting = room.mending.correcting
        correcting.begin()
        self.idle()
        surface = correcting.surface
        surface.select(self.passage)
        surface.insertPlainText("Well 😀, you can't go anywhere while it's spinning")
        self.shoot("correcting")
        if self.every:
            self._shoot_left(room)
        else:
            correcting.cancel()
        self.idle()

    def _shoot_left(self, room: Any) -> None:
        """What is offered after the program stopped in the middle of a correction."""
        correcting, left = room.mending.correcting, room.mending.left
        correcting.put_down()
        correcting._forget()
        room._stack.setCurrentWidget(room.view)
        self.wait(left.strip.isVisible)
        self.shoot("left-typing")
        left.strip.discard.click()
        self.wait(lambda: not left.strip.isVisible())

    def shoot_lost(self) -> None:
        """The passages that lost their text by a correction; then all is as it was."""
        room = self.window.workspace.page_named("read")
        correcting, lost = room.mending.correcting, room.mending.lost
        correcting.begin()
        self.idle()
        surface = correcting.surface
        for coding in list(room.view.layers)[:40:20]:
            surface.select(surface.typed.map().moved(coding.span))
            surface.insertPlainText("–")
        correcting.done()
        self.wait(lambda: lost.strip.isVisible())
        lost.open()
        self.shoot("lost")
        self.window.commands.actions["undo"].trigger()
        self.wait(lambda: not lost.panel.isVisible())

    def _shoot_dialog(self, name: str, dialog: Any) -> None:
        self.idle()
        dialog.grab().save(str(self.folder / f"{name}{self.ending}.png"))
        dialog.reject()

    def shoot_import(self, empty: Path) -> None:
        from cohesion_qda.base.resources import sample_folder

        self.window.open_path(empty)
        self.wait(lambda: self.window.has_project)
        flow = self.window.commands.files.importing()
        flow.start([sample_folder()])
        self.wait(lambda: flow.dialog is not None and flow.dialog.isVisible())
        flow.dialog.resize(self.window.width() - 60, self.window.height() - 80)
        self.idle()
        flow.dialog.grab().save(str(self.folder / f"import{self.ending}.png"))
        flow.dialog.leave()

    def prepare_read(self) -> None:
        space = self.window.workspace
        source = next(s for s in space.navigator.state.sources if s.name.startswith("06"))
        space.show_source(source.id)
        self.idle()
        room = space.page_named("read")
        passage = next(coding for coding in room.view.layers if coding.span.start > 2500)
        self.passage = passage.span
        room.view.activate({passage.id}, select=True)
        self.idle()
        self.wait(lambda: not room._meta_timer.isActive())

    def after_read(self) -> None:
        """The same in the dark, and while words are corrected."""
        from cohesion_qda.ui.theme import current_theme

        if not self.ending:
            current_theme().set_mode("dark")
            self.shoot("read-dark")
            current_theme().set_mode("light")
            self.idle()
        if self.every:
            self.shoot_passage()
            self.shoot_codebook()
            self.shoot_lost()
        self.shoot_correcting()

    def shoot_passage(self) -> None:
        """What can be done with a passage, its ends, several codes at once, and others' codings hidden."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        room = self.window.workspace.page_named("read")
        room.gestures.passages.use_weights(True)
        room.gestures.set_coder(next(c.coder for c in room.gestures.passages.active()))
        room.gestures.passages.ends.follow()
        room.gestures.command("acts")
        self.shoot("passage")
        room.gestures.passages.card.close_it()
        room.gestures.command("ends")
        QTest.keyClick(room.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        self.shoot("ends")
        QTest.keyClick(room.view, Qt.Key.Key_Escape)
        room.gestures.command("pick")
        for typed in ("e", "a"):
            QTest.keyClicks(room.picker.field, typed)
            QTest.keyClick(room.picker.field, Qt.Key.Key_Tab)
        self.shoot("picker")
        QTest.keyClick(room.picker.field, Qt.Key.Key_Escape)
        self.window.commands.actions["hide_others"].trigger()
        self.shoot("blind")
        self.window.commands.actions["hide_others"].trigger()
        self.idle()
        self.shoot_looks(room)

    def shoot_looks(self, room: Any) -> None:
        """The transcript set in other ways: numbers, people, underlines, what is uncoded; and the panel for it."""
        from dataclasses import replace

        look = room.view.look
        room.filters.set(only="uncoded")
        room.desk.set_look(replace(look, numbers="turns", people_coloured=True))
        self.shoot("uncoded")
        room.filters.set(only="")
        room.desk.set_look(replace(look, underlines_only=True, size=18, spacing=2.0))
        self.shoot("underlines")
        room.desk.set_look(look)
        room.desk.open_panel()
        self.idle()
        room.desk.panel.grab().save(str(self.folder / f"reading-looks{self.ending}.png"))
        room.desk.panel.hide()

    def prepare_memos(self) -> None:
        """Some of each kind, one of them with links."""
        page = self.window.workspace.page_named("memos")
        self.window.runner.do(_write_memos)
        self.idle()
        rows = page.list.memos.rows
        page.list.choose(next(n for n, entry in enumerate(rows) if entry.links))

    def prepare_themes(self) -> None:
        page = self.window.workspace.page_named("themes")
        self.window.runner.do(_build_themes)
        self.idle()
        page.list.choose(page._found.lines[0].theme.id)

    def prepare_search(self) -> None:
        page = self.window.workspace.page_named("search")
        page.find_words("~community NOT ~bus")
        self.wait(lambda: page.list.rows.number > 4)
        for _place in range(3):
            page.list.step(1)
            page.list.toggle()

    def prepare_retrieve(self) -> None:
        """Two codes near each other, said by women."""
        from cohesion_qda.model.query import Query, Term

        page = self.window.workspace.page_named("retrieve")
        tree = page.found.tree
        unites, divides = tree.get("What unites").id, tree.get("What divides").id
        query = Query((Term(unites), Term(divides, joiner="near", turns=2)))
        page.ask_for(query.with_values("participant", "gender", ("woman",)))

    def prepare_compare(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        table = self.window.workspace.page_named("compare").table
        table.setFocus()
        table.setCurrentIndex(table.answer.index(0, 3))
        QTest.keyClick(table, Qt.Key.Key_Return)

    def after_compare(self) -> None:
        """The other kinds of answers, the network, the reader of disagreements, and the dialog of the export."""
        page = self.window.workspace.page_named("compare")
        page.result.close_drawer()
        kinds = ("frequencies", "cooccurrence", "dynamics", "portrait", "timeline", "saturation", "agreement")
        for kind in kinds if self.every else ("cooccurrence",):
            page.ask_kind(kind)
            if self.every:
                self._shoot_answer(page, f"compare-{kind}")
            self.idle()
            if kind == "cooccurrence":
                page.result.choose_figure("network")
                page.result.choose_look("figure")
                self._shoot_answer(page, "compare-network")
                page.result.choose_look("")
            if kind == "agreement":
                page.open_reader()
                self._shoot_answer(page, "compare-disagreements")
        if self.every:
            self.shoot_framework()
            page.choose("then", "age band")
            self._shoot_answer(page, "compare-nested")
            page.export()
            self._shoot_dialog("compare-export", page.taking.dialog)

    def _shoot_answer(self, page: Any, name: str) -> None:
        self.idle()
        self.wait(lambda: not page.result.picture.is_waiting)
        self.shoot(name)

    def shoot_framework(self) -> None:
        """The framework matrix of groups with some summaries, the words of one under the caret."""
        page = self.window.workspace.page_named("compare")
        page.ask_kind("framework")
        self.idle()
        page.choose("cases", "groups")
        self.idle()
        view = page._views["framework"]
        self.window.runner.do(_write_summaries)
        self.idle()
        view.grid.choose(view.grid.table.index(0, 2))
        view.grid.setFocus()
        self.shoot("framework")
        page.ask_kind("crosstab")
        self.idle()

    def prepare_attributes(self) -> None:
        page = self.window.workspace.page_named("attributes")
        page.grid.setFocus()
        page.grid.go_to(4, page.model.column_of("age band"))

    def prepare_suggest(self) -> None:
        tab = self.window.workspace.page_named("suggest").tab_named("themes")
        tab.empty.button.click()
        self.wait(lambda: bool(tab.suggestions))
        if self.every:
            tab.show_board()
            self.shoot("suggest-number")
            tab.sides.right.setCurrentWidget(tab.detail)
            tab.detail.facts.open.click()
            self.shoot("suggest-spread")
            tab.detail.facts.open.click()

    def after_report(self) -> None:
        """A chapter of the report with its quotations and as it will read, the plan, the team, and the other tabs."""
        if not self.every:
            return
        page = self.window.workspace.page_named("report")
        tab = page.tab_named("contents")
        key = next(part.key for part in tab.contents.parts if part.spots)
        tab.list.choose(key)
        tab.part.spot.setCurrentIndex(1)
        tab.part.spot.activated.emit(1)
        tab.part.drafting.ask()
        self.wait(lambda: tab.part.drafting.data is not None)
        self.shoot("report-chapter")
        tab.part.turn_over()
        self.wait(tab.part.preview.isVisible)
        self.shoot("report-preview")
        self.window.runner.do(_plan_and_train)
        self.window.runner.do(_figures)
        self.window.runner.do(lambda project: project.worksheets.start("east_midlands", "inclusion"))
        self.window.runner.do(lambda project: project.worksheets.answer(1, "1.i", "found", "partly"))
        for name in page._names[1:]:
            page.turn_to(name)
            self.idle()
            self.shoot(f"report-{name}")
        page.turn_to("contents")

    def after_suggest(self) -> None:
        if self.every:
            self.shoot_key_terms()
            self.shoot_word_cloud()
            self.shoot_words()
            self.shoot_codes()

    def shoot_codes(self) -> None:
        """Passages for a code, some of them decided; and codes for a passage in the transcript, with the reasons."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        page = self.window.workspace.page_named("suggest")
        page.turn_to("codes")
        tab = page.tab_named("codes")
        tab.start()
        self.wait(lambda: bool(len(tab.passages.cards)) and not tab.asking.is_measuring, 240)
        tab.passages.setFocus()
        for key in (Qt.Key.Key_A, Qt.Key.Key_R):
            QTest.keyClick(tab.passages, key)
            self.idle()
        self.shoot("suggest-codes")
        for _act in range(2):
            self.window.runner.undo()
        self.prepare_read()
        room = self.window.workspace.page_named("read")
        for command in ("uncoded", "turn", "fit"):
            room.gestures.command(command)
        self.wait(lambda: bool(room.fit_strip.fits))
        room.gestures.command("fit-why")
        self.shoot("read-suggested")
        room.fitting.card.close_it()
        room.gestures.command("alike")
        self.wait(lambda: bool(room.fitting.alike.list.cards.cards()))
        self.shoot("read-alike")
        room.fitting.alike.put_away()
        room.fitting.turn_off()
        self.window.workspace.enter("suggest")

    def shoot_key_terms(self) -> None:
        """What sets one kind of group apart, and what unites the places."""
        from cohesion_qda.model.selection import ALL
        from cohesion_qda.ui.suggest.term_choice import TermsWish

        page = self.window.workspace.page_named("suggest")
        page.turn_to("terms")
        tab = page.tab_named("terms")
        wishes = (
            TermsWish("apart", ALL.with_values("source", "thematic group", ["Women"])),
            TermsWish("unites", by="place"),
        )
        for name, wish in zip(("key-terms", "what-unites"), wishes, strict=True):
            tab.look_for(wish)
            self.wait(lambda: not tab.is_working and bool(tab.list.terms.rows))
            tab.list.setFocus()
            self.shoot(name)

    def shoot_words(self) -> None:
        """The tab of words, with some left out and some counted as one; then all is as it was."""
        page = self.window.workspace.page_named("suggest")
        page.turn_to("words")
        runner, tab = self.window.runner, page.tab
        runner.do(lambda project: project.wording.leave_out(["people", "Asian ladies"]))
        runner.do(lambda project: project.wording.merge("community", ["communities", "our community"]))
        self.wait(lambda: tab.found is not None and len(tab.found.merges) == 1)
        tab.terms.setFocus()
        self.shoot("words")
        runner.undo()
        runner.undo()
        page.turn_to("themes")
        self.idle()

    def shoot_word_cloud(self) -> None:
        """The word cloud after questions, the lines of a word with what follows it, and the bars."""
        page = self.window.workspace.page_named("suggest")
        page.turn_to("cloud")
        tab = page.tab_named("cloud")
        tab.colours.setCurrentIndex(tab.colours.findData("question"))
        tab.start()
        self.wait(lambda: tab.figure.drawing is not None)
        self.shoot("suggest-cloud")
        tab.show_lines("community")
        self.wait(lambda: bool(tab.panel.shown()))
        self.shoot("suggest-lines")
        tab.panel.strip.tabs.setCurrentIndex(1)
        self.shoot("suggest-tree")
        tab.panel.close_panel()
        tab.other.click()
        self.shoot("suggest-bars")


def _figures(project: Project) -> Change:
    """Two figures from elsewhere beside a code, and people of the area, for the picture of other evidence."""
    code = project.codebook.tree().get("Public spaces").id
    for place, value, reading in (("Dewsbury", "48%", "agrees"), ("Huddersfield", "57%", "differs")):
        added = project.evidence.add(
            "People get on well together", place=place, period="2019", value=value, source="A survey"
        )
        project.evidence.bear(project.evidence.added(added), code, reading)
    return project.evidence.set_reference("place", "Dewsbury", "62,945", period="2011", source="Census")


def _plan_and_train(project: Project) -> Change:
    """A plan, and a training set with its trainer."""
    project.plan.add("date", "Partnership event", at="2027-01-30")
    project.plan.add("date", "Cabinet", at="2027-05-19", due="2027-05-07")
    project.plan.add("step", "Share the findings with those who took part", due="spring", who="Asha")
    project.team.set_trainer(project.coders()[0].name)
    return project.team.set_training([source.id for source in project.sources.list()[:2]])


def _write_memos(project: Project) -> Change:
    memos, passages = project.memos, project.codings.retrieve()
    memos.add("source", passages[2].coding.source, "A noisy room. Two people left early.")
    memos.add(
        "code", passages[9].coding.code, "Getting wide: half of these are about cost rather than distance. Split?"
    )
    memos.add_at(passages[20].coding.source, passages[20].coding.span, "A long pause before this.", "Not followed up")
    who = memos.added(memos.add("coding", passages[5].coding.id, "“We” is the whole street here, “they” the council.", "Who is “we”?"))  # fmt: skip
    memos.add(
        "project", 0, "Several people mention the park only in summer. Ask about winter.", "Plan for the second round"
    )
    return memos.link(who, [(passage.coding.source, passage.coding.span) for passage in passages[30:34]])


def _write_summaries(project: Project) -> Change:
    groups, tree = project.cases.list("group"), project.codebook.tree()
    said = (
        "Doors used to stand open. Says it went when people stopped working in the same mills.",
        "Everybody knows everybody at the school gate, and nobody beyond it.",
        "Would come to the square if there were seats and a toilet. In winter there is nowhere.",
    )
    change = None
    for n, group in enumerate(groups[:6]):
        for code in tree.children(tree.children()[0].id)[:4]:
            offered = project.framework.passages(group.id, code.id).coded
            if offered and (n + code.id) % 3:
                change = project.framework.write(group.id, code.id, said[(n + code.id) % 3 - 1])
                places = [(passage.coding.source, passage.coding.span) for passage in offered[:2]]
                change = project.framework.link(group.id, code.id, places)
    assert change is not None
    return change


def _build_themes(project: Project) -> Change:
    tree, themes = project.codebook.tree(), project.themes
    asked = [code for code in tree.children() if code.is_question]
    for question, name, statement, status in (
        (asked[0], "Places where you cannot avoid each other",
         "People do not set out to mix. They meet where they have to wait: at the school gate, in the queue.", "defined"),
        (asked[1], "Kindness is private, trouble is public", "", "candidate"),
        (asked[2], "Nobody asked us", "Decisions arrive finished.", "reviewed"),
    ):  # fmt: skip
        made = themes.added(themes.add(name, question.id, [code.id for code in tree.children(question.id)[:3]]))
        themes.state(made, statement)
        themes.set_status(made, status)
        themes.add_passages(made, [(p.coding.source, p.coding.span) for p in themes.evidence(made)[:3]])
    return themes.add("Something about age")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    size = [int(n) for n in words[1].split("x")] if len(words) > 1 else [1440, 900]
    into = Path(words[0]) if words else Path("docs/pictures")
    main(into, *size, dark="--dark" in sys.argv, every="--all" in sys.argv)
