"""What the author of a findings report decides: its parts in order, the words that stay when it is written again, which passages are quoted
and who they are said to be by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, ThemeId
from cohesion_qda.model.place import Place

NAMED, PSEUDONYM, GROUP, NOBODY = "named", "pseudonym", "group", "none"
ATTRIBUTIONS = (NAMED, PSEUDONYM, GROUP, NOBODY)
"""Under a quotation: the person as the study names them, and the group; a pseudonym that the report makes, and the group; the group alone;
nothing.
"""

DISSENT = "dissent"
ROLES = ("", DISSENT)
"""What a chosen quotation stands for: the theme, or a view against it."""

QUESTION, CODE, THEME, COREQ = "question", "code", "theme", "coreq"
"""What the key of a place for the author's words begins with, before an id: the chapter of a question, a code, a theme; before its number, an
item of what a study is to tell of itself.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report and whether it is written. `key` is one of `report.contents.PARTS`, or `question 12`: the chapter of the question that
    is the code with that id. `words` are the author's own, put under its heading.
    """

    key: str
    is_shown: bool = True
    words: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that the author quotes, in the words it has now. `role` is one of ROLES. One that lost its text (`place.is_lost`) is kept
    and not written.
    """

    place: Place
    role: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """Words of the author whose place in the report is gone: the question, code or theme that was called `name`."""

    key: str
    name: str
    words: str

    @property
    def said(self) -> str:
        """That they are in no report."""
        return _("What you wrote for “{name}” is in no part of the report: that is gone from the project. Your words are kept.").format(
            name=self.name
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """Which parts a kind of report has, in order; `questions` among them stands for the chapters of all questions."""

    key: str
    name: str
    about: str
    parts: tuple[str, ...]


def part_names() -> dict[str, str]:
    """What each part is called where it is listed, by its key; the chapters of questions are called as these."""
    return {
        "summary": _("Summary"),
        "engagement": _("Engagement and sample"),
        "method": _("Method"),
        "chapters": _("Other codes"),
        "comparison": _("Comparison"),
        "areas": _("Comparison of areas"),
        "directions": _("For and against cohesion"),
        "issues": _("Issues and actions"),
        "gaps": _("Gaps"),
        "further": _("Further analysis"),
        "triangulation": _("Other evidence"),
        "worksheets": _("Worksheets"),
        "plan": _("Plan: what happens next"),
        "team": _("The team"),
        "codebook": _("Appendix: codebook"),
        "people": _("Appendix: who took part"),
        "comparison of people": _("Appendix: comparison by attributes of participants"),
        "agreement on codes": _("Appendix: agreement on each code"),
        "coreq": _("Appendix: what the study tells of itself (COREQ)"),
        "contexts": _("Appendix: quotations in their context"),
        "reading": _("Appendix: how to read the numbers"),
    }


def place_key(what: str, id_: CodeId | ThemeId) -> str:
    """`code 12`: the key of the place for the author's words on a question's chapter, a code or a theme."""
    return f"{what} {id_}"


def place_of(key: str) -> tuple[str, int]:
    """What a key is of, and its id: `("code", 12)`; `("", 0)` for the key of a part that stands in every report."""
    what, _space, id_ = key.partition(" ")
    return (what, int(id_)) if what in (QUESTION, CODE, THEME, COREQ) and id_.isdecimal() else ("", 0)


def arranged(kept: Mapping[str, bool], usual: Sequence[str]) -> dict[str, bool]:
    """The parts of `usual`, each shown or not: those that are kept in their kept order, what is new after the part that it usually follows,
    and shown. What is kept and not there any more is left out.
    """
    order = [key for key in kept if key in usual]
    at = 0
    for key in usual:
        if key in kept:
            at = order.index(key) + 1
        else:
            order.insert(at, key)
            at += 1
    return {key: kept.get(key, True) for key in order}
