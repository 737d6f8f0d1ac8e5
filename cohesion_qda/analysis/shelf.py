"""Bytes that are put aside in a file of this computer's own for temporary ones, until nobody needs them: memory does not hold them."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator, Mapping


class Shelf(Mapping[str, bytes]):
    """Like a dictionary that only grows. The file has no name and is gone with the process, whatever becomes of it."""

    def __init__(self, before: Mapping[str, bytes] | None = None) -> None:
        """`before`: what is found where nothing was put."""
        self._before = before or {}
        self._file = tempfile.TemporaryFile(prefix="cohesion")  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, key: str, data: bytes) -> None:
        """Put something under a key, in place of what was there."""
        self._file.seek(self._end)
        self._file.write(data)
        self._places[key] = self._end, len(data)
        self._end += len(data)

    def __getitem__(self, key: str) -> bytes:
        if key not in self._places:
            return self._before[key]
        at, size = self._places[key]
        self._file.seek(at)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        yield from self._places
        yield from (key for key in self._before if key not in self._places)

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def __contains__(self, key: object) -> bool:
        return key in self._places or key in self._before
