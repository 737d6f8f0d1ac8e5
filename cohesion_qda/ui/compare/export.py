"""The dialog that asks what an answer is to be written as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.compare.wish import CENTIMETRES, Wish, about_hiding, endings, thresholds
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, Label, PrimaryButton, QuietButton

WIDE = 520
SHOWN = 3  # warnings


class ExportDialog(QDialog):
    """`wish` holds what is chosen. `changed` asks for the warnings that belong to it; `show_warnings` shows them."""

    changed = Signal(object)  # Wish

    def __init__(self, title: str, kind: str, has_figure: bool, wish: Wish, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export the answer"))
        self._kind = kind
        what = wish.what if has_figure or wish.what != "figure" else "table"
        self.wish = replace(wish, what=what)
        self.whats = self._radios(
            {
                "table": _("The table"),
                "figure": _("The figure"),
                "tidy": _("A row for each passage, for R, SPSS or Stata"),
            }
        )
        self.whats["figure"].setEnabled(has_figure)
        self.whats["figure"].setToolTip("" if has_figure else _("This part of the answer has no figure."))
        self.format = QComboBox()
        self.format.setAccessibleName(_("Format"))
        self.hides = self._radios(thresholds())
        self.about = Label("", "meta", "text2")
        self.about.setWordWrap(True)
        self.quotes = QCheckBox(_("With the words of each passage"))
        self.width_box = self._spin(_("Width of the picture"), 8, 40, _(" cm"))
        self.dpi_box = self._spin(_("Dots per inch"), 72, 600, _(" dpi"))
        self.dpi_box.setSingleStep(50)
        self.warning = Banner("caution")
        self.warning.hide()
        self.take = PrimaryButton(_("Choose a file …"), "export", self.accept)
        self.take.setDefault(True)
        self._lay_out(title)
        self._show()
        for group, name in ((self.whats, "what"), (self.hides, "hides")):
            for value, radio in group.items():
                radio.toggled.connect(lambda on, name=name, value=value: self._set(**{name: value}) if on else None)
        self.format.activated.connect(lambda _at: self._set(ending=self.format.currentData()))
        self.quotes.toggled.connect(lambda on: self._set(quotes=on))
        self.width_box.valueChanged.connect(lambda value: self._set(width=value / CENTIMETRES))
        self.dpi_box.valueChanged.connect(lambda value: self._set(dpi=value))

    @staticmethod
    def _radios(words: Mapping) -> dict:
        return {value: QRadioButton(said) for value, said in words.items()}

    @staticmethod
    def _spin(name: str, least: int, most: int, suffix: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(least, most)
        made.setSuffix(suffix)
        made.setAccessibleName(name)
        return made

    def _lay_out(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(6)
        head = Label(title, "page_title")
        head.setWordWrap(True)
        column.addWidget(head)
        column.addSpacing(6)
        column.addWidget(Label(_("What is written"), "panel_title"))
        self._group(column, self.whats)
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 0, 0, 0)
        inset.addWidget(self.quotes)
        column.addLayout(inset)
        column.addSpacing(6)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self._format_label, self._picture_label = Label(_("Format"), "panel_title"), Label(_("Picture"), "panel_title")
        form.addRow(self._format_label, self.format)
        sizes = QHBoxLayout()
        sizes.setSpacing(8)
        sizes.addWidget(self.width_box)
        sizes.addWidget(self.dpi_box)
        sizes.addStretch(1)
        form.addRow(self._picture_label, sizes)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(Label(_("Small numbers"), "panel_title"))
        self._group(column, self.hides)
        column.addWidget(self.about)
        column.addWidget(self.warning)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.take)
        column.addSpacing(8)
        column.addLayout(foot)
        self.setMinimumWidth(current_theme().px(WIDE))

    def _group(self, column: QVBoxLayout, radios: dict) -> None:
        group = QButtonGroup(self)
        for radio in radios.values():
            group.addButton(radio)
            column.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)

    def _set(self, **changes: object) -> None:
        wish = replace(self.wish, **changes)
        known = endings(wish.what, self._kind)
        self.wish = replace(wish, ending=wish.ending if wish.ending in known else next(iter(known)))
        self._show()
        self.changed.emit(self.wish)

    def _show(self) -> None:
        wish = self.wish
        known = endings(wish.what, self._kind)
        if wish.ending not in known:
            wish = self.wish = replace(wish, ending=next(iter(known)))
        for widget in (self.format, self.quotes, self.width_box, self.dpi_box):
            widget.blockSignals(True)
        self.format.clear()
        for ending, name in known.items():
            self.format.addItem(_("{name} ({ending})").format(name=name, ending=ending), ending)
        self.format.setCurrentIndex(list(known).index(wish.ending))
        self.whats[wish.what].setChecked(True)
        self.hides[wish.hides].setChecked(True)
        for radio in self.hides.values():
            radio.setEnabled(wish.what != "tidy")
        self.quotes.setChecked(wish.quotes)
        self.quotes.setVisible(wish.what == "tidy")
        self.width_box.setValue(round(wish.width * CENTIMETRES))
        self.dpi_box.setValue(wish.dpi)
        self.dpi_box.setVisible(wish.ending == ".png")
        for widget in (self._picture_label, self.width_box):
            widget.setVisible(wish.what == "figure")
        self.about.setText(about_hiding(wish))
        for widget in (self.format, self.quotes, self.width_box, self.dpi_box):
            widget.blockSignals(False)

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """What may single somebody out in what is chosen, the first few of them; none hides the banner."""
        self.warning.setVisible(bool(warnings))
        if not warnings:
            return
        n = len(warnings) - SHOWN
        more = [ngettext("And {n} more.", "And {n} more.", n).format(n=n)] if n > 0 else []
        self.warning.show_message("caution", _("Somebody may be recognised"), "\n".join([*warnings[:SHOWN], *more]))
        self.layout().activate()
        self.resize(self.width(), max(self.height(), self.layout().totalHeightForWidth(self.width())))
