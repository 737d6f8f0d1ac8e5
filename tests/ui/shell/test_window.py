from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest

from cohesion_qda import Project
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Cancelled
from cohesion_qda.base.settings import Settings
from cohesion_qda.ui import actions, choose
from cohesion_qda.ui.navigator import NARROW, state_words
from cohesion_qda.ui.navigator_rows import Role
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.window import Window


def rows(window: Window) -> list[tuple[str, str]]:
    model = window.workspace.navigator.sources.rows()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [(index.data(Role.NAME), index.data(Role.META)) for index in indexes]


def test_start_page_opens_nothing_and_offers_three_ways(window: Window) -> None:
    assert window.stack.currentWidget() is window.start
    assert [b.text() for b in window.start.buttons()] == [
        "New project",
        "Open a project file …",
        "Try the practice project",
    ]
    assert not window.commands.actions["import_files"].isEnabled()
    assert window.commands.actions["open_project"].isEnabled()


def test_new_project_asks_title_folder_and_codebook(window: Window, tmp_path: Path, monkeypatch, qtbot) -> None:
    from cohesion_qda.ui.start.new_project import NewProjectDialog

    monkeypatch.setattr(choose, "folder", lambda *_args: tmp_path)
    window.start.new.click()
    dialog = window.findChild(NewProjectDialog)
    assert not dialog.make.isEnabled()
    dialog.title_field.setText(" Bus users:  panel? ")
    dialog._choose_folder()
    assert dialog.path == tmp_path / "Bus users panel.cqda"
    dialog.empty.setChecked(True)
    dialog.make.click()
    assert window.runner.info.title == "Bus users: panel?"
    assert window.windowTitle() == "Bus users: panel? – Cohesion QDA"
    assert window.settings["recent"] == [str(tmp_path / "Bus users panel.cqda")]
    assert window.workspace.stack.currentWidget() is window.workspace.empty
    dialog = NewProjectDialog(tmp_path)
    assert not dialog.coming.isVisibleTo(dialog), "nothing is read next"
    qtbot.addWidget(dialog)
    dialog.title_field.setText("Bus users panel")
    assert not dialog.make.isEnabled() and "already" in dialog.make.toolTip()


def test_new_project_asks_who_codes_and_keeps_the_name(window: Window, tmp_path: Path, monkeypatch) -> None:
    from cohesion_qda.ui.start import new_project

    monkeypatch.setattr(new_project, "login_name", lambda: "averity")
    window.start.new.click()
    dialog = window.findChild(new_project.NewProjectDialog)
    assert dialog.coder_field.text() == "averity"
    dialog._folder = tmp_path
    dialog.title_field.setText("Bus users")
    dialog.coder_field.setText(" Asha  Verity ")
    dialog.make.click()
    assert window.runner.info.coder == "Asha Verity"
    assert Settings()["coder"] == "Asha Verity"
    window.commands.files.new_project()
    assert window.findChildren(new_project.NewProjectDialog)[-1].coder_field.text() == "Asha Verity"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_dialogs_cut_no_words(window: Window, theme, scale: float) -> None:
    from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

    from cohesion_qda.ui.preferences import Preferences
    from cohesion_qda.ui.start.new_project import NewProjectDialog

    theme.set_scale(scale)
    for dialog in (Preferences(window.settings, window), NewProjectDialog(parent=window)):
        dialog.show()
        QApplication.processEvents()  # the first layout after fonts and heights are known
        inside = dialog.body.widget()
        assert inside.width() <= dialog.body.viewport().width(), "nothing to scroll sideways"
        for label in inside.findChildren(QLabel):
            need = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= need, label.text()
        for button in inside.findChildren(QAbstractButton):
            assert button.width() >= button.minimumSizeHint().width(), button.text()
        dialog.close()


def test_what_was_told_on_a_page_goes_with_it(study: Window) -> None:
    study.workspace.enter("suggest")
    study.notice("There is too little talk.", kind="error")
    study.workspace.enter("suggest")
    assert study.workspace.banner.isVisible()
    study.workspace.enter("report")
    assert not study.workspace.banner.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_toast_covers_no_foot_and_grows_to_its_words(study: Window, theme, scale: float) -> None:
    theme.set_scale(scale)
    study.workspace.enter("history")
    foot = study.workspace.page.here_button.parentWidget()
    words = "Accepted 12 suggested passages as “People who look out for each other”"
    study.say(words, True)
    QTest.qWait(0)
    top = foot.mapTo(study, QPoint(0, 0)).y()
    assert study.toast.geometry().bottom() < top
    assert study.toast.message.toolTip() == "" and study.toast.message.width() >= study.toast.message.sizeHint().width()
    study.workspace.enter("read")
    assert study.toast.geometry().bottom() > top
    study.workspace.enter("history")
    assert study.toast.geometry().bottom() < top
    study.say(words * 4)
    assert study.toast.message.toolTip() == words * 4
    assert study.toast.message.width() <= theme.px(560)


def test_dropping_a_folder_shows_what_was_found_and_adds_it_as_one_act(study: Window) -> None:
    assert rows(study) == [("Batley", "1 group"), ("young people", "New"), ("Dewsbury", "1 group"), ("women", "New")]
    assert study.toast.message.text() == "Imported 2 sources"
    assert study.workspace.current == "read"
    study.toast.button.click()
    assert rows(study) == []
    assert study.workspace.stack.currentWidget() is study.workspace.empty
    study.commands.redo()
    assert len(rows(study)) == 4
    assert study.told == []


def test_a_toast_grows_with_the_text_size(study: Window, theme) -> None:
    study.say("Imported 47 sources", True)
    theme.set_scale(1.5)
    QTest.qWait(0)
    message = study.toast.message
    assert message.toolTip() == "" and message.width() >= message.sizeHint().width()
    assert study.toast.height() >= theme.px(48)


def test_dropping_on_the_window_is_understood(study: Window, transcripts: Path, tmp_path: Path, monkeypatch) -> None:
    dropped = []
    monkeypatch.setattr(study, "dropped", dropped.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(transcripts / "women.txt"))])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys)
    study.dragEnterEvent(enter)
    assert enter.isAccepted()
    study.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    assert dropped == [[transcripts / "women.txt"]]


def test_transcripts_dropped_where_no_project_is_open_come_into_a_new_one(
    window: Window, transcripts: Path, tmp_path: Path, monkeypatch
) -> None:
    from cohesion_qda.ui.start.new_project import NewProjectDialog

    monkeypatch.setattr("cohesion_qda.ui.start.new_project.documents_folder", lambda: tmp_path)
    window.dropped([transcripts])
    dialog = window.findChild(NewProjectDialog)
    assert dialog.title_field.text() == transcripts.name
    assert dialog.coming.text().startswith(f"“{transcripts.name}” is read next. You look over who speaks there")
    dialog.title_field.setText("Kirklees Together")
    dialog.accept()
    assert window.runner.info.title == "Kirklees Together"
    review = window.commands.files.flow.dialog
    assert review.add.text() == "Import 2 sources"
    review.accept()
    assert len(rows(window)) == 4
    assert window.told == []


def test_the_same_content_twice_is_said(study: Window, transcripts: Path) -> None:
    study.commands.files.import_paths([transcripts / "women.txt"])
    page = study.commands.files.flow.dialog
    assert not page.add.isEnabled()
    assert page.add.toolTip() == "All that is ticked is in the project already."
    page.leave()
    assert len(rows(study)) == 4


def test_a_file_that_cannot_be_read_is_named_and_stops_nothing(study: Window, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"not a zip")
    (tmp_path / "more.txt").write_text("Moderator: Well?\nAnn: It is the weather.\nBob: It is.\n" * 4, "utf-8")
    study.commands.files.import_paths([tmp_path / "broken.docx", tmp_path / "more.txt"])
    page = study.commands.files.flow.dialog
    more, broken = page.review.items
    assert broken.file_name == "broken.docx" and "broken.docx" in str(broken.error)
    assert page.add.text() == "Import 1 source"
    page.files.toggle(0)
    assert not page.add.isEnabled()
    page.files.toggle(0)
    more.set_kind("interview")
    more.set_role("Ann", "moderator")
    page.accept()
    source = next(s for s in study.workspace.navigator.state.sources if s.name == "more")
    assert source.kind == "interview"
    reading = []
    study.runner.ask(lambda p: p.sources.reading(source.id), reading.append)
    assert {s.label: s.role for s in reading[0].speakers.values()}["Ann"] == "moderator"


def test_nothing_to_import_is_said(study: Window, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    study.commands.files.import_paths([empty])
    assert not study.commands.files.flow._is_open
    banner = study.workspace.banner
    assert banner.message.text() == "Nothing could be imported."
    assert "empty" in banner.hint.text()


def test_coding_shows_how_far_each_transcript_is(study: Window) -> None:
    women = next(s for s in study.workspace.navigator.state.sources if s.name == "women")
    code = []
    study.runner.ask(lambda p: next(iter(p.codebook.tree())).id, code.append)
    text = []
    study.runner.ask(lambda p: p.sources.text(women.id), text.append)
    from cohesion_qda.model.text import Span

    at = text[0].index("The park")
    study.runner.do(lambda p: p.codings.apply(women.id, Span(at, at + 8), [code[0]]))
    assert ("women", "17%") in rows(study)
    assert study.workspace.status.saved.text().startswith("Saved ")
    study.runner.do(lambda p: p.sources.set_state(women.id, "done"))
    assert ("women", "Done") in rows(study)
    assert study.commands.actions["undo"].text().startswith("Undo: ")


def test_source_menu_renames_marks_and_removes(study: Window, qtbot) -> None:
    women = next(s for s in study.workspace.navigator.state.sources if s.name == "women")
    menu = study.commands.sources.menu(women.id)
    words = [action.text() for action in menu.actions() if action.text()]
    assert words == [
        "Rename", "Kind", "Attributes and speakers …", "Questions answered …", "Memo …", "Mark as done", "Remove (Undo brings it back)",
    ]  # fmt: skip
    navigator = study.workspace.navigator
    navigator.rename(women.id)
    editor = navigator.sources.focusWidget() if navigator.sources.hasFocus() else None
    navigator.sources.delegate.renamed.emit(women.id, "Women’s group")
    assert ("Women’s group", "New") in rows(study) and (editor is None or editor)
    next(a for a in menu.actions() if a.text().startswith("Remove")).trigger()
    assert ("Women’s group", "New") not in rows(study)
    assert study.toast.button.isVisibleTo(study.toast)
    study.toast.button.click()
    assert ("Women’s group", "New") in rows(study)


def test_source_dialog_sets_values_and_roles(study: Window) -> None:
    from cohesion_qda.ui.sources.details import SourceDialog

    women = next(s for s in study.workspace.navigator.state.sources if s.name == "women")
    study.commands.sources.details(women.id)
    dialog = study.findChild(SourceDialog)
    names = [dialog.attributes.item(row, 0).text() for row in range(dialog.attributes.rowCount())]
    place = names.index("place")
    dialog.attributes.item(place, 1).setText("Huddersfield")
    last = dialog.attributes.rowCount() - 1
    dialog.attributes.item(last, 0).setText("faith")
    dialog.attributes.item(last, 1).setText("mixed")
    assert dialog.attributes.rowCount() == last + 2
    labels = [dialog.people.item(row, 0).text() for row in range(dialog.people.rowCount())]
    dialog.people.cellWidget(labels.index("Carol"), 2).setCurrentIndex(2)
    dialog.people.item(labels.index("Carol"), 0).setText("Carol B")
    seen = []
    study.runner.ask(lambda p: p.sources.reading(women.id), seen.append)
    assert seen[0].attributes["place"] == "Huddersfield" and seen[0].attributes["faith"] == "mixed"
    assert [s.role for s in seen[0].speakers.values() if s.case_name == "Carol B"] == ["observer"]
    assert study.told == []
    dialog.accept()


def test_what_is_wrong_with_a_file_is_said_on_the_start_page(qtbot, theme, tmp_path: Path) -> None:
    window = Window(Settings(), Runner(executor="now"))
    qtbot.addWidget(window)
    window.show()
    letter = tmp_path / "letter.cqda"
    letter.write_text("Dear all")
    with Project.create(tmp_path / "fixed.cqda"):
        pass
    (tmp_path / "fixed.cqda").chmod(stat.S_IRUSR)
    for path, words in (
        (letter, "is not a Cohesion QDA project"),
        (tmp_path / "gone.cqda", "There is no file"),
        (tmp_path / "fixed.cqda", "can only be read"),
    ):
        window.open_path(path)
        assert words in window.start.banner.message.text()
        assert window.start.banner.hint.text()
        assert window.start.banner.isVisible()
    assert window.stack.currentWidget() is window.start
    window.close()


def test_a_fault_of_the_program_is_reported_and_the_work_said_to_be_safe(qtbot, theme, caplog) -> None:
    from cohesion_qda.ui.report_dialog import ReportDialog

    window = Window(Settings(), Runner(executor="now"))
    qtbot.addWidget(window)
    window.problems.tell(Cancelled())
    assert window.findChild(ReportDialog) is None
    window.problems.catch(ZeroDivisionError, ZeroDivisionError("half of nothing"), None)
    dialog = window.findChild(ReportDialog)
    assert "half of nothing" in dialog.details.toPlainText()
    dialog.copy.click()
    from PySide6.QtGui import QGuiApplication

    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    dialog.accept()
    assert "a fault of the program" in caplog.text
    caplog.clear()
    window.close()


def test_a_persons_mistake_is_a_banner_that_can_be_closed(study: Window) -> None:
    study.problems.recorder = None
    study.runner.failed.emit(BadInput("That name is taken.", "Choose another."))
    banner = study.workspace.banner
    assert (banner.message.text(), banner.hint.text()) == ("That name is taken.", "Choose another.")
    banner._close.click()
    assert not banner.isVisible()


def test_every_page_is_entered_by_its_key_and_made_only_then(study: Window, qtbot) -> None:
    assert set(study.workspace._pages) == {"read"}
    study.activateWindow()
    qtbot.waitUntil(study.isActiveWindow)
    assert {name for name, _words, _icon in actions.pages()} == set(actions.PAGE_KEYS)
    for name, words, _icon in actions.pages():
        combination = QKeySequence(actions.PAGE_KEYS[name])[0]
        qtbot.keyClick(study, combination.key(), combination.keyboardModifiers())
        assert study.workspace.current == name, words
        assert study.workspace.navigator.pages.currentIndex().data(Role.KEY) == name
        assert study.commands.actions[f"page_{name}"].isChecked()
    assert study.told == []


def test_f6_goes_round_the_areas(study: Window, qtbot) -> None:
    study.activateWindow()
    qtbot.waitUntil(study.isActiveWindow)
    seen = []
    for _ in range(len(study.workspace.areas()) + 1):
        study.commands.next_area()
        seen.append(study.focusWidget())
    assert seen[0] is seen[-1]
    assert len(set(seen)) == len(study.workspace.areas()) >= 4
    study.commands.previous_area()
    assert study.focusWidget() is seen[-2]


def test_narrow_windows_keep_their_pages_as_icons(study: Window) -> None:
    study.resize(940, 640)
    navigator = study.workspace.navigator
    assert navigator.width() == NARROW and not navigator.sources.isVisible() and navigator._all.isVisible()
    study.resize(1440, 900)
    assert navigator.width() == 232 and navigator.sources.isVisible()
    study.resize(100, 100)
    assert (study.width(), study.height()) >= (900, 600)


def test_text_and_theme_are_remembered(study: Window, theme) -> None:
    study.commands.larger()
    study.commands.actions["theme_dark"].trigger()
    assert theme.is_dark and theme.scale == 1.1
    again = Settings()
    assert (again["theme"], again["text_size"]) == ("dark", 1.1)


def test_the_coder_can_be_changed_and_is_always_seen(study: Window, monkeypatch) -> None:
    monkeypatch.setattr(choose, "line", lambda *_args: "Ben Oldroyd")
    study.workspace.status.coder_wanted.emit("")
    assert study.workspace.status.coder.text() == "Coding as Ben Oldroyd"
    assert Settings()["coder"] == "Ben Oldroyd"
    names = [action.text() for action in study.workspace.status.coder_menu().actions() if action.text()]
    assert "Ben Oldroyd" in names and "Somebody else …" in names


def test_closing_asks_nothing_and_remembers_where_it_was(qtbot, theme, tmp_path: Path) -> None:
    window = Window(Settings(), Runner(executor="now"))
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    window.runner.create(tmp_path / "a.cqda")
    window.close()
    assert not window.isVisible() and window.runner.info is None
    assert Settings()["window"][2:] == [1100, 700]
    again = Window(Settings(), Runner(executor="now"))
    qtbot.addWidget(again)
    again.show()
    width = min(1100, again.screen().availableSize().width())
    assert again.width() == max(900, width)
    assert [row.recent.title for row in again.start.rows()] == ["a"]
    again.look_at_recent()
    row = again.start.rows()[0]
    assert row.recent.about == "0 sources, 0 people, not coded yet" and row.recent.when.startswith("Today")
    row.click()
    assert again.has_project
    again.commands.close_project()
    assert again.stack.currentWidget() is again.start
    again.start.rows()[0].forget.emit()
    assert again.start.rows() == [] and (tmp_path / "a.cqda").exists()
    again.close()


def test_another_programs_change_is_shown(study: Window) -> None:
    with Project.open(study.runner.info.path) as other:
        women = next(s for s in other.sources.list() if s.name == "women")
        other.sources.rename(women.id, "Renamed elsewhere")
    study.runner.look_again()
    assert ("Renamed elsewhere", "New") in rows(study)
    assert "Another program" in study.toast.message.text()


def test_a_copy_and_the_codebook_are_written(study: Window, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(choose, "save_file", lambda *_args: tmp_path / "copy.cqda")
    study.commands.files.save_copy()
    with Project.open(tmp_path / "copy.cqda") as copy:
        assert len(copy.sources.list()) == 2
    monkeypatch.setattr(choose, "save_file", lambda *_args: tmp_path / "codes.csv")
    study.commands.files.export_codebook()
    assert (tmp_path / "codes.csv").stat().st_size > 100
    study.commands.files.check()
    assert study.workspace.banner.message.text() == "The project file is whole."
    assert study.told == []


def test_the_practice_project_is_built_once(window: Window, tmp_path: Path) -> None:
    window.commands.files.practice_in(tmp_path)
    assert window.told == []
    assert len(window.workspace.navigator.state.sources) == 15
    assert any(state_words(s).endswith("%") for s in window.workspace.navigator.state.sources)
    size = window.runner.info.path.stat().st_mtime_ns
    window.commands.files.practice_in(tmp_path)
    assert window.runner.info.path.stat().st_mtime_ns == size
    assert window.told == []


def test_going_anywhere_by_typing(study: Window, qtbot) -> None:
    from cohesion_qda.ui.goto import GoTo

    study.commands.go_to()
    dialog = study.findChild(GoTo)
    dialog.field.setText("wom")
    assert dialog.list.item(0).text() == "women"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    women = next(s for s in study.workspace.navigator.state.sources if s.name == "women")
    assert study.workspace.navigator.selected_source() == women.id
    study.commands.go_to()
    dialog = study.findChildren(GoTo)[-1]
    dialog.field.setText("school gate")
    qtbot.waitUntil(lambda: "1 time" in dialog.foot.text())
    dialog.close()


@pytest.mark.parametrize("name", ["settings", "guide", "about"])
def test_dialogs_open_and_close(study: Window, name: str) -> None:
    getattr(study.commands, name)()
    from PySide6.QtWidgets import QDialog

    dialogs = [d for d in study.findChildren(QDialog) if d.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].close()
    assert study.told == []


def test_the_guide_lists_every_key_and_every_action_works(study: Window) -> None:
    from cohesion_qda.ui.guide import guide_html

    told = guide_html(study.commands.actions)
    for entry in actions.entries():
        if entry.name in (actions.LINE, "recent"):
            continue
        action = study.commands.actions[entry.name]
        assert all(keys in told for keys in filter(None, actions.key_words(action).split(" / "))), entry.name
        assert entry.name.startswith(("page_", "theme_")) or callable(study.commands.verb(entry.name))


def test_no_two_actions_share_a_key(study: Window) -> None:
    from collections import Counter

    from PySide6.QtGui import QAction

    for name, _words, _icon in actions.pages():
        study.workspace.enter(name)
        shown = [a for a in study.findChildren(QAction) if a.isEnabled() and a.associatedObjects()]
        own = {key.toString() for a in study.commands.actions.values() for key in a.shortcuts()}
        page = study.workspace.page
        inside = [a for a in shown if page is not None and a.parent() is page]
        keys = Counter(key.toString() for a in inside for key in a.shortcuts() if key.toString())
        assert not own & set(keys), name
        assert all(n == 1 for n in keys.values()), (name, keys)


def test_what_was_read_for_one_project_is_not_added_to_the_next(
    study: Window, transcripts: Path, tmp_path: Path
) -> None:
    (transcripts / "new.txt").write_text("Ann: Something quite new.\n", "utf-8")
    study.dropped([transcripts / "new.txt"])
    dialog = study.commands.files.flow.dialog
    study.runner.open(study.runner.info.path)
    assert dialog.isVisible()  # it is the same project
    study.say("Removed a source", can_undo=True)
    study.runner.create(tmp_path / "second.cqda", codebook="empty")
    assert not dialog.isVisible() and not study.toast.isVisible()
    sources = []
    study.runner.ask(lambda p: p.sources.list(), sources.append)
    assert (sources, study.told) == ([[]], [])
