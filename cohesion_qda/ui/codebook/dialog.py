"""Writing down what a code means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.ui.codebook.keyfield import KeyChoice
from cohesion_qda.ui.start.body import DialogBody
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton


@dataclass(frozen=True, slots=True)
class CodeValues:
    """What the dialog says about a code. An empty colour lets the program choose."""

    name: str
    colour: str
    key: str
    is_question: bool
    direction: str
    definition: str
    use_when: str
    not_when: str
    example: str


class CodeDialog(QDialog):
    """Name, colour, key and the four texts of one code; for a new one when `code` is None."""

    def __init__(self, tree: CodeTree, code: Code | None, parent: QWidget, *, under: str = "") -> None:
        super().__init__(parent)
        title = _("Edit code") if code else _("New code under {name}").format(name=under) if under else _("New code")
        self.setWindowTitle(title)
        self.name = QLineEdit(code.name if code else "")
        self.texts = {
            "definition": self._text(code.definition if code else "", _("What the code means, in a sentence or two")),
            "use_when": self._text(code.use_when if code else "", _("When to use it")),
            "not_when": self._text(code.not_when if code else "", _("When not to, and what to use instead")),
            "example": self._text(code.example if code else "", _("A passage that shows it well")),
        }
        self._colours = QButtonGroup(self)
        self.key = KeyChoice(tree, code.id if code else None)
        self.question = QCheckBox(_("A research question: codes stand under it"))
        self.direction = _directions(tree, code)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(12)
        form.addRow(_("Name"), self.name)
        for label, name in (
            (_("Definition"), "definition"), (_("Use when"), "use_when"), (_("Not when"), "not_when"), (_("Example"), "example"),
        ):  # fmt: skip
            self.texts[name].setAccessibleName(label)
            form.addRow(label, self.texts[name])
        form.addRow(_("Colour"), self._swatches(tree.shape(code.id) if code else "circle", code.colour if code else ""))
        form.addRow(_("Key"), self.key)
        form.addRow(_("What is said with it counts as"), self.direction)
        if (code is not None and code.parent is None) or (code is None and not under):
            self.question.setChecked(bool(code and code.is_question))
            form.addRow("", self.question)
        self._finish(title, form)

    def _finish(self, title: str, form: QFormLayout) -> None:
        keep = PrimaryButton(_("Keep"), on_click=self.accept)
        keep.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        buttons.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        inside = QWidget()
        form.setContentsMargins(2, 2, 2, 2)
        inside.setLayout(form)
        self.body = DialogBody(inside, 480)
        column.addWidget(Label(title, "page_title"))
        column.addWidget(self.body, 1)
        column.addLayout(buttons)
        self.name.textChanged.connect(lambda text: keep.setEnabled(bool(text.strip())))
        keep.setEnabled(bool(self.name.text().strip()))
        self.name.selectAll()
        self.name.setFocus()
        self.body.fit()

    def _text(self, words: str, hint: str) -> QPlainTextEdit:
        box = QPlainTextEdit(words)
        box.setProperty("field", True)
        box.setPlaceholderText(hint)
        box.setTabChangesFocus(True)
        box.setFixedHeight(current_theme().px(60))
        return box

    def _swatches(self, shape: str, chosen: str) -> QWidget:
        holder = QWidget()
        theme = current_theme()
        holder.setStyleSheet(
            f"QToolButton {{ border: 1px solid {theme.hex('line')}; border-radius: 6px; padding: 4px 6px; }}"
            f"QToolButton:checked {{ border: 2px solid {theme.hex('accent')}; background: {theme.hex('soft')}; }}"
            f"QToolButton:focus {{ border: 2px solid {theme.hex('focus')}; }}"
        )
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for i, (colour, words) in enumerate(called.colours().items()):
            button = QToolButton()
            button.setCheckable(True)
            button.setChecked(colour == chosen)
            button.setIcon(current_theme().shape_icon(shape, colour, 14))
            button.setIconSize(QSize(current_theme().px(14), current_theme().px(14)))
            button.setText(words)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setProperty("colour", colour)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._colours.addButton(button, i)
            grid.addWidget(button, i // 4, i % 4)
        return holder

    def values(self) -> CodeValues:
        """What stands in the dialog now."""
        checked = self._colours.checkedButton()
        texts = {name: box.toPlainText().strip() for name, box in self.texts.items()}
        return CodeValues(
            " ".join(self.name.text().split()), str(checked.property("colour")) if checked else "",
            self.key.key, self.question.isChecked(), self.direction.currentData(), **texts,
        )  # fmt: skip


def _directions(tree: CodeTree, code: Code | None) -> QComboBox:
    """Which way a code points; where it says nothing itself, what it takes from the code above it."""
    box = QComboBox()
    above = tree.direction(code.parent) if code is not None and code.parent is not None else ""
    for direction, words in called.directions().items():
        if not direction and above:
            words = _("{direction}, as the code above it").format(direction=called.directions()[above])
        box.addItem(words, direction)
    box.setCurrentIndex(max(0, box.findData(code.direction if code else "")))
    box.setAccessibleName(_("What is said with it counts as"))
    return box
