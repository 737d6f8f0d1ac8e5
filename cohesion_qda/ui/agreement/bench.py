"""The chosen disagreement: the code, each coder's column, and what can be settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CoderId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.agreement.column import CoderColumn
from cohesion_qda.ui.agreement.model import Passage
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Button, ElidedLabel, IconButton, Label, LinkButton, PrimaryButton, QuietButton


class WhyField(QLineEdit):
    """Why it was settled so. Enter and Escape lead back to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Bench(QWidget):
    """Shows one disagreement; says with `settled` (does it apply, list of Span) how it is settled."""

    settled = Signal(bool, object)
    lettered = Signal(str)
    stepped = Signal(int)
    read = Signal()
    left = Signal()
    code_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passage: Passage | None = None
        self._reason = ""
        self.columns: list[CoderColumn] = []
        self.as_coder: list[Button] = []
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.setProperty("edge", "left")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_top())
        self._beside = QHBoxLayout()
        self._beside.setContentsMargins(0, 4, 12, 8)
        self._beside.setSpacing(0)
        column.addLayout(self._beside, 1)
        column.addWidget(self._make_foot())
        self._dress()
        current_theme().changed.connect(self._dress)

    def _make_top(self) -> QVBoxLayout:
        self.shape = Label("")
        self.title = ElidedLabel("", "page_title")
        self.place = ElidedLabel("", "meta", "text2")
        self.read_link = LinkButton(_("Read in context"), on_click=self.read.emit)
        self.became = Label("", "meta_strong", "ok")
        self.became.setWordWrap(True)
        self.definition = Label("", "interface")
        self.definition.setWordWrap(True)
        self.brief = ElidedLabel("", "interface")  # the same on one line, where the window is low
        self.previous = IconButton("chevron-up", _("Previous (K)"), lambda: self.stepped.emit(-1))
        self.next = IconButton("chevron", _("Next (J)"), lambda: self.stepped.emit(1))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.shape)
        line.addWidget(self.title, 1)
        line.addWidget(self.previous)
        line.addWidget(self.next)
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(self.place, 0)
        where.addWidget(self.read_link)
        where.addStretch(1)
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 16, 4)
        top.setSpacing(2)
        top.addLayout(line)
        top.addLayout(where)
        top.addWidget(self.definition)
        top.addWidget(self.brief)
        top.addWidget(self.became)
        return top

    def _make_foot(self) -> QWidget:
        self.why = WhyField()
        self.why.setPlaceholderText(_("Why (optional)"))
        self.why.setAccessibleName(_("Why it is settled so"))
        self.why.left.connect(self.left)
        self.both = QuietButton(_("Both together"), "", self._apply_both)
        self.chosen = QuietButton(_("The selected words"), "", self._apply_selected)
        self.not_here = QuietButton(_("Does not apply"), "close", lambda: self._settle(False, []))
        foot = QWidget()
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setProperty("surface", "paper")
        foot.setProperty("edge", "top")
        foot.setProperty("foot", True)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        column.addWidget(self.why)
        self._flow = FlowLayout()
        column.addLayout(self._flow)
        self.foot = foot
        return foot

    def _dress(self) -> None:
        self.why.setFont(current_theme().font("interface"))
        if self._passage is not None:
            self._dress_code(self._passage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The words come first: where the window is low, the definition is one line."""
        is_high, there = self.height() >= current_theme().px(600), bool(self.brief.text())
        self.definition.setVisible(there and is_high)
        self.brief.setVisible(there and not is_high)

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between."""
        return [*(column.text for column in self.columns), self.why]

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No disagreement is chosen."""
        self._passage = None
        for label in (self.title, self.place, self.definition, self.brief, self.became):
            label.setText("")
        for column in self.columns:
            column.text.clear()

    def show_passage(self, passage: Passage, place: str, became: str, names: Mapping[CoderId, str]) -> None:
        """Show a disagreement: where it is, how it was settled (empty: not yet), and what each coder did."""
        self._passage = passage
        self._take_coders([names[coder] for coder, _spans in passage.found.extents])
        self.title.setText(passage.code.name)
        self.title.setToolTip(passage.code.path)
        self._dress_code(passage)
        self.place.setText(place)
        paragraphs = [_("{head}: {text}").format(head=h, text=t) if h else t for h, t in passage.definition]
        self.definition.setText("\n".join(paragraphs))
        self.brief.setText(" ".join(paragraphs))
        self._fit()
        why = passage.found.settled.why if passage.found.settled is not None else ""
        self.became.setText(_("{settled}: {why}").format(settled=became, why=why) if why else became)
        self.became.setVisible(bool(became))
        for column, (coder, spans) in zip(self.columns, passage.found.extents, strict=True):
            column.show_passage(passage, names[coder], spans)
        self._say_buttons()

    def _dress_code(self, passage: Passage) -> None:
        self.shape.setPixmap(
            current_theme().shape_icon(passage.code.shape, passage.code.colour, 14).pixmap(current_theme().px(14))
        )

    def _take_coders(self, names: Sequence[str]) -> None:
        """As many columns and buttons as there are coders."""
        while len(self.columns) > len(names):
            for gone in (self.columns.pop(), self.as_coder.pop()):
                gone.hide()
                gone.deleteLater()
        while len(self.columns) < len(names):
            self._add_column()
        for n, (button, name) in enumerate(zip(self.as_coder, names, strict=True)):
            button.setText(_("As {coder} coded it").format(coder=name).replace("&", "&&"))
            button.setProperty("key", str(n + 1))

    def _add_column(self) -> None:
        n = len(self.columns)
        column = CoderColumn(self)
        column.setProperty("edge", "left" if n else "")
        column.text.lettered.connect(self.lettered)
        column.text.left.connect(self.left)
        column.text.selectionChanged.connect(self._say_buttons)
        column.text.verticalScrollBar().valueChanged.connect(partial(self._scrolled, column))
        self._beside.addWidget(column, 1)
        self.columns.append(column)
        button = (
            PrimaryButton("", "", partial(self._apply_as, n))
            if n == 0
            else QuietButton("", "", partial(self._apply_as, n))
        )
        self.as_coder.append(button)
        for part in (*self.as_coder, self.both, self.chosen, self.not_here):
            self._flow.removeWidget(part)
        for part in (*self.as_coder, self.both, self.chosen, self.not_here):
            self._flow.addWidget(part)
            part.show()

    def _scrolled(self, column: CoderColumn, value: int) -> None:
        """The columns are read side by side: they scroll together."""
        for other in self.columns:
            if other is not column:
                other.text.verticalScrollBar().setValue(value)

    def lock(self, reason: str) -> None:
        """Nothing can be settled for the moment, and why; an empty reason makes it work again."""
        self._reason = reason
        self.why.setEnabled(not reason)
        self._say_buttons()

    def _say_buttons(self) -> None:
        found = self._passage
        for n, button in enumerate(self.as_coder):
            spans = found.found.extents[n][1] if found is not None else ()
            nothing = _("This coder did not use the code here.")
            self._set(button, "" if spans else nothing, str(n + 1))
        several = found is not None and len(found.found.applied) > 1
        self._set(self.both, "" if several else _("Only one of them used the code here."), _("B"))
        self._set(self.chosen, "" if self._selected() else _("Select some words in one of the columns first."), _("S"))
        self._set(self.not_here, "" if found is not None else " ", _("N"))

    def _set(self, button: Button, reason: str, key: str) -> None:
        button.disable(self._reason or reason)
        if not (self._reason or reason):
            button.setToolTip(key)

    # -- what the person does ------------------------------------------------------------------------------------------

    def press(self, letter: str) -> None:
        """Do what a letter or digit stands for."""
        if letter == "w":
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        buttons: dict[str, Button] = {"b": self.both, "s": self.chosen, "n": self.not_here}
        buttons |= {str(n): button for n, button in enumerate(self.as_coder, 1)}
        if letter in buttons and buttons[letter].isEnabled():
            buttons[letter].click()

    def _apply_as(self, n: int) -> None:
        if self._passage is not None:
            self._settle(True, list(self._passage.found.extents[n][1]))

    def _apply_both(self) -> None:
        if self._passage is not None:
            self._settle(True, [self._passage.found.span])

    def _selected(self) -> Span | None:
        return next((span for column in self.columns if (span := column.text.selected()) is not None), None)

    def _apply_selected(self) -> None:
        if (span := self._selected()) is not None:
            self._settle(True, [span])

    def _settle(self, is_applied: bool, spans: list[Span]) -> None:
        if self._passage is not None and not self._reason:
            self.settled.emit(is_applied, spans)
