"""The codes that passages can be proposed for, with what the program learnt from and how good it is by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.proposal import Honesty
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.retrieve.paint import Index
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, RowList, Rows
from cohesion_qda.ui.theme import current_theme


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that passages can be proposed for. `under` is what it stands under."""

    code: CodeId
    name: str
    under: str
    shape: str
    colour: str
    learnt: str
    honesty: str = ""
    is_weak: bool = False

    @property
    def key(self) -> CodeId:
        """What makes it the same row after reading again."""
        return self.code

    def told(self) -> str:
        """The row in words, for screen readers."""
        return ". ".join(part for part in (self.name, self.under, self.learnt, self.honesty) if part)


def in_short(honesty: Honesty) -> str:
    """How far a code's proposals can be trusted, in a few words."""
    if honesty.expected is not None:
        return _("expect {n} of {of} to be right").format(n=round(honesty.expected), of=honesty.of)
    if not honesty.lacking:
        return _("not enough examples yet")
    return ngettext("{n} more needed", "{n} more needed", honesty.lacking).format(n=honesty.lacking)


def code_rows(
    tree: CodeTree, offered: frozenset[CodeId], examples: Mapping[CodeId, int], honesty: Mapping[CodeId, Honesty]
) -> list[CodeRow]:
    """The codes `offered`, in the order of the codebook."""
    made = []
    for code in tree:
        if code.id not in offered:
            continue
        n, found = examples.get(code.id, 0), honesty.get(code.id)
        learnt = ngettext("{n} passage coded", "{n} passages coded", n).format(n=n)
        above = tree[code.parent].name if code.parent is not None else ""
        short = in_short(found) if found is not None else ""
        is_weak = found is not None and (found.is_weak or not found.is_enough)
        made.append(CodeRow(code.id, code.name, above, tree.shape(code.id), code.colour, learnt, short, is_weak))
    return made


class CodeRows(Rows):
    """The rows in their order."""

    NAME = "name"


class CodeRowPainter(QStyledItemDelegate):
    """Shape and name; under them how many passages are coded with it, and what to expect."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme, view = current_theme(), option.widget
        lines = (
            1 if self._is_wide(view.viewport().width() if isinstance(view, QListView) else option.rect.width()) else 2
        )
        return QSize(200, theme.line_height("interface_strong") + lines * theme.line_height("meta") + 18)

    @staticmethod
    def _is_wide(width: int) -> bool:
        """Whether what to expect stands beside how many are coded: in all rows alike, whatever they say."""
        theme = current_theme()
        words = ngettext("{n} passage coded", "{n} passages coded", 88).format(n=88)
        words += _("expect {n} of {of} to be right").format(n=10, of=10)
        return QFontMetricsF(theme.font("meta")).horizontalAdvance(words) + theme.px(30) < width - 44

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = current_theme(), index.data(ROW_ROLE)
        with smoothly(painter):
            rect = QRectF(option.rect).adjusted(8, 1, -8, -1)
            is_on = paint_row(painter, rect, option, under="line")
            inside = rect.adjusted(16, 8, -12, -8)
            size, high = theme.px(11), theme.line_height("interface_strong")
            mark = QRectF(inside.x(), inside.y() + (high - size) / 2, size, size)
            theme.paint_shape(painter, row.shape, mark, row.colour)
            left = inside.adjusted(theme.px(20), 0, 0, 0)
            left.setHeight(high)
            write_line(painter, left, row.name, "interface_strong", "accenttext" if is_on else "text")
            left.translate(0, high)
            left.setHeight(theme.line_height("meta"))
            taken = write_line(painter, left, row.learnt, "meta", "text2")
            if self._is_wide(option.rect.width()):
                left.setLeft(left.left() + taken + theme.px(10))
            else:
                left.translate(0, left.height())
            write_line(painter, left, row.honesty, "meta", "warn" if row.is_weak else "ok")


class CodeList(RowList):
    """Enter and the right arrow go to the passages; letters find a code by its name."""

    entered_passages = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows_ = CodeRows()
        super().__init__(self.rows_, parent)
        self.setAccessibleName(_("Codes, with what is learnt from"))
        self.setItemDelegate(CodeRowPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_passages.emit()
        else:
            super().keyPressEvent(event)
