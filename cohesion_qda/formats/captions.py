"""Captions as they are written in a file, made into stretches of speech: tags, voices, dashes, repeats and order."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cohesion_qda.formats.raw import Cue
from cohesion_qda.formats.talk.heads import BRACKET, COLON, Head, Line, heads
from cohesion_qda.formats.talk.labels import WEAK, shape_of, tidy

Piece = tuple[float | None, str, str]  # when it begins, the label, the text

_TAG = re.compile(
    r"<(?P<end>/?)(?:(?P<name>v|c|i|b|u|s|em|strong|lang|ruby|rt|font|span|p|br)(?:\.[^\s<>]*)?"
    r"(?:\s(?P<more>[^<>]*))?/?|\d{1,4}:\d{2}[\d:.]*)>",
    re.IGNORECASE,
)
_WORD_TIME = re.compile(r"<\d{1,4}:\d{2}[\d:.]*>")
_PLACED = re.compile(r"\{\\[^{}\n]{0,200}\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_CHANGE = re.compile(r"(?:[-–—‐]|>{2,3})\s*(?=\S)")
_COLON = re.compile("[:：]")
_MOMENT = 0.05
_NEAR_THE_START, _FAR_BACK = 60.0, 300.0


@dataclass(slots=True)
class Written:
    """A cue as it stands in the file: `at` in seconds, None where the time cannot be read; each line with whether it
    stands after an empty one. `lasts` is in seconds, 0 where that cannot be read.
    """

    at: float | None = None
    label: str = ""
    lines: list[tuple[str, bool]] = field(default_factory=list)
    has_short_time: bool = False
    lasts: float = 0.0

    def texts(self) -> list[str]:
        """The lines alone."""
        return [text for text, _opens in self.lines]


def in_pieces(cues: Sequence[Written]) -> list[list[Piece]]:
    """For each cue its lines of speech, without tags, each with the label of the voice that the file gives it."""
    if _names_on_top(cues):
        return [[(cue.at, tidy(cue.lines[0][0]), text) for text in _plain(cue.texts()[1:])] for cue in cues]
    return [list(_voices(cue)) for cue in cues]


def made_to_roll(cues: Iterable[Written]) -> bool:
    """Whether captions are of the sort that programs make while somebody speaks: words with times of their own, or
    lines held for a moment, as YouTube has them.
    """
    return any(0 < cue.lasts <= _MOMENT or any(map(_WORD_TIME.search, cue.texts())) for cue in cues)


def without_repeats(cues: list[list[Piece]], *, roll: bool = False) -> tuple[list[Piece], int]:
    """The pieces of all cues, one for each stretch of one speaker, and how many lines were left out of it because the
    captions roll: each cue shows again the last lines of the one before and adds to them. Where it is known that they
    `roll`, one such cue is enough; else it takes three.
    """
    repeated = [0] * len(cues)
    for number in range(1, len(cues)):
        repeated[number] = _shared([p[1:] for p in cues[number - 1]], [p[1:] for p in cues[number]])
    adding = sum(1 for n, cue in zip(repeated, cues, strict=True) if 0 < n < len(cue))
    if adding < (1 if roll else 3) or adding * 4 < len(cues):
        repeated = [0] * len(cues)
    kept = [cue[n:] for n, cue in zip(repeated, cues, strict=True)]
    return list(_joined(kept)), sum(repeated)


def by_time(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues in the order in which they begin, those of equal times as they stand; and how often the times begin
    again from the start, as in a file of two recordings, which are kept apart.
    """
    keys: list[tuple[int, float]] = []
    recording, last = 0, 0.0
    for cue in cues:
        at = last if cue.at is None else cue.at
        if at < _NEAR_THE_START and last - at > _FAR_BACK:
            recording += 1
        keys.append((recording, at))
        last = at
    order = sorted(range(len(cues)), key=lambda number: keys[number])
    return [cues[number] for number in order], recording


def _names_on_top(cues: Sequence[Written]) -> bool:
    """Whether each cue begins with a line that is the speaker's name, as Teams writes it with times like `0:0:3.1`."""
    fit = [cue for cue in cues if cue.has_short_time and len(cue.lines) > 1 and _is_name(cue.lines[0][0])]
    return len(fit) > 0 and len(fit) == sum(1 for cue in cues if cue.lines) == len(cues)


def _is_name(text: str) -> bool:
    return len(text) <= 80 and ":" not in text and shape_of(tidy(text)) <= WEAK


def _voices(cue: Written) -> Iterator[Piece]:
    """The lines of a cue, cut where a `<v>` begins or ends."""
    written = _PLACED.sub("", "\n".join(cue.texts()))
    label, start, waiting = cue.label, 0, ""
    for tag in _TAG.finditer(written):
        waiting += written[start : tag.start()]
        start = tag.end()
        name = (tag["name"] or "").lower()
        if name == "v":
            yield from ((cue.at, label, text) for text in _plain(waiting.split("\n")))
            label, waiting = ("" if tag["end"] else _voice(tag["more"] or "")), ""
        elif name in ("br", "p"):
            waiting += "\n"
    yield from ((cue.at, label, text) for text in _plain((waiting + written[start:]).split("\n")))


def _voice(written: str) -> str:
    """A voice's label; a dash says only that somebody else speaks."""
    label = tidy(_unescaped(written))
    return label if any(char.isalnum() for char in label) else ""


def _plain(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        text = " ".join(_unescaped(line).split())
        if text:
            yield text


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def _shared(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> int:
    """How many of the last lines of `before` are the first of `after`."""
    for n in range(min(len(before), len(after)), 0, -1):
        if before[-n:] == after[:n]:
            return n
    return 0


def _joined(cues: list[list[Piece]]) -> Iterator[Piece]:
    """The lines of each cue put together, up to one that another speaker begins: a voice, a dash, a known label."""
    known = {head.key for head in _labels([cue[0][2] for cue in cues if cue]).values()}
    for cue in cues:
        changes = [_CHANGE.match(text) for _at, _label, text in cue]
        if len(cue) > 1 or any(changes):
            yield from _parts(cue, changes, known)
        else:
            yield from cue


def _parts(cue: list[Piece], changes: Sequence[re.Match[str] | None], known: set[str]) -> Iterator[Piece]:
    bare = [text[change.end() :] if change else text for (_at, _label, text), change in zip(cue, changes, strict=True)]
    heads_of = _labels(bare)
    at, label, _text = cue[0]
    lines: list[str] = []
    for number, (change, (at, voice, text)) in enumerate(zip(changes, cue, strict=True)):
        head = heads_of.get(number)
        if lines and (voice != label or change or (head and head.key in known)):
            yield at, label, " ".join(lines)
            lines = []
        label = voice
        lines.append(bare[number] if change and head else text)
    yield at, label, " ".join(lines)


def _labels(texts: Sequence[str]) -> dict[int, Head]:
    """The written labels at the beginning of texts, by their number."""
    likely = [number for number, text in enumerate(texts) if text[:1] == "[" or _COLON.search(text)]
    found = heads([Line(texts[number]) for number in likely])
    return {likely[head.line]: head for form in (BRACKET, COLON) for head in found[form] if head.shape <= WEAK}
