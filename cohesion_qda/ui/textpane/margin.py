"""The margin: brackets in lanes, and the names of codes joined to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId, MemoId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.columns import BEFORE_NAMES, GAP, LANES_WIDTH
from cohesion_qda.ui.textpane.lanes import NAME_GAP, Bracket, Label, pack, place
from cohesion_qda.ui.textpane.layout import SIDE, middle_of
from cohesion_qda.ui.textpane.margin_access import listen, tell_focus

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.surface import Surface

LANE = 10
_LANES = GAP - SIDE  # where the lanes begin in this widget, which begins where the text's own room ends
_NAMES = _LANES + LANES_WIDTH + BEFORE_NAMES
QUOTED = 120  # characters of a passage that are read out
_FAR = 40.0  # how far a bracket runs on beyond the edge of the page


@dataclass(frozen=True, slots=True)
class Shown:
    """Something in the margin that can be pointed at. Several codings: what is folded into `+n`."""

    rect: QRectF
    codings: tuple[CodingId, ...]
    words: str
    elided: bool = False
    is_name: bool = False
    memo: MemoId | None = None


class Margin(QWidget):
    """Painted from what the view shows. With the focus, the arrows go from name to name, Enter does what a click does,
    and a screen reader finds each name as a thing of its own (see `margin_access`).
    """

    chosen = Signal(object)  # CodingId that was clicked
    folded_chosen = Signal(object, object)  # tuple[CodingId, …], where (global)
    pointed = Signal(object)  # CodingId under the pointer, or None
    menu_wanted = Signal(object, object)  # CodingId, where (global)
    note_chosen = Signal(object, object)  # MemoId, where (global)

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._lanes: dict[int, int] = {}
        self.shown: list[Shown] = []
        self.current: CodingId | None = None  # where the keys are
        self.by_keys = False  # whether what was chosen last was chosen with a key
        self._font, self._metrics = QFont(), QFontMetricsF(QFont())
        self._fits: dict[tuple[str, float], tuple[str, float]] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Codes in the margin"))
        self.setAccessibleDescription(
            _("Up and Down go from code to code, Enter selects the passage, the menu key says what else can be done.")
        )
        listen()

    @property
    def view(self) -> Surface:
        """The transcript it stands beside."""
        return self._view

    def forget(self) -> None:
        """Another text: lanes are given out afresh."""
        self._lanes, self.current = {}, None

    # ---- arithmetic
    def brackets(self, codings: Sequence[Coding]) -> dict[CodingId, Bracket]:
        """The bracket of each coding on the screen, in this widget's pixels."""
        screen = self._view.screen()
        if not screen:
            return {}
        half = self._view.look.half(self._view.theme)
        positions, first, last = self._view.positions, screen[0], screen[-1]
        by_number = {block.number: block for block in screen}

        def middle(point: int, *, beyond: float) -> float:
            block = by_number.get(positions.block_at(point))
            if block is None:
                return beyond
            return block.top + middle_of(block.layout, positions.to_qt(point) - block.position)

        found = {}
        for coding in codings:
            span = self._view.seen_part(coding.span)
            top = middle(span.start, beyond=first.top - _FAR) - half
            bottom = middle(max(span.start, span.end - 1), beyond=last.top + last.height + _FAR) + half
            found[coding.id] = Bracket(coding.id, top, bottom, len(coding.span))
        return found

    # ---- painting
    def paintEvent(self, _event: QPaintEvent) -> None:
        before = [shown.codings for shown in self.names()]
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._view.theme.colour("paper"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.shown = []
            self._use_font()
            self._paint(painter)
            self._paint_notes(painter)
            if self.hasFocus():
                self._paint_focus(painter)
        finally:
            painter.end()
        if self.hasFocus() and self.current is None and self.names():
            self.go(self.names()[0].codings[0])
        if QAccessible.isActive() and before != [shown.codings for shown in self.names()]:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectReorder))

    def names(self) -> list[Shown]:
        """What stands in the margin with a name, from the top."""
        return [shown for shown in self.shown if shown.is_name]

    def _paint(self, painter: QPainter) -> None:
        codings = [coding for coding, _role in self._view.on_screen()]
        brackets = self.brackets(codings)
        codings = [c for c in codings if brackets[c.id].bottom > 0 and brackets[c.id].top < self.height()]
        lanes = pack([brackets[c.id] for c in codings], self._lanes)
        self._lanes = lanes
        half, row = self._view.look.half(self._view.theme), self._view.theme.px(11)
        gap = max(NAME_GAP, self._view.theme.px(22))
        with_lane = [c for c in codings if c.id in lanes]
        order = sorted(with_lane, key=lambda c: (c.span.start, brackets[c.id].top, lanes[c.id]))
        labels = [Label(c.id, brackets[c.id].top + half) for c in order]
        labels = [label for label in labels if label.wish <= self.height() - row]  # the foot of the page has no room
        middles, folded = place(labels, row + 2, self.height() - row, gap)
        self._fold_without_lane(codings, lanes, list(middles), brackets, folded)
        by_id = {coding.id: coding for coding in codings}
        for coding in reversed(with_lane):
            if coding.id in middles:
                self._paint_elbow(painter, coding, brackets[coding.id], lanes[coding.id], middles[coding.id])
        for coding in with_lane:
            self._paint_bracket(painter, coding, brackets[coding.id], lanes[coding.id])
        below = [*list(middles.values())[1:], float(self.height())]
        for (key, middle), after in zip(middles.items(), below, strict=False):
            self._paint_name(
                painter, by_id[CodingId(key)], middle, [CodingId(k) for k in folded.get(key, [])],
                has_room_below=after - middle >= 2 * gap,
            )  # fmt: skip

    def _paint_notes(self, painter: QPainter) -> None:
        """A small note at the right edge beside each place that has a memo."""
        size, view = self._view.theme.px(14), self._view
        below = -1.0
        for memo, span in view.notes_on_screen():
            rect = view.rect_of(Span(span.start, span.start))
            if rect is None:
                continue
            top = max(rect.center().y() - size / 2, below)
            box = QRectF(self.width() - size - 2, top, size, size)
            painter.drawPixmap(box.toRect(), view.theme.icon("note", "text2", 14).pixmap(size, size))
            self.shown.append(Shown(box.adjusted(-4, -4, 2, 4), (), _("A memo about this passage"), memo=memo))
            below = top + size + 2

    def _paint_focus(self, painter: QPainter) -> None:
        found = next((shown for shown in self.names() if self.current in shown.codings), None)
        rect = found.rect.adjusted(-2, -1, 2, 1) if found else QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._view.theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 6, 6)

    def _fold_without_lane(
        self,
        codings: Sequence[Coding],
        lanes: dict[int, int],
        placed: list[int],
        brackets: dict[CodingId, Bracket],
        folded: dict[int, list[int]],
    ) -> None:
        """What has no lane counts with the nearest name above it, or else the first."""
        if not placed:
            return
        for coding in codings:
            if coding.id not in lanes:
                top = brackets[coding.id].top
                above = [key for key in placed if brackets[CodingId(key)].top <= top]
                folded.setdefault(above[-1] if above else placed[0], []).append(coding.id)

    def _spine(self, lane: int) -> float:
        return lane * LANE + 4.0 + _LANES

    def _paint_bracket(self, painter: QPainter, coding: Coding, bracket: Bracket, lane: int) -> None:
        colour = self._view.looks.colour(coding)
        strong = self._view.is_active(coding.id) or self._view.is_lit(coding.id)
        width = 4.0 if strong else 3.0
        x, left = self._spine(lane), self._spine(lane) - 4.5
        half = width / 2
        pen = QPen(colour.bracket, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top, bottom = bracket.top + half, bracket.bottom - half
        painter.drawPolyline(
            QPolygonF([QPointF(left, top), QPointF(x, top), QPointF(x, bottom), QPointF(left, bottom)])
        )
        rect = QRectF(left - 1, bracket.top, LANE, bracket.bottom - bracket.top)
        self.shown.append(Shown(rect, (coding.id,), self._view.looks.words(coding)))

    def _paint_elbow(self, painter: QPainter, coding: Coding, bracket: Bracket, lane: int, middle: float) -> None:
        faint = QColor(self._view.looks.colour(coding).bracket)
        faint.setAlphaF(0.65)
        painter.setPen(QPen(faint, 1))
        start, end = self._spine(lane), _NAMES - 6
        leaves = min(max(middle, bracket.top + 3), bracket.bottom - 3)
        if leaves == middle:
            painter.drawLine(QPointF(start, middle), QPointF(end, middle))
            return
        turn = _LANES + LANES_WIDTH + 2.0 - 2 * lane + 0.5
        painter.drawPolyline(
            QPolygonF([QPointF(start, leaves), QPointF(turn, leaves), QPointF(turn, middle), QPointF(end, middle)])
        )

    def _paint_name(
        self, painter: QPainter, coding: Coding, middle: float, folded: list[CodingId], *, has_room_below: bool
    ) -> None:
        theme = self._view.theme
        colour = self._view.looks.colour(coding)
        font, metrics, left = self._font, self._metrics, _NAMES
        size, gap = theme.px(10), theme.px(8)
        more = ngettext("{n} more", "{n} more", len(folded)).format(n=len(folded)) if folded else ""
        more_width = metrics.horizontalAdvance(more) + 14 if more else 0.0
        beside = 0.0 if has_room_below else more_width
        notes = theme.px(18) if self._view.notes else 0
        room = self.width() - left - size - gap - 12 - beside - notes
        words = self._view.looks.words(coding)
        shown, width = self._fitting(words, len(self._view.tree[coding.code].name), room)
        rect = QRectF(left - 6, middle - theme.px(11), size + gap + width + 14, 2 * theme.px(11))
        if self._view.is_active(coding.id):
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(colour.tint)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        elif self._view.is_lit(coding.id):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour.tint)
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        theme.paint_shape(
            painter,
            self._view.looks.shape(coding),
            QRectF(left, middle - size / 2, size, size),
            self._view.looks.colour_name(coding),
        )
        painter.setFont(font)
        painter.setPen(colour.ink)
        text = QRectF(left + size + gap, middle - metrics.height() / 2, width + 2, metrics.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        self.shown.append(Shown(rect, (coding.id,), words, elided=shown != words, is_name=True))
        if more:
            place = QRectF(rect.right() + 1, rect.top(), more_width, rect.height())
            if has_room_below:
                place.moveTopLeft(QPointF(left + size + gap - 7, rect.bottom()))
            self._paint_more(painter, place, more, folded)

    def _fitting(self, words: str, name: int, room: float) -> tuple[str, float]:
        """What of a name fits, and its width. The code's name, the first `name` characters, is shortened; who coded it stands
        with all of them or with none.
        """
        key = (words, room)
        if key not in self._fits:
            metrics, who = self._metrics, words[name:]
            if metrics.horizontalAdvance(words) > room:
                left = room - metrics.horizontalAdvance(who)
                words = metrics.elidedText(words[:name], Qt.TextElideMode.ElideRight, left) + who
            self._fits[key] = words, metrics.horizontalAdvance(words)
        return self._fits[key]

    def _use_font(self) -> None:
        font = self._view.theme.font("meta")
        font.setWeight(QFont.Weight.DemiBold)
        if font != self._font or len(self._fits) > 1000:
            self._font, self._metrics, self._fits = font, QFontMetricsF(font), {}

    def _paint_more(self, painter: QPainter, rect: QRectF, more: str, folded: list[CodingId]) -> None:
        painter.setFont(self._view.theme.font("meta"))
        painter.setPen(self._view.theme.colour("text2"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), more)
        words = "\n".join(self._view.looks.words(c) for c in map(self._view.coding, folded) if c)
        self.shown.append(Shown(rect, tuple(folded), words, elided=True, is_name=True))

    # ---- the mouse
    def under(self, point: QPointF) -> Shown | None:
        """What stands at a place in the margin; names before brackets."""
        return next((shown for shown in reversed(self.shown) if shown.rect.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.under(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(found.codings[0] if found and len(found.codings) == 1 else None)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.under(event.position())
        self.by_keys = False
        if found is not None:
            self._choose(found, event.globalPosition().toPoint(), event.button() == Qt.MouseButton.RightButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _choose(self, found: Shown, where: QPoint, menu: bool = False) -> None:
        if found.memo is not None:
            self.note_chosen.emit(found.memo, where)
        elif len(found.codings) > 1:
            self.folded_chosen.emit(found.codings, where)
        elif menu:
            self.menu_wanted.emit(found.codings[0], where)
        else:
            self.chosen.emit(found.codings[0])

    # ---- the keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        names, key = self.names(), event.key()
        self.by_keys = True
        at = next((i for i, shown in enumerate(names) if self.current in shown.codings), None)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(at, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and names:
            self.go(names[0 if key == Qt.Key.Key_Home else -1].codings[0])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu) and at is not None:
            where = self.mapToGlobal(names[at].rect.bottomLeft().toPoint())
            self._choose(names[at], where, key == Qt.Key.Key_Menu)
        elif key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier and at is not None:
            self._choose(names[at], self.mapToGlobal(names[at].rect.bottomLeft().toPoint()), menu=True)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Left):
            self._view.setFocus()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key and the right button are answered where they are pressed."""
        event.accept()

    def _step(self, at: int | None, by: int) -> None:
        """The next name on the page, or else the next passage beyond it."""
        names = self.names()
        if at is None and names:
            self.go(names[0 if by > 0 else -1].codings[0])
            return
        if at is not None and 0 <= at + by < len(names):
            self.go(names[at + by].codings[0])
            return
        here = self._view.coding(self.current) if self.current is not None else None
        page = self._view.on_page()
        if page is None:
            return
        layers = self._view.layers
        key = (here.span.start, -here.span.end) if here else (page.start, 0)
        found = layers.next_span(key) if by > 0 else layers.previous_span(key)
        if found is not None:
            self._view.bring(found)
            self.go(next(c.id for c in layers.over(found) if c.span == found and self._view.is_shown(c)))

    def go(self, coding: CodingId) -> None:
        """Put the keys on a coding; its passage lights up, and a screen reader says it."""
        self.current = coding
        self._view.light(coding)
        self.update()
        tell_focus(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        there = {coding.id for coding, _role in self._view.on_screen()}
        names = [shown for shown in self.names() if there.intersection(shown.codings)]
        if names and not any(self.current in shown.codings for shown in names):
            active = next((s for s in names if any(map(self._view.is_active, s.codings))), names[0])
            self.go(active.codings[0])
        elif self.current not in there:
            self.current = None  # the first name on the page, once it is painted
        else:
            self.go(self.current)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._view.light(None)
        self.update()

    def describe(self, shown: Shown) -> str:
        """What a screen reader says of a name: the code, who coded it, and the words."""
        view = self._view
        found = [coding for coding in map(view.coding, shown.codings) if coding is not None]
        if not found or view.reading is None:
            return ""
        quote = " ".join(found[0].span.of(view.reading.text)[:QUOTED].split())
        return _("{codes}: “{words}”").format(codes=view.looks.tip(found).replace("\n", ", "), words=quote)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.under(QPointF(event.pos()))
            if found:
                tip = self._view.looks.tip(filter(None, map(self._view.coding, found.codings)))
                QToolTip.showText(event.globalPos(), tip or found.words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
