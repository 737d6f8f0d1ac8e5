"""A word in its lines: the concordance, what follows it and goes before it as trees, what is said near it; its lines can be coded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.extent import EXTENTS
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.ui.compare.figure import FigureView, inches_for
from cohesion_qda.ui.page import own_action
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.search.kwic import KwicList
from cohesion_qda.ui.search.rows import Entry
from cohesion_qda.ui.search.words import extent_words
from cohesion_qda.ui.suggest.assistant import assistant_of
from cohesion_qda.ui.suggest.word_menu import word_menu
from cohesion_qda.ui.tabs import TabStrip
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, PlainButton, PrimaryButton

if TYPE_CHECKING:
    from cohesion_qda.analysis.collocations import Concordance
    from cohesion_qda.model.answer import Key
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.finding import Hit
    from cohesion_qda.project import Project

HIGH = 308
VIEWS = ("lines", "after", "before", "near")
NARROW = 4.0  # inches: the least a tree is laid out for


def view_words(view: str) -> str:
    """The words on a tab of the panel."""
    return {
        "lines": _("Lines"), "after": _("What follows"), "before": _("What goes before"), "near": _("Said near it"),
    }[view]  # fmt: skip


def order_words(order: str) -> str:
    """In what order the lines are."""
    return {
        "transcript": _("As in the transcripts"), "after": _("By what follows"), "before": _("By what goes before"),
    }[order]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the project knows of the lines that were found."""

    hits: dict[int, Hit]
    tree: CodeTree
    mentions: dict[CodeId, int]


class LinesPanel(QFrame):
    """`show_word` opens it on a word; it closes by its button, and by Escape."""

    read = Signal(int, object)  # source id, Span: read it in context
    say = Signal(str, bool)
    left = Signal()  # Escape, or closed: the focus goes back to where the word was chosen

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setAccessibleName(_("A word in its lines"))
        self._runner, self._assistant = runner, assistant_of(runner)
        self.word, self.selection = "", ALL
        self.found: Concordance | None = None
        self._known = _Lines({}, CodeTree(), {})
        self._only: frozenset[int] | None = None  # the lines of a branch, while only they are shown
        self._make_head()
        self._make_pile()
        self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.strip)
        column.addLayout(self._narrowed)
        column.addWidget(self.pile, 1)
        column.addWidget(self.foot)
        own_action(self, _("Close the lines"), "Escape", self.close_panel)
        self._turn(0)
        self._show()

    # -- making ----------------------------------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.title = ElidedLabel("", "panel_title")
        self.meta = ElidedLabel("", "meta", "text2")
        self.about_word = PlainButton(_("This word…"), "chevron", self._open_menu)
        self.about_word.setToolTip(_("Leave it out of everything that is counted, or count it as one with others"))
        self.close_button = PlainButton(_("Close"), "close", self.close_panel)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(24, 6, 16, 0)
        self._head.setSpacing(16)
        self._head.addWidget(self.title)
        self._head.addWidget(self.meta, 1)
        self._head.addWidget(self.about_word)
        self._head.addWidget(self.close_button)
        self.strip = TabStrip(_("What is shown of the word"), tuple(view_words(view) for view in VIEWS))
        self.strip.tabs.currentChanged.connect(self._turn)
        self.order = QComboBox()
        self.order.setAccessibleName(_("Order of the lines"))
        for order in ("transcript", "after", "before"):
            self.order.addItem(order_words(order), order)
        self.order.currentIndexChanged.connect(lambda _n: self._fill())

    def _make_pile(self) -> None:
        self.list = KwicList(_("Lines"))
        self.list.read.connect(lambda entry: self.read.emit(entry.hit.source, entry.hit.span))
        self.list.left.connect(self.close_panel)
        self.list.rows.ticked.connect(self._say_ticked)
        self.list.all_wanted.connect(lambda: self.list.rows.tick_all(True))
        self.figure = FigureView()
        self.figure.opened.connect(lambda key, _part, said: self._narrow(key, said))
        self.figure.left.connect(self.close_panel)
        inside = QWidget()
        inside.setProperty("surface", "paper")
        around = QVBoxLayout(inside)
        around.setContentsMargins(24, 12, 24, 12)
        around.addWidget(self.figure)
        around.addStretch(1)
        self.board = QScrollArea()
        self.board.setWidget(inside)
        self.board.setWidgetResizable(True)
        self.board.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = Label("", "quote", "text2")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(24, 16, 24, 16)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pile = QStackedWidget()
        for part in (self.list, self.board, self.nothing):
            self.pile.addWidget(part)
        self.narrowed = Label("", "meta", "text2")
        self.all_lines = LinkButton(_("Show all lines"), on_click=self._widen)
        self._narrowed = QHBoxLayout()
        self._narrowed.setContentsMargins(24, 4, 24, 0)
        self._narrowed.addWidget(self.narrowed)
        self._narrowed.addWidget(self.all_lines)
        self._narrowed.addStretch(1)

    def _make_foot(self) -> None:
        self.popup = CodePopup(self)
        self.popup.chosen.connect(lambda code: self._code(CodeId(code)))
        self.code_button = PrimaryButton(_("Code the ticked lines…"), "plus", self._open_codes)
        self.extent = QComboBox()
        self.extent.setAccessibleName(_("How much of each line is coded"))
        for extent in EXTENTS:
            self.extent.addItem(extent_words(extent), extent)
        self.extent.setCurrentIndex(EXTENTS.index("sentence"))
        self.ticked = Label("", "meta", "text2")
        self.tick_all = LinkButton(_("Tick all"), on_click=lambda: self.list.rows.tick_all(True))
        self.tick_none = LinkButton(_("Tick none"), on_click=lambda: self.list.rows.tick_all(False))
        self.foot = QFrame()
        self.foot.setProperty("surface", "paper")
        self.foot.setProperty("edge", "top")
        flow = FlowLayout(self.foot)
        flow.setContentsMargins(24, 6, 24, 6)
        for part in (self.code_button, self.extent, self.order, self.ticked, self.tick_all, self.tick_none):
            flow.addWidget(part)

    def sizeHint(self) -> QSize:
        return QSize(800, current_theme().px(HIGH))

    # -- a word ----------------------------------------------------------------------------------------------------------

    def show_word(self, word: str, selection: Selection = ALL) -> None:
        """Find the lines of a word (a term as it is shown, or as it is typed) in a selection, and show them."""
        is_other = (word, selection) != (self.word, self.selection)
        self.word, self.selection = word, selection
        if is_other:
            self.found, self._only = None, None
            self._known = _Lines({}, self._known.tree, self._known.mentions)
            self.strip.tabs.setCurrentIndex(0)
        self._show()

        def question(project: Project) -> tuple[str, object]:
            return word, project.key_terms.places(selection)

        from cohesion_qda.analysis import worker

        self._assistant.ask(
            _("Finding the lines"), worker.concordance, question, self._arrived, quick=True, key=(self, "lines")
        )

    def refresh(self) -> None:
        """Find the lines again: the study has changed."""
        if self.word:
            self.show_word(self.word, self.selection)

    def clear(self) -> None:
        """Show no word."""
        self.word, self.found, self._only = "", None, None
        self._known = _Lines({}, CodeTree(), {})
        self._show()

    def close_panel(self) -> None:
        """Close it."""
        self.left.emit()

    def menu(self) -> QMenu:
        """What can be done with the word itself."""
        word = self.found.lines.word if self.found is not None else self.word
        return word_menu(self._runner, word, self.say.emit, self)

    def _open_menu(self) -> None:
        self.menu().popup(self.about_word.mapToGlobal(self.about_word.rect().bottomLeft()))

    def areas(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self.strip.tabs, self.list if self._view() == "lines" else self.figure, self.code_button]

    def _arrived(self, found: Concordance) -> None:
        if not self.word:
            return
        if self.found is not None and found.lines != self.found.lines:
            self._only = None  # other lines have those numbers now
        self.found = found

        def known(project: Project) -> _Lines:
            mentions = {code: each.branch.mentions for code, each in project.codebook.counts().items()}
            return _Lines(project.clouds.hits(found), project.codebook.tree(), mentions)

        self._runner.ask(known, self._knows, key=(self, "hits"))

    def _knows(self, known: _Lines) -> None:
        self._known = known
        self._show()

    # -- showing ---------------------------------------------------------------------------------------------------------

    def _view(self) -> str:
        return VIEWS[max(0, self.strip.tabs.currentIndex())]

    def _turn(self, _at: int) -> None:
        self._show()

    def _show(self) -> None:
        """Show what is known of the word."""
        self.title.setText(_("“{word}”").format(word=self.found.lines.word if self.found else self.word))
        self.meta.setText(self._counted())
        self.about_word.setVisible(self.found is not None and self.found.lines.is_term)
        view = self._view()
        self.foot.setVisible(view == "lines")
        is_narrow = self._only is not None and view == "lines"
        self.narrowed.setVisible(is_narrow)
        self.all_lines.setVisible(is_narrow)
        if self.found is None:
            self._say_nothing(_("Looking through all that was said …") if self.word else "")
        elif not self.found.lines.lines:
            self._say_nothing(_("Nobody says it here."))
        elif view == "lines":
            self._fill()
        else:
            self._draw(view)

    def _counted(self) -> str:
        if self.found is None:
            return ""
        from cohesion_qda.report.words import how_widely

        return how_widely(self.found.lines.count, self.found.lines.base)

    def _say_nothing(self, words: str) -> None:
        self.nothing.setText(words)
        self.list.rows.show([])
        self.foot.hide()
        self.pile.setCurrentWidget(self.nothing)

    def _fill(self) -> None:
        """The lines in their order, all or those of one branch."""
        if self.found is None:
            return
        from cohesion_qda.analysis.lines import ordered

        hits, order = self._known.hits, str(self.order.currentData())
        beside = [
            (hit.before, hit.after) if (hit := hits.get(n)) else ("", "") for n in range(len(self.found.lines.lines))
        ]
        shown = [
            n for n in ordered(self.found.lines, beside, order) if n in hits and (self._only is None or n in self._only)
        ]
        self.list.rows.has_titles = order == "transcript"
        ticked = [entry.key for entry in self.list.rows.ticked_entries()]
        self.list.rows.show([Entry(hits[n], hits[n].span) for n in shown], ticked=ticked)
        self.pile.setCurrentWidget(self.list)
        self._say_ticked()

    def _draw(self, view: str) -> None:
        """A tree, or what is said near the word: laid out here, since it takes a few milliseconds."""
        from cohesion_qda.report import wordtrees

        assert self.found is not None
        width = max(NARROW, inches_for(max(1, self.pile.width() - 72)))
        try:
            drawing = (
                wordtrees.near(self.found, min(width, 9.0), head=False)
                if view == "near"
                else wordtrees.tree(self.found, view, width, head=False)
            )
        except UserError as error:
            self._say_nothing(error.message)
            return
        self.figure.show_drawing(drawing)
        self.pile.setCurrentWidget(self.board)

    def _narrow(self, key: Key, said: str) -> None:
        """Show only the lines of a branch, or those with something near."""
        from cohesion_qda.report import wordtrees

        if self.found is None:
            return
        places = wordtrees.places(self.found, key)
        self._only = frozenset(places) if len(places) < len(self.found.lines.lines) else None
        some = ngettext("{n} of {all} line: {which}.", "{n} of {all} lines: {which}.", len(self.found.lines.lines))
        self.narrowed.setText(some.format(n=len(places), all=len(self.found.lines.lines), which=said))
        self.strip.tabs.setCurrentIndex(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _widen(self) -> None:
        self._only = None
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- coding ----------------------------------------------------------------------------------------------------------

    def _say_ticked(self) -> None:
        rows = self.list.rows
        said = ngettext("{n} of {all} line ticked", "{n} of {all} lines ticked", rows.number)
        self.ticked.setText(said.format(n=rows.number_ticked, all=rows.number))
        for link in (self.tick_all, self.tick_none):
            link.setVisible(rows.number > 1)
        self.code_button.disable("" if rows.number_ticked else _("Tick the lines that fit first: Space ticks one"))

    def _open_codes(self) -> None:
        self.popup.open_under(self.code_button, self._known.tree, self._known.mentions, None, to_code_with=True)

    def _code(self, code: CodeId) -> None:
        places = [entry.key for entry in self.list.rows.ticked_entries()]
        extent, word, of = (
            str(self.extent.currentData()),
            self.word,
            self.found.contents if self.found is not None else {},
        )
        self._runner.do(
            lambda project: project.autocode.apply(places, code, extent=extent, query=word, of=of), self._coded
        )

    def _coded(self, change: Change) -> None:
        self.list.rows.tick_all(False)
        self.say.emit(change.said or _("Coded so already"), not change.is_empty)

    def shown(self) -> Collection[Entry]:
        """The lines that are shown."""
        return self.list.rows.entries()
