"""Filter chips, search fields, page headers and empty states. Asked for through `widgets`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Button, ElidedLabel, Label, PrimaryButton, restyle


class Chip(Button):
    """A filter: outlined with a chevron when off, filled with a × when on. With a menu, pressing it opens the menu;
    when on, pressing the × (or Delete) emits `cleared`.
    """

    cleared = Signal()

    def __init__(
        self,
        text: str,
        menu: QMenu | None = None,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, "", on_click, parent)
        self._on = False
        self._menu: QMenu | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setProperty("on", False)
        if menu is not None:
            self.set_menu(menu)
        self._dress()

    def set_menu(self, menu: QMenu) -> None:
        """The menu that pressing the chip opens."""
        self._menu = menu
        self.clicked.connect(lambda _checked=False: self._open_menu())

    @property
    def is_on(self) -> bool:
        return self._on

    def set_on(self, on: bool, text: str | None = None) -> None:
        """Filled, with a ×, or not; `text` replaces the words."""
        self._on = on
        self.setProperty("on", on)
        if text is not None:
            self.setText(text)
        self._dress()
        restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on and event.position().x() > self.width() - current_theme().px(32):
            self.cleared.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _dress(self) -> None:
        super()._dress()
        on = getattr(self, "_on", False)
        theme = current_theme()
        self.setIcon(theme.icon("close" if on else "chevron", "accenttext" if on else "text", 12))
        self.setIconSize(QSize(theme.px(12), theme.px(12)))


class SearchField(QLineEdit):
    """A line to search with: a magnifying glass, words that say what is searched, and Escape empties it."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.glass = QLabel(self)  # an action's icon would stay small when the letters grow
        self.glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.glass.setStyleSheet("background: transparent;")
        self._dress()
        current_theme().changed.connect(self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(current_theme().font("interface"))
        theme = current_theme()
        self.glass.setPixmap(theme.pixmap("search", "text2", 16))
        self.glass.resize(theme.px(16), theme.px(16))
        self.setTextMargins(theme.px(16) + 10, 0, self.textMargins().right(), 0)
        self._place_glass()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_glass()

    def _place_glass(self) -> None:
        self.glass.move(11, (self.height() - self.glass.height()) // 2)


class PageHeader(QFrame):
    """The top of a page: title, one line about it, actions at the right. 64 pixels high."""

    resized = Signal()  # it, or its words

    def __init__(self, title: str = "", meta: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.title = ElidedLabel(title, "page_title")
        self.meta = ElidedLabel(meta, "meta", "text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.meta)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._longest = 0  # the longest line about it since the title was set: what stands beside it does not jump
        self._dress()
        current_theme().changed.connect(self._dress)

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self._longest = 0
        self.resized.emit()

    def set_meta(self, meta: str) -> None:
        self.meta.setText(meta)
        self.meta.setVisible(bool(meta))
        if self.meta.sizeHint().width() > self._longest:
            self._longest = self.meta.sizeHint().width()
            self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def room(self, but: Iterable[QWidget] = ()) -> int:
        """How many pixels the title, the line about it, and what stands at the right leave free, when `but` is left out of
        account. They are not shortened for it.
        """
        margins, out = self._row.contentsMargins(), set(but)
        beside = [self._row.itemAt(at).widget() for at in range(1, self._row.count())]
        taken = sum(
            part.sizeHint().width() + self._row.spacing() for part in beside if part not in out and not part.isHidden()
        )
        words = max(self.title.sizeHint().width(), self._longest)
        return self.width() - margins.left() - margins.right() - words - taken

    def add_action(self, widget: QWidget) -> QWidget:
        """Put a button or chip at the right, after those already there."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        return widget

    def _dress(self) -> None:
        self.setFixedHeight(max(64, current_theme().px(64)))
        self._longest = self.meta.sizeHint().width()


def add_title(menu: QMenu, words: str) -> QAction:
    """Words over the entries that follow in `menu`. Qt’s own sections have none under a style sheet."""
    if not menu.isEmpty():
        menu.addSeparator()
    title = menu.addAction(words.replace("&", "&&"))
    title.setEnabled(False)
    title.setFont(current_theme().font("meta_strong"))
    return title


class EmptyState(QWidget):
    """What a page shows when there is nothing yet: one sentence, and at most one button."""

    def __init__(
        self,
        sentence: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sentence = Label(sentence, "quote", "text2")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(480)
        self.button = PrimaryButton(button_text.replace("&", "&&"), on_click=on_click)
        if not button_text:  # shown before it lies in something it would flash up as a window of its own
            self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_sentence(self, sentence: str) -> None:
        self.sentence.setText(sentence)
