"""Cases: the people and groups a study is about, and the coders who read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.ids import CaseId, CoderId
from cohesion_qda.model.text import comparable


@dataclass(frozen=True, slots=True)
class Case:
    """A participant or a group. `role` is empty for groups; `group` is the group a participant sat in."""

    id: CaseId
    name: str
    kind: str  # participant | group
    role: str
    group: CaseId | None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes."""

    id: CoderId
    name: str


def coder_named(coders: Iterable[Coder], name: str) -> Coder | None:
    """The coder of that name: written so, or else read so (`comparable`: whatever its case and spaces)."""
    known = list(coders)
    alike = (coder for coder in known if comparable(coder.name) == comparable(name))
    return next((coder for coder in known if coder.name == name), None) or next(alike, None)
