"""What the project says about the themes that were found: read again after every change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.theming import Recipe, ThemeModel, dismissed_keys

if TYPE_CHECKING:
    from cohesion_qda.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """The codebook; which themes are dismissed, and the codes made of others, by key; the stamps of the talk and of what its
    sources and people are, as they are now; and the recipe that is kept.
    """

    tree: CodeTree = field(default_factory=CodeTree)
    dismissed: frozenset[str] = frozenset()
    accepted: Mapping[str, str] = field(default_factory=dict)
    talk: str = ""
    about: str = ""
    recipe: Recipe | None = None


def stand(project: Project, model: ThemeModel) -> Standing:
    """Read it. Runs on the project thread."""
    tree = project.codebook.tree()
    themes = project.proposed_themes
    accepted = {key: tree[code].name for key, code in themes.accepted().items() if code in tree}
    gone = dismissed_keys(model, themes.dismissed()) if model.themes else frozenset()
    if not model.themes:
        return Standing(tree, gone, accepted, recipe=themes.recipe())
    talk = project.tables.talk()
    return Standing(tree, gone, accepted, talk.stamp, talk.about.stamp, themes.recipe())
