"""One coder's column: the passage in its context, with what they coded marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import Span
from cohesion_qda.ui.agreement.model import Passage, used
from cohesion_qda.ui.textpane.positions import Positions
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label


class PassageText(QTextEdit):
    """The words of a passage, who says them, and what is marked; read only. Words can be selected, and letters are
    told by `lettered`.
    """

    lettered = Signal(str)
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self._pieces: list[tuple[int, Span, Positions]] = []  # where each turn's words begin in the document

    def show_words(self, passage: Passage, marked: Sequence[Span]) -> None:
        """Show the turns of a passage, with some places marked; where it begins is in view."""
        theme = current_theme()
        name, plain = QTextCharFormat(), QTextCharFormat()
        name.setFont(theme.font("interface_strong"))
        name.setForeground(theme.colour("text2"))
        plain.setFont(theme.font("quote"))
        plain.setForeground(theme.colour("text"))
        gap, close = QTextBlockFormat(), QTextBlockFormat()
        gap.setTopMargin(theme.px(12))
        for form in (gap, close):
            form.setLineHeight(float(theme.px(24)), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        self.clear()
        self._pieces = []
        cursor = QTextCursor(self.document())
        for n, (who, span) in enumerate(passage.pieces):
            if n:
                cursor.insertBlock(gap)
            else:
                cursor.setBlockFormat(close)
            if who:
                cursor.insertText(who, name)
                cursor.insertBlock(close)
            positions = Positions(span.of(passage.text).replace("\n", " "), long=1_000_000_000)
            self._pieces.append((cursor.position(), span, positions))
            cursor.insertText(positions.shown, plain)
        self._mark(passage, marked)

    def _mark(self, passage: Passage, marked: Sequence[Span]) -> None:
        colours = current_theme().code_colour(passage.code.colour)
        form = QTextCharFormat()
        form.setBackground(colours.tint)
        form.setUnderlineColor(colours.ink)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        for span in marked:
            for start, end in self._ranges(span):
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(form)
        cursor = QTextCursor(self.document())
        cursor.setPosition(next(iter(self._ranges(passage.found.span)), (0, 0))[0])
        self.setTextCursor(cursor)
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        """Where the place begins stands in the upper part, the same in all columns."""
        if self._pieces and not self.textCursor().hasSelection():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_into_view()

    def _ranges(self, span: Span) -> list[tuple[int, int]]:
        """Where a place stands in the document, in UTF-16 units, turn by turn."""
        found = []
        for begin, its, positions in self._pieces:
            start, end = max(span.start, its.start), min(span.end, its.end)
            if start < end:
                found.append((begin + positions.to_qt(start - its.start), begin + positions.to_qt(end - its.start)))
        return found

    def selected(self) -> Span | None:
        """The selected words, in code points of the source; None where no words are."""
        cursor = self.textCursor()
        if not cursor.hasSelection() or not self._pieces:
            return None
        start, end = (self._point(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        return Span(start, end) if start < end else None

    def _point(self, position: int) -> int:
        starts = [begin for begin, _span, _positions in self._pieces]
        n = max(0, bisect_right(starts, position) - 1)
        begin, span, positions = self._pieces[n]
        return min(span.end, span.start + positions.from_qt(max(0, position - begin)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().isalnum():
            self.lettered.emit(event.text().lower())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CoderColumn(QWidget):
    """A coder's name, what they did in the place, and the passage as they coded it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.name = ElidedLabel("", "panel_title")
        self.did = Label("", "meta", "text2")
        self.text = PassageText(self)
        head = QVBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)  # the text's frame and margin: names stand over the words
        head.setSpacing(2)
        head.addWidget(self.name)
        head.addWidget(self.did)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 8, 6, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._shown: tuple[Passage, str, Sequence[Span]] | None = None
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_passage(self, passage: Passage, name: str, spans: Sequence[Span]) -> None:
        """Show what the coder of that name did."""
        self._shown = passage, name, spans
        did = used(passage, spans)
        self.name.setText(name)
        self.did.setText(did)
        self.did.set_tone("text2" if spans else "warn")
        self.text.show_words(passage, spans)
        self.text.setAccessibleName(_("The passage as {coder} coded it").format(coder=name))
        self.text.setAccessibleDescription(_("{coder} {did}").format(coder=name, did=did))

    def _dress(self) -> None:
        theme = current_theme()
        palette = self.text.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.colour("paper"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.colour("sel"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
        self.text.setPalette(palette)
        self.text.setStyleSheet(
            f"QTextEdit {{ background: {theme.hex('paper')}; border: 2px solid transparent; border-radius: 6px; }}"
            f"QTextEdit:focus {{ border-color: {theme.hex('focus')}; }}"
        )
        if self._shown is not None:
            self.text.show_words(self._shown[0], self._shown[2])
