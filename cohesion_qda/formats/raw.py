"""What a reader hands over before speakers are looked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is canonical, with `\\n` at soft breaks. `bold` says for each of its lines how many code points
    at the start are bold; it is empty where nothing is. `heading` is its level when the file calls it a heading.
    """

    text: str
    bold: tuple[int, ...] = ()
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of table number `table`; a cell is its paragraphs."""

    table: int
    cells: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A stretch of speech that the file itself sets apart: a caption, a row of a sheet, an entry of a list.

    `label` is empty where the file does not say who speaks: the text may then begin with a label, as any line may,
    or go on with what was said before. `at` is seconds from the beginning of the recording.
    """

    text: str
    label: str = ""
    at: float | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as it was read, in order. `encoding` is empty where the format fixes it; `warnings` are sentences.

    `encodings` are (name, how the doubtful lines read in it) for files whose encoding may be chosen.
    """

    parts: tuple[Paragraph | Row | Cue, ...]
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    encoding_is_sure: bool = True
    encodings: tuple[tuple[str, str], ...] = ()
