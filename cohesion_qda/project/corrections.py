"""Verbs that correct a transcript: its words, and who said them. What stands in it moves with its text."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.place import Place
from cohesion_qda.model.source import Reading, Turn
from cohesion_qda.model.text import Span, canonical, comparable, trimmed
from cohesion_qda.model.textmap import Edit, TextMap, applied, refined, turns_moved
from cohesion_qda.project.places import worded
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, codes, corrections, places, sources
from cohesion_qda.store.corrections import TurnRow

NEAR = 60  # code points shown on each side of where a passage was


@dataclass(frozen=True, slots=True)
class LostPassage:
    """A passage that lost its text to a correction. `place.quote` are the words it had, and it stood between `before` and
    `after`. `codes` are the names of its codes, `coders` who used them, `memos` the first lines of what is written of it.
    """

    place: Place
    before: str
    after: str
    codings: int
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    memos: tuple[str, ...]


class Corrections:
    """`project.corrections`. Each correction is one act, and its undo brings everything back as it was."""

    def __init__(self, session: Session) -> None:
        self._s = session

    # ---- words
    def correct(self, source: SourceId, edits: Iterable[Edit], *, of: str = "") -> Change:
        """Correct a text. `edits` speak of the text as it is now and do not overlap; what they bring is made canonical.

        Codings and memos move with their words (`model.textmap`): what replaces some of them stays inside, and typing at an
        edge never stretches them. A passage none of whose words are left is kept with its old words, for `lost`; passages
        that become the same are merged. What is typed at the edges of a turn was said in it; a turn without words goes, and
        two turns never run into each other: a line end stays between them.

        `of` is the `content` of the source that the edits were made for. Raises BadInput when the text has become another
        one since then, for edits outside the text or over each other, and when no words would be left.
        """
        reading = self._s.read(source)
        short = self._short(reading, edits)
        focus = Span(short[0].start, short[0].start) if short else Span(0, 0)
        before = 0 if self._s.only is None else len(self.lost())
        with self._s.act("correct-text", focus=(source, focus), source=reading.source.name, n=len(short)) as action:
            self._check_same(source, of or reading.source.content)
            if short:
                action.details["was"] = reading.source.content
                lost = self._write(reading, short, corrections.turns(self._s.db, source))
                if self._s.only is not None:  # say no more than may be seen
                    lost = max(0, len(self.lost()) - before)
                action.details.update({"lost": lost} if lost else {})
        return action.change

    def _short(self, reading: Reading, edits: Iterable[Edit]) -> builtins.list[Edit]:
        try:
            short = refined(reading.text, [replace(edit, text=canonical(edit.text)) for edit in edits])
        except ValueError:
            raise BadInput(
                _("The places to correct lie outside “{source}” or over each other.").format(
                    source=reading.source.name
                ),
                _("Give each place once, as it stands in the text now."),
            ) from None
        if short and not applied(reading.text, short).strip():
            raise BadInput(
                _("No words of “{source}” would be left.").format(source=reading.source.name),
                _("Remove the source instead, or leave some words."),
            )
        return short

    def _check_same(self, source: SourceId, content: str) -> None:
        now = self._s.source(source)
        if now.content != content:
            raise BadInput(
                _("The text of “{source}” was changed meanwhile.").format(source=now.name),
                _("Copy what you typed, leave, and correct the text as it is now."),
            )

    def _write(self, reading: Reading, edits: Sequence[Edit], rows: Sequence[TurnRow]) -> int:
        """Keep the corrected text with turns that are `rows` moved along. Gives how many passages lost their text."""
        text, source = reading.text, reading.source.id
        edits, spans = turns_moved(text, [row.span for row in rows], edits)
        new = applied(text, edits)
        moved = [_moved(row, span, text, new) for row, span in zip(rows, spans, strict=True)]
        begin = {row.span.start: span.start for row, span in zip(rows, spans, strict=True)}
        lost = corrections.write_text(self._s.db, source, text, edits, begin)
        corrections.write_turns(self._s.db, source, new, [row for row in moved if row is not None])
        return lost

    # ---- who said it
    def set_speaker(self, source: SourceId, turns: Sequence[TurnId], who: SpeakerId | str) -> Change:
        """Say who said some turns: a speaker of this source, or a label, which is new where no speaker of it has it.

        People who then speak nowhere go, unless something is known or written of them. Raises NotFound for a turn or
        speaker of another source, BadInput for an empty label.
        """
        reading = self._s.read(source)
        wanted = [_turn(reading, turn) for turn in turns]
        if not wanted:
            raise BadInput(_("No turn was chosen."), _("Choose the turns that somebody else said."))
        name = self._name(reading, who)
        with self._s.act(
            "set-speaker", focus=(source, wanted[0].span), source=reading.source.name, case=name, n=len(wanted),
            turn=wanted[0].number,
        ) as action:  # fmt: skip
            speaker = self._speaker_inside(reading, who)
            ids = {turn.id for turn in wanted}
            rows = corrections.turns(self._s.db, source)
            rows = [replace(row, speaker=speaker) if row.id in ids else row for row in rows]
            corrections.write_turns(self._s.db, source, reading.text, rows)
        return action.change

    def said_by(self, source: SourceId, span: Span, who: SpeakerId | str) -> Change:
        """Say that the words in `span` were said by somebody: they become turns of their own, each on a line of its own.

        Raises BadInput where nobody speaks in it, and as `set_speaker`.
        """
        reading = self._s.read(source)
        place = worded(self._s, source, span)
        touched = [turn for turn in reading.turns if turn.span.overlaps(place)]
        if not touched:
            raise BadInput(_("Nobody speaks in that place."), _("Choose words of a turn."))
        with self._s.act(
            "said-by", focus=(source, place), source=reading.source.name, case=self._name(reading, who),
            turn=touched[0].number,
        ) as action:  # fmt: skip
            speaker = self._speaker_inside(reading, who)
            self._cut(reading, (place.start, place.end), lambda piece: speaker if piece.overlaps(place) else None)
        return action.change

    def split_turn(self, source: SourceId, point: int, who: SpeakerId | str | None = None) -> Change:
        """Let a new turn begin at the code point `point`, on a line of its own, said by `who` or by the same person.

        Raises BadInput where no turn has words on both sides of that place, and as `set_speaker`.
        """
        reading = self._s.read(source)
        turn = next((t for t in reading.turns if t.span.start < point < t.span.end), None)
        if turn is None or len(_pieces(reading.text, turn.span, [point])) < 2:
            raise BadInput(
                _("There is no turn with words on both sides of that place."),
                _("Put the caret between two words of a turn."),
            )
        with self._s.act(
            "split-turn", focus=(source, Span(point, point)), source=reading.source.name, turn=turn.number
        ) as action:
            speaker = None if who is None else self._speaker_inside(reading, who)
            self._cut(reading, [point], lambda piece: speaker if piece.start >= point else None)
        return action.change

    def join_turn(self, source: SourceId, turn: TurnId) -> Change:
        """Let a turn be said in one with the turn before it, by who said that one.

        Raises NotFound for a turn of another source; BadInput for the first turn, and where words that nobody says stand between.
        """
        reading = self._s.read(source)
        found = _turn(reading, turn)
        place = reading.turns.index(found)
        if not place:
            raise BadInput(_("This is the first turn."), _("Choose a turn that has another one before it."))
        before = reading.turns[place - 1]
        between = " ".join(reading.text[before.span.end : found.span.start].split())
        if between:
            raise BadInput(
                _("Between the two turns stands “{words}”, which nobody says.").format(words=between[:60]),
                _("Take that out first, if the two are one."),
            )
        joined = Span(before.span.start, found.span.end)
        with self._s.act("join-turn", focus=(source, joined), source=reading.source.name, turn=found.number) as action:
            rows = [row for row in corrections.turns(self._s.db, source) if row.id != turn]
            rows = [replace(row, span=joined, words=None) if row.id == before.id else row for row in rows]
            corrections.write_turns(self._s.db, source, reading.text, rows)
        return action.change

    def _cut(self, reading: Reading, points: Sequence[int], speaker: Callable[[Span], SpeakerId | None]) -> None:
        """Cut turns at `points`, and give each piece that was cut the speaker it asks for. Part of an action under way."""
        self._check_same(reading.source.id, reading.source.content)
        rows: builtins.list[TurnRow] = []
        edits: builtins.list[Edit] = []
        for row in corrections.turns(self._s.db, reading.source.id):
            pieces = _pieces(reading.text, row.span, points)
            for number, piece in enumerate(pieces):
                whole = row if number == 0 else replace(row, id=None, at_ms=None)
                words = row.words if len(pieces) == 1 else None
                rows.append(replace(whole, span=piece, words=words, speaker=speaker(piece) or row.speaker))
            gaps = [Span(a.end, b.start) for a, b in pairwise(pieces)]
            edits += [Edit(gap.start, gap.end, "\n") for gap in gaps if "\n" not in gap.of(reading.text)]
        if not edits:
            corrections.write_turns(self._s.db, reading.source.id, reading.text, rows)
            return
        text, new, where = reading.text, applied(reading.text, edits), TextMap(edits)
        corrections.write_text(self._s.db, reading.source.id, text, edits, {})
        rows = [replace(row, span=where.moved(row.span) or row.span) for row in rows]
        corrections.write_turns(self._s.db, reading.source.id, new, rows)

    def _name(self, reading: Reading, who: SpeakerId | str) -> str:
        found = _known(reading, who)
        if found is not None:
            return reading.speakers[found].case_name
        if not isinstance(who, str):
            raise NotFound(_("speaker"), str(who), [speaker.label for speaker in reading.speakers.values()])
        label = " ".join(canonical(who).split())
        if not label:
            raise BadInput(_("A speaker needs a name."), _("Type a name or a pseudonym."))
        return label

    def _speaker_inside(self, reading: Reading, who: SpeakerId | str) -> SpeakerId:
        """The speaker, a new participant where there is none of that label, as part of an action under way."""
        name, found = self._name(reading, who), _known(reading, who)
        if found is not None:
            return found
        group = reading.source.group
        case = cases.add(self._s.db, name, kind="participant", role="participant", group=group)
        return sources.add_speaker(self._s.db, reading.source.id, name, case)

    # ---- what lost its text
    def lost(self) -> builtins.list[LostPassage]:
        """The passages that lost their text, by source and place, for review. Those that only others have coded or written
        about are left out where others' codings may not be seen.
        """
        db, only = self._s.db, self._s.only
        with self._s.reading():
            found = dict(corrections.lost(db))
            tree = codes.tree(db)
            texts: dict[SourceId, str] = {}
            passages = []
            for segment, place in places.of_segments(db, found).items():
                text = texts.setdefault(place.source, sources.text(db, place.source))
                held = corrections.codings_of(db, segment)
                seen = [(code, coder) for code, coder in held if only is None or coder.casefold() == only.casefold()]
                notes = corrections.memos_of(db, segment)
                written = [words for words, who in notes if only is None or who.casefold() == only.casefold()]
                if (held or notes) and not seen and not written:
                    continue
                at = place.span.start
                passages.append(
                    LostPassage(
                        replace(place, quote=place.quote.rstrip(" ")),
                        " ".join(text[max(0, at - NEAR) : at].split()),
                        " ".join(text[at : at + NEAR].split()),
                        len(seen),
                        tuple(dict.fromkeys(tree[code].name for code, _coder in seen)),
                        tuple(dict.fromkeys(coder for _code, coder in seen)),
                        tuple(words.strip().partition("\n")[0] for words in written),
                    )
                )
        return passages

    def place(self, segment: SegmentId, span: Span) -> Change:
        """Let a passage that lost its text stand at `span` of its source, with its codings and memos; where others have coded
        it or written about it too, with one's own alone.

        Raises NotFound for one that has not lost its text, BadInput for a place without words and where it is only others'.
        """
        found = self._own(segment)
        where = worded(self._s, found.source, span)
        with self._s.act(
            "place-lost", focus=(found.source, where), source=found.source_name, quote=found.quote[:60].rstrip(" ")
        ) as action:
            corrections.settle(self._s.db, segment, found.source, where, self._s.coder.id)
        return action.change

    def let_go(self, segments: Sequence[SegmentId]) -> Change:
        """Take one's own codings and memos of passages that lost their text away, and the passages, where others have not
        coded them or written about them. Undoable.

        Raises NotFound for one that has not lost its text, BadInput for one that is only others'.
        """
        found = [self._own(segment) for segment in segments]
        names = builtins.list(dict.fromkeys(place.source_name for place in found))
        with self._s.act("let-go-lost", passages=len(found), source=names) as action:
            me = self._s.coder.id
            action.details["n"] = sum(corrections.let_go(self._s.db, segment, me) for segment in segments)
        return action.change

    def _own(self, segment: SegmentId) -> Place:
        found, held = self._lost(segment), corrections.holders(self._s.db, segment)
        if held and self._s.coder.id not in held:
            raise BadInput(
                _("{coder} coded this passage; only they can change that.").format(coder=", ".join(held.values())),
                _("Code it yourself, or say that {coder} is coding.").format(coder=next(iter(held.values()))),
            )
        return found

    def _lost(self, segment: SegmentId) -> Place:
        found = places.of_segments(self._s.db, [segment]).get(segment)
        if found is None or not found.is_lost:
            raise NotFound(_("passage without text"), str(segment), [])
        return found


def _turn(reading: Reading, turn: TurnId) -> Turn:
    found = next((one for one in reading.turns if one.id == turn), None)
    if found is None:
        raise NotFound(_("turn"), str(turn), [])
    return found


def _known(reading: Reading, who: SpeakerId | str) -> SpeakerId | None:
    """The speaker of this source that is meant, if it is there."""
    if not isinstance(who, str):
        return who if who in reading.speakers else None
    labels: Mapping[str, Any] = {comparable(speaker.label): speaker.id for speaker in reading.speakers.values()}
    return labels.get(comparable(who))


def _moved(row: TurnRow, span: Span, text: str, new: str) -> TurnRow | None:
    """A turn where it lies now; None when it lost its words."""
    if span.of(new) == row.span.of(text):
        return replace(row, span=span)
    if not span.of(new).strip():
        return None
    return replace(row, span=span, words=None)


def _pieces(text: str, span: Span, points: Iterable[int]) -> builtins.list[Span]:
    """A turn cut at those of `points` that have words of it on both sides, without the white space around the cuts."""
    inner = [
        at for at in sorted(points)
        if span.start < at < span.end and text[span.start : at].strip() and text[at : span.end].strip()
    ]  # fmt: skip
    if not inner:
        return [span]
    bounds = [span.start, *inner, span.end]
    pieces = [trimmed(text, Span(a, b)) for a, b in pairwise(bounds)]
    pieces = [piece for piece in pieces if len(piece)]
    pieces[0] = Span(span.start, pieces[0].end)
    pieces[-1] = Span(pieces[-1].start, span.end)
    return pieces
