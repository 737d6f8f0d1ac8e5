"""From keys, clicks and drops in the transcript to verbs of the project."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SourceId
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.extents import next_uncoded, sentence_at, whole_line
from cohesion_qda.ui.textpane.keys import key_help
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.textpane.sectioning import Sectioning
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.theme import current_theme

REMEMBERED = 12


class Gestures(QObject):
    """What the person does in the transcript. `recent` are the codes used last, the latest first."""

    said = Signal(str, bool)  # toast, whether it can be undone

    def __init__(
        self, runner: Runner, view: TranscriptView, picker: Picker, parent: QWidget, sectioning: Sectioning
    ) -> None:
        super().__init__(parent)
        self._runner, self._view, self._picker, self._page = runner, view, picker, parent
        self._sectioning = sectioning
        self.coder = CoderId(0)
        self.recent: list[CodeId] = []
        self._target: Span | None = None
        view.command.connect(self.command)
        view.code_dropped.connect(lambda code, span: self.apply(code, span))
        view.menu_wanted.connect(self.open_menu)
        view.margin.menu_wanted.connect(self._open_margin_menu)
        view.margin.folded_chosen.connect(self._open_folded_menu)

    def command(self, name: str) -> None:
        """Do what a key stands for; see `keys`."""
        if self._view.reading is None:
            return
        if name.startswith("key:"):
            self.apply_key(name[4:])
            return
        does = {
            "pick": self.pick, "again": self.again, "sentence": self.take_sentence, "turn": self.take_turn,
            "next": lambda: self.step(1), "previous": lambda: self.step(-1), "uncoded": self.to_uncoded,
            "remove": self.remove_active, "clear": self._view.clear,
        }  # fmt: skip
        does[name]()

    # ---- coding
    def target(self) -> Span | None:
        """What would be coded: the selected words, or the whole turn (or paragraph) under the caret.

        None, and a word about why, when that holds turns that are not shown.
        """
        span = self._view.selected() or self.turn_span(self._view.caret())
        if not len(span):
            self.said.emit(_("There are no words here. Select some first."), False)
            return None
        if self._view.is_hidden(span):
            self.said.emit(_("Some turns in between are not shown. Show everyone first, or select less."), False)
            return None
        return span

    def turn_span(self, point: int) -> Span:
        """The words of the turn at a place, or of its paragraph where nobody speaks."""
        reading, turn = self._view.reading, self._view.blocks.turn_at(point)
        assert reading is not None
        if turn is None:
            return whole_line(reading.text, point)
        return trimmed(reading.text, reading.turns[turn].span)

    def apply(self, code: int, span: Span | None = None) -> None:
        """Code `span` (or the target) with a code that exists."""
        if self._view.reading is None:
            self.said.emit(_("Open a transcript first."), False)
            return
        place = span or self.target()
        if place is None or CodeId(code) not in self._view.tree:
            return
        self.apply_in(self._view.reading.source.id, place, CodeId(code))

    def apply_in(self, source: SourceId, span: Span, code: CodeId) -> None:
        """Code a span of any source."""
        name = self._view.tree[code].name
        self.used(code)

        def then(change: Change) -> None:
            words = _("Already coded as {name}") if change.is_empty else _("Coded as {name}")
            self._say(words.format(name=name), can_undo=not change.is_empty)
            self._activate(change)

        self._runner.do(lambda p: p.codings.apply(source, span, [code]), then)

    def apply_new(self, name: str, parent: CodeId | None) -> None:
        """Make a code and use it on the words the picker was opened for."""
        reading, span = self._view.reading, self._target
        if reading is None or span is None:
            return

        def then(change: Change) -> None:
            for code in change.rows.get("code", ()):
                self.used(CodeId(code))
            self._say(_("Made the code {name}, and coded with it").format(name=name), can_undo=True)
            self._activate(change)

        self._runner.do(lambda p: p.codings.apply_new(reading.source.id, span, name, parent), then)

    def apply_key(self, key: str) -> None:
        """Code with the code pinned to a digit."""
        code = next((code for code in self._view.tree if code.key == key), None)
        if code is None:
            words = _("No code has the key {key}. Give it to one in the codebook: right-click, Key.")
            self.said.emit(words.format(key=key), False)
        else:
            self.apply(code.id)

    def again(self) -> None:
        """Code with the code that was used last."""
        last = next((code for code in self.recent if code in self._view.tree), None)
        if last is None:
            self.said.emit(_("Nothing coded yet in this sitting. Press C to choose a code."), False)
        else:
            self.apply(last)

    def used(self, code: CodeId) -> None:
        """Remember the code as the one used last."""
        self.recent = [code, *(other for other in self.recent if other != code)][:REMEMBERED]

    def pick(self) -> None:
        """Open the picker under the target."""
        span = self.target()
        if span is None:
            return
        self._target = span
        if self._view.selected() is None:
            self._view.select(span)
        self._picker.open_at(
            self._place_of(span), self._view.tree, self.recent, _("Code the selection"),
            chosen=lambda code: self.apply(code, span), made=self.apply_new, closed=self._view.setFocus,
        )  # fmt: skip

    def _place_of(self, span: Span) -> QRect:
        self._view.bring(span)
        rect = self._view.rect_of(span) or self._view.cursorRect()
        return QRect(self._view.viewport().mapTo(self._page, rect.topLeft()), rect.size())

    def _say(self, words: str, *, can_undo: bool) -> None:
        self.said.emit(words, can_undo)
        self._view.announce(words)

    def _activate(self, change: Change) -> None:
        """The passage just coded becomes the active one, once its codings have been read back."""
        made = frozenset(CodingId(row) for row in change.rows.get("coding", ()))
        if made:
            self._runner.ask(lambda p: made, lambda those: self._view.activate(those))

    def remove_active(self) -> None:
        """Take away this coder's codings of the active passage."""
        active = [c for c in map(self._view.coding, self._view.active) if c is not None]
        if not active:
            self.said.emit(_("Go to a coded passage first, with J, K or a click."), False)
            return
        own = [coding for coding in active if coding.coder == self.coder]
        if not own:
            who = self._view.looks.coder(active[0])
            self.said.emit(_("{coder} coded this passage; only they can take that back.").format(coder=who), False)
            return
        self.remove([coding.id for coding in own])

    def remove(self, codings: Sequence[CodingId]) -> None:
        """Take codings away."""
        found = [c for c in map(self._view.coding, codings) if c is not None]
        name = self._view.tree[found[0].code].name if found else ""
        words = ngettext("Removed {name}", "Removed {n} codes from the passage", len(found)).format(
            name=name, n=len(found)
        )
        self._runner.do(lambda p: p.codings.remove(list(codings)), lambda _change: self._say(words, can_undo=True))

    # ---- moving and selecting
    def take_sentence(self) -> None:
        """Select the sentence under the caret; when one is selected, the next one as well."""
        reading, chosen = self._view.reading, self._view.selected()
        assert reading is not None
        within = self.turn_span(chosen.start if chosen else self._view.caret())
        found = sentence_at(reading.text, chosen.start if chosen else self._view.caret(), within)
        if chosen is not None:
            last = sentence_at(reading.text, max(chosen.start, chosen.end - 1), within)
            found = Span(found.start, max(found.end, last.end))
            if found == chosen and found.end < within.end:
                found = Span(found.start, sentence_at(reading.text, found.end + 1, within).end)
        self._view.select(found)

    def take_turn(self) -> None:
        """Select the turn under the caret; when it is selected, the next one as well."""
        reading, chosen = self._view.reading, self._view.selected()
        assert reading is not None
        found = self.turn_span(chosen.start if chosen else self._view.caret())
        if chosen is not None:
            last = self.turn_span(max(chosen.start, chosen.end - 1))
            found = Span(found.start, max(found.end, last.end))
            turn = self._view.blocks.turn_at(found.start)
            if found == chosen and turn is not None and (following := self._turn_after(found.end)) is not None:
                found = Span(found.start, following.end)
        self._view.select(found)

    def _turn_after(self, point: int) -> Span | None:
        reading = self._view.reading
        assert reading is not None
        return next((turn.span for turn in reading.turns if turn.span.start >= point), None)

    def step(self, by: int) -> None:
        """Make the next (1) or previous (-1) coded passage the active one, and put the caret there."""
        spans = self._view.layers.spans(self._view.is_shown)
        if not spans:
            self.said.emit(_("No passages coded yet. Select some words and press C."), False)
            return
        active = [c.span for c in map(self._view.coding, self._view.active) if c is not None]
        here = (active[0].start, -active[0].end) if active else (self._view.caret(), 0 if by > 0 else -(10**12))
        keys = [(span.start, -span.end) for span in spans]
        if by > 0:
            ahead = [i for i, key in enumerate(keys) if key > here or (key == here and not active)]
            at = ahead[0] if ahead else None
        else:
            behind = [i for i, key in enumerate(keys) if key < here]
            at = behind[-1] if behind else None
        if at is None:
            words = _("That was the last coded passage.") if by > 0 else _("That was the first coded passage.")
            self.said.emit(words, False)
            return
        self._go(spans[at])

    def _go(self, span: Span) -> None:
        layers = self._view.layers
        self._view.put_caret(span.start)
        self._view.activate({c.id for c in layers.over(span) if c.span == span and self._view.is_shown(c)}, select=True)
        names = ", ".join(self._view.looks.words(c) for c in map(self._view.coding, sorted(self._view.active)) if c)
        reading = self._view.reading
        self._view.announce(f"{names}: {span.of(reading.text)}" if reading else names)

    def to_uncoded(self) -> None:
        """Put the caret into the next turn of a participant that has no code."""
        reading = self._view.reading
        assert reading is not None
        blocks = self._view.blocks
        order = []
        for place, turn in enumerate(reading.turns):
            speaker = blocks.speaker(place)
            if (
                speaker
                and speaker.role == "participant"
                and self._view.speaker in (None, speaker.id)
                and len(turn.span)
            ):
                order.append(place)
        coded = [coding.span for coding in self._view.layers if self._view.is_shown(coding)]
        here = blocks.turn_at(self._view.caret())
        found = next_uncoded(reading.turns, order, coded, -1 if here is None else here)
        if found is None:
            self.said.emit(_("Every turn here has a code."), False)
        else:
            self._view.clear()
            self._view.go_to(trimmed(reading.text, reading.turns[found].span))

    # ---- menus
    def open_menu(self, where: QPoint) -> None:
        """The menu of the words under the caret or selected."""
        if self._view.reading is not None:
            self.menu(self._page).popup(where)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with the selection, or the turn and the passages under the caret."""
        menu = QMenu(parent)
        view, theme = self._view, current_theme()
        words = {k.command: f"{k.words}\t{k.key}" for k in key_help()}
        whole = view.selected() is None
        menu.addAction(_("Code the turn…") + "\tC" if whole else words["pick"], self.pick)
        for code in [c for c in self.recent if c in view.tree][:5]:
            icon = theme.shape_icon(view.tree.shape(code), view.tree[code].colour)
            menu.addAction(icon, _("Code as {name}").format(name=view.tree[code].name), lambda c=code: self.apply(c))
        menu.addSeparator()
        menu.addAction(words["sentence"], self.take_sentence)
        menu.addAction(words["turn"], self.take_turn)
        menu.addAction(_("Copy") + "\tCtrl+C", view.copy).setEnabled(not whole)
        menu.addAction(_("Copy as a quotation"), self.copy_quotation)
        over = [c for c in view.layers.at(view.caret()) if view.is_shown(c) and c.coder == self.coder]
        if over:
            menu.addSeparator()
        for coding in over:
            icon = theme.shape_icon(view.looks.shape(coding), view.looks.colour_name(coding))
            remove = _("Remove {name}").format(name=view.tree[coding.code].name)
            menu.addAction(icon, remove, lambda c=coding.id: self.remove([c]))
        if view.reading is not None:
            menu.addSeparator()
            menu.addMenu(self._sectioning.menu(view.reading, self._opening(view.caret()), menu))
        return menu

    def _opening(self, point: int) -> int:
        """Where the turn at a place begins, or its line where nobody speaks."""
        reading, turn = self._view.reading, self._view.blocks.turn_at(point)
        assert reading is not None
        return reading.turns[turn].span.start if turn is not None else reading.text.rfind("\n", 0, point) + 1

    def copy_quotation(self) -> None:
        """The target with who said it and where, onto the clipboard."""
        reading, span = self._view.reading, self.target()
        if reading is None or span is None:
            return
        place = self._view.blocks.turn_at(span.start)
        speaker = self._view.blocks.speaker(place)
        words = _("“{quote}” ({source})").format(quote=span.of(reading.text), source=reading.source.name)
        if speaker is not None and place is not None:
            words = _("“{quote}” ({speaker}, {source}, turn {turn})").format(
                quote=span.of(reading.text), speaker=speaker.label, source=reading.source.name,
                turn=reading.turns[place].number,
            )  # fmt: skip
        QGuiApplication.clipboard().setText(words)
        self.said.emit(_("Copied with its source"), False)

    def _open_margin_menu(self, coding: CodingId, where: QPoint) -> None:
        found = self._view.coding(coding)
        if found is None:
            return
        self._view.activate({coding})
        menu = QMenu(self._page)
        menu.addAction(_("Select the passage"), lambda: self._view.select(found.span))
        menu.addAction(_("Code it with another code…"), lambda: (self._view.select(found.span), self.pick()))
        if found.coder == self.coder:
            menu.addAction(
                _("Remove {name}").format(name=self._view.tree[found.code].name), lambda: self.remove([coding])
            )
        menu.popup(where)

    def _open_folded_menu(self, codings: Sequence[CodingId], where: QPoint) -> None:
        menu = QMenu(self._page)
        for coding in (c for c in map(self._view.coding, codings) if c is not None):
            icon = current_theme().shape_icon(self._view.looks.shape(coding), self._view.looks.colour_name(coding))
            menu.addAction(
                icon, self._view.looks.words(coding), lambda c=coding.id: self._view.activate({c}, select=True)
            )
        menu.popup(where)
