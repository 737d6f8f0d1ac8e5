"""What is known about one source: its attributes, and who speaks in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.source import ROLES, Reading
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.words import kind_name, role_name
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton


class SourceDialog(QDialog):
    """Every edit is one undoable act, made at once; there is nothing to confirm."""

    def __init__(self, runner: Runner, reading: Reading, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._source = reading.source.id
        self.setWindowTitle(reading.source.name)
        self._values = {name: reading.attributes.get(name, "") for name in [*names, *reading.attributes]}
        self.attributes = _table([_("Attribute"), _("Value")], _("Attributes"))
        self.people = _table([_("Speaker"), _("Turns"), _("Role")], _("Speakers"))
        self._fill_attributes()
        self._fill_people(reading)
        self._build(reading)
        self.attributes.itemChanged.connect(self._attribute_changed)

    def _build(self, reading: Reading) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(reading.source.name, "page_title"))
        about = _("{kind} · {words} words · {turns} turns · from {file}, brought in by {who}").format(
            kind=kind_name(reading.source.kind),
            words=f"{reading.source.words:,}",
            turns=f"{reading.source.turns:,}",
            file=reading.source.file_name or _("no file"),
            who=reading.source.imported_by or _("somebody"),
        )
        told = Label(about, "meta", "text2")
        told.setWordWrap(True)
        column.addWidget(told)
        column.addSpacing(8)
        column.addWidget(Label(_("Attributes"), "panel_title"))
        column.addWidget(self.attributes, 1)
        if self.people.rowCount():
            column.addSpacing(8)
            column.addWidget(Label(_("Who speaks"), "panel_title"))
            column.addWidget(self.people, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = PrimaryButton(_("Close"), on_click=self.accept)
        close.setDefault(True)
        foot.addWidget(close)
        column.addLayout(foot)
        self.resize(520, 600)

    def _fill_attributes(self) -> None:
        self.attributes.setRowCount(len(self._values) + 1)
        for row, (name, value) in enumerate(self._values.items()):
            label = QTableWidgetItem(name)
            label.setFlags(label.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.attributes.setItem(row, 0, label)
            self.attributes.setItem(row, 1, QTableWidgetItem(value))
        for column in (0, 1):
            self.attributes.setItem(len(self._values), column, QTableWidgetItem(""))
        self.attributes.item(len(self._values), 0).setToolTip(_("Type the name of another attribute"))

    def _fill_people(self, reading: Reading) -> None:
        speakers = sorted(reading.speakers.values(), key=lambda speaker: -speaker.turns)
        self.people.setRowCount(len(speakers))
        for row, speaker in enumerate(speakers):
            name = QTableWidgetItem(speaker.case_name)
            name.setData(Qt.ItemDataRole.UserRole, speaker.case)
            turns = QTableWidgetItem(str(speaker.turns))
            turns.setFlags(turns.flags() & ~Qt.ItemFlag.ItemIsEditable)
            box = QComboBox()
            box.setAccessibleName(_("Role of {name}").format(name=speaker.case_name))
            for role in ROLES:
                box.addItem(role_name(role), role)
            box.setCurrentIndex(ROLES.index(speaker.role) if speaker.role in ROLES else 0)
            box.currentIndexChanged.connect(lambda at, case=speaker.case: self._set_role(case, ROLES[at]))
            self.people.setItem(row, 0, name)
            self.people.setItem(row, 1, turns)
            self.people.setCellWidget(row, 2, box)
        self.people.itemChanged.connect(self._name_changed)

    def _attribute_changed(self, item: QTableWidgetItem) -> None:
        row = item.row()
        name = self.attributes.item(row, 0).text().strip()
        value = self.attributes.item(row, 1).text().strip()
        if not name or value == self._values.get(name, ""):
            return
        self._values[name] = value
        source = self._source
        self._runner.do(lambda project: project.sources.set_attribute(source, name, value))
        if row == self.attributes.rowCount() - 1:
            self.attributes.blockSignals(True)
            self._fill_attributes()
            self.attributes.blockSignals(False)

    def _name_changed(self, item: QTableWidgetItem) -> None:
        case, name = item.data(Qt.ItemDataRole.UserRole), item.text().strip()
        if case is not None and name:
            self._runner.do(lambda project: project.cases.rename(case, name))

    def _set_role(self, case, role: str) -> None:
        self._runner.do(lambda project: project.cases.set_role(case, role))


def _table(heads: list[str], name: str) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setHorizontalHeaderLabels(heads)
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(current_theme().px(36))
    table.setShowGrid(False)
    table.setProperty("listing", True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    if len(heads) == 2:
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    else:
        table.setColumnWidth(2, current_theme().px(150))
    return table
