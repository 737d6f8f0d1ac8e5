"""What the process pool calls: plain functions whose arguments and answers travel between processes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.analysis.resident import NotHeard, hear, made, study
from cohesion_qda.analysis.telling import Told, known
from cohesion_qda.analysis.terms import NUMBER, set_apart, united
from cohesion_qda.analysis.terms import widest as most_said
from cohesion_qda.analysis.themes import Theming
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.cloud import Cloud, CloudWish, Family
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.proposal import Coded, Honesty, Proposal, Ranked
from cohesion_qda.model.study import About
from cohesion_qda.model.suggestion import Evidence, FoundTerms
from cohesion_qda.model.text import Span
from cohesion_qda.model.theming import Recipe, ThemeModel

if TYPE_CHECKING:
    from cohesion_qda.analysis.collocations import Concordance
    from cohesion_qda.analysis.selecting import Places
    from cohesion_qda.analysis.wordlist import WordList

__all__ = ["NotHeard", "hear", "made", "study"]  # a study is made resident here, then asked about by its stamp


def like(stamp: str, source: SourceId, span: Span, number: int = 20) -> list[Evidence]:
    """Passages like a given one, the likest first. Raises NotHeard."""
    from cohesion_qda.analysis.alike import Likeness

    return made(stamp, "alike", Likeness, vectors=True).like(source, span, number)


def suggested_themes(
    stamp: str, recipe: Recipe, coded: Sequence[tuple[int, int, int, int]] = (), about: About | None = None, job: Job | None = None,
) -> ThemeModel:  # fmt: skip
    """Themes of the study held by a recipe, as `themes.Theming.themes`. Raises NotHeard, BadInput and Cancelled."""
    vectors = recipe.wants_vectors
    return made(stamp, ("theming", vectors), Theming, vectors=vectors).themes(recipe, coded, job, about)


def themes_or_why_not(
    stamp: str, recipe: Recipe, coded: Sequence[tuple[int, int, int, int]] = (), about: About | None = None, job: Job | None = None,
) -> ThemeModel | BadInput:  # fmt: skip
    """As `suggested_themes`; that there is too little talk is an answer, not a failure."""
    try:
        return suggested_themes(stamp, recipe, coded, about, job)
    except BadInput as why_not:
        return why_not


def terms(
    stamp: str, chosen: Places | None, against: Places | None = None, number: int = NUMBER, job: Job | None = None
) -> FoundTerms:
    """What sets some places of the study held apart from others (None: the rest), as `terms.set_apart`. Raises NotHeard."""
    return set_apart(study(stamp).words, chosen, against, number=number, job=job)


def widest(stamp: str, chosen: Places | None, number: int = NUMBER) -> FoundTerms:
    """What most people said in some places of the study held, as `terms.widest`. Raises NotHeard."""
    return most_said(study(stamp).words, chosen, number=number)


def unites(stamp: str, parts: Sequence[tuple[str, Places]], number: int = NUMBER, job: Job | None = None) -> FoundTerms:
    """What unites the parts of the study held, as `terms.united`. Raises NotHeard."""
    return united(study(stamp).words, parts, number=number, job=job)


def ranked(stamp: str, coded: Coded | Told, code: CodeId, number: int = 25, branch: bool = False) -> Ranked:
    """The likeliest passages for a code, as `proposals.Ranker.ranked`. Raises NotHeard, and NotFound for a code that is gone."""
    from cohesion_qda.analysis.proposals import Ranker

    return made(stamp, "codes", Ranker, vectors=True).ranked(known(coded), code, number, branch=branch)


def codes_for(stamp: str, coded: Coded | Told, source: SourceId, span: Span, number: int = 5) -> tuple[Proposal, ...]:
    """The likeliest codes for a passage, as `proposals.Ranker.codes_for`. Raises NotHeard."""
    from cohesion_qda.analysis.proposals import Ranker

    return made(stamp, "codes", Ranker, vectors=True).codes_for(known(coded), source, span, number)


def honesty(
    stamp: str, coded: Coded | Told, codes: Sequence[CodeId] | None = None, branch: bool = False, job: Job | None = None
) -> tuple[Honesty, ...]:
    """How far the proposals of codes can be trusted, as `proposals.Ranker.honesty`. Raises NotHeard and Cancelled."""
    from cohesion_qda.analysis.proposals import Ranker

    return made(stamp, "codes", Ranker, vectors=True).honesty(known(coded), codes, branch=branch, job=job)


def word_list(stamp: str) -> WordList:
    """What is done with the words of the study held, as `wordlist.word_list`. Raises NotHeard."""
    from cohesion_qda.analysis.wordlist import word_list as listed

    return made(stamp, "words", listed)


def ready(stamp: str) -> None:
    """Nothing but that the study is held: what hearing it needs is kept then. Raises NotHeard."""
    study(stamp)


def cloud(stamp: str, wish: CloudWish, chosen: Places | None, families: Sequence[Family] = ()) -> Cloud:
    """The words of a cloud in some places of the study held, as `clouds.cloud`. Raises NotHeard."""
    from cohesion_qda.analysis import clouds

    return clouds.cloud(study(stamp).words, wish, chosen, families)


def concordance(stamp: str, word: str, chosen: Places | None = None) -> Concordance:
    """All about a word in some places of the study held, as `collocations.concordance`. Raises NotHeard."""
    from cohesion_qda.analysis import collocations

    return collocations.concordance(study(stamp).words, word, chosen)
