"""The passages behind a number, from the bottom of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.answer import Evidence
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.ui.retrieve.cards import Card, cards_of_passages
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, PlainButton

HIGH = 308


def cards_of(found: Iterable[Evidence], tree: CodeTree) -> list[Card]:
    """What lies behind a number as cards: codings name their code where there are several, places that are not coded none."""
    found = list(found)
    is_by_several = len({one.passage.coding.coder for one in found if one.passage is not None}) > 1
    several = len({one.passage.coding.code for one in found if one.passage is not None}) > 1
    cards = []
    for one in found:
        if one.passage is not None and one.passage.coding.code in tree:
            cards += cards_of_passages([one.passage], tree, chips=several, coders=is_by_several)
        else:
            cards.append(Card(one.source, one.span, one.quote, one.speakers, one.source_name, one.turn))
    return cards


class Drawer(QFrame):
    """Says what the number counts, and lists its passages."""

    closed = Signal()
    show_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self.setAccessibleName(_("Passages behind the number"))
        self.title = ElidedLabel("", "panel_title")
        self.meta = ElidedLabel("", "meta", "text2")
        self.all_button = LinkButton(_("Show in Retrieve"), on_click=self.show_all.emit)
        self.close_button = PlainButton(_("Close"), "close", self.closed.emit)
        self.nothing = Label(_("Nobody raised this here."), "quote", "text2")
        self.nothing.setContentsMargins(24, 16, 24, 16)
        self.list = PassageList(_("Passages behind the number"))
        self.list.left.connect(self.closed)
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 8)
        top.setSpacing(16)
        top.addWidget(self.title)
        top.addWidget(self.meta, 1)
        top.addWidget(self.all_button)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)

    def sizeHint(self) -> QSize:
        return QSize(800, current_theme().px(HIGH))

    def show_passages(
        self, title: str, counts: str, cards: Sequence[Card], *, keep: bool = False, has_code: bool = True
    ) -> None:
        """Show what a number counts."""
        passages = ngettext("{n} passage", "{n} passages", len(cards)).format(n=len(cards))
        self.title.setText(title)
        self.meta.setText("  ·  ".join(part for part in (counts, passages) if part))
        self.nothing.setVisible(not cards)
        self.list.setVisible(bool(cards))
        self.all_button.setVisible(bool(cards) and has_code)
        self.list.show_rows(cards, keep=keep)
