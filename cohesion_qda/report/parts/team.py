"""Who the study is made by: what each has collected and coded, and how far they agree with who trained them."""

from __future__ import annotations

from collections.abc import Iterator

from cohesion_qda.base.i18n import _
from cohesion_qda.model.team import Member, Team
from cohesion_qda.report import words
from cohesion_qda.report.blocks import Block, Paragraph
from cohesion_qda.report.pen import Pen
from cohesion_qda.report.values import ReportData

PLACES = 2  # decimal places of a measure of agreement


def team(pen: Pen) -> Iterator[Block]:
    """A table of the people, and one of the training set; nothing where one person did it all."""
    found = pen.data.extras.team
    if not found.is_several:
        return
    yield pen.heading(1, _("The team"))
    yield Paragraph(_made_by(found))
    head = (_("Person"), _("Sources collected"), _("Sources coded"), _("Codings"), _("Codes used"))
    rows = [
        (_name(member), *(words.number(n) for n in (len(member.collected), len(member.coded), member.codings, member.codes)))
        for member in found.members
    ]  # fmt: skip
    yield pen.grid(_("Who collected and coded what"), head, rows)
    if found.training and found.trainer:
        yield from _training(pen, found)


def _made_by(found: Team) -> str:
    said = _("The study was made by {names}.").format(names=words.joined([member.name for member in found.members]))
    how = _("Who collected a source is told by its attribute “{name}”.").format(name=found.by)
    if not found.by:
        how = _("A source counts as collected by who imported it.")
    return " ".join((said, how))


def _training(pen: Pen, found: Team) -> Iterator[Block]:
    yield pen.heading(2, _("Training set"))
    yield Paragraph(
        _("To be trained, everybody coded the same sources: {sources}. Compared with {trainer} are the turns of participants in "
          "those that both coded; where nobody speaks, the lines.").format(
            sources=words.joined(found.called(found.training)), trainer=found.trainer
        )
    )  # fmt: skip
    compared = [member for member in found.members if not member.is_trainer]
    if not any(member.trained for member in compared):
        yield Paragraph(_("Nobody but the trainer has coded a source of the training set yet."))
        return
    head = (_("Person"), _("Sources"), _("Agreed in"), _("Kappa"), _("Mean kappa of the codes"))
    yield pen.grid(_("Agreement with {trainer} on the training set").format(trainer=found.trainer), head,
                   [_row(member, len(found.training), _is_hidden(pen.data, found.trainer, member)) for member in compared])  # fmt: skip
    yield Paragraph(
        _("“Agreed in” counts the turns in which both used a code, of those in which at least one did, added up over the codes. "
          "Kappa is 1 for full agreement and 0 for no more than chance would give."), "note",
    )  # fmt: skip


def _is_hidden(data: ReportData, trainer: str, member: Member) -> bool:
    """Whether the numbers of an agreement are small, or the report hides those of all that the two coded."""
    said = member.trained
    if said is None or not data.threshold:
        return False
    both = [pair.rows[0] for pair in data.agreement if {pair.first, pair.second} == {trainer, member.name}]
    few = any(0 < n < data.threshold for n in (said.both, said.either - said.both))
    return few or any(words.GONE in (row.both, row.only_a, row.only_b) for row in both)


def _row(member: Member, training: int, is_hidden: bool = False) -> tuple[str, ...]:
    sources = _("{n} of {total}").format(n=words.number(len(member.training)), total=words.number(training))
    if member.trained is None:
        return member.name, sources, "–", "–", "–"
    if is_hidden:
        return member.name, sources, *(words.number(words.GONE) for _column in range(3))
    said = member.trained
    agreed = _("{n} of {total}").format(n=words.number(said.both), total=words.number(said.either))
    return member.name, sources, agreed, measure(said.kappa), measure(said.mean)


def measure(value: float | None) -> str:
    """A measure of agreement as it is written; a dash where it cannot be calculated."""
    return "–" if value is None else f"{value:.{PLACES}f}".replace("-", "−")


def _name(member: Member) -> str:
    return _("{name} (trainer)").format(name=member.name) if member.is_trainer else member.name
