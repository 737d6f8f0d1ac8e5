"""Proposed themes as an answer: a table whose counts know what they are out of, for files."""

from __future__ import annotations

from collections.abc import Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model import themewords
from cohesion_qda.model.answer import Answer, Cell, Head, Line, Made, Part
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.speaking import nobody_speaks
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import ThemeModel, ThemeSuggestion


def answer(model: ThemeModel, themes: Sequence[ThemeSuggestion], made: Made) -> Answer:
    """The themes given of a model, a line for each. Where nobody speaks, turns and paragraphs are counted alone."""
    heads = (*_heads(model.base), Head(_("Stability"), form="number"), Head(_("Coherence"), form="number"),
             Head(_("Terms"), form="text"))  # fmt: skip
    title = _("Themes suggested by the program")
    part = Part(
        "themes", title, _("Theme"), heads, tuple(_line(model, theme) for theme in themes), is_chosen=True,
    )  # fmt: skip
    notes = (_("Suggested, not yet checked by a person"), nobody_speaks(model.base), themewords.trust(model.stability))
    return Answer(Asked("suggested themes"), title, (part,), (*(note for note in notes if note), model.method), made)


def _heads(base: Count) -> tuple[Head, ...]:
    turns = Head(_("Turns"), of=base.mentions, unit="turns")
    if not base.participants:
        return (Head(_("Paragraphs or turns"), of=base.mentions, unit="turns"),)
    people = Head(_("Participants"), of=base.participants, unit="participants")
    return (people, Head(_("Groups"), of=base.groups, unit="groups"), turns) if base.groups else (people, turns)


def _line(model: ThemeModel, theme: ThemeSuggestion) -> Line:
    base, count = model.base, theme.count
    people, all_ = count.participants, base.participants

    def cell(what: str, n: int, of: int) -> Cell:
        return Cell(n, of, (theme.key, what), people=people, base=("all", what), base_people=all_)

    turns = cell("turns", count.mentions, base.mentions)
    cells: tuple[Cell, ...] = (turns,)
    if all_:
        groups = (cell("groups", count.groups, base.groups),) if base.groups else ()
        cells = (cell("participants", people, all_), *groups, turns)
    figures = (Cell(n, made_of=(cells[0].key,)) for n in (theme.stability, theme.coherence))
    return Line(theme.label, (*cells, *figures, Cell(", ".join(theme.terms))), path=theme.label)
