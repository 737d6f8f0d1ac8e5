"""Themes the talk suggests: units of talk that are about the same, named by what people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cohesion_qda.analysis import grouping, topics
from cohesion_qda.analysis.assigning import BATCH, DISCOVER, MOST_TOGETHER, Assigner
from cohesion_qda.analysis.grouping import Search, keys_of, numbered
from cohesion_qda.analysis.laying import Laid, lay_out
from cohesion_qda.analysis.spaces import Space, make_space
from cohesion_qda.analysis.theme_describing import described
from cohesion_qda.analysis.theme_method import method
from cohesion_qda.analysis.theme_words import shared_terms
from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.study import About
from cohesion_qda.model.theming import Recipe, ThemeEdit, ThemeModel

if TYPE_CHECKING:
    from cohesion_qda.analysis.grid import Ints
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.theme_facts import Coded

FEWEST_UNITS = 6
STEPS = 10


def themes(
    heard: Heard, recipe: Recipe | None = None, coded: Coded = (), job: Job | None = None, about: About | None = None
) -> ThemeModel:
    """Themes of the participants' talk by a recipe, as `Theming.themes`."""
    return Theming(heard).themes(recipe, coded, job, about)


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """With one seed, and with or without vectors: the units, those that were looked at together, where they lie, and the numbers
    that were tried.
    """

    laid: Laid
    drawn: Ints
    counts: Any
    space: Space
    tried: Search


class Theming:
    """A study held ready to look for themes: another number, or another edit, does not begin anew."""

    def __init__(self, heard: Heard) -> None:
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        self._heard = heard
        with threadpool_limits(1):
            self._laid = lay_out(heard)
        self._searched: dict[tuple[int, bool], _Searched] = {}

    def themes(
        self, recipe: Recipe | None = None, coded: Coded = (), job: Job | None = None, about: About | None = None
    ) -> ThemeModel:
        """Themes by a recipe, the most widely spoken first; `coded` are (source, start, end, code). `about` is what sources
        and participants are (None: as it was when the study was heard): it may have changed since, as the talk has not.

        Every unit is in one theme, or in none where nothing in it can be placed. Same talk and recipe, same themes, in
        whatever order the sources came and on however many threads. Raises BadInput when there is too little talk, or too little
        for the number asked for, and Cancelled.
        """
        from threadpoolctl import threadpool_limits

        job, recipe = job or Job(), recipe or Recipe()
        with threadpool_limits(
            1
        ):  # the order of sums, and so the last digit, must not hang on how threads are scheduled
            searched = self._search(recipe, job)
            number = recipe.number or searched.tried.best
            before, stability, rand = self._grouped(searched, recipe, number, job)
            job.step(8, STEPS)
            found = int(before.max(initial=-1)) + 1
            group, unknown = self._edited(before, searched, recipe)
            stability = _stability_after(before, group, stability)
            about = about or self._heard.talk.about
            made = described(self._heard.words, searched.laid, searched.space, group, stability, coded, about)
            curve = searched.tried.with_number(number).curve
            job.step(9, STEPS)
        cooked, space = self._cooked(recipe, searched.laid), searched.space
        return replace(
            made, recipe=cooked, number=found, unknown_edits=unknown, curve=curve, stability=round(rand, 4),
            method=method(cooked, len(self._laid.units), space.dimensions, space.neighbours, found, searched.tried.curve),
        )  # fmt: skip

    def _search(self, recipe: Recipe, job: Job) -> _Searched:
        """Lay the units (of very many a sample) in space and try the numbers: once for each seed. What finds themes in words
        alone never sees the vectors, even where another question has brought them.
        """
        import numpy as np

        laid = self._laid if recipe.wants_vectors else self._laid.without_vectors()
        n, key = len(laid.units), (recipe.seed, laid.vectors is not None)
        searched = self._searched.get(key)
        if searched is None:
            drawn = np.arange(n)
            if n > MOST_TOGETHER:
                drawn = np.sort(np.random.default_rng(recipe.seed).choice(n, DISCOVER, replace=False))
            counts, vectors = laid.counts[drawn], None if laid.vectors is None else laid.vectors[drawn]
            job.step(1, STEPS)
            space = None
            if n >= FEWEST_UNITS:
                space = make_space(counts, shared_terms(self._heard.words), vectors, recipe.seed)
            if space is None:
                raise BadInput(*_too_little(self._heard.words, n))
            searched = _Searched(laid, drawn, counts, space, grouping.search(space, recipe.seed, job))
            self._searched = {key: searched}
        most = len(searched.drawn) // 2
        if recipe.number is not None and not 2 <= recipe.number <= most:
            raise BadInput(
                _("This study has too little talk for {n} themes.").format(n=recipe.number),
                _("Choose between 2 and {most}.").format(most=most),
            )
        return searched

    def _grouped(self, searched: _Searched, recipe: Recipe, number: int, job: Job) -> tuple[Ints, Sequence[float], float]:  # fmt: skip
        """The group of each unit (-1: none), the stability of each group, and of all."""
        import numpy as np

        space, tried = searched.space, searched.tried
        job.step(5, STEPS)
        if recipe.method == "vectors":
            group = grouping.group(space, tried, number)
            stability, _rand = grouping.stabilities(group[tried.sample], tried.redrawn(number))
            rand = tried.tried(number).stability or 0.0  # the one that the curve shows
        else:
            group = numbered(topics.topics(recipe.method, searched.counts, space, number, recipe.seed))
            job.step(6, STEPS)
            again = topics.redrawn(recipe.method, searched.counts, space, number, recipe.seed)
            stability, rand = grouping.stabilities(group[group >= 0], (other[group >= 0] for other in again))
        n = len(self._laid.units)
        if len(searched.drawn) < n:
            group = self._assigned(searched, group, job)
        return group, np.asarray(stability).tolist(), rand

    def _assigned(self, searched: _Searched, group: Ints, job: Job) -> Ints:
        """The group of every unit, from those that were looked at together."""
        import numpy as np

        laid, n = searched.laid, len(searched.laid.units)
        placed = group >= 0
        assigner = Assigner.learnt(searched.space, group, placed)
        every = np.empty(n, dtype=np.int64)
        for begin in range(0, n, BATCH):
            job.step(7, STEPS)
            rows = slice(begin, begin + BATCH)
            every[rows] = assigner.assign(laid.counts[rows], None if laid.vectors is None else laid.vectors[rows])
        every[searched.drawn] = group
        return every

    def _edited(self, group: Ints, searched: _Searched, recipe: Recipe) -> tuple[Ints, tuple[ThemeEdit, ...]]:
        """The groups after a person's edits, each held against what the ones before it left; and those that name no theme."""
        import numpy as np

        unknown = []
        for edit in recipe.edits:
            named = {key: g for g, key in enumerate(keys_of(group, self._laid.units.digest))}
            wanted = [named[key] for key in dict.fromkeys(edit.themes) if key in named]
            is_known = len(wanted) == len(set(edit.themes))
            members = np.flatnonzero(np.isin(group, wanted))
            if edit.kind == "merge" and is_known and len(wanted) > 1:
                group = group.copy()
                group[members] = wanted[0]
                group = numbered(group)
            elif edit.kind == "split" and is_known and len(wanted) == 1 and len(members) > 1:
                halves = grouping.split(searched.laid.positions(searched.space, members), recipe.seed)
                group = group.copy()
                group[members[halves > 0]] = int(group.max()) + 1
            else:
                unknown.append(edit)
        return group, tuple(unknown)

    def _cooked(self, recipe: Recipe, laid: Laid) -> Recipe:
        """The recipe with what it was cooked with."""
        heard = self._heard
        wording = heard.talk.wording
        merges = tuple(f"{merge.shown} = {', '.join(merge.forms)}" for merge in wording.merges)
        return replace(
            recipe, left_out=wording.left_out, merges=merges, tier="words" if laid.vectors is None else "minilm",
            pipeline=heard.info.key, version=VERSION, talk=heard.talk.stamp,
        )  # fmt: skip


def _stability_after(before: Ints, group: Ints, stability: Sequence[float]) -> list[float]:
    """What is known of a group holds as long as nobody changed it; of others there is nothing to say (-1)."""
    import numpy as np

    found = []
    for g in range(int(group.max(initial=-1)) + 1):
        members = group == g
        was = int(before[members.argmax()])
        found.append(stability[was] if np.array_equal(before == was, members) else -1.0)
    return found


def _too_little(words: Words, units: int) -> tuple[str, str]:
    n = len(words.utterances)
    if not n:
        return _("There is no talk to find themes in."), _("Import transcripts first, and check who is a moderator.")
    turns = sum(1 for u in words.utterances if u.case is not None)
    parts = []
    if turns:
        parts.append(ngettext("{n} turn by participants", "{n} turns by participants", turns).format(n=turns))
    if n > turns:
        said = ngettext("{n} paragraph where nobody speaks", "{n} paragraphs where nobody speaks", n - turns)
        parts.append(said.format(n=n - turns))
    counted = parts[0] if len(parts) == 1 else _("{turns} and {paragraphs}").format(turns=parts[0], paragraphs=parts[1])
    if units >= FEWEST_UNITS:
        return (
            _("There is too little in common to find themes in: {counted}.").format(counted=counted),
            _("Hardly any word is said by several people in more than one place. Import more transcripts, or read these and code them by hand."),
        )  # fmt: skip
    return (
        _("There is too little talk to find themes in: {counted}.").format(counted=counted),
        ngettext(
            "They make {n} stretch of talk with enough words; {least} are needed. Import more transcripts, or read this one and code it by hand.",
            "They make {n} stretches of talk with enough words; {least} are needed. Import more transcripts, or read this one and code it by hand.",
            units,
        ).format(n=units, least=FEWEST_UNITS),
    )
