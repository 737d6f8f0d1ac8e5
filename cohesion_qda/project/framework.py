"""Verbs on the framework matrix: the summary of each case on each code, and the passages it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cohesion_qda.base.errors import BadInput, NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.asked import Asked
from cohesion_qda.model.change import Change
from cohesion_qda.model.framework import CellPassages, Summaries, Summary
from cohesion_qda.model.ids import CaseId, CodeId, SegmentId, SourceId
from cohesion_qda.model.place import Place
from cohesion_qda.model.text import Span, count_words
from cohesion_qda.project.codings import Codings
from cohesion_qda.project.places import segment_inside, worded
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import study_data
from cohesion_qda.store import cases, codings, places, summaries


class Framework:
    """`project.framework`. What is written is shared: everybody reads and writes one summary of a case on a code. It tells what others
    made of the codings it rests on: all of this raises BadInput while others' codings are hidden.
    """

    def __init__(self, session: Session) -> None:
        self._s = session

    # -- reading ---------------------------------------------------------------------------------------------------------

    def get(self, case: CaseId, code: CodeId) -> Summary:
        """The summary of a case on a code; an empty one where nothing is written. Raises NotFound for a case or code that is not there."""
        self._names(case, code)
        with self._s.reading():
            return summaries.get(self._s.db, case, code)

    def all(self) -> Summaries:
        """Every summary."""
        return read_summaries(self._s)

    def passages(self, case: CaseId, code: CodeId, asked: Asked | None = None) -> CellPassages:
        """What lies behind a cell: the linked passages, and those coded of the case that are not, as `asked` narrows them and with the
        codes under `code` where it has them.
        """
        from cohesion_qda.analysis import charting
        from cohesion_qda.analysis.narrowed import narrowed

        asked = asked or Asked("framework", branch=True)
        linked = self.get(case, code).passages
        data = narrowed(study_data(self._s), asked.where, asked.coders).data
        kind = "groups" if cases_kind(self._s, case) == "group" else "participants"
        coded = Codings(self._s).passages(charting.passages(data, kind, case, code, asked.branch))
        return CellPassages(
            tuple(places.of_segments(self._s.db, linked).values()),
            tuple(passage for passage in coded if passage.coding.segment not in linked),
        )

    # -- writing ---------------------------------------------------------------------------------------------------------

    def write(self, case: CaseId, code: CodeId, body: str) -> Change:
        """Write the summary of a case on a code; typing within a minute is one act. Without words it is empty, and its passages stay."""
        with self._s.act(
            "write-summary", merge_key=f"summary:{case}:{code}", n=count_words(body), **self._names(case, code)
        ) as action:
            summaries.write(self._s.db, case, code, body)
        return action.change

    def link(self, case: CaseId, code: CodeId, at: Sequence[tuple[SourceId, Span]]) -> Change:
        """Let a summary rest on passages, coded or not; those it rests on already are left. Raises BadInput for a place without words."""
        at = [(source, worded(self._s, source, span)) for source, span in at]
        details = self._told(case, code, [source for source, _span in at])
        with self._s.act("link-summary", focus=at[0] if at else None, **details) as action:
            segments = [segment_inside(self._s, source, span) for source, span in at]
            action.details["n"] = summaries.link(self._s.db, case, code, segments)
        return action.change

    def quote(self, case: CaseId, code: CodeId, body: str, source: SourceId, span: Span) -> Change:
        """Write a summary that now holds the words of a passage, and let it rest on that passage, in one act."""
        place = worded(self._s, source, span)
        details = self._told(case, code, [source])
        with self._s.act("quote-in-summary", focus=(source, place), **details) as action:
            summaries.write(self._s.db, case, code, body)
            summaries.link(self._s.db, case, code, [segment_inside(self._s, source, place)])
        return action.change

    def unlink(self, case: CaseId, code: CodeId, segments: Sequence[SegmentId]) -> Change:
        """Let a summary no longer rest on passages; their codings stay."""
        found = places.of_segments(self._s.db, segments).values()
        with self._s.act("unlink-summary", **self._told(case, code, [place.source for place in found])) as action:
            action.details["n"] = summaries.unlink(self._s.db, case, code, segments)
            codings.drop_empty_segments(self._s.db)
        return action.change

    def _names(self, case: CaseId, code: CodeId) -> dict[str, Any]:
        """What the trail tells: the names of the case and the code. Raises NotFound, and BadInput for who is no participant."""
        check_seen(self._s)
        known = cases.all_(self._s.db)
        found = next((each for each in known if each.id == case), None)
        if found is None:
            raise NotFound(_("participant"), str(case), [each.name for each in known])
        if found.role not in ("", "participant"):
            raise BadInput(
                _("“{case}” is not a participant.").format(case=found.name),
                _("Only participants and groups have summaries. Give them the role of participant first."),
            )
        return {"case": found.name, "code": self._s.code_name(code)}

    def _told(self, case: CaseId, code: CodeId, sources: Sequence[SourceId]) -> dict[str, Any]:
        names = [self._s.source(source).name for source in dict.fromkeys(sources)]
        return self._names(case, code) | ({"source": names[0] if len(names) == 1 else names} if names else {})


def cases_kind(session: Session, case: CaseId) -> str:
    """`participant` or `group`."""
    return next((each.kind for each in cases.all_(session.db) if each.id == case), "")


def check_seen(session: Session) -> None:
    """Raises BadInput while others' codings may not be seen."""
    if session.only is not None:
        raise BadInput(
            _(
                "The summaries of a framework matrix say what others coded. They cannot be read or written while that is hidden."
            ),
            _("Show others’ codings first."),
        )


def read_summaries(session: Session) -> Summaries:
    """Every summary of the study. Raises BadInput while others' codings are hidden."""
    check_seen(session)
    with session.reading():
        return Summaries(summaries.all_(session.db))


def read_places(session: Session) -> dict[SegmentId, Place]:
    """The passages that summaries rest on, with their words. Raises as `read_summaries`."""
    check_seen(session)
    with session.reading():
        linked = [segment for summary in summaries.all_(session.db).values() for segment in summary.passages]
        return places.of_segments(session.db, linked)
