"""The line over a transcript that is being corrected."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton, restyle


class EditingStrip(QFrame):
    """Over the text while it is corrected: what happens to the codings, Done and Cancel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "raised")
        self.setProperty("edge", "bottom")
        self.words = Label("", "interface")
        self.words.setWordWrap(True)
        self.again = QuietButton(_("Bring back what you typed"))
        self.copy = QuietButton(_("Copy the text"))
        self.cancel = QuietButton(_("Cancel"))
        self.done = PrimaryButton(_("Done"))
        self.done.setToolTip(_("Keep the corrections (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for button in (self.again, self.copy, self.cancel, self.done):
            row.addWidget(button)
        self.is_warning = False  # that it cannot be kept
        self.calm()
        self.hide()

    def calm(self) -> None:
        """Say how it works."""
        self._say(
            _("Correcting: codings, memos and turns move with their words. Esc keeps what you typed, Cancel does not."),
            "",
        )
        self.is_warning = False
        self.again.hide()
        self.copy.hide()
        self.done.disable("")

    def tell(self, words: str) -> None:
        """Say something else that is worth knowing."""
        self._say(words, "accent")

    def offer(self, *, is_same: bool) -> None:
        """Offer what Cancel took away: to be typed again, or where the text is not the same by now, to be copied."""
        self.again.setText(_("Bring back what you typed") if is_same else _("Copy what you typed before"))
        self.again.show()

    def warn(self, words: str) -> None:
        """Say why it cannot be kept, and offer to copy it."""
        self.is_warning = True
        self._say(words, "warn")
        self.copy.show()
        self.done.disable(words)

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        self.words.set_tone(tone)
        self.setAccessibleName(words)
        restyle(self)
