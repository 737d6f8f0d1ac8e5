"""A passage as it is read in a walk: who says it and where, its words, and the words around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import InContext
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel

_MOVING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
)  # fmt: skip


class PassageCard(QFrame):
    """Takes the focus; what is pressed on it, but for moving through it, is passed on."""

    pressed = Signal(object)  # QKeyEvent

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passage")
        self.where = ElidedLabel("", "meta_strong", "text2")
        self.words = _Words(self)
        self.words.setAccessibleName(_("The passage, in its context"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.where)
        column.addWidget(self.words, 1)
        self.setFocusProxy(self.words)
        self._look(False)
        self.words.focus_changed.connect(self._look)

    def _look(self, has_focus: bool) -> None:
        theme = current_theme()
        edge = f"2px solid {theme.hex('focus')}" if has_focus else f"1px solid {theme.hex('line')}"
        self.setStyleSheet(f"#passage {{ background: {theme.hex('paper')}; border: {edge}; border-radius: 8px; }}")

    def hasFocus(self) -> bool:
        return self.words.hasFocus()

    def show_passage(self, found: InContext | None) -> None:
        """Show a passage in its context, or say that it is gone."""
        if found is None:
            self.show_words(_("This passage is gone."), _("Somebody took it away meanwhile. Go on with the next."))
            return
        passage = found.passage
        parts = [passage.source_name, ", ".join(passage.speakers)]
        parts += [_("turn {n}").format(n=passage.turn)] if passage.turn else []
        parts += [_("coded by {coder}").format(coder=passage.coder_name)]
        self.where.setText("  ·  ".join(part for part in parts if part))
        self.words.show_context(found.before, passage.quote, found.after)

    def show_words(self, title: str, words: str) -> None:
        """Say something in the passage's place."""
        self.where.setText(title)
        self.words.show_context("", words, "", is_quote=False)


class _Words(QTextEdit):
    focus_changed = Signal(bool)

    def __init__(self, card: PassageCard) -> None:
        super().__init__(card)
        self._card = card
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTextEdit { background: transparent; border: none; padding: 0; }")

    def show_context(self, before: str, quote: str, after: str, *, is_quote: bool = True) -> None:
        theme = current_theme()
        font = theme.font("transcript")
        dim, plain = QTextCharFormat(), QTextCharFormat()
        for look in (dim, plain):
            look.setFont(font)
        dim.setForeground(theme.colour("text2"))
        plain.setForeground(theme.colour("text"))
        if is_quote:
            plain.setBackground(QColor(theme.hex("sel")))
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setBottomMargin(theme.px(8))
        block.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        for words, look in ((before, dim), (quote, plain), (after, dim)):
            cursor.insertText(words, look)
        cursor.setPosition(min(len(before.encode("utf-16-le")) // 2, cursor.position()))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVING or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            self._card.pressed.emit(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)
