"""The word cloud of some talk, the ranked bars it stands for, and the lines of the word that is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.cloud import BY, COLOURS, Cloud, CloudWish
from cohesion_qda.model.selection import Selection
from cohesion_qda.ui.compare.figure import FigureView, inches_for
from cohesion_qda.ui.page import COUNTED, own_action
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.suggest.assistant import assistant_of
from cohesion_qda.ui.suggest.cloud_taking import CloudTaking
from cohesion_qda.ui.suggest.lines import HIGH, LinesPanel
from cohesion_qda.ui.suggest.selecting import Offering, SelectionBar, offering_of, still_there
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import EmptyState, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.model.answer import Key
    from cohesion_qda.model.change import Change
    from cohesion_qda.project import Project
    from cohesion_qda.project.clouds import CloudQuestion
    from cohesion_qda.report.drawing import Drawing
    from cohesion_qda.report.wordclouds import Drawn
    from cohesion_qda.ui.runner import Runner

MOST = 1160  # pixels of a cloud's width
STEP = 32  # pixels by which the room has to change before it is laid out anew
UNDER = 170  # pixels that head and notes take
ZOOM = 1.2  # so that the notes of a drawing are 12 pixels high
SMALLEST = 7.5  # points of the smallest word: 12 pixels
NUMBERS = (25, 50, 100, 150, 200)
TOUCHING = (*COUNTED, "project_setting", "wording")


def by_words(by: str) -> str:
    """What the size of a word stands for."""
    return {
        "participants": _("Size: participants"), "groups": _("Size: groups"), "mentions": _("Size: times said"),
        "keyness": _("Size: keyness"),
    }[by]  # fmt: skip


def colour_words(colours: str) -> str:
    """What the colour of a word stands for."""
    return {
        "plain": _("One colour"), "code": _("Colour: code"), "question": _("Colour: question"),
    }[colours]  # fmt: skip


class CloudTab(Tab):
    """A cloud at the top, and under it, once a word is chosen, its lines."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._assistant = assistant_of(runner)
        self.wish = CloudWish()
        self.cloud: Cloud | None = None
        self._offering = Offering()
        self._about: CloudQuestion | None = None
        self._job: Any = None
        self._has_started = False
        self.shows_bars = False  # the ranked bars, in the place of the cloud
        self._takes_focus = False
        self._laid = (0, 0)
        self._number = 0
        self.taking = CloudTaking(runner, self.say.emit, self)
        self._make_bar()
        self._make_figure()
        self.panel = LinesPanel(runner)
        self.panel.hide()
        self.panel.read.connect(self.read)
        self.panel.say.connect(self.say)
        self.panel.left.connect(self._close_panel)
        self.empty = EmptyState("", "", self._press)
        self._make_layout()
        self._later = QTimer(self, singleShot=True, interval=runner.rest)
        self._later.timeout.connect(self._lay_out)
        self._anew = QTimer(self, singleShot=True, interval=2 * runner.rest)
        self._anew.timeout.connect(self.start)
        own_action(self, _("Show the cloud or its bars"), "B", self._flip)
        current_theme().changed.connect(self._again)
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)
        self._say()

    # -- making ----------------------------------------------------------------------------------------------------------

    def _make_bar(self) -> None:
        self.bar = SelectionBar(_("Of"), _("All talk"))
        self.bar.wanted.connect(self.choose)
        self.by = self._box(_("What the size of a word stands for"), [(by_words(by), by) for by in BY])
        self.colours = self._box(_("What the colour of a word stands for"), [(colour_words(c), c) for c in COLOURS])
        numbers = [(_("{n} words").format(n=n), n) for n in NUMBERS]
        self.number = self._box(_("How many words"), numbers)
        self.phrases = QCheckBox(_("Phrases"))
        self.phrases.setChecked(True)
        self._show_wish()
        for box in (self.by, self.colours, self.number):
            box.currentIndexChanged.connect(self._chosen)
        self.phrases.toggled.connect(self._chosen)
        self.other = LinkButton("", on_click=self._flip)
        self.save_button = QuietButton(_("Save as…"), "export", self._open_saving)
        self.copy_button = QuietButton(_("Copy picture"), "copy", self._copy)

    @staticmethod
    def _box(name: str, items: list[tuple[str, Any]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        for words, value in items:
            box.addItem(words, value)
        return box

    def _make_figure(self) -> None:
        self.figure = FigureView()
        self.figure.zoom = ZOOM
        self.figure.opened.connect(lambda key, _part, _said: self._open_word(key))
        self.figure.left.connect(self._close_panel)
        inside = QWidget()
        inside.setProperty("surface", "paper")
        around = QVBoxLayout(inside)
        around.setContentsMargins(24, 16, 24, 16)
        around.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(1)
        self.board = QScrollArea()
        self.board.setWidget(inside)
        self.board.setWidgetResizable(True)
        self.board.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _make_layout(self) -> None:
        bar = QWidget()
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setProperty("surface", "bg")
        bar.setProperty("edge", "bottom")
        rows = QVBoxLayout(bar)
        rows.setContentsMargins(24, 8, 24, 8)
        rows.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.bar, 1)
        top.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(top)
        flow = FlowLayout()
        for part in (self.by, self.colours, self.number, self.phrases):
            flow.addWidget(part)
        rows.addLayout(flow)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.board)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.split, 1)
        self.pile = QStackedWidget()
        self.pile.addWidget(full)
        self.pile.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(bar)
        outer.addWidget(self.pile, 1)

    # -- what the page asks ----------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        main: QWidget = self.figure if self.cloud is not None and self.cloud.words else self.empty.button
        panel = self.panel.areas() if not self.panel.isHidden() else []
        return [main, self.bar, self.by, *panel]

    def hints(self) -> list[tuple[str, str]]:
        if not self.panel.isHidden():
            return [
                (_("Space"), _("tick a line")),
                (_("Enter"), _("read in context")),
                (_("Esc"), _("back to the cloud")),
            ]
        return [(_("Arrows"), _("word by word")), (_("Enter"), _("its lines")), (_("B"), _("cloud or bars"))]

    def header_actions(self) -> list[QWidget]:
        return [self.copy_button, self.save_button]

    @property
    def is_working(self) -> bool:
        return self._job is not None and not self._job.is_answered

    def refresh(self) -> None:
        only = self.runner.only_coder
        self.runner.ask(lambda project: offering_of(project, only), self._offered, key=(self, "offer"))
        if self._has_started and self.cloud is None and not self.is_working:
            self.start()

    def on_change(self, change: Change) -> None:
        if change.touches(*TOUCHING):
            self.refresh()
            if self._has_started:
                self._anew.start()

    def take(self, what: object) -> None:
        """Show the cloud of a selection, or the lines of a word in one: (word, selection)."""
        if isinstance(what, Selection):
            self.choose(what)
        elif isinstance(what, tuple):
            word, selection = what
            self.choose(selection)
            self.show_lines(word)

    def forget(self, _info: object = None) -> None:
        self.cancel()
        self.wish, self.cloud, self._about, self._has_started = (
            replace(self.wish, selection=Selection()),
            None,
            None,
            False,
        )
        self._offering = Offering()
        self.panel.clear()
        self._close_panel()
        self.figure.show_drawing(None)
        self.bar.show_selection(self.wish.selection, self._offering)
        self._say()

    def forget_codings(self) -> None:
        """What was counted of others' codings goes."""
        if self.wish.selection.codes or self.wish.colours != "plain":
            self.cancel()
            self.cloud = None
            self.panel.clear()
            self._close_panel()
            self.figure.show_drawing(None)
            self._say()

    # -- choosing --------------------------------------------------------------------------------------------------------

    def choose(self, selection: Selection) -> None:
        """Look at this selection."""
        self.wish = replace(self.wish, selection=selection)
        self.bar.show_selection(selection, self._offering)
        self._close_panel()
        self.start()

    def _offered(self, offering: Offering) -> None:
        self._offering = offering
        selection = still_there(self.wish.selection, offering)
        if selection != self.wish.selection:
            self.wish = replace(self.wish, selection=selection)
            if self._has_started:
                self._anew.start()
        self.bar.show_selection(selection, offering)

    def _show_wish(self) -> None:
        for box, value in ((self.by, self.wish.by), (self.colours, self.wish.colours), (self.number, self.wish.number)):
            box.setCurrentIndex(max(0, box.findData(value)))

    def _chosen(self, _value: object = None) -> None:
        self.wish = replace(
            self.wish, by=self.by.currentData(), colours=self.colours.currentData(), number=self.number.currentData(),
            phrases=self.phrases.isChecked(),
        )  # fmt: skip
        if self._has_started:
            self.start()

    # -- computing -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        from cohesion_qda.analysis import worker

        self._anew.stop()
        self._has_started = True
        wish = self.wish
        told: list[CloudQuestion] = []

        def question(project: Project) -> tuple[Any, ...]:
            asked = project.clouds.question(wish)
            told.append(asked)
            return wish, asked.places, asked.families

        self._job = self._assistant.ask(
            _("Counting words"), worker.cloud, question, lambda made: self._counted(told[-1].told(made)),
            stopped=self._stopped, quick=True, key=(self, "cloud"),
        )  # fmt: skip
        self._say()

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
        self._say()

    def _stopped(self) -> None:
        self._job = None
        self._say()

    def _counted(self, made: Cloud) -> None:
        self._job = None
        self.cloud = made
        self._lay_out()
        self._say()
        if not self.panel.isHidden():
            self.panel.refresh()

    def _press(self) -> None:
        if self.is_working:
            self.cancel()
        else:
            self._takes_focus = True
            self.start()

    # -- showing ---------------------------------------------------------------------------------------------------------

    def _say(self) -> None:
        """The cloud, or the one sentence in its place."""
        made = self.cloud
        self.empty.button.show()
        self.other.setText(_("Show the word cloud") if self.shows_bars else _("Show the ranked bars"))
        self.other.setVisible(made is not None and bool(made.words))
        if made is not None and made.words:
            self.pile.setCurrentIndex(0)
        elif self.is_working:
            self.empty.set_sentence(_("Reading all transcripts. You can go on working elsewhere meanwhile."))
            self.empty.button.setText(_("Cancel"))
            self.pile.setCurrentIndex(1)
        else:
            self._say_nothing(made)
        for button in (self.save_button, self.copy_button):
            button.disable("" if made is not None and made.words else _("There is no cloud yet"))
        self.changed_count.emit()

    def _say_nothing(self, made: Cloud | None) -> None:
        self.pile.setCurrentIndex(1)
        if made is None:
            self.empty.set_sentence(
                _("A word cloud shows what most people said: each word as large as the number of participants who said it. "
                  "Beside it stand its ranked bars, and every word opens its lines.")
            )  # fmt: skip
            self.empty.button.setText(_("Draw the cloud"))
            return
        from cohesion_qda.report.cloudwords import why

        self.empty.set_sentence(why(made))
        self.empty.button.hide()

    def _copy(self) -> None:
        if self.figure.drawing is not None:
            self.taking.copy(self.figure.drawing)

    def _open_saving(self) -> None:
        if self.cloud is not None:
            menu = self.taking.menu(self.cloud, self.shows_bars)
            menu.popup(self.save_button.mapToGlobal(self.save_button.rect().bottomLeft()))

    def _flip(self) -> None:
        self.shows_bars = not self.shows_bars
        self._say()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self._room()
        if abs(wide - self._laid[0]) >= STEP or abs(high - self._laid[1]) >= 2 * STEP:
            self._later.start()

    def _again(self) -> None:
        self._laid = (0, 0)
        self._later.start()

    def _room(self) -> tuple[int, int]:
        """Pixels that a cloud may take: as wide as the board, as high as it is without the lines under it."""
        theme = current_theme()
        wide = min(self.width() - 48 - self.board.verticalScrollBar().sizeHint().width(), theme.px(MOST))
        high = self.pile.height() - theme.px(UNDER)
        return max(320, wide), max(200, high)

    def _lay_out(self) -> None:
        """Lay the cloud out in the other process, as large as there is room; or its bars, here."""
        made = self.cloud
        if made is None or not made.words:
            return
        self._laid = self._room()
        width, height = inches_for(self._laid[0]) / ZOOM, inches_for(self._laid[1]) / ZOOM
        self._number += 1
        number = self._number
        if self.shows_bars:
            from cohesion_qda.report import wordclouds

            self._drawn(wordclouds.bars(made, min(width, 8.5)))
            return
        self._layout(
            _("Laying the cloud out"),
            (made, width, min(height, 0.6 * width), SMALLEST),
            lambda drawn: self._arrived(number, drawn),
        )

    def _layout(self, title: str, args: tuple[Any, ...], then: Any) -> None:
        from cohesion_qda.report import wordclouds

        analyst = self.runner.analyst("quick")

        def task(job: Job) -> Drawn:
            return wordclouds.cloud(*args) if analyst is None else analyst.call(wordclouds.cloud, args, job)

        self.runner.work(title, task, then, pool="quick")

    def _arrived(self, number: int, drawn: Drawn) -> None:
        if number == self._number:
            self._drawn(drawn.drawing)

    def _drawn(self, drawing: Drawing) -> None:
        self.figure.show_drawing(drawing)
        if self._takes_focus and self.isVisible():
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)
        self._takes_focus = False

    # -- a word ----------------------------------------------------------------------------------------------------------

    def _open_word(self, key: Key) -> None:
        self.show_lines(str(key[1]))

    def show_lines(self, word: str) -> None:
        """Open the lines of a word under the cloud."""
        if self.panel.isHidden():
            self.panel.show()
            high = max(current_theme().px(HIGH), round(0.45 * self.split.height()))
            self.split.setSizes([max(120, self.split.height() - high), high])
            QTimer.singleShot(0, self, lambda: self._bring_into_view(word))
        self.panel.show_word(word, self.wish.selection)
        self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hints_changed.emit()

    def _bring_into_view(self, word: str) -> None:
        """The word whose lines are open stays in sight over them."""
        spot = next((spot for spot in self.figure.spots if spot.key == ("word", word)), None)
        if spot is not None:
            middle = self.figure.mapTo(self.board.widget(), self.figure.place_of(spot).center().toPoint())
            self.board.ensureVisible(middle.x(), middle.y(), 40, 60)

    def _close_panel(self) -> None:
        if not self.panel.isHidden():
            self.panel.hide()
            self.figure.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hints_changed.emit()
