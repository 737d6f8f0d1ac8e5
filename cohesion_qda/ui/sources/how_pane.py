"""How a file is read: what kind of source it is, how it says who speaks, and which encoding its letters have."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import SOURCE_KINDS, SourceDraft
from cohesion_qda.ui.sources import preview_text
from cohesion_qda.ui.sources.review_item import PATTERN, Item
from cohesion_qda.ui.sources.words import form_words, kind_name
from cohesion_qda.ui.widgets import Label

PAUSE = 250  # milliseconds after the last key before a pattern is tried
SAMPLE = 60  # characters of a doubtful line in the menu of encodings


class Box(QComboBox):
    """A menu that the mouse wheel scrolls past; as wide as there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words that have no room end with "…"."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def shown(self) -> str:
        """What of the chosen words there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 8
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:
        make_room(self)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def fill(self, entries: list[tuple[str, str]], current: str) -> None:
        """Offer (value, words), and show `current`, without telling."""
        self.blockSignals(True)
        self.clear()
        for value, words in entries:
            self.addItem(words, value)
        self.setCurrentIndex(self.findData(current))
        self.blockSignals(False)
        widest = max((self.fontMetrics().horizontalAdvance(words) for _value, words in entries), default=0)
        self.view().setMinimumWidth(min(widest + 48, 560))

    def choose(self, value: str) -> None:
        """Choose as a person does."""
        self.setCurrentIndex(self.findData(value))
        self.activated.emit(self.currentIndex())


def make_room(box: QComboBox) -> None:
    """Give the list of a menu the height of its lines: with a style sheet it is a little short, and shows arrows."""
    view, margins = box.view(), box.view().contentsMargins()
    rows = sum(view.sizeHintForRow(row) for row in range(min(box.count(), box.maxVisibleItems())))
    view.setMinimumHeight(rows + margins.top() + margins.bottom())


class HowPane(QWidget):
    """Three menus, and a line for a pattern of one's own that is tried while it is typed."""

    kind_chosen = Signal(str)
    how_wanted = Signal(object)  # HowToRead

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item: Item | None = None
        self._is_open = False  # the line for a pattern, before anything was typed into it
        self.kind = Box(_("Kind of source"))
        self.form = Box(_("How the file says who speaks"))
        self.encoding = Box(_("Encoding"))
        self.encoding_words = Label("")
        self.pattern = QLineEdit()
        self.pattern.setAccessibleName(_("How a turn begins"))
        self.pattern.setPlaceholderText(_("For example: TIME NAME –"))
        self.example = Label("", "meta", "text2")
        self.trouble = Label("", "interface", "err")
        for label in (self.example, self.trouble, self.encoding_words):
            label.setWordWrap(True)
        self._encoding_label = Label(_("Encoding"), "interface", "text2")
        self._timer = QTimer(self, interval=PAUSE, singleShot=True)
        self._timer.timeout.connect(self._try_pattern)
        self._build()
        self.kind.activated.connect(lambda _at: self.kind_chosen.emit(self.kind.currentData()))
        self.form.activated.connect(lambda _at: self._choose_form(self.form.currentData()))
        self.encoding.activated.connect(lambda _at: self._choose_encoding(self.encoding.currentData()))
        self.pattern.textEdited.connect(lambda _words: self._timer.start())
        self.pattern.returnPressed.connect(self._try_pattern)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows = ((Label(_("Kind"), "interface", "text2"), self.kind),
                (Label(_("Speakers"), "interface", "text2"), self.form),
                (None, self.pattern), (None, self.trouble), (None, self.example),
                (self._encoding_label, self.encoding),)  # fmt: skip
        for row, (label, field) in enumerate(rows):
            if label is not None:
                grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.encoding_words, len(rows) - 1, 1)  # one of the two is seen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    def show_item(self, item: Item | None) -> None:
        """Show what holds for a file."""
        if item is not self._item:
            self._timer.stop()
            self._is_open = False
        self._item = item
        if item is None or item.draft is None:
            return
        draft, how = item.draft, item.how
        self.kind.fill([(kind, kind_name(kind)) for kind in SOURCE_KINDS], item.kind)
        is_pattern = self._is_open or how.convention == PATTERN
        wanted = PATTERN if is_pattern else how.convention or draft.form
        forms = dict.fromkeys((item.first_form, draft.form, *draft.forms))
        entries = [(form, form_words(form)) for form in forms if form not in ("", PATTERN)]
        self.form.fill([*entries, (PATTERN, _("A pattern of my own …"))], wanted)
        for widget in (self.pattern, self.example):
            widget.setVisible(is_pattern)
        if not self.pattern.hasFocus() and self.pattern.text() != how.pattern:
            self.pattern.setText(how.pattern)
        self._say_example(draft if how.convention == PATTERN and item.trouble is None else None)
        self.trouble.setText(str(item.trouble or ""))
        self.trouble.setVisible(item.trouble is not None)
        self._show_encoding(item)

    def _say_example(self, draft: SourceDraft | None) -> None:
        """Say how a pattern is written, or what one has left in the speech of `draft`."""
        mark = preview_text.left_over(draft) if draft is not None else ""
        self.example.setText(
            _("Each turn begins with “{mark}” now. If that stands after the name, write it in the pattern too.").format(
                mark=mark
            )
            if mark else
            _("Write how a turn begins, with NAME for who speaks and TIME for the time. The preview follows.")
        )  # fmt: skip
        self.example.set_tone("warn" if mark else "text2")

    def _show_encoding(self, item: Item) -> None:
        draft = item.draft
        names = dict(draft.encodings)
        has_choice = len(names) > 1
        shown = item.how.encoding or draft.encoding
        if has_choice:
            names.setdefault(draft.encoding, "")
            self.encoding.fill([(name, _encoding_words(name, sample)) for name, sample in names.items()], shown)
        self.encoding_words.setText("" if has_choice else draft.encoding)
        self.encoding.setVisible(has_choice)
        self.encoding_words.setVisible(not has_choice and bool(draft.encoding))
        self._encoding_label.setVisible(has_choice or bool(draft.encoding))

    def _choose_form(self, form: str) -> None:
        item = self._item
        if item is None or form is None:
            return
        self._is_open = form == PATTERN
        if form == PATTERN:
            self.show_item(item)
            self.pattern.setFocus()
            if item.how.pattern:
                self.how_wanted.emit(replace(item.how, convention=PATTERN))
            return
        convention = "" if form == item.first_form else form
        self.how_wanted.emit(replace(item.how, convention=convention))

    def _choose_encoding(self, name: str) -> None:
        if self._item is not None and name:
            self.how_wanted.emit(replace(self._item.how, encoding=name))

    def _try_pattern(self) -> None:
        self._timer.stop()
        item, words = self._item, self.pattern.text().strip()
        if item is not None and words and (item.how.pattern, item.how.convention) != (words, PATTERN):
            self.how_wanted.emit(replace(item.how, convention=PATTERN, pattern=words))

    def encoding_is_right(self) -> None:
        """Say that the encoding that was tried is the right one."""
        if self._item is not None and self._item.draft is not None:
            self._choose_encoding(self._item.draft.encoding)

    def flush(self) -> None:
        """Try a pattern that was typed a moment ago, now."""
        if self._timer.isActive():
            self._try_pattern()

    def stop(self) -> None:
        """Try nothing any more."""
        self._timer.stop()

    def focus_encoding(self) -> None:
        """Open the menu of encodings."""
        self.encoding.setFocus()
        self.encoding.showPopup()


def _encoding_words(name: str, sample: str) -> str:
    line = next((line.strip() for line in sample.split("\n") if line.strip()), "")
    if not line:
        return name
    cut = line if len(line) <= SAMPLE else f"{line[:SAMPLE]}…"
    return _("{name}: “{words}”").format(name=name, words=cut)
