"""Memos: what the researcher writes about anything."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId, CodingId, MemoId
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span

MEMO_SUBJECTS = ("project", "source", "study_case", "code", "coding", "segment")
HEADLINE = 80  # code points of the first line that stand for a title


@dataclass(frozen=True, slots=True)
class Memo:
    """`about` is one of MEMO_SUBJECTS, `subject` the id of the thing (0 for the project). A memo has a title, a body or both."""

    id: MemoId
    about: str
    subject: int
    body: str
    coder: str
    created_at: str
    updated_at: str
    title: str = ""

    @property
    def headline(self) -> str:
        """The title, or else the first line that holds words, shortened."""
        first = self.title or next((line.strip() for line in self.body.split("\n") if line.strip()), "")
        return first if len(first) <= HEADLINE else first[: HEADLINE - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is about, as it is shown: the name of the source, participant or code (empty for the project), and of a
    coding or passage its place.
    """

    about: str
    name: str = ""
    place: Place | None = None
    code: CodeId | None = None

    @property
    def words(self) -> str:
        """`passage of “Group 3”: “The buses.”`"""
        quote = self.place.quote if self.place is not None else ""
        short = " ".join(quote.split())
        short = short if len(short) <= HEADLINE else short[: HEADLINE - 1].rstrip() + "…"
        source = self.place.source_name if self.place is not None else ""
        words = {
            "project": _("the project"),
            "source": _("source “{name}”"),
            "study_case": _("participant “{name}”"),
            "code": _("code “{name}”"),
            "coding": _("passage of “{source}” coded as “{name}”: “{quote}”"),
            "segment": _("passage of “{source}”: “{quote}”"),
        }[self.about]
        return words.format(name=self.name, source=source, quote=short)


@dataclass(frozen=True, slots=True)
class MemoEntry:
    """A memo as a list shows it. `links` is how many passages it points to."""

    memo: Memo
    subject: Subject
    links: int


@dataclass(frozen=True, slots=True)
class MemoPlace:
    """Where in a source there is a memo on a passage, or on a `coding` of it."""

    memo: MemoId
    span: Span
    coding: CodingId | None
