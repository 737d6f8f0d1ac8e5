"""A transcript in a view of its own, without a project, for tests of how it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cohesion_qda.model.codebook import COLOURS, Code, CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CaseId, CodeId, CoderId, CodingId, SectionId, SegmentId, SourceId, SpeakerId, TurnId
from cohesion_qda.model.section import Section
from cohesion_qda.model.source import Reading, Source, Speaker, Turn
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.view import TranscriptView

LINE = "People say they keep to themselves here, because nobody takes the bus after six. "


def reading(talk: Sequence[tuple[str, str]], sections: Iterable[tuple[int, str]] = ()) -> Reading:
    """A source in which each of `talk` is a turn; `sections` are (the turn they begin with, title)."""
    labels = list(dict.fromkeys(label for label, _words in talk))
    turns, text = [], ""
    for number, (label, words) in enumerate(talk):
        span = Span(len(text), len(text) + len(words))
        turns.append(Turn(TurnId(number), number + 1, span, SpeakerId(labels.index(label) + 1), 65.0 * number))
        text += words + "\n"
    text = text.rstrip("\n")
    speakers = {
        SpeakerId(i): Speaker(SpeakerId(i), SourceId(1), label, CaseId(i), label, _role(label), 1, 1)
        for i, label in enumerate(labels, 1)
    }
    starts = sorted(sections)
    ends = [*(turns[turn].span.start for turn, _title in starts), len(text)][1:]
    found = tuple(
        Section(SectionId(i), SourceId(1), Span(turns[turn].span.start, end), None, title)
        for i, ((turn, title), end) in enumerate(zip(starts, ends, strict=True), 1)
    )
    source = Source(SourceId(1), "Made", "focus group", "", "", "", "", "", len(text.split()), len(turns), None)
    return Reading(source, text, tuple(turns), speakers, {}, found)


def _role(label: str) -> str:
    return {"Helen": "moderator", "MODERATOR": "moderator", "Sam": "observer"}.get(label, "participant")


def long_talk(turns: int) -> list[tuple[str, str]]:
    return [(("MODERATOR", "Asha", "Ben")[i % 3], LINE * (1 + i % 3)) for i in range(turns)]


def codes(number: int = 8) -> CodeTree:
    made = [Code(CodeId(1), None, "A question", "navy", is_question=True)]
    made += [Code(CodeId(i), CodeId(1), f"Code {i}", COLOURS[i % 12], position=i) for i in range(2, number + 2)]
    return CodeTree(made)


def coding(number: int, span: Span, code: int = 2) -> Coding:
    return Coding(CodingId(number), SegmentId(number), SourceId(1), span, CodeId(code), CoderId(1), "")


def show(view: TranscriptView, what: Reading, codings: Iterable[Coding] = ()) -> TranscriptView:
    """Open it as the room does."""
    view.show_reading(what)
    view.set_codes(codes(), {CoderId(1): "Asha"})
    view.set_codings(Layers(codings))
    return view
