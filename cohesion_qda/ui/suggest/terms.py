"""Key terms: of all talk, or those that set the passages of a code apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.suggestion import TermSuggestion
from cohesion_qda.model.table import Count
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.retrieve.picker import CodeChooser
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.listing import Proposal, how_widely
from cohesion_qda.ui.suggest.tab import Standing, Suggestion, Tab, spread
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Label, LinkButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project
    from cohesion_qda.report.picture import Picture


class CloudView(QWidget):
    """A word cloud on white, as large as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture) -> None:
        """Show a picture drawn elsewhere."""
        self._image = QImage.fromData(picture.png)
        self.setAccessibleName(picture.alt)
        self.updateGeometry()
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether there is something to see."""
        return not self._image.isNull()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, self.heightForWidth(800))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._image.size()
        return round((width - 32) * (size.height() / size.width() if size.width() else 0.6)) + 32

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        theme = current_theme()
        size = self._image.size().scaled(self.size() - QSize(32, 32), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((self.width() - size.width()) / 2, 16, size.width(), size.height())
        painter = QPainter(self)
        try:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("ontoast"))
            painter.drawRoundedRect(place.adjusted(-15.5, -15.5, 15.5, 15.5), 8, 8)
            painter.drawImage(place, self._image)
        finally:
            painter.end()


class TermsTab(Tab):
    """The ranked terms with their bars, the same as a word cloud, and the passages of each."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        self._code: CodeId | None = None
        super().__init__(runner, parent)
        self.scope = CodeChooser(_("All talk"))
        self.scope.chosen.connect(lambda code: self.choose_scope(CodeId(code)))
        self.scope.cleared.connect(lambda: self.choose_scope(None))
        self.explained = Label("", "meta", "text2")
        self.explained.setWordWrap(True)
        self.cloud_link = LinkButton(_("Show as a word cloud"), on_click=self._show_cloud)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(8)
        row = FlowLayout()
        row.addWidget(self.scope)
        row.addWidget(self.cloud_link)
        top.addLayout(row)
        top.addWidget(self.explained)
        self.side_column.insertLayout(0, top)
        self.cloud = CloudView()
        self.caption = Label("", "meta", "text2")
        self.caption.setWordWrap(True)
        self._board = self.add_board([self.cloud, self.caption])
        self._say_scope()

    def list_name(self) -> str:
        return _("Key terms")

    def makes_codes(self) -> bool:
        return False

    def invitation(self) -> tuple[str, str]:
        return (
            _("The program can list the words and phrases that most people used, or those that set the passages of a code "
              "apart from the rest, each with how widely it was said."),
            _("Find key terms"),
        )  # fmt: skip

    def nothing(self) -> str:
        return _("No word or phrase stands out here: too few people said the same.")

    def proposal(self, suggestion: Suggestion) -> Proposal:
        assert isinstance(suggestion, TermSuggestion)
        most = max((s.count.participants for s in self.suggestions), default=0)
        share = suggestion.count.participants / most if most else 0.0
        if self._code is None:
            return Proposal(
                suggestion.key, suggestion.term, "", spread(suggestion.count, self.standing.base), share=share
            )
        rest = _("Elsewhere: {widely}").format(widely=how_widely(suggestion.rest, self.standing.base).lower())
        return Proposal(
            suggestion.key, suggestion.term, rest, spread(suggestion.count, self.standing.base), share=share
        )

    def start(self) -> None:
        from cohesion_qda.analysis import worker

        code = self._code
        self.cloud.clear()
        self.compute(
            _("Finding key terms"), lambda project: project.suggestions.chosen(code), worker.suggest_terms,
            lambda chosen, talk: (talk, chosen), self.arrived,
        )  # fmt: skip

    def choose_scope(self, code: CodeId | None) -> None:
        """Look at all talk, or at the passages of a code against the rest."""
        self._code = code
        self._say_scope()
        self.right.setCurrentWidget(self.detail)
        self.start()

    def _stands(self, standing: Standing) -> None:
        if self._code is not None and self._code not in standing.tree:
            self._code = None
        super()._stands(standing)
        self._say_scope()

    def _say_scope(self) -> None:
        self.scope.show_codes(self.standing.tree, self.standing.mentions, self._code)
        self.scope.set_on(self._code is not None)
        if self._code is None:
            self.explained.setText(_("Ranked by how many people said it. The moderator is left out."))
        else:
            self.explained.setText(
                _(
                    "What sets these passages apart from the rest of the talk, the most telling first. "
                    "The bar shows how many people said it."
                )
            )

    def forget(self, _info: object = None) -> None:
        self._code = None
        super().forget()

    # -- the word cloud ----------------------------------------------------------------------------------------------

    def _show_cloud(self) -> None:
        if self.cloud.has_picture:
            self.right.setCurrentWidget(self._board)
            return
        from cohesion_qda.analysis import worker

        code = self._code

        def question(project: Project) -> tuple[Any, Any]:
            return project.tables.talk(), project.suggestions.chosen(code)

        self.cloud_link.disable(_("The word cloud is being drawn"))
        self.runner.ask(
            question,
            lambda answer: self.runner.compute(
                _("Drawing the word cloud"), worker.cloud_weights, answer, self._weighed
            ),
            key=(self, "cloud"),
        )

    def _weighed(self, weights: list[tuple[str, Count]]) -> None:
        from cohesion_qda.report.wordclouds import cloud

        self.runner.compute(_("Drawing the word cloud"), cloud, (weights,), self._drawn)

    def _drawn(self, answer: tuple[Picture, list[str]]) -> None:
        picture, left_out = answer
        self.cloud_link.disable("")
        self.cloud.show_picture(picture)
        said = _("Each word is as large as the number of people who said it. The bars at the left say how many.")
        if left_out:
            said += " " + _("There was no room for: {words}.").format(words=", ".join(left_out[:12]))
        self.caption.setText(said)
        self.right.setCurrentWidget(self._board)

    def _settle(self) -> None:
        super()._settle()
        self.cloud_link.disable("")
