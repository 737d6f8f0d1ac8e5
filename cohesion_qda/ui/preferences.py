"""The settings of the person, to look at and change. Each holds at once."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base import i18n
from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.ui.pipeline_choice import PipelineChoice
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.start.body import Choice, DialogBody
from cohesion_qda.ui.textpane.reading import ReadingLook
from cohesion_qda.ui.textpane.reading_panel import ReadingFields
from cohesion_qda.ui.theme import SCALES, current_theme
from cohesion_qda.ui.widgets import Label, PrimaryButton

LARGE = 1.25  # from this text size on, what a field is for stands over it


class Preferences(QDialog):
    """Theme, text size, the coder's name, how the transcript behaves, and what reads the language of the talk."""

    def __init__(self, settings: Settings, parent: QWidget | None = None, runner: Runner | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
        self.setWindowTitle(_("Settings"))
        self._make_fields(settings)
        self._lay_out()
        self.theme.activated.connect(lambda _at: current_theme().set_mode(self.theme.currentData()))
        self.size.activated.connect(lambda _at: current_theme().set_scale(self.size.currentData()))
        for part in self._inside.findChildren(QWidget):
            part.ensurePolished()  # heights are final only then
        self.body.fit()
        self.finished.connect(lambda _code: self._keep())

    def _make_fields(self, settings: Settings) -> None:
        self.theme = QComboBox()
        for mode, words in (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))):
            self.theme.addItem(words, mode)
        self.theme.setCurrentIndex(self.theme.findData(current_theme().mode))
        self.size = QComboBox()
        for scale in SCALES:
            self.size.addItem(_("{percent}%").format(percent=round(scale * 100)), scale)
        self.size.setCurrentIndex(self.size.findData(current_theme().scale))
        self.language = QComboBox()
        self.language.addItem(_("As the system"), i18n.SYSTEM)
        for language in i18n.LANGUAGES:
            self.language.addItem(i18n.named(language), language)
        self.language.setCurrentIndex(self.language.findData(settings["language"]))
        self.language.setToolTip(_("Holds when the program is started anew."))
        for box in (self.theme, self.size, self.language):  # a long name must not make the dialog scroll sideways
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.coder = QLineEdit(settings["coder"])
        self.coder.setPlaceholderText(_("The name you are logged in with"))
        self.keys = QCheckBox(_("Single letters and digits work in the transcript"))
        self.keys.setChecked(settings["code_keys"])
        self.reading = ReadingFields(ReadingLook.kept(settings), self)
        self.pipeline = PipelineChoice(settings["language_pipeline"], self._runner)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.addRow(_("Looks"), self.theme)
        form.addRow(_("Text size"), self.size)
        form.addRow(_("Language"), self.language)
        form.addRow(_("Your name as a coder"), self.coder)
        form.addRow(Choice(self.keys))
        form.addRow(Label(_("Transcripts"), "panel_title"))
        self.reading.add_to(form)
        form.addRow(Label(_("Suggestions"), "panel_title"))
        form.addRow(_("The talk is read with"), self.pipeline)
        form.setContentsMargins(2, 2, 2, 2)
        is_large = current_theme().scale > LARGE
        form.setRowWrapPolicy(
            QFormLayout.RowWrapPolicy.WrapAllRows if is_large else QFormLayout.RowWrapPolicy.DontWrapRows
        )
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        return form

    def _lay_out(self) -> None:
        close = PrimaryButton(_("Close"), on_click=self.accept)
        close.setDefault(True)
        self._inside = QWidget()
        self._inside.setLayout(self._form())
        self.body = DialogBody(self._inside, 440)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(20)
        column.addWidget(Label(_("Settings"), "page_title"))
        column.addWidget(self.body, 1)
        column.addLayout(foot)

    def _keep(self) -> None:
        self._settings.update(
            {
                "theme": self.theme.currentData(),
                "text_size": float(current_theme().scale),
                "language": self.language.currentData(),
                "coder": " ".join(self.coder.text().split()),
                "code_keys": self.keys.isChecked(),
                "language_pipeline": self.pipeline.chosen,
                **self.reading.look.settings(),
            }
        )
