"""How memos are told, and the times they are narrowed to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.memo import MEMO_SUBJECTS, Memo, MemoEntry
from cohesion_qda.model.place import Place

WHEN = ("", "today", "week", "month", "between")


@dataclass(frozen=True, slots=True)
class Between:
    """A stretch of whole days, both included."""

    first: datetime.date
    last: datetime.date

    @property
    def words(self) -> str:
        if self.first == self.last:
            return f"{self.first:%d.%m.%Y}"
        return _("{first} to {last}").format(first=f"{self.first:%d.%m.%Y}", last=f"{self.last:%d.%m.%Y}")

    def in_utc(self) -> tuple[str, str]:
        """From when to before when, as memos keep their times."""
        after = self.last + datetime.timedelta(days=1)
        return _utc(self.first), _utc(after)


def _utc(day: datetime.date) -> str:
    """Midnight of a local day in UTC, ISO 8601 to the second."""
    local = datetime.datetime.combine(day, datetime.time()).astimezone()
    return local.astimezone(datetime.UTC).isoformat(timespec="seconds")


def days_of(when: str, today: datetime.date) -> Between | None:
    """The days of one of WHEN; None for any time."""
    if when == "today":
        return Between(today, today)
    if when == "week":
        return Between(today - datetime.timedelta(days=today.weekday()), today)
    if when == "month":
        return Between(today.replace(day=1), today)
    return None


def when_words() -> dict[str, str]:
    """The times to choose from."""
    return {
        "": _("Any time"),
        "today": _("Today"),
        "week": _("This week"),
        "month": _("This month"),
        "between": _("Between two days …"),
    }


def about_words() -> dict[str, str]:
    """The kinds of things memos are about, to choose from."""
    words = (_("The project"), _("Sources"), _("Participants"), _("Codes"), _("Coded passages"), _("Passages"))
    return {"": _("About anything"), **dict(zip(MEMO_SUBJECTS, words, strict=True))}


def date_words(at: str, today: datetime.date) -> str:
    """`10:42` for today, else `3 Nov` or `3 Nov 2025`, in local time."""
    local = datetime.datetime.fromisoformat(at).astimezone()
    if local.date() == today:
        return f"{local:%H:%M}"
    months = (_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"), _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"))  # fmt: skip
    month = months[local.month - 1]
    if local.year == today.year:
        return _("{day} {month}").format(day=local.day, month=month)
    return _("{day} {month} {year}").format(day=local.day, month=month, year=local.year)


def written_words(memo: Memo, today: datetime.date) -> str:
    """Who wrote a memo and when, and when it was last changed."""
    written, changed = date_words(memo.created_at, today), date_words(memo.updated_at, today)
    if written == changed:
        return _("{coder}, {date}").format(coder=memo.coder, date=written)
    return _("{coder}, {date}, last changed {changed}").format(coder=memo.coder, date=written, changed=changed)


def counted(shown: int, everything: int) -> str:
    """`12 memos`, or `3 of 12 memos` where some are left out."""
    if shown == everything:
        return ngettext("{n} memo", "{n} memos", everything).format(n=everything)
    return ngettext("{some} of {n} memo", "{some} of {n} memos", everything).format(some=shown, n=everything)


def quotation(place: Place) -> str:
    """A passage with its attribution, for pasting into a document."""
    at = place.source_name
    if place.turn:
        at = _("{source}, turn {turn}").format(source=place.source_name, turn=place.turn)
    if place.speakers:
        return _("“{quote}” ({speakers}, {place})").format(
            quote=place.quote, speakers=", ".join(place.speakers), place=at
        )
    return _("“{quote}” ({place})").format(quote=place.quote, place=at)


def as_text(entry: MemoEntry, links: Sequence[Place], today: datetime.date) -> str:
    """A memo as plain text: title, what it is about, who and when, body, and the passages it points to."""
    memo = entry.memo
    head = [memo.title, _("About: {what}").format(what=entry.subject.words), written_words(memo, today)]
    parts = ["\n".join(line for line in head if line), memo.body.strip(), "\n".join(map(quotation, links))]
    return "\n\n".join(part for part in parts if part) + "\n"
