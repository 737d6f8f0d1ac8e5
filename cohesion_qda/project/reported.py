"""What a findings report tells of the project beside its counts and its author's words: the further analyses that study frames brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cohesion_qda.model.query import SavedQuery, in_words
from cohesion_qda.model.text import comparable
from cohesion_qda.project import taken
from cohesion_qda.project.retrieval import Retrieval
from cohesion_qda.project.session import Session
from cohesion_qda.store import codes

if TYPE_CHECKING:
    from cohesion_qda.report.extras import Further


def further(session: Session) -> tuple[Further, ...]:
    """The further analyses of the study frames that were taken up, in their order: those that are still among the saved queries under the name
    that the frame gave them, with what each finds now.
    """
    from cohesion_qda.report.extras import Further

    retrieval, tree = Retrieval(session), codes.tree(session.db)
    saved: dict[str, SavedQuery] = {comparable(each.name): each for each in retrieval.saved()}
    found = []
    for frame in taken.taken(session):
        for ready in frame.queries:
            names = [comparable(name) for name in (ready.name.en, ready.name.cy) if name]
            here = next((saved.pop(name) for name in names if name in saved), None)
            if here is not None:
                page = retrieval.find(here.query, count=0)
                looks = tuple(in_words(here.query, tree))
                found.append(
                    Further(here.name, ready.about.said, looks, page.total, page.count, ready.where, frame.document)
                )
    return tuple(found)
