"""Answers as files, by the ending of the name, and as what is copied."""

from __future__ import annotations

from pathlib import Path

from cohesion_qda.model.answer import Answer, Part


def write_answer(
    answer: Answer,
    path: Path,
    *,
    tidy: Part | None = None,
    part: str = "",
    figure: str = "",
    width: float | None = None,
    dpi: int | None = None,
) -> None:
    """Write `answer` by the ending of `path`."""
    raise NotImplementedError


def clipboard(part: Part) -> tuple[str, str]:
    """`part` as text between tabs, and as an HTML table."""
    raise NotImplementedError
