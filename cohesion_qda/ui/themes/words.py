"""How themes are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.table import Count
from cohesion_qda.model.theme import Theme, ThemeCounts


@dataclass(frozen=True, slots=True)
class Question:
    """A heading over the themes that answer a research question; `code` is None over those that answer none."""

    title: str
    code: CodeId | None
    shape: str
    colour: str
    themes: int


@dataclass(frozen=True, slots=True)
class Line:
    """A theme as the list shows it; one that answers no question has no `shape` where there are questions."""

    theme: Theme
    count: Count
    base: Count
    shape: str
    colour: str


def status_words() -> dict[str, str]:
    """The statuses in words."""
    return {"candidate": _("Candidate"), "reviewed": _("Reviewed"), "defined": _("Defined")}


def status_help() -> dict[str, str]:
    """What each status means."""
    return {
        "candidate": _("A pattern you think you see."),
        "reviewed": _("Read against its passages, and it holds."),
        "defined": _("Its name and statement say what it is and what it is not."),
    }


def spread(count: Count, base: Count) -> str:
    """`12 of 19 people, 3 of 3 groups`."""
    people = ngettext("{p} of {n} person", "{p} of {n} people", base.participants)
    groups = ngettext("{g} of {n} group", "{g} of {n} groups", base.groups)
    return _("{people}, {groups}").format(
        people=people.format(p=count.participants, n=base.participants),
        groups=groups.format(g=count.groups, n=base.groups),
    )


def counted(count: Count, base: Count) -> str:
    """`34 mentions from 12 of 19 people, 3 of 3 groups`."""
    mentions = ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions)
    return _("{mentions} from {spread}").format(mentions=mentions, spread=spread(count, base))


def held(theme: Theme) -> str:
    """`3 codes, 2 key passages`."""
    codes = ngettext("{n} code", "{n} codes", len(theme.codes)).format(n=len(theme.codes))
    passages = ngettext("{n} key passage", "{n} key passages", theme.passages).format(n=theme.passages)
    return _("{codes}, {passages}").format(codes=codes, passages=passages)


def questions(tree: CodeTree) -> list[CodeId]:
    """The research questions, in the order of the codebook."""
    return [code.id for code in tree.children() if code.is_question]


def laid_out(themes: Sequence[Theme], counts: ThemeCounts, tree: CodeTree) -> list[Question | Line]:
    """The themes under the questions they answer, in the order of the codebook, those under none last."""
    asked = questions(tree)
    rows: list[Question | Line] = []
    for question in [*asked, None]:
        under = [theme for theme in themes if (theme.question if theme.question in asked else None) == question]
        if not under:
            continue
        shape, colour = ("" if asked else "circle", "charcoal")
        if question is not None:
            shape, colour = tree.shape(question), tree[question].colour
        if question is not None or len(under) < len(themes):
            title = _("No question") if question is None else tree[question].name
            rows.append(Question(title, question, shape, colour, len(under)))
        rows += [Line(theme, counts.of.get(theme.id, Count()), counts.base, shape, colour) for theme in under]
    return rows


def told(line: Line) -> str:
    """A theme in one sentence, for screen readers."""
    return _("{name}, {status}, {counted}, {held}").format(
        name=line.theme.name,
        status=status_words()[line.theme.status],
        counted=counted(line.count, line.base),
        held=held(line.theme),
    )
