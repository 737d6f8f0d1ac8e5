"""Adding to a theme from elsewhere: selected words, or a code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, SourceId, ThemeId
from cohesion_qda.model.text import Span
from cohesion_qda.model.theme import Theme
from cohesion_qda.ui.memos.choosing import Choice, Choosing, tell
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.themes.words import status_words


def add_to_theme(runner: Runner, source: SourceId, span: Span, parent: QWidget) -> None:
    """Ask for a theme, or a name for a new one, and let the words at `span` be a key passage of it."""
    runner.ask(
        lambda project: project.themes.list(),
        lambda themes: _open(runner, source, span, themes, parent),
        key=(parent, "add to theme"),
    )


def _open(runner: Runner, source: SourceId, span: Span, themes: Sequence[Theme], parent: QWidget) -> None:
    choices = [Choice(theme.id, theme.name, status_words()[theme.status]) for theme in themes]
    dialog = Choosing(
        _("Add to a theme"), _("Find a theme, or name a new one"), choices, parent,
        making=_("New theme “{name}”"), nothing=_("No themes yet. Type a name to make one."),
    )  # fmt: skip
    dialog.chosen.connect(
        lambda theme: runner.do(
            lambda project: project.themes.add_passages(ThemeId(theme), [(source, span)]),
            lambda change: tell(parent, change),
        )
    )
    dialog.made.connect(
        lambda name: runner.do(
            lambda project: project.themes.add(name, at=[(source, span)]), lambda change: tell(parent, change)
        )
    )
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def theme_from_code(runner: Runner, code: CodeId, parent: QWidget) -> None:
    """A new theme called as a code, which it holds, under the research question that the code stands under."""
    runner.do(lambda project: project.themes.add_from_code(code), lambda change: tell(parent, change))
