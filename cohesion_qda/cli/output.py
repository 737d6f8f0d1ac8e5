"""What commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from typing import Any

from cohesion_qda.base.i18n import ngettext
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.table import MORGAN, Count


def emit(document: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201


def line(text: str = "") -> None:
    """A line of the result."""
    print(text)  # noqa: T201


def note(text: str) -> None:
    """A message beside the result."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def counted(count: Count) -> dict[str, int]:
    """How often and how widely, as every document says it: mentions, participants, groups."""
    return {unit: count.of(unit) for unit in MORGAN}


def turns(n: int) -> str:
    """`3 turns`."""
    return ngettext("{n} turn", "{n} turns", n).format(n=n)


def words(n: int) -> str:
    """`3 words`."""
    return ngettext("{n} word", "{n} words", n).format(n=n)


def speakers(n: int) -> str:
    """`3 speakers`."""
    return ngettext("{n} speaker", "{n} speakers", n).format(n=n)


def sources(n: int) -> str:
    """`3 sources`."""
    return ngettext("{n} source", "{n} sources", n).format(n=n)


def mentions(n: int) -> str:
    """`3 mentions`."""
    return ngettext("{n} mention", "{n} mentions", n).format(n=n)


def reporting_job() -> Job:
    """A job that says on standard error where it is, on one line where that is a terminal."""
    if not sys.stderr.isatty():
        return Job()

    def report(done: int, total: int, what: str) -> None:
        print(f"\r\x1b[K{done}/{total} {what}", end="" if done < total else "\n", file=sys.stderr, flush=True)  # noqa: T201

    return Job(report)
