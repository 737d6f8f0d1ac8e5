"""What the two tabs share: asking the analysis process, the list at the left, the passages at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import Talk
from cohesion_qda.model.suggestion import Evidence, TermSuggestion, ThemeSuggestion
from cohesion_qda.model.table import Count
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.detail import Detail
from cohesion_qda.ui.suggest.listing import Proposal, ProposalList, how_widely
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, EmptyState, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

Suggestion = ThemeSuggestion | TermSuggestion
Fingerprint = tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the project knows about suggestions: those dismissed, and the codes made of others, by key."""

    tree: CodeTree = field(default_factory=CodeTree)
    base: Count = field(default_factory=Count)
    dismissed: frozenset[str] = frozenset()
    coded: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[CodeId, int] = field(default_factory=dict)
    talk: Fingerprint = ()


def stand(project: Project) -> Standing:
    """Read it. Runs on the project thread."""
    tree = project.codebook.tree()
    sources = project.sources.list()
    coded = {
        coding.suggestion: tree[coding.code].name
        for source in sources
        for coding in project.codings.of_source(source.id)
        if coding.suggestion
    }
    mentions = {code: found.branch.mentions for code, found in project.codebook.counts().items()}
    talk = tuple((source.id, source.content, source.turns) for source in sources)
    return Standing(tree, project.codebook.base(), frozenset(project.suggestions.dismissed()), coded, mentions, talk)


class Tab(QWidget):
    """One kind of suggestion. Subclasses say what to compute and how a suggestion is told."""

    read = Signal(int, object)  # source id, Span
    say = Signal(str, bool)
    changed_count = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.standing = Standing()
        self.suggestions: Sequence[Suggestion] = ()
        self._computed_on: Fingerprint | None = None
        self._later: set[str] = set()
        self._job: Job | None = None
        self._is_working = False
        self._shown = ""  # the key of the suggestion whose passages are shown
        self.list = ProposalList(self.list_name())
        self.list.chosen.connect(self._choose)
        self.list.lettered.connect(self._letter)
        self.detail = Detail(makes_codes=self.makes_codes())
        self.detail.read.connect(lambda card: self.read.emit(card.source, card.span))
        self.detail.lettered.connect(self._letter)
        self.detail.add_to.connect(self._add_to)
        self.detail.dismissed.connect(self._dismiss)
        self.detail.later.connect(self._put_off)
        self.detail.refused.connect(lambda reason: self.say.emit(reason, False))
        self.list.entered_passages.connect(lambda: self.detail.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.detail.list.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.banner = Banner("caution", "", "")
        self.banner.hide()
        self.empty = EmptyState("", "", self._press)
        self._make_layout()
        runner.idle.connect(self._settle)
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)
        self._say_empty()

    def _make_layout(self) -> None:
        self.side = QWidget()
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side.setProperty("surface", "bg")
        self.side_column = QVBoxLayout(self.side)
        self.side_column.setContentsMargins(8, 12, 0, 12)
        self.side_column.setSpacing(8)
        self.side_column.addWidget(self.list, 1)
        self.right = QStackedWidget()
        self.right.addWidget(self.detail)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.side)
        split.addWidget(self.right)
        split.setStretchFactor(1, 1)
        split.setSizes([376, 832])
        self._dress()
        current_theme().changed.connect(self._dress)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(split, 1)
        self.pile = QStackedWidget()
        self.pile.addWidget(full)
        self.pile.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pile)

    def _dress(self) -> None:
        self.side.setMinimumWidth(max(260, current_theme().px(165)))

    def add_board(self, widgets: Sequence[QWidget]) -> QWidget:
        """Something else to show at the right, with a way back to the passages."""
        board = QWidget()
        board.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        board.setProperty("surface", "bg")
        column = QVBoxLayout(board)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(8)
        link = QHBoxLayout()
        link.addSpacing(-6)
        link.addWidget(LinkButton(_("Back to the passages"), on_click=lambda: self.right.setCurrentWidget(self.detail)))
        link.addStretch(1)
        column.addLayout(link)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(board)
        self.right.addWidget(area)
        return area

    # -- what a subclass says ----------------------------------------------------------------------------------------

    def list_name(self) -> str:
        """The name of the list, for screen readers."""
        raise NotImplementedError

    def makes_codes(self) -> bool:
        """Whether a suggestion can be made a code of its own."""
        raise NotImplementedError

    def invitation(self) -> tuple[str, str]:
        """The sentence and the button before anything was computed."""
        raise NotImplementedError

    def nothing(self) -> str:
        """The sentence when nothing is left to propose."""
        raise NotImplementedError

    def proposal(self, suggestion: Suggestion) -> Proposal:
        """A line of the list."""
        raise NotImplementedError

    def start(self) -> None:
        """Compute."""
        raise NotImplementedError

    # -- computing ---------------------------------------------------------------------------------------------------

    def compute(
        self, title: str, question: Callable[[Project], Any], function: Callable[..., Any],
        arguments: Callable[[Any, Talk], tuple[Any, ...]], then: Callable[[Any], None],
    ) -> None:  # fmt: skip
        """Ask the project for the talk and for `question`, then call `function` in the analysis process."""
        self._is_working = True
        self._say_empty()

        def asked(answer: tuple[Any, Talk, Fingerprint]) -> None:
            extra, talk, fingerprint = answer
            self._computed_on = fingerprint
            self._job = self.runner.compute(title, function, arguments(extra, talk), then)
            if not self._is_working:  # the answer was there at once
                self._job = None

        def read(project: Project) -> tuple[Any, Talk, Fingerprint]:
            talk = tuple((s.id, s.content, s.turns) for s in project.sources.list())
            return question(project), project.tables.talk(), talk

        self.runner.ask(read, asked, key=(self, "talk"))

    def arrived(self, suggestions: Sequence[Suggestion]) -> None:
        """The answer of the analysis process."""
        self._is_working, self._job = False, None
        at = QApplication.focusWidget()
        self.suggestions = suggestions
        self._later.clear()
        self._shown = ""
        self.refresh()
        if self.isVisible() and (at is None or at is self.empty.button):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Stop computing; what was there stays."""
        if self._job is not None:
            self._job.cancel()
        self._is_working, self._job = False, None
        self._say_empty()

    @property
    def is_working(self) -> bool:
        return self._is_working

    def forget(self, _info: object = None) -> None:
        """Another project is open, or none."""
        self.cancel()
        self.suggestions, self._computed_on, self.standing = (), None, Standing()
        self._later.clear()
        self._show()

    def forget_codings(self) -> None:
        """Show nothing that was counted, until it is read again."""
        self.standing = replace(self.standing, base=Count(), coded={}, mentions={})
        self._show()

    def _settle(self) -> None:
        """All that was asked has been answered: what still seems to be computed was cancelled or failed."""
        if self._is_working and self._job is not None:
            self._is_working, self._job = False, None
            self._say_empty()

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what the project knows about the suggestions."""
        self.runner.ask(stand, self._stands, key=(self, "standing"))

    def on_change(self, change: Change) -> None:
        """The project changed while the tab is in view."""
        if change.touches("coding", "dismissal", "code", "source", "turn", "speaker", "study_case"):
            self.refresh()

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        self.detail.show_codes(standing.tree)
        self._show()

    def _show(self) -> None:
        rows = [self._row(s) for s in self.suggestions if s.key not in self.standing.dismissed]
        self.list.show_rows(rows)
        is_stale = (
            self._computed_on is not None and bool(self.standing.talk) and self._computed_on != self.standing.talk
        )
        self.banner.setVisible(is_stale)
        if is_stale:
            self.banner.show_message(
                "caution",
                _("The transcripts have changed since these were found."),
                _("Suggest again to take the changes in."),
            )
        self._say_empty()
        self.changed_count.emit()

    def _row(self, suggestion: Suggestion) -> Proposal:
        row = self.proposal(suggestion)
        code = self.standing.coded.get(suggestion.key)
        became = (
            _("Coded as {code}").format(code=code) if code else _("For later") if suggestion.key in self._later else ""
        )
        return Proposal(row.key, row.title, row.about, row.counts, became, row.share)

    def _say_empty(self) -> None:
        self.empty.button.show()
        has_rows = bool(self.list.proposals.rows)
        self.pile.setCurrentIndex(0 if has_rows else 1)
        if self._is_working:
            self.empty.set_sentence(_("Reading all transcripts. You can go on working elsewhere meanwhile."))
            self.empty.button.setText(_("Cancel"))
        elif not self.suggestions:
            sentence, button = self.invitation()
            self.empty.set_sentence(sentence if self._computed_on is None or not self._has_run() else self.nothing())
            self.empty.button.setText(button)
        else:
            self.empty.set_sentence(self.nothing())
            self.empty.button.setText(self.invitation()[1])

    def _has_run(self) -> bool:
        return not self._is_working and self._computed_on is not None

    def _press(self) -> None:
        if self._is_working:
            self.cancel()
        else:
            self.start()

    def waiting(self) -> int:
        """How many suggestions nothing was made of yet."""
        return sum(1 for row in self.list.proposals.rows if not row.became)

    def current(self) -> Suggestion | None:
        """The suggestion that is shown."""
        row = self.list.current()
        return next((s for s in self.suggestions if row is not None and s.key == row.key), None)

    def _choose(self, row: Proposal | None) -> None:
        suggestion = self.current()
        self.right.setCurrentWidget(self.detail)
        if row is None or suggestion is None:
            self._shown = ""
            self.detail.show_nothing()
            return
        if self._shown == suggestion.key:
            self.detail.say_became(row.became)
            return
        self._shown = suggestion.key
        self.detail.show_proposal(row.title, row.about, row.counts, row.became)
        passages = suggestion.passages
        self.runner.ask(
            lambda project: cards_of_evidence(project, _still_there(project, passages)),
            lambda cards: self._cards_arrived(suggestion, cards),
            key=(self, "passages"),
        )

    def _cards_arrived(self, suggestion: Suggestion, cards: list[Card]) -> None:
        found = {(card.source, card.span): card for card in cards}
        evidence = [p for p in suggestion.passages if (p.source, p.span) in found]
        shown = [found[(p.source, p.span)] for p in evidence]
        self.detail.show_passages(shown, evidence)

    # -- what the person does ----------------------------------------------------------------------------------------

    def _letter(self, letter: str) -> None:
        if letter == "a":
            self.detail.accept()
        elif letter == "r":
            self._dismiss()
        elif letter == "l":
            self._put_off()

    def _add_to(self, code: int) -> None:
        suggestion, chosen = self.current(), self.detail.chosen_evidence()
        if suggestion is not None and chosen:
            key = suggestion.key
            self.runner.do(
                lambda project: project.suggestions.accept_passages(key, CodeId(code), chosen), self.accepted
            )

    def accepted(self, change: Change) -> None:
        """Passages were coded: say so, and go on."""
        self.say.emit(change.said, True)
        self.list.go_on()

    def _dismiss(self) -> None:
        suggestion, row = self.current(), self.list.current()
        if suggestion is not None and row is not None:
            self.runner.do(
                lambda project: project.suggestions.dismiss(suggestion.key, row.title),
                lambda change: self.say.emit(change.said, True),
            )

    def _put_off(self) -> None:
        suggestion = self.current()
        if suggestion is not None:
            self._later.add(suggestion.key)
            self.list.go_on()
            self._show()


def _still_there(project: Project, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without the passages of sources that were removed since."""
    sources = {source.id for source in project.sources.list()}
    return [item for item in evidence if item.source in sources]


def spread(count: Count, base: Count) -> str:
    """How widely and how often there is talk like it."""
    times = ngettext("{n} time", "{n} times", count.mentions).format(n=count.mentions)
    return _("{widely}, {times}").format(widely=how_widely(count, base), times=times)
