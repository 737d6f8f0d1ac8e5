from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage, QPainter

from cohesion_qda.base.resources import resource
from cohesion_qda.model.codebook import SHAPES
from cohesion_qda.ui import palette
from cohesion_qda.ui.theme import ROLES
from cohesion_qda.ui.widgets import PrimaryButton


def test_dark_changes_every_colour_at_once(theme, qapp, qtbot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.is_dark
    assert theme.colour("paper") == QColor("#1B1E23")
    assert qapp.palette().base().color() == QColor("#1B1E23")
    assert "#1B1E23" in qapp.styleSheet()
    assert theme.code_colour("navy").ink == QColor("#94B7D9")


def test_unknown_code_colour_is_charcoal(theme) -> None:
    assert theme.code_colour("puce") == theme.code_colour("charcoal")


def test_fonts_are_ours_with_their_weights(theme) -> None:
    for role, (pixels, _line, weight) in ROLES.items():
        info = QFontInfo(theme.font(role))
        assert (info.family(), info.pixelSize(), info.weight()) == ("Inter", pixels, weight), role


def test_text_grows_and_stops_at_its_ends(theme) -> None:
    theme.step_scale(1)
    assert theme.scale == 1.1
    for _ in range(20):
        theme.step_scale(1)
    assert theme.scale == 2.0
    assert theme.font("interface").pixelSize() == 26
    theme.set_scale(0.1)
    assert theme.scale == 0.8
    theme.step_scale(0)
    assert theme.scale == 1.0


def test_every_icon_draws_something_in_the_colour_asked_for(theme) -> None:
    names = [path.stem for path in resource("icons").glob("*.svg")]
    assert {"read", "search", "compare", "suggest", "report", "history", "undo", "lock", "app"} <= set(names)
    for name in names:
        image = theme.pixmap(name, "err", 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), name
    assert theme.icon("read", "text") is theme.icon("read", "text")


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_lie_inside_their_box_and_differ(theme, shape: str) -> None:
    box = QRectF(10, 20, 12, 12)
    path = theme.shape(shape, box)
    assert box.adjusted(-0.7, -0.7, 0.7, 0.7).contains(path.boundingRect())
    assert path.contains(box.center())
    others = [theme.shape(other, box) for other in SHAPES if other != shape]
    assert all(path != other for other in others)


def test_shape_is_painted_in_bracket_and_ink(theme) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        theme.paint_shape(painter, "square", QRectF(2, 2, 16, 16), "orange")
    finally:
        painter.end()
    assert image.pixelColor(10, 10) == theme.code_colour("orange").bracket


def test_style_sheet_has_no_token_left_over(theme) -> None:
    sheet = theme.style_sheet()
    assert "@" not in sheet and "~" not in sheet
    assert all(theme.hex(token) in sheet for token in palette.TOKENS if token not in ("warnbg", "bar", "onaccent"))


def test_chips_are_round_at_every_text_size(theme) -> None:
    for percent in range(80, 201):
        theme.set_scale(percent / 100)
        sheet = theme.style_sheet()
        radius = int(re.search(r"Chip \{ border-radius: (\d+)px", sheet)[1])
        high = int(re.search(r"Chip \{[^}]*min-height: (\d+)px", sheet)[1]) + 2 * 1
        focused = int(re.search(r"Chip:focus \{[^}]*min-height: (\d+)px", sheet)[1]) + 2 * 2
        assert high == focused > 2 * radius, percent  # Qt draws a radius over half the height as a square corner


def test_the_icon_of_a_main_action_is_seen_when_it_is_disabled(theme) -> None:
    button = PrimaryButton("", "report")
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        size = button.iconSize()
        picture = button.icon().pixmap(size, QIcon.Mode.Disabled).toImage()
        drawn = {picture.pixelColor(x, y).name() for x in range(size.width()) for y in range(size.height())
                 if picture.pixelColor(x, y).alpha() == 255}  # fmt: skip
        assert theme.hex("text2").lower() in drawn and theme.hex("onaccent").lower() not in drawn
