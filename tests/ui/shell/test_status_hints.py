"""The keys at the foot of the window: whole or not at all, and the last of them longest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from cohesion_qda.ui.status import Hints

PAIRS = [
    ("C", "code selection"),
    ("L", "last code again"),
    ("U", "the next turn that nobody has coded"),
    ("F1", "help"),
]


@pytest.fixture
def hints(qtbot, theme) -> Iterator[Hints]:
    foot = QWidget()
    qtbot.addWidget(foot)
    made = Hints()
    row = QHBoxLayout(foot)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(made, 1)
    foot.show()
    yield made


def shown(hints: Hints, width: int) -> list[str]:
    hints.parentWidget().resize(width, 24)
    return [label.text() for label in hints.findChildren(QLabel) if label.isVisible()]


def test_keys_that_have_no_room_are_left_out(hints: Hints) -> None:
    hints.show_pairs(PAIRS)
    everything = [word for pair in PAIRS for word in pair]
    assert shown(hints, 2000) == everything
    had = len(everything)
    for width in range(2000, 0, -25):
        now = shown(hints, width)
        assert now == everything[: max(0, len(now) - 2)] + everything[-2:] * bool(now)
        assert len(now) <= had and len(now) % 2 == 0
        assert sum(label.sizeHint().width() for label in hints.findChildren(QLabel) if label.isVisible()) <= width
        had = len(now)
    assert had == 0
    assert shown(hints, 2000) == everything


def test_other_keys_take_their_place(hints: Hints) -> None:
    hints.show_pairs(PAIRS)
    hints.show_pairs(PAIRS[-1:])
    assert shown(hints, 2000) == ["F1", "help"]
