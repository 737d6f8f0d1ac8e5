"""Compare: everything that is counted and compared, asked for here and read here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.base.settings import Settings
from cohesion_qda.model.answer import Answer
from cohesion_qda.model.asked import Asked, SavedAnswer
from cohesion_qda.model.change import Change
from cohesion_qda.model.disagreement import SETTLING
from cohesion_qda.ui.compare import choices as of
from cohesion_qda.ui.compare import taking, views
from cohesion_qda.ui.compare.asking import Found, look, of_kind
from cohesion_qda.ui.compare.bar import ChoiceBar
from cohesion_qda.ui.compare.grid import AnswerTable
from cohesion_qda.ui.compare.kept import Kept
from cohesion_qda.ui.compare.kinds import KindWords, called, kinds
from cohesion_qda.ui.compare.rail import Rail
from cohesion_qda.ui.compare.result import Result
from cohesion_qda.ui.compare.states import Nothing, nothing
from cohesion_qda.ui.compare.words import figure_words, look_words, looks, totals_words
from cohesion_qda.ui.page import COUNTED, Page, own_action
from cohesion_qda.ui.parts import add_title
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.theme import current_theme
from cohesion_qda.ui.widgets import Chip, EmptyState, PageHeader, PrimaryButton, QuietButton

SHOWN = (*COUNTED, "saved_answer", "settlement", "summary", "summary_passage")  # the tables that answers are made of
NARROW = 820  # pixels, at normal text size, below which the rail gives way to a chip


class ComparePage(Page):
    """The page: a rail of what can be asked, the chips of the one that is, and its answer."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.asked: Asked | None = None  # None: not asked anything yet
        self.found: Found | None = None
        self.kept = Kept(runner, self._told, self)
        self.taking = taking.Taking(runner, self.say.emit, self)
        self._views: dict[str, Any] = {}
        self._view_actions: list[QAction] = []
        self._shown: Asked | None = None  # by a view of its own
        self._hinted: Any = None  # the view whose keys are told
        self._settings: Settings | None = None
        self._make_header()
        self._make_body()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._row, 1)
        runner.opened.connect(self._forget)
        runner.closed.connect(self._forget)
        current_theme().changed.connect(self._fit)

    # -- making --------------------------------------------------------------------------------------------------------

    def _make_header(self) -> None:
        self.header = PageHeader(_("Compare"), "")
        self.reader_button = QuietButton(_("Read the disagreements"), "read", self.open_reader)
        self.look_chip = Chip("", on_click=self.open_looks)
        self.copy_button = QuietButton(_("Copy"), "copy", self.open_copies)
        self.save_button = QuietButton(_("Save …"), "star", self.save)
        self.export_button = PrimaryButton(_("Export …"), "export", self.export)
        self._buttons = (self.reader_button, self.look_chip, self.copy_button, self.save_button, self.export_button)
        for button in self._buttons:
            self.header.add_action(button)
            button.hide()

    def _make_body(self) -> None:
        self.rail = Rail()
        self.rail.kinds.taken.connect(self._kind_taken)
        self.rail.saved.taken.connect(self.open_saved)
        self.rail.saved.renaming.connect(self.kept.rename)
        self.rail.saved.removal.connect(self.kept.delete)
        self.bar = ChoiceBar()
        self.bar.wanted.connect(self.ask_for)
        self.bar.kind_chip.clicked.connect(lambda _on=False: self.open_kinds())
        self.result = Result(self.runner)
        self.result.read.connect(lambda card: self.open_passage.emit(card.source, card.span))
        self.result.show_code.connect(self.show_code)
        self.result.copied_quotes.connect(self._copied_quotes)
        self.result.looked.connect(self._say_look)
        self.result.copy_table.connect(self.copy_table)
        self.empty = EmptyState("", " ", lambda: self.go_to.emit(self._next))
        self._next = "read"
        self._blank = QWidget()
        self._pile = QStackedWidget()
        for part in (self._blank, self.result, self.empty):
            self._pile.addWidget(part)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._pile, 1)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rail)
        self._row.addLayout(right, 1)

    @property
    def table(self) -> AnswerTable:
        """The table of the answer."""
        return self.result.table

    # -- what the window calls -----------------------------------------------------------------------------------------

    def entered(self) -> None:
        self._reload()
        if not self.isAncestorOf(QApplication.focusWidget()):
            shown = self.table if self.table.isVisible() else self.rail.kinds
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, change: Change) -> None:
        if self._view is not None:
            self._view.on_change(change)
            if self._view is self._views.get("disagreements") and change.kind in SETTLING:
                return  # the answer is read anew when the reader is left
        if change.touches(*SHOWN):
            self._reload()

    def forget_codings(self) -> None:
        self.found = None
        self.header.set_meta("")
        self.result.forget()
        for view in self._views.values():
            view.forget_codings()
        self._shown = None
        self._pile.setCurrentWidget(self._blank)

    def _forget(self, _info: object = None) -> None:
        self.asked, self.kept.name = None, ""
        self.forget_codings()

    def areas(self) -> list[QWidget]:
        shown = self._view or self.result
        inside = shown.areas() if self._pile.currentWidget() is shown else [self.empty]
        return [self.rail.kinds, self.rail.saved, self.bar, *inside]

    def use_settings(self, settings: Settings) -> None:
        self._settings = settings
        for view in self._views.values():
            if hasattr(view, "use_settings"):
                view.use_settings(settings)

    def hints(self) -> list[tuple[str, str]]:
        if self._view is not None and hasattr(self._view, "hints"):
            return self._view.hints()  # type: ignore[no-any-return]
        return [
            (_("Arrow keys"), _("move between cells")),
            (_("Enter"), _("show evidence")),
            (_("S"), _("sort")),
            (_("Esc"), _("close")),
        ]

    def actions_for_menu(self) -> dict[str, list[QAction]]:
        framework = self._made("framework", views.VIEWS["framework"]).actions_for_menu()
        self._view_actions = [action for actions in framework.values() for action in actions]
        self._enable_view_actions()
        return {
            **framework,
            "edit": [
                own_action(self, _("Copy as table"), "Ctrl+Shift+C", self.copy_table),
                own_action(self, _("Copy as picture"), "Ctrl+Shift+D", self.copy_picture),
                own_action(self, _("Narrow the answer …"), "Ctrl+Shift+R", self.bar.open_filters),
                own_action(self, _("Ask something else …"), "Ctrl+Shift+A", self.open_kinds),
                own_action(self, _("Save the answer as …"), "Ctrl+Shift+K", self.save),
            ],
            "view": [own_action(self, _("Table or figure …"), "Ctrl+Shift+O", self.open_looks)],
            "file": [own_action(self, _("Export the answer …"), "Ctrl+Shift+X", self.export)],
        }

    # -- asking --------------------------------------------------------------------------------------------------------

    def ask_for(self, asked: Asked) -> None:
        """Ask something else."""
        self.asked = asked
        self._reload()

    def choose(self, key: str, *values: Hashable) -> None:
        """Ask the same with another choice of a chip (`choices.CHIPS`)."""
        if self.asked is not None:
            self.ask_for(of.chosen(self.asked, key, values))

    def ask_kind(self, kind: str) -> None:
        """Ask for another kind of answer: filters, codes and coders stay."""
        if self.found is not None and self.asked is not None and kind != self.asked.kind:
            self.ask_for(of_kind(kind, self.found.offer, self.asked))

    def open_saved(self, saved: SavedAnswer) -> None:
        """Ask what was kept under a name."""
        self.kept.name = saved.name
        self.ask_for(saved.asked)

    def _kind_taken(self, words: KindWords) -> None:
        self.ask_kind(words.kind)

    def _reload(self) -> None:
        asked, only = self.asked, self.runner.only_coder
        self.runner.ask(
            lambda project: look(project, asked, only), self._arrived, key=(self, "answer"), title=_("Counting")
        )

    def _arrived(self, found: Found) -> None:
        self.found, self.asked = found, found.asked
        kind = found.asked.kind
        self.bar.show_asked(found.left or found.asked, found.offer)
        same = self.kept.current(found.offer.saved, found.asked)
        self.rail.show_state(kind, found.offer.saved, same)
        self.bar.kind_chip.setText(called(kind).replace("&", "&&"))
        self.header.set_title(found.answer.title if found.answer is not None else called(kind))
        self.header.set_meta(totals_words(found.totals) if found.totals.base.mentions else "")
        none = nothing(found)
        if none is not None:
            self._show_nothing(none)
        elif kind in views.VIEWS:
            self._show_view(kind, views.VIEWS[kind])
        elif found.answer is not None:
            self.result.show_answer(found.answer, found.offer.tree)
            if kind == "agreement" and self._view is self._views.get("disagreements") and self._view is not None:
                self._show_view("disagreements", views.DISAGREEMENTS)
            else:
                self._pile.setCurrentWidget(self.result)
        self._say_look()

    def _show_nothing(self, none: Nothing) -> None:
        self.result.forget()
        self.empty.set_sentence(none.sentence)
        self.empty.button.setText(none.button.replace("&", "&&"))
        self.empty.button.setVisible(bool(none.button))
        self._next = none.to
        self._pile.setCurrentWidget(self.empty)

    # -- views of their own --------------------------------------------------------------------------------------------

    @property
    def _view(self) -> Any:
        """The view of its own that is shown, or None."""
        shown = self._pile.currentWidget()
        return shown if shown in self._views.values() else None

    def _made(self, name: str, where: str) -> Any:
        if name not in self._views:
            view = self._views[name] = views.made(where, self.runner, self)
            view.open_passage.connect(self.open_passage)
            view.say.connect(self.say)
            view.show_code.connect(self.show_code)
            view.closed.connect(self._view_closed)
            if self._settings is not None and hasattr(view, "use_settings"):
                view.use_settings(self._settings)
            self._pile.addWidget(view)
        return self._views[name]

    def _show_view(self, name: str, where: str) -> None:
        assert self.asked is not None
        view = self._made(name, where)
        if self._view is view and self._shown == self.asked:
            return  # it reads changes by itself
        self._pile.setCurrentWidget(view)
        self._shown = self.asked
        view.show_asked(self.asked)
        self._say_look()

    def _enable_view_actions(self) -> None:
        """What a view of its own offers in the menus works while it is shown."""
        for action in self._view_actions:
            action.setEnabled(self._view is not None and action.parent() is self._view)

    def open_reader(self) -> None:
        """Read what two coders disagree on, side by side."""
        self._show_view("disagreements", views.DISAGREEMENTS)
        areas = self._views["disagreements"].areas()
        if areas:
            areas[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _view_closed(self) -> None:
        if self.found is not None and self.found.answer is not None:
            self._pile.setCurrentWidget(self.result)
            self._reload()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rail.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- looks ---------------------------------------------------------------------------------------------------------

    def _say_look(self) -> None:
        """The header's buttons, as they can be used now."""
        is_result = self._pile.currentWidget() is self.result and self.result.part is not None
        kind = self.asked.kind if self.asked is not None else ""
        figures = self.result.part.figures if is_result and self.result.part is not None else ()
        is_matrix = self._view is not None and kind in views.VIEWS
        for button in (self.copy_button, self.export_button):
            button.setVisible(is_result or is_matrix)
        self.save_button.setVisible(self._pile.currentWidget() not in (self.empty, self._blank))
        self.look_chip.setVisible(bool(figures))
        self.reader_button.setVisible(is_result and kind == "agreement")
        if figures:
            words = look_words(self.result.shown_look(), self.result.figure_name())
            self.look_chip.setText(words)
            self.look_chip.setAccessibleName(_("Shown: {what}").format(what=words))
        self._enable_view_actions()
        self._fit()
        if self._hinted is not self._view:
            self._hinted = self._view
            self.hints_changed.emit()

    def open_looks(self) -> None:
        """Table, figure or both, and which figure."""
        if self.look_chip.isHidden() or self.result.part is None:
            return
        menu = self._menu()
        for look_, words in looks().items():
            action = menu.addAction(words, lambda look_=look_: self.result.choose_look(look_))
            action.setCheckable(True)
            action.setChecked(look_ == self.result.shown_look())
        figures = self.result.part.figures
        if len(figures) > 1:
            add_title(menu, _("Which figure"))
            for name in figures:
                action = menu.addAction(figure_words(name), lambda name=name: self.result.choose_figure(name))
                action.setCheckable(True)
                action.setChecked(name == self.result.figure_name())
        menu.popup(self.look_chip.mapToGlobal(self.look_chip.rect().bottomLeft()))

    def open_kinds(self) -> None:
        """What can be asked, as a menu, where there is no room for the rail."""
        if self.found is None or self.asked is None:
            return
        menu = self._menu()
        for words in kinds():
            action = menu.addAction(words.name, lambda kind=words.kind: self.ask_kind(kind))
            action.setCheckable(True)
            action.setChecked(words.kind == self.asked.kind)
        if self.found.offer.saved:
            add_title(menu, _("Saved answers"))
        for saved in self.found.offer.saved:
            menu.addAction(saved.name.replace("&", "&&"), lambda saved=saved: self.open_saved(saved))
        under = self.bar.kind_chip if self.bar.kind_chip.isVisible() else self.bar
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The rail gives way where there is little room, and so do the words of buttons that the menus have, too."""
        is_narrow = self.width() < current_theme().px(NARROW)
        self.rail.setVisible(not is_narrow)
        self.bar.kind_chip.setVisible(is_narrow)
        names = {self.copy_button: _("Copy"), self.save_button: _("Save …")}
        for button, words in names.items():
            button.setText("" if is_narrow else words)
            button.setAccessibleName(words)
            button.setToolTip(words if is_narrow else "")

    # -- keeping and taking away ---------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep what is asked under a name."""
        if self.asked is not None and not self.save_button.isHidden():
            self.kept.save(self.asked)

    def open_copies(self) -> None:
        """Copy as a table, or as a picture."""
        menu = self._menu()
        menu.addAction(_("Copy as table"), self.copy_table)
        picture = menu.addAction(_("Copy as picture"), self.copy_picture)
        picture.setEnabled(self.result.picture.figure.drawing is not None and not self.result.picture.isHidden())
        menu.popup(self.copy_button.mapToGlobal(self.copy_button.rect().bottomLeft()))

    def copy_table(self) -> None:
        """Put the table on the clipboard as it is seen: these rows, in this order."""
        if self._view is not None:
            self._with_answer(
                lambda answer: self.taking.copy_table(answer.parts[0], len(answer.parts[0].lines), answer.made)
            )
        elif self.result.answer is not None and self.result.part is not None:
            lines, made = list(self.table.answer.lines), self.result.answer.made
            self.taking.copy_table(taking.as_seen(self.result.part, lines), len(lines), made)

    def copy_picture(self) -> None:
        """Put the figure on the clipboard."""
        drawing = self.result.picture.figure.drawing
        if drawing is not None and not self.result.picture.isHidden() and self.result.part is not None:
            self.taking.copy_picture(drawing, self.result.part)

    def export(self) -> None:
        """Ask what to write, then where."""
        if self.export_button.isHidden():
            return
        if self._view is not None:
            self._with_answer(lambda answer: self.taking.export(answer, answer.parts[0], ""))
        elif self.result.answer is not None and self.result.part is not None:
            self.taking.export(self.result.answer, self.result.part, self.result.figure_name())

    def _with_answer(self, then: Callable[[Answer], None]) -> None:
        """What a view of its own shows, as a table."""
        asked = self.asked
        if asked is not None:
            self.runner.ask(lambda project: project.answers.ask(asked), then, key=(self, "table"))

    def _told(self, change: Change) -> None:
        if not change.is_empty:
            self.say.emit(change.said, True)

    def _copied_quotes(self, n: int) -> None:
        self.say.emit(ngettext("Copied {n} quotation", "Copied {n} quotations", n).format(n=n), False)
