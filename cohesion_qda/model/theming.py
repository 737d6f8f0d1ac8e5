"""Themes the machine proposes: by what recipe they were found, and what is known of each."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span

METHODS = ("vectors", "nmf", "lda")
SEED = 20251121
SAME = 0.5  # with more than this share of what either holds in both, two themes are one


@dataclass(frozen=True, slots=True)
class ThemeEdit:
    """What a person changed in what was found: themes merged into one (two or more), or one split in two. Themes are named by
    their keys, which are made of what they hold: the same talk and recipe give the same keys again.
    """

    kind: str  # merge | split
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that is needed to find the same themes again. `number` is None for as many as fit best. `tier`, `pipeline`, `version`
    and `talk` (the stamp of the talk) say with what it was last cooked, and change nothing.
    """

    method: str = "vectors"
    number: int | None = None
    seed: int = SEED
    units: str = "windows"
    edits: tuple[ThemeEdit, ...] = ()
    left_out: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    tier: str = ""
    pipeline: str = ""
    version: str = ""
    talk: str = ""

    def to_json(self) -> str:
        """One line of JSON; `recipe_from` reads it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def wants_vectors(self) -> bool:
        """Whether it is cooked with sentence vectors, where there are any."""
        return self.method == "vectors"

    @property
    def asks(self) -> tuple[object, ...]:
        """What it asks for, whatever it was last cooked with."""
        return self.method, self.number, self.seed, self.units, self.edits

    def with_edit(self, edit: ThemeEdit, number: int) -> Recipe:
        """With one edit more, of `number` themes: an edit holds for that number only."""
        return replace(self, edits=(*self.edits, edit), number=self.number or number)

    def of(self, *, number: int | None, method: str | None = None) -> Recipe:
        """Another number, or another method. What was merged and split was so among others, and goes."""
        return replace(self, number=number, method=method or self.method, edits=())


def recipe_from(text: str) -> Recipe:
    """The recipe in a line of JSON (or in a document that holds one under "recipe"). Raises BadInput."""
    try:
        given = json.loads(text)
        given = given.get("recipe", given)
        known = {f.name for f in fields(Recipe)}
        values: dict[str, Any] = {name: value for name, value in given.items() if name in known}
        edits = tuple(ThemeEdit(str(e["kind"]), tuple(map(str, e["themes"]))) for e in values.get("edits", ()))
        made = Recipe(**{**values, "edits": edits})
        made = replace(made, left_out=tuple(made.left_out), merges=tuple(made.merges), seed=int(made.seed))
        is_number = made.number is None or (isinstance(made.number, int) and made.number > 0)
        is_good = made.method in METHODS and all(e.kind in ("merge", "split") for e in edits) and is_number
    except (ValueError, TypeError, KeyError, AttributeError):
        is_good = False
    if not is_good:
        raise BadInput(
            _("This is no recipe for themes."), _("Give what “suggest … themes --json” printed, or what was copied.")
        )
    return made


@dataclass(frozen=True, slots=True)
class Spread:
    """How talk of a theme spreads over one way of grouping. `about` is group, source or participant (whose attribute `name`
    is; empty for the focus groups themselves); `rows` are the values with the count in the theme and the count of all talk.
    """

    about: str
    name: str
    rows: tuple[tuple[str, Count, Count], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far a theme is what a code already holds: `turns` of the theme are coded so, `coded` turns of all talk are."""

    code: CodeId
    turns: int
    coded: int


@dataclass(frozen=True, slots=True)
class ThemeSuggestion:
    """A proposed theme. `phrases` are up to three that people said; `label` is the first `named` of them, joined by commas: those by
    which it is told from others best. `terms` are up to eight, the label's first.
    `count` is of all its turns, those who spoke them and their groups. `stability` is how much of it comes back when the talk
    is drawn again (mean best Jaccard, 0 to 1; None where the method gives none), `coherence` the mean NPMI of its terms (-1 to 1).
    `typical` passages are the nearest to its middle and `divergent` the furthest, different speakers first; `units` are the
    numbers of its units in the model. `key` is made of what it holds.
    """

    key: str
    label: str
    phrases: tuple[str, ...]
    terms: tuple[str, ...]
    count: Count
    typical: tuple[Evidence, ...]
    units: tuple[int, ...]
    stability: float | None = None
    coherence: float = 0.0
    divergent: tuple[Evidence, ...] = ()
    spreads: tuple[Spread, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    named: int = 1

    @property
    def other_terms(self) -> tuple[str, ...]:
        """The terms that its label does not hold."""
        return self.terms[self.named :]

    @property
    def other_phrases(self) -> tuple[str, ...]:
        """The phrases that its label does not hold."""
        return self.phrases[self.named :]

    @property
    def passages(self) -> tuple[Evidence, ...]:
        """The most typical passages."""
        return self.typical


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of talk that was grouped: a window of turns, from the first to the last, or a piece of a long one. `words` are
    digests of its longer turns, which stay the same wherever in the transcript they come to stand.
    """

    source: SourceId
    span: Span
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """A number of themes that was tried: its cosine silhouette, and how well it comes back when the talk is drawn again (mean
    adjusted Rand index; None where that was not asked).
    """

    number: int
    silhouette: float
    stability: float | None


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Proposed themes, the most widely spoken first. `number` were found before any was merged or split. `method` is one paragraph
    that can be cited; `curve` the numbers that were tried; `theme_of` the key of the theme of each unit. `base` is the count of
    all talk looked at, `about` the stamp of what spreads are by. `unknown_edits` are edits that name themes that are no longer there.
    """

    themes: tuple[ThemeSuggestion, ...]
    recipe: Recipe
    number: int = 0
    method: str = ""
    units: tuple[Unit, ...] = ()
    theme_of: tuple[str, ...] = ()
    curve: tuple[Tried, ...] = ()
    base: Count = field(default_factory=Count)
    about: str = ""
    stability: float | None = None
    coherence: float = 0.0
    unknown_edits: tuple[ThemeEdit, ...] = ()

    def theme(self, key: str) -> ThemeSuggestion | None:
        """The theme with that key."""
        return next((theme for theme in self.themes if theme.key == key), None)


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What a dismissed theme was about, so that it is known again: its terms, how many units it had, and digests of the words of
    units evenly drawn from them, the most typical first.
    """

    key: str
    terms: tuple[str, ...]
    size: int
    words: tuple[str, ...]

    def to_json(self) -> str:
        """What is kept with the dismissal."""
        return json.dumps({"terms": self.terms, "size": self.size, "words": self.words}, ensure_ascii=False)


DRAWN = 60  # units of a dismissed theme that are remembered, each by one of its turns


def dismissal_of(model: ThemeModel, theme: ThemeSuggestion) -> Dismissed:
    """What to remember of a theme that is turned down."""
    step = max(1, -(-len(theme.units) // DRAWN))
    words = tuple(model.units[n].words[0] for n in theme.units[::step] if model.units[n].words)
    return Dismissed(theme.key, theme.terms, len(theme.units), words)


def dismissed_from(key: str, text: str) -> Dismissed:
    """What was kept with a dismissal; nothing but its key where nothing was kept."""
    try:
        given = json.loads(text)
        return Dismissed(key, tuple(map(str, given["terms"])), int(given["size"]), tuple(map(str, given["words"])))
    except (ValueError, TypeError, KeyError):
        return Dismissed(key, (), 0, ())


def dismissed_keys(model: ThemeModel, dismissed: Collection[Dismissed]) -> frozenset[str]:
    """The themes of `model` that were turned down, under whatever label or number they come back.

    A theme is a dismissed one when it has its key; when more than half of the units that either holds are in both (told from
    the words kept, wherever they stand by now); or, where most of those words are gone from the study, when more than half of
    the terms that either has are in both. So a theme that holds a dismissed one among as much else is proposed, and so are
    the parts of one that was dismissed because it was too much at once.
    """
    found = {d.key for d in dismissed} & {theme.key for theme in model.themes}
    at = _said_in(model)
    for one in dismissed:
        shares = _shares(model, at, one)  # None: too few of its words are there
        for theme in model.themes:
            if shares is None:
                terms, others = set(theme.terms), set(one.terms)
                is_same = len(terms & others) > SAME * len(terms | others)
            else:
                common = shares[theme.key] * one.size
                is_same = common > SAME * (len(theme.units) + one.size - common)
            if is_same:
                found.add(theme.key)
    return frozenset(found)


def _said_in(model: ThemeModel) -> Mapping[str, frozenset[str]]:
    """The themes in which each digest of words stands."""
    found: dict[str, set[str]] = {}
    for unit, key in zip(model.units, model.theme_of, strict=True):
        for words in unit.words:
            found.setdefault(words, set()).add(key)
    return {words: frozenset(keys) for words, keys in found.items()}


def _shares(model: ThemeModel, at: Mapping[str, frozenset[str]], one: Dismissed) -> dict[str, float] | None:
    """The share of the words kept of a dismissed theme that stand in each theme of the model; None where most of them are no
    longer in the talk.
    """
    there = [at[words] for words in one.words if words in at]
    if 2 * len(there) <= len(one.words):
        return None
    return {theme.key: sum(theme.key in keys for keys in there) / len(there) for theme in model.themes}
