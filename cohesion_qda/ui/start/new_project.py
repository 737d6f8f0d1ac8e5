"""Asking what a new project is called, where it lies and which codebook it starts from."""

from __future__ import annotations

import getpass
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.ui import choose
from cohesion_qda.ui.start.body import Choice, DialogBody
from cohesion_qda.ui.start.frames import FrameBox
from cohesion_qda.ui.widgets import ElidedLabel, Label, PrimaryButton, QuietButton


def documents_folder() -> Path:
    """Where a person keeps their documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if folder.is_dir() else Path.home()


def login_name() -> str:
    """The name a person is logged in with; empty where the system does not know it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    words = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", title)
    return (" ".join(words.split()).strip(" .")[:80] or _("Project")) + ".cqda"


def _what_comes(paths: Sequence[Path]) -> str:
    if not paths:
        return ""
    n = len(paths)
    what = ngettext("“{name}” is read next.", "The {n} files and folders that were dropped are read next.", n)
    return _("{what} You look over who speaks there before anything is added.").format(
        what=what.format(name=paths[0].name, n=n)
    )


class NewProjectDialog(QDialog):
    """`path`, `title`, `coder` and `codebook` hold the answers after it was accepted. `coder` is the name in the settings,
    `for_paths` what was dropped and is to be read into the project.
    """

    def __init__(
        self,
        folder: Path | None = None,
        parent: QWidget | None = None,
        *,
        coder: str = "",
        for_paths: Sequence[Path] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("A new project for what was dropped") if for_paths else _("New project"))
        self._folder = folder or documents_folder()
        self._codebook_file: Path | None = None
        self.title_field = QLineEdit()
        self.title_field.setPlaceholderText(_("For example: Kirklees Together 2026"))
        self.title_field.setAccessibleName(_("Title"))
        self.coder_field = QLineEdit(coder or login_name())
        self.coder_field.setAccessibleName(_("Your name as a coder"))
        self.coder_field.setPlaceholderText(_("The name you are logged in with"))
        self.place = ElidedLabel("", "meta", "text2")
        self.coming = Label(_what_comes(for_paths), "interface", "text2")
        self.coming.setWordWrap(True)
        self.coming.setVisible(bool(for_paths))
        if for_paths:
            first = for_paths[0]
            self.title_field.setText(first.name if first.is_dir() else first.parent.name)
            self.title_field.selectAll()
        self.cohesion = QRadioButton(_("Community cohesion review: defining, what unites, what divides"))
        self.framed = QRadioButton(_("A study frame: codes, retrievals, plan, worksheets and a kind of report"))
        self.frames = FrameBox()
        self.empty = QRadioButton(_("An empty codebook"))
        self.from_file = QRadioButton(_("A codebook file (.qdc, .xlsx, .csv or .json) …"))
        self.make = PrimaryButton(_("Make the project"), on_click=self.accept)
        self.make.setDefault(True)
        self._build()
        self.title_field.textChanged.connect(self._show_place)
        self.from_file.clicked.connect(self._choose_codebook)
        self._show_place()

    @property
    def title(self) -> str:
        return " ".join(self.title_field.text().split())

    @property
    def coder(self) -> str:
        return " ".join(self.coder_field.text().split())

    @property
    def path(self) -> Path:
        return self._folder / file_name(self.title)

    @property
    def frame(self) -> str:
        """The key of the study frame to start from, or empty."""
        return self.frames.key if self.framed.isChecked() else ""

    @property
    def codebook(self) -> str | Path:
        if self.from_file.isChecked() and self._codebook_file is not None:
            return self._codebook_file
        return "cohesion" if self.cohesion.isChecked() else "empty"

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(Label(_("Title"), "interface_strong"), 0, 0, 1, 2)
        grid.addWidget(self.title_field, 1, 0, 1, 2)
        grid.setRowMinimumHeight(2, 12)
        grid.addWidget(Label(_("Where the file lies"), "interface_strong"), 3, 0, 1, 2)
        grid.addWidget(self.place, 4, 0)
        grid.addWidget(QuietButton(_("Another folder …"), "folder", self._choose_folder), 4, 1)
        grid.setRowMinimumHeight(5, 12)
        grid.addWidget(Label(_("Your name as a coder"), "interface_strong"), 6, 0, 1, 2)
        grid.addWidget(self.coder_field, 7, 0, 1, 2)
        grid.setRowMinimumHeight(8, 12)
        grid.addWidget(Label(_("Codes to start from"), "interface_strong"), 9, 0, 1, 2)
        group = QButtonGroup(self)
        self._choices: dict[QRadioButton, Choice] = {}
        for row, choice in zip((10, 11, 13, 14), (self.cohesion, self.framed, self.empty, self.from_file), strict=True):
            group.addButton(choice)
            self._choices[choice] = Choice(choice)
            grid.addWidget(self._choices[choice], row, 0, 1, 2)
        grid.addWidget(self.frames, 12, 0, 1, 2)
        self.framed.toggled.connect(self._show_frames)
        grid.setRowMinimumHeight(15, 12 if self.coming.text() else 0)
        grid.addWidget(self.coming, 16, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setContentsMargins(2, 2, 2, 2)
        inside = QWidget()
        inside.setLayout(grid)
        self.body = DialogBody(inside, 520)
        self.cohesion.setChecked(True)
        self.frames.setVisible(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addWidget(self.body, 1)
        column.addLayout(foot)
        self.body.fit()

    def _show_place(self) -> None:
        self.place.setText(str(self.path))
        taken = self.path.exists()
        self.place.set_tone("err" if taken else "text2")
        reason = _("Type a title first.") if not self.title else ""
        if taken:
            reason = _("There is already a file of that name. Choose another title or folder.")
        self.make.disable(reason)

    def _show_frames(self, is_framed: bool) -> None:
        self.frames.setVisible(is_framed)
        self.body.fit()

    def _choose_folder(self) -> None:
        folder = choose.folder(self, _("A folder for the project"), self._folder)
        if folder is not None:
            self._folder = folder
            self._show_place()

    def _choose_codebook(self) -> None:
        found = choose.open_file(self, _("A codebook"), _("Codebooks (*.qdc *.xlsx *.csv *.json)"), self._folder)
        if found is None:
            self.cohesion.setChecked(True)
        else:
            self._codebook_file = found
            self._choices[self.from_file].set_words(_("Codes of {name}").format(name=found.name))
