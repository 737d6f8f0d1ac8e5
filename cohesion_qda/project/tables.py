"""The study as counting needs it, and all its talk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from cohesion_qda.base.errors import NotFound
from cohesion_qda.base.i18n import _
from cohesion_qda.model.case import Coder
from cohesion_qda.model.ids import SourceId
from cohesion_qda.model.study import StudyData, Talk, Utterance
from cohesion_qda.model.text import Span
from cohesion_qda.model.turns import Texts, Turns
from cohesion_qda.project.session import Session
from cohesion_qda.project.wording import OwnWording
from cohesion_qda.store import cases, sources, study
from cohesion_qda.store.connection import snapshot

if TYPE_CHECKING:
    from cohesion_qda.model.case import Case
    from cohesion_qda.model.ids import CaseId

_OF_TALK = frozenset({"source", "speaker", "turn", "study_case", "attribute", "attribute_value"})


class Tables:
    """`project.tables`."""

    def __init__(self, session: Session, words: OwnWording) -> None:
        self._s = session
        self._words = words
        self._talk: Talk | None = None
        self._stamp = (-1, -1)  # as `study.stamp` gave it
        self._change = 0  # the last row of the journal that is in it

    def study(self) -> StudyData:
        """What counting needs."""
        return study_data(self._s)

    def talk(self) -> Talk:
        """All the speech, turn by turn; of a source in which nobody speaks, paragraph by paragraph. The same object until
        anything of it changes: coding does not change it.
        """
        db = self._s.db
        with self._s.reading():
            if db.conn.in_transaction:  # what is under way may still be taken back
                return self._read_talk()
            with snapshot(db):
                stamp = study.stamp(db)
                known = stamp[0] == self._stamp[0]
                if self._talk is None or stamp != self._stamp:
                    self._change, touched = study.touched(db, self._change if known else None)
                    if self._talk is None or not known or self.is_other(self._talk, touched):
                        self._talk = self._read_talk()
                    self._stamp = stamp
        return self._talk

    def is_other(self, talk: Talk, touched: Collection[str]) -> bool:
        """Whether the talk may be another since tables were touched; of the settings, the one of its words alone matters."""
        return not _OF_TALK.isdisjoint(touched) or ("project_setting" in touched and self._words.get() != talk.wording)

    def _read_talk(self) -> Talk:
        db = self._s.db
        people = study.case_map(db)
        facts = study.facts(db)
        turns: dict[int, list[tuple[int, int, int]]] = {}
        for source, start, end, case in study.turns(db):
            turns.setdefault(source, []).append((start, end, case))
        contents = study.contents(db)
        texts: dict[str, str] = {}
        utterances: list[Utterance] = []
        for fact in facts:
            text = texts.setdefault(contents[fact.id], sources.text(db, fact.id))
            utterances.extend(_utterances(fact.id, text, turns.get(fact.id, []), people))
        return Talk(tuple(utterances), facts, people, contents, texts, self._words.get())

    def far_talk(self) -> Talk:
        """The same as `talk`, as it is now, for studies that are larger than memory: where turns stand is held, what was said is
        read from the project when it is wanted, one source after the other.
        """
        db = self._s.db
        with self._s.reading():
            people, facts, contents = study.case_map(db), study.facts(db), study.contents(db)
            texts = Texts((contents[fact.id] for fact in facts), lambda content: sources.text_of(db, content) or "")
            utterances = Turns(contents, texts)
            for fact in facts:
                spans = study.turns_of(db, fact.id)
                for u in _utterances(fact.id, texts[contents[fact.id]], spans, people):
                    utterances.add(u.source, u.span, u.case, u.role)
        return Talk(utterances, facts, people, contents, texts, self._words.get())

    def coder(self, name: str) -> Coder:
        """The coder of that name. Raises NotFound with the nearest names."""
        found = cases.find_coder(self._s.db, name)
        if found is None:
            raise NotFound(_("coder"), name, [c.name for c in cases.coders(self._s.db)])
        return found


def hidden_note(session: Session) -> tuple[str, ...]:
    """Says that others' codings are not counted, where they may not be seen."""
    if session.only is None:
        return ()
    return (_("Only what {coder} has coded is counted here; others’ codings are hidden.").format(coder=session.only),)


def study_data(session: Session) -> StudyData:
    """What counting needs, as it is now, without the codings that may not be seen; the same object until any of it changes."""
    with session.reading():
        return session.study.of(session.whose())


def _utterances(
    source: SourceId, text: str, turns: Sequence[tuple[int, int, int]], people: dict[CaseId, Case]
) -> list[Utterance]:
    if turns:
        return [
            Utterance(source, Span(start, end), people[case].id, people[case].role, text[start:end])  # type: ignore[index]
            for start, end, case in turns
        ]
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Utterance(source, Span(at, at + len(line)), None, "", line))
        at += len(line) + 1
    return found
