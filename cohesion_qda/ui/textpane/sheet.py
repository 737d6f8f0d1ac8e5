"""The sheet of the transcript: read-only text, laid out as it is to be read, and where everything on it stands.

The document holds the words only; what is coded is painted by `surface` and never written into it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextLayout
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.ui.textpane.columns import columns
from cohesion_qda.ui.textpane.extents import ASIDE, MODERATOR, BlockInfo, Blocks
from cohesion_qda.ui.textpane.gutter import INSIDE, Gutter, person_numbers
from cohesion_qda.ui.textpane.headings import Headings
from cohesion_qda.ui.textpane.layout import SIDE, TranscriptLayout, Wanted
from cohesion_qda.ui.textpane.paint import ScreenBlock
from cohesion_qda.ui.textpane.positions import Positions
from cohesion_qda.ui.textpane.reading import ReadingLook
from cohesion_qda.ui.theme import current_theme

# pixels: above the first turn, between turns, inside one, between lines of the preamble, after the last turn
_TOP, _BETWEEN, _INSIDE, _PREAMBLE, _FREE = 14, 12, 6, 2, 72
_LOW = 44  # at the foot of the page, where messages lie
_WITH_META = 35  # the least height of a turn with something under its speaker's name


class Sheet(QPlainTextEdit):
    """Shows one reading. Positions are code points everywhere but inside."""

    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = current_theme()
        self.look = ReadingLook()
        self.setObjectName("transcript")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Transcript"))
        self.setAccessibleDescription(_("Select words and press C to code them. J and K go from passage to passage."))
        self.viewport().setMouseTracking(True)
        self._no_text()
        self.headings = Headings(self)
        self.gutter = Gutter(self)
        self._columns = columns(900)
        self._make_layout()
        self.updateRequest.connect(self._moved)

    def _no_text(self) -> None:
        self.reading: Reading | None = None
        self.blocks: Blocks
        self.positions = Positions("")
        self.numbers = {}
        self._only: SpeakerId | None = None
        self._turns: frozenset[int] | None = None
        self._seen: list[int] = []  # the blocks that are shown, while not all are

    def _make_layout(self) -> None:
        document = QTextDocument(self)
        self._layout = TranscriptLayout(document, self._prepare, self.look.line(self.theme))
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(SIDE)
        document.setUndoRedoEnabled(False)
        self.setDocument(document)
        option = document.defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)

    # ---- what is shown
    def show_reading(self, reading: Reading) -> None:
        """Show a source from its beginning."""
        self._no_text()
        self.reading = reading
        self.positions = Positions(reading.text)
        self._describe(reading)
        self._layout.forget()
        self.setPlainText(self.positions.shown)
        self._layout.forget()  # Qt looked at the first block while it was still empty
        self.setAccessibleName(_("Transcript of {name}").format(name=reading.source.name))
        self._refresh()

    def show_nothing(self) -> None:
        """No source is open."""
        self._no_text()
        self._layout.forget()
        self.setPlainText("")
        self._refresh()

    def update_reading(self, reading: Reading) -> None:
        """The same source with other names, roles or corrected words; place and selection stay."""
        if self.reading is None or self.reading.source.id != reading.source.id:
            self.show_reading(reading)
        elif self.reading.text != reading.text:
            keep, caret, narrowed = self.top_point(), self.caret(), (self._only, self._turns)
            self.show_reading(reading)
            self.narrow(*narrowed)
            self.put_caret(min(caret, len(reading.text)))
            self.scroll_to(min(keep, len(reading.text)))
        else:
            self.reading = reading
            self._describe(reading)
            if self.is_narrowed:
                self._show_wanted_blocks()
            self._lay_out_again()

    def _describe(self, reading: Reading) -> None:
        self.blocks = Blocks(reading, self.positions)
        self.numbers = person_numbers(reading)
        self.headings.place()

    def set_look(self, look: ReadingLook) -> None:
        """Set the text in another way; the place stays."""
        if look != self.look:
            self.look = look
            self._dress()

    # ---- a part of it
    def narrow(self, speaker: SpeakerId | None = None, turns: frozenset[int] | None = None) -> None:
        """Show the turns of one speaker only, or those of the places `turns`, or both; None: everything."""
        if (self._only, self._turns) == (speaker, turns) or self.reading is None:
            return
        keep = self.top_point()
        self._only, self._turns = speaker, turns
        self._show_wanted_blocks()
        self.headings.place()
        self._lay_out_again()
        self.scroll_to(keep)
        self._caret_into_sight()

    def _caret_into_sight(self) -> None:
        """What keys act on is shown: a caret in a turn that is hidden now goes to the next one that is not."""
        here = self.positions.block_at(self.caret())
        if self._seen and self.is_narrowed and not self.document().findBlockByNumber(here).isVisible():
            at = bisect_left(self._seen, here)
            self.put_caret(self.positions.block_starts[self._seen[min(at, len(self._seen) - 1)]])

    def set_speaker(self, speaker: SpeakerId | None) -> None:
        """Show the turns of one speaker only, or everything."""
        self.narrow(speaker, self._turns)

    def _show_wanted_blocks(self) -> None:
        block, self._seen = self.document().firstBlock(), []
        while block.isValid():
            turn = self.blocks[block.blockNumber()].turn if self.is_narrowed else None
            who = self.blocks.speaker(turn)
            is_said = self._only is None or (who is not None and who.id == self._only)
            block.setVisible(is_said and (self._turns is None or turn in self._turns))
            if block.isVisible():
                self._seen.append(block.blockNumber())
            block = block.next()

    @property
    def speaker(self) -> SpeakerId | None:
        """The speaker whose turns alone are shown."""
        return self._only

    @property
    def is_narrowed(self) -> bool:
        """Whether some turns are not shown."""
        return self._only is not None or self._turns is not None

    @property
    def turns_shown(self) -> int | None:
        """How many turns are shown, when not all are."""
        if self.reading is None or not self.is_narrowed:
            return None
        return sum(
            self._only in (None, turn.speaker) and (self._turns is None or place in self._turns)
            for place, turn in enumerate(self.reading.turns)
        )

    def is_hidden(self, span: Span) -> bool:
        """Whether some of `span` is not shown now."""
        if not self.is_narrowed:
            return False
        first, last = self.positions.block_at(span.start), self.positions.block_at(max(span.start, span.end - 1))
        return any(not self.document().findBlockByNumber(n).isVisible() for n in range(first, last + 1))

    def is_out_of_sight(self, span: Span) -> bool:
        """Whether nothing of `span` is shown now."""
        if not self.is_narrowed:
            return False
        at = bisect_left(self._seen, self.positions.block_at(span.start))
        return at == len(self._seen) or self._seen[at] > self.positions.block_at(max(span.start, span.end - 1))

    def seen_part(self, span: Span) -> Span:
        """From the first to the last of `span` that is shown now."""
        if not self.is_narrowed or self.is_out_of_sight(span):
            return span
        first = self._seen[bisect_left(self._seen, self.positions.block_at(span.start))]
        last = self._seen[bisect_right(self._seen, self.positions.block_at(max(span.start, span.end - 1))) - 1]
        start = max(span.start, self.positions.block_span(first).start)
        return Span(start, max(start, min(span.end, self.positions.block_span(last).end)))

    # ---- places
    def selected(self) -> Span | None:
        """The selected words without white space at their ends; None when there are none."""
        if self.reading is None or not self.textCursor().hasSelection():
            return None
        span = trimmed(self.reading.text, self.positions.span(self.textCursor()))
        return span if len(span) else None

    def caret(self) -> int:
        """The code point before which the caret stands."""
        return self.positions.from_qt(self.textCursor().position())

    def select(self, span: Span, *, show: bool = True) -> None:
        """Select `span`, and bring it into view if it is not."""
        cursor = self.textCursor()
        cursor.setPosition(self.positions.to_qt(span.start))
        cursor.setPosition(self.positions.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        if show:
            self.bring(span)
        self._set_cursor_quietly(cursor)
        self.viewport().update()

    def put_caret(self, point: int) -> None:
        """Put the caret before a code point, with nothing selected."""
        cursor = self.textCursor()
        cursor.setPosition(self.positions.to_qt(point))
        self._set_cursor_quietly(cursor)

    def _set_cursor_quietly(self, cursor: QTextCursor) -> None:
        value = self.verticalScrollBar().value()
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(value)

    def bring(self, span: Span) -> None:
        """Scroll so that `span` begins a third down the page, unless it is in view already. In the last lines, where messages
        lie, it comes up as far as it has to.
        """
        rect, height = self.rect_of(span), self.viewport().height()
        if rect is None or rect.top() < 8 or rect.bottom() > height - 8:
            self.scroll_to(span.start, height // 3)
        elif (below := rect.bottom() - (height - self.theme.px(_LOW))) > 0:
            lines = -int(-below // self._layout.line)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + lines)

    def bring_up(self, span: Span) -> None:
        """Scroll so that `span` begins a third down the page, unless it stands in the upper half already."""
        rect, height = self.rect_of(span), self.viewport().height()
        if rect is None or rect.top() < 8 or rect.bottom() > height // 2:
            self.scroll_to(span.start, height // 3)

    def top_point(self) -> int:
        """The code point at which the first line of the page begins."""
        block = self.firstVisibleBlock()
        if self.reading is None or not block.isValid():
            return 0
        into = self.verticalScrollBar().value() - block.firstLineNumber()
        if 0 < into < block.layout().lineCount():
            return self.positions.from_qt(block.position() + block.layout().lineAt(into).textStart())
        return self.positions.block_span(block.blockNumber()).start

    def scroll_to(self, point: int, above: int = 0) -> None:
        """Scroll so that the line of `point` is at the top, or `above` pixels below it."""
        block = self.document().findBlockByNumber(self.positions.block_at(point))
        room, into = float(above), 0
        if block.isVisible():
            self._layout.blockBoundingRect(block)
            line = block.layout().lineForTextPosition(self.positions.to_qt(point) - block.position())
            if line.isValid():
                into = 0 if above else line.lineNumber()
                room -= line.y() if above else 0
        if room < 0:
            into, room = int(-room // max(1, self._layout.line)), 0.0
        at = block
        while room > 0 and at.previous().isValid():
            at = at.previous()
            room -= self._layout.blockBoundingRect(at).height()
        self.verticalScrollBar().setValue(at.firstLineNumber() + into)

    def rect_of(self, span: Span) -> QRect | None:
        """Where `span` is on the page, in the viewport; None when none of it is."""
        found: QRect | None = None
        for block in self.screen():
            if block.info.span.start <= span.end and span.start <= block.info.span.end:
                for point in (max(span.start, block.info.span.start), min(span.end, block.info.span.end)):
                    cursor = QTextCursor(self.document())
                    cursor.setPosition(self.positions.to_qt(point))
                    found = self.cursorRect(cursor) if found is None else found.united(self.cursorRect(cursor))
        return found

    def screen(self) -> list[ScreenBlock]:
        """The blocks on the page, from the top."""
        return list(self._screen()) if self.reading is not None else []

    def on_page(self) -> Span | None:
        """What is on the page, as far as whole blocks go; None when nothing is."""
        screen = self.screen()
        if not screen:
            return None
        return Span(screen[0].info.span.start, max(screen[0].info.span.start + 1, screen[-1].info.span.end))

    def _screen(self) -> Iterator[ScreenBlock]:
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        bottom = self.viewport().height()
        while block.isValid() and top <= bottom:
            if block.isVisible():
                height = self._layout.blockBoundingRect(block).height()
                number = block.blockNumber()
                yield ScreenBlock(number, top, height, block.position(), block.layout(), self.blocks[number])
                top += height
            block = block.next()

    # ---- how blocks stand
    def _prepare(self, block: QTextBlock) -> Wanted:
        """Give a block its colours just before it is laid out, and say how it is to stand."""
        if self.reading is None or block.blockNumber() >= len(self.blocks):
            return Wanted(0.0)
        info, heading = self.blocks[block.blockNumber()], self.headings.room(block.blockNumber())
        if not len(info.span):
            return Wanted(self.theme.px(_INSIDE) + heading, flat=True)
        ranges = []
        if info.kind in (MODERATOR, ASIDE):
            ranges.append(self._range(0, self.positions.to_qt(info.span.end) - block.position(), italic=False))
        for note in info.notes:
            start = self.positions.to_qt(note.start) - block.position()
            ranges.append(self._range(start, self.positions.to_qt(note.end) - block.position() - start, italic=True))
        layout = block.layout()
        if ranges or layout.formats():
            layout.setFormats(ranges)
        has_meta = info.opens and info.turn is not None and bool(self.gutter.meta(info.turn))
        least = self.theme.px(_WITH_META) if has_meta else 0.0
        return Wanted(self._above(block.blockNumber(), info) + heading, least, info.from_right)

    def _above(self, number: int, info: BlockInfo) -> float:
        if number == 0:
            return self.theme.px(_TOP)
        if info.opens and info.kind == ASIDE and self.blocks[number - 1].kind == ASIDE:
            return self.theme.px(_PREAMBLE)
        if info.opens:
            return self.theme.px(_BETWEEN)
        inside = self.reading is not None and self.reading.text[info.span.start - 1] == "\n"
        return self.theme.px(_INSIDE) if inside else 0.0

    def _range(self, start: int, length: int, *, italic: bool) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, length
        look = QTextCharFormat()
        look.setForeground(self.theme.colour("text2"))
        if italic:
            look.setFontItalic(True)
        made.format = look
        return made

    def _refresh(self) -> None:
        self.viewport().update()
        self.gutter.update()

    def _moved(self, _rect: QRect, dy: int) -> None:
        if dy:
            self.gutter.update()
            self.scrolled.emit()

    def _dress(self) -> None:
        theme = self.theme
        self.setStyleSheet(
            f"#transcript {{ border: none; background: {theme.hex('paper')}; color: {theme.hex('text')}; "
            f"selection-background-color: transparent; selection-color: {theme.hex('text')}; }}"
        )
        keep = self.top_point()
        self._layout.forget()
        self._layout.line = float(self.look.line(theme))
        self._layout.below = float(theme.px(_FREE))
        self.document().setDefaultFont(self.look.font(theme))
        self.setFont(self.look.font(theme))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._share_width()
        self._lay_out_again(keep)

    def _lay_out_again(self, keep: int | None = None) -> None:
        keep = self.top_point() if keep is None else keep
        self._layout.forget()
        document = self.document()
        document.markContentsDirty(0, document.characterCount())
        self.scroll_to(keep)
        self._refresh()

    @property
    def text_width(self) -> float:
        """The width of a line of text, in pixels."""
        return float(self._columns.text_width)

    def _room_for_text(self) -> int:
        """The width that the columns share."""
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _share_width(self) -> None:
        width = self._room_for_text()
        numbered = self.look.numbers != "none"
        before, self._columns = self._columns, columns(width, self.theme.scale, self.look.text_most(), numbered)
        c = self._columns
        if c.text_width != before.text_width:
            self._layout.forget()  # headings take other room
        beside = self.width() - self.verticalScrollBar().sizeHint().width() - width
        left, right = c.text - int(SIDE), max(0, width - c.text - c.text_width - int(SIDE)) + beside
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
        self.gutter.numbers_width = c.numbers_width
        self.gutter.setGeometry(c.speakers, 0, c.speakers_width + INSIDE, self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # before Qt gives the viewport its size, or the text is laid out twice
            self._share_width()
        return super().event(event)

    def announce(self, words: str) -> None:
        """Say something to a screen reader, without moving the focus."""
        if QAccessible.isActive():
            from PySide6.QtGui import QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
