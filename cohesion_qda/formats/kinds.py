"""The kinds of file that a transcript comes in, and the reader of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from cohesion_qda.base.i18n import _
from cohesion_qda.formats.files import MEGABYTE
from cohesion_qda.formats.raw import RawDocument
from cohesion_qda.model.source import HowToRead, SourceDraft

Read = Callable[[Path, bytes, HowToRead], "RawDocument | tuple[SourceDraft, ...]"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`module` (in `formats.readers`) reads files with one of `endings` of at most `limit` bytes.

    When `may_convert`, it may have another program on this computer change the file into one that it reads.
    """

    endings: tuple[str, ...]
    words: str
    module: str
    limit: int
    may_convert: bool = False

    def reader(self) -> Read:
        """`from_bytes` of the module, which is imported only now."""
        found: Read = import_module(f"cohesion_qda.formats.readers.{self.module}").from_bytes
        return found


def kinds() -> tuple[Kind, ...]:
    """Every kind that can be read."""
    return (
        Kind((".txt",), _("Plain text"), "text", 50 * MEGABYTE),
        Kind((".md",), _("Markdown"), "text", 50 * MEGABYTE),
        Kind((".docx",), _("Word document"), "docx", 100 * MEGABYTE),
        Kind((".odt",), _("OpenDocument text"), "odt", 100 * MEGABYTE),
        Kind((".rtf",), _("Rich text"), "rtf", 50 * MEGABYTE),
        Kind((".doc",), _("Word 97 document"), "doc", 50 * MEGABYTE, may_convert=True),
        Kind((".pdf",), _("PDF"), "pdf", 100 * MEGABYTE),
        Kind((".html", ".htm"), _("Web page"), "html", 50 * MEGABYTE),
        Kind((".vtt", ".srt"), _("Captions"), "captions", 50 * MEGABYTE),
        Kind((".csv", ".xlsx", ".ods"), _("Sheet"), "table", 20 * MEGABYTE),
        Kind((".json",), _("List of who says what (JSON)"), "spoken_json", 50 * MEGABYTE),
    )


READABLE = tuple(ending for kind in kinds() for ending in kind.endings)


def kind_of(path: Path) -> Kind | None:
    """The kind that the ending of `path` tells; None for one that cannot be read."""
    suffix = path.suffix.lower()
    return next((kind for kind in kinds() if suffix in kind.endings), None)
