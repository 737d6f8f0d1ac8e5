"""Looking over a codebook before it is added: what is new, what is there already, and what is there in other words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.incoming import TEXTS, Incoming
from cohesion_qda.model.incoming import Path as CodePath
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.formats.codebook import CodebookFile
    from cohesion_qda.model.change import Change

ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def import_codebook(runner: Runner, path: Path, parent: QWidget, say: Callable[[str, bool], object]) -> None:
    """Read a codebook file, show what it would add, and add what is chosen, in one act."""

    def read(_job: object) -> CodebookFile:
        from cohesion_qda.project.codebook_files import read as read_file

        return read_file(path)

    def then(file: CodebookFile) -> None:
        runner.ask(
            lambda p: (p.codebook.incoming(file.codes), p.codebook.tree()),
            lambda answer: show(file, *answer),
        )

    def show(file: CodebookFile, found: Sequence[Incoming], tree: CodeTree) -> None:
        dialog = ImportDialog(path.name, file.notes, found, tree, parent)

        def accepted() -> None:
            chosen = dialog.chosen()
            runner.do(lambda p: p.codebook.add_codebook(file.codes, chosen), told)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def told(change: Change) -> None:
        say(change.said or _("Nothing was added"), not change.is_empty)

    runner.work(_("Reading {name}").format(name=path.name), read, then)


def field_names() -> dict[str, str]:
    """What is known of a code, in words."""
    names = (_("definition"), _("when to use it"), _("when not"), _("example"))
    return {"colour": _("colour"), "direction": _("direction")} | dict(zip(TEXTS, names, strict=True))


class _Ticked(QStyledItemDelegate):
    """Rows whose boxes can be seen in the dark too: the style draws their edges in a colour of its own."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        theme, shown = current_theme(), QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        place = option.widget.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemCheckIndicator, shown, option.widget
        )
        box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
        is_on = Qt.CheckState(state) == ON
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if is_on else "ctl"), 1))
        painter.setBrush(theme.colour("accent" if is_on else "paper"))
        painter.drawRoundedRect(box, 3, 3)
        if is_on:
            theme.icon("check", "onaccent", 12).paint(painter, place.adjusted(1, 1, -1, -1))
        painter.restore()


class ImportDialog(QDialog):
    """Once accepted, `chosen` are the paths of the codes to add and of those that take over what the file says."""

    def __init__(
        self, name: str, notes: Sequence[str], found: Sequence[Incoming], tree: CodeTree, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._found, self._tree = list(found), tree
        self.setWindowTitle(_("Import a codebook"))
        self.summary = Label("", "interface")
        self.summary.setWordWrap(True)
        self.notes = Label("\n".join(notes), "interface", "text2")
        self.notes.setWordWrap(True)
        self.notes.setVisible(bool(notes))
        self.rows = QTreeWidget()
        self.mine = QuietButton(_("Keep all mine"), on_click=lambda: self._settle(OFF))
        self.theirs = QuietButton(_("Take all theirs"), on_click=lambda: self._settle(ON))
        self.detail = Label("", "interface")
        self.add = PrimaryButton(on_click=self.accept)
        self._items: list[QTreeWidgetItem] = []
        self._is_filling = False
        self._build(name)
        self._fill()
        self.rows.itemChanged.connect(self._changed)
        self.rows.currentItemChanged.connect(lambda item, _before: self._describe(item))
        if self._items:
            self.rows.setCurrentItem(self._items[0])
        self._tell()
        self.rows.setFocus()

    def _build(self, name: str) -> None:
        theme, room = current_theme(), self.screen().availableGeometry().size()
        title = Label(_("Codes of {name}").format(name=name), "page_title")
        title.setWordWrap(True)
        self.rows.setColumnCount(2)
        self.rows.setHeaderLabels([_("Code"), _("What happens")])
        self.rows.setAccessibleName(_("The codes of the file"))
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.setUniformRowHeights(True)
        self.rows.setIndentation(theme.px(20))
        self.rows.setItemDelegateForColumn(0, _Ticked(self.rows))
        header = self.rows.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, min(theme.px(360), (room.width() - 88) * 55 // 100))
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.summary, 1)
        both.addWidget(self.mine)
        both.addWidget(self.theirs)
        self.detail.setWordWrap(True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setContentsMargins(0, 0, 8, 0)
        around = QScrollArea()
        around.setWidget(self.detail)
        around.setWidgetResizable(True)
        around.setFixedHeight(min(theme.px(120), room.height() // 6))
        around.setFrameShape(QScrollArea.Shape.NoFrame)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        for part in (title, self.notes):
            column.addWidget(part)
        column.addLayout(both)
        column.addWidget(self.rows, 1)
        column.addWidget(around)
        column.addLayout(foot)
        self.resize(min(theme.px(760), room.width() - 40), min(theme.px(620), room.height() - 80))

    # ---- the rows
    def _fill(self) -> None:
        at: dict[CodePath, QTreeWidgetItem] = {}
        self._is_filling = True
        for each in self._found:
            above = at.get(each.path[:-1])
            item = QTreeWidgetItem(above if above is not None else self.rows)  # type: ignore[call-overload]
            item.setText(0, each.path[-1])
            item.setSizeHint(0, QSize(0, current_theme().px(28)))
            item.setIcon(0, current_theme().shape_icon(*self._look(each)))
            if each.is_new or each.differs:
                item.setCheckState(0, ON if each.is_new else OFF)
            else:
                item.setForeground(0, current_theme().colour("text2"))
            item.setForeground(1, current_theme().colour("text2"))
            at[each.path] = item
            self._items.append(item)
        self.rows.expandAll()
        self._is_filling = False
        differing = any(each.differs for each in self._found)
        self.mine.setVisible(differing)
        self.theirs.setVisible(differing)

    def _look(self, each: Incoming) -> tuple[str, str]:
        if each.code is not None:
            return self._tree.shape(each.code), self._tree[each.code].colour
        return "circle", each.draft.colour or "charcoal"

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        """A new code stands under taken ones alone: what is above comes with it, what is below goes with it."""
        if self._is_filling or column:
            return
        self._is_filling = True
        each = self._of(item)
        if each.is_new:
            if item.checkState(0) == OFF:
                self._untick_under(item)
            above = item.parent()
            while item.checkState(0) == ON and above is not None and self._of(above).is_new:
                above.setCheckState(0, ON)
                above = above.parent()
        self._is_filling = False
        self._tell()
        self._describe(self.rows.currentItem())

    def _untick_under(self, item: QTreeWidgetItem) -> None:
        for n in range(item.childCount()):
            item.child(n).setCheckState(0, OFF)
            self._untick_under(item.child(n))

    def _of(self, item: QTreeWidgetItem) -> Incoming:
        return self._found[next(n for n, other in enumerate(self._items) if other is item)]

    def _settle(self, state: Qt.CheckState) -> None:
        """Mine or theirs, for every code that is there in other words."""
        self._is_filling = True
        for each, item in zip(self._found, self._items, strict=True):
            if each.differs:
                item.setCheckState(0, state)
        self._is_filling = False
        self._tell()
        self._describe(self.rows.currentItem())

    # ---- what is said
    def _tell(self) -> None:
        self._is_filling = True
        for each, item in zip(self._found, self._items, strict=True):
            item.setText(1, self._what_happens(each, taken=item.checkState(0) == ON))
        self._is_filling = False
        chosen = set(self.chosen())
        new = [each for each in self._found if each.is_new]
        differing = [each for each in self._found if each.differs]
        same = len(self._found) - len(new) - len(differing)
        said = [
            ngettext("{n} new code", "{n} new codes", len(new)).format(n=len(new)),
            ngettext("{n} is there in other words", "{n} are there in other words", len(differing)).format(n=len(differing)),
            ngettext("{n} is there already", "{n} are there already", same).format(n=same),
        ]  # fmt: skip
        self.summary.setText("  ·  ".join(said))
        added = sum(each.path in chosen for each in new)
        changed = len(chosen) - added
        words = ngettext("Add {n} code", "Add {n} codes", added).format(n=added)
        if changed:
            words = ngettext("Add {n} and change {m} code", "Add {n} and change {m} codes", changed)
            words = words.format(n=added, m=changed)
        self.add.setText(words)
        self.add.disable("" if chosen else _("Tick a code first."))

    def _what_happens(self, each: Incoming, *, taken: bool) -> str:
        if each.is_new:
            return _("Is added") if taken else _("Is left out")
        if not each.differs:
            return _("Is there already")
        fields = ", ".join(field_names()[name] for name in each.differs)
        words = _("Theirs is taken: {fields}") if taken else _("Mine stays: {fields}")
        return words.format(fields=fields)

    def _describe(self, item: QTreeWidgetItem | None) -> None:
        """The selected code: what it means, or how it differs."""
        if item is None:
            self.detail.setText("")
            return
        each = self._of(item)
        if each.differs and each.code is not None:
            there = self._tree[each.code]
            said = [
                _("{field}\nMine: {mine}\nTheirs: {theirs}").format(
                    field=field_names()[name].capitalize(), mine=self._shown(name, getattr(there, name)),
                    theirs=self._shown(name, getattr(each.draft, name)),
                )
                for name in each.differs
            ]  # fmt: skip
            self.detail.setText("\n\n".join(said))
        else:
            self.detail.setText(each.draft.definition or _("The file says nothing about it but its name."))

    @staticmethod
    def _shown(name: str, value: str) -> str:
        if not value:
            return _("nothing")
        tables = {"colour": called.colours, "direction": called.directions}
        return called.in_sentence(value, tables[name]()) if name in tables else value

    def chosen(self) -> list[CodePath]:
        """The paths of the codes that are ticked."""
        ticked = zip(self._found, self._items, strict=True)
        return [each.path for each, item in ticked if (each.is_new or each.differs) and item.checkState(0) == ON]
