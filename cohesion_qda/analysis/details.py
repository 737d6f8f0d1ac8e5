"""Words that may tell who somebody is: names of people, places and organisations, addresses, telephone numbers, post codes.

Names in what was said are those of the parse of its text (`analysis.parsing`), those in what an author writes are sought in lists. None of it finds
every name, and some of what it finds is none: a person settles each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cohesion_qda.analysis import names
from cohesion_qda.base.resources import resource
from cohesion_qda.model.detail import ADDRESS, NAME, ORGANISATION, PLACE, POSTCODE, TELEPHONE
from cohesion_qda.model.text import Span

if TYPE_CHECKING:
    from cohesion_qda.analysis.parsing import Parsed

_KINDS = {names.PERSON: NAME, names.PLACE: PLACE, names.ORGANISATION: ORGANISATION}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WORD_OR_NUMBER = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?$")
_NEXT = re.compile(  # a surname, with initials and small words before it: “ M. Braithwaite”, “ van der Berg”
    r" (?:(?:[A-ZÀ-ÖØ-Þ]\.)+ |[A-ZÀ-ÖØ-Þ] |(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|bin|bint|ibn|al|el|ap|ab|ferch) ){0,3}"
    r"([^\W\d_]+(?:[-'’][^\W\d_]+)*)"
)
_ACRONYM = 4  # letters; longer words in capitals after a first name are a surname
_SENTENCE = re.compile(r"(?<=\w{4})[.!?]\s")  # the end of one, not “Mr. ”
_EDGES = " \t\n.,;:!?…\"“”‘'()[]–—-"

_HOST = r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}"
_SPELT = (
    r"[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)*\s+dot\s+(?:com|co|org|net|uk|info|ac|gov|cymru|wales)(?:\s+dot\s+uk)?"
)
_ADDRESSES = re.compile(
    rf"(?:https?://|\bwww\.)[^\s<>\"”]*[\w/]|[\w.+%-]*\w@{_HOST}|\b{_SPELT}\b|(?<![\w.@])@\w(?:[\w.]*\w)", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<![\w.,/£$€-])(?:\+\d|\(\d{2,6}\)|\d)(?:[ \t().-]{0,2}\d){6,14}(?![\w/]|[.,]\d)")
_DIGIT = "(?:oh|o|nought|zero|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)"
_SPOKEN = re.compile(rf"\b{_DIGIT}(?:[\s,-]+{_DIGIT}){{6,}}\b", re.IGNORECASE)
_POSTCODES = re.compile(
    r"\b(?:[A-PR-UWYZa-pr-uwyz][A-HK-Ya-hk-y]?\d[A-Za-z\d]?\s?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}"  # United Kingdom
    r"|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d"  # Canada
    r"|[AC-FHKNPRTV-Y]\d[\dW] [0-9AC-FHKNPRTV-Y]{4}"  # Ireland
    r"|[1-9]\d{3} (?!AD|BC)[A-Z]{2}|\d{5}-\d{4})\b"  # the Netherlands, the United States
)
_DATE = re.compile(r"\d{1,2}[-. ]\d{1,2}[-. ]\d{2,4}(?:\s+\d{1,2})?")
_RUN = re.compile(r"\d{3}")  # one by one, figures are a count
_FEWEST = 8  # digits of a telephone number that begins with 0 or +
_FEWEST_ELSE = 10  # digits of any other


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a text; `kind` is one of `model.detail.WORDS`, `span` in code points."""

    span: Span
    kind: str


def in_figures(text: str) -> list[Found]:
    """Addresses, telephone numbers and post codes in a text, in order and not overlapping."""
    found: list[Found] = []
    for pattern, kind in ((_ADDRESSES, ADDRESS), (_POSTCODES, POSTCODE), (_FIGURES, TELEPHONE), (_SPOKEN, TELEPHONE)):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if pattern is _FIGURES and not _is_telephone(match.group()):
                continue
            if not any(span.overlaps(other.span) for other in found):
                found.append(Found(span, kind))
    return sorted(found, key=lambda one: one.span.start)


def _is_telephone(figures: str) -> bool:
    digits = sum(map(str.isdigit, figures))
    if _DATE.fullmatch(figures) or not _RUN.search(figures):
        return False
    return digits >= (_FEWEST if figures.lstrip("(")[0] in "0+" else _FEWEST_ELSE)


def in_talk(text: str, parsed: Parsed, near: Span | None = None) -> list[Found]:
    """The names in a text of which a parse is kept, those that touch `near` alone where it is given, in order."""
    from cohesion_qda.analysis.parsing import BEGINS, NAMES, UPOS

    first, last = 0, len(parsed)
    if near is not None:
        first, last = int(parsed.end.searchsorted(near.start, "right")), int(parsed.start.searchsorted(near.end))
    spans: list[tuple[int, int, str, bool]] = []
    noun, small = UPOS.index("PROPN"), {form for form in parsed.forms if form.islower()}
    for n in (parsed.name[first:last].nonzero()[0] + first).tolist():
        kind = int(parsed.name[n])
        start, end = int(parsed.start[n]), int(parsed.end[n])
        is_ordinary_too = names.lowered(text[start:end]) in small and text[start:end] not in small
        is_doubtful = bool(parsed.opens[n]) and (is_ordinary_too or int(parsed.pos[n]) not in (0, noun))
        if kind >= BEGINS or not spans:
            spans.append((start, end, NAMES[kind % BEGINS], is_doubtful))
        else:
            begun = spans[-1]
            spans[-1] = (begun[0], end, begun[2], False)
    has_capitals = not names.in_small_letters(text[: 1 << 16].split("\n"))
    return _joined(
        text, (_found(text, start, end, kind, has_capitals, doubtful) for start, end, kind, doubtful in spans)
    )


def in_writing(text: str) -> list[Found]:
    """The names in what an author writes, as far as they are in lists."""
    has_capitals = not names.in_small_letters([text])
    return _joined(text, (_found(text, n.span.start, n.span.end, n.kind, has_capitals) for n in names.listed(text)))


def _joined(text: str, found: Iterable[Found | None]) -> list[Found]:
    """The names, a first name with the names after it as one."""
    joined: list[Found] = []
    for one in found:
        if one is None:
            continue
        before = joined[-1] if joined else None
        if before and before.kind == NAME and one.span.start < before.span.end:
            if one.span.end > before.span.end:
                joined[-1] = Found(Span(before.span.start, _with_surname(text, before.span.start, one.span.end)), NAME)
        elif before and before.kind == one.kind == NAME and text[before.span.end : one.span.start] == " ":
            joined[-1] = Found(Span(before.span.start, _with_surname(text, before.span.start, one.span.end)), NAME)
        elif one.kind == NAME:
            joined.append(Found(Span(one.span.start, _with_surname(text, one.span.start, one.span.end)), NAME))
        else:
            joined.append(one)
    return joined


def _with_surname(text: str, start: int, end: int) -> int:
    """Where a person's name ends that goes on with words in capitals: “Ethel Braithwaite”, “Ethel M. Braithwaite”, “Dr. E. Braithwaite”, of
    which lists know the first.
    """
    last = names.lowered(text[start:end]).split()[-1]
    is_short = len(last) == 1 or last in names.TITLES  # so that a stop after it ends no sentence
    while (follows := _NEXT.match(text, end + (is_short and text[end : end + 1] == "."))) is not None:
        word, said = _GENITIVE.sub("", follows[1]), text[start:end]
        if not word[0].isupper() or is_ordinary(word) or (word.isupper() and not _is_surname(word, said)):
            break
        end, is_short = follows.start(1) + len(word), False
    return end


def _is_surname(word: str, name: str) -> bool:
    """Whether a word in capitals goes on with a name, and is no acronym or the next word of a heading in capitals."""
    if name.isupper():
        return len(word) > 1 and len([said for said in _WORD.findall(name) if said.lower() not in names.TITLES]) < 2
    return len(word) > _ACRONYM


def _found(text: str, start: int, end: int, kind: str, has_capitals: bool, is_doubtful: bool = False) -> Found | None:
    """A name without what hangs on it; None for words that tell nobody apart."""
    words = text[start:end]
    while words and words[-1] in _EDGES:
        words = words[:-1]
    words = _GENITIVE.sub("", _SENTENCE.split(words)[0])
    while words and words[0] in _EDGES:
        words, start = words[1:], start + 1
    if len(words) < 2 or kind not in _KINDS or is_ordinary(words):
        return None
    if has_capitals and not any(map(str.isupper, words)):
        return None
    if is_doubtful and not names.is_first_name(words):
        return None
    return Found(Span(start, start + len(words)), _KINDS[kind])


def is_ordinary(words: str) -> bool:
    """Whether words with a capital tell nobody apart: languages, faiths, days, titles alone."""
    said = [word.lower().replace("’", "'") for word in _WORD.findall(words)]
    return not said or all(word in _ordinary() for word in said)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    lines = resource("details/ordinary.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def parts_of_name(words: str) -> list[str]:
    """The words of a person's name that could stand for it alone: “Akhtar” of “Mr Akhtar”."""
    said = _WORD.findall(words)
    if len(said) < 2:
        return []
    return [word for word in said if len(word) > 2 and word[0].isupper() and not is_ordinary(word)]


class Matcher:
    """Finds given names in texts, however their capitals are set: whole words, the longest first. A name in small letters is found only where it
    was given so.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        self._forms = {form.replace("’", "'") for form in forms}
        for form in sorted({names.lowered(form) for form in self._forms}, key=lambda form: (-len(form), form)):
            first = _WORD_OR_NUMBER.search(form)
            if first is not None and first.start() == 0:
                self._by_first.setdefault(first.group(), []).append(form)

    def find(self, text: str, *, in_any_case: bool = False) -> Iterator[tuple[Span, str]]:
        """Where names stand in a text, in order and not overlapping, each with the name as `key_of` has it."""
        if not self._by_first:
            return
        folded = names.lowered(text.replace("’", "'"))
        end = 0
        for match in _WORD_OR_NUMBER.finditer(folded):
            start = match.start()
            if start < end:
                continue
            for form in self._by_first.get(match.group(), ()):
                stop = start + len(form)
                if folded.startswith(form, start) and not folded[stop : stop + 1].isalnum():
                    said = text[start:stop].replace("’", "'")
                    if in_any_case or said in self._forms or any(map(str.isupper, said)):
                        yield Span(start, stop), key_of(form)
                        end = stop
                        break


def known_in(published: Iterable[str], longest: int = 6) -> frozenset[tuple[str, ...]]:
    """Every run of words, up to `longest`, in texts that are published anyway."""
    runs: set[tuple[str, ...]] = set()
    for text in dict.fromkeys(published):
        said = as_words(text)
        for n in range(len(said)):
            runs.update(tuple(said[n : n + size]) for size in range(1, min(longest, len(said) - n) + 1))
    return frozenset(runs)


def key_of(words: str) -> str:
    """Words as details are compared by, whatever their case, spaces and apostrophes."""
    return " ".join(names.lowered(words.replace("’", "'")).split())


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts that are written in small letters somewhere: a capital says little of them."""
    return frozenset(word for text in texts for word in _WORD.findall(text) if word.islower())


def as_words(text: str) -> Sequence[str]:
    """The words and numbers of a text as names are compared by, titles of people left out where more stands beside them."""
    said = _WORD_OR_NUMBER.findall(names.lowered(text.replace("’", "'")))
    bare = [word for word in said if word not in names.TITLES]
    return bare or said
