"""A moderator's guide: the questions in it, without their numbers, and without headings, timings and instructions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from cohesion_qda.base.errors import CannotReadSource
from cohesion_qda.base.i18n import _
from cohesion_qda.formats.talk.labels import MODERATOR_WORDS
from cohesion_qda.model.source import HowToRead
from cohesion_qda.model.text import canonical, comparable, count_words

AT_MOST = 80  # questions; what holds more is a transcript
LONG = 40  # words; of a longer paragraph only the sentences that ask are kept
_BULLET = re.compile(r"^[\-*•·▪●○◦‣–—>+□☐]+\s+")
_MARKDOWN = re.compile(r"^#{1,6}\s|\*\*|__|`")
_NUMBER = re.compile(
    r"^(?:(?i:q|question)\s*\d{1,2}(?:\.\d{1,2})*[a-z]?\b|\(?\d{1,2}(?:\.\d{1,2})*[a-z]?(?=[.):\]]|\s+[A-Z“\"])"
    r"|\(?(?i:[a-z]|[ivx]{1,4})(?=[.)]\s))\s*[.):\]\-–—]*\s*"
)
_TOPIC_NUMBER = re.compile(
    r"^(?P<q>(?i:q|question)\s*|)\(?(?P<n>\d{1,2}(?:\.\d{1,2})*)(?:[.):\]](?!\d)|(?<=\.\d)(?=\s)|(?<=\.\d\d)(?=\s))"
)
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d\b")
_SENTENCE = re.compile(r"[^.?!…]+[.?!…]*[\"”’')]*")
_TIMING = re.compile(
    r"\s*[(\[]\s*(?:about |c\. ?)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*min(?:ute)?s?\.?\s*[)\]]\s*$", re.IGNORECASE
)
_PROBE = re.compile(
    r"^(?:probes?|prompts?|follow[- ]?ups?|if needed|notes?|reminders?|instructions?)\b\s*[:\-–(]", re.IGNORECASE
)
_ASKS = re.compile(
    r"^(?:please |can you |could you |now )?(?:tell|describe|imagine|think of|think about|talk|explain|share|walk|name|say)\b",
    re.IGNORECASE,
)


def read_guide(path: Path) -> list[str]:
    """The questions in a file of any kind that transcripts are read from, in order; it is read in a process that is
    watched, as they are. Raises CannotReadSource, also when no question is found, or so many that it is no guide.
    """
    from cohesion_qda.formats.watch import Readers

    path = Path(path)
    with Readers() as readers:
        read = readers.read([path], how={path: HowToRead(convention="none")})
    found: list[str] = []
    for draft in read:
        if isinstance(draft, CannotReadSource):
            raise draft
        found += questions_in(draft.text.split("\n"))
    if not found:
        raise CannotReadSource(
            path,
            _("No question was found in {name}.").format(name=path.name),
            _("Write one question a line, with a question mark or a number."),
        )
    if len(found) > AT_MOST:
        raise CannotReadSource(
            path,
            _("{name} holds {n} questions, too many for a guide.").format(name=path.name, n=len(found)),
            _("Give the guide that the moderator had, not a transcript."),
        )
    return found


def questions_in(lines: Iterable[str]) -> list[str]:
    """The lines that ask something, plain: those with a question mark, with a bullet and a verb such as “describe”, and
    those with a number, which name a topic; unless that is a heading, with questions under it that have none or a deeper one.
    """
    found: dict[str, str] = {}
    topic, depth = "", 0  # the last line, if it names one
    for line in lines:
        text = plain(line)
        level, is_question = _level(line), _is_question(line, text)
        if not count_words(text) or _PROBE.match(text) or not (is_question or level):
            continue
        if topic and (level == 0 or level > depth):
            del found[topic]
        is_new = comparable(text) not in found
        found.setdefault(comparable(text), text)
        topic, depth = (comparable(text), level) if is_new and not is_question else ("", 0)
    return list(found.values())


def _level(line: str) -> int:
    """How deep a line is numbered: 1 for `1.`, 2 for `1.1` and for `Q1`, which stands under `1.` …; 0 where it is not, or is a heading or a time."""
    bare = " ".join(_MARKDOWN.sub("", line.strip()).split())
    number = None if line.lstrip().startswith("#") or _CLOCK.match(bare) else _TOPIC_NUMBER.match(bare)
    return number["n"].count(".") + 1 + bool(number["q"]) if number is not None else 0


def plain(line: str) -> str:
    """A line without bullet, number, timing, marks of Markdown, and the label of who asks."""
    text = " ".join(_MARKDOWN.sub("", canonical(line).strip()).split())
    text = _NUMBER.sub("", _BULLET.sub("", text), count=1)
    label, colon, rest = text.partition(":")
    if colon and label.strip().casefold() in MODERATOR_WORDS and rest.strip():
        text = rest
    text = _TIMING.sub("", text).strip()
    if count_words(text) > LONG and "?" in text:
        text = " ".join(s.group().strip() for s in _SENTENCE.finditer(text) if "?" in s.group())
    return text


def _is_question(line: str, text: str) -> bool:
    if "?" in text:
        return True
    bare = _MARKDOWN.sub("", line.strip())
    is_listed = bool(_BULLET.match(bare) or _NUMBER.match(bare))
    return is_listed and not line.lstrip().startswith("#") and bool(_ASKS.match(text))
