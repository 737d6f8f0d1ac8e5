"""How a file reads: its turns with the name of who speaks in that person's colour, and what is no speech dimmed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui.sources import preview_text
from cohesion_qda.ui.sources.preview_text import HEADING, OUTSIDE, PAGE, TURN, Piece
from cohesion_qda.ui.sources.review_item import Item
from cohesion_qda.ui.textpane.gutter import clock
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, IconButton, LinkButton

GUTTER = (40, 112)  # pixels for the names: at least, and at most
LINE = 114  # per cent of the font's own height
COLUMN = 600  # pixels that a line of speech has at most, at normal text size


class Preview(QWidget):
    """The first turns of a file; buttons lead to later ones, to other sources in it and to the next doubtful place."""

    stepped = Signal(int)  # which of several sources is shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self._item: Item | None = None
        self._which = 0  # of the sources in a file with several
        self._first = 0
        self._gutter = 0
        self._doubtful: list[int] = []
        self._is_wide = False  # whether a line of speech has all the room that it may have
        self.where = ElidedLabel("", "meta", "text2")
        self.doubt = LinkButton(_("Next doubtful place"), on_click=self.go_to_doubt)
        self.back = IconButton("chevron-up", _("What stands before"), lambda: self._turn_page(-PAGE))
        self.on = IconButton("chevron", _("What comes after"), lambda: self._turn_page(PAGE))
        self.before = LinkButton(_("Previous source"), on_click=lambda: self._step(-1))
        self.after = LinkButton(_("Next source"), on_click=lambda: self._step(1))
        self.text = _Text()
        self.text.resized.connect(self._resized)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setAccessibleName(_("How the file reads"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.setSpacing(4)
        head.addWidget(self.where, 1)
        for button in (self.doubt, self.before, self.after, self.back, self.on):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        current_theme().changed.connect(self.refresh)

    def show_item(self, item: Item | None) -> None:
        """Show another file from its beginning."""
        self._item, self._which, self._first = item, 0, 0
        self.refresh()

    def refresh(self) -> None:
        """Show what is now known of the file, at the same place."""
        item = self._item
        drafts = item.read.drafts if item is not None else ()
        self._which = min(self._which, max(0, len(drafts) - 1))
        for button in (self.before, self.after):
            button.setVisible(len(drafts) > 1)
        self.before.setEnabled(self._which > 0)
        self.after.setEnabled(self._which + 1 < len(drafts))
        if not drafts:
            self._doubtful = []
            self._show([], is_more=False)
            return
        draft = drafts[self._which]
        self._doubtful = preview_text.doubtful_places(draft)
        shown, more = preview_text.page(draft, self._first, item.called)
        if not shown and self._first:
            self._first = 0
            shown, more = preview_text.page(draft, 0, item.called)
        self._show(shown, is_more=more)

    def go_to_doubt(self) -> None:
        """Show the next place where a line begins with what may be a name."""
        later = [place for place in self._doubtful if place > self._first]
        if self._doubtful:
            self._first = (later or self._doubtful)[0]
            self.refresh()

    def words(self) -> str:
        """What is shown, as plain text."""
        return self.text.toPlainText()

    def _turn_page(self, by: int) -> None:
        self._first = max(0, self._first + by)
        self.refresh()

    def _step(self, by: int) -> None:
        self._which, self._first = self._which + by, 0
        self.refresh()
        self.stepped.emit(self._which)

    def _resized(self) -> None:
        """Where there is enough room now, or no longer, the speech is written in a column anew."""
        if self._is_wide != (self._gutter + current_theme().px(COLUMN) < self.text.viewport().width()):
            self.refresh()

    def _show(self, shown: list[Piece], *, is_more: bool) -> None:
        item = self._item
        self.back.setVisible(self._first > 0)
        self.on.setVisible(is_more)
        self.doubt.setVisible(bool(self._doubtful))
        self.where.setText(self._place(shown, is_more=is_more))
        self.text.clear()
        if item is None or item.error is not None:
            return
        colours = preview_text.colours(item.speakers())
        page = _Page(self.text, colours)
        page.write(shown)
        self._is_wide, self._gutter = page.is_wide, page.gutter
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _place(self, shown: list[Piece], *, is_more: bool) -> str:
        item = self._item
        if item is None or item.draft is None:
            return ""
        drafts = item.read.drafts
        of = ""
        if len(drafts) > 1:
            of = _("{name}, source {n} of {all}").format(
                name=drafts[self._which].name, n=self._which + 1, all=len(drafts)
            )
        numbers = [piece.number for piece in shown if piece.number]
        if not shown:
            where = _("There are no words in it.")
        elif numbers and (is_more or self._first):
            where = _("Turns {first} to {last} of {all}").format(
                first=f"{numbers[0]:,}", last=f"{numbers[-1]:,}", all=f"{len(drafts[self._which].turns):,}"
            )
        else:
            n = len(drafts[self._which].turns)
            all_turns = ngettext("All of it: {n} turn", "All of it: {n} turns", n).format(n=n) if n else _("All of it")
            where = _("The beginning") if is_more else all_turns
        return " · ".join(part for part in (of, where) if part)


class _Text(QTextEdit):
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class _Page:
    """Writes pieces into an empty text: names at the side where lines begin, speech beside them."""

    def __init__(self, text: QTextEdit, colours: dict[str, str]) -> None:
        self._colours = colours
        self._theme = current_theme()
        self._document = text.document()
        self._room = text.viewport().width()
        self.gutter = 0
        self.is_wide = False
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(option)
        self._document.setDefaultFont(self._theme.font("quote"))

    def write(self, shown: list[Piece]) -> None:
        self._has_turns = any(piece.kind == TURN for piece in shown)
        self._is_from_right = preview_text.is_from_right(shown)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        table = self._table(cursor, max(1, len(shown)), self._widest(shown))
        for row, piece in enumerate(shown):
            self._write(table, row, piece)
        cursor.endEditBlock()

    def _widest(self, shown: list[Piece]) -> int:
        """As wide as the names need."""
        metrics = QFontMetrics(self._theme.font("interface_strong"))
        widest = max((metrics.horizontalAdvance(piece.label[:60]) for piece in shown if piece.label), default=0)
        least, most = map(self._theme.px, GUTTER)
        return min(most, max(least, widest + self._theme.px(12))) if widest else self._theme.px(8)

    def _table(self, cursor: QTextCursor, rows: int, gutter: int) -> QTextTable:
        px = self._theme.px
        look = QTextTableFormat()
        look.setBorder(0)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        look.setCellSpacing(0)
        look.setCellPadding(px(4))
        look.setLeftMargin(px(8))
        length = QTextLength.Type
        widths = [QTextLength(length.FixedLength, gutter), QTextLength(length.VariableLength, 0)]
        look.setColumnWidthConstraints(widths[::-1] if self._is_from_right else widths)
        self.gutter, self.is_wide = gutter, self._room > gutter + px(COLUMN)
        if self._is_from_right:
            look.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        if self.is_wide:
            look.setWidth(QTextLength(length.FixedLength, gutter + px(COLUMN)))
        else:
            look.setWidth(QTextLength(length.PercentageLength, 100))
        return cursor.insertTable(rows, 2, look)

    def _write(self, table: QTextTable, row: int, piece: Piece) -> None:
        columns = (1, 0) if self._is_from_right else (0, 1)
        name, speech = (table.cellAt(row, column).firstCursorPosition() for column in columns)
        airy = QTextBlockFormat()
        airy.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        for cursor in (name, speech):
            cursor.setBlockFormat(airy)
        if piece.label:
            self._write_name(name, piece)
        role = "interface_strong" if piece.kind == HEADING else "quote"
        is_quiet = self._has_turns and (
            piece.kind == OUTSIDE or (piece.kind == TURN and piece.label not in self._colours)
        )
        self._write_words(speech, piece, self._look(role, "text2" if is_quiet else "text"))

    def _write_name(self, cursor: QTextCursor, piece: Piece) -> None:
        block = cursor.blockFormat()
        towards = Qt.AlignmentFlag.AlignLeft if self._is_from_right else Qt.AlignmentFlag.AlignRight
        block.setAlignment(towards | Qt.AlignmentFlag.AlignAbsolute)
        cursor.setBlockFormat(block)
        colour = self._colours.get(piece.label)
        look = self._look("interface_strong" if colour else "interface", "text2")
        if colour:
            look.setForeground(self._theme.code_colour(colour).ink)
        shown = piece.label if len(piece.label) <= 60 else f"{piece.label[:59]}…"
        cursor.insertText(shown, look)
        if piece.at is not None:
            cursor.insertBlock()
            cursor.insertText(clock(piece.at), self._look("meta", "text2"))

    def _write_words(self, cursor: QTextCursor, piece: Piece, plain: QTextCharFormat) -> None:
        note = QTextCharFormat(plain)
        note.setForeground(self._theme.colour("text2"))
        doubt = QTextCharFormat(plain)
        doubt.setBackground(self._theme.colour("warnbg"))
        doubt.setForeground(self._theme.colour("warn"))
        doubt.setFontUnderline(True)
        marks = sorted([(span, note) for span in piece.notes] + [(span, doubt) for span in piece.doubtful],
                       key=lambda mark: mark[0].start)  # fmt: skip
        at = 0
        for span, look in marks:
            if span.start < at:
                continue
            cursor.insertText(piece.text[at : span.start], plain)
            cursor.insertText(span.of(piece.text), look)
            at = span.end
        cursor.insertText(piece.text[at:] + (" …" if piece.is_cut else ""), plain)

    def _look(self, role: str, colour: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(QFont(self._theme.font(role)))
        look.setForeground(QColor(self._theme.colour(colour)))
        return look
