"""What can be done with a column, and with the selected cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import ATTRIBUTE_TYPES
from cohesion_qda.ui.attributes.model import Field, type_words

if TYPE_CHECKING:
    from cohesion_qda.model.attribute import Subject
    from cohesion_qda.ui.attributes.page import AttributesPage


def open_at(menu: QMenu, place: QPoint) -> None:
    """Open a menu that is gone once it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)


def of_column(page: AttributesPage, at: int) -> QMenu:
    """Sorting by a column; and of an attribute its type, its name, and its end."""
    menu, model, field = QMenu(page), page.model, page.model.field(at)
    for text, descending in zip(_orders(field), (False, True), strict=True):
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(model.sorted_by == (field.key, descending))
        action.triggered.connect(lambda _on=False, d=descending: model.sort_by(field.key, d))
    unsorted = menu.addAction(_("The study’s own order"))
    unsorted.setEnabled(model.sorted_by is not None)
    unsorted.triggered.connect(lambda: model.sort_by(""))
    if field.is_attribute:
        menu.addSeparator()
        _add_verbs(menu, page, field)
    return menu


def _orders(field: Field) -> tuple[str, str]:
    if field.is_number:
        return _("Smallest first"), _("Largest first")
    if field.type == "date":
        return _("Earliest first"), _("Latest first")
    return _("A to Z"), _("Z to A")


def _add_verbs(menu: QMenu, page: AttributesPage, field: Field) -> None:
    kinds = menu.addMenu(_("Type"))
    for kind in ATTRIBUTE_TYPES:
        action = kinds.addAction(type_words(kind).capitalize())
        action.setCheckable(True)
        action.setChecked(kind == field.type)
        action.triggered.connect(lambda _on=False, to=kind: page.set_type(field.key, to))
    rename = menu.addAction(_("Rename …"))
    rename.triggered.connect(lambda: page.rename_attribute(field.key))
    n = sum(1 for row in page.model.table.rows if field.key in row.values)
    text = ngettext(
        "Remove with its {n} value (Undo brings it back)", "Remove with its {n} values (Undo brings them back)", n
    )
    remove = menu.addAction(text.format(n=n))
    remove.triggered.connect(lambda: page.remove_attribute(field.key))
    for action in (kinds.menuAction(), rename, remove):
        action.setEnabled(not page.model.is_read_only)


def of_cells(page: AttributesPage) -> QMenu:
    """Editing, copying and filling the selected cells; joining people; and the menu of the column."""
    menu, grid, may = QMenu(page), page.grid, not page.model.is_read_only
    for text, keys, slot, is_change in (
        (_("Edit"), "F2", grid.edit_current, True),
        (_("Copy"), "Ctrl+C", grid.copy, False),
        (_("Copy with names and headings"), "Ctrl+Shift+C", grid.copy_with_heads, False),
        (_("Paste"), "Ctrl+V", grid.paste, True),
        (_("Paste by name …"), "Ctrl+Shift+V", page.paste_by_name, True),
        (_("Fill down"), "Ctrl+D", grid.fill_down, True),
        (_("Clear"), "Del", grid.clear_cells, True),
    ):
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = menu.addAction(f"{text}\t{native}")
        action.triggered.connect(lambda _on=False, do=slot: do())
        action.setEnabled(may or not is_change)
    people = page.people()
    if people:
        menu.addSeparator()
        join = menu.addAction(_("These are one person"))
        join.setEnabled(may and len(people) > 1)
        join.triggered.connect(page.join)
        apart = menu.addAction(_("Take apart …"))
        apart.setEnabled(may and len(people) == 1 and people[0].labels > 1)
        apart.triggered.connect(page.take_apart)
        memo = menu.addAction(_("Memo …"))
        memo.setEnabled(len(people) == 1)
        memo.triggered.connect(lambda: _write_memo(page, people[0]))
    at = grid.currentIndex()
    if at.isValid():
        menu.addSeparator()
        column = of_column(page, at.column())
        column.setTitle(_("Column “{name}”").format(name=page.model.field(at.column()).title))
        menu.addMenu(column)
    return menu


def _write_memo(page: AttributesPage, person: Subject) -> None:
    """What is noted about one person."""
    from cohesion_qda.ui.memos.dialog import write_memo

    write_memo(page.runner, "study_case", person.id, person.name, page)
