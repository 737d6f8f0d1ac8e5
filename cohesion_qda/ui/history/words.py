"""The trail as it is shown: days, times, kinds, and what an undo would take back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import TrailEntry
from cohesion_qda.model.ids import ActionId

# kinds of action by the group they are filtered by
GROUPS: dict[str, tuple[str, ...]] = {
    "coding": ("apply-code", "add-and-apply-code", "remove-codings", "import-codings"),
    "codes": (
        "add-code", "rename-code", "recolour-code", "describe-code", "set-code-key", "clear-code-key", "move-code",
        "merge-codes", "delete-code", "set-question", "clear-question", "import-codebook",
    ),
    "sources": (
        "import", "rename-source", "set-source-kind", "set-source-state", "remove-source", "set-attribute", "set-attributes",
        "clear-attribute", "add-attribute", "rename-attribute", "set-attribute-type", "remove-attribute",
        "set-guide", "find-sections", "place-section", "end-section", "remove-section",
    ),
    "people": ("rename-case", "set-role", "join-cases", "part-cases", "add-coder"),
    "memos": ("add-memo", "edit-memo", "delete-memo"),
    "suggestions": ("accept-suggestion", "dismiss-suggestion"),
    "undoing": ("undo", "redo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A heading over the entries of one day."""

    title: str
    entries: int


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with its local time and, when it no longer stands, the word that says so."""

    entry: TrailEntry
    time: str
    standing: str

    @property
    def is_struck(self) -> bool:
        """Whether it was undone."""
        return self.entry.state in ("undone", "dropped")

    def told(self) -> str:
        """The line in words, for screen readers."""
        return ", ".join(part for part in (self.time, self.entry.said, self.standing, self.entry.coder) if part)


def group_of(kind: str) -> str:
    """The group a kind of action is filtered by; `other` for the project itself and exports."""
    return next((group for group, kinds in GROUPS.items() if kind in kinds), "other")


def group_names() -> dict[str, str]:
    """The groups in words, in the order of the menu."""
    return {
        "coding": _("Coding"),
        "codes": _("The codebook"),
        "sources": _("Sources"),
        "people": _("People and coders"),
        "memos": _("Memos"),
        "suggestions": _("Suggestions"),
        "undoing": _("Undo and redo"),
        "other": _("The project and exports"),
    }


def chosen(entries: Iterable[TrailEntry], person: str, group: str) -> list[TrailEntry]:
    """The entries of one person and one group; empty takes all."""
    return [e for e in entries if person in ("", e.coder) and group in ("", group_of(e.kind))]


def laid_out(entries: Sequence[TrailEntry], today: datetime.date) -> list[Day | Line]:
    """The entries, newest first, with a heading over each day in local time."""
    days: list[tuple[str, list[Line]]] = []
    for entry in entries:
        at = local(entry.at)
        title = day_words(at.date(), today)
        if not days or days[-1][0] != title:
            days.append((title, []))
        days[-1][1].append(Line(entry, f"{at:%H:%M}", _standing(entry)))
    rows: list[Day | Line] = []
    for title, lines in days:
        rows.append(Day(title, len(lines)))
        rows.extend(lines)
    return rows


def local(at: str) -> datetime.datetime:
    """An ISO time in UTC as the clock on the wall shows it."""
    return datetime.datetime.fromisoformat(at).astimezone()


def day_words(day: datetime.date, today: datetime.date) -> str:
    """`Today`, `Yesterday`, or `Friday 21 November 2025`."""
    if day == today:
        return _("Today")
    if day == today - datetime.timedelta(days=1):
        return _("Yesterday")
    return f"{day:%A} {day.day} {day:%B %Y}"


def _standing(entry: TrailEntry) -> str:
    return _("undone") if entry.state in ("undone", "dropped") else ""


def taken_back(entries: Iterable[TrailEntry], action: ActionId) -> int:
    """How many acts an undo back to `action` takes back, that one included."""
    return sum(1 for entry in entries if entry.can_undo and entry.id >= action)


def warning(entries: Sequence[TrailEntry], entry: TrailEntry) -> str:
    """What an undo back to `entry` would do, or why it cannot be done."""
    if not entry.can_undo:
        return why_not(entry)
    n = taken_back(entries, entry.id)
    return ngettext(
        "Undo to here takes back this one act. Redo brings it back.",
        "Undo to here takes back {n} acts: this one and everything done since. Redo brings them back one by one.",
        n,
    ).format(n=n)


def why_not(entry: TrailEntry) -> str:
    """Why an entry cannot be undone."""
    if entry.state in ("undone", "dropped"):
        return _("This has been undone already.")
    if entry.kind in ("undo", "redo"):
        return _("This only says that something was undone or done again. Choose the act itself.")
    if entry.state == "note":
        return _("Nothing in the project changed here, so there is nothing to undo.")
    return _("This lies before the point to which the project can be undone.")
