"""Which question is answered where in one source: each can be moved to another turn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QStringListModel, Qt
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

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import QuestionId, SectionId
from cohesion_qda.model.section import GuideQuestion, place_of
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.guide_dialog import fit
from cohesion_qda.ui.sources.heading_dialog import HeadingDialog
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

FIRST_WORDS = 60  # code points of a turn that are shown


class Begin(NamedTuple):
    """A row: what is answered, and with which of the places (None: nowhere) its section begins."""

    title: str
    question: QuestionId | None
    section: SectionId | None
    place: int | None


class SectionsDialog(QDialog):
    """Every choice is one undoable act, made at once; there is nothing to confirm."""

    def __init__(
        self, runner: Runner, reading: Reading, questions: Sequence[GuideQuestion], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle(reading.source.name)
        self.table = QTableWidget(0, 2)
        self.told = Label("", "meta", "text2")
        self.told.setWordWrap(True)
        self._places: list[Span] = []
        self._entries = QStringListModel(self)
        self._build(reading.source.name)
        self.show_reading(reading, questions)
        runner.changed.connect(self._changed)

    def show_reading(self, reading: Reading, questions: Sequence[GuideQuestion]) -> None:
        """Show the sections of a source as they are now."""
        self._reading, self._questions = reading, questions
        self._places, entries = places_of(reading)
        self._entries.setStringList([_("not asked here"), *entries])
        self.rows = begins_of(reading, questions, self._places)
        found = sum(1 for row in self.rows if row.question is not None and row.place is not None)
        asked = {row.question for row in self.rows if row.question is not None and row.place is not None}
        self.told.setText(
            _("{n} of {all} questions are asked here, in {found} places.").format(
                n=len(asked), all=len(questions), found=found
            )
            if questions
            else _("The project has no moderator’s guide yet. Give its questions with File ▸ Moderator’s guide, or add a heading of your own.")
        )  # fmt: skip
        self.table.setVisible(bool(self.rows))
        self.room.setVisible(not self.rows)
        self.add.disable("" if self._places else _("There is no text in which it could begin."))
        self._fill()
        self.find.disable("" if questions else _("The project has no moderator’s guide yet."))

    def _build(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Label(_("What is answered where in {name}").format(name=name), "page_title"))
        column.addWidget(self.told)
        column.addSpacing(8)
        table = self.table
        table.setHorizontalHeaderLabels([_("Question or heading"), _("Begins with turn")])
        table.setAccessibleName(_("Questions and where they begin"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setProperty("listing", True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in (0, 1):
            table.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        column.addWidget(table, 1)
        self.room = QWidget()
        column.addWidget(self.room, 1)
        foot = QHBoxLayout()
        self.find = QuietButton(_("Find them again"), "search", self._find)
        self.find.setToolTip(_("Gives up what was placed by hand; Undo brings it back."))
        foot.addWidget(self.find)
        self.add = QuietButton(_("Add a heading …"), "plus", self._add_heading)
        foot.addWidget(self.add)
        foot.addStretch(1)
        close = PrimaryButton(_("Close"), on_click=self.accept)
        close.setDefault(True)
        foot.addWidget(close)
        column.addLayout(foot)
        fit(self, 820, 560)

    def _fill(self) -> None:
        theme = current_theme()
        self.table.setRowCount(0)
        self.table.setRowCount(len(self.rows))
        for number, row in enumerate(self.rows):
            cell = QTableWidgetItem(row.title or _("No question from here on"))
            cell.setToolTip(cell.text())
            if row.place is None or not row.title:
                cell.setForeground(theme.colour("text2"))
            self.table.setItem(number, 0, cell)
            box = QComboBox()
            box.setModel(self._entries)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(20)
            box.setAccessibleName(_("Where “{title}” begins").format(title=cell.text()))
            box.setCurrentIndex(0 if row.place is None else row.place + 1)
            box.activated.connect(partial(self._chosen, row))
            self.table.setCellWidget(number, 1, box)
        self.table.verticalHeader().setMinimumSectionSize(theme.px(44))
        self.table.resizeRowsToContents()

    def _chosen(self, row: Begin, entry: int) -> None:
        place = entry - 1 if entry else None
        if place == row.place:
            return
        source = self._reading.source.id
        if place is None and row.section is not None:
            section = row.section
            self._runner.do(lambda p: p.sections.remove(section))
        elif place is not None and row.section is not None:
            section, start = row.section, self._places[place].start
            self._runner.do(lambda p: p.sections.move(section, start))
        elif place is not None:
            start = self._places[place].start
            self._runner.do(lambda p: p.sections.place(source, start, question=row.question))

    def _find(self) -> None:
        source = self._reading.source.id
        self._runner.do(lambda p: p.sections.find([source], again=True))

    def _add_heading(self) -> None:
        """Ask for its words and its place; nothing that is there is chosen unasked."""
        taken = {row.place for row in self.rows}
        places = [place for place in range(len(self._places)) if place not in taken] or list(range(len(self._places)))
        entries = self._entries.stringList()[1:]
        dialog = HeadingDialog([entries[place] for place in places], self)

        def keep() -> None:
            source, title, start = self._reading.source.id, dialog.title, self._places[places[dialog.entry]].start
            self._runner.do(lambda p: p.sections.place(source, start, title=title))

        dialog.accepted.connect(keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _changed(self, change: Change) -> None:
        if not change.touches("section", "guide_question", "source", "turn", "speaker"):
            return
        source = self._reading.source.id

        def read(project: Project) -> tuple[Reading, Sequence[GuideQuestion]] | None:
            is_there = any(found.id == source for found in project.sources.list())
            return (project.sources.reading(source), project.guide.questions()) if is_there else None

        self._runner.ask(read, self._show, key=(self, "sections"))

    def _show(self, answer: tuple[Reading, Sequence[GuideQuestion]] | None) -> None:
        if answer is None:
            self.reject()
        else:
            self.show_reading(*answer)


def places_of(reading: Reading) -> tuple[list[Span], list[str]]:
    """With what a section may begin, and how each place is shown: its number, who speaks, the first words."""
    if reading.turns:
        labels = [f"{turn.number}   {reading.speakers[turn.speaker].label}: " for turn in reading.turns]
        places = reading.places
    else:
        numbered = [(number, line) for number, line in enumerate(reading.places, 1) if line.of(reading.text).strip()]
        labels, places = [f"{number}   " for number, _line in numbered], [line for _number, line in numbered]
    return places, [who + _first_words(place.of(reading.text)) for who, place in zip(labels, places, strict=True)]


def begins_of(reading: Reading, questions: Sequence[GuideQuestion], places: Sequence[Span]) -> list[Begin]:
    """The sections in the order of the text, then the questions that have none."""
    rows = [Begin(s.title, s.question, s.id, place_of(places, s.span.start)) for s in reading.sections]
    there = {section.question for section in reading.sections}
    return rows + [Begin(q.text, q.id, None, None) for q in questions if q.id not in there]


def _first_words(text: str) -> str:
    words = " ".join(text[: 2 * FIRST_WORDS].split())
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rsplit(" ", 1)[0] + " …"
