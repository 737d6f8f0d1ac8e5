"""Selecting more and less with keys, and going from place to place."""

from __future__ import annotations

from collections.abc import Callable

from cohesion_qda.base.i18n import _
from cohesion_qda.model.extent import sentence_at, whole_line
from cohesion_qda.model.text import Span, trimmed
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.textpane.words import word_after, word_at, word_before

_BEFORE_ALL = -(1 << 62)  # as the end of a passage: before all that begin at the same place


class Selecting:
    """What W, S, T, B, J, K, U, N and P do. `say` tells the person why there is nothing to do."""

    def __init__(self, view: TranscriptView, say: Callable[[str], None]) -> None:
        self._view, self._say = view, say
        self._steps: list[Span | None] = []  # what was selected before each growth
        self._grown: Span | None = None  # what the last growth selected

    # ---- more and less
    def turn_span(self, point: int) -> Span:
        """The words of the turn at a place, or of its paragraph where nobody speaks."""
        reading, turn = self._view.reading, self._view.blocks.turn_at(point)
        assert reading is not None
        if turn is None:
            return whole_line(reading.text, point)
        return trimmed(reading.text, reading.turns[turn].span)

    def word(self) -> None:
        """Select the word under the caret; when something is selected, up to the end of the next word."""
        text, chosen = self._text(), self._view.selected()
        if chosen is None:
            self._grow(word_at(text, self._view.caret()))
        else:
            self._grow(Span(chosen.start, word_after(text, chosen.end)))

    def sentence(self) -> None:
        """Select the sentence under the caret; when one is selected, the next one as well. A selection grows at both ends, each
        in the turn it stands in.
        """
        text, chosen = self._text(), self._view.selected()
        start = chosen.start if chosen else self._view.caret()
        within = self.turn_span(start)
        found = sentence_at(text, start, within)
        if chosen is not None:
            at = max(chosen.start, chosen.end - 1)
            within = self.turn_span(at)
            last = sentence_at(text, at, within)
            found = Span(found.start, max(found.end, last.end, chosen.end))
            if found == chosen and found.end < within.end:
                found = Span(found.start, sentence_at(text, found.end + 1, within).end)
        self._grow(found)

    def turn(self) -> None:
        """Select the turn under the caret; when it is selected, the next one as well."""
        reading, chosen = self._view.reading, self._view.selected()
        assert reading is not None
        found = self.turn_span(chosen.start if chosen else self._view.caret())
        if chosen is not None:
            last = self.turn_span(max(chosen.start, chosen.end - 1))
            found = Span(found.start, max(found.end, last.end, chosen.end))
            turn = self._view.blocks.turn_at(max(found.start, found.end - 1))
            if found == chosen and turn is not None and turn + 1 < len(reading.turns):
                found = Span(found.start, max(found.end, trimmed(reading.text, reading.turns[turn + 1].span).end))
        self._grow(found)

    def less(self) -> None:
        """Select what was selected before the last growth; after any other selection, leave its last word out."""
        chosen = self._view.selected()
        if chosen is None:
            self._say(_("Nothing is selected. W, S and T select a word, a sentence and a turn."))
            return
        if self._steps and chosen == self._grown:
            self._grown = before = self._steps.pop()
        else:
            end = word_before(self._text(), chosen.end)
            before = Span(chosen.start, end) if end > chosen.start else None
        if before is None:
            self._view.put_caret(chosen.start)
        else:
            self._view.select(before)

    def _grow(self, span: Span) -> None:
        chosen = self._view.selected()
        if chosen is None or chosen != self._grown:
            self._steps = []
        if span != chosen and len(span):
            self._steps.append(chosen)
        if len(span):
            self._view.select(span)
            self._grown = self._view.selected()

    def _text(self) -> str:
        assert self._view.reading is not None
        return self._view.reading.text

    # ---- going
    def step(self, by: int) -> None:
        """Make the next (1) or previous (-1) coded passage the active one, and put the caret there."""
        layers = self._view.layers
        active = [c.span for c in map(self._view.coding, self._view.active) if c is not None]
        here = (active[0].start, -active[0].end) if active else (self._view.caret(), _BEFORE_ALL)
        found = layers.next_span(here) if by > 0 else layers.previous_span(here)
        if found is not None:
            self._go(found)
        elif (layers.previous_span(here) if by > 0 else layers.next_span(here)) is None and not active:
            nothing = _("No passages coded yet. Select some words and press C.")
            self._say(_("None of the coded passages is shown.") if len(layers) else nothing)
        else:
            self._say(_("That was the last coded passage.") if by > 0 else _("That was the first coded passage."))

    def _go(self, span: Span) -> None:
        layers = self._view.layers
        self._view.put_caret(span.start)
        self._view.activate({c.id for c in layers.over(span) if c.span == span and self._view.is_shown(c)}, select=True)
        names = ", ".join(self._view.looks.words(c) for c in map(self._view.coding, sorted(self._view.active)) if c)
        self._view.announce(f"{names}: {span.of(self._text())}")

    def uncoded(self) -> None:
        """Put the caret into the next turn of a participant that has no code."""
        reading, blocks = self._view.reading, self._view.blocks
        assert reading is not None
        here = blocks.turn_at(self._view.caret())
        first = 0 if here is None else here + 1
        ring = (*range(first, len(reading.turns)), *range(first))
        found = next((place for place in ring if self._waits(place)), None)
        if found is None:
            self._say(_("Every turn here has a code."))
        else:
            self._to_turn(found)

    def _waits(self, place: int) -> bool:
        """Whether a turn is a participant's, is shown, and has no code."""
        assert self._view.reading is not None
        span, speaker = self._view.reading.turns[place].span, self._view.blocks.speaker(place)
        is_theirs = speaker is not None and speaker.role == "participant" and bool(len(span))
        return is_theirs and not self._view.is_out_of_sight(span) and not self._view.layers.has(span)

    def same_speaker(self, by: int) -> None:
        """Put the caret into the next (1) or previous (-1) turn of who speaks at the caret."""
        reading, blocks = self._view.reading, self._view.blocks
        assert reading is not None
        here = blocks.turn_at(self._view.caret())
        if here is None:
            self._say(_("Nobody speaks here. Put the caret into somebody’s turn first."))
            return
        who = reading.turns[here].speaker
        order = range(here + 1, len(reading.turns)) if by > 0 else range(here - 1, -1, -1)
        found = next((p for p in order if reading.turns[p].speaker == who and self._can_be_seen(p)), None)
        if found is not None:
            self._to_turn(found)
            return
        speaker = blocks.speaker(here)
        words = _("That was the last turn of {name}.") if by > 0 else _("That was the first turn of {name}.")
        self._say(words.format(name=speaker.label if speaker is not None else ""))

    def _can_be_seen(self, place: int) -> bool:
        assert self._view.reading is not None
        span = self._view.reading.turns[place].span
        return len(span) > 0 and not self._view.is_out_of_sight(span)

    def speakers(self, span: Span) -> list[str]:
        """Who speaks in `span`, each once, in the order of their first words in it."""
        blocks, reading = self._view.blocks, self._view.reading
        first, last = blocks.turn_at(span.start), blocks.turn_at(max(span.start, span.end - 1))
        if reading is None or first is None or last is None:
            return []
        found = dict.fromkeys(reading.turns[place].speaker for place in range(first, last + 1))
        return [reading.speakers[who].label for who in found if who in reading.speakers]

    def _to_turn(self, place: int) -> None:
        assert self._view.reading is not None
        span = trimmed(self._text(), self._view.reading.turns[place].span)
        self._view.clear()
        self._view.go_to(span)
        speaker = self._view.blocks.speaker(place)
        if speaker is not None:
            self._view.announce(f"{speaker.label}: {span.of(self._text())}")
