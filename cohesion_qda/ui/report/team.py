"""Team: who collected and coded what, the training set, and how far everybody agrees with the trainer on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.team import Member, Team
from cohesion_qda.model.text import comparable
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.page import COUNTED
from cohesion_qda.ui.report.sheet import Field, Line, SheetView
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.widgets import Chip, Label, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

WIDE = 320  # pixels of the field of the trainer


class Standing(NamedTuple):
    """What the tab shows. `coders` are the names of those who may be the trainer."""

    team: Team
    coders: tuple[str, ...]
    is_read_only: bool


def look(project: Project) -> Standing:
    """Read it. Runs on the project thread."""
    return Standing(project.team.get(), tuple(coder.name for coder in project.coders()), project.is_read_only)


class TeamTab(ReportTab):
    """The trainer and the training set, a table of the people, and what the current one collected and coded."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._standing = Standing(Team(), (), True)
        self.trainer = QComboBox()
        self.trainer.setAccessibleName(_("Trainer"))
        self.trainer.activated.connect(lambda at: self._name(self.trainer.itemData(at)))
        self.training = Chip("", on_click=self._choose)
        self.training.cleared.connect(lambda: self._train([]))
        self.ticks = TickPopup(self)
        self.ticks.taken.connect(self._train)
        self.people = SheetView(_("People of the team"), _fields())
        self.people.chosen.connect(lambda _name: self._tell())
        self.collected = Label("", "interface", "text2")
        self.attributes_link = LinkButton(
            _("Go to People and attributes"), on_click=lambda: self.go_to.emit("attributes")
        )
        self.hidden = Label(
            _("Others’ codings are hidden, so only your own are counted here and no agreement is told."), "interface", "warn"
        )  # fmt: skip
        self.about = [Label("", "interface") for _n in range(3)]
        column = QVBoxLayout(inside := QWidget())
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addLayout(self._make_form())
        column.addSpacing(16)
        column.addWidget(self.people)
        column.addWidget(self.hidden)
        for label in (self.hidden, *self.about):
            label.setWordWrap(True)
        for label in self.about:
            column.addWidget(label)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolled(inside))

    def _make_form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(2, 1)
        named = Label(_("Trainer"), "interface_strong")
        named.setBuddy(self.trainer)
        self.trainer.setMinimumWidth(WIDE)
        form.addWidget(named, 0, 0)
        form.addWidget(self.trainer, 0, 1)
        form.addWidget(Label(_("Training set"), "interface_strong"), 1, 0)
        chosen = QHBoxLayout()
        chosen.addWidget(self.training)
        chosen.addStretch(1)
        form.addLayout(chosen, 1, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.collected)
        row.addWidget(self.attributes_link)
        row.addStretch(1)
        form.addWidget(Label(_("Collected by"), "interface_strong"), 2, 0)
        form.addLayout(row, 2, 1, 1, 2)
        return form

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        if change.touches(*COUNTED, "project_setting", "settlement"):
            self._reload()

    def forget(self, _info: object = None) -> None:
        self._show(Standing(Team(), (), True))

    def forget_codings(self) -> None:
        self.forget()

    def areas(self) -> list[QWidget]:
        return [self.trainer, self.training, self.people]

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "team"))

    def _show(self, found: Standing) -> None:
        self._standing, team = found, found.team
        self.trainer.clear()
        self.trainer.addItem(_("Nobody"), "")
        for name in found.coders:
            self.trainer.addItem(name, name)
        names = [comparable(name) for name in found.coders]
        self.trainer.setCurrentIndex(
            names.index(comparable(team.trainer)) + 1 if comparable(team.trainer) in names else 0
        )
        n = len(team.training)
        words = ngettext("{n} source", "{n} sources", n).format(n=n) if n else _("None chosen")
        self.training.set_on(bool(n), words)
        self.training.setAccessibleName(_("{name}: {words}").format(name=_("Training set"), words=words))
        self.training.setToolTip("\n".join(team.called(team.training)))
        for field in (self.trainer, self.training):
            field.setEnabled(not found.is_read_only)
        by = _("Told by the attribute “{name}” of sources.").format(name=team.by)
        if not team.by:
            by = _("Whoever imported it: no source has an attribute “{name}”.").format(name=_("collected by"))
        self.collected.setText(by)
        self.hidden.setVisible(team.is_hidden)
        self.people.show_lines([Line(member.name, _cells(team, member)) for member in team.members], is_read_only=True)
        self._tell()

    def _tell(self) -> None:
        """What the current person collected and coded, by name."""
        team = self._standing.team
        member = next((member for member in team.members if member.name == self.people.current()), None)
        told = [""] * len(self.about)
        if member is not None:
            told = [
                _("Collected: {names}").format(names=_named(team.called(member.collected))),
                _("Coded: {names}").format(names=_named(team.called(member.coded))),
                _("Coded of the training set: {names}").format(names=_named(team.called(member.training))),
            ]
        for label, words in zip(self.about, told, strict=True):
            label.setText(words)
            label.setVisible(bool(words))
        self.about[2].setVisible(member is not None and bool(team.training))

    def _name(self, name: str) -> None:
        if comparable(name) != comparable(self._standing.team.trainer):
            self.runner.do(lambda project: project.team.set_trainer(name), self._told, failed=self._reload)

    def _choose(self) -> None:
        """Open the sources, to tick those of the training set."""
        team = self._standing.team
        items = [Item(source, name) for source, name in team.names]
        self.ticks.open_under(self.training, _("Sources of the training set"), items, list(team.training))

    def _train(self, sources: list) -> None:
        self.runner.do(lambda project: project.team.set_training(sources), self._told)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", _("Person"), 1),
        Field("collected", _("Sources collected"), is_number=True),
        Field("coded", _("Sources coded"), is_number=True),
        Field("codings", _("Codings"), is_number=True),
        Field("codes", _("Codes used"), is_number=True),
        Field("training", _("Training set"), is_number=True, about=_("Sources of the training set that they coded")),
        Field("agreed", _("Agreed in"), is_number=True,
              about=_("Turns in which both they and the trainer used a code, of those in which at least one did")),
        Field("kappa", _("Kappa"), is_number=True, about=_("1 for full agreement, 0 for no more than chance would give")),
    )  # fmt: skip


def _cells(team: Team, member: Member) -> dict[str, str]:
    said, n = member.trained, len(team.training)
    kappa = None if said is None else said.kappa
    return {
        "name": _("{name} (trainer)").format(name=member.name) if member.is_trainer else member.name,
        "collected": f"{len(member.collected):,}", "coded": f"{len(member.coded):,}",
        "codings": f"{member.codings:,}", "codes": f"{member.codes:,}",
        "training": _("{n} of {total}").format(n=len(member.training), total=n) if n else "–",
        "agreed": "–" if said is None else _("{n} of {total}").format(n=said.both, total=said.either),
        "kappa": "–" if kappa is None else f"{kappa:.2f}".replace("-", "−"),
    }  # fmt: skip


def _named(names: tuple[str, ...]) -> str:
    return "; ".join(names) or _("nothing yet")
