"""What the menu of a code offers, and the Code menu for the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cohesion_qda.base.i18n import _, ngettext
from cohesion_qda.model import called
from cohesion_qda.model.codebook import KEYS
from cohesion_qda.model.ids import CodeId
from cohesion_qda.ui.codebook.acts import CodeActs
from cohesion_qda.ui.codebook.model import CodebookModel
from cohesion_qda.ui.theme import current_theme

DIGITS = tuple(key for key in KEYS if len(key) == 1)


class CodeMenus:
    """Builds menus for `model`'s codes out of `acts`. `use` codes the selection, `show` opens passages, `rename` edits a name
    in its row.
    """

    def __init__(
        self,
        model: CodebookModel,
        acts: CodeActs,
        *,
        use: Callable[[Sequence[CodeId]], object],
        show: Callable[[CodeId], object],
        rename: Callable[[CodeId], object],
    ) -> None:
        self._model, self._acts = model, acts
        self._use, self._show, self._rename = use, show, rename

    def for_codes(self, codes: Sequence[CodeId], parent: QWidget) -> QMenu:
        """What can be done with codes, with one, or with none."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not codes:
            menu.addAction(_("New code…"), lambda: self._acts.add_under(None))
        elif len(codes) == 1:
            self._for_one(menu, codes[0])
        else:
            self._for_several(menu, codes)
        return menu

    def _for_one(self, menu: QMenu, code: CodeId) -> None:
        acts, tree = self._acts, self._model.tree
        if not tree.is_aside(code):
            menu.addAction(_("Code the selection with it"), lambda: self._use([code]))
        menu.addAction(_("See its passages"), lambda: self._show(code))
        menu.addSeparator()
        menu.addAction(_("New code under it…"), lambda: acts.add_under(code))
        menu.addAction(_("Rename") + "\tF2", lambda: self._rename(code))
        menu.addAction(_("Edit…"), lambda: acts.edit(code))
        self._colour_menu(menu.addMenu(_("Colour")), code)
        self._key_menu(menu.addMenu(_("Key")), code)
        menu.addSeparator()
        self._move_menu(menu.addMenu(_("Move")), code)
        menu.addAction(_("Merge into…"), lambda: acts.ask_merge(code))
        menu.addAction(_("Split…"), lambda: acts.ask_split(code))
        menu.addAction(self.aside_words(code), lambda: acts.set_aside([code], not tree.is_aside(code)))
        menu.addSeparator()
        menu.addAction(_("Write a memo…"), lambda: acts.write_memo(code))
        menu.addAction(_("New theme from this code"), lambda: acts.make_theme(code))
        menu.addSeparator()
        self._delete(menu, [code])

    def _for_several(self, menu: QMenu, codes: Sequence[CodeId]) -> None:
        n, acts = len(codes), self._acts
        code_words = ngettext("Code the selection with this code", "Code the selection with these {n} codes", n)
        menu.addAction(code_words.format(n=n), lambda: self._use(codes))
        menu.addSeparator()
        menu.addAction(_("Move under…"), lambda: acts.ask_move(codes))
        menu.addAction(_("Set aside"), lambda: acts.set_aside(codes, True))
        menu.addSeparator()
        self._delete(menu, codes)

    def _delete(self, menu: QMenu, codes: Sequence[CodeId]) -> None:
        icon = current_theme().icon("delete", "text2", 16)
        menu.addAction(icon, self.delete_words(codes) + "\tDel", lambda: self._acts.delete(codes))

    def delete_words(self, codes: Sequence[CodeId]) -> str:
        """`Delete (19 passages)`: how many go with codes stands in the menu itself."""
        n = sum(self._model.passages.get(code, 0) for code in self._model.uppermost(codes))
        if not n:
            return _("Delete")
        return ngettext("Delete ({n} passage)", "Delete ({n} passages)", n).format(n=n)

    def aside_words(self, code: CodeId) -> str:
        """Set aside, or bring back."""
        return _("Bring back") if self._model.tree.is_aside(code) else _("Set aside")

    def _colour_menu(self, menu: QMenu, code: CodeId) -> None:
        self._colours(menu, code, branch=False)
        if self._model.tree.children(code):
            menu.addSeparator()
            self._colours(menu.addMenu(_("With all codes under it")), code, branch=True)

    def _colours(self, menu: QMenu, code: CodeId, *, branch: bool) -> None:
        tree = self._model.tree
        for colour, words in called.colours().items():
            icon = current_theme().shape_icon(tree.shape(code), colour)
            action = menu.addAction(icon, words, lambda c=colour: self._acts.recolour(code, c, branch=branch))
            if not branch:
                _check(action, tree[code].colour == colour)

    def _key_menu(self, menu: QMenu, code: CodeId) -> None:
        taken, own = {other.key: other for other in self._model.tree if other.key}, self._model.tree[code].key
        for digit in DIGITS:
            words = f"{digit}   {taken[digit].name}".replace("&", "&&") if digit in taken else digit
            _check(menu.addAction(words, lambda d=digit: self._acts.set_key(code, d)), own == digit)
        menu.addSeparator()
        other = _("Another key (now {key})…").format(key=own) if own and own not in DIGITS else _("Another key…")
        menu.addAction(other, lambda: self._acts.ask_key(code))
        _check(menu.addAction(_("No key"), lambda: self._acts.set_key(code, "")), not own)

    def _move_menu(self, menu: QMenu, code: CodeId) -> None:
        tree, acts = self._model.tree, self._acts
        for words, where in _steps():
            menu.addAction(words).triggered.connect(lambda _checked=False, where=where: acts.step(code, where))
        menu.addSeparator()
        menu.addAction(_("Under…"), lambda: acts.ask_move([code]))
        if tree[code].parent is not None:
            menu.addAction(_("To the top level"), lambda: acts.move([code], None))

    def dropped(self, codes: Sequence[CodeId], onto: CodeId, parent: QWidget) -> QMenu:
        """Asked when codes are dropped onto another: is it to stand above them, or to take them in?"""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self._model.tree[onto].name.replace("&", "&&")
        menu.addAction(_("Move under {name}").format(name=name), lambda: self._acts.move(codes, onto))
        if len(codes) == 1:
            n = self._model.passages.get(codes[0], 0)
            words = ngettext("Merge into {name} ({n} passage)", "Merge into {name} ({n} passages)", n)
            menu.addAction(words.format(name=name, n=n), lambda: self._acts.merge(codes[0], onto))
        menu.addSeparator()
        menu.addAction(_("Leave it where it was"))
        return menu

    def standing(self, owner: QWidget, chosen: Callable[[], Sequence[CodeId]]) -> QMenu:
        """A menu for the codes that are selected at the moment; it says so where none is."""
        acts, model = self._acts, self._model

        def one(does: Callable[[CodeId], object]) -> Callable[[], object]:
            return lambda: (
                does(chosen()[0]) if chosen() else acts.say.emit(_("Select a code in the codebook first."), False)
            )

        def all_(does: Callable[[Sequence[CodeId]], object]) -> Callable[[], object]:
            return one(lambda _first: does(chosen()))

        made: list[tuple[str, Callable[[], object]]] = [
            (_("Rename") + "\tF2", one(self._rename)),
            (_("Edit…"), one(acts.edit)),
            (_("Key…"), one(acts.ask_key)),
            *((words, one(partial(acts.step, where=where))) for words, where in _steps()),
            (_("Move under…"), all_(acts.ask_move)),
            (_("Merge into…"), one(acts.ask_merge)),
            (_("Split…"), one(acts.ask_split)),
            (
                _("Set aside, or bring back"),
                all_(lambda codes: acts.set_aside(codes, not model.tree.is_aside(codes[0]))),
            ),
            (_("Write a memo…"), one(acts.write_memo)),
            (_("New theme from this code"), one(acts.make_theme)),
            (_("Delete") + "\tDel", all_(acts.delete)),
        ]
        menu = QMenu(_("The selected code"), owner)
        for words, does in made:
            menu.addAction(words).triggered.connect(lambda _checked=False, does=does: does())
        return menu


def _steps() -> list[tuple[str, str]]:
    """The moves by one place, as menus show them, and what `CodeActs.step` calls them."""
    return [
        (_("Up") + "\tCtrl+Shift+↑", "up"),
        (_("Down") + "\tCtrl+Shift+↓", "down"),
        (_("Under the code above it") + "\tCtrl+Shift+→", "in"),
        (_("Out one level") + "\tCtrl+Shift+←", "out"),
    ]


def _check(action: QAction, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)
