"""Read & code: the transcript, its header and filters, and the codebook beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.case import Coder
from cohesion_qda.model.change import Change
from cohesion_qda.model.codebook import CodeTree
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodeId, CoderId, CodingId, SourceId
from cohesion_qda.model.source import Reading
from cohesion_qda.model.table import Count
from cohesion_qda.model.text import Span
from cohesion_qda.ui.codebook.panel import CodebookPanel
from cohesion_qda.ui.page import Page
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.textpane.about import About
from cohesion_qda.ui.textpane.desk import ReadingDesk
from cohesion_qda.ui.textpane.editing_room import Mending
from cohesion_qda.ui.textpane.filters import Filters
from cohesion_qda.ui.textpane.find import FindBar, find_words
from cohesion_qda.ui.textpane.fitting import Fitting
from cohesion_qda.ui.textpane.fitting_strip import FitStrip
from cohesion_qda.ui.textpane.gestures import Gestures
from cohesion_qda.ui.textpane.keys import key_help
from cohesion_qda.ui.textpane.layers import Layers
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.textpane.sectioning import Sectioning
from cohesion_qda.ui.textpane.side import CodebookSide
from cohesion_qda.ui.textpane.view import TranscriptView
from cohesion_qda.ui.widgets import EmptyState, IconButton, PageHeader

if TYPE_CHECKING:
    from cohesion_qda.project import Project

FEW = 300  # codings that a change is followed with one by one; beyond, all are read again


class ReadPage(Page):
    """The reading and coding room."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._source: SourceId | None = None
        self._gone: SourceId | None = None  # what was shown when it was removed
        self._wanted_span: Span | None = None
        self._hit = -1
        self.view = TranscriptView()
        self.panel = CodebookPanel(runner)
        self.filters = Filters(self)
        self.desk = ReadingDesk(runner, self.view, self.filters, self)
        self.find = FindBar(self)
        self._build()
        self.picker = Picker(self)
        self.sectioning = Sectioning(runner, self)
        self.mending = Mending(runner, self, self.view, self._stack, self._left)
        self.gestures = Gestures(runner, self.view, self.picker, self, self.sectioning)
        self.gestures.speaking = self.mending.speaking
        self.fit_strip = FitStrip(self)
        self._left.addWidget(self.fit_strip)
        self.fitting = self.gestures.fitting = Fitting(runner, self.gestures, self.fit_strip, self._left, self)
        self._meta_timer = QTimer(self, singleShot=True, interval=150)
        self._meta_timer.timeout.connect(self.about.tell)
        self._actions = self._make_actions()
        self._connect()

    def _build(self) -> None:
        self.header = PageHeader()
        self.about = About(self.header, self.view)
        for chip in self.filters.chips():
            self.header.add_action(chip)
        self.header.add_action(self.desk.button)
        self._row = QHBoxLayout(self)
        self.side = CodebookSide(self, self.panel, self._row, self.header, self.view)
        self.header.add_action(self.side.button)
        self._more = IconButton("more", _("More"), self._open_more)
        self.header.add_action(self._more)
        self._empty = EmptyState(_("Choose a transcript at the left to read and code it."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._left = left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.header)
        left.addWidget(self.find)
        left.addWidget(self._stack, 1)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.panel)
        self._show_nothing()

    def _connect(self) -> None:
        self.gestures.said.connect(self.say)
        self.sectioning.said.connect(self.say)
        self.fitting.said.connect(self.say)
        self.fitting.read.connect(self.open_passage)
        self.mending.said.connect(self.say)
        self.mending.correcting.switched.connect(self._rest)
        for wanted in (self.mending.correcting.stayed, self.mending.left.wanted):
            wanted.connect(lambda source: self.open_passage.emit(source, None))
        self.mending.wanted.connect(lambda source, span: self.show_source(SourceId(source), span))
        self.panel.say.connect(self.say)
        self.panel.show_code.connect(self.show_code)
        self.panel.use.connect(lambda code: self.gestures.apply(code))
        self.panel.use_many.connect(self.gestures.apply)
        self.panel.span_dropped.connect(lambda code, source, span: self._drop(CodeId(code), SourceId(source), span))
        self.panel.pick_wanted.connect(self._pick_for_panel)
        self.filters.changed.connect(self._filter)
        self.view.gutter.speaker_chosen.connect(
            lambda speaker: self.filters.set(speaker=None if self.filters.shown.speaker == speaker else speaker)
        )
        self.view.activated.connect(self._show_active)
        self.panel.chosen.connect(lambda _code: self._emphasise())
        self.header.resized.connect(lambda: self.filters.set_room(self.header.room(self.filters.chips())))
        self.view.scrolled.connect(self._meta_timer.start)
        self.find.searched.connect(self._find)
        self.find.moved.connect(self._find_next)
        self.find.closed.connect(self._close_find)
        self.runner.opened.connect(self._forget)
        self.runner.closed.connect(self._forget)

    # ---- reading
    def show_source(self, source_id: SourceId, span: Span | None = None) -> None:
        """Show a source where it was left, or at `span`."""
        if self.mending.goes_first(self._source, source_id, span, lambda: self.show_source(source_id, span)):
            return
        self.desk.keep_place()
        if self._source == source_id and self.view.reading is not None:
            if span is not None:
                self._go(span)
            return
        self._source, self._wanted_span = source_id, span
        self.desk.read(source_id)
        self.runner.ask(
            lambda p: (p.sources.reading(source_id), p.codings.of_source(source_id), *_codes(p)),
            lambda answer: self._arrived(*answer),
            key=(self, "source"),
        )

    @property
    def source(self) -> SourceId | None:
        """The source that is shown."""
        return self._source

    def _arrived(
        self, reading: Reading, codings: Sequence[Coding], tree: CodeTree, coders: Sequence[Coder], me: Coder
    ) -> None:
        self.filters.show_reading(reading)
        self._take_codes(tree, coders, me)
        self.view.show_reading(reading)
        self.view.set_codes(tree, self._coder_names(coders))
        self.view.set_filter(self.filters.lets_through)
        self.view.set_codings(Layers(codings))
        self.desk.show_notes()
        self._narrow()
        self._stack.setCurrentWidget(self.view)
        self.about.show_reading(reading)
        if self.find.isVisible():
            self._find()
        if self._wanted_span is not None:
            self._go(self._wanted_span)
            self._wanted_span = None
        elif (left := self.desk.place(reading.source.id)) is not None:
            self.view.scroll_to(min(left, len(reading.text)))
        self.view.setFocus()
        self.fitting.follow()

    def _go(self, span: Span) -> None:
        if self.view.is_hidden(span):
            self.filters.set(speaker=None, only="")
        self.view.go_to(span)
        layers = self.view.layers
        self.view.activate({c.id for c in layers.over(span) if c.span == span and self.view.is_shown(c)})
        self.view.setFocus()

    def _show_nothing(self) -> None:
        self._source = self._gone = None
        self.view.show_nothing()
        self.filters.show_reading(None)
        self._stack.setCurrentWidget(self._empty)
        self.header.set_title(_("Read and code"))
        self.header.set_meta("")

    def _forget(self, _info: object = None) -> None:
        """Another project, or none: its sources and codes have other ids."""
        self.desk.leave()
        self.gestures.forget()
        self.filters.set(speaker=None, code=None, coder=None, only="")
        self._show_nothing()

    def entered(self) -> None:
        self.panel.recount()
        self._read_codes()
        self.sectioning.read()
        self.mending.entered()
        if self._source is not None:
            self._reread(everything=True)
            if self.window().focusWidget() is None:
                self.mending.correcting.area.setFocus()
        self._come_back()
        self.fitting.follow()

    def _come_back(self) -> None:
        """Show again what was removed while it was read, when it is there again."""
        if (gone := self._gone) is not None:
            self.runner.ask(
                lambda p: _has(p, gone),
                lambda is_there: self.open_passage.emit(gone, None) if is_there and gone == self._gone else None,
                key=(self, "gone"),
            )

    def forget_codings(self) -> None:
        self.view.set_codings(Layers())
        self.about.forget_codings()
        self.panel.show_counts({}, Count())
        self.desk.forget_notes()
        self.mending.lost.forget()

    def on_change(self, change: Change) -> None:
        if change.touches("code", "coder", "project_setting"):
            self._read_codes()
        if change.touches("guide_question"):
            self.sectioning.read()
        if self._source is not None:
            self._show_change(change)
        elif change.touches("source"):
            self._come_back()
        self.mending.on_change(change)
        self.fitting.on_change(change)

    def _show_change(self, change: Change) -> None:
        if self._source is not None and change.touches("memo", "source"):
            self.desk.read(self._source)
        if change.touches("source", "turn", "speaker", "study_case", "attribute_value", "section", "guide_question"):
            self._reread(everything=True)
        elif change.touches("coding") and (self._source in change.sources or not change.sources):
            rows = [CodingId(row) for row in change.rows["coding"]]
            if 0 < len(rows) <= FEW:
                self._follow(rows)
            else:
                self._reread(everything=False)

    def _reread(self, *, everything: bool) -> None:
        source = self._source
        assert source is not None

        def codings(p: Project) -> Sequence[Coding]:
            return p.codings.of_source(source) if _has(p, source) else []

        if everything:
            self.runner.ask(
                lambda p: (_reading_of(p, source), codings(p)),
                lambda answer: self._keep_reading(*answer),
                key=(self, "reading"),
            )
        else:
            self.runner.ask(
                lambda p: (source, codings(p)), lambda answer: self._keep_codings(*answer), key=(self, "codings")
            )

    def _keep_reading(self, reading: Reading | None, codings: Sequence[Coding]) -> None:
        if reading is None:
            source = self._source
            self._show_nothing()
            self._gone = source
        elif reading.source.id == self._source:
            self.view.update_reading(reading)
            self.filters.show_reading(reading)
            self.view.set_codings(Layers(codings))
            self.about.show_reading(reading)  # after the codings, or it would say for a moment that nothing is coded

    def _keep_codings(self, source: SourceId, codings: Sequence[Coding]) -> None:
        if source == self._source:
            self.view.set_codings(Layers(codings))
            self.about.forget_codings()
            self._meta_timer.start()

    def _follow(self, rows: Sequence[CodingId]) -> None:
        """Read back the few codings that were touched, and no others."""

        def then(found: list[Coding]) -> None:
            here = [coding for coding in found if coding.source == self._source]
            self.about.look_again(self.view.replace_codings(rows, here))
            self._meta_timer.start()

        self.runner.ask(lambda p: p.codings.get(rows), then)

    def _read_codes(self) -> None:
        def then(answer: tuple[CodeTree, Sequence[Coder], Coder]) -> None:
            self._take_codes(*answer)
            self.view.set_codes(answer[0], self._coder_names(answer[1]))
            self._filter()

        self.runner.ask(_codes, then, key=(self, "codes"))

    def _take_codes(self, tree: CodeTree, coders: Sequence[Coder], me: Coder) -> None:
        self.gestures.set_coder(me.id)
        self.about.show_coder(me.id)
        self.panel.show_tree(tree)
        self.filters.show_codes(tree, coders, me.id)

    @staticmethod
    def _coder_names(coders: Sequence[Coder]) -> dict[CoderId, str]:
        return {coder.id: coder.name for coder in coders}

    def _open_more(self) -> None:
        menu = QMenu(self)
        for action in (*self._actions["edit"], *self._actions["view"]):
            menu.addAction(action)
        menu.addSeparator()
        for action in self._actions["code"]:
            menu.addAction(action)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    # ---- filters, finding
    def _filter(self) -> None:
        self.view.set_filter(self.filters.lets_through)
        self._narrow()
        self._emphasise()
        self.about.tell()

    def _narrow(self) -> None:
        shown = self.filters.shown
        self.view.narrow(shown.speaker, self.desk.turns_with_memos() if shown.only == "memos" else None)
        self.view.dim_coded(shown.only == "uncoded")
        if self.find.isVisible():
            self.view.set_hits(self._hits())
            self._hit = min(self._hit, len(self.view.hits) - 1)
            self.find.tell(self.view.hits, self._hit)

    def _emphasise(self) -> None:
        """The overview brings out the code that is filtered by, or else the one chosen in the codebook."""
        chosen, tree = self.panel.current(), self.view.tree
        self.view.emphasise(self.filters.branch or (tree.branch(chosen) if chosen in tree else ()))

    def open_find(self) -> None:
        """Open the line to find words with."""
        self.find.show()
        chosen = self.view.selected()
        if chosen is not None and self.view.reading is not None and len(chosen) <= 60:
            self.find.field.setText(chosen.of(self.view.reading.text))
        self.find.field.setFocus()
        self.find.field.selectAll()

    def _close_find(self) -> None:
        self.find.hide()
        self.view.set_hits(())
        self.view.setFocus()

    def _hits(self) -> list[Span]:
        """Where what is to be found stands in what is shown."""
        reading = self.view.reading
        found = find_words(reading.text, self.find.field.text()) if reading is not None else []
        return [hit for hit in found if not self.view.is_hidden(hit)]

    def _find(self, _typed: str = "") -> None:
        found = self._hits()
        self.view.set_hits(found)
        here = self.view.selected()
        start = here.start if here is not None else self.view.top_point()
        self._hit = next((i for i, hit in enumerate(found) if hit.start >= start), 0)
        self._show_hit()

    def _find_next(self, by: int) -> None:
        if not self.find.isVisible():
            self.open_find()
        elif self.view.hits:
            self._hit = (max(0, self._hit) + by) % len(self.view.hits)
            self._show_hit()

    def _show_hit(self) -> None:
        self.find.tell(self.view.hits, self._hit)
        if self.view.hits and self._hit >= 0:
            self.view.bring_up(self.view.hits[self._hit])
            self.view.select(self.view.hits[self._hit])
            self.mending.correcting.show(self.view.hits[self._hit])

    # ---- the codebook beside it
    def _show_active(self, active: frozenset[CodingId]) -> None:
        codes = [c.code for c in map(self.view.coding, sorted(active)) if c is not None]
        if codes and self.panel.current() not in codes:
            self.panel.select(codes[0])

    def _drop(self, code: CodeId, source: SourceId, span: Span) -> None:
        if source == self._source:
            self.gestures.apply(code, span)

    def _pick_for_panel(self, chosen: Callable[[CodeId], object], where: QRect, title: str, offered: CodeTree) -> None:
        place = QRect(self.mapFromGlobal(where.topLeft()), where.size())
        self.picker.open_at(place, offered, [], title, chosen=chosen, closed=self.panel.view.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.place()
        self._meta_timer.start()

    # ---- keys and menus
    def _make_actions(self) -> dict[str, list[QAction]]:
        make = self._action
        return {
            "edit": [
                make(_("Find in the transcript…"), QKeySequence.StandardKey.Find, self.open_find),
                make(_("Find next"), QKeySequence("Ctrl+G"), lambda: self._find_next(1)),
                make(_("Find previous"), QKeySequence("Ctrl+Shift+G"), lambda: self._find_next(-1)),
                *self.mending.actions(make),
            ],
            "view": [
                make(_("Codebook"), QKeySequence("Ctrl+Shift+B"), self.side.toggle),
                *self.desk.make_actions(make),
            ],
            "code": [
                make(f"{k.words}\t{k.key}", None, lambda command=k.command: self.gestures.command(command))
                for k in key_help()
            ]
            + self.panel.actions_for_menu(),
        }

    def _action(
        self, words: str, keys: QKeySequence | QKeySequence.StandardKey | None, does: Callable[[], object]
    ) -> QAction:
        action = QAction(words, self)
        if keys is not None:
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        action.triggered.connect(lambda _checked=False: does())
        return action

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        return self._actions

    def _rest(self, is_correcting: bool) -> None:
        """Nothing is coded while the words are being corrected."""
        for part in (self.panel, *self.filters.chips()):
            part.setEnabled(not is_correcting)
        for action in self._actions["code"]:
            action.setEnabled(not is_correcting)
        self.fitting.rest(is_correcting)
        self.hints_changed.emit()

    def areas(self) -> list[QWidget]:
        chips = [chip for chip in self.filters.chips() if chip.isVisible()]
        under = [*self.fit_strip.chips[:1], *self.fitting.areas()]
        parts = [
            *chips[:1],
            self.mending.correcting.area,
            self.view.margin,
            *under,
            *self.mending.areas(),
            self.panel.view,
        ]
        return [part for part in parts if part.isVisible()] or [self]

    def hideEvent(self, event: QHideEvent) -> None:
        self.desk.write()
        self.mending.correcting.put_down()
        super().hideEvent(event)

    def use_settings(self, settings: Settings) -> None:
        self.view.letters = settings["code_keys"]
        self.desk.use_settings(settings)
        self.gestures.passages.use_weights(settings["weights"])

    def hints(self) -> list[tuple[str, str]]:
        return self.mending.hints() or [
            ("C", _("code selection")), ("L", _("last code again")), ("J / K", _("next, previous passage")),
            ("A", _("what can be done with it")), ("U", _("next uncoded turn")), ("I / Y", _("which codes fit, why")),
            ("O", _("passages like it")),
        ]  # fmt: skip


def _codes(project: Project) -> tuple[CodeTree, Sequence[Coder], Coder]:
    return project.codebook.tree(), project.seen_coders(), project.coder


def _has(project: Project, source: SourceId) -> bool:
    return any(s.id == source for s in project.sources.list())


def _reading_of(project: Project, source: SourceId) -> Reading | None:
    return project.sources.reading(source) if _has(project, source) else None
