"""Starting the window. What is imported and done before it is painted is kept to what it needs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# Qt's own import hook reads the source of every module that is imported after it: these come before it
import cohesion_qda.base.jobs
import cohesion_qda.base.resources
import cohesion_qda.ui.start.recent
import cohesion_qda.ui.style  # noqa: F401
from cohesion_qda.base import i18n
from cohesion_qda.base.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from cohesion_qda.ui.window import Window

FIRST_TIME = "--first-time"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, on the project that `argv` names if it names one; `--first-time` opens the practice project,
    made when it is not there. Returns when the window was closed.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    gc.disable()  # nothing that is made until the first paint is thrown away again
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    QApplication.setStyle("Fusion")
    app = QApplication.instance() or QApplication(["cohesion-qda"])
    settings = dress(app)
    from cohesion_qda.ui.theme import current_theme
    from cohesion_qda.ui.window import Window

    window = Window(settings)
    current_theme().dress(tell=False)  # everything was just made in these looks
    sys.excepthook = lambda *error: (window.family[-1:] or [window])[0].problems.catch(*error)
    wanted = [Path(word) for word in given if not word.startswith("-")]
    window.painted.connect(lambda: QTimer.singleShot(0, lambda: settle(window, wanted, FIRST_TIME in given)))
    window.showMaximized() if settings["maximised"] else window.show()
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        window.runner.shutdown()


def dress(app: QApplication) -> Settings:
    """The program's looks, as the person likes them; the style sheet comes when the window is built."""
    from cohesion_qda.ui.theme import current_theme

    app.setApplicationName("cohesion-qda")
    settings = Settings()
    if i18n.speak(settings["language"]) != i18n.ENGLISH:
        from cohesion_qda.ui.qt_words import speak_for_qt

        speak_for_qt(app)
    theme = current_theme()
    theme.load_fonts(("Regular", "Medium", "SemiBold"))
    theme.start(settings["theme"], float(settings["text_size"]))
    return settings


def settle(window: Window, wanted: Sequence[Path], first_time: bool) -> None:
    """What can wait until the window has been painted."""
    from cohesion_qda.ui.theme import current_theme

    gc.enable()
    theme = current_theme()
    theme.load_fonts()
    window.setWindowIcon(theme.icon("app", "accent", 48))
    window.make_menus()
    if wanted:
        window.open_path(wanted[0])
    elif first_time and not window.settings["recent"]:
        window.commands.files.practice_here()
    else:
        window.look_at_recent()
