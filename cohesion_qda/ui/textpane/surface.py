"""The page of the transcript: read-only text with what is coded painted under it and beside it.

The document holds the words only. Codings are painted, never written into it, so that coding costs what is on the
screen and nothing ever moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CoderId, CodingId, SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.ui.textpane.columns import columns
from cohesion_qda.ui.textpane.extents import ASIDE, MODERATOR, BlockInfo, Blocks
from cohesion_qda.ui.textpane.gutter import Gutter, person_numbers
from cohesion_qda.ui.textpane.headings import Headings
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.layout import SIDE, TranscriptLayout, Wanted
from cohesion_qda.ui.textpane.looks import Looks
from cohesion_qda.ui.textpane.margin import Margin
from cohesion_qda.ui.textpane.paint import Mark, ScreenBlock, Underlay
from cohesion_qda.ui.textpane.positions import Positions
from cohesion_qda.ui.theme import current_theme

# pixels: above the first turn, between turns, inside one, between lines of the preamble, after the last turn
_TOP, _BETWEEN, _INSIDE, _PREAMBLE, _FREE = 14, 12, 6, 2, 72
_WITH_META = 35  # the least height of a turn with something under its speaker's name


class Surface(QPlainTextEdit):
    """Shows one reading with its codings, and knows where everything stands. What the mouse and keys do is in `view`."""

    activated = Signal(object)  # frozenset[CodingId]: the passage that is active now
    scrolled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = current_theme()
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
        self._empty()
        self.headings = Headings(self)
        self.gutter = Gutter(self)
        self.margin = Margin(self)
        self._columns = columns(900)
        self._flash: Span | None = None
        self._flash_timer = QTimer(self, singleShot=True, interval=1000)
        self._flash_timer.timeout.connect(self._end_flash)
        self._make_layout()
        self.updateRequest.connect(self._moved)
        self.selectionChanged.connect(self.viewport().update)
        self.margin.pointed.connect(self.light)
        self.margin.chosen.connect(lambda coding: self.activate({coding}, select=True))
        self.theme.changed.connect(self._dress)
        self._dress()

    def _empty(self) -> None:
        self.reading: Reading | None = None
        self.blocks: Blocks
        self.positions = Positions("")
        self.numbers = {}
        self.layers = Layers()
        self.tree = CodeTree()
        self.looks = Looks()
        self.hits: Sequence[Span] = ()
        self._wanted: Callable[[Coding], bool] = lambda _coding: True
        self._only: SpeakerId | None = None
        self._active: frozenset[CodingId] = frozenset()
        self._lit: CodingId | None = None

    def _make_layout(self) -> None:
        document = QTextDocument(self)
        self._layout = TranscriptLayout(document, self._prepare, self.theme.line_height("transcript"))
        document.setDocumentLayout(self._layout)
        document.setDocumentMargin(SIDE)
        document.setUndoRedoEnabled(False)
        self.setDocument(document)
        option = document.defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)

    # ---- what is shown
    def show_reading(self, reading: Reading) -> None:
        """Show a source from its beginning, with nothing coded yet."""
        self._empty()
        self._layout.forget()
        self.reading = reading
        self.positions = Positions(reading.text)
        self.blocks = Blocks(reading, self.positions)
        self.numbers = person_numbers(reading)
        self.headings.place()
        self.margin.forget()
        self.setPlainText(self.positions.shown)
        self.setAccessibleName(_("Transcript of {name}").format(name=reading.source.name))
        self._refresh()

    def show_nothing(self) -> None:
        """No source is open."""
        self._empty()
        self._layout.forget()
        self.setPlainText("")
        self._refresh()

    def update_reading(self, reading: Reading) -> None:
        """The same text with other names or roles; place and selection stay."""
        if self.reading is None or self.reading.text != reading.text:
            self.show_reading(reading)
            return
        self.reading = reading
        self.blocks = Blocks(reading, self.positions)
        self.numbers = person_numbers(reading)
        self.headings.place()
        self._lay_out_again()

    def set_codings(self, layers: Layers) -> None:
        """What is coded, in place of what was; the active passage stays active while it is there."""
        self.layers = layers
        self.codings_changed()

    def codings_changed(self, spans: Sequence[Span] | None = None) -> None:
        """The layers were changed in place, over `spans` (None: anywhere)."""
        gone = self._active - {coding.id for coding in self._of(self._active)}
        if gone:
            self._set_active(self._active - gone)
        if spans is None:
            self._refresh()
            return
        near = [c.span for span in spans for c in self.layers.over(span)] + list(spans)
        for block in self.screen():
            if any(block.info.span.start < span.end and span.start < block.info.span.end for span in near):
                self.viewport().update(0, int(block.top), self.viewport().width(), int(block.height) + 2)
        self.margin.update()

    def set_codes(self, tree: CodeTree, coders: dict[CoderId, str]) -> None:
        """The names and colours to show codings with."""
        self.tree, self.looks = tree, Looks(tree, coders)
        self._refresh()

    def set_filter(self, wanted: Callable[[Coding], bool]) -> None:
        """Show only these codings."""
        self._wanted = wanted
        self._refresh()

    def is_shown(self, coding: Coding) -> bool:
        """Whether the filters let a coding be seen."""
        return self._wanted(coding) and coding.code in self.tree

    def set_speaker(self, speaker: SpeakerId | None) -> None:
        """Show the turns of one speaker only, or everything."""
        if self._only == speaker or self.reading is None:
            return
        keep = self.top_point()
        self._only = speaker
        block = self.document().firstBlock()
        while block.isValid():
            turn = self.blocks[block.blockNumber()].turn
            who = self.blocks.speaker(turn)
            block.setVisible(speaker is None or (who is not None and who.id == speaker))
            block = block.next()
        self.headings.place()
        self._lay_out_again()
        self.scroll_to(keep)

    @property
    def speaker(self) -> SpeakerId | None:
        """The speaker whose turns alone are shown."""
        return self._only

    def is_hidden(self, span: Span) -> bool:
        """Whether some of `span` is not shown now."""
        if self._only is None:
            return False
        first, last = self.positions.block_at(span.start), self.positions.block_at(max(span.start, span.end - 1))
        return any(not self.document().findBlockByNumber(n).isVisible() for n in range(first, last + 1))

    def set_hits(self, hits: Sequence[Span]) -> None:
        """Found words to be shown."""
        self.hits = hits
        self.viewport().update()

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

    def clear(self) -> None:
        """Nothing selected, nothing active."""
        self.put_caret(self.caret())
        self._set_active(frozenset())

    def bring(self, span: Span) -> None:
        """Scroll so that `span` begins a third down the page, unless it is in view already."""
        rect = self.rect_of(span)
        if rect is not None and rect.top() >= 8 and rect.bottom() <= self.viewport().height() - 8:
            return
        self.scroll_to(span.start, self.viewport().height() // 3)

    def go_to(self, span: Span) -> None:
        """Jump to `span`, select nothing, and outline it for a second."""
        self.scroll_to(span.start, self.viewport().height() // 3)
        self.put_caret(span.start)
        self._flash = span
        self._flash_timer.start()
        self._refresh()

    def _end_flash(self) -> None:
        self._flash = None
        self.viewport().update()

    def top_point(self) -> int:
        """The code point at the top of the page."""
        block = self.firstVisibleBlock()
        return self.positions.block_span(block.blockNumber()).start if self.reading and block.isValid() else 0

    def scroll_to(self, point: int, above: int = 0) -> None:
        """Scroll so that the block of `point` is at the top, or `above` pixels below it."""
        block = self.document().findBlockByNumber(self.positions.block_at(point))
        room = float(above)
        if block.isVisible() and above:
            self._layout.blockBoundingRect(block)
            line = block.layout().lineForTextPosition(self.positions.to_qt(point) - block.position())
            room -= line.y() if line.isValid() else 0
            room = max(room, 0.0) if room > 0 else room
        into = 0
        if room < 0:
            line_height = max(1, self._layout.line)
            into, room = int(-room // line_height), 0.0
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

    def on_screen(self) -> list[tuple[Coding, int]]:
        """The codings that touch the page, each with its role in the text (see `lanes.roles`)."""
        screen = self.screen()
        if not screen or not len(self.layers):
            return []
        span = Span(screen[0].info.span.start, max(screen[0].info.span.start + 1, screen[-1].info.span.end))
        return self.layers.shown(span)

    # ---- looks of a coding
    def coding(self, wanted: CodingId) -> Coding | None:
        return self.layers.get(wanted)

    def _of(self, wanted: frozenset[CodingId]) -> list[Coding]:
        return [coding for c in wanted if (coding := self.layers.get(c)) is not None]

    # ---- the active passage
    @property
    def active(self) -> frozenset[CodingId]:
        return self._active

    def is_active(self, coding: CodingId) -> bool:
        return coding in self._active

    def is_lit(self, coding: CodingId) -> bool:
        return coding == self._lit

    def light(self, coding: CodingId | None) -> None:
        """The pointer is on this coding; its passage and its bracket show it."""
        if coding != self._lit:
            self._lit = coding
            self._refresh()

    def activate(self, codings: set[CodingId] | frozenset[CodingId], *, select: bool = False) -> None:
        """Make these codings the active passage; with `select`, bring their words into view and put the caret there."""
        found = self._of(frozenset(codings))
        if found and select:
            self.bring(found[0].span)
            self.put_caret(found[0].span.start)
            self.setFocus()
        self._set_active(frozenset(coding.id for coding in found))

    def _set_active(self, active: frozenset[CodingId]) -> None:
        if active != self._active:
            self._active = active
            self.activated.emit(active)
            self._refresh()

    def passage_at(self, point: int) -> frozenset[CodingId]:
        """The codings of the shortest shown passage over a code point: those with the same span."""
        over = [coding for coding in self.layers.at(point) if self.is_shown(coding)]
        return frozenset(c.id for c in over if c.span == over[0].span)

    # ---- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.reading is not None:
            painter = QPainter(self.viewport())
            try:
                self._paint_under(painter, event.rect())
            finally:
                painter.end()
        super().paintEvent(event)

    def _paint_under(self, painter: QPainter, rect: QRect) -> None:
        blocks = [b for b in self._screen() if b.top <= rect.bottom() and b.top + b.height >= rect.top()]
        under = Underlay(painter, self.theme, self.positions, blocks)
        self.headings.paint(painter, blocks)
        under.marks(self.marks())
        if self.hits and blocks:
            first, last = blocks[0].info.span.start, blocks[-1].info.span.end
            under.hits(hit for hit in self.hits if hit.start < last and first < hit.end)
        cursor = self.textCursor()
        if cursor.hasSelection():
            under.selection(self.positions.span(cursor), self._layout.line)
        if self._flash is not None:
            under.outline(self._flash)

    def marks(self) -> list[Mark]:
        """How each coding on the page is shown in the text."""
        return [
            Mark(c.span, self.looks.colour(c), role, active=c.id in self._active, lit=c.id == self._lit)
            for c, role in self.on_screen()
        ]

    def _prepare(self, block: QTextBlock) -> Wanted:
        """Give a block its colours just before it is laid out, and say how it is to stand."""
        if self.reading is None:
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
        self.margin.update()
        self.gutter.update()

    def _moved(self, _rect: QRect, dy: int) -> None:
        if dy:
            self.gutter.update()
            self.margin.update()
            self.scrolled.emit()

    def _dress(self) -> None:
        self.looks.forget_colours()
        self.setStyleSheet(
            f"#transcript {{ border: none; background: {self.theme.hex('paper')}; color: {self.theme.hex('text')}; "
            f"selection-background-color: transparent; selection-color: {self.theme.hex('text')}; }}"
        )
        self._layout.line = float(self.theme.line_height("transcript"))
        self._layout.below = float(self.theme.px(_FREE))
        self.document().setDefaultFont(self.theme.font("transcript"))
        self.setFont(self.theme.font("transcript"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self._share_width()
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        keep = self.top_point()
        self._layout.forget()
        document = self.document()
        document.markContentsDirty(0, document.characterCount())
        self.scroll_to(keep)
        self._refresh()

    def _share_width(self) -> None:
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        self._columns = c = columns(width, self.theme.scale)
        left, right = c.text - int(SIDE), max(0, width - c.text - c.text_width - int(SIDE))
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (left, right):
            self.setViewportMargins(left, 0, right, 0)
        self.gutter.setGeometry(c.speakers, 0, c.speakers_width, self.height())
        start = c.text + c.text_width + int(SIDE)
        self.margin.setGeometry(start, 0, max(0, width - start), self.height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:  # before Qt gives the viewport its size, or the text is laid out twice
            self._share_width()
        return super().event(event)

    def announce(self, words: str) -> None:
        """Say something to a screen reader, without moving the focus."""
        if QAccessible.isActive():
            from PySide6.QtGui import QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
