"""The attributes of one file before it is imported: a small table that is typed into."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.theme import current_theme

ROW = 30
MOST_ROWS = 8  # that are shown without scrolling


class _Blank(QTableWidgetItem):
    """The place for another name: says so as long as it is empty."""

    def data(self, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole and not super().data(Qt.ItemDataRole.EditRole):
            return _("Add one, such as place")
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(current_theme().colour("text2"))
        return super().data(role)


class ValuesTable(QTableWidget):
    """Names and values; the last, empty row takes another name."""

    value_set = Signal(str, str)  # name, value

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self._values: dict[str, str] = {}
        self.setAccessibleName(_("Attributes of the file"))
        self.setHorizontalHeaderLabels([_("Attribute"), _("Value")])
        self.setProperty("listing", True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._changed)
        self._dress()
        current_theme().changed.connect(self._dress)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show these, by name; those without a value are offered."""
        self._values = dict(values)
        self._fill()

    def _fill(self) -> None:
        at = (self.currentRow(), self.currentColumn())
        self.blockSignals(True)
        self.setRowCount(len(self._values) + 1)
        for row, (name, value) in enumerate((*self._values.items(), ("", ""))):
            label = QTableWidgetItem(name)
            if name:
                label.setFlags(label.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(row, 0, label if name else _Blank())
            self.setItem(row, 1, QTableWidgetItem(value))
        if at[0] >= 0:
            self.setCurrentCell(*at)
        self.blockSignals(False)
        self._dress()

    def _changed(self, item: QTableWidgetItem) -> None:
        row = item.row()
        name, value = (
            " ".join(str(self.item(row, column).data(Qt.ItemDataRole.EditRole) or "").split()) for column in (0, 1)
        )
        if not name or value == self._values.get(name):
            return
        is_new = name not in self._values
        self._values[name] = value
        if value or not is_new:
            self.value_set.emit(name, value)
        if row == self.rowCount() - 1:
            self._fill()

    def _dress(self) -> None:
        theme = current_theme()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setFixedHeight(theme.px(28))
        self.setFixedHeight(theme.px(ROW) * min(MOST_ROWS, max(1, self.rowCount())) + theme.px(28) + 2)
