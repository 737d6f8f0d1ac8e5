"""The look of figures: colours, type, and how a line of text is measured and wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.resources import resource

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
"""The categorical palette of the UK Government Analysis Function, in its order: for areas, not for small text."""
ON_WHITE = ("#12436D", "#1A6E66", "#801650", "#A84818", "#3D3D3D", "#6B5591")
"""The same six hues, darkened where needed to reach 4.5:1 on white: for text."""

CODE_INKS = {
    "navy": "#12436D", "teal": "#1A6E66", "plum": "#801650", "orange": "#A84818", "charcoal": "#3D3D3D", "lilac": "#6B5591",
    "sky": "#276BA2", "leaf": "#3B741E", "ochre": "#7F5E00", "rose": "#B03C66", "brick": "#9C3B26", "indigo": "#5A4FBF",
}  # fmt: skip
"""What the name of a code of that colour is written in: each reaches 4.5:1 on white, and its own in the dark on that."""

TEXT = "#1C2128"
TEXT2 = "#4F5863"
LINE = "#DFE3E8"
FAINT = "#E4ECF3"
"""An area behind lines: the band that chance would give."""
TIE = "#B9C6D3"
"""Lines between what is named: told by their width, quiet behind the words."""
HIDDEN = "#F4F5F7"
"""Under a number that is hidden: no shade of any share."""
PAPER = "#FFFFFF"
STRONG = PALETTE[0]
QUIET = "#6F8BA6"
DARK_ON_TINT = "#1C2129"
"""Text on a coloured cell; told apart from TEXT so that a dark page leaves it dark."""

FONT_FILES = {
    400: "fonts/Inter-Regular.otf",
    500: "fonts/Inter-Medium.otf",
    600: "fonts/Inter-SemiBold.otf",
    700: "fonts/Inter-Bold.otf",
}
_POINTS = 200  # size at which text is measured; widths scale


def clean(text: str) -> str:
    """`text` on one line, without characters that XML forbids."""
    return " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text).split())


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2) of `#rrggbb`, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def shade(share: float) -> str:
    """A tint of blue for a share of 0 to 1, paler for less; DARK_ON_TINT reaches 4.5:1 on each."""
    pale, deep = (0xEC, 0xF3, 0xFA), (0x5B, 0x93, 0xC6)
    at = min(max(share, 0.0), 1.0)
    return "#" + "".join(f"{round(p + (d - p) * at):02X}" for p, d in zip(pale, deep, strict=True))


def font_file(weight: int) -> Path:
    """The font file for a weight of 400 to 700: Inter where it ships, DejaVu Sans otherwise."""
    try:
        return resource(FONT_FILES[weight])
    except FileNotFoundError:
        return dejavu(weight)


@lru_cache(maxsize=2)
def _bundled() -> Path:
    """The folder of the fonts that come with matplotlib, found without importing it."""
    from importlib.util import find_spec

    spec = find_spec("matplotlib")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


def dejavu(weight: int) -> Path:
    """DejaVu Sans, which has Arabic, Hebrew, Greek and Cyrillic letters and comes with matplotlib."""
    return _bundled() / ("DejaVuSans-Bold.ttf" if weight >= 600 else "DejaVuSans.ttf")


@lru_cache(maxsize=8)
def _characters(font: Path) -> frozenset[int]:
    """The code points a font has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as face:
        return frozenset(face.getBestCmap())


def can_write(word: str, font: Path) -> bool:
    """Whether `font` has every character of `word`."""
    known = _characters(font)
    return all(ord(c) in known for c in word if not c.isspace() and c not in "\u200c\u200d\u200e\u200f")


def unwritable(text: str) -> list[str]:
    """The characters of `text`, each once, that neither Inter nor DejaVu Sans has."""
    fonts = font_file(400), dejavu(400)
    return [c for c in dict.fromkeys(text) if not any(can_write(c, font) for font in fonts)]


@lru_cache(maxsize=8)
def _face(weight: int, plain: bool) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(font_file(weight) if plain else dejavu(weight)), _POINTS)


@lru_cache(maxsize=4096)
def text_length(text: str, size: float, weight: int = 400) -> float:
    """The width of a line of text in points."""
    text = clean(text)
    plain = can_write(text, font_file(weight))
    return _face(weight, plain).getlength(text) * size / _POINTS


@lru_cache(maxsize=4096)
def ink_box(text: str, weight: int = 400) -> tuple[float, float, float, float]:
    """Where the ink of a line of text of size 1 lies about the left end of its baseline: left, top, right, bottom, in points; what is above
    the line is less than 0.
    """
    text = clean(text)
    left, top, right, bottom = _face(weight, can_write(text, font_file(weight))).getbbox(text, anchor="ls")
    return left / _POINTS, top / _POINTS, right / _POINTS, bottom / _POINTS


def text_width(text: str, size: float, weight: int = 400) -> float:
    """The room a line of text needs, in points: its width and a little more, since renderers differ."""
    return text_length(text, size, weight) * 1.04


def wrap(text: str, width: float, size: float, weight: int = 400) -> list[str]:
    """`text` in lines that are at most `width` points wide. Nothing is left out: a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split():
        for piece in _pieces(word, width, size, weight):
            longer = f"{line} {piece}".strip()
            if line and text_width(longer, size, weight) > width:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, width: float, size: float, weight: int) -> Iterator[str]:
    while text_width(word, size, weight) > width and len(word) > 1:
        fits = 1
        while fits < len(word) and text_width(word[: fits + 1], size, weight) <= width:
            fits += 1
        yield word[:fits]
        word = word[fits:]
    if word:
        yield word


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The font families figures are set in, most wanted first; Inter is registered with matplotlib on the way."""
    from matplotlib import font_manager

    found = []
    for name in FONT_FILES.values():
        try:
            font_manager.fontManager.addfont(str(resource(name)))
            found = ["Inter"]
        except FileNotFoundError:
            continue
    return (*found, "DejaVu Sans")


@contextmanager
def drawing() -> Iterator[None]:
    """The settings under which a figure is made and saved, so that the same input gives the same bytes."""
    import logging
    import warnings

    import matplotlib

    settings: dict[Any, Any] = {
        "font.family": list(families()),
        "pdf.fonttype": 3,  # outlines: every reader shows them, whatever the font file was
        "text.usetex": False,
        "text.parse_math": False,
        "path.simplify": False,
    }
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)  # that the fallback font has no semibold is no news
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # a picture script the fonts lack (emoji, say) is drawn as a box in the PNG; the SVG keeps the text itself
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        try:
            yield
        finally:
            log.setLevel(level)
