"""Looking over what was read before it is added: one row per file, and who speaks in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.errors import CannotReadSource, UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.source import ROLES, SOURCE_KINDS, AttributeSheet, SourceDraft
from cohesion_qda.model.text import count_words
from cohesion_qda.ui import choose
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, Label, PrimaryButton, QuietButton

Read = SourceDraft | CannotReadSource


def kind_name(kind: str) -> str:
    """One kind of source, for a person."""
    return {
        "focus group": _("Focus group"),
        "interview": _("Interview"),
        "document": _("Document"),
        "survey answer": _("Survey answer"),
        "field note": _("Field note"),
    }.get(kind, kind)


def role_name(role: str) -> str:
    """One role, for a person."""
    return {"participant": _("Participant"), "moderator": _("Moderator"), "observer": _("Observer")}.get(role, role)


def speaker_counts(draft: SourceDraft) -> dict[str, int]:
    """Turns of each speaker, in the order in which they first speak."""
    return dict(Counter(turn.label for turn in draft.turns))


def speakers_words(draft: SourceDraft) -> str:
    """`Moderator, 6 participants`."""
    labels = speaker_counts(draft)
    if not labels:
        return _("Nobody speaks in it")
    roles = Counter(draft.roles.get(label, "participant") for label in labels)
    people = roles["participant"]
    words = []
    if roles["moderator"]:
        n = roles["moderator"]
        words.append(ngettext("{n} moderator", "{n} moderators", n).format(n=n))
    if roles["observer"]:
        n = roles["observer"]
        words.append(ngettext("{n} observer", "{n} observers", n).format(n=n))
    words.append(ngettext("{n} participant", "{n} participants", people).format(n=people))
    return ", ".join(words)


class ReviewDialog(QDialog):
    """`drafts` and `sheet` hold what is to be added after it was accepted."""

    FILE, KIND, WORDS, TURNS, SPEAKERS, NOTES = range(6)

    def __init__(self, read: Sequence[Read], sheet_path: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import"))
        self._drafts: list[SourceDraft] = [item for item in read if isinstance(item, SourceDraft)]
        self._errors: list[CannotReadSource] = [item for item in read if isinstance(item, CannotReadSource)]
        self.sheet: AttributeSheet | None = None
        self.table = QTableWidget(0, 6)
        self.people = QTableWidget(0, 3)
        self.banner = Banner("caution")
        self.banner.hide()
        self._sheet_words = Label("", "interface", "text2")
        self.add = PrimaryButton("", on_click=self.accept)
        self.add.setDefault(True)
        self._build()
        self._fill()
        if sheet_path is not None:
            self.use_sheet(sheet_path)
        self._recount()

    @property
    def drafts(self) -> list[SourceDraft]:
        """The files that are ticked, as the person wants them."""
        return [draft for row, draft in enumerate(self._drafts) if self._is_ticked(row)]

    def use_sheet(self, path: Path) -> None:
        """Take attribute values from a sheet; one that cannot be read is told here."""
        from cohesion_qda.project.sources import Sources

        try:
            self.sheet = Sources.read_sheet(path)
        except UserError as error:
            self.banner.show_message("caution", error.message, error.hint)
            self.banner.show()
            return
        sources, people = len(self.sheet.of_sources), len(self.sheet.of_participants)
        words = [ngettext("{n} source", "{n} sources", sources).format(n=sources)]
        if people:
            words.append(ngettext("{n} person", "{n} people", people).format(n=people))
        self._sheet_words.setText(_("{name}: values for {what}").format(name=path.name, what=", ".join(words)))

    def set_kind(self, row: int, kind: str) -> None:
        """Take a file as another kind of source."""
        self._drafts[row] = replace(self._drafts[row], kind=kind)

    def set_role(self, row: int, label: str, role: str) -> None:
        """Say what a speaker is."""
        draft = self._drafts[row]
        self._drafts[row] = replace(draft, roles={**draft.roles, label: role})
        self.table.item(row, self.SPEAKERS).setText(speakers_words(self._drafts[row]))

    def _build(self) -> None:
        self.setMinimumSize(760, 480)
        room = self.parentWidget().width() - 48 if self.parentWidget() is not None else 1240
        self.resize(max(760, min(1240, room)), 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("Is this what you mean to bring in?"), "page_title"))
        about = Label(
            _("Check who the moderator is: what moderators say is never counted as a participant’s."),
            "interface",
            "text2",
        )
        about.setWordWrap(True)
        column.addWidget(about)
        column.addWidget(self.banner)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.people)
        split.setStretchFactor(0, 1)
        split.setSizes([880, 300])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        foot = QHBoxLayout()
        foot.addWidget(QuietButton(_("Add an attributes sheet …"), "table", self._choose_sheet))
        foot.addWidget(self._sheet_words, 1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.add)
        column.addLayout(foot)
        for table, heads in (
            (self.table, [_("File"), _("Kind"), _("Words"), _("Turns"), _("Speakers"), _("What was noticed")]),
            (self.people, [_("Speaker"), _("Turns"), _("Role")]),
        ):
            table.setHorizontalHeaderLabels(heads)
            table.verticalHeader().hide()
            table.verticalHeader().setDefaultSectionSize(current_theme().px(40))
            table.setShowGrid(False)
            table.setProperty("listing", True)
            table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            table.horizontalHeader().setHighlightSections(False)
        self.table.setAccessibleName(_("Files"))
        self.people.setAccessibleName(_("Speakers of the selected file"))
        self.table.currentCellChanged.connect(lambda row, *_rest: self._show_people(row))
        self.table.itemChanged.connect(lambda _item: self._recount())

    def _fill(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._drafts) + len(self._errors))
        for row, draft in enumerate(self._drafts):
            name = _cell(draft.file_name or draft.name)
            name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(Qt.CheckState.Checked)
            self.table.setItem(row, self.FILE, name)
            self.table.setCellWidget(row, self.KIND, self._kind_box(row, draft.kind))
            words = sum(count_words(turn.span.of(draft.text)) for turn in draft.turns) or count_words(draft.text)
            self.table.setItem(row, self.WORDS, _cell(f"{words:,}", right=True))
            self.table.setItem(row, self.TURNS, _cell(f"{len(draft.turns):,}", right=True))
            self.table.setItem(row, self.SPEAKERS, _cell(speakers_words(draft)))
            notes = [
                part[0].upper() + part[1:].rstrip(".") + "." for part in (*draft.warnings, draft.convention) if part
            ]
            told = _cell(" ".join(notes))
            if draft.warnings:
                told.setForeground(current_theme().colour("warn"))
                told.setIcon(current_theme().icon("warning", "warn", 16))
            self.table.setItem(row, self.NOTES, told)
        for row, error in enumerate(self._errors, len(self._drafts)):
            self.table.setItem(row, self.FILE, _cell(error.path.name))
            told = _cell(str(error))
            told.setForeground(current_theme().colour("err"))
            told.setIcon(current_theme().icon("error", "err", 16))
            self.table.setItem(row, self.KIND, told)
            self.table.setSpan(row, self.KIND, 1, 5)
        head = self.table.horizontalHeader()
        for column, mode in (
            (self.FILE, QHeaderView.ResizeMode.Interactive),
            (self.KIND, QHeaderView.ResizeMode.Fixed),
            (self.WORDS, QHeaderView.ResizeMode.ResizeToContents),
            (self.TURNS, QHeaderView.ResizeMode.ResizeToContents),
            (self.SPEAKERS, QHeaderView.ResizeMode.Interactive),
            (self.NOTES, QHeaderView.ResizeMode.Stretch),
        ):
            head.setSectionResizeMode(column, mode)
        px = current_theme().px
        self.table.setColumnWidth(self.FILE, px(180))
        self.table.setColumnWidth(self.KIND, px(152))
        self.table.setColumnWidth(self.SPEAKERS, px(184))
        self.people.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.people.setColumnWidth(1, px(60))
        self.people.setColumnWidth(2, px(136))
        self.table.blockSignals(False)
        if self._drafts:
            self.table.setCurrentCell(0, self.FILE)

    def _kind_box(self, row: int, kind: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Kind"))
        for name in SOURCE_KINDS:
            box.addItem(kind_name(name), name)
        box.setCurrentIndex(SOURCE_KINDS.index(kind) if kind in SOURCE_KINDS else 0)
        box.currentIndexChanged.connect(lambda at: self.set_kind(row, SOURCE_KINDS[at]))
        return box

    def _show_people(self, row: int) -> None:
        draft = self._drafts[row] if 0 <= row < len(self._drafts) else None
        counts = speaker_counts(draft) if draft is not None else {}
        self.people.setRowCount(len(counts))
        for at, (label, turns) in enumerate(counts.items()):
            self.people.setItem(at, 0, _cell(label))
            self.people.setItem(at, 1, _cell(str(turns), right=True))
            box = QComboBox()
            box.setAccessibleName(_("Role of {name}").format(name=label))
            for role in ROLES:
                box.addItem(role_name(role), role)
            box.setCurrentIndex(ROLES.index(draft.roles.get(label, "participant")))
            box.currentIndexChanged.connect(lambda to, who=label: self.set_role(row, who, ROLES[to]))
            self.people.setCellWidget(at, 2, box)

    def _is_ticked(self, row: int) -> bool:
        return self.table.item(row, self.FILE).checkState() == Qt.CheckState.Checked

    def _recount(self) -> None:
        n = len(self.drafts)
        self.add.setText(ngettext("Import {n} source", "Import {n} sources", n).format(n=n))
        self.add.disable("" if n else _("Nothing is ticked."))

    def _choose_sheet(self) -> None:
        found = choose.open_file(self, _("An attributes sheet"), _("Sheets (*.csv *.xlsx)"), Path.home())
        if found is not None:
            self.use_sheet(found)


def _cell(words: str, *, right: bool = False) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setToolTip(words)
    if right:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
