"""What a figure from elsewhere bears on: the codes, how it stands to what people say with them, and a note on each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.evidence import READINGS, Indicator, readings
from cohesion_qda.model.ids import CodeId, IndicatorId
from cohesion_qda.ui.report.sheet import ADDING, Field, Line, SheetView
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, ElidedLabel


class BearingsPane(QWidget):
    """The codes of the chosen figure, chosen in the codebook; how it stands to each is typed, or goes round with Space."""

    say = Signal(str, bool)
    failed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self._figure: Indicator | None = None
        self._tree = CodeTree()
        self.title = ElidedLabel("", "interface_strong")
        self.codes = Chip("", on_click=self._choose)
        self.codes.cleared.connect(lambda: self._set([]))
        self.ticks = TickPopup(self)
        self.ticks.taken.connect(self._set)
        self.table = SheetView(_("What the figure bears on"), _fields(), _("Set it beside a code"))
        self.table.typed.connect(self._write)
        self.table.removal.connect(self._let_go)
        self.table.ticked.connect(self._turn)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.title)
        row.addWidget(self.codes)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.table)
        self.hide()

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between."""
        return [self.codes, self.table] if self.isVisibleTo(self.parentWidget()) else []

    def show_figure(self, figure: Indicator | None, tree: CodeTree, *, is_read_only: bool) -> None:
        """Show what this bears on; nothing for None."""
        self._figure, self._tree = figure, tree
        self.setVisible(figure is not None)
        if figure is None:
            return
        said = ", ".join(words for words in (figure.said, figure.where_and_when) if words)
        name = _("{name}: {words}").format(name=figure.name, words=said) if said else figure.name
        self.title.setText(_("“{name}” bears on").format(name=name))
        n = len(figure.bears)
        words = ngettext("{n} code", "{n} codes", n).format(n=n) if n else _("None chosen")
        self.codes.set_on(bool(n), words)
        self.codes.setAccessibleName(_("{name}: {words}").format(name=_("Codes that it bears on"), words=words))
        self.codes.setEnabled(not is_read_only)
        names = readings()
        lines = [
            Line(b.code, {"code": tree.path(b.code), "reading": names[b.reading], "note": b.note}, not b.reading)
            for b in figure.bears
            if b.code in tree
        ]
        self.table.show_lines(lines, is_read_only=is_read_only)

    def _choose(self) -> None:
        """Open the codebook, to tick the codes that the figure bears on."""
        if self._figure is not None:
            items = [Item(code.id, self._tree.path(code.id)) for code in self._tree]
            self.ticks.open_under(self.codes, _("Codes that it bears on"), items, [b.code for b in self._figure.bears])

    def _set(self, chosen: list[CodeId]) -> None:
        figure = self._id()
        self.runner.do(lambda project: project.evidence.bear_on(figure, chosen), self._told)

    def _write(self, code: CodeId | None, key: str, words: str) -> None:
        figure = self._id()
        if code is ADDING:
            self.runner.do(lambda p: p.evidence.bear(figure, p.codebook.tree().get(words).id), failed=self.failed.emit)
        elif key == "code":
            others = [b.code for b in self._figure.bears if b.code != code] if self._figure else []
            self.runner.do(
                lambda p: p.evidence.bear_on(figure, [*others, p.codebook.tree().get(words).id]),
                failed=self.failed.emit,
            )
        else:
            self.runner.do(lambda p: p.evidence.bear(figure, code, **{key: words}), failed=self.failed.emit)

    def _turn(self, code: CodeId) -> None:
        """The next reading."""
        figure = self._id()
        was = next(b.reading for b in self._figure.bears if b.code == code) if self._figure else ""
        reading = READINGS[(READINGS.index(was) + 1) % len(READINGS)]
        self.runner.do(lambda project: project.evidence.bear(figure, code, reading), self._told)

    def _let_go(self, code: CodeId) -> None:
        figure = self._id()
        self.runner.do(lambda project: project.evidence.let_go(figure, code), self._told)

    def _id(self) -> IndicatorId:
        return IndicatorId(0) if self._figure is None else self._figure.id

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def _fields() -> tuple[Field, ...]:
    about = _("How the figure stands to what people say: agrees, agrees in part, differs. Space goes to the next.")
    return (
        Field("code", _("Code"), 2), Field("reading", _("Beside people’s words"), 1, about=about),
        Field("note", _("Note"), 3, about=_("What is to be said of it in the report")),
    )  # fmt: skip
