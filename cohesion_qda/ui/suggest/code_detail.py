"""The passages proposed for one code: how far to trust them, why each is there, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Honesty, Ranked, likely, said
from cohesion_qda.model.speaking import no_talk
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.paint import read_in_context
from cohesion_qda.ui.suggest.code_passages import ProposedPassages
from cohesion_qda.ui.suggest.why import NEAREST, WhyPanel
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, PlainButton, PrimaryButton, QuietButton


class CodeDetail(QWidget):
    """Title, honesty, list, why, and the foot with what can be done. What stands over the list keeps its height."""

    wanted = Signal(str)  # a letter: what is to be done with the passages ticked, or with the current one
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "left")
        self._is_wide = True  # room for what is said beside the title
        self.title = ElidedLabel("", "page_title")
        self.unchecked = Label(_("Suggested, not yet checked by a person"), "meta_strong", "warn")
        self.honesty = Label("", "quote")
        self.honesty.setWordWrap(True)
        self.measured = Label("", "meta", "text2")
        self.measured.setWordWrap(True)
        self.stood = Label("", "meta", "text2")
        self.stood.setWordWrap(True)
        self.stood.setToolTip(_("A passage with several codings is one example; what moderators said is none."))
        self.refresh = LinkButton(_("Refresh order"), "", self.refresh_wanted.emit)
        self.refresh.setToolTip(_("F5. The order has changed since; what you see stays until you ask."))
        self.list = ProposedPassages()
        self.list.cards.ticked.connect(self._say_ticked)
        self.list.lettered.connect(self.wanted)
        self.why = WhyPanel()
        self.nothing = Label("", "quote", "text2")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._dress()
        current_theme().changed.connect(self._dress)
        self.show_nothing()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self.title, 1)
        first.addWidget(self.unchecked)
        third = QHBoxLayout()
        third.setSpacing(16)
        third.addWidget(self.stood, 1)
        third.addWidget(self.refresh)
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 24, 6)
        top.setSpacing(2)
        top.addLayout(first)
        top.addWidget(self.honesty)
        top.addWidget(self.measured)
        top.addLayout(third)
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("surface", "bg")
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(top)
        body.addWidget(self.list, 1)
        body.addWidget(self.nothing, 1)
        body.addWidget(self.why)
        area = QScrollArea()  # it scrolls where the words are large and the window low, so that no line is squeezed
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        def asks(letter: str) -> None:
            self.wanted.emit(letter)

        self.accept = PrimaryButton("", "plus", lambda: asks("a"))
        self.other = QuietButton(_("Another code…"), "", lambda: asks("c"))
        self.later = PlainButton(_("Later"), "", lambda: asks("l"))
        self.dismiss = PlainButton(_("Dismiss"), "close", lambda: asks("r"))
        self.place = PlainButton(read_in_context(), "read", lambda: asks("o"))
        keys = ((self.accept, _("A or Enter")), (self.other, _("C")), (self.later, _("L")), (self.dismiss, _("R")),
                (self.place, _("Ctrl+Enter")))  # fmt: skip
        self.foot = QWidget()
        self.foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot.setProperty("surface", "paper")
        self.foot.setProperty("edge", "top")
        self.foot.setProperty("foot", True)
        flow = FlowLayout()
        for button, key in keys:
            button.setToolTip(key)
            button.setAccessibleDescription(_("Key: {key}").format(key=key))
            flow.addWidget(button)
        row = QVBoxLayout(self.foot)
        row.setContentsMargins(24, 12, 24, 12)
        row.addLayout(flow)
        return self.foot

    def _dress(self) -> None:
        theme = current_theme()
        self.list.wanted_height = theme.px(140)
        self.list.setMinimumHeight(theme.px(140))
        self.list.updateGeometry()
        self._reserve()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve()

    def _reserve(self) -> None:
        """Room for the longest sentences there can be, so that the list does not move when another one takes their place."""
        theme, room = current_theme(), max(200, self.width() - 50)
        beside = max(120, room - self.refresh.sizeHint().width() - 16)
        for label, role, sentences, wide in (
            (self.honesty, "quote", _sentences(), room),
            (self.measured, "meta", _measures(), room),
            (self.stood, "meta", [stood_on(Ranked(CodeId(0), (), 9_999, 999, "minilm"))], beside),
        ):
            metrics = QFontMetricsF(theme.font(role))
            place = QRectF(0, 0, wide, 10_000)
            high = max(
                metrics.boundingRect(place, int(Qt.TextFlag.TextWordWrap), words).height() for words in sentences
            )
            least = self.refresh.sizeHint().height() if label is self.stood else theme.line_height(role)
            label.setFixedHeight(round(max(high, least)) + 2)
        self._is_wide = room - self.unchecked.sizeHint().width() >= theme.px(220)
        self._say_unchecked()
        head = self.honesty.height() + self.measured.height() + self.stood.height() + theme.px(36)
        left = self.height() - head - self.foot.layout().heightForWidth(room) - theme.px(200)
        self.why.set_rows(max(1, min(NEAREST, int(left / (1.5 * theme.px(26))))))

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No code is chosen."""
        for label in (self.title, self.honesty, self.measured, self.stood, self.nothing):
            label.setText("")
        self.nothing.hide()
        self.list.show()
        self.list.forget_order()
        self.list.show_rows([])
        self.why.show_nothing()
        self.refresh.hide()
        self.unchecked.hide()
        self._say_ticked()

    def show_code(self, name: str) -> None:
        """Another code was chosen; its passages follow."""
        self.show_nothing()
        self.title.setText(name)

    def show_honesty(self, honesty: Honesty | None) -> None:
        """How far the proposals can be trusted; None while that is being measured."""
        if honesty is None:
            self.honesty.setText(_("How far these can be trusted is being measured."))
            self.honesty.set_tone("text2")
            self.measured.setText("")
            return
        self.honesty.setText(said(honesty))
        self.honesty.set_tone("warn" if honesty.is_weak or not honesty.is_enough else "")
        self.measured.setText(likely(honesty))

    def show_order(self, ranked: Ranked) -> None:
        """What was ranked, and from what."""
        self.stood.setText(stood_on(ranked))
        left = _("Nothing is left that could be proposed for this code.") if ranked.examples else no_talk()
        self.nothing.setText("" if ranked.candidates else left)
        self.say_whether_empty()

    def say_whether_empty(self) -> None:
        """Where there is no passage, one sentence stands in its place."""
        is_empty = not len(self.list.cards) and bool(self.nothing.text())
        self.list.setVisible(not is_empty)
        self.nothing.setVisible(is_empty)
        self._say_unchecked()
        self._say_ticked()

    def _say_unchecked(self) -> None:
        self.unchecked.setVisible(self._is_wide and bool(len(self.list.cards)))

    def _say_ticked(self) -> None:
        n = len(self.list.cards.checked_cards())
        words = ngettext("Accept {n} passage", "Accept {n} passages", n).format(n=n) if n else _("Accept")
        self.accept.setText(words)
        reason = "" if len(self.list.cards) else _("There is no passage to decide on.")
        for button, key in (
            (self.accept, _("A or Enter")),
            (self.other, _("C")),
            (self.later, _("L. Decide later: it comes last when the order is refreshed.")),
            (self.dismiss, _("R. It is not suggested for this code again.")),
        ):
            button.disable(reason)
            button.setToolTip(reason or key)
        self.place.disable(reason)
        self.place.setToolTip(reason or _("Ctrl+Enter"))


def stood_on(ranked: Ranked) -> str:
    """From what, out of how many, and by which means the passages were ranked."""
    if not ranked.examples:
        return ngettext(
            "{n} passage, ranked by the code’s name and definition alone.",
            "{n} passages, ranked by the code’s name and definition alone.", ranked.candidates,
        ).format(n=ranked.candidates)  # fmt: skip
    examples = ngettext("{n} example", "{n} examples", ranked.examples).format(n=ranked.examples)
    if ranked.tier == "minilm":
        words = ngettext(
            "{n} passage is not coded with it; ranked by meaning and words from {examples}.",
            "{n} passages are not coded with it; ranked by meaning and words from {examples}.", ranked.candidates,
        )  # fmt: skip
    else:
        words = ngettext(
            "{n} passage is not coded with it; ranked by words alone from {examples}.",
            "{n} passages are not coded with it; ranked by words alone from {examples}.", ranked.candidates,
        )  # fmt: skip
    return words.format(n=ranked.candidates, examples=examples)


def _sentences() -> list[str]:
    """The longest that can stand over the list."""
    some = CodeId(0)
    return [
        said(Honesty(some, 99, 99, lacking=99)), said(Honesty(some, 0, 0)), said(Honesty(some, 99, 99, expected=3.0)),
        said(Honesty(some, 99, 99, expected=0.0)),
        _("How far these can be trusted is being measured."),
    ]  # fmt: skip


def _measures() -> list[str]:
    return [likely(Honesty(CodeId(0), 999, 99, tested=999, low=10.0, high=10.0)) or " "]
