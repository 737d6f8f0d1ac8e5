"""What of the talk is looked at: the passages of some codes, under some questions, of some places, groups or people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CaseId, CodeId
from cohesion_qda.model.query import Having, either
from cohesion_qda.model.table import QUESTION, SOURCE

VERSION = 1


@dataclass(frozen=True, slots=True)
class Selection:
    """What participants say that fits everything asked for: inside a passage of any of `codes`, each with the codes under
    it if `branch` (no codes: all talk), coded by any of `coders` (names; none: anybody), in any of `groups` (focus groups), and as
    `where` says (the question asked, transcripts by name, any attribute of sources or people; of several values any, of several
    filters all). One that asks for nothing is all talk.
    """

    codes: tuple[CodeId, ...] = ()
    branch: bool = True
    where: tuple[Having, ...] = ()
    groups: tuple[CaseId, ...] = ()
    coders: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it asks for nothing, and so is all talk."""
        return not (self.codes or self.where or self.groups)

    def with_values(self, about: str, name: str, values: Iterable[str]) -> Selection:
        """With these values asked for of an attribute, of the question asked or of the transcripts; none: it is not asked for."""
        others = tuple(one for one in self.where if (one.about, one.name) != (about, name))
        chosen = tuple(values)
        return replace(self, where=(*others, Having(about, name, chosen)) if chosen else others)

    def values_of(self, about: str, name: str) -> tuple[str, ...]:
        """The values asked for of one of them."""
        return next((one.values for one in self.where if (one.about, one.name) == (about, name)), ())

    def in_words(self, codes: CodeTree, names: Mapping[CaseId, str]) -> str:
        """`“Buses” with the codes under it; Place: Luton or Dewsbury`. `names` are those of groups."""
        said = [*self._codes_in_words(codes), *self._groups_in_words(names), *map(_having_in_words, self.where)]
        if self.coders:
            said.append(_("coded by {names}").format(names=either(self.coders)))
        return "; ".join(said) if said else _("All talk")

    def _codes_in_words(self, codes: CodeTree) -> list[str]:
        if not self.codes:
            return []
        named = [_("“{code}”").format(code=codes[code].name if code in codes else str(code)) for code in self.codes]
        if self.branch and any(codes.children(code) for code in self.codes if code in codes):
            return [_("{codes} with the codes under it").format(codes=either(named))]
        return [either(named)]

    def _groups_in_words(self, names: Mapping[CaseId, str]) -> list[str]:
        return [either([names.get(group, str(group)) for group in self.groups])] if self.groups else []


ALL = Selection()
"""All talk."""


def _having_in_words(having: Having) -> str:
    if having.about not in ("source", "participant") or having.name == QUESTION:
        return _("Question asked: {names}").format(names=either(having.values))
    if having.about == "source" and having.name == SOURCE:
        return either(having.values)
    name = having.name.replace("_", " ")
    values = [value or _("not known") for value in having.values]
    return _("{attribute}: {values}").format(attribute=name[:1].upper() + name[1:], values=either(values))


def as_json(selection: Selection) -> str:
    """As it is kept."""
    return json.dumps({"version": VERSION, **asdict(selection)}, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Selection:
    """As it was kept. Raises BadInput for what a newer program kept, and for anything that is no selection."""
    try:
        kept = json.loads(text)
        if int(kept["version"]) > VERSION:
            raise BadInput(
                _("This selection was kept by a newer version of the program."), _("Open it with that version.")
            )
        return Selection(
            codes=tuple(CodeId(int(code)) for code in kept["codes"]), branch=bool(kept["branch"]),
            where=tuple(Having(str(w["about"]), str(w["name"]), _strings(w["values"])) for w in kept["where"]),
            groups=tuple(CaseId(int(case)) for case in kept["groups"]), coders=_strings(kept["coders"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(_("This is not a selection."), _("Choose anew what is looked at.")) from error


def _strings(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(str(value) for value in values)
