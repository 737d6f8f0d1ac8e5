"""What in the report may tell who somebody is, from the command line: listing it, and settling it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import groupby

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.cli.output import emit, line, note
from cohesion_qda.model.detail import KINDS, VERDICTS, WORDS, Detail, kind_names, verdict_names
from cohesion_qda.project import Project

ALL, UNDECIDED = "all", "undecided"
SPOTS = 2  # places of a detail that are listed for people


def add_settle(made: ArgumentParser) -> None:
    """The options of `settle`."""
    made.add_argument("which", metavar="NUMBER|KIND|all", help=_("numbers of “report --check” (3 or 3,5-7), a kind, or all that are not settled"))  # fmt: skip
    verdicts = [verdict.replace(" ", "-") for verdict in VERDICTS]
    made.add_argument("verdict", choices=[*verdicts, UNDECIDED], metavar="|".join([*verdicts, UNDECIDED]), help=_("what becomes of them in the report"))  # fmt: skip
    made.add_argument(
        "words", nargs="?", default="", metavar="WORDS", help=_("with replace: what stands there instead")
    )
    made.add_argument("--coder", metavar="NAME", help=_("who says so"))


def settle(options: Namespace) -> int:
    """Something is decided about details of the report."""
    verdict = "" if options.verdict == UNDECIDED else options.verdict.replace("-", " ")
    if options.words and verdict != "replace":
        raise BadInput(_("Words are only given with “replace”."), _("Leave them out, or say replace."))
    with Project.open(options.project, options.coder) as project:
        chosen = _chosen(project.details.found(), options.which)
        if options.which == ALL:
            chosen = [each for each in chosen if each.is_settled != bool(verdict)]
        if not chosen:
            line(_("There is nothing to settle."))
            return 0
        change = project.details.settle(chosen, verdict, options.words)
        line(_("It was settled so already.") if change.is_empty else change.said + ".")
    return 0


def _chosen(found: tuple[Detail, ...], which: str) -> list[Detail]:
    """The details that words of the command line name. Raises BadInput."""
    if which == ALL:
        return [each for each in found if each.kind in WORDS]
    kind = which.replace("-", " ")
    if kind in KINDS:
        return [each for each in found if each.kind == kind]
    wanted: list[int] = []
    for part in which.split(","):
        first, _dash, last = part.partition("-")
        if not first.strip().isdecimal() or (last.strip() and not last.strip().isdecimal()):
            raise BadInput(
                _("“{words}” names no detail.").format(words=which),
                _("Give numbers of “report --check”, such as 3 or 3,5-7; or all; or one of: {kinds}.").format(
                    kinds=", ".join(kind.replace(" ", "-") for kind in KINDS)
                ),
            )
        wanted += range(int(first), int(last or first) + 1)
    if missing := [n for n in wanted if not 0 < n <= len(found)]:
        raise BadInput(
            _("There is no detail {n}.").format(n=missing[0]),
            ngettext("The report has {n}.", "The report has {n}, numbered from 1.", len(found)).format(n=len(found)),
        )
    return [found[n - 1] for n in dict.fromkeys(wanted)]


def list_details(project: Project, options: Namespace) -> int:
    """What in the report may tell who somebody is; status 1 where something is not settled."""
    suppress = None if options.suppress is None else 0 if options.suppress == "off" else int(options.suppress)
    found = project.details.found(suppress=suppress, template=options.template, attribution=options.attribution)
    unsettled = sum(not each.is_settled for each in found)
    if options.json:
        emit({"details": [_as_json(n, each) for n, each in enumerate(found, 1)], "unsettled": unsettled})
        return 1 if unsettled else 0
    numbered = list(enumerate(found, 1))
    for kind, group in groupby(numbered, key=lambda pair: pair[1].kind):
        line(kind_names()[kind])
        for n, each in group:
            _list(n, each)
    if not found:
        line(
            _(
                "Nothing was found that may tell who somebody is. Look through the report all the same: no program finds everything."
            )
        )
    elif unsettled:
        note(
            ngettext("{n} is not settled yet. Names, places and numbers that are not stay masked in the report.",
                     "{n} are not settled yet. Names, places and numbers that are not stay masked in the report.", unsettled).format(n=unsettled)
        )  # fmt: skip
    return 1 if unsettled else 0


def _list(n: int, each: Detail) -> None:
    told = verdict_names()[each.verdict]
    if each.kind in WORDS and each.verdict != "keep":
        told = _("{verdict}: {words}").format(verdict=told, words=each.written)
    line(_("{n:>4}  {words}  ({verdict})").format(n=n, words=each.words, verdict=told))
    if each.few:
        line(f"      {_('small numbers: {n}').format(n=each.few)}")
    for spot in each.spots[:SPOTS]:
        line(f"      {spot.where}: {spot.text}")
    if len(each.spots) > SPOTS:
        more = len(each.spots) - SPOTS
        line("      " + ngettext("and {n} more place", "and {n} more places", more).format(n=more))


def _as_json(n: int, each: Detail) -> dict[str, object]:
    told: dict[str, object] = {
        "number": n, "kind": each.kind, "words": each.words, "verdict": each.verdict or None,
        "written": each.written if each.kind in WORDS else None,
        "places": [{"where": s.where, "text": s.text, "start": s.span.start, "end": s.span.end} for s in each.spots],
    }  # fmt: skip
    return told | ({"small_numbers": each.few} if each.few else {})
