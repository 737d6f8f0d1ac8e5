"""The utterances of a study that is too large to hold its words: where they stand is held, what they say is read when it is wanted."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.study import Utterance
from cohesion_qda.model.text import Span


class Texts(Mapping[str, str]):
    """Whole texts by their hash, each read when it is asked for; the one that was read last is held."""

    def __init__(self, hashes: Iterable[str], read: Callable[[str], str]) -> None:
        self._hashes = dict.fromkeys(hashes)
        self._read = read
        self._last = ("", "")

    def __getitem__(self, content: str) -> str:
        if content not in self._hashes:
            raise KeyError(content)
        if self._last[0] != content:
            self._last = content, self._read(content)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, content: object) -> bool:
        return content in self._hashes


class Turns(Sequence[Utterance]):
    """Utterances of which five numbers are held each; their words are in the text that `contents` and `texts` give."""

    def __init__(self, contents: Mapping[SourceId, str], texts: Mapping[str, str]) -> None:
        self._contents, self._texts = contents, texts
        self._roles: list[str] = []
        self._number: dict[str, int] = {}
        self.source, self.start, self.end, self.case, self._role = (array("q") for _n in range(5))

    def add(self, source: SourceId, span: Span, case: CaseId | None, role: str) -> None:
        """One more, after all others."""
        number = self._number.get(role)
        if number is None:
            number = self._number[role] = len(self._roles)
            self._roles.append(role)
        for column, value in zip(self._columns(), (source, span.start, span.end, case or 0, number), strict=True):
            column.append(value)

    def spoken(self) -> Turns:
        """What participants say, and what stands where nobody speaks."""
        found = Turns(self._contents, self._texts)
        found._roles, found._number = self._roles, self._number
        participant = self._number.get("participant", -1)
        for row in zip(*self._columns(), strict=True):
            if row[4] == participant or not row[3]:
                for column, value in zip(found._columns(), row, strict=True):
                    column.append(value)
        return found

    def _columns(self) -> tuple[array[int], ...]:
        return self.source, self.start, self.end, self.case, self._role

    def _at(self, n: int) -> Utterance:
        source, span = SourceId(self.source[n]), Span(self.start[n], self.end[n])
        case = CaseId(self.case[n]) if self.case[n] else None
        return Utterance(source, span, case, self._roles[self._role[n]], span.of(self._texts[self._contents[source]]))

    @overload
    def __getitem__(self, n: int) -> Utterance: ...

    @overload
    def __getitem__(self, n: slice) -> Sequence[Utterance]: ...

    def __getitem__(self, n: int | slice) -> Utterance | Sequence[Utterance]:
        if isinstance(n, slice):
            return [self._at(k) for k in range(*n.indices(len(self)))]
        return self._at(n)

    def __iter__(self) -> Iterator[Utterance]:
        return map(self._at, range(len(self)))

    def __len__(self) -> int:
        return len(self.source)
