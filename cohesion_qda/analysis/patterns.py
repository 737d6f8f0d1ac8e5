"""Regular expressions over all texts, in a process of their own: some patterns take for ever, and Python's cannot be stopped."""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.text import Span, lines

SECONDS = 10.0  # for a whole study
LONGEST = 500  # characters of a pattern
MOST = 5000  # places

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
    check(pattern)
    job = job or Job()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        ours.send((pattern, dict(texts)))
        until = time.monotonic() + seconds
        while not ours.poll(0.05):
            job.step(0, 0) if job.is_cancelled else None
            if time.monotonic() > until:
                raise BadInput(
                    _("The regular expression took longer than {n} seconds and was stopped.").format(n=round(seconds)),
                    _("Repetitions inside repetitions, such as (a+)+, take for ever. Write it more simply."),
                )
        found: Found = ours.recv()
        return found
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


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


def _serve(pipe: Connection) -> None:
    pattern, texts = pipe.recv()
    pipe.send(find_here(pattern, texts))
