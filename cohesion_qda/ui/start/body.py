"""The inside of a dialog: as large as its contents, and scrolled where the screen has no room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QWidget

from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label

EDGE = 80  # pixels of the screen left free around the contents, for the margins and the frame of the window
FOOT = 140  # as high at normal text size: the title and the buttons of the dialog


class DialogBody(QScrollArea):
    """Holds the widgets of a dialog over its buttons. `width` is how wide they want to be at normal text size."""

    def __init__(self, inside: QWidget, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self.setWidgetResizable(True)
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("DialogBody, DialogBody > QWidget > QWidget { background: transparent; }")
        current_theme().changed.connect(self.fit)

    def fit(self) -> None:
        """Take the size of the contents at the text size of the moment."""
        self.updateGeometry()
        dialog = self.window()
        if dialog is not self and dialog.layout() is not None:
            dialog.layout().activate()
            dialog.resize(dialog.sizeHint().expandedTo(dialog.geometry().size() if dialog.isVisible() else QSize()))

    def sizeHint(self) -> QSize:
        inside, room = self.widget(), self.screen().availableGeometry().size()
        wide = min(max(current_theme().px(self._width), inside.minimumSizeHint().width()), room.width() - EDGE)
        layout = inside.layout()
        tall = layout.heightForWidth(wide) if layout.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(wide + 12, min(tall + 4, room.height() - EDGE - current_theme().px(FOOT)))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(320, self.sizeHint().width()), min(200, self.sizeHint().height()))


class Choice(QWidget):
    """A radio button or a box to tick whose words wrap; a press on the words is a press on the button."""

    def __init__(self, button: QAbstractButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button = button
        self._words = Label(button.text())
        self._words.setWordWrap(True)
        self.set_words(button.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)

    def set_words(self, words: str) -> None:
        """Say something else beside the button."""
        self._button.setText("")
        self._button.setAccessibleName(words)
        self._words.setText(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button.click()
