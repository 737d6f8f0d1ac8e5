"""Over the details of a file: its name, what it was recognised as, and that it is right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.sources.review_item import Item
from cohesion_qda.ui.sources.words import recognised
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, LinkButton, QuietButton

LEFT_TO_RIGHT = "\u200e"  # a name is written as in the list, whatever letters it begins with


class FileHead(QFrame):
    """One line high, with the button that says a file is right."""

    right_wanted = Signal(bool)
    like_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: Item | None = None
        self.setProperty("surface", "paper")
        self.setProperty("edge", "bottom")
        self.name = ElidedLabel("", "panel_title")
        self.name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self.about = ElidedLabel("", "meta", "text2")
        self.like = LinkButton(_("Use this for other files …"), on_click=self.like_wanted.emit)
        self.right = QuietButton(_("This is right"), "check", self._press)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.about)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.like)
        row.addWidget(self.right)
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_item(self, item: Item | None, like: int) -> None:
        """Show a file; `like` others may take over what was said about it."""
        self._item = item
        self.setVisible(item is not None)
        if item is None:
            return
        self.name.setText(f"{LEFT_TO_RIGHT}{item.file_name}")
        draft = item.draft
        if item.is_waiting:
            about = _("Reading it again …")
        elif draft is None:
            about = _("It could not be read.")
        else:
            about = " · ".join(part for part in (recognised(draft), draft.encoding) if part)
        self.about.setText(about)
        self.like.setVisible(bool(like))
        self.like.setToolTip(
            ngettext("{n} other file could take it over", "{n} other files could take it over", like).format(n=like)
        )
        self.right.setVisible(draft is not None and item.reasons > 0)
        is_right = item.choices.is_right
        self.right.setText(_("Look at it again") if is_right else _("This is right"))
        self.right.setToolTip(_("Marks it as looked at, and goes to the next that needs a look (Ctrl+D)"))

    def _press(self) -> None:
        if self._item is not None:
            self.right_wanted.emit(not self._item.choices.is_right)

    def _dress(self) -> None:
        self.setFixedHeight(current_theme().px(56))
