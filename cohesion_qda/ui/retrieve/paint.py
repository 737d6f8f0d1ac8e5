"""How a passage is drawn in a list: a card with its words, who said them and where, and a link to its place."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.cards import Card, CodeLook, Heading
from cohesion_qda.ui.rows import Index as Index
from cohesion_qda.ui.textpane.positions import Positions
from cohesion_qda.ui.theme import current_theme

SIDE = 24  # left and right of the cards, the scroll bar included
GAP = 8  # between cards
CARD_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the parts of a card lie, from its top left corner, in pixels. `is_wide` sets who and where beside the quote."""

    is_wide: bool
    quote: QRectF
    about: QRectF
    link: QRectF
    box: QRectF
    height: float


def read_in_context() -> str:
    """The words of the link."""
    return _("Read in context")


def quote_layout(card: Card, width: float) -> tuple[QTextLayout, float]:
    """The quote broken into lines of `width`, its marks strong and underlined, and its height."""
    theme = current_theme()
    layout = QTextLayout(card.quote.replace("\n", "\u2028"), theme.font("quote"))
    if card.marks:
        layout.setFormats(_marks(card))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    step, y = theme.line_height("quote"), 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y + (step - line.height()) / 2))
        y += step
    layout.endLayout()
    return layout, max(y, float(step))


def _marks(card: Card) -> list[QTextLayout.FormatRange]:
    """What is brought out: strong and underlined, so that no colour is needed to see it."""
    places, made = Positions(card.quote, len(card.quote) + 1), []
    for mark in card.marks:
        part = QTextLayout.FormatRange()
        part.start = places.to_qt(mark.start)
        part.length = places.to_qt(mark.end) - part.start
        part.format.setFontWeight(QFont.Weight.DemiBold)
        part.format.setFontUnderline(True)
        made.append(part)
    return made


def paint_chip(painter: QPainter, at: QPointF, room: float, look: CodeLook) -> float:
    """A code's chip, 24 high, no wider than `room`; gives its width."""
    theme = current_theme()
    colours = theme.code_colour(look.colour)
    font = theme.font("meta_strong")
    metrics = QFontMetricsF(font)
    lead, tail, high = theme.px(24), theme.px(10), theme.px(24)
    words = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, room - lead - tail)
    box = QRectF(at.x(), at.y(), metrics.horizontalAdvance(words) + lead + tail, high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.tint)
    painter.drawRoundedRect(box, high / 2, high / 2)
    size = theme.px(10)
    theme.paint_shape(
        painter, look.shape, QRectF(box.x() + theme.px(9), box.y() + (high - size) / 2, size, size), look.colour
    )
    painter.setPen(colours.ink)
    painter.setFont(font)
    painter.drawText(box.adjusted(lead, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    return box.width()


class PassageDelegate(QStyledItemDelegate):
    """Draws cards and headings. With `is_checkable` each card begins with a box to tick."""

    is_checkable = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[Hashable, int], float] = {}

    def forget(self) -> None:
        """Measure all cards again: there are others, or the fonts changed."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = _width(option)
        return QSize(200, round(self.row_height(index.data(CARD_ROLE), width)))

    def row_height(self, row: Card | Heading, width: int) -> float:
        """The height of a row in a list `width` wide."""
        theme = current_theme()
        if isinstance(row, Heading):
            return theme.px(20) + 24
        key = (row.key, width)
        if key not in self._heights:
            self._heights[key] = self.geometry(row, width - 2 * SIDE).height + GAP
        return self._heights[key]

    def geometry(self, card: Card, width: float) -> Geometry:
        """Where the parts of `card` lie when the card is `width` wide."""
        theme = current_theme()
        link_width = QFontMetricsF(theme.font("interface_medium")).horizontalAdvance(read_in_context()) + 8
        left = 28.0 + (theme.px(24) + 4 if self.is_checkable else 0)
        room = width - left - link_width - 40
        line, small = theme.line_height("interface"), theme.line_height("meta")
        chip = theme.px(24) + 4 if self._chip(card) else 0
        is_wide = room >= theme.px(600) + theme.px(220)
        if is_wide:
            beside = 48 + theme.px(240) + link_width + 32  # who and where are not shortened sooner than need be
            quote_width = float(min(theme.px(600), max(theme.px(540), width - left - beside)))
            _layout, quote_height = quote_layout(card, quote_width)
            about_height = line + small + chip + (small if card.coder or card.extra else 0)
            height = max(quote_height, about_height) + 24
            quote = QRectF(left, (height - quote_height) / 2, quote_width, quote_height)
            about_left = left + quote_width + 48
            about = QRectF(about_left, (height - about_height) / 2, width - about_left - link_width - 32, about_height)
        else:
            is_tight = room < theme.px(440)
            room += link_width + 24 if is_tight else 0
            quote_width = max(120.0, min(float(theme.px(640)), room))
            _layout, quote_height = quote_layout(card, quote_width)
            about_height = line + chip
            height = quote_height + 4 + about_height + 24 + (theme.px(24) if is_tight else 0)
            quote = QRectF(left, 12, quote_width, quote_height)
            about = QRectF(left, quote.bottom() + 4, room, about_height)
        link = QRectF(width - link_width - 16, (height - theme.px(24)) / 2, link_width, theme.px(24))
        if not is_wide and is_tight:
            link.moveTo(left, about.bottom() + 2)
        side = theme.px(16)
        box = QRectF(24, quote.y() + (line - side) / 2, side, side)
        return Geometry(is_wide, quote, about, link, box, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(CARD_ROLE)
        with smoothly(painter):
            if isinstance(row, Heading):
                self._paint_heading(painter, option, row)
            else:
                self._paint_card(painter, option, index, row)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, row: Heading) -> None:
        theme = current_theme()
        rect = QRectF(SIDE, option.rect.y() + 16, _width(option) - 2 * SIDE, option.rect.height() - 24)
        font = theme.font("panel_title")
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        metrics = QFontMetricsF(font)
        count = QFontMetricsF(theme.font("meta")).horizontalAdvance(row.count) + 12
        words = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, rect.width() - count)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.colour("text2"))
        beside = rect.adjusted(metrics.horizontalAdvance(words) + 12, 1, 0, 1)
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.count)

    def _paint_card(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, card: Card) -> None:
        theme = current_theme()
        frame = QRectF(SIDE, option.rect.y(), _width(option) - 2 * SIDE, option.rect.height() - GAP)
        self._paint_frame(painter, frame, option)
        parts = self.geometry(card, frame.width())
        origin = frame.topLeft()
        bar = theme.code_colour(card.code.colour).bracket if card.code is not None else theme.colour("ctl")
        painter.fillRect(QRectF(origin.x() + 12, frame.y() + 12, 3, frame.height() - 24), bar)
        if self.is_checkable and not card.became:
            checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            paint_box(painter, parts.box.translated(origin), checked)
        layout, _height = quote_layout(card, parts.quote.width())
        painter.setPen(theme.colour("text"))
        layout.draw(painter, origin + parts.quote.topLeft())
        about = parts.about.translated(origin)
        (self._about_column if parts.is_wide else self._about_line)(painter, about, card)
        self._paint_link(painter, parts.link.translated(origin), option)

    def _paint_frame(self, painter: QPainter, frame: QRectF, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        edge: QColor = theme.colour("focus" if has_focus else "ctl" if is_under else "line")
        painter.setPen(QPen(edge, 2 if has_focus else 1))
        painter.setBrush(theme.colour("soft" if is_selected else "paper"))
        inset = 1.0 if has_focus else 0.5
        painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), 8, 8)

    def _about_column(self, painter: QPainter, about: QRectF, card: Card) -> None:
        theme = current_theme()
        high, small = theme.line_height("interface"), theme.line_height("meta")
        speaker = card.speaker or _("Nobody speaks")
        _line(painter, QRectF(about.x(), about.y(), about.width(), high), speaker, "interface_strong", "text")
        place = QRectF(about.x(), about.y() + high, about.width(), small)
        _line(painter, place, card.place, "meta", "text2", is_place=True)
        foot = QRectF(about.x(), about.y() + high + small, about.width(), small)
        if self._chip(card):
            self._chips(painter, foot, card, foot.right())
            foot.translate(0, theme.px(24) + 4)
        beside = _("Coded by {coder}").format(coder=card.coder) if card.coder else ""
        if card.became:
            _line(painter, foot, card.became, "meta_strong", card.tone)
        else:
            _line(painter, foot, _with(beside, card.extra), "meta", "text2")

    def _about_line(self, painter: QPainter, about: QRectF, card: Card) -> None:
        theme = current_theme()
        high = theme.line_height("interface")
        x = about.x()
        speaker = card.speaker or _("Nobody speaks")
        if card.became:
            taken = QFontMetricsF(theme.font("meta_strong")).horizontalAdvance(card.became)
            place = QRectF(about.right() - taken, about.y() + 1, taken + 2, high)
            _line(painter, place, card.became, "meta_strong", card.tone)
            about = about.adjusted(0, 0, -taken - 12, 0)
        x += _line(painter, QRectF(x, about.y(), about.width(), high), speaker, "interface_strong", "text") + 12
        place = card.place
        if not self._chip(card):
            if card.coder:
                place = _("{place}, coded by {coder}").format(place=place, coder=card.coder)
            if card.extra and not card.became:
                place = _("{place}, {extra}").format(place=place, extra=card.extra)
        _line(painter, QRectF(x, about.y() + 1, about.right() - x, high), place, "meta", "text2")
        if self._chip(card):
            self._foot(painter, QRectF(about.x(), about.y() + high, about.width(), high), card)

    def _chips(self, painter: QPainter, rect: QRectF, card: Card, end: float) -> float:
        """The codes of a card, as many as there is room for; gives where they end."""
        theme, x = current_theme(), rect.x()
        looks = [look for look in (card.code, *card.also) if look is not None]
        for n, look in enumerate(looks):
            left = end - x
            if n and left < theme.px(72):
                break
            room = left if n + 1 == len(looks) else max(theme.px(72), left * 0.66)
            x += paint_chip(painter, QPointF(x - 2, rect.y() + 4), room, look) + 6
        return x

    def _foot(self, painter: QPainter, rect: QRectF, card: Card) -> None:
        """The last line about a narrow card: its codes, who coded it, what else is known."""
        theme = current_theme()
        beside = _with(card.coder, card.extra)
        x = self._chips(painter, rect, card, rect.right() - (theme.px(120) if beside else 0))
        _line(painter, QRectF(x, rect.y() + 4, rect.right() - x, theme.px(24)), beside, "meta", "text2")

    def _paint_link(self, painter: QPainter, link: QRectF, option: QStyleOptionViewItem) -> None:
        theme = current_theme()
        font = theme.font("interface_medium")
        font.setUnderline(bool(option.state & QStyle.StateFlag.State_MouseOver))
        painter.setFont(font)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(theme.colour("accenttext" if is_selected else "link"))
        is_left = link.right() < option.rect.width() / 2
        align = Qt.AlignmentFlag.AlignLeft if is_left else Qt.AlignmentFlag.AlignRight
        painter.drawText(link, align | Qt.AlignmentFlag.AlignVCenter, read_in_context())

    @staticmethod
    def _chip(card: Card) -> bool:
        return card.is_chipped and card.code is not None


def _width(option: QStyleOptionViewItem) -> int:
    """The width of the whole list: the cards keep theirs when a scroll bar appears."""
    return option.widget.width() if option.widget is not None else option.rect.width()


def _with(words: str, extra: str) -> str:
    return _("{words}, {extra}").format(words=words, extra=extra) if words and extra else words or extra


def _line(painter: QPainter, rect: QRectF, words: str, role: str, tone: str, *, is_place: bool = False) -> float:
    """One line of words, shortened to fit (a place in its middle, so that the turn can be read); gives the width it took."""
    theme = current_theme()
    font = theme.font(role)
    metrics = QFontMetricsF(font)
    mode = Qt.TextElideMode.ElideMiddle if is_place else Qt.TextElideMode.ElideRight
    shown = metrics.elidedText(words, mode, rect.width())
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


def paint_box(painter: QPainter, box: QRectF, checked: bool) -> None:
    """A box, ticked or not."""
    theme = current_theme()
    painter.setPen(QPen(theme.colour("accent" if checked else "ctl"), 1))
    painter.setBrush(theme.colour("accent" if checked else "paper"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if checked:
        tick = QPainterPath(QPointF(box.x() + box.width() * 0.24, box.y() + box.height() * 0.52))
        tick.lineTo(box.x() + box.width() * 0.43, box.y() + box.height() * 0.71)
        tick.lineTo(box.x() + box.width() * 0.77, box.y() + box.height() * 0.31)
        painter.setPen(QPen(theme.colour("onaccent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)
