"""Themes that the talk suggests."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.suggestion import ThemeModel, ThemeSuggestion
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.listing import Proposal, how_widely
from cohesion_qda.ui.suggest.tab import Suggestion, Tab
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton, QuietButton

FEWEST = 2


class ThemesTab(Tab):
    """The list of themes, with fewer or more of them, and the paragraph on how they were found."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._number: int | None = None
        self.found = ThemeModel((), "", 0)
        self.fewer = QuietButton(_("Fewer"), "", lambda: self.step(-1))
        self.more = QuietButton(_("More"), "", lambda: self.step(1))
        self.fewer.setToolTip(_("Look for fewer, broader themes"))
        self.more.setToolTip(_("Look for more, narrower themes"))
        self.number = Label("", "interface_strong")
        self.method = Label("", "quote")
        self.method.setWordWrap(True)
        self.method.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.method.setMaximumWidth(current_theme().px(640))
        self.how = LinkButton(_("How were these found?"), on_click=self.show_method)
        top = FlowLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.number)
        top.addWidget(self.fewer)
        top.addWidget(self.more)
        self.side_column.insertLayout(0, top)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 16, 0)
        foot.addWidget(self.how)
        foot.addStretch(1)
        self.side_column.addLayout(foot)
        self._board = self.add_board([Label(_("How these themes were found"), "page_title"), self.method])
        self.detail.make_code.connect(self._make_code)

    def list_name(self) -> str:
        return _("Suggested themes")

    def makes_codes(self) -> bool:
        return True

    def invitation(self) -> tuple[str, str]:
        return (
            _("The program can read all transcripts on this computer and propose what the talk is about, each theme with "
              "the passages that show it. Nothing is coded until you say so."),
            _("Suggest themes"),
        )  # fmt: skip

    def nothing(self) -> str:
        return _("Every suggested theme has been dismissed. Undo brings one back.")

    def proposal(self, suggestion: Suggestion) -> Proposal:
        assert isinstance(suggestion, ThemeSuggestion)
        counts = how_widely(suggestion.count, self.standing.base)
        return Proposal(suggestion.key, suggestion.label, ", ".join(suggestion.terms), counts)

    def start(self) -> None:
        from cohesion_qda.analysis import worker

        number = self._number
        self.compute(
            _("Looking for themes"), lambda project: None, worker.suggest_themes,
            lambda _extra, talk: (talk, number), self._found,
        )  # fmt: skip
        self._say_number()

    def step(self, by: int) -> None:
        """Look for one theme fewer or more."""
        if not self.is_working and self.suggestions:
            self._number = max(FEWEST, len(self.suggestions) + by)
            self.start()

    def _found(self, model: ThemeModel) -> None:
        self.found = model
        self.method.setText(model.method)
        self.arrived(model.themes)
        self._say_number()

    def _say_number(self) -> None:
        n = len(self.suggestions)
        words = ngettext("{n} theme", "{n} themes", n).format(n=n)
        self.number.setText(_("Looking again…") if self.is_working else words)
        working = _("Wait until the themes are found") if self.is_working else ""
        few = _("There cannot be fewer") if n <= FEWEST else ""
        self.fewer.disable(working or few)
        self.more.disable(working)

    def forget(self, _info: object = None) -> None:
        self._number = None
        super().forget()

    def cancel(self) -> None:
        super().cancel()
        if hasattr(self, "number"):
            self._say_number()

    def _settle(self) -> None:
        super()._settle()
        self._say_number()

    def show_method(self) -> None:
        """The paragraph that can be cited."""
        self.right.setCurrentWidget(self._board)

    def _make_code(self, name: str, parent: CodeId | None) -> None:
        theme: Any = self.current()
        chosen = self.detail.chosen_evidence()
        if theme is not None and chosen:
            self.runner.do(lambda project: project.suggestions.accept_theme(theme, name, parent, chosen), self.accepted)
