"""Names of files and anchors: readable, safe on every system, never twice the same."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def slug(text: str, longest: int = 60) -> str:
    """`text` in small letters, digits and hyphens; empty when nothing of it can be kept."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").casefold()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].rstrip("-")
    return f"{short}-" if short in _RESERVED else short


class Names:
    """Gives out names that were not given before."""

    def __init__(self) -> None:
        self._given: set[tuple[str, str]] = set()

    def anchor(self, text: str) -> str:
        """For a heading."""
        return self._new("anchor", slug(text) or "part")

    def file(self, text: str) -> str:
        """For a file, without its ending."""
        return self._new("file", slug(text) or "part")

    def _new(self, kind: str, name: str) -> str:
        found, n = name, 2
        while (kind, found) in self._given:
            found, n = f"{name}-{n}", n + 1
        self._given.add((kind, found))
        return found
