"""How the themes were found: how many there could be, by which method, and the recipe to cite."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.theming import METHODS, Recipe, ThemeModel
from cohesion_qda.ui.compare.figure import FigureView, pixels_of_a_point
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.suggest import theme_words
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, Label, QuietButton

WIDEST, LEAST = 640, 260  # pixels; the first at normal text size


class ThemeBoard(QWidget):
    """The curve of the number, whose marks choose another one; the method; the paragraph that can be cited."""

    number_wanted = Signal(int)
    method_wanted = Signal(str)
    say = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ThemeModel((), Recipe())
        self._room = WIDEST
        self.curve = FigureView()
        self.curve.opened.connect(lambda key, _part, _said: self.number_wanted.emit(int(key[0])))
        self.explained = Label("", "meta", "text2")
        self.method_chip = Chip("", on_click=self._choose_method)
        self.method_chip.setAccessibleName(_("How themes are found"))
        self.method = Label("", "quote")
        self.method.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_text = QuietButton(_("Copy the paragraph"), "", self._copy_text)
        self.copy_recipe = QuietButton(_("Copy the recipe"), "", self._copy_recipe)
        self.copy_recipe.setToolTip(_("A line that finds the same themes again in the same talk"))
        self.copy_table = QuietButton(_("Copy as table"), "", self._copy_table)
        self.copy_table.setToolTip(_("All themes with their numbers, to paste into a spreadsheet"))
        buttons = FlowLayout()
        buttons.addWidget(self.copy_table)
        buttons.addWidget(self.copy_text)
        buttons.addWidget(self.copy_recipe)
        chips = FlowLayout()
        chips.addWidget(self.method_chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_("How these themes were found"), "page_title"))
        column.addLayout(chips)
        column.addWidget(self.curve)
        for label in (self.explained, self.method):
            label.setWordWrap(True)
            label.setMaximumWidth(current_theme().px(WIDEST))
            column.addWidget(label)
        column.addLayout(buttons)

    def show_model(self, model: ThemeModel) -> None:
        """Tell of what was found."""
        self._model = model
        self.method.setText(model.method)
        self.method_chip.setText(theme_words.method(model.recipe.method))
        words = _(
            "The solid line is how well the themes are told apart (silhouette), the dashed one how far the same themes come back "
            "when the talk is drawn again (stability); 1 would be perfect. A click on a number looks for so many themes."
        )
        rise = theme_words.rise(model)
        self.explained.setText(
            f"{words} {rise}".strip()
            if len(model.curve) > 1
            else _("There is too little talk to compare numbers of themes.")
        )
        self._draw()

    def _draw(self) -> None:
        from cohesion_qda.report.theme_figures import curve

        many = len(self._model.curve) > 1
        self.curve.setVisible(many)
        if many:
            room = max(LEAST, min(self._room, round(WIDEST * current_theme().scale)))
            self.curve.show_drawing(curve(self._model.curve, self._model.number, room / pixels_of_a_point()))
            self.curve.go_to((self._model.number,))

    def fit(self, room: int) -> None:
        """Take no more room than so many pixels."""
        if room != self._room:
            self._room = room
            self._draw()

    def _choose_method(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in METHODS:
            action = menu.addAction(theme_words.method(name), lambda name=name: self.method_wanted.emit(name))
            action.setCheckable(True)
            action.setChecked(name == self._model.recipe.method)
        menu.popup(self.method_chip.mapToGlobal(self.method_chip.rect().bottomLeft()))

    def _copy_table(self) -> None:
        QGuiApplication.clipboard().setText(theme_words.table(self._model))
        self.say.emit(_("The themes are on the clipboard as a table."), False)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._model.method)
        self.say.emit(_("The paragraph is on the clipboard."), False)

    def _copy_recipe(self) -> None:
        QGuiApplication.clipboard().setText(self._model.recipe.to_json())
        self.say.emit(_("The recipe is on the clipboard."), False)
