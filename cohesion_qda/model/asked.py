"""What is asked of a study's codings: a question that is kept under a name, said over its answer, and written on every export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import AnswerId, CodeId
from cohesion_qda.model.query import Having

VERSION = 1
KINDS = (
    "frequencies", "crosstab", "cooccurrence", "dynamics", "portrait", "timeline", "saturation", "agreement", "framework",
)  # fmt: skip
SHARES = ("", "row", "column", "total")
Option = str | int | float | bool | None | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is one of KINDS. `codes` are the rows, in their order (empty: the whole codebook); with `branch` each counts with
    the codes under it. `by` are up to two attributes, the second nested in the first. `unit` is one of `table.UNITS`, `share` one of
    SHARES: what a percentage is of. `coders` are names (empty: everybody together). `where` narrows what is looked at: of several values
    any may hold, of several attributes all must. `options` are the kind's own.
    """

    kind: str = "frequencies"
    codes: tuple[CodeId, ...] = ()
    by: tuple[str, ...] = ()
    unit: str = "participants"
    share: str = ""
    branch: bool = False
    coders: tuple[str, ...] = ()
    where: tuple[Having, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)

    def option(self, name: str, default: Any = None) -> Any:
        """One of the kind's own options."""
        return self.options.get(name, default)

    def with_option(self, **changes: Option) -> Asked:
        """With other options; None takes one away."""
        return replace(self, options={k: v for k, v in {**self.options, **changes}.items() if v is not None})


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What was asked, under a name: the answer is counted anew whenever it is looked at."""

    id: AnswerId
    name: str
    asked: Asked


def as_json(asked: Asked) -> str:
    """As it is kept."""
    return json.dumps({"version": VERSION, **asdict(asked)}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Asked:
    """As it was kept. Raises BadInput where it was kept by a newer program, or is no such thing."""
    try:
        kept = json.loads(text)
        if kept.pop("version") > VERSION:
            raise BadInput(
                _("This answer was kept by a newer version of the program."), _("Open it with that version, or ask anew.")
            )
        return Asked(
            kind=kept["kind"], codes=tuple(CodeId(code) for code in kept["codes"]), by=tuple(kept["by"]),
            unit=kept["unit"], share=kept["share"], branch=kept["branch"], coders=tuple(kept["coders"]),
            where=tuple(Having(w["about"], w["name"], tuple(w["values"])) for w in kept["where"]),
            options={k: tuple(v) if isinstance(v, list) else v for k, v in kept["options"].items()},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(_("What was kept under this name cannot be read."), _("Ask anew, and keep it again.")) from error
