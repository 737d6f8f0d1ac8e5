"""The rows of the tab of words: a word with how often it was said, under the heading that says what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.speaking import how_often
from cohesion_qda.model.table import Count
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, Index, RowList, Rows
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.analysis.wordlist import Said, WordList
    from cohesion_qda.model.wording import Wording

ROWS = 400  # of what is counted; the rest is found by typing


@dataclass(frozen=True, slots=True)
class WordRow:
    """One line. `kind` is term, left_out, merge, counted, by_itself, heading or words; `counts` may be empty, where nothing was
    counted yet.
    """

    kind: str
    word: str
    counts: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """What it is known by when the list is shown anew."""
        return f"{self.kind} {self.word}"

    @property
    def is_word(self) -> bool:
        """Whether something can be done with it."""
        return self.kind not in ("heading", "words")

    def told(self) -> str:
        """The line in words, for screen readers."""
        return ". ".join(part for part in (self.word, self.about, self.counts) if part)


def term_rows(found: WordList | None, typed: str) -> list[WordRow]:
    """What is counted, as far as it holds what was typed."""
    from cohesion_qda.analysis.wordlist import among

    if found is None:
        return []
    return [
        WordRow("term", one.text, how_often(one.count, found.base)) for one in islice(among(found.terms, typed), ROWS)
    ]


def say_rows(wording: Wording, found: WordList | None, typed: str) -> list[WordRow]:
    """What is done with words, heading by heading; what the researcher said stands there before anything is counted."""
    rows: list[WordRow] = []
    always = (_("You left out"), _("You count as one"))
    for heading, about, members in (
        (
            _("You left out"),
            _("They count for nothing, in themes, key terms and word clouds. No phrase runs across a word.")
            if wording.left_out else _("Nothing. Choose a word or type one, and press “Leave out”."),
            list(_own("left_out", wording.left_out, found)),
        ),
        (
            _("You count as one"),
            _("However it is said, each place counts once.") if wording.merges
            else _("Nothing. Choose a word or type one, and press “Count as one with…”."),
            list(_merges(wording, found)),
        ),
        (
            _("You count all the same"), _("The program would leave them out by itself."),
            list(_own("counted", wording.counted, found)),
        ),
        (
            _("The program leaves out by itself"),
            _("Talk-noise (um, you know, kind of), words of grammar, stage notes in brackets, speakers’ names, and all that "
              "moderators and observers say."),
            [WordRow("by_itself", one.text, how_often(one.count, found.base)) for one in (found.by_itself if found else ())],
        ),
    ):  # fmt: skip
        wanted = typed.strip().casefold()
        shown = [row for row in members if wanted in row.word.casefold() or wanted in row.about.casefold()]
        if shown or (not wanted and (members or heading in always)):
            rows += [WordRow("heading", heading), WordRow("words", about), *shown]
    return rows


def _own(kind: str, texts: Sequence[str], found: WordList | None) -> Iterator[WordRow]:
    counted: Sequence[Said] = () if found is None else found.left_out if kind == "left_out" else found.counted
    base = Count() if found is None else found.base
    count_of = {one.text: how_often(one.count, base) for one in counted}
    return (WordRow(kind, text, count_of.get(text, "")) for text in texts)


def _merges(wording: Wording, found: WordList | None) -> Iterator[WordRow]:
    merged = {one.merge: one for one in found.merges} if found is not None else {}
    for merge in wording.merges:
        one = merged.get(merge)
        if one is None or found is None:
            yield WordRow("merge", merge.shown, "", ", ".join(merge.forms))
        else:
            forms = ", ".join(
                _("{word} ({n})").format(word=form.text, n=f"{form.count.mentions:,}") for form in one.forms
            )
            yield WordRow("merge", merge.shown, how_often(one.count, found.base), forms)


class _Words(Rows):
    """The rows in their order; headings are passed over."""

    NAME = "word"

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = index.data(ROW_ROLE)
        return super().flags(index) if row is not None and row.is_word else Qt.ItemFlag.NoItemFlags


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, row = current_theme(), index.data(ROW_ROLE)
        if row.kind == "heading":
            return QSize(200, theme.line_height("panel_title") + theme.px(20))
        if row.kind == "words":
            return QSize(200, round(self._room(option, row.word, 10_000).height()) + theme.px(8))
        high = theme.line_height("interface") + (theme.line_height("meta") if row.about else 0)
        return QSize(200, high + theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
        with smoothly(painter):
            if row.kind == "heading":
                write_line(painter, rect.adjusted(16, theme.px(12), -12, 0), row.word, "panel_title", "text")
            elif row.kind == "words":
                painter.setFont(theme.font("meta"))
                painter.setPen(theme.colour("text2"))
                painter.drawText(rect.adjusted(16, 0, -12, 0), int(Qt.TextFlag.TextWordWrap), row.word)
            else:
                is_on = paint_row(painter, rect, option, under="line")
                self._paint_word(painter, rect.adjusted(16, theme.px(5), -12, -theme.px(5)), row, is_on)

    def _paint_word(self, painter: QPainter, rect: QRectF, row: WordRow, is_on: bool) -> None:
        theme = current_theme()
        first = QRectF(rect.x(), rect.y(), rect.width(), theme.line_height("interface"))
        wide = write_line(painter, first, row.counts, "meta", "text2", Qt.AlignmentFlag.AlignRight)
        first.setWidth(max(40.0, first.width() - wide - 16))
        write_line(painter, first, row.word, "interface", "accenttext" if is_on else "text")
        if row.about:
            second = QRectF(rect.x(), first.bottom(), rect.width(), theme.line_height("meta"))
            write_line(painter, second, row.about, "meta", "text2")

    def _room(self, option: QStyleOptionViewItem, words: str, high: float) -> QRectF:
        from PySide6.QtGui import QFontMetricsF

        view = option.widget
        wide = (view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()) - 44
        metrics = QFontMetricsF(current_theme().font("meta"))
        return metrics.boundingRect(QRectF(0, 0, max(1, wide), high), int(Qt.TextFlag.TextWordWrap), words)


class WordRows(RowList):
    """A list of words. The keys that `keys` names are told with the word they were pressed on."""

    pressed = Signal(str, object)  # the key, the row

    def __init__(self, name: str, keys: str, parent: QWidget | None = None) -> None:
        self.words = _Words()
        super().__init__(self.words, parent)
        self._keys = keys
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))

    def show_rows(self, rows: Sequence[WordRow]) -> None:
        """Show other rows; a heading is never the current one."""
        super().show_rows(rows)
        words = [n for n, row in enumerate(rows) if row.is_word]
        at = self.currentIndex().row()
        if words and at not in words:
            self.setCurrentIndex(self.words.index(next((n for n in words if n > at), words[-1])))

    def choose(self, key: str) -> None:
        """Make the row with this key the current one, if it is there."""
        at = next((n for n, row in enumerate(self.words.rows) if row.key == key), None)
        if at is not None:
            self.setCurrentIndex(self.words.index(at))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = "delete" if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else event.text().lower()
        if plain and key and key in self._keys.split() and self.current() is not None:
            self.pressed.emit(key, self.current())
        else:
            super().keyPressEvent(event)
