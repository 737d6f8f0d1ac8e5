"""What can be done with one source: rename, describe, mark, remove. Each is one undoable act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.source import SOURCE_KINDS, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cohesion_qda.model.section import GuideQuestion
    from cohesion_qda.ui.window import Window


class SourceCommands(QObject):
    """The verbs of the navigator's sources."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._runner = window.runner

    def rename(self, source: SourceId, name: str) -> None:
        self._runner.do(lambda p: p.sources.rename(source, name), self._window.say_change)

    def remove(self, source: SourceId) -> None:
        self._runner.do(lambda p: p.sources.remove(source), self._window.say_change)

    def details(self, source: SourceId) -> None:
        """Attributes and speakers of one source."""
        self._runner.ask(
            lambda p: (p.sources.reading(source), p.attributes.names("source")),
            lambda answer: self._show_details(*answer),
        )

    def _show_details(self, reading: Reading, names: list[str]) -> None:
        from cohesion_qda.ui.sources.details import SourceDialog

        dialog = SourceDialog(self._runner, reading, names, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def guide(self) -> None:
        """The questions that were to be asked."""
        from cohesion_qda.ui.sources.guide_dialog import open_guide

        open_guide(self._runner, self._window, self._window.say_change)

    def sections(self, source: SourceId) -> None:
        """Which question is answered where in one source."""
        self._runner.ask(
            lambda p: (p.sources.reading(source), p.guide.questions()), lambda answer: self._show_sections(*answer)
        )

    def _show_sections(self, reading: Reading, questions: Sequence[GuideQuestion]) -> None:
        from cohesion_qda.ui.sources.sections_dialog import SectionsDialog

        dialog = SectionsDialog(self._runner, reading, questions, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def memo(self, source: SourceId, name: str) -> None:
        """What is noted about one source."""
        from cohesion_qda.ui.memos.dialog import write_memo

        write_memo(self._runner, "source", source, name, self._window)

    def menu(self, source: SourceId) -> QMenu:
        """What can be done with a source."""
        from cohesion_qda.ui.sources.words import kind_name

        navigator = self._window.workspace.navigator
        found = next(s for s in navigator.state.sources if s.id == source)
        menu = QMenu(self._window)
        menu.addAction(_("Rename")).triggered.connect(lambda: navigator.rename(source))
        kinds = menu.addMenu(_("Kind"))
        for kind in SOURCE_KINDS:
            action = kinds.addAction(kind_name(kind))
            action.setCheckable(True)
            action.setChecked(kind == found.kind)
            action.triggered.connect(
                lambda _on=False, to=kind: self._runner.do(
                    lambda p: p.sources.set_kind(source, to), self._window.say_change
                )
            )
        menu.addAction(_("Attributes and speakers …")).triggered.connect(lambda: self.details(source))
        menu.addAction(_("Questions answered …")).triggered.connect(lambda: self.sections(source))
        menu.addAction(_("Memo …")).triggered.connect(lambda: self.memo(source, found.name))
        state = "" if found.is_done else "done"
        words = _("Not done yet") if found.is_done else _("Mark as done")
        menu.addAction(words).triggered.connect(
            lambda: self._runner.do(lambda p: p.sources.set_state(source, state), self._window.say_change)
        )
        menu.addSeparator()
        menu.addAction(_("Remove (Undo brings it back)")).triggered.connect(lambda: self.remove(source))
        info = self._runner.info
        if info is not None and info.is_read_only:
            for action in menu.actions():
                action.setEnabled(False)
        return menu

    def open_menu(self, source: SourceId, place: QPoint) -> None:
        menu = self.menu(source)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
