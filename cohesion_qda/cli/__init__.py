"""The same verbs in a shell: one sentence for what is wrong, one JSON document where it is asked for."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from cohesion_qda.base import i18n
from cohesion_qda.base.errors import UserError
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Cancelled
from cohesion_qda.base.settings import Settings
from cohesion_qda.cli.output import note
from cohesion_qda.cli.parser import parsed


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives the exit status: 0 done, 1 the person's input or data is at fault, 2 usage, 130 stopped."""
    for stream in (sys.stdout, sys.stderr):  # people's words come in every script, whatever the terminal is set to
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    i18n.speak(Settings()["language"])
    try:
        options = parsed(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(options.run(options))
    except UserError as error:
        note(str(error))
        return 1
    except (KeyboardInterrupt, Cancelled):
        note(_("Stopped. What was saved before is safe."))
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
