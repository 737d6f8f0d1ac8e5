"""A second, plain implementation of searching in a line, and random lines to search: words by a regular expression, no index."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import strategies as st

from cohesion_qda.model.search import All, Near, OneOf, Query, Words

WORDS = [
    "bus",
    "Bus",
    "buses",
    "café",
    "CAFE",
    "nai\u0308ve",
    "naïve",
    "हिन्दी",
    "ਪੰਜਾਬੀ",
    "مرحبا",
    "park",
    "the",
    "x1",
    "don't",
]
GAPS = [" ", ", ", " 😀 ", ". ", " – ", "  "]
_MARKS = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """Without case and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text).lower())


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Every word, folded, with its place: runs of letters, digits and marks."""
    found, start = [], None
    for at, char in enumerate([*text, " "]):
        is_in = unicodedata.category(char) in ("Co", "Mn", "Mc") or unicodedata.category(char)[0] in "LN"
        if is_in and start is None:
            start = at
        elif not is_in and start is not None:
            found.append((plain(text[start:at]), start, at))
            start = None
    return found


def instances(line: str, words: Words) -> list[tuple[int, int]]:
    """Where the words stand in the line, as (first token, last token)."""
    said = [word for word, _start, _end in tokens(line)]
    wanted = [word for part in words.words for word, _start, _end in tokens(part)]
    found = []
    for at in range(len(said) - len(wanted) + 1):
        here = said[at : at + len(wanted)]
        last = here[-1].startswith(wanted[-1]) if words.is_prefix else here[-1] == wanted[-1]
        if here[:-1] == wanted[:-1] and last:
            found.append((at, at + len(wanted) - 1))
    return found


def holds(line: str, query: Query) -> bool:
    """Whether the line holds what is searched for. Of NEAR, two parts."""
    match query:
        case Words():
            return bool(instances(line, query))
        case Near():
            one, other = (instances(line, part) for part in query.parts)
            return any(
                max(a[0], b[0]) - min(a[1], b[1]) - 1 <= query.within for a in one for b in other
            )  # fmt: skip
        case All():
            return all(holds(line, part) for part in query.parts) and not any(holds(line, n) for n in query.but_not)
        case OneOf():
            return any(holds(line, part) for part in query.parts)


def hits(line: str, query: Query) -> list[tuple[int, int]]:
    """The places in a line that holds it, those that overlap taken as one, in code points. Not for NEAR."""
    said = tokens(line)
    spans = sorted((said[a][1], said[b][2]) for a, b in set(_leaves(line, query)))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _leaves(line: str, query: Query) -> list[tuple[int, int]]:
    if not holds(line, query):
        return []
    if isinstance(query, Words):
        return instances(line, query)
    return [place for part in query.parts for place in _leaves(line, part)]


lines = st.lists(st.sampled_from(WORDS), max_size=8).flatmap(
    lambda words: st.lists(st.sampled_from(GAPS), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(word + gap for word, gap in zip(words, gaps, strict=True)).strip()
    )
)
leaves = st.builds(
    Words, st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple), st.booleans()
)  # fmt: skip
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple), st.lists(inner, max_size=2).map(tuple)),
        st.builds(OneOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)
nears = st.builds(Near, st.tuples(leaves, leaves), st.integers(0, 4))
