"""Drafts and files to look over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cohesion_qda.model.source import SourceDraft, TurnDraft
from cohesion_qda.model.text import Span
from cohesion_qda.ui.sources.review_item import Item, files_of
from cohesion_qda.ui.sources.review_model import Review

PATH = Path("Women.docx")


def draft(*said: tuple[str, str], path: Path = PATH, **known: Any) -> SourceDraft:
    """A draft in which (label, words) were said, one turn a line."""
    text = "\n".join(words for _label, words in said)
    turns, at = [], 0
    for label, words in said:
        turns.append(TurnDraft(Span(at, at + len(words)), label))
        at += len(words) + 1
    labels = dict.fromkeys(label for label, _words in said)
    known.setdefault(
        "roles", {label: "moderator" if label in ("Int", "Moderator") else "participant" for label in labels}
    )
    known.setdefault("kind", "focus group")
    known.setdefault("form", "colon")
    known.setdefault("forms", ("colon", "none"))
    known.setdefault("format", "Word document")
    return SourceDraft(path.stem, text=text, turns=tuple(turns), path=path, file_name=path.name, **known)


def talk(path: Path = PATH, **known: Any) -> SourceDraft:
    return draft(
        ("Int", "What gets in the way?"), ("David", "The buses do."), ("David S", "No bus after six."),
        ("Carol", "It is the buses, yes."), path=path, **known,
    )  # fmt: skip


def item(*drafts: SourceDraft) -> Item:
    (found,) = files_of(drafts)
    return Item(found)  # type: ignore[arg-type]


def review(*found: Any) -> Review:
    return Review(files_of(found))
