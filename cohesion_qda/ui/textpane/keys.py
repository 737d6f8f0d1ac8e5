"""The keys that work while the transcript has the focus: one table, for the view, the menu and the help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from cohesion_qda.base.i18n import _

DIGITS = {getattr(Qt.Key, f"Key_{n}").value: str(n) for n in range(1, 10)}
_KEYS = {
    Qt.Key.Key_C: "pick", Qt.Key.Key_Return: "pick", Qt.Key.Key_Enter: "pick", Qt.Key.Key_L: "again",
    Qt.Key.Key_S: "sentence", Qt.Key.Key_T: "turn", Qt.Key.Key_J: "next", Qt.Key.Key_K: "previous",
    Qt.Key.Key_U: "uncoded", Qt.Key.Key_Delete: "remove", Qt.Key.Key_Backspace: "remove", Qt.Key.Key_Escape: "clear",
}  # fmt: skip
_LETTERS = {"pick", "again", "sentence", "turn", "next", "previous", "uncoded"}


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """A command with the key that calls it and what it does."""

    command: str
    key: str
    words: str


def key_help() -> list[KeyHelp]:
    """Every command of the transcript, in the order of a menu."""
    return [
        KeyHelp("pick", "C", _("Code the selection…")),
        KeyHelp("again", "L", _("Code with the last code again")),
        KeyHelp("sentence", "S", _("Select the sentence")),
        KeyHelp("turn", "T", _("Select the turn")),
        KeyHelp("next", "J", _("Next coded passage")),
        KeyHelp("previous", "K", _("Previous coded passage")),
        KeyHelp("uncoded", "U", _("Next uncoded turn")),
        KeyHelp("remove", "Del", _("Remove the codes of the passage")),
        KeyHelp("clear", "Esc", _("Clear the selection")),
    ]


def command_of(event: QKeyEvent, *, letters: bool = True) -> str:
    """The command a key calls: a name of `key_help`, `key:3` for a pinned code, or nothing.

    Without `letters`, single letters and digits call nothing (the setting for those who dictate).
    """
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return ""
    if letters and event.key() in DIGITS:
        return f"key:{DIGITS[event.key()]}"
    command = _KEYS.get(Qt.Key(event.key()), "")
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    return "" if is_letter and not letters else command
