"""Where a line may begin with a speaker's label, in each way of writing one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cohesion_qda.formats.talk.labels import (
    INITIALS,
    LOWER,
    NAME,
    NONE,
    SURE,
    WEAK,
    in_description,
    in_units_at,
    is_description,
    is_note_word,
    is_shortened,
    key_of,
    only_stamp,
    shape_of,
    stamp_at,
    tidy,
)

COLON, BRACKET, BOLD, STAMPED, ALONE, TAB, DASH = "colon", "bracket", "bold", "stamped", "alone", "tab", "dash"
PAREN, STOP, PLAIN = "paren", "stop", "plain"
BARE = (PAREN, STOP, PLAIN)
WAYS = (COLON, BOLD, BRACKET, STAMPED, ALONE, TAB, DASH, *BARE)

LABEL = r"[^\W_](?:[^:：\t\n()\[\]{}<>\"“”„?!;|=*]{0,47}[^\s:：\t\n()\[\]{}<>\"“”„?!;|=*,])?"
_PAREN = r"[(\[][^()\[\]\n]{1,80}[)\]]"
_COLON = re.compile(
    rf"(?P<label>{LABEL}\??)\s*(?P<paren>{_PAREN})?\s*(?P<second>{_PAREN})?\s*(?::(?=\s|$|[^\x00-\x7f]|[A-Z\"'(\[])|：)"
)
_BRACKET = re.compile(
    rf"\[(?P<label>{LABEL})\s*(?P<inner>\([^()\n]{{1,80}}\))?\s*\](?:\s*(?P<paren>\([^()\n]{{1,80}}\))\s*[:：])?"
    r"\s*[:：]?\s*"
)
_TAB = re.compile(
    rf"(?P<label>{LABEL})[ \u00a0]*(?P<paren>\([^()\n]{{1,80}}\))?[ \u00a0]*(?:\t\s*|(?<=[ \u00a0]{{2}}))(?=\S)"
)
_DASH = re.compile(
    r"(?P<label>[^\W_][^:：\t\n()\[\]{}<>\"“”„?!;|=*–—]{0,40}?)\s*(?P<paren>\([^()\n]{1,80}\))?"
    r"(?:\s+[-–—]{1,2}\s+|\s?[–—]\s+|-\s+|\s*(?:[-=]?>{1,3}|[»›→|~])\s+)(?=\S)"
)
_CLOSED = re.compile(
    rf"(?:\((?P<round>{LABEL})\)|<(?P<pointed>{LABEL})>|\{{(?P<curly>{LABEL})\}})\s*[:：]?\s*(?P<speech>\S.*)?\Z",
    re.DOTALL,
)
_STOP = re.compile(r"(?P<label>[^\W\d_](?:[\w.\- ]{0,20}?\w)??)\.\s+(?=\S)")
_INSIDE = re.compile(r"\[(?P<inner>[^\[\]\n]{4,80})\]\s*[:：]?\s*")
_FROM = re.compile(r"From\s+(?P<label>[^\W_][^:\t\n]{0,47}?)(?:\s+to\s+[^:\n]{1,60}?)?\s*:(?=\s|\Z)")
_MAY_BE_PLAIN = re.compile(r"(?:[^\W\d_a-z][\w'-]*[^\W_a-z]|[^\W\d_]\w{1,15} \d{1,2}) (?=\S)")
_LONGEST_STOPPED = 24
_WIDE = re.compile(r"\t|[ \u00a0]{3}\Z")
_WHOLE = re.compile(rf"(?P<label>{LABEL})\s*(?P<paren>\([^()\n]{{1,80}}\)|\[[^\[\]\n]{{1,80}}\])?\s*[:：]?\Z")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?P<inner>[^*\s][^*\n]{0,59}?)\1(?P<after>.*)\Z", re.DOTALL)
_STAMPED_COLON = re.compile(
    rf"(?P<label>{LABEL})\s*(?P<paren>\([^()\n:]{{1,80}}\))?[\s,–—-]+"
    r"(?<![\d:])(?P<clock>[\[(]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?[\])]?)\s*:\s"
)
_BEFORE_STAMP = re.compile(
    r"(?P<name>[^\d\W].{0,60}?)[\s,–—-]*(?:[ \t\u00a0,]|(?=[\[(<#]))"
    r"(?P<stamp>[\[(<#]?\s*\d{1,3}:\d{2}\S*(?:\s[AaPp]\.?[Mm]\.?|\s*(?:-->|-|–)\s*\S+)?[\])]?)\Z"
)
_BESIDE = re.compile(r"(?P<paren>\([^()\n]{1,80}\))\s*[:：]?\s*")
_AFTER_STAMP = re.compile(r"\s*[-–—:]?\s*")
_LEADING_MARKS = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]*")
_REACH = 200
_BULLET = re.compile(r"(?:[-–•*·]|>{1,3})\s+|>{2,3}(?=\w)")
_STAMP_STARTS = frozenset("0123456789[(<#")
_BEFORE_SPEECH = frozenset("\"'“‘„«([…*")


@dataclass(slots=True)
class Line:
    """A line of a document. `opens` says whether it begins a paragraph, `bold` how much of its start is bold,
    `heading` the level when it is a heading. `label` is set where the file itself says who speaks, `at` where it says
    when, `unsure` where its word for who was not taken. `is_cue` tells captions, `is_piece` what was split off the
    line before because it may begin with a label.
    """

    text: str
    opens: bool = True
    bold: int = 0
    label: str = ""
    at: float | None = None
    unsure: str = ""
    heading: int = 0
    is_cue: bool = False
    is_piece: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A possible label at the start of line number `line`; `speech` is what follows, without time stamps.

    `note` is a stage note that stood in the label, `stamp` a bracketed time stamp that is all the line says;
    `described` says that a bracket beside the label tells who the speaker is. `written` is how the label stands in
    the file, where that is neither `label` nor `label` with `note`.
    """

    line: int
    form: str
    label: str
    key: str
    shape: int
    speech: str
    at: float | None = None
    note: str = ""
    stamp: str = ""
    described: bool = False
    written: str = ""

    def writing(self) -> str:
        """The label as it stands in the file, with a stage note in it."""
        return self.written or " ".join(piece for piece in (self.label, self.note) if piece)


def heads(lines: list[Line]) -> dict[str, list[Head]]:
    """Every possible label of every line, by the way it is written."""
    found: dict[str, list[Head]] = {form: [] for form in WAYS}
    above: float | None = None
    for number, line in enumerate(lines):
        if line.label:
            continue
        own = only_stamp(line.text) if line.text[:1] in _STAMP_STARTS else None
        if own is None:
            before = None if number + 1 < len(lines) and _is_stamp(lines[number + 1].text) else above
            for head in _of_line(number, line, before):
                found[head.form].append(head)
        above = own
    found[PLAIN] = _shortened(found[PLAIN])
    return {form: with_brackets_settled(_with_times_apart(some)) for form, some in found.items()}


def _shortened(some: list[Head]) -> list[Head]:
    """Labels in capitals without the first words of speech that are in capitals, too: `SUE NHS staff` is Sue's where
    she is at least as often alone.
    """
    counts = Counter(head.label for head in some)
    return [_without_speech(head, counts) for head in some]


def _without_speech(head: Head, counts: Counter[str]) -> Head:
    pieces = head.label.split(" ") if head.shape not in SURE else []
    for size in range(1, len(pieces)):
        label = " ".join(pieces[:size])
        if counts[label] >= counts[head.label]:
            speech = f"{' '.join(pieces[size:])} {head.speech}"
            return replace(head, label=label, key=key_of(label), shape=shape_of(label), speech=speech)
    return head


def _with_times_apart(some: list[Head]) -> list[Head]:
    """The heads with the time that stands before the speech of most of them, `Anna: 00:12`, taken for the time of the
    turn.
    """
    timed = {
        head.line: stamp
        for head in some
        if head.at is None and head.speech[:1] in _STAMP_STARTS and (stamp := stamp_at(head.speech))
    }
    if len(timed) < 3 or 2 * len(timed) <= len(some):
        return some
    return [_with_time(head, *timed[head.line]) if head.line in timed else head for head in some]


def _with_time(head: Head, at: float, end: int) -> Head:
    speech = head.speech[end:].strip(" \t-–—:|")
    return replace(head, at=at, speech=speech, stamp="" if speech else head.speech)


def _is_stamp(text: str) -> bool:
    return text[:1] in _STAMP_STARTS and only_stamp(text) is not None


def _of_line(number: int, line: Line, above: float | None) -> Iterable[Head]:
    """The possible labels of a line; `above` is the time that stood on a line of its own before it."""
    text, bold = _without_emphasis(line.text, 0, line.bold)
    lead = _LEADING_MARKS.match(text)
    start = lead.end() if lead else 0
    stamp = stamp_at(text, start)
    at = line.at
    if stamp:
        at, start = stamp
        after = _AFTER_STAMP.match(text, start)
        start = after.end() if after else start
        text, bold = _without_emphasis(text, start, bold)
    explicit = (
        _chat(number, text, start, at)
        or _colon(number, text, start, at)
        or _bracket(number, text, start, at)
        or _bulleted(number, text, start, at)
    )
    if explicit and line.is_cue and explicit.shape == LOWER:
        return  # a caption may begin anywhere in a sentence
    if explicit:
        yield explicit
    if bold > start:
        yield from _bold(number, text, start, bold, at)
    if len(text) - start <= 80 and not (explicit and explicit.form == BRACKET) and not line.is_cue:
        yield from _alone(number, text, start, above if at is None else at)
    if not explicit:
        yield from _tab(number, text, start, at)
    if not explicit or not explicit.label.isalnum():
        yield from _dash(number, text, start, at)
    if not explicit and not line.is_cue:
        yield from _closed(number, text, start, at)
        yield from _stop(number, text, start, at)
        yield from _plain(number, text, start, at)


def _without_emphasis(text: str, start: int, bold: int) -> tuple[str, int]:
    """`text` without the asterisks around its first words, and how far it is bold then."""
    emphasis = _EMPHASIS.match(text, start) if text[start : start + 1] in ("*", "_") else None
    if not emphasis:
        return text, bold
    inner = emphasis["inner"]
    return text[:start] + inner + emphasis["after"], start + len(inner)


def _head(number: int, form: str, label: str, speech: str, at: float | None, note: str = "") -> Head | None:
    label = tidy(label)
    shape = INITIALS if form == COLON and is_shortened(label) else shape_of(label)
    if shape == NONE:
        return None
    speech = speech.strip()
    said = stamp_at(speech, bracketed=True) if at is None and speech[:1] in ("[", "(", "<", "#") else None
    held = ""
    if said:
        at = said[0]
        held, speech = (speech, "") if not speech[said[1] :].strip() else ("", speech[said[1] :].strip(" :"))
    return Head(number, form, label, key_of(label), shape, speech, at, note, held, bool(note) and is_description(note))


def _colon(number: int, text: str, start: int, at: float | None) -> Head | None:
    found = _COLON.match(text[: start + _REACH], start)
    if found is None:
        return _stamped_colon(number, text, start)
    note, moment = _parens(found["paren"], found["second"], at)
    return _head(number, COLON, found["label"], text[found.end() :], moment, note)


def _bulleted(number: int, text: str, start: int, at: float | None) -> Head | None:
    """`- **Name:** text`, as in a list."""
    bullet = _BULLET.match(text, start)
    if not bullet:
        return None
    written, _bold = _without_emphasis(text, bullet.end(), 0)
    return _colon(number, written, bullet.end(), at)


def _stamped_colon(number: int, text: str, start: int) -> Head | None:
    """`Name 00:01:02: text`."""
    found = _STAMPED_COLON.match(text[: start + _REACH], start)
    stamp = stamp_at(found["clock"]) if found else None
    if not found or not stamp:
        return None
    return _head(number, COLON, found["label"], text[found.end() :], stamp[0], found["paren"] or "")


def _parens(first: str | None, second: str | None, at: float | None) -> tuple[str, float | None]:
    """As `_paren`, for two brackets, as in `Anna (F, 34) [00:12]:`."""
    note, at = _paren(first or "", at)
    other, at = _paren(second or "", at)
    return " ".join(piece for piece in (note, other) if piece), at


def _paren(paren: str, at: float | None) -> tuple[str, float | None]:
    """The stage note and the time that `paren`, a bracketed addition to a label, stands for."""
    if not paren:
        return "", at
    stamp = only_stamp(paren)
    if stamp is None:
        stamp = only_stamp(paren[1:-1])
    if stamp is None and (found := in_units_at(paren, fewest=1)):
        stamp = found[0]
    return (paren, at) if stamp is None else ("", stamp)


def _bracket(number: int, text: str, start: int, at: float | None) -> Head | None:
    if text[start : start + 1] != "[":
        return None
    found = _BRACKET.match(text[: start + _REACH], start)
    if found is None:
        return _timed_bracket(number, text, start)
    if is_note_word(found["label"]):
        return None
    beside, end = found["paren"], found.end()
    if beside and _paren(beside, None)[1] is None and not is_description(beside):
        beside, end = None, found.start("paren")  # the speech begins with a bracket and a colon
    note, moment = _parens(found["inner"], beside, at)
    head = _head(number, BRACKET, found["label"], text[end:], moment, note)
    return head if head and head.shape <= WEAK else None


def _timed_bracket(number: int, text: str, start: int) -> Head | None:
    """`[Anna, 00:12] text`, `[00:12 Anna] text`."""
    found = _INSIDE.match(text[: start + _REACH], start)
    inner = found["inner"].strip() if found else ""
    before, after = stamp_at(inner), _trailing_stamp(inner)
    if before and before[1] < len(inner):
        name, at = inner[before[1] :].strip(" ,;–—-"), before[0]
    elif after:
        name, at = after
    else:
        return None
    if not found or not _WHOLE.match(name) or is_note_word(name):
        return None
    head = _head(number, BRACKET, name, text[found.end() :], at)
    return head if head and head.shape <= WEAK else None


def _chat(number: int, text: str, start: int, at: float | None) -> Head | None:
    """`00:12 From Anna to Everyone: text`, as in the chat of a meeting."""
    found = _FROM.match(text[: start + _REACH], start) if at is not None and text.startswith("From", start) else None
    return _head(number, COLON, found["label"], text[found.end() :], at) if found else None


def _bold(number: int, text: str, start: int, bold: int, at: float | None) -> Iterable[Head]:
    written = text[start:bold].rstrip(" \t:：-–")
    rest = text[bold:].lstrip(" \t:：")
    stamp = _trailing_stamp(written)
    if stamp:
        written, at = stamp
    found = _WHOLE.match(written)
    if not found:
        return
    beside = None if found["paren"] else _BESIDE.match(rest[:_REACH])
    if beside and is_description(beside["paren"]):
        rest = rest[beside.end() :]
    note, moment = _paren(found["paren"] or (beside["paren"] if beside and is_description(beside["paren"]) else ""), at)
    head = _head(number, BOLD, found["label"], rest, moment, note)
    if head and head.shape <= WEAK:
        yield head


def _trailing_stamp(text: str) -> tuple[str, float] | None:
    """`Name  00:12`, `Name (00:12)`, `Name - 00:12`: the name, and seconds."""
    if not text[-1:].isdigit() and text[-1:] not in (")", "]", ">", "#", "M", "m", "."):
        return None
    found = _BEFORE_STAMP.match(text)
    if not found:
        return None
    stamp = only_stamp(found["stamp"])
    return (found["name"], stamp) if stamp is not None else None


def _alone(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    written = text[start:].strip()
    trailing = _trailing_stamp(written)
    if trailing:
        written, at = trailing
    found = _WHOLE.match(written)
    if not found or (written.endswith((":", "：")) and at is None):
        return
    form = STAMPED if at is not None else ALONE
    if written.endswith(".") and form == ALONE and len(written) > 4:
        return  # a short answer
    head = _head(number, form, found["label"].rstrip(" -–,"), "", at, found["paren"] or "")
    if head and (head.shape <= WEAK if at is not None or head.described else head.shape <= INITIALS):
        yield head


def _tab(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    found = _TAB.match(text[: start + _REACH], start)
    if not found:
        return
    note, moment = _paren(found["paren"] or "", at)
    stamp, end = stamp_at(text, found.end()), found.end()
    if stamp and moment is None and text[stamp[1] : stamp[1] + 1] in ("\t", " "):
        moment, end = stamp
    head = _head(number, TAB, found["label"], text[end:], moment, note)
    if head and (head.shape in SURE or (head.shape < WEAK and _WIDE.search(found.group()))):
        yield head


def _dash(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    """`Int – text`, `P1 - text`, `Anna >> text`, `Anna | text`."""
    found = _DASH.match(text[: start + _REACH], start)
    if not found:
        return
    note, moment = _paren(found["paren"] or "", at)
    head = _head(number, DASH, found["label"], text[found.end() :], moment, note)
    if head and head.shape <= WEAK:
        yield head


def _closed(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    """`(Anna) text`, `<P1> text`, `{Int} text`; pointed brackets may stand above the speech."""
    found = _CLOSED.match(text, start) if text[start : start + 1] in ("(", "<", "{") else None
    label = (found["round"] or found["pointed"] or found["curly"]) if found else ""
    if not found or is_note_word(label) or not (found["speech"] or found["pointed"]):
        return
    head = _head(number, PAREN, label, found["speech"] or "", at)
    if head and head.shape <= INITIALS:
        yield head


def _stop(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    """`Q. text`, `Int. text`, `P1. text`, `J.K. text`."""
    found = _STOP.match(text[: start + _REACH], start) if text.find(".", start, start + _LONGEST_STOPPED) > 0 else None
    head = _head(number, STOP, found["label"], text[found.end() :], at) if found else None
    if head and head.shape in (*SURE, INITIALS):
        yield head


def _plain(number: int, text: str, start: int, at: float | None) -> Iterable[Head]:
    """`ANNA text`, `MARY LEE text`, `F1 text`, `Participant 2 text`: nothing but a space stands between."""
    if not _MAY_BE_PLAIN.match(text, start):
        return
    pieces = text[start : start + _REACH].split(" ", 4)
    size = 1
    if len(pieces) > 2 and pieces[1].isdecimal() and shape_of(" ".join(pieces[:2])) in SURE:
        size = 2
    elif not pieces[0][-1:].isdecimal():
        size = next((n for n, piece in enumerate(pieces[:4]) if not _is_in_capitals(piece)), 4)
    label = " ".join(pieces[:size])
    speech = text[start + len(label) :].strip()
    if not size or not speech or not (speech[0].isalnum() or speech[0] in _BEFORE_SPEECH):
        return
    head = _head(number, PLAIN, label, speech, at)
    if head and (head.shape in SURE or head.shape in (NAME, INITIALS)):
        yield head


def _is_in_capitals(piece: str) -> bool:
    """Whether a word is in capitals throughout; `I` and `A` are words of the speech."""
    return len(piece) > 1 and piece.isupper() and piece.replace("-", "").replace("'", "").isalpha()


def with_brackets_settled(some: list[Head]) -> list[Head]:
    """`TN6 (nods)` is TN6, and `Anna (F, 34)` is Anna, shown with what tells who she is; but `Anna (teacher)` and
    `Anna (parent)` are two, as are other brackets that recur where no plain `Anna` speaks.
    """
    if not any(head.note for head in some):
        return some
    told: dict[str, set[frozenset[str]]] = defaultdict(set)
    for head in some:
        if head.described:
            told[head.key].add(in_description(head.note))
    one = {key for key, sets in told.items() if max(sets, key=len) == frozenset().union(*sets)}
    plain = {head.key for head in some if not head.note}
    noted = Counter((head.key, head.note) for head in some if head.note)
    part = {of for of, count in noted.items() if count > 1 and of[0] not in plain and of[0] not in one}
    if not part and not told:
        return some
    return [_settled(head, one, part) for head in some]


def _settled(head: Head, one: set[str], part: set[tuple[str, str]]) -> Head:
    if not head.described and (head.key, head.note) not in part:
        return head
    label = f"{head.label} {head.note}"
    key = head.key if head.described and head.key in one else key_of(label)
    return replace(head, label=label, key=key, note="")
