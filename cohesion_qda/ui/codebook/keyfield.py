"""The key that codes with a code: a field that takes the press itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import KEYS, CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


def key_of(event: QKeyEvent) -> str:
    """The one of KEYS that a press stands for: a digit, or Shift and a letter. Empty for any other."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    text = event.text()
    if text.isascii() and text.isdigit():
        return text
    letter = chr(event.key()) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z else ""
    key = f"Shift+{letter}"
    return key if letter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in KEYS else ""


class KeyField(QLineEdit):
    """Shows a key and takes another one by its press; Backspace takes it away."""

    chosen = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.refused = ""
        self.setReadOnly(True)
        self.setPlaceholderText(_("Press a digit, or Shift and a letter"))
        self.setClearButtonEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName(_("Key"))
        self.setAccessibleDescription(_("Press a digit, or Shift and a letter; Backspace for no key"))
        self.set_key(key)

    def set_key(self, key: str) -> None:
        """Show a key, or none."""
        self.key = key
        self.setText(key)
        self.chosen.emit(key)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and key_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = key_of(event)
        if key or event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.refused = ""
            self.set_key(key)
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.refused = _("A letter needs Shift: letters alone have other uses in the transcript.")
            self.chosen.emit(self.key)
        else:
            super().keyPressEvent(event)


class KeyChoice(QWidget):
    """A `KeyField`, and under it who has the key now."""

    def __init__(self, tree: CodeTree, code: CodeId | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = {c.key: c.name for c in tree if c.key and c.id != code}
        self.field = KeyField(tree[code].key if code is not None else "")
        self._none = QuietButton(_("No key"), on_click=lambda: self.field.set_key(""))
        self.told = Label("", "meta", "text2")
        self.told.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.told)
        self.setFocusProxy(self.field)
        self.field.chosen.connect(self._tell)
        self._tell(self.field.key)

    @property
    def key(self) -> str:
        return self.field.key

    def _tell(self, key: str) -> None:
        self._none.setVisible(bool(key))
        if self.field.refused:
            self.told.setText(self.field.refused)
        elif key in self._taken:
            words = _("“{name}” has this key now, and will have none.")
            self.told.setText(words.format(name=self._taken[key]))
        else:
            self.told.setText(_("Pressed in the transcript, it codes what is selected.") if key else "")
        self.told.setVisible(bool(self.told.text()))


class KeyDialog(QDialog):
    """Asks for the key of a code."""

    def __init__(self, tree: CodeTree, code: CodeId, parent: QWidget) -> None:
        super().__init__(parent)
        title = _("Key of {name}").format(name=tree[code].name)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.choice = KeyChoice(tree, code)
        self.keep = PrimaryButton(_("Keep"), on_click=self.accept)
        self.keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        buttons.addWidget(self.keep)
        heading = Label(title, "page_title")
        heading.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(heading)
        column.addWidget(self.choice)
        column.addLayout(buttons)
        self.choice.setFocus()
