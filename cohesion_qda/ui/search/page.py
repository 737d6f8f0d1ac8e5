"""Search: words in all transcripts, each in its line, and coding what was found."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.extent import EXTENTS
from cohesion_qda.model.finding import EVERYWHERE, Hit, HitPage, Tally
from cohesion_qda.ui.page import COUNTED, Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.search.kwic import KwicList
from cohesion_qda.ui.search.rows import Entry, entries_of_hits
from cohesion_qda.ui.search.scope import ScopeChips
from cohesion_qda.ui.search.seeker import MOST, Seeker
from cohesion_qda.ui.search.words import MODES, counted, extent_words, forms_words, mode_words, ticked_words
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import (
    Chip,
    ElidedLabel,
    EmptyState,
    IconButton,
    Label,
    LinkButton,
    PageHeader,
    PrimaryButton,
    QuietButton,
    SearchField,
)

if TYPE_CHECKING:
    from cohesion_qda.base.jobs import Job
    from cohesion_qda.model.change import Change
    from cohesion_qda.model.ids import CodeId
    from cohesion_qda.project import Project
    from cohesion_qda.project.search import ScopeChoices

TYPING = 250  # milliseconds of rest before what was typed is looked for
LOW = 480  # pixels at normal text size, under which the page shows the list alone


class SearchPage(Page):
    """The page. `find_words` looks for something."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.mode, self.extent = "exact", "sentence"
        self._wanted_all = self._is_warm = False
        self._choices: ScopeChoices | None = None
        self.seeker = Seeker(runner, self)
        self._make_parts()
        self.seeker.found.connect(self._found)
        self.seeker.more.connect(self._more)
        self.seeker.counted.connect(self._counted)
        self.seeker.lost.connect(self._show_nothing)
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.search)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._search_now)
        self.field.installEventFilter(self)
        self._actions = self._make_actions()
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        self._say_ticked()
        self._moved()

    # -- its parts ---------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.header = PageHeader(_("Search"), "")
        self.auto_button = QuietButton(_("Auto-code …"), "", self.open_autocode)
        self.header.add_action(self.auto_button)
        self.field = SearchField(_("Search what was said in all transcripts"))
        self.help_button = IconButton("help", _("What can be searched for"), self._open_help)
        self.note = Label("", "meta", "text2")  # what is wrong with what was typed, or which forms were looked for
        self.note.setWordWrap(True)
        self.picker = Picker(self)
        self.scope = ScopeChips(self.picker, self)
        self.scope.changed.connect(self.search)
        self.mode_chip = Chip(mode_words(self.mode), on_click=self._open_modes)
        self.mode_chip.cleared.connect(lambda: self.set_mode("exact"))
        self.list = KwicList(_("Places found"))
        self.list.read.connect(self._read)
        self.list.moved.connect(self._moved)
        self.list.all_wanted.connect(self.tick_all)
        self.list.left.connect(self._to_field)
        self.list.lettered.connect(self._lettered)
        self.list.rows.ticked.connect(self._say_ticked)
        self.list.rows.more_wanted.connect(lambda: self.seeker.fetch())
        self.empty = EmptyState("", _("Search in all forms"), lambda: self.set_mode("forms"))
        self.who = ElidedLabel("", "interface_strong")
        self.words = Label("", "quote")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.ticked = Label("", "meta", "text2")
        self.all_link = LinkButton(_("Tick all"), on_click=self.tick_all)
        self.none_link = LinkButton(_("Tick none"), on_click=lambda: self.list.rows.tick_all(False))
        self.extent_chip = Chip(extent_words(self.extent), on_click=self._open_extents)
        self.code_button = PrimaryButton(_("Code the ticked …"), "plus", self.code_ticked)

    def _lay_out(self) -> None:
        from cohesion_qda.ui.retrieve.flow import FilterBar

        line = QHBoxLayout()
        line.setContentsMargins(24, 12, 24, 0)
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.help_button)
        self._bar = FilterBar([self.mode_chip, *self.scope.chips])
        told = QHBoxLayout()
        told.setContentsMargins(24, 0, 24, 4)
        told.addWidget(self.note, 1)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        self._foot = self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(self._bar)
        column.addLayout(told)
        column.addWidget(self._pile, 1)
        column.addWidget(self._foot)
        self._show_nothing()

    def _make_foot(self) -> QFrame:
        """The place in view with more around it, and what can be done with those that are ticked."""
        foot = QFrame()
        foot.setProperty("surface", "bg")
        foot.setProperty("edge", "top")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(_flowing(self.ticked, self.all_link, self.none_link), 1)
        row.addWidget(self.extent_chip)
        row.addWidget(self.code_button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(4)
        column.addWidget(self.who)
        column.addWidget(self.words)
        column.addSpacing(4)
        column.addLayout(row)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the places come before what stands around one of them."""
        super().resizeEvent(event)
        is_high = self.height() >= current_theme().px(LOW)
        self.who.setVisible(is_high)
        self.words.setVisible(is_high)

    def _make_actions(self) -> dict[str, list[QAction]]:
        def action(words: str, keys: str, call) -> QAction:
            made = QAction(words, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.triggered.connect(lambda _on=False: call())
            self.addAction(made)
            return made

        return {
            "edit": [action(_("Search in all transcripts"), "Ctrl+F", self._to_field)],
            "code": [action(_("Code the ticked places …"), "Ctrl+Return", self.code_ticked)],
        }

    # -- what the window calls ---------------------------------------------------------------------------------------

    def find_words(self, words: str = "") -> None:
        """Look for words in all transcripts."""
        self._to_field()
        if words:
            self.field.setText(words)
            self._search_now()

    def entered(self) -> None:
        self._warm_up()
        self.runner.ask(lambda p: p.search.choices(), self._choices_arrived, key=(self, "choices"))
        self._to_field()
        if self.field.text().strip():
            self.search(keep=True)

    def areas(self) -> list[QWidget]:
        return [self.field, self._bar, self.list, self._foot]

    def on_change(self, change: Change) -> None:
        if not change.touches(*COUNTED):
            return
        self.runner.ask(lambda p: p.search.choices(), self._choices_arrived, key=(self, "choices"))
        is_of_codings = not change.touches("source", "turn", "speaker", "study_case", "attribute_value", "section")
        if self.field.text().strip() and not (is_of_codings and self.scope.scope.code is None):
            self.search(keep=True)

    def hints(self) -> list[tuple[str, str]]:
        return [
            ("J / K", _("next, previous")), (_("Enter"), _("read in context")), (_("Space"), _("tick")),
            ("C", _("code the ticked")),
        ]  # fmt: skip

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return self._actions

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field, Down goes to the places."""
        is_down = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down
        if watched is self.field and is_down and self.list.rows.number:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _warm_up(self) -> None:
        if not self._is_warm:
            self._is_warm = True
            told = _("Reading the list of words and their forms")
            self.runner.work(told, _warm, lambda _none: None, for_any_project=True)

    # -- searching ---------------------------------------------------------------------------------------------------

    def set_mode(self, mode: str) -> None:
        """Look for exact words, all forms, or a regular expression."""
        self.mode = mode
        self.mode_chip.set_on(mode != "exact", mode_words(mode))
        self.search()

    def search(self, *, keep: bool = False) -> None:
        """Look for what is typed; with `keep` what was ticked and where one was stay, where they are still found."""
        self._typing.stop()
        typed = self.field.text().strip()
        if not typed or self._complain(typed):
            self._show_nothing()
            return
        self._wanted_all = False
        self._tell("")
        self.seeker.start(typed, self.mode, self.scope.scope, keep=self.list.rows.number if keep else 0)

    def _search_now(self) -> None:
        self.search()
        if self.seeker.typed:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complain(self, typed: str) -> bool:
        """Say what is wrong with what was typed, if anything."""
        from cohesion_qda.analysis.patterns import check
        from cohesion_qda.base.errors import BadInput
        from cohesion_qda.model.search import parse

        try:
            check(typed) if self.mode == "regex" else parse(typed)
        except BadInput as error:
            self._tell(str(error), "warn")
            return True
        return False

    def _tell(self, words: str, tone: str = "text2") -> None:
        self.note.set_tone(tone)
        self.note.setText(words or " ")  # the line stays, so that nothing jumps while one types

    def _found(self, page: HitPage, keep: bool) -> None:
        self._tell(forms_words(page.forms))
        self._show_hits(page.hits, keep)
        if page.rest is not None and not page.hits:
            self.seeker.fetch()

    def _show_hits(self, hits: tuple[Hit, ...], keep: bool) -> None:
        rows, has_more = self.list.rows, self.seeker.rest is not None
        ticked = [entry.key for entry in rows.ticked_entries()] if keep else []
        at = self.list.currentIndex().row() if keep else -1
        rows.show(entries_of_hits(hits), has_more=has_more and bool(hits), ticked=ticked)
        is_there = bool(hits) or has_more
        self._pile.setCurrentWidget(self.list if is_there else self.empty)
        self._foot.setVisible(is_there)
        if not is_there:
            self._say_nothing_found()
        self.list.go_to_row(at if 0 <= at < rows.rowCount() else 0)
        if not keep:
            self.list.scrollToTop()
        self._moved()

    def _more(self, page: HitPage) -> None:
        is_more = page.rest is not None
        self.list.rows.add(entries_of_hits(page.hits), has_more=is_more and bool(page.hits) and not self._wanted_all)
        if is_more and self._wanted_all and self.list.rows.number < MOST:
            self._fetch_all()
        elif is_more and not page.hits:
            self.seeker.fetch()
        elif self._wanted_all:
            self._tick_those_there()
        elif not self.list.rows.number:
            self._show_hits((), False)
        elif self.list.current_entry() is None:
            self.list.go_to_row(0)
        self._say_ticked()

    def _counted(self, tally: Tally, is_stopped: bool) -> None:
        self.header.set_meta(counted(tally, self.seeker.scope, is_stopped=is_stopped))

    # -- what is shown -----------------------------------------------------------------------------------------------

    def forget_codings(self) -> None:
        if self.scope.scope.code is not None:
            self._show_nothing()

    def _forget(self, _info: object = None) -> None:
        self.scope.use(EVERYWHERE)
        self.field.clear()
        self._typing.stop()
        self._show_nothing()

    def _show_nothing(self) -> None:
        self.seeker.stop()
        self.list.rows.show([])
        if not self.field.text().strip():
            self._tell("")
        self.header.set_meta(_("Words, phrases and their forms, in every transcript of the study"))
        self._pile.setCurrentWidget(self.empty)
        self._foot.hide()
        self.empty.set_sentence(
            _("Type a word, several, or a “phrase”. The ? beside the field shows what else can be searched for.")
        )
        self.empty.button.hide()

    def _say_nothing_found(self) -> None:
        words = self.seeker.typed
        if self.scope.scope.is_everywhere:
            told = _(
                "Nobody says “{words}” in these transcripts. Try the beginning of a word with a *, or all its forms."
            )
        else:
            told = _("Nobody says “{words}” where these filters look. Take one away to look further.")
        self.empty.set_sentence(told.format(words=words))
        self.empty.button.setVisible(self.mode == "exact")

    def _choices_arrived(self, choices: ScopeChoices) -> None:
        self._choices = choices
        self.scope.show_choices(choices, self.runner.only_coder)

    def _moved(self) -> None:
        entry = self.list.current_entry()
        self.who.setText(_about(entry) if entry else "")
        self.words.setText(_in_bold(entry) if entry else "")
        self.words.setAccessibleName(entry.told() if entry else "")

    def _say_ticked(self) -> None:
        rows = self.list.rows
        self.ticked.setText(ticked_words(rows.number_ticked, rows.number, has_more=self.seeker.rest is not None))
        self.code_button.disable("" if rows.number_ticked else _("Tick the places to be coded first: Space, or Ctrl+A"))

    # -- what the person does ----------------------------------------------------------------------------------------

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _lettered(self, letter: str) -> None:
        if letter == "c":
            self.code_ticked()

    def _read(self, entry: Entry) -> None:
        self.open_passage.emit(entry.hit.source, entry.hit.span)

    def tick_all(self) -> None:
        """Tick every place, fetching those that were not shown yet, up to MOST of them."""
        if self.seeker.rest is not None and self.list.rows.number < MOST:
            self._wanted_all = True
            self.list.rows.has_more = False
            self._fetch_all()
        else:
            self._tick_those_there()

    def _fetch_all(self) -> None:
        self.seeker.fetch(MOST - self.list.rows.number)

    def _tick_those_there(self) -> None:
        self._wanted_all = False
        self.list.rows.has_more = self.seeker.rest is not None
        self.list.rows.tick_all(True)
        if self.seeker.rest is not None:
            n = self.list.rows.number
            self.say.emit(
                _("The first {n} are ticked; narrow the search to reach the others").format(n=f"{n:,}"), False
            )

    def _open_help(self) -> None:
        from cohesion_qda.ui.search.help import SearchHelp

        card = SearchHelp(self)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card.chosen.connect(self.find_words)
        button = self.help_button
        card.open_at(button.mapToGlobal(QPoint(button.width(), button.height() + 4)))

    def _open_modes(self) -> None:
        self._open_choice(self.mode_chip, {mode: mode_words(mode) for mode in MODES}, self.mode, self.set_mode)

    def _open_extents(self) -> None:
        words = {extent: extent_words(extent) for extent in EXTENTS}
        self._open_choice(self.extent_chip, words, self.extent, self.set_extent)

    def set_extent(self, extent: str) -> None:
        """How much is coded: the hit, its sentence, its turn."""
        self.extent = extent
        self.extent_chip.setText(extent_words(extent))

    def _open_choice(self, chip: Chip, words: dict[str, str], now: str, choose) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, said in words.items():
            action = menu.addAction(said, lambda value=value: choose(value))
            action.setCheckable(True)
            action.setChecked(value == now)
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

    def code_ticked(self) -> None:
        """Choose a code for the ticked places."""
        n = self.list.rows.number_ticked
        choices = self._choices
        if not n or choices is None:
            if self.seeker.typed:
                self.say.emit(_("Tick the places to be coded first: Space, or Ctrl+A"), False)
            return
        title = ngettext("Code {n} place", "Code {n} places", n).format(n=n)
        at = QRect(self.code_button.mapTo(self, QPoint(0, 0)), self.code_button.size())
        self.picker.open_at(
            at, choices.tree, [], title, uses=choices.uses, chosen=lambda code: self._apply(code),
            made=lambda name, parent: self._apply(None, name, parent),
            closed=lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason),
        )  # fmt: skip

    def _apply(self, code: CodeId | None, name: str = "", parent: CodeId | None = None) -> None:
        places = [entry.key for entry in self.list.rows.ticked_entries()]
        extent, query = self.extent, self.seeker.typed

        def verb(project: Project) -> Change:
            return project.autocode.apply(places, code, extent=extent, query=query, name=name, parent=parent)

        self.runner.do(verb, self._coded)

    def _coded(self, change: Change) -> None:
        if self.isVisible():  # not where auto-coding was opened from another page
            self.list.rows.tick_all(False)
        self.say.emit(change.said or _("All of that was coded so already"), bool(change.said))

    def open_autocode(self) -> None:
        """The dialog for coding all that holds something, beginning with what is searched for now, over any page."""
        from cohesion_qda.ui.search.autocode import AutocodeDialog

        self._warm_up()
        kind = {"exact": "word", "forms": "lemma", "regex": "regex"}[self.mode]
        dialog = AutocodeDialog(self.runner, self, what=self.field.text().strip(), kind=kind, scope=self.scope.scope)
        dialog.coded.connect(self._coded)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _flowing(*parts: QWidget) -> QWidget:
    """Parts side by side, in as many lines as needed."""
    from cohesion_qda.ui.retrieve.flow import FlowLayout

    holder = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    flow = FlowLayout(holder)
    for part in parts:
        flow.addWidget(part)
    return holder


def _warm(_job: Job) -> None:
    from cohesion_qda.analysis.lemmas import warm

    warm()


def _about(entry: Entry) -> str:
    who = entry.hit.speaker or _("Nobody speaks")
    return _("{speaker}  ·  {place}").format(speaker=who, place=entry.place)


def _in_bold(entry: Entry) -> str:
    """The words around the place as HTML, with the place in bold."""
    from cohesion_qda.project.search import AROUND

    hit = entry.hit
    lead = "… " if len(hit.before) >= AROUND else ""
    tail = " …" if len(hit.after) >= AROUND else ""
    return f"{lead}{escape(hit.before)}<b>{escape(hit.hit)}</b>{escape(hit.after)}{tail}"
