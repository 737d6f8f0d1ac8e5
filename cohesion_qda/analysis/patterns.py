"""Regular expressions over all texts, in a process of their own: some patterns take for ever, and Python's cannot be stopped."""

from __future__ import annotations

import pickle
import re
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.text import Span, lines

if TYPE_CHECKING:
    import subprocess

SECONDS = 10.0  # for a whole study
LONGEST = 500  # characters of a pattern
MOST = 5000  # places

_CHILD = (  # with this Python, which learns from standard input where modules are
    "import pickle, sys; source, target = sys.stdin.buffer, sys.stdout.buffer; sys.path[:] = pickle.load(source); "
    "from cohesion_qda.analysis.patterns import serve; serve(source, target)"
)

Found = dict[int, list[tuple[int, int]]]


def check(pattern: str) -> None:
    """Raises BadInput for a pattern that is empty, too long or wrong, saying where."""
    if not pattern.strip():
        raise BadInput(_("Nothing is searched for yet."), _("Type a regular expression, such as bus(es)?"))
    if len(pattern) > LONGEST:
        raise BadInput(
            _("The regular expression is longer than {n} characters.").format(n=LONGEST), _("Shorten it, or use several.")
        )  # fmt: skip
    try:
        re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        place = getattr(error, "pos", None)
        raise BadInput(
            _("The regular expression is not right at character {at}: {why}.").format(
                at=(place or 0) + 1, why=getattr(error, "msg", str(error))
            ),
            _("Put a \\ before a sign that is meant as it stands, such as \\( or \\?"),
        ) from error


def find(pattern: str, texts: Mapping[int, str], job: Job | None = None, seconds: float = SECONDS) -> Found:
    """Where `pattern` fits, whatever the case, inside the lines of each text: {text: [(start, end)]} in code points, at most
    MOST and one places in all. Places without length are left out.

    Raises BadInput for a pattern that is wrong or takes longer than `seconds`, and Cancelled.
    """
    import subprocess  # opening a project needs none

    check(pattern)
    path = [str(Path.cwd()) if name == "" else name for name in sys.path]
    told = pickle.dumps(path) + pickle.dumps((pattern, dict(texts)))
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    answer = _answer(process, told, job or Job(), seconds)
    if process.returncode or not answer:
        raise BadInput(
            _("The regular expression made the part of the program that looks for it crash."),
            _("Nothing was changed. Write it more simply."),
        )
    found: Found = pickle.loads(answer)
    return found


def _answer(process: subprocess.Popen[bytes], told: bytes, job: Job, seconds: float) -> bytes:
    """What the other process says to what it is `told`; afterwards it is not there any more."""
    answer = b""

    def talk() -> None:
        nonlocal answer
        answer = process.communicate(told)[0]

    talking = threading.Thread(target=talk, daemon=True)
    talking.start()
    try:
        until = time.monotonic() + seconds
        while talking.is_alive():
            talking.join(0.05)
            job.step(0, 0) if job.is_cancelled else None
            if talking.is_alive() and time.monotonic() > until:
                raise _too_long(seconds)
    finally:
        process.kill()
        talking.join()
    return answer


def in_parts(found: Found, most: int = 500) -> list[Found]:
    """What was found, some sources at a time: `most` places together, or one source. At least one part."""
    parts: list[Found] = [{}]
    for source, places in found.items():
        if parts[-1] and sum(map(len, parts[-1].values())) + len(places) > most:
            parts.append({})
        parts[-1][source] = places
    return parts


def _too_long(seconds: float) -> BadInput:
    return BadInput(
        _("The regular expression took longer than {n} seconds and was stopped.").format(n=round(seconds)),
        _("Repetitions inside repetitions, such as (a+)+, take for ever. Write it more simply."),
    )


def find_here(pattern: str, texts: Mapping[int, str]) -> Found:
    """As `find`, in this process, without a limit of time."""
    wanted = re.compile(pattern, re.IGNORECASE)
    found: Found = {}
    number = 0
    for text_id, text in texts.items():
        for line in lines(text):
            for match in wanted.finditer(text, line.start, line.end):
                if match.end() > match.start() and number <= MOST:
                    found.setdefault(text_id, []).append((match.start(), match.end()))
                    number += 1
            if number > MOST:
                return found
    return found


def spans(found: Found, text_id: int) -> list[Span]:
    """The places in one text."""
    return [Span(start, end) for start, end in found.get(text_id, ())]


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """The other process: one pattern, one answer."""
    pattern, texts = pickle.load(source)
    target.write(pickle.dumps(find_here(pattern, texts)))
