"""The strip of tabs: all of them are seen, whichever is chosen, however large the words."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.theme import current_theme


def test_no_arrows_where_there_is_room(qapp: QApplication) -> None:
    window = QWidget()
    strip = TabStrip("What is suggested", ("Themes", "Codes", "Key terms", "Word cloud", "Words"))
    QVBoxLayout(window).addWidget(strip)
    window.resize(1018, 100)
    window.show()
    try:
        for scale in (1.0, 2.0, 1.5, 2.0):
            current_theme().set_scale(scale)
            for at in (4, 0, 1):
                strip.tabs.setCurrentIndex(at)
                qapp.processEvents()
                assert not any(arrow.isVisible() for arrow in strip.tabs.findChildren(QWidget)), (scale, at)
    finally:
        current_theme().set_scale(1.0)
