"""One part of the report: the author's words on it and on what it holds, its quotations, and how it will read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.memos.editor import Words
from cohesion_qda.ui.memos.holding import Roomy, Scrolled
from cohesion_qda.ui.report.drafting import Drafting
from cohesion_qda.ui.report.looking import Contents, PartLine, Spot
from cohesion_qda.ui.report.preview import Preview
from cohesion_qda.ui.report.quoting import QuoteBoard
from cohesion_qda.ui.report.tab import tab_names
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.report.blocks import Block

HIGH, WIDE = 150, 640  # pixels of the field, and of the choice over it
SUMMARY = "summary"
TABS = {"plan": "plan", "team": "team", "worksheets": "worksheets", "triangulation": "evidence", "issues": "issues"}
"""The tab on which a part is filled in."""


class PartPane(QWidget):
    """The right side of the tab while a part is chosen. What is typed is kept by itself."""

    say = Signal(str, bool)
    read = Signal(int, object)
    turn_to = Signal(str)  # the tab where a part's matter is
    switched = Signal(str, bool)  # key, whether it is to be in the report
    left = Signal()  # Escape

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._contents: Contents | None = None
        self._part: PartLine | None = None
        self._key, self._kept, self._on_way = "", "", 0  # of the words that are shown
        self.drafting = Drafting(runner, self)
        self.name = ElidedLabel("", "panel_title")
        self.shown = QCheckBox(_("In the report"))
        self.shown.clicked.connect(lambda on: self._part is not None and self.switched.emit(self._part.key, on))
        self.tab_link = LinkButton("", on_click=lambda: self.turn_to.emit(TABS[self._part.key] if self._part else ""))
        self.look_button = QuietButton(_("Preview"), "report", self.turn_over)
        self.spot = QComboBox()
        self.spot.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.spot.setMinimumContentsLength(20)
        self.spot.setAccessibleName(_("What your words are on"))
        self.spot.activated.connect(lambda _at: self._show_spot())
        self.words = Words(_("Your words"))
        self.words.setPlaceholderText(
            _("Your own words, put under the heading. They stay when the report is written again.")
        )
        self.words.textChanged.connect(self._typed)
        self.words.left.connect(self.left)
        self.insert_button = LinkButton(_("Add the numbers as sentences"), on_click=self.insert)
        self.quotes = QuoteBoard(runner, self.drafting)
        self.preview = Preview()
        self.saving = Autosave(self, runner, self.keep_words)
        self.saving.watch(self.words)
        self._pile = QStackedWidget()
        self._pile.addWidget(Scrolled(self._make_writing()))
        self._pile.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(self._pile, 1)
        self.quotes.say.connect(self.say)
        self.quotes.read.connect(self.read)
        self.drafting.ended.connect(lambda: self.look_button.disable(""))
        self._dress()
        current_theme().changed.connect(self._dress)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 24, 8)
        row.setSpacing(16)
        row.addWidget(self.name, 1)
        row.addWidget(self.tab_link)
        row.addWidget(self.shown)
        row.addWidget(self.look_button)
        return row

    def _make_writing(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 24)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        label = Label(_("Your words"), "panel_title")
        label.setBuddy(self.words)
        row.addWidget(label)
        row.addWidget(self.spot, 1)
        row.addStretch(1)
        row.addWidget(self.insert_button)
        column.addLayout(row)
        column.addWidget(Roomy(self.words, HIGH, is_fixed=True))
        column.addSpacing(8)
        column.addWidget(self.quotes, 1)
        column.addStretch(1)
        return inside

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_part(self, contents: Contents, key: str) -> None:
        """Show a part; the place inside it stays where it is there."""
        part = contents.part(key)
        if part is None:
            return
        is_other = self._part is None or self._part.key != key
        spot = self.spot.currentData()
        self._contents, self._part = contents, part
        self.name.setText(part.name)
        self.shown.setChecked(part.is_shown)
        self.shown.setEnabled(not contents.is_read_only)
        self.words.setReadOnly(contents.is_read_only)
        self.tab_link.setVisible(key in TABS)
        self.tab_link.setText(
            _("Fill it in on the tab “{name}”").format(name=tab_names()[TABS[key]]) if key in TABS else ""
        )
        self._fill_spots(part, "" if is_other else spot or "")
        if is_other:
            self._turn_to(0)
        self._show_spot()

    def _fill_spots(self, part: PartLine, current: str) -> None:
        self.spot.clear()
        self.spot.addItem(_("on the part as a whole"), part.key)
        for spot in part.spots:
            written = self._contents is not None and self._contents.words.get(spot.key, "").strip()
            name = _("{name} (your words)").format(name=spot.name) if written else spot.name
            self.spot.addItem("    " * spot.depth + name, spot.key)
        self.spot.setCurrentIndex(max(0, self.spot.findData(current)))
        self.spot.setVisible(bool(part.spots))

    def current_spot(self) -> Spot | None:
        """The place inside the part, None for the part as a whole."""
        key = self.spot.currentData()
        return next((spot for spot in self._part.spots if spot.key == key), None) if self._part is not None else None

    def _show_spot(self) -> None:
        if self._contents is None or self._part is None:
            return
        key, is_read_only = self.spot.currentData() or self._part.key, self._contents.is_read_only
        if key != self._key:
            self.keep_words()
            self._key, self._on_way = key, 0
            self._show_words(self._contents.words.get(key, ""))
        elif not self.is_busy:
            self._show_words(self._contents.words.get(key, ""))
        self.insert_button.setVisible(key == SUMMARY and not is_read_only)
        self.quotes.show_spot(self.current_spot(), is_read_only=is_read_only)

    def _show_words(self, words: str) -> None:
        self._kept = words
        if self.words.toPlainText().strip() != words.strip():
            self.words.show_text(words)

    @property
    def is_busy(self) -> bool:
        """Whether something typed is not in the project yet."""
        return self.saving.is_late or self._on_way > 0

    def forget(self) -> None:
        """Show nothing; what waits to be kept is not."""
        self.saving.forget()
        self.drafting.forget()
        self._contents = self._part = None
        self._key, self._kept, self._on_way = "", "", 0
        self.words.show_text("")
        self.preview.show_blocks(())
        self.quotes.show_spot(None, is_read_only=True)

    def changed(self, change: Change) -> None:
        """The project is another: what was drafted is no longer so."""
        self.drafting.forget()
        if self._pile.currentIndex() == 1:
            self._turn_to(0)

    # -- the author's words --------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self.saving.touch()

    def keep_words(self) -> None:
        """Keep what was typed."""
        self.saving.forget()
        key, words = self._key, self.words.toPlainText().strip()
        if not key or self._contents is None or self._contents.is_read_only or words == self._kept.strip():
            return
        self._kept = words
        self._on_way += 1
        verb = partial(_write, key, words)
        self._runner.do(verb, partial(self._was_kept, key), failed=partial(self._not_kept, key))

    def _was_kept(self, key: str, _change: object) -> None:
        if self._key == key:
            self._on_way = max(0, self._on_way - 1)

    def _not_kept(self, key: str) -> None:
        if self._key == key:
            self._on_way, self._kept = 0, ""

    def insert(self) -> None:
        """Put the sentences that the report offers for its summary after what is written."""
        self._draft(self._insert)

    # -- how it will read ----------------------------------------------------------------------------------------------

    def turn_over(self) -> None:
        """To how the part will read, or back to writing."""
        if self._pile.currentIndex() == 1:
            self._turn_to(0)
            self.words.setFocus()
        else:
            self.keep_words()
            self._draft(self._look)

    def _draft(self, then: Callable[[], None]) -> None:
        if self.drafting.data is None:
            self.look_button.disable(_("The preview is being made"))
        self.drafting.ask(then)

    def _look(self) -> None:
        if self._part is not None:
            self.drafting.blocks(self._part.key, partial(self._show_blocks, self._part.key))

    def _insert(self) -> None:
        from cohesion_qda.report.parts.summary import offered

        if self.drafting.data is not None and self._key == SUMMARY:
            old = self.words.toPlainText().strip()
            new = [said for said in offered(self.drafting.data) if said not in old]
            self.words.setPlainText("\n".join([*([old] if old else []), *new]))
            self.words.setFocus()

    def _show_blocks(self, key: str, blocks: tuple[Block, ...]) -> None:
        if self._part is not None and self._part.key == key:
            self.preview.show_blocks(blocks)
            self._turn_to(1)
            self.preview.setFocus()

    def _turn_to(self, at: int) -> None:
        self._pile.setCurrentIndex(at)
        self.look_button.setText(_("Back to writing") if at else _("Preview"))

    def _dress(self) -> None:
        self.spot.setMaximumWidth(current_theme().px(WIDE))


def _write(key: str, words: str, project):
    return project.reports.write_words(key, words)
