"""Auto-coding: say what is looked for and how much around it is coded, see every passage, tick, code them all in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.extent import EXTENTS
from cohesion_qda.model.finding import Preview, Rest, Scope
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.search.kwic import KwicList
from cohesion_qda.ui.search.rows import entries_of_proposed
from cohesion_qda.ui.search.scope import ScopeChips
from cohesion_qda.ui.search.words import extent_words
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import (
    EmptyState,
    Label,
    LinkButton,
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

SLICE = 0.04  # seconds that looking takes the project for at a time
TYPING = 300  # milliseconds of rest before what was typed is looked for
KINDS = ("word", "lemma", "phrase", "regex")


def kind_words(kind: str) -> str:
    """What kind of search it is, in the box."""
    return {
        "word": _("Words, as in a search"),
        "lemma": _("Words in all their forms"),
        "phrase": _("This very phrase"),
        "regex": _("Regular expression"),
    }[kind]


class AutocodeDialog(QDialog):
    """The dialog. `coded` tells what was done."""

    coded = Signal(object)  # Change

    def __init__(self, runner: Runner, parent: QWidget, *, what: str = "", kind: str = "word", scope: Scope) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Auto-code"))
        self._runner = runner
        self._tree = CodeTree()
        self._uses: Mapping[CodeId, int] = {}
        self._code: CodeId | None = None
        self._new: tuple[str, CodeId | None] | None = None
        self._number = self._shown = 0  # of what is looked for, and of what is shown
        self._job: Job | None = None
        self._preview = Preview()
        self._make_parts(what, kind)
        self.scope.use(scope)
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.look)
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self.look)
        self.kinds.currentIndexChanged.connect(lambda _at: self.look())
        self.extents.currentIndexChanged.connect(lambda _at: self.look())
        self.scope.changed.connect(self.look)
        runner.failed.connect(self._failed)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()
        self._show(self._number, Preview(rest=Rest()))
        runner.ask(lambda p: p.search.choices(), self._choices_arrived, key=(self, "choices"))

    # -- its parts ---------------------------------------------------------------------------------------------------

    def _make_parts(self, what: str, kind: str) -> None:
        self.field = SearchField(_("What the passages hold"))
        self.field.setText(what)
        self.kinds = _box(_("How it is looked for"), {kind: kind_words(kind) for kind in KINDS}, kind)
        self.extents = _box(_("How much is coded"), {e: extent_words(e) for e in EXTENTS}, "sentence")
        self.code_button = QuietButton("", "", self._open_codes)
        self.trouble = Label("", "meta", "warn")
        self.trouble.setWordWrap(True)
        self.picker = Picker(self)
        self.scope = ScopeChips(self.picker, self)
        self.list = KwicList(_("Passages that would be coded"))
        self.list.painter.shows_extent = True
        self.list.rows.ticked.connect(self._say)
        self.list.all_wanted.connect(lambda: self.tick_all(True))
        self.list.left.connect(self.reject)
        self.list.read.connect(lambda _entry: self.list.toggle())
        self.empty = EmptyState("")
        self.others = QCheckBox()  # what no participant says: ticked only when a person wants it
        self.others.toggled.connect(self._tick_others)
        self.counts = Label("", "interface")
        self.all_link = LinkButton(_("Tick all"), on_click=lambda: self.tick_all(True))
        self.none_link = LinkButton(_("Tick none"), on_click=lambda: self.tick_all(False))
        self.code = PrimaryButton("", "plus", self.apply)

    def _lay_out(self) -> None:
        from cohesion_qda.ui.retrieve.flow import FilterBar

        form = QGridLayout()
        form.setContentsMargins(24, 20, 24, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        form.addWidget(_named(_("Look for"), self.field), 0, 0)
        form.addWidget(self.field, 0, 1)
        form.addWidget(self.kinds, 0, 2)
        form.addWidget(_named(_("How much"), self.extents), 1, 0)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self.extents)
        second.addSpacing(12)
        second.addWidget(_named(_("The code to use"), self.code_button))
        second.addWidget(self.code_button)
        second.addStretch(1)
        form.addLayout(second, 1, 1, 1, 2)
        form.addWidget(self.trouble, 2, 1, 1, 2)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        bar = FilterBar([*self.scope.chips, self.others])
        bar.setProperty("surface", "bg")
        column.addWidget(bar)
        column.addWidget(self._pile, 1)
        column.addLayout(self._make_foot())
        theme = current_theme()
        self.resize(min(theme.px(1080), 1200), min(theme.px(680), 760))

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        for part in (self.counts, self.all_link, self.none_link):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(QuietButton(_("Cancel"), on_click=self.reject))
        foot.addWidget(self.code)
        return foot

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks or ticks; only Ctrl+Enter codes, so that nobody codes by accident."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.code.isEnabled():
                self.apply()
            return
        super().keyPressEvent(event)

    # -- looking -----------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        return self.kinds.currentData()

    @property
    def extent(self) -> str:
        return self.extents.currentData()

    def look(self) -> None:
        """Ask for the passages anew."""
        self._typing.stop()
        self._stop()
        self._number += 1
        what, kind, extent, scope, code = (
            self.field.text().strip(),
            self.kind,
            self.extent,
            self.scope.scope,
            self._code,
        )
        problem = _problem(what, kind) if what else ""
        self.trouble.setText(problem)
        self.trouble.setVisible(bool(problem))
        if not what or problem:
            self._show(self._number, Preview())
        elif kind == "regex":
            self._runner.ask(
                lambda p: p.autocode.texts(scope), partial(self._look_for_pattern, self._number, what), key=(self, "texts")
            )  # fmt: skip
        else:
            self._look_on(self._number, (what, kind, extent, scope, code), None)

    def _look_on(self, number: int, asked: tuple[Any, ...], so_far: Preview | None) -> None:
        """Look for a short while, show what was found, and go on as long as the same is looked for."""
        if so_far is not None:
            self._show(number, so_far)
        if number == self._number and (so_far is None or so_far.rest is not None):
            self._runner.ask(
                lambda p: p.autocode.preview(*asked, so_far=so_far, seconds=SLICE),
                partial(self._look_on, number, asked),
                key=(self, "preview"),
                title=_("Looking for passages"),
            )

    def _look_for_pattern(self, number: int, pattern: str, texts: dict[int, str]) -> None:
        from cohesion_qda.analysis.patterns import find

        if number == self._number:
            title = _("Searching with a regular expression")
            self._job = self._runner.work(title, lambda job: find(pattern, texts, job), partial(self._fits, number))

    def _fits(self, number: int, found: dict[int, list[tuple[int, int]]]) -> None:
        from cohesion_qda.analysis.patterns import in_parts

        if number == self._number:
            self._job = None
            self._fit_on(number, (self.extent, self.scope.scope, self._code), in_parts(found), Preview(), 0)

    def _fit_on(self, number: int, how: tuple[Any, ...], parts: list[Any], so_far: Preview, at: int) -> None:
        """As `_look_on`, some sources at a time."""
        is_more = at < len(parts) and not so_far.cut
        if at:
            self._show(number, replace(so_far, rest=Rest() if is_more else None))
        if number == self._number and is_more:
            self._runner.ask(
                lambda p: p.autocode.preview_at(parts[at], *how, so_far=so_far if at else None),
                lambda preview: self._fit_on(number, how, parts, preview, at + 1),
                key=(self, "preview"),
            )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def done(self, result: int) -> None:
        self._number += 1
        self._stop()
        super().done(result)

    def _show(self, number: int, preview: Preview) -> None:
        """All that is not coded so yet is ticked, but what no participant says only where that is wanted. What goes on from
        what is shown comes after it.
        """
        if number != self._number:
            return
        known = self._preview.proposed if self._shown == number else ()
        entries = entries_of_proposed(preview.proposed[len(known) :])
        is_wanted = self.others.isChecked() or bool(self.scope.scope.cases)
        ticked = [entry.key for entry in entries if not entry.already and (is_wanted or not entry.by_others)]
        self._preview, self._shown = preview, number
        if known:
            self.list.rows.add(entries, has_more=False, ticked=ticked)
        else:
            self.list.rows.show(entries, ticked=ticked)
            self.list.go_to_row(0)
        self._pile.setCurrentWidget(self.list if preview.proposed else self.empty)
        self.empty.set_sentence(self._nothing())
        self._say()

    def tick_all(self, on: bool) -> None:
        """Tick every passage, whoever says it, or none."""
        self.others.setChecked(on)
        self.list.rows.tick_all(on)

    def _tick_others(self, on: bool) -> None:
        self.list.rows.tick((e.key for e in self.list.rows.entries() if e.by_others and not (on and e.already)), on)

    def _failed(self, _error: object) -> None:
        """Nothing is shown under what could not be looked for; the window tells why."""
        if self._shown != self._number or self._preview.rest is not None:
            self._number += 1
            self._show(self._number, Preview())

    def _nothing(self) -> str:
        if self._preview.rest is not None:
            return _("Looking for passages")
        if self.field.text().strip() and not self.trouble.text():
            return _("Nobody says that here.")
        return _("Say what is looked for: every passage that holds it is shown before anything is coded.")

    def _choices_arrived(self, choices: ScopeChoices) -> None:
        self._tree, self._uses = choices.tree, choices.uses
        self.scope.show_choices(choices, self._runner.only_coder)
        self.look()

    # -- the code, and coding -----------------------------------------------------------------------------------------

    def _open_codes(self) -> None:
        at = QRect(self.code_button.mapTo(self, QPoint(0, 0)), self.code_button.size())
        self.picker.open_at(
            at, self._tree, [], _("The code to use"), uses=self._uses, chosen=self.set_code, made=self.set_new_code,
            closed=lambda: self.code_button.setFocus(Qt.FocusReason.OtherFocusReason),
        )  # fmt: skip

    def set_code(self, code: CodeId) -> None:
        """Code with this one; what is coded so already is marked."""
        self._code, self._new = code, None
        self.look()

    def set_new_code(self, name: str, parent: CodeId | None) -> None:
        """Code with a new one, which is made in the same act."""
        self._code, self._new = None, (name, parent)
        self.look()

    def apply(self) -> None:
        """Code what is ticked."""
        places = [entry.key for entry in self.list.rows.ticked_entries()]
        code, query = self._code, self.field.text().strip()
        name, parent = self._new or ("", None)
        is_looking = self._shown != self._number or self._preview.rest is not None
        if not places or (code is None and not name) or is_looking:
            return

        def verb(project: Project) -> Change:
            return project.autocode.apply(places, code, query=query, name=name, parent=parent)

        self._runner.do(verb, self._applied)

    def _applied(self, change: Change) -> None:
        self.coded.emit(change)
        self.accept()

    def _say(self) -> None:
        rows = self.list.rows
        ticked = rows.ticked_entries()
        n = len(ticked)
        people = {entry.hit.case for entry in ticked if entry.hit.role == "participant"}
        already = sum(entry.already for entry in rows.entries())
        others = sum(entry.by_others for entry in rows.entries())
        self.others.setText(
            ngettext("With {n} passage that no participant says", "With {n} passages that no participant says", others).format(n=others)
        )  # fmt: skip
        self.others.setVisible(others > 0 and not self.scope.scope.cases)
        told = _("{n} of {m} passages ticked, in {p} of {all} participants").format(
            n=n, m=rows.number, p=len(people), all=self._preview.all_people
        )
        if already:
            told = ngettext(
                "{told}; {n} is coded so already", "{told}; {n} are coded so already", already
            ).format(told=told, n=already)  # fmt: skip
        if self._preview.cut:
            told = _("{told}; there are more, code these first").format(told=told)
        self.counts.setText(told if rows.number else "")
        self.code.setText(ngettext("Code {n} passage", "Code {n} passages", n).format(n=n))
        name = self._new[0] if self._new else self._tree[self._code].name if self._code in self._tree else ""
        self.code_button.setText(name.replace("&", "&&") or _("Choose a code …"))
        self.code_button.setAccessibleName(_("The code to use: {name}").format(name=name or _("none yet")))
        reason = "" if n and name else _("Choose a code first") if n else _("Tick the passages to be coded first")
        reason = reason or (_("Looking for passages") if self._preview.rest is not None else "")
        self.code.disable(reason)
        for link in (self.all_link, self.none_link):
            link.setVisible(rows.number > 0)


def _problem(what: str, kind: str) -> str:
    """What is wrong with what was typed; empty when it can be looked for."""
    from cohesion_qda.analysis.patterns import check
    from cohesion_qda.base.errors import BadInput
    from cohesion_qda.model.search import parse, phrase

    try:
        {"regex": check, "phrase": phrase}.get(kind, parse)(what)
    except BadInput as error:
        return str(error)
    return ""


def _box(name: str, words: dict[str, str], now: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, said in words.items():
        box.addItem(said, value)
    box.setCurrentIndex(box.findData(now))
    return box


def _named(words: str, part: QWidget) -> Label:
    label = Label(words)
    label.setBuddy(part)
    return label
