"""What a findings report holds beside the counts: what its author decided, other evidence, plans, worksheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cohesion_qda.model.reporting import NAMED, Part


@dataclass(frozen=True, slots=True)
class Extras:
    """Each field is empty where the project holds nothing of the kind; then its part says so or is left out.

    `outline` are the parts in order (empty: `contents.PARTS`); `words` the author's own by the key of a part, `code 12` or `theme 3`.
    `attribution` is one of `model.reporting.ATTRIBUTIONS`.
    """

    outline: tuple[Part, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    attribution: str = NAMED
