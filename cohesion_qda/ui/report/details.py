"""Check: what in the report may tell who somebody is, and what is decided about each before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.detail import Detail, Spot
from cohesion_qda.ui.report.detail_list import DetailList
from cohesion_qda.ui.report.detail_pane import DetailPane
from cohesion_qda.ui.report.drafting import reading
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import EmptyState, Label

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDE = 420  # pixels of the list


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, and the state of the project it was found in."""

    found: tuple[Detail, ...]
    version: tuple[int, int]
    is_read_only: bool


def look(project: Project) -> Look:
    """Look through the report. Runs on the project thread."""
    return Look(project.details.found(), project.version(), project.is_read_only)


class CheckTab(ReportTab):
    """The list at the left, the chosen ones at the right. It is read anew when the project is another than the one that was looked through."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.found: tuple[Detail, ...] = ()
        self._version: tuple[int, int] | None = None
        self._is_read_only = True
        self._is_reading = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # while there is nothing else to stand on
        self.standing = Label("", "interface", "text2")
        self.standing.setWordWrap(True)
        self.list = DetailList()
        self.pane = DetailPane()
        self.empty = EmptyState("", _("Look through the report"), self._look)
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._sides.setChildrenCollapsible(False)
        self._sides.addWidget(self.list)
        self._sides.addWidget(self.pane)
        self._sides.setStretchFactor(1, 1)
        self._sides.setSizes([WIDE, 2 * WIDE])
        both = QVBoxLayout(shown := QWidget())
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.addWidget(self.standing, 1)
        both.addLayout(head)
        both.addWidget(self._sides, 1)
        self._pile = QStackedWidget()
        self._pile.addWidget(shown)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pile)
        self._follow()
        self._show_found()

    def _follow(self) -> None:
        self.list.chosen.connect(self._show_chosen)
        self.list.judged.connect(lambda verdict: self.settle(verdict))
        self.list.replacing.connect(self.pane.to_words)
        self.list.entered_on.connect(self._read_first)
        self.pane.judged.connect(self.settle)
        self.pane.kind_judged.connect(self.settle_kind)
        self.pane.read.connect(self._read)
        self.runner.idle.connect(self._settle_reading)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.runner.ask(lambda project: project.version(), self._arrived_at, key=(self, "version"))

    def on_change(self, change: Change) -> None:
        if set(change.rows) == {"detail"} and self._version is not None:
            self._judge()
        elif change.rows:
            self._look()

    def forget(self, _info: object = None) -> None:
        self._version, self.found, self._is_reading = None, (), False
        self._show_found()

    def forget_codings(self) -> None:
        self.forget()

    def areas(self) -> list[QWidget]:
        if self.found:
            return [self.list, self.pane.keep_button, self.pane.places]
        return [self if self.empty.button.isHidden() else self.empty.button]

    def hints(self) -> list[tuple[str, str]]:
        return [
            ("K", _("keep")),
            ("R", _("replace")),
            ("L", _("leave out")),
            ("U", _("not settled")),
            (_("Enter"), _("read it in context")),
        ]

    # -- reading ---------------------------------------------------------------------------------------------------------

    def _arrived_at(self, version: tuple[int, int]) -> None:
        if version != self._version:
            self._look()

    def _look(self) -> None:
        """Look through the report as it would be written now."""
        self._is_reading = True
        self._show_found()
        reading(self.runner, self._arrived, self._settle_reading, look)

    def _arrived(self, found: Look) -> None:
        self._is_reading = False
        self.found, self._version, self._is_read_only = found.found, found.version, found.is_read_only
        self._show_found()
        if self.hasFocus() and self.found:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle_reading(self) -> None:
        """All that was asked has been answered, or was stopped."""
        if self._is_reading:
            self._is_reading = False
            self._show_found()

    def _judge(self) -> None:
        """Read the verdicts anew."""
        known = self.found

        def read(project: Project) -> Look:
            return Look(project.details.judged(known), project.version(), project.is_read_only)

        self.runner.ask(read, self._arrived, key=(self, "judged"))

    # -- showing ---------------------------------------------------------------------------------------------------------

    def _show_found(self) -> None:
        unsettled = sum(not each.is_settled for each in self.found)
        self._pile.setCurrentIndex(0 if self.found else 1)
        self.empty.button.setVisible(self._version is None and not self._is_reading)
        if self._is_reading:
            self.empty.set_sentence(_("Looking through the report …"))
        elif self._version is None:
            self.empty.set_sentence(
                _("Names, places, addresses and numbers in the report that may tell who somebody is are listed here.")
            )
        else:
            self.empty.set_sentence(
                _(
                    "Nothing was found that may tell who somebody is. Look through the report all the same: no program finds everything."
                )
            )
        self.standing.setText(_standing(len(self.found), unsettled))
        self.list.show_details(self.found)

    def _show_chosen(self) -> None:
        chosen = self.list.chosen_details()
        kind = chosen[0].kind if chosen else ""
        unsettled = sum(each.kind == kind and not each.is_settled for each in self.found)
        self.pane.show_details(chosen, unsettled, is_read_only=self._is_read_only)

    # -- what the person does ----------------------------------------------------------------------------------------------

    def settle(self, verdict: str, instead: str = "") -> None:
        """Decide about the chosen ones, and go on to the next one that is not settled."""
        chosen = self.list.chosen_details()
        is_one = len(chosen) == 1
        if self.pane.words.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle(chosen, verdict, instead, self.list.to_next if is_one and verdict else None)

    def settle_kind(self, verdict: str) -> None:
        """Decide about all of the chosen one's kind that are not settled."""
        chosen = self.list.chosen_details()
        if chosen:
            self._settle([e for e in self.found if e.kind == chosen[0].kind and not e.is_settled], verdict, "", None)

    def _settle(self, wanted: Sequence[Detail], verdict: str, instead: str, then) -> None:
        if not wanted or self._is_read_only:
            return

        def told(change: Change) -> None:
            self.say.emit(change.said, bool(change.said))
            if then is not None:
                then()

        self.runner.do(lambda project: project.details.settle(wanted, verdict, instead), told)

    def _read_first(self) -> None:
        chosen = self.list.chosen_details()
        if chosen and chosen[0].spots:
            self._read(chosen[0].spots[0])

    def _read(self, spot: Spot) -> None:
        if spot.source is not None and spot.at is not None:
            self.read.emit(spot.source, spot.at)
        else:
            self.turn_to.emit("contents", None)


def _standing(n: int, unsettled: int) -> str:
    """How many are settled, and what becomes of the others."""
    if not n:
        return ""
    if not unsettled:
        return _("All are settled. Look through the report all the same: no program finds everything.")
    return ngettext(
        "{n} of {total} is not settled. Names, places and numbers stay masked in the report until you settle them.",
        "{n} of {total} are not settled. Names, places and numbers stay masked in the report until you settle them.", unsettled,
    ).format(n=unsettled, total=n)  # fmt: skip
