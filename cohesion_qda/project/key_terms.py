"""Verbs on key terms: what sets some talk apart from other talk, and what unites all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from cohesion_qda.base.jobs import Job
from cohesion_qda.base.version import VERSION
from cohesion_qda.model import called
from cohesion_qda.model.answer import Answer, Made
from cohesion_qda.model.ids import CodeId, SourceId
from cohesion_qda.model.selection import ALL, Selection
from cohesion_qda.model.suggestion import FoundTerms
from cohesion_qda.model.text import Span
from cohesion_qda.project.session import Session
from cohesion_qda.project.tables import hidden_note, study_data
from cohesion_qda.store import cases, codes, codings

if TYPE_CHECKING:
    from cohesion_qda.analysis.language import Words
    from cohesion_qda.analysis.selecting import Places
    from cohesion_qda.project.suggestions import Suggestions

NUMBER = 60
Parts = Sequence[tuple[str, "Places"]]


class KeyTerms:
    """`project.key_terms`."""

    def __init__(self, session: Session, suggestions: Suggestions) -> None:
        self._s = session
        self._suggestions = suggestions

    # -- what is asked ---------------------------------------------------------------------------------------------------

    def selection(
        self, chosen: Sequence[CodeId] = (), where: Sequence[tuple[str, Sequence[str]]] = (), *, branch: bool = True
    ) -> Selection:
        """The selection somebody means who writes names of attributes (or of the question asked, or of transcripts) and values.
        Raises NotFound, with the nearest names, for what is not there.
        """
        from cohesion_qda.analysis.narrowed import having

        data = study_data(self._s)
        for code in chosen:
            self._s.code_name(code)
        return Selection(tuple(chosen), branch, tuple(having(data, name, values) for name, values in where))

    def named(self, selection: Selection) -> str:
        """A selection in words."""
        data = study_data(self._s)
        return selection.in_words(data.codes, called.cases(data.cases.values()))

    def places(self, selection: Selection) -> Places | None:
        """Where it lies, as arrays of sources, starts and ends, in order; None for all talk. Raises NotFound for what is not there."""
        from cohesion_qda.analysis import selecting

        return None if selection.is_everything else selecting.places(study_data(self._s), selection)

    def spans(self, selection: Selection) -> list[tuple[SourceId, Span]]:
        """Where it lies, with the codings that may be seen: what participants say there and what lies where nobody speaks, in
        order; never a moderator's words. Raises NotFound, with the nearest names, for what is not there.
        """
        from cohesion_qda.analysis import selecting

        return selecting.spans(study_data(self._s), selection)

    def parts(self, by: str | None = None, selection: Selection = ALL) -> Parts:
        """The parts of a selection with their names and where each lies: its focus groups, or, `by` an attribute, the question
        asked or the transcript, what has each of the values. Raises NotFound and BadInput as `narrowed.having` does.
        """
        from cohesion_qda.analysis import selecting

        data = study_data(self._s)
        return [(name, selecting.places(data, one)) for name, one in selecting.parts(data, by, selection)]

    def sides(self, selection: Selection, against: Selection | None) -> tuple[Places | None, Places | None]:
        """The places of both sides of a comparison, as `analysis.terms.set_apart` takes them."""
        from cohesion_qda.analysis import selecting

        if against is None:
            return self.places(selection), None
        data = study_data(self._s)
        return selecting.places(data, selection), selecting.places(data, against)

    # -- finding ---------------------------------------------------------------------------------------------------------

    def terms(
        self,
        selection: Selection = ALL,
        against: Selection | None = None,
        number: int = NUMBER,
        job: Job | None = None,
    ) -> FoundTerms:
        """What sets a selection apart from another (None: the rest), and that from it; of all talk, what was said most widely. Without
        the terms that were dismissed.
        """
        from cohesion_qda.analysis.terms import set_apart

        found = set_apart(self._words(job), *self.sides(selection, against), number=number, job=job)
        return found.without(self._suggestions.dismissed())

    def widest(self, selection: Selection = ALL, number: int = NUMBER, job: Job | None = None) -> FoundTerms:
        """What most people said in a selection, by how many of them did; without the terms that were dismissed."""
        from cohesion_qda.analysis.terms import widest

        found = widest(self._words(job), self.places(selection), number=number)
        return found.without(self._suggestions.dismissed())

    def united(
        self,
        by: str | None = None,
        selection: Selection = ALL,
        number: int = NUMBER,
        job: Job | None = None,
    ) -> FoundTerms:
        """What unites the focus groups, or the parts of the talk by an attribute, the question asked or the transcript: terms that
        many participants used in every part, with little difference between them.
        """
        from cohesion_qda.analysis.terms import side, united

        words = self._words(job)
        found = united(words, self.parts(by, selection), number=number, job=job)
        everybody = side(words, self.places(selection)).base.participants
        found = replace(found, outside=max(0, everybody - found.base.participants))
        return found.without(self._suggestions.dismissed())

    def _words(self, job: Job | None) -> Words:
        return self._suggestions.heard(job, vectors=False).words

    # -- taking them away ------------------------------------------------------------------------------------------------

    def answer(self, found: FoundTerms, selection: Selection = ALL, against: Selection | None = None) -> Answer:
        """What was found as tables, with where they come from, for the clipboard and for `report.files.write`."""
        from cohesion_qda.report.termtable import answer

        here, there = self.named(selection), "" if against is None else self.named(against)
        asked = tuple(
            name for name, one in ((here, selection), (there, against)) if one is not None and not one.is_everything
        )
        title = cases.setting(self._s.db, "title") or self._s.path.stem
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        return answer(found, here, there, Made(title, at, VERSION, hidden_note(self._s), asked))

    # -- what became of them ---------------------------------------------------------------------------------------------

    def coded(self) -> dict[str, str]:
        """By the key of what was suggested, the name of the code that passages were coded with because of it."""
        tree = codes.tree(self._s.db)
        return {key: tree[code].name for key, code in codings.suggested(self._s.db, self._s.whose()) if code in tree}
