"""The small parts that pages are built from, in the visual language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from cohesion_qda.ui.theme import ROLES, current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent

LATER = {
    "Chip": "parts",
    "EmptyState": "parts",
    "PageHeader": "parts",
    "SearchField": "parts",
    "Banner": "messages",
    "CodeChip": "messages",
    "Toast": "messages",
}


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

    def _dress(self) -> None:
        super()._dress()
        if self._icon_name:  # greyed, the colour for the accent could not be seen without it
            icon = QIcon(self.icon())
            icon.addPixmap(current_theme().pixmap(self._icon_name, "text2", 16), QIcon.Mode.Disabled)
            self.setIcon(icon)

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


def __getattr__(name: str) -> object:
    """The parts that no start-up needs live in `parts` and `messages`; they are loaded when first asked for."""
    if name in LATER:
        from importlib import import_module

        return getattr(import_module(f"cohesion_qda.ui.{LATER[name]}"), name)
    raise AttributeError(name)
