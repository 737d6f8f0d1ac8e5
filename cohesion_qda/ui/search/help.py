"""What can be typed into a search, shown beside the field."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.widgets import Label, LinkButton


def examples() -> tuple[tuple[str, str], ...]:
    """What can be typed, and what it finds."""
    return (
        ("park buses", _("both words in one line, in any order")),
        ("park OR buses", _("one of them at least")),
        ("park NOT car", _("the first without the second")),
        ("“youth club”", _("these words, side by side")),
        ("comm*", _("words that begin so")),
        ("~community", _("all forms of a word: community, communities")),
        ("NEAR(park children, 5)", _("with at most five words between them")),
        ("(bus OR train) late", _("brackets keep together what belongs together")),
    )


class SearchHelp(QFrame):
    """A card that closes with Escape, or a click beside it. Pressing an example puts it into the field."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("surface", "raised")
        self.setProperty("card", True)
        self.setAccessibleName(_("What can be searched for"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Label(_("What can be searched for"), "panel_title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        self.links: list[LinkButton] = []
        for row, (typed, meaning) in enumerate(examples()):
            link = LinkButton(typed.replace("&", "&&"))
            link.clicked.connect(lambda _on=False, typed=typed: self._choose(typed))
            link.setAccessibleName(_("{example}: {meaning}").format(example=typed, meaning=meaning))
            self.links.append(link)
            grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(meaning, "interface", "text2"), row, 1)
        column.addLayout(grid)
        foot = Label(
            _(
                "A line is a turn, or one paragraph of a long turn. Capitals and accents do not matter. AND, OR, NOT and NEAR( "
                "join only in capitals. Everybody’s words are found, the moderator’s too, unless you ask for participants only."
            ),
            "meta",
            "text2",
        )
        foot.setWordWrap(True)
        column.addWidget(foot)

    def open_at(self, place: QPoint) -> None:
        """Open with its top right corner there."""
        self.adjustSize()
        self.move(place - QPoint(self.width(), 0))
        self.show()
        self.links[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, typed: str) -> None:
        self.close()
        self.chosen.emit(typed)
