"""The title page and how the report is written: title, authors, date, version, template, attribution, small numbers, folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.change import Change
from cohesion_qda.model.reporting import GROUP, NAMED, NOBODY, PSEUDONYM
from cohesion_qda.ui import choose
from cohesion_qda.ui.compare.wish import thresholds
from cohesion_qda.ui.memos.autosave import Autosave
from cohesion_qda.ui.report.looking import Contents, Gap
from cohesion_qda.ui.report.writing import default_folder
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import ElidedLabel, Label, LinkButton, QuietButton

FIELDS = ("title", "authors", "date", "version")
WIDE, NARROW = 560, 200  # pixels


def attributions() -> dict[str, str]:
    """Who quotations are said to be by, in words."""
    return {
        NAMED: _("The name in the study, and the group"),
        PSEUDONYM: _("A number (“Participant 12”), and the group"),
        GROUP: _("The group alone"),
        NOBODY: _("Nobody"),
    }


class FrontPane(QWidget):
    """What stands on the title page, and how all of it is written; at the end what is still missing."""

    folder_chosen = Signal(object)  # Path
    go_to = Signal(str)
    say = Signal(str, bool)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._contents: Contents | None = None
        self._kept: dict[str, str] = {}
        self._sent: set[str] = set()  # words that the project has not answered for yet
        self.fields = {name: QLineEdit() for name in FIELDS}
        self.saving = Autosave(self, runner, self.keep_words)
        self.saving.watch(*self.fields.values())
        for field in self.fields.values():
            field.textEdited.connect(lambda _text: self.saving.touch())
            field.editingFinished.connect(self.keep_words)
        self.template = self._choice(self._use_template)
        self.attribution = self._choice(lambda key: self._set("attribution", key))
        self.small = self._choice(lambda key: self._set("small numbers", key))
        for key, words in attributions().items():
            self.attribution.addItem(words, key)
        for threshold, words in thresholds().items():
            self.small.addItem(words, str(threshold or "off"))
        self.about_template, self.about_small = Label("", "meta", "text2"), Label("", "meta", "text2")
        self.place = ElidedLabel("", "interface")
        self.choose_button = QuietButton(_("Choose…"), "folder", self.choose_folder)
        self.choose_button.setAccessibleName(_("Choose the folder to write to"))
        self.gaps_title = Label(_("Still missing"), "panel_title")
        self.gaps = QVBoxLayout()
        self.gaps.setSpacing(8)
        self._lay_out()
        self._dress()
        current_theme().changed.connect(self._dress)

    def _choice(self, use: Callable[[str], object]) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(20)
        made.activated.connect(lambda _at: use(made.currentData()))
        return made

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        self.fields["authors"].setPlaceholderText(_("Who wrote it"))
        self.fields["date"].setPlaceholderText(_("The day of the last change"))
        self.fields["date"].setToolTip(_("A day such as 2020-01-30"))
        self.fields["version"].setPlaceholderText(_("Such as draft 2"))
        rows: list[tuple[str, QWidget, Label | None]] = [
            (_("Title"), self.fields["title"], None), (_("Authors"), self.fields["authors"], None),
            (_("Date"), self.fields["date"], None), (_("Version"), self.fields["version"], None),
            (_("Template"), self.template, self.about_template), (_("Quotations are by"), self.attribution, None),
            (_("Small numbers"), self.small, self.about_small),
        ]  # fmt: skip
        for words, field, about in rows:
            n = form.rowCount()
            label = Label(words, "interface_strong")
            label.setBuddy(field)
            field.setAccessibleName(words)
            form.addWidget(label, n, 0)
            form.addWidget(field, n, 1)
            if about is not None:
                about.setWordWrap(True)
                about.setMinimumWidth(NARROW)  # of its own it would not give the list beside it any room
                form.addWidget(about, n + 1, 1)
        folder = QHBoxLayout()
        folder.setSpacing(16)
        folder.addWidget(self.place, 1)
        folder.addWidget(self.choose_button)
        n = form.rowCount()
        form.addWidget(Label(_("Folder to write to"), "interface_strong"), n, 0)
        form.addLayout(folder, n, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(8)
        column.addLayout(form)
        column.addSpacing(16)
        column.addWidget(self.gaps_title)
        column.addLayout(self.gaps)
        column.addStretch(1)

    # -- showing -------------------------------------------------------------------------------------------------------

    def show_contents(self, contents: Contents, project: Path | None) -> None:
        """Show what is kept, except where the person is typing."""
        self._contents, settings = contents, contents.settings
        if project is not None and not self.place.text():
            self.place.setText(str(default_folder(project)))
        self.fields["title"].setPlaceholderText(contents.default_title)
        for name, field in self.fields.items():
            is_typed = name in self._sent or field.text().strip() != self._kept.get(name, "")
            if not is_typed:
                if field.text().strip() != settings[name]:
                    field.setText(settings[name])
                self._kept[name] = settings[name]
            field.setReadOnly(contents.is_read_only)
        self._show_templates(contents)
        self.attribution.setCurrentIndex(self.attribution.findData(settings["attribution"]))
        self._show_small(settings["small numbers"])
        for choice in (self.template, self.attribution, self.small):
            choice.setEnabled(not contents.is_read_only)
        self._show_gaps(contents)

    def forget_gaps(self) -> None:
        """What is missing is not known."""
        _empty(self.gaps)
        self.gaps_title.setText("")

    def forget(self) -> None:
        """Show nothing of the project before."""
        self.saving.forget()
        self._contents, self._kept = None, {}
        self._sent.clear()
        for field in self.fields.values():
            field.clear()
        self.place.setText("")
        _empty(self.gaps)

    def _show_templates(self, contents: Contents) -> None:
        self.template.clear()
        for key, name, about in contents.templates:
            self.template.addItem(name, key)
            self.template.setItemData(self.template.count() - 1, about, Qt.ItemDataRole.ToolTipRole)
        at = max(0, self.template.findData(contents.settings["template"]))
        self.template.setCurrentIndex(at)
        self.about_template.setText(contents.templates[at][2] if contents.templates else "")

    def _show_small(self, wish: str) -> None:
        self.small.setCurrentIndex(self.small.findData(wish))
        if wish == "off":
            said = _("Somebody who knows the groups may recognise a person behind a small number. Do not publish this.")
        else:
            said = _(
                "Numbers of people under {n} become [c], and so do as many others as it takes that nobody can work them out. In how "
                "many groups something was said is still told."
            ).format(n=wish)
        self.about_small.setText(said)

    def _show_gaps(self, contents: Contents) -> None:
        _empty(self.gaps)
        self.gaps_title.setText(_("Still missing") if contents.gaps else _("Nothing is missing"))
        for gap in contents.gaps:
            link = LinkButton(_("Go there"), on_click=lambda gap=gap: self._go_there(gap))
            link.setAccessibleName(_("Go there: {gap}").format(gap=gap.said))
            self.gaps.addWidget(_said(gap.said, link))
        for stray in contents.strays:
            said = _("“{name}” is gone; your words on it are kept: “{words}”").format(
                name=stray.name, words=stray.words
            )
            drop = LinkButton(_("Drop them"), on_click=lambda key=stray.key: self._drop(key))
            drop.setEnabled(not contents.is_read_only)
            drop.setAccessibleName(_("Drop your words on “{name}”").format(name=stray.name))
            self.gaps.addWidget(_said(said, drop))

    # -- what the person does ------------------------------------------------------------------------------------------

    def keep_words(self) -> None:
        """Keep the fields that were changed."""
        self.saving.forget()
        if self._contents is None or self._contents.is_read_only:
            return
        for name, field in self.fields.items():
            value = field.text().strip()
            if value != self._kept.get(name, ""):
                self._sent.add(name)
                self._kept[name] = value
                self._set(name, value)

    def choose_folder(self) -> None:
        """Ask where to write to."""
        now = Path(self.place.text())
        start = now if self.place.text() and now.is_dir() else Path.home()
        found = choose.folder(self, _("Choose a folder for the report"), start)
        if found is not None:
            self.show_folder(found)
            self.folder_chosen.emit(found)

    def show_folder(self, folder: Path) -> None:
        """Show another folder."""
        self.place.setText(str(folder))

    def _set(self, name: str, value: str) -> None:
        def back() -> None:
            """It was not taken: show what is kept."""
            self._sent.discard(name)
            if self._contents is not None and name in self.fields:
                self._kept[name] = self._contents.settings[name]
                self.fields[name].setText(self._kept[name])

        if name in self.fields or self._contents is None or value != self._contents.settings[name]:
            self._runner.do(
                lambda project: project.reports.set(name, value), lambda _change: self._sent.discard(name), failed=back
            )

    def _use_template(self, key: str) -> None:
        self._runner.do(lambda project: project.reports.use_template(key), self._told)

    def _drop(self, key: str) -> None:
        self._runner.do(lambda project: project.reports.write_words(key, ""), self._told)

    def _go_there(self, gap: Gap) -> None:
        """To the page, or to the field of this one, where something missing can be put right."""
        if gap.page in self.fields:
            self.fields[gap.page].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.go_to.emit(gap.page)

    def _told(self, change: Change) -> None:
        self.say.emit(change.said, bool(change.said))

    def _dress(self) -> None:
        theme = current_theme()
        for name, field in self.fields.items():
            field.setFont(theme.font("interface"))
            field.setMaximumWidth(theme.px(NARROW if name in ("date", "version") else WIDE))
        for choice in (self.template, self.attribution, self.small):
            choice.setMaximumWidth(theme.px(WIDE))


def _said(words: str, link: LinkButton) -> QWidget:
    label = Label(words, "interface")
    label.setWordWrap(True)
    label.setMinimumWidth(NARROW)
    board = QWidget()
    row = QHBoxLayout(board)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    row.addWidget(label, 1)
    row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    return board


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
