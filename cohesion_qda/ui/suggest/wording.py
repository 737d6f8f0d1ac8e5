"""Words: everything that is left out of counting or counts as one, in one place; and what the talk is read with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cohesion_qda.base import i18n
from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.change import Change
from cohesion_qda.model.wording import Wording
from cohesion_qda.ui.page import own_action
from cohesion_qda.ui.parts import SearchField
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.suggest.facts import Facts, facts
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.suggest.word_menu import count_as_one, leave_out, word_menu
from cohesion_qda.ui.suggest.word_rows import WordRow, WordRows, say_rows, term_rows
from cohesion_qda.ui.widgets import EmptyState, Label, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.analysis.wordlist import WordList

LANGUAGES = (
    "en", "cy", "ar", "bn", "ca", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "ga", "gu", "hi", "hr", "hu", "it", "lt", "lv",
    "nb", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sv", "ta", "tr", "uk", "ur",
)  # fmt: skip
TALK = ("project_setting", "source", "turn", "speaker", "study_case")


class WordsTab(Tab):
    """At the left what is counted, the most widely said first; at the right what is left out and what counts as one."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.wording = Wording()
        self.found: WordList | None = None
        self._wish = ""
        self._asked: Asked | None = None
        self._is_asked_for = self._is_working = False
        self._make()
        self._lay_out()
        assistant_of(runner).heard.connect(self._count_if_in_view)
        runner.opened.connect(self.forget)
        runner.closed.connect(self.forget)

    def _make(self) -> None:
        self.field = SearchField(_("Find a word, or type one or a phrase"))
        self.field.textChanged.connect(lambda _text: self._show())
        self.field.returnPressed.connect(self._to_list)
        self.leave = QuietButton(_("Leave out"), on_click=lambda: self._leave_out(self._word()))
        self.join = QuietButton(_("Count as one with…"), on_click=lambda: self._count_as_one(self._word()))
        self.terms = WordRows(_("What is counted"), "l m delete")
        self.terms.pressed.connect(self._press_term)
        self.terms.chosen.connect(lambda _row: self._look_at_buttons())
        self.empty = EmptyState(
            _("The program reads the transcripts once, on this computer, and lists what was said."),
            _("List the words"),
            self.start,
        )
        self.say_list = WordRows(_("What is left out and what counts as one"), "delete t")
        self.say_list.pressed.connect(lambda _key, row: self._take_back(row))
        self.say_list.chosen.connect(lambda _row: self._look_at_buttons())
        self.take_button = QuietButton(_("Count again"), on_click=lambda: self._take_back(self.say_list.current()))
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language of the talk"))
        self.language.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language.setMinimumContentsLength(18)
        self.language.activated.connect(lambda _at: self._set_language())
        self.read_with = Label("", "meta", "text2")
        self.read_with.setWordWrap(True)
        for view in (self.terms, self.say_list):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.terms.customContextMenuRequested.connect(self._menu)
        own_action(self, _("Find a word"), "Ctrl+L", lambda: self.field.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(_side((self.field,), (self.terms, self.empty), (self.leave, self.join)))
        about = QWidget()
        row = FlowLayout(about)
        row.setContentsMargins(0, 0, 0, 0)
        label = Label(_("Language of the talk"), "interface_strong")
        label.setBuddy(self.language)
        row.addWidget(label)
        row.addWidget(self.language)
        split.addWidget(_side((about, self.read_with), (self.say_list,), (self.take_button,)))
        split.setSizes([520, 688])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.empty.hide()

    # -- what the page asks ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.runner.ask(lambda project: project.wording.get(), self._worded, key=(self, "wording"))
        self._look_at_facts()
        self._count_if_in_view()

    def on_change(self, change: Change) -> None:
        if change.touches(*TALK):
            self.refresh()

    def use_settings(self, settings: Settings) -> None:
        if settings["language_pipeline"] != self._wish:
            self._wish = settings["language_pipeline"]
            self._look_at_facts()
            self._count_if_in_view()

    def take(self, what: object) -> None:
        """Show a word: what is done with it, and how often it is said."""
        self.field.setText(str(what))

    def forget(self, _info: object = None) -> None:
        self.found, self.wording = None, Wording()
        self.field.clear()
        self.cancel()

    def areas(self) -> list[QWidget]:
        return [self.field, self.terms, self.language, self.say_list]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("L"), _("leave out")), (_("M"), _("count as one with…")), (_("Del"), _("count again, on the right")),
        ]  # fmt: skip

    def again(self) -> str:
        return ""

    @property
    def is_working(self) -> bool:
        return self._is_working

    def start(self) -> None:
        """List what was said, and how often."""
        from cohesion_qda.analysis import worker

        self._is_asked_for = self._is_working = True
        self._asked = assistant_of(self.runner).ask(
            _("Listing the words"),
            worker.word_list,
            lambda _project: (),
            self._listed,
            stopped=self._stopped,
            key=(self, "words"),
        )
        self._show()

    def cancel(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._stopped()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _count_if_in_view(self) -> None:
        if self.isVisible() and (self._is_asked_for or assistant_of(self.runner).has_heard):
            self.start()

    def _worded(self, wording: Wording) -> None:
        before, after = ([row.key for row in say_rows(one, None, "") if row.is_word] for one in (self.wording, wording))
        self.wording = wording
        self._show_language()
        self._show()
        for key in [key for key in after if key not in before][:1]:  # what was just said comes into view
            self.say_list.choose(key)

    def _listed(self, found: WordList) -> None:
        self.found, self._is_working = found, False
        self._show()
        self.changed_count.emit()

    def _stopped(self) -> None:
        self._is_asked_for = self._is_working = False
        self._show()

    def _show(self) -> None:
        typed = self.field.text()
        self.terms.show_rows(term_rows(self.found, typed))
        self.say_list.show_rows(say_rows(self.wording, self.found, typed))
        self.empty.setVisible(self.found is None)
        self.terms.setVisible(self.found is not None)
        self.empty.button.disable(_("The words are being listed") if self.is_working else "")
        self._look_at_buttons()

    def _show_language(self) -> None:
        codes = dict.fromkeys((*LANGUAGES, self.wording.language))
        self.language.clear()
        for code in codes:
            self.language.addItem(_language_named(code), code)
        self.language.setCurrentIndex(self.language.findData(self.wording.language))

    def _look_at_facts(self) -> None:
        language, wish = self.wording.language, self._wish
        self.runner.work(_("Looking at the language"), lambda _job: facts(language, wish), self._show_facts)

    def _show_facts(self, found: Facts) -> None:
        reads = _("The talk is read with {pipeline}. Another one can be chosen in the settings.").format(
            pipeline=found.pipeline
        )
        self.read_with.setText("\n".join((reads, *found.lacking)))

    def _look_at_buttons(self) -> None:
        word, row = self._word(), self.say_list.current()
        for button in (self.leave, self.join):
            button.disable("" if word else _("Choose a word, or type one."))
        self.take_button.setText(
            _("Count apart again") if row is not None and row.kind == "merge"
            else _("Leave out again") if row is not None and row.kind == "counted"
            else _("Count all the same") if row is not None and row.kind == "by_itself"
            else _("Count again")
        )  # fmt: skip
        self.take_button.disable("" if row is not None else _("Nothing is left out here."))

    # -- what the person does ------------------------------------------------------------------------------------------

    def _word(self) -> str:
        """The word the buttons work on: what was typed where the list has nothing like it, else the current one."""
        row = self.terms.current()
        typed = " ".join(self.field.text().split())
        if row is None or (typed and self.field.hasFocus() and typed.casefold() != row.word.casefold()):
            return typed
        return str(row.word)

    def _press_term(self, key: str, row: WordRow) -> None:
        if key == "m":
            self._count_as_one(row.word)
        else:
            self._leave_out(row.word)

    def _leave_out(self, word: str) -> None:
        if word:
            leave_out(self.runner, word, self.say.emit)

    def _count_as_one(self, word: str) -> None:
        if word:
            count_as_one(self.runner, word, self.say.emit, self)

    def _take_back(self, row: WordRow | None) -> None:
        if row is None:
            return
        word, kind = row.word, row.kind

        def verb(project: object) -> Change:
            words = project.wording  # type: ignore[attr-defined]
            if kind == "merge":
                return words.unmerge(word)  # type: ignore[no-any-return]
            return words.leave_out(word) if kind == "counted" else words.take_back(word)  # type: ignore[no-any-return]

        self.runner.do(verb, lambda change: self.say.emit(change.said, True))

    def _set_language(self) -> None:
        code = self.language.currentData()
        if code != self.wording.language:
            self.runner.do(
                lambda project: project.wording.set_language(code), lambda change: self.say.emit(change.said, True)
            )

    def _menu(self, at: QPoint) -> None:
        row = self.terms.indexAt(at).data(Qt.ItemDataRole.DisplayRole)
        if row:
            word_menu(self.runner, str(row), self.say.emit, self).popup(self.terms.viewport().mapToGlobal(at))

    def _to_list(self) -> None:
        view = self.terms if self.terms.words.rows else self.say_list
        if view.words.rows and QApplication.focusWidget() is self.field:
            view.setFocus(Qt.FocusReason.OtherFocusReason)


def _side(over: tuple[QWidget, ...], views: tuple[QWidget, ...], buttons: tuple[QWidget, ...]) -> QWidget:
    """Half of the tab: what stands over a list, the list, and its buttons."""
    side = QWidget()
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    side.setProperty("surface", "bg")
    column = QVBoxLayout(side)
    column.setContentsMargins(8, 12, 8, 12)
    column.setSpacing(8)
    for widget in over:
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(widget)
        column.addLayout(row)
    for view in views:
        column.addWidget(view, 1)
    foot = QHBoxLayout()
    foot.setContentsMargins(16, 0, 16, 0)
    foot.setSpacing(8)
    for button in buttons:
        foot.addWidget(button)
    foot.addStretch(1)
    column.addLayout(foot)
    return side


def _language_named(code: str) -> str:
    """A language in its own words, with its letters."""
    if code in i18n.LANGUAGES:
        return _("{name} ({code})").format(name=i18n.named(code), code=code)
    locale = QLocale(code)
    own = locale.nativeLanguageName() if locale.language() != QLocale.Language.C else ""
    return _("{name} ({code})").format(name=own[:1].upper() + own[1:], code=code) if own else code
