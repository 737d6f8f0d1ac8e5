"""Choosing a study frame: for a new project, or to take one up later."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeDraft
from cohesion_qda.model.frame import Frame
from cohesion_qda.ui.start.body import DialogBody
from cohesion_qda.ui.widgets import Label, PrimaryButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.model.change import Change
    from cohesion_qda.ui.runner import Runner

INDENT = 28  # pixels, under the words of a radio button


def take_frame(runner: Runner, parent: QWidget, say: Callable[[str, bool], object]) -> None:
    """Let a frame be chosen, and take it up in one act."""

    def show(taken: tuple[str, ...]) -> None:
        dialog = FramesDialog(taken, parent)
        dialog.accepted.connect(lambda: take(dialog.key))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(key: str) -> None:
        runner.do(lambda project: project.frames.take(key), told)

    def told(change: Change) -> None:
        say(change.said or _("All that the frame brings is there already."), bool(change.said))

    runner.ask(lambda project: tuple(frame.key for frame in project.frames.taken()), show)


class FrameBox(QWidget):
    """A list of the frames to choose one from, and under it what that one is for, what it brings, and which document it follows."""

    def __init__(self, taken: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._frames: tuple[Frame, ...] = ()
        self.box = QComboBox()
        self.box.setAccessibleName(_("Study frame"))
        self.about, self.brings, self.follows = (Label("", "interface", tone) for tone in ("text", "text2", "text2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.box)
        for label in (self.about, self.brings, self.follows):
            label.setWordWrap(True)
            column.addWidget(label)
        self.box.currentIndexChanged.connect(self._tell)
        self._fill()

    @property
    def key(self) -> str:
        """The key of the frame that is chosen."""
        return str(self.box.currentData())

    def choose(self, key: str) -> None:
        """Choose a frame by its key."""
        self.box.setCurrentIndex(self.box.findData(key))

    def _fill(self) -> None:
        from cohesion_qda.project.frames import Frames

        self._frames = Frames.available()
        for frame in self._frames:
            words = _("{name} (taken up)") if frame.key in self._taken else "{name}"
            self.box.addItem(words.format(name=frame.name.said), frame.key)

    def _tell(self, at: int) -> None:
        frame = self._frames[at]
        self.about.setText(frame.about.said)
        self.brings.setText(_("It brings: {things}.").format(things="; ".join(_things(frame))))
        self.follows.setText(
            _("It follows: {document} ({by}, {year}).").format(document=frame.document, by=frame.by, year=frame.year)
        )


class FramesDialog(QDialog):
    """`key` is the frame that was chosen, once it was accepted."""

    def __init__(self, taken: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = _("Take up a study frame")
        self.setWindowTitle(title)
        self.frames = FrameBox(taken)
        self.frames.layout().setContentsMargins(0, 0, 0, 0)
        note = Label(
            _("What the study has already stays as it is. One undo takes all of it back."), "interface", "text2"
        )
        note.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(16)
        column.addWidget(self.frames)
        column.addWidget(note)
        column.addStretch(1)
        self.take = PrimaryButton(_("Take it up"), on_click=self.accept)
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.take)
        self.body = DialogBody(inside, 520)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(16)
        outer.addWidget(Label(title, "page_title"))
        outer.addWidget(self.body, 1)
        outer.addLayout(foot)
        self.frames.box.currentIndexChanged.connect(lambda _at: self.body.fit())
        self.frames.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.body.fit()

    @property
    def key(self) -> str:
        return self.frames.key


def _things(frame: Frame) -> list[str]:
    """What a frame brings, counted."""
    n = sum(_count(code) for code in frame.codes)
    counted = [
        (n, ngettext("{n} code", "{n} codes", n)),
        (n := len(frame.queries), ngettext("{n} retrieval", "{n} retrievals", n)),
        (n := len(frame.plan), ngettext("{n} date or step", "{n} dates and steps", n)),
        (n := len(frame.sheets), ngettext("{n} worksheet", "{n} worksheets", n)),
        (n := len(frame.issues), ngettext("{n} issue with actions", "{n} issues with actions", n)),
        (n := len(frame.area_types), ngettext("figures for {n} kind of area", "figures for {n} kinds of area", n)),
    ]
    return [words.format(n=number) for number, words in counted if number]


def _count(code: CodeDraft) -> int:
    return 1 + sum(map(_count, code.children))
