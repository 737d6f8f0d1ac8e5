"""What a person has written about how turns begin: a pattern with NAME and TIME, or the labels themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.heads import BOLD, BRACKET, COLON, DASH, TAB, Head, Line
from cohesion_qda.formats.talk.labels import (
    CLOCK,
    NAME,
    NONE,
    apart,
    is_description,
    key_of,
    only_stamp,
    shape_of,
    stamp_at,
    tidy,
)

_HOLE = re.compile(r"(NAME|TIME)")
_DASHES = re.compile(r"[-–—]+")
_NAME = r"(?P<name>[^\W_][^\t\n]{0,48}?)"
_TIME = rf"(?P<time>[\[(<#]?[ ]?{CLOCK}(?:[ ]?(?:-->|-|–|—|to)[ ]?{CLOCK})?[ ]?[\])>#]?)(?![\w:])"
_LONGEST_PATTERN = 100
_REACH = 200
_MOST_LABELS = 500
_OPENS = {"]": "[", ")": "(", "}": "{"}


def of_pattern(pattern: str, lines: Iterable[Line]) -> list[Head]:
    """The heads of lines that begin as `pattern` says. Where that takes the whole line, and it must where NAME is the
    last of the pattern, the speech is in the lines below. Raises BadInput for a pattern without NAME.
    """
    compiled = _compiled(pattern)
    found = []
    for number, line in enumerate(lines):
        match = compiled.match(line.text[:_REACH])
        if not match:
            continue
        label, note = apart(tidy(match["name"]))
        shape = shape_of(label)
        if shape == NONE:
            continue
        time = match.groupdict().get("time")
        at = only_stamp(time) if time else line.at
        speech = line.text[match.end() :].strip()
        found.append(
            Head(
                number,
                "pattern",
                label,
                key_of(label),
                shape,
                speech,
                at,
                note,
                described=bool(note) and is_description(note),
            )
        )
    return found


def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = _HOLE.split(pattern.strip(" ")[:_LONGEST_PATTERN].replace("\\t", "\t"))
    if pieces.count("NAME") != 1 or pieces.count("TIME") > 1:
        raise BadInput(
            _("A pattern must have NAME once, and TIME at most once."),
            _("Write how a turn begins, with NAME where the speaker's name stands, such as: [TIME] NAME –"),
        )
    holes = {"NAME": _NAME, "TIME": _TIME}
    written = "".join(holes.get(piece) or _between(piece) for piece in pieces)
    return re.compile(r"\s{0,9}" + written + (r"\s{0,9}\Z" if pieces[-2:] == ["NAME", ""] else ""))


def _between(piece: str) -> str:
    """What stands between the holes as an expression. White space need not be there, except beside letters and
    dashes; one dash is as good as another.
    """
    if not piece.strip():
        return r"[ ]{0,9}\t\s{0,9}" if "\t" in piece else r"\s{1,9}" if piece else ""
    words = piece.split()
    before, after = piece[0].isspace(), piece[-1].isspace()
    inner = r"\s{0,9}".join(_literal(word) for word in words)
    return _space(before, words[0][0]) + inner + _space(after, words[-1][-1])


def _literal(word: str) -> str:
    return _DASHES.sub("[-–—]{1,3}", re.escape(word).replace(r"\-", "-")).replace(":", "[:：]")


def _space(is_written: bool, beside: str) -> str:
    return r"\s{1,9}" if is_written and (beside.isalnum() or beside in "-–—") else r"\s{0,9}"


def named(lines: Iterable[Line], labels: Collection[str]) -> list[Head]:
    """The heads of lines that begin with one of `labels`, however it is set apart from the speech."""
    written = sorted((_loosely(label) for label in list(labels)[:_MOST_LABELS] if label.split()), key=len, reverse=True)
    if not written:
        return []
    pattern = re.compile(
        rf"(?P<open>[*_\[(<{{]{{0,3}})(?P<label>{'|'.join(written)})(?P<close>[*_]{{0,3}})"
        r"(?P<stop>[\])}]|[ ]?[:：.]|\t|[ ]+[-–—|»→~]|[ ]?[-=]?>{1,3}|\s{2}|)[*_]{0,3}\s*",
        re.IGNORECASE,
    )
    forms = {":": COLON, "：": COLON, ".": COLON, "]": BRACKET, "\t": TAB}
    found = []
    for number, line in enumerate(lines):
        stamp = stamp_at(line.text)
        start = len(line.text) - len(line.text[stamp[1] :].lstrip(" -–—:")) if stamp else 0
        match = pattern.match(line.text, start)
        if not match or not _is_set_apart(match, line):
            continue
        label = tidy(match["label"])
        form = forms.get(match["stop"].strip(" "), DASH if match["stop"].strip() else BOLD)
        at = stamp[0] if stamp else line.at
        shape = min(shape_of(label), NAME)
        found.append(Head(number, form, label, key_of(label), shape, line.text[match.end() :].strip(), at))
    return found


def _loosely(label: str) -> str:
    return r"\s+".join(re.escape(word) for word in label.split())


def _is_set_apart(match: re.Match[str], line: Line) -> bool:
    """Whether something parts the label from the speech: a stop, the end of the line, or the end of bold."""
    if match["stop"] == "":
        return match["close"] != "" or match.end() == len(line.text) or match.end("label") == line.bold
    return match["stop"] not in _OPENS or _OPENS[match["stop"]] in match["open"]
