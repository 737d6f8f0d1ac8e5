"""A figure for those who cannot see it: a chart, told in words, in which each mark that can be opened is an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible

from cohesion_qda.base.i18n import _
from cohesion_qda.ui.accessible_items import AccessibleItem, AccessibleWhole, Told

if TYPE_CHECKING:
    from cohesion_qda.report.drawing import Spot
    from cohesion_qda.ui.compare.figure import FigureView


def tell_focus(figure: FigureView) -> None:
    """Tell a screen reader which mark the keys are on."""
    told.tell_focus(figure, figure.current)


class AccessibleFigure(AccessibleWhole):
    """The figure."""

    def count(self) -> int:
        return len(self.widget.spots)

    def current(self) -> int:
        return self.widget.current

    def item(self, index: int) -> AccessibleSpot:
        return AccessibleSpot(self, index)


class AccessibleSpot(AccessibleItem):
    """One mark of the figure."""

    def _spot(self) -> Spot:
        return self._whole.widget.spots[self._index]

    def place(self) -> QRect:
        return self._whole.widget.place_of(self._spot()).toRect()

    def name(self) -> str:
        return self._spot().said

    def description(self) -> str:
        return _("Enter shows the passages") if self._spot().key else ""


def _is_figure(thing: QObject) -> bool:
    from cohesion_qda.ui.compare.figure import FigureView

    return isinstance(thing, FigureView)


told = Told(_is_figure, lambda figure: AccessibleFigure(figure, QAccessible.Role.Chart))
listen = told.listen
