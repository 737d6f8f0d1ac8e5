"""Memos: what the researcher writes about anything."""

from __future__ import annotations

from dataclasses import dataclass

from cohesion_qda.model.ids import MemoId

MEMO_SUBJECTS = ("project", "source", "study_case", "code", "coding", "segment")


@dataclass(frozen=True, slots=True)
class Memo:
    """`about` is one of MEMO_SUBJECTS, `subject` the id of the thing (0 for the project)."""

    id: MemoId
    about: str
    subject: int
    body: str
    coder: str
    created_at: str
    updated_at: str
