"""Verbs on the themes that the machine proposes: look for them, make codes of them, merge, split and dismiss them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.model.answer import Answer, Made
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.study import About
from cohesion_qda.model.suggestion import Evidence
from cohesion_qda.model.theming import (
    Dismissed,
    Recipe,
    ThemeEdit,
    ThemeModel,
    ThemeSuggestion,
    dismissal_of,
    dismissed_from,
    dismissed_keys,
    recipe_from,
)
from cohesion_qda.project.codebook import Codebook
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.places import Placing
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import hidden_note, study_data
from cohesion_qda.store import cases, codings, memos

if TYPE_CHECKING:
    from cohesion_qda.analysis.heard import Heard
    from cohesion_qda.analysis.themes import Theming
    from cohesion_qda.project.suggestions import Suggestions

SETTING = "themes recipe"


class ProposedThemes:
    """`project.proposed_themes`. The recipe of the themes found last is kept with the project, so that they are found again; what
    was found is not, since the same talk and recipe give the same.
    """

    def __init__(self, session: Session, suggestions: Suggestions) -> None:
        self._s = session
        self._suggestions = suggestions
        self._ready: tuple[Heard, Theming] | None = None

    # -- finding -----------------------------------------------------------------------------------------------------

    def find(self, recipe: Recipe | None = None, job: Job | None = None) -> ThemeModel:
        """Themes by a recipe, or by the usual one: all that were found, also those that were dismissed (`left` gives the others).

        Nothing is kept but what was worked out of the texts. Raises BadInput when there is too little talk, and Cancelled.
        """
        from cohesion_qda.analysis.themes import Theming

        recipe = recipe or Recipe()
        heard = self._suggestions.heard(job, vectors=recipe.wants_vectors)
        if self._ready is None or self._ready[0] is not heard:
            self._ready = heard, Theming(heard)
        recipe, coded, about = self.question(recipe)
        return self._ready[1].themes(recipe, coded, job, about)

    def question(self, recipe: Recipe) -> tuple[Recipe, list[tuple[int, int, int, int]], About]:
        """What is asked of the process that holds the study, beside its stamp: what may have changed since it was heard."""
        return recipe, self.coded(), self._suggestions.hearing.talk().about

    def coded(self) -> list[tuple[int, int, int, int]]:
        """The codings that may be seen, as (source, start, end, code): what themes are held against."""
        data = study_data(self._s)
        return [(source, start, end, code) for _c, source, start, end, code, _coder in data.codings]

    def accepted(self) -> dict[str, CodeId]:
        """The code that was made of each suggestion, by its key, as far as its codings may be seen."""
        return codings.of_suggestions(self._s.db, self._s.whose())

    def left(self, model: ThemeModel) -> tuple[ThemeSuggestion, ...]:
        """The themes of a model that were not dismissed."""
        gone = dismissed_keys(model, self.dismissed())
        return tuple(theme for theme in model.themes if theme.key not in gone)

    def answer(self, model: ThemeModel) -> Answer:
        """The themes that were not dismissed as a table, with where it comes from, for `report.files.write`."""
        from cohesion_qda.report.themetable import answer

        title = cases.setting(self._s.db, "title") or self._s.path.stem
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        return answer(model, self.left(model), Made(title, at, VERSION, hidden_note(self._s)))

    def recipe(self) -> Recipe | None:
        """The recipe that was kept last; None when there is none, or it cannot be read by this version."""
        kept = cases.setting(self._s.db, self._setting())
        try:
            return recipe_from(kept) if kept else None
        except BadInput:
            return None

    def keep(self, model: ThemeModel) -> Change:
        """Keep the recipe of themes that were found, so that they are there again. Nothing changes where it is the one that is
        kept already, or the project is only read.
        """
        now = self.recipe()
        if self._s.read_only or (now is not None and now.asks == model.recipe.asks):
            return Change.nothing("look-for-themes")
        with self._s.act("look-for-themes", merge_key="look-for-themes", n=len(model.themes)) as action:
            self._keep(model.recipe)
        return action.change

    def _keep(self, recipe: Recipe) -> None:
        self._s.coder_inside()  # a blind coder's recipe is known by who it is
        cases.set_setting(self._s.db, self._setting(), recipe.to_json())

    def _setting(self) -> str:
        """Where the recipe is kept: what a colleague merged and split tells what they coded, so who may not see that has a recipe
        of their own.
        """
        whose = self._s.whose()
        return SETTING if whose is None else f"{SETTING} of {whose}"

    # -- changing what was found -------------------------------------------------------------------------------------

    def merge(self, model: ThemeModel, keys: Sequence[str]) -> Change:
        """Make one theme of two or more. It belongs to the recipe: find the themes by it again. Raises BadInput."""
        themes = [self._theme(model, key) for key in dict.fromkeys(keys)]
        if len(themes) < 2:
            raise BadInput(_("One theme cannot be merged with itself."), _("Choose another theme to merge it with."))
        edit = ThemeEdit("merge", tuple(theme.key for theme in themes))
        return self._edit(model, edit, "merge-proposed-themes", label=themes[0].label, into=themes[1].label)

    def split(self, model: ThemeModel, key: str) -> Change:
        """Make two themes of one. It belongs to the recipe: find the themes by it again. Raises BadInput."""
        theme = self._theme(model, key)
        if len(theme.units) < 2:
            raise BadInput(
                _("“{label}” is a single stretch of talk and cannot be split.").format(label=theme.label),
                _("Choose a larger theme."),
            )
        return self._edit(model, ThemeEdit("split", (theme.key,)), "split-proposed-theme", label=theme.label)

    def _theme(self, model: ThemeModel, key: str) -> ThemeSuggestion:
        theme = model.theme(key)
        if theme is None:
            raise BadInput(_("This theme is no longer proposed."), _("Suggest themes again."))
        return theme

    def _edit(self, model: ThemeModel, edit: ThemeEdit, kind: str, label: str, **details: Any) -> Change:
        recipe = replace(
            model.recipe, edits=tuple(e for e in model.recipe.edits if e not in model.unknown_edits)
        ).with_edit(edit, model.number)
        with self._s.act(kind, label=label, **details) as action:
            self._keep(recipe)
        return action.change

    # -- accepting and dismissing --------------------------------------------------------------------------------------

    def make_code(
        self, theme: ThemeSuggestion, name: str, parent: CodeId | None = None, passages: Sequence[Evidence] | None = None
    ) -> Change:  # fmt: skip
        """Make a code of a theme and code its most typical passages (or those given), in one act. Raises BadInput."""
        chosen = Placing(self._s).each(theme.typical if passages is None else passages)
        verbs = Codings(self._s)
        with self._s.act("accept-suggestion", code=" ".join(name.split()), suggestion=theme.key) as action:
            code = Codebook(self._s).add_inside(name, parent)
            action.details["n"] = sum(verbs.apply_inside(p.source, p.span, [code], theme.key) for p in chosen)
        return action.change

    def add_to_code(self, theme: ThemeSuggestion, code: CodeId, passages: Sequence[Evidence] | None = None) -> Change:
        """Code its most typical passages (or those given) with a code that is there, in one act. Raises BadInput, NotFound."""
        chosen = theme.typical if passages is None else passages
        if not chosen:
            raise BadInput(_("No passage was chosen."), _("Tick the passages that fit."))
        chosen = Placing(self._s).each(chosen)
        verbs = Codings(self._s)
        with self._s.act(
            "accept-suggestion", code=self._s.code_name(code), suggestion=theme.key,
            focus=(chosen[0].source, chosen[0].span),
        ) as action:  # fmt: skip
            action.details["n"] = sum(verbs.apply_inside(p.source, p.span, [code], theme.key) for p in chosen)
        return action.change

    def dismiss(self, model: ThemeModel, key: str) -> Change:
        """Turn a theme down. It is known again by what it holds and by its terms (`model.theming.dismissed_keys`), so it stays
        away also under another label and among another number of themes. Raises BadInput.
        """
        theme = self._theme(model, key)
        about = dismissal_of(model, theme).to_json()
        with self._s.act("dismiss-suggestion", label=theme.label) as action:
            memos.dismiss(self._s.db, theme.key, theme.label, self._s.coder_inside(), about)
        return action.change

    def dismissed(self) -> tuple[Dismissed, ...]:
        """What is known of the themes that were turned down; where others' coding is hidden, of those one has turned down oneself."""
        kept = memos.dismissals(self._s.db, self._s.whose())
        return tuple(dismissed_from(key, about) for key, about in kept if about)

    def take_back(self, model: ThemeModel, key: str) -> Change:
        """Propose a theme again that was turned down. Raises BadInput where it was not."""
        theme = self._theme(model, key)
        known = [one.key for one in self.dismissed() if key in dismissed_keys(model, [one])]
        if not known:
            raise BadInput(_("“{label}” was not dismissed.").format(label=theme.label), _("Choose one that was."))
        with self._s.act("take-back-dismissal", label=theme.label) as action:
            memos.take_back(self._s.db, known, self._s.whose())
        return action.change
