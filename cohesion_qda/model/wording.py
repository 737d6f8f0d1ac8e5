"""The researcher's own say about words: which count for nothing, and which are one."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cohesion_qda.model.text import comparable


@dataclass(frozen=True, slots=True)
class Merge:
    """Words and phrases that are counted as one, shown as `shown` (community = communities, our community)."""

    shown: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Part of the project, and applied wherever words are counted: the language of the talk (two letters), words and phrases
    left out, merges, and words that are counted although the program would leave them out by itself. Compared without case
    and with straight apostrophes.
    """

    language: str = "en"
    left_out: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    counted: tuple[str, ...] = ()

    def merge_of(self, text: str) -> Merge | None:
        """The merge that shows this, or has it as a form."""
        wanted = written(text)
        return next((m for m in self.merges if wanted in map(written, (m.shown, *m.forms))), None)

    def to_json(self) -> str:
        """As it is kept in the project."""
        return json.dumps(
            {
                "language": self.language, "left_out": self.left_out, "counted": self.counted,
                "merges": [{"shown": merge.shown, "forms": merge.forms} for merge in self.merges],
            },
            ensure_ascii=False,
        )  # fmt: skip


PLAIN = Wording()


def written(text: str) -> str:
    """A word or phrase as it is compared: small letters, straight apostrophes, single spaces."""
    return comparable(text)


def wording_from(kept: str) -> Wording:
    """What was kept; whatever of it cannot be read counts as not said."""
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        return Wording()
    language = found.get("language")
    merges = found.get("merges")
    return Wording(
        language if isinstance(language, str) and language.isalpha() else "en",
        _texts(found.get("left_out")),
        tuple(
            Merge(one["shown"], _texts(one.get("forms")))
            for one in (merges if isinstance(merges, list) else ())
            if isinstance(one, dict) and isinstance(one.get("shown"), str) and one["shown"].strip()
        ),
        _texts(found.get("counted")),
    )


def _texts(found: object) -> tuple[str, ...]:
    return tuple(one for one in found if isinstance(one, str) and one.strip()) if isinstance(found, list) else ()
