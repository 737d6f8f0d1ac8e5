"""How the program looks: colours, fonts, icons, shapes, and the style sheet made from them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from cohesion_qda.base.resources import resource
from cohesion_qda.ui import icons, palette, style
from cohesion_qda.ui.painting import smoothly

MODES = ("system", "light", "dark")
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
FIRST_FONTS = ("Regular", "Medium", "SemiBold")
LATER_FONTS = ("Bold", "Italic")

# role: (pixels, line height in pixels, weight)
ROLES: dict[str, tuple[int, int, QFont.Weight]] = {
    "start_title": (28, 36, QFont.Weight.DemiBold),
    "page_title": (18, 24, QFont.Weight.DemiBold),
    "transcript": (16, 28, QFont.Weight.Normal),
    "panel_title": (14, 20, QFont.Weight.DemiBold),
    "lead": (16, 20, QFont.Weight.Normal),
    "quote": (14, 20, QFont.Weight.Normal),
    "interface": (13, 20, QFont.Weight.Normal),
    "interface_medium": (13, 20, QFont.Weight.Medium),
    "interface_strong": (13, 20, QFont.Weight.DemiBold),
    "meta": (12, 16, QFont.Weight.Normal),
    "meta_strong": (12, 16, QFont.Weight.Medium),
    "badge": (11, 14, QFont.Weight.Medium),
}


class CodeColour(NamedTuple):
    """The three colours of a code in the theme of the moment."""

    bracket: QColor
    tint: QColor
    ink: QColor


class Theme(QObject):
    """The looks of the moment. `changed` is emitted after light, dark or the text size changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = "system"
        self._dark = False
        self._scale = 1.0
        self._fonts: set[str] = set()
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    @property
    def is_dark(self) -> bool:
        return self._dark

    @property
    def mode(self) -> str:
        """One of MODES."""
        return self._mode

    @property
    def scale(self) -> float:
        """The text size, 0.8 to 2.0."""
        return self._scale

    def set_mode(self, mode: str) -> None:
        """Follow the system, or stay light or dark."""
        self._mode = mode
        self._follow()

    def set_scale(self, scale: float) -> None:
        """The text size, kept within 0.8 and 2.0."""
        scale = min(2.0, max(0.8, scale))
        if scale != self._scale:
            self._scale = scale
            self.dress()

    def step_scale(self, by: int) -> None:
        """One size larger (1), one smaller (-1), or back to normal (0)."""
        nearest = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self._scale))
        self.set_scale(SCALES[min(len(SCALES) - 1, max(0, nearest + by))] if by else 1.0)

    def colour(self, token: str) -> QColor:
        """The colour of a token of the visual language, such as `paper`."""
        return QColor(self.hex(token))

    def hex(self, token: str) -> str:
        """As `colour`, written `#RRGGBB`."""
        return palette.TOKENS[token][self._dark]

    def code_colour(self, name: str) -> CodeColour:
        """The colours of a code; a name that is not in the palette is shown in charcoal."""
        trio = palette.CODES.get(name, palette.CODES["charcoal"])[self._dark]
        return CodeColour(QColor(trio.bracket), QColor(trio.tint), QColor(trio.ink))

    def font(self, role: str) -> QFont:
        """The font of one of ROLES at the text size of the moment, with figures of even width."""
        pixels, _line, weight = ROLES[role]
        return _font(self.px(pixels), weight)

    def line_height(self, role: str) -> int:
        """The distance of two lines of `role`, in pixels."""
        return self.px(ROLES[role][1])

    def px(self, length: float) -> int:
        """A length that grows with the text size, in pixels."""
        return round(length * self._scale)

    def icon(self, name: str, colour: str = "text2", size: int = 20) -> QIcon:
        """One of our own icons, `size` pixels wide, in the colour of a token; greyed out when disabled."""
        key = (name, self.hex(colour), self.px(size))
        found = self._icons.get(key)
        if found is None:
            found = self._icons[key] = icons.icon(name, QColor(key[1]), key[2])
        return found

    def pixmap(self, name: str, colour: str = "text2", size: int = 20) -> QPixmap:
        """As `icon`, as a picture for labels, sharp on the first screen."""
        ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
        return icons.pixmap(name, self.colour(colour), self.px(size), ratio)

    def shape(self, shape: str, rect: QRectF) -> QPainterPath:
        """The outline that tells a question: circle, diamond, triangle, square, star or pentagon, inside `rect`."""
        return icons.shape_path(shape, rect)

    def paint_shape(self, painter: QPainter, shape: str, rect: QRectF, colour_name: str) -> None:
        """Draw a code's shape: filled with its bracket colour, edged with one pixel of its ink."""
        colours = self.code_colour(colour_name)
        with smoothly(painter):
            painter.setPen(QPen(colours.ink, 1.0))
            painter.setBrush(colours.bracket)
            painter.drawPath(self.shape(shape, rect.adjusted(0.5, 0.5, -0.5, -0.5)))

    def shape_icon(self, shape: str, colour_name: str, size: int = 12) -> QIcon:
        """A code's shape as an icon, for menus and lists."""
        pixmap = QPixmap(self.px(size) * 2, self.px(size) * 2)
        pixmap.setDevicePixelRatio(2.0)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            self.paint_shape(painter, shape, QRectF(0, 0, self.px(size), self.px(size)), colour_name)
        finally:
            painter.end()
        return QIcon(pixmap)

    def style_sheet(self) -> str:
        """The style sheet of the whole program."""
        return style.sheet(self)

    def load_fonts(self, weights: tuple[str, ...] = FIRST_FONTS + LATER_FONTS) -> None:
        """Load our own fonts; those already loaded are left alone."""
        for weight in weights:
            if weight not in self._fonts:
                self._fonts.add(weight)
                QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{weight}.otf")))

    def start(self, mode: str = "system", scale: float = 1.0) -> None:
        """Colours and fonts for the QApplication that was just made; call `dress` once its first window is built,
        so that every widget is styled only once.
        """
        self._mode, self._scale = mode, min(2.0, max(0.8, scale))
        self._dark = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        app = QApplication.instance()
        app.setPalette(self._palette())
        app.setFont(self.font("interface"))

    def _wanted(self) -> bool:
        if self._mode != "system":
            return self._mode == "dark"
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self._dark:
            self._dark = wanted
            self.dress()

    def dress(self, *, tell: bool = True) -> None:
        """Put the looks of the moment on the QApplication, and tell what was made in other looks."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self._palette())
            app.setFont(self.font("interface"))
            app.setStyleSheet(self.style_sheet())
        if tell:
            self.changed.emit()

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        tokens = {
            role.Window: "bg", role.WindowText: "text", role.Base: "paper", role.AlternateBase: "bg",
            role.Text: "text", role.Button: "raised", role.ButtonText: "text", role.BrightText: "err",
            role.Highlight: "sel", role.HighlightedText: "text", role.Link: "link", role.LinkVisited: "link",
            role.PlaceholderText: "text2", role.ToolTipBase: "raised", role.ToolTipText: "text",
            role.Light: "raised", role.Midlight: "line", role.Mid: "ctl", role.Dark: "ctl", role.Shadow: "line",
            role.Accent: "accent",
        }  # fmt: skip
        made = QPalette()
        for which, token in tokens.items():
            made.setColor(which, self.colour(token))
        for which in (role.WindowText, role.Text, role.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, which, self.colour("text2"))
        return made


def _font(pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(["Inter", "Noto Sans"])
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def current_theme() -> Theme:
    """The one theme of the program."""
    return Theme()
