"""`suggest PROJECT …`: what the machine proposes, with the passages it stands on."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.answering import one_of
from cohesion_qda.cli.key_terms import add_terms, show_terms, write
from cohesion_qda.cli.opening import reading
from cohesion_qda.cli.output import counted, emit, line, note, reporting_job
from cohesion_qda.cli.proposing import show_codes, tell_tier
from cohesion_qda.cli.quoting import Quoted
from cohesion_qda.model import themewords
from cohesion_qda.model.speaking import how_widely, nobody_speaks
from cohesion_qda.model.theming import METHODS, Recipe, ThemeModel, ThemeSuggestion, recipe_from
from cohesion_qda.project import Project

KEPT = "kept"
LOCAL = "local"  # as `spread.LOCAL`
WHAT = ("themes", "codes", "terms")
FOR: Mapping[str, tuple[str, tuple[str, ...]]] = {  # which options go with what, by the name they are kept under
    "code": ("--for", ("codes", "terms")), "branch": ("--branch", ("codes",)), "method": ("--method", ("themes",)),
    "recipe": ("--recipe", ("themes",)), "against": ("--against", ("terms",)), "where": ("--where", ("terms",)),
    "against_where": ("--against-where", ("terms",)), "united": ("--united", ("terms",)), "output": ("-o", ("themes", "terms")),
    "suppress": ("--suppress", ("themes", "terms")),
}  # fmt: skip


def add_suggest(parser: argparse.ArgumentParser) -> None:
    """What is proposed, and how it is looked for."""
    parser.add_argument("what", type=one_of(_("kind of suggestion"), WHAT), metavar="|".join(WHAT))
    parser.add_argument(
        "--for",
        "--code",
        dest="code",
        metavar="PATH",
        help=_("codes: passages for this code alone; terms: those that set its passages apart"),
    )
    parser.add_argument(
        "--number", type=whole, metavar="N", help=_("how many themes, terms, or passages of each code (10)")
    )
    parser.add_argument("--branch", action="store_true", help=_("codes: with those under it"))
    parser.add_argument("--method", choices=METHODS, help=_("themes: how they are found (vectors)"))
    parser.add_argument(
        "--recipe", metavar="FILE",
        help=_("themes: by the recipe in a file (what --json printed before); “kept” is the one kept in the project"),
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", nargs="?", const=LOCAL, metavar="ADDRESS",
        help=_(
            "have texts read by workers of this computer (no ADDRESS, or local), or by those of the Dask scheduler at ADDRESS: "
            "on another computer take tls://computer:8786, since tcp:// sends what people said unencrypted"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--not-kept", dest="keeps", action="store_false",
        help=_("what the workers found out is not kept in the project, which would grow by up to 500 bytes for each turn"),
    )  # fmt: skip
    add_terms(parser)


def suggest(options: Namespace) -> int:
    """Themes, passages for codes, or key terms, each with its passages. Raises BadInput for options that go with another of them."""
    _check(options)
    with reading(options.project) as project, spread_over(project, options.scheduler):
        project.suggestions.hearing.keeps = options.keeps
        return {"themes": show_themes, "codes": show_codes, "terms": show_terms}[options.what](project, options)


@contextmanager
def spread_over(project: Project, scheduler: str | None) -> Iterator[None]:
    """Meanwhile texts are given to the workers of a scheduler, where one is named."""
    if scheduler is None:
        yield
        return
    from cohesion_qda.analysis.spread import goes_to, workers

    if computer := goes_to(scheduler):
        note(_("What people said is sent to the workers of {computer}.").format(computer=computer))
        if not scheduler.startswith("tls://"):
            note(_("It is sent unencrypted; tls:// in place of tcp:// would encrypt it."))
    with workers(scheduler) as project.suggestions.hearing.spread:
        yield
    project.suggestions.hearing.spread = None


def _check(options: Namespace) -> None:
    for kept, (option, goes_with) in FOR.items():
        if options.what not in goes_with and getattr(options, kept) not in (None, False, []):
            raise BadInput(
                _("{option} says nothing about {what}.").format(option=option, what=options.what),
                _("Leave it out, or ask for “suggest … {others}”.").format(others="|".join(goes_with)),
            )
    if options.suppress is not None and options.output is None:
        raise BadInput(_("--suppress is for files."), _("Name one with -o, or leave --suppress out."))


def whole(text: str) -> int:
    """Takes a whole number of at least one for an option."""
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(_("give a whole number, 1 or more"))
    return int(text)


def show_themes(project: Project, options: Namespace) -> int:
    """Print the themes that the options ask for."""
    model = project.proposed_themes.find(_recipe(project, options), reporting_job())
    left = project.proposed_themes.left(model)
    if model.recipe.wants_vectors:
        tell_tier(project, model.recipe.tier)
    if model.unknown_edits:
        note(_("What was merged or split in other talk, or among another number of themes, could not be repeated."))
    if options.output:
        write(project, project.proposed_themes.answer(model), options)
    elif options.json:
        emit(_document(project, model, left))
    else:
        _print(project, model, left)
    return 0


def _recipe(project: Project, options: Namespace) -> Recipe:
    recipe = Recipe()
    if options.recipe == KEPT:
        kept = project.proposed_themes.recipe()
        if kept is None:
            raise BadInput(_("No recipe for themes is kept in this project."), _("Leave --recipe out."))
        recipe = kept
    elif options.recipe:
        try:
            recipe = recipe_from(Path(options.recipe).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(
                _("The recipe {path} cannot be read.").format(path=options.recipe), _("Give a file that is there.")
            ) from error
    if options.number is not None or options.method:
        recipe = recipe.of(number=options.number or recipe.number, method=options.method)
    return replace(recipe)


def _document(project: Project, model: ThemeModel, left: tuple[ThemeSuggestion, ...]) -> dict[str, Any]:
    names = {source.id: source.name for source in project.sources.list()}
    quoted = Quoted(project)
    shown = {theme.key: theme.label for theme in left}
    tree = project.codebook.tree()
    return {
        "recipe": asdict(model.recipe),
        "method": model.method,
        "number": model.number,
        "dismissed": len(model.themes) - len(left),
        "stability": model.stability,
        "coherence": model.coherence,
        "curve": [asdict(tried) for tried in model.curve],
        "base": counted(model.base),
        "themes": [
            {
                "key": theme.key, "label": theme.label, "phrases": list(theme.phrases), "terms": list(theme.terms),
                **counted(theme.count), "units": len(theme.units), "stability": theme.stability, "coherence": theme.coherence,
                "spread": [
                    {"about": spread.about, "name": spread.name,
                     "values": [{"value": v, **counted(n), "of": counted(base)} for v, n, base in spread.rows]}
                    for spread in theme.spreads
                ],
                "overlaps": [
                    {"code": tree.path(one.code), "turns": one.turns, "coded": one.coded}
                    for one in theme.overlaps if one.code in tree
                ],
                "passages": quoted.all(theme.typical), "divergent": quoted.all(theme.divergent),
            }
            for theme in left
        ],
        "units": [
            {"source": names[unit.source], "start": unit.span.start, "end": unit.span.end,
             "theme": key if key in shown else "", "label": shown.get(key, "")}
            for unit, key in zip(model.units, model.theme_of, strict=True)
        ],
    }  # fmt: skip


def _print(project: Project, model: ThemeModel, left: tuple[ThemeSuggestion, ...]) -> None:
    quoted = Quoted(project)
    for theme in left:
        line(theme.label)
        line("    " + how_widely(theme.count, model.base))
        line("    " + ", ".join(theme.terms))
        if place := themewords.place(model, theme):
            line("    " + place)
        quoted.lines(theme.typical)
    if silent := nobody_speaks(model.base):
        note(silent)
    gone = len(model.themes) - len(left)
    if gone:
        note(ngettext("{n} theme was dismissed.", "{n} themes were dismissed.", gone).format(n=gone))
    if left:
        line(themewords.trust(model.stability))
        line(_("Suggested, not yet checked by a person. How they were found is in the answer to --json."))
    else:
        line(_("Every suggested theme has been dismissed."))
