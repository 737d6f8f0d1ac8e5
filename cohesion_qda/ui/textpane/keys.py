"""The keys that work while the transcript has the focus: one table, for the view, the menus, the card and the help."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from cohesion_qda.base.i18n import _

DIGITS = {getattr(Qt.Key, f"Key_{n}").value: str(n) for n in range(10)}
_KEYS = {
    Qt.Key.Key_C: "pick", Qt.Key.Key_Return: "pick", Qt.Key.Key_Enter: "pick", Qt.Key.Key_L: "again",
    Qt.Key.Key_V: "in-vivo", Qt.Key.Key_W: "word", Qt.Key.Key_S: "sentence", Qt.Key.Key_T: "turn", Qt.Key.Key_B: "less",
    Qt.Key.Key_J: "next", Qt.Key.Key_K: "previous", Qt.Key.Key_U: "uncoded", Qt.Key.Key_N: "same",
    Qt.Key.Key_P: "same-before", Qt.Key.Key_A: "acts", Qt.Key.Key_E: "ends", Qt.Key.Key_R: "recode",
    Qt.Key.Key_I: "fit", Qt.Key.Key_D: "fit-1", Qt.Key.Key_F: "fit-2", Qt.Key.Key_G: "fit-3", Qt.Key.Key_Y: "fit-why",
    Qt.Key.Key_O: "alike",
    Qt.Key.Key_M: "memo", Qt.Key.Key_Q: "quotation", Qt.Key.Key_X: "example", Qt.Key.Key_H: "theme",
    Qt.Key.Key_Z: "worksheet",
    Qt.Key.Key_Plus: "heavier", Qt.Key.Key_Minus: "lighter", Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove", Qt.Key.Key_Escape: "clear",
}  # fmt: skip
_NEED_SHIFT = {Qt.Key.Key_Plus}  # on many keyboards


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
        KeyHelp("in-vivo", "V", _("Code in their words…")),
        KeyHelp("word", "W", _("Select the word, then one more")),
        KeyHelp("sentence", "S", _("Select the sentence, then one more")),
        KeyHelp("turn", "T", _("Select the turn, then one more")),
        KeyHelp("less", "B", _("Select less again")),
        KeyHelp("next", "J", _("Next coded passage")),
        KeyHelp("previous", "K", _("Previous coded passage")),
        KeyHelp("uncoded", "U", _("Next uncoded turn")),
        KeyHelp("same", "N", _("Next turn of the same speaker")),
        KeyHelp("same-before", "P", _("Previous turn of the same speaker")),
        *passage_help(),
        KeyHelp("fit", "I", _("What codes for this passage?")),
        KeyHelp("fit-1", "D", _("Code with the first code suggested")),
        KeyHelp("fit-2", "F", _("Code with the second code suggested")),
        KeyHelp("fit-3", "G", _("Code with the third code suggested")),
        KeyHelp("fit-why", "Y", _("Why these codes are suggested")),
        KeyHelp("alike", "O", _("Find passages like this one")),
        KeyHelp("clear", "Esc", _("Clear the selection")),
    ]


def passage_help() -> list[KeyHelp]:
    """What can be done with the passage one is on."""
    return [
        KeyHelp("acts", "A", _("What can be done with the passage")),
        KeyHelp("ends", "E", _("Change where the passage ends")),
        KeyHelp("recode", "R", _("Recode the passage…")),
        KeyHelp("memo", "M", _("Write a memo on the passage…")),
        KeyHelp("quotation", "Q", _("Copy as a quotation")),
        KeyHelp("example", "X", _("Make it the code’s example")),
        KeyHelp("theme", "H", _("Add to a theme…")),
        KeyHelp("worksheet", "Z", _("Link to a worksheet…")),
        KeyHelp("heavier", "+", _("More weight")),
        KeyHelp("lighter", "−", _("Less weight")),
        KeyHelp("remove", "Del", _("Remove the codes of the passage")),
    ]


def command_of(event: QKeyEvent, *, letters: bool = True) -> str:
    """The command a key calls: a name of `key_help`, `key:3` or `key:Shift+F` for the key of a code, or nothing.

    Without `letters`, single letters, digits and signs call nothing (the setting for those who dictate).
    """
    shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
        return ""
    is_letter = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    if shift and is_letter:
        return f"key:Shift+{chr(event.key())}" if letters else ""
    if shift and event.key() not in _NEED_SHIFT:
        return ""
    if letters and event.key() in DIGITS:
        return f"key:{DIGITS[event.key()]}"
    command = _KEYS.get(Qt.Key(event.key()), "")
    is_sign = command in ("heavier", "lighter")
    return "" if (is_letter or is_sign) and not letters else command
