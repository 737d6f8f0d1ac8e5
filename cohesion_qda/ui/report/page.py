"""Report: what will be in it, the author's own words, and writing it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
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
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.wish import thresholds
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.report.contents import Contents, look
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import (
    Banner,
    ElidedLabel,
    EmptyState,
    Label,
    LinkButton,
    PageHeader,
    PrimaryButton,
    QuietButton,
)

RESTING = 800  # milliseconds without typing before the author's words are kept
FIELDS = ("title", "authors", "summary")


class ReportPage(Page):
    """The page: the author's words and the folder at the left, the parts of the report at the right."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._contents: Contents | None = None
        self._path: Path | None = None  # the project that the words belong to
        self._folder: Path | None = None
        self._written: Path | None = None
        self._singled: tuple[str, ...] = ()
        self._job: Job | None = None
        self._is_writing = False
        self._kept: dict[str, str] = {}
        self._sent: set[str] = set()  # words that the project has not answered for yet
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(RESTING)
        self._typing.timeout.connect(self.keep_words)
        self.header = PageHeader(_("Report"), "")
        self.write_button = PrimaryButton(_("Write report"), "report", self.write)
        self.header.add_action(self.write_button)
        self.done = self._make_done()
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
        column.addWidget(self.header)
        column.addWidget(self.done)
        column.addWidget(self._pile, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        runner.idle.connect(self._settle)

    def _make_done(self) -> QWidget:
        board = QFrame()
        board.setProperty("surface", "paper")
        self.message = Banner("success", "", "")
        self.open_button = QuietButton(_("Open the report"), "open", self.open_report)
        self.folder_button = QuietButton(_("Show the folder"), "folder", self.show_folder)
        row = QHBoxLayout(board)
        row.setContentsMargins(24, 12, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.message, 1)
        row.addWidget(self.open_button)
        row.addWidget(self.folder_button)
        self.message.closed.connect(board.hide)
        board.hide()
        return board

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

    def entered(self) -> None:
        self._reload()

    def on_change(self, change: Change) -> None:
        self._reload()

    def hideEvent(self, event: object) -> None:
        self.keep_words()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.summary and event.type() == QEvent.Type.FocusOut:
            self.keep_words()
        return super().eventFilter(watched, event)

    def areas(self) -> list[QWidget]:
        return [self.write_button, self.title, self.choose_button]

    # -- showing -----------------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        self._contents = None
        _empty(self.parts)
        _empty(self.gaps)

    def _forget(self, _info: object = None) -> None:
        self._typing.stop()
        self._contents, self._written, self._folder, self._kept = None, None, None, {}
        self._sent.clear()
        for name in FIELDS:
            getattr(self, name).clear()
        self._typing.stop()
        self.done.hide()

    def _reload(self) -> None:
        self.runner.ask(look, self._show, key=(self, "contents"))

    def _show(self, contents: Contents) -> None:
        self._contents = contents
        info = self.runner.info
        if info is not None:
            self._path = info.path
        if self._folder is None and info is not None:
            path = info.path
            self._folder = path.with_name(_("{project} report").format(project=path.stem))
        self.place.setText(str(self._folder or ""))
        self._pile.setCurrentIndex(0 if contents.has_codings else 1)
        self.write_button.setVisible(contents.has_codings)
        parts = len(contents.parts)
        self.header.set_title(contents.settings.get("title") or contents.default_title)
        self.header.set_meta(_("Findings report in {n} parts, made from the codings of this project").format(n=parts))
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
        start = self._folder if self._folder is not None and self._folder.is_dir() else Path.home()
        found = choose.folder(self, _("Choose a folder for the report"), start)
        if found is not None:
            self.write_to(found)

    def write_to(self, folder: Path) -> None:
        """Write to another folder from now on."""
        self._folder = folder
        self.place.setText(str(folder))

    def write(self) -> None:
        """Write the report, off the window's thread."""
        if self._is_writing or self._folder is None:
            return
        self.keep_words()
        folder = self._folder
        self._is_writing = True
        self.done.hide()
        self.write_button.disable(_("The report is being written"))

        def write_it(data: object) -> None:
            self._singled = getattr(data, "singled", ())

            def task(job: Job) -> Path:
                from cohesion_qda.report.document import write_report

                return write_report(data, folder, job)

            self._job = self.runner.work(_("Writing the report"), task, self._finished)

        def read(_ready: object) -> None:
            self.runner.ask(lambda project: project.reports.snapshot(), write_it, title=_("Reading the project"))

        from cohesion_qda.analysis import worker
        from cohesion_qda.ui.suggest.assistant import assistant_of

        # word clouds need the parse of every text: it is worked out, and kept, away from the project thread
        assistant_of(self.runner).ask(_("Reading what was said"), worker.ready, lambda _p: (), read, stopped=self._end)

    def _finished(self, path: Path) -> None:
        self._written = path
        self._end()
        where = _("It is in {folder}.").format(folder=path.parent)
        self.message.show_message("success", _("The report is written."), "\n".join((where, *self._singled[:3])))
        self.message.show()
        self.done.show()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._contents is not None and not self._contents.is_read_only:
            self.runner.do(lambda project: project.reports.note(path.parent))

    def _settle(self) -> None:
        """All that was asked has been answered: what still seems to be written was cancelled or failed."""
        if self._is_writing:
            self._end()

    def _end(self) -> None:
        self._is_writing, self._job = False, None
        self.write_button.disable("")

    def open_report(self) -> None:
        """Open the written report in the browser."""
        self._open(self._written)

    def show_folder(self) -> None:
        """Open the folder of the written report."""
        self._open(self._written.parent if self._written is not None else None)

    def _open(self, path: Path | None) -> None:
        if path is None or not path.exists():
            self.say.emit(_("It is not there any more. Write the report again."), False)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.say.emit(_("This computer has no program to open it with. It is at {path}").format(path=path), False)

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
