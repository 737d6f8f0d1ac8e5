"""How far somebody agrees with who trained them, on the sources of the training set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from statistics import mean

from cohesion_qda.analysis.agreement import comparison, kappa
from cohesion_qda.analysis.agreement_units import Text
from cohesion_qda.model.ids import CoderId, SourceId
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.team import Trained


def only_in(study: StudyData, sources: Collection[SourceId]) -> StudyData:
    """The study with the codings of some sources alone."""
    kept = frozenset(sources)
    return replace(study, codings=tuple(row for row in study.codings if row[1] in kept))


def trained(study: StudyData, trainer: CoderId, coder: CoderId, text: Text) -> Trained | None:
    """How far two coders agree over turns, in what both coded of the study; None where that is nothing. `text` gives the text of a source."""
    found = comparison(study, (trainer, coder), text=text)
    units = found.units.length
    if not found.sources or not units or not found.codes:
        return None
    both = found.counts(found.everybody()).tolist()
    either = found.counts(found.anybody()).tolist()
    alone = [
        [all_ - shared for all_, shared in zip(found.counts(used).tolist(), both, strict=True)] for used in found.used
    ]
    each = [kappa(both[n], alone[0][n], alone[1][n], units - either[n]) for n in range(len(found.codes))]
    known = [value for value in each if value is not None]
    return Trained(
        found.sources,
        units,
        len(found.codes),
        sum(both),
        sum(either),
        kappa(sum(both), sum(alone[0]), sum(alone[1]), units * len(found.codes) - sum(either)),
        mean(known) if known else None,
    )
