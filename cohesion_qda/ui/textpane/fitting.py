"""What codes for this passage? Asked of the analysis process when the hands rest, and never in the way of a key.

Nothing is asked before the study has been heard, on this page or on Suggest: selecting words alone starts no long work. What is
offered is offered for the words it was asked for, and is gone as soon as others are selected: a key can
only take what was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.fitting_strip import KEYS, Fit, FitStrip

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.proposal import Proposal
    from cohesion_qda.project import Project
    from cohesion_qda.ui.textpane.alike import AlikePanel
    from cohesion_qda.ui.textpane.gestures import Gestures

TALK = "source", "turn", "speaker", "study_case"  # who says what where hangs on these
REST = 300  # milliseconds after the last step of a selection

Place = tuple[SourceId, Span]


class Fitting(QObject):
    """Offers up to three codes for the words selected, or for the turn under the caret."""

    said = Signal(str, bool)
    read = Signal(int, object)  # source id, Span: read it in its place

    def __init__(self, runner: Runner, gestures: Gestures, strip: FitStrip, under: QBoxLayout, page: QWidget) -> None:
        """The strip, and the list of passages that are alike, stand in the column `under`."""
        super().__init__(page)
        self._under = under
        self._runner, self._gestures, self._view, self.strip, self._page = runner, gestures, gestures.view, strip, page
        self.is_on = True  # until the person closes the line
        self._is_asked = False  # by the person, although the study was not heard
        self._is_resting = False
        self._for: Place | None = None  # what the chips are for
        self._proposals: Sequence[Proposal] = ()
        self._handle: Any = None
        self._number = 0
        self._alike: AlikePanel | None = None
        self.card: Any = None
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._ask)
        strip.taken.connect(self.take)
        strip.why_wanted.connect(self.say_why)
        strip.alike_wanted.connect(self.find_alike)
        strip.pressed.connect(self._pressed)
        strip.closed.connect(self.turn_off)
        strip.hide()
        self._view.selectionChanged.connect(self._moved)
        self._view.cursorPositionChanged.connect(self._moved)
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)
        runner.destroyed.connect(self._rest.stop)

    # -- when ----------------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Another source is shown, the page came into view, or codes changed: ask when the hands rest."""
        self._moved(always=True)
        if self._alike is not None:
            self._alike.look_again()

    def on_change(self, change: Change) -> None:
        """Something was coded or decided; what is offered may be another by now."""
        if self.is_wanted and change.touches("coding", "code", "passed_over", *TALK):
            self._moved(always=True)
        if self._alike is not None and change.touches("code", *TALK):
            self._alike.look_again()

    def rest(self, is_resting: bool) -> None:
        """Nothing is suggested while the words are being corrected."""
        self._is_resting = is_resting
        self._show()

    @property
    def is_wanted(self) -> bool:
        """Whether codes are suggested as one selects."""
        return self.is_on and not self._is_resting and (self._is_asked or self._has_heard)

    @property
    def _has_heard(self) -> bool:
        from cohesion_qda.ui.suggest.assistant import assistant_of

        return assistant_of(self._runner).has_answered("codes_for", "ranked", "like")

    def _moved(self, *, always: bool = False) -> None:
        if not self.is_on or self._is_resting:
            return
        if self._for is not None and (always or self._target() != self._for):
            self._let_go()
        self._rest.start()

    def _let_go(self) -> None:
        self._for, self._proposals = None, ()
        self._number += 1
        if self.strip.isVisible():
            self.strip.say("")

    def _show(self) -> None:
        is_listing = (
            self._alike is not None and not self._alike.isHidden()
        )  # then that is what one reads; there is no room for both
        self.strip.setVisible(self.is_wanted and self._view.reading is not None and not is_listing)

    def _target(self) -> Place | None:
        reading = self._view.reading
        if reading is None:
            return None
        span = self._view.selected() or self._gestures.selecting.turn_span(self._view.caret())
        return (reading.source.id, span) if len(span) else None

    def areas(self) -> list[QWidget]:
        """What F6 goes to while it is there."""
        return [self._alike.list] if self._alike is not None and self._alike.isVisible() else []

    # -- asking --------------------------------------------------------------------------------------------------------

    def ask_now(self) -> None:
        """The person asks what codes fit: the study is heard first where it was not."""
        self.is_on = self._is_asked = True
        self._show()
        self._ask()

    def turn_off(self) -> None:
        """Suggest nothing until the person asks again."""
        self.is_on = self._is_asked = False
        if self._handle is not None:
            self._handle.cancel()
        self._let_go()
        self._show()
        self._view.setFocus()

    def forget(self, _info: object = None) -> None:
        """Another project: nothing is known of it."""
        self._is_asked = False
        self._handle = None
        self._let_go()
        self._show()

    def _ask(self) -> None:
        self._show()
        place = self._target()
        if not self.is_wanted or place is None or place == self._for:
            return
        from cohesion_qda.analysis import worker
        from cohesion_qda.ui.suggest.assistant import assistant_of

        self._number += 1
        number, (source, span) = self._number, place
        if not self._has_heard:
            self.strip.say(_("Reading all transcripts once. You can go on coding meanwhile."), _("Cancel"))
        handle = assistant_of(self._runner).ask(
            _("Looking for codes that fit"),
            worker.codes_for,
            lambda p: (p.proposed_codes.coded(), source, span, len(KEYS)),
            lambda found: self._arrived(number, place, found),
            stopped=self._stopped, quick=True, key=(self, "fits"), gently=not self._is_asked,
        )  # fmt: skip
        self._handle = None if handle.is_answered else handle

    def _arrived(self, number: int, place: Place, found: Sequence[Proposal]) -> None:
        if number != self._number:
            return
        from cohesion_qda.ui.retrieve.cards import code_look
        from cohesion_qda.ui.suggest.why import in_words

        self._handle, self._is_asked = None, False  # from now on it is asked gently
        tree = self._view.tree
        self._for, self._proposals = place, [proposal for proposal in found if proposal.code in tree][: len(KEYS)]
        self.strip.show_fits([Fit(code_look(tree, proposal.code), in_words(proposal)) for proposal in self._proposals])

    def _stopped(self) -> None:
        self._handle, self._is_asked = None, False
        self._show()

    def _pressed(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._stopped()

    # -- what the person does ------------------------------------------------------------------------------------------

    def take(self, at: int) -> None:
        """Code the words with the code of a chip."""
        if self._for is None or self._for != self._target() or at >= len(self._proposals):
            self.said.emit(_("No such code is suggested for these words. Press I to ask which codes fit."), False)
            return
        source, span = self._for
        proposal = self._proposals[at]
        self._gestures.apply_in(source, span, proposal.code, verb=_accepting(proposal, span))
        self._view.setFocus()

    def say_why(self) -> None:
        """Why these codes are suggested, in a small paper with the coded passages that are nearest."""
        if self._for is None or not self._proposals:
            self.said.emit(_("No code is suggested for these words. Press I to ask which codes fit."), False)
            return
        from cohesion_qda.ui.textpane.fitting_why import FitWhy

        if self.card is None:
            self.card = FitWhy(self._page, self._runner)
            self.card.read.connect(self.read)
            self.card.left.connect(self._view.setFocus)
        self.card.open_by(self._gestures.place_of(self._for[1]), self.strip.fits, self._proposals)

    def find_alike(self) -> None:
        """Passages like the words selected, or like the turn under the caret, in a list under the transcript."""
        place = self._target()
        reading = self._view.reading
        if place is not None and reading is not None:
            self.alike.find(place[0], place[1], place[1].of(reading.text))
            self._show()
            QTimer.singleShot(0, self, lambda: self._view.bring_up(place[1]))  # once the transcript has become lower

    @property
    def alike(self) -> AlikePanel:
        """The list of passages that are alike; made when it is first wanted."""
        if self._alike is None:
            from cohesion_qda.ui.textpane.alike import AlikePanel

            self._alike = AlikePanel(self._runner, self._page)
            self._alike.read.connect(self.read)
            self._alike.said.connect(self.said)
            self._alike.closed.connect(self._show)
            self._alike.closed.connect(self._view.setFocus)
            self._under.addWidget(self._alike)
        return self._alike


def _accepting(proposal: Proposal, span: Span) -> Any:
    from dataclasses import replace

    accepted = [replace(proposal, span=span)]

    def verb(project: Project) -> Change:
        return project.proposed_codes.accept(accepted)

    return verb
