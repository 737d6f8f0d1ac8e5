"""What can be done with the passage one is on: with a key, from its card in the margin, or from a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.card import Card
from cohesion_qda.ui.textpane.ends import Ends
from cohesion_qda.ui.textpane.keys import KeyHelp, passage_help
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.ui.memos.dialog import Words

_STEP = 10  # of weight, for one key
_QUOTED = 40  # characters of the passage in a message


class Passages(QObject):
    """Acts on the active codings. Only one's own are changed; of others' is said whose they are."""

    said = Signal(str, bool)  # toast, whether it can be undone
    command = Signal(str)  # chosen on the card
    changed = Signal(object)  # Change that made another passage active

    def __init__(self, runner: Runner, view: TranscriptView, page: QWidget) -> None:
        super().__init__(page)
        self._runner, self._view, self._page = runner, view, page
        self.coder = CoderId(0)
        self.has_weights = False
        self.ends = Ends(view, self.own)
        self.card = Card(page)
        self.ends.kept.connect(self._move_ends)
        self.ends.said.connect(lambda words: self.said.emit(words, False))
        self.card.chosen.connect(self.command)
        self.card.weighed.connect(self.weigh)
        self.card.left.connect(view.setFocus)
        view.activated.connect(lambda _active: self.card.close_it())
        view.scrolled.connect(self.card.close_it)
        view.command.connect(lambda command: command != "acts" and self.card.close_it())

    def use_weights(self, wanted: bool) -> None:
        """Whether weights are shown and can be given."""
        self.has_weights = wanted
        self.card.close_it()

    # ---- which
    def active(self) -> list[Coding]:
        """The codings of the active passage, the oldest first."""
        return [c for c in map(self._view.coding, sorted(self._view.active)) if c is not None]

    def own(self) -> list[Coding]:
        """Those of them that this coder may change."""
        return [coding for coding in self.active() if coding.coder == self.coder]

    def _mine(self) -> list[Coding]:
        """Those that may be changed; where there are none, why is said."""
        active, own = self.active(), self.own()
        if not active:
            self.said.emit(_("Go to a coded passage first, with J, K or a click."), False)
        elif not own:
            who = self._view.looks.coder(active[0])
            self.said.emit(_("{coder} coded this passage; only they can change that.").format(coder=who), False)
        return own

    def offers(self, codings: Sequence[Coding]) -> list[KeyHelp]:
        """What can be done with these codings, with the words and keys for it."""
        own = any(coding.coder == self.coder for coding in codings)
        wanted = {"memo", "quotation", "theme"}
        if len({coding.code for coding in codings}) == 1:
            wanted.add("example")
        if own:
            wanted |= {"ends", "recode", "remove"} | ({"heavier", "lighter"} if self.has_weights else set())
        return [help_ for help_ in passage_help() if help_.command in wanted]

    def named(self, codings: Sequence[Coding]) -> str:
        """The names of their codes."""
        return ", ".join(dict.fromkeys(self._view.tree[coding.code].name for coding in codings))

    def whose(self, codings: Sequence[Coding]) -> str:
        """Who coded them, when it was somebody else."""
        others = [coding for coding in codings if coding.coder != self.coder]
        names = ", ".join(dict.fromkeys(self._view.looks.coder(coding) for coding in others))
        if not others:
            return ""
        if len(others) < len(codings):
            return _("By you and {coder}; only yours can be changed").format(coder=names)
        return _("Coded by {coder}; only they can change that").format(coder=names)

    # ---- the card
    def open_card(self, *, with_keys: bool) -> None:
        """The card of the active passage, beside its name in the margin. With `with_keys` it takes the focus."""
        active = self.active()
        if not active:
            self.said.emit(_("Go to a coded passage first, with J, K or a click."), False)
            return
        looks, own = self._view.looks, self.own()
        icon = current_theme().shape_icon(looks.shape(active[0]), looks.colour_name(active[0]))
        acts = [act for act in self.offers(active) if act.command not in ("heavier", "lighter")]
        weight: int | bool | None = own[0].weight if self.has_weights and own else False
        self.card.open_by(self._beside(active), self.named(active), icon, self.whose(active), acts, weight)
        if with_keys:
            self.card.take_focus()

    def _beside(self, codings: Sequence[Coding]) -> QRect:
        """Where their name stands in the margin, or else where their words are, in the page's coordinates."""
        ids = {coding.id for coding in codings}
        margin = self._view.margin
        for shown in reversed(margin.shown):
            if ids & set(shown.codings):
                rect = shown.rect.toRect()
                return QRect(margin.mapTo(self._page, rect.topLeft()), rect.size())
        rect = self._view.rect_of(codings[0].span) or self._view.cursorRect()
        return QRect(self._view.viewport().mapTo(self._page, rect.topLeft()), rect.size())

    # ---- acts
    def remove(self, codings: Sequence[CodingId] | None = None) -> None:
        """Take codings away: these, or this coder's of the active passage."""
        found = self._mine() if codings is None else [c for c in map(self._view.coding, codings) if c is not None]
        if not found:
            return
        ids, n = [coding.id for coding in found], len(found)
        words = ngettext("Removed {name} from “{words}”", "Removed {n} codes from “{words}”", n)
        said = words.format(name=self.named(found), n=n, words=self._quote(found[0].span))
        self._do(lambda p: p.codings.remove(ids), said, lost=True)

    def _quote(self, span: Span) -> str:
        """The first words of a place, to know it by."""
        words = span.of(self._view.reading.text) if self._view.reading is not None else ""
        return shorten(words, _QUOTED, placeholder=" …")

    def change_ends(self) -> None:
        """Begin to move the ends of the passage with keys."""
        if self._mine() and self.ends.start():
            words = _("Arrows move the end, Ctrl by word, Shift the start. Enter keeps it, Esc leaves it as it was.")
            self.said.emit(words, False)
            self._view.announce(words)

    def _move_ends(self, codings: Sequence[CodingId], span: Span) -> None:
        self._do(lambda p: p.codings.move_ends(codings, span), _("Moved the ends of the passage"))

    def recode(self, code: CodeId) -> None:
        """Let this coder's codings of the active passage be of another code."""
        own = self._mine()
        if own:
            ids = [coding.id for coding in own]
            words = _("Recoded as {name}").format(name=self._view.tree[code].name)
            self._do(lambda p: p.codings.recode(ids, code), words)

    def may_recode(self) -> Span | None:
        """The passage whose code may be changed; else None, and why is said."""
        own = self._mine()
        return own[0].span if own else None

    def weigh(self, weight: int | None) -> None:
        """Say how strongly the code fits, 0 to 100, or None."""
        own = self._mine()
        if own:
            ids = [coding.id for coding in own]
            words = _("No weight") if weight is None else _("Weight {weight}").format(weight=weight)
            self._do(lambda p: p.codings.set_weight(ids, weight), words)

    def weigh_by(self, step: int) -> None:
        """More (1) or less (-1) weight; from none it begins at 50."""
        if not self.has_weights:
            self.said.emit(_("Weights are off. The Code menu shows them."), False)
            return
        own = self._mine()
        if own:
            now = own[0].weight
            self.weigh(50 if now is None else min(100, max(0, now + step * _STEP)))

    def write_memo(self) -> bool:
        """Write about the active passage; False where none is active."""
        from cohesion_qda.ui.memos.dialog import write_memo

        active = self.active()
        if not active:
            return False
        what, words = _("the passage coded as {name}").format(name=self.named(active)), self.words_at(active[0].span)
        if len(active) == 1:
            write_memo(self._runner, "coding", active[0].id, what, self._page, words)
        else:
            write_memo(self._runner, "segment", active[0].segment, what, self._page, words)
        return True

    def words_at(self, span: Span) -> Words:
        """The words at `span`, and where they stand on the screen."""
        from cohesion_qda.ui.memos.dialog import Words

        assert self._view.reading is not None
        rect = self._view.rect_of(span) or self._view.cursorRect()
        place = QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())
        return Words(span.of(self._view.reading.text), place)

    def make_example(self) -> None:
        """The words of the active passage become its code's example."""
        active = self.active()
        codes = {coding.code for coding in active}
        if not active:
            self.said.emit(_("Go to a coded passage first, with J, K or a click."), False)
        elif len(codes) > 1:
            self.said.emit(_("Several codes stand here. Click the name of one in the margin first."), False)
        else:
            coding = active[0]
            words = _("This is the example of {name} now").format(name=self.named(active))
            self._do(lambda p: p.codebook.set_example(coding.code, coding.id), words)

    def copy_quotation(self, span: Span) -> None:
        """The words with who said them and where, onto the clipboard."""
        from cohesion_qda.model.quotation import quotation_of

        reading = self._view.reading
        if reading is None:
            return
        QGuiApplication.clipboard().setText(quotation_of(reading, span))
        self.said.emit(_("Copied with its source"), False)

    def add_to_theme(self, span: Span) -> None:
        """Let a theme be supported by these words."""
        from cohesion_qda.ui.themes.picker import add_to_theme

        if self._view.reading is not None:
            add_to_theme(self._runner, self._view.reading.source.id, span, self._page)

    def _do(self, verb: Callable[..., Change], words: str, *, lost: bool = False) -> None:
        """Do it and say so; with `lost`, say too how many memos went with it."""

        def then(change: Change) -> None:
            if not change.is_empty:
                n = len(change.rows.get("memo", ())) if lost else 0
                gone = ngettext("{what}, and {n} memo on it", "{what}, and {n} memos on it", n)
                said = gone.format(what=words, n=n) if n else words
                self.said.emit(said, True)
                self._view.announce(said)
                self.changed.emit(change)

        self._runner.do(verb, then)
