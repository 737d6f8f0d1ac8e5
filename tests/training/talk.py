"""Material for the names of talk: made sentences with holes, and the shared texts as captions write them.

Nothing here is left to chance: every choice comes from the generator that is given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STREETS = ("Street", "Road", "Park", "Lane", "Avenue", "Estate", "Green", "Square")
KINDS = {"first": "PERSON", "full": "PERSON", "last": "PERSON", "town": "PLACE", "country": "PLACE", "street": "PLACE",
         "org": "ORG"}  # fmt: skip
_HOLE = re.compile(r"\{(\w+)\}")


def lines(name: str) -> list[str]:
    """The lines of a file of this package, without remarks and empty ones."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class Filler:
    """Fills the holes of made sentences. `firsts`, `lasts`, `towns` and `countries` are what there is to choose from."""

    def __init__(self, dice: random.Random, firsts: Sequence[str], lasts: Sequence[str], towns: Sequence[str], countries: Sequence[str]) -> None:  # fmt: skip
        self._dice = dice
        self._of = {"first": firsts, "last": lasts, "town": towns, "country": countries}
        self._orgs = lines("orgs.txt")

    def fill(self, hole: str) -> str:
        """Words for one hole."""
        if hole == "full":
            return f"{self.fill('first')} {self.fill('last')}"
        if hole == "street":
            return f"{self.fill(self._dice.choice(('last', 'town')))} {self._dice.choice(STREETS)}"
        if hole == "org":
            return _HOLE.sub(lambda found: self.fill(found[1]), self._dice.choice(self._orgs))
        return self._dice.choice(self._of[hole])

    def sentence(self, pattern: str) -> tuple[str, list[tuple[int, int, str]]]:
        """The sentence, and its names as (start, end, kind). A title ("Mr") belongs to the name it stands before, as does a
        surname after a first name.
        """
        text, names = "", []
        for piece in re.split(r"(\{\w+\}(?: \{last\})?)", pattern):
            if not piece.startswith("{"):
                text += piece
                continue
            words = _HOLE.sub(lambda found: self.fill(found[1]), piece)
            at = len(text) + (4 if words.startswith("the ") else 0)
            text += words
            kind = KINDS[_HOLE.match(piece)[1]]  # type: ignore[index]
            names.append((at, len(text), kind))
        return text, names


def made(nlp: Any, filler: Filler, times: int, dice: random.Random) -> Iterator[Any]:
    """`times` documents of every made sentence, some joined to another one."""
    patterns = lines("sayings.txt")
    for _ in range(times):
        for pattern in patterns:
            text, names = filler.sentence(pattern)
            if dice.random() < 0.3:
                more, later = filler.sentence(dice.choice(patterns))
                shift = len(text) + 2
                text, names = f"{text}. {more}", names + [(a + shift, b + shift, kind) for a, b, kind in later]
            text = text[0].upper() + text[1:] + dice.choice((".", ".", "", "?", ","))
            doc = nlp.make_doc(text)
            spans = [doc.char_span(a, b, label=kind, alignment_mode="expand") for a, b, kind in names]
            doc.set_ents([span for span in spans if span is not None])
            yield doc


def as_captions(docs: Iterable[Any], dice: random.Random, *, bare: float) -> Iterator[Any]:
    """The documents in small letters; of a part of them (`bare`) without punctuation, as captions made by a machine are."""
    from spacy.tokens import Doc

    for doc in docs:
        strip = dice.random() < bare
        kept = [t for t in doc if t.ent_type_ or not (strip and t.is_punct)]
        if not kept:
            continue
        yield Doc(
            doc.vocab,
            words=[t.lower_ for t in kept],
            spaces=[bool(t.whitespace_) or strip for t in kept],
            ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in kept],
        )
