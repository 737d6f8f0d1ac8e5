"""Speaker and content lists (.json), known by their shape: whoever wrote the file, a list says who says what."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _, ngettext
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
_TOLD_AGAIN = 0.8  # of a list's words, where it says anew what another list says
_MARKS = re.compile(r"\W")
_LONGEST_LABEL = 200
_LETTERS_A_SECOND = 15  # of ordinary speech
_THOUSANDTHS = 100  # times this many times slower than speech are not in seconds


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A list of entries, the names that lead to it (`*` for any entry of a list), and the names under which each says
    who, what and when; `speaker` and `time` may be empty.
    """

    place: tuple[str, ...]
    entries: Sequence[dict[str, Any]]
    speaker: str
    text: str
    time: str
    length: int


def from_bytes(path: Path, data: bytes, how: HowToRead = AS_FOUND) -> RawDocument:
    """What each entry of the lists of who says what says, in the file's order. Raises CannotReadSource."""
    decoded = decode(path, data, how.encoding)
    lists, left_out = _told_once(list(_lists(_value(path, decoded.text))))
    if not lists:
        raise CannotReadSource(
            path,
            _("{name} has no list of who says what.").format(name=path.name),
            _("A list is read whose entries have a speaker and a text, such as “speaker” and “content”."),
        )
    cues = tuple(_cues(lists))
    if not cues:
        raise no_text(path)
    if len(cues) > LINE_LIMIT:
        raise too_many_lines(path)
    warnings = (*decoded.warnings, *_of_lists(lists, left_out))
    return RawDocument(cues, decoded.encoding, warnings, decoded.is_sure, decoded.choices)


def _of_lists(lists: Sequence[_Spoken], left_out: Sequence[_Spoken]) -> Iterator[str]:
    if len(lists) > 1:
        said = _("The file holds {n} lists of who says what; they were read one after the other.")
        yield said.format(n=len(lists))
    if left_out:
        yield ngettext(
            "{n} other list of what is said was left out: “{first}”.",
            "{n} other lists of what is said were left out; the first is “{first}”.",
            len(left_out),
        ).format(n=len(left_out), first="/".join(left_out[0].place)[:80])


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
    """Every list inside `value` that may say who says what, or at least what is said when, in the file's order."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while waiting:
        place, this = waiting.pop()
        inner: list[tuple[tuple[str, ...], Any]] = []
        if isinstance(this, dict):
            inner = [((*place, name), value) for name, value in this.items()]
        elif isinstance(this, list):
            entries = [entry for entry in this if isinstance(entry, dict)]
            if entries and len(entries) >= _MOSTLY * len(this) and (found := _spoken(place, entries)):
                yield found
            below = (*place, "*")
            inner = [(below, value) for value in this]
        waiting.extend(one for one in reversed(inner) if isinstance(one[1], dict | list))


def _told_once(lists: Sequence[_Spoken]) -> tuple[list[_Spoken], list[_Spoken]]:
    """The lists to read: the fullest with those in places like its own, and others that are written alike. Then those
    that are left out, without those that only say again what is read, such as word by word.
    """
    groups: dict[tuple[str, ...], list[_Spoken]] = {}
    for spoken in lists:
        groups.setdefault(spoken.place, []).append(spoken)
    if not groups:
        return [], []
    fullest = max(groups.values(), key=lambda group: (any(one.speaker for one in group), _length(group)))
    said = [_words(fullest, is_labelled=is_labelled) for is_labelled in (False, True)]
    taken, left_out = {fullest[0].place}, []
    for place, group in groups.items():
        if group is fullest or _is_told_again(group, fullest, said):
            continue
        if _names(group) == _names(fullest) and not _is_inside(place, taken):
            taken.add(place)
        else:
            left_out += group
    return [spoken for spoken in lists if spoken.place in taken], left_out


def _is_told_again(
    group: Sequence[_Spoken], fullest: Sequence[_Spoken], said: Sequence[Counter[tuple[str, str]]]
) -> bool:
    """Whether a group of lists has no other words than the fullest, which are `said` by anybody, and by each. Lists of
    speech that are written alike may share their words by chance: they say the same only where the same people say it,
    and about as much.
    """
    words = _words(group)
    is_by_word = words.total() <= sum(len(spoken.entries) for spoken in group)
    is_apart = _names(group) == _names(fullest) and not _is_inside(group[0].place, {fullest[0].place})
    by_each = is_apart and not is_by_word
    if by_each:
        words = _words(group, is_labelled=True)
    again = sum(min(n, said[by_each][word]) for word, n in words.items())
    return again >= _TOLD_AGAIN * words.total() and (not by_each or _length(group) * 2 >= _length(fullest))


def _is_inside(place: tuple[str, ...], others: set[tuple[str, ...]]) -> bool:
    return any(place[: len(other)] == other or other[: len(place)] == place for other in others)


def _names(group: Sequence[_Spoken]) -> tuple[str, str]:
    return group[0].speaker, group[0].text


def _length(group: Sequence[_Spoken]) -> int:
    return sum(spoken.length for spoken in group)


def _words(group: Sequence[_Spoken], *, is_labelled: bool = False) -> Counter[tuple[str, str]]:
    """How often each word is said, and by whom where they are `is_labelled`; else by nobody."""
    words: Counter[tuple[str, str]] = Counter()
    for spoken in group:
        for entry in spoken.entries:
            written, label = entry.get(spoken.text), _label(entry.get(spoken.speaker)) if is_labelled else ""
            if isinstance(written, str):
                words.update((label, _MARKS.sub("", word)) for word in written.casefold().split())
    return words


def _spoken(place: tuple[str, ...], entries: list[dict[str, Any]]) -> _Spoken | None:
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
    return _Spoken(place, entries, speaker, text, time, length)


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


def _cues(lists: Sequence[_Spoken]) -> Iterator[Cue]:
    times = [[_seconds(entry.get(spoken.time)) for entry in spoken.entries] for spoken in lists]
    unit = 1000 if _in_thousandths([at for some in times for at in some], _length(lists)) else 1
    for spoken, some in zip(lists, times, strict=True):
        for entry, at in zip(spoken.entries, some, strict=True):
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
