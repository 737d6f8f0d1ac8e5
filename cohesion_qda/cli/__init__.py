"""The same verbs in a shell: one sentence for what is wrong, one JSON document where it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Cancelled
from cohesion_qda.cli.parser import COMMANDS, build_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or open the window. Gives the exit status: 0 done, 1 the person's input or data is at fault,
    2 usage, 130 stopped.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0] not in COMMANDS and arguments[0] not in ("-h", "--help", "--version")):
        return _window(arguments)
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(options.run(options))
    except UserError as error:
        print(str(error), file=sys.stderr)  # noqa: T201
        return 1
    except (KeyboardInterrupt, Cancelled):
        print(_("Stopped. What was saved before is safe."), file=sys.stderr)  # noqa: T201
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _window(arguments: list[str]) -> int:
    unknown = [argument for argument in arguments if argument.startswith("-") and argument != "--first-time-sample"]
    if unknown or len([a for a in arguments if not a.startswith("-")]) > 1:
        build_parser().print_usage(sys.stderr)
        print(_("cohesion-qda: there is no command “{name}”.").format(name=(unknown or arguments)[0]), file=sys.stderr)  # noqa: T201
        return 2
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

    return int(window(arguments))
