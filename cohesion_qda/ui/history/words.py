"""The trail as it is shown: days, times, kinds, and what an undo would take back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, QLocale

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.i18n import locale as spoken
from cohesion_qda.model.change import TrailEntry
from cohesion_qda.model.trail import Wanted

# kinds of act by the group they are filtered by
GROUPS: dict[str, tuple[str, ...]] = {
    "coding": (
        "apply-code", "apply-code-many", "add-and-apply-code", "auto-code", "remove-codings", "import-codings", "recode",
        "move-ends", "set-weight", "clear-weight", "settle-applied", "settle-not",
    ),
    "codes": (
        "add-code", "rename-code", "recolour-code", "edit-code", "describe-code", "set-code-key", "clear-code-key", "move-code",
        "merge-codes", "split-code", "delete-code", "set-question", "clear-question", "import-codebook", "set-code-aside",
        "bring-code-back", "set-example", "recolour-branch", "point-code-for", "point-code-against", "clear-direction",
        "map-issue", "unmap-issue", "set-issue-codes", "take-frame", "set-area-type", "clear-area-type",
    ),
    "themes": (
        "add-theme", "rename-theme", "state-theme", "delete-theme", "set-theme-status", "set-theme-question",
        "clear-theme-question", "move-theme", "add-theme-codes", "remove-theme-codes", "add-theme-passages",
        "remove-theme-passages", "choose-theme-passages",
    ),
    "sources": (
        "import", "rename-source", "set-source-kind", "set-source-state", "remove-source", "set-attribute", "set-attributes",
        "clear-attribute", "add-attribute", "rename-attribute", "set-attribute-type", "remove-attribute",
        "set-guide", "find-sections", "place-section", "end-section", "remove-section",
        "correct-text", "set-speaker", "said-by", "split-turn", "join-turn", "place-lost", "let-go-lost",
    ),
    "people": ("rename-case", "set-role", "join-cases", "part-cases", "add-coder"),
    "memos": ("add-memo", "edit-memo", "delete-memo", "link-memo", "unlink-memo"),
    "summaries": ("write-summary", "link-summary", "unlink-summary", "quote-in-summary"),
    "report": (
        "set-report", "arrange-report", "show-report-part", "leave-out-report-part", "write-report-words", "choose-quotes",
        "choose-dissenting-quotes", "unchoose-quotes", "order-quotes", "mark-dissent", "unmark-dissent", "use-report-template",
        "keep-details", "replace-details", "leave-out-details", "unsettle-details",
    ),
    "answers": ("save-answer", "change-answer", "rename-answer", "delete-answer"),
    "queries": ("save-query", "change-query", "rename-query", "delete-query"),
    "suggestions": ("accept-suggestion", "dismiss-suggestion", "take-back-dismissal", "pass-over", "look-for-themes",
        "merge-proposed-themes", "split-proposed-theme",
    ),
    "words": ("leave-out-words", "take-back-words", "merge-words", "unmerge-words", "set-talk-language"),
    "plan": ("add-plan", "change-plan", "do-plan", "undo-plan", "move-plan", "remove-plan", "set-trainer", "clear-trainer",
        "set-training", "clear-training",
    ),
    "evidence": ("add-indicator", "change-indicator", "move-indicator", "remove-indicator", "remove-indicators", "import-indicators",
        "bear-indicator", "bear-indicator-on", "read-indicator", "note-indicator", "unbear-indicator", "set-reference", "import-references", "remove-references",
    ),
    "worksheets": ("start-worksheet", "rename-worksheet", "remove-worksheet", "choose-worksheet", "answer-worksheet", "empty-worksheet",
        "link-worksheet", "unlink-worksheet",
    ),
    "undoing": ("undo", "redo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A heading over the entries of one day."""

    title: str


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
        return ", ".join(part for part in (self.time, self.entry.told, self.standing) if part)


def group_of(kind: str) -> str:
    """The group a kind of act is filtered by; `other` for the project itself and exports."""
    return next((group for group, kinds in GROUPS.items() if kind in kinds), "other")


def group_names() -> dict[str, str]:
    """The groups in words, in the order of the menu."""
    return {
        "coding": _("Coding"),
        "codes": _("The codebook"),
        "themes": _("Themes"),
        "sources": _("Sources"),
        "people": _("People and coders"),
        "memos": _("Memos"),
        "summaries": _("Summaries of the framework matrix"),
        "report": _("The report"),
        "answers": _("Saved answers"),
        "queries": _("Saved queries"),
        "suggestions": _("Suggestions"),
        "words": _("Words that are counted"),
        "plan": _("Plan and team"),
        "evidence": _("Other evidence"),
        "worksheets": _("Worksheets"),
        "undoing": _("Undo and redo"),
        "other": _("The project and exports"),
    }


def kinds_of(group: str) -> dict[str, frozenset[str]]:
    """The fields of `Wanted` that ask for a group; all acts for the empty one."""
    if group == "other":
        return {"kinds": frozenset(), "not_kinds": frozenset(kind for kinds in GROUPS.values() for kind in kinds)}
    return {"kinds": frozenset(GROUPS.get(group, ())), "not_kinds": frozenset()}


def days_between(first: datetime.date | None, last: datetime.date | None) -> dict[str, str]:
    """The fields of `Wanted` that ask for local days, both included; None leaves an end open."""
    after = None if last is None else last + datetime.timedelta(days=1)
    return {"since": _midnight(first), "until": _midnight(after)}


def _midnight(day: datetime.date | None) -> str:
    if day is None:
        return ""
    local_midnight = datetime.datetime.combine(day, datetime.time()).astimezone()
    return local_midnight.astimezone(datetime.UTC).isoformat(timespec="milliseconds")


def is_all(wanted: Wanted) -> bool:
    """Whether nothing is filtered."""
    return wanted == Wanted()


def laid_out(entries: Sequence[TrailEntry], today: datetime.date) -> list[Day | Line]:
    """The entries, newest first, with a heading over each day in local time."""
    rows: list[Day | Line] = []
    day: datetime.date | None = None
    for entry in entries:
        at = local(entry.at)
        if at.date() != day:
            day = at.date()
            rows.append(Day(day_words(day, today)))
        rows.append(Line(entry, f"{at:%H:%M}", _standing(entry)))
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
    return plain_day(day)


def plain_day(day: datetime.date) -> str:
    """`Friday 21 November 2025`, in the language of the program."""
    return QLocale(spoken()).toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")


def period_words(first: datetime.date, last: datetime.date, today: datetime.date) -> str:
    """A day, or from one day to another."""
    if first == last:
        return day_words(first, today)
    return _("{first} to {last}").format(first=_short(first), last=_short(last))


def _short(day: datetime.date) -> str:
    return QLocale(spoken()).toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def counted(name: str, acts: int) -> str:
    """A choice with how many acts it shows."""
    return _("{name}   {n}").format(name=name.replace("&", "&&"), n=acts)


def day_counts(times: Iterable[str]) -> dict[datetime.date, int]:
    """How many acts were done on each local day, newest first."""
    counts: dict[datetime.date, int] = {}
    for at in times:
        day = local(at).date()
        counts[day] = counts.get(day, 0) + 1
    return counts


def _standing(entry: TrailEntry) -> str:
    return _("undone") if entry.state in ("undone", "dropped") else ""


def warning(n: int, entry: TrailEntry) -> str:
    """What an undo back to `entry` would do, which takes back `n` acts, or why it cannot be done."""
    if not entry.can_undo:
        return why_not(entry)
    return ngettext(
        "Undo to here takes back this one act. Redo brings it back.",
        "Undo to here takes back {n} acts: this one and everything done since. One redo brings all of them back.",
        n,
    ).format(n=n)


def why_not(entry: TrailEntry, *, is_blind: bool = False) -> str:
    """Why an entry cannot be undone; `is_blind` while others' codings are hidden."""
    if entry.state in ("undone", "dropped"):
        return _("This has been undone already.")
    if entry.kind in ("undo", "redo"):
        return _("This only says that something was undone or done again. Choose the act itself.")
    if entry.state == "note":
        return _("Nothing in the project changed here, so there is nothing to undo.")
    if is_blind:
        return _("Something that another person did came after this. Show others’ codings to undo back to here.")
    return _("This lies before the point to which the project can be undone.")
