"""Which acts of the trail are wanted."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import CodeId, SourceId


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts; what is not said (empty, None) does not matter. `since` and `until` are times in UTC as the trail keeps
    them (ISO 8601 to the millisecond), the latter left out. An act is of a source or code when it changed a row of it, whatever its
    name was. `kinds` are kinds of acts, `not_kinds` those left out. `only` asks for
    what one person did alone: what they undid of others is not told either.
    """

    coder: str = ""
    since: str = ""
    until: str = ""
    source: SourceId | None = None
    code: CodeId | None = None
    kinds: frozenset[str] = frozenset()
    not_kinds: frozenset[str] = frozenset()
    only: str = ""


EVERYTHING = Wanted()
