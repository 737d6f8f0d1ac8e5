"""The passages that a proposal stands on, with boxes to tick, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.ui.retrieve.cards import Card
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.passages import PassageList
from cohesion_qda.ui.retrieve.picker import CodePopup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, ElidedLabel, Label, LinkButton, PlainButton, PrimaryButton, QuietButton

LOW = 440  # pixels at normal text size, under which what is at the foot scrolls with the rest


class Detail(QWidget):
    """Title, counts and passages of one proposal. With `makes_codes` its name can be edited and made a code."""

    make_code = Signal(str, object)  # name, CodeId of the parent or None
    add_to = Signal(int)  # code id
    dismissed = Signal()
    later = Signal()
    read = Signal(object)  # Card
    lettered = Signal(str)
    refused = Signal(str)  # why it cannot be accepted yet

    def __init__(self, *, makes_codes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "left")
        self._makes_codes = makes_codes
        self._tree = CodeTree()
        self._parent: CodeId | None = None
        self._has_parent = False  # whether it was said where the code is to stand
        self._evidence: dict[object, Evidence] = {}
        self.title = ElidedLabel("", "page_title")
        self.about = Label("", "interface", "text2")
        self.about.setWordWrap(True)
        self.counts = Label("", "interface")
        self.counts.setWordWrap(True)
        self.unchecked = Label(_("Suggested, not yet checked by a person"), "meta_strong", "warn")
        self.list = PassageList(_("Passages that show it"), checkable=True)
        self.list.read.connect(self.read)
        self.list.lettered.connect(self.lettered)
        self.list.cards.ticked.connect(self._say_ticked)
        self.popup = CodePopup(self)
        self.popup.chosen.connect(self.add_to)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_body(), 1)
        column.addWidget(self._make_foot())
        self.show_nothing()
        self._dress()
        current_theme().changed.connect(self._dress)

    def _dress(self) -> None:
        theme = current_theme()
        self.name.setFont(theme.font("interface"))
        self.name.setMinimumWidth(max(260, theme.px(165)))
        self.list.wanted_height = theme.px(120)
        self.list.setMinimumHeight(theme.px(120))
        self.list.updateGeometry()
        self._fit_head()
        self._place_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()
        self._place_foot()

    def _place_foot(self) -> None:
        """Under all that scrolls; at its end where the words are large and the window is low, or nothing else would be seen."""
        is_low = self.height() < current_theme().px(LOW)
        column = self._inside if is_low else self._column
        if column.indexOf(self.foot) < 0:
            column.addWidget(self.foot)
            theme = current_theme()  # what moves is given the letters back that it had under another size
            for button in self.foot.findChildren(QAbstractButton):
                button.setFont(theme.font("interface_medium"))
            self.name.setFont(theme.font("interface"))

    def _fit_head(self) -> None:
        """What became of the proposal stands beside its title where there is room for both, and under it otherwise."""
        room = self.width() - 64 - self.unchecked.sizeHint().width()
        is_wide = room >= min(self.title.sizeHint().width(), current_theme().px(240))
        self._head.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(16 if is_wide else 2)

    def _make_body(self) -> QScrollArea:
        """All over the foot; it scrolls where the words are large and the window low, so that no line is squeezed."""
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("surface", "bg")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_top())
        column.addWidget(self.list, 1)
        self._inside = column
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _make_top(self) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(24, 16, 24, 8)
        top.setSpacing(4)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.unchecked)
        top.addLayout(self._head)
        top.addWidget(self.about)
        top.addWidget(self.counts)
        self.ticked = Label("", "meta", "text2")
        self.tick_hint = Label(_("Space ticks those that fit."), "meta", "text2")
        self.tick_all = LinkButton(_("Tick all"), on_click=lambda: self._tick(True))
        self.tick_none = LinkButton(_("Tick none"), on_click=lambda: self._tick(False))
        ticks = FlowLayout()
        for part in (self.ticked, self.tick_hint, self.tick_all, self.tick_none):
            ticks.addWidget(part)
        top.addSpacing(4)
        top.addLayout(ticks)
        return top

    def _make_foot(self) -> QWidget:
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the code"))
        self.name.setPlaceholderText(_("Name of the code"))
        self.name.returnPressed.connect(self.accept)
        self.under = Chip("", on_click=lambda: self._open_parents())
        self.under.setAccessibleName(_("Where the code stands in the codebook"))
        if self._makes_codes:
            self.primary = PrimaryButton(_("Make it a code"), "plus", self.accept)
            self.other = QuietButton(_("Add to a code…"), "", self._open_codes)
        else:
            self.primary = PrimaryButton(_("Code the ticked passages…"), "plus", self._open_codes)
            self.other = QuietButton("")
        self.later_button = PlainButton(_("Later"), "", self.later.emit)
        self.dismiss_button = PlainButton(_("Dismiss"), "close", self.dismissed.emit)
        self.primary.setToolTip(_("A"))
        self.dismiss_button.setToolTip(_("R"))
        self.later_button.setToolTip(_("L. It stays in the list, marked “For later”."))
        foot = QWidget()
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setProperty("surface", "paper")
        foot.setProperty("edge", "top")
        foot.setProperty("foot", True)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        if self._makes_codes:
            naming = FlowLayout()
            naming.addWidget(self.name)
            naming.addWidget(self.under)
            column.addLayout(naming)
        flow = FlowLayout()
        column.addLayout(flow)
        for button in (
            self.primary,
            *((self.other,) if self._makes_codes else ()),
            self.later_button,
            self.dismiss_button,
        ):
            flow.addWidget(button)
        self.foot = foot
        return foot

    # -- showing -----------------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        for widget in (self.foot, self.unchecked, self.tick_hint, self.tick_all, self.tick_none):
            widget.hide()
        for label in (self.title, self.about, self.counts, self.ticked):
            label.setText("")
        self.list.show_rows([])

    def show_codes(self, tree: CodeTree) -> None:
        """The codebook to choose from."""
        self._tree = tree
        if self._parent is not None and self._parent not in tree:
            self._parent, self._has_parent = None, False
        self._say_parent()

    def show_proposal(self, title: str, about: str, counts: str, became: str) -> None:
        """Say what is proposed; the passages follow with `show_passages`."""
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.counts.setText(counts)
        self.name.setText(title[:1].upper() + title[1:])
        self.name.setCursorPosition(0)
        self.list.cards.tick_all(False)  # the passages of the one before stay until the new ones arrive
        self._parent, self._has_parent = None, False
        self._say_parent()
        for widget in (self.foot, self.unchecked):
            widget.show()
        self.say_became(became)

    def say_became(self, became: str) -> None:
        """What was made of the proposal; nothing yet when empty."""
        self.unchecked.setText(became or _("Suggested, not yet checked by a person"))
        self.unchecked.set_tone("ok" if became else "warn")
        self._fit_head()

    def show_passages(self, cards: Sequence[Card], evidence: Sequence[Evidence]) -> None:
        """The passages in the order of how typical they are; none is ticked until a person has read it."""
        self._evidence = {card.key: item for card, item in zip(cards, evidence, strict=True)}
        self.list.show_rows(cards)
        self._say_ticked()

    def chosen_evidence(self) -> list[Evidence]:
        """The passages whose boxes are ticked."""
        return [self._evidence[card.key] for card in self.list.cards.checked_cards()]

    def _say_ticked(self) -> None:
        all_ = len(self.list.cards.cards())
        n = len(self.list.cards.checked_cards())
        said = ngettext("{n} of {all} passage ticked", "{n} of {all} passages ticked", all_).format(n=n, all=all_)
        self.ticked.setText(said if all_ else "")
        self.tick_hint.setVisible(bool(all_) and not n)
        for link in (self.tick_all, self.tick_none):
            link.setVisible(all_ > 1)
        reason = "" if n else _("Tick the passages that fit first: Space ticks one, “Tick all” all of them")
        self.primary.disable(reason)
        self.other.disable(reason)
        if not reason:
            self.primary.setToolTip(_("A"))

    def _tick(self, on: bool) -> None:
        self.list.cards.tick_all(on)

    # -- what the person does ----------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Make a code of it, or ask which code the passages belong to."""
        if self.foot.isHidden():
            return
        if not self.primary.isEnabled():
            self.refused.emit(self.primary.toolTip())
        elif not self._makes_codes:
            self._open_codes()
        elif not self.name.text().strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.asks_for_question:
            self._open_parents(then=self.accept)
        else:
            self.make_code.emit(self.name.text().strip(), self._parent)

    @property
    def asks_for_question(self) -> bool:
        """Whether a person has still to say which question the code belongs to."""
        return not self._has_parent and bool(self._roots())

    def _open_codes(self) -> None:
        button = self.other if self._makes_codes else self.primary
        self.popup.open_under(button, self._tree, {}, None, to_code_with=True)

    def _roots(self) -> list[CodeId]:
        return [code.id for code in self._tree.children() if code.is_question or self._tree.children(code.id)]

    def _open_parents(self, then: Callable[[], None] | None = None) -> None:
        """Ask where the code is to stand, and go on with `then` once that was said."""

        def take(code: CodeId | None) -> None:
            self.set_parent_code(code)
            if then is not None:
                then()

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code in (*self._roots(), None):
            action = menu.addAction(self._under(code), lambda code=code: take(code))
            action.setCheckable(True)
            action.setChecked(code == self._parent and not self.asks_for_question)
        menu.popup(self.under.mapToGlobal(self.under.rect().topLeft()))

    def set_parent_code(self, code: CodeId | None) -> None:
        """Where a code that is made is to stand."""
        self._parent, self._has_parent = code, True
        self._say_parent()

    def _say_parent(self) -> None:
        words = _("Choose a question…") if self.asks_for_question else self._under(self._parent)
        metrics = QFontMetricsF(current_theme().font("interface_medium"))
        self.under.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, current_theme().px(240)))
        self.under.setToolTip(words)

    def _under(self, code: CodeId | None) -> str:
        return _("On its own") if code is None else _("Under {question}").format(question=self._tree[code].name)
