"""The forms of a word: "community" also finds "communities", "go" also "went".

simplemma gives the dictionary form of a word, by a word list and rules, with nothing downloaded. Two words go together when
one is the other's dictionary form, or both have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

LANGUAGE = "en"
# forms that begin with another letter, or that the list takes for words of their own
IRREGULAR = {
    "be": "am is are was were been being", "go": "went gone goes going", "good": "better best well",
    "bad": "worse worst", "person": "people persons", "feel": "felt", "think": "thought", "leave": "left",
    "find": "found", "see": "saw", "lie": "lay lain", "wind": "wound", "i": "me", "we": "us",
}  # fmt: skip
_MORE = {form: word for word, forms in IRREGULAR.items() for form in forms.split()}


def lemmas(word: str) -> frozenset[str]:
    """`word` in small letters, and its dictionary forms."""
    return _lemmas(word.lower())


def first_letters(word: str) -> frozenset[str]:
    """With which letters its forms may begin."""
    return frozenset(form[0] for lemma in lemmas(word) for form in (lemma, *IRREGULAR.get(lemma, "").split()) if form)


def forms(word: str, vocabulary: Callable[[str], Iterable[str]], folded: Callable[[str], str]) -> tuple[str, ...]:
    """The forms of `word` among the words of the study, itself first. `vocabulary` gives the words that begin with a letter,
    `folded` writes a word as they are written.
    """
    wanted = lemmas(word) | lemmas(folded(word))
    own = folded(word)
    found = [word]
    for letter in sorted({folded(letter) for letter in first_letters(word)}):
        for other in vocabulary(letter):
            if other != own and not wanted.isdisjoint(_lemmas(other)):
                found.append(other)
    return tuple(dict.fromkeys(found))


def warm() -> None:
    """Have the list of words ready, which takes a fifth of a second the first time."""
    _lemmas("word")


@lru_cache(maxsize=200_000)
def _lemmas(word: str) -> frozenset[str]:
    from simplemma import lemmatize

    found = {word, lemmatize(word, lang=LANGUAGE).lower()}
    if word in _MORE:
        found.add(_MORE[word])
    return frozenset(found)
