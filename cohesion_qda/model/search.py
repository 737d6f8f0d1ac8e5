"""The language of searching: what was typed, as a tree, and as an expression of the full-text index.

    park buses              both words, in any order          park OR buses      either
    "the youth club"        these words, side by side         park NOT car       one without the other
    comm*                   words that begin so               (a OR b) c         brackets
    ~community              all forms: community, communities NEAR(park child*, 5)   at most 5 words between

AND, OR, NOT and NEAR( count only in capitals; in small letters they are words like any other. What is joined is looked for in
one line: a turn, or, where a turn has several paragraphs, one of them. Case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.text import canonical

WITHIN = 10  # words between what is NEAR, unless another number is given
FARTHEST = 1000
MOST_WORDS = 100  # in one query
MOST_WAYS = 400  # of writing one part of it, all forms of its words considered
DEEPEST = 20  # brackets inside brackets
SHORTEST = 2  # letters before a *

_TOKEN = re.compile(
    r"""(?P<space>\s+) | (?P<near>NEAR\s*\() | (?P<open>\() | (?P<close>\)) | (?P<within>,\s*(?P<n>\d{1,9})\s*(?=\))) |
    (?P<quoted>(?P<quoteforms>~)?["“”„](?P<phrase>[^"“”„]*)(?P<end>["“”„]?)(?P<quotestar>\*?)) |
    (?P<word>(?P<forms>~*)(?P<text>(?:(?!,\s*\d{1,9}\s*\))[^\s()"“”„])+))""",
    re.VERBOSE,
)
_JOINS = ("AND", "OR", "NOT")

Forms = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side, of which the last may be a beginning; with `forms`, in all their forms."""

    words: tuple[str, ...]
    is_prefix: bool = False
    forms: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Parts with at most `within` words between them, in any order."""

    parts: tuple[Words, ...]
    within: int = WITHIN


@dataclass(frozen=True, slots=True)
class All:
    """Everything in one line, and nothing of `but_not` in it."""

    parts: tuple[Query, ...]
    but_not: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of the parts at least."""

    parts: tuple[Query, ...]


Query = Words | Near | All | OneOf


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # word | open | close | near | within | AND | OR | NOT | end
    text: str
    at: int  # the character it begins with, counted from 1
    words: Words | None = None
    n: int = 0


def parse(typed: str, *, all_forms: bool = False) -> Query:
    """What was typed as a tree; with `all_forms` every word outside quotation marks stands for all its forms.

    Raises BadInput that names the place: nothing typed, a bracket or quotation mark that is not closed, a join with nothing
    to join, a word without letters or digits.
    """
    tokens = list(_tokens(canonical(typed), all_forms))
    if len(tokens) == 1:
        raise BadInput(_("Nothing is searched for yet."), _("Type a word, or several."))
    if sum(token.words is not None for token in tokens) > MOST_WORDS:
        raise BadInput(
            _("The search has more than {n} words.").format(n=MOST_WORDS), _("Search for some of them at a time.")
        )
    reader = _Reader(tokens)
    found = reader.any_of(0)
    if reader.next.kind != "end":
        raise BadInput(
            _("The bracket at character {at} closes nothing.").format(at=reader.next.at),
            _("Take it away, or open one before it."),
        )
    return found


def phrase(typed: str, *, forms: bool = False) -> Words:
    """What was typed as words side by side, whatever signs are in it. Raises BadInput when there is no word."""
    return _words(canonical(typed), 1, is_prefix=False, forms=forms)


def beginning(typed: str) -> Words:
    """As `phrase`, and the last word may be the beginning of one, as it is while somebody is typing."""
    words = phrase(typed).words
    return Words(words, is_prefix=sum(map(is_findable, words[-1])) >= SHORTEST)


def as_match(query: Query, forms: Forms) -> str:
    """The expression for the full-text index. `forms` gives the forms of a word that are in the texts, itself among them.

    Everything that was typed stands in quotation marks in it, so it can mean nothing else. Raises BadInput where the forms of
    several words make too many combinations.
    """
    match query:
        case Words():
            return _either([_quoted(way, query.is_prefix) for way in _ways(query, forms)])
        case Near():
            ways = list(_combined([_ways(part, forms) for part in query.parts]))
            return _either([
                f"NEAR({' '.join(_quoted(w, p.is_prefix) for w, p in zip(way, query.parts, strict=True))}, {query.within})"
                for way in ways
            ])  # fmt: skip
        case All():
            found = " AND ".join(as_match(part, forms) for part in query.parts)
            if query.but_not:
                return f"(({found}) NOT {_either([as_match(part, forms) for part in query.but_not])})"
            return f"({found})"
        case OneOf():
            return _either([as_match(part, forms) for part in query.parts])


def words_with_forms(query: Query) -> list[str]:
    """The words of the query that stand for all their forms, as typed, in order."""
    match query:
        case Words():
            return list(query.words) if query.forms else []
        case Near() | OneOf():
            return [word for part in query.parts for word in words_with_forms(part)]
        case All():
            return [word for part in (*query.parts, *query.but_not) for word in words_with_forms(part)]


def shortest_prefix(query: Query) -> int | None:
    """How many letters the shortest beginning of a word has; None where there is none."""
    match query:
        case Words():
            return len(query.words[-1]) if query.is_prefix else None
        case All():
            parts: tuple[Query, ...] = (*query.parts, *query.but_not)
        case _:
            parts = tuple(query.parts)
    return min((n for part in parts if (n := shortest_prefix(part)) is not None), default=None)


def is_findable(word: str) -> bool:
    """Whether there is a letter or digit in it, without which the index knows nothing of it."""
    return any((kind := unicodedata.category(c))[0] in "LN" or kind == "Co" for c in word)


# -- reading what was typed ------------------------------------------------------------------------------------------


def _tokens(typed: str, all_forms: bool) -> Iterator[_Token]:
    for found in _TOKEN.finditer(typed):
        at = found.start() + 1
        kind = next(k for k in ("space", "near", "open", "close", "within", "quoted", "word") if found[k] is not None)
        if kind == "quoted":
            if not found["end"]:
                raise BadInput(
                    _("The quotation mark at character {at} is not closed.").format(at=at),
                    _("Close it, or take it away."),
                )
            words = _words(found["phrase"], at, is_prefix=bool(found["quotestar"]), forms=bool(found["quoteforms"]))
            yield _Token("word", found["phrase"], at, words)
        elif kind == "word":
            yield _word(found, at, all_forms)
        elif kind != "space":
            yield _Token(kind, found.group(), at, n=int(found["n"] or 0) if kind == "within" else 0)
    yield _Token("end", "", len(typed) + 1)


def _word(found: re.Match[str], at: int, all_forms: bool) -> _Token:
    text, is_prefix = found["text"].rstrip("*"), found["text"].endswith("*")
    if text in _JOINS and not found["forms"] and not is_prefix:
        return _Token(text, text, at)
    if "*" in text:
        raise BadInput(
            _("In “{word}” at character {at} the * stands inside.").format(word=found.group(), at=at),
            _("A * goes at the end: comm* finds community and common."),
        )
    if is_prefix and sum(map(is_findable, text)) < SHORTEST:
        raise BadInput(
            _("“{word}” at character {at} begins too many words.").format(word=found.group(), at=at),
            _("Give at least two letters before the *."),
        )
    forms = (all_forms or bool(found["forms"])) and not is_prefix
    return _Token("word", text, at, _words(text, at, is_prefix=is_prefix, forms=forms))


def _words(text: str, at: int, *, is_prefix: bool, forms: bool) -> Words:
    words = tuple(word for word in text.split() if is_findable(word))
    if not words:
        raise BadInput(
            _("“{word}” at character {at} has no letter or digit, so it cannot be found.").format(word=text, at=at),
            _("Search for the words beside it."),
        )
    return Words(words, is_prefix, forms and not is_prefix)


class _Reader:
    """Reads tokens from left to right; AND binds more closely than OR."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]

    def any_of(self, depth: int) -> Query:
        parts = [self._all_of(depth)]
        while self.next.kind == "OR":
            self._take()
            parts.append(self._all_of(depth))
        return parts[0] if len(parts) == 1 else OneOf(tuple(parts))

    def _all_of(self, depth: int) -> Query:
        parts: list[Query] = []
        but_not: list[Query] = []
        first = last = self.next
        while self.next.kind not in ("end", "close", "OR") or last.kind in ("AND", "NOT"):
            if self.next.kind == "AND" and (last.kind in _JOINS or not parts + but_not):
                raise _joins_nothing(self.next)
            last = self.next
            if last.kind == "AND":
                self._take()
            elif last.kind == "NOT":
                self._take()
                but_not.append(self._one(depth))
                last = self._tokens[self._place - 1]
            else:
                parts.append(self._one(depth))
                last = self._tokens[self._place - 1]
        if not parts and but_not:
            raise BadInput(
                _("NOT at character {at} says only what is not to be found.").format(at=first.at),
                _("Say before it what is to be found: park NOT car."),
            )
        if not parts:
            raise _joins_nothing(self._tokens[self._place - 1] if self._place and first.kind == "end" else first)
        return parts[0] if len(parts) == 1 and not but_not else All(tuple(parts), tuple(but_not))

    def _one(self, depth: int) -> Query:
        token = self._take()
        if token.words is not None:
            return token.words
        if token.kind == "near":
            return self._near(token)
        if token.kind != "open":
            raise _joins_nothing(self._tokens[self._place - 2] if token.kind == "end" else token)
        if depth >= DEEPEST:
            raise BadInput(
                _("The brackets at character {at} stand too deep in others.").format(at=token.at), _("Use fewer brackets.")
            )  # fmt: skip
        found = self.any_of(depth + 1)
        if self._take().kind != "close":
            raise _not_closed(token)
        return found

    def _near(self, opened: _Token) -> Query:
        parts: list[Words] = []
        within = WITHIN
        while self.next.words is not None:
            parts.append(self._take().words)  # type: ignore[arg-type]
        if self.next.kind == "within":
            within = self._take().n
        if self.next.kind == "end":
            raise _not_closed(opened)
        if self._take().kind != "close":
            raise BadInput(
                _("Inside NEAR( at character {at} only words and phrases can stand.").format(at=opened.at),
                _("Write it so: NEAR(park children, 5)."),
            )
        if len(parts) < 2 or within > FARTHEST:
            raise BadInput(
                _("NEAR( at character {at} needs two words at least, and a number up to {n}.").format(
                    at=opened.at, n=FARTHEST
                ),
                _("Write it so: NEAR(park children, 5)."),
            )
        return Near(tuple(parts), within)


def _joins_nothing(token: _Token) -> BadInput:
    if token.kind in _JOINS:
        return BadInput(
            _("{word} at character {at} has nothing to join.").format(word=token.kind, at=token.at),
            _("Write a word on both sides, or “{word}” in small letters or quotation marks to find the word itself.").format(
                word=token.kind.lower()
            ),
        )  # fmt: skip
    if token.kind == "open":
        return _not_closed(token)
    if token.kind == "within":
        return BadInput(
            _("The number at character {at} says how near, and there is no NEAR before it.").format(at=token.at),
            _("Write it so: NEAR(park children, 5)."),
        )
    return BadInput(
        _("There is nothing to find before character {at}.").format(at=token.at), _("Write a word there, or take it away.")
    )  # fmt: skip


def _not_closed(token: _Token) -> BadInput:
    return BadInput(
        _("The bracket at character {at} is not closed.").format(at=token.at), _("Close it, or take it away.")
    )


# -- writing the expression --------------------------------------------------------------------------------------------


def _ways(words: Words, forms: Forms) -> list[str]:
    """Every way in which the words may be written."""
    if not words.forms:
        return [" ".join(words.words)]
    return [" ".join(way) for way in _combined([forms(word) or [word] for word in words.words])]


def _combined(choices: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    number = 1
    for some in choices:
        number *= len(some)
    if number > MOST_WAYS:
        raise BadInput(
            _("The forms of these words can be combined in {n} ways, which is too many.").format(n=number),
            _("Take ~ away from some of them, or turn “All forms” off."),
        )
    return product(*choices)


def _quoted(words: str, is_prefix: bool) -> str:
    return '"' + words.replace('"', " ") + '"' + "*" * is_prefix


def _either(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
