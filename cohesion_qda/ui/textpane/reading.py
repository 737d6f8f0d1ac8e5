"""How the transcript is set: typeface, size, spacing, width, and what is shown with it. Personal, and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QFontDatabase

from cohesion_qda.base.i18n import _

if TYPE_CHECKING:
    from cohesion_qda.base.settings import Settings
    from cohesion_qda.ui.theme import Theme

SIZES = (13, 14, 15, 16, 17, 18, 20, 22, 24, 28)  # pixels at 100 % text size
SPACINGS = (1.4, 1.5, 1.75, 2.0, 2.3)
WIDTHS = {"narrow": 480, "usual": 640, "wide": 800, "room": 4000}  # pixels of the text at 16 pixels and 100 %
EASY = ("OpenDyslexic", "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "Lexend", "Lexend Deca", "Andika",
        "Comic Neue", "Comic Sans MS", "Verdana")  # fmt: skip
_BOX = 11 / 16  # half the height of a tint, of the size of the letters


@dataclass(frozen=True, slots=True)
class ReadingLook:
    """`family` is empty for our own typeface; `size` is in pixels at 100 % text size, `spacing` times that from line to
    line; `width` names one of WIDTHS; `numbers` is none, turns or paragraphs.
    """

    family: str = ""
    size: int = 16
    spacing: float = 1.75
    width: str = "usual"
    numbers: str = "none"
    underlines_only: bool = False
    people_coloured: bool = False

    @classmethod
    def kept(cls, settings: Settings) -> ReadingLook:
        """As the person left it."""
        return cls(**{name: settings[setting] for name, setting in SETTINGS.items()})

    def settings(self) -> Mapping[str, Any]:
        """What is to be kept, by the names of the register."""
        return {setting: getattr(self, name) for name, setting in SETTINGS.items()}

    def font(self, theme: Theme) -> QFont:
        """The typeface of the transcript; a family that is not there any more is replaced by our own."""
        font = theme.font("transcript")
        font.setPixelSize(theme.px(self.size))
        if self.family:
            font.setFamilies([self.family, *font.families()])
        return font

    def line(self, theme: Theme) -> int:
        """The distance of two lines, in pixels."""
        return theme.px(round(self.size * self.spacing))

    def half(self, theme: Theme) -> int:
        """Half the height of what is painted under the words of one line."""
        return theme.px(self.size * _BOX)

    def text_most(self) -> int:
        """The widest the text may be at 100 % text size, in pixels."""
        return round(WIDTHS[self.width] * self.size / 16)


SETTINGS = {
    "family": "reading_font", "size": "reading_size", "spacing": "reading_spacing", "width": "reading_width",
    "numbers": "reading_numbers", "underlines_only": "underlines_only", "people_coloured": "people_coloured",
}  # fmt: skip


def families() -> tuple[list[str], list[str]]:
    """The typefaces of this computer that can be read in: those made or known to be easy on dyslexic readers, and the
    others.
    """
    there = [
        name
        for name in QFontDatabase.families(QFontDatabase.WritingSystem.Latin)
        if not name.startswith((".", "Inter")) and not QFontDatabase.isPrivateFamily(name)
    ]
    easy = [name for name in EASY if name in there]
    return easy, [name for name in there if name not in easy]


def width_words() -> dict[str, str]:
    """What the widths are called."""
    return {"narrow": _("Narrow"), "usual": _("Usual"), "wide": _("Wide"), "room": _("As wide as there is room")}


def number_words() -> dict[str, str]:
    """What may be numbered."""
    return {"none": _("No numbers"), "turns": _("Turn numbers"), "paragraphs": _("Paragraph numbers")}
