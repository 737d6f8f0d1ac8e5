"""What is asked of a study's codings: a question that is kept under a name, said over its answer, and written on every export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import AnswerId, CaseId, CodeId
from cohesion_qda.model.query import Having

VERSION = 1
KINDS = (
    "frequencies", "crosstab", "cooccurrence", "dynamics", "portrait", "timeline", "saturation", "agreement", "framework",
)  # fmt: skip
SHARES = ("", "row", "column", "total")
CODE_LISTS = ("agrees", "example", "dissents", "dissenting")
"""The options that are codes."""
Option = str | int | float | bool | None | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind` is one of KINDS. `codes` are the rows, in their order (empty: the whole codebook); with `branch` each counts with
    the codes under it. `by` are up to two attributes, the second nested in the first. `unit` is one of `table.UNITS`, `share` one of
    SHARES: what a percentage is of. `coders` are names (empty: everybody together). `where` narrows what is looked at: of several values
    any may hold, of several attributes all must. `options` are the kind's own.

    `called` is what the codes, sources and cases that it names were called when it was kept or shown, by "code 5", "source 2",
    "case 3"; what of them is gone since may be left out. None: nobody has seen it answered, and what is not there is a mistake.
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
    called: Mapping[str, str] | None = field(default=None, compare=False)

    def option(self, name: str, default: Any = None) -> Any:
        """One of the kind's own options."""
        return self.options.get(name, default)

    def with_option(self, **changes: Option) -> Asked:
        """With other options; None takes one away."""
        return replace(self, options={k: v for k, v in {**self.options, **changes}.items() if v is not None})

    @property
    def question(self) -> CodeId | None:
        """The research question whose codes are asked for, where a kind goes by one."""
        found = self.options.get("question")
        return CodeId(found) if isinstance(found, int) else None

    def named_codes(self) -> tuple[CodeId, ...]:
        """Every code it names: of its rows, of its options."""
        listed = (CodeId(int(code)) for name in CODE_LISTS for code in self.option(name, ()))
        return (*self.codes, *listed, *(() if self.question is None else (self.question,)))

    def recoded(self, code: CodeId, into: CodeId) -> Asked:
        """With `into` wherever it names `code`, once in each place."""
        if code not in self.named_codes():
            return self

        def moved(codes: Iterable[str | int]) -> tuple[CodeId, ...]:
            return tuple(dict.fromkeys(into if each == code else CodeId(int(each)) for each in codes))

        changes: dict[str, Option] = {name: moved(self.options[name]) for name in CODE_LISTS if name in self.options}  # type: ignore[arg-type]
        if self.question == code:
            changes["question"] = into
        return replace(self.with_option(**changes), codes=moved(self.codes))

    def of_another(self, case: CaseId, into: CaseId) -> Asked:
        """About `into` where it is about `case`."""
        return self.with_option(case=into) if self.option("case") == case else self


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What was asked, under a name: the answer is counted anew whenever it is looked at."""

    id: AnswerId
    name: str
    asked: Asked


def as_json(asked: Asked) -> str:
    """As it is kept."""
    kept = {"version": VERSION, **asdict(asked), "called": dict(asked.called or {})}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Asked:
    """As it was kept. Raises BadInput where it was kept by a newer program, or is no such thing."""
    try:
        kept = json.loads(text)
        if kept.pop("version") > VERSION:
            raise BadInput(
                _("This answer was kept by a newer version of the program."),
                _("Open it with that version, or ask anew."),
            )
        return Asked(
            kind=kept["kind"], codes=tuple(CodeId(code) for code in kept["codes"]), by=tuple(kept["by"]),
            unit=kept["unit"], share=kept["share"], branch=kept["branch"], coders=tuple(kept["coders"]),
            where=tuple(Having(w["about"], w["name"], tuple(w["values"])) for w in kept["where"]),
            options={k: tuple(v) if isinstance(v, list) else v for k, v in kept["options"].items()},
            called={str(k): str(v) for k, v in kept.get("called", {}).items()},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(_("What was kept under this name cannot be read."), _("Ask anew, and keep it again.")) from error
