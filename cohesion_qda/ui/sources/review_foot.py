"""Under the files: the sheet of attributes and the moderator's guide that go with them, and the button that imports."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.attribute import AttributeSheet
from cohesion_qda.ui import choose
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.sources.review_model import Review
from cohesion_qda.ui.widgets import Label, LinkButton, PrimaryButton, QuietButton


class ReviewFoot(QFrame):
    """Says what would be imported with the files; what is chosen here goes into the review."""

    import_wanted = Signal()
    cancel_wanted = Signal()
    changed = Signal()
    troubled = Signal(object)  # UserError

    def __init__(self, runner: Runner, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "top")
        self._runner = runner
        self._review = review
        self.sheet_button = QuietButton(_("Attributes sheet …"), "table", self._choose_sheet)
        self.guide_button = QuietButton("", "note", self.open_guide)
        self.sheet_words = Label("", "meta", "text2")
        self.sheet_words.setWordWrap(True)
        self.match_button = LinkButton(_("Look at it …"), on_click=self.match_sheet)
        self.cancel = QuietButton(_("Cancel"), on_click=self.cancel_wanted.emit)
        self.add = PrimaryButton("", on_click=self.import_wanted.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.sheet_button)
        row.addWidget(self.guide_button)
        row.addSpacing(8)
        row.addWidget(self.sheet_words, 1)
        row.addWidget(self.match_button)
        row.addSpacing(16)
        row.addWidget(self.cancel)
        row.addWidget(self.add)

    def refresh(self) -> None:
        """Say what there is now."""
        review = self._review
        n, questions = review.sources, len(review.guide)
        sets = review.sheet is not None and review.sheet.is_reviewed and any(review.would_set())
        self.add.setText(ngettext("Import {n} source", "Import {n} sources", n).format(n=f"{n:,}"))
        self.add.disable("")
        if n:
            self.add.setToolTip(_("Adds them in one step, which one undo takes back (Ctrl+Enter)"))
        elif sets or questions:
            self.add.setText(_("Set the values") if sets else _("Add the questions"))
        else:
            is_ticked = any(item.is_ticked for item in review.items)
            self.add.disable(
                _("All that is ticked is in the project already.") if is_ticked else _("Nothing is ticked.")
            )
        words = ngettext("{n} question", "{n} questions", questions).format(n=questions)
        self.guide_button.setText(words if questions else _("Moderator’s guide …"))
        self._say_sheet()

    def use_sheet(self, path: Path) -> None:
        """Take attribute values from a sheet; one that cannot be read is told."""
        self._runner.work(_("Reading the sheet"), lambda _job: read_sheet(path), partial(self.take_sheet, path))

    def take_sheet(self, path: Path, sheet: AttributeSheet | UserError) -> None:
        """Take values from a sheet that was read, or say why it could not be."""
        if isinstance(sheet, UserError):
            self.troubled.emit(sheet)
            return
        self._review.use_sheet(path, sheet)
        self.changed.emit()

    def match_sheet(self) -> None:
        """Look at the columns of the sheet, and at the names that match nothing."""
        from cohesion_qda.ui.attributes.sheet_dialog import SheetDialog

        sheet, path = self._review.sheet, self._review.sheet_path
        if sheet is None or path is None:
            return
        title = _("What {name} would set").format(name=path.name)
        dialog = SheetDialog(sheet, self._review.known(), title, self, is_kept=True)
        dialog.accepted.connect(lambda: self.take_sheet(path, dialog.sheet))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_guide(self) -> None:
        """Ask for the questions of the moderator's guide."""
        from cohesion_qda.ui.sources.guide_dialog import GuideDialog

        dialog = GuideDialog(self._runner, self._review.guide, _("Look for these"), self)

        def take() -> None:
            self._review.guide = dialog.given
            self.changed.emit()

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say_sheet(self) -> None:
        sheet, path = self._review.sheet, self._review.sheet_path
        self.match_button.setVisible(sheet is not None)
        if sheet is None or path is None:
            self.sheet_words.setText("")
            return
        sources, people = self._review.would_set()
        parts = []
        if sources:
            parts.append(ngettext("{n} source", "{n} sources", sources).format(n=sources))
        if people:
            parts.append(ngettext("{n} person", "{n} people", people).format(n=people))
        words = _("{name}: values for {what}").format(name=path.name, what=", ".join(parts) or _("nothing new"))
        if self._review.keeps_known:
            words = f"{words}; {_('what is here already keeps its own')}"
        n = len(self._review.unmatched())
        if n:
            unknown = ngettext("{n} name matches nothing", "{n} names match nothing", n).format(n=n)
            words = f"{words}; {unknown}"
        self.sheet_words.setText(words)
        self.sheet_words.set_tone("warn" if n else "text2")

    def _choose_sheet(self) -> None:
        found = choose.open_file(self, _("An attributes sheet"), _("Sheets (*.csv *.xlsx *.ods)"), Path.home())
        if found is not None:
            self.use_sheet(found)


def read_sheet(path: Path) -> AttributeSheet | UserError:
    """A sheet of attributes, or why it could not be read."""
    from cohesion_qda.project.sources import Sources

    try:
        return Sources.read_sheet(path)
    except UserError as error:
        return error
