"""Choosing the key passages of a theme among the passages of its codes; also the evidence behind its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import SegmentId, ThemeId
from cohesion_qda.model.table import Count
from cohesion_qda.ui.memos.quotes import Quote
from cohesion_qda.ui.retrieve.cards import CodeLook, code_look
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.themes.words import counted
from cohesion_qda.ui.widgets import ElidedLabel, Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Offered:
    """The passages of a theme's codes, each segment once, and which of them are its key passages."""

    name: str
    quotes: tuple[Quote, ...]
    chosen: frozenset[SegmentId]
    count: Count
    base: Count


def offered(project: Project, theme: ThemeId) -> Offered:
    """Read what can be chosen. Runs on the project thread."""
    tree, counts = project.codebook.tree(), project.themes.counts()
    looks: dict[int, CodeLook] = {}
    quotes: dict[SegmentId, Quote] = {}
    for passage in project.themes.evidence(theme):
        coding = passage.coding
        look = looks.setdefault(coding.code, code_look(tree, coding.code))
        quotes.setdefault(
            coding.segment,
            Quote(
                coding.source, coding.span, passage.quote, ", ".join(passage.speakers), passage.source_name,
                passage.turn, code=look, is_chipped=True, segment=coding.segment,
            ),
        )  # fmt: skip
    chosen = frozenset(place.segment for place in project.themes.passages(theme))
    name = project.themes.get(theme).name
    return Offered(name, tuple(quotes.values()), chosen, counts.of.get(theme, Count()), counts.base)


class PassagesDialog(QDialog):
    """Every passage of a theme's codes with a box to tick. `kept` is emitted with the segments to add and to take away."""

    kept = Signal(object, object)
    read = Signal(object)  # Quote: read it in context

    def __init__(self, found: Offered, parent: QWidget, *, is_read_only: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Passages of “{theme}”").format(theme=found.name))
        self._before = found.chosen & {quote.segment for quote in found.quotes}
        self.about = ElidedLabel(_("What the codes of “{theme}” hold").format(theme=found.name), "panel_title")
        self.meta = Label(counted(found.count, found.base), "meta", "text2")
        self.nothing = Label(
            _("Its codes have no passages yet. Give it other codes, or code some more."), "quote", "text2"
        )
        self.nothing.setWordWrap(True)
        self.nothing.setVisible(not found.quotes)
        self.list = PassageList(_("Passages of the theme’s codes"), checkable=True)
        self.list.show_rows(found.quotes, ticked=self._before)
        self.list.choose_first()
        self.list.cards.ticked.connect(self._count)
        self.list.read.connect(self._read)
        self.chosen = Label("", "meta", "text2")
        self.keep_button = PrimaryButton(_("Keep these as key passages"), on_click=self._keep)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 0)
        foot.setSpacing(8)
        foot.addWidget(self.chosen)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.keep_button)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 8)
        head.setSpacing(2)
        head.addWidget(self.about)
        head.addWidget(self.meta)
        head.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self._locked = _("The project was opened for reading only.") if is_read_only else ""
        self.resize(900, 640)
        self._count()
        self.list.setFocus()

    def ticked(self) -> list[SegmentId]:
        """The segments whose boxes are ticked, in their order."""
        return [card.segment for card in self.list.cards.checked_cards() if isinstance(card, Quote)]

    def _count(self) -> None:
        n = len(self.ticked())
        self.chosen.setText(ngettext("{n} passage ticked", "{n} passages ticked", n).format(n=n))
        same = set(self.ticked()) == self._before
        self.keep_button.disable(self._locked or (_("Tick or untick a passage first.") if same else ""))

    def _keep(self) -> None:
        now = self.ticked()
        gone: Sequence[SegmentId] = sorted(self._before - set(now))
        self.accept()
        self.kept.emit([segment for segment in now if segment not in self._before], gone)

    def _read(self, card: Quote) -> None:
        self.reject()
        self.read.emit(card)
