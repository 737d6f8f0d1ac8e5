"""The figure on the screen: painted from its display list, opened by mouse and keys, told to those who cannot see it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest

from cohesion_qda.report import style
from cohesion_qda.ui import palette
from cohesion_qda.ui.compare.figure import FigureView, inches_for, ink, pixels_of_a_point
from tests.ui.compare.made import drawing


@pytest.fixture
def figure(theme, qtbot) -> FigureView:
    made = FigureView()
    qtbot.addWidget(made)
    made.show_drawing(drawing())
    made.show()
    return made


def test_it_is_as_large_as_its_points_at_the_text_size(figure: FigureView, theme) -> None:
    assert (figure.width(), figure.height()) == (round(200 * 96 / 72), round(100 * 96 / 72))
    theme.set_scale(2.0)
    assert figure.width() == round(2 * 200 * 96 / 72)
    assert inches_for(960) == 5.0 and pixels_of_a_point() == pytest.approx(2 * 96 / 72)


def test_marks_are_painted_where_they_stand(figure: FigureView) -> None:
    picture, scale = figure.grab().toImage(), pixels_of_a_point()
    assert picture.pixelColor(round(50 * scale), round(26 * scale)) == QColor("#12436D")
    assert picture.pixelColor(round(150 * scale), round(50 * scale)) == QColor("#801650")
    assert picture.pixelColor(round(120 * scale), round(70 * scale)) == QColor("#FFFFFF")


def test_in_the_dark_its_inks_are_the_theme_s(figure: FigureView, theme) -> None:
    theme.set_mode("dark")
    scale = pixels_of_a_point()
    picture = figure.grab().toImage()
    assert picture.pixelColor(round(50 * scale), round(26 * scale)) == theme.colour("accent")
    assert picture.pixelColor(round(120 * scale), round(70 * scale)) == theme.colour("paper")
    assert ink(style.DARK_ON_TINT) == QColor(style.DARK_ON_TINT), "letters on a light cell stay dark"


@pytest.mark.parametrize("colour", [style.TEXT, style.TEXT2, *style.ON_WHITE])
def test_words_keep_their_contrast_in_the_dark(theme, colour: str) -> None:
    theme.set_mode("dark")
    assert palette.contrast(ink(colour).name(), theme.hex("paper")) >= 4.5


def test_a_click_opens_a_mark_and_hovering_says_it(figure: FigureView) -> None:
    opened = []
    figure.opened.connect(lambda *told: opened.append(told))
    first, second = figure.spots
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=figure.place_of(first).center().toPoint())
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=figure.place_of(second).center().toPoint())
    assert opened == [((2, "Luton"), "counts", "Trust, Luton: 7 of 12 participants")], "what is hidden opens nothing"
    QTest.mouseMove(figure, figure.place_of(first).center().toPoint())
    assert figure.spot_at(figure.place_of(first).center()) == 0
    assert figure.spot_at(figure.place_of(first).topLeft() - figure.place_of(first).bottomRight()) == -1


def test_the_arrows_go_through_the_marks(figure: FigureView, qtbot) -> None:
    opened = []
    figure.opened.connect(lambda key, *_told: opened.append(key))
    figure.setFocus()
    assert figure.current == 0
    QTest.keyClick(figure, Qt.Key.Key_Return)
    QTest.keyClick(figure, Qt.Key.Key_Down)
    QTest.keyClick(figure, Qt.Key.Key_Return)
    QTest.keyClick(figure, Qt.Key.Key_Right)
    assert figure.current == 1
    QTest.keyClick(figure, Qt.Key.Key_Home)
    QTest.keyClick(figure, Qt.Key.Key_Space)
    QTest.keyClick(figure, Qt.Key.Key_End)
    assert figure.current == 1
    assert opened == [(2, "Luton"), (2, "Luton")]
    with qtbot.waitSignal(figure.left, timeout=500):
        QTest.keyClick(figure, Qt.Key.Key_Escape)


def test_the_mark_the_keys_are_on_stays_when_it_is_drawn_anew(figure: FigureView) -> None:
    figure.go_to((2, "Luton"))
    figure.show_drawing(drawing())
    assert figure.current == 0
    figure.show_drawing(None)
    assert figure.current == -1 and figure.spots == ()


def test_a_screen_reader_hears_a_chart_and_its_marks(figure: FigureView) -> None:
    whole = QAccessible.queryAccessibleInterface(figure)
    assert whole.role() == QAccessible.Role.Chart
    assert whole.text(QAccessible.Text.Name) == "Trust came up most"
    assert whole.text(QAccessible.Text.Description) == "Trust 7 of 12; Food hidden."
    assert whole.childCount() == 2
    trust, food = whole.child(0), whole.child(1)
    assert trust.text(QAccessible.Text.Name) == "Trust, Luton: 7 of 12 participants"
    assert trust.text(QAccessible.Text.Description) == "Enter shows the passages"
    assert food.text(QAccessible.Text.Description) == ""
    figure.activateWindow()
    figure.setFocus()
    assert trust.state().focusable
    assert whole.childAt(trust.rect().center().x(), trust.rect().center().y()) is trust
    figure.show_drawing(None)
    assert not trust.isValid() and trust.state().invalid
