"""What the tests of the assistant have the other processes do. Nothing of Qt or pytest is brought in: each process imports this."""

from __future__ import annotations

import os
import time

from cohesion_qda.analysis import resident, telling
from cohesion_qda.analysis.sides import places_of


def how_much(stamp):
    """How many utterances are held, and by which process."""
    return len(resident.study(stamp).words.utterances), os.getpid()


def with_vectors(stamp, *_more):
    heard = resident.study(stamp, vectors=True)
    return heard.pieces.of_stretches(*places_of(heard.words)).shape


def until_stopped(stamp, mark, job):
    resident.study(stamp)
    mark.write_text("")
    while True:
        time.sleep(0.02)
        job.step(0, 0)


def deaf(stamp, mark):
    """Never looks whether it is to stop."""
    mark.write_text("")
    time.sleep(60)


def lost_once(stamp, mark):
    if not mark.exists():
        mark.write_text("")
        os._exit(1)
    return how_much(stamp)


def lost(stamp):
    os._exit(1)


def who(stamp, coder):
    return coder


def taken(stamp, coded):
    """What was coded, as it came, and by which process; None where it came whole."""
    resident.study(stamp)
    return telling.known(coded) if isinstance(coded, telling.Told) else None, os.getpid()


def taken_after_loss(stamp, coded, mark):
    if not mark.exists():
        mark.write_text("")
        os._exit(1)
    return taken(stamp, coded)
