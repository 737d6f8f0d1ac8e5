"""What a sheet of attributes would set, before it does: its columns, and the names that match nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import ATTRIBUTE_TYPES, AttributeSheet, as_type
from cohesion_qda.ui.attributes.model import type_words
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project.matching import Known, Matched, Unmatched

LEFT_OUT = "left out"  # the type of a column that is not taken
EXAMPLES = 3
MOST_NAMES = 300  # unmatched names that are listed
OTHERS = 200  # other names that may be chosen for one that matched nothing
Values = Mapping[str, str]


class SheetDialog(QDialog):
    """`sheet` is what is to be set after it was accepted: every name as the project has it, and only what is taken.
    `known` are the names in the project, or in the drafts of an import (see `project.matching`), which sets nothing yet:
    `is_kept` for later.
    """

    TITLE, ABOUT, TYPE, EXAMPLE = range(4)
    WRITTEN, WRONG, MEANT = range(3)

    def __init__(
        self, sheet: AttributeSheet, known: Known, title: str, parent: QWidget | None = None, *, is_kept: bool = False
    ) -> None:
        from cohesion_qda.project.matching import Names

        super().__init__(parent)
        self.setWindowTitle(_("A sheet of attributes"))
        self._sheet, self._is_kept = sheet, is_kept
        self._known = Names(known)
        self._matched: Matched | None = None  # of the sheet as it is wanted now
        self._names: dict[tuple[str, str], tuple[str, str]] = {}  # as written: as the person says it is
        self._types: dict[str, str] = dict(sheet.types)
        self._listed: list[Unmatched] = []
        self._held = self._columns()
        self.columns = _table(_("Columns of the sheet"), [_("Column"), _("About"), _("Take as"), _("Values")])
        self.names = _table(
            _("Names that match nothing"), [_("In the sheet"), _("What is the matter"), _("Stands for")]
        )
        self.summary = Label("", "interface", "text2")
        self.names_title = Label("", "panel_title")
        self.nearest = LinkButton("", on_click=self.take_nearest)
        self.take = PrimaryButton("", on_click=self.accept)
        self.take.setDefault(True)
        self._build(title)
        self._fill_columns()
        self._recount()

    # -- what came of it -----------------------------------------------------------------------------------------------

    @property
    def sheet(self) -> AttributeSheet:
        """What is to be set."""
        sheet = self._renamed()
        sources = {name: dict(values) for name, values in sheet.of_sources.items()}
        people = {person: dict(values) for person, values in sheet.of_participants.items()}
        for miss in self._unmatched():
            if miss.value:
                known = people.get((miss.written, miss.label), {}) if miss.label else sources.get(miss.written, {})
                known.pop(miss.title, None)
            elif miss.label:
                people.pop((miss.written, miss.label), None)
            else:
                sources.pop(miss.written, None)
                people = {person: values for person, values in people.items() if person[0] != miss.written}
        return replace(
            sheet,
            of_sources={name: values for name, values in sources.items() if values},
            of_participants={person: values for person, values in people.items() if values},
            is_reviewed=True,
        )

    @property
    def needs_a_look(self) -> bool:
        """Whether some name matched nothing."""
        return bool(self._unmatched())

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names and values that are not set because nothing answers to them."""
        return tuple(str(miss) for miss in self._unmatched())

    def set_type(self, title: str, kind: str) -> None:
        """Take a column as one of ATTRIBUTE_TYPES, or leave it out with LEFT_OUT."""
        self._types[title] = kind
        box = self.columns.cellWidget(self._titles.index(title), self.TYPE)
        box.setCurrentIndex(box.findData(kind))
        self._show_examples(title)
        self._recount()

    def say_who(self, miss: Unmatched, name: str) -> None:
        """Say what a name stands for; an empty name leaves its row out."""
        self._names.pop((miss.written, miss.label), None)
        if name:
            self._names.update(miss.taken_for(name))
        self._recount()

    def take_nearest(self) -> None:
        """Take the likeliest proposal for every name that has one and was not decided."""
        for row, miss in enumerate(self._listed):
            box = self.names.cellWidget(row, self.MEANT)
            if isinstance(box, QComboBox) and _is_proposed(miss) and not box.currentData():
                box.blockSignals(True)
                box.setCurrentIndex(box.findData(miss.near[0]))
                box.blockSignals(False)
                self._names.update(miss.taken_for(miss.near[0]))
        self._recount()

    def _renamed(self) -> AttributeSheet:
        """The sheet with the names and the types that were chosen, without the columns that are left out."""

        def taken(values: Values) -> dict[str, str]:
            return {title: value for title, value in values.items() if self._types.get(title) != LEFT_OUT}

        types = {title: kind for title, kind in self._types.items() if kind in ATTRIBUTE_TYPES}
        kept = replace(
            self._sheet,
            of_sources={name: taken(values) for name, values in self._sheet.of_sources.items()},
            of_participants={person: taken(values) for person, values in self._sheet.of_participants.items()},
            types=types,
        )
        return kept.renamed(self._names).as_typed()

    def _unmatched(self) -> tuple[Unmatched, ...]:
        return self._matched.unmatched if self._matched is not None else ()

    # -- looks ---------------------------------------------------------------------------------------------------------

    def _build(self, title: str) -> None:
        self.setMinimumSize(720, 480)
        inside = self.parentWidget().window().size() if self.parentWidget() is not None else None
        self.resize(min(920, inside.width() - 48) if inside else 920, min(680, inside.height() - 48) if inside else 680)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        heading = Label(title, "page_title")
        heading.setWordWrap(True)
        self.summary.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(self.summary)
        column.addWidget(self.columns, 1000)
        column.addSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.names_title)
        line.addStretch(1)
        line.addWidget(self.nearest)
        column.addLayout(line)
        column.addWidget(self.names, 1000)
        column.addStretch(1)  # where there is nothing to look at, the room is at the foot
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.take)
        column.addLayout(foot)
        px = current_theme().px
        for table, widths, stretched in (
            (self.columns, (180, 90, 170), self.EXAMPLE),
            (self.names, (240, 260), self.MEANT),
        ):
            room = min(
                1.0, 0.62 * (self.width() - 48) / px(sum(widths))
            )  # with large text there is less than they want
            for at, width in enumerate(widths):
                table.setColumnWidth(at, round(px(width) * room))
            table.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def _columns(self) -> dict[str, tuple[list[str], bool, bool]]:
        """The values of each column, and whether it is about sources, and about people."""
        found: dict[str, tuple[list[str], bool, bool]] = {}
        for is_source, every in ((True, self._sheet.of_sources), (False, self._sheet.of_participants)):
            for values in every.values():
                for title, value in values.items():
                    held, of_sources, of_people = found.get(title, ([], False, False))
                    held.append(value)
                    found[title] = (held, of_sources or is_source, of_people or not is_source)
        return found

    def _fill_columns(self) -> None:
        every = self._held
        self._titles = list(every)
        self.columns.setRowCount(len(every))
        self.columns.setMaximumHeight(current_theme().px(36) * (len(every) + 1) + 8)
        for row, (title, (_values, of_sources, of_people)) in enumerate(every.items()):
            about = _("both") if of_sources and of_people else _("sources") if of_sources else _("people")
            self.columns.setItem(row, self.TITLE, _cell(title))
            self.columns.setItem(row, self.ABOUT, _cell(about, "text2"))
            self.columns.setCellWidget(row, self.TYPE, self._type_box(title))
            self._show_examples(title)

    def _type_box(self, title: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Take {column} as").format(column=title))
        if title in self._sheet.types:
            for kind in ATTRIBUTE_TYPES:
                box.addItem(type_words(kind).capitalize(), kind)
        else:
            box.addItem(_("Take it"), "")
        box.addItem(_("Leave it out"), LEFT_OUT)
        box.setCurrentIndex(max(0, box.findData(self._types.get(title, ""))))
        box.currentIndexChanged.connect(lambda _at: self.set_type(title, box.currentData()))
        return box

    def _show_examples(self, title: str) -> None:
        values, row = self._held[title][0], self._titles.index(title)
        kind = self._types.get(title, "")
        read = [as_type(kind, value) for value in values]
        doubtful = list(dict.fromkeys(typed.value for typed in read if typed.is_doubtful))
        if doubtful:
            n = sum(1 for typed in read if typed.is_doubtful)
            words = ngettext("{n} value is doubtful: {shown}", "{n} values are doubtful: {shown}", n)
            cell = _cell(words.format(n=n, shown="; ".join(doubtful[:EXAMPLES])), "warn")
            cell.setIcon(current_theme().icon("warning", "warn", 16))
        else:
            different = list(dict.fromkeys(typed.value for typed in read))
            shown = "; ".join(" ".join(value.split()) for value in different[:EXAMPLES])
            cell = _cell(shown + (" …" if len(different) > EXAMPLES else ""), "text2")
        self.columns.setItem(row, self.EXAMPLE, cell)

    def _recount(self) -> None:
        matched = self._matched = self._known.match(self._renamed())
        self._list_new(matched.unmatched)
        n = sum(map(len, (*matched.sources.values(), *matched.people.values())))
        n += len(matched.kinds) + len(matched.roles)
        sources, people = len(matched.sources), len(matched.people)
        about = []
        if sources:
            about.append(ngettext("{n} source", "{n} sources", sources).format(n=sources))
        if people:
            about.append(ngettext("{n} person", "{n} people", people).format(n=people))
        found = _("It has values for {what}.").format(what=_(" and ").join(about)) if about else ""
        left = len(matched.unmatched)
        words = ngettext("{n} name is left out.", "{n} names are left out.", left).format(n=left) if left else ""
        self.summary.setText(" ".join(part for part in (found, words) if part))
        use = ngettext("Use this {n} value", "Use these {n} values", n)
        self.take.setText((use if self._is_kept else ngettext("Set {n} value", "Set {n} values", n)).format(n=n))
        self.take.disable("" if n else _("No name in the sheet is known, or every column is left out."))
        open_ones = {_key(miss) for miss in matched.unmatched}
        proposals = sum(1 for miss in self._listed if _is_proposed(miss) and _key(miss) in open_ones)
        self.nearest.setText(
            ngettext("Take the likeliest for {n} name", "Take the likeliest for {n} names", proposals).format(
                n=proposals
            )
        )
        self.nearest.setVisible(bool(proposals))

    def _list_new(self, unmatched: tuple[Unmatched, ...]) -> None:
        known = {_key(miss) for miss in self._listed}
        new = [miss for miss in unmatched if _key(miss) not in known]
        for miss in self._known.proposed(new[: max(0, MOST_NAMES - len(self._listed))]):
            row = len(self._listed)
            self._listed.append(miss)
            self.names.insertRow(row)
            self.names.setItem(row, self.WRITTEN, _cell(_written(miss)))
            self.names.setItem(row, self.WRONG, _cell(_what_is_wrong(miss), "text2"))
            if miss.value:
                self.names.setItem(row, self.MEANT, _cell(_("Left out"), "text2"))
            else:
                self.names.setCellWidget(row, self.MEANT, self._name_box(miss))
        self.names.setVisible(bool(self._listed))
        n = len(self._listed)
        words = ngettext("{n} name that matches nothing", "{n} names that match nothing", n).format(n=n)
        if len(new) + n > MOST_NAMES and new:
            words = _("The first {n} names that match nothing; the others are left out").format(n=n)
        self.names_title.setText(words if n else _("Every name was found."))

    def _name_box(self, miss: Unmatched) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("What {name} stands for").format(name=str(miss)))
        box.addItem(_("Leave it out"), "")
        for name in miss.near:
            box.addItem(name, name)
        others = list(islice((name for name in self._known.others(miss) if name not in miss.near), OTHERS))
        if miss.near and others:
            box.insertSeparator(box.count())
        for name in others:
            box.addItem(name, name)
        box.currentIndexChanged.connect(lambda _at: self.say_who(miss, box.currentData() or ""))
        return box


def _key(miss: Unmatched) -> tuple[str, str, str, str]:
    return miss.written, miss.label, miss.title, miss.value


def _is_proposed(miss: Unmatched) -> bool:
    """Whether there is one likeliest name to take it for."""
    return bool(miss.near) and not miss.is_of_several and not miss.value


def _written(miss: Unmatched) -> str:
    if miss.instead:
        return str(miss)
    return (
        _("{name}, in {source}").format(name=miss.label, source=miss.written)
        if miss.label and miss.written
        else (miss.label or miss.written)
    )


def _what_is_wrong(miss: Unmatched) -> str:
    if miss.instead:
        return _("For {title}, another row says “{value}”").format(title=miss.title, value=miss.instead)
    if miss.value:
        return _("There is no “{value}”").format(value=f"{miss.title} {miss.value}")
    if miss.is_of_several:
        return _("In several groups: which one?")
    if miss.label:
        return _("Nobody of that name is in it") if miss.written else _("Nobody of that name")
    return _("No source of that name")


def _cell(words: str, tone: str = "") -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setToolTip(words)
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
    if tone:
        item.setForeground(current_theme().colour(tone))
    return item


def _table(name: str, heads: list[str]) -> QTableWidget:
    table = QTableWidget(0, len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(heads)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(current_theme().px(36))
    table.setShowGrid(False)
    table.setProperty("listing", True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStyleSheet("QHeaderView::section { padding: 4px 11px; }")  # over the words of the cells
    return table
