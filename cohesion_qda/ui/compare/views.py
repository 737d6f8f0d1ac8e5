"""Kinds of answers, and readers, that are shown by a widget of their own rather than as a table with its figure.

Each is a `QWidget(runner, parent)` with `show_asked(asked)`, `areas()` and the signals `open_passage(int, object)`, `say(str, bool)`,
`show_code(int)` and `closed`. It is imported when it is first wanted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cohesion_qda.ui.runner import Runner

VIEWS = {"framework": "cohesion_qda.ui.framework.view:FrameworkView"}
DISAGREEMENTS = "cohesion_qda.ui.agreement.reader:DisagreementReader"


def made(where: str, runner: Runner, parent: QWidget) -> Any:
    """The widget that `where` (`module:Class`) names."""
    module, _colon, name = where.partition(":")
    return getattr(import_module(module), name)(runner, parent)
