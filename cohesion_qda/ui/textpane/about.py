"""The line under a transcript's name: who is there, where one is, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QDate, QLocale, Qt

from cohesion_qda.base.i18n import _, locale, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.ids import CoderId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.text import Span
from cohesion_qda.ui.textpane.coded import CodedTurns
from cohesion_qda.ui.textpane.surface import Surface
from cohesion_qda.ui.widgets import PageHeader


class About:
    """Fills a header. What is counted is kept, so that saying it again costs what is on the screen."""

    def __init__(self, header: PageHeader, view: Surface) -> None:
        self._header, self._view = header, view
        self._start: list[str] = []
        self._coder = CoderId(0)
        self._mine = CodedTurns(None, self._mine_in_order, self._is_mine)

    def show_reading(self, reading: Reading) -> None:
        """Another source, or the same with other names."""
        people = sum(1 for speaker in reading.speakers.values() if speaker.role == "participant")
        parts = [ngettext("{n} person", "{n} people", people).format(n=people)] if people else []
        parts += [date for date in [_date_of(reading)] if date]
        self._start = parts or [called.kinds().get(reading.source.kind, reading.source.kind)]
        self._mine = CodedTurns(reading, self._mine_in_order, self._is_mine)
        self._header.set_title(reading.source.name)
        self.tell()

    def show_coder(self, coder: CoderId) -> None:
        """Whose codings the share counts."""
        if coder != self._coder:
            self._coder = coder
            self._mine.forget()

    def forget_codings(self) -> None:
        """Other codings are there."""
        self._mine.forget()

    def look_again(self, spans: list[Span]) -> None:
        """Codings over these spans have come or gone."""
        self._mine.look_again(spans)

    def tell(self) -> None:
        """Say how things stand now."""
        reading, screen = self._view.reading, self._view.screen()
        if reading is None:
            return
        parts = list(self._start)
        numbers = [reading.turns[b.info.turn].number for b in screen if b.info.turn is not None]
        shown = self._view.turns_shown
        if shown is not None:
            parts.append(_("{n} of {all} turns shown").format(n=shown, all=len(reading.turns)))
        elif numbers:
            parts.append(
                _("turns {first}–{last} of {all}").format(first=min(numbers), last=max(numbers), all=len(reading.turns))
            )
        if len(self._mine):
            parts.append(_("{share}% of turns coded").format(share=100 * self._mine.coded // len(self._mine)))
        self._header.set_meta("  ·  ".join(parts))

    def _mine_in_order(self) -> Iterator[Span]:
        return (coding.span for coding in self._view.layers if coding.coder == self._coder)

    def _is_mine(self, span: Span) -> bool:
        return any(coding.coder == self._coder for coding in self._view.layers.over(span))


def _date_of(reading: Reading) -> str:
    """The source's date in words, where an attribute gives one."""
    for name, value in reading.attributes.items():
        if name.casefold() == "date":
            day = QDate.fromString(value, Qt.DateFormat.ISODate)
            return QLocale(locale()).toString(day, "d MMMM yyyy") if day.isValid() else value
    return ""
