"""Speaker and content lists (.json), known by their shape: whoever wrote the file, a list says who says what."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.decoding import decode
from cohesion_qda.formats.files import LINE_LIMIT, no_text, too_many_lines
from cohesion_qda.formats.raw import Cue, RawDocument
from cohesion_qda.formats.talk.labels import seconds_of, tidy
from cohesion_qda.model.source import AS_FOUND, HowToRead
from cohesion_qda.model.text import canonical

_SPEAKER = (
    "speaker",
    "speakername",
    "speakerlabel",
    "speakerid",
    "participant",
    "name",
    "who",
    "role",
    "author",
    "from",
)
_TEXT = ("content", "text", "utterance", "body", "transcript", "speech", "sentence", "said", "message")
_TIME = ("starttime", "start", "begin", "startoffset", "timestamp", "time", "offset", "at", "ts")
_MOST_VALUES = 2_000_000
_MOSTLY = 0.8
_LONGEST_LABEL = 200
_LETTERS_A_SECOND = 15  # of ordinary speech
_THOUSANDTHS = 100  # times this many times slower than speech are not in seconds


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A list of entries, and the names under which each says who, what and when; `speaker` and `time` may be empty."""

    entries: Sequence[dict[str, Any]]
    speaker: str
    text: str
    time: str
    length: int


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """What each entry of the fullest list of who says what says, in the file's order. Raises CannotReadSource."""
    decoded = decode(path, data, how.encoding)
    lists = _lists(_value(path, decoded.text))
    found = max(lists, key=lambda spoken: (bool(spoken.speaker), spoken.length), default=None)
    if found is None:
        raise CannotReadSource(
            path,
            _("{name} has no list of who says what.").format(name=path.name),
            _("A list is read whose entries have a speaker and a text, such as “speaker” and “content”."),
        )
    cues = tuple(_cues(found))
    if not cues:
        raise no_text(path)
    if len(cues) > LINE_LIMIT:
        raise too_many_lines(path)
    return RawDocument(cues, decoded.encoding, decoded.warnings, decoded.is_sure, decoded.choices)


def _value(path: Path, text: str) -> Any:
    if sum(map(text.count, "[{,")) > _MOST_VALUES:
        raise CannotReadSource(
            path,
            _("{name} holds more than {n} values.").format(name=path.name, n=_MOST_VALUES),
            _("Keep only the list of who says what, or split it into smaller files."),
        )
    try:
        return json.loads(text.removeprefix("\ufeff"), parse_int=float)
    except json.JSONDecodeError as error:
        what = _("{name} is not whole JSON: it breaks off or is damaged at line {line}.")
        message = what.format(name=path.name, line=error.lineno)
    except RecursionError:
        message = _("{name} is nested too deep to be a list of who says what.").format(name=path.name)
    raise CannotReadSource(path, message, _("Save it again from the program it was made with."))


def _lists(value: Any) -> Iterator[_Spoken]:
    """Every list inside `value` that may say who says what, or at least what is said when."""
    waiting = [value]
    while waiting:
        this = waiting.pop()
        if isinstance(this, dict):
            waiting.extend(inner for inner in this.values() if isinstance(inner, dict | list))
        elif isinstance(this, list):
            entries = [entry for entry in this if isinstance(entry, dict)]
            if entries and len(entries) >= _MOSTLY * len(this) and (found := _spoken(entries)):
                yield found
            waiting.extend(inner for inner in this if isinstance(inner, dict | list))


def _spoken(entries: list[dict[str, Any]]) -> _Spoken | None:
    """The names that these entries use; None when they are not about speech."""
    text = _name_of(entries, _TEXT, str)
    if not text:
        return None
    speaker = _name_of(entries, _SPEAKER, str | int | float | dict | None, but=text)
    labelled = sum(1 for entry in entries if speaker and _label(entry.get(speaker)))
    time = _name_of(entries, _TIME, str | int | float | None, but=text)
    if labelled * 2 < len(entries):
        if not time or not any(_seconds(entry.get(time)) is not None for entry in entries):
            return None
        speaker = ""
    length = sum(len(entry[text]) for entry in entries if isinstance(entry.get(text), str))
    return _Spoken(entries, speaker, text, time, length)


def _name_of(entries: list[dict[str, Any]], known: tuple[str, ...], kind: Any, but: str = "") -> str:
    """The first of the `known` names that most entries have with a value of this `kind`, as it is written there."""
    written: dict[str, str] = {}
    for entry in entries[:100]:
        for key in entry:
            written.setdefault("".join(filter(str.isalpha, key)).lower(), key)
    for name in known:
        key = written.get(name, but)
        if key != but and sum(isinstance(entry.get(key), kind) for entry in entries) >= _MOSTLY * len(entries):
            return key
    return ""


def _cues(spoken: _Spoken) -> Iterator[Cue]:
    times = [_seconds(entry.get(spoken.time)) for entry in spoken.entries]
    unit = 1000 if _in_thousandths(times, spoken.length) else 1
    for entry, at in zip(spoken.entries, times, strict=True):
        written = entry.get(spoken.text)
        text = " ".join(canonical(written).split()) if isinstance(written, str) else ""
        if text:
            yield Cue(text, _label(entry.get(spoken.speaker)), None if at is None else at / unit)


def _label(value: Any) -> str:
    """The label that `value` gives; a number is called `Speaker 1`, an object goes by its name or number."""
    if isinstance(value, dict):
        named = {key.lower(): inner for key, inner in value.items() if isinstance(inner, str | float)}
        value = next((named[key] for key in (*_SPEAKER, "displayname", "id") if named.get(key) not in (None, "")), "")
    if isinstance(value, float):
        value = f"{value:.0f}" if value.is_integer() else ""
    label = tidy(canonical(value)) if isinstance(value, str) else ""
    return f"Speaker {label}" if label.isdecimal() else label[:_LONGEST_LABEL]


def _seconds(value: Any) -> float | None:
    """`12.5`, `"12.5"`, `"12.5s"` or `"00:00:12.5"` in seconds; None for anything else."""
    if isinstance(value, str):
        value = value.strip()
        try:
            value = seconds_of(value) if ":" in value else float(value.removesuffix("s"))
        except ValueError:
            return None
    return value if isinstance(value, float) and math.isfinite(value) and value >= 0 else None


def _in_thousandths(times: Sequence[float | None], length: int) -> bool:
    """Whether the times must be thousandths of seconds: whole numbers, at which nobody could speak so slowly."""
    known = [at for at in times if at is not None]
    whole = all(at.is_integer() for at in known)
    return bool(known) and whole and max(known) * _LETTERS_A_SECOND > length * _THOUSANDTHS
