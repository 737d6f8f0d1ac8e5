"""The small parts that pages are built from, in the visual language."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QEnterEvent,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.theme import ROLES, current_theme

TOAST_SECONDS = 8


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """`text`, shortened with an ellipsis to fit into `width` pixels."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    font = widget.font()
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.setFont(font)
    widget.update()


class Label(QLabel):
    """Words in one of the theme's roles, following light, dark and the text size."""

    def __init__(self, text: str = "", role: str = "interface", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        if role not in ROLES:
            raise KeyError(role)
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self._dress()
        current_theme().changed.connect(self._dress)

    def set_tone(self, tone: str) -> None:
        """The colour: text2, link, accent, ok, warn, err, or empty for the colour of text."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def _dress(self) -> None:
        self.setFont(current_theme().font(self._role))


class ElidedLabel(Label):
    """One line that is shortened when there is no room, with the whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "interface", tone: str = "", parent: QWidget | None = None) -> None:
        self._whole = text
        super().__init__(text, role, tone, parent)
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _dress(self) -> None:
        super()._dress()
        self._fit()

    def _fit(self) -> None:
        shown = elided(self._whole, self.fontMetrics(), max(24, self.width()))
        if QLabel.text(self) != shown:
            QLabel.setText(self, shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Button(QPushButton):
    """A button whose icon and font follow the theme."""

    ROLE = "interface_medium"
    ICON_TONE = "text"

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon_name = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self._dress()
        current_theme().changed.connect(self._dress)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def set_icon(self, name: str) -> None:
        """One of our icons, or none."""
        self._icon_name = name
        self._dress()

    def disable(self, reason: str) -> None:
        """Cannot be pressed for the moment; the tooltip says why. An empty reason makes it work again."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def _dress(self) -> None:
        theme = current_theme()
        self.setFont(theme.font(self.ROLE))
        self.setIcon(theme.icon(self._icon_name, self.ICON_TONE, 16) if self._icon_name else QIcon())
        self.setIconSize(QSize(theme.px(16), theme.px(16)))


class PrimaryButton(Button):
    """The one main action of a page. Its focus is a ring of its text's colour inside the edge, seen on any accent."""

    ROLE = "interface_strong"
    ICON_TONE = "onaccent"

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(current_theme().colour("onaccent"), 1.5))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
            finally:
                painter.end()


class QuietButton(Button):
    """An ordinary, outlined button."""


class PlainButton(Button):
    """A button without an outline, for headers and side panels."""

    ICON_TONE = "text2"


class LinkButton(Button):
    """A button that looks like a link."""

    ICON_TONE = "link"


class IconButton(Button):
    """An icon alone; `name` is its tooltip and its name for screen readers."""

    ICON_TONE = "text2"

    def __init__(
        self, icon: str, name: str, on_click: Callable[[], object] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("", icon, on_click, parent)
        self.setToolTip(name)
        self.setAccessibleName(name)


class Chip(Button):
    """A filter: outlined with a chevron when off, filled with a × when on. With a menu, pressing it opens the menu;
    when on, pressing the × (or Delete) emits `cleared`.
    """

    cleared = Signal()

    def __init__(
        self,
        text: str,
        menu: QMenu | None = None,
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, "", on_click, parent)
        self._on = False
        self._menu: QMenu | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setProperty("on", False)
        if menu is not None:
            self.set_menu(menu)
        self._dress()

    def set_menu(self, menu: QMenu) -> None:
        """The menu that pressing the chip opens."""
        self._menu = menu
        self.clicked.connect(lambda _checked=False: self._open_menu())

    @property
    def is_on(self) -> bool:
        return self._on

    def set_on(self, on: bool, text: str | None = None) -> None:
        """Filled, with a ×, or not; `text` replaces the words."""
        self._on = on
        self.setProperty("on", on)
        if text is not None:
            self.setText(text)
        self._dress()
        restyle(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._on and event.position().x() > self.width() - current_theme().px(32):
            self.cleared.emit()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._on and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _dress(self) -> None:
        super()._dress()
        on = getattr(self, "_on", False)
        theme = current_theme()
        self.setIcon(theme.icon("close" if on else "chevron", "accenttext" if on else "text", 12))
        self.setIconSize(QSize(theme.px(12), theme.px(12)))


class SearchField(QLineEdit):
    """A line to search with: a magnifying glass, words that say what is searched, and Escape empties it."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._dress()
        current_theme().changed.connect(self._dress)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setFont(current_theme().font("interface"))
        self._glass.setIcon(current_theme().icon("search", "text2", 16))


class PageHeader(QFrame):
    """The top of a page: title, one line about it, actions at the right. 64 pixels high."""

    def __init__(self, title: str = "", meta: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.title = ElidedLabel(title, "page_title")
        self.meta = ElidedLabel(meta, "meta", "text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.meta)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._dress()
        current_theme().changed.connect(self._dress)

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def set_meta(self, meta: str) -> None:
        self.meta.setText(meta)
        self.meta.setVisible(bool(meta))

    def add_action(self, widget: QWidget) -> QWidget:
        """Put a button or chip at the right, after those already there."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        return widget

    def _dress(self) -> None:
        self.setFixedHeight(max(64, current_theme().px(64)))


class EmptyState(QWidget):
    """What a page shows when there is nothing yet: one sentence, and at most one button."""

    def __init__(
        self,
        sentence: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sentence = Label(sentence, "quote", "text2")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMaximumWidth(480)
        self.button = PrimaryButton(button_text, on_click=on_click)
        self.button.setVisible(bool(button_text))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sentence, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_sentence(self, sentence: str) -> None:
        self.sentence.setText(sentence)


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

    def _dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def _dress(self) -> None:
        name, tone = self.ICONS[self._kind]
        self._picture.setPixmap(current_theme().pixmap(name, tone))


class Toast(QFrame):
    """A short message at the bottom of the window, one at a time, for 8 seconds; with Undo where that is possible."""

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = ElidedLabel("", "interface")
        self._tick = QLabel()
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
        self._fade = QGraphicsOpacityEffect(self)
        self._fade.setEnabled(False)
        self.setGraphicsEffect(self._fade)
        self._animation = QPropertyAnimation(self._fade, b"opacity", self)
        self._animation.setDuration(120)
        self._animation.setEasingCurve(QEasingCurve.Type.OutQuad)
        self._animation.finished.connect(lambda: self._fade.setEnabled(False))
        self.hide()

    def say(self, text: str, can_undo: bool = False) -> None:
        """Show `text` in place of what is shown."""
        self.message.setText(text)
        self.button.setVisible(can_undo)
        self._tick.setPixmap(current_theme().pixmap("check", "ontoast", 16))
        self.place()
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

    def place(self) -> None:
        """Bottom centre, over the status bar."""
        theme, parent = current_theme(), self.parentWidget()
        width = min(theme.px(400), parent.width() - 32)
        height = theme.px(48)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - 8, width, height)

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
