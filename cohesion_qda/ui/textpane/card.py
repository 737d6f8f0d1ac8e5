"""What can be done with a passage, on a small paper beside its name in the margin."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.textpane.keys import KeyHelp, command_of
from cohesion_qda.ui.textpane.popup import SHADOW, Popup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, PlainButton

WIDTH, ROW = 288, 28
NO_WEIGHT = -1


class CardRow(PlainButton):
    """One thing to do, with its key at the right."""

    def __init__(self, act: KeyHelp, parent: QWidget) -> None:
        super().__init__("", "", parent=parent)
        self.act = act
        self.setAccessibleName(act.words)
        self.setAccessibleDescription(_("Key: {key}").format(key=act.key))
        self.setFixedHeight(current_theme().px(ROW))
        words, key = ElidedLabel(act.words), Label(act.key, "meta", "text2")
        for label in (words, key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(words, 1)
        row.addWidget(key)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)


class Card(Popup):
    """Opened with the mouse it leaves the focus in the transcript; opened with a key it takes it, until Esc."""

    chosen = Signal(str)  # a command of `keys`
    weighed = Signal(object)  # int, or None for no weight
    left = Signal()  # it was closed with the focus in it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passage-card")
        self._icon = QLabel()
        self._title = ElidedLabel("", "interface_strong")
        self._who = Label("", "meta", "text2")
        self.weight = QSpinBox()
        self.weight.setRange(NO_WEIGHT, 100)
        self.weight.setSpecialValueText(_("none"))
        self.weight.setKeyboardTracking(False)
        self.weight.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weight.setAccessibleName(_("Weight, 0 to 100"))
        self.weight.valueChanged.connect(lambda value: self.weighed.emit(None if value == NO_WEIGHT else value))
        self._weight_row = QWidget()
        self.rows: list[CardRow] = []
        self._build()
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 8)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 0)
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._who.setContentsMargins(8, 0, 8, 4)
        self._who.setWordWrap(True)
        column.addWidget(self._who)
        row = QHBoxLayout(self._weight_row)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(Label(_("Weight")), 1)
        row.addWidget(self.weight)
        column.addWidget(self._weight_row)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addLayout(self._list)

    def open_by(
        self, place: QRect, title: str, icon: QIcon, who: str, acts: Sequence[KeyHelp], weight: int | bool | None
    ) -> None:
        """Open near `place` (in the parent's coordinates). `who` says who coded it; `weight` False: not to be set."""
        theme = current_theme()
        self._title.setText(title)
        self._icon.setPixmap(icon.pixmap(theme.px(12), theme.px(12)))
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self.setAccessibleName(_("What can be done with the passage coded as {name}").format(name=title))
        self.show_weight(weight)
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [CardRow(act, self) for act in acts]
        for row in self.rows:
            self._list.addWidget(row)
            row.clicked.connect(lambda _on=False, command=row.act.command: self._take(command))
            row.show()
        self.weight.setFixedWidth(theme.px(88))
        self.setFixedWidth(theme.px(WIDTH) + 2 * SHADOW)
        self.layout().activate()
        self.resize(self.width(), self.layout().sizeHint().height())
        self.stand_by(place)
        self.show()
        self.raise_()

    def show_weight(self, weight: int | bool | None) -> None:
        """The weight of the passage, without asking for it to be kept; False: no weight is wanted."""
        self._weight_row.setVisible(weight is not False)
        self.weight.blockSignals(True)
        self.weight.setValue(NO_WEIGHT if weight is None or weight is False else int(weight))
        self.weight.blockSignals(False)

    def take_focus(self) -> None:
        """Go on with the keyboard, from the first thing that can be done."""
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def close_it(self) -> None:
        """Go away; where the focus was in it, `left` says so."""
        if self.isHidden():
            return
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if had_focus:
            self.left.emit()

    def _take(self, command: str) -> None:
        self.close_it()
        self.chosen.emit(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        inside = [*([self.weight] if self._weight_row.isVisible() else []), *self.rows]
        focus = self.window().focusWidget()
        at = next((i for i, part in enumerate(inside) if part is focus), -1)
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and inside:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            inside[(at + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0 and inside[at] is not self.weight:
            inside[at].click()
        elif (command := command_of(event)) in {row.act.command for row in self.rows}:
            self._take(command)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab stays inside."""
        keys = Qt.Key.Key_Down if following else Qt.Key.Key_Up
        self.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, keys, Qt.KeyboardModifier.NoModifier))
        return True

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Clicking elsewhere closes it."""
        was_inside = old is not None and self.isVisible() and self.isAncestorOf(old)
        if was_inside and new is not None and not self.isAncestorOf(new):
            self.hide()
