"""What to know of an answer, under its table: a few lines, and the rest where it is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.widgets import Label, LinkButton

SHOWN = 2  # lines before the rest is folded away


class Notes(QWidget):
    """Notes, and the sources that were left out with why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: list[str] = []
        self._left_out: list[tuple[str, str]] = []
        self._is_open = False
        self.label = Label("", "meta", "text2")
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = LinkButton("", on_click=self._toggle)
        self.button.setProperty("flush", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_notes(self, notes: Sequence[str], left_out: Sequence[tuple[str, str]]) -> None:
        """Show these, and which sources were left out, each with why."""
        lines = list(dict.fromkeys(note for note in notes if note))
        if (lines, list(left_out)) != (self._notes, self._left_out):
            self._notes, self._left_out, self._is_open = lines, list(left_out), False
        self._say()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to know."""
        return not self._notes and not self._left_out

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._say()

    def _say(self) -> None:
        notes, left_out = self._notes, self._left_out
        reasons: dict[str, list[str]] = {}
        for source, why in left_out:
            reasons.setdefault(why, []).append(source)
        more = max(0, len(notes) - SHOWN)
        lines = notes if self._is_open or more == 1 else notes[:SHOWN]
        if left_out:
            n = len(left_out)
            lines = [*lines, ngettext("{n} source is left out.", "{n} sources are left out.", n).format(n=n)]
            lines += [_("{source}: {why}").format(source="; ".join(names), why=why) for why, names in reasons.items()]
        self.label.setText("\n".join(lines))
        said = ngettext("Show {n} more note", "Show {n} more notes", more).format(n=more)
        self.button.setText(_("Show fewer notes") if self._is_open else said)
        self.button.setVisible(more > 1)
        self.setVisible(not self.is_empty)
