"""What the process pool calls: plain functions whose arguments and answers travel between processes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from cohesion_qda.analysis.language import listen
from cohesion_qda.analysis.terms import Chosen, Side, inside, key_terms, without_echoes
from cohesion_qda.analysis.themes import themes
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.study import Talk
from cohesion_qda.model.suggestion import TermSuggestion, ThemeModel
from cohesion_qda.model.table import Count

CLOUD = 200


def suggest_themes(
    talk: Talk, number: int | None = None, dismissed: Collection[str] = (), job: Job | None = None
) -> ThemeModel:
    """The themes of a study, without those whose key was dismissed. Raises BadInput when there is too little talk."""
    model = themes(talk, number, job)
    return replace(model, themes=tuple(theme for theme in model.themes if theme.key not in dismissed))


def suggest_terms(
    talk: Talk, chosen: Chosen | None = None, dismissed: Collection[str] = (), job: Job | None = None
) -> list[TermSuggestion]:
    """The key terms of a study, or of the passages chosen, without those whose key was dismissed."""
    return [term for term in key_terms(talk, chosen, job) if term.key not in dismissed]


def cloud_weights(talk: Talk, chosen: Chosen | None = None, weigh_by: str = "participants") -> list[tuple[str, Count]]:
    """Up to 200 terms with their counts in the study or the passages chosen, the largest first by a unit of
    `model.table.UNITS`: by participants, one voice has one vote. Where nobody speaks, by mentions. Empty when nothing was said.
    """
    words = listen(talk)
    side = Side(*words.counts(inside(words, chosen)))
    sizes = {t: side.count(t) for t in range(len(words.terms)) if side.mentions[t]}
    unit = weigh_by if any(count.of(weigh_by) for count in sizes.values()) else "mentions"
    ranked = sorted(
        (t for t, count in sizes.items() if count.of(unit)),
        key=lambda t: (-sizes[t].of(unit), -sizes[t].mentions, words.terms[t]),
    )
    return [(words.terms[t], sizes[t]) for t in without_echoes(words, ranked, side.mentions, CLOUD)]
