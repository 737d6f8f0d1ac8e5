"""Verbs on the details of a report that may tell who somebody is: what there are, and what its author decides about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import BadInput
from cohesion_qda.base.i18n import _
from cohesion_qda.base.jobs import Job
from cohesion_qda.model.change import Change
from cohesion_qda.model.detail import KEEP, LEAVE_OUT, NUMBERS, REPLACE, VERDICTS, WORDS, Detail, mask
from cohesion_qda.project.session import Session
from cohesion_qda.store import cases, details

if TYPE_CHECKING:
    from cohesion_qda.project.reports import Reports

_KINDS = {KEEP: "keep-details", REPLACE: "replace-details", LEAVE_OUT: "leave-out-details", "": "unsettle-details"}
LONGEST = 200  # characters that stand for a detail


class Details:
    """`project.details`."""

    def __init__(self, session: Session, reports: Reports) -> None:
        self._s = session
        self._reports = reports

    def found(
        self,
        job: Job | None = None,
        suppress: int | None = None,
        template: str | None = None,
        attribution: str | None = None,
    ) -> tuple[Detail, ...]:
        """What in the report, as it would be written, may tell who somebody is, by kind, the most frequent first: names of people, places and
        organisations, addresses, telephone numbers and post codes in quotations, in the turns around them and in the author's own words;
        sources under quotations in which few people speak; tables with small numbers, where these are not hidden. Each with its verdict,
        or none: then it is masked in what is written. The rest is as in `project.reports.snapshot`. Raises Cancelled.

        What the study publishes anyway is no detail: its codes and themes, values of its attributes, and the people and sources that
        stand under quotations.
        """
        checked = self._reports.checked(suppress, template, attribution)
        if job is not None:
            job.step(1, 1)
        return checked.details

    def judged(self, known: Sequence[Detail]) -> tuple[Detail, ...]:
        """Details that were found before, each with the verdict it has now."""
        from cohesion_qda.project.checking import Settled

        settled = Settled(details.all_(self._s.db))
        found = (settled.of(each.kind, each.words) for each in known)
        return tuple(replace(each, verdict=v, instead=i) for each, (v, i) in zip(known, found, strict=True))

    def settle(self, wanted: Sequence[Detail], verdict: str, instead: str = "") -> Change:
        """Decide about details, in one act: keep them, replace them by the words `instead` (empty: by what they are masked by), or leave them out;
        an empty verdict takes it back. It holds wherever they stand, now and later. To leave out the small numbers of a table is to hide
        those of the whole report.

        Raises BadInput for another verdict, for none of them, and for a source or a table that is to be replaced.
        """
        if verdict and verdict not in VERDICTS:
            raise BadInput(_("There is no verdict “{verdict}”.").format(verdict=verdict), ", ".join(VERDICTS))
        if not wanted:
            raise BadInput(_("No detail was chosen."), _("Choose one in the list."))
        if verdict == REPLACE and any(each.kind not in WORDS for each in wanted):
            raise BadInput(
                _("What stands under a quotation and the numbers of a table cannot be replaced by words."),
                _("Keep them, or leave them out."),
            )
        instead = " ".join(instead.split())[:LONGEST] if verdict == REPLACE else ""
        word = (instead or mask(wanted[0].kind)) if verdict == REPLACE else ""
        with self._s.act(_KINDS[verdict], n=len(wanted), words=wanted[0].words, word=word) as action:
            tables = [each for each in wanted if each.kind == NUMBERS]
            if tables and verdict == LEAVE_OUT:
                cases.set_setting(self._s.db, "report small numbers", "5")
                wanted = [each for each in wanted if each.kind != NUMBERS]
            details.settle(self._s.db, self._written_else(wanted), "")
            details.settle(self._s.db, ((each.kind, each.words) for each in wanted), verdict, instead)
        return action.change

    def _written_else(self, wanted: Sequence[Detail]) -> list[tuple[str, str]]:
        """What was decided about the same words when they were written in another way, or taken for something else."""
        from cohesion_qda.analysis.details import key_of

        now = {key_of(each.words): (each.kind, each.words) for each in wanted if each.kind in WORDS}
        rows = ((kind, words) for kind, words, _verdict, _instead in details.all_(self._s.db) if kind in WORDS)
        return [(kind, words) for kind, words in rows if now.get(key_of(words), (kind, words)) != (kind, words)]
