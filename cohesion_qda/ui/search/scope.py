"""Chips that say where a search looks: who speaks, an attribute, a code, a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.finding import EVERYWHERE, Scope
from cohesion_qda.model.ids import CaseId, CodeId
from cohesion_qda.project.search import ScopeChoices
from cohesion_qda.ui.textpane.picker import Picker
from cohesion_qda.ui.widgets import Chip


class ScopeChips(QWidget):
    """The chips, to be put in a bar one by one (`chips`). `changed` tells that `scope` is another one."""

    changed = Signal()

    def __init__(self, picker: Picker, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._picker = picker
        self._choices = ScopeChoices()
        self.scope = EVERYWHERE
        self.who = self._chip(_("Speaker"), self._open_people, lambda: self.set(cases=frozenset()))
        self.roles = self._chip(
            _("Participants only"), self._toggle_roles, lambda: self.set(only_participants=False)
        )  # fmt: skip
        self.attribute = self._chip(_("Attribute"), self._open_attributes, lambda: self.set(attribute=None))
        self.code = self._chip(_("Code"), self._open_codes, lambda: self.set(code=None))
        self.question = self._chip(_("Question asked"), self._open_questions, lambda: self.set(question=""))
        self.chips: tuple[Chip, ...] = (self.who, self.roles, self.attribute, self.code, self.question)

    def show_choices(self, choices: ScopeChoices, coder: str | None) -> None:
        """Offer these; what is not there any more is let go of. `coder` is the one whose codings may be seen."""
        self._choices = choices
        scope = replace(self.scope, coder=coder)
        people = {case for case, _name, _where in choices.people}
        values = {(about, name, value) for about, name, held in choices.attributes for value in held}
        if not scope.cases <= people:
            scope = replace(scope, cases=frozenset())
        if scope.attribute not in values:
            scope = replace(scope, attribute=None)
        if scope.code not in choices.tree:
            scope = replace(scope, code=None)
        if scope.question not in choices.questions:
            scope = replace(scope, question="")
        self.attribute.setVisible(bool(values))
        self.question.setVisible(bool(choices.questions))
        self.code.setVisible(len(choices.tree) > 0)
        is_other = scope != self.scope
        self.scope = scope
        self._say()
        if is_other:
            self.changed.emit()

    def use(self, scope: Scope) -> None:
        """Look there."""
        self.scope = scope
        self._say()

    def set(self, **values: object) -> None:
        """Narrow it otherwise."""
        self.scope = replace(self.scope, **values)
        self._say()
        self.changed.emit()

    def _chip(self, words: str, on_click: Callable[[], object], clear: Callable[[], object]) -> Chip:
        chip = Chip(words, on_click=on_click)
        chip.cleared.connect(clear)
        return chip

    def _say(self) -> None:
        scope, choices = self.scope, self._choices
        names = [name for case, name, _where in choices.people if case in scope.cases]
        self.who.set_on(bool(names), ", ".join(names) or _("Speaker"))
        self.roles.set_on(scope.only_participants)
        self.attribute.set_on(scope.attribute is not None, scope.attribute[2] if scope.attribute else _("Attribute"))
        code = choices.tree[scope.code].name if scope.code is not None and scope.code in choices.tree else ""
        self.code.set_on(bool(code), _("Coded {code}").format(code=code) if code else _("Code"))
        asked = scope.question if len(scope.question) < 40 else f"{scope.question[:39]}…"
        self.question.set_on(bool(asked), asked or _("Question asked"))

    def _toggle_roles(self) -> None:
        self.set(only_participants=not self.scope.only_participants)

    def _open_people(self) -> None:
        menu = self._menu()
        groups: dict[str, list[tuple[CaseId, str]]] = {}
        for case, name, where in self._choices.people:
            groups.setdefault(where, []).append((case, name))
        for where, people in groups.items():
            below = menu.addMenu((where or _("In no group")).replace("&", "&&")) if len(groups) > 1 else menu
            for case, name in people:
                is_on = case in self.scope.cases
                _add(below, name, is_on, lambda case=case: self.set(cases=self.scope.cases ^ {case}))
        menu.popup(_under(self.who))

    def _open_attributes(self) -> None:
        menu = self._menu()
        for about, name, values in self._choices.attributes:
            words = _("{name} of sources") if about == "source" else _("{name} of people")
            below = menu.addMenu(words.format(name=name).replace("&", "&&"))
            for value in values:
                wanted = (about, name, value)
                _add(below, value, wanted == self.scope.attribute, lambda wanted=wanted: self.set(attribute=wanted))
        menu.popup(_under(self.attribute))

    def _open_codes(self) -> None:
        def chosen(code: CodeId) -> None:
            self.set(code=code)

        above = self._picker.parentWidget()
        at = above.mapFromGlobal(self.code.mapToGlobal(QPoint(0, 0)))
        self._picker.open_at(
            QRect(at, self.code.size()), self._choices.tree, [], _("Only what is coded so"),
            uses=self._choices.uses, chosen=chosen, closed=lambda: self.code.setFocus(Qt.FocusReason.OtherFocusReason),
        )  # fmt: skip

    def _open_questions(self) -> None:
        menu = self._menu()
        for title in self._choices.questions:
            shown = title if len(title) < 90 else f"{title[:89]}…"
            _add(menu, shown, title == self.scope.question, lambda title=title: self.set(question=title))
        menu.popup(_under(self.question))

    def _menu(self) -> QMenu:
        menu = QMenu(self.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _under(chip: Chip) -> QPoint:
    return chip.mapToGlobal(chip.rect().bottomLeft())


def _add(menu: QMenu, words: str, is_on: bool, call: Callable[[], object]) -> None:
    action = menu.addAction(words.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(is_on)
    action.triggered.connect(lambda _on=False: call())
