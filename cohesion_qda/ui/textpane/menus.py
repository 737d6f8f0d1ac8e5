"""The menus of the transcript and of its margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _
from cohesion_qda.model.coding import Coding
from cohesion_qda.model.ids import CodingId
from cohesion_qda.ui.textpane.keys import key_help
from cohesion_qda.ui.theme import current_theme

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.gestures import Gestures

RECENT = 5  # codes that are offered at once


def shown(words: str, key: str = "") -> str:
    """Words and a key as a menu shows them."""
    escaped = words.replace("&", "&&")
    return f"{escaped}\t{key}" if key else escaped


def words_menu(gestures: Gestures, parent: QWidget) -> QMenu:
    """What can be done with the selection, or the turn and the passage under the caret."""
    menu = QMenu(parent)
    view = gestures.view
    told = {k.command: shown(k.words, k.key) for k in key_help()}
    whole = view.selected() is None
    menu.addAction(shown(_("Code the turn…"), "C") if whole else told["pick"], gestures.pick)
    for code in [c for c in gestures.recent if c in view.tree and not view.tree.is_aside(c)][:RECENT]:
        icon = current_theme().shape_icon(view.tree.shape(code), view.tree[code].colour)
        words = shown(_("Code as {name}").format(name=view.tree[code].name))
        menu.addAction(icon, words).triggered.connect(lambda _on=False, c=code: gestures.apply(c))
    menu.addAction(told["in-vivo"], gestures.in_vivo).setEnabled(not whole)
    for command in ("fit", "alike"):
        menu.addAction(told[command]).triggered.connect(lambda _on=False, c=command: gestures.command(c))
    menu.addSeparator()
    for command in ("word", "sentence", "turn", "less"):
        menu.addAction(told[command]).triggered.connect(lambda _on=False, c=command: gestures.command(c))
    menu.addAction(shown(_("Copy"), "Ctrl+C"), view.copy).setEnabled(not whole)
    passage = _passage(gestures)
    if passage:
        _add_passage(gestures, menu, passage)
    else:
        menu.addSeparator()
        for command in ("quotation", "memo", "theme"):
            menu.addAction(told[command]).triggered.connect(lambda _on=False, c=command: gestures.command(c))
    menu.addAction(_("Link to a memo …"), gestures.link_to_memo)
    menu.addAction(told["worksheet"], gestures.link_to_worksheet)
    if gestures.speaking is not None and view.reading is not None:
        menu.addSeparator()
        gestures.speaking.add_to(menu, view.reading, view.caret(), view.selected())
    if view.reading is not None:
        menu.addSeparator()
        menu.addMenu(gestures.sectioning.menu(view.reading, gestures.opening(view.caret()), menu))
    return menu


def _passage(gestures: Gestures) -> list[Coding]:
    """The passage that is meant: the active one where it is selected, else the shortest one under the caret."""
    view, selected, active = gestures.view, gestures.view.selected(), gestures.passages.active()
    if selected is not None:
        return active if active and active[0].span == selected else []
    return [c for c in map(view.coding, sorted(view.passage_at(view.caret()))) if c is not None]


def _add_passage(gestures: Gestures, menu: QMenu, passage: Sequence[Coding]) -> None:
    """The acts on a passage, under the names of its codes; choosing one makes it the active passage first."""
    view, passages = gestures.view, gestures.passages
    menu.addSection(passages.named(passage).replace("&", "&&"))
    whose = passages.whose(passage)
    if whose:
        menu.addAction(whose.replace("&", "&&")).setEnabled(False)
    ids = frozenset(coding.id for coding in passage)

    def do(command: str) -> None:
        view.activate(ids)
        gestures.command(command)

    for act in passages.offers(passage):
        action = menu.addAction(shown(act.words, act.key))
        action.triggered.connect(lambda _on=False, command=act.command: do(command))
    own = [coding for coding in passage if coding.coder == passages.coder]
    for coding in own if len(own) > 1 else ():
        icon = current_theme().shape_icon(view.looks.shape(coding), view.looks.colour_name(coding))
        words = shown(_("Remove {name}").format(name=view.tree[coding.code].name))
        menu.addAction(icon, words).triggered.connect(lambda _on=False, c=coding.id: passages.remove([c]))


def margin_menu(gestures: Gestures, coding: Coding, parent: QWidget) -> QMenu:
    """What can be done with one coding in the margin."""
    menu, view = QMenu(parent), gestures.view
    menu.addAction(_("Select the passage"), lambda: view.select(coding.span))
    menu.addAction(_("Code it with another code…"), lambda: (view.select(coding.span), gestures.pick()))
    _add_passage(gestures, menu, [coding])
    return menu


def folded_menu(gestures: Gestures, codings: Sequence[CodingId], parent: QWidget) -> QMenu:
    """The codings that found no room in the margin, by name."""
    menu, view = QMenu(parent), gestures.view
    for coding in (c for c in map(view.coding, codings) if c is not None):
        icon = current_theme().shape_icon(view.looks.shape(coding), view.looks.colour_name(coding))
        action = menu.addAction(icon, shown(view.looks.words(coding)))
        action.triggered.connect(lambda _on=False, c=coding.id: view.activate({c}, select=True))
    return menu


def open_at(menu: QMenu, where: QPoint) -> None:
    """Show a menu (at a global place) that goes when it is closed."""
    from PySide6.QtCore import Qt

    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(where)
