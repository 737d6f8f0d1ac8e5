"""Choosing a code by typing a few letters, under the selected words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.rows import Index
from cohesion_qda.ui.textpane.fuzzy import Match, matches, same_name
from cohesion_qda.ui.textpane.picker_rows import ROW, Row, RowList, RowPainter, Rows
from cohesion_qda.ui.textpane.popup import SHADOW, Popup
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import SearchField

WIDTH, ROWS = 344, 8
SETTLES = 300  # milliseconds in which a second Enter, meant for what opened it, chooses nothing


class Picker(Popup):
    """Opens under some words, and says which code was chosen, or what a new one is to be called and stand under."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("picker")
        self._tree = CodeTree()
        self._recent: Sequence[CodeId] = ()
        self._uses: Mapping[CodeId, int] = {}
        self._makes_first = False
        self.ticked: list[CodeId] = []  # the codes ticked so far, or when it was last closed
        self._several: Callable[[Sequence[CodeId]], object] | None = None
        self._new_name = ""
        self._words_rect = QRect()
        self.settles = SETTLES
        self._open = QElapsedTimer()
        self._chosen: Callable[[CodeId], object] = lambda _code: None
        self._made: Callable[[str, CodeId | None], object] | None = None
        self._closed: Callable[[], object] = lambda: None
        self.field = SearchField(_("Find a code, or name a new one"), self)
        self.field.setClearButtonEnabled(False)
        self._count = QLabel(self.field)
        self.rows = Rows(self)
        self.list = RowList(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.rows))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Codes that fit"))
        self._hint = QLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 8, SHADOW + 8, SHADOW + 8, SHADOW + 6)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 2)
        foot.addWidget(self._hint)
        column.addLayout(foot)
        self.field.textChanged.connect(lambda _text: self._search())
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._clicked)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.setFocusProxy(self.field)
        self.hide()

    def open_at(
        self,
        words: QRect,
        tree: CodeTree,
        recent: Sequence[CodeId],
        title: str,
        *,
        chosen: Callable[[CodeId], object],
        made: Callable[[str, CodeId | None], object] | None = None,
        closed: Callable[[], object] = lambda: None,
        several: Callable[[Sequence[CodeId]], object] | None = None,
        uses: Mapping[CodeId, int] | None = None,
        new_name: str = "",
    ) -> None:
        """Open under `words` (in the parent's coordinates), or above them where there is more room.

        One of `chosen`, `several` and `made` (a name, and the code it is to stand under) is called after `closed`, or
        none. Without `made`, no new code is offered; without `several`, codes cannot be ticked. `uses` is how often each
        code has been used; `new_name` proposes a new code.
        """
        self._chosen, self._made, self._closed, self._several = chosen, made, closed, several
        self._tree, self._recent, self._new_name, self._words_rect = tree, recent, "", words
        self._uses, self._makes_first, self.ticked = uses or {}, bool(new_name), []
        self.setAccessibleName(title)
        self._dress()
        self.field.setPlaceholderText(_("Find a code, or name a new one"))
        self.field.setText(new_name)
        self.field.selectAll()
        self._search()
        self.show()
        self.raise_()
        self._open.start()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self) -> None:
        if self._new_name:
            return
        typed = " ".join(self.field.text().split())
        found = matches(self._tree, typed, self._recent, self._uses)
        if not typed:
            found.sort(key=lambda match: match.code.id not in self.ticked)
        rows = [self._row(match, typed) for match in found]
        there = same_name(self._tree, typed) if typed else None
        self._count.setText(ngettext("{n} match", "{n} matches", len(found)).format(n=len(found)) if typed else "")
        if typed and self._made is not None and there is None:
            new = Row(_("New code “{name}” …").format(name=typed), makes=True)
            rows = [new, *rows] if self._makes_first else [*rows, new]
        self._show(rows, self._hint_for(typed, rows, is_aside=there is not None and self._tree.is_aside(there.id)))

    def _row(self, match: Match, typed: str) -> Row:
        code = match.code
        return Row(
            code.name, match.letters, self._beside_of(match, typed=typed), code.id, self._tree.shape(code.id), code.colour,
            ticked=code.id in self.ticked,
        )  # fmt: skip

    def _hint_for(self, typed: str, rows: Sequence[Row], *, is_aside: bool) -> str:
        has_codes = any(row.code is not None for row in rows)
        if is_aside:
            return _fitting(_("“{name}” is set aside in the codebook."), typed)
        if typed and not has_codes and self._made is None:
            return _fitting(_("No code like “{name}”."), typed)
        if typed and not has_codes:
            return _fitting(_("No code like “{name}”. Enter makes one."), typed)
        if not rows:
            return _("No codes yet. Type a name; Enter makes the first.")
        if self.ticked:
            n = len(self.ticked)
            return ngettext("Enter applies {n} ticked code", "Enter applies {n} ticked codes", n).format(n=n)
        if self._several is not None:
            return _("↑↓ choose    Enter apply    Tab tick    Esc close")
        return _("↑↓ choose    Enter apply    Esc close")

    def _beside_of(self, match: Match, *, typed: str) -> str:
        if typed and not match.letters:
            return _("in its definition")
        several = len(self._tree.children()) > 1
        return self._tree.root(match.code.id).name if several and match.code.parent is not None else ""

    def _show(self, rows: list[Row], hint: str) -> None:
        theme = current_theme()
        self.rows.show(rows)
        self._hint.setText(theme_elided(hint, theme.px(WIDTH - 44)))
        self._hint.setToolTip(hint)
        self.list.setFixedHeight(min(len(rows), self._most_rows()) * theme.px(ROW))
        self.list.setVisible(bool(rows))
        if rows:
            self.list.setCurrentIndex(self.rows.index(0))
        self._count.adjustSize()
        self._place()

    def _most_rows(self) -> int:
        """How many rows the page has room for, beside the field and the line of keys."""
        margins, theme = self.layout().contentsMargins(), current_theme()
        beside = self.field.sizeHint().height() + self._hint.sizeHint().height() + 2 * self.layout().spacing() + 2
        room = self.parentWidget().height() + 2 * SHADOW - margins.top() - margins.bottom() - beside
        return min(ROWS + 1, max(2, room // theme.px(ROW)))

    def _place(self) -> None:
        theme = current_theme()
        width = theme.px(WIDTH) + 2 * SHADOW
        self.layout().activate()
        self.resize(width, self.layout().sizeHint().height())
        self.stand_by(self._words_rect)
        height = self.field.sizeHint().height()
        self._count.move(self.field.width() - self._count.width() - 12, (height - self._count.height()) // 2)
        self.field.setTextMargins(self.field.textMargins().left(), 0, self._count.width() + 8, 0)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._count.move(
            self.field.width() - self._count.width() - 12, (self.field.height() - self._count.height()) // 2
        )

    def _clicked(self, index: Index) -> None:
        row = self.rows.rows[index.row()]
        if self.list.is_ticking:
            self._tick(row)
        else:
            self._take(row, is_meant=True)

    def _tick(self, row: Row) -> None:
        """Tick a code, or untick it, and go on to the next."""
        if self._several is None or row.code is None or self._new_name:
            return
        if row.code in self.ticked:
            self.ticked.remove(row.code)
        else:
            self.ticked.append(row.code)
        self.field.clear()
        self._search()

    def _take(self, row: Row, *, is_meant: bool) -> None:
        """Use a row. Where codes are ticked, those are used, and the row as well when it `is_meant`."""
        if self._new_name:
            name = self._new_name
            self._close()
            self._make(name, row.code)
        elif row.makes:
            self._ask_where(" ".join(self.field.text().split()))
        elif self.ticked and self._several is not None:
            codes = [*self.ticked, *([row.code] if is_meant and row.code is not None else [])]
            self._close()
            self._several(list(dict.fromkeys(codes)))
        elif row.code is not None:
            code = row.code
            self._close()
            self._chosen(code)

    def _make(self, name: str, parent: CodeId | None) -> None:
        if self._made is not None:
            self._made(name, parent)

    def _ask_where(self, name: str) -> None:
        """Where a new code is to stand: under a top-level code, or on its own."""
        roots = [root for root in self._tree.children() if root.is_question or self._tree.children(root.id)]
        if not roots:
            self._close()
            self._make(name, None)
            return
        last = next((self._tree.root(c).id for c in self._recent if c in self._tree), None)
        roots.sort(key=lambda root: root.id != last)
        self.field.clear()
        self.field.setPlaceholderText(_fitting(_("Where does “{name}” belong?"), name, "interface"))
        self._new_name = name
        rows = [
            Row(
                _("Under {question}").format(question=root.name),
                code=root.id,
                shape=self._tree.shape(root.id),
                colour=root.colour,
            )
            for root in roots
        ]
        self._count.setText("")
        self._show([*rows, Row(_("On its own"))], _("↑↓ choose    Enter make    Esc back"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._close()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), len(self.rows.rows)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        if Qt.Key(key) in steps and count:
            step = steps[Qt.Key(key)]
            row = self.list.currentIndex().row() + step
            row = row % count if abs(step) == 1 else min(max(0, row), count - 1)
            self.list.setCurrentIndex(self.rows.index(row))
            return True
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_ticking = key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        is_ticking |= is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and self._is_too_soon(event):
            return True
        if is_enter or is_ticking:
            row = self.rows.rows[self.list.currentIndex().row()] if count else None
            if row is not None and is_ticking:
                self._tick(row)
            elif row is not None:
                self._take(row, is_meant=bool(self.field.text().strip()))
            return True
        if key == Qt.Key.Key_Escape:
            if self._new_name:
                name, self._new_name = self._new_name, ""
                self.field.setPlaceholderText(_("Find a code, or name a new one"))
                self.field.setText(name)
            else:
                self._close()
            return True
        return bool(self._new_name) and bool(event.text())

    def _is_too_soon(self, event: QKeyEvent) -> bool:
        """Whether an Enter was meant for what opened this: a key held down, or pressed twice, with nothing typed."""
        is_fresh = not (self.field.text().strip() or self.ticked or self._new_name)
        return event.isAutoRepeat() or (is_fresh and self._open.elapsed() < self.settles)

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self._closed()

    def _dress(self) -> None:
        theme = current_theme()
        self.list.setStyleSheet("background: transparent;")
        self._hint.setFont(theme.font("meta"))
        self._count.setFont(theme.font("meta"))
        for label in (self._hint, self._count):
            size = theme.font("meta").pixelSize()  # the window's style sheet would have its own way with the font
            label.setStyleSheet(f"color: {theme.hex('text2')}; background: transparent; font-size: {size}px;")


def _fitting(words: str, name: str, style: str = "meta") -> str:
    """`words` with a name in them, which is shortened so that all of the words can be read."""
    metrics, theme = QFontMetricsF(current_theme().font(style)), current_theme()
    room = theme.px(WIDTH - 44 if style == "meta" else WIDTH - 76) - metrics.horizontalAdvance(words.format(name=""))
    return words.format(name=metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))


def theme_elided(words: str, width: int) -> str:
    """`words`, cut to `width` in the font of hints."""
    return QFontMetricsF(current_theme().font("meta")).elidedText(words, Qt.TextElideMode.ElideRight, width)
