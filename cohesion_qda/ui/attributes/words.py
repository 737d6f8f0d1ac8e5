"""What the page says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import AttributeTable, Subject
from cohesion_qda.model.change import Change
from cohesion_qda.model.text import comparable

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.project.attributes import SetResult


def about_table(table: AttributeTable, shown: int | None = None) -> str:
    """`85 participants, 15 moderators · 4 attributes · 3 values missing`, or how many rows are shown."""
    if shown is not None:
        return _("{shown} of {all} shown").format(shown=shown, all=len(table.rows))
    n = len(table.columns)
    parts = [_people(table) if table.about == "participant" else _sources(len(table.rows))]
    parts.append(ngettext("{n} attribute", "{n} attributes", n).format(n=n))
    missing = sum(
        1 for row in table.rows if row.role in ("", "participant") for c in table.columns if not row.values.get(c.name)
    )
    if missing:
        parts.append(ngettext("{n} value missing", "{n} values missing", missing).format(n=missing))
    return "  ·  ".join(parts)


def _sources(n: int) -> str:
    return ngettext("{n} source", "{n} sources", n).format(n=n)


def _people(table: AttributeTable) -> str:
    by_role = {role: sum(1 for row in table.rows if row.role == role) for role in ("moderator", "observer")}
    n = len(table.rows) - sum(by_role.values())
    parts = [ngettext("{n} participant", "{n} participants", n).format(n=n)]
    if n := by_role["moderator"]:
        parts.append(ngettext("{n} moderator", "{n} moderators", n).format(n=n))
    if n := by_role["observer"]:
        parts.append(ngettext("{n} observer", "{n} observers", n).format(n=n))
    return ", ".join(parts)


def name_of_grid(about: str) -> str:
    """What the grid is called, for screen readers."""
    return _("What is known about participants") if about == "participant" else _("What is known about sources")


def nothing_to_see(table: AttributeTable, shown: int, typed: str) -> str:
    """Why the grid is empty, or has no columns of attributes; empty when there is something to see."""
    if not table.rows:
        return _("Nobody speaks in the sources yet: they are documents, or their speakers were not recognised.")
    if not shown:
        return _("No name or group like “{typed}”. Esc shows all of them again.").format(typed=typed.strip())
    return "" if table.columns else no_attributes(table.about)


def no_attributes(about: str) -> str:
    """What an attribute is, where there is none yet."""
    if about == "participant":
        return _(
            "No attributes yet. An attribute is something known about each participant, such as Age band or First "
            "language; Compare can then count by it. Add one, import a sheet, or paste one from a spreadsheet."
        )
    return _(
        "No attributes yet. An attribute is something known about each source, such as Place or Date; Compare can then "
        "count by it. Add one, import a sheet, or paste one from a spreadsheet."
    )


def unfit(rows: int, columns: int, kept: int) -> str:
    """What of a pasted block found no place."""
    parts = []
    if columns:
        parts.append(ngettext("{n} column did not fit.", "{n} columns did not fit.", columns).format(n=columns))
    if rows:
        parts.append(ngettext("{n} row did not fit.", "{n} rows did not fit.", rows).format(n=rows))
    if kept:
        parts.append(
            ngettext("{n} cell cannot be changed here.", "{n} cells cannot be changed here.", kept).format(n=kept)
        )
    return " ".join(parts)


def after_setting(result: SetResult, unfit_words: str) -> str:
    """What is worth saying after values were set: nothing, when one was typed and taken."""
    parts = []
    if result.n > 1:
        parts.append(f"{result.change.said}.")
    if result.refused:
        shown = "; ".join(f"{subject}: {value or _('empty')}" for subject, _column, value in result.refused[:4])
        n = len(result.refused)
        words = ngettext("{n} value could not be taken: {shown}.", "{n} values could not be taken: {shown}.", n)
        parts.append(words.format(n=n, shown=shown))
    if unfit_words:
        parts.append(unfit_words)
    return " ".join(parts)


def differing(people: Sequence[Subject]) -> str:
    """What is known differently of people who are to be one; empty when nothing is."""
    known: dict[str, dict[str, str]] = {}
    for person in people:
        for name, value in person.values.items():
            known.setdefault(name, {}).setdefault(comparable(value), value)
    lines = [
        _("{name}: {values}").format(name=name, values=_(" or ").join(values.values()))
        for name, values in known.items()
        if len(values) > 1
    ]
    return "\n".join([_("Different things are known of them:"), *lines]) if lines else ""


def what_stays(person: Subject) -> str:
    """Which of differing values is kept when people are joined."""
    return _(
        "Joined, they keep what is known of “{name}” ({where}), the first of the selected rows. Undo takes it back."
    ).format(name=person.name, where=person.where)


def after_parting(change: Change, person: Subject, label: str) -> str:
    """Who is somebody else now, and whether anything is known of them: `person` is who both were taken for."""
    if change.touches("attribute_value"):
        return _("“{label}” is somebody else again, with what was known of them").format(label=label)
    if person.values:
        return _("“{label}” is somebody else now, of whom nothing is known yet").format(label=label)
    return change.said


def labels_of(project: Project, case: int) -> list[tuple[int, str]]:
    """(speaker id, `label, source`) for each label that a participant speaks under."""
    names = {source.id: source.name for source in project.sources.list()}
    every = (speaker for speakers in project.sources.speakers().values() for speaker in speakers)
    return [
        (speaker.id, _("{label}, in {source}").format(label=speaker.label, source=names[speaker.source]))
        for speaker in every
        if speaker.case == case
    ]
