"""The quiet line under the transcript: which codes may fit the words, as chips with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Button, ElidedLabel, IconButton, Label, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.ui.retrieve.cards import CodeLook

KEYS = "DFG"  # beside each other under the left hand, on every keyboard that writes English


@dataclass(frozen=True, slots=True)
class Fit:
    """A code that may fit, with the reason in one sentence."""

    look: CodeLook
    reason: str

    @property
    def code(self) -> CodeId:
        return self.look.id


class FitChip(Button):
    """A code with a dashed edge: it is only suggested. Its key stands at its end."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent=parent)
        self._key = key
        self.fit: Fit | None = None
        self.most = 10_000.0  # pixels
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_fit(self, fit: Fit) -> None:
        """Offer a code."""
        self.fit = fit
        self.setToolTip(f"{fit.look.path}\n{fit.reason}")
        self.setAccessibleName(_("Suggested: {code}").format(code=fit.look.name))
        self.setAccessibleDescription(_("{reason} Key: {key}").format(reason=fit.reason, key=self._key))
        self.updateGeometry()
        self.update()

    def natural(self) -> float:
        """How wide it is when its whole name is shown."""
        theme = current_theme()
        name = self.fit.look.name if self.fit is not None else ""
        words = QFontMetricsF(theme.font("meta_strong")).horizontalAdvance(name)
        return theme.px(26) + words + theme.px(12) + self._badge() + theme.px(8)

    def sizeHint(self) -> QSize:
        return QSize(int(min(self.natural() + 1, self.most)), max(24, current_theme().px(26)))

    def _badge(self) -> float:
        return max(
            float(current_theme().px(18)), QFontMetricsF(current_theme().font("meta")).horizontalAdvance(self._key) + 8
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.fit is None:
            return
        theme, look = current_theme(), self.fit.look
        ink = theme.code_colour(look.colour).ink
        painter = QPainter(self)
        with smoothly(painter):
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            pen = QPen(theme.colour("focus"), 2) if self.hasFocus() else QPen(ink, 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(theme.colour("soft" if self.underMouse() or self.isDown() else "paper"))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            size = theme.px(10)
            mark = QRectF(theme.px(10), (self.height() - size) / 2, size, size)
            theme.paint_shape(painter, look.shape, mark, look.colour)
            badge = self._badge()
            key = QRectF(self.width() - badge - theme.px(8), (self.height() - theme.px(18)) / 2, badge, theme.px(18))
            painter.setPen(QPen(theme.colour("ctl"), 1))
            painter.setBrush(theme.colour("paper"))
            painter.drawRoundedRect(key, 3, 3)
            painter.setPen(theme.colour("text2"))
            painter.setFont(theme.font("meta"))
            painter.drawText(key, Qt.AlignmentFlag.AlignCenter, self._key)
            font = theme.font("meta_strong")
            painter.setFont(font)
            painter.setPen(ink)
            room = key.left() - theme.px(6) - theme.px(26)
            words = QFontMetricsF(font).elidedText(look.name, Qt.TextElideMode.ElideRight, room)
            place = QRectF(theme.px(26), 0, room + 4, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


class FitStrip(QFrame):
    """Always as high, whether something is suggested or not: the transcript over it never moves while one selects."""

    taken = Signal(int)  # which chip
    why_wanted = Signal()
    alike_wanted = Signal()
    pressed = Signal()  # the button beside a sentence
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "top")
        self.setProperty("foot", True)  # no message covers it
        self.setAccessibleName(_("Codes suggested for the words"))
        self.words = ElidedLabel("", "meta", "text2")
        self.button = LinkButton("", on_click=self.pressed.emit)
        self.chips = [FitChip(key) for key in KEYS]
        for at, chip in enumerate(self.chips):
            chip.clicked.connect(lambda _on=False, at=at: self.taken.emit(at))
        self.suggested = Label(_("Suggested"), "meta_strong", "text2")
        self.why = LinkButton(_("Why? (Y)"), on_click=self.why_wanted.emit)
        self.why.setToolTip(_("Why these codes are suggested"))
        self.alike = LinkButton(_("Passages like this (O)"), on_click=self.alike_wanted.emit)
        self.alike.setToolTip(_("Find passages like this one"))
        self.close_button = IconButton("close", _("Suggest no codes while I read"), self.closed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.suggested)
        for chip in self.chips:
            row.addWidget(chip)
        row.addWidget(self.words)
        row.addStretch(1)
        for part in (self.button, self.why, self.alike, self.close_button):
            row.addWidget(part)
        self._others = (self.suggested, self.why, self.alike, self.close_button)
        current_theme().changed.connect(self._dress)
        self._dress()
        self.say("")

    def _dress(self) -> None:
        self.setFixedHeight(max(40, current_theme().px(40)))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The chips share the room that the rest leaves."""
        chips = [chip for chip in self.chips if chip.fit is not None]
        wanted, others = sum(chip.natural() + 9 for chip in chips), list(self._others)
        for part in (self.suggested, self.alike):  # both can be done without: the dashed edges, and a key, say the same
            has_room = wanted <= self._room(others)
            part.setVisible(bool(chips) and has_room)
            if not has_room:
                others.remove(part)
        room = self._room(others) - 9 * len(chips)
        for left, chip in zip(range(len(chips), 0, -1), sorted(chips, key=FitChip.natural), strict=True):
            chip.most = max(float(current_theme().px(72)), room / left)
            room -= chip.sizeHint().width()
            chip.updateGeometry()

    def _room(self, others: Sequence[QWidget]) -> float:
        return self.width() - 40 - sum(part.sizeHint().width() + 8 for part in others)

    @property
    def fits(self) -> list[Fit]:
        """What is offered."""
        return [chip.fit for chip in self.chips if chip.fit is not None]

    def show_fits(self, fits: Sequence[Fit]) -> None:
        """Offer codes; none says that none fits."""
        self.words.setText("" if fits else _("No code is suggested for these words."))
        self.button.hide()
        self._offer(fits)

    def say(self, words: str, button: str = "") -> None:
        """A sentence in the place of the chips, perhaps with a button."""
        self.words.setText(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._offer(())

    def _offer(self, fits: Sequence[Fit]) -> None:
        for at, chip in enumerate(self.chips):
            chip.fit = None
            if at < len(fits):
                chip.show_fit(fits[at])
            chip.setVisible(at < len(fits))
        self.words.setVisible(bool(self.words.text()))
        self.why.setVisible(bool(fits))
        self._share()
