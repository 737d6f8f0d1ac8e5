"""Issues: what the codes of the study bear out, which codes those are, and what the frame says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.frame import Borne, Point
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.memos.holding import Scrolled
from cohesion_qda.ui.page import COUNTED
from cohesion_qda.ui.report.sheet import Field, Line, SheetView
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.retrieve.ticks import Item, TickPopup
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.start.frames import take_frame
from cohesion_qda.ui.widgets import Chip, Label, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

Key = tuple[str, str]  # of a frame and an issue


class Standing(NamedTuple):
    """What the tab shows: every issue of the frames that were taken up, those that are borne out first, with the codes."""

    borne: tuple[Borne, ...] = ()
    tree: CodeTree = CodeTree()
    is_read_only: bool = True


def look(project: Project) -> Standing:
    """Read it. Runs on the project thread."""
    counted = project.frames.issues()
    there = {(each.frame, each.issue.key) for each in counted}
    rest = tuple(each for each in project.frames.borne() if (each.frame, each.issue.key) not in there)
    return Standing((*counted, *rest), project.codebook.tree(), project.is_read_only)


class IssuesTab(ReportTab):
    """A table of the issues, and under it the codes and words of the current one."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._standing = Standing()
        self.none = Label(
            _("The study has taken up no frame that names issues. The Cohesion Delivery Framework has issues, with what can be done about each."),
            "interface", "text2",
        )  # fmt: skip
        self.take_link = LinkButton(
            _("Take up a study frame …"), on_click=lambda: take_frame(runner, self, self.say.emit)
        )
        self.issues = SheetView(_("Issues"), _fields())
        self.issues.chosen.connect(lambda _key: self._came_to())
        self.issues.opened.connect(lambda _key: self._choose())
        self.name = Label("", "interface_strong")
        self.codes = Chip("", on_click=self._choose)
        self.codes.cleared.connect(lambda: self._set([]))
        self.ticks = TickPopup(self)
        self.ticks.taken.connect(self._set)
        self.about = Label("", "interface")
        self._build()
        self._show(Standing())

    def _build(self) -> None:
        """The table over the words of the current issue, each scrolled by itself."""
        for label in (self.none, self.name, self.about):
            label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(Label(_("Codes that bear it out"), "interface_strong"))
        row.addWidget(self.codes)
        row.addStretch(1)
        self.detail = QWidget()
        told = QVBoxLayout(self.detail)
        told.setContentsMargins(24, 16, 24, 16)
        told.setSpacing(8)
        told.addWidget(self.name)
        told.addLayout(row)
        told.addWidget(self.about)
        told.addStretch(1)
        column = QVBoxLayout(inside := QWidget())
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(self.none)
        column.addWidget(self.take_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.issues)
        column.addStretch(1)
        self._room = Scrolled(inside)
        self.foot = Scrolled(self.detail)
        self.foot.setProperty("edge", "top")
        self.foot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrow keys scroll it
        self.foot.setAccessibleName(_("The chosen issue"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._room, 3)
        outer.addWidget(self.foot, 2)

    # -- what the page calls -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        if change.touches(*COUNTED, "frame", "issue_code"):
            self._reload()

    def forget(self, _info: object = None) -> None:
        self._show(Standing())

    def forget_codings(self) -> None:
        self.forget()

    def areas(self) -> list[QWidget]:
        return [self.issues, self.codes, self.foot] if self._standing.borne else [self.take_link]

    def hints(self) -> list[tuple[str, str]]:
        return [("Enter", _("choose the codes"))] if self._standing.borne else []

    # -- inside --------------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "issues"))

    def _show(self, found: Standing) -> None:
        self._standing = found
        lines = [Line((e.frame, e.issue.key), _cells(e), is_dimmed=not e.said.mentions) for e in found.borne]
        self.issues.show_lines(lines, is_read_only=True)
        for part in (self.none, self.take_link):
            part.setVisible(not found.borne)
        self.issues.setVisible(bool(found.borne))
        self._tell()

    def _came_to(self) -> None:
        """Another row is current: it is in view, and told of below."""
        row = self.issues.visualRect(self.issues.currentIndex())
        at = self.issues.viewport().mapTo(self._room.widget(), row.center())
        self._room.ensureVisible(0, at.y(), 0, row.height())
        self._tell()

    def current(self) -> Borne | None:
        """The issue that is chosen."""
        key = self.issues.current()
        return next((each for each in self._standing.borne if (each.frame, each.issue.key) == key), None)

    def _tell(self) -> None:
        each, tree = self.current(), self._standing.tree
        self.foot.setVisible(each is not None)
        if each is None:
            return
        names = [tree.path(code) for code in each.codes if code in tree]
        words = ngettext("{n} code", "{n} codes", len(names)).format(n=len(names)) if names else _("None chosen")
        self.name.setText(each.issue.name.said)
        self.codes.set_on(bool(names), words)
        self.codes.setAccessibleName(_("{name}: {words}").format(name=_("Codes that bear it out"), words=words))
        self.codes.setToolTip("\n".join(names))
        self.codes.setEnabled(not self._standing.is_read_only)
        self.about.setText("\n\n".join(_said(each, names)))

    def _choose(self) -> None:
        """Open the codebook, to tick the codes that bear the issue out."""
        each, tree = self.current(), self._standing.tree
        if each is not None and not self._standing.is_read_only:
            items = [Item(code.id, tree.path(code.id)) for code in tree]
            self.ticks.open_under(self.codes, _("Codes that bear it out"), items, list(each.codes))

    def _set(self, codes: list[CodeId]) -> None:
        each = self.current()
        if each is not None:
            frame, issue = each.frame, each.issue.key
            self.runner.do(lambda p: p.frames.set_codes(frame, issue, codes), self._told)

    def _told(self, change: Change) -> None:
        if change.said:
            self.say.emit(change.said, True)


def _fields() -> tuple[Field, ...]:
    return (
        Field("name", _("Issue"), 1),
        Field("codes", _("Codes"), is_number=True, about=_("Codes of the study that bear it out")),
        Field("groups", _("Groups"), is_number=True),
        Field("participants", _("Participants"), is_number=True),
        Field("mentions", _("Mentions"), is_number=True),
    )


def _cells(each: Borne) -> dict[str, str]:
    said, base = each.said, each.base
    of = _("{n} of {total}")
    cells = {"name": each.issue.name.said, "codes": f"{len(each.codes):,}"}
    if not said.mentions:
        return cells | dict.fromkeys(("groups", "participants", "mentions"), "–")
    return cells | {
        "groups": of.format(n=said.groups, total=base.groups),
        "participants": of.format(n=said.participants, total=base.participants),
        "mentions": f"{said.mentions:,}",
    }


def _said(each: Borne, names: list[str]) -> list[str]:
    """The codes by name, and what the frame says of the issue, a paragraph for each kind."""
    issue = each.issue
    told = [_("Borne out by: {codes}").format(codes="; ".join(names))] if names else []
    told.append(
        _("What can be done: {actions}").format(actions="; ".join(action.name.said for action in issue.actions))
    )
    for words, points in (
        (_("What is known: {points}"), issue.evidence),
        (_("What to beware of: {points}"), issue.pitfalls),
    ):
        if points:
            told.append(words.format(points=" · ".join(map(_point, points))))
    return [*told, _("From: {where}").format(where=issue.where)]


def _point(point: Point) -> str:
    return _("{text} ({where})").format(text=point.text.said, where=point.where)
