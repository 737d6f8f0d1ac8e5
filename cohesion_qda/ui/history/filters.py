"""The chips over the trail: by whom, when, and which source, code and kind of act."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QFormLayout, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.trail import EVERYTHING, Wanted
from cohesion_qda.ui.history import words
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.retrieve.flow import FilterBar
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip

DAYS = 14  # that the menu names one by one


class Choice(NamedTuple):
    """An entry of a chip's menu: its words, and what choosing it calls. Without words a line."""

    said: str = ""
    choose: Callable[[], None] = lambda: None
    is_on: bool = False


class Filters(FilterBar):
    """Five chips; `wanted` is what they say together. What can be chosen is read when a chip's menu is opened."""

    changed = Signal()

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.wanted = EVERYTHING
        self._group = ""
        self._period: tuple[datetime.date, datetime.date] | None = None
        self.person = Chip("", on_click=self._open_people)
        self.day = Chip("", on_click=self._open_days)
        self.source = Chip("", on_click=lambda: self._open_touched("source"))
        self.code = Chip("", on_click=lambda: self._open_touched("code"))
        self.kind = Chip("", on_click=self._open_groups)
        self._names = {"source": "", "code": ""}
        super().__init__([self.person, self.day, self.source, self.code, self.kind])
        for chip, clear in (
            (self.person, lambda: self.by_person("")),
            (self.day, lambda: self.by_days(None, None)),
            (self.source, lambda: self.by_touched("source", None, "")),
            (self.code, lambda: self.by_touched("code", None, "")),
            (self.kind, lambda: self.by_group("")),
        ):
            chip.cleared.connect(clear)
        self._dress()

    # -- what is wanted ----------------------------------------------------------------------------------------------

    def by_person(self, name: str) -> None:
        """Only what one person did; empty is everybody."""
        self._now(replace(self.wanted, coder=name))

    def by_days(self, first: datetime.date | None, last: datetime.date | None) -> None:
        """Only what was done from one day to another, both included, by the clock on the wall; None is any day."""
        self._period = (first, last) if first is not None and last is not None else None
        self._now(replace(self.wanted, **words.days_between(first, last)))

    def by_touched(self, about: str, id_: int | None, name: str) -> None:
        """Only what touched one `source` or `code`, whatever its name was then; None is any."""
        self._names[about] = name
        self._now(replace(self.wanted, **{about: id_}))

    def by_group(self, group: str) -> None:
        """Only acts of one group of `words.group_names`; empty is all."""
        self._group = group
        self._now(replace(self.wanted, **words.kinds_of(group)))

    def clear(self, *, tell: bool = True) -> None:
        """Everything is wanted."""
        self._group, self._period = "", None
        self._names = {"source": "", "code": ""}
        self._now(EVERYTHING, tell=tell)

    def set_people(self, people: int) -> None:
        """How many did something: with one there is nothing to choose."""
        self.person.setVisible(people > 1 or bool(self.wanted.coder))

    def _now(self, wanted: Wanted, *, tell: bool = True) -> None:
        is_other = wanted != self.wanted
        self.wanted = wanted
        self._dress()
        if tell and is_other:
            self.changed.emit()

    def _dress(self) -> None:
        wanted, today = self.wanted, datetime.date.today()
        for chip, value, said, what in (
            (self.person, wanted.coder, _("Everyone"), _("Person")),
            (self.day, words.period_words(*self._period, today) if self._period else "", _("Any day"), _("Day")),
            (self.source, self._names["source"], _("All sources"), _("Source")),
            (self.code, self._names["code"], _("All codes"), _("Code")),
            (self.kind, words.group_names().get(self._group, ""), _("All kinds"), _("Kind of act")),
        ):
            shown = value or said
            chip.set_on(bool(value), shown.replace("&", "&&"))
            chip.setAccessibleName(_("{filter}: {value}").format(filter=what, value=shown))

    # -- menus -------------------------------------------------------------------------------------------------------

    def _open_people(self) -> None:
        def show(coders: dict[str, int]) -> None:
            self._open(
                self.person,
                Choice(_("Everyone"), lambda: self.by_person(""), not self.wanted.coder),
                (
                    Choice(words.counted(name, n), lambda name=name: self.by_person(name), name == self.wanted.coder)
                    for name, n in coders.items()
                ),
            )

        self._runner.ask(lambda project: project.history.coders(), show, key=(self, "choices"))

    def _open_days(self) -> None:
        self._runner.ask(lambda project: project.history.times(), self._show_days, key=(self, "choices"))

    def _show_days(self, times: list[str]) -> None:
        today = datetime.date.today()

        def choice(said: str, first: datetime.date, last: datetime.date) -> Choice:
            return Choice(said, lambda: self.by_days(first, last), self._period == (first, last))

        counts = words.day_counts(times)
        days = list(counts)[:DAYS]
        week, month = today - datetime.timedelta(days=6), today - datetime.timedelta(days=29)
        self._open(
            self.day,
            Choice(_("Any day"), lambda: self.by_days(None, None), self._period is None),
            [
                *(choice(words.counted(words.day_words(day, today), counts[day]), day, day) for day in days),
                Choice(),
                choice(_("The last 7 days"), week, today),
                choice(_("The last 30 days"), month, today),
                Choice(_("From one day to another …"), self._ask_for_days),
            ],
        )

    def _ask_for_days(self) -> None:
        dialog = Period(self._period, self)
        dialog.accepted.connect(lambda: self.by_days(*dialog.period()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_touched(self, about: str) -> None:
        is_source = about == "source"
        chip, chosen = (self.source, self.wanted.source) if is_source else (self.code, self.wanted.code)

        def show(found: list[tuple[int, str, int, bool]]) -> None:
            def choice(id_: int, name: str, n: int) -> Choice:
                return Choice(words.counted(name, n), lambda: self.by_touched(about, id_, name), id_ == chosen)

            gone = [choice(id_, name, n) for id_, name, n, is_gone in found if is_gone]
            self._open(
                chip,
                Choice(
                    _("All sources") if is_source else _("All codes"),
                    lambda: self.by_touched(about, None, ""),
                    chosen is None,
                ),
                [choice(id_, name, n) for id_, name, n, is_gone in found if not is_gone],
                _("Not in the project any more"),
                gone,
            )

        self._runner.ask(lambda project: project.history.touched(about), show, key=(self, "choices"))

    def _open_groups(self) -> None:
        def show(kinds: dict[str, int]) -> None:
            counts: dict[str, int] = {}
            for kind, n in kinds.items():
                counts[words.group_of(kind)] = counts.get(words.group_of(kind), 0) + n
            self._open(
                self.kind,
                Choice(_("All kinds"), lambda: self.by_group(""), not self._group),
                (
                    Choice(
                        words.counted(name, counts[group]),
                        lambda group=group: self.by_group(group),
                        group == self._group,
                    )
                    for group, name in words.group_names().items()
                    if group in counts
                ),
            )

        self._runner.ask(lambda project: project.history.kinds(), show, key=(self, "choices"))

    def _open(
        self, chip: Chip, all_: Choice, choices: Iterable[Choice], title: str = "", more: Iterable[Choice] = ()
    ) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add(menu, all_)
        for choice in choices:
            add(menu, choice)
        for at, choice in enumerate(more):
            if at == 0:
                add_title(menu, title)
            add(menu, choice)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))


def add(menu: QMenu, choice: Choice) -> None:
    """Put a choice into a menu."""
    if not choice.said:
        menu.addSeparator()
        return
    action = menu.addAction(choice.said, choice.choose)
    action.setCheckable(True)
    action.setChecked(choice.is_on)


class Period(QDialog):
    """From which day to which."""

    def __init__(self, period: tuple[datetime.date, datetime.date] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("From one day to another"))
        today = datetime.date.today()
        first, last = period or (today - datetime.timedelta(days=6), today)
        self.first, self.last = _field(first), _field(last)
        form = QFormLayout()
        form.addRow(_("&From"), self.first)
        form.addRow(_("&To"), self.last)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Show"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(20)
        column.addLayout(form)
        column.addWidget(buttons)

    def period(self) -> tuple[datetime.date, datetime.date]:
        """The two days, the earlier one first."""
        first, last = sorted((self.first.date().toPython(), self.last.date().toPython()))
        return first, last


def _field(day: datetime.date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setDisplayFormat("d MMMM yyyy")
    field.setCalendarPopup(True)
    return field
