"""How themes were found, as one paragraph that can be cited."""

from __future__ import annotations

from cohesion_qda.analysis import grouping, theme_words, topics, units
from cohesion_qda.analysis.assigning import MOST_TOGETHER
from cohesion_qda.analysis.spaces import LATENT_SHARE
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.theming import Recipe, Tried


def method(recipe: Recipe, n_units: int, dimensions: int, neighbours: int, number: int, curve: tuple[Tried, ...]) -> str:  # fmt: skip
    """The paragraph. `recipe` is the one that was cooked, `number` how many themes were found before any edit."""
    said = [
        _units(n_units),
        _words(recipe),
        _place(recipe, dimensions, neighbours),
        _groups(recipe, number, curve, n_units),
    ]
    if recipe.edits:
        merged = sum(edit.kind == "merge" for edit in recipe.edits)
        said.append(
            _("The researcher then changed this by hand ({merged} merged, {split} split).").format(
                merged=merged, split=len(recipe.edits) - merged
            )
        )
    said += [_labels(), _versions(recipe)]
    return " ".join(said)


def _units(n_units: int) -> str:
    return ngettext(
        "The participants' talk (moderators, observers and stage notes left out) was cut into {n} unit: a window of up to {turns} "
        "consecutive turns or about {words} words of one source; a longer turn was cut between sentences; where nobody speaks, "
        "units are paragraphs.",
        "The participants' talk (moderators, observers and stage notes left out) was cut into {n} units: windows of up to {turns} "
        "consecutive turns or about {words} words of one source; longer turns were cut between sentences; where nobody speaks, "
        "units are paragraphs.",
        n_units,
    ).format(n=n_units, turns=units.TURNS, words=units.WORDS)


def _words(recipe: Recipe) -> str:
    said = _(
        "Words of grammar, fillers (“um”, “you know”) and words that tell nothing by themselves (“thing”, “people”) were left out, and "
        "the forms of one word (“bus”, “buses”) counted together."
    )
    if recipe.left_out:
        said += " " + _("The researcher left out: {words}.").format(words=", ".join(recipe.left_out))
    if recipe.merges:
        said += " " + _("The researcher counted as one: {words}.").format(words="; ".join(recipe.merges))
    return said


def _place(recipe: Recipe, dimensions: int, neighbours: int) -> str:
    if recipe.method == "nmf":
        return _(
            "Words and phrases that stand in at least two units and at most half of them were weighted by TF-IDF and "
            "factorised (NMF); each unit is in the theme of its strongest factor."
        )
    if recipe.method == "lda":
        return _(
            "Words and phrases that stand in at least two units and at most half of them were counted for latent Dirichlet "
            "allocation (LDA); each unit is in the theme of its strongest topic."
        )
    lsa = _(
        "Words and phrases that stand in at least two units and at most half of them were weighted by TF-IDF and reduced by "
        "latent semantic analysis to {dimensions} dimensions."
    ).format(dimensions=dimensions)
    if recipe.tier == "minilm":
        lsa += " " + _(
            "They were joined, weighted {share}, with sentence vectors (all-MiniLM-L6-v2, int8) of each unit."
        ).format(share=LATENT_SHARE)
    else:
        lsa += " " + _("Sentence vectors were not used.")
    return (
        lsa
        + " "
        + ngettext(
            "Each unit was averaged half and half with its nearest neighbour.",
            "Each unit was averaged half and half with its {n} nearest neighbours.",
            neighbours,
        ).format(n=neighbours)
    )


def _groups(recipe: Recipe, number: int, curve: tuple[Tried, ...], n_units: int) -> str:
    if recipe.number is not None or not curve:
        how = _("There are {number} themes, the number that was asked for (seed {seed}).")
    else:
        how = _(
            "There are {number} themes, the number with the highest cosine silhouette of {first} to {last} (seed {seed})."
        )
    said = how.format(
        number=number, seed=recipe.seed, first=curve[0].number if curve else 0, last=curve[-1].number if curve else 0
    )
    if recipe.method == "vectors":
        said = _("Ward's method gave the first middles of groups, and one run of K-means the groups.") + " " + said
    elif recipe.number is None:
        said += " " + _("Numbers were compared by groups that Ward's method and K-means found in the same units.")
    if n_units > MOST_TOGETHER:
        said += " " + _("They were found in a sample of the units; the others were assigned by logistic regression.")
    return f"{said} {_stability(recipe)}"


def _stability(recipe: Recipe) -> str:
    if recipe.method != "vectors":
        return _(
            "Stability is the mean Jaccard similarity of a theme with the best match in {draws} draws of the units (Hennig 2007), of "
            "all together the mean adjusted Rand index: factors were found anew in each draw, the weights of words were not."
        ).format(draws=topics.DRAWS)
    return _(
        "Stability is the mean Jaccard similarity of a theme with the best match in {draws} draws of the units (Hennig 2007), of all "
        "together the mean adjusted Rand index. In each draw neighbours were sought and Ward's groups found anew; the weights of "
        "words and the dimensions were those of all units, so that the true stability is, if anything, lower."
    ).format(draws=grouping.DRAWS)


def _labels() -> str:
    return _(
        "Terms are what people said with the highest product of class-based TF-IDF and cosine to the middle of the theme. A label is "
        "up to three of them, nouns and noun phrases above all, by which those who speak in the theme are found best (F measure, "
        "beta {beta}). Coherence is the mean NPMI of the eight best terms, units as documents (Bouma 2009; Lau, Newman and Baldwin 2014)."
    ).format(beta=theme_words.BETA)


def _versions(recipe: Recipe) -> str:
    from importlib.metadata import version

    return _(
        "Computed with Cohesion QDA {version}, scikit-learn {sklearn}, spaCy {spacy} and the pipeline {pipeline}; fingerprint of the talk "
        "{talk}."
    ).format(
        version=VERSION, sklearn=version("scikit-learn"), spacy=version("spacy"), pipeline=recipe.pipeline or "-",
        talk=recipe.talk[:12],
    )  # fmt: skip
