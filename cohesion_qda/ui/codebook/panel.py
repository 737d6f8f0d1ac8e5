"""The codebook at the right of the transcript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QMenu, QTreeView, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import CodeCount, Count
from cohesion_qda.ui.codebook.dialog import CodeDialog, CodeValues, colour_names
from cohesion_qda.ui.codebook.model import CodebookModel
from cohesion_qda.ui.codebook.rows import CodeRow
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton, PlainButton, SearchField

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDTH = 288


class CodeView(QTreeView):
    """The tree. A press on a chevron opens or closes; everything else is a row."""

    used = Signal(int)  # code id: double-clicked, or Enter on it

    def __init__(self, model: CodebookModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._codes = model
        self._rows = CodeRow(model, self)
        self.setModel(model)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("surface", "bg")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(_("Codebook"))

    def _is_on_chevron(self, index: QModelIndex, place: QPoint) -> bool:
        left = self._rows.left(index, self.visualRect(index)) if index.isValid() else 0
        return index.isValid() and self._codes.rowCount(index) > 0 and place.x() <= left + current_theme().px(18)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_chevron(index, event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        code = self._codes.code_at(index)
        if code is not None and not self._is_on_chevron(index, event.position().toPoint()):
            self.used.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        code = self._codes.code_at(self.currentIndex())
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and code is not None and not editing:
            self.used.emit(code)
        else:
            super().keyPressEvent(event)


class CodebookPanel(QFrame):
    """Shows the codebook with counts and changes it through the runner; coding itself is asked of the room."""

    use = Signal(int)  # code id: code the selection with it
    span_dropped = Signal(int, int, object)  # code id, source id, Span
    show_code = Signal(int)
    chosen = Signal(object)  # CodeId of the selected row, or None
    say = Signal(str, bool)
    pick_wanted = Signal(object, object, str)  # what to do with the code picked, where (QRect, global), title

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.setObjectName("codebook")
        self.setProperty("surface", "bg")
        self.setProperty("edge", "left")
        self.model = CodebookModel(self)
        self.view = CodeView(self.model, self)
        self._build()
        self._closed: set[CodeId] = set()
        self.model.rename_wanted.connect(self.rename)
        self.model.move_wanted.connect(self.move_code)
        self.model.span_dropped.connect(self.span_dropped)
        self.view.used.connect(self.use)
        self.view.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.view.expanded.connect(lambda index: self._remember(index, closed=False))
        self.view.selectionModel().currentChanged.connect(lambda *_indexes: self._describe())
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.view.installEventFilter(self)
        current_theme().changed.connect(self._dress)
        self._dress()

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
        self._name = Label("", "interface_strong")
        self._name.setWordWrap(True)
        self._definition = Label("", "meta", "text2")
        self._definition.setWordWrap(True)
        self._see = LinkButton("", on_click=self._show_chosen)
        self._foot = QFrame()
        self._foot.setProperty("edge", "top")
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(20, 12, 16, 12)
        foot.setSpacing(2)
        foot.addWidget(self._name)
        foot.addWidget(self._definition)
        foot.addSpacing(6)
        foot.addWidget(self._see, 0, Qt.AlignmentFlag.AlignLeft)
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
        column.addWidget(self._foot)

    def _dress(self) -> None:
        theme = current_theme()
        self.setFixedWidth(max(WIDTH, round(WIDTH * min(theme.scale, 1.5))))
        self._head.setFixedHeight(max(64, theme.px(64)))
        self.view.setStyleSheet(f"CodeView {{ background: {theme.hex('bg')}; }}")
        self._see.setStyleSheet("padding: 0; border-left: none; border-right: none;")
        self.view.doItemsLayout()

    # ---- reading
    def reload(self) -> None:
        """Read the codebook and its counts again."""
        self.runner.ask(lambda project: project.codebook.tree(), self.show_tree, key=(self, "tree"))
        self.recount()

    def recount(self) -> None:
        """Read the counts again."""
        self.runner.ask(
            lambda project: project.codebook.tally(),
            lambda answer: self.show_counts(*answer),
            key=(self, "counts"),
        )

    def on_change(self, change: Change) -> None:
        """Keep up with what was done, whoever did it."""
        if change.touches("code"):
            self.reload()
        elif change.touches("coding", "turn", "speaker", "study_case", "source"):
            self.recount()

    def show_tree(self, tree: CodeTree) -> None:
        """Show a codebook; what was selected, open and in view stays so."""
        selected, top = self.current(), self.view.verticalScrollBar().value()
        self.model.show(tree)
        self._open_branches()
        if selected is not None:
            self.select(selected)
        self.view.verticalScrollBar().setValue(top)
        self._describe()

    def show_counts(self, counts: Mapping[CodeId, CodeCount], base: Count) -> None:
        """Show how often and widely each code was used."""
        self.model.show_counts(counts, base)
        self._describe()

    def _open_branches(self) -> None:
        self.view.blockSignals(True)
        for code in self.model.tree:
            self.view.setExpanded(self.model.index_of(code.id), self.model.is_searching or code.id not in self._closed)
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
        code = self.model.code_at(index)
        if code is not None and not self.model.is_searching:
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
        """The code of the selected row."""
        code = self.model.code_at(self.view.currentIndex())
        return code if code is not None and code in self.model.tree else None

    def select(self, code: CodeId) -> None:
        """Select a code's row, where it is shown."""
        index = self.model.index_of(code)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _describe(self) -> None:
        """The selected code at the bottom: what it means, and the way to its passages."""
        code = self.current()
        self._foot.setVisible(code is not None)
        self.chosen.emit(code)
        if code is None:
            return
        shown, count = self.model.tree[code], self.model.count(code)
        self._name.setText(shown.name)
        words = [shown.definition or _("No definition yet. F2 renames; the menu’s Edit… writes one.")]
        if shown.use_when:
            words.append(_("Use when: {words}").format(words=shown.use_when))
        if shown.not_when:
            words.append(_("Not when: {words}").format(words=shown.not_when))
        whole = "\n".join(words)
        self._definition.setText(whole if len(whole) <= 320 else f"{whole[:320].rsplit(' ', 1)[0]} …")
        self._definition.setToolTip(whole if len(whole) > 320 else "")
        n = count.mentions
        self._see.setText(ngettext("See the {n} mention", "See all {n} mentions", n).format(n=n))
        self._see.setVisible(n > 0)

    def _show_chosen(self) -> None:
        code = self.current()
        if code is not None:
            self.show_code.emit(code)

    # ---- verbs
    def _do(self, verb: Callable[[Project], Change], words: str) -> None:
        self.runner.do(verb, lambda change: self.say.emit(words, not change.is_empty))

    def add(self) -> None:
        """A new code beside or under the selected one, asked for in a dialog."""
        code = self.current()
        tree = self.model.tree
        parent = None
        if code is not None:
            parent = code if tree[code].is_question or tree.children(code) else tree[code].parent
        self.add_under(parent)

    def add_under(self, parent: CodeId | None) -> None:
        """A new code under `parent`, asked for in a dialog."""
        under = self.model.tree[parent].name if parent is not None else ""
        dialog = CodeDialog(self.model.tree, None, self, under=under)
        if dialog.exec():
            self.keep_new(parent, dialog.values())

    def keep_new(self, parent: CodeId | None, values: CodeValues) -> None:
        """Add a code that was written down."""

        def verb(project: Project) -> Change:
            given = asdict(values)
            return project.codebook.add(given.pop("name"), parent, given.pop("colour"), **given)

        def then(change: Change) -> None:
            self.reload()
            self.say.emit(_("Added {name}").format(name=values.name), True)
            self.runner.ask(lambda project: project.codebook.added(change), self.select)

        self.runner.do(verb, then)

    def rename(self, code: int, name: str) -> None:
        """Call a code something else."""
        self._do(lambda p: p.codebook.rename(CodeId(code), name), _("Renamed to {name}").format(name=name))

    def edit(self, code: CodeId) -> None:
        """Everything about a code, in a dialog."""
        dialog = CodeDialog(self.model.tree, self.model.tree[code], self)
        if dialog.exec():
            self.keep(code, dialog.values())

    def keep(self, code: CodeId, values: CodeValues) -> None:
        """Write down what changed about a code."""
        was = self.model.tree[code]
        changed = {field: new for field, new in asdict(values).items() if new != getattr(was, field)}
        if not values.colour:
            changed.pop("colour", None)
        if changed:
            self._do(lambda p: p.codebook.edit(code, **changed), _("Kept {name}").format(name=values.name))

    def move_code(self, code: int, parent: CodeId | None, position: int | None = None) -> None:
        """Put a code under another, or at the top."""
        name = self.model.tree[CodeId(code)].name
        self._do(
            lambda p: p.codebook.move(CodeId(code), parent=parent, position=position),
            _("Moved {name}").format(name=name),
        )

    def _step(self, code: CodeId, by: int) -> None:
        parent = self.model.tree[code].parent
        siblings = [sibling.id for sibling in self.model.tree.children(parent)]
        at = siblings.index(code) + by
        if 0 <= at < len(siblings):
            self.move_code(code, parent, at)

    def merge(self, code: CodeId, into: CodeId) -> None:
        """Move all codings of one code to another."""
        tree = self.model.tree
        words = _("Merged {name} into {other}").format(name=tree[code].name, other=tree[into].name)
        self._do(lambda p: p.codebook.merge(code, into=into), words)

    def delete(self, code: CodeId) -> None:
        """Take a code away, and say how many passages lose it."""
        name = self.model.tree[code].name

        def verb(project: Project) -> Change:
            self._lost = project.codebook.passages_in(code)
            return project.codebook.delete(code)

        def then(_change: Change) -> None:
            words = ngettext("Deleted {name}; {n} passage lost it", "Deleted {name}; {n} passages lost it", self._lost)
            self.say.emit(words.format(name=name, n=self._lost), True)

        self.runner.do(verb, then)

    # ---- the menu
    def _open_menu(self, place: QPoint) -> None:
        code = self.model.code_at(self.view.indexAt(place))
        self.menu_for(code, self).popup(self.view.viewport().mapToGlobal(place))

    def menu_for(self, code: CodeId | None, parent: QWidget) -> QMenu:
        """What can be done with a code, or with none."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if code is None:
            menu.addAction(_("New code…"), lambda: self.add_under(None))
            return menu
        tree, shown = self.model.tree, self.model.tree[code]
        menu.addAction(_("Code the selection with it"), lambda: self.use.emit(code))
        menu.addAction(_("See its passages"), lambda: self.show_code.emit(code))
        menu.addSeparator()
        menu.addAction(_("New code under it…"), lambda: self.add_under(code))
        menu.addAction(_("Rename") + "\tF2", lambda: self.view.edit(self.model.index_of(code)))
        menu.addAction(_("Edit…"), lambda: self.edit(code))
        colours = menu.addMenu(_("Colour"))
        for colour, words in colour_names().items():
            icon = current_theme().shape_icon(tree.shape(code), colour)
            action = colours.addAction(icon, words, lambda c=colour: self._recolour(code, c))
            self._check(action, shown.colour == colour)
        self._key_menu(menu.addMenu(_("Key")), code)
        menu.addSeparator()
        self._move_menu(menu.addMenu(_("Move under")), code)
        menu.addAction(_("Move up"), lambda: self._step(code, -1))
        menu.addAction(_("Move down"), lambda: self._step(code, 1))
        menu.addAction(_("Merge into…"), lambda: self._ask_merge(code))
        menu.addSeparator()
        menu.addAction(current_theme().icon("delete", "text2", 16), _("Delete") + "\tDel", lambda: self.delete(code))
        return menu

    @staticmethod
    def _check(action: QAction, on: bool) -> None:
        action.setCheckable(True)
        action.setChecked(on)

    def _recolour(self, code: CodeId, colour: str) -> None:
        words = _("{name} is now {colour}").format(
            name=self.model.tree[code].name, colour=colour_names()[colour].lower()
        )
        self._do(lambda p: p.codebook.recolour(code, colour), words)

    def _key_menu(self, menu: QMenu, code: CodeId) -> None:
        taken = {other.key: other for other in self.model.tree if other.key}
        for digit in "123456789":
            words = f"{digit}   {taken[digit].name}" if digit in taken else digit
            action = menu.addAction(words, lambda d=digit: self._pin(code, d))
            self._check(action, self.model.tree[code].key == digit)
        menu.addSeparator()
        self._check(menu.addAction(_("No key"), lambda: self._pin(code, "")), not self.model.tree[code].key)

    def _pin(self, code: CodeId, key: str) -> None:
        name = self.model.tree[code].name
        words = (
            _("{key} now codes with {name}").format(key=key, name=name)
            if key
            else _("{name} has no key now").format(name=name)
        )
        self._do(lambda p: p.codebook.set_key(code, key), words)

    def _move_menu(self, menu: QMenu, code: CodeId) -> None:
        tree = self.model.tree
        own = set(tree.branch(code))
        if tree[code].parent is not None:
            menu.addAction(_("The top level"), lambda: self.move_code(code, None))
        for other in tree:
            holds = other.is_question or tree.children(other.id) or tree.depth(other.id) == 0
            if holds and other.id not in own and other.id != tree[code].parent:
                words = "    " * tree.depth(other.id) + other.name
                menu.addAction(words, lambda o=other.id: self.move_code(code, o))

    def _ask_merge(self, code: CodeId) -> None:
        rect = self.view.visualRect(self.model.index_of(code))
        place = QRect(self.view.viewport().mapToGlobal(rect.topLeft()), rect.size())
        title = _("Merge {name} into…").format(name=self.model.tree[code].name)
        self.pick_wanted.emit(lambda into: self.merge(code, CodeId(into)), place, title)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            code = self.current()
            if event.key() == Qt.Key.Key_Delete and code is not None:
                self.delete(code)
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]
