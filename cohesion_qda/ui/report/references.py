"""Reference figures: how many people of the area have each value of an attribute, which the sample is set against."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.evidence import ReferenceFigure
from cohesion_qda.model.text import comparable
from cohesion_qda.ui import choose
from cohesion_qda.ui.report.sheet import ADDING, Field, Line, SheetView
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Button, Label

WIDE = 280  # pixels of the field of the attribute


class Attribute(NamedTuple):
    """An attribute of participants or sources, and the values it has."""

    about: str
    name: str
    values: tuple[str, ...]


class ReferencesPane(QWidget):
    """The attribute, and a row for each of its values: the number of people is typed beside it, or comes from a sheet."""

    say = Signal(str, bool)
    failed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._attributes: tuple[Attribute, ...] = ()
        self._figures: tuple[ReferenceFigure, ...] = ()
        self._folder, self._is_read_only = Path(), True
        self.attribute = QComboBox()
        self.attribute.setAccessibleName(_("Attribute"))
        self.attribute.setMinimumWidth(WIDE)
        self.attribute.activated.connect(lambda _at: self._fill())
        self.import_button = Button(_("Import a sheet…"), on_click=self.choose_sheet)
        self.import_button.setAccessibleName(_("Import figures of the area"))
        self.about = Label("", "interface", "text2")
        self.about.setWordWrap(True)
        self.table = SheetView(_("People of the area"), _fields(), _("Add a value"))
        self.table.typed.connect(self._write)
        self.table.removal.connect(self._remove)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label(_("People of the area, by"), "panel_title"))
        row.addSpacing(8)
        row.addWidget(self.attribute)
        row.addStretch(1)
        row.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self.table)

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between."""
        return [self.attribute, self.table] if self._attributes else []

    def show_figures(
        self,
        attributes: tuple[Attribute, ...],
        figures: tuple[ReferenceFigure, ...],
        folder: Path,
        *,
        is_read_only: bool,
    ) -> None:
        """Show these; the attribute that is chosen stays so where it is there."""
        was = self.chosen()
        self._attributes, self._figures = attributes, figures
        self._folder, self._is_read_only = folder, is_read_only
        self.attribute.clear()
        for each in attributes:
            words = _("{name} (sources)") if each.about == "source" else _("{name} (participants)")
            self.attribute.addItem(words.format(name=each.name))
        names = [(each.about, each.name) for each in attributes]
        given = [(figure.about, figure.name) for figure in figures]
        wanted = [(was.about, was.name)] if was else []
        at = next((names.index(name) for name in (*wanted, *given) if name in names), 0 if names else -1)
        self.attribute.setCurrentIndex(at)
        self._fill()

    def chosen(self) -> Attribute | None:
        """The attribute whose figures are shown."""
        at = self.attribute.currentIndex()
        return self._attributes[at] if 0 <= at < len(self._attributes) else None

    def choose_sheet(self) -> None:
        """Ask for a sheet, and take its figures for the chosen attribute."""
        from cohesion_qda.ui.report.evidence import sheets

        of = self.chosen()
        path = choose.open_file(self, _("Import figures of the area"), sheets(), self._folder)
        if path is not None and of is not None:
            self.runner.do(
                lambda project: project.evidence.import_references(path, of.name, of.about), self._told,
                title=_("Reading the sheet"),
            )  # fmt: skip

    # -- inside --------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        of = self.chosen()
        self.table.setVisible(of is not None)
        self.attribute.setVisible(of is not None)
        self.import_button.setEnabled(of is not None and not self._is_read_only)
        if of is None:
            self.about.setText(
                _(
                    "Once attributes are known of participants or sources, the people of the area can be set beside them."
                )
            )
            self.table.show_lines([], is_read_only=True)
            return
        self.about.setText(_("How many people of the area have each value: the report sets who took part beside them. A share can be written too, such as 23.4%."))  # fmt: skip
        there = {comparable(figure.value): figure for figure in self._of(of)}
        values = [*of.values, *(figure.value for figure in self._of(of))]
        shown = {comparable(value): value for value in reversed(values)}
        lines = [_line(shown[key], there.get(key)) for key in dict.fromkeys(map(comparable, values))]
        self.table.show_lines(lines, is_read_only=self._is_read_only)

    def _of(self, of: Attribute) -> list[ReferenceFigure]:
        return [figure for figure in self._figures if (figure.about, figure.name) == (of.about, of.name)]

    def _figure(self, value: str) -> ReferenceFigure | None:
        of = self.chosen()
        return next((f for f in self._of(of) if comparable(f.value) == comparable(value)), None) if of else None

    def _write(self, value: str | None, key: str, words: str) -> None:
        of = self.chosen()
        if of is None:
            return
        if value is ADDING:
            self._add(words)
            return
        was = self._figure(value)
        if key == "number" and not words:
            self._remove(value)
        elif key == "value" and (was is None or comparable(value) in map(comparable, of.values)):
            self._refuse(_("The values of an attribute are changed on the page People and attributes."))
        elif key != "number" and was is None:
            self._refuse(_("Type how many people there are first."))
        else:
            self._set(of, value, was or self._last(of), {key: words})

    def _set(self, of: Attribute, value: str, like: ReferenceFigure | None, typed: dict[str, str]) -> None:
        """Write the figure of a value; what is not typed is as in `like`."""
        given = {"number": like.number, "period": like.period, "source": like.source} if like else {}
        given |= {key: words for key, words in typed.items() if key != "value"}
        to, instead = typed.get("value", value), value if "value" in typed else ""
        self.runner.do(
            lambda p: p.evidence.set_reference(of.name, to, about=of.about, instead=instead, **given),
            failed=self.failed.emit,
        )

    def _refuse(self, why: str) -> None:
        self.failed.emit()
        self.say.emit(why, False)

    def _add(self, value: str) -> None:
        """A value that nobody in the study has: nobody of the area yet, until the number is typed."""
        of = self.chosen()
        if of is not None:
            then = lambda _change: self.table.choose(value, "number")  # noqa: E731 - it is short
            self.runner.do(
                lambda p: p.evidence.set_reference(of.name, value, "0", about=of.about), then, failed=self.failed.emit
            )

    def _last(self, of: Attribute) -> ReferenceFigure | None:
        """The figure whose period and source another one of the attribute most likely has too."""
        return next(iter(reversed(self._of(of))), None)

    def _remove(self, value: str) -> None:
        figure = self._figure(value)
        if figure is not None:
            self.runner.do(lambda project: project.evidence.remove_references([figure.id]), self._told)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def _line(value: str, figure: ReferenceFigure | None) -> Line:
    if figure is None:
        return Line(value, {"value": value}, is_dimmed=True)
    number = f"{int(figure.number):,}" if figure.number.isdecimal() else figure.number
    return Line(value, {"value": value, "number": number, "period": figure.period, "source": figure.source})


def _fields() -> Sequence[Field]:
    return (
        Field("value", _("Value"), 2), Field("number", _("People"), is_number=True, about=_("How many people of the area have it, or their share")),
        Field("period", _("Period")), Field("source", _("Source"), 2),
    )  # fmt: skip
