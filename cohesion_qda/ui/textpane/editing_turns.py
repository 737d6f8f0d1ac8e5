"""Saying who said something: a wrong speaker, a turn that is two, two turns that are one. Each is one undoable act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId, SpeakerId, TurnId
from cohesion_qda.model.source import Reading, Turn
from cohesion_qda.model.text import Span
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from cohesion_qda.model.change import Change


class Speaking(QObject):
    """The commands, and their entries in the menu of the words."""

    said = Signal(str, bool)  # toast, whether it can be undone

    def __init__(self, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self._runner, self._page = runner, page

    def add_to(self, menu: QMenu, reading: Reading, point: int, selected: Span | None) -> None:
        """Add what can be said of the turn at the code point `point`, and of the words `selected`, if any are. Adds nothing
        where nobody speaks.
        """
        turns = _turns(reading, point, selected)
        if not turns:
            return
        inside = _inside(turns, selected)
        menu.addMenu(self._who_menu(menu, reading, turns, inside))
        menu.addAction(_("Split the turn here"), lambda: self.split(reading, point)).setEnabled(inside is None)
        menu.addAction(_("Join with the turn before"), lambda: self.join(reading, point)).setEnabled(
            turns[0] is not reading.turns[0]
        )

    def open(self, reading: Reading, point: int, selected: Span | None, where: QPoint) -> None:
        """The menu of who said it, alone."""
        turns = _turns(reading, point, selected)
        if not turns:
            self.said.emit(_("Nobody speaks here."), False)
            return
        menu = self._who_menu(self._page, reading, turns, _inside(turns, selected))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(where)

    def split(self, reading: Reading, point: int) -> None:
        """Let a new turn begin at a place."""
        self._runner.do(lambda p: p.corrections.split_turn(reading.source.id, point), self._tell)

    def join(self, reading: Reading, point: int) -> None:
        """Let the turn at a place be one with the one before it."""
        turns = _turns(reading, point, None)
        if not turns:
            self.said.emit(_("Nobody speaks here."), False)
            return
        self._runner.do(lambda p: p.corrections.join_turn(reading.source.id, turns[0].id), self._tell)

    def _who_menu(self, parent: QWidget, reading: Reading, turns: list[Turn], inside: Span | None) -> QMenu:
        """The speakers of the source, and somebody new."""
        menu = QMenu(_("Said by") if inside is None else _("These words were said by"), parent)
        source = reading.source.id
        does: Callable[[SpeakerId | str], None]
        if inside is None:
            does = partial(self._set, source, [turn.id for turn in turns])
        else:
            does = partial(self._part, source, inside)
        for speaker in reading.speakers.values():
            action = menu.addAction(speaker.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(all(turn.speaker == speaker.id for turn in turns))
            action.triggered.connect(partial(self._chosen, does, speaker.id))
        menu.addSeparator()
        menu.addAction(_("Somebody else …")).triggered.connect(lambda _on=False: self._ask(does))
        return menu

    def _chosen(self, does: Callable[[SpeakerId | str], None], speaker: SpeakerId, _on: bool = False) -> None:
        does(speaker)

    def _ask(self, does: Callable[[SpeakerId | str], None]) -> None:
        name = choose.line(self._page, _("Said by somebody else"), _("Their name, or a pseudonym"))
        if name:
            does(name)

    def _set(self, source: SourceId, turns: list[TurnId], who: SpeakerId | str) -> None:
        self._runner.do(lambda p: p.corrections.set_speaker(source, turns, who), self._tell)

    def _part(self, source: SourceId, span: Span, who: SpeakerId | str) -> None:
        self._runner.do(lambda p: p.corrections.said_by(source, span, who), self._tell)

    def _tell(self, change: Change) -> None:
        if change.said:
            self.said.emit(change.said, True)


def _turns(reading: Reading, point: int, selected: Span | None) -> list[Turn]:
    """The turns that are meant: those the selection touches, or the one at the place."""
    if selected is not None and len(selected):
        return [turn for turn in reading.turns if turn.span.overlaps(selected)]
    return [turn for turn in reading.turns if turn.span.start <= point <= turn.span.end][-1:]


def _inside(turns: list[Turn], selected: Span | None) -> Span | None:
    """What is selected, where it is a part of its turns and not all of them."""
    if selected is None or (selected.start <= turns[0].span.start and turns[-1].span.end <= selected.end):
        return None
    return selected
