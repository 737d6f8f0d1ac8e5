"""What is known of a proposed theme, in plain words with the number beside."""

from __future__ import annotations

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.speaking import nobody_speaks
from cohesion_qda.model.table import Count
from cohesion_qda.model.theming import Overlap, Spread, ThemeModel, ThemeSuggestion

STEADY, SHAKY = 0.75, 0.5  # Hennig's marks: a valid, stable group from .75; below .5 it has dissolved
TOGETHER, APART = 0.1, 0.0
MOSTLY, PARTLY = 0.5, 0.2
FLAT = 0.05  # of the silhouette


def stability(value: float | None) -> str:
    """How far the theme comes back when the talk is drawn again."""
    if value is None:
        return _("Changed by hand: how steady it is was not measured.")
    shown = f"{value:.2f}"
    if value >= STEADY:
        return _(
            "Steady: where only part of the talk is looked at, nearly the same theme comes back (stability {value} of 1)."
        ).format(value=shown)
    if value >= SHAKY:
        return _(
            "Fairly steady: where only part of the talk is looked at, much of it comes back (stability {value} of 1)."
        ).format(value=shown)
    return _(
        "Not steady: where only part of the talk is looked at, its passages fall into other themes (stability {value} of 1)."
    ).format(value=shown)


def rise(model: ThemeModel) -> str:
    """What the curve does not tell by itself: that it is nearly flat, or still rises where it ends."""
    if len(model.curve) < 2:
        return ""
    best = max(model.curve, key=lambda one: one.silhouette)
    said = []
    if best.silhouette - min(one.silhouette for one in model.curve) < FLAT:
        said.append(_("The numbers hardly differ: none is much better than another."))
    if best is model.curve[-1]:
        said.append(
            _("It still rises at {n}, the largest number looked at: more themes may fit better.").format(n=best.number)
        )
    return " ".join(said)


def gone(n: int, *, is_shown: bool) -> str:
    """The link to those that were dismissed."""
    if is_shown:
        return _("Hide the dismissed")
    return ngettext("Show the dismissed one", "Show the {n} dismissed", n).format(n=n)


def coherence(value: float) -> str:
    """How far the terms belong together."""
    shown = f"{value:+.2f}"
    if value >= TOGETHER:
        return _("Where one of its words is said, the others often are, too (coherence {value}).").format(value=shown)
    if value > APART:
        return _(
            "Where one of its words is said, the others are a little more often than elsewhere (coherence {value})."
        ).format(value=shown)
    return _(
        "Where one of its words is said, the others seldom are: it may hold several things (coherence {value})."
    ).format(value=shown)


def overlaps(theme: ThemeSuggestion, tree: CodeTree) -> str:
    """How far it is what codes hold already: the most telling way of saying so, with all codes of which that is true."""
    all_ = theme.count.mentions
    found = [one for one in theme.overlaps if one.code in tree]
    ways = (
        ([one for one in found if one.turns >= MOSTLY * all_], _("Mostly what you coded as {codes}.")),
        ([one for one in found if one.turns >= MOSTLY * one.coded], _("Holds most of what you coded as {codes}.")),
        ([one for one in found if one.turns >= PARTLY * all_], _("Partly what you coded as {codes}.")),
        (found, _("A little of it is coded as {codes}.")),
    )
    said, told = [], set()
    for some, sentence in ways:
        fresh = [one for one in some if one.code not in told]
        told |= {one.code for one in fresh}
        if fresh:
            whole = sentence == ways[1][1]
            said.append(sentence.format(codes=", ".join(_coded(one, all_, tree, of_code=whole) for one in fresh)))
    return " ".join(said) or _("Hardly any of it is coded yet.")


def _coded(one: Overlap, all_: int, tree: CodeTree, *, of_code: bool) -> str:
    if of_code:
        said = ngettext("{code} ({n} of its {coded} turn)", "{code} ({n} of its {coded} turns)", one.coded)
    else:
        said = ngettext("{code} ({n} of {all} turn)", "{code} ({n} of {all} turns)", all_)
    return said.format(code=tree[one.code].name, n=one.turns, all=all_, coded=one.coded)


def phrases(theme: ThemeSuggestion) -> str:
    """The other phrases that could name it, as people said them."""
    others = [_("“{phrase}”").format(phrase=phrase) for phrase in theme.other_phrases if phrase not in theme.terms]
    return _("Also called here: {phrases}").format(phrases=", ".join(others)) if others else ""


def table(model: ThemeModel) -> str:
    """All themes with their numbers, tab-separated, each number with what it is out of in the last row."""
    head = (
        _("Theme"), _("Terms"), _("People"), _("Groups"), _("Turns"), _("Stability"), _("Coherence"),
    )  # fmt: skip
    rows = [
        (
            theme.label, ", ".join(theme.terms), *_numbers(theme.count), "" if theme.stability is None else f"{theme.stability:.2f}",
            f"{theme.coherence:.2f}",
        )
        for theme in model.themes
    ]  # fmt: skip
    all_ = "" if model.stability is None else f"{model.stability:.2f}"
    rows.append((_("All talk"), "", *_numbers(model.base), all_, f"{model.coherence:.2f}"))
    return "\n".join("\t".join(row) for row in (head, *rows))


def share(count: Count, base: Count) -> float:
    """The share that the bar shows: of the people beside it, or of the passages where nobody speaks."""
    if base.participants:
        return count.participants / base.participants
    return count.mentions / max(1, base.mentions)


def spoken(theme: ThemeSuggestion, counts: str, base: Count) -> str:
    """How widely it was said, with the turns."""
    if silent := nobody_speaks(base):
        return _("{counts}. {nobody}").format(counts=counts, nobody=silent)
    if not theme.count.participants:
        return counts
    turns = ngettext("{n} of {all} turn", "{n} of {all} turns", base.mentions)
    said = turns.format(n=theme.count.mentions, all=base.mentions)
    return _("{widely}, in {turns}").format(widely=counts, turns=said)


def invitation() -> str:
    """What is said before anything was looked for."""
    return _(
        "The program can read all transcripts on this computer and propose what the talk is about, each theme with the passages "
        "that show it. Nothing is coded until you say so."
    )


def _numbers(count: Count) -> tuple[str, str, str]:
    return str(count.participants), str(count.groups), str(count.mentions)


def way(spread: Spread) -> str:
    """What a spread is by."""
    if spread.about == "group":
        return _("Focus groups")
    if spread.about == "participant":
        return _("People by {name}").format(name=spread.name)
    return _("Sources by {name}").format(name=spread.name)


def number(model: ThemeModel, shown: int) -> str:
    """How many themes there are, and how many of them are in the list."""
    words = ngettext("{n} theme", "{n} themes", len(model.themes)).format(n=len(model.themes))
    gone = len(model.themes) - shown
    if not gone:
        return words
    return ngettext("{themes}, {n} dismissed", "{themes}, {n} dismissed", gone).format(themes=words, n=gone)


def method(name: str) -> str:
    """A method of finding, for who chooses one."""
    return {
        "vectors": _("By meaning and words"),
        "nmf": _("NMF (by words alone)"),
        "lda": _("LDA (by words alone)"),
    }[name]
