"""One question of a worksheet: its choices, fields and passages. What is typed is kept by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.frame import CHOICE, DATE, PASSAGES, Choice, Field, Item
from cohesion_qda.model.ids import WorksheetId
from cohesion_qda.model.worksheet import Filled
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.memos.editor import Words
from cohesion_qda.ui.memos.holding import Roomy
from cohesion_qda.ui.memos.quotes import QuoteList, quotes_of
from cohesion_qda.ui.report.linking import open_linking
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

HIGH, LIST, DAY = 96, 200, 200  # pixels: of a field of words, of the passages; how wide a day is


class AnswerPane(QWidget):
    """The right side of the tab. The fields are made anew for another question."""

    say = Signal(str, bool)
    read = Signal(int, object)
    left = Signal()  # Escape

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._found: Filled | None = None
        self._item: Item | None = None
        self._sheet = WorksheetId(0)
        self._is_read_only = True
        self._kept: dict[str, str] = {}
        self._on_way = 0  # answers that are not in the project yet
        self.radios: dict[str, QButtonGroup] = {}
        self.fields: dict[str, Words | QLineEdit] = {}
        self.passages: QuoteList | None = None
        self.saving = Autosave(self, runner, self.keep_words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 24)
        self._column.setSpacing(8)
        self._inside: QWidget | None = None

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_item(self, found: Filled, key: str, *, is_read_only: bool) -> None:
        """Show a question of a worksheet; what is being typed in it stays."""
        item = found.form.item(key)
        is_other = self._found is None or (found.worksheet.id, key) != (self._sheet, self._item and self._item.key)
        if is_other:
            self.keep_words()
        self._found, self._item, self._sheet, self._is_read_only = found, item, found.worksheet.id, is_read_only
        if is_other:
            self._make(found, item)
            self._on_way = 0  # what is on its way is of other fields
        self._fill(found, item)

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self._found = self._item = None
        self._kept, self._on_way = {}, 0
        self._clear()

    def _clear(self) -> None:
        self.radios, self.fields, self.passages = {}, {}, None
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None

    def _make(self, found: Filled, item: Item) -> None:
        self._clear()
        self._kept = {}
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for words, role, tone in (
            (item.question.said, "panel_title", ""), (item.help.said, "interface", "text2"), (item.where, "meta", "text2"),
        ):  # fmt: skip
            if words:
                column.addWidget(_wrapped(words, role, tone))
        for field in found.form.fields_of(item):
            column.addSpacing(12)
            self._make_field(column, field)
        column.addStretch(1)
        self._column.addWidget(self._inside, 1)
        self._inside.show()  # at once: it may be given the focus before the layout shows it

    def _make_field(self, column: QVBoxLayout, field: Field) -> None:
        label = Label(field.name.said, "interface_strong")
        if field.kind == PASSAGES:
            self._make_passages(column, label)
        elif field.kind == CHOICE:
            column.addWidget(label)
            self._make_choices(column, field)
        else:
            made = QLineEdit() if field.kind == DATE else Words(field.name.said)
            made.setAccessibleName(field.name.said)
            made.textChanged.connect(lambda *_new: self.saving.touch())
            self.saving.watch(made)
            self.fields[field.key] = made
            label.setBuddy(made)
            column.addWidget(label)
            if isinstance(made, QLineEdit):
                made.setPlaceholderText(_("2020-01-30, or 2020-01, or 2020"))
                made.setFixedWidth(current_theme().px(DAY))
                made.returnPressed.connect(self.keep_words)
                column.addWidget(made)
            else:
                made.left.connect(self.left)
                column.addWidget(Roomy(made, HIGH, is_fixed=True))

    def _make_choices(self, column: QVBoxLayout, field: Field) -> None:
        group = self.radios[field.key] = QButtonGroup(self._inside)
        for n, choice in enumerate(field.choices, 1):
            radio = QRadioButton(_("{n}  {name}").format(n=n, name=choice.name.said).replace("&", "&&"))
            radio.setAccessibleName(choice.name.said)
            radio.setAccessibleDescription(choice.help.said)
            radio.clicked.connect(partial(self._choose, field, choice))
            group.addButton(radio, n)
            column.addWidget(radio)
            if choice.help.said:
                about = _wrapped(choice.help.said, "meta", "text2")
                about.setContentsMargins(28, 0, 0, 4)
                column.addWidget(about)

    def _make_passages(self, column: QVBoxLayout, label: Label) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(label)
        row.addStretch(1)
        self.unlink_button = LinkButton(_("Unlink"), on_click=self.unlink)
        self.link_button = QuietButton(_("Link passages…"), "plus", self.link)
        row.addWidget(self.unlink_button)
        row.addWidget(self.link_button)
        column.addLayout(row)
        self.hint = _wrapped(
            _("None linked yet. Link coded passages here, or any words from Read & code with Z."), "interface", "text2"
        )
        self.passages = QuoteList(_("Passages linked to the question"), _("Unlink it from the question"))
        self.passages.setMinimumHeight(current_theme().px(LIST))
        self.passages.read.connect(lambda card: self.read.emit(card.source, card.span))
        self.passages.removal.connect(lambda _cards: self.unlink())
        self.passages.left.connect(self.left)
        column.addWidget(self.hint)
        column.addWidget(self.passages, 1)

    def _fill(self, found: Filled, item: Item) -> None:
        for field in found.form.fields_of(item):
            value = found.worksheet.value(item, field)
            if field.kind == PASSAGES:
                self._fill_passages(found, item)
            elif field.kind == CHOICE:
                self._tick(field, value)
            else:
                self._show_words(field, value)

    def _tick(self, field: Field, value: str) -> None:
        group = self.radios[field.key]
        group.setExclusive(False)
        for n, choice in enumerate(field.choices, 1):
            group.button(n).setChecked(choice.key == value)
            group.button(n).setEnabled(not self._is_read_only)
        group.setExclusive(True)

    def _show_words(self, field: Field, value: str) -> None:
        made = self.fields[field.key]
        made.setReadOnly(self._is_read_only)
        if self.saving.is_late or self._on_way:  # what is read is older than what was typed
            return
        self._kept[field.key] = value
        if isinstance(made, Words):
            if made.toPlainText().strip() != value.strip():
                made.show_text(value)
        elif made.text().strip() != value:
            made.setText(value)
        self.saving.forget()

    def _fill_passages(self, found: Filled, item: Item) -> None:
        assert self.passages is not None
        linked = set(found.worksheet.linked(item))
        quotes = quotes_of(place for id_, place in found.places.items() if id_ in linked)
        self.passages.show_rows(quotes, keep=True)
        self.passages.is_read_only = self._is_read_only
        self.passages.setVisible(bool(quotes))
        self.hint.setVisible(not quotes)
        self.unlink_button.setVisible(bool(quotes) and not self._is_read_only)
        self.link_button.setVisible(not self._is_read_only)

    # -- answering -----------------------------------------------------------------------------------------------------

    def choose(self, n: int) -> None:
        """Make the choice of that number, from 1, in the first field that has some; 0 takes it back."""
        if self._found is None or self._item is None or self._is_read_only:
            return
        field = next((each for each in self._found.form.fields_of(self._item) if each.kind == CHOICE), None)
        if field is not None and n <= len(field.choices):
            self._answer(field.key, field.choices[n - 1].key if n else "")

    def _choose(self, field: Field, choice: Choice) -> None:
        self._answer(field.key, choice.key)

    def keep_words(self) -> None:
        """Keep what was typed."""
        self.saving.forget()
        if self._item is None or self._is_read_only:
            return
        for key, made in self.fields.items():
            words = self._text(made)
            if words != self._kept.get(key, "").strip():
                self._kept[key] = words
                self._answer(key, words)

    @staticmethod
    def _text(made: Words | QLineEdit) -> str:
        return (made.toPlainText() if isinstance(made, Words) else made.text()).strip()

    def _answer(self, key: str, value: str) -> None:
        assert self._item is not None
        sheet, item = self._sheet, self._item.key
        self._on_way += 1
        verb = partial(_answer, sheet, item, key, value)
        self._runner.do(verb, self._was_kept, failed=self._again)

    def _was_kept(self, _change: Change) -> None:
        self._on_way = max(0, self._on_way - 1)

    def _again(self) -> None:
        """What could not be kept: show what is."""
        self._on_way = 0
        if self._found is not None and self._item is not None:
            self._kept = {}
            self.saving.forget()
            self._fill(self._found, self._item)

    def link(self) -> None:
        """Choose passages from a list."""
        if self._found is not None and self._item is not None and not self._is_read_only:
            open_linking(self._runner, self._found, self._item.key, self, self._told)

    def unlink(self) -> None:
        """Take the current passages away."""
        if self.passages is None or self._item is None or self._is_read_only:
            return
        segments, sheet, item = self.passages.segments(), self._sheet, self._item.key
        if segments:
            self._runner.do(lambda project: project.worksheets.unlink(sheet, item, segments), self._told)

    def first(self) -> QWidget:
        """Where the focus goes when the answer is entered."""
        for group in self.radios.values():
            return group.checkedButton() or group.buttons()[0]
        return next(iter(self.fields.values()), None) or self.passages or self

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def _answer(sheet: WorksheetId, item: str, key: str, value: str, project: Project) -> Change:
    return project.worksheets.answer(sheet, item, key, value)


def _wrapped(words: str, role: str, tone: str) -> Label:
    label = Label(words, role, tone)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
