"""What can be done with a word wherever one is shown: leave it out of all counting, or count it as one with others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

Say = Callable[[str, bool], object]


def leave_out(runner: Runner, word: str, say: Say) -> None:
    """Leave a word or phrase out of everything that is counted."""
    runner.do(lambda project: project.wording.leave_out(word), lambda change: _tell(change.said, say))


def count_as_one(runner: Runner, word: str, say: Say, parent: QWidget) -> MergeDialog:
    """Ask with what a word or phrase is one, and count them so."""
    dialog = MergeDialog(word, parent)

    def merge() -> None:
        shown, forms = dialog.shown.text(), dialog.all_forms()
        runner.do(lambda project: project.wording.merge(shown, forms), lambda change: _tell(change.said, say))

    dialog.accepted.connect(merge)
    dialog.open()
    return dialog


def word_menu(runner: Runner, word: str, say: Say, parent: QWidget) -> QMenu:
    """Both as a menu, to be shown beside the word."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Leave “{word}” out").format(word=word), lambda: leave_out(runner, word, say))
    menu.addAction(_("Count “{word}” as one with…").format(word=word), lambda: count_as_one(runner, word, say, parent))
    return menu


def _tell(said: str, say: Say) -> None:
    if said:
        say(said, True)
    else:
        say(_("That is so already."), False)


class MergeDialog(QDialog):
    """The words and phrases that are one, and how they are shown."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Count as one"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.word = word
        self.forms = QLineEdit()
        self.forms.setPlaceholderText(_("communities, our community"))
        self.forms.setAccessibleName(_("Count “{word}” as one with").format(word=word))
        self.shown = QLineEdit(word)
        self.shown.setAccessibleName(_("Shown as"))
        self.ok = PrimaryButton(_("Count as one"), on_click=self.accept)
        self.ok.setDefault(True)
        self.forms.textChanged.connect(self._look)
        self.shown.textChanged.connect(self._look)
        self._lay_out()
        self._look()
        self.forms.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(_("With these words or phrases, a comma between them"), self.forms)
        form.addRow(_("Shown as"), self.shown)
        about = Label(
            _("Each place where one of them was said counts once. All forms of a word come along: house, houses."),
            "meta",
            "text2",
        )
        about.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        title = Label(_("Count “{word}” as one with…").format(word=self.word), "page_title")
        title.setWordWrap(True)
        column.addWidget(title)
        column.addLayout(form)
        column.addWidget(about)
        column.addLayout(foot)
        self.setMinimumWidth(420)

    def all_forms(self) -> list[str]:
        """The word and those it is one with."""
        return [self.word, *(form.strip() for form in self.forms.text().split(",") if form.strip())]

    def _look(self) -> None:
        missing = "" if self.shown.text().strip() else _("Say how they are shown.")
        if len(self.all_forms()) < 2 and self.shown.text().strip().casefold() in ("", self.word.casefold()):
            missing = _("Type at least one other word or phrase.")
        self.ok.disable(missing)
