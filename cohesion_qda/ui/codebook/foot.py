"""Under the codebook: what the chosen code means, its rules, and the way to its passages."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.codebook import Code
from cohesion_qda.ui.widgets import Label, LinkButton


class CodeFoot(QScrollArea):
    """As high as its words, and never higher than `most`: from there it scrolls, with the arrow keys too."""

    wanted = Signal()  # the passages of the code

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = 0
        self.setWidgetResizable(True)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setAccessibleName(_("The selected code"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = self._words("interface_strong", "")
        self.counted = self._words("meta", "text2")
        self.meaning = self._words("meta", "text2")
        self.see = LinkButton("", on_click=self.wanted.emit)
        self.see.setProperty("flush", True)
        inside = QFrame()
        inside.setProperty("surface", "bg")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.counted)
        column.addWidget(self.see, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.meaning)
        column.addStretch(1)
        self.setWidget(inside)

    @staticmethod
    def _words(role: str, tone: str) -> Label:
        label = Label("", role, tone)
        label.setWordWrap(True)
        return label

    def show_code(self, code: Code, counted: str, mentions: int, *, is_aside: bool, direction: str = "") -> None:
        """Tell of a code, from its beginning. `counted` says how often and how widely it was used; `direction` is which way it points, taken
        from the codes above it where it says nothing itself.
        """
        self.name.setText(code.name)
        self.counted.setText(counted)
        self.meaning.setText("\n".join(_meaning(code, is_aside=is_aside, direction=direction)))
        self.see.setText(ngettext("See the {n} mention", "See all {n} mentions", mentions).format(n=mentions))
        self.see.setVisible(mentions > 0)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def set_most(self, height: int) -> None:
        """How high it may be, in pixels."""
        self._most = height
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        inside = self.widget().layout()
        inside.activate()
        whole = inside.heightForWidth(self.width()) + 1  # with the line above it
        self.setFixedHeight(max(1, min(whole, self._most)))
        bar, focus, scrolls = Qt.ScrollBarPolicy, Qt.FocusPolicy, whole > self._most
        self.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOn if scrolls else bar.ScrollBarAlwaysOff)
        self.setFocusPolicy(focus.StrongFocus if scrolls else focus.NoFocus)


def _meaning(code: Code, *, is_aside: bool, direction: str) -> list[str]:
    words = [code.definition or _("No definition yet. F2 renames; the menu’s Edit… writes one.")]
    if code.use_when:
        words.append(_("Use when: {words}").format(words=code.use_when))
    if code.not_when:
        words.append(_("Not when: {words}").format(words=code.not_when))
    if code.example:
        words.append(_("Example: {words}").format(words=code.example))
    if direction:
        way = called.in_sentence(direction, called.directions())
        words.append(_("What is said with it counts as {direction}.").format(direction=way))
    if is_aside:
        words.insert(0, _("Set aside: it keeps its passages and is not offered for coding."))
    return words
