"""Captions (.vtt, .srt): what was said when, and by whom where the file says so.

One parser for both, of lines: programs write what lies between the two, and the libraries for either lose speech
or hang on such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.captions import Written, by_time, in_pieces, made_to_roll, without_repeats
from cohesion_qda.formats.decoding import Decoded, decode
from cohesion_qda.formats.files import LINE_LIMIT, MEGABYTE, no_text, too_large, too_many_lines
from cohesion_qda.formats.raw import Cue, Paragraph, RawDocument
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

LIMIT = 20 * MEGABYTE
_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,:](\d{1,9}))?"
_TIMING = re.compile(rf"-?{_TIME}\s{{0,9}}(?:-{{1,2}}\s?>|→)")
_END = re.compile(rf"\s{{0,9}}{_TIME}")
_LOOKS_TIMED = re.compile(r"-?\d[^>]{0,40}:[^>]{0,40}--\s?>")
_SHORT_TIME = re.compile(r"\d:\d{1,2}:\d{1,2}\.\d")
_HEADER = re.compile(r"\s*WEBVTT(?=\s|\Z)")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?=\s|\Z)")
_OF_THE_PROGRAM = re.compile(r"(?:confidence|duration|language|recognizability)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}\Z")
_GUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,60}(?:/[\w-]{1,40})?\Z")
_NAMED = re.compile(r"\d{1,9} \"(?P<name>[^\"]{1,100})\" \(\d{1,20}\)\Z")  # a cue's name as Webex writes it
_SAMPLE = 20_000


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """The cues of a .vtt or .srt file whose bytes are `data`. Raises CannotReadSource."""
    return from_decoded(path, decode(path, data, how.encoding))


def from_decoded(path: Path, decoded: Decoded) -> RawDocument:
    """The cues of captions in the order in which they begin. Raises CannotReadSource."""
    text = canonical(decoded.text)
    if not text.strip():
        raise no_text(path)
    if len(text) > LIMIT:
        raise too_large(path, LIMIT)
    if max(map(text.count, ("\n", "<v", "<V"))) > LINE_LIMIT:
        raise too_many_lines(path)
    reading = _Reading(is_vtt=_HEADER.match(text) is not None)
    reading.read(text.split("\n"))
    if not reading.cues:
        raise _no_captions(path)
    pieces, repeats = without_repeats(in_pieces(reading.cues), roll=made_to_roll(reading.cues))
    cues, restarts = by_time([Cue(text, label, at) for at, label, text in pieces])
    if not cues:
        raise no_text(path)
    before = tuple(Paragraph(line) for line in reading.before.texts())
    return RawDocument(
        (*before, *cues),
        decoded.encoding,
        (*decoded.warnings, *reading.warnings(), *_of_order(repeats, restarts)),
        decoded.is_sure,
        decoded.choices,
    )


def looks_like_captions(text: str) -> bool:
    """Whether `text` is one of captions, whatever the ending of its file: `WEBVTT`, or times with arrows from the
    beginning on.
    """
    start = canonical(text[:_SAMPLE])
    if _HEADER.match(start):
        return True
    lines = [line.strip() for line in start.split("\n") if line.strip()][:60]
    timed = [number for number, line in enumerate(lines) if _TIMING.match(line)]
    return bool(timed) and timed[0] <= 2 and (len(timed) > 1 or len(lines) <= 8)


class _Reading:
    """The cues of a file, line by line. What stands before the first is kept; notes and styles are left out."""

    def __init__(self, *, is_vtt: bool) -> None:
        self.before = Written()
        self.cues: list[Written] = []
        self._is_vtt = is_vtt
        self._notes: list[str] = []
        self._number = 0

    def read(self, lines: Iterable[str]) -> None:
        """Take in the lines of the whole file."""
        current, opens, skipping = self.before, True, self._is_vtt
        for line in lines:
            text = line.strip()
            if cue := _beginning(text):
                self._name(current, cue, follows=not opens)
                self.cues.append(cue)
                current, skipping = cue, False
            elif not text:
                skipping = False
            elif opens and self._is_vtt and (block := _BLOCK.match(text)):
                skipping = True
                self._note(block[1], text[block.end() :].strip())
            elif not skipping:
                current.lines.append((text, opens))
            opens = not text

    def warnings(self) -> list[str]:
        """What a person should know of what was left out or could not be read."""
        found = []
        if self._notes:
            found.append(
                ngettext(
                    "A note between the captions was left out: “{first}”.",
                    "{n} notes between the captions were left out; the first is “{first}”.",
                    len(self._notes),
                ).format(n=len(self._notes), first=self._notes[0][:80])
            )
        timeless = sum(1 for cue in self.cues if cue.at is None)
        if timeless:
            found.append(
                ngettext(
                    "The time of {n} caption could not be read; its words were kept.",
                    "The times of {n} captions could not be read; their words were kept.",
                    timeless,
                ).format(n=timeless)
            )
        return found

    def _note(self, kind: str, said: str) -> None:
        if kind == "NOTE" and said and not _OF_THE_PROGRAM.match(said):
            self._notes.append(said)

    def _name(self, current: Written, cue: Written, *, follows: bool) -> None:
        """Take the number or name of `cue` from the lines before it; `follows` when no empty line is between them."""
        if not current.lines:
            return
        text, opens = current.lines[-1]
        named, number = _NAMED.match(text), int(text) if _NUMBER.match(text) else -1
        if not follows:
            is_name = number == self._number + 1
        elif self._is_vtt and opens and (current is self.before or len(current.lines) > 1):
            is_name = True
        else:
            is_name = named is not None or number >= 0 or _GUID.match(text) is not None
        if is_name:
            current.lines.pop()
            cue.label = named["name"] if named else ""
            self._number = max(number, 0)


def _beginning(line: str) -> Written | None:
    """The new cue, where `line` says when one begins and ends; without a time when that is misspelt."""
    if ">" not in line and "→" not in line:
        return None
    found = _TIMING.match(line)
    if not found:
        return Written() if _LOOKS_TIMED.match(line) else None
    at, end = _seconds(found), _END.match(line, found.end())
    lasts = max(0.0, _seconds(end) - at) if end else 0.0
    return Written(at, has_short_time=_SHORT_TIME.match(line) is not None, lasts=round(lasts, 3))


def _seconds(found: re.Match[str]) -> float:
    hours, minutes, seconds = (int(piece or 0) for piece in found.groups()[:3])
    return round(hours * 3600 + minutes * 60 + seconds + float(f"0.{found[4] or 0}"), 3)


def _of_order(repeats: int, restarts: int) -> Iterable[str]:
    if repeats:
        yield ngettext(
            "The captions roll: {n} line that only repeats the one before was left out.",
            "The captions roll: {n} lines that only repeat those before were left out.",
            repeats,
        ).format(n=repeats)
    if restarts:
        yield ngettext(
            "The times begin again once, as of a second recording; the order of the file was kept there.",
            "The times begin again {n} times, as of further recordings; the order of the file was kept there.",
            restarts,
        ).format(n=restarts)


def _no_captions(path: Path) -> CannotReadSource:
    return CannotReadSource(
        path,
        _("There are no captions in {name}: no line says when one begins and ends.").format(name=path.name),
        _("Such a line reads 00:00:01.000 --> 00:00:04.000. If the file is plain text, give its name the ending .txt."),
    )
