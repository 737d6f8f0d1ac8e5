"""How the transcript is set, to be changed while one reads: it holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QFrame, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.textpane.reading import SIZES, SPACINGS, ReadingLook, families, number_words, width_words
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label


class ReadingFields(QObject):
    """Typeface, size, spacing, width, numbers, and how codes and people are shown: the fields of a form."""

    changed = Signal(object)  # ReadingLook

    def __init__(self, look: ReadingLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_filling = False
        self.family = self._choice(_("Typeface"), "family", _family_choices(look.family))
        sizes = sorted({*SIZES, look.size})
        self.size = self._choice(_("Size of letters"), "size", [(_("{n} px").format(n=n), n) for n in sizes])
        spacings = sorted({*SPACINGS, look.spacing})
        self.spacing = self._choice(_("Line spacing"), "spacing", [(_spacing_words(n), n) for n in spacings])
        self.width_ = self._choice(_("Width of the text"), "width", _turned(width_words()))
        self.numbers = self._choice(_("Numbers"), "numbers", _turned(number_words()))
        self.underlines = self._switch(_("Underlines only, no tints"), "underlines_only")
        self.people = self._switch(_("A colour for each participant"), "people_coloured")
        self.show_look(look)

    def add_to(self, form: QFormLayout) -> None:
        """Add the fields to a form, the switches last."""
        for box in (self.family, self.size, self.spacing, self.width_, self.numbers):
            form.addRow(box.accessibleName(), box)
        form.addRow(self.underlines)
        form.addRow(self.people)

    @property
    def look(self) -> ReadingLook:
        """What is chosen."""
        return self._look

    def show_look(self, look: ReadingLook) -> None:
        """Show what holds now."""
        self._look, self._is_filling = look, True
        for name, box in (("family", self.family), ("size", self.size), ("spacing", self.spacing),
                          ("width", self.width_), ("numbers", self.numbers)):  # fmt: skip
            at = box.findData(getattr(look, name))
            if at < 0:
                box.addItem(str(getattr(look, name)), getattr(look, name))
                at = box.count() - 1
            box.setCurrentIndex(at)
        self.underlines.setChecked(look.underlines_only)
        self.people.setChecked(look.people_coloured)
        self._is_filling = False

    def _choice(self, words: str, name: str, choices: Sequence[tuple[str, Any]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(words)
        box.setMaxVisibleItems(16)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for shown, value in choices:
            if value is None:
                box.insertSeparator(box.count())
            else:
                box.addItem(shown, value)
        box.currentIndexChanged.connect(lambda _at: self._set(name, box.currentData()))
        return box

    def _switch(self, words: str, name: str) -> QCheckBox:
        box = QCheckBox(words)
        box.toggled.connect(lambda on: self._set(name, on))
        return box

    def _set(self, name: str, value: Any) -> None:
        if not self._is_filling and value is not None and value != getattr(self._look, name):
            self._look = replace(self._look, **{name: value})
            self.changed.emit(self._look)


class ReadingPanel(QFrame):
    """The fields in a popover under a button, with light and dark."""

    changed = Signal(object)  # ReadingLook

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "raised")
        self.setObjectName("reading-panel")
        self.setAccessibleName(_("How the transcript looks"))
        self.fields: ReadingFields | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(Label(_("How the transcript looks"), "panel_title"))

    def open_at(self, where: QPoint, look: ReadingLook) -> None:
        """Open with its right upper corner at a place of the screen."""
        if self.fields is None:
            self.fields = ReadingFields(look, self)
            self.fields.changed.connect(self.changed)
            form = QFormLayout()
            form.setHorizontalSpacing(16)
            form.setVerticalSpacing(8)
            form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            self._add_modes(form)
            self.fields.add_to(form)
            self._column.addLayout(form)
        self.fields.show_look(look)
        self._dress()
        self.fields.family.setMinimumWidth(current_theme().px(240))
        self.adjustSize()
        self.move(where.x() - self.width(), where.y() + 4)
        self.show()
        self.fields.family.setFocus()

    def _add_modes(self, form: QFormLayout) -> None:
        self.mode = QComboBox()
        self.mode.setAccessibleName(_("Light or dark"))
        for mode, words in (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))):
            self.mode.addItem(words, mode)
        self.mode.setCurrentIndex(self.mode.findData(current_theme().mode))
        self.mode.activated.connect(lambda _at: self._set_mode())
        form.addRow(self.mode.accessibleName(), self.mode)

    def _set_mode(self) -> None:
        current_theme().set_mode(self.mode.currentData())
        self._dress()

    def _dress(self) -> None:
        theme = current_theme()
        self.setStyleSheet(
            f"#reading-panel {{ background: {theme.hex('raised')}; border: 1px solid {theme.hex('ctl')};"
            " border-radius: 10px; }"
        )


def _family_choices(chosen: str) -> list[tuple[str, str | None]]:
    easy, others = families()
    found: list[tuple[str, str | None]] = [(_("Inter (the program’s own)"), "")]
    for name in easy:
        found.append((_("{name} (easier for many dyslexic readers)").format(name=name), name))
    found.append(("", None))
    found += [(name, name) for name in others]
    if chosen and chosen not in easy and chosen not in others:
        found.append((_("{name} (not on this computer)").format(name=chosen), chosen))
    return found


def _spacing_words(spacing: float) -> str:
    return {1.4: _("Close"), 1.5: _("Compact"), 1.75: _("Usual"), 2.0: _("Open"), 2.3: _("Very open")}.get(
        spacing, f"{spacing:g}"
    )


def _turned(words: dict[str, str]) -> list[tuple[str, str]]:
    return [(shown, value) for value, shown in words.items()]
