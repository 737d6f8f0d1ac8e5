"""The chart for those who cannot see it: what it says is its name (`Chart.told`), and that it is a chart is its role.

Qt keeps what we give it by its address, so each interface is held here for as long as its chart lives.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

_charts: dict[int, QAccessibleWidget] = {}
_is_listening = False


def listen() -> None:
    """From now on, whoever asks Qt about a chart hears that it is one."""
    global _is_listening
    if not _is_listening:
        _is_listening = True
        QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from cohesion_qda.ui.compare.chart import ChartView

    if not isinstance(thing, ChartView):
        return None
    key = id(thing)
    made = _charts[key] = QAccessibleWidget(thing, QAccessible.Role.Chart, "")
    thing.destroyed.connect(partial(_let_go, key))
    return made


def _let_go(key: int, _gone: object = None) -> None:
    _charts.pop(key, None)
