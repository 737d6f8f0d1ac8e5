"""What a findings report holds beside the counts: what its author decided, other evidence, plans, worksheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cohesion_qda.model.evidence import Indicator
from cohesion_qda.model.frame import Borne, Frame
from cohesion_qda.model.ids import CodeId, ThemeId
from cohesion_qda.model.plan import PlanEntry
from cohesion_qda.model.reporting import NAMED, Part, Quote
from cohesion_qda.model.table import Count
from cohesion_qda.model.team import Team

if TYPE_CHECKING:
    from cohesion_qda.report.worksheets import SheetResult


@dataclass(frozen=True, slots=True)
class Reference:
    """How many people of the area have a value of an attribute (of participants or sources, as `about` says; empty: of either), and when and where that
    was counted. `share` is given where only their share of all people is known, in percent; `number` is then 0.
    """

    attribute: str
    value: str
    number: int
    period: str = ""
    source: str = ""
    about: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Further:
    """A further analysis and what it is about: the passages that a saved query finds, `looks` says in words which, and how widely they were `said`.
    `where` is the page or section of the `document` that asks for it, either of them empty where that is not known.
    """

    name: str
    about: str
    looks: tuple[str, ...]
    passages: int
    said: Count
    where: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extras:
    """Each field is empty where the project holds nothing of the kind; then its part says so or is left out.

    `outline` are the parts in order (empty: `contents.PARTS`); `words` the author's own by the key of a part, `code 12` or `theme 3`.
    `attribution` is one of `model.reporting.ATTRIBUTIONS`. `quotes` are the passages that the author chose for a code, `key_passages` those of a
    theme; places that lost their text are in neither. `version` is what the author calls this writing, `method` what it was written from, as method.json tells it.

    `references` are figures for the area that engagement is set against, `further` the further analyses that a study frame brings, `areas_by` the
    attribute of sources whose values are areas (empty: found by its name). `plan` are key dates and next steps, `team` who made the study. `frames` are the study
    frames that were taken up, `issues` theirs that codes bear out, not counted yet. `worksheets` are what was filled in of the checklists,
    reviews and mapping exercises of study frames. `indicators` are figures from elsewhere without the researcher's notes, which are in `triangulation`
    (see `report.triangulation.key`).
    """

    outline: tuple[Part, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    attribution: str = NAMED
    version: str = ""
    quotes: Mapping[CodeId, tuple[Quote, ...]] = field(default_factory=dict)
    key_passages: Mapping[ThemeId, tuple[Quote, ...]] = field(default_factory=dict)
    method: Mapping[str, object] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    further: tuple[Further, ...] = ()
    areas_by: str = ""
    plan: tuple[PlanEntry, ...] = ()
    team: Team = field(default_factory=Team)
    frames: tuple[Frame, ...] = ()
    issues: tuple[Borne, ...] = ()
    worksheets: tuple[SheetResult, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    triangulation: Mapping[str, str] = field(default_factory=dict)
