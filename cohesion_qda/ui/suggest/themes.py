"""Themes that the talk suggests: the list at the left, one of them with its facts and passages at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.model import themewords
from cohesion_qda.model.change import Change
from cohesion_qda.model.ids import CodeId
from cohesion_qda.model.speaking import how_widely
from cohesion_qda.model.theming import Recipe, ThemeModel, ThemeSuggestion
from cohesion_qda.ui.page import own_action
from cohesion_qda.ui.retrieve.cards import Card, cards_of_evidence
from cohesion_qda.ui.retrieve.flow import FlowLayout
from cohesion_qda.ui.runner import Runner
from cohesion_qda.ui.suggest import theme_words
from cohesion_qda.ui.suggest.assistant import Asked, assistant_of
from cohesion_qda.ui.suggest.listing import Proposal, ProposalList
from cohesion_qda.ui.suggest.sides import Sides
from cohesion_qda.ui.suggest.tab import Tab
from cohesion_qda.ui.suggest.table_taking import TableTaking
from cohesion_qda.ui.suggest.theme_board import ThemeBoard
from cohesion_qda.ui.suggest.theme_detail import EDGES, ThemeDetail
from cohesion_qda.ui.suggest.theme_standing import Standing, stand
from cohesion_qda.ui.widgets import Label, LinkButton, QuietButton

if TYPE_CHECKING:
    from cohesion_qda.project import Project

FEWEST = 2
NOTHING = ThemeModel((), Recipe())


class ThemesTab(Tab):
    """Read what each theme is, and make a code of it, add it to a code, merge, split, dismiss or put it off.

    The recipe of what is shown is kept in the project, so themes are found again when the project is opened, and what an act
    changed in it shows itself, also when it is undone.
    """

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.found = NOTHING
        self.standing = Standing()
        self._asked: Asked | None = None
        self._is_working = False
        self._follows = False  # what is looked for is the recipe that is kept
        self._kept: Recipe | None = None  # as it was last read: only another one is looked for
        self._after = -1  # the unit whose theme is to be chosen in what is found next
        self._later: set[str] = set()
        self._shows_gone = False  # the dismissed ones, too
        self._why_not = ""  # nothing can be found in this talk
        self._shown, self._read_at = "", ""  # the theme, and the stamp of the talk when its passages were read
        self.list = ProposalList(_("Suggested themes"))
        self.detail = ThemeDetail()
        self.board = ThemeBoard()
        self.taking = TableTaking(runner, self.say.emit, self)
        self.sides = Sides(self._press)
        self.banner, self.empty = self.sides.banner, self.sides.empty
        self._make_side()
        self.sides.right.addWidget(self.detail)
        self._board_area = self.sides.add_board([self.board], _("Back to the passages"), self.detail)
        self._back = own_action(self, _("Back to the passages"), "Escape", self.show_passages)
        self._back.setEnabled(False)
        self.sides.right.currentChanged.connect(lambda _n: self._back.setEnabled(not self.is_reading))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.sides)
        self._connect()
        self._show()

    def _make_side(self) -> None:
        self.fewer = QuietButton(_("Fewer"), "", lambda: self.step(-1))
        self.more = QuietButton(_("More"), "", lambda: self.step(1))
        self.number = Label("", "interface_strong")
        self.gone = LinkButton("", on_click=self._turn_gone)
        self.trust = Label("", "meta", "text2")
        self.trust.setWordWrap(True)
        self.how = LinkButton(_("How were these found?"), on_click=self.show_board)
        top = FlowLayout()
        top.setContentsMargins(16, 0, 16, 0)
        for widget in (self.number, self.fewer, self.more, self.gone):
            top.addWidget(widget)
        trust = QHBoxLayout()
        trust.setContentsMargins(16, 0, 16, 0)
        trust.addWidget(self.trust)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 16, 0)
        foot.addWidget(self.how)
        foot.addStretch(1)
        self.sides.side_column.addLayout(top)
        self.sides.side_column.addLayout(trust)
        self.sides.side_column.addWidget(self.list, 1)
        self.sides.side_column.addLayout(foot)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.clicked.connect(lambda _index: self.show_passages())
        self.list.lettered.connect(self._letter)
        self.list.entered_passages.connect(self._enter_passages)
        self.detail.list.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.detail.read.connect(lambda card: self.read.emit(card.source, card.span))
        self.detail.lettered.connect(self._letter)
        self.detail.refused.connect(lambda reason: self.say.emit(reason, False))
        self.detail.make_code.connect(self._make_code)
        self.detail.add_to.connect(self._add_to)
        self.detail.dismissed.connect(self._dismiss)
        self.detail.later.connect(self._put_off)
        self.detail.merging.connect(self._ask_merge)
        self.detail.splitting.connect(self._split)
        self.board.number_wanted.connect(self.look_for)
        self.board.method_wanted.connect(self._change_method)
        self.board.say.connect(self.say)
        own_action(self, _("Merge with another theme"), "M", lambda: self._letter("m"))
        own_action(self, _("Split the theme"), "S", lambda: self._letter("s"))
        own_action(self, _("Fewer themes"), "-", lambda: self.step(-1))
        own_action(self, _("More themes"), "+", lambda: self.step(1))
        self.runner.opened.connect(self.forget)
        self.runner.closed.connect(self.forget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.board.fit(self.sides.right.width() - EDGES)

    # -- what the page asks ------------------------------------------------------------------------------------------

    def areas(self) -> list[QWidget]:
        return [self.list, self.detail.list, self.detail.foot]

    def hints(self) -> list[tuple[str, str]]:
        return [
            (_("A"), _("accept")), (_("R"), _("dismiss")), (_("L"), _("later")), (_("M"), _("merge")), (_("S"), _("split")),
            (_("+ −"), _("more, fewer")), (_("Enter"), _("passages")),
        ]  # fmt: skip

    def header_actions(self) -> list[QWidget]:
        return [self.taking.button]

    def again(self) -> str:
        return _("Suggest again") if self.found.themes else ""

    def waiting(self) -> int:
        return sum(1 for row in self.list.proposals.rows if not row.became)

    @property
    def is_reading(self) -> bool:
        """Whether the theme and its passages are in sight, and not how themes were found."""
        return self.sides.right.currentWidget() is self.detail

    def refresh(self) -> None:
        model = self.found
        self.runner.ask(lambda project: stand(project, model), self._stands, key=(self, "standing"))

    def on_change(self, change: Change) -> None:
        if change.touches(
            "coding", "dismissal", "code", "source", "turn", "speaker", "study_case", "project_setting", "attribute", "attribute_value",
        ):  # fmt: skip
            self._why_not = ""
            self.refresh()

    def forget(self, _info: object = None) -> None:
        self.cancel()
        self.found, self.standing, self._kept = NOTHING, Standing(), None
        self._later.clear()
        self._shows_gone, self._why_not = False, ""
        self._show()

    def forget_codings(self) -> None:
        self.found, self.standing, self._kept = NOTHING, Standing(), None  # what overlaps with whose codes is in it
        self._show()

    # -- finding -----------------------------------------------------------------------------------------------------

    @property
    def is_working(self) -> bool:
        return self._is_working

    def start(self) -> None:
        self._look(self.found.recipe if self.found.themes else self.standing.recipe or Recipe())

    def step(self, by: int) -> None:
        """Look for one theme fewer or more."""
        self.look_for(max(FEWEST, self.found.number + by))

    def look_for(self, number: int) -> None:
        """Look for so many themes. What was merged and split was so among others, and goes."""
        if self.found.themes and not self._is_working and number != self.found.number:
            self._look(self.found.recipe.of(number=number))

    def _change_method(self, method: str) -> None:
        if not self._is_working and method != self.found.recipe.method:
            self._look(self.found.recipe.of(number=self.found.recipe.number, method=method))

    def _look(self, recipe: Recipe, *, follows: bool = False) -> None:
        from cohesion_qda.analysis import worker

        self._is_working, self._follows = True, follows
        self._say_state()
        asked = assistant_of(self.runner).ask(
            _("Looking for themes"), worker.themes_or_why_not,
            lambda project: project.proposed_themes.question(recipe), self._arrived, stopped=self._stopped,
        )  # fmt: skip
        self._asked = asked if self._is_working else None  # the answer may have been there at once

    def _arrived(self, model: ThemeModel | BadInput) -> None:
        at = QApplication.focusWidget()
        self._is_working, self._asked = False, None
        self._why_not = str(model) if isinstance(model, BadInput) else ""
        if isinstance(model, BadInput):
            if self.found.themes:
                self.say.emit(self._why_not, False)
            self._say_state()
            return
        self.found, self._shown = model, ""
        self._later.clear()
        self.board.show_model(model)
        self.runner.do(lambda project: project.proposed_themes.keep(model))
        self.refresh()
        if model.unknown_edits:
            self.say.emit(_("The talk has changed: what was merged or split in it could not all be repeated."), False)
        if self.isVisible() and (at is None or at is self.empty.button):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self) -> None:
        self._is_working, self._asked = False, None
        self._say_state()

    def cancel(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._stopped()

    def _press(self) -> None:
        if self._is_working:
            self.cancel()
        else:
            self.start()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _stands(self, standing: Standing) -> None:
        self.standing = standing
        self.detail.show_codes(standing.tree)
        kept, before = standing.recipe, self._kept
        self._kept = kept
        is_other = kept is not None and (before is None or before.asks != kept.asks)
        if kept is not None and is_other and (self._follows or not self._is_working):
            if self._is_working:  # for a recipe that was taken back
                self.cancel()
            if not self.found.themes or kept.asks != self.found.recipe.asks:
                self._look(kept, follows=True)
        self._show()

    def _show(self) -> None:
        gone = tuple(theme for theme in self.found.themes if theme.key in self.standing.dismissed)
        themes = self.suggestions
        self._shows_gone = bool(gone) and (self._shows_gone or not themes)
        if self._shows_gone:
            themes += gone
        self.gone.setVisible(bool(gone) and bool(self.suggestions))
        self.gone.setText(theme_words.gone(len(gone), is_shown=self._shows_gone))
        self.list.show_rows([self._row(theme) for theme in themes])
        self._choose_after(themes)
        is_stale = bool(self.standing.talk) and self.found.recipe.talk != self.standing.talk
        is_other = bool(self.standing.talk) and self.found.about != self.standing.about
        self.banner.setVisible(is_stale or is_other)
        if is_other and not is_stale:
            self.banner.show_message(
                "caution",
                _("What is known of the sources or the people has changed since these were found."),
                _("Suggest again to see how the themes spread now."),
            )
        if is_stale:
            self.banner.show_message(
                "caution",
                _("The transcripts, or what is counted in them, have changed since these were found."),
                _("Suggest again to take the changes in."),
            )
        self._say_state()
        self.changed_count.emit()

    def _choose_after(self, themes: Sequence[ThemeSuggestion]) -> None:
        """After a merge or a split, the theme that holds what was shown."""
        if self._after >= 0 and themes:
            row = next((n for n, theme in enumerate(themes) if self._after in theme.units), -1)
            if row >= 0 and not self._is_working:
                self._after = -1
                self.list.setCurrentIndex(self.list.proposals.index(row))

    def _row(self, theme: ThemeSuggestion) -> Proposal:
        code = self.standing.accepted.get(theme.key)
        became = _("Coded as {code}").format(code=code) if code else _("For later") if theme.key in self._later else ""
        if theme.key in self.standing.dismissed:
            became = _("Dismissed")
        counts = how_widely(theme.count, self.found.base)
        return Proposal(
            theme.key,
            theme.label,
            ", ".join(theme.other_terms),
            counts,
            became,
            theme_words.share(theme.count, self.found.base),
        )

    def _say_state(self) -> None:
        self.sides.show_empty(not self.list.proposals.rows)
        self.empty.button.setVisible(self._is_working or not self._why_not)
        number = theme_words.number(self.found, len(self.suggestions))
        self.number.setText(_("Looking again…") if self._is_working else number)
        self.trust.setText(themewords.trust(self.found.stability))
        working = _("Wait until the themes are found") if self._is_working else ""
        found = self.found
        self.taking.offer((lambda project: project.proposed_themes.answer(found)) if self.suggestions else None)
        few = _("There cannot be fewer") if self.found.number <= FEWEST else ""
        self.fewer.disable(working or few)
        self.more.disable(working)
        if not (working or few):
            self.fewer.setToolTip(_("Look for fewer, broader themes"))
        if not working:
            self.more.setToolTip(_("Look for more, narrower themes"))
        if self._is_working:
            self.empty.set_sentence(_("Reading all transcripts. You can go on working elsewhere meanwhile."))
            self.empty.button.setText(_("Cancel"))
        else:
            self.empty.set_sentence(self._why_not or theme_words.invitation())
            self.empty.button.setText(_("Suggest themes"))

    def show_board(self) -> None:
        """How many themes there could be, and the paragraph that can be cited."""
        self.board.fit(self.sides.right.width() - EDGES)
        self.sides.right.setCurrentWidget(self._board_area)
        self.board.curve.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_passages(self) -> None:
        """The theme that is chosen, with its passages."""
        if not self.is_reading:
            at = QApplication.focusWidget()
            self.sides.right.setCurrentWidget(self.detail)
            if at is None or self._board_area.isAncestorOf(at):
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_passages(self) -> None:
        self.show_passages()
        self.detail.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_gone(self) -> None:
        self._shows_gone = not self._shows_gone
        self._show()

    @property
    def suggestions(self) -> tuple[ThemeSuggestion, ...]:
        """The themes in the list: those that were not dismissed."""
        return tuple(theme for theme in self.found.themes if theme.key not in self.standing.dismissed)

    def current(self) -> ThemeSuggestion | None:
        """The theme that is shown."""
        row = self.list.current()
        return self.found.theme(row.key) if row is not None else None

    def _choose(self, row: Proposal | None) -> None:
        theme = self.current()
        if theme is None or row is None:
            self._shown = ""
            self.detail.show_nothing()
            return
        if self._shown == theme.key:
            self.detail.say_became(row.became)
            self.detail.facts.show_overlaps(theme, self.standing.tree)
            self.detail.say_dismissed(theme.key in self.standing.dismissed)
            if self._read_at and self._read_at != self.standing.talk:  # its words may stand elsewhere now
                self._read_passages(theme)
            self._read_at = self.standing.talk
            return
        if self._shown:  # another one was chosen: it is read, not how themes were found
            self.show_passages()
        self._shown = theme.key
        self.detail.show_theme(
            theme, self.standing.tree, theme_words.spoken(theme, row.counts, self.found.base), row.became
        )
        self.detail.facts.show_place(themewords.place(self.found, theme))
        self.detail.say_dismissed(theme.key in self.standing.dismissed)
        self._read_passages(theme)
        self._read_at = self.standing.talk

    def _read_passages(self, theme: ThemeSuggestion) -> None:
        self.runner.ask(
            lambda project: _cards(project, theme), lambda found: self._cards_arrived(*found), key=(self, "cards")
        )

    def _cards_arrived(self, theme: ThemeSuggestion, cards: list[Card]) -> None:
        if theme.key == self._shown:
            self.detail.show_theme_passages(theme, cards)

    # -- what the person does ----------------------------------------------------------------------------------------

    def _letter(self, letter: str) -> None:
        if not self.is_reading:  # nothing is done to what is not in sight
            self.show_passages()
            return
        acts = {"a": self._accept, "r": self._dismiss, "l": self._put_off, "m": self._ask_merge, "s": self._split}
        if letter in acts:
            acts[letter]()

    def _accept(self) -> None:
        self.detail.tick_current()
        self.detail.accept()

    def _make_code(self, name: str, parent: CodeId | None) -> None:
        theme, chosen = self.current(), self.detail.chosen_evidence()
        if theme is not None and chosen:
            self.runner.do(lambda p: p.proposed_themes.make_code(theme, name, parent, chosen), self._accepted)

    def _add_to(self, code: int) -> None:
        theme, chosen = self.current(), self.detail.chosen_evidence()
        if theme is not None and chosen:
            self.runner.do(lambda p: p.proposed_themes.add_to_code(theme, CodeId(code), chosen), self._accepted)

    def _accepted(self, change: Change) -> None:
        self.say.emit(change.said, True)
        self.list.go_on()

    def _dismiss(self) -> None:
        theme, model = self.current(), self.found
        if theme is not None:
            key, is_gone = theme.key, theme.key in self.standing.dismissed
            self.runner.do(
                lambda p: (p.proposed_themes.take_back if is_gone else p.proposed_themes.dismiss)(model, key),
                lambda change: self.say.emit(change.said, True),
            )

    def _put_off(self) -> None:
        theme = self.current()
        if theme is not None:
            self._later.add(theme.key)
            self.list.go_on()
            self._show()

    def _ask_merge(self) -> None:
        theme = self.current()
        others = [other for other in self.found.themes if theme is not None and other.key != theme.key]
        if theme is None or self._is_working:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for other in others:
            if other.key not in self.standing.dismissed:
                action = menu.addAction(other.label.replace("&", "&&"), lambda key=other.key: self.merge_with(key))
                action.setToolTip(", ".join(other.terms))
        menu.popup(self.detail.merge_button.mapToGlobal(self.detail.merge_button.rect().topLeft()))

    def merge_with(self, key: str) -> None:
        """Make one theme of the one shown and another."""
        theme, model = self.current(), self.found
        if theme is not None:
            keys = (theme.key, key)
            self._change(theme, lambda project: project.proposed_themes.merge(model, keys))

    def _split(self) -> None:
        theme, model = self.current(), self.found
        if theme is not None and not self._is_working:
            key = theme.key
            self._change(theme, lambda project: project.proposed_themes.split(model, key))

    def _change(self, theme: ThemeSuggestion, verb: Callable[[Project], Change]) -> None:
        """An act that changes the recipe: the themes are looked for again once the project says so."""
        self._after = theme.units[0]
        self.runner.do(verb, lambda change: self.say.emit(change.said, True))


def _cards(project: Project, theme: ThemeSuggestion) -> tuple[ThemeSuggestion, list[Card]]:
    """The theme with its passages where they stand now, without those whose words were corrected, and their cards."""
    typical, divergent = project.suggestions.placed(theme.typical), project.suggestions.placed(theme.divergent)
    theme = replace(theme, typical=tuple(typical), divergent=tuple(divergent))
    return theme, cards_of_evidence(project, [*typical, *divergent])
