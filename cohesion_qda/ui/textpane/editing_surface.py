"""Where a transcript is corrected: plain words, who says them beside, and a light line under what is coded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span, canonical
from cohesion_qda.model.textmap import Edit, TextMap
from cohesion_qda.ui.textpane.editing_text import TypedText, coded
from cohesion_qda.ui.textpane.layout import TranscriptLayout, Wanted
from cohesion_qda.ui.textpane.reading import ReadingLook
from cohesion_qda.ui.theme import current_theme

_BETWEEN, _INSIDE = 10, 2  # pixels above a turn, and above another line of it
NAMES = 150  # pixels for names at normal text size
SIDE = 16  # pixels around the text
_EDITING = (QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste)
_FRAME_MARKS = str.maketrans({"\ufdd0": "\ufffd", "\ufdd1": "\ufffd"})  # Qt would read these as line ends


class EditSurface(QPlainTextEdit):
    """Holds one reading while it is corrected. The line ends between turns stay, whatever is pressed."""

    done = Signal()  # the person has finished
    said = Signal(str)  # why a key did nothing
    menu_wanted = Signal(object)  # where, global

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed: TypedText | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.viewport().setAcceptDrops(False)
        self.look = ReadingLook()
        self._make_layout()
        self.setAccessibleDescription(
            _("Type to correct the words. Escape finishes; the codings move with their words.")
        )
        self._names = _Names(self)
        self._marks: _Marks | None = None
        self.updateRequest.connect(self._names.follow)
        current_theme().changed.connect(self._dress)
        self._dress()

    def _make_layout(self) -> None:
        document = QTextDocument(self)
        self._layout = TranscriptLayout(document, self._stand, current_theme().line_height("transcript"))
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(SIDE)
        self.setDocument(document)
        option = document.defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)
        document.blockCountChanged.connect(lambda _count: self._layout.forget())

    def _stand(self, block: QTextBlock) -> Wanted:
        """Room above a turn, and less between the lines of one."""
        _name, opens = self.stretch_at(block.blockNumber())
        from_right = block.textDirection() == Qt.LayoutDirection.RightToLeft
        return Wanted(current_theme().px(_BETWEEN if opens else _INSIDE), from_right=from_right)

    # ---- what is shown
    def show_reading(self, reading: Reading, spans: Sequence[Span], look: ReadingLook | None = None) -> None:
        """Show a source to be corrected; `spans` are what is coded in it. It is set as it is `look`ed at when it is read."""
        self.forget()
        self.look = look or self.look
        self._dress()
        self.setUndoRedoEnabled(False)
        typed = TypedText(reading)
        self.setPlainText(typed.shown.translate(_FRAME_MARKS))
        self.setUndoRedoEnabled(True)
        self.setAccessibleName(_("Correcting {name}").format(name=reading.source.name))
        self.typed = typed
        typed.follow(self.document())  # it must hear of a change before the marks do
        self._layout.forget()
        self._marks = _Marks(self, coded(reading, spans))
        self._names.labels = {one.id: one.label for one in reading.speakers.values()}

    def forget(self) -> None:
        """Hold nothing."""
        if self._marks is not None:
            self._marks.setDocument(None)
            self._marks.deleteLater()
            self._marks = None
        if self.typed is not None:
            self.document().contentsChange.disconnect(self.typed._record)
            self.typed = None
        self.setPlainText("")

    def set_coded(self, spans: Sequence[Span]) -> None:
        """What is coded now, in places of the text as it was before anything was typed."""
        if self.typed is not None and self._marks is not None:
            self._marks.show(coded(self.typed.reading, spans))

    def caret(self) -> int:
        """The code point before which the caret stands, in the text as it is now."""
        return self.typed.point(self.textCursor().position()) if self.typed is not None else 0

    def selection(self) -> Span:
        """What is selected, in code points of the text as it is now; empty at the caret where nothing is."""
        cursor = self.textCursor()
        assert self.typed is not None
        return Span(self.typed.point(cursor.selectionStart()), self.typed.point(cursor.selectionEnd()))

    def apply(self, edits: Sequence[Edit]) -> None:
        """Type what `edits`, which are in order and do not overlap, say of the text as it is now. Where a long paragraph is shown
        in parts they may run together, so that this cannot be undone.
        """
        assert self.typed is not None
        self.setUndoRedoEnabled(not self.typed.has_parts)
        for edit in reversed(edits):
            cursor = self.textCursor()
            cursor.setPosition(self.typed.position(edit.start))
            cursor.setPosition(self.typed.position(edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(edit.text)
        self.setUndoRedoEnabled(True)
        self.typed.is_run_together = False

    def go_to(self, point: int) -> None:
        """Put the caret before a code point, in the middle of the page."""
        self.select(Span(point, point))

    def select(self, span: Span) -> None:
        """Select `span` of the text as it is now, in the middle of the page."""
        assert self.typed is not None
        cursor, end = self.textCursor(), len(self.typed.text)
        cursor.setPosition(self.typed.position(min(span.start, end)))
        cursor.setPosition(self.typed.position(min(span.end, end)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    def stretch_at(self, line: int) -> tuple[str, bool]:
        """Who says a line (empty: nobody), and whether their turn begins with it."""
        if self.typed is None or line >= len(self.typed.owners):
            return "", False
        speaker = self.typed.stretches[self.typed.owners[line]].speaker
        opens = line == 0 or (self.typed.is_edge(line) and not self.typed.goes_on(line))
        return self._names.labels.get(speaker, "") if speaker is not None else "", opens

    # ---- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.done.emit()
            event.accept()
            return
        if not self._may_delete(event):
            event.accept()
            return
        if self.textCursor().hasSelection() and self._changes(event) and self._take_out() and not _types(event):
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste()
            event.accept()
            return
        super().keyPressEvent(event)
        if self.typed is not None and self.typed.is_run_together:  # by a key of this system that we do not know
            self.undo()
            self.typed.put_apart()
            self._say_why(self.textCursor().blockNumber() + 1)

    def _changes(self, event: QKeyEvent) -> bool:
        """Whether a key would take out what is selected."""
        deletes = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
        return deletes or _types(event) or any(event.matches(key) for key in _EDITING)

    def _may_delete(self, event: QKeyEvent) -> bool:
        """Whether a deleting key leaves the line ends between turns alone; says so where it does not."""
        cursor = self.textCursor()
        if self.typed is None or cursor.hasSelection():
            return True
        back = event.key() == Qt.Key.Key_Backspace or event.matches(QKeySequence.StandardKey.DeleteStartOfWord)
        forth = event.key() == Qt.Key.Key_Delete or event.matches(QKeySequence.StandardKey.DeleteEndOfWord)
        line = cursor.blockNumber()
        for key, at, edge in ((back, cursor.atBlockStart(), line), (forth, cursor.atBlockEnd(), line + 1)):
            if key and at and self.typed.is_edge(edge):
                self._say_why(edge)
                return False
        return True

    def _say_why(self, line: int) -> None:
        """Why the line end before `line` stays."""
        if self.typed is not None and self.typed.goes_on(line):
            self.said.emit(_("A very long paragraph is shown in parts here. The space between two of them stays."))
            return
        self.said.emit(
            _("Another turn begins here. To make the two one, choose “Join with the turn before” in the menu.")
        )

    def _take_out(self) -> bool:
        """Take out what is selected, but for the line ends between turns. Whether there were any; else nothing is done."""
        cursor = self.textCursor()
        pieces = self.typed.apart(cursor) if self.typed is not None else []
        if len(pieces) < 2:
            return False
        start = cursor.selectionStart()
        cursor.beginEditBlock()
        for begin, end in reversed(pieces):
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        cursor.endEditBlock()
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        return True

    def cut(self) -> None:
        """As the key."""
        self.copy()
        if not self._take_out():
            self.textCursor().removeSelectedText()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() and self.textCursor().hasSelection():
            self._take_out()
        super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        if self.typed is not None:
            data.setText(self.selection().of(self.typed.text))
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only, and canonical."""
        if source.hasText():
            self._take_out()
            self.textCursor().insertText(canonical(source.text()))
            self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if not self.textCursor().hasSelection():
                self.setTextCursor(self.cursorForPosition(event.pos()))
            self.menu_wanted.emit(event.globalPos())
        else:
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()))

    # ---- looks
    def lines_shown(self) -> list[tuple[QTextBlock, float]]:
        """The blocks on the page, each with its top in the viewport."""
        found = []
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= self.viewport().height():
            found.append((block, top))
            top += self.blockBoundingRect(block).height()
            block = block.next()
        return found

    def _dress(self) -> None:
        self.document().setDefaultFont(self.look.font(current_theme()))
        self.setFont(self.look.font(current_theme()))
        self._layout.line = self.look.line(current_theme())
        self._layout.forget()
        if self._marks is not None:
            self._marks.dress()
        self._share_width()

    def _share_width(self) -> None:
        names = current_theme().px(NAMES)
        widest = names + current_theme().px(self.look.text_most() + 2 * SIDE)
        free = max(0, self.width() - widest - names // 2)
        self.setViewportMargins(names, 0, free, 0)
        self._names.setGeometry(QRect(0, 0, names, self.height()))

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Resize
        ):  # before Qt gives the viewport its size, or the text is laid out for another
            self._share_width()
        return super().event(event)


def _types(event: QKeyEvent) -> bool:
    """Whether a key puts something in."""
    enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
    plain = not held or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)  # AltGr is Ctrl and Alt on Windows
    return enters or (plain and bool(event.text()) and event.text().isprintable())


class _Names(QWidget):
    """Who says what, at the left; a line between two turns."""

    def __init__(self, view: EditSurface) -> None:
        super().__init__(view)
        self._view = view
        self.labels: dict[SpeakerId, str] = {}
        self.setAccessibleName(_("Speakers"))

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(NAMES), 0)

    def follow(self, _rect: QRect, by: int) -> None:
        """The page was scrolled, or something in it changed."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        font = theme.font("interface_strong")
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), theme.colour("paper"))
            painter.setFont(font)
            for block, top in self._view.lines_shown():
                name, opens = self._view.stretch_at(block.blockNumber())
                if not opens:
                    continue
                if block.blockNumber():
                    painter.fillRect(
                        QRectF(theme.px(12), top + theme.px(_BETWEEN) / 2, self.width() - theme.px(12), 1),
                        theme.colour("line"),
                    )
                painter.setPen(theme.colour("text"))
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.width() - theme.px(16))
                line = block.layout().lineAt(0)
                first = line.ascent() if line.isValid() else metrics.ascent()
                base = top + (line.y() if line.isValid() else 0) + first
                place = QRectF(0, base - metrics.ascent(), self.width() - theme.px(4), metrics.height())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)
        finally:
            painter.end()


class _Marks(QSyntaxHighlighter):
    """A light line under what is coded, where it lies by now."""

    def __init__(self, view: EditSurface, spans: Sequence[Span]) -> None:
        super().__init__(view.document())
        self._view, self._spans = view, spans
        self._format = QTextCharFormat()
        self._map_of: tuple[int, TextMap] | None = None
        self.dress(again=False)

    def show(self, spans: Sequence[Span]) -> None:
        """Mark other places."""
        self._spans = spans
        self.rehighlight()

    def dress(self, *, again: bool = True) -> None:
        """In the colours of the moment."""
        self._format = QTextCharFormat()
        self._format.setBackground(current_theme().colour("soft"))
        if again:
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        typed, line = self._view.typed, self.currentBlock().blockNumber()
        if typed is None or line >= len(typed.lines) or not self._spans:
            return
        stretch = typed.stretches[typed.owners[line]].span
        first = max(0, bisect_left(self._spans, stretch.start, key=lambda span: span.end) - 1)
        start = typed.starts[line]
        here = Span(start, start + len(typed.lines[line]))
        places = self._places(typed)
        for number in range(first, len(self._spans)):
            if self._spans[number].start > stretch.end:
                break
            moved = places.moved(self._spans[number])
            if moved is not None and moved.overlaps(here):
                a, b = max(moved.start, here.start) - start, min(moved.end, here.end) - start
                before, inside = typed.lines[line][:a], typed.lines[line][a:b]
                units = len(before.encode("utf-16-le")) // 2
                self.setFormat(units, len(inside.encode("utf-16-le")) // 2, self._format)

    def _places(self, typed: TypedText) -> TextMap:
        """The map of the text as it is now, made once for each state of the document."""
        revision = self._view.document().revision()
        if self._map_of is None or self._map_of[0] != revision:
            self._map_of = (revision, typed.map())
        return self._map_of[1]
