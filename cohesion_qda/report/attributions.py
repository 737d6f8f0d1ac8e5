"""Who a quotation is said to be by, as the author of the report has set it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cohesion_qda.base.i18n import _
from cohesion_qda.model import called
from cohesion_qda.model.ids import CaseId, SourceId
from cohesion_qda.model.reporting import NAMED, NOBODY, PSEUDONYM
from cohesion_qda.model.study import StudyData
from cohesion_qda.model.text import comparable

DOCUMENT = "document"
_SAID_BY = re.compile(r"”\s*\([^\n]*\)(?=[ \t]*$)", re.MULTILINE)


class Attributions:
    """Names people by one of `model.reporting.ATTRIBUTIONS`. A moderator is named only where everybody is; a document always, since nobody
    speaks in it.
    """

    def __init__(self, study: StudyData, rule: str = NAMED) -> None:
        self.rule = rule
        self._cases = study.cases
        self._sources = {fact.id: fact for fact in study.sources}
        self._pseudonyms = _pseudonyms(study) if rule == PSEUDONYM else {}

    def person(self, case: CaseId) -> str:
        """Who speaks, before their words: empty for a participant who is not to be told from the others."""
        person = self._cases[case]
        if self.rule == NAMED:
            return person.name
        if person.role != "participant":
            return called.roles()[person.role] if person.role else ""
        return self._pseudonyms.get(case, "")

    def under(self, people: Sequence[CaseId], source: SourceId, source_name: str) -> str:
        """The line under a quotation in which `people`, participants, speak."""
        if self.rule == NOBODY and self._kind(source) != DOCUMENT:
            return ""
        names = [self.person(case) for case in people]
        return attribution([name for name in names if name], self._where(source, source_name))

    def tells_source(self, source: SourceId) -> bool:
        """Whether the name of a source stands under what is quoted from it."""
        fact = self._sources.get(source)
        if fact is None or fact.kind == DOCUMENT or self.rule == NAMED:
            return True
        return self.rule != NOBODY and fact.group is not None

    def _where(self, source: SourceId, source_name: str) -> str:
        """A transcript of a group by its name. That of one person bears theirs, so it is called by its kind, unless people are named."""
        if self.tells_source(source):
            return source_name
        return called.kinds().get(self._kind(source), source_name)

    def _kind(self, source: SourceId) -> str:
        fact = self._sources.get(source)
        return fact.kind if fact else ""


def attribution(names: Sequence[str], source_name: str) -> str:
    """`Maureen and Denise, Huddersfield women`; the source alone where nobody speaks or is named."""
    if not names:
        return source_name
    if len(names) == 1:
        return _("{person}, {group}").format(person=names[0], group=source_name)
    return _("{people} and {person}, {group}").format(people=", ".join(names[:-1]), person=names[-1], group=source_name)


def unnamed(example: str) -> str:
    """A code's example without who says it and where, which stand in brackets after the quotation."""
    return _SAID_BY.sub("”", example)


def _pseudonyms(study: StudyData) -> dict[CaseId, str]:
    """What each participant is called: what the attribute “pseudonym” says, or else by their number among the participants in the order in which
    they came to the study. So the same person has the same name all through the report, and in the next one.
    """
    people = [case for case in study.cases.values() if case.kind == "participant" and case.role == "participant"]
    people.sort(key=lambda case: case.id)
    wanted = {comparable("pseudonym"), comparable(_("pseudonym"))}
    named = {}
    for n, case in enumerate(people, 1):
        given = next(
            (value for name, value in case.attributes.items() if comparable(name) in wanted and value.strip()), ""
        )
        named[case.id] = given.strip() or _("Participant {n}").format(n=n)
    return named
