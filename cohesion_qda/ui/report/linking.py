"""Linking passages to the questions of worksheets: words selected in the room, or passages of a code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.frame import PASSAGES
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.model.worksheet import Filled
from cohesion_qda.ui.memos.choosing import Choice, Choosing, tell
from cohesion_qda.ui.memos.quotes import Quote
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.codebook import CodeTree
    from cohesion_qda.project import Project
    from cohesion_qda.ui.report.answering import AnswerPane


def link_to_worksheet(runner: Runner, source: SourceId, span: Span, parent: QWidget) -> None:
    """Ask for a question of a worksheet, those of this source first, and link the words at `span` to it."""
    runner.ask(
        lambda project: project.worksheets.filled(),
        lambda found: _open(runner, source, span, found, parent),
        key=(parent, "link to worksheet"),
    )


def _open(runner: Runner, source: SourceId, span: Span, found: Sequence[Filled], parent: QWidget) -> None:
    order = sorted(found, key=lambda one: one.worksheet.source != source)
    places = [
        (one.worksheet, item)
        for one in order
        for _section, item in one.form.items()
        if any(field.kind == PASSAGES for field in one.form.fields_of(item))
    ]
    choices = [Choice(n, item.question.said, sheet.name) for n, (sheet, item) in enumerate(places, 1)]
    dialog = Choosing(
        _("Link to a worksheet"), _("Find a question"), choices, parent,
        nothing=_("No question like that.") if choices else _("No worksheet yet. Start one: Report, Worksheets."),
    )  # fmt: skip

    def link(n: int) -> None:
        sheet, item = places[n - 1]
        runner.do(
            lambda project: project.worksheets.link(sheet.id, item.key, [(source, span)]),
            lambda change: tell(parent, change),
        )

    dialog.chosen.connect(link)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


@dataclass(frozen=True, slots=True)
class _Found:
    """The passages of a code."""

    code: CodeId
    quotes: tuple[Quote, ...]


class LinkDialog(QDialog):
    """The passages of a code, each with a box to tick. `linked` is emitted with the places that are ticked."""

    linked = Signal(object)  # list of (SourceId, Span)
    read = Signal(int, object)  # source id, Span: read it in context; nothing is linked

    def __init__(self, runner: Runner, tree: CodeTree, question: str, source: SourceId | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Link passages"))
        self._runner, self._source = runner, source
        about = Label(question, "panel_title")
        about.setWordWrap(True)
        self.code = QComboBox()
        self.code.setAccessibleName(_("Passages of the code"))
        self.code.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for code in tree:
            self.code.addItem("    " * tree.depth(code.id) + code.name, code.id)
        self.code.currentIndexChanged.connect(lambda _at: self._ask())
        self.list = PassageList(_("Passages of the code"), checkable=True)
        self.list.cards.ticked.connect(self._count)
        self.list.read.connect(self._read)
        self.count = Label("", "meta", "text2")
        self.link_button = PrimaryButton(_("Link the ticked passages"), on_click=self._link)
        label = Label(_("Passages of the code"), "interface_strong")
        label.setBuddy(self.code)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(label)
        row.addWidget(self.code, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.link_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(about)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.resize(900, 640)
        self.code.setFocus()
        self._ask()

    def ticked(self) -> list[tuple[SourceId, Span]]:
        """The places whose boxes are ticked, in their order."""
        return [(card.source, card.span) for card in self.list.cards.checked_cards() if isinstance(card, Quote)]

    def _ask(self) -> None:
        code, source = self.code.currentData(), self._source
        if code is None:
            self._show(_Found(CodeId(0), ()))
        else:
            self._runner.ask(
                lambda project: _passages(project, CodeId(code), source), self._show, key=(self, "passages")
            )

    def _show(self, found: _Found) -> None:
        self.list.show_rows(found.quotes)
        self.list.choose_first()
        self._count()

    def _count(self) -> None:
        n, total = len(self.ticked()), self.list.cards.rowCount()
        said = ngettext("{n} of {total} passage ticked", "{n} of {total} passages ticked", total)
        self.count.setText(said.format(n=n, total=total) if total else _("No passage has this code here."))
        self.link_button.disable("" if n else _("Tick a passage first."))

    def _read(self, card: Quote) -> None:
        self.reject()
        self.read.emit(card.source, card.span)

    def _link(self) -> None:
        at = self.ticked()
        self.accept()
        self.linked.emit(at)


def _passages(project: Project, code: CodeId, source: SourceId | None) -> _Found:
    """The passages of a code, each place once. Runs on the project thread."""
    found: dict[int, Quote] = {}
    for passage in project.codings.retrieve(code, sources=None if source is None else [source]):
        coding = passage.coding
        found.setdefault(
            coding.segment,
            Quote(coding.source, coding.span, passage.quote, passage.speakers, passage.source_name, passage.turn,
                  segment=coding.segment),
        )  # fmt: skip
    return _Found(code, tuple(found.values()))


def open_linking(runner: Runner, found: Filled, item: str, pane: AnswerPane, then: Callable[[Change], None]) -> None:
    """Let passages be chosen from a list and linked to an item of a worksheet, or one of them be read in context."""
    asked, sheet = found.form.item(item), found.worksheet

    def show(tree: CodeTree) -> None:
        dialog = LinkDialog(runner, tree, asked.question.said, sheet.source, pane)
        dialog.linked.connect(lambda at: runner.do(lambda project: project.worksheets.link(sheet.id, item, at), then))
        dialog.read.connect(pane.read)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    runner.ask(lambda project: project.codebook.tree(), show, key=(pane, "link passages"))
