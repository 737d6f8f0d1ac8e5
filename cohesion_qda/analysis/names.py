"""Names of people, places and organisations in what was said: by the names model, by lists, and for a review by every run of
proper nouns.

None of it finds every name. What is found is to be looked through by a person; nothing is ever promised to be anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cohesion_qda.analysis.pipelines import PipelineInfo, load, load_names
from cohesion_qda.base.resources import resource
from cohesion_qda.model.text import Span

PERSON, PLACE, ORGANISATION, OTHER = "person", "place", "organisation", "other"
_KINDS = {
    "PERSON": PERSON, "PER": PERSON, "NORP": PERSON, "PLACE": PLACE, "GPE": PLACE, "LOC": PLACE, "FAC": PLACE,
    "ORG": ORGANISATION,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")
_GENITIVE = re.compile(r"['’]s?$")
_BEGINS = re.compile(r"(?:^|[.?!:;…\n\]\)\"“‘—–-])\s*[\"“‘'(\[]*$")
_TITLE_WORDS = (
    "mr mrs ms miss mx dr doctor prof professor sir dame lady lord father sister brother reverend rev pastor imam rabbi "
    "councillor cllr mayor president senator justice judge general captain sergeant officer constable uncle aunt auntie "
    "aunty nan nana grandma grandpa granny grandad saint st queen king prince princess secretary minister speaker governor "
    "chancellor vicar"
)
TITLES = frozenset(_TITLE_WORDS.split())
_CERTAIN = frozenset({"mr", "mrs", "ms", "cllr"})  # after which a name stands, whatever its letters
_I = re.compile(r"I(?:['’]\w+)?$")
FEW_CAPITALS, MANY_CAPITALS = 0.025, 0.7
_LONGEST = 4  # words of the longest name of the lists


@dataclass(frozen=True, slots=True)
class Name:
    """One name. `span` in code points of its text; `kind` is person, place, organisation or other; `why` says what found it:
    model, list, or capital (a run of proper nouns, only in a review).
    """

    span: Span
    kind: str
    why: str


def find(
    texts: Sequence[str], info: PipelineInfo, *, review: bool = False, small: bool | None = None
) -> list[list[Name]]:
    """The names in each text, in order and not overlapping. `review` adds every run of proper nouns: more is found, and more
    that is no name. Texts (of one source) nearly without capitals, or all in capitals, are read as captions are;
    `small` says so of texts that are only some of a source.
    """
    small = in_small_letters(texts) if small is None else small
    read = [lowered(text) for text in texts] if small else list(texts)
    found = _by_model(read, info, small)
    if review:
        found = [a + b for a, b in zip(found, _by_capitals(read, info), strict=True)]
    lists = _lists(info.path if info.kind == "ours" else "")
    return [_merged([*names, *_by_lists(text, lists, small)]) for names, text in zip(found, read, strict=True)]


def listed(text: str) -> list[Name]:
    """The names in a text that are in the lists, or stand after a title, in order; no model is asked."""
    small = in_small_letters([text])
    return _merged(list(_by_lists(lowered(text) if small else text, _lists(""), small)))


def is_first_name(words: str) -> bool:
    """Whether words are a first name of the lists."""
    known = _lists("").get(lowered(words).replace("’", "'"))
    return known is not None and known.kind == PERSON


def in_small_letters(texts: Iterable[str]) -> bool:
    """Whether capitals say nothing: hardly any word but "I" begins with one, or nearly all letters are capitals."""
    words = capitalised = letters = capitals = 0
    for text in texts:
        for match in _WORD.finditer(text):
            word = match.group()
            if not _I.match(word):
                words += 1
                capitalised += word[0].isupper()
                letters += len(word)
                capitals += sum(map(str.isupper, word))
    return words > 0 and (capitalised <= FEW_CAPITALS * words or capitals > MANY_CAPITALS * letters)


def lowered(text: str) -> str:
    """`text` in small letters, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _by_model(texts: Sequence[str], info: PipelineInfo, small: bool) -> list[list[Name]]:
    nlp = load_names(info, lower=small)
    if nlp is None:
        return [[] for _text in texts]
    return [
        [
            Name(Span(ent.start_char, ent.end_char), _KINDS[ent.label_], "model")
            for ent in doc.ents
            if ent.label_ in _KINDS and any(token.is_alpha for token in ent)
        ]
        for doc in nlp.pipe(texts)
    ]


def _by_capitals(texts: Sequence[str], info: PipelineInfo) -> list[list[Name]]:
    """Runs of proper nouns; where the pipeline has no parts of speech, words with a capital inside a sentence."""
    if "pos" not in info.has:
        return [
            [Name(Span(*m.span()), OTHER, "capital") for m in _WORD.finditer(text) if _is_capital_inside(text, m)]
            for text in texts
        ]
    return [
        [
            Name(Span(token.idx, token.idx + len(token)), OTHER, "capital")
            for token in doc
            if token.pos_ == "PROPN" and any(map(str.isalpha, token.text))
        ]
        for doc in load(info).pipe(texts)
    ]


def _is_capital_inside(text: str, word: re.Match[str]) -> bool:
    return word.group()[0].isupper() and not _I.match(word.group()) and not _begins(text, word.start())


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here, so that a capital says nothing."""
    return _BEGINS.search(text, max(0, at - 12), at) is not None or not text[max(0, at - 12) : at].strip()


def _by_lists(text: str, lists: Lists, small: bool) -> Iterator[Name]:
    """Words of the lists, the longest first, and what stands after a title ("Mr Khan"), or a title in place of a name. Where
    capitals say something, a name must have them, and one that is an ordinary word too must stand inside a sentence;
    else ordinary words are left alone.
    """
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    n = 0
    while n < len(words):
        start, _end, word = words[n]
        length, known, stop = _longest(text, words, n, lists, small) if small or word[0].isupper() else (0, None, 0)
        if known is not None:
            yield Name(Span(start, stop), known.kind, "list")
        elif lowered(word).rstrip(".") in TITLES:
            after = _after_title(text, words, n, small)
            if after or (word[0].isupper() and not small and not _begins(text, start)):
                yield Name(Span(start, after or start + len(word)), PERSON, "list")
        n += max(1, length)


def _longest(text: str, words: list[_Word], n: int, lists: Lists, small: bool) -> tuple[int, _Listed | None, int]:
    """The longest name of the lists that begins with word `n`: how many words it has, what it is, and where it ends."""
    start = words[n][0]
    for length in range(min(_LONGEST, len(words) - n), 0, -1):
        said = _GENITIVE.sub("", text[start : words[n + length - 1][1]])
        known = lists.get(lowered(said).replace("’", "'"))
        if known and (not known.is_ordinary or not (small or _begins(text, start))):
            return length, known, start + len(said)
    return 0, None, 0


def _after_title(text: str, words: list[_Word], n: int, small: bool) -> int:
    """Where the name after a title ends; 0 when none follows."""
    if n + 1 >= len(words) or text[words[n][1] : words[n + 1][0]].strip() not in ("", "."):
        return 0
    start, _end, word = words[n + 1]
    follows = lowered(words[n][2]) in _CERTAIN if small else word[0].isupper() and words[n][2][0].isupper()
    return start + len(_GENITIVE.sub("", word)) if follows else 0


@dataclass(frozen=True, slots=True)
class _Listed:
    kind: str
    is_ordinary: bool


_Word = tuple[int, int, str]  # start, end, as it stands
Lists = dict[str, _Listed]


@lru_cache(maxsize=2)
def _lists(folder: str) -> Lists:
    """First names and places in small letters, of a folder or those that ship; those marked with a star are ordinary words
    too.
    """
    found: Lists = {}
    for file, kind in (("places.txt", PLACE), ("first_names.txt", PERSON)):
        try:
            path = Path(folder) if folder else resource("language/en")
            lines = (path / "lists" / file).read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            found[line.rstrip("*")] = _Listed(kind, line.endswith("*"))
    return found


_RANK = {"model": 0, "list": 1, "capital": 2}


def _merged(names: list[Name]) -> list[Name]:
    """Names that touch as one; its kind is that of the longest part that the best means found. Proper nouns that stand side by
    side are one name too.
    """
    joined: list[list[Name]] = []
    end = -1
    for name in sorted(names, key=lambda one: (one.span.start, -one.span.end)):
        follows = joined and name.why == joined[-1][-1].why == "capital" and name.span.start <= end + 1
        if joined and (name.span.start < end or follows):
            joined[-1].append(name)
        else:
            joined.append([name])
            end = -1
        end = max(end, name.span.end)
    return [_one(parts) for parts in joined]


def _one(parts: list[Name]) -> Name:
    best = min(parts, key=lambda one: (_RANK[one.why], -len(one.span)))
    return Name(Span(parts[0].span.start, max(one.span.end for one in parts)), best.kind, best.why)
