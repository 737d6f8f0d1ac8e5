"""The study frames that a study has taken up, and which of its codes bear out their issues."""

from __future__ import annotations

from cohesion_qda.model.frame import Borne, Frame
from cohesion_qda.project.session import Session
from cohesion_qda.store import frames


def taken(session: Session) -> tuple[Frame, ...]:
    """The frames in the order they were taken up; one of a newer program is left out."""
    from cohesion_qda.formats.frames import KEYS, read_frame

    return tuple(read_frame(key) for key in frames.taken(session.db) if key in KEYS)


def borne(session: Session) -> tuple[Borne, ...]:
    """Every issue of these frames, with the codes that bear it out, if any; not counted."""
    mapped = frames.issues(session.db)
    return tuple(
        Borne(frame.key, issue, tuple(mapped.get((frame.key, issue.key), ())))
        for frame in taken(session)
        for issue in frame.issues
    )
