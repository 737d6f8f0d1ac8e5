"""The reader of disagreements: side by side what each coder made of a passage, to settle it as a third."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.change import Change
from cohesion_qda.model.disagreement import SETTLING
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.text import Span, comparable
from cohesion_qda.ui.agreement.bench import Bench
from cohesion_qda.ui.agreement.listing import DisagreementList
from cohesion_qda.ui.agreement.model import Found, Passage, Row, codes_of, look, passage, settled_now
from cohesion_qda.ui.page import COUNTED
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Banner, Chip, EmptyState, Label, PlainButton, QuietButton

SHOWN = ("settlement", *COUNTED)


class DisagreementReader(QWidget):
    """The list at the left; at the right the chosen disagreement, as each coder coded it. What is settled is one act,
    by who codes now: a third person, or the coders together under a name of their own, which the reader uses only
    while it is in view.
    """

    open_passage = Signal(int, object)  # source id, Span: read it in context
    say = Signal(str, bool)  # toast, whether it can be undone
    show_code = Signal(int)  # code id
    closed = Signal()  # back to the answer

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self._asked = Asked("agreement")
        self._found = Found()
        self._passage: Passage | None = None
        self._code: CodeId | None = None  # the one code that is shown, of all of them
        self._open_only = True
        self._letters = True
        self._is_settling = False
        self._is_reading = False  # whether all of them are being read
        self._together = ""  # the name that this reader lets people settle under, while it is in view
        self._before = ""  # who coded before
        self._make_head()
        self.list = DisagreementList()
        self.list.chosen.connect(self._chosen)
        self.list.lettered.connect(self._letter)
        self.list.opened.connect(self.read_in_context)
        self.list.left.connect(self.close_reader)
        self.bench = Bench()
        self.bench.settled.connect(self.settle)
        self.bench.lettered.connect(self._letter)
        self.bench.stepped.connect(self.step)
        self.bench.read.connect(self.read_in_context)
        self.bench.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.bench.code_wanted.connect(lambda code: self.show_code.emit(int(code)))
        self._lay_out()
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)

    def _make_head(self) -> None:
        self.back = PlainButton(_("Back to the table"), "close", self.close_reader)
        self.title = Label(_("Where coders differ"), "panel_title")
        self.meta = Label("", "meta", "text2")
        self.code_chip = Chip(_("Code"), on_click=self._open_codes)
        self.code_chip.cleared.connect(lambda: self._filter(code=None))
        self.open_chip = Chip(_("Not settled"), on_click=lambda: self._filter(open_only=not self._open_only))
        self.open_chip.cleared.connect(lambda: self._filter(open_only=False))
        self._head = QHBoxLayout()
        self._head.setContentsMargins(24, 8, 16, 8)
        self._head.setSpacing(8)
        self._head.addWidget(self.title)
        self._head.addWidget(self.meta)
        self._head.addStretch(1)
        for widget in (self.code_chip, self.open_chip, self.back):
            self._head.addWidget(widget)
        self.banner = Banner("caution", "", "")
        self.banner.hide()
        self.together = QuietButton("", "people", self.settle_together)
        self.together.hide()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setProperty("surface", "bg")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.list)
        self._side = side
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(self.bench)
        split.setStretchFactor(1, 1)
        split.setSizes([248, 900])
        full = QWidget()
        inner = QVBoxLayout(full)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.banner)
        inner.addWidget(split, 1)
        self.banner.add_button(self.together)
        self.empty = EmptyState("", _("Show those that are settled"), lambda: self._filter(open_only=False, code=None))
        self.pile = QStackedWidget()
        self.pile.addWidget(full)
        self.pile.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._head)
        outer.addWidget(self.pile, 1)
        self._dress()
        current_theme().changed.connect(self._dress)

    def _dress(self) -> None:
        self._side.setMinimumWidth(max(200, current_theme().px(150)))

    # -- what the page calls -------------------------------------------------------------------------------------------

    def show_asked(self, asked: Asked) -> None:
        """Read the disagreements of what was asked."""
        self._asked = asked
        self._reload()

    def areas(self) -> list[QWidget]:
        """The parts that F6 moves between."""
        return [self.list, *self.bench.areas(), self.code_chip]

    def hints(self) -> list[tuple[str, str]]:
        """Keys worth knowing here."""
        if not self._letters:
            return []
        return [
            (_("J K"), _("next, previous")), (_("1 2"), _("apply as that coder")),
            (_("B"), _("apply to both together")), (_("S"), _("apply to what is selected")),
            (_("N"), _("does not apply")), (_("W"), _("say why")),
        ]  # fmt: skip

    def use_settings(self, settings: Settings) -> None:
        """Whether single letters work."""
        self._letters = bool(settings["code_keys"])

    def on_change(self, change: Change) -> None:
        """The project changed."""
        if change.kind in SETTLING and self._found.rows and not self._is_reading:
            found = self._found
            self.runner.ask(lambda project: settled_now(project, found), self._arrived, key=(self, "disagreements"))
        elif change.touches(*SHOWN):
            self._reload()

    def forget_codings(self) -> None:
        """Show no codings until they are read again with other eyes."""
        self._arrived(Found())

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        """Nothing: all keys are single letters, and every act has a button."""
        return {}

    def close_reader(self) -> None:
        """Back to the answer; whoever coded before codes again."""
        self._leave_together()
        self._together = ""
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave_together()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._together and not event.spontaneous() and self.runner.info is not None:
            self.settle_together()

    # -- asking and showing --------------------------------------------------------------------------------------------

    def _forget(self, _info: object = None) -> None:
        self._together = self._before = ""
        self._arrived(Found())

    def _reload(self) -> None:
        asked, self._is_reading = self._asked, True
        self.runner.ask(lambda project: look(project, asked), self._arrived, key=(self, "disagreements"))

    def _arrived(self, found: Found) -> None:
        self._found = found
        self._is_settling = self._is_reading = False
        self._show()

    def _show(self) -> None:
        found = self._found
        if self._code is not None and self._code not in {row.found.code for row in found.rows}:
            self._code = None
        rows = [row for row in found.rows if self._fits(row)]
        self._say_head()
        self._say_who()
        self.list.show_rows(rows)
        if not rows:
            self._say_empty()
        self.pile.setCurrentIndex(0 if rows else 1)

    def _fits(self, row: Row) -> bool:
        return (self._code is None or row.found.code == self._code) and not (self._open_only and row.settled)

    def _say_head(self) -> None:
        found = self._found
        n, left = len(found.rows), found.left
        self.meta.setText(
            ngettext("{left} of {n} place left to settle", "{left} of {n} places left to settle", n).format(
                left=f"{left:,}", n=f"{n:,}"
            )
            if n
            else ""
        )
        code = next((row.code.name for row in found.rows if row.found.code == self._code), "")
        self.code_chip.set_on(self._code is not None, (code or _("Code")).replace("&", "&&"))
        self.open_chip.set_on(self._open_only, _("Not settled"))

    def _say_who(self) -> None:
        found = self._found
        locked = self._locked()
        is_needed = bool(found.rows) and not found.is_third and not locked
        self.banner.setVisible(is_needed)
        self.together.setVisible(is_needed)
        if is_needed:
            self.banner.show_message(
                "caution",
                _("You are coding as {coder}, who is one of those compared.").format(coder=found.me),
                _("What they coded differently is settled by a third person, or by both together under another name."),
            )
            self.together.setText(_("Settle as “{name}”").format(name=found.together))
        self.bench.lock(locked or ("" if found.is_third else _("Who is one of those compared cannot settle this.")))

    def _say_empty(self) -> None:
        found = self._found
        message, hint = found.problem
        if message:
            said = f"{message} {hint}".strip()
        elif found.rows:
            said = _("All of these are settled.")
        else:
            said = _("The coders do not differ anywhere here.")
        self.empty.set_sentence(said)
        self.empty.button.setVisible(bool(found.rows))

    def _locked(self) -> str:
        info = self.runner.info
        return _("The project was opened for reading only.") if info is not None and info.is_read_only else ""

    def _chosen(self, row: Row | None) -> None:
        if row is None:
            self._passage = None
            self.bench.show_nothing()
            return
        self.runner.ask(lambda project: passage(project, row), self._passage_arrived, key=(self, "passage"))

    def _passage_arrived(self, found: Passage) -> None:
        row = self.list.current()
        if row is None or row.found.code != found.found.code or row.found.span != found.found.span:
            return
        self._passage = found
        self.bench.show_passage(found, row.place, row.settled, self._found.names)

    # -- what the person does ------------------------------------------------------------------------------------------

    def _open_codes(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, path in codes_of(self._found.rows).items():
            action = menu.addAction(path.replace("&", "&&"), partial(self._filter, code=code))
            action.setCheckable(True)
            action.setChecked(code == self._code)
        menu.popup(self.code_chip.mapToGlobal(self.code_chip.rect().bottomLeft()))

    def _filter(self, *, code: CodeId | bool | None = False, open_only: bool | None = None) -> None:
        """Show only some; what is not given stays."""
        if code is not False:
            self._code = None if code is None else CodeId(int(code))
        if open_only is not None:
            self._open_only = open_only
        self._show()

    def step(self, by: int) -> None:
        """To the next disagreement (1) or the previous one (-1)."""
        self.list.step(by)

    def read_in_context(self) -> None:
        """Open the passage in its transcript."""
        row = self.list.current()
        if row is not None:
            self.open_passage.emit(int(row.found.source), row.found.span)

    def settle(self, is_applied: bool, spans: object) -> None:
        """Settle the current disagreement: the code applies to `spans` (a list of Span), or not; then the next one is
        shown.
        """
        row, names = self.list.current(), [self._found.names[coder] for coder in self._found.coders]
        if row is None or self._is_settling:
            return
        self._is_settling = True  # until it is read again: a key that is held settles one thing, not the next unread
        found, why = row.found, self.bench.why.text()
        chosen: list[Span] | None = list(spans) if spans else None  # type: ignore[call-overload]
        self.runner.do(
            lambda project: project.agreement.settle(
                (found.source, found.span), found.code, is_applied, why, chosen, between=names
            ),
            self._done,
            failed=self._reload,
        )

    def _done(self, change: Change) -> None:
        self.bench.why.clear()
        if not self._open_only:
            self.list.step(1, open_only=True)
        if change.said:
            self.say.emit(change.said, True)

    def settle_together(self) -> None:
        """Settle under a name of its own: it codes from now on, until the reader is left."""
        name = self._together or self._found.together
        info = self.runner.info
        if not name or info is None or comparable(info.coder) == comparable(name):
            return
        self._together, self._before = name, info.coder
        self.runner.use_coder(name)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_together(self) -> None:
        info = self.runner.info
        if self._before and info is not None:
            if comparable(info.coder) == comparable(self._together):
                self.runner.use_coder(self._before)
                self.say.emit(_("{coder} is coding again").format(coder=self._before), False)
            self._before = ""

    def _letter(self, letter: str) -> None:
        if not self._letters:
            return
        if letter in ("j", "k"):
            self.step(1 if letter == "j" else -1)
        else:
            self.bench.press(letter)
