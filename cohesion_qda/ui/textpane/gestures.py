"""From keys, clicks and drops in the transcript to verbs of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SegmentId, SourceId
from cohesion_qda.model.text import Span
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane import menus
from cohesion_qda.ui.textpane.passages import Passages
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.textpane.sectioning import Sectioning
from cohesion_qda.ui.textpane.selecting import Selecting
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.textpane.words import name_from

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.ui.textpane.editing_turns import Speaking
    from cohesion_qda.ui.textpane.fitting import Fitting

REMEMBERED = 12
_REST = 300  # milliseconds after which a selection that grew is looked at
_NAMED = 4  # people named in one sentence


class Gestures(QObject):
    """What the person does in the transcript. `recent` are the codes used last, the latest first; `uses` is how often
    this coder has used each code.
    """

    said = Signal(str, bool)  # toast, whether it can be undone

    def __init__(
        self, runner: Runner, view: TranscriptView, picker: Picker, parent: QWidget, sectioning: Sectioning
    ) -> None:
        super().__init__(parent)
        self._runner, self.view, self._picker, self._page = runner, view, picker, parent
        self.sectioning = sectioning
        self.passages = Passages(runner, view, parent)
        self.selecting = Selecting(view, lambda words: self.said.emit(words, False))
        self.recent: list[CodeId] = []
        self.uses: dict[CodeId, int] = {}
        self.fitting: Fitting | None = None  # which codes may fit the words
        self.speaking: Speaking | None = None  # who said it and where turns begin, while that can be corrected
        self._target: Span | None = None
        self._last: CodeId | None = None  # the code this coder used last, before this sitting
        self._heard: list[str] = []  # whose words are selected, as far as it was said
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self.tell_speakers)
        self._does = self._commands()
        self.passages.said.connect(self.said)
        self.passages.command.connect(self.command)
        self.passages.changed.connect(self._activate)
        view.command.connect(self.command)
        view.code_dropped.connect(lambda codes, span: self.apply(codes, span))
        view.menu_wanted.connect(self.open_menu)
        view.selectionChanged.connect(self._resting.start)
        view.margin.chosen.connect(lambda _coding: self.passages.open_card(with_keys=view.margin.by_keys))
        view.margin.menu_wanted.connect(self._open_margin_menu)
        view.margin.folded_chosen.connect(
            lambda codings, where: menus.open_at(menus.folded_menu(self, codings, self._page), where)
        )

    def _commands(self) -> Mapping[str, object]:
        going, passages = self.selecting, self.passages
        return {
            "pick": self.pick, "again": self.again, "in-vivo": self.in_vivo,
            "word": going.word, "sentence": going.sentence, "turn": going.turn, "less": going.less,
            "next": lambda: going.step(1), "previous": lambda: going.step(-1), "uncoded": going.uncoded,
            "same": lambda: going.same_speaker(1), "same-before": lambda: going.same_speaker(-1),
            "acts": lambda: passages.open_card(with_keys=True), "ends": passages.change_ends, "recode": self.recode,
            "memo": self.write_memo, "quotation": self.copy_quotation, "example": passages.make_example,
            "theme": self.add_to_theme, "worksheet": self.link_to_worksheet, "heavier": lambda: passages.weigh_by(1), "lighter": lambda: passages.weigh_by(-1),
            "remove": passages.remove, "clear": self.view.clear,
            "fit": lambda: self._fit("ask_now"), "fit-why": lambda: self._fit("say_why"),
            "alike": lambda: self._fit("find_alike"),
            **{f"fit-{at + 1}": lambda at=at: self._fit("take", at) for at in range(3)},
        }  # fmt: skip

    def command(self, name: str) -> None:
        """Do what a key stands for; see `keys`."""
        if self.view.reading is None:
            return
        if self.passages.ends.is_on:
            self.passages.ends.leave()
        if name.startswith("key:"):
            self.apply_key(name[4:])
        else:
            self._does[name]()

    def _fit(self, does: str, *args: int) -> None:
        if self.fitting is not None:
            getattr(self.fitting, does)(*args)

    @property
    def coder(self) -> CoderId:
        """Who codes."""
        return self.passages.coder

    def set_coder(self, coder: CoderId) -> None:
        """Somebody codes: whose codings may be changed, and which codes are used most, is another matter now."""
        if coder != self.passages.coder:
            if self.passages.coder:
                self.recent = []
            self.passages.coder, self._last = coder, None
            self.passages.ends.follow()
        self._runner.ask(lambda p: p.codings.uses(), self._keep_uses, key=(self, "uses"))

    def _keep_uses(self, uses: dict[CodeId, int]) -> None:
        self.uses, self._last = uses, next(iter(uses), None)

    def forget(self) -> None:
        """Another project: its codes have other ids."""
        self.recent, self.uses, self._last = [], {}, None

    # ---- coding
    def target(self) -> Span | None:
        """What would be coded: the selected words, or the whole turn (or paragraph) under the caret.

        None, and a word about why, when that holds turns that are not shown.
        """
        span = self.view.selected() or self.selecting.turn_span(self.view.caret())
        if not len(span):
            self.said.emit(_("There are no words here. Select some first."), False)
            return None
        if self.view.is_hidden(span):
            self.said.emit(_("Some turns in between are not shown. Show everyone first, or select less."), False)
            return None
        return span

    def apply(self, codes: int | Iterable[int], span: Span | None = None) -> None:
        """Code `span` (or the target) with a code, or several, in one act."""
        if self.view.reading is None:
            self.said.emit(_("Open a transcript first."), False)
            return
        wanted = [CodeId(code) for code in ([codes] if isinstance(codes, int) else codes) if code in self.view.tree]
        place = (span or self.target()) if wanted else None
        if place is not None:
            self.apply_in(self.view.reading.source.id, place, wanted)

    def apply_in(
        self, source: SourceId, span: Span, codes: CodeId | Sequence[CodeId],
        verb: Callable[[Project], Change] | None = None,
    ) -> None:  # fmt: skip
        """Code a span of any source; by `verb`, where it is more than that."""
        wanted = [codes] if isinstance(codes, int) else list(codes)
        names = ", ".join(self.view.tree[code].name for code in wanted)

        def then(change: Change) -> None:
            words = _("Already coded as {name}") if change.is_empty else _("Coded as {name}")
            if not self._would_show(source, span, wanted):
                words = _("Coded as {name}. The filter hides it here.")
            self._say(words.format(name=names), can_undo=not change.is_empty)
            for code in wanted:
                self.used(code, n=int(not change.is_empty))
            self._activate(change)

        self._runner.do(verb or (lambda p: p.codings.apply(source, span, wanted)), then)

    def _would_show(self, source: SourceId, span: Span, codes: Sequence[CodeId]) -> bool:
        """Whether the filters let this coder's codings of these codes be seen."""
        made = (Coding(CodingId(0), SegmentId(0), source, span, code, self.coder, "") for code in codes)
        return all(map(self.view.is_shown, made))

    def apply_new(self, name: str, parent: CodeId | None) -> None:
        """Make a code and use it, with those that are ticked, on the words the picker was opened for."""
        reading, span, also = self.view.reading, self._target, tuple(self._picker.ticked)
        if reading is None or span is None:
            return

        def then(change: Change) -> None:
            for code in change.rows.get("code", ()):
                self.used(CodeId(code))
            self._say(_("Made the code {name}, and coded with it").format(name=name), can_undo=True)
            self._activate(change)

        self._runner.do(lambda p: p.codings.apply_new(reading.source.id, span, name, parent, also), then)

    def apply_key(self, key: str) -> None:
        """Code with the code that has a key."""
        code = next((code for code in self.view.tree if code.key == key), None)
        if code is None:
            words = _("No code has the key {key}. Give it to one in the codebook: right-click, Key.")
            self.said.emit(words.format(key=key), False)
        elif self.view.tree.is_aside(code.id):
            self.said.emit(_("{name} is set aside. Bring it back in the codebook.").format(name=code.name), False)
        else:
            self.apply(code.id)

    def again(self) -> None:
        """Code with the code that this coder used last, in this sitting or before."""
        known = [*self.recent, *([] if self._last is None else [self._last])]
        last = next((c for c in known if c in self.view.tree and not self.view.tree.is_aside(c)), None)
        if last is None:
            self.said.emit(_("You have not coded anything yet. Press C to choose a code."), False)
        else:
            self.apply(last)

    def used(self, code: CodeId, n: int = 1) -> None:
        """Remember the code as the one used last, `n` times more."""
        self.recent = [code, *(other for other in self.recent if other != code)][:REMEMBERED]
        self.uses[code] = self.uses.get(code, 0) + n

    # ---- choosing a code
    def pick(self) -> None:
        """Open the picker under the target."""
        self._pick()

    def in_vivo(self) -> None:
        """Open the picker with the selected words as the name of a new code."""
        chosen, reading = self.view.selected(), self.view.reading
        if chosen is None or reading is None:
            self.said.emit(_("Select the words that are to be the code’s name first."), False)
            return
        name = name_from(chosen.of(reading.text))
        if name:
            self._pick(name)
        else:
            self.said.emit(_("There is no word in the selection to name a code with."), False)

    def _pick(self, new_name: str = "") -> None:
        span = self.target()
        if span is None:
            return
        self._target = span
        if self.view.selected() is None:
            self.view.select(span)
        self._picker.open_at(
            self.place_of(span), self.view.tree, self.recent, _("Code the selection"),
            chosen=lambda code: self.apply(code, span), several=lambda codes: self.apply(codes, span),
            made=self.apply_new, closed=self.view.setFocus, uses=self.uses, new_name=new_name,
        )  # fmt: skip

    def recode(self) -> None:
        """Open the picker for another code of the active passage."""
        span = self.passages.may_recode()
        if span is not None:
            self._picker.open_at(
                self.place_of(span), self.view.tree, self.recent, _("Recode the passage"),
                chosen=self.passages.recode, closed=self.view.setFocus, uses=self.uses,
            )  # fmt: skip

    def place_of(self, span: Span) -> QRect:
        """Where words stand on the page; they are brought into view."""
        self.view.bring(span)
        rect = self.view.rect_of(span) or self.view.cursorRect()
        return QRect(self.view.viewport().mapTo(self._page, rect.topLeft()), rect.size())

    # ---- what a passage and any words share
    def _words(self) -> Span | None:
        """What is selected; else the active passage; else the turn under the caret."""
        active = self.passages.active()
        if self.view.selected() is None and active:
            return active[0].span
        return self.target()

    def copy_quotation(self) -> None:
        """The words with who said them and where, onto the clipboard."""
        span = self._words()
        if span is not None:
            self.passages.copy_quotation(span)

    def add_to_theme(self) -> None:
        """Let the words support a theme."""
        span = self._words()
        if span is not None:
            self.passages.add_to_theme(span)

    def link_to_worksheet(self) -> None:
        """Let the words answer a question of a worksheet."""
        span, reading = self._words(), self.view.reading
        if span is not None and reading is not None:
            from cohesion_qda.ui.report.linking import link_to_worksheet

            link_to_worksheet(self._runner, reading.source.id, span, self._page)

    def link_to_memo(self) -> None:
        """Let a memo that is there point to the words."""
        span, reading = self._words(), self.view.reading
        if span is not None and reading is not None:
            from cohesion_qda.ui.memos.picker import link_to_memo

            link_to_memo(self._runner, reading.source.id, span, self._page)

    def write_memo(self) -> None:
        """Write about the active passage, or about the words that are selected or stand under the caret."""
        if self.view.selected() is None and self.passages.write_memo():
            return
        span, reading = self.target(), self.view.reading
        if span is not None and reading is not None:
            from cohesion_qda.ui.memos.dialog import write_memo_at

            words = self.passages.words_at(span)
            write_memo_at(self._runner, reading.source.id, span, _("these words"), self._page, words)

    def tell_speakers(self) -> None:
        """Say whose words are selected, once, where they are not one person's; what is coded so already was meant so."""
        span = self.view.selected()
        is_known = self.passages.ends.is_on or any(coding.span == span for coding in self.passages.active())
        heard = self.selecting.speakers(span) if span is not None and not is_known else []
        if len(heard) > 1 and not set(heard) <= set(self._heard):
            self._say(_("You have selected words of {names}.").format(names=_listed(heard)), can_undo=False)
        if not is_known:
            self._heard = heard

    def _say(self, words: str, *, can_undo: bool) -> None:
        self.said.emit(words, can_undo)
        self.view.announce(words)

    def _activate(self, change: Change) -> None:
        """The passage just coded or changed becomes the active one, once its codings have been read back."""
        touched = frozenset(CodingId(row) for row in change.rows.get("coding", ()))
        if touched:
            self._runner.ask(lambda p: touched, self._make_active)

    def _make_active(self, codings: frozenset[CodingId]) -> None:
        there = {coding for coding in codings if self.view.coding(coding) is not None}
        if there:
            self.view.activate(there)
        self.passages.ends.place()

    # ---- menus
    def open_menu(self, where: QPoint) -> None:
        """The menu of the words under the caret or selected."""
        if self.view.reading is not None:
            menus.open_at(self.menu(self._page), where)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with the selection, or the turn and the passages under the caret."""
        return menus.words_menu(self, parent)

    def opening(self, point: int) -> int:
        """Where the turn at a place begins, or its line where nobody speaks."""
        reading, turn = self.view.reading, self.view.blocks.turn_at(point)
        assert reading is not None
        return reading.turns[turn].span.start if turn is not None else reading.text.rfind("\n", 0, point) + 1

    def _open_margin_menu(self, coding: CodingId, where: QPoint) -> None:
        found = self.view.coding(coding)
        if found is not None:
            self.view.activate({coding})
            menus.open_at(menus.margin_menu(self, found, self._page), where)


def _listed(names: Sequence[str]) -> str:
    """Some names, and a sign where there are more."""
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
