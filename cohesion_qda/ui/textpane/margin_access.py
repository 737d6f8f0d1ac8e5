"""The margin for those who cannot see it: a list, in which each name of a code is an item with a name and a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.accessible_items import AccessibleItem, AccessibleWhole, Told

if TYPE_CHECKING:
    from cohesion_qda.ui.textpane.margin import Margin, Shown


def tell_focus(margin: Margin) -> None:
    """Tell a screen reader which name the keys are on."""
    told.tell_focus(margin, _current(margin))


def _current(margin: Margin) -> int:
    return next((i for i, shown in enumerate(margin.names()) if margin.current in shown.codings), -1)


class AccessibleMargin(AccessibleWhole):
    """The list."""

    def count(self) -> int:
        return len(self.widget.names())

    def current(self) -> int:
        return _current(self.widget)

    def item(self, index: int) -> AccessibleName:
        return AccessibleName(self, index)


class AccessibleName(AccessibleItem):
    """One name in the margin."""

    def _shown(self) -> Shown:
        return self._whole.widget.names()[self._index]

    def place(self) -> QRect:
        return self._shown().rect.toRect()

    def name(self) -> str:
        return self._whole.widget.describe(self._shown())

    def description(self) -> str:
        return _("Enter selects the passage")

    def state(self) -> QAccessible.State:
        state = super().state()
        if not state.invalid:
            state.selectable = True
            state.selected = any(map(self._whole.widget.view.is_active, self._shown().codings))
        return state


def _is_margin(thing: QObject) -> bool:
    from cohesion_qda.ui.textpane.margin import Margin

    return isinstance(thing, Margin)


told = Told(_is_margin, lambda margin: AccessibleMargin(margin, QAccessible.Role.List))
listen = told.listen
