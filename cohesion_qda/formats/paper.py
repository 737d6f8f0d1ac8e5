"""What a word processor's file holds, gathered while it is read: paragraphs and rows, within the limits."""

from __future__ import annotations

import re
from pathlib import Path

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.formats.files import LINE_LIMIT, MEGABYTE, no_text, too_long_a_line, too_many_lines
from cohesion_qda.formats.raw import Paragraph, RawDocument, Row
from cohesion_qda.formats.zipguard import too_long
from cohesion_qda.model.text import canonical

TEXT_LIMIT = 20 * MEGABYTE
LINE_LENGTH = 1_000_000
COLUMN_LIMIT = 64
_WHITE = re.compile("[ \t\r\n\f]+")


class _Line:
    """A line while it is written: `bold` is how many code points at its start are bold."""

    __slots__ = ("bold", "is_leading", "length", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.bold = 0
        self.is_leading = True

    def add(self, text: str, bold: bool) -> None:
        self.pieces.append(text)
        self.length += len(text)
        if self.is_leading and bold:
            self.bold = self.length
        elif not text.isspace():
            self.is_leading = False


class Paper:
    """Takes text in reading order and gives the document. Counts, too, what a reader leaves out of it.

    A table within a cell is part of the cell. Columns that merged cells cover are empty, so that those of one table
    stay in line; a row of a single cell is that cell.
    """

    def __init__(self, path: Path) -> None:
        self.parts: list[Paragraph | Row] = []
        self.is_changed = self.has_hidden = False
        self.notes = self.comments = self.damaged = 0
        self._path = path
        self._writing: list[_Line] = [_Line()]
        self._beside: list[tuple[list[_Line], int]] = []
        self._boxes = self._paragraphs = self._size = self._lines = 0
        self._tables = self._depth = 0
        self._row: list[list[Paragraph]] | None = None
        self._cell: list[Paragraph] | None = None
        self._cells = 0

    def write(self, text: str, bold: bool = False) -> None:
        """Text of the open paragraph, as it stands; line ends are spaces. Raises CannotReadSource beyond the limits."""
        if not text.isprintable():
            text = canonical(text).replace("\n", " ")
        if not text:
            return
        self._size += len(text)
        if self._size > TEXT_LIMIT:
            raise too_long(self._path)
        line = self._writing[-1]
        line.add(text, bold)
        if line.length > LINE_LENGTH:
            raise too_long_a_line(self._path, LINE_LENGTH)

    def flow(self, text: str, bold: bool = False) -> None:
        """As `write`, for formats in which any white space is one space (or one tab, where there is a tab and no line
        end), and none at the start of a line.
        """
        text = _WHITE.sub(_one_space, text)
        if text[:1] in ("\t", " "):
            pieces = self._writing[-1].pieces
            if not pieces or pieces[-1][-1] in " \t":
                text = text[1:]
        self.write(text, bold)

    @property
    def is_line_empty(self) -> bool:
        """Whether nothing stands on the line yet."""
        return not self._writing[-1].pieces

    def break_line(self) -> None:
        """A line end within the paragraph. Raises CannotReadSource when there are too many."""
        if self._writing[-1].pieces:
            self._writing.append(_Line())
            self._count_lines(1)

    def end_paragraph(self, heading: int = 0) -> None:
        """What was written is a paragraph, unless it is blank. Raises CannotReadSource when there are too many."""
        written, self._writing = self._writing, [_Line()]
        paragraph = _paragraph(written, heading)
        if paragraph is None:
            return
        self._paragraphs += 1
        self._count_lines(1)
        if self._cell is not None:
            self._cell.append(paragraph)
        else:
            self.parts.append(paragraph)

    def discard(self) -> None:
        """What was written of the open paragraph is none of it."""
        self._writing = [_Line()]

    def open_box(self) -> None:
        """A text box begins within a paragraph; its paragraphs come before that one."""
        self._beside.append((self._writing, self._paragraphs))
        self._writing = [_Line()]

    def close_box(self) -> None:
        self.end_paragraph()
        if self._beside:
            self._writing, before = self._beside.pop()
            self._boxes += self._paragraphs > before

    def open_table(self) -> None:
        self.end_paragraph()
        self._tables += self._depth == 0
        self._depth += 1

    def close_table(self) -> None:
        self.close_row()
        self._depth = max(0, self._depth - 1)

    def open_row(self) -> None:
        if self._depth == 1:
            self.close_row()
            self._row, self._cells = [], 0

    def close_row(self) -> None:
        self.close_cell()
        if self._depth != 1 or self._row is None:
            return
        row, self._row = self._row, None
        if self._cells == 1:
            row = [max(row, key=len)]
        if any(row):
            self.parts.append(Row(self._tables, tuple(tuple(cell) for cell in row)))

    def open_cell(self) -> None:
        self.end_paragraph()
        if self._depth == 1 and self._row is None:
            self.open_row()
        if self._row is not None and self._depth == 1:
            self._cell = []
            self._row.append(self._cell)
            self._cells += 1

    def close_cell(self, columns: int = 1, is_shown: bool = True) -> None:
        """The cell covers `columns` columns; one that is not shown (it is covered by that above it) is empty."""
        self.end_paragraph()
        if self._depth == 1 and self._cell is not None:
            if not is_shown:
                self._cell.clear()
            self._cell = None
            self.skip_columns(columns - 1)

    def skip_columns(self, columns: int) -> None:
        """Columns in which the row has no cell of its own."""
        if self._depth == 1 and self._row is not None:
            self._row.extend([] for _column in range(min(columns, COLUMN_LIMIT - len(self._row))))

    def document(self, *, encoding: str = "", is_sure: bool = True, encodings: tuple[tuple[str, str], ...] = (),
                 warnings: tuple[str, ...] = ()) -> RawDocument:  # fmt: skip
        """All of it. Raises CannotReadSource when that is nothing."""
        while self._beside:
            self.close_box()
        while self._depth:
            self.close_table()
        self.end_paragraph()
        if not self.parts:
            raise no_text(self._path)
        return RawDocument(tuple(self.parts), encoding, (*warnings, *self._warnings()), is_sure, encodings)

    def _count_lines(self, more: int) -> None:
        self._lines += more
        if self._lines > LINE_LIMIT:
            raise too_many_lines(self._path)

    def _warnings(self) -> list[str]:
        found = []
        if self.is_changed:
            found.append(_("The document has tracked changes: inserted words were kept, deleted words left out."))
        if self.has_hidden:
            found.append(_("Hidden text was left out."))
        return found + [sentence.format(n=n) for n, sentence in self._counted() if n]

    def _counted(self) -> list[tuple[int, str]]:
        return [
            (
                self.notes,
                ngettext(
                    "{n} footnote or endnote was left out, because it is not speech. "
                    "If it is needed, write it into the text in brackets.",
                    "{n} footnotes or endnotes were left out, because they are not speech. "
                    "If they are needed, write them into the text in brackets.",
                    self.notes,
                ),
            ),
            (
                self.comments,
                ngettext(
                    "{n} comment was left out, because it is a remark on the text and not speech.",
                    "{n} comments were left out, because they are remarks on the text and not speech.",
                    self.comments,
                ),
            ),
            (
                self._boxes,
                ngettext(
                    "{n} text box was read as paragraphs of its own. Check whose words they are taken for.",
                    "{n} text boxes were read as paragraphs of their own. Check whose words they are taken for.",
                    self._boxes,
                ),
            ),
            (
                self.damaged,
                ngettext(
                    "One place could not be read and is shown as “\ufffd”.",
                    "{n} places could not be read and are shown as “\ufffd”.",
                    self.damaged,
                ),
            ),
        ]


def _one_space(white: re.Match[str]) -> str:
    return "\t" if "\t" in white[0] and "\n" not in white[0] else " "


def _paragraph(lines: list[_Line], heading: int) -> Paragraph | None:
    """The paragraph without empty lines, its lines trimmed; None when nothing is left."""
    texts: list[str] = []
    bold: list[int] = []
    for line in lines:
        whole = "".join(line.pieces)
        text = whole.strip()
        if text:
            lost = len(whole) - len(whole.lstrip())
            texts.append(text)
            bold.append(min(len(text), max(0, line.bold - lost)))
    if not texts:
        return None
    return Paragraph("\n".join(texts), tuple(bold) if any(bold) else (), heading)
