"""The details that are chosen: what becomes of them, and every place where they stand."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.detail import (
    ATTRIBUTION,
    KEEP,
    LEAVE_OUT,
    NUMBERS,
    REPLACE,
    WORDS,
    Detail,
    Spot,
    kind_names,
    mask,
)
from cohesion_qda.ui.painting import smoothly
from cohesion_qda.ui.row_painting import paint_row, write_line
from cohesion_qda.ui.rows import ROW_ROLE, Index, RowList, Rows
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, QuietButton

HIGH, LEFT = 52, 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a detail stands."""

    n: int
    spot: Spot

    @property
    def key(self) -> Hashable:
        return self.n

    @property
    def title(self) -> str:
        return self.spot.text

    def told(self) -> str:
        """The place in words, for screen readers."""
        return ", ".join(part for part in (self.spot.where, self.spot.text) if part)


class PlacePainter(QStyledItemDelegate):
    """The words around, the detail strong in their middle; under them where that is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, current_theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, spot = current_theme(), index.data(ROW_ROLE).spot
        box = QRectF(option.rect).adjusted(LEFT, 1, -8, -1)
        inner = box.adjusted(theme.px(12), theme.px(6), -theme.px(12), -theme.px(6))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2)
        with smoothly(painter):
            paint_row(painter, box, option, under="raised")
            self._paint_words(painter, upper, spot)
            write_line(painter, upper.translated(0, inner.height() / 2), spot.where, "meta", "text2")

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRectF, spot: Spot) -> None:
        theme = current_theme()
        plain, strong = QFontMetricsF(theme.font("interface")), QFontMetricsF(theme.font("interface_strong"))
        said = spot.span.of(spot.text)
        wide = strong.horizontalAdvance(said)
        before, after = spot.text[: spot.span.start], spot.text[spot.span.end :]
        room = max(rect.width() - wide, 0)
        share = max(room / 2, room - plain.horizontalAdvance(after))
        before = plain.elidedText(before, Qt.TextElideMode.ElideLeft, share)
        for words, role in ((before, "interface"), (said, "interface_strong"), (after, "interface")):
            metrics = strong if role == "interface_strong" else plain
            write_line(painter, rect, words, role, "text")
            rect = rect.adjusted(min(rect.width(), metrics.horizontalAdvance(words)), 0, 0, 0)


class PlaceList(RowList):
    """The places. Enter reads one in its context."""

    entered_on = Signal(object)  # Spot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Rows(), parent)
        self.setAccessibleName(_("Where it stands"))
        self.setItemDelegate(PlacePainter(self))
        self.doubleClicked.connect(lambda _index: self._enter())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.current() is not None:
            self.entered_on.emit(self.current().spot)


class DetailPane(QWidget):
    """What is decided about the chosen details."""

    judged = Signal(str, str)  # verdict, words instead
    kind_judged = Signal(str)  # verdict, for all of the kind that are not settled
    read = Signal(object)  # Spot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel("", "panel_title")
        self.about = Label("", "interface", "text2")
        self.about.setWordWrap(True)
        self.keep_button = QuietButton(_("Keep"), "check", lambda: self.judged.emit(KEEP, ""))
        self.keep_button.setToolTip(_("Let it stand in the report as it is (K)"))
        self.out_button = QuietButton(_("Leave out"), on_click=lambda: self.judged.emit(LEAVE_OUT, ""))
        self.out_button.setToolTip(_("Let nothing stand in its place (L)"))
        self.open_button = QuietButton(_("Not settled"), on_click=lambda: self.judged.emit("", ""))
        self.open_button.setToolTip(_("Take back what was decided (U)"))
        self.words = QLineEdit()
        self.words.setAccessibleName(_("Words that stand instead"))
        self.words.returnPressed.connect(self._replace)
        self.replace_button = QuietButton(_("Replace"), on_click=self._replace)
        self.replace_button.setToolTip(_("Let other words stand in its place (R)"))
        self.all_title = Label("", "interface_strong")
        self.keep_all = QuietButton("", on_click=lambda: self.kind_judged.emit(KEEP))
        self.out_all = QuietButton("", on_click=lambda: self.kind_judged.emit(LEAVE_OUT))
        self.places_title = Label("", "panel_title")
        self.places = PlaceList()
        self.places.entered_on.connect(self.read)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.name)
        column.addWidget(self.about)
        for parts in (
            (self.keep_button, self.out_button, self.open_button),
            (self.words, self.replace_button),
            (self.keep_all, self.out_all),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, 1 if part is self.words else 0)
            if self.words not in parts:
                row.addStretch(1)
            if self.keep_all in parts:
                column.addSpacing(4)
            column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.places_title)
        column.addWidget(self.places, 1)

    def show_details(self, chosen: Sequence[Detail], unsettled: int, *, is_read_only: bool) -> None:
        """Show these. `unsettled` is how many of the first one's kind nobody has settled."""
        self.setVisible(bool(chosen))
        if not chosen:
            return
        first = chosen[0]
        self.name.setText(
            first.words
            if len(chosen) == 1
            else ngettext("{n} detail", "{n} details", len(chosen)).format(n=len(chosen))
        )
        self.about.setText(_about(first) if len(chosen) == 1 else _("What you decide holds for all of them."))
        are_words = all(each.kind in WORDS for each in chosen)
        for part in (self.words, self.replace_button):
            part.setVisible(are_words)
        if are_words:
            self.words.setPlaceholderText(_("Other words, such as {mask}").format(mask=mask(first.kind)))
            if not self.words.hasFocus():
                self.words.setText(first.instead)
        self._show_all(first.kind, unsettled)
        spots = [spot for each in chosen for spot in each.spots]
        self.places_title.setText(
            ngettext("It stands in {n} place", "It stands in {n} places", len(spots)).format(n=len(spots))
        )
        for part in (self.places_title, self.places):
            part.setVisible(bool(spots))
        self.places.show_rows([Place(n, spot) for n, spot in enumerate(spots)])
        why = _("The project was opened for reading only.") if is_read_only else ""
        for button in (
            self.keep_button,
            self.out_button,
            self.replace_button,
            self.keep_all,
            self.out_all,
            self.open_button,
        ):
            button.disable(why)
        if not why and not any(each.is_settled for each in chosen):
            self.open_button.disable(_("It is not settled."))
        self.words.setReadOnly(is_read_only)

    def _show_all(self, kind: str, unsettled: int) -> None:
        self.keep_all.setText(_("Keep all: {kind} ({n})").format(kind=kind_names()[kind], n=unsettled))
        self.out_all.setText(_("Leave all of them out"))
        for button in (self.keep_all, self.out_all):
            button.setVisible(unsettled > 1)

    def to_words(self) -> None:
        """Into the field for other words."""
        if self.words.isVisible():
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            self.words.selectAll()

    def _replace(self) -> None:
        self.judged.emit(REPLACE, self.words.text())


def _about(each: Detail) -> str:
    """What a detail is, and what stands in the report."""
    if each.kind == NUMBERS:
        return _(
            "The table shows numbers of few people. To leave them out is to hide small numbers in the whole report."
        )
    if each.kind == ATTRIBUTION:
        return {
            KEEP: _("Fewer than five people speak in it. Its name stands under what is quoted from it."),
            LEAVE_OUT: _("Fewer than five people speak in it. Nobody is named under what is quoted from it."),
        }.get(each.verdict, _("Fewer than five people speak in it. Under what is quoted from it stands what kind of source it is, not its name."))  # fmt: skip
    if each.verdict == KEEP:
        return _("It stands in the report as it is.")
    return _("In the report stands “{words}” instead.").format(words=each.written)
