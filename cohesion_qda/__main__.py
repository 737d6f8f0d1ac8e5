"""Where the program starts: a command of the command line, or the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cohesion_qda.base.i18n import _

FOR_THE_WINDOW = ("--first-time",)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command where one is named; otherwise open the window, on the project that is named. Gives the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    projects = [word for word in arguments if not word.startswith("-")]
    wants_window = len(projects) < 2 and all(word in FOR_THE_WINDOW for word in arguments if word not in projects)
    if not wants_window or (projects and not _is_project(projects[0])):
        from cohesion_qda import cli

        return cli.main(arguments)
    if sys.platform.startswith("linux") and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        print(  # noqa: T201
            _(
                "There is no display to open the window on. The commands work without one: cohesion-qda --help lists them."
            ),
            file=sys.stderr,
        )
        return 1
    from cohesion_qda.ui.app import main as window

    return window(arguments)


def _is_project(word: str) -> bool:
    """Whether `word` means a project file rather than a command (or a command that was mistyped)."""
    return word.endswith(".cqda") or os.sep in word or Path(word).exists()


if __name__ == "__main__":
    sys.exit(main())
