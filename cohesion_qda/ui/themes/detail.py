"""One theme: its name, statement, status and question, its codes, and its key passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId, ThemeId
from cohesion_qda.model.place import Place
from cohesion_qda.model.theme import STATUSES, Theme
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.memos.editor import WIDE, Words
from cohesion_qda.ui.memos.holding import Roomy, Scrolled
from cohesion_qda.ui.memos.quotes import QuoteList, quotes_of
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.themes.listing import paint_status
from cohesion_qda.ui.themes.words import Line, counted, questions, status_help, status_words
from cohesion_qda.ui.widgets import CodeChip, Label, LinkButton, QuietButton

HIGH = 96  # of the statement, in pixels


class CodeChips(QWidget):
    """The codes of a theme, and a button that adds one."""

    shown = Signal(int)  # code id
    added = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._tree = CodeTree()
        self._codes: tuple[CodeId, ...] = ()
        self.chips: list[CodeChip] = []
        self.popup = CodePopup(self)
        self.popup.chosen.connect(self.added)
        self.button = QuietButton(_("Add a code"), "plus", self.choose)
        self._flow.addWidget(self.button)

    def show_codes(self, codes: Sequence[CodeId], tree: CodeTree, *, is_read_only: bool) -> None:
        """Show these codes as chips; of a code with others under it the chip says so."""
        had_focus = any(chip.hasFocus() for chip in self.chips)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._tree, self._codes = tree, tuple(code for code in codes if code in tree)
        self._flow.removeWidget(self.button)
        self.chips = [self._chip(code, removable=not is_read_only) for code in self._codes]
        self._flow.addWidget(self.button)
        self.button.disable(_("The project was opened for reading only.") if is_read_only else "")
        self.updateGeometry()
        if had_focus:
            (self.chips[0] if self.chips else self.button).setFocus()

    def choose(self) -> None:
        """Open the codebook to choose a code."""
        self.popup.open_under(self.button, self._tree, {}, None)

    def _chip(self, code: CodeId, *, removable: bool) -> CodeChip:
        found = self._tree[code]
        under = len(self._tree.branch(code)) - 1
        name = found.name if not under else _("{name} + {n} under it").format(name=found.name, n=under)
        chip = CodeChip(name, self._tree.shape(code), found.colour, removable=removable, parent=self)
        chip.setToolTip(self._tree.path(code))
        chip.clicked.connect(partial(self.shown.emit, code))
        chip.removed.connect(partial(self.removed.emit, code))
        self._flow.addWidget(chip)
        chip.show()
        return chip


class ThemeDetail(QFrame):
    """The right side of the page. What is typed is kept by itself."""

    say = Signal(str, bool)
    removal = Signal()
    passages_wanted = Signal()
    left = Signal()  # Escape

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self._runner = runner
        self._theme: Theme | None = None
        self._kept = ""
        self._on_way = 0
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the theme"))
        self.name.editingFinished.connect(self._rename)
        self.counts = LinkButton("", "", self.passages_wanted.emit)
        self.counts.setProperty("flush", True)
        self.counts.setToolTip(_("Show the passages behind these numbers"))
        self.delete_button = QuietButton(_("Delete"), "delete", self.removal.emit)
        self.statement = Words(_("Statement of the theme"))
        self.statement.setPlaceholderText(_("What is the pattern, in a sentence or two? What is it not?"))
        self.statement.textChanged.connect(self._typed)
        self.statement.left.connect(self.left)
        self.saving = Autosave(self, runner, self._keep)
        self.saving.watch(self.statement)
        self.status = QComboBox()
        self.status.setAccessibleName(_("Status"))
        self.status.activated.connect(lambda at: self.set_status(STATUSES[at]))
        self.question = QComboBox()
        self.question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.question.setAccessibleName(_("Research question"))
        self.question.activated.connect(self._set_question)
        self.codes = CodeChips()
        self.codes.added.connect(lambda code: self._do("add_codes", [CodeId(code)]))
        self.codes.removed.connect(lambda code: self._do("remove_codes", [CodeId(code)]))
        self.passages_title = Label(_("Key passages"), "panel_title")
        self.passages_meta = Label("", "meta", "text2")
        self.choose_button = QuietButton(_("Choose …"), "check", self.passages_wanted.emit)
        self.choose_button.setAccessibleName(_("Choose key passages"))
        self.none_yet = Label(
            _("None yet. Choose some among the passages of its codes, or in Read & code select words and choose “Add to a theme …”."),
            "meta", "text2",
        )  # fmt: skip
        self.none_yet.setWordWrap(True)
        self.passages = QuoteList(_("Key passages of the theme"), _("No longer a key passage"))
        self.passages.removal.connect(self._remove_passages)
        self._held = Roomy(self.passages, 160)
        self._dress()
        self._lay_out()
        current_theme().changed.connect(self._dress)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.name, 1)
        top.addStretch(0)
        top.addWidget(self.delete_button)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        beside = QWidget()
        pair = QHBoxLayout(beside)
        pair.setContentsMargins(8, 0, 0, 0)
        pair.setSpacing(12)
        pair.addWidget(Label(_("Question"), "interface", "text2"))
        pair.addWidget(self.question)
        choosers = QWidget()
        flow = FlowLayout(choosers)
        flow.addWidget(self.status)
        flow.addWidget(beside)
        form.addRow(Label(_("Status"), "interface", "text2"), choosers)
        form.addRow(Label(_("Codes"), "interface", "text2"), self.codes)
        title = QHBoxLayout()
        title.setSpacing(12)
        title.addWidget(self.passages_title)
        title.addWidget(self.passages_meta)
        title.addStretch(1)
        title.addWidget(self.choose_button)
        upper = QVBoxLayout()
        upper.setContentsMargins(24, 16, 24, 8)
        upper.setSpacing(8)
        upper.addLayout(top)
        counts = QHBoxLayout()
        counts.addWidget(self.counts)
        counts.addStretch(1)
        upper.addLayout(counts)
        upper.addWidget(Roomy(self.statement, HIGH, is_fixed=True))
        upper.addLayout(form)
        upper.addLayout(title)
        upper.addWidget(self.none_yet)
        upper.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(1, 0, 0, 8)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addWidget(self._held, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scrolled(inside))

    @property
    def theme_id(self) -> ThemeId | None:
        """The theme that is shown."""
        return self._theme.id if self._theme is not None else None

    @property
    def is_busy(self) -> bool:
        """Whether typed words wait to be kept, or are on their way."""
        return self.saving.is_late or self._on_way > 0

    def show_theme(self, line: Line, places: Sequence[Place], tree: CodeTree, *, is_read_only: bool) -> None:
        """Show a theme; the same one again leaves what is being typed alone."""
        theme = line.theme
        is_same = theme.id == self.theme_id
        if not is_same:
            self.saving.flush()
            self._on_way = 0
        renamed = not is_same or (self._theme is not None and self._theme.name != theme.name)
        self._theme = theme
        if renamed or not self.name.hasFocus():
            self.name.setText(theme.name)
            self.name.setCursorPosition(0)
        if not (is_same and self.is_busy):
            self._kept = theme.statement
            self.statement.show_text(theme.statement)
        self.counts.setText(counted(line.count, line.base))
        self.status.setCurrentIndex(STATUSES.index(theme.status))
        self.status.setToolTip(status_help()[theme.status])
        self._show_questions(tree)
        self.codes.show_codes(theme.codes, tree, is_read_only=is_read_only)
        passages = ngettext("{n} passage", "{n} passages", len(places)).format(n=len(places))
        self.passages_meta.setText(passages if places else "")
        self.none_yet.setVisible(not places)
        self._held.setVisible(bool(places))
        self.passages.show_rows(quotes_of(places), keep=is_same)
        self._lock(is_read_only)

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self._theme, self._kept, self._on_way = None, "", 0
        self.statement.show_text("")

    def _lock(self, is_read_only: bool) -> None:
        self.name.setReadOnly(is_read_only)
        self.statement.setReadOnly(is_read_only)
        self.passages.is_read_only = is_read_only
        self.status.setEnabled(not is_read_only)
        self.question.setEnabled(not is_read_only)
        self.delete_button.disable(_("The project was opened for reading only.") if is_read_only else "")

    def _show_questions(self, tree: CodeTree) -> None:
        asked = questions(tree)
        self.question.clear()
        self.question.addItem(_("None"), None)
        for code in asked:
            icon = current_theme().shape_icon(tree.shape(code), tree[code].colour, 12)
            self.question.addItem(icon, tree[code].name, code)
        at = asked.index(self._theme.question) + 1 if self._theme is not None and self._theme.question in asked else 0
        self.question.setCurrentIndex(at)

    # -- what the person does ----------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.saving.touch()

    def _keep(self) -> None:
        theme, statement = self.theme_id, self.statement.toPlainText()
        if theme is None or statement == self._kept:
            return
        self._kept = statement
        self._on_way += 1
        self._runner.do(
            lambda project: project.themes.state(theme, statement),
            partial(self._was_kept, theme),
            failed=partial(self._not_kept, theme),
        )

    def _was_kept(self, theme: ThemeId, _change: object) -> None:
        if self.theme_id == theme:
            self._on_way = max(0, self._on_way - 1)

    def _not_kept(self, theme: ThemeId) -> None:
        if self.theme_id == theme:
            self._on_way, self._kept = 0, ""

    def _rename(self) -> None:
        theme, name = self._theme, " ".join(self.name.text().split())
        if theme is None or self.name.isReadOnly():
            return
        if not name:
            self.name.setText(theme.name)
        elif name != theme.name:
            self.name.setText(theme.name)  # until the project says so: the name may be taken
            self._runner.do(lambda project: project.themes.rename(theme.id, name))

    def set_status(self, status: str) -> None:
        """Mark the theme that is shown."""
        if self._theme is not None and status != self._theme.status:
            self._do("set_status", status)

    def _set_question(self, at: int) -> None:
        code = self.question.itemData(at)
        if self._theme is not None and code != self._theme.question:
            self._do("set_question", None if code is None else CodeId(code))

    def _remove_passages(self, _cards: object) -> None:
        if self.passages.segments() and not self.passages.is_read_only:
            self._do("remove_passages", self.passages.segments())

    def _do(self, verb: str, value: object) -> None:
        """One act on the theme that is shown, told with Undo."""
        theme = self.theme_id
        if theme is not None:
            self._runner.do(lambda project: getattr(project.themes, verb)(theme, value), self._told)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))

    def _dress(self) -> None:
        theme = current_theme()
        self.name.setFont(theme.font("page_title"))
        self.name.setMaximumWidth(theme.px(WIDE))
        self.question.setMaximumWidth(theme.px(WIDE // 2))
        at = self.status.currentIndex()
        self.status.clear()
        for status in STATUSES:
            self.status.addItem(status_icon(status), status_words()[status])
        self.status.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.status.setCurrentIndex(max(0, at))


def status_icon(status: str) -> QIcon:
    """A status as a picture: a ring that is empty, half filled or full."""
    size = current_theme().px(12)
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    with smoothly(painter):
        paint_status(painter, QRectF(0, 0, size, size), status, current_theme().colour("text"))
    painter.end()
    return QIcon(pixmap)
