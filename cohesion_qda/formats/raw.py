"""What a reader hands over before speakers are looked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is canonical, with `\\n` at soft breaks. `bold` says for each of its lines how many code points
    at the start are bold; it is empty where nothing is.
    """

    text: str
    bold: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table number `table`; a cell is its paragraphs."""

    table: int
    cells: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as it was read, in order. `encoding` is empty where the format fixes it; `warnings` are sentences."""

    parts: tuple[Paragraph | Row, ...]
    encoding: str = ""
    warnings: tuple[str, ...] = ()
