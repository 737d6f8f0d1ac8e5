"""Contents: what will be in the report, and the author's own words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.wish import thresholds
from cohesion_qda.ui.report.looking import Contents, look
from cohesion_qda.ui.report.tab import ReportTab
from cohesion_qda.ui.report.writing import default_folder
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import (
    ElidedLabel,
    EmptyState,
    Label,
    LinkButton,
    QuietButton,
)

RESTING = 800  # milliseconds without typing before the author's words are kept
FIELDS = ("title", "authors", "summary")


class ContentsTab(ReportTab):
    """The author's words and the folder at the left, the parts of the report at the right."""

    folder_chosen = Signal(object)  # Path

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._contents: Contents | None = None
        self._path: Path | None = None  # the project that the words belong to
        self._kept: dict[str, str] = {}
        self._sent: set[str] = set()  # words that the project has not answered for yet
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(RESTING)
        self._typing.timeout.connect(self.keep_words)
        self._pile = QStackedWidget()
        self._pile.addWidget(self._make_body())
        self.empty = EmptyState(
            _("No passages coded yet. Select some words and press C; the report is made from them."),
            _("Go to Read & code"),
            lambda: self.go_to.emit("read"),
        )
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pile, 1)

    def _make_body(self) -> QWidget:
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside.setProperty("surface", "paper")
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(48)
        row.addLayout(self._make_form(), 5)
        row.addLayout(self._make_contents(), 6)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of what is in it
        return area

    def _make_fields(self) -> QFormLayout:
        self.title = QLineEdit()
        self.authors = QLineEdit()
        self.summary = QPlainTextEdit()
        self.summary.setProperty("field", True)
        self.summary.setTabChangesFocus(True)
        self.summary.installEventFilter(self)
        self.summary.setMinimumHeight(140)
        self.summary.setMaximumHeight(220)
        self.summary.setPlaceholderText(_("What you want a reader to take away, in your own words"))
        self.authors.setPlaceholderText(_("Who wrote it"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        for words, field in ((_("Title"), self.title), (_("Authors"), self.authors), (_("Summary"), self.summary)):
            label = Label(words, "interface_strong")
            label.setBuddy(field)
            label.setContentsMargins(0, 8, 0, 0)
            field.setAccessibleName(words)
            form.addRow(label, field)
        self.title.textEdited.connect(lambda _text: self._typing.start())
        self.authors.textEdited.connect(lambda _text: self._typing.start())
        self.summary.textChanged.connect(self._typing.start)
        for line in (self.title, self.authors):
            line.editingFinished.connect(self.keep_words)
        return form

    def _make_small(self) -> QVBoxLayout:
        """What the report does with small numbers of people, and why."""
        self.small = QComboBox()
        for threshold, said in thresholds().items():
            self.small.addItem(said, str(threshold or "off"))
        self.about_small = Label("", "meta", "text2")
        self.about_small.setWordWrap(True)
        self.small.activated.connect(lambda _index: self.hide_below(self.small.currentData()))
        label = Label(_("Small numbers"), "panel_title")
        label.setBuddy(self.small)
        self.small.setAccessibleName(_("Small numbers"))
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (label, self.small, self.about_small):
            column.addWidget(widget)
        return column

    def _make_form(self) -> QVBoxLayout:
        self.place = ElidedLabel("", "interface")
        self.choose_button = QuietButton(_("Choose…"), "folder", self.choose_folder)
        self.choose_button.setAccessibleName(_("Choose the folder to write to"))
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(_("Your words"), "panel_title"))
        column.addLayout(self._make_fields())
        column.addSpacing(16)
        column.addLayout(self._make_small())
        column.addSpacing(16)
        column.addWidget(Label(_("Folder to write to"), "panel_title"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.place, 1)
        row.addWidget(self.choose_button)
        column.addLayout(row)
        kinds = Label(
            _("report.docx for Word, report.html for the web, and the figures and tables beside them. A folder that holds "
              "a report already is written anew; other files are never replaced."), "meta", "text2",
        )  # fmt: skip
        kinds.setWordWrap(True)
        column.addWidget(kinds)
        column.addStretch(1)
        self._dress()
        current_theme().changed.connect(self._dress)
        return column

    def _make_contents(self) -> QVBoxLayout:
        self.parts = QGridLayout()
        self.parts.setHorizontalSpacing(16)
        self.parts.setVerticalSpacing(0)
        self.parts.setColumnStretch(0, 1)
        self.gaps_title = Label(_("Still missing"), "panel_title")
        self.gaps = QVBoxLayout()
        self.gaps.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label(_("What will be in it"), "panel_title"))
        column.addLayout(self.parts)
        column.addSpacing(16)
        column.addWidget(self.gaps_title)
        column.addLayout(self.gaps)
        column.addStretch(1)
        return column

    # -- what the window calls ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        self._reload()

    def leave(self) -> None:
        self.keep_words()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.summary and event.type() == QEvent.Type.FocusOut:
            self.keep_words()
        return super().eventFilter(watched, event)

    def areas(self) -> list[QWidget]:
        return [self.title, self.choose_button]

    # -- showing -----------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self._contents = None
        _empty(self.parts)
        _empty(self.gaps)

    def forget(self, _info: object = None) -> None:
        self._typing.stop()
        self._contents, self._kept = None, {}
        self._sent.clear()
        for name in FIELDS:
            getattr(self, name).clear()
        self._typing.stop()
        self.place.setText("")

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "contents"))

    def _show(self, contents: Contents) -> None:
        self._contents = contents
        info = self.runner.info
        if info is not None:
            self._path = info.path
        if info is not None and not self.place.text():
            self.take(default_folder(info.path))
        self._pile.setCurrentIndex(0 if contents.has_codings else 1)
        self.title.setPlaceholderText(contents.default_title)
        self._fill_words(contents.settings)
        self._fill_small(contents.settings["small numbers"])
        self.small.setEnabled(not contents.is_read_only)
        for field in (self.title, self.authors, self.summary):
            field.setReadOnly(contents.is_read_only)
        self._fill_parts(contents)
        self._fill_gaps(contents)

    def _fill_words(self, settings: dict[str, str]) -> None:
        """Put the kept words into the fields, except where the person is typing."""
        for name in FIELDS:
            value = settings.get(name, "")
            field = getattr(self, name)
            is_typed = name in self._sent or self._words(name).strip() != self._kept.get(name, "")
            if is_typed:
                continue
            if self._words(name).strip() != value:
                field.blockSignals(True)
                field.setPlainText(value) if name == "summary" else field.setText(value)
                field.blockSignals(False)
            self._kept[name] = value

    def _fill_small(self, wish: str) -> None:
        self.small.setCurrentIndex(self.small.findData(wish))
        if wish == "off":
            said = _("Somebody who knows the groups may recognise a person behind a small number. Do not publish this.")
        else:
            said = _(
                "Numbers of people under {n} become [c], and so do as many others as it takes that nobody can work them out. In how "
                "many groups something was said is still told."
            ).format(n=wish)
        self.about_small.setText(said)

    def _fill_parts(self, contents: Contents) -> None:
        _empty(self.parts)
        for row, part in enumerate(contents.parts):
            line = QFrame()
            line.setProperty("surface", "paper")
            line.setProperty("edge", "bottom")
            words = QVBoxLayout(line)
            words.setContentsMargins(0, 8, 0, 8)
            words.setSpacing(0)
            words.addWidget(ElidedLabel(part.title, "interface_medium"))
            words.addWidget(ElidedLabel(part.numbers, "meta", "text2"))
            self.parts.addWidget(line, row, 0)

    def _fill_gaps(self, contents: Contents) -> None:
        _empty(self.gaps)
        self.gaps_title.setText(_("Still missing") if contents.gaps else _("Nothing is missing"))
        for gap in contents.gaps:
            label = Label(gap.said, "interface")
            label.setWordWrap(True)
            link = LinkButton(_("Go there"), on_click=lambda page=gap.page: self._go_there(page))
            link.setAccessibleName(_("Go there: {gap}").format(gap=gap.said))
            board = QWidget()
            row = QHBoxLayout(board)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(16)
            row.addWidget(label, 1)
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            self.gaps.addWidget(board)

    # -- what the person does ----------------------------------------------------------------------------------------

    def _go_there(self, place: str) -> None:
        """To the page, or to the field of this one, where something missing can be put right."""
        if place in FIELDS:
            getattr(self, place).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_to.emit(place)

    def keep_words(self) -> None:
        """Keep the author's words that were changed."""
        self._typing.stop()
        info = self.runner.info
        if self._contents is None or self._contents.is_read_only or info is None or info.path != self._path:
            return
        changed = [name for name in FIELDS if self._words(name).strip() != self._kept.get(name, "")]
        self._sent |= set(changed)
        for name in changed:
            self._kept[name] = value = self._words(name).strip()
            self.runner.do(
                lambda project, name=name, value=value: project.reports.set(name, value),
                lambda _change, name=name: self._sent.discard(name),
            )

    def hide_below(self, wish: str) -> None:
        """Hide numbers of people below `wish` in the report from now on ("off": none)."""
        if self._contents is not None and wish != self._contents.settings["small numbers"]:
            self.runner.do(lambda project: project.reports.set("small numbers", wish))

    def choose_folder(self) -> None:
        """Ask where to write to."""
        written = Path(self.place.text())
        start = written if self.place.text() and written.is_dir() else Path.home()
        found = choose.folder(self, _("Choose a folder for the report"), start)
        if found is not None:
            self.take(found)
            self.folder_chosen.emit(found)

    def take(self, what: object) -> None:
        if isinstance(what, Path):
            self.place.setText(str(what))

    def _words(self, name: str) -> str:
        field = getattr(self, name)
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    def _dress(self) -> None:
        for field in (self.title, self.authors, self.summary):
            field.setFont(current_theme().font("interface"))


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
