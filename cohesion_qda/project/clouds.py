"""Verbs on word clouds, and on words in their lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.cloud import BY, COLOURS, MOST, Cloud, CloudWish, Family, without_few
from cohesion_qda.model.codebook import Code, CodeTree
from cohesion_qda.model.finding import Hit
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.project.key_terms import KeyTerms
from cohesion_qda.project.search import Search
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import cases, sources

if TYPE_CHECKING:
    from cohesion_qda.analysis.collocations import Concordance, Pair
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.selecting import Places
    from cohesion_qda.project.suggestions import Suggestions
    from cohesion_qda.report.wordclouds import Drawn

PUBLISHED = 5  # below this, words of so few people are left out of a file unless somebody says otherwise


@dataclass(frozen=True, slots=True)
class CloudQuestion:
    """What `analysis.clouds.cloud` needs beside the words, as plain values: they can travel to another process."""

    wish: CloudWish
    places: Places | None
    families: tuple[Family, ...]
    about: str
    study: str

    def told(self, made: Cloud) -> Cloud:
        """The cloud with what it is of, in words."""
        return replace(made, about=self.about, study=self.study)


class Clouds:
    """`project.clouds`."""

    def __init__(self, session: Session, suggestions: Suggestions, key_terms: KeyTerms, search: Search) -> None:
        self._s = session
        self._suggestions = suggestions
        self._key_terms = key_terms
        self._search = search

    # -- clouds --------------------------------------------------------------------------------------------------------

    def question(self, wish: CloudWish) -> CloudQuestion:
        """What is to be looked at for a cloud. Raises BadInput for a wish that cannot be, NotFound for what is not there."""
        check(wish)
        places = self._key_terms.places(wish.selection)
        about = self._key_terms.named(wish.selection)
        study = cases.setting(self._s.db, "title") or self._s.path.stem
        return CloudQuestion(wish, places, self._families(wish), about, study)

    def cloud(self, wish: CloudWish, job: Job | None = None) -> Cloud:
        """The words of a cloud with their numbers, counted in this process. Raises as `question`."""
        from cohesion_qda.analysis.clouds import cloud

        asked = self.question(wish)
        return asked.told(cloud(self._words(job), wish, asked.places, asked.families))

    def write(
        self, wish: CloudWish, path: Path | str, *, bars: bool = False, suppress: int = PUBLISHED, width: float = 0.0,
        dpi: int = 0, job: Job | None = None,
    ) -> Drawn:  # fmt: skip
        """Draw a cloud, or with `bars` the ranked bars it stands for, to an .svg, .png or .pdf file, without the words that fewer
        than `suppress` people said (0: with all), and note it in the trail. `width` is in inches, `dpi` dots per inch.

        Raises BadInput where there is no word to draw and for another ending, NotFound, CannotWrite.
        """
        from cohesion_qda.report import cloudwords, files, wordclouds

        path = Path(path)
        files.check_picture(path)
        made = without_few(self.cloud(wish, job), suppress)
        if bars:
            drawn = wordclouds.Drawn(wordclouds.bars(made, width or wordclouds.WIDE))
        else:
            drawn = wordclouds.cloud(made, width or wordclouds.WIDE)
        files.write_drawing(drawn.drawing, path, dpi)
        self.note(path)
        return replace(drawn, hidden=cloudwords.hidden(made)) if made.hidden else drawn

    def note(self, path: Path | str) -> Change:
        """Note in the trail that a word cloud was drawn to `path`."""
        return self._s.note("export-wordcloud", path)

    def _families(self, wish: CloudWish) -> tuple[Family, ...]:
        """The codes that words are coloured by, each with its branch and where it was used within the selection."""
        if wish.colours == "plain":
            return ()
        tree = study_data(self._s).codes
        found = []
        for code in _shown_by(tree, wish):
            places = self._key_terms.spans(replace(wish.selection, codes=(code.id,), branch=True))
            if places:
                found.append(Family(code.id, code.name, tree.shape(code.id), code.colour, tuple(places)))
        return tuple(found)

    def _words(self, job: Job | None) -> Words:
        return self._suggestions.heard(job, vectors=False).words

    # -- words in their lines --------------------------------------------------------------------------------------------

    def concordance(self, word: str, selection: Selection = ALL, job: Job | None = None) -> Concordance:
        """Every line of a word, what follows it and what goes before it as trees, and what is said near it, in a selection.
        Raises BadInput where nothing was typed, NotFound for what is not there.
        """
        from cohesion_qda.analysis.collocations import concordance

        word, places = typed(word), self._key_terms.places(selection)
        return concordance(self._words(job), word, places)

    def pairs(self, selection: Selection = ALL, job: Job | None = None) -> tuple[Pair, ...]:
        """The pairs of words that are said near each other most exclusively in a selection. Raises NotFound."""
        from cohesion_qda.analysis.collocations import pairs

        places = self._key_terms.places(selection)
        return pairs(self._words(job), places, job=job)

    def base(self, selection: Selection = ALL, job: Job | None = None) -> Count:
        """How many turns there are in a selection, how many participants speak in it, in how many groups. Raises NotFound."""
        from cohesion_qda.analysis.sides import side

        return side(self._words(job), self._key_terms.places(selection)).base

    def hits(self, found: Concordance) -> dict[int, Hit]:
        """The lines by their numbers, with their words and who says them; without those that were changed or removed since."""
        places: dict[SourceId, list[Span]] = {}
        known = {source.id for source in sources.all_(self._s.db)}
        for line in found.lines.lines:
            if line.source in known:
                places.setdefault(line.source, []).append(line.span)
        hits = {(hit.source, hit.span): hit for hit in self._search.at(places)[0]}
        numbered = ((n, hits.get((line.source, line.span))) for n, line in enumerate(found.lines.lines))
        return {n: hit for n, hit in numbered if hit is not None}


def typed(word: str) -> str:
    """A word as it was typed. Raises BadInput where there is none."""
    word = " ".join(word.split())
    if not word.strip("*"):
        raise BadInput(_("No word was given."), _("Type a word, a phrase, or the beginning of a word and *."))
    return word


def check(wish: CloudWish) -> None:
    """Raises BadInput for a wish that cannot be."""
    if wish.by not in BY:
        raise BadInput(
            _("A cloud cannot be by “{name}”.").format(name=wish.by),
            _("Use one of: {names}.").format(names=", ".join(BY)),
        )
    if wish.colours not in COLOURS:
        raise BadInput(
            _("A cloud cannot be coloured by “{name}”.").format(name=wish.colours), _("Use one of: {names}.").format(names=", ".join(COLOURS))
        )  # fmt: skip
    if not 1 <= wish.number <= MOST:
        raise BadInput(
            _("A cloud has 1 to {most} words.").format(most=MOST), _("Ask for fewer: a cloud of more cannot be read.")
        )


def _shown_by(tree: CodeTree, wish: CloudWish) -> list[Code]:
    """The codes that words are coloured by: the research questions; or the codes under what is looked at (under each question)."""
    if wish.colours == "question":
        return tree.children()
    above: list[CodeId] = [code for code in wish.selection.codes if tree.children(code)]
    if wish.selection.codes:
        return [child for code in above for child in tree.children(code)] or [
            tree[code] for code in wish.selection.codes
        ]
    return [child for root in tree.children() for child in (tree.children(root.id) or [root])]
