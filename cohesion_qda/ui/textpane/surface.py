"""What is coded, on the sheet: painted under the words, in the margin and in the overview.

Codings are painted, never written into the document, so that coding costs what is on the screen and nothing ever moves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, MemoId, SpeakerId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.coded import CodedTurns
from cohesion_qda.ui.textpane.find import touching
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.layout import SIDE
from cohesion_qda.ui.textpane.looks import Looks
from cohesion_qda.ui.textpane.margin import Margin
from cohesion_qda.ui.textpane.overview import Overview
from cohesion_qda.ui.textpane.paint import Mark, ScreenBlock, Underlay, dim
from cohesion_qda.ui.textpane.sheet import Sheet


class Surface(Sheet):
    """Shows one reading with its codings. What the mouse and keys do is in `view`."""

    activated = Signal(object)  # frozenset[CodingId]: the passage that is active now

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._no_codings()
        self.margin = Margin(self)
        self.overview = Overview(self)
        self._flash: Span | None = None
        self._flash_timer = QTimer(self, singleShot=True, interval=1000)
        self._flash_timer.timeout.connect(self._end_flash)
        self._spoken = ""
        self.selectionChanged.connect(self.viewport().update)
        self.cursorPositionChanged.connect(self._tell_codes_at_caret)
        self.cursorPositionChanged.connect(self._let_go)
        self.selectionChanged.connect(self._let_go)
        self.margin.pointed.connect(self.light)
        self.margin.chosen.connect(lambda coding: self.activate({coding}, select=True))
        self.theme.changed.connect(self._dress)
        self._dress()

    def _no_codings(self) -> None:
        self.layers = Layers()
        self.tree = CodeTree()
        self.looks = Looks()
        self.notes: Sequence[tuple[MemoId, Span]] = ()  # by start
        self._notes_reach: Sequence[int] = ()  # the furthest end of each note and those before it
        self.hits: Sequence[Span] = ()
        self.dims_coded = False
        self.coded_turns = CodedTurns(None, self._shown_in_order, self._has)
        self._wanted: Callable[[Coding], bool] = lambda _coding: True
        self._active: frozenset[CodingId] = frozenset()
        self._lit: CodingId | None = None
        self.holds_active = False  # whether the active passage stays so, whatever is selected

    # ---- what is shown
    def show_reading(self, reading: Reading) -> None:
        """Show a source from its beginning, with nothing coded yet; names, colours and filters stay."""
        self._lit, self.hits, self.notes = None, (), ()
        self._set_active(frozenset())
        self.layers = Layers((), self.is_shown)
        self.margin.forget()
        super().show_reading(reading)
        self.coded_turns = CodedTurns(reading, self._shown_in_order, self._has)
        self.overview.forget()

    def show_nothing(self) -> None:
        """No source is open."""
        self._no_codings()
        super().show_nothing()
        self.overview.forget()

    def update_reading(self, reading: Reading) -> None:
        super().update_reading(reading)
        self.coded_turns = CodedTurns(reading, self._shown_in_order, self._has)
        self._others_shown()

    def set_codings(self, layers: Layers) -> None:
        """What is coded, in place of what was; the active passage stays active while it is there."""
        self.layers = layers
        layers.want(self.is_shown)
        self.codings_changed()

    def replace_codings(self, gone: Iterable[CodingId], there: Iterable[Coding]) -> list[Span]:
        """Take out the codings `gone` and put in those that are `there`, at the cost of what is on the screen. Gives the
        spans that were touched.
        """
        spans = self.layers.replace(gone, there)
        self.codings_changed(spans)
        return spans

    def codings_changed(self, spans: Sequence[Span] | None = None) -> None:
        """The layers were changed in place, over `spans` (None: anywhere)."""
        gone = self._active - {coding.id for coding in self._of(self._active)}
        if gone:
            self._set_active(self._active - gone)
        if spans is None:
            self._count_again()
            self._refresh()
            return
        self.coded_turns.look_again(spans)
        self.overview.look_again(spans)
        near = [c.span for span in spans for c in self.layers.over(span)] + list(spans)
        for block in self.screen():
            if any(block.info.span.start < span.end and span.start < block.info.span.end for span in near):
                self.viewport().update(0, int(block.top), self.viewport().width(), int(block.height) + 2)
        self.margin.update()

    def set_codes(self, tree: CodeTree, coders: dict[CoderId, str]) -> None:
        """The names and colours to show codings with."""
        self.tree, self.looks = tree, Looks(tree, coders)
        self._others_shown()

    def set_filter(self, wanted: Callable[[Coding], bool]) -> None:
        """Show only these codings."""
        self._wanted = wanted
        self._others_shown()

    def set_notes(self, notes: Sequence[tuple[MemoId, Span]]) -> None:
        """The places that somebody has written a memo about."""
        self.notes = sorted(notes, key=lambda note: note[1].start)
        self._notes_reach = list(accumulate((span.end for _memo, span in self.notes), max))
        self._refresh()

    def dim_coded(self, dims: bool) -> None:
        """Whether turns that have a shown coding step back, so that the others stand out."""
        if dims != self.dims_coded:
            self.dims_coded = dims
            self._refresh()

    def emphasise(self, codes: Iterable[CodeId]) -> None:
        """The codes that the overview brings out; none: all alike."""
        self.overview.emphasise(frozenset(codes))

    def narrow(self, speaker: SpeakerId | None = None, turns: frozenset[int] | None = None) -> None:
        """Show the turns of one speaker only, or those of the places `turns`, or both, with what is coded in them."""
        before = (self._only, self._turns)
        super().narrow(speaker, turns)
        if before != (self._only, self._turns):
            self._others_shown()

    def _others_shown(self) -> None:
        self.layers.want(self.is_shown)
        self._set_active(frozenset(coding.id for coding in self._of(self._active) if self.is_shown(coding)))
        self._count_again()
        self._refresh()

    def _shown_in_order(self) -> Iterator[Span]:
        return (coding.span for coding in self.layers if self.is_shown(coding))

    def _has(self, span: Span) -> bool:
        return self.layers.has(span)

    def _count_again(self) -> None:
        self.coded_turns.forget()
        self.overview.forget()

    def is_shown(self, coding: Coding) -> bool:
        """Whether the filters let a coding be seen, and some of its words."""
        return self._wanted(coding) and coding.code in self.tree and not self.is_out_of_sight(coding.span)

    def set_hits(self, hits: Sequence[Span]) -> None:
        """Found words to be shown."""
        self.hits = hits
        self.viewport().update()

    def clear(self) -> None:
        """Nothing selected, nothing active."""
        self.put_caret(self.caret())
        self._set_active(frozenset())

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

    def on_screen(self) -> list[tuple[Coding, int]]:
        """The codings that touch the page, each with its role in the text (see `lanes.next_role`)."""
        span = self.on_page() if len(self.layers) else None
        return [] if span is None else self.layers.shown(span)

    def notes_on_screen(self) -> list[tuple[MemoId, Span]]:
        """The memos about places on the page."""
        span = self.on_page() if self.notes else None
        if span is None:
            return []
        first = bisect_right(self._notes_reach, span.start)
        last = bisect_left(self.notes, span.end, lo=first, key=lambda note: note[1].start)
        return [note for note in self.notes[first:last] if note[1].overlaps(span)]

    def coding(self, wanted: CodingId) -> Coding | None:
        """The coding with that id, while it is there."""
        return self.layers.get(wanted)

    def _of(self, wanted: frozenset[CodingId]) -> list[Coding]:
        return [coding for c in wanted if (coding := self.layers.get(c)) is not None]

    # ---- the active passage
    @property
    def active(self) -> frozenset[CodingId]:
        """The codings of the active passage."""
        return self._active

    def is_active(self, coding: CodingId) -> bool:
        return coding in self._active

    def is_lit(self, coding: CodingId) -> bool:
        return coding == self._lit

    def light(self, coding: CodingId | None) -> None:
        """The pointer is on this coding; its passage and its bracket show it."""
        if coding != self._lit:
            self._lit = coding
            self.viewport().update()
            self.margin.update()

    def activate(self, codings: set[CodingId] | frozenset[CodingId], *, select: bool = False) -> None:
        """Make these codings the active passage, as far as they are shown; with `select`, bring their words into view and put
        the caret there. It is let go when the caret leaves it, or other words are selected.
        """
        found = [coding for coding in self._of(frozenset(codings)) if self.is_shown(coding)]
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

    def _let_go(self) -> None:
        """What keys act on is where the caret is: the active passage stays so while the caret is in it, or it is selected."""
        if not self._active or self.holds_active or self.reading is None:
            return
        chosen, caret = self.selected(), self.caret()
        for coding in self._of(self._active):
            span = coding.span
            if chosen == span or (chosen is None and span.start <= caret <= span.end):
                return
        self._set_active(frozenset())

    def passage_at(self, point: int) -> frozenset[CodingId]:
        """The codings of the shortest shown passage over a code point: those with the same span."""
        over = [coding for coding in self.layers.at(point) if self.is_shown(coding)]
        return frozenset(c.id for c in over if c.span == over[0].span)

    def codes_at(self, point: int) -> str:
        """In words, how a place is coded."""
        names = ", ".join(self.looks.words(c) for c in self.layers.at(point) if self.is_shown(c))
        return _("Coded as {names}").format(names=names) if names else _("Not coded")

    def _tell_codes_at_caret(self) -> None:
        """A screen reader hears when the caret comes into a passage, and when it leaves one."""
        if QAccessible.isActive() and self.reading is not None:
            words = self.codes_at(self.caret())
            if words != self._spoken:
                self._spoken = words
                self.announce(words)

    # ---- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.reading is None:
            super().paintEvent(event)
            return
        blocks = self._settled_screen()
        blocks = [b for b in blocks if b.top <= event.rect().bottom() and b.top + b.height >= event.rect().top()]
        painter = QPainter(self.viewport())
        try:
            self._paint_under(painter, blocks)
        finally:
            painter.end()
        super().paintEvent(event)
        if self.dims_coded:
            painter = QPainter(self.viewport())
            try:
                dim(painter, self.theme, blocks, self._steps_back, self.viewport().width())
            finally:
                painter.end()

    def _steps_back(self, turn: int | None) -> bool | None:
        """Whether a turn has a code, for those that are asked about; what is selected never steps back."""
        cursor = self.textCursor()
        if (
            turn is not None
            and cursor.hasSelection()
            and self.blocks.turn(turn).span.overlaps(self.positions.span(cursor))
        ):
            return None
        return self.coded_turns.state(turn)

    def _settled_screen(self) -> list[ScreenBlock]:
        """The blocks on the page once all of them are laid out: laying one out may move the page under the others."""
        before = self._layout.prepared
        blocks = self.screen()
        return blocks if self._layout.prepared == before else self.screen()

    def _paint_under(self, painter: QPainter, blocks: list[ScreenBlock]) -> None:
        under = Underlay(painter, self.theme, self.positions, blocks, self.look.half(self.theme))
        self.headings.paint(painter, blocks)
        under.marks(self.marks(), underlines_only=self.look.underlines_only)
        if self.hits and blocks:
            first, last = blocks[0].info.span.start, blocks[-1].info.span.end
            under.hits(touching(self.hits, first, last))
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

    def _refresh(self) -> None:
        super()._refresh()
        self.margin.update()
        self.overview.update()

    def _moved(self, rect: QRect, dy: int) -> None:
        super()._moved(rect, dy)
        if dy:
            self.margin.update()
            self.overview.update()

    def _dress(self) -> None:
        self.looks.forget_colours()
        self.overview.forget()
        super()._dress()

    def _room_for_text(self) -> int:
        return super()._room_for_text() - self.overview.sizeHint().width()

    def _share_width(self) -> None:
        super()._share_width()
        width, c = self._room_for_text(), self._columns
        start = c.text + c.text_width + int(SIDE)
        self.margin.setGeometry(start, 0, max(0, width - start), self.height())
        self.overview.setGeometry(width, 0, self.overview.sizeHint().width(), self.height())
