"""The codebook at the right of the transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QCursor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.ui.codebook.acts import CodeActs
from cohesion_qda.ui.codebook.foot import CodeFoot
from cohesion_qda.ui.codebook.menus import CodeMenus
from cohesion_qda.ui.codebook.model import ASIDE, CodebookModel
from cohesion_qda.ui.codebook.view import CodeView
from cohesion_qda.ui.counting import counting
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PlainButton, SearchField

WIDTH = 288
FOOT = 0.55  # of the room for codes and what the chosen one means, the most that its meaning takes


class CodebookPanel(QFrame):
    """Shows the codebook with counts and changes it through the runner; coding itself is asked of the room."""

    use = Signal(int)  # code id: code the selection with it
    use_many = Signal(object)  # code ids: code the selection with all of them
    span_dropped = Signal(int, int, object)  # code id, source id, Span
    show_code = Signal(int)
    left = Signal()  # Esc: back to the transcript
    chosen = Signal(object)  # CodeId of the selected row, or None
    say = Signal(str, bool)
    pick_wanted = Signal(
        object, object, str, object
    )  # what to do with the code picked, where (QRect, global), title, CodeTree

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.setObjectName("codebook")
        self.setProperty("surface", "bg")
        self.setProperty("edge", "left")
        self.model = CodebookModel(self)
        self.view = CodeView(self.model, self)
        self.acts = CodeActs(runner, self.model, self, self._place_of)
        self.menus = CodeMenus(self.model, self.acts, use=self._use, show=self.show_code.emit, rename=self._rename)
        self._actions: list[QAction] = []
        self._to_select: CodeId | None = None
        self._is_over = False
        self._counting = counting(runner)
        self._build()
        self._closed: set[CodeId] = {ASIDE}
        self._connect()
        self._dress()

    def _connect(self) -> None:
        self.acts.say.connect(self.say)
        self.acts.pick_wanted.connect(self.pick_wanted)
        self.acts.added.connect(self._show_added)
        self.model.rename_wanted.connect(self.acts.rename)
        self.model.move_wanted.connect(self.acts.move)
        self.model.aside_wanted.connect(lambda codes: self.acts.set_aside(codes, True))
        self.model.dropped_on.connect(lambda codes, onto: self._dropped(codes, CodeId(onto)))
        self.model.span_dropped.connect(self.span_dropped)
        self.view.used.connect(lambda: self._use(self.selected()))
        self.view.delete_wanted.connect(lambda: self.acts.delete(self.selected()))
        self.view.step_wanted.connect(
            lambda where: self.acts.step(self.selected()[0], where) if self.selected() else None
        )
        self.view.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.view.expanded.connect(lambda index: self._remember(index, closed=False))
        self.view.selectionModel().currentChanged.connect(lambda *_indexes: self._describe())
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._counting.counted.connect(self.show_counts)
        current_theme().changed.connect(self._dress)

    def _build(self) -> None:
        self._new = PlainButton(_("New code"), "plus", self.add)
        self._head = QFrame()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(20, 0, 12, 0)
        head.addWidget(Label(_("Codebook"), "panel_title"), 1)
        head.addWidget(self._new)
        self.field = SearchField(_("Find a code"))
        self.field.textChanged.connect(self._search)
        self._nothing = Label("", "meta", "text2")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(20, 4, 20, 4)
        self.foot = CodeFoot(self)
        self.foot.wanted.connect(self._show_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 12)
        row.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)

    def _dress(self) -> None:
        theme = current_theme()
        self.setFixedWidth(max(WIDTH, round(WIDTH * min(theme.scale, 1.5))))
        self._size_head()
        self.view.setStyleSheet(f"CodeView {{ background: {theme.hex('bg')}; }}")
        self.view.doItemsLayout()

    def lie_over(self, over: bool) -> None:
        """Whether it lies over the transcript, under the page's header: its own head is lower then."""
        if over != self._is_over:
            self._is_over = over
            self._size_head()

    def _size_head(self) -> None:
        height = current_theme().px(40 if self._is_over else 64)
        self._head.setFixedHeight(height if self._is_over else max(64, height))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        taken = self._head.height() + self.field.sizeHint().height() + 12
        room = self.height() - taken
        self.foot.set_most(min(round(room * FOOT), room - 3 * current_theme().px(28)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # ---- reading
    def recount(self) -> None:
        """Read the counts again now; after a change they come by themselves."""
        self._counting.ask()

    def show_tree(self, tree: CodeTree) -> None:
        """Show a codebook; what was selected, open and in view stays so."""
        chosen, current, top = self.selected(), self.current(), self.view.verticalScrollBar().value()
        self.model.show(tree)
        self._open_branches()
        if self._to_select is not None and self._to_select in tree:
            chosen, current, self._to_select = [], self._to_select, None
        if current is not None:
            self.select(current)
        flags = QItemSelectionModel.SelectionFlag.Select
        for code in chosen if len(chosen) > 1 else ():
            self.view.selectionModel().select(self.model.index_of(code), flags)
        self.view.verticalScrollBar().setValue(top)
        self._describe()

    def show_counts(
        self, counts: Mapping[CodeId, CodeCount], base: Count, passages: Mapping[CodeId, int] | None = None
    ) -> None:
        """Show how often and widely each code was used, and how many codings each branch holds."""
        self.model.show_counts(counts, base, passages)
        self._describe()

    def _open_branches(self) -> None:
        self.view.blockSignals(True)
        for code in (*(code.id for code in self.model.tree), ASIDE):
            self.view.setExpanded(self.model.index_of(code), self.model.is_searching or code not in self._closed)
        self.view.blockSignals(False)
        self._tell_nothing()

    def _tell_nothing(self) -> None:
        words = ""
        if not len(self.model.tree):
            words = _("No codes yet. Select some words in a transcript and press C, or press New code.")
        elif not self.model.rowCount():
            words = _("No code like “{name}”.").format(name=self.field.text())
        self._nothing.setText(words)
        self._nothing.setVisible(bool(words))

    def _remember(self, index: QModelIndex, *, closed: bool) -> None:
        code = CodeId(index.internalId())
        if not self.model.is_searching:
            (self._closed.add if closed else self._closed.discard)(code)

    def _search(self, typed: str) -> None:
        selected = self.current()
        self.model.search(typed)
        self._open_branches()
        if selected is not None and self.model.fits(selected):
            self.select(selected)
        elif typed and self.model.rowCount():
            self.view.setCurrentIndex(self._first())

    def _first(self) -> QModelIndex:
        index = self.model.index(0, 0)
        while self.model.rowCount(index):
            index = self.model.index(0, 0, index)
        return index

    def current(self) -> CodeId | None:
        """The code of the current row."""
        return self.view.current()

    def selected(self) -> list[CodeId]:
        """The codes of the selected rows, in the order of the codebook; several can be selected."""
        return self.view.selected()

    def select(self, code: CodeId) -> None:
        """Select a code's row alone, where it is shown."""
        index = self.model.index_of(code)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _place_of(self, code: CodeId) -> QRect:
        rect = self.view.visualRect(self.model.index_of(code))
        return QRect(self.view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _describe(self) -> None:
        """The selected code at the bottom: what it means, and the way to its passages."""
        code = self.current()
        self.foot.setVisible(code is not None)
        self.chosen.emit(code)
        if code is not None:
            tree = self.model.tree
            mentions = self.model.count(code).mentions
            self.foot.show_code(
                tree[code],
                self.model.counted(code),
                mentions,
                is_aside=tree.is_aside(code),
                direction=tree.direction(code),
            )

    def _show_chosen(self) -> None:
        code = self.current()
        if code is not None:
            self.show_code.emit(code)

    # ---- what is done
    def _use(self, codes: Sequence[CodeId]) -> None:
        tree = self.model.tree
        out = [code for code in codes if tree.is_aside(code)]
        if out:
            words = _("{name} is set aside. Bring it back to code with it.")
            self.say.emit(words.format(name=tree[out[0]].name), False)
        elif len(codes) == 1:
            self.use.emit(codes[0])
        elif codes:
            self.use_many.emit(list(codes))

    def add(self) -> None:
        """A new code beside or under the selected one, asked for in a dialog."""
        code = self.current()
        tree = self.model.tree
        parent = None
        if code is not None:
            parent = code if tree[code].is_question or tree.children(code) else tree[code].parent
        self.acts.add_under(parent)

    def _show_added(self, code: CodeId) -> None:
        self._to_select = code
        if code in self.model.tree:
            self._to_select = None
            self.select(code)

    def _rename(self, code: CodeId) -> None:
        self.select(code)
        self.view.setFocus()
        self.view.edit(self.model.index_of(code))

    def _dropped(self, codes: Sequence[CodeId], onto: CodeId) -> None:
        if self.model.tree[onto].is_question:
            self.acts.move(codes, onto)
            return
        self.drop_menu = self.menus.dropped(codes, onto, self)
        self.drop_menu.popup(QCursor.pos())

    def _open_menu(self, place: QPoint) -> None:
        code = self.model.code_at(self.view.indexAt(place))
        chosen = self.selected()
        codes = chosen if code in chosen else [] if code is None else [code]
        self.menu_for(codes, self).popup(self.view.viewport().mapToGlobal(place))

    def menu_for(self, codes: Sequence[CodeId], parent: QWidget) -> QMenu:
        """What can be done with codes, or with none."""
        return self.menus.for_codes(codes, parent)

    def actions_for_menu(self) -> list[QAction]:
        """What the Code menu of the window offers for the codebook."""
        if not self._actions:
            new = QAction(_("New code…"), self)
            new.triggered.connect(lambda _checked=False: self.add())
            self.standing_menu = self.menus.standing(self, self.selected)
            self._actions = [new, self.standing_menu.menuAction()]
        return self._actions
