"""What tells a person something: banners, the toast, and the chips of codes. Asked for through `widgets`."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, IconButton, Label, LinkButton, elided, restyle

TOAST_SECONDS, BRIEFLY = 8, 4
TOAST_WORDS = 560  # pixels at normal text size; longer words are shortened


class Banner(QFrame):
    """Something the person should know, at the top of a page: what happened, what is safe, what to do.
    `kind` is error, caution or success. Stays until it is closed or hidden.
    """

    closed = Signal()
    ICONS: ClassVar = {"error": ("error", "err"), "caution": ("warning", "warn"), "success": ("check", "ok")}

    def __init__(self, kind: str = "error", text: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self.message = Label("", "interface_strong")
        self.hint = Label("", "interface")
        for label in (self.message, self.hint):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self._close = IconButton("close", _("Close this message"), self._dismiss)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._kind = kind
        self.show_message(kind, text, hint)
        current_theme().changed.connect(self._dress)

    def show_message(self, kind: str, text: str, hint: str = "") -> None:
        """Say something else."""
        self._kind = kind
        self.setProperty("kind", kind)
        self.message.setText(text)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.setAccessibleName(f"{text} {hint}".strip())
        self._dress()
        restyle(self)

    def add_button(self, button: QWidget) -> None:
        """What can be done about it, before the × that closes it."""
        self._row.insertWidget(self._row.indexOf(self._close), button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def _dress(self) -> None:
        name, tone = self.ICONS[self._kind]
        self._picture.setPixmap(current_theme().pixmap(name, tone))


class Toast(QFrame):
    """A short message at the bottom of the window, one at a time, for 8 seconds, or briefly; with Undo where that is possible."""

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = ElidedLabel("", "interface")
        self._tick = QLabel()
        self._feet: list[QWidget] = []
        self.button = LinkButton(_("Undo  Ctrl+Z"), on_click=self._undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._tick)
        row.addWidget(self.message, 1)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        current_theme().changed.connect(self._dress, Qt.ConnectionType.QueuedConnection)  # after its words and button
        self._fade = QGraphicsOpacityEffect(self)
        self._fade.setEnabled(False)
        self.setGraphicsEffect(self._fade)
        self._animation = QPropertyAnimation(self._fade, b"opacity", self)
        self._animation.setDuration(120)
        self._animation.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._animation.finished.connect(lambda: self._fade.setEnabled(False))
        self.hide()

    def say(self, text: str, can_undo: bool = False, seconds: int = TOAST_SECONDS) -> None:
        """Show `text` in place of what is shown, for some `seconds`."""
        self._timer.setInterval(seconds * 1000)
        self.message.setText(text)
        self.button.setVisible(can_undo)
        self._watch_feet()
        self._dress()
        was_hidden = self.isHidden()
        self.show()
        self.raise_()
        if was_hidden and self.style().styleHint(self.style().StyleHint.SH_Widget_Animate, None, self):
            self._fade.setEnabled(True)
            self._animation.setStartValue(0.0)
            self._animation.setEndValue(1.0)
            self._animation.start()
        self._timer.start()
        self._announce(text)

    def _dress(self) -> None:
        self._tick.setPixmap(current_theme().pixmap("check", "ontoast", 16))
        self.place()

    def place(self) -> None:
        """Bottom centre, as wide as its words; over the status bar, or over the foot of the page where it has one."""
        theme, parent = current_theme(), self.parentWidget()
        self.ensurePolished()
        self.message.setMaximumWidth(theme.px(TOAST_WORDS))
        self.layout().invalidate()
        width = min(max(theme.px(240), self.layout().totalSizeHint().width()), parent.width() - 32)
        height = max(theme.px(48), self.layout().totalMinimumSize().height())
        tops = [foot.mapTo(parent, QPoint(0, 0)).y() for foot in self._feet if isValid(foot) and foot.isVisible()]
        bottom = min((top for top in tops if top > parent.height() // 2), default=parent.height())
        self.setGeometry((parent.width() - width) // 2, bottom - height - 8, width, height)

    def _watch_feet(self) -> None:
        """The feet of the pages made so far: whenever one comes, goes, moves or grows, the toast finds its place anew."""
        self._feet = [widget for widget in self.parentWidget().findChildren(QWidget) if widget.property("foot")]
        for foot in self._feet:
            foot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)
        if event.type() in moves and not self.isHidden():
            self.place()
        return super().eventFilter(watched, event)

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            from PySide6.QtGui import QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _undo(self) -> None:
        self.hide()
        self.undo.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)


class CodeChip(QWidget):
    """A code's name with its shape on its tint, 24 high; with × when it can be removed, dashed when suggested."""

    clicked = Signal()
    removed = Signal()

    def __init__(
        self,
        name: str,
        shape: str = "circle",
        colour: str = "navy",
        *,
        removable: bool = False,
        suggested: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._shape, self._colour = name, shape, colour
        self._removable, self._suggested, self._hover = removable, suggested, False
        self.setAccessibleName(_("{name}, suggested").format(name=name) if suggested else name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if removable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dress()
        current_theme().changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        words = self.fontMetrics().horizontalAdvance(self._words())
        return QSize(theme.px(32) + words + (theme.px(20) if self._removable else 0), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        colours = theme.code_colour(self._colour)
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            pen = QPen(Qt.PenStyle.NoPen)
            if self.hasFocus():
                pen = QPen(theme.colour("focus"), 2)
            elif self._suggested:
                pen = QPen(colours.ink, 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(colours.tint)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            size = theme.px(10)
            theme.paint_shape(
                painter, self._shape, QRectF(theme.px(8), (self.height() - size) / 2, size, size), self._colour
            )
            painter.setPen(colours.ink)
            room = self.width() - theme.px(32) - (theme.px(20) if self._removable else 0)
            place = QRectF(theme.px(23), 0, room + 2, self.height())
            words = elided(self._words(), self.fontMetrics(), room + 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            if self._removable and (self._hover or self.hasFocus()):
                painter.drawPixmap(
                    self.width() - theme.px(20), (self.height() - theme.px(12)) // 2, theme.pixmap("close", "text2", 12)
                )
        finally:
            painter.end()

    def _words(self) -> str:
        return _("{name} · Suggested").format(name=self._name) if self._suggested else self._name

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            on_cross = self._removable and event.position().x() > self.width() - current_theme().px(24)
            (self.removed if on_cross else self.clicked).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(current_theme().font("meta_strong"))
        self.updateGeometry()
        self.update()
