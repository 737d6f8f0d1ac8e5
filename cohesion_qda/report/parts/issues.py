"""Issues and actions: what the codes bear out, what can be done about it, what is known and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.frame import Action, Borne, Frame, Point
from cohesion_qda.model.ids import CodeId
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Bullets, Paragraph
from cohesion_qda.report.pen import Pen


def issues(pen: Pen) -> Iterator[Block]:
    """The issues of each frame that codes bear out; nothing where the study has taken up no frame with issues."""
    frames = [frame for frame in pen.data.extras.frames if frame.issues]
    if not frames:
        return
    yield pen.heading(1, _("Issues and actions"), starts_page=True)
    for frame in frames:
        yield from _of_frame(pen, frame, [each for each in pen.data.issues if each.frame == frame.key])


def _of_frame(pen: Pen, frame: Frame, borne: Sequence[Borne]) -> Iterator[Block]:
    cited = _("{document} ({by}, {year})").format(document=frame.document, by=frame.by, year=frame.year)
    yield Paragraph(
        _("Issues, actions, evidence and pitfalls are those of {document}. An issue is named here where codes of this study bear it out, the most widely said first; which codes do is the researcher’s decision.").format(document=cited),
        "lead",
    )  # fmt: skip
    if borne:
        yield _grid(pen, borne)
        names = {entry.code: entry.name for entry in pen.data.codebook if entry.said.mentions != 0}
        for each in borne:
            yield from _issue(pen, each, names)
    else:
        yield Paragraph(_("No code that is used bears out an issue yet."))
    if frame.for_all and borne:
        yield pen.heading(2, _("Actions that fit most issues"))
        yield Bullets(tuple(_action(action) for action in frame.for_all))
        yield Paragraph(_where(frame.for_all[0].where), "note")
    yield from _not_borne(frame, borne)


def _grid(pen: Pen, borne: Sequence[Borne]) -> Block:
    base = pen.data.base
    units = [unit for unit in ("groups", "participants", "mentions") if base.of(unit)]
    rows = tuple((each.issue.name.said, *(words.slashed(unit, each.said, base) for unit in units)) for each in borne)
    head = (_("Issue"), *(words.unit_name(unit) for unit in units))
    return pen.grid(_("Issues that the codes bear out"), head, rows)


def _issue(pen: Pen, each: Borne, names: Mapping[CodeId, str]) -> Iterator[Block]:
    issue = each.issue
    yield pen.heading(2, issue.name.said)
    yield Paragraph(words.how_widely(each.said, pen.data.base))
    by = [_("“{code}”").format(code=names[code]) for code in each.codes if code in names]
    yield Paragraph(
        ngettext("Borne out by the code {codes}.", "Borne out by the codes {codes}.", len(by)).format(
            codes=words.joined(by)
        )
    )
    if issue.actions:
        yield pen.heading(3, _("What can be done"))
        yield Bullets(tuple(_action(action) for action in issue.actions))
    if issue.evidence:
        yield pen.heading(3, _("What is known"))
        yield Bullets(tuple(_point(point) for point in issue.evidence))
    if issue.pitfalls:
        yield pen.heading(3, _("What to beware of"))
        yield Bullets(tuple(_point(point) for point in issue.pitfalls))
    yield Paragraph(_where(issue.where), "note")


def _action(action: Action) -> str:
    if not action.guidance:
        return action.name.said
    guidance = "; ".join(each.said for each in action.guidance)
    return _("{action} (guidance: {guidance})").format(action=action.name.said, guidance=guidance)


def _point(point: Point) -> str:
    return _("{text} ({where})").format(text=point.text.said, where=point.where)


def _where(where: str) -> str:
    return _("Actions: {where}.").format(where=where)


def _not_borne(frame: Frame, borne: Sequence[Borne]) -> Iterator[Block]:
    there = {each.issue.key for each in borne}
    rest = [issue.name.said for issue in frame.issues if issue.key not in there]
    if rest and borne:
        yield Paragraph(_("No code that is used bears out: {issues}.").format(issues="; ".join(rest)), "note")
